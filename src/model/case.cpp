// SPDX-License-Identifier: Apache-2.0
#include <tutela/model/case.hpp>

namespace tutela::inline v0 {

std::string_view to_string(CaseKind kind) noexcept
{
  return kind == CaseKind::probation ? "probation" : "child_protection";
}

std::string_view to_string(ConsentAnswer answer) noexcept
{
  switch (answer) {
    case ConsentAnswer::given: return "given";
    case ConsentAnswer::refused: return "refused";
    case ConsentAnswer::unknown: break;
  }
  return "unknown";
}

std::string_view to_string(ActIssuer issuer) noexcept
{
  switch (issuer) {
    case ActIssuer::prosecutor: return "prosecutor";
    case ActIssuer::commission: return "commission";
    case ActIssuer::court: break;
  }
  return "court";
}

ConsentAnswer Case::consent_for(DataCategory const& category) const noexcept
{
  for (auto const& entry : consent)
    if (entry.category == category) return entry.answer;
  return ConsentAnswer::unknown;
}

}  // namespace tutela::inline v0
