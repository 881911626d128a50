/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file
 * Tutela from C, and from every language that can call C.
 *
 * Load rule packs (and risk instruments, and networks of agencies) once; then ask them about people as often as needed:
 *
 *     tutela_pack* pack = NULL;
 *     tutela_session* session = NULL;
 *     tutela_slot birth_date;
 *     tutela_verdict* verdict = NULL;
 *     tutela_error* error = NULL;
 *     tutela_decide_options options = TUTELA_DECIDE_OPTIONS_INIT;
 *     options.on.year = 2026; options.on.month = 3; options.on.day = 1;
 *     tutela_pack_load(TUTELA_FROM_NAME, id, id_length, NULL, &pack, &error);
 *     tutela_pack_slot(pack, name, name_length, &birth_date, &error);
 *     tutela_session_new(pack, &session, &error);
 *     tutela_session_set_date(session, birth_date, 2010, 6, 30, &error);
 *     tutela_session_decide(session, decision, decision_length, &options, &verdict, &error);
 *
 * Rules that hold for every function:
 *
 * - *Status.* The result is a `tutela_status`. On failure every handle that should have come out is set to NULL,
 *   other outputs keep what they held, and `*error` receives an error object with all findings; `error` may be NULL.
 *   On success `*error` is set to NULL. Outcomes that the field knows (unknown, not eligible, no route) are answers,
 *   never failures.
 * - *Text* is UTF-8 with a length in bytes; nothing looks for a NUL. A NULL pointer is allowed where the length is 0.
 * - *Ownership.* What comes out through a pointer to a pointer, and every `tutela_text`, belongs to the caller and is
 *   given back to its `_free` function, which accepts NULL. A `tutela_view` belongs to the handle that gave it and
 *   lives as long. Nothing keeps a pointer to what was passed in.
 * - *Options* begin with `struct_size`; start them with their `_INIT` value. Later versions only append members. The
 *   elements of an array of such structures all have the `struct_size` of the first one.
 * - *Threads.* Packs, prepared decisions, instruments, networks, verdicts and errors never change after they were made:
 *   any number of threads may use one at the same time. A session or a batch belongs to one thread at a time; make one
 *   for each thread, it is cheap. Freeing is allowed from any thread once nobody uses the handle. Sessions, prepared
 *   decisions and batches keep what they need of their pack, so the pack may be freed first.
 * - *No hidden state.* There is no clock, locale, environment variable or global: the day is always an argument.
 *
 * Included here: columns.h (tables), questions.h (what else can be asked), row.h (many facts in one call). Everything is
 * since 0.1 and unstable until 1.0: a name or a meaning may change, and the CHANGELOG says so.
 */
#ifndef TUTELA_C_TUTELA_H
#define TUTELA_C_TUTELA_H

#include <stddef.h>
#include <stdint.h>

/** Marks a function that the library exports. */
#if defined(_WIN32) && defined(TUTELA_C_BUILDING)
#define TUTELA_C_API __declspec(dllexport)
#elif defined(_WIN32)
#define TUTELA_C_API __declspec(dllimport)
#elif defined(__GNUC__)
#define TUTELA_C_API __attribute__((visibility("default")))
#else
#define TUTELA_C_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** \name Status, texts and errors */
/** \{ */

/** How a call ended: one of the `TUTELA_` constants below. */
typedef int32_t tutela_status;

/** The values of `tutela_status`. */
enum {
  TUTELA_OK = 0,            /**< It worked. */
  TUTELA_INVALID_INPUT = 1, /**< Something in the input is wrong; the error object has all of it. */
  TUTELA_LIMIT = 2,         /**< A bound of `tutela_limits` was reached; the error object names it. */
  TUTELA_MISUSE = 3,        /**< The caller broke a rule of this page: NULL, a handle of another type. */
  TUTELA_NO_MEMORY = 4,     /**< There is not enough memory. */
  TUTELA_INTERNAL = 5,      /**< The library broke a promise of its own; please report it. */
  TUTELA_END = 6            /**< There is no element of that index: the end of a loop, not a failure. */
};

/** A text that belongs to a handle and lives as long as the handle. Not NUL-terminated. */
typedef struct tutela_view {
  char const* data; /**< First byte; never NULL once filled in. */
  size_t length;    /**< Length in bytes. */
} tutela_view;

/** A text that belongs to the caller. A NUL that is not counted follows the last byte. */
typedef struct tutela_text {
  char* data;    /**< First byte, or NULL. */
  size_t length; /**< Length in bytes. */
} tutela_text;

/* clang-format off */
/** A text that holds nothing. */
#define TUTELA_TEXT_INIT {NULL, 0} /* clang-format on */

/** Everything that was wrong with one call. Made by a call that fails, given back to `tutela_error_free`. */
typedef struct tutela_error tutela_error;

/** One finding of an error. The views live as long as the error; the texts never hold a person's data. */
typedef struct tutela_diagnostic {
  uint32_t struct_size; /**< Size of this structure in bytes. */
  uint32_t code;        /**< Stable number, printed as TUT-312. */
  uint32_t severity;    /**< 0 error, 1 warning, 2 note. */
  uint32_t line;        /**< Line from 1; 0 when not known. */
  uint32_t column;      /**< Column in bytes from 1; 0 when not known. */
  uint32_t reserved;    /**< 0. */
  tutela_view file;     /**< File as the caller named it; may be empty. */
  tutela_view pointer;  /**< JSON pointer or path of a model element; may be empty. */
  tutela_view what;     /**< What is wrong. */
  tutela_view mend;     /**< How to mend it; may be empty. */
} tutela_diagnostic;

/** A diagnostic to be filled in. */
/* clang-format off */
#define TUTELA_DIAGNOSTIC_INIT {sizeof(tutela_diagnostic), 0, 0, 0, 0, 0, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}}
/* clang-format on */

/** Version of the library that runs: major * 1,000,000 + minor * 1,000 + patch. Since 0.1; unstable. */
TUTELA_C_API uint32_t tutela_version(void);

/** Gives back a text and empties it; NULL and an empty text are accepted. Since 0.1; unstable. */
TUTELA_C_API void tutela_text_free(tutela_text* text);

/** Gives back an error; NULL is accepted. Since 0.1; unstable. */
TUTELA_C_API void tutela_error_free(tutela_error* error);

/** All findings of an error, one a line, for a log. Since 0.1; unstable. */
TUTELA_C_API tutela_status tutela_error_message(tutela_error const* error, tutela_view* message);

/**
 * One finding of an error; `TUTELA_END` when there are no more. Since 0.1; unstable.
 * \param error      The error.
 * \param index      Number from 0.
 * \param diagnostic Started with `TUTELA_DIAGNOSTIC_INIT`.
 */
TUTELA_C_API tutela_status tutela_error_at(tutela_error const* error, size_t index, tutela_diagnostic* diagnostic);

/** \} */
/** \name Loading */
/** \{ */

/** Where something is loaded from: one of the two constants below. */
typedef int32_t tutela_from;

/** The values of `tutela_from`. */
enum {
  TUTELA_FROM_NAME = 0,  /**< The text is the id of something that ships with the library, or a path. */
  TUTELA_FROM_MEMORY = 1 /**< The text is the document itself. */
};

/** Bounds on input and work; 0 means the default. None can be switched off. */
typedef struct tutela_limits {
  uint32_t struct_size;      /**< Size of this structure in bytes. */
  uint32_t reserved;         /**< 0. */
  uint64_t document_bytes;   /**< Bytes of one document. */
  uint64_t nesting;          /**< Nesting of JSON, XML and expressions. */
  uint64_t text_bytes;       /**< Bytes of one text value. */
  uint64_t elements;         /**< Elements of one list, members of one object, cases of one call. */
  uint64_t rules;            /**< Rules of one table, decisions of one pack. */
  uint64_t facts;            /**< Facts of one case. */
  uint64_t evaluation_steps; /**< Steps of one decision. */
  uint64_t possible_values;  /**< Possible values that are kept apart. */
  uint64_t completions;      /**< Combinations of missing facts that are tried. */
  uint64_t search_steps;     /**< Expansions of one search in a network. */
  uint64_t diagnostics;      /**< Findings kept of one input. */
  uint64_t value_parts;      /**< Values inside one value that a rule makes. */
  uint64_t calls;            /**< Calls of functions inside each other. */
} tutela_limits;

/** The default limits. */
/* clang-format off */
#define TUTELA_LIMITS_INIT {sizeof(tutela_limits), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
/* clang-format on */

/** The rules of one legal order, or of one DMN file: immutable. */
typedef struct tutela_pack tutela_pack;

/**
 * Loads a rule pack and checks all of it. Since 0.1; unstable.
 * \param from   `TUTELA_FROM_NAME`: a shipped id, a pack folder or a `.dmn` file. `TUTELA_FROM_MEMORY`: DMN XML, or
 *               the files of a pack in one text (docs/pack-format.md).
 * \param text   Name or document. \param length Its length in bytes.
 * \param limits Bounds, or NULL for the defaults.
 * \param pack   Receives the pack; give it back to `tutela_pack_free`.
 * \param error  Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_pack_load(tutela_from from, char const* text, size_t length,
                                            tutela_limits const* limits, tutela_pack** pack, tutela_error** error);

/** Gives back a pack; NULL is accepted. Its sessions and verdicts live on. Since 0.1; unstable. */
TUTELA_C_API void tutela_pack_free(tutela_pack* pack);

/**
 * What the pack says about itself, as JSON: id, version, digest, decisions and facts. Since 0.1; unstable.
 * \param pack  The pack.
 * \param json  Receives the text; give it back to `tutela_text_free`.
 * \param error Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_pack_describe(tutela_pack const* pack, tutela_text* json, tutela_error** error);

/** \} */
/** \name Facts of one person */
/** \{ */

/** A fact of one pack, looked up once by name. A slot of another pack is recognised and refused. */
typedef uint64_t tutela_slot;

/** What is known about a fact: one of the constants below. */
typedef int32_t tutela_state;

/** The values of `tutela_state`. */
enum {
  TUTELA_KNOWN = 0,    /**< Asked and answered. */
  TUTELA_NONE = 1,     /**< Asked: there is none, or it does not apply. */
  TUTELA_UNKNOWN = 2,  /**< Not asked yet. A fact that was never set is unknown, never false, zero or none. */
  TUTELA_UNCERTAIN = 3 /**< Asked, and cannot be known. */
};

/** A day of the calendar; all zero where it is left out. */
typedef struct tutela_date {
  int32_t year;  /**< Year. */
  int32_t month; /**< Month, 1 to 12. */
  int32_t day;   /**< Day of the month, 1 to 31. */
} tutela_date;

/** The facts of one person at a time, for one pack and one thread. */
typedef struct tutela_session tutela_session;

/**
 * Looks up a fact that the pack reads. Since 0.1; unstable.
 * \param pack   The pack.
 * \param name   Dotted name: `person.birth_date`.
 * \param length Its length in bytes.
 * \param slot   Receives the slot; it is valid for every session of this pack.
 * \param error  Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_pack_slot(tutela_pack const* pack, char const* name, size_t length, tutela_slot* slot,
                                            tutela_error** error);

/** Makes a session in which every fact is unknown; give it back to `tutela_session_free`. Since 0.1; unstable. */
TUTELA_C_API tutela_status tutela_session_new(tutela_pack const* pack, tutela_session** session, tutela_error** error);

/** Gives back a session; NULL is accepted. Since 0.1; unstable. */
TUTELA_C_API void tutela_session_free(tutela_session* session);

/** Sets a Boolean: 0 is false, 1 is true, anything else is misuse. Since 0.1; unstable. */
TUTELA_C_API tutela_status tutela_session_set_boolean(tutela_session* session, tutela_slot slot, int32_t value,
                                                      tutela_error** error);

/** Sets a whole number. Since 0.1; unstable. */
TUTELA_C_API tutela_status tutela_session_set_integer(tutela_session* session, tutela_slot slot, int64_t value,
                                                      tutela_error** error);

/** Sets a number from decimal text such as `1250.50`, exactly. Since 0.1; unstable. */
TUTELA_C_API tutela_status tutela_session_set_number(tutela_session* session, tutela_slot slot, char const* text,
                                                     size_t length, tutela_error** error);

/**
 * Sets the number `units` * 10 to the power of -`scale`, exactly: 125050 and 2 for 1250.50. Since 0.1; unstable.
 * \param session The session.
 * \param slot    The fact.
 * \param units   The digits.
 * \param scale   Digits after the point, 0 to 18.
 * \param error   Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_session_set_decimal(tutela_session* session, tutela_slot slot, int64_t units,
                                                      int32_t scale, tutela_error** error);

/** Sets a day of the calendar. Since 0.1; unstable. */
TUTELA_C_API tutela_status tutela_session_set_date(tutela_session* session, tutela_slot slot, int32_t year,
                                                   int32_t month, int32_t day, tutela_error** error);

/** Sets a moment from ISO 8601 text such as `2026-03-01T09:30:00+02:00`. Since 0.1; unstable. */
TUTELA_C_API tutela_status tutela_session_set_date_time(tutela_session* session, tutela_slot slot, char const* text,
                                                        size_t length, tutela_error** error);

/** Sets a duration from ISO 8601 text: `P30D`, `PT36H`, or months as `P1Y6M`. Since 0.1; unstable. */
TUTELA_C_API tutela_status tutela_session_set_duration(tutela_session* session, tutela_slot slot, char const* text,
                                                       size_t length, tutela_error** error);

/** Sets a text, or the word of an enumeration; it is copied. Since 0.1; unstable. */
TUTELA_C_API tutela_status tutela_session_set_string(tutela_session* session, tutela_slot slot, char const* text,
                                                     size_t length, tutela_error** error);

/** Makes a fact none, unknown or uncertain; `TUTELA_KNOWN` is misuse. Since 0.1; unstable. */
TUTELA_C_API tutela_status tutela_session_set_state(tutela_session* session, tutela_slot slot, tutela_state state,
                                                    tutela_error** error);

/**
 * Sets a value of any type from a FEEL expression without names: `[1, 2]`, `{city: "Orhei", floor: 3}`,
 * `time("09:30:00")`. Since 0.1; unstable.
 * \param session The session.
 * \param slot    The fact.
 * \param text    The expression; it is evaluated once, without a day.
 * \param length  Its length in bytes.
 * \param error   Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_session_set_feel(tutela_session* session, tutela_slot slot, char const* text,
                                                   size_t length, tutela_error** error);

/**
 * Sets a fact from JSON as a case writes it, so also one that is partly known: `{"domain": {"low": 14, "high": 15}}`,
 * `{"state": "uncertain"}`, `["a", "b"]`; `null` makes it unknown. Since 0.1; unstable.
 * \param session The session.
 * \param slot    The fact.
 * \param json    One value of the map `facts` in `tutela-case/1`. A value has no source and no time in a slot: they are
 *                refused.
 * \param length  Its length in bytes.
 * \param error   Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_session_set_json(tutela_session* session, tutela_slot slot, char const* json,
                                                   size_t length, tutela_error** error);

/**
 * Replaces all facts by those of one case in the format `tutela-case/1`. Since 0.1; unstable.
 *
 * Facts that the pack does not read are kept out. A slot that is set afterwards counts instead of the case's fact.
 * \param session The session; unchanged on failure.
 * \param json    One JSON object.
 * \param length  Its length in bytes.
 * \param error   Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_session_set_case(tutela_session* session, char const* json, size_t length,
                                                   tutela_error** error);

/** Makes every fact unknown again, for the next person. Since 0.1; unstable. */
TUTELA_C_API tutela_status tutela_session_clear(tutela_session* session, tutela_error** error);

/** \} */
/** \name Verdicts */
/** \{ */

/** How a decision ended: one of the constants below. */
typedef int32_t tutela_outcome;

/** The values of `tutela_outcome`. All of them are findings, none of them a failure. */
enum {
  TUTELA_OUTCOME_KNOWN = 0,              /**< One answer, whatever the missing facts are. */
  TUTELA_OUTCOME_UNKNOWN = 1,            /**< Asking the missing facts may settle it. */
  TUTELA_OUTCOME_UNDETERMINABLE = 2,     /**< Only facts that cannot be known keep it open: a human has to decide. */
  TUTELA_OUTCOME_REFUSED = 3,            /**< It would rest on a protected fact where the law forbids that. */
  TUTELA_OUTCOME_NO_LAW_IN_FORCE = 4,    /**< No text of the rule was in force on that day. */
  TUTELA_OUTCOME_RULE_NOT_AVAILABLE = 5, /**< The pack has no such rule, or none that is verified well enough. */
  TUTELA_OUTCOME_ERROR = 6               /**< The rule cannot be computed from these facts. */
};

/** How to ask. */
typedef struct tutela_decide_options {
  uint32_t struct_size;        /**< Size of this structure in bytes. */
  int32_t include_unverified;  /**< 1 also runs texts that are graded C, D or unverified. */
  tutela_date on;              /**< The day asked about; may be left out only for an undated pack. */
  tutela_date law_on;          /**< Day whose text of the law is applied; `on` where left out. */
  tutela_date known_on;        /**< Only facts recorded by this day count; all where left out. */
  int32_t reserved;            /**< 0. */
  tutela_limits const* limits; /**< Bounds of the work, or NULL for the defaults. */
  tutela_view jurisdiction;    /**< ISO 3166 code of the person's legal order; the pack's own where empty. */
} tutela_decide_options;

/** Options without a day. */
/* clang-format off */
#define TUTELA_DECIDE_OPTIONS_INIT \
  {sizeof(tutela_decide_options), 0, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, 0, NULL, {NULL, 0}}
/* clang-format on */

/** The answer to one decision for one person on one day, and why: a finding for a human. Immutable. */
typedef struct tutela_verdict tutela_verdict;

/** What most callers want of a verdict, in one call. The view lives as long as the verdict. */
typedef struct tutela_verdict_summary {
  uint32_t struct_size;   /**< Size of this structure in bytes. */
  tutela_outcome outcome; /**< How it ended. */
  int32_t boolean;        /**< 1 or 0 where the answer is a known Boolean, otherwise -1. */
  uint32_t missing_count; /**< How many facts would settle it; see `tutela_verdict_missing`. */
  tutela_view value;      /**< The answer as JSON when it is known; empty otherwise. */
} tutela_verdict_summary;

/** A summary to be filled in. */
/* clang-format off */
#define TUTELA_VERDICT_SUMMARY_INIT {sizeof(tutela_verdict_summary), 0, -1, 0, {NULL, 0}}
/* clang-format on */

/**
 * Answers one decision from the facts that are set. Since 0.1; unstable.
 *
 * \param session  The session; its facts stay.
 * \param decision Name of the decision. One that the pack lacks is the outcome *rule not available*.
 * \param length   Its length in bytes.
 * \param options  How to ask.
 * \param verdict  Receives the verdict; give it back to `tutela_verdict_free`.
 * \param error    Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_session_decide(tutela_session* session, char const* decision, size_t length,
                                                 tutela_decide_options const* options, tutela_verdict** verdict,
                                                 tutela_error** error);

/** One decision of a pack under fixed options, looked up once: immutable, for every session of that pack. */
typedef struct tutela_decision tutela_decision;

/**
 * Looks up a decision, so that asking it often costs no search. Since 0.1; unstable.
 * \param pack     The pack; it may be freed before the decision.
 * \param name     Name of the decision. One that the pack lacks is the outcome *rule not available*.
 * \param length   Its length in bytes.
 * \param options  How to ask, or NULL; nothing of it is kept.
 * \param decision Receives the decision; give it back to `tutela_decision_free`.
 * \param error    Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_decision_new(tutela_pack const* pack, char const* name, size_t length,
                                               tutela_decide_options const* options, tutela_decision** decision,
                                               tutela_error** error);

/** Gives back a decision; NULL is accepted. Since 0.1; unstable. */
TUTELA_C_API void tutela_decision_free(tutela_decision* decision);

/** An answer without its reasons. */
typedef struct tutela_answer {
  uint32_t struct_size;   /**< Size of this structure in bytes. */
  tutela_outcome outcome; /**< How it ended. */
  int32_t boolean;        /**< 1 or 0 where the answer is a known Boolean, otherwise -1. */
  int32_t reserved;       /**< 0. */
  tutela_view value;      /**< The answer as JSON when it is known; lives until the session is asked again. */
} tutela_answer;

/** An answer to be filled in. */
/* clang-format off */
#define TUTELA_ANSWER_INIT {sizeof(tutela_answer), 0, -1, 0, {NULL, 0}}
/* clang-format on */

/**
 * The answer alone, at full speed: no handle is made, nothing has to be given back. Since 0.1; unstable.
 * \param session  The session; its facts stay.
 * \param decision A decision of the same pack handle; of another one it is misuse.
 * \param answer   Started with `TUTELA_ANSWER_INIT`.
 * \param error    Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_session_answer(tutela_session* session, tutela_decision const* decision,
                                                 tutela_answer* answer, tutela_error** error);

/** The whole verdict on a prepared decision; otherwise as `tutela_session_decide`. Since 0.1; unstable. */
TUTELA_C_API tutela_status tutela_session_verdict(tutela_session* session, tutela_decision const* decision,
                                                  tutela_verdict** verdict, tutela_error** error);

/**
 * Facts in, verdicts out, both as JSON: the convenient way, not the fast one. Since 0.1; unstable.
 * \param pack     The pack.
 * \param cases    Cases in `tutela-case/1`: one object, an array, or NDJSON.
 * \param length   Their length in bytes.
 * \param decision Name of the decision; all of the pack where empty.
 * \param decision_length Its length in bytes.
 * \param options  How to ask, or NULL. The legal order of each case is its own, not the one of the options.
 * \param verdicts Receives one line for each case and decision, with `case`, `pack` and `pack_digest` before the keys of
 *                 a verdict, as `tutela decide --json` writes them; give it back to `tutela_text_free`.
 * \param error    Receives everything that is wrong with the cases, or NULL; then no case is decided.
 */
TUTELA_C_API tutela_status tutela_pack_decide(tutela_pack const* pack, char const* cases, size_t length,
                                              char const* decision, size_t decision_length,
                                              tutela_decide_options const* options, tutela_text* verdicts,
                                              tutela_error** error);

/** Gives back a verdict; NULL is accepted. Since 0.1; unstable. */
TUTELA_C_API void tutela_verdict_free(tutela_verdict* verdict);

/** Reads outcome, answer and number of missing facts. Since 0.1; unstable.
 * \param verdict The verdict.
 * \param summary Started with `TUTELA_VERDICT_SUMMARY_INIT`.
 */
TUTELA_C_API tutela_status tutela_verdict_summarise(tutela_verdict const* verdict, tutela_verdict_summary* summary);

/** Name of one fact that would settle the verdict; `TUTELA_END` when there are no more. Since 0.1; unstable.
 * \param verdict The verdict.
 * \param index   Number from 0.
 * \param fact    Receives the name; it lives as long as the verdict.
 */
TUTELA_C_API tutela_status tutela_verdict_missing(tutela_verdict const* verdict, size_t index, tutela_view* fact);

/**
 * Why, for people: the answer, the facts to ask, the rules and their articles. Since 0.1; unstable.
 * \param verdict  The verdict.
 * \param language ISO 639-1 code `en`, `ro`, `uk` or `ru`; empty means English.
 * \param length   Its length in bytes.
 * \param text     Receives the text; give it back to `tutela_text_free`.
 * \param error    Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_verdict_explain(tutela_verdict const* verdict, char const* language, size_t length,
                                                  tutela_text* text, tutela_error** error);

/** The whole verdict as JSON, as in an assessment; give the text back to `tutela_text_free`. Since 0.1; unstable. */
TUTELA_C_API tutela_status tutela_verdict_json(tutela_verdict const* verdict, tutela_text* json, tutela_error** error);

/** \} */

#ifdef __cplusplus
}
#endif

#include <tutela-c/columns.h>
#include <tutela-c/questions.h>
#include <tutela-c/row.h>

#endif /* TUTELA_C_TUTELA_H */
