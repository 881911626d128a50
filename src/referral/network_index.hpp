// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a network holds beside its content: stops by number, hops by stop (internal).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <tutela/referral/network.hpp>
#include "referral/hop_view.hpp"

namespace tutela::detail {

/// What stands at a stop, and where in the content.
struct Stop {
  enum class Kind : std::uint8_t { agency, unit, service };
  Kind kind = Kind::agency;
  std::uint32_t position = 0;  ///< Position in `agencies`, `units` or `services`.
};

using Positions = std::map<std::string, std::uint32_t, std::less<>>;

struct NetworkIndex {
  NetworkContent content;
  std::vector<NodeId> nodes;
  std::vector<Stop> stops;  ///< Beside `nodes`.
  Positions areas;
  Positions locations;
  Positions agreements;
  Positions sources;
  std::vector<std::vector<std::uint32_t>> capacities;  ///< Positions of the capacities of each stop.
  std::vector<std::vector<std::uint32_t>> rests;       ///< Positions of the days out of service of each stop.
  std::vector<std::vector<std::uint32_t>> waiting;     ///< Positions of the waiting times of each stop, newest first.
  std::vector<NetworkHop> hops;
  std::vector<std::uint32_t> first_from;  ///< First hop from each stop, and one past the last.
  std::vector<std::uint32_t> into;        ///< Hops sorted by their end.
  std::vector<std::uint32_t> first_into;  ///< First entry of `into` for each stop, and one past the last.
  HopView view;                           ///< The hops again, for searches.
};

/// What a content is checked as.
enum class ContentKind : std::uint8_t {
  network,  ///< What is known on one day: every identifier once, nothing withdrawn.
  history   ///< Everything that was ever recorded: an identifier may stand again once it was withdrawn.
};

/// Checks a content; reports everything that is wrong. Of a history only what does not depend on the day.
void check_network(NetworkContent const& content, std::string const& file, Limits const& limits,
                   Diagnostics& diagnostics, ContentKind kind = ContentKind::network);

}  // namespace tutela::detail
