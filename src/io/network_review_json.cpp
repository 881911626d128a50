// SPDX-License-Identifier: Apache-2.0
/// \file
/// The review of a network as JSON.
#include <tutela/io/network_report.hpp>

#include <nlohmann/json.hpp>

namespace tutela::inline v0 {
namespace {

using Json = nlohmann::ordered_json;

Json offer(OfferCount const& count)
{
  return {{"services", count.services}, {"places", count.places}, {"unknown_services", count.unknown_services}};
}

Json optional(std::optional<std::int64_t> const& number) { return number ? Json(*number) : Json(nullptr); }

Json rows_of_demand(NetworkReview const& review)
{
  Json rows = Json::array();
  for (std::size_t at = 0; at < review.gaps.size(); ++at) {
    CareDemand const& row = review.request.demand[at];
    CoverageGap const& gap = review.gaps[at];
    Json one{{"area", row.area},
             {"minimum_age_months", row.minimum_age_months},
             {"maximum_age_months", row.maximum_age_months},
             {"need", row.need.text()},
             {"people", row.people}};
    if (row.from) one["from"] = row.from->text();
    one["places"] = gap.places;
    one["places_in_part"] = gap.places_in_part;
    one["unknown_services"] = gap.unknown_services;
    one["free"] = gap.free;
    one["protected_places"] = gap.protected_places;
    one["missing"] = gap.missing;
    one["nearest"] = optional(gap.nearest);
    one["reachable"] = optional(gap.reachable);
    rows.push_back(std::move(one));
  }
  return rows;
}

}  // namespace

std::string write_network_review(Network const& network, NetworkReview const& review)
{
  Json json{{"format", "tutela-network-review/1"},   {"network", network.id()},
            {"synthetic", network.synthetic()},      {"on", to_string(review.request.on)},
            {"offer", offer(review.offer)},          {"closed_services", review.closed_services},
            {"shown_exactly", review.shown_exactly}, {"shown_as_area", review.shown_as_area},
            {"not_shown", review.not_shown},         {"open_agreements", review.open_agreements},
            {"open_grounds", review.open_grounds}};
  for (char const* list : {"kinds", "areas"}) json[list] = Json::array();
  for (KindOffer const& one : review.kinds)
    json["kinds"].push_back(
        {{"kind", one.kind.text()}, {"offer", offer(one.offer)}, {"areas", one.areas}, {"alone", one.alone}});
  for (AreaOffer const& one : review.areas)
    json["areas"].push_back(
        {{"code", one.code}, {"offer", offer(one.offer)}, {"kinds", one.kinds}, {"alone", one.alone}});
  json["resting"] = Json::array();
  for (RestingService const& one : review.resting)
    json["resting"].push_back({{"service", one.service.text()},
                               {"reason", one.reason},
                               {"until", one.until ? Json(to_string(*one.until)) : Json(nullptr)}});
  json["synthetic_demand"] = review.request.synthetic_demand;
  json["gaps"] = rows_of_demand(review);
  json["agencies"] = optional(review.agencies);
  for (char const* list : {"depended", "bottlenecks", "closures", "repair"}) json[list] = Json::array();
  for (DependedStop const& one : review.depended)
    json["depended"].push_back({{"node", one.node.text()}, {"agencies", one.agencies}, {"services", one.services}});
  for (NeedBottleneck const& one : review.bottlenecks) {
    Json nodes = Json::array();
    for (NodeId const& node : one.cut.nodes) nodes.push_back(node.text());
    json["bottlenecks"].push_back({{"need", one.need.text()},
                                   {"wanted", one.cut.wanted},
                                   {"served", one.cut.served},
                                   {"nodes", std::move(nodes)}});
  }
  for (ClosureReview const& one : review.closures)
    json["closures"].push_back({{"service", one.service.text()},
                                {"area", one.area},
                                {"places", one.places},
                                {"left", one.left},
                                {"nearest", optional(one.nearest)},
                                {"missing", optional(one.missing)}});
  for (RowRepair const& one : review.repair) json["repair"].push_back({{"row", one.row}, {"places", one.places}});
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tutela::inline v0
