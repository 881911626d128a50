// SPDX-License-Identifier: Apache-2.0
/// \file
/// The grounds of a network on which one agency may tell another something.
#pragma once

#include <map>
#include <span>
#include <string>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>
#include <tutela/disclosure/may_be_told.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/referral/route.hpp>

namespace tutela::inline v0 {

/// Every hop that leads from the sender straight to the recipient, as a test of grounds for `what_may_be_told`.
///
/// It looks at hops exactly as the router does: the same agreements in force, windows, purposes, categories, acts, consent
/// and danger. Places, waiting and admission play no part, because telling takes no place. Over several hops nothing is
/// told: whoever is in between would learn it.
/// \param network The network; kept by the test.
/// \param telling Who tells whom, what for, and when.
/// \param about   What is known about the person: danger, acts, birth date, sex, areas. Sender, goal, day, purposes and data
///                are those of `telling`.
/// \return The test; or what is wrong: a sender or recipient that the network lacks, or the two are one.
[[nodiscard]] TUTELA_API Result<GroundTest> grounds_between(Network const& network, DisclosureRequest const& telling,
                                                            RouteRequest about = {});

/// How much of a person's whereabouts the facts of these names may tell while the person stays in a service.
/// \return The names with `Network::disclosure_of` the service on the day; `none` for a service that the network lacks.
[[nodiscard]] TUTELA_API std::map<std::string, LocationDisclosure> places_told_by(Network const& network,
                                                                                  ServiceId const& service, Date on,
                                                                                  std::span<std::string const> facts);

}  // namespace tutela::inline v0
