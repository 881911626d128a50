// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the tables of a pack compare each fact with.
#include "rules/plan_lines.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "rules/law_days.hpp"
#include "rules/model.hpp"
#include "rules/plan_source.hpp"

namespace tutela::detail {
namespace {

/// Collects the constants that the columns of tables compare each fact with.
class LineReader {
 public:
  /// \param joint Whether all inputs are to be there as joint inputs, too, and plans may be partial.
  LineReader(PackImpl const& pack, DayAsked const& day, bool joint)
      : pack_(pack), day_(day), joint_(joint), constants_(pack.schema.declarations().size()), facts_(constants_.size())
  {
  }

  void read(NodeText const& text)
  {
    auto const& table = *text.body.table;
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
      auto const& column = table.index->columns()[i];
      if (!column.tested || !table.inputs[i].expression) continue;
      read(text, table.inputs[i], column.cuts);
      if (joint_) read_joint(text, table.inputs[i], column.cuts);
    }
  }

  PlanLines lines() &&
  {
    made_.may_be_partial = joint_;
    made_.lines.resize(constants_.size());
    for (std::size_t i = 0; i < constants_.size(); ++i) {
      if (!facts_[i].read) continue;
      auto cuts = Cuts::of(std::move(constants_[i]));
      auto& line = made_.lines[i];
      line.planned = cuts && cuts->kind() == pack_.schema.declarations()[i].type;
      line.by_steps = facts_[i].by_steps;
      if (line.planned) line.cuts = *std::move(cuts);
    }
    for (auto& constants : joint_constants_) {
      auto cuts = Cuts::of(std::move(constants));
      auto& line = made_.lines.emplace_back();
      line.planned = cuts.has_value();
      if (cuts) line.cuts = *std::move(cuts);
    }
    return std::move(made_);
  }

 private:
  void read(NodeText const& text, DecisionTable::Input const& input, Cuts const& tested)
  {
    auto const& program = input.expression->program();
    auto source = plain_source(*pack_.model, text, program, program.root);
    auto values = tested.values();
    std::optional<ComputedInput> computed;
    if (!source) {
      computed = ComputedInput::read(*pack_.model, text, input, day_);
      values.clear();
      if (!computed || !computed->add_cuts(tested, values)) return;
      source = computed->fact();
    }
    auto const* declaration = source->is_fact ? pack_.schema.find(source->name) : nullptr;
    if (declaration == nullptr) return;
    auto const place = static_cast<std::size_t>(declaration - pack_.schema.declarations().data());
    constants_[place].insert(constants_[place].end(), values.begin(), values.end());
    auto& fact = facts_[place];
    if (!fact.read) add_declared(*source, constants_[place]);
    fact.read = true;
    if (!computed) return;
    // The line is one of that kind even where nothing cuts it: whether there is a plan must not rest on what else reads it.
    if (source->type.is(Type::Kind::number)) constants_[place].emplace_back(Decimal(0));
    if (source->type.is(Type::Kind::date)) constants_[place].emplace_back(Date{});
    fact.by_steps = fact.by_steps || (source->type.is(Type::Kind::number) && !source->is_listed());
    made_.computed.emplace(&input, *std::move(computed));
  }

  void read_joint(NodeText const& text, DecisionTable::Input const& input, Cuts const& tested)
  {
    if (input.expression->reads_today() && !day_.on) return;
    JointInput made{&text, &input, {}, {}};
    auto const same = std::find_if(made_.joint.begin(), made_.joint.end(),
                                   [&](JointInput const& each) { return each.is_same_as(made); });
    auto const place = static_cast<std::size_t>(same - made_.joint.begin());
    if (same == made_.joint.end()) {
      made.facts = facts_below(pack_, text, *input.expression);
      made.form = open_form(pack_, made);
      made_.joint.push_back(std::move(made));
      joint_constants_.emplace_back();
    }
    made_.joint_of.emplace(&input, place);
    auto const& values = tested.values();
    joint_constants_[place].insert(joint_constants_[place].end(), values.begin(), values.end());
  }

  struct Fact {
    bool read = false;
    bool by_steps = false;
  };

  PackImpl const& pack_;
  DayAsked day_;
  bool joint_;
  std::vector<std::vector<Value>> constants_;  ///< Of each fact of the schema.
  std::vector<std::vector<Value>> joint_constants_;
  std::vector<Fact> facts_;
  PlanLines made_;
};

bool has_index(NodeText const& text) { return text.body.table && text.body.table->index; }

}  // namespace

PlanLines make_lines(PackImpl const& pack)
{
  LineReader reader(pack, {std::nullopt, pack.info.age_rule}, true);
  for (auto const& node : pack.model->nodes)
    for (auto const& text : node.texts)
      if (node.kind == GraphNode::Kind::decision && has_index(text)) reader.read(text);
  return std::move(reader).lines();
}

PlanLines lines_of(PackImpl const& pack, std::span<std::size_t const> decisions, std::optional<Date> law_on,
                   DayAsked const& day, bool joint)
{
  LineReader reader(pack, day, joint);
  std::set<std::size_t> seen;
  for (auto const decision : decisions) {
    for (auto const node : pack.cones[decision].nodes) {
      if (!seen.insert(node).second || pack.model->nodes[node].kind != GraphNode::Kind::decision) continue;
      for (auto const& text : pack.model->nodes[node].texts)
        if ((!law_on || text.note.law.contains(*law_on)) && has_index(text)) reader.read(text);
    }
  }
  return std::move(reader).lines();
}

}  // namespace tutela::detail
