// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whether the rows of an export hide each person among others: k-anonymity and l-diversity.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>

namespace tutela::inline v0 {

/// What is asked of an export of one row for each person.
struct AnonymityRequest {
  /// Columns by which somebody could recognise a person who knows them: age, village, kind of school. Cells as text, an
  /// empty one is a value of its own; all of one length.
  std::vector<std::vector<std::string>> quasi_identifiers;
  /// A column that must not become known of anybody: the verdict, the diagnosis. Nothing when it is not asked.
  std::optional<std::vector<std::string>> sensitive;
  std::size_t people =
      5;  ///< Fewest people who must look alike (k), 2 or more. An agency's choice, not a law's number.
  std::size_t values = 2;  ///< Fewest different sensitive values among them (l), 2 or more; read with `sensitive` only.
};

/// People who look alike by the quasi-identifiers.
struct AnonymityClass {
  std::vector<std::size_t> rows;  ///< Their rows, in rising order.
  std::size_t values = 0;         ///< Different sensitive values; 0 when not asked.
  bool too_small = false;         ///< Fewer people than asked.
  bool too_uniform = false;       ///< Fewer sensitive values than asked: whoever is in it is known.
};

/// The answer. It names rows and never repeats a cell.
struct AnonymityReview {
  std::vector<AnonymityClass> classes;      ///< By their first rows.
  std::size_t smallest = 0;                 ///< People in the smallest class; 0 for a table without rows.
  std::optional<std::size_t> least_values;  ///< Fewest sensitive values of a class; nothing when not asked or no rows.
  std::vector<std::size_t> failing;         ///< Rows of classes that are too small or too uniform, in rising order.

  /// True when no row fails.
  [[nodiscard]] bool passes() const noexcept { return failing.empty(); }
};

/// Groups the rows of an export and says which could be recognised.
///
/// k-anonymity says nothing against somebody who knows more columns than were named, and a class whose people share a
/// sensitive value tells it of all of them. It is a floor, not a licence to publish.
/// \return The review; or what is wrong: no column, columns of different lengths, a k or l below 2, more cells than
///         `limits.elements`.
/// n log n comparisons of rows. \source{Sweeney, k-anonymity: a model for protecting privacy, 2002; Machanavajjhala et al.,
/// l-diversity, 2007 (distinct l-diversity)}
[[nodiscard]] TUTELA_API Result<AnonymityReview> review_anonymity(AnonymityRequest const& request,
                                                                  Limits const& limits = {});

}  // namespace tutela::inline v0
