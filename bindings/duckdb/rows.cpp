// SPDX-License-Identifier: Apache-2.0
/// \file
/// The facts of many rows, as DuckDB hands them over, as a table in Arrow's layout.
#include "duckdb/rows.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <unordered_map>
#include <utility>

#include <tutela/base/result.hpp>

#include "columns/bits.hpp"

namespace tutela::duckdb {
namespace {

/// Nothing is freed by whoever reads: the rows own everything. A reader only asks whether it was released.
template <class T>
void keep(T*)
{
}

/// Arrow's letter for a type whose values lie in the same way; nothing for all others.
char const* same_layout(duckdb_type type)
{
  switch (type) {
    case DUCKDB_TYPE_TINYINT: return "c";
    case DUCKDB_TYPE_SMALLINT: return "s";
    case DUCKDB_TYPE_INTEGER: return "i";
    case DUCKDB_TYPE_BIGINT: return "l";
    case DUCKDB_TYPE_UTINYINT: return "C";
    case DUCKDB_TYPE_USMALLINT: return "S";
    case DUCKDB_TYPE_UINTEGER: return "I";
    case DUCKDB_TYPE_UBIGINT: return "L";
    case DUCKDB_TYPE_HUGEINT: return "d:38,0";
    case DUCKDB_TYPE_FLOAT: return "f";
    case DUCKDB_TYPE_DOUBLE: return "g";
    case DUCKDB_TYPE_DATE: return "tdD";
    case DUCKDB_TYPE_TIMESTAMP: return "tsu:";
    case DUCKDB_TYPE_TIMESTAMP_S: return "tss:";
    case DUCKDB_TYPE_TIMESTAMP_MS: return "tsm:";
    case DUCKDB_TYPE_TIMESTAMP_NS: return "tsn:";
    case DUCKDB_TYPE_TIMESTAMP_TZ: return "tsu:UTC";
    default: return nullptr;
  }
}

char const* index_format(duckdb_type type)
{
  return type == DUCKDB_TYPE_UTINYINT ? "C" : type == DUCKDB_TYPE_USMALLINT ? "S" : "I";
}

/// Bytes of a value of such a type.
std::size_t bytes_of(duckdb_type type)
{
  switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_UTINYINT: return 1;
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_USMALLINT: return 2;
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DATE: return 4;
    case DUCKDB_TYPE_HUGEINT:
    case DUCKDB_TYPE_VARCHAR:
    case DUCKDB_TYPE_LIST: return 16;
    default: return 8;
  }
}

/// Arrow's name for a decimal.
std::string decimal_format(FactType const& type)
{
  auto const written = "d:" + std::to_string(type.width) + ',' + std::to_string(type.scale);
  if (type.stored == DUCKDB_TYPE_HUGEINT) return written;
  return written + (type.stored == DUCKDB_TYPE_BIGINT ? ",64" : ",32");
}

/// Makes room for some values; what was there is not kept.
template <class T>
T* room(std::vector<std::byte>& made, std::size_t count)
{
  if (made.size() < count * sizeof(T)) made.resize(count * sizeof(T));
  return reinterpret_cast<T*>(made.data());
}

/// Values in another order.
template <class T>
void const* in_order(std::vector<std::byte>& made, void const* values, std::size_t const* order, std::size_t count)
{
  auto* const out = room<T>(made, count);
  for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<T const*>(values)[order[i]];
  return out;
}

void const* in_order(std::vector<std::byte>& made, void const* values, std::size_t bytes, std::size_t const* order,
                     std::size_t count)
{
  switch (bytes) {
    case 1: return in_order<std::uint8_t>(made, values, order, count);
    case 2: return in_order<std::uint16_t>(made, values, order, count);
    case 4: return in_order<std::uint32_t>(made, values, order, count);
    case 8: return in_order<std::uint64_t>(made, values, order, count);
    default: return in_order<ListCell>(made, values, order, count);  // of all that have sixteen bytes
  }
}

std::uint64_t const* bits_in_order(std::vector<std::byte>& made, std::uint64_t const* bits, std::size_t const* order,
                                   std::size_t count)
{
  auto* const out = room<std::uint64_t>(made, count / 64 + 1);
  std::fill_n(out, count / 64 + 1, 0);
  for (std::size_t i = 0; i < count; ++i) out[i / 64] |= std::uint64_t{is_valid(bits, order[i])} << i % 64;
  return out;
}

/// Different texts of a column as numbers from 0 on. Mostly there are few and short ones.
class Distinct {
 public:
  std::int32_t code_of(TextCell const& cell)
  {
    if (!cell.in_place()) return code_of(cell.text());
    std::uint64_t halves[2];  // a short text fills the rest of its cell with zeros
    std::memcpy(halves, &cell, sizeof halves);
    auto& recent = recent_[((halves[0] ^ halves[1] >> 7U) * 0x9E37'79B9'7F4A'7C15U) >> 58U];
    if (recent.code < 0 || recent.halves[0] != halves[0] || recent.halves[1] != halves[1])
      recent = {{halves[0], halves[1]}, code_of(cell.text())};
    return recent.code;
  }

  [[nodiscard]] std::vector<std::string_view> const& texts() const { return texts_; }

 private:
  struct Recent {
    std::uint64_t halves[2];
    std::int32_t code = -1;
  };

  std::int32_t code_of(std::string_view text)
  {
    auto const [found, fresh] = codes_.emplace(text, static_cast<std::int32_t>(texts_.size()));
    if (fresh) texts_.push_back(text);
    return found->second;
  }

  std::array<Recent, 64> recent_{};
  std::unordered_map<std::string_view, std::int32_t> codes_;
  std::vector<std::string_view> texts_;
};

void check_days(std::int32_t const* days, std::uint64_t const* validity, std::size_t rows, std::string const& path)
{
  constexpr auto infinite = std::numeric_limits<std::int32_t>::max();
  std::int32_t any = 0;  // without a branch, and as wide as the days: mostly there is none
  for (std::size_t row = 0; row < rows; ++row)
    any |= static_cast<std::int32_t>(days[row] == infinite) | static_cast<std::int32_t>(days[row] == -infinite);
  if (any == 0) return;
  for (std::size_t row = 0; row < rows; ++row)
    if ((days[row] == infinite || days[row] == -infinite) && is_valid(validity, row))
      throw Error({{Code::invalid_date,
                    Severity::error,
                    {{}, 0, 0, "/" + path},
                    "the field '" + path + "' holds an infinite date, which is no day of the calendar",
                    "give NULL where the day is not known"}});
}

/// Where the elements of a row are.
class Extents {
 public:
  Extents(FactType const& type, void const* cells, std::size_t const* order)
      : cells_(static_cast<ListCell const*>(cells)), size_(static_cast<std::size_t>(type.size)), order_(order)
  {
  }

  [[nodiscard]] ListCell of(std::size_t row) const
  {
    auto const place = order_ != nullptr ? order_[row] : row;
    return cells_ != nullptr ? cells_[place] : ListCell{place * size_, size_};
  }

 private:
  ListCell const* cells_;  ///< None of arrays.
  std::size_t size_;
  std::size_t const* order_;
};

}  // namespace

Rows::Rows(duckdb_logical_type type) : type_(type)
{
  if (type_.id != DUCKDB_TYPE_STRUCT)
    throw Error(
        {{Code::wrong_type,
          Severity::error,
          {},
          "the facts are no STRUCT",
          "name each fact: {'person.birth_date': born, 'family.vulnerable': vulnerable}, or give a row of a table "
          "or subquery by its name"}});
  set_up(table_, type_, false);
  type_.append_key(key_);
}

void Rows::add_node(Node& parent, FactType const& type, std::string const& name, bool in_list)
{
  auto& node = *parent.nodes.emplace_back(std::make_unique<Node>());
  node.name = name;
  node.path = parent.path.empty() || name.empty() ? parent.path + name : parent.path + '.' + name;
  set_up(node, type, in_list);
  parent.types.push_back(&node.schema);
  parent.arrays.push_back(&node.array);
}

/// Finds out how a type is read, and ties its node to what it points to: the node no longer moves.
void Rows::set_up(Node& node, FactType const& type, bool in_list)
{
  node.type = &type;
  if (type.id == DUCKDB_TYPE_STRUCT) {
    node.way = Way::structs;
    node.format = "+s";
    for (std::size_t i = 0; i < type.inner.size(); ++i) add_node(node, type.inner[i], type.names[i], in_list);
  } else {
    if (!in_list) columns_.push_back(node.path);
    if (in_list && !node.name.empty()) element_fields_.push_back(node.path);
    set_up_value(node, type);
  }
  std::int64_t const buffers = node.way == Way::none ? 0 : node.way == Way::structs ? 1 : 2;
  node.schema.format = node.format.c_str();
  node.schema.name = node.name.c_str();
  node.schema.flags = ARROW_FLAG_NULLABLE;
  node.schema.n_children = static_cast<std::int64_t>(node.types.size());
  node.schema.children = node.types.data();
  node.schema.release = keep<ArrowSchema>;
  node.array.null_count = -1;
  node.array.n_buffers = buffers;
  node.array.buffers = node.buffers.data();
  node.array.n_children = node.schema.n_children;
  node.array.children = node.arrays.data();
  node.array.release = keep<ArrowArray>;
}

void Rows::set_up_value(Node& node, FactType const& type)
{
  node.way = Way::in_place;
  node.bytes = bytes_of(type.stored);
  if (auto const* format = same_layout(type.id)) {
    node.format = format;
  } else if (type.id == DUCKDB_TYPE_BOOLEAN) {
    node.way = Way::booleans;
    node.format = "b";
  } else if (type.id == DUCKDB_TYPE_VARCHAR) {
    node.way = Way::texts;
    node.format = "i";
    set_up_dictionary(node);
  } else if (type.id == DUCKDB_TYPE_DECIMAL) {
    if (type.stored == DUCKDB_TYPE_SMALLINT) node.way = Way::widened;
    node.format = decimal_format(type);
  } else if (type.id == DUCKDB_TYPE_ENUM) {
    node.format = index_format(type.stored);
    set_up_dictionary(node);
    fill_dictionary(node, {type.names.begin(), type.names.end()});
  } else if (type.id == DUCKDB_TYPE_LIST || type.id == DUCKDB_TYPE_ARRAY) {
    node.way = Way::lists;
    node.format = "+L";
    add_node(node, type.inner.front(), {}, true);
  } else {
    refuse(node, type);
  }
}

/// Of a type that is not read only the name counts: all its rows are null.
void Rows::refuse(Node& node, FactType const& type)
{
  node.way = Way::none;
  node.format = "n";
  if (type.id == DUCKDB_TYPE_SQLNULL) return;
  bool const map = type.id == DUCKDB_TYPE_MAP;
  refused_.push_back({Code::wrong_type,
                      Severity::error,
                      {{}, 0, 0, "/" + node.path},
                      "the field '" + node.path + "' has a type that no fact is read from in DuckDB",
                      map ? "make a map a list of structs with map_entries(), or leave it out"
                          : "give a BOOLEAN, whole number, DECIMAL, DATE, VARCHAR or ENUM, a STRUCT, LIST or ARRAY of "
                            "them, or leave it out"});
}

void Rows::read(duckdb_vector facts, std::size_t rows) { read(table_, facts, {rows, nullptr}); }

void Rows::read(Node& node, duckdb_vector vector, Level level)
{
  node.array.length = static_cast<std::int64_t>(level.rows);
  if (node.way == Way::none) return;
  auto const* validity = host().duckdb_vector_get_validity(vector);
  if (validity != nullptr && level.order != nullptr)
    node.buffers[0] = bits_in_order(node.made[0], validity, level.order, level.rows);
  else
    node.buffers[0] = validity;
  if (node.way == Way::structs) {
    for (std::size_t i = 0; i < node.nodes.size(); ++i)
      read(*node.nodes[i], host().duckdb_struct_vector_get_child(vector, i), level);
  } else if (node.way == Way::lists) {
    read_lists(node, vector, level);
  } else {
    read_values(node, host().duckdb_vector_get_data(vector), level);
  }
}

void Rows::read_values(Node& node, void const* values, Level level)
{
  if (level.order != nullptr) values = in_order(node.made[2], values, node.bytes, level.order, level.rows);
  node.buffers[1] = values;
  switch (node.way) {
    case Way::booleans: read_booleans(node, static_cast<std::uint8_t const*>(values), level.rows); return;
    case Way::texts: read_texts(node, static_cast<TextCell const*>(values), level.rows); return;
    case Way::widened: {
      auto const* narrow = static_cast<std::int16_t const*>(values);
      auto* const wide = room<std::int32_t>(node.made[1], level.rows);
      std::copy_n(narrow, level.rows, wide);
      node.buffers[1] = wide;
      return;
    }
    default: break;
  }
  if (node.type->id == DUCKDB_TYPE_DATE)
    check_days(static_cast<std::int32_t const*>(values), static_cast<std::uint64_t const*>(node.buffers[0]), level.rows,
               node.path);
}

void Rows::read_booleans(Node& node, std::uint8_t const* values, std::size_t rows)
{
  auto* const bits = room<std::uint8_t>(node.made[1], (rows + 7) / 8);
  for (std::size_t first = 0; first + 8 <= rows; first += 8)
    bits[first / 8] = static_cast<std::uint8_t>(detail::bits_of(detail::load_value<std::uint64_t>(values + first, 0)));
  if (rows % 8 != 0) {
    std::uint64_t last = 0;
    std::memcpy(&last, values + rows / 8 * 8, rows % 8);
    bits[rows / 8] = static_cast<std::uint8_t>(detail::bits_of(last));
  }
  node.buffers[1] = bits;
}

void Rows::read_texts(Node& node, TextCell const* cells, std::size_t rows)
{
  auto const* validity = static_cast<std::uint64_t const*>(node.buffers[0]);
  auto* const codes = room<std::int32_t>(node.made[1], rows);
  Distinct distinct;
  for (std::size_t row = 0; row < rows; ++row) codes[row] = is_valid(validity, row) ? distinct.code_of(cells[row]) : 0;
  node.buffers[1] = codes;
  fill_dictionary(node, distinct.texts());
}

void Rows::read_lists(Node& node, duckdb_vector vector, Level level)
{
  bool const array = node.type->id == DUCKDB_TYPE_ARRAY;
  Extents const extents(*node.type, array ? nullptr : host().duckdb_vector_get_data(vector), level.order);
  auto const* validity = static_cast<std::uint64_t const*>(node.buffers[0]);
  auto* const ends = room<std::int64_t>(node.made[1], level.rows + 1);
  std::uint64_t end = 0;
  bool in_line = true;
  ends[0] = 0;
  for (std::size_t row = 0; row < level.rows; ++row) {
    auto const here = is_valid(validity, row) ? extents.of(row) : ListCell{end, 0};
    in_line = in_line && (here.count == 0 || here.first == end);
    end += here.count;
    ends[row + 1] = static_cast<std::int64_t>(end);
  }
  node.buffers[1] = ends;
  // Filters leave elements out, and constants repeat them.
  node.order.clear();
  for (std::size_t row = 0; !in_line && row < level.rows; ++row) {
    if (!is_valid(validity, row)) continue;
    auto const here = extents.of(row);
    for (std::uint64_t i = 0; i < here.count; ++i) node.order.push_back(static_cast<std::size_t>(here.first + i));
  }
  auto const child = array ? host().duckdb_array_vector_get_child(vector) : host().duckdb_list_vector_get_child(vector);
  read(*node.nodes.front(), child, {static_cast<std::size_t>(end), in_line ? nullptr : node.order.data()});
}

void Rows::set_up_dictionary(Node& node)
{
  node.dictionary = std::make_unique<Node>();
  auto& dictionary = *node.dictionary;
  dictionary.format = "u";
  dictionary.schema.format = dictionary.format.c_str();
  dictionary.schema.name = dictionary.name.c_str();
  dictionary.schema.release = keep<ArrowSchema>;
  dictionary.array.n_buffers = 3;
  dictionary.array.buffers = dictionary.buffers.data();
  dictionary.array.release = keep<ArrowArray>;
  node.schema.dictionary = &dictionary.schema;
  node.array.dictionary = &dictionary.array;
}

void Rows::fill_dictionary(Node& node, std::vector<std::string_view> const& entries)
{
  auto& dictionary = *node.dictionary;
  std::size_t all = 0;
  for (auto const entry : entries) all += entry.size();
  if (all > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
    throw Error(
        {{Code::limit_reached, Severity::error, {}, "the texts of '" + node.path + "' have more than 2 GiB", {}}});
  auto* const ends = room<std::int32_t>(dictionary.made[0], entries.size() + 1);
  auto* const bytes = room<char>(dictionary.made[1], all);
  std::int32_t end = 0;
  ends[0] = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].copy(bytes + end, entries[i].size());
    end += static_cast<std::int32_t>(entries[i].size());
    ends[i + 1] = end;
  }
  dictionary.buffers = {nullptr, ends, bytes};
  dictionary.array.length = static_cast<std::int64_t>(entries.size());
}

}  // namespace tutela::duckdb
