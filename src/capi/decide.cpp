// SPDX-License-Identifier: Apache-2.0
/// \file
/// Decisions from the facts of a session, and from JSON.

#include <algorithm>
#include <utility>

#include <tutela/io/assessment.hpp>
#include <tutela/io/case.hpp>
#include "capi/handles.hpp"
#include "capi/row.hpp"
#include "capi/verdict.hpp"

using namespace tutela::detail;

namespace {

tutela::PreparedDecision prepare(tutela::Pack const& pack, char const* name, std::size_t length,
                                 tutela_decide_options const* options)
{
  std::string const decision = name_from(name, length, "the name of the decision");
  Asking const asking = asking_from(options);
  return {pack, decision, asking.on, asking.options};
}

/// Every fact that is wrong, with its case. \throws Error when there is any.
void check_cases(tutela::Pack const& pack, std::vector<tutela::Case> const& cases, std::optional<tutela::Date> on)
{
  std::vector<tutela::Diagnostic> wrong;
  for (tutela::Case const& item : cases) {
    for (tutela::Diagnostic& found : pack.check_facts(item.facts, on)) {
      if (found.severity != tutela::Severity::error) continue;
      found.place.pointer = "/" + item.id.text() + "/" + found.place.pointer;
      wrong.push_back(std::move(found));
    }
  }
  if (!wrong.empty()) throw tutela::Error(std::move(wrong));
}

/// A value as JSON; a plain text without a detour, because such answers are asked for millions of times.
void write_answer(tutela::Value const& value, std::string& json)
{
  std::string const* text = value.as_string();
  auto const needs_escape = [](char letter) {
    return static_cast<unsigned char>(letter) < 0x20 || letter == '"' || letter == '\\';
  };
  if (text == nullptr || std::any_of(text->begin(), text->end(), needs_escape)) {
    json = tutela::write_value(value);
    return;
  }
  json = '"';
  json += *text;
  json += '"';
}

/// Fills in the answer to a decision. \throws ContractViolation where the decision is of another pack.
void give_answer(tutela_session& asked, tutela_decision const& decision, tutela_answer* answer)
{
  tutela::BareVerdict const bare = asked.session.decide(decision.prepared);
  bool const known = bare.outcome() == tutela::Outcome::known;
  bool const* boolean = known ? bare.value().as_boolean() : nullptr;
  std::string_view json;
  if (boolean != nullptr) {
    json = *boolean ? "true" : "false";
  } else if (known) {
    write_answer(bare.value(), asked.answer);
    json = asked.answer;
  }
  fill_sized(answer, tutela_answer TUTELA_ANSWER_INIT, [&](tutela_answer& filled) {
    filled.outcome = static_cast<tutela_outcome>(bare.outcome());
    filled.boolean = boolean != nullptr ? static_cast<int32_t>(*boolean) : -1;
    filled.reserved = 0;
    filled.value = view_of(json);
  });
}

}  // namespace

tutela_status tutela_decision_new(tutela_pack const* pack, char const* name, size_t length,
                                  tutela_decide_options const* options, tutela_decision** decision,
                                  tutela_error** error)
try {
  begin(error);
  output(decision) = nullptr;
  *decision = new tutela_decision{.prepared = prepare(checked(pack, HandleTag::pack).pack, name, length, options)};
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

void tutela_decision_free(tutela_decision* decision) { delete decision; }

tutela_status tutela_session_answer(tutela_session* session, tutela_decision const* decision, tutela_answer* answer,
                                    tutela_error** error)
try {
  begin(error);
  give_answer(checked(session, HandleTag::session), checked(decision, HandleTag::decision), answer);
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_session_answer_row(tutela_session* session, tutela_cell const* row, size_t count,
                                        tutela_decision const* decision, tutela_answer* answer, tutela_error** error)
try {
  begin(error);
  tutela_session& asked = checked(session, HandleTag::session);
  try {
    check_array(row, count, "the cells");
    set_row(asked, {row, count});
    if (decision != nullptr || answer != nullptr) give_answer(asked, checked(decision, HandleTag::decision), answer);
  } catch (...) {
    clear_facts(asked);
    throw;
  }
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_session_verdict(tutela_session* session, tutela_decision const* decision, tutela_verdict** verdict,
                                     tutela_error** error)
try {
  begin(error);
  output(verdict) = nullptr;
  tutela::Session& asked = checked(session, HandleTag::session).session;
  *verdict = make_verdict(asked.verdict(checked(decision, HandleTag::decision).prepared));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_session_decide(tutela_session* session, char const* decision, size_t length,
                                    tutela_decide_options const* options, tutela_verdict** verdict,
                                    tutela_error** error)
try {
  begin(error);
  output(verdict) = nullptr;
  tutela::Session& asked = checked(session, HandleTag::session).session;
  *verdict = make_verdict(asked.verdict(prepare(asked.pack(), decision, length, options)));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_pack_decide(tutela_pack const* pack, char const* cases, size_t length, char const* decision,
                                 size_t decision_length, tutela_decide_options const* options, tutela_text* verdicts,
                                 tutela_error** error)
try {
  begin(error);
  output(verdicts);
  tutela::Pack const& asked = checked(pack, HandleTag::pack).pack;
  Asking asking = asking_from(options);
  if (decision_length != 0)
    asking.options.decisions = {name_from(decision, decision_length, "the name of the decision")};
  auto const read =
      tutela::parse_cases(text_from(cases, length, "the text of the cases"), "cases", asking.options.limits).value();
  check_cases(asked, read, asking.on);
  std::string lines;
  for (tutela::Case const& item : read) {
    asking.options.jurisdiction = item.jurisdiction;
    for (tutela::Verdict const& verdict : asked.decide(item.facts, asking.on, asking.options))
      (lines += tutela::write_verdict_line(item.id, asked.info(), verdict)) += '\n';
  }
  give_text(verdicts, lines);
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}
