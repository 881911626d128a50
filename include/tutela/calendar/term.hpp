// SPDX-License-Identifier: Apache-2.0
/// \file
/// Lengths of time as laws write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tutela/base/config.hpp>

namespace tutela::inline v0 {

/// What a term is counted in. Only hours are exact lengths; the others depend on the days they cover.
enum class TermUnit : std::uint8_t {
  hours,         ///< Hours of sixty minutes.
  days,          ///< Calendar days.
  working_days,  ///< Days on which offices work; see `WorkCalendar`.
  months,        ///< Calendar months.
  years          ///< Calendar years.
};

/// A length of time such as `24 hours`, `3 working days` or `6 months`.
struct Term {
  std::int32_t count = 0;          ///< How many, 0 to 100,000; 0 is *at once*.
  TermUnit unit = TermUnit::days;  ///< Of what.

  friend constexpr bool operator==(Term const&, Term const&) = default;
};

/// The largest count of a term.
inline constexpr std::int32_t max_term = 100'000;

/// `24 hours`, `1 month`, `at once`.
[[nodiscard]] TUTELA_API std::string to_string(Term term);

/// The term that `text` names, in the words of `to_string`, or nothing.
[[nodiscard]] TUTELA_API std::optional<Term> parse_term(std::string_view text) noexcept;

}  // namespace tutela::inline v0
