// SPDX-License-Identifier: Apache-2.0
/// \file
/// Scores and routes through the C library.

#include <utility>

#include <tutela/io/assessment.hpp>
#include <tutela/io/case.hpp>
#include <tutela/io/instrument.hpp>
#include <tutela/referral/route.hpp>
#include <tutela/risk/score.hpp>
#include "capi/handles.hpp"

using namespace tutela::detail;

namespace {

tutela::Truth truth_from(tutela_truth given)
{
  switch (given) {
    case TUTELA_TRUTH_UNKNOWN: return tutela::Truth::unknown;
    case TUTELA_TRUTH_YES: return tutela::Truth::yes;
    case TUTELA_TRUTH_NO: return tutela::Truth::no;
    default: throw tutela::ContractViolation("a truth is none of unknown, yes and no");
  }
}

tutela::RouteGoal goal_from(tutela_route_options const& wanted)
{
  std::string goal = name_from(wanted.goal.data, wanted.goal.length, "the goal");
  switch (wanted.goal_is) {
    case TUTELA_GOAL_KIND: return tutela::ServiceKind(std::move(goal));
    case TUTELA_GOAL_SERVICE: return tutela::ServiceId(std::move(goal));
    case TUTELA_GOAL_AGENCY: return tutela::AgencyId(std::move(goal));
    default: throw tutela::ContractViolation("goal_is is none of the values of tutela_goal");
  }
}

std::optional<tutela::Sex> sex_from(std::int32_t given)
{
  if (given < 0 || given > 2) throw tutela::ContractViolation("sex is none of 0, 1 and 2");
  if (given == 0) return std::nullopt;
  return given == 1 ? tutela::Sex::female : tutela::Sex::male;
}

tutela::HeldAct act_from(tutela_act const& given)
{
  tutela::HeldAct act;
  switch (given.issuer) {
    case 0: act.issuer = tutela::ActIssuer::court; break;
    case 1: act.issuer = tutela::ActIssuer::prosecutor; break;
    case 2: act.issuer = tutela::ActIssuer::commission; break;
    default: throw tutela::ContractViolation("the issuer of an act is none of 0, 1 and 2");
  }
  act.reference = text_from(given.reference, "the reference of an act");
  for (std::string& kind : texts_from(given.services, given.service_count, "the services of an act"))
    act.services.emplace_back(std::move(kind));
  act.valid = {date_from(given.valid_from, "valid_from"), date_from(given.valid_until, "valid_until")};
  return act;
}

tutela::RouteRequest request_from(tutela_route_options const& wanted)
{
  tutela::RouteRequest request;
  request.from = tutela::AgencyId(name_from(wanted.from.data, wanted.from.length, "from"));
  request.goal = goal_from(wanted);
  auto const on = date_from(wanted.on, "on");
  if (!on) throw tutela::ContractViolation("the day is missing: set options.on");
  request.on = *on;
  request.birth_date = date_from(wanted.birth_date, "birth_date");
  request.danger = truth_from(wanted.danger);
  request.sex = sex_from(wanted.sex);
  for (std::string& purpose : texts_from(wanted.purposes, wanted.purpose_count, "the purposes"))
    request.purposes.emplace_back(std::move(purpose));
  auto const categories = texts_from(wanted.data, wanted.data_count, "the categories of data");
  for (std::size_t i = 0; i < categories.size(); ++i)
    request.data.push_back({tutela::DataCategory(categories[i]),
                            wanted.consent == nullptr ? tutela::Truth::unknown : truth_from(wanted.consent[i])});
  check_array(wanted.acts, wanted.act_count, "the acts");
  for (std::size_t i = 0; i < wanted.act_count; ++i)
    request.acts.push_back(act_from(sized_element(wanted.acts, i, tutela_act TUTELA_ACT_INIT)));
  request.area_codes = texts_from(wanted.areas, wanted.area_count, "the areas");
  request.fresh_days = wanted.fresh_days;
  return request;
}

}  // namespace

tutela_status tutela_instrument_score(tutela_instrument const* instrument, char const* facts, size_t length,
                                      tutela_score_options const* options, tutela_text* json, tutela_error** error)
try {
  begin(error);
  output(json);
  tutela::Instrument const& scale = checked(instrument, HandleTag::instrument).instrument;
  tutela_score_options const wanted = sized(options, tutela_score_options TUTELA_SCORE_OPTIONS_INIT);
  tutela::ScoreOptions how;
  how.on = date_from(wanted.on, "on");
  how.known_on = date_from(wanted.known_on, "known_on");
  how.purpose = wanted.research != 0 ? tutela::ScorePurpose::research : tutela::ScorePurpose::practice;
  how.answers_only = wanted.answers_only != 0;
  how.jurisdiction = text_from(wanted.jurisdiction, "the jurisdiction");
  how.limits = limits_from(wanted.limits);
  auto const record = tutela::parse_facts(text_from(facts, length, "the facts"), "facts", how.limits).value();
  give_text(json, tutela::to_json(tutela::score(scale, record, how)));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_network_route(tutela_network const* network, tutela_route_options const* options,
                                   tutela_text* json, tutela_error** error)
try {
  begin(error);
  output(json);
  tutela::Network const& searched = checked(network, HandleTag::network).network;
  auto const request = request_from(sized(options, tutela_route_options TUTELA_ROUTE_OPTIONS_INIT));
  give_text(json, tutela::write_route(tutela::find_route(searched, request).value()));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}
