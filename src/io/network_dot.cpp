// SPDX-License-Identifier: Apache-2.0
/// \file
/// Networks as drawings in the language of Graphviz.
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <tutela/io/dot.hpp>

#include "io/network_parts.hpp"

namespace tutela::inline v0 {
namespace {

/// A quoted string of the DOT language; names come from files and may hold anything.
std::string quoted(std::string_view text)
{
  std::string result = "\"";
  for (char const character : text) {
    if (character == '\n' || character == '\r') {
      result += ' ';
      continue;
    }
    if (character == '"' || character == '\\') result += '\\';
    result += character;
  }
  return result + '"';
}

class Drawing {
 public:
  Drawing(Network const& network, DotOptions const& options) : network_(network), options_(options)
  {
    for (Route const& route : options.routes)
      for (Hop const& hop : route.hops) bold_.emplace(hop.from.text(), hop.to.text(), hop.basis.text());
    for (NetworkHop const& hop : network.hops()) {
      touched_.insert(hop.from);
      touched_.insert(hop.to);
    }
  }

  std::string write()
  {
    auto const& content = network_.content();
    text_ = "digraph network {\n  graph [rankdir=LR, fontname=\"sans-serif\", label=" +
            quoted(content.name.in(options_.language) + (content.synthetic ? " - SYNTHETIC" : "")) +
            ", labelloc=t];\n  node [fontname=\"sans-serif\", fontsize=10];\n"
            "  edge [fontname=\"sans-serif\", fontsize=8];\n";
    for (Agency const& agency : content.agencies) draw_agency(agency);
    for (NetworkHop const& hop : network_.hops()) draw_hop(hop);
    return text_ + "}\n";
  }

 private:
  bool shown(NodeId const& id) const
  {
    if (!options_.services && network_.find(ServiceId(id.text())) != nullptr) return false;
    return options_.isolated || touched_.count(*network_.node_number(id)) > 0;
  }

  void draw_node(std::string const& indent, NodeId const& id, std::string const& label, char const* shape)
  {
    text_ += indent + quoted(id.text()) + " [label=" + quoted(label) + ", shape=" + shape + "];\n";
  }

  void draw_agency(Agency const& agency)
  {
    if (!shown(node_of(agency.id))) return;
    auto const& content = network_.content();
    text_ += "  subgraph " + quoted("cluster_" + agency.id.text()) + " {\n    label=\"\"; color=gray70;\n";
    draw_node("    ", node_of(agency.id), agency.name.in(options_.language), "box");
    std::set<AgencyId> members{agency.id};
    for (Unit const& unit : content.units)
      if (unit.agency == agency.id) {
        members.insert(unit.id);
        draw_node("    ", node_of(unit.id), unit.name.in(options_.language), "component");
      }
    for (Service const& service : content.services)
      if (options_.services && members.count(service.agency) > 0)
        draw_node("    ", node_of(service.id), service.name.in(options_.language) + place_of(service), "ellipse");
    text_ += "  }\n";
  }

  /// The place as far as readers may see it, with a separator before it.
  std::string place_of(Service const& service) const
  {
    if (!options_.places) return {};
    std::string place;
    for (std::string const& part : detail::shown_place(network_, service, options_.on, options_.language).words)
      place += (place.empty() ? ": " : ", ") + part;
    return place;
  }

  void draw_hop(NetworkHop const& hop)
  {
    NodeId const& from = network_.nodes()[hop.from];
    NodeId const& to = network_.nodes()[hop.to];
    if (!shown(from) || !shown(to)) return;
    bool const implied = hop.kind == BasisKind::same_agency;
    std::string const basis = implied ? std::string{} : network_.content().bases[hop.basis].id.text();
    std::string const why = detail::why_closed(network_, hop, options_.on);
    text_ += "  " + quoted(from.text()) + " -> " + quoted(to.text()) + " [";
    if (implied) {
      text_ += "color=gray60, arrowhead=vee";
    } else {
      std::string label(to_string(hop.kind));
      if (!why.empty()) label += ": " + why;
      text_ += "label=" + quoted(label);
      if (!why.empty()) text_ += ", style=dashed, color=gray40, fontcolor=gray40";
    }
    if (bold_.count({from.text(), to.text(), basis}) > 0) text_ += ", penwidth=3";
    text_ += "];\n";
  }

  Network const& network_;
  DotOptions const& options_;
  std::set<std::tuple<std::string, std::string, std::string>> bold_;
  std::set<std::uint32_t> touched_;
  std::string text_;
};

}  // namespace

std::string write_dot(Network const& network, DotOptions const& options) { return Drawing(network, options).write(); }

}  // namespace tutela::inline v0
