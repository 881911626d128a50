// SPDX-License-Identifier: Apache-2.0
/// \file
/// The steps of an instrument over blocks of people, one step after the other (internal): the same bits as one by one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "risk/program.hpp"

namespace tutela::detail {

class ColumnBlock {
 public:
  static constexpr std::size_t size = 256;

  explicit ColumnBlock(InstrumentProgram const& program);

  /// The values of a step; those of facts are put in from outside.
  [[nodiscard]] std::span<double> column(std::size_t step) { return {values_.data() + step * size, size}; }

  /// Fills the columns of all steps behind the facts.
  void run(std::size_t people);

  /// Puts whole values into the column of a fact; where one is outside the declared range a stand-in is put and `good`
  /// becomes 0.
  void load(std::size_t fact, std::int32_t const* given, std::int32_t* good, std::size_t people);

 private:
  void step(std::size_t index, std::size_t people);
  bool columnar(std::size_t index, Step const& step, std::size_t people);
  void number_dates(std::size_t people);
  void read_table(std::size_t index, Step const& step, std::size_t people);

  InstrumentProgram const& program_;
  std::vector<double> values_;
  std::vector<double> one_;          ///< The values around one person, for steps that have no form of their own.
  std::vector<std::int32_t> dates_;  ///< Dates as March year * 512 + day of that year, for each fact.
  std::vector<std::int32_t> ends_;   ///< The same as the end of a span, where 29 February is taken as the 28th.
  std::vector<bool> is_date_;
  std::array<std::int64_t, size> open_{};
  std::array<std::int64_t, size> row_{};
};

/// Clears the flags of those whose value is `forbidden`, or no number.
void drop_equal(double const* values, double forbidden, std::int32_t* flags, std::size_t people);

/// Position of the first interval that holds each value; -1 where there is none.
void place(double const* values, std::span<Interval const> intervals, std::int32_t* into, std::size_t people);

}  // namespace tutela::detail
