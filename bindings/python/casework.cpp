// SPDX-License-Identifier: Apache-2.0
/// \file
/// Casework in Python: agendas, reports of services, checks of decisions.

#include <string>

#include <tutela/io/agenda.hpp>
#include <tutela/io/clocks.hpp>
#include <tutela/io/decision.hpp>
#include <tutela/io/service_report.hpp>

#include "conversion.hpp"

namespace tutela::python {
namespace {

Agenda make_agenda(std::string const& text, std::string const& file, py::object const& on, int days,
                   std::string const& clocks, std::optional<std::string> const& work_calendar, bool include_unverified,
                   py::object const& limits)
{
  auto const day = to_date(on, "on");
  if (!day) throw py::type_error("on: give the day of the agenda");
  auto const bounds = to_limits(limits);
  py::gil_scoped_release const release;
  auto const records = required(parse_agenda_records(text, file, bounds)).first;
  std::string folder;
  for (auto const sign : records.jurisdiction)
    folder += sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign - 'A' + 'a') : sign;
  auto const set = required(load_clocks(clocks.empty() ? folder : clocks, bounds)).first;
  auto const calendar = work_calendar ? required(load_work_calendar(*work_calendar, bounds)).first : WorkCalendar();
  if (set.jurisdiction != records.jurisdiction ||
      (work_calendar && calendar.content().jurisdiction != records.jurisdiction))
    throw ContractViolation("the clocks or the working days are of another country than the records");
  auto made = agenda(records, set.clocks, calendar, {*day, days, include_unverified});
  if (made) return std::move(made).value();
  auto wrong = std::move(made).diagnostics();
  for (auto& each : wrong) each.place.file = file;
  throw Error(std::move(wrong));
}

py::tuple check_decision_records(std::string const& text, std::string const& file, py::object const& limits)
{
  auto const decisions = required(parse_decisions(text, file, to_limits(limits))).first;
  std::vector<Diagnostic> findings;
  for (std::size_t i = 0; i < decisions.size(); ++i)
    for (auto& found : check_decision(decisions[i], "/decisions/" + std::to_string(i))) {
      found.place.file = file;
      findings.push_back(std::move(found));
    }
  return to_python(findings);
}

void bind_service_reports(py::module_& module)
{
  py::class_<ServiceReport>(module, "ServiceReport", "The report of a service in seven parts.")
      .def_property_readonly(
          "id", [](ServiceReport const& self) { return self.id; }, "Identifier.")
      .def_property_readonly(
          "missing",
          [](ServiceReport const& self) {
            std::vector<std::string> words;
            for (auto const part : missing_parts(self)) words.emplace_back(to_string(part));
            return to_python(words);
          },
          "Names of the parts that are not there.")
      .def(
          "to_dict", [](ServiceReport const& self) { return from_json(service_report_json(self)); },
          "The report with the figures computed from stays, as plain Python values.")
      .def(
          "to_markdown",
          [](ServiceReport const& self, std::string const& lang) {
            return service_report_markdown(self, to_language(lang));
          },
          py::kw_only(), "lang"_a = "en", "The report as Markdown.")
      .def(
          "to_html",
          [](ServiceReport const& self, std::string const& lang) {
            return service_report_html(self, to_language(lang));
          },
          py::kw_only(), "lang"_a = "en", "The report as a piece of HTML.")
      .def("_repr_html_", [](ServiceReport const& self) { return service_report_html(self); })
      .def("__repr__", [](ServiceReport const& self) {
        return "<tutela.ServiceReport with " + std::to_string(missing_parts(self).size()) + " missing parts>";
      });
  module.def(
      "parse_service_reports",
      [](std::string const& text, std::string const& file, py::object const& limits) {
        return required(parse_service_reports(text, file, to_limits(limits))).first;
      },
      "text"_a, py::kw_only(), "file"_a = "", "limits"_a = py::none(),
      "Reads reports of services from JSON in the format `tutela-service-report/1`.");
  module.def("check_decisions", &check_decision_records, "text"_a, py::kw_only(), "file"_a = "",
             "limits"_a = py::none(),
             "What decisions of people lack, as diagnostics; JSON in the format `tutela-decisions/1`.");
}

}  // namespace

void bind_casework(py::module_& module)
{
  py::class_<Agenda>(module, "Agenda", "What is due, overdue, promised and not done on a day, by agency and person.")
      .def_property_readonly(
          "on", [](Agenda const& self) { return to_python(self.on); }, "The day.")
      .def_property_readonly(
          "synthetic", [](Agenda const& self) { return self.synthetic; }, "True when no real case stands behind it.")
      .def_property_readonly(
          "later", [](Agenda const& self) { return self.later; }, "How many more have their last day further away.")
      .def(
          "to_json", [](Agenda const& self) { return write_agenda(self); }, "The agenda as JSON text.")
      .def(
          "to_dict", [](Agenda const& self) { return from_json(write_agenda(self)); },
          "The agenda as plain Python values, with all languages of its texts.")
      .def(
          "to_text", [](Agenda const& self, std::string const& lang) { return agenda_text(self, to_language(lang)); },
          py::kw_only(), "lang"_a = "en", "The agenda as text for people.")
      .def("__len__", [](Agenda const& self) { return self.items.size(); })
      .def("_repr_html_",
           [](py::object const& self) { return py::module_::import("tutela.display").attr("agenda")(self); })
      .def("__repr__", [](Agenda const& self) {
        return "<tutela.Agenda of " + to_string(self.on) + ", " + std::to_string(self.items.size()) + " lines>";
      });
  module.def("_agenda", &make_agenda, "text"_a, "file"_a, "on"_a, "days"_a, "clocks"_a, "work_calendar"_a,
             "include_unverified"_a, "limits"_a, "Behind `tutela.agenda`.");
  bind_service_reports(module);
}

}  // namespace tutela::python
