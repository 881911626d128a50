// SPDX-License-Identifier: Apache-2.0
/// \file
/// The decisions of a pack for every row of a table in Arrow's layout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/columns/arrow.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/risk/instrument.hpp>
#include <tutela/risk/score.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/verdict.hpp>

namespace tutela::detail {
class ColumnProgram;
class BatchRunImpl;
struct BatchContent;
}  // namespace tutela::detail

namespace tutela::inline v0 {

/// What a null in a column says.
enum class NullMeaning : std::uint8_t {
  unknown,   ///< Not asked yet: as a fact that a record lacks.
  none,      ///< Asked: there is none, or it does not apply.
  uncertain  ///< Asked, and it cannot be known.
};

/// Whether a column of binary floating-point numbers is read. A double never stands for a decimal fraction.
enum class DoubleMeaning : std::uint8_t {
  refused,       ///< Such a column is refused.
  whole_numbers  ///< Read where every value is a whole number below 2^53; another one refuses the table.
};

/// What a NaN in such a column says.
enum class NanMeaning : std::uint8_t {
  refused,  ///< It refuses the table.
  null      ///< As a null.
};

/// How one fact is read from a table.
struct ColumnRule {
  std::string fact;                          ///< Name of the fact.
  std::string column = {};                   ///< Name of its column, fields of structs dotted; the fact's when empty.
  NullMeaning nulls = NullMeaning::unknown;  ///< What a null says.
  DoubleMeaning doubles = DoubleMeaning::refused;  ///< Whether doubles are read.
  NanMeaning nans = NanMeaning::refused;           ///< What a NaN says.
};

/// How to ask for many rows.
struct BatchOptions {
  std::optional<Date> law_on;          ///< As in `DecideOptions`.
  std::vector<std::string> decisions;  ///< Decisions to answer; all when empty.
  std::string jurisdiction;            ///< As in `DecideOptions`.
  bool include_unverified = false;     ///< As in `DecideOptions`.
  std::vector<ColumnRule> columns;     ///< Facts whose column has another name or is read in another way.
  /// Instruments that are scored in the same run. Their facts are read from the same table, by name; `jurisdiction` says whose
  /// norm counts, and the day asked about on which day.
  std::vector<Instrument> instruments = {};
  ScorePurpose purpose = ScorePurpose::practice;  ///< Why they are scored.
  /// Whether the outcome of each row is handed out in words beside its answer. Without it a null says only that there is no
  /// answer: not whether facts are missing, or the answer is none. It takes ten times the room of a Boolean and its null.
  bool outcomes = true;
  /// Whether the missing facts of open rows are worked out, one more column where the answers are handed out.
  bool missing = false;
  /// Whether the rule that settles a row is noted, one more column where the answers are handed out.
  bool rules = false;
  /// Threads on which `decide_batch` answers the rows of one array; 0 for as many as there are processors. The answers are
  /// the same with any number. Fewer are used where there would be less than 65,536 rows for each.
  std::size_t threads = 1;
  Limits limits;  ///< Bounds of the work on one row, and of what is kept between rows.
};

/// How a decision is run.
struct DecisionPath {
  std::string decision;     ///< Its name.
  bool in_columns = false;  ///< False where each row is answered by the scalar engine.
  std::string reason;       ///< Why it runs row by row; empty when in columns.
};

/// What the work consisted of, for one decision.
struct BatchShares {
  std::size_t rows = 0;      ///< Rows answered.
  std::size_t exact = 0;     ///< Of these, rows that the rails left open and the exact routine answered.
  std::size_t regions = 0;   ///< Combinations of regions for which it had to be run.
  std::size_t by_model = 0;  ///< Rows that the scalar engine answered one by one.
  std::size_t repeated = 0;  ///< Rows with the same facts, as far as they matter, as one that it had answered before.
  /// Rows for which an input of a table was evaluated, or had been for the same values; what is not counted here was
  /// calculated over whole columns, or read from one.
  std::size_t evaluated = 0;
  /// Rows that end with `error` because the column of the decision cannot hold what they are answered: a number of more than 38
  /// digits with all those after the point, or a day beyond 32 bits. `Pack::decide` answers them.
  std::size_t beyond = 0;
};

/// The score of one row on one instrument.
struct RowScore {
  ScoreState state = ScoreState::error;  ///< What it is; a number is there when known or open.
  ScoreRange total;                      ///< Lowest and highest total; not a number where there is none.
  std::vector<ScoreRange> outputs;       ///< The same for each output, in the order of the instrument.
  std::string band;                      ///< The band, where it is settled.
  /// Every band that some completion of the missing facts gives, lowest first; one where it is settled, none without a number.
  std::vector<std::string> possible_bands;
  std::vector<std::string> missing;    ///< Facts that would settle it; sorted.
  std::vector<std::string> uncertain;  ///< Facts that cannot be known and keep it open; sorted.
  /// Why there is no number, or what to know about it, in English: a limit of use, facts that are wrong, facts that the
  /// published rule assumes. Empty for most. It names facts, never their values.
  std::string reason;
};

/// What a row says of a score that was computed for one person.
[[nodiscard]] TUTELA_API RowScore row_score(Score const& score);

/// The answers of one array of rows. Immutable; copies share their content.
class BatchAnswers {
 public:
  /// Number of rows.
  [[nodiscard]] TUTELA_API std::size_t rows() const noexcept;

  /// The decisions, in the order of the program.
  [[nodiscard]] TUTELA_API std::vector<DecisionPath> const& decisions() const noexcept;

  /// How far the facts of a row settle a decision. \param decision Its place in `decisions()`.
  [[nodiscard]] TUTELA_API Outcome outcome(std::size_t decision, std::size_t row) const;

  /// The answer when `known`, otherwise none.
  [[nodiscard]] TUTELA_API Value value(std::size_t decision, std::size_t row) const;

  /// Facts to ask: those that can change the answer; sorted. \throws ContractViolation when `BatchOptions::missing` was not
  /// set.
  [[nodiscard]] TUTELA_API std::vector<std::string> const& missing(std::size_t decision, std::size_t row) const;

  /// Facts that matter but cannot be known; sorted. \throws as `missing`.
  [[nodiscard]] TUTELA_API std::vector<std::string> const& uncertain(std::size_t decision, std::size_t row) const;

  /// The rule of the decision's own table that gives the answer whatever the missing facts are: its number from 1, 0 for
  /// the default output. Nothing where no single rule is certain, and for decisions that run row by row.
  /// \throws ContractViolation when `BatchOptions::rules` was not set.
  [[nodiscard]] TUTELA_API std::optional<std::size_t> rule(std::size_t decision, std::size_t row) const;

  /// The score of a row, the same bits as `score` gives for its facts. \param instrument Its place in
  /// `BatchOptions::instruments`. \throws ContractViolation when there is no such instrument or row.
  [[nodiscard]] TUTELA_API RowScore score(std::size_t instrument, std::size_t row) const;

  /// What the work consisted of.
  [[nodiscard]] TUTELA_API BatchShares const& shares(std::size_t decision) const;

  /// Hands the answers out as a struct array; see `BatchProgram::export_schema`. \param out Is overwritten.
  TUTELA_API void export_array(ArrowArray& out) const;

  /// The parts; for the library itself.
  explicit BatchAnswers(std::shared_ptr<detail::BatchContent const> content) : content_(std::move(content)) {}

  /// The parts; for the library itself.
  [[nodiscard]] detail::BatchContent const& content() const& noexcept { return *content_; }

 private:
  std::shared_ptr<detail::BatchContent const> content_;
};

/// The decisions of a pack, compiled for tables with certain columns. Immutable; copies share their content.
class BatchProgram {
 public:
  /// Compiles the decisions of a pack for tables of one type.
  ///
  /// A column belongs to the fact of its name; the fields of a struct column `child` are `child.birth_date` and so on.
  /// Columns that name no fact are not read. A fact without a column is unknown in every row.
  /// \param schema  Type of the table: a struct. It is not kept.
  /// \param on      The day asked about; see `Pack::decide`.
  /// \return The program, or every column that does not fit its fact, all at once. No row has been read then.
  /// \throws ContractViolation when `on` is missing where it is needed.
  [[nodiscard]] TUTELA_API static Result<BatchProgram> compile(Pack const& pack, ArrowSchema const& schema,
                                                               std::optional<Date> on,
                                                               BatchOptions const& options = {});

  /// The decisions and how each is run.
  [[nodiscard]] TUTELA_API std::vector<DecisionPath> const& decisions() const noexcept;

  /// Facts that the decisions and instruments read and the table has no column for; sorted.
  [[nodiscard]] TUTELA_API std::vector<std::string> const& facts_without_column() const noexcept;

  /// Columns that are not read and whose names are near to one of `facts_without_column()`: warnings, because a column may be
  /// there for something else; see `misspelt_names`.
  [[nodiscard]] TUTELA_API std::vector<Diagnostic> const& misspelt_columns() const noexcept;

  /// The type of the exported answers: a struct with, for each decision `d`, the field `d` (the answer, null unless known)
  /// and, unless `BatchOptions::outcomes` is false, `d.outcome` (the outcome as text, dictionary-encoded); where asked for also
  /// `d.rule` and `d.missing`.
  ///
  /// Behind them for each instrument `i`, by its identifier: unless `BatchOptions::outcomes` is false `i.state` and
  /// `i.reason`, then `i.band`, and for the total and each output `i.total` (null unless settled), `i.total.lowest`,
  /// `i.total.highest`; where missing facts are asked for `i.missing` and `i.possible_bands`. Numbers are doubles, null where there are none.
  ///
  /// Answers are Booleans or dates by the declared type of the decision. Numbers are decimals of 128 bits where their digits
  /// after the point are known before the first row: from the tables, or from the columns, the constants and the rounding of
  /// what is computed. Anything else is written as text (dictionary-encoded). \param out Is overwritten.
  TUTELA_API void export_schema(ArrowSchema& out) const;

  /// The facts of one row, as the program reads them: what `Pack::decide` and `Pack::prove` are to be given to explain the
  /// row's answers. Linear in the columns.
  /// \return The facts, or what is wrong with the array. \throws ContractViolation when there is no such row.
  [[nodiscard]] TUTELA_API Result<Record> facts(ArrowArray const& rows, std::size_t row) const;

  /// The pack that is asked.
  [[nodiscard]] TUTELA_API Pack const& pack() const& noexcept;

  /// The day asked about.
  [[nodiscard]] TUTELA_API std::optional<Date> on() const noexcept;

  /// How single rows are asked: what `Pack::decide` and `Pack::prove` are to be given beside the facts and the day.
  [[nodiscard]] TUTELA_API DecideOptions decide_options() const;

  /// The parts; for the library itself.
  [[nodiscard]] std::shared_ptr<detail::ColumnProgram const> const& impl() const& noexcept { return impl_; }

 private:
  explicit BatchProgram(std::shared_ptr<detail::ColumnProgram const> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<detail::ColumnProgram const> impl_;
};

/// Runs a program over one array after the other, on one thread. What it finds out about combinations of regions is kept.
class BatchRun {
 public:
  /// \param program The program; it is kept alive.
  TUTELA_API explicit BatchRun(BatchProgram const& program);
  /// Takes over what another run has found out; the other one can only be assigned to or destroyed.
  TUTELA_API BatchRun(BatchRun&& other) noexcept;
  /// As the constructor.
  TUTELA_API BatchRun& operator=(BatchRun&& other) noexcept;
  TUTELA_API ~BatchRun();

  /// Answers every row. Linear in the rows; the array is read in place and neither kept nor released.
  ///
  /// The outcome, the value and the missing facts of each row are those that `Pack::decide` gives for its facts.
  /// \return The answers, or what is wrong with the array, with the names of columns and never a value of a row.
  [[nodiscard]] TUTELA_API Result<BatchAnswers> decide(ArrowArray const& rows);

  /// Answers `count` rows from the row `first` on. Other runs of the program may read the same array on other threads, so a
  /// host that has threads of its own shares the rows out among them, with one run for each.
  /// \throws ContractViolation when the array has no such rows.
  [[nodiscard]] TUTELA_API Result<BatchAnswers> decide(ArrowArray const& rows, std::size_t first, std::size_t count);

 private:
  std::unique_ptr<detail::BatchRunImpl> impl_;
};

}  // namespace tutela::inline v0
