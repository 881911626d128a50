// SPDX-License-Identifier: Apache-2.0
#include <tutela/disclosure/retention.hpp>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "calendar/last_day.hpp"

namespace tutela::inline v0 {
namespace {

constexpr std::array<std::string_view, 6> state_words{"due",       "held",    "running",
                                                      "not_begun", "not_set", "category_unknown"};

std::vector<Diagnostic> check_rules(std::span<RetentionRule const> rules, std::span<LegalHold const> holds)
{
  Diagnostics found;
  auto const wrong = [&](Code code, std::string pointer, std::string what, std::string mend) {
    found.error(code, Place{{}, 0, 0, std::move(pointer)}, std::move(what), std::move(mend));
  };
  for (std::size_t i = 0; i < rules.size(); ++i) {
    auto const pointer = "/rules/" + std::to_string(i);
    for (std::size_t k = 0; k < i; ++k)
      if (rules[k].category == rules[i].category)
        wrong(Code::duplicate_id, pointer + "/category", "two rules are about one category", "keep one");
    if (rules[i].category.empty())
      wrong(Code::missing_key, pointer + "/category", "the rule is about no category", "name one");
    if (rules[i].from.empty())
      wrong(Code::missing_key, pointer + "/from", "the term counts from nothing", "name an event, or `recorded`");
    auto const& keep = rules[i].keep;
    if (keep && (keep->unit == TermUnit::hours || keep->unit == TermUnit::working_days))
      wrong(Code::not_allowed, pointer + "/keep", "a term of keeping is not of hours or working days",
            "use days, months or years");
    if (keep && (keep->count < 0 || keep->count > max_term))
      wrong(Code::out_of_range, pointer + "/keep", "the term is out of range", "use 0 to 100000");
  }
  for (std::size_t i = 0; i < holds.size(); ++i)
    if (holds[i].reason.empty())
      wrong(Code::missing_key, "/holds/" + std::to_string(i) + "/reason", "the hold has no reason", "say why");
  return std::move(found).take();
}

/// The day from which a fact's term counts, where it is known.
std::optional<Date> begin_of(Fact const& fact, RetentionRule const& rule, std::map<std::string, Date> const& events)
{
  if (rule.from == "recorded") return fact.source.recorded;
  auto const event = events.find(rule.from);
  return event == events.end() ? std::nullopt : std::optional(event->second);
}

/// Fills in where a fact of a known category stands.
void read_clock(RetentionReading& reading, Fact const& fact, RetentionRule const& rule,
                std::map<std::string, Date> const& events, std::span<LegalHold const> holds, Date today)
{
  reading.citation = rule.citation;
  if (!rule.keep) return;
  auto const begin = begin_of(fact, rule, events);
  reading.state = RetentionState::not_begun;
  if (!begin) return;
  reading.erase_on = add_days(detail::last_day(*begin, *rule.keep), 1);
  reading.state = RetentionState::running;
  if (!reading.erase_on || today < *reading.erase_on) return;
  reading.state = RetentionState::due;
  auto const* hold = held_by(holds, reading.category, today);
  if (hold == nullptr) return;
  reading.state = RetentionState::held;
  reading.hold = hold->reason;
  reading.citation = hold->citation;
}

}  // namespace

std::string_view to_string(RetentionState state) noexcept { return state_words[static_cast<std::size_t>(state)]; }

LegalHold const* held_by(std::span<LegalHold const> holds, DataCategory const& category, Date on) noexcept
{
  for (auto const& hold : holds) {
    bool const keeps = hold.categories.empty() || category.empty() ||
                       std::find(hold.categories.begin(), hold.categories.end(), category) != hold.categories.end();
    if (keeps && hold.valid.contains(on)) return &hold;
  }
  return nullptr;
}

Result<std::vector<RetentionReading>> read_retention(Record const& record, Schema const& schema,
                                                     std::span<RetentionRule const> rules,
                                                     std::map<std::string, Date> const& events,
                                                     std::span<LegalHold const> holds, Date today)
{
  if (auto wrong = check_rules(rules, holds); !wrong.empty()) return wrong;
  std::map<DataCategory, RetentionRule const*> rule_of;
  for (auto const& rule : rules) rule_of[rule.category] = &rule;
  std::vector<RetentionReading> readings;
  for (auto const& fact : record.facts()) {
    auto& reading = readings.emplace_back();
    reading.fact = fact.name;
    reading.position = readings.size() - 1;
    auto const* declaration = schema.find(fact.name);
    if (declaration != nullptr) reading.category = DataCategory(declaration->category);
    if (reading.category.empty()) reading.state = RetentionState::category_unknown;
    auto const rule = rule_of.find(reading.category);
    if (rule != rule_of.end()) read_clock(reading, fact, *rule->second, events, holds, today);
  }
  auto const order = [](RetentionReading const& each) {
    return std::tuple(each.state != RetentionState::due, !each.erase_on, each.erase_on.value_or(Date{}), each.position);
  };
  std::sort(readings.begin(), readings.end(),
            [&](RetentionReading const& one, RetentionReading const& other) { return order(one) < order(other); });
  return readings;
}

}  // namespace tutela::inline v0
