#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes host.h: the part of DuckDB's stable C interface that the extension uses. Usage: host_table.py FOLDER > host.h

clang-format then lays it out.

FOLDER has DuckDB's own duckdb.h and duckdb_extension.h (src/include of its sources; the crate libduckdb-sys carries them).
An extension gets one table of function pointers, whose order never changes from version 1.2.0 of the interface on. So a
function has its place in the table for good, and what is not used is a gap of so many places.
"""
import pathlib
import re
import sys

USED = """
duckdb_connect duckdb_disconnect duckdb_malloc duckdb_free duckdb_create_logical_type duckdb_create_list_type
duckdb_create_struct_type duckdb_create_enum_type duckdb_get_type_id duckdb_decimal_width duckdb_decimal_scale
duckdb_decimal_internal_type duckdb_enum_internal_type duckdb_enum_dictionary_size duckdb_enum_dictionary_value
duckdb_list_type_child_type duckdb_array_type_child_type duckdb_array_type_array_size duckdb_struct_type_child_count
duckdb_struct_type_child_name duckdb_struct_type_child_type duckdb_destroy_logical_type duckdb_data_chunk_get_vector
duckdb_data_chunk_get_size duckdb_vector_get_column_type duckdb_vector_get_data duckdb_vector_get_validity
duckdb_vector_ensure_validity_writable duckdb_vector_assign_string_element_len duckdb_list_vector_get_child
duckdb_list_vector_get_size duckdb_list_vector_set_size duckdb_list_vector_reserve duckdb_struct_vector_get_child
duckdb_array_vector_get_child duckdb_create_scalar_function duckdb_destroy_scalar_function
duckdb_scalar_function_set_name duckdb_scalar_function_set_special_handling duckdb_scalar_function_add_parameter
duckdb_scalar_function_set_return_type duckdb_scalar_function_set_extra_info duckdb_scalar_function_set_function
duckdb_register_scalar_function duckdb_scalar_function_get_extra_info duckdb_scalar_function_set_error
duckdb_create_scalar_function_set duckdb_destroy_scalar_function_set duckdb_add_scalar_function_to_set
duckdb_register_scalar_function_set
""".split()

TYPES = """
INVALID BOOLEAN TINYINT SMALLINT INTEGER BIGINT UTINYINT USMALLINT UINTEGER UBIGINT FLOAT DOUBLE TIMESTAMP DATE HUGEINT
VARCHAR DECIMAL TIMESTAMP_S TIMESTAMP_MS TIMESTAMP_NS ENUM LIST STRUCT MAP TIMESTAMP_TZ ARRAY ANY SQLNULL
""".split()

HANDLES = "database connection extension_info function_info logical_type data_chunk vector scalar_function scalar_function_set"

BEGIN = """/* SPDX-License-Identifier: Apache-2.0 */
/// \\file
/// The part of DuckDB's stable C interface that the extension uses. Written by host_table.py; not edited by hand.
///
/// Names, types and places are those of duckdb.h and duckdb_extension.h, (c) Stichting DuckDB Foundation, MIT License.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

"""


def entries(text):
    """The functions of the table up to the first one that is newer than 1.2.0: name and declaration, in their order."""
    table = re.search(r"typedef struct \{\n(.*?)\n\} duckdb_ext_api_v1;", text, re.S)[1]
    table = re.sub(r"//.*", "", table).split("#if DUCKDB_API_VERSION_AT_LEAST(1, 5, 6)")[0]
    for declaration in table.split(";"):
        declaration = " ".join(declaration.split())
        if name := re.search(r"\(\*(\w+)\)", declaration):
            yield name[1], declaration
        elif declaration and not declaration.startswith("#"):
            sys.exit(f"not understood: {declaration}")


def gap(number, count):
    return f"  void (*others_{number}[{count}])(void);"


def main():
    folder = pathlib.Path(sys.argv[1])
    numbers = dict(re.findall(r"\bDUCKDB_TYPE_(\w+) = (\d+)", (folder / "duckdb.h").read_text()))
    lines = ["typedef uint64_t idx_t;", "", "typedef enum duckdb_type {"]
    lines += [f"  DUCKDB_TYPE_{name} = {numbers[name]}," for name in TYPES]
    lines += ["} duckdb_type;", "", "typedef enum duckdb_state { DuckDBSuccess = 0, DuckDBError = 1 } duckdb_state;", ""]
    lines += [f"typedef struct _duckdb_{name} {{\n  void* internal_ptr;\n}} * duckdb_{name};" for name in HANDLES.split()]
    lines += ["", "typedef void (*duckdb_delete_callback_t)(void* data);",
              "typedef void (*duckdb_scalar_function_t)(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output);",
              "", "/// The functions, each in its place.", "typedef struct tutela_duckdb_host {"]
    found, last, place = set(), 0, -1
    for place, (name, declaration) in enumerate(entries((folder / "duckdb_extension.h").read_text())):
        if name in USED:
            lines += [gap(last, place - last)] if place > last else []
            lines.append(f"  {declaration};")
            last = place + 1
            found.add(name)
    if missing := set(USED) - found:
        sys.exit(f"not in the table: {', '.join(sorted(missing))}")
    lines += ["} tutela_duckdb_host;", "", "/// What DuckDB hands an extension that it loads.", "typedef struct duckdb_extension_access {",
              "  void (*set_error)(duckdb_extension_info info, const char* error);",
              "  duckdb_database* (*get_database)(duckdb_extension_info info);",
              "  const void* (*get_api)(duckdb_extension_info info, const char* version);", "} duckdb_extension_access;"]
    print(BEGIN + "\n".join(lines))


main()
