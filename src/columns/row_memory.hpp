// SPDX-License-Identifier: Apache-2.0
/// \file
/// What was found out about rows, by the values that it rests on (internal).
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
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

/// A bounded memory: what does not fit is found out again, and where hardly any row is like an earlier one nothing is kept.
template <class T>
class RowMemory {
 public:
  /// \param most Values of columns that are kept.
  explicit RowMemory(std::size_t most) : most_(most) {}

  /// What is known about a key, or nothing.
  [[nodiscard]] T const* find(std::string_view key)
  {
    ++asked_;
    auto const at = known_.find(key);
    if (at == known_.end()) return nullptr;
    ++found_;
    return &at->second;
  }

  /// Keeps what is known about a key that is not there.
  void keep(std::string const& key, T found)
  {
    if (known_.size() < most_ && key.size() <= longest) known_.emplace(key, std::move(found));
    if (known_.size() < trial || found_ >= asked_ / pays) return;
    known_.clear();
    most_ = 0;
  }

 private:
  static constexpr std::size_t longest = 256;
  static constexpr std::size_t trial = 16'384;  ///< Keys after which is looked whether they were of use:
  static constexpr std::size_t pays = 16;       ///< for one row of so many.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const noexcept { return std::hash<std::string_view>{}(key); }
  };

  std::size_t most_;
  std::size_t asked_ = 0;
  std::size_t found_ = 0;
  std::unordered_map<std::string, T, Hash, std::equal_to<>> known_;
};

}  // namespace tutela::detail
