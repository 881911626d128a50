// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/fairness.hpp>

#include <algorithm>
#include <map>

#include "risk/ranking.hpp"

namespace tutela::inline v0 {

namespace {

/// People of one group, in the order of the input.
struct Group {
  std::string name;
  std::vector<double> scores;
  std::vector<std::uint8_t> outcomes;
};

Confusion count(std::span<double const> scores, std::span<std::uint8_t const> outcomes, double threshold)
{
  Confusion result;
  for (std::size_t k = 0; k < scores.size(); ++k) {
    bool const selected = scores[k] >= threshold;
    bool const has = outcomes[k] != 0;
    ++(selected ? (has ? result.true_positive : result.false_positive)
                : (has ? result.false_negative : result.true_negative));
  }
  return result;
}

bool is_too_small(Group const& group, Confusion const& counts, std::size_t minimum)
{
  if (group.scores.size() < minimum) return true;
  for (auto const cell : {counts.true_positive, counts.false_positive, counts.false_negative, counts.true_negative})
    if (cell > 0 && cell < minimum) return true;
  return false;
}

}  // namespace

ThresholdRates rates(Confusion const& counts, double threshold)
{
  auto const& [tp, fp, fn, tn] = counts;
  ThresholdRates result;
  result.threshold = threshold;
  result.counts = counts;
  result.base = share(tp + fn, tp + fp + fn + tn);
  result.selected = share(tp + fp, tp + fp + fn + tn);
  result.false_positive = share(fp, fp + tn);
  result.false_negative = share(fn, fn + tp);
  result.positive_predictive = share(tp, tp + fp);
  result.negative_predictive = share(tn, tn + fn);
  return result;
}

Result<std::vector<ThresholdRates>> threshold_table(std::span<double const> scores,
                                                    std::span<std::uint8_t const> outcomes, bool probabilities)
{
  auto const area = area_under_curve(scores, outcomes);
  if (!area) return area.diagnostics();
  auto const order = detail::ranked(scores);
  Confusion counts{area->positives, area->negatives, 0, 0};
  std::vector<ThresholdRates> result;
  for (std::size_t k = 0; k < order.size();) {
    double const threshold = scores[order[k]];
    auto row = rates(counts, threshold);
    if (probabilities && threshold < 1)
      row.net_benefit = (static_cast<double>(counts.true_positive) -
                         static_cast<double>(counts.false_positive) * threshold / (1 - threshold)) /
                        static_cast<double>(scores.size());
    result.push_back(row);
    for (; k < order.size() && scores[order[k]] == threshold; ++k) {
      if (outcomes[order[k]] != 0) {
        --counts.true_positive;
        ++counts.false_negative;
      } else {
        --counts.false_positive;
        ++counts.true_negative;
      }
    }
  }
  return result;
}

Result<std::vector<GroupRates>> group_rates(std::span<double const> scores, std::span<std::uint8_t const> outcomes,
                                            std::span<std::string const> groups, GroupQuestion const& question)
{
  auto const whole = area_under_curve(scores, outcomes);
  if (!whole) return whole.diagnostics();
  if (groups.size() != scores.size())
    return Diagnostic{Code::wrong_type, Severity::error, {}, "scores and groups have different lengths", {}};
  if (question.probabilities) {
    auto const fits = calibration(scores, outcomes);
    if (!fits) return fits.diagnostics();
  }
  std::map<std::string, std::size_t> places;
  std::vector<Group> people;
  for (std::size_t k = 0; k < scores.size(); ++k) {
    auto const [place, is_new] = places.emplace(groups[k], people.size());
    if (is_new) people.push_back({groups[k], {}, {}});
    people[place->second].scores.push_back(scores[k]);
    people[place->second].outcomes.push_back(outcomes[k]);
  }
  std::vector<GroupRates> result;
  for (auto const& group : people) {
    GroupRates one;
    one.group = group.name;
    one.people = group.scores.size();
    one.suppressed =
        is_too_small(group, count(group.scores, group.outcomes, question.threshold), question.minimum_cell);
    result.push_back(std::move(one));
  }
  // One suppressed group alone is the total minus the others: the smallest shown one joins it.
  if (std::count_if(result.begin(), result.end(), [](GroupRates const& one) { return one.suppressed; }) == 1) {
    GroupRates* smallest = nullptr;
    for (auto& one : result)
      if (!one.suppressed && (smallest == nullptr || one.people < smallest->people)) smallest = &one;
    if (smallest != nullptr) smallest->suppressed = true;
  }
  for (std::size_t k = 0; k < result.size(); ++k) {
    auto& one = result[k];
    auto const& group = people[k];
    if (one.suppressed) {
      one.people = 0;
      continue;
    }
    one.rates = rates(count(group.scores, group.outcomes, question.threshold), question.threshold);
    if (auto area = area_under_curve(group.scores, group.outcomes)) one.area = *std::move(area);
    if (question.probabilities)
      if (auto fits = calibration(group.scores, group.outcomes)) one.calibration = *std::move(fits);
    double const p = one.rates.base.value;
    double const predictive = one.rates.positive_predictive.value;
    one.implied_false_positive = p / (1 - p) * (1 - predictive) / predictive * (1 - one.rates.false_negative.value);
  }
  return result;
}

}  // namespace tutela::inline v0
