// SPDX-License-Identifier: Apache-2.0
/// \file
/// Values on their way between C++ and Python (internal to the Python module).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pybind.hpp"

#include <tutela/base/citation.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/id.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/feel/mode.hpp>

namespace tutela::python {

namespace py = pybind11;
using namespace py::literals;

/// A class or function of the Python module `tutela.values`.
py::object from_values(char const* name);

/// The value in Python: `decimal.Decimal`, `datetime.date`, `list`, `dict`, `tutela.NONE` ...
py::object to_python(Value const& value);

/// A `tutela.values.Possible`.
py::object to_python(Domain const& domain);

/// A `datetime.date`, or text for a year that Python lacks.
py::object to_python(Date date);

/// A `tutela.values.Citation`.
py::object to_python(Citation const& citation);

/// A `tutela.values.Diagnostic`.
py::object to_python(Diagnostic const& diagnostic);

/// The text in English, or in the language it has.
inline py::object to_python(Text const& text) { return py::str(text.in(Language::en)); }

inline py::object to_python(std::string const& text) { return py::str(text); }

template <class Tag>
py::object to_python(Id<Tag> const& id)
{
  return py::str(id.text());
}

/// None where there is none.
template <class T>
py::object to_python(std::optional<T> const& value)
{
  return value ? to_python(*value) : py::none();
}

/// A tuple.
template <class T>
py::tuple to_python(std::vector<T> const& items)
{
  py::tuple result(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) result[i] = to_python(items[i]);
  return result;
}

/// `yes`, `no` or `unknown`.
std::string_view to_word(Truth truth) noexcept;

/// True, False or None as three-valued truth. \throws TypeError for anything else.
Truth to_truth_value(py::handle value, char const* name);

/// A `datetime.date` or ISO text as a day; None as nothing.
/// \throws TypeError for anything else, InputError for text that is no day of the calendar.
std::optional<Date> to_date(py::handle value, char const* name);

/// A mapping of limit names and numbers over the defaults; None is the defaults.
Limits to_limits(py::handle limits);

/// The language of a code. \throws ContractViolation (a ValueError) for one that there is not.
Language to_language(std::string const& lang);

/// A Python mapping (flat dotted names, nested mappings, a row of a data frame) as a record.
///
/// The schema says what a text means: a declared date or number is read as such. None and the missing marks of pandas
/// leave a fact unknown. Everything that is wrong is collected and thrown together.
/// \param check True also checks the facts against their declarations.
Record to_record(py::handle facts, Schema const& schema, Limits const& limits, bool check);

/// The facts of a record by name, each as a list of `tutela.Fact`, as `to_record` takes them.
py::dict facts_to_python(Record const& record);

/// A path or a name as text. \throws TypeError for anything that `os.fspath` refuses.
std::string to_path(py::handle path);

/// A text or a sequence of texts. \throws TypeError for anything else.
std::vector<std::string> to_texts(py::handle texts, char const* name);

/// JSON text as Python values.
py::object from_json(std::string const& text);

/// The value, with the warnings beside it. \throws Error, which arrives in Python as InputError or LimitError.
template <class T>
std::pair<T, std::vector<Diagnostic>> required(Result<T> result)
{
  std::vector<Diagnostic> warnings = result.diagnostics();
  return {std::move(result).value(), std::move(warnings)};
}

/// Tells the caller's program, as a UserWarning. \throws py::error_already_set where warnings are errors.
void warn(std::string const& text);

/// As above, each of them.
void warn(std::vector<Diagnostic> const& findings);

/// Errors of the library as Python exceptions.
void translate_exceptions();

/// `legal` or `conformance`. \throws ContractViolation for anything else.
Mode to_mode(std::string const& mode);

// Each room adds its classes and functions to the module.
void bind_feel(py::module_& module);
void bind_rules(py::module_& module);
void bind_risk(py::module_& module);
void bind_validation(py::module_& module);
void bind_local_norms(py::module_& module);
void bind_overrides(py::module_& module);
void bind_score_columns(py::module_& module);
void bind_referral(py::module_& module);
void bind_engine(py::module_& module);
void bind_casework(py::module_& module);
void bind_records(py::module_& module);
void bind_supervision(py::module_& module);

}  // namespace tutela::python
