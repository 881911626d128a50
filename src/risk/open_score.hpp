// SPDX-License-Identifier: Apache-2.0
/// \file
/// What missing facts leave open of a score: the numbers of one person, or of many one after the other (internal).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "risk/additive.hpp"
#include "risk/program.hpp"
#include "risk/search.hpp"

namespace tutela::detail {

/// Sorts names and keeps each once.
void keep_once(std::vector<std::string>& names);

/// What comes out where facts are missing.
enum class OpenOutcome : std::uint8_t {
  numbers,        ///< Bounds.
  contradiction,  ///< The known facts break the constraint `which`.
  refusal,        ///< The limit of use `which` holds whatever the missing facts are.
  nobody,         ///< Limits of use refuse every completion.
  impossible      ///< No value of the missing facts fits the known ones.
};

/// The numbers of one person, apart from all words.
struct OpenScore {
  OpenOutcome outcome = OpenOutcome::numbers;
  std::size_t which = 0;
  std::optional<std::size_t> may_be_refused;  ///< The last limit of use that some completion meets.
  bool research = false;                      ///< Some completion meets a limit of use that does not stop this score.
  bool exact = true;                          ///< False when the work ran out: bounds are outer ones.
  bool failed = false;                        ///< On some completion the score cannot be computed.
  Interval total;
  std::vector<Interval> outputs;  ///< Beside the outputs of the program.
  std::vector<char> bands;        ///< Beside the bands; 1 where some completion gives it.
  std::uint64_t matter = 0;       ///< Missing facts that can still change something, one bit each.

  /// True when one value is left of everything, and it counts.
  [[nodiscard]] bool is_settled() const;
};

/// What one item adds.
struct OpenItem {
  Interval value;
  bool exact = true;  ///< False when the work ran out.
};

/// Bounds the scores of people by one program; what prepares the work is kept from one to the next.
class OpenScorer {
 public:
  /// \param program  Must outlive this.
  /// \param research Whether limits of use stop only where they do so for research too.
  /// \param steps    How often the program may be run for the numbers of one person, and for each of the items.
  OpenScorer(InstrumentProgram const& program, bool research, std::uint64_t steps);

  /// \param facts Beside the facts of the program; at least one is open. \return Valid until the next call.
  OpenScore const& operator()(std::span<FactState const> facts);

  /// The items of the person asked about last, whose outcome was `numbers`.
  [[nodiscard]] std::vector<OpenItem> items();

  /// True when a limit of use stops this score.
  [[nodiscard]] bool stops(std::size_t rule) const;

 private:
  bool meets_constraints();
  Search& without_limits();
  void add_totals(PossibleTotals const& possible);
  bool try_completions();
  bool search_numbers();
  void follow_total_to_outputs();
  void name_bands_of_total(Interval total);
  [[nodiscard]] std::uint64_t matter();

  InstrumentProgram const& program_;
  bool research_;
  std::uint64_t steps_;
  std::vector<FactState> facts_;
  Search search_;
  std::optional<Search> without_limits_;  ///< Made for the first person who needs it.
  std::vector<std::uint32_t> reported_;   ///< Total, outputs, and what the bands divide.
  std::optional<PossibleTotals> possible_;
  std::vector<double> values_;
  std::vector<std::uint64_t> depends_;
  OpenScore score_;
};

}  // namespace tutela::detail
