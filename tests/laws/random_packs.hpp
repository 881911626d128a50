// SPDX-License-Identifier: Apache-2.0
/// \file
/// Random rule packs and random partial cases. All of it is synthetic.
#pragma once

#include <random>
#include <string>
#include <vector>

#include <tutela/facts/record.hpp>
#include <tutela/facts/value.hpp>

#include "laws/language.hpp"

namespace tutela::laws {

inline constexpr long today = 20'260'302;

/// A fact of a random pack with one value for every case that its rules can tell apart.
struct RandomFact {
  enum class Kind { boolean, choice, number, range, text, date, list, people };
  std::string name;
  Kind kind = Kind::boolean;
  bool optional = false;
  bool optional_part = false;  ///< Of a list of structures: whether their second component may be none.
  std::vector<Plain> completions;

  [[nodiscard]] bool is_list() const { return kind == Kind::list || kind == Kind::people; }
};

/// A pack as DMN, and what it means in the small language.
struct RandomPack {
  std::vector<RandomFact> facts;
  std::vector<Decision> decisions;
  std::vector<Node> constraints;
  std::string dmn;
  bool as_structure = false;  ///< True when what is known of facts named `p.x` is recorded as one fact `p`.
  bool exact = true;  ///< False where the listed values may not tell everything apart: only soundness is judged then.
};

/// What is known about one fact: what the library is told, and what that leaves possible.
struct RandomState {
  Value value;
  std::vector<Plain> completions;
  bool given = false;      ///< False when the record does not have the fact.
  bool uncertain = false;  ///< True when it cannot be known.
  bool open = false;       ///< True for a list that may have further elements.
};

class Generator {
 public:
  explicit Generator(unsigned long seed) : random_(seed) {}

  RandomPack pack();

  /// A partial case with at most `most` completions.
  std::vector<RandomState> partial_case(RandomPack const& pack, std::size_t most);

  /// The same case with more known about one fact that is not settled; equal when everything is.
  std::vector<RandomState> refined(RandomPack const& pack, std::vector<RandomState> states);

  int below(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }
  bool chance(int percent) { return below(100) < percent; }

 private:
  enum class Type { boolean, number, text };

  RandomFact fact(std::string name);
  Node constant(Type type);
  Node expression(Type type, int depth);
  Node condition(int depth);
  Node number(int depth);
  Node on_list(int depth);
  Node on_element(RandomFact::Kind kind);
  Decision decision();
  Decision table();
  Cell cell(Type type);
  RandomState open_list(RandomFact const& fact, Plain const& known);
  RandomState narrowed(RandomFact const& fact, std::vector<Plain> const& from);
  std::vector<std::size_t> facts_of(std::vector<RandomFact::Kind> const& kinds) const;
  template <class T>
  T const& one_of(std::vector<T> const& items)
  {
    return items[static_cast<std::size_t>(below(static_cast<int>(items.size())))];
  }

  std::mt19937_64 random_;
  RandomPack pack_;
};

/// The value as the library takes it.
Value to_value(Plain const& plain);

/// The library's value in the small language.
Plain to_plain(Value const& value);

/// The record of a case. \throws Error when the library refuses it.
Record record_of(RandomPack const& pack, std::vector<RandomState> const& states);

}  // namespace tutela::laws
