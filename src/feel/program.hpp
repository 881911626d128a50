// SPDX-License-Identifier: Apache-2.0
/// \file
/// The compiled form of a FEEL text: a typed tree whose names are resolved to slots, locals and captures.
///
/// One flat array of nodes serves every executor: the evaluator walks it for one case, a columnar compiler may walk
/// it for many, and the printer writes it back as text. Nodes refer to each other by index, so that neither building
/// nor destroying a program recurses.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/feel/evaluation.hpp>
#include <tutela/feel/expression.hpp>
#include <tutela/feel/function.hpp>
#include <tutela/feel/names.hpp>
#include <tutela/feel/type.hpp>

namespace tutela::detail {

using NodeId = std::uint32_t;

inline constexpr NodeId no_node = ~NodeId{0};

/// What a node does. The comment names its children and the meaning of `index`.
enum class Op : std::uint8_t {
  constant,    ///< index: constant; text: how it was written.
  slot,        ///< index: slot.
  local,       ///< index: place in the frame.
  capture,     ///< index: capture of the enclosing function.
  missing,     ///< A name that is not in scope; index: text.
  item_entry,  ///< children: item [, what the name means otherwise]; index: text.
  list,        ///< children: elements.
  context,     ///< children: values; index: first key in texts; local: first entry in frame_places.
  range,       ///< children: low, high; flags: included ends.
  range_test,  ///< children: the end; flags: comparison. `(< 10)`
  negate,      ///< children: one.
  add,
  subtract,
  multiply,
  divide,
  power,
  equal,
  unequal,
  less,
  less_equal,
  greater,
  greater_equal,
  conjunction,
  disjunction,
  between,       ///< children: value, low, high.
  in,            ///< children: value, tests; index: frame place of `?`.
  tests,         ///< children: tests; flags: negated; index: frame place of `?`.
  test_compare,  ///< children: the end; flags: comparison.
  test_value,    ///< children: expression; flags: reads_input.
  instance_of,   ///< children: value; index: type.
  conditional,   ///< children: condition, then, else.
  iterate,       ///< children: domains (one, or low and high), body; index: loop.
  some,
  every,     ///< as iterate.
  filter,    ///< children: list, condition; index: frame place of item; flags: reads_item.
  path,      ///< children: value; index: text.
  call,      ///< children: function, arguments; index: first argument name in texts when flags has named.
  function,  ///< index: body; children: what is captured.
  external   ///< index: body; children: the description, then what is captured.
};

/// Bits of `Node::flags`.
enum Flag : std::uint8_t {
  low_included = 1,
  high_included = 2,
  negated = 1,
  reads_input = 1,
  reads_item = 1,
  named = 1
};

/// One operation.
struct Node {
  Op op = Op::constant;
  std::uint8_t flags = 0;
  Op comparison = Op::equal;  ///< For range_test and test_compare.
  std::uint32_t offset = 0;   ///< Where it stands in the text.
  std::uint32_t first = 0;    ///< First child in `Program::children`.
  std::uint32_t count = 0;    ///< Number of children.
  std::uint32_t index = 0;    ///< See `Op`.
  std::uint32_t local = 0;    ///< For context: first entry in `Program::frame_places`. For slot, local and
                              ///< capture: the name in `Program::texts`, which its fact (if any) follows.
  std::int32_t folded = -1;   ///< Index of the constant that it always is, or -1.
  Type type;                  ///< What is known about its values.
};

/// One iteration variable of `for`, `some` or `every`.
struct Iterator {
  std::string name;
  std::uint32_t local = 0;  ///< Frame place.
  bool bounds = false;      ///< True for `low..high`: two children instead of one.
};

/// The iteration variables of one loop.
struct Loop {
  std::vector<Iterator> iterators;
  std::uint32_t partial = 0;  ///< Frame place of `partial`.
  bool uses_partial = false;  ///< True when the body reads it.
};

/// A function literal.
struct Body {
  std::vector<Parameter> parameters;
  std::vector<std::string> types;  ///< The parameters' types as the text names them; empty where it states none.
  NodeId root = no_node;
  std::uint32_t frame_size = 0;  ///< Parameters come first.
};

/// See the file comment.
struct Program : std::enable_shared_from_this<Program> {
  std::string text;
  Place origin;
  std::vector<Node> nodes;
  std::vector<NodeId> children;
  std::vector<Value> constants;
  std::vector<std::string> texts;
  std::vector<Type> types;
  std::vector<std::string> type_names;  ///< How each type was written.
  std::vector<bool> type_known;         ///< False where a name inside it is not declared.
  std::vector<std::uint32_t> frame_places;
  std::vector<Loop> loops;
  std::vector<Body> bodies;
  NodeId root = no_node;
  std::uint32_t frame_size = 0;
  std::vector<std::size_t> reads;
  std::vector<std::string> paths;
  bool reads_today = false;
  bool names_look_like_text = false;  ///< True when a name in scope could be read for several: `a + b`, `x and y`.

  [[nodiscard]] std::span<NodeId const> children_of(Node const& node) const
  {
    return {children.data() + node.first, node.count};
  }

  [[nodiscard]] Node const& child(Node const& node, std::uint32_t which) const
  {
    return nodes[children[node.first + which]];
  }

  /// Where in the file the byte at `offset` of the text stands.
  [[nodiscard]] Place place(std::uint32_t offset) const;

  static Expression expression(std::shared_ptr<Program const> program) { return Expression(std::move(program)); }

  static UnaryTests unary_tests(std::shared_ptr<Program const> program) { return UnaryTests(std::move(program)); }
};

/// Parses an expression or, with `tests`, unary tests. Findings go to `diagnostics`; with errors the program is not
/// to be used.
[[nodiscard]] Program parse_program(std::string_view text, Names const& names, Type const* tests, Place const& origin,
                                    Mode mode, Limits const& limits, Diagnostics& diagnostics);

/// Fills in what the tree implies: folded constants, slots and paths read.
void finish(Program& program);

/// The text of the tree from `root`.
[[nodiscard]] std::string print(Program const& program);

/// True when both trees are the same, apart from places.
[[nodiscard]] bool same_tree(Program const& lhs, Program const& rhs);

}  // namespace tutela::detail
