// SPDX-License-Identifier: Apache-2.0
/// \file
/// Verdicts in words.
#include <tutela/io/explanation.hpp>

#include <vector>

#include <tutela/engine/assessment.hpp>

#include "io/report_parts.hpp"

namespace tutela::inline v0 {

namespace {

// The words of the report, without cases: what a verdict says depends on nothing but itself and the language.
class Words {
 public:
  explicit Words(Language language)
      : options_{.language = language, .networks = {}, .packs = {}, .instruments = {}, .cases = {}}
  {
  }
  Words(Words const&) = delete;
  Words& operator=(Words const&) = delete;

  detail::ReportContext const* operator->() const { return &report_; }

 private:
  Knowledge knowledge_;
  std::vector<Case> cases_;
  std::vector<Assessment> assessments_;
  ReportOptions options_;
  detail::ReportContext report_{knowledge_, cases_, assessments_, options_};
};

std::string answer(Words const& words, Verdict const& verdict)
{
  switch (answer_of(verdict)) {
    case Answer::yes:
    case Answer::no:
    case Answer::value: return words->value(verdict.value);
    default: return words->say("answer_" + std::string(to_string(answer_of(verdict))));
  }
}

std::string article(Words const& words, Citation const& citation)
{
  std::string line = citation.act;
  if (!citation.article.empty()) line += ", " + citation.article;
  line += " (" + words->say("grade_" + std::string(to_string(citation.grade)));
  if (citation.text_date) line += ", " + words->say("text_of", {{"date", words->catalogue.date(*citation.text_date)}});
  return line + ")";
}

std::string output(Words const& words, Value const& value)
{
  return value.is_none() ? words->say("answer_no_rule") : words->value(value);
}

std::string possibilities(Words const& words, Domain const& domain)
{
  if (domain.kind == Domain::Kind::range) return to_string(Value(domain.range));
  std::vector<std::string> answers;
  for (Value const& value : domain.values) answers.push_back(output(words, value));
  return words->listed(answers);
}

std::string lines_of(Words const& words, Reason const& reason)
{
  std::string line = reason.applies == Truth::yes ? "- " : "- ? ";
  if (reason.conditions.empty()) {
    line += reason.label.empty() ? words->say("reason_default") : reason.label.in(words->language);
  } else {
    for (std::size_t i = 0; i < reason.conditions.size(); ++i) line += (i == 0 ? "" : "; ") + reason.conditions[i];
  }
  line += " -> " + output(words, reason.output) + "\n";
  for (Citation const& citation : reason.citations)
    line += "  " + words->say("from_article") + " " + article(words, citation) + "\n";
  for (Duty const& duty : reason.duties) {
    std::string const clock = duty.clock.empty()
                                  ? words->say("duty_without_clock")
                                  : words->say("duty_clock", {{"clock", words->code_word("clock", duty.clock)}});
    line += "  " + clock +
            (duty.to.empty() ? "" : ", " + words->say("duty_to", {{"to", words->code_word("to", duty.to)}})) + "\n";
  }
  return line;
}

}  // namespace

std::string explain(Verdict const& verdict, Language language)
{
  Words const words(language);
  std::string const name = verdict.label.empty() ? verdict.decision : verdict.label.in(language);
  std::string text = name + ": " + answer(words, verdict) + "\n";
  if (verdict.outcome == Outcome::no_law_in_force) text += words->say("outcome_no_law_in_force") + "\n";
  if (verdict.outcome == Outcome::rule_not_available) text += words->say("outcome_rule_not_available") + "\n";
  if (verdict.outcome == Outcome::refused) text += words->say("refused_explained") + "\n";
  if (verdict.fault) text += verdict.fault->what + "\n";
  if (verdict.outcome == Outcome::unknown || verdict.outcome == Outcome::undeterminable) {
    std::string const open = possibilities(words, verdict.possible);
    if (!open.empty()) text += words->say("still_possible", {{"answers", open}}) + "\n";
  }
  if (!verdict.missing.empty()) text += words->say("depends_on", {{"facts", words->listed(verdict.missing)}}) + "\n";
  if (!verdict.uncertain.empty())
    text += words->say("cannot_be_known", {{"facts", words->listed(verdict.uncertain)}}) + "\n";
  if (!verdict.reasons.empty()) text += words->say("why") + "\n";
  for (Reason const& reason : verdict.reasons) text += lines_of(words, reason);
  return text + words->say("findings_only") + "\n";
}

}  // namespace tutela::inline v0
