// SPDX-License-Identifier: Apache-2.0
/// \file
/// Times of day, moments and durations.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include <tutela/base/date.hpp>

namespace tutela::inline v0 {

/// The time zone of a time: none (local), a fixed offset, or a zone of the IANA database.
struct Zone {
  /// What is known about the zone.
  enum class Kind : std::uint8_t {
    local,   ///< Not stated.
    offset,  ///< A fixed distance from UTC.
    named    ///< A zone such as `Europe/Chisinau`, whose offset depends on the day.
  };
  Kind kind = Kind::local;          ///< What is known.
  std::int32_t offset_seconds = 0;  ///< East of UTC, for `offset`.
  std::string name;                 ///< IANA name, for `named`.

  friend bool operator==(Zone const&, Zone const&) = default;
};

/// A time of day.
struct Time {
  std::uint8_t hour = 0;         ///< 0 to 23.
  std::uint8_t minute = 0;       ///< 0 to 59.
  std::uint8_t second = 0;       ///< 0 to 59.
  std::uint32_t nanosecond = 0;  ///< 0 to 999,999,999.
  Zone zone;                     ///< Zone in which the hour is read.

  friend bool operator==(Time const&, Time const&) = default;
};

/// A day and a time of day.
struct DateTime {
  Date date;  ///< Day, in the zone of `time`.
  Time time;  ///< Time of day.

  friend bool operator==(DateTime const&, DateTime const&) = default;
};

/// A length of time in days, hours, minutes and seconds: an exact number of nanoseconds.
///
/// Both parts carry the same sign.
struct DaysDuration {
  std::int64_t seconds = 0;      ///< Whole seconds.
  std::int32_t nanoseconds = 0;  ///< Rest, -999,999,999 to 999,999,999.

  friend constexpr bool operator==(DaysDuration const&, DaysDuration const&) = default;

  friend constexpr auto operator<=>(DaysDuration const&, DaysDuration const&) = default;
};

/// A length of time in years and months; how many days that is depends on where it starts.
struct MonthsDuration {
  std::int64_t months = 0;  ///< Whole months.

  friend constexpr bool operator==(MonthsDuration const&, MonthsDuration const&) = default;

  friend constexpr auto operator<=>(MonthsDuration const&, MonthsDuration const&) = default;
};

}  // namespace tutela::inline v0
