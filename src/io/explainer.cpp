// SPDX-License-Identifier: Apache-2.0
/// \file
/// Answers, facts and conditions in words, as far as the reader may see them.
#include "io/explainer.hpp"

#include <algorithm>
#include <utility>

#include <tutela/engine/assessment.hpp>

namespace tutela::detail {
namespace {

std::string possibilities(Words const& words, Domain const& domain)
{
  if (domain.kind == Domain::Kind::range) return to_string(Value(domain.range));
  std::vector<std::string> answers;
  for (auto const& value : domain.values)
    answers.push_back(value.is(Kind::error) ? words.say("answer_error") : output_words(words, value));
  return words.listed(answers);
}

}  // namespace

std::string answer_words(Words const& words, Verdict const& verdict)
{
  switch (answer_of(verdict)) {
    case Answer::yes:
    case Answer::no:
    case Answer::value: return words.value(verdict.value);
    default: return words.say("answer_" + std::string(to_string(answer_of(verdict))));
  }
}

std::string output_words(Words const& words, Value const& value)
{
  return value.is_none() ? words.say("answer_no_rule") : words.value(value);
}

std::string_view refusal_key(Verdict const& verdict)
{
  return verdict.refusal == Refusal::material_neglect ? "refused_neglect_explained" : "refused_explained";
}

std::vector<std::string> outcome_notes(Words const& words, Verdict const& verdict)
{
  auto notes = words.cautions(verdict);  // before anything else is said or asked
  if (verdict.outcome == Outcome::no_law_in_force || verdict.outcome == Outcome::rule_not_available)
    notes.push_back(words.say("outcome_" + std::string(to_string(verdict.outcome))));
  if (verdict.outcome == Outcome::rule_not_available && !verdict.jurisdiction.empty())
    notes.push_back(words.say("no_rule_in", {{"jurisdiction", verdict.jurisdiction}}));
  if (verdict.outcome == Outcome::refused) notes.push_back(words.say(refusal_key(verdict)));
  if (verdict.fault) notes.push_back(words.fault(verdict.fault->what));
  if (verdict.outcome == Outcome::unknown || verdict.outcome == Outcome::undeterminable) {
    auto const open = possibilities(words, verdict.possible);
    if (!open.empty()) notes.push_back(words.say("still_possible", {{"answers", open}}));
  }
  return notes;
}

std::string graded_law(Words const& words, Citation const& citation)
{
  auto line = words.law(citation) + " (" + words.say("grade_" + std::string(to_string(citation.grade)));
  if (citation.text_date) line += ", " + words.say("text_of", {{"date", words.catalogue.date(*citation.text_date)}});
  return line + ")";
}

void add_once(Lines& lines, std::string_view kind, std::string words)
{
  for (auto const& line : lines)
    if (line.text == words) return;
  lines.push_back({kind, {}, std::move(words)});
}

bool Explainer::shows(std::string const& name) const
{
  if (options_.view == View::officer) return true;
  auto const* fact = proof_.fact(name);
  if (fact == nullptr) return false;
  auto const& declared = *fact->declaration;
  if (declared.category == "violence" || declared.asked_of == AskedOf::trained_interviewer) return false;
  if (options_.view == View::child)
    return declared.about == Subject::person && declared.sensitivity != Sensitivity::sensitive;
  // What a child says is not passed on to the family on paper.
  return declared.asked_of != AskedOf::child &&
         (declared.about == Subject::person || declared.about == Subject::family);
}

bool Explainer::shows_all(std::vector<std::string> const& facts, std::vector<std::string> const& decisions) const
{
  if (options_.view == View::officer) return true;
  if (!std::all_of(facts.begin(), facts.end(), [&](std::string const& name) { return shows(name); })) return false;
  // Everything below counts: what a decision came to tells about the facts it rests on.
  std::vector<std::string> open(decisions);
  std::vector<std::string> seen;
  while (!open.empty()) {
    auto const name = open.back();
    open.pop_back();
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
    seen.push_back(name);
    auto const* step = proof_.step(name);
    if (step == nullptr) return false;
    if (!std::all_of(step->written->facts.begin(), step->written->facts.end(),
                     [&](std::string const& fact) { return shows(fact); }))
      return false;
    open.insert(open.end(), step->written->decisions.begin(), step->written->decisions.end());
  }
  return true;
}

bool Explainer::shows(ProofCondition const& condition) const
{
  return shows_all(condition.written->facts, condition.written->decisions);
}

bool Explainer::shows(ProofRule const& rule) const
{
  return std::all_of(rule.conditions.begin(), rule.conditions.end(),
                     [&](ProofCondition const& condition) { return shows(condition); });
}

bool Explainer::withholds() const
{
  return std::any_of(proof_.facts.begin(), proof_.facts.end(), [&](ProofFact const& fact) {
    return fact.value.state() != State::unknown && !shows(fact.declaration->name);
  });
}

/// True for a rule that gives the answer of its step and rests on nothing that is withheld. Whether another rule was
/// met first plays no part: that could tell about withheld facts.
bool Explainer::speaks(ProofStep const& step, ProofRule const& rule) const
{
  bool const holds = std::all_of(rule.conditions.begin(), rule.conditions.end(),
                                 [](ProofCondition const& condition) { return condition.holds == Truth::yes; });
  return rule.written->number != 0 && holds && shows(rule) && rule.output == step.value;
}

// --- parts of a line

std::string Explainer::label(std::string_view name) const
{
  if (auto const* fact = proof_.fact(name))
    return fact->declaration->label.empty() ? std::string() : fact->declaration->label.in(options_.language);
  auto const* step = proof_.step(name);
  return step == nullptr ? std::string() : step->written->label.in(options_.language);
}

std::string Explainer::fact_label(std::string const& name) const
{
  auto const known = label(name);
  return known.empty() ? name : known;
}

std::string Explainer::fact_value(ProofFact const& fact) const
{
  auto const* unknown = fact.value.as_unknown();
  if (unknown != nullptr && unknown->domain.kind == Domain::Kind::set)
    return words_.say("value_one_of", {{"values", possibilities(words_, unknown->domain)}});
  if (unknown != nullptr && unknown->domain.kind == Domain::Kind::range)
    return words_.say("value_one_of", {{"values", to_string(Value(unknown->domain.range))}});
  auto const value = words_.value(fact.value);
  return fact.value.is(Kind::number) ? words_.with_unit(value, *fact.value.as_number(), fact.declaration->unit) : value;
}

std::string Explainer::condition_words(ProofCondition const& condition) const
{
  auto const test = words_.test(condition.written->test);
  auto const subject = words_.subject(condition.written->input, [&](std::string_view name) { return label(name); });
  if (!subject.empty()) return words_.say("condition", {{"subject", subject}, {"test", test}});
  std::vector<std::string> names;
  for (auto const& name : condition.written->facts) names.push_back(fact_label(name));
  for (auto const& name : condition.written->decisions) names.push_back(fact_label(name));
  return words_.say("condition_computed", {{"facts", words_.listed(names)}, {"test", test}});
}

std::string Explainer::rule_words(ProofRule const& rule) const
{
  auto const answer = rule.output ? output_words(words_, *rule.output) : words_.say("answer_computed");
  if (rule.written->number == 0)
    return words_.say(rule.state == RuleState::applies ? "rule_default" : "rule_default_possible",
                      {{"answer", answer}});
  auto const key = "rule_" + std::string(to_string(rule.state));
  bool const answers = rule.state != RuleState::not_reached && rule.state != RuleState::excluded;
  return answers ? words_.say(key, {{"number", rule.written->number}, {"answer", answer}})
                 : words_.say(key, {{"number", rule.written->number}});
}

std::string Explainer::answer_of_step(ProofStep const& step) const
{
  if (step.value.is(Kind::error)) return words_.say("answer_error");
  return output_words(words_, step.value);
}

void Explainer::note(Lines& lines, std::string_view key, std::vector<Argument> const& arguments) const
{
  lines.push_back({"note", {}, words_.say(key, arguments)});
}

void Explainer::group(Lines& lines, std::string_view key, Lines parts, std::vector<Argument> const& arguments) const
{
  if (!parts.empty()) lines.push_back({"heading", {}, words_.say(key, arguments), std::move(parts)});
}

}  // namespace tutela::detail
