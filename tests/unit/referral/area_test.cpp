// SPDX-License-Identifier: Apache-2.0
/// \file
/// Areas by level and by shape, and gaps that use them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <tutela/referral/gaps.hpp>
#include "unit/referral/chance.hpp"
#include "unit/referral/small_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

Position at(std::int64_t north, std::int64_t east) { return {Decimal(north), Decimal(east)}; }

struct Corner {
  std::int64_t x;
  std::int64_t y;
};

/// How often the corners go around a point, in whole numbers, or nothing when the point lies on a side. For odd and even
/// only: what the polygon rule asks.
std::optional<int> winding(std::vector<Corner> const& corners, Corner p)
{
  int crossings = 0;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    Corner a = corners[i];
    Corner b = corners[(i + 1) % corners.size()];
    std::int64_t const cross = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    if (cross == 0 && std::min(a.x, b.x) <= p.x && p.x <= std::max(a.x, b.x) && std::min(a.y, b.y) <= p.y &&
        p.y <= std::max(a.y, b.y))
      return std::nullopt;
    // The ray goes north here, east there: another line of thought for the same answer.
    if (a.x > b.x) std::swap(a, b);
    if (a.x <= p.x && p.x < b.x && (b.x - a.x) * (p.y - a.y) < (b.y - a.y) * (p.x - a.x)) ++crossings;
  }
  return crossings;
}

Area area(std::string code, std::string parent = {})
{
  Area result;
  result.code = std::move(code);
  result.parent = std::move(parent);
  return result;
}

/// One home with eight places in the town of the north.
NetworkContent one_home()
{
  NetworkContent content = small_content();
  content.services = {service("home", "house", "home")};
  Location place;
  place.id = LocationId("place");
  place.name = Text("place");
  place.area_codes = {"town-n"};
  place.position = at(47, 28);
  content.locations = {place};
  content.services[0].locations = {place.id};
  content.capacities = {free_places("home", 8, today)};
  content.capacities[0].maximum = 8;
  content.areas = {area("country"), area("north", "country"), area("town-n", "north"), area("south", "country"),
                   area("town-s", "south")};
  return content;
}

CoverageGap gap(NetworkContent const& content, std::string const& code)
{
  GapRequest request;
  request.on = today;
  request.demand = {{code, 0, 216, ServiceKind("home"), 10, std::nullopt, AgencyId("office")}};
  request.purposes = small_request().purposes;
  request.data = small_request().data;
  return coverage_gaps(Network::build(content).value(), request).value().at(0);
}

}  // namespace

TEST(Areas, a_polygon_holds_what_whole_numbers_say)
{
  int inside = 0;
  int on_side = 0;
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
    Chance chance(seed);
    std::vector<Corner> corners;
    std::vector<Position> polygon;
    for (std::size_t i = 3 + chance.below(std::size_t{5}); i > 0; --i) {
      corners.push_back({chance.below(std::int64_t{7}) - 3, chance.below(std::int64_t{7}) - 3});
      polygon.push_back(at(corners.back().y, corners.back().x));
    }
    for (std::int64_t x = -4; x <= 4; ++x)
      for (std::int64_t y = -4; y <= 4; ++y) {
        auto const turns = winding(corners, {x, y});
        bool const wanted = !turns || *turns % 2 != 0;
        ASSERT_EQ(lies_in(at(y, x), polygon), wanted) << "seed " << seed << " at " << x << ", " << y;
        inside += wanted ? 1 : 0;
        on_side += turns ? 0 : 1;
      }
  }
  EXPECT_GT(inside, 10'000);
  EXPECT_GT(on_side, 10'000);
  EXPECT_FALSE(lies_in(at(0, 0), std::vector<Position>{}));
}

TEST(Areas, a_circle_reaches_as_far_as_it_says)
{
  Circle circle{at(0, 27), 111'196};  // a degree of the equator is 111,195.08 m
  EXPECT_TRUE(lies_in(at(0, 28), circle));
  EXPECT_TRUE(lies_in(at(1, 27), circle));
  circle.metres = 111'195;
  EXPECT_FALSE(lies_in(at(0, 28), circle));
  EXPECT_TRUE(lies_in(at(0, 27), Circle{at(0, 27), 0}));
  EXPECT_TRUE(lies_in(at(0, 180), Circle{at(0, -180), 1}));  // one meridian, two names
}

TEST(Areas, a_service_counts_in_all_areas_around_its_own)
{
  auto const content = one_home();
  for (char const* code : {"town-n", "north", "country"}) EXPECT_EQ(gap(content, code).places, 8) << code;
  for (char const* code : {"town-s", "south", "nowhere"}) EXPECT_EQ(gap(content, code).places, 0) << code;
}

TEST(Areas, a_service_counts_in_a_shape_only_when_it_may_be_shown_exactly)
{
  auto content = one_home();
  content.areas.push_back(area("valley"));
  content.areas.back().polygon = {at(46, 27), at(46, 29), at(48, 28)};
  content.areas.push_back(area("around"));
  content.areas.back().circle = Circle{at(47, 28), 1000};
  content.areas.push_back(area("beyond"));
  content.areas.back().circle = Circle{at(40, 28), 1000};
  EXPECT_EQ(gap(content, "valley").places, 8);
  EXPECT_EQ(gap(content, "around").places, 8);
  EXPECT_EQ(gap(content, "beyond").places, 0);
  content.services[0].disclosure = LocationDisclosure::area;  // a shape may be as small as the house
  EXPECT_EQ(gap(content, "valley").places, 0);
  EXPECT_EQ(gap(content, "around"), gap(content, "beyond"));
  EXPECT_EQ(gap(content, "north").places, 8);
  content.services[0].disclosure = LocationDisclosure::none;
  EXPECT_EQ(gap(content, "north").places, 0);
  EXPECT_EQ(gap(content, "around").protected_places, 8);
}

TEST(Areas, agreements_count_for_the_areas_that_they_cover)
{
  auto content = one_home();
  content.areas.push_back(area("valley"));
  content.areas.back().circle = Circle{at(47, 28), 1000};
  AgreementScope& covers = content.agreements[0].covers.emplace();
  auto const reaches = [&](std::string const& covered, std::string const& code) {
    covers.area_codes = {covered};
    return gap(content, code).reachable == 8;
  };
  EXPECT_TRUE(reaches("north", "north"));
  EXPECT_TRUE(reaches("country", "town-n"));
  EXPECT_TRUE(reaches("town-n", "north"));   // some of the people live there
  EXPECT_FALSE(reaches("town-s", "north"));  // none do
  EXPECT_FALSE(reaches("south", "town-n"));
  EXPECT_TRUE(reaches("elsewhere", "north"));  // nobody wrote down where that is
  EXPECT_TRUE(reaches("south", "nowhere"));
  EXPECT_TRUE(reaches("valley", "south"));  // nobody knows what a shape crosses
  EXPECT_TRUE(reaches("south", "valley"));
}

TEST(Areas, mistakes_are_located)
{
  auto const refuse = [](auto change, Code code, std::string const& pointer) {
    auto content = one_home();
    change(content.areas);
    auto const built = Network::build(content);
    ASSERT_EQ(built.diagnostics().size(), 1U) << to_string(built.diagnostics());
    EXPECT_EQ(built.diagnostics()[0].code, code);
    EXPECT_EQ(built.diagnostics()[0].place.pointer, pointer);
  };
  refuse([](auto& areas) { areas.push_back(areas[0]); }, Code::duplicate_id, "/areas/5/code");
  refuse([](auto& areas) { areas[0].parent = "town-n"; }, Code::cyclic_reference, "/areas/0/parent_code");
  refuse([](auto& areas) { areas[4].parent = "west"; }, Code::dangling_reference, "/areas/4/parent_code");
  refuse([](auto& areas) { areas[4].code.clear(); }, Code::missing_key, "/areas/4");
  refuse([](auto& areas) { areas[4].polygon = {at(1, 1), at(2, 2)}; }, Code::invalid_network, "/areas/4/polygon");
  refuse(
      [](auto& areas) {
        areas[4].polygon = {at(1, 1), at(2, 2), at(91, 1)};
      },
      Code::out_of_range, "/areas/4/polygon/2/latitude");
  refuse([](auto& areas) { areas[4].circle = Circle{at(1, 1), -1}; }, Code::out_of_range, "/areas/4/circle/metres");
}
