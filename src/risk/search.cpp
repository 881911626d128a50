// SPDX-License-Identifier: Apache-2.0
#include "risk/search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tutela::detail {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t most_completions = 64;
constexpr std::size_t most_ways = 1'024;  ///< Kept from person to person.

/// The bounds of a step that does not depend on what is missing.
Interval settled(double value) { return std::isnan(value) ? Interval{-infinity, infinity} : Interval{value, value}; }

}  // namespace

Search::Search(InstrumentProgram const& program, std::vector<std::uint32_t> forbidden)
    : program_(program),
      forbidden_(std::move(forbidden)),
      root_(program.steps.size()),
      values_(program.steps.size()),
      point_(program.constants)
{
  for (auto const step : forbidden_) forbidding_ |= program_.steps[step].facts;
  for (std::size_t k = program.domains.size(); k < program.steps.size(); ++k)
    if (program.steps[k].facts == 0) values_[k] = settled(point_[k]);
}

Search::Search(InstrumentProgram const& program, std::vector<FactState> const& facts,
               std::vector<std::uint32_t> forbidden, std::uint64_t steps)
    : Search(program, std::move(forbidden))
{
  start(facts, steps);
}

void Search::start(std::span<FactState const> facts, std::uint64_t steps)
{
  if (ways_.size() > most_ways) ways_.clear();
  facts_.assign(facts.begin(), facts.end());
  steps_ = steps_left_ = steps;
  failed_ = false;
  exact_ = true;
  open_ = 0;
  open_facts_.clear();
  std::fill(rising_.begin(), rising_.end(), 0);
  std::fill(falling_.begin(), falling_.end(), 0);
  for (std::size_t k = 0; k < facts_.size(); ++k) {
    if (facts_[k].is_open()) {
      open_ |= std::uint64_t{1} << k;
      open_facts_.push_back(static_cast<std::uint32_t>(k));
    }
    values_[k] = values_of(k, facts_[k].first, facts_[k].last);
    point_[k] = values_[k].low;
  }
  for (auto const k : program_.computed) {
    auto const& step = program_.steps[k];
    if ((step.facts & open_) != 0) {
      values_[k] = evaluate(program_, step, std::span<Interval const>(values_));
    } else {
      point_[k] = evaluate(program_, step, std::span<double const>(point_));
      values_[k] = settled(point_[k]);
    }
  }
  shave();
  root_ = values_;
}

void Search::evaluate_root()
{
  for (auto const k : program_.computed)
    if ((program_.steps[k].facts & open_) != 0)
      values_[k] = evaluate(program_, program_.steps[k], std::span<Interval const>(values_));
}

Interval Search::values_of(std::size_t fact, std::int64_t first, std::int64_t last) const
{
  auto const& domain = program_.domains[fact];
  return {domain.value(facts_[fact].count(first)), domain.value(facts_[fact].count(last))};
}

void Search::shave()
{
  // Ends of a range that are forbidden whatever the other facts are; halves first, then smaller pieces.
  if ((open_ & forbidding_) == 0) return;
  auto const& active = way_to({}).active;
  auto const forbids = [&](std::size_t fact, std::int64_t first, std::int64_t last) {
    values_[fact] = values_of(fact, first, last);
    if (steps_left_ > 0) --steps_left_;
    evaluate(program_, active, std::span<Interval>(values_));
    bool const forbidden =
        std::any_of(forbidden_.begin(), forbidden_.end(), [&](std::uint32_t step) { return values_[step].low == 1; });
    values_[fact] = values_of(fact, facts_[fact].first, facts_[fact].last);
    return forbidden;
  };
  for (std::size_t k = 0; k < facts_.size(); ++k) {
    auto& fact = facts_[k];
    if (((open_ & forbidding_) >> k & 1U) == 0) continue;
    for (auto piece = (fact.last - fact.first + 1) / 2; piece > 0; piece /= 2) {
      if (piece <= fact.last - fact.first && forbids(k, fact.first, fact.first + piece - 1)) fact.first += piece;
      if (piece <= fact.last - fact.first && forbids(k, fact.last - piece + 1, fact.last)) fact.last -= piece;
    }
    values_[k] = values_of(k, fact.first, fact.last);
  }
  evaluate_root();
}

Search::Way const& Search::way_to(std::vector<std::uint32_t> const& steps)
{
  auto const [found, fresh] = ways_.try_emplace({open_, steps});
  auto& way = found->second;
  if (!fresh) return way;
  way.active = steps_behind(steps, true);
  way.leading = steps_behind(steps, false);
  if (steps.size() == 1) way.shared = shared_by(steps.front());
  return way;
}

/// The steps that depend on open facts and lead to some steps, and to the forbidden ones if asked; in their order.
std::vector<std::uint32_t> Search::steps_behind(std::vector<std::uint32_t> const& steps, bool forbidden) const
{
  std::vector<char> needed(program_.steps.size());
  for (auto const step : steps) needed[step] = 1;
  for (std::size_t k = 0; k < forbidden_.size() && forbidden; ++k) needed[forbidden_[k]] = 1;
  std::vector<std::uint32_t> found;
  for (auto k = static_cast<std::uint32_t>(program_.steps.size()); k-- > program_.domains.size();) {
    auto const& one = program_.steps[k];
    if (needed[k] == 0 || (one.facts & open_) == 0) continue;
    found.push_back(k);
    each_source(one, [&](std::uint32_t source) { needed[source] = 1; });
  }
  std::reverse(found.begin(), found.end());
  return found;
}

std::optional<Interval> Search::bounds(std::uint32_t step)
{
  way_ = &way_to({step});
  met_.clear();
  Goal lowest{step, 1, {}, infinity, false};
  run(lowest);
  if (!lowest.found) return std::nullopt;
  Goal highest{step, -1, {}, infinity, false};
  run(highest);
  return Interval{lowest.best + 0.0, -highest.best + 0.0};  // never minus zero
}

bool Search::any(std::uint32_t step, Interval allowed)
{
  way_ = &way_to({step});
  met_.clear();
  Goal goal{step, 0, allowed, infinity, false};
  run(goal);
  return goal.found;
}

std::uint64_t Search::shared_by(std::uint32_t step) const
{
  // Walk back from the step; a fact that is reached from two places makes its uses depend on each other.
  std::vector<std::uint32_t> ways(step + 1, 0);
  ways[step] = 1;
  auto const count = [](std::uint32_t& target, std::uint32_t more) {
    target = std::min<std::uint32_t>(2, target + more);
  };
  for (std::uint32_t k = step + 1; k-- > program_.domains.size();) {
    if (ways[k] == 0) continue;
    auto const& one = program_.steps[k];
    for (auto const argument : one.arguments) count(ways[argument], ways[k]);
    for (auto const& row : one.rows) count(ways[row.value], ways[k]);
    // A condition used in several rows of one table is one use.
    std::vector<std::uint32_t> subjects;
    for (auto const& row : one.rows)
      for (auto const& condition : row.when) subjects.push_back(condition.step);
    std::sort(subjects.begin(), subjects.end());
    subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
    for (auto const subject : subjects) count(ways[subject], ways[k]);
  }
  std::uint64_t shared = 0;
  for (std::size_t k = 0; k < facts_.size() && k < ways.size(); ++k)
    if (ways[k] > 1) shared |= std::uint64_t{1} << k;
  return shared;
}

bool Search::contract(std::vector<Ends>& ends) const
{
  // Ordered facts cannot start before the one before them, nor end after the one behind them.
  auto const low = [&](std::uint32_t fact) { return facts_[fact].count(ends[fact].first); };
  auto const high = [&](std::uint32_t fact) { return facts_[fact].count(ends[fact].last); };
  for (auto const& [first, second] : program_.order) {
    while (low(second) < low(first)) {
      if (facts_[second].listed.empty())
        ends[second].first = low(first);
      else
        ++ends[second].first;
      if (ends[second].first > ends[second].last) return false;
    }
  }
  for (auto k = program_.order.size(); k-- > 0;) {
    auto const [first, second] = program_.order[k];
    while (high(first) > high(second)) {
      if (facts_[first].listed.empty())
        ends[first].last = high(second);
      else
        --ends[first].last;
      if (ends[first].last < ends[first].first) return false;
    }
  }
  return true;
}

double Search::rank(Interval target, Goal const& goal) const
{
  if (goal.sign > 0) return target.low;
  if (goal.sign < 0) return -target.high;
  if (target.high < goal.allowed.low || goal.allowed.high < target.low) return infinity;
  bool const inside = goal.allowed.low <= target.low && target.high <= goal.allowed.high;
  return inside ? 0 : 1;
}

bool Search::bound(Box& box, Goal& goal)
{
  if (!contract(box.ends)) return false;
  for (auto const k : open_facts_) values_[k] = values_of(k, box.ends[k].first, box.ends[k].last);
  if (steps_left_ > 0) --steps_left_;
  evaluate(program_, box.is_free ? way_->leading : way_->active, std::span<Interval>(values_));
  if (!box.is_free) {
    box.is_free = true;
    for (auto const step : forbidden_) {
      if (values_[step].low == 1) return false;
      box.is_free = box.is_free && values_[step].high < 1;
    }
  }
  box.target = values_[goal.step];
  box.rank = rank(box.target, goal);
  if (!(box.rank < goal.best)) return false;
  bool const settled = goal.sign == 0 ? box.rank == 0 : box.target.is_point();
  if (settled || is_whole(box, goal)) {
    try_corner(box, goal);
    return box.rank < goal.best;
  }
  return goal.sign == 0 || !try_end(box, goal);
}

/// Facts along which each step rises or falls inside the box: seen from the steps that are not settled there.
void Search::find_motions(Box const& box)
{
  using Operation = ScoreExpression::Operation;
  rising_.resize(program_.steps.size());
  falling_.resize(program_.steps.size());
  for (auto const k : open_facts_) rising_[k] = box.ends[k].is_point() ? 0 : std::uint64_t{1} << k;
  for (auto const k : way_->leading) {
    auto const& step = program_.steps[k];
    std::uint64_t rising = 0;
    std::uint64_t falling = 0;
    auto const add = [&](std::uint32_t source, bool same) {
      rising |= same ? rising_[source] : falling_[source];
      falling |= same ? falling_[source] : rising_[source];
    };
    if (!values_[k].is_point()) {
      switch (step.operation) {
        case Operation::reference:
        case Operation::logistic:
        case Operation::round:
        case Operation::maximum:
        case Operation::minimum:
          for (auto const argument : step.arguments) add(argument, true);
          break;
        case Operation::linear:
          for (std::size_t i = 0; i < step.arguments.size(); ++i) add(step.arguments[i], step.constants[i + 1] >= 0);
          break;
        case Operation::years:
        case Operation::months:
          add(step.arguments[0], false);
          add(step.arguments[1], true);
          break;
        default:
          bool const is_ratio = step.operation == Operation::log_ratio && values_[step.arguments[0]].low > 0 &&
                                values_[step.arguments[1]].low > 0;
          if (is_ratio) {
            add(step.arguments[0], true);
            add(step.arguments[1], false);
          } else {
            each_source(step, [&](std::uint32_t source) { rising |= rising_[source] | falling_[source]; });
            falling = rising;
          }
          break;
      }
    }
    rising_[k] = rising;
    falling_[k] = falling;
  }
}

/// Where every fact moves the goal one way only inside the box, the best value is at an end of each. True where it was
/// reached: then the box is done.
bool Search::try_end(Box const& box, Goal& goal)
{
  find_motions(box);
  auto const upper = goal.sign > 0 ? falling_[goal.step] : rising_[goal.step];
  if ((rising_[goal.step] & falling_[goal.step]) != 0) return false;
  for (auto const k : open_facts_) {
    auto const& ends = box.ends[k];
    point_[k] = program_.domains[k].value(facts_[k].count((upper >> k & 1U) != 0 ? ends.last : ends.first));
  }
  return try_point(box.is_free, goal);
}

void Search::try_corner(Box const& box, Goal& goal)
{
  for (auto const k : open_facts_) point_[k] = program_.domains[k].value(facts_[k].count(box.ends[k].first));
  try_point(box.is_free, goal);
}

/// True where the completion breaks nothing and has a value.
bool Search::try_point(bool is_free, Goal& goal)
{
  evaluate(program_, is_free ? way_->leading : way_->active, std::span<double>(point_));
  if (!is_free && is_forbidden(point_)) return false;
  double const value = point_[goal.step];
  if (std::isnan(value)) {
    failed_ = true;
    return false;
  }
  met_.push_back(value);
  if (goal.sign == 0) {
    if (!(goal.allowed.low <= value && value <= goal.allowed.high)) return true;
    goal.best = -infinity;
  } else {
    double const rank = goal.sign > 0 ? value : -value;
    if (rank >= goal.best) return true;
    goal.best = rank;
  }
  goal.found = true;
  return true;
}

bool Search::is_forbidden(std::span<double const> values) const
{
  return std::any_of(forbidden_.begin(), forbidden_.end(), [&](std::uint32_t step) { return values[step] == 1; });
}

bool Search::is_whole(Box const& box, Goal const& goal) const
{
  auto const relevant = (box.target.is_point() ? 0 : program_.steps[goal.step].facts) | forbidding(box);
  return std::none_of(open_facts_.begin(), open_facts_.end(),
                      [&](std::uint32_t k) { return !box.ends[k].is_point() && (relevant >> k & 1U) != 0; });
}

void Search::halve(Box const& box, std::size_t fact, Goal& goal, Halves& halves)
{
  auto const middle = box.ends[fact].first + box.ends[fact].width() / 2;
  halves.lower.ends = box.ends;
  halves.upper.ends = box.ends;
  halves.lower.is_free = halves.upper.is_free = box.is_free;
  halves.lower.ends[fact].last = middle;
  halves.upper.ends[fact].first = middle + 1;
  halves.lower_lives = bound(halves.lower, goal);
  halves.upper_lives = bound(halves.upper, goal);
}

/// Leaves the halves in `best_`.
void Search::split(Box const& box, Goal& goal)
{
  // Where the facts act independently any order does, and the widest is halved. Where they depend on each other every
  // fact is tried, and the one whose halves bound the goal best is taken: it pays by orders of magnitude.
  auto const wanted = box.target.is_point() ? 0 : program_.steps[goal.step].facts;
  std::optional<std::size_t> widest;
  candidates_.clear();
  bool tangled = false;
  for (int round = 0; round < 2 && candidates_.empty(); ++round) {
    auto const relevant = round == 0 ? wanted : forbidding(box);
    for (auto const k : open_facts_) {
      if (box.ends[k].is_point() || (relevant >> k & 1U) == 0) continue;
      candidates_.push_back(k);
      tangled = tangled || ((way_->shared | forbidding(box)) >> k & 1U) != 0;
      if (!widest || box.ends[k].width() > box.ends[*widest].width()) widest = k;
    }
  }
  if (!tangled || candidates_.size() == 1) return halve(box, *widest, goal, best_);
  double best_gain = -1;
  for (auto const fact : candidates_) {
    halve(box, fact, goal, tried_);
    auto const gain_of = [&](Box const& half, bool lives) {
      if (!lives) return 1.0;
      if (!std::isfinite(box.rank)) return std::isfinite(half.rank) ? 0.5 : 0.0;
      return std::clamp((half.rank - box.rank) / (1 + std::fabs(box.rank)), 0.0, 1.0);
    };
    double gain = gain_of(tried_.lower, tried_.lower_lives) + gain_of(tried_.upper, tried_.upper_lives);
    if ((way_->shared >> fact & 1U) != 0) gain += 1e-9;  // of equals the one that acts in several places
    if (fact == *widest) gain += 1e-10;                  // and then the widest
    if (!(gain > best_gain)) continue;
    best_gain = gain;
    std::swap(best_, tried_);
    if (!best_.lower_lives && !best_.upper_lives) break;
  }
}

void Search::push(Box& box)
{
  if (depth_ == stack_.size()) stack_.emplace_back();
  std::swap(stack_[depth_++], box);
}

void Search::run(Goal& goal)
{
  depth_ = 0;
  box_.is_free = false;
  box_.ends.clear();
  for (auto const& fact : facts_) box_.ends.push_back({fact.first, fact.last});
  if (bound(box_, goal)) push(box_);
  while (depth_ > 0) {
    std::swap(box_, stack_[--depth_]);
    if (!(box_.rank < goal.best)) continue;
    if (steps_left_ == 0) {
      // Out of work: what is left is bounded from outside.
      exact_ = false;
      goal.found = true;
      if (goal.sign != 0) goal.best = std::min(goal.best, box_.rank);
      for (std::size_t k = 0; k < depth_; ++k)
        if (goal.sign != 0) goal.best = std::min(goal.best, stack_[k].rank);
      return;
    }
    if (is_whole(box_, goal)) continue;
    split(box_, goal);
    bool const upper_first = best_.upper.rank < best_.lower.rank;
    if (best_.lower_lives && upper_first) push(best_.lower);
    if (best_.upper_lives) push(best_.upper);
    if (best_.lower_lives && !upper_first) push(best_.lower);
  }
}

bool Search::begin_completions(std::vector<std::uint32_t> const& steps)
{
  auto facts = forbidding_;
  for (auto const step : steps) facts |= program_.steps[step].facts;
  turned_.clear();
  at_.clear();
  std::int64_t count = 1;
  for (auto const k : open_facts_) {
    point_[k] = values_of(k, facts_[k].first, facts_[k].last).low;
    if ((facts >> k & 1U) == 0) continue;
    auto const size = facts_[k].last - facts_[k].first + 1;
    if (size > most_completions) return false;
    count *= size;
    if (count > most_completions) return false;
    turned_.push_back(k);
    at_.push_back(facts_[k].first);
  }
  if (static_cast<std::uint64_t>(count) > steps_left_) return false;
  steps_left_ -= static_cast<std::uint64_t>(count);
  way_ = &way_to(steps);
  return true;
}

/// Computes the completion; false where it breaks something.
bool Search::complete()
{
  for (std::size_t k = 0; k < turned_.size(); ++k)
    point_[turned_[k]] = program_.domains[turned_[k]].value(facts_[turned_[k]].count(at_[k]));
  evaluate(program_, way_->active, std::span<double>(point_));
  return !is_forbidden(point_);
}

bool Search::next_completion()
{
  for (std::size_t k = 0; k < turned_.size(); ++k) {
    if (++at_[k] <= facts_[turned_[k]].last) return true;
    at_[k] = facts_[turned_[k]].first;
  }
  return false;
}

}  // namespace tutela::detail
