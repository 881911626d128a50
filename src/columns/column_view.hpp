// SPDX-License-Identifier: Apache-2.0
/// \file
/// One column of an Arrow array with its offsets and nulls resolved (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/columns/arrow.hpp>

#include "columns/bits.hpp"
#include "columns/column_format.hpp"

namespace tutela::detail {

/// A column as rows from 0 on, whatever offsets it and the structs around it have. A row is null where it or a struct
/// around it is.
class ColumnView {
 public:
  /// Finds a column. \param problem What is wrong with the array, where nothing is returned.
  static std::optional<ColumnView> of(ArrowArray const& table, TableColumn const& column, std::string& problem);

  [[nodiscard]] std::size_t rows() const { return rows_; }

  /// True when no row can be null.
  [[nodiscard]] bool all_valid() const { return validity_.empty() && !null_; }

  /// Which of the rows [first, first + count) are not null. \param count At most 64.
  [[nodiscard]] RowWord valid(std::size_t first, std::size_t count) const
  {
    if (null_) return 0;
    RowWord word = low_bits(count);
    for (auto const& each : validity_)
      word &= load_bits(each.bits, each.offset + static_cast<std::int64_t>(first), count);
    return word;
  }

  /// The same for any number of rows, a word for each sixty-four.
  void valid(std::size_t first, std::size_t count, RowWord* out) const;

  /// The values of Booleans, as `valid`.
  [[nodiscard]] RowWord booleans(std::size_t first, std::size_t count) const
  {
    return load_bits(static_cast<std::uint8_t const*>(values_), offset_ + static_cast<std::int64_t>(first), count);
  }

  /// The same for any number of rows, a word for each sixty-four.
  void booleans(std::size_t first, std::size_t count, RowWord* out) const
  {
    load_bits(static_cast<std::uint8_t const*>(values_), offset_ + static_cast<std::int64_t>(first), count, out);
  }

  /// The words of `valid` from a row on as they stand in the array; null where they do not stand there as such.
  [[nodiscard]] RowWord const* valid_in_place(std::size_t first) const
  {
    bool const alone = validity_.size() == 1 && !null_;
    return alone ? words_at(validity_.front().bits, validity_.front().offset + static_cast<std::int64_t>(first))
                 : nullptr;
  }

  /// The same of the values of Booleans.
  [[nodiscard]] RowWord const* booleans_in_place(std::size_t first) const
  {
    return words_at(static_cast<std::uint8_t const*>(values_), offset_ + static_cast<std::int64_t>(first));
  }

  /// Fetches from memory which of some rows are null, and of Booleans their values, before they are asked for.
  void fetch_bits(std::size_t first, std::size_t count, bool booleans) const;

  /// The first value of a row of a layout of fixed width; nothing promises its alignment.
  [[nodiscard]] void const* values(std::size_t row, std::size_t width) const
  {
    return static_cast<char const*>(values_) + (static_cast<std::size_t>(offset_) + row) * width;
  }

  /// The text of a row that is not null; nothing when the array is broken there.
  [[nodiscard]] std::optional<std::string_view> text(Layout layout, std::size_t row) const;

  /// The elements of its lists. \param problem What is wrong with them, where nothing is returned.
  [[nodiscard]] ArrowArray const* elements(std::string& problem) const;

  /// The elements of a row that is not null: first and end; nothing when the array is broken there.
  [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> extent(ColumnFormat const& format,
                                                                          std::size_t row) const;

  /// The entries of its dictionary as a column of their own.
  [[nodiscard]] std::optional<ColumnView> dictionary(ColumnFormat const& format, std::string& problem) const;

 private:
  struct Validity {
    std::uint8_t const* bits;
    std::int64_t offset;
  };

  bool enter(ArrowArray const& array, std::int64_t buffers, std::int64_t values, std::string& problem);

  ArrowArray const* array_ = nullptr;
  std::size_t rows_ = 0;
  std::int64_t offset_ = 0;
  void const* values_ = nullptr;
  std::vector<Validity> validity_;
  bool null_ = false;  ///< True for a column of nothing but nulls.
};

}  // namespace tutela::detail
