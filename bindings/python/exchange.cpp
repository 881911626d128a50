// SPDX-License-Identifier: Apache-2.0
/// \file
/// Logs and records of referrals, and their exchange formats, in Python.

#include <string>
#include <type_traits>
#include <utility>

#include "answers.hpp"
#include "conversion.hpp"
#include "referral.hpp"

#include <tutela/io/event_log.hpp>
#include <tutela/io/fhir.hpp>
#include <tutela/io/geojson.hpp>
#include <tutela/io/graphml.hpp>
#include <tutela/io/hsds.hpp>
#include <tutela/io/referrals.hpp>
#include <tutela/referral/log.hpp>

namespace tutela::python {
namespace {

py::object label(std::vector<std::string> const& labels, std::uint32_t number)
{
  return number == no_label ? py::object(py::none()) : py::object(py::str(labels[number]));
}

py::dict hop(ReferralLog const& log, LogHop const& value)
{
  return py::dict("from"_a = label(log.stops, value.from), "to"_a = label(log.stops, value.to),
                  "service"_a = label(log.stops, value.service), "referrals"_a = value.referrals,
                  "accepted"_a = value.accepted, "started"_a = value.started, "declined"_a = value.declined);
}

py::dict summary(ReferralLog const& log, LogSummary const& value)
{
  py::list transitions;
  for (LogTransition const& each : value.transitions)
    transitions.append(py::dict("from"_a = to_string(each.from), "to"_a = to_string(each.to), "count"_a = each.count,
                                "median_seconds"_a = each.median_seconds, "allowed"_a = each.allowed));
  py::list stages;
  for (LogStage const& each : value.stages) {
    auto const share = [&](double number) { return each.reached == 0 ? py::object(py::none()) : py::float_(number); };
    stages.append(py::dict("state"_a = to_string(each.state), "reached"_a = each.reached, "went_on"_a = each.went_on,
                           "declined"_a = each.declined, "left"_a = each.left, "open"_a = each.open,
                           "conversion"_a = share(each.conversion()), "leakage"_a = share(each.leakage())));
  }
  py::list declines;
  for (LogDecline const& each : value.declines)
    declines.append(py::dict("reason"_a = label(log.reasons, each.reason), "to"_a = label(log.stops, each.to),
                             "count"_a = each.count));
  py::list hops;
  for (LogHop const& each : value.hops) hops.append(hop(log, each));
  py::list steps;
  for (SurvivalStep const& each : value.time_to_service)
    steps.append(py::dict("days"_a = each.time, "at_risk"_a = each.at_risk, "services"_a = each.events,
                          "still_without"_a = each.survival, "low"_a = each.low, "high"_a = each.high));
  return py::dict("events"_a = value.events, "referrals"_a = value.referrals, "transitions"_a = transitions,
                  "stages"_a = stages, "declines"_a = declines, "hops"_a = hops, "time_to_service"_a = steps,
                  "with_service"_a = value.with_service, "still_waiting"_a = value.still_waiting,
                  "ended_without_service"_a = value.ended_without_service);
}

py::dict comparison(ReferralLog const& log, NetworkComparison const& value)
{
  py::list unfounded;
  for (UnfoundedHop const& each : value.unfounded) {
    auto const day = [](std::int64_t seconds) {
      return to_python(from_days((seconds - (seconds < 0 ? 86'399 : 0)) / 86'400).value());
    };
    unfounded.append(py::dict("from"_a = label(log.stops, each.hop.from), "to"_a = label(log.stops, each.hop.to),
                              "service"_a = label(log.stops, each.hop.service),
                              "basis"_a = label(log.bases, each.basis), "gap"_a = to_string(each.gap),
                              "referrals"_a = each.hop.referrals, "first"_a = day(each.first),
                              "last"_a = day(each.last)));
  }
  py::list bases;
  for (BasisUse const& each : value.bases)
    bases.append(py::dict("basis"_a = each.basis.text(), "agreement"_a = each.agreement.text(),
                          "referrals"_a = each.referrals, "held"_a = each.held));
  return py::dict("referrals"_a = value.referrals, "founded"_a = value.founded, "unfounded"_a = unfounded,
                  "bases"_a = bases, "agreements_never_used"_a = to_python(value.agreements_never_used));
}

void bind_log(py::module_& module)
{
  py::class_<ReferralLog>(module, "ReferralLog", "What happened to many referrals, event by event.")
      .def("__len__", &ReferralLog::size)
      .def(
          "summary",
          [](ReferralLog const& self, py::object const& until) {
            std::int64_t const end = (to_days(required_day(until)) + 1) * 86'400 - 1;
            LogSummary found;
            {
              py::gil_scoped_release const release;
              found = summarize(self, end).value();
            }
            return summary(self, found);
          },
          "until"_a,
          "Conversion and leakage by stage, declines by reason, ways, what follows what, and days to a service.\n\n"
          "`until` is the last day of observation. Small numbers are not hidden.")
      .def(
          "compare",
          [](ReferralLog const& self, LoadedNetwork const& network) {
            NetworkComparison found;
            {
              py::gil_scoped_release const release;
              found = compare_with_network(self, network.value).value();
            }
            return comparison(self, found);
          },
          "network"_a, "The ways that were used beside those that were agreed: without a ground, and never used.")
      .def(
          "to_csv", [](ReferralLog const& self) { return write_event_log(self).value(); },
          "The log as CSV for tools of process mining: case, activity, timestamp, resource and more.")
      .def("__repr__", [](ReferralLog const& self) {
        return "<tutela.ReferralLog: " + std::to_string(self.size()) + " events of " +
               std::to_string(self.referral_ids.size()) + " referrals>";
      });
  module.def(
      "parse_event_log",
      [](std::string const& text, std::string const& file, py::object const& limits) {
        auto const bounds = to_limits(limits);
        py::gil_scoped_release const release;
        return required(parse_event_log(text, file, bounds)).first;
      },
      "text"_a, py::kw_only(), "file"_a = "", "limits"_a = py::none(),
      "Reads a log of referrals from CSV with the columns case, activity, timestamp and more.");
  module.def(
      "load_event_log",
      [](py::object const& path, py::object const& limits) {
        auto const name = to_path(path);
        auto const bounds = to_limits(limits);
        py::gil_scoped_release const release;
        return required(load_event_log(name, bounds)).first;
      },
      "path"_a, py::kw_only(), "limits"_a = py::none(), "Reads a log of referrals from a CSV file.");
  module.def(
      "parse_referrals",
      [](std::string const& text, std::string const& file, py::object const& limits) {
        auto const bounds = to_limits(limits);
        return from_json(write_referrals(required(parse_referrals(text, file, bounds)).first))["referrals"];
      },
      "text"_a, py::kw_only(), "file"_a = "", "limits"_a = py::none(),
      "Reads and checks the lives of referrals from JSON in the format `tutela-referrals/1`.\n\n"
      "Gives them as plain Python values; a step that may not follow is an InputError that names those that may.");
  module.def(
      "allowed_after",
      [](std::string const& state) {
        auto const known = parse_referral_state(state);
        if (!known) throw ContractViolation("there is no state \"" + state + "\" of a referral");
        py::list words;
        for (ReferralState const each : allowed_after(*known)) words.append(to_string(each));
        return py::tuple(words);
      },
      "state"_a, "The states of a referral that may follow one of them.");
}

/// Calls `use` with the view of a resource of one of the eight types; false for another type.
template <class Use>
bool with_view(FhirResource const& resource, Use const& use)
{
  bool known = false;
  auto const each = [&]<class View>(std::type_identity<View>) {
    if (resource.type() != View::type) return;
    known = true;
    use(read_fhir<View>(resource));
  };
  each(std::type_identity<FhirServiceRequest>{});
  each(std::type_identity<FhirTask>{});
  each(std::type_identity<FhirConsent>{});
  each(std::type_identity<FhirOrganizationAffiliation>{});
  each(std::type_identity<FhirHealthcareService>{});
  each(std::type_identity<FhirGroup>{});
  each(std::type_identity<FhirRelatedPerson>{});
  each(std::type_identity<FhirCarePlan>{});
  return known;
}

void bind_fhir(py::module_& module)
{
  py::class_<FhirResource>(module, "FhirResource", "One resource of FHIR R4, kept whole: immutable.")
      .def_property_readonly("type", &FhirResource::type, "Its type, for example `Task`.")
      .def_property_readonly("id", &FhirResource::id, "Its identifier, or an empty text.")
      .def_property_readonly(
          "state",
          [](FhirResource const& self) -> py::object {
            if (self.type() != FhirTask::type) return py::none();
            auto const state = state_of(required(read_fhir<FhirTask>(self)).first);
            return state ? py::object(py::str(std::string(to_string(*state)))) : py::none();
          },
          "Of a Task where the referral stands, in our words; else None.")
      .def(
          "text", [](FhirResource const& self, std::string const& path) { return to_python(fhir_text(self, path)); },
          "path"_a, "The text at a path such as `performer[0].reference`, or None.")
      .def(
          "replace",
          [](FhirResource const& self, std::string const& path, std::string const& text) {
            return with_fhir_text(self, path, text);
          },
          "path"_a, "text"_a, "The resource with another text at a path; everything else stays as it was written.")
      .def(
          "check",
          [](FhirResource const& self) {
            std::vector<Diagnostic> found;
            if (!with_view(self, [&](auto const& view) { found = view.diagnostics(); }))
              throw ContractViolation("tutela understands eight types of resources, this one is kept only");
            return to_python(found);
          },
          "What of the elements that tutela understands has a wrong type or code, as diagnostics.")
      .def(
          "to_json", [](FhirResource const& self) { return self.write(); }, "The resource as JSON text.")
      .def(
          "to_dict", [](FhirResource const& self) { return from_json(self.write()); },
          "The resource as plain Python values.")
      .def(
          "_rewritten",
          [](FhirResource const& self) {
            FhirResource result = self;
            with_view(self, [&](auto const& view) { result = write_fhir(view.value(), self); });
            return result;
          },
          "The resource with its view written over it.")
      .def("__repr__",
           [](FhirResource const& self) { return "<tutela.FhirResource " + self.type() + " '" + self.id() + "'>"; });
  module.def(
      "parse_fhir",
      [](std::string const& text, std::string const& file, py::object const& limits) {
        auto const bounds = to_limits(limits);
        py::gil_scoped_release const release;
        return required(parse_fhir(text, file, bounds)).first;
      },
      "text"_a, py::kw_only(), "file"_a = "", "limits"_a = py::none(), "Reads one resource of FHIR R4 from JSON.");
}

/// The network, and what was dirty as texts `pointer, written, why`.
py::tuple imported(Result<ImportedNetwork> result)
{
  auto [value, warnings] = required(std::move(result));
  py::list dirty;
  for (DirtyField const& each : value.dirty)
    dirty.append(py::dict("pointer"_a = each.pointer, "written"_a = each.written, "why"_a = each.why));
  return py::make_tuple(LoadedNetwork({std::move(value.network), std::move(warnings)}), dirty);
}

Publication publication(std::string const& title, std::string const& published)
{
  Publication source;
  source.id = SourceId("source");
  source.title = title;
  source.published = parse_partial_date(published);
  if (!source.published) throw ContractViolation("published is a date such as 2020, 2020-02 or 2020-02-29");
  return source;
}

std::vector<HsdsFile> to_files(py::dict const& files)
{
  std::vector<HsdsFile> result;
  for (auto const& [name, text] : files) result.push_back({name.cast<std::string>(), text.cast<std::string>()});
  return result;
}

void bind_hsds(py::module_& module)
{
  module.def(
      "parse_hsds",
      [](py::object const& data, std::string const& title, std::string const& published, py::object const& limits) {
        auto const bounds = to_limits(limits);
        auto const source = publication(title, published);
        if (py::isinstance<py::dict>(data)) return imported(parse_hsds_package(to_files(data), source, bounds));
        return imported(parse_hsds(data.cast<std::string>(), source, {}, bounds));
      },
      "data"_a, py::kw_only(), "title"_a, "published"_a, "limits"_a = py::none(),
      "Reads HSDS: JSON text, or the files of a tabular package as a mapping of names to texts.\n\n"
      "Gives the network and a list of every field that could not be used, with what stands there.");
  module.def(
      "import_register",
      [](std::string const& text, std::string const& kind, std::string const& title, std::string const& published,
         py::object const& limits) {
        auto const bounds = to_limits(limits);
        auto const source = publication(title, published);
        if (kind == "romania") return imported(import_romanian_register(text, source, {}, bounds));
        if (kind == "florida") return imported(import_florida_services(text, source, {}, bounds));
        throw ContractViolation("registers of the kinds \"romania\" and \"florida\" are known");
      },
      "text"_a, "kind"_a, py::kw_only(), "title"_a, "published"_a, "limits"_a = py::none(),
      "Reads a public register: the Romanian one of social services, or the Florida directory of legal aid.\n\n"
      "Gives the network and a list of every field that could not be used, with what stands there.");
}

}  // namespace

void bind_exchange(py::module_& module, py::class_<LoadedNetwork>& network)
{
  network
      .def(
          "to_graphml",
          [](LoadedNetwork const& self, py::object const& on, std::string const& lang) {
            return write_graphml(self.value, required_day(on), to_language(lang));
          },
          "on"_a, py::kw_only(), "lang"_a = "en", "The network as GraphML; places as far as they may be shown.")
      .def(
          "to_geojson",
          [](LoadedNetwork const& self, py::object const& on, std::string const& lang) {
            return write_geojson(self.value, required_day(on), to_language(lang));
          },
          "on"_a, py::kw_only(), "lang"_a = "en", "The services as GeoJSON; places as far as they may be shown.")
      .def(
          "to_hsds",
          [](LoadedNetwork const& self, py::object const& on, std::string const& lang) {
            return write_hsds(self.value, required_day(on), to_language(lang));
          },
          "on"_a, py::kw_only(), "lang"_a = "en", "The network as HSDS 3.1.3 in JSON, with our profile.")
      .def(
          "to_hsds_package",
          [](LoadedNetwork const& self, py::object const& on, std::string const& lang) {
            py::dict files;
            for (HsdsFile const& file : write_hsds_package(self.value, required_day(on), to_language(lang)))
              files[py::str(file.name)] = file.text;
            return files;
          },
          "on"_a, py::kw_only(), "lang"_a = "en", "The same as a tabular data package: texts by name of the file.");
  bind_log(module);
  bind_fhir(module);
  bind_hsds(module);
}

}  // namespace tutela::python
