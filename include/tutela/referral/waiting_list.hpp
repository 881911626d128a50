// SPDX-License-Identifier: Apache-2.0
/// \file
/// Children who wait for a place, and what is known that bears on it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/model/case.hpp>
#include <tutela/model/identity.hpp>
#include <tutela/model/place.hpp>
#include <tutela/model/service.hpp>

namespace tutela::inline v0 {

/// A child who waits for a place. What is left out is not known, never no.
///
/// Names, income, risk scores and the like have no place here: they may not decide where a child lives.
struct WaitingChild {
  CaseId id;                             ///< Opaque identifier, unique in the list.
  std::string group;                     ///< Siblings who must stay together share it; empty for one child alone.
  std::vector<ServiceKind> needs;        ///< Kinds of service that would do; at least one.
  std::optional<Date> birth_date;        ///< Birth date, for the published age ranges.
  std::optional<Sex> sex;                ///< Sex, for services for one only.
  std::vector<HeldAct> acts;             ///< Acts of court, prosecutor or commission in the file.
  Truth family_care = Truth::unknown;    ///< Whether the child can live in a family: their own, relatives, carers.
  std::optional<Date> waiting_since;     ///< First day of waiting.
  std::optional<Position> home;          ///< Where the family lives.
  std::vector<std::string> area_codes;   ///< Codes of the areas the family lives in, smallest first.
  std::optional<Position> school;        ///< Where the child goes to school.
  std::vector<ServiceId> wished;         ///< Services the child, when heard, wished for.
  std::vector<ServiceId> not_wished;     ///< Services the child, when heard, did not wish for.
  std::vector<ServiceId> siblings_at;    ///< Services where brothers and sisters already live.
  std::vector<std::string> room_traits;  ///< What the child's room must have, as code words: `step_free`.
  std::vector<CaseId> apart_from;        ///< Children of the list who must not live in the same service.

  friend bool operator==(WaitingChild const&, WaitingChild const&) = default;
};

}  // namespace tutela::inline v0
