// SPDX-License-Identifier: Apache-2.0
/// \file
/// One column of an Arrow array with its offsets and nulls resolved.
#include "columns/column_view.hpp"

#include <algorithm>
#include <limits>

namespace tutela::detail {
namespace {

/// Bytes that the processor fetches at a time.
constexpr std::size_t line = 64;

constexpr std::int64_t most_rows = std::numeric_limits<std::int64_t>::max() / 64;

/// True when an array has the rows [0, rows) from `first` on and the buffers it must have.
bool is_sound(ArrowArray const& array, std::int64_t first, std::int64_t rows, std::int64_t buffers,
              std::string& problem)
{
  if (array.release == nullptr) {
    problem = "the array was released";
  } else if (array.length < 0 || array.offset < 0 || array.offset > most_rows || array.length > most_rows) {
    problem = "the array has a length or an offset that cannot be";
  } else if (array.length - first < rows) {
    problem = "the array is shorter than the table";
  } else if (array.n_buffers < buffers || (buffers > 0 && array.buffers == nullptr)) {
    problem = "the array has too few buffers";
  } else {
    return true;
  }
  return false;
}

}  // namespace

/// Goes down to an array: a struct around the column, or the column.
bool ColumnView::enter(ArrowArray const& array, std::int64_t buffers, std::int64_t values, std::string& problem)
{
  // Rows of a child begin where those of its struct do.
  if (!is_sound(array, offset_, static_cast<std::int64_t>(rows_), buffers, problem)) return false;
  offset_ += array.offset;
  array_ = &array;
  if (buffers > 0 && array.null_count != 0 && array.buffers[0] != nullptr)
    validity_.push_back({static_cast<std::uint8_t const*>(array.buffers[0]), offset_});
  values_ = values > 0 ? array.buffers[values] : nullptr;
  if (values > 0 && values_ == nullptr && rows_ > 0) {
    problem = "the array has no values";
    return false;
  }
  return true;
}

std::optional<ColumnView> ColumnView::of(ArrowArray const& table, TableColumn const& column, std::string& problem)
{
  ColumnView view;
  if (table.length < 0) {
    problem = "the array has a length or an offset that cannot be";
    return std::nullopt;
  }
  view.rows_ = static_cast<std::size_t>(table.length);
  ArrowArray const* array = &table;
  for (auto const child : column.path) {
    if (!view.enter(*array, 1, 0, problem)) return std::nullopt;
    if (array->n_children <= static_cast<std::int64_t>(child) || array->children == nullptr ||
        array->children[child] == nullptr) {
      problem = "the array has not the columns of its type";
      return std::nullopt;
    }
    array = array->children[child];
  }
  auto const layout = column.format->index.value_or(column.format->layout);
  view.null_ = layout == Layout::null;
  if (!view.enter(*array, buffers_of(layout), buffers_of(layout) > 1 ? 1 : 0, problem)) return std::nullopt;
  return view;
}

std::optional<ColumnView> ColumnView::dictionary(ColumnFormat const& format, std::string& problem) const
{
  if (array_->dictionary == nullptr) {
    problem = "the array has no dictionary";
    return std::nullopt;
  }
  ColumnView view;
  if (array_->dictionary->length > 0) view.rows_ = static_cast<std::size_t>(array_->dictionary->length);
  if (!view.enter(*array_->dictionary, buffers_of(format.layout), 1, problem)) return std::nullopt;
  return view;
}

ArrowArray const* ColumnView::elements(std::string& problem) const
{
  bool const found = array_->n_children == 1 && array_->children != nullptr && array_->children[0] != nullptr;
  if (!found) problem = "the array has not the elements of its lists";
  return found ? array_->children[0] : nullptr;
}

std::optional<std::pair<std::size_t, std::size_t>> ColumnView::extent(ColumnFormat const& format, std::size_t row) const
{
  auto const at = offset_ + static_cast<std::int64_t>(row);
  auto const count = array_->children[0]->length;
  std::int64_t begin = 0;
  std::int64_t end = 0;
  if (format.layout == Layout::fixed_list) {
    auto const size = format.elements->size;
    if (size > 0 && at >= count / size) return std::nullopt;
    begin = at * size;
    end = begin + size;
  } else if (format.layout == Layout::large_list) {
    begin = load_value<std::int64_t>(values_, at);
    end = load_value<std::int64_t>(values_, at + 1);
  } else {
    begin = load_value<std::int32_t>(values_, at);
    end = load_value<std::int32_t>(values_, at + 1);
  }
  if (begin < 0 || end < begin || end > count) return std::nullopt;
  return std::pair(static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
}

void ColumnView::valid(std::size_t first, std::size_t count, RowWord* out) const
{
  if (validity_.size() == 1 && !null_) {
    load_bits(validity_.front().bits, validity_.front().offset + static_cast<std::int64_t>(first), count, out);
    return;
  }
  for (std::size_t word = 0; word * rows_in_word < count; ++word)
    out[word] = valid(first + word * rows_in_word, std::min(rows_in_word, count - word * rows_in_word));
}

void ColumnView::fetch_bits(std::size_t first, std::size_t count, bool booleans) const
{
  auto const fetch = [&](void const* bits, std::int64_t offset) {
    auto const* from = static_cast<char const*>(bits) + (static_cast<std::size_t>(offset) + first) / 8;
    for (std::size_t byte = 0; byte < count / 8; byte += line) __builtin_prefetch(from + byte, 0, 2);
  };
  for (auto const& each : validity_) fetch(each.bits, each.offset);
  if (booleans) fetch(values_, offset_);
}

std::optional<std::string_view> ColumnView::text(Layout layout, std::size_t row) const
{
  auto const at = offset_ + static_cast<std::int64_t>(row);
  if (layout == Layout::utf8_view) {
    auto const* view = static_cast<char const*>(values_) + at * 16;
    auto const length = load_value<std::int32_t>(view, 0);
    if (length < 0) return std::nullopt;
    if (length <= 12) return std::string_view(view + 4, static_cast<std::size_t>(length));
    // Data buffers follow the views; the last buffer has their sizes.
    auto const buffer = load_value<std::int32_t>(view, 2);
    auto const first = load_value<std::int32_t>(view, 3);
    auto const sizes = array_->n_buffers - 1;
    if (buffer < 0 || first < 0 || buffer >= sizes - 2) return std::nullopt;
    auto const size = load_value<std::int64_t>(array_->buffers[sizes], buffer);
    if (std::int64_t{first} + length > size) return std::nullopt;
    return std::string_view(static_cast<char const*>(array_->buffers[2 + buffer]) + first,
                            static_cast<std::size_t>(length));
  }
  bool const large = layout == Layout::large_utf8;
  auto const begin = large ? load_value<std::int64_t>(values_, at) : load_value<std::int32_t>(values_, at);
  auto const end = large ? load_value<std::int64_t>(values_, at + 1) : load_value<std::int32_t>(values_, at + 1);
  if (begin < 0 || end < begin) return std::nullopt;
  if (begin == end) return std::string_view();
  if (array_->buffers[2] == nullptr) return std::nullopt;
  return std::string_view(static_cast<char const*>(array_->buffers[2]) + begin, static_cast<std::size_t>(end - begin));
}

}  // namespace tutela::detail
