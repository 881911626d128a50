// SPDX-License-Identifier: Apache-2.0
/// \file
/// The decisions of a pack, compiled for tables with certain columns (internal).
///
/// An *atom* is a condition on one fact: for each place of the fact's line whether the condition holds, and what it is
/// worth where the fact is null. Atoms and tables are kept once, however many decisions use them. A decision is answered
/// on two *rails*, bit by bit: certainly true, possibly true.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <tutela/columns/batch.hpp>

#include "columns/amount_form.hpp"
#include "columns/fact_lane.hpp"
#include "columns/formula.hpp"
#include "columns/score_part.hpp"
#include "rules/pack_impl.hpp"
#include "rules/plan.hpp"

namespace tutela::detail {

/// Bits of the numbers of endings; see `ColumnDecision::as_bits`.
inline constexpr std::uint32_t value_bit = 1;
inline constexpr std::uint32_t known_bit = 2;

/// A condition on one fact.
struct ColumnAtom {
  std::size_t lane = 0;
  std::vector<bool> places;  ///< For each region of the line whether it holds; of a joint input for each place.
  bool null_certain = false;
  bool null_possible = false;
  std::vector<std::pair<std::uint8_t, std::uint8_t>> spans;  ///< Ranks at which it holds: first, and how many follow.

  friend bool operator<(ColumnAtom const& lhs, ColumnAtom const& rhs)
  {
    return std::tie(lhs.lane, lhs.places, lhs.null_certain, lhs.null_possible) <
           std::tie(rhs.lane, rhs.places, rhs.null_certain, rhs.null_possible);
  }
};

/// A cell of a table: an atom, or certain answers of an earlier table.
struct ColumnCell {
  bool from_table = false;
  std::size_t source = 0;   ///< An atom, or a table.
  std::vector<bool> codes;  ///< Of a table: the answers at which the cell holds.
  auto operator<=>(ColumnCell const&) const = default;
};

/// A decision table.
struct ColumnTable {
  struct Rule {
    std::size_t number = 0;  ///< From 0.
    AnswerCode code = 0;
    std::vector<std::size_t> cells;  ///< Places in the program's cells.
    auto operator<=>(Rule const&) const = default;
  };
  bool in_order = false;       ///< The first rule that applies counts (FIRST, PRIORITY); otherwise no two may differ.
  bool may_agree = false;      ///< Two rules may apply when their answers are the same (ANY).
  std::vector<Rule> rules;     ///< Those in force, in the order in which they are looked at.
  std::size_t rule_count = 0;  ///< Of the table, with those not in force.
  AnswerCode fallback = 0;
  std::size_t answer_count = 0;      ///< Number of answers without the error.
  std::vector<std::size_t> sources;  ///< Earlier tables that its cells read; ascending.
  auto operator<=>(ColumnTable const&) const = default;
};

/// An answer that is computed for each row.
struct ColumnAnswer {
  std::size_t rule = 0;              ///< Number of its rule from 1; 0 for the default.
  std::vector<std::size_t> columns;  ///< Those that it is computed from; ascending.
  std::shared_ptr<Formula const> formula =
      nullptr;  ///< By which rows are answered at once; nothing where there is none.
};

/// One decision.
struct ColumnDecision {
  std::size_t index = 0;               ///< In the pack; past its decisions when the pack lacks it.
  Plan const* plan = nullptr;          ///< Nothing when it runs row by row.
  std::size_t table = 0;               ///< The last one.
  std::vector<std::size_t> lanes;      ///< Of the facts of the plan.
  std::vector<std::size_t> irregular;  ///< Atoms: values that only the model can judge.
  std::vector<std::uint64_t> strides;  ///< Of the lanes in the number of a combination of ranks.
  std::uint64_t combinations = 0;      ///< 0 when they are too many to be numbered.
  std::vector<Value> answers;          ///< Of the last table, without the error.
  std::vector<std::size_t> read;       ///< Columns of all facts that it rests on; ascending.
  std::uint32_t first_computed = 0;    ///< The first of the answers that are computed for each row and have no value.
  std::vector<ColumnAnswer> computed;  ///< These answers.
  std::optional<AmountForm> amounts;   ///< How they are counted; nothing where each is an ending of its own.
  bool reads_once = false;             ///< As `reads_once` says, and nothing that is null is uncertain.
  /// A Boolean whose numbers of endings are bits: `value_bit`, and `known_bit`, without which there is no answer. Then the
  /// planes of the numbers are what is handed out.
  bool as_bits = false;
  // Numbers of endings: the rules of the last table, its default, from here on the answers without a single rule,
  std::uint32_t first_answer = 0;
  std::uint32_t open_ending = 0;  ///< and "unknown" where nobody asks for the missing facts.

  /// True for an answer that the column of its counts cannot hold, so that its row ends with an error.
  [[nodiscard]] bool has_beyond(Outcome outcome, Value const& value) const
  {
    return outcome == Outcome::known && amounts && !value.is_none() && !amounts->count(value);
  }
};

/// See the file comment. Immutable.
class ColumnProgram {
 public:
  ColumnProgram(Pack asked, std::optional<Date> asked_on, BatchOptions wanted)
      : pack(std::move(asked)), on(asked_on), options(std::move(wanted))
  {
  }

  /// How a fact of the pack is read. \param declaration Its place in the schema.
  [[nodiscard]] FactLine const& line(std::size_t declaration) const
  {
    return day ? day->lines[declaration] : pack.impl().lines[declaration];
  }

  Pack pack;
  std::optional<Date> on;
  BatchOptions options;
  DecideOptions decide_options;
  std::shared_ptr<DayPlans const> day;  ///< The plans of all decisions where the pack itself has not all of them.
  std::vector<FactColumn> columns;
  std::vector<std::vector<std::size_t>>
      joint_columns;  ///< For each joint input the columns that it rests on; ascending.
  std::vector<std::shared_ptr<Formula const>> joint_formulas;  ///< Nothing for a joint input that has none.
  std::vector<FactLane> lanes;
  std::vector<ColumnAtom> atoms;
  std::vector<ColumnCell> cells;
  std::vector<ColumnTable> tables;
  std::vector<ColumnDecision> decisions;
  std::vector<DecisionPath> paths;
  std::vector<std::string> without_column;
  std::vector<std::string> unread_columns;
  std::vector<Diagnostic> misspelt_columns;
  ScorePart scores;
};

/// Compiles the decisions of a program whose columns are known.
class ColumnCompiler {
 public:
  explicit ColumnCompiler(ColumnProgram& program) : program_(program), pack_(program.pack.impl()) {}

  void compile();

 private:
  void plan_day();
  [[nodiscard]] bool speaks() const;
  [[nodiscard]] Plan const* plan_of(std::size_t decision) const;
  std::vector<std::size_t> const& columns_of_fact(std::size_t fact);
  std::vector<std::size_t> columns_of_facts(std::vector<std::size_t> const& facts);
  void add_joint_columns();
  [[nodiscard]] std::size_t places_of(std::size_t lane) const;
  [[nodiscard]] bool is_place(std::size_t lane, std::size_t place) const;
  std::string add(ColumnDecision& decision);
  std::optional<std::size_t> lane_of(PlanFact const& fact, std::string& refused);
  std::size_t atom(ColumnAtom made);
  std::size_t cell(ColumnCell made);
  std::size_t table(Plan const& plan, PlanStep const& step, std::vector<std::size_t> const& tables);
  std::optional<std::size_t> cell_of(Plan const& plan, PlanStep const& step, PlanStep::Column const& column,
                                     std::size_t rule, std::vector<std::size_t> const& tables);
  ColumnAtom atom_of(PlanFact const& fact, PlanStep const& step, PlanStep::Column const& column,
                     std::size_t rule) const;
  [[nodiscard]] std::vector<std::uint32_t> ranks_of_regions(std::size_t lane) const;
  [[nodiscard]] FactLine const& line_of(std::size_t lane) const
  {
    return program_.line(program_.lanes[lane].declaration);
  }
  void number_ranks(std::size_t index);
  void number_combinations(ColumnDecision& decision) const;
  void forget(std::size_t atoms, std::size_t cells, std::size_t tables);

  ColumnProgram& program_;
  PackImpl const& pack_;
  std::map<std::size_t, std::size_t> lane_of_fact_;
  std::map<std::size_t, std::vector<std::size_t>> columns_of_fact_;
  std::map<ColumnAtom, std::size_t> atom_ids_;
  std::map<ColumnCell, std::size_t> cell_ids_;
  std::map<ColumnTable, std::size_t> table_ids_;
};

}  // namespace tutela::detail
