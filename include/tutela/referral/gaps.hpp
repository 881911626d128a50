// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where places are missing: demand beside what the network offers, by area, age and need.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/model/identity.hpp>
#include <tutela/model/place.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/referral/reach.hpp>

namespace tutela::inline v0 {

/// People of one age range in one area who need one kind of service.
struct CareDemand {
  std::string area;                     ///< Code of an area of any level or shape (`NetworkContent::areas`), as in
                                        ///< `Location::area_codes`; the English name of the area (`Location::area`) of
                                        ///< places that have no codes.
  std::int32_t minimum_age_months = 0;  ///< Youngest age in completed months, included.
  std::int32_t maximum_age_months = 0;  ///< Age in completed months from which people are counted elsewhere.
  ServiceKind need;                     ///< The kind of service.
  std::int64_t people = 0;              ///< How many, 0 or more.
  std::optional<Position> centre;       ///< From where distances count; nothing: none are told.
  std::optional<AgencyId> from;         ///< The agency that refers them; nothing: paths are not looked at.

  friend bool operator==(CareDemand const&, CareDemand const&) = default;
};

/// A table of demand, and what is known of all people in it.
struct GapRequest {
  Date on;                         ///< The day.
  std::vector<CareDemand> demand;  ///< The table. Rows may overlap (a town and its county): each is looked at alone.
  std::vector<Purpose> purposes;   ///< What referrals are for, for paths.
  std::vector<DataNeed> data;      ///< Data that must travel, for paths.
  std::int32_t fresh_days = 7;     ///< Free places seen more days ago than this are unknown. 0 or more.
};

/// What the network offers to one row of demand.
///
/// Places are maxima as published, in units of which one person takes one (child, person, place, bed). A service counts
/// in an area when one of its codes is that of the area or of one that lies in it (`Area::parent`), or when its position lies in
/// the shape of the area, and it may be shown to lie there: in a shape only what may be shown exactly. A service whose area may not be told counts in no area, nor one in a
/// house that it shares with such a service.
struct CoverageGap {
  std::int64_t places = 0;              ///< Places in the area of services that take every age of the range.
  std::int64_t places_in_part = 0;      ///< Places in the area of services that take some of the ages only.
  std::int64_t unknown_services = 0;    ///< Services in the area that take some of the ages, of unknown places.
  std::int64_t free = 0;                ///< Of `places`, those known to be free on the day.
  std::int64_t protected_places = 0;    ///< Places anywhere of services of the kind whose area may not be told.
  std::int64_t missing = 0;             ///< People less `places`, at least 0.
  std::optional<std::int64_t> nearest;  ///< Metres from the centre to the nearest place, in any area, of a service that
                                        ///< takes every age and may be shown exactly; nothing when there is none.
  std::optional<std::int64_t> reachable;  ///< Places anywhere, where people of every age are taken and the agency may
                                          ///< refer to, certainly or possibly; nothing without an agency.

  friend bool operator==(CoverageGap const&, CoverageGap const&) = default;
};

/// Looks at each row of a table of demand.
///
/// A service without a published age range takes every age. Whether its rules admit a person is not asked, closed
/// services do not count, nor does the sex. Two rows that lean on the same places each count them: what is missing is a
/// lower bound of what both together miss. For the path, people are taken to be of the youngest age of the row.
/// \return One gap for each row, in their order, or all that is wrong: an empty area, an age range without ages, a
///         negative number, an agency that the network lacks, the limit `elements`.
/// \complexity O(D S) for D rows and S services, and that of `reach` for the rows with an agency.
[[nodiscard]] TUTELA_API Result<std::vector<CoverageGap>> coverage_gaps(Network const& network,
                                                                        GapRequest const& request,
                                                                        Limits const& limits = {});

}  // namespace tutela::inline v0
