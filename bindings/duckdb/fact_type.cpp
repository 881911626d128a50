// SPDX-License-Identifier: Apache-2.0
/// \file
/// A type of DuckDB, walked through once.
#include "duckdb/fact_type.hpp"

#include <cstddef>
#include <memory>

namespace tutela::duckdb {
namespace {

/// A name that DuckDB allocated.
struct Freed {
  void operator()(char* text) const { host().duckdb_free(text); }
};
using HostText = std::unique_ptr<char, Freed>;

std::size_t name_count(duckdb_type id, duckdb_logical_type type)
{
  if (id == DUCKDB_TYPE_STRUCT) return host().duckdb_struct_type_child_count(type);
  return id == DUCKDB_TYPE_ENUM ? host().duckdb_enum_dictionary_size(type) : 0;
}

HostText name_at(duckdb_type id, duckdb_logical_type type, std::size_t place)
{
  return HostText(id == DUCKDB_TYPE_STRUCT ? host().duckdb_struct_type_child_name(type, place)
                                           : host().duckdb_enum_dictionary_value(type, static_cast<idx_t>(place)));
}

std::size_t inner_count(duckdb_type id, duckdb_logical_type type)
{
  if (id == DUCKDB_TYPE_STRUCT) return host().duckdb_struct_type_child_count(type);
  return id == DUCKDB_TYPE_LIST || id == DUCKDB_TYPE_ARRAY ? 1 : 0;
}

LogicalType inner_at(duckdb_type id, duckdb_logical_type type, std::size_t place)
{
  if (id == DUCKDB_TYPE_STRUCT) return LogicalType(host().duckdb_struct_type_child_type(type, place));
  return LogicalType(id == DUCKDB_TYPE_LIST ? host().duckdb_list_type_child_type(type)
                                            : host().duckdb_array_type_child_type(type));
}

duckdb_type stored_as(duckdb_type id, duckdb_logical_type type)
{
  if (id == DUCKDB_TYPE_DECIMAL) return host().duckdb_decimal_internal_type(type);
  return id == DUCKDB_TYPE_ENUM ? host().duckdb_enum_internal_type(type) : id;
}

}  // namespace

FactType::FactType(duckdb_logical_type type) : id(host().duckdb_get_type_id(type)), stored(stored_as(id, type))
{
  if (id == DUCKDB_TYPE_DECIMAL) {
    width = host().duckdb_decimal_width(type);
    scale = host().duckdb_decimal_scale(type);
  }
  if (id == DUCKDB_TYPE_ARRAY) size = host().duckdb_array_type_array_size(type);
  for (std::size_t i = 0; i < name_count(id, type); ++i) names.emplace_back(name_at(id, type, i).get());
  for (std::size_t i = 0; i < inner_count(id, type); ++i) inner.emplace_back(inner_at(id, type, i).get());
}

bool FactType::is(duckdb_logical_type type) const
{
  if (host().duckdb_get_type_id(type) != id) return false;
  if (id == DUCKDB_TYPE_DECIMAL)
    return host().duckdb_decimal_width(type) == width && host().duckdb_decimal_scale(type) == scale;
  if (id == DUCKDB_TYPE_ARRAY && host().duckdb_array_type_array_size(type) != size) return false;
  if (name_count(id, type) != names.size()) return false;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] != name_at(id, type, i).get()) return false;
  for (std::size_t i = 0; i < inner.size(); ++i)
    if (!inner[i].is(inner_at(id, type, i).get())) return false;
  return true;
}

void FactType::append_key(std::string& key) const
{
  key += '(' + std::to_string(static_cast<int>(id));
  for (auto const number : {std::size_t{width}, std::size_t{scale}, static_cast<std::size_t>(size), names.size()})
    key += ',' + std::to_string(number);
  // A length before each name, so that no name can look like a type.
  for (auto const& name : names) key += ';' + std::to_string(name.size()) + ':' + name;
  for (auto const& each : inner) each.append_key(key);
  key += ')';
}

}  // namespace tutela::duckdb
