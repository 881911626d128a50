/* SPDX-License-Identifier: Apache-2.0 */
/* Tutela from R by .Call: R CMD SHLIB tutela.c, then tutela.R. */
#include <stdio.h>

#include <R.h>
#include <Rinternals.h>
#include <tutela-c/tutela.h>

static SEXP text_of(char const* data, size_t length) { return mkCharLenCE(data, (int)length, CE_UTF8); }

static void free_pack(SEXP pack)
{
  tutela_pack_free(R_ExternalPtrAddr(pack));
  R_ClearExternalPtr(pack);
}

/* A failure as list(status, message, codes, pointers); tutela.R makes a condition of it. */
static SEXP refused(tutela_status status, tutela_error* error)
{
  char const* names[] = {"status", "message", "codes", "pointers", ""};
  SEXP result = PROTECT(mkNamed(VECSXP, names));
  tutela_view message = {"", 0};
  tutela_diagnostic found = TUTELA_DIAGNOSTIC_INIT;
  size_t count = 0, i;
  tutela_error_message(error, &message);
  while (tutela_error_at(error, count, &found) == TUTELA_OK) ++count;
  SET_VECTOR_ELT(result, 0, ScalarInteger(status));
  SET_VECTOR_ELT(result, 1, ScalarString(text_of(message.data, message.length)));
  SET_VECTOR_ELT(result, 2, allocVector(INTSXP, (R_xlen_t)count));
  SET_VECTOR_ELT(result, 3, allocVector(STRSXP, (R_xlen_t)count));
  for (i = 0; i < count; ++i) {
    tutela_error_at(error, i, &found);
    INTEGER(VECTOR_ELT(result, 2))[i] = (int)found.code;
    SET_STRING_ELT(VECTOR_ELT(result, 3), (R_xlen_t)i, text_of(found.pointer.data, found.pointer.length));
  }
  tutela_error_free(error);
  UNPROTECT(1);
  return result;
}

SEXP r_tutela_load(SEXP name)
{
  tutela_pack* pack = NULL;
  tutela_error* error = NULL;
  SEXP text = STRING_ELT(name, 0), result;
  tutela_status status = tutela_pack_load(TUTELA_FROM_NAME, CHAR(text), (size_t)LENGTH(text), NULL, &pack, &error);
  if (status != TUTELA_OK) return refused(status, error);
  result = PROTECT(R_MakeExternalPtr(pack, R_NilValue, R_NilValue));
  R_RegisterCFinalizerEx(result, free_pack, TRUE);
  UNPROTECT(1);
  return result;
}

static SEXP verdict_of(tutela_verdict const* verdict, SEXP language)
{
  char const* names[] = {"outcome", "value", "missing", "explanation", "json", ""};
  SEXP result = PROTECT(mkNamed(VECSXP, names));
  tutela_verdict_summary summary = TUTELA_VERDICT_SUMMARY_INIT;
  tutela_text text = TUTELA_TEXT_INIT;
  tutela_view fact;
  size_t i;
  tutela_verdict_summarise(verdict, &summary);
  SET_VECTOR_ELT(result, 0, ScalarInteger(summary.outcome));
  SET_VECTOR_ELT(result, 1, ScalarString(text_of(summary.value.data, summary.value.length)));
  SET_VECTOR_ELT(result, 2, allocVector(STRSXP, summary.missing_count));
  for (i = 0; tutela_verdict_missing(verdict, i, &fact) == TUTELA_OK; ++i)
    SET_STRING_ELT(VECTOR_ELT(result, 2), (R_xlen_t)i, text_of(fact.data, fact.length));
  if (tutela_verdict_explain(verdict, CHAR(language), (size_t)LENGTH(language), &text, NULL) == TUTELA_OK)
    SET_VECTOR_ELT(result, 3, ScalarString(text_of(text.data, text.length)));
  tutela_text_free(&text);
  if (tutela_verdict_json(verdict, &text, NULL) == TUTELA_OK)
    SET_VECTOR_ELT(result, 4, ScalarString(text_of(text.data, text.length)));
  tutela_text_free(&text);
  UNPROTECT(1);
  return result;
}

SEXP r_tutela_decide(SEXP pack, SEXP facts, SEXP decision, SEXP on, SEXP language)
{
  tutela_decide_options options = TUTELA_DECIDE_OPTIONS_INIT;
  tutela_session* session = NULL;
  tutela_verdict* verdict = NULL;
  tutela_error* error = NULL;
  SEXP json = STRING_ELT(facts, 0), name = STRING_ELT(decision, 0), result;
  tutela_status status;
  options.on.year = INTEGER(on)[0];
  options.on.month = INTEGER(on)[1];
  options.on.day = INTEGER(on)[2];
  status = tutela_session_new(R_ExternalPtrAddr(pack), &session, &error);
  if (status == TUTELA_OK) status = tutela_session_set_case(session, CHAR(json), (size_t)LENGTH(json), &error);
  if (status == TUTELA_OK)
    status = tutela_session_decide(session, CHAR(name), (size_t)LENGTH(name), &options, &verdict, &error);
  result = PROTECT(status == TUTELA_OK ? verdict_of(verdict, STRING_ELT(language, 0)) : refused(status, error));
  tutela_verdict_free(verdict);
  tutela_session_free(session);
  UNPROTECT(1);
  return result;
}

/* The facts of each row, set in one call, and their answer without reasons: list(outcome, value). */
static SEXP answers_of(tutela_session* session, tutela_decision const* decision, tutela_cell* cells, SEXP holds,
                       SEXP values, R_xlen_t rows, tutela_status* status, tutela_error** error)
{
  char const* names[] = {"outcome", "value", ""};
  SEXP result = PROTECT(mkNamed(VECSXP, names));
  tutela_answer answer = TUTELA_ANSWER_INIT;
  R_xlen_t const count = XLENGTH(holds);
  R_xlen_t row, i;
  SET_VECTOR_ELT(result, 0, allocVector(INTSXP, rows));
  SET_VECTOR_ELT(result, 1, allocVector(STRSXP, rows));
  for (row = 0; row < rows && *status == TUTELA_OK; ++row) {
    for (i = 0; i < count; ++i) {
      cells[i].holds = INTEGER(VECTOR_ELT(holds, i))[row];
      cells[i].value = (int64_t)REAL(VECTOR_ELT(values, i))[row];
    }
    *status = tutela_session_answer_row(session, cells, (size_t)count, decision, &answer, error);
    INTEGER(VECTOR_ELT(result, 0))[row] = answer.outcome;
    if (*status == TUTELA_OK)
      SET_STRING_ELT(VECTOR_ELT(result, 1), row, text_of(answer.value.data, answer.value.length));
  }
  UNPROTECT(1);
  return result;
}

SEXP r_tutela_answer_rows(SEXP pack, SEXP decision, SEXP on, SEXP facts, SEXP holds, SEXP values, SEXP rows)
{
  tutela_pack const* law = R_ExternalPtrAddr(pack);
  tutela_decide_options options = TUTELA_DECIDE_OPTIONS_INIT;
  tutela_session* session = NULL;
  tutela_decision* prepared = NULL;
  tutela_error* error = NULL;
  tutela_cell* cells = (tutela_cell*)R_alloc((size_t)XLENGTH(facts) + 1, sizeof *cells);
  SEXP name = STRING_ELT(decision, 0), result = R_NilValue;
  tutela_status status = tutela_session_new(law, &session, &error);
  R_xlen_t i;
  options.on.year = INTEGER(on)[0];
  options.on.month = INTEGER(on)[1];
  options.on.day = INTEGER(on)[2];
  if (status == TUTELA_OK)
    status = tutela_decision_new(law, CHAR(name), (size_t)LENGTH(name), &options, &prepared, &error);
  for (i = 0; i < XLENGTH(facts) && status == TUTELA_OK; ++i) {
    SEXP fact = STRING_ELT(facts, i);
    cells[i].reserved = 0;
    status = tutela_pack_slot(law, CHAR(fact), (size_t)LENGTH(fact), &cells[i].slot, &error);
  }
  if (status == TUTELA_OK)
    result = answers_of(session, prepared, cells, holds, values, (R_xlen_t)INTEGER(rows)[0], &status, &error);
  PROTECT(result);
  if (status != TUTELA_OK) result = refused(status, error);
  tutela_decision_free(prepared);
  tutela_session_free(session);
  UNPROTECT(1);
  return result;
}

/* FNV-1a with 64 bits, which R cannot compute itself: the tests compare texts by it. */
SEXP r_tutela_digest(SEXP text)
{
  SEXP bytes = STRING_ELT(text, 0);
  char digits[17];
  uint64_t hash = UINT64_C(0xcbf29ce484222325);
  int i;
  for (i = 0; i < LENGTH(bytes); ++i) hash = (hash ^ (unsigned char)CHAR(bytes)[i]) * UINT64_C(0x100000001b3);
  snprintf(digits, sizeof digits, "%08x%08x", (unsigned)(hash >> 32), (unsigned)hash);
  return mkString(digits);
}
