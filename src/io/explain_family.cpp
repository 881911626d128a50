// SPDX-License-Identifier: Apache-2.0
/// \file
/// The family's and the child's view of a proof.
#include <algorithm>
#include <utility>

#include <tutela/engine/assessment.hpp>

#include "io/explainer.hpp"

namespace tutela::detail {
namespace {

// Ages at which the child's page changes; docs/explanations.md says why these.
constexpr int reads_alone = 10;
constexpr int acts_for_oneself = 14;

}  // namespace

/// The facts that the reader may see and that are known, with their values.
Lines Explainer::known_facts() const
{
  Lines lines;
  for (auto const& fact : proof_.facts) {
    auto const& name = fact.declaration->name;
    auto const state = fact.value.state();
    if (!shows(name) || (state != State::known && state != State::none)) continue;
    lines.push_back({"fact", {}, words_.say("fact_value", {{"fact", fact_label(name)}, {"value", fact_value(fact)}})});
  }
  return lines;
}

/// The conditions of the rules that give the answer, through the decisions below.
Lines Explainer::holding_conditions() const
{
  Lines lines;
  for (auto const& step : proof_.steps) {
    if (&step != &proof_.steps.front() && !shows_all({}, {step.written->decision})) continue;
    for (auto const& rule : step.rules) {
      if (!speaks(step, rule)) continue;
      // A condition on a decision below is told by the conditions there.
      for (auto const& condition : rule.conditions)
        if (!condition.written->facts.empty()) add_once(lines, "condition", condition_words(condition));
    }
  }
  return lines;
}

/// What would have to hold for the wanted answer. Nothing when anything is withheld: which sets are enough depends on
/// all facts.
Lines Explainer::needed() const
{
  Lines lines;
  if (!proof_.why_not || proof_.why_not->given || proof_.steps.empty()) return lines;
  auto const& root = proof_.steps.front();
  if (!shows_all(root.written->facts, root.written->decisions)) return lines;
  for (auto const& set : proof_.why_not->sets) {
    std::string words;
    for (auto const& condition : set.conditions) (words += words.empty() ? "" : "; ") += condition_words(condition);
    if (set.rule != 0) add_once(lines, "set", std::move(words));
  }
  return lines;
}

Lines Explainer::laws() const
{
  Lines lines;
  auto add = [&](std::vector<Citation> const& citations) {
    for (auto const& citation : citations) add_once(lines, "law", words_.law(citation));
  };
  if (proof_.steps.empty()) return lines;
  add(proof_.steps.front().written->citations);
  for (auto const& rule : proof_.steps.front().rules)
    if (speaks(proof_.steps.front(), rule)) add(rule.written->citations);
  return lines;
}

Lines Explainer::duties() const
{
  Lines lines;
  if (proof_.steps.empty()) return lines;
  for (auto const& rule : proof_.steps.front().rules)
    if (speaks(proof_.steps.front(), rule))
      for (auto const& duty : rule.written->duties) lines.push_back({"duty", {}, words_.duty(duty)});
  return lines;
}

void Explainer::family(ExplanationPage& page) const
{
  auto& lines = page.lines;
  auto const& verdict = proof_.verdict;
  switch (answer_of(verdict)) {
    case Answer::yes:
    case Answer::no:
    case Answer::value:
    case Answer::no_rule: note(lines, "family_answer", {{"answer", answer_words(words_, verdict)}}); break;
    case Answer::unknown: note(lines, "family_open"); break;
    case Answer::undeterminable: note(lines, "family_human"); break;
    case Answer::refused:
      note(lines, "family_human");
      // Neglect may be what somebody else reported.
      if (verdict.refusal != Refusal::material_neglect ||
          std::all_of(verdict.rests_on.begin(), verdict.rests_on.end(), [&](auto const& name) { return shows(name); }))
        note(lines, refusal_key(verdict));
      break;
    case Answer::not_available: note(lines, "family_no_rule"); break;
    case Answer::error: note(lines, "family_error"); break;
  }
  group(lines, "family_looked_at", known_facts());
  if (verdict.outcome == Outcome::known) group(lines, "family_speaks", holding_conditions());
  if (verdict.outcome == Outcome::known && proof_.why_not)
    group(lines, "family_needed", needed(), {{"answer", output_words(words_, proof_.why_not->answer)}});
  if (withholds()) note(lines, "family_withheld");
  Lines help;
  Lines bring;
  bool other = false;
  for (auto const& name : verdict.missing) {
    auto const* fact = proof_.fact(name);
    if (fact == nullptr || !shows(name)) {
      other = true;
      continue;
    }
    auto const question = fact->declaration->question.in(options_.language);
    if (fact->declaration->asked_of == AskedOf::adult)
      help.push_back({"ask", {}, question.empty() ? fact_label(name) : question});
    else
      bring.push_back({"ask", {}, fact_label(name)});
  }
  group(lines, "family_help", std::move(help));
  group(lines, "family_bring", std::move(bring));
  if (other) note(lines, "family_wait");
  group(lines, "family_duties", duties());
  group(lines, "family_law", laws());
  if (options_.contact.empty())
    note(lines, "family_turn_default");
  else
    note(lines, "family_turn", {{"contact", options_.contact}});
  note(lines, "family_voice");
}

void Explainer::child(ExplanationPage& page) const
{
  auto& lines = page.lines;
  auto const& verdict = proof_.verdict;
  auto const age = *options_.age;
  auto const& categories = verdict.categories;
  bool const in_person = std::any_of(proof_.steps.begin(), proof_.steps.end(),
                                     [](ProofStep const& step) { return step.written->separation; }) ||
                         std::find(categories.begin(), categories.end(), "violence") != categories.end();
  if (age < reads_alone) note(lines, "child_together");
  if (in_person) {
    page.decision.clear();
    note(lines, "child_in_person");
  } else {
    note(lines, "child_question", {{"decision", verdict.label.in(options_.language)}});
    switch (answer_of(verdict)) {
      case Answer::yes:
      case Answer::no:
      case Answer::value:
      case Answer::no_rule: note(lines, "child_answer", {{"answer", answer_words(words_, verdict)}}); break;
      case Answer::unknown: note(lines, "child_open"); break;
      default: note(lines, "child_human");
    }
    auto facts = known_facts();
    bool const more = withholds() || age < reads_alone;
    if (age >= reads_alone) group(lines, "child_looked_at", std::move(facts));
    if (more) note(lines, "child_more");
    Lines tell;
    for (auto const& name : verdict.missing) {
      auto const* fact = proof_.fact(name);
      if (fact != nullptr && fact->declaration->asked_of == AskedOf::child && shows(name))
        tell.push_back({"ask", {}, fact_label(name)});
    }
    if (!tell.empty()) {
      group(lines, "child_tell", std::move(tell));
      note(lines, "child_free");
    }
    if (age >= acts_for_oneself) group(lines, "child_law", laws());
  }
  note(lines, "child_voice");
  note(lines, "child_person");
  if (options_.contact.empty())
    note(lines, "child_turn_default");
  else
    note(lines, "child_turn", {{"contact", options_.contact}});
  note(lines, "child_safe");
}

}  // namespace tutela::detail
