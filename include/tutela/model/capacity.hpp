// SPDX-License-Identifier: Apache-2.0
/// \file
/// How many a service can take, how many places are free, how long people wait.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/model/identity.hpp>
#include <tutela/model/publication.hpp>

namespace tutela::inline v0 {

/// What a capacity is counted in; a mother with her child is one pair.
enum class CapacityUnit : std::uint8_t { child, pair, family, person, place, bed, hours, points };

/// The word used in files: `pair`.
[[nodiscard]] TUTELA_API std::string_view to_string(CapacityUnit unit) noexcept;

/// Places on some days that differ from those on all others: a house that is half closed, a week that is booked.
struct DayPlaces {
  Period days;                            ///< The days.
  std::optional<std::int64_t> maximum;    ///< Limit on these days; nothing: as on all others.
  std::optional<std::int64_t> available;  ///< Free on these days, as seen on `Capacity::updated`; nothing: not known.

  friend bool operator==(DayPlaces const&, DayPlaces const&) = default;
};

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
  std::vector<DayPlaces> days;              ///< Days on which the places differ; none overlap.
  std::optional<std::int32_t> fresh_days;   ///< For how many days after `updated` the free places count, as declared by
                                            ///< the service; nothing: as the question says.
  std::optional<std::int64_t> per_person;  ///< Units that one person takes, 1 to 10^6; nothing: one of a unit that is a
                                           ///< person's, and not known of the others.
  Period known{};                          ///< Days on which this was recorded and not withdrawn.

  friend bool operator==(Capacity const&, Capacity const&) = default;
};

/// The limit on a day; nothing when it was not published. Linear in `Capacity::days`.
[[nodiscard]] TUTELA_API std::optional<std::int64_t> maximum_on(Capacity const& capacity, Date on) noexcept;

/// The first day on which free places seen on `Capacity::updated` are too old, or nothing when none were seen.
/// \param fresh_days For how many days they count where the capacity does not declare it.
[[nodiscard]] TUTELA_API std::optional<Date> stale_from(Capacity const& capacity, std::int32_t fresh_days) noexcept;

/// What is free on a day, in units. Nothing when it is not known: not published for that day, seen only after it, or too
/// old; never zero because of that. Linear in `Capacity::days`. \param fresh_days As in `stale_from`.
[[nodiscard]] TUTELA_API std::optional<std::int64_t> available_on(Capacity const& capacity, Date on,
                                                                  std::int32_t fresh_days) noexcept;

/// How many people find room in so many units; nothing for units of which it is not known how many one person takes.
[[nodiscard]] TUTELA_API std::optional<std::int64_t> people_in(Capacity const& capacity, std::int64_t units) noexcept;

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
  Period known{};                                         ///< Days on which this was recorded and not withdrawn.

  friend bool operator==(Waiting const&, Waiting const&) = default;
};

}  // namespace tutela::inline v0
