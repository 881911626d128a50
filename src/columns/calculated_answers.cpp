// SPDX-License-Identifier: Apache-2.0
/// \file
/// The computed answers of a decision that formulas give, for all rows of a batch at once.
#include "columns/calculated_answers.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

namespace tutela::detail {

CalculatedAnswers::CalculatedAnswers(ColumnDecision const& decision) : decision_(decision)
{
  for (std::size_t i = 0; i < decision.computed.size(); ++i) {
    auto const& formula = decision.computed[i].formula;
    if (formula == nullptr) continue;
    bool const counted = decision.amounts && decision.amounts->kind() == formula->kind;
    if (counted && decision.amounts->scale() >= formula->scale) {
      auto const factor = amount_power_of_ten(decision.amounts->scale() - formula->scale);
      auto const most =
          std::min<AmountCount>(decision.amounts->most() / factor, std::numeric_limits<std::int64_t>::max());
      formulas_.push_back({FormulaRun(*formula), i, factor, static_cast<std::int64_t>(most)});
    } else if (formula->kind == Kind::boolean)
      formulas_.push_back({FormulaRun(*formula), i});
  }
}

void CalculatedAnswers::run(std::span<ColumnReader const> readers, std::vector<BatchBits> const& codes, Rows rows,
                            BatchBits& open, DecisionAnswers& answers)
{
  auto const words = words_for(rows.count);
  auto const planes = addresses_of(codes);
  for (auto& formula : formulas_) {
    auto const code = decision_.first_computed + static_cast<std::uint32_t>(formula.place);
    kernels().among(planes.data(), planes.size(), &code, 1, words, rows_.data());
    RowWord any = 0;
    for (std::size_t word = 0; word < words; ++word) any |= rows_[word] &= open[word];
    bool const boolean = formula.run.formula().kind == Kind::boolean;
    if (boolean) formula.known.fill(0);
    if (any == 0) continue;
    formula.run.run(readers, rows.in_array, rows.count, column_);
    for (std::size_t word = 0; word < words; ++word)
      rows_[word] &= word * rows_in_word < rows.count ? column_.known[word] : 0;
    if (boolean) {
      formula.known = rows_;
      std::copy_n(column_.truths.begin(), std::min(words, column_.truths.size()), formula.truths.begin());
      continue;
    }
    put_counts(formula, rows, answers);
    for (std::size_t word = 0; word < words; ++word) open[word] &= ~rows_[word];
  }
}

/// Writes the counts of rows; those that the column cannot hold are left.
void CalculatedAnswers::put_counts(OneAnswer const& formula, Rows rows, DecisionAnswers& answers)
{
  for (std::size_t word = 0; word * rows_in_word < rows.count; ++word) {
    for (auto left = rows_[word]; left != 0; left &= left - 1) {
      auto const row = word * rows_in_word + static_cast<std::size_t>(std::countr_zero(left));
      auto const count = column_.counts[row];
      if (count > formula.most || count < -formula.most)
        rows_[word] &= ~(left & (~left + 1));
      else
        answers.amounts->put(rows.in_answers + row, count * formula.factor);
    }
  }
}

void CalculatedAnswers::write_truths(ExactRoutine& exact, Rows rows, BatchBits& left, DecisionAnswers& answers)
{
  for (auto& formula : formulas_) {
    if (formula.run.formula().kind != Kind::boolean) continue;
    for (std::size_t word = 0; word * rows_in_word < rows.count; ++word) {
      for (auto here = formula.known[word] & left[word]; here != 0; here &= here - 1) {
        auto const place = static_cast<std::size_t>(std::countr_zero(here));
        bool const yes = (formula.truths[word] >> place & 1U) != 0;
        auto& ending = formula.endings[yes ? 1 : 0];
        if (!ending)
          ending = exact.number_of(Outcome::known, Value(yes), {}, {}, decision_.computed[formula.place].rule);
        answers.planes.set(rows.in_answers + word * rows_in_word + place, *ending);
      }
      left[word] &= ~formula.known[word];
    }
  }
}

}  // namespace tutela::detail
