// SPDX-License-Identifier: Apache-2.0
/// \file
/// A network as a graph for Boost.Graph: any of its algorithms runs on it without a copy. Opt-in; needs Boost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/property_map.hpp>

#include <tutela/referral/network.hpp>

namespace tutela::inline v0 {

/// A network seen by Boost.Graph: vertices are the numbers of the stops, edges the hops.
///
/// Models VertexListGraph, EdgeListGraph and BidirectionalGraph, with `vertex_index` and `edge_index`. Names and
/// grounds are found through `network()`. Cheap to copy; keeps the network alive.
/// \snippet bgl_test.cpp any algorithm of Boost.Graph
class NetworkGraph {
 public:
  /// One hop, by its number.
  struct Edge {
    std::uint32_t from = 0;  ///< Number of the stop that refers.
    std::uint32_t to = 0;    ///< Number of the stop that is referred to.
    std::uint32_t hop = 0;   ///< Position in `Network::hops`.

    friend bool operator==(Edge const&, Edge const&) = default;

    friend auto operator<=>(Edge const&, Edge const&) = default;
  };

  /// The hop of a number as an edge.
  struct EdgeAt {
    NetworkHop const* hops = nullptr;  ///< All hops.

    /// The edge.
    Edge operator()(std::uint32_t number) const { return {hops[number].from, hops[number].to, number}; }
  };

  /// What Boost.Graph is told the graph can do.
  struct Traversal : virtual boost::bidirectional_graph_tag,
                     virtual boost::vertex_list_graph_tag,
                     virtual boost::edge_list_graph_tag {};

  using Vertices = boost::counting_iterator<std::uint32_t>;                 ///< Over the stops.
  using Edges = boost::transform_iterator<EdgeAt, Vertices>;                ///< Over hops with consecutive numbers.
  using InEdges = boost::transform_iterator<EdgeAt, std::uint32_t const*>;  ///< Over the hops that end at a stop.

  /// Looks at a network.
  explicit NetworkGraph(Network network) : network_(std::move(network)) {}

  /// The network.
  [[nodiscard]] Network const& network() const noexcept { return network_; }

  /// The edges whose hops have the numbers `[first, last)`.
  [[nodiscard]] std::pair<Edges, Edges> edges(std::size_t first, std::size_t last) const
  {
    EdgeAt const at{network_.hops().data()};
    return {Edges(Vertices(static_cast<std::uint32_t>(first)), at),
            Edges(Vertices(static_cast<std::uint32_t>(last)), at)};
  }

 private:
  Network network_;
};

/// All stops.
[[nodiscard]] inline std::pair<NetworkGraph::Vertices, NetworkGraph::Vertices> vertices(NetworkGraph const& graph)
{
  return {NetworkGraph::Vertices(0),
          NetworkGraph::Vertices(static_cast<std::uint32_t>(graph.network().nodes().size()))};
}

/// How many stops there are.
[[nodiscard]] inline std::size_t num_vertices(NetworkGraph const& graph) { return graph.network().nodes().size(); }

/// All hops.
[[nodiscard]] inline std::pair<NetworkGraph::Edges, NetworkGraph::Edges> edges(NetworkGraph const& graph)
{
  return graph.edges(0, graph.network().hops().size());
}

/// How many hops there are.
[[nodiscard]] inline std::size_t num_edges(NetworkGraph const& graph) { return graph.network().hops().size(); }

/// The hops that start at a stop.
[[nodiscard]] inline std::pair<NetworkGraph::Edges, NetworkGraph::Edges> out_edges(std::uint32_t stop,
                                                                                   NetworkGraph const& graph)
{
  auto const hops = graph.network().hops_from(stop);
  auto const first = static_cast<std::size_t>(hops.data() - graph.network().hops().data());
  return graph.edges(first, first + hops.size());
}

/// How many hops start at a stop.
[[nodiscard]] inline std::size_t out_degree(std::uint32_t stop, NetworkGraph const& graph)
{
  return graph.network().hops_from(stop).size();
}

/// The hops that end at a stop.
[[nodiscard]] inline std::pair<NetworkGraph::InEdges, NetworkGraph::InEdges> in_edges(std::uint32_t stop,
                                                                                      NetworkGraph const& graph)
{
  auto const hops = graph.network().hops_into(stop);
  NetworkGraph::EdgeAt const at{graph.network().hops().data()};
  return {NetworkGraph::InEdges(hops.data(), at), NetworkGraph::InEdges(hops.data() + hops.size(), at)};
}

/// How many hops end at a stop.
[[nodiscard]] inline std::size_t in_degree(std::uint32_t stop, NetworkGraph const& graph)
{
  return graph.network().hops_into(stop).size();
}

/// How many hops touch a stop.
[[nodiscard]] inline std::size_t degree(std::uint32_t stop, NetworkGraph const& graph)
{
  return out_degree(stop, graph) + in_degree(stop, graph);
}

/// Where a hop starts.
[[nodiscard]] inline std::uint32_t source(NetworkGraph::Edge const& edge, NetworkGraph const&) { return edge.from; }

/// Where a hop ends.
[[nodiscard]] inline std::uint32_t target(NetworkGraph::Edge const& edge, NetworkGraph const&) { return edge.to; }

/// The number of a stop is its index.
[[nodiscard]] inline boost::typed_identity_property_map<std::uint32_t> get(boost::vertex_index_t, NetworkGraph const&)
{
  return {};
}

/// The number of a stop is its index.
[[nodiscard]] inline std::uint32_t get(boost::vertex_index_t, NetworkGraph const&, std::uint32_t stop) { return stop; }

/// Reads the index of an edge, the number of its hop.
struct HopNumbers {
  using value_type = std::uint32_t;                   ///< What it gives.
  using reference = std::uint32_t;                    ///< By value.
  using key_type = NetworkGraph::Edge;                ///< What it is asked with.
  using category = boost::readable_property_map_tag;  ///< It can only be read.

  friend std::uint32_t get(HopNumbers const&, NetworkGraph::Edge const& edge) { return edge.hop; }
};

/// The number of a hop is its index.
[[nodiscard]] inline HopNumbers get(boost::edge_index_t, NetworkGraph const&) { return {}; }

/// The number of a hop is its index.
[[nodiscard]] inline std::uint32_t get(boost::edge_index_t, NetworkGraph const&, NetworkGraph::Edge const& edge)
{
  return edge.hop;
}

}  // namespace tutela::inline v0

namespace boost {

/// What Boost.Graph needs to know about a network.
template <>
struct graph_traits<tutela::NetworkGraph> {
  using vertex_descriptor = std::uint32_t;                        ///< Number of a stop.
  using edge_descriptor = tutela::NetworkGraph::Edge;             ///< A hop.
  using directed_category = boost::bidirectional_tag;             ///< Hops are directed and found from both ends.
  using edge_parallel_category = boost::allow_parallel_edge_tag;  ///< Two stops may be joined on several grounds.
  using traversal_category = tutela::NetworkGraph::Traversal;     ///< What can be walked.
  using vertex_iterator = tutela::NetworkGraph::Vertices;         ///< Over the stops.
  using edge_iterator = tutela::NetworkGraph::Edges;              ///< Over the hops.
  using out_edge_iterator = tutela::NetworkGraph::Edges;          ///< Over the hops from a stop.
  using in_edge_iterator = tutela::NetworkGraph::InEdges;         ///< Over the hops into a stop.
  using vertices_size_type = std::size_t;                         ///< A number of stops.
  using edges_size_type = std::size_t;                            ///< A number of hops.
  using degree_size_type = std::size_t;                           ///< A number of hops at a stop.

  /// No stop has this number.
  static vertex_descriptor null_vertex() { return static_cast<vertex_descriptor>(-1); }
};

/// Index of the stops.
template <>
struct property_map<tutela::NetworkGraph, vertex_index_t> {
  using type = typed_identity_property_map<std::uint32_t>;        ///< The number itself.
  using const_type = typed_identity_property_map<std::uint32_t>;  ///< The number itself.
};

/// Index of the hops.
template <>
struct property_map<tutela::NetworkGraph, edge_index_t> {
  using type = tutela::HopNumbers;        ///< The number of the hop.
  using const_type = tutela::HopNumbers;  ///< The number of the hop.
};

}  // namespace boost
