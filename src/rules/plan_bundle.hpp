// SPDX-License-Identifier: Apache-2.0
/// \file
/// Plans laid side by side, so that each fact narrows the rules of all their tables at once (internal).
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "rules/plan.hpp"

namespace tutela::detail {

/// The small tables of one plan or of several as bits of a few words: for each place of each fact the rules that certainly
/// and that possibly stay. What it does not settle by these alone is left to `PlanRun`. Immutable.
class PlanBundle {
 public:
  /// A plan with what its facts are placed on.
  struct Member {
    Plan const* plan = nullptr;
    std::vector<FactLine> const* lines = nullptr;  ///< By place in the schema.
  };

  /// A fact that some plan reads.
  struct Fact {
    std::size_t declaration = 0;  ///< Its place in the schema.
    FactLine const* line = nullptr;
    std::size_t first = 0;  ///< Its masks: for each place of the line `mask_words()` words.
  };

  /// What the bits say of a table.
  struct Answer {
    enum class Found : std::uint8_t {
      settled,  ///< There is one answer.
      open,     ///< What is not known decides between several.
      unsure    ///< The bits alone do not say.
    };
    Found found = Found::unsure;
    AnswerCode code = 0;  ///< When settled.
  };

  /// A table of few rules that rests on no other one: where its bits lie, and what they come to.
  struct LookUp {
    std::uint32_t certain_word = 0;
    std::uint32_t possible_word = 0;
    std::uint8_t shift = 0;
    std::uint8_t rules = 0;
    std::uint8_t certain_mask = 0;
    std::uint8_t possible_mask = 0;
    std::uint8_t open = 0;                ///< Stands for `Answer::Found::open`; what is more for `unsure`.
    std::uint8_t const* codes = nullptr;  ///< They live as long as the bundle.

    /// The code of the answer, or what stands in its place. \param left The bits that a run has left.
    [[nodiscard]] std::uint8_t code(RuleWord const* left) const
    {
      auto const certain = left[certain_word] >> shift & certain_mask;
      auto const possible = left[possible_word] >> shift & possible_mask;
      return codes[possible << rules | certain];
    }
  };

  /// What a run has found; kept between runs, so that its memory is used again.
  struct Scratch {
    std::vector<RuleWord> rules;  ///< The bits that are left.
    std::vector<Answer> answers;  ///< Of each table that is not looked up.
  };

  /// \param members Their plans must outlive this. \param completions The most that may be told apart.
  PlanBundle(std::span<Member const> members, std::size_t completions);
  PlanBundle(PlanBundle const&) = delete;  // who looks answers up has addresses in it
  PlanBundle& operator=(PlanBundle const&) = delete;
  PlanBundle(PlanBundle&&) noexcept = default;
  PlanBundle& operator=(PlanBundle&&) noexcept = default;
  ~PlanBundle() = default;

  [[nodiscard]] std::vector<Fact> const& facts() const { return facts_; }

  /// The table that answers a member; nothing for one that is not all small tables.
  [[nodiscard]] std::optional<std::size_t> table(std::size_t member) const { return members_[member]; }

  /// How the answer to a member is looked up in the bits; nothing where a run answers its table.
  [[nodiscard]] std::optional<LookUp> look_up(std::size_t member) const;

  /// Finds the bits, and answers the tables that are not looked up.
  /// \param place_of Gives the place of a fact on its line, by its number in `facts()`.
  template <class PlaceOf>
  void run(Scratch& scratch, PlaceOf const& place_of) const
  {
    if (scratch.rules.size() < mask_words()) scratch.rules.resize(mask_words());
    if (scratch.answers.size() < tables_.size()) scratch.answers.resize(tables_.size());
    auto* const rules = scratch.rules.data();
    switch (words_) {  // few words stay in registers
      case 1: narrow<1>(rules, place_of); break;
      case 2: narrow<2>(rules, place_of); break;
      case 3: narrow<3>(rules, place_of); break;
      default: narrow_many(rules, place_of);
    }
    auto* const answers = scratch.answers.data();
    for (auto const table : walked_) answers[table] = answer(tables_.data()[table], rules, answers);
  }

 private:
  /// An earlier table whose answer is an input.
  struct Source {
    std::size_t table = 0;
    std::vector<RuleWord> certain;   ///< For each answer of the table the rules that certainly stay,
    std::vector<RuleWord> possible;  ///< and that possibly stay.
    bool operator==(Source const&) const = default;
  };

  /// A fact that a table reads: for each place the rules that stay.
  struct Column {
    std::size_t fact = 0;
    std::vector<RuleWord> certain;
    std::vector<RuleWord> possible;
    bool operator==(Column const&) const = default;
  };

  struct Table {
    std::size_t node = 0;
    std::size_t word = 0;
    unsigned shift = 0;       ///< Its first bit in the word.
    RuleWord rules = 0;       ///< Bits of its rules from the lowest; the next one says that the plan can say something.
    RuleWord in_force = 0;    ///< Of these, with the bit that follows.
    bool first_only = false;  ///< Hit policy FIRST.
    bool reads_once = false;  ///< Several answers that the rules leave are several possible ones.
    AnswerCode fallback = 0;
    std::vector<AnswerCode> codes;  ///< Of the rules.
    std::vector<Source> sources;
    std::vector<Column> columns;          ///< Where their bits in the words come from.
    std::vector<std::uint8_t> looked_up;  ///< See `LookUp`; empty for what is walked.
    std::uint8_t open = 0;
  };

  template <std::size_t Words, class PlaceOf>
  void narrow(RuleWord* rules, PlaceOf const& place_of) const
  {
    std::array<RuleWord, 2 * Words> kept;
    for (std::size_t word = 0; word < kept.size(); ++word) kept[word] = in_force_.data()[word % Words];
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      auto const* const mask = masks_.data() + facts_.data()[i].first + kept.size() * place_of(i);
      for (std::size_t word = 0; word < kept.size(); ++word) kept[word] &= mask[word];
    }
    std::copy(kept.begin(), kept.end(), rules);
  }

  template <class PlaceOf>
  void narrow_many(RuleWord* rules, PlaceOf const& place_of) const
  {
    auto const words = mask_words();
    for (std::size_t half = 0; half < 2; ++half) std::copy(in_force_.begin(), in_force_.end(), rules + half * words_);
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      auto const* const mask = masks_.data() + facts_.data()[i].first + words * place_of(i);
      for (std::size_t word = 0; word < words; ++word) rules[word] &= mask[word];
    }
  }

  [[nodiscard]] Answer answer(Table const& table, RuleWord const* rules, Answer const* answers) const
  {
    RuleWord certain = rules[table.word] >> table.shift;
    RuleWord possible = rules[table.word + words_] >> table.shift;
    for (auto const& source : table.sources) {
      auto const& found = answers[source.table];
      if (found.found != Answer::Found::settled) return {};
      certain &= source.certain.data()[found.code];
      possible &= source.possible.data()[found.code];
    }
    certain &= table.rules;
    possible &= table.rules | (table.rules + 1);
    return judge(table, certain, possible);
  }

  /// What the rules that stay come to.
  static Answer judge(Table const& table, RuleWord certain, RuleWord possible);
  static Answer in_order(Table const& table, RuleWord certain, RuleWord possible, AnswerCode code);

  [[nodiscard]] std::size_t mask_words() const { return 2 * words_; }
  std::optional<std::size_t> add(Member const& member, std::size_t completions);
  Table table_of(Member const& member, std::size_t step, std::vector<std::size_t> const& tables);
  void add_column(Table& table, Member const& member, std::size_t fact, PlanStep::Column const* column);
  std::size_t fact_of(Member const& member, std::size_t fact);
  std::size_t place(Table table);
  bool lay_out();
  [[nodiscard]] bool is_source(std::size_t table) const;
  static void judge_all(Table& table);
  void write(Table const& table);

  std::vector<std::optional<std::size_t>> members_;
  std::vector<Fact> facts_;
  std::vector<Table> tables_;        ///< Those that others rest on come first.
  std::vector<std::size_t> walked_;  ///< Those that are not looked up, in this order.
  std::size_t words_ = 1;
  std::vector<RuleWord> in_force_;
  std::vector<RuleWord> masks_;
};

}  // namespace tutela::detail
