// SPDX-License-Identifier: Apache-2.0
/// \file
/// Exact lowest and highest values over all completions of missing facts (internal).
///
/// Branch and bound over boxes of completions: the interval form of the program bounds every value inside a box, a
/// box that cannot better what was found is dropped, the others are halved until they hold one completion. What is
/// reported was computed on a completion, so it is attained; what was dropped could not go beyond it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
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
  Search(InstrumentProgram const& program, std::vector<std::uint32_t> forbidden);

  /// The same for one person, begun.
  Search(InstrumentProgram const& program, std::vector<FactState> const& facts, std::vector<std::uint32_t> forbidden,
         std::uint64_t steps);

  /// Begins with another person. \param steps How often an instrument may be run.
  void start(std::span<FactState const> facts, std::uint64_t steps);

  /// Bounds of all steps over the box of all completions; wider than exact.
  [[nodiscard]] std::vector<Interval> const& root() const { return root_; }

  /// Lowest and highest value of a step; nothing when no completion is possible.
  std::optional<Interval> bounds(std::uint32_t step);

  /// True when some completion gives a value inside `allowed`.
  bool any(std::uint32_t step, Interval allowed);

  /// Values of the step last asked about that were met on the way; each is attained.
  [[nodiscard]] std::vector<double> const& met() const { return met_; }

  /// Calls `use` with the values of all steps on each completion that breaks nothing, where those of the facts of `steps`
  /// are few. \return False where they are many, or the work does not suffice: nothing was called.
  template <class Use>
  bool each_completion(std::vector<std::uint32_t> const& steps, Use const& use)
  {
    if (!begin_completions(steps)) return false;
    do {
      if (complete()) use(std::span<double const>(point_));
    } while (next_completion());
    return true;
  }

  /// Steps that must not be 1 in a completion.
  [[nodiscard]] std::vector<std::uint32_t> const& forbidden() const { return forbidden_; }

  /// Facts that are missing, one bit each.
  [[nodiscard]] std::uint64_t open() const { return open_; }

  /// Gives the search as much work again as it had in the beginning.
  void refill() { steps_left_ = steps_, exact_ = true; }

  /// True when a completion was met on which the instrument cannot be computed.
  [[nodiscard]] bool failed() const { return failed_; }

  /// False when the work ran out: then bounds are outer ones.
  [[nodiscard]] bool exact() const { return exact_; }

 private:
  /// Positions that a fact may have inside a box.
  struct Ends {
    std::int64_t first = 0;
    std::int64_t last = 0;

    [[nodiscard]] bool is_point() const { return first == last; }
    [[nodiscard]] std::int64_t width() const { return last - first; }
  };
  struct Box {
    std::vector<Ends> ends;  ///< Of each fact.
    Interval target;
    double rank = 0;       ///< Lower is tried first.
    bool is_free = false;  ///< True when no completion inside is forbidden.
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
  /// What leads to some steps, and to the forbidden ones, while some facts are open.
  struct Way {
    std::vector<std::uint32_t> active;   ///< Steps that can come out otherwise: all others stay as they are.
    std::vector<std::uint32_t> leading;  ///< Of these, what the steps themselves are computed from.
    std::uint64_t shared = 0;            ///< Facts that reach the step on several ways.
  };

  void evaluate_root();
  void shave();
  [[nodiscard]] Interval values_of(std::size_t fact, std::int64_t first, std::int64_t last) const;
  void run(Goal& goal);
  bool contract(std::vector<Ends>& ends) const;
  bool bound(Box& box, Goal& goal);
  void try_corner(Box const& box, Goal& goal);
  bool try_end(Box const& box, Goal& goal);
  void find_motions(Box const& box);
  bool try_point(bool is_free, Goal& goal);
  [[nodiscard]] std::uint64_t forbidding(Box const& box) const { return box.is_free ? 0 : forbidding_; }
  [[nodiscard]] std::vector<std::uint32_t> steps_behind(std::vector<std::uint32_t> const& steps, bool forbidden) const;
  [[nodiscard]] bool is_whole(Box const& box, Goal const& goal) const;
  void halve(Box const& box, std::size_t fact, Goal& goal, Halves& halves);
  void split(Box const& box, Goal& goal);
  void push(Box& box);
  [[nodiscard]] bool is_forbidden(std::span<double const> values) const;
  Way const& way_to(std::vector<std::uint32_t> const& steps);
  [[nodiscard]] std::uint64_t shared_by(std::uint32_t step) const;
  [[nodiscard]] double rank(Interval target, Goal const& goal) const;
  bool begin_completions(std::vector<std::uint32_t> const& steps);
  bool complete();
  bool next_completion();

  InstrumentProgram const& program_;
  std::vector<std::uint32_t> forbidden_;
  std::uint64_t forbidding_ = 0;  ///< Facts that the forbidden steps read.
  std::vector<FactState> facts_;
  std::uint64_t steps_ = 0;
  std::uint64_t steps_left_ = 0;
  std::vector<Interval> root_;
  std::vector<Interval> values_;
  std::vector<double> point_;
  std::uint64_t open_ = 0;  ///< Facts that may still be several values.
  std::vector<std::uint32_t> open_facts_;
  std::map<std::pair<std::uint64_t, std::vector<std::uint32_t>>, Way> ways_;  ///< By open facts and steps.
  Way const* way_ = nullptr;
  std::vector<Box> stack_;  ///< Of which the first `depth_` wait.
  std::size_t depth_ = 0;
  Box box_;
  Halves tried_;
  Halves best_;
  std::vector<std::size_t> candidates_;
  std::vector<std::uint64_t> rising_;   ///< For each step, facts of which more may make it more ...
  std::vector<std::uint64_t> falling_;  ///< ... or less, one bit each, inside the box that was bounded last.
  std::vector<double> met_;
  std::vector<std::uint32_t> turned_;  ///< Open facts of the completions that are gone through, and where each one is.
  std::vector<std::int64_t> at_;
  bool failed_ = false;
  bool exact_ = true;
};

}  // namespace tutela::detail
