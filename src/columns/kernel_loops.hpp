// SPDX-License-Identifier: Apache-2.0
/// \file
/// The loops of `Kernels`, included by one source for each set of instructions (internal).
///
/// Everything here has internal linkage and nothing of the standard library is called, so that no function compiled for
/// a wider set of instructions can be linked into code for a narrower one.
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__AVX2__)
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "columns/kernels.hpp"

namespace tutela::detail {
namespace {

/// Beyond this many bounds a search in each row is less work than a comparison with each bound.
constexpr std::size_t few_bounds = 24;

template <class T>
void rank(T const* __restrict values, std::size_t count, T const* __restrict bounds, std::size_t bound_count,
          std::uint8_t base, std::uint8_t* __restrict ranks)
{
  if (bound_count > few_bounds) {
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t first = 0;
      for (std::size_t length = bound_count; length > 0;) {
        auto const half = (length + 1) / 2;
        first += bounds[first + half - 1] <= values[i] ? half : 0;
        length -= half;
      }
      ranks[i] = static_cast<std::uint8_t>(base + first);
    }
    return;
  }
  for (std::size_t i = 0; i < count; ++i) ranks[i] = base;
  for (std::size_t b = 0; b < bound_count; ++b) {
    auto const bound = bounds[b];
    for (std::size_t i = 0; i < count; ++i)
      ranks[i] = static_cast<std::uint8_t>(ranks[i] + static_cast<std::uint8_t>(values[i] >= bound));
  }
}

#if defined(__AVX2__)
inline std::uint64_t between_word(std::uint8_t const* ranks, std::uint8_t low, std::uint8_t span)
{
  auto const first = _mm256_set1_epi8(static_cast<char>(low));
  auto const last = _mm256_set1_epi8(static_cast<char>(span));
  std::uint64_t word = 0;
  for (unsigned part = 0; part < 2; ++part) {
    auto const* from = reinterpret_cast<__m256i const*>(static_cast<void const*>(ranks + 32 * part));
    auto const distance = _mm256_sub_epi8(_mm256_loadu_si256(from), first);
    auto const inside = _mm256_cmpeq_epi8(_mm256_min_epu8(distance, last), distance);
    word |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(inside))) << (32 * part);
  }
  return word;
}
#elif defined(__SSE2__)
inline std::uint64_t between_word(std::uint8_t const* ranks, std::uint8_t low, std::uint8_t span)
{
  auto const first = _mm_set1_epi8(static_cast<char>(low));
  auto const last = _mm_set1_epi8(static_cast<char>(span));
  std::uint64_t word = 0;
  for (unsigned part = 0; part < 4; ++part) {
    auto const* from = reinterpret_cast<__m128i const*>(static_cast<void const*>(ranks + 16 * part));
    auto const distance = _mm_sub_epi8(_mm_loadu_si128(from), first);
    auto const inside = _mm_cmpeq_epi8(_mm_min_epu8(distance, last), distance);
    word |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(inside))) << (16 * part);
  }
  return word;
}
#else
inline std::uint64_t between_word(std::uint8_t const* ranks, std::uint8_t low, std::uint8_t span)
{
  std::uint64_t word = 0;
  for (unsigned row = 0; row < 64; ++row)
    word |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(ranks[row] - low) <= span) << row;
  return word;
}
#endif

void between(std::uint8_t const* ranks, std::size_t words, std::uint8_t low, std::uint8_t span, std::uint64_t* bits)
{
  for (std::size_t word = 0; word < words; ++word) bits[word] = between_word(ranks + 64 * word, low, span);
}

void look_up(std::uint8_t const* __restrict indices, std::size_t count, std::uint8_t const* __restrict table,
             std::uint8_t* __restrict entries)
{
  std::size_t i = 0;
#if defined(__AVX2__)
  auto const* from = reinterpret_cast<__m128i const*>(static_cast<void const*>(table));
  auto const both = _mm256_broadcastsi128_si256(_mm_loadu_si128(from));
  auto const last = _mm256_set1_epi8(15);
  for (; i + 32 <= count; i += 32) {
    auto const* here = reinterpret_cast<__m256i const*>(static_cast<void const*>(indices + i));
    auto const found = _mm256_shuffle_epi8(both, _mm256_min_epu8(_mm256_loadu_si256(here), last));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(static_cast<void*>(entries + i)), found);
  }
#endif
  for (; i < count; ++i) entries[i] = table[indices[i] < 15 ? indices[i] : 15];
}

}  // namespace
}  // namespace tutela::detail
