/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file
 * The facts of one person as one block of memory: the program fills it in place, one call sets them all and answers.
 *
 * For languages in which a call into a library costs more than the work behind it. The rules at the top of tutela.h hold
 * here too; that page includes this one.
 */
#ifndef TUTELA_C_ROW_H
#define TUTELA_C_ROW_H

#include <tutela-c/tutela.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a cell holds: one of the constants below. */
typedef int32_t tutela_cell_holds;

/** The values of `tutela_cell_holds`. Memory that was only filled with zeros says nothing about anybody. */
enum {
  TUTELA_CELL_UNKNOWN = 0,   /**< Nothing: not asked yet. */
  TUTELA_CELL_NONE = 1,      /**< Asked: there is none, or it does not apply. */
  TUTELA_CELL_UNCERTAIN = 2, /**< Asked, and cannot be known. */
  TUTELA_CELL_BOOLEAN = 3,   /**< `value` is 0 or 1; anything else is misuse. */
  TUTELA_CELL_INTEGER = 4,   /**< `value` is a whole number. */
  TUTELA_CELL_DATE = 5       /**< `value` is year * 10,000 + month * 100 + day of the years from 1 on: 20260301. */
};

/** One fact of one person. Its size never changes; facts of other types are set by their setters. */
typedef struct tutela_cell {
  tutela_slot slot;        /**< The fact. */
  int64_t value;           /**< Its value, as `holds` says; not read where there is none. */
  tutela_cell_holds holds; /**< What is known about it. */
  int32_t reserved;        /**< 0. */
} tutela_cell;

/**
 * Sets the facts of a row and answers, as the setters and `tutela_session_answer` do, in one call. Since 0.1; unstable.
 *
 * Facts without a cell stay as they are; a fact with two cells is as the later one says. The facts stay set, so that
 * `tutela_session_verdict` gives the reasons. On failure **every** fact of the session is unknown: those of two people
 * are never mixed.
 * \param session  The session.
 * \param row      The cells; nothing keeps a pointer to them.
 * \param count    Their number.
 * \param decision A decision of the same pack handle. NULL together with `answer` sets the facts and answers nothing.
 * \param answer   Started with `TUTELA_ANSWER_INIT`.
 * \param error    Receives what is wrong with all of the cells, or NULL.
 */
TUTELA_C_API tutela_status tutela_session_answer_row(tutela_session* session, tutela_cell const* row, size_t count,
                                                     tutela_decision const* decision, tutela_answer* answer,
                                                     tutela_error** error);

#ifdef __cplusplus
}
#endif

#endif /* TUTELA_C_ROW_H */
