// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading verdicts through the C library.

#include "capi/verdict.hpp"

#include <limits>
#include <utility>

#include <tutela/base/text.hpp>
#include <tutela/io/assessment.hpp>
#include <tutela/io/explanation.hpp>
#include "capi/handles.hpp"

using namespace tutela::detail;

static_assert(static_cast<int>(tutela::Outcome::known) == TUTELA_OUTCOME_KNOWN);
static_assert(static_cast<int>(tutela::Outcome::unknown) == TUTELA_OUTCOME_UNKNOWN);
static_assert(static_cast<int>(tutela::Outcome::undeterminable) == TUTELA_OUTCOME_UNDETERMINABLE);
static_assert(static_cast<int>(tutela::Outcome::refused) == TUTELA_OUTCOME_REFUSED);
static_assert(static_cast<int>(tutela::Outcome::no_law_in_force) == TUTELA_OUTCOME_NO_LAW_IN_FORCE);
static_assert(static_cast<int>(tutela::Outcome::rule_not_available) == TUTELA_OUTCOME_RULE_NOT_AVAILABLE);
static_assert(static_cast<int>(tutela::Outcome::error) == TUTELA_OUTCOME_ERROR);

tutela_verdict* tutela::detail::make_verdict(Verdict verdict)
{
  std::string value = verdict.outcome == Outcome::known ? write_value(verdict.value) : std::string();
  return new tutela_verdict{.verdict = std::move(verdict), .value = std::move(value)};
}

void tutela_verdict_free(tutela_verdict* verdict) { delete verdict; }

tutela_status tutela_verdict_summarise(tutela_verdict const* verdict, tutela_verdict_summary* summary)
try {
  tutela_verdict const& handle = checked(verdict, HandleTag::verdict);
  tutela_verdict_summary filled = TUTELA_VERDICT_SUMMARY_INIT;
  filled.outcome = static_cast<tutela_outcome>(handle.verdict.outcome);
  bool const* boolean = handle.verdict.outcome == tutela::Outcome::known ? handle.verdict.value.as_boolean() : nullptr;
  filled.boolean = boolean == nullptr ? -1 : static_cast<int32_t>(*boolean);
  filled.missing_count = static_cast<uint32_t>(handle.verdict.missing.size());
  filled.value = view_of(handle.value);
  write_sized(summary, filled);
  return TUTELA_OK;
} catch (...) {
  return caught(nullptr);
}

tutela_status tutela_verdict_missing(tutela_verdict const* verdict, size_t index, tutela_view* fact)
try {
  auto const& missing = checked(verdict, HandleTag::verdict).verdict.missing;
  tutela_view& out = output(fact);
  if (index >= missing.size()) return TUTELA_END;
  out = view_of(missing[index]);
  return TUTELA_OK;
} catch (...) {
  return caught(nullptr);
}

tutela_status tutela_verdict_explain(tutela_verdict const* verdict, char const* language, size_t length,
                                     tutela_text* text, tutela_error** error)
try {
  begin(error);
  tutela::Verdict const& explained = checked(verdict, HandleTag::verdict).verdict;
  give_text(text, tutela::explain(explained, language_from({language, length})));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}

tutela_status tutela_verdict_json(tutela_verdict const* verdict, tutela_text* json, tutela_error** error)
try {
  begin(error);
  give_text(json, tutela::write_verdict(checked(verdict, HandleTag::verdict).verdict));
  return TUTELA_OK;
} catch (...) {
  return caught(error);
}
