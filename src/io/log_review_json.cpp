// SPDX-License-Identifier: Apache-2.0
/// \file
/// The figures of a log of referrals as JSON.
#include <tutela/io/event_log.hpp>

#include <nlohmann/json.hpp>

namespace tutela::inline v0 {
namespace {

using Json = nlohmann::ordered_json;

Json label(std::vector<std::string> const& labels, std::uint32_t number)
{
  return number == no_label ? Json(nullptr) : Json(labels[number]);
}

Json day(std::int64_t seconds)
{
  constexpr std::int64_t of_day = 86'400;
  auto const date = from_days((seconds - (seconds < 0 ? of_day - 1 : 0)) / of_day);
  return date ? Json(to_string(*date)) : Json(nullptr);
}

Json figures_of(ReferralLog const& log, LogSummary const& summary)
{
  Json json{{"events", summary.events},
            {"referrals", summary.referrals},
            {"with_service", summary.with_service},
            {"still_waiting", summary.still_waiting},
            {"ended_without_service", summary.ended_without_service}};
  for (char const* list : {"stages", "declines", "hops", "transitions", "time_to_service"}) json[list] = Json::array();
  for (LogStage const& one : summary.stages) {
    auto const share = [&](double number) { return one.reached == 0 ? Json(nullptr) : Json(number); };
    json["stages"].push_back({{"state", to_string(one.state)},
                              {"reached", one.reached},
                              {"went_on", one.went_on},
                              {"declined", one.declined},
                              {"left", one.left},
                              {"open", one.open},
                              {"conversion", share(one.conversion())},
                              {"leakage", share(one.leakage())}});
  }
  for (LogDecline const& one : summary.declines)
    json["declines"].push_back(
        {{"reason", label(log.reasons, one.reason)}, {"to", label(log.stops, one.to)}, {"count", one.count}});
  for (LogHop const& one : summary.hops)
    json["hops"].push_back({{"from", label(log.stops, one.from)},
                            {"to", label(log.stops, one.to)},
                            {"service", label(log.stops, one.service)},
                            {"referrals", one.referrals},
                            {"accepted", one.accepted},
                            {"started", one.started},
                            {"declined", one.declined}});
  for (LogTransition const& one : summary.transitions)
    json["transitions"].push_back({{"from", to_string(one.from)},
                                   {"to", to_string(one.to)},
                                   {"count", one.count},
                                   {"median_seconds", one.median_seconds},
                                   {"allowed", one.allowed}});
  for (SurvivalStep const& one : summary.time_to_service)
    json["time_to_service"].push_back({{"days", one.time},
                                       {"at_risk", one.at_risk},
                                       {"services", one.events},
                                       {"still_without", one.survival},
                                       {"low", one.low},
                                       {"high", one.high}});
  return json;
}

Json comparison_of(ReferralLog const& log, NetworkComparison const& comparison)
{
  Json json{{"referrals", comparison.referrals}, {"founded", comparison.founded}};
  for (char const* list : {"unfounded", "bases", "agreements_never_used"}) json[list] = Json::array();
  for (UnfoundedHop const& one : comparison.unfounded)
    json["unfounded"].push_back({{"from", label(log.stops, one.hop.from)},
                                 {"to", label(log.stops, one.hop.to)},
                                 {"service", label(log.stops, one.hop.service)},
                                 {"basis", label(log.bases, one.basis)},
                                 {"gap", to_string(one.gap)},
                                 {"referrals", one.hop.referrals},
                                 {"first", day(one.first)},
                                 {"last", day(one.last)}});
  for (BasisUse const& one : comparison.bases)
    json["bases"].push_back({{"basis", one.basis.text()},
                             {"agreement", one.agreement.text()},
                             {"referrals", one.referrals},
                             {"held", one.held}});
  for (AgreementId const& one : comparison.agreements_never_used) json["agreements_never_used"].push_back(one.text());
  return json;
}

}  // namespace

std::string write_log_review(ReferralLog const& log, LogSummary const& summary, NetworkComparison const& comparison)
{
  Json json{{"format", "tutela-log-review/1"}};
  json["summary"] = figures_of(log, summary);
  json["comparison"] = comparison_of(log, comparison);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tutela::inline v0
