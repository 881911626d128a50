// SPDX-License-Identifier: Apache-2.0
/// \file
/// Packs: dated law, grades, ages, structured facts, files.
#include <tutela/rules/pack.hpp>

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include <tutela/rules/session.hpp>

#include "unit/rules/models.hpp"

namespace tutela {
namespace {

using namespace test;

std::string citation(std::string const& grade)
{
  return "<tutela:citation act=\"Synthetic Act\" article=\"art. 1\" source=\"test\" grade=\"" + grade + "\"/>";
}

TEST(Pack, ChoosesTheTextInForce)
{
  auto text = [](std::string const& id, std::string const& period, std::string const& value) {
    return decision("limit", {}, literal(value), "<tutela:law " + period + "/>" + citation("A"), id);
  };
  auto const loaded = pack(dmn(text("one", "validFrom=\"2010-01-01\" validUntil=\"2015-01-01\"", "1") +
                               text("two", "validFrom=\"2016-01-01\"", "2")));
  auto at = [&](Date on) { return loaded.decide("limit", Record(), on); };
  EXPECT_EQ(at({2009, 12, 31}).outcome, Outcome::no_law_in_force);
  EXPECT_EQ(at({2010, 1, 1}).value, number(1));
  EXPECT_EQ(at({2014, 12, 31}).value, number(1));
  EXPECT_EQ(at({2015, 1, 1}).outcome, Outcome::no_law_in_force);
  EXPECT_EQ(at({2016, 1, 1}).value, number(2));
  DecideOptions old;
  old.law_on = Date{2012, 1, 1};
  EXPECT_EQ(loaded.decide("limit", Record(), Date{2020, 1, 1}, old).value, number(1));
  ASSERT_EQ(loaded.decisions().size(), 1u);
  EXPECT_EQ(loaded.decisions().front().texts.size(), 2u);
  EXPECT_THROW((void)loaded.decide("limit", Record(), std::nullopt), ContractViolation);
}

TEST(Pack, AGapInARequiredDecisionIsAGap)
{
  auto const loaded = pack(dmn(decision("base", {}, literal("1"), "<tutela:law validFrom=\"2010-01-01\"/>") +
                               decision("top", {"d_base"}, literal("base + 1"))));
  EXPECT_EQ(loaded.decide("top", Record(), Date{2009, 1, 1}).outcome, Outcome::no_law_in_force);
  EXPECT_EQ(loaded.decide("top", Record(), Date{2011, 1, 1}).value, number(2));
}

std::string protection()
{
  return R"(<decisionTable hitPolicy="FIRST"><input><inputExpression><text>beaten</text></inputExpression></input><output/>
<rule><inputEntry><text>true</text></inputEntry><outputEntry><text>true</text></outputEntry><extensionElements>
<tutela:duty clock="24 hours" to="prosecutor"/></extensionElements></rule>
<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>false</text></outputEntry><extensionElements>
<tutela:duty clock="3 years"/></extensionElements></rule></decisionTable>)";
}

TEST(Pack, OpenProtectionIsNotExcludedAndItsClockIsNamed)
{
  auto const loaded = pack(dmn(input("beaten", "boolean") +
                               decision("protect", {"beaten"}, protection(), "<tutela:law effect=\"protective\"/>")));
  auto const open = loaded.decide("protect", Record(), {});
  EXPECT_EQ(open.outcome, Outcome::unknown);
  EXPECT_EQ(open.caution, Caution::not_excluded);
  ASSERT_EQ(open.safety_duties.size(), 1u);  // the clock of the rule that protects, not of the one that does not
  EXPECT_EQ(open.safety_duties.front(), (Duty{"24 hours", "prosecutor"}));
  auto const settled = loaded.decide("protect", record({{"beaten", Value(false)}}), {});
  EXPECT_EQ(settled.caution, Caution::none);
  EXPECT_TRUE(settled.safety_duties.empty());
  auto const never = loaded.decide("protect", record({{"beaten", Value(Uncertain{})}}), {});
  EXPECT_EQ(never.outcome, Outcome::undeterminable);
  EXPECT_EQ(never.caution, Caution::not_excluded);
  EXPECT_TRUE(never.missing.empty());  // nobody is asked again what cannot be known
}

TEST(Pack, AnOpenRestrictionHasNoSupport)
{
  auto const loaded = pack(dmn(input("beaten", "boolean") +
                               decision("restrict", {"beaten"}, protection(), "<tutela:law effect=\"restrictive\"/>")));
  EXPECT_EQ(loaded.decide("restrict", Record(), {}).caution, Caution::no_support);
  EXPECT_TRUE(loaded.decide("restrict", Record(), {}).safety_duties.empty());
  EXPECT_EQ(loaded.decide("restrict", record({{"beaten", Value(true)}}), {}).caution, Caution::none);
}

TEST(Pack, ElementsThatAreNotAllowedAreToldBeforehand)
{
  auto const loaded =
      pack(dmn(item("tNeed", "string", "\"housing\", \"school\"") +
               "<itemDefinition name=\"tNeeds\" isCollection=\"true\"><typeRef>tNeed</typeRef></itemDefinition>\n" +
               input("needs", "tNeeds") + decision("d", {"needs"}, literal("list contains(needs, \"housing\")"))));
  auto const* declared = loaded.schema().find("needs");
  ASSERT_NE(declared, nullptr);
  EXPECT_EQ(declared->element_type, Kind::string);
  EXPECT_EQ(declared->allowed_elements, (std::vector<Value>{Value("housing"), Value("school")}));
  auto const wrong = record({{"needs", Value(List{{Value("school"), Value("huosing"), Value("castle")}})}});
  auto const found = loaded.check_facts(wrong);
  ASSERT_EQ(found.size(), 2U) << to_string(found);
  EXPECT_EQ(found[0].place.pointer, "needs[2]");
  EXPECT_EQ(found[1].place.pointer, "needs[3]");
  EXPECT_EQ(found[0].mend, "use one of: \"housing\", \"school\"");
  EXPECT_EQ(loaded.decide("d", wrong, {}).outcome, Outcome::error) << "who asks all the same is not answered no";
  EXPECT_TRUE(loaded.check_facts(record({{"needs", Value(List{{Value("school")}})}})).empty());
}

TEST(Pack, ConstraintsRuleCompletionsOut)
{
  auto const loaded = pack(
      dmn(input("birth", "date") + input("death", "date", "optional=\"true\"") +
          decision("birth before death", {"birth", "death"}, literal("birth <= death"), "<tutela:constraint/>", "c") +
          decision("born late", {"birth"}, literal("birth > date(\"2020-01-01\")"))));
  ASSERT_EQ(loaded.decisions().size(), 1u);  // a constraint is no question
  Value const death(Date{2015, 5, 5});
  auto const dead = loaded.decide("born late", record({{"death", death}}), {});
  EXPECT_EQ(dead.value, Value(false));  // whoever died in 2015 was born before
  EXPECT_EQ(loaded.decide("born late", Record(), {}).outcome, Outcome::unknown);
  EXPECT_FALSE(loaded.decide("born late", Record(), {}).possible.approximate);

  auto const wrong = record({{"birth", Value(Date{2016, 1, 1})}, {"death", death}});
  auto const found = loaded.check_facts(wrong);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().code, Code::contradictory_facts);
  EXPECT_EQ(found.front().place.pointer, "birth");
  EXPECT_EQ(loaded.decide("born late", wrong, {}).outcome, Outcome::error);
  EXPECT_TRUE(loaded.check_facts(record({{"death", death}})).empty());
  EXPECT_TRUE(loaded.check_facts(record({{"birth", Value(Date{2016, 1, 1})}, {"death", Value()}})).empty());
}

TEST(Pack, MissingTextsAreCutAtTheTextsThatRulesName)
{
  auto const loaded = pack(dmn(input("form", "string") +
                               decision("open", {"form"}, literal("form = \"foster\" or form != \"foster\"")) +
                               decision("kind", {"form"},
                                        literal("if form = \"foster\" then 1 else if form = \"kin\" "
                                                "then 2 else 3")) +
                               decision("inside", {"form"}, literal("contains(form, \"os\")"))));
  EXPECT_EQ(loaded.decide("open", Record(), {}).value, Value(true));
  auto const kind = loaded.decide("kind", Record(), {});
  EXPECT_FALSE(kind.possible.approximate);
  EXPECT_EQ(kind.possible.values.size(), 3u);
  EXPECT_EQ(loaded.decide("inside", Record(), {}).outcome, Outcome::unknown);  // a function that looks inside a text
}

TEST(Pack, ListsAreOpenUpToTheirMaximum)
{
  auto const loaded = pack(
      dmn("<itemDefinition name=\"ages\" isCollection=\"true\"><typeRef>number</typeRef><allowedValues><text>0, 1, 2"
          "</text></allowedValues></itemDefinition>" +
          input("siblings", "ages", "maximumElements=\"3\"") +
          decision("few", {"siblings"}, literal("count(siblings) <= 3")) +
          decision("sum", {"siblings"}, literal("sum(siblings)"))));
  EXPECT_EQ(loaded.decide("few", Record(), {}).value, Value(true));
  auto const sum = loaded.decide("sum", Record(), {});
  EXPECT_FALSE(sum.possible.approximate);
  EXPECT_EQ(sum.possible.values.size(), 8u);  // 0 to 6, and none to add up
  EXPECT_EQ(sum.missing, std::vector<std::string>{"siblings"});
  Value const two(List{{number(1), Value(Unknown{})}, false});
  auto const open = loaded.decide("sum", record({{"siblings", two}}), {});
  EXPECT_EQ(open.possible.values.size(), 5u);  // 1 to 5
}

/// A list whose elements have allowed values, by a type of their own or by the list's.
TEST(Pack, AnElementThatIsNotAllowedIsNoAnswer)
{
  auto const listed = [](std::string const& name, std::string const& type, std::string const& inside) {
    return "<itemDefinition name=\"" + name + "\" isCollection=\"true\"><typeRef>" + type + "</typeRef>" + inside +
           "</itemDefinition>";
  };
  std::string const allowed = "<allowedValues><text>\"housing\", \"school\"</text></allowedValues>";
  std::string const asked = "list contains(needs, \"housing\")";
  for (auto const& types : {item("t_need", "string", "\"housing\", \"school\"") + listed("t_needs", "t_need", ""),
                            listed("t_needs", "string", allowed)}) {
    auto const loaded =
        pack(dmn(types + input("needs", "t_needs") + decision("housing", {"needs"}, literal(asked)) +
                 decision("by_table", {"needs"}, table("hitPolicy=\"FIRST\"", {asked}, {{{"true"}, "1"}}, "0"))));
    auto const facts = [](std::vector<Value> needs) { return record({{"needs", Value(List{std::move(needs)})}}); };
    Session session(loaded);
    for (auto const* decision : {"housing", "by_table"}) {
      PreparedDecision const question(loaded, decision, std::nullopt);
      auto const outcome = [&](std::vector<Value> needs) {
        auto const found = loaded.decide(decision, facts(needs), std::nullopt).outcome;
        session.load(facts(needs));
        EXPECT_EQ(session.decide(question).outcome(), found);
        session.clear();
        session.set("needs", Value(List{std::move(needs)}));
        EXPECT_EQ(session.decide(question).outcome(), found);
        return found;
      };
      EXPECT_EQ(outcome({Value("school")}), Outcome::known) << decision;
      EXPECT_EQ(outcome({Value("castle")}), Outcome::error) << decision;
      EXPECT_EQ(outcome({Value("school"), Value("castle")}), Outcome::error) << decision;
      EXPECT_EQ(outcome({Value("school"), number(5)}), Outcome::error) << decision;
    }
  }
}

TEST(Pack, WhatCannotBeKnownMayBeNone)
{
  auto const loaded = pack(
      dmn(input("poor", "boolean", "optional=\"true\"") + decision("d", {"poor"}, literal("if poor then 1 else 1"))));
  auto const verdict = loaded.decide("d", record({{"poor", Value(Uncertain{})}}), {});
  EXPECT_EQ(verdict.outcome, Outcome::undeterminable);  // there may be nothing to decide by
  EXPECT_EQ(verdict.possible.values.size(), 2u);
}

TEST(Pack, SettlesWhatIsCalculatedFromAMissingNumberWithBounds)
{
  std::string const type = item("t_x", "number", "[0..5]");
  auto const more = pack(dmn(type + input("x", "t_x") + decision("more", {"x"}, literal("x + 1 = x"))));
  EXPECT_EQ(more.decide("more", Record(), {}).value, Value(false));
  std::string const constraint = decision("fewer", {"x", "list"}, literal("x < count(list)"), "<tutela:constraint/>");
  auto const all = pack(dmn(type + input("x", "t_x") + input("list", "Any") + constraint +
                            decision("all", {"x", "list"}, literal("count(list) = x"))));
  auto const list = Value(List{{number(2), number(1), number(2)}});
  EXPECT_EQ(all.decide("all", record({{"list", list}}), {}).value, Value(false));
}

TEST(Pack, NeverAnswersForAnotherLegalOrder)
{
  auto read = model(dmn(decision("limit", {}, literal("18"))));
  PackInfo info;
  info.id = "test";
  info.jurisdiction = "MD";
  auto const loaded = detail::make_pack(info, *std::move(read));
  EXPECT_EQ(loaded.decide("limit", Record(), {}).value, number(18));
  EXPECT_EQ(loaded.decide("limit", Record(), {}).jurisdiction, "MD");
  EXPECT_EQ(loaded.decide("absent", Record(), {}).jurisdiction, "MD");
  DecideOptions options;
  options.jurisdiction = "RO";
  for (auto const& verdict : loaded.decide(Record(), {}, options)) {
    EXPECT_EQ(verdict.outcome, Outcome::rule_not_available);
    EXPECT_EQ(verdict.jurisdiction, "RO");
    EXPECT_TRUE(verdict.value.is_none() && verdict.possible.values.empty() && verdict.reasons.empty());
  }
  EXPECT_EQ(loaded.decide("limit", Record(), {}, options).outcome, Outcome::rule_not_available);
  options.jurisdiction = "MD";
  EXPECT_EQ(loaded.decide("limit", Record(), {}, options).value, number(18));
}

TEST(Pack, WhatIsNotVerifiedRunsOnlyWhenAskedFor)
{
  auto const loaded = pack(
      dmn(decision("weak", {}, literal("1"), citation("C")) + decision("strong", {}, literal("2"), citation("B"))));
  EXPECT_EQ(loaded.decide("weak", Record(), {}).outcome, Outcome::rule_not_available);
  EXPECT_EQ(loaded.decide("strong", Record(), {}).value, number(2));
  DecideOptions options;
  options.include_unverified = true;
  EXPECT_EQ(loaded.decide("weak", Record(), {}, options).value, number(1));
  EXPECT_EQ(loaded.decide("absent", Record(), {}).outcome, Outcome::rule_not_available);
}

TEST(Pack, ATextThatMayNotBeLawRunsOnlyWhenAskedFor)
{
  auto const stated = [](std::string const& status) {
    auto text = citation("A");
    return text.replace(text.rfind("/>"), 2, " status=\"" + status + "\"/>");
  };
  for (std::string const word : {"recheck", "partial", "conflict", "draft", "historic", "unverified"}) {
    for (auto const& status : {word, word + ": as somebody says"}) {
      auto const loaded = pack(dmn(decision("weak", {}, literal("1"), stated(status))));
      EXPECT_EQ(loaded.decide("weak", Record(), {}).outcome, Outcome::rule_not_available) << status;
      EXPECT_FALSE(loaded.find("weak")->texts.front().verified) << status;
      DecideOptions options;
      options.include_unverified = true;
      EXPECT_EQ(loaded.decide("weak", Record(), {}, options).value, number(1)) << status;
    }
  }
  for (std::string const status :
       {"in_force_as_seen", "in_force_as_seen: version of 2024", "as seen", "drafted well"}) {
    EXPECT_EQ(pack(dmn(decision("strong", {}, literal("1"), stated(status)))).decide("strong", Record(), {}).value,
              number(1))
        << status;
  }
}

TEST(Pack, AgeOfAMissingBirthDateIsUnknownAndOneOfARangeIsDecided)
{
  auto const body = table("hitPolicy=\"UNIQUE\"", {"years and months duration(birth_date, today()).years"},
                          {{{"< 18"}, "true"}, {{">= 18"}, "false"}});
  auto const loaded = pack(dmn(input("birth_date", "date") + decision("child", {"birth_date"}, body)));
  Date const on{2026, 3, 1};
  EXPECT_EQ(loaded.decide("child", record({{"birth_date", Value(Date{2008, 3, 2})}}), on).value, Value(true));
  EXPECT_EQ(loaded.decide("child", record({{"birth_date", Value(Date{2008, 3, 1})}}), on).value, Value(false));
  auto const open = loaded.decide("child", Record(), on);
  EXPECT_EQ(open.outcome, Outcome::unknown);
  EXPECT_EQ(open.missing, std::vector<std::string>{"birth_date"});
  Domain years;
  years.kind = Domain::Kind::range;
  years.range = {Value(Date{2012, 1, 1}), Value(Date{2012, 12, 31}), true, true};
  EXPECT_EQ(loaded.decide("child", record({{"birth_date", Value(Unknown{{}, {}, years})}}), on).value, Value(true));
}

TEST(Pack, StructuredFactsAreDottedNames)
{
  std::string const person =
      "<itemDefinition name=\"tPerson\"><itemComponent name=\"age\"><extensionElements><tutela:fact "
      "category=\"identity\"/></extensionElements>"
      "<typeRef>number</typeRef><allowedValues><text>[0..120]</text></allowedValues></itemComponent>"
      "<itemComponent name=\"is_parent\"><typeRef>boolean</typeRef></itemComponent></itemDefinition>";
  auto const loaded = pack(dmn(person + input("person", "tPerson") +
                               decision("d", {"person"}, literal("person.age < 18 and person.is_parent")) +
                               decision("e", {"person"}, literal("person.age"))));
  ASSERT_NE(loaded.schema().find("person.age"), nullptr);
  EXPECT_EQ(loaded.schema().find("person.age")->category, "identity");
  EXPECT_EQ(loaded.find("d")->facts, (std::vector<std::string>{"person.age", "person.is_parent"}));
  EXPECT_EQ(loaded.find("e")->facts, std::vector<std::string>{"person.age"});
  EXPECT_EQ(loaded.find("d")->categories, std::vector<std::string>{"identity"});
  auto const adult = loaded.decide("d", record({{"person.age", number(30)}}), {});
  EXPECT_EQ(adult.outcome, Outcome::known);
  EXPECT_EQ(adult.value, Value(false));
  auto const open = loaded.decide("d", record({{"person.is_parent", Value(true)}}), {});
  EXPECT_EQ(open.missing, std::vector<std::string>{"person.age"});
  auto const whole = loaded.decide("d", record({{"person", Value(Context{{{"age", number(3)}}})}}), {});
  EXPECT_EQ(whole.missing, std::vector<std::string>{"person.is_parent"});
}

TEST(Pack, ReadsAFactAsOfTheDayItWasKnown)
{
  auto const loaded = pack(dmn(input("a", "boolean") + decision("d", {"a"}, literal("a"))));
  RecordBuilder builder;
  builder.set("a", Value(true), {"file", Date{2020, 5, 1}, {}});
  auto const facts = std::move(builder).build().value();
  DecideOptions before;
  before.known_on = Date{2020, 4, 30};
  EXPECT_EQ(loaded.decide("d", facts, Date{2020, 6, 1}).value, Value(true));
  EXPECT_EQ(loaded.decide("d", facts, Date{2020, 6, 1}, before).outcome, Outcome::unknown);
}

TEST(Pack, RefusesToSeparateOnAProtectedFact)
{
  auto const body = table("hitPolicy=\"FIRST\"", {"poor", "danger"},
                          {{{"-", "true"}, "true"}, {{"true", "-"}, "true"}, {{"-", "-"}, "false"}});
  auto const loaded = pack(
      dmn(input("poor", "boolean", "protected=\"true\"") + input("danger", "boolean") +
          decision("remove", {"poor", "danger"}, body, "<tutela:law separation=\"true\" effect=\"restrictive\"/>")));
  auto decide = [&](bool poor, bool danger) {
    return loaded.decide("remove", record({{"poor", Value(poor)}, {"danger", Value(danger)}}), {});
  };
  EXPECT_EQ(decide(true, false).outcome, Outcome::refused);
  EXPECT_EQ(decide(true, true).value, Value(true));
  EXPECT_EQ(decide(false, false).outcome, Outcome::refused);
  EXPECT_EQ(decide(true, true).effect, Effect::restrictive);
}

TEST(Pack, ReadsAFolderAndChecksItsManifest)
{
  auto const folder = std::filesystem::temp_directory_path() / "tutela_rules_pack_test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  auto write = [&](std::string const& name, std::string const& text) {
    std::ofstream(folder / name, std::ios::binary) << text;
  };
  std::string const description =
      R"({"format": "tutela-pack/1", "id": "xx/synthetic", "version": "1", "title": {"en": "Synthetic"},
    "jurisdiction": "XX", "language": "en", "age_rule": {"leapling": "on_1_march", "reached": "on_birthday"}, "rights": "synthetic"})";
  auto const model_text = dmn(decision("a", {}, literal("1")));
  write("pack.json", description);
  write("a.dmn", model_text);
  auto const loaded = load_pack(folder.string());
  ASSERT_TRUE(loaded.has_value()) << to_string(loaded.diagnostics());
  EXPECT_EQ(loaded->info().id, "xx/synthetic");
  EXPECT_EQ(loaded->info().digest.size(), 64u);
  EXPECT_EQ(loaded->decide("a", Record(), Date{2020, 1, 1}).value, number(1));

  auto const manifest = detail::manifest_text({{"a.dmn", model_text}, {"pack.json", description}});
  write("manifest.json", manifest);
  auto const again = load_pack(folder.string());
  ASSERT_TRUE(again.has_value()) << to_string(again.diagnostics());
  EXPECT_EQ(again->info().digest, detail::sha256(manifest));

  write("a.dmn", dmn(decision("a", {}, literal("2"))));
  auto const changed = load_pack(folder.string());
  ASSERT_FALSE(changed.has_value());
  EXPECT_EQ(changed.diagnostics().front().place.pointer, "/files/a.dmn");

  write("pack.json", R"({"format": "tutela-pack/1", "id": 3, "nonsense": true})");
  EXPECT_GE(load_pack(folder.string()).diagnostics().size(), 4u);
  EXPECT_EQ(load_pack("no/such/pack").diagnostics().front().code, Code::not_found);
  for (auto const& id : shipped_packs())
    EXPECT_NE(load_pack("no/such/pack").diagnostics().front().mend.find(id), std::string::npos);
  std::filesystem::remove_all(folder);
}

/// A text as JSON writes it.
std::string quoted(std::string const& text)
{
  std::string written = "\"";
  for (char const letter : text) {
    if (letter == '\n') {
      written += "\\n";
      continue;
    }
    if (letter == '"' || letter == '\\') written += '\\';
    written += letter;
  }
  return written + '"';
}

TEST(Pack, ReadsAllItsFilesFromOneText)
{
  auto const shipped = load_pack("md/child-protection");
  ASSERT_TRUE(shipped.has_value());
  auto const one_text = [&](std::string const& added = {}, std::string const& left_out = {}) {
    std::string files;
    for (auto const& file : shipped->files())
      if (file.name != left_out) files += (files.empty() ? "" : ",\n") + quoted(file.name) + ": " + quoted(file.text);
    return R"({"format": "tutela-pack-files/1", "files": {)" + files + added + "}}";
  };
  auto const read = parse_pack(one_text());
  ASSERT_TRUE(read.has_value()) << to_string(read.diagnostics());
  EXPECT_EQ(read->info().digest, shipped->info().digest);
  EXPECT_EQ(read->decisions().size(), shipped->decisions().size());

  auto const refused = [](std::string const& text) { return parse_pack(text, "one.json").diagnostics(); };
  EXPECT_EQ(refused(one_text({}, "pack.json")).front().code, Code::not_found);
  EXPECT_EQ(refused(one_text(R"(, "../a.dmn": "", "b.txt": "")")).size(), 2u);
  EXPECT_EQ(refused(one_text(R"(, "a.dmn": 3)")).front().place.pointer, "/files/a.dmn");
  EXPECT_EQ(refused(R"({"format": "tutela-pack-files/1", "nonsense": 1})").size(), 2u);
  EXPECT_FALSE(refused(" {").empty());
}

TEST(Pack, KnowsTheHashOfTheEmptyText)
{
  EXPECT_EQ(detail::sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Pack, AFactOnSeveralWaysIsOneFact)
{
  auto const loaded = pack(dmn(input("x", "number") + decision("low", {"x"}, literal("x < 5")) +
                               decision("high", {"x"}, literal("x >= 5")) +
                               decision("any", {"d_low", "d_high"}, literal("low or high")) +
                               decision("both", {"d_low", "d_high"}, literal("low and high"))));
  auto const any = loaded.decide("any", Record(), {});
  EXPECT_EQ(any.outcome, Outcome::known);
  EXPECT_EQ(any.value, Value(true));
  EXPECT_TRUE(any.missing.empty());
  EXPECT_EQ(loaded.decide("both", Record(), {}).value, Value(false));
}

TEST(Pack, AnAnswerDoesNotDependOnWhatElseIsAsked)
{
  // `base` costs most of the steps; alone each decision stays within the limit, and so it does beside the others.
  std::string const work = "count(for i in 1..200 return x + i)";
  auto const loaded = pack(dmn(input("x", "number") + decision("base", {"x"}, literal(work)) +
                               decision("one", {"x", "d_base"}, literal("base + 1")) +
                               decision("dear", {"x", "d_base"}, literal(work + " + " + work + " + base")) +
                               decision("two", {"d_base"}, table("", {"base"}, {{{"> 5"}, "\"many\""}}))));
  auto const facts = record({{"x", number(1)}});
  for (std::uint64_t const limit : {100u, 700u, 900u, 1'500u, 5'000u}) {
    for (bool const reasons : {true, false}) {
      DecideOptions options;
      options.limits.evaluation_steps = limit;
      options.reasons = reasons;
      for (auto const& together : loaded.decide(facts, {}, options)) {
        auto const alone = loaded.decide(together.decision, facts, {}, options);
        EXPECT_EQ(together.outcome, alone.outcome) << together.decision << " " << limit;
        EXPECT_EQ(together.value, alone.value);
        ASSERT_EQ(together.reasons.size(), alone.reasons.size());
        EXPECT_TRUE(reasons || together.reasons.empty());
        EXPECT_TRUE(!reasons || limit < 5'000 || !together.reasons.empty());
        for (std::size_t i = 0; i < alone.reasons.size(); ++i) {
          EXPECT_EQ(together.reasons[i].decision, alone.reasons[i].decision);
          EXPECT_EQ(together.reasons[i].output, alone.reasons[i].output);
        }
      }
    }
  }
}

// A function among the answers refers to the model it was made in; nothing may refer to itself.
TEST(Pack, WhatIsTriedFirstDoesNotDependOnWhatElseIsAsked)
{
  // Whoever tries the second fact first, because an earlier decision asked for it, runs out of completions.
  auto const loaded =
      pack(dmn(input("x", "number") + input("y", "number") + decision("another", {"y"}, literal("y * y")) +
               decision("one", {"x", "y"},
                        literal("if x > 5 then \"yes\" else if x <= 5 then \"yes\" else if y in (1, 2, 3, 4, 5, 6, "
                                "7, 8, 9) then \"no\" else \"perhaps\""))));
  DecideOptions options;
  options.limits.completions = 8;
  auto const alone = loaded.decide("one", Record(), {}, options);
  EXPECT_EQ(alone.value, Value("yes"));
  EXPECT_EQ(loaded.decide(Record(), {}, options).back().value, alone.value);
}

TEST(Pack, IsGoneOnceNothingUsesItAnyMore)
{
  auto const knowledge =
      "<businessKnowledgeModel id=\"k\" name=\"twice\"><variable name=\"twice\"/><encapsulatedLogic>"
      "<formalParameter name=\"n\" typeRef=\"number\"/>" +
      literal("n * 2") + "</encapsulatedLogic></businessKnowledgeModel>";
  std::string const need = "<knowledgeRequirement><requiredKnowledge href=\"#k\"/></knowledgeRequirement>";
  auto const text = dmn(input("x", "number") + knowledge + decision("d", {"x"}, need + literal("{f: twice, x: x}")) +
                        decision("above", {"d_d"}, literal("[d]")));
  for (auto const mode : {Mode::legal, Mode::conformance}) {
    std::weak_ptr<detail::Model const> watched;
    {
      auto read = model(text, mode);
      ASSERT_TRUE(read) << to_string(read.diagnostics().front());
      watched = *read;
      auto const loaded = detail::make_pack({}, *std::move(read));
      DecideOptions options;
      options.mode = mode;
      for (auto const& facts : {record({}), record({{"x", number(1)}})}) {
        auto const verdicts = loaded.decide(facts, {}, options);
        EXPECT_FALSE(verdicts.front().reasons.empty());
        EXPECT_FALSE(loaded.prove("above", facts, {}, options).steps.empty());
      }
    }
    EXPECT_TRUE(watched.expired());
  }
}

TEST(Pack, ConformanceModeReadsAMissingFactAsNull)
{
  auto const loaded = pack(dmn(input("a", "number") + decision("d", {"a"}, literal("if a < 5 then 1 else 2"))));
  DecideOptions options;
  options.mode = Mode::conformance;
  EXPECT_EQ(loaded.decide("d", Record(), {}, options).value, number(2));
  EXPECT_EQ(loaded.decide("d", Record(), {}).outcome, Outcome::unknown);
}

}  // namespace
}  // namespace tutela
