// SPDX-License-Identifier: Apache-2.0
/// \file
/// The functions of the SQLite extension: every row as `Pack::decide` answers it, misuse as errors of SQL.
#include <sqlite3.h>

#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <tutela/facts/record.hpp>
#include <tutela/io/assessment.hpp>
#include <tutela/io/explanation.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/proof.hpp>

namespace tutela {
namespace {

constexpr auto law = "md/child-protection";

/// A database with the extension.
class Database {
 public:
  Database()
  {
    sqlite3_open(":memory:", &handle_);
    sqlite3_enable_load_extension(handle_, 1);
    char* problem = nullptr;
    if (sqlite3_load_extension(handle_, TUTELA_SQLITE_EXTENSION, nullptr, &problem) != SQLITE_OK)
      ADD_FAILURE() << problem;
    sqlite3_free(problem);
  }
  Database(Database const&) = delete;
  Database& operator=(Database const&) = delete;
  ~Database() { EXPECT_EQ(sqlite3_close(handle_), SQLITE_OK); }

  /// The rows of a query, each value as text, NULL as nothing.
  std::vector<std::vector<std::optional<std::string>>> rows(std::string const& query)
  {
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(handle_, query.c_str(), -1, &statement, nullptr), SQLITE_OK)
        << sqlite3_errmsg(handle_);
    std::vector<std::vector<std::optional<std::string>>> found;
    int status = SQLITE_ROW;
    while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
      auto& row = found.emplace_back();
      for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(statement, i));
        row.push_back(text == nullptr ? std::nullopt : std::optional<std::string>(text));
      }
    }
    EXPECT_EQ(status, SQLITE_DONE) << sqlite3_errmsg(handle_);
    sqlite3_finalize(statement);
    return found;
  }

  std::optional<std::string> value(std::string const& expression) { return rows("select " + expression).at(0).at(0); }

  /// What is wrong with an expression.
  std::string error(std::string const& expression)
  {
    sqlite3_stmt* statement = nullptr;
    auto status = sqlite3_prepare_v2(handle_, ("select " + expression).c_str(), -1, &statement, nullptr);
    if (status == SQLITE_OK) status = sqlite3_step(statement);
    std::string const message = status == SQLITE_ROW ? "no error" : sqlite3_errmsg(handle_);
    sqlite3_finalize(statement);
    return message;
  }

 private:
  sqlite3* handle_ = nullptr;
};

std::string as_text(std::string const& text) { return "'" + text + "'"; }

/// A value as the function with a value gives it: 1 and 0, numbers and days as text.
std::optional<std::string> as_sql(Verdict const& verdict)
{
  if (verdict.outcome != Outcome::known || verdict.value.is_none()) return std::nullopt;
  if (auto const* held = verdict.value.as_boolean()) return *held ? "1" : "0";
  if (auto const* text = verdict.value.as_string()) return *text;
  if (auto const* date = verdict.value.as_date()) return to_string(*date);
  return write_value(verdict.value);
}

/// Facts at random, as a record and as SQL.
struct RandomCase {
  Record record;
  std::string pairs;   ///< Names and values in turn, a comma before each.
  std::string object;  ///< One object as JSON.
};

RandomCase random_case(Pack const& pack, std::mt19937& random)
{
  RandomCase made;
  RecordBuilder builder;
  auto const below = [&random](unsigned count) { return random() % count; };
  for (auto const& fact : pack.schema().declarations()) {
    if (below(10) < 3) continue;
    std::string text;
    std::optional<Value> value;
    if (below(20) == 0) {
      text = "NULL";
    } else if (fact.type == Kind::boolean) {
      value = Value(random() % 2 == 1);
      text = *value->as_boolean() ? "1" : "0";
    } else if (fact.type == Kind::date) {
      value = Value(*from_days(12'000 + static_cast<std::int64_t>(below(9000))));
      text = as_text(to_string(*value->as_date()));
    } else if (fact.type == Kind::number) {
      text = std::to_string(below(40)) + (below(2) == 0 ? "" : ".5");
      value = Value(Decimal::parse(text).value());
      if (text.find('.') != std::string::npos) text = as_text(text);
    } else if (fact.type == Kind::string) {
      value = fact.allowed.empty() ? Value(std::string("anything"))
                                   : fact.allowed[below(static_cast<unsigned>(fact.allowed.size()))];
      text = as_text(*value->as_string());
    } else {
      continue;
    }
    if (value) builder.set(fact.name, *value);
    made.pairs += ", " + as_text(fact.name) + ", " + text;
    made.object += (made.object.empty() ? "{\"" : ", \"") + fact.name + "\": ";
    // As SQLite's functions write a Boolean, or as JSON does.
    made.object += !value ? "null" : fact.type == Kind::boolean && below(2) == 0 ? text : write_value(*value);
  }
  made.object = as_text(made.object.empty() ? "{}" : made.object + "}");
  made.record = std::move(builder).build().value();
  return made;
}

TEST(SqliteExtension, AnswersEveryRowAsOnePerson)
{
  auto const pack = load_pack(law).value();
  Database database;
  std::mt19937 random(20'261'123);
  Date const on{2026, 3, 2};
  std::set<Outcome> seen;
  for (int round = 0; round < 60; ++round) {
    auto const made = random_case(pack, random);
    for (auto const& decision : pack.decisions()) {
      auto const verdict = pack.decide(decision.name, made.record, on);
      seen.insert(verdict.outcome);
      auto const asked = "('md/child-protection', '" + decision.name + "', '2026-03-02'";
      auto const found =
          database.rows("select tutela_outcome" + asked + made.pairs + "), tutela_value" + asked + made.pairs +
                        "), json_array_length(tutela_decide" + asked + made.pairs + "), '$.missing')");
      EXPECT_EQ(found.at(0).at(0), to_string(verdict.outcome));
      EXPECT_EQ(found.at(0).at(1), as_sql(verdict));
      EXPECT_EQ(found.at(0).at(2), std::to_string(verdict.missing.size()));
    }
  }
  EXPECT_TRUE(seen.count(Outcome::known) == 1 && seen.count(Outcome::unknown) == 1);
}

TEST(SqliteExtension, ReadsFactsAsOneObjectToo)
{
  auto const pack = load_pack(law).value();
  Database database;
  std::mt19937 random(7);
  for (int round = 0; round < 40; ++round) {
    auto const made = random_case(pack, random);
    if (made.pairs.empty()) continue;
    auto const by_pairs =
        database.value("tutela_decide('md/child-protection', 'day_service', '2026-03-02'" + made.pairs + ")");
    auto const by_object =
        database.value("tutela_decide('md/child-protection', 'day_service', '2026-03-02', " + made.object + ")");
    EXPECT_EQ(by_pairs, by_object);
    EXPECT_NE(by_pairs, std::nullopt);
  }
  EXPECT_EQ(
      database.value(
          R"(tutela_value('md/child-protection', 'day_service', '2026-03-02', '{"person.birth_date": "2025-01-10", "family.vulnerable": true}'))"),
      "1");
}

TEST(SqliteExtension, KeepsUnknownApartFromNo)
{
  Database database;
  auto const ask = [&database](std::string const& vulnerable) {
    return database.value(
        "tutela_decide('md/child-protection', 'day_service', '2026-03-02', 'person.birth_date', "
        "'2025-01-10', 'family.vulnerable', " +
        vulnerable + ")");
  };
  EXPECT_EQ(ask("NULL"), R"({"outcome":"unknown","value":null,"missing":["family.vulnerable"]})");
  EXPECT_EQ(ask("0"), R"({"outcome":"known","value":false,"missing":[]})");
  EXPECT_EQ(ask("1"), R"({"outcome":"known","value":true,"missing":[]})");
}

TEST(SqliteExtension, ForgetsTheFactsOfTheRowBefore)
{
  Database database;
  auto const found = database.rows(
      "select tutela_outcome('md/child-protection', 'day_service', '2026-03-02', 'person.birth_date', '2025-01-10', "
      "'family.vulnerable', column1) from (values (1), (NULL), (0), (NULL))");
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0][0], "known");
  EXPECT_EQ(found[1][0], "unknown");
  EXPECT_EQ(found[2][0], "known");
  EXPECT_EQ(found[3][0], "unknown");
}

TEST(SqliteExtension, SaysWhyInFourLanguages)
{
  auto const pack = load_pack(law).value();
  RecordBuilder builder;
  builder.set("person.birth_date", Value(Date{2025, 1, 10})).set("family.vulnerable", Value(true));
  auto const proof = pack.prove("day_service", std::move(builder).build().value(), Date{2026, 3, 2});
  Database database;
  for (auto const language : all_languages) {
    ExplanationOptions options;
    options.language = language;
    auto const code = std::string(to_string(language));
    EXPECT_EQ(database.value("tutela_explain('md/child-protection', 'day_service', '2026-03-02', json_object("
                             "'person.birth_date', '2025-01-10', 'family.vulnerable', 1), '" +
                             code + "')"),
              explain(proof, options));
  }
}

TEST(SqliteExtension, TellsMisuseWithTheWayToMendIt)
{
  Database database;
  struct Misuse {
    char const* call;
    std::vector<char const*> words;
  };
  std::vector<Misuse> const all{
      {"tutela_value('md/nothing', 'day_service', '2026-03-02', '{}')", {"md/nothing"}},
      {"tutela_value('md/child-protection', 'day_servise', '2026-03-02', '{}')",
       {"no decision 'day_servise'", "day_service"}},
      {"tutela_value('md/child-protection', 'day_service', '2026-03-02', 'family.vulnerble', 1, 'person.birth_date', "
       "3)",
       {"no fact 'family.vulnerble'", "family.vulnerable", "person.birth_date", "2026-03-02"}},
      {R"(tutela_value('md/child-protection', 'day_service', '2026-03-02', '{"family.vulnerble": true, "person.birth_date": 3, "family.vulnerable": 2}'))",
       {"no fact 'family.vulnerble'", "'person.birth_date'", "1 for true"}},
      {"tutela_value('md/child-protection', 'day_service', '2026-03-02', '{')", {"TUT-"}},
      {"tutela_value('md/child-protection', 'day_service', '2026-03-02', 'need.cash_help_amount', 12.5)",
       {"'1250.50'"}},
      {"tutela_value('md/child-protection', 'day_service', '2026-03-02', 'family.vulnerable', 1, 'family.vulnerable', "
       "0)",
       {"given twice"}},
      {"tutela_value('md/child-protection', 'day_service', '2026-03-02', 'family.vulnerable', 1, 'x')", {"no value"}},
      {"tutela_value('md/child-protection', 'day_service', '2026-03-02')", {"too few"}},
      {"tutela_value('md/child-protection', 'day_service', '2026-02-30', '{}')", {"no day of the calendar"}},
      {"tutela_value('md/child-protection', 'day_service', NULL, '{}')", {"the day is NULL", "no clock"}},
      {"tutela_value(NULL, 'day_service', '2026-03-02', '{}')", {"the pack is NULL"}},
      {"tutela_value('md/child-protection', NULL, '2026-03-02', '{}')", {"the decision is NULL"}},
      {"tutela_value('md/child-protection', 'day_service', '2026-03-02', NULL)", {"the object of facts is NULL"}},
      {"tutela_value('md/child-protection', 'day_service', 20260302, '{}')", {"the day is no text"}},
      {"tutela_explain('md/child-protection', 'day_service', '2026-03-02', '{}', 'xx')", {"'en', 'ro', 'uk' or 'ru'"}},
  };
  for (auto const& each : all) {
    auto const message = database.error(each.call);
    for (auto const* word : each.words)
      EXPECT_NE(message.find(word), std::string::npos) << each.call << "\n" << message;
  }
  EXPECT_EQ(
      database
          .error(
              R"(tutela_value('md/child-protection', 'day_service', '2026-03-02', '{"family.vulnerable": "secret"}'))")
          .find("secret"),
      std::string::npos);
  EXPECT_EQ(database.value("1"), "1");
}

TEST(SqliteExtension, ServesManyPacksAndDaysOfOneStatement)
{
  Database database;
  auto const found = database.rows(
      "with recursive n(i) as (select 0 union all select i + 1 from n where i < 2999) select count(*), count(distinct "
      "d), "
      "sum(v) from (select date('2026-03-02', '+' || (i % 1500) || ' days') as d, tutela_value('md/child-protection', "
      "'is_child', date('2026-03-02', '+' || (i % 1500) || ' days'), 'person.birth_date', '2010-03-02') as v from n)");
  auto const pack = load_pack(law).value();
  std::int64_t children = 0;
  RecordBuilder builder;
  builder.set("person.birth_date", Value(Date{2010, 3, 2}));
  auto const record = std::move(builder).build().value();
  for (int i = 0; i < 1500; ++i) {
    auto const verdict = pack.decide("is_child", record, add_days(Date{2026, 3, 2}, i));
    auto const* held = verdict.value.as_boolean();
    if (held != nullptr && *held) children += 2;
  }
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0][1], "1500");
  EXPECT_EQ(found[0][2], std::to_string(children));
  EXPECT_GT(children, 0);
}

}  // namespace
}  // namespace tutela
