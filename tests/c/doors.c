/* SPDX-License-Identifier: Apache-2.0 */
/* The doors by which facts enter, from C11 and as C++: slots of every type, JSON, Arrow, plain arrays. Each door must give
 * the answer of the others. Arguments: swimming.dmn, trip.dmn. */
#include <tutela-c/arrow.h>

#include <stddef.h>

#include "c/check.h"

static tutela_decision* decision_of(tutela_pack const* pack, char const* name)
{
  tutela_error* error = NULL;
  tutela_decision* decision = NULL;
  EXPECT(tutela_decision_new(pack, name, strlen(name), NULL, &decision, &error), error);
  return decision;
}

/* The answer to a decision as JSON, or its outcome as a number. */
static void check_answer(tutela_pack const* pack, tutela_session* session, char const* name, char const* wanted,
                         int line)
{
  tutela_error* error = NULL;
  tutela_decision* decision = decision_of(pack, name);
  tutela_answer answer = TUTELA_ANSWER_INIT;
  EXPECT(tutela_session_answer(session, decision, &answer, &error), error);
  if (answer.outcome != TUTELA_OUTCOME_KNOWN || !same(answer.value, wanted)) {
    fprintf(stderr, "%s:%d: %s is %.*s (outcome %d) instead of %s\n", __FILE__, line, name, (int)answer.value.length,
            answer.value.data, (int)answer.outcome, wanted);
    ++failures;
  }
  tutela_decision_free(decision);
}
#define ANSWER(name, wanted) check_answer(pack, session, (name), (wanted), __LINE__)

static void test_slots(char const* path)
{
  tutela_pack* pack = load_model(path);
  tutela_session* session = NULL;
  tutela_error* error = NULL;
  tutela_answer answer = TUTELA_ANSWER_INIT;
  tutela_decision* decision = NULL;
  tutela_slot const start = slot_of(pack, "start");
  tutela_slot const length = slot_of(pack, "length");
  tutela_slot const notice = slot_of(pack, "notice");
  tutela_slot const ages = slot_of(pack, "ages");
  tutela_slot const season = slot_of(pack, "season");
  tutela_slot const cost = slot_of(pack, "cost");
  tutela_slot const gear = slot_of(pack, "gear");

  EXPECT(tutela_session_new(pack, &session, &error), error);
  EXPECT(tutela_session_set_date_time(session, start, TEXT("2026-06-01T08:00:01"), &error), error);
  ANSWER("starts_late", "true");
  EXPECT(tutela_session_set_date_time(session, start, TEXT("2026-06-01T08:00:00"), &error), error);
  ANSWER("starts_late", "false");
  EXPECT(tutela_session_set_duration(session, length, TEXT("PT49H"), &error), error);
  EXPECT(tutela_session_set_duration(session, notice, TEXT("P11M"), &error), error);
  ANSWER("is_long", "true");
  EXPECT(tutela_session_set_feel(session, ages, TEXT("[7, 12, 9]"), &error), error);
  ANSWER("oldest", "12");
  EXPECT(tutela_session_set_json(session, ages, TEXT("[7, 8.5]"), &error), error);
  ANSWER("oldest", "8.5");
  EXPECT(tutela_session_set_string(session, season, TEXT("winter"), &error), error);
  ANSWER("needs_coats", "true");
  EXPECT(tutela_session_set_decimal(session, cost, 1250, 2, &error), error);
  ANSWER("is_cheap", "true");
  EXPECT(tutela_session_set_decimal(session, cost, 12501, 3, &error), error);
  ANSWER("is_cheap", "false");
  EXPECT(tutela_session_set_decimal(session, cost, INT64_MIN, 18, &error), error);
  ANSWER("is_cheap", "true");
  EXPECT(tutela_session_set_feel(session, gear, TEXT("{helmets: 3, ropes: [1, 2]}"), &error), error);
  ANSWER("helmets", "3");

  /* Partly known: one of several, a range, not at all. */
  EXPECT(tutela_session_set_json(session, cost, TEXT("{\"domain\": {\"low\": 3, \"high\": 12.5}}"), &error), error);
  ANSWER("is_cheap", "true");
  EXPECT(tutela_session_set_json(session, cost, TEXT("{\"domain\": [12, 13]}"), &error), error);
  decision = decision_of(pack, "is_cheap");
  EXPECT(tutela_session_answer(session, decision, &answer, &error), error);
  CHECK(answer.outcome == TUTELA_OUTCOME_UNKNOWN && answer.boolean == -1 && answer.value.length == 0);
  EXPECT(tutela_session_set_json(session, cost, TEXT("{\"state\": \"uncertain\"}"), &error), error);
  EXPECT(tutela_session_answer(session, decision, &answer, &error), error);
  CHECK(answer.outcome == TUTELA_OUTCOME_UNDETERMINABLE);
  EXPECT(tutela_session_set_json(session, cost, TEXT("null"), &error), error);
  EXPECT(tutela_session_answer(session, decision, &answer, &error), error);
  CHECK(answer.outcome == TUTELA_OUTCOME_UNKNOWN);
  tutela_decision_free(decision);

  /* What cannot be set. */
  EXPECT(tutela_session_set_integer(session, cost, 3, &error), error);
  REFUSED(tutela_session_set_date_time(session, start, TEXT("noon"), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_date_time(session, start, TEXT("x\") + (\""), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_date_time(session, start, TEXT("\xff"), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_date_time(session, start, NULL, 4, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_set_duration(session, length, TEXT("P11M"), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_duration(session, length, TEXT("two days"), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_feel(session, ages, TEXT("[1, "), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_feel(session, ages, TEXT("no_such_name"), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_feel(session, ages, TEXT("1 + \"a\""), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_feel(session, ages, TEXT("today()"), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_feel(session, gear, TEXT("function(a) a"), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_feel(session, ages, TEXT("for i in 1..1000000000 return i"), &error),
          TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_feel(session, ages, TEXT("\xc3("), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_json(session, season, TEXT("\"autumn\""), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_json(session, cost, TEXT("{\"value\": 3, \"source\": \"bill\"}"), &error),
          TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_json(session, cost, TEXT("1, \"paid\": true"), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_json(session, cost, TEXT(""), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_decimal(session, cost, 1, 19, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_set_decimal(session, cost, 1, -1, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_set_decimal(NULL, cost, 1, 0, &error), TUTELA_MISUSE);
  ANSWER("is_cheap", "true"); /* what was refused changed nothing */

  tutela_session_free(session);
  tutela_pack_free(pack);
}

static void test_prepared(char const* swimming, char const* trip)
{
  tutela_pack* pack = load_model(swimming);
  tutela_pack* other = load_model(trip);
  tutela_decision* decision = decision_of(pack, "lane");
  tutela_decision* absent = decision_of(pack, "no_such_rule");
  tutela_decision* foreign = decision_of(other, "is_cheap");
  tutela_decide_options options = TUTELA_DECIDE_OPTIONS_INIT;
  tutela_session* session = NULL;
  tutela_verdict* verdict = NULL;
  tutela_verdict_summary summary = TUTELA_VERDICT_SUMMARY_INIT;
  tutela_answer answer = TUTELA_ANSWER_INIT;
  tutela_error* error = NULL;
  tutela_slot const born = slot_of(pack, "child.birth_date");
  tutela_slot const group = slot_of(pack, "child.group");

  EXPECT(tutela_session_new(pack, &session, &error), error);
  tutela_pack_free(pack); /* session and decision keep what they need */
  EXPECT(tutela_session_set_date(session, born, 2017, 5, 4, &error), error);
  EXPECT(tutela_session_set_string(session, group, TEXT("herons"), &error), error);
  EXPECT(tutela_session_answer(session, decision, &answer, &error), error);
  CHECK(answer.outcome == TUTELA_OUTCOME_KNOWN && answer.boolean == -1 && same(answer.value, "\"middle\""));
  EXPECT(tutela_session_verdict(session, decision, &verdict, &error), error);
  CHECK(tutela_verdict_summarise(verdict, &summary) == TUTELA_OK && same(summary.value, "\"middle\""));
  tutela_verdict_free(verdict);
  EXPECT(tutela_session_answer(session, absent, &answer, &error), error);
  CHECK(answer.outcome == TUTELA_OUTCOME_RULE_NOT_AVAILABLE && answer.value.length == 0);

  REFUSED(tutela_session_answer(session, foreign, &answer, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_answer(session, NULL, &answer, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_answer(NULL, decision, &answer, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_answer(session, decision, NULL, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_answer(session, (tutela_decision const*)(void const*)session, &answer, &error), TUTELA_MISUSE);
  answer.struct_size = 2;
  REFUSED(tutela_session_answer(session, decision, &answer, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_verdict(session, foreign, &verdict, &error), TUTELA_MISUSE);
  CHECK(verdict == NULL);
  REFUSED(tutela_session_verdict(session, decision, NULL, &error), TUTELA_MISUSE);
  tutela_decision_free(absent);
  REFUSED(tutela_decision_new(other, NULL, 0, NULL, &absent, &error), TUTELA_INVALID_INPUT);
  CHECK(absent == NULL);
  options.struct_size = 1;
  REFUSED(tutela_decision_new(other, TEXT("is_cheap"), &options, &absent, &error), TUTELA_MISUSE);
  options.struct_size = sizeof options;
  options.jurisdiction.length = 2;
  REFUSED(tutela_decision_new(other, TEXT("is_cheap"), &options, &absent, &error), TUTELA_MISUSE);
  REFUSED(tutela_decision_new(NULL, TEXT("is_cheap"), NULL, &absent, &error), TUTELA_MISUSE);
  REFUSED(tutela_decision_new(other, TEXT("is_cheap"), NULL, NULL, &error), TUTELA_MISUSE);

  tutela_decision_free(NULL);
  tutela_decision_free(decision);
  tutela_decision_free(foreign);
  tutela_session_free(session);
  tutela_pack_free(other);
}

/* The head of a case of the JSON door; the facts and `}` follow. */
#define CASE(id)                                                    \
  "{\"format\":\"tutela-case/1\",\"id\":\"" id                      \
  "\",\"synthetic\":true,\"jurisdiction\":\"MD\",\"kind\":\"child_" \
  "protection\",\"facts\":"

static void test_json(char const* path)
{
  tutela_pack* pack = load_model(path);
  tutela_text verdicts = TUTELA_TEXT_INIT;
  tutela_error* error = NULL;
  tutela_diagnostic diagnostic = TUTELA_DIAGNOSTIC_INIT;

  EXPECT(tutela_pack_decide(pack,
                            TEXT(CASE("a") "{\"child.height\":1.19}}\n" CASE(
                                "b") "{\"child.height\":1.2,\"child.guardian_agrees\":true}}\n"),
                            TEXT("may_swim"), NULL, &verdicts, &error),
         error);
  CHECK(has(verdicts, "{\"case\":\"a\",\"pack\":\"swimming\"") && has(verdicts, "\n{\"case\":\"b\""));
  CHECK(has(verdicts, "\"decision\":\"may_swim\"") && has(verdicts, "\"value\":false") &&
        has(verdicts, "\"value\":true"));
  CHECK(!has(verdicts, "\"decision\":\"lane\""));
  tutela_text_free(&verdicts);
  EXPECT(tutela_pack_decide(pack, TEXT(CASE("a") "{}}"), NULL, 0, NULL, &verdicts, &error), error);
  CHECK(has(verdicts, "\"decision\":\"lane\"") && has(verdicts, "\"missing\":[\"child.guardian_agrees\""));
  tutela_text_free(&verdicts);

  /* All findings of all cases, none decided. */
  CHECK(tutela_pack_decide(
            pack, TEXT("[" CASE("a") "{\"child.height\":\"tall\"}}," CASE("b") "{\"child.group\":\"sharks\"}}]"), NULL,
            0, NULL, &verdicts, &error) == TUTELA_INVALID_INPUT);
  CHECK(tutela_error_at(error, 0, &diagnostic) == TUTELA_OK && same(diagnostic.pointer, "/a/child.height"));
  CHECK(tutela_error_at(error, 1, &diagnostic) == TUTELA_OK && same(diagnostic.pointer, "/b/child.group"));
  CHECK(tutela_error_at(error, 2, &diagnostic) == TUTELA_END);
  CHECK(verdicts.data == NULL);
  tutela_error_free(error);
  REFUSED(tutela_pack_decide(pack, TEXT("[}"), NULL, 0, NULL, &verdicts, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_pack_decide(pack, TEXT("\xfe"), NULL, 0, NULL, &verdicts, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_pack_decide(pack, TEXT("[]"), NULL, 3, NULL, &verdicts, &error), TUTELA_MISUSE);
  REFUSED(tutela_pack_decide(pack, TEXT("[]"), NULL, 0, NULL, NULL, &error), TUTELA_MISUSE);
  REFUSED(tutela_pack_decide(NULL, TEXT("[]"), NULL, 0, NULL, &verdicts, &error), TUTELA_MISUSE);
  tutela_pack_free(pack);
}

static int bit(void const* bits, size_t at)
{
  return bits == NULL ? 1 : ((uint8_t const*)bits)[at / 8] >> (at % 8) & 1;
}

/* Five rows: height in centimetres as a decimal, whether the guardian agrees; the third height and the last two are missing. */
enum { rows = 5 };
static int64_t const heights[rows] = {119, 120, 0, 150, 90};
static uint8_t const heights_known[1] = {0x1B}; /* rows 0, 1, 3, 4 */
static uint8_t const agrees[1] = {0x02};        /* row 1 */
static uint8_t const agrees_known[1] = {0x07};  /* rows 0, 1, 2 */

/* What every door must say about them: no, yes, no (whatever the height is), open, no. */
static void check_answers(struct ArrowArray const* answers, char const* door)
{
  static int const known[rows] = {1, 1, 1, 0, 1};
  static int const yes[rows] = {0, 1, 0, 0, 0};
  size_t i;
  CHECK(answers->length == rows && answers->n_children == 1);
  for (i = 0; i < rows; ++i) {
    struct ArrowArray const* child = answers->children[0];
    if (bit(child->buffers[0], i) != known[i] || (known[i] && bit(child->buffers[1], i) != yes[i])) {
      fprintf(stderr, "row %d through %s\n", (int)i, door);
      ++failures;
    }
  }
}

static tutela_column column_of(tutela_slot slot, tutela_layout layout, void const* values, uint8_t const* validity)
{
  tutela_column column = TUTELA_COLUMN_INIT;
  column.slot = slot;
  column.layout = layout;
  column.values = values;
  column.validity = validity;
  return column;
}

/* An instrument is scored by the columns of the same table; this table has none of its facts. */
static void test_instruments(tutela_pack* pack, tutela_column const* columns)
{
  tutela_batch_options options = TUTELA_BATCH_OPTIONS_INIT;
  tutela_instrument* scale = NULL;
  tutela_instrument const* instruments[2] = {NULL, NULL};
  tutela_batch* batch = NULL;
  tutela_error* error = NULL;

  EXPECT(tutela_instrument_load(TUTELA_FROM_NAME, TEXT("uk/ogrs3"), NULL, &scale, &error), error);
  options.instrument_count = 1;
  REFUSED(tutela_batch_new_columns(pack, columns, 2, &options, &batch, &error), TUTELA_MISUSE);
  options.instruments = instruments;
  REFUSED(tutela_batch_new_columns(pack, columns, 2, &options, &batch, &error), TUTELA_MISUSE);
  instruments[0] = instruments[1] = scale;
  REFUSED(tutela_batch_new_columns(pack, columns, 2, &options, &batch, &error), TUTELA_INVALID_INPUT);
  options.instrument_count = 2;
  REFUSED(tutela_batch_new_columns(pack, columns, 2, &options, &batch, &error), TUTELA_MISUSE);
  /* A caller of an older version has no such member. */
  options.struct_size = (uint32_t)offsetof(tutela_batch_options, instruments);
  EXPECT(tutela_batch_new_columns(pack, columns, 2, &options, &batch, &error), error);
  tutela_batch_free(batch);
  tutela_instrument_free(scale);
}

static void test_plain_arrays(char const* path)
{
  tutela_pack* pack = load_model(path);
  tutela_view const wanted[1] = {{"may_swim", 8}};
  tutela_batch_options options = TUTELA_BATCH_OPTIONS_INIT;
  tutela_column columns[2];
  tutela_column other;
  tutela_batch* batch = NULL;
  tutela_error* error = NULL;
  tutela_text text = TUTELA_TEXT_INIT;
  struct ArrowArray answers;
  struct ArrowSchema schema;

  options.decisions = wanted;
  options.decision_count = 1;
  options.outcomes = 0;
  columns[0] = column_of(slot_of(pack, "child.height"), TUTELA_LAYOUT_DECIMAL64, heights, heights_known);
  columns[0].scale = 2;
  columns[1] = column_of(slot_of(pack, "child.guardian_agrees"), TUTELA_LAYOUT_BITS, agrees, agrees_known);
  EXPECT(tutela_batch_new_columns(pack, columns, 2, &options, &batch, &error), error);
  EXPECT(tutela_batch_decide_columns(batch, columns, 2, rows, &answers, &error), error);
  check_answers(&answers, "plain arrays");
  answers.release(&answers);
  EXPECT(tutela_batch_describe(batch, &text, &error), error);
  CHECK(has(text, "{\"name\":\"may_swim\",\"in_columns\":true") && has(text, "\"facts_without_column\":[]"));
  tutela_text_free(&text);
  EXPECT(tutela_batch_schema(batch, &schema, &error), error);
  CHECK(schema.n_children == 1 && strcmp(schema.children[0]->name, "may_swim") == 0);
  CHECK(strcmp(schema.children[0]->format, "b") == 0);
  schema.release(&schema);
  EXPECT(tutela_batch_decide_columns(batch, columns, 2, 0, &answers, &error), error);
  CHECK(answers.length == 0);
  answers.release(&answers);

  test_instruments(pack, columns);

  /* Only the pointers may be others. */
  answers.release = NULL;
  REFUSED(tutela_batch_decide_columns(batch, columns, 1, rows, &answers, &error), TUTELA_MISUSE);
  REFUSED(tutela_batch_decide_columns(batch, NULL, 2, rows, &answers, &error), TUTELA_MISUSE);
  other = columns[1];
  columns[1].layout = TUTELA_LAYOUT_INT8;
  REFUSED(tutela_batch_decide_columns(batch, columns, 2, rows, &answers, &error), TUTELA_MISUSE);
  tutela_batch_free(batch);
  REFUSED(tutela_batch_new_columns(pack, columns, 2, &options, &batch, &error), TUTELA_INVALID_INPUT); /* numbers */
  CHECK(batch == NULL);
  columns[1] = other;
  columns[1].values = NULL;
  EXPECT(tutela_batch_new_columns(pack, columns, 2, &options, &batch, &error), error);
  REFUSED(tutela_batch_decide_columns(batch, columns, 2, rows, &answers, &error), TUTELA_MISUSE);
  columns[1].struct_size -= 8;
  REFUSED(tutela_batch_decide_columns(batch, columns, 2, rows, &answers, &error), TUTELA_MISUSE);
  columns[1] = other;
  columns[0].scale = 19;
  REFUSED(tutela_batch_decide_columns(batch, columns, 2, rows, &answers, &error), TUTELA_MISUSE);
  columns[0].scale = 2;
  REFUSED(tutela_batch_decide_columns(batch, columns, 2, SIZE_MAX, &answers, &error), TUTELA_MISUSE);
  REFUSED(tutela_batch_decide_columns(batch, columns, 2, rows, NULL, &error), TUTELA_MISUSE);
  REFUSED(tutela_batch_decide_columns(NULL, columns, 2, rows, &answers, &error), TUTELA_MISUSE);
  CHECK(answers.release == NULL);
  tutela_batch_free(batch);
  REFUSED(tutela_batch_new_columns(pack, columns, 0, &options, &batch, &error), TUTELA_MISUSE);
  columns[1].slot = columns[0].slot;
  REFUSED(tutela_batch_new_columns(pack, columns, 2, &options, &batch, &error), TUTELA_MISUSE);
  columns[1].slot = 3;
  REFUSED(tutela_batch_new_columns(pack, columns, 2, &options, &batch, &error), TUTELA_MISUSE);
  columns[1] = other;
  columns[1].nulls = 7;
  REFUSED(tutela_batch_new_columns(pack, columns, 2, &options, &batch, &error), TUTELA_MISUSE);
  tutela_pack_free(pack);
}

/* Days, texts and words from a list, and a null that says more than *not asked*. */
static void test_texts_and_days(char const* path)
{
  static int32_t const born[3] = {17000, 16801, 16800}; /* 2016-07-18, 2016-01-01, 2015-12-31 */
  static int32_t const offsets[4] = {0, 6, 12, 18};
  static int32_t const codes[3] = {1, 0, 1};
  static int32_t const no_codes[3] = {1, 9, 1};
  static uint8_t const last_missing[1] = {0x03};
  static char const* const lanes[3] = {"\"shallow\"", "\"middle\"", "\"deep\""};
  tutela_pack* pack = load_model(path);
  tutela_view const wanted[1] = {{"lane", 4}};
  tutela_view const words[2] = {{"herons", 6}, {"otters", 6}};
  tutela_batch_options options = TUTELA_BATCH_OPTIONS_INIT;
  tutela_column columns[2];
  tutela_batch* batch = NULL;
  tutela_error* error = NULL;
  struct ArrowArray answers;
  int door;

  options.decisions = wanted;
  options.decision_count = 1;
  columns[0] = column_of(slot_of(pack, "child.birth_date"), TUTELA_LAYOUT_DAYS32, born, NULL);
  for (door = 0; door < 2; ++door) {
    size_t i;
    columns[1] = column_of(slot_of(pack, "child.group"), door == 0 ? TUTELA_LAYOUT_TEXT : TUTELA_LAYOUT_CODES32,
                           door == 0 ? (void const*)"ottersheronsotters" : (void const*)codes, NULL);
    columns[1].offsets = door == 0 ? offsets : NULL;
    columns[1].words = door == 0 ? NULL : words;
    columns[1].word_count = door == 0 ? 0 : 2;
    EXPECT(tutela_batch_new_columns(pack, columns, 2, &options, &batch, &error), error);
    EXPECT(tutela_batch_decide_columns(batch, columns, 2, 3, &answers, &error), error);
    CHECK(answers.n_children == 2); /* the answer and the outcome */
    for (i = 0; i < 3; ++i) {
      /* Texts come out as numbers of a list; the list has its own offsets and bytes. */
      struct ArrowArray const* child = answers.children[0];
      int32_t const code = ((int32_t const*)child->buffers[1])[i];
      int32_t const* ends = (int32_t const*)child->dictionary->buffers[1];
      char const* bytes = (char const*)child->dictionary->buffers[2] + ends[code];
      size_t const size = (size_t)(ends[code + 1] - ends[code]);
      CHECK(bit(child->buffers[0], i) && size == strlen(lanes[i]) - 2 && memcmp(bytes, lanes[i] + 1, size) == 0);
    }
    answers.release(&answers);
    if (door == 0) {
      columns[1].offsets = NULL;
      REFUSED(tutela_batch_decide_columns(batch, columns, 2, 3, &answers, &error), TUTELA_MISUSE);
    } else {
      columns[1].words = NULL;
      REFUSED(tutela_batch_decide_columns(batch, columns, 2, 3, &answers, &error), TUTELA_MISUSE);
      columns[1].words = words;
      columns[1].values = no_codes;
      REFUSED(tutela_batch_decide_columns(batch, columns, 2, 3, &answers, &error), TUTELA_INVALID_INPUT);
    }
    tutela_batch_free(batch);
  }

  /* The group of the last child was asked and cannot be known; born in 2015 it does not matter, in 2016 it does. */
  columns[1].values = codes;
  columns[1].validity = last_missing;
  columns[1].nulls = TUTELA_NULL_UNCERTAIN;
  EXPECT(tutela_batch_new_columns(pack, columns, 2, &options, &batch, &error), error);
  EXPECT(tutela_batch_decide_columns(batch, columns, 2, 3, &answers, &error), error);
  CHECK(bit(answers.children[0]->buffers[0], 2));
  answers.release(&answers);
  tutela_batch_free(batch);
  tutela_pack_free(pack);
}

/* An Arrow table over the same five rows, as a producer in C makes it. */
static void release_schema(struct ArrowSchema* schema) { schema->release = NULL; }
static void release_array(struct ArrowArray* array) { array->release = NULL; }

struct table {
  struct ArrowSchema fields[2], *field_pointers[2], schema;
  struct ArrowArray columns[2], *column_pointers[2], array;
  void const* buffers[2][2];
  void const* no_validity[1];
};

static void make_table(struct table* table)
{
  memset(table, 0, sizeof *table);
  table->fields[0].name = "child.height";
  table->fields[0].format = "d:18,2,64";
  table->fields[1].name = "child.guardian_agrees";
  table->fields[1].format = "b";
  table->buffers[0][0] = heights_known;
  table->buffers[0][1] = heights;
  table->buffers[1][0] = agrees_known;
  table->buffers[1][1] = agrees;
  for (size_t i = 0; i < 2; ++i) {
    table->fields[i].release = release_schema;
    table->fields[i].flags = ARROW_FLAG_NULLABLE;
    table->field_pointers[i] = &table->fields[i];
    table->columns[i].length = rows;
    table->columns[i].null_count = -1;
    table->columns[i].n_buffers = 2;
    table->columns[i].buffers = table->buffers[i];
    table->columns[i].release = release_array;
    table->column_pointers[i] = &table->columns[i];
  }
  table->schema.format = "+s";
  table->schema.n_children = 2;
  table->schema.children = table->field_pointers;
  table->schema.release = release_schema;
  table->array.length = rows;
  table->array.n_buffers = 1;
  table->array.buffers = table->no_validity;
  table->array.n_children = 2;
  table->array.children = table->column_pointers;
  table->array.release = release_array;
}

/* A stream that gives the table once; `private_data` is the table, NULL at its end. */
static int stream_schema(struct ArrowArrayStream* stream, struct ArrowSchema* out)
{
  *out = ((struct table*)stream->private_data)->schema;
  return 0;
}

static int stream_next(struct ArrowArrayStream* stream, struct ArrowArray* out)
{
  struct table* table = (struct table*)stream->private_data;
  *out = table->array;
  table->array.release = NULL; /* given away; the second time it is the end */
  return 0;
}

static char const* stream_error(struct ArrowArrayStream* stream)
{
  (void)stream;
  return "none";
}

static void release_stream(struct ArrowArrayStream* stream) { stream->release = NULL; }

static struct ArrowArrayStream stream_of(struct table* table)
{
  struct ArrowArrayStream stream = {stream_schema, stream_next, stream_error, release_stream, NULL};
  stream.private_data = table;
  return stream;
}

static void test_arrow(char const* path)
{
  tutela_pack* pack = load_model(path);
  tutela_view const wanted[1] = {{"may_swim", 8}};
  tutela_batch_options options = TUTELA_BATCH_OPTIONS_INIT;
  tutela_column_rule rule = TUTELA_COLUMN_RULE_INIT;
  tutela_batch* batch = NULL;
  tutela_error* error = NULL;
  struct table table;
  struct ArrowArray answers;
  struct ArrowArrayStream stream;
  struct ArrowArrayStream results;
  tutela_column column = TUTELA_COLUMN_INIT;

  options.decisions = wanted;
  options.decision_count = 1;
  options.outcomes = 0;
  make_table(&table);
  EXPECT(tutela_batch_new(pack, &table.schema, &options, &batch, &error), error);
  EXPECT(tutela_batch_decide(batch, &table.array, &answers, &error), error);
  CHECK(table.array.release != NULL); /* read, not taken */
  REFUSED(tutela_batch_decide_columns(batch, &column, 1, rows, &answers, &error), TUTELA_MISUSE);
  tutela_batch_free(batch);
  check_answers(&answers, "Arrow"); /* the answers live on */
  answers.release(&answers);

  stream = stream_of(&table);
  EXPECT(tutela_pack_decide_stream(pack, &stream, &options, &results, &error), error);
  CHECK(stream.release == NULL);
  CHECK(results.get_next(&results, &answers) == 0);
  check_answers(&answers, "a stream");
  answers.release(&answers);
  CHECK(results.get_next(&results, &answers) == 0 && answers.release == NULL);
  results.release(&results);

  /* A legal order may be named; a lone model answers for any. */
  options.jurisdiction = view_of("RO");
  EXPECT(tutela_batch_new(pack, &table.schema, &options, &batch, &error), error);
  tutela_batch_free(batch);
  options.jurisdiction.data = NULL;
  REFUSED(tutela_batch_new(pack, &table.schema, &options, &batch, &error), TUTELA_MISUSE);
  options.jurisdiction.length = 0;

  /* A column of another name. */
  make_table(&table);
  table.fields[0].name = "cm";
  rule.fact = view_of("child.height");
  rule.column = view_of("cm");
  options.columns = &rule;
  options.column_count = 1;
  stream = stream_of(&table);
  EXPECT(tutela_pack_decide_stream(pack, &stream, &options, &results, &error), error);
  CHECK(results.get_next(&results, &answers) == 0);
  check_answers(&answers, "a renamed column");
  answers.release(&answers);
  results.release(&results);

  /* Mistakes. */
  make_table(&table);
  rule.nulls = 5;
  REFUSED(tutela_batch_new(pack, &table.schema, &options, &batch, &error), TUTELA_MISUSE);
  options.column_count = 0;
  table.fields[0].format = "u";
  table.fields[1].format = "+l";
  CHECK(tutela_batch_new(pack, &table.schema, &options, &batch, &error) != TUTELA_OK && batch == NULL);
  tutela_error_free(error);
  table.fields[1].format = "g";
  CHECK(tutela_batch_new(pack, &table.schema, &options, &batch, &error) == TUTELA_INVALID_INPUT);
  {
    tutela_diagnostic diagnostic = TUTELA_DIAGNOSTIC_INIT;
    CHECK(tutela_error_at(error, 1, &diagnostic) == TUTELA_OK && diagnostic.what.length > 0); /* both columns */
  }
  tutela_error_free(error);
  table.fields[0].format = NULL;
  REFUSED(tutela_batch_new(pack, &table.schema, &options, &batch, &error), TUTELA_MISUSE);
  make_table(&table);
  table.schema.children = NULL;
  REFUSED(tutela_batch_new(pack, &table.schema, &options, &batch, &error), TUTELA_MISUSE);
  make_table(&table);
  table.schema.format = "u";
  REFUSED(tutela_batch_new(pack, &table.schema, &options, &batch, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_batch_new(pack, NULL, &options, &batch, &error), TUTELA_MISUSE);
  make_table(&table);
  EXPECT(tutela_batch_new(pack, &table.schema, &options, &batch, &error), error);
  REFUSED(tutela_batch_decide(batch, NULL, &answers, &error), TUTELA_MISUSE);
  table.array.n_children = 1;
  REFUSED(tutela_batch_decide(batch, &table.array, &answers, &error), TUTELA_INVALID_INPUT);
  table.array.n_children = 2;
  table.columns[0].length = 2;
  REFUSED(tutela_batch_decide(batch, &table.array, &answers, &error), TUTELA_INVALID_INPUT);
  table.array.release = NULL;
  REFUSED(tutela_batch_decide(batch, &table.array, &answers, &error), TUTELA_MISUSE);
  REFUSED(tutela_batch_schema(NULL, &table.schema, &error), TUTELA_MISUSE);
  REFUSED(tutela_batch_schema(batch, NULL, &error), TUTELA_MISUSE);
  REFUSED(tutela_batch_describe(batch, NULL, &error), TUTELA_MISUSE);
  REFUSED(tutela_pack_decide_stream(pack, NULL, &options, &results, &error), TUTELA_MISUSE);
  stream.release = NULL;
  REFUSED(tutela_pack_decide_stream(pack, &stream, &options, &results, &error), TUTELA_MISUSE);
  tutela_batch_free(batch);
  tutela_batch_free(NULL);
  tutela_pack_free(pack);
}

static tutela_answer answer_row(tutela_session* session, tutela_cell const* row, size_t count,
                                tutela_decision const* decision)
{
  tutela_error* error = NULL;
  tutela_answer answer = TUTELA_ANSWER_INIT;
  EXPECT(tutela_session_answer_row(session, row, count, decision, &answer, &error), error);
  return answer;
}

static void test_rows(char const* path)
{
  tutela_pack* pack = load_model(path);
  tutela_decision* may_swim = decision_of(pack, "may_swim");
  tutela_decision* lane = decision_of(pack, "lane");
  tutela_session* session = NULL;
  tutela_error* error = NULL;
  tutela_verdict* verdict = NULL;
  tutela_verdict_summary summary = TUTELA_VERDICT_SUMMARY_INIT;
  tutela_diagnostic finding = TUTELA_DIAGNOSTIC_INIT;
  tutela_cell row[3];
  tutela_answer answer;
  memset(row, 0, sizeof row);
  row[0].slot = slot_of(pack, "child.height");
  row[1].slot = slot_of(pack, "child.guardian_agrees");
  row[2].slot = slot_of(pack, "child.birth_date");
  EXPECT(tutela_session_new(pack, &session, &error), error);

  /* Zeros say nothing about anybody. */
  CHECK(answer_row(session, row, 3, may_swim).outcome == TUTELA_OUTCOME_UNKNOWN);
  row[0].holds = TUTELA_CELL_INTEGER;
  row[0].value = 2;
  CHECK(answer_row(session, row, 3, may_swim).outcome == TUTELA_OUTCOME_UNKNOWN);
  row[1].holds = TUTELA_CELL_BOOLEAN;
  row[1].value = 1;
  CHECK(answer_row(session, row, 3, may_swim).boolean == 1);
  row[1].value = 0;
  CHECK(answer_row(session, row, 3, may_swim).boolean == 0);
  row[1].holds = TUTELA_CELL_UNCERTAIN;
  CHECK(answer_row(session, row, 3, may_swim).outcome == TUTELA_OUTCOME_UNDETERMINABLE);
  row[1].holds = TUTELA_CELL_NONE;
  REFUSED(tutela_session_answer_row(session, row, 3, may_swim, &answer, &error), TUTELA_INVALID_INPUT);
  row[1].holds = TUTELA_CELL_UNKNOWN;
  row[2].holds = TUTELA_CELL_DATE;
  row[2].value = 20151231;
  answer = answer_row(session, row, 3, lane);
  CHECK(answer.outcome == TUTELA_OUTCOME_KNOWN && same(answer.value, "\"deep\""));
  row[2].value = 20160101;
  CHECK(answer_row(session, row, 3, lane).outcome == TUTELA_OUTCOME_UNKNOWN);

  /* The facts stay for the reasons, and no case shines through a cell that says unknown. */
  EXPECT(tutela_session_set_case(session,
                                 TEXT("{\"format\":\"tutela-case/1\",\"id\":\"a\",\"jurisdiction\":\"MD\","
                                      "\"kind\":\"child_protection\",\"facts\":"
                                      "{\"child.height\":1.0,\"child.guardian_agrees\":true}}"),
                                 &error),
         error);
  EXPECT(tutela_session_answer_row(session, row, 3, NULL, NULL, &error), error);
  EXPECT(tutela_session_verdict(session, may_swim, &verdict, &error), error);
  CHECK(tutela_verdict_summarise(verdict, &summary) == TUTELA_OK && summary.outcome == TUTELA_OUTCOME_UNKNOWN);
  tutela_verdict_free(verdict);
  CHECK(answer_row(session, NULL, 0, may_swim).outcome == TUTELA_OUTCOME_UNKNOWN);

  /* All that is wrong is told, and then nothing is known of anybody. */
  row[0].holds = TUTELA_CELL_BOOLEAN;
  row[0].value = 1;
  row[2].value = 20260230;
  CHECK(tutela_session_answer_row(session, row, 3, may_swim, &answer, &error) == TUTELA_INVALID_INPUT);
  CHECK(tutela_error_at(error, 0, &finding) == TUTELA_OK && same(finding.pointer, "child.height"));
  CHECK(tutela_error_at(error, 1, &finding) == TUTELA_OK && finding.pointer.length > 0);
  CHECK(tutela_error_at(error, 2, &finding) == TUTELA_END);
  tutela_error_free(error);
  row[0].holds = TUTELA_CELL_INTEGER;
  REFUSED(tutela_session_answer_row(session, row, 3, may_swim, &answer, &error), TUTELA_INVALID_INPUT);
  CHECK(answer_row(session, row, 0, may_swim).outcome == TUTELA_OUTCOME_UNKNOWN);
  row[2].value = -20260228;
  REFUSED(tutela_session_answer_row(session, row, 3, may_swim, &answer, &error), TUTELA_INVALID_INPUT);
  row[2].holds = TUTELA_CELL_UNKNOWN;
  row[1].holds = TUTELA_CELL_BOOLEAN;
  row[1].value = 2;
  REFUSED(tutela_session_answer_row(session, row, 3, may_swim, &answer, &error), TUTELA_MISUSE);
  row[1].holds = 6;
  REFUSED(tutela_session_answer_row(session, row, 3, may_swim, &answer, &error), TUTELA_MISUSE);
  row[1].holds = TUTELA_CELL_UNKNOWN;
  row[1].slot ^= (tutela_slot)1 << 40;
  REFUSED(tutela_session_answer_row(session, row, 3, may_swim, &answer, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_answer_row(session, NULL, 1, may_swim, &answer, &error), TUTELA_MISUSE);
  row[0].value = 1;
  CHECK(answer_row(session, row, 1, may_swim).boolean == 0);
  REFUSED(tutela_session_answer_row(session, row, 1, may_swim, NULL, &error), TUTELA_MISUSE);
  CHECK(answer_row(session, row, 0, may_swim).outcome == TUTELA_OUTCOME_UNKNOWN);
  REFUSED(tutela_session_answer_row(NULL, row, 1, may_swim, &answer, &error), TUTELA_MISUSE);

  tutela_decision_free(lane);
  tutela_decision_free(may_swim);
  tutela_session_free(session);
  tutela_pack_free(pack);
}

static unsigned draw_state = 20260302U;

static unsigned draw(unsigned below)
{
  draw_state = draw_state * 1664525U + 1013904223U;
  return (draw_state >> 8) % below;
}

/* Sets one cell by the setter of its type. */
static tutela_status set_one(tutela_session* session, tutela_cell const* cell)
{
  int32_t const value = (int32_t)cell->value;
  switch (cell->holds) {
    case TUTELA_CELL_BOOLEAN: return tutela_session_set_boolean(session, cell->slot, value, NULL);
    case TUTELA_CELL_INTEGER: return tutela_session_set_integer(session, cell->slot, cell->value, NULL);
    case TUTELA_CELL_DATE:
      return tutela_session_set_date(session, cell->slot, value / 10000, value / 100 % 100, value % 100, NULL);
    case TUTELA_CELL_NONE: return tutela_session_set_state(session, cell->slot, TUTELA_NONE, NULL);
    case TUTELA_CELL_UNCERTAIN: return tutela_session_set_state(session, cell->slot, TUTELA_UNCERTAIN, NULL);
    default: return tutela_session_set_state(session, cell->slot, TUTELA_UNKNOWN, NULL);
  }
}

/* A cell of any type with any value, half of the time of the type that the fact has. */
static void fill_cell(tutela_cell* cell, tutela_cell_holds type)
{
  cell->holds = draw(2) == 0 ? type : (tutela_cell_holds)draw(6);
  cell->value = draw(4);
  if (cell->holds == TUTELA_CELL_BOOLEAN) cell->value = draw(2);
  if (cell->holds == TUTELA_CELL_DATE)
    cell->value = (1 + draw(draw(8) == 0 ? 40000 : 2100)) * INT64_C(10000) + draw(14) * 100 + draw(33);
}

/* A row is what its cells are, each by its setter: the same answers, and refused where one of them is. */
static void test_rows_beside_setters(char const* path)
{
  tutela_cell_holds const types[] = {TUTELA_CELL_INTEGER, TUTELA_CELL_BOOLEAN, TUTELA_CELL_DATE};
  tutela_pack* pack = load_model(path);
  tutela_decision* decisions[2];
  tutela_session* one = NULL;
  tutela_session* other = NULL;
  tutela_error* error = NULL;
  tutela_cell row[5];
  int turn, answered = 0, refused = 0;
  memset(row, 0, sizeof row);
  row[0].slot = row[3].slot = slot_of(pack, "child.height");
  row[1].slot = row[4].slot = slot_of(pack, "child.guardian_agrees");
  row[2].slot = slot_of(pack, "child.birth_date");
  decisions[0] = decision_of(pack, "may_swim");
  decisions[1] = decision_of(pack, "lane");
  EXPECT(tutela_session_new(pack, &one, &error), error);
  EXPECT(tutela_session_new(pack, &other, &error), error);
  for (turn = 0; turn < 20000; ++turn) {
    tutela_decision* const decision = decisions[turn % 2];
    tutela_answer by_row = TUTELA_ANSWER_INIT;
    tutela_answer by_setters = TUTELA_ANSWER_INIT;
    tutela_status status = TUTELA_OK;
    size_t const count = draw(6);
    size_t i;
    EXPECT(tutela_session_clear(one, &error), error);
    EXPECT(tutela_session_clear(other, &error), error);
    for (i = 0; i < count; ++i) {
      fill_cell(&row[i], types[i % 3]);
      /* A row knows days of the years to 32,767. */
      if (set_one(other, &row[i]) != TUTELA_OK || (row[i].holds == TUTELA_CELL_DATE && row[i].value >= 327680000))
        status = TUTELA_INVALID_INPUT;
    }
    CHECK(tutela_session_answer_row(one, row, count, decision, &by_row, NULL) == status);
    if (status != TUTELA_OK) {
      ++refused;
      CHECK(tutela_session_answer(one, decision, &by_row, NULL) == TUTELA_OK);
      CHECK(by_row.outcome == TUTELA_OUTCOME_UNKNOWN);
      continue;
    }
    ++answered;
    CHECK(tutela_session_answer(other, decision, &by_setters, NULL) == TUTELA_OK);
    CHECK(by_row.outcome == by_setters.outcome && by_row.boolean == by_setters.boolean);
    CHECK(by_row.value.length == by_setters.value.length &&
          memcmp(by_row.value.data, by_setters.value.data, by_row.value.length) == 0);
  }
  CHECK(answered > 5000 && refused > 5000);
  tutela_decision_free(decisions[0]);
  tutela_decision_free(decisions[1]);
  tutela_session_free(one);
  tutela_session_free(other);
  tutela_pack_free(pack);
}

int main(int count, char** arguments)
{
  if (count != 3) {
    fprintf(stderr, "arguments: swimming.dmn, trip.dmn\n");
    return 1;
  }
  test_slots(arguments[2]);
  test_prepared(arguments[1], arguments[2]);
  test_json(arguments[1]);
  test_plain_arrays(arguments[1]);
  test_texts_and_days(arguments[1]);
  test_arrow(arguments[1]);
  test_rows(arguments[1]);
  test_rows_beside_setters(arguments[1]);
  if (failures == 0) printf("every door gives the same answers\n");
  return failures == 0 ? 0 : 1;
}
