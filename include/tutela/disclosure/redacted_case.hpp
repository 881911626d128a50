// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is told: a case with the facts that may be told and no trace of the others.
#pragma once

#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/disclosure/may_be_told.hpp>
#include <tutela/model/case.hpp>

namespace tutela::inline v0 {

/// The case as the recipient gets it; it is written and read as every other case.
///
/// It holds the pseudonym, the country, the kind of care, the sender, the purpose, and the told facts with the days on which
/// they hold and were recorded. Nothing else of the case goes: no need, consent, act, language, group or judgement of danger,
/// and no name of a source, which would say who else knows the person; sources that
/// say the same fact stay apart by numbers. A fact that is withheld, one that is not known and one
/// that nobody has recorded look the same: they are not there. Two cases that differ only in what is withheld give equal
/// results.
/// \param item      The case.
/// \param finding   What may be told of it.
/// \param pseudonym Identifier for the recipient (`PseudonymKeys::pseudonym`). \throws ContractViolation when it is empty.
/// Facts times the logarithm of the findings.
[[nodiscard]] TUTELA_API Case redact(Case const& item, DisclosureFinding const& finding, CaseId pseudonym);

/// Categories of the facts that a redacted case holds, sorted, each once.
[[nodiscard]] TUTELA_API std::vector<DataCategory> categories_told(Case const& redacted,
                                                                   DisclosureFinding const& finding);

}  // namespace tutela::inline v0
