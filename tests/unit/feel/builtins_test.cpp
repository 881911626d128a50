// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests of the built-in functions by family.
#include "unit/feel/feel_testing.hpp"

namespace tutela::testing_feel {
namespace {

TEST(feel_builtins, numbers)
{
  expect_all({{"decimal(1/3, 2)", "0.33"},
              {"decimal(2.5, 0)", "2"},
              {"decimal(n: 15/7, scale: 3)", "2.143"},
              {"floor(-1.5)", "-2"},
              {"floor(-1.56, 1)", "-1.6"},
              {"ceiling(-1.5)", "-1"},
              {"round up(5.5, 0)", "6"},
              {"round down(-5.5, 0)", "-5"},
              {"round half up(-5.5, 0)", "-6"},
              {"round half down(5.5, 0)", "5"},
              {"round half up(5.5, 6177)", "null"},
              {"abs(-3)", "3"},
              {"abs(@\"-P1Y\")", "@\"P1Y\""},
              {"modulo(12, 5)", "2"},
              {"modulo(-12, 5)", "3"},
              {"modulo(12, -5)", "-3"},
              {"modulo(1, 0)", "null"},
              {"sqrt(16)", "4"},
              {"sqrt(-1)", "null"},
              {"log(1)", "0"},
              {"exp(0)", "1"},
              {"odd(3)", "true"},
              {"even(-2)", "true"},
              {"sqrt()", "null"},
              {"sqrt(4, 4)", "null"},
              {"sqrt(n: 4)", "null"},
              {"sqrt(number: 4)", "2"},
              {"sqrt([4])", "2"},
              {"sqrt(null)", "null"}});
}

TEST(feel_builtins, texts)
{
  expect_all({{"substring(\"foobar\", 3)", "\"obar\""},
              {"substring(\"foobar\", 3, 3)", "\"oba\""},
              {"substring(\"foobar\", -2, 1)", "\"a\""},
              {"substring(\"foobar\", 3, 3.8)", "\"oba\""},
              {"substring(string: \"foobar\", start position: 3)", "\"obar\""},
              {"substring(\"f\", 0)", "null"},
              {"string length(\"\")", "0"},
              {"upper case(\"aBc4 ș\")", "\"ABC4 Ș\""},
              {"lower case(\"ABC4 Ж\")", "\"abc4 ж\""},
              {"substring before(\"foobar\", \"bar\")", "\"foo\""},
              {"substring before(\"foobar\", \"x\")", "\"\""},
              {"substring after(\"foobar\", \"ob\")", "\"ar\""},
              {"substring after(\"foobar\", \"\")", "\"foobar\""},
              {"contains(\"foobar\", \"ob\")", "true"},
              {"starts with(\"foobar\", \"fo\")", "true"},
              {"ends with(\"foobar\", \"r\")", "true"},
              {"string join([\"a\", null, \"c\"], \"X\")", "\"aXc\""},
              {"string join([\"a\", \"b\"])", "\"ab\""},
              {"string join([1])", "null"},
              {"string(1.10)", "\"1.10\""},
              {"string(null)", "null"},
              {"string([1, \"a\", {b: true}])", "\"[1, \\\"a\\\", {b: true}]\""},
              {"string(@\"P1DT2H\")", "\"P1DT2H\""},
              {"number(\"1 000,0\", \" \", \",\")", "1000"},
              {"number(\"1,000.5\", \",\", \".\")", "1000.5"},
              {"number(\"1.5\", null, null)", "1.5"},
              {"number(\"1,0\", \",\", \",\")", "null"},
              {"number(\"x\", null, null)", "null"}});
}

TEST(feel_builtins, lists)
{
  expect_all({{"list contains([1, 2, null], null)", "true"},
              {"list contains([1, 2], 3)", "false"},
              {"count([1, null])", "2"},
              {"count([])", "0"},
              {"min([3, 1, 2])", "1"},
              {"max(3, 1, 2)", "3"},
              {"min([])", "null"},
              {"max([\"a\", \"c\"])", "\"c\""},
              {"min([1, \"a\"])", "null"},
              {"sum([1, 2, 3])", "6"},
              {"sum(1, 2)", "3"},
              {"sum([])", "null"},
              {"sum([1, null])", "null"},
              {"mean([2, 4])", "3"},
              {"median([8, 2, 5, 7])", "6"},
              {"stddev([2, 4, 7, 5])", "2.081665999466132735282297706979931"},
              {"mode([3, 6, 1, 9, 6, 1, 3])", "[1, 3, 6]"},
              {"product([2, 3])", "6"},
              {"all([true, null, false])", "false"},
              {"all([])", "true"},
              {"all(true, null)", "null"},
              {"all()", "null"},
              {"any([false, true])", "true"},
              {"any(null)", "null"},
              {"sublist([4, 5, 6], 1, 2)", "[4, 5]"},
              {"sublist([4, 5, 6], -2)", "[5, 6]"},
              {"sublist([4, 5, 6], 2, 5)", "null"},
              {"append([1], 2, 3)", "[1, 2, 3]"},
              {"append(1, 2)", "[1, 2]"},
              {"concatenate([1], [2, 3])", "[1, 2, 3]"},
              {"insert before([1, 3], 1, 2)", "[2, 1, 3]"},
              {"remove([1, 2, 3], -1)", "[1, 2]"},
              {"list replace([1, 2, 3], 2, 9)", "[1, 9, 3]"},
              {"list replace([2, 4, 7], function(item, newItem) item < newItem, 5)", "[5, 5, 7]"},
              {"list replace([2, 4], function(item) item = 2, 5)", "null"},
              {"reverse([1, 2])", "[2, 1]"},
              {"index of([1, 2, 3, 2], 2)", "[2, 4]"},
              {"union([1, 2], [2, 3])", "[1, 2, 3]"},
              {"distinct values([1, 2, 1, null, null])", "[1, 2, null]"},
              {"flatten([[1, 2], [[3]], 4])", "[1, 2, 3, 4]"},
              {"sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]"},
              {"sort(list: [2, 1], precedes: function(x, y) x < y)", "[1, 2]"},
              {"sort([1, 2], function(x) true)", "null"}});
}

TEST(feel_builtins, contexts)
{
  expect_all({{"get value({a: 1}, \"a\")", "1"},
              {"get value({a: 1}, \"b\")", "null"},
              {"get value({a: {b: 2}}, [\"a\", \"b\"])", "null"},
              {"get value({a: 1}, [\"a\"])", "1"},
              {"get entries({a: 1})", "[{key: \"a\", value: 1}]"},
              {"context put({a: 1}, \"b\", 2)", "{a: 1, b: 2}"},
              {"context put({a: {b: 1}}, [\"a\", \"b\"], 2)", "{a: {b: 2}}"},
              {"context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"},
              {"context([{key: \"a\", value: 1}])", "{a: 1}"},
              {"context([{key: \"a\", value: 1}, {key: \"a\", value: 2}])", "null"},
              {"context({key: \"a\"})", "null"}});
}

TEST(feel_builtins, dates_and_times)
{
  expect_all({{"date(\"2017-02-29\")", "null"},
              {"date(2016, 2, 29)", "@\"2016-02-29\""},
              {"date(@\"2017-08-14T14:25:00\")", "@\"2017-08-14\""},
              {"time(11, 59, 45, duration(\"PT2H1M0S\"))", "@\"11:59:45+02:01\""},
              {"time(11, 59, 45.5, null)", "@\"11:59:45.5\""},
              {"time(@\"2017-08-10\")", "@\"00:00:00Z\""},
              {"date and time(@\"2017-01-01\", @\"23:59:01Z\")", "@\"2017-01-01T23:59:01Z\""},
              {"date and time(2017, 1, 2, 3, 4, 5)", "@\"2017-01-02T03:04:05\""},
              {"date and time(2017, 1, 2, 3, 4, 5, \"Europe/Paris\")", "@\"2017-01-02T03:04:05@Europe/Paris\""},
              {"duration(\"P1Y27M\")", "@\"P3Y3M\""},
              {"years and months duration(@\"2013-08-24\", @\"2011-12-22\")", "@\"-P1Y8M\""},
              {"years and months duration(@\"2011-12-22\", @\"2013-08-24\")", "@\"P1Y8M\""},
              {"day of year(@\"2020-12-31\")", "366"},
              {"day of week(@\"2019-09-17\")", "\"Tuesday\""},
              {"month of year(@\"2019-09-17\")", "\"September\""},
              {"week of year(@\"2003-12-29\")", "1"},
              {"week of year(@\"2010-01-01\")", "53"},
              {"today().year", "2026"},
              {"today(1)", "null"}});
}

TEST(feel_builtins, ages_are_counted_as_the_pack_says)
{
  auto const expression = parse_expression("age in years(@\"2008-02-29\", @\"2026-02-28\")");
  ASSERT_TRUE(expression);
  Evaluation evaluation;
  EXPECT_EQ(to_string(expression->evaluate({}, evaluation)), "17");
  evaluation.age_rule.leapling = Leapling::on_28_february;
  EXPECT_EQ(to_string(expression->evaluate({}, evaluation)), "18");
}

TEST(feel_builtins, relations_of_ranges)
{
  expect_all({{"before(1, 10)", "true"},
              {"before([1..10), 10)", "true"},
              {"before([1..10], [10..20])", "false"},
              {"after([11..20], [1..11))", "true"},
              {"meets([1..5], [5..10])", "true"},
              {"met by([5..10], [1..5])", "true"},
              {"overlaps([1..5], (5..8])", "false"},
              {"overlaps before([1..5), (1..5])", "true"},
              {"overlaps after((1..5], [1..5))", "true"},
              {"finishes(10, [1..10])", "true"},
              {"finished by([1..10], [5..10))", "false"},
              {"includes([1..10), 10)", "false"},
              {"during([1..10), [1..10])", "true"},
              {"starts((1..5], (1..10])", "true"},
              {"started by([1..10], 1)", "true"},
              {"coincides([1..5], [1..5])", "true"},
              {"before(point1: 1, point2: 2)", "true"},
              {"before(1, \"a\")", "null"},
              {"before(1, null)", "null"},
              {"is(@\"23:00:50\", @\"23:00:50Z\")", "false"},
              {"is(time(\"23:00:50z\"), time(\"23:00:50+00:00\"))", "true"},
              {"is(time(\"23:00:50z\"), time(\"23:00:50\"))", "false"},
              {"is(1, 1.0)", "true"},
              {"(< 5).end", "5"},
              {"[1..3).end included", "false"}});
}

TEST(Builtins, NotTakesAListOfOneForItsElement)
{
  expect_all({{"not([true])", "false"},
              {"not(negand: [false])", "true"},
              {"not([])", "null"},
              {"not([true, true])", "null"},
              {"not([[true]])", "null"},
              {"not([null])", "null"}});
}

TEST(Builtins, SecondsHaveTheirFraction)
{
  expect_all({{"time(\"10:20:30.25\").second", "30.25"},
              {"date and time(\"2020-01-01T10:20:30.000000001\").second", "30.000000001"},
              {"time(\"10:20:30\").second", "30"},
              {"duration(\"PT1M2.5S\").seconds", "2.5"},
              {"duration(\"-PT1M2.5S\").seconds", "-2.5"},
              {"duration(\"PT1M2.5S\").minutes", "1"}});
}

TEST(feel_builtins, ranges_from_text)
{
  expect_all({{"range(\"[1..3]\") = [1..3]", "true"},
              {"range(\" ( -1 .. 3 [ \") = (-1..3)", "true"},
              {"range(\"[@\\\"P1D\\\"..@\\\"P2D\\\"]\") = [@\"P1D\"..@\"P2D\"]", "true"},
              {"range(\"[date(\\\"1970-01-01\\\")..date(\\\"1970-01-02\\\")]\").start", "@\"1970-01-01\""},
              {"range(\"[3..1]\")", "null"},
              {"range(\"[1..]\")", "null"},
              {"range(\"[..1]\")", "null"},
              {"range(\"(..)\")", "null"},
              {"range(\"(..x]\")", "null"},
              {"range(\"(..5]\") = (<= 5)", "true"},
              {"range(\" ] .. 5 [\") = (< 5)", "true"},
              {"range(\"[1..)\") = (>= 1)", "true"},
              {"range(\"(-1..[\") = (> -1)", "true"},
              {"7 in range(\"(..5]\")", "false"},
              {"range(\">=10\")", "null"},
              {"range(\"[1..1+1]\")", "null"},
              {"range(\"[null..null]\")", "null"}});
}

}  // namespace
}  // namespace tutela::testing_feel
