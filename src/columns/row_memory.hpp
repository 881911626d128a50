// SPDX-License-Identifier: Apache-2.0
/// \file
/// What was found out about rows, by the values that it rests on (internal).
#pragma once

#include <cstddef>
#include <cstdint>
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

/// The numbers that tell the values of some columns apart, of `count` rows; none where no numbers do.
/// \param columns Their places among the readers. \param keys Is overwritten.
inline void find_packed_keys(std::vector<ColumnReader> const& readers, std::vector<std::size_t> const& columns,
                             std::size_t first, std::size_t count, std::vector<PackedKey>& keys)
{
  keys.clear();
  unsigned bits = 0;
  for (auto const column : columns) {
    auto const more = readers[column].key_bits();
    if (!more) return;
    bits += *more;
    if (bits > PackedKey::bits) return;
  }
  keys.resize(count);
  unsigned shift = 0;
  for (auto const column : columns) {
    readers[column].add_keys(first, count, shift, keys.data());
    shift += *readers[column].key_bits();
  }
}

/// Whether it is of use to remember: it is not where hardly any row is like an earlier one.
class MemoryTrial {
 public:
  void asked(bool found)
  {
    ++asked_;
    if (found) ++found_;
  }

  /// \param kept What is remembered.
  [[nodiscard]] bool failed(std::size_t kept) const { return kept >= trial && found_ < asked_ / pays; }

 private:
  static constexpr std::size_t trial = 16'384;  ///< Keys after which is looked whether they were of use:
  static constexpr std::size_t pays = 16;       ///< for one row of so many.
  std::size_t asked_ = 0;
  std::size_t found_ = 0;
};

/// A bounded memory: what does not fit is found out again.
template <class T>
class RowMemory {
 public:
  /// \param most Values of columns that are kept.
  explicit RowMemory(std::size_t most) : most_(most) {}

  /// What is known about a key, or nothing.
  [[nodiscard]] T const* find(std::string const& key)
  {
    auto const at = known_.find(key);
    trial_.asked(at != known_.end());
    return at != known_.end() ? &at->second : nullptr;
  }

  /// False once nothing is kept any more, so that no key has to be made.
  [[nodiscard]] bool keeps() const { return most_ != 0; }

  /// Keeps what is known about a key that is not there.
  void keep(std::string const& key, T found)
  {
    if (known_.size() < most_ && key.size() <= longest) known_.emplace(key, std::move(found));
    if (!trial_.failed(known_.size())) return;
    known_.clear();
    most_ = 0;
  }

 private:
  static constexpr std::size_t longest = 256;

  std::size_t most_;
  MemoryTrial trial_;
  std::unordered_map<std::string, T> known_;
};

/// The same for packed keys, all in one table: each is looked for from the place on that its bits lead to.
template <class T>
class PackedMemory {
 public:
  /// \param most Keys that are kept.
  explicit PackedMemory(std::size_t most) : most_(most) {}

  /// What is known about a key, or nothing.
  [[nodiscard]] T const* find(PackedKey const& key)
  {
    auto const* slot = slots_.empty() ? nullptr : &slot_of(key);
    bool const found = slot != nullptr && slot->used;
    trial_.asked(found);
    return found ? &slot->value : nullptr;
  }

  /// Keeps what is known about a key that is not there.
  void keep(PackedKey const& key, T found)
  {
    if (kept_ >= most_) return;
    if (2 * (kept_ + 1) > slots_.size()) grow();
    slot_of(key) = {key, found, true};
    ++kept_;
    if (!trial_.failed(kept_)) return;
    slots_ = {};
    most_ = 0;
  }

 private:
  struct Slot {
    PackedKey key;
    T value{};
    bool used = false;
  };

  static std::size_t hash(PackedKey const& key)
  {
    auto const mixed = (key.low ^ (key.high << 29U | key.high >> 35U)) * 0x9E37'79B9'7F4A'7C15U;
    return static_cast<std::size_t>(mixed ^ mixed >> 32U);
  }

  /// Where a key stands, or where it belongs. Half of the slots at least are free.
  Slot& slot_of(PackedKey const& key)
  {
    auto const last = slots_.size() - 1;
    auto place = hash(key) & last;
    while (slots_[place].used && !(slots_[place].key == key)) place = (place + 1) & last;
    return slots_[place];
  }

  void grow()
  {
    auto const before = std::exchange(slots_, std::vector<Slot>(slots_.empty() ? fewest : 2 * slots_.size()));
    for (auto const& slot : before)
      if (slot.used) slot_of(slot.key) = slot;
  }

  static constexpr std::size_t fewest = 64;  ///< Slots; a power of two.

  std::size_t most_;
  std::size_t kept_ = 0;
  MemoryTrial trial_;
  std::vector<Slot> slots_;
};

}  // namespace tutela::detail
