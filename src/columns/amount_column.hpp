// SPDX-License-Identifier: Apache-2.0
/// \file
/// The counts of the answers of all rows to one decision, as they are handed out (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "columns/amount_form.hpp"
#include "columns/bits.hpp"
#include "columns/plane_memory.hpp"

namespace tutela::detail {

/// See the file comment. Its two buffers are those of Arrow: decimals of 128 bits or days, and a bit for each row that has
/// one.
class AmountColumn {
 public:
  /// \param known A plane for the bits. \param counts One of `words_of` words.
  AmountColumn(AmountForm form, Plane known, Plane counts)
      : form_(form), width_(form.width()), known_(std::move(known)), counts_(std::move(counts))
  {
  }

  /// Words that the counts of some rows take.
  [[nodiscard]] static std::size_t words_of(AmountForm form, std::size_t rows)
  {
    return (rows * form.width() + sizeof(RowWord) - 1) / sizeof(RowWord) + 1;
  }

  void put(std::size_t row, AmountCount count)
  {
    if (width_ == sizeof(count)) {
      std::memcpy(at(row), &count, sizeof(count));
      return;
    }
    auto const day = static_cast<std::int32_t>(count);
    std::memcpy(at(row), &day, sizeof(day));
  }

  /// Says which of 64 rows have a count.
  void know(std::size_t word, RowWord rows) { known_.get()[word] = rows; }

  [[nodiscard]] AmountCount count(std::size_t row) const
  {
    if (width_ == sizeof(AmountCount)) return load_value<AmountCount>(counts_.get(), static_cast<std::int64_t>(row));
    return load_value<std::int32_t>(counts_.get(), static_cast<std::int64_t>(row));
  }

  [[nodiscard]] Value value(std::size_t row) const { return form_.value(count(row)); }

  [[nodiscard]] AmountForm const& form() const { return form_; }
  [[nodiscard]] Plane const& known() const { return known_; }
  [[nodiscard]] Plane const& counts() const { return counts_; }

 private:
  [[nodiscard]] char* at(std::size_t row) const { return reinterpret_cast<char*>(counts_.get()) + row * width_; }

  AmountForm form_;
  std::size_t width_;
  Plane known_;
  Plane counts_;
};

}  // namespace tutela::detail
