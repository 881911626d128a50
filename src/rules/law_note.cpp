// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading of the `tutela:` extension elements.
#include "rules/law_note.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/calendar/clock.hpp>
#include <tutela/facts/team_data.hpp>
#include <tutela/feel/expression.hpp>

#include "rules/changeable.hpp"

namespace tutela::detail {
namespace {

/// Reads the attributes of one element and reports the ones that the vocabulary does not have.
class Attributes {
 public:
  Attributes(XmlElement const& element, std::string const& file, Diagnostics& diagnostics,
             std::initializer_list<std::string_view> known)
      : element_(element), file_(file), diagnostics_(diagnostics)
  {
    for (auto const& [key, value] : element.attributes) {
      if (key.find(':') != std::string::npos) continue;
      if (std::find(known.begin(), known.end(), key) == known.end()) {
        error(Code::unknown_key, "the element `tutela:" + element.name + "` has no attribute \"" + key + "\"",
              "see docs/pack-format.md for its attributes");
      }
    }
  }

  std::string text(std::string_view key) const
  {
    auto const* value = element_.attribute(key);
    return value == nullptr ? std::string() : *value;
  }

  std::optional<Date> date(std::string_view key)
  {
    auto const* value = element_.attribute(key);
    if (value == nullptr || value->empty()) return std::nullopt;
    auto const date = parse_date(*value);
    if (!date) error(Code::invalid_date, "\"" + std::string(key) + "\" is not a date", "write it as 2026-03-01");
    return date;
  }

  bool boolean(std::string_view key)
  {
    auto const* value = element_.attribute(key);
    if (value == nullptr || *value == "false") return false;
    if (*value != "true") error(Code::not_allowed, "\"" + std::string(key) + "\" is neither true nor false", "");
    return *value == "true";
  }

  template <class E, std::size_t n>
  E word(std::string_view key, E otherwise, std::array<std::pair<std::string_view, E>, n> const& words)
  {
    auto const* value = element_.attribute(key);
    if (value == nullptr) return otherwise;
    std::string allowed;
    for (auto const& [name, enumerator] : words) {
      if (name == *value) return enumerator;
      (allowed += allowed.empty() ? "" : ", ") += name;
    }
    error(Code::not_allowed, "\"" + std::string(key) + "\" is not one of the allowed words", "use one of: " + allowed);
    return otherwise;
  }

  void error(Code code, std::string what, std::string mend)
  {
    diagnostics_.error(code, {file_, element_.line, element_.column, {}}, std::move(what), std::move(mend));
  }

 private:
  XmlElement const& element_;
  std::string const& file_;
  Diagnostics& diagnostics_;
};

void read_text(XmlElement const& element, Text& text, std::string const& file, Diagnostics& diagnostics)
{
  Attributes attributes(element, file, diagnostics, {"lang"});
  auto const language = parse_language(attributes.text("lang"));
  if (!language) {
    attributes.error(Code::not_allowed, "\"lang\" names no language of Tutela", "use one of: en, ro, uk, ru");
    return;
  }
  text.set(*language, trimmed_text(element).text);
}

Citation read_citation(XmlElement const& element, std::string const& file, Diagnostics& diagnostics)
{
  Attributes attributes(element, file, diagnostics, {"act", "article", "source", "grade", "status", "textDate"});
  Citation citation;
  citation.act = attributes.text("act");
  citation.article = attributes.text("article");
  citation.source = attributes.text("source");
  citation.status = attributes.text("status");
  citation.text_date = attributes.date("textDate");
  auto const grade = parse_grade(attributes.text("grade"));
  if (!grade)
    attributes.error(Code::invalid_citation, "a citation without a grade", "use one of: A, B, C, D, unverified");
  if (citation.act.empty())
    attributes.error(Code::invalid_citation, "a citation without an act", "name the act in `act`");
  citation.grade = grade.value_or(Grade::unverified);
  return citation;
}

constexpr std::array<std::pair<std::string_view, Effect>, 3> effects{
    {{"none", Effect::none}, {"protective", Effect::protective}, {"restrictive", Effect::restrictive}}};
constexpr std::array<std::pair<std::string_view, Sensitivity>, 3> sensitivities{
    {{"ordinary", Sensitivity::ordinary}, {"personal", Sensitivity::personal}, {"sensitive", Sensitivity::sensitive}}};
constexpr std::array<std::pair<std::string_view, AskedOf>, 5> asked{
    {{"registry", AskedOf::registry},
     {"file", AskedOf::file},
     {"adult", AskedOf::adult},
     {"child", AskedOf::child},
     {"trained_interviewer", AskedOf::trained_interviewer}}};
constexpr std::array<std::pair<std::string_view, Subject>, 3> subjects{
    {{"person", Subject::person}, {"family", Subject::family}, {"others", Subject::others}}};

constexpr std::array<std::pair<std::string_view, Ground>, 5> protections{{{"true", Ground::unstated},
                                                                          {"false", Ground::none},
                                                                          {"poverty", Ground::poverty},
                                                                          {"disability", Ground::disability},
                                                                          {"ethnicity", Ground::ethnicity}}};
constexpr std::array<std::pair<std::string_view, Ground>, 3> proxies{
    {{"poverty", Ground::poverty}, {"disability", Ground::disability}, {"ethnicity", Ground::ethnicity}}};

/// Calls `read` for each extension element of ours.
template <class F>
void each_extension(XmlElement const& owner, F const& read)
{
  for (auto const& child : owner.children) {
    if (child.name != "extensionElements" || child.space != owner.space) continue;
    for (auto const& extension : child.children)
      if (extension.space == tutela_space) read(extension);
  }
}

/// Reports unary tests that cannot be read. \return The tests as written.
std::string checked_tests(std::string tests, Place const& place, Diagnostics& diagnostics)
{
  if (tests.empty()) return tests;
  auto parsed = parse_unary_tests(tests, {}, {}, place);
  for (auto& diagnostic : std::move(parsed).diagnostics()) diagnostics.add(std::move(diagnostic));
  return tests;
}

ValueWeight read_weight(XmlElement const& element, std::string const& file, Diagnostics& diagnostics)
{
  Attributes attributes(element, file, diagnostics, {"test", "value", "source"});
  ValueWeight weight;
  weight.test = attributes.text("test");
  weight.source = attributes.text("source");
  if (weight.source.empty())
    attributes.error(Code::invalid_citation, "a weight without a source",
                     "say in `source` where the figure comes from");
  auto const number = Decimal::parse(attributes.text("value"));
  if (!number || number->is_negative())
    attributes.error(Code::invalid_number, "\"value\" is not a number of 0 or more", "write it as 2 or 1.5");
  else
    weight.weight = *number;
  if (weight.test.empty())
    attributes.error(Code::missing_key, "a weight without a test", "write in `test` which values it is for");
  checked_tests(weight.test, {file, element.line, element.column, {}}, diagnostics);
  return weight;
}

/// Grounds on which nobody may be separated from the family, and what has to do with them.
void read_protection(FactDeclaration& fact, Attributes& attributes, Place const& place, Diagnostics& diagnostics)
{
  fact.ground = attributes.word("protected", Ground::none, protections);
  auto const proxied = attributes.word("proxy", Ground::none, proxies);
  fact.is_proxy = proxied != Ground::none;
  if (fact.is_proxy && fact.ground != Ground::none)
    attributes.error(Code::not_allowed, "a fact is protected and a proxy at once",
                     "write `protected` for the ground itself, `proxy` for what stands for it");
  if (fact.is_proxy) fact.ground = proxied;
  fact.is_protected = fact.ground != Ground::none;
  fact.neglect = checked_tests(attributes.text("materialNeglect"), place, diagnostics);
  fact.help_failed = checked_tests(attributes.text("helpFailed"), place, diagnostics);
}

/// Words separated by white space.
std::vector<std::string> words_of(std::string const& text)
{
  std::vector<std::string> words;
  std::string word;
  for (char const c : text + " ") {
    if (c != ' ' && c != '\n' && c != '\t') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

/// True when a status says that the text may not be law as it was seen: one of the words of `LawStatus` but the first,
/// or `unverified`, alone or before a colon (`recheck: version of 2019`).
bool speaks_against(std::string_view status) noexcept
{
  auto const word = status.substr(0, status.find(':'));
  return word == "unverified" ||
         parse_law_status(word).value_or(LawStatus::in_force_as_seen) != LawStatus::in_force_as_seen;
}

}  // namespace

bool LawNote::verified() const noexcept
{
  if (citations.empty()) return true;
  return std::any_of(citations.begin(), citations.end(), [](Citation const& citation) {
    return may_be_default(citation.grade) && !speaks_against(citation.status);
  });
}

LawNote read_law_note(XmlElement const& owner, std::string const& file, Diagnostics& diagnostics)
{
  LawNote note;
  each_extension(owner, [&](XmlElement const& element) {
    if (element.name == "law") {
      Attributes attributes(element, file, diagnostics, {"validFrom", "validUntil", "effect", "separation"});
      note.law = {attributes.date("validFrom"), attributes.date("validUntil")};
      note.effect = attributes.word("effect", Effect::none, effects);
      note.separation = attributes.boolean("separation");
      if (owner.name == "rule" && (note.separation || note.effect != Effect::none)) {
        attributes.error(Code::invalid_model, "`effect` and `separation` are said of a whole decision, not of one rule",
                         "move them to the decision");
      }
      if (note.law.from && note.law.until && *note.law.until <= *note.law.from)
        attributes.error(Code::invalid_interval, "the law ends before it begins",
                         "validUntil is the first day after it");
    } else if (element.name == "citation") {
      note.citations.push_back(read_citation(element, file, diagnostics));
    } else if (element.name == "label") {
      read_text(element, note.label, file, diagnostics);
    } else if (element.name == "constraint") {
      Attributes(element, file, diagnostics, {});
      note.constraint = true;
      if (owner.name == "rule") {
        diagnostics.error(Code::invalid_model, {file, element.line, element.column, {}},
                          "a constraint is a whole decision, not one rule", "move it to the decision");
      }
    } else if (element.name == "duty") {
      Attributes attributes(element, file, diagnostics, {"clock", "to"});
      note.duties.push_back({attributes.text("clock"), attributes.text("to")});
    } else {
      diagnostics.error(Code::unknown_key, {file, element.line, element.column, {}},
                        "the vocabulary has no element `tutela:" + element.name + "` here",
                        "use law, citation, constraint, label or duty");
    }
  });
  return note;
}

FactNote read_fact_note(XmlElement const& owner, std::string const& file, Diagnostics& diagnostics)
{
  FactNote note;
  auto& fact = note.declaration;
  each_extension(owner, [&](XmlElement const& element) {
    if (element.name != "fact") {
      diagnostics.error(Code::unknown_key, {file, element.line, element.column, {}},
                        "the vocabulary has no element `tutela:" + element.name + "` here", "use fact");
      return;
    }
    note.present = true;
    Attributes attributes(
        element, file, diagnostics,
        {"optional", "unit", "cost", "sensitivity", "askedOf", "about", "category", "changeable", "kind", "protected",
         "proxy", "materialNeglect", "helpFailed", "maximumElements", "violence", "heldBy"});
    fact.optional = attributes.boolean("optional");
    fact.unit = attributes.text("unit");
    fact.category = attributes.text("category");
    if (stays_with_team(fact.category))
      attributes.error(Code::not_allowed, "a rule reads data that stay with the team that keeps them",
                       "nobody's rights may hang on reproductive health or on taking part in a voluntary programme");
    fact.changeable = attributes.boolean("changeable");
    read_protection(fact, attributes, {file, element.line, element.column, {}}, diagnostics);
    fact.sensitivity = attributes.word("sensitivity", Sensitivity::personal, sensitivities);
    fact.asked_of = attributes.word("askedOf", AskedOf::adult, asked);
    fact.about = attributes.word("about", Subject::unstated, subjects);
    fact.violence = attributes.boolean("violence") || is_violence(fact.category);
    // Where nobody says whom to ask about violence, it is somebody who is trained for that.
    if (fact.violence && element.attribute("askedOf") == nullptr) fact.asked_of = AskedOf::trained_interviewer;
    fact.held_by = words_of(attributes.text("heldBy"));
    if (fact.asked_of == AskedOf::child && fact.violence)
      attributes.error(Code::not_allowed, "a fact about violence is asked of the child",
                       "write askedOf=\"trained_interviewer\", or where else it can be found out");
    if (auto const cost = attributes.text("cost"); !cost.empty()) {
      auto const number = Decimal::parse(cost);
      if (!number || number->is_negative()) {
        attributes.error(Code::invalid_number, "\"cost\" is not a number of 0 or more", "write it as 2 or 1.5");
      } else {
        fact.cost = *number;
      }
    }
    if (auto const most = attributes.text("maximumElements"); !most.empty()) {
      std::size_t number = 0;
      auto const [end, failed] = std::from_chars(most.data(), most.data() + most.size(), number);
      if (failed != std::errc() || end != most.data() + most.size())
        attributes.error(Code::invalid_number, "\"maximumElements\" is not a whole number", "");
      else
        fact.maximum_elements = number;
    }
    for (auto const& child : element.children) {
      if (child.space != tutela_space) continue;
      if (child.name == "label") {
        read_text(child, fact.label, file, diagnostics);
      } else if (child.name == "question") {
        read_text(child, fact.question, file, diagnostics);
      } else if (child.name == "help") {
        read_text(child, fact.help, file, diagnostics);
      } else if (child.name == "weight") {
        fact.weights.push_back(read_weight(child, file, diagnostics));
      } else {
        diagnostics.error(Code::unknown_key, {file, child.line, child.column, {}},
                          "the vocabulary has no element `tutela:" + child.name + "` here",
                          "use label, question, help or weight");
      }
    }
    auto const* name = owner.attribute("name");
    for (auto& found : check_changeable(fact, attributes.text("kind"), name == nullptr ? std::string() : *name)) {
      found.place = {file, element.line, element.column, {}};
      diagnostics.add(std::move(found));
    }
  });
  return note;
}

}  // namespace tutela::detail
