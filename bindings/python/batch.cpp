// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whole tables in Python: anything with the Arrow PyCapsule methods in, the same out.

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "answers.hpp"
#include "conversion.hpp"

#include <tutela/columns/compare_batch.hpp>
#include <tutela/columns/stream.hpp>
#include <tutela/io/instrument.hpp>

namespace tutela::python {
namespace {

/// A table on its way in: released when nobody took it over.
struct IncomingTable {
  ArrowArrayStream stream{};

  IncomingTable() = default;
  IncomingTable(IncomingTable const&) = delete;
  IncomingTable& operator=(IncomingTable const&) = delete;
  ~IncomingTable()
  {
    if (stream.release != nullptr) stream.release(&stream);
  }
};

/// Moves the struct out of a capsule, so that the capsule no longer owns it.
template <class Struct>
Struct taken(py::handle capsule, char const* name)
{
  auto* held = static_cast<Struct*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (held == nullptr) throw py::error_already_set();
  if (held->release == nullptr) throw ContractViolation("the table was handed over before");
  Struct moved = *held;
  held->release = nullptr;
  return moved;
}

/// One array as a stream of it.
struct OneArray {
  ArrowSchema schema;
  ArrowArray array;
};

ArrowArrayStream stream_of(ArrowSchema schema, ArrowArray array)
{
  ArrowArrayStream stream{};
  stream.private_data = new OneArray{schema, array};
  stream.get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
    *out = std::exchange(static_cast<OneArray*>(self->private_data)->schema, ArrowSchema{});
    return 0;
  };
  stream.get_next = [](ArrowArrayStream* self, ArrowArray* out) {
    *out = std::exchange(static_cast<OneArray*>(self->private_data)->array, ArrowArray{});
    return 0;
  };
  stream.get_last_error = [](ArrowArrayStream*) -> char const* { return nullptr; };
  stream.release = [](ArrowArrayStream* self) {
    auto* held = static_cast<OneArray*>(self->private_data);
    if (held->schema.release != nullptr) held->schema.release(&held->schema);
    if (held->array.release != nullptr) held->array.release(&held->array);
    delete held;
    self->release = nullptr;
  };
  return stream;
}

void take(py::handle table, IncomingTable& incoming)
{
  if (py::hasattr(table, "__arrow_c_stream__")) {
    auto const capsule = table.attr("__arrow_c_stream__")();
    incoming.stream = taken<ArrowArrayStream>(capsule, "arrow_array_stream");
    return;
  }
  if (!py::hasattr(table, "__arrow_c_array__"))
    throw py::type_error(
        "a table is anything with __arrow_c_stream__ or __arrow_c_array__: of pyarrow, polars, pandas; this is a " +
        py::type::of(table).attr("__name__").cast<std::string>() +
        " (pyarrow.table makes a table of lists by name, collect() one of a lazy frame)");
  auto const pair = table.attr("__arrow_c_array__")().cast<py::tuple>();
  auto const schema = taken<ArrowSchema>(pair[0], "arrow_schema");
  incoming.stream = stream_of(schema, taken<ArrowArray>(pair[1], "arrow_array"));
}

/// What work gives that other threads of Python need not wait for.
template <class Work>
auto without_lock(Work const& work)
{
  py::gil_scoped_release const release;
  return work();
}

/// One of some words. \throws ContractViolation for anything else.
template <class Enum>
Enum word(py::handle value, char const* key, std::vector<std::pair<char const*, Enum>> const& words)
{
  auto const given = value.cast<std::string>();
  std::string known;
  for (auto const& [name, each] : words) {
    if (given == name) return each;
    known += (known.empty() ? "\"" : ", \"") + std::string(name) + "\"";
  }
  throw ContractViolation("`" + std::string(key) + "` of a column must be one of " + known);
}

ColumnRule to_column_rule(std::string fact, py::handle given)
{
  ColumnRule rule;
  rule.fact = std::move(fact);
  if (py::isinstance<py::str>(given)) {
    rule.column = given.cast<std::string>();
    return rule;
  }
  for (auto const& [key, value] : py::dict(py::reinterpret_borrow<py::object>(given))) {
    auto const name = key.cast<std::string>();
    if (name == "column")
      rule.column = value.cast<std::string>();
    else if (name == "nulls")
      rule.nulls = word<NullMeaning>(
          value, "nulls",
          {{"unknown", NullMeaning::unknown}, {"none", NullMeaning::none}, {"uncertain", NullMeaning::uncertain}});
    else if (name == "doubles")
      rule.doubles = word<DoubleMeaning>(
          value, "doubles", {{"refused", DoubleMeaning::refused}, {"whole_numbers", DoubleMeaning::whole_numbers}});
    else if (name == "nans")
      rule.nans = word<NanMeaning>(value, "nans", {{"refused", NanMeaning::refused}, {"null", NanMeaning::null}});
    else
      throw ContractViolation("a column has `column`, `nulls`, `doubles` and `nans`, not `" + name + "`");
  }
  return rule;
}

std::vector<ColumnRule> to_column_rules(py::handle columns)
{
  std::vector<ColumnRule> rules;
  if (!columns.is_none())
    for (auto const& [fact, given] : py::dict(py::reinterpret_borrow<py::object>(columns)))
      rules.push_back(to_column_rule(fact.cast<std::string>(), given));
  return rules;
}

/// One or several instruments, or their names.
std::vector<Instrument> to_instruments(py::handle given)
{
  std::vector<Instrument> instruments;
  if (given.is_none()) return instruments;
  auto const add = [&](py::handle one) {
    instruments.push_back(py::isinstance<py::str>(one) ? load_instrument(one.cast<std::string>()).value()
                                                       : one.cast<LoadedInstrument const&>().value);
  };
  if (py::isinstance<py::str>(given) || py::isinstance<LoadedInstrument>(given))
    add(given);
  else
    for (auto const& one : given) add(one);
  return instruments;
}

BatchTable decide_table(LoadedPack const& pack, py::handle table, py::handle on, py::handle law_on,
                        py::handle decisions, std::optional<std::string> jurisdiction, bool include_unverified,
                        py::handle columns, py::handle instruments, std::string const& purpose, bool outcomes,
                        bool missing, bool rules, std::optional<std::size_t> threads, py::handle limits)
{
  BatchOptions options;
  options.law_on = to_date(law_on, "law_on");
  options.decisions = to_decisions(decisions, {&pack.value});
  if (jurisdiction) options.jurisdiction = *std::move(jurisdiction);
  options.include_unverified = include_unverified;
  options.outcomes = outcomes;
  options.missing = missing;
  options.rules = rules;
  options.threads = threads.value_or(0);
  options.limits = to_limits(limits);
  options.columns = to_column_rules(columns);
  options.instruments = to_instruments(instruments);
  options.purpose = to_purpose(purpose);
  auto const day = to_date(on, "on");
  IncomingTable incoming;
  take(table, incoming);
  auto answers = without_lock([&] { return decide_batch(pack.value, incoming.stream, day, options).value(); });
  warn(answers.program.misspelt_columns());
  return answers;
}

/// The verdicts of one row, each of which can be proved and explained.
Verdicts explain_row(BatchTable const& answers, py::handle table, std::size_t row)
{
  IncomingTable incoming;
  take(table, incoming);
  auto asked = std::make_shared<AskedQuestion>(
      AskedQuestion{answers.program.pack(), {}, answers.program.on(), answers.program.decide_options()});
  std::vector<Verdict> found;
  {
    py::gil_scoped_release const release;
    asked->facts = facts_of_row(answers, incoming.stream, row).value();
    for (auto const& path : answers.program.decisions())
      found.push_back(asked->pack.decide(path.decision, asked->facts, asked->on, asked->options));
  }
  Verdicts verdicts;
  for (Verdict& verdict : found)
    verdicts.items.push_back(std::make_shared<PackVerdict const>(PackVerdict{std::move(verdict), asked}));
  return verdicts;
}

/// A struct in a capsule that releases it unless somebody took it over.
template <class Struct, class Fill>
py::capsule capsule_of(char const* name, Fill fill)
{
  auto held = std::make_unique<Struct>();
  *held = {};
  fill(*held);
  py::capsule const capsule(held.get(), name, [](PyObject* one) {
    auto* const left = static_cast<Struct*>(PyCapsule_GetPointer(one, PyCapsule_GetName(one)));
    if (left->release != nullptr) left->release(left);
    delete left;
  });
  static_cast<void>(held.release());
  return capsule;
}

py::dict paths(BatchTable const& self)
{
  py::dict all;
  auto const& decisions = self.program.decisions();
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    auto const shares = self.shares(i);
    all[py::str(decisions[i].decision)] =
        py::dict("in_columns"_a = decisions[i].in_columns, "reason"_a = decisions[i].reason, "rows"_a = shares.rows,
                 "exact"_a = shares.exact, "regions"_a = shares.regions, "by_model"_a = shares.by_model,
                 "repeated"_a = shares.repeated, "evaluated"_a = shares.evaluated, "beyond"_a = shares.beyond);
  }
  return all;
}

BatchComparison compare_tables(py::handle table, LoadedPack const& before, LoadedPack const& after, py::handle by,
                               py::handle on, py::handle after_on, py::handle law_on, py::handle after_law_on,
                               py::handle decisions, bool include_unverified, py::handle columns, std::size_t examples,
                               std::optional<std::size_t> threads, py::handle limits)
{
  CompareBatchOptions options;
  options.by = to_texts(by, "by");
  options.examples = examples;
  options.batch.decisions = to_decisions(decisions, {&before.value, &after.value});
  options.batch.include_unverified = include_unverified;
  options.batch.columns = to_column_rules(columns);
  options.batch.threads = threads.value_or(0);
  options.batch.limits = to_limits(limits);
  BatchQuestion const first{before.value, to_date(on, "on"), to_date(law_on, "law_on")};
  BatchQuestion const second{after.value, after_on.is_none() ? first.on : to_date(after_on, "after_on"),
                             after_law_on.is_none() ? first.law_on : to_date(after_law_on, "after_law_on")};
  IncomingTable incoming;
  take(table, incoming);
  auto comparison = without_lock([&] { return compare_batch(first, second, incoming.stream, options).value(); });
  warn(comparison.misspelt_columns);
  return comparison;
}

/// How many rows of each decision change in which way.
py::dict changes(BatchComparison const& self)
{
  py::dict all;
  for (auto const& decision : self.decisions) all[py::str(decision)] = py::dict();
  for (auto const& line : self.lines) {
    auto const counts = py::dict(all[py::str(self.decisions[line.decision])]);
    auto const word = py::str(std::string(to_string(line.change)));
    auto const so_far = counts.contains(word) ? counts[word].cast<std::size_t>() : 0;
    counts[word] = so_far + line.rows;
  }
  return all;
}

/// What the answers of each decision are more in all.
py::dict differences(BatchComparison const& self)
{
  std::map<std::size_t, Decimal> sums;
  for (auto const& line : self.lines)
    if (line.difference) sums[line.decision] = sums[line.decision] + *line.difference;
  py::dict all;
  for (auto const& [decision, sum] : sums) all[py::str(self.decisions[decision])] = to_python(Value(sum));
  return all;
}

}  // namespace

void bind_comparison(py::module_& module)
{
  py::class_<BatchComparison>(
      module, "BatchComparison",
      "What a reform changes, as a table: give it to pyarrow, polars or pandas.\n\n"
      "A line for each decision, group and pair of answers: the columns of `by`, `decision`, `change` (`same`, "
      "`gains`, "
      "`loses`, `differs`, `becomes_known`, `becomes_unknown`), `before`, `before.outcome`, `after`, `after.outcome`, "
      "`rows`, and `examples` (numbers of rows from 0). Of amounts that are computed for each row a line has all that "
      "change in one way, and `before` and `after` are null. Of numbers it has the sums `before.total`, `after.total` "
      "and "
      "`difference`, and the least and the most that one row gains (`difference.least`, `difference.most`; less than "
      "zero where it loses); dates differ by days.")
      .def("__len__", [](BatchComparison const& self) { return self.lines.size(); })
      .def_readonly("rows", &BatchComparison::rows, "Rows of the table that was compared.")
      .def_property_readonly("changes", &changes, "How many rows of each decision change in which way.")
      .def_property_readonly(
          "differences", &differences,
          "What the answers of each decision are more in all, over the rows in which both packs answer with "
          "numbers (or with dates: in days). Decisions without such rows are left out.")
      .def(
          "plot",
          [](py::object const& self, py::object const& decisions, py::object const& group, py::object const& axes) {
            return py::module_::import("tutela.plots").attr("changes")(self, decisions, group, axes);
          },
          py::kw_only(), "decisions"_a = py::none(), "group"_a = py::none(), "axes"_a = py::none(),
          "Who gains, loses and whose answer opens, as bars in per cent of the rows; needs matplotlib.\n\n"
          "A bar for each of `decisions` (those that change when left out), or with `group`, one of the columns of "
          "`by`, for each of its values. Drawn on the Matplotlib `axes`, new ones when left out, which are returned.")
      .def(
          "__arrow_c_stream__",
          [](BatchComparison const& self, py::handle) {
            return capsule_of<ArrowArrayStream>("arrow_array_stream",
                                                [&](ArrowArrayStream& out) { export_stream(self, out); });
          },
          "requested_schema"_a = py::none(), "The table, by the Arrow PyCapsule interface.")
      .def("__repr__", [](BatchComparison const& self) {
        return "<tutela.BatchComparison: " + std::to_string(self.decisions.size()) + " decisions, " +
               std::to_string(self.rows) + " rows>";
      });
  module.def(
      "compare_batch", &compare_tables, "table"_a, "before"_a, "after"_a, py::kw_only(), "by"_a = py::none(),
      "on"_a = py::none(), "after_on"_a = py::none(), "law_on"_a = py::none(), "after_law_on"_a = py::none(),
      "decisions"_a = py::none(), "include_unverified"_a = false, "columns"_a = py::none(), "examples"_a = 3,
      "threads"_a = py::none(), "limits"_a = py::none(),
      "Who gains, who loses and whose answer opens when a table is asked of the pack `after` instead of `before`.\n\n"
      "Two days of one law are compared with `after_on` or `after_law_on`; without them the day is the same. `by` "
      "names columns whose values make groups. `columns`, `decisions` and `threads` are as in `Pack.decide_batch`.");
}

void bind_batch(py::module_& module, py::class_<LoadedPack>& pack)
{
  py::class_<BatchTable>(
      module, "BatchAnswers",
      "The answers to a table, as a table: give it to pyarrow, polars or pandas.\n\n"
      "For each decision `d` it has the columns `d` (the answer; null unless known) and `d.outcome` (unless left out), "
      "where asked for also `d.rule` and `d.missing`. For each instrument `i` it has `i.state`, `i.reason` (why there "
      "is "
      "no number), `i.band`, and `i.total` and each output, null unless settled, with `.lowest` and `.highest`; where "
      "asked "
      "for also `i.missing` and `i.possible_bands`.")
      .def("__len__", &BatchTable::rows)
      .def_property_readonly("decisions", &paths,
                             "How each decision was run: in columns or why not, its rows, those that the exact routine "
                             "answered with how many combinations of regions, and those answered one by one.")
      .def_property_readonly(
          "facts_without_column", [](BatchTable const& self) { return to_python(self.program.facts_without_column()); },
          "Facts that the decisions and instruments read and the table has no column for: unknown in every row.")
      .def_property_readonly(
          "pack_digest", [](BatchTable const& self) { return self.program.pack().info().digest; },
          "SHA-256 of the pack that was asked.")
      .def("explain", &explain_row, "table"_a, "row"_a,
           "The verdicts of one row, as `Pack.decide` gives them for its facts: each can be proved and explained.\n\n"
           "`table` is what was answered, `row` its number from 0. A row that has other answers now is an error.")
      .def(
          "__arrow_c_schema__",
          [](BatchTable const& self) {
            return capsule_of<ArrowSchema>("arrow_schema", [&](ArrowSchema& out) { self.program.export_schema(out); });
          },
          "The type of the table, by the Arrow PyCapsule interface.")
      .def(
          "__arrow_c_stream__",
          [](BatchTable const& self, py::handle) {
            return capsule_of<ArrowArrayStream>("arrow_array_stream",
                                                [&](ArrowArrayStream& out) { export_stream(self, out); });
          },
          "requested_schema"_a = py::none(), "The table, by the Arrow PyCapsule interface.")
      .def("__repr__", [](BatchTable const& self) {
        return "<tutela.BatchAnswers: " + std::to_string(self.program.decisions().size()) + " decisions, " +
               std::to_string(self.rows()) + " rows>";
      });
  pack.def(
      "decide_batch", &decide_table, "table"_a, "on"_a = py::none(), py::kw_only(), "law_on"_a = py::none(),
      "decisions"_a = py::none(), "jurisdiction"_a = py::none(), "include_unverified"_a = false,
      "columns"_a = py::none(), "instruments"_a = py::none(), "purpose"_a = "practice", "outcomes"_a = true,
      "missing"_a = false, "rules"_a = false, "threads"_a = py::none(), "limits"_a = py::none(),
      "Answers the decisions for every row of a table, as `decide` would for each.\n\n"
      "`table` is anything with the Arrow PyCapsule methods (pyarrow, polars, pandas); it is read in place. "
      "A column belongs to the fact of its name. `columns` says otherwise: a mapping of facts to the name of a "
      "column, or to a mapping with `column`, `nulls` (`unknown`, `none`, `uncertain`), `doubles` (`refused`, "
      "`whole_numbers`) and `nans` (`refused`, `null`). Every column that does not fit is reported before a row is "
      "read. `instruments` (or the names of some) are scored in the same run for everybody in `jurisdiction`, with "
      "`purpose` as in `Instrument.score`: see `BatchAnswers`. `missing` and `rules` add columns; without `outcomes` a "
      "null says only that there is no answer. `threads` "
      "is "
      "the number of threads that share the rows, one for each processor unless said otherwise; the answers are the "
      "same "
      "with any number.");
}

}  // namespace tutela::python
