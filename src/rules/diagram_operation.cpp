// SPDX-License-Identifier: Apache-2.0
/// \file
/// Calculating with decision diagrams.
#include "rules/diagram_operation.hpp"

#include <algorithm>

namespace tutela::detail {
namespace {

using Id = RegionDiagrams::Id;

/// Combinations of nodes that one operation or search meets at most.
constexpr std::size_t most_combinations = std::size_t{1} << 20U;

/// The first fact that one of the diagrams asks for.
std::uint32_t top_fact(RegionDiagrams const& diagrams, std::span<Id const> ids)
{
  std::uint32_t top = diagrams.facts();
  for (auto const id : ids) top = std::min(top, diagrams.fact(id));
  return top;
}

std::vector<Id> in_region(RegionDiagrams const& diagrams, std::span<Id const> ids, std::uint32_t fact,
                          std::uint32_t region)
{
  std::vector<Id> below(ids.begin(), ids.end());
  for (auto& id : below)
    if (diagrams.fact(id) == fact) id = diagrams.child(id, region);
  return below;
}

/// Walks over the ways through several diagrams; each combination of nodes once.
class PathSearch {
 public:
  using Accepts = std::function<bool(std::span<Id const>, RegionPath const&)>;

  PathSearch(RegionDiagrams const& diagrams, Accepts const& accepts)
      : diagrams_(diagrams), accepts_(accepts), path_(diagrams.facts())
  {
  }

  PathSearchResult run(std::vector<Id> const& roots)
  {
    if (walk(roots)) return {path_, true};
    return {std::nullopt, seen_.size() < most_combinations};
  }

 private:
  bool walk(std::vector<Id> const& ids)
  {
    auto const fact = top_fact(diagrams_, ids);
    if (fact == diagrams_.facts()) return accepts_(ids, path_);
    if (seen_.size() >= most_combinations || !seen_.insert(ids).second) return false;
    for (std::uint32_t region = 0; region < diagrams_.regions(fact); ++region) {
      path_[fact] = region;
      if (walk(in_region(diagrams_, ids, fact, region))) return true;
    }
    path_[fact].reset();
    return false;
  }

  RegionDiagrams const& diagrams_;
  Accepts const& accepts_;
  RegionPath path_;
  std::set<std::vector<Id>> seen_;
};

}  // namespace

Id DiagramOperation::operator()(std::vector<Id> const& operands)
{
  if (std::find(operands.begin(), operands.end(), RegionDiagrams::none) != operands.end()) return RegionDiagrams::none;
  if (auto const known = known_(operands)) return *known;
  if (auto const done = done_.find(operands); done != done_.end()) return done->second;
  if (done_.size() >= most_combinations) return RegionDiagrams::none;
  auto const fact = top_fact(diagrams_, operands);
  std::vector<Id> children;
  for (std::uint32_t region = 0; region < diagrams_.regions(fact); ++region)
    children.push_back((*this)(in_region(diagrams_, operands, fact, region)));
  return done_[operands] = diagrams_.test(fact, children);
}

Id without_facts(RegionDiagrams& diagrams, Id root, std::vector<bool> const& hidden, DiagramOperation& agreed)
{
  std::map<Id, Id> done;
  std::function<Id(Id)> const walk = [&](Id id) -> Id {
    if (id == RegionDiagrams::none || diagrams.is_answer(id)) return id;
    if (auto const found = done.find(id); found != done.end()) return found->second;
    auto const fact = diagrams.fact(id);
    std::vector<Id> children;
    for (std::uint32_t region = 0; region < diagrams.regions(fact); ++region)
      children.push_back(walk(diagrams.child(id, region)));
    auto result = hidden[fact] ? children.front() : diagrams.test(fact, children);
    for (std::size_t i = 1; hidden[fact] && i < children.size(); ++i) result = agreed({result, children[i]});
    return done[id] = result;
  };
  return walk(root);
}

PathSearchResult first_path(RegionDiagrams const& diagrams, std::vector<Id> const& roots,
                            std::function<bool(std::span<Id const>, RegionPath const&)> const& accepts)
{
  if (std::find(roots.begin(), roots.end(), RegionDiagrams::none) != roots.end()) return {std::nullopt, false};
  return PathSearch(diagrams, accepts).run(roots);
}

}  // namespace tutela::detail
