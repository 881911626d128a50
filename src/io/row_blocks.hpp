// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whole rows of a text that is read piece by piece (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include <tutela/io/case_blocks.hpp>

namespace tutela::detail {

/// Some rows.
struct RowBlock {
  std::string text;         ///< Ends with a row.
  std::uint32_t line = 1;   ///< Of the file, on which it begins.
  std::uint32_t lines = 0;  ///< Line ends in it.
};

/// Cuts a text behind rows.
class RowBlocks {
 public:
  /// \param separator Between cells of CSV, where a quoted cell may have line ends; nothing for one row a line.
  /// \param longest   Bytes of a row.
  RowBlocks(ByteSource source, std::optional<char> separator, std::size_t longest);

  /// The next rows, about `wanted` bytes of them and at least one; nothing at the end.
  std::optional<RowBlock> next(std::size_t wanted);

  /// True when a row was longer than it may be: then nothing follows.
  [[nodiscard]] bool is_too_long() const { return too_long_; }

  /// The line on which the next rows begin.
  [[nodiscard]] std::uint32_t line() const { return line_; }

 private:
  enum class Within : std::uint8_t { start, cell, quotes, after_quote };

  bool read();
  void scan(std::size_t wanted);

  ByteSource source_;
  std::optional<char> separator_;
  std::size_t longest_;
  std::string buffer_;
  std::size_t scanned_ = 0;  ///< Bytes of the buffer that were looked at.
  std::size_t whole_ = 0;    ///< Bytes up to the end of the last row that was seen.
  Within within_ = Within::start;
  std::uint32_t line_ = 1;
  bool begun_ = false;
  bool ended_ = false;
  bool too_long_ = false;
};

}  // namespace tutela::detail
