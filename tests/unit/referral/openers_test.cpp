// SPDX-License-Identifier: Apache-2.0
/// \file
/// What opens a path, against every single change made in the data and asked anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <tutela/referral/openers.hpp>
#include "unit/referral/random_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

bool opens(NetworkContent const& content, RouteRequest const& request)
{
  return find_route(Network::build(content).value(), request)->best() != nullptr;
}

template <class List, class Wanted>
void allow(List& list, Wanted const& wanted)
{
  if (!list) return;
  for (auto const& one : wanted)
    if (std::find(list->begin(), list->end(), one) == list->end()) list->push_back(one);
}

std::vector<DataCategory> categories_of(RouteRequest const& request)
{
  std::vector<DataCategory> result;
  for (DataNeed const& need : request.data) result.push_back(need.category);
  return result;
}

NetworkContent with_place(NetworkContent content, ServiceId const& id)
{
  std::erase_if(content.capacities, [&](Capacity const& one) { return one.service == id; });
  content.capacities.push_back(free_places(id.text(), 1, today));
  return content;
}

NetworkContent with_service(NetworkContent content, ServiceId const& id)
{
  for (Service& one : content.services)
    if (one.id == id) one.status.reset();
  std::erase_if(content.out_of_service, [&](OutOfService const& one) { return one.service == id; });
  return content;
}

NetworkContent with_agreement(NetworkContent content, AgreementId const& id, RouteRequest const& request)
{
  for (Agreement& one : content.agreements) {
    if (one.id != id) continue;
    one.steps = {{AgreementState::in_force, PartialDate{2025, 1, 1}, {}}};
    one.window = one.referral_window = {};
    one.covers.reset();
    allow(one.purposes, request.purposes);
    allow(one.categories, categories_of(request));
  }
  for (Basis& one : content.bases) {
    if (one.agreement != id) continue;
    one.valid = {};
    allow(one.purposes, request.purposes);
    allow(one.categories, categories_of(request));
  }
  return content;
}

std::string owner_of(NetworkContent const& content, std::string id)
{
  for (Service const& one : content.services)
    if (one.id.text() == id) id = one.agency.text();
  for (Unit const& one : content.units)
    if (one.id.text() == id) id = one.agency.text();
  return id;
}

NetworkContent with_new_agreement(NetworkContent content, std::string const& from, std::string const& to)
{
  auto pact = agreement("new", owner_of(content, from), owner_of(content, to));
  auto ground = basis("new-ground", BasisKind::agreement, from, to);
  ground.agreement = pact.id;
  content.agreements.push_back(std::move(pact));
  content.bases.push_back(std::move(ground));
  return content;
}

/// Every pair of stops under other agencies, in the order in which new agreements are looked for.
std::vector<std::pair<std::string, std::string>> pairs(NetworkContent const& content)
{
  std::vector<std::string> from;
  std::vector<std::string> to;
  for (Agency const& one : content.agencies) from.push_back(one.id.text());
  for (Unit const& one : content.units) from.push_back(one.id.text());
  to = from;
  for (Service const& one : content.services) to.push_back(one.id.text());
  std::vector<std::pair<std::string, std::string>> result;
  for (auto const& one : from)
    for (auto const& other : to)
      if (owner_of(content, one) != owner_of(content, other)) result.emplace_back(one, other);
  return result;
}

NetworkContent random_shut(Chance& chance)
{
  auto content = random_dated_content(chance);
  for (Service const& one : content.services)
    if (chance.one_in(4))
      content.out_of_service.push_back(
          {"rest-" + one.id.text(), one.id, {add_days(today, -1), {}}, "repair", {}, {}, {}});
  return content;
}

}  // namespace

TEST(Openers, equal_every_single_change_made_in_the_data)
{
  std::map<OpenerKind, int> found;
  int nothing = 0;
  for (std::uint64_t seed = 1; seed <= 6000; ++seed) {
    Chance chance(seed);
    auto const content = random_shut(chance);
    auto request = random_request(chance, content);
    if (chance.one_in(3)) request.data[0].consent = Truth::no;
    if (chance.one_in(3)) request.data.push_back({DataCategory("health"), chance.one_in(2) ? Truth::no : Truth::yes});
    auto const network = Network::build(content).value();
    auto const openers = find_openers(network, request).value();
    if (opens(content, request)) {
      ASSERT_TRUE(openers.empty()) << "seed " << seed;
      continue;
    }
    std::set<std::pair<OpenerKind, std::string>> wanted;
    for (std::size_t i = 0; i < request.data.size(); ++i) {
      auto asked = request;
      asked.data[i].consent = Truth::yes;
      if (request.data[i].consent == Truth::no && opens(content, asked))
        wanted.emplace(OpenerKind::consent, request.data[i].category.text());
    }
    for (Service const& one : content.services) {
      if (opens(with_place(content, one.id), request)) wanted.emplace(OpenerKind::place, one.id.text());
      if (opens(with_service(content, one.id), request)) wanted.emplace(OpenerKind::service, one.id.text());
    }
    for (Agreement const& one : content.agreements)
      if (opens(with_agreement(content, one.id, request), request))
        wanted.emplace(OpenerKind::agreement, one.id.text());
    bool any_new = false;
    if (request.data.size() == 1)  // `agreement()` allows no more
      for (auto const& [from, to] : pairs(content))
        any_new = any_new || opens(with_new_agreement(content, from, to), request);
    std::set<std::pair<OpenerKind, std::string>> given;
    bool given_new = false;
    for (Opener const& one : openers) {
      ASSERT_EQ(one.path.front(), node_of(request.from)) << "seed " << seed;
      ++found[one.kind];
      if (one.kind != OpenerKind::new_agreement) {
        given.emplace(one.kind, one.subject);
        continue;
      }
      given_new = true;
      if (request.data.size() == 1) {
        ASSERT_TRUE(opens(with_new_agreement(content, one.subject, one.to.text()), request)) << "seed " << seed;
      }
    }
    ASSERT_EQ(given, wanted) << "seed " << seed;
    if (request.data.size() == 1) {
      ASSERT_EQ(given_new, any_new) << "seed " << seed;
    }
    ASSERT_TRUE(std::is_sorted(openers.begin(), openers.end(),
                               [](Opener const& a, Opener const& b) { return a.kind < b.kind; }));
    nothing += openers.empty() ? 1 : 0;
  }
  for (auto const kind :
       {OpenerKind::consent, OpenerKind::place, OpenerKind::service, OpenerKind::agreement, OpenerKind::new_agreement})
    EXPECT_GT(found[kind], 20) << to_string(kind);
  EXPECT_GT(nothing, 20);
}

TEST(Openers, the_smallest_comes_first)
{
  auto content = small_content();
  content.capacities[0].available = 0;
  auto const full = find_openers(Network::build(content).value(), small_request()).value();
  ASSERT_EQ(full.size(), 1U);
  EXPECT_EQ(full[0], (Opener{OpenerKind::place, "centre", {}, {NodeId("office"), NodeId("house"), NodeId("centre")}}));
  content = small_content();
  content.agreements[0].steps[0].state = AgreementState::suspended;
  auto const suspended = find_openers(Network::build(content).value(), small_request()).value();
  ASSERT_EQ(suspended.size(), 2U);
  EXPECT_EQ(suspended[0].kind, OpenerKind::agreement);
  EXPECT_EQ(suspended[0].subject, "pact");
  EXPECT_EQ(suspended[1].kind, OpenerKind::new_agreement);
  EXPECT_EQ(suspended[1].subject, "office");
  EXPECT_EQ(suspended[1].to, NodeId("centre"));
  content.capacities[0].available = 0;  // two changes are needed
  EXPECT_TRUE(find_openers(Network::build(content).value(), small_request())->empty());
  EXPECT_TRUE(find_openers(Network::build(small_content()).value(), small_request())->empty());
}

TEST(Openers, what_the_law_and_the_person_are_is_not_changed)
{
  auto content = small_content();
  content.services[0].admission.emplace();
  content.services[0].admission->sexes = {Sex::female};
  auto request = small_request();
  request.sex = Sex::male;
  EXPECT_TRUE(find_openers(Network::build(content).value(), request)->empty());
  Limits tight;
  tight.search_steps = 1;
  content = small_content();
  content.agreements[0].steps[0].state = AgreementState::ended;
  auto const stopped = find_openers(Network::build(content).value(), small_request(), tight);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.diagnostics()[0].code, Code::limit_reached);
  request.from = AgencyId("nobody");
  EXPECT_FALSE(find_openers(Network::build(content).value(), request));
}
