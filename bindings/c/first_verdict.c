/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tutela-c/tutela.h>

/* Ends the program with everything that is wrong. */
static void check(tutela_status status, tutela_error* error)
{
  tutela_view message = {"", 0};
  if (status == TUTELA_OK) return;
  tutela_error_message(error, &message);
  fprintf(stderr, "%.*s\n", (int)message.length, message.data);
  tutela_error_free(error);
  exit(1);
}

static void print_answer(tutela_session* child)
{
  tutela_decide_options options = TUTELA_DECIDE_OPTIONS_INIT;
  tutela_verdict_summary answer = TUTELA_VERDICT_SUMMARY_INIT;
  tutela_verdict* verdict = NULL;
  tutela_error* error = NULL;
  tutela_view fact;
  options.on.year = 2026; /* there is no clock: the day is always an argument */
  options.on.month = 3;
  options.on.day = 2;
  check(tutela_session_decide(child, "day_service", strlen("day_service"), &options, &verdict, &error), error);
  tutela_verdict_summarise(verdict, &answer);
  if (answer.outcome == TUTELA_OUTCOME_KNOWN) printf("known: %.*s\n", (int)answer.value.length, answer.value.data);
  if (answer.outcome == TUTELA_OUTCOME_UNKNOWN && tutela_verdict_missing(verdict, 0, &fact) == TUTELA_OK)
    printf("unknown: ask %.*s\n", (int)fact.length, fact.data); /* a missing fact is never a "no" */
  tutela_verdict_free(verdict);
}

int main(void)
{
  char const* law_name = "md/child-protection";
  tutela_pack* law = NULL;
  tutela_session* child = NULL;
  tutela_slot born, vulnerable;
  tutela_error* error = NULL;
  check(tutela_pack_load(TUTELA_FROM_NAME, law_name, strlen(law_name), NULL, &law, &error), error);
  check(tutela_pack_slot(law, "person.birth_date", strlen("person.birth_date"), &born, &error), error);
  check(tutela_pack_slot(law, "family.vulnerable", strlen("family.vulnerable"), &vulnerable, &error), error);
  check(tutela_session_new(law, &child, &error), error);
  check(tutela_session_set_date(child, born, 2025, 1, 10, &error), error);
  print_answer(child);
  check(tutela_session_set_boolean(child, vulnerable, 1, &error), error);
  print_answer(child);
  tutela_session_free(child);
  tutela_pack_free(law);
  return 0;
}
