// SPDX-License-Identifier: Apache-2.0
/// \file
/// The next question, an answer over time, what could change it, and what is to be said about a pack.

#include <array>
#include <utility>

#include <tutela/io/comparison.hpp>
#include <tutela/io/explanation.hpp>
#include <tutela/io/interview.hpp>
#include "capi/handles.hpp"

using namespace tutela::detail;

namespace {

tutela::AskOptions ask_options_from(tutela_ask_options const& wanted, Asking asking)
{
  tutela::AskOptions how;
  how.decide = std::move(asking.options);
  how.decide.decisions = texts_from(wanted.decisions, wanted.decision_count, "the decisions");
  auto const facts = texts_from(wanted.held_facts, wanted.held_count, "the held facts");
  auto const holders = texts_from(wanted.holders, wanted.held_count, "the holders");
  for (std::size_t i = 0; i < facts.size(); ++i) how.holdings.push_back({facts[i], holders[i], true});
  return how;
}

/// A day that must be there.
tutela::Date day_from(tutela_date const& given, char const* what)
{
  auto const day = date_from(given, what);
  if (!day) throw tutela::ContractViolation(std::string(what) + " is missing");
  return *day;
}

/// The entry that a number of the caller's names. \throws Error when there is none.
template <class T, std::size_t size>
T chosen_from(std::int32_t number, std::array<T, size> const& all, std::string const& what)
{
  if (number < 0 || static_cast<std::size_t>(number) >= size)
    refuse(tutela::Code::not_allowed, what + " is none of the constants", "use one of them; 0 is the first");
  return all[static_cast<std::size_t>(number)];
}

tutela::ExplanationOptions explanation_from(tutela_explain_options const& wanted)
{
  using tutela::ExplanationFormat;
  using tutela::View;
  tutela::ExplanationOptions how;
  how.language = language_from(wanted.language);
  how.view = chosen_from(wanted.reader, std::array{View::officer, View::family, View::child}, "the reader");
  how.format = chosen_from(
      wanted.form, std::array{ExplanationFormat::text, ExplanationFormat::html, ExplanationFormat::json}, "the form");
  how.contact = text_from(wanted.contact, "the contact");
  if (how.view == View::child && (wanted.age < 0 || wanted.age > 17))
    refuse(tutela::Code::invalid_request, "a page for a child needs the age in completed years", "give 0 to 17");
  if (how.view == View::child) how.age = wanted.age;
  return how;
}

}  // namespace

tutela_status tutela_session_ask(tutela_session* session, tutela_ask_options const* options, tutela_text* json,
                                 tutela_error** error)
try {
  begin(error);
  output(json);
  tutela::Session& asked = checked(session, HandleTag::session).session;
  tutela_ask_options const wanted = sized(options, tutela_ask_options TUTELA_ASK_OPTIONS_INIT);
  Asking asking = asking_from(wanted.decide);
  auto const on = asking.on;
  auto const how = ask_options_from(wanted, std::move(asking));
  give_text(json, tutela::write_questions(tutela::ask(asked.pack(), asked.record(), on, how)));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_session_timeline(tutela_session* session, char const* decision, size_t length, tutela_date start,
                                      tutela_date end, tutela_decide_options const* options, tutela_text* json,
                                      tutela_error** error)
try {
  begin(error);
  output(json);
  tutela::Session& asked = checked(session, HandleTag::session).session;
  std::string const name = name_from(decision, length, "the name of the decision");
  Asking const asking = asking_from(options);
  give_text(json, tutela::write_timeline(tutela::timeline(asked.pack(), asked.record(), name, day_from(start, "start"),
                                                          day_from(end, "end"), asking.options)));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_session_counterfactual(tutela_session* session, char const* decision, size_t length,
                                            tutela_decide_options const* options, tutela_text* json,
                                            tutela_error** error)
try {
  begin(error);
  output(json);
  tutela::Session& asked = checked(session, HandleTag::session).session;
  std::string const name = name_from(decision, length, "the name of the decision");
  Asking asking = asking_from(options);
  tutela::CounterfactualOptions how;
  how.decide = std::move(asking.options);
  give_text(json,
            tutela::write_counterfactuals(tutela::counterfactual(asked.pack(), asked.record(), name, asking.on, how)));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_session_explain(tutela_session* session, char const* decision, size_t length,
                                     tutela_explain_options const* options, tutela_text* text, tutela_error** error)
try {
  begin(error);
  output(text);
  tutela::Session& asked = checked(session, HandleTag::session).session;
  std::string const name = name_from(decision, length, "the name of the decision");
  tutela_explain_options const wanted = sized(options, tutela_explain_options TUTELA_EXPLAIN_OPTIONS_INIT);
  auto const how = explanation_from(wanted);
  Asking const asking = asking_from(wanted.decide);
  tutela::ProofParts const parts{true, tutela::Value(true)};
  give_text(text, tutela::explain(asked.pack().prove(name, asked.record(), asking.on, asking.options, parts), how));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_pack_check(tutela_pack const* pack, tutela_limits const* limits, tutela_error** findings,
                                tutela_error** error)
try {
  begin(error);
  output(findings) = nullptr;
  tutela::Pack const& checked_pack = checked(pack, HandleTag::pack).pack;
  std::vector<tutela::Diagnostic> found;
  for (tutela::PackFinding& finding : checked_pack.check(limits_from(limits)).findings)
    found.push_back(std::move(finding.diagnostic));
  if (found.empty()) return TUTELA_OK;
  std::string message = tutela::to_string(found);
  *findings = new tutela_error{.diagnostics = std::move(found), .message = std::move(message)};
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_pack_compare(tutela_pack const* before, tutela_pack const* after, tutela_date const* on,
                                  tutela_text* lines, tutela_error** error)
try {
  begin(error);
  output(lines);
  tutela::CompareOptions how;
  if (on != nullptr) how.on = date_from(*on, "on");
  give_text(lines, tutela::write_comparison(tutela::compare(checked(before, HandleTag::pack).pack,
                                                            checked(after, HandleTag::pack).pack, how)));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}
