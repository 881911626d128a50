// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the rails leave open, decided by the plan once for each combination of regions (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "columns/batch_content.hpp"
#include "columns/program.hpp"
#include "rules/partial_run.hpp"

namespace tutela::detail {

/// In place of the number of an ending: only the scalar engine can say, with the values of the row.
inline constexpr std::uint32_t by_model = 0xFFFF'FFFF;

/// The endings of one decision and the combinations of regions that lead to them.
class ExactRoutine {
 public:
  ExactRoutine(ColumnProgram const& program, ColumnDecision const& decision);

  /// The ending of a row. \param row Of the batch. \param fresh Set where the plan had to be run for it.
  [[nodiscard]] std::uint32_t ending(std::vector<LaneRanks> const& ranks, std::size_t row, bool& fresh);

  /// The number of an ending, which may be new. \param rule See `Ending`.
  std::uint32_t number_of(Outcome outcome, Value const& value, std::vector<std::string> missing,
                          std::vector<std::string> uncertain, std::optional<std::size_t> rule = std::nullopt);

  /// The number of the ending of a known answer whose value is counted. \param rule Its rule, where one is noted.
  [[nodiscard]] std::uint32_t number_of_counted(std::optional<std::size_t> rule) const;

  [[nodiscard]] Ending const& ending(std::uint32_t number) const { return endings_[number]; }

  /// All endings so far. Those of the rules come first, in the order of the table, and then that of the default.
  [[nodiscard]] std::shared_ptr<std::vector<Ending> const> endings();

 private:
  /// A rank, and behind the last one in which way a joint input is open.
  using RankOrOpen = std::uint16_t;

  [[nodiscard]] RankOrOpen rank(std::vector<LaneRanks> const& ranks, std::size_t lane, std::size_t row) const;
  void find_key(std::vector<LaneRanks> const& ranks, std::size_t row);
  std::uint32_t run(std::vector<LaneRanks> const& ranks);
  std::uint32_t run_in_part(std::vector<LaneRanks> const& ranks);
  void add(Ending made);

  ColumnProgram const& program_;
  ColumnDecision const& decision_;
  std::unique_ptr<PlanRun> run_;         ///< Of a plan that is not partial,
  std::unique_ptr<PartialRun> partial_;  ///< or of one that is.
  std::vector<RankOrOpen> key_;          ///< Of a row.
  std::vector<std::uint32_t> dense_;     ///< By combination, where they are few; 0 where not known, else one more.
  std::unordered_map<std::uint64_t, std::uint32_t> numbered_;
  std::map<std::vector<RankOrOpen>, std::uint32_t> listed_;  ///< Where combinations cannot be numbered.
  std::vector<Ending> endings_;
  std::map<std::string, std::uint32_t> ids_;
  std::shared_ptr<std::vector<Ending> const> shared_;
};

}  // namespace tutela::detail
