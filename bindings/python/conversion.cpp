// SPDX-License-Identifier: Apache-2.0
/// \file
/// Values, days, limits and errors on their way between C++ and Python.

#include "conversion.hpp"

#include <cstdint>
#include <exception>
#include <map>

#include <tutela/base/decimal.hpp>
#include <tutela/base/time.hpp>

namespace tutela::python {
namespace {

bool values_are_hidden = false;  // set once, before anybody can call the module

py::object from_module(char const* module, char const* name) { return py::module_::import(module).attr(name); }

// FEEL writes temporal values as @"..."; what is inside is their ISO 8601 text.
py::object iso_text(Value const& value)
{
  std::string const text = to_string(value);
  return py::str(text.substr(2, text.size() - 3));
}

py::object duration_to_python(DaysDuration const& duration, Value const& value)
{
  std::int64_t const days = duration.seconds / 86'400;
  if (duration.nanoseconds % 1'000 != 0 || days > 999'999'998 || days < -999'999'998) return iso_text(value);
  return from_module("datetime", "timedelta")("seconds"_a = duration.seconds,
                                              "microseconds"_a = duration.nanoseconds / 1'000);
}

py::object range_to_python(Range const& range)
{
  auto const end = [](Value const& value) { return value.is_none() ? py::none() : to_python(value); };
  return from_values("Range")(end(range.low), end(range.high), range.low_included, range.high_included);
}

py::object context_to_python(Context const& context)
{
  py::dict entries;
  for (auto const& [name, value] : context.entries) entries[py::str(name)] = to_python(value);
  return entries;
}

bool reached_limit(std::vector<Diagnostic> const& diagnostics) noexcept
{
  for (Diagnostic const& diagnostic : diagnostics)
    if (diagnostic.code == Code::limit_reached) return true;
  return false;
}

void set_error(char const* type, py::object const& argument)
{
  py::object const error = from_module("tutela.errors", type);
  PyErr_SetObject(error.ptr(), error(argument).ptr());
}

}  // namespace

PyObject* shown(PyObject* value)
{
  if (!values_are_hidden || value == Py_None) return PyObject_Repr(value);
  return PyObject_GetAttrString(reinterpret_cast<PyObject*>(Py_TYPE(value)), "__name__");
}

void hide_values() noexcept { values_are_hidden = true; }

void warn(std::string const& text)
{
  if (PyErr_WarnEx(PyExc_UserWarning, text.c_str(), 1) != 0) throw py::error_already_set();
}

void warn(std::vector<Diagnostic> const& findings)
{
  for (auto const& finding : findings) warn(to_string(finding));
}

py::object from_values(char const* name) { return from_module("tutela.values", name); }

py::object to_python(Value const& value)
{
  switch (value.kind()) {
    case Kind::none: return from_values("NONE");
    case Kind::boolean: return py::bool_(*value.as_boolean());
    case Kind::number: return from_module("decimal", "Decimal")(value.as_number()->to_string());
    case Kind::string: return py::str(*value.as_string());
    case Kind::date: return to_python(*value.as_date());
    case Kind::time:
    case Kind::date_time:
    case Kind::months_duration: return iso_text(value);
    case Kind::days_duration: return duration_to_python(*value.as_days_duration(), value);
    case Kind::list: {
      py::list items;
      for (Value const& item : value.as_list()->items) items.append(to_python(item));
      return items;
    }
    case Kind::context: return context_to_python(*value.as_context());
    case Kind::range: return range_to_python(*value.as_range());
    case Kind::function: return py::str("function");
    case Kind::unknown:
      return from_values("Unknown")(to_python(value.as_unknown()->facts), to_python(value.as_unknown()->domain));
    case Kind::uncertain: return from_values("UNCERTAIN");
    case Kind::error: return from_values("Fault")(value.as_fault()->what, value.as_fault()->place);
  }
  return py::none();
}

py::object to_python(Domain const& domain)
{
  bool const is_range = domain.kind == Domain::Kind::range;
  char const* const kind = is_range ? "range" : domain.kind == Domain::Kind::set ? "set" : "any";
  py::object const range = is_range ? range_to_python(domain.range) : py::none();
  return from_values("Possible")(kind, to_python(domain.values), range, domain.approximate);
}

py::object to_python(Date date)
{
  if (date.year < 1 || date.year > 9999) return py::str(to_string(date));
  return from_module("datetime", "date")(date.year, date.month, date.day);
}

py::object to_python(Citation const& citation)
{
  return from_values("Citation")(citation.act, citation.article, citation.source, to_string(citation.grade),
                                 citation.status, to_python(citation.text_date));
}

py::object to_python(Diagnostic const& diagnostic)
{
  return from_values("Diagnostic")(to_string(diagnostic.code), to_string(diagnostic.severity), diagnostic.place.file,
                                   diagnostic.place.line, diagnostic.place.column, diagnostic.place.pointer,
                                   diagnostic.what, diagnostic.mend);
}

std::string_view to_word(Truth truth) noexcept
{
  return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown";
}

Truth to_truth_value(py::handle value, char const* name)
{
  if (value.is_none()) return Truth::unknown;
  if (py::isinstance<py::bool_>(value)) return to_truth(value.cast<bool>());
  throw py::type_error(std::string(name) + " must be True, False or None (not known)");
}

std::optional<Date> to_date(py::handle value, char const* name)
{
  if (value.is_none()) return std::nullopt;
  if (py::isinstance<py::str>(value)) {
    auto const date = parse_date(value.cast<std::string>());
    if (date) return date;
    throw Error({{.code = Code::invalid_date,
                  .severity = Severity::error,
                  .place = {.file = {}, .line = 0, .column = 0, .pointer = name},
                  .what = "the text is not a day of the calendar",
                  .mend = "write it as 2026-03-01"}});
  }
  bool const is_moment = py::isinstance(value, from_module("datetime", "datetime"));
  if (is_moment || !py::isinstance(value, from_module("datetime", "date")))
    throw py::type_error(std::string(name) + " must be a day: a datetime.date or text such as 2026-03-01" +
                         (is_moment ? "; of a moment give its .date()" : ""));
  return make_date(value.attr("year").cast<int>(), value.attr("month").cast<int>(), value.attr("day").cast<int>());
}

Language to_language(std::string const& lang)
{
  auto const language = parse_language(lang);
  if (!language) throw ContractViolation("lang is one of en, ro, uk, ru");
  return *language;
}

Limits to_limits(py::handle limits)
{
  Limits result;
  if (limits.is_none()) return result;
  std::map<std::string, std::size_t*, std::less<>> const sizes{{"document_bytes", &result.document_bytes},
                                                               {"nesting", &result.nesting},
                                                               {"calls", &result.calls},
                                                               {"text_bytes", &result.text_bytes},
                                                               {"elements", &result.elements},
                                                               {"value_parts", &result.value_parts},
                                                               {"rules", &result.rules},
                                                               {"facts", &result.facts},
                                                               {"possible_values", &result.possible_values},
                                                               {"completions", &result.completions},
                                                               {"region_codes", &result.region_codes},
                                                               {"search_steps", &result.search_steps},
                                                               {"diagnostics", &result.diagnostics}};
  for (auto const& [key, value] : limits.cast<py::dict>()) {
    auto const name = key.cast<std::string>();
    auto const number = value.cast<std::uint64_t>();
    if (number == 0)
      throw ContractViolation("the limit " + name + " is 0: a limit can be lowered but not switched off");
    if (name == "evaluation_steps") {
      result.evaluation_steps = number;
    } else if (auto const found = sizes.find(name); found != sizes.end()) {
      *found->second = static_cast<std::size_t>(number);
    } else {
      throw ContractViolation("there is no limit named " + name);
    }
  }
  return result;
}

Mode to_mode(std::string const& mode)
{
  if (mode == "legal") return Mode::legal;
  if (mode == "conformance") return Mode::conformance;
  throw ContractViolation("mode must be \"legal\" or \"conformance\"");
}

std::string to_path(py::handle path) { return py::module_::import("os").attr("fspath")(path).cast<std::string>(); }

std::vector<std::string> to_texts(py::handle texts, char const* name)
{
  if (texts.is_none()) return {};
  if (py::isinstance<py::str>(texts)) return {texts.cast<std::string>()};
  std::vector<std::string> result;
  if (!py::isinstance<py::iterable>(texts)) throw py::type_error(std::string(name) + " must be text or texts");
  for (py::handle const text : texts) {
    if (!py::isinstance<py::str>(text)) throw py::type_error(std::string(name) + " must be text or texts");
    result.push_back(text.cast<std::string>());
  }
  return result;
}

py::object from_json(std::string const& text) { return from_module("json", "loads")(text); }

void translate_exceptions()
{
  py::register_exception_translator([](std::exception_ptr pointer) {
    try {
      if (pointer) std::rethrow_exception(pointer);
    } catch (Error const& error) {
      set_error(reached_limit(error.diagnostics()) ? "LimitError" : "InputError", to_python(error.diagnostics()));
    } catch (ContractViolation const& misuse) {
      set_error("ContractViolation", py::str(misuse.what()));
    }
  });
}

py::dict facts_to_python(Record const& record)
{
  py::dict facts;
  for (Fact const& fact : record.facts()) {
    py::object const value =
        from_values("Fact")(to_python(fact.value), fact.source.name, to_python(fact.source.recorded),
                            to_python(fact.source.valid.from), to_python(fact.source.valid.until));
    py::str const name(fact.name);
    if (!facts.contains(name)) facts[name] = py::list();
    facts[name].cast<py::list>().append(value);
  }
  return facts;
}

}  // namespace tutela::python
