// SPDX-License-Identifier: Apache-2.0
/// \file
/// Data that stay with the team that keeps them: no rule, scale, path or table of cases reads them.
#pragma once

#include <string_view>

namespace tutela::inline v0 {

/// Data category of facts about reproductive health: pregnancy, contraception, family planning.
inline constexpr std::string_view reproductive_health = "reproductive_health";

/// Data category of facts that say whether somebody takes part in a voluntary programme.
inline constexpr std::string_view voluntary_programme = "voluntary_programme";

/// Whether data of a category stay with the team. Constant time.
///
/// What a woman tells a team about pregnancy and family planning, and whether she takes part in a programme at all, may never
/// decide what she or her child is granted, how high a risk is said to be, or where anybody is sent. So nothing that answers
/// such questions reads it: a rule pack or an instrument that declares a fact of these categories is refused, and so are a
/// network that lets them travel and a request for a path that would carry them.
[[nodiscard]] constexpr bool stays_with_team(std::string_view category) noexcept
{
  return category == reproductive_health || category == voluntary_programme;
}

}  // namespace tutela::inline v0
