// SPDX-License-Identifier: Apache-2.0
/// \file
/// The figures of groups: what is shown, their intervals, their distances from each other.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "risk/distributions.hpp"
#include "risk/suppression.hpp"
#include "risk/validation_parts.hpp"

namespace tutela::detail {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

ValidatedFigure to_figure(Share const& share) { return {share.value, {share.low, share.high}, std::nullopt}; }

/// Ends of a difference of two independent figures from the ends of both (Newcombe's method for shares).
ValidatedFigure difference(ValidatedFigure const& a, ValidatedFigure const& b)
{
  double const gap = a.value - b.value;
  return {gap,
          {gap - std::hypot(a.value - a.interval.low, b.interval.high - b.value),
           gap + std::hypot(a.interval.high - a.value, b.value - b.interval.low)},
          std::nullopt};
}

/// The same for a quotient, on the scale of logarithms.
ValidatedFigure ratio(ValidatedFigure const& a, ValidatedFigure const& b)
{
  double const value = a.value / b.value;
  auto const distance = [](double from, double to) { return std::log(to) - std::log(from); };
  double const down = std::hypot(distance(a.interval.low, a.value), distance(b.value, b.interval.high));
  double const up = std::hypot(distance(a.value, a.interval.high), distance(b.interval.low, b.value));
  return {value, {value * std::exp(-down), value * std::exp(up)}, std::nullopt};
}

Confusion confusion_of(GroupRuns const& group)
{
  Confusion counts;
  for (auto const& run : group.runs) {
    (run.selected ? counts.true_positive : counts.false_negative) += run.middle - run.start;
    (run.selected ? counts.false_positive : counts.true_negative) += run.end - run.middle;
  }
  return counts;
}

ValidatedFigure expected_by_observed(GroupRuns const& group)
{
  double expected = 0;
  for (auto const& run : group.runs) expected += run.probability * static_cast<double>(run.end - run.start);
  auto const observed = static_cast<double>(group.counts.all_with);
  if (observed == 0) return {nan, {nan, nan}, std::nullopt};
  return {expected / observed,
          {expected / gamma_quantile(observed + 1, 0.975), expected / gamma_quantile(observed, 0.025)},
          std::nullopt};
}

GroupFigures figures_of(GroupRuns const& group, ThresholdRates const& rates, bool has_probability)
{
  auto const& counts = rates.counts;
  ValidatedFigure const none{nan, {nan, nan}, std::nullopt};
  GroupFigures result{to_figure(rates.base),
                      to_figure(rates.selected),
                      to_figure(rates.false_positive),
                      to_figure(rates.false_negative),
                      to_figure(rates.positive_predictive),
                      to_figure(rates.negative_predictive),
                      to_figure(share(counts.false_negative, counts.false_negative + counts.true_negative)),
                      has_probability ? expected_by_observed(group) : none,
                      none};
  if (group.counts.all_with >= 2 && group.counts.all_without >= 2) {
    auto const area = area_of(group.counts).area;
    result.back() = {area.value, {area.low, area.high}, std::nullopt};
  }
  return result;
}

/// Largest difference and smallest ratio of each figure between groups that are shown.
void put_extremes(GroupingValidation& grouping)
{
  for (std::size_t f = 0; f < group_figures; ++f) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (auto const& group : grouping.groups) {
      if (group.suppressed || std::isnan(group.figures[f].value)) continue;
      low = std::min(low, group.figures[f].value);
      high = std::max(high, group.figures[f].value);
    }
    bool const any = low <= high;
    grouping.largest_difference[f] = {any ? high - low : nan, {nan, nan}, std::nullopt};
    grouping.smallest_ratio[f] = {any ? low / high : nan, {nan, nan}, std::nullopt};
  }
}

/// Likelihood ratio tests of one curve for all, one slope, and curves of their own.
void test_curves(GroupingValidation& grouping, std::vector<GroupRuns const*> const& shown)
{
  std::vector<ScoreCounts> groups;
  std::map<double, std::pair<std::size_t, std::size_t>> together;
  double own = 0;
  for (auto const* group : shown) {
    groups.push_back(group->counts);
    auto const alone = fit_curves(std::span(&group->counts, 1));
    own = alone ? own + alone->log_likelihood : nan;
  }
  if (groups.size() < 2) return;
  ScoreCounts pooled;
  for (auto const& one : groups)
    for (std::size_t k = 0; k < one.scores.size(); ++k) {
      auto& place = together[one.scores[k]];
      place.first += one.with[k];
      place.second += one.without[k];
    }
  for (auto const& [score, counts] : together) {
    pooled.scores.push_back(score);
    pooled.with.push_back(counts.first);
    pooled.without.push_back(counts.second);
    pooled.all_with += counts.first;
    pooled.all_without += counts.second;
  }
  auto const one = fit_curves(std::span(&pooled, 1));
  auto const parallel = fit_curves(groups);
  if (!one || !parallel || std::isnan(own)) return;
  auto const degrees = static_cast<double>(groups.size() - 1);
  grouping.same_intercept = chi_square_tail(2 * (parallel->log_likelihood - one->log_likelihood), degrees);
  grouping.same_slope = chi_square_tail(2 * (own - parallel->log_likelihood), degrees);
}

/// The smallest cells that all groupings cut the people into, numbered as they come.
std::vector<std::uint32_t> smallest_cells(OrderedSample const& sample, std::size_t& cells)
{
  constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> result(sample.people());
  cells = 1;
  for (std::size_t g = 0; g < sample.codes.size(); ++g) {
    auto const labels = sample.labels[g].size();
    std::vector<std::uint32_t> numbers(cells * labels, unseen);
    std::uint32_t next = 0;
    for (std::size_t person = 0; person < sample.people(); ++person) {
      auto& number = numbers[result[person] * labels + sample.codes[g][person]];
      if (number == unseen) number = next++;
      result[person] = number;
    }
    cells = next;
  }
  return result;
}

bool is_too_small(Confusion const& counts, std::size_t people, std::size_t minimum)
{
  if (people < minimum) return true;
  for (auto const cell : {counts.true_positive, counts.false_positive, counts.false_negative, counts.true_negative})
    if (cell > 0 && cell < minimum) return true;
  return false;
}

/// Which groups are not shown, grouping by grouping.
std::vector<std::vector<bool>> hidden_groups(OrderedSample const& sample,
                                             std::vector<std::vector<GroupRuns>> const& groups_of, std::size_t minimum)
{
  std::size_t cells = 0;
  auto const cell_of = smallest_cells(sample, cells);
  std::vector<PublishedSet> sets(1);
  sets.front().is_total = true;
  sets.front().people = sample.people();
  sets.front().cells.resize(cells);
  std::iota(sets.front().cells.begin(), sets.front().cells.end(), std::uint32_t{0});
  for (auto const& groups : groups_of)
    for (auto const& group : groups) {
      PublishedSet set;
      for (auto const person : group.index) set.cells.push_back(cell_of[person]);
      std::sort(set.cells.begin(), set.cells.end());
      set.cells.erase(std::unique(set.cells.begin(), set.cells.end()), set.cells.end());
      set.people = group.index.size();
      set.too_small = set.people > 0 && is_too_small(confusion_of(group), set.people, minimum);
      sets.push_back(std::move(set));
    }
  auto const flat = hidden_sets(sets, cells);
  std::vector<std::vector<bool>> result;
  std::size_t next = 1;
  for (auto const& groups : groups_of) {
    result.emplace_back();
    for (std::size_t k = 0; k < groups.size(); ++k) result.back().push_back(flat[next++]);
  }
  return result;
}

GroupValidation validate_group(OrderedSample const& sample, GroupRuns const& group, std::string const& label,
                               GroupQuestions const& questions)
{
  GroupValidation one;
  one.group = label;
  auto const row = rates(confusion_of(group), questions.threshold);
  one.counts = row.counts;
  one.figures = figures_of(group, row, static_cast<bool>(questions.probability));
  double const p = row.base.value;
  double const predictive = row.positive_predictive.value;
  one.implied_false_positive = p / (1 - p) * (1 - predictive) / predictive * (1 - row.false_negative.value);
  for (auto const& item : sample.items) {
    auto const present = [&](std::uint32_t person) { return item[person] != 0; };
    auto const missing =
        group.index.size() - static_cast<std::size_t>(std::count_if(group.index.begin(), group.index.end(), present));
    one.missing.push_back(share(missing, group.index.size()));
  }
  return one;
}

}  // namespace

std::vector<GroupRuns> split(OrderedSample const& sample, std::span<std::uint32_t const> codes, std::size_t groups,
                             GroupQuestions const& questions)
{
  std::vector<GroupRuns> result(groups);
  for (std::size_t person = 0; person < sample.people(); ++person) {
    auto& group = result[codes.empty() ? 0 : codes[person]];
    double const score = sample.scores[person];
    bool const outcome = sample.outcomes[person] != 0;
    auto const place = group.index.size();
    if (group.counts.scores.empty() || group.counts.scores.back() != score)
      group.runs.push_back({place, place, place, score >= questions.threshold,
                            questions.probability ? questions.probability(score) : 0});
    group.counts.add(score, outcome);
    group.index.push_back(static_cast<std::uint32_t>(person));
    if (outcome) ++group.runs.back().middle;
    ++group.runs.back().end;
  }
  return result;
}

std::vector<GroupingValidation> validate_groups(OrderedSample const& sample,
                                                std::vector<std::vector<GroupRuns>> const& groups_of,
                                                GroupQuestions const& questions)
{
  auto const hidden = hidden_groups(sample, groups_of, questions.minimum_cell);
  std::vector<GroupingValidation> result;
  for (std::size_t g = 0; g < groups_of.size(); ++g) {
    GroupingValidation grouping;
    grouping.name = sample.names[g];
    std::vector<GroupRuns const*> shown;
    std::size_t largest = 0;
    for (std::size_t k = 0; k < groups_of[g].size(); ++k) {
      auto const& group = groups_of[g][k];
      if (group.index.empty()) continue;
      if (hidden[g][k]) {
        GroupValidation one;
        one.group = sample.labels[g][k];
        one.suppressed = true;
        grouping.groups.push_back(std::move(one));
        continue;
      }
      if (group.index.size() > largest) {
        largest = group.index.size();
        grouping.reference = grouping.groups.size();
      }
      grouping.groups.push_back(validate_group(sample, group, sample.labels[g][k], questions));
      shown.push_back(&group);
    }
    for (auto& one : grouping.groups)
      for (std::size_t f = 0; f < group_figures && !one.suppressed; ++f) {
        auto const& reference = grouping.groups[grouping.reference];
        bool const itself = &one == &reference;
        one.differences[f] = itself ? ValidatedFigure{0, {0, 0}, {}} : difference(one.figures[f], reference.figures[f]);
        one.ratios[f] = itself ? ValidatedFigure{1, {1, 1}, {}} : ratio(one.figures[f], reference.figures[f]);
      }
    put_extremes(grouping);
    test_curves(grouping, shown);
    result.push_back(std::move(grouping));
  }
  return result;
}

}  // namespace tutela::detail
