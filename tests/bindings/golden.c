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
static uint64_t digest(char const* data, size_t length)
{
  uint64_t hash = UINT64_C(0xcbf29ce484222325);
  size_t i;
  for (i = 0; i < length; ++i) hash = (hash ^ (unsigned char)data[i]) * UINT64_C(0x100000001b3);
  return hash;
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
  if (status == TUTELA_OK) printf(",\"assessment\":\"%016" PRIx64 "\"", digest(text.data, text.length));
  tutela_text_free(&text);
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

static void answer(question const* asked)
{
  tutela_error* error = NULL;
  tutela_status status;
  printf("{\"id\":\"%s\"", asked->id);
  status = strcmp(asked->door, "assess") == 0 ? assess(asked, &error) : decide(asked, &error);
  if (status != TUTELA_OK) print_refused(status, error);
  printf("}\n");
  tutela_error_free(error);
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
