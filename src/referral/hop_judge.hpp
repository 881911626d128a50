// SPDX-License-Identifier: Apache-2.0
/// \file
/// How sure the hops of a network are for one question, and what they cost (internal).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <tutela/referral/route.hpp>
#include "referral/hop_test.hpp"
#include "referral/network_index.hpp"

namespace tutela::detail {

/// What makes one path better than another, in one number: hops whose duration has no known upper bound, then days (upper
/// bounds where known, else lower ones), then hops. Sums keep the order, so the best path is found exactly.
__extension__ typedef unsigned __int128 RouteCost;

inline constexpr RouteCost one_hop = 1;
inline constexpr RouteCost one_day = RouteCost{1} << 32U;
inline constexpr RouteCost one_unbounded = RouteCost{1} << 80U;
inline constexpr RouteCost unreachable = ~RouteCost{0};

/// Cost of one hop. \param days Most days when `bounded`, else least days; 0 or more.
inline RouteCost route_cost(bool bounded, std::int64_t days) noexcept
{
  return (bounded ? RouteCost{0} : one_unbounded) + static_cast<std::uint64_t>(days) * one_day + one_hop;
}

/// A hop as a search sees it. What it takes to explain a hop is worked out again for the few that are shown.
struct Judged {
  RouteCost cost = 0;
  HopState state = HopState::blocked;
};

/// One question on one network. What it finds about services of the goal it keeps.
class HopJudge {
 public:
  /// \param goals Numbers of the stops of the goal, sorted.
  HopJudge(Network const& network, RouteRequest const& request, std::vector<std::uint32_t> goals);

  [[nodiscard]] NetworkIndex const& index() const noexcept { return index_; }
  [[nodiscard]] RouteRequest const& request() const noexcept { return request_; }
  [[nodiscard]] std::vector<std::uint32_t> const& goals() const noexcept { return goals_; }
  [[nodiscard]] bool is_goal(std::uint32_t stop) const noexcept;

  /// A hop matters when it leads to an agency or unit, or to a service that is asked for.
  [[nodiscard]] bool matters(NetworkHop const& hop) const noexcept
  {
    return index_.stops[hop.to].kind != Stop::Kind::service || is_goal(hop.to);
  }

  /// State and cost of a hop; a hop that does not matter is blocked. \param to Where it leads.
  [[nodiscard]] Judged judge(HopMask const& mask, std::uint32_t hop, std::uint32_t to);
  [[nodiscard]] Judged judge(std::uint32_t hop)
  {
    return judge(index_.view.from[hop], hop, index_.view.from[hop].other);
  }

  /// Everything about a hop.
  [[nodiscard]] Hop look(std::uint32_t hop);

  /// What was found about a service of the goal; null for other stops.
  [[nodiscard]] ArrivalFinding const* arrival_at(std::uint32_t stop);

  /// The path over these hops, with its proof.
  [[nodiscard]] Route route_over(std::vector<std::uint32_t> const& hops);

 private:
  /// What counts of a service of the goal, beside what is shown of it.
  struct Arrival {
    ArrivalFinding finding;
    HopState admission = HopState::blocked;
    HopState places = HopState::blocked;
  };

  Arrival const* look_at_goal(std::uint32_t stop);
  [[nodiscard]] HopState state_of_ground(HopMask const& mask, std::uint32_t hop) const;

  Network const& network_;
  NetworkIndex const& index_;
  RouteRequest const& request_;
  std::vector<std::uint32_t> goals_;              ///< Sorted.
  std::vector<std::optional<Arrival>> arrivals_;  ///< Beside `goals_`; looked at when they are first asked for.
  std::int64_t day_ = 0;
  bool far_ = false;  ///< The day is too far away for the view.
  std::uint32_t purposes_ = 0;
  std::uint32_t categories_ = 0;
  HopState consent_ = HopState::certain;
  HopState danger_ = HopState::certain;
};

/// Adds up what hops say: state, days, what to ask.
Route route_of(std::vector<Hop> hops);

/// The numbers of the stops that a request asks for, sorted, or what is wrong with the request.
Result<std::vector<std::uint32_t>> goals_of(Network const& network, RouteRequest const& request);

}  // namespace tutela::detail
