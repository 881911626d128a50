// SPDX-License-Identifier: Apache-2.0
/// \file
/// A fact of a program and its column: from values to ranks (internal).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/columns/batch.hpp>

#include "columns/bits.hpp"
#include "columns/column_format.hpp"
#include "columns/column_view.hpp"
#include "columns/kernels.hpp"
#include "rules/open_input.hpp"
#include "rules/plan.hpp"

namespace tutela::detail {

/// The column of a table that a fact is read from.
struct FactColumn {
  TableColumn column;
  ColumnRule rule;
  std::size_t declaration = 0;  ///< The place of the fact in the schema of the pack.
  /// Of lists: the element, and where it is a structure each of its fields that a component of the fact is read from.
  std::vector<FactColumn> fields = {};
};

/// Most values of a rank; one more stands for null.
inline constexpr std::size_t most_ranks = 250;

/// A fact that compiled decisions read. Its *ranks* number the stretches of regions that no decision of the program
/// tells apart, in the order of the values; the rank after the last stands for null.
struct FactLane {
  std::size_t declaration = 0;        ///< Of a joint input: its place behind the facts of the schema.
  std::optional<std::size_t> column;  ///< Its place in the program's columns; nothing: unknown in every row.
  std::optional<std::size_t> joint;   ///< Its place among the joint inputs, which have values of their own.
  std::uint32_t null_place = 0;       ///< The place on the fact's line that a null has.
  bool null_uncertain = false;
  std::vector<std::uint32_t> place_of_rank;  ///< One place of each rank.
  std::vector<std::uint8_t> rank_of_region;  ///< For each region of the line; of a joint input for each place.
  std::vector<std::int64_t> bounds;  ///< Of counted values in the units of the column: the first value of rank 1, 2 ...

  [[nodiscard]] std::uint8_t null_rank() const { return static_cast<std::uint8_t>(place_of_rank.size()); }
};

/// Ways in which a joint input may be open that are told apart; rows with others are the scalar engine's.
inline constexpr std::size_t most_open_inputs = 255;

/// A lane for one batch of rows: its ranks, or the rails of the conditions on them.
struct LaneRanks {
  alignas(64) std::array<std::uint8_t, batch_rows> ranks;
  std::array<RowWord, batch_words> valid;
  bool all_valid = false;
  bool held = false;     ///< The rails of its conditions were written when it was read;
  bool ranked = true;    ///< whether the ranks are filled too.
  bool boolean = false;  ///< True where `values` stand for the ranks `yes` and `no`, and `ranks` are not filled.
  std::uint8_t yes = 0;
  std::uint8_t no = 0;
  std::array<RowWord, batch_words> values;
  // Of a joint input:
  std::vector<std::uint8_t>
      opened_as;                  ///< For each row that is null, which of the next ones it is, from 1; 0 for none.
  std::vector<OpenInput> opened;  ///< In all batches of a run.

  /// The rank of a row that is not null.
  [[nodiscard]] std::uint8_t rank(std::size_t row) const
  {
    if (!boolean) return ranks[row];
    return (values[row / rows_in_word] >> row % rows_in_word & 1U) != 0 ? yes : no;
  }
  [[nodiscard]] bool is_valid(std::size_t row) const
  {
    return (valid[row / rows_in_word] >> row % rows_in_word & 1U) != 0;
  }

  /// The number of a way of being open, which may be new; 0 where there are too many.
  [[nodiscard]] std::uint8_t number_of(OpenInput open);
};

/// What may be wrong with the values of a column.
struct ValueProblem {
  std::string what;
  std::string mend;
};

/// What is said where a text or an index leads outside of its buffers.
[[nodiscard]] ValueProblem broken_array();

struct PackedKey;

/// The elements of a list: the first, and the one behind the last.
struct ElementSpan {
  std::size_t first = 0;
  std::size_t end = 0;
};

/// Reads one column of one array.
class ColumnReader {
 public:
  /// \param column Must outlive the reader, as must the array behind the view.
  ColumnReader(FactColumn const& column, ColumnView view) : column_(column), view_(std::move(view)) {}

  /// Makes ready for the dictionary of the array, where only values are asked for.
  [[nodiscard]] std::optional<ValueProblem> start();

  /// Makes ready for the dictionary of the array. \param lane Nothing for a fact that only the scalar engine reads.
  [[nodiscard]] std::optional<ValueProblem> start(FactLane const* lane, FactLine const& line);

  /// Reads `count` rows, at most a batch: writes the rails of all conditions on them where one pass over the values does it,
  /// otherwise their ranks. Where more rows follow they are fetched from memory meanwhile.
  [[nodiscard]] std::optional<ValueProblem> read(std::size_t first, std::size_t count,
                                                 std::vector<ConditionRails> const& conditions, LaneRanks& out);

  /// Fills the ranks of a batch of which `read` wrote only the rails.
  void rank(std::size_t first, std::size_t count, LaneRanks& out);

  /// The value of a row; none where it is null. \param problem Set where the value cannot be read.
  [[nodiscard]] std::optional<Value> value(std::size_t row, std::optional<ValueProblem>& problem) const;

  /// The elements of a row of lists: first and end; nothing where it is null or the array is broken there.
  [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> elements(std::size_t row) const;

  /// The same of some rows. \param known Written: rows whose elements are there, a word for each 64 rows.
  void find_elements(std::size_t first, std::size_t count, ElementSpan* elements, RowWord* known) const;

  /// As `append_key`, of one element.
  [[nodiscard]] bool append_element_key(std::size_t element, std::string& key) const;

  /// Bits by which numbers tell the values of this column apart, as `append_key` does; nothing where none do: texts,
  /// dictionaries, lists, the widest decimals.
  [[nodiscard]] std::optional<unsigned> key_bits() const;

  /// Adds these bits of some rows to their numbers. \param shift Bits that are there already.
  void add_keys(std::size_t first, std::size_t count, unsigned shift, PackedKey* keys) const;

  /// As `key_bits` and `add_keys`, of elements.
  [[nodiscard]] std::optional<unsigned> element_key_bits() const;
  void add_element_keys(std::size_t first, std::size_t count, PackedKey* keys) const;

  /// The list of one element alone; nothing where it cannot be read.
  [[nodiscard]] std::optional<Value> list_of_one(std::size_t element) const;

  /// The values of some rows as counts: whole numbers, scaled decimals, days; 0 where there is none.
  /// \param known Written: a word for each 64 rows. \param spoilt Rows with a value that has no reading are added.
  void read_counts(std::size_t first, std::size_t count, std::int64_t* counts, RowWord* known, RowWord* spoilt) const;

  /// The same of Booleans.
  void read_truths(std::size_t first, std::size_t count, RowWord* truths, RowWord* known) const;

  /// The same of texts: whether each is `text`. \param allowed Others are not known; all are where this is empty.
  void read_matches(std::size_t first, std::size_t count, std::string const& text,
                    std::vector<std::string> const& allowed, RowWord* truths, RowWord* known, RowWord* spoilt) const;

  /// Rows with a value that has no reading are added.
  void find_spoilt(std::size_t first, std::size_t count, RowWord* spoilt) const;

  /// Of lists: the readers of the element and of each of its fields, as in `FactColumn::fields`.
  [[nodiscard]] std::vector<ColumnReader> const& elements() const { return elements_; }

  /// What a null of the column says; nothing for a fact that is not asked yet.
  [[nodiscard]] std::optional<Value> null_value() const;

  /// Appends bytes that two rows of this column share only where they have the same value, whatever array they are in.
  /// \return False where the array is broken there.
  [[nodiscard]] bool append_key(std::size_t row, std::string& key) const;

 private:
  std::optional<ValueProblem> read_ranks(std::size_t first, std::size_t count, LaneRanks& out);
  [[nodiscard]] bool can_hold() const;
  bool hold(std::size_t first, std::size_t count, std::vector<ConditionRails> const& conditions, LaneRanks& lane);
  bool hold_values(std::size_t first, std::size_t count, ColumnRails rails);
  template <class T>
  void hold_as(void const* values, ColumnRails const& rails) const;
  [[nodiscard]] std::array<std::uint8_t, 16> few_ranks() const;
  template <class T>
  void widen_as(std::size_t first, std::size_t count, std::int64_t* counts) const;
  void count_each(std::size_t first, std::size_t count, std::int64_t* counts, RowWord* known, RowWord* spoilt) const;
  void read_booleans(std::size_t first, std::size_t count, LaneRanks& out) const;
  std::optional<ValueProblem> read_numbers(std::size_t first, std::size_t count, LaneRanks& out);
  std::optional<ValueProblem> read_texts(std::size_t first, std::size_t count, LaneRanks& out) const;
  template <class T>
  void look_up(std::size_t first, std::size_t count, LaneRanks& out) const;
  void look_up_few(std::size_t first, std::size_t count, LaneRanks& out) const;
  std::optional<ValueProblem> read_codes(std::size_t first, std::size_t count, LaneRanks& out) const;
  std::optional<ValueProblem> widen(std::size_t first, std::size_t count, LaneRanks& out);
  template <class T>
  void rank_as(void const* values, std::size_t count, LaneRanks& out);
  template <class T>
  void add_values(std::size_t first, std::size_t count, unsigned shift, PackedKey* keys) const;
  std::optional<std::size_t> entry(std::size_t row) const;
  std::optional<ValueProblem> start_elements();
  std::optional<Value> list_value(std::size_t row, std::optional<ValueProblem>& problem) const;
  std::optional<Value> element_value(std::size_t row, std::optional<ValueProblem>& problem) const;
  bool add_element(std::size_t element, List& list, std::optional<ValueProblem>& problem) const;
  std::optional<std::string_view> text_of(std::size_t row) const;
  bool is_valid(std::size_t row) const { return view_.valid(row, 1) != 0; }
  bool is_null(std::size_t row) const;

  FactColumn const& column_;
  ColumnView view_;
  FactLane const* lane_ = nullptr;
  FactLine const* line_ = nullptr;
  std::optional<ColumnView> dictionary_;
  std::vector<std::uint8_t> rank_of_entry_;  ///< And after the last that of what leads outside.
  bool null_entries_ = false;
  std::uint8_t yes_ = 0;  ///< Of Booleans the two ranks.
  std::uint8_t no_ = 0;
  std::vector<ColumnReader> elements_;  ///< Of lists: of the element, and of each of its fields.
  std::vector<std::int64_t> wide_;      ///< Values of a batch as 64-bit counts.
  std::vector<unsigned char> aligned_;
};

/// The count behind a value of a row: a whole number, a scaled decimal, the days of a date.
/// \param problem Set where there is none; the count is then 0.
std::int64_t count_at(ColumnFormat const& format, ColumnRule const& rule, ColumnView const& view, std::size_t row,
                      bool& null, std::optional<ValueProblem>& problem);

}  // namespace tutela::detail
