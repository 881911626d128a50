// SPDX-License-Identifier: Apache-2.0
/// \file
/// Common regions of missing facts.
#include "rules/joint_regions.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <tutela/feel/expression.hpp>

namespace tutela::detail {
namespace {

/// The ends of a part: of a constant the constant itself.
Range ends_of(Value const& part)
{
  auto const* unknown = part.as_unknown();
  if (unknown == nullptr) return {part, part, true, true};
  return unknown->domain.kind == Domain::Kind::range ? unknown->domain.range : Range{};
}

Value values_within(std::string const& fact, Range range)
{
  auto const order = compared(range.low, range.high);
  if (order && *order == 0) return range.low;
  Domain domain;
  domain.kind = range.low.is_none() && range.high.is_none() ? Domain::Kind::any : Domain::Kind::range;
  domain.range = std::move(range);
  return Value(Unknown{{fact}, {}, std::move(domain)});
}

Value next_day(Value const& value, int days)
{
  auto const* date = value.as_date();
  auto const moved = date == nullptr ? std::nullopt : add_days(*date, days);
  return moved ? Value(*moved) : value;
}

/// A text, a duration or a moment of a range, where one can be named.
std::optional<Value> other_sample(Range const& range)
{
  if (!range.low.is_none() && range.low_included) return range.low;
  if (!range.high.is_none() && range.high_included) return range.high;
  if (auto const* text = range.low.as_string()) {
    Value longer(*text + ' ');
    return compared(longer, range.high).value_or(-1) < 0 ? std::optional(std::move(longer)) : std::nullopt;
  }
  return range.low.is_none() ? neighbour(range.high, -1) : neighbour(range.low, 1);
}

}  // namespace

FactDeclaration const* declaration_of(Schema const& schema, std::string const& name)
{
  if (auto const* found = schema.find(name)) return found;
  return schema.find(without_places(name));
}

JointFact::JointFact(CompletionGraph::Fact const& fact)
    : name_(fact.name), intervals_(fact.intervals), none_first_(fact.none_first)
{
  if (!intervals_) {
    parts_ = fact.parts;
    return;
  }
  auto const low = ends_of(fact.parts[none_first_ ? 1 : 0]);
  auto const high = ends_of(fact.parts.back());
  whole_ = {low.low, high.high, low.low_included, high.high_included};
}

JointFact::Cut JointFact::cut_at(CompletionGraph::Fact const& fact, std::size_t part) const
{
  if (!intervals_) return {false, part, {}, false};
  if (none_first_ && part == 1) return {true, 0, {}, false};
  auto const low = ends_of(fact.parts[part]);
  // Days are whole: just after one day is the next.
  if (low.low.is(Kind::date) && !low.low_included) return {false, 0, next_day(low.low, 1), false};
  return {false, 0, low.low, !low.low_included};
}

bool JointFact::before(Cut const& lhs, Cut const& rhs)
{
  if (lhs.after_none != rhs.after_none) return lhs.after_none;
  if (lhs.part != rhs.part) return lhs.part < rhs.part;
  auto const order = compared(lhs.value, rhs.value).value_or(0);
  return order != 0 ? order < 0 : lhs.after < rhs.after;
}

void JointFact::cut(CompletionGraph::Fact const& fact, std::size_t part) { cuts_.push_back(cut_at(fact, part)); }

void JointFact::finish()
{
  std::sort(cuts_.begin(), cuts_.end(), before);
  cuts_.erase(std::unique(cuts_.begin(), cuts_.end(),
                          [](Cut const& lhs, Cut const& rhs) { return !before(lhs, rhs) && !before(rhs, lhs); }),
              cuts_.end());
}

void JointFact::keep(std::vector<bool> const& cuts)
{
  std::vector<Cut> kept;
  for (std::size_t i = 0; i < cuts_.size(); ++i)
    if (cuts[i]) kept.push_back(std::move(cuts_[i]));
  cuts_ = std::move(kept);
}

std::uint32_t JointFact::region_at(CompletionGraph::Fact const& fact, std::size_t part) const
{
  auto const place = std::lower_bound(cuts_.begin(), cuts_.end(), cut_at(fact, part), before);
  return static_cast<std::uint32_t>(place - cuts_.begin()) + 1;
}

std::optional<std::uint32_t> JointFact::region_of(Value const& value) const
{
  if (!intervals_) {
    auto const part = static_cast<std::size_t>(std::find(parts_.begin(), parts_.end(), value) - parts_.begin());
    if (part == parts_.size()) return std::nullopt;
    auto const later = std::find_if(cuts_.begin(), cuts_.end(), [&](Cut const& cut) { return cut.part > part; });
    return static_cast<std::uint32_t>(later - cuts_.begin());
  }
  if (value.is_none()) return none_first_ ? std::optional<std::uint32_t>(0) : std::nullopt;
  auto const low = compared(whole_.low, value);
  auto const high = compared(value, whole_.high);
  bool const ordered = compared(value, value).has_value();
  if (!ordered || (!whole_.low.is_none() && !low) || (!whole_.high.is_none() && !high)) return std::nullopt;
  if (low && (*low > 0 || (*low == 0 && !whole_.low_included))) return std::nullopt;
  if (high && (*high > 0 || (*high == 0 && !whole_.high_included))) return std::nullopt;
  std::uint32_t region = 0;
  for (auto const& cut : cuts_) {
    auto const order = cut.after_none ? std::optional<int>(-1) : compared(cut.value, value);
    if (!order) return std::nullopt;
    if (*order > 0 || (*order == 0 && cut.after)) break;
    ++region;
  }
  return region;
}

Value JointFact::values(std::uint32_t region) const
{
  if (!intervals_) {
    auto const first = region == 0 ? 0 : cuts_[region - 1].part;
    auto const last = region == cuts_.size() ? parts_.size() : cuts_[region].part;
    if (last - first == 1) return parts_[first];
    Domain domain;
    domain.kind = Domain::Kind::set;
    domain.values.assign(parts_.begin() + static_cast<std::ptrdiff_t>(first),
                         parts_.begin() + static_cast<std::ptrdiff_t>(last));
    return Value(Unknown{{name_}, {}, std::move(domain)});
  }
  bool const cut_after_none = !cuts_.empty() && cuts_.front().after_none;
  if (region == 0 && cut_after_none) return Value();
  Range range = whole_;
  if (region > 0 && !cuts_[region - 1].after_none) {
    range.low = cuts_[region - 1].value;
    range.low_included = !cuts_[region - 1].after;
  }
  if (region < cuts_.size()) {
    auto const& next = cuts_[region];
    bool const day = next.value.is(Kind::date);
    range.high = day ? next_day(next.value, -1) : next.value;
    range.high_included = day || next.after;
  }
  range.low_included = range.low_included && !range.low.is_none();
  range.high_included = range.high_included && !range.high.is_none();
  return values_within(name_, std::move(range));
}

Value JointFact::sample(std::uint32_t region) const
{
  auto const all = values(region);
  auto const* unknown = all.as_unknown();
  if (unknown == nullptr) return all;
  if (unknown->domain.kind == Domain::Kind::set) return unknown->domain.values.front();
  auto const& range = unknown->domain.range;
  if (auto const* low = range.low.as_number()) {
    auto const* high = range.high.as_number();
    if (range.low_included) return range.low;
    return high == nullptr ? Value(*low + Decimal(1)) : Value((*low + *high) / Decimal(2));
  }
  if (range.low.is(Kind::date)) return range.low_included ? range.low : next_day(range.low, 1);
  if (auto const* high = range.high.as_number()) return range.high_included ? range.high : Value(*high - Decimal(1));
  if (range.high.is(Kind::date)) return range.high_included ? range.high : next_day(range.high, -1);
  return other_sample(range).value_or(all);
}

std::vector<double> JointFact::shares(FactDeclaration const* declaration, bool& weighted) const
{
  // The values of a list count one by one, the regions of numbers and dates each as one.
  std::vector<std::pair<std::uint32_t, Value>> units;
  if (intervals_) {
    for (std::uint32_t region = 0; region < size(); ++region) units.emplace_back(region, sample(region));
  } else {
    for (auto const& part : parts_) units.emplace_back(region_of(part).value_or(0), part);
  }
  std::vector<double> masses(units.size(), 1);
  weighted = false;
  if (declaration != nullptr) {
    for (auto const& weight : declaration->weights) {
      auto const tests = parse_unary_tests(weight.test);
      if (!tests) continue;
      std::vector<std::size_t> passing;
      for (std::size_t i = 0; i < units.size(); ++i) {
        Evaluation evaluation;
        if (truth_of(tests->test(units[i].second, {}, evaluation)) == Truth::yes) passing.push_back(i);
      }
      for (auto const i : passing) masses[i] = weight.weight.to_double() / static_cast<double>(passing.size());
      weighted = weighted || !passing.empty();
    }
  }
  double sum = 0;
  for (auto const mass : masses) sum += mass;
  if (sum <= 0) {
    masses.assign(units.size(), 1);
    sum = static_cast<double>(units.size());
    weighted = false;
  }
  std::vector<double> result(size(), 0);
  for (std::size_t i = 0; i < units.size(); ++i) result[units[i].first] += masses[i] / sum;
  return result;
}

std::optional<std::uint32_t> JointRegions::find(std::string const& name) const
{
  auto const found =
      std::find_if(facts.begin(), facts.end(), [&](JointFact const& fact) { return fact.name() == name; });
  if (found == facts.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - facts.begin());
}

void JointRegions::join_equal(std::span<RegionDiagrams::Id> wanted)
{
  auto const apart = diagrams.told_apart(wanted);
  for (std::size_t i = 0; i < facts.size(); ++i) facts[i].keep(apart[i]);
  diagrams = diagrams.joined(apart, wanted);
}

JointRegions join_regions(std::vector<CompletionGraph const*> const& graphs,
                          std::map<std::string, std::size_t> const& order)
{
  JointRegions joint;
  std::map<std::string, JointFact> regions;
  // What can be reached, children before parents.
  std::vector<std::vector<std::size_t>> sequences;
  for (auto const* graph : graphs) {
    std::vector<std::size_t> sequence;
    std::vector<bool> seen(graph->nodes.size(), false);
    std::vector<std::pair<std::size_t, bool>> open{{graph->root, false}};
    while (!open.empty()) {
      auto const [id, done] = open.back();
      open.pop_back();
      if (done) {
        sequence.push_back(id);
        continue;
      }
      if (seen[id]) continue;
      seen[id] = true;
      open.emplace_back(id, true);
      auto const& node = graph->nodes[id];
      if (node.leaf) continue;
      open.emplace_back(node.first, false);
      open.emplace_back(node.second, false);
      auto const& fact = graph->facts[node.fact];
      regions.try_emplace(fact.name, fact).first->second.cut(fact, node.cut);
    }
    sequences.push_back(std::move(sequence));
  }
  for (auto& [name, fact] : regions) {
    fact.finish();
    joint.facts.push_back(std::move(fact));
  }
  auto place = [&](JointFact const& fact) {
    auto const found = order.find(fact.name());
    return found == order.end() ? order.size() : found->second;
  };
  std::stable_sort(joint.facts.begin(), joint.facts.end(),
                   [&](JointFact const& lhs, JointFact const& rhs) { return place(lhs) < place(rhs); });
  std::vector<std::uint32_t> sizes;
  std::map<std::string, std::uint32_t> places;
  for (auto const& fact : joint.facts) {
    places.emplace(fact.name(), static_cast<std::uint32_t>(sizes.size()));
    sizes.push_back(fact.size());
  }
  joint.diagrams = RegionDiagrams(std::move(sizes));
  for (std::size_t i = 0; i < graphs.size(); ++i) {
    auto const& graph = *graphs[i];
    std::vector<RegionDiagrams::Id> made(graph.nodes.size(), RegionDiagrams::none);
    for (auto const id : sequences[i]) {
      auto const& node = graph.nodes[id];
      if (node.leaf) {
        auto const found = std::find(joint.answers.begin(), joint.answers.end(), node.value);
        made[id] = joint.diagrams.answer(static_cast<std::uint32_t>(found - joint.answers.begin()));
        if (found == joint.answers.end()) joint.answers.push_back(node.value);
        continue;
      }
      auto const& fact = graph.facts[node.fact];
      auto const where = places.at(fact.name);
      made[id] = joint.diagrams.select(where, joint.facts[where].region_at(fact, node.cut), made[node.first],
                                       made[node.second]);
    }
    joint.roots.push_back(made[graph.root]);
  }
  joint.join_equal(joint.roots);
  return joint;
}

}  // namespace tutela::detail
