// SPDX-License-Identifier: Apache-2.0
/// \file
/// The instruments of a program: which columns their facts are read from (internal).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <tutela/columns/batch.hpp>
#include <tutela/risk/instrument.hpp>

#include "columns/fact_lane.hpp"

namespace tutela::detail {

class ColumnMatch;

/// An instrument and its columns.
struct ScoredInstrument {
  Instrument instrument;  ///< With the bands of the norm that holds.
  /// For each fact of its description the place of its column; nothing where the table has none.
  std::vector<std::optional<std::size_t>> facts;
  std::vector<std::size_t> acts;    ///< Columns that record a sanction or a charge.
  std::vector<std::size_t> record;  ///< All columns that the record of a person is made of.
};

/// See the file comment. Immutable once made.
class ScorePart {
 public:
  ScorePart() = default;

  /// \param match   Receives what does not fit.
  /// \param options Its instruments.
  ScorePart(ColumnMatch& match, std::optional<Date> on, BatchOptions const& options);

  [[nodiscard]] std::vector<FactColumn> const& columns() const { return columns_; }
  [[nodiscard]] std::vector<ScoredInstrument> const& instruments() const { return instruments_; }

  /// Facts that the instruments read and the table has no column for.
  [[nodiscard]] std::vector<std::string> const& without_column() const { return without_column_; }

 private:
  std::optional<std::size_t> add(std::optional<FactColumn> column);
  void add(ColumnMatch& match, Instrument instrument);

  std::vector<FactColumn> columns_;
  std::vector<ScoredInstrument> instruments_;
  std::vector<std::string> without_column_;
};

}  // namespace tutela::detail
