// SPDX-License-Identifier: Apache-2.0
/// \file
/// Verdicts in words.
#include <tutela/io/explanation.hpp>

#include <tutela/base/diagnostic.hpp>

#include "io/explainer.hpp"

namespace tutela::detail {

ExplanationPage Explainer::page()
{
  ExplanationPage page;
  auto const& verdict = proof_.verdict;
  auto const label = verdict.label.empty() ? verdict.decision : verdict.label.in(options_.language);
  page.decision = verdict.decision;
  switch (options_.view) {
    case View::officer:
      page.title = words_.say("decision_value", {{"decision", label}, {"answer", answer_words(words_, verdict)}});
      officer(page);
      break;
    case View::family:
      page.title = label;
      family(page);
      break;
    case View::child: child(page); break;
  }
  return page;
}

}  // namespace tutela::detail

namespace tutela::inline v0 {

std::string_view to_string(View view) noexcept
{
  return view == View::officer ? "officer" : view == View::family ? "family" : "child";
}

std::optional<View> parse_view(std::string_view name) noexcept
{
  for (auto const view : {View::officer, View::family, View::child})
    if (to_string(view) == name) return view;
  return std::nullopt;
}

namespace {

/// The proof as it is told: with FIRST nobody comes to a rule behind one that may apply, unless that one does not.
Proof told(Proof proof)
{
  for (auto& step : proof.steps) {
    if (step.written->policy != "FIRST") continue;
    bool behind = false;
    for (auto& rule : step.rules) {
      if (behind && rule.state == RuleState::applies) rule.state = RuleState::possible;
      behind = behind || rule.state == RuleState::possible;
    }
  }
  return proof;
}

}  // namespace

std::string explain(Proof const& proof, ExplanationOptions const& options)
{
  bool const child = options.view == View::child;
  if (child && (!options.age || *options.age < 0 || *options.age >= detail::of_age))
    throw ContractViolation("an explanation for the child needs an age from 0 to 17");
  auto const shown = told(proof);
  auto const page = detail::Explainer(shown, options).page();
  switch (options.format) {
    case ExplanationFormat::text: return detail::print_text(page);
    case ExplanationFormat::html: return detail::print_html(page, options);
    case ExplanationFormat::json: break;
  }
  return detail::print_json(page, options, options.view == View::officer ? &proof : nullptr);
}

std::string explain(Verdict const& verdict, Language language)
{
  using namespace detail;
  Words const words(language);
  auto const name = verdict.label.empty() ? verdict.decision : verdict.label.in(language);
  ExplanationPage page{verdict.decision,
                       words.say("decision_value", {{"decision", name}, {"answer", answer_words(words, verdict)}}),
                       {}};
  auto add = [&](std::string line) { page.lines.push_back({"note", {}, std::move(line)}); };
  for (auto& note : outcome_notes(words, verdict)) add(std::move(note));
  if (!verdict.missing.empty()) add(words.say("depends_on", {{"facts", words.listed(verdict.missing)}}));
  if (!verdict.uncertain.empty()) add(words.say("cannot_be_known", {{"facts", words.listed(verdict.uncertain)}}));
  if (!verdict.reasons.empty()) add(words.say("why"));
  for (auto const& reason : verdict.reasons) {
    std::string conditions;
    for (auto const& condition : reason.conditions) (conditions += conditions.empty() ? "" : "; ") += condition;
    if (conditions.empty()) conditions = reason.label.empty() ? words.say("reason_default") : reason.label.in(language);
    add((reason.applies == Truth::yes ? "- " : "- ? ") + conditions + " -> " + output_words(words, reason.output));
    for (auto const& citation : reason.citations)
      add("  " + words.say("from_article") + " " + graded_law(words, citation));
    for (auto const& duty : reason.duties) add("  " + words.duty(duty));
  }
  add(words.say("findings_only"));
  return print_text(page);
}

}  // namespace tutela::inline v0
