// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a service may say it can change, and what nobody may propose to change.
#include "rules/changeable.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tutela::detail {
namespace {

/// What a service may say it can change: its own procedure, papers and goods, never the person or the family.
constexpr std::array<std::string_view, 7> changeable_kinds{"procedure", "document",   "service",  "housing",
                                                           "income",    "employment", "education"};

/// What it never changes.
constexpr std::array<std::string_view, 13> fixed_kinds{
    "custody",        "parental_rights", "family",   "pregnancy", "health",   "disability", "citizenship",
    "refugee_status", "ethnicity",       "religion", "consent",   "violence", "other"};

template <std::size_t n>
bool is_among(std::array<std::string_view, n> const& words, std::string_view word)
{
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Beginnings of words for what nobody may propose to change: custody, parental rights, composition of the family,
/// pregnancy, health, disability, citizenship, refugee status, ethnicity, religion, consent, violence. In English,
/// Romanian (without its marks), Ukrainian and Russian. The declared kind decides; the words only warn, because
/// a name may say nothing, or something else in another language.
constexpr std::array<std::string_view, 101> unchangeable_words{
    "custod",  "parental", "parent",    "mother", "father",   "sibling", "children", "household", "marri",   "spouse",
    "divorc",  "orphan",   "pregnan",   "health", "illness",  "diagnos", "disab",    "disord",    "citizen", "national",
    "refugee", "asylum",   "migrant",   "ethnic", "minorit",  "relig",   "faith",    "consent",   "agree",   "violen",
    "abus",    "parint",   "mama",      "mamei",  "tatal",    "tatei",   "frati",    "fratel",    "surori",  "casator",
    "casnic",  "divort",   "orfan",     "gravid", "sarcin",   "sanatat", "bolnav",   "boala",     "dizabil", "handicap",
    "invalid", "cetaten",  "refugi",    "azil",   "etni",     "rrom",    "tigan",    "credint",   "confesi", "consimt",
    "acordul", "abuz",     "adopt",     "опік",   "батьк",    "мати",    "матір",    "сестр",     "брат",    "шлюб",
    "розлуч",  "сирот",    "вагітн",    "здоров", "хвор",     "діагноз", "інвалід",  "громадян",  "біжен",   "мігрант",
    "етні",    "ромськ",   "національ", "реліг",  "віроспов", "згод",    "насил",    "насиль",    "опек",    "родител",
    "отец",    "мать",     "беремен",   "болез",  "диагноз",  "инвалид", "граждан",  "бежен",     "этни",    "религ",
    "соглас"};

/// One letter in small form, Romanian without marks; what is no letter ends a word.
void add_letter(std::string_view letter, std::string& word)
{
  constexpr std::array<std::pair<std::string_view, std::string_view>, 20> plain{
      {{"ă", "a"}, {"Ă", "a"}, {"â", "a"}, {"Â", "a"}, {"î", "i"}, {"Î", "i"}, {"ș", "s"},
       {"Ș", "s"}, {"ş", "s"}, {"Ş", "s"}, {"ț", "t"}, {"Ț", "t"}, {"ţ", "t"}, {"Ţ", "t"},
       {"І", "і"}, {"Ї", "ї"}, {"Є", "є"}, {"Ґ", "ґ"}, {"Ё", "ё"}, {"Ў", "ў"}}};
  for (auto const& [from, to] : plain) {
    if (letter != from) continue;
    word += to;
    return;
  }
  auto const code = [&](std::size_t i) { return static_cast<unsigned char>(letter[i]); };
  if (letter.size() == 2 && code(0) == 0xD0U && code(1) >= 0x90U && code(1) <= 0xAFU) {
    // Capitals of the Cyrillic alphabet.
    bool const late = code(1) >= 0xA0U;
    word += static_cast<char>(late ? 0xD1U : 0xD0U);
    word += static_cast<char>(late ? code(1) - 0x20U : code(1) + 0x20U);
    return;
  }
  word += letter;
}

/// The first word of the text that names what cannot be changed, or nothing.
std::string unchangeable_word(std::string_view text)
{
  std::string word;
  auto forbidden = [&] {
    return std::any_of(unchangeable_words.begin(), unchangeable_words.end(),
                       [&](std::string_view start) { return word.compare(0, start.size(), start) == 0; });
  };
  for (std::size_t i = 0; i < text.size();) {
    auto const first = static_cast<unsigned char>(text[i]);
    std::size_t const length = first < 0x80U ? 1 : first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
    auto const letter = text.substr(i, length);
    i += length;
    bool const capital = first >= 'A' && first <= 'Z';
    if (capital || (first >= 'a' && first <= 'z')) {
      word += capital ? static_cast<char>(first - 'A' + 'a') : static_cast<char>(first);
    } else if (length == 2) {
      add_letter(letter, word);
    } else {
      if (forbidden()) return word;
      word.clear();
    }
  }
  return forbidden() ? word : std::string();
}

}  // namespace

bool is_violence(std::string_view category)
{
  auto const word = unchangeable_word(category);
  return word.starts_with("violen") || word.starts_with("abus") || word.starts_with("abuz") ||
         word.starts_with("насил");
}

std::vector<Diagnostic> check_changeable(FactDeclaration const& fact, std::string const& kind, std::string const& name)
{
  std::vector<Diagnostic> found;
  auto const error = [&](Code code, std::string what, std::string mend) {
    found.push_back({code, Severity::error, {}, std::move(what), std::move(mend)});
  };
  bool const fixed = is_among(fixed_kinds, kind);
  if (!kind.empty() && !fixed && !is_among(changeable_kinds, kind))
    error(Code::not_allowed, "\"kind\" is not one of the allowed words", "see docs/pack-format.md for the kinds");
  if (!fact.changeable) {
    if (!fact.help.empty())
      error(Code::not_allowed, "a fact with `tutela:help` is not marked as changeable",
            "write changeable=\"true\", or leave the help out");
    return found;
  }
  if (fact.help.empty())
    error(Code::missing_key, "a changeable fact does not say what the agency can do",
          "add `tutela:help` in at least one language");
  if (kind.empty())
    error(Code::missing_key, "a changeable fact does not say of which kind it is",
          "write in `kind`: procedure, document, service, housing, income, employment or education");
  if (fixed)
    error(Code::not_allowed, "a fact of the kind \"" + kind + "\" cannot be changeable",
          "custody, parental rights, family, pregnancy, health, disability, citizenship, refugee status, ethnicity, "
          "religion, consent and violence are never to be changed by a service");
  if (!is_among(changeable_kinds, fact.category))
    error(Code::not_allowed, "a fact of the category \"" + fact.category + "\" cannot be changeable",
          "only procedure, document, service, housing, income, employment and education can be");
  if (fact.violence || (fact.ground != Ground::none && fact.ground != Ground::poverty))
    error(Code::not_allowed, "a fact about violence or a protected ground cannot be changeable",
          "leave out changeable: disability, ethnicity and violence are nothing that a service changes");
  auto word = unchangeable_word(name);
  for (auto const language : all_languages)
    if (word.empty()) word = unchangeable_word(fact.label.exactly(language));
  if (!word.empty())
    found.push_back({Code::not_allowed,
                     Severity::warning,
                     {},
                     "a changeable fact is named \"" + word + "\", which sounds like what no service changes",
                     "look whether its kind is right, or give it a name that says what the service changes"});
  return found;
}

}  // namespace tutela::detail
