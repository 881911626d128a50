// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is recorded of children in protection, what the law of a country sets for it, and where everything stands on a day.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/calendar/clock.hpp>
#include <tutela/calendar/work_calendar.hpp>
#include <tutela/casework/leaving_care.hpp>
#include <tutela/casework/placement.hpp>
#include <tutela/casework/removal.hpp>
#include <tutela/model/case.hpp>

namespace tutela::inline v0 {

/// What the law of a country sets.
struct ProtectionLaw {
  std::string jurisdiction;                 ///< ISO 3166 code.
  std::vector<PreferenceOrder> preference;  ///< Orders of preference for placements.
  std::vector<HearingRule> hearings;        ///< Who is heard on a removal.
  std::vector<LeavingCareRule> leaving;     ///< What is given on leaving care.

  friend bool operator==(ProtectionLaw const&, ProtectionLaw const&) = default;
};

/// One child.
struct ChildRecord {
  CaseId subject;                     ///< Pseudonym of the case, unique in a file.
  std::vector<Removal> removals;      ///< Removals.
  std::vector<Placement> placements;  ///< Placements.
  std::optional<CareLeaver> leaver;   ///< What is known for leaving care; nothing while that is not asked.

  friend bool operator==(ChildRecord const&, ChildRecord const&) = default;
};

/// The records of an authority.
struct ProtectionRecords {
  std::string jurisdiction;           ///< ISO 3166 code of the country whose law holds.
  bool synthetic = false;             ///< True when no real child stands behind them.
  std::optional<Period> martial_law;  ///< Days under martial law; nothing where there is none.
  std::vector<ChildRecord> children;  ///< By child.

  friend bool operator==(ProtectionRecords const&, ProtectionRecords const&) = default;
};

/// What is known of one child on a day. Findings: what follows from them is for people to decide.
struct ChildReview {
  CaseId subject;                            ///< Pseudonym of the case.
  std::vector<RemovalReview> removals;       ///< In the order of the record.
  std::vector<PlacementReview> placements;   ///< In the order of the record.
  PlacementHistory history;                  ///< Days in several placements, or in none between two.
  std::optional<LeavingCareReview> leaving;  ///< When it was asked.

  friend bool operator==(ChildReview const&, ChildReview const&) = default;
};

/// What a review is asked for.
struct ProtectionOptions {
  Date on;                          ///< The day; what happens after it is not known yet.
  bool include_unverified = false;  ///< True to use texts that may not be used without being asked for.
};

/// Looks at every child of the records on a day.
///
/// \param records  The records.
/// \param law      What the law of their country sets.
/// \param clocks   Clocks of their country.
/// \param calendar Working days of their country.
/// \param options  Day and reach.
[[nodiscard]] TUTELA_API std::vector<ChildReview> review_child_protection(ProtectionRecords const& records,
                                                                          ProtectionLaw const& law,
                                                                          std::span<Clock const> clocks,
                                                                          WorkCalendar const& calendar,
                                                                          ProtectionOptions const& options);

}  // namespace tutela::inline v0
