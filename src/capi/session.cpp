// SPDX-License-Identifier: Apache-2.0
/// \file
/// Facts by slot.

#include <algorithm>
#include <limits>
#include <utility>

#include <tutela/base/decimal.hpp>
#include <tutela/facts/misspelt.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/feel/expression.hpp>
#include <tutela/io/case.hpp>
#include "capi/handles.hpp"
#include "capi/row.hpp"

using namespace tutela::detail;

namespace {

using tutela::FactDeclaration;
using tutela::Value;

/// Where a value of one fact goes.
struct Target {
  tutela_session& handle;
  tutela::Slot slot;
  FactDeclaration const& declaration;
  tutela::Kind any_of;  ///< The kind of which every value may be set, so that none need be made to be checked.
};

Target target_of(tutela_session& handle, tutela_slot slot)
{
  auto const place = place_of(slot, handle.fingerprint, handle.slots.size());
  return {handle, handle.slots.data()[place], handle.declarations.data()[place], handle.any_of.data()[place]};
}

void check_value(Target const& target, Value const& value)
{
  if (auto wrong = tutela::check(target.declaration, value)) throw tutela::Error({*std::move(wrong)});
}

/// Sets a fact; what is wrong with its value is told with the name of the fact.
template <class Set>
void set_named(Target const& target, Set set_fact)
try {
  set_fact(target);
} catch (tutela::Error const& error) {
  auto wrong = error.diagnostics();
  for (auto& one : wrong)
    if (one.place.pointer.empty()) one.place.pointer = target.declaration.name;
  throw tutela::Error(std::move(wrong));
}

void set(Target const& target, Value value)
{
  check_value(target, value);
  target.handle.session.set(target.slot, std::move(value));
}

/// A Boolean, a whole number or a day, none of which allocates.
template <class Plain, class MakeValue>
void set_plain(Target const& target, tutela::Kind kind, Plain plain, MakeValue make_value)
{
  if (target.any_of != kind) check_value(target, make_value(plain));
  target.handle.session.set(target.slot, plain);
}

void set_boolean(Target const& target, std::int64_t value)
{
  if (value != 0 && value != 1) throw tutela::ContractViolation("a Boolean is neither 0 nor 1");
  set_plain(target, tutela::Kind::boolean, value == 1, [](bool plain) { return Value(plain); });
}

void set_integer(Target const& target, std::int64_t value)
{
  set_plain(target, tutela::Kind::number, value, [](std::int64_t plain) { return Value(tutela::Decimal(plain)); });
}

void set_date(Target const& target, tutela::Date date)
{
  set_plain(target, tutela::Kind::date, date, [](tutela::Date plain) { return Value(plain); });
}

void set_state(Target const& target, tutela_state state)
{
  std::string const& name = target.declaration.name;
  switch (state) {
    case TUTELA_NONE: return set(target, Value());
    case TUTELA_UNKNOWN: return target.handle.session.set(target.slot, Value::unknown(name));
    case TUTELA_UNCERTAIN: return set(target, Value(tutela::Uncertain{{name}}));
    default: throw tutela::ContractViolation("state is none of none, unknown and uncertain");
  }
}

/// Reads the day of a cell, in days since 1970; false when it is no day of the years 1 to 32,767. Into a place, because an optional
/// comes back through memory in parts, for which the processor waits.
bool read_day(std::int64_t written, std::int64_t& days)
{
  constexpr std::int64_t years = std::numeric_limits<std::int16_t>::max();
  if (written < 10'000 || written >= (years + 1) * 10'000) return false;
  auto const number = static_cast<std::uint32_t>(written);
  auto const rest = static_cast<int>(number % 10'000);
  auto const date = tutela::make_date(number / 10'000, rest / 100, rest % 100);
  if (date) days = tutela::to_days(*date);
  return date.has_value();
}

void set_cell(Target const& target, tutela_cell const& cell)
{
  tutela_session& session = target.handle;
  switch (cell.holds) {
    case TUTELA_CELL_UNKNOWN:  // where a case was loaded, its fact must not come back
      return session.has_case ? set_state(target, TUTELA_UNKNOWN) : session.session.unset(target.slot);
    case TUTELA_CELL_NONE: return set_state(target, TUTELA_NONE);
    case TUTELA_CELL_UNCERTAIN: return set_state(target, TUTELA_UNCERTAIN);
    case TUTELA_CELL_BOOLEAN: return set_boolean(target, cell.value);
    case TUTELA_CELL_INTEGER: return set_integer(target, cell.value);
    case TUTELA_CELL_DATE: {
      std::int64_t days = 0;
      if (!read_day(cell.value, days))
        refuse(tutela::Code::invalid_date, "the number is not a day of the calendar",
               "write 1 March 2026 as 20260301; other years by tutela_session_set_date");
      return set_date(target, tutela::from_days(days).value());
    }
    default: throw tutela::ContractViolation("a cell holds none of the values of tutela_cell_holds");
  }
}

/// Sets the first cells, as far as they need no check beyond these, and returns their number. What is asked for millions of
/// people is mostly such cells.
std::size_t set_plain_cells(tutela_session& session, std::span<tutela_cell const> row)
{
  using Holds = SessionCell::Holds;
  auto const* const any_of = session.any_of.data();
  auto const* const places = session.cells.places.data();
  auto* const cells = session.cells.cells;
  auto const facts = session.any_of.size();
  auto const fingerprint = session.fingerprint;
  ++*session.cells.changes;
  std::size_t done = 0;
  for (; done < row.size(); ++done) {
    tutela_cell const& given = row[done];
    auto const fact = static_cast<std::uint32_t>(given.slot);
    if (given.slot >> 32U != fingerprint || fact >= facts) break;
    auto const value = static_cast<std::uint64_t>(given.value);
    if (given.holds == TUTELA_CELL_BOOLEAN && any_of[fact] == tutela::Kind::boolean && value <= 1) {
      cells[fact] = {Holds::boolean, places[fact].booleans[value], given.value};
    } else if (given.holds == TUTELA_CELL_DATE && any_of[fact] == tutela::Kind::date) {
      std::int64_t days = 0;
      if (!read_day(given.value, days)) break;
      cells[fact] = {Holds::date, SessionCell::not_placed, days};
    } else if (given.holds == TUTELA_CELL_INTEGER && any_of[fact] == tutela::Kind::number) {
      cells[fact] = {Holds::integer, SessionCell::not_placed, given.value};
    } else if (given.holds == TUTELA_CELL_UNKNOWN && !session.has_case) {
      cells[fact] = {Holds::nothing, places[fact].open, 0};
    } else {
      break;
    }
  }
  return done;
}

/// Sets cells of which the first one is not plain. \throws as `set_row`.
void set_mixed_cells(tutela_session& session, std::span<tutela_cell const> row)
{
  std::vector<tutela::Diagnostic> wrong;
  for (std::size_t next = 0; next < row.size(); next += set_plain_cells(session, row.subspan(next))) {
    try {
      tutela_cell const& cell = row[next++];
      set_named(target_of(session, cell.slot), [&](Target const& target) { set_cell(target, cell); });
    } catch (tutela::Error const& error) {
      wrong.insert(wrong.end(), error.diagnostics().begin(), error.diagnostics().end());
    }
  }
  if (!wrong.empty()) throw tutela::Error(std::move(wrong));
}

/// One entry that sets one fact.
template <class Set>
tutela_status set_by(tutela_session* session, tutela_slot slot, tutela_error** error, Set set_fact)
try {
  begin(error);
  set_named(target_of(checked(session, HandleTag::session), slot), set_fact);
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

/// What a FEEL expression without names says.
Value feel_value(std::string_view text)
{
  tutela::Evaluation evaluation;
  auto const expression = tutela::parse_expression(text, {}, {"value", 0, 0, {}}).value();
  Value value = expression.evaluate({}, evaluation);
  if (tutela::Fault const* fault = value.as_fault()) refuse(tutela::Code::malformed, fault->what);
  if (value.is(tutela::Kind::function) || (value.state() != tutela::State::known && !value.is_none()))
    refuse(tutela::Code::malformed, "the expression has no definite value");
  return value;
}

/// A moment or a duration: the function of FEEL on a text that can hold nothing but the text.
Value temporal_value(char const* function, char const* data, std::size_t length, char const* mend)
{
  std::string_view const text = text_from(data, length, "the text");
  bool const plain = text.size() <= 100 && text.find_first_of("\"\\\n\r") == std::string_view::npos;
  Value value = plain ? feel_value(std::string(function) + "(\"" + std::string(text) + "\")") : Value();
  if (value.is_none()) refuse(tutela::Code::malformed, std::string("the text is no ") + function, mend);
  return value;
}

}  // namespace

namespace tutela::detail {

void clear_facts(tutela_session& session)
{
  session.session.clear();
  session.has_case = false;
}

void set_row(tutela_session& session, std::span<tutela_cell const> row)
{
  auto const done = set_plain_cells(session, row);
  if (done != row.size()) set_mixed_cells(session, row.subspan(done));
}

}  // namespace tutela::detail

tutela_status tutela_pack_slot(tutela_pack const* pack, char const* name, size_t length, tutela_slot* slot,
                               tutela_error** error)
try {
  begin(error);
  tutela_pack const& handle = checked(pack, HandleTag::pack);
  output(slot);
  std::string const wanted = name_from(name, length, "the name of the fact");
  auto const& schema = handle.pack.schema();
  FactDeclaration const* found = schema.find(wanted);
  if (found == nullptr) {
    auto const meant = tutela::nearest_fact(wanted, schema);
    refuse(tutela::Code::unknown_fact, "the pack " + handle.pack.info().id + " reads no fact named " + wanted,
           meant.empty() ? "tutela_pack_describe lists the facts of a pack" : "is " + meant + " meant?");
  }
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
  tutela::Session made(handle.pack);
  std::vector<tutela::Slot> slots;
  std::vector<tutela::Kind> any;
  for (FactDeclaration const& declaration : handle.pack.schema().declarations()) {
    slots.push_back(made.slot(slots.size()));
    any.push_back(tutela::unbounded_kind(declaration));
  }
  SessionCells cells = made.cells();
  *session = new tutela_session{.session = std::move(made),
                                .fingerprint = handle.fingerprint,
                                .slots = std::move(slots),
                                .declarations = handle.pack.schema().declarations(),
                                .any_of = std::move(any),
                                .cells = std::move(cells)};
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

void tutela_session_free(tutela_session* session) { delete session; }

tutela_status tutela_session_set_boolean(tutela_session* session, tutela_slot slot, int32_t value, tutela_error** error)
{
  return set_by(session, slot, error, [&](Target const& target) { set_boolean(target, value); });
}

tutela_status tutela_session_set_integer(tutela_session* session, tutela_slot slot, int64_t value, tutela_error** error)
{
  return set_by(session, slot, error, [&](Target const& target) { set_integer(target, value); });
}

tutela_status tutela_session_set_number(tutela_session* session, tutela_slot slot, char const* text, size_t length,
                                        tutela_error** error)
{
  return set_by(session, slot, error, [&](Target const& target) {
    auto const number = tutela::Decimal::parse(text_from(text, length, "the number"));
    if (!number) refuse(tutela::Code::invalid_number, "the text is not a decimal number", "write it as 1250.50");
    set(target, Value(*number));
  });
}

tutela_status tutela_session_set_decimal(tutela_session* session, tutela_slot slot, int64_t units, int32_t scale,
                                         tutela_error** error)
{
  return set_by(session, slot, error, [&](Target const& target) {
    if (scale < 0 || scale > 18) throw tutela::ContractViolation("the scale is not between 0 and 18");
    std::int64_t power = 1;
    for (std::int32_t i = 0; i < scale; ++i) power *= 10;
    set(target, Value(tutela::Decimal(units) / tutela::Decimal(power)));
  });
}

tutela_status tutela_session_set_date(tutela_session* session, tutela_slot slot, int32_t year, int32_t month,
                                      int32_t day, tutela_error** error)
{
  return set_by(session, slot, error, [&](Target const& target) {
    auto const date = tutela::make_date(year, month, day);
    if (!date) refuse(tutela::Code::invalid_date, "the numbers are not a day of the calendar");
    set_date(target, *date);
  });
}

tutela_status tutela_session_set_date_time(tutela_session* session, tutela_slot slot, char const* text, size_t length,
                                           tutela_error** error)
{
  return set_by(session, slot, error, [&](Target const& target) {
    set(target, temporal_value("date and time", text, length, "write it as 2026-03-01T09:30:00"));
  });
}

tutela_status tutela_session_set_duration(tutela_session* session, tutela_slot slot, char const* text, size_t length,
                                          tutela_error** error)
{
  return set_by(session, slot, error, [&](Target const& target) {
    set(target, temporal_value("duration", text, length, "write it as P30D or P1Y6M"));
  });
}

tutela_status tutela_session_set_string(tutela_session* session, tutela_slot slot, char const* text, size_t length,
                                        tutela_error** error)
{
  return set_by(session, slot, error, [&](Target const& target) {
    if (length > tutela::Limits{}.text_bytes)
      refuse(tutela::Code::limit_reached, "the text is longer than the limit text_bytes");
    if (text != nullptr && tutela::lists_text(target.declaration, {text, length}))
      return target.handle.session.set(target.slot, std::string_view(text, length));
    std::string_view const words = text_from(text, length, "the text");
    if (target.any_of != tutela::Kind::string) check_value(target, Value(std::string(words)));
    target.handle.session.set(target.slot, words);
  });
}

tutela_status tutela_session_set_feel(tutela_session* session, tutela_slot slot, char const* text, size_t length,
                                      tutela_error** error)
{
  return set_by(session, slot, error,
                [&](Target const& target) { set(target, feel_value(text_from(text, length, "the expression"))); });
}

tutela_status tutela_session_set_json(tutela_session* session, tutela_slot slot, char const* json, size_t length,
                                      tutela_error** error)
{
  return set_by(session, slot, error, [&](Target const& target) {
    std::string const& name = target.declaration.name;
    tutela::Record const read = tutela::parse_fact(name, text_from(json, length, "the fact"), "fact").value();
    if (read.facts().empty()) return target.handle.session.set(target.slot, Value::unknown(name));
    tutela::Fact const& fact = read.facts().front();
    if (read.facts().size() != 1 || fact.source != tutela::Source{})
      refuse(tutela::Code::not_allowed, "a slot holds one value, without a source and a time",
             "use tutela_session_set_case");
    set(target, fact.value);
  });
}

tutela_status tutela_session_set_state(tutela_session* session, tutela_slot slot, tutela_state state,
                                       tutela_error** error)
{
  return set_by(session, slot, error, [&](Target const& target) { set_state(target, state); });
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
  target.has_case = true;
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_session_clear(tutela_session* session, tutela_error** error)
try {
  begin(error);
  clear_facts(checked(session, HandleTag::session));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}
