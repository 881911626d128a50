// SPDX-License-Identifier: Apache-2.0
/// \file
/// Validations in Python: columns come in as buffers, `tutela.validate` makes them from whatever it is given.

#include <string>

#include "buffers.hpp"

#include <tutela/io/validation.hpp>
#include <tutela/risk/validation.hpp>

namespace tutela::python {
namespace {

ValidationSample to_sample(py::dict const& columns, Buffers& buffers)
{
  ValidationSample sample;
  auto const whole = [&](char const* name) { return buffers.view<std::uint32_t>(columns[name], name); };
  sample.scores = buffers.view<double>(columns["scores"], "scores");
  sample.outcomes = buffers.view<std::uint8_t>(columns["outcomes"], "outcomes");
  sample.other_scores = buffers.view<double>(columns["other_scores"], "other_scores");
  sample.times = buffers.view<double>(columns["times"], "times");
  sample.events = buffers.view<std::uint8_t>(columns["events"], "events");
  sample.earlier_scores = buffers.view<double>(columns["earlier_scores"], "earlier_scores");
  sample.periods = whole("periods");
  sample.clusters = whole("clusters");
  sample.strata = whole("strata");
  sample.first_rating = whole("first_rating");
  sample.second_rating = whole("second_rating");
  for (auto const group : columns["groups"]) {
    auto const [name, labels, codes] = py::cast<std::tuple<std::string, std::vector<std::string>, py::object>>(group);
    sample.groupings.push_back({name, labels, buffers.view<std::uint32_t>(codes, name)});
  }
  for (auto const item : columns["items"]) {
    auto const [name, present] = py::cast<std::pair<std::string, py::object>>(item);
    sample.items.push_back({name, buffers.view<std::uint8_t>(present, name)});
  }
  for (auto const& [reason, people] : py::cast<std::vector<std::pair<std::string, std::size_t>>>(columns["left_out"]))
    sample.left_out.push_back({reason, people});
  return sample;
}

ValidationOptions to_options(py::dict const& given)
{
  ValidationOptions options;
  options.probabilities = py::cast<bool>(given["probabilities"]);
  options.threshold = py::cast<std::optional<double>>(given["threshold"]);
  options.cuts = py::cast<std::vector<double>>(given["cuts"]);
  options.bands = py::cast<std::vector<std::string>>(given["bands"]);
  options.minimum_cell = py::cast<std::size_t>(given["minimum_cell"]);
  options.intersections = py::cast<bool>(given["intersections"]);
  options.draws = py::cast<std::size_t>(given["draws"]);
  options.seed = py::cast<std::uint64_t>(given["seed"]);
  options.subject = py::cast<std::string>(given["subject"]);
  options.outcome = py::cast<std::string>(given["outcome"]);
  return options;
}

ValidationReport validate_columns(py::dict const& columns, py::dict const& given)
{
  Buffers buffers;
  auto const sample = to_sample(columns, buffers);
  auto const options = to_options(given);
  py::gil_scoped_release const release;
  return validate(sample, options).value();
}

}  // namespace

void bind_validation(py::module_& module)
{
  py::class_<ValidationReport>(module, "ValidationReport", "The finished figures of a validation.")
      .def_property_readonly(
          "findings",
          [](ValidationReport const& self) {
            std::vector<Diagnostic> findings;
            for (auto const& finding : self.findings) findings.push_back(to_diagnostic(finding));
            return to_python(findings);
          },
          "What somebody should look at, as diagnostics: warnings and notes.")
      .def(
          "to_json", [](ValidationReport const& self) { return to_json(self); }, "All figures as JSON text.")
      .def(
          "to_dict", [](ValidationReport const& self) { return from_json(to_json(self)); },
          "All figures as plain Python values; a figure that is not a number is None.")
      .def(
          "to_markdown",
          [](ValidationReport const& self, std::string const& lang) {
            return validation_markdown(self, to_language(lang));
          },
          py::kw_only(), "lang"_a = "en", "The report as Markdown, without plots.")
      .def(
          "to_html",
          [](ValidationReport const& self, std::string const& lang) {
            return validation_page(self, to_language(lang));
          },
          py::kw_only(), "lang"_a = "en", "The report as one page with plots that loads nothing.")
      .def("_repr_html_",
           [](py::object const& self) { return py::module_::import("tutela.display").attr("validation")(self); })
      .def("__repr__", [](ValidationReport const& self) {
        return "<tutela.ValidationReport of " + std::to_string(self.base.of) + " people>";
      });
  module.def("_validate", &validate_columns, "columns"_a, "options"_a, "Behind `tutela.validate`.");
}

}  // namespace tutela::python
