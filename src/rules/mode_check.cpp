// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where other DMN engines answer otherwise.
#include "rules/mode_check.hpp"

#include <algorithm>

#include "rules/input_choices.hpp"
#include "rules/law_days.hpp"
#include "rules/region_index.hpp"

namespace tutela::detail {
namespace {

/// Cases that are tried of one decision.
constexpr std::size_t most_cases = 1'000;

/// True when the modes say something else that is more than their having other words for what is not known.
bool differ(Verdict const& legal, Verdict const& conformance, bool complete)
{
  if (conformance.outcome != Outcome::known) return false;
  bool const null = conformance.value.is_none();
  if (legal.outcome == Outcome::known) return (complete || !null) && !(legal.value == conformance.value);
  return legal.outcome == Outcome::error && complete && !null;
}

/// The day on which the newest law of a decision is in force; nothing where no day is needed.
std::optional<Date> day_for(PackImpl const& pack, std::size_t decision)
{
  auto const& cone = pack.cones[decision];
  if (!pack.info.dated && !cone.reads_today) return std::nullopt;
  auto const days = days_of_law(changes_of_law(*pack.model, cone), pack.info.valid, anchor_day(pack));
  return days.empty() ? anchor_day(pack) : days.back();
}

}  // namespace

std::vector<std::size_t> rules_that_read_none_otherwise(DecisionTable const& table, std::size_t column)
{
  auto const& read = table.index->columns()[column];
  std::vector<std::size_t> rules;
  for (std::size_t i = 0; read.tested && i < table.rules.size(); ++i) {
    auto const bit = [&](std::vector<RuleWord> const& mask) {
      return ((mask[i / rules_in_word] >> (i % rules_in_word)) & 1U) != 0;
    };
    if (bit(read.null) != bit(read.none) || bit(read.none_errs)) rules.push_back(i + 1);
  }
  return rules;
}

std::optional<ModeDifference> find_mode_difference(Pack const& pack, std::size_t decision, Limits const& limits)
{
  auto const& impl = pack.impl();
  auto const& names = impl.decisions[decision].facts;
  std::vector<std::vector<Piece>> values;
  std::size_t cases = 1;
  for (auto const& name : names) {
    auto const* fact = impl.schema.find(name);
    if (fact == nullptr) return std::nullopt;
    values.push_back(values_of(*fact, impl.cones[decision].constants));
    if (values.back().empty()) return std::nullopt;
    cases *= values.back().size() + 1;
    if (cases > most_cases) return std::nullopt;
  }
  ModeDifference found;
  found.on = day_for(impl, decision);
  DecideOptions options;
  options.include_unverified = true;
  options.reasons = false;
  options.limits = limits;
  for (std::size_t number = 0; number < cases; ++number) {
    found.facts.clear();
    RecordBuilder builder;
    for (std::size_t i = 0, rest = number; i < names.size(); ++i) {
      auto const choice = rest % (values[i].size() + 1);
      rest /= values[i].size() + 1;
      if (choice == values[i].size()) continue;  // missing
      found.facts.emplace_back(names[i], values[i][choice].sample);
      builder.set(names[i], values[i][choice].sample);
    }
    auto const record = std::move(builder).build(limits);
    if (!record) continue;
    options.mode = Mode::legal;
    found.legal = pack.decide(impl.decisions[decision].name, *record, found.on, options);
    if (found.legal.outcome != Outcome::known && found.legal.outcome != Outcome::error) continue;
    if (!pack.check_facts(*record, found.on).empty()) continue;  // no case obeys the constraints with these facts
    options.mode = Mode::conformance;
    found.conformance = pack.decide(impl.decisions[decision].name, *record, found.on, options);
    if (differ(found.legal, found.conformance, found.facts.size() == names.size())) return found;
  }
  return std::nullopt;
}

}  // namespace tutela::detail
