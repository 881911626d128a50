// SPDX-License-Identifier: Apache-2.0
/// \file
/// Cases and assessments in Python.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "answers.hpp"
#include "conversion.hpp"
#include "referral.hpp"

#include <tutela/engine/assess.hpp>
#include <tutela/io/assessment.hpp>
#include <tutela/io/case.hpp>

namespace tutela::python {
namespace {

constexpr auto no_truth = "an assessment is neither true nor false: look at its findings, scores and routes";

std::vector<KnownAssessment> assess_cases(std::vector<Case> const& cases, py::handle on,
                                          std::vector<LoadedPack const*> const& packs,
                                          std::vector<LoadedInstrument const*> const& instruments,
                                          std::vector<LoadedNetwork const*> const& networks, py::handle law_on,
                                          py::handle known_on, bool include_unverified, std::int32_t fresh_days,
                                          std::size_t threads, py::handle limits)
{
  auto knowledge = std::make_shared<Knowledge>();
  for (LoadedPack const* pack : packs) knowledge->packs.push_back(pack->value);
  for (LoadedInstrument const* instrument : instruments) knowledge->instruments.push_back(instrument->value);
  for (LoadedNetwork const* network : networks) knowledge->networks.push_back(network->value);
  AssessOptions options;
  options.law_on = to_date(law_on, "law_on");
  options.known_on = to_date(known_on, "known_on");
  options.include_unverified = include_unverified;
  options.fresh_days = fresh_days;
  options.threads = threads;
  options.limits = to_limits(limits);
  auto const day = to_date(on, "on");
  if (!day) throw ContractViolation("the day is missing: say on=");
  std::vector<KnownAssessment> result;
  py::gil_scoped_release const release;
  DecideOptions asked;
  asked.law_on = options.law_on;
  asked.known_on = options.known_on;
  asked.include_unverified = options.include_unverified;
  asked.limits = options.limits;
  auto found = assess(*knowledge, cases, *day, options);
  for (std::size_t i = 0; i < found.size(); ++i)
    result.push_back({std::move(found[i]), knowledge, cases[i].facts, asked});
  return result;
}

std::shared_ptr<PackVerdict> verdict_of(KnownAssessment const& self, Finding const& finding)
{
  for (Pack const& pack : self.knowledge->packs)
    if (pack.info().id == finding.pack)
      return std::make_shared<PackVerdict>(PackVerdict{
          finding.verdict,
          std::make_shared<AskedQuestion const>(AskedQuestion{pack, self.facts, self.assessment.on, self.options})});
  throw ContractViolation("the assessment lost its pack");
}

py::dict routes_of(KnownAssessment const& self)
{
  Network network;
  for (Network const& candidate : self.knowledge->networks)
    if (candidate.id() == self.assessment.network) network = candidate;
  py::dict routes;
  for (NeedRoute const& route : self.assessment.routes)
    routes[to_python(route.need)] = py::cast(NetworkRoute{route.answer, network});
  return routes;
}

py::tuple findings_of(KnownAssessment const& self)
{
  py::list result;
  for (Finding const& finding : self.assessment.findings) result.append(verdict_of(self, finding));
  return py::tuple(result);
}

py::tuple questions_of(Assessment const& assessment)
{
  py::list result;
  for (Question const& question : assessment.questions)
    result.append(from_values("Question")(question.fact, to_python(question.label), to_python(question.question),
                                          to_python(question.decisions), to_python(question.needs)));
  return py::tuple(result);
}

py::dict papers_of(Assessment const& assessment)
{
  py::dict papers;
  for (Paper const& paper : assessment.papers) papers[py::str(paper.paper)] = to_python(paper.services);
  return papers;
}

void bind_case(py::module_& module)
{
  py::class_<Case>(module, "Case", "One person whom agencies care for, and what is known about the matter.")
      .def_property_readonly(
          "id", [](Case const& self) { return self.id.text(); }, "Identifier, unique in a file.")
      .def_property_readonly(
          "kind", [](Case const& self) { return to_string(self.kind); }, "`child_protection` or `probation`.")
      .def_readonly("synthetic", &Case::synthetic, "True when no real person stands behind it.")
      .def_readonly("jurisdiction", &Case::jurisdiction, "Legal order, for example `MD`.")
      .def_property_readonly(
          "held_by", [](Case const& self) { return self.held_by.text(); },
          "Agency that holds the case; empty when none does.")
      .def_property_readonly(
          "needs", [](Case const& self) { return to_python(self.needs); }, "Kinds of service that are needed.")
      .def_property_readonly(
          "facts", [](Case const& self) { return facts_to_python(self.facts); },
          "What is known: name and values of each fact, with their sources, as `pack.decide` takes them.")
      .def("to_json", &write_case, "The case as one line of JSON.")
      .def(
          "to_dict", [](Case const& self) { return from_json(write_case(self)); },
          "The case as plain Python values that JSON can carry.")
      .def("__repr__", [](Case const& self) {
        return std::string("<tutela.Case: ") + std::string(to_string(self.kind)) +
               (self.synthetic ? ", synthetic>" : ">");
      });
  module.def(
      "parse_cases",
      [](std::string const& text, std::string const& file, py::object const& limits) {
        auto const bounds = to_limits(limits);
        py::gil_scoped_release const release;
        return required(parse_cases(text, file, bounds)).first;
      },
      "text"_a, py::kw_only(), "file"_a = "", "limits"_a = py::none(),
      "Reads cases from JSON or NDJSON in the format `tutela-case/1`.");
}

void bind_assessment(py::module_& module)
{
  py::class_<KnownAssessment>(module, "Assessment", "Everything that is found about one case on one day.")
      .def_property_readonly(
          "id", [](KnownAssessment const& self) { return self.assessment.id.text(); }, "Identifier of the case.")
      .def_property_readonly(
          "on", [](KnownAssessment const& self) { return to_python(self.assessment.on); },
          "The day the findings are for.")
      .def_property_readonly(
          "synthetic", [](KnownAssessment const& self) { return self.assessment.synthetic; },
          "True when case or network are made up.")
      .def_property_readonly(
          "kind", [](KnownAssessment const& self) { return to_string(self.assessment.kind); },
          "`child_protection` or `probation`.")
      .def_property_readonly(
          "jurisdiction", [](KnownAssessment const& self) { return self.assessment.jurisdiction; },
          "Legal order of the case.")
      .def_property_readonly(
          "group", [](KnownAssessment const& self) { return self.assessment.group; },
          "Siblings who stay together share it; empty for one person alone.")
      .def_property_readonly(
          "held_by", [](KnownAssessment const& self) { return self.assessment.held_by.text(); },
          "Agency that holds the case.")
      .def_property_readonly(
          "network", [](KnownAssessment const& self) { return self.assessment.network; },
          "The network that serves the case; empty when none does.")
      .def_property_readonly(
          "has_pack", [](KnownAssessment const& self) { return self.assessment.has_pack; },
          "False when no pack is of the legal order: then there are no findings at all.")
      .def_property_readonly("findings", &findings_of, "A verdict for each decision.")
      .def_property_readonly(
          "scores", [](KnownAssessment const& self) { return py::tuple(py::cast(self.assessment.scores)); },
          "Scores, on probation cases only, for research.")
      .def_property_readonly("routes", &routes_of, "The way to each service that the case needs.")
      .def_property_readonly(
          "questions", [](KnownAssessment const& self) { return questions_of(self.assessment); },
          "Facts to ask, the one that settles most first.")
      .def_property_readonly(
          "uncertain", [](KnownAssessment const& self) { return to_python(self.assessment.uncertain); },
          "Facts that matter but cannot be known; never asked again.")
      .def_property_readonly(
          "papers", [](KnownAssessment const& self) { return papers_of(self.assessment); },
          "Papers to bring, with the services that ask for each.")
      .def_property_readonly(
          "duties_to_report",
          [](KnownAssessment const& self) { return duties_to_python(self.assessment.duties_to_report); },
          "Duties to report; they hold whatever else is found.")
      .def_property_readonly(
          "categories", [](KnownAssessment const& self) { return to_python(self.assessment.categories); },
          "Data categories of everything that could have influenced the assessment.")
      .def_property_readonly(
          "answers",
          [](KnownAssessment const& self) {
            py::dict answers;
            for (Finding const& finding : self.assessment.findings)
              answers[py::str(finding.verdict.decision)] = py::str(std::string(to_string(answer_of(finding.verdict))));
            return answers;
          },
          "One word for each decision: `yes`, `no`, `value`, `unknown` ...; a row of an overview.")
      .def_property_readonly(
          "counts",
          [](KnownAssessment const& self) {
            py::dict counts;
            for (Answer const answer : {Answer::yes, Answer::no, Answer::value, Answer::no_rule, Answer::unknown,
                                        Answer::undeterminable, Answer::refused, Answer::not_available, Answer::error})
              counts[py::str(std::string(to_string(answer)))] = self.assessment.count(answer);
            return counts;
          },
          "How many decisions have each answer.")
      .def(
          "to_json", [](KnownAssessment const& self) { return write_assessment(self.assessment); },
          "The assessment as one line of JSON.")
      .def(
          "to_dict", [](KnownAssessment const& self) { return from_json(write_assessment(self.assessment)); },
          "The assessment as plain Python values that JSON can carry.")
      .def("_repr_html_",
           [](py::object const& self) { return py::module_::import("tutela.display").attr("assessment")(self); })
      .def("__bool__", [](KnownAssessment const&) -> bool { throw py::type_error(no_truth); })
      .def("__repr__", [](KnownAssessment const& self) {
        return "<tutela.Assessment on " + to_string(self.assessment.on) +
               (self.assessment.synthetic ? ", synthetic>" : ">");
      });
}

}  // namespace

void bind_engine(py::module_& module)
{
  bind_case(module);
  bind_assessment(module);
  module.def("assess_cases", &assess_cases, "cases"_a, "on"_a, "packs"_a, "instruments"_a, "networks"_a, py::kw_only(),
             "law_on"_a = py::none(), "known_on"_a = py::none(), "include_unverified"_a = false, "fresh_days"_a = 7,
             "threads"_a = 1, "limits"_a = py::none(),
             "Assesses cases with packs, instruments and networks that are loaded; `tutela.assess` is the door.");
}

}  // namespace tutela::python
