// SPDX-License-Identifier: Apache-2.0
/// \file
/// Plain charts as SVG (internal): lines, steps and dots with intervals on two axes, and intervals by name.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "io/markup.hpp"

namespace tutela::detail {

/// A point, with the ends of its interval where it has one.
struct ChartPoint {
  double x = 0;
  double y = 0;
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
};

enum class ChartMark { line, steps, dots };

/// Points of one kind; the number of the series is its colour and its pattern.
struct ChartSeries {
  std::string label;
  ChartMark mark = ChartMark::line;
  std::vector<ChartPoint> points;
};

/// A chart on two axes.
struct Chart {
  std::string title;  ///< Also what a screen reader says.
  std::string x_label;
  std::string y_label;
  double x_low = 0;
  double x_high = 1;
  double y_low = 0;
  double y_high = 1;
  std::vector<std::string> x_names;  ///< Names at 0, 1, 2 ... instead of numbers.
  std::string decimal_mark = ".";    ///< Of the numbers at the axes.
  bool diagonal = false;             ///< True for a faint line from corner to corner.
  std::vector<ChartSeries> series;
};

/// A figure of several things by name, each with its interval: one row a name.
struct IntervalChart {
  std::string title;
  std::string x_label;
  double low = 0;
  double high = 1;
  std::vector<std::string> names;
  std::string decimal_mark = ".";   ///< Of the numbers at the axis.
  std::vector<ChartSeries> series;  ///< A point for each name: x is the figure; not a number where there is none.
};

/// A number as people read it, with a fixed number of decimals; a dash where it is no number.
std::string printed(double value, int decimals);

Markup chart_svg(Chart const& chart);
Markup chart_svg(IntervalChart const& chart);

}  // namespace tutela::detail
