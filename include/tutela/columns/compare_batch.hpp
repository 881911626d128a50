// SPDX-License-Identifier: Apache-2.0
/// \file
/// A reform over a table: what two packs, or one pack on two days, answer to the same rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/base/result.hpp>
#include <tutela/columns/arrow.hpp>
#include <tutela/columns/batch.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/verdict.hpp>

namespace tutela::inline v0 {

/// One side of a comparison: who is asked, and for which day.
struct BatchQuestion {
  Pack pack;                        ///< The law.
  std::optional<Date> on = {};      ///< The day asked about; see `Pack::decide`.
  std::optional<Date> law_on = {};  ///< As in `DecideOptions`.
};

/// What becomes of the rows of one line of a comparison.
enum class AnswerChange : std::uint8_t {
  same,     ///< Both give the same answer, or neither gives one for the same outcome.
  gains,    ///< Both know: from false or none to true, or to a higher amount, or from none to an amount.
  loses,    ///< Both know: from true to false or none, or to a lower amount, or from an amount to none.
  differs,  ///< Both know, and the answers are neither Booleans nor numbers; or both do not know, for different outcomes.
  becomes_known,    ///< Only the second one knows.
  becomes_unknown,  ///< Only the first one knows.
};

/// The change as a word.
[[nodiscard]] TUTELA_API std::string_view to_string(AnswerChange change) noexcept;

/// How to compare.
struct CompareBatchOptions {
  /// Columns, answers and limits of both sides; `outcomes`, `rules`, `missing` and `law_on` are not used.
  BatchOptions batch;
  /// Columns of the table whose values make groups: texts, Booleans, whole numbers, decimals or days.
  std::vector<std::string> by;
  std::size_t examples = 3;     ///< Rows that are named for each line.
  std::size_t groups = 10'000;  ///< Groups that are kept apart; a table with more is refused.
};

/// Rows of one group that both sides answer in the same two ways. Where a side computes amounts, numbers or dates that may
/// differ from row to row, all amounts are one way to answer: one line has all rows that gain, another one all that lose.
struct ComparedRows {
  std::size_t decision = 0;                       ///< Its place in `BatchComparison::decisions`.
  std::vector<std::optional<std::string>> group;  ///< The values of `by`, as text; nothing for null.
  AnswerChange change = AnswerChange::same;       ///< What the reform does to them.
  Outcome before_outcome = Outcome::known;        ///< How the first side ended.
  Value before;                                   ///< Its answer; none unless known, and of amounts.
  Outcome after_outcome = Outcome::known;         ///< How the second side ended.
  Value after;                                    ///< Its answer; none unless known, and of amounts.
  std::size_t rows = 0;                           ///< Number of such rows.
  std::vector<std::size_t> examples;              ///< Numbers of the first such rows, from 0.
  // Of numbers, computed or not; nothing where they are handed out as text (`BatchProgram::export_schema`), and where a sum has
  // more digits than a `Decimal`.
  std::optional<Decimal> before_total =
      {};  ///< Sum of the first side's answers over these rows, where they are numbers.
  std::optional<Decimal> after_total = {};  ///< Sum of the second side's.
  // Where both sides have numbers, or both have dates, which differ by days:
  std::optional<Decimal> difference = {};  ///< Sum of what the second side's answers are more.
  std::optional<Decimal> least = {};       ///< The least of what it is more in one row: below zero where it is less.
  std::optional<Decimal> most = {};        ///< The most.
};

/// What a reform changes. Counts only: beside the numbers of the example rows there is nothing of a single person.
struct BatchComparison {
  std::vector<std::string> by;         ///< As asked.
  std::vector<std::string> decisions;  ///< Of both packs; one that a pack lacks is `rule_not_available` there.
  std::vector<ComparedRows> lines;     ///< By decision; then groups and their lines as rows first had them.
  std::size_t rows = 0;                ///< Of the table.
  /// As `BatchProgram::misspelt_columns`, of both sides.
  std::vector<Diagnostic> misspelt_columns = {};
  int scale = 0;  ///< Digits after the point that sums and differences have at most.
};

/// Answers every row of a table on both sides and counts what changes; the table is read once.
///
/// \param table Is read to its end and released, whatever happens.
/// \return The lines, or everything that is wrong with the table on both sides. \throws ContractViolation as `BatchProgram::compile`.
[[nodiscard]] TUTELA_API Result<BatchComparison> compare_batch(BatchQuestion const& before, BatchQuestion const& after,
                                                               ArrowArrayStream& table,
                                                               CompareBatchOptions const& options = {});

/// Hands a comparison out as a stream of one array: for each line the columns of `by`, `decision`, `change`, `before`,
/// `before.outcome`, `after`, `after.outcome` (all texts), `rows`, `before.total`, `after.total`, `difference`,
/// `difference.least`, `difference.most` (decimals of 38 digits, `scale` of them after the point), and `examples` (a list).
/// \param out Is overwritten.
TUTELA_API void export_stream(BatchComparison const& comparison, ArrowArrayStream& out);

}  // namespace tutela::inline v0
