// SPDX-License-Identifier: Apache-2.0
/// \file
/// Deciding exactly what missing facts can still change.
#include "rules/completions.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "rules/fact_regions.hpp"
#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

/// Walks over the parts of the domains, halving one at a time, and keeps the answers as a graph.
class Explorer {
 public:
  Explorer(std::vector<FactRegions> regions, std::vector<OpenFact> const& open, std::size_t most,
           Reevaluate const& reevaluate)
      : regions_(std::move(regions)), open_(open), most_(most), reevaluate_(reevaluate)
  {
    for (auto const& region : regions_) spans_.emplace_back(0, region.parts.size());
  }

  Completions run(Part const& whole)
  {
    // A domain that turns out to hold one value only is that value.
    for (auto const& region : regions_)
      if (region.parts.size() == 1 && is_definite(region.parts.front()) && region.parts.front() != region.fact.value)
        replaced_.emplace(region.fact.name, region.parts.front());
    auto const narrowed = replaced_.empty() ? std::nullopt : evaluate(replaced_);
    auto const root = split(narrowed.value_or(whole));
    Completions found;
    found.contradiction = root == impossible;
    if (found.contradiction) return found;
    std::set<std::size_t> seen;
    std::vector<std::size_t> open{root};
    while (!open.empty()) {
      auto const id = open.back();
      open.pop_back();
      if (!seen.insert(id).second) continue;
      auto const& node = nodes_[id];
      if (!node.leaf) {
        found.facts.push_back(regions_[node.fact].fact.name);
        open.push_back(node.second);
        open.push_back(node.first);
      } else if (confirmed_.count(id) != 0) {
        found.possible.push_back(node.value);
      } else {
        found.unresolved.push_back(node.value);
        auto const inside = open_in(node.value);
        found.facts.insert(found.facts.end(), inside.missing.begin(), inside.missing.end());
        found.facts.insert(found.facts.end(), inside.uncertain.begin(), inside.uncertain.end());
      }
    }
    sort_unique(found.facts);
    found.graph.root = root;
    found.graph.nodes = std::move(nodes_);
    for (auto& region : regions_)
      found.graph.facts.push_back({region.fact.name, std::move(region.parts), region.intervals, region.none_first});
    return found;
  }

 private:
  /// In place of a node: no completion of the part obeys the constraints.
  static constexpr std::size_t impossible = ~std::size_t{0};

  /// Errors are one answer, whatever their texts: a fact that decides only about a text changes nothing.
  std::size_t leaf(Value const& value)
  {
    for (auto const id : leaves_)
      if (nodes_[id].value == value || (value.is(Kind::error) && nodes_[id].value.is(Kind::error))) return id;
    nodes_.push_back({true, value, 0, 0, 0, 0});
    leaves_.push_back(nodes_.size() - 1);
    return nodes_.size() - 1;
  }

  /// The leaf of an answer that some completion gives.
  std::size_t certain(Value const& value)
  {
    auto const id = leaf(value);
    confirmed_.insert(id);
    return id;
  }

  std::size_t inner(std::size_t fact, std::size_t cut, std::size_t first, std::size_t second)
  {
    // Where no completion leads, any answer may stand.
    if (first == second || second == impossible) return first;
    if (first == impossible) return second;
    auto const [found, fresh] = cuts_.emplace(std::tuple(fact, cut, first, second), nodes_.size());
    if (fresh) nodes_.push_back({false, {}, fact, cut, first, second});
    return found->second;
  }

  /// What is open in a value, by facts that can be cut.
  OpenFacts open_in(Value const& value) const
  {
    auto open = open_facts(value);
    for (auto* names : {&open.missing, &open.uncertain}) {
      bool changed = false;
      for (auto& name : *names) {
        auto owner = owner_of(name, open_);
        changed = changed || owner != name;
        name = std::move(owner);
      }
      if (changed) sort_unique(*names);
    }
    return open;
  }

  /// The first fact in the order of the model that is open in one of the values and can still be cut.
  std::optional<std::size_t> cuttable(std::span<Value const> values) const
  {
    std::optional<std::size_t> best;
    for (auto const& value : values) {
      auto const open = open_in(value);
      for (std::size_t i = 0; i < best.value_or(regions_.size()); ++i) {
        if (spans_[i].second - spans_[i].first < 2) continue;
        auto const& name = regions_[i].fact.name;
        if (std::binary_search(open.missing.begin(), open.missing.end(), name) ||
            std::binary_search(open.uncertain.begin(), open.uncertain.end(), name))
          best = i;
      }
    }
    return best;
  }

  std::size_t split(Part const& whole)
  {
    if (whole.allowed == Truth::no) return impossible;
    auto const open = open_facts(whole.value);
    if (open.missing.empty() && open.uncertain.empty()) {
      // One answer for the whole part; it counts if some completion of the part obeys the constraints. With a part that
      // cannot be computed it is an error.
      auto const* fault = first_fault(whole.value);
      auto const answer = fault == nullptr ? whole.value : Value(*fault);
      if (whole.allowed == Truth::yes || confirmed_.count(leaf(answer)) != 0 || has_completion(whole))
        return certain(answer);
    }
    auto chosen = cuttable({&whole.value, 1});
    if (!chosen) chosen = cuttable(whole.undecided);
    if (!chosen) return leaf(whole.value);
    auto const [first, last] = spans_[*chosen];
    auto const cut = regions_[*chosen].middle(first, last);
    auto const one = part(*chosen, first, cut, whole);
    auto const other = part(*chosen, cut, last, whole);
    spans_[*chosen] = {first, last};
    return inner(*chosen, cut, one, other);
  }

  /// The node of the parts [first, last) of a fact; what is known of the whole where no more work may be spent.
  std::size_t part(std::size_t fact, std::size_t first, std::size_t last, Part const& whole)
  {
    spans_[fact] = {first, last};
    auto const& name = regions_[fact].fact.name;
    auto before = replaced_.extract(name);
    replaced_.emplace(name, regions_[fact].cover(first, last));
    auto const narrowed = evaluate(replaced_);
    auto const id = narrowed ? split(*narrowed) : leaf(whole.value);
    replaced_.erase(name);
    if (before) replaced_.insert(std::move(before));
    return id;
  }

  std::optional<Part> evaluate(std::map<std::string, Value> const& replaced)
  {
    if (spent_ || evaluations_++ >= most_) {
      spent_ = true;
      return std::nullopt;
    }
    auto narrowed = reevaluate_(replaced);
    spent_ = !narrowed;
    return narrowed;
  }

  /// True when a completion of the part is found that obeys the constraints: each fact at one of two places of its
  /// domain, all low, all high, or one against the others.
  bool has_completion(Part const& whole)
  {
    std::vector<std::size_t> facts;
    OpenFacts open;
    for (auto const& value : whole.undecided) {
      auto const found = open_facts(value);
      open.missing.insert(open.missing.end(), found.missing.begin(), found.missing.end());
      open.missing.insert(open.missing.end(), found.uncertain.begin(), found.uncertain.end());
    }
    for (std::size_t i = 0; i < regions_.size(); ++i)
      if (std::find(open.missing.begin(), open.missing.end(), regions_[i].fact.name) != open.missing.end())
        facts.push_back(i);
    for (std::size_t attempt = 0; attempt < 2 * facts.size() + 2; ++attempt) {
      auto samples = replaced_;
      for (std::size_t i = 0; i < facts.size(); ++i) {
        auto const& region = regions_[facts[i]];
        bool const high = (attempt / 2 == i + 1) != (attempt % 2 == 1);
        samples[region.fact.name] = region.sample(spans_[facts[i]].first, spans_[facts[i]].second, high);
      }
      auto const tried = evaluate(samples);
      if (!tried) return false;
      if (tried->allowed == Truth::yes) return true;
    }
    return false;
  }

  std::vector<FactRegions> regions_;
  std::vector<OpenFact> const& open_;
  std::size_t most_;
  Reevaluate const& reevaluate_;
  std::size_t evaluations_ = 0;
  bool spent_ = false;
  std::vector<std::pair<std::size_t, std::size_t>> spans_;
  std::map<std::string, Value> replaced_;
  std::vector<CompletionGraph::Node> nodes_;
  std::vector<std::size_t> leaves_;
  std::set<std::size_t> confirmed_;  ///< Leaves whose answer some completion gives.
  std::map<std::tuple<std::size_t, std::size_t, std::size_t, std::size_t>, std::size_t> cuts_;
};

}  // namespace

Completions explore_completions(Part const& whole, std::vector<OpenFact> const& open,
                                std::vector<Value> const& constants, std::optional<Date> on, std::size_t most,
                                Reevaluate const& reevaluate)
{
  // An element of a list that is not known is open in it only once the list is long enough.
  auto names = open_facts(whole.value);
  for (auto const& value : whole.undecided) {
    auto const found = open_facts(value);
    names.missing.insert(names.missing.end(), found.missing.begin(), found.missing.end());
    names.uncertain.insert(names.uncertain.end(), found.uncertain.begin(), found.uncertain.end());
  }
  for (auto* list : {&names.missing, &names.uncertain})
    for (auto& name : *list) name = owner_of(name, open);
  auto const mentioned = [&](std::string const& name) {
    for (auto const* list : {&names.missing, &names.uncertain})
      for (auto const& each : *list)
        if (name.compare(0, each.size(), each) == 0 && (name.size() == each.size() || name[each.size()] == '['))
          return true;
    return false;
  };
  std::vector<FactRegions> regions;
  for (auto const& fact : open)
    if (mentioned(fact.name)) regions.push_back(regions_of(fact, constants, on));
  return Explorer(std::move(regions), open, most, reevaluate).run(whole);
}

}  // namespace tutela::detail
