// SPDX-License-Identifier: Apache-2.0
/// \file
/// Columns of lists, inputs of several facts and computed answers, one by one.
#include <algorithm>
#include <cstdlib>
#include <memory>

#include <gtest/gtest.h>
#include <tutela/columns/batch.hpp>
#include <tutela/columns/compare_batch.hpp>

#include "unit/columns/tables.hpp"
#include "unit/rules/models.hpp"

namespace tutela {
namespace {

using namespace test;

Value date(int year, int month, int day) { return Value(*make_date(year, month, day)); }
Value words(std::vector<Value> items) { return Value(List{std::move(items)}); }
Value child(Value age, Value disabled)
{
  return Value(Context{{{"age", std::move(age)}, {"disabled", std::move(disabled)}}});
}

std::string collection(std::string const& name, std::string const& inside)
{
  return "<itemDefinition name=\"" + name + "\" isCollection=\"true\">" + inside + "</itemDefinition>";
}

/// Languages of a family, its children, and what follows from them.
Pack const& family()
{
  static Pack const made = pack(dmn(
      collection("tWords", "<typeRef>string</typeRef>") + collection("tFlags", "<typeRef>boolean</typeRef>") +
      collection("tChildren",
                 "<itemComponent name=\"age\"><typeRef>number</typeRef></itemComponent>"
                 "<itemComponent name=\"disabled\"><typeRef>boolean</typeRef></itemComponent>") +
      input("languages", "tWords", "optional=\"true\"") + input("flags", "tFlags") + input("children", "tChildren") +
      input("income", "number") + input("rent", "number") + input("applied", "date") +
      decision("speaks", {"languages"},
               table("hitPolicy=\"FIRST\"", {"list contains(languages, \"ro\")"}, {{{"true"}, "\"yes\""}}, "\"no\"")) +
      decision("flagged", {"flags"},
               table("hitPolicy=\"FIRST\"", {"some x in flags satisfies x"}, {{{"true"}, "\"yes\""}}, "\"no\"")) +
      decision("large", {"children"},
               table("hitPolicy=\"FIRST\"", {"count(children)", "some x in children satisfies x.disabled"},
                     {{{">= 3", "-"}, "\"many\""}, {{"-", "true"}, "\"disabled\""}}, "\"no\"")) +
      decision("left", {"income", "rent"}, literal("income - rent")) +
      decision("poor", {"d_left", "income"},
               table("hitPolicy=\"UNIQUE\"", {"left", "income"},
                     {{{"< 500", "-"}, "\"poor\""}, {{">= 500", "< 2000"}, "\"middle\""}}, "\"rich\"")) +
      decision("ends", {"applied", "income"},
               table("hitPolicy=\"FIRST\"", {"income"},
                     {{{"< 100"}, "applied + duration(\"P1Y\")"}, {{"< 1000"}, "date(\"2026-12-31\")"}},
                     "applied + duration(\"P30D\")"))));
  return made;
}

struct Asked {
  std::vector<std::string> texts;  ///< The value, or the outcome where there is none.
  DecisionPath path;
  BatchShares shares;
  std::vector<Diagnostic> wrong;
};

Asked ask(MadeArray const& made, std::string const& decision, std::vector<ColumnRule> rules = {})
{
  Asked asked;
  BatchOptions options;
  options.decisions = {decision};
  options.columns = std::move(rules);
  auto const program = BatchProgram::compile(family(), made.schema, std::nullopt, options);
  if (!program) {
    asked.wrong = program.diagnostics();
    return asked;
  }
  auto const answers = BatchRun(*program).decide(made.array);
  if (!answers) {
    asked.wrong = answers.diagnostics();
    return asked;
  }
  for (std::size_t row = 0; row < answers->rows(); ++row) {
    auto const& value = answers->value(0, row);
    auto const* text = value.as_string();
    asked.texts.push_back(answers->outcome(0, row) != Outcome::known ? std::string(to_string(answers->outcome(0, row)))
                          : text != nullptr                          ? *text
                                                                     : to_string(value));
  }
  asked.path = answers->decisions()[0];
  asked.shares = answers->shares(0);
  return asked;
}

Asked ask(GivenColumn column, std::string const& decision, std::vector<ColumnRule> rules = {})
{
  return ask(*make_table({std::move(column)}), decision, std::move(rules));
}

using Texts = std::vector<std::string>;

std::vector<std::optional<Value>> spoken()
{
  return {words({Value("ro")}), words({Value("uk"), Value("a language of many letters")}), words({}), std::nullopt,
          words({Value("uk"), Value("ro")})};
}

TEST(Lists, AreReadInEveryLayoutAtEveryOffset)
{
  for (char const* format : {"+l:u", "+L:u", "+l:vu", "+L:U", "+l:c>u", "+L:I>vu"}) {
    for (std::size_t const offset : {0U, 1U, 7U, 64U}) {
      for (bool const reversed : {false, true}) {
        auto const asked = ask({"languages", format, spoken(), offset, true, offset % 2 == 0, reversed}, "speaks");
        ASSERT_TRUE(asked.wrong.empty()) << to_string(asked.wrong);
        EXPECT_EQ(asked.texts, (Texts{"yes", "no", "no", "unknown", "yes"})) << format << " from " << offset;
        EXPECT_TRUE(asked.path.in_columns);
        EXPECT_EQ(asked.shares.by_model, 1U) << "only the one that is not known";
      }
    }
  }
}

TEST(Lists, OfAFixedSizeHaveNoOffsets)
{
  std::vector<std::optional<Value>> const flags{words({Value(false), Value(true)}), std::nullopt,
                                                words({Value(false), Value(false)})};
  for (std::size_t const offset : {0U, 1U, 5U})
    EXPECT_EQ(ask({"flags", "+w:2:b", flags, offset}, "flagged").texts, (Texts{"yes", "unknown", "no"})) << offset;
}

TEST(Lists, MeanByTheirRuleWhatIsNullInThem)
{
  std::vector<std::optional<Value>> const values{words({Value("uk"), null_element()}), std::nullopt,
                                                 words({null_element(), Value("ro")})};
  auto const read = [&](NullMeaning nulls) {
    ColumnRule rule{"languages"};
    rule.nulls = nulls;
    auto const made = make_table({{"languages", "+l:u", values}});
    BatchOptions options;
    options.columns = {rule};
    auto const program = BatchProgram::compile(family(), made->schema, std::nullopt, options).value();
    std::string text;
    for (std::size_t row = 0; row < 2; ++row) {
      auto const facts = program.facts(made->array, row).value();
      auto const* found = facts.find("languages");
      text += (found == nullptr ? "nothing" : to_string(found->value)) + "; ";
    }
    return text;
  };
  EXPECT_EQ(read(NullMeaning::unknown), "[\"uk\", unknown(languages)]; nothing; ");
  EXPECT_EQ(read(NullMeaning::none), "[\"uk\", null]; null; ");
  EXPECT_EQ(read(NullMeaning::uncertain), "[\"uk\", uncertain(languages)]; uncertain(languages); ");
  EXPECT_EQ(ask({"languages", "+l:u", values}, "speaks").texts, (Texts{"unknown", "unknown", "yes"}));
}

TEST(Lists, OfStructsAreReadFieldByField)
{
  std::vector<std::optional<Value>> const children{
      words({child(number(3), Value(true))}), words({child(number(3), Value(false)), child(number(9), Value(false))}),
      words({child(null_element(), Value(false)), null_element(), child(number(1), Value(false))}),
      words({child(number(3), null_element())}), std::nullopt};
  for (char const* format : {"+l:{age=s,disabled=b}", "+L:{disabled=b,age=l}", "+l:{age=C,name=u,disabled=b}"}) {
    for (std::size_t const offset : {0U, 3U}) {
      auto const asked = ask({"children", format, children, offset}, "large");
      ASSERT_TRUE(asked.wrong.empty()) << to_string(asked.wrong);
      EXPECT_EQ(asked.texts, (Texts{"disabled", "no", "many", "unknown", "unknown"})) << format;
    }
  }
  auto const made = make_table({{"children", "+l:{disabled=b}", children}});
  auto const program = BatchProgram::compile(family(), made->schema, std::nullopt).value();
  auto const& without = program.facts_without_column();
  EXPECT_NE(std::find(without.begin(), without.end(), "children.age"), without.end());
  EXPECT_EQ(std::find(without.begin(), without.end(), "children.disabled"), without.end());
}

TEST(Lists, ThatDoNotFitAreToldAllAtOnce)
{
  auto const asked = ask({"children", "+l:{age=u,disabled=s}", {words({})}}, "large");
  ASSERT_EQ(asked.wrong.size(), 2U);
  EXPECT_EQ(asked.wrong[0].place.pointer, "/children.age");
  EXPECT_EQ(asked.wrong[1].place.pointer, "/children.disabled");
  EXPECT_EQ(ask({"children", "+l:u", {words({})}}, "large").wrong.size(), 1U);
  EXPECT_EQ(ask({"languages", "+l:{age=s}", {words({})}}, "speaks").wrong.size(), 1U);
  EXPECT_EQ(ask({"languages", "+l:b", {words({})}}, "speaks").wrong.size(), 1U);
  EXPECT_EQ(ask({"languages", "u", {Value("ro")}}, "speaks").wrong.size(), 1U);
  EXPECT_EQ(ask({"income", "+l:u", {words({})}}, "poor").wrong.size(), 1U);
}

TEST(Lists, ViewsOfListsAndMapsAreRefusedWithTheirReason)
{
  for (char const* format : {"+vl", "+vL", "+m"}) {
    auto const made = make_table({{"languages", "+l:u", spoken()}});
    made->children[0]->schema.format = format;
    auto const asked = ask(*made, "speaks");
    ASSERT_EQ(asked.wrong.size(), 1U);
    EXPECT_NE(asked.wrong[0].what.find(format[1] == 'v' ? "list views" : "maps"), std::string::npos);
  }
}

TEST(Lists, ThatLeadOutsideOfTheirElementsRefuseTheTable)
{
  for (std::int32_t const wrong : {-1, 1'000'000}) {
    auto const made = make_table({{"languages", "+l:u", spoken()}});
    auto& offsets = made->children[0]->buffers[1];
    std::memcpy(offsets.data() + 2 * sizeof(wrong), &wrong, sizeof(wrong));
    auto const asked = ask(*made, "speaks");
    ASSERT_EQ(asked.wrong.size(), 1U);
    EXPECT_NE(asked.wrong[0].what.find("broken"), std::string::npos);
  }
  auto const made = make_table({{"languages", "+l:u", spoken()}});
  made->children[0]->array.n_children = 0;
  EXPECT_EQ(ask(*made, "speaks").wrong.size(), 1U);
}

TEST(Lists, MakeNoGroups)
{
  auto const made = make_table({{"languages", "+l:u", spoken()}});
  Chunks chunks{{made.get()}};
  auto stream = chunks.stream();
  CompareBatchOptions options;
  options.by = {"languages"};
  BatchQuestion const side{family()};
  auto const found = compare_batch(side, side, stream, options);
  ASSERT_FALSE(found);
  EXPECT_NE(found.diagnostics()[0].what.find("it holds lists"), std::string::npos);
}

/// The elements behind the 2^31st of one array: Booleans, because their bits take little room.
TEST(Lists, MayHaveMoreElementsThanThirtyTwoBitsCount)
{
  constexpr std::int64_t far = (std::int64_t{1} << 31U) + 5;
  std::unique_ptr<void, void (*)(void*)> const bits(std::calloc(static_cast<std::size_t>(far / 8 + 8), 1), std::free);
  ASSERT_NE(bits, nullptr);
  static_cast<unsigned char*>(bits.get())[(far + 2) / 8] = static_cast<unsigned char>(1U << ((far + 2) % 8));
  auto const made = make_table({{"flags", "+L:b", {words({}), words({})}}});
  std::int64_t const offsets[3] = {0, far, far + 3};
  std::int64_t const short_offsets[3] = {far - 2, far + 1, far + 3};
  auto& list = *made->children[0];
  auto& items = *list.children[0];
  items.array.length = far + 3;
  items.array.offset = 0;
  items.array.null_count = 0;
  items.pointers[1] = bits.get();
  list.array.null_count = 0;
  list.pointers[1] = short_offsets;
  EXPECT_EQ(ask(*made, "flagged").texts, (Texts{"no", "yes"}));
  list.pointers[1] = offsets + 1;
  list.array.length = made->array.length = 1;
  EXPECT_EQ(ask(*made, "flagged").texts, (Texts{"yes"}));
}

TEST(JointInputs, AreEvaluatedOnceForEachCombinationOfValues)
{
  GivenColumn income{"income", "s", {}};
  GivenColumn rent{"rent", "d:9,0,32", {}};
  Texts expected;
  for (int row = 0; row < 20'000; ++row) {
    int const has = row % 30 * 100;
    int const pays = row / 30 % 7 * 100;
    income.values.emplace_back(number(has));
    rent.values.emplace_back(row % 11 == 0 ? std::nullopt : std::optional(number(pays)));
    expected.emplace_back(row % 11 == 0 ? "unknown" : has - pays < 500 ? "poor" : has < 2000 ? "middle" : "rich");
  }
  auto const asked = ask(*make_table({income, rent}), "poor");
  EXPECT_TRUE(asked.path.in_columns) << asked.path.reason;
  EXPECT_EQ(asked.texts, expected);
  EXPECT_EQ(asked.shares.by_model, 0U) << "without rent it may be anything, whatever the income is";
  EXPECT_GT(asked.shares.exact, 1'000U);
  EXPECT_LE(asked.shares.regions, 3U) << "for each income that the other column tells apart";
}

/// Inputs that rest on one fact hinder each other; columns say what the scalar engine says of them.
TEST(JointInputs, ThatRestOnOneFactAreLeftToTheScalarEngineWhereItIsMissing)
{
  auto const asked = pack(dmn(input("income", "number") + input("rent", "number") +
                              decision("poor", {"income", "rent"},
                                       table("hitPolicy=\"FIRST\"", {"income - rent"}, {{{"< 5"}, "true"}}, "false")) +
                              decision("help", {"income", "d_poor"},
                                       table("hitPolicy=\"ANY\"", {"10 - income", "income * 3 - 1", "poor"},
                                             {{{"<= 3", "< 3", "-"}, "3"}}, "2"))));
  auto const made =
      make_table({{"income", "s", {std::nullopt, number(5)}}, {"rent", "s", {std::nullopt, std::nullopt}}});
  auto const program = BatchProgram::compile(asked, made->schema, std::nullopt).value();
  auto const answers = BatchRun(program).decide(made->array).value();
  for (std::size_t row = 0; row < 2; ++row) {
    auto const alone = asked.decide("help", program.facts(made->array, row).value(), std::nullopt);
    EXPECT_EQ(answers.outcome(0, row), alone.outcome) << row;
    EXPECT_EQ(answers.value(0, row), alone.value) << row;
  }
}

TEST(ComputedAnswers, AreFoundByTheRailsAndComputedOnceForTheirFacts)
{
  GivenColumn income{"income", "s", {}};
  GivenColumn applied{"applied", "tdD", {}};
  Texts expected;
  for (int row = 0; row < 10'000; ++row) {
    int const has = row % 1500;
    auto const day = *add_days(*make_date(2026, 1, 1), row % 20);
    income.values.emplace_back(number(has));
    applied.values.emplace_back(Value(day));
    expected.push_back(to_string(has < 100    ? Value(*make_date(2027, day.month, day.day))
                                 : has < 1000 ? date(2026, 12, 31)
                                              : Value(*add_days(day, 30))));
  }
  auto const made = make_table({income, applied});
  auto const asked = ask(*made, "ends");
  EXPECT_TRUE(asked.path.in_columns) << asked.path.reason;
  EXPECT_EQ(asked.texts, expected);
  EXPECT_EQ(asked.shares.by_model, 40U) << "two rules that compute, twenty days";
  BatchOptions options;
  options.decisions = {"ends"};
  options.rules = true;
  auto const program = BatchProgram::compile(family(), made->schema, std::nullopt, options).value();
  auto const answers = BatchRun(program).decide(made->array).value();
  EXPECT_EQ(answers.rule(0, 0), 1U);
  EXPECT_EQ(answers.rule(0, 100), 2U);
  EXPECT_EQ(answers.rule(0, 1499), 0U);
}

TEST(ComputedAnswers, WaitForTheirFacts)
{
  GivenColumn const income{"income", "s", {number(5), number(500), std::nullopt, number(5)}};
  GivenColumn const applied{"applied", "tdD", {std::nullopt, std::nullopt, date(2026, 1, 1), date(2026, 2, 1)}};
  EXPECT_EQ(ask(*make_table({income, applied}), "ends").texts,
            (Texts{"unknown", to_string(date(2026, 12, 31)), "unknown", to_string(date(2027, 2, 1))}));
}

}  // namespace
}  // namespace tutela
