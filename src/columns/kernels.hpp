// SPDX-License-Identifier: Apache-2.0
/// \file
/// The loops over rows, once for each set of instructions (internal).
///
/// All sets give the same bits; the widest that the processor has is taken at run time.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tutela::detail {

/// Loops over the rows of one batch.
struct Kernels {
  char const* name;

  // For each of `count` values, how many of the bounds it reaches; added to `base`.
  void (*rank_int8)(std::int8_t const* values, std::size_t count, std::int8_t const* bounds, std::size_t bound_count,
                    std::uint8_t base, std::uint8_t* ranks);
  void (*rank_int16)(std::int16_t const* values, std::size_t count, std::int16_t const* bounds, std::size_t bound_count,
                     std::uint8_t base, std::uint8_t* ranks);
  void (*rank_int32)(std::int32_t const* values, std::size_t count, std::int32_t const* bounds, std::size_t bound_count,
                     std::uint8_t base, std::uint8_t* ranks);
  void (*rank_int64)(std::int64_t const* values, std::size_t count, std::int64_t const* bounds, std::size_t bound_count,
                     std::uint8_t base, std::uint8_t* ranks);

  /// For each word of 64 ranks, which of them are `low`, or one of the `span` ranks after it.
  void (*between)(std::uint8_t const* ranks, std::size_t words, std::uint8_t low, std::uint8_t span,
                  std::uint64_t* bits);

  /// For each of `count` indices its entry in a table of 16; what is beyond has the last one.
  void (*look_up)(std::uint8_t const* indices, std::size_t count, std::uint8_t const* table, std::uint8_t* entries);
};

/// The kernels for this processor.
[[nodiscard]] Kernels const& kernels();

/// Those that every processor has, for tests and comparisons.
[[nodiscard]] Kernels const& baseline_kernels();

}  // namespace tutela::detail
