// SPDX-License-Identifier: Apache-2.0
/// \file
/// Networks as GraphML.
#include <string>
#include <string_view>

#include <tutela/io/graphml.hpp>

#include "io/network_parts.hpp"

namespace tutela::inline v0 {
namespace {

std::string escaped(std::string_view text)
{
  std::string result;
  for (char const character : text) {
    switch (character) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      default: result += static_cast<unsigned char>(character) < 0x20 ? ' ' : character;
    }
  }
  return result;
}

void add_key(std::string& text, char const* of, char const* name)
{
  text += std::string("  <key id=\"") + of + "_" + name + "\" for=\"" + of + "\" attr.name=\"" + name +
          "\" attr.type=\"string\"/>\n";
}

/// Leaves out what is not known.
void add_data(std::string& text, char const* of, char const* name, std::string_view value)
{
  if (!value.empty())
    text += std::string("      <data key=\"") + of + "_" + name + "\">" + escaped(value) + "</data>\n";
}

class Writer {
 public:
  Writer(Network const& network, Date on, Language language) : network_(network), on_(on), language_(language) {}

  std::string write()
  {
    text_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
    for (char const* name : {"kind", "name", "type", "place"}) add_key(text_, "node", name);
    for (char const* name : {"basis_kind", "basis", "agreement", "closed"}) add_key(text_, "edge", name);
    text_ += "  <graph id=\"" + escaped(network_.id()) + "\" edgedefault=\"directed\">\n";
    for (NodeId const& id : network_.nodes()) add_node(id);
    for (NetworkHop const& hop : network_.hops()) add_edge(hop);
    return text_ + "  </graph>\n</graphml>\n";
  }

 private:
  void add_node(NodeId const& id)
  {
    text_ += "    <node id=\"" + escaped(id.text()) + "\">\n";
    if (Service const* service = network_.find(ServiceId(id.text()))) {
      add_data(text_, "node", "kind", "service");
      add_data(text_, "node", "type", service->kind.text());
      std::string place;
      for (std::string const& word : detail::shown_place(network_, *service, on_, language_).words)
        place += (place.empty() ? "" : ", ") + word;
      add_data(text_, "node", "place", place);
    } else if (Unit const* unit = network_.find_unit(AgencyId(id.text()))) {
      add_data(text_, "node", "kind", "unit");
      add_data(text_, "node", "type", unit->kind);
    } else if (Agency const* agency = network_.find(AgencyId(id.text()))) {
      add_data(text_, "node", "kind", "agency");
      add_data(text_, "node", "type", agency->kind.text());
    }
    add_data(text_, "node", "name", network_.name_of(id).in(language_));
    text_ += "    </node>\n";
  }

  void add_edge(NetworkHop const& hop)
  {
    auto const end = [&](std::uint32_t node) { return escaped(network_.nodes()[node].text()); };
    text_ += "    <edge source=\"" + end(hop.from) + "\" target=\"" + end(hop.to) + "\">\n";
    add_data(text_, "edge", "basis_kind", to_string(hop.kind));
    if (hop.kind != BasisKind::same_agency) {
      Basis const& basis = network_.content().bases[hop.basis];
      add_data(text_, "edge", "basis", basis.id.text());
      add_data(text_, "edge", "agreement", basis.agreement.text());
    }
    add_data(text_, "edge", "closed", detail::why_closed(network_, hop, on_));
    text_ += "    </edge>\n";
  }

  Network const& network_;
  Date on_;
  Language language_;
  std::string text_;
};

}  // namespace

std::string write_graphml(Network const& network, Date on, Language language)
{
  return Writer(network, on, language).write();
}

}  // namespace tutela::inline v0
