// SPDX-License-Identifier: Apache-2.0
/// \file
/// Books of records, indicators and joint plans in Python.

#include <string>
#include <utility>

#include <tutela/io/agenda.hpp>
#include <tutela/io/records.hpp>
#include <tutela/model/agreement.hpp>

#include "conversion.hpp"

namespace tutela::python {
namespace {

IndicatorOptions options_of(py::object const& start, py::object const& end, int smallest)
{
  IndicatorOptions options;
  options.smallest = smallest;
  auto const from = to_date(start, "start");
  auto const until = to_date(end, "end");
  if (from.has_value() != until.has_value()) throw ContractViolation("give both start and end, or neither");
  if (from && *until <= *from)
    throw ContractViolation("the end is the first day that no longer counts, after the start");
  if (from) options.period = Period{from, until};
  return options;
}

py::dict goal_indicators(RecordBook const& book, std::vector<std::string> goals)
{
  Agreement agreement;
  agreement.goals = std::move(goals);
  py::dict found;
  for (auto const& goal : indicators_of_goals(agreement, book.content().indicators))
    found[py::str(goal.goal)] = to_python(goal.indicators);
  return found;
}

py::object records_of(RecordBook const& book, std::string const& kind)
{
  if (!kind.empty()) static_cast<void>(book.records_of(kind));  // refuses what stays with its team
  py::list found;
  for (auto const& record : from_json(write_records(book.shareable())).attr("get")("records", py::list()))
    if (kind.empty() || record["kind"].cast<std::string>() == kind) found.append(record);
  return found;
}

AgreementState state_of(std::string const& word)
{
  for (auto const state : agreement_states)
    if (to_string(state) == word) return state;
  throw ContractViolation("there is no state \"" + word + "\" of an agreement");
}

py::list joint_plans(std::string const& text, std::string const& file, py::object const& on, py::object const& limits)
{
  auto const day = to_date(on, "on");
  if (!day) throw py::type_error("on: give the day that the plans are looked at");
  auto const records = required(parse_agenda_records(text, file, to_limits(limits))).first;
  py::list plans;
  std::vector<Diagnostic> wrong;
  for (std::size_t i = 0; i < records.plans.size(); ++i) {
    for (auto& found : check_joint_plan(records.plans[i], "/plans/" + std::to_string(i))) {
      found.place.file = file;
      wrong.push_back(std::move(found));
    }
    plans.append(from_json(write_joint_plan(records.plans[i], *day)));
  }
  if (!wrong.empty()) throw Error(std::move(wrong));
  return plans;
}

void bind_book(py::module_& module)
{
  py::class_<RecordBook>(module, "RecordBook", "Records of one file, checked against the declarations of their kinds.")
      .def_property_readonly(
          "id", [](RecordBook const& self) { return self.content().id; }, "Name of the book.")
      .def_property_readonly(
          "synthetic", [](RecordBook const& self) { return self.content().synthetic; },
          "True when records without a source are made up.")
      .def_property_readonly(
          "kinds",
          [](RecordBook const& self) {
            std::vector<std::string> words;
            for (auto const& [word, kind] : self.kinds().all()) words.push_back(word);
            return to_python(words);
          },
          "Code words of the kinds of records that may stand in it.")
      .def("records", &records_of, "kind"_a = "",
           "The records of a kind, or all, as dictionaries.\n\n"
           "Records that stay with their team are never listed.")
      .def(
          "indicator",
          [](RecordBook const& self, std::string const& id, py::object const& start, py::object const& end,
             int smallest) -> py::object {
            return from_json(write_indicators(self, {self.value(id, options_of(start, end, smallest))}))[py::int_(0)];
          },
          "id"_a, py::kw_only(), "start"_a = py::none(), "end"_a = py::none(), "smallest"_a = 0,
          "The value of an indicator: its state, and the value where it is known.\n\n"
          "`start` and `end` name the days to look at instead of the indicator's own; `end` is the first day that no "
          "longer\n"
          "counts. Numbers from 1 to `smallest - 1` are suppressed.")
      .def(
          "indicators",
          [](RecordBook const& self, py::object const& start, py::object const& end, int smallest) {
            return from_json(write_indicators(self, self.values(options_of(start, end, smallest))));
          },
          py::kw_only(), "start"_a = py::none(), "end"_a = py::none(), "smallest"_a = 0,
          "All indicators of the book, as `indicator` gives them: `pandas.DataFrame(book.indicators())`.")
      .def(
          "identities", [](RecordBook const& self) { return from_json(write_identities(self.identities())); },
          "Whether sums agree that must: `holds` is yes, no, or unknown where a number is not recorded or approximate.")
      .def("goals", &goal_indicators, "goals"_a, "For each goal of an agreement the indicators that stand for it.")
      .def(
          "to_json", [](RecordBook const& self) { return write_records(self); }, "The book as it is written in files.")
      .def(
          "to_dict", [](RecordBook const& self) { return from_json(write_records(self)); },
          "The book as plain Python values.")
      .def(
          "shareable", [](RecordBook const& self) { return self.shareable(); },
          "The book as it may leave the team: without the records that stay with it.")
      .def("__len__", [](RecordBook const& self) { return self.content().records.size(); })
      .def("__repr__", [](RecordBook const& self) {
        return "<tutela.RecordBook with " + std::to_string(self.content().records.size()) + " records>";
      });
}

}  // namespace

void bind_records(py::module_& module)
{
  bind_book(module);
  module.def(
      "parse_records",
      [](std::string const& text, std::string const& file, py::object const& limits) {
        return required(parse_records(text, file, to_limits(limits))).first;
      },
      "text"_a, py::kw_only(), "file"_a = "", "limits"_a = py::none(),
      "Reads a book of records from JSON in the format `tutela-records/1`.");
  module.def(
      "load_records",
      [](py::object const& path, py::object const& limits) {
        auto const name = py::module_::import("os").attr("fspath")(path).cast<std::string>();
        return required(load_records(name, to_limits(limits))).first;
      },
      "path"_a, py::kw_only(), "limits"_a = py::none(),
      "Reads a book of records from a file, or one that ships: `casework` holds the kinds of records of this field.");
  module.def("_joint_plans", &joint_plans, "text"_a, "file"_a, "on"_a, "limits"_a, "Behind `tutela.joint_plans`.");
  module.def(
      "may_follow",
      [](std::string const& earlier, std::string const& later) {
        return may_follow(state_of(earlier), state_of(later));
      },
      "earlier"_a, "later"_a, "Whether one state of an agreement may follow another: `proposed`, `in_force`, `ended`.");
}

}  // namespace tutela::python
