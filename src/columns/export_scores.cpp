// SPDX-License-Identifier: Apache-2.0
/// \file
/// Scores as columns of Arrow.
#include "columns/export_scores.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "columns/bits.hpp"
#include "columns/text_columns.hpp"

namespace tutela::detail {
namespace {

constexpr std::array states{ScoreState::known, ScoreState::open, ScoreState::not_applicable, ScoreState::error};

/// Values of a fixed width. \param value_of The value of a row; nothing is null.
template <class T, class Function>
OwnedArray values_of_rows(std::size_t rows, Function value_of)
{
  OwnedArray array;
  array.length = static_cast<std::int64_t>(rows);
  array.buffers.push_back(make_buffer((rows + 7) / 8));
  array.buffers.push_back(make_buffer(rows * sizeof(T)));
  for (std::size_t row = 0; row < rows; ++row) {
    std::optional<T> const value = value_of(row);
    if (value)
      array.buffers[0][row / rows_in_word] |= RowWord{1} << row % rows_in_word;
    else
      ++array.nulls;
    put_value(array.buffers[1], row, value.value_or(T{}));
  }
  array.all_valid = array.nulls == 0;
  return array;
}

OwnedArray states_array(ScoreBatch const& numbers)
{
  auto array = values_of_rows<std::uint8_t>(numbers.states.size(), [&](std::size_t row) {
    return std::optional(
        static_cast<std::uint8_t>(std::find(states.begin(), states.end(), numbers.states[row]) - states.begin()));
  });
  array.dictionary.push_back(words_array(states));
  return array;
}

OwnedArray bands_array(ScoreBatch const& numbers, std::vector<ScoreBand> const& bands)
{
  auto array = values_of_rows<std::int32_t>(numbers.bands.size(), [&](std::size_t row) {
    return numbers.bands[row] < 0 ? std::nullopt : std::optional(numbers.bands[row]);
  });
  std::vector<std::string> names;
  names.reserve(bands.size());
  for (auto const& band : bands) names.push_back(band.id);
  array.dictionary.push_back(texts_array(names));
  return array;
}

OwnedArray reasons_array(InstrumentScores const& scores)
{
  TextPlaces places;
  std::vector<std::optional<std::int32_t>> place_of_note{std::nullopt};
  place_of_note.reserve(scores.notes->size() + 1);
  for (auto const& note : *scores.notes)
    place_of_note.push_back(note.reason.empty() ? std::nullopt : std::optional(places.place(note.reason)));
  auto array = values_of_rows<std::int32_t>(scores.note_of_row.size(),
                                            [&](std::size_t row) { return place_of_note[scores.note_of_row[row]]; });
  array.dictionary.push_back(texts_array(places.texts()));
  return array;
}

OwnedArray missing_array(InstrumentScores const& scores)
{
  std::vector<std::string> const none;
  return text_lists(scores.note_of_row.size(), [&](std::size_t row) -> std::vector<std::string> const& {
    auto const place = scores.note_of_row[row];
    return place == 0 ? none : (*scores.notes)[place - 1].missing;
  });
}

/// Every band that is still possible; of those about whom nothing more is said, the band that they are in.
OwnedArray possible_bands_array(InstrumentScores const& scores, std::vector<ScoreBand> const& bands)
{
  std::vector<std::string> const none;
  std::vector<std::vector<std::string>> settled;
  settled.reserve(bands.size());
  for (auto const& band : bands) settled.push_back({band.id});
  return text_lists(scores.note_of_row.size(), [&](std::size_t row) -> std::vector<std::string> const& {
    if (auto const place = scores.note_of_row[row]; place != 0) return (*scores.notes)[place - 1].possible_bands;
    auto const band = scores.numbers.bands[row];
    return band < 0 ? none : settled[static_cast<std::size_t>(band)];
  });
}

/// The value where it is settled, and its bounds.
void add_numbers(std::vector<double> const& lowest, std::vector<double> const& highest, std::vector<OwnedArray>& arrays)
{
  auto const number = [](double value) { return std::isnan(value) ? std::nullopt : std::optional(value); };
  arrays.push_back(values_of_rows<double>(lowest.size(), [&](std::size_t row) {
    return lowest[row] == highest[row] ? number(lowest[row]) : std::nullopt;
  }));
  for (auto const* column : {&lowest, &highest})
    arrays.push_back(values_of_rows<double>(column->size(), [&](std::size_t row) { return number((*column)[row]); }));
}

}  // namespace

void add_score_schemas(ScorePart const& part, BatchOptions const& options, std::vector<OwnedSchema>& fields)
{
  for (auto const& one : part.instruments()) {
    auto const& described = one.instrument.description();
    auto const add_number = [&](std::string const& id) {
      for (char const* end : {"", ".lowest", ".highest"}) fields.push_back({"g", described.id + "." + id + end});
    };
    if (options.outcomes) {
      fields.push_back({"C", described.id + ".state", {}, {{"u", ""}}});
      fields.push_back({"i", described.id + ".reason", {}, {{"u", ""}}});
    }
    fields.push_back({"i", described.id + ".band", {}, {{"u", ""}}});
    add_number("total");
    for (auto const& output : described.outputs) add_number(output.quantity.id);
    if (options.missing)
      for (char const* end : {".missing", ".possible_bands"}) fields.push_back(text_lists_schema(described.id + end));
  }
}

void add_score_arrays(ScorePart const& part, BatchOptions const& options, std::vector<InstrumentScores> const& scores,
                      std::vector<OwnedArray>& arrays)
{
  for (std::size_t i = 0; i < scores.size(); ++i) {
    auto const& numbers = scores[i].numbers;
    if (options.outcomes) {
      arrays.push_back(states_array(numbers));
      arrays.push_back(reasons_array(scores[i]));
    }
    arrays.push_back(bands_array(numbers, part.instruments()[i].instrument.description().bands));
    add_numbers(numbers.lowest_total, numbers.highest_total, arrays);
    for (std::size_t k = 0; k < numbers.lowest.size(); ++k) add_numbers(numbers.lowest[k], numbers.highest[k], arrays);
    if (!options.missing) continue;
    arrays.push_back(missing_array(scores[i]));
    arrays.push_back(possible_bands_array(scores[i], part.instruments()[i].instrument.description().bands));
  }
}

}  // namespace tutela::detail
