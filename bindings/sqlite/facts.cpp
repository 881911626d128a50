// SPDX-License-Identifier: Apache-2.0
/// \file
/// Facts and other arguments as SQLite hands them over.
#include "sqlite/facts.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <tutela/base/decimal.hpp>
#include <tutela/base/result.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/io/case.hpp>

SQLITE_EXTENSION_INIT3

namespace tutela::sqlite {
namespace {

using Findings = std::vector<Diagnostic>;

void add(Findings& wrong, Code code, std::string_view fact, std::string what, std::string mend)
{
  wrong.push_back({code, Severity::error, {{}, 0, 0, "/" + std::string(fact)}, std::move(what), std::move(mend)});
}

void add_unknown(Findings& wrong, Schema const& schema, std::string_view fact)
{
  std::string all;
  for (auto const& each : schema.declarations()) all += (all.empty() ? "" : ", ") + each.name;
  add(wrong, Code::unknown_fact, fact, "the pack has no fact '" + std::string(fact) + "'", "its facts are: " + all);
}

void add_mismatch(Findings& wrong, FactDeclaration const& fact, std::string const& wanted)
{
  add(wrong, Code::wrong_type, fact.name, "the value does not fit the fact '" + fact.name + "'", "give " + wanted);
}

std::string_view bytes_of(sqlite3_value* argument)
{
  auto const* text = reinterpret_cast<char const*>(sqlite3_value_text(argument));
  return {text == nullptr ? "" : text, static_cast<std::size_t>(sqlite3_value_bytes(argument))};
}

/// 0 and 1 as SQLite has Booleans; nothing for all others.
std::optional<bool> as_boolean(std::int64_t number)
{
  return number == 0 || number == 1 ? std::optional(number == 1) : std::nullopt;
}

/// Sets one fact from a value of SQL that is not NULL.
void set(Session& session, Slot slot, FactDeclaration const& fact, sqlite3_value* argument, Findings& wrong)
{
  auto const type = sqlite3_value_type(argument);
  bool const is_text = type == SQLITE_TEXT;
  bool const is_whole = type == SQLITE_INTEGER;
  switch (fact.type) {
    case Kind::boolean:
      if (auto const held = is_whole ? as_boolean(sqlite3_value_int64(argument)) : std::nullopt)
        return session.set(slot, *held);
      return add_mismatch(wrong, fact, "1 for true or 0 for false");
    case Kind::number:
      if (is_whole) return session.set(slot, static_cast<std::int64_t>(sqlite3_value_int64(argument)));
      if (auto const number = is_text ? Decimal::parse(bytes_of(argument)) : std::nullopt)
        return session.set(slot, *number);
      return add_mismatch(wrong, fact, "a whole number, or a decimal as text: '1250.50'");
    case Kind::date:
      if (auto const day = is_text ? parse_date(bytes_of(argument)) : std::nullopt) return session.set(slot, *day);
      return add_mismatch(wrong, fact, "a day of the calendar as text: '2026-03-02'");
    case Kind::string:
      if (is_text) return session.set(slot, bytes_of(argument));
      return add_mismatch(wrong, fact, "a text");
    default: add_mismatch(wrong, fact, "all facts as one JSON object");
  }
}

void read_pairs(Session& session, std::span<sqlite3_value* const> arguments, Findings& wrong)
{
  auto const& schema = session.pack().schema();
  session.clear();
  std::vector<std::string> seen;
  for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) {
    auto const name = std::string(text_of(arguments[i], "the name of a fact", "give names and values in turn"));
    auto const slot = session.slot(name);
    if (!slot) {
      add_unknown(wrong, schema, name);
      continue;
    }
    if (std::find(seen.begin(), seen.end(), name) != seen.end())
      add(wrong, Code::duplicate_key, name, "the fact '" + name + "' is given twice", "leave one of them out");
    seen.push_back(name);
    if (sqlite3_value_type(arguments[i + 1]) != SQLITE_NULL)
      set(session, *slot, schema.declarations()[slot->place()], arguments[i + 1], wrong);
  }
}

void read_json(Session& session, sqlite3_value* argument, Findings& wrong)
{
  auto const text = text_of(argument, "the object of facts", "give json_object('person.birth_date', born)");
  auto record = parse_facts(text, "facts").value();
  auto const& schema = session.pack().schema();
  session.load(record);
  for (auto const& fact : record.facts()) {
    auto const* declared = schema.find(fact.name);
    if (declared == nullptr) {
      add_unknown(wrong, schema, fact.name);
      continue;
    }
    auto const* number = fact.value.as_number();
    if (declared->type == Kind::boolean && number != nullptr) {
      auto const whole = number->to_int64();
      auto const held = whole ? as_boolean(*whole) : std::nullopt;
      if (held)
        session.set(*session.slot(fact.name), *held);
      else
        add_mismatch(wrong, *declared, "1 for true or 0 for false");
      continue;
    }
    if (auto found = check(*declared, fact.value); found && found->code == Code::wrong_type)
      add_mismatch(wrong, *declared, "a value of the type " + std::string(to_string(declared->type)));
  }
}

}  // namespace

void refuse(Code code, std::string what, std::string mend)
{
  throw Error({{code, Severity::error, {}, std::move(what), std::move(mend)}});
}

std::string_view text_of(sqlite3_value* argument, char const* what, char const* mend)
{
  auto const type = sqlite3_value_type(argument);
  if (type == SQLITE_NULL) refuse(Code::missing_key, std::string(what) + " is NULL", mend);
  if (type != SQLITE_TEXT) refuse(Code::wrong_type, std::string(what) + " is no text", mend);
  return bytes_of(argument);
}

void read_facts(Session& session, std::span<sqlite3_value* const> arguments)
{
  Findings wrong;
  if (arguments.size() == 1)
    read_json(session, arguments.front(), wrong);
  else if (arguments.size() % 2 == 0)
    read_pairs(session, arguments, wrong);
  else
    refuse(Code::invalid_request, "a fact has no value", "give names and values in turn, or one JSON object");
  if (!wrong.empty()) throw Error(std::move(wrong));
}

}  // namespace tutela::sqlite
