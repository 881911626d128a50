// SPDX-License-Identifier: Apache-2.0
/// \file
/// Names of facts looked up in a few nanoseconds (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include <tutela/facts/schema.hpp>

namespace tutela::detail {

/// Names of facts with their places: a hash table that is never changed.
class NameTable {
 public:
  explicit NameTable(std::vector<FactDeclaration> const& declarations)
  {
    while (mask_ + 1 < 2 * declarations.size()) mask_ = 2 * mask_ + 1;
    entries_.resize(mask_ + 1);
    for (std::size_t i = 0; i < declarations.size(); ++i) {
      auto at = hash(declarations[i].name) & mask_;
      while (entries_[at].place != nowhere) at = (at + 1) & mask_;
      entries_[at] = {declarations[i].name, i};
    }
  }

  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const noexcept
  {
    for (auto at = hash(name) & mask_; entries_[at].place != nowhere; at = (at + 1) & mask_)
      if (entries_[at].name == name) return entries_[at].place;
    return std::nullopt;
  }

 private:
  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
  struct Entry {
    std::string_view name;
    std::size_t place = nowhere;
  };

  static std::uint64_t bytes(char const* from, std::size_t count) noexcept
  {
    std::uint64_t word = 0;
    std::memcpy(&word, from, count);
    return word;
  }

  /// Of the length, the first, the middle and the last bytes.
  static std::size_t hash(std::string_view name) noexcept
  {
    std::uint64_t mixed = name.size();
    auto const mix = [&mixed](std::uint64_t word) {
      mixed = (mixed ^ word) * 0x9E37'79B9'7F4A'7C15U;
      mixed ^= mixed >> 29U;
    };
    if (name.size() >= 8) {
      mix(bytes(name.data(), 8));
      if (name.size() > 16) mix(bytes(name.data() + name.size() / 2 - 4, 8));
      mix(bytes(name.data() + name.size() - 8, 8));
    } else if (name.size() >= 4) {
      mix(bytes(name.data(), 4) << 32U | bytes(name.data() + name.size() - 4, 4));
    } else {
      for (char const character : name) mix(static_cast<unsigned char>(character));
    }
    return mixed;
  }

  std::size_t mask_ = 1;
  std::vector<Entry> entries_;
};

}  // namespace tutela::detail
