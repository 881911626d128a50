// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include <tutela/io/fhir.hpp>

using namespace tutela;

namespace {

bool has(std::vector<Diagnostic> const& found, Code code, std::string const& pointer)
{
  return std::any_of(found.begin(), found.end(),
                     [&](Diagnostic const& each) { return each.code == code && each.place.pointer == pointer; });
}

std::string const request =
    R"({"resourceType":"ServiceRequest","id":"r1","extension":[{"url":"http://x","valueDecimal":1.500}],"status":"active",)"
    R"("_status":{"id":"s"},"intent":"order","unheardOf":[null,{"a":1e2}],"subject":{"reference":"Patient/p","display":"é\"\\"},)"
    R"("performer":[{"display":"somebody"},{"reference":"Organization/2"}],"quantityQuantity":{"value":0.10}})";

TEST(Fhir, what_is_not_understood_is_kept)
{
  auto const resource = parse_fhir(request).value();
  EXPECT_EQ(resource.type(), "ServiceRequest");
  EXPECT_EQ(resource.id(), "r1");
  EXPECT_EQ(resource.write(), request);
  auto const view = read_fhir<FhirServiceRequest>(resource).value();
  EXPECT_EQ(view.performers, (std::vector<std::string>{"", "Organization/2"}));
  EXPECT_EQ(write_fhir(view, resource).write(), request);
}

TEST(Fhir, a_change_touches_its_element_alone)
{
  auto const resource = parse_fhir(request).value();
  auto view = read_fhir<FhirServiceRequest>(resource).value();
  view.status = "completed";
  view.performers.push_back("Organization/3");
  view.authored_on = "2026-03-02";
  auto text = request;
  text.replace(text.find("\"active\""), 8, "\"completed\"");
  text.insert(text.find("],\"quantity"), R"(,{"reference":"Organization/3"})");
  text.insert(text.size() - 1, R"(,"authoredOn":"2026-03-02")");
  EXPECT_EQ(write_fhir(view, resource).write(), text);
  EXPECT_EQ(read_fhir<FhirServiceRequest>(write_fhir(view, resource)).value(), view);
  view.performers.clear();
  view.subject.clear();
  auto const less = write_fhir(view, resource);
  EXPECT_FALSE(fhir_text(less, "subject.reference"));
  EXPECT_TRUE(fhir_text(less, "subject.display"));
  EXPECT_FALSE(fhir_text(less, "performer[0].display"));
}

TEST(Fhir, wrong_types_and_codes_are_located)
{
  auto const found = read_fhir<FhirTask>(
      parse_fhir(R"({"resourceType":"Task","status":"done","owner":"me","partOf":[1,{"reference":2}],)"
                 R"("restriction":{"period":[]},"intent":"order"})")
          .value());
  ASSERT_FALSE(found);
  EXPECT_TRUE(has(found.diagnostics(), Code::not_allowed, "/status"));
  EXPECT_TRUE(has(found.diagnostics(), Code::wrong_type, "/owner"));
  EXPECT_TRUE(has(found.diagnostics(), Code::wrong_type, "/partOf/0"));
  EXPECT_TRUE(has(found.diagnostics(), Code::wrong_type, "/partOf/1/reference"));
  EXPECT_TRUE(has(found.diagnostics(), Code::wrong_type, "/restriction/period"));
  EXPECT_NE(found.diagnostics().front().mend.find("in-progress"), std::string::npos);
  EXPECT_FALSE(read_fhir<FhirTask>(FhirResource("Group")));
  EXPECT_THROW((void)write_fhir(FhirTask{}, FhirResource("Group")), ContractViolation);
  EXPECT_TRUE(has(parse_fhir("{}").diagnostics(), Code::missing_key, "/resourceType"));
  EXPECT_FALSE(parse_fhir("[1"));
  EXPECT_FALSE(parse_fhir(R"({"resourceType":"Task","a":1,"a":2})"));
  EXPECT_FALSE(fhir_text(FhirResource("Task"), "a[].b[x].c]"));
}

TEST(Fhir, one_element_by_its_path)
{
  auto const resource = parse_fhir(request).value();
  auto const changed = with_fhir_text(resource, "performer[2].identifier.value", "7");
  EXPECT_EQ(fhir_text(changed, "performer[2].identifier.value"), "7");
  EXPECT_EQ(fhir_text(changed, "performer[1].reference"), "Organization/2");
  EXPECT_EQ(with_fhir_text(changed, "performer[9].reference", "").write(), changed.write());
  EXPECT_THROW((void)with_fhir_text(resource, "performer[].reference", "x"), ContractViolation);
  EXPECT_THROW((void)with_fhir_text(resource, "status.text", "x"), ContractViolation);
  EXPECT_THROW((void)with_fhir_text(resource, "performer[99999999].reference", "x"), ContractViolation);
}

template <class View>
void expect_new(View const& view)
{
  auto const written = write_fhir(view);
  EXPECT_EQ(read_fhir<View>(parse_fhir(written.write()).value()).value(), view);
}

TEST(Fhir, views_make_new_resources)
{
  expect_new(FhirConsent{"active",
                         "Patient/p",
                         "2026-03",
                         {"RelatedPerson/m"},
                         {"Organization/1"},
                         {{"permit",
                           "2026",
                           "",
                           {"Organization/1"},
                           {"access"},
                           {"TREAT"},
                           {"health"},
                           {{"deny", "", "", {}, {}, {"HMARKT"}, {}, {}}}}}});
  expect_new(FhirOrganizationAffiliation{
      true, "2026-01-01", "2026-12-31", "Organization/1", "Organization/2", {"Organization/n"}, {}});
  expect_new(FhirHealthcareService{false, "Organization/1", "Centre", "by day", {"Location/1"}, {"children"}, true});
  expect_new(FhirGroup{"person", true, "siblings", {"Patient/a", "Patient/b"}});
  expect_new(FhirRelatedPerson{true, "Patient/a", {"SIB"}, "2010", ""});
  expect_new(FhirCarePlan{"active", "plan", "Patient/a", "Return home", "2026-01-01", "", {}, {"ServiceRequest/1"}});
}

TEST(Fhir, every_state_of_a_referral_is_read_back)
{
  ReferralRecord referral;
  referral.id = ReferralId("7");
  referral.parent = ReferralId("6");
  referral.from = AgencyId("office");
  referral.to = AgencyId("house");
  referral.deadlines = {{ReferralState::received, Date{2026, 3, 9}, AgencyId("office"), "pact"},
                        {ReferralState::started, Date{2026, 3, 5}, AgencyId("house"), "duty"}};
  for (std::size_t k = 0; k < referral_states; ++k) {
    referral.steps = {
        {ReferralState::sent, Date{2026, 3, 2}, referral.from, {}, {}, ""},
        {static_cast<ReferralState>(k), Date{2026, 3, 4}, referral.to, ReferralReason::safety, {}, "by post"}};
    auto const [request_view, task] = to_fhir(referral, "Patient/p");
    EXPECT_EQ(state_of(task), static_cast<ReferralState>(k));
    expect_new(request_view);
    expect_new(task);
    EXPECT_EQ(task.due, "2026-03-05");
    EXPECT_EQ(task.part_of, std::vector<std::string>{"Task/6"});
    EXPECT_EQ(task.status_reason, "safety: by post");
  }
  FhirTask ready;
  ready.status = "ready";
  EXPECT_FALSE(state_of(ready));
  EXPECT_THROW((void)to_fhir(ReferralRecord{}, ""), ContractViolation);
}

TEST(Fhir, an_affiliation_is_an_agreement)
{
  FhirOrganizationAffiliation affiliation{true, "2026-01", "2026-12-31", "Organization/1", "Organization/2", {}, {}};
  auto const agreement = to_agreement(affiliation, "pact").value();
  EXPECT_EQ(agreement.parties, (std::vector{AgencyId("1"), AgencyId("2")}));
  EXPECT_EQ(is_open_on(agreement, Date{2026, 12, 31}), Truth::yes);
  EXPECT_EQ(is_open_on(agreement, Date{2027, 1, 1}), Truth::no);
  EXPECT_EQ(is_open_on(agreement, Date{2026, 1, 5}), Truth::unknown);
  EXPECT_FALSE(agreement.purposes);
  affiliation = {true, "2026-01-01", "2025", "", "", {}, {}};
  EXPECT_EQ(to_agreement(affiliation, "pact").diagnostics().size(), 3U);
}

TEST(Fhir, a_consent_and_its_exceptions)
{
  FhirConsent consent;
  consent.status = "active";
  FhirProvision const deny_marketing{"deny", "", "", {}, {}, {"HMARKT"}, {}, {}};
  FhirProvision const deny_clinic{"deny", "2026-06-01", "2026-06", {"Organization/2"}, {}, {}, {}, {}};
  consent.provision = {{"permit", "2026-01-01", "2026-12-31", {}, {}, {}, {"health"}, {deny_marketing, deny_clinic}}};
  auto const ask = [&](char const* actor, char const* purpose, char const* data, Date on) {
    return permits(consent, actor, purpose, data, on);
  };
  Date const may{2026, 5, 1};
  EXPECT_EQ(ask("Organization/1", "TREAT", "health", may), Truth::yes);
  EXPECT_EQ(ask("Organization/1", "HMARKT", "health", may), Truth::no);
  EXPECT_EQ(ask("Organization/2", "TREAT", "health", may), Truth::yes);
  EXPECT_EQ(ask("Organization/2", "TREAT", "health", Date{2026, 6, 30}), Truth::no);
  EXPECT_EQ(ask("Organization/1", "TREAT", "offence", may), Truth::unknown);
  EXPECT_EQ(ask("Organization/1", "TREAT", "health", Date{2027, 1, 1}), Truth::unknown);
  consent.status = "inactive";
  EXPECT_EQ(ask("Organization/1", "TREAT", "health", may), Truth::unknown);
}

TEST(Fhir, noise_never_crashes)
{
  std::mt19937 random(17);
  for (int round = 0; round < 20'000; ++round) {
    std::string text = request;
    for (int k = 0; k < 3; ++k) text[random() % text.size()] = "{}[]\",:0a"[random() % 9];
    auto const resource = parse_fhir(text);
    if (!resource) continue;
    if (auto const view = read_fhir<FhirServiceRequest>(*resource)) {
      EXPECT_EQ(write_fhir(*view, *resource).write(), resource->write());
    }
  }
}

}  // namespace
