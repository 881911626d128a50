// SPDX-License-Identifier: Apache-2.0
/// \file
/// Random decision tables whose inputs have few enough values to try them all.
#pragma once

#include <functional>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "unit/rules/models.hpp"

namespace tutela::test {

/// One random input: its declaration, its cells, and values of which one stands for each case the cells can tell apart.
struct Column {
  std::string name;
  std::string declaration;
  std::vector<std::string> cells;
  std::vector<Value> values;
};

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  int below(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }

  std::size_t index(std::size_t size) { return static_cast<std::size_t>(below(static_cast<int>(size))); }

  Column column(std::string const& name)
  {
    Column column{name, {}, {}, {}};
    switch (below(3)) {
      case 0:
        column.declaration = input(name, "boolean");
        column.cells = {"true", "false"};
        column.values = {Value(true), Value(false)};
        break;
      case 1: {
        std::string allowed;
        int const count = 2 + below(4);
        for (int i = 0; i < count; ++i) {
          std::string const word = "\"w" + std::to_string(i) + "\"";
          allowed += (i == 0 ? "" : ", ") + word;
          column.cells.push_back(word);
          column.cells.push_back("not(" + word + ")");
          if (i > 0) column.cells.push_back(word + ", \"w0\"");
          column.values.emplace_back("w" + std::to_string(i));
        }
        column.declaration = item("t_" + name, "string", allowed) + input(name, "t_" + name);
        break;
      }
      default:
        column.declaration = item("t_" + name, "number", "[0..10]") + input(name, "t_" + name);
        for (int i = 0; i < 4; ++i) {
          auto const a = std::to_string(below(10));
          auto const b = std::to_string(below(10));
          column.cells.push_back("< " + a);
          column.cells.push_back(">= " + a);
          column.cells.push_back(a);
          if (a < b) column.cells.push_back("[" + a + ".." + b + ")");
          column.cells.push_back("not(> " + b + ")");
        }
        for (int i = 0; i <= 20; ++i) column.values.emplace_back(Decimal(i) / Decimal(2));
        break;
    }
    return column;
  }

 private:
  std::mt19937 random_;
};

/// A case in which every fact is known.
using Case = std::map<std::string, Value>;

/// A statement about facts, as FEEL and as the test understands it.
struct Constraint {
  std::string text;
  std::function<bool(Case const&)> holds;
};

/// Whether a known value passes a cell.
inline bool passes(UnaryTests const& cell, Value const& value)
{
  Evaluation evaluation;
  return truth_of(cell.test(value, {}, evaluation)) == Truth::yes;
}

/// "Where one fact passes a cell, the other passes another."
inline Constraint implication(Generator& random, Column const& from, Column const& to)
{
  auto const pick = [&](Column const& column) {
    std::vector<std::string> cells;  // `in` takes no negated tests
    for (auto const& cell : column.cells)
      if (cell.rfind("not", 0) != 0) cells.push_back(cell);
    return cells[random.index(cells.size())];
  };
  auto const when = pick(from);
  auto const then = pick(to);
  return {"if " + from.name + " in (" + when + ") then " + to.name + " in (" + then + ") else true",
          [from, to, first = parse_unary_tests(when).value(), second = parse_unary_tests(then).value()](
              Case const& facts) { return !passes(first, facts.at(from.name)) || passes(second, facts.at(to.name)); }};
}

}  // namespace tutela::test
