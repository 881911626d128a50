// SPDX-License-Identifier: Apache-2.0
/// \file
/// Planning of questions over decision diagrams.
#include "rules/question_planner.hpp"

#include <algorithm>
#include <limits>

namespace tutela::detail {

std::size_t QuestionPlanner::Hash::operator()(State const& state) const noexcept
{
  std::uint64_t hash = state.size();
  for (auto const id : state) hash = (hash ^ id) * 0x9e3779b97f4a7c15U + (hash >> 29U);
  return static_cast<std::size_t>(hash);
}

QuestionPlanner::QuestionPlanner(RegionDiagrams& diagrams, std::vector<PlannedFact> const& facts, std::size_t steps)
    : diagrams_(diagrams), facts_(facts), steps_(steps), askable_(diagrams.words(), 0)
{
  for (std::size_t i = 0; i < facts.size(); ++i)
    if (facts[i].askable) askable_[i / 64] |= RegionDiagrams::Bits{1} << (i % 64);
}

bool QuestionPlanner::is_open(Id id) const
{
  auto const support = diagrams_.support(id);
  for (std::size_t i = 0; i < support.size(); ++i)
    if ((support[i] & askable_[i]) != 0) return true;
  return false;
}

QuestionPlanner::State QuestionPlanner::open(std::vector<Id> const& roots) const
{
  State state;
  for (auto const id : roots)
    if (is_open(id)) state.push_back(id);
  std::sort(state.begin(), state.end());
  state.erase(std::unique(state.begin(), state.end()), state.end());
  return state;
}

QuestionPlanner::State QuestionPlanner::after(State const& state, std::uint32_t fact, std::uint32_t region)
{
  State next;
  next.reserve(state.size());
  for (auto const id : state) {
    auto const rest = diagrams_.restricted(id, fact, region);
    // A store that is full ends the plan; what it would have held counts as open.
    if (rest == RegionDiagrams::none) left_ = 0;
    next.push_back(rest == RegionDiagrams::none ? id : rest);
  }
  return open(next);
}

bool QuestionPlanner::spend(std::size_t steps)
{
  if (left_ < steps) exhausted_ = true;
  left_ -= std::min(left_, steps);
  return !exhausted_;
}

/// Diagrams that share an askable fact, directly or through others, stay together.
std::vector<QuestionPlanner::State> QuestionPlanner::parts(State const& state) const
{
  if (state.size() < 2) return state.empty() ? std::vector<State>{} : std::vector<State>{state};
  struct Part {
    State ids;
    std::vector<RegionDiagrams::Bits> facts;
  };
  std::vector<Part> found;
  for (auto const id : state) {
    auto const support = diagrams_.support(id);
    Part joined{{id}, {support.begin(), support.end()}};
    for (std::size_t i = 0; i < askable_.size(); ++i) joined.facts[i] &= askable_[i];
    for (auto part = found.begin(); part != found.end();) {
      bool common = false;
      for (std::size_t i = 0; i < askable_.size(); ++i) common = common || (part->facts[i] & joined.facts[i]) != 0;
      if (!common) {
        ++part;
        continue;
      }
      joined.ids.insert(joined.ids.end(), part->ids.begin(), part->ids.end());
      for (std::size_t i = 0; i < askable_.size(); ++i) joined.facts[i] |= part->facts[i];
      part = found.erase(part);
    }
    found.push_back(std::move(joined));
  }
  std::vector<State> result;
  for (auto& part : found) {
    std::sort(part.ids.begin(), part.ids.end());
    result.push_back(std::move(part.ids));
  }
  return result;
}

std::vector<std::uint32_t> QuestionPlanner::candidates(State const& part) const
{
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> last;
  for (std::size_t word = 0; word < askable_.size(); ++word) {
    RegionDiagrams::Bits bits = 0;
    for (auto const id : part) bits |= diagrams_.support(id)[word];
    bits &= askable_[word];
    for (std::uint32_t i = 0; bits != 0; ++i, bits >>= 1U) {
      if ((bits & 1U) == 0) continue;
      auto const fact = static_cast<std::uint32_t>(word * 64) + i;
      (facts_[fact].last ? last : first).push_back(fact);
    }
  }
  return first.empty() ? last : first;
}

/// How likely each answer is; what is not askable stays open inside an answer.
std::vector<std::pair<QuestionPlanner::Id, double>> const& QuestionPlanner::spread(Id id)
{
  if (spreads_.size() < diagrams_.size()) spreads_.resize(diagrams_.size());
  if (!spreads_[id].empty()) return spreads_[id];
  std::vector<std::pair<Id, double>> sum;
  if (!is_open(id)) {
    sum.emplace_back(id, 1.0);
  } else {
    auto const fact = diagrams_.fact(id);
    for (std::uint32_t region = 0; region < diagrams_.regions(fact); ++region) {
      double const share = facts_[fact].shares[region];
      if (share <= 0) continue;
      auto const below = spread(diagrams_.child(id, region));
      for (auto const& [answer, likely] : below) sum.emplace_back(answer, share * likely);
    }
    std::sort(sum.begin(), sum.end());
    std::size_t kept = 0;
    for (std::size_t i = 1; i < sum.size(); ++i) {
      if (sum[i].first == sum[kept].first)
        sum[kept].second += sum[i].second;
      else
        sum[++kept] = sum[i];
    }
    sum.resize(kept + 1);
  }
  return spreads_[id] = std::move(sum);
}

/// Chance that two draws differ in their answer (Gini).
double QuestionPlanner::impurity(Id id)
{
  if (impurities_.size() < diagrams_.size()) impurities_.resize(diagrams_.size(), -1);
  if (impurities_[id] >= 0) return impurities_[id];
  double same = 0;
  for (auto const& [answer, likely] : spread(id)) same += likely * likely;
  return impurities_[id] = std::max(0.0, 1 - same);
}

std::vector<QuestionPlanner::Score> QuestionPlanner::scores(State const& part)
{
  std::vector<Score> result;
  for (auto const fact : candidates(part)) {
    Score score{fact, 0, 0};
    for (auto const id : part) {
      if (!diagrams_.depends(id, fact)) continue;
      if (!spend(diagrams_.regions(fact))) return result;
      double const before = impurity(id);
      score.edges += before;
      score.impurity += before;
      for (std::uint32_t region = 0; region < diagrams_.regions(fact); ++region) {
        double const share = facts_[fact].shares[region];
        if (share <= 0) continue;
        auto const rest = diagrams_.restricted(id, fact, region);
        double const left = rest == RegionDiagrams::none ? before : impurity(rest);
        score.edges -= share * share * share * left;
        score.impurity -= share * left;
      }
    }
    double const cost = std::max(facts_[fact].cost, 1e-9);
    score.edges /= cost;
    score.impurity /= cost;
    result.push_back(score);
  }
  return result;
}

double QuestionPlanner::by_rule(State const& state, Rule rule)
{
  double sum = 0;
  for (auto const& part : parts(state)) {
    sum += part_by_rule(part, rule);
    if (exhausted_) return sum;
  }
  return sum;
}

double QuestionPlanner::part_by_rule(State const& part, Rule rule)
{
  auto& known = rule == Rule::edges ? edges_ : impure_;
  if (auto const found = known.find(part); found != known.end()) return found->second;
  auto const all = scores(part);
  if (exhausted_ || all.empty()) return 0;
  auto const best = std::max_element(all.begin(), all.end(), [&](Score const& lhs, Score const& rhs) {
    if (rule == Rule::edges || std::abs(lhs.impurity - rhs.impurity) < 1e-12) return lhs.edges < rhs.edges;
    return lhs.impurity < rhs.impurity;
  });
  double sum = facts_[best->fact].cost;
  for (std::uint32_t region = 0; region < diagrams_.regions(best->fact) && !exhausted_; ++region) {
    double const share = facts_[best->fact].shares[region];
    if (share > 0) sum += share * by_rule(after(part, best->fact, region), rule);
  }
  if (!exhausted_) known.emplace(part, sum);
  return sum;
}

double QuestionPlanner::by_rules(State const& state)
{
  double sum = 0;
  for (auto const& part : parts(state))
    sum += std::min(part_by_rule(part, Rule::edges), part_by_rule(part, Rule::impurity));
  return sum;
}

/// No way to settle the state costs less: each part needs one question.
double QuestionPlanner::least(State const& state)
{
  double sum = 0;
  for (auto const& part : parts(state)) {
    double lowest = std::numeric_limits<double>::infinity();
    for (auto const fact : candidates(part)) lowest = std::min(lowest, facts_[fact].cost);
    sum += lowest;
  }
  return sum;
}

double QuestionPlanner::exact(State const& state)
{
  double sum = 0;
  for (auto const& part : parts(state)) {
    sum += part_exact(part);
    if (exhausted_) return sum;
  }
  return sum;
}

double QuestionPlanner::part_exact(State const& part)
{
  if (auto const found = exact_.find(part); found != exact_.end()) return found->second;
  auto ways = scores(part);
  if (exhausted_) return 0;
  std::stable_sort(ways.begin(), ways.end(),
                   [](Score const& lhs, Score const& rhs) { return lhs.impurity > rhs.impurity; });
  double best = std::numeric_limits<double>::infinity();
  std::vector<std::pair<State, double>> next;
  for (auto const& way : ways) {
    auto const& fact = facts_[way.fact];
    double bound = fact.cost;
    next.clear();
    if (!spend(fact.shares.size() * (1 + part.size()))) return 0;
    for (std::uint32_t region = 0; region < fact.shares.size(); ++region) {
      auto state = fact.shares[region] > 0 ? after(part, way.fact, region) : State{};
      double const lowest = least(state);
      bound += fact.shares[region] * lowest;
      next.emplace_back(std::move(state), lowest);
    }
    for (std::size_t region = 0; region < next.size() && bound < best; ++region) {
      auto const& [state, lowest] = next[region];
      if (state.empty()) continue;
      bound += fact.shares[region] * (exact(state) - lowest);
      if (exhausted_) return 0;
    }
    best = std::min(best, bound);
  }
  exact_.emplace(part, best);
  return best;
}

/// Ranks the facts of one part. \return False when only the rules' scores could be used.
bool QuestionPlanner::plan_part(State const& part, Plan& plan, double& expected)
{
  auto const ways = scores(part);
  if (exhausted_) {
    for (auto const fact : candidates(part)) plan.candidates.push_back({fact, std::nullopt, 0});
    plan.method = PlanMethod::greedy;
    return false;
  }
  std::vector<Candidate> ranked;
  for (auto const& way : ways) ranked.push_back({way.fact, std::nullopt, way.impurity});
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](Candidate const& lhs, Candidate const& rhs) { return lhs.gain > rhs.gain; });
  auto evaluate = [&](Candidate& candidate, auto const& value_of) {
    auto const& fact = facts_[candidate.fact];
    double sum = fact.cost;
    for (std::uint32_t region = 0; region < fact.shares.size(); ++region) {
      if (fact.shares[region] <= 0) continue;
      sum += fact.shares[region] * value_of(after(part, candidate.fact, region));
      if (exhausted_) return;
    }
    candidate.expected = sum;
  };
  // Half of the work goes into an exact plan; if that is not enough, the rest into looking one question ahead.
  auto const reserve = left_ / 2;
  left_ -= reserve;
  auto attempt = ranked;
  for (auto& candidate : attempt)
    if (!exhausted_) evaluate(candidate, [&](State const& state) { return exact(state); });
  left_ += reserve;
  if (!exhausted_) {
    ranked = std::move(attempt);
  } else {
    exhausted_ = false;
    plan.method = PlanMethod::lookahead;
    for (auto& candidate : ranked)
      if (!exhausted_) evaluate(candidate, [&](State const& state) { return by_rules(state); });
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](Candidate const& lhs, Candidate const& rhs) {
    if (lhs.expected && rhs.expected) return *lhs.expected < *rhs.expected - 1e-12;
    return lhs.expected.has_value() && !rhs.expected.has_value();
  });
  bool const looked = ranked.front().expected.has_value();
  if (looked)
    expected = *ranked.front().expected;
  else
    plan.method = PlanMethod::greedy;
  plan.candidates.insert(plan.candidates.end(), ranked.begin(), ranked.end());
  return looked;
}

QuestionPlanner::Plan QuestionPlanner::plan(std::vector<Id> const& roots)
{
  left_ = steps_;
  exhausted_ = false;
  Plan plan;
  plan.expected = 0;
  auto pieces = parts(open(roots));
  if (pieces.empty()) return plan;
  // What is asked last waits for all parts; then the part goes first in which a question tells most for its cost.
  struct Piece {
    State state;
    bool last = false;
    double gain = 0;
  };
  std::vector<Piece> order;
  for (auto& state : pieces) {
    Piece piece;
    piece.last = facts_[candidates(state).front()].last;
    for (auto const& score : scores(state)) piece.gain = std::max(piece.gain, score.impurity);
    piece.state = std::move(state);
    order.push_back(std::move(piece));
  }
  exhausted_ = false;
  left_ = steps_;
  std::stable_sort(order.begin(), order.end(), [](Piece const& lhs, Piece const& rhs) {
    return lhs.last != rhs.last ? rhs.last : lhs.gain > rhs.gain;
  });
  bool const wait = !order.front().last;
  for (std::size_t i = 0; i < order.size(); ++i) {
    double expected = 0;
    if (i == 0) {
      if (!plan_part(order[i].state, plan, expected)) plan.expected.reset();
    } else {
      if (!(wait && order[i].last)) {
        exhausted_ = false;
        auto ways = scores(order[i].state);
        std::stable_sort(ways.begin(), ways.end(),
                         [](Score const& lhs, Score const& rhs) { return lhs.impurity > rhs.impurity; });
        for (auto const& way : ways) plan.candidates.push_back({way.fact, std::nullopt, way.impurity});
        if (exhausted_) {
          for (auto const fact : candidates(order[i].state)) {
            bool const there = std::any_of(plan.candidates.begin(), plan.candidates.end(),
                                           [&](Candidate const& candidate) { return candidate.fact == fact; });
            if (!there) plan.candidates.push_back({fact, std::nullopt, 0});
          }
        }
      }
      if (plan.expected) expected = by_rules(order[i].state);
      if (exhausted_) plan.expected.reset();
    }
    if (plan.expected) *plan.expected += expected;
  }
  return plan;
}

}  // namespace tutela::detail
