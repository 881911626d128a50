// SPDX-License-Identifier: Apache-2.0
/// \file
/// The people of one case, and the statuses that each of them has in which period.
#pragma once

#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/id.hpp>
#include <tutela/model/identity.hpp>

namespace tutela::inline v0 {

struct CaseMember;

/// Identifier of a person within a case: a pseudonym, never looked into.
using MemberId = Id<CaseMember>;

/// A person of a case: the child, a brother or sister, a parent, another adult of the family.
struct CaseMember {
  MemberId id;           ///< Pseudonym.
  std::string relation;  ///< Code word: `child`, `sibling`, `mother`, `carer`.
  bool is_child = true;  ///< False for an adult.

  friend bool operator==(CaseMember const&, CaseMember const&) = default;
};

/// A status that a person has in a period (ro: statut; uk: статус). Statuses of one person overlap: a child in difficult
/// life circumstances may be in conflict with the law at the same time, and stays one child with one case.
struct CaseStatus {
  MemberId member;     ///< Whose.
  std::string status;  ///< Code word: `difficult_life_circumstances`, `conflict_with_law`, `refugee`.
  Period valid;        ///< Days on which it holds; the last day is open while it does.
  AgencyId given_by;   ///< Agency that keeps it on record; empty when not said.

  friend bool operator==(CaseStatus const&, CaseStatus const&) = default;
};

/// The statuses that a person has on a day, in the order given. Linear in the statuses.
[[nodiscard]] TUTELA_API std::vector<CaseStatus> statuses_on(std::vector<CaseStatus> const& statuses,
                                                             MemberId const& member, Date on);

}  // namespace tutela::inline v0
