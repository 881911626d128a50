// SPDX-License-Identifier: Apache-2.0
/// \file
/// The loops over rows, once for each set of instructions (internal).
///
/// All sets give the same bits; the widest that the processor has is taken at run time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace tutela::detail {

/// Words that are worked on together. Arrays of bits have a whole number of blocks; what stands beyond the rows is ignored.
inline constexpr std::size_t block_words = 8;

/// Beyond this many bounds a search in each row is less work than a comparison with each bound.
inline constexpr std::size_t few_bounds = 24;

/// The entry of a table of 16 that no index of a row may lead to.
inline constexpr std::uint8_t outside_of_table = 255;

/// A condition on the ranks of a column, and where its rails are written.
struct ConditionRails {
  std::pair<std::uint8_t, std::uint8_t> const* spans;  ///< Ranks at which it holds: first, and how many follow.
  std::size_t span_count;
  bool null_certain;  ///< What it is worth where the column is null.
  bool null_possible;
  std::uint64_t* certain;
  std::uint64_t* possible;
};

/// All that is asked of the values of one column.
struct ColumnRails {
  ConditionRails const* conditions;
  std::size_t condition_count;
  std::uint64_t const* valid;  ///< Rows that are not null; null where none is.
  std::size_t words;           ///< Whole blocks; there are 64 values for each.
  /// Words of the next batch. Their values, which stand behind these, are fetched meanwhile: processors follow few columns
  /// at once by themselves, and none into the next page.
  std::size_t words_ahead;
};

/// Where a cell certainly holds, and where it possibly does.
struct CellRails {
  std::uint64_t const* certain;
  std::uint64_t const* possible;
};

/// A rule of a table: it applies where all its cells hold.
struct RuleRails {
  CellRails const* cells;
  std::size_t cell_count;
  std::uint32_t answer;  ///< Number of its answer.
  std::uint32_t number;  ///< Its own number.
};

/// A table, and where its outcome is written.
struct TableRails {
  RuleRails const* rules;  ///< In the order in which they are looked at.
  std::size_t rule_count;
  std::uint32_t fallback;         ///< Answer where no rule applies,
  std::uint32_t fallback_number;  ///< and the number that stands for that.
  bool may_agree;                 ///< Two rules may apply when their answers are the same.
  std::uint64_t* const* answers;  ///< Planes of the number of the answer.
  std::size_t answer_planes;
  std::uint64_t* const* numbers;  ///< Planes of the number of the rule; none unless asked for.
  std::size_t number_planes;
  std::uint64_t* settled;  ///< One answer is certain.
  std::uint64_t* single;   ///< The rule is certain.
};

/// What is settled of a decision, and where the number of each row's ending is written.
struct SettledRails {
  std::uint64_t const* rows;              ///< The rows that there are.
  std::uint64_t const* const* undecided;  ///< Rows that only the exact routine can answer, in several parts.
  std::size_t undecided_count;
  std::uint64_t const* settled;
  std::uint64_t const* single;  ///< Rows whose ending is a rule; null unless asked for.
  std::uint32_t other_answers;  ///< Bits of the number of the answer that are turned round where no rule is the ending.
  bool leave_open;              ///< Whether what is not settled is open, and its ending known.
  std::uint32_t open_ending;
  std::uint32_t other_ending;           ///< Added to the answer where no rule is the ending.
  std::uint64_t const* const* answers;  ///< As in `TableRails`.
  std::size_t answer_planes;
  std::uint64_t const* const* numbers;
  std::size_t number_planes;
  std::uint64_t* const* endings;  ///< Planes of the number of the ending.
  std::size_t ending_planes;
  std::uint64_t* left;  ///< Rows without an ending.
};

/// Loops over the rows of one batch.
struct Kernels {
  char const* name;

  // For each of `count` values, how many of the bounds it reaches; added to `base`.
  void (*rank_int8)(std::int8_t const* values, std::size_t count, std::int8_t const* bounds, std::size_t bound_count,
                    std::uint8_t base, std::uint8_t* ranks);
  void (*rank_int16)(std::int16_t const* values, std::size_t count, std::int16_t const* bounds, std::size_t bound_count,
                     std::uint8_t base, std::uint8_t* ranks);
  void (*rank_int32)(std::int32_t const* values, std::size_t count, std::int32_t const* bounds, std::size_t bound_count,
                     std::uint8_t base, std::uint8_t* ranks);
  void (*rank_int64)(std::int64_t const* values, std::size_t count, std::int64_t const* bounds, std::size_t bound_count,
                     std::uint8_t base, std::uint8_t* ranks);

  // The rails of all conditions on the ranks that these values have, without the ranks being written down.
  void (*hold_int8)(std::int8_t const* values, std::int8_t const* bounds, std::size_t bound_count, std::uint8_t base,
                    ColumnRails const& column);
  void (*hold_int16)(std::int16_t const* values, std::int16_t const* bounds, std::size_t bound_count, std::uint8_t base,
                     ColumnRails const& column);
  void (*hold_int32)(std::int32_t const* values, std::int32_t const* bounds, std::size_t bound_count, std::uint8_t base,
                     ColumnRails const& column);
  void (*hold_int64)(std::int64_t const* values, std::int64_t const* bounds, std::size_t bound_count, std::uint8_t base,
                     ColumnRails const& column);

  /// The same where the ranks stand in a table of 16, as in `look_up`.
  /// \return False where the index of a row that is not null leads to `outside_of_table`.
  bool (*hold_indices)(std::uint8_t const* indices, std::uint8_t const* table, ColumnRails const& column);

  /// The same for bits that stand for two ranks.
  void (*hold_booleans)(std::uint64_t const* values, std::uint8_t yes, std::uint8_t no, ColumnRails const& column);

  /// For each word of 64 ranks, which of them are `low`, or one of the `span` ranks after it.
  void (*between)(std::uint8_t const* ranks, std::size_t words, std::uint8_t low, std::uint8_t span,
                  std::uint64_t* bits);

  /// Rails of a condition whose values are looked at: where they are null it holds as told. \param valid Null for all rows.
  void (*guard)(std::uint64_t const* valid, bool null_certain, bool null_possible, std::size_t words,
                std::uint64_t* certain, std::uint64_t* possible);

  /// The first rule that applies gives the answer.
  void (*run_in_order)(TableRails const& table, std::size_t words);

  /// All rules that apply must agree, or only one may apply.
  void (*run_together)(TableRails const& table, std::size_t words);

  /// Writes the endings of rows that are settled. \return Whether rows are left without one.
  bool (*settle)(SettledRails const& decision, std::size_t words);

  /// Rows whose number, given bit by bit in planes, is one of `count` numbers.
  void (*among)(std::uint64_t const* const* planes, std::size_t plane_count, std::uint32_t const* numbers,
                std::size_t count, std::size_t words, std::uint64_t* rows);

  /// How many bits are set.
  std::size_t (*count_bits)(std::uint64_t const* bits, std::size_t words);

  /// For each of `count` indices its entry in a table of 16; what is beyond has the last one.
  void (*look_up)(std::uint8_t const* indices, std::size_t count, std::uint8_t const* table, std::uint8_t* entries);
};

/// All sets that this processor can run, the widest last; the first runs on every processor.
[[nodiscard]] std::span<Kernels const* const> kernels_of_this_processor();

/// The widest of them.
[[nodiscard]] Kernels const& kernels();

}  // namespace tutela::detail
