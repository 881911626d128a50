// SPDX-License-Identifier: Apache-2.0
/// \file
/// Rows counted by their group, their two answers, and what amounts they gain or lose (internal).
///
/// Amounts nearly all differ. So all amounts that a side computes are one answer here, and a line has the rows that gain, lose
/// or keep theirs, with the sums of both sides. Other answers have a line for each pair.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tutela/columns/compare_batch.hpp>

#include "columns/amount_form.hpp"
#include "columns/batch_content.hpp"

namespace tutela::detail {

/// An answer that rows have.
struct SideAnswer {
  Outcome outcome = Outcome::known;
  Value value;
  bool is_merged = false;  ///< It stands for all amounts; `value` is one of them.
};

/// The answers of one side to one decision, under numbers that stay the same over all arrays.
class SideAnswers {
 public:
  /// \param form   How amounts are counted, at the scale of both sides; nothing where they are handed out as text, or there
  ///               are none.
  /// \param merged Whether all amounts are one answer.
  SideAnswers(std::optional<AmountForm> form, bool merged) : form_(form), merged_(merged) {}

  /// What an ending says.
  struct Meaning {
    std::uint32_t answer = 0;           ///< Number of the answer.
    bool is_merged = false;             ///< Whether that stands for all amounts,
    bool in_row = false;                ///< and the amount stands with the row.
    bool is_number = false;             ///< Whether it is a number, however many digits it has.
    std::optional<AmountCount> amount;  ///< Otherwise the amount of all such rows.
  };

  /// That of each of some endings.
  [[nodiscard]] std::vector<Meaning> meanings(std::vector<Ending> const& endings);

  [[nodiscard]] SideAnswer const& answer(std::uint32_t number) const { return answers_[number]; }

  /// How its amounts are counted.
  [[nodiscard]] std::optional<AmountForm> const& form() const { return form_; }

 private:
  std::uint32_t merged(Value const& one);

  std::optional<AmountForm> form_;
  bool merged_;
  std::map<std::pair<Outcome, std::string>, std::uint32_t> ids_;
  std::optional<std::uint32_t> all_amounts_;
  std::vector<SideAnswer> answers_;
};

/// The answers of one side to one decision in the rows of one part.
class SideRows {
 public:
  /// Both must outlive this.
  SideRows(DecisionAnswers const& answers, SideAnswers& known);

  /// Goes on to 64 rows.
  void read(std::size_t word) { answers_.planes.numbers(word, numbers_.data()); }

  /// \param place Of the row among them.
  [[nodiscard]] SideAnswers::Meaning const& meaning(std::size_t place) const { return meanings_[numbers_[place]]; }

  /// The amount of a row; nothing where it has none, or one of too many digits.
  [[nodiscard]] std::optional<AmountCount> amount(SideAnswers::Meaning const& meaning, std::size_t row) const
  {
    if (!meaning.in_row) return meaning.amount;
    AmountCount scaled = 0;
    return __builtin_mul_overflow(answers_.amounts->count(row), factor_, &scaled) ? std::nullopt
                                                                                  : std::optional(scaled);
  }

  /// The value of a row; the whole of it, however many digits it has.
  [[nodiscard]] Value value(SideAnswers::Meaning const& meaning, std::size_t row) const
  {
    return meaning.in_row ? answers_.amounts->value(row) : known_.answer(meaning.answer).value;
  }

 private:
  DecisionAnswers const& answers_;
  SideAnswers const& known_;
  std::vector<SideAnswers::Meaning> meanings_;
  AmountCount factor_ = 1;
  std::array<std::uint32_t, rows_in_word> numbers_{};
};

/// The amounts of the rows of a line.
struct AmountTally {
  bool whole = true;  ///< False once something had too many digits.
  std::optional<AmountCount> before;
  std::optional<AmountCount> after;
  std::optional<AmountCount> more;  ///< What the second side's amounts are more.
  std::optional<AmountCount> least;
  std::optional<AmountCount> most;

  /// Adds a row. \param compared Whether both have amounts of one kind.
  void add(std::optional<AmountCount> const& had, std::optional<AmountCount> const& has, bool compared);
};

/// Counts the rows of one decision.
class ChangeCounter {
 public:
  /// \param before, after Must outlive this. \param examples Rows that are named for each line.
  ChangeCounter(SideAnswers const& before, SideAnswers const& after, std::size_t examples)
      : before_(before),
        after_(after),
        comparable_(before.form() && after.form() && before.form()->kind() == after.form()->kind()),
        examples_(examples)
  {
  }

  /// \param groups Of the rows. \param first Number of the first row over all arrays.
  void add(SideRows& before, SideRows& after, std::uint32_t const* groups, std::size_t rows, std::size_t first);

  /// The lines, each group's together, in the order in which rows first belonged to them.
  /// \param groups The values of each. \param decision Its place in the comparison.
  [[nodiscard]] std::vector<ComparedRows> lines(
      std::size_t decision, std::vector<std::vector<std::optional<std::string>>> const& groups) const;

 private:
  /// How the second of two amounts lies to the first one.
  enum class Course : std::uint8_t { lower, equal, higher, none };

  struct Key {
    std::uint32_t group = 0;
    std::uint32_t before = 0;
    std::uint32_t after = 0;
    Course course = Course::none;
    friend bool operator==(Key const&, Key const&) = default;
  };
  struct HashOfKey {
    std::size_t operator()(Key const& key) const noexcept;
  };
  struct Line {
    Key key;
    std::size_t rows = 0;
    std::vector<std::size_t> examples;
    AmountTally amounts;
  };

  static Course course_of(Value const& had, Value const& has);
  std::size_t place_of(Key const& key);
  std::size_t place_of_amounts(Key const& key);
  [[nodiscard]] AnswerChange change_of(Key const& key) const;
  void add_amounts(AmountTally const& tally, ComparedRows& line) const;

  SideAnswers const& before_;
  SideAnswers const& after_;
  bool comparable_;  ///< Whether both count amounts in the same units.
  std::size_t examples_;
  std::vector<Line> lines_;
  std::unordered_map<Key, std::size_t, HashOfKey> places_;
  /// Of rows with merged amounts on both sides: for each group and course one more than the place of the line.
  std::vector<std::array<std::size_t, 3>> amount_places_;
};

}  // namespace tutela::detail
