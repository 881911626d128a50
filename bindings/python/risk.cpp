// SPDX-License-Identifier: Apache-2.0
/// \file
/// Risk and needs instruments in Python.

#include <string>

#include "answers.hpp"
#include "conversion.hpp"

#include <tutela/io/instrument.hpp>
#include <tutela/io/pmml.hpp>
#include <tutela/risk/score.hpp>
#include <tutela/risk/settle.hpp>

namespace tutela::python {

ScorePurpose to_purpose(std::string const& purpose)
{
  if (purpose == "practice") return ScorePurpose::practice;
  if (purpose == "research") return ScorePurpose::research;
  throw ContractViolation("purpose must be \"practice\" or \"research\"");
}

namespace {

constexpr auto no_truth =
    "a score is neither true nor false: look at score.state first, then at score.band or score.total";

py::object bounds(ScoreRange const& range) { return from_values("Bounds")(range.lowest, range.highest); }

ScoreOptions to_options(py::handle on, py::handle known_on, std::string const& purpose, std::string const& jurisdiction,
                        py::handle limits)
{
  ScoreOptions options;
  options.on = to_date(on, "on");
  options.known_on = to_date(known_on, "known_on");
  options.purpose = to_purpose(purpose);
  options.jurisdiction = jurisdiction;
  options.limits = to_limits(limits);
  return options;
}

Score score_answers(LoadedInstrument const& instrument, py::handle answers, py::handle on, py::handle known_on,
                    std::string const& purpose, std::string const& jurisdiction, bool answers_only, py::handle limits)
{
  auto options = to_options(on, known_on, purpose, jurisdiction, limits);
  options.answers_only = answers_only;
  // What contradicts the instrument's declarations is an answer: a score in the state `error`.
  Record const record = to_record(answers, instrument.value.schema(), options.limits, false);
  py::gil_scoped_release const release;
  return score(instrument.value, record, options);
}

py::object score_table(py::object const& instrument, py::handle table, py::handle columns, py::handle without,
                       std::string const& purpose, std::string const& jurisdiction, py::handle on, bool bounds,
                       py::handle limits)
{
  return py::module_::import("tutela.columns")
      .attr("score_batch")(instrument, table, columns, without, purpose, jurisdiction, on, bounds, limits);
}

py::dict settle_answers(LoadedInstrument const& instrument, py::handle answers, py::handle on, py::handle known_on,
                        std::string const& purpose, std::string const& jurisdiction, py::handle limits)
{
  auto const options = to_options(on, known_on, purpose, jurisdiction, limits);
  Record const record = to_record(answers, instrument.value.schema(), options.limits, false);
  Settling result;
  {
    py::gil_scoped_release const release;
    result = settle(instrument.value, record, options);
  }
  py::list effects;
  for (MissingEffect const& one : result.effects)
    effects.append(py::dict("fact"_a = one.fact, "narrowest"_a = bounds(one.narrowest), "widest"_a = bounds(one.widest),
                            "deciding_bands"_a = to_python(one.deciding_bands), "always_decides"_a = one.always_decides,
                            "tried"_a = one.tried));
  py::list smallest;
  for (auto const& set : result.smallest) smallest.append(to_python(set));
  return py::dict("effects"_a = effects, "smallest"_a = smallest, "exact"_a = result.exact);
}

py::list changes_of_answers(LoadedInstrument const& instrument, py::handle answers, py::handle on, py::handle known_on,
                            std::string const& purpose, std::string const& jurisdiction, py::handle limits)
{
  auto const options = to_options(on, known_on, purpose, jurisdiction, limits);
  Record const record = to_record(answers, instrument.value.schema(), options.limits, false);
  std::vector<BandChange> ways;
  {
    py::gil_scoped_release const release;
    ways = smallest_changes(instrument.value, record, options);
  }
  py::list result;
  for (BandChange const& way : ways) {
    py::dict changes;
    for (auto const& [name, value] : way.changes) changes[py::str(name)] = to_python(value);
    result.append(py::dict("changes"_a = changes, "band"_a = way.band, "total"_a = bounds(way.total)));
  }
  return result;
}

void bind_score(py::module_& module)
{
  py::class_<Score>(module, "Score", "The score of one person on one instrument, with bounds where facts are missing.")
      .def_readonly("instrument", &Score::instrument, "Identifier of the instrument.")
      .def_readonly("version", &Score::version, "Version of the instrument.")
      .def_property_readonly(
          "state", [](Score const& self) { return to_string(self.state); },
          "`known`, `open`, `not_applicable` or `error`; the last two have no number.")
      .def_readonly("research", &Score::research, "True when it stands only because the purpose is research.")
      .def_readonly("exact", &Score::exact, "False when the search hit its limit: the true bounds may be narrower.")
      .def_property_readonly(
          "total", [](Score const& self) { return bounds(self.total); },
          "Points or linear predictor: lowest and highest.")
      .def_readonly("total_unit", &Score::total_unit, "Unit of the total.")
      .def_property_readonly(
          "outputs",
          [](Score const& self) {
            py::dict outputs;
            for (ScoreOutput const& output : self.outputs)
              outputs[py::str(output.id)] =
                  from_values("ScoreOutput")(output.id, to_python(output.label), output.unit, output.horizon,
                                             output.decimals, bounds(output.value));
            return outputs;
          },
          "Reported numbers by name, in the order of the instrument.")
      .def_readonly("band", &Score::band, "The band when it is settled, otherwise empty.")
      .def_property_readonly(
          "possible_bands", [](Score const& self) { return to_python(self.possible_bands); },
          "Every band that some completion of the missing facts gives, lowest first.")
      .def_property_readonly(
          "contributions",
          [](Score const& self) {
            py::list items;
            for (Contribution const& item : self.contributions)
              items.append(from_values("Contribution")(item.item, to_python(item.label), bounds(item.value)));
            return py::tuple(items);
          },
          "What each item adds to the total.")
      .def_property_readonly(
          "missing", [](Score const& self) { return to_python(self.missing); }, "Facts that would settle the score.")
      .def_property_readonly(
          "uncertain", [](Score const& self) { return to_python(self.uncertain); },
          "Facts that cannot be known and keep the score open.")
      .def_property_readonly(
          "assumed", [](Score const& self) { return to_python(self.assumed); },
          "Missing facts to which the published rule gave a value.")
      .def_property_readonly(
          "categories", [](Score const& self) { return to_python(self.categories); },
          "Data categories of all facts read.")
      .def_property_readonly(
          "norm", [](Score const& self) { return to_python(self.norm); }, "Whose norm it is.")
      .def_property_readonly(
          "reason", [](Score const& self) { return to_python(self.reason); }, "Why there is no number, or may be none.")
      .def_property_readonly(
          "diagnostics", [](Score const& self) { return to_python(self.diagnostics); },
          "Facts that are wrong, by name.")
      .def(
          "to_json", [](Score const& self) { return to_json(self); }, "The score as JSON text.")
      .def(
          "to_dict", [](Score const& self) { return from_json(to_json(self)); },
          "The score as plain Python values that JSON can carry.")
      .def("_repr_html_",
           [](py::object const& self) { return py::module_::import("tutela.display").attr("score")(self); })
      .def("__bool__", [](Score const&) -> bool { throw py::type_error(no_truth); })
      .def("__repr__", [](Score const& self) {
        return "<tutela.Score of " + self.instrument + ": " + std::string(to_string(self.state)) + ">";
      });
}

}  // namespace

void bind_risk(py::module_& module)
{
  bind_score(module);
  py::class_<LoadedInstrument>(module, "Instrument", "A published risk or needs scale: immutable, thread-safe.")
      .def_property_readonly(
          "id", [](LoadedInstrument const& self) { return self.value.id(); }, "Identifier such as `uk/ogrs3`.")
      .def_property_readonly(
          "version", [](LoadedInstrument const& self) { return self.value.description().version; },
          "Version of the description.")
      .def_property_readonly(
          "title", [](LoadedInstrument const& self) { return to_python(self.value.description().title); },
          "Name for people.")
      .def_property_readonly(
          "norm", [](LoadedInstrument const& self) { return to_python(self.value.description().norm); },
          "Whose norm it is; said with every score.")
      .def_property_readonly(
          "rights",
          [](LoadedInstrument const& self) {
            InstrumentRights const& rights = self.value.description().rights;
            return py::dict("holder"_a = rights.holder, "licence"_a = rights.licence, "notice"_a = rights.notice,
                            "consent_needed"_a = rights.consent_needed);
          },
          "Who owns it and on which terms it may be used.")
      .def_property_readonly(
          "sources", [](LoadedInstrument const& self) { return to_python(self.value.description().sources); },
          "Where the figures were read.")
      .def_property_readonly(
          "facts",
          [](LoadedInstrument const& self) {
            py::dict facts;
            for (InstrumentFact const& fact : self.value.description().facts) {
              auto const& declared = fact.declaration;
              facts[py::str(declared.name)] = py::dict(
                  "id"_a = fact.id, "type"_a = to_string(declared.type), "label"_a = to_python(declared.label),
                  "allowed"_a = to_python(declared.allowed), "unit"_a = declared.unit, "decimals"_a = fact.decimals);
            }
            return facts;
          },
          "What it reads: name and declaration of each fact.")
      .def_property_readonly(
          "bands",
          [](LoadedInstrument const& self) {
            std::vector<std::string> bands;
            for (ScoreBand const& band : self.value.description().bands) bands.push_back(band.id);
            return to_python(bands);
          },
          "Names of its bands, lowest first; empty where norms have them: see `normed`.")
      .def(
          "normed",
          [](LoadedInstrument const& self, std::string const& jurisdiction, py::handle on) {
            return LoadedInstrument({self.value.normed(jurisdiction, to_date(on, "on")).value(), self.warnings});
          },
          "jurisdiction"_a, "on"_a = py::none(),
          "The instrument with the bands of the norm that holds in one place on one day.\n\n"
          "`score` and `score_batch` choose the norm by themselves. Raises InputError when no norm holds there then, "
          "or\n"
          "when norms change with time and no day is given.")
      .def_property_readonly(
          "recorded_act",
          [](LoadedInstrument const& self) { return to_python(self.value.description().applicability.recorded_act); },
          "Names of facts that record a sanction or charge, without which no score on reoffending is made.")
      .def_property_readonly(
          "warnings", [](LoadedInstrument const& self) { return to_python(self.warnings); },
          "What somebody should look at, although the instrument can be used.")
      .def("score", &score_answers, "answers"_a, py::kw_only(), "on"_a = py::none(), "known_on"_a = py::none(),
           "purpose"_a = "practice", "jurisdiction"_a = "", "answers_only"_a = false, "limits"_a = py::none(),
           "Scores one person. Missing answers give the lowest and highest score; `purpose` is `practice` or\n"
           "`research`; `jurisdiction` is the legal order of the person, for example `GB-EAW`. With `answers_only` a\n"
           "fact that the instrument does not read is an error, so that a misspelt answer is not a missing one.")
      .def("score_batch", &score_table, "table"_a, py::kw_only(), "columns"_a = py::none(), "without"_a = py::tuple(),
           "purpose"_a = "practice", "jurisdiction"_a = "", "on"_a = py::none(), "bounds"_a = true,
           "limits"_a = py::none(),
           "Scores many people; the same bits as `score` for each of them.\n\n"
           "`table` is a mapping of names and columns, a data frame of pandas or polars, an Arrow table, or anything\n"
           "with `__arrow_c_stream__` (which needs pyarrow). Nulls are missing answers. Every fact needs a column of "
           "its\n"
           "name; `columns` maps other names to facts, `without` names facts that the table does not have. Whatever\n"
           "does not fit is told together, before anything is scored. `bounds=False` leaves open scores without "
           "bounds.\n"
           "`on` is the day whose norm counts, where the norms of the instrument change.\n"
           "The answer is a table of the same kind: `state`, `band`, and `total` and each output with `.lowest` and\n"
           "`.highest`; null where there is no number.\n\n"
           ">>> scale = tutela.load_instrument(\"demo/family_risk\")\n"
           ">>> scale.score_batch({name: [None] for name in scale.facts})[\"state\"]\n"
           "['open']")
      .def("settle", &settle_answers, "answers"_a, py::kw_only(), "on"_a = py::none(), "known_on"_a = py::none(),
           "purpose"_a = "practice", "jurisdiction"_a = "", "limits"_a = py::none(),
           "What would decide the band of an open score: the effect of each missing fact, and every smallest set of\n"
           "facts whose answers, whatever they are, leave one band.")
      .def("smallest_changes", &changes_of_answers, "answers"_a, py::kw_only(), "on"_a = py::none(),
           "known_on"_a = py::none(), "purpose"_a = "practice", "jurisdiction"_a = "", "limits"_a = py::none(),
           "All smallest sets of changes, of facts that a service can help to change, that lower the band.")
      .def(
          "to_pmml", [](LoadedInstrument const& self) { return to_pmml(self.value).value(); },
          "The instrument as a PMML 4.4 Scorecard, which `parse_pmml` reads back to the same scores.\n"
          "An InputError tells with their places what a Scorecard cannot say.")
      .def(
          "to_json", [](LoadedInstrument const& self) { return to_json(self.value.description()); },
          "The instrument as JSON text in the format `tutela-instrument/1`.\n"
          "`parse_instrument` reads it back.")
      .def("__repr__", [](LoadedInstrument const& self) { return "<tutela.Instrument '" + self.value.id() + "'>"; });
  module.def(
      "load_instrument",
      [](py::object const& name_or_path, py::object const& limits) {
        auto const name = to_path(name_or_path);
        auto const given = to_limits(limits);
        py::gil_scoped_release const release;
        return LoadedInstrument(
            required(name.ends_with(".pmml") ? load_pmml(name, given) : load_instrument(name, given)));
      },
      "name_or_path"_a, py::kw_only(), "limits"_a = py::none(),
      "Loads a risk instrument by path, or by the identifier of one that ships with the library.\n"
      "A path that ends with `.pmml` is read as a Scorecard of PMML.");
  module.def(
      "parse_pmml",
      [](std::string const& text, std::string const& file, py::object const& limits) {
        auto const given = to_limits(limits);
        py::gil_scoped_release const release;
        return LoadedInstrument(required(parse_pmml(text, file, given)));
      },
      "text"_a, py::kw_only(), "file"_a = "", "limits"_a = py::none(),
      "Reads the Scorecard of a PMML document as an instrument.\n"
      "What cannot be carried is an error with its line; `warnings` tells what has no counterpart.");
  module.def(
      "parse_instrument",
      [](std::string const& text, std::string const& file, py::object const& limits) {
        auto const given = to_limits(limits);
        py::gil_scoped_release const release;
        return LoadedInstrument(required(parse_instrument(text, file, given)));
      },
      "text"_a, py::kw_only(), "file"_a = "", "limits"_a = py::none(),
      "Reads an instrument from JSON in the format `tutela-instrument/1`.");
}

}  // namespace tutela::python
