// SPDX-License-Identifier: Apache-2.0
/// \file
/// Small random instruments for the tests.
#pragma once

#include <random>
#include <string>
#include <utility>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/risk/description.hpp>

namespace tutela::test {

inline ScoreExpression reference(std::string name)
{
  ScoreExpression result;
  result.operation = ScoreExpression::Operation::reference;
  result.name = std::move(name);
  return result;
}

inline ScoreExpression constant(std::string text)
{
  ScoreExpression result;
  result.constants.push_back(std::move(text));
  return result;
}

inline ScoreExpression operation(ScoreExpression::Operation kind, std::vector<ScoreExpression> arguments,
                                 std::vector<std::string> constants = {})
{
  ScoreExpression result;
  result.operation = kind;
  result.arguments = std::move(arguments);
  result.constants = std::move(constants);
  return result;
}

/// A small random instrument over choices, flags, numbers and two dates, with shared facts and constraints.
inline InstrumentDescription random_description(std::mt19937_64& random)
{
  using Operation = ScoreExpression::Operation;
  auto const pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  auto const coefficient = [&] { return std::to_string(pick(-300, 300)) + "e-2"; };
  InstrumentDescription result;
  result.id = "test.random";
  result.version = "1";
  result.title = Text("random instrument");
  result.status = InstrumentStatus::demo;
  result.outcome = InstrumentOutcome::need;
  result.rights = {"nobody", "none", {}, false};
  result.sources.push_back({"invented", {}, "this test", Grade::a, {}, {}});
  result.total_unit = "points";
  auto const add_fact = [&](std::string id, FactDeclaration declaration) {
    declaration.name = "case." + id;
    InstrumentFact fact;
    fact.id = std::move(id);
    fact.declaration = std::move(declaration);
    result.facts.push_back(std::move(fact));
  };
  for (int k = 0; k < 2; ++k) {
    FactDeclaration flag;
    flag.type = Kind::boolean;
    add_fact("flag_" + std::to_string(k), flag);
    FactDeclaration choice;
    choice.type = Kind::string;
    choice.allowed = {Value("a"), Value("b"), Value("c")};
    add_fact("choice_" + std::to_string(k), choice);
    FactDeclaration count;
    count.type = Kind::number;
    count.range = {Value(Decimal(0)), Value(Decimal(6)), true, true};
    add_fact("count_" + std::to_string(k), count);
    FactDeclaration date;
    date.type = Kind::date;
    date.range = {Value(*parse_date("2004-02-10")), Value(*parse_date("2006-03-20")), true, true};
    add_fact("date_" + std::to_string(k), date);
  }
  result.quantities.push_back(
      {"age", {}, {}, operation(Operation::years, {reference("date_0"), reference("date_1")}), {}});
  result.quantities.push_back(
      {"months", {}, {}, operation(Operation::months, {reference("date_0"), reference("date_1")}), {}});
  std::vector<std::string> const numbers{"count_0", "count_1", "age", "months", "flag_0", "flag_1"};
  auto const condition = [&]() -> ScoreCondition {
    ScoreCondition one;
    switch (pick(0, 3)) {
      case 0:
        one.of = "choice_" + std::to_string(pick(0, 1));
        one.words = pick(0, 1) == 0 ? std::vector<std::string>{"a", "c"} : std::vector<std::string>{"b"};
        break;
      case 1:
        one.of = "flag_" + std::to_string(pick(0, 1));
        one.words = {pick(0, 1) == 0 ? "true" : "false"};
        break;
      case 2:
        one.of = "count_" + std::to_string(pick(0, 1));
        one.from = std::to_string(pick(1, 4));
        break;
      default:
        one.of = "age";
        one.below = std::to_string(pick(0, 2));
        break;
    }
    return one;
  };
  for (int k = 0; k < 5; ++k) {
    ScoreQuantity item;
    item.id = "item_" + std::to_string(k);
    auto const name = [&] {
      return reference(numbers[static_cast<std::size_t>(pick(0, static_cast<int>(numbers.size()) - 1))]);
    };
    switch (pick(0, 4)) {
      case 0:
        item.value = operation(Operation::linear, {name(), name()}, {coefficient(), coefficient(), coefficient()});
        break;
      case 1:
        item.value = operation(Operation::polynomial, {name()}, {coefficient(), coefficient(), coefficient()});
        break;
      case 2:
        item.value = operation(Operation::log_ratio, {operation(Operation::linear, {reference("count_0")}, {"1", "1"}),
                                                      operation(Operation::linear, {name()}, {"40", "1"})});
        break;
      case 3:
        item.value = operation(Operation::maximum, {name(), operation(Operation::product, {name(), name()})});
        break;
      default: {
        item.value.operation = Operation::table;
        item.value.rows.push_back({{condition()}, constant(coefficient())});
        item.value.rows.push_back({{}, constant(coefficient())});
        break;
      }
    }
    if (pick(0, 2) == 0) item.when.push_back(condition());
    result.items.push_back(std::move(item));
  }
  result.constraints.push_back({{"date_0", "date_1"}, {}, Text("in order")});
  if (pick(0, 1) == 0) {
    auto first = condition();
    auto second = condition();
    if (first.of != second.of) result.constraints.push_back({{}, {first, second}, Text("not together")});
  }
  ScoreOutputDescription output;
  output.quantity.id = "probability";
  output.quantity.value =
      operation(Operation::logistic, {operation(Operation::linear, {reference("total")}, {"0", "0.3"})});
  output.unit = "probability";
  result.outputs.push_back(std::move(output));
  result.band_of = "total";
  result.bands = {{"low", {}, {}, "-5"}, {"middle", {}, "-5", "2.5"}, {"high", {}, "2.5", {}}};
  return result;
}

}  // namespace tutela::test
