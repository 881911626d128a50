// SPDX-License-Identifier: Apache-2.0
/// \file
/// A parameter of law as casework uses it: where it is written, and how well that is known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tutela/base/citation.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/calendar/clock.hpp>

namespace tutela::inline v0 {

/// What is known about one text of law. The parameters that it sets stand beside it.
struct LawText {
  std::string id;                         ///< `MD-060`.
  Text name;                              ///< What it sets, for people.
  Period law;                             ///< Days on which it is in force, as far as they were seen.
  LawStatus status = LawStatus::recheck;  ///< What is known about its validity.
  Citation citation;                      ///< Where it is written.
  std::string note;                       ///< What the text says besides, for people.

  /// True when it may be used without being asked for: grade A or B, and in force as it was seen.
  [[nodiscard]] bool may_be_default() const noexcept
  {
    return tutela::may_be_default(citation.grade) && status == LawStatus::in_force_as_seen;
  }

  /// True when it may be used on a day.
  /// \param include_unverified True to use texts that are not known well enough to be used without being asked for.
  [[nodiscard]] bool usable(Date on, bool include_unverified) const noexcept
  {
    return law.contains(on) && (include_unverified || may_be_default());
  }

  friend bool operator==(LawText const&, LawText const&) = default;
};

/// Ages that a text is for, in completed years.
struct AgeBand {
  std::optional<std::uint8_t> from;   ///< First age; nothing is any.
  std::optional<std::uint8_t> until;  ///< First age that it is no longer for; nothing is any.

  /// True when a person of that age is meant.
  [[nodiscard]] constexpr bool contains(int age) const noexcept
  {
    return (!from || *from <= age) && (!until || age < *until);
  }

  friend constexpr bool operator==(AgeBand const&, AgeBand const&) = default;
};

}  // namespace tutela::inline v0
