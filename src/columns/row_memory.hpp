// SPDX-License-Identifier: Apache-2.0
/// \file
/// What was found out about rows, by the values that it rests on (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "columns/fact_lane.hpp"

namespace tutela::detail {

/// The bytes that tell the values of some columns apart; see `ColumnReader::append_key`.
/// \return False where an array is broken at the row.
[[nodiscard]] inline bool find_row_key(std::vector<ColumnReader> const& readers,
                                       std::vector<std::size_t> const& columns, std::size_t row, std::string& key)
{
  key.clear();
  for (auto const column : columns)
    if (!readers[column].append_key(row, key)) return false;
  return true;
}

/// The same for columns whose values have a fixed width and together few bits.
struct PackedKey {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  static constexpr unsigned bits = 128;

  /// Adds bits behind the `shift` that are there. \param shift Below `bits`, as is the place of the highest bit that is set.
  void add(std::uint64_t value, unsigned shift)
  {
    constexpr unsigned half = bits / 2;
    if (shift >= half) {
      high |= value << (shift - half);
      return;
    }
    low |= value << shift;
    if (shift != 0) high |= value >> (half - shift);
  }

  friend bool operator==(PackedKey const&, PackedKey const&) = default;
};

/// A bounded memory: what does not fit is found out again, and where hardly any row is like an earlier one nothing is kept.
///
/// \tparam Key A text of bytes, or a `PackedKey`.
template <class T, class Key = std::string>
class RowMemory {
 public:
  /// \param most Values of columns that are kept.
  explicit RowMemory(std::size_t most) : most_(most) {}

  /// What is known about a key, or nothing.
  [[nodiscard]] T const* find(Key const& key)
  {
    ++asked_;
    auto const at = known_.find(key);
    if (at == known_.end()) return nullptr;
    ++found_;
    return &at->second;
  }

  /// Keeps what is known about a key that is not there.
  void keep(Key const& key, T found)
  {
    if (known_.size() < most_ && is_short(key)) known_.emplace(key, std::move(found));
    if (known_.size() < trial || found_ >= asked_ / pays) return;
    known_.clear();
    most_ = 0;
  }

 private:
  static constexpr std::size_t longest = 256;
  static constexpr std::size_t trial = 16'384;  ///< Keys after which is looked whether they were of use:
  static constexpr std::size_t pays = 16;       ///< for one row of so many.
  static bool is_short(std::string const& key) { return key.size() <= longest; }
  static bool is_short(PackedKey const& /*key*/) { return true; }

  struct Hash {
    std::size_t operator()(std::string const& key) const noexcept { return std::hash<std::string>{}(key); }
    std::size_t operator()(PackedKey const& key) const noexcept
    {
      auto mixed = (key.low ^ (key.high << 29U | key.high >> 35U)) * 0x9E37'79B9'7F4A'7C15U;
      return static_cast<std::size_t>(mixed ^ mixed >> 32U);
    }
  };

  std::size_t most_;
  std::size_t asked_ = 0;
  std::size_t found_ = 0;
  std::unordered_map<Key, T, Hash> known_;
};

}  // namespace tutela::detail
