/* SPDX-License-Identifier: Apache-2.0 */
/* One pack and one prepared decision, eight threads with a session each: the answers of one thread. Argument: swimming.dmn. */
#include <pthread.h>

#include "c/check.h"

enum { threads = 8, people = 500 };

static tutela_pack* pack;
static tutela_decision* decision;
static tutela_slot height, agrees, born, group;

/* The answer to one synthetic person as one number: outcome and Boolean. */
static int ask_person(tutela_session* session, int number)
{
  tutela_answer answer = TUTELA_ANSWER_INIT;
  int good = tutela_session_clear(session, NULL) == TUTELA_OK;
  good = good && tutela_session_set_decimal(session, height, 100 + number % 41, 2, NULL) == TUTELA_OK;
  good = good &&
         tutela_session_set_date(session, born, 2010 + number % 9, 1 + number % 12, 1 + number % 28, NULL) == TUTELA_OK;
  if (number % 3 != 0) good = good && tutela_session_set_boolean(session, agrees, number % 3 == 1, NULL) == TUTELA_OK;
  if (number % 5 != 0) good = good && tutela_session_set_string(session, group, TEXT("herons"), NULL) == TUTELA_OK;
  good = good && tutela_session_answer(session, decision, &answer, NULL) == TUTELA_OK;
  return good ? answer.outcome * 4 + answer.boolean + 1 : -1;
}

struct work {
  tutela_session* session;
  int answers[people];
};

static void* run(void* given)
{
  struct work* work = (struct work*)given;
  int i;
  for (i = 0; i < people; ++i) work->answers[i] = ask_person(work->session, i);
  /* The verdict, too, and a mistake, whose error belongs to this thread alone. */
  for (i = 0; i < 20; ++i) {
    tutela_verdict* verdict = NULL;
    tutela_error* error = NULL;
    tutela_text text = TUTELA_TEXT_INIT;
    if (tutela_session_verdict(work->session, decision, &verdict, &error) != TUTELA_OK) work->answers[0] = -1;
    if (tutela_verdict_json(verdict, &text, &error) != TUTELA_OK) work->answers[0] = -1;
    tutela_text_free(&text);
    tutela_verdict_free(verdict);
    if (tutela_session_set_string(work->session, group, TEXT("sharks"), &error) != TUTELA_INVALID_INPUT)
      work->answers[0] = -1;
    tutela_error_free(error);
  }
  return NULL;
}

int main(int count, char** arguments)
{
  static struct work works[threads + 1];
  pthread_t ids[threads];
  tutela_error* error = NULL;
  int i, settled = 0;
  if (count != 2) return 1;
  pack = load_model(arguments[1]);
  height = slot_of(pack, "child.height");
  agrees = slot_of(pack, "child.guardian_agrees");
  born = slot_of(pack, "child.birth_date");
  group = slot_of(pack, "child.group");
  EXPECT(tutela_decision_new(pack, TEXT("may_swim"), NULL, &decision, &error), error);
  for (i = 0; i <= threads; ++i) EXPECT(tutela_session_new(pack, &works[i].session, &error), error);
  run(&works[threads]); /* alone */
  for (i = 0; i < threads; ++i) CHECK(pthread_create(&ids[i], NULL, run, &works[i]) == 0);
  for (i = 0; i < threads; ++i) CHECK(pthread_join(ids[i], NULL) == 0);
  for (i = 0; i < threads; ++i) {
    CHECK(memcmp(works[i].answers, works[threads].answers, sizeof works[i].answers) == 0);
    tutela_session_free(works[i].session);
  }
  for (i = 0; i < people; ++i) {
    CHECK(works[threads].answers[i] >= 0);
    settled += works[threads].answers[i] < 4;
  }
  CHECK(settled > 100 && settled < people); /* both kinds of answers were compared */
  tutela_session_free(works[threads].session);
  tutela_decision_free(decision);
  tutela_pack_free(pack);
  if (failures == 0) printf("%d threads, %d people, %d settled\n", threads, people, settled);
  return failures == 0 ? 0 : 1;
}
