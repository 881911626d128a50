// SPDX-License-Identifier: Apache-2.0
/// \file
/// Dates, times and durations as FEEL writes, compares and adds them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tutela/base/date.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/base/time.hpp>
#include <tutela/facts/value.hpp>

namespace tutela::detail {

inline constexpr std::int64_t seconds_per_day = 86'400;

[[nodiscard]] std::optional<Date> parse_date_text(std::string_view text);
[[nodiscard]] std::optional<Time> parse_time_text(std::string_view text);
/// Also a date alone, which is its midnight. 24:00:00 is the next midnight.
[[nodiscard]] std::optional<DateTime> parse_date_time_text(std::string_view text);
/// A duration of either kind, or none.
[[nodiscard]] Value parse_duration_text(std::string_view text);
/// Whatever of the above the text is, or none.
[[nodiscard]] Value parse_temporal(std::string_view text);

[[nodiscard]] std::string temporal_text(Date date);
[[nodiscard]] std::string temporal_text(Time const& time);
[[nodiscard]] std::string temporal_text(DateTime const& moment);
[[nodiscard]] std::string temporal_text(DaysDuration duration);
[[nodiscard]] std::string temporal_text(MonthsDuration duration);

[[nodiscard]] inline bool has_zone(Time const& time) noexcept { return time.zone.kind != Zone::Kind::local; }

/// Seconds east of UTC on that day, or nothing for a local time.
[[nodiscard]] std::optional<std::int32_t> offset_of(DateTime const& moment);
/// For a time without a day the offset in the winter of 1970 is used where the zone is named.
[[nodiscard]] std::optional<std::int32_t> offset_of(Time const& time);

[[nodiscard]] std::int64_t second_of_day(Time const& time) noexcept;
/// Seconds since 1 January 1970, in UTC when the zone is known, else local.
[[nodiscard]] std::int64_t seconds_of(DateTime const& moment);
/// Seconds since midnight in UTC when the zone is known, else local; may be negative or above a day.
[[nodiscard]] std::int64_t seconds_of(Time const& time);
/// The moment so many seconds after 1 January 1970, shown in that zone; nothing when its year is out of range.
[[nodiscard]] std::optional<DateTime> moment_at(std::int64_t seconds, std::uint32_t nanosecond, Zone const& zone);
/// Midnight in UTC, which a date stands for beside moments.
[[nodiscard]] DateTime midnight(Date date);

/// The duration with its nanoseconds normalised; nothing when it does not fit.
[[nodiscard]] std::optional<DaysDuration> days_duration(std::int64_t seconds, std::int64_t nanoseconds);
[[nodiscard]] Decimal seconds_in(DaysDuration duration);
/// The duration of that many seconds, cut to nanoseconds.
[[nodiscard]] std::optional<DaysDuration> duration_of_seconds(Decimal seconds);

[[nodiscard]] std::optional<DateTime> shifted(DateTime const& moment, DaysDuration by);
[[nodiscard]] std::optional<DateTime> shifted(DateTime const& moment, std::int64_t months);
[[nodiscard]] Time shifted(Time const& time, DaysDuration by);
[[nodiscard]] std::optional<Date> shifted(Date date, DaysDuration by);

/// Completed months from one moment to another, negative when it is earlier.
[[nodiscard]] std::int64_t months_from_to(DateTime const& from, DateTime const& to);

/// ISO 8601 week number, 1 to 53.
[[nodiscard]] int week_of_year(Date date);
[[nodiscard]] int day_of_year(Date date);

}  // namespace tutela::detail
