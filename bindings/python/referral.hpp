// SPDX-License-Identifier: Apache-2.0
/// \file
/// What other rooms of the Python module need of referrals (internal to the Python module).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "answers.hpp"
#include "conversion.hpp"

#include <tutela/model/basis.hpp>
#include <tutela/model/case.hpp>
#include <tutela/model/place.hpp>
#include <tutela/referral/allocation.hpp>
#include <tutela/referral/reach.hpp>
#include <tutela/referral/route.hpp>

namespace tutela::python {

/// A tuple of `tutela.values.DutyToReport`.
py::tuple duties_to_python(std::vector<DutyToReport> const& duties);

/// Categories of data as texts, or as a mapping to the person's consent.
std::vector<DataNeed> to_data(py::handle data);

/// Acts in the file: words for who issued them, or mappings.
std::vector<HeldAct> to_acts(py::handle acts);

/// `female`, `male` or None.
std::optional<Sex> to_sex(py::handle sex);

/// A day that must be there. \throws ContractViolation for None.
Date required_day(py::handle on);

/// Where to: exactly one of them. \throws ContractViolation otherwise.
RouteGoal to_goal(py::handle service, py::handle kind, py::handle agency);

/// A `tutela.values.Route`, or None for null.
py::object route_to_python(Route const* value);

/// Latitude and longitude, or None.
std::optional<Position> to_position(py::handle value);

/// A client as a mapping.
ReachClient to_client(py::handle mapping);

/// `certain` or `possible`.
HopState to_least(std::string const& text);

/// Children as mappings, and the order of the criteria or None.
AllocationRequest to_allocation(py::handle children, py::handle on, py::handle order);

/// Adds `routes`, `best_routes`, `route_front`, `dated_route`, `gaps`, `single_points`, `find_bottleneck`,
/// `cheapest_repair` and `cheapest_agreements` to a network.
void bind_routes(py::class_<LoadedNetwork>& network);

/// Adds `allocate`, `what_if`, `what_if_each_closes`, `reach` to a network, and the class `ReachTable`.
void bind_allocation(py::module_& module, py::class_<LoadedNetwork>& network);

/// Adds exchange formats to a network, and logs and records of referrals.
void bind_exchange(py::module_& module, py::class_<LoadedNetwork>& network);

}  // namespace tutela::python
