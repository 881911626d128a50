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
  char const* name;
  bool share;  ///< Printed in per cent.
};

constexpr Column columns[] = {{GroupFigure::base, "base rate, %", true},
                              {GroupFigure::selected, "selected, %", true},
                              {GroupFigure::false_positive, "FPR, %", true},
                              {GroupFigure::false_negative, "FNR, %", true},
                              {GroupFigure::positive_predictive, "PPV, %", true},
                              {GroupFigure::negative_predictive, "NPV, %", true},
                              {GroupFigure::false_omission, "FOR, %", true},
                              {GroupFigure::expected_by_observed, "E/O", false},
                              {GroupFigure::area, "AUC", false}};

std::string cell(ValidatedFigure const& figure, bool share, bool resampled)
{
  double const factor = share ? 100 : 1;
  auto const ends = resampled ? figure.resampled.value_or(Interval95{nan, nan}) : figure.interval;
  return with_interval(factor * figure.value, factor * ends.low, factor * ends.high, share ? 1 : 3);
}

std::vector<std::string> head(std::string const& first)
{
  std::vector<std::string> result{first};
  for (auto const& column : columns) result.push_back(column.name);
  return result;
}

/// One row of all figures; of a quotient the shares are no per cents.
std::vector<std::string> row(std::string const& name, GroupFigures const& figures, bool quotient, bool resampled)
{
  std::vector<std::string> result{name};
  for (auto const& column : columns)
    result.push_back(cell(figures[static_cast<std::size_t>(column.figure)], column.share && !quotient, resampled));
  return result;
}

std::vector<std::string> hidden_row(std::string const& name)
{
  std::vector<std::string> result{name + " (not shown)"};
  result.resize(1 + std::size(columns));
  return result;
}

DocumentTable counts_table(GroupingValidation const& grouping)
{
  DocumentTable table{"The four counts at the threshold, and the identity that ties the rates together",
                      {"group", "people", "TP", "FP", "FN", "TN", "FPR, %", "FPR that base rate, PPV and FNR force, %"},
                      {}};
  for (auto const& one : grouping.groups) {
    if (one.suppressed) {
      table.rows.push_back({one.group + " (not shown)", "", "", "", "", "", "", ""});
      continue;
    }
    auto const& [tp, fp, fn, tn] = one.counts;
    table.rows.push_back({one.group, std::to_string(tp + fp + fn + tn), std::to_string(tp), std::to_string(fp),
                          std::to_string(fn), std::to_string(tn),
                          printed(100 * one.figures[static_cast<std::size_t>(GroupFigure::false_positive)].value, 2),
                          printed(100 * one.implied_false_positive, 2)});
  }
  return table;
}

template <class Pick>
DocumentTable figures_table(GroupingValidation const& grouping, std::string caption, Pick const& pick, bool quotient,
                            bool resampled, bool against)
{
  DocumentTable table{std::move(caption), head("group"), {}};
  for (std::size_t k = 0; k < grouping.groups.size(); ++k) {
    auto const& one = grouping.groups[k];
    bool const is_reference = k == grouping.reference;
    if (against && (one.suppressed || is_reference)) continue;
    table.rows.push_back(one.suppressed ? hidden_row(one.group) : row(one.group, pick(one), quotient, resampled));
  }
  return table;
}

Markup error_chart(GroupingValidation const& grouping)
{
  IntervalChart chart;
  chart.title = "Error rates by " + grouping.name + ", with 95 % intervals";
  chart.x_label = "share";
  ChartSeries wrongly{"selected without the outcome (FPR)", ChartMark::dots, {}};
  ChartSeries missed{"not selected with it (FNR)", ChartMark::dots, {}};
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

std::string curves_text(GroupingValidation const& grouping)
{
  if (!grouping.same_intercept || !grouping.same_slope) return {};
  auto const p = [](double value) { return value < 0.0001 ? std::string("below 0.0001") : printed(value, 4); };
  return "If all groups shared one curve of the score, intercepts as different as these would have p " +
         p(*grouping.same_intercept) + ", slopes p " + p(*grouping.same_slope) + " (likelihood ratio tests).";
}

DocumentTable missing_table(ValidationReport const& report, GroupingValidation const& grouping)
{
  DocumentTable table{"Items without an answer, %", {"group"}, {}};
  table.columns.insert(table.columns.end(), report.items.begin(), report.items.end());
  for (auto const& one : grouping.groups) {
    if (one.suppressed) continue;
    std::vector<std::string> cells{one.group};
    for (auto const& item : one.missing) cells.push_back(per_cent(item));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

DocumentSection section_of(ValidationReport const& report, GroupingValidation const& grouping, std::size_t number)
{
  DocumentSection section{"groups-" + std::to_string(number), "Groups: " + grouping.name, {}, {}, {}};
  auto const shown = std::count_if(grouping.groups.begin(), grouping.groups.end(),
                                   [](GroupValidation const& one) { return !one.suppressed; });
  if (shown == 0) {
    section.paragraphs.push_back("Every group is too small to be shown.");
    return section;
  }
  section.tables.push_back(figures_table(
      grouping,
      "At the threshold " + printed(report.threshold, report.threshold == std::round(report.threshold) ? 0 : 4),
      [](GroupValidation const& one) { return one.figures; }, false, false, false));
  section.tables.push_back(counts_table(grouping));
  section.charts.push_back(error_chart(grouping));
  if (shown > 1) {
    if (auto text = curves_text(grouping); !text.empty()) section.paragraphs.push_back(std::move(text));
    auto const& reference = grouping.groups[grouping.reference].group;
    section.tables.push_back(figures_table(
        grouping, "Minus \"" + reference + "\", in points of per cent",
        [](GroupValidation const& one) { return one.differences; }, false, false, true));
    section.tables.push_back(figures_table(
        grouping, "By \"" + reference + "\"", [](GroupValidation const& one) { return one.ratios; }, true, false,
        true));
    if (report.draws > 0) {
      section.tables.push_back(figures_table(
          grouping, "Minus \"" + reference + "\", intervals from the draws",
          [](GroupValidation const& one) { return one.differences; }, false, true, true));
      DocumentTable extremes{"Between any two groups, intervals from the draws", head(""), {}};
      extremes.rows.push_back(row("largest difference", grouping.largest_difference, false, true));
      extremes.rows.push_back(row("smallest ratio", grouping.smallest_ratio, true, true));
      section.tables.push_back(std::move(extremes));
    }
  }
  if (!report.items.empty()) section.tables.push_back(missing_table(report, grouping));
  return section;
}

}  // namespace

std::vector<DocumentSection> group_sections(ValidationReport const& report)
{
  std::vector<DocumentSection> result;
  for (std::size_t k = 0; k < report.groupings.size(); ++k)
    result.push_back(section_of(report, report.groupings[k], k + 1));
  if (!result.empty())
    result.front().paragraphs.insert(result.front().paragraphs.begin(),
                                     "The rates of a group are tied together: FPR = p / (1 - p) × (1 - PPV) / PPV × (1 "
                                     "- FNR), with p the base rate. Groups of "
                                     "unequal base rate can therefore not have equal PPV and equal FPR and FNR at "
                                     "once; which of them matters is a question of values.");
  return result;
}

}  // namespace tutela::detail
