// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/equipment.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <tutela/model/state_machine.hpp>

namespace tutela::inline v0 {
namespace {

using Standing = EquipmentState;

constexpr std::array<std::string_view, equipment_states> state_words{"available", "applied", "in_repair", "lost"};
constexpr std::array beginnings{Standing::available};
constexpr std::array after_available{Standing::applied, Standing::in_repair, Standing::lost};
constexpr std::array after_applied{Standing::available, Standing::in_repair, Standing::lost};
constexpr std::array after_in_repair{Standing::available, Standing::lost};
constexpr std::array after_lost{Standing::available, Standing::in_repair};
constexpr StateMachine<Standing> machine{"a piece of equipment", beginnings, allowed_after};

/// Stretches in which a piece was on an order.
using Uses = std::map<std::string, std::vector<std::pair<Period, std::string>>>;

void check_piece(EquipmentPiece const& piece, std::string const& pointer, std::string const& file, Uses& uses,
                 Diagnostics& found)
{
  auto const error = [&](Code code, std::string const& where, std::string what, std::string mend = {}) {
    found.error(code, Place{file, 0, 0, where}, std::move(what), std::move(mend));
  };
  if (piece.steps.empty())
    error(Code::missing_key, pointer + "/steps", "the piece has no step", "begin with available");
  for (std::size_t i = 0; i < piece.steps.size(); ++i) {
    auto const& step = piece.steps[i];
    auto const place = pointer + "/steps/" + std::to_string(i);
    auto const before =
        i == 0 ? std::pair<Standing, Date>() : std::pair(piece.steps[i - 1].state, piece.steps[i - 1].on);
    check_step(machine, i == 0 ? nullptr : &before, step.state, step.on, Place{file, 0, 0, place}, found);
    bool const applied = step.state == Standing::applied;
    if (applied && step.order.empty())
      error(Code::missing_key, place + "/order", "it is not said to which order the piece belongs");
    if (!applied && !step.order.empty())
      error(Code::not_allowed, place + "/order", "only a piece that is applied belongs to an order");
    if (!applied || step.order.empty()) continue;
    std::optional<Date> until;
    if (i + 1 < piece.steps.size()) until = piece.steps[i + 1].on;
    Period const used{step.on, until};
    for (auto const& [other, id] : uses[step.order])
      if (id != piece.id && used.overlaps(other))
        error(Code::contradictory_facts, place + "/order", "two pieces are applied to one order at the same time",
              "end the use of the first one");
    uses[step.order].emplace_back(used, piece.id);
  }
}

}  // namespace

std::string_view to_string(EquipmentState state) noexcept { return state_words[static_cast<std::size_t>(state)]; }

std::optional<EquipmentState> parse_equipment_state(std::string_view word) noexcept
{
  auto const found = std::find(state_words.begin(), state_words.end(), word);
  if (found == state_words.end()) return std::nullopt;
  return static_cast<EquipmentState>(found - state_words.begin());
}

std::span<EquipmentState const> allowed_after(EquipmentState state) noexcept
{
  switch (state) {
    case Standing::available: return after_available;
    case Standing::applied: return after_applied;
    case Standing::in_repair: return after_in_repair;
    case Standing::lost: return after_lost;
  }
  return {};
}

EquipmentCount count_equipment(std::span<EquipmentPiece const> pieces, Date on)
{
  EquipmentCount count;
  for (auto const& piece : pieces) {
    EquipmentStep const* last = nullptr;
    for (auto const& step : piece.steps)
      if (step.on <= on) last = &step;
    if (last != nullptr) ++count.pieces[static_cast<std::size_t>(last->state)];
  }
  return count;
}

std::vector<Diagnostic> check_equipment(std::span<EquipmentPiece const> pieces, std::string const& file)
{
  Diagnostics found;
  std::set<std::string> seen;
  Uses uses;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    auto const pointer = "/equipment/" + std::to_string(i);
    if (!seen.insert(pieces[i].id).second)
      found.error(Code::duplicate_id, Place{file, 0, 0, pointer + "/id"}, "two pieces have the same identifier",
                  "rename one");
    check_piece(pieces[i], pointer, file, uses, found);
  }
  return std::move(found).take();
}

}  // namespace tutela::inline v0
