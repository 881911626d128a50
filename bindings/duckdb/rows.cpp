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

/// A name that DuckDB allocated.
std::string taken(char* text)
{
  std::string copy(text);
  host().duckdb_free(text);
  return copy;
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

/// Words for as many bytes.
std::vector<std::uint64_t> words(std::size_t bytes) { return std::vector<std::uint64_t>((bytes + 7) / 8 + 1); }

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

}  // namespace

Rows::Rows(duckdb_vector facts, std::size_t rows) : rows_(rows)
{
  LogicalType const type(host().duckdb_vector_get_column_type(facts));
  if (type.id() != DUCKDB_TYPE_STRUCT)
    throw Error(
        {{Code::wrong_type,
          Severity::error,
          {},
          "the facts are no STRUCT",
          "name each fact: {'person.birth_date': born, 'family.vulnerable': vulnerable}, or give a row of a table "
          "or subquery by its name"}});
  table_.format = "+s";
  table_.buffers.push_back(host().duckdb_vector_get_validity(facts));
  add_fields(table_, type.get(), facts, {});
  finish(table_, rows_);
}

/// Ties a node to what it points to; its members no longer move.
void Rows::finish(Node& node, std::size_t length)
{
  node.schema.format = node.format.c_str();
  node.schema.name = node.name.c_str();
  node.schema.flags = ARROW_FLAG_NULLABLE;
  node.schema.n_children = static_cast<std::int64_t>(node.types.size());
  node.schema.children = node.types.data();
  node.schema.release = keep<ArrowSchema>;
  node.array.length = static_cast<std::int64_t>(length);
  node.array.null_count = -1;
  node.array.n_buffers = static_cast<std::int64_t>(node.buffers.size());
  node.array.buffers = node.buffers.data();
  node.array.n_children = static_cast<std::int64_t>(node.children.size());
  node.array.children = node.children.data();
  node.array.release = keep<ArrowArray>;
}

void Rows::add_fields(Node& parent, duckdb_logical_type type, duckdb_vector vector, std::string const& above)
{
  auto const count = host().duckdb_struct_type_child_count(type);
  type_ += '{';
  for (idx_t i = 0; i < count; ++i) {
    auto& node = nodes_.emplace_back();
    node.name = taken(host().duckdb_struct_type_child_name(type, i));
    // A length before each name, so that no name can look like a type.
    type_ += std::to_string(node.name.size()) + ':' + node.name;
    LogicalType const field(host().duckdb_struct_type_child_type(type, i));
    auto const path = above.empty() ? node.name : above + '.' + node.name;
    add_column(node, field.get(), host().duckdb_struct_vector_get_child(vector, i), path);
    finish(node, rows_);
    parent.types.push_back(&node.schema);
    parent.children.push_back(&node.array);
  }
  type_ += '}';
}

void Rows::add_column(Node& node, duckdb_logical_type type, duckdb_vector vector, std::string const& path)
{
  auto const id = host().duckdb_get_type_id(type);
  auto const* validity = host().duckdb_vector_get_validity(vector);
  node.buffers.push_back(validity);
  if (id == DUCKDB_TYPE_STRUCT) {
    node.format = "+s";
    add_fields(node, type, vector, path);
    return;
  }
  columns_.push_back(path);
  auto const* values = host().duckdb_vector_get_data(vector);
  if (id == DUCKDB_TYPE_DATE) check_days(static_cast<std::int32_t const*>(values), validity, path);
  if (auto const* format = same_layout(id)) {
    node.format = format;
    node.buffers.push_back(values);
  } else if (id == DUCKDB_TYPE_BOOLEAN) {
    add_booleans(node, static_cast<std::uint64_t const*>(values));
  } else if (id == DUCKDB_TYPE_VARCHAR) {
    add_texts(node, static_cast<TextCell const*>(values), validity);
  } else if (id == DUCKDB_TYPE_DECIMAL) {
    add_decimals(node, type, values);
  } else if (id == DUCKDB_TYPE_ENUM) {
    add_enumeration(node, type, values);
  } else {
    // Of a type that is not read only the name counts: all its rows are null.
    node.format = "n";
    node.buffers.clear();
    if (id != DUCKDB_TYPE_SQLNULL)
      refused_.push_back({Code::wrong_type,
                          Severity::error,
                          {{}, 0, 0, "/" + path},
                          "the field '" + path + "' has a type that no fact is read from in DuckDB",
                          "give a BOOLEAN, whole number, DECIMAL, DATE, VARCHAR or ENUM, or leave it out"});
  }
  type_ += node.format;
}

void Rows::check_days(std::int32_t const* days, std::uint64_t const* validity, std::string const& path) const
{
  constexpr auto infinite = std::numeric_limits<std::int32_t>::max();
  bool any = false;  // without a branch: mostly there is none
  for (std::size_t row = 0; row < rows_; ++row) any |= (days[row] == infinite) | (days[row] == -infinite);
  if (!any) return;
  for (std::size_t row = 0; row < rows_; ++row)
    if ((days[row] == infinite || days[row] == -infinite) && is_valid(validity, row))
      throw Error({{Code::invalid_date,
                    Severity::error,
                    {{}, 0, 0, "/" + path},
                    "the field '" + path + "' holds an infinite date, which is no day of the calendar",
                    "give NULL where the day is not known"}});
}

void Rows::add_booleans(Node& node, std::uint64_t const* values)
{
  node.format = "b";
  auto& bits = node.kept.emplace_back(words((rows_ + 7) / 8));
  for (std::size_t first = 0; first < rows_; first += 8) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, reinterpret_cast<char const*>(values) + first, std::min<std::size_t>(8, rows_ - first));
    bits[first / 64] |= detail::bits_of(bytes) << first % 64;
  }
  node.buffers.push_back(bits.data());
}

void Rows::add_texts(Node& node, TextCell const* cells, std::uint64_t const* validity)
{
  node.format = "i";
  auto& codes = node.kept.emplace_back(words(rows_ * sizeof(std::int32_t)));
  Distinct distinct;
  for (std::size_t row = 0; row < rows_; ++row) {
    auto const code = is_valid(validity, row) ? distinct.code_of(cells[row]) : 0;
    std::memcpy(reinterpret_cast<char*>(codes.data()) + row * sizeof code, &code, sizeof code);
  }
  node.buffers.push_back(codes.data());
  add_dictionary(node, distinct.texts());
}

void Rows::add_decimals(Node& node, duckdb_logical_type type, void const* values)
{
  auto const written = "d:" + std::to_string(host().duckdb_decimal_width(type)) + ',' +
                       std::to_string(host().duckdb_decimal_scale(type));
  switch (host().duckdb_decimal_internal_type(type)) {
    case DUCKDB_TYPE_SMALLINT: {
      auto& wide = node.kept.emplace_back(words(rows_ * sizeof(std::int32_t)));
      for (std::size_t row = 0; row < rows_; ++row) {
        std::int32_t const value = static_cast<std::int16_t const*>(values)[row];
        std::memcpy(reinterpret_cast<char*>(wide.data()) + row * sizeof value, &value, sizeof value);
      }
      node.format = written + ",32";
      node.buffers.push_back(wide.data());
      return;
    }
    case DUCKDB_TYPE_INTEGER: node.format = written + ",32"; break;
    case DUCKDB_TYPE_BIGINT: node.format = written + ",64"; break;
    default: node.format = written; break;
  }
  node.buffers.push_back(values);
}

void Rows::add_enumeration(Node& node, duckdb_logical_type type, void const* values)
{
  node.format = index_format(host().duckdb_enum_internal_type(type));
  node.buffers.push_back(values);
  auto const count = host().duckdb_enum_dictionary_size(type);
  std::vector<std::string> entries;
  for (std::uint32_t i = 0; i < count; ++i) {
    entries.push_back(taken(host().duckdb_enum_dictionary_value(type, i)));
    type_ += std::to_string(entries.back().size()) + ':' + entries.back();
  }
  add_dictionary(node, {entries.begin(), entries.end()});
}

void Rows::add_dictionary(Node& node, std::vector<std::string_view> const& entries)
{
  auto& dictionary = nodes_.emplace_back();
  std::size_t all = 0;
  for (auto const entry : entries) all += entry.size();
  if (all > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
    throw Error(
        {{Code::limit_reached, Severity::error, {}, "the texts of '" + node.name + "' have more than 2 GiB", {}}});
  auto& ends = dictionary.kept.emplace_back(words((entries.size() + 1) * sizeof(std::int32_t)));
  auto& bytes = dictionary.kept.emplace_back(words(all));
  std::int32_t end = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::memcpy(reinterpret_cast<char*>(bytes.data()) + end, entries[i].data(), entries[i].size());
    end += static_cast<std::int32_t>(entries[i].size());
    std::memcpy(reinterpret_cast<char*>(ends.data()) + (i + 1) * sizeof end, &end, sizeof end);
  }
  dictionary.format = "u";
  dictionary.buffers = {nullptr, ends.data(), bytes.data()};
  finish(dictionary, entries.size());
  node.schema.dictionary = &dictionary.schema;
  node.array.dictionary = &dictionary.array;
}

}  // namespace tutela::duckdb
