/* SPDX-License-Identifier: Apache-2.0 */
/* What one decision from five facts costs in C: the base for the same figures in other languages (Bench.java). */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <tutela-c/tutela.h>

static tutela_session* child;
static tutela_slot born, yes[4];
static tutela_decide_options options = TUTELA_DECIDE_OPTIONS_INIT;
static tutela_decision* prepared;
static tutela_cell cells[5];
static int32_t sink;

static void version(void) { (void)tutela_version(); }

static void five_facts(void)
{
  size_t i;
  tutela_session_set_date(child, born, 2025, 1, 10, NULL);
  for (i = 0; i < 4; ++i) tutela_session_set_boolean(child, yes[i], 1, NULL);
}

static void answer(void)
{
  tutela_answer given = TUTELA_ANSWER_INIT;
  five_facts();
  tutela_session_answer(child, prepared, &given, NULL);
  sink = given.boolean;
}

static void row(void)
{
  tutela_answer given = TUTELA_ANSWER_INIT;
  size_t i;
  cells[0].value = 20250110;
  cells[0].holds = TUTELA_CELL_DATE;
  for (i = 1; i < 5; ++i) {
    cells[i].value = 1;
    cells[i].holds = TUTELA_CELL_BOOLEAN;
  }
  tutela_session_answer_row(child, cells, 5, prepared, &given, NULL);
  sink = given.boolean;
}

static void decision(void)
{
  tutela_verdict* verdict = NULL;
  tutela_verdict_summary summary = TUTELA_VERDICT_SUMMARY_INIT;
  five_facts();
  tutela_session_verdict(child, prepared, &verdict, NULL);
  tutela_verdict_summarise(verdict, &summary);
  tutela_verdict_free(verdict);
}

/* Nanoseconds for one turn, the least of 500 rounds, short ones, so that some run undisturbed. */
static double best(int turns, void (*turn)(void))
{
  double least = 1e300;
  int round, i;
  for (round = 0; round < 500; ++round) {
    struct timespec from, to;
    double took;
    timespec_get(&from, TIME_UTC);
    for (i = 0; i < turns; ++i) turn();
    timespec_get(&to, TIME_UTC);
    took = ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) / turns;
    if (took < least) least = took;
  }
  return least;
}

static tutela_slot slot_of(tutela_pack const* law, char const* name)
{
  tutela_slot slot = 0;
  tutela_pack_slot(law, name, strlen(name), &slot, NULL);
  return slot;
}

int main(void)
{
  tutela_pack* law = NULL;
  size_t i;
  if (tutela_pack_load(TUTELA_FROM_NAME, "md/child-protection", strlen("md/child-protection"), NULL, &law, NULL) != 0)
    return 1;
  born = slot_of(law, "person.birth_date");
  yes[0] = slot_of(law, "family.vulnerable");
  yes[1] = slot_of(law, "person.lives_in_chisinau");
  yes[2] = slot_of(law, "person.on_record");
  yes[3] = slot_of(law, "person.is_mother");
  options.on.year = 2026;
  options.on.month = 3;
  options.on.day = 2;
  tutela_session_new(law, &child, NULL);
  tutela_decision_new(law, "day_service", strlen("day_service"), &options, &prepared, NULL);
  printf("C: empty call %.1f ns, ", best(20000, version));
  printf("five facts set %.0f ns, ", best(2000, five_facts));
  printf("five facts and the answer %.0f ns, ", best(2000, answer));
  cells[0].slot = born;
  for (i = 0; i < 4; ++i) cells[i + 1].slot = yes[i];
  printf("as a row %.0f ns, ", best(2000, row));
  printf("five facts and a verdict with reasons %.0f ns\n", best(50, decision));
  tutela_session_free(child);
  tutela_decision_free(prepared);
  tutela_pack_free(law);
  return 0;
}
