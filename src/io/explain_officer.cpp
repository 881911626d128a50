// SPDX-License-Identifier: Apache-2.0
/// \file
/// The officer's view of a proof.
#include <iterator>
#include <utility>

#include "io/explainer.hpp"

namespace tutela::detail {
namespace {

std::string_view name_of(Truth truth) { return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown"; }

}  // namespace

ExplanationLine Explainer::fact_line(std::string const& name) const
{
  auto const* fact = proof_.fact(name);
  if (fact == nullptr) return {"fact", {}, name};
  auto const value = fact_value(*fact);
  auto const& source = fact->source;
  std::string origin = source.name;
  if (source.recorded) {
    auto const date = words_.catalogue.date(*source.recorded);
    origin = source.name.empty() ? words_.say("origin_date", {{"date", date}})
                                 : words_.say("origin_both", {{"source", source.name}, {"date", date}});
  }
  auto const state = to_string(fact->value.state());
  if (origin.empty()) return {"fact", state, words_.say("fact_value", {{"fact", fact_label(name)}, {"value", value}})};
  return {"fact", state,
          words_.say("fact_value_from", {{"fact", fact_label(name)}, {"value", value}, {"origin", origin}})};
}

Lines Explainer::decision_lines(std::vector<std::string> const& names)
{
  Lines lines;
  for (auto const& name : names) {
    auto const* step = proof_.step(name);
    if (step == nullptr) continue;
    std::vector<Argument> const arguments{{"decision", step->written->label.in(options_.language)},
                                          {"answer", answer_of_step(*step)}};
    bool const again = std::find(shown_.begin(), shown_.end(), name) != shown_.end();
    ExplanationLine line{"decision", {}, words_.say(again ? "decision_shown_above" : "decision_value", arguments)};
    if (!again) {
      shown_.push_back(name);
      line.parts = step_lines(*step);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

ExplanationLine Explainer::condition_line(ProofCondition const& condition)
{
  auto const words = condition_words(condition);
  ExplanationLine line{"condition", name_of(condition.holds), {}};
  line.text =
      condition.fault
          ? words_.say("condition_error", {{"condition", words}, {"fault", words_.fault(condition.fault->what)}})
          : words_.say("condition_" + std::string(name_of(condition.holds)), {{"condition", words}});
  for (auto const& name : condition.written->facts) line.parts.push_back(fact_line(name));
  auto below = decision_lines(condition.written->decisions);
  std::move(below.begin(), below.end(), std::back_inserter(line.parts));
  return line;
}

ExplanationLine Explainer::rule_line(ProofRule const& rule)
{
  ExplanationLine line{"rule", to_string(rule.state), rule_words(rule)};
  if (!rule.written->label.empty()) line.parts.push_back({"note", {}, rule.written->label.in(options_.language)});
  for (auto const& condition : rule.conditions) {
    // A rule that is out is told by what puts it out.
    if (rule.state == RuleState::out && condition.holds != Truth::no) continue;
    line.parts.push_back(condition_line(condition));
  }
  if (rule.state == RuleState::out) return line;
  law_lines(rule.written->citations, line.parts);
  for (auto const& duty : rule.written->duties) line.parts.push_back({"duty", {}, words_.duty(duty)});
  return line;
}

/// Articles, each once: two readings of one article are cited apart but read the same.
void Explainer::law_lines(std::vector<Citation> const& citations, Lines& lines) const
{
  for (auto const& citation : citations)
    add_once(lines, "law", words_.say("from_article") + " " + graded_law(words_, citation));
}

/// A decision below the one asked for: its articles and all its rules.
Lines Explainer::step_lines(ProofStep const& step)
{
  Lines lines;
  law_lines(step.written->citations, lines);
  if (!step.written->expression.empty())
    lines.push_back({"note", {}, words_.say("proof_computed", {{"expression", step.written->expression}})});
  for (auto const& rule : step.rules) lines.push_back(rule_line(rule));
  if (!step.written->policy.empty()) return lines;
  for (auto const& name : step.written->facts) lines.push_back(fact_line(name));
  auto below = decision_lines(step.written->decisions);
  std::move(below.begin(), below.end(), std::back_inserter(lines));
  return lines;
}

void Explainer::rule_group(ProofStep const& step, std::string_view key, std::initializer_list<RuleState> states,
                           Lines& lines)
{
  Lines rules;
  for (auto const& rule : step.rules) {
    bool const no_such_answer = rule.written->number == 0 && rule.state == RuleState::excluded;
    if (!no_such_answer && std::find(states.begin(), states.end(), rule.state) != states.end())
      rules.push_back(rule_line(rule));
  }
  if (rules.empty()) return;
  bool const out = *states.begin() == RuleState::out;
  lines.push_back({"heading", out ? "folded" : "", words_.say(key), std::move(rules)});
}

ExplanationLine Explainer::questions() const
{
  ExplanationLine line{"heading", {}, words_.say("proof_to_ask")};
  for (auto const& name : proof_.verdict.missing) {
    auto const* fact = proof_.fact(name);
    if (fact == nullptr) {
      line.parts.push_back({"ask", {}, name});
      continue;
    }
    auto const who = words_.say("ask_" + std::string(to_string(fact->declaration->asked_of)));
    auto const question = fact->declaration->question.in(options_.language);
    line.parts.push_back(
        {"ask",
         {},
         question.empty()
             ? words_.say("proof_question_only", {{"fact", fact_label(name)}, {"who", who}})
             : words_.say("proof_question", {{"fact", fact_label(name)}, {"question", question}, {"who", who}})});
  }
  return line;
}

void Explainer::add_sets(Lines& lines) const
{
  if (auto const& reasons = proof_.minimal_reasons; reasons && !reasons->sets.empty()) {
    ExplanationLine line{"heading", {}, words_.say("proof_alone")};
    for (auto const& set : reasons->sets) {
      std::string names;
      for (auto const& name : set) (names += names.empty() ? "" : "; ") += fact_label(name);
      line.parts.push_back({"set", {}, names.empty() ? words_.say("proof_alone_none") : std::move(names)});
    }
    if (reasons->truncated) line.parts.push_back({"note", {}, words_.say("proof_more_sets")});
    lines.push_back(std::move(line));
  }
  auto const& why_not = proof_.why_not;
  if (!why_not || why_not->given || why_not->sets.empty()) return;
  ExplanationLine line{
      "heading", {}, words_.say("proof_in_the_way", {{"answer", output_words(words_, why_not->answer)}})};
  for (auto const& set : why_not->sets) {
    std::string conditions;
    for (auto const& condition : set.conditions)
      (conditions += conditions.empty() ? "" : "; ") += condition_words(condition);
    line.parts.push_back(
        {"set",
         {},
         set.rule == 0 ? words_.say("proof_in_the_way_default", {{"conditions", conditions}})
                       : words_.say("proof_in_the_way_rule", {{"number", set.rule}, {"conditions", conditions}})});
  }
  if (why_not->truncated) line.parts.push_back({"note", {}, words_.say("proof_more_sets")});
  lines.push_back(std::move(line));
}

void Explainer::officer(ExplanationPage& page)
{
  auto& lines = page.lines;
  auto const& verdict = proof_.verdict;
  for (auto& note : outcome_notes(words_, verdict)) lines.push_back({"note", {}, std::move(note)});
  if (verdict.possible.approximate) note(lines, "proof_approximate");
  if (!verdict.uncertain.empty()) {
    std::vector<std::string> names;
    for (auto const& name : verdict.uncertain) names.push_back(fact_label(name));
    note(lines, "cannot_be_known", {{"facts", words_.listed(names)}});
  }
  auto const date = [&](Date day) { return words_.catalogue.date(day); };
  if (proof_.on) note(lines, "proof_on", {{"date", date(*proof_.on)}});
  if (proof_.law_on && proof_.law_on != proof_.on) note(lines, "proof_law_on", {{"date", date(*proof_.law_on)}});
  if (proof_.known_on) note(lines, "proof_known_on", {{"date", date(*proof_.known_on)}});
  if (proof_.by_completions) note(lines, "proof_by_completions");
  if (!verdict.missing.empty()) lines.push_back(questions());
  add_sets(lines);
  if (!proof_.steps.empty()) {
    auto const& root = proof_.steps.front();
    shown_.push_back(root.written->decision);
    if (root.written->policy.empty()) {
      auto below = step_lines(root);
      std::move(below.begin(), below.end(), std::back_inserter(lines));
    } else {
      law_lines(root.written->citations, lines);
      rule_group(root, "proof_rules_applies", {RuleState::applies}, lines);
      rule_group(root, "proof_rules_possible", {RuleState::possible}, lines);
      rule_group(root, "proof_rules_out", {RuleState::out, RuleState::not_reached, RuleState::excluded}, lines);
    }
  }
  note(lines, "findings_only");
}

}  // namespace tutela::detail
