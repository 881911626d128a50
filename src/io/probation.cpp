// SPDX-License-Identifier: Apache-2.0
/// \file
/// The law of probation and records of supervision from JSON.
#include <tutela/io/probation.hpp>

#include <array>
#include <utility>

#include "io/json_reader.hpp"
#include "io/law_fields.hpp"
#include "packs/shipped.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonName;
using detail::JsonObject;
using detail::optional_length;
using detail::optional_term;
using detail::read_ages;
using detail::read_day;
using detail::read_law_text;
using detail::read_moments;
using detail::read_optional_day;
using detail::refuse_twice;

constexpr std::array<JsonName<SentencedAs>, 3> sentenced_words{
    {{"not_recorded", SentencedAs::not_recorded}, {"minor", SentencedAs::minor}, {"adult", SentencedAs::adult}}};
constexpr std::array<JsonName<ActIssuer>, 3> issuers{
    {{"court", ActIssuer::court}, {"prosecutor", ActIssuer::prosecutor}, {"commission", ActIssuer::commission}}};

constexpr int most_hours = 10'000;

std::optional<int> hours(JsonObject& object, std::string_view key)
{
  auto const found = object.optional_integer(key, 0, most_hours);
  return found ? std::optional(static_cast<int>(*found)) : std::nullopt;
}

WorkNorm read_work_norm(JsonObject& object)
{
  WorkNorm norm;
  norm.text = read_law_text(object);
  norm.matter = object.text("matter");
  norm.ages = read_ages(object, "ages");
  bool any = false;
  auto const bounds = [&](std::string_view key, std::optional<int>& least, std::optional<int>* most) {
    object.optional_object(key, [&](JsonObject& inner) {
      any = true;
      least = hours(inner, "least");
      if (most != nullptr) *most = hours(inner, "most");
      if (key == "day") norm.day_most_long = hours(inner, "most_long");
      if (most != nullptr && least && *most && **most < *least)
        inner.error(Code::invalid_interval, "most", "the most hours are fewer than the least",
                    "mend `least` and `most`");
    });
  };
  bounds("order", norm.order_least, &norm.order_most);
  bounds("day", norm.day_least, &norm.day_most);
  bounds("month", norm.month_least, nullptr);
  if (!any)
    object.error(Code::missing_key, {}, "a text on community work sets no hours", "give `order`, `day` or `month`");
  if (norm.day_most_long && (!norm.day_most || *norm.day_most_long < *norm.day_most))
    object.error(Code::invalid_interval, "day", "the long day is not longer than the ordinary one",
                 "mend `most` and `most_long`");
  return norm;
}

MeasureBounds read_bounds(JsonObject& object)
{
  MeasureBounds bounds;
  bounds.text = read_law_text(object);
  bounds.measure = object.text("measure");
  bounds.ages = read_ages(object, "ages");
  bounds.least = optional_length(object, "least");
  bounds.longest = optional_length(object, "longest");
  if (!bounds.least && !bounds.longest)
    object.error(Code::missing_key, {}, "a text on a measure sets no length", "give `least`, `longest` or both");
  return bounds;
}

Programme read_programme(JsonObject& object)
{
  Programme programme;
  programme.text = read_law_text(object);
  programme.code = object.text("code");
  programme.ages = read_ages(object, "ages");
  object.optional_each("sessions", [&](JsonObject& inner) {
    programme.sessions.push_back({inner.text("kind"), static_cast<int>(inner.integer("count", 1, 1'000))});
  });
  programme.length = optional_length(object, "length");
  return programme;
}

MandatoryObligations read_mandatory(JsonObject& object)
{
  MandatoryObligations rule{read_law_text(object), object.text("measure"), object.optional_texts("kinds")};
  if (rule.kinds.empty()) object.missing("kinds");
  return rule;
}

bool overlap(AgeBand const& left, AgeBand const& right)
{
  return (!left.from || !right.until || *left.from < *right.until) &&
         (!right.from || !left.until || *right.from < *left.until);
}

/// Two texts in force that set the same thing for the same people leave open which one holds.
void refuse_overlaps(JsonObject& object, WorkNorm const& norm, std::vector<WorkNorm> const& before)
{
  for (auto const& other : before) {
    if (!norm.text.may_be_default() || !other.text.may_be_default() || norm.matter != other.matter) continue;
    if (!overlap(norm.ages, other.ages) || !norm.text.law.overlaps(other.text.law)) continue;
    for (auto const bound : {&WorkNorm::order_least, &WorkNorm::order_most, &WorkNorm::day_least, &WorkNorm::day_most,
                             &WorkNorm::month_least})
      if ((norm.*bound) && (other.*bound)) {
        object.error(Code::overlapping_law, {}, "two texts in force set the same hours for the same ages and days",
                     "give them other days or ages, or another status");
        return;
      }
  }
}

void refuse_overlaps(JsonObject& object, MeasureBounds const& bounds, std::vector<MeasureBounds> const& before)
{
  for (auto const& other : before) {
    if (!bounds.text.may_be_default() || !other.text.may_be_default() || bounds.measure != other.measure) continue;
    if (overlap(bounds.ages, other.ages) && bounds.text.law.overlaps(other.text.law))
      object.error(Code::overlapping_law, {}, "two texts in force set the length of the same measure",
                   "give them other days or ages, or another status");
  }
}

void read_law(JsonObject& root, ProbationLaw& law)
{
  law.jurisdiction = root.text("jurisdiction");
  law.adult_regime = root.optional_text("adult_regime").value_or("");
  std::vector<LawText> texts;
  auto const unique = [&](JsonObject& inner, LawText const& text) {
    refuse_twice(inner, texts, text.id, "texts");
    texts.push_back(text);
  };
  root.optional_each("community_work", [&](JsonObject& inner) {
    auto norm = read_work_norm(inner);
    unique(inner, norm.text);
    refuse_overlaps(inner, norm, law.work);
    law.work.push_back(std::move(norm));
  });
  root.optional_each("measures", [&](JsonObject& inner) {
    auto bounds = read_bounds(inner);
    unique(inner, bounds.text);
    refuse_overlaps(inner, bounds, law.measures);
    law.measures.push_back(std::move(bounds));
  });
  root.optional_each("programmes", [&](JsonObject& inner) {
    auto programme = read_programme(inner);
    unique(inner, programme.text);
    law.programmes.push_back(std::move(programme));
  });
  root.optional_each("mandatory", [&](JsonObject& inner) {
    auto rule = read_mandatory(inner);
    unique(inner, rule.text);
    law.mandatory.push_back(std::move(rule));
  });
}

Owner owner(JsonObject& object)
{
  return {AgencyId(object.optional_text("agency").value_or("")), object.optional_text("role").value_or("")};
}

Truth truth(JsonObject& object, std::string_view key)
{
  auto const found = object.optional_boolean(key);
  return found ? to_truth(*found) : Truth::unknown;
}

SentencedAs sentenced(JsonObject& object)
{
  return object.optional_one_of<SentencedAs>("sentenced", sentenced_words).value_or(SentencedAs::not_recorded);
}

Obligation read_obligation(JsonObject& object)
{
  Obligation item;
  item.id = object.text("id");
  item.kind = object.text("kind");
  item.what = object.optional_localized("what");
  item.watched_by = owner(object);
  item.set_by = object.optional_one_of<ActIssuer>("set_by", issuers).value_or(ActIssuer::court);
  item.reference = object.optional_text("reference").value_or("");
  item.holds = {read_day(object, "valid_from"), read_optional_day(object, "valid_until")};
  if (item.holds.until && *item.holds.until <= *item.holds.from)
    object.error(Code::invalid_interval, "valid_until", "the obligation ends before it begins", "mend the days");
  item.within = optional_term(object, "within");
  item.every = optional_length(object, "every");
  if (item.within && item.every)
    object.error(Code::not_allowed, "every", "an obligation is due once or again and again, not both",
                 "leave out `within` or `every`");
  item.done = read_moments(object, "done");
  return item;
}

ProbationMeasure read_measure(JsonObject& object)
{
  ProbationMeasure item;
  item.id = object.text("id");
  item.kind = object.text("kind");
  item.began = read_optional_day(object, "began");
  item.length = optional_length(object, "length");
  item.sentenced = sentenced(object);
  item.lifted = read_optional_day(object, "lifted");
  if (item.began && item.lifted && *item.lifted < *item.began)
    object.error(Code::invalid_interval, "lifted", "the measure was lifted before it began", "mend the days");
  return item;
}

WorkOrder read_order(JsonObject& object)
{
  WorkOrder order;
  order.id = object.text("id");
  order.matter = object.text("matter");
  order.ordered = read_day(object, "ordered");
  order.began = read_optional_day(object, "began");
  if (order.began && *order.began < order.ordered)
    object.error(Code::invalid_interval, "began", "the work began before it was ordered", "mend the days");
  order.hours = static_cast<std::int32_t>(object.integer("hours", 1, most_hours));
  order.sentenced = sentenced(object);
  auto const answers = [&](std::string_view key, std::vector<DatedAnswer>& list) {
    object.optional_each(key, [&](JsonObject& inner) { list.push_back({inner.period(), truth(inner, "answer")}); });
  };
  answers("occupied", order.occupied);
  answers("agrees_to_long_days", order.agrees_to_long_days);
  object.optional_each("worked", [&](JsonObject& inner) {
    WorkedDay day{read_day(inner, "day"), static_cast<std::int32_t>(inner.integer("minutes", 1, 24 * 60)),
                  inner.optional_text("reference").value_or("")};
    if (day.day < order.ordered)
      inner.error(Code::invalid_interval, "day", "the day is before the order", "mend the day");
    order.worked.push_back(std::move(day));
  });
  return order;
}

Enrolment read_enrolment(JsonObject& object)
{
  Enrolment item;
  item.id = object.text("id");
  item.programme = object.text("programme");
  item.enrolled = read_day(object, "enrolled");
  object.optional_each("sessions", [&](JsonObject& inner) {
    item.sessions.push_back({read_day(inner, "day"), inner.text("kind"), truth(inner, "attended")});
    if (item.sessions.back().day < item.enrolled)
      inner.error(Code::invalid_interval, "day", "the session is before the enrolment", "mend the day");
  });
  item.ended = read_optional_day(object, "ended");
  item.reason = object.optional_text("reason").value_or("");
  if (item.ended && item.reason.empty()) object.missing("reason");
  return item;
}

Supervision read_supervision(JsonObject& object)
{
  Supervision item;
  item.id = object.text("id");
  item.subject = CaseId(object.optional_text("case").value_or(""));
  item.kind = detail::word<ProbationKind>(object, "kind", parse_probation_kind,
                                          "presentence, community, penitentiary, post_penitentiary");
  item.counsellor = owner(object);
  item.opened = read_day(object, "opened");
  item.closed = read_optional_day(object, "closed");
  if (item.closed && *item.closed < item.opened)
    object.error(Code::invalid_interval, "closed", "the supervision ends before it begins", "mend the days");
  item.born = read_optional_day(object, "born");
  if (item.born && item.opened < *item.born)
    object.error(Code::contradictory_facts, "born", "the birth is after the begin of the supervision", "mend the days");
  auto const all = [&](std::string_view key, auto& list, auto const& read_one, std::string_view of_what) {
    object.optional_each(key, [&](JsonObject& inner) {
      auto one = read_one(inner);
      refuse_twice(inner, list, one.id, of_what);
      list.push_back(std::move(one));
    });
  };
  all("obligations", item.obligations, read_obligation, "obligations");
  all("measures", item.measures, read_measure, "measures");
  all("community_work", item.work, read_order, "orders");
  all("programmes", item.programmes, read_enrolment, "enrolments");
  return item;
}

}  // namespace

Result<ProbationLaw> parse_probation_law(std::string_view json, std::string const& file, Limits const& limits)
{
  return detail::read_document<ProbationLaw>(json, file, limits, "tutela-probation-law/1", read_law);
}

Result<ProbationLaw> load_probation_law(std::string const& path_or_id, Limits const& limits)
{
  auto const shipped = path_or_id + "/law.probation.json";
  if (auto const text = detail::shipped_file(shipped)) return parse_probation_law(*text, shipped, limits);
  auto text = detail::read_file(path_or_id, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_probation_law(*text, path_or_id, limits);
}

Result<ProbationRecords> parse_probation_records(std::string_view json, std::string const& file, Limits const& limits)
{
  return detail::read_document<ProbationRecords>(
      json, file, limits, "tutela-probation/1", [](JsonObject& root, ProbationRecords& records) {
        records.jurisdiction = root.text("jurisdiction");
        records.synthetic = root.optional_boolean("synthetic").value_or(false);
        root.each("supervisions", [&](JsonObject& inner) {
          auto one = read_supervision(inner);
          refuse_twice(inner, records.supervisions, one.id, "supervisions");
          records.supervisions.push_back(std::move(one));
        });
      });
}

Result<ProbationRecords> load_probation_records(std::string const& path, Limits const& limits)
{
  auto text = detail::read_file(path, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_probation_records(*text, path, limits);
}

}  // namespace tutela::inline v0
