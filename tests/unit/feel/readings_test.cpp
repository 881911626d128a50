// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests of readings of the standard that other engines share: see the table in docs/feel.md.
#include "unit/feel/feel_testing.hpp"

namespace tutela::testing_feel {
namespace {

TEST(feel_readings, a_test_may_stand_for_a_value)
{
  expect_all({{"1 in [< 5, > 10]", "true"},
              {"7 in [< 5, > 10]", "false"},
              {"count([< 1, > 2])", "2"},
              {"before(< 5, 7)", "true"},
              {"{a: < 5, b: 3 in a}.b", "true"},
              {"[1, 2, 3][item in [< 2, > 2]]", "[1, 3]"},
              {"(< 5 + 1).end", "6"},
              {"1 = < 5", "null"},
              {"< ", "syntax"},
              {"1 + <", "syntax"}});
}

TEST(feel_readings, named_points_and_ranges_go_by_their_names)
{
  expect_all({{"before([1..2], 3)", "true"},
              {"before(range: [1..2], point: 3)", "false"},
              {"before(point: 3, range: [1..2])", "false"},
              {"before(range: [4..5], point: 3)", "true"}});
}

TEST(feel_readings, a_range_does_not_descend)
{
  expect_all({{"[5..1]", "null"},
              {"(5..1).start", "null"},
              {"[\"b\"..\"a\"]", "null"},
              {"for i in [4..1] return i", "null"},
              {"for i in 4..1 return i", "[4, 3, 2, 1]"},
              {"3 in [5..1]", "false"},
              {"3 in (5..1)", "false"},
              {"[1..1].start", "1"}});
  EXPECT_TRUE(legal("[5..1]").is(Kind::error));
  EXPECT_EQ(to_string(legal("3 in [5..1]")), "false");
}

TEST(feel_readings, an_open_end_compares_with_nothing)
{
  expect_all({{"before(1, (< 5))", "null"},
              {"before((< 5), 12)", "true"},
              {"before((> 5), (< 5))", "true"},
              {"includes((< 5), 3)", "null"},
              {"overlaps((< 5), [3..8])", "null"},
              {"after(12, (<= 5))", "true"},
              {"(!= 5).start", "null"},
              {"(!= 5).end", "null"}});
  // in legal mode it reaches to infinity
  EXPECT_EQ(to_string(legal("includes((< 18), 15)")), "true");
  EXPECT_EQ(to_string(legal("before(20, (< 18))")), "false");
}

TEST(feel_readings, parts_of_different_kinds_are_different)
{
  expect_all({{"[1, \"a\"] = [1, 1]", "false"},
              {"{a: 1} = {a: \"1\"}", "false"},
              {"[1, [\"a\"]] = [1, [1]]", "false"},
              {"[1, null] = [1, null]", "true"},
              {"1 = \"a\"", "null"},
              {"(function(x) x) = (function(x) x)", "null"},
              {"abs = abs", "null"}});
}

TEST(feel_readings, elements_may_have_different_entries)
{
  expect_all({{"[{a: 1}, {b: 2}][a = 1]", "[{a: 1}]"},
              {"[{a: 1}, {b: 2}][b = null]", "[{a: 1}]"},
              {"[{x: 1, y: 2}, {y: 3}][x < 2].y", "[2]"},
              {"[{first name: 1}, {b: 2}][first name = 1]", "[{first name: 1}]"},
              {"(if true then {a b: 1} else {c: 2}).a b", "1"},
              {"{a: 9, l: [{a: 1}, {b: 2}], r: l[a = 9]}.r", "[{b: 2}]"}});
}

TEST(feel_readings, an_entry_called_item_hides_the_item)
{
  expect_all({{"[{item: 1}, {item: 2}][item > 1]", "[{item: 2}]"},
              {"[{item: 1}, {b: 2}][item = 1]", "[{item: 1}]"},
              {"[{item: {a: 1}}][item.a = 1]", "[{item: {a: 1}}]"},
              {"{item: 5, l: [1, 6], r: l[item > 5]}.r", "[6]"},
              {"[1, 6][item > 5]", "[6]"}});
}

TEST(feel_readings, a_filter_takes_null_for_a_list_of_one)
{
  expect_all(
      {{"null[true]", "[null]"}, {"null[false]", "[]"}, {"null[item = 1]", "[]"}, {"null[item = null]", "[null]"}});
  EXPECT_EQ(to_string(legal("null[true]")), "[]");
}

TEST(feel_readings, comments_may_stand_inside_names)
{
  expect_all({{"{a /* x */: 1}", "{a: 1}"},
              {"{a /* x */ b: 1}.a /* y */ b", "1"},
              {"for /* each */ i /* of */ in [1] return i", "[1]"},
              {"(function(a /* first */, b) a - b)(b /* second */: 1, a: 3)", "2"},
              {"{a: 1, a // no\n: 2}", "syntax"}});
}

TEST(feel_readings, texts_of_numbers_keep_their_scale)
{
  expect_all({{"string(1.10)", "\"1.10\""},
              {"string(1.0)", "\"1.0\""},
              {"string(2 * 1.5)", "\"3.0\""},
              {"string(1.50 + 1.5)", "\"3.00\""},
              {"string(decimal(1, 2))", "\"1.00\""},
              {"string(decimal(1/3, 2))", "\"0.33\""},
              {"string(round up(5, 1))", "\"5.0\""},
              {"string(10 / 4)", "\"2.5\""},
              {"string(100)", "\"100\""},
              {"string(1e2)", "\"100\""},
              {"string([1.10, 2])", "\"[1.10, 2]\""}});
  EXPECT_EQ(to_string(legal("string(1.10)")), "\"1.1\"");
}

TEST(feel_readings, letters_change_case_as_unicode_says)
{
  expect_all({{"upper case(\"aß\")", "\"ASS\""},
              {"upper case(\"ﬁ\")", "\"FI\""},
              {"upper case(\"ı\")", "\"I\""},
              {"upper case(\"ŉǅᾳ\")", "\"ʼNǄΑΙ\""},
              {"lower case(\"İ\")", "\"i̇\""},
              {"lower case(\"ΟΔΟΣ ΟΔΟΣ.\")", "\"οδος οδος.\""},
              {"lower case(\"ΣΑΣ Σ ΑΣ'Α\")", "\"σας σ ασ'α\""},
              {"lower case(\"AÉẞ🐎\")", "\"aéß🐎\""},
              {"upper case(\"123 -\")", "\"123 -\""},
              {"upper case(\"\")", "\"\""}});
}

TEST(feel_readings, arguments_outside_the_domain)
{
  expect_all({{"odd(1.5)", "null"},
              {"even(2.5)", "null"},
              {"even(2.0)", "true"},
              {"all([false, 1])", "null"},
              {"any([true, 1])", "null"},
              {"all([false, null])", "false"},
              {"date(2020.9, 1, 2)", "@\"2020-01-02\""},
              {"time(10.5, 0, 0)", "@\"10:00:00\""},
              {"date and time(@\"2020-01-02\")", "null"},
              {"number(\"1,000.5\", \",\")", "null"},
              {"number(\"1,000.5\", \",\", null)", "1000.5"},
              {"time(\"24:00:00\")", "null"},
              {"date and time(\"2020-12-31T24:00:00\")", "@\"2021-01-01T00:00:00\""},
              {"time(\"10:00:00.123456789\")", "@\"10:00:00.123456789\""},
              {"time(\"10:00:00.1234567891\")", "null"},
              {"duration(\"PT1.1234567891S\")", "null"}});
  EXPECT_TRUE(legal("date(2020.9, 1, 2)").is(Kind::error));
  EXPECT_EQ(to_string(legal("all([false, 1])")), "false");
}

TEST(feel_readings, a_list_of_one_is_converted_once)
{
  expect_all({{"(function(a: date and time) a)(@\"2020-01-01\")", "@\"2020-01-01T00:00:00Z\""},
              {"(function(a: date and time) a)([@\"2020-01-01\"])", "null"},
              {"(function(a: date) a)([@\"2020-01-01\"])", "@\"2020-01-01\""}});
}

}  // namespace
}  // namespace tutela::testing_feel
