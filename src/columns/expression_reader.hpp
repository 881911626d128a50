// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reads one expression as steps of a formula (internal): names and arithmetic in `expression_reader.cpp`, conditions in
/// `expression_conditions.cpp`, functions in `expression_calls.cpp`, lists in `expression_lists.cpp`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "columns/formula_writer.hpp"
#include "columns/program.hpp"
#include "feel/program.hpp"
#include "rules/case_facts.hpp"
#include "rules/plan_source.hpp"

namespace tutela::detail {

struct Builtin;

/// What comes out of an expression; nothing where a formula cannot say it.
using MaybeTerm = std::optional<FormulaTerm>;

/// What a whole formula knows while it is read.
struct FormulaWork {
  ColumnProgram const& program;
  FormulaWriter writer;
  std::map<std::size_t, MaybeTerm> decisions = {};  ///< By node.
  std::size_t depth = 0;
};

/// The elements of a list that an expression is about.
struct ElementScope {
  FactColumn const& list;
  Type element;
  std::shared_ptr<ItemType const> item;  ///< Of an element.
  std::uint32_t place = 0;               ///< In the frame.
};

/// True where a value of that kind is handed on as it is.
[[nodiscard]] bool keeps(Declared const& declared, Kind kind);

/// See the file comment.
class ExpressionReader {
 public:
  /// Expressions and decisions one inside the other.
  static constexpr std::size_t deepest = 200;

  /// Longer lists are rare, and worth an evaluation.
  static constexpr std::size_t longest_list = 1'000;

  /// What is tested: its value, or where it is a text whether it is a certain one.
  struct Tested {
    MaybeTerm value;
    std::function<MaybeTerm(std::string const&)> is_text;
  };

  /// \param element Nothing where the expression is about the row.
  ExpressionReader(FormulaWork& work, NodeText const& text, Program const& tree, ElementScope const* element = nullptr)
      : work_(work), writer_(work.writer), text_(text), tree_(tree), element_(element)
  {
  }

  MaybeTerm read(NodeId id);
  Tested tested(NodeId id);

  /// Whether an input passes the tests of a cell, which is the whole tree.
  MaybeTerm cell(Tested const& input);

 private:
  /// A field of the elements.
  struct Component {
    FactColumn const& column;
    std::size_t place;
    Kind kind;
    std::vector<Value> const& allowed;
    Range const& range;
  };

  /// The elements of a list that an expression names, and which of them.
  struct Sifted {
    FactTree const* list;
    std::optional<NodeId> condition;
    std::uint32_t place = 0;  ///< Of the element in the frame, where there is a condition.
  };

  using Joined = FormulaFold::Joined;

  /// What an element is worth, read with it in scope.
  using Worth = std::function<MaybeTerm(ExpressionReader&)>;

  [[nodiscard]] Node const& node(NodeId id) const { return tree_.nodes[id]; }
  [[nodiscard]] NodeId child(Node const& of, std::uint32_t which) const { return tree_.children[of.first + which]; }
  [[nodiscard]] Value const* constant(NodeId id) const;
  MaybeTerm read_node(NodeId id);

  // Names.
  MaybeTerm named(NodeId id);
  MaybeTerm fact(PlainSource const& source, std::string const* text);
  [[nodiscard]] std::optional<std::vector<std::string>> path_in_element(NodeId id) const;
  [[nodiscard]] std::optional<Component> component(std::vector<std::string> const& path) const;
  MaybeTerm operand(std::optional<std::vector<std::string>> const& path, std::string const* text);
  MaybeTerm operand(FactColumn const& column, std::size_t place, Kind kind, std::vector<Value> const& allowed,
                    Range const& range, std::string const* text);
  MaybeTerm decision(std::size_t at);
  MaybeTerm read_decision(std::size_t at);

  // Arithmetic.
  MaybeTerm negated(NodeId id);
  MaybeTerm arithmetic(Op op, MaybeTerm lhs, MaybeTerm rhs);
  MaybeTerm quotient(Node const& at);
  MaybeTerm conditional(Node const& at);

  // Conditions.
  MaybeTerm comparison(Op op, NodeId left, NodeId right);
  MaybeTerm compared(Op op, MaybeTerm lhs, MaybeTerm rhs);
  MaybeTerm is_text(NodeId id, std::string const& text);
  MaybeTerm both(FormulaOp op, MaybeTerm lhs, MaybeTerm rhs);
  MaybeTerm junction(Node const& at);
  MaybeTerm between(Node const& at);
  MaybeTerm inside(MaybeTerm low, MaybeTerm high);
  MaybeTerm never_none(MaybeTerm value);
  MaybeTerm in(Node const& at);
  MaybeTerm test(Tested const& input, Node const& test);
  MaybeTerm passes(Tested const& input, Value const& constant);

  // Functions.
  [[nodiscard]] Builtin const* callee(Node const& at) const;
  MaybeTerm call(Node const& at);
  MaybeTerm of_one(std::string_view name, FormulaTerm value);
  MaybeTerm of_two(std::string_view name, FormulaTerm one, FormulaTerm other);
  MaybeTerm together(std::string_view name, std::vector<FormulaTerm> const& arguments);
  MaybeTerm part(Node const& at);

  // Lists.
  [[nodiscard]] std::optional<Sifted> sifted(NodeId id) const;
  [[nodiscard]] static Worth expression(NodeId id);
  [[nodiscard]] static Worth entry(std::vector<std::string> const& path);
  MaybeTerm loop(Node const& at);
  MaybeTerm folded(std::string_view name, NodeId argument);
  [[nodiscard]] FactColumn const* column_of(FactTree const& list) const;
  [[nodiscard]] std::shared_ptr<Formula const> over_elements(FactColumn const& column, FactTree const& list,
                                                             std::uint32_t place, Worth const& worth) const;
  /// \param worth What each element is worth in a sum or an extreme. \param place Of the element in its frame.
  MaybeTerm fold(Joined joined, Sifted const& sifted, Worth const& worth = {}, std::uint32_t place = 0);

  FormulaWork& work_;
  FormulaWriter& writer_;
  NodeText const& text_;
  Program const& tree_;
  ElementScope const* element_;
};

}  // namespace tutela::detail
