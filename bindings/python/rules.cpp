// SPDX-License-Identifier: Apache-2.0
/// \file
/// Rule packs and verdicts in Python.

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "answers.hpp"
#include "conversion.hpp"

#include <tutela/facts/misspelt.hpp>
#include <tutela/io/assessment.hpp>
#include <tutela/io/comparison.hpp>
#include <tutela/io/explanation.hpp>
#include <tutela/rules/compare.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/test_cases.hpp>

namespace tutela::python {
namespace {

constexpr auto no_truth =
    "a verdict is neither true nor false: look at verdict.outcome first, then compare verdict.value, for example "
    "verdict.outcome == \"known\" and verdict.value is True";

py::object duty_to_python(Duty const& duty) { return from_values("Duty")(duty.clock, duty.to); }

py::object reason_to_python(Reason const& reason)
{
  py::list duties;
  for (Duty const& duty : reason.duties) duties.append(duty_to_python(duty));
  return from_values("Reason")(reason.decision, reason.rule, to_word(reason.applies), to_python(reason.conditions),
                               to_python(reason.label), to_python(reason.output), to_python(reason.law.from),
                               to_python(reason.law.until), to_python(reason.citations), py::tuple(duties));
}

Verdicts decide(LoadedPack const& pack, py::handle facts, py::handle on, py::handle law_on, py::handle known_on,
                py::handle decisions, std::optional<std::string> jurisdiction, bool include_unverified,
                std::string const& mode, py::handle limits)
{
  DecideOptions options;
  if (jurisdiction) options.jurisdiction = *std::move(jurisdiction);
  options.law_on = to_date(law_on, "law_on");
  options.known_on = to_date(known_on, "known_on");
  options.decisions = to_decisions(decisions, {&pack.value});
  options.include_unverified = include_unverified;
  options.mode = to_mode(mode);
  options.limits = to_limits(limits);
  auto const day = to_date(on, "on");
  bool const check = options.mode == Mode::legal;  // a model made for other engines coerces its input itself
  Record const record = to_record(facts, pack.value.schema(), options.limits, check);
  if (check) {
    if (auto wrong = pack.value.check_facts(record, day); !wrong.empty()) throw Error(std::move(wrong));
  }
  std::vector<Verdict> found;
  {
    py::gil_scoped_release const release;
    found = pack.value.decide(record, day, options);
  }
  auto const asked = std::make_shared<AskedQuestion const>(AskedQuestion{pack.value, record, day, options});
  Verdicts verdicts;
  for (Verdict& verdict : found)
    verdicts.items.push_back(std::make_shared<PackVerdict const>(PackVerdict{std::move(verdict), asked}));
  return verdicts;
}

Proof prove(PackVerdict const& self, ProofParts const& parts)
{
  auto const& asked = *self.asked;
  py::gil_scoped_release const release;
  return asked.pack.prove(self.verdict.decision, asked.facts, asked.on, asked.options, parts);
}

std::string explain_as(PackVerdict const& self, std::string const& lang, std::string const& view,
                       std::optional<int> age, std::string const& contact, std::string const& format)
{
  ExplanationOptions options;
  auto const language = parse_language(lang);
  if (!language) throw ContractViolation("explanations are written in en, ro, uk and ru");
  auto const chosen = parse_view(view);
  if (!chosen) throw ContractViolation("view must be \"officer\", \"family\" or \"child\"");
  if (format != "text" && format != "html" && format != "json")
    throw ContractViolation("format must be \"text\", \"html\" or \"json\"");
  options.language = *language;
  options.view = *chosen;
  options.age = age;
  options.contact = contact;
  options.format = format == "text"   ? ExplanationFormat::text
                   : format == "html" ? ExplanationFormat::html
                                      : ExplanationFormat::json;
  auto const proof = prove(self, {true, Value(true)});
  return explain(proof, options);
}

std::shared_ptr<PackVerdict const> find(Verdicts const& verdicts, std::string const& decision)
{
  for (auto const& item : verdicts.items)
    if (item->verdict.decision == decision) return item;
  return nullptr;
}

/// The question that ends a message about an unknown name; empty when no known one is near.
std::string meant(std::string const& written, std::vector<std::string> const& known)
{
  auto const nearest = nearest_name(written, known);
  return nearest.empty() ? "" : "; is " + nearest + " meant?";
}

py::list names(Verdicts const& verdicts)
{
  py::list result;
  for (auto const& item : verdicts.items) result.append(item->verdict.decision);
  return result;
}

py::object fact_to_python(FactDeclaration const& fact)
{
  return py::dict("type"_a = to_string(fact.type), "label"_a = to_python(fact.label),
                  "question"_a = to_python(fact.question), "unit"_a = fact.unit, "allowed"_a = to_python(fact.allowed),
                  "allowed_elements"_a = to_python(fact.allowed_elements), "optional"_a = fact.optional,
                  "category"_a = fact.category, "about"_a = to_string(fact.about), "protected"_a = fact.is_protected,
                  "ground"_a = to_string(fact.ground), "proxy"_a = fact.is_proxy, "changeable"_a = fact.changeable,
                  "violence"_a = fact.violence, "held_by"_a = to_python(fact.held_by),
                  "cost"_a = to_python(Value(fact.cost)));
}

py::object decision_to_python(DecisionInfo const& decision)
{
  py::list texts;
  for (DecisionText const& text : decision.texts)
    texts.append(py::dict("valid_from"_a = to_python(text.law.from), "valid_until"_a = to_python(text.law.until),
                          "citations"_a = to_python(text.citations), "verified"_a = text.verified));
  return py::dict("label"_a = to_python(decision.label), "facts"_a = to_python(decision.facts),
                  "categories"_a = to_python(decision.categories), "effect"_a = to_string(decision.effect),
                  "separation"_a = decision.separation, "texts"_a = texts);
}

py::object test_report_to_python(TestReport const& report)
{
  py::list cases;
  for (TestCase const& item : report.cases) {
    py::list results;
    for (TestResult const& result : item.results)
      results.append(from_values("TestResult")(result.node, result.passed, result.expected, result.actual));
    cases.append(from_values("TestCase")(item.file, item.id, item.description, item.passed(), py::tuple(results)));
  }
  return from_values("TestReport")(py::tuple(cases), to_python(report.diagnostics), report.passed, report.failed);
}

py::object check_to_python(PackCheck const& check)
{
  py::list findings;
  for (PackFinding const& finding : check.findings) {
    py::dict inputs;
    for (WitnessInput const& input : finding.inputs) inputs[py::str(input.input)] = to_python(input.value);
    findings.append(from_values("PackFinding")(to_python(finding.diagnostic), finding.decision,
                                               py::tuple(py::cast(finding.rules)), to_python(finding.on), inputs,
                                               finding.certain));
  }
  return from_values("PackCheck")(py::tuple(findings), check.tables, check.unchecked, check.separations, check.exact);
}

py::object comparison_to_python(PackComparison const& comparison, std::vector<CaseMovements> const& movements)
{
  auto const answer = [](ComparedAnswer const& one) {
    return from_values("ComparedAnswer")(to_string(one.outcome),
                                         one.outcome == Outcome::known ? to_python(one.value) : py::none());
  };
  py::list decisions;
  for (DecisionComparison const& decision : comparison.decisions) {
    py::dict facts;
    for (WitnessInput const& input : decision.facts) facts[py::str(input.input)] = to_python(input.value);
    decisions.append(from_values("DecisionComparison")(decision.decision, decision.renamed_to,
                                                       to_string(decision.change), to_python(decision.on), facts,
                                                       answer(decision.before), answer(decision.after),
                                                       to_python(decision.notes), decision.exact, decision.every_day));
  }
  py::list facts;
  for (FactComparison const& fact : comparison.facts)
    facts.append(
        from_values("FactComparison")(fact.fact, fact.renamed_to, to_string(fact.change), to_python(fact.notes)));
  py::list days;
  for (Date const& day : comparison.days) days.append(to_python(std::optional(day)));
  py::list cases;
  for (CaseMovements const& one : movements)
    cases.append(from_values("CaseMovements")(one.decision, to_python(one.gained), to_python(one.lost),
                                              to_python(one.changed), to_python(one.became_unknown),
                                              to_python(one.became_known), one.same));
  return from_values("PackComparison")(py::tuple(decisions), py::tuple(facts), py::tuple(days), py::tuple(cases),
                                       write_comparison(comparison));
}

py::object compare_packs(LoadedPack const& before, LoadedPack const& after, py::handle on, py::handle decisions,
                         std::vector<Case> const& cases, bool include_unverified, py::handle limits)
{
  CompareOptions options;
  options.on = to_date(on, "on");
  options.decisions = to_texts(decisions, "decisions");
  options.include_unverified = include_unverified;
  if (!limits.is_none()) options.limits = to_limits(limits);
  std::vector<ComparedCase> compared;
  for (Case const& item : cases) compared.push_back({item.id.text(), item.facts});
  PackComparison comparison;
  std::vector<CaseMovements> movements;
  {
    py::gil_scoped_release const release;
    comparison = compare(before.value, after.value, options);
    if (!compared.empty()) movements = compare(before.value, after.value, compared, options);
  }
  return comparison_to_python(comparison, movements);
}

void bind_verdict(py::module_& module)
{
  py::class_<PackVerdict, std::shared_ptr<PackVerdict>>(
      module, "Verdict", "The answer to one decision for one case on one day: a finding for a human, never a decision.")
      .def_property_readonly(
          "decision", [](PackVerdict const& self) { return self.verdict.decision; },
          "Name of the decision in the pack.")
      .def_property_readonly(
          "label", [](PackVerdict const& self) { return to_python(self.verdict.label); },
          "Name for people, in English where the pack has it.")
      .def_property_readonly(
          "outcome", [](PackVerdict const& self) { return to_string(self.verdict.outcome); },
          "`known`, `unknown`, `undeterminable`, `refused`, `no_law_in_force`, "
          "`rule_not_available` or `error`.")
      .def_property_readonly(
          "value",
          [](PackVerdict const& self) {
            return self.verdict.outcome == Outcome::known ? to_python(self.verdict.value) : py::none();
          },
          "The answer when `known`, otherwise None. `tutela.NONE` is an answer too: no rule applies.")
      .def_property_readonly(
          "possible", [](PackVerdict const& self) { return to_python(self.verdict.possible); },
          "Everything that completions of the missing facts can lead to.")
      .def_property_readonly(
          "missing", [](PackVerdict const& self) { return to_python(self.verdict.missing); },
          "Facts to ask: those that can change the answer.")
      .def_property_readonly(
          "uncertain", [](PackVerdict const& self) { return to_python(self.verdict.uncertain); },
          "Facts that matter but cannot be known.")
      .def_property_readonly(
          "reasons",
          [](PackVerdict const& self) {
            py::list reasons;
            for (Reason const& reason : self.verdict.reasons) reasons.append(reason_to_python(reason));
            return py::tuple(reasons);
          },
          "The rules that led, or may lead, to the answer.")
      .def_property_readonly(
          "citations", [](PackVerdict const& self) { return to_python(self.verdict.citations); },
          "Where the rules are written.")
      .def_property_readonly(
          "effect", [](PackVerdict const& self) { return to_string(self.verdict.effect); },
          "What the answer does to the person: `none`, `protective` or `restrictive`.")
      .def_property_readonly(
          "caution", [](PackVerdict const& self) { return to_string(self.verdict.caution); },
          "What must be said before anything is asked: `not_excluded` (protective: assess safety at once), "
          "`no_support` (restrictive: what is not known never supports it) or `none`.")
      .def_property_readonly(
          "safety_duties",
          [](PackVerdict const& self) {
            py::list duties;
            for (Duty const& duty : self.verdict.safety_duties) duties.append(duty_to_python(duty));
            return py::tuple(duties);
          },
          "Duties of the rules that may still apply, with their clocks, when `not_excluded`.")
      .def_property_readonly(
          "refusal", [](PackVerdict const& self) { return to_string(self.verdict.refusal); },
          "Why it is `refused`: `protected_facts`, `material_neglect` or `none`.")
      .def_property_readonly(
          "rests_on", [](PackVerdict const& self) { return to_python(self.verdict.rests_on); },
          "The facts without which the answer does not stand, when `refused`.")
      .def_property_readonly(
          "jurisdiction", [](PackVerdict const& self) { return self.verdict.jurisdiction; },
          "Legal order asked about; with `rule_not_available` the one that has no such rule here.")
      .def_property_readonly(
          "categories", [](PackVerdict const& self) { return to_python(self.verdict.categories); },
          "Data categories of all facts that could have influenced the answer.")
      .def_property_readonly(
          "fault",
          [](PackVerdict const& self) {
            auto const& fault = self.verdict.fault;
            return fault ? from_values("Fault")(fault->what, fault->place) : py::none();
          },
          "Why it cannot be computed, when the outcome is `error`.")
      .def_property_readonly(
          "pack", [](PackVerdict const& self) { return self.asked->pack.info().id; }, "Id of the pack that gave it.")
      .def_property_readonly(
          "pack_digest", [](PackVerdict const& self) { return self.asked->pack.info().digest; },
          "SHA-256 of the pack that gave it.")
      .def("explain", &explain_as, "lang"_a = "en", py::kw_only(), "view"_a = "officer", "age"_a = py::none(),
           "contact"_a = "", "format"_a = "text",
           "Why, in words, for `officer`, `family` or `child` (with an age from 0 to 17).\n\n"
           "The officer's view holds the values of facts; the others leave out what is not for their reader.\n"
           "`contact` is whom the reader can turn to; `format` is `text`, `html` or `json`.")
      .def(
          "prove",
          [](PackVerdict const& self, bool minimal_reasons, py::object const& why_not) {
            ProofParts parts;
            parts.minimal_reasons = minimal_reasons;
            if (!why_not.is_none())
              parts.why_not = to_record(py::dict("answer"_a = why_not), Schema(), {}, false).value("answer");
            return from_json(write_proof(prove(self, parts)));
          },
          py::kw_only(), "minimal_reasons"_a = true, "why_not"_a = py::none(),
          "The proof as plain Python values: steps, rules, conditions, facts with their sources, and articles.\n\n"
          "`why_not` is an answer; the proof then says what is in its way. Holds the values of facts.")
      .def(
          "to_json", [](PackVerdict const& self) { return write_verdict(self.verdict); }, "The verdict as JSON text.")
      .def(
          "to_dict", [](PackVerdict const& self) { return from_json(write_verdict(self.verdict)); },
          "The verdict as plain Python values that JSON can carry.")
      .def("_repr_html_",
           [](PackVerdict const& self) { return explain_as(self, "en", "officer", std::nullopt, "", "html"); })
      .def("__bool__", [](PackVerdict const&) -> bool { throw py::type_error(no_truth); })
      .def("__repr__", [](PackVerdict const& self) {
        return "<tutela.Verdict '" + self.verdict.decision + "': " + std::string(to_string(self.verdict.outcome)) + ">";
      });
}

void bind_verdicts(py::module_& module)
{
  py::class_<Verdicts>(module, "Verdicts", "The verdicts of one question: a mapping of decision names and verdicts.")
      .def(
          "__getitem__",
          [](Verdicts const& self, std::string const& decision) {
            auto found = find(self, decision);
            if (!found) throw py::key_error(decision + meant(decision, names(self).cast<std::vector<std::string>>()));
            return std::const_pointer_cast<PackVerdict>(found);
          },
          "decision"_a)
      .def(
          "__contains__",
          [](Verdicts const& self, py::handle decision) {
            return py::isinstance<py::str>(decision) && find(self, decision.cast<std::string>()) != nullptr;
          },
          "decision"_a)
      .def("__len__", [](Verdicts const& self) { return self.items.size(); })
      .def("__iter__", [](Verdicts const& self) { return py::iter(names(self)); })
      .def("keys", &names, "Names of the decisions.")
      .def(
          "values",
          [](Verdicts const& self) {
            py::list result;
            for (auto const& item : self.items) result.append(std::const_pointer_cast<PackVerdict>(item));
            return result;
          },
          "The verdicts, in the order of the names.")
      .def(
          "items",
          [](Verdicts const& self) {
            py::list result;
            for (auto const& item : self.items)
              result.append(py::make_tuple(item->verdict.decision, std::const_pointer_cast<PackVerdict>(item)));
            return result;
          },
          "Pairs of name and verdict.")
      .def(
          "get",
          [](Verdicts const& self, std::string const& decision, py::object fallback) {
            auto found = find(self, decision);
            return found ? py::cast(std::const_pointer_cast<PackVerdict>(found)) : fallback;
          },
          "decision"_a, "default"_a = py::none(), "The verdict of that name, or the default.")
      .def("_repr_html_",
           [](py::object const& self) { return py::module_::import("tutela.display").attr("verdicts")(self); })
      .def("__repr__", [](Verdicts const& self) {
        return "<tutela.Verdicts: " + std::to_string(self.items.size()) + " decisions>";
      });
}

void bind_pack(py::module_& module)
{
  py::class_<LoadedPack> pack(module, "Pack",
                              "The rules of one legal order, or of one DMN file: immutable, thread-safe.");
  pack.def_property_readonly(
          "id", [](LoadedPack const& self) { return self.value.info().id; },
          "Id such as `md/child-protection`; for a lone DMN file the name of its model.")
      .def_property_readonly(
          "version", [](LoadedPack const& self) { return self.value.info().version; },
          "Version of the pack, not of the law.")
      .def_property_readonly(
          "title", [](LoadedPack const& self) { return to_python(self.value.info().title); }, "Name for people.")
      .def_property_readonly(
          "jurisdiction", [](LoadedPack const& self) { return self.value.info().jurisdiction; },
          "ISO 3166 code of the legal order; empty for a lone DMN file.")
      .def_property_readonly(
          "rights", [](LoadedPack const& self) { return self.value.info().rights; },
          "Licence of the pack and rights in the texts it was written from.")
      .def_property_readonly(
          "digest", [](LoadedPack const& self) { return self.value.info().digest; }, "SHA-256 of the pack.")
      .def_property_readonly(
          "dated", [](LoadedPack const& self) { return self.value.info().dated; },
          "True when every question needs a day.")
      .def_property_readonly(
          "warnings", [](LoadedPack const& self) { return to_python(self.warnings); },
          "What somebody should look at, although the pack can be used.")
      .def_property_readonly(
          "decisions",
          [](LoadedPack const& self) {
            py::dict result;
            for (DecisionInfo const& decision : self.value.decisions())
              result[py::str(decision.name)] = decision_to_python(decision);
            return result;
          },
          "What can be asked: name and description of each decision.")
      .def_property_readonly(
          "facts",
          [](LoadedPack const& self) {
            py::dict result;
            for (FactDeclaration const& fact : self.value.schema().declarations())
              result[py::str(fact.name)] = fact_to_python(fact);
            return result;
          },
          "What the decisions read: name and declaration of each fact.")
      .def("decide", &decide, "facts"_a, "on"_a = py::none(), py::kw_only(), "law_on"_a = py::none(),
           "known_on"_a = py::none(), "decisions"_a = py::none(), "jurisdiction"_a = py::none(),
           "include_unverified"_a = false, "mode"_a = "legal", "limits"_a = py::none(),
           "Answers the decisions for one person on one day.\n\n"
           "A fact that is not there, or is None, is unknown, never false. `on` may be left out only for an undated\n"
           "pack. A `jurisdiction` that is not the pack's own gives `rule_not_available` for every decision.\n"
           "Raises InputError with everything that is wrong with the facts.")
      .def(
          "files",
          [](LoadedPack const& self) {
            py::dict result;
            for (PackFile const& file : self.value.files()) result[py::str(file.name)] = file.text;
            return result;
          },
          "The files of the pack as they are saved: name and text of each, models as DMN 1.5.")
      .def(
          "save",
          [](LoadedPack const& self, py::object const& folder) {
            auto const path = to_path(folder);
            py::gil_scoped_release const release;
            return required(self.value.save(path)).first;
          },
          "folder"_a,
          "Writes these files into a new or empty folder. Returns what `load_pack` takes to read an equal pack.")
      .def(
          "check",
          [](LoadedPack const& self, py::object const& limits) {
            auto const bounds = to_limits(limits);
            auto const check = [&] {
              py::gil_scoped_release const release;
              return self.value.check(bounds);
            }();
            return check_to_python(check);
          },
          py::kw_only(), "limits"_a = py::none(),
          "Looks for what a careful reader would object to: gaps, overlaps, contradictions and rules that no case\n"
          "reaches, each with an example; tests that other DMN engines read otherwise; law without source or date;\n"
          "separations that rest on protected facts, or on material neglect without help.")
      .def("compare", &compare_packs, "after"_a, "on"_a = py::none(), py::kw_only(), "decisions"_a = py::none(),
           "cases"_a = std::vector<Case>(), "include_unverified"_a = false, "limits"_a = py::none(),
           "Compares this version with a newer one: for each decision the first case that is answered otherwise, and\n"
           "who gains or loses over a list of `Case`. `tutela.compare` takes paths too.")
      .def("__repr__", [](LoadedPack const& self) {
        return "<tutela.Pack '" + self.value.info().id + "': " + std::to_string(self.value.decisions().size()) +
               " decisions>";
      });
  bind_interview(module, pack);
  bind_batch(module, pack);
  bind_rows(module, pack);
  bind_comparison(module);
}

}  // namespace

void warn_of_unknown(std::vector<std::string> const& decisions, std::initializer_list<Pack const*> packs)
{
  std::vector<std::string> known;
  for (Pack const* const pack : packs)
    for (auto const& decision : pack->decisions()) known.push_back(decision.name);
  for (auto const& decision : decisions)
    if (std::find(known.begin(), known.end(), decision) == known.end())
      warn("the pack has no decision '" + decision + "', so its answer is not available" + meant(decision, known));
}

std::vector<std::string> to_decisions(py::handle decisions, std::initializer_list<Pack const*> packs)
{
  auto names = to_texts(decisions, "decisions");
  warn_of_unknown(names, packs);
  return names;
}

void bind_rules(py::module_& module)
{
  bind_verdict(module);
  bind_verdicts(module);
  bind_pack(module);
  module.def(
      "load_pack",
      [](py::object const& name_or_path, py::object const& limits) {
        auto const name = to_path(name_or_path);
        auto const bounds = to_limits(limits);
        py::gil_scoped_release const release;
        return LoadedPack(required(load_pack(name, bounds)));
      },
      "name_or_path"_a, py::kw_only(), "limits"_a = py::none(),
      "Loads a rule pack: a shipped id such as `md/child-protection`, a pack folder, or a `.dmn` file.");
  module.def(
      "parse_pack",
      [](std::string const& text, std::string const& file, py::object const& limits) {
        auto const bounds = to_limits(limits);
        py::gil_scoped_release const release;
        return LoadedPack(required(parse_pack(text, file, bounds)));
      },
      "text"_a, py::kw_only(), "file"_a = "", "limits"_a = py::none(), "Reads a lone DMN document from text or bytes.");
  module.def("shipped_packs", &shipped_packs, "Ids of the packs that ship with the library.");
  module.def(
      "test_cases",
      [](py::object const& path, py::object const& limits) {
        auto const folder = to_path(path);
        auto const bounds = to_limits(limits);
        auto const report = [&] {
          py::gil_scoped_release const release;
          return required(run_test_cases(folder, bounds)).first;
        }();
        return test_report_to_python(report);
      },
      "path"_a, py::kw_only(), "limits"_a = py::none(),
      "Runs test cases in the format of the DMN Technology Compatibility Kit, as `tutela test` does.");
}

}  // namespace tutela::python
