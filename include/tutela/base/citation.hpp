// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where a rule, a figure or a constant comes from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>

namespace tutela::inline v0 {

/// How well a source is known. Only `a` and `b` may ship as defaults.
enum class Grade : std::uint8_t {
  a,          ///< The wording of the act itself was seen.
  b,          ///< A page of the competent authority, operator or an official method text.
  c,          ///< Press, law firm, association, teaching or student text.
  d,          ///< Machine-made or unclear secondary text.
  unverified  ///< Known only from memory.
};

/// `A`, `B`, `C`, `D` or `unverified`.
[[nodiscard]] TUTELA_API std::string_view to_string(Grade grade) noexcept;

/// The grade that `text` names, or nothing.
[[nodiscard]] TUTELA_API std::optional<Grade> parse_grade(std::string_view text) noexcept;

/// True when a rule of this grade may be used without being asked for.
[[nodiscard]] constexpr bool may_be_default(Grade grade) noexcept { return grade <= Grade::b; }

/// The place in a text that a rule or figure rests on.
struct Citation {
  std::string act;                  ///< The act, paper or page: `Family Code (1316/2000)`.
  std::string article;              ///< Article, section or table: `art. 142(2)`.
  std::string source;               ///< Where the text was read: an address or a library reference.
  Grade grade = Grade::unverified;  ///< How well the source is known.
  std::string status;               ///< What is known about validity: `in force as of 2020 text; recheck`.
  std::optional<Date> text_date;    ///< Date of the version that was read, as far as it is known.

  friend bool operator==(Citation const&, Citation const&) = default;
};

/// `Family Code (1316/2000) art. 142(2) [A]`.
[[nodiscard]] TUTELA_API std::string to_string(Citation const& citation);

}  // namespace tutela::inline v0
