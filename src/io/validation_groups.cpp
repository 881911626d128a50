// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the report of a validation says about groups.
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "io/chart_svg.hpp"
#include "io/validation_document.hpp"

namespace tutela::detail {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct Column {
  GroupFigure figure;
  std::string_view key;           ///< Of the catalogue; empty where an abbreviation is shared by all languages.
  std::string_view abbreviation;  ///< Else empty.
  bool share;                     ///< Printed in per cent.
};

constexpr Column columns[] = {{GroupFigure::base, "base_percent", "", true},
                              {GroupFigure::selected, "selected_percent", "", true},
                              {GroupFigure::false_positive, "", "FPR, %", true},
                              {GroupFigure::false_negative, "", "FNR, %", true},
                              {GroupFigure::positive_predictive, "", "PPV, %", true},
                              {GroupFigure::negative_predictive, "", "NPV, %", true},
                              {GroupFigure::false_omission, "", "FOR, %", true},
                              {GroupFigure::expected_by_observed, "", "E/O", false},
                              {GroupFigure::area, "", "AUC", false}};

std::string cell(FigureWords const& words, ValidatedFigure const& figure, bool share, bool resampled)
{
  double const factor = share ? 100 : 1;
  auto const ends = resampled ? figure.resampled.value_or(Interval95{nan, nan}) : figure.interval;
  return words.with_interval(factor * figure.value, factor * ends.low, factor * ends.high, share ? 1 : 3);
}

std::vector<std::string> head(FigureWords const& words, std::string const& first)
{
  std::vector<std::string> result{first};
  for (auto const& column : columns)
    result.push_back(column.key.empty() ? std::string(column.abbreviation) : words.say(column.key));
  return result;
}

/// One row of all figures; of a quotient the shares are no per cents.
std::vector<std::string> row(FigureWords const& words, std::string const& name, GroupFigures const& figures,
                             bool quotient, bool resampled)
{
  std::vector<std::string> result{name};
  for (auto const& column : columns)
    result.push_back(
        cell(words, figures[static_cast<std::size_t>(column.figure)], column.share && !quotient, resampled));
  return result;
}

std::vector<std::string> hidden_row(FigureWords const& words, std::string const& name)
{
  std::vector<std::string> result{words.say("not_shown", {{"group", name}})};
  result.resize(1 + std::size(columns));
  return result;
}

DocumentTable counts_table(GroupingValidation const& grouping, FigureWords const& words)
{
  DocumentTable table{
      words.say("counts"),
      {words.say("group"), words.say("people"), "TP", "FP", "FN", "TN", "FPR, %", words.say("forced_fpr")},
      {}};
  for (auto const& one : grouping.groups) {
    if (one.suppressed) {
      table.rows.push_back({words.say("not_shown", {{"group", one.group}}), "", "", "", "", "", "", ""});
      continue;
    }
    auto const& [tp, fp, fn, tn] = one.counts;
    table.rows.push_back(
        {one.group, std::to_string(tp + fp + fn + tn), std::to_string(tp), std::to_string(fp), std::to_string(fn),
         std::to_string(tn),
         words.number(100 * one.figures[static_cast<std::size_t>(GroupFigure::false_positive)].value, 2),
         words.number(100 * one.implied_false_positive, 2)});
  }
  return table;
}

template <class Pick>
DocumentTable figures_table(FigureWords const& words, GroupingValidation const& grouping, std::string caption,
                            Pick const& pick, bool quotient, bool resampled, bool against)
{
  DocumentTable table{std::move(caption), head(words, words.say("group")), {}};
  for (std::size_t k = 0; k < grouping.groups.size(); ++k) {
    auto const& one = grouping.groups[k];
    bool const is_reference = k == grouping.reference;
    if (against && (one.suppressed || is_reference)) continue;
    table.rows.push_back(one.suppressed ? hidden_row(words, one.group)
                                        : row(words, one.group, pick(one), quotient, resampled));
  }
  return table;
}

Markup error_chart(GroupingValidation const& grouping, FigureWords const& words)
{
  IntervalChart chart;
  chart.decimal_mark = words.decimal_mark();
  chart.title = words.say("error_chart", {{"grouping", grouping.name}});
  chart.x_label = words.say("share_label");
  ChartSeries wrongly{words.say("wrongly_selected"), ChartMark::dots, {}};
  ChartSeries missed{words.say("wrongly_missed"), ChartMark::dots, {}};
  for (auto const& one : grouping.groups) {
    if (one.suppressed) continue;
    chart.names.push_back(one.group);
    auto const add = [&](ChartSeries& series, GroupFigure which) {
      auto const& figure = one.figures[static_cast<std::size_t>(which)];
      series.points.push_back({figure.value, 0, figure.interval.low, figure.interval.high});
    };
    add(wrongly, GroupFigure::false_positive);
    add(missed, GroupFigure::false_negative);
  }
  chart.series = {wrongly, missed};
  return chart_svg(chart);
}

std::string curves_text(GroupingValidation const& grouping, FigureWords const& words)
{
  if (!grouping.same_intercept || !grouping.same_slope) return {};
  return words.say("one_curve", {{"intercepts", words.p_value(*grouping.same_intercept)},
                                 {"slopes", words.p_value(*grouping.same_slope)}});
}

DocumentTable missing_table(ValidationReport const& report, GroupingValidation const& grouping,
                            FigureWords const& words)
{
  DocumentTable table{words.say("missing_percent"), {words.say("group")}, {}};
  table.columns.insert(table.columns.end(), report.items.begin(), report.items.end());
  for (auto const& one : grouping.groups) {
    if (one.suppressed) continue;
    std::vector<std::string> cells{one.group};
    for (auto const& item : one.missing) cells.push_back(words.per_cent(item));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

DocumentSection section_of(ValidationReport const& report, GroupingValidation const& grouping, std::size_t number,
                           FigureWords const& words)
{
  DocumentSection section{
      "groups-" + std::to_string(number), words.say("groups", {{"grouping", grouping.name}}), {}, {}, {}};
  auto const shown = std::count_if(grouping.groups.begin(), grouping.groups.end(),
                                   [](GroupValidation const& one) { return !one.suppressed; });
  if (shown == 0) {
    section.paragraphs.push_back(words.say("groups_too_small"));
    return section;
  }
  section.tables.push_back(figures_table(
      words, grouping, words.say("at_threshold", {{"threshold", words.number_or_whole(report.threshold, 4)}}),
      [](GroupValidation const& one) { return one.figures; }, false, false, false));
  section.tables.push_back(counts_table(grouping, words));
  section.charts.push_back(error_chart(grouping, words));
  if (shown > 1) {
    if (auto text = curves_text(grouping, words); !text.empty()) section.paragraphs.push_back(std::move(text));
    auto const& reference = grouping.groups[grouping.reference].group;
    section.tables.push_back(figures_table(
        words, grouping, words.say("minus", {{"group", reference}}),
        [](GroupValidation const& one) { return one.differences; }, false, false, true));
    section.tables.push_back(figures_table(
        words, grouping, words.say("by", {{"group", reference}}), [](GroupValidation const& one) { return one.ratios; },
        true, false, true));
    if (report.draws > 0) {
      section.tables.push_back(figures_table(
          words, grouping, words.say("minus_draws", {{"group", reference}}),
          [](GroupValidation const& one) { return one.differences; }, false, true, true));
      DocumentTable extremes{words.say("extremes"), head(words, ""), {}};
      extremes.rows.push_back(row(words, words.say("largest_difference"), grouping.largest_difference, false, true));
      extremes.rows.push_back(row(words, words.say("smallest_ratio"), grouping.smallest_ratio, true, true));
      section.tables.push_back(std::move(extremes));
    }
  }
  if (!report.items.empty()) section.tables.push_back(missing_table(report, grouping, words));
  return section;
}

}  // namespace

std::vector<DocumentSection> group_sections(ValidationReport const& report, FigureWords const& words)
{
  std::vector<DocumentSection> result;
  for (std::size_t k = 0; k < report.groupings.size(); ++k)
    result.push_back(section_of(report, report.groupings[k], k + 1, words));
  if (!result.empty()) result.front().paragraphs.insert(result.front().paragraphs.begin(), words.say("groups_tied"));
  return result;
}

}  // namespace tutela::detail
