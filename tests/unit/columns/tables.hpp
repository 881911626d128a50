// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tables in Arrow's layout for the tests, made by hand: every layout, with offsets and garbage under nulls.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/columns/arrow.hpp>
#include <tutela/facts/value.hpp>

namespace tutela::test {

/// A column to be made.
struct GivenColumn {
  std::string name;
  /// Of Arrow; `i>u` for texts in a dictionary; `+l:tdD`, `+w:2:{age=s,disabled=b}` for lists and lists of structs.
  std::string format;
  std::vector<std::optional<Value>> values;  ///< Nothing is null.
  std::size_t offset = 0;                    ///< Rows of garbage before the first.
  bool validity = true;                      ///< False leaves the bitmap out where nothing is null.
  bool count_nulls = true;                   ///< False says that nobody counted them.
  bool reversed = false;                     ///< For dictionaries: the entries backwards, one twice, one null.
  std::size_t misaligned = 0;                ///< Bytes by which the values are off.
};

/// Bytes that are handed out.
class Bytes {
 public:
  template <class T>
  void put(T value)
  {
    auto const size = bytes_.size();
    bytes_.resize(size + sizeof(T));
    std::memcpy(bytes_.data() + size, &value, sizeof(T));
  }
  void put_bit(std::size_t index, bool value)
  {
    if (bytes_.size() <= index / 8) bytes_.resize(index / 8 + 1, 0);
    if (value) bytes_[index / 8] = static_cast<unsigned char>(bytes_[index / 8] | (1U << index % 8));
  }
  void put(std::string const& text) { bytes_.insert(bytes_.end(), text.begin(), text.end()); }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  std::vector<unsigned char>& raw() { return bytes_; }

 private:
  std::vector<unsigned char> bytes_;
};

/// A type or an array with everything that it points to.
struct MadeArray {
  std::string format;
  std::string name;
  std::vector<std::vector<unsigned char>>
      buffers;  ///< Exactly as long as the specification asks, so that a checker sees
                ///< every read beyond.
  std::vector<void const*> pointers;
  std::vector<std::unique_ptr<MadeArray>> children;
  std::vector<ArrowSchema*> schemas;
  std::vector<ArrowArray*> arrays;
  std::unique_ptr<MadeArray> dictionary;
  ArrowSchema schema{};
  ArrowArray array{};

  /// Ties the structs together once everything is there.
  void finish()
  {
    for (auto const& child : children) {
      schemas.push_back(&child->schema);
      arrays.push_back(&child->array);
    }
    schema = {format.c_str(),
              name.c_str(),
              nullptr,
              ARROW_FLAG_NULLABLE,
              static_cast<std::int64_t>(children.size()),
              schemas.data(),
              dictionary ? &dictionary->schema : nullptr,
              [](ArrowSchema* one) { one->release = nullptr; },
              nullptr};
    array.n_buffers = static_cast<std::int64_t>(pointers.size());
    array.buffers = pointers.data();
    array.n_children = static_cast<std::int64_t>(children.size());
    array.children = arrays.data();
    array.dictionary = dictionary ? &dictionary->array : nullptr;
    array.release = [](ArrowArray* one) { one->release = nullptr; };
  }

  /// Adds a buffer; nothing adds none.
  void add(std::optional<Bytes> bytes, std::size_t misaligned = 0)
  {
    if (!bytes) {
      pointers.push_back(nullptr);
      return;
    }
    auto raw = std::move(bytes->raw());
    raw.insert(raw.begin(), misaligned, 0xEE);
    raw.shrink_to_fit();
    buffers.push_back(std::move(raw));
    pointers.push_back(buffers.back().data() + misaligned);
  }
};

/// The count behind a number or a date in the units of a format.
inline std::int64_t units_of(Value const& value, std::string const& format)
{
  if (auto const* date = value.as_date()) {
    auto const days = to_days(*date);
    if (format == "tdD") return days;
    if (format == "tdm" || format == "tsm:") return days * 86'400'000;
    if (format == "tss:") return days * 86'400;
    if (format == "tsu:") return days * 86'400'000'000;
    if (format == "tsn:") return days * 86'400'000'000'000;
    throw std::logic_error("no format of dates");
  }
  Decimal scale(1);
  if (format.rfind("d:", 0) == 0) {
    auto const digits = std::stoi(format.substr(format.find(',') + 1));
    for (int i = 0; i < digits; ++i) scale = scale * Decimal(10);
  }
  return (*value.as_number() * scale).to_int64().value();
}

inline std::unique_ptr<MadeArray> make_column(GivenColumn const& given);
inline std::unique_ptr<MadeArray> make_struct(std::string name, std::vector<std::unique_ptr<MadeArray>> columns,
                                              std::size_t rows, std::vector<bool> const& null_rows = {},
                                              std::size_t offset = 0);

/// An element of a list, or a component of one, that is null.
inline Value null_element() { return Value(Unknown{}); }

/// The names and formats of the fields of `{age=s,disabled=b}`.
inline std::vector<std::pair<std::string, std::string>> fields_of(std::string const& format)
{
  std::vector<std::pair<std::string, std::string>> fields;
  for (std::size_t at = 1; at + 1 < format.size();) {
    auto const end = std::min(format.find(',', at), format.size() - 1);
    auto const middle = format.find('=', at);
    fields.emplace_back(format.substr(at, middle - at), format.substr(middle + 1, end - middle - 1));
    at = end + 1;
  }
  return fields;
}

namespace parts {

template <class T>
void put_units(Bytes& bytes, std::optional<Value> const& value, std::string const& format)
{
  bytes.put(value ? static_cast<T>(units_of(*value, format)) : static_cast<T>(~T{0} ^ T{5}));
}

inline std::size_t put_fixed(Bytes& bytes, std::optional<Value> const& value, std::string const& format)
{
  auto const is_decimal = format.rfind("d:", 0) == 0;
  auto const width = is_decimal && format.find(',') != format.rfind(',') ? format.substr(format.rfind(',') + 1) : "128";
  if (format == "c")
    put_units<std::int8_t>(bytes, value, format);
  else if (format == "C")
    put_units<std::uint8_t>(bytes, value, format);
  else if (format == "s")
    put_units<std::int16_t>(bytes, value, format);
  else if (format == "S")
    put_units<std::uint16_t>(bytes, value, format);
  else if (format == "i" || format == "tdD" || (is_decimal && width == "32"))
    put_units<std::int32_t>(bytes, value, format);
  else if (format == "I")
    put_units<std::uint32_t>(bytes, value, format);
  else if (format == "L")
    put_units<std::uint64_t>(bytes, value, format);
  else if (format == "g")
    bytes.put(value ? static_cast<double>(units_of(*value, format)) : 0.5);
  else if (format == "f")
    bytes.put(value ? static_cast<float>(units_of(*value, format)) : 0.5F);
  else if (is_decimal && width == "128") {
    auto const units = value ? units_of(*value, format) : -7;
    bytes.put(units);
    bytes.put(value ? std::int64_t{units < 0 ? -1 : 0} : std::int64_t{0x7FFF'FFFF'FFFF'FFFF});
  } else
    put_units<std::int64_t>(bytes, value, format);
  return bytes.size();
}

inline void put_texts(MadeArray& made, std::vector<std::optional<Value>> const& values, std::string const& format)
{
  Bytes views;
  Bytes data;
  auto const offset = [&] {
    if (format == "U")
      views.put(static_cast<std::int64_t>(data.size()));
    else
      views.put(static_cast<std::int32_t>(data.size()));
  };
  if (format != "vu") offset();
  for (auto const& value : values) {
    auto const text = value ? *value->as_string() : std::string("garbage under a null");
    if (format != "vu") {
      data.put(text);
      offset();
      continue;
    }
    if (!value) {
      for (int i = 0; i < 4; ++i) views.put(std::int32_t{0x7000'0000});
      continue;
    }
    views.put(static_cast<std::int32_t>(text.size()));
    auto inside = text;
    inside.resize(12, '\0');
    if (text.size() <= 12) {
      views.put(inside);
      continue;
    }
    views.put(inside.substr(0, 4));
    views.put(std::int32_t{0});
    views.put(static_cast<std::int32_t>(data.size()));
    data.put(text);
  }
  made.add(std::move(views));
  auto const size = static_cast<std::int64_t>(data.size());
  made.add(std::move(data));
  if (format != "vu") return;
  Bytes sizes;
  sizes.put(size);
  made.add(std::move(sizes));
}

/// Indices into a dictionary, and the dictionary.
inline void put_codes(MadeArray& made, std::vector<std::optional<Value>> const& values, std::string const& index,
                      std::string const& format, bool reversed)
{
  std::vector<std::optional<Value>> entries;
  auto const place = [&](Value const& value) {
    for (std::size_t i = 0; i < entries.size(); ++i)
      if (entries[i] == value) return i;
    entries.emplace_back(value);
    return entries.size() - 1;
  };
  if (reversed) entries.emplace_back(std::nullopt);
  for (auto const& value : values)
    if (value) static_cast<void>(place(*value));
  if (reversed && entries.size() > 1) {
    std::reverse(entries.begin() + 1, entries.end());
    entries.push_back(entries[1]);  // the same text twice
  }
  Bytes codes;
  std::size_t row = 0;
  for (auto const& value : values) {
    std::optional<Value> number;
    if (value) number = Value(Decimal(static_cast<std::int64_t>(place(*value))));
    if (!value && reversed && row % 2 == 0) number = Value(Decimal(0));
    put_fixed(codes, number, index);
    ++row;
  }
  made.add(std::move(codes));
  made.dictionary = make_column({"", format, entries, 0, true, true, false, 0});
}

/// The elements of all lists, with garbage before the first and below nulls. \param element Format of an element.
inline void put_lists(MadeArray& made, std::vector<std::optional<Value>> const& values, std::string const& element,
                      GivenColumn const& given)
{
  bool const fixed = made.format[1] == 'w';
  std::size_t const size = fixed ? static_cast<std::size_t>(std::stoi(made.format.substr(3))) : 0;
  std::vector<std::optional<Value>> items(fixed ? 0 : 3, std::nullopt);
  Bytes offsets;
  auto const put_offset = [&] {
    if (made.format == "+L")
      offsets.put(static_cast<std::int64_t>(items.size()));
    else
      offsets.put(static_cast<std::int32_t>(items.size()));
  };
  put_offset();
  for (auto const& value : values) {
    if (!value) items.resize(items.size() + (fixed ? size : 2));
    for (std::size_t i = 0; value && i < value->as_list()->items.size(); ++i) {
      auto const& item = value->as_list()->items[i];
      items.push_back(item.is(Kind::unknown) ? std::nullopt : std::optional(item));
    }
    put_offset();
  }
  if (!fixed) made.add(std::move(offsets), given.misaligned);
  if (element.front() != '{') {
    made.children.push_back(
        make_column({"item", element, items, given.offset, given.validity, given.count_nulls, given.reversed, 0}));
    return;
  }
  std::vector<std::unique_ptr<MadeArray>> columns;
  for (auto const& [name, format] : fields_of(element)) {
    std::vector<std::optional<Value>> entries;
    for (auto const& item : items) {
      auto const* entry = item ? item->as_context()->find(name) : nullptr;
      bool const null = entry == nullptr || entry->is(Kind::unknown);
      entries.push_back(null ? std::nullopt : std::optional(*entry));
    }
    columns.push_back(make_column({name, format, entries, given.offset, given.validity, given.count_nulls}));
  }
  std::vector<bool> nulls;
  for (auto const& item : items) nulls.push_back(!item);
  made.children.push_back(make_struct("item", std::move(columns), items.size(), nulls));
}

}  // namespace parts

inline std::unique_ptr<MadeArray> make_column(GivenColumn const& given)
{
  auto made = std::make_unique<MadeArray>();
  bool const list = given.format.front() == '+' && given.format.find(':') != std::string::npos;
  auto const colon = list ? given.format.find(':', given.format[1] == 'w' ? 3 : 0) : std::string::npos;
  auto const arrow = list ? std::string::npos : given.format.find('>');
  made->format = given.format.substr(0, list ? colon : arrow);
  made->name = given.name;
  std::vector<std::optional<Value>> values(given.offset, std::nullopt);
  values.insert(values.end(), given.values.begin(), given.values.end());
  bool const in_dictionary_null = arrow != std::string::npos && given.reversed;
  std::int64_t nulls = 0;
  Bytes valid;
  for (std::size_t i = 0; i < values.size(); ++i) {
    bool const held = values[i].has_value() || (in_dictionary_null && i % 2 == 0);
    valid.put_bit(i, held);
    if (i >= given.offset && !held) ++nulls;
  }
  bool const bitmap = given.validity || nulls > 0;
  if (given.format != "n") made->add(bitmap ? std::optional(std::move(valid)) : std::nullopt);
  if (list) {
    parts::put_lists(*made, values, given.format.substr(colon + 1), given);
  } else if (arrow != std::string::npos) {
    parts::put_codes(*made, values, made->format, given.format.substr(arrow + 1), given.reversed);
  } else if (given.format == "u" || given.format == "U" || given.format == "vu") {
    parts::put_texts(*made, values, given.format);
  } else if (given.format == "b") {
    Bytes bits;
    for (std::size_t i = 0; i < values.size(); ++i) bits.put_bit(i, values[i] ? *values[i]->as_boolean() : i % 3 == 0);
    made->add(std::move(bits), given.misaligned);
  } else if (given.format != "n") {
    Bytes bytes;
    for (auto const& value : values) parts::put_fixed(bytes, value, given.format);
    made->add(std::move(bytes), given.misaligned);
  }
  made->array.length = static_cast<std::int64_t>(given.values.size());
  made->array.offset = static_cast<std::int64_t>(given.offset);
  made->array.null_count = given.count_nulls ? nulls : -1;
  made->finish();
  return made;
}

/// A struct of columns. \param null_rows Rows at which the struct is null. \param offset Its own; the columns hold rows before it.
inline std::unique_ptr<MadeArray> make_struct(std::string name, std::vector<std::unique_ptr<MadeArray>> columns,
                                              std::size_t rows, std::vector<bool> const& null_rows, std::size_t offset)
{
  auto made = std::make_unique<MadeArray>();
  made->format = "+s";
  made->name = std::move(name);
  made->children = std::move(columns);
  if (null_rows.empty()) {
    made->add(std::nullopt);
  } else {
    Bytes valid;
    for (std::size_t i = 0; i < offset; ++i) valid.put_bit(i, i % 2 == 0);
    for (std::size_t i = 0; i < null_rows.size(); ++i) valid.put_bit(offset + i, !null_rows[i]);
    made->add(std::move(valid));
    made->array.null_count = -1;
  }
  made->array.length = static_cast<std::int64_t>(rows);
  made->array.offset = static_cast<std::int64_t>(offset);
  made->finish();
  return made;
}

/// A table of columns.
inline std::unique_ptr<MadeArray> make_table(std::vector<GivenColumn> const& columns)
{
  std::vector<std::unique_ptr<MadeArray>> made;
  for (auto const& column : columns) made.push_back(make_column(column));
  return make_struct("", std::move(made), columns.empty() ? 0 : columns.front().values.size());
}

/// A stream of arrays that others hold; counts what is released.
struct Chunks {
  std::vector<MadeArray*> parts;
  std::size_t next = 0;
  int released = 0;
  int fails_at = -1;

  ArrowArrayStream stream()
  {
    ArrowArrayStream made{};
    made.private_data = this;
    made.get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
      *out = static_cast<Chunks*>(self->private_data)->parts.front()->schema;
      return 0;
    };
    made.get_next = [](ArrowArrayStream* self, ArrowArray* out) {
      auto& chunks = *static_cast<Chunks*>(self->private_data);
      *out = {};
      if (static_cast<int>(chunks.next) == chunks.fails_at) return 5;
      if (chunks.next < chunks.parts.size()) *out = chunks.parts[chunks.next++]->array;
      return 0;
    };
    made.get_last_error = [](ArrowArrayStream*) { return "the disk is gone"; };
    made.release = [](ArrowArrayStream* self) {
      ++static_cast<Chunks*>(self->private_data)->released;
      self->release = nullptr;
    };
    return made;
  }
};

}  // namespace tutela::test
