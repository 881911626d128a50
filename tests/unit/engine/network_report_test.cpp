// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>
#include <string>

#include <nlohmann/json.hpp>

#include <tutela/io/network_report.hpp>
#include "unit/referral/hidden_places.hpp"

using namespace tutela;
using test::degrees;
using test::random_content;
using test::word;

namespace {

CareDemand demand_in(std::string area)
{
  return {std::move(area), 0, 216, ServiceKind("day_centre"), 30, std::nullopt, std::nullopt};
}

}  // namespace

TEST(NetworkReport, NeitherPageNorJsonTellsThePlaceOfAServiceThatMustNotBeFound)
{
  std::mt19937 random(29);
  std::size_t shown = 0;
  std::size_t hidden = 0;
  for (int round = 0; round < 200; ++round) {
    auto const network = Network::build(random_content(random)).value();
    ReviewRequest request;
    request.on = test::today;
    if (round % 2 == 0) request.demand = {demand_in("elsewhere")};
    auto const review = review_network(network, request).value();
    auto const page = write_network_report(network, review);
    auto const json = write_network_review(network, review);
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
      bool const may_be_told = used && least != LocationDisclosure::none;
      EXPECT_EQ(page.find(word("code", place)) != std::string::npos, may_be_told) << page;
      EXPECT_EQ(json.find(word("code", place)) != std::string::npos, may_be_told) << json;
      EXPECT_EQ(page.find(degrees(place)), std::string::npos);
      EXPECT_EQ(json.find(degrees(place)), std::string::npos);
      ++(may_be_told ? shown : hidden);
    }
    // Each dot stands for a service with a place that may be shown exactly; none is drawn for another.
    bool const has_dot = page.find("<circle") != std::string::npos;
    EXPECT_EQ(has_dot, review.shown_exactly > 0);
  }
  EXPECT_GT(shown, 50U);
  EXPECT_GT(hidden, 50U);
}

TEST(NetworkReport, MadeUpDemandIsCalledSoWhereItCounts)
{
  auto content = test::small_content();
  content.synthetic = true;
  auto const network = Network::build(content).value();
  ReviewRequest request;
  request.on = test::today;
  request.demand = {demand_in("east")};
  request.synthetic_demand = true;
  NetworkReportOptions options;
  options.demand = "an invented number";
  auto const page = write_network_report(network, review_network(network, request).value(), options);
  std::size_t said = 0;
  for (std::string const mark : {"made up for this report", "rests on the made-up demand"})
    for (auto at = page.find(mark); at != std::string::npos; at = page.find(mark, at + 1)) ++said;
  EXPECT_EQ(said, 3U);  // at the top, with the gaps and with the repair; there is nothing to close
  EXPECT_NE(page.find("SYNTHETIC"), std::string::npos);
  request.synthetic_demand = false;
  EXPECT_EQ(write_network_report(network, review_network(network, request).value(), options).find("made up for this"),
            std::string::npos);
}

TEST(NetworkReport, WithoutDemandNothingIsSaidToBeMissing)
{
  auto const network = Network::build(test::small_content()).value();
  ReviewRequest request;
  request.on = test::today;
  auto const review = review_network(network, request).value();
  auto const page = write_network_report(network, review);
  EXPECT_NE(page.find("what is missing cannot be said"), std::string::npos);
  EXPECT_EQ(page.find("id=\"gaps\""), std::string::npos);
  EXPECT_EQ(page.find("id=\"repair\""), std::string::npos);
  auto const json = nlohmann::json::parse(write_network_review(network, review));
  EXPECT_TRUE(json.at("gaps").empty());
  EXPECT_EQ(json.at("format"), "tutela-network-review/1");
}

TEST(NetworkReport, EveryLanguageHasItsWordsAndNamesAreEscaped)
{
  auto content = test::small_content();
  content.name = Text("<b>A & B</b>");
  auto const network = Network::build(content).value();
  ReviewRequest request;
  request.on = test::today;
  request.demand = {demand_in("east")};
  auto const review = review_network(network, request).value();
  for (auto const& [language, words] :
       {std::pair(Language::en, "Where places are missing"), std::pair(Language::ro, "Unde lipsesc locuri"),
        std::pair(Language::uk, "Де бракує місць"), std::pair(Language::ru, "Где не хватает мест")}) {
    NetworkReportOptions options;
    options.language = language;
    auto const page = write_network_report(network, review, options);
    EXPECT_NE(page.find(words), std::string::npos);
    EXPECT_EQ(page.find("<b>A"), std::string::npos);
    EXPECT_EQ(page.find("<script"), std::string::npos);
  }
}
