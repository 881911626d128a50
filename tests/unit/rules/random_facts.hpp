// SPDX-License-Identifier: Apache-2.0
/// \file
/// Random facts, and decision tables over them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <tutela/rules/session.hpp>

#include "unit/rules/models.hpp"
#include "unit/rules/random.hpp"

namespace tutela::test {

/// A random fact: how it is declared, cells about it, and values for it.
struct RandomFact {
  std::string name;
  std::string declaration;
  std::vector<std::string> cells;
  std::vector<Value> values;
};

inline RandomFact random_fact(Random& random, std::string const& name)
{
  RandomFact fact{name, {}, {}, {}};
  bool const optional = random.below(3) == 0;
  std::string const note = optional ? "optional=\"true\"" : "";
  switch (random.below(4)) {
    case 0:
      fact.declaration = input(name, "boolean", note);
      fact.cells = {"true", "false", "not(true)"};
      fact.values = {Value(true), Value(false)};
      break;
    case 1:
      fact.declaration = item("t_" + name, "string", "\"a\", \"b\", \"c\", \"d\"") + input(name, "t_" + name, note);
      fact.cells = {"\"a\"", "\"b\", \"c\"", "not(\"a\")", "not(\"a\", \"d\")"};
      fact.values = {Value("a"), Value("b"), Value("c"), Value("d")};
      break;
    case 2:
      fact.declaration = item("t_" + name, "number", "[0..10]") + input(name, "t_" + name, note);
      fact.cells = {"< 3", "<= 3", "> 4.5", "5", "[1..4)", "not(> 6)", "2, 4, [6..8]", "< 3, >= 3"};
      for (int i = 0; i <= 20; ++i) fact.values.emplace_back(Decimal(i) / Decimal(2));
      break;
    default:
      fact.declaration = input(name, "date", note);
      fact.cells = {"< date(\"2026-01-02\")", "date(\"2026-01-02\")", "[date(\"2026-01-02\")..date(\"2026-01-04\")]",
                    "> date(\"2026-01-03\")"};
      for (int day = 1; day <= 5; ++day) fact.values.emplace_back(*make_date(2026, 1, day));
      break;
  }
  if (optional) {
    fact.cells.emplace_back(fact.cells.front() + ", null");
    fact.values.emplace_back();
  }
  return fact;
}

inline std::string random_table(Random& random, std::vector<RandomFact> const& columns, std::string const& policy)
{
  std::vector<std::string> names;
  for (auto const& column : columns) names.push_back(column.name);
  std::vector<std::pair<std::vector<std::string>, std::string>> rules;
  int const height = 1 + random.below(7);
  for (int r = 0; r < height; ++r) {
    std::vector<std::string> tests;
    for (auto const& column : columns) tests.push_back(random.below(3) == 0 ? "-" : random.one_of(column.cells));
    rules.emplace_back(std::move(tests), std::to_string(1 + random.below(3)));
  }
  return table("hitPolicy=\"" + policy + "\"", names, rules, random.below(2) == 0 ? "1" : "", "3, 1, 2");
}

/// Sets a fact by the setter of its own type, where there is one.
inline void set_plainly(Session& session, std::string const& name, Value const& value)
{
  auto const* number = value.as_number();
  if (number != nullptr && number->is_integer())
    session.set(name, *number->to_int64());
  else if (auto const* text = value.as_string())
    session.set(name, *text);
  else if (auto const* day = value.as_date())
    session.set(name, *day);
  else
    session.set(name, value);
}

}  // namespace tutela::test
