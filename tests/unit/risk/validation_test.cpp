// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <tutela/risk/calibration.hpp>
#include <tutela/risk/discrimination.hpp>
#include <tutela/risk/fairness.hpp>

#include "compas.hpp"

namespace tutela {
namespace {

using test::Compas;
using test::Sample;

void expect_area(Sample const& sample, double area, double error, double low, double high)
{
  auto const result = area_under_curve(sample.decile, sample.outcome);
  ASSERT_TRUE(result) << to_string(result.diagnostics());
  EXPECT_NEAR(result->area.value, area, 1e-6);
  EXPECT_NEAR(result->area.standard_error, error, 1e-6);
  EXPECT_NEAR(result->area.low, low, 1e-6);
  EXPECT_NEAR(result->area.high, high, 1e-6);
}

TEST_F(Compas, areas_with_intervals_of_delong)
{
  ASSERT_EQ(whole_.decile.size(), 7214U);
  ASSERT_EQ(filtered_.decile.size(), 6172U);
  expect_area(whole_, 0.702166, 0.006089, 0.690232, 0.714101);
  expect_area(whole_.only("African-American"), 0.691834, 0.008562, 0.675054, 0.708615);
  expect_area(whole_.only("Caucasian"), 0.693146, 0.010797, 0.671984, 0.714309);
  expect_area(filtered_, 0.709789, 0.006520, 0.697010, 0.722567);
  expect_area(filtered_.only("African-American"), 0.704253, 0.009107, 0.686402, 0.722103);
  expect_area(filtered_.only("Caucasian"), 0.692763, 0.011698, 0.669836, 0.715689);
  expect_area(filtered_.only("Female"), 0.697683, 0.015972, 0.666378, 0.728988);
  expect_area(filtered_.only("Male"), 0.710987, 0.007201, 0.696874, 0.725101);
}

TEST_F(Compas, published_confusion_tables)
{
  auto const groups = group_rates(whole_.decile, whole_.outcome, whole_.race, {5, 5, false});
  ASSERT_TRUE(groups);
  for (auto const& one : *groups) {
    if (one.group == "African-American") {
      EXPECT_EQ(one.rates.counts, (Confusion{1369, 805, 532, 990}));
      EXPECT_NEAR(100 * one.rates.false_positive.value, 44.85, 0.005);
      EXPECT_NEAR(100 * one.rates.false_negative.value, 27.99, 0.005);
    }
    if (one.group == "Caucasian") {
      EXPECT_EQ(one.rates.counts, (Confusion{505, 349, 461, 1139}));
      EXPECT_NEAR(100 * one.rates.false_positive.value, 23.45, 0.005);
      EXPECT_NEAR(100 * one.rates.false_negative.value, 47.72, 0.005);
    }
    // The identity that makes equal error rates and equal predictive values impossible at unequal base rates.
    if (!one.suppressed) {
      EXPECT_NEAR(one.implied_false_positive, one.rates.false_positive.value, 1e-12) << one.group;
    }
  }
}

TEST_F(Compas, calibration_of_the_logistic_model)
{
  std::span<double const> const column(filtered_.decile);
  auto const fit = fit_logistic(std::span(&column, 1), filtered_.outcome);
  ASSERT_TRUE(fit) << to_string(fit.diagnostics());
  EXPECT_NEAR(fit->coefficients[0], -1.430169, 1e-6);
  EXPECT_NEAR(fit->standard_errors[0], 0.053229, 1e-6);
  EXPECT_NEAR(fit->coefficients[1], 0.280179, 1e-6);
  EXPECT_NEAR(fit->standard_errors[1], 0.010232, 1e-6);
  EXPECT_NEAR(fit->log_likelihood, -3825.4422, 1e-4);
  std::vector<double> probabilities;
  for (double const decile : filtered_.decile)
    probabilities.push_back(1 / (1 + std::exp(-(fit->coefficients[0] + fit->coefficients[1] * decile))));
  auto const fits = calibration(probabilities, filtered_.outcome);
  ASSERT_TRUE(fits);
  EXPECT_NEAR(fits->brier, 0.214952, 1e-6);
  EXPECT_NEAR(fits->reference_brier, 0.247986, 1e-6);
  EXPECT_NEAR(fits->scaled_brier, 0.133206, 1e-6);
  auto const by_race = group_rates(probabilities, filtered_.outcome, filtered_.race, {0.5, 5, true});
  auto const by_sex = group_rates(probabilities, filtered_.outcome, filtered_.sex, {0.5, 5, true});
  ASSERT_TRUE(by_race && by_sex);
  std::map<std::string, double> ratio;
  for (auto const* list : {&*by_race, &*by_sex})
    for (auto const& one : *list)
      if (!one.suppressed) ratio[one.group] = one.calibration->expected_by_observed;
  EXPECT_NEAR(ratio["African-American"], 0.9751, 5e-5);
  EXPECT_NEAR(ratio["Caucasian"], 1.0361, 5e-5);
  EXPECT_NEAR(ratio["Hispanic"], 1.0459, 5e-5);
  EXPECT_NEAR(ratio["Female"], 1.2300, 5e-5);
  EXPECT_NEAR(ratio["Male"], 0.9604, 5e-5);
}

TEST_F(Compas, small_cells_are_suppressed)
{
  auto const groups = group_rates(filtered_.decile, filtered_.outcome, filtered_.both, {5, 10, false});
  ASSERT_TRUE(groups);
  for (auto const& one : *groups) {
    bool const small = one.group == "Asian, Female" || one.group == "Asian, Male" || one.group == "Hispanic, Female" ||
                       one.group == "Native American, Female" || one.group == "Native American, Male" ||
                       one.group == "Other, Female";
    EXPECT_EQ(one.suppressed, small) << one.group;
    if (small) {
      EXPECT_EQ(one.people, 0U);
    }
  }
}

TEST_F(Compas, threshold_table_holds_the_published_cut)
{
  auto const table = threshold_table(whole_.decile, whole_.outcome);
  ASSERT_TRUE(table);
  ASSERT_EQ(table->size(), 10U);
  EXPECT_EQ((*table)[4].threshold, 5);
  EXPECT_EQ((*table)[4].counts, (Confusion{2035, 1282, 1216, 2681}));
  EXPECT_EQ((*table)[0].selected.value, 1);
}

TEST(Validation, one_suppressed_group_takes_the_next_smallest_with_it)
{
  std::vector<double> scores;
  std::vector<std::uint8_t> outcomes;
  std::vector<std::string> groups;
  auto const add = [&](std::string const& group, int people) {
    for (int k = 0; k < people; ++k) {
      scores.push_back(k % 2);
      outcomes.push_back((k / 2) % 2 == 0 ? 1 : 0);
      groups.push_back(group);
    }
  };
  add("large", 400);
  add("tiny", 3);
  add("middle", 80);
  auto const result = group_rates(scores, outcomes, groups, {0.5, 5, false});
  ASSERT_TRUE(result);
  EXPECT_FALSE((*result)[0].suppressed);
  EXPECT_TRUE((*result)[1].suppressed);
  EXPECT_TRUE((*result)[2].suppressed);
}

TEST(Validation, area_equals_the_count_of_pairs)
{
  std::vector<double> const scores{1, 2, 2, 3, 3, 4, 5, 5};
  std::vector<std::uint8_t> const outcomes{0, 0, 1, 0, 1, 0, 1, 1};
  double pairs = 0;
  for (std::size_t a = 0; a < scores.size(); ++a)
    for (std::size_t b = 0; b < scores.size(); ++b)
      if (outcomes[a] == 1 && outcomes[b] == 0) pairs += scores[a] > scores[b] ? 1 : scores[a] == scores[b] ? 0.5 : 0;
  auto const result = area_under_curve(scores, outcomes);
  ASSERT_TRUE(result);
  EXPECT_DOUBLE_EQ(result->area.value, pairs / 16);
  auto const same = compare_areas(scores, scores, outcomes);
  ASSERT_TRUE(same);
  EXPECT_EQ(same->difference.value, 0);
  EXPECT_EQ(same->p_value, 1);
}

TEST(Validation, refuses_what_cannot_be_answered)
{
  std::vector<double> const scores{1, 2, 3};
  std::vector<std::uint8_t> const nobody{0, 0, 0};
  EXPECT_FALSE(area_under_curve(scores, nobody));
  EXPECT_FALSE(calibration(std::vector<double>{0.5, 2, 0.1}, std::vector<std::uint8_t>{0, 1, 0}));
  std::span<double const> const column(scores);
  EXPECT_FALSE(fit_logistic(std::span(&column, 1), std::vector<std::uint8_t>{0, 0, 1})) << "separated";
  EXPECT_FALSE(fit_logistic(std::span(&column, 1), nobody));
}

TEST(Validation, share_has_the_interval_of_wilson)
{
  auto const one = share(10, 100);
  EXPECT_NEAR(one.low, 0.05522914, 1e-7);
  EXPECT_NEAR(one.high, 0.17436566, 1e-7);
  EXPECT_TRUE(std::isnan(share(0, 0).value));
  EXPECT_EQ(share(0, 20).low, 0);
}

}  // namespace
}  // namespace tutela
