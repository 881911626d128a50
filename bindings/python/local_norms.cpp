// SPDX-License-Identifier: Apache-2.0
/// \file
/// Local norms, recalibration, drift and agreement of raters in Python.

#include <span>
#include <string>
#include <type_traits>

#include "buffers.hpp"

#include <tutela/risk/rater_agreement.hpp>
#include <tutela/risk/recalibration.hpp>
#include <tutela/risk/stability.hpp>

namespace tutela::python {
namespace {

RecalibrationKind to_kind(std::string const& kind)
{
  if (kind == "intercept") return RecalibrationKind::intercept;
  if (kind == "intercept_and_slope") return RecalibrationKind::intercept_and_slope;
  throw ContractViolation("kind must be \"intercept\" or \"intercept_and_slope\"");
}

KappaWeights to_weights(std::string const& weights)
{
  if (weights == "none") return KappaWeights::none;
  if (weights == "linear") return KappaWeights::linear;
  if (weights == "quadratic") return KappaWeights::quadratic;
  throw ContractViolation("weights must be \"none\", \"linear\" or \"quadratic\"");
}

LocalNorm build_norm(py::handle scores)
{
  Buffers buffers;
  auto const view = buffers.read<double>(scores, "scores");
  py::gil_scoped_release const release;
  return LocalNorm::build(view).value();
}

Recalibration recalibrate_columns(py::handle probabilities, py::handle outcomes, std::string const& kind)
{
  Buffers buffers;
  auto const given = buffers.read<double>(probabilities, "probabilities");
  auto const happened = buffers.read<std::uint8_t>(outcomes, "outcomes");
  auto const what = to_kind(kind);
  py::gil_scoped_release const release;
  return recalibrate(given, happened, what).value();
}

py::dict agreement_of(py::handle first, py::handle second, std::size_t levels, std::string const& weights)
{
  Buffers buffers;
  auto const one = buffers.read<std::uint32_t>(first, "first");
  auto const other = buffers.read<std::uint32_t>(second, "second");
  RaterAgreement const found = rater_agreement(one, other, levels, to_weights(weights)).value();
  return py::dict("cases"_a = found.cases, "exact"_a = found.exact, "kappa"_a = found.kappa.value,
                  "standard_error"_a = found.kappa.standard_error, "low"_a = found.kappa.low,
                  "high"_a = found.kappa.high);
}

py::dict stability_of(py::handle before, py::handle now, py::handle cuts)
{
  Buffers buffers;
  auto const one = buffers.read<double>(before, "before");
  auto const other = buffers.read<double>(now, "now");
  auto const bins = buffers.read<double>(cuts, "cuts");
  PopulationStability const found = population_stability(one, other, bins).value();
  return py::dict("index"_a = found.index, "before"_a = found.before, "now"_a = found.now);
}

void bind_drift(py::module_& module)
{
  py::class_<DriftMonitor>(module, "DriftMonitor",
                           "Watches outcomes as they come in and says when they no longer fit the probabilities.\n\n"
                           "While the probabilities are right, the chance that it ever raises an alarm is at most\n"
                           "`false_alarms`, however long one looks. `factor` is by how much the odds are off that it\n"
                           "is meant to find; above 1. It changes with every case: one for each thread.\n\n"
                           ">>> monitor = tutela.DriftMonitor(false_alarms=0.01)\n"
                           ">>> monitor.add(0.2, True)\n"
                           ">>> monitor.alarm is None\n"
                           "True")
      .def(py::init<double, double>(), py::kw_only(), "false_alarms"_a = 0.01, "factor"_a = 1.25)
      .def("add", &DriftMonitor::add, "probability"_a, "outcome"_a,
           "Takes in one case: its probability as predicted before the outcome was known, 0 to 1, and whether the\n"
           "outcome came.")
      .def_property_readonly("cases", &DriftMonitor::cases, "Cases taken in.")
      .def_property_readonly("evidence", &DriftMonitor::evidence,
                             "How many times a stake would have grown by betting against the probabilities.")
      .def_property_readonly("alarm", &DriftMonitor::alarm,
                             "Number of the case, from 1, at which the alarm was raised, or None. It stays.")
      .def_property_readonly("outcomes_are_more_frequent", &DriftMonitor::outcomes_are_more_frequent,
                             "True when outcomes are more frequent than predicted; meaningful after the alarm.")
      .def("__repr__", [](DriftMonitor const& self) {
        return "<tutela.DriftMonitor after " + std::to_string(self.cases()) + " cases" +
               (self.alarm() ? ", alarm>" : ">");
      });
}

}  // namespace

void bind_local_norms(py::module_& module)
{
  py::class_<LocalNorm>(
      module, "LocalNorm",
      "Where a score stands among the people of one place, whose scores are a list, an array or a series.\n\n"
      ">>> tutela.LocalNorm([1, 2, 2, 5]).percentile(2)\n"
      "50.0")
      .def(py::init(&build_norm), "scores"_a)
      .def_property_readonly("people", &LocalNorm::people, "People of the norm.")
      .def("percentile", &LocalNorm::percentile, "score"_a,
           "Percentile of a score, 0 to 100: the share of people who score lower, those of the same score counting\n"
           "half.")
      .def("score_at", &LocalNorm::score_at, "percent"_a,
           "The lowest score that at least `percent` per cent of the people do not exceed.\n"
           "`percent` goes from 0 to 100.")
      .def("__repr__",
           [](LocalNorm const& self) { return "<tutela.LocalNorm of " + std::to_string(self.people()) + " people>"; });
  py::class_<Recalibration>(module, "Recalibration",
                            "A change of probabilities on the scale of log odds: `intercept + slope * log odds`.")
      .def_readonly("intercept", &Recalibration::intercept, "Added to the log odds.")
      .def_readonly("slope", &Recalibration::slope, "Times the log odds.")
      .def("apply", &Recalibration::apply, "probability"_a,
           "The changed probability.\n0 and 1 are taken as 1e-9 away from them.")
      .def("__repr__", [](Recalibration const& self) {
        return "<tutela.Recalibration: intercept " + std::to_string(self.intercept) + ", slope " +
               std::to_string(self.slope) + ">";
      });
  bind_drift(module);
  module.def("recalibrate", &recalibrate_columns, "probabilities"_a, "outcomes"_a, py::kw_only(),
             "kind"_a = "intercept",
             "The recalibration that fits local outcomes best; the published scale stays as it is.\n"
             "`kind` is `intercept` (the level only, for few cases) or `intercept_and_slope`.\n\n"
             ">>> tutela.recalibrate([0.1, 0.2, 0.3, 0.4], [0, 1, 0, 1]).apply(0.2) > 0.2\n"
             "True");
  module.def("rater_agreement", &agreement_of, "first"_a, "second"_a, "levels"_a, py::kw_only(), "weights"_a = "linear",
             "Agreement of two ratings of the same cases: share rated the same, kappa with its interval.\n"
             "Levels go from 0 to `levels` - 1; `weights` is `none`, `linear` or `quadratic`.\n\n"
             ">>> tutela.rater_agreement([0, 1, 2, 1], [0, 1, 2, 2], 3)[\"exact\"]\n"
             "0.75");
  module.def("population_stability", &stability_of, "before"_a, "now"_a, "cuts"_a,
             "How far the scores of now lie from those of before: `index`, and the share of each bin.\n"
             "`cuts` are the first scores of each bin above the lowest, rising.");
}

}  // namespace tutela::python
