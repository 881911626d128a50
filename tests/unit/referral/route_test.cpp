// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tutela/referral/route.hpp>
#include "unit/referral/small_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

RouteAnswer ask(NetworkContent content, RouteRequest const& request = small_request())
{
  return find_route(Network::build(std::move(content)).value(), request).value();
}

/// The obstacles of the last hop that stands in the way, or of the last hop of the possible path.
std::vector<Obstacle> obstacles(RouteAnswer const& answer)
{
  std::vector<Obstacle> result;
  std::vector<Hop> const& hops = answer.possible ? answer.possible->hops : answer.blocked;
  for (Hop const& hop : hops) result.insert(result.end(), hop.obstacles.begin(), hop.obstacles.end());
  return result;
}

void expect_blocked(RouteAnswer const& answer, ObstacleKind kind, std::string const& subject,
                    std::string const& detail = {})
{
  EXPECT_EQ(answer.state(), HopState::blocked);
  auto const found = obstacles(answer);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, kind) << to_string(found[0]);
  EXPECT_EQ(found[0].holds, Truth::yes);
  EXPECT_EQ(found[0].subject, subject);
  EXPECT_EQ(found[0].detail, detail);
  EXPECT_TRUE(found[0].ask.empty());
}

void expect_asked(RouteAnswer const& answer, ObstacleKind kind, std::vector<std::string> const& facts)
{
  EXPECT_EQ(answer.state(), HopState::possible);
  auto const found = obstacles(answer);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, kind) << to_string(found[0]);
  EXPECT_EQ(found[0].holds, Truth::unknown);
  ASSERT_TRUE(answer.possible);
  EXPECT_EQ(answer.possible->ask, facts);
}

TEST(Route, a_certain_path_is_proven_hop_by_hop)
{
  auto const answer = ask(small_content());
  ASSERT_TRUE(answer.certain);
  EXPECT_FALSE(answer.possible);
  ASSERT_EQ(answer.certain->hops.size(), 2U);
  Hop const& first = answer.certain->hops[0];
  EXPECT_EQ(first.kind, BasisKind::agreement);
  EXPECT_EQ(first.agreement, AgreementId("pact"));
  EXPECT_EQ(first.categories, std::vector{DataCategory("identity")});
  EXPECT_EQ(answer.certain->hops[1].kind, BasisKind::same_agency);
  EXPECT_EQ(answer.certain->days, (DayBounds{0, 2}));
  EXPECT_EQ(answer.certain->service, ServiceId("centre"));
  EXPECT_EQ(answer.certain->first_free_place, today);
  EXPECT_TRUE(answer.certain->ask.empty());
}

TEST(Route, only_an_agreement_in_force_opens_a_hop)
{
  for (auto const state : {AgreementState::proposed, AgreementState::debated, AgreementState::agreed,
                           AgreementState::signed_by_all, AgreementState::suspended, AgreementState::ended}) {
    auto content = small_content();
    content.agreements[0].steps = {{state, PartialDate{2026, 2, 1}, {}}};
    auto const answer = ask(content);
    expect_blocked(answer, ObstacleKind::agreement_not_in_force, "pact", std::string(to_string(state)));
    EXPECT_EQ(obstacles(answer)[0].since, (Date{2026, 2, 1}));
  }
}

TEST(Route, a_state_whose_day_is_not_known_is_asked_for)
{
  auto content = small_content();
  content.agreements[0].steps = {{AgreementState::signed_by_all, PartialDate{2026, 1, 1}, {}},
                                 {AgreementState::in_force, PartialDate{2026, 3, 0}, {}}};
  expect_asked(ask(content), ObstacleKind::agreement_not_in_force, {"agreement.pact.state"});
  auto request = small_request();
  request.on = Date{2026, 3, 31};
  request.fresh_days = 60;
  EXPECT_EQ(ask(content, request).state(), HopState::certain);
  request.on = Date{2026, 2, 28};
  content.capacities[0].updated = request.on;
  EXPECT_EQ(ask(content, request).state(), HopState::blocked);
}

TEST(Route, the_window_of_an_agreement_and_its_window_for_referrals_both_count)
{
  auto content = small_content();
  content.agreements[0].window = {std::nullopt, today};
  expect_blocked(ask(content), ObstacleKind::agreement_window, "pact");
  content = small_content();
  content.agreements[0].referral_window = {std::nullopt, today};
  expect_blocked(ask(content), ObstacleKind::agreement_window, "pact");
  content.agreements[0].referral_window.until = Date{2026, 3, 3};
  EXPECT_EQ(ask(content).state(), HopState::certain);
}

TEST(Route, an_agreement_covers_ages_sexes_and_areas)
{
  auto content = small_content();
  AgreementScope& covers = content.agreements[0].covers.emplace();
  EXPECT_EQ(ask(content).state(), HopState::certain);  // what is absent does not limit
  covers.area_codes = {"XX-1", "XX-2"};
  covers.sexes = {Sex::female};
  covers.minimum_age_months = 12;
  covers.maximum_age_months = 216;
  auto const open = ask(content);
  EXPECT_EQ(obstacles(open).size(), 3U);
  EXPECT_EQ(open.possible.value().ask,
            (std::vector<std::string>{"person.area_codes", "person.birth_date", "person.sex"}));
  auto request = small_request();
  request.area_codes = {"XX-22", "XX-2", "XX"};
  request.sex = Sex::female;
  request.birth_date = add_months(today, -215, MonthRounding::down);
  EXPECT_EQ(ask(content, request).state(), HopState::certain);
  request.birth_date = add_months(today, -216, MonthRounding::down);
  expect_blocked(ask(content, request), ObstacleKind::not_covered, "pact", "age");
  request.birth_date = add_months(today, -11, MonthRounding::down);
  expect_blocked(ask(content, request), ObstacleKind::not_covered, "pact", "age");
  request.birth_date = add_months(today, -12, MonthRounding::down);
  request.sex = Sex::male;
  expect_blocked(ask(content, request), ObstacleKind::not_covered, "pact", "sex");
  request.sex = Sex::female;
  request.area_codes = {"XX-3"};
  expect_blocked(ask(content, request), ObstacleKind::not_covered, "pact", "area");
}

TEST(Route, purposes_and_data_must_be_allowed)
{
  auto request = small_request();
  request.purposes.push_back(Purpose("research"));
  expect_blocked(ask(small_content(), request), ObstacleKind::purpose_not_allowed, "pact", "research");
  request = small_request();
  request.data.push_back({DataCategory("health"), Truth::yes});
  expect_blocked(ask(small_content(), request), ObstacleKind::category_not_allowed, "pact", "health");
  auto content = small_content();
  content.agreements[0].purposes.reset();
  expect_asked(ask(content), ObstacleKind::purpose_not_published, {"agreement.pact.purposes"});
  content = small_content();
  content.agreements[0].categories.reset();
  expect_asked(ask(content), ObstacleKind::category_not_published, {"agreement.pact.data_categories"});
}

TEST(Route, an_agreement_needs_consent_for_each_category)
{
  auto request = small_request();
  request.data[0].consent = Truth::unknown;
  expect_asked(ask(small_content(), request), ObstacleKind::consent, {"consent.identity"});
  request.data[0].consent = Truth::no;
  expect_blocked(ask(small_content(), request), ObstacleKind::consent, "pact-basis", "identity");
  auto content = small_content();
  content.bases[0].needs_consent = false;
  EXPECT_EQ(ask(content, request).state(), HopState::certain);
}

TEST(Route, a_ground_counts_on_its_days_only)
{
  auto content = small_content();
  content.bases[0].valid = {Date{2026, 3, 3}, std::nullopt};
  expect_blocked(ask(content), ObstacleKind::basis_not_valid, "pact-basis");
}

TEST(Route, free_places_seen_too_long_ago_are_not_known)
{
  auto content = small_content();
  content.capacities[0].updated = Date{2026, 2, 23};  // seven days
  EXPECT_EQ(ask(content).state(), HopState::certain);
  content.capacities[0].updated = Date{2026, 2, 22};
  expect_asked(ask(content), ObstacleKind::places_unknown, {"service.centre.free_places"});
  EXPECT_FALSE(ask(content).possible->first_free_place);
  EXPECT_EQ(ask(content).possible->days, (DayBounds{0, std::nullopt}));
  content.capacities[0].updated = Date{2026, 3, 3};  // of a later day: not known today
  expect_asked(ask(content), ObstacleKind::places_unknown, {"service.centre.free_places"});
  content.capacities.clear();
  expect_asked(ask(content), ObstacleKind::places_unknown, {"service.centre.free_places"});
}

TEST(Route, a_full_service_blocks_unless_people_can_wait)
{
  auto content = small_content();
  content.capacities[0].available = 0;
  expect_blocked(ask(content), ObstacleKind::capacity_full, "centre");
  Waiting waiting;
  waiting.id = "w";
  waiting.service = ServiceId("centre");
  waiting.days = 30;
  waiting.statistic = WaitingStatistic::maximum;
  waiting.definition = "application to admission";
  waiting.as_of = Date{2026, 2, 1};
  content.waiting = {waiting};
  auto answer = ask(content);
  ASSERT_TRUE(answer.certain);
  EXPECT_EQ(answer.certain->days, (DayBounds{0, 32}));
  EXPECT_FALSE(answer.certain->first_free_place);
  content.waiting[0].statistic = WaitingStatistic::minimum;
  answer = ask(content);
  expect_asked(answer, ObstacleKind::places_unknown, {"service.centre.free_places"});
  EXPECT_EQ(answer.possible->days, (DayBounds{30, std::nullopt}));
  content.waiting[0].statistic = WaitingStatistic::median;  // bounds nobody's waiting
  EXPECT_EQ(ask(content).possible->days, (DayBounds{0, std::nullopt}));
  content.waiting[0].as_of = Date{2025, 11, 1};  // too long ago
  expect_blocked(ask(content), ObstacleKind::capacity_full, "centre");
}

TEST(Route, the_published_age_range_includes_its_first_month_and_excludes_its_last)
{
  auto content = small_content();
  content.services[0].admission.emplace();
  content.services[0].admission->minimum_age_months = 4;
  content.services[0].admission->maximum_age_months = 36;
  auto request = small_request();
  expect_asked(ask(content, request), ObstacleKind::not_admitted, {"person.birth_date"});
  for (auto const& [born, state] :
       {std::pair(Date{2025, 11, 2}, HopState::certain), std::pair(Date{2025, 11, 3}, HopState::blocked),
        std::pair(Date{2023, 3, 3}, HopState::certain), std::pair(Date{2023, 3, 2}, HopState::blocked),
        std::pair(Date{2026, 3, 3}, HopState::blocked)}) {
    request.birth_date = born;
    EXPECT_EQ(ask(content, request).state(), state) << to_string(born);
  }
}

TEST(Route, a_service_for_one_sex_asks_for_it)
{
  auto content = small_content();
  content.services[0].admission.emplace();
  content.services[0].admission->sexes = {Sex::female};
  auto request = small_request();
  expect_asked(ask(content, request), ObstacleKind::not_admitted, {"person.sex"});
  request.sex = Sex::male;
  expect_blocked(ask(content, request), ObstacleKind::not_admitted, "centre", "published_range");
  request.sex = Sex::female;
  EXPECT_EQ(ask(content, request).state(), HopState::certain);
}

TEST(Route, the_rules_are_asked_through_a_callable)
{
  auto content = small_content();
  auto request = small_request();
  request.admission = [](Service const& one) {
    return AdmissionAnswer{Truth::unknown, {"family.vulnerable"}, "day_service_" + one.id.text()};
  };
  expect_asked(ask(content, request), ObstacleKind::not_admitted, {"family.vulnerable"});
  request.admission = [](Service const&) { return AdmissionAnswer{Truth::no, {}, "day_service"}; };
  expect_blocked(ask(content, request), ObstacleKind::not_admitted, "centre", "day_service");
  request.admission = nullptr;
  content.services[0].admission.emplace();
  content.services[0].admission->decision = "day_service";  // named, and nobody ran it
  expect_asked(ask(content, request), ObstacleKind::not_admitted, {"decision.day_service"});
}

TEST(Route, an_act_in_the_file_opens_the_kinds_of_service_it_names)
{
  auto content = small_content();
  content.bases = {basis("order", BasisKind::act, "office", "house")};
  content.bases[0].act = ActKind("court");
  content.bases[0].days = 0;
  auto request = small_request();
  expect_asked(ask(content, request), ObstacleKind::act, {"act.court"});
  request.acts = {{ActIssuer::court, {}, {ServiceKind("day_centre")}, {}}};
  EXPECT_EQ(ask(content, request).state(), HopState::certain);
  request.acts[0].services = {ServiceKind("community_work")};
  expect_asked(ask(content, request), ObstacleKind::act, {"act.court"});
  request.acts = {{ActIssuer::prosecutor, {}, {ServiceKind("day_centre")}, {}}};
  expect_asked(ask(content, request), ObstacleKind::act, {"act.court"});
  request.acts = {{ActIssuer::court, {}, {ServiceKind("day_centre")}, {std::nullopt, today}}};
  expect_asked(ask(content, request), ObstacleKind::act, {"act.court"});
}

TEST(Route, a_required_act_is_asked_for)
{
  auto content = small_content();
  content.services[0].admission.emplace();
  content.services[0].admission->required_acts = {ActKind("commission")};
  auto request = small_request();
  expect_asked(ask(content, request), ObstacleKind::act, {"act.commission"});
  request.acts = {{ActIssuer::commission, {}, {ServiceKind("day_centre")}, {}}};
  EXPECT_EQ(ask(content, request).state(), HopState::certain);
}

TEST(Route, duty_and_emergency_wait_for_nothing)
{
  auto content = small_content();
  content.agreements[0].steps = {{AgreementState::debated, PartialDate{2026, 1, 1}, {}}};
  content.capacities[0].available = 0;
  auto request = small_request();
  request.data[0].consent = Truth::no;
  ASSERT_EQ(ask(content, request).state(), HopState::blocked);
  content.bases.push_back(basis("alarm", BasisKind::emergency, "office", "centre"));
  request.danger = Truth::yes;
  auto answer = ask(content, request);
  ASSERT_TRUE(answer.certain);
  EXPECT_EQ(answer.certain->hops.size(), 1U);
  EXPECT_EQ(answer.certain->hops[0].kind, BasisKind::emergency);
  EXPECT_EQ(answer.certain->days, (DayBounds{0, 0}));  // nobody published how long it takes: in danger nobody waits
  request.danger = Truth::unknown;
  expect_asked(ask(content, request), ObstacleKind::danger, {"emergency"});
  request.danger = Truth::no;
  EXPECT_EQ(ask(content, request).state(), HopState::blocked);
  content.bases.back() = basis("duty", BasisKind::statutory_duty, "office", "centre");
  EXPECT_EQ(ask(content, request).state(), HopState::certain);
}

TEST(Route, a_closed_service_takes_nobody)
{
  auto content = small_content();
  content.services[0].status = ServiceStatus::temporarily_closed;
  expect_blocked(ask(content), ObstacleKind::service_closed, "centre", "temporarily_closed");
}

TEST(Route, a_possible_path_is_shown_only_where_it_would_be_better)
{
  auto content = small_content();
  content.services.push_back(service("nearer", "office"));
  auto request = small_request();
  request.goal = ServiceKind("day_centre");
  auto answer = ask(content, request);
  ASSERT_TRUE(answer.certain);
  EXPECT_EQ(answer.certain->service, ServiceId("centre"));
  EXPECT_FALSE(answer.possible);  // how long it takes is not known, so it is not better
  content.capacities.push_back(free_places("nearer", 1, today));
  content.services[1].admission.emplace();
  content.services[1].admission->sexes = {Sex::male};
  answer = ask(content, request);
  ASSERT_TRUE(answer.certain);
  ASSERT_TRUE(answer.possible);
  EXPECT_EQ(answer.possible->service, ServiceId("nearer"));
  EXPECT_EQ(answer.possible->ask, std::vector<std::string>{"person.sex"});
  EXPECT_EQ(answer.best()->service, ServiceId("centre"));
}

TEST(Route, fewer_days_come_before_fewer_hops_and_equals_are_decided_by_name)
{
  auto content = small_content();
  content.agencies.push_back(agency("third"));
  content.bases[0].days = 9;
  auto one = basis("one", BasisKind::competence, "office", "third");
  auto two = basis("two", BasisKind::competence, "third", "house");
  one.days = two.days = 1;
  content.bases.push_back(one);
  content.bases.push_back(two);
  auto answer = ask(content);
  ASSERT_EQ(answer.certain->hops.size(), 3U);
  EXPECT_EQ(answer.certain->days, (DayBounds{0, 2}));
  auto direct = basis("another", BasisKind::competence, "office", "house");
  direct.days = 2;
  content.bases.push_back(direct);
  answer = ask(content);
  ASSERT_EQ(answer.certain->hops.size(), 2U);
  EXPECT_EQ(answer.certain->hops[0].basis, BasisId("another"));
  direct.id = BasisId("also");
  content.bases.push_back(direct);
  EXPECT_EQ(ask(content).certain->hops[0].basis, BasisId("also"));
}

TEST(Route, without_a_path_every_hop_of_the_cut_is_shown_and_no_other)
{
  auto content = small_content();
  content.agencies.push_back(agency("third"));
  content.bases.push_back(basis("law", BasisKind::competence, "office", "third"));
  content.agreements.push_back(agreement("other", "third", "house"));
  auto second = basis("other-basis", BasisKind::agreement, "third", "house");
  second.agreement = AgreementId("other");
  content.bases.push_back(second);
  for (auto& one : content.agreements) one.steps = {{AgreementState::debated, PartialDate{2026, 1, 1}, {}}};
  content.bases.push_back(basis("away", BasisKind::agreement, "office", "house"));
  content.bases.back().agreement = AgreementId("pact");
  content.bases.back().valid = {std::nullopt, Date{2020, 1, 1}};
  auto const answer = ask(content);
  EXPECT_EQ(answer.state(), HopState::blocked);
  ASSERT_EQ(answer.blocked.size(), 3U);
  EXPECT_EQ(answer.blocked[0].basis, BasisId("away"));
  EXPECT_EQ(answer.blocked[0].obstacles.size(), 2U);  // all reasons, not the first
  EXPECT_EQ(answer.blocked[1].basis, BasisId("pact-basis"));
  EXPECT_EQ(answer.blocked[2].basis, BasisId("other-basis"));
}

TEST(Route, a_service_that_nobody_leads_to_and_one_that_does_not_exist)
{
  auto content = small_content();
  content.bases.clear();
  auto answer = ask(content);
  EXPECT_EQ(answer.state(), HopState::blocked);
  EXPECT_TRUE(answer.blocked.empty());
  EXPECT_TRUE(answer.goal_exists);
  auto request = small_request();
  request.goal = ServiceKind("maternal_centre");
  answer = ask(content, request);
  EXPECT_FALSE(answer.goal_exists);
  request.goal = ServiceId("nothing");
  auto const network = Network::build(content).value();
  auto const refused = find_route(network, request);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.diagnostics()[0].code, Code::dangling_reference);
  request = small_request();
  request.from = AgencyId("nobody");
  request.fresh_days = -1;
  EXPECT_EQ(find_route(network, request).diagnostics().size(), 2U);
}

TEST(Route, an_agency_can_be_the_goal_and_the_start)
{
  auto request = small_request();
  request.goal = AgencyId("house");
  auto answer = ask(small_content(), request);
  ASSERT_TRUE(answer.certain);
  EXPECT_EQ(answer.certain->hops.size(), 1U);
  EXPECT_TRUE(answer.certain->service.empty());
  request.goal = AgencyId("office");
  answer = ask(small_content(), request);
  ASSERT_TRUE(answer.certain);
  EXPECT_TRUE(answer.certain->hops.empty());
  EXPECT_EQ(answer.certain->days, (DayBounds{0, 0}));
}

TEST(Route, a_unit_goes_through_its_agency)
{
  auto content = small_content();
  Unit unit;
  unit.id = AgencyId("unit");
  unit.agency = AgencyId("office");
  unit.name = Text("unit");
  content.units = {unit};
  auto request = small_request();
  request.from = AgencyId("unit");
  auto const answer = ask(content, request);
  ASSERT_TRUE(answer.certain);
  EXPECT_EQ(answer.certain->hops.size(), 3U);
  EXPECT_EQ(answer.certain->hops[0].kind, BasisKind::same_agency);
}

TEST(Route, duties_to_report_are_always_shown_or_said_to_be_unknown)
{
  auto content = small_content();
  auto answer = ask(content);
  EXPECT_TRUE(answer.duties_unknown());
  auto const network = Network::build(content).value();
  EXPECT_NE(explain(answer, network).find("hold no such rule for the jurisdiction XX"), std::string::npos);
  DutyToReport duty;
  duty.id = DutyId("tell");
  duty.jurisdiction = "XX";
  duty.who = Text("everybody");
  duty.when = Text("a child is in danger");
  duty.to_whom = Text("the prosecutor");
  duty.hours = 24;
  duty.citation = citation();
  content.duties_to_report = {duty};
  content.bases.clear();
  answer = ask(content);
  EXPECT_EQ(answer.state(), HopState::blocked);
  ASSERT_EQ(answer.duties.size(), 1U);
  auto const text = explain(answer, Network::build(content).value());
  EXPECT_NE(text.find("the prosecutor, within 24 hours (Act art. 1 [A])"), std::string::npos) << text;
}

}  // namespace
