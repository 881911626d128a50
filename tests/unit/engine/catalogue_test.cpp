// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests of the message catalogues and their plural rules.
#include <filesystem>
#include <regex>

#include <tutela/base/result.hpp>

#include "io/messages.hpp"
#include "io/words.hpp"
#include "unit/engine/fixture.hpp"

namespace tutela::test {
namespace {

using detail::Catalogue;
using detail::Plural;
using detail::plural_of;

TEST(Catalogue, has_the_same_keys_and_arguments_in_all_languages)
{
  auto const english = Catalogue(Language::en).keys();
  EXPECT_GT(english.size(), 100U);
  for (auto const language : all_languages) EXPECT_EQ(Catalogue(language).keys(), english) << to_string(language);
}

TEST(Catalogue, has_exactly_the_plural_categories_of_each_language)
{
  std::map<Language, std::set<std::string>> const wanted{{Language::en, {"one", "other"}},
                                                         {Language::ro, {"one", "few", "other"}},
                                                         {Language::uk, {"one", "few", "many", "other"}},
                                                         {Language::ru, {"one", "few", "many", "other"}}};
  for (auto const language : all_languages) {
    for (auto [key, selectors] : Catalogue(language).selectors()) {
      if (selectors.empty()) continue;
      selectors.erase("=0");
      EXPECT_EQ(selectors, wanted.at(language)) << to_string(language) << " " << key;
    }
  }
}

TEST(Catalogue, counts_as_cldr_does)
{
  // Numbers and categories as in the CLDR charts of cardinal plurals.
  struct Row {
    Language language;
    std::int64_t number;
    Plural category;
  };
  for (auto const& row : {Row{Language::en, 1, Plural::one},     Row{Language::en, 0, Plural::other},
                          Row{Language::en, 21, Plural::other},  Row{Language::ro, 1, Plural::one},
                          Row{Language::ro, 0, Plural::few},     Row{Language::ro, 19, Plural::few},
                          Row{Language::ro, 20, Plural::other},  Row{Language::ro, 100, Plural::other},
                          Row{Language::ro, 101, Plural::few},   Row{Language::ro, 119, Plural::few},
                          Row{Language::ro, 120, Plural::other}, Row{Language::uk, 1, Plural::one},
                          Row{Language::uk, 21, Plural::one},    Row{Language::uk, 11, Plural::many},
                          Row{Language::uk, 2, Plural::few},     Row{Language::uk, 12, Plural::many},
                          Row{Language::uk, 24, Plural::few},    Row{Language::uk, 0, Plural::many},
                          Row{Language::ru, 101, Plural::one},   Row{Language::ru, 111, Plural::many},
                          Row{Language::ru, 104, Plural::few},   Row{Language::ru, 5, Plural::many},
                          Row{Language::ru, -1, Plural::one},    Row{Language::ru, INT64_MIN, Plural::many}})
    EXPECT_EQ(plural_of(row.language, row.number), row.category) << to_string(row.language) << " " << row.number;
}

/// The texts that the argument of a call may be, as it stands in the source: literals joined by `+`, anything else between
/// them for an `x`, and both of what `?` chooses from.
std::vector<std::string> texts_in(std::string const& source)
{
  std::vector<std::string> texts{""};
  bool literal = false, computed = false;
  int depth = 0;
  for (std::size_t i = 0; i < source.size(); ++i) {
    auto const sign = source[i];
    if (sign == '"') {
      literal = true;
      if (computed) texts.back() += 'x';
      computed = false;
      for (++i; source[i] != '"'; ++i) {
        if (source[i] == '\\') ++i;
        texts.back() += source[i];
      }
      if (depth > 0) texts.back().clear();  // inside of what is computed
      continue;
    }
    depth += sign == '(' || sign == '{' || sign == '[' ? 1 : sign == ')' || sign == '}' || sign == ']' ? -1 : 0;
    if (depth < 0) break;
    if (depth == 0 && sign == ',') {
      if (literal) break;
      computed = false;  // the text is a further argument
    } else if (depth == 0 && sign == '?') {
      computed = false;
    } else if (depth == 0 && sign == ':' && source[i + 1] != ':' && source[i - 1] != ':') {
      if (computed) texts.back() += 'x';
      texts.emplace_back();
      computed = false;
    } else if (sign != '+' && std::isspace(static_cast<unsigned char>(sign)) == 0) {
      computed = true;
    }
  }
  if (computed) texts.back() += 'x';
  return literal ? texts : std::vector<std::string>{};
}

TEST(Catalogue, has_the_words_of_every_fault)
{
  Catalogue const english(Language::en);
  std::size_t found = 0;
  std::regex const calls(R"((?:\b(?:site|here|site_|strict)\.fail|\bsite\(\w+\)\.fail|\bfailure|\bfault)\((?=[^)]))");
  for (std::string const room : {"feel", "rules"}) {
    for (auto const& file : std::filesystem::directory_iterator(std::string(TUTELA_SOURCE_DIR) + "/src/" + room)) {
      // tells cases apart by words that nobody sees
      if (file.path().extension() != ".cpp" || file.path().filename() == "every_case.cpp") continue;
      auto const source = file_text(file.path().string());
      for (auto call = std::sregex_iterator(source.begin(), source.end(), calls); call != std::sregex_iterator();
           ++call) {
        auto const begin = static_cast<std::size_t>(call->position() + call->length());
        for (auto const& text : texts_in(source.substr(begin, 600))) {
          ++found;
          EXPECT_TRUE(english.recognise("fault_", text)) << file.path() << ": " << text;
        }
      }
    }
  }
  EXPECT_GT(found, 100U);
}

TEST(Catalogue, says_faults_in_every_language)
{
  EXPECT_EQ(detail::Words(Language::ro).fault("division by zero"), "împărțire la zero");
  EXPECT_EQ(detail::Words(Language::uk).fault("`+` does not work on number and null"), "`+` не діє на number і null");
  EXPECT_EQ(detail::Words(Language::ru).fault("the fact child.age: the value is outside its declared range"),
            "факт child.age: значение лежит вне объявленного промежутка");
  EXPECT_EQ(detail::Words(Language::ro).fault("of a host's own function"), "of a host's own function");
  for (auto const language : {Language::ro, Language::uk, Language::ru}) {
    for (auto const& [key, arguments] : Catalogue(Language::en).keys()) {
      if (!key.starts_with("fault_") || !arguments.empty()) continue;
      auto const words = Catalogue(Language::en).say(key);
      EXPECT_NE(detail::Words(language).fault(words), words) << to_string(language) << " " << key;
    }
  }
}

TEST(Catalogue, speaks)
{
  EXPECT_EQ(Catalogue(Language::en).say("cases_count", {{"count", std::int64_t{1}}}), "1 case");
  EXPECT_EQ(Catalogue(Language::ro).say("cases_count", {{"count", std::int64_t{300}}}), "300 de cazuri");
  EXPECT_EQ(Catalogue(Language::ro).say("cases_count", {{"count", std::int64_t{2}}}), "2 cazuri");
  EXPECT_EQ(Catalogue(Language::uk).say("cases_count", {{"count", std::int64_t{22}}}), "22 випадки");
  EXPECT_EQ(Catalogue(Language::ru).say("cases_count", {{"count", std::int64_t{25}}}), "25 случаев");
  EXPECT_EQ(Catalogue(Language::ru).date(*parse_date("2026-03-02")), "2 марта 2026 г.");
  EXPECT_EQ(Catalogue(Language::ro).number("12.5"), "12,5");
  EXPECT_EQ(Catalogue(Language::en).plain("act_court"), "court");
  EXPECT_EQ(Catalogue(Language::en).plain("act_ends"), std::nullopt);  // it has an argument: no code word
  EXPECT_EQ(Catalogue(Language::en).plain("act_of_nobody"), std::nullopt);
  EXPECT_EQ(Catalogue(Language::en).say("not_scored", {{"count", std::int64_t{3}}}), "not scored, 3 items missing");
}

TEST(Catalogue, says_lengths_of_time)
{
  using detail::Words;
  EXPECT_EQ(Words(Language::en).duty({"1 month", ""}), "Within 1 month");
  EXPECT_EQ(Words(Language::ro).duty({"24 hours", "prosecutor"}), "În termen de 24 de ore, către: procuror");
  EXPECT_EQ(Words(Language::uk).duty({"21 days", ""}), "Строк: 21 день");
  EXPECT_EQ(Words(Language::uk).duty({"5 working days", ""}), "Строк: 5 робочих днів");
  EXPECT_EQ(Words(Language::ru).duty({"2 weeks", ""}), "Срок: 2 недели");
  EXPECT_EQ(Words(Language::ru).duty({"at once", ""}), "Срок: at once");  // as the pack writes it
  EXPECT_EQ(Words(Language::en).length("3 moons"), "3 moons");
  EXPECT_EQ(Words(Language::en).length("-3 days"), "-3 days");
  EXPECT_EQ(Words(Language::en).length("99999999999999999999 days"), "99999999999999999999 days");
}

TEST(Catalogue, refuses_broken_messages_and_wrong_use)
{
  for (auto const* broken :
       {R"({"a": "{"})", R"({"a": "{count, plural, one {x}}"})", R"({"a": "{count, plural, some {x} other {y}}"})",
        R"({"a": "x}"})", R"({"a": "{count, choice, other {x}}"})", R"({"a": "x", "a": "y"})", R"({"a": 1})", R"([])"})
    EXPECT_FALSE(Catalogue::parse(Language::en, broken, "test")) << broken;
  Catalogue const english(Language::en);
  EXPECT_THROW((void)english.say("no such message"), ContractViolation);
  EXPECT_THROW((void)english.say("cases_count"), ContractViolation);
  EXPECT_THROW((void)english.say("cases_count", {{"count", std::string("many")}}), ContractViolation);
}

// Every key written in the sources exists; `say` would throw otherwise, but only where the line is reached.
TEST(Catalogue, has_every_message_that_is_said)
{
  auto const keys = Catalogue(Language::en).keys();
  std::regex const call("(?:say|words|compared|note\\(lines,|group\\(lines,)\\(? ?\"([a-z_0-9]+)\"");
  for (auto const* name : {"report", "report_case", "report_data", "report_directorate", "report_parts",
                           "report_probation", "messages", "words", "explanation"}) {
    auto const source = file_text(std::string(TUTELA_SOURCE_DIR "/src/io/") + name + ".cpp");
    ASSERT_FALSE(source.empty()) << name;
    for (auto found = std::sregex_iterator(source.begin(), source.end(), call); found != std::sregex_iterator();
         ++found) {
      auto const key = (*found)[1].str();
      auto const first = keys.lower_bound(key);
      bool const is_beginning = key.back() == '_' && first != keys.end() && first->first.rfind(key, 0) == 0;
      EXPECT_TRUE(keys.count(key) == 1 || is_beginning) << key;
    }
  }
}

// The report of a validation says its keys without their common beginning.
TEST(Catalogue, has_every_message_of_a_validation_and_no_other)
{
  std::set<std::string> said;
  std::regex const word("\"([a-z][a-z_0-9]+)\"");
  for (auto const* name : {"validation_document", "validation_groups", "validation_page"}) {
    auto const source = file_text(std::string(TUTELA_SOURCE_DIR "/src/io/") + name + ".cpp");
    ASSERT_FALSE(source.empty()) << name;
    for (auto found = std::sregex_iterator(source.begin(), source.end(), word); found != std::sregex_iterator();
         ++found)
      said.insert((*found)[1].str());
  }
  for (auto const& [key, arguments] : Catalogue(Language::en).keys()) {
    if (key.rfind("validation_", 0) != 0) continue;
    auto const rest = key.substr(11);
    EXPECT_TRUE(said.count(rest) == 1 || rest.rfind("finding_", 0) == 0) << key;
  }
}

}  // namespace
}  // namespace tutela::test
