// SPDX-License-Identifier: Apache-2.0
/// \file
/// The small language of the random packs: values, expressions, tables. The generator writes it, the reference runs it.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace tutela::laws {

/// A known value. Numbers are counted in quarters, dates as `yyyymmdd`; the items of a structure are its components.
struct Plain {
  enum class Kind { none, error, boolean, number, text, date, list, structure } kind = Kind::none;
  long number = 0;
  std::string text = {};
  std::vector<Plain> items = {};

  friend bool operator==(Plain const&, Plain const&) = default;
};

inline Plain error() { return {Plain::Kind::error}; }
inline Plain truth(bool value) { return {Plain::Kind::boolean, value ? 1L : 0L}; }
inline Plain quarters(long value) { return {Plain::Kind::number, value}; }
inline Plain word(std::string value) { return {Plain::Kind::text, 0, std::move(value)}; }
inline Plain day(long value) { return {Plain::Kind::date, value}; }

/// An expression. Parts are its operands; `index` names a fact, an earlier decision or a component.
struct Node {
  enum class Op {
    constant,
    fact,
    decision,
    item,
    component,  // of a structure, or of every element of a list
    add,
    subtract,
    times,
    age,  // numbers
    equal,
    unequal,
    less,
    less_equal,
    is_none,  // comparisons
    conjunction,
    disjunction,
    negation,
    choose,  // logic
    between,
    one_of,  // `in`
    some,
    every,
    count,
    sum,
    filter,
    contains  // lists
  };
  Op op = Op::constant;
  Plain constant = {};
  std::size_t index = 0;
  std::vector<Node> parts = {};
};

/// A cell of a table: `-`, or tests of which one must pass (none of which, when negated).
struct Cell {
  struct Test {
    char kind = '=';  // '=' equal, '<' below, 'g' at least, 'i' from..to, 'n' null
    Plain low = {};
    Plain high = {};
  };
  bool negated = false;
  std::vector<Test> tests = {};
};

enum class Policy { unique, any, first, priority, rule_order, output_order, collect, sum, count, minimum, maximum };

struct Table {
  struct Rule {
    std::vector<Cell> cells;
    Plain output;
  };
  Policy policy = Policy::first;
  std::vector<Node> inputs = {};
  std::vector<Rule> rules = {};
  bool has_default = false;
  Plain otherwise = {};
  std::vector<Plain> ranking = {};
};

/// A decision: a table, or an expression.
struct Decision {
  bool is_table = false;
  Node expression = {};
  Table table = {};
};

}  // namespace tutela::laws
