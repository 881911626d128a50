// SPDX-License-Identifier: Apache-2.0
#include "io/validation_document.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <tutela/base/config.hpp>

#include "io/chart_svg.hpp"

namespace tutela::detail {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::string p_value(double p) { return p < 0.0001 ? "below 0.0001" : printed(p, 4); }

std::string area_text(Estimate const& area) { return with_interval(area.value, area.low, area.high, 4); }

DocumentSection sample_section(ValidationReport const& report)
{
  DocumentSection section{"sample", "Sample", {}, {}, {}};
  if (!report.outcome.empty()) section.paragraphs.push_back("Outcome: " + report.outcome + ".");
  auto const& q = report.score_quantiles;
  section.tables.push_back(
      {"Everybody in the sample",
       {"", "value"},
       {{"people", std::to_string(report.base.of)},
        {"with the outcome", std::to_string(report.base.count)},
        {"base rate, % (Wilson)", per_cent(report.base)},
        {"lowest score", printed(q[0], 3)},
        {"quartiles of the score", printed(q[1], 3) + ", " + printed(q[2], 3) + ", " + printed(q[3], 3)},
        {"highest score", printed(q[4], 3)}}});
  if (!report.left_out.empty()) {
    std::size_t remaining = report.base.of;
    for (auto const& step : report.left_out) remaining += step.people;
    DocumentTable table{"Who was left out, step by step", {"step", "left out", "remaining"}, {}};
    table.rows.push_back({"everybody", "", std::to_string(remaining)});
    for (auto const& step : report.left_out) {
      remaining -= step.people;
      table.rows.push_back({step.reason, std::to_string(step.people), std::to_string(remaining)});
    }
    section.tables.push_back(std::move(table));
  }
  return section;
}

DocumentSection discrimination_section(ValidationReport const& report)
{
  DocumentSection section{"discrimination", "Telling people apart", {}, {}, {}};
  section.paragraphs.push_back(
      "The area under the curve is the chance that somebody with the outcome scores higher than somebody without; ties "
      "count half. Intervals are DeLong's.");
  DocumentTable table{"", {"", "value (95 % interval)"}, {}};
  table.rows.push_back({"area under the curve", area_text(report.area.area)});
  table.rows.push_back({"standard error", printed(report.area.area.standard_error, 6)});
  if (report.area_resampled)
    table.rows.push_back({"the same from the draws", with_interval(report.area.area.value, report.area_resampled->low,
                                                                   report.area_resampled->high, 4)});
  table.rows.push_back({"Somers' D", printed(report.somers_d, 4)});
  if (report.other_area) table.rows.push_back({"area of the other score", area_text(report.other_area->area)});
  if (report.comparison) {
    table.rows.push_back({"difference", area_text(report.comparison->difference)});
    table.rows.push_back({"p of the difference", p_value(report.comparison->p_value)});
  }
  section.tables.push_back(std::move(table));
  Chart chart;
  chart.title = "ROC curve";
  chart.x_label = "selected among those without the outcome";
  chart.y_label = "selected among those with it";
  chart.diagonal = true;
  ChartSeries curve;
  for (auto const& point : report.roc) curve.points.push_back({point.false_positive, point.true_positive, nan, nan});
  chart.series.push_back(std::move(curve));
  section.charts.push_back(chart_svg(chart));
  return section;
}

DocumentTable calibration_table(ValidationReport const& report)
{
  DocumentTable table{"Fit of the probabilities", {"", "value (95 % interval)"}, {}};
  auto const& fits = *report.calibration;
  auto const& ends = fits.expected_by_observed_interval;
  table.rows.push_back(
      {"expected by observed (exact Poisson)", with_interval(fits.expected_by_observed, ends.low, ends.high, 4)});
  if (report.line) {
    table.rows.push_back({"calibration in the large", area_text(report.line->in_the_large)});
    table.rows.push_back({"intercept", area_text(report.line->intercept)});
    table.rows.push_back({"slope", area_text(report.line->slope)});
  }
  table.rows.push_back({"Brier score", printed(fits.brier, 6)});
  table.rows.push_back({"of the base rate alone", printed(fits.reference_brier, 6)});
  table.rows.push_back({"scaled Brier score", printed(fits.scaled_brier, 6)});
  if (report.brier) {
    table.rows.push_back(
        {"reliability (" + std::to_string(report.brier->bins) + " groups)", printed(report.brier->reliability, 6)});
    table.rows.push_back({"resolution", printed(report.brier->resolution, 6)});
    table.rows.push_back({"uncertainty", printed(report.brier->uncertainty, 6)});
    table.rows.push_back({"remainder inside groups", printed(report.brier->remainder, 6)});
  }
  return table;
}

Markup band_chart(ValidationReport const& report)
{
  Chart chart;
  chart.title = "What was expected and what happened, by band";
  chart.x_label = "band";
  chart.y_label = "share with the outcome";
  chart.x_low = -0.5;
  chart.x_high = static_cast<double>(report.bands.size()) - 0.5;
  ChartSeries observed{"observed, with Wilson's interval", ChartMark::dots, {}};
  ChartSeries expected{report.refitted ? "expected by the fitted curve" : "expected", ChartMark::line, {}};
  double highest = 0;
  for (std::size_t b = 0; b < report.bands.size(); ++b) {
    auto const& band = report.bands[b];
    chart.x_names.push_back(band.band);
    observed.points.push_back({static_cast<double>(b), band.observed.value, band.observed.low, band.observed.high});
    expected.points.push_back({static_cast<double>(b), band.expected, nan, nan});
    highest = std::max({highest, std::isnan(band.observed.high) ? 0 : band.observed.high,
                        std::isnan(band.expected) ? 0 : band.expected});
  }
  chart.y_high = std::min(1.0, std::ceil(highest * 10 + 0.2) / 10);
  chart.series = {observed, expected};
  return chart_svg(chart);
}

DocumentSection band_section(ValidationReport const& report)
{
  DocumentSection section{"calibration", "Calibration and bands", {}, {}, {}};
  if (report.refitted)
    section.paragraphs.push_back(
        "The score is no probability. What is called expected is a logistic curve fitted to this very sample: log "
        "odds " +
        printed(report.curve_intercept, 6) + " + " + printed(report.curve_slope, 6) +
        " × score. It shows whether groups share one curve; it cannot show whether published probabilities hold.");
  if (report.calibration) section.tables.push_back(calibration_table(report));
  DocumentTable table{
      "Bands",
      {"band", "people", "with outcome", "observed, % (Wilson)", "exact interval, %", "expected, %", "relative risk"},
      {}};
  for (auto const& band : report.bands)
    table.rows.push_back({band.band, std::to_string(band.observed.of), std::to_string(band.observed.count),
                          per_cent(band.observed),
                          printed(100 * band.exact.low, 1) + " to " + printed(100 * band.exact.high, 1),
                          per_cent(band.expected), with_interval(band.relative_risk, 2)});
  section.tables.push_back(std::move(table));
  section.paragraphs.push_back("Rise over the bands (Cochran-Armitage, two-sided): p " + p_value(report.trend) + ".");
  section.charts.push_back(band_chart(report));
  return section;
}

DocumentSection threshold_section(ValidationReport const& report)
{
  DocumentSection section{"thresholds", "Every threshold", {}, {}, {}};
  section.paragraphs.push_back(
      "Selected are people at or above the threshold. Where to cut is a policy decision with an owner, not a finding "
      "of "
      "this report. Net benefit weighs a person selected without need by the odds of the probability at the "
      "threshold.");
  DocumentTable table{"",
                      {"threshold", "selected of 100", "sensitivity, %", "specificity, %", "PPV, %", "NPV, %", "LR+",
                       "assessed for one found", "net benefit"},
                      {}};
  Chart chart;
  chart.title = "What each threshold does";
  chart.x_label = "threshold";
  chart.y_label = "share";
  ChartSeries sensitivity{"sensitivity", ChartMark::line, {}};
  ChartSeries specificity{"specificity", ChartMark::line, {}};
  ChartSeries selected{"selected", ChartMark::line, {}};
  for (auto const& row : report.thresholds) {
    auto const found = share(row.counts.true_positive, row.counts.true_positive + row.counts.false_negative);
    auto const spared = share(row.counts.true_negative, row.counts.true_negative + row.counts.false_positive);
    table.rows.push_back({printed(row.threshold, row.threshold == std::round(row.threshold) ? 0 : 4),
                          printed(100 * row.selected.value, 1), per_cent(found), per_cent(spared),
                          per_cent(row.positive_predictive), per_cent(row.negative_predictive),
                          printed(found.value / row.false_positive.value, 2),
                          printed(1 / row.positive_predictive.value, 1), printed(row.net_benefit.value_or(nan), 4)});
    sensitivity.points.push_back({row.threshold, found.value, nan, nan});
    specificity.points.push_back({row.threshold, spared.value, nan, nan});
    selected.points.push_back({row.threshold, row.selected.value, nan, nan});
  }
  section.tables.push_back(std::move(table));
  chart.x_low = report.thresholds.front().threshold;
  chart.x_high = report.thresholds.back().threshold;
  if (!(chart.x_low < chart.x_high)) return section;
  chart.series = {sensitivity, specificity, selected};
  section.charts.push_back(chart_svg(chart));
  return section;
}

Markup survival_chart(ValidationReport const& report)
{
  Chart chart;
  chart.title = "Without the outcome over time (Kaplan and Meier)";
  chart.x_label = "time";
  chart.y_label = "share without the outcome";
  chart.y_low = 1;
  double last = 1;
  auto const add = [&](std::string const& label, std::vector<SurvivalStep> const& steps) {
    ChartSeries series{label, ChartMark::steps, {{0, 1, nan, nan}}};
    for (auto const& step : steps) {
      series.points.push_back({step.time, step.survival, nan, nan});
      chart.y_low = std::min(chart.y_low, step.survival);
      last = std::max(last, step.time);
    }
    chart.series.push_back(std::move(series));
  };
  if (report.bands.size() <= 6)
    for (auto const& band : report.bands) add(band.band, band.survival);
  else
    add("everybody", report.survival);
  chart.x_high = last;
  chart.y_low = std::max(0.0, std::floor(chart.y_low * 10) / 10);
  return chart_svg(chart);
}

DocumentSection time_section(ValidationReport const& report)
{
  DocumentSection section{"time", "Over time", {}, {}, {}};
  auto const& c = *report.concordance;
  section.paragraphs.push_back(
      "Harrell's C, the chance that of two people the one with the higher score has the outcome first: " +
      printed(c.value, 6) + " (" + printed(c.pairs, 0) + " pairs).");
  DocumentTable table{"Share without the outcome, % (95 % interval)", {"band"}, {}};
  double const last = report.survival.empty() ? 0 : report.survival.back().time;
  std::vector<double> times;
  for (int k = 1; k <= 4; ++k) times.push_back(last * k / 4);
  for (double const time : times) table.columns.push_back("at " + printed(time, time == std::round(time) ? 0 : 1));
  auto const add = [&](std::string const& name, std::vector<SurvivalStep> const& steps) {
    std::vector<std::string> row{name};
    for (double const time : times) {
      auto const step = survival_at(steps, time);
      row.push_back(with_interval(100 * step.survival, 100 * step.low, 100 * step.high, 1));
    }
    table.rows.push_back(std::move(row));
  };
  for (auto const& band : report.bands) add(band.band, band.survival);
  add("everybody", report.survival);
  section.tables.push_back(std::move(table));
  section.charts.push_back(survival_chart(report));
  return section;
}

DocumentSection stability_section(ValidationReport const& report)
{
  DocumentSection section{"stability", "Raters, answers, drift", {}, {}, {}};
  if (report.agreement) {
    auto const& both = *report.agreement;
    section.tables.push_back({"Two raters",
                              {"", "value"},
                              {{"cases rated twice", std::to_string(both.cases)},
                               {"rated the same, %", per_cent(both.exact)},
                               {"kappa, linear weights", area_text(both.kappa)}}});
  }
  if (!report.items.empty()) {
    DocumentTable table{"Items without an answer", {"item", "people", "share, %"}, {}};
    for (std::size_t k = 0; k < report.items.size(); ++k)
      table.rows.push_back({report.items[k], std::to_string(report.missing[k].count), per_cent(report.missing[k])});
    section.tables.push_back(std::move(table));
  }
  if (report.stability) {
    section.paragraphs.push_back(
        "Population stability index against the earlier scores: " + printed(report.stability->index, 4) + ".");
    DocumentTable table{"People by band, %", {"band", "before", "now"}, {}};
    for (std::size_t b = 0; b < report.bands.size() && b < report.stability->now.size(); ++b)
      table.rows.push_back(
          {report.bands[b].band, per_cent(report.stability->before[b]), per_cent(report.stability->now[b])});
    section.tables.push_back(std::move(table));
  }
  if (!report.periods.empty()) {
    DocumentTable table{"Periods", {"period", "people", "observed, % (Wilson)", "expected, %"}, {}};
    for (auto const& one : report.periods)
      table.rows.push_back({std::to_string(one.period), std::to_string(one.observed.of), per_cent(one.observed),
                            per_cent(one.expected)});
    section.tables.push_back(std::move(table));
  }
  return section;
}

DocumentSection making_section(ValidationReport const& report)
{
  DocumentSection section{"making", "How it was made", {}, {}, {}};
  auto const version = std::to_string(TUTELA_VERSION_MAJOR) + "." + std::to_string(TUTELA_VERSION_MINOR) + "." +
                       std::to_string(TUTELA_VERSION_PATCH);
  section.paragraphs.push_back("Tutela " + version + ".");
  if (report.draws > 0)
    section.paragraphs.push_back(
        std::to_string(report.draws) + " bootstrap draws of " + (report.clustered ? "whole clusters" : "people") +
        (report.stratified ? " in each stratum" : "") + ", seed " + std::to_string(report.seed) +
        ", percentile intervals; the same seed gives the same intervals everywhere.");
  section.paragraphs.push_back("Groups with fewer than " + std::to_string(report.minimum_cell) +
                               " people, or with a smaller count that is not zero, are not shown, nor are further "
                               "groups whose counts would give them "
                               "away. It was checked by linear algebra over all groupings and pairs of this report "
                               "that no hidden count is a sum of shown ones. "
                               "Nothing is claimed about bounds, about other reports on the same people, or about what "
                               "intervals and areas reveal.");
  section.paragraphs.push_back("A validation describes a scale on a sample. It decides nothing about a person.");
  return section;
}

}  // namespace

std::string with_interval(double value, double low, double high, int decimals)
{
  if (std::isnan(value)) return "–";
  auto const text = printed(value, decimals);
  if (std::isnan(low) || std::isnan(high)) return text;
  return text + " (" + printed(low, decimals) + " to " + printed(high, decimals) + ")";
}

std::string with_interval(ValidatedFigure const& figure, int decimals)
{
  return with_interval(figure.value, figure.interval.low, figure.interval.high, decimals);
}

std::string per_cent(double share) { return printed(100 * share, 1); }

std::string per_cent(Share const& share)
{
  return with_interval(100 * share.value, 100 * share.low, 100 * share.high, 1);
}

std::vector<DocumentSection> validation_sections(ValidationReport const& report)
{
  std::vector<DocumentSection> sections{sample_section(report), discrimination_section(report), band_section(report),
                                        threshold_section(report)};
  if (report.concordance) sections.push_back(time_section(report));
  for (auto& one : group_sections(report)) sections.push_back(std::move(one));
  auto rest = stability_section(report);
  if (!rest.tables.empty() || !rest.paragraphs.empty()) sections.push_back(std::move(rest));
  sections.push_back(making_section(report));
  return sections;
}

}  // namespace tutela::detail
