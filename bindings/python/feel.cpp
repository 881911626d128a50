// SPDX-License-Identifier: Apache-2.0
/// \file
/// Single FEEL expressions in Python.

#include <string>
#include <utility>
#include <vector>

#include "conversion.hpp"

#include <tutela/feel/expression.hpp>

namespace tutela::python {
namespace {

py::object feel(std::string const& text, py::object const& names, py::handle on, std::string const& mode,
                py::handle limits)
{
  Evaluation evaluation;
  evaluation.mode = to_mode(mode);
  evaluation.on = to_date(on, "on");
  evaluation.limits = to_limits(limits);

  py::dict const given = names.is_none() ? py::dict() : py::dict(names);
  std::vector<FactDeclaration> declarations;  // only so that a mapping is read as one context
  for (auto const& [key, value] : given) {
    FactDeclaration declaration;
    declaration.name = py::str(key);
    if (py::isinstance<py::dict>(value)) declaration.type = Kind::context;
    declarations.push_back(std::move(declaration));
  }
  Record const record = to_record(given, Schema(declarations), evaluation.limits, false);
  Names scope;
  std::vector<Value> slots;
  for (auto const& declaration : declarations) {
    slots.push_back(record.value(declaration.name));
    // The entries of a context are names too.
    auto const type = slots.back().as_context() == nullptr ? Type() : type_of(slots.back());
    scope.add(declaration.name, type, declaration.name);
  }
  Value result;
  {
    py::gil_scoped_release const release;
    auto const expression = required(parse_expression(text, scope, {}, evaluation.mode, evaluation.limits)).first;
    result = expression.evaluate(slots, evaluation);
  }
  return to_python(result);
}

}  // namespace

void bind_feel(py::module_& module)
{
  module.def("feel", &feel, "text"_a, "names"_a = py::none(), py::kw_only(), "on"_a = py::none(), "mode"_a = "legal",
             "limits"_a = py::none(),
             "The value of one FEEL expression.\n\n"
             "The values of names are read as facts are: None is unknown, text in the form of a day is that day.\n"
             "`on` is the day that `today()` means. Raises InputError with what is wrong with the text.");
}

}  // namespace tutela::python
