/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file
 * Many people at once: tables in Arrow's layout, or plain arrays, one for each fact. A part of tutela-c/tutela.h.
 *
 * Values are read where they lie and never copied. The answers come out as one Arrow struct array: for each decision `d`
 * the field `d` (null unless the answer is known) and, unless switched off, `d.outcome`; docs/columns.md says all of it.
 *
 * The structs of Arrow are only named here. They come from Arrow, from nanoarrow, or from tutela-c/arrow.h.
 */
#ifndef TUTELA_C_COLUMNS_H
#define TUTELA_C_COLUMNS_H

#include <tutela-c/tutela.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ArrowSchema;
struct ArrowArray;
struct ArrowArrayStream;
struct tutela_instrument;

/** What a null of a column says: one of the constants below. */
typedef int32_t tutela_null_meaning;

/** The values of `tutela_null_meaning`. */
enum {
  TUTELA_NULL_UNKNOWN = 0,  /**< Not asked yet. */
  TUTELA_NULL_NONE = 1,     /**< Asked: there is none, or it does not apply. */
  TUTELA_NULL_UNCERTAIN = 2 /**< Asked, and it cannot be known. */
};

/** How one fact is read from a table where its name or the usual reading does not do. */
typedef struct tutela_column_rule {
  uint32_t struct_size;      /**< Size of this structure in bytes. */
  tutela_null_meaning nulls; /**< What a null says. */
  int32_t whole_doubles; /**< 1 reads a column of doubles that holds whole numbers; otherwise doubles are refused. */
  int32_t nan_is_null;   /**< 1 reads a NaN of such a column as a null; otherwise it refuses the table. */
  tutela_view fact;      /**< Name of the fact. */
  tutela_view column;    /**< Name of its column; the fact's where empty. */
} tutela_column_rule;

/** A rule that changes nothing. */
/* clang-format off */
#define TUTELA_COLUMN_RULE_INIT {sizeof(tutela_column_rule), TUTELA_NULL_UNKNOWN, 0, 0, {NULL, 0}, {NULL, 0}}
/* clang-format on */

/** How to ask for many rows. Nothing of it is kept after the call. */
typedef struct tutela_batch_options {
  uint32_t struct_size;              /**< Size of this structure in bytes. */
  int32_t include_unverified;        /**< 1 also runs texts that are graded C, D or unverified. */
  tutela_date on;                    /**< The day asked about; may be left out only for an undated pack. */
  tutela_date law_on;                /**< Day whose text of the law is applied; `on` where left out. */
  int32_t outcomes;                  /**< 1 adds the outcome of each row in words; 0 leaves only answers and nulls. */
  int32_t missing;                   /**< 1 adds the facts to ask. */
  int32_t rules;                     /**< 1 adds the number of the rule that settles a row. */
  uint32_t threads;                  /**< Threads for a stream; 0 takes one for each processor. */
  tutela_view const* decisions;      /**< Decisions to answer; all where there are none. */
  size_t decision_count;             /**< How many. */
  tutela_column_rule const* columns; /**< Facts that are read in another way; may be NULL when there are none. */
  size_t column_count;               /**< How many. */
  tutela_limits const* limits;       /**< Bounds of the work, or NULL for the defaults. */
  tutela_view jurisdiction;          /**< ISO 3166 code of the legal order of all rows; the pack's own where empty. */
  /** Instruments that are scored in the same run: for each `i` the fields `i.state`, `i.band`, `i.total` and so on behind
   * those of the decisions. They may be freed before the batch. */
  struct tutela_instrument const* const* instruments;
  size_t instrument_count; /**< How many. */
  int32_t research;        /**< 1 scores for study only; see `tutela_score_options`. */
} tutela_batch_options;

/** Options without a day and without instruments, with outcomes, on one thread. */
/* clang-format off */
#define TUTELA_BATCH_OPTIONS_INIT \
  {sizeof(tutela_batch_options), 0, {0, 0, 0}, {0, 0, 0}, 1, 0, 0, 1, NULL, 0, NULL, 0, NULL, {NULL, 0}, NULL, 0, 0}
/* clang-format on */

/** The decisions of a pack, compiled for tables of one type; for one thread at a time. */
typedef struct tutela_batch tutela_batch;

/**
 * Compiles the decisions of a pack for tables of one type. Since 0.1; unstable.
 * \param pack    The pack; it may be freed before the batch.
 * \param schema  Type of the tables: a struct whose fields are named as facts. It is read, not kept and not released.
 * \param options How to ask, or NULL.
 * \param batch   Receives the batch; give it back to `tutela_batch_free`.
 * \param error   Receives every column that does not fit its fact, or NULL.
 */
TUTELA_C_API tutela_status tutela_batch_new(tutela_pack const* pack, struct ArrowSchema const* schema,
                                            tutela_batch_options const* options, tutela_batch** batch,
                                            tutela_error** error);

/** Gives back a batch; NULL is accepted. Arrays that it gave live on. Since 0.1; unstable. */
TUTELA_C_API void tutela_batch_free(tutela_batch* batch);

/** What a batch does, as JSON: the decisions, which of them run row by row and why, facts without column.
 * Since 0.1; unstable. \param json Receives the text; give it back to `tutela_text_free`. */
TUTELA_C_API tutela_status tutela_batch_describe(tutela_batch const* batch, tutela_text* json, tutela_error** error);

/**
 * The type of the answers. Since 0.1; unstable.
 * \param batch  The batch.
 * \param schema Is overwritten; call its `release` once.
 * \param error  Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_batch_schema(tutela_batch const* batch, struct ArrowSchema* schema,
                                               tutela_error** error);

/**
 * Answers every row of one array. Since 0.1; unstable.
 * \param batch   The batch.
 * \param rows    A struct array of the type that the batch was made for; read in place, not kept and not released.
 * \param answers Is overwritten; call its `release` once. It lives on without batch and rows.
 * \param error   Receives what is wrong with the array, never with a value of a person, or NULL.
 */
TUTELA_C_API tutela_status tutela_batch_decide(tutela_batch* batch, struct ArrowArray const* rows,
                                               struct ArrowArray* answers, tutela_error** error);

/**
 * Answers every row of a stream of arrays. Since 0.1; unstable.
 * \param pack    The pack.
 * \param table   Is read to its end and released, whatever happens, unless the call is misuse.
 * \param options How to ask, or NULL.
 * \param answers Is overwritten on success; call its `release` once. It lives on without the pack.
 * \param error   Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_pack_decide_stream(tutela_pack const* pack, struct ArrowArrayStream* table,
                                                     tutela_batch_options const* options,
                                                     struct ArrowArrayStream* answers, tutela_error** error);

/** How the values of a plain array lie in memory: one of the constants below. */
typedef int32_t tutela_layout;

/** The values of `tutela_layout`. */
enum {
  TUTELA_LAYOUT_BITS = 1,      /**< Booleans, one bit each, the lowest bit of a byte first. */
  TUTELA_LAYOUT_INT8 = 2,      /**< Whole numbers of 8 bits. */
  TUTELA_LAYOUT_INT16 = 3,     /**< Whole numbers of 16 bits. */
  TUTELA_LAYOUT_INT32 = 4,     /**< Whole numbers of 32 bits. */
  TUTELA_LAYOUT_INT64 = 5,     /**< Whole numbers of 64 bits. */
  TUTELA_LAYOUT_DECIMAL64 = 6, /**< Whole numbers of 64 bits, `scale` digits of which stand after the point. */
  TUTELA_LAYOUT_DAYS32 = 7,    /**< Days since 1970-01-01, 32 bits. */
  TUTELA_LAYOUT_TEXT = 8,      /**< Texts: `offsets` into the bytes of `values`, one more than there are rows. */
  TUTELA_LAYOUT_CODES32 = 9    /**< Texts as numbers of 32 bits that count the entries of `words` from 0. */
};

/** The values of one fact for all rows: a pointer into memory of the caller, which is only read. */
typedef struct tutela_column {
  uint32_t struct_size;      /**< Size of this structure in bytes. */
  tutela_layout layout;      /**< How the values lie. */
  tutela_slot slot;          /**< The fact, from `tutela_pack_slot`. */
  int32_t scale;             /**< Of `TUTELA_LAYOUT_DECIMAL64`: digits after the point, 0 to 18. Otherwise 0. */
  tutela_null_meaning nulls; /**< What a row says whose bit of `validity` is 0. */
  uint8_t const* validity;   /**< One bit a row, the lowest bit of a byte first: 1 is known. NULL: all are. */
  void const* values;        /**< The values. What lies under a bit that is 0 is not read. */
  int32_t const* offsets;    /**< Of `TUTELA_LAYOUT_TEXT`; otherwise NULL. */
  tutela_view const* words;  /**< Of `TUTELA_LAYOUT_CODES32`: the texts; otherwise NULL. */
  size_t word_count;         /**< How many. */
} tutela_column;

/** A column without values. */
/* clang-format off */
#define TUTELA_COLUMN_INIT {sizeof(tutela_column), 0, 0, 0, 0, NULL, NULL, NULL, NULL, 0}
/* clang-format on */

/**
 * Compiles the decisions of a pack for plain arrays. Since 0.1; unstable.
 * \param pack    The pack; it may be freed before the batch.
 * \param columns Their slot, layout, scale and meaning of nulls count; pointers are not looked at. No slot twice.
 * \param count   How many; facts without a column are unknown in every row.
 * \param options How to ask, or NULL; its `columns` must be empty.
 * \param batch   Receives the batch; give it back to `tutela_batch_free`.
 * \param error   Receives every column that does not fit its fact, or NULL.
 */
TUTELA_C_API tutela_status tutela_batch_new_columns(tutela_pack const* pack, tutela_column const* columns, size_t count,
                                                    tutela_batch_options const* options, tutela_batch** batch,
                                                    tutela_error** error);

/**
 * Answers every row of plain arrays. Since 0.1; unstable.
 * \param batch   Made by `tutela_batch_new_columns`.
 * \param columns The same slots and layouts in the same order, now with their pointers; nothing is kept.
 * \param count   How many.
 * \param rows    Rows of each of them.
 * \param answers Is overwritten; call its `release` once. A Boolean answer `d` is two arrays of bits: `buffers[0]` of its
 *                child says which rows are known (NULL: all), `buffers[1]` has the answers.
 * \param error   Receives what is wrong with the arrays, never with a value of a person, or NULL.
 */
TUTELA_C_API tutela_status tutela_batch_decide_columns(tutela_batch* batch, tutela_column const* columns, size_t count,
                                                       size_t rows, struct ArrowArray* answers, tutela_error** error);

#ifdef __cplusplus
}
#endif

#endif /* TUTELA_C_COLUMNS_H */
