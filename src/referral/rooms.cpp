// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <tutela/base/result.hpp>
#include <tutela/referral/rooms.hpp>

namespace tutela::inline v0 {
namespace {

/// Places given to needs, enlarged by shortest chains of exchanges (maximum flow between needs and rooms).
class Fitting {
 public:
  Fitting(std::vector<RoomSupply> const& rooms, std::vector<RoomNeed> const& needs) : rooms_(rooms), needs_(needs)
  {
    given_.assign(needs.size() * rooms.size(), 0);
    for (RoomSupply const& room : rooms) left_.push_back(room.places);
  }

  /// Gives places to everybody of a need. False when that cannot be.
  bool serve(std::uint32_t need)
  {
    for (std::int64_t open = needs_[need].people; open > 0;) {
      std::int64_t const served = exchange(need, open);
      if (served == 0) return false;
      open -= served;
    }
    return true;
  }

 private:
  bool suits(std::uint32_t room, std::uint32_t need) const { return (needs_[need].traits & ~rooms_[room].traits) == 0; }

  std::int64_t& given(std::uint32_t need, std::uint32_t room) { return given_[need * rooms_.size() + room]; }

  /// One chain: the need takes a room, whoever had it takes another, up to a room that is left.
  std::int64_t exchange(std::uint32_t start, std::int64_t most)
  {
    constexpr std::uint32_t none = UINT32_MAX;
    std::vector<bool> reached(needs_.size(), false);
    std::vector<std::uint32_t> wanted_by(rooms_.size(), none);   // need that reached each room
    std::vector<std::uint32_t> freed_from(needs_.size(), none);  // room in which each need was reached
    std::vector<std::uint32_t> open{start};
    reached[start] = true;
    for (std::size_t next = 0; next < open.size(); ++next) {
      std::uint32_t const need = open[next];
      for (std::uint32_t room = 0; room < rooms_.size(); ++room) {
        if (wanted_by[room] != none || !suits(room, need)) continue;
        wanted_by[room] = need;
        if (left_[room] > 0) return apply(room, wanted_by, freed_from, most);
        for (std::uint32_t other = 0; other < needs_.size(); ++other) {
          if (reached[other] || given(other, room) == 0) continue;
          reached[other] = true;
          freed_from[other] = room;
          open.push_back(other);
        }
      }
    }
    return 0;
  }

  std::int64_t apply(std::uint32_t last, std::vector<std::uint32_t> const& wanted_by,
                     std::vector<std::uint32_t> const& freed_from, std::int64_t most)
  {
    std::int64_t amount = std::min(most, left_[last]);
    for (std::uint32_t room = last; freed_from[wanted_by[room]] != UINT32_MAX; room = freed_from[wanted_by[room]])
      amount = std::min(amount, given(wanted_by[room], freed_from[wanted_by[room]]));
    left_[last] -= amount;
    for (std::uint32_t room = last;;) {
      std::uint32_t const need = wanted_by[room];
      given(need, room) += amount;
      std::uint32_t const from = freed_from[need];
      if (from == UINT32_MAX) return amount;
      given(need, from) -= amount;
      room = from;
    }
  }

  std::vector<RoomSupply> const& rooms_;
  std::vector<RoomNeed> const& needs_;
  std::vector<std::int64_t> given_;  ///< Places of each room that each need has.
  std::vector<std::int64_t> left_;   ///< Places of each room that nobody has.
};

bool all_fit(std::vector<RoomSupply> const& rooms, std::vector<RoomNeed> const& needs)
{
  Fitting fitting(rooms, needs);
  for (std::uint32_t need = 0; need < needs.size(); ++need)
    if (!fitting.serve(need)) return false;
  return true;
}

}  // namespace

RoomFit fit_rooms(std::vector<RoomSupply> const& rooms, std::vector<RoomNeed> const& needs)
{
  for (RoomSupply const& room : rooms)
    if (room.places < 0) throw ContractViolation("a number of places is negative");
  for (RoomNeed const& need : needs)
    if (need.people < 0) throw ContractViolation("a number of people is negative");
  RoomFit fit;
  fit.fits = all_fit(rooms, needs);
  if (fit.fits) return fit;
  std::vector<RoomNeed> kept = needs;  // a need without people is out
  for (std::uint32_t need = 0; need < needs.size(); ++need) {
    if (kept[need].people == 0) continue;
    kept[need].people = 0;
    if (!all_fit(rooms, kept)) continue;
    kept[need] = needs[need];
    fit.needs.push_back(need);
    fit.people += needs[need].people;
  }
  for (std::uint32_t room = 0; room < rooms.size(); ++room) {
    bool const suits = std::any_of(fit.needs.begin(), fit.needs.end(),
                                   [&](std::uint32_t need) { return (needs[need].traits & ~rooms[room].traits) == 0; });
    if (!suits) continue;
    fit.rooms.push_back(room);
    fit.places += rooms[room].places;
  }
  return fit;
}

}  // namespace tutela::inline v0
