// SPDX-License-Identifier: Apache-2.0
/// \file
/// Writes the instances of the referral room for programs of other people, with Tutela's answers.
///
///     referral FOLDER    writes FOLDER/{allocation,reach,route,flow}.json where the register is
#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>

#include "bench/referral_instances.hpp"

namespace tutela::bench {
namespace {

void write_allocation(std::string const& file)
{
  auto const problem = plain_problem(*allocation_instance(10'000, false));
  auto const plan = assign(problem).value();
  nlohmann::json json{{"cost", plan.cost},
                      {"waiting", plan.waiting},
                      {"capacity", nlohmann::json::array()},
                      {"options", nlohmann::json::array()}};
  for (AssignmentPlace const& place : problem.places) json["capacity"].push_back(place.capacity);
  for (AssignmentGroup const& group : problem.groups) {
    auto& options = json["options"].emplace_back(nlohmann::json::array());
    for (AssignmentOption const& option : group.options) options.push_back({option.place, option.cost});
  }
  std::ofstream(file) << json << '\n';
}

/// Agencies only: services hang on them and are tested by age, which the others do after the walk.
void write_reach(std::string const& file)
{
  auto const content = agreements_content();
  auto const request = many_clients(20);
  auto const table = reach(Network::build(content).value(), request).value();
  auto const number = [](std::string const& id) { return std::stoi(id.substr(id.rfind('-') + 1)); };
  auto const mask = [&](auto const& words) {
    int bits = 0;
    for (auto const& word : words) bits |= 1 << (word.text().back() - '0');
    return bits;
  };
  nlohmann::json json{{"agencies", content.agencies.size()},
                      {"arcs", nlohmann::json::array()},
                      {"services", nlohmann::json::array()},
                      {"clients", nlohmann::json::array()}};
  for (Agreement const& one : content.agreements)
    json["arcs"].push_back({number(one.parties[0].text()), number(one.parties[1].text()), mask(*one.purposes),
                            mask(*one.categories), to_days(*one.window.from), to_days(*one.window.until)});
  for (Service const& one : content.services)
    json["services"].push_back({*one.admission->minimum_age_months, *one.admission->maximum_age_months});
  for (std::size_t i = 0; i < request.clients.size(); ++i) {
    ReachClient const& one = request.clients[i];
    json["clients"].push_back({{"from", number(one.from.text())},
                               {"day", to_days(one.on)},
                               {"purpose", one.purposes.front().text().back() - '0'},
                               {"category", one.data.front().category.text().back() - '0'},
                               {"months", months_between(*one.birth_date, one.on).value_or(-1)},
                               {"reached", table.reached(i).size()}});
  }
  std::ofstream(file) << json << '\n';
}

/// Agencies and agreements with their days; where a path ends is the agency of the service, which admits the client.
void write_routes(std::string const& file)
{
  auto const content = agreements_content();
  auto const network = Network::build(content).value();
  auto const number = [](std::string const& id) { return std::stoi(id.substr(id.rfind('-') + 1)); };
  nlohmann::json json{{"days", nlohmann::json::array()}, {"questions", nlohmann::json::array()}};
  for (Basis const& one : content.bases) json["days"].push_back(*one.days);
  for (RouteRequest const& one : many_routes(network, 200)) {
    Route const best = *find_route(network, one).value().certain;
    json["questions"].push_back({{"from", number(one.from.text())},
                                 {"to", number(std::get<ServiceId>(one.goal).text())},
                                 {"day", to_days(one.on)},
                                 {"purpose", one.purposes.front().text().back() - '0'},
                                 {"category", one.data.front().category.text().back() - '0'},
                                 {"days", *best.days.upper},
                                 {"hops", best.hops.size() - 1}});  // the last one is inside the agency
  }
  std::ofstream(file) << json << '\n';
}

void write_flow(std::string const& file)
{
  auto const flow = flow_instance();
  nlohmann::json json{{"nodes", flow.nodes},
                      {"source", flow.source},
                      {"target", flow.target},
                      {"value", detail::maximum_flow(flow.nodes, flow.arcs, flow.source, flow.target).value},
                      {"arcs", nlohmann::json::array()}};
  for (detail::FlowArc const& arc : flow.arcs) json["arcs"].push_back({arc.from, arc.to, arc.capacity});
  std::ofstream(file) << json << '\n';
}

}  // namespace
}  // namespace tutela::bench

int main(int count, char** arguments)
{
  if (count != 2) {
    std::cerr << "usage: referral FOLDER\n";
    return 2;
  }
  if (tutela::bench::register_lines().empty()) return 0;
  std::string const folder = arguments[1];
  tutela::bench::write_allocation(folder + "/allocation.json");
  tutela::bench::write_reach(folder + "/reach.json");
  tutela::bench::write_routes(folder + "/route.json");
  tutela::bench::write_flow(folder + "/flow.json");
  std::cout << folder << '\n';
}
