/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file
 * What the C programs of the tests have in common: checks that are counted, texts, files.
 */
#ifndef TUTELA_TESTS_C_CHECK_H
#define TUTELA_TESTS_C_CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tutela-c/tutela.h>

static int failures = 0; /* of this program */

#define CHECK(condition)                                                        \
  do {                                                                          \
    if (!(condition)) {                                                         \
      fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition); \
      ++failures;                                                               \
    }                                                                           \
  } while (0)

/* Text and its length, as every function takes it. */
#define TEXT(literal) (literal), (sizeof(literal) - 1)

static inline char* read_all(char const* path, size_t* length)
{
  FILE* file = fopen(path, "rb");
  char* text;
  long size;
  if (file == NULL) {
    fprintf(stderr, "cannot open %s\n", path);
    exit(1);
  }
  fseek(file, 0, SEEK_END);
  size = ftell(file);
  rewind(file);
  text = (char*)malloc((size_t)size + 1);
  if (text == NULL || fread(text, 1, (size_t)size, file) != (size_t)size) exit(1);
  fclose(file);
  *length = (size_t)size;
  return text;
}

/* What is wrong with a call that should have worked. */
static inline void expect_ok(tutela_status status, tutela_error* error, int line)
{
  tutela_view message = {NULL, 0};
  if (status == TUTELA_OK) return;
  (void)tutela_error_message(error, &message);
  fprintf(stderr, "line %d: status %d: %.*s\n", line, (int)status, (int)message.length,
          message.length ? message.data : "");
  tutela_error_free(error);
  ++failures;
}

/* A call that must work; `error` is the variable whose address it is given. */
#define EXPECT(call, error)              \
  do {                                   \
    tutela_status const ended = (call);  \
    expect_ok(ended, (error), __LINE__); \
    (error) = NULL;                      \
  } while (0)

static inline int same(tutela_view view, char const* text)
{
  return view.length == strlen(text) && memcmp(view.data, text, view.length) == 0;
}

static inline tutela_pack* load_model(char const* path)
{
  tutela_error* error = NULL;
  tutela_pack* pack = NULL;
  size_t length = 0;
  char* document = read_all(path, &length);
  EXPECT(tutela_pack_load(TUTELA_FROM_MEMORY, document, length, NULL, &pack, &error), error);
  free(document);
  return pack;
}

static inline tutela_slot slot_of(tutela_pack const* pack, char const* name)
{
  tutela_error* error = NULL;
  tutela_slot slot = 0;
  EXPECT(tutela_pack_slot(pack, name, strlen(name), &slot, &error), error);
  return slot;
}

/* What is wrong with a call that should have failed with this status and an error object that says why. */
static inline void refused(tutela_status found, tutela_status wanted, tutela_error* error, int line)
{
  tutela_diagnostic diagnostic = TUTELA_DIAGNOSTIC_INIT;
  if (found != wanted) {
    fprintf(stderr, "line %d: status %d instead of %d\n", line, (int)found, (int)wanted);
    ++failures;
  }
  if (error == NULL || tutela_error_at(error, 0, &diagnostic) != TUTELA_OK || diagnostic.what.length == 0) {
    fprintf(stderr, "line %d: no reason given\n", line);
    ++failures;
  }
  tutela_error_free(error);
}

/* A call that must fail with this status; `error` is a variable of the caller. */
#define REFUSED(call, wanted)                  \
  do {                                         \
    tutela_status ended;                       \
    error = NULL;                              \
    ended = (call);                            \
    refused(ended, (wanted), error, __LINE__); \
    error = NULL;                              \
  } while (0)

/* A text of the library as C has it; `text` ends with a NUL that is not counted. */
static inline int has(tutela_text text, char const* part)
{
  return text.data != NULL && strstr(text.data, part) != NULL;
}

/* A text that is not changed, as a view. */
static inline tutela_view view_of(char const* text)
{
  tutela_view view;
  view.data = text;
  view.length = strlen(text);
  return view;
}

#endif /* TUTELA_TESTS_C_CHECK_H */
