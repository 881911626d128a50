// SPDX-License-Identifier: Apache-2.0
/// \file
/// How many a service can take, how many places are free, how long people wait.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/model/identity.hpp>
#include <tutela/model/publication.hpp>

namespace tutela::inline v0 {

/// What a capacity is counted in; a mother with her child is one pair.
enum class CapacityUnit : std::uint8_t { child, pair, family, person, place, bed, hours, points };

/// The word used in files: `pair`.
[[nodiscard]] TUTELA_API std::string_view to_string(CapacityUnit unit) noexcept;

/// How many a service can take at once. A limit of stock: it says nothing about how many pass through.
struct Capacity {
  std::string id;                           ///< Identifier within the network.
  ServiceId service;                        ///< The service.
  CapacityUnit unit = CapacityUnit::place;  ///< What is counted.
  std::optional<std::int64_t> maximum;      ///< Limit; nothing when not published.
  std::optional<std::int64_t> available;    ///< Free on the day `updated`; nothing when not published.
  std::optional<Date> updated;              ///< The day the free places were seen; required with `available`.
  bool approximate = false;                 ///< True when the source says *about*.
  std::string note;                         ///< What the source says besides.
  SourceId source;                          ///< Where this was published.

  friend bool operator==(Capacity const&, Capacity const&) = default;
};

/// What a published waiting time means; without this it means nothing.
enum class WaitingStatistic : std::uint8_t {
  fixed,    ///< Everybody waits this long.
  minimum,  ///< Nobody waits less.
  median,   ///< Half wait less. Bounds nobody's waiting.
  mean,     ///< Average. Bounds nobody's waiting.
  maximum   ///< Nobody waits more.
};

/// The word used in files: `median`.
[[nodiscard]] TUTELA_API std::string_view to_string(WaitingStatistic statistic) noexcept;

/// How long people wait for a service.
struct Waiting {
  std::string id;                                         ///< Identifier within the network.
  ServiceId service;                                      ///< The service.
  std::int64_t days = 0;                                  ///< Calendar days, 0 or more.
  WaitingStatistic statistic = WaitingStatistic::median;  ///< What the number means.
  std::string definition;                                 ///< From what to what is counted: `application to admission`.
  Date as_of;                                             ///< The day it describes.
  std::optional<std::int64_t> sample;                     ///< How many people it was taken from.
  SourceId source;                                        ///< Where this was published.

  friend bool operator==(Waiting const&, Waiting const&) = default;
};

}  // namespace tutela::inline v0
