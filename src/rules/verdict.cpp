// SPDX-License-Identifier: Apache-2.0
/// \file
/// Names of outcomes, effects, cautions and refusals.
#include <tutela/rules/verdict.hpp>

namespace tutela::inline v0 {

std::string_view to_string(Outcome outcome) noexcept
{
  switch (outcome) {
    case Outcome::known: return "known";
    case Outcome::unknown: return "unknown";
    case Outcome::undeterminable: return "undeterminable";
    case Outcome::refused: return "refused";
    case Outcome::no_law_in_force: return "no_law_in_force";
    case Outcome::rule_not_available: return "rule_not_available";
    case Outcome::error: return "error";
  }
  return "error";
}

std::string_view to_string(Effect effect) noexcept
{
  switch (effect) {
    case Effect::none: return "none";
    case Effect::protective: return "protective";
    case Effect::restrictive: return "restrictive";
  }
  return "none";
}

std::string_view to_string(Caution caution) noexcept
{
  switch (caution) {
    case Caution::none: return "none";
    case Caution::not_excluded: return "not_excluded";
    case Caution::no_support: return "no_support";
  }
  return "none";
}

std::string_view to_string(Refusal refusal) noexcept
{
  switch (refusal) {
    case Refusal::none: return "none";
    case Refusal::protected_facts: return "protected_facts";
    case Refusal::material_neglect: return "material_neglect";
  }
  return "none";
}

}  // namespace tutela::inline v0
