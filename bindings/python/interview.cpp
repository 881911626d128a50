// SPDX-License-Identifier: Apache-2.0
/// \file
/// Interviews, timelines and possible changes in Python.
#include <memory>
#include <string>
#include <utility>

#include "answers.hpp"
#include "conversion.hpp"

#include <tutela/io/interview.hpp>
#include <tutela/rules/ask.hpp>
#include <tutela/rules/counterfactual.hpp>
#include <tutela/rules/timeline.hpp>

namespace tutela::python {
namespace {

/// An interview with the pack that it asks for.
struct PackInterview {
  Interview interview;
  Pack pack;
  std::optional<Date> on;
  DecideOptions options;
};

py::object number(std::optional<double> value) { return value ? py::object(py::float_(*value)) : py::none(); }

py::tuple to_questions(std::vector<FactQuestion> const& questions)
{
  py::list result;
  for (FactQuestion const& question : questions) {
    py::list prior;
    for (RegionShare const& share : question.prior) prior.append(py::make_tuple(to_python(share.region), share.share));
    result.append(from_values("FactQuestion")(question.fact, to_python(question.label), to_python(question.text),
                                              to_string(question.asked_of), question.holder,
                                              to_python(question.may_be_held_by), to_string(question.sensitivity),
                                              to_python(Value(question.cost)), to_python(question.decisions),
                                              number(question.expected_cost), py::tuple(prior), question.weighted));
  }
  return py::tuple(result);
}

py::tuple to_cautions(std::vector<OpenCaution> const& cautions)
{
  py::list result;
  for (OpenCaution const& caution : cautions) {
    py::list duties;
    for (Duty const& duty : caution.safety_duties) duties.append(from_values("Duty")(duty.clock, duty.to));
    result.append(from_values("OpenCaution")(caution.decision, to_python(caution.label), to_string(caution.caution),
                                             py::tuple(duties)));
  }
  return py::tuple(result);
}

AskOptions to_options(py::handle law_on, py::handle known_on, std::optional<std::string> jurisdiction,
                      bool include_unverified, py::handle holdings, py::handle limits)
{
  AskOptions options;
  if (jurisdiction) options.decide.jurisdiction = *std::move(jurisdiction);
  options.decide.law_on = to_date(law_on, "law_on");
  options.decide.known_on = to_date(known_on, "known_on");
  options.decide.include_unverified = include_unverified;
  options.decide.limits = to_limits(limits);
  if (!holdings.is_none()) {
    if (!py::isinstance<py::dict>(holdings)) throw py::type_error("holdings maps names of facts to agencies");
    for (auto const& [fact, agency] : holdings.cast<py::dict>())
      options.holdings.push_back({fact.cast<std::string>(), agency.cast<std::string>(), true});
  }
  return options;
}

PackInterview ask(LoadedPack const& pack, py::handle facts, py::handle on, py::handle law_on, py::handle known_on,
                  py::handle decisions, std::optional<std::string> jurisdiction, bool include_unverified,
                  py::handle holdings, py::handle limits)
{
  auto options = to_options(law_on, known_on, std::move(jurisdiction), include_unverified, holdings, limits);
  options.decide.decisions = to_decisions(decisions, {&pack.value});
  auto const day = to_date(on, "on");
  Record const record = to_record(facts, pack.value.schema(), options.decide.limits, true);
  py::gil_scoped_release const release;
  return {Interview(pack.value, record, day, options), pack.value, day, options.decide};
}

/// \param fact  A name, or nothing for the fact that is proposed.
PackInterview answer(PackInterview const& self, std::string const& fact, py::object const& value)
{
  py::dict one;
  one[py::str(fact)] = value;
  Record const record = to_record(one, self.pack.schema(), {}, false);
  Interview interview = self.interview;
  py::gil_scoped_release const release;
  for (Fact const& given : record.facts())
    interview = required(interview.answer(given.name, given.value, given.source)).first;
  return {std::move(interview), self.pack, self.on, self.options};
}

py::object timeline_to_python(Timeline const& found)
{
  py::list spans;
  for (TimelineSpan const& span : found.spans) {
    py::list turns;
    for (Turn const& turn : span.began_with)
      turns.append(from_values("Turn")(to_string(turn.kind), turn.name, turn.months, turn.days, to_string(turn)));
    bool const known = span.outcome == Outcome::known;
    spans.append(from_values("TimelineSpan")(to_python(span.from), to_python(span.until), to_string(span.outcome),
                                             known ? to_python(span.value) : py::none(), to_python(span.possible),
                                             to_python(span.missing), to_python(span.uncertain), py::tuple(turns),
                                             to_python(span.citations)));
  }
  return from_values("Timeline")(found.decision, py::tuple(spans), found.day_by_day, found.why_day_by_day,
                                 found.evaluations, write_timeline(found));
}

py::object timeline_of(LoadedPack const& pack, py::handle facts, std::string const& decision, py::handle start,
                       py::handle end, py::handle law_on, py::handle known_on, std::optional<std::string> jurisdiction,
                       bool include_unverified, py::handle limits)
{
  auto const options =
      to_options(law_on, known_on, std::move(jurisdiction), include_unverified, py::none(), limits).decide;
  warn_of_unknown({decision}, {&pack.value});
  auto const first = to_date(start, "start");
  auto const last = to_date(end, "end");
  if (!first || !last) throw py::type_error("start and end are days");
  Record const record = to_record(facts, pack.value.schema(), options.limits, true);
  auto const found = [&] {
    py::gil_scoped_release const release;
    return timeline(pack.value, record, decision, *first, *last, options);
  }();
  return timeline_to_python(found);
}

py::object counterfactual_of(LoadedPack const& pack, py::handle facts, std::string const& decision, py::handle on,
                             py::handle law_on, py::handle known_on, std::optional<std::string> jurisdiction,
                             bool include_unverified, py::handle towards, py::handle limits)
{
  CounterfactualOptions options;
  options.decide = to_options(law_on, known_on, std::move(jurisdiction), include_unverified, py::none(), limits).decide;
  warn_of_unknown({decision}, {&pack.value});
  if (!towards.is_none()) {
    py::dict one;
    one[py::str("answer")] = towards;
    Record const wished = to_record(one, Schema(), options.decide.limits, false);
    if (wished.facts().size() != 1) throw py::type_error("towards is one value: what a decision may answer");
    options.wanted = wished.facts().front().value;
  }
  auto const day = to_date(on, "on");
  Record const record = to_record(facts, pack.value.schema(), options.decide.limits, true);
  auto const found = [&] {
    py::gil_scoped_release const release;
    return counterfactual(pack.value, record, decision, day, options);
  }();
  py::list ways;
  for (ChangeSet const& way : found.ways) {
    py::list changes;
    for (Change const& change : way.changes)
      changes.append(
          from_values("Change")(change.fact, to_python(change.label), to_python(change.to), to_python(change.help)));
    ways.append(from_values("ChangeSet")(py::tuple(changes), to_python(way.answer)));
  }
  bool const known = found.outcome == Outcome::known;
  return from_values("Counterfactuals")(found.decision, to_string(found.outcome),
                                        known ? to_python(found.value) : py::none(), py::tuple(ways),
                                        to_python(found.changeable), found.complete, write_counterfactuals(found));
}

void bind_interview_class(py::module_& module)
{
  auto questions = [](PackInterview const& self) -> Questions const& { return self.interview.questions(); };
  py::class_<PackInterview>(module, "Interview",
                            "The facts so far and what to ask next. A value: each answer gives a new interview.")
      .def_property_readonly(
          "ask", [=](PackInterview const& self) { return to_questions(questions(self).ask); },
          "What to find out, best first; empty when nothing that may be asked can change an answer.")
      .def_property_readonly(
          "next",
          [=](PackInterview const& self) -> py::object {
            if (self.interview.finished()) return py::none();
            return to_questions({questions(self).ask.front()})[0];
          },
          "The first of them, or None.")
      .def_property_readonly(
          "referred", [=](PackInterview const& self) { return to_questions(questions(self).referred); },
          "What can change an answer but only a trained interviewer may ask.")
      .def_property_readonly(
          "settled", [=](PackInterview const& self) { return to_python(questions(self).settled); },
          "Decisions that no question can change any more.")
      .def_property_readonly(
          "open", [=](PackInterview const& self) { return to_python(questions(self).open); }, "The other decisions.")
      .def_property_readonly(
          "cautions", [=](PackInterview const& self) { return to_cautions(questions(self).cautions); },
          "To be read before any question: protection that is not excluded, with its clocks, and restrictions that "
          "nothing supports yet.")
      .def_property_readonly(
          "not_available", [=](PackInterview const& self) { return to_python(questions(self).not_available); },
          "Decisions for which there is no rule; they are neither open nor settled.")
      .def_property_readonly(
          "jurisdiction", [=](PackInterview const& self) { return questions(self).jurisdiction; },
          "The legal order that has no such rule here, with `not_available`.")
      .def_property_readonly(
          "uncertain", [=](PackInterview const& self) { return to_python(questions(self).uncertain); },
          "Facts that matter but cannot be known; they are not asked.")
      .def_property_readonly(
          "expected_cost", [=](PackInterview const& self) { return number(questions(self).expected_cost); },
          "Expected cost of all questions still to come, or None.")
      .def_property_readonly(
          "method", [=](PackInterview const& self) { return to_string(questions(self).method); },
          "How the first question was found: `exact`, `lookahead` or `greedy`.")
      .def_property_readonly(
          "exact", [=](PackInterview const& self) { return questions(self).exact; },
          "False when a question may turn out not to matter.")
      .def_property_readonly(
          "costs", [=](PackInterview const& self) { return questions(self).costs; },
          "What the pack says about its costs: the unit and where they come from.")
      .def_property_readonly(
          "finished", [](PackInterview const& self) { return self.interview.finished(); },
          "True when no question can change an answer any more.")
      .def_property_readonly(
          "facts", [](PackInterview const& self) { return facts_to_python(self.interview.record()); },
          "The facts so far, as `pack.ask` takes them: what an interview is resumed with.")
      .def("answer", &answer, "fact"_a, "value"_a,
           "The interview once one more fact is known; `tutela.UNCERTAIN` when it cannot be.\n\n"
           "Raises InputError when the answer is not allowed or the fact is known already.")
      .def(
          "verdicts",
          [](PackInterview const& self) {
            auto const asked = std::make_shared<AskedQuestion const>(
                AskedQuestion{self.pack, self.interview.record(), self.on, self.options});
            Verdicts verdicts;
            for (Verdict& verdict : self.interview.verdicts())
              verdicts.items.push_back(std::make_shared<PackVerdict const>(PackVerdict{std::move(verdict), asked}));
            return verdicts;
          },
          "The verdicts on the facts so far.")
      .def(
          "to_json", [=](PackInterview const& self) { return write_questions(questions(self)); },
          "What to find out next, as JSON text.")
      .def(
          "to_dict", [=](PackInterview const& self) { return from_json(write_questions(questions(self))); },
          "The same as plain Python values.")
      .def("_repr_html_",
           [](py::object const& self) { return py::module_::import("tutela.display").attr("interview")(self); })
      .def("__repr__", [=](PackInterview const& self) {
        return "<tutela.Interview: " + std::to_string(questions(self).ask.size()) + " to ask, " +
               std::to_string(questions(self).open.size()) + " decisions open>";
      });
}

}  // namespace

void bind_interview(py::module_& module, py::class_<LoadedPack>& pack)
{
  bind_interview_class(module);
  pack.def("ask", &ask, "facts"_a, "on"_a = py::none(), py::kw_only(), "law_on"_a = py::none(),
           "known_on"_a = py::none(), "decisions"_a = py::none(), "jurisdiction"_a = py::none(),
           "include_unverified"_a = false, "holdings"_a = py::none(), "limits"_a = py::none(),
           "What to find out next: an interview that begins with these facts.\n\n"
           "`holdings` maps names of facts to the agencies that have them on record and may share them.");
  pack.def("timeline", &timeline_of, "facts"_a, "decision"_a, "start"_a, "end"_a, py::kw_only(),
           "law_on"_a = py::none(), "known_on"_a = py::none(), "jurisdiction"_a = py::none(),
           "include_unverified"_a = false, "limits"_a = py::none(),
           "The answers of a decision on all days from `start` until the day before `end`, and what changes them.");
  pack.def("counterfactual", &counterfactual_of, "facts"_a, "decision"_a, "on"_a = py::none(), py::kw_only(),
           "law_on"_a = py::none(), "known_on"_a = py::none(), "jurisdiction"_a = py::none(),
           "include_unverified"_a = false, "towards"_a = py::none(), "limits"_a = py::none(),
           "What a service could do so that the answer changes: smallest changes, each evaluated again.\n\n"
           "`towards` is the answer that is looked for; any other answer than today's when left out.");
}

}  // namespace tutela::python
