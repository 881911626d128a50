// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include <tutela/risk/calibration.hpp>
#include <tutela/risk/rater_agreement.hpp>
#include <tutela/risk/recalibration.hpp>
#include <tutela/risk/stability.hpp>
#include <tutela/risk/survival.hpp>

namespace tutela {
namespace {

TEST(Survival, the_leukemia_trial_of_freireich)
{
  // 6-MP arm of Freireich et al. 1963, as printed in every textbook: weeks, and 1 for a relapse.
  std::vector<double> const weeks{6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35};
  std::vector<std::uint8_t> const relapse{1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0};
  auto const steps = kaplan_meier(weeks, relapse);
  ASSERT_TRUE(steps);
  ASSERT_EQ(steps->size(), 7U);
  double const survival[] = {0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482};
  double const errors[] = {0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346};
  for (std::size_t k = 0; k < 7; ++k) {
    EXPECT_NEAR((*steps)[k].survival, survival[k], 5e-5);
    EXPECT_NEAR((*steps)[k].standard_error, errors[k], 5e-5);
    EXPECT_LT((*steps)[k].low, (*steps)[k].survival);
    EXPECT_GT((*steps)[k].high, (*steps)[k].survival);
  }
  EXPECT_EQ(survival_at(*steps, 5.9).survival, 1);
  EXPECT_EQ(survival_at(*steps, 15).survival, (*steps)[3].survival);
  EXPECT_EQ(survival_at(*steps, 100).at_risk, 6U);
}

TEST(Survival, concordance_equals_the_count_of_pairs)
{
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    std::size_t const people = 2 + random() % 40;
    std::vector<double> scores;
    std::vector<double> times;
    std::vector<std::uint8_t> events;
    for (std::size_t k = 0; k < people; ++k) {
      scores.push_back(static_cast<double>(random() % 6));
      times.push_back(static_cast<double>(random() % 12));
      events.push_back(random() % 3 == 0 ? 0 : 1);
    }
    double concordant = 0;
    double tied = 0;
    double pairs = 0;
    for (std::size_t a = 0; a < people; ++a)
      for (std::size_t b = 0; b < people; ++b) {
        bool const first = events[a] != 0 && (times[a] < times[b] || (times[a] == times[b] && events[b] == 0));
        if (!first) continue;
        pairs += 1;
        concordant += scores[a] > scores[b] ? 1 : 0;
        tied += scores[a] == scores[b] ? 1 : 0;
      }
    auto const found = concordance(scores, times, events);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->concordant, concordant);
    EXPECT_EQ(found->tied, tied);
    EXPECT_EQ(found->pairs, pairs);
  }
}

TEST(Survival, times_that_cannot_be)
{
  EXPECT_FALSE(kaplan_meier(std::vector<double>{1, -1}, std::vector<std::uint8_t>{1, 0}));
  EXPECT_FALSE(kaplan_meier(std::vector<double>{1}, std::vector<std::uint8_t>{1, 0}));
  EXPECT_FALSE(concordance(std::vector<double>{std::nan("")}, std::vector<double>{1}, std::vector<std::uint8_t>{1}));
}

TEST(ExactInterval, known_values_and_coverage)
{
  auto const ten = exact_interval(10, 100);
  EXPECT_NEAR(ten.low, 0.04900469, 1e-8);
  EXPECT_NEAR(ten.high, 0.17622260, 1e-8);
  EXPECT_EQ(exact_interval(0, 20).low, 0);
  EXPECT_NEAR(exact_interval(0, 20).high, 1 - std::pow(0.025, 1.0 / 20), 1e-12);
  EXPECT_NEAR(exact_interval(20, 20).low, std::pow(0.025, 1.0 / 20), 1e-12);
  EXPECT_TRUE(std::isnan(exact_interval(0, 0).low));
  // The interval covers the true share at least as often as it says: summed over all counts of 25 people.
  for (double const p : {0.02, 0.1, 0.35, 0.5}) {
    double covered = 0;
    double chance = std::pow(1 - p, 25);
    for (std::size_t k = 0; k <= 25; ++k) {
      auto const ends = exact_interval(k, 25);
      if (ends.low <= p && p <= ends.high) covered += chance;
      chance *= static_cast<double>(25 - k) / static_cast<double>(k + 1) * p / (1 - p);
    }
    EXPECT_GE(covered, 0.95) << p;
  }
}

TEST(Agreement, textbook_tables)
{
  auto const rated = [](std::vector<std::vector<int>> const& table, KappaWeights weights) {
    std::vector<std::uint32_t> first;
    std::vector<std::uint32_t> second;
    for (std::uint32_t a = 0; a < table.size(); ++a)
      for (std::uint32_t b = 0; b < table.size(); ++b)
        for (int k = 0; k < table[a][b]; ++k) {
          first.push_back(a);
          second.push_back(b);
        }
    return rater_agreement(first, second, table.size(), weights).value();
  };
  auto const two = rated({{20, 5}, {10, 15}}, KappaWeights::none);
  EXPECT_NEAR(two.kappa.value, 0.4, 1e-12);
  EXPECT_NEAR(two.exact, 0.7, 1e-12);
  // Fleiss, Levin and Paik, table 18.1: kappa 0.676, and 0.722 with the weights printed there; standard error 0.088.
  auto const three = rated({{75, 1, 4}, {5, 4, 1}, {0, 0, 10}}, KappaWeights::none);
  EXPECT_NEAR(three.kappa.value, 0.676, 5e-4);
  EXPECT_NEAR(three.kappa.standard_error, 0.088, 5e-4);
  EXPECT_NEAR(rated({{9, 0}, {0, 4}}, KappaWeights::quadratic).kappa.value, 1, 1e-12);
  EXPECT_TRUE(std::isnan(rated({{9, 0}, {0, 0}}, KappaWeights::linear).kappa.value));
  EXPECT_FALSE(rater_agreement(std::vector<std::uint32_t>{3}, std::vector<std::uint32_t>{0}, 3));
}

TEST(DriftMonitor, keeps_its_false_alarm_rate_and_finds_a_shift)
{
  std::mt19937_64 random(11);
  auto const uniform = [&] { return static_cast<double>(random() >> 11U) * 0x1p-53; };
  auto const run = [&](double odds_factor, std::size_t cases) {
    DriftMonitor monitor(0.05, 1.3);
    for (std::size_t k = 0; k < cases && !monitor.alarm(); ++k) {
      double const p = 0.05 + 0.6 * uniform();
      double const odds = p / (1 - p) * odds_factor;
      monitor.add(p, uniform() < odds / (1 + odds));
    }
    return monitor;
  };
  int false_alarms = 0;
  int found = 0;
  for (int round = 0; round < 400; ++round) {
    false_alarms += run(1, 2000).alarm() ? 1 : 0;
    auto const shifted = run(1.4, 3000);
    found += shifted.alarm() && shifted.outcomes_are_more_frequent() ? 1 : 0;
  }
  EXPECT_LE(false_alarms, 400 * 0.05 + 3 * std::sqrt(400 * 0.05 * 0.95));
  EXPECT_GE(found, 390);
  EXPECT_THROW(DriftMonitor(0), ContractViolation);
  DriftMonitor monitor;
  EXPECT_THROW(monitor.add(1.5, true), ContractViolation);
}

TEST(Recalibration, brings_the_line_back)
{
  std::mt19937_64 random(2);
  std::vector<double> given;
  std::vector<std::uint8_t> outcomes;
  for (int k = 0; k < 20'000; ++k) {
    double const z = -2 + 4 * static_cast<double>(random() >> 11U) * 0x1p-53;
    double const truth = 1 / (1 + std::exp(-(0.7 * z - 0.5)));
    given.push_back(1 / (1 + std::exp(-z)));
    outcomes.push_back(static_cast<double>(random() >> 11U) * 0x1p-53 < truth ? 1 : 0);
  }
  auto const change = recalibrate(given, outcomes, RecalibrationKind::intercept_and_slope);
  ASSERT_TRUE(change);
  EXPECT_NEAR(change->intercept, -0.5, 0.05);
  EXPECT_NEAR(change->slope, 0.7, 0.05);
  std::vector<double> changed;
  for (double const p : given) changed.push_back(change->apply(p));
  auto const line = calibration_line(changed, outcomes);
  ASSERT_TRUE(line);
  EXPECT_NEAR(line->slope.value, 1, 1e-6);
  EXPECT_NEAR(line->intercept.value, 0, 1e-6);
  auto const level = recalibrate(given, outcomes);
  ASSERT_TRUE(level);
  EXPECT_EQ(level->slope, 1);
  double expected = 0;
  double observed = 0;
  for (std::size_t k = 0; k < given.size(); ++k) {
    expected += level->apply(given[k]);
    observed += outcomes[k];
  }
  EXPECT_NEAR(expected, observed, 1e-3);
}

TEST(LocalNorm, percentiles_count_equals_half)
{
  auto const norm = LocalNorm::build(std::vector<double>{3, 1, 2, 2});
  ASSERT_TRUE(norm);
  EXPECT_EQ(norm->percentile(2), 50);
  EXPECT_EQ(norm->percentile(0), 0);
  EXPECT_EQ(norm->percentile(9), 100);
  EXPECT_EQ(norm->score_at(50), 2);
  EXPECT_EQ(norm->score_at(0), 1);
  EXPECT_EQ(norm->score_at(100), 3);
  EXPECT_FALSE(LocalNorm::build({}));
}

TEST(PopulationStability, of_equal_and_of_moved_samples)
{
  std::vector<double> const before{1, 1, 2, 2, 3, 3};
  std::vector<double> const cuts{2, 3};
  EXPECT_EQ(population_stability(before, before, cuts)->index, 0);
  auto const moved = population_stability(before, std::vector<double>{3, 3, 3, 3, 3, 3}, cuts);
  ASSERT_TRUE(moved);
  double index = 0;
  double const then[] = {2.5 / 7.5, 2.5 / 7.5, 2.5 / 7.5};
  double const now[] = {0.5 / 7.5, 0.5 / 7.5, 6.5 / 7.5};
  for (int k = 0; k < 3; ++k) index += (now[k] - then[k]) * std::log(now[k] / then[k]);
  EXPECT_NEAR(moved->index, index, 1e-12);
  EXPECT_FALSE(population_stability(before, {}, cuts));
  EXPECT_FALSE(population_stability(before, before, std::vector<double>{3, 3}));
}

}  // namespace
}  // namespace tutela
