// SPDX-License-Identifier: Apache-2.0
/// \file
/// Changes that flip an answer: smallest, verified, and never about the person.
#include <tutela/rules/counterfactual.hpp>

#include <random>

#include <gtest/gtest.h>

#include "unit/rules/models.hpp"

namespace tutela {
namespace {

using namespace test;

/// A fact that a service can change.
std::string changeable(std::string const& name, std::string const& type, std::string const& category = "procedure")
{
  return "<inputData id=\"in_" + name + "\" name=\"" + name +
         "\"><extensionElements><tutela:fact changeable=\"true\" kind=\"procedure\" category=\"" + category +
         "\"><tutela:help lang=\"en\">Do " + name +
         "</tutela:help></tutela:fact></extensionElements><variable name=\"" + name + "\" typeRef=\"" + type +
         "\"/></inputData>\n";
}

std::string shown(Counterfactuals const& found)
{
  std::string text;
  for (auto const& way : found.ways) {
    text += text.empty() ? "" : "; ";
    for (auto const& change : way.changes) {
      auto const* unknown = change.to.as_unknown();
      text += change.fact + "=" +
              (unknown == nullptr ? to_string(change.to) : to_string(Value(unknown->domain.range))) + " ";
    }
    text += "-> " + to_string(way.answer);
  }
  return text;
}

TEST(Counterfactual, OnlyWhatAServiceCanChangeIsProposed)
{
  auto const law = pack(dmn(
      changeable("request_made", "boolean") + changeable("opinion_given", "boolean") + input("small", "boolean") +
      decision("d", {"request_made", "opinion_given", "small"}, literal("small and request_made and opinion_given"))));
  auto const found = counterfactual(
      law, record({{"request_made", Value(false)}, {"opinion_given", Value(true)}, {"small", Value(true)}}), "d", {});
  EXPECT_EQ(shown(found), "request_made=true -> true");
  EXPECT_EQ(found.ways.front().changes.front().help.in(Language::en), "Do request_made");
  auto const both = counterfactual(
      law, record({{"request_made", Value(false)}, {"opinion_given", Value(false)}, {"small", Value(true)}}), "d", {});
  EXPECT_EQ(shown(both), "opinion_given=true request_made=true -> true");
  auto const never = counterfactual(
      law, record({{"request_made", Value(false)}, {"opinion_given", Value(true)}, {"small", Value(false)}}), "d", {});
  EXPECT_TRUE(never.ways.empty());
  EXPECT_TRUE(never.complete);
  auto const open =
      counterfactual(law, record({{"request_made", Value(true)}, {"opinion_given", Value(true)}}), "d", {});
  EXPECT_EQ(open.outcome, Outcome::unknown) << "what is open is to be asked, not changed";
  EXPECT_TRUE(open.ways.empty());
}

TEST(Counterfactual, WhatWasDoneIsNeverProposedToBeUndone)
{
  auto const law = pack(dmn(changeable("assessment_done", "boolean") + changeable("place_free", "boolean", "service") +
                            decision("d", {"assessment_done", "place_free"},
                                     literal("if assessment_done or place_free then \"wait\" else \"assess\""))));
  auto const done =
      counterfactual(law, record({{"assessment_done", Value(true)}, {"place_free", Value(false)}}), "d", {});
  EXPECT_EQ(shown(done), "");
  EXPECT_EQ(done.changeable, std::vector<std::string>{"place_free"});
  EXPECT_TRUE(done.complete);
  auto const still_to_do =
      counterfactual(law, record({{"assessment_done", Value(false)}, {"place_free", Value(true)}}), "d", {});
  EXPECT_EQ(shown(still_to_do), "place_free=false -> \"assess\"") << "a service that is used can be left";
  EXPECT_EQ(still_to_do.changeable.size(), 2U);
}

// What a constraint ties to a change changes with it, even where the rule reads only one of both.
TEST(Counterfactual, WhatAConstraintTiesTogetherChangesTogether)
{
  auto const facts = changeable("doc", "boolean", "document") + changeable("f", "boolean", "income");
  auto const law =
      pack(dmn(facts + decision("c", {"doc", "f"}, literal("not(doc and not(f))"), "<tutela:constraint/>") +
               decision("r", {"doc"}, literal("if doc then 1 else 2"))));
  auto const found = counterfactual(law, record({{"doc", Value(false)}, {"f", Value(false)}}), "r", {});
  EXPECT_EQ(shown(found), "doc=true f=true -> 1");
  EXPECT_TRUE(found.complete);
  EXPECT_EQ(shown(counterfactual(law, record({{"doc", Value(false)}, {"f", Value(true)}}), "r", {})), "doc=true -> 1");
  auto const other = counterfactual(law, record({{"doc", Value(true)}, {"f", Value(true)}}), "r", {});
  EXPECT_EQ(shown(other), "doc=false -> 2");

  auto const paid = changeable("doc", "boolean", "document") + changeable("paid", "number", "income");
  auto const tied =
      pack(dmn(paid + decision("c", {"doc", "paid"}, literal("not(doc and paid < 100)"), "<tutela:constraint/>") +
               decision("r", {"doc"}, literal("if doc then 1 else 2"))));
  auto const ranged = counterfactual(tied, record({{"doc", Value(false)}, {"paid", number(50)}}), "r", {});
  ASSERT_EQ(ranged.ways.size(), 1U);
  EXPECT_EQ(ranged.ways.front().changes.size(), 2U);
  EXPECT_TRUE(ranged.complete);
}

// A fact that is not known still obeys the constraints: what changes may leave it one value only.
TEST(Counterfactual, AConstraintMayDecideAboutWhatIsNotKnown)
{
  auto const law = pack(dmn(changeable("f", "boolean", "document") + input("g", "boolean") +
                            decision("c", {"f", "g"}, literal("g or not(f)"), "<tutela:constraint/>") +
                            decision("r", {"f", "g"}, literal("f and g"))));
  auto const found = counterfactual(law, record({{"f", Value(false)}}), "r", {});
  ASSERT_EQ(found.outcome, Outcome::known);
  EXPECT_EQ(shown(found), "f=true -> true");
  EXPECT_TRUE(found.complete);
}

TEST(Counterfactual, RangesAreGivenWhole)
{
  auto const law = pack(dmn(
      item("tHours", "number", "[0..10]") + changeable("hours", "tHours", "service") +
      decision("d", {"hours"},
               table("hitPolicy=\"FIRST\"", {"hours"}, {{{"< 4"}, "\"low\""}, {{"< 8"}, "\"middle\""}}, "\"high\""))));
  auto const found = counterfactual(law, record({{"hours", number(2)}}), "d", {});
  EXPECT_EQ(shown(found), "hours=[4..8) -> \"middle\"; hours=[8..10] -> \"high\"");
  CounterfactualOptions options;
  options.wanted = Value("high");
  EXPECT_EQ(shown(counterfactual(law, record({{"hours", number(2)}}), "d", {}, options)), "hours=[8..10] -> \"high\"");
}

TEST(Counterfactual, AgreesWithTryingEverything)
{
  std::mt19937 random(20'261'126);
  auto below = [&](int count) { return std::uniform_int_distribution<int>(0, count - 1)(random); };
  int ways = 0;
  for (int round = 0; round < 80; ++round) {
    std::vector<std::string> const names{"a", "b", "c", "x", "y"};
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
      text += i < 3 ? changeable(names[i], "boolean", i == 1 ? "procedure" : "service") : input(names[i], "boolean");
    std::vector<std::pair<std::vector<std::string>, std::string>> rules;
    for (int r = 0; r < 4; ++r) {
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < names.size(); ++i)
        cells.emplace_back(below(2) == 0 ? "-" : below(2) == 0 ? "true" : "false");
      rules.emplace_back(cells, std::to_string(below(2)));
    }
    auto const law = pack(dmn(text + decision("d", names, table("hitPolicy=\"FIRST\"", names, rules, "0"))));
    std::vector<std::pair<std::string, Value>> facts;
    for (std::size_t i = 0; i < names.size(); ++i)
      if (i < 3 || below(2) == 0) facts.emplace_back(names[i], Value(below(2) == 0));
    auto const today = law.decide("d", record(facts), {});
    auto const found = counterfactual(law, record(facts), "d", {});
    if (today.outcome != Outcome::known) {
      EXPECT_TRUE(found.ways.empty());
      continue;
    }
    // Sets of facts whose flip leads to another answer, without any smaller one inside.
    std::vector<unsigned> minimal;
    for (int size = 1; size <= 3; ++size)
      for (unsigned set = 1; set < 8; ++set) {
        if (__builtin_popcount(set) != size) continue;
        bool const undoes = (set & 2U) != 0 && *facts[1].second.as_boolean();  // what was done stays done
        if (undoes) continue;
        bool const larger =
            std::any_of(minimal.begin(), minimal.end(), [&](unsigned one) { return (one & set) == one; });
        if (larger) continue;
        auto flipped = facts;
        for (unsigned i = 0; i < 3; ++i)
          if ((set >> i & 1U) != 0) flipped[i].second = Value(!*flipped[i].second.as_boolean());
        auto const then = law.decide("d", record(flipped), {});
        if (then.outcome == Outcome::known && !(then.value == today.value)) minimal.push_back(set);
      }
    std::vector<unsigned> sets;
    for (auto const& way : found.ways) {
      unsigned set = 0;
      for (auto const& change : way.changes) set |= 1U << (change.fact.front() - 'a');
      sets.push_back(set);
    }
    std::sort(sets.begin(), sets.end());
    std::sort(minimal.begin(), minimal.end());
    EXPECT_EQ(sets, minimal) << text;
    EXPECT_TRUE(found.complete);
    ways += static_cast<int>(sets.size());
  }
  EXPECT_GT(ways, 30);
}

TEST(Counterfactual, PacksThatWouldChangeThePersonAreRefused)
{
  auto refused = [](std::string const& fact, std::string const& name) {
    auto const text =
        dmn("<inputData id=\"in_a\" name=\"" + name + "\"><extensionElements><tutela:fact changeable=\"true\" " + fact +
            "</tutela:fact></extensionElements><variable name=\"" + name + "\" typeRef=\"boolean\"/></inputData>");
    auto const read = model(text);
    EXPECT_FALSE(read) << fact;
    return read ? std::string() : to_string(read.diagnostics());
  };
  std::string const help = "><tutela:help lang=\"en\">Help</tutela:help>";
  std::string const ordinary = R"(category="procedure" kind="procedure")";
  EXPECT_NE(
      refused(R"(kind="procedure" category="health")" + help, "a").find("category \"health\" cannot be changeable"),
      std::string::npos);
  EXPECT_NE(refused("kind=\"procedure\"" + help, "a").find("cannot be changeable"), std::string::npos) << "no category";
  // The kind is said, never guessed, whatever the fact is called and in whatever language.
  EXPECT_NE(refused("category=\"procedure\"" + help, "x").find("does not say of which kind"), std::string::npos);
  for (std::string const kind :
       {"custody", "parental_rights", "family", "pregnancy", "health", "disability", "citizenship", "refugee_status",
        "ethnicity", "religion", "consent", "violence", "other"}) {
    EXPECT_NE(refused("category=\"procedure\" kind=\"" + kind + "\"" + help, "x").find("cannot be changeable"),
              std::string::npos)
        << kind;
  }
  EXPECT_NE(refused(R"(category="procedure" kind="paper")" + help, "a").find("not one of the allowed words"),
            std::string::npos);
  EXPECT_NE(refused(ordinary + ">", "a").find("does not say what the agency can do"), std::string::npos);
  EXPECT_NE(refused(ordinary + R"( protected="disability")" + help, "a").find("protected ground"), std::string::npos);
  EXPECT_NE(refused(ordinary + R"( proxy="ethnicity")" + help, "a").find("protected ground"), std::string::npos);
  EXPECT_NE(refused(ordinary + R"( violence="true")" + help, "a").find("about violence"), std::string::npos);
}

// Words are no more than a second look, in every language of the labels, with and without the marks of the letters.
TEST(Counterfactual, WordsThatSoundLikeThePersonAreWarnedOf)
{
  auto const warned = [](std::string const& name, std::string const& label, std::string const& attributes = "") {
    auto const read = model(dmn(
        "<inputData id=\"in_a\" name=\"" + name +
        R"("><extensionElements><tutela:fact changeable="true" category="service" kind="service")" + attributes + ">" +
        label + R"(<tutela:help lang="en">Do it</tutela:help></tutela:fact></extensionElements><variable name=")" +
        name + R"(" typeRef="boolean"/></inputData>)"));
    EXPECT_TRUE(read) << name;
    auto const& found = read.diagnostics();
    for (auto const& each : found) EXPECT_EQ(each.severity, Severity::warning);
    return !found.empty();
  };
  for (std::string const name :
       {"custody",     "siblings", "is_pregnant",  "health_state", "consents_to_visit", "agrees", "handicap",
        "sarcină",     "sarcina",  "Cetățenie",    "consimțământ", "părinți",           "azil",   "ВАГІТНІСТЬ",
        "опіка",       "згода",    "інвалідність", "громадянство", "беременность",      "Опека",  "согласие",
        "гражданство", "religie"})
    EXPECT_TRUE(warned(name, "")) << name;
  EXPECT_TRUE(warned("a", "<tutela:label lang=\"ro\">Dizabilitatea copilului</tutela:label>"));
  EXPECT_TRUE(warned("a", "<tutela:label lang=\"uk\">Згода батьків</tutela:label>"));
  EXPECT_TRUE(warned("a", "<tutela:label lang=\"ru\">Беженец</tutela:label>"));
  EXPECT_FALSE(warned("a", "", " proxy=\"poverty\""));
  EXPECT_FALSE(warned("serviciu_acordat", "<tutela:label lang=\"uk\">висновок комісії надано</tutela:label>"));
}

// A wished answer that nothing leads to has no way, and the search says so completely.
TEST(Counterfactual, TowardsAnAnswerThatCannotBe)
{
  auto const law =
      pack(dmn(changeable("a", "boolean", "service") + decision("d", {"a"}, literal("if a then 1 else 2"))));
  CounterfactualOptions options;
  options.wanted = number(3);
  auto const found = counterfactual(law, record({{"a", Value(true)}}), "d", {}, options);
  EXPECT_TRUE(found.ways.empty());
  EXPECT_TRUE(found.complete);
  options.wanted = number(2);
  EXPECT_EQ(shown(counterfactual(law, record({{"a", Value(true)}}), "d", {}, options)), "a=false -> 2");
}

TEST(Counterfactual, AnotherLegalOrderHasNothingToChange)
{
  PackInfo info;
  info.id = "md/test";
  info.jurisdiction = "MD";
  auto const law =
      detail::make_pack(info, *model(dmn(changeable("a", "boolean") + decision("d", {"a"}, literal("a")))));
  CounterfactualOptions options;
  options.decide.jurisdiction = "UA";
  auto const found = counterfactual(law, record({{"a", Value(true)}}), "d", {}, options);
  EXPECT_EQ(found.outcome, Outcome::rule_not_available);
  EXPECT_TRUE(found.ways.empty());
}

TEST(Counterfactual, OtherNotesAreReadStrictly)
{
  auto wrong = [](std::string const& attributes, std::string const& inside) {
    auto const read =
        model(dmn("<inputData id=\"in_a\" name=\"a\"><extensionElements><tutela:fact " + attributes + ">" + inside +
                  "</tutela:fact></extensionElements><variable name=\"a\" typeRef=\"boolean\"/></inputData>"));
    if (read) return std::string("read");
    EXPECT_EQ(read.diagnostics().front().place.line, 4U);
    return read.diagnostics().front().what;
  };
  EXPECT_EQ(wrong("violence=\"true\" askedOf=\"child\"", ""), "a fact about violence is asked of the child");
  EXPECT_EQ(wrong("category=\"violence\" askedOf=\"child\"", ""), "a fact about violence is asked of the child");
  EXPECT_EQ(wrong("", "<tutela:help lang=\"en\">x</tutela:help>"),
            "a fact with `tutela:help` is not marked as changeable");
  EXPECT_EQ(wrong("", "<tutela:weight test=\"true\" value=\"2\"/>"), "a weight without a source");
  EXPECT_EQ(wrong("", "<tutela:weight test=\"true\" value=\"-2\" source=\"s\"/>"),
            "\"value\" is not a number of 0 or more");
  EXPECT_EQ(wrong("", "<tutela:weight value=\"2\" source=\"s\"/>"), "a weight without a test");
  EXPECT_NE(wrong("", "<tutela:weight test=\"[1\" value=\"2\" source=\"s\"/>"), "read");
  EXPECT_EQ(wrong("", "<tutela:hint/>"), "the vocabulary has no element `tutela:hint` here");
  EXPECT_EQ(wrong("heldBy=\"civil_registry school\" violence=\"true\" askedOf=\"file\"",
                  "<tutela:weight test=\"true\" value=\"2\" source=\"s\"/>"),
            "read");
}

}  // namespace
}  // namespace tutela
