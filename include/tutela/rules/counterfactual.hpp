// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a service could do so that an answer changes.
///
/// Only facts that the pack marks as changeable by the service or with its help are ever proposed. Custody, parental
/// rights, the family, pregnancy, health, disability, citizenship, refugee status, ethnicity, religion and consent cannot
/// be so marked: such a pack is refused when it is loaded. A step of a procedure that was done (a Boolean of the category
/// `procedure` that is true) is past and is never proposed to be undone. What comes out is a list of things the *agency* could do, never
/// advice to the person.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/verdict.hpp>

namespace tutela::inline v0 {

/// How to look for changes.
struct CounterfactualOptions {
  DecideOptions decide;         ///< By which law and from which facts; its `decisions` are not used.
  std::optional<Value> wanted;  ///< The answer that is looked for; any other answer than today's when left out.
  std::size_t most = 16;        ///< Ways to report.
};

/// One fact that would have to be another.
struct Change {
  std::string fact;  ///< Dotted name.
  Text label;        ///< Name for people.
  Value to;          ///< What it would have to be: one value, or an unknown with the set or range of values that do.
  Text help;         ///< What the agency can do, as the pack says it.
};

/// A smallest set of changes that leads to another answer: without any of them the answer would not be reached.
struct ChangeSet {
  std::vector<Change> changes;  ///< By name of the fact.
  Value answer;                 ///< The answer then; found by evaluating the changed case again.
};

/// What could change an answer.
struct Counterfactuals {
  std::string decision;              ///< Name of the decision.
  Outcome outcome = Outcome::error;  ///< Of the decision today; changes are looked for only when it is `known`.
  Value value;                       ///< The answer today.
  std::vector<ChangeSet> ways;       ///< Fewest changes first.
  /// Known facts of the decision that the pack marks as changeable, but for steps of a procedure that were done; sorted.
  std::vector<std::string> changeable;
  bool complete = true;  ///< False when a limit was reached: there may be further ways.
};

/// The smallest changes of changeable facts that give another answer.
///
/// Facts that are not known stay so: a way counts only when it leads to its answer whatever they are. Every way was
/// evaluated again with the changed facts. Exact up to `limits.completions` evaluations and 64 times as many steps of the
/// search; beyond that `complete` is false.
///
/// \param decision Name of the decision; one that the pack lacks is `rule_not_available`.
/// \throws ContractViolation as `Pack::decide` does.
[[nodiscard]] TUTELA_API Counterfactuals counterfactual(Pack const& pack, Record const& record,
                                                        std::string_view decision, std::optional<Date> on,
                                                        CounterfactualOptions const& options = {});

}  // namespace tutela::inline v0
