// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which days can change what the rules test.
///
/// Every expression gets a *form*: what in its value moves with the day. A value without moving parts changes only on
/// the days of the series found below it. A moving part is today shifted by a duration, or the days between today and a
/// date; compared with something that stands still it becomes a test that changes once. Anything else is an `other` use.
#include "rules/day_forms.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "feel/function_value.hpp"
#include "feel/program.hpp"

namespace tutela::detail {
namespace {

/// Today plus a duration, or (with a base) the days from the base to today or back.
struct Moving {
  bool difference = false;
  DateBase base;
  std::int64_t months = 0;
  std::int64_t days = 0;
};

struct Form {
  std::vector<Moving> moving;
  bool other = false;

  [[nodiscard]] bool still() const { return moving.empty() && !other; }
};

class DayForms {
 public:
  DayForms(Model const& model, DecisionCone const& cone) : model_(model), cone_(cone) {}

  DayUse run()
  {
    prepare();
    if (!nodes_[cone_.nodes.front()].still()) note_other("the answer itself moves with the day");
    std::map<std::pair<std::size_t, std::vector<std::string>>, int> groups;
    for (auto const& series : use_.series) {
      if (!series.base.node) continue;
      int const group = series.kind == DaySeries::Kind::ages ? 0 : series.kind != DaySeries::Kind::once ? 1 : 2;
      auto const [known, fresh] = groups.try_emplace({*series.base.node, series.base.path}, group);
      if (known->second != group || (group == 2 && series.base.months != 0)) use_.entangled.push_back(series.base);
      reads_.erase({series.base.program, series.base.site});
    }
    for (auto& [site, read] : reads_) use_.entangled.push_back(std::move(read));
    return std::move(use_);
  }

 private:
  void note_other(std::string const& text)
  {
    if (use_.other.empty()) use_.other = text;
  }

  void note_read(Program const& program, NodeId id, NodeText const& text)
  {
    auto const& type = program.nodes[id].type;
    if (type.is(Type::Kind::boolean) || type.is(Type::Kind::number) || type.is(Type::Kind::string)) return;
    DateBase read;
    auto at = id;
    for (; program.nodes[at].op == Op::path; at = program.children[program.nodes[at].first])
      read.path.insert(read.path.begin(), program.texts[program.nodes[at].index]);
    if (program.nodes[at].op != Op::slot || program.nodes[at].index >= text.requirements.size()) return;
    read.node = text.requirements[program.nodes[at].index];
    reads_.insert_or_assign({&program, id}, std::move(read));
  }

  Form other(Program const& program)
  {
    note_other(program.text);
    return {{}, true};
  }

  /// Gives every node its form, requirements first; with a stack of our own, because chains can be long.
  void prepare()
  {
    std::vector<std::pair<std::size_t, bool>> open{{cone_.nodes.front(), false}};
    std::vector<bool> seen(model_.nodes.size(), false);
    while (!open.empty()) {
      auto const [index, ready] = open.back();
      open.pop_back();
      if (ready) {
        nodes_[index] = node_form(model_.nodes[index]);
        continue;
      }
      if (seen[index]) continue;
      seen[index] = true;
      open.emplace_back(index, true);
      for (auto const& text : model_.nodes[index].texts)
        for (auto const* next : {&text.requirements, &text.outputs})
          for (auto const required : *next) open.emplace_back(required, false);
    }
  }

  Form node_form(GraphNode const& node)
  {
    Form form;
    if (node.kind == GraphNode::Kind::input) return form;
    for (auto const& text : node.texts) {
      Form one;
      if (node.kind == GraphNode::Kind::decision) {
        one = boxed_form(text.body, text);
      } else {
        bool moves = text.reads_today;
        for (auto const* next : {&text.requirements, &text.outputs})
          for (auto const required : *next) moves = moves || !nodes_[required].still();
        if (moves) note_other(node.name);
        one.other = moves;
      }
      form.other = form.other || one.other;
      form.moving.insert(form.moving.end(), one.moving.begin(), one.moving.end());
    }
    return form;
  }

  Form boxed_form(Boxed const& boxed, NodeText const& text)
  {
    if (boxed.kind == Boxed::Kind::table) return table_form(*boxed.table, text);
    if (boxed.kind == Boxed::Kind::literal && boxed.expression)
      return form_of(boxed.expression->program(), boxed.expression->program().root, text);
    if (boxed.kind == Boxed::Kind::missing || boxed.kind == Boxed::Kind::broken) return {};
    // Other boxed expressions have names of their own; they are looked into only when nothing in them moves.
    bool moves = text.reads_today;
    for (auto const required : text.requirements) moves = moves || !nodes_[required].still();
    if (!moves) return {};
    note_other(boxed.text.empty() ? boxed.place.pointer : boxed.text);
    return {{}, true};
  }

  Form table_form(DecisionTable const& table, NodeText const& text)
  {
    Form result;
    for (std::size_t column = 0; column < table.inputs.size(); ++column) {
      auto const& input = table.inputs[column].expression;
      if (!input) continue;
      auto const& program = input->program();
      auto const form = form_of(program, program.root, text);
      if (table.inputs[column].converts && (form.other || !form.moving.empty())) result.other = true;
      auto const base = base_of(program, program.root, text);
      for (auto const& rule : table.rules) {
        auto const& test = rule.tests[column];
        if (!test || test->passes_all()) continue;
        auto const& cell = test->program();
        if (!test_is_still(form, base, cell, cell.root, text)) result.other = true;
      }
    }
    auto add = [&](std::optional<Expression> const& output) {
      if (!output) return;
      auto const form = form_of(output->program(), output->program().root, text);
      result.other = result.other || form.other;
      result.moving.insert(result.moving.end(), form.moving.begin(), form.moving.end());
    };
    for (auto const& rule : table.rules)
      for (auto const& output : rule.outputs) add(output);
    for (auto const& output : table.outputs) add(output.fallback);
    return result;
  }

  /// True when a cell's truth changes only on days of series.
  bool test_is_still(Form const& input, std::optional<DateBase> const& base, Program const& cell, NodeId id,
                     NodeText const& text)
  {
    auto const& node = cell.nodes[id];
    if (node.op == Op::tests || node.op == Op::list || node.op == Op::range || node.op == Op::range_test) {
      bool still = true;
      for (auto const child : cell.children_of(node)) still = test_is_still(input, base, cell, child, text) && still;
      return still;
    }
    if (node.op == Op::test_compare) return test_is_still(input, base, cell, cell.children[node.first], text);
    if (node.op == Op::test_value) {
      auto const inner = cell.children[node.first];
      if ((node.flags & Flag::reads_input) == 0) return test_is_still(input, base, cell, inner, text);
      auto const form = form_of(cell, inner, text);
      if (input.still() && form.still()) {
        if (base && base->node) use_.entangled.push_back(*base);
        return true;
      }
      other(cell);
      return false;
    }
    return related(input, base, cell, form_of(cell, id, text), base_of(cell, id, text), folded(cell, id));
  }

  /// Compares two values; adds the series on whose days the comparison may change.
  bool related(Form const& lhs, std::optional<DateBase> const& lhs_base, Program const& program, Form const& rhs,
               std::optional<DateBase> const& rhs_base, Value const* rhs_constant, Value const* lhs_constant = nullptr)
  {
    if (lhs.still() && rhs.still()) {
      // A date may stand beside today in one cell or bound and beside another date in the next.
      bool const none =
          (rhs_constant != nullptr && rhs_constant->is_none()) || (lhs_constant != nullptr && lhs_constant->is_none());
      for (auto const* base : {&lhs_base, &rhs_base})
        if (!none && *base && (*base)->node) use_.entangled.push_back(**base);
      return true;
    }
    bool const both = !lhs.moving.empty() && !rhs.moving.empty();
    if (lhs.other || rhs.other || both) {
      other(program);
      return false;
    }
    auto const& moving = lhs.moving.empty() ? rhs.moving : lhs.moving;
    auto const& base = lhs.moving.empty() ? lhs_base : rhs_base;
    auto const* constant = lhs.moving.empty() ? lhs_constant : rhs_constant;
    if (constant != nullptr && constant->is_none()) return true;
    for (auto const& part : moving) {
      auto series = DaySeries{DaySeries::Kind::once, part.base};
      if (part.difference) {
        auto const* length = constant == nullptr ? nullptr : constant->as_days_duration();
        if (length == nullptr) {
          other(program);
          return false;
        }
        series.base.days += length->seconds / 86'400;
        add(series);
        // The other sign: a date that lies ahead of today.
        series.base.days -= 2 * (length->seconds / 86'400);
        add(series);
        continue;
      }
      if (!base) {
        other(program);
        return false;
      }
      series.base = *base;
      series.base.months -= part.months;
      series.base.days -= part.days;
      add(series);
    }
    return true;
  }

  void add(DaySeries series) { use_.series.push_back(std::move(series)); }

  static Value const* folded(Program const& program, NodeId id)
  {
    auto const& node = program.nodes[id];
    if (node.folded >= 0) return &program.constants[static_cast<std::size_t>(node.folded)];
    return node.op == Op::constant ? &program.constants[node.index] : nullptr;
  }

  /// The date that an expression leads to, when nothing in it moves.
  std::optional<DateBase> base_of(Program const& program, NodeId id, NodeText const& text)
  {
    if (auto const* constant = folded(program, id)) {
      if (!constant->is(Kind::date)) return std::nullopt;
      DateBase base;
      base.constant = *constant;
      return base;
    }
    auto const& node = program.nodes[id];
    if (node.op == Op::slot) {
      if (node.index >= text.requirements.size()) return std::nullopt;
      auto const required = text.requirements[node.index];
      if (!nodes_[required].still()) return std::nullopt;
      DateBase base;
      base.node = required;
      base.program = &program;
      base.site = id;
      return base;
    }
    if (node.op == Op::path) {
      auto base = base_of(program, program.children[node.first], text);
      if (!base || !base->node || base->months != 0 || base->days != 0) return std::nullopt;
      base->path.push_back(program.texts[node.index]);
      base->site = id;
      return base;
    }
    if (node.op != Op::add && node.op != Op::subtract) return std::nullopt;
    auto base = base_of(program, program.children[node.first], text);
    auto const* length = folded(program, program.children[node.first + 1]);
    if (!base || length == nullptr) return std::nullopt;
    auto const sign = node.op == Op::add ? 1 : -1;
    if (auto const* months = length->as_months_duration())
      base->months += sign * months->months;
    else if (auto const* days = length->as_days_duration())
      base->days += sign * (days->seconds / 86'400);
    else
      return std::nullopt;
    return base;
  }

  static FunctionValue const* callee(Program const& program, Node const& node)
  {
    auto const* value = folded(program, program.children[node.first]);
    return value == nullptr ? nullptr : function_in(*value);
  }

  Form call_form(Program const& program, Node const& node, NodeText const& text)
  {
    auto const* function = callee(program, node);
    auto const* builtin = function == nullptr ? nullptr : function->builtin();
    bool const clock =
        builtin != nullptr && std::any_of(builtin->overloads.begin(), builtin->overloads.end(),
                                          [](auto const& each) { return each.strictness == Strictness::clock; });
    if (clock && builtin->name == "today") return {{Moving{}}, false};
    if (clock) return other(program);
    std::vector<Form> forms;
    bool still = true;
    for (auto const child : program.children_of(node)) {
      forms.push_back(form_of(program, child, text));
      still = still && forms.back().still();
    }
    if (still) return {};
    bool const by_position = (node.flags & Flag::named) == 0 && node.count == 3;
    bool const since =
        builtin != nullptr && (builtin->name == "age in years" || builtin->name == "years and months duration");
    auto const base = since && by_position ? base_of(program, program.children[node.first + 1], text) : std::nullopt;
    bool const until_today = forms.back().moving.size() == 1 && !forms.back().other &&
                             !forms.back().moving[0].difference && forms.back().moving[0].months == 0 &&
                             forms.back().moving[0].days == 0;
    if (!base || !until_today || base->months != 0 || base->days != 0) return other(program);
    add({builtin->name == "age in years" ? DaySeries::Kind::ages : DaySeries::Kind::months, *base});
    return {};
  }

  Form sum_form(Program const& program, Node const& node, NodeText const& text)
  {
    auto const left = program.children[node.first];
    auto const right = program.children[node.first + 1];
    auto lhs = form_of(program, left, text);
    auto const rhs = form_of(program, right, text);
    if (lhs.still() && rhs.still()) return {};
    if (lhs.other || rhs.other) return {{}, true};
    auto const sign = node.op == Op::add ? 1 : -1;
    // today plus or minus a duration
    if (rhs.still()) {
      auto const* length = folded(program, right);
      auto const* months = length == nullptr ? nullptr : length->as_months_duration();
      auto const* days = length == nullptr ? nullptr : length->as_days_duration();
      bool const simple =
          std::none_of(lhs.moving.begin(), lhs.moving.end(), [](auto const& part) { return part.difference; });
      if (simple && (months != nullptr || days != nullptr)) {
        for (auto& part : lhs.moving) {
          if (months != nullptr) part.months += sign * months->months;
          if (days != nullptr) part.days += sign * (days->seconds / 86'400);
        }
        return lhs;
      }
    }
    // the days between today and a date
    if (node.op == Op::subtract) {
      auto const& moving = lhs.still() ? rhs.moving : lhs.moving;
      auto const base = base_of(program, lhs.still() ? left : right, text);
      bool const plain = moving.size() == 1 && !moving[0].difference && moving[0].months == 0 && moving[0].days == 0;
      if (base && plain && lhs.still() != rhs.still()) return {{Moving{true, *base, 0, 0}}, false};
    }
    return other(program);
  }

  Form form_of(Program const& program, NodeId id, NodeText const& text)
  {
    if (folded(program, id) != nullptr) return {};
    auto const& node = program.nodes[id];
    switch (node.op) {
      case Op::slot: {
        if (node.index >= text.requirements.size()) return {};
        note_read(program, id, text);
        return nodes_[text.requirements[node.index]];
      }
      case Op::path: {
        auto const inner = program.children[node.first];
        auto const& below = program.nodes[inner];
        // Completed years change once a year only.
        bool const years = below.op == Op::call && program.texts[node.index] == "years";
        auto const before = use_.series.size();
        auto const form = form_of(program, inner, text);
        // The whole path is what is read, not the value that it starts from.
        if (reads_.erase({&program, inner}) > 0) note_read(program, id, text);
        if (years && use_.series.size() == before + 1 && use_.series.back().kind == DaySeries::Kind::months)
          use_.series.back().kind = DaySeries::Kind::years;
        return form.still() ? Form{} : other(program);
      }
      case Op::add:
      case Op::subtract: return sum_form(program, node, text);
      case Op::call: return call_form(program, node, text);
      case Op::equal:
      case Op::unequal:
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal: {
        auto const left = program.children[node.first];
        auto const right = program.children[node.first + 1];
        auto const lhs = form_of(program, left, text);
        auto const rhs = form_of(program, right, text);
        auto const* first = folded(program, left);
        auto const* second = folded(program, right);
        // Whether there is a date at all has nothing to do with the day.
        if (second != nullptr && second->is_none()) reads_.erase({&program, left});
        if (first != nullptr && first->is_none()) reads_.erase({&program, right});
        bool const still =
            related(lhs, base_of(program, left, text), program, rhs, base_of(program, right, text), second, first);
        return {{}, !still};
      }
      case Op::between: {
        auto const tested = program.children[node.first];
        auto const form = form_of(program, tested, text);
        bool still = true;
        for (std::uint32_t end = 1; end < 3; ++end) {
          auto const child = program.children[node.first + end];
          still = related(form, base_of(program, tested, text), program, form_of(program, child, text),
                          base_of(program, child, text), folded(program, child), folded(program, tested)) &&
                  still;
        }
        return {{}, !still};
      }
      case Op::in: {
        auto const tested = program.children[node.first];
        bool const still = test_is_still(form_of(program, tested, text), base_of(program, tested, text), program,
                                         program.children[node.first + 1], text);
        return {{}, !still};
      }
      case Op::conditional: {
        auto const condition = form_of(program, program.children[node.first], text);
        Form result;
        result.other = !condition.still();
        if (!condition.still()) other(program);
        for (std::uint32_t branch = 1; branch < 3; ++branch) {
          auto const form = form_of(program, program.children[node.first + branch], text);
          result.other = result.other || form.other;
          result.moving.insert(result.moving.end(), form.moving.begin(), form.moving.end());
        }
        return result;
      }
      default: break;
    }
    bool still = true;
    for (auto const child : program.children_of(node)) still = form_of(program, child, text).still() && still;
    if (node.op == Op::function && program.reads_today) still = false;
    return still ? Form{} : other(program);
  }

  Model const& model_;
  DecisionCone const& cone_;
  std::map<std::size_t, Form> nodes_;
  DayUse use_;
  std::map<std::pair<void const*, NodeId>, DateBase> reads_;  ///< Where values are read that may be dates.
};

}  // namespace

DayUse day_use(Model const& model, DecisionCone const& cone) { return DayForms(model, cone).run(); }

}  // namespace tutela::detail
