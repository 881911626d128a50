// SPDX-License-Identifier: Apache-2.0
/// \file
/// A DMN model, read and compiled (internal): the graph of requirements with boxed expressions at its nodes.
///
/// Values are found by position, not by name. Every expression is compiled against the names in scope, and reads a
/// *frame*: one value for each name, in the order in which the names came into scope. A node's frame begins with the
/// values of its requirements; boxed contexts, iterations and functions push further values and pop them again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/feel/expression.hpp>
#include <tutela/feel/mode.hpp>
#include <tutela/feel/type.hpp>
#include <tutela/rules/verdict.hpp>

namespace tutela::detail {

/// What a `tutela:fact` element says, laid over the declaration that type and constraint give.
struct FactNote {
  bool present = false;
  FactDeclaration declaration;
};

/// An item definition, or one component of it.
struct ItemType {
  std::string name;
  Type type;    ///< The whole type, with the list when it is a collection; its shape alone.
  Type within;  ///< The same with its constraints and those of its parts: what expressions mean by the name.
  bool collection = false;
  std::shared_ptr<ItemType const> base;  ///< What the type reference names, when that is an item definition.
  std::vector<std::shared_ptr<ItemType const>> components;
  std::optional<UnaryTests> allowed;     ///< Constraint on each element (or on the value itself).
  std::optional<UnaryTests> constraint;  ///< `typeConstraint`: on the value as a whole.
  std::string allowed_text;
  std::vector<Value> allowed_values;  ///< The members when the constraint lists constants; null is not among them.
  Range allowed_range;                ///< The bounds when it is one range of constants.
  FactNote fact;
};

/// A type reference, resolved.
struct Declared {
  Type type;
  std::shared_ptr<ItemType const> item;  ///< Nothing for a built-in type.
  bool stated = false;                   ///< False when the element has no type reference.

  /// The type with its constraints, as expressions name it.
  [[nodiscard]] Type const& within() const noexcept { return item == nullptr ? type : item->within; }
};

/// The type of what a function gives, from a type reference that may name the function's own type or its result's.
[[nodiscard]] Declared result_of_function(Declared const& declared);

/// What a `tutela:` extension says about a decision or a rule.
struct LawNote {
  Period law;
  Effect effect = Effect::none;
  bool separation = false;
  bool constraint = false;  ///< True for a statement about the facts that holds in every case.
  Text label;
  std::vector<Citation> citations;
  std::vector<Duty> duties;

  /// False when it is cited, but from no source that is good enough to run unasked.
  [[nodiscard]] bool verified() const noexcept;
};

struct Boxed;
struct DecisionCode;
class RegionIndex;

enum class HitPolicy : std::uint8_t { unique, any, first, priority, rule_order, output_order, collect };
enum class Aggregation : std::uint8_t { none, sum, count, minimum, maximum };

/// A decision table.
struct DecisionTable {
  struct Input {
    std::optional<Expression> expression;  ///< Nothing when it could not be compiled (conformance mode).
    std::string text;
    Declared type;
    bool converts = false;  ///< True where a value may have to be fitted to the type; false where it always does.
    Place place;
    std::optional<UnaryTests> allowed;
  };
  struct Output {
    std::string name;
    Declared type;
    std::optional<Expression> fallback;  ///< Default output entry.
    std::vector<Value> ranking;          ///< Output values, best first.
  };
  struct Rule {
    std::vector<std::optional<UnaryTests>> tests;
    std::vector<std::string> test_texts;
    std::vector<std::optional<Expression>> outputs;
    LawNote note;
  };
  HitPolicy policy = HitPolicy::unique;
  Aggregation aggregation = Aggregation::none;
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<Rule> rules;
  Place place;                               ///< Where the table stands, for errors of its hit policy.
  std::shared_ptr<RegionIndex const> index;  ///< The rules as masks; nothing when only the cells can say.
};

/// In place of an arity: the child is computed before the expression.
inline constexpr std::size_t computed_first = static_cast<std::size_t>(-1);

/// One boxed expression.
struct Boxed {
  enum class Kind : std::uint8_t {
    missing,     ///< No logic: null.
    broken,      ///< Could not be compiled; only in conformance mode.
    literal,     ///< `expression`
    context,     ///< `children` with `names`; an entry without name is the result
    list,        ///< `children`
    relation,    ///< rows of `children`, as many as there are `names`
    invocation,  ///< `expression`, or the last child, is called with `children` for the parameters `names`
    function,    ///< `children[0]` is the body, `names` and `types` the parameters
    table,       ///< `table`
    delegated    ///< `expression` over thunks of the `children`: conditional, filter, for, some, every
  };

  Kind kind = Kind::missing;
  Declared type;
  std::string text;  ///< As written, for explanations.
  Place place;
  std::optional<Expression> expression;
  std::vector<Boxed> children;
  std::vector<std::string> names;
  std::vector<Declared> types;
  std::vector<std::size_t> arities;      ///< Of the closures of a delegated expression; `computed_first` for a value.
  std::optional<std::size_t> condition;  ///< The child of a delegated expression that must be a Boolean.
  std::optional<std::size_t> callee;     ///< The knowledge model that an invocation calls without a function value.
  std::vector<std::size_t> places;       ///< With `callee`: the parameter that each child is for.
  std::shared_ptr<DecisionTable const> table;
  std::size_t base = 0;  ///< Names in scope where it stands.
};

/// One text of a decision, or the one body of another node.
struct NodeText {
  std::string id;
  Place place;
  LawNote note;
  Declared type;                          ///< Of the variable.
  Declared result;                        ///< Of a business knowledge model: what calling it gives.
  std::vector<std::size_t> requirements;  ///< Nodes whose values begin the frame.
  std::vector<bool> needed;               ///< Whether the value of each of them is read, or it is only called.
  std::vector<std::size_t> rests_on;      ///< Those that are evaluated before it.
  Boxed body;
  std::shared_ptr<DecisionCode const> code;  ///< Of a decision; nothing where its tree is as good.
  bool is_function = false;                  ///< The body of a business knowledge model is itself a function.
  std::vector<std::string> parameters;       ///< Of a business knowledge model.
  std::vector<Declared> parameter_types;
  std::vector<std::size_t> outputs;         ///< Of a decision service: output decisions,
  std::vector<std::size_t> service_inputs;  ///< input data and then input decisions.
  std::vector<std::string> facts_read;      ///< Dotted paths below the requirements, of all its expressions.
  std::vector<Value> constants;             ///< Constants that its expressions mention, without repetition.
  bool reads_today = false;
  bool tests_uncertain = false;  ///< True when it asks whether a fact can be known.
};

/// A fact that an input is, or is made of. The model keeps these trees, so that reading a case needs no names anew.
struct FactTree {
  std::string name;   ///< Dotted name of the fact.
  std::string entry;  ///< Name of the entry that it is in its context.
  Type type;
  std::shared_ptr<ItemType const> item;  ///< Constraints; may be nothing.
  FactDeclaration declaration;           ///< What a known value must be.
  bool optional = false;
  std::vector<FactTree> parts;      ///< Of a structure.
  std::optional<std::size_t> leaf;  ///< Its place in `Model::leaves`, when it has no parts.
};

/// A node of the requirement graph.
struct GraphNode {
  enum class Kind : std::uint8_t { input, decision, knowledge, service };
  Kind kind = Kind::input;
  std::size_t model = 0;
  std::string name;             ///< Name of the element.
  std::string variable;         ///< Name under which expressions know its value.
  std::vector<NodeText> texts;  ///< Exactly one, except for a decision with dated texts.
  FactNote fact;
  FactTree facts;  ///< Of an input.
};

/// The text of a decision that is in force on a day; null when there is none.
/// \param law_on Nothing where texts are not chosen by date.
[[nodiscard]] NodeText const* text_on(GraphNode const& node, std::optional<Date> law_on);

/// A fact without parts.
struct FactLeaf {
  FactTree const* tree = nullptr;
  std::string const* name = nullptr;   ///< Dotted name of the fact.
  std::size_t input = 0;               ///< The input that it is, or is in.
  std::vector<std::string> entries{};  ///< The way to it through the contexts of that input.
};

/// One file of a model.
struct ModelFile {
  std::string file;
  std::string name;
  std::string space;  ///< Namespace of its elements.
};

/// A name in FEEL as a fact's dotted name: letters, digits, `_` and `.`; every other sign is `_`.
std::string fact_name(std::string_view name);

/// All files of a model with one graph.
struct Model {
  std::vector<ModelFile> files;  ///< The first is the one that was asked for.
  std::vector<GraphNode> nodes;
  std::vector<std::shared_ptr<ItemType const>> items;
  std::vector<FactLeaf> leaves;         ///< Of all inputs, by name.
  std::vector<std::string> structures;  ///< Names of the facts that have parts.
  Mode mode = Mode::legal;
  Limits limits;
  bool dated = false;

  /// The node of a kind and name; files in order; nothing when there is none.
  [[nodiscard]] std::optional<std::size_t> find(GraphNode::Kind kind, std::string_view name,
                                                std::string_view space = {}) const noexcept;

  /// The place of the one leaf of that name; nothing when there is none, or several.
  [[nodiscard]] std::optional<std::size_t> leaf(std::string_view name) const noexcept;
};

/// Fills in the facts of the inputs.
void lay_out_facts(Model& model);

/// Finds the invocations that need no function value, and so the requirements whose values nobody reads.
void link_calls(Model& model);

/// One document of a model.
struct SourceText {
  std::string file;
  std::string text;
};

/// Reads, checks and compiles the documents of one model. The first one is asked for; the others serve its imports,
/// except that with `whole` all of them are part of the model.
Result<std::shared_ptr<Model const>> read_model(std::vector<SourceText> const& sources, bool whole, Mode mode,
                                                Limits const& limits);

}  // namespace tutela::detail
