// SPDX-License-Identifier: Apache-2.0
#include "io/law_fields.hpp"

namespace tutela::detail {
namespace {

constexpr std::int32_t last_year = 9999;

void check_year(JsonObject& object, std::string_view key, Date day)
{
  if (day.year >= 1 && day.year <= last_year) return;
  object.error(Code::out_of_range, key, "the year of \"" + std::string(key) + "\" is out of range",
               "use a year from 1 to 9999");
}

}  // namespace

std::optional<Term> optional_term(JsonObject& object, std::string_view key)
{
  auto const text = object.optional_text(key);
  if (!text) return std::nullopt;
  auto const found = parse_term(*text);
  if (!found) {
    object.error(Code::not_allowed, key, "the value of \"" + std::string(key) + "\" is not a term",
                 "write `24 hours`, `3 working days`, `6 months`, `1 year` or `at once`");
  }
  return found.value_or(Term{1, TermUnit::days});
}

std::optional<Term> optional_length(JsonObject& object, std::string_view key)
{
  auto const term = optional_term(object, key);
  if (!term) return std::nullopt;
  if (term->count > 0 && term->unit != TermUnit::hours && term->unit != TermUnit::working_days) return term;
  object.error(Code::not_allowed, key, "the length of \"" + std::string(key) + "\" is not in days, months or years",
               "write `28 days`, `6 months` or `1 year`");
  return Term{1, TermUnit::days};
}

LawText read_law_text(JsonObject& object)
{
  LawText text;
  text.id = object.text("id");
  text.name = object.localized("name");
  text.law = object.period();
  text.status = word<LawStatus>(object, "status", parse_law_status,
                                "in_force_as_seen, recheck, partial, conflict, draft, historic");
  text.citation = object.citation("citation");
  text.note = object.optional_text("note").value_or("");
  return text;
}

AgeBand read_ages(JsonObject& object, std::string_view key)
{
  AgeBand ages;
  object.optional_object(key, [&](JsonObject& inner) {
    if (auto const from = inner.optional_integer("from", 0, 150)) ages.from = static_cast<std::uint8_t>(*from);
    if (auto const until = inner.optional_integer("until", 0, 150)) ages.until = static_cast<std::uint8_t>(*until);
    if (ages.from && ages.until && *ages.until <= *ages.from)
      inner.error(Code::invalid_interval, "until", "the ages end before they begin", "mend `from` and `until`");
  });
  return ages;
}

Date read_day(JsonObject& object, std::string_view key)
{
  auto const day = object.date(key);
  check_year(object, key, day);
  return day;
}

std::optional<Date> read_optional_day(JsonObject& object, std::string_view key)
{
  auto const day = object.optional_date(key);
  if (day) check_year(object, key, *day);
  return day;
}

Moment read_moment(JsonObject& object, std::string_view key)
{
  auto const text = object.text(key);
  auto const found = parse_moment(text);
  if (found && found->day.year >= 1 && found->day.year <= last_year) return *found;
  if (!text.empty())
    object.error(Code::invalid_date, key, "the value of \"" + std::string(key) + "\" is not a day or a moment",
                 "write `2026-03-02` or `2026-03-02T14:05`");
  return {};
}

std::vector<Moment> read_moments(JsonObject& object, std::string_view key)
{
  std::vector<Moment> moments;
  auto const order = [](Moment const& each) { return std::pair(each.day, each.minute.value_or(1'440)); };
  for (auto const& text : object.optional_texts(key)) {
    auto const moment = parse_moment(text);
    if (!moment || moment->day.year < 1 || moment->day.year > last_year) {
      object.error(Code::invalid_date, key, "\"" + std::string(key) + "\" holds what is not a day or a moment",
                   "write `2026-03-02` or `2026-03-02T14:05`");
      continue;
    }
    if (!moments.empty() && order(*moment) < order(moments.back()))
      object.error(Code::invalid_interval, key, "the moments of \"" + std::string(key) + "\" go back",
                   "write them in the order in which they happened");
    moments.push_back(*moment);
  }
  return moments;
}

}  // namespace tutela::detail
