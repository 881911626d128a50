// SPDX-License-Identifier: Apache-2.0
/// \file
/// Places as a map-like SVG.
#include "io/map_svg.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

namespace tutela::detail {

namespace {

// Sizes in units of the view box.
constexpr double width = 960;
constexpr double most_height = 760;
constexpr double margin = 34;
constexpr double cell = 6;
constexpr double reach = 46;         // how far from a dot land is shaded
constexpr double dot_grid = 3;       // dots nearer than this are one
constexpr double least_span = 0.02;  // degrees; a single house is not the whole map
constexpr std::size_t most_labels = 60;
constexpr double label_width = 46;
constexpr double label_height = 23;

struct Point {
  double x = 0;
  double y = 0;
};

struct Spot {
  Point at;
  std::size_t count = 0;
  std::size_t hollow = 0;
};

std::string number(double value)
{
  auto const tenths = std::llround(value * 10);
  auto digits = std::string(tenths < 0 ? "-" : "") + std::to_string(std::llabs(tenths) / 10);
  if (tenths % 10 != 0) digits += "." + std::to_string(std::llabs(tenths % 10));
  return digits;
}

class Map {
 public:
  explicit Map(MapDrawing const& drawing) : drawing_(drawing)
  {
    constexpr double degree = 0.017453292519943295;
    auto const [south, north] = std::minmax_element(drawing.dots.begin(), drawing.dots.end(),
                                                    [](auto& a, auto& b) { return a.latitude < b.latitude; });
    auto const [west, east] = std::minmax_element(drawing.dots.begin(), drawing.dots.end(),
                                                  [](auto& a, auto& b) { return a.longitude < b.longitude; });
    double const middle = (south->latitude + north->latitude) / 2;
    double const shrink = std::max(0.01, std::cos(middle * degree));
    double const wide = std::max(least_span, east->longitude - west->longitude) * shrink;
    double const high = std::max(least_span, north->latitude - south->latitude);
    double const scale = std::min((width - 2 * margin) / wide, (most_height - 2 * margin) / high);
    height_ = high * scale + 2 * margin;
    double const left = (width - wide * scale) / 2;
    double const west_edge = (west->longitude + east->longitude) / 2 - wide / shrink / 2;
    double const north_edge = middle + high / 2;
    for (auto const& dot : drawing.dots)
      points_.push_back(
          {left + (dot.longitude - west_edge) * shrink * scale, margin + (north_edge - dot.latitude) * scale});
  }

  [[nodiscard]] Markup draw() const
  {
    return element("svg",
                   {{"viewBox", "0 0 " + number(width) + " " + number(height_)},
                    {"role", "img"},
                    {"xmlns", "http://www.w3.org/2000/svg"},
                    {"aria-label", drawing_.title}},
                   element("title", text(drawing_.title)) + land() + dots() + labels());
  }

 private:
  /// The area of the nearest dot within reach of a point; the number of areas for none.
  [[nodiscard]] std::size_t area_near(Point point) const
  {
    double least = reach * reach;
    std::size_t area = drawing_.areas.size();
    for (std::size_t k = 0; k < points_.size(); ++k) {
      double const x = points_[k].x - point.x;
      double const y = points_[k].y - point.y;
      if (x * x + y * y >= least || drawing_.dots[k].area >= drawing_.areas.size()) continue;
      least = x * x + y * y;
      area = drawing_.dots[k].area;
    }
    return area;
  }

  /// Rows of cells; neighbours of one shade are one rectangle.
  [[nodiscard]] Markup land() const
  {
    std::map<int, std::string> paths;
    for (double y = 0; y < height_; y += cell) {
      double begin = 0;
      int shade = -1;
      for (double x = 0; x <= width; x += cell) {
        auto const area = x < width ? area_near({x + cell / 2, y + cell / 2}) : drawing_.areas.size();
        int const now = area < drawing_.areas.size() ? drawing_.areas[area].shade : -1;
        if (now == shade) continue;
        if (shade >= 0)
          paths[shade] += "M" + number(begin) + " " + number(y) + "h" + number(x - begin) + "v" + number(cell) + "h" +
                          number(begin - x) + "z";
        begin = x;
        shade = now;
      }
    }
    Markup content;
    for (auto const& [shade, path] : paths)
      content += element("path", {{"class", "land shade" + std::to_string(shade)}, {"d", path}});
    return content;
  }

  [[nodiscard]] Markup dots() const
  {
    std::map<std::pair<std::int64_t, std::int64_t>, Spot> spots;
    for (std::size_t k = 0; k < points_.size(); ++k) {
      auto& spot = spots[{std::llround(points_[k].x / dot_grid), std::llround(points_[k].y / dot_grid)}];
      spot.at.x += points_[k].x;
      spot.at.y += points_[k].y;
      ++spot.count;
      spot.hollow += drawing_.dots[k].hollow ? 1U : 0U;
    }
    Markup content;
    for (auto const& [key, spot] : spots) {
      auto const count = static_cast<double>(spot.count);
      content += element("circle", {{"class", spot.hollow == spot.count ? "ring" : "dot"},
                                    {"cx", number(spot.at.x / count)},
                                    {"cy", number(spot.at.y / count)},
                                    {"r", number(std::min(9.0, 1.2 + 0.9 * std::sqrt(count)))}});
    }
    return content;
  }

  /// The nearest place for a label that covers no other one; where there is none, the one that was wished.
  [[nodiscard]] static Point free_spot(Point wished, std::vector<Point> const& written)
  {
    constexpr Point moves[] = {{0, 0},  {0, -24}, {0, 24},   {-30, -24}, {30, -24},
                               {48, 0}, {-48, 0}, {-30, 24}, {30, 24}};
    for (Point const move : moves) {
      Point const at{wished.x + move.x, wished.y + move.y};
      auto const covers = [&](Point const& other) {
        return std::abs(other.x - at.x) < label_width && std::abs(other.y - at.y) < label_height;
      };
      if (std::none_of(written.begin(), written.end(), covers)) return at;
    }
    return wished;
  }

  [[nodiscard]] Markup labels() const
  {
    if (drawing_.areas.size() > most_labels) return {};
    Markup content;
    std::vector<Point> written;
    for (std::size_t area = 0; area < drawing_.areas.size(); ++area) {
      Point sum;
      double count = 0;
      for (std::size_t k = 0; k < points_.size(); ++k)
        if (drawing_.dots[k].area == area) {
          sum.x += points_[k].x;
          sum.y += points_[k].y;
          count += 1;
        }
      if (count == 0) continue;
      Point const at = free_spot({std::clamp(sum.x / count, 60.0, width - 60), sum.y / count}, written);
      written.push_back(at);
      auto const x = number(at.x);
      double const y = at.y;
      content +=
          element("text", {{"class", "place"}, {"x", x}, {"y", number(y - 2)}}, text(drawing_.areas[area].label));
      if (!drawing_.areas[area].detail.empty())
        content += element("text", {{"class", "place figure"}, {"x", x}, {"y", number(y + 11)}},
                           text(drawing_.areas[area].detail));
    }
    return content;
  }

  MapDrawing const& drawing_;
  std::vector<Point> points_;
  double height_ = 0;
};

}  // namespace

Markup map_svg(MapDrawing const& drawing) { return drawing.dots.empty() ? Markup() : Map(drawing).draw(); }

}  // namespace tutela::detail
