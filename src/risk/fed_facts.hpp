// SPDX-License-Identifier: Apache-2.0
/// \file
/// Facts of an instrument that a FEEL expression gives over the whole record (internal).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/result.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/feel/expression.hpp>

namespace tutela::detail {

/// An expression with the facts that it reads: `person.birth_date` is read as the entry of a context `person`.
struct FedFact {
  Expression expression;
  std::vector<std::string> heads;  ///< First parts of the names it reads, by slot.
};

/// Parses the expression of a fact.
Result<FedFact> parse_fed_fact(std::string_view text, Place const& place, Limits const& limits);

/// Its value for a record; unknown where facts that matter are missing. \param on Day for `today()`, if any.
Value value_of(FedFact const& fact, Record const& record, std::optional<Date> on, std::optional<Date> known_on,
               AgeRule age_rule, Limits const& limits);

}  // namespace tutela::detail
