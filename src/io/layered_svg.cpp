// SPDX-License-Identifier: Apache-2.0
/// \file
/// Draws a directed graph in layers from left to right as SVG.
#include "io/layered_svg.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string_view>

#include <tutela/base/result.hpp>

namespace tutela::detail {

namespace {

// Sizes in units of the view box; letters are taken as wide, because the font of the reader is not known.
constexpr std::size_t letters_of_line = 29;
constexpr std::size_t letters_of_item = 34;
constexpr std::size_t lines_of_label = 3;
constexpr double box_width = 218;
constexpr double layer_distance = 318;
constexpr double line_height = 14.5;
constexpr double item_height = 13;
constexpr double node_distance = 14;
constexpr double bend_height = 10;  // room for an edge that passes through a layer
constexpr double margin = 8;
constexpr int ordering_sweeps = 24;
constexpr int height_sweeps = 12;

std::size_t letters(std::string_view utf8)
{
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char sign) { return (static_cast<unsigned char>(sign) & 0xC0U) != 0x80U; }));
}

std::vector<std::string> wrapped(std::string const& label, std::size_t line_letters = letters_of_line)
{
  std::vector<std::string> lines(1);
  std::size_t at = 0;
  while (at < label.size()) {
    auto const end = std::min(label.find(' ', at), label.size());
    auto const word = label.substr(at, end - at);
    at = end + 1;
    if (!lines.back().empty() && letters(lines.back()) + 1 + letters(word) > line_letters) {
      if (lines.size() == lines_of_label) {
        lines.back() += " …";
        break;
      }
      lines.emplace_back();
    }
    lines.back() += (lines.back().empty() ? "" : " ") + word;
  }
  return lines;
}

// A node of the layout: a box, or a point where a long edge passes through a layer.
struct Spot {
  std::size_t layer = 0;
  double height = bend_height;
  double centre = 0;
  std::vector<std::size_t> before = {};
  std::vector<std::size_t> after = {};
};

class Layout {
 public:
  Layout(std::vector<DrawnNode> const& nodes, std::vector<DrawnEdge> const& edges)
      : nodes_(nodes), edges_(edges), spots_(nodes.size())
  {
    for (std::size_t node = 0; node < nodes.size(); ++node) {
      auto const lines = wrapped(nodes[node].label).size() + (nodes[node].detail.empty() ? 0 : 1);
      std::size_t items = 0;
      for (auto const& item : nodes[node].items) items += wrapped(item, letters_of_item).size();
      spots_[node].height =
          line_height * static_cast<double>(lines) + item_height * static_cast<double>(items) + (items > 0 ? 18 : 12);
    }
    assign_layers();
    add_bends();
    order();
    place();
  }

  [[nodiscard]] Markup draw(std::string const& title) const;

 private:
  // Layer of a node: length of the longest path to it. Edges back to a node of the current path are turned round.
  void assign_layers()
  {
    std::vector<std::vector<std::size_t>> outgoing(nodes_.size());
    for (std::size_t edge = 0; edge < edges_.size(); ++edge) {
      if (edges_[edge].from >= nodes_.size() || edges_[edge].to >= nodes_.size())
        throw ContractViolation("an edge to no node");
      if (edges_[edge].from != edges_[edge].to) outgoing[edges_[edge].from].push_back(edge);
    }
    turned_.assign(edges_.size(), false);
    enum class Mark : std::uint8_t { fresh, open, done };
    std::vector<Mark> marks(nodes_.size(), Mark::fresh);
    std::vector<std::size_t> finished;
    std::vector<std::pair<std::size_t, std::size_t>> path;  // node and its next edge
    for (std::size_t root = 0; root < nodes_.size(); ++root) {
      if (marks[root] != Mark::fresh) continue;
      path.emplace_back(root, 0);
      marks[root] = Mark::open;
      while (!path.empty()) {
        auto& [node, next] = path.back();
        if (next == outgoing[node].size()) {
          marks[node] = Mark::done;
          finished.push_back(node);
          path.pop_back();
          continue;
        }
        auto const edge = outgoing[node][next++];
        auto const target = edges_[edge].to;
        if (marks[target] == Mark::open) turned_[edge] = true;
        if (marks[target] == Mark::fresh) {
          marks[target] = Mark::open;
          path.emplace_back(target, 0);
        }
      }
    }
    std::reverse(finished.begin(), finished.end());  // now a topological order
    for (auto const node : finished) {
      for (std::size_t edge = 0; edge < edges_.size(); ++edge) {
        if (low(edge) != node || edges_[edge].from == edges_[edge].to) continue;
        spots_[high(edge)].layer = std::max(spots_[high(edge)].layer, spots_[node].layer + 1);
      }
    }
  }

  [[nodiscard]] std::size_t low(std::size_t edge) const { return turned_[edge] ? edges_[edge].to : edges_[edge].from; }
  [[nodiscard]] std::size_t high(std::size_t edge) const { return turned_[edge] ? edges_[edge].from : edges_[edge].to; }

  // Gives every edge that spans several layers a bend in each layer between.
  void add_bends()
  {
    chains_.resize(edges_.size());
    for (std::size_t edge = 0; edge < edges_.size(); ++edge) {
      if (edges_[edge].from == edges_[edge].to) continue;
      auto last = low(edge);
      chains_[edge].push_back(last);
      for (auto layer = spots_[last].layer + 1; layer < spots_[high(edge)].layer; ++layer) {
        spots_.push_back({layer});
        link(last, spots_.size() - 1);
        last = spots_.size() - 1;
        chains_[edge].push_back(last);
      }
      link(last, high(edge));
      chains_[edge].push_back(high(edge));
    }
    std::size_t count = 0;
    for (auto const& spot : spots_) count = std::max(count, spot.layer + 1);
    layers_.resize(count);
    for (std::size_t spot = 0; spot < spots_.size(); ++spot) layers_[spots_[spot].layer].push_back(spot);
  }

  void link(std::size_t from, std::size_t to)
  {
    spots_[from].after.push_back(to);
    spots_[to].before.push_back(from);
  }

  // Sorts each layer by the mean position of its neighbours, forth and back, and keeps the order with fewest crossings.
  void order()
  {
    auto best = layers_;
    auto fewest = crossings();
    for (int sweep = 0; sweep < ordering_sweeps && fewest > 0; ++sweep) {
      bool const forth = sweep % 2 == 0;
      for (std::size_t step = 1; step < layers_.size(); ++step) {
        auto& layer = layers_[forth ? step : layers_.size() - 1 - step];
        auto const position = positions();
        std::vector<std::pair<double, std::size_t>> keyed;
        for (auto const spot : layer)
          keyed.emplace_back(mean(forth ? spots_[spot].before : spots_[spot].after, position, position[spot]), spot);
        std::stable_sort(keyed.begin(), keyed.end(),
                         [](auto const& lhs, auto const& rhs) { return lhs.first < rhs.first; });
        for (std::size_t index = 0; index < layer.size(); ++index) layer[index] = keyed[index].second;
      }
      auto const now = crossings();
      if (now < fewest) {
        fewest = now;
        best = layers_;
      }
    }
    layers_ = best;
  }

  [[nodiscard]] std::vector<double> positions() const
  {
    std::vector<double> position(spots_.size());
    for (auto const& layer : layers_)
      for (std::size_t index = 0; index < layer.size(); ++index) position[layer[index]] = static_cast<double>(index);
    return position;
  }

  static double mean(std::vector<std::size_t> const& of, std::vector<double> const& position, double otherwise)
  {
    if (of.empty()) return otherwise;
    double sum = 0;
    for (auto const spot : of) sum += position[spot];
    return sum / static_cast<double>(of.size());
  }

  [[nodiscard]] std::size_t crossings() const
  {
    auto const position = positions();
    std::size_t count = 0;
    for (auto const& layer : layers_) {
      std::vector<std::pair<double, double>> lines;
      for (auto const spot : layer)
        for (auto const next : spots_[spot].after) lines.emplace_back(position[spot], position[next]);
      for (std::size_t a = 0; a < lines.size(); ++a)
        for (std::size_t b = a + 1; b < lines.size(); ++b)
          if ((lines[a].first - lines[b].first) * (lines[a].second - lines[b].second) < 0) ++count;
    }
    return count;
  }

  // Moves each layer as near to its neighbours as order and distances allow.
  void place()
  {
    for (auto const& layer : layers_) {
      double top = 0;
      for (auto const spot : layer) {
        spots_[spot].centre = top + spots_[spot].height / 2;
        top += spots_[spot].height + node_distance;
      }
    }
    for (int sweep = 0; sweep < height_sweeps; ++sweep) {
      for (std::size_t step = 0; step < layers_.size(); ++step)
        settle(layers_[sweep % 2 == 0 ? step : layers_.size() - 1 - step], sweep % 2 == 0);
    }
    double top = 0;
    for (auto const& spot : spots_) top = std::min(top, spot.centre - spot.height / 2);
    for (auto& spot : spots_) {
      spot.centre += margin - top;
      height_ = std::max(height_, spot.centre + spot.height / 2 + margin);
    }
  }

  // Least squares under "not nearer than": the pool-adjacent-violators algorithm.
  void settle(std::vector<std::size_t> const& layer, bool forth)
  {
    struct Pool {
      double sum;
      double count;
    };
    std::vector<double> centres(spots_.size());
    for (std::size_t spot = 0; spot < spots_.size(); ++spot) centres[spot] = spots_[spot].centre;
    std::vector<double> offsets;
    std::vector<Pool> pools;
    double offset = 0;
    for (std::size_t index = 0; index < layer.size(); ++index) {
      auto const& spot = spots_[layer[index]];
      if (index > 0) offset += (spots_[layer[index - 1]].height + spot.height) / 2 + node_distance;
      offsets.push_back(offset);
      auto const& neighbours =
          forth ? (spot.before.empty() ? spot.after : spot.before) : (spot.after.empty() ? spot.before : spot.after);
      pools.push_back({mean(neighbours, centres, spot.centre) - offset, 1});
      while (pools.size() > 1 &&
             pools[pools.size() - 2].sum * pools.back().count > pools.back().sum * pools[pools.size() - 2].count) {
        auto const last = pools.back();
        pools.pop_back();
        pools.back() = {pools.back().sum + last.sum, pools.back().count + last.count};
      }
    }
    std::size_t index = 0;
    for (auto const& pool : pools)
      for (double member = 0; member < pool.count; member += 1, ++index)
        spots_[layer[index]].centre = pool.sum / pool.count + offsets[index];
  }

  [[nodiscard]] double left(std::size_t spot) const
  {
    return margin + layer_distance * static_cast<double>(spots_[spot].layer);
  }

  std::vector<DrawnNode> const& nodes_;
  std::vector<DrawnEdge> const& edges_;
  std::vector<Spot> spots_;
  std::vector<bool> turned_;
  std::vector<std::vector<std::size_t>> chains_;  // the spots that an edge passes, by edge
  std::vector<std::vector<std::size_t>> layers_;
  double height_ = 0;
};

std::string number(double value)
{
  auto const tenths = std::llround(value * 10);
  auto digits = std::to_string(tenths / 10);
  if (tenths % 10 != 0) digits += "." + std::to_string(std::llabs(tenths % 10));
  return digits;
}

Markup Layout::draw(std::string const& title) const
{
  double const width =
      2 * margin + box_width + layer_distance * static_cast<double>(layers_.empty() ? 0 : layers_.size() - 1);
  Markup content = element("title", {}, text(title));
  content += trusted(
      "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" "
      "orient=\"auto-start-reverse\">"
      "<path d=\"M0 0.8 8 4 0 7.2z\" fill=\"context-stroke\"></path></marker></defs>");
  for (std::size_t edge = 0; edge < edges_.size(); ++edge) {
    auto const& chain = chains_[edge];
    if (chain.empty()) continue;
    std::string path;
    for (std::size_t index = 0; index + 1 < chain.size(); ++index) {
      double const x1 = left(chain[index]) + (index == 0 ? box_width : box_width / 2);
      double const x2 = left(chain[index + 1]) + (index + 2 == chain.size() ? 0 : box_width / 2);
      double const y1 = spots_[chain[index]].centre;
      double const y2 = spots_[chain[index + 1]].centre;
      double const bend = (x2 - x1) * 0.45;
      if (index == 0) path += "M" + number(x1) + " " + number(y1);
      path += "C" + number(x1 + bend) + " " + number(y1) + " " + number(x2 - bend) + " " + number(y2) + " " +
              number(x2) + " " + number(y2);
    }
    content += element("path",
                       {{"class", "edge " + edges_[edge].style},
                        {"d", path},
                        {turned_[edge] ? "marker-start" : "marker-end", "url(#tip)"}},
                       element("title", text(edges_[edge].title)));
  }
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    auto const& spot = spots_[node];
    double const top = spot.centre - spot.height / 2;
    content += element("rect", {{"class", "box " + nodes_[node].style},
                                {"x", number(left(node))},
                                {"y", number(top)},
                                {"width", number(box_width)},
                                {"height", number(spot.height)},
                                {"rx", "7"}});
    Markup lines;
    double y = top + line_height + 3;
    for (auto const& line : wrapped(nodes_[node].label)) {
      lines += element("tspan", {{"x", number(left(node) + 9)}, {"y", number(y)}}, text(line));
      y += line_height;
    }
    if (!nodes_[node].detail.empty()) {
      lines += element("tspan", {{"class", "small"}, {"x", number(left(node) + 9)}, {"y", number(y)}},
                       text(nodes_[node].detail));
      y += line_height;
    }
    y += nodes_[node].items.empty() ? 0 : 3;
    for (auto const& item : nodes_[node].items) {
      bool first = true;
      for (auto const& line : wrapped(item, letters_of_item)) {
        lines += element("tspan", {{"class", "item"}, {"x", number(left(node) + (first ? 9 : 17))}, {"y", number(y)}},
                         text((first ? "· " : "") + line));
        first = false;
        y += item_height;
      }
    }
    content += element("text", {{"font-size", "12"}}, lines);
  }
  return element("svg",
                 {{"viewBox", "0 0 " + number(width) + " " + number(height_)},
                  {"role", "img"},
                  {"xmlns", "http://www.w3.org/2000/svg"},
                  {"aria-label", title}},
                 content);
}

}  // namespace

Markup layered_svg(std::vector<DrawnNode> const& nodes, std::vector<DrawnEdge> const& edges, std::string const& title)
{
  return Layout(nodes, edges).draw(title);
}

}  // namespace tutela::detail
