// SPDX-License-Identifier: Apache-2.0
/// \file
/// The next question, an answer over time, what could change it, and what is to be said about a pack.

#include <utility>

#include <tutela/io/comparison.hpp>
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
