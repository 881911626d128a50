// SPDX-License-Identifier: Apache-2.0
/// \file
/// From expressions to formulas.
#include "columns/formula_reader.hpp"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "columns/formula_writer.hpp"
#include "columns/program.hpp"
#include "feel/builtins.hpp"
#include "feel/function_value.hpp"
#include "feel/program.hpp"
#include "rules/case_facts.hpp"
#include "rules/element_form.hpp"
#include "rules/plan_source.hpp"

namespace tutela::detail {
namespace {

using Term = FormulaTerm;
using MaybeTerm = std::optional<FormulaTerm>;
using Joined = FormulaFold::Joined;

/// Expressions and decisions one inside the other.
constexpr std::size_t deepest = 200;

/// Steps that the scalar engine may take for one operation on one element.
constexpr std::size_t steps_of_operation = 8;

/// Longer lists are rare, and worth an evaluation.
constexpr std::size_t longest_list = 1'000;

/// Divisors whose inverse has at most so many decimals divide exactly.
constexpr int decimals_of_inverse = 9;

/// True where a value of that kind is handed on as it is.
bool keeps(Declared const& declared, Kind kind)
{
  if (!declared.stated || declared.type.is(Type::Kind::any)) return declared.item == nullptr;
  return declared.item == nullptr && kind_of_type(declared.type) == kind;
}

/// The elements of a list that an expression is about.
struct ElementScope {
  FactColumn const& list;
  Type element;
  std::shared_ptr<ItemType const> item;  ///< Of an element.
  std::uint32_t place = 0;               ///< In the frame.
};

/// False where the scalar engine may reach a limit that formulas know nothing of.
bool is_within(Limits const& limits)
{
  constexpr std::uint64_t steps = 100'000;
  constexpr std::size_t values = 100'000;
  return limits.evaluation_steps >= steps && limits.nesting * 16 > deepest && limits.elements >= longest_list &&
         limits.value_parts >= values;
}

/// What a whole formula knows while it is read.
struct FormulaWork {
  ColumnProgram const& program;
  FormulaWriter writer;
  std::map<std::size_t, MaybeTerm> decisions = {};  ///< By node.
  std::size_t depth = 0;
};

/// Reads a decision table, as what its rules answer where they apply.
class TableReader {
 public:
  TableReader(FormulaWork& work, NodeText const& text, std::optional<Date> law_on)
      : work_(work), writer_(work.writer), text_(text), table_(*text.body.table), law_on_(law_on)
  {
  }

  /// Of a table with one output, under a policy for which the first or the only rule counts.
  MaybeTerm read();

 private:
  bool add_rules();
  MaybeTerm condition(DecisionTable::Rule const& rule);
  MaybeTerm output(std::optional<Expression> const& expression, Declared const& type);
  bool align_outputs();

  FormulaWork& work_;
  FormulaWriter& writer_;
  NodeText const& text_;
  DecisionTable const& table_;
  std::optional<Date> law_on_;
  std::vector<Term> conditions_;    ///< Of each rule in force.
  std::vector<MaybeTerm> outputs_;  ///< What these answer, and then the default; nothing: none.
};

/// Reads one expression.
class ExpressionReader {
 public:
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

  MaybeTerm read(NodeId id)
  {
    if (work_.depth >= deepest) return std::nullopt;
    ++work_.depth;
    auto found = read_node(id);
    --work_.depth;
    return found;
  }

  Tested tested(NodeId id)
  {
    return {read(id), [this, id](std::string const& text) { return is_text(id, text); }};
  }

  /// Whether an input passes the tests of a cell, which is the whole tree.
  MaybeTerm cell(Tested const& input)
  {
    auto const& root = node(tree_.root);
    MaybeTerm any;
    for (std::uint32_t i = 0; i < root.count; ++i) {
      auto const one = test(input, tree_.child(root, i));
      any = i == 0 ? one : both(FormulaOp::either, any, one);
      if (!any) return std::nullopt;
    }
    return (root.flags & Flag::negated) != 0 ? writer_.opposite(any) : any;
  }

 private:
  [[nodiscard]] Node const& node(NodeId id) const { return tree_.nodes[id]; }
  [[nodiscard]] NodeId child(Node const& of, std::uint32_t which) const { return tree_.children[of.first + which]; }

  [[nodiscard]] Value const* constant(NodeId id) const
  {
    auto const& at = node(id);
    if (at.folded >= 0) return &tree_.constants[static_cast<std::size_t>(at.folded)];
    return at.op == Op::constant ? &tree_.constants[at.index] : nullptr;
  }

  MaybeTerm read_node(NodeId id)
  {
    auto const& at = node(id);
    if (auto const* value = constant(id)) return writer_.constant(*value);
    switch (at.op) {
      case Op::slot:
      case Op::local:
      case Op::item_entry: return named(id);
      case Op::path: {
        auto found = named(id);
        return found ? found : part(at);
      }
      case Op::negate: return negated(child(at, 0));
      case Op::add:
      case Op::subtract:
      case Op::multiply: return arithmetic(at.op, read(child(at, 0)), read(child(at, 1)));
      case Op::divide: return quotient(at);
      case Op::equal:
      case Op::unequal:
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal: return comparison(at.op, child(at, 0), child(at, 1));
      case Op::conjunction:
      case Op::disjunction: return junction(at);
      case Op::between: return between(at);
      case Op::in: return in(at);
      case Op::conditional: return conditional(at);
      case Op::call: return call(at);
      case Op::some:
      case Op::every: return loop(at);
      default: return std::nullopt;
    }
  }

  // Names.

  MaybeTerm named(NodeId id)
  {
    if (element_ != nullptr) return operand(path_in_element(id), nullptr);
    auto const source = plain_source(*work_.program.pack.impl().model, text_, tree_, id);
    if (!source) return std::nullopt;
    return source->is_fact ? fact(*source, nullptr) : decision(source->node);
  }

  /// The column of a fact. \param text Of a fact that is a text: with which it is compared.
  MaybeTerm fact(PlainSource const& source, std::string const* text)
  {
    auto const& schema = work_.program.pack.impl().schema;
    auto const* declaration = schema.find(source.name);
    if (declaration == nullptr) return std::nullopt;
    auto const place = static_cast<std::size_t>(declaration - schema.declarations().data());
    auto const& columns = work_.program.columns;
    auto const column =
        std::find_if(columns.begin(), columns.end(), [&](FactColumn const& each) { return each.declaration == place; });
    if (column == columns.end()) return std::nullopt;
    return operand(*column, static_cast<std::size_t>(column - columns.begin()), declaration->type, declaration->allowed,
                   declaration->range, text);
  }

  /// A field of the elements.
  struct Component {
    FactColumn const& column;
    std::size_t place;
    Kind kind;
    std::vector<Value> const& allowed;
    Range const& range;
  };

  /// The names that lead from an element to what an expression names; nothing where it names anything else.
  std::optional<std::vector<std::string>> path_in_element(NodeId id) const
  {
    std::vector<std::string> path;
    auto const* at = &node(id);
    for (; at->op == Op::path && at->folded < 0; at = &tree_.child(*at, 0)) path.push_back(tree_.texts[at->index]);
    if (at->op == Op::item_entry && at->folded < 0) {
      path.push_back(tree_.texts[at->index]);
      at = &tree_.child(*at, 0);
    }
    bool const in_element = at->op == Op::local && at->folded < 0 && at->index == element_->place;
    return in_element ? std::optional(std::move(path)) : std::nullopt;
  }

  std::optional<Component> component(std::vector<std::string> const& path) const
  {
    static std::vector<Value> const any;
    static Range const unbounded;
    auto const& fields = element_->list.fields;
    auto const* item = element_->item.get();
    auto const* components = components_of(item);
    if (path.empty() && components == nullptr)
      return Component{fields.front(), 0, kind_of_type(element_->element), item == nullptr ? any : item->allowed_values,
                       item == nullptr ? unbounded : item->allowed_range};
    if (path.size() != 1 || components == nullptr) return std::nullopt;
    auto const found =
        std::find_if(components->begin(), components->end(), [&](auto const& each) { return each->name == path[0]; });
    if (found == components->end() || components_of(found->get()) != nullptr) return std::nullopt;
    auto const field = std::find_if(fields.begin() + 1, fields.end(), [&](FactColumn const& each) {
      return fact_name(each.column.name) == fact_name(path[0]);
    });
    if (field == fields.end()) return std::nullopt;
    return Component{*field, static_cast<std::size_t>(field - fields.begin()), kind_of_type((*found)->type),
                     (*found)->allowed_values, (*found)->allowed_range};
  }

  MaybeTerm operand(std::optional<std::vector<std::string>> const& path, std::string const* text)
  {
    auto const found = path ? component(*path) : std::nullopt;
    return found ? operand(found->column, found->place, found->kind, found->allowed, found->range, text) : std::nullopt;
  }

  MaybeTerm operand(FactColumn const& column, std::size_t place, Kind kind, std::vector<Value> const& allowed,
                    Range const& range, std::string const* text)
  {
    if ((kind == Kind::string) != (text != nullptr)) return std::nullopt;
    return writer_.operand(*column.column.format, place, kind, allowed, range, text);
  }

  /// The answer of a decision that is an expression.
  MaybeTerm decision(std::size_t at)
  {
    auto const [known, fresh] = work_.decisions.emplace(at, std::nullopt);
    if (fresh) {
      auto const found = read_decision(at);
      work_.decisions[at] = found;
      return found;
    }
    return known->second;
  }

  MaybeTerm read_decision(std::size_t at)
  {
    auto const& options = work_.program.decide_options;
    auto const law_on = options.law_on ? options.law_on : work_.program.on;
    auto const* text = text_on(work_.program.pack.impl().model->nodes[at], law_on);
    if (text == nullptr || (!options.include_unverified && !text->note.verified())) return std::nullopt;
    MaybeTerm found;
    if (text->body.kind == Boxed::Kind::literal) {
      auto const& tree = text->body.expression->program();
      found = ExpressionReader(work_, *text, tree).read(tree.root);
    } else if (text->body.kind == Boxed::Kind::table) {
      found = TableReader(work_, *text, law_on).read();
    }
    return found && keeps(text->body.type, found->kind) && keeps(text->type, found->kind) ? found : std::nullopt;
  }

  // Arithmetic.

  MaybeTerm negated(NodeId id)
  {
    auto const value = read(id);
    if (!value || (value->kind != Kind::number && value->kind != Kind::days_duration)) return std::nullopt;
    return writer_.calculated(FormulaOp::subtract, writer_.whole(0, value->kind, value->scale), *value);
  }

  MaybeTerm arithmetic(Op op, MaybeTerm lhs, MaybeTerm rhs)
  {
    if (!lhs || !rhs) return std::nullopt;
    if (op == Op::multiply) return writer_.product(*lhs, *rhs);
    bool const back = op == Op::subtract;
    if (lhs->kind == Kind::date && rhs->kind == Kind::date && back) {
      auto const days = writer_.calculated(FormulaOp::subtract, *lhs, *rhs);
      return writer_.days_as_length(days);
    }
    if (lhs->kind == Kind::date) return writer_.moved(*lhs, *rhs, back);
    if (rhs->kind == Kind::date && !back) return writer_.moved(*rhs, *lhs, false);
    if (lhs->kind != rhs->kind || lhs->kind == Kind::boolean) return std::nullopt;
    if (!writer_.align(*lhs, *rhs)) return std::nullopt;
    return writer_.calculated(back ? FormulaOp::subtract : FormulaOp::add, *lhs, *rhs);
  }

  /// A quotient by a constant whose inverse has few decimals.
  MaybeTerm quotient(Node const& at)
  {
    auto const* divisor = constant(child(at, 1));
    auto const* number = divisor == nullptr ? nullptr : divisor->as_number();
    if (number == nullptr || number->is_zero()) return std::nullopt;
    auto const inverse = Decimal(1) / *number;
    if (inverse.rounded(decimals_of_inverse, Rounding::down) != inverse || inverse * *number != Decimal(1))
      return std::nullopt;
    return arithmetic(Op::multiply, read(child(at, 0)), writer_.constant(Value(inverse)));
  }

  // Conditions.

  MaybeTerm comparison(Op op, NodeId left, NodeId right)
  {
    bool const equality = op == Op::equal || op == Op::unequal;
    if (op == Op::unequal) return writer_.opposite(comparison(Op::equal, left, right));
    for (bool const swapped : {false, true}) {
      auto const* value = constant(swapped ? left : right);
      if (value == nullptr || !equality) continue;
      auto const other = swapped ? right : left;
      if (auto const* text = value->as_string()) return is_text(other, *text);
      if (value->is_none()) {
        // A value that is there is not none; where none is there the row is left.
        auto const there = read(other);
        if (!there || there->kind == Kind::boolean) return std::nullopt;
        return writer_.compared(FormulaOp::less, *there, *there);
      }
    }
    return compared(op, read(left), read(right));
  }

  MaybeTerm compared(Op op, MaybeTerm lhs, MaybeTerm rhs)
  {
    if (!lhs || !rhs || lhs->kind != rhs->kind) return std::nullopt;
    if (lhs->kind == Kind::boolean)
      return op == Op::equal ? MaybeTerm(writer_.joined(FormulaOp::same, *lhs, *rhs)) : std::nullopt;
    if (!writer_.align(*lhs, *rhs)) return std::nullopt;
    switch (op) {
      case Op::equal: return writer_.compared(FormulaOp::equal, *lhs, *rhs);
      case Op::less: return writer_.compared(FormulaOp::less, *lhs, *rhs);
      case Op::less_equal: return writer_.compared(FormulaOp::less_or_equal, *lhs, *rhs);
      case Op::greater: return writer_.compared(FormulaOp::less, *rhs, *lhs);
      case Op::greater_equal: return writer_.compared(FormulaOp::less_or_equal, *rhs, *lhs);
      default: return std::nullopt;
    }
  }

  MaybeTerm is_text(NodeId id, std::string const& text)
  {
    if (element_ != nullptr) return operand(path_in_element(id), &text);
    auto const source = plain_source(*work_.program.pack.impl().model, text_, tree_, id);
    return source && source->is_fact ? fact(*source, &text) : std::nullopt;
  }

  MaybeTerm both(FormulaOp op, MaybeTerm lhs, MaybeTerm rhs)
  {
    if (!lhs || !rhs || lhs->kind != Kind::boolean || rhs->kind != Kind::boolean) return std::nullopt;
    return writer_.joined(op, *lhs, *rhs);
  }

  MaybeTerm junction(Node const& at)
  {
    auto const op = at.op == Op::conjunction ? FormulaOp::both : FormulaOp::either;
    auto all = read(child(at, 0));
    for (std::uint32_t i = 1; all && i < at.count; ++i) all = both(op, all, read(child(at, i)));
    return all;
  }

  MaybeTerm between(Node const& at)
  {
    auto const value = read(child(at, 0));
    return both(FormulaOp::both, compared(Op::greater_equal, value, read(child(at, 1))),
                compared(Op::less_equal, value, read(child(at, 2))));
  }

  /// Whether a value is inside of a range: neither end says anything alone, because without the other there is none.
  MaybeTerm inside(MaybeTerm low, MaybeTerm high)
  {
    auto const alike = both(FormulaOp::same, low, high);
    return alike ? MaybeTerm(writer_.chosen(*alike, *low, writer_.whole(0, Kind::boolean))) : std::nullopt;
  }

  /// False where there is a value; a row without one is left.
  MaybeTerm never_none(MaybeTerm value) { return writer_.opposite(compared(Op::equal, value, value)); }

  MaybeTerm in(Node const& at)
  {
    auto const input = tested(child(at, 0));
    MaybeTerm any;
    for (std::uint32_t i = 1; i < at.count; ++i) {
      auto const& test_of = tree_.child(at, i);
      auto const* passing = constant(child(test_of, 0));
      bool const asks_for_none = passing != nullptr && passing->is_none();
      auto const one = asks_for_none ? std::nullopt : test(input, test_of);
      any = i == 1 ? one : both(FormulaOp::either, any, one);
      if (!any) return std::nullopt;
    }
    return any;
  }

  /// Whether an input passes one of several tests.
  MaybeTerm test(Tested const& input, Node const& test)
  {
    auto const id = child(test, 0);
    auto const* passing = constant(id);
    if (test.op == Op::test_compare) {
      if (passing != nullptr && (passing->is_none() || passing->is(Kind::string))) return std::nullopt;
      if (test.comparison == Op::unequal) return writer_.opposite(compared(Op::equal, input.value, read(id)));
      return compared(test.comparison, input.value, read(id));
    }
    if (test.op != Op::test_value || (test.flags & reads_input) != 0) return std::nullopt;
    if (passing != nullptr) return passes(input, *passing);
    auto const& range = node(id);
    if (range.op != Op::range) return std::nullopt;
    bool const from = (range.flags & low_included) != 0;
    bool const to = (range.flags & high_included) != 0;
    return inside(compared(from ? Op::greater_equal : Op::greater, input.value, read(child(range, 0))),
                  compared(to ? Op::less_equal : Op::less, input.value, read(child(range, 1))));
  }

  /// Whether an input is a constant, or inside of one.
  MaybeTerm passes(Tested const& input, Value const& constant)
  {
    if (auto const* text = constant.as_string()) return input.is_text(*text);
    if (constant.is_none()) return never_none(input.value);
    auto const* range = constant.as_range();
    if (range == nullptr) return compared(Op::equal, input.value, writer_.constant(constant));
    if (range->test != Range::Test::none) return std::nullopt;
    MaybeTerm low;
    MaybeTerm high;
    if (!range->low.is_none())
      low = compared(range->low_included ? Op::greater_equal : Op::greater, input.value, writer_.constant(range->low));
    if (!range->high.is_none())
      high = compared(range->high_included ? Op::less_equal : Op::less, input.value, writer_.constant(range->high));
    if (range->low.is_none()) return high;
    return range->high.is_none() ? low : both(FormulaOp::both, low, high);
  }

  MaybeTerm conditional(Node const& at)
  {
    auto const condition = read(child(at, 0));
    if (!condition || condition->kind != Kind::boolean) return std::nullopt;
    auto const is_null = [&](NodeId id) { return constant(id) != nullptr && constant(id)->is_none(); };
    auto yes = is_null(child(at, 1)) ? std::nullopt : read(child(at, 1));
    auto no = is_null(child(at, 2)) ? std::nullopt : read(child(at, 2));
    // A row whose answer is none is left.
    if (is_null(child(at, 1)) && no) yes = writer_.never(*no);
    if (is_null(child(at, 2)) && yes) no = writer_.never(*yes);
    if (!yes || !no || yes->kind != no->kind || !writer_.align(*yes, *no)) return std::nullopt;
    return writer_.chosen(*condition, *yes, *no);
  }

  // Functions.

  [[nodiscard]] Builtin const* callee(Node const& at) const
  {
    auto const* value = constant(child(at, 0));
    auto const* function = value == nullptr || (at.flags & Flag::named) != 0 ? nullptr : function_in(*value);
    return function == nullptr ? nullptr : function->builtin();
  }

  MaybeTerm call(Node const& at)
  {
    auto const* builtin = callee(at);
    if (builtin == nullptr) return std::nullopt;
    std::string_view const name = builtin->name;
    if (name == "today" && at.count == 1)
      return work_.program.on ? writer_.constant(Value(*work_.program.on)) : std::nullopt;
    if (at.count == 2 && (name == "count" || name == "sum" || name == "min" || name == "max"))
      return folded(name, child(at, 1));
    std::vector<Term> arguments;
    for (std::uint32_t i = 1; i < at.count; ++i) {
      auto const argument = read(child(at, i));
      if (!argument) return std::nullopt;
      arguments.push_back(*argument);
    }
    if (arguments.empty()) return std::nullopt;
    if (name == "sum" || name == "min" || name == "max") return together(name, arguments);
    if (arguments.size() == 1) return of_one(name, arguments.front());
    return arguments.size() == 2 ? of_two(name, arguments[0], arguments[1]) : std::nullopt;
  }

  MaybeTerm of_one(std::string_view name, Term value)
  {
    if (name == "not" && value.kind == Kind::boolean) return writer_.opposite(value);
    if (name == "date" && value.kind == Kind::date) return value;
    if (value.kind != Kind::number) return std::nullopt;
    if (name == "abs") return writer_.absolute(value);
    if (name == "floor") return writer_.rounded(value, 0, Rounding::floor);
    return name == "ceiling" ? writer_.rounded(value, 0, Rounding::ceiling) : std::nullopt;
  }

  MaybeTerm of_two(std::string_view name, Term one, Term other)
  {
    bool const dates = one.kind == Kind::date && other.kind == Kind::date;
    if (dates && name == "age in years") return writer_.between_dates(FormulaOp::age, Kind::number, one, other);
    if (dates && name == "years and months duration")
      return writer_.between_dates(FormulaOp::months, Kind::months_duration, one, other);
    static std::map<std::string_view, Rounding> const roundings{
        {"decimal", Rounding::half_even},         {"floor", Rounding::floor},
        {"ceiling", Rounding::ceiling},           {"round up", Rounding::up},
        {"round down", Rounding::down},           {"round half up", Rounding::half_up},
        {"round half down", Rounding::half_down},
    };
    auto const rounding = roundings.find(name);
    auto const places = writer_.constant_count(other);
    bool const numbers = one.kind == Kind::number && other.kind == Kind::number && other.scale == 0;
    if (rounding == roundings.end() || !places || !numbers) return std::nullopt;
    constexpr std::int64_t most = Formula::most_decimals;
    if (*places < -most || *places > most) return std::nullopt;
    return writer_.rounded(one, static_cast<int>(*places), rounding->second);
  }

  /// A function of several numbers or dates.
  MaybeTerm together(std::string_view name, std::vector<Term> const& arguments)
  {
    MaybeTerm all = arguments.front();
    for (std::size_t i = 1; all && i < arguments.size(); ++i) {
      auto next = arguments[i];
      bool const fit =
          all->kind == next.kind && (next.kind == Kind::number || (next.kind == Kind::date && name != "sum"));
      if (!fit || !writer_.align(*all, next)) return std::nullopt;
      auto const op = name == "sum" ? FormulaOp::add : name == "min" ? FormulaOp::lower : FormulaOp::higher;
      all = writer_.calculated(op, *all, next);
    }
    return all;
  }

  MaybeTerm part(Node const& at)
  {
    auto const& name = tree_.texts[at.index];
    auto const whole = read(child(at, 0));
    if (!whole) return std::nullopt;
    if (whole->kind == Kind::date) return writer_.part_of_date(*whole, name);
    return writer_.part_of_length(*whole, name);
  }

  // Lists.

  /// The elements of a list that an expression names, and which of them.
  struct Sifted {
    FactTree const* list;
    std::optional<NodeId> condition;
    std::uint32_t place = 0;  ///< Of the element in the frame, where there is a condition.
  };

  std::optional<Sifted> sifted(NodeId id) const
  {
    auto const& at = node(id);
    auto const& pack = work_.program.pack.impl();
    if (at.op != Op::filter || at.folded >= 0) {
      auto const* list = list_named(pack, text_, tree_, id);
      return list == nullptr ? std::nullopt : std::optional(Sifted{list, std::nullopt});
    }
    auto const* list = list_named(pack, text_, tree_, child(at, 0));
    if (list == nullptr || (at.flags & reads_item) == 0) return std::nullopt;
    return Sifted{list, child(at, 1), at.index};
  }

  /// What an element is worth, read with it in scope.
  using Worth = std::function<MaybeTerm(ExpressionReader&)>;

  Worth expression(NodeId id) const
  {
    return [id](ExpressionReader& reader) { return reader.read(id); };
  }

  /// A component of the element, or where no name is given the element itself.
  Worth entry(std::vector<std::string> const& path) const
  {
    return [path](ExpressionReader& reader) { return reader.operand(path, nullptr); };
  }

  MaybeTerm loop(Node const& at)
  {
    auto const& iterators = tree_.loops[at.index].iterators;
    if (iterators.size() != 1 || iterators.front().bounds || at.count != 2) return std::nullopt;
    auto const list = sifted(child(at, 0));
    if (!list || list->condition) return std::nullopt;
    auto const joined = at.op == Op::some ? Joined::some : Joined::every;
    return fold(joined, {list->list, child(at, 1), iterators.front().local});
  }

  /// `count`, `sum`, `min` or `max` of a list.
  MaybeTerm folded(std::string_view name, NodeId argument)
  {
    auto const list = sifted(argument);
    if (name == "count") return list ? fold(Joined::count, *list) : std::nullopt;
    auto const joined = name == "sum" ? Joined::sum : name == "min" ? Joined::lowest : Joined::highest;
    if (list) return fold(joined, *list, entry({}), list->place);
    auto const& at = node(argument);
    if (at.folded >= 0) return std::nullopt;
    if (at.op == Op::path) {
      auto const of = sifted(child(at, 0));
      return of ? fold(joined, *of, entry({tree_.texts[at.index]}), of->place) : std::nullopt;
    }
    if (at.op != Op::iterate || at.count != 2) return std::nullopt;
    auto const& loop = tree_.loops[at.index];
    auto const& variable = loop.iterators.front();
    auto const of = variable.bounds || loop.uses_partial ? std::nullopt : sifted(child(at, 0));
    return of ? fold(joined, *of, expression(child(at, 1)), variable.local) : std::nullopt;
  }

  /// The column of a list; nothing where it has none.
  FactColumn const* column_of(FactTree const& list) const
  {
    auto const& declarations = work_.program.pack.impl().schema.declarations();
    auto const& columns = work_.program.columns;
    auto const found = std::find_if(columns.begin(), columns.end(), [&](FactColumn const& each) {
      return declarations[each.declaration].name == list.name;
    });
    return found == columns.end() || found->fields.empty() ? nullptr : &*found;
  }

  /// A formula over the elements of a list. \param place Of the element in the frame.
  std::shared_ptr<Formula const> over_elements(FactColumn const& column, FactTree const& list, std::uint32_t place,
                                               Worth const& worth) const
  {
    FormulaWork inner{work_.program, FormulaWriter(work_.program.pack.impl().info.age_rule)};
    inner.depth = work_.depth;
    ElementScope const scope{column, list.type.element(), element_of(list.item), place};
    ExpressionReader reader(inner, text_, tree_, &scope);
    auto const found = worth(reader);
    return found ? std::move(inner.writer).finish(*found) : nullptr;
  }

  /// \param worth What each element is worth in a sum or an extreme. \param place Of the element in its frame.
  MaybeTerm fold(Joined joined, Sifted const& sifted, Worth const& worth = {}, std::uint32_t place = 0)
  {
    auto const* column = element_ == nullptr ? column_of(*sifted.list) : nullptr;
    if (column == nullptr) return std::nullopt;
    FormulaFold made;
    made.joined = joined;
    made.place = static_cast<std::size_t>(column - work_.program.columns.data());
    made.longest = std::min<std::size_t>(
        work_.program.options.limits.evaluation_steps / (steps_of_operation * (tree_.nodes.size() + 1)), longest_list);
    if (sifted.condition) {
      made.condition = over_elements(*column, *sifted.list, sifted.place, expression(*sifted.condition));
      if (made.condition == nullptr || made.condition->kind != Kind::boolean) return std::nullopt;
    }
    if (!worth) return writer_.folded(std::move(made), joined == Joined::count ? Kind::number : Kind::boolean, 0);
    made.value = over_elements(*column, *sifted.list, place, worth);
    if (made.value == nullptr) return std::nullopt;
    auto const kind = made.value->kind;
    auto const scale = made.value->scale;
    if (kind != Kind::number && (kind != Kind::date || joined == Joined::sum)) return std::nullopt;
    return writer_.folded(std::move(made), kind, scale);
  }

  FormulaWork& work_;
  FormulaWriter& writer_;
  NodeText const& text_;
  Program const& tree_;
  ElementScope const* element_;
};

/// The condition under which a rule applies: a cell that is false decides, whatever is not known of the others.
MaybeTerm TableReader::condition(DecisionTable::Rule const& rule)
{
  MaybeTerm all = writer_.whole(1, Kind::boolean);
  for (std::size_t i = 0; i < rule.tests.size(); ++i) {
    auto const& test = rule.tests[i];
    auto const& input = table_.inputs[i];
    if (!test || !input.expression) return std::nullopt;
    if (test->passes_all()) continue;
    auto const& tree = input.expression->program();
    ExpressionReader reader(work_, text_, tree);
    auto const tested = reader.tested(tree.root);
    auto const kind = tested.value ? tested.value->kind : Kind::string;
    if (input.converts && !keeps(input.type, kind)) return std::nullopt;
    auto const one = ExpressionReader(work_, text_, test->program()).cell(tested);
    if (!one || one->kind != Kind::boolean) return std::nullopt;
    all = writer_.joined(FormulaOp::both, *all, *one);
  }
  return all;
}

/// What a rule answers.
MaybeTerm TableReader::output(std::optional<Expression> const& expression, Declared const& type)
{
  if (!expression) return std::nullopt;
  auto const& tree = expression->program();
  auto const found = ExpressionReader(work_, text_, tree).read(tree.root);
  return found && keeps(type, found->kind) ? found : std::nullopt;
}

bool TableReader::add_rules()
{
  auto const& answered = table_.outputs.front();
  bool const include_unverified = work_.program.decide_options.include_unverified;
  for (auto const& rule : table_.rules) {
    if (law_on_ && !rule.note.law.contains(*law_on_)) continue;
    if (!include_unverified && !rule.note.verified()) return false;
    auto const applies = condition(rule);
    auto const answer = output(rule.outputs.front(), answered.type);
    if (!applies || !answer) return false;
    conditions_.push_back(*applies);
    outputs_.push_back(answer);
  }
  auto const fallback = output(answered.fallback, text_.type);
  if (answered.fallback && !fallback) return false;
  outputs_.push_back(fallback);
  return !conditions_.empty();
}

/// Brings all answers to one scale.
bool TableReader::align_outputs()
{
  auto largest = *outputs_.front();
  for (auto const& each : outputs_)
    if (each && each->scale > largest.scale) largest = *each;
  for (auto& each : outputs_)
    if (each && (each->kind != largest.kind || !writer_.align(*each, largest))) return false;
  return true;
}

MaybeTerm TableReader::read()
{
  bool const only = table_.policy == HitPolicy::unique;
  constexpr std::size_t most_rules = 40;
  if ((!only && table_.policy != HitPolicy::first) || table_.outputs.size() != 1 || table_.rules.size() > most_rules)
    return std::nullopt;
  if (!add_rules() || !align_outputs()) return std::nullopt;
  auto const nothing = writer_.never(*outputs_.front());
  auto found = outputs_.back().value_or(nothing);
  auto later = writer_.whole(0, Kind::boolean);  // whether a later rule applies
  for (auto rule = conditions_.size(); rule-- > 0;) {
    auto const answer = only ? writer_.chosen(later, nothing, *outputs_[rule]) : *outputs_[rule];
    found = writer_.chosen(conditions_[rule], answer, found);
    later = writer_.joined(FormulaOp::either, later, conditions_[rule]);
  }
  return found;
}

/// The formula of an expression, unless the scalar engine may reach a limit on it.
std::shared_ptr<Formula const> read_formula(ColumnProgram const& program, NodeText const& text,
                                            Expression const& expression, std::initializer_list<Declared const*> fitted)
{
  FormulaWork work{program, FormulaWriter(program.pack.impl().info.age_rule)};
  auto const& tree = expression.program();
  auto const found = ExpressionReader(work, text, tree).read(tree.root);
  bool const kept =
      found && std::all_of(fitted.begin(), fitted.end(), [&](auto const* each) { return keeps(*each, found->kind); });
  if (!kept || !is_within(program.options.limits)) return nullptr;
  return std::move(work.writer).finish(*found);
}

}  // namespace

std::shared_ptr<Formula const> formula_of(ColumnProgram const& program, JointInput const& joint)
{
  static Declared const any;
  auto const& input = *joint.input;
  return read_formula(program, *joint.text, *input.expression, {input.converts ? &input.type : &any});
}

std::shared_ptr<Formula const> formula_of(ColumnProgram const& program, NodeText const& text, std::size_t rule)
{
  auto const& table = *text.body.table;
  if (table.outputs.size() != 1) return nullptr;
  auto const& output = table.outputs.front();
  bool const fallback = rule == table.rules.size();
  auto const& answer = fallback ? output.fallback : table.rules[rule].outputs.front();
  if (!answer) return nullptr;
  // What a table answers by default is not fitted to the type of its output.
  return read_formula(program, text, *answer, {fallback ? &text.type : &output.type, &text.body.type, &text.type});
}

std::shared_ptr<Formula const> formula_of(ColumnProgram const& program, NodeText const& text)
{
  if (text.body.kind != Boxed::Kind::literal) return nullptr;
  return read_formula(program, text, *text.body.expression, {&text.body.type, &text.type});
}

}  // namespace tutela::detail
