// SPDX-License-Identifier: Apache-2.0
#include <random>
#include <string>

#include <gtest/gtest.h>

#include <tutela/io/dot.hpp>
#include <tutela/io/geojson.hpp>
#include <tutela/io/graphml.hpp>

#include "unit/referral/hidden_places.hpp"

using namespace tutela;
using test::degrees;
using test::random_content;
using test::word;

namespace {

TEST(Disclosure, no_output_shows_the_place_of_a_service_that_must_not_be_found)
{
  std::mt19937 random(23);
  std::size_t shown = 0;
  std::size_t hidden = 0;
  for (int round = 0; round < 500; ++round) {
    auto const network = Network::build(random_content(random)).value();
    DotOptions options;
    options.on = test::today;
    options.isolated = true;
    std::string const texts[] = {write_dot(network, options), write_graphml(network, test::today),
                                 write_geojson(network, test::today)};
    auto const& content = network.content();
    for (std::size_t place = 0; place < content.locations.size(); ++place) {
      auto least = LocationDisclosure::exact;
      bool used = false;
      for (Service const& service : content.services)
        for (LocationId const& id : service.locations)
          if (id == content.locations[place].id) {
            used = true;
            least = std::min(least, network.disclosure_of(service, test::today));
          }
      for (std::string const& text : texts) {
        bool const has_house = text.find(word("house", place)) != std::string::npos;
        bool const has_area = text.find(word("area", place)) != std::string::npos;
        bool const has_degrees = text.find(degrees(place)) != std::string::npos;
        EXPECT_EQ(has_house, used && least == LocationDisclosure::exact) << text;
        EXPECT_EQ(has_area, used && least != LocationDisclosure::none) << text;
        EXPECT_FALSE(has_degrees && least != LocationDisclosure::exact) << text;
        EXPECT_EQ(text.find(word("code", place)), std::string::npos);
        ++(has_house ? shown : hidden);
      }
      if (used && least == LocationDisclosure::exact && content.locations[place].position) {
        EXPECT_NE(texts[2].find(degrees(place)), std::string::npos);
      }
    }
  }
  EXPECT_GT(shown, 100U);
  EXPECT_GT(hidden, 100U);
}

TEST(Disclosure, graphml_escapes_and_names_what_is_closed)
{
  auto content = test::small_content();
  content.agencies[0].name = Text("<a & \"b\"\x01>");
  content.agreements[0].steps = {{AgreementState::signed_by_all, PartialDate{2025, 3, 0}, {}}};
  auto const text = write_graphml(Network::build(content).value(), test::today);
  EXPECT_NE(text.find("&lt;a &amp; &quot;b&quot; &gt;"), std::string::npos);
  EXPECT_NE(text.find("<data key=\"edge_closed\">signed since 2025-03</data>"), std::string::npos);
  EXPECT_NE(text.find("<data key=\"edge_agreement\">pact</data>"), std::string::npos);
}

}  // namespace
