// SPDX-License-Identifier: Apache-2.0
/// \file
/// A fact of a program and its column: from values to ranks.
#include "columns/fact_lane.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include <tutela/base/date.hpp>

namespace tutela::detail {

std::uint8_t LaneRanks::number_of(OpenInput open)
{
  auto const found = std::find(opened.begin(), opened.end(), open);
  auto const place = static_cast<std::size_t>(found - opened.begin());
  if (place == most_open_inputs) return 0;
  if (found == opened.end()) opened.push_back(std::move(open));
  return static_cast<std::uint8_t>(place + 1);
}

namespace {

__extension__ using Wide = __int128;

/// Entries of a dictionary that one register holds, with one for what leads outside.
constexpr std::size_t few_entries = 16;

/// The bounds of a lane as values of a column.
template <class T>
struct Bounds {
  explicit Bounds(std::vector<std::int64_t> const& all)
  {
    for (auto const bound : all) {
      if (bound <= std::int64_t{std::numeric_limits<T>::min()})
        ++base;
      else if (bound <= std::int64_t{std::numeric_limits<T>::max()})
        values[count++] = static_cast<T>(bound);
    }
  }

  std::array<T, most_ranks> values;  ///< In use as far as `count`.
  std::size_t count = 0;
  std::uint8_t base = 0;  ///< Bounds that every value reaches.
};

constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
constexpr auto highest = std::numeric_limits<std::int64_t>::max();

Wide decimal128_at(void const* value)
{
  auto const low = load_value<std::uint64_t>(value, 0);
  auto const high = load_value<std::int64_t>(value, 1);
  return (static_cast<Wide>(high) << 64U) | static_cast<Wide>(low);
}

/// Numbers of the language have 34 digits.
bool has_too_many_digits(Wide value)
{
  Wide const most = static_cast<Wide>(10'000'000'000'000'000) * 1'000'000'000'000'000'000;
  return value <= -most || value >= most;
}

std::string digits_of(Wide value, int scale)
{
  bool const negative = value < 0;
  std::string digits;
  do {
    auto const digit = static_cast<int>(value % 10);
    digits.insert(digits.begin(), static_cast<char>('0' + (digit < 0 ? -digit : digit)));
    value /= 10;
  } while (value != 0);
  if (scale < 0) digits.append(static_cast<std::size_t>(-scale), '0');
  if (scale > 0) {
    auto const places = static_cast<std::size_t>(scale);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  return negative ? "-" + digits : digits;
}

/// A whole number from a double; a NaN may be a null.
std::int64_t whole(double value, ColumnRule const& rule, bool& null, std::optional<ValueProblem>& problem)
{
  constexpr double most = 9'007'199'254'740'992.0;
  if (std::isnan(value)) {
    null = rule.nans == NanMeaning::null;
    if (!null) problem = {"it holds NaN, which is no number", "give null instead, or read NaN as null"};
    return 0;
  }
  if (value > -most && value < most && std::trunc(value) == value) return static_cast<std::int64_t>(value);
  problem = {"it holds doubles that are no whole numbers below 2^53", "give decimals"};
  return 0;
}

std::int64_t days(std::int64_t units, std::int64_t per_day, std::optional<ValueProblem>& problem)
{
  if (units % per_day != 0) problem = {"it holds moments that are not the beginning of a day", "convert it to dates"};
  auto const found = units / per_day;
  if (!problem && !from_days(found)) problem = {"it holds dates outside of the calendar", {}};
  return found;
}

std::int64_t index_at(Layout layout, void const* value)
{
  switch (layout) {
    case Layout::int8: return load_value<std::int8_t>(value, 0);
    case Layout::uint8: return load_value<std::uint8_t>(value, 0);
    case Layout::int16: return load_value<std::int16_t>(value, 0);
    case Layout::uint16: return load_value<std::uint16_t>(value, 0);
    case Layout::int32: return load_value<std::int32_t>(value, 0);
    case Layout::uint32: return load_value<std::uint32_t>(value, 0);
    case Layout::int64: return load_value<std::int64_t>(value, 0);
    default: {
      auto const index = load_value<std::uint64_t>(value, 0);
      return index > static_cast<std::uint64_t>(highest) ? highest : static_cast<std::int64_t>(index);
    }
  }
}

}  // namespace

ValueProblem broken_array()
{
  return {"the array is broken: a text, a list or an index leads outside of its buffers", {}};
}

std::int64_t count_at(ColumnFormat const& format, ColumnRule const& rule, ColumnView const& view, std::size_t row,
                      bool& null, std::optional<ValueProblem>& problem)
{
  auto const* value = view.values(row, width_of(format.layout));
  switch (format.layout) {
    case Layout::date32:
    case Layout::decimal32: return load_value<std::int32_t>(value, 0);
    case Layout::decimal64: return load_value<std::int64_t>(value, 0);
    case Layout::date64:
    case Layout::timestamp: return days(load_value<std::int64_t>(value, 0), format.per_day, problem);
    case Layout::float32: return whole(static_cast<double>(load_value<float>(value, 0)), rule, null, problem);
    case Layout::float64: return whole(load_value<double>(value, 0), rule, null, problem);
    case Layout::decimal128: {
      auto const found = decimal128_at(value);
      if (has_too_many_digits(found)) problem = {"it holds decimals of more than 34 digits", {}};
      return found < lowest ? lowest : found > highest ? highest : static_cast<std::int64_t>(found);
    }
    default: return index_at(format.layout, value);
  }
}

std::optional<ValueProblem> ColumnReader::start()
{
  auto const& format = *column_.column.format;
  if (is_list(format.layout)) return start_elements();
  if (!format.index) return std::nullopt;
  std::string problem;
  dictionary_ = view_.dictionary(format, problem);
  if (!dictionary_) return ValueProblem{problem, {}};
  null_entries_ = !dictionary_->all_valid();
  return std::nullopt;
}

std::optional<ValueProblem> ColumnReader::start(FactLane const* lane, FactLine const& line)
{
  lane_ = lane;
  line_ = &line;
  if (auto problem = start()) return problem;
  auto const& format = *column_.column.format;
  if (lane != nullptr && format.layout == Layout::boolean) {
    no_ = lane->rank_of_region[*line.cuts.region(Value(false))];
    yes_ = lane->rank_of_region[*line.cuts.region(Value(true))];
  }
  if (lane == nullptr || !format.index) return std::nullopt;
  rank_of_entry_.resize(dictionary_->rows() + 1);
  rank_of_entry_.back() = outside_of_table;
  for (std::size_t i = 0; i + 1 < rank_of_entry_.size(); ++i) {
    rank_of_entry_[i] = lane->null_rank();
    if (dictionary_->valid(i, 1) == 0) continue;
    auto const text = dictionary_->text(format.layout, i);
    if (!text) return broken_array();
    rank_of_entry_[i] = lane->rank_of_region[line.cuts.region_of_text(*text)];
  }
  return std::nullopt;
}

std::optional<ValueProblem> ColumnReader::read(std::size_t first, std::size_t count,
                                               std::vector<ConditionRails> const& conditions, LaneRanks& out)
{
  auto const next = first + count;
  view_.fetch_bits(next, std::min(batch_rows, view_.rows() - next), column_.column.format->layout == Layout::boolean);
  out.held = can_hold();
  out.ranked = !out.held;
  if (!out.held) return read_ranks(first, count, out);
  return hold(first, count, conditions, out) ? std::nullopt : std::optional(broken_array());
}

void ColumnReader::rank(std::size_t first, std::size_t count, LaneRanks& out)
{
  static_cast<void>(read_ranks(first, count, out));  // what is wrong with the values was found when they were read
  out.ranked = true;
}

std::optional<ValueProblem> ColumnReader::read_ranks(std::size_t first, std::size_t count, LaneRanks& out)
{
  out.all_valid = view_.all_valid();
  out.boolean = false;
  view_.valid(first, count, out.valid.data());
  auto const& format = *column_.column.format;
  if (format.layout == Layout::null) {
    out.ranks.fill(lane_->null_rank());
    return std::nullopt;
  }
  if (format.layout == Layout::boolean) {
    read_booleans(first, count, out);
    return std::nullopt;
  }
  if (format.index) return read_codes(first, count, out);
  return is_text(format.layout) ? read_texts(first, count, out) : read_numbers(first, count, out);
}

/// True where one pass over the values writes the rails of all conditions.
bool ColumnReader::can_hold() const
{
  auto const& format = *column_.column.format;
  if (format.index) return rank_of_entry_.size() <= few_entries && !null_entries_ && width_of(*format.index) == 1;
  switch (format.layout) {
    case Layout::boolean: return true;
    case Layout::int8:
    case Layout::int16:
    case Layout::int32:
    case Layout::date32:
    case Layout::decimal32:
    case Layout::int64:
    case Layout::decimal64: return lane_->bounds.size() <= few_bounds;
    default: return false;
  }
}

/// Writes the rails of all conditions. \return False where an index leads outside of its dictionary.
bool ColumnReader::hold(std::size_t first, std::size_t count, std::vector<ConditionRails> const& conditions,
                        LaneRanks& lane)
{
  auto const words = words_for(count);
  bool const whole = words * rows_in_word == count;
  auto const ahead = std::min(batch_rows, view_.rows() - first - count) / rows_in_word;
  ColumnRails rails{conditions.data(), conditions.size(), nullptr, words, ahead};
  if (!view_.all_valid() || !whole) {
    if (whole) rails.valid = view_.valid_in_place(first);
    if (rails.valid == nullptr) {
      lane.valid.fill(0);  // nothing stands behind the last row
      view_.valid(first, count, lane.valid.data());
      rails.valid = lane.valid.data();
    }
  }
  if (column_.column.format->layout != Layout::boolean) return hold_values(first, count, rails);
  auto const* values = whole ? view_.booleans_in_place(first) : nullptr;
  if (values == nullptr) {
    view_.booleans(first, count, lane.values.data());
    values = lane.values.data();
  }
  kernels().hold_booleans(values, yes_, no_, rails);
  return true;
}

bool ColumnReader::hold_values(std::size_t first, std::size_t count, ColumnRails rails)
{
  auto const& format = *column_.column.format;
  auto const width = width_of(format.index.value_or(format.layout));
  auto const* values = view_.values(first, width);
  if (rails.words * rows_in_word != count || reinterpret_cast<std::uintptr_t>(values) % width != 0) {
    aligned_.assign(rails.words * rows_in_word * width, 0);
    std::memcpy(aligned_.data(), values, count * width);
    values = aligned_.data();
    rails.words_ahead = 0;
  }
  if (format.index) return kernels().hold_indices(static_cast<std::uint8_t const*>(values), few_ranks().data(), rails);
  switch (width) {
    case 1: hold_as<std::int8_t>(values, rails); break;
    case 2: hold_as<std::int16_t>(values, rails); break;
    case 4: hold_as<std::int32_t>(values, rails); break;
    default: hold_as<std::int64_t>(values, rails); break;
  }
  return true;
}

template <class T>
void ColumnReader::hold_as(void const* values, ColumnRails const& rails) const
{
  Bounds<T> const bounds(lane_->bounds);
  auto const* from = static_cast<T const*>(values);
  auto const& found = kernels();
  if constexpr (sizeof(T) == 1)
    found.hold_int8(from, bounds.values.data(), bounds.count, bounds.base, rails);
  else if constexpr (sizeof(T) == 2)
    found.hold_int16(from, bounds.values.data(), bounds.count, bounds.base, rails);
  else if constexpr (sizeof(T) == 4)
    found.hold_int32(from, bounds.values.data(), bounds.count, bounds.base, rails);
  else
    found.hold_int64(from, bounds.values.data(), bounds.count, bounds.base, rails);
}

void ColumnReader::read_booleans(std::size_t first, std::size_t count, LaneRanks& out) const
{
  out.boolean = true;
  out.no = no_;
  out.yes = yes_;
  view_.booleans(first, count, out.values.data());
}

template <class T>
void ColumnReader::rank_as(void const* values, std::size_t count, LaneRanks& out)
{
  Bounds<T> const bounds(lane_->bounds);
  if (reinterpret_cast<std::uintptr_t>(values) % alignof(T) != 0) {
    aligned_.resize(batch_rows * sizeof(T));
    std::memcpy(aligned_.data(), values, count * sizeof(T));
    values = aligned_.data();
  }
  auto const* from = static_cast<T const*>(values);
  if constexpr (sizeof(T) == 1)
    kernels().rank_int8(from, count, bounds.values.data(), bounds.count, bounds.base, out.ranks.data());
  else if constexpr (sizeof(T) == 2)
    kernels().rank_int16(from, count, bounds.values.data(), bounds.count, bounds.base, out.ranks.data());
  else if constexpr (sizeof(T) == 4)
    kernels().rank_int32(from, count, bounds.values.data(), bounds.count, bounds.base, out.ranks.data());
  else
    kernels().rank_int64(from, count, bounds.values.data(), bounds.count, bounds.base, out.ranks.data());
}

std::optional<ValueProblem> ColumnReader::read_numbers(std::size_t first, std::size_t count, LaneRanks& out)
{
  auto const layout = column_.column.format->layout;
  auto const* values = view_.values(first, width_of(layout));
  switch (layout) {
    case Layout::int8: rank_as<std::int8_t>(values, count, out); return std::nullopt;
    case Layout::int16: rank_as<std::int16_t>(values, count, out); return std::nullopt;
    case Layout::int32:
    case Layout::date32:
    case Layout::decimal32: rank_as<std::int32_t>(values, count, out); return std::nullopt;
    case Layout::int64:
    case Layout::decimal64: rank_as<std::int64_t>(values, count, out); return std::nullopt;
    default: return widen(first, count, out);
  }
}

/// Numbers that are checked one by one: of other widths than the kernels', with conditions on their values.
std::optional<ValueProblem> ColumnReader::widen(std::size_t first, std::size_t count, LaneRanks& out)
{
  wide_.assign(count, 0);
  std::optional<ValueProblem> problem;
  for (std::size_t i = 0; i < count && !problem; ++i) {
    if (!out.is_valid(i)) continue;
    bool null = false;
    wide_[i] = count_at(*column_.column.format, column_.rule, view_, first + i, null, problem);
    if (!null) continue;
    out.valid[i / rows_in_word] &= ~(RowWord{1} << i % rows_in_word);
    out.all_valid = false;
  }
  if (!problem) rank_as<std::int64_t>(wide_.data(), count, out);
  return problem;
}

std::optional<ValueProblem> ColumnReader::read_texts(std::size_t first, std::size_t count, LaneRanks& out) const
{
  auto const layout = column_.column.format->layout;
  for (std::size_t i = 0; i < count; ++i) {
    if (!out.is_valid(i)) continue;
    auto const text = view_.text(layout, first + i);
    if (!text) return broken_array();
    out.ranks[i] = lane_->rank_of_region[line_->cuts.region_of_text(*text)];
  }
  return std::nullopt;
}

/// The place in the dictionary of a row that is not null.
std::optional<std::size_t> ColumnReader::entry(std::size_t row) const
{
  auto const layout = *column_.column.format->index;
  auto const index = index_at(layout, view_.values(row, width_of(layout)));
  if (index < 0 || static_cast<std::uint64_t>(index) >= dictionary_->rows()) return std::nullopt;
  return static_cast<std::size_t>(index);
}

/// Ranks of indices; what leads outside of the dictionary has the rank after the last entry's.
template <class T>
void ColumnReader::look_up(std::size_t first, std::size_t count, LaneRanks& out) const
{
  auto const* indices = view_.values(first, sizeof(T));
  auto const* ranks = rank_of_entry_.data();
  auto const entries = rank_of_entry_.size() - 1;
  for (std::size_t i = 0; i < count; ++i) {
    auto const index = std::uint64_t{load_value<T>(indices, static_cast<std::int64_t>(i))};
    out.ranks[i] = ranks[index < entries ? static_cast<std::size_t>(index) : entries];
  }
}

/// The ranks of the entries of a dictionary of at most fifteen.
std::array<std::uint8_t, 16> ColumnReader::few_ranks() const
{
  std::array<std::uint8_t, few_entries> table;
  table.fill(outside_of_table);
  std::copy(rank_of_entry_.begin(), rank_of_entry_.end(), table.begin());
  return table;
}

/// The same for bytes and a dictionary of at most fifteen entries.
void ColumnReader::look_up_few(std::size_t first, std::size_t count, LaneRanks& out) const
{
  auto const table = few_ranks();
  auto const* indices = static_cast<std::uint8_t const*>(view_.values(first, 1));
  kernels().look_up(indices, count, table.data(), out.ranks.data());
}

std::optional<ValueProblem> ColumnReader::read_codes(std::size_t first, std::size_t count, LaneRanks& out) const
{
  // A negative index is a very large one without its sign.
  switch (width_of(*column_.column.format->index)) {
    case 1:
      if (rank_of_entry_.size() > few_entries)
        look_up<std::uint8_t>(first, count, out);
      else
        look_up_few(first, count, out);
      break;
    case 2: look_up<std::uint16_t>(first, count, out); break;
    case 4: look_up<std::uint32_t>(first, count, out); break;
    default: look_up<std::uint64_t>(first, count, out); break;
  }
  // What stands under a null is no index, so only now it is asked where they lead.
  auto const words = (count + rows_in_word - 1) / rows_in_word;
  std::array<RowWord, batch_words> rows;
  kernels().between(out.ranks.data(), words, outside_of_table, 0, rows.data());
  for (std::size_t word = 0; word < words; ++word)
    if ((rows[word] & out.valid[word]) != 0) return broken_array();
  if (!null_entries_) return std::nullopt;
  out.all_valid = false;
  kernels().between(out.ranks.data(), words, lane_->null_rank(), 0, rows.data());
  for (std::size_t word = 0; word < words; ++word) out.valid[word] &= ~rows[word];
  return std::nullopt;
}

/// True for a row that is null, or whose entry in the dictionary is.
bool ColumnReader::is_null(std::size_t row) const
{
  if (!is_valid(row)) return true;
  auto const found = dictionary_ && null_entries_ ? entry(row) : std::nullopt;
  return found && dictionary_->valid(*found, 1) == 0;
}

/// The text of a row that is not null; nothing where the array is broken.
std::optional<std::string_view> ColumnReader::text_of(std::size_t row) const
{
  auto const layout = column_.column.format->layout;
  if (!dictionary_) return view_.text(layout, row);
  auto const found = entry(row);
  return found ? dictionary_->text(layout, *found) : std::nullopt;
}

std::optional<Value> ColumnReader::value(std::size_t row, std::optional<ValueProblem>& problem) const
{
  auto const& format = *column_.column.format;
  if (is_null(row)) return std::nullopt;
  if (format.layout == Layout::boolean) return Value(view_.booleans(row, 1) != 0);
  if (is_list(format.layout)) return list_value(row, problem);
  if (is_text(format.layout)) {
    auto const text = text_of(row);
    if (!text) problem = broken_array();
    return text ? std::optional(Value(std::string(*text))) : std::nullopt;
  }
  bool null = false;
  auto const count = count_at(format, column_.rule, view_, row, null, problem);
  if (problem || null) return std::nullopt;
  auto const* at = view_.values(row, width_of(format.layout));
  switch (format.layout) {
    case Layout::date32:
    case Layout::date64:
    case Layout::timestamp: return Value(from_days(count).value());
    case Layout::decimal32:
    case Layout::decimal64: return Value(Decimal::parse(digits_of(count, format.scale)).value());
    case Layout::decimal128: return Value(Decimal::parse(digits_of(decimal128_at(at), format.scale)).value());
    case Layout::uint64:
      return Value(Decimal::parse(digits_of(static_cast<Wide>(load_value<std::uint64_t>(at, 0)), 0)).value());
    default: return Value(Decimal(count));
  }
}

}  // namespace tutela::detail
