// SPDX-License-Identifier: Apache-2.0
/// \file
/// The hops of a network in a form in which one of them is tested in a few nanoseconds (internal).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/model/basis.hpp>

namespace tutela::detail {

struct NetworkIndex;

/// What a hop asks of everybody, as bits and days.
///
/// The last bit of the words stands for every word that no ground of the network names.
struct HopMask {
  enum Flag : std::uint16_t {
    to_service = 1,
    consent = 2,
    purposes_hidden = 4,
    categories_hidden = 8,
    danger = 16,
    waits = 32,
    by_hand = 64,  ///< The rest does not fit in here: ask `look_at_hop`.
    by_date = 128  ///< `open_from` and `open_until` do not say it: ask `look_at_hop`.
  };

  std::uint32_t other = 0;       ///< The stop at the other end.
  std::int32_t open_from = 0;    ///< First day on which the ground holds, since 1970.
  std::int32_t open_until = 0;   ///< First day after that on which it does not.
  std::uint32_t purposes = 0;    ///< Purposes it allows.
  std::uint32_t categories = 0;  ///< Data categories it allows.
  std::int32_t days = -1;        ///< Most days of the handover; -1 when not known.
  std::uint16_t flags = 0;
};

/// All hops of a network, made once when it is built.
struct HopView {
  std::vector<HopMask> from;            ///< Beside the hops; `other` is where they lead.
  std::vector<HopMask> into;            ///< Beside `NetworkIndex::into`; `other` is where they start.
  std::vector<std::string> purposes;    ///< Word of each bit.
  std::vector<std::string> categories;  ///< Word of each bit.
};

/// Words that have a bit of their own; grounds that name others are tested by hand.
inline constexpr std::size_t most_words = 31;

/// The bit of a word, or that of the words that nobody names.
std::uint32_t bit_of(std::vector<std::string> const& words, std::string const& word) noexcept;

/// Makes the view of a network whose hops are numbered and linked.
HopView make_hop_view(NetworkIndex const& index);

}  // namespace tutela::detail
