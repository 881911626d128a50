// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tables of other systems in Python: what their columns mean, checked against what is asked, read as cases.

#include <string>
#include <utility>
#include <vector>

#include <tutela/io/mapping.hpp>

#include "answers.hpp"
#include "conversion.hpp"
#include "mapping.hpp"

namespace tutela::python {
namespace {

/// The facts that something reads: a pack or an instrument.
Schema const& schema_of(py::handle read)
{
  if (py::isinstance<LoadedPack>(read)) return read.cast<LoadedPack const&>().value.schema();
  if (py::isinstance<LoadedInstrument>(read)) return read.cast<LoadedInstrument const&>().value.schema();
  throw py::type_error("give a Pack or an Instrument");
}

/// The cases of a table that was read, or everything that does not fit in the table.
std::vector<Case> cases_of(Mapping const& mapping, Result<TextTable> const& table, std::string const& file,
                           Limits const& limits)
{
  if (!table) throw Error(table.diagnostics());
  return required(map_cases(mapping, *table, file, limits)).first;
}

py::dict columns_of(Mapping const& mapping)
{
  py::dict columns;
  for (auto const& column : mapping.columns) columns[py::str(column.column)] = column.fact;
  return columns;
}

}  // namespace

void bind_mapping(py::module_& module)
{
  py::class_<Mapping>(module, "Mapping", "What the table of another system means: which column is which fact.")
      .def_property_readonly(
          "name", [](Mapping const& self) { return self.name; }, "For people: system and version.")
      .def_property_readonly("columns", &columns_of,
                             "The fact of each column that gives one, by the name of the column.")
      .def_property_readonly(
          "ignored", [](Mapping const& self) { return to_python(self.ignored); },
          "Columns that are there and give no fact.")
      .def_property_readonly(
          "jurisdiction", [](Mapping const& self) { return self.jurisdiction; }, "Legal order of all cases.")
      .def_property_readonly(
          "synthetic", [](Mapping const& self) { return self.synthetic; },
          "True when no real person stands behind the cases.")
      .def(
          "check", [](Mapping const& self, py::handle read) { return to_python(check_mapping(self, schema_of(read))); },
          "read"_a,
          "What the mapping promises that a pack or an instrument cannot take.\n\n"
          "A fact that it does not read, a type that the fact has not, a code whose value is not allowed. The place of "
          "a\n"
          "finding is the column. Empty when all fits.")
      .def(
          "load_cases",
          [](Mapping const& self, py::handle path, py::object const& limits) {
            auto const file = to_path(path);
            auto const bounds = to_limits(limits);
            py::gil_scoped_release const release;
            return cases_of(self, load_table(file, bounds, self.separator), file, bounds);
          },
          "path"_a, py::kw_only(), "limits"_a = py::none(),
          "The cases of a table, one a row.\n\n"
          "An empty cell is a fact that is unknown, never false, unless the column says otherwise. Every mismatch is "
          "told at\n"
          "once, and then there are no cases: columns that are missing or that nothing speaks of, cells that cannot be "
          "read,\n"
          "identifiers that are empty or come twice. No message shows what is in a cell.")
      .def(
          "parse_cases",
          [](Mapping const& self, std::string const& text, std::string const& file, py::object const& limits) {
            auto const bounds = to_limits(limits);
            py::gil_scoped_release const release;
            return cases_of(self, parse_table(text, file, bounds, self.separator), file, bounds);
          },
          "text"_a, py::kw_only(), "file"_a = "", "limits"_a = py::none(),
          "The cases of a table that is held in memory; otherwise as `load_cases`.")
      .def("__repr__", [](Mapping const& self) { return "<tutela.Mapping " + self.name + ">"; });
  module.def(
      "load_mapping",
      [](py::handle path, py::object const& limits) {
        auto const file = to_path(path);
        auto const bounds = to_limits(limits);
        py::gil_scoped_release const release;
        return required(load_mapping(file, bounds)).first;
      },
      "path"_a, py::kw_only(), "limits"_a = py::none(), "Reads a mapping file in the format `tutela-mapping/1`.");
  module.def(
      "parse_mapping",
      [](std::string const& text, std::string const& file, py::object const& limits) {
        auto const bounds = to_limits(limits);
        py::gil_scoped_release const release;
        return required(parse_mapping(text, file, bounds)).first;
      },
      "text"_a, py::kw_only(), "file"_a = "", "limits"_a = py::none(),
      "Reads a mapping from JSON text in the format `tutela-mapping/1`.");
}

}  // namespace tutela::python
