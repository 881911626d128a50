// SPDX-License-Identifier: Apache-2.0
/// \file
/// What single change would open a path where there is none.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/referral/route.hpp>

namespace tutela::inline v0 {

/// What a change is about; an earlier one is smaller.
enum class OpenerKind : std::uint8_t {
  consent,    ///< The person, or who speaks for them, agrees that data of one category travel. Theirs to give or not.
  place,      ///< A service has a free place.
  service,    ///< A service takes people again.
  agreement,  ///< An agreement that stands in the network is put in force for this referral, with its grounds.
  new_agreement  ///< An agreement is concluded under which one stop may refer to another.
};

/// The word for programs: `new_agreement`.
[[nodiscard]] TUTELA_API std::string_view to_string(OpenerKind kind) noexcept;

/// One change that alone opens a path.
struct Opener {
  OpenerKind kind = OpenerKind::new_agreement;  ///< What it is about.
  std::string subject;  ///< Category of data, service or agreement; of a new agreement the agency that would refer.
  NodeId to;            ///< Of a new agreement: the stop that would be referred to; else empty.
  std::vector<NodeId> path;  ///< A path that it opens, from the one who refers to the goal.

  friend bool operator==(Opener const&, Opener const&) = default;
};

/// The single changes each of which opens a path, smallest first; the first one is the smallest opener.
///
/// Looked for are all that answer to an obstacle that is known to hold: consent that was refused, a full service, one that
/// is closed or out of service, an agreement that is not in force, out of its window, or does not allow the purpose, the data
/// or the person. Of new agreements one is named, the first in the order of stops, from the one who refers where that is
/// possible. Never named are facts of the person (age, sex, danger), what the rules of admission refuse and what the law does
/// not say: those are not changed. What opens is at least possible; what is merely not known is asked as in `find_route`.
///
/// That a change would open a path does not say that it should be made. Consent is never to be pressed for.
/// \return Nothing where a path is open, or where no single change opens one; or what is wrong with the request; or the
///         limit `search_steps` (hops looked at).
/// \complexity O(H) for H hops, and for each change O(H) in what it opens.
[[nodiscard]] TUTELA_API Result<std::vector<Opener>> find_openers(Network const& network, RouteRequest const& request,
                                                                  Limits const& limits = {});

}  // namespace tutela::inline v0
