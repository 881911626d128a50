// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading lists, and what tells the values of rows apart.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "columns/fact_lane.hpp"
#include "columns/row_memory.hpp"

namespace tutela::detail {
namespace {

void append_count(std::size_t count, std::string& key)
{
  auto const wide = static_cast<std::uint64_t>(count);
  key.append(reinterpret_cast<char const*>(&wide), sizeof(wide));
}

/// Puts a value into a context, at a dotted name.
void put_entry(Context& context, std::string_view name, Value value)
{
  auto const dot = name.find('.');
  auto const first = std::string(name.substr(0, dot));
  if (dot == std::string_view::npos) {
    context.entries.emplace_back(first, std::move(value));
    return;
  }
  // The fields of a struct follow each other.
  bool const fresh = context.entries.empty() || context.entries.back().first != first;
  if (fresh) context.entries.emplace_back(first, Value(Context{}));
  auto inner = *context.entries.back().second.as_context();
  put_entry(inner, name.substr(dot + 1), std::move(value));
  context.entries.back().second = Value(std::move(inner));
}

}  // namespace

std::optional<ValueProblem> ColumnReader::start_elements()
{
  std::string problem;
  auto const* elements = view_.elements(problem);
  if (elements == nullptr) return ValueProblem{std::move(problem), {}};
  for (auto const& field : column_.fields) {
    auto view = ColumnView::of(*elements, field.column, problem);
    if (!view) return ValueProblem{std::move(problem), {}};
    elements_.emplace_back(field, *std::move(view));
    if (auto wrong = elements_.back().start()) return wrong;
  }
  return std::nullopt;
}

std::optional<Value> ColumnReader::null_value() const
{
  switch (column_.rule.nulls) {
    case NullMeaning::none: return Value();
    case NullMeaning::uncertain: return Value(Uncertain{{column_.rule.fact}});
    case NullMeaning::unknown: break;
  }
  return std::nullopt;
}

/// An element of a list whose rows this reader's are; none where it is null.
std::optional<Value> ColumnReader::element_value(std::size_t row, std::optional<ValueProblem>& problem) const
{
  auto const& element = elements_.front();
  if (element.column_.column.format->layout != Layout::structure) return element.value(row, problem);
  if (!element.is_valid(row)) return std::nullopt;
  Context context;
  for (std::size_t i = 1; i < elements_.size(); ++i) {
    auto const& field = elements_[i];
    auto value = field.value(row, problem);
    if (problem) return std::nullopt;
    if (!value) value = field.null_value();
    if (value) put_entry(context, field.column_.column.name, *std::move(value));
  }
  return Value(std::move(context));
}

/// Adds an element to a list; one that is there, and of which nothing is known, too.
bool ColumnReader::add_element(std::size_t element, List& list, std::optional<ValueProblem>& problem) const
{
  auto value = element_value(element, problem);
  if (problem) return false;
  if (!value) value = null_value();
  list.items.push_back(value ? *std::move(value) : Value::unknown(column_.rule.fact));
  return true;
}

std::optional<Value> ColumnReader::list_value(std::size_t row, std::optional<ValueProblem>& problem) const
{
  auto const extent = view_.extent(*column_.column.format, row);
  if (!extent) {
    problem = broken_array();
    return std::nullopt;
  }
  List list;
  list.items.reserve(extent->second - extent->first);
  for (auto i = extent->first; i < extent->second; ++i)
    if (!add_element(i, list, problem)) return std::nullopt;
  return Value(std::move(list));
}

std::optional<std::pair<std::size_t, std::size_t>> ColumnReader::elements(std::size_t row) const
{
  return is_null(row) ? std::nullopt : view_.extent(*column_.column.format, row);
}

std::optional<Value> ColumnReader::list_of_one(std::size_t element) const
{
  List list;
  std::optional<ValueProblem> problem;
  return add_element(element, list, problem) ? std::optional(Value(std::move(list))) : std::nullopt;
}

bool ColumnReader::append_element_key(std::size_t element, std::string& key) const
{
  for (auto const& field : elements_)
    if (!field.append_key(element, key)) return false;
  return true;
}

bool ColumnReader::append_key(std::size_t row, std::string& key) const
{
  auto const& format = *column_.column.format;
  bool const null = is_null(row);
  key += null ? '\0' : '\1';
  if (null || format.layout == Layout::structure) return true;
  if (is_list(format.layout)) {
    auto const extent = view_.extent(format, row);
    if (!extent) return false;
    append_count(extent->second - extent->first, key);
    for (auto i = extent->first; i < extent->second; ++i)
      if (!append_element_key(i, key)) return false;
    return true;
  }
  if (format.layout == Layout::boolean) {
    key += view_.booleans(row, 1) != 0 ? '\1' : '\0';
    return true;
  }
  if (is_text(format.layout)) {
    auto const text = text_of(row);
    if (!text) return false;
    append_count(text->size(), key);
    key += *text;
    return true;
  }
  auto const width = width_of(format.layout);
  key.append(static_cast<char const*>(view_.values(row, width)), width);
  return true;
}

std::optional<unsigned> ColumnReader::key_bits() const
{
  auto const& format = *column_.column.format;
  if (format.index || is_list(format.layout) || is_text(format.layout)) return std::nullopt;
  if (format.layout == Layout::structure || format.layout == Layout::null) return 1;
  if (format.layout == Layout::boolean) return 2;
  auto const width = width_of(format.layout);
  return width <= sizeof(std::uint64_t) ? std::optional(1 + 8 * static_cast<unsigned>(width)) : std::nullopt;
}

/// Adds a bit that says whether a value is there, and the value.
template <class T>
void ColumnReader::add_values(std::size_t first, std::size_t count, unsigned shift, PackedKey* keys) const
{
  auto const* from = view_.values(first, sizeof(T));
  for (std::size_t begin = 0; begin < count; begin += rows_in_word) {
    auto const here = std::min(rows_in_word, count - begin);
    auto const valid = view_.valid(first + begin, here);
    for (std::size_t i = 0; i < here; ++i) {
      auto const there = valid >> i & 1U;
      auto const value = std::uint64_t{load_value<T>(from, static_cast<std::int64_t>(begin + i))};
      keys[begin + i].add(there, shift);
      keys[begin + i].add(there != 0 ? value : 0, shift + 1);
    }
  }
}

void ColumnReader::add_keys(std::size_t first, std::size_t count, unsigned shift, PackedKey* keys) const
{
  auto const layout = column_.column.format->layout;
  if (layout == Layout::boolean || layout == Layout::structure || layout == Layout::null) {
    for (std::size_t i = 0; i < count; ++i) {
      if (!is_valid(first + i)) continue;
      keys[i].add(1, shift);
      if (layout == Layout::boolean) keys[i].add(view_.booleans(first + i, 1), shift + 1);
    }
    return;
  }
  switch (width_of(layout)) {
    case 1: return add_values<std::uint8_t>(first, count, shift, keys);
    case 2: return add_values<std::uint16_t>(first, count, shift, keys);
    case 4: return add_values<std::uint32_t>(first, count, shift, keys);
    default: return add_values<std::uint64_t>(first, count, shift, keys);
  }
}

std::optional<unsigned> ColumnReader::element_key_bits() const
{
  unsigned bits = 0;
  for (auto const& field : elements_) {
    auto const more = field.key_bits();
    if (!more) return std::nullopt;
    bits += *more;
  }
  return bits;
}

void ColumnReader::add_element_keys(std::size_t first, std::size_t count, PackedKey* keys) const
{
  unsigned shift = 0;
  for (auto const& field : elements_) {
    field.add_keys(first, count, shift, keys);
    shift += *field.key_bits();
  }
}

}  // namespace tutela::detail
