// SPDX-License-Identifier: Apache-2.0
/// \file
/// Minimal reasons: the facts that decide an answer by themselves.
#include <algorithm>
#include <deque>
#include <set>
#include <utility>

#include "rules/case_run.hpp"
#include "rules/pack_impl.hpp"
#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

// Evaluations for further sets, beyond the first one.
constexpr std::size_t most_further_evaluations = 256;

using Names = std::vector<std::string>;

class ReasonSearch {
 public:
  ReasonSearch(PackImpl const& pack, std::size_t decision, CaseFacts const& facts, std::optional<Date> on,
               DecideOptions const& options, Names known, Value answer)
      : pack_(pack),
        decision_(decision),
        facts_(facts),
        on_(on),
        options_(options),
        known_(std::move(known)),
        answer_(std::move(answer))
  {
    options_.reasons = false;
  }

  MinimalReasons run();

 private:
  bool decides_without(Names const& hidden);
  Names shrink(Names hidden);

  PackImpl const& pack_;
  std::size_t decision_;
  CaseFacts const& facts_;
  std::optional<Date> on_;
  DecideOptions options_;
  Names known_;
  Value answer_;
  std::size_t evaluations_ = 0;
};

bool ReasonSearch::decides_without(Names const& hidden)
{
  ++evaluations_;
  auto facts = facts_.without(hidden);
  CaseRun run(pack_, facts, on_, options_);
  auto const verdict = answer(pack_, decision_, run, on_, options_);
  return verdict.outcome == Outcome::known && verdict.value == answer_;
}

/// Takes facts away while the answer stays, beginning with none of the hidden ones. \return What is left.
Names ReasonSearch::shrink(Names hidden)
{
  Names left;
  for (auto const& name : known_) {
    if (std::find(hidden.begin(), hidden.end(), name) != hidden.end()) continue;
    hidden.push_back(name);
    if (decides_without(hidden)) continue;
    hidden.pop_back();
    left.push_back(name);
  }
  return left;
}

MinimalReasons ReasonSearch::run()
{
  MinimalReasons reasons;
  reasons.sets.push_back(shrink({}));
  // A further set lacks a member of every set found, so leaving out each member in turn leads to all of them.
  std::deque<std::set<std::string>> open;
  std::set<std::set<std::string>> seen;
  auto branch = [&](std::set<std::string> const& without, Names const& found) {
    for (auto const& name : found) {
      auto more = without;
      more.insert(name);
      if (seen.insert(more).second) open.push_back(std::move(more));
    }
  };
  branch({}, reasons.sets.front());
  auto const most = evaluations_ + most_further_evaluations;
  while (!open.empty()) {
    auto const without = std::move(open.front());
    open.pop_front();
    auto const lacks_all = [&](Names const& found) {
      return std::none_of(found.begin(), found.end(), [&](std::string const& name) { return without.count(name) > 0; });
    };
    auto const known = std::find_if(reasons.sets.begin(), reasons.sets.end(), lacks_all);
    if (known != reasons.sets.end()) {
      branch(without, Names(*known));
      continue;
    }
    if (evaluations_ + known_.size() >= most) {
      reasons.truncated = true;
      break;
    }
    Names hidden(without.begin(), without.end());
    if (!decides_without(hidden)) continue;
    reasons.sets.push_back(shrink(std::move(hidden)));
    branch(without, Names(reasons.sets.back()));
  }
  std::sort(reasons.sets.begin(), reasons.sets.end(), [](Names const& lhs, Names const& rhs) {
    return lhs.size() != rhs.size() ? lhs.size() < rhs.size() : lhs < rhs;
  });
  return reasons;
}

/// True for a value that says something: not one of which nothing at all is known.
bool informs(Value const& value)
{
  auto const* unknown = value.as_unknown();
  return unknown == nullptr || unknown->domain.kind != Domain::Kind::any;
}

}  // namespace
}  // namespace tutela::detail

namespace tutela::inline v0 {

MinimalReasons Pack::minimal_reasons(std::string_view decision, Record const& record, std::optional<Date> on,
                                     DecideOptions const& options) const
{
  auto const verdict = decide(decision, record, on, options);
  auto const* info = find(decision);
  if (info == nullptr || verdict.outcome != Outcome::known) return {};
  std::vector<std::string> known;
  for (auto const& fact : record.facts()) {
    auto const reads = [&](std::string const& name) { return detail::touches(name, fact.name); };
    if (std::none_of(info->facts.begin(), info->facts.end(), reads)) continue;
    auto const* used = record.find(fact.name, on, options.known_on);
    if (used != nullptr && detail::informs(used->value)) known.push_back(fact.name);
  }
  detail::sort_unique(known);
  detail::CaseFacts const facts(*impl_->model, record, on, options.known_on);
  auto const place = static_cast<std::size_t>(info - impl_->decisions.data());
  return detail::ReasonSearch(*impl_, place, facts, on, options, std::move(known), verdict.value).run();
}

}  // namespace tutela::inline v0
