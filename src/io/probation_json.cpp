// SPDX-License-Identifier: Apache-2.0
/// \file
/// Records of supervision and reviews of them as JSON.
#include <algorithm>
#include <set>

#include <tutela/io/probation.hpp>

#include "io/json_fields.hpp"

namespace tutela::inline v0 {
namespace {

using detail::fields::json_of;
using detail::fields::put;
using Json = detail::fields::OrderedJson;

Json json_of_answers(std::vector<DatedAnswer> const& answers)
{
  auto list = Json::array();
  for (auto const& each : answers) {
    Json one = Json::object();
    put(one, each.valid);
    put(one, "answer", each.answer);
    list.push_back(std::move(one));
  }
  return list;
}

Json json_of(Obligation const& item)
{
  Json json{{"id", item.id}, {"kind", item.kind}};
  if (!item.what.empty()) json["what"] = detail::fields::json_of(item.what);
  put(json, item.watched_by);
  json["set_by"] = to_string(item.set_by);
  put(json, "reference", item.reference);
  put(json, item.holds);
  put(json, "within", item.within);
  put(json, "every", item.every);
  for (auto const& each : item.done) json["done"].push_back(to_string(each));
  return json;
}

Json json_of(ProbationMeasure const& item)
{
  Json json{{"id", item.id}, {"kind", item.kind}};
  put(json, "began", item.began);
  put(json, "length", item.length);
  json["sentenced"] = to_string(item.sentenced);
  put(json, "lifted", item.lifted);
  return json;
}

Json json_of(WorkOrder const& order)
{
  Json json{{"id", order.id}, {"matter", order.matter}, {"ordered", to_string(order.ordered)}};
  put(json, "began", order.began);
  json["hours"] = order.hours;
  json["sentenced"] = to_string(order.sentenced);
  json["occupied"] = json_of_answers(order.occupied);
  json["agrees_to_long_days"] = json_of_answers(order.agrees_to_long_days);
  json["worked"] = Json::array();
  for (auto const& each : order.worked) {
    Json day{{"day", to_string(each.day)}, {"minutes", each.minutes}};
    put(day, "reference", each.reference);
    json["worked"].push_back(std::move(day));
  }
  return json;
}

Json json_of(Enrolment const& item)
{
  Json json{{"id", item.id}, {"programme", item.programme}, {"enrolled", to_string(item.enrolled)}};
  json["sessions"] = Json::array();
  for (auto const& each : item.sessions) {
    Json session{{"day", to_string(each.day)}, {"kind", each.kind}};
    put(session, "attended", each.attended);
    json["sessions"].push_back(std::move(session));
  }
  put(json, "ended", item.ended);
  put(json, "reason", item.reason);
  return json;
}

Json json_of(ObligationReading const& reading)
{
  Json json{{"obligation", reading.obligation}, {"holds", reading.holds}};
  json["clock"] = reading.clock ? detail::fields::json_of(*reading.clock) : Json();
  return json;
}

Json json_of(MeasureReading const& reading)
{
  Json json{{"measure", reading.measure}};
  put(json, "last", reading.last);
  json["runs"] = detail::fields::json_of(reading.runs);
  json["bounds"] = to_string(reading.bounds);
  json["texts"] = reading.by;
  json["left_out"] = reading.left_out;
  return json;
}

Json json_of(WorkAccount const& account)
{
  Json json{{"order", account.order},
            {"ordered", account.ordered},
            {"done", account.done},
            {"counted", account.counted},
            {"over", account.over},
            {"undecided", account.undecided},
            {"remaining", {{"least", account.remaining_least}, {"most", account.remaining_most}}},
            {"complete", detail::fields::json_of(account.complete)},
            {"hours_lawful", detail::fields::json_of(account.hours_lawful)},
            {"day_rule_available", account.day_rule_available}};
  json["days"] = Json::array();
  for (auto const& day : account.days)
    json["days"].push_back({{"day", to_string(day.day)},
                            {"done", day.done},
                            {"counted", day.counted},
                            {"over", day.over},
                            {"undecided", day.undecided},
                            {"below_floor", detail::fields::json_of(day.below_floor)},
                            {"texts", day.by}});
  json["months"] = Json::array();
  for (auto const& month : account.months)
    json["months"].push_back({{"month", to_string(Date{month.year, month.month, 1}).substr(0, 7)},
                              {"done", month.done},
                              {"counted", month.counted},
                              {"state", to_string(month.state)}});
  json["texts"] = account.texts;
  json["left_out"] = account.left_out;
  return json;
}

Json json_of(ProgrammeProgress const& progress)
{
  Json json{{"enrolment", progress.enrolment}, {"programme", progress.programme}, {"state", to_string(progress.state)}};
  json["sessions"] = Json::array();
  for (auto const& each : progress.sessions) {
    Json session{
        {"kind", each.kind}, {"attended", each.attended}, {"missed", each.missed}, {"not_recorded", each.not_recorded}};
    session["required"] = each.required ? Json(*each.required) : Json();
    session["still_owed"] = each.still_owed ? Json(*each.still_owed) : Json();
    json["sessions"].push_back(std::move(session));
  }
  json["texts"] = progress.text.empty() ? Json::array() : Json::array({progress.text});
  json["age_fits"] = detail::fields::json_of(progress.age_fits);
  json["left_out"] = progress.left_out;
  return json;
}

template <class Items>
Json list_of(Items const& items)
{
  auto list = Json::array();
  for (auto const& each : items) list.push_back(json_of(each));
  return list;
}

Json json_of(Supervision const& item)
{
  Json json{{"id", item.id}};
  put(json, "case", item.subject.text());
  json["kind"] = to_string(item.kind);
  put(json, item.counsellor);
  json["opened"] = to_string(item.opened);
  put(json, "closed", item.closed);
  put(json, "born", item.born);
  json["obligations"] = list_of(item.obligations);
  json["measures"] = list_of(item.measures);
  json["community_work"] = list_of(item.work);
  json["programmes"] = list_of(item.programmes);
  return json;
}

Json json_of(SupervisionReview const& review)
{
  Json json{{"supervision", review.supervision}, {"on", to_string(review.on)}};
  json["regime"] = {{"state", to_string(review.regime)}};
  put(json["regime"], "adult_from", review.adult_from);
  put(json["regime"], "text", review.regime_by);
  json["obligations"] = list_of(review.obligations);
  json["measures"] = list_of(review.measures);
  json["missing_obligations"] = Json::array();
  for (auto const& each : review.missing)
    json["missing_obligations"].push_back({{"measure", each.measure}, {"kind", each.kind}, {"text", each.text}});
  json["community_work"] = list_of(review.work);
  json["programmes"] = list_of(review.programmes);
  return json;
}

/// The texts that reviews name, used or left out.
std::set<std::string> named_in(std::span<SupervisionReview const> reviews, ProbationLaw const& law)
{
  std::set<std::string> named;
  auto const add = [&](std::vector<std::string> const& ids) { named.insert(ids.begin(), ids.end()); };
  for (auto const& review : reviews) {
    named.insert(review.regime_by);
    for (auto const& each : review.missing) named.insert(each.text);
    for (auto const& each : review.measures) {
      add(each.by);
      add(each.left_out);
    }
    for (auto const& each : review.work) {
      add(each.texts);
      add(each.left_out);
    }
    for (auto const& each : review.programmes)
      for (auto const& programme : law.programmes)
        if (programme.text.id == each.text || (each.left_out && programme.code == each.programme))
          named.insert(programme.text.id);
  }
  return named;
}

}  // namespace

std::string write_probation_records(ProbationRecords const& records, int indent)
{
  Json json{{"format", "tutela-probation/1"}, {"jurisdiction", records.jurisdiction}, {"synthetic", records.synthetic}};
  json["supervisions"] = Json::array();
  for (auto const& each : records.supervisions) json["supervisions"].push_back(json_of(each));
  return detail::fields::written(json, indent);
}

std::string write_supervision_reviews(std::span<SupervisionReview const> reviews, ProbationLaw const& law,
                                      std::span<Clock const> clocks, int indent)
{
  Json json{{"jurisdiction", law.jurisdiction}, {"unit", "minutes"}};
  json["reviews"] = Json::array();
  for (auto const& each : reviews) json["reviews"].push_back(json_of(each));
  auto const named = named_in(reviews, law);
  json["texts"] = Json::array();
  auto const add = [&](LawText const& text) {
    if (named.count(text.id) != 0) json["texts"].push_back(detail::fields::json_of(text));
  };
  for (auto const& each : law.work) add(each.text);
  for (auto const& each : law.measures) add(each.text);
  for (auto const& each : law.programmes) add(each.text);
  for (auto const& each : law.mandatory) add(each.text);
  for (auto const& clock : clocks) add({clock.id, clock.name, clock.law, clock.status, clock.citation, clock.note});
  return detail::fields::written(json, indent);
}

}  // namespace tutela::inline v0
