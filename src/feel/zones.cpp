// SPDX-License-Identifier: Apache-2.0
/// \file
/// Zones of the IANA database, read through Howard Hinnant's date library. The only file that includes it.
#include "feel/zones.hpp"

#include <exception>
#include <string>

#include <date/tz.h>

namespace tutela::detail {

namespace {

date::time_zone const* find_zone(std::string_view name)
{
  if (name.empty() || name.size() > 64) return nullptr;
  try {
    return date::locate_zone(std::string(name));
  } catch (std::exception const&) {
    return nullptr;
  }
}

// The library's calendar ends at year 32,767. The Gregorian calendar repeats every 400 years, and so do the rules of
// a zone after the last change that the database knows.
constexpr std::int64_t cycle_seconds = 146'097LL * 86'400;
constexpr std::int64_t first_second = -6'000'000'000;  // about 1779, before every zone's first change
constexpr std::int64_t last_second = 30'000'000'000;   // about 2920

std::int64_t within_database(std::int64_t seconds)
{
  if (seconds < first_second) return first_second;
  if (seconds <= last_second) return seconds;
  return last_second - cycle_seconds + (seconds - last_second) % cycle_seconds;
}

}  // namespace

bool is_zone(std::string_view name) { return find_zone(name) != nullptr; }

std::optional<std::int32_t> offset_at_local(std::string_view zone, Date date, Time const& time)
{
  auto const* const found = find_zone(zone);
  if (found == nullptr) return std::nullopt;
  std::int64_t const seconds = within_database(to_days(date) * 86'400 + time.hour * std::int64_t{3'600} +
                                               time.minute * std::int64_t{60} + time.second);
  auto const info = found->get_info(date::local_seconds(std::chrono::seconds(seconds)));
  return static_cast<std::int32_t>(info.first.offset.count());
}

std::optional<std::int32_t> offset_at(std::string_view zone, std::int64_t seconds)
{
  auto const* const found = find_zone(zone);
  if (found == nullptr) return std::nullopt;
  auto const info = found->get_info(date::sys_seconds(std::chrono::seconds(within_database(seconds))));
  return static_cast<std::int32_t>(info.offset.count());
}

}  // namespace tutela::detail
