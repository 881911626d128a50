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
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

#include "columns/kernels.hpp"

namespace tutela::detail {
namespace {

#if defined(__AVX512BW__)
/// Which of 64 values reach a bound. The masks are joined where they are made, which spares ways through other registers.
inline std::uint64_t reached_of_word(std::int8_t const* values, std::int8_t bound)
{
  return _mm512_cmpge_epi8_mask(_mm512_loadu_si512(values), _mm512_set1_epi8(bound));
}

inline std::uint64_t reached_of_word(std::int16_t const* values, std::int16_t bound)
{
  auto const each = _mm512_set1_epi16(bound);
  auto const part = [&](int i) { return _mm512_cmpge_epi16_mask(_mm512_loadu_si512(values + 32 * i), each); };
  return _mm512_kunpackd(part(1), part(0));
}

inline std::uint64_t reached_of_word(std::int32_t const* values, std::int32_t bound)
{
  auto const each = _mm512_set1_epi32(bound);
  auto const part = [&](int i) { return _mm512_cmpge_epi32_mask(_mm512_loadu_si512(values + 16 * i), each); };
  return _mm512_kunpackd(_mm512_kunpackw(part(3), part(2)), _mm512_kunpackw(part(1), part(0)));
}

inline std::uint64_t reached_of_word(std::int64_t const* values, std::int64_t bound)
{
  auto const each = _mm512_set1_epi64(bound);
  auto const part = [&](int i) { return _mm512_cmpge_epi64_mask(_mm512_loadu_si512(values + 8 * i), each); };
  auto const low = _mm512_kunpackw(_mm512_kunpackb(part(3), part(2)), _mm512_kunpackb(part(1), part(0)));
  auto const high = _mm512_kunpackw(_mm512_kunpackb(part(7), part(6)), _mm512_kunpackb(part(5), part(4)));
  return _mm512_kunpackd(high, low);
}

/// The ranks of 64 rows.
using WordOfRanks = __m512i;

/// How many of some bounds each of 64 values reaches, added to `base`.
template <class T>
[[gnu::always_inline]] inline void rank_word(T const* values, T const* bounds, std::size_t bound_count,
                                             std::uint8_t base, WordOfRanks& ranks)
{
  ranks = _mm512_set1_epi8(static_cast<char>(base));
  for (std::size_t b = 0; b < bound_count; ++b)
    ranks = _mm512_mask_add_epi8(ranks, reached_of_word(values, bounds[b]), ranks, _mm512_set1_epi8(1));
}

/// The entries of a table of 16 that 64 indices lead to.
[[gnu::always_inline]] inline void look_up_word(std::uint8_t const* indices, std::uint8_t const* table,
                                                WordOfRanks& entries)
{
  auto const four =
      _mm512_broadcast_i32x4(_mm_loadu_si128(static_cast<__m128i const*>(static_cast<void const*>(table))));
  entries = _mm512_shuffle_epi8(four, _mm512_min_epu8(_mm512_loadu_si512(indices), _mm512_set1_epi8(15)));
}

template <class T>
[[gnu::always_inline]] inline void rank_word(T const* values, T const* bounds, std::size_t bound_count,
                                             std::uint8_t base, std::uint8_t* to)
{
  WordOfRanks ranks;
  rank_word(values, bounds, bound_count, base, ranks);
  _mm512_storeu_si512(to, ranks);
}

[[gnu::always_inline]] inline void look_up_word(std::uint8_t const* indices, std::uint8_t const* table,
                                                std::uint8_t* to)
{
  WordOfRanks entries;
  look_up_word(indices, table, entries);
  _mm512_storeu_si512(to, entries);
}
#else
/// The ranks of 64 rows. They are never copied: a wide load behind narrow stores waits for all of them.
struct WordOfRanks {
  alignas(64) std::uint8_t of_row[64];
};

/// How many of some bounds each of 64 values reaches, added to `base`.
template <class T>
[[gnu::always_inline]] inline void rank_word(T const* __restrict values, T const* __restrict bounds,
                                             std::size_t bound_count, std::uint8_t base, std::uint8_t* __restrict ranks)
{
  // The first bound apart: the rows are then written as widely as they are read.
  if (bound_count == 0) {
    for (std::size_t i = 0; i < 64; ++i) ranks[i] = base;
    return;
  }
  auto const first = bounds[0];
  for (std::size_t i = 0; i < 64; ++i)
    ranks[i] = static_cast<std::uint8_t>(base + static_cast<std::uint8_t>(values[i] >= first));
  for (std::size_t b = 1; b < bound_count; ++b) {
    auto const bound = bounds[b];
    for (std::size_t i = 0; i < 64; ++i)
      ranks[i] = static_cast<std::uint8_t>(ranks[i] + static_cast<std::uint8_t>(values[i] >= bound));
  }
}

/// The entries of a table of 16 that 64 indices lead to.
[[gnu::always_inline]] inline void look_up_word(std::uint8_t const* __restrict indices,
                                                std::uint8_t const* __restrict table, std::uint8_t* __restrict entries)
{
#if defined(__AVX2__)
  auto const* from = static_cast<__m128i const*>(static_cast<void const*>(table));
  auto const both = _mm256_broadcastsi128_si256(_mm_loadu_si128(from));
  for (std::size_t i = 0; i < 64; i += 32) {
    auto const* here = static_cast<__m256i const*>(static_cast<void const*>(indices + i));
    auto const in_table = _mm256_min_epu8(_mm256_loadu_si256(here), _mm256_set1_epi8(15));
    auto* const to = static_cast<__m256i*>(static_cast<void*>(entries + i));
    _mm256_storeu_si256(to, _mm256_shuffle_epi8(both, in_table));
  }
#elif defined(__ARM_NEON)
  auto const found = vld1q_u8(table);
  for (std::size_t i = 0; i < 64; i += 16)
    vst1q_u8(entries + i, vqtbl1q_u8(found, vminq_u8(vld1q_u8(indices + i), vdupq_n_u8(15))));
#else
  for (std::size_t i = 0; i < 64; ++i) entries[i] = table[indices[i] < 15 ? indices[i] : 15];
#endif
}

template <class T>
[[gnu::always_inline]] inline void rank_word(T const* values, T const* bounds, std::size_t bound_count,
                                             std::uint8_t base, WordOfRanks& ranks)
{
  rank_word(values, bounds, bound_count, base, ranks.of_row);
}

[[gnu::always_inline]] inline void look_up_word(std::uint8_t const* indices, std::uint8_t const* table,
                                                WordOfRanks& entries)
{
  look_up_word(indices, table, entries.of_row);
}
#endif

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
  std::size_t done = 0;
  for (; done + 64 <= count; done += 64) rank_word(values + done, bounds, bound_count, base, ranks + done);
  for (std::size_t i = done; i < count; ++i) {
    ranks[i] = base;
    for (std::size_t b = 0; b < bound_count; ++b)
      ranks[i] = static_cast<std::uint8_t>(ranks[i] + static_cast<std::uint8_t>(values[i] >= bounds[b]));
  }
}

#if defined(__AVX512BW__)
inline std::uint64_t between_word(WordOfRanks const& ranks, std::uint8_t low, std::uint8_t span)
{
  auto const distance = _mm512_sub_epi8(ranks, _mm512_set1_epi8(static_cast<char>(low)));
  return _mm512_cmple_epu8_mask(distance, _mm512_set1_epi8(static_cast<char>(span)));
}

inline std::uint64_t between_word(std::uint8_t const* ranks, std::uint8_t low, std::uint8_t span)
{
  return between_word(_mm512_loadu_si512(ranks), low, span);
}
#elif defined(__AVX2__)
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
#elif defined(__ARM_NEON)
inline std::uint64_t between_word(std::uint8_t const* ranks, std::uint8_t low, std::uint8_t span)
{
  auto const first = vdupq_n_u8(low);
  auto const last = vdupq_n_u8(span);
  constexpr std::uint8_t bit_of_row[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  auto const bits = vld1q_u8(bit_of_row);
  auto const inside = [&](unsigned part) {
    return vandq_u8(vcleq_u8(vsubq_u8(vld1q_u8(ranks + 16 * part), first), last), bits);
  };
  // Neighbours are added until each byte has the bits of eight rows.
  auto const sums = vpaddq_u8(vpaddq_u8(inside(0), inside(1)), vpaddq_u8(inside(2), inside(3)));
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
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

#if !defined(__AVX512BW__)
inline std::uint64_t between_word(WordOfRanks const& ranks, std::uint8_t low, std::uint8_t span)
{
  return between_word(ranks.of_row, low, span);
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
  for (; i + 64 <= count; i += 64) look_up_word(indices + i, table, entries + i);
  for (; i < count; ++i) entries[i] = table[indices[i] < 15 ? indices[i] : 15];
}

/// The bits of a block of words; the compiler makes as many instructions of it as the processor needs.
typedef std::uint64_t Block __attribute__((vector_size(sizeof(std::uint64_t) * block_words)));
/// The same anywhere in memory.
typedef std::uint64_t BlockInMemory
    __attribute__((vector_size(sizeof(std::uint64_t) * block_words), aligned(alignof(std::uint64_t)), may_alias));

[[gnu::always_inline]] inline Block load(std::uint64_t const* from)
{
  return *static_cast<BlockInMemory const*>(static_cast<void const*>(from));
}

[[gnu::always_inline]] inline void store(Block const& block, std::uint64_t* to)
{
  *static_cast<BlockInMemory*>(static_cast<void*>(to)) = block;
}

[[gnu::always_inline]] inline Block all(bool set) { return Block{} - static_cast<std::uint64_t>(set); }

[[gnu::always_inline]] inline Block all(std::uint32_t number, std::size_t plane)
{
  return all((number >> plane & 1U) != 0);
}

[[gnu::always_inline]] inline bool any(Block const& block)
{
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < block_words; ++i) bits |= block[i];
  return bits != 0;
}

void guard(std::uint64_t const* valid, bool null_certain, bool null_possible, std::size_t words, std::uint64_t* certain,
           std::uint64_t* possible)
{
  auto const certain_there = all(null_certain);
  auto const possible_there = all(null_possible);
  for (std::size_t word = 0; word < words; word += block_words) {
    auto const here = valid == nullptr ? all(true) : load(valid + word);
    auto const known = load(certain + word) & here;
    store(known | (~here & certain_there), certain + word);
    store(known | (~here & possible_there), possible + word);
  }
}

/// Which rows of a word hold for each condition, by their ranks.
[[gnu::always_inline]] inline void hold_word(ColumnRails const& column, WordOfRanks const& ranks, std::size_t word)
{
  for (std::size_t i = 0; i < column.condition_count; ++i) {
    auto const& condition = column.conditions[i];
    std::uint64_t held = 0;
    for (std::size_t span = 0; span < condition.span_count; ++span)
      held |= between_word(ranks, condition.spans[span].first, condition.spans[span].second);
    condition.certain[word] = held;
  }
}

/// Writes the rails of all conditions on a column. \param find_ranks Finds the ranks of a word; it also fetches what is ahead.
///
/// A whole batch is read at four places at once: memory hands out more to whoever asks for several pages at a time.
template <class Function>
[[gnu::always_inline]] inline void hold(ColumnRails const& column, Function const& find_ranks)
{
  constexpr std::size_t most_places = 4;
  auto const places = column.words % most_places == 0 ? most_places : 1;
  auto const part = column.words / places;
  for (std::size_t word = 0; word < part; ++word)
    for (std::size_t at = word; at < column.words; at += part) {
      WordOfRanks ranks;
      find_ranks(at, ranks);
      hold_word(column, ranks, at);
    }
  // Not word by word: a block that was only just written in words is slow to load.
  for (std::size_t i = 0; i < column.condition_count; ++i) {
    auto const& condition = column.conditions[i];
    guard(column.valid, condition.null_certain, condition.null_possible, column.words, condition.certain,
          condition.possible);
  }
}

/// Fetches 64 values of the next batch into the second cache; the first is for this batch.
template <class T>
[[gnu::always_inline]] inline void fetch_ahead(T const* values, ColumnRails const& column, std::size_t word)
{
  constexpr std::size_t line = 64;
  if (word >= column.words_ahead) return;
  auto const* ahead = static_cast<char const*>(static_cast<void const*>(values + 64 * (column.words + word)));
  for (std::size_t byte = 0; byte < 64 * sizeof(T); byte += line) __builtin_prefetch(ahead + byte, 0, 2);
}

template <class T>
void hold_values(T const* values, T const* bounds, std::size_t bound_count, std::uint8_t base,
                 ColumnRails const& column)
{
  auto const find_ranks = [&](std::size_t word, WordOfRanks & ranks) __attribute__((always_inline))
  {
    fetch_ahead(values, column, word);
    rank_word(values + 64 * word, bounds, bound_count, base, ranks);
  };
  hold(column, find_ranks);
}

bool hold_indices(std::uint8_t const* indices, std::uint8_t const* table, ColumnRails const& column)
{
  std::uint64_t outside = 0;
  auto const find_ranks = [&](std::size_t word, WordOfRanks & ranks) __attribute__((always_inline))
  {
    fetch_ahead(indices, column, word);
    look_up_word(indices + 64 * word, table, ranks);
    auto const valid = column.valid == nullptr ? ~std::uint64_t{0} : column.valid[word];
    outside |= between_word(ranks, outside_of_table, 0) & valid;
  };
  hold(column, find_ranks);
  return outside == 0;
}

/// Whether a condition holds at a rank, in every bit.
inline Block holds_at(ConditionRails const& condition, std::uint8_t rank)
{
  bool holds = false;
  for (std::size_t i = 0; i < condition.span_count; ++i)
    holds = holds || static_cast<std::uint8_t>(rank - condition.spans[i].first) <= condition.spans[i].second;
  return all(holds);
}

void hold_booleans(std::uint64_t const* values, std::uint8_t yes, std::uint8_t no, ColumnRails const& column)
{
  for (std::size_t i = 0; i < column.condition_count; ++i) {
    auto const& condition = column.conditions[i];
    auto const where_yes = holds_at(condition, yes);
    auto const where_no = holds_at(condition, no);
    for (std::size_t word = 0; word < column.words; word += block_words) {
      auto const here = load(values + word);
      store((here & where_yes) | (~here & where_no), condition.certain + word);
    }
    guard(column.valid, condition.null_certain, condition.null_possible, column.words, condition.certain,
          condition.possible);
  }
}

/// Where a rule certainly applies, and where it possibly does.
struct RuleBlock {
  Block certain;
  Block possible;
};

[[gnu::always_inline]] inline RuleBlock applies(RuleRails const& rule, std::size_t word)
{
  RuleBlock rows{all(true), all(true)};
  for (std::size_t i = 0; i < rule.cell_count; ++i) {
    rows.certain = rows.certain & load(rule.cells[i].certain + word);
    rows.possible = rows.possible & load(rule.cells[i].possible + word);
  }
  return rows;
}

/// Adds rows to those that have a number.
[[gnu::always_inline]] inline void put(std::uint64_t* const* planes, std::size_t plane_count, std::size_t word,
                                       Block const& rows, std::uint32_t number)
{
  for (std::size_t plane = 0; plane < plane_count; ++plane)
    if ((number >> plane & 1U) != 0) store(load(planes[plane] + word) | rows, planes[plane] + word);
}

inline void clear(TableRails const& table, std::size_t word)
{
  for (std::size_t i = 0; i < table.answer_planes; ++i) store(all(false), table.answers[i] + word);
  for (std::size_t i = 0; i < table.number_planes; ++i) store(all(false), table.numbers[i] + word);
}

void run_in_order(TableRails const& table, std::size_t words)
{
  for (std::size_t word = 0; word < words; word += block_words) {
    clear(table, word);
    Block left = all(true);      // rows that no rule has taken or may have taken
    Block alive = all(true);     // rows that no rule has certainly taken
    Block reached = all(false);  // rows that some rule has taken or may have taken
    Block single = all(false);
    Block settled = all(true);
    // Rows that come to an answer: the first one is noted, another one leaves the row open.
    auto const reach = [&](Block const& rows, std::uint32_t answer) __attribute__((always_inline))
    {
      for (std::size_t plane = 0; plane < table.answer_planes; ++plane) {
        auto* const at = table.answers[plane] + word;
        auto const noted = load(at);
        auto const bit = all(answer, plane);
        settled = settled & ~(reached & rows & (noted ^ bit));
        store(noted | (rows & ~reached & bit), at);
      }
      reached = reached | rows;
    };
    for (std::size_t i = 0; i < table.rule_count && any(alive); ++i) {
      auto const& rule = table.rules[i];
      auto const rows = applies(rule, word);
      auto const sole = rows.certain & left;
      single = single | sole;
      reach(alive & rows.possible, rule.answer);
      put(table.numbers, table.number_planes, word, sole, rule.number);
      left = left & ~rows.possible;
      alive = alive & ~rows.certain;
    }
    reach(alive, table.fallback);
    put(table.numbers, table.number_planes, word, left, table.fallback_number);
    store(settled, table.settled + word);
    store(single | left, table.single + word);
  }
}

void run_together(TableRails const& table, std::size_t words)
{
  for (std::size_t word = 0; word < words; word += block_words) {
    clear(table, word);
    Block taken = all(false);  // rows that a rule has
    Block settled = all(true);
    for (std::size_t i = 0; i < table.rule_count; ++i) {
      auto const& rule = table.rules[i];
      auto const rows = applies(rule, word);
      auto const again = rows.certain & taken;
      auto differs = table.may_agree ? all(false) : again;
      for (std::size_t plane = 0; table.may_agree && plane < table.answer_planes; ++plane)
        differs = differs | (again & (load(table.answers[plane] + word) ^ all(rule.answer, plane)));
      // A rule that only may apply leaves the row open.
      settled = settled & ~(differs | (rows.possible & ~rows.certain));
      auto const fresh = rows.certain & ~taken;
      taken = taken | rows.certain;
      put(table.answers, table.answer_planes, word, fresh, rule.answer);
      put(table.numbers, table.number_planes, word, fresh, rule.number);
    }
    put(table.answers, table.answer_planes, word, ~taken, table.fallback);
    put(table.numbers, table.number_planes, word, ~taken, table.fallback_number);
    store(settled, table.settled + word);
    store(settled, table.single + word);
  }
}

bool settle(SettledRails const& decision, std::size_t words)
{
  auto left = all(false);
  for (std::size_t word = 0; word < words; word += block_words) {
    auto const rows = load(decision.rows + word);
    auto decided = rows;
    for (std::size_t i = 0; i < decision.undecided_count; ++i) decided = decided & ~load(decision.undecided[i] + word);
    auto const done = decided & load(decision.settled + word);
    auto const single = decision.single != nullptr ? done & load(decision.single + word) : all(false);
    auto const other = done & ~single;
    auto const open = decision.leave_open ? decided & ~done : all(false);
    auto const without = rows & ~(done | open);
    left = left | without;
    store(without, decision.left + word);
    for (std::size_t plane = 0; plane < decision.ending_planes; ++plane) {
      auto out = (other & all(decision.other_ending, plane)) | (open & all(decision.open_ending, plane));
      if (plane < decision.answer_planes)
        out = out | ((load(decision.answers[plane] + word) ^ all(decision.other_answers, plane)) & other);
      if (plane < decision.number_planes) out = out | (load(decision.numbers[plane] + word) & single);
      store(out, decision.endings[plane] + word);
    }
  }
  return any(left);
}

void among(std::uint64_t const* const* planes, std::size_t plane_count, std::uint32_t const* numbers, std::size_t count,
           std::size_t words, std::uint64_t* rows)
{
  for (std::size_t word = 0; word < words; word += block_words) {
    auto found = all(false);
    for (std::size_t i = 0; i < count; ++i) {
      auto here = all(true);
      for (std::size_t plane = 0; plane < plane_count; ++plane)
        here = here & ~(load(planes[plane] + word) ^ all(numbers[i], plane));
      found = found | here;
    }
    store(found, rows + word);
  }
}

std::size_t count_bits(std::uint64_t const* bits, std::size_t words)
{
  std::size_t count = 0;
  for (std::size_t word = 0; word < words; ++word) count += static_cast<std::size_t>(__builtin_popcountll(bits[word]));
  return count;
}

constexpr Kernels kernels_named(char const* name)
{
  return {name,
          &rank<std::int8_t>,
          &rank<std::int16_t>,
          &rank<std::int32_t>,
          &rank<std::int64_t>,
          &hold_values<std::int8_t>,
          &hold_values<std::int16_t>,
          &hold_values<std::int32_t>,
          &hold_values<std::int64_t>,
          &hold_indices,
          &hold_booleans,
          &between,
          &guard,
          &run_in_order,
          &run_together,
          &settle,
          &among,
          &count_bits,
          &look_up};
}

}  // namespace
}  // namespace tutela::detail
