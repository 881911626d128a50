/* SPDX-License-Identifier: Apache-2.0 */
/* tutela-c/questions.h from C11 and as C++: what can be asked beside a decision. Arguments: swimming.dmn, trip.dmn, a network. */
#include "c/check.h"

static tutela_session* session_of(tutela_pack const* pack)
{
  tutela_error* error = NULL;
  tutela_session* session = NULL;
  EXPECT(tutela_session_new(pack, &session, &error), error);
  return session;
}

static tutela_date day(int year, int month, int number)
{
  tutela_date date;
  date.year = year;
  date.month = month;
  date.day = number;
  return date;
}

static void test_ask(char const* path)
{
  tutela_pack* pack = load_model(path);
  tutela_session* session = session_of(pack);
  tutela_view const wanted[1] = {{"may_swim", 8}};
  tutela_view const held[1] = {{"child.height", 12}};
  tutela_view const holders[1] = {{"school", 6}};
  tutela_ask_options options = TUTELA_ASK_OPTIONS_INIT;
  tutela_decide_options decide = TUTELA_DECIDE_OPTIONS_INIT;
  tutela_text json = TUTELA_TEXT_INIT;
  tutela_error* error = NULL;

  EXPECT(tutela_session_ask(session, NULL, &json, &error), error);
  CHECK(has(json, "\"open\":[\"lane\",\"may_swim\"]"));
  tutela_text_free(&json);
  options.decisions = wanted;
  options.decision_count = 1;
  EXPECT(tutela_session_set_boolean(session, slot_of(pack, "child.guardian_agrees"), 1, &error), error);
  EXPECT(tutela_session_ask(session, &options, &json, &error), error);
  CHECK(has(json, "\"fact\":\"child.height\"") && !has(json, "child.group") && !has(json, "school"));
  tutela_text_free(&json);
  options.held_facts = held;
  options.holders = holders;
  options.held_count = 1;
  EXPECT(tutela_session_ask(session, &options, &json, &error), error);
  CHECK(has(json, "\"holder\":\"school\""));
  tutela_text_free(&json);
  EXPECT(tutela_session_set_integer(session, slot_of(pack, "child.height"), 1, &error), error);
  EXPECT(tutela_session_ask(session, &options, &json, &error), error);
  CHECK(has(json, "\"ask\":[]") && has(json, "\"settled\":[\"may_swim\"]"));
  tutela_text_free(&json);

  REFUSED(tutela_session_ask(NULL, &options, &json, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_ask(session, &options, NULL, &error), TUTELA_MISUSE);
  options.holders = NULL;
  REFUSED(tutela_session_ask(session, &options, &json, &error), TUTELA_MISUSE);
  options.held_count = 0;
  options.decisions = NULL;
  REFUSED(tutela_session_ask(session, &options, &json, &error), TUTELA_MISUSE);
  options.decision_count = 0;
  decide.on.month = 13;
  options.decide = &decide;
  REFUSED(tutela_session_ask(session, &options, &json, &error), TUTELA_INVALID_INPUT);
  decide.struct_size = 3;
  REFUSED(tutela_session_ask(session, &options, &json, &error), TUTELA_MISUSE);
  CHECK(json.data == NULL);
  tutela_session_free(session);
  tutela_pack_free(pack);
}

static void test_time_and_change(char const* path)
{
  tutela_pack* pack = load_model(path);
  tutela_session* session = session_of(pack);
  tutela_text json = TUTELA_TEXT_INIT;
  tutela_error* error = NULL;

  EXPECT(tutela_session_set_date(session, slot_of(pack, "back"), 2026, 3, 10, &error), error);
  EXPECT(tutela_session_timeline(session, TEXT("is_back"), day(2026, 3, 1), day(2026, 4, 1), NULL, &json, &error),
         error);
  CHECK(has(json, "\"from\":\"2026-03-01\",\"until\":\"2026-03-10\"") &&
        has(json, "\"from\":\"2026-03-10\",\"until\":\"2026-04-01\""));
  tutela_text_free(&json);
  REFUSED(tutela_session_timeline(session, TEXT("is_back"), day(2026, 3, 1), day(2026, 3, 1), NULL, &json, &error),
          TUTELA_MISUSE);
  REFUSED(tutela_session_timeline(session, TEXT("is_back"), day(2026, 2, 30), day(2026, 3, 1), NULL, &json, &error),
          TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_timeline(session, TEXT("is_back"), day(0, 0, 0), day(2026, 3, 1), NULL, &json, &error),
          TUTELA_MISUSE);
  REFUSED(tutela_session_timeline(session, TEXT("\xff"), day(2026, 1, 1), day(2026, 3, 1), NULL, &json, &error),
          TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_timeline(NULL, TEXT("is_back"), day(2026, 1, 1), day(2026, 3, 1), NULL, &json, &error),
          TUTELA_MISUSE);
  REFUSED(tutela_session_timeline(session, TEXT("is_back"), day(2026, 1, 1), day(2026, 3, 1), NULL, NULL, &error),
          TUTELA_MISUSE);

  EXPECT(tutela_session_set_boolean(session, slot_of(pack, "paid"), 0, &error), error);
  EXPECT(tutela_session_set_string(session, slot_of(pack, "season"), TEXT("summer"), &error), error);
  EXPECT(tutela_session_counterfactual(session, TEXT("may_go"), NULL, &json, &error), error);
  CHECK(has(json, "\"fact\":\"paid\"") && has(json, "The school can pay.") && !has(json, "\"fact\":\"season\""));
  tutela_text_free(&json);
  REFUSED(tutela_session_counterfactual(session, NULL, 0, NULL, &json, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_counterfactual(NULL, TEXT("may_go"), NULL, &json, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_counterfactual(session, TEXT("may_go"), NULL, NULL, &error), TUTELA_MISUSE);
  CHECK(json.data == NULL);
  tutela_session_free(session);
  tutela_pack_free(pack);
}

/* The document with `from` replaced by `to` once, as a pack. */
static tutela_pack* changed(char const* path, char const* from, char const* to)
{
  tutela_pack* pack = NULL;
  tutela_error* error = NULL;
  size_t length = 0, head;
  char* document = read_all(path, &length);
  char* text = (char*)malloc(length + strlen(to) + 1);
  char* found;
  document[length] = '\0';
  found = strstr(document, from);
  CHECK(found != NULL && text != NULL);
  head = (size_t)(found - document);
  memcpy(text, document, head);
  strcpy(text + head, to);
  strcat(text, found + strlen(from));
  EXPECT(tutela_pack_load(TUTELA_FROM_MEMORY, text, strlen(text), NULL, &pack, &error), error);
  free(document);
  free(text);
  return pack;
}

static void test_packs(char const* path)
{
  tutela_pack* pack = load_model(path);
  tutela_pack* looser = changed(path, "&lt; 1.20", "&lt; 1.10");
  tutela_pack* gap = changed(path, "&gt;= 1.20", "&gt; 1.20");
  tutela_error* findings = NULL;
  tutela_error* error = NULL;
  tutela_diagnostic diagnostic = TUTELA_DIAGNOSTIC_INIT;
  tutela_text lines = TUTELA_TEXT_INIT;
  tutela_limits limits = TUTELA_LIMITS_INIT;
  tutela_date on = {2026, 2, 30};
  size_t i, warnings = 0, errors = 0;

  EXPECT(tutela_pack_check(gap, NULL, &findings, &error), error);
  for (i = 0; tutela_error_at(findings, i, &diagnostic) == TUTELA_OK; ++i) {
    errors += diagnostic.severity == 0;
    warnings += diagnostic.severity == 1;
    CHECK(diagnostic.what.length > 0);
  }
  CHECK(warnings > 0 && errors == 0); /* a height of exactly 1.20 has no rule where the guardian agrees */
  tutela_error_free(findings);
  EXPECT(tutela_pack_check(looser, NULL, &findings, &error), error);
  CHECK(tutela_error_at(findings, 0, &diagnostic) == TUTELA_OK &&
        diagnostic.severity == 1); /* nobody from 1.10 to 1.20 */
  tutela_error_free(findings);
  REFUSED(tutela_pack_check(NULL, NULL, &findings, &error), TUTELA_MISUSE);
  CHECK(findings == NULL);
  REFUSED(tutela_pack_check(pack, NULL, NULL, &error), TUTELA_MISUSE);
  limits.struct_size = 1;
  REFUSED(tutela_pack_check(pack, &limits, &findings, &error), TUTELA_MISUSE);

  EXPECT(tutela_pack_compare(pack, looser, NULL, &lines, &error), error);
  CHECK(has(lines, "\"decision\":\"may_swim\",\"change\":\"different\"") &&
        has(lines, "\"decision\":\"lane\",\"change\":\"same\""));
  CHECK(has(lines, "\"before\":{\"outcome\":\"known\",\"value\":\"false\"}"));
  tutela_text_free(&lines);
  EXPECT(tutela_pack_compare(pack, pack, NULL, &lines, &error), error);
  CHECK(!has(lines, "different"));
  tutela_text_free(&lines);
  REFUSED(tutela_pack_compare(pack, looser, &on, &lines, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_pack_compare(pack, NULL, NULL, &lines, &error), TUTELA_MISUSE);
  REFUSED(tutela_pack_compare(pack, looser, NULL, NULL, &error), TUTELA_MISUSE);
  tutela_pack_free(gap);
  tutela_pack_free(looser);
  tutela_pack_free(pack);
}

/* Synthetic answers to OGRS 3, all but the sex. */
static char const* const answers =
    "{\"person.birth_date\": \"1972-09-09\", \"probation.first_sanction_date\": \"1986-09-09\", "
    "\"probation.conviction_date\": \"2009-09-09\", \"probation.risk_start_date\": \"2015-09-15\", "
    "\"probation.previous_sanctions\": 3, \"probation.offence_group\": \"criminal_damage\"}";

static void test_score(void)
{
  tutela_instrument* scale = NULL;
  tutela_score_options options = TUTELA_SCORE_OPTIONS_INIT;
  tutela_text json = TUTELA_TEXT_INIT;
  tutela_error* error = NULL;
  size_t const length = strlen(answers);

  EXPECT(tutela_instrument_load(TUTELA_FROM_NAME, TEXT("uk/ogrs3"), NULL, &scale, &error), error);
  options.jurisdiction = view_of("GB-EAW");
  EXPECT(tutela_instrument_score(scale, answers, length, &options, &json, &error), error);
  CHECK(has(json, "\"state\": \"open\"") && has(json, "\"person.sex\""));
  tutela_text_free(&json);
  options.answers_only = 1;
  EXPECT(tutela_instrument_score(scale, TEXT("{\"no.such_answer\": 1}"), &options, &json, &error), error);
  CHECK(has(json, "\"state\": \"error\"") && has(json, "no.such_answer"));
  tutela_text_free(&json);
  options.answers_only = 0;
  options.jurisdiction = view_of("MD"); /* no norm for this country: for study only, or not at all */
  EXPECT(tutela_instrument_score(scale, answers, length, &options, &json, &error), error);
  CHECK(has(json, "\"state\": \"not_applicable\""));
  tutela_text_free(&json);
  options.research = 1;
  EXPECT(tutela_instrument_score(scale, answers, length, &options, &json, &error), error);
  CHECK(has(json, "\"state\": \"open\"") && has(json, "\"research\": true"));
  tutela_text_free(&json);
  options.research = 0;
  REFUSED(tutela_instrument_score(scale, TEXT("[]"), &options, &json, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_instrument_score(scale, TEXT("{\"a\": [[1]], \"b\": {}}"), &options, &json, &error),
          TUTELA_INVALID_INPUT);
  REFUSED(tutela_instrument_score(scale, TEXT("{\"\xc0\": 1}"), &options, &json, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_instrument_score(NULL, TEXT("{}"), &options, &json, &error), TUTELA_MISUSE);
  REFUSED(tutela_instrument_score(scale, TEXT("{}"), &options, NULL, &error), TUTELA_MISUSE);
  options.struct_size = 0;
  REFUSED(tutela_instrument_score(scale, TEXT("{}"), &options, &json, &error), TUTELA_MISUSE);
  CHECK(json.data == NULL);
  tutela_instrument_free(scale);
}

static void test_route(char const* path)
{
  tutela_network* network = NULL;
  tutela_view const purposes[1] = {{"reoffending_prevention", 22}};
  tutela_view const data[1] = {{"identity", 8}};
  tutela_view const kinds[1] = {{"counselling", 11}};
  tutela_truth consent[1] = {TUTELA_TRUTH_YES};
  tutela_act acts[2] = {TUTELA_ACT_INIT, TUTELA_ACT_INIT};
  tutela_route_options options = TUTELA_ROUTE_OPTIONS_INIT;
  tutela_text json = TUTELA_TEXT_INIT;
  tutela_error* error = NULL;

  EXPECT(tutela_network_load(TUTELA_FROM_NAME, path, strlen(path), NULL, &network, &error), error);
  options.from = view_of("probation-office");
  options.goal_is = TUTELA_GOAL_AGENCY;
  options.goal = view_of("lumos");
  options.on = day(2015, 7, 10);
  options.purposes = purposes;
  options.purpose_count = 1;
  options.data = data;
  options.consent = consent;
  options.data_count = 1;
  options.birth_date = day(1999, 5, 1);
  options.sex = 1;
  acts[0].reference = view_of("12/2015");
  acts[1].issuer = 2;
  acts[1].services = kinds;
  acts[1].service_count = 1;
  acts[1].valid_from = day(2015, 1, 1);
  options.acts = acts;
  options.act_count = 2;
  EXPECT(tutela_network_route(network, &options, &json, &error), error);
  CHECK(has(json, "\"agreement_not_in_force\"") && has(json, "\"debated\"")); /* an answer, not a failure */
  tutela_text_free(&json);

  options.goal = view_of("no-such-agency");
  REFUSED(tutela_network_route(network, &options, &json, &error), TUTELA_INVALID_INPUT);
  options.goal = view_of("lumos");
  options.goal_is = 3;
  REFUSED(tutela_network_route(network, &options, &json, &error), TUTELA_MISUSE);
  options.goal_is = TUTELA_GOAL_AGENCY;
  options.sex = 9;
  REFUSED(tutela_network_route(network, &options, &json, &error), TUTELA_MISUSE);
  options.sex = 0;
  consent[0] = 3;
  REFUSED(tutela_network_route(network, &options, &json, &error), TUTELA_MISUSE);
  options.consent = NULL;
  acts[1].struct_size = 8;
  REFUSED(tutela_network_route(network, &options, &json, &error), TUTELA_MISUSE);
  acts[1].struct_size = sizeof acts[1];
  acts[0].struct_size = 3;
  REFUSED(tutela_network_route(network, &options, &json, &error), TUTELA_MISUSE);
  acts[0].struct_size = sizeof acts[0];
  acts[0].issuer = 4;
  REFUSED(tutela_network_route(network, &options, &json, &error), TUTELA_MISUSE);
  options.act_count = 0;
  options.on = day(0, 0, 0);
  REFUSED(tutela_network_route(network, &options, &json, &error), TUTELA_MISUSE);
  REFUSED(tutela_network_route(network, NULL, &json, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_network_route(NULL, &options, &json, &error), TUTELA_MISUSE);
  REFUSED(tutela_network_route(network, &options, NULL, &error), TUTELA_MISUSE);
  CHECK(json.data == NULL);
  tutela_network_free(network);
}

static void test_explain(void)
{
  tutela_pack* pack = NULL;
  tutela_session* session = NULL;
  tutela_explain_options options = TUTELA_EXPLAIN_OPTIONS_INIT;
  tutela_decide_options decide = TUTELA_DECIDE_OPTIONS_INIT;
  tutela_text text = TUTELA_TEXT_INIT;
  tutela_error* error = NULL;
  EXPECT(tutela_pack_load(TUTELA_FROM_NAME, TEXT("md/child-protection"), NULL, &pack, &error), error);
  session = session_of(pack);
  EXPECT(tutela_session_set_date(session, slot_of(pack, "person.birth_date"), 2025, 1, 10, &error), error);
  EXPECT(tutela_session_set_boolean(session, slot_of(pack, "family.vulnerable"), 1, &error), error);
  decide.on = day(2026, 3, 2);
  options.decide = &decide;

  EXPECT(tutela_session_explain(session, TEXT("day_service"), &options, &text, &error), error);
  CHECK(has(text, "age (date of birth): at least 4 months and under 3 years") && has(text, "10 January 2025"));
  CHECK(!has(text, "duration("));
  tutela_text_free(&text);
  options.reader = TUTELA_READER_FAMILY;
  options.language.data = "ro";
  options.language.length = 2;
  options.contact.data = "room 5";
  options.contact.length = 6;
  EXPECT(tutela_session_explain(session, TEXT("day_service"), &options, &text, &error), error);
  CHECK(has(text, "R\xc4\x83spuns: da") && has(text, "room 5") && !has(text, "Regula"));
  tutela_text_free(&text);
  options.form = TUTELA_EXPLANATION_HTML;
  EXPECT(tutela_session_explain(session, TEXT("day_service"), &options, &text, &error), error);
  CHECK(has(text, "<"));
  tutela_text_free(&text);
  options.reader = TUTELA_READER_CHILD;
  options.form = TUTELA_EXPLANATION_JSON;
  REFUSED(tutela_session_explain(session, TEXT("day_service"), &options, &text, &error), TUTELA_INVALID_INPUT);
  options.age = 18;
  REFUSED(tutela_session_explain(session, TEXT("day_service"), &options, &text, &error), TUTELA_INVALID_INPUT);
  options.age = 9;
  EXPECT(tutela_session_explain(session, TEXT("day_service"), &options, &text, &error), error);
  CHECK(has(text, "\"view\":\"child\""));
  tutela_text_free(&text);
  EXPECT(tutela_session_explain(session, TEXT("no_such_decision"), &options, &text, &error), error);
  tutela_text_free(&text);

  options.reader = 3;
  REFUSED(tutela_session_explain(session, TEXT("day_service"), &options, &text, &error), TUTELA_INVALID_INPUT);
  options.reader = TUTELA_READER_OFFICER;
  options.form = -1;
  REFUSED(tutela_session_explain(session, TEXT("day_service"), &options, &text, &error), TUTELA_INVALID_INPUT);
  options.form = TUTELA_EXPLANATION_TEXT;
  options.language.data = "la";
  REFUSED(tutela_session_explain(session, TEXT("day_service"), &options, &text, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_explain(session, TEXT("day_service"), NULL, &text, &error), TUTELA_MISUSE); /* no day */
  REFUSED(tutela_session_explain(session, NULL, 0, &options, &text, &error), TUTELA_INVALID_INPUT);
  REFUSED(tutela_session_explain(session, TEXT("day_service"), &options, NULL, &error), TUTELA_MISUSE);
  REFUSED(tutela_session_explain(NULL, TEXT("day_service"), &options, &text, &error), TUTELA_MISUSE);
  options.struct_size = 2;
  REFUSED(tutela_session_explain(session, TEXT("day_service"), &options, &text, &error), TUTELA_MISUSE);
  CHECK(text.data == NULL);
  tutela_session_free(session);
  tutela_pack_free(pack);
}

int main(int count, char** arguments)
{
  if (count != 4) {
    fprintf(stderr, "arguments: swimming.dmn, trip.dmn, a network\n");
    return 1;
  }
  test_ask(arguments[1]);
  test_time_and_change(arguments[2]);
  test_packs(arguments[1]);
  test_explain();
  test_score();
  test_route(arguments[3]);
  if (failures == 0) printf("every question has its answer\n");
  return failures == 0 ? 0 : 1;
}
