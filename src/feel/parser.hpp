// SPDX-License-Identifier: Apache-2.0
/// \file
/// The parser of FEEL: text to a typed tree with resolved names, in one pass.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feel/lexer.hpp"
#include "feel/program.hpp"

namespace tutela::detail {

/// One pass over one text. A syntax error ends the pass (the rest of the text cannot be understood); names that are
/// not in scope are all reported.
class Parser {
 public:
  Parser(Program& program, Names const& names, Mode mode, Limits const& limits, Diagnostics& diagnostics);

  void parse_whole_expression();
  void parse_whole_tests(Type const& input);

 private:
  struct SyntaxError {};

  // A name in scope.
  struct Binding {
    std::string name;
    Type type;
    std::string fact;  // dotted name of the fact that its values come from
    bool is_slot = false;
    bool is_item = false;     // entries of its value are names too
    std::uint32_t index = 0;  // slot or frame place
    std::size_t level = 0;    // nesting of function literals
    std::uint32_t identity = 0;
  };

  // A function literal (or the whole expression) being parsed.
  struct Level {
    std::uint32_t next_local = 0;
    std::vector<std::pair<std::uint32_t, NodeId>> captures;  // binding, node in the enclosing level
  };

  // What the longest name at a position means.
  struct Meaning {
    std::size_t end = no_position;
    std::size_t binding = no_position;
    bool is_entry = false;  // of an item
    std::string name;
    std::optional<Value> builtin;
  };

  [[noreturn]] void fail(std::size_t at, std::string what, std::string mend = {});
  void fail_expected(std::string_view what);

  // tokens
  void blanks();
  [[nodiscard]] bool at_text(std::string_view symbol) const noexcept;
  bool take(std::string_view symbol);
  void expect(std::string_view symbol);
  bool take_word(std::string_view word);
  void expect_word(std::string_view word);
  [[nodiscard]] std::size_t name_before(std::size_t at, std::string_view stops) const noexcept;
  [[nodiscard]] std::string name_between(std::size_t begin, std::size_t end) const;
  std::string read_key();

  // nodes
  NodeId make(Op op, std::size_t offset, std::vector<NodeId> const& children, Type type = {});
  NodeId constant(Value value, std::size_t offset);
  std::uint32_t add_text(std::string text);
  Node& node(NodeId id) { return program_.nodes[id]; }

  // scope
  std::size_t bind(std::string name, Type type, std::string fact = {}, bool is_item = false);
  [[nodiscard]] std::string fact_of(NodeId id) const;
  [[nodiscard]] std::uint32_t new_local();
  NodeId reference(std::size_t binding, std::size_t level, std::size_t offset);
  [[nodiscard]] Meaning meaning_at(std::size_t at) const;
  NodeId name_at(Meaning const& meaning, std::size_t offset);
  void remember_shape(std::string_view name);
  void remember_members(Type const& type, int depth = 0);

  void enter();

  // grammar, from loose to tight
  NodeId expression();
  NodeId disjunction();
  NodeId conjunction();
  NodeId comparison();
  NodeId additive(NodeId left = no_node);  // `left`: its first operand, when already read
  NodeId multiplicative(NodeId left = no_node);
  NodeId power(NodeId left = no_node);
  NodeId unary(NodeId left = no_node);
  NodeId instance_test(NodeId value = no_node);
  NodeId postfix(NodeId value = no_node);
  NodeId primary();
  NodeId parenthesised();
  NodeId bracketed();
  NodeId range_rest(NodeId low, bool low_is_included, std::size_t offset);
  NodeId context();
  NodeId loop(Op op);
  NodeId conditional();
  NodeId function();
  NodeId at_literal();
  NodeId filter_rest(NodeId list, std::size_t offset);
  NodeId call_rest(NodeId function, std::size_t offset);
  NodeId path_rest(NodeId value, std::size_t offset);
  NodeId in_rest(NodeId value, std::size_t offset);
  NodeId positive_test(std::size_t input_binding, bool whole);
  NodeId value_test(NodeId value, std::size_t offset, bool reads);
  std::vector<NodeId> positive_tests(std::size_t input_binding);
  [[nodiscard]] bool closes_range() const noexcept;
  std::uint32_t type_expression();
  /// A type as it is written.
  struct TypeTerm {
    Type type;
    std::string text;
    bool known = true;  ///< False when a name inside it is not declared.
  };
  TypeTerm type_term();
  /// Goes on from a named type to a component of it, `tPerson.age`; where the name then ends.
  std::size_t component_of_type(Type& type, std::size_t end) const;
  std::optional<Op> comparison_operator();

  std::string_view text_;
  Program& program_;
  Names const& names_;
  Mode mode_;
  Limits const& limits_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  std::size_t nesting_ = 0;
  std::size_t open_brackets_for_range_ = 0;  // a `[` after the upper end closes it
  std::uint32_t identities_ = 0;
  std::vector<Binding> scope_;
  std::vector<Level> levels_;
  std::vector<std::uint32_t> depths_;           // height of the tree below each node
  std::set<std::string, std::less<>> members_;  // member names of all types in scope
  std::vector<std::pair<std::size_t, std::string>> read_names_;
};

/// The type whose entries a path from a value of `type` may name: lists are looked through. \param held Keeps it.
[[nodiscard]] Type const* entries_of(Type const& type, Type& held);

}  // namespace tutela::detail
