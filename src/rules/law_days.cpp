// SPDX-License-Identifier: Apache-2.0
/// \file
/// The days on which the law of a pack changes.
#include "rules/law_days.hpp"

#include <algorithm>

namespace tutela::detail {
namespace {

void add_changes(Period const& law, std::set<Date>& days)
{
  if (law.from) days.insert(*law.from);
  if (law.until) days.insert(*law.until);
}

void add_changes(Boxed const& body, std::set<Date>& days)
{
  if (body.table)
    for (auto const& rule : body.table->rules) add_changes(rule.note.law, days);
  for (auto const& child : body.children) add_changes(child, days);
}

}  // namespace

std::set<Date> changes_of_law(Model const& model, DecisionCone const& cone)
{
  std::set<Date> days;
  for (auto const node : cone.nodes) {
    for (auto const& text : model.nodes[node].texts) {
      add_changes(text.note.law, days);
      add_changes(text.body, days);
    }
  }
  return days;
}

std::vector<Date> days_of_law(std::set<Date> changes, Period const& valid, Date anchor)
{
  add_changes(valid, changes);
  std::vector<Date> days;
  auto const add = [&](std::optional<Date> day) {
    if (day && valid.contains(*day)) days.push_back(*day);
  };
  if (!changes.empty()) add(add_days(*changes.begin(), -1));
  for (auto const& day : changes) add(day);
  if (changes.empty()) add(anchor);
  return days;
}

Date anchor_day(PackImpl const& pack)
{
  std::optional<Date> newest;
  auto const take = [&](std::optional<Date> date) { newest = std::max(newest, date); };
  for (auto const& source : pack.info.sources) take(source.text_date);
  for (auto const& decision : pack.decisions)
    for (auto const& text : decision.texts)
      for (auto const& citation : text.citations) take(citation.text_date);
  return newest.value_or(Date{2000, 1, 1});
}

}  // namespace tutela::detail
