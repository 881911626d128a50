// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tutela/referral/network.hpp>
#include "unit/referral/small_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

/// The one finding about a content: its code and place.
void expect_refused(NetworkContent content, Code code, std::string const& pointer)
{
  auto const network = Network::build(std::move(content), "n.json");
  ASSERT_FALSE(network) << "expected " << to_string(code) << " at " << pointer;
  ASSERT_EQ(network.diagnostics().size(), 1U) << to_string(network.diagnostics());
  EXPECT_EQ(network.diagnostics()[0].code, code) << to_string(network.diagnostics());
  EXPECT_EQ(network.diagnostics()[0].place.pointer, pointer);
  EXPECT_EQ(network.diagnostics()[0].place.file, "n.json");
}

TEST(Network, empty_network_has_nothing)
{
  Network const network;
  EXPECT_TRUE(network.nodes().empty());
  EXPECT_TRUE(network.hops().empty());
  EXPECT_EQ(network.find(AgencyId("office")), nullptr);
  EXPECT_THROW(static_cast<void>(network.hops_from(0)), ContractViolation);
}

TEST(Network, stops_and_hops_do_not_depend_on_the_order_of_the_file)
{
  auto content = small_content();
  content.bases.push_back(basis("law", BasisKind::competence, "house", "office"));
  auto turned = content;
  std::reverse(turned.agencies.begin(), turned.agencies.end());
  std::reverse(turned.bases.begin(), turned.bases.end());
  auto const one = Network::build(content).value();
  auto const other = Network::build(turned).value();
  EXPECT_EQ(one.nodes(), other.nodes());
  ASSERT_EQ(one.hops().size(), 3U);
  for (std::size_t i = 0; i < one.hops().size(); ++i) {
    EXPECT_EQ(one.hops()[i].from, other.hops()[i].from);
    EXPECT_EQ(one.hops()[i].to, other.hops()[i].to);
    EXPECT_EQ(one.hops()[i].kind, other.hops()[i].kind);
  }
}

TEST(Network, hops_are_found_from_both_ends)
{
  auto const network = Network::build(small_content()).value();
  auto const office = *network.node_number(NodeId("office"));
  auto const house = *network.node_number(NodeId("house"));
  ASSERT_EQ(network.hops_from(office).size(), 1U);
  EXPECT_EQ(network.hops_from(office)[0].to, house);
  ASSERT_EQ(network.hops_into(house).size(), 1U);
  EXPECT_EQ(network.hops()[network.hops_into(house)[0]].from, office);
  EXPECT_FALSE(network.node_number(NodeId("nobody")));
  EXPECT_EQ(network.name_of(NodeId("centre")).in(Language::en), "centre");
  EXPECT_TRUE(network.name_of(NodeId("nobody")).empty());
}

TEST(Network, refuses_repeated_identifiers_across_agencies_units_and_services)
{
  auto content = small_content();
  content.services.push_back(service("house", "house"));
  expect_refused(std::move(content), Code::duplicate_id, "/services/1/id");
}

TEST(Network, refuses_references_to_nothing)
{
  auto content = small_content();
  content.services[0].agency = AgencyId("nobody");
  expect_refused(std::move(content), Code::dangling_reference, "/services/0/organization_id");
  content = small_content();
  content.services[0].locations = {LocationId("nowhere")};
  expect_refused(std::move(content), Code::dangling_reference, "/services/0/location_ids/0");
  content = small_content();
  content.bases[0].agreement = AgreementId("none");
  expect_refused(std::move(content), Code::dangling_reference, "/bases/0/agreement_id");
  content = small_content();
  content.capacities[0].service = ServiceId("none");
  expect_refused(std::move(content), Code::dangling_reference, "/capacities/0/service_id");
}

TEST(Network, refuses_a_circle_of_parents_once)
{
  auto content = small_content();
  content.agencies.push_back(agency("third"));
  content.agencies[0].parent = AgencyId("house");
  content.agencies[1].parent = AgencyId("office");
  content.agencies[2].parent = AgencyId("office");  // leads into the circle without being part of it
  expect_refused(std::move(content), Code::cyclic_reference, "/organizations/0/parent_organization_id");
}

TEST(Network, refuses_numbers_that_cannot_be)
{
  auto content = small_content();
  content.capacities[0].available = -1;
  expect_refused(std::move(content), Code::out_of_range, "/capacities/0/available");
  content = small_content();
  content.capacities[0].maximum = 1;
  expect_refused(std::move(content), Code::out_of_range, "/capacities/0/available");
  content = small_content();
  content.capacities[0].updated.reset();
  expect_refused(std::move(content), Code::missing_key, "/capacities/0");
  content = small_content();
  content.services[0].admission.emplace();
  content.services[0].admission->minimum_age_months = 36;
  content.services[0].admission->maximum_age_months = 36;
  expect_refused(std::move(content), Code::invalid_interval, "/services/0/admission/maximum_age_months");
}

TEST(Network, refuses_agreements_that_are_none)
{
  auto content = small_content();
  content.agreements[0].parties.pop_back();
  auto const network = Network::build(content);
  ASSERT_FALSE(network);
  EXPECT_EQ(network.diagnostics().size(), 2U) << to_string(network.diagnostics());  // too few; the ground has no party
  content = small_content();
  content.agreements[0].window = {Date{2026, 1, 1}, Date{2025, 1, 1}};
  expect_refused(content, Code::invalid_interval, "/agreements/0/valid_until");
  content = small_content();
  content.agreements[0].steps.push_back({AgreementState::ended, PartialDate{2024, 0, 0}, {}});
  expect_refused(content, Code::invalid_interval, "/agreements/0/states/1/from");
}

TEST(Network, refuses_grounds_of_law_without_an_article)
{
  auto content = small_content();
  content.bases.push_back(basis("law", BasisKind::competence, "house", "office"));
  content.bases[1].citation.reset();
  expect_refused(content, Code::invalid_citation, "/bases/1");
  content.bases[1].citation = Citation{};
  expect_refused(content, Code::invalid_citation, "/bases/1/citation");
}

TEST(Network, a_duty_never_waits_for_consent)
{
  auto content = small_content();
  content.bases.push_back(basis("duty", BasisKind::statutory_duty, "house", "office"));
  content.bases[1].needs_consent = true;
  expect_refused(std::move(content), Code::not_allowed, "/bases/1/needs_consent");
}

TEST(Network, every_value_of_a_real_network_has_a_source_with_a_date)
{
  auto content = small_content();
  content.synthetic = false;
  auto const network = Network::build(content);
  ASSERT_FALSE(network);
  // Two agencies, a service, an agreement and its state, a ground and a capacity.
  EXPECT_EQ(network.diagnostics().size(), 7U) << to_string(network.diagnostics());
  content = small_content();
  content.synthetic = false;
  Publication source;
  source.id = SourceId("page");
  source.title = "A page";
  content.sources = {source};
  content.agencies[0].source = content.agencies[1].source = content.services[0].source = source.id;
  content.agreements[0].source = content.bases[0].source = content.capacities[0].source = source.id;
  expect_refused(content, Code::missing_key, "/sources/0");  // no date
  content.sources[0].seen = PartialDate{2026, 0, 0};
  EXPECT_TRUE(Network::build(content));
}

TEST(Network, reports_everything_that_is_wrong)
{
  auto content = small_content();
  content.services[0].agency = AgencyId("nobody");
  content.capacities[0].available = -3;
  content.agencies[0].kind = AgencyKind("Not a word");
  content.bases[0].days = -1;
  auto const network = Network::build(content);
  ASSERT_FALSE(network);
  EXPECT_EQ(network.diagnostics().size(), 4U) << to_string(network.diagnostics());
}

TEST(Network, a_bound_on_its_size_is_named)
{
  Limits limits;
  limits.search_steps = 3;
  auto const network = Network::build(small_content(), {}, limits);
  ASSERT_TRUE(network);
  limits.search_steps = 2;
  auto const refused = Network::build(small_content(), {}, limits);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.diagnostics()[0].code, Code::limit_reached);
}

TEST(Network, a_ground_that_joins_everybody_with_everybody_is_bounded)
{
  auto content = small_content();
  auto law = basis("law", BasisKind::competence, "office", "house");
  for (int i = 0; i < 20'000; ++i) {
    std::string const id = "agency-" + std::to_string(i);
    content.agencies.push_back(agency(id));
    if (i % 2 == 0) {
      law.from.emplace_back(id);
    } else {
      law.to.emplace_back(id);
    }
  }
  content.bases.push_back(law);
  auto const refused = Network::build(std::move(content));  // a hundred million hops
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.diagnostics()[0].code, Code::limit_reached);
}

TEST(Network, places_are_hidden_where_people_need_protection)
{
  auto content = small_content();
  auto const shown = [&] {
    auto const network = Network::build(content).value();
    return network.disclosure_of(network.content().services[0], today);
  };
  EXPECT_EQ(shown(), LocationDisclosure::exact);
  content.services[0].receives_victims_of_violence = true;
  EXPECT_EQ(shown(), LocationDisclosure::none);
  content.services[0].disclosure = LocationDisclosure::area;
  EXPECT_EQ(shown(), LocationDisclosure::area);
  content = small_content();
  content.regimes = {{"martial_law", {Date{2026, 3, 1}, std::nullopt}, {}}};
  EXPECT_EQ(shown(), LocationDisclosure::none);
  content.regimes[0].valid.until = today;
  EXPECT_EQ(shown(), LocationDisclosure::exact);
}

TEST(Network, duties_hold_in_their_period_and_jurisdiction)
{
  auto content = small_content();
  DutyToReport duty;
  duty.id = DutyId("tell");
  duty.jurisdiction = "XX";
  duty.who = duty.when = duty.to_whom = Text("text");
  duty.citation = citation();
  duty.valid = {Date{2026, 1, 1}, std::nullopt};
  auto other = duty;
  other.id = DutyId("other");
  other.jurisdiction = "YY";
  content.duties_to_report = {duty, other};
  auto const network = Network::build(content).value();
  EXPECT_EQ(network.duties_on(today), std::vector{duty});
  EXPECT_TRUE(network.duties_on(Date{2025, 12, 31}).empty());
}

}  // namespace
