// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <random>

#include <tutela/risk/validation.hpp>

#include "compas.hpp"
#include "risk/resample.hpp"
#include "risk/suppression.hpp"

namespace tutela {
namespace {

using test::Compas;
using test::Sample;

/// Labels and codes of a column of words.
struct Codes {
  explicit Codes(std::vector<std::string> const& words)
  {
    for (auto const& word : words) {
      auto const place = std::find(labels.begin(), labels.end(), word) - labels.begin();
      if (place == static_cast<std::ptrdiff_t>(labels.size())) labels.push_back(word);
      codes.push_back(static_cast<std::uint32_t>(place));
    }
  }
  std::vector<std::string> labels;
  std::vector<std::uint32_t> codes;
};

GroupValidation const* group_of(GroupingValidation const& grouping, std::string const& name)
{
  for (auto const& one : grouping.groups)
    if (one.group == name) return &one;
  return nullptr;
}

ValidatedFigure figure(GroupValidation const& group, GroupFigure which)
{
  return group.figures[static_cast<std::size_t>(which)];
}

class CompasReport : public Compas {
 protected:
  static Result<ValidationReport> report(Sample const& sample, ValidationOptions options)
  {
    Codes const race(sample.race);
    Codes const sex(sample.sex);
    ValidationSample asked;
    asked.scores = sample.decile;
    asked.outcomes = sample.outcome;
    asked.groupings = {{"race", race.labels, race.codes}, {"sex", sex.labels, sex.codes}};
    options.threshold = 5;
    return validate(asked, options);
  }
};

TEST_F(CompasReport, published_error_rates_areas_and_calibration)
{
  auto const whole = report(whole_, {});
  ASSERT_TRUE(whole) << to_string(whole.diagnostics());
  auto const* black = group_of(whole->groupings[0], "African-American");
  auto const* white = group_of(whole->groupings[0], "Caucasian");
  ASSERT_TRUE(black != nullptr && white != nullptr);
  EXPECT_EQ(black->counts, (Confusion{1369, 805, 532, 990}));
  EXPECT_EQ(white->counts, (Confusion{505, 349, 461, 1139}));
  EXPECT_NEAR(100 * figure(*black, GroupFigure::false_positive).value, 44.85, 0.005);
  EXPECT_NEAR(100 * figure(*white, GroupFigure::false_positive).value, 23.45, 0.005);
  EXPECT_NEAR(100 * figure(*black, GroupFigure::false_negative).value, 27.99, 0.005);
  EXPECT_NEAR(100 * figure(*white, GroupFigure::false_negative).value, 47.72, 0.005);
  EXPECT_EQ(whole->groupings[0].groups[whole->groupings[0].reference].group, "African-American");
  // The published ratios are of rates rounded to two decimals of a per cent: 44.85 / 23.45 and 47.72 / 27.99.
  EXPECT_NEAR(1 / white->ratios[static_cast<std::size_t>(GroupFigure::false_positive)].value, 44.85 / 23.45, 1e-3);
  EXPECT_NEAR(white->ratios[static_cast<std::size_t>(GroupFigure::false_negative)].value, 47.72 / 27.99, 1e-3);
  EXPECT_NEAR(black->implied_false_positive, figure(*black, GroupFigure::false_positive).value, 1e-12);
  EXPECT_NEAR(figure(*black, GroupFigure::area).value, 0.691834, 1e-6);
  EXPECT_NEAR(figure(*black, GroupFigure::area).interval.low, 0.675054, 1e-6);
  EXPECT_NEAR(figure(*white, GroupFigure::area).interval.high, 0.714309, 1e-6);
}

TEST_F(CompasReport, the_fitted_curve_and_what_it_says_about_groups)
{
  auto const filtered = report(filtered_, {});
  ASSERT_TRUE(filtered);
  EXPECT_NEAR(filtered->area.area.value, 0.709789, 1e-6);
  EXPECT_TRUE(filtered->refitted);
  EXPECT_NEAR(filtered->curve_intercept, -1.430169, 1e-6);
  EXPECT_NEAR(filtered->curve_slope, 0.280179, 1e-6);
  EXPECT_NEAR(filtered->calibration->brier, 0.214952, 1e-6);
  auto const& parts = *filtered->brier;
  EXPECT_EQ(parts.bins, 10U);
  EXPECT_NEAR(parts.reliability - parts.resolution + parts.uncertainty, filtered->calibration->brier, 1e-12);
  EXPECT_NEAR(parts.uncertainty, 0.247986, 1e-6);
  EXPECT_NEAR(filtered->line->slope.value, 1, 1e-9) << "a curve fitted to the sample itself";
  EXPECT_NEAR(filtered->line->in_the_large.value, 0, 1e-9);
  EXPECT_NEAR(figure(*group_of(filtered->groupings[1], "Female"), GroupFigure::expected_by_observed).value, 1.23, 5e-5);
  EXPECT_NEAR(figure(*group_of(filtered->groupings[0], "African-American"), GroupFigure::expected_by_observed).value,
              0.9751, 5e-5);
  ASSERT_EQ(filtered->bands.size(), 10U);
  EXPECT_EQ(filtered->bands[0].observed.count, 277U);
  EXPECT_EQ(filtered->bands[9].observed.of, 304U);
  EXPECT_LT(filtered->trend, 1e-100);
  EXPECT_EQ(filtered->thresholds.size(), 10U);
  ASSERT_TRUE(filtered->groupings[1].same_intercept.has_value());
  EXPECT_LT(*filtered->groupings[1].same_intercept, 1e-10) << "women are given too much";
}

TEST_F(CompasReport, no_small_intersection_can_be_computed_from_what_is_shown)
{
  ValidationOptions options;
  options.minimum_cell = 10;
  auto const filtered = report(filtered_, options);
  ASSERT_TRUE(filtered);
  ASSERT_EQ(filtered->groupings.size(), 3U);
  auto const& both = filtered->groupings[2];
  auto const* asian_women = group_of(both, "Asian × Female");
  auto const* asian_men = group_of(both, "Asian × Male");
  ASSERT_TRUE(asian_women != nullptr && asian_men != nullptr);
  EXPECT_TRUE(asian_women->suppressed);
  EXPECT_EQ(asian_women->counts, Confusion{});
  auto const* asian = group_of(filtered->groupings[0], "Asian");
  ASSERT_NE(asian, nullptr);
  EXPECT_TRUE(asian->suppressed || asian_men->suppressed) << "two people would be the difference of the two";
  EXPECT_FALSE(group_of(both, "African-American × Male")->suppressed);
}

TEST_F(CompasReport, logistic_coefficients_to_five_decimals)
{
  auto const& sample = filtered_;
  std::vector<std::vector<double>> columns;
  auto const flag = [&](std::vector<std::string> const& words, std::string const& word) {
    auto& column = columns.emplace_back();
    for (auto const& one : words) column.push_back(one == word ? 1 : 0);
  };
  flag(sample.sex, "Female");
  flag(sample.age, "Greater than 45");
  flag(sample.age, "Less than 25");
  for (auto const* race : {"African-American", "Asian", "Hispanic", "Native American", "Other"})
    flag(sample.race, race);
  columns.push_back(sample.priors);
  flag(sample.degree, "M");
  columns.emplace_back(sample.outcome.begin(), sample.outcome.end());
  std::vector<std::span<double const>> const spans(columns.begin(), columns.end());
  auto const fit = fit_logistic(spans, sample.not_low);
  ASSERT_TRUE(fit) << to_string(fit.diagnostics());
  double const coefficients[] = {-1.52554, 0.22127, -1.35563, 1.30839, 0.47721,  -0.25441,
                                 -0.42839, 1.39421, -0.82635, 0.26895, -0.31124, 0.68586};
  double const errors[] = {0.07851, 0.07951, 0.09908, 0.07593, 0.06935, 0.47821,
                           0.12813, 0.76612, 0.16208, 0.01110, 0.06655, 0.06402};
  for (std::size_t k = 0; k < 12; ++k) {
    EXPECT_NEAR(fit->coefficients[k], coefficients[k], 5.5e-6) << k;
    EXPECT_NEAR(fit->standard_errors[k], errors[k], 5.5e-6) << k;
  }
  EXPECT_NEAR(-2 * fit->null_log_likelihood, 8483.3, 0.05);
  EXPECT_NEAR(-2 * fit->log_likelihood, 6168.4, 0.05);
}

TEST_F(CompasReport, draws_agree_with_closed_forms_and_repeat)
{
  ValidationOptions options;
  options.draws = 400;
  options.seed = 7;
  auto const first = report(filtered_, options);
  auto const again = report(filtered_, options);
  ASSERT_TRUE(first && again);
  ASSERT_TRUE(first->area_resampled.has_value());
  EXPECT_EQ(first->area_resampled->low, again->area_resampled->low);
  EXPECT_NEAR(first->area_resampled->low, first->area.area.low, 0.003);
  EXPECT_NEAR(first->area_resampled->high, first->area.area.high, 0.003);
  for (auto const which : {GroupFigure::false_positive, GroupFigure::false_negative, GroupFigure::positive_predictive,
                           GroupFigure::area}) {
    auto const one = figure(*group_of(first->groupings[0], "Caucasian"), which);
    EXPECT_NEAR(one.resampled->low, one.interval.low, 0.012);
    EXPECT_NEAR(one.resampled->high, one.interval.high, 0.012);
  }
  options.seed = 8;
  auto const other = report(filtered_, options);
  EXPECT_NE(first->area_resampled->low, other->area_resampled->low);
}

TEST(Resampler, draws_as_many_as_there_are_in_every_stratum_and_whole_clusters)
{
  std::vector<std::uint32_t> clusters;
  std::vector<std::uint32_t> strata;
  for (std::uint32_t person = 0; person < 300; ++person) {
    clusters.push_back(person / 3);
    strata.push_back(person < 90 ? 4 : 9);
  }
  detail::Resampler resampler(300, clusters, strata, 1);
  std::vector<detail::Resampler::Weight> weights(300);
  std::vector<double> sums(300);
  constexpr int draws = 2000;
  for (int draw = 0; draw < draws; ++draw) {
    resampler.draw(static_cast<std::size_t>(draw), weights);
    int first = 0;
    int all = 0;
    for (std::size_t person = 0; person < 300; ++person) {
      EXPECT_EQ(weights[person], weights[person / 3 * 3]);
      all += weights[person];
      if (person < 90) first += weights[person];
      sums[person] += weights[person];
    }
    ASSERT_EQ(first, 90);
    ASSERT_EQ(all, 300);
  }
  for (double const sum : sums) EXPECT_NEAR(sum / draws, 1, 0.12);
}

/// The rank of rows of zeros and ones over the whole numbers modulo a large prime: another way than the library's.
std::size_t rank_of(std::vector<std::vector<std::int64_t>> rows)
{
  constexpr std::int64_t prime = 2'147'483'647;
  auto const power = [](std::int64_t base, std::int64_t exponent) {
    std::int64_t result = 1;
    for (; exponent > 0; exponent /= 2, base = base * base % prime)
      if (exponent % 2 == 1) result = result * base % prime;
    return result;
  };
  std::size_t rank = 0;
  for (std::size_t column = 0; !rows.empty() && column < rows.front().size(); ++column) {
    auto pivot = rank;
    while (pivot < rows.size() && rows[pivot][column] == 0) ++pivot;
    if (pivot == rows.size()) continue;
    std::swap(rows[pivot], rows[rank]);
    auto const inverse = power(rows[rank][column], prime - 2);
    for (std::size_t other = rank + 1; other < rows.size(); ++other) {
      auto const factor = rows[other][column] * inverse % prime;
      for (std::size_t k = column; k < rows[other].size(); ++k)
        rows[other][k] = (rows[other][k] + (prime - factor) * rows[rank][k]) % prime;
    }
    ++rank;
  }
  return rank;
}

TEST(Suppression, every_hidden_set_can_still_be_something_else)
{
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    std::size_t const rows = 2 + random() % 3;
    std::size_t const columns = 2 + random() % 3;
    std::size_t const cells = rows * columns;
    std::vector<std::size_t> size;
    for (std::size_t k = 0; k < cells; ++k) size.push_back(1 + random() % 20);
    std::vector<detail::PublishedSet> sets;
    auto const add = [&](auto const& inside) {
      detail::PublishedSet set;
      for (std::size_t k = 0; k < cells; ++k)
        if (inside(k)) {
          set.cells.push_back(static_cast<std::uint32_t>(k));
          set.people += size[k];
        }
      set.too_small = set.people < 4;
      sets.push_back(set);
    };
    add([](std::size_t) { return true; });
    sets.front().is_total = true;
    for (std::size_t r = 0; r < rows; ++r) add([&](std::size_t k) { return k / columns == r; });
    for (std::size_t c = 0; c < columns; ++c) add([&](std::size_t k) { return k % columns == c; });
    for (std::size_t one = 0; one < cells; ++one) add([&](std::size_t k) { return k == one; });
    auto const hidden = detail::hidden_sets(sets, cells);
    ASSERT_FALSE(hidden[0]);
    std::vector<std::vector<std::int64_t>> shown;
    std::vector<std::vector<std::int64_t>> matrix;
    for (auto const& set : sets) {
      auto& row = matrix.emplace_back(cells, 0);
      for (auto const cell : set.cells) row[cell] = 1;
    }
    for (std::size_t k = 0; k < sets.size(); ++k)
      if (!hidden[k]) shown.push_back(matrix[k]);
    auto const rank = rank_of(shown);
    for (std::size_t h = 0; h < sets.size(); ++h) {
      if (sets[h].too_small) {
        ASSERT_TRUE(hidden[h]);
      }
      if (!hidden[h]) continue;
      auto with = shown;
      with.push_back(matrix[h]);
      ASSERT_EQ(rank_of(with), rank + 1) << "round " << round << ", set " << h << " is a sum of shown ones";
    }
  }
}

TEST(ValidationReport, says_everything_that_is_wrong_at_once)
{
  std::vector<double> const scores{0.1, 0.2, 0.3, 1.4};
  std::vector<std::uint8_t> const outcomes{0, 1, 0, 1};
  std::vector<std::uint32_t> const codes{0, 0, 3, 1};
  std::vector<double> const times{1, 2};
  ValidationSample sample;
  sample.scores = scores;
  sample.outcomes = outcomes;
  sample.groupings = {{"court", {"north", "south"}, codes}};
  sample.times = times;
  ValidationOptions options;
  options.probabilities = true;
  options.cuts = {0.5, 0.2};
  options.minimum_cell = 0;
  auto const result = validate(sample, options);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.diagnostics().size(), 5U) << to_string(result.diagnostics());
}

TEST(ValidationReport, periods_items_raters_and_earlier_scores)
{
  std::vector<double> scores;
  std::vector<std::uint8_t> outcomes;
  std::vector<std::uint32_t> periods;
  std::vector<std::uint8_t> answered;
  for (std::uint32_t k = 0; k < 400; ++k) {
    scores.push_back(k % 4);
    outcomes.push_back((k * 7919 + k / 4) % 5 < k % 4 ? 1 : 0);
    periods.push_back(k < 200 ? 2024 : 2025);
    answered.push_back(k % 10 == 0 ? 0 : 1);
  }
  std::vector<double> const earlier(100, 0.0);
  std::vector<std::uint32_t> const first{0, 1, 2, 2, 1};
  std::vector<std::uint32_t> const second{0, 1, 2, 1, 1};
  ValidationSample sample;
  sample.scores = scores;
  sample.outcomes = outcomes;
  sample.periods = periods;
  sample.items = {{"accommodation", answered}};
  sample.earlier_scores = earlier;
  sample.first_rating = first;
  sample.second_rating = second;
  sample.left_out = {{"not followed for two years", 12}};
  auto const report = validate(sample);
  ASSERT_TRUE(report) << to_string(report.diagnostics());
  ASSERT_EQ(report->periods.size(), 2U);
  EXPECT_EQ(report->periods[1].period, 2025U);
  EXPECT_EQ(report->missing[0].count, 40U);
  EXPECT_GT(report->stability->index, 0.25);
  EXPECT_DOUBLE_EQ(report->agreement->exact, 0.8);
  EXPECT_TRUE(std::any_of(report->findings.begin(), report->findings.end(),
                          [](ValidationFinding const& one) { return one.kind == ValidationFindingKind::drift; }));
  EXPECT_EQ(report->left_out[0].people, 12U);
}

}  // namespace
}  // namespace tutela
