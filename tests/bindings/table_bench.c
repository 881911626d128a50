/* SPDX-License-Identifier: Apache-2.0 */
/* What a table costs in C: the base for the same figure in other languages (TableBench.java, TableBench.cs). */
#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <tutela-c/arrow.h>
#include <tutela-c/tutela.h>

enum { rows = 1 << 20, rounds = 200 };

static double milliseconds(void)
{
  struct timespec spent;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent); /* others may have the processor meanwhile */
  return (double)spent.tv_sec * 1e3 + (double)spent.tv_nsec / 1e6;
}

static tutela_slot slot_of(tutela_pack const* law, char const* name)
{
  tutela_slot slot = 0;
  if (tutela_pack_slot(law, name, strlen(name), &slot, NULL) != TUTELA_OK) exit(1);
  return slot;
}

int main(void)
{
  static int32_t days[rows];
  static uint8_t flags[rows / 8], known[rows / 8];
  char const* const name = "md/child-protection";
  tutela_view const decisions[1] = {{"day_service", 11}};
  tutela_column columns[2] = {TUTELA_COLUMN_INIT, TUTELA_COLUMN_INIT};
  tutela_batch_options options = TUTELA_BATCH_OPTIONS_INIT;
  tutela_pack* law = NULL;
  tutela_batch* batch = NULL;
  struct ArrowArray answers;
  double best = 1e9;
  int i;
  for (i = 0; i < rows; ++i) days[i] = 20514 - rand() % 8000;
  for (i = 0; i < rows / 8; ++i) flags[i] = (uint8_t)rand();
  for (i = 0; i < rows / 8; ++i) known[i] = (uint8_t)rand();
  if (tutela_pack_load(TUTELA_FROM_NAME, name, strlen(name), NULL, &law, NULL) != TUTELA_OK) return 1;
  options.on.year = 2026;
  options.on.month = 3;
  options.on.day = 2;
  options.outcomes = 0;
  options.decisions = decisions;
  options.decision_count = 1;
  columns[0].layout = TUTELA_LAYOUT_DAYS32;
  columns[0].slot = slot_of(law, "person.birth_date");
  columns[0].values = days;
  columns[1].layout = TUTELA_LAYOUT_BITS;
  columns[1].slot = slot_of(law, "family.vulnerable");
  columns[1].values = flags;
  columns[1].validity = known;
  if (tutela_batch_new_columns(law, columns, 2, &options, &batch, NULL) != TUTELA_OK) return 1;
  for (i = 0; i < rounds; ++i) {
    double const start = milliseconds();
    if (tutela_batch_decide_columns(batch, columns, 2, rows, &answers, NULL) != TUTELA_OK) return 1;
    if (milliseconds() - start < best) best = milliseconds() - start;
    answers.release(&answers);
  }
  printf("C: a table of %d rows from plain arrays %.2f ms of processor time\n", (int)rows, best);
  tutela_batch_free(batch);
  tutela_pack_free(law);
  return 0;
}
