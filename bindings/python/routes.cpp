// SPDX-License-Identifier: Apache-2.0
/// \file
/// Many paths, paths over time, gaps and what clients depend on, in Python.

#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "answers.hpp"
#include "conversion.hpp"
#include "referral.hpp"

#include <tutela/io/network_report.hpp>
#include <tutela/referral/agreement_repair.hpp>
#include <tutela/referral/gaps.hpp>
#include <tutela/referral/load.hpp>
#include <tutela/referral/openers.hpp>
#include <tutela/referral/resilience.hpp>
#include <tutela/referral/review.hpp>
#include <tutela/referral/routes.hpp>
#include <tutela/referral/what_if.hpp>

namespace tutela::python {
namespace {

py::object whole(std::optional<std::int64_t> value) { return value ? py::object(py::int_(*value)) : py::none(); }

/// One question for a path as a mapping: a client, and where to.
RouteRequest to_question(py::handle mapping)
{
  auto rest = mapping.cast<py::dict>().attr("copy")().cast<py::dict>();
  auto const take = [&](char const* name) { return rest.attr("pop")(name, py::none()).cast<py::object>(); };
  py::object const service = take("service");
  py::object const kind = take("kind");
  py::object const agency = take("agency");
  py::object const fresh_days = take("fresh_days");
  ReachClient const client = to_client(rest);
  RouteRequest request = question_of(client);
  request.goal = to_goal(service, kind, agency);
  if (!fresh_days.is_none()) request.fresh_days = fresh_days.cast<std::int32_t>();
  return request;
}

py::tuple ask_routes(LoadedNetwork const& network, py::handle questions, std::size_t threads)
{
  std::vector<RouteRequest> requests;
  for (py::handle const question : questions) requests.push_back(to_question(question));
  std::vector<RouteAnswer> answers;
  {
    py::gil_scoped_release const release;
    answers = required(find_routes(network.value, requests, threads)).first;
  }
  py::tuple result(answers.size());
  for (std::size_t i = 0; i < answers.size(); ++i)
    result[i] = py::cast(NetworkRoute{std::move(answers[i]), network.value});
  return result;
}

py::tuple ask_best_routes(LoadedNetwork const& network, py::handle question, std::size_t count,
                          std::string const& least)
{
  RouteRequest const request = to_question(question);
  HopState const state = to_least(least);
  std::vector<Route> found;
  {
    py::gil_scoped_release const release;
    found = required(find_best_routes(network.value, request, count, state)).first;
  }
  py::tuple result(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) result[i] = route_to_python(&found[i]);
  return result;
}

py::tuple ask_front(LoadedNetwork const& network, py::handle question, py::handle home, std::string const& least)
{
  RouteRequest const request = to_question(question);
  auto const position = to_position(home);
  HopState const state = to_least(least);
  std::vector<RouteChoice> found;
  {
    py::gil_scoped_release const release;
    found = required(find_route_front(network.value, request, position, state)).first;
  }
  py::tuple result(found.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    result[i] = from_values("RouteChoice")(route_to_python(&found[i].route), whole(found[i].metres));
  return result;
}

py::object dated(std::optional<DatedRoute> const& value)
{
  if (!value) return py::none();
  return from_values("DatedRoute")(route_to_python(&value->route), to_python(value->on), to_python(value->arrives));
}

py::object ask_dated(LoadedNetwork const& network, py::handle question)
{
  RouteRequest const request = to_question(question);
  std::optional<DatedRouteAnswer> found;
  {
    py::gil_scoped_release const release;
    found = required(find_dated_route(network.value, request)).first;
  }
  return from_values("DatedRouteAnswer")(dated(found->certain), dated(found->possible));
}

CareDemand to_demand(py::handle mapping)
{
  CareDemand row;
  for (auto const& [key, value] : mapping.cast<py::dict>()) {
    auto const name = key.cast<std::string>();
    if (name == "area")
      row.area = value.cast<std::string>();
    else if (name == "minimum_age_months")
      row.minimum_age_months = value.cast<std::int32_t>();
    else if (name == "maximum_age_months")
      row.maximum_age_months = value.cast<std::int32_t>();
    else if (name == "need")
      row.need = ServiceKind(value.cast<std::string>());
    else if (name == "people")
      row.people = value.cast<std::int64_t>();
    else if (name == "centre")
      row.centre = to_position(value);
    else if (name == "from_")
      row.from = value.is_none() ? std::nullopt : std::optional(AgencyId(value.cast<std::string>()));
    else
      throw ContractViolation("a row of demand has no \"" + name + "\"");
  }
  return row;
}

py::tuple ask_gaps(LoadedNetwork const& network, py::handle demand, py::handle on, py::handle purposes, py::handle data,
                   std::int32_t fresh_days)
{
  GapRequest request;
  request.on = required_day(on);
  for (py::handle const row : demand) request.demand.push_back(to_demand(row));
  for (std::string& purpose : to_texts(purposes, "purposes")) request.purposes.emplace_back(std::move(purpose));
  request.data = to_data(data);
  request.fresh_days = fresh_days;
  std::vector<CoverageGap> found;
  {
    py::gil_scoped_release const release;
    found = required(coverage_gaps(network.value, request)).first;
  }
  py::tuple result(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CareDemand const& row = request.demand[i];
    CoverageGap const& gap = found[i];
    result[i] = from_values("CoverageGap")(row.area, row.minimum_age_months, row.maximum_age_months, row.need.text(),
                                           row.people, gap.places, gap.places_in_part, gap.unknown_services, gap.free,
                                           gap.protected_places, gap.missing, whole(gap.nearest), whole(gap.reachable));
  }
  return result;
}

NetworkReview look_at(LoadedNetwork const& network, py::handle on, py::handle demand, bool synthetic_demand,
                      std::int32_t closures)
{
  ReviewRequest request;
  request.on = required_day(on);
  if (!demand.is_none())
    for (py::handle const row : demand) request.demand.push_back(to_demand(row));
  request.synthetic_demand = synthetic_demand;
  request.closures = closures;
  py::gil_scoped_release const release;
  return required(review_network(network.value, request)).first;
}

py::object report(LoadedNetwork const& network, py::handle on, py::handle demand, bool synthetic_demand,
                  std::string const& about, std::int32_t closures, std::string const& lang)
{
  NetworkReportOptions options;
  options.language = to_language(lang);
  options.demand = about;
  auto const review = look_at(network, on, demand, synthetic_demand, closures);
  return from_values("Page")(write_network_report(network.value, review, options));
}

py::object review(LoadedNetwork const& network, py::handle on, py::handle demand, bool synthetic_demand,
                  std::int32_t closures)
{
  return from_json(write_network_review(network.value, look_at(network, on, demand, synthetic_demand, closures)));
}

py::tuple ask_single_points(LoadedNetwork const& network, py::handle client, std::string const& least)
{
  ReachClient const one = to_client(client);
  HopState const state = to_least(least);
  std::vector<SinglePoint> found;
  {
    py::gil_scoped_release const release;
    found = required(single_points(network.value, one, state)).first;
  }
  auto const& nodes = network.value.nodes();
  py::tuple result(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    std::vector<std::string> losses;
    for (std::uint32_t const node : found[i].losses) losses.push_back(nodes[node].text());
    result[i] = from_values("SinglePoint")(nodes[found[i].node].text(), to_python(losses));
  }
  return result;
}

template <class Item, class Make>
std::vector<Item> from_mapping(py::handle mapping, Make const& make)
{
  std::vector<Item> items;
  for (auto const& [key, value] : mapping.cast<py::dict>())
    items.push_back(make(key.template cast<std::string>(), value.template cast<std::int64_t>()));
  return items;
}

std::vector<Demand> to_people(py::handle mapping)
{
  return from_mapping<Demand>(mapping, [](std::string const& id, std::int64_t number) {
    return Demand{AgencyId(id), number};
  });
}

std::vector<NodeCapacity> to_capacities(py::handle mapping)
{
  return from_mapping<NodeCapacity>(mapping, [](std::string const& id, std::int64_t number) {
    return NodeCapacity{NodeId(id), number};
  });
}

py::object ask_bottleneck(LoadedNetwork const& network, py::handle client, std::string const& kind, py::handle demand,
                          py::handle capacities, std::string const& least)
{
  ReachClient const one = to_client(client);
  auto const people = to_people(demand);
  auto const most = to_capacities(capacities);
  HopState const state = to_least(least);
  std::optional<Bottleneck> found;
  {
    py::gil_scoped_release const release;
    found = required(find_bottleneck(network.value, one, ServiceKind(kind), people, most, state)).first;
  }
  return from_values("Bottleneck")(found->served, found->wanted, to_python(found->nodes), to_python(found->all_served));
}

py::object ask_load(LoadedNetwork const& network, py::handle client, std::string const& kind, py::handle demand,
                    py::handle capacities, std::string const& least)
{
  ReachClient const one = to_client(client);
  auto const people = to_people(demand);
  auto const most = to_capacities(capacities);
  HopState const state = to_least(least);
  std::optional<NetworkLoad> found;
  {
    py::gil_scoped_release const release;
    found = required(find_load(network.value, one, ServiceKind(kind), people, most, state)).first;
  }
  py::dict services;
  for (ServiceLoad const& service : found->services)
    services[py::str(service.service.text())] = py::make_tuple(service.people.least, service.people.greatest);
  py::dict hops;
  for (LastHopLoad const& hop : found->hops)
    hops[py::make_tuple(hop.from.text(), hop.service.text())] = py::make_tuple(hop.people.least, hop.people.greatest);
  py::dict overloaded;
  for (OverloadedStop const& stop : found->overloaded)
    overloaded[py::str(stop.node.text())] = py::make_tuple(stop.least, stop.capacity);
  return from_values("NetworkLoad")(found->served, found->wanted, services, hops, overloaded);
}

py::object ask_repair(LoadedNetwork const& network, py::handle children, py::handle on)
{
  AllocationRequest const request = to_allocation(children, on, py::none());
  std::optional<Repair> found;
  {
    py::gil_scoped_release const release;
    found = required(cheapest_repair(network.value, request)).first;
  }
  py::dict places;
  for (PlacesAdded const& one : found->places) places[py::str(one.service.text())] = one.places;
  return from_values("Repair")(places, found->added, found->still_waiting, found->is_least);
}

py::object ask_agreements(LoadedNetwork const& network, py::handle clients, std::string const& kind,
                          py::handle agreements, py::handle places, std::string const& least)
{
  std::vector<ReachClient> people;
  for (py::handle const client : clients) people.push_back(to_client(client));
  std::vector<PossibleAgreement> possible;
  for (py::handle const one : agreements) {
    auto const [from, to, cost] = one.cast<std::tuple<std::string, std::string, std::int64_t>>();
    possible.push_back({AgencyId(from), NodeId(to), cost});
  }
  auto const room = from_mapping<PossiblePlaces>(places, [](std::string const& id, std::int64_t cost) {
    return PossiblePlaces{ServiceId(id), cost};
  });
  HopState const state = to_least(least);
  std::optional<AgreementRepair> found;
  {
    py::gil_scoped_release const release;
    found = required(cheapest_agreements(network.value, people, ServiceKind(kind), possible, room, state)).first;
  }
  auto const numbers = [](std::vector<std::size_t> const& items) {
    py::tuple result(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) result[i] = items[i];
    return result;
  };
  py::tuple services(found->places.size());
  for (std::size_t i = 0; i < found->places.size(); ++i) services[i] = py::str(room[found->places[i]].service.text());
  return from_values("AgreementRepair")(numbers(found->chosen), services, found->cost, found->bound,
                                        numbers(found->unserved), found->is_least);
}

py::tuple ask_openers(LoadedNetwork const& network, py::handle question)
{
  RouteRequest const request = to_question(question);
  std::vector<Opener> found;
  {
    py::gil_scoped_release const release;
    found = required(find_openers(network.value, request)).first;
  }
  py::tuple result(found.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    result[i] = from_values("Opener")(to_string(found[i].kind), found[i].subject,
                                      found[i].to.empty() ? py::object(py::none()) : py::str(found[i].to.text()),
                                      to_python(found[i].path));
  return result;
}

}  // namespace

void bind_routes(py::class_<LoadedNetwork>& network)
{
  network
      .def("routes", &ask_routes, "questions"_a, py::kw_only(), "threads"_a = 1,
           "The best lawful paths of many persons, as `route` finds each.\n\n"
           "Each question is a mapping: `from_`, `on`, exactly one of `service`, `kind` and `agency`, and what is "
           "known\n"
           "of `purposes`, `data`, `danger`, `acts`, `birth_date`, `sex`, `area_codes`, `fresh_days`. `threads=0`: as "
           "many as the\n"
           "machine runs at once.")
      .def("best_routes", &ask_best_routes, "question"_a, "count"_a, py::kw_only(), "least"_a = "possible",
           "The best paths that come to no stop twice, best first; a question as in `routes`.")
      .def("route_front", &ask_front, "question"_a, py::kw_only(), "home"_a = py::none(), "least"_a = "possible",
           "The paths of which none is beaten by another in hops, days and distance from `home` alike.\n\n"
           "A distance counts only where the place may be shown exactly; otherwise it is None.")
      .def("dated_route", &ask_dated, "question"_a,
           "The best certain and the earliest possible path when every hop must be open on the day it is taken.")
      .def("gaps", &ask_gaps, "demand"_a, "on"_a, py::kw_only(), "purposes"_a = py::none(), "data"_a = py::none(),
           "fresh_days"_a = 7,
           "Demand beside what the network offers, row by row.\n\n"
           "Each row is a mapping: `area` (a code of any level), `minimum_age_months`, `maximum_age_months` (not\n"
           "included), `need` (a kind of service), `people`, and, where wanted, `centre` (latitude, longitude) for\n"
           "distances and `from_` (an agency) for lawful paths.")
      .def("report", &report, "on"_a, "demand"_a = py::none(), py::kw_only(), "synthetic_demand"_a = false,
           "about"_a = "", "closures"_a = 10, "lang"_a = "en",
           "The network as a whole as one HTML page: what it holds, a map, gaps, bottlenecks, closures, repair.\n\n"
           "`demand` is rows as for `gaps`; `synthetic_demand` says that they are made up, `about` what they are.\n"
           "Named places as far as they may be shown on the day.")
      .def("review", &review, "on"_a, "demand"_a = py::none(), py::kw_only(), "synthetic_demand"_a = false,
           "closures"_a = 10, "The figures of `report` as plain Python values.")
      .def("single_points", &ask_single_points, "client"_a, py::kw_only(), "least"_a = "certain",
           "The stops without which a client loses services, most losses first.")
      .def("find_bottleneck", &ask_bottleneck, "client"_a, "kind"_a, "demand"_a, "capacities"_a, py::kw_only(),
           "least"_a = "certain",
           "How many people get to services of a kind at once, and the narrowest stops.\n\n"
           "`demand` maps agencies to people, `capacities` stops to how many they take through.")
      .def("find_load", &ask_load, "client"_a, "kind"_a, "demand"_a, "capacities"_a, py::kw_only(),
           "least"_a = "certain",
           "How many people each service must take and may take, over all ways to serve as many as can be served.\n\n"
           "Arguments as for `find_bottleneck`.")
      .def("cheapest_repair", &ask_repair, "children"_a, "on"_a,
           "The fewest places to add so that nobody waits who could be placed; children as in `allocate`.")
      .def("cheapest_agreements", &ask_agreements, "clients"_a, "kind"_a, "agreements"_a, py::kw_only(),
           "places"_a = py::dict(), "least"_a = "certain",
           "The cheapest agreements and places with which the clients reach a service of a kind.\n\n"
           "Clients are mappings as in `reach`; each possible agreement is who would refer, to what stop, and what\n"
           "concluding it costs. `places` maps services that could be given room to what that costs.")
      .def("openers", &ask_openers, "question"_a,
           "The single changes each of which opens a path where there is none, smallest first; a question as in "
           "`routes`.");
}

}  // namespace tutela::python
