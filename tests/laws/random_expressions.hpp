// SPDX-License-Identifier: Apache-2.0
/// \file
/// Random FEEL expressions over the facts of `random_facts`: arithmetic, logic, the functions on lists, loops, filters,
/// paths, functions of one's own. Some do not compile, for FEEL refuses what can never be computed.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "laws/dice.hpp"

namespace tutela::laws {

/// The names that the loops around an expression give.
struct Scope {
  std::vector<std::string> numbers = {}, truths = {}, lists = {};
};

class ExpressionWriter {
 public:
  /// \param nested Whether the structures of `ps` have the list `c`.
  ExpressionWriter(Dice& dice, bool nested) : dice_(dice), nested_(nested) {}

  /// A truth value, a number or a list of numbers. \param depth How often functions are put into each other.
  std::string expression(int depth);

 private:
  using Texts = std::vector<std::string>;
  std::string number(int depth, Scope const& scope);
  std::string truth(int depth, Scope const& scope);
  std::string list(int depth, Scope const& scope);
  std::string structures(int depth, Scope const& scope);

  std::string simple_number(Scope const& scope);
  std::string simple_truth(Scope const& scope);
  std::string simple_list(Scope const& scope);
  std::string position(Scope const& scope);
  std::string number_of_list(int depth, Scope const& scope);
  std::string number_of_rare_form(int depth, Scope const& scope);
  std::string truth_of_loop(int depth, Scope const& scope);
  std::string truth_of_type(int depth, Scope const& scope);
  std::string edited_list(int depth, Scope const& scope);
  std::string list_of_loop(int depth, Scope const& scope);

  std::string fresh() { return "v" + std::to_string(++names_); }
  std::string pick(Texts const& texts) { return dice_.one_of(texts); }

  /// The names inside a loop over numbers.
  static Scope with_number(Scope scope, std::string const& name);

  /// The names inside a loop over structures. \param bare Whether the components go without the name, as in a filter.
  [[nodiscard]] Scope with_structure(Scope scope, std::string const& name, bool bare = false) const;

  Dice& dice_;
  bool nested_;
  int names_ = 0;
};

}  // namespace tutela::laws
