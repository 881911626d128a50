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

std::string area_text(FigureWords const& words, Estimate const& area)
{
  return words.with_interval(area.value, area.low, area.high, 4);
}

DocumentSection sample_section(ValidationReport const& report, FigureWords const& words)
{
  DocumentSection section{"sample", words.say("sample"), {}, {}, {}};
  if (!report.outcome.empty()) section.paragraphs.push_back(words.say("outcome", {{"outcome", report.outcome}}));
  auto const& q = report.score_quantiles;
  section.tables.push_back(
      {words.say("sample_all"),
       {"", words.say("value")},
       {{words.say("people"), std::to_string(report.base.of)},
        {words.say("with_outcome"), std::to_string(report.base.count)},
        {words.say("base_rate_wilson"), words.per_cent(report.base)},
        {words.say("lowest_score"), words.number(q[0], 3)},
        {words.say("quartiles"), words.number(q[1], 3) + "; " + words.number(q[2], 3) + "; " + words.number(q[3], 3)},
        {words.say("highest_score"), words.number(q[4], 3)}}});
  if (!report.left_out.empty()) {
    std::size_t remaining = report.base.of;
    for (auto const& step : report.left_out) remaining += step.people;
    DocumentTable table{words.say("left_out"),
                        {words.say("left_out_step"), words.say("left_out_people"), words.say("left_out_remaining")},
                        {}};
    table.rows.push_back({words.say("everybody"), "", std::to_string(remaining)});
    for (auto const& step : report.left_out) {
      remaining -= step.people;
      table.rows.push_back({step.reason, std::to_string(step.people), std::to_string(remaining)});
    }
    section.tables.push_back(std::move(table));
  }
  return section;
}

DocumentSection discrimination_section(ValidationReport const& report, FigureWords const& words)
{
  DocumentSection section{"discrimination", words.say("discrimination"), {}, {}, {}};
  section.paragraphs.push_back(words.say("discrimination_explained"));
  DocumentTable table{"", {"", words.say("value_95")}, {}};
  table.rows.push_back({words.say("area"), area_text(words, report.area.area)});
  table.rows.push_back({words.say("standard_error"), words.number(report.area.area.standard_error, 6)});
  if (report.area_resampled)
    table.rows.push_back(
        {words.say("area_draws"),
         words.with_interval(report.area.area.value, report.area_resampled->low, report.area_resampled->high, 4)});
  table.rows.push_back({words.say("somers"), words.number(report.somers_d, 4)});
  if (report.other_area) table.rows.push_back({words.say("area_other"), area_text(words, report.other_area->area)});
  if (report.comparison) {
    table.rows.push_back({words.say("difference"), area_text(words, report.comparison->difference)});
    table.rows.push_back({words.say("p_difference"), words.p_value(report.comparison->p_value)});
  }
  section.tables.push_back(std::move(table));
  Chart chart;
  chart.decimal_mark = words.decimal_mark();
  chart.title = words.say("roc");
  chart.x_label = words.say("roc_x");
  chart.y_label = words.say("roc_y");
  chart.diagonal = true;
  ChartSeries curve;
  for (auto const& point : report.roc) curve.points.push_back({point.false_positive, point.true_positive, nan, nan});
  chart.series.push_back(std::move(curve));
  section.charts.push_back(chart_svg(chart));
  return section;
}

DocumentTable calibration_table(ValidationReport const& report, FigureWords const& words)
{
  DocumentTable table{words.say("fit"), {"", words.say("value_95")}, {}};
  auto const& fits = *report.calibration;
  auto const& ends = fits.expected_by_observed_interval;
  table.rows.push_back(
      {words.say("expected_by_observed"), words.with_interval(fits.expected_by_observed, ends.low, ends.high, 4)});
  if (report.line) {
    table.rows.push_back({words.say("in_the_large"), area_text(words, report.line->in_the_large)});
    table.rows.push_back({words.say("intercept"), area_text(words, report.line->intercept)});
    table.rows.push_back({words.say("slope"), area_text(words, report.line->slope)});
  }
  table.rows.push_back({words.say("brier"), words.number(fits.brier, 6)});
  table.rows.push_back({words.say("brier_base"), words.number(fits.reference_brier, 6)});
  table.rows.push_back({words.say("brier_scaled"), words.number(fits.scaled_brier, 6)});
  if (report.brier) {
    table.rows.push_back(
        {words.say("reliability", {{"count", report.brier->bins}}), words.number(report.brier->reliability, 6)});
    table.rows.push_back({words.say("resolution"), words.number(report.brier->resolution, 6)});
    table.rows.push_back({words.say("uncertainty"), words.number(report.brier->uncertainty, 6)});
    table.rows.push_back({words.say("remainder"), words.number(report.brier->remainder, 6)});
  }
  return table;
}

Markup band_chart(ValidationReport const& report, FigureWords const& words)
{
  Chart chart;
  chart.decimal_mark = words.decimal_mark();
  chart.title = words.say("band_chart");
  chart.x_label = words.say("band");
  chart.y_label = words.say("share_with");
  chart.x_low = -0.5;
  chart.x_high = static_cast<double>(report.bands.size()) - 0.5;
  ChartSeries observed{words.say("observed_wilson"), ChartMark::dots, {}};
  ChartSeries expected{report.refitted ? words.say("expected_fitted") : words.say("expected"), ChartMark::line, {}};
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

DocumentSection band_section(ValidationReport const& report, FigureWords const& words)
{
  DocumentSection section{"calibration", words.say("calibration"), {}, {}, {}};
  if (report.refitted)
    section.paragraphs.push_back(words.say("refitted", {{"intercept", words.number(report.curve_intercept, 6)},
                                                        {"slope", words.number(report.curve_slope, 6)}}));
  if (report.calibration) section.tables.push_back(calibration_table(report, words));
  DocumentTable table{words.say("bands"),
                      {words.say("band"), words.say("people"), words.say("with_outcome"), words.say("observed_percent"),
                       words.say("exact_percent"), words.say("expected_percent"), words.say("relative_risk")},
                      {}};
  for (auto const& band : report.bands)
    table.rows.push_back({band.band, std::to_string(band.observed.of), std::to_string(band.observed.count),
                          words.per_cent(band.observed), words.range(100 * band.exact.low, 100 * band.exact.high, 1),
                          words.per_cent(band.expected), words.with_interval(band.relative_risk, 2)});
  section.tables.push_back(std::move(table));
  section.paragraphs.push_back(words.say("trend", {{"p", words.p_value(report.trend)}}));
  section.charts.push_back(band_chart(report, words));
  return section;
}

DocumentSection threshold_section(ValidationReport const& report, FigureWords const& words)
{
  DocumentSection section{"thresholds", words.say("thresholds"), {}, {}, {}};
  section.paragraphs.push_back(words.say("thresholds_explained"));
  section.paragraphs.push_back(words.say("abbreviations"));
  DocumentTable table{"",
                      {words.say("threshold"), words.say("selected_of_100"), words.say("sensitivity_percent"),
                       words.say("specificity_percent"), "PPV, %", "NPV, %", "LR+", words.say("assessed_for_one"),
                       words.say("net_benefit")},
                      {}};
  Chart chart;
  chart.decimal_mark = words.decimal_mark();
  chart.title = words.say("threshold_chart");
  chart.x_label = words.say("threshold");
  chart.y_label = words.say("share_label");
  ChartSeries sensitivity{words.say("sensitivity"), ChartMark::line, {}};
  ChartSeries specificity{words.say("specificity"), ChartMark::line, {}};
  ChartSeries selected{words.say("selected"), ChartMark::line, {}};
  for (auto const& row : report.thresholds) {
    auto const found = share(row.counts.true_positive, row.counts.true_positive + row.counts.false_negative);
    auto const spared = share(row.counts.true_negative, row.counts.true_negative + row.counts.false_positive);
    table.rows.push_back(
        {words.number_or_whole(row.threshold, 4), words.number(100 * row.selected.value, 1), words.per_cent(found),
         words.per_cent(spared), words.per_cent(row.positive_predictive), words.per_cent(row.negative_predictive),
         words.number(found.value / row.false_positive.value, 2), words.number(1 / row.positive_predictive.value, 1),
         words.number(row.net_benefit.value_or(nan), 4)});
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

Markup survival_chart(ValidationReport const& report, FigureWords const& words)
{
  Chart chart;
  chart.decimal_mark = words.decimal_mark();
  chart.title = words.say("survival_chart");
  chart.x_label = words.say("time_label");
  chart.y_label = words.say("share_without");
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
    add(words.say("everybody"), report.survival);
  chart.x_high = last;
  chart.y_low = std::max(0.0, std::floor(chart.y_low * 10) / 10);
  return chart_svg(chart);
}

DocumentSection time_section(ValidationReport const& report, FigureWords const& words)
{
  DocumentSection section{"time", words.say("time"), {}, {}, {}};
  auto const& c = *report.concordance;
  section.paragraphs.push_back(
      words.say("concordance", {{"value", words.number(c.value, 6)}, {"pairs", words.number(c.pairs, 0)}}));
  DocumentTable table{words.say("survival_table"), {words.say("band")}, {}};
  double const last = report.survival.empty() ? 0 : report.survival.back().time;
  std::vector<double> times;
  for (int k = 1; k <= 4; ++k) times.push_back(last * k / 4);
  for (double const time : times)
    table.columns.push_back(words.say("at_time", {{"time", words.number_or_whole(time, 1)}}));
  auto const add = [&](std::string const& name, std::vector<SurvivalStep> const& steps) {
    std::vector<std::string> row{name};
    for (double const time : times) {
      auto const step = survival_at(steps, time);
      row.push_back(words.with_interval(100 * step.survival, 100 * step.low, 100 * step.high, 1));
    }
    table.rows.push_back(std::move(row));
  };
  for (auto const& band : report.bands) add(band.band, band.survival);
  add(words.say("everybody"), report.survival);
  section.tables.push_back(std::move(table));
  section.charts.push_back(survival_chart(report, words));
  return section;
}

DocumentSection stability_section(ValidationReport const& report, FigureWords const& words)
{
  DocumentSection section{"stability", words.say("stability"), {}, {}, {}};
  if (report.agreement) {
    auto const& both = *report.agreement;
    section.tables.push_back({words.say("raters"),
                              {"", words.say("value")},
                              {{words.say("rated_twice"), std::to_string(both.cases)},
                               {words.say("rated_same"), words.per_cent(both.exact)},
                               {words.say("kappa"), area_text(words, both.kappa)}}});
  }
  if (!report.items.empty()) {
    DocumentTable table{words.say("missing"), {words.say("item"), words.say("people"), words.say("share_percent")}, {}};
    for (std::size_t k = 0; k < report.items.size(); ++k)
      table.rows.push_back(
          {report.items[k], std::to_string(report.missing[k].count), words.per_cent(report.missing[k])});
    section.tables.push_back(std::move(table));
  }
  if (report.stability) {
    section.paragraphs.push_back(words.say("stability_index", {{"value", words.number(report.stability->index, 4)}}));
    DocumentTable table{words.say("stability_table"), {words.say("band"), words.say("before"), words.say("now")}, {}};
    for (std::size_t b = 0; b < report.bands.size() && b < report.stability->now.size(); ++b)
      table.rows.push_back({report.bands[b].band, words.per_cent(report.stability->before[b]),
                            words.per_cent(report.stability->now[b])});
    section.tables.push_back(std::move(table));
  }
  if (!report.periods.empty()) {
    DocumentTable table{
        words.say("periods"),
        {words.say("period"), words.say("people"), words.say("observed_percent"), words.say("expected_percent")},
        {}};
    for (auto const& one : report.periods)
      table.rows.push_back({std::to_string(one.period), std::to_string(one.observed.of), words.per_cent(one.observed),
                            words.per_cent(one.expected)});
    section.tables.push_back(std::move(table));
  }
  return section;
}

DocumentSection making_section(ValidationReport const& report, FigureWords const& words)
{
  DocumentSection section{"making", words.say("making"), {}, {}, {}};
  auto const version = std::to_string(TUTELA_VERSION_MAJOR) + "." + std::to_string(TUTELA_VERSION_MINOR) + "." +
                       std::to_string(TUTELA_VERSION_PATCH);
  section.paragraphs.push_back("Tutela " + version + ".");
  if (report.draws > 0) {
    section.paragraphs.push_back(words.say(report.clustered ? "draws_of_clusters" : "draws_of_people",
                                           {{"count", report.draws}, {"seed", std::to_string(report.seed)}}));
    if (report.stratified) section.paragraphs.push_back(words.say("draws_in_strata"));
  }
  section.paragraphs.push_back(words.say("suppression", {{"minimum", report.minimum_cell}}));
  section.paragraphs.push_back(words.say("describes"));
  return section;
}

}  // namespace

std::string FigureWords::say(std::string_view key, std::vector<Argument> const& arguments) const
{
  return catalogue_.say("validation_" + std::string(key), arguments);
}

std::string FigureWords::number(double value, int decimals) const
{
  return catalogue_.number(printed(value, decimals));
}

std::string FigureWords::number_or_whole(double value, int decimals) const
{
  return number(value, value == std::round(value) ? 0 : decimals);
}

std::string FigureWords::range(double low, double high, int decimals) const
{
  return say("range", {{"low", number(low, decimals)}, {"high", number(high, decimals)}});
}

std::string FigureWords::with_interval(double value, double low, double high, int decimals) const
{
  if (std::isnan(value) || std::isnan(low) || std::isnan(high)) return number(value, decimals);
  return say("with_range",
             {{"value", number(value, decimals)}, {"low", number(low, decimals)}, {"high", number(high, decimals)}});
}

std::string FigureWords::with_interval(ValidatedFigure const& figure, int decimals) const
{
  return with_interval(figure.value, figure.interval.low, figure.interval.high, decimals);
}

std::string FigureWords::per_cent(Share const& share) const
{
  return with_interval(100 * share.value, 100 * share.low, 100 * share.high, 1);
}

std::string FigureWords::p_value(double p) const
{
  return p < 0.0001 ? say("below", {{"number", number(0.0001, 4)}}) : number(p, 4);
}

std::vector<DocumentSection> validation_sections(ValidationReport const& report, FigureWords const& words)
{
  std::vector<DocumentSection> sections{sample_section(report, words), discrimination_section(report, words),
                                        band_section(report, words), threshold_section(report, words)};
  if (report.concordance) sections.push_back(time_section(report, words));
  for (auto& one : group_sections(report, words)) sections.push_back(std::move(one));
  auto rest = stability_section(report, words);
  if (!rest.tables.empty() || !rest.paragraphs.empty()) sections.push_back(std::move(rest));
  sections.push_back(making_section(report, words));
  return sections;
}

}  // namespace tutela::detail
