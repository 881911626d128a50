// SPDX-License-Identifier: Apache-2.0
/// \file
/// In place of Howard Hinnant's library: a module that reads no file has no database of time zones, so it knows none by name.
/// Offsets such as +02:00 need no database.
#pragma once

#include <chrono>
#include <stdexcept>
#include <string>

namespace date {

template <class Duration>
struct local_time {
  explicit local_time(Duration since) : since_epoch(since) {}
  Duration since_epoch;
};
using local_seconds = local_time<std::chrono::seconds>;
using sys_seconds = std::chrono::time_point<std::chrono::system_clock, std::chrono::seconds>;

struct sys_info {
  std::chrono::seconds offset{};
};
struct local_info {
  sys_info first;
};

struct time_zone {
  local_info get_info(local_seconds) const { return {}; }
  sys_info get_info(sys_seconds) const { return {}; }
};

[[noreturn]] inline time_zone const* locate_zone(std::string const&)
{
  throw std::runtime_error("there is no database of time zones");
}

}  // namespace date
