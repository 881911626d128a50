// SPDX-License-Identifier: Apache-2.0
/// \file
/// Overrides of a computed band in Python.

#include <string>
#include <vector>

#include "answers.hpp"
#include "conversion.hpp"

#include <tutela/risk/override.hpp>

namespace tutela::python {
namespace {

OverrideKind to_kind(std::string const& kind)
{
  if (kind == "policy") return OverrideKind::policy;
  if (kind == "discretionary") return OverrideKind::discretionary;
  throw ContractViolation("kind must be \"policy\" or \"discretionary\"");
}

ScoreOverride make_override(std::string const& kind, std::string const& reason_code, std::string const& text,
                            std::string const& author, std::string const& approver, py::handle on, py::handle expires,
                            std::string const& before, std::string const& after)
{
  auto const day = to_date(on, "on");
  if (!day) throw ContractViolation("an override has a day");
  return {to_kind(kind), reason_code, text, author, approver, *day, to_date(expires, "expires"), before, after};
}

}  // namespace

void bind_overrides(py::module_& module)
{
  py::class_<ScoreOverride>(module, "ScoreOverride",
                            "A human decision that departs from a computed band; the band stays in the score.\n\n"
                            "`kind` is `policy` (a written rule of the agency) or `discretionary` (a professional\n"
                            "judgement, which a second person approves). People are opaque identifiers.\n\n"
                            ">>> tutela.ScoreOverride(kind=\"policy\", reason_code=\"P1\", text=\"rule 4.2\",\n"
                            "...     author=\"w-17\", on=\"2026-03-02\", before=\"low\", after=\"medium\").after\n"
                            "'medium'")
      .def(py::init(&make_override), py::kw_only(), "kind"_a, "reason_code"_a, "text"_a, "author"_a, "approver"_a = "",
           "on"_a, "expires"_a = py::none(), "before"_a, "after"_a)
      .def_property_readonly(
          "kind",
          [](ScoreOverride const& self) { return self.kind == OverrideKind::policy ? "policy" : "discretionary"; },
          "`policy` or `discretionary`.")
      .def_readonly("reason_code", &ScoreOverride::reason_code, "Reason, as a word of the agency's list.")
      .def_readonly("text", &ScoreOverride::text, "Reason, in the author's words.")
      .def_readonly("author", &ScoreOverride::author, "Who decided.")
      .def_readonly("approver", &ScoreOverride::approver, "Who approved.")
      .def_property_readonly(
          "on", [](ScoreOverride const& self) { return to_python(self.on); }, "Day of the decision.")
      .def_property_readonly(
          "expires", [](ScoreOverride const& self) { return to_python(self.expires); },
          "First day on which it no longer counts, or None.")
      .def_readonly("before", &ScoreOverride::before, "The computed band.")
      .def_readonly("after", &ScoreOverride::after, "The band that counts instead.")
      .def(
          "check",
          [](ScoreOverride const& self, Score const& score, LoadedInstrument const& instrument) {
            return to_python(check(self, score, instrument.value));
          },
          "score"_a, "instrument"_a,
          "Everything that is wrong with it beside the score it departs from, as diagnostics:\n"
          "no reason or author, no second person for a judgement, a band that is not the score's.")
      .def("__eq__", [](ScoreOverride const& self, ScoreOverride const& other) { return self == other; })
      .def("__repr__", [](ScoreOverride const& self) {
        return std::string("<tutela.ScoreOverride: ") +
               (self.kind == OverrideKind::policy ? "policy" : "discretionary") + ">";
      });
  module.def(
      "effective_band",
      [](Score const& score, std::vector<ScoreOverride> const& overrides, py::handle on) {
        auto const day = to_date(on, "on");
        if (!day) throw ContractViolation("the band that counts depends on a day");
        return effective_band(score, overrides, *day);
      },
      "score"_a, "overrides"_a, "on"_a,
      "The band that counts on a day: that of the latest override in force, else the computed one.\n"
      "Empty where the computed band is open and nothing is in force.");
  module.def(
      "override_statistics",
      [](LoadedInstrument const& instrument, std::size_t scores, std::vector<ScoreOverride> const& overrides) {
        auto const found = statistics(instrument.value, scores, overrides);
        return py::dict("scores"_a = found.scores, "raised"_a = found.raised, "lowered"_a = found.lowered,
                        "by_reason"_a = found.by_reason);
      },
      "instrument"_a, "scores"_a, "overrides"_a,
      "How often, in which direction and for which reasons bands were set aside.\n"
      "`scores` is the number of scores with a settled band.");
}

}  // namespace tutela::python
