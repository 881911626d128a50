// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <boost/concept/assert.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/strong_components.hpp>

#include <tutela/interop/bgl.hpp>
#include "unit/referral/small_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

Network triangle()
{
  auto content = small_content();
  content.agencies.push_back(agency("third"));
  content.bases.push_back(basis("one", BasisKind::competence, "house", "third"));
  content.bases.push_back(basis("two", BasisKind::competence, "third", "office"));
  content.bases.push_back(basis("again", BasisKind::competence, "office", "house"));
  return Network::build(content).value();
}

TEST(NetworkGraph, models_the_concepts_of_boost_graph)
{
  using Graph = NetworkGraph;
  BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Graph>));
  NetworkGraph const graph(triangle());
  EXPECT_EQ(num_vertices(graph), 4U);
  EXPECT_EQ(num_edges(graph), 5U);
}

TEST(NetworkGraph, edges_are_the_hops_from_both_ends)
{
  NetworkGraph const graph(triangle());
  Network const& network = graph.network();
  auto const [first, last] = edges(graph);
  std::uint32_t number = 0;
  for (auto edge = first; edge != last; ++edge, ++number) {
    EXPECT_EQ(get(boost::edge_index, graph, *edge), number);
    EXPECT_EQ(source(*edge, graph), network.hops()[number].from);
    EXPECT_EQ(target(*edge, graph), network.hops()[number].to);
  }
  auto const house = *network.node_number(NodeId("house"));
  EXPECT_EQ(in_degree(house, graph), 2U);  // two grounds, two parallel edges
  EXPECT_EQ(out_degree(house, graph), 2U);
  EXPECT_EQ(degree(house, graph), 4U);
  auto const [in, in_end] = in_edges(house, graph);
  for (auto edge = in; edge != in_end; ++edge) EXPECT_EQ(target(*edge, graph), house);
}

TEST(NetworkGraph, runs_algorithms_of_boost_graph_without_a_copy)
{
  //! [any algorithm of Boost.Graph]
  NetworkGraph const graph(triangle());
  std::vector<std::uint32_t> component(num_vertices(graph));
  auto const components = boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph)));
  //! [any algorithm of Boost.Graph]
  EXPECT_EQ(components, 2U);  // the three agencies refer round in a circle; the service refers to nobody
  Network const& network = graph.network();
  EXPECT_EQ(component[*network.node_number(NodeId("office"))], component[*network.node_number(NodeId("third"))]);

  std::vector<boost::default_color_type> colour(num_vertices(graph));
  std::vector<std::size_t> distance(num_vertices(graph), 0);
  boost::breadth_first_search(
      graph, *network.node_number(NodeId("office")),
      boost::visitor(boost::make_bfs_visitor(boost::record_distances(
                         boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, graph)),
                         boost::on_tree_edge{})))
          .color_map(boost::make_iterator_property_map(colour.begin(), get(boost::vertex_index, graph))));
  EXPECT_EQ(distance[*network.node_number(NodeId("centre"))], 2U);
}

}  // namespace
