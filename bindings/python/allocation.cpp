// SPDX-License-Identifier: Apache-2.0
/// \file
/// Allocation, what if and reach in Python.

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "answers.hpp"
#include "conversion.hpp"
#include "referral.hpp"

#include <tutela/io/proposal.hpp>
#include <tutela/referral/allocation.hpp>
#include <tutela/referral/reach.hpp>
#include <tutela/referral/what_if.hpp>

namespace tutela::python {
namespace {

/// A reach table with the network whose stops it is about.
struct NetworkReach {
  ReachTable table;
  Network network;
};

py::object word(std::optional<Criterion> criterion)
{
  return criterion ? py::object(py::str(std::string(to_string(*criterion)))) : py::none();
}

py::tuple sums(std::vector<CriterionSum> const& items)
{
  py::tuple result(items.size());
  for (std::size_t i = 0; i < items.size(); ++i)
    result[i] = from_values("CriterionSum")(to_string(items[i].criterion), items[i].value, items[i].bound);
  return result;
}

py::object proposal(AllocationProposal const& value, Network const& network, Date on, Language language)
{
  py::tuple children(value.children.size());
  for (std::size_t i = 0; i < value.children.size(); ++i) {
    ChildProposal const& child = value.children[i];
    children[i] = from_values("ChildProposal")(
        child.child.text(), to_python(child.service), to_string(child.state), to_string(child.reason),
        to_python(child.better), word(child.better_by), word(child.decided_by), to_python(child.runner_up),
        word(child.behind_by), to_python(child.ask), explain(child, network, on, language));
  }
  return from_values("AllocationProposal")(children, sums(value.criteria), value.is_best());
}

py::object difference(AllocationDifference const& value)
{
  py::tuple children(value.children.size());
  for (std::size_t i = 0; i < value.children.size(); ++i)
    children[i] = from_values("ChangedProposal")(value.children[i].child.text(), to_python(value.children[i].before),
                                                 to_python(value.children[i].after));
  return from_values("AllocationDifference")(children, sums(value.before), sums(value.after));
}

}  // namespace

std::optional<Position> to_position(py::handle value)
{
  if (value.is_none()) return std::nullopt;
  auto const [latitude, longitude] = value.cast<std::pair<py::object, py::object>>();
  auto const north = Decimal::parse(py::str(latitude).cast<std::string>());
  auto const east = Decimal::parse(py::str(longitude).cast<std::string>());
  if (!north || !east) throw ContractViolation("a position is latitude and longitude in degrees");
  return Position{*north, *east};
}

namespace {

template <class Tag>
std::vector<Id<Tag>> to_ids(py::handle texts, char const* name)
{
  std::vector<Id<Tag>> ids;
  for (std::string& text : to_texts(texts, name)) ids.emplace_back(std::move(text));
  return ids;
}

WaitingChild to_child(py::handle mapping)
{
  WaitingChild child;
  for (auto const& [key, value] : mapping.cast<py::dict>()) {
    auto const name = key.cast<std::string>();
    if (name == "id")
      child.id = CaseId(value.cast<std::string>());
    else if (name == "group")
      child.group = value.is_none() ? std::string() : value.cast<std::string>();
    else if (name == "needs")
      child.needs = to_ids<ServiceKindTag>(value, "needs");
    else if (name == "birth_date")
      child.birth_date = to_date(value, "birth_date");
    else if (name == "sex")
      child.sex = to_sex(value);
    else if (name == "acts")
      child.acts = to_acts(value);
    else if (name == "family_care")
      child.family_care = to_truth_value(value, "family_care");
    else if (name == "waiting_since")
      child.waiting_since = to_date(value, "waiting_since");
    else if (name == "home")
      child.home = to_position(value);
    else if (name == "school")
      child.school = to_position(value);
    else if (name == "area_codes")
      child.area_codes = to_texts(value, "area_codes");
    else if (name == "wished")
      child.wished = to_ids<Service>(value, "wished");
    else if (name == "not_wished")
      child.not_wished = to_ids<Service>(value, "not_wished");
    else if (name == "siblings_at")
      child.siblings_at = to_ids<Service>(value, "siblings_at");
    else if (name == "room_traits")
      child.room_traits = to_texts(value, "room_traits");
    else if (name == "apart_from")
      child.apart_from = to_ids<Case>(value, "apart_from");
    else
      throw ContractViolation("a waiting child has no \"" + name + "\"");
  }
  return child;
}

Criterion to_criterion(std::string const& text)
{
  for (auto number = static_cast<int>(Criterion::placed); number <= static_cast<int>(Criterion::waiting); ++number)
    if (to_string(static_cast<Criterion>(number)) == text) return static_cast<Criterion>(number);
  throw ContractViolation("there is no criterion \"" + text + "\"");
}

}  // namespace

AllocationRequest to_allocation(py::handle children, py::handle on, py::handle order)
{
  AllocationRequest request;
  request.on = required_day(on);
  for (py::handle const child : children) request.children.push_back(to_child(child));
  if (!order.is_none()) {
    request.order.clear();
    for (std::string const& text : to_texts(order, "order")) request.order.push_back(to_criterion(text));
  }
  return request;
}

namespace {

py::object allocate_children(LoadedNetwork const& network, py::handle children, py::handle on, py::handle order,
                             py::handle rooms, std::string const& method, std::int32_t fresh_days,
                             std::size_t most_options, std::string const& lang)
{
  auto const language = parse_language(lang);
  if (!language) throw ContractViolation("reasons are written in en, ro, uk and ru");
  AllocationRequest request = to_allocation(children, on, order);
  request.fresh_days = fresh_days;
  request.most_options = most_options;
  if (method == "deferred_acceptance")
    request.method = AllocationMethod::deferred_acceptance;
  else if (method != "least_total")
    throw ContractViolation("the method is \"least_total\" or \"deferred_acceptance\"");
  if (!rooms.is_none())
    for (auto const& [service, list] : rooms.cast<py::dict>()) {
      ServiceRooms one{ServiceId(service.cast<std::string>()), {}};
      for (py::handle const room : list) {
        auto const [traits, places] = room.cast<std::pair<py::object, std::int64_t>>();
        one.rooms.push_back({to_texts(traits, "rooms"), places});
      }
      request.rooms.push_back(std::move(one));
    }
  std::optional<AllocationProposal> found;
  {
    py::gil_scoped_release const release;
    found = required(allocate(network.value, request)).first;
  }
  return proposal(*found, network.value, request.on, *language);
}

py::object ask_what_if(LoadedNetwork const& network, py::handle children, py::handle on, py::handle closes,
                       py::handle rests, py::handle places, py::handle order)
{
  AllocationRequest const request = to_allocation(children, on, order);
  if (int{closes.is_none()} + int{rests.is_none()} + int{places.is_none()} != 2)
    throw ContractViolation("say exactly one of closes, rests and places");
  NetworkChange change = ServiceCloses{};
  if (!closes.is_none()) {
    change = ServiceCloses{ServiceId(closes.cast<std::string>())};
  } else if (!rests.is_none()) {
    change = ServiceRests{ServiceId(rests.cast<std::string>()), {request.on, {}}, "not_said"};
  } else {
    auto const [service, number] = places.cast<std::pair<std::string, std::int64_t>>();
    change = PlacesAdded{ServiceId(service), number};
  }
  std::optional<AllocationDifference> found;
  {
    py::gil_scoped_release const release;
    found = required(what_if(network.value, request, change)).first;
  }
  return difference(*found);
}

py::dict ask_each_closure(LoadedNetwork const& network, py::handle children, py::handle on, py::handle order)
{
  AllocationRequest const request = to_allocation(children, on, order);
  std::vector<Closure> found;
  {
    py::gil_scoped_release const release;
    found = required(what_if_each_closes(network.value, request)).first;
  }
  py::dict result;
  for (Closure const& one : found) result[py::str(one.service.text())] = difference(one.difference);
  return result;
}

}  // namespace

ReachClient to_client(py::handle mapping)
{
  ReachClient client;
  bool dated = false;
  for (auto const& [key, value] : mapping.cast<py::dict>()) {
    auto const name = key.cast<std::string>();
    if (name == "from_")
      client.from = AgencyId(value.cast<std::string>());
    else if (name == "on")
      client.on = required_day(value), dated = true;
    else if (name == "purposes")
      client.purposes = to_ids<PurposeTag>(value, "purposes");
    else if (name == "data")
      client.data = to_data(value);
    else if (name == "danger")
      client.danger = to_truth_value(value, "danger");
    else if (name == "acts")
      client.acts = to_acts(value);
    else if (name == "birth_date")
      client.birth_date = to_date(value, "birth_date");
    else if (name == "sex")
      client.sex = to_sex(value);
    else if (name == "area_codes")
      client.area_codes = to_texts(value, "area_codes");
    else
      throw ContractViolation("a client has no \"" + name + "\"");
  }
  if (!dated) throw ContractViolation("the day is missing: say \"on\" for each client");
  return client;
}

HopState to_least(std::string const& text)
{
  if (text == "certain") return HopState::certain;
  if (text == "possible") return HopState::possible;
  throw ContractViolation("least is \"certain\" or \"possible\"");
}

namespace {

NetworkReach ask_reach(LoadedNetwork const& network, py::handle clients, std::int32_t fresh_days)
{
  ReachRequest request;
  request.fresh_days = fresh_days;
  for (py::handle const client : clients) request.clients.push_back(to_client(client));
  py::gil_scoped_release const release;
  return {required(reach(network.value, request)).first, network.value};
}

}  // namespace

void bind_allocation(py::module_& module, py::class_<LoadedNetwork>& network)
{
  py::class_<NetworkReach>(module, "ReachTable", "What each of many clients can be referred to.")
      .def_property_readonly(
          "clients", [](NetworkReach const& self) { return self.table.clients(); }, "Number of clients.")
      .def(
          "state",
          [](NetworkReach const& self, std::size_t client, std::string const& stop) {
            auto const node = self.network.node_number(NodeId(stop));
            if (!node) throw ContractViolation("the network has no stop \"" + stop + "\"");
            return to_string(self.table.state(client, *node));
          },
          "client"_a, "stop"_a, "How sure the best path of a client to an agency, unit or service is.")
      .def(
          "reached",
          [](NetworkReach const& self, std::size_t client, std::string const& least) {
            std::vector<std::string> result;
            for (std::uint32_t const node : self.table.reached(client, to_least(least)))
              result.push_back(self.network.nodes()[node].text());
            return to_python(result);
          },
          "client"_a, py::kw_only(), "least"_a = "certain", "The stops a client gets to at least that surely.")
      .def(
          "clients_at",
          [](NetworkReach const& self, std::string const& least) {
            py::dict result;
            auto const counts = self.table.clients_at(to_least(least));
            for (std::size_t i = 0; i < counts.size(); ++i) result[py::str(self.network.nodes()[i].text())] = counts[i];
            return result;
          },
          py::kw_only(), "least"_a = "certain", "How many clients get to each stop at least that surely.")
      .def("__repr__", [](NetworkReach const& self) {
        return "<tutela.ReachTable: " + std::to_string(self.table.clients()) + " clients>";
      });
  network
      .def("allocate", &allocate_children, "children"_a, "on"_a, py::kw_only(), "order"_a = py::none(),
           "rooms"_a = py::none(), "method"_a = "least_total", "fresh_days"_a = 7, "most_options"_a = 0,
           "lang"_a = "en",
           "Proposes places for a waiting list; a proposal for people, never a decision.\n\n"
           "Each child is a mapping: `id`, `needs` (kinds of service), and what is known of `group`, `birth_date`,\n"
           "`sex`, `acts`, `family_care`, `waiting_since`, `home` and `school` (latitude, longitude), `area_codes`,\n"
           "`wished`, `not_wished`, `siblings_at`, `room_traits`, `apart_from`. What is left out is unknown: without\n"
           "`family_care=False` no institution is proposed. `order` names what counts after the law. `rooms` maps a\n"
           "service to its rooms, each as traits and places. `lang` is the language of the words for parents.")
      .def(
          "what_if", &ask_what_if, "children"_a, "on"_a, py::kw_only(), "closes"_a = py::none(), "rests"_a = py::none(),
          "places"_a = py::none(), "order"_a = py::none(),
          "How the proposal changes when a service closes (`closes`), is out of service from now on (`rests`), or has\n"
          "more places (`places=(service, number)`).")
      .def("what_if_each_closes", &ask_each_closure, "children"_a, "on"_a, py::kw_only(), "order"_a = py::none(),
           "What the closure of each service does to the proposal, by service.")
      .def("reach", &ask_reach, "clients"_a, py::kw_only(), "fresh_days"_a = 7,
           "What each of many clients can be referred to.\n\n"
           "Each client is a mapping: `from_` and `on`, and what is known of `purposes`, `data`, `danger`, `acts`,\n"
           "`birth_date`, `sex`, `area_codes`, as in `route`.");
}

}  // namespace tutela::python
