// SPDX-License-Identifier: Apache-2.0
/// \file
/// Facts by slot, and decisions from them.

#include <utility>

#include <tutela/base/decimal.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/io/case.hpp>
#include "capi/handles.hpp"
#include "capi/verdict.hpp"

using namespace tutela::detail;

namespace {

using tutela::FactDeclaration;
using tutela::Value;

/// A slot as the library knows it.
tutela::Slot slot_of(tutela_session const& handle, tutela_slot slot)
{
  auto const place = static_cast<std::uint32_t>(slot);
  if (slot >> 32U != handle.fingerprint || place >= handle.session.pack().schema().declarations().size())
    throw tutela::ContractViolation("the slot is of another pack");
  return handle.session.slot(place);
}

/// Keeps a value after checking it against the declaration; the setter that was wrong is the one that says so.
void set(tutela_session* session, tutela_slot slot, Value value)
{
  tutela_session& handle = checked(session, HandleTag::session);
  tutela::Slot const found = slot_of(handle, slot);
  FactDeclaration const& declaration = handle.session.pack().schema().declarations()[found.place()];
  if (auto wrong = tutela::check(declaration, value)) throw tutela::Error({*std::move(wrong)});
  handle.session.set(found, std::move(value));
}

/// One entry that sets one fact.
template <class MakeValue>
tutela_status set_by(tutela_session* session, tutela_slot slot, tutela_error** error, MakeValue make_value)
try {
  begin(error);
  set(session, slot, make_value());
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

}  // namespace

tutela_status tutela_pack_slot(tutela_pack const* pack, char const* name, size_t length, tutela_slot* slot,
                               tutela_error** error)
try {
  begin(error);
  tutela_pack const& handle = checked(pack, HandleTag::pack);
  output(slot);
  std::string const wanted = name_from(name, length, "the name of the fact");
  auto const& schema = handle.pack.schema();
  FactDeclaration const* found = schema.find(wanted);
  if (found == nullptr)
    refuse(tutela::Code::unknown_fact, "the pack " + handle.pack.info().id + " reads no fact named " + wanted,
           "tutela_pack_describe lists the facts of a pack");
  auto const position = static_cast<std::uint64_t>(found - schema.declarations().data());
  *slot = static_cast<std::uint64_t>(handle.fingerprint) << 32U | position;
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_session_new(tutela_pack const* pack, tutela_session** session, tutela_error** error)
try {
  begin(error);
  output(session) = nullptr;
  tutela_pack const& handle = checked(pack, HandleTag::pack);
  *session = new tutela_session{.session = tutela::Session(handle.pack), .fingerprint = handle.fingerprint};
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

void tutela_session_free(tutela_session* session) { delete session; }

tutela_status tutela_session_set_boolean(tutela_session* session, tutela_slot slot, int32_t value, tutela_error** error)
{
  return set_by(session, slot, error, [&] {
    if (value != 0 && value != 1) throw tutela::ContractViolation("a Boolean is neither 0 nor 1");
    return Value(value == 1);
  });
}

tutela_status tutela_session_set_integer(tutela_session* session, tutela_slot slot, int64_t value, tutela_error** error)
{
  return set_by(session, slot, error, [&] { return Value(tutela::Decimal(value)); });
}

tutela_status tutela_session_set_number(tutela_session* session, tutela_slot slot, char const* text, size_t length,
                                        tutela_error** error)
{
  return set_by(session, slot, error, [&] {
    auto const number = tutela::Decimal::parse(text_from(text, length, "the number"));
    if (!number) refuse(tutela::Code::invalid_number, "the text is not a decimal number", "write it as 1250.50");
    return Value(*number);
  });
}

tutela_status tutela_session_set_date(tutela_session* session, tutela_slot slot, int32_t year, int32_t month,
                                      int32_t day, tutela_error** error)
{
  return set_by(session, slot, error, [&] {
    auto const date = tutela::make_date(year, month, day);
    if (!date) refuse(tutela::Code::invalid_date, "the numbers are not a day of the calendar");
    return Value(*date);
  });
}

tutela_status tutela_session_set_string(tutela_session* session, tutela_slot slot, char const* text, size_t length,
                                        tutela_error** error)
{
  return set_by(session, slot, error, [&] {
    if (length > tutela::Limits{}.text_bytes)
      refuse(tutela::Code::limit_reached, "the text is longer than the limit text_bytes");
    return Value(std::string(text_from(text, length, "the text")));
  });
}

tutela_status tutela_session_set_state(tutela_session* session, tutela_slot slot, tutela_state state,
                                       tutela_error** error)
try {
  begin(error);
  tutela_session& target = checked(session, HandleTag::session);
  tutela::Slot const found = slot_of(target, slot);
  std::string const& name = target.session.pack().schema().declarations()[found.place()].name;
  switch (state) {
    case TUTELA_NONE: set(session, slot, Value()); break;
    case TUTELA_UNKNOWN: target.session.set(found, Value::unknown(name)); break;
    case TUTELA_UNCERTAIN: set(session, slot, Value(tutela::Uncertain{{name}})); break;
    default: throw tutela::ContractViolation("state is none of none, unknown and uncertain");
  }
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_session_set_case(tutela_session* session, char const* json, size_t length, tutela_error** error)
try {
  begin(error);
  tutela_session& target = checked(session, HandleTag::session);
  auto const cases = tutela::parse_cases(text_from(json, length, "the case"), "case").value();
  if (cases.size() != 1)
    refuse(tutela::Code::invalid_request, "the text holds not one case but " + std::to_string(cases.size()));
  auto const& schema = target.session.pack().schema();
  tutela::RecordBuilder builder;
  for (tutela::Fact const& fact : cases.front().facts.facts())
    if (schema.find(fact.name) != nullptr) builder.set(fact.name, fact.value, fact.source);
  tutela::Record record = std::move(builder).build().value();
  if (auto wrong = schema.check(record); !wrong.empty()) throw tutela::Error(std::move(wrong));
  target.session.load(std::move(record));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_session_clear(tutela_session* session, tutela_error** error)
try {
  begin(error);
  checked(session, HandleTag::session).session.clear();
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
  std::string const name = name_from(decision, length, "the name of the decision");
  tutela_decide_options const wanted = sized(options, tutela_decide_options TUTELA_DECIDE_OPTIONS_INIT);
  tutela::DecideOptions how;
  how.law_on = date_from(wanted.law_on, "law_on");
  how.known_on = date_from(wanted.known_on, "known_on");
  how.include_unverified = wanted.include_unverified != 0;
  how.limits = limits_from(wanted.limits);
  tutela::PreparedDecision const prepared(asked.pack(), name, date_from(wanted.on, "on"), how);
  *verdict = make_verdict(asked.verdict(prepared));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}
