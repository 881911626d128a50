// SPDX-License-Identifier: Apache-2.0
/// \file
/// A child in the household of a person who is monitored: what the children's service may be told of it.
#pragma once

#include <optional>
#include <string>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>
#include <tutela/casework/monitoring.hpp>
#include <tutela/disclosure/may_be_told.hpp>

namespace tutela::inline v0 {

/// The task to tell the children's service, with what the rules of disclosure say of it. It holds names of facts and no
/// value, no place, no condition and no position.
struct HouseholdChildTask {
  std::string order;          ///< Identifier of the order.
  DisclosureFinding finding;  ///< What may be told, fact by fact.
  /// `tell` when everything that the service needs may be told, `unknown` when something must be settled first, `withhold`
  /// when something may not be told at all: then a lawful ground is to be sought, or a court to be asked.
  Telling telling = Telling::withhold;
};

/// Raises the task for the children's service where a review says that a child lives in the household.
///
/// \param review  What monitoring found (`check_positions`).
/// \param schema  What the facts are.
/// \param request Who tells the children's service, and what it needs; it must name the facts (`needed`), so that no more
///                than the child's safety asks for goes out of a file of probation.
/// \param grounds What each ground between the two says.
/// \return The task; nothing when the review raises none; or what is wrong with the request.
[[nodiscard]] TUTELA_API Result<std::optional<HouseholdChildTask>> household_child_task(
    MonitoringReview const& review, Schema const& schema, DisclosureRequest const& request, GroundTest const& grounds);

}  // namespace tutela::inline v0
