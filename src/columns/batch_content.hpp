// SPDX-License-Identifier: Apache-2.0
/// \file
/// The answers of one array of rows (internal).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutela/columns/batch.hpp>

#include "columns/amount_column.hpp"
#include "columns/bits.hpp"
#include "columns/plane_memory.hpp"
#include "columns/program.hpp"
#include "columns/score_run.hpp"

namespace tutela::detail {

/// One way in which a row may end.
struct Ending {
  Outcome outcome = Outcome::known;
  Value value;
  std::vector<std::string> missing;
  std::vector<std::string> uncertain;
  std::optional<std::size_t> rule;                   ///< See `BatchAnswers::rule`.
  bool counted = false;                              ///< The value of each row stands in `DecisionAnswers::amounts`.
  std::optional<AmountCount> amount = std::nullopt;  ///< The count of `value`, where the decision has counts.
};

/// The numbers of the endings of all rows, bit by bit: plane k has the k-th bit of each row's number.
class EndingPlanes {
 public:
  /// \param memory Must outlive every call that changes the planes; it has begun an array of that many rows.
  EndingPlanes(std::size_t rows, PlaneMemory& memory) : words_(words_for(rows)), memory_(&memory) {}
  EndingPlanes(EndingPlanes const&) = delete;
  EndingPlanes& operator=(EndingPlanes const&) = delete;
  EndingPlanes(EndingPlanes&&) noexcept = default;
  EndingPlanes& operator=(EndingPlanes&&) noexcept = default;
  ~EndingPlanes() = default;

  /// Makes room for numbers up to `most`. What stands there is to be overwritten for all rows.
  void reserve(std::uint64_t most)
  {
    for (; most >> planes_.size() != 0;) planes_.push_back(memory_->take());
  }

  /// Sets the number of a row that has none yet.
  void set(std::size_t row, std::uint32_t number)
  {
    while (number >> planes_.size() != 0) {
      reserve(std::uint64_t{1} << planes_.size());
      std::fill_n(planes_.back().get(), words_, RowWord{0});
    }
    for (std::size_t plane = 0; number != 0; ++plane, number >>= 1U)
      if ((number & 1U) != 0) planes_[plane].get()[row / rows_in_word] |= RowWord{1} << row % rows_in_word;
  }

  [[nodiscard]] std::uint32_t number(std::size_t row) const
  {
    std::uint32_t number = 0;
    for (std::size_t plane = 0; plane < planes_.size(); ++plane)
      number |= static_cast<std::uint32_t>(planes_[plane].get()[row / rows_in_word] >> row % rows_in_word & 1U)
                << plane;
    return number;
  }

  /// The numbers of 64 rows.
  void numbers(std::size_t word, std::uint32_t* out) const
  {
    std::uint8_t low[rows_in_word];
    for (std::size_t i = 0; i < rows_in_word; ++i) out[i] = 0;
    for (std::size_t first = 0; first < planes_.size(); first += 8) {
      RowWord bytes[8] = {};
      for (std::size_t plane = first; plane < std::min(first + 8, planes_.size()); ++plane)
        for (std::size_t part = 0; part < 8; ++part)
          bytes[part] |= bytes_of(planes_[plane].get()[word] >> 8 * part & 0xFFU) << (plane - first);
      std::memcpy(low, bytes, sizeof(low));
      for (std::size_t i = 0; i < rows_in_word; ++i) out[i] |= std::uint32_t{low[i]} << first;
    }
  }

  /// True where it is less work to ask which rows have an ending than which ending a row has.
  [[nodiscard]] bool few(std::size_t endings) const { return endings * planes_.size() <= 256; }

  /// The rows that have one of some numbers. \param rows For `words()` words; beyond the last row anything may stand.
  void among(std::vector<std::uint32_t> numbers, RowWord* rows) const
  {
    // A larger number is an ending of other arrays of the run.
    std::erase_if(numbers, [&](std::uint32_t number) { return number >> planes_.size() != 0; });
    std::vector<RowWord const*> planes;
    planes.reserve(planes_.size());
    for (auto const& plane : planes_) planes.push_back(plane.get());
    kernels().among(planes.data(), planes.size(), numbers.data(), numbers.size(), words_, rows);
  }

  [[nodiscard]] Plane const& plane(std::size_t index) const { return planes_[index]; }
  [[nodiscard]] std::size_t planes() const { return planes_.size(); }
  [[nodiscard]] std::size_t words() const { return words_; }

 private:
  std::size_t words_;
  PlaneMemory* memory_;
  std::vector<Plane> planes_;
};

/// The answers to one decision.
struct DecisionAnswers {
  EndingPlanes planes;
  std::shared_ptr<std::vector<Ending> const> endings;
  BatchShares shares;
  std::size_t known = 0;                               ///< Where the endings are `as_bits`: rows with an answer.
  std::optional<AmountColumn> amounts = std::nullopt;  ///< Where the decision has counts.
};

struct BatchContent {
  std::shared_ptr<ColumnProgram const> program;
  std::size_t rows = 0;
  std::vector<DecisionAnswers> decisions;
  std::vector<InstrumentScores> scores;  ///< One for each instrument.
};

}  // namespace tutela::detail
