// SPDX-License-Identifier: Apache-2.0
/// \file
/// Decisions as code answer as their trees do: the models of the kit and random models, with facts of all states.
#include "rules/code.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include <gtest/gtest.h>
#include <tutela/rules/session.hpp>

#include "rules/pack_impl.hpp"
#include "unit/rules/kit.hpp"
#include "unit/rules/models.hpp"
#include "unit/rules/random.hpp"

namespace tutela {
namespace {

using namespace test;

/// One model twice: as it is loaded, and without any code.
struct Twice {
  Pack code;
  Pack trees;
  std::size_t coded = 0;  ///< Decisions that have code.
};

std::optional<Twice> load_twice(std::vector<detail::SourceText> const& sources)
{
  auto code = detail::read_model(sources, false, Mode::legal, {});
  if (!code) return std::nullopt;
  auto trees = *detail::read_model(sources, false, Mode::legal, {});
  std::size_t coded = 0;
  for (auto& node : const_cast<detail::Model&>(*trees).nodes) {
    for (auto& text : node.texts) {
      if (text.code) ++coded;
      text.code.reset();
    }
  }
  return Twice{detail::make_pack({}, *std::move(code)), detail::make_pack({}, std::move(trees)), coded};
}

/// Everything that a verdict says, in one text.
std::string text_of(Verdict const& verdict)
{
  auto text = verdict.decision + ": " + std::string(to_string(verdict.outcome)) + " " + to_string(verdict.value) +
              (verdict.possible.approximate ? " about {" : " {");
  for (auto const& value : verdict.possible.values) text += to_string(value) + "; ";
  text += "} " + to_string(verdict.possible.range.low) + ".." + to_string(verdict.possible.range.high) + " missing";
  for (auto const& fact : verdict.missing) text += " " + fact;
  text += " uncertain";
  for (auto const& fact : verdict.uncertain) text += " " + fact;
  for (auto const& reason : verdict.reasons) {
    text += "\n  " + reason.decision + " " + std::to_string(reason.rule) + " " +
            std::to_string(static_cast<int>(reason.applies)) + " " + to_string(reason.output);
  }
  if (verdict.fault) text += "\n  " + verdict.fault->what + " at " + verdict.fault->place;
  return text;
}

struct Counts {
  std::size_t verdicts = 0;
  std::size_t known = 0;
};

/// Asks both packs for everything, in both modes and by a session.
void expect_same(Twice const& twice, Record const& facts, Date on, Counts& counts, std::string const& where)
{
  for (auto const mode : {Mode::legal, Mode::conformance}) {
    DecideOptions options;
    options.mode = mode;
    auto const by_code = twice.code.decide(facts, on, options);
    auto const by_trees = twice.trees.decide(facts, on, options);
    Session session(twice.code);
    for (auto const& fact : facts.facts()) session.set(fact.name, fact.value);
    ASSERT_EQ(by_code.size(), by_trees.size()) << where;
    std::vector<std::pair<std::string, std::string>> together;
    for (auto const& each : session.decide(PreparedDecisions(twice.code, on, options)))
      together.emplace_back(to_string(each.outcome()), to_string(each.value()));
    ASSERT_EQ(together.size(), by_code.size()) << where;
    for (std::size_t i = 0; i < by_code.size(); ++i) {
      ASSERT_EQ(text_of(by_code[i]), text_of(by_trees[i])) << where << " in mode " << static_cast<int>(mode);
      auto const bare = session.decide(PreparedDecision(twice.code, by_code[i].decision, on, options));
      ASSERT_EQ(to_string(bare.outcome()), to_string(by_code[i].outcome)) << where << " " << by_code[i].decision;
      ASSERT_EQ(to_string(bare.value()), to_string(by_code[i].value)) << where << " " << by_code[i].decision;
      ASSERT_EQ(together[i], std::pair(std::string(to_string(bare.outcome())), to_string(bare.value())))
          << where << " " << by_code[i].decision;
      ++counts.verdicts;
      if (by_code[i].outcome == Outcome::known) ++counts.known;
    }
  }
}

/// A value for a fact by its declaration, or now and then another one.
Value random_value(Random& random, FactDeclaration const& fact)
{
  static std::vector<Value> const anything{Value(),
                                           Value(true),
                                           Value("a"),
                                           number(0),
                                           number(-3),
                                           Value(*make_date(2024, 2, 29)),
                                           Value(List{{number(1), number(2)}})};
  if (random.below(20) == 0) return random.one_of(anything);
  if (!fact.allowed.empty()) return random.one_of(fact.allowed);
  switch (fact.type) {
    case Kind::boolean: return Value(random.below(2) == 0);
    case Kind::number: return Value(Decimal(random.below(160) - 10) / Decimal(random.below(3) == 0 ? 4 : 1));
    case Kind::string: return random.one_of(std::vector<Value>{Value("a"), Value("b"), Value("Approved"), Value("")});
    case Kind::date: return Value(*make_date(2020 + random.below(8), 1 + random.below(12), 1 + random.below(28)));
    case Kind::days_duration: return Value(DaysDuration{86'400 * random.below(100), 0});
    case Kind::months_duration: return Value(MonthsDuration{random.below(100)});
    case Kind::list: return Value(List{{number(random.below(5)), number(7)}});
    default: return random.one_of(anything);
  }
}

Record random_record(Random& random, Pack const& pack, int missing_of_ten)
{
  RecordBuilder builder;
  for (auto const& fact : pack.schema().declarations()) {
    if (random.below(10) < missing_of_ten) continue;
    if (random.below(30) == 0)
      builder.set(fact.name, Value(Uncertain{{fact.name}}));
    else
      builder.set(fact.name, random_value(random, fact));
  }
  return std::move(builder).build().value();
}

TEST(Code, AnswersTheModelsOfTheKitAsTheirTrees)
{
  if (!std::filesystem::is_directory(kit_folder())) GTEST_SKIP() << "outside material is absent: " << kit_folder();
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(kit_folder()))
    if (entry.path().extension() == ".dmn") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  Random random(20'261'123);
  Counts counts;
  std::size_t models = 0;
  std::size_t coded = 0;
  for (auto const& file : files) {
    std::vector<detail::SourceText> sources;
    auto const read = [&](std::filesystem::path const& path) {
      std::ifstream stream(path);
      sources.push_back({path.filename().string(), {std::istreambuf_iterator<char>(stream), {}}});
    };
    read(file);
    for (auto const& other : files)  // for its imports
      if (other != file && other.parent_path() == file.parent_path()) read(other);
    auto const twice = load_twice(sources);
    if (!twice) continue;
    ++models;
    coded += twice->coded;
    auto const on = *make_date(2026, 11, 22);
    for (int round = 0; round < 2; ++round) {
      auto const facts = random_record(random, twice->code, round == 0 ? 0 : 2);
      expect_same(*twice, facts, on, counts, file.filename().string() + ", round " + std::to_string(round));
      if (HasFatalFailure()) return;
    }
  }
  std::printf("%zu models, %zu decisions with code, %zu verdicts, %zu known\n", models, coded, counts.verdicts,
              counts.known);
  EXPECT_GT(models, 80U);
  EXPECT_GT(coded, 200U);
  EXPECT_GT(counts.known * 2, counts.verdicts);
}

// Random models: structured inputs, calculations, knowledge models, tables of all hit policies that rest on each other.

std::string random_condition(Random& random, std::vector<std::string> const& numbers, int depth);

std::string random_number(Random& random, std::vector<std::string> const& numbers, int depth)
{
  if (depth == 0 || random.below(4) == 0)
    return random.below(3) == 0 ? random.one_of<std::string>({"0", "1", "2.5", "10", "null"}) : random.one_of(numbers);
  auto const inner = [&] { return random_number(random, numbers, depth - 1); };
  switch (random.below(8)) {
    case 0: return "if " + random_condition(random, numbers, depth - 1) + " then " + inner() + " else " + inner();
    case 1: return "-(" + inner() + ")";
    case 2: return "max([" + inner() + ", " + inner() + "])";
    case 3: return "sum(for i in [1, 2] return i * (" + inner() + "))";
    default:
      return "(" + inner() + ") " + random.one_of<std::string>({"+", "-", "*", "/", "**"}) + " (" + inner() + ")";
  }
}

std::string random_condition(Random& random, std::vector<std::string> const& numbers, int depth)
{
  auto const side = [&] { return "(" + random_number(random, numbers, std::max(depth - 1, 0)) + ")"; };
  if (depth > 0 && random.below(2) == 0) {
    auto const inner = [&] { return "(" + random_condition(random, numbers, depth - 1) + ")"; };
    return inner() + random.one_of<std::string>({" and ", " or "}) + inner();
  }
  if (random.below(5) == 0) return side() + " between " + side() + " and " + side();
  if (random.below(5) == 0) return "flag";
  return side() + random.one_of<std::string>({" < ", " <= ", " > ", " >= ", " = ", " != "}) + side();
}

std::string random_table(Random& random, std::vector<std::string> const& numbers, bool texts)
{
  auto const policy = random.one_of<std::string>(
      {"hitPolicy=\"UNIQUE\"", "hitPolicy=\"ANY\"", "hitPolicy=\"FIRST\"", "hitPolicy=\"PRIORITY\"",
       "hitPolicy=\"RULE ORDER\"", "hitPolicy=\"COLLECT\"", "hitPolicy=\"COLLECT\" aggregation=\"SUM\"",
       "hitPolicy=\"COLLECT\" aggregation=\"COUNT\"", "hitPolicy=\"COLLECT\" aggregation=\"MIN\""});
  std::vector<std::string> const cells{"< 3", ">= 3", "[1..20)", "not(5)", "-", "-", "> 40", "null", "< other", "2, 7"};
  std::vector<std::pair<std::vector<std::string>, std::string>> rules;
  bool const plain = random.below(3) != 0;
  for (int i = 1 + random.below(5); i > 0; --i) {
    std::vector<std::string> tests;
    for (std::size_t k = 0; k < 2; ++k) {
      auto cell = random.one_of(cells);
      if (cell == "< other") cell = plain ? "< 9" : "< " + numbers.front();
      tests.push_back(cell);
    }
    if (texts) tests.push_back(random.one_of<std::string>({"-", "\"a\"", "not(\"b\")"}));
    rules.emplace_back(tests,
                       random.below(4) == 0 ? random_number(random, numbers, 1) : std::to_string(random.below(3)));
  }
  std::vector<std::string> inputs{random.one_of(numbers), random.one_of(numbers)};
  if (texts) inputs.emplace_back("word");
  return table(policy, inputs, rules, random.below(2) == 0 ? "1" : "", "2, 0, 1");
}

std::string knowledge(std::string const& name, std::string const& body)
{
  return "<businessKnowledgeModel id=\"k_" + name + "\" name=\"" + name + "\"><variable name=\"" + name +
         "\"/><encapsulatedLogic><formalParameter name=\"first\" typeRef=\"number\"/><formalParameter "
         "name=\"second\"/>" +
         body + "</encapsulatedLogic></businessKnowledgeModel>\n";
}

std::string binding(std::string const& name, std::string const& value)
{
  return "<binding><parameter name=\"" + name + "\"/>" + literal(value) + "</binding>";
}

std::string entry(std::string const& name, std::string const& value, std::string const& type = "")
{
  auto const variable =
      name.empty() ? "" : "<variable name=\"" + name + "\"" + (type.empty() ? "" : " typeRef=\"" + type + "\"") + "/>";
  return "<contextEntry>" + variable + value + "</contextEntry>";
}

std::string random_model(Random& random)
{
  std::vector<std::string> const own{"x", "y", "p.age", "p.home.rooms"};
  std::vector<std::string> const inside{"first", "second", "sum"};
  auto const flag = [](std::string text) {
    for (auto at = text.find("flag"); at != std::string::npos; at = text.find("flag")) text.replace(at, 4, "true");
    return text;
  };
  std::string model = item("t_small", "number", "[0..100]") + item("t_word", "string", "\"a\", \"b\", \"c\"");
  model +=
      "<itemDefinition name=\"t_home\"><itemComponent name=\"rooms\"><typeRef>t_small</typeRef></itemComponent>"
      "</itemDefinition><itemDefinition name=\"t_person\"><itemComponent name=\"age\"><typeRef>number</typeRef>"
      "</itemComponent><itemComponent name=\"home\"><typeRef>t_home</typeRef></itemComponent></itemDefinition>";
  model += input("x", "t_small") + input("y", "number") + input("flag", "boolean") + input("word", "t_word") +
           input("p", "t_person");
  model += knowledge("scale",
                     flag("<context>" + entry("sum", literal(random_number(random, {"first", "second"}, 2)), "number") +
                          entry("", literal(random_number(random, inside, 2))) + "</context>"));
  model += knowledge("grade", flag(random_table(random, {"first", "second"}, false)));
  std::vector<std::string> const all{"x", "y", "flag", "word", "p"};
  auto const call = [&](std::string const& name) {
    return "<knowledgeRequirement><requiredKnowledge href=\"#k_" + name + "\"/></knowledgeRequirement><invocation>" +
           literal(name) + binding("first", random_number(random, own, 1)) +
           binding("second", random_number(random, own, 1)) + "</invocation>";
  };
  model += decision("calculated", all, literal(random_number(random, own, 3)));
  model += decision("scaled", all, call("scale"));
  model += decision("graded", all, call("grade"));
  model += decision("condition", all, literal(random_condition(random, own, 3)));
  auto above = all;
  for (auto const* lower : {"d_calculated", "d_scaled", "d_graded"}) above.emplace_back(lower);
  auto numbers = own;
  for (auto const* lower : {"calculated", "scaled", "graded"}) numbers.emplace_back(lower);
  model += decision("tabled", above, random_table(random, numbers, true));
  model += decision("last", above, literal(random_number(random, numbers, 2)));
  return dmn(model);
}

TEST(Code, AnswersRandomModelsAsTheirTrees)
{
  Random random(20'261'124);
  Counts counts;
  std::size_t coded = 0;
  std::size_t models = 0;
  for (int round = 0; round < 120; ++round) {
    auto const model = random_model(random);
    auto const twice = load_twice({{"random.dmn", model}});
    if (!twice) continue;  // an expression that the load already knows to be wrong
    ++models;
    coded += twice->coded;
    for (int k = 0; k < 6; ++k) {
      auto const facts = random_record(random, twice->code, k < 3 ? 0 : 3);
      expect_same(*twice, facts, *make_date(2026, 1, 1), counts, "round " + std::to_string(round) + "\n" + model);
      if (HasFatalFailure()) return;
    }
  }
  std::printf("%zu models, %zu decisions with code, %zu verdicts, %zu known\n", models, coded, counts.verdicts,
              counts.known);
  EXPECT_GT(models, 50U);
  EXPECT_GT(coded, 4 * models);
  EXPECT_GT(counts.known * 3, counts.verdicts);
}

TEST(Code, LeavesLimitsToTheTree)
{
  auto const twice =
      load_twice({{"test.dmn", dmn(input("x", "number") + decision("d", {"x"}, literal("x + 1 + 2 + 3")))}});
  ASSERT_TRUE(twice);
  EXPECT_EQ(twice->coded, 1U);
  DecideOptions options;
  options.limits.evaluation_steps = 2;
  auto const facts = record({{"x", number(1)}});
  auto const by_code = twice->code.decide("d", facts, std::nullopt, options);
  EXPECT_EQ(by_code.outcome, Outcome::error);
  EXPECT_EQ(text_of(by_code), text_of(twice->trees.decide("d", facts, std::nullopt, options)));
}

TEST(Code, ASessionUnderAnotherLegalOrderHasNoRule)
{
  auto const rules = table("hitPolicy=\"FIRST\"", {"x"}, {{{"< 3"}, "2"}, {{"-"}, "4"}});
  auto read = model(
      dmn(input("x", "number") + decision("computed", {"x"}, literal("x + 1")) + decision("table", {"x"}, rules)));
  PackInfo info;
  info.id = "test";
  info.jurisdiction = "MD";
  auto const made = detail::make_pack(info, *std::move(read));
  Session session(made);
  session.set("x", 1);
  DecideOptions elsewhere;
  elsewhere.jurisdiction = "RO";
  for (auto const* name : {"computed", "table"}) {
    EXPECT_EQ(session.decide(PreparedDecision(made, name, std::nullopt)).value(), number(2));
    PreparedDecision const question(made, name, std::nullopt, elsewhere);
    EXPECT_EQ(session.decide(question).outcome(), Outcome::rule_not_available);
    EXPECT_EQ(session.verdict(question).outcome, Outcome::rule_not_available);
  }
}

}  // namespace
}  // namespace tutela
