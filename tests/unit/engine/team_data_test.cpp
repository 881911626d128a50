// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include <tutela/facts/team_data.hpp>
#include <tutela/io/instrument.hpp>
#include <tutela/io/network.hpp>
#include <tutela/referral/reach.hpp>
#include <tutela/referral/route.hpp>
#include <tutela/rules/pack.hpp>

namespace tutela {
namespace {

std::string with(std::string const& path, std::string const& from, std::string const& to)
{
  std::ifstream file(TUTELA_SOURCE_DIR "/" + path);
  std::stringstream text;
  text << file.rdbuf();
  auto whole = text.str();
  auto const at = whole.find(from);
  EXPECT_NE(at, std::string::npos) << path;
  return whole.replace(at, from.size(), to);
}

template <class T>
void expect_refused(Result<T> const& result, std::string const& words)
{
  ASSERT_FALSE(result);
  bool found = false;
  for (auto const& each : result.diagnostics())
    found = found || (each.code == Code::not_allowed && each.what.find(words) != std::string::npos);
  EXPECT_TRUE(found) << to_string(result.diagnostics());
}

TEST(TeamData, TheTwoCategoriesAndNoOther)
{
  EXPECT_TRUE(stays_with_team("reproductive_health"));
  EXPECT_TRUE(stays_with_team("voluntary_programme"));
  for (auto const* category : {"", "health", "identity", "family", "reproductive_health_record"})
    EXPECT_FALSE(stays_with_team(category)) << category;
}

TEST(TeamData, NoRuleReadsThemSoNoVerdictAndNoTableOfCasesDoes)
{
  for (auto const* category : {"reproductive_health", "voluntary_programme"})
    expect_refused(parse_pack(with("src/packs/md/child-protection/probation.dmn", "category=\"offence\"",
                                   std::string("category=\"") + category + "\""),
                              "probation.dmn"),
                   "stay with the team");
}

TEST(TeamData, NoScaleReadsThem)
{
  for (auto const* category : {"reproductive_health", "voluntary_programme"})
    expect_refused(parse_instrument(with("src/packs/demo/family_risk.instrument.json", "\"category\": \"family\"",
                                         std::string("\"category\": \"") + category + "\""),
                                    "scale.json"),
                   "stay with the team");
}

TEST(TeamData, NoAgreementLetsThemTravelAndNoPathCarriesThem)
{
  auto const path = std::string("examples/data/demo/network.json");
  auto const network = load_network(TUTELA_SOURCE_DIR "/" + path).value();
  auto content = network.content();
  for (auto& agreement : content.agreements) {
    agreement.categories = {DataCategory("identity"), DataCategory("reproductive_health")};
    expect_refused(Network::build(content), "stay with the team");
    agreement.categories.reset();
  }
  content.bases[0].categories = {DataCategory("voluntary_programme")};
  expect_refused(Network::build(content), "stay with the team");

  RouteRequest request;
  request.from = network.content().agencies[0].id;
  request.goal = network.content().services[0].kind;
  request.on = Date{2026, 3, 2};
  EXPECT_TRUE(find_route(network, request));
  request.data = {{DataCategory("reproductive_health"), Truth::yes}};
  expect_refused(find_route(network, request), "stay with the team");

  ReachRequest all;
  all.clients.resize(1);
  all.clients[0].from = request.from;
  all.clients[0].on = request.on;
  EXPECT_TRUE(reach(network, all));
  all.clients[0].data = request.data;
  expect_refused(reach(network, all), "stay with the team");
}

}  // namespace
}  // namespace tutela
