// SPDX-License-Identifier: Apache-2.0
/// \file
/// Leaving out facts that constraints make needless.
#include "rules/needed_facts.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "rules/diagram_operation.hpp"

namespace tutela::detail {
namespace {

using Id = RegionDiagrams::Id;

/// What a decision answers in the cases that the constraints allow.
struct Answers {
  Id exactly = RegionDiagrams::none;
  Id together = RegionDiagrams::none;  ///< All answers that the facts nobody can ask leave possible.
};

class Reduction {
 public:
  Reduction(RegionDiagrams& diagrams, std::vector<Value> const& answers, std::vector<bool> const& askable)
      : diagrams_(diagrams),
        answers_(answers),
        askable_(askable),
        next_(static_cast<std::uint32_t>(answers.size())),
        no_case_(fresh()),
        torn_(fresh()),
        agreed_(diagrams, [this](std::span<Id const> ids) { return agree(ids); }),
        united_(diagrams, [this](std::span<Id const> ids) { return unite(ids); }),
        paired_(diagrams, [this](std::span<Id const> ids) { return pair(ids); })
  {
  }

  Answers answers(ConstrainedDiagram const& decision)
  {
    auto exactly = decision.rules;
    for (auto const constraint : decision.constraints)
      exactly = DiagramOperation(diagrams_, [this](std::span<Id const> ids) -> std::optional<Id> {
        if (!diagrams_.is_answer(ids[0])) return std::nullopt;
        return answers_[diagrams_.number(ids[0])] == Value(false) ? no_case_ : ids[1];
      })({constraint, exactly});
    std::vector<bool> hidden;
    for (bool const askable : askable_) hidden.push_back(!askable);
    return {exactly, without_facts(diagrams_, exactly, hidden, united_)};
  }

  /// The same answers without a fact; nothing when it is needed for them.
  std::optional<Answers> without(Answers const& all, std::uint32_t fact)
  {
    auto const exactly = without(all.exactly, fact);
    auto const together = without(all.together, fact);
    if (is_torn(exactly) || is_torn(together)) return std::nullopt;
    return Answers{exactly, together};
  }

  [[nodiscard]] bool depends(Answers const& all, std::uint32_t fact) const
  {
    return diagrams_.depends(all.exactly, fact) || diagrams_.depends(all.together, fact);
  }

  Id joined(Answers const& all)
  {
    auto const exactly = filled(all.exactly);
    auto const together = filled(all.together);
    // Where the second says no more than the first, the first is enough.
    if (diagrams_.is_answer(together) || exactly == together) return exactly;
    return paired_({exactly, together});
  }

 private:
  Id fresh() { return diagrams_.answer(next_++); }

  Id without(Id id, std::uint32_t fact)
  {
    if (id == RegionDiagrams::none || !diagrams_.depends(id, fact)) return id;
    std::vector<bool> hidden(diagrams_.facts(), false);
    hidden[fact] = true;
    return without_facts(diagrams_, id, hidden, agreed_);
  }

  /// True where two cases have different answers that only the fact left out tells apart, or nothing could be found out.
  [[nodiscard]] bool is_torn(Id root) const
  {
    std::vector<Id> open{root};
    std::vector<bool> seen(diagrams_.size(), false);
    while (!open.empty()) {
      auto const id = open.back();
      open.pop_back();
      if (id == RegionDiagrams::none || id == torn_) return true;
      if (seen[id] || diagrams_.is_answer(id)) continue;
      seen[id] = true;
      for (std::uint32_t region = 0; region < diagrams_.regions(diagrams_.fact(id)); ++region)
        open.push_back(diagrams_.child(id, region));
    }
    return false;
  }

  std::optional<Id> agree(std::span<Id const> ids) const
  {
    if (ids[0] == ids[1] || ids[1] == no_case_) return ids[0];
    if (ids[0] == no_case_) return ids[1];
    if (ids[0] == torn_ || ids[1] == torn_) return torn_;
    if (diagrams_.is_answer(ids[0]) && diagrams_.is_answer(ids[1])) return torn_;
    return std::nullopt;
  }

  std::optional<Id> unite(std::span<Id const> ids)
  {
    if (ids[0] == ids[1] || ids[1] == no_case_) return ids[0];
    if (ids[0] == no_case_) return ids[1];
    if (!diagrams_.is_answer(ids[0]) || !diagrams_.is_answer(ids[1])) return std::nullopt;
    std::vector<Id> members;
    for (auto const id : ids) {
      auto const set = members_.find(id);
      if (set == members_.end())
        members.push_back(id);
      else
        members.insert(members.end(), set->second.begin(), set->second.end());
    }
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    auto const [found, added] = sets_.try_emplace(members, RegionDiagrams::none);
    if (added) {
      found->second = fresh();
      members_.emplace(found->second, members);
    }
    return found->second;
  }

  std::optional<Id> pair(std::span<Id const> ids)
  {
    if (!diagrams_.is_answer(ids[0]) || !diagrams_.is_answer(ids[1])) return std::nullopt;
    auto const [found, added] = pairs_.try_emplace({ids[0], ids[1]}, RegionDiagrams::none);
    if (added) found->second = fresh();
    return found->second;
  }

  /// The diagram with the answer of a neighbouring region where no case is left.
  Id filled(Id id)
  {
    if (id == RegionDiagrams::none || diagrams_.is_answer(id)) return id;
    if (auto const found = filled_.find(id); found != filled_.end()) return found->second;
    std::vector<Id> children;
    for (std::uint32_t region = 0; region < diagrams_.regions(diagrams_.fact(id)); ++region)
      children.push_back(filled(diagrams_.child(id, region)));
    auto near = *std::find_if(children.begin(), children.end() - 1, [&](Id child) { return child != no_case_; });
    for (auto& child : children) near = child = child == no_case_ ? near : child;
    return filled_[id] = diagrams_.test(diagrams_.fact(id), children);
  }

  RegionDiagrams& diagrams_;
  std::vector<Value> const& answers_;
  std::vector<bool> const& askable_;
  std::uint32_t next_;
  Id no_case_;
  Id torn_;
  DiagramOperation agreed_;
  DiagramOperation united_;
  DiagramOperation paired_;
  std::map<std::vector<Id>, Id> sets_;
  std::map<Id, std::vector<Id>> members_;
  std::map<std::pair<Id, Id>, Id> pairs_;
  std::map<Id, Id> filled_;
};

}  // namespace

std::vector<Id> needed_only(RegionDiagrams& diagrams, std::vector<Value> const& answers,
                            std::vector<ConstrainedDiagram> const& decisions, std::vector<std::uint32_t> const& order,
                            std::vector<bool> const& askable)
{
  Reduction reduction(diagrams, answers, askable);
  std::vector<Answers> all;
  for (auto const& decision : decisions) all.push_back(reduction.answers(decision));
  auto const known = [](Answers const& each) {
    return each.exactly != RegionDiagrams::none && each.together != RegionDiagrams::none;
  };
  // First what no decision needs, then of each decision what only the others need.
  for (auto const fact : order) {
    auto less = all;
    bool needless = true;
    for (auto& each : less) {
      if (!known(each) || !reduction.depends(each, fact)) continue;
      auto const without = reduction.without(each, fact);
      needless = needless && without.has_value();
      if (!needless) break;
      each = *without;
    }
    if (needless) all = std::move(less);
  }
  std::vector<Id> roots;
  for (auto& each : all) {
    for (auto const fact : order)
      if (known(each) && reduction.depends(each, fact)) each = reduction.without(each, fact).value_or(each);
    roots.push_back(known(each) ? reduction.joined(each) : RegionDiagrams::none);
  }
  return roots;
}

}  // namespace tutela::detail
