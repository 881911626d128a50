/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file
 * What else can be asked: the next question, an answer over time, what could change it, a pack itself, a scale, a network,
 * and all of it for a case. A part of tutela-c/tutela.h. Deep answers come as JSON, in the form that the command line writes with `--json`.
 */
#ifndef TUTELA_C_QUESTIONS_H
#define TUTELA_C_QUESTIONS_H

#include <tutela-c/tutela.h>

#ifdef __cplusplus
extern "C" {
#endif

/** \name About one person */
/** \{ */

/** What is to be settled, and how to ask for it. Nothing of it is kept after the call. */
typedef struct tutela_ask_options {
  uint32_t struct_size;                /**< Size of this structure in bytes. */
  uint32_t reserved;                   /**< 0. */
  tutela_decide_options const* decide; /**< How to decide, or NULL. */
  tutela_view const* decisions;        /**< Decisions to settle; all of the pack where there are none. */
  size_t decision_count;               /**< How many. */
  tutela_view const* held_facts;       /**< Facts that other agencies hold and may share; may be NULL. */
  tutela_view const* holders;          /**< The agency that holds each of them. */
  size_t held_count;                   /**< How many. */
} tutela_ask_options;

/** All decisions, no day. */
/* clang-format off */
#define TUTELA_ASK_OPTIONS_INIT {sizeof(tutela_ask_options), 0, NULL, NULL, 0, NULL, NULL, 0}
/* clang-format on */

/**
 * Which missing fact to ask next, of whom, and when to stop. Since 0.1; unstable.
 * \param session The session; its facts stay.
 * \param options What is to be settled, or NULL.
 * \param json    Receives the questions, best first; give it back to `tutela_text_free`.
 * \param error   Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_session_ask(tutela_session* session, tutela_ask_options const* options,
                                              tutela_text* json, tutela_error** error);

/**
 * How the answer to a decision runs over time. Since 0.1; unstable.
 * \param session  The session; its facts stay.
 * \param decision Name of the decision.
 * \param length   Its length in bytes.
 * \param start    First day.
 * \param end      First day after; at most 200 years later.
 * \param options  How to ask, or NULL; its `on` is not used.
 * \param json     Receives the spans; give it back to `tutela_text_free`.
 * \param error    Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_session_timeline(tutela_session* session, char const* decision, size_t length,
                                                   tutela_date start, tutela_date end,
                                                   tutela_decide_options const* options, tutela_text* json,
                                                   tutela_error** error);

/**
 * What a service could do so that an answer changes; only facts that the pack marks as changeable are proposed.
 * Since 0.1; unstable.
 * \param session  The session; its facts stay.
 * \param decision Name of the decision.
 * \param length   Its length in bytes.
 * \param options  How to ask, or NULL.
 * \param json     Receives the ways, fewest changes first; give it back to `tutela_text_free`.
 * \param error    Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_session_counterfactual(tutela_session* session, char const* decision, size_t length,
                                                         tutela_decide_options const* options, tutela_text* json,
                                                         tutela_error** error);

/** For whom an explanation is written: one of the constants below. */
typedef int32_t tutela_reader;

/** The values of `tutela_reader`; docs/explanations.md says what each one is shown. */
enum {
  TUTELA_READER_OFFICER = 0, /**< The named person who decides: everything, with values, rules and sources. */
  TUTELA_READER_FAMILY = 1,  /**< The parents or representatives: the household's own data, where to turn. */
  TUTELA_READER_CHILD = 2    /**< The child: short sentences for the age; nothing about violence. */
};

/** How an explanation is written: one of the constants below. */
typedef int32_t tutela_explanation_form;

/** The values of `tutela_explanation_form`. */
enum {
  TUTELA_EXPLANATION_TEXT = 0, /**< Lines of plain text. */
  TUTELA_EXPLANATION_HTML = 1, /**< A fragment of HTML that stands alone. */
  TUTELA_EXPLANATION_JSON = 2  /**< The same lines as JSON; for the officer also the typed proof. */
};

/** For whom and how to explain. Nothing of it is kept after the call. */
typedef struct tutela_explain_options {
  uint32_t struct_size;                /**< Size of this structure in bytes. */
  tutela_reader reader;                /**< For whom. */
  tutela_explanation_form form;        /**< How it is written. */
  int32_t age;                         /**< Age of the child in completed years, 0 to 17; only for the child. */
  tutela_view language;                /**< ISO 639-1 code `en`, `ro`, `uk` or `ru`; empty means English. */
  tutela_view contact;                 /**< Whom the reader can turn to, as it is printed; may be empty. */
  tutela_decide_options const* decide; /**< How to decide, or NULL. */
} tutela_explain_options;

/** For the officer, as text in English, no day. */
/* clang-format off */
#define TUTELA_EXPLAIN_OPTIONS_INIT \
  {sizeof(tutela_explain_options), TUTELA_READER_OFFICER, TUTELA_EXPLANATION_TEXT, -1, {NULL, 0}, {NULL, 0}, NULL}
/* clang-format on */

/**
 * Why an answer is what it is, in words, from the decision down to facts and articles; what is in the way of a yes. The officer's
 * page holds the values of facts. Since 0.1; unstable.
 * \param session  The session; its facts stay.
 * \param decision Name of the decision.
 * \param length   Its length in bytes.
 * \param options  For whom and how, or NULL.
 * \param text     Receives the explanation; give it back to `tutela_text_free`.
 * \param error    Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_session_explain(tutela_session* session, char const* decision, size_t length,
                                                  tutela_explain_options const* options, tutela_text* text,
                                                  tutela_error** error);

/** \} */
/** \name About a pack */
/** \{ */

/**
 * What a careful reader would object to although the pack loads: gaps, overlaps, rules that never apply, law without
 * source. Since 0.1; unstable.
 * \param pack     The pack.
 * \param limits   Bounds of the work, or NULL for the defaults.
 * \param findings Receives all findings, errors first, to be read with `tutela_error_at`; NULL when there are none. Give
 *                 it back to `tutela_error_free`.
 * \param error    Receives what is wrong with the call, or NULL. Findings are no failure.
 */
TUTELA_C_API tutela_status tutela_pack_check(tutela_pack const* pack, tutela_limits const* limits,
                                             tutela_error** findings, tutela_error** error);

/**
 * What is different between two versions of a pack. Since 0.1; unstable.
 * \param before The older version.
 * \param after  The newer version.
 * \param on     The day asked about, or NULL for one day of every state of the law.
 * \param lines  Receives one JSON object a line, for each decision and for each fact that changed, as
 *               `tutela check OLD NEW --json` writes them; give it back to `tutela_text_free`.
 * \param error  Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_pack_compare(tutela_pack const* before, tutela_pack const* after,
                                               tutela_date const* on, tutela_text* lines, tutela_error** error);

/** \} */
/** \name About a scale and a network */
/** \{ */

/** A risk or needs scale: immutable. */
typedef struct tutela_instrument tutela_instrument;

/** A network of agencies: immutable. */
typedef struct tutela_network tutela_network;

/**
 * Loads a risk instrument and checks all of it. Since 0.1; unstable.
 * \param from       `TUTELA_FROM_NAME`: a shipped id or a path. `TUTELA_FROM_MEMORY`: JSON in `tutela-instrument/1`.
 * \param text       Name or document.
 * \param length     Its length in bytes.
 * \param limits     Bounds, or NULL for the defaults.
 * \param instrument Receives the instrument; give it back to `tutela_instrument_free`.
 * \param error      Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_instrument_load(tutela_from from, char const* text, size_t length,
                                                  tutela_limits const* limits, tutela_instrument** instrument,
                                                  tutela_error** error);

/** Gives back an instrument; NULL is accepted. Since 0.1; unstable. */
TUTELA_C_API void tutela_instrument_free(tutela_instrument* instrument);

/**
 * Loads a network of agencies and checks all of it. Since 0.1; unstable.
 * \param from    `TUTELA_FROM_NAME`: a path. `TUTELA_FROM_MEMORY`: JSON in `tutela-network/1`.
 * \param text    Name or document.
 * \param length  Its length in bytes.
 * \param limits  Bounds, or NULL for the defaults.
 * \param network Receives the network; give it back to `tutela_network_free`.
 * \param error   Receives what is wrong, or NULL.
 */
TUTELA_C_API tutela_status tutela_network_load(tutela_from from, char const* text, size_t length,
                                               tutela_limits const* limits, tutela_network** network,
                                               tutela_error** error);

/** Gives back a network; NULL is accepted. Since 0.1; unstable. */
TUTELA_C_API void tutela_network_free(tutela_network* network);

/** For whom and why a score is computed. */
typedef struct tutela_score_options {
  uint32_t struct_size;        /**< Size of this structure in bytes. */
  int32_t research;            /**< 1 for study only: limits of norming do not stop it, and the score says so. */
  tutela_date on;              /**< Day whose facts are read; facts of any day where left out. */
  tutela_date known_on;        /**< Only facts recorded by this day count; all where left out. */
  int32_t answers_only;        /**< 1 makes a fact that the scale does not read an error. */
  int32_t reserved;            /**< 0. */
  tutela_view jurisdiction;    /**< ISO 3166 code of the person's legal order; empty is *not said*. */
  tutela_limits const* limits; /**< Bounds of the work, or NULL for the defaults. */
} tutela_score_options;

/** For work with the person, without a day. */
/* clang-format off */
#define TUTELA_SCORE_OPTIONS_INIT {sizeof(tutela_score_options), 0, {0, 0, 0}, {0, 0, 0}, 0, 0, {NULL, 0}, NULL}
/* clang-format on */

/**
 * Scores one person. Bounds and possible bands stand in for facts that are missing. Since 0.1; unstable.
 * \param instrument The scale.
 * \param facts      One JSON object of facts, as in the map `facts` of `tutela-case/1`.
 * \param length     Its length in bytes.
 * \param options    For whom and why, or NULL.
 * \param json       Receives the score; give it back to `tutela_text_free`. Facts that contradict each other are the
 *                   state `error` of a score, with what is wrong.
 * \param error      Receives what is wrong with the text, or NULL.
 */
TUTELA_C_API tutela_status tutela_instrument_score(tutela_instrument const* instrument, char const* facts,
                                                   size_t length, tutela_score_options const* options,
                                                   tutela_text* json, tutela_error** error);

/** What is known of something that holds or does not: one of the constants below. */
typedef int32_t tutela_truth;

/** The values of `tutela_truth`. */
enum {
  TUTELA_TRUTH_UNKNOWN = 0, /**< Not known. */
  TUTELA_TRUTH_YES = 1,     /**< It holds. */
  TUTELA_TRUTH_NO = 2       /**< It does not. */
};

/** An act in the file that opens services: of a court, a prosecutor or a commission. */
typedef struct tutela_act {
  uint32_t struct_size;        /**< Size of this structure in bytes. */
  int32_t issuer;              /**< 0 court, 1 prosecutor, 2 commission. */
  tutela_view reference;       /**< Number or name; may be empty. */
  tutela_view const* services; /**< Kinds of service that it opens; may be NULL when it names none. */
  size_t service_count;        /**< How many. */
  tutela_date valid_from;      /**< First day on which it can be relied on; any where left out. */
  tutela_date valid_until;     /**< First day on which it no longer can; none where left out. */
} tutela_act;

/** An act of a court. */
/* clang-format off */
#define TUTELA_ACT_INIT {sizeof(tutela_act), 0, {NULL, 0}, NULL, 0, {0, 0, 0}, {0, 0, 0}}
/* clang-format on */

/** Where to: one of the constants below. */
typedef int32_t tutela_goal;

/** The values of `tutela_goal`. */
enum {
  TUTELA_GOAL_KIND = 0,    /**< Any service of a kind. */
  TUTELA_GOAL_SERVICE = 1, /**< One service. */
  TUTELA_GOAL_AGENCY = 2   /**< An agency itself. */
};

/** A question to a network about one person. What is left out is unknown. Nothing of it is kept after the call. */
typedef struct tutela_route_options {
  uint32_t struct_size;        /**< Size of this structure in bytes. */
  tutela_goal goal_is;         /**< What `goal` names. */
  tutela_view from;            /**< Id of the agency or unit that refers. */
  tutela_view goal;            /**< Id of the service or agency, or the kind of service. */
  tutela_date on;              /**< The day; always needed. */
  tutela_date birth_date;      /**< Birth date, for published age ranges; not known where left out. */
  tutela_truth danger;         /**< Whether there is danger to life or health now. */
  int32_t sex;                 /**< 0 not known, 1 female, 2 male. */
  tutela_view const* purposes; /**< What the referral is for. */
  size_t purpose_count;        /**< How many. */
  tutela_view const* data;     /**< Categories of data that must travel. */
  tutela_truth const* consent; /**< Whether the person agrees to each of them; NULL: not known for any. */
  size_t data_count;           /**< How many. */
  tutela_act const* acts;      /**< Acts in the file. */
  size_t act_count;            /**< How many. */
  tutela_view const* areas;    /**< Codes of the areas the person lives in; not known where there are none. */
  size_t area_count;           /**< How many. */
  int32_t fresh_days;          /**< Free places seen more days ago than this are unknown. */
  int32_t reserved;            /**< 0. */
} tutela_route_options;

/** A question without a start, a goal and a day. */
/* clang-format off */
#define TUTELA_ROUTE_OPTIONS_INIT \
  {sizeof(tutela_route_options), TUTELA_GOAL_KIND, {NULL, 0}, {NULL, 0}, {0, 0, 0}, {0, 0, 0}, TUTELA_TRUTH_UNKNOWN, 0, \
   NULL, 0, NULL, NULL, 0, NULL, 0, NULL, 0, 7, 0}
/* clang-format on */

/**
 * The best lawful path from an agency to a service, or why there is none. Admission is judged by what services publish; a
 * case that is assessed is judged by the rules too (`tutela_assess`). Since 0.1; unstable.
 * \param network The network.
 * \param options The question.
 * \param json    Receives the answer with every hop, obstacle and duty to report; give it back to `tutela_text_free`.
 * \param error   Receives what is wrong with the question, or NULL. No path is an answer, not a failure.
 */
TUTELA_C_API tutela_status tutela_network_route(tutela_network const* network, tutela_route_options const* options,
                                                tutela_text* json, tutela_error** error);

/** \} */
/** \name Assessments */
/** \{ */

/** What cases are assessed with. Nothing of it is kept after the call. */
typedef struct tutela_assess_options {
  uint32_t struct_size;                        /**< Size of this structure in bytes. */
  int32_t include_unverified;                  /**< 1 also runs texts that are graded C, D or unverified. */
  tutela_date on;                              /**< The day; always needed. */
  int32_t reserved;                            /**< 0. */
  tutela_pack const* const* packs;             /**< Rule packs; may be NULL when there are none. */
  size_t pack_count;                           /**< How many. */
  tutela_instrument const* const* instruments; /**< Risk instruments; may be NULL when there are none. */
  size_t instrument_count;                     /**< How many. */
  tutela_network const* const* networks;       /**< Networks of agencies; may be NULL when there are none. */
  size_t network_count;                        /**< How many. */
  tutela_limits const* limits;                 /**< Bounds, or NULL for the defaults. */
} tutela_assess_options;

/** Options without day, packs, instruments and networks. */
/* clang-format off */
#define TUTELA_ASSESS_OPTIONS_INIT {sizeof(tutela_assess_options), 0, {0, 0, 0}, 0, NULL, 0, NULL, 0, NULL, 0, NULL}
/* clang-format on */

/**
 * Assesses cases: what the law grants, how high the risk is, which agency can take the person. Since 0.1; unstable.
 * \param options     What they are assessed with.
 * \param cases       Cases in `tutela-case/1`: one object, an array, or NDJSON.
 * \param length      Their length in bytes.
 * \param assessments Receives one assessment a line in the order of the cases; give it back to `tutela_text_free`.
 * \param error       Receives everything that is wrong with the cases, or NULL; then no case is assessed.
 */
TUTELA_C_API tutela_status tutela_assess(tutela_assess_options const* options, char const* cases, size_t length,
                                         tutela_text* assessments, tutela_error** error);

/** \} */

#ifdef __cplusplus
}
#endif

#endif /* TUTELA_C_QUESTIONS_H */
