// SPDX-License-Identifier: Apache-2.0
/// \file
/// The same facts of one person after another, by place, in Python.
///
/// One answer takes less time than a call through pybind11, so `Row.answer` is a function of the interpreter's own. It sets
/// what needs no check and leaves all else, every error included, to `Row._answer`, which reads facts as `Pack.decide` does.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "answers.hpp"
#include "conversion.hpp"

#include <datetime.h>

#include <tutela/rules/session.hpp>

namespace tutela::python {
namespace {

/// A decision that was looked up, and how it is asked.
struct AskedDecision {
  std::string name;
  std::optional<Date> on;
  DecideOptions options;
  PreparedDecision prepared;
};

constexpr std::size_t outcomes = static_cast<std::size_t>(Outcome::error) + 1;

/// The facts of a row, and the answers that most people get, made once.
class FactRow {
 public:
  FactRow(LoadedPack const& pack, std::vector<std::string> const& facts);

  [[nodiscard]] std::size_t size() const { return names_.size(); }
  [[nodiscard]] bool is_decision(PyObject* object) const { return py::type::handle_of(object).is(decision_); }

  /// Sets a value that needs no check; false when it may need one.
  bool set_plain(std::size_t place, PyObject* value);

  /// Forgets facts that were read as a record.
  void begin()
  {
    if (is_loaded_) clear();
  }

  /// Sets the facts by reading them as `Pack.decide` does. \throws Error with everything that is wrong; then all are unknown.
  void load(py::tuple const& values);

  /// The answer, a new reference.
  py::object answer(AskedDecision const& decision);

  [[nodiscard]] PackVerdict verdict(AskedDecision const& decision);

 private:
  /// The same for a text; only one that the declaration lists needs no check.
  bool set_listed(std::size_t place, PyObject* text);

  void clear()
  {
    session_.clear();
    is_loaded_ = false;
  }

  Session session_;
  std::vector<std::string> names_;
  std::vector<Slot> slots_;
  std::vector<FactDeclaration const*> declarations_;  ///< Of the pack, which the session keeps alive.
  std::vector<Kind> unbounded_;
  py::type decision_ = py::type::of<AskedDecision>();
  std::array<py::object, 2> booleans_;
  std::array<py::object, outcomes> others_;  ///< By outcome, where there is no value.
  bool is_loaded_ = false;
};

py::object make_answer(Outcome outcome, py::object value)
{
  return from_values("Answer")(to_string(outcome), std::move(value));
}

FactRow::FactRow(LoadedPack const& pack, std::vector<std::string> const& facts) : session_(pack.value), names_(facts)
{
  Diagnostics wrong;
  std::set<std::string_view> seen;
  auto const refuse = [&](Code code, std::string const& name, std::string what, std::string mend) {
    wrong.error(code, {.file = {}, .line = 0, .column = 0, .pointer = name}, std::move(what), std::move(mend));
  };
  for (std::string const& name : names_) {
    auto const slot = session_.slot(name);
    if (!slot) {
      refuse(Code::unknown_fact, name, "the pack reads no such fact", "Pack.facts lists those that it reads");
      continue;
    }
    if (!seen.insert(name).second) refuse(Code::duplicate_key, name, "the fact has two places", "name it once");
    slots_.push_back(*slot);
    declarations_.push_back(&pack.value.schema().declarations()[slot->place()]);
    unbounded_.push_back(unbounded_kind(*declarations_.back()));
  }
  if (wrong.has_errors()) throw Error(std::move(wrong).take());
  for (std::size_t i = 0; i < booleans_.size(); ++i) booleans_[i] = make_answer(Outcome::known, py::bool_(i == 1));
  for (std::size_t i = 0; i < outcomes; ++i) others_[i] = make_answer(static_cast<Outcome>(i), py::none());
}

// The interpreter's macros cast as C does.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
Date day_of(PyObject* date)
{
  return {PyDateTime_GET_YEAR(date), static_cast<std::uint8_t>(PyDateTime_GET_MONTH(date)),
          static_cast<std::uint8_t>(PyDateTime_GET_DAY(date))};
}
#pragma GCC diagnostic pop

bool FactRow::set_plain(std::size_t place, PyObject* value)
{
  auto const slot = slots_[place];
  auto const kind = unbounded_[place];
  if (value == Py_None) {
    session_.unset(slot);
  } else if (PyBool_Check(value) && kind == Kind::boolean) {
    session_.set(slot, value == Py_True);
  } else if (PyDate_CheckExact(value) && kind == Kind::date) {
    session_.set(slot, day_of(value));
  } else if (PyLong_CheckExact(value) && kind == Kind::number) {
    int overflow = 0;
    std::int64_t const number = PyLong_AsLongLongAndOverflow(value, &overflow);
    if (overflow != 0) return false;
    session_.set(slot, number);
  } else if (PyUnicode_CheckExact(value)) {
    return set_listed(place, value);
  } else {
    return false;
  }
  return true;
}

bool FactRow::set_listed(std::size_t place, PyObject* text)
{
  Py_ssize_t length = 0;
  char const* const bytes = PyUnicode_AsUTF8AndSize(text, &length);
  if (bytes == nullptr) {
    PyErr_Clear();
    return false;
  }
  std::string_view const word(bytes, static_cast<std::size_t>(length));
  if (!lists_text(*declarations_[place], word)) return false;
  session_.set(slots_[place], word);
  return true;
}

void FactRow::load(py::tuple const& values)
{
  clear();
  py::dict facts;
  for (std::size_t i = 0; i < names_.size(); ++i) facts[py::str(names_[i])] = values[i];
  session_.load(to_record(facts, session_.pack().schema(), {}, true));
  is_loaded_ = true;
}

py::object FactRow::answer(AskedDecision const& decision)
{
  BareVerdict const bare = session_.decide(decision.prepared);
  if (bare.outcome() != Outcome::known) return others_[static_cast<std::size_t>(bare.outcome())];
  bool const* const boolean = bare.value().as_boolean();
  return boolean != nullptr ? booleans_[*boolean ? 1 : 0] : make_answer(Outcome::known, to_python(bare.value()));
}

PackVerdict FactRow::verdict(AskedDecision const& decision)
{
  AskedQuestion asked{session_.pack(), session_.record(), decision.on, decision.options};
  return {session_.verdict(decision.prepared), std::make_shared<AskedQuestion const>(std::move(asked))};
}

/// What an object of a class of this module holds; null where `__new__` alone made it. The object must be of that class.
template <class T>
T* held(PyObject* object)
{
  return static_cast<T*>(reinterpret_cast<py::detail::instance*>(object)->get_value_and_holder().value_ptr());
}

/// The answer where nothing has to be checked; null, without an error, for everything else.
PyObject* answer_plain(FactRow& row, PyObject* const* given, std::size_t count) noexcept
try {
  if (count != row.size() + 1 || !row.is_decision(given[0])) return nullptr;
  row.begin();
  for (std::size_t i = 0; i < row.size(); ++i)
    if (!row.set_plain(i, given[i + 1])) return nullptr;
  return row.answer(*held<AskedDecision>(given[0])).release().ptr();
} catch (...) {
  PyErr_Clear();
  return nullptr;  // it is asked again, in the way that can say what is wrong
}

PyObject* answer(PyObject* self, PyObject* const* given, Py_ssize_t count)
{
  auto* const row = held<FactRow>(self);
  if (row == nullptr || (count > 0 && row->is_decision(given[0]) && held<AskedDecision>(given[0]) == nullptr)) {
    PyErr_SetString(PyExc_TypeError, "rows and decisions are made by Pack.row and Pack.decision");
    return nullptr;
  }
  PyObject* found = nullptr;
#if PY_VERSION_HEX >= 0x030D0000
  Py_BEGIN_CRITICAL_SECTION(self);  // an interpreter without its lock: one thread at a time
#endif
  found = answer_plain(*row, given, static_cast<std::size_t>(count));
  if (found == nullptr) {
    auto const slow = py::reinterpret_steal<py::object>(PyObject_GetAttrString(self, "_answer"));
    if (slow) found = PyObject_Vectorcall(slow.ptr(), given, static_cast<std::size_t>(count), nullptr);
  }
#if PY_VERSION_HEX >= 0x030D0000
  Py_END_CRITICAL_SECTION();
#endif
  return found;
}

/// Adds `answer` to the class of rows.
void bind_answer(py::class_<FactRow>& row)
{
  // The interpreter keeps a pointer to it.
  static PyMethodDef method{
      "answer", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(&answer)), METH_FASTCALL,
      "answer(self: tutela._core.Row, decision: tutela._core.Decision, /, *values) -> tutela.values.Answer\n\n"
      "The answer alone, from a value for each fact, in the order of the row; None is unknown.\n\n"
      "It is what `Pack.decide` answers, without the reasons: those are asked of `verdict`. Raises InputError with\n"
      "everything that is wrong with the values; then every fact of the row is unknown."};
  auto const made = PyDescr_NewMethod(reinterpret_cast<PyTypeObject*>(row.ptr()), &method);
  if (made == nullptr) throw py::error_already_set();
  row.attr("answer") = py::reinterpret_steal<py::object>(made);
}

AskedDecision ask(LoadedPack const& pack, std::string const& name, py::handle on, py::handle law_on,
                  std::optional<std::string> jurisdiction, bool include_unverified, py::handle limits)
{
  warn_of_unknown({name}, {&pack.value});
  DecideOptions options;
  if (jurisdiction) options.jurisdiction = *std::move(jurisdiction);
  options.law_on = to_date(law_on, "law_on");
  options.include_unverified = include_unverified;
  options.limits = to_limits(limits);
  auto const day = to_date(on, "on");
  return {name, day, options, PreparedDecision(pack.value, name, day, options)};
}

}  // namespace

void bind_rows(py::module_& module, py::class_<LoadedPack>& pack)
{
  PyDateTime_IMPORT;
  if (PyDateTimeAPI == nullptr) throw py::error_already_set();
  py::class_<AskedDecision>(
      module, "Decision", "One decision of a pack, asked in one way: looked up once by `Pack.decision`, never changed.")
      .def_property_readonly(
          "name", [](AskedDecision const& self) { return self.name; }, "Its name in the pack.")
      .def("__repr__", [](AskedDecision const& self) { return "<tutela.Decision '" + self.name + "'>"; });
  py::class_<FactRow> row(module, "Row",
                          "The same facts of one person after another, for one thread; made by `Pack.row`.");
  row.def("__len__", &FactRow::size)
      .def(
          "_answer",
          [](FactRow& self, AskedDecision const& decision, py::args const& values) {
            if (values.size() != self.size())
              throw py::type_error("a row of " + std::to_string(self.size()) + " facts was given " +
                                   std::to_string(values.size()) + " values");
            self.load(values);
            return self.answer(decision);
          },
          "decision"_a)
      .def(
          "verdict",
          [](FactRow& self, AskedDecision const& decision) {
            return std::make_shared<PackVerdict>(self.verdict(decision));
          },
          "decision"_a, "The whole verdict, with its reasons, on the values of the last `answer`.")
      .def("__repr__", [](FactRow const& self) { return "<tutela.Row: " + std::to_string(self.size()) + " facts>"; });
  bind_answer(row);
  pack.def("decision", &ask, "name"_a, "on"_a = py::none(), py::kw_only(), "law_on"_a = py::none(),
           "jurisdiction"_a = py::none(), "include_unverified"_a = false, "limits"_a = py::none(),
           "Looks a decision up, to be asked of one person after another through a `Row`.\n\n"
           "The arguments are those of `decide`. A decision that the pack lacks is answered `rule_not_available`.")
      .def(
          "row",
          [](LoadedPack const& self, py::handle facts) {
            return std::make_unique<FactRow>(self, to_texts(facts, "facts"));
          },
          "facts"_a,
          "Places for these facts, by name; what is asked of millions goes through one row a thread.\n\n"
          "Raises InputError with every name that the pack does not read, or that has two places.");
}

}  // namespace tutela::python
