// SPDX-License-Identifier: Apache-2.0
/// \file
/// What may be told, against a second reading of the rules on random networks, records, consents and days.
#include <tutela/disclosure/may_be_told.hpp>

#include <algorithm>

#include <tutela/disclosure/disclosure_entry.hpp>
#include <tutela/disclosure/redacted_case.hpp>
#include <tutela/facts/team_data.hpp>
#include <tutela/referral/disclosure_grounds.hpp>

#include "unit/referral/random_network.hpp"
#include "unit/referral/small_network.hpp"

namespace tutela {
namespace {

using test::Chance;

FactDeclaration declared(std::string name, std::string category, Subject about = Subject::person)
{
  FactDeclaration declaration;
  declaration.name = std::move(name);
  declaration.category = std::move(category);
  declaration.about = about;
  return declaration;
}

Schema small_schema()
{
  return Schema({declared("age", "identity"), declared("diagnosis", "health"), declared("note", ""),
                 declared("mother.job", "identity", Subject::others), declared("pregnant", "reproductive_health")});
}

DisclosureRequest small_telling()
{
  DisclosureRequest request;
  request.from = AgencyId("office");
  request.to = NodeId("house");
  request.role = "case_manager";
  request.purpose = Purpose("assistance");
  request.on = test::today;
  ConsentRecord consent;
  consent.category = DataCategory("identity");
  consent.answer = ConsentAnswer::given;
  consent.given_by = "guardian";
  request.consents = {consent};
  return request;
}

DisclosureFinding find(Schema const& schema, NetworkContent content, DisclosureRequest const& request)
{
  auto const network = Network::build(std::move(content)).value();
  return what_may_be_told(schema, request, grounds_between(network, request).value()).value();
}

TEST(MayBeTold, EachFactHasItsReason)
{
  auto const finding = find(small_schema(), test::small_content(), small_telling());
  EXPECT_EQ(finding.told(), (std::vector<std::string>{"age"}));
  EXPECT_EQ(finding.find("age")->grounds.front().agreement, AgreementId("pact"));
  EXPECT_EQ(finding.find("diagnosis")->reason, TellingReason::not_allowed);
  EXPECT_EQ(finding.find("diagnosis")->grounds.front().reasons.front().word, "category_not_allowed");
  EXPECT_EQ(finding.find("note")->reason, TellingReason::category_unknown);
  EXPECT_EQ(finding.find("note")->telling, Telling::unknown);
  EXPECT_EQ(finding.find("mother.job")->telling, Telling::unknown) << "the child's consent is not the mother's";
  EXPECT_EQ(finding.find("mother.job")->grounds.front().ask, (std::vector<std::string>{"consent.identity"}));
  EXPECT_EQ(finding.find("pregnant")->reason, TellingReason::stays_with_team);
  EXPECT_EQ(finding.find("shoe_size"), nullptr);
  EXPECT_FALSE(finding.minimum_known);
}

TEST(MayBeTold, AResultTellsOfEveryFactThatItRestsOn)
{
  auto const finding = find(small_schema(), test::small_content(), small_telling());
  auto const of = [&](std::vector<std::string> const& facts) { return finding.of_result(facts); };
  EXPECT_EQ(of({}), Telling::tell);
  EXPECT_EQ(of({"age"}), Telling::tell);
  EXPECT_EQ(of({"age", "note"}), Telling::unknown);
  EXPECT_EQ(of({"age", "note", "diagnosis"}), Telling::withhold);
  EXPECT_EQ(of({"age", "shoe_size"}), Telling::withhold);
}

TEST(MayBeTold, NothingBeyondWhatThePurposeNeeds)
{
  auto request = small_telling();
  request.needed = std::vector<std::string>{"mother", "shoe_size"};
  request.consents.front().about.push_back(Subject::others);
  auto const finding = find(small_schema(), test::small_content(), request);
  EXPECT_TRUE(finding.minimum_known);
  EXPECT_EQ(finding.told(), (std::vector<std::string>{"mother.job"})) << "a part of what is needed";
  EXPECT_EQ(finding.find("age")->reason, TellingReason::not_needed);
  EXPECT_EQ(finding.find("shoe_size")->reason, TellingReason::not_declared);
}

TEST(MayBeTold, ConsentEndsOnItsDay)
{
  auto request = small_telling();
  request.consents.front().valid.until = test::today;
  EXPECT_EQ(find(small_schema(), test::small_content(), request).find("age")->telling, Telling::unknown);
  request.consents.front().valid.until = add_days(test::today, 1);
  EXPECT_EQ(find(small_schema(), test::small_content(), request).find("age")->telling, Telling::tell);
  request.consents.push_back(request.consents.front());
  request.consents.back().answer = ConsentAnswer::refused;
  EXPECT_EQ(find(small_schema(), test::small_content(), request).find("age")->telling, Telling::withhold);
}

TEST(MayBeTold, AnEmergencyWaitsForNoConsent)
{
  auto content = test::small_content();
  content.bases = {test::basis("112", BasisKind::emergency, "office", "house")};
  auto request = small_telling();
  request.consents.clear();
  auto const network = Network::build(std::move(content)).value();
  RouteRequest about;
  auto const telling = [&](Truth danger) {
    about.danger = danger;
    return what_may_be_told(small_schema(), request, grounds_between(network, request, about).value())
        .value()
        .find("diagnosis")
        ->telling;
  };
  EXPECT_EQ(telling(Truth::yes), Telling::tell);
  EXPECT_EQ(telling(Truth::unknown), Telling::unknown);
  EXPECT_EQ(telling(Truth::no), Telling::withhold);
}

TEST(MayBeTold, APlaceIsToldOnlyWhereItMayBeShownExactly)
{
  auto content = test::small_content();
  content.services.front().disclosure = LocationDisclosure::area;
  auto const network = Network::build(content).value();
  auto request = small_telling();
  std::vector<std::string> const facts{"age"};
  request.places = places_told_by(network, ServiceId("centre"), request.on, facts);
  EXPECT_EQ(find(small_schema(), content, request).find("age")->reason, TellingReason::place_not_shown);
  request.places["age"] = LocationDisclosure::exact;
  EXPECT_EQ(find(small_schema(), content, request).find("age")->telling, Telling::tell);
  EXPECT_EQ(places_told_by(network, ServiceId("elsewhere"), request.on, facts).at("age"), LocationDisclosure::none);
}

TEST(MayBeTold, AWholeIsNotToldPastAPartThatStays)
{
  Schema const schema(
      {declared("child", "identity"), declared("child.age", "identity"), declared("child.a.b", "health")});
  auto const finding = find(schema, test::small_content(), small_telling());
  EXPECT_EQ(finding.told(), (std::vector<std::string>{"child.age"}));
  EXPECT_EQ(finding.find("child")->reason, TellingReason::part_withheld);
}

TEST(MayBeTold, RefusesAQuestionWithoutEnds)
{
  EXPECT_EQ(what_may_be_told(small_schema(), {}, {}).diagnostics().size(), 4U);
  auto const network = Network::build(test::small_content()).value();
  auto request = small_telling();
  request.to = NodeId("nobody");
  EXPECT_FALSE(grounds_between(network, request));
  request.to = NodeId("office");
  EXPECT_FALSE(grounds_between(network, request));
}

// --- a second reading of the rules, from the fields alone --------------------------------------------------------

/// How sure it is that one ground lets a category travel.
Truth lets_travel(NetworkContent const& content, Basis const& ground, DisclosureRequest const& request,
                  RouteRequest const& about, DataCategory const& category, Truth consent)
{
  auto const allows = [](auto const& list, auto const& word, Truth without) {
    if (!list) return without;
    return to_truth(std::find(list->begin(), list->end(), word) != list->end());
  };
  Truth open = to_truth(ground.valid.contains(request.on));
  if (ground.kind == BasisKind::emergency) open = open & about.danger;
  if (ground.kind == BasisKind::act) open = open & Truth::unknown;  // no act is in the file
  Truth otherwise = Truth::yes;
  if (ground.kind == BasisKind::agreement) {
    for (auto const& pact : content.agreements) {
      if (pact.id != ground.agreement) continue;
      open = open & is_open_on(pact, request.on);
      if (pact.covers) {
        if (!pact.covers->sexes.empty())
          open = open & (about.sex ? to_truth(pact.covers->sexes.front() == *about.sex) : Truth::unknown);
        if (!pact.covers->area_codes.empty()) open = open & Truth::unknown;
        if (pact.covers->maximum_age_months) open = open & Truth::unknown;
      }
      // Terms that were not published are unknown, unless the ground has terms of its own.
      open = open & allows(pact.purposes, request.purpose, ground.purposes ? Truth::yes : Truth::unknown);
      open = open & allows(pact.categories, category, ground.categories ? Truth::yes : Truth::unknown);
    }
  }
  open = open & allows(ground.purposes, request.purpose, otherwise) & allows(ground.categories, category, otherwise);
  if (ground.needs_consent.value_or(ground.kind == BasisKind::agreement)) open = open & consent;
  return open;
}

/// Whether two stops are of one agency, next to each other.
bool inside_one_agency(NetworkContent const& content, std::string const& from, std::string const& to)
{
  for (auto const& unit : content.units)
    if ((unit.agency.text() == from && unit.id.text() == to) || (unit.agency.text() == to && unit.id.text() == from))
      return true;
  for (auto const& service : content.services)
    if (service.agency.text() == from && service.id.text() == to) return true;
  return false;
}

Telling slowly(NetworkContent const& content, FactDeclaration const& fact, DisclosureRequest const& request,
               RouteRequest const& about)
{
  if (fact.category == reproductive_health || fact.category == voluntary_programme) return Telling::withhold;
  if (request.needed && std::find(request.needed->begin(), request.needed->end(), fact.name) == request.needed->end())
    return Telling::withhold;
  if (fact.category.empty()) return Telling::unknown;
  bool given = false;
  bool refused = false;
  for (auto const& consent : request.consents) {
    bool const others = fact.about == Subject::others || fact.about == Subject::unstated;
    bool const covered = std::any_of(consent.about.begin(), consent.about.end(), [&](Subject about_whom) {
      return others ? about_whom == Subject::others : about_whom == fact.about;
    });
    if (!covered || consent.category.text() != fact.category || !consent.valid.contains(request.on)) continue;
    given = given || consent.answer == ConsentAnswer::given;
    refused = refused || consent.answer == ConsentAnswer::refused;
  }
  Truth const consent = refused ? Truth::no : given ? Truth::yes : Truth::unknown;
  Truth best = to_truth(inside_one_agency(content, request.from.text(), request.to.text()));
  for (auto const& ground : content.bases) {
    bool const joins = ground.from.front() == request.from && ground.to.front() == request.to;
    if (joins) best = best | lets_travel(content, ground, request, about, DataCategory(fact.category), consent);
  }
  return static_cast<Telling>(best);
}

Schema random_schema(Chance& chance)
{
  std::vector<FactDeclaration> declarations;
  char const* const categories[] = {"identity", "health", "housing", "", "reproductive_health", "voluntary_programme"};
  for (int i = 0; i < 12; ++i)
    declarations.push_back(declared("fact" + std::to_string(i), categories[chance.below(chance.one_in(3) ? 6 : 3)],
                                    static_cast<Subject>(chance.below(4))));
  return Schema(std::move(declarations));
}

DisclosureRequest random_request(Chance& chance, NetworkContent const& content, Schema const& schema)
{
  DisclosureRequest request;
  request.from = content.agencies[chance.below(content.agencies.size())].id;
  request.to = node_of(content.agencies[chance.below(content.agencies.size())].id);
  if (chance.one_in(4)) request.to = node_of(content.services[chance.below(content.services.size())].id);
  if (!content.units.empty() && chance.one_in(4)) request.to = node_of(content.units.front().id);
  if (!content.bases.empty() && !chance.one_in(4)) {
    auto const& ground = content.bases[chance.below(content.bases.size())];
    request.from = ground.from.front();
    request.to = ground.to.front();
  }
  request.purpose = Purpose(chance.one_in(4) ? "other" : "assistance");
  request.on = *add_days(test::today, static_cast<int>(chance.below(12)) - 2);
  if (chance.one_in(2)) {
    request.needed.emplace();
    for (auto const& fact : schema.declarations())
      if (chance.one_in(2)) request.needed->push_back(fact.name);
  }
  for (char const* category : {"identity", "health", "housing"})
    for (std::size_t i = chance.below(std::size_t{3}); i > 0; --i) {
      ConsentRecord consent;
      consent.category = DataCategory(category);
      consent.answer = static_cast<ConsentAnswer>(chance.below(3));
      if (chance.one_in(3)) consent.about = {Subject::others};
      if (chance.one_in(3)) consent.valid.until = add_days(test::today, static_cast<int>(chance.below(8)));
      request.consents.push_back(consent);
    }
  return request;
}

TEST(MayBeTold, EqualsASecondReadingOfTheRules)
{
  Chance chance(23);
  std::map<Telling, int> seen;
  for (int round = 0; round < 4000; ++round) {
    auto const content = chance.one_in(2) ? test::random_content(chance) : test::random_dated_content(chance);
    auto const built = Network::build(content);
    if (!built) continue;
    auto const schema = random_schema(chance);
    auto const request = random_request(chance, content, schema);
    if (node_of(request.from) == request.to) continue;
    RouteRequest about;
    about.danger = static_cast<Truth>(chance.below(3));
    if (chance.one_in(2)) about.sex = chance.one_in(2) ? Sex::female : Sex::male;
    auto const finding = what_may_be_told(schema, request, grounds_between(*built, request, about).value()).value();
    for (auto const& declaration : schema.declarations()) {
      auto const expected = slowly(content, declaration, request, about);
      EXPECT_EQ(finding.find(declaration.name)->telling, expected) << round << ' ' << declaration.name;
      ++seen[expected];
    }
  }
  for (auto const telling : {Telling::withhold, Telling::unknown, Telling::tell}) EXPECT_GT(seen[telling], 1000);
}

// --- what leaves ---------------------------------------------------------------------------------------------------

Value random_value(Chance& chance)
{
  switch (chance.below(6)) {
    case 0: return Value(chance.one_in(2));
    case 1: return Value(Decimal(static_cast<std::int64_t>(chance.below(100))));
    case 2: return Value("secret of " + std::to_string(chance.below(100)));
    case 3: return {};
    case 4: return Value(Uncertain{{"another.secret"}});
    default: return Value::unknown("another.secret");
  }
}

TEST(RedactedCase, TwoCasesThatDifferInWhatIsWithheldAreToldTheSame)
{
  Chance chance(29);
  for (int round = 0; round < 500; ++round) {
    auto const schema = random_schema(chance);
    DisclosureFinding finding;
    finding.from = AgencyId("office");
    finding.purpose = Purpose("assistance");
    for (auto const& declaration : schema.declarations()) {
      FactTelling fact;
      fact.fact = declaration.name;
      fact.category = DataCategory(declaration.category);
      fact.telling = static_cast<Telling>(chance.below(3));
      finding.facts.push_back(fact);
    }
    RecordBuilder one;
    RecordBuilder other;
    for (auto const& fact : finding.facts) {
      auto const value = random_value(chance);
      Source const source{"clinic " + std::to_string(chance.below(3)), {}, {}};
      bool const told = fact.telling == Telling::tell;
      if (told || chance.one_in(2)) one.set(fact.fact, value, source);
      if (told || chance.one_in(2)) other.set(fact.fact, told ? value : random_value(chance), source);
    }
    one.set("undeclared", Value("secret"));
    Case first;
    first.id = CaseId("case-1");
    first.facts = std::move(one).build().value();
    first.consent = {{DataCategory("health"), ConsentAnswer::refused}};
    first.group = "siblings";
    first.emergency = Truth::yes;
    first.needs = {ServiceKind("shelter")};
    Case second;
    second.id = CaseId("case-2");
    second.facts = std::move(other).build().value();
    auto const told = redact(first, finding, CaseId("p"));
    EXPECT_EQ(told, redact(second, finding, CaseId("p")));
    for (auto const& fact : told.facts.facts()) {
      EXPECT_EQ(finding.find(fact.name)->telling, Telling::tell);
      EXPECT_TRUE(fact.source.name.empty());
      if (auto const* uncertain = fact.value.as_uncertain()) {
        EXPECT_EQ(uncertain->facts, std::vector{fact.name});
      }
    }
  }
}

TEST(RedactedCase, SourcesThatDisagreeStayApartWithoutTheirNames)
{
  DisclosureFinding finding;
  finding.facts.push_back({"age", DataCategory("identity"), Telling::tell, TellingReason::ground, {}});
  Case item;
  item.facts = RecordBuilder()
                   .set("age", Value(Decimal(7)), {"clinic", {}, {}})
                   .set("age", Value(Decimal(8)), {"school", {}, {}})
                   .build()
                   .value();
  auto const told = redact(item, finding, CaseId("p"));
  ASSERT_EQ(told.facts.facts().size(), 2U);
  EXPECT_EQ(told.facts.facts()[0].source.name, "");
  EXPECT_EQ(told.facts.facts()[1].source.name, "2");
  EXPECT_TRUE(told.facts.disputed("age"));
  EXPECT_THROW(static_cast<void>(redact(item, finding, CaseId())), ContractViolation);
}

TEST(DisclosureEntry, ProvesWhatWasToldToWhoHoldsTheKey)
{
  auto const finding = find(small_schema(), test::small_content(), small_telling());
  Case item;
  item.facts = RecordBuilder().set("age", Value(Decimal(7))).set("diagnosis", Value("secret")).build().value();
  auto const told = redact(item, finding, CaseId("p"));
  std::vector<std::byte> secret(32, std::byte{1});
  auto const key = SecretKey::build("k1", secret).value();
  auto const entry = entry_for(told, finding, "case_manager", "text", key);
  EXPECT_EQ(entry.categories, std::vector{DataCategory("identity")});
  ASSERT_EQ(entry.grounds.size(), 1U);
  EXPECT_EQ(entry.grounds.front().agreement, AgreementId("pact"));
  EXPECT_EQ(was_told(entry, "text", key), Truth::yes);
  EXPECT_EQ(was_told(entry, "another text", key), Truth::no);
  secret.back() = std::byte{2};
  EXPECT_EQ(was_told(entry, "text", SecretKey::build("k2", secret).value()), Truth::unknown);
  EXPECT_EQ(was_told(entry, "text", SecretKey::build("k1", secret).value()), Truth::no);
  EXPECT_THROW(static_cast<void>(entry_for(told, finding, "", "text", key)), ContractViolation);
}

}  // namespace
}  // namespace tutela
