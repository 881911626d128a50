// SPDX-License-Identifier: Apache-2.0
/// \file
/// How an assessment is counted and sorted.
#include <tutela/engine/assessment.hpp>

#include <algorithm>

namespace tutela::inline v0 {

std::string_view to_string(Answer answer) noexcept
{
  switch (answer) {
    case Answer::yes: return "yes";
    case Answer::no: return "no";
    case Answer::value: return "value";
    case Answer::no_rule: return "no_rule";
    case Answer::unknown: return "unknown";
    case Answer::undeterminable: return "undeterminable";
    case Answer::refused: return "refused";
    case Answer::not_available: return "not_available";
    case Answer::error: return "error";
  }
  return "error";
}

Answer answer_of(Verdict const& verdict) noexcept
{
  switch (verdict.outcome) {
    case Outcome::known:
      if (auto const* truth = verdict.value.as_boolean()) return *truth ? Answer::yes : Answer::no;
      return verdict.value.is_none() ? Answer::no_rule : Answer::value;
    case Outcome::unknown: return Answer::unknown;
    case Outcome::undeterminable: return Answer::undeterminable;
    case Outcome::refused: return Answer::refused;
    case Outcome::no_law_in_force:
    case Outcome::rule_not_available: return Answer::not_available;
    case Outcome::error: break;
  }
  return Answer::error;
}

std::size_t Assessment::count(Answer answer) const noexcept
{
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(), [answer](Finding const& finding) {
    return answer_of(finding.verdict) == answer;
  }));
}

}  // namespace tutela::inline v0
