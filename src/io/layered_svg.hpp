// SPDX-License-Identifier: Apache-2.0
/// \file
/// Draws a directed graph in layers from left to right as SVG (internal).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "io/markup.hpp"

namespace tutela::detail {

/// A box of the drawing.
struct DrawnNode {
  std::string label;                    ///< Name, wrapped to three lines.
  std::string detail;                   ///< A small line below; may be empty.
  std::string style;                    ///< Class of the style sheet.
  std::vector<std::string> items = {};  ///< Small lines of a list below that, each wrapped.
};

/// An arrow of the drawing.
struct DrawnEdge {
  std::size_t from = 0;  ///< Index of a node.
  std::size_t to = 0;    ///< Index of a node.
  std::string style;     ///< Class of the style sheet.
  std::string title;     ///< Shown when pointed at, and read aloud.
};

/// The drawing: layers by longest path, orders by barycentre, heights by least squares.
///
/// Self-loops are left out; edges that close a cycle are drawn against the direction of the layers. Deterministic.
/// Quadratic in the size of a layer at worst.
/// \source{Sugiyama, Tagawa, Toda, Methods for Visual Understanding of Hierarchical System Structures, 1981}
Markup layered_svg(std::vector<DrawnNode> const& nodes, std::vector<DrawnEdge> const& edges, std::string const& title);

}  // namespace tutela::detail
