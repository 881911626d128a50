// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests of the HTML writer and of the drawing of networks.
#include "io/markup.hpp"
#include "io/layered_svg.hpp"
#include "unit/engine/fixture.hpp"

namespace tutela::test {
namespace {

using detail::element;
using detail::layered_svg;
using detail::text;

TEST(Markup, escapes_texts_and_attributes)
{
  EXPECT_EQ(text("<b>\"a\" & 'b'</b>\x01").html(), "&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt;");
  EXPECT_EQ(element("p", {{"title", "\"><script>"}}, text("x")).html(), "<p title=\"&quot;&gt;&lt;script&gt;\">x</p>");
  EXPECT_EQ(element("br", {}).html(), "<br>");
  EXPECT_EQ((element("i", text("a")) + text("b")).html(), "<i>a</i>b");
}

TEST(LayeredSvg, draws_cycles_loops_and_long_edges)
{
  auto const drawing = layered_svg({{"First agency", "kind", "agency", {"a service"}},
                                    {"Second", "", "agency", {}},
                                    {"Third", "", "agency", {}},
                                    {"Alone", "", "agency", {}}},
                                   {{0, 1, "open", "one"},
                                    {1, 2, "open", "two"},
                                    {2, 0, "blocked", "back"},
                                    {0, 2, "duty", "long"},
                                    {1, 1, "open", "loop"}},
                                   "A <network>")
                           .html();
  std::size_t paths = 0;
  for (auto at = drawing.find("class=\"edge"); at != std::string::npos; at = drawing.find("class=\"edge", at + 1))
    ++paths;
  EXPECT_EQ(paths, 4U);                                        // the loop is left out
  EXPECT_NE(drawing.find("marker-start"), std::string::npos);  // the edge that closes the cycle points back
  EXPECT_NE(drawing.find("aria-label=\"A &lt;network&gt;\""), std::string::npos);
  EXPECT_NE(drawing.find("· a service"), std::string::npos);
  EXPECT_EQ(layered_svg({}, {}, "").html().rfind("<svg", 0), 0U);
}

TEST(LayeredSvg, is_the_same_every_time)
{
  std::vector<detail::DrawnNode> nodes(
      30, {"Agency with a name that must be wrapped into several lines because it is long", "", "agency", {}});
  std::vector<detail::DrawnEdge> edges;
  for (std::size_t from = 0; from < nodes.size(); ++from)
    for (std::size_t to = from + 1; to < nodes.size(); to += from + 2) edges.push_back({from, to, "open", ""});
  EXPECT_EQ(layered_svg(nodes, edges, "x").html(), layered_svg(nodes, edges, "x").html());
}

}  // namespace
}  // namespace tutela::test
