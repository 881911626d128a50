// SPDX-License-Identifier: Apache-2.0
/// \file
/// A decision table compiled to masks of rules (internal).
///
/// Each input is cut where the cells of its column have constants (`Cuts`). For each region there is a mask with one bit
/// for each rule: set where the rule's cell is true. A known value has one region; a value that is not known has several,
/// and then a cell is certainly true where the masks of all of them agree and possibly true where one of them is set. The
/// masks of all columns, joined by *and*, are the rules that certainly apply and those that possibly apply.
///
/// Whether a cell is true in a region is asked of the cell itself, on one value of the region. So the index cannot mean
/// anything else than the cells; only which cells are constant on a region is decided here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <tutela/base/truth.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/feel/mode.hpp>

#include "rules/cuts.hpp"

namespace tutela::detail {

struct DecisionTable;

/// Sixty-four rules, one bit each; the lowest bit is the first of them.
using RuleWord = std::uint64_t;
inline constexpr std::size_t rules_in_word = 64;

/// True where two masks of the same rules have one in common.
[[nodiscard]] inline bool meets(std::span<RuleWord const> lhs, std::span<RuleWord const> rhs)
{
  RuleWord common = 0;
  for (std::size_t word = 0; word < lhs.size(); ++word) common |= lhs[word] & rhs[word];
  return common != 0;
}

/// See the file comment. Immutable.
class RegionIndex {
 public:
  /// One column of the table.
  struct Column {
    bool tested = false;  ///< False when all its cells are `-`.
    Cuts cuts;
    std::vector<RuleWord> masks;      ///< For each region its mask; empty regions have one that changes nothing.
    std::vector<RuleWord> none;       ///< Rules whose cell holds where there is none (legal mode).
    std::vector<RuleWord> none_errs;  ///< Rules whose cell cannot be computed where there is none (legal mode).
    std::vector<RuleWord> null;       ///< Rules whose cell holds for null (conformance mode).
    std::vector<RuleWord> always;     ///< Rules whose cell holds in every region and where there is none.
    std::vector<RuleWord> sometimes;  ///< Rules whose cell holds in some region or where there is none.
  };

  /// \return Nothing when some cell is no test that is constant on regions, or the masks would be too large.
  [[nodiscard]] static std::shared_ptr<RegionIndex const> build(DecisionTable const& table);

  /// Words in a mask.
  [[nodiscard]] std::size_t words() const { return words_; }

  [[nodiscard]] std::vector<Column> const& columns() const { return columns_; }

  /// The mask of a region of a column.
  [[nodiscard]] std::span<RuleWord const> mask(std::size_t column, std::size_t region) const
  {
    return {columns_[column].masks.data() + region * words_, words_};
  }

  /// Takes out the rules whose cell in a column does not hold for a value: certainly, possibly.
  ///
  /// \param certain  Rules that certainly applied so far; `words()` words.
  /// \param possible Rules that possibly applied so far.
  /// \return False when only the cells themselves can say; the masks are then not to be used.
  [[nodiscard]] bool narrow(std::size_t column, Value const& value, Mode mode, std::span<RuleWord> certain,
                            std::span<RuleWord> possible) const;

  /// Whether the cell of one rule holds for a value; nothing when only the cell itself can say.
  [[nodiscard]] std::optional<Truth> holds(std::size_t column, std::size_t rule, Value const& value, Mode mode) const;

 private:
  [[nodiscard]] bool narrow_open(Column const& column, Value const& value, std::span<RuleWord> certain,
                                 std::span<RuleWord> possible) const;

  std::size_t words_ = 0;
  std::vector<Column> columns_;
};

}  // namespace tutela::detail
