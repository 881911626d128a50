// SPDX-License-Identifier: Apache-2.0
#include "risk/open_score.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "risk/total_form.hpp"

namespace tutela::detail {

namespace {

constexpr Interval nothing{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};

void widen(Interval& interval, double value)
{
  interval.low = std::min(interval.low, value);
  interval.high = std::max(interval.high, value);
}

/// Of equal zeros the positive one, whichever was met.
Interval without_minus(Interval interval) { return {interval.low + 0.0, interval.high + 0.0}; }

std::vector<std::uint32_t> forbidden_steps(InstrumentProgram const& program, bool research)
{
  auto steps = program.violated;
  for (std::size_t k = 0; k < program.refused.size(); ++k)
    if (!research || program.description.applicability.rules[k].even_for_research) steps.push_back(program.refused[k]);
  return steps;
}

}  // namespace

void keep_once(std::vector<std::string>& names)
{
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

bool OpenScore::is_settled() const
{
  return outcome == OpenOutcome::numbers && exact && !failed && !may_be_refused && total.is_point() &&
         std::all_of(outputs.begin(), outputs.end(), [](Interval one) { return one.is_point(); });
}

OpenScorer::OpenScorer(InstrumentProgram const& program, bool research, std::uint64_t steps)
    : program_(program),
      research_(research),
      steps_(steps),
      search_(program, forbidden_steps(program, research)),
      reported_(program.outputs),
      values_(program.constants),
      depends_(program.steps.size())
{
  reported_.push_back(program.total);
  if (program.band_of) reported_.push_back(*program.band_of);
}

bool OpenScorer::stops(std::size_t rule) const
{
  return !research_ || program_.description.applicability.rules[rule].even_for_research;
}

OpenScore const& OpenScorer::operator()(std::span<FactState const> facts)
{
  facts_.assign(facts.begin(), facts.end());
  score_.outcome = OpenOutcome::numbers;
  score_.may_be_refused.reset();
  score_.research = false;
  score_.failed = false;
  score_.total = nothing;
  score_.outputs.assign(program_.outputs.size(), nothing);
  score_.bands.assign(program_.bands.size(), 0);
  search_.start(facts_, steps_);
  if (!meets_constraints()) return score_;
  possible_ = possible_totals(program_, facts_, search_.forbidden());
  if (possible_) {
    add_totals(*possible_);
  } else if (!(try_completions() ? score_.total.low <= score_.total.high : search_numbers())) {
    score_.outcome = without_limits().bounds(program_.total) ? OpenOutcome::nobody : OpenOutcome::impossible;
    return score_;
  }
  score_.total = without_minus(score_.total);
  for (auto& output : score_.outputs) output = without_minus(output);
  score_.exact = search_.exact();
  score_.failed = score_.failed || search_.failed();
  score_.matter = matter();
  return score_;
}

/// A search for the same person that no limit of use keeps out.
Search& OpenScorer::without_limits()
{
  if (!without_limits_) without_limits_.emplace(program_, program_.violated);
  without_limits_->start(facts_, steps_);
  return *without_limits_;
}

/// False where the known facts decide already that there is no number.
bool OpenScorer::meets_constraints()
{
  auto const& root = search_.root();
  for (std::size_t k = 0; k < program_.violated.size(); ++k) {
    if (root[program_.violated[k]].low != 1) continue;
    score_.outcome = OpenOutcome::contradiction;
    score_.which = k;
    return false;
  }
  for (std::size_t k = 0; k < program_.refused.size(); ++k) {
    auto const refused = root[program_.refused[k]];
    if (refused.low == 1 && stops(k)) {
      score_.outcome = OpenOutcome::refusal;
      score_.which = k;
      return false;
    }
    if (refused.high == 0) continue;
    if (!without_limits().any(program_.refused[k], {1, 1})) continue;
    if (stops(k))
      score_.may_be_refused = k;
    else
      score_.research = true;
  }
  return true;
}

/// Ranges and bands from every total that is possible.
void OpenScorer::add_totals(PossibleTotals const& possible)
{
  auto const& form = *program_.additive;
  score_.total = {possible.totals.front(), possible.totals.back()};
  for (double const total : possible.totals) {
    auto const place = static_cast<std::size_t>(total - form.lowest);
    for (std::size_t k = 0; k < score_.outputs.size(); ++k) widen(score_.outputs[k], form.at_total[k][place]);
    if (!program_.band_of) continue;
    if (auto const band = band_at(program_, form.at_total.back()[place])) score_.bands[*band] = 1;
  }
}

/// Where the completions are few, all of them; false where they are not.
bool OpenScorer::try_completions()
{
  bool const few = search_.each_completion(reported_, [&](std::span<double const> values) {
    for (auto const step : reported_) score_.failed = score_.failed || std::isnan(values[step]);
    widen(score_.total, values[program_.total]);
    for (std::size_t k = 0; k < program_.outputs.size(); ++k) widen(score_.outputs[k], values[program_.outputs[k]]);
    if (!program_.band_of) return;
    if (auto const band = band_at(program_, values[*program_.band_of])) score_.bands[*band] = 1;
  });
  for (std::size_t k = 0; k < program_.outputs.size() && few; ++k)
    if (score_.outputs[k].low > score_.outputs[k].high) score_.outputs[k] = search_.root()[program_.outputs[k]];
  return few;
}

/// Searches for what does not follow from the bounds of the total; false where no completion is possible.
bool OpenScorer::search_numbers()
{
  auto const total = search_.bounds(program_.total);
  if (!total) return false;
  score_.total = *total;
  if (program_.of_total.band_totals) name_bands_of_total(*total);
  follow_total_to_outputs();
  for (std::size_t k = 0; k < program_.outputs.size(); ++k) {
    if (program_.of_total.outputs[k] != 0) continue;
    auto const step = program_.outputs[k];
    score_.outputs[k] = search_.root()[step];
    if (!score_.outputs[k].is_point()) score_.outputs[k] = search_.bounds(step).value_or(score_.outputs[k]);
  }
  if (program_.band_of && !program_.of_total.band_totals)
    for (std::size_t k = 0; k < program_.bands.size(); ++k)
      score_.bands[k] = search_.any(*program_.band_of, program_.bands[k]) ? 1 : 0;
  return true;
}

void OpenScorer::follow_total_to_outputs()
{
  for (bool const lower : {true, false}) {
    follow_total(program_, lower ? score_.total.low : score_.total.high, values_);
    for (std::size_t k = 0; k < program_.outputs.size(); ++k) {
      auto& output = score_.outputs[k];
      (lower == (program_.of_total.outputs[k] > 0) ? output.low : output.high) = values_[program_.outputs[k]];
    }
  }
}

/// The bands follow from the total, in the order of totals: those of its bounds and of all that was met are possible, and
/// others lie between them or are looked for.
void OpenScorer::name_bands_of_total(Interval total)
{
  auto const& totals = *program_.of_total.band_totals;
  auto const mark = [&](double value) {
    for (std::size_t k = 0; k < totals.size(); ++k)
      if (totals[k].low <= value && value <= totals[k].high) score_.bands[k] = 1;
  };
  for (double const value : search_.met()) mark(value);
  if (search_.exact()) mark(total.low);
  if (search_.exact()) mark(total.high);
  for (std::size_t k = 0; k < totals.size(); ++k)
    if (score_.bands[k] == 0 && totals[k].low <= total.high && total.low <= totals[k].high &&
        totals[k].low <= totals[k].high)
      score_.bands[k] = search_.any(program_.total, totals[k]) ? 1 : 0;
}

std::vector<OpenItem> OpenScorer::items()
{
  std::vector<OpenItem> items(program_.items.size(), OpenItem{nothing, true});
  if (possible_) {
    for (std::size_t k = 0; k < items.size(); ++k) items[k].value = without_minus(possible_->items[k]);
    return items;
  }
  search_.refill();
  bool const few = search_.each_completion(program_.items, [&](std::span<double const> values) {
    for (std::size_t k = 0; k < items.size(); ++k) widen(items[k].value, values[program_.items[k]]);
  });
  for (std::size_t k = 0; k < items.size() && !few; ++k) {
    auto const step = program_.items[k];
    items[k].value = search_.root()[step];
    if (items[k].value.is_point()) continue;
    search_.refill();
    items[k].value = search_.bounds(step).value_or(items[k].value);
    items[k].exact = search_.exact();
  }
  for (std::size_t k = 0; k < items.size(); ++k) {
    if (items[k].value.low > items[k].value.high) items[k].value = search_.root()[program_.items[k]];
    items[k].value = without_minus(items[k].value);
  }
  return items;
}

/// Missing facts that can still change something, seen from the known ones.
std::uint64_t OpenScorer::matter()
{
  auto const& root = search_.root();
  auto const is_open = [&](std::uint32_t step) {
    return (program_.steps[step].facts & search_.open()) != 0 && !root[step].is_point();
  };
  for (std::uint32_t k = 0; k < program_.domains.size(); ++k) depends_[k] = is_open(k) ? program_.steps[k].facts : 0;
  for (auto const k : program_.computed) {
    depends_[k] = 0;
    if (is_open(k)) each_source(program_.steps[k], [&](std::uint32_t source) { depends_[k] |= depends_[source]; });
  }
  auto all = depends_[program_.total];
  for (auto const output : program_.outputs) all |= depends_[output];
  for (std::size_t k = 0; k < program_.refused.size(); ++k)
    if (stops(k)) all |= depends_[program_.refused[k]];
  return all & search_.open();
}

}  // namespace tutela::detail
