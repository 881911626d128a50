/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of tutela.h from a plain C99 program: what works, and what a caller can do wrong.
 * Arguments: swimming.dmn, an instrument file, a network file, a file of cases. */
#include "c/check.h"

static tutela_verdict_summary decide(tutela_session* session, char const* decision, tutela_verdict** verdict)
{
  tutela_error* error = NULL;
  tutela_verdict_summary summary = TUTELA_VERDICT_SUMMARY_INIT;
  EXPECT(tutela_session_decide(session, decision, strlen(decision), NULL, verdict, &error), error);
  CHECK(tutela_verdict_summarise(*verdict, &summary) == TUTELA_OK);
  return summary;
}

static void test_decisions(char const* path)
{
  tutela_pack* pack = load_model(path);
  tutela_slot const height = slot_of(pack, "child.height");
  tutela_slot const agrees = slot_of(pack, "child.guardian_agrees");
  tutela_slot const born = slot_of(pack, "child.birth_date");
  tutela_slot const group = slot_of(pack, "child.group");
  tutela_session* session = NULL;
  tutela_verdict* verdict = NULL;
  tutela_verdict_summary summary;
  tutela_error* error = NULL;
  tutela_view fact = {NULL, 0};
  tutela_text text = TUTELA_TEXT_INIT;

  EXPECT(tutela_pack_describe(pack, &text, &error), error);
  CHECK(text.length > 0 && strstr(text.data, "\"child.height\"") != NULL && strstr(text.data, "\"may_swim\"") != NULL);
  tutela_text_free(&text);
  CHECK(text.data == NULL && text.length == 0);

  EXPECT(tutela_session_new(pack, &session, &error), error);
  tutela_pack_free(pack); /* the session keeps what it needs */

  /* Nothing is known: both facts are asked for. */
  summary = decide(session, "may_swim", &verdict);
  CHECK(summary.outcome == TUTELA_OUTCOME_UNKNOWN && summary.boolean == -1 && summary.missing_count == 2);
  CHECK(summary.value.length == 0);
  CHECK(tutela_verdict_missing(verdict, 0, &fact) == TUTELA_OK && same(fact, "child.guardian_agrees"));
  CHECK(tutela_verdict_missing(verdict, 1, &fact) == TUTELA_OK && same(fact, "child.height"));
  CHECK(tutela_verdict_missing(verdict, 2, &fact) == TUTELA_END && same(fact, "child.height"));
  tutela_verdict_free(verdict);

  /* A small child: the guardian need not be asked. */
  EXPECT(tutela_session_set_number(session, height, TEXT("1.19"), &error), error);
  summary = decide(session, "may_swim", &verdict);
  CHECK(summary.outcome == TUTELA_OUTCOME_KNOWN && summary.boolean == 0 && summary.missing_count == 0);
  CHECK(same(summary.value, "false"));
  EXPECT(tutela_verdict_explain(verdict, TEXT("en"), &text, &error), error);
  CHECK(text.length > 0 && text.data[text.length] == '\0' && strstr(text.data, "may_swim") != NULL);
  tutela_text_free(&text);
  EXPECT(tutela_verdict_explain(verdict, TEXT("ro"), &text, &error), error);
  tutela_text_free(&text);
  EXPECT(tutela_verdict_json(verdict, &text, &error), error);
  CHECK(strstr(text.data, "\"outcome\":\"known\"") != NULL);
  tutela_text_free(&text);
  tutela_verdict_free(verdict);

  /* Exactly at the threshold, in decimals. */
  EXPECT(tutela_session_set_number(session, height, TEXT("1.20"), &error), error);
  EXPECT(tutela_session_set_boolean(session, agrees, 1, &error), error);
  summary = decide(session, "may_swim", &verdict);
  CHECK(summary.outcome == TUTELA_OUTCOME_KNOWN && summary.boolean == 1);
  tutela_verdict_free(verdict);

  /* Asked, and cannot be known: nobody is asked again, a human decides. */
  EXPECT(tutela_session_set_state(session, agrees, TUTELA_UNCERTAIN, &error), error);
  summary = decide(session, "may_swim", &verdict);
  CHECK(summary.outcome == TUTELA_OUTCOME_UNDETERMINABLE && summary.missing_count == 0);
  tutela_verdict_free(verdict);
  EXPECT(tutela_session_set_state(session, agrees, TUTELA_UNKNOWN, &error), error);
  summary = decide(session, "may_swim", &verdict);
  CHECK(summary.outcome == TUTELA_OUTCOME_UNKNOWN && summary.missing_count == 1);
  tutela_verdict_free(verdict);

  /* The next person. */
  EXPECT(tutela_session_clear(session, &error), error);
  EXPECT(tutela_session_set_integer(session, height, 2, &error), error);
  EXPECT(tutela_session_set_date(session, born, 2017, 5, 4, &error), error);
  EXPECT(tutela_session_set_string(session, group, TEXT("herons"), &error), error);
  summary = decide(session, "lane", &verdict);
  CHECK(summary.outcome == TUTELA_OUTCOME_KNOWN && summary.boolean == -1 && same(summary.value, "\"middle\""));
  tutela_verdict_free(verdict);
  summary = decide(session, "no_such_rule", &verdict);
  CHECK(summary.outcome == TUTELA_OUTCOME_RULE_NOT_AVAILABLE);
  tutela_verdict_free(verdict);

  /* One case as JSON; what it does not say is unknown again. */
  EXPECT(tutela_session_set_case(session,
                                 TEXT("{\"format\":\"tutela-case/1\",\"id\":\"a\",\"synthetic\":true,"
                                      "\"jurisdiction\":\"MD\",\"kind\":\"child_protection\","
                                      "\"facts\":{\"child.height\":1.5,\"other.fact\":true}}"),
                                 &error),
         error);
  summary = decide(session, "may_swim", &verdict);
  CHECK(summary.outcome == TUTELA_OUTCOME_UNKNOWN && summary.missing_count == 1);
  tutela_verdict_free(verdict);
  EXPECT(tutela_session_set_boolean(session, agrees, 0, &error), error);
  summary = decide(session, "may_swim", &verdict);
  CHECK(summary.outcome == TUTELA_OUTCOME_KNOWN && summary.boolean == 0);
  tutela_verdict_free(verdict);
  tutela_session_free(session);
}

static void test_mistakes(char const* path)
{
  tutela_pack* pack = load_model(path);
  tutela_pack* other = (tutela_pack*)&failures; /* must be set to NULL */
  tutela_slot const height = slot_of(pack, "child.height");
  tutela_slot const group = slot_of(pack, "child.group");
  tutela_slot slot = 7;
  tutela_session* session = NULL;
  tutela_verdict* verdict = NULL;
  tutela_error* error = NULL;
  tutela_text text = TUTELA_TEXT_INIT;
  tutela_view view = {NULL, 0};
  tutela_limits limits = TUTELA_LIMITS_INIT;
  tutela_decide_options options = TUTELA_DECIDE_OPTIONS_INIT;
  tutela_assess_options assess = TUTELA_ASSESS_OPTIONS_INIT;
  tutela_diagnostic diagnostic = TUTELA_DIAGNOSTIC_INIT;
  tutela_diagnostic unsized = TUTELA_DIAGNOSTIC_INIT;
  size_t length = 0;
  char* document = read_all(path, &length);

  EXPECT(tutela_session_new(pack, &session, &error), error);
  /* Loading. */
  REFUSED(tutela_pack_load(TUTELA_FROM_NAME, TEXT("no/such-pack"), NULL, &other, &error), TUTELA_INVALID_INPUT);
  CHECK(other == NULL);
  REFUSED(tutela_pack_load(TUTELA_FROM_MEMORY, document, length / 2, NULL, &other, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_pack_load(TUTELA_FROM_MEMORY, TEXT("<definitions \xff/>"), NULL, &other, &error),
          TUTELA_INVALID_INPUT);
  REFUSED(tutela_pack_load(TUTELA_FROM_MEMORY, NULL, 3, NULL, &other, &error), TUTELA_MISUSE);
  REFUSED(tutela_pack_load(TUTELA_FROM_MEMORY, NULL, 0, NULL, &other, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_pack_load(TUTELA_FROM_NAME, NULL, 0, NULL, &other, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_pack_load(TUTELA_FROM_NAME, "a\0b", 3, NULL, &other, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_pack_load(9, TEXT("x"), NULL, &other, &error), TUTELA_MISUSE);
  REFUSED(tutela_pack_load(TUTELA_FROM_NAME, TEXT("x"), NULL, NULL, &error), TUTELA_MISUSE);
  limits.document_bytes = 10;
  REFUSED(tutela_pack_load(TUTELA_FROM_MEMORY, document, length, &limits, &other, &error), TUTELA_LIMIT);
  limits.struct_size = 0;
  REFUSED(tutela_pack_load(TUTELA_FROM_MEMORY, document, length, &limits, &other, &error), TUTELA_MISUSE);
  free(document);
  {
    tutela_instrument* instrument = NULL;
    tutela_network* network = NULL;
    REFUSED(tutela_instrument_load(TUTELA_FROM_MEMORY, TEXT("{\"format\":1,"), NULL, &instrument, &error),
            TUTELA_INVALID_INPUT);
    REFUSED(tutela_instrument_load(TUTELA_FROM_NAME, TEXT("no.such"), NULL, &instrument, &error), TUTELA_INVALID_INPUT);
    REFUSED(tutela_network_load(TUTELA_FROM_MEMORY, TEXT("[]"), NULL, &network, &error), TUTELA_INVALID_INPUT);
    REFUSED(tutela_network_load(TUTELA_FROM_NAME, TEXT("no/such.json"), NULL, &network, &error), TUTELA_INVALID_INPUT);
    CHECK(instrument == NULL && network == NULL);
  }

  /* Slots. */
  REFUSED(tutela_pack_slot(pack, TEXT("child.shoe_size"), &slot, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_pack_slot(pack, TEXT("child.\xc3"), &slot, &error), TUTELA_INVALID_INPUT);
  CHECK(slot == 7);
  REFUSED(tutela_pack_slot(NULL, TEXT("child.height"), &slot, &error), TUTELA_MISUSE);
  REFUSED(tutela_pack_slot((tutela_pack const*)(void const*)session, TEXT("child.height"), &slot, &error),
          TUTELA_MISUSE);
  REFUSED(tutela_session_set_boolean(session, height + 1000, 1, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_set_boolean(session, 0, 1, &error), TUTELA_MISUSE);

  /* Values of the wrong type, out of the calendar, not allowed. */
  REFUSED(tutela_session_set_boolean(session, height, 1, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_boolean(session, height, 2, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_set_number(session, height, TEXT("1,20"), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_number(session, height, NULL, 0, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_date(session, height, 2026, 2, 30, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_string(session, group, TEXT("sharks"), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_string(session, group, TEXT("\xed\xa0\x80"), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_state(session, height, TUTELA_KNOWN, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_set_case(session, TEXT("{}"), &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_set_case(session, TEXT(""), &error), TUTELA_INVALID_INPUT);
  CHECK(tutela_session_set_boolean(session, height, 1, NULL) == TUTELA_INVALID_INPUT); /* nobody wants to know why */

  /* All findings, not the first. */
  error = NULL;
  CHECK(tutela_session_set_case(session,
                                TEXT("{\"format\":\"tutela-case/1\",\"id\":\"a\",\"kind\":\"no\",\"colour\":1}"),
                                &error) == TUTELA_INVALID_INPUT);
  CHECK(tutela_error_at(error, 0, &diagnostic) == TUTELA_OK && diagnostic.code >= 100);
  CHECK(tutela_error_at(error, 1, &diagnostic) == TUTELA_OK && diagnostic.pointer.data != NULL);
  CHECK(tutela_error_at(error, 1000, &diagnostic) == TUTELA_END);
  CHECK(tutela_error_at(error, 0, NULL) == TUTELA_MISUSE);
  unsized.struct_size = 0;
  CHECK(tutela_error_at(error, 0, &unsized) == TUTELA_MISUSE);
  CHECK(tutela_error_message(error, NULL) == TUTELA_MISUSE);
  CHECK(tutela_error_message(error, &view) == TUTELA_OK && view.length > 0);
  tutela_error_free(error);

  /* Decisions. */
  options.on.year = 2026;
  REFUSED(tutela_session_decide(session, TEXT("may_swim"), &options, &verdict, &error), TUTELA_INVALID_INPUT);
  options.struct_size = 0;
  REFUSED(tutela_session_decide(session, TEXT("may_swim"), &options, &verdict, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_decide(NULL, TEXT("may_swim"), NULL, &verdict, &error), TUTELA_MISUSE);
  CHECK(verdict == NULL);
  error = NULL;
  EXPECT(tutela_session_decide(session, TEXT("may_swim"), NULL, &verdict, &error), error);
  REFUSED(tutela_verdict_explain(verdict, TEXT("la"), &text, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_verdict_explain(verdict, TEXT("en"), NULL, &error), TUTELA_MISUSE);
  REFUSED(tutela_verdict_json((tutela_verdict const*)(void const*)pack, &text, &error), TUTELA_MISUSE);
  CHECK(tutela_verdict_summarise(verdict, NULL) == TUTELA_MISUSE);
  CHECK(text.data == NULL);

  /* Assessments. */
  REFUSED(tutela_assess(&assess, TEXT("[]"), &text, &error), TUTELA_MISUSE); /* no day */
  assess.on.year = 2026;
  assess.on.month = 3;
  assess.on.day = 1;
  assess.pack_count = 1;
  REFUSED(tutela_assess(&assess, TEXT("[]"), &text, &error), TUTELA_MISUSE); /* no packs behind the count */
  assess.pack_count = 0;
  REFUSED(tutela_assess(&assess, TEXT("[{}]"), &text, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_assess(&assess, TEXT("\xff"), &text, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_assess(&assess, TEXT("[]"), NULL, &error), TUTELA_MISUSE);

  /* Freeing nothing. */
  tutela_pack_free(NULL);
  tutela_instrument_free(NULL);
  tutela_network_free(NULL);
  tutela_session_free(NULL);
  tutela_verdict_free(NULL);
  tutela_error_free(NULL);
  tutela_text_free(NULL);

  tutela_verdict_free(verdict);
  tutela_session_free(session);
  tutela_pack_free(pack);
}

static void test_assessments(char const* instrument_path, char const* network_path, char const* cases_path)
{
  tutela_error* error = NULL;
  tutela_pack* pack = NULL;
  tutela_instrument* instrument = NULL;
  tutela_network* network = NULL;
  tutela_pack const* packs[1];
  tutela_instrument const* instruments[1];
  tutela_network const* networks[1];
  tutela_assess_options options = TUTELA_ASSESS_OPTIONS_INIT;
  tutela_text assessments = TUTELA_TEXT_INIT;
  size_t length = 0, lines = 0, i;
  char* cases = read_all(cases_path, &length);
  size_t const wanted = 40; /* enough to meet every part, and quick without optimisation */

  for (i = 0; i < length && lines < wanted; ++i) lines += cases[i] == '\n';
  length = i;
  lines = 0;

  EXPECT(tutela_pack_load(TUTELA_FROM_NAME, TEXT("md/child-protection"), NULL, &pack, &error), error);
  EXPECT(tutela_instrument_load(TUTELA_FROM_NAME, instrument_path, strlen(instrument_path), NULL, &instrument, &error),
         error);
  EXPECT(tutela_network_load(TUTELA_FROM_NAME, network_path, strlen(network_path), NULL, &network, &error), error);
  packs[0] = pack;
  instruments[0] = instrument;
  networks[0] = network;
  options.on.year = 2026;
  options.on.month = 3;
  options.on.day = 2;
  options.packs = packs;
  options.pack_count = 1;
  options.instruments = instruments;
  options.instrument_count = 1;
  options.networks = networks;
  options.network_count = 1;
  EXPECT(tutela_assess(&options, cases, length, &assessments, &error), error);
  for (i = 0; i < assessments.length; ++i) lines += assessments.data[i] == '\n';
  CHECK(lines == wanted);
  CHECK(strstr(assessments.data, "urn:tutela:schema:assessment:1") != NULL);
  tutela_text_free(&assessments);
  tutela_network_free(network);
  tutela_instrument_free(instrument);
  tutela_pack_free(pack);
  free(cases);
}

int main(int count, char** arguments)
{
  if (count != 5) {
    fprintf(stderr, "arguments: swimming.dmn, an instrument, a network, cases\n");
    return 1;
  }
  CHECK(tutela_version() >= 1000); /* 0.1.0 */
  test_decisions(arguments[1]);
  test_mistakes(arguments[1]);
  test_assessments(arguments[2], arguments[3], arguments[4]);
  if (failures == 0) printf("the C library does what tutela.h says\n");
  return failures == 0 ? 0 : 1;
}
