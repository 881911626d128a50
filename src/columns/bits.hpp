// SPDX-License-Identifier: Apache-2.0
/// \file
/// Rows as bits, sixty-four in a word (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "columns/kernels.hpp"

namespace tutela::detail {

/// Sixty-four rows, one bit each; the lowest bit is the first of them.
using RowWord = std::uint64_t;
inline constexpr std::size_t rows_in_word = 64;

/// Rows that are worked on at a time: small enough that all their bits stay in the cache, large enough that the work of
/// starting a kernel does not count.
inline constexpr std::size_t batch_rows = 8192;
inline constexpr std::size_t batch_words = batch_rows / rows_in_word;

/// Words for the bits of some rows: whole blocks, so that no loop has to look at the end.
[[nodiscard]] constexpr std::size_t words_for(std::size_t rows)
{
  return (rows + block_words * rows_in_word - 1) / (block_words * rows_in_word) * block_words;
}

/// The lowest `count` bits set. \param count At most 64.
[[nodiscard]] inline RowWord low_bits(std::size_t count)
{
  return count >= rows_in_word ? ~RowWord{0} : (RowWord{1} << count) - 1;
}

/// Bits from a bit offset on; no byte that holds none of them is read. \param count At most 64.
[[nodiscard]] inline RowWord load_bits(std::uint8_t const* bits, std::int64_t offset, std::size_t count)
{
  auto const* from = bits + offset / 8;
  auto const shift = static_cast<unsigned>(offset % 8);
  auto const bytes = (shift + count + 7) / 8;
  RowWord word = 0;
  if (bytes >= sizeof(word))
    std::memcpy(&word, from, sizeof(word));
  else
    std::memcpy(&word, from, bytes);
  word >>= shift;
  if (bytes > sizeof(word)) word |= RowWord{from[sizeof(word)]} << (rows_in_word - shift);
  return word & low_bits(count);
}

/// The same for any number of rows, a word for each sixty-four.
inline void load_bits(std::uint8_t const* bits, std::int64_t offset, std::size_t count, RowWord* out)
{
  auto const whole = count / rows_in_word;
  if (offset % 8 == 0) {
    std::memcpy(out, bits + offset / 8, whole * sizeof(RowWord));
  } else {
    for (std::size_t word = 0; word < whole; ++word)
      out[word] = load_bits(bits, offset + static_cast<std::int64_t>(word * rows_in_word), rows_in_word);
  }
  if (count % rows_in_word != 0)
    out[whole] = load_bits(bits, offset + static_cast<std::int64_t>(whole * rows_in_word), count % rows_in_word);
}

/// Bits from a bit offset on as words in place; null where no word begins there.
[[nodiscard]] inline RowWord const* words_at(std::uint8_t const* bits, std::int64_t offset)
{
  auto const* from = bits + offset / 8;
  bool const is_word = offset % 8 == 0 && reinterpret_cast<std::uintptr_t>(from) % alignof(RowWord) == 0;
  return is_word ? static_cast<RowWord const*>(static_cast<void const*>(from)) : nullptr;
}

/// Eight bits as eight bytes of 0 or 1, the lowest first.
[[nodiscard]] constexpr RowWord bytes_of(RowWord bits)
{
  // Each byte keeps a bit of its own; a byte that has one runs over into its highest bit.
  auto const spread = (bits * 0x0101'0101'0101'0101U) & 0x8040'2010'0804'0201U;
  return (spread + 0x7F7F'7F7F'7F7F'7F7FU) >> 7U & 0x0101'0101'0101'0101U;
}

/// Eight bytes of 0 or 1 as eight bits, the first byte the lowest. Other bits of the bytes are not looked at.
[[nodiscard]] constexpr RowWord bits_of(RowWord bytes)
{
  // Each product moves one byte's bit to its place in the highest byte; no two meet.
  return ((bytes & 0x0101'0101'0101'0101U) * 0x0102'0408'1020'4080U) >> 56U;
}

/// A value of a buffer that promises no alignment.
template <class T>
[[nodiscard]] T load_value(void const* buffer, std::int64_t index)
{
  T value;
  std::memcpy(&value, static_cast<char const*>(buffer) + index * static_cast<std::int64_t>(sizeof(T)), sizeof(T));
  return value;
}

}  // namespace tutela::detail
