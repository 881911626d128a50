// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whole rows of a text that is read piece by piece.
#include "io/row_blocks.hpp"

#include <algorithm>
#include <utility>

namespace tutela::detail {
namespace {

constexpr std::size_t bytes_at_once = std::size_t{1} << 18U;

}  // namespace

RowBlocks::RowBlocks(ByteSource source, std::optional<char> separator, std::size_t longest)
    : source_(std::move(source)), separator_(separator), longest_(longest)
{
}

std::optional<RowBlock> RowBlocks::next(std::size_t wanted)
{
  while (!too_long_) {
    scan(wanted);
    if (whole_ >= wanted || (ended_ && whole_ > 0)) break;
    if (ended_) return std::nullopt;
    if (buffer_.size() - whole_ > longest_)
      too_long_ = true;
    else
      ended_ = !read();
    // A last row may lack its line end.
    if (ended_ && scanned_ == buffer_.size()) whole_ = buffer_.size();
  }
  if (too_long_ && whole_ == 0) return std::nullopt;
  RowBlock block;
  block.text = buffer_.substr(0, whole_);
  block.line = line_;
  block.lines = static_cast<std::uint32_t>(std::count(block.text.begin(), block.text.end(), '\n'));
  line_ += block.lines;
  buffer_.erase(0, whole_);
  scanned_ -= whole_;
  whole_ = 0;
  return block;
}

/// Reads on. \return False at the end.
bool RowBlocks::read()
{
  auto const size = buffer_.size();
  buffer_.resize(size + bytes_at_once);
  auto const found = source_(buffer_.data() + size, bytes_at_once);
  buffer_.resize(size + found);
  if (found > 0 && !begun_ && buffer_.size() >= 3) {
    begun_ = true;
    if (buffer_.compare(0, 3, "\xEF\xBB\xBF") == 0) {
      buffer_.erase(0, 3);
      scanned_ = 0;
      within_ = Within::start;
    }
  }
  return found > 0;
}

/// Looks for ends of rows until enough are there.
void RowBlocks::scan(std::size_t wanted)
{
  for (; scanned_ < buffer_.size() && whole_ < wanted; ++scanned_) {
    char const at = buffer_[scanned_];
    bool const in_quotes = separator_ && within_ == Within::quotes;
    if (at == '\n' && !in_quotes) {
      within_ = Within::start;
      whole_ = scanned_ + 1;
    } else if (!separator_) {
      continue;
    } else if (in_quotes) {
      if (at == '"') within_ = Within::after_quote;
    } else if (at == *separator_ || at == '\r') {
      within_ = Within::start;
    } else if (at == '"' && within_ != Within::cell) {
      within_ = Within::quotes;
    } else {
      within_ = Within::cell;
    }
  }
}

}  // namespace tutela::detail
