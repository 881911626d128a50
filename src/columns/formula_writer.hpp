// SPDX-License-Identifier: Apache-2.0
/// \file
/// Putting a formula together, step by step (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "columns/column_format.hpp"
#include "columns/formula.hpp"

namespace tutela::detail {

/// A step of a formula and what its counts mean.
struct FormulaTerm {
  std::uint32_t step = 0;
  Kind kind = Kind::none;
  int scale = 0;  ///< Of numbers.
};

/// See the file comment. Equal steps are one step. Where nothing is returned, a formula cannot say it.
class FormulaWriter {
 public:
  explicit FormulaWriter(AgeRule age_rule) { formula_.age_rule = age_rule; }

  std::optional<FormulaTerm> constant(Value const& value);

  /// A count that is the same in all rows.
  FormulaTerm whole(std::int64_t count, Kind kind, int scale = 0);

  /// The count of a constant.
  [[nodiscard]] std::optional<std::int64_t> constant_count(FormulaTerm term) const;

  /// A column. \param allowed Values that the declaration lists; all when empty. \param text Of a column of texts: the one
  /// with which it is compared.
  std::optional<FormulaTerm> operand(ColumnFormat const& format, std::size_t place, Kind kind,
                                     std::vector<Value> const& allowed, Range const& range, std::string const* text);

  FormulaTerm folded(FormulaFold fold, Kind kind, int scale);

  /// Brings numbers to one scale; false where that has too many decimals.
  [[nodiscard]] bool align(FormulaTerm& lhs, FormulaTerm& rhs);

  /// An operation on counts of one meaning, which the result has, too.
  FormulaTerm calculated(FormulaOp op, FormulaTerm lhs, FormulaTerm rhs);

  std::optional<FormulaTerm> product(FormulaTerm lhs, FormulaTerm rhs);
  std::optional<FormulaTerm> absolute(FormulaTerm value);
  /// \param places Digits after the point; before it when negative.
  std::optional<FormulaTerm> rounded(FormulaTerm value, int places, Rounding rounding);

  /// A difference of days as a length.
  FormulaTerm days_as_length(FormulaTerm days);
  /// A date moved by a length.
  std::optional<FormulaTerm> moved(FormulaTerm date, FormulaTerm length, bool back);
  FormulaTerm between_dates(FormulaOp op, Kind kind, FormulaTerm from, FormulaTerm to);
  std::optional<FormulaTerm> part_of_date(FormulaTerm date, std::string_view name);
  std::optional<FormulaTerm> part_of_length(FormulaTerm length, std::string_view name);

  FormulaTerm compared(FormulaOp op, FormulaTerm lhs, FormulaTerm rhs);
  FormulaTerm joined(FormulaOp op, FormulaTerm lhs, FormulaTerm rhs);
  std::optional<FormulaTerm> opposite(std::optional<FormulaTerm> condition);
  FormulaTerm chosen(FormulaTerm condition, FormulaTerm yes, FormulaTerm no);
  /// A term like another one that has no value in any row.
  FormulaTerm never(FormulaTerm like);

  /// The formula that ends with a term; nothing where it has become too long.
  [[nodiscard]] std::shared_ptr<Formula const> finish(FormulaTerm result) &&;

 private:
  FormulaTerm add(FormulaStep step, Kind kind, int scale = 0);
  std::optional<FormulaTerm> scaled(FormulaTerm value, int scale);
  FormulaTerm quotient(FormulaTerm value, std::int64_t divisor, Rounding rounding);

  Formula formula_;
  std::map<FormulaStep, std::uint32_t> steps_;
};

}  // namespace tutela::detail
