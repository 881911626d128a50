// SPDX-License-Identifier: Apache-2.0
/// \file
/// Records of children in protection and reviews of them as JSON.
#include <set>

#include <tutela/io/child_protection.hpp>

#include "io/json_fields.hpp"

namespace tutela::inline v0 {
namespace {

using detail::fields::put;
using Json = detail::fields::OrderedJson;

Json json_of(Removal const& removal)
{
  Json json{{"id", removal.id}, {"steps", Json::array()}};
  for (auto const& step : removal.steps) {
    Json one{{"state", to_string(step.state)}, {"at", to_string(step.at)}};
    put(one, step.by);
    put(one, "reference", step.reference);
    put(one, "outcome", step.outcome);
    if (!step.heard.empty()) one["heard"] = step.heard;
    json["steps"].push_back(std::move(one));
  }
  return json;
}

Json json_of(Placement const& item)
{
  Json json{{"id", item.id}, {"option", item.option}};
  put(json, "agency", item.agency.text());
  put(json, "reference", item.reference);
  put(json, item.period);
  for (auto const& each : item.considered) {
    Json one{{"option", each.option}};
    put(one, "possible", each.possible);
    put(one, "reason", each.reason);
    json["considered"].push_back(std::move(one));
  }
  put(json, "plan_made", item.plan_made);
  put(json, "review_every", item.review_every);
  for (auto const& each : item.reviewed) json["reviewed"].push_back(to_string(each));
  if (!item.limits.empty()) json["limits"] = item.limits;
  for (auto const& each : item.prolongations)
    json["prolongations"].push_back({{"term", to_string(each.term)}, {"granted", to_string(each.granted)}});
  return json;
}

Json json_of(CareLeaver const& leaver)
{
  Json json = Json::object();
  put(json, "born", leaver.born);
  put(json, "left", leaver.left);
  json["facts"] = Json::object();
  for (auto const& [name, truth] : leaver.facts) json["facts"][name] = detail::fields::json_of(truth);
  return json;
}

Json json_of(RemovalReview const& review)
{
  Json json{{"removal", review.removal}};
  json["state"] = review.state ? Json(to_string(*review.state)) : Json();
  json["duties"] = Json::array();
  for (auto const& duty : review.duties)
    json["duties"].push_back({{"clock", duty.clock},
                              {"met_by", to_string(duty.met_by)},
                              {"on_miss", to_string(duty.on_miss)},
                              {"ended_by_return", duty.ended_by_return},
                              {"reading", detail::fields::json_of(duty.reading)}});
  json["rule_not_available"] = review.rule_not_available;
  json["left_out"] = review.left_out;
  json["not_heard"] = review.not_heard;
  put(json, "hearing_text", review.hearing_text);
  return json;
}

Json json_of(PlacementReview const& review)
{
  Json json{{"placement", review.placement}, {"current", review.current}};
  json["preference"] = to_string(review.preference);
  put(json, "preference_text", review.preference_text);
  json["open_options"] = review.open_options;
  json["plan"] = to_string(review.plan);
  json["next_review"] = review.next_review ? detail::fields::json_of(*review.next_review) : Json();
  json["limits"] = Json::array();
  for (auto const& limit : review.limits)
    json["limits"].push_back({{"clock", limit.clock},
                              {"on_miss", to_string(limit.on_miss)},
                              {"reading", limit.reading ? detail::fields::json_of(*limit.reading) : Json()}});
  json["left_out"] = review.left_out;
  return json;
}

Json json_of(LeavingCareReview const& review)
{
  Json json{{"findings", Json::array()}};
  for (auto const& each : review.findings) {
    Json one{{"text", each.text}, {"gives", each.gives}, {"holds", detail::fields::json_of(each.holds)}};
    one["missing"] = each.missing;
    put(one, "until", each.until);
    put(one, "amount", each.amount);
    json["findings"].push_back(std::move(one));
  }
  json["left_out"] = review.left_out;
  json["rule_not_available"] = review.rule_not_available;
  return json;
}

Json json_of(std::vector<Period> const& periods)
{
  auto list = Json::array();
  for (auto const& each : periods) {
    Json one = Json::object();
    put(one, each);
    list.push_back(std::move(one));
  }
  return list;
}

template <class Items>
Json list_of(Items const& items)
{
  auto list = Json::array();
  for (auto const& each : items) list.push_back(json_of(each));
  return list;
}

Json json_of(ChildReview const& review)
{
  Json json{{"case", review.subject.text()}};
  json["removals"] = list_of(review.removals);
  json["placements"] = list_of(review.placements);
  json["together"] = json_of(review.history.together);
  json["between"] = json_of(review.history.between);
  json["leaving"] = review.leaving ? json_of(*review.leaving) : Json();
  return json;
}

std::set<std::string> named_in(std::span<ChildReview const> reviews)
{
  std::set<std::string> named;
  auto const add = [&](std::vector<std::string> const& ids) { named.insert(ids.begin(), ids.end()); };
  for (auto const& review : reviews) {
    for (auto const& removal : review.removals) {
      for (auto const& duty : removal.duties) named.insert(duty.clock);
      add(removal.left_out);
      named.insert(removal.hearing_text);
    }
    for (auto const& placement : review.placements) {
      for (auto const& limit : placement.limits) named.insert(limit.clock);
      add(placement.left_out);
      named.insert(placement.preference_text);
    }
    if (!review.leaving) continue;
    for (auto const& each : review.leaving->findings) named.insert(each.text);
    add(review.leaving->left_out);
  }
  return named;
}

}  // namespace

std::string write_protection_records(ProtectionRecords const& records, int indent)
{
  Json json{{"format", "tutela-child-protection/1"},
            {"jurisdiction", records.jurisdiction},
            {"synthetic", records.synthetic}};
  if (records.martial_law) {
    json["martial_law"] = Json::object();
    put(json["martial_law"], *records.martial_law);
  }
  json["children"] = Json::array();
  for (auto const& child : records.children) {
    Json one{{"case", child.subject.text()}};
    one["removals"] = list_of(child.removals);
    one["placements"] = list_of(child.placements);
    if (child.leaver) one["leaving"] = json_of(*child.leaver);
    json["children"].push_back(std::move(one));
  }
  return detail::fields::written(json, indent);
}

std::string write_child_reviews(std::span<ChildReview const> reviews, ProtectionLaw const& law,
                                std::span<Clock const> clocks, int indent)
{
  Json json{{"jurisdiction", law.jurisdiction}};
  json["reviews"] = Json::array();
  for (auto const& each : reviews) json["reviews"].push_back(json_of(each));
  auto const named = named_in(reviews);
  json["texts"] = Json::array();
  auto const add = [&](LawText const& text) {
    if (named.count(text.id) != 0) json["texts"].push_back(detail::fields::json_of(text));
  };
  for (auto const& each : law.preference) add(each.text);
  for (auto const& each : law.hearings) add(each.text);
  for (auto const& each : law.leaving) add(each.text);
  for (auto const& clock : clocks) add({clock.id, clock.name, clock.law, clock.status, clock.citation, clock.note});
  return detail::fields::written(json, indent);
}

}  // namespace tutela::inline v0
