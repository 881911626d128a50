/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file
 * The structs of the Apache Arrow C data interface and C stream interface, for programs that have them from nowhere else.
 *
 * They are fixed by the specification (https://arrow.apache.org/docs/format/CDataInterface.html,
 * https://arrow.apache.org/docs/format/CStreamInterface.html) and stand under its guards: include this page or the one of
 * Arrow or nanoarrow, in any order. Nothing of Arrow has to be linked.
 */
#ifndef TUTELA_C_ARROW_H
#define TUTELA_C_ARROW_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
/** Guard of the structs of the data interface. */
#define ARROW_C_DATA_INTERFACE

/** The order of the entries of a dictionary means something. */
#define ARROW_FLAG_DICTIONARY_ORDERED 1
/** Values may be null. */
#define ARROW_FLAG_NULLABLE 2
/** The keys of each map are sorted. */
#define ARROW_FLAG_MAP_KEYS_SORTED 4

/** The type of an array, with names; whoever got it calls `release` once. */
struct ArrowSchema {
  const char* format;                   /**< Type, as the specification writes it. */
  const char* name;                     /**< Name of the column or field; may be NULL. */
  const char* metadata;                 /**< Further keys and values; may be NULL. */
  int64_t flags;                        /**< Sum of `ARROW_FLAG_...`. */
  int64_t n_children;                   /**< Number of fields or element types. */
  struct ArrowSchema** children;        /**< The types of these. */
  struct ArrowSchema* dictionary;       /**< Type of the entries of a dictionary; NULL without one. */
  void (*release)(struct ArrowSchema*); /**< Frees the type; NULL once that was done. */
  void* private_data;                   /**< For who made it. */
};

/** The values of an array; whoever got it calls `release` once. */
struct ArrowArray {
  int64_t length;                      /**< Number of values. */
  int64_t null_count;                  /**< Number of nulls; -1 where it was not counted. */
  int64_t offset;                      /**< Values of the buffers before the first one of this array. */
  int64_t n_buffers;                   /**< Number of buffers. */
  int64_t n_children;                  /**< Number of children. */
  const void** buffers;                /**< Validity, offsets and data, as the type says. */
  struct ArrowArray** children;        /**< Fields of a struct, elements of a list. */
  struct ArrowArray* dictionary;       /**< Entries of a dictionary; NULL without one. */
  void (*release)(struct ArrowArray*); /**< Frees the array; NULL once that was done. */
  void* private_data;                  /**< For who made it. */
};

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
/** Guard of the struct of the stream interface. */
#define ARROW_C_STREAM_INTERFACE

/** Arrays of one type, one after the other; whoever got it calls `release` once. */
struct ArrowArrayStream {
  /** Gives the type of all arrays; 0 or the number of an error. */
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  /** Gives the next array, released at the end; 0 or the number of an error. */
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  /** What went wrong, as a text that lives until the next call; may be NULL. */
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*); /**< Frees the stream; NULL once that was done. */
  void* private_data;                        /**< For who made it. */
};

#endif /* ARROW_C_STREAM_INTERFACE */

#ifdef __cplusplus
}
#endif

#endif /* TUTELA_C_ARROW_H */
