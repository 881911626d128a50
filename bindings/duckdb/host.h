/* SPDX-License-Identifier: Apache-2.0 */
/// \file
/// The part of DuckDB's stable C interface that the extension uses. Written by host_table.py; not edited by hand.
///
/// Names, types and places are those of duckdb.h and duckdb_extension.h, (c) Stichting DuckDB Foundation, MIT License.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t idx_t;

typedef enum duckdb_type {
  DUCKDB_TYPE_INVALID = 0,
  DUCKDB_TYPE_BOOLEAN = 1,
  DUCKDB_TYPE_TINYINT = 2,
  DUCKDB_TYPE_SMALLINT = 3,
  DUCKDB_TYPE_INTEGER = 4,
  DUCKDB_TYPE_BIGINT = 5,
  DUCKDB_TYPE_UTINYINT = 6,
  DUCKDB_TYPE_USMALLINT = 7,
  DUCKDB_TYPE_UINTEGER = 8,
  DUCKDB_TYPE_UBIGINT = 9,
  DUCKDB_TYPE_FLOAT = 10,
  DUCKDB_TYPE_DOUBLE = 11,
  DUCKDB_TYPE_TIMESTAMP = 12,
  DUCKDB_TYPE_DATE = 13,
  DUCKDB_TYPE_HUGEINT = 16,
  DUCKDB_TYPE_VARCHAR = 17,
  DUCKDB_TYPE_DECIMAL = 19,
  DUCKDB_TYPE_TIMESTAMP_S = 20,
  DUCKDB_TYPE_TIMESTAMP_MS = 21,
  DUCKDB_TYPE_TIMESTAMP_NS = 22,
  DUCKDB_TYPE_ENUM = 23,
  DUCKDB_TYPE_LIST = 24,
  DUCKDB_TYPE_STRUCT = 25,
  DUCKDB_TYPE_MAP = 26,
  DUCKDB_TYPE_TIMESTAMP_TZ = 31,
  DUCKDB_TYPE_ARRAY = 33,
  DUCKDB_TYPE_ANY = 34,
  DUCKDB_TYPE_SQLNULL = 36,
} duckdb_type;

typedef enum duckdb_state { DuckDBSuccess = 0, DuckDBError = 1 } duckdb_state;

typedef struct _duckdb_database {
  void* internal_ptr;
} * duckdb_database;
typedef struct _duckdb_connection {
  void* internal_ptr;
} * duckdb_connection;
typedef struct _duckdb_extension_info {
  void* internal_ptr;
} * duckdb_extension_info;
typedef struct _duckdb_function_info {
  void* internal_ptr;
} * duckdb_function_info;
typedef struct _duckdb_logical_type {
  void* internal_ptr;
} * duckdb_logical_type;
typedef struct _duckdb_data_chunk {
  void* internal_ptr;
} * duckdb_data_chunk;
typedef struct _duckdb_vector {
  void* internal_ptr;
} * duckdb_vector;
typedef struct _duckdb_scalar_function {
  void* internal_ptr;
} * duckdb_scalar_function;
typedef struct _duckdb_scalar_function_set {
  void* internal_ptr;
} * duckdb_scalar_function_set;

typedef void (*duckdb_delete_callback_t)(void* data);
typedef void (*duckdb_scalar_function_t)(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output);

/// The functions, each in its place.
typedef struct tutela_duckdb_host {
  void (*others_0[3])(void);
  duckdb_state (*duckdb_connect)(duckdb_database database, duckdb_connection* out_connection);
  void (*others_4[2])(void);
  void (*duckdb_disconnect)(duckdb_connection* connection);
  void (*others_7[17])(void);
  void* (*duckdb_malloc)(size_t size);
  void (*duckdb_free)(void* ptr);
  void (*others_26[130])(void);
  duckdb_logical_type (*duckdb_create_logical_type)(duckdb_type type);
  void (*others_157[2])(void);
  duckdb_logical_type (*duckdb_create_list_type)(duckdb_logical_type type);
  void (*others_160[3])(void);
  duckdb_logical_type (*duckdb_create_struct_type)(duckdb_logical_type* member_types, const char** member_names,
                                                   idx_t member_count);
  duckdb_logical_type (*duckdb_create_enum_type)(const char** member_names, idx_t member_count);
  void (*others_165[1])(void);
  duckdb_type (*duckdb_get_type_id)(duckdb_logical_type type);
  uint8_t (*duckdb_decimal_width)(duckdb_logical_type type);
  uint8_t (*duckdb_decimal_scale)(duckdb_logical_type type);
  duckdb_type (*duckdb_decimal_internal_type)(duckdb_logical_type type);
  duckdb_type (*duckdb_enum_internal_type)(duckdb_logical_type type);
  uint32_t (*duckdb_enum_dictionary_size)(duckdb_logical_type type);
  char* (*duckdb_enum_dictionary_value)(duckdb_logical_type type, idx_t index);
  duckdb_logical_type (*duckdb_list_type_child_type)(duckdb_logical_type type);
  duckdb_logical_type (*duckdb_array_type_child_type)(duckdb_logical_type type);
  idx_t (*duckdb_array_type_array_size)(duckdb_logical_type type);
  void (*others_176[2])(void);
  idx_t (*duckdb_struct_type_child_count)(duckdb_logical_type type);
  char* (*duckdb_struct_type_child_name)(duckdb_logical_type type, idx_t index);
  duckdb_logical_type (*duckdb_struct_type_child_type)(duckdb_logical_type type, idx_t index);
  void (*others_181[3])(void);
  void (*duckdb_destroy_logical_type)(duckdb_logical_type* type);
  void (*others_185[5])(void);
  duckdb_vector (*duckdb_data_chunk_get_vector)(duckdb_data_chunk chunk, idx_t col_idx);
  idx_t (*duckdb_data_chunk_get_size)(duckdb_data_chunk chunk);
  void (*others_192[1])(void);
  duckdb_logical_type (*duckdb_vector_get_column_type)(duckdb_vector vector);
  void* (*duckdb_vector_get_data)(duckdb_vector vector);
  uint64_t* (*duckdb_vector_get_validity)(duckdb_vector vector);
  void (*duckdb_vector_ensure_validity_writable)(duckdb_vector vector);
  void (*others_197[1])(void);
  void (*duckdb_vector_assign_string_element_len)(duckdb_vector vector, idx_t index, const char* str, idx_t str_len);
  duckdb_vector (*duckdb_list_vector_get_child)(duckdb_vector vector);
  idx_t (*duckdb_list_vector_get_size)(duckdb_vector vector);
  duckdb_state (*duckdb_list_vector_set_size)(duckdb_vector vector, idx_t size);
  duckdb_state (*duckdb_list_vector_reserve)(duckdb_vector vector, idx_t required_capacity);
  duckdb_vector (*duckdb_struct_vector_get_child)(duckdb_vector vector, idx_t index);
  duckdb_vector (*duckdb_array_vector_get_child)(duckdb_vector vector);
  void (*others_205[4])(void);
  duckdb_scalar_function (*duckdb_create_scalar_function)(void);
  void (*duckdb_destroy_scalar_function)(duckdb_scalar_function* scalar_function);
  void (*duckdb_scalar_function_set_name)(duckdb_scalar_function scalar_function, const char* name);
  void (*others_212[1])(void);
  void (*duckdb_scalar_function_set_special_handling)(duckdb_scalar_function scalar_function);
  void (*others_214[1])(void);
  void (*duckdb_scalar_function_add_parameter)(duckdb_scalar_function scalar_function, duckdb_logical_type type);
  void (*duckdb_scalar_function_set_return_type)(duckdb_scalar_function scalar_function, duckdb_logical_type type);
  void (*duckdb_scalar_function_set_extra_info)(duckdb_scalar_function scalar_function, void* extra_info,
                                                duckdb_delete_callback_t destroy);
  void (*duckdb_scalar_function_set_function)(duckdb_scalar_function scalar_function,
                                              duckdb_scalar_function_t function);
  duckdb_state (*duckdb_register_scalar_function)(duckdb_connection con, duckdb_scalar_function scalar_function);
  void* (*duckdb_scalar_function_get_extra_info)(duckdb_function_info info);
  void (*duckdb_scalar_function_set_error)(duckdb_function_info info, const char* error);
  duckdb_scalar_function_set (*duckdb_create_scalar_function_set)(const char* name);
  void (*duckdb_destroy_scalar_function_set)(duckdb_scalar_function_set* scalar_function_set);
  duckdb_state (*duckdb_add_scalar_function_to_set)(duckdb_scalar_function_set set, duckdb_scalar_function function);
  duckdb_state (*duckdb_register_scalar_function_set)(duckdb_connection con, duckdb_scalar_function_set set);
} tutela_duckdb_host;

/// What DuckDB hands an extension that it loads.
typedef struct duckdb_extension_access {
  void (*set_error)(duckdb_extension_info info, const char* error);
  duckdb_database* (*get_database)(duckdb_extension_info info);
  const void* (*get_api)(duckdb_extension_info info, const char* version);
} duckdb_extension_access;
