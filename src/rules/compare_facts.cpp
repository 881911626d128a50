// SPDX-License-Identifier: Apache-2.0
/// \file
/// Matching the facts and decisions of two versions of a pack.
#include "rules/compare_facts.hpp"

#include <algorithm>
#include <utility>

#include "rules/joint_regions.hpp"
#include "rules/pack_impl.hpp"

namespace tutela::detail {
namespace {

std::string listed(std::vector<Value> const& values)
{
  std::string text;
  for (auto const& value : values) (text += text.empty() ? "" : ", ") += to_string(value);
  return text.empty() ? "any" : text;
}

std::string bounds(Range const& range)
{
  return range.low.is_none() && range.high.is_none() ? "any" : to_string(Value(range));
}

std::string maximum(FactDeclaration const& fact)
{
  return fact.maximum_elements ? std::to_string(*fact.maximum_elements) : "any number";
}

std::string protection(FactDeclaration const& fact)
{
  return (fact.is_proxy ? "proxy of " : "") + std::string(to_string(fact.ground));
}

std::string yes(bool value) { return value ? "true" : "false"; }

/// What is declared otherwise, as far as it bears on an answer.
std::vector<std::string> differences(FactDeclaration const& before, FactDeclaration const& after)
{
  std::vector<std::string> notes;
  auto const note = [&](std::string_view what, std::string const& old, std::string const& now) {
    if (old != now) notes.push_back(std::string(what) + ": " + old + " -> " + now);
  };
  note("type", std::string(to_string(before.type)), std::string(to_string(after.type)));
  note("allowed", listed(before.allowed), listed(after.allowed));
  note("allowed elements", listed(before.allowed_elements), listed(after.allowed_elements));
  note("range", bounds(before.range), bounds(after.range));
  note("most elements", maximum(before), maximum(after));
  note("optional", yes(before.optional), yes(after.optional));
  note("unit", before.unit, after.unit);
  note("protected", protection(before), protection(after));
  note("material neglect", before.neglect, after.neglect);
  note("help failed", before.help_failed, after.help_failed);
  return notes;
}

bool lower(Range const& lhs, Range const& rhs)
{
  if (lhs.low.is_none() || rhs.low.is_none()) return rhs.low.is_none() && !lhs.low.is_none();
  auto const order = compared(lhs.low, rhs.low).value_or(0);
  return order > 0 || (order == 0 && !lhs.low_included);
}

bool upper(Range const& lhs, Range const& rhs)
{
  if (lhs.high.is_none() || rhs.high.is_none()) return rhs.high.is_none() && !lhs.high.is_none();
  auto const order = compared(lhs.high, rhs.high).value_or(0);
  return order < 0 || (order == 0 && !lhs.high_included);
}

bool within(Range const& range, Value const& value)
{
  auto const low = compared(value, range.low);
  auto const high = compared(value, range.high);
  if (low && (*low < 0 || (*low == 0 && !range.low_included))) return false;
  return !high || (*high < 0 || (*high == 0 && range.high_included));
}

bool allows(FactDeclaration const& fact, Value const& value)
{
  if (value.is_none()) return fact.optional;
  if (!fact.allowed.empty()) return std::find(fact.allowed.begin(), fact.allowed.end(), value) != fact.allowed.end();
  return within(fact.range, value);
}

Value unknown(std::string const& name, Domain domain) { return Value(Unknown{{name}, {}, std::move(domain)}); }

/// The values that both versions allow; nothing when there are none, or none can be named.
std::optional<Value> common_values(std::string const& name, FactDeclaration const& before, FactDeclaration const& after)
{
  if (before.type != after.type || before.type == Kind::list || before.type == Kind::context) return std::nullopt;
  Domain domain;
  auto candidates = before.allowed.empty() ? after.allowed : before.allowed;
  if (candidates.empty() && before.type == Kind::boolean) candidates = {Value(false), Value(true)};
  if (!candidates.empty()) {
    if (before.optional) candidates.emplace_back();
    domain.kind = Domain::Kind::set;
    for (auto const& value : candidates)
      if (allows(before, value) && allows(after, value)) domain.values.push_back(value);
    if (domain.values.empty()) return std::nullopt;
    if (domain.values.size() == 1) return domain.values.front();
    return unknown(name, std::move(domain));
  }
  domain.kind = Domain::Kind::range;
  auto const& low = lower(after.range, before.range) ? after.range : before.range;
  auto const& high = upper(after.range, before.range) ? after.range : before.range;
  domain.range = {low.low, high.high, low.low_included, high.high_included};
  auto const order = compared(low.low, high.high);
  if (order && (*order > 0 || (*order == 0 && !(low.low_included && high.high_included)))) return std::nullopt;
  if (order && *order == 0) return low.low;
  return unknown(name, std::move(domain));
}

bool same_but_for_the_name(FactDeclaration before, FactDeclaration const& after)
{
  before.name = after.name;
  return !after.label.empty() && before.label == after.label && before.type == after.type &&
         before.category == after.category && before.about == after.about && differences(before, after).empty();
}

/// Writes down what a cone of decisions says, each part with its length in front so that nothing runs together.
class Writing {
 public:
  explicit Writing(PackImpl const& pack) : pack_(pack) {}

  std::string of(std::size_t decision)
  {
    auto const& info = pack_.info;
    add(std::to_string(static_cast<int>(info.age_rule.leapling)) +
        std::to_string(static_cast<int>(info.age_rule.reached)));
    add(info.valid);
    add(info.dated ? "dated" : "undated");
    std::map<std::string, std::size_t> nodes;
    for (auto const node : pack_.cones[decision].nodes)
      nodes.emplace(std::to_string(static_cast<int>(pack_.model->nodes[node].kind)) + pack_.model->nodes[node].name,
                    node);
    add(pack_.decisions[decision].name);
    for (auto const& [name, node] : nodes) {
      add(name);
      add(pack_.model->nodes[node].variable);
      for (auto const& text : pack_.model->nodes[node].texts) add(text);
    }
    return std::move(text_);
  }

 private:
  void add(std::string const& part) { (text_ += std::to_string(part.size()) += ':') += part; }

  void add(Period const& period)
  {
    add(period.from ? to_string(*period.from) : "");
    add(period.until ? to_string(*period.until) : "");
  }

  void add(Declared const& declared)
  {
    add(to_string(declared.type));
    add(declared.item.get());
  }

  void add(ItemType const* item)
  {
    for (; item != nullptr; item = item->base.get()) {
      add(item->allowed_text + (item->constraint ? item->constraint->to_string() : ""));
      for (auto const& component : item->components) add(component.get());
    }
  }

  void add(LawNote const& note)
  {
    add(note.law);
    add(note.separation ? "separation" : "");
    add(note.verified() ? "verified" : "");
  }

  void add(NodeText const& text)
  {
    add(text.note);
    add(text.type);
    add(text.result);
    for (auto const required : text.requirements) add(pack_.model->nodes[required].name);
    for (auto const& parameter : text.parameters) add(parameter);
    for (auto const& type : text.parameter_types) add(type);
    for (auto const output : text.outputs) add(pack_.model->nodes[output].name);
    add(text.body);
  }

  void add(Boxed const& body)
  {
    add(std::to_string(static_cast<int>(body.kind)));
    add(body.type);
    add(body.text);
    add(body.expression ? body.expression->to_string() : "");
    for (auto const& name : body.names) add(name);
    for (auto const& type : body.types) add(type);
    if (body.table) add(*body.table);
    add(std::to_string(body.children.size()));
    for (auto const& child : body.children) add(child);
  }

  void add(DecisionTable const& table)
  {
    add(std::to_string(static_cast<int>(table.policy)) + std::to_string(static_cast<int>(table.aggregation)));
    for (auto const& input : table.inputs) {
      add(input.text);
      add(input.type);
      add(input.allowed ? input.allowed->to_string() : "");
    }
    for (auto const& output : table.outputs) {
      add(output.name);
      add(output.type);
      add(output.fallback ? output.fallback->to_string() : "");
      for (auto const& value : output.ranking) add(to_string(value));
    }
    for (auto const& rule : table.rules) {
      add(rule.note);
      for (auto const& test : rule.test_texts) add(test);
      for (auto const& output : rule.outputs) add(output ? output->to_string() : "");
    }
  }

  PackImpl const& pack_;
  std::string text_;
};

FactComparison change_of(std::string name, PackChange change)
{
  FactComparison comparison;
  comparison.fact = std::move(name);
  comparison.change = change;
  return comparison;
}

}  // namespace

FactMatch match_facts(Schema const& before, Schema const& after)
{
  FactMatch match;
  std::vector<FactDeclaration const*> added;
  for (auto const& fact : after.declarations())
    if (before.find(fact.name) == nullptr) added.push_back(&fact);
  std::vector<FactDeclaration const*> removed;
  for (auto const& fact : before.declarations())
    if (after.find(fact.name) == nullptr) removed.push_back(&fact);
  auto const partner = [](FactDeclaration const& fact, auto const& among) -> FactDeclaration const* {
    FactDeclaration const* found = nullptr;
    for (auto const* other : among) {
      if (!same_but_for_the_name(fact, *other)) continue;
      if (found != nullptr) return nullptr;  // nobody knows which of them
      found = other;
    }
    return found;
  };
  for (auto const& fact : before.declarations()) {
    auto const* other = after.find(fact.name);
    if (other == nullptr) {
      auto const* renamed = partner(fact, added);
      if (renamed == nullptr || partner(*renamed, removed) != &fact) {
        match.changes.push_back(change_of(fact.name, PackChange::removed));
        continue;
      }
      match.older.emplace(renamed->name, fact.name);
      match.newer.emplace(fact.name, renamed->name);
      match.changes.push_back(change_of(fact.name, PackChange::different));
      match.changes.back().renamed_to = renamed->name;
      match.changes.back().notes = {"name: " + fact.name + " -> " + renamed->name};
      continue;
    }
    auto notes = differences(fact, *other);
    bool const domain = fact.type != other->type || fact.allowed != other->allowed ||
                        fact.optional != other->optional || bounds(fact.range) != bounds(other->range) ||
                        fact.maximum_elements != other->maximum_elements;
    if (domain) {
      if (auto common = common_values(fact.name, fact, *other))
        match.common.emplace(fact.name, *std::move(common));
      else
        match.incomparable.insert(fact.name);
    }
    if (notes.empty()) continue;
    match.changes.push_back(change_of(fact.name, PackChange::different));
    match.changes.back().notes = std::move(notes);
  }
  for (auto const* fact : added)
    if (match.older.find(fact->name) == match.older.end())
      match.changes.push_back(change_of(fact->name, PackChange::added));
  std::sort(match.changes.begin(), match.changes.end(),
            [](FactComparison const& lhs, FactComparison const& rhs) { return lhs.fact < rhs.fact; });
  return match;
}

bool written_alike(PackImpl const& before, std::size_t decision, PackImpl const& after, std::size_t other)
{
  return Writing(before).of(decision) == Writing(after).of(other);
}

std::vector<DecisionMatch> match_decisions(PackImpl const& before, PackImpl const& after)
{
  auto const index_of = [](PackImpl const& pack, std::string const& name) -> std::optional<std::size_t> {
    auto const found = std::find_if(pack.decisions.begin(), pack.decisions.end(),
                                    [&](DecisionInfo const& info) { return info.name == name; });
    if (found == pack.decisions.end()) return std::nullopt;
    return static_cast<std::size_t>(found - pack.decisions.begin());
  };
  auto const id_of = [](PackImpl const& pack, std::size_t decision) -> std::string const& {
    return pack.model->nodes[pack.nodes[decision]].texts.front().id;
  };
  std::vector<DecisionMatch> matches;
  std::set<std::size_t> taken;
  for (std::size_t i = 0; i < before.decisions.size(); ++i) {
    auto other = index_of(after, before.decisions[i].name);
    for (std::size_t j = 0; !other && j < after.decisions.size(); ++j) {
      bool const free = !index_of(before, after.decisions[j].name) && taken.count(j) == 0;
      if (free && !id_of(before, i).empty() && id_of(before, i) == id_of(after, j)) other = j;
    }
    if (other) taken.insert(*other);
    matches.push_back({i, other});
  }
  for (std::size_t j = 0; j < after.decisions.size(); ++j)
    if (taken.count(j) == 0) matches.push_back({std::nullopt, j});
  auto const name = [&](DecisionMatch const& match) -> std::string const& {
    return match.before ? before.decisions[*match.before].name : after.decisions[*match.after].name;
  };
  std::stable_sort(matches.begin(), matches.end(),
                   [&](DecisionMatch const& lhs, DecisionMatch const& rhs) { return name(lhs) < name(rhs); });
  return matches;
}

}  // namespace tutela::detail
