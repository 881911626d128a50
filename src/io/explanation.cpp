// SPDX-License-Identifier: Apache-2.0
/// \file
/// Verdicts in words.
#include <tutela/io/explanation.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <tutela/base/diagnostic.hpp>
#include <tutela/engine/assessment.hpp>

#include "io/explanation_lines.hpp"
#include "io/words.hpp"

namespace tutela::detail {
namespace {

using Lines = std::vector<ExplanationLine>;

/// The answer of a verdict in a word or two.
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

std::string possibilities(Words const& words, Domain const& domain)
{
  if (domain.kind == Domain::Kind::range) return to_string(Value(domain.range));
  std::vector<std::string> answers;
  for (auto const& value : domain.values)
    answers.push_back(value.is(Kind::error) ? words.say("answer_error") : output_words(words, value));
  return words.listed(answers);
}

/// The message that says why an answer is refused.
std::string_view refusal_key(Verdict const& verdict)
{
  return verdict.refusal == Refusal::material_neglect ? "refused_neglect_explained" : "refused_explained";
}

/// What the outcome says beside the answer: what is still possible, why there is no answer.
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

/// Act and article, with grade and date of the text for those who check them.
std::string graded_law(Words const& words, Citation const& citation)
{
  auto line = words.law(citation) + " (" + words.say("grade_" + std::string(to_string(citation.grade)));
  if (citation.text_date) line += ", " + words.say("text_of", {{"date", words.catalogue.date(*citation.text_date)}});
  return line + ")";
}

std::string_view name_of(Truth truth) { return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown"; }

/// Adds a line unless its words are there.
void add_once(Lines& lines, std::string_view kind, std::string words)
{
  for (auto const& line : lines)
    if (line.text == words) return;
  lines.push_back({kind, {}, std::move(words)});
}

/// What all three views share: the proof, its names in the language, and who may see what.
class Explainer {
 public:
  Explainer(Proof const& proof, ExplanationOptions const& options)
      : proof_(proof), options_(options), words_(options.language)
  {
  }

  ExplanationPage page();

 private:
  // What the reader may see.
  bool shows(std::string const& fact) const;
  bool shows(ProofCondition const& condition) const;
  bool shows(ProofRule const& rule) const;
  bool shows_all(std::vector<std::string> const& facts, std::vector<std::string> const& decisions) const;
  bool withholds() const;
  bool speaks(ProofStep const& step, ProofRule const& rule) const;

  // Parts of a line.
  std::string label(std::string_view name) const;
  std::string fact_label(std::string const& name) const;
  std::string fact_value(ProofFact const& fact) const;
  std::string condition_words(ProofCondition const& condition) const;
  std::string rule_words(ProofRule const& rule) const;
  std::string answer_of_step(ProofStep const& step) const;

  // Lines of the officer's view.
  void officer(ExplanationPage& page);
  ExplanationLine fact_line(std::string const& name) const;
  ExplanationLine condition_line(ProofCondition const& condition);
  ExplanationLine rule_line(ProofRule const& rule);
  Lines step_lines(ProofStep const& step);
  void law_lines(std::vector<Citation> const& citations, Lines& lines) const;
  Lines decision_lines(std::vector<std::string> const& names);
  void rule_group(ProofStep const& step, std::string_view key, std::initializer_list<RuleState> states, Lines& lines);
  void add_sets(Lines& lines) const;
  ExplanationLine questions() const;

  // Lines of the family's and the child's view.
  void family(ExplanationPage& page) const;
  void child(ExplanationPage& page) const;
  Lines known_facts() const;
  Lines holding_conditions() const;
  Lines needed() const;
  Lines laws() const;
  Lines duties() const;
  void note(Lines& lines, std::string_view key, std::vector<Argument> const& arguments = {}) const;
  void group(Lines& lines, std::string_view key, Lines parts, std::vector<Argument> const& arguments = {}) const;

  Proof const& proof_;
  ExplanationOptions const& options_;
  Words words_;
  std::vector<std::string> shown_;  ///< Decisions whose rules were printed already.
};

// --- what the reader may see

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

// --- the officer

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

// --- the family and the child

void Explainer::note(Lines& lines, std::string_view key, std::vector<Argument> const& arguments) const
{
  lines.push_back({"note", {}, words_.say(key, arguments)});
}

void Explainer::group(Lines& lines, std::string_view key, Lines parts, std::vector<Argument> const& arguments) const
{
  if (!parts.empty()) lines.push_back({"heading", {}, words_.say(key, arguments), std::move(parts)});
}

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

// Ages at which the child's page changes; docs/explanations.md says why these.
constexpr int reads_alone = 10;
constexpr int acts_for_oneself = 14;
constexpr int of_age = 18;

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

}  // namespace
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
