// SPDX-License-Identifier: Apache-2.0
/// \file
/// The line of values of one kind, cut where tests mention constants (internal).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/facts/value.hpp>

namespace tutela::detail {

/// Constants of one kind in order, and the regions that they cut their kind into.
///
/// With n cuts there are 2n+1 regions in order: region 2i+1 is the i-th cut alone, region 2i is everything between it
/// and the one before. A test that compares with these constants only is true or false on a whole region.
class Cuts {
 public:
  Cuts() = default;

  /// \param constants In any order, with repetition; none means one region for any kind of known value.
  /// \return Nothing when the constants are not of one kind whose values are ordered, or so close together that it
  ///         cannot be said what lies between them.
  [[nodiscard]] static std::optional<Cuts> of(std::vector<Value> constants);

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] std::vector<Value> const& values() const { return values_; }
  [[nodiscard]] std::size_t regions() const { return samples_.size(); }

  /// One value of a region; nothing when no value of the kind lies in it.
  [[nodiscard]] std::optional<Value> const& sample(std::size_t region) const { return samples_[region]; }

  /// The region of a known value; nothing when it is of another kind. Logarithmic.
  [[nodiscard]] std::optional<std::size_t> region(Value const& value) const;

  /// The region of a whole number, of a date as its days since 1970, or of a Boolean as 0 or 1.
  ///
  /// Only where `counted()`. No allocation; a few comparisons of integers.
  [[nodiscard]] std::size_t region_of_count(std::int64_t count) const
  {
    if (!near_.empty()) {
      // Few boundaries are counted, four at a time; beyond both ends of 32 bits nothing changes any more.
      auto const clamped = static_cast<std::int32_t>(std::clamp<std::int64_t>(count, lowest + 1, highest - 1));
      std::int32_t region = 0;
      for (std::int32_t const* eight = near_.data(); eight != near_.data() + near_.size(); eight += 8)
        for (std::size_t i = 0; i < 8; ++i) region += static_cast<std::int32_t>(eight[i] <= clamped);
      return static_cast<std::size_t>(region);
    }
    // Binary search whose steps depend on the number of boundaries alone, so that nothing is mispredicted.
    std::int64_t const* first = boundaries_.data();
    for (std::size_t length = boundaries_.size(); length > 0;) {
      std::size_t const half = (length + 1) / 2;
      first += first[half - 1] <= count ? half : 0;
      length -= half;
    }
    return static_cast<std::size_t>(first - boundaries_.data());
  }
  [[nodiscard]] bool counted() const { return counted_; }

  /// The region of a text; only for cuts of texts. No allocation.
  [[nodiscard]] std::size_t region_of_text(std::string_view text) const;

  /// The regions [first, last) that an interval meets; nothing when its ends are of another kind.
  [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> span(Range const& range) const;

 private:
  static constexpr std::int64_t lowest = std::numeric_limits<std::int32_t>::min();
  static constexpr std::int64_t highest = std::numeric_limits<std::int32_t>::max();

  void fill_samples();
  void fill_boundaries();

  Kind kind_ = Kind::none;
  std::vector<Value> values_;
  std::vector<std::optional<Value>> samples_ = {std::nullopt};
  /// For counted kinds: the first count of region 1, of region 2 and so on.
  std::vector<std::int64_t> boundaries_;
  std::vector<std::int32_t> near_;  ///< The same where they are few and fit, filled up to a multiple of eight.
  bool counted_ = false;
  std::vector<std::string_view> texts_;  ///< Of cuts of texts; the values keep them.
  std::vector<std::uint64_t> starts_;    ///< Of cuts of few texts: length and first bytes of each.
  std::vector<Decimal> numbers_;         ///< Of cuts of numbers.
};

/// The count of a value of a counted kind (whole number, date, Boolean); nothing for any other.
[[nodiscard]] std::optional<std::int64_t> count_of(Value const& value);

}  // namespace tutela::detail
