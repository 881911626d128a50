/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file
 * SHOWS: the four doors by which facts enter the C library: slots, JSON, Arrow, plain arrays.
 * EASIER FIRST: quickstart.cpp.
 * RUN: doors
 */
#include <stdio.h>
#include <string.h>

#include <tutela-c/arrow.h>
#include <tutela-c/tutela.h>

#define TEXT(literal) (literal), (sizeof(literal) - 1)

/* [errors] */
/* Prints everything that is wrong, each finding with its place, and gives the error back. */
static int failed(tutela_status status, tutela_error* error)
{
  tutela_diagnostic finding = TUTELA_DIAGNOSTIC_INIT;
  size_t i;
  for (i = 0; error != NULL && tutela_error_at(error, i, &finding) == TUTELA_OK; ++i)
    fprintf(stderr, "TUT-%u %.*s: %.*s\n", (unsigned)finding.code, (int)finding.pointer.length, finding.pointer.data,
            (int)finding.what.length, finding.what.data);
  tutela_error_free(error);
  return status != TUTELA_OK;
}
/* [errors] */

/* [slots] */
static int by_slot(tutela_pack const* pack, tutela_decide_options const* options)
{
  tutela_error* error = NULL;
  tutela_slot birth_date, vulnerable;
  tutela_decision* decision = NULL; /* looked up once, for all threads */
  tutela_session* session = NULL;   /* one for each thread */
  tutela_answer answer = TUTELA_ANSWER_INIT;

  int good = tutela_pack_slot(pack, TEXT("person.birth_date"), &birth_date, &error) == TUTELA_OK &&
             tutela_pack_slot(pack, TEXT("family.vulnerable"), &vulnerable, &error) == TUTELA_OK &&
             tutela_decision_new(pack, TEXT("day_service"), options, &decision, &error) == TUTELA_OK &&
             tutela_session_new(pack, &session, &error) == TUTELA_OK;

  /* For every child: */
  good = good && tutela_session_clear(session, &error) == TUTELA_OK &&
         tutela_session_set_date(session, birth_date, 2025, 1, 10, &error) == TUTELA_OK &&
         tutela_session_answer(session, decision, &answer, &error) == TUTELA_OK;
  if (!good) return failed(TUTELA_INVALID_INPUT, error);
  if (answer.outcome == TUTELA_OUTCOME_UNKNOWN) { /* an answer, never a failure and never "no" */
    tutela_verdict* verdict = NULL;
    tutela_view fact = {NULL, 0};
    if (tutela_session_verdict(session, decision, &verdict, &error) != TUTELA_OK)
      return failed(TUTELA_INVALID_INPUT, error);
    if (tutela_verdict_missing(verdict, 0, &fact) == TUTELA_OK) printf("ask: %.*s\n", (int)fact.length, fact.data);
    tutela_verdict_free(verdict);
  }
  if (tutela_session_set_boolean(session, vulnerable, 1, &error) != TUTELA_OK ||
      tutela_session_answer(session, decision, &answer, &error) != TUTELA_OK)
    return failed(TUTELA_INVALID_INPUT, error);
  printf("by slot: %s\n", answer.boolean == 1 ? "yes" : answer.boolean == 0 ? "no" : "open");
  tutela_session_free(session);
  tutela_decision_free(decision);
  return 0;
}
/* [slots] */

/* [json] */
static int by_json(tutela_pack const* pack, tutela_decide_options const* options)
{
  static char const cases[] =
      "{\"format\":\"tutela-case/"
      "1\",\"id\":\"a\",\"synthetic\":true,\"jurisdiction\":\"MD\",\"kind\":\"child_protection\","
      "\"facts\":{\"person.birth_date\":\"2025-01-10\",\"family.vulnerable\":false}}\n";
  tutela_error* error = NULL;
  tutela_text verdicts = TUTELA_TEXT_INIT;
  tutela_status const status = tutela_pack_decide(pack, TEXT(cases), TEXT("day_service"), options, &verdicts, &error);
  if (status != TUTELA_OK) return failed(status, error);
  printf("by JSON: %s", strstr(verdicts.data, "\"value\":false") != NULL ? "no\n" : verdicts.data);
  tutela_text_free(&verdicts);
  return 0;
}
/* [json] */

static int is_set(void const* bits, size_t row)
{
  return bits == NULL || ((uint8_t const*)bits)[row / 8] >> (row % 8) & 1;
}

/* [answers] */
/* A Boolean decision is two arrays of bits: which rows are known, and the answers. */
static void print_answers(char const* door, struct ArrowArray* answers)
{
  struct ArrowArray const* first = answers->children[0];
  size_t row;
  printf("%s:", door);
  for (row = 0; row < (size_t)answers->length; ++row)
    printf(" %s", !is_set(first->buffers[0], row) ? "open" : is_set(first->buffers[1], row) ? "yes" : "no");
  printf("\n");
  answers->release(answers);
}
/* [answers] */

/* Two children: born 2025-01-10 and 2005-01-10, days since 1970-01-01; whether the family is vulnerable is not known of the first. */
static int32_t const born[2] = {20098, 12793};
static uint8_t const is_vulnerable[1] = {0x02};
static uint8_t const vulnerable_known[1] = {0x02};

/* [columns] */
static int by_plain_arrays(tutela_pack const* pack, tutela_batch_options const* options)
{
  tutela_error* error = NULL;
  tutela_batch* batch = NULL; /* compiled once, one for each thread */
  tutela_column columns[2] = {TUTELA_COLUMN_INIT, TUTELA_COLUMN_INIT};
  struct ArrowArray answers;

  columns[0].layout = TUTELA_LAYOUT_DAYS32;
  columns[0].values = born;
  columns[1].layout = TUTELA_LAYOUT_BITS;
  columns[1].values = is_vulnerable;
  columns[1].validity = vulnerable_known;
  if (tutela_pack_slot(pack, TEXT("person.birth_date"), &columns[0].slot, &error) != TUTELA_OK ||
      tutela_pack_slot(pack, TEXT("family.vulnerable"), &columns[1].slot, &error) != TUTELA_OK ||
      tutela_batch_new_columns(pack, columns, 2, options, &batch, &error) != TUTELA_OK ||
      tutela_batch_decide_columns(batch, columns, 2, 2, &answers, &error) != TUTELA_OK)
    return failed(TUTELA_INVALID_INPUT, error);
  print_answers("by plain arrays", &answers);
  tutela_batch_free(batch);
  return 0;
}
/* [columns] */

static void release_schema(struct ArrowSchema* schema) { schema->release = NULL; }
static void release_array(struct ArrowArray* array) { array->release = NULL; }

/* [arrow] */
/* A table as Arrow hands it over. A real producer (pyarrow, DuckDB, a driver of ADBC) fills these structs in. */
static int by_arrow(tutela_pack const* pack, tutela_batch_options const* options)
{
  void const* no_nulls[1] = {NULL};
  void const* days[2] = {NULL, born};
  void const* bits[2] = {vulnerable_known, is_vulnerable};
  struct ArrowSchema fields[2] = {{"tdD", "person.birth_date", NULL, 0, 0, NULL, NULL, release_schema, NULL},
                                  {"b", "family.vulnerable", NULL, 2, 0, NULL, NULL, release_schema, NULL}};
  struct ArrowSchema* field_pointers[2] = {&fields[0], &fields[1]};
  struct ArrowSchema schema = {"+s", "", NULL, 0, 2, field_pointers, NULL, release_schema, NULL};
  struct ArrowArray columns[2] = {{2, 0, 0, 2, 0, days, NULL, NULL, release_array, NULL},
                                  {2, 1, 0, 2, 0, bits, NULL, NULL, release_array, NULL}};
  struct ArrowArray* column_pointers[2] = {&columns[0], &columns[1]};
  struct ArrowArray rows = {2, 0, 0, 1, 2, no_nulls, column_pointers, NULL, release_array, NULL};

  tutela_error* error = NULL;
  tutela_batch* batch = NULL;
  struct ArrowArray answers;
  if (tutela_batch_new(pack, &schema, options, &batch, &error) != TUTELA_OK ||
      tutela_batch_decide(batch, &rows, &answers, &error) != TUTELA_OK)
    return failed(TUTELA_INVALID_INPUT, error);
  print_answers("by Arrow", &answers);
  tutela_batch_free(batch);
  return 0;
}
/* [arrow] */

int main(void)
{
  tutela_view const wanted[1] = {{"day_service", 11}};
  tutela_decide_options options = TUTELA_DECIDE_OPTIONS_INIT;
  tutela_batch_options batch_options = TUTELA_BATCH_OPTIONS_INIT;
  tutela_pack* pack = NULL;
  tutela_error* error = NULL;
  int result;

  tutela_status const status = tutela_pack_load(TUTELA_FROM_NAME, TEXT("md/child-protection"), NULL, &pack, &error);
  if (status != TUTELA_OK) return failed(status, error);
  options.on.year = 2026; /* there is no clock: the day is always an argument */
  options.on.month = 3;
  options.on.day = 2;
  batch_options.on = options.on;
  batch_options.decisions = wanted;
  batch_options.decision_count = 1;
  result = by_slot(pack, &options) || by_json(pack, &options) || by_plain_arrays(pack, &batch_options) ||
           by_arrow(pack, &batch_options);
  tutela_pack_free(pack);
  return result;
}
