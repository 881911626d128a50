// SPDX-License-Identifier: Apache-2.0
/// \file
/// The functions that `SELECT load_extension('tutela')` adds to SQLite.
#include <sqlite3ext.h>

#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/base/result.hpp>
#include <tutela/io/assessment.hpp>
#include <tutela/io/explanation.hpp>

#include "sqlite/facts.hpp"
#include "sqlite/questions.hpp"

SQLITE_EXTENSION_INIT1

namespace tutela::sqlite {
namespace {

constexpr unsigned json_subtype = 'J';  // how SQLite's own JSON functions mark what they give
#if defined(SQLITE_RESULT_SUBTYPE)
constexpr int gives_json = SQLITE_RESULT_SUBTYPE;  // from 3.45 on to be said beforehand
#else
constexpr int gives_json = 0;
#endif

void give(sqlite3_context* context, std::string_view text)
{
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// The answer as a value of SQL; NULL unless it is known.
void give_value(sqlite3_context* context, Session& session, PreparedDecision const& decision)
{
  auto const answer = session.decide(decision);
  auto const& value = answer.value();
  if (answer.outcome() != Outcome::known || value.is_none()) return sqlite3_result_null(context);
  if (auto const* boolean = value.as_boolean()) return sqlite3_result_int(context, *boolean ? 1 : 0);
  if (auto const* text = value.as_string()) return give(context, *text);
  if (auto const* date = value.as_date()) return give(context, to_string(*date));
  auto const* number = value.as_number();
  auto const whole = number != nullptr ? number->to_int64() : std::nullopt;
  if (whole) return sqlite3_result_int64(context, *whole);
  give(context, write_value(value));  // a decimal fraction stays exact as text
}

void give_outcome(sqlite3_context* context, Session& session, PreparedDecision const& decision)
{
  give(context, to_string(session.decide(decision).outcome()));
}

/// `{"outcome":"unknown","value":null,"missing":["family.vulnerable"]}`
void give_verdict(sqlite3_context* context, Session& session, PreparedDecision const& decision)
{
  auto const verdict = session.verdict(decision);
  auto text = R"({"outcome":")" + std::string(to_string(verdict.outcome)) + R"(","value":)";
  text += verdict.outcome == Outcome::known ? write_value(verdict.value) : "null";
  text += R"(,"missing":[)";
  for (auto const& fact : verdict.missing) text += (text.back() == '[' ? "" : ",") + write_value(Value(fact));
  give(context, text + "]}");
  sqlite3_result_subtype(context, json_subtype);
}

/// What a function gives back.
struct Kind {
  char const* name;
  void (*give)(sqlite3_context*, Session&, PreparedDecision const&);
};

/// A function of one connection. All of them share the packs.
struct Function {
  Kind kind;
  std::shared_ptr<Questions> questions;
};

/// Runs the body of a function; what it throws is an error of SQL.
template <class Body>
void guarded(sqlite3_context* context, char const* name, Body const& body)
{
  try {
    body();
  } catch (std::exception const& why) {
    auto const text = std::string(name) + ": " + why.what();
    sqlite3_result_error(context, text.c_str(), static_cast<int>(text.size()));
  }
}

Function& function_of(sqlite3_context* context) { return *static_cast<Function*>(sqlite3_user_data(context)); }

/// `name(pack, decision, day, facts)` or `name(pack, decision, day, fact, value, fact, value ...)`.
void answer(sqlite3_context* context, int count, sqlite3_value** arguments)
{
  auto& function = function_of(context);
  guarded(context, function.kind.name, [&] {
    auto const given = std::vector<sqlite3_value*>(arguments, arguments + count);
    auto const& question = function.questions->find(given);
    read_facts(question.session(), {arguments + first_fact, arguments + count});
    function.kind.give(context, question.session(), question.prepared());
  });
}

/// `tutela_explain(pack, decision, day, facts [, language])`
void explain_answer(sqlite3_context* context, int count, sqlite3_value** arguments)
{
  auto& function = function_of(context);
  guarded(context, function.kind.name, [&] {
    auto const given = std::vector<sqlite3_value*>(arguments, arguments + count);
    constexpr auto which = "use 'en', 'ro', 'uk' or 'ru'";
    auto const language = count > first_fact + 1
                              ? parse_language(text_of(arguments[first_fact + 1], "the language", which))
                              : Language::en;
    if (!language) refuse(Code::not_allowed, "the language is none that explanations are written in", which);
    auto const& question = function.questions->find(given);
    read_facts(question.session(), {arguments + first_fact, arguments + first_fact + 1});
    ExplanationOptions options;
    options.language = *language;
    give(context, explain(question.prove(), options));
  });
}

int add(sqlite3* database, Function const& function, int arguments, void (*run)(sqlite3_context*, int, sqlite3_value**))
{
  return sqlite3_create_function_v2(database, function.kind.name, arguments,
                                    SQLITE_UTF8 | SQLITE_DETERMINISTIC | gives_json, new Function(function), run,
                                    nullptr, nullptr, [](void* made) { delete static_cast<Function*>(made); });
}

int add_all(sqlite3* database)
{
  auto const questions = std::make_shared<Questions>();
  for (auto const& kind :
       {Kind{"tutela_value", give_value}, Kind{"tutela_outcome", give_outcome}, Kind{"tutela_decide", give_verdict}})
    if (auto const status = add(database, {kind, questions}, -1, answer); status != SQLITE_OK) return status;
  for (int const arguments : {first_fact + 1, first_fact + 2})
    if (auto const status = add(database, {{"tutela_explain", nullptr}, questions}, arguments, explain_answer);
        status != SQLITE_OK)
      return status;
  return SQLITE_OK;
}

}  // namespace
}  // namespace tutela::sqlite

extern "C" __attribute__((visibility("default"))) int sqlite3_tutela_init(sqlite3* database, char** error,
                                                                          sqlite3_api_routines const* api)
{
  SQLITE_EXTENSION_INIT2(api)
  try {
    return tutela::sqlite::add_all(database);
  } catch (std::exception const& why) {
    *error = sqlite3_mprintf("tutela: %s", why.what());
    return SQLITE_ERROR;
  }
}
