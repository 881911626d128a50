// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include <tutela/referral/what_if.hpp>
#include "referral/options.hpp"
#include "referral/shift.hpp"

namespace tutela::inline v0 {
namespace {

using detail::OptionTable;

constexpr std::int64_t most_places = 1'000'000'000;

/// Applies one change to the content, or says what is wrong with it.
class Changer {
 public:
  Changer(NetworkContent& content, Date on) : content_(content), on_(on) {}

  Diagnostics operator()(ServiceCloses const& change)
  {
    if (Service* service = find(change.service)) service->status = ServiceStatus::defunct;
    return std::move(diagnostics_);
  }

  Diagnostics operator()(ServiceRests const& change)
  {
    if (find(change.service) == nullptr) return std::move(diagnostics_);
    OutOfService rest;
    std::set<std::string> taken;
    for (OutOfService const& other : content_.out_of_service) taken.insert(other.id);
    do rest.id += "what-if";
    while (taken.count(rest.id) != 0);
    rest.service = change.service;
    rest.days = change.days;
    rest.reason = change.reason;
    rest.source = find(change.service)->source;
    content_.out_of_service.push_back(std::move(rest));
    return std::move(diagnostics_);
  }

  Diagnostics operator()(PlacesAdded const& change)
  {
    if (find(change.service) == nullptr) return std::move(diagnostics_);
    if (change.places < -most_places || change.places > most_places)
      error("/places", Code::out_of_range, "the number of places is too large");
    if (diagnostics_.has_errors()) return std::move(diagnostics_);
    bool known = false;
    for (Capacity& capacity : content_.capacities) {
      if (capacity.service != change.service) continue;
      auto const units = change.places * capacity.per_person.value_or(1);
      bool few = false;
      auto const add = [&](std::optional<std::int64_t>& available, std::optional<std::int64_t>& maximum) {
        if (!available) return;
        known = true;
        *available += units;
        few = few || *available < 0;
        if (maximum) *maximum = std::max(*maximum, *available);
      };
      add(capacity.available, capacity.maximum);
      for (DayPlaces& entry : capacity.days) add(entry.available, entry.maximum ? entry.maximum : capacity.maximum);
      if (few) error("/places", Code::out_of_range, "fewer places are free than would go");
    }
    if (!known) error("/service", Code::invalid_request, "the free places of the service are not known");
    return std::move(diagnostics_);
  }

  Diagnostics operator()(AgreementLapses const& change)
  {
    for (Agreement& agreement : content_.agreements) {
      if (agreement.id != change.agreement) continue;
      agreement.window.until = agreement.window.until ? std::min(*agreement.window.until, on_) : on_;
      if (agreement.window.from && *agreement.window.from >= on_) agreement.window.from = add_days(on_, -1);
      return std::move(diagnostics_);
    }
    error("/agreement", Code::dangling_reference, "the network has no agreement \"" + change.agreement.text() + "\"");
    return std::move(diagnostics_);
  }

  Diagnostics operator()(AgreementAdded const& change)
  {
    content_.agreements.push_back(change.agreement);
    content_.bases.insert(content_.bases.end(), change.bases.begin(), change.bases.end());
    return std::move(diagnostics_);
  }

 private:
  Service* find(ServiceId const& id)
  {
    for (Service& service : content_.services)
      if (service.id == id) return &service;
    error("/service", Code::dangling_reference, "the network has no service \"" + id.text() + "\"");
    return nullptr;
  }

  void error(std::string pointer, Code code, std::string what)
  {
    Place place;
    place.pointer = std::move(pointer);
    diagnostics_.error(code, std::move(place), std::move(what));
  }

  NetworkContent& content_;
  Date on_;
  Diagnostics diagnostics_;
};

AllocationDifference difference_of(AllocationProposal const& before, AllocationProposal const& after)
{
  AllocationDifference result;
  result.before = before.criteria;
  result.after = after.criteria;
  for (std::size_t i = 0; i < before.children.size(); ++i)
    if (before.children[i].service != after.children[i].service)
      result.children.push_back({before.children[i].child, before.children[i].service, after.children[i].service});
  return result;
}

/// Closures of a table of single children, each from the best arrangement.
template <class Cost>
std::vector<Closure> closures(AllocationRequest const& request, OptionTable const& table,
                              detail::Packed<Cost> const& packed)
{
  detail::Shift<Cost> const open(packed.problem);
  auto const& place_of = table.problem.options.place;
  auto const id = [&](std::uint32_t option) -> std::optional<ServiceId> {
    if (place_of[option] == table.problem.options.waiting_list()) return std::nullopt;
    return table.candidates[place_of[option]].service->id;
  };
  std::vector<CriterionSum> sums;
  for (std::size_t i = 0; i < table.criteria.size(); ++i) {
    CriterionSum sum{table.criteria[i], 0, 0};
    for (std::uint32_t const option : open.options()) sum.value += table.problem.level[i][option];
    sum.bound = sum.value;
    sums.push_back(sum);
  }
  std::vector<Closure> result;
  for (std::uint32_t place = 0; place < table.candidates.size(); ++place) {
    detail::Shift<Cost> closed = open;
    closed.lower_capacity(place, 0);
    Closure one{table.candidates[place].service->id, {{}, sums, sums}};
    for (std::uint32_t group = 0; group < table.members.size(); ++group) {
      std::uint32_t const before = open.options()[group];
      std::uint32_t const after = closed.options()[group];
      if (before == after) continue;
      one.difference.children.push_back({request.children[table.members[group].front()].id, id(before), id(after)});
      for (std::size_t i = 0; i < table.criteria.size(); ++i)
        one.difference.after[i].value += table.problem.level[i][after] - table.problem.level[i][before];
    }
    for (CriterionSum& sum : one.difference.after) sum.bound = sum.value;
    result.push_back(std::move(one));
  }
  return result;
}

/// Every candidate twice: with the places it has, and with as many more as are wanted, each of which counts.
detail::LeveledProblem with_more_places(OptionTable const& table)
{
  auto const& options = table.problem.options;
  std::uint32_t const candidates = options.waiting_list();
  detail::LeveledProblem result;
  result.level.resize(table.criteria.size() + 1);
  auto& more = result.options;
  more.size = options.size;
  more.capacity.assign(options.capacity.begin(), options.capacity.end() - 1);
  more.capacity.insert(more.capacity.end(), candidates + 1, options.capacity.back());
  more.first.push_back(0);
  auto const add = [&](std::uint32_t option, std::uint32_t place, std::int64_t extra) {
    more.place.push_back(place);
    result.level[0].push_back(table.problem.level[0][option]);
    result.level[1].push_back(extra);
    for (std::size_t i = 1; i < table.criteria.size(); ++i)
      result.level[i + 1].push_back(table.problem.level[i][option]);
  };
  for (std::uint32_t group = 0; group < options.groups(); ++group) {
    for (std::uint32_t option = options.first[group]; option < options.last_option(group); ++option) {
      add(option, options.place[option], 0);
      add(option, candidates + options.place[option], options.size[group]);
    }
    add(options.last_option(group), 2 * candidates, 0);
    more.first.push_back(static_cast<std::uint32_t>(more.place.size()));
  }
  return result;
}

Diagnostic too_large()
{
  return {Code::limit_reached,
          Severity::error,
          {},
          "the criteria together are too large for exact numbers",
          "ask about a part of the list, or leave out a criterion"};
}

}  // namespace

Result<Network> changed(Network const& network, NetworkChange const& change, Date on, Limits const& limits)
{
  NetworkContent content = network.content();
  Diagnostics diagnostics = std::visit(Changer(content, on), change);
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  return Network::build(std::move(content), {}, limits);
}

Result<AllocationDifference> what_if(Network const& network, AllocationRequest const& request,
                                     NetworkChange const& change, Limits const& limits)
{
  auto const after = changed(network, change, request.on, limits);
  if (!after) return after.diagnostics();
  auto const one = allocate(network, request, limits);
  if (!one) return one.diagnostics();
  auto const other = allocate(*after, request, limits);
  if (!other) return other.diagnostics();
  return difference_of(*one, *other);
}

Result<std::vector<Closure>> what_if_each_closes(Network const& network, AllocationRequest const& request,
                                                 Limits const& limits)
{
  auto const table = detail::build_options(network, request, limits);
  if (!table) return table.diagnostics();
  // A closed service may let institutions be proposed whose turn came after it, so only where none waits for that are
  // the options the same.
  bool const plain = detail::is_plain(table->problem.options, table->constraints) && request.most_options == 0 &&
                     request.method == AllocationMethod::least_total &&
                     std::none_of(table->shortage.begin(), table->shortage.end(), [](auto const& shortage) {
                       return shortage.reason == PlacementReason::family_care_first;
                     });
  if (plain) {
    if (auto const narrow = detail::pack<std::int64_t>(table->problem)) return closures(request, *table, *narrow);
    if (auto const wide = detail::pack<detail::WideCost>(table->problem)) return closures(request, *table, *wide);
    return too_large();
  }
  std::vector<Closure> result;
  for (detail::Candidate const& candidate : table->candidates) {
    auto difference = what_if(network, request, ServiceCloses{candidate.service->id}, limits);
    if (!difference) return difference.diagnostics();
    result.push_back({candidate.service->id, std::move(difference).value()});
  }
  return result;
}

Result<Repair> cheapest_repair(Network const& network, AllocationRequest const& request, Limits const& limits)
{
  auto const table = detail::build_options(network, request, limits);
  if (!table) return table.diagnostics();
  if (!table->constraints.apart.empty())
    return Diagnostic{Code::invalid_request,
                      Severity::error,
                      {},
                      "a repair cannot look at who must be apart yet",
                      "leave out \"apart_from\" and look at the proposal that follows"};
  auto const problem = with_more_places(*table);
  auto const candidates = static_cast<std::uint32_t>(table->candidates.size());
  detail::Constraints constraints = table->constraints;
  constraints.rooms.resize(2 * candidates + 1);  // rooms that are added are made as they are needed
  auto const found = detail::place_by_levels(problem, constraints, limits.search_steps);
  if (!found) return too_large();
  Repair repair;
  repair.still_waiting = found->sum[0];
  repair.added = found->sum[1];
  repair.is_least = found->sum[0] == found->bound[0] && found->sum[1] == found->bound[1];
  std::vector<std::int64_t> more(candidates, 0);
  for (std::uint32_t group = 0; group < found->option.size(); ++group) {
    std::uint32_t const place = problem.options.place[found->option[group]];
    if (place >= candidates && place < 2 * candidates) more[place - candidates] += problem.options.size[group];
  }
  for (std::uint32_t place = 0; place < candidates; ++place)
    if (more[place] > 0) repair.places.push_back({table->candidates[place].service->id, more[place]});
  return repair;
}

std::vector<ChangedReach> compare_reach(ReachTable const& before, ReachTable const& after, HopState least)
{
  if (before.clients() != after.clients()) throw ContractViolation("the tables are about different clients");
  if (before.clients_at().size() != after.clients_at().size())
    throw ContractViolation("the tables are about networks with different stops");
  std::vector<ChangedReach> result;
  for (std::size_t client = 0; client < before.clients(); ++client) {
    auto const one = before.reached(client, least);
    auto const other = after.reached(client, least);
    ChangedReach change;
    change.client = client;
    std::set_difference(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(change.lost));
    std::set_difference(other.begin(), other.end(), one.begin(), one.end(), std::back_inserter(change.gained));
    if (!change.lost.empty() || !change.gained.empty()) result.push_back(std::move(change));
  }
  return result;
}

}  // namespace tutela::inline v0
