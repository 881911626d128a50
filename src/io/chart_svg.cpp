// SPDX-License-Identifier: Apache-2.0
#include "io/chart_svg.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace tutela::detail {

namespace {

// In units of the view box.
constexpr double width = 560;
constexpr double height = 360;
constexpr double left = 58;
constexpr double right = 14;
constexpr double top = 14;
constexpr double bottom = 50;
constexpr double row_height = 34;
constexpr double name_width = 190;
constexpr double dot = 4;

std::string number(double value) { return printed(value, 1); }

/// Distances between ticks that people count in.
double step_of(double range)
{
  double const rough = range / 5;
  double const power = std::pow(10, std::floor(std::log10(rough)));
  for (double const factor : {1.0, 2.0, 5.0})
    if (rough <= factor * power) return factor * power;
  return 10 * power;
}

std::vector<double> ticks(double low, double high)
{
  double const step = step_of(high - low);
  std::vector<double> result;
  for (double k = std::ceil(low / step - 1e-9); k * step <= high + step * 1e-9; ++k) result.push_back(k * step);
  return result;
}

std::string tick_text(double value, double range, std::string const& decimal_mark)
{
  double const step = step_of(range);
  auto result = printed(value, step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
  if (auto const point = result.find('.'); point != std::string::npos) result.replace(point, 1, decimal_mark);
  return result;
}

Markup line(std::string const& style, double x1, double y1, double x2, double y2)
{
  return element("line",
                 {{"class", style}, {"x1", number(x1)}, {"y1", number(y1)}, {"x2", number(x2)}, {"y2", number(y2)}});
}

Markup label(std::string const& style, double x, double y, std::string const& words)
{
  return element("text", {{"class", style}, {"x", number(x)}, {"y", number(y)}}, text(words));
}

Markup legend(std::vector<ChartSeries> const& series)
{
  Markup items;
  for (std::size_t k = 0; k < series.size(); ++k)
    if (!series[k].label.empty()) items += styled("span", "s" + std::to_string(k % 6), text(series[k].label));
  return items.empty() ? items : styled("p", "legend", items);
}

Markup framed(std::string const& title, double view_height, Markup const& inside,
              std::vector<ChartSeries> const& series)
{
  auto const svg = element(
      "svg", {{"viewBox", "0 0 " + number(width) + " " + number(view_height)}, {"role", "img"}, {"aria-label", title}},
      inside);
  return styled("figure", "chart", element("figcaption", text(title)) + svg + legend(series));
}

/// Where values of a chart lie in the view box.
struct Scale {
  Chart const& chart;

  [[nodiscard]] double x(double value) const
  {
    auto const share = (value - chart.x_low) / (chart.x_high - chart.x_low);
    return left + share * (width - left - right);
  }
  [[nodiscard]] double y(double value) const
  {
    auto const share = (std::clamp(value, chart.y_low, chart.y_high) - chart.y_low) / (chart.y_high - chart.y_low);
    return height - bottom - share * (height - top - bottom);
  }
};

Markup axes(Chart const& chart, Scale const& scale)
{
  Markup result;
  for (double const tick : ticks(chart.y_low, chart.y_high)) {
    result += line("grid", left, scale.y(tick), width - right, scale.y(tick));
    result +=
        label("tick end", left - 8, scale.y(tick) + 4, tick_text(tick, chart.y_high - chart.y_low, chart.decimal_mark));
  }
  if (chart.x_names.empty()) {
    for (double const tick : ticks(chart.x_low, chart.x_high))
      result += label("tick middle", scale.x(tick), height - bottom + 18,
                      tick_text(tick, chart.x_high - chart.x_low, chart.decimal_mark));
  } else {
    // As many names as there is room for.
    std::size_t longest = 1;
    for (auto const& name : chart.x_names) longest = std::max(longest, name.size());
    auto const room = std::max(1.0, (width - left - right) / (static_cast<double>(longest) * 7 + 10));
    auto const every = static_cast<std::size_t>(std::ceil(static_cast<double>(chart.x_names.size()) / room));
    for (std::size_t k = 0; k < chart.x_names.size(); k += every)
      result += label("tick middle", scale.x(static_cast<double>(k)), height - bottom + 18, chart.x_names[k]);
  }
  result += line("axis", left, height - bottom, width - right, height - bottom);
  result += label("name middle", (left + width - right) / 2, height - 10, chart.x_label);
  result += element("text",
                    {{"class", "name middle"},
                     {"transform", "translate(14 " + number((top + height - bottom) / 2) + ") rotate(-90)"}},
                    text(chart.y_label));
  if (chart.diagonal)
    result +=
        line("diagonal", scale.x(chart.x_low), scale.y(chart.y_low), scale.x(chart.x_high), scale.y(chart.y_high));
  return result;
}

Markup drawn(ChartSeries const& series, Scale const& scale, std::string const& style)
{
  Markup result;
  std::string path;
  double last = 0;
  for (auto const& point : series.points) {
    if (std::isnan(point.x) || std::isnan(point.y)) continue;
    double const x = scale.x(point.x);
    double const y = scale.y(point.y);
    if (series.mark == ChartMark::dots) {
      if (!std::isnan(point.low) && !std::isnan(point.high))
        result += line("whisker " + style, x, scale.y(point.low), x, scale.y(point.high));
      result += element("circle", {{"class", style}, {"cx", number(x)}, {"cy", number(y)}, {"r", number(dot)}});
      continue;
    }
    if (series.mark == ChartMark::steps && !path.empty()) path += "L" + number(x) + " " + number(last);
    path += (path.empty() ? "M" : "L") + number(x) + " " + number(y);
    last = y;
  }
  if (!path.empty()) result += element("path", {{"class", "curve " + style}, {"d", path}});
  return result;
}

}  // namespace

std::string printed(double value, int decimals)
{
  if (!std::isfinite(value)) return std::isnan(value) ? "–" : value > 0 ? "∞" : "−∞";
  char text[400];
  auto const end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, decimals).ptr;
  std::string result(text, end);
  if (result.find_first_not_of("-0.") == std::string::npos && result.front() == '-') result.erase(0, 1);
  return result;
}

Markup chart_svg(Chart const& chart)
{
  Scale const scale{chart};
  Markup inside = axes(chart, scale);
  for (std::size_t k = 0; k < chart.series.size(); ++k)
    inside += drawn(chart.series[k], scale, "s" + std::to_string(k % 6));
  return framed(chart.title, height, inside, chart.series);
}

Markup chart_svg(IntervalChart const& chart)
{
  auto const rows = static_cast<double>(chart.names.size());
  double const base = top + rows * row_height;
  auto const x = [&](double value) {
    auto const share = (std::clamp(value, chart.low, chart.high) - chart.low) / (chart.high - chart.low);
    return name_width + share * (width - name_width - right);
  };
  Markup inside;
  for (double const tick : ticks(chart.low, chart.high)) {
    inside += line("grid", x(tick), top, x(tick), base);
    inside += label("tick middle", x(tick), base + 18, tick_text(tick, chart.high - chart.low, chart.decimal_mark));
  }
  for (std::size_t row = 0; row < chart.names.size(); ++row) {
    double const middle = top + (static_cast<double>(row) + 0.5) * row_height;
    inside += label("tick end", name_width - 10, middle + 4, chart.names[row]);
    auto const share = row_height / static_cast<double>(chart.series.size() + 1);
    for (std::size_t k = 0; k < chart.series.size(); ++k) {
      auto const& point = chart.series[k].points[row];
      if (std::isnan(point.x)) continue;
      auto const style = "s" + std::to_string(k % 6);
      double const y = middle - row_height / 2 + share * static_cast<double>(k + 1);
      if (!std::isnan(point.low) && !std::isnan(point.high))
        inside += line("whisker " + style, x(point.low), y, x(point.high), y);
      inside +=
          element("circle", {{"class", style}, {"cx", number(x(point.x))}, {"cy", number(y)}, {"r", number(dot)}});
    }
  }
  inside += line("axis", name_width, base, width - right, base);
  inside += label("name middle", (name_width + width - right) / 2, base + 38, chart.x_label);
  return framed(chart.title, base + bottom, inside, chart.series);
}

}  // namespace tutela::detail
