// SPDX-License-Identifier: Apache-2.0
/// \file
/// Decisions of people from JSON and to JSON.
#include <tutela/io/decision.hpp>

#include <array>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "io/json_reader.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonName;
using detail::JsonObject;
using Json = nlohmann::ordered_json;

constexpr std::array<JsonName<FindingKind>, 5> finding_kinds{{{"verdict", FindingKind::verdict},
                                                              {"route", FindingKind::route},
                                                              {"allocation", FindingKind::allocation},
                                                              {"score", FindingKind::score},
                                                              {"disclosure", FindingKind::disclosure}}};
constexpr std::array<JsonName<Stance>, 2> stances{{{"follows", Stance::follows}, {"departs", Stance::departs}}};
constexpr std::array<JsonName<ChildOpinion>, 3> opinions{{{"given", ChildOpinion::given},
                                                          {"declined", ChildOpinion::declined},
                                                          {"not_possible", ChildOpinion::not_possible}}};

Decision read_decision(JsonObject& object)
{
  auto const text = [&](std::string_view key) { return object.optional_text(key).value_or(""); };
  Decision decision;
  decision.id = object.text("id");
  decision.subject = CaseId(text("case"));
  decision.made_by = {AgencyId(text("agency")), text("role")};
  decision.made = object.optional_date("made");
  decision.finding = object.one_of<FindingKind>("finding", finding_kinds);
  decision.finding_reference = text("finding_reference");
  decision.finding_on = object.optional_date("finding_on");
  decision.stance = object.optional_one_of<Stance>("stance", stances);
  decision.reason = text("reason");
  decision.concerns_child = object.optional_boolean("concerns_child").value_or(true);
  decision.best_interest = text("best_interest");
  decision.child_opinion = object.optional_one_of<ChildOpinion>("child_opinion", opinions);
  decision.child_opinion_note = text("child_opinion_note");
  decision.representative = text("representative");
  decision.no_representative_reason = text("no_representative_reason");
  decision.contest_where = text("contest_where");
  decision.contest_until = object.optional_date("contest_until");
  return decision;
}

Json json_of(Decision const& decision)
{
  Json json{{"id", decision.id}};
  auto const text = [&](char const* key, std::string const& value) {
    if (!value.empty()) json[key] = value;
  };
  auto const day = [&](char const* key, std::optional<Date> const& value) {
    if (value) json[key] = to_string(*value);
  };
  text("case", decision.subject.text());
  text("agency", decision.made_by.agency.text());
  text("role", decision.made_by.role);
  day("made", decision.made);
  json["finding"] = to_string(decision.finding);
  text("finding_reference", decision.finding_reference);
  day("finding_on", decision.finding_on);
  if (decision.stance) json["stance"] = to_string(*decision.stance);
  text("reason", decision.reason);
  json["concerns_child"] = decision.concerns_child;
  text("best_interest", decision.best_interest);
  if (decision.child_opinion) json["child_opinion"] = to_string(*decision.child_opinion);
  text("child_opinion_note", decision.child_opinion_note);
  text("representative", decision.representative);
  text("no_representative_reason", decision.no_representative_reason);
  text("contest_where", decision.contest_where);
  day("contest_until", decision.contest_until);
  return json;
}

}  // namespace

Result<std::vector<Decision>> parse_decisions(std::string_view json, std::string const& file, Limits const& limits)
{
  return detail::read_document<std::vector<Decision>>(
      json, file, limits, "tutela-decisions/1", [](JsonObject& root, std::vector<Decision>& decisions) {
        std::set<std::string> seen;
        root.each("decisions", [&](JsonObject& inner) {
          decisions.push_back(read_decision(inner));
          if (!seen.insert(decisions.back().id).second)
            inner.error(Code::duplicate_id, "id", "two decisions have the same identifier", "rename one");
        });
      });
}

Result<std::vector<Decision>> load_decisions(std::string const& path, Limits const& limits)
{
  auto text = detail::read_file(path, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_decisions(*text, path, limits);
}

std::string write_decisions(std::vector<Decision> const& decisions, int indent)
{
  Json json{{"format", "tutela-decisions/1"}, {"decisions", Json::array()}};
  for (auto const& decision : decisions) json["decisions"].push_back(json_of(decision));
  return indent > 0 ? json.dump(indent) : json.dump();
}

}  // namespace tutela::inline v0
