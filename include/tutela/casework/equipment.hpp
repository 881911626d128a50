// SPDX-License-Identifier: Apache-2.0
/// \file
/// Equipment of electronic monitoring, piece by piece: its life, and how many pieces are in which state.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>

namespace tutela::inline v0 {

/// Where a piece of equipment stands.
enum class EquipmentState : std::uint8_t {
  available,  ///< Ready for use.
  applied,    ///< On a person.
  in_repair,  ///< Not usable now.
  lost        ///< Not to be found.
};

/// Number of states.
inline constexpr std::size_t equipment_states = 4;

/// The word used in files: `in_repair`.
[[nodiscard]] TUTELA_API std::string_view to_string(EquipmentState state) noexcept;

/// The value that a word of files names, or nothing.
[[nodiscard]] TUTELA_API std::optional<EquipmentState> parse_equipment_state(std::string_view word) noexcept;

/// The states that may follow. Constant time.
[[nodiscard]] TUTELA_API std::span<EquipmentState const> allowed_after(EquipmentState state) noexcept;

/// One step in the life of a piece.
struct EquipmentStep {
  EquipmentState state = EquipmentState::available;  ///< The state that begins.
  Date on;                                           ///< The day it begins.
  std::string order;                                 ///< Order of monitoring, for `applied` only; required there.

  friend bool operator==(EquipmentStep const&, EquipmentStep const&) = default;
};

/// One piece.
struct EquipmentPiece {
  std::string id;                    ///< Identifier, unique in the pool; a number of the office, never of a person.
  std::vector<EquipmentStep> steps;  ///< Its life, oldest first; it begins `available`.

  friend bool operator==(EquipmentPiece const&, EquipmentPiece const&) = default;
};

/// How many pieces are in which state on a day. A piece without a step by that day is not counted.
struct EquipmentCount {
  std::array<std::size_t, equipment_states> pieces{};  ///< By state.

  /// How many are in a state.
  [[nodiscard]] std::size_t of(EquipmentState state) const noexcept { return pieces[static_cast<std::size_t>(state)]; }

  friend bool operator==(EquipmentCount const&, EquipmentCount const&) = default;
};

/// Counts pieces at the end of a day. Linear in steps.
[[nodiscard]] TUTELA_API EquipmentCount count_equipment(std::span<EquipmentPiece const> pieces, Date on);

/// Everything that is wrong with the lives of pieces: a step that may not follow, days that go back, an identifier twice, an
/// application without its order, an order beside another state, two pieces on one order on the same day.
/// \param file Name for the diagnostics; pointers are `/equipment/N/steps/N/state` and alike.
[[nodiscard]] TUTELA_API std::vector<Diagnostic> check_equipment(std::span<EquipmentPiece const> pieces,
                                                                 std::string const& file = {});

}  // namespace tutela::inline v0
