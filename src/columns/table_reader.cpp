// SPDX-License-Identifier: Apache-2.0
/// \file
/// Decision tables as formulas.
#include "columns/table_reader.hpp"

#include <vector>

namespace tutela::detail {
namespace {

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
  std::vector<FormulaTerm> conditions_;  ///< Of each rule in force.
  std::vector<MaybeTerm> outputs_;       ///< What these answer, and then the default; nothing: none.
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

}  // namespace

MaybeTerm read_table(FormulaWork& work, NodeText const& text, std::optional<Date> law_on)
{
  return TableReader(work, text, law_on).read();
}

}  // namespace tutela::detail
