// SPDX-License-Identifier: Apache-2.0
/// \file
/// Many scores at once in Python: `tutela.columns` makes the columns, this runs over them.

#include <string>
#include <tuple>
#include <vector>

#include "answers.hpp"
#include "buffers.hpp"

#include <tutela/risk/batch.hpp>

namespace tutela::python {
namespace {

using GivenColumn = std::tuple<std::string, py::object, py::object, py::object>;

template <class T>
py::bytes bytes_of(std::vector<T> const& column)
{
  return {reinterpret_cast<char const*>(column.data()), column.size() * sizeof(T)};
}

py::dict columns_of(ScoreBatch const& batch, Instrument const& instrument)
{
  py::list outputs;
  auto const& described = instrument.description().outputs;
  for (std::size_t k = 0; k < described.size(); ++k)
    outputs.append(py::make_tuple(described[k].quantity.id, bytes_of(batch.lowest[k]), bytes_of(batch.highest[k])));
  std::vector<std::string> names;
  for (auto const& band : instrument.description().bands) names.push_back(band.id);
  return py::dict("band_names"_a = to_python(names), "states"_a = bytes_of(batch.states),
                  "bands"_a = bytes_of(batch.bands), "lowest"_a = bytes_of(batch.lowest_total),
                  "highest"_a = bytes_of(batch.highest_total), "outputs"_a = outputs);
}

py::dict score_columns(LoadedInstrument const& instrument, std::vector<GivenColumn> const& given, std::size_t people,
                       py::handle recorded, bool practice, std::string const& jurisdiction, py::handle on, bool bounds,
                       py::handle limits)
{
  Buffers buffers;
  std::vector<ScoreColumn> columns;
  for (auto const& [fact, whole, numbers, present] : given) {
    ScoreColumn column;
    column.fact = fact;
    column.whole = buffers.view<std::int32_t>(whole, fact);
    column.numbers = buffers.view<double>(numbers, fact);
    column.present = buffers.view<std::uint8_t>(present, fact);
    columns.push_back(std::move(column));
  }
  ScoreBatchOptions options;
  options.purpose = practice ? ScorePurpose::practice : ScorePurpose::research;
  options.jurisdiction = jurisdiction;
  options.on = to_date(on, "on");
  options.recorded_act = buffers.view<std::uint8_t>(recorded, "recorded_act");
  options.bounds = bounds;
  options.limits = to_limits(limits);
  ScoreBatch batch;
  {
    py::gil_scoped_release const release;
    batch = score_batch(instrument.value, columns, people, options).value();
  }
  auto const normed = instrument.value.normed(jurisdiction, options.on);
  return columns_of(batch, normed ? *normed : instrument.value);
}

}  // namespace

void bind_score_columns(py::module_& module)
{
  module.def("_score_columns", &score_columns, "instrument"_a, "columns"_a, "people"_a, "recorded"_a, "practice"_a,
             "jurisdiction"_a, "on"_a, "bounds"_a, "limits"_a, "Behind `Instrument.score_batch`.");
}

}  // namespace tutela::python
