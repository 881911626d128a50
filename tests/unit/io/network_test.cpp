// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <tutela/io/dot.hpp>
#include <tutela/io/network.hpp>
#include <tutela/referral/route.hpp>

using namespace tutela;

namespace {

std::string const data = TUTELA_SOURCE_DIR "/examples/data/";
std::vector<std::string> const shipped{"chisinau", "pokrovsk", "bacau", "demo"};

std::string text_of(std::string const& name)
{
  std::ifstream file(data + name + "/network.json", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Network load(std::string const& name) { return load_network(data + name + "/network.json").value(); }

std::string with(std::string text, std::string const& old_text, std::string const& new_text)
{
  auto const found = text.find(old_text);
  EXPECT_NE(found, std::string::npos) << old_text;
  return found == std::string::npos ? text : text.replace(found, old_text.size(), new_text);
}

std::string const small = R"({
  "format": "tutela-network/1", "id": "test/small", "name": "Small", "jurisdiction": "XX", "synthetic": true,
  "organizations": [{"id": "office", "name": {"en": "Office", "ro": "Birou"}, "kind": "ngo"},
                    {"id": "house", "name": "House", "kind": "ngo", "parent_organization_id": "office"}],
  "services": [{"id": "centre", "organization_id": "house", "name": "Centre", "kind": "day_centre",
                "admission": {"minimum_age_months": 4, "sexes": ["female"]}}],
  "capacities": [{"id": "places", "service_id": "centre", "unit": "place", "maximum": 5}],
  "records": [{"id": "meeting", "kind": "meeting", "name": "Meeting", "from": "2026",
               "details": {"mode": "online", "numbers": [1, 2.5], "open": true, "nobody": null, "deep": {"a": []}}}]
})";

void expect_refused(std::string const& text, Code code, std::string const& pointer)
{
  auto const network = parse_network(text, "n.json");
  ASSERT_FALSE(network) << "expected " << to_string(code) << " at " << pointer;
  EXPECT_EQ(network.diagnostics().size(), 1U) << to_string(network.diagnostics());
  EXPECT_EQ(network.diagnostics()[0].code, code) << to_string(network.diagnostics());
  EXPECT_EQ(network.diagnostics()[0].place.pointer, pointer);
  EXPECT_EQ(network.diagnostics()[0].place.file, "n.json");
}

TEST(NetworkFile, whom_an_agreement_covers_is_read_written_and_checked)
{
  std::string const pact = R"("agreements": [{"id": "pact", "name": "Pact", "kind": "contract",
    "party_ids": ["office", "house"], "states": [{"state": "in_force", "from": "2026-01-01"}],
    "covers": {"minimum_age_months": 12, "maximum_age_months": 216, "sexes": ["female"], "area_codes": ["XX-1"]}}],
  "records")";
  auto const text = with(small, R"("records")", pact);
  auto const network = parse_network(text, "n.json");
  ASSERT_TRUE(network) << to_string(network.diagnostics());
  AgreementScope const wanted{12, 216, {Sex::female}, {"XX-1"}};
  EXPECT_EQ(network->content().agreements.at(0).covers, wanted);
  EXPECT_EQ(parse_network(write_network(*network), "again").value().content().agreements.at(0).covers, wanted);
  expect_refused(with(text, "216", "12"), Code::invalid_interval, "/agreements/0/covers/maximum_age_months");
  expect_refused(with(text, "12,", "-1,"), Code::out_of_range, "/agreements/0/covers/minimum_age_months");
  expect_refused(with(text, R"("XX-1")", R"("")"), Code::missing_key, "/agreements/0/covers/area_codes/0");
}

TEST(NetworkFile, places_by_day_and_rests_are_read_written_and_checked)
{
  auto const text = with(small, R"("maximum": 5}])",
                         R"("maximum": 5, "available": 2, "updated": "2026-03-01", "fresh_days": 60, "per_person": 2,
    "days": [{"from": "2026-03-10", "until": "2026-03-12", "maximum": 3, "available": 0}, {"from": "2026-04-01"}],
    "recorded": "2026-03-01"}],
  "out_of_service": [{"id": "works", "service_id": "centre", "valid_from": "2026-05-01", "reason": "repair"}])");
  auto const network = parse_network(text, "n.json");
  ASSERT_TRUE(network) << to_string(network.diagnostics());
  auto const& capacity = network->content().capacities.at(0);
  std::vector<DayPlaces> const days{{{parse_date("2026-03-10"), parse_date("2026-03-12")}, 3, 0},
                                    {{parse_date("2026-04-01"), {}}, {}, {}}};
  EXPECT_EQ(capacity.days, days);
  EXPECT_EQ(capacity.fresh_days, 60);
  EXPECT_EQ(capacity.per_person, 2);
  EXPECT_EQ(capacity.known.from, parse_date("2026-03-01"));
  auto const again = parse_network(write_network(*network), "again").value();
  EXPECT_EQ(again.content().capacities, network->content().capacities);
  EXPECT_EQ(again.content().out_of_service, network->content().out_of_service);
  EXPECT_NE(network->out_of_service(ServiceId("centre"), *parse_date("2026-06-01")), nullptr);
  EXPECT_EQ(network->out_of_service(ServiceId("centre"), *parse_date("2026-04-30")), nullptr);
  expect_refused(with(text, "\"2026-05-01\"", "\"2026-05-32\""), Code::invalid_date, "/out_of_service/0/valid_from");
  expect_refused(with(text, "\"maximum\": 3", "\"maximum\": -3"), Code::out_of_range, "/capacities/0/days/0/maximum");
  expect_refused(with(text, "\"reason\": \"repair\"", "\"reason\": \"New roof\""), Code::not_allowed,
                 "/out_of_service/0/reason");
}

TEST(NetworkFile, areas_are_read_written_and_checked)
{
  auto const text = with(small, R"("services")", R"("areas": [{"code": "XX", "name": "Land"},
    {"code": "XX-1", "parent_code": "XX", "circle": {"latitude": 47.5, "longitude": 28, "metres": 5000}},
    {"code": "XX-2", "polygon": [{"latitude": 1, "longitude": 1}, {"latitude": 2, "longitude": 1},
                                 {"latitude": 1, "longitude": 2.5}]}], "services")");
  auto const network = parse_network(text, "n.json");
  ASSERT_TRUE(network) << to_string(network.diagnostics());
  ASSERT_NE(network->find_area("XX-1"), nullptr);
  EXPECT_EQ(network->find_area("XX-1")->circle->metres, 5000);
  EXPECT_EQ(network->find_area("XX-2")->polygon.size(), 3U);
  EXPECT_EQ(network->find_area("XX-3"), nullptr);
  EXPECT_EQ(network->areas_around("XX-1"), (std::vector<std::string>{"XX-1", "XX"}));
  EXPECT_EQ(network->areas_around("XX-3"), (std::vector<std::string>{"XX-3"}));
  EXPECT_EQ(parse_network(write_network(*network), "again").value().content().areas, network->content().areas);
  expect_refused(with(text, "47.5", "147.5"), Code::out_of_range, "/areas/1/circle/latitude");
  expect_refused(with(text, ", \"metres\": 5000", ""), Code::missing_key, "/areas/1/circle");
  expect_refused(with(text, "\"metres\": 5000", "\"metres\": 50000000"), Code::out_of_range, "/areas/1/circle/metres");
}

TEST(NetworkFile, a_history_is_read_and_written_and_no_network)
{
  auto const text = with(small, R"("maximum": 5}])",
                         R"("maximum": 5, "withdrawn": "2026-03-01"},
    {"id": "places", "service_id": "centre", "unit": "place", "maximum": 4, "recorded": "2026-03-01"}])");
  expect_refused(with(text, R"("id": "places", "service_id": "centre", "unit": "place", "maximum": 4)",
                      R"("id": "more", "service_id": "centre", "unit": "place", "maximum": 4)"),
                 Code::invalid_network, "/capacities/0/withdrawn");
  auto const history = parse_network_history(text, "n.json");
  ASSERT_TRUE(history) << to_string(history.diagnostics());
  EXPECT_EQ(history->known(*parse_date("2026-02-28"))->content().capacities.at(0).maximum, 5);
  EXPECT_EQ(history->known(*parse_date("2026-03-01"))->content().capacities.at(0).maximum, 4);
  auto const again = parse_network_history(write_network_history(*history)).value();
  EXPECT_EQ(again.records().capacities, history->records().capacities);
  auto const refused = parse_network_history(with(text, "2026-03-01", "2026-03-02"), "n.json");
  ASSERT_EQ(refused.diagnostics().size(), 1U);
  EXPECT_EQ(refused.diagnostics()[0].code, Code::duplicate_id);
  EXPECT_EQ(refused.diagnostics()[0].place.pointer, "/capacities/1/id");
}

TEST(NetworkFile, the_shipped_networks_are_read_without_a_finding)
{
  for (auto const& name : shipped) {
    auto const network = load_network(data + name + "/network.json");
    ASSERT_TRUE(network) << to_string(network.diagnostics());
    EXPECT_TRUE(network.diagnostics().empty()) << to_string(network.diagnostics());
    EXPECT_EQ(network->synthetic(), name == "demo");
  }
}

TEST(NetworkFile, what_is_written_is_read_back_the_same)
{
  for (auto const& name : shipped) {
    auto const network = load(name);
    auto const written = write_network(network);
    auto const again = parse_network(written, name);
    ASSERT_TRUE(again) << to_string(again.diagnostics());
    EXPECT_EQ(write_network(*again), written) << name;
    EXPECT_EQ(again->content().services, network.content().services);
    EXPECT_EQ(again->content().agencies, network.content().agencies);
    EXPECT_EQ(again->content().agreements, network.content().agreements);
    EXPECT_EQ(again->content().bases, network.content().bases);
    EXPECT_EQ(again->content().figures, network.content().figures);
    EXPECT_EQ(again->content().duties_to_report, network.content().duties_to_report);
    EXPECT_EQ(again->hops(), network.hops());
    EXPECT_TRUE(written == text_of(name)) << name << ": the shipped file is not in the form that is written";
  }
}

TEST(NetworkFile, a_small_one_round_trips_with_its_details)
{
  auto const network = parse_network(small).value();
  auto const again = parse_network(write_network(network)).value();
  ASSERT_EQ(again.content().records.size(), 1U);
  auto const& details = again.content().records[0].details;
  ASSERT_EQ(details.entries.size(), 5U);
  EXPECT_EQ(Value(details), Value(network.content().records[0].details));
  EXPECT_EQ(again.name_of(NodeId("office")).in(Language::ro), "Birou");
}

TEST(NetworkFile, unknown_keys_wrong_types_and_words_are_located)
{
  expect_refused(with(small, R"("unit": "place")", R"("unit": "place", "vacancies": 3)"), Code::unknown_key,
                 "/capacities/0/vacancies");
  expect_refused(with(small, R"("maximum": 5)", R"("maximum": "five")"), Code::wrong_type, "/capacities/0/maximum");
  expect_refused(with(small, R"("maximum": 5)", R"("maximum": -5)"), Code::out_of_range, "/capacities/0/maximum");
  expect_refused(with(small, R"("unit": "place")", R"("unit": "chair")"), Code::not_allowed, "/capacities/0/unit");
  expect_refused(with(small, R"(["female"])", R"(["woman"])"), Code::not_allowed, "/services/0/admission/sexes/0");
  expect_refused(with(small, R"("from": "2026")", R"("from": "2026-02-30")"), Code::invalid_date, "/records/0/from");
  expect_refused(with(small, R"("name": "Centre", )", ""), Code::missing_key, "/services/0");
  expect_refused(with(small, R"("kind": "day_centre")", R"("kind": "Day centre")"), Code::not_allowed,
                 "/services/0/kind");
  expect_refused(with(small, R"([1, 2.5])", "[1234567890123456]"), Code::out_of_range, "/records/0/details/numbers/0");
}

TEST(NetworkFile, repeated_keys_and_identifiers_are_located)
{
  expect_refused(with(small, R"("maximum": 5)", R"("maximum": 5, "maximum": 6)"), Code::duplicate_key,
                 "/capacities/0/maximum");
  auto text = with(small, R"("id": "centre")", R"("id": "house")");
  expect_refused(with(text, R"("service_id": "centre")", R"("service_id": "house")"), Code::duplicate_id,
                 "/services/0/id");
}

TEST(NetworkFile, dangling_references_and_circles_are_located)
{
  expect_refused(with(small, R"("service_id": "centre")", R"("service_id": "center")"), Code::dangling_reference,
                 "/capacities/0/service_id");
  expect_refused(with(small, R"("kind": "ngo"},)", R"("kind": "ngo", "parent_organization_id": "house"},)"),
                 Code::cyclic_reference, "/organizations/0/parent_organization_id");
}

TEST(NetworkFile, all_findings_are_reported_together)
{
  auto text = with(small, R"("maximum": 5)", R"("maximum": -5)");
  text = with(text, R"("organization_id": "house")", R"("organization_id": "hous")");
  text = with(text, R"("unit": "place")", R"("unit": "place", "vacancies": 3)");
  auto const network = parse_network(text);
  ASSERT_FALSE(network);
  EXPECT_EQ(network.diagnostics().size(), 3U) << to_string(network.diagnostics());
}

TEST(NetworkFile, files_of_another_format_are_refused_once)
{
  expect_refused(with(small, "tutela-network/1", "tutela-network/9"), Code::unsupported_format, "/format");
  EXPECT_FALSE(parse_network("[]"));
  EXPECT_FALSE(parse_network("17"));
  EXPECT_FALSE(parse_network("{}"));
  EXPECT_FALSE(parse_network(""));
}

TEST(NetworkFile, every_cut_off_copy_is_refused_with_a_place)
{
  auto const text = text_of("bacau");
  for (std::size_t length = 0; length + 2 < text.size(); length += 37) {
    auto const network = parse_network(std::string_view(text).substr(0, length), "cut.json");
    ASSERT_FALSE(network) << length;
    ASSERT_FALSE(network.diagnostics().empty());
    EXPECT_GT(network.diagnostics()[0].place.line, 0U);
  }
}

TEST(NetworkFile, hostile_input_ends_with_a_finding)
{
  EXPECT_FALSE(parse_network(std::string(10'000, '[')));
  std::string deep = small;
  deep = with(deep, R"("deep": {"a": []})", R"("deep": )" + std::string(10'000, '[') + std::string(10'000, ']'));
  EXPECT_EQ(parse_network(deep).diagnostics().at(0).code, Code::limit_reached);
  EXPECT_FALSE(parse_network(with(small, "Centre", std::string(100'000, 'x'))));
  EXPECT_FALSE(parse_network(with(small, "Centre", "\xff\xfe")));
  Limits limits;
  limits.document_bytes = 100;
  EXPECT_EQ(parse_network(small, {}, limits).diagnostics().at(0).code, Code::limit_reached);
  EXPECT_FALSE(load_network(data + "nowhere.json"));
}

TEST(NetworkFile, a_real_network_without_sources_is_refused)
{
  auto const network = parse_network(with(small, R"("synthetic": true)", R"("synthetic": false)"));
  ASSERT_FALSE(network);
  EXPECT_EQ(network.diagnostics().size(), 6U) << to_string(network.diagnostics());
}

// --- what the shipped networks say ------------------------------------------------------------------------------

RouteRequest request(std::string from, RouteGoal goal, Date on)
{
  RouteRequest result;
  result.from = AgencyId(std::move(from));
  result.goal = std::move(goal);
  result.on = on;
  result.purposes = {Purpose("reintegration")};
  result.data = {{DataCategory("identity"), Truth::yes}};
  return result;
}

TEST(Chisinau, the_way_from_probation_to_lumos_is_blocked_and_says_why)
{
  auto const network = load("chisinau");
  for (auto const* from : {"probation-office", "probation-juvenile-unit"}) {
    auto const answer = find_route(network, request(from, AgencyId("lumos"), Date{2015, 7, 10})).value();
    EXPECT_EQ(answer.state(), HopState::blocked);
    ASSERT_EQ(answer.blocked.size(), 1U);
    EXPECT_EQ(answer.blocked[0].from, NodeId("probation-office"));
    ASSERT_EQ(answer.blocked[0].obstacles.size(), 3U);  // not in force; nor were purposes and data published
    EXPECT_EQ(answer.blocked[0].obstacles[0].kind, ObstacleKind::agreement_not_in_force);
    EXPECT_EQ(answer.blocked[0].obstacles[0].detail, "debated");
    EXPECT_EQ(answer.blocked[0].obstacles[0].since, (Date{2015, 7, 10}));
    ASSERT_FALSE(answer.duties.empty());
    EXPECT_EQ(answer.duties[0].to, AgencyId("prosecutor"));
    auto const text = explain(answer, network);
    EXPECT_NE(text.find("in state \"debated\" since 2015-07-10"), std::string::npos) << text;
    EXPECT_NE(text.find("Family Code (1316/2000) art. 71(2)"), std::string::npos) << text;
  }
}

TEST(Chisinau, figures_are_what_they_are)
{
  auto const network = load("chisinau");
  auto const capacities = network.capacities_of(ServiceId("maternal-centre"));
  ASSERT_EQ(capacities.size(), 1U);
  EXPECT_EQ(capacities[0]->unit, CapacityUnit::pair);
  EXPECT_EQ(capacities[0]->maximum, 7);
  EXPECT_FALSE(capacities[0]->available);  // not published is not zero
  auto const figure = [&](char const* about, Measure measure) -> Figure const* {
    for (Figure const* one : network.figures_of(NodeId(about)))
      if (one->measure == measure) return one;
    return nullptr;
  };
  auto const* flow = figure("maternal-centre", Measure::flow);
  ASSERT_NE(flow, nullptr);
  EXPECT_EQ(flow->value, Decimal(5));
  EXPECT_EQ(flow->period_text, "3 months");
  EXPECT_EQ(figure("day-service-4m-3y", Measure::enrolment)->value, Decimal(54));
  EXPECT_EQ(figure("day-centre-at-risk", Measure::enrolment)->value, Decimal(110));
  auto const* housing = figure("assisted-housing", Measure::beneficiaries);
  EXPECT_EQ(housing->value, Decimal(22));
  ASSERT_EQ(housing->subgroups.size(), 1U);
  EXPECT_EQ(housing->subgroups[0].value, 3);
  EXPECT_EQ(figure("professional-parental-assistance", Measure::recruited)->value, Decimal(7));
  EXPECT_EQ(figure("professional-parental-assistance", Measure::placed)->value, Decimal(13));
  EXPECT_EQ(figure("street-service", Measure::annual_count)->value, Decimal(100));
  EXPECT_EQ(figure("family-type-home", Measure::beneficiaries), nullptr);  // no figure was published
  ASSERT_EQ(network.content().equipment_pools.size(), 1U);
  EXPECT_EQ(network.content().equipment_pools[0].available, 40);
  EXPECT_EQ(network.content().equipment_pools[0].applied, 170);
  EXPECT_TRUE(network.content().waiting.empty());
}

TEST(Chisinau, places_that_were_not_published_are_asked_for)
{
  auto const network = load("chisinau");
  auto const answer = find_route(network, request("dgpdc", ServiceId("day-centre-at-risk"), Date{2026, 3, 2})).value();
  EXPECT_FALSE(answer.certain);
  ASSERT_TRUE(answer.possible);
  EXPECT_FALSE(answer.possible->first_free_place);
  EXPECT_FALSE(answer.possible->days.upper);
  EXPECT_EQ(answer.possible->ask, std::vector<std::string>{"service.day-centre-at-risk.free_places"});
}

TEST(Bacau, says_that_the_data_hold_no_duty_for_the_jurisdiction)
{
  auto const network = load("bacau");
  auto const answer = find_route(network, request("sera-romania", ServiceId("mobile-team"), Date{2019, 6, 13})).value();
  EXPECT_EQ(answer.state(), HopState::blocked);
  EXPECT_TRUE(answer.blocked.empty());  // no ground is recorded at all, and none is invented
  EXPECT_TRUE(answer.duties_unknown());
  EXPECT_EQ(answer.jurisdiction, "RO");
}

TEST(Pokrovsk, services_under_martial_law_show_no_place)
{
  auto const network = load("pokrovsk");
  for (Service const& service : network.content().services)
    EXPECT_EQ(network.disclosure_of(service, Date{2025, 6, 18}), LocationDisclosure::none);
  auto removal = request("children-service", AgencyId("prosecutor"), Date{2025, 6, 18});
  EXPECT_EQ(find_route(network, removal).value().state(), HopState::blocked);  // not for just any purpose
  removal.purposes = {Purpose("emergency_removal")};
  removal.data[0].consent = Truth::no;
  auto const answer = find_route(network, removal).value();
  ASSERT_TRUE(answer.certain);  // a duty waits for nothing
  EXPECT_EQ(answer.certain->hops[0].kind, BasisKind::statutory_duty);
  ASSERT_EQ(answer.duties.size(), 1U);
  EXPECT_EQ(answer.duties[0].hours, 0);
}

TEST(Demo, shows_certain_possible_and_blocked_ways)
{
  auto const network = load("demo");
  Date const on{2026, 3, 2};
  auto certain = find_route(network, request("demo-probation", ServiceKind("probation_programme"), on)).value();
  EXPECT_EQ(certain.state(), HopState::possible);  // the birth date is not known
  auto with_age = request("demo-probation", ServiceKind("probation_programme"), on);
  with_age.birth_date = Date{2010, 1, 1};
  certain = find_route(network, with_age).value();
  ASSERT_TRUE(certain.certain);
  EXPECT_EQ(certain.certain->service, ServiceId("demo-bridge-programme"));
  EXPECT_EQ(certain.certain->first_free_place, on);
  auto const blocked = find_route(network, request("demo-probation", AgencyId("demo-harbour"), on)).value();
  ASSERT_TRUE(blocked.best() != nullptr);  // not under the debated agreement, but through the directorate
  ASSERT_EQ(blocked.best()->hops.size(), 2U);
  EXPECT_EQ(blocked.best()->hops[0].to, NodeId("demo-directorate"));
  auto const village = find_route(network, request("demo-village-hall", AgencyId("demo-bridge"), on)).value();
  EXPECT_EQ(village.state(), HopState::blocked);
  std::vector<Hop> to_bridge;  // beside them the duties to tell court and prosecutor of a removal: another purpose
  for (Hop const& hop : village.blocked)
    if (hop.to == NodeId("demo-bridge")) to_bridge.push_back(hop);
  ASSERT_EQ(to_bridge.size(), 2U);
  EXPECT_EQ(to_bridge[0].obstacles.at(0).kind, ObstacleKind::agreement_window);  // the directorate's has lapsed
  EXPECT_EQ(to_bridge[1].obstacles.back().detail, "ended");                      // the village's own
}

// --- the drawing ------------------------------------------------------------------------------------------------

TEST(Dot, hides_places_that_must_not_be_shown)
{
  auto const network = load("demo");
  DotOptions options;
  options.on = Date{2026, 3, 2};
  auto const drawing = write_dot(network, options);
  EXPECT_EQ(drawing.find("Protected house"), std::string::npos);     // receives victims of violence
  EXPECT_EQ(drawing.find("House with the oak"), std::string::npos);  // none, set by hand
  EXPECT_EQ(drawing.find("Cloud Street"), std::string::npos);        // of one of its services only the area is shown
  EXPECT_NE(drawing.find("North"), std::string::npos);
  EXPECT_NE(drawing.find("House by the well"), std::string::npos);
  EXPECT_EQ(drawing.find("Prima"), std::string::npos);  // another language
  EXPECT_NE(drawing.find("SYNTHETIC"), std::string::npos);
  auto content = network.content();
  content.regimes = {{"martial_law", {}, {}}};
  for (Service& service : content.services) service.disclosure.reset();
  auto const wartime = write_dot(Network::build(content).value(), options);
  EXPECT_EQ(wartime.find("Street ("), std::string::npos);
  EXPECT_EQ(wartime.find("Zefirești, North"), std::string::npos);
}

TEST(Dot, says_which_ways_are_closed_on_the_day)
{
  auto const network = load("chisinau");
  DotOptions options;
  options.on = Date{2015, 7, 10};
  auto const drawing = write_dot(network, options);
  EXPECT_NE(
      drawing.find("\"probation-office\" -> \"lumos\" [label=\"agreement: debated since 2015-07-10\", style=dashed"),
      std::string::npos)
      << drawing;
  EXPECT_EQ(drawing.find("world-bank"), std::string::npos);  // no hop touches it
  options.isolated = true;
  EXPECT_NE(write_dot(network, options).find("world-bank"), std::string::npos);
  options.services = false;
  EXPECT_EQ(write_dot(network, options).find("maternal-centre"), std::string::npos);
}

TEST(Dot, names_cannot_break_out_of_their_quotes)
{
  auto const network = parse_network(with(small, R"("name": "Centre")", R"("name": "A \"B\" \\ \n C")")).value();
  auto const drawing = write_dot(network, {});
  EXPECT_NE(drawing.find(R"(label="A \"B\" \\   C")"), std::string::npos) << drawing;
}

}  // namespace
