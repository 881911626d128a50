// SPDX-License-Identifier: Apache-2.0
/// \file
/// Networks of agencies and routes in Python.

#include <optional>
#include <string>
#include <utility>

#include "answers.hpp"
#include "conversion.hpp"
#include "referral.hpp"

#include <tutela/io/assessment.hpp>
#include <tutela/io/dot.hpp>
#include <tutela/io/network.hpp>
#include <tutela/referral/route.hpp>

namespace tutela::python {
namespace {

constexpr auto no_truth =
    "a route answer is neither true nor false: look at answer.state, which is \"certain\", \"possible\" or \"blocked\"";

py::object days(DayBounds const& bounds)
{
  return from_values("Days")(bounds.lower, bounds.upper ? py::object(py::int_(*bounds.upper)) : py::none());
}

py::object hop(Hop const& value)
{
  py::list obstacles;
  for (Obstacle const& obstacle : value.obstacles)
    obstacles.append(from_values("Obstacle")(to_string(obstacle.kind), to_word(obstacle.holds), obstacle.subject,
                                             obstacle.detail, to_python(obstacle.since), to_python(obstacle.ask),
                                             to_string(obstacle)));
  return from_values("Hop")(value.from.text(), value.to.text(), to_string(value.state), to_string(value.kind),
                            value.basis.text(), value.agreement.text(), to_python(value.citation), days(value.days),
                            to_python(value.categories), py::tuple(obstacles));
}

py::tuple hops(std::vector<Hop> const& items)
{
  py::list result;
  for (Hop const& item : items) result.append(hop(item));
  return py::tuple(result);
}

}  // namespace

py::object route_to_python(Route const* value)
{
  if (value == nullptr) return py::none();
  return from_values("Route")(hops(value->hops), to_string(value->state), days(value->days), value->service.text(),
                              to_python(value->first_free_place), to_python(value->ask));
}

RouteGoal to_goal(py::handle service, py::handle kind, py::handle agency)
{
  int const given = int{!service.is_none()} + int{!kind.is_none()} + int{!agency.is_none()};
  if (given != 1) throw ContractViolation("say where to with exactly one of service, kind and agency");
  if (!service.is_none()) return ServiceId(service.cast<std::string>());
  if (!kind.is_none()) return ServiceKind(kind.cast<std::string>());
  return AgencyId(agency.cast<std::string>());
}

namespace {

Route const* pointer(std::optional<Route> const& value) { return value ? &*value : nullptr; }

}  // namespace

std::vector<DataNeed> to_data(py::handle data)
{
  std::vector<DataNeed> needs;
  if (!data.is_none() && py::hasattr(data, "items")) {
    for (py::handle const item : data.attr("items")()) {
      auto const [category, consent] = item.cast<std::pair<std::string, py::object>>();
      needs.push_back({DataCategory(category), to_truth_value(consent, "the consent in data")});
    }
    return needs;
  }
  for (std::string const& category : to_texts(data, "data")) needs.push_back({DataCategory(category), Truth::unknown});
  return needs;
}

static ActIssuer to_issuer(std::string const& word)
{
  for (ActIssuer const issuer : {ActIssuer::court, ActIssuer::prosecutor, ActIssuer::commission})
    if (to_string(issuer) == word) return issuer;
  throw ContractViolation("an act is issued by \"court\", \"prosecutor\" or \"commission\"");
}

std::vector<HeldAct> to_acts(py::handle acts)
{
  std::vector<HeldAct> result;
  if (acts.is_none()) return result;
  for (py::handle const act : acts) {
    HeldAct held;
    if (py::isinstance<py::str>(act)) {
      held.issuer = to_issuer(act.cast<std::string>());
    } else {
      auto const entries = act.cast<py::dict>();
      for (auto const& [key, value] : entries) {
        auto const name = key.cast<std::string>();
        if (name == "issuer")
          held.issuer = to_issuer(value.cast<std::string>());
        else if (name == "reference")
          held.reference = value.cast<std::string>();
        else if (name == "services")
          for (std::string& kind : to_texts(value, "services")) held.services.emplace_back(std::move(kind));
        else if (name == "valid_from")
          held.valid.from = to_date(value, "valid_from");
        else if (name == "valid_until")
          held.valid.until = to_date(value, "valid_until");
        else
          throw ContractViolation("an act has issuer, reference, services, valid_from and valid_until, not " + name);
      }
      if (!entries.contains("issuer"))
        throw ContractViolation("an act needs an issuer: court, prosecutor or commission");
    }
    result.push_back(std::move(held));
  }
  return result;
}

std::optional<Sex> to_sex(py::handle sex)
{
  if (sex.is_none()) return std::nullopt;
  for (Sex const known : {Sex::female, Sex::male})
    if (to_string(known) == sex.cast<std::string>()) return known;
  throw ContractViolation("sex must be \"female\", \"male\" or None (not known)");
}

Date required_day(py::handle on)
{
  auto const day = to_date(on, "on");
  if (!day) throw ContractViolation("the day is missing: say on=");
  return *day;
}

namespace {

NetworkRoute find(LoadedNetwork const& network, std::string const& from, py::handle on, py::handle service,
                  py::handle kind, py::handle agency, py::handle purposes, py::handle data, py::handle danger,
                  py::handle acts, py::handle birth_date, py::handle sex, py::handle area_codes,
                  std::int32_t fresh_days)
{
  RouteRequest request;
  request.from = AgencyId(from);
  request.goal = to_goal(service, kind, agency);
  request.on = required_day(on);
  for (std::string& purpose : to_texts(purposes, "purposes")) request.purposes.emplace_back(std::move(purpose));
  request.data = to_data(data);
  request.danger = to_truth_value(danger, "danger");
  request.acts = to_acts(acts);
  request.birth_date = to_date(birth_date, "birth_date");
  request.sex = to_sex(sex);
  request.area_codes = to_texts(area_codes, "area_codes");
  request.fresh_days = fresh_days;
  py::gil_scoped_release const release;
  return {required(find_route(network.value, request)).first, network.value};
}

template <class Items>
py::dict named(Items const& items)
{
  py::dict result;
  for (auto const& item : items) result[py::str(item.id.text())] = to_python(item.name);
  return result;
}

void bind_answer(py::module_& module)
{
  py::class_<NetworkRoute>(module, "RouteAnswer", "The best lawful path for one person, or why there is none.")
      .def_property_readonly(
          "state", [](NetworkRoute const& self) { return to_string(self.answer.state()); },
          "How sure the best path is: `certain`, `possible`, or `blocked` when there is none.")
      .def_property_readonly(
          "certain", [](NetworkRoute const& self) { return route_to_python(pointer(self.answer.certain)); },
          "The best path of certain hops, or None.")
      .def_property_readonly(
          "possible", [](NetworkRoute const& self) { return route_to_python(pointer(self.answer.possible)); },
          "The best path that is merely possible, when better than the certain one or alone.")
      .def_property_readonly(
          "best", [](NetworkRoute const& self) { return route_to_python(self.answer.best()); },
          "The certain path, else the possible one, else None.")
      .def_property_readonly(
          "blocked", [](NetworkRoute const& self) { return hops(self.answer.blocked); },
          "Without any path: the hops that block, with the reason for each.")
      .def_property_readonly(
          "goal_exists", [](NetworkRoute const& self) { return self.answer.goal_exists; },
          "False when no service of the kind is in the network.")
      .def_property_readonly(
          "duties_to_report", [](NetworkRoute const& self) { return duties_to_python(self.answer.duties); },
          "Duties to report on this day; they hold whatever the answer is.")
      .def_property_readonly(
          "duties_unknown", [](NetworkRoute const& self) { return self.answer.duties_unknown(); },
          "True when the data hold no duty to report; then ask a lawyer, nothing is implied.")
      .def(
          "explain", [](NetworkRoute const& self) { return explain(self.answer, self.network); },
          "The answer in English, one line for each hop, obstacle and duty.")
      .def(
          "to_json", [](NetworkRoute const& self) { return write_route(self.answer); }, "The answer as JSON text.")
      .def(
          "to_dict", [](NetworkRoute const& self) { return from_json(write_route(self.answer)); },
          "The answer as plain Python values that JSON can carry.")
      .def("_repr_html_",
           [](py::object const& self) { return py::module_::import("tutela.display").attr("route")(self); })
      .def("__bool__", [](NetworkRoute const&) -> bool { throw py::type_error(no_truth); })
      .def("__repr__", [](NetworkRoute const& self) {
        return "<tutela.RouteAnswer: " + std::string(to_string(self.answer.state())) + ">";
      });
}

}  // namespace

py::tuple duties_to_python(std::vector<DutyToReport> const& duties)
{
  py::list result;
  for (DutyToReport const& duty : duties)
    result.append(from_values("DutyToReport")(
        duty.id.text(), duty.jurisdiction, to_python(duty.who), to_python(duty.when), to_python(duty.to_whom),
        duty.to.text(), duty.hours ? py::object(py::int_(*duty.hours)) : py::none(), to_python(duty.citation),
        to_python(duty.valid.from), to_python(duty.valid.until)));
  return py::tuple(result);
}

namespace {

/// What was ever recorded of a network.
struct LoadedHistory {
  NetworkHistory value;
};

LoadedNetwork snapshot_of(LoadedHistory const& self, py::object const& as_of, py::object const& known_on)
{
  Date const day = required_day(known_on);
  std::optional<Date> const at = as_of.is_none() ? std::nullopt : std::optional(required_day(as_of));
  py::gil_scoped_release const release;
  return LoadedNetwork(required(at ? self.value.snapshot(*at, day) : self.value.known(day)));
}

void bind_history(py::module_& module)
{
  py::class_<LoadedHistory>(module, "NetworkHistory",
                            "Everything that was ever recorded of a network: immutable, thread-safe.")
      .def(
          "known",
          [](LoadedHistory const& self, py::object const& known_on) { return snapshot_of(self, py::none(), known_on); },
          "known_on"_a, "The network as it was known on a day; it can be asked about any day.")
      .def("snapshot", &snapshot_of, "as_of"_a, "known_on"_a,
           "The network that holds on `as_of` by what was known on `known_on`; ask it about `as_of` only.")
      .def(
          "to_json", [](LoadedHistory const& self) { return write_network_history(self.value); },
          "All records as JSON text that `parse_network_history` reads back.");
  module.def(
      "load_network_history",
      [](py::object const& path, py::object const& limits) {
        auto const name = to_path(path);
        auto const bounds = to_limits(limits);
        py::gil_scoped_release const release;
        return LoadedHistory{required(load_network_history(name, bounds)).first};
      },
      "path"_a, py::kw_only(), "limits"_a = py::none(), "Loads the records of a network, withdrawn ones too.");
  module.def(
      "parse_network_history",
      [](std::string const& text, std::string const& file, py::object const& limits) {
        auto const bounds = to_limits(limits);
        py::gil_scoped_release const release;
        return LoadedHistory{required(parse_network_history(text, file, bounds)).first};
      },
      "text"_a, py::kw_only(), "file"_a = "", "limits"_a = py::none(),
      "Reads the records of a network from JSON in the format `tutela-network/1`.");
}

}  // namespace

void bind_referral(py::module_& module)
{
  bind_answer(module);
  py::class_<LoadedNetwork> bound(module, "Network",
                                  "A network of agencies, services and agreements: immutable, thread-safe.");
  bind_allocation(module, bound);
  bind_exchange(module, bound);
  bind_routes(bound);
  bound
      .def_property_readonly(
          "id", [](LoadedNetwork const& self) { return self.value.id(); }, "Name of the network.")
      .def_property_readonly(
          "name", [](LoadedNetwork const& self) { return to_python(self.value.content().name); }, "Name for people.")
      .def_property_readonly(
          "jurisdiction", [](LoadedNetwork const& self) { return self.value.content().jurisdiction; },
          "Country or region whose law holds.")
      .def_property_readonly(
          "synthetic", [](LoadedNetwork const& self) { return self.value.synthetic(); }, "True when it is made up.")
      .def_property_readonly(
          "agencies", [](LoadedNetwork const& self) { return named(self.value.content().agencies); },
          "Identifier and name of each agency.")
      .def_property_readonly(
          "services", [](LoadedNetwork const& self) { return named(self.value.content().services); },
          "Identifier and name of each service.")
      .def_property_readonly(
          "warnings", [](LoadedNetwork const& self) { return to_python(self.warnings); },
          "What somebody should look at, although the network can be used.")
      .def("route", &find, "from_"_a, "on"_a, py::kw_only(), "service"_a = py::none(), "kind"_a = py::none(),
           "agency"_a = py::none(), "purposes"_a = py::none(), "data"_a = py::none(), "danger"_a = py::none(),
           "acts"_a = py::none(), "birth_date"_a = py::none(), "sex"_a = py::none(), "area_codes"_a = py::tuple(),
           "fresh_days"_a = 7,
           "Finds the best lawful path from an agency to a service, a kind of service or an agency.\n\n"
           "`data` names the categories that must travel, as texts or as a mapping to the person's consent (True,\n"
           "False, or None where not asked). `danger` is danger to life or health now. `acts` are the acts in the\n"
           "file: `court`, `prosecutor`, `commission`, or mappings with their services and validity. What is left\n"
           "out is unknown, never no.")
      .def(
          "to_dot",
          [](LoadedNetwork const& self, py::object const& on, std::string const& lang) {
            auto const language = parse_language(lang);
            if (!language) throw ContractViolation("drawings are written in en, ro, uk and ru");
            DotOptions options;
            options.on = required_day(on);
            options.language = *language;
            return write_dot(self.value, options);
          },
          "on"_a, py::kw_only(), "lang"_a = "en", "The network as a drawing in the language of Graphviz.")
      .def(
          "to_json", [](LoadedNetwork const& self) { return write_network(self.value); },
          "The network as JSON text that `parse_network` reads back.")
      .def(
          "to_dict", [](LoadedNetwork const& self) { return from_json(write_network(self.value)); },
          "The network as plain Python values that JSON can carry.")
      .def("__repr__", [](LoadedNetwork const& self) {
        NetworkContent const& content = self.value.content();
        return "<tutela.Network '" + self.value.id() + "': " + std::to_string(content.agencies.size()) + " agencies, " +
               std::to_string(content.services.size()) + " services" + (self.value.synthetic() ? ", synthetic>" : ">");
      });
  bind_history(module);
  module.def(
      "load_network",
      [](py::object const& path, py::object const& limits) {
        auto const name = to_path(path);
        auto const bounds = to_limits(limits);
        py::gil_scoped_release const release;
        return LoadedNetwork(required(load_network(name, bounds)));
      },
      "path"_a, py::kw_only(), "limits"_a = py::none(), "Loads a network of agencies from a file.");
  module.def(
      "parse_network",
      [](std::string const& text, std::string const& file, py::object const& limits) {
        auto const bounds = to_limits(limits);
        py::gil_scoped_release const release;
        return LoadedNetwork(required(parse_network(text, file, bounds)));
      },
      "text"_a, py::kw_only(), "file"_a = "", "limits"_a = py::none(),
      "Reads a network from JSON in the format `tutela-network/1`.");
}

}  // namespace tutela::python
