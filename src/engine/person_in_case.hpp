// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a case says about the person to the searches of a network (internal).
#pragma once

#include <string>
#include <vector>

#include <tutela/engine/assess.hpp>
#include <tutela/referral/route.hpp>

namespace tutela::detail {

/// The first network that has the agency or unit; null when none has.
Network const* network_of(Knowledge const& knowledge, AgencyId const& agency);

/// The packs of one legal order.
std::vector<Pack const*> packs_of(Knowledge const& knowledge, std::string const& jurisdiction);

/// Puts danger, acts, birth date, sex and area of the case into a request that has its day.
void put_person(RouteRequest& request, Case const& item, std::vector<Pack const*> const& packs,
                AssessOptions const& options);

}  // namespace tutela::detail
