// SPDX-License-Identifier: Apache-2.0
/// \file
/// A plan that several agencies make for one case: who is on the team, who coordinates, which measures are promised.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/text.hpp>
#include <tutela/casework/commitment.hpp>
#include <tutela/model/case.hpp>
#include <tutela/model/case_member.hpp>

namespace tutela::inline v0 {

/// A specialist on the team of a case, by agency and role, never by name.
struct TeamMember {
  Owner owner;               ///< Agency and role.
  std::string profile;       ///< Code word: `psychologist`, `social_worker`, `probation_counsellor`, `teacher`.
  bool coordinator = false;  ///< True for the one who coordinates: rights of a child are not divided between agencies.
  Period valid;              ///< Days on the team.

  friend bool operator==(TeamMember const&, TeamMember const&) = default;
};

/// A measure of a plan: what somebody promised to do.
struct PlanMeasure {
  std::string id;            ///< Identifier, unique in the plan.
  Text what;                 ///< What is to be done.
  std::string kind;          ///< Code word: `preventive`, `educational`, `psychological_support`.
  MemberId about;            ///< For whom; empty for the family as a whole.
  Owner owner;               ///< Who does it.
  std::optional<Date> due;   ///< Last day; nothing when none was agreed.
  std::optional<Date> done;  ///< When it was done.
  bool voluntary = false;    ///< True when it takes place only as long as the person wants it.
  bool condition = false;    ///< True when help, contact or keeping a child hangs on it; never for a voluntary one.

  friend bool operator==(PlanMeasure const&, PlanMeasure const&) = default;
};

/// One case, several agencies, one plan (ro: plan comun; uk: спільний план).
struct JointPlan {
  std::string id;                     ///< Identifier, unique in a file.
  CaseId subject;                     ///< Pseudonym of the case.
  std::vector<AgencyId> agencies;     ///< Who made it; at least two.
  Date agreed;                        ///< When.
  std::optional<Date> ended;          ///< When it ended.
  std::vector<CaseMember> members;    ///< The people of the case; at least one child.
  std::vector<CaseStatus> statuses;   ///< Their statuses.
  std::vector<TeamMember> team;       ///< Specialists.
  std::vector<PlanMeasure> measures;  ///< What is promised.
  SourceId source;                    ///< Where this was published; empty in synthetic records.

  friend bool operator==(JointPlan const&, JointPlan const&) = default;
};

/// What is wrong with a plan, with the place.
///
/// Errors: fewer than two agencies, an agency of the team or of a measure that is not among them, no child, a person, measure
/// or specialist twice, a status or measure about nobody of the case, a measure without kind, owner or text, done or due
/// before the plan was agreed, an interval that ends before it begins; a voluntary measure that anything hangs on; a day from
/// the agreement on without a coordinator, or with more than one.
/// \param pointer JSON pointer of the plan, for the places.
/// n log n in the plan.
[[nodiscard]] TUTELA_API std::vector<Diagnostic> check_joint_plan(JointPlan const& plan,
                                                                  std::string const& pointer = {});

/// The coordinator on a day; nothing when there is none. Linear in the team.
[[nodiscard]] TUTELA_API TeamMember const* coordinator_on(JointPlan const& plan, Date on) noexcept;

/// The measures of a plan as promises, in their order: `plan/measure`, made on the day of the agreement. What was not done when
/// the plan ended is withdrawn on that day, for the reason `plan_ended`.
[[nodiscard]] TUTELA_API std::vector<Commitment> commitments_of(JointPlan const& plan);

/// How many measures of each kind there are and how many are done by a day.
struct MeasureCount {
  std::size_t all = 0;   ///< All.
  std::size_t done = 0;  ///< Done by the day.

  friend bool operator==(MeasureCount const&, MeasureCount const&) = default;
};

/// The measures of a plan by their kind. Linear.
[[nodiscard]] TUTELA_API std::map<std::string, MeasureCount> measures_by_kind(JointPlan const& plan, Date on);

}  // namespace tutela::inline v0
