// SPDX-License-Identifier: Apache-2.0
/// \file
/// Exact lowest and highest values over all completions of missing facts (internal).
///
/// Branch and bound over boxes of completions: the interval form of the program bounds every value inside a box, a
/// box that cannot better what was found is dropped, the others are halved until they hold one completion. What is
/// reported was computed on a completion, so it is attained; what was dropped could not go beyond it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "risk/program.hpp"

namespace tutela::detail {

/// What one fact may still be.
struct FactState {
  std::int64_t first = 0;            ///< Lowest count, or first position in `listed`.
  std::int64_t last = 0;             ///< Highest count, or last position.
  std::vector<std::int64_t> listed;  ///< Sorted counts, where only some of a range are possible.

  [[nodiscard]] bool is_open() const { return first != last; }
  [[nodiscard]] std::int64_t count(std::int64_t position) const
  {
    return listed.empty() ? position : listed[static_cast<std::size_t>(position)];
  }
};

class Search {
 public:
  /// \param forbidden Steps that must not be 1 in a completion.
  Search(InstrumentProgram const& program, std::vector<FactState> facts, std::vector<std::uint32_t> forbidden,
         std::uint64_t steps);

  /// Bounds of all steps over the box of all completions; wider than exact.
  [[nodiscard]] std::vector<Interval> const& root() const { return root_; }

  /// Lowest and highest value of a step; nothing when no completion is possible.
  std::optional<Interval> bounds(std::uint32_t step);

  /// True when some completion gives a value inside `allowed`.
  bool any(std::uint32_t step, Interval allowed);

  /// True when a completion was met on which the instrument cannot be computed.
  [[nodiscard]] bool failed() const { return failed_; }

  /// False when the work ran out: then bounds are outer ones.
  [[nodiscard]] bool exact() const { return exact_; }

 private:
  struct Box {
    std::vector<std::int64_t> ends;  ///< First and last position of each fact, alternating.
    Interval target;
    double rank = 0;  ///< Lower is tried first.
  };
  struct Halves {
    Box lower;
    Box upper;
    bool lower_lives = false;  ///< False when nothing inside can better what was found.
    bool upper_lives = false;
  };
  struct Goal {
    std::uint32_t step = 0;
    int sign = 0;  ///< 1 for the lowest value, -1 for the highest, 0 for any value in `allowed`.
    Interval allowed;
    double best = 0;  ///< Best value found, times the sign.
    bool found = false;
  };

  void shave();
  [[nodiscard]] Interval values_of(std::size_t fact, std::int64_t first, std::int64_t last) const;
  void run(Goal& goal);
  bool contract(std::vector<std::int64_t>& ends) const;
  bool bound(Box& box, Goal& goal);
  void try_corner(Box const& box, Goal& goal);
  [[nodiscard]] bool is_whole(Box const& box, Goal const& goal) const;
  Halves halve(Box const& box, std::size_t fact, Goal& goal);
  Halves split(Box const& box, Goal& goal);
  void find_shared(std::uint32_t step);
  void find_active(std::optional<std::uint32_t> step);
  [[nodiscard]] double rank(Interval target, Goal const& goal) const;

  InstrumentProgram const& program_;
  std::vector<FactState> facts_;
  std::vector<std::uint32_t> forbidden_;
  std::uint64_t steps_left_;
  std::vector<Interval> root_;
  std::vector<Interval> values_;
  std::vector<double> point_;
  std::uint64_t shared_ = 0;      ///< Facts that reach the step of the goal on several ways.
  std::uint64_t forbidding_ = 0;  ///< Facts that the forbidden steps read.
  std::uint64_t open_ = 0;        ///< Facts that may still be several values.
  /// Steps that lead from open facts to the goal and to the forbidden steps: the others stay as they are.
  std::vector<std::uint32_t> active_;
  bool failed_ = false;
  bool exact_ = true;
};

}  // namespace tutela::detail
