// SPDX-License-Identifier: Apache-2.0
/// \file
/// The check of a pack.
#include <tutela/rules/check.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "rules/decimal_comma.hpp"
#include "rules/law_days.hpp"
#include "rules/mode_check.hpp"
#include "rules/pack_impl.hpp"
#include "rules/possible_cases.hpp"
#include "rules/range_check.hpp"
#include "rules/respectful.hpp"
#include "rules/separation_check.hpp"
#include "rules/table_check.hpp"
#include "rules/table_input.hpp"

namespace tutela::detail {
namespace {

/// A table with more inputs stays unchecked: nobody could read it either.
constexpr std::size_t most_inputs = 1'000;

std::string number(std::size_t rule) { return std::to_string(rule + 1); }

/// One day of every stretch of days with the same texts in force; nothing alone where they never change.
std::vector<std::optional<Date>> stretches(std::vector<Period> const& periods, Period const& valid)
{
  std::set<Date> changes;
  for (auto const& period : periods) {
    if (period.from) changes.insert(*period.from);
    if (period.until) changes.insert(*period.until);
  }
  if (changes.empty()) return {std::nullopt};
  std::vector<std::optional<Date>> days;
  for (auto const& day : days_of_law(std::move(changes), valid, {})) days.emplace_back(day);
  return days;
}

/// True when the period covers the stretch of days that the day stands for.
bool holds_on(Period const& period, std::optional<Date> day) { return !day || period.contains(*day); }

class PackReader {
 public:
  PackReader(Pack const& pack, Limits const& limits)
      : loaded_(pack), pack_(pack.impl()), model_(*pack_.model), limits_(limits), possible_(pack_, limits)
  {
  }

  PackCheck run()
  {
    for (auto const& node : model_.nodes) {
      node_ = &node;
      for (auto const& text : node.texts)
        if (text.type.item) ranges(empty_ranges(*text.type.item), "the allowed values", {});
      if (node.kind != GraphNode::Kind::decision && node.kind != GraphNode::Kind::knowledge) continue;
      if (node.kind == GraphNode::Kind::decision) requirements(node);
      for (auto const& text : node.texts) {
        node_ = &node;
        text_ = &text;
        if (node.kind == GraphNode::Kind::decision) law();
        boxed(text.body);
      }
    }
    for (std::size_t i = 0; i < pack_.decisions.size(); ++i)
      if (pack_.decisions[i].separation) separation(i);
    mode_differences();
    respect();
    std::stable_sort(check_.findings.begin(), check_.findings.end(), [](auto const& lhs, auto const& rhs) {
      return lhs.diagnostic.severity < rhs.diagnostic.severity;
    });
    return std::move(check_);
  }

 private:
  PackFinding& add(Code code, Severity severity, Place place, std::string what, std::string mend)
  {
    PackFinding finding;
    finding.diagnostic = {code, severity, std::move(place), std::move(what), std::move(mend)};
    finding.decision = node_->name;
    check_.findings.push_back(std::move(finding));
    return check_.findings.back();
  }

  /// Source and date of one text of a decision.
  void law()
  {
    if (!pack_.info.dated) return;
    auto const* table = text_->body.table.get();
    bool cited = !text_->note.citations.empty();
    if (table != nullptr)
      cited = cited ||
              (!table->rules.empty() && std::all_of(table->rules.begin(), table->rules.end(),
                                                    [](auto const& rule) { return !rule.note.citations.empty(); }));
    if (!cited)
      add(Code::uncited_law, Severity::warning, text_->place,
          "\"" + node_->name + "\" does not say where it is written",
          "give it a tutela:citation, or one for each of its rules");
    if (!text_->note.law.from)
      add(Code::undated_law, Severity::warning, text_->place,
          "\"" + node_->name + "\" does not say since when it is in force", "give it a tutela:law with validFrom");
  }

  /// Words for people that a label or a question should not use.
  void respect()
  {
    for (std::size_t i = 0; i < pack_.decisions.size(); ++i) {
      node_ = &model_.nodes[pack_.nodes[i]];
      respect(pack_.decisions[i].label, pack_.decisions[i].name, node_->texts.front().place);
    }
    for (auto const& fact : loaded_.schema().declarations())
      for (auto const* words : {&fact.label, &fact.question}) respect(*words, fact.name, {});
  }

  void respect(Text const& words, std::string const& name, Place place)
  {
    for (auto const language : all_languages) {
      auto const found = stigmatising_word(words.exactly(language), language);
      if (!found) continue;
      add(Code::not_allowed, Severity::warning, place,
          "what people read of \"" + name + "\" says \"" + std::string(found->start) + "\" (" +
              std::string(to_string(language)) + "), which stigmatises",
          "write: " + std::string(found->better))
          .decision = name;
    }
  }

  /// Days on which a decision has a text and one that it needs has none.
  void requirements(GraphNode const& node)
  {
    node_ = &node;
    for (auto const& text : node.texts) {
      for (auto const index : text.requirements) {
        auto const& required = model_.nodes[index];
        if (required.kind != GraphNode::Kind::decision) continue;
        std::vector<Period> periods{text.note.law};
        for (auto const& other : required.texts) periods.push_back(other.note.law);
        for (auto const& day : stretches(periods, pack_.info.valid)) {
          bool const needed = holds_on(text.note.law, day);
          bool const there = std::any_of(required.texts.begin(), required.texts.end(),
                                         [&](NodeText const& other) { return holds_on(other.note.law, day); });
          if (!needed || there) continue;
          add(Code::requirement_not_in_force, Severity::warning, text.place,
              "\"" + node.name + "\" needs \"" + required.name + "\", which has no text in force on " + to_string(*day),
              "date both alike, or add the text that was in force then")
              .on = day;
          break;
        }
      }
    }
  }

  /// Answers of a separation that rest on facts on which they must not rest.
  void separation(std::size_t decision)
  {
    ++check_.separations;
    auto const& own = pack_.separations[decision];
    if (std::find(own.begin(), own.end(), decision) == own.end()) return;  // it reads no such fact
    auto const found = check_separation(loaded_, decision, limits_);
    check_.exact = check_.exact && found.exact;
    node_ = &model_.nodes[pack_.nodes[decision]];
    for (auto const& refused : found.cases) {
      std::string facts;
      for (auto const& name : refused.rests_on) (facts += facts.empty() ? "" : ", ") += name;
      bool const neglect = refused.refusal == Refusal::material_neglect;
      auto& finding =
          add(neglect ? Code::separation_without_help : Code::separation_on_protected_facts,
              refused.denies ? Severity::warning : Severity::error, node_->texts.front().place,
              "the answer " + to_string(refused.answer) + " of \"" + node_->name + "\" follows only because of " +
                  facts + (neglect ? ", and no fact records that help was refused or failed" : ""),
              neglect ? "let the rule ask for a fact with helpFailed, or not read the neglect"
                      : "let the rule stand on what remains without these facts; it is refused until then");
      finding.on = refused.on;
      for (auto const& [name, value] : refused.facts) finding.inputs.push_back({name, value});
    }
  }

  /// Days on which a text is in force and none of the rules of its table.
  void dated_rules(DecisionTable const& table, Place const& place)
  {
    std::vector<Period> periods{text_->note.law};
    for (auto const& rule : table.rules) periods.push_back(rule.note.law);
    for (auto const& day : stretches(periods, pack_.info.valid)) {
      bool const empty = std::none_of(table.rules.begin(), table.rules.end(),
                                      [&](auto const& rule) { return holds_on(rule.note.law, day); });
      if (!holds_on(text_->note.law, day) || !empty || table.rules.empty()) continue;
      add(Code::no_rule_in_force, Severity::warning, place,
          "the text is in force on " + to_string(*day) + ", and none of its rules is",
          "date the text as its rules, or add the rules that were in force then")
          .on = day;
      return;
    }
  }

  /// Ranges in which no value lies; each is told once, wherever its type is used.
  void ranges(std::vector<EmptyRange> const& found, std::string const& where, std::vector<std::size_t> const& rules)
  {
    for (auto const& range : found) {
      auto const& place = range.place;
      auto key = place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + range.text;
      if (!ranges_.insert(std::move(key)).second) continue;
      add(Code::invalid_interval, Severity::warning, range.place,
          "no value lies in the range " + range.text + " of " + where, "write the lower end first, or leave it out")
          .rules = rules;
    }
  }

  /// The ranges in the cells of a table, and in what its inputs and outputs allow.
  void ranges(DecisionTable const& table)
  {
    for (auto const& input : table.inputs)
      if (input.allowed) ranges(empty_ranges(*input.allowed), "the values of \"" + input.text + "\"", {});
    for (std::size_t i = 0; i < table.rules.size(); ++i)
      for (std::size_t column = 0; column < table.inputs.size(); ++column)
        if (auto const& test = table.rules[i].tests[column])
          ranges(empty_ranges(*test), "rule " + number(i) + ", \"" + table.inputs[column].text + "\"", {i + 1});
  }

  /// Numbers with a comma for the point, which nobody meant as two tests.
  void commas(DecisionTable const& table)
  {
    for (std::size_t i = 0; i < table.rules.size(); ++i)
      for (auto const& test : table.rules[i].tests) {
        if (!test) continue;
        for (auto& comma : decimal_commas(*test)) {
          std::string point = comma.text;
          point[point.find(',')] = '.';
          add(Code::invalid_number, Severity::warning, std::move(comma.place),
              "`" + comma.text + "` in rule " + number(i) + " is two tests with a comma between them",
              "write " + point + " for one number, or a blank after the comma")
              .rules = {i + 1};
        }
      }
  }

  void boxed(Boxed const& body)
  {
    if (body.table) ranges(*body.table);
    if (body.table) commas(*body.table);
    if (body.table) dated_rules(*body.table, body.place);
    if (body.table) table(*body.table, body.place);
    for (auto const& child : body.children) boxed(child);
  }

  void table(DecisionTable const& table, Place const& place)
  {
    ++check_.tables;
    if (!table.index || table.inputs.size() > most_inputs) {
      ++check_.unchecked;
      return;
    }
    std::vector<InputDomain> domains;
    std::vector<std::string> own;
    std::vector<std::string> facts;  // in the order of the inputs; empty for what is no fact of its own
    bool certain = true;
    for (auto const& column : table.inputs) {
      auto origin = origin_of(pack_, *text_, column);
      certain = certain && !origin.name.empty();
      facts.push_back(origin.fact != nullptr ? origin.name : std::string());
      domains.push_back(domain_of(column, origin));
      domains.back().constrained = origin.fact != nullptr && possible_.reads(origin.name);
      own.push_back(std::move(origin.name));
    }
    std::sort(own.begin(), own.end());
    // Two inputs of one fact, or a fact and a decision that may rest on it, do not vary freely.
    certain = certain && std::adjacent_find(own.begin(), own.end(), touch) == own.end() &&
              std::all_of(text_->requirements.begin(), text_->requirements.end(),
                          [&](std::size_t index) { return model_.nodes[index].kind == GraphNode::Kind::input; });
    modes(table, domains, place);
    bool const constrained =
        std::any_of(domains.begin(), domains.end(), [](InputDomain const& domain) { return domain.constrained; });

    std::vector<Period> periods{text_->note.law};
    for (auto const& rule : table.rules) periods.push_back(rule.note.law);
    std::set<std::size_t> reached;
    std::set<std::pair<std::size_t, std::size_t>> told;
    bool gap_told = false;
    bool complete = true;
    std::uint64_t steps = 0;
    for (auto const& day : stretches(periods, pack_.info.valid)) {
      if (!complete) break;
      if (!holds_on(text_->note.law, day)) continue;
      std::vector<std::size_t> in_force;
      for (std::size_t i = 0; i < table.rules.size(); ++i)
        if (holds_on(table.rules[i].note.law, day)) in_force.push_back(i);
      if (in_force.empty()) continue;
      auto const constraints = constraints_on(facts, day);
      auto const found = check_table(table, domains, in_force, limits_.evaluation_steps - steps, limits_.diagnostics,
                                     constrained ? &constraints : nullptr);
      check_.exact = check_.exact && found.exact;
      steps += found.steps;
      complete = found.complete;
      reached.insert(found.reached.begin(), found.reached.end());
      if (found.gap && !gap_told && needs_a_rule(table)) {
        gap_told = true;
        example(
            add(Code::gap, Severity::warning, place, "no rule applies to some cases, and there is no default output",
                "add the rule, or a default output"),
            table, *found.gap, day, certain);
      }
      for (auto const& [pair, inputs] : found.pairs)
        if (told.insert(pair).second) both(table, pair, inputs, day, certain, place);
    }
    check_.exact = check_.exact && complete;
    for (std::size_t i = 0; complete && i < table.rules.size(); ++i) {
      if (reached.count(i) > 0) continue;
      auto& finding = add(Code::unreachable_rule, Severity::warning, place, "no case reaches rule " + number(i),
                          "remove it, or mend its conditions or those of the rules before it");
      finding.rules = {i + 1};
    }
  }

  /// The constraints of the pack as constraints on the inputs of a table.
  TableConstraints constraints_on(std::vector<std::string> const& facts, std::optional<Date> day) const
  {
    return {possible_.constants(), [this, &facts, day](Example const& inputs) {
              PossibleCases::Facts given;
              for (std::size_t i = 0; i < inputs.size(); ++i) {
                if (facts[i].empty() || !inputs[i]) continue;
                auto value = *inputs[i];
                if (auto const* unknown = value.as_unknown()) value = Value(Unknown{{facts[i]}, {}, unknown->domain});
                given.emplace_back(facts[i], std::move(value));
              }
              return possible_.allow(given, day);
            }};
  }

  static bool touch(std::string const& one, std::string const& other) { return touches(one, other); }

  /// Two rules that hold at once where only one may.
  void both(DecisionTable const& table, std::pair<std::size_t, std::size_t> pair, Example const& inputs,
            std::optional<Date> day, bool certain, Place const& place)
  {
    bool const any = table.policy == HitPolicy::any;
    if (any && same_outputs(table.rules[pair.first], table.rules[pair.second])) return;
    auto const text = number(pair.first) + " and " + number(pair.second);
    auto& finding = add(any ? Code::contradicting_rules : Code::overlapping_rules,
                        certain ? Severity::error : Severity::warning, place,
                        any ? "rules " + text + " apply at once and answer differently"
                            : "rules " + text + " apply at once, and the table allows one",
                        "make their conditions exclude each other, or choose another hit policy");
    finding.rules = {pair.first + 1, pair.second + 1};
    example(finding, table, inputs, day, certain);
  }

  static void example(PackFinding& finding, DecisionTable const& table, Example const& inputs, std::optional<Date> day,
                      bool certain)
  {
    finding.on = day;
    finding.certain = certain;
    for (std::size_t i = 0; i < inputs.size(); ++i)
      if (inputs[i]) finding.inputs.push_back({table.inputs[i].text, *inputs[i]});
  }

  /// Cells that another engine reads otherwise where there is none.
  void modes(DecisionTable const& table, std::vector<InputDomain> const& domains, Place const& place)
  {
    for (std::size_t column = 0; column < table.inputs.size(); ++column) {
      if (!domains[column].optional) continue;
      auto rules = rules_that_read_none_otherwise(table, column);
      if (rules.empty()) continue;
      auto& finding = add(
          Code::mode_difference, Severity::note, place,
          "other DMN engines read some tests of \"" + table.inputs[column].text + "\" otherwise where there is none",
          "say what holds there: null, or not(null)");
      finding.rules = std::move(rules);
      finding.inputs = {{table.inputs[column].text, Value()}};
    }
  }

  /// Decisions that another engine answers otherwise in some case; not again where one that they rest on was told.
  void mode_differences()
  {
    std::set<std::string> told;
    for (auto const& finding : check_.findings)
      if (finding.diagnostic.code == Code::mode_difference) told.insert(finding.decision);
    std::vector<std::size_t> order(pack_.decisions.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t lhs, std::size_t rhs) {
      return pack_.cones[lhs].nodes.size() < pack_.cones[rhs].nodes.size();
    });
    for (auto const decision : order) {
      auto const& nodes = pack_.cones[decision].nodes;
      if (std::any_of(nodes.begin(), nodes.end(),
                      [&](std::size_t node) { return told.count(model_.nodes[node].name) > 0; }))
        continue;
      auto const found = find_mode_difference(loaded_, decision, limits_);
      if (!found) continue;
      node_ = &model_.nodes[pack_.nodes[decision]];
      told.insert(node_->name);
      auto const legal =
          found->legal.outcome == Outcome::known ? to_string(found->legal.value) : std::string("an error");
      auto& finding = add(Code::mode_difference, Severity::note, node_->texts.front().place,
                          "other DMN engines answer \"" + node_->name + "\" with " +
                              to_string(found->conformance.value) + " in a case where it is " + legal + " here",
                          "say in the rules what holds there");
      finding.on = found->on;
      for (auto const& [name, value] : found->facts) finding.inputs.push_back({name, value});
    }
  }

  Pack const& loaded_;
  PackImpl const& pack_;
  Model const& model_;
  Limits const& limits_;
  PossibleCases possible_;
  GraphNode const* node_ = nullptr;
  NodeText const* text_ = nullptr;
  std::set<std::string> ranges_;  ///< Empty ranges that were told, by place and text.
  PackCheck check_;
};

}  // namespace

PackCheck check_pack(Pack const& pack, Limits const& limits) { return PackReader(pack, limits).run(); }

}  // namespace tutela::detail

namespace tutela::inline v0 {

PackCheck Pack::check(Limits const& limits) const { return detail::check_pack(*this, limits); }

bool PackCheck::has_findings() const noexcept
{
  return std::any_of(findings.begin(), findings.end(),
                     [](PackFinding const& finding) { return finding.diagnostic.severity != Severity::note; });
}

}  // namespace tutela::inline v0
