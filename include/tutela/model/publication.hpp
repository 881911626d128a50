// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where the data of a network were published, and dates that are known to the month or year only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tutela/base/citation.hpp>
#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/model/identity.hpp>

namespace tutela::inline v0 {

/// A date known to the day, to the month or to the year: `2022-07-15`, `2022-07`, `2022`.
///
/// Publications often give no day. The missing part is never filled in: the date is the stretch
/// `[earliest, latest]`, both days included.
struct PartialDate {
  std::int32_t year = 1970;  ///< Year, 1 to 9999.
  std::uint8_t month = 0;    ///< Month 1 to 12, or 0 when only the year is known.
  std::uint8_t day = 0;      ///< Day of the month, or 0 when it is not known; always 0 without a month.

  /// The first day it may be. Constant time.
  [[nodiscard]] TUTELA_API Date earliest() const noexcept;

  /// The last day it may be. Constant time.
  [[nodiscard]] TUTELA_API Date latest() const noexcept;

  /// True when the day is known.
  [[nodiscard]] bool is_exact() const noexcept { return day != 0; }

  friend bool operator==(PartialDate const&, PartialDate const&) = default;
};

/// A date known to the day.
[[nodiscard]] TUTELA_API PartialDate to_partial(Date date) noexcept;

/// The date that `text` writes as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or nothing.
[[nodiscard]] TUTELA_API std::optional<PartialDate> parse_partial_date(std::string_view text) noexcept;

/// The date as it is written in files, without the parts that are not known.
[[nodiscard]] TUTELA_API std::string to_string(PartialDate date);

/// A page, act or report that values of a network were transcribed from.
struct Publication {
  SourceId id;                           ///< Name by which the values refer to it.
  std::string title;                     ///< What it is: `Announcement on the closing of the project`.
  std::string address;                   ///< Where it was read: an address or a library reference; may be empty.
  std::optional<PartialDate> published;  ///< When it was published, as far as it says.
  std::optional<PartialDate> seen;       ///< When it was read.
  Grade grade = Grade::unverified;       ///< How well it is known.
  std::string note;                      ///< What a reader must know: `draft text; recheck`.

  friend bool operator==(Publication const&, Publication const&) = default;
};

}  // namespace tutela::inline v0
