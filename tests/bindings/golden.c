/* SPDX-License-Identifier: Apache-2.0 */
/* The answers of the golden corpus through tutela.h, in C99. Usage: tutela_golden_c QUESTIONS SWIMMING_DMN */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tutela-c/tutela.h>

static char const* const outcomes[] = {
    "known", "unknown", "undeterminable", "refused", "no_law_in_force", "rule_not_available", "error"};
static char const* const statuses[] = {"ok", "invalid_input", "limit", "misuse", "no_memory", "internal", "end"};

/* The columns of one question. */
typedef struct question {
  char *id, *door, *knowledge, *decision, *on, *language, *facts;
} question;

static char* swimming; /* the document that questions call by this name */
static size_t swimming_length;

static char* read_all(char const* path, size_t* length)
{
  FILE* file = fopen(path, "rb");
  char* text;
  long size;
  if (file == NULL) {
    fprintf(stderr, "cannot open %s\n", path);
    exit(2);
  }
  fseek(file, 0, SEEK_END);
  size = ftell(file);
  rewind(file);
  text = calloc((size_t)size + 1, 1);
  if (text == NULL || fread(text, 1, (size_t)size, file) != (size_t)size) exit(2);
  fclose(file);
  *length = (size_t)size;
  return text;
}

/* FNV-1a with 64 bits: enough to see that a text changed, not meant against forgers. */
static uint64_t digest_more(uint64_t hash, char const* data, size_t length)
{
  size_t i;
  for (i = 0; i < length; ++i) hash = (hash ^ (unsigned char)data[i]) * UINT64_C(0x100000001b3);
  return hash;
}

static uint64_t digest(char const* data, size_t length)
{
  return digest_more(UINT64_C(0xcbf29ce484222325), data, length);
}

static tutela_date date_of(char const* text)
{
  tutela_date date = {0, 0, 0};
  if (strcmp(text, "-") != 0) sscanf(text, "%" SCNd32 "-%" SCNd32 "-%" SCNd32, &date.year, &date.month, &date.day);
  return date;
}

/* Sets one fact written name=kind:text. */
static tutela_status set_slot(tutela_pack const* pack, tutela_session* session, char* item, tutela_error** error)
{
  char* kind = strchr(item, '=') + 1;
  char* text = strchr(kind, ':') + 1;
  tutela_slot slot;
  tutela_status status;
  size_t const length = strlen(text);
  tutela_date date;
  kind[-1] = text[-1] = '\0';
  status = tutela_pack_slot(pack, item, strlen(item), &slot, error);
  if (status != TUTELA_OK) return status;
  if (strcmp(kind, "boolean") == 0) return tutela_session_set_boolean(session, slot, strcmp(text, "true") == 0, error);
  if (strcmp(kind, "integer") == 0) return tutela_session_set_integer(session, slot, strtoll(text, NULL, 10), error);
  if (strcmp(kind, "number") == 0) return tutela_session_set_number(session, slot, text, length, error);
  if (strcmp(kind, "string") == 0) return tutela_session_set_string(session, slot, text, length, error);
  if (strcmp(kind, "state") == 0)
    return tutela_session_set_state(session, slot,
                                    strcmp(text, "none") == 0      ? TUTELA_NONE
                                    : strcmp(text, "unknown") == 0 ? TUTELA_UNKNOWN
                                                                   : TUTELA_UNCERTAIN,
                                    error);
  date = date_of(text);
  return tutela_session_set_date(session, slot, date.year, date.month, date.day, error);
}

static tutela_status load_pack(char const* name, tutela_pack** pack, tutela_error** error)
{
  if (strcmp(name, "swimming") == 0)
    return tutela_pack_load(TUTELA_FROM_MEMORY, swimming, swimming_length, NULL, pack, error);
  return tutela_pack_load(TUTELA_FROM_NAME, name, strlen(name), NULL, pack, error);
}

static tutela_status set_facts(question const* asked, tutela_pack const* pack, tutela_session* session,
                               tutela_error** error)
{
  tutela_status status = TUTELA_OK;
  char* item;
  if (strcmp(asked->door, "case") == 0)
    return tutela_session_set_case(session, asked->facts, strlen(asked->facts), error);
  if (strcmp(asked->facts, "-") == 0) return status;
  for (item = strtok(asked->facts, ";"); item != NULL && status == TUTELA_OK; item = strtok(NULL, ";"))
    status = set_slot(pack, session, item, error);
  return status;
}

static tutela_status print_verdict(question const* asked, tutela_verdict const* verdict, tutela_error** error)
{
  tutela_verdict_summary summary = TUTELA_VERDICT_SUMMARY_INIT;
  tutela_text explanation = TUTELA_TEXT_INIT;
  tutela_text json = TUTELA_TEXT_INIT;
  tutela_view fact;
  size_t i;
  tutela_status status = tutela_verdict_summarise(verdict, &summary);
  if (status == TUTELA_OK)
    status = tutela_verdict_explain(verdict, asked->language, strlen(asked->language), &explanation, error);
  if (status == TUTELA_OK) status = tutela_verdict_json(verdict, &json, error);
  if (status == TUTELA_OK) {
    printf(",\"outcome\":\"%s\",\"value\":%.*s,\"missing\":[", outcomes[summary.outcome],
           summary.value.length == 0 ? 4 : (int)summary.value.length,
           summary.value.length == 0 ? "null" : summary.value.data);
    for (i = 0; tutela_verdict_missing(verdict, i, &fact) == TUTELA_OK; ++i)
      printf("%s\"%.*s\"", i == 0 ? "" : ",", (int)fact.length, fact.data);
    printf("],\"explanation\":\"%016" PRIx64 "\",\"verdict\":\"%016" PRIx64 "\"",
           digest(explanation.data, explanation.length), digest(json.data, json.length));
  }
  tutela_text_free(&explanation);
  tutela_text_free(&json);
  return status;
}

static tutela_status decide(question const* asked, tutela_error** error)
{
  tutela_decide_options options = TUTELA_DECIDE_OPTIONS_INIT;
  tutela_pack* pack = NULL;
  tutela_session* session = NULL;
  tutela_verdict* verdict = NULL;
  tutela_status status = load_pack(asked->knowledge, &pack, error);
  options.on = date_of(asked->on);
  if (status == TUTELA_OK) status = tutela_session_new(pack, &session, error);
  if (status == TUTELA_OK) status = set_facts(asked, pack, session, error);
  if (status == TUTELA_OK)
    status = tutela_session_decide(session, asked->decision, strlen(asked->decision), &options, &verdict, error);
  if (status == TUTELA_OK) status = print_verdict(asked, verdict, error);
  tutela_verdict_free(verdict);
  tutela_session_free(session);
  tutela_pack_free(pack);
  return status;
}

static tutela_view view_of(char const* text)
{
  tutela_view view;
  view.data = text;
  view.length = strlen(text);
  return view;
}

/* Cuts off the text up to the separator; what follows is the rest. */
static char* cut(char** rest, char separator)
{
  char* text = *rest;
  char* end = strchr(text, separator);
  *rest = end == NULL ? text + strlen(text) : end + 1;
  if (end != NULL) *end = '\0';
  return text;
}

/* Prints the digest of an answer and gives it back. */
static void print_digest(char const* key, tutela_text* json)
{
  printf(",\"%s\":\"%016" PRIx64 "\"", key, digest(json->data, json->length));
  tutela_text_free(json);
}

static tutela_status ask_next(question const* asked, tutela_session* session, tutela_text* json, tutela_error** error)
{
  tutela_decide_options decide = TUTELA_DECIDE_OPTIONS_INIT;
  tutela_ask_options options = TUTELA_ASK_OPTIONS_INIT;
  tutela_view names[8];
  char* rest = asked->decision;
  decide.on = date_of(asked->on);
  options.decide = &decide;
  options.decisions = names;
  while (*rest != '\0' && strcmp(rest, "-") != 0 && options.decision_count < 8)
    names[options.decision_count++] = view_of(cut(&rest, ','));
  return tutela_session_ask(session, &options, json, error);
}

static tutela_status interview(question const* asked, tutela_error** error)
{
  tutela_decide_options options = TUTELA_DECIDE_OPTIONS_INIT;
  tutela_pack* pack = NULL;
  tutela_session* session = NULL;
  tutela_text json = TUTELA_TEXT_INIT;
  char const* key = strcmp(asked->door, "ask") == 0 ? "questions" : asked->door;
  tutela_status status = load_pack(asked->knowledge, &pack, error);
  if (status == TUTELA_OK) status = tutela_session_new(pack, &session, error);
  if (status == TUTELA_OK) status = set_facts(asked, pack, session, error);
  if (status == TUTELA_OK && strcmp(asked->door, "ask") == 0) status = ask_next(asked, session, &json, error);
  if (status == TUTELA_OK && strcmp(asked->door, "timeline") == 0) {
    char* last = asked->on;
    char* first = cut(&last, '/');
    status = tutela_session_timeline(session, asked->decision, strlen(asked->decision), date_of(first), date_of(last),
                                     NULL, &json, error);
  }
  if (status == TUTELA_OK && strcmp(asked->door, "change") == 0) {
    options.on = date_of(asked->on);
    status = tutela_session_counterfactual(session, asked->decision, strlen(asked->decision), &options, &json, error);
  }
  if (status == TUTELA_OK) print_digest(key, &json);
  tutela_session_free(session);
  tutela_pack_free(pack);
  return status;
}

/* The document with one text in place of another, wherever it stands; give it back to free. */
static char* replaced(char const* old, char const* put)
{
  size_t const cut_out = strlen(old), put_in = strlen(put);
  size_t count = 0;
  char const *at, *next;
  char *text, *end;
  for (at = strstr(swimming, old); at != NULL; at = strstr(at + cut_out, old)) ++count;
  text = end = calloc(swimming_length + count * put_in + 1, 1);
  if (text == NULL) exit(2);
  for (at = swimming; (next = strstr(at, old)) != NULL; at = next + cut_out) {
    memcpy(end, at, (size_t)(next - at));
    end += next - at;
    memcpy(end, put, put_in);
    end += put_in;
  }
  strcpy(end, at);
  return text;
}

static tutela_status print_check(tutela_pack const* pack, tutela_error** error)
{
  tutela_error* findings = NULL;
  tutela_view message = {NULL, 0};
  tutela_status const status = tutela_pack_check(pack, NULL, &findings, error);
  if (status != TUTELA_OK) return status;
  if (findings != NULL) tutela_error_message(findings, &message);
  printf(",\"check\":\"%016" PRIx64 "\"",
         message.length == 0 ? digest("", 0) : digest_more(digest(message.data, message.length), "\n", 1));
  tutela_error_free(findings);
  return status;
}

/* What is wrong with a pack, or with another version of the document, in which one text stands in place of another. */
static tutela_status packs(question const* asked, tutela_error** error)
{
  tutela_pack *before = NULL, *after = NULL;
  tutela_text lines = TUTELA_TEXT_INIT;
  tutela_date const on = date_of(asked->on);
  char* arrow = strstr(asked->facts, "=>");
  tutela_status status = load_pack(asked->knowledge, &before, error);
  if (status == TUTELA_OK && arrow != NULL) {
    char* text;
    *arrow = '\0';
    text = replaced(asked->facts, arrow + 2);
    status = tutela_pack_load(TUTELA_FROM_MEMORY, text, strlen(text), NULL, &after, error);
    free(text);
  } else if (status == TUTELA_OK) {
    status = load_pack(asked->knowledge, &after, error);
  }
  if (status == TUTELA_OK && strcmp(asked->door, "check") == 0) status = print_check(after, error);
  if (status == TUTELA_OK && strcmp(asked->door, "compare") == 0) {
    status = tutela_pack_compare(before, after, on.year == 0 ? NULL : &on, &lines, error);
    if (status == TUTELA_OK) print_digest("compare", &lines);
  }
  tutela_pack_free(before);
  tutela_pack_free(after);
  return status;
}

static tutela_status score(question const* asked, tutela_error** error)
{
  tutela_score_options options = TUTELA_SCORE_OPTIONS_INIT;
  tutela_instrument* scale = NULL;
  tutela_text json = TUTELA_TEXT_INIT;
  tutela_status status =
      tutela_instrument_load(TUTELA_FROM_NAME, asked->knowledge, strlen(asked->knowledge), NULL, &scale, error);
  options.on = date_of(asked->on);
  if (strcmp(asked->decision, "-") != 0) options.jurisdiction = view_of(asked->decision);
  if (status == TUTELA_OK)
    status = tutela_instrument_score(scale, asked->facts, strlen(asked->facts), &options, &json, error);
  if (status == TUTELA_OK) print_digest("score", &json);
  tutela_instrument_free(scale);
  return status;
}

static tutela_truth truth_of(char const* word)
{
  return strcmp(word, "yes") == 0 ? TUTELA_TRUTH_YES : strcmp(word, "no") == 0 ? TUTELA_TRUTH_NO : TUTELA_TRUTH_UNKNOWN;
}

/* Room for the parts of a request; no question has more of one kind. */
typedef struct request {
  tutela_route_options options;
  tutela_view purposes[4], data[4], areas[4], kinds[4];
  tutela_truth consent[4];
  tutela_act acts[4];
} request;

/* Takes one part of a request, written name=value. */
static void take_part(request* wanted, char* value)
{
  tutela_route_options* const options = &wanted->options;
  char const* name = cut(&value, '=');
  if (strcmp(name, "from") == 0) options->from = view_of(value);
  if (strcmp(name, "purpose") == 0) wanted->purposes[options->purpose_count++] = view_of(value);
  if (strcmp(name, "area") == 0) wanted->areas[options->area_count++] = view_of(value);
  if (strcmp(name, "danger") == 0) options->danger = truth_of(value);
  if (strcmp(name, "birth_date") == 0) options->birth_date = date_of(value);
  if (strcmp(name, "sex") == 0) options->sex = strcmp(value, "female") == 0 ? 1 : 2;
  if (strcmp(name, "data") == 0) {
    wanted->data[options->data_count] = view_of(cut(&value, ':'));
    wanted->consent[options->data_count++] = truth_of(value);
  }
  if (strcmp(name, "act") == 0) {
    tutela_act const empty = TUTELA_ACT_INIT;
    tutela_act* act = &wanted->acts[options->act_count];
    char const* issuer = cut(&value, ':');
    *act = empty;
    act->issuer = strcmp(issuer, "court") == 0 ? 0 : strcmp(issuer, "prosecutor") == 0 ? 1 : 2;
    act->reference = view_of(cut(&value, ':'));
    wanted->kinds[options->act_count] = view_of(cut(&value, ':'));
    act->services = &wanted->kinds[options->act_count++];
    act->service_count = 1;
    act->valid_from = date_of(value);
  }
}

static tutela_status route(question const* asked, tutela_error** error)
{
  tutela_route_options const empty = TUTELA_ROUTE_OPTIONS_INIT;
  request wanted;
  tutela_network* network = NULL;
  tutela_text json = TUTELA_TEXT_INIT;
  char *goal = asked->decision, *parts = asked->facts;
  char const* kind = cut(&goal, ':');
  tutela_status status =
      tutela_network_load(TUTELA_FROM_NAME, asked->knowledge, strlen(asked->knowledge), NULL, &network, error);
  wanted.options = empty;
  wanted.options.goal_is = strcmp(kind, "agency") == 0    ? TUTELA_GOAL_AGENCY
                           : strcmp(kind, "service") == 0 ? TUTELA_GOAL_SERVICE
                                                          : TUTELA_GOAL_KIND;
  wanted.options.goal = view_of(goal);
  wanted.options.on = date_of(asked->on);
  wanted.options.purposes = wanted.purposes;
  wanted.options.data = wanted.data;
  wanted.options.consent = wanted.consent;
  wanted.options.acts = wanted.acts;
  wanted.options.areas = wanted.areas;
  while (*parts != '\0') take_part(&wanted, cut(&parts, ';'));
  if (status == TUTELA_OK) status = tutela_network_route(network, &wanted.options, &json, error);
  if (status == TUTELA_OK) print_digest("route", &json);
  tutela_network_free(network);
  return status;
}

static tutela_status assess(question const* asked, tutela_error** error)
{
  tutela_assess_options options = TUTELA_ASSESS_OPTIONS_INIT;
  tutela_pack* pack = NULL;
  tutela_instrument* scale = NULL;
  tutela_text text = TUTELA_TEXT_INIT;
  int const by_scale = strncmp(asked->knowledge, "uk/", 3) == 0;
  tutela_status status = by_scale ? tutela_instrument_load(TUTELA_FROM_NAME, asked->knowledge, strlen(asked->knowledge),
                                                           NULL, &scale, error)
                                  : load_pack(asked->knowledge, &pack, error);
  tutela_pack const* packs[1];
  tutela_instrument const* scales[1];
  packs[0] = pack;
  scales[0] = scale;
  options.on = date_of(asked->on);
  options.packs = packs;
  options.pack_count = by_scale ? 0 : 1;
  options.instruments = scales;
  options.instrument_count = by_scale ? 1 : 0;
  if (status == TUTELA_OK) status = tutela_assess(&options, asked->facts, strlen(asked->facts), &text, error);
  if (status == TUTELA_OK) print_digest("assessment", &text);
  tutela_instrument_free(scale);
  tutela_pack_free(pack);
  return status;
}

static void print_refused(tutela_status status, tutela_error const* error)
{
  tutela_diagnostic finding = TUTELA_DIAGNOSTIC_INIT;
  tutela_view message = {NULL, 0};
  size_t i;
  printf(",\"refused\":\"%s\",\"diagnostics\":[", statuses[status]);
  for (i = 0; tutela_error_at(error, i, &finding) == TUTELA_OK; ++i)
    printf("%s{\"code\":%" PRIu32 ",\"pointer\":\"%.*s\"}", i == 0 ? "" : ",", finding.code,
           (int)finding.pointer.length, finding.pointer.data);
  tutela_error_message(error, &message);
  printf("],\"message\":\"%016" PRIx64 "\"", digest(message.data, message.length));
}

/* How the questions of one door are asked. */
typedef struct door {
  char const* name;
  tutela_status (*ask)(question const*, tutela_error**);
} door;

static door const doors[] = {{"slots", decide},       {"case", decide},      {"assess", assess}, {"ask", interview},
                             {"timeline", interview}, {"change", interview}, {"score", score},   {"route", route},
                             {"check", packs},        {"compare", packs}};

static void answer(question const* asked)
{
  tutela_error* error = NULL;
  tutela_status status = TUTELA_MISUSE;
  size_t i;
  printf("{\"id\":\"%s\"", asked->id);
  for (i = 0; i < sizeof doors / sizeof *doors; ++i)
    if (strcmp(asked->door, doors[i].name) == 0) status = doors[i].ask(asked, &error);
  if (status != TUTELA_OK) print_refused(status, error);
  printf("}\n");
  tutela_error_free(error);
}

int main(int count, char** arguments)
{
  size_t length;
  char *questions, *rest;
  if (count != 3) return 2;
  rest = questions = read_all(arguments[1], &length);
  swimming = read_all(arguments[2], &swimming_length);
  while (*rest != '\0') {
    char* line = cut(&rest, '\n');
    question asked;
    if (*line == '#') continue;
    asked.id = cut(&line, '\t');
    asked.door = cut(&line, '\t');
    asked.knowledge = cut(&line, '\t');
    asked.decision = cut(&line, '\t');
    asked.on = cut(&line, '\t');
    asked.language = cut(&line, '\t');
    asked.facts = line;
    answer(&asked);
  }
  free(questions);
  free(swimming);
  return 0;
}
