// SPDX-License-Identifier: Apache-2.0
/// \file
/// A program over one array after the other.
#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include <tutela/rules/session.hpp>

#include "columns/batch_content.hpp"
#include "columns/column_match.hpp"
#include "columns/exact_routine.hpp"
#include "columns/table_run.hpp"

namespace tutela::detail {

namespace {

/// The rows of a word in a batch of `count` rows.
RowWord rows_of(std::size_t word, std::size_t count)
{
  return low_bits(std::min(rows_in_word, count - word * rows_in_word));
}

/// The readers of the columns that facts are read from; adds what is wrong with the array.
std::vector<ColumnReader> readers_of(std::vector<FactColumn> const& columns, ArrowArray const& rows,
                                     std::vector<Diagnostic>& wrong)
{
  std::vector<ColumnReader> readers;
  for (auto const& column : columns) {
    std::string problem;
    auto view = ColumnView::of(rows, column.column, problem);
    if (view)
      readers.emplace_back(column, *std::move(view));
    else
      wrong.push_back(unreadable(column, {std::move(problem), {}}));
  }
  return readers;
}

}  // namespace

class BatchRunImpl {
 public:
  explicit BatchRunImpl(std::shared_ptr<ColumnProgram const> program)
      : program_(std::move(program)),
        tables_(*program_),
        ranks_(program_->lanes.size()),
        session_(program_->pack),
        scores_(program_->scores, program_->on, program_->options)
  {
    for (auto const& decision : program_->decisions) exact_.emplace_back(*program_, decision);
    for (std::size_t i = 0; i < program_->decisions.size(); ++i)
      prepared_.emplace_back(program_->pack, program_->paths[i].decision, program_->on, program_->decide_options);
    for (auto const& column : program_->columns) slots_.push_back(session_.slot(column.declaration));
    for (std::size_t i = 0; i < ranks_.size(); ++i) {
      ranks_[i].ranks.fill(program_->lanes[i].null_rank());
      ranks_[i].valid.fill(0);
      ranks_[i].values.fill(0);
    }
    model_.resize(program_->decisions.size());
  }

  Result<BatchAnswers> decide(ArrowArray const& rows, std::size_t begin, std::optional<std::size_t> count);

 private:
  bool open(ArrowArray const& rows);
  bool read(std::size_t first, std::size_t count);
  BatchBits write_settled(std::size_t index, DecisionAnswers& answers, std::size_t first, std::size_t count);
  void settle(std::size_t index, BatchContent& content, std::size_t first, std::size_t count);
  bool ask_model(BatchContent& content, std::size_t begin, std::size_t first, std::size_t count);
  bool fill(std::size_t row);
  std::uint32_t answer(std::size_t index);
  void report(FactColumn const& column, ValueProblem problem);

  std::shared_ptr<ColumnProgram const> program_;
  TableRun tables_;
  std::vector<LaneRanks> ranks_;
  std::vector<ExactRoutine> exact_;
  Session session_;
  std::vector<PreparedDecision> prepared_;
  std::vector<Slot> slots_;
  ScoreRun scores_;
  std::vector<ColumnReader> readers_;  ///< One for each column, for one array.
  BatchBits rows_{};                   ///< Those of the batch.
  std::vector<BatchBits> model_;       ///< For each decision the rows that only the scalar engine can answer.
  std::vector<Diagnostic> wrong_;
};

void BatchRunImpl::report(FactColumn const& column, ValueProblem problem)
{
  wrong_.push_back(unreadable(column, std::move(problem)));
}

/// Finds the columns of an array; false when something is wrong with it.
bool BatchRunImpl::open(ArrowArray const& rows)
{
  wrong_.clear();
  readers_ = readers_of(program_->columns, rows, wrong_);
  if (!wrong_.empty()) return false;
  std::vector<FactLane const*> lanes(program_->columns.size(), nullptr);
  for (auto const& lane : program_->lanes)
    if (lane.column) lanes[*lane.column] = &lane;
  for (std::size_t i = 0; i < readers_.size(); ++i)
    if (auto problem = readers_[i].start(lanes[i], program_->line(program_->columns[i].declaration)))
      report(program_->columns[i], *std::move(problem));
  return wrong_.empty();
}

bool BatchRunImpl::read(std::size_t first, std::size_t count)
{
  for (std::size_t i = 0; i < ranks_.size(); ++i) {
    auto const& lane = program_->lanes[i];
    if (!lane.column) continue;
    if (auto problem = readers_[*lane.column].read(first, count, ranks_[i]))
      report(program_->columns[*lane.column], *std::move(problem));
  }
  return wrong_.empty();
}

/// Writes what the rails settle. \return The rows that they leave to the exact routine.
BatchBits BatchRunImpl::write_settled(std::size_t index, DecisionAnswers& answers, std::size_t first, std::size_t count)
{
  auto const& decision = program_->decisions[index];
  auto const& table = tables_.table(decision.table);
  std::vector<RowWord const*> undecided;
  if (!program_->tables[decision.table].sources.empty()) undecided.push_back(table.doubt.data());
  for (auto const atom : decision.irregular) undecided.push_back(tables_.atom(atom).possible.data());
  std::vector<RowWord const*> codes;
  std::vector<RowWord const*> numbers;
  std::vector<RowWord*> endings;
  for (auto const& plane : table.answers) codes.push_back(plane.data());
  for (auto const& plane : table.rules) numbers.push_back(plane.data());
  for (std::size_t plane = 0; plane < answers.planes.planes(); ++plane)
    endings.push_back(answers.planes.plane(plane).data() + first / rows_in_word);
  BatchBits left;
  SettledRails rails{};
  rails.rows = rows_.data();
  rails.undecided = undecided.data();
  rails.undecided_count = undecided.size();
  rails.settled = table.settled.data();
  // With rules the numbers of answers begin behind those of the rules, at a power of two.
  rails.single = program_->options.rules ? table.single.data() : nullptr;
  rails.other_ending = program_->options.rules ? decision.first_answer : 0;
  rails.leave_open = decision.read_once && !program_->options.missing;
  rails.open_ending = decision.open_ending;
  rails.answers = codes.data();
  rails.answer_planes = codes.size();
  rails.numbers = numbers.data();
  rails.number_planes = numbers.size();
  rails.endings = endings.data();
  rails.ending_planes = endings.size();
  rails.left = left.data();
  kernels().settle(rails, words_for(count));
  return left;
}

/// Writes what the rails settle, and sends the other rows to the exact routine.
void BatchRunImpl::settle(std::size_t index, BatchContent& content, std::size_t first, std::size_t count)
{
  auto& answers = content.decisions[index];
  auto& model = model_[index];
  answers.shares.rows += count;
  auto const words = (count + rows_in_word - 1) / rows_in_word;
  if (program_->decisions[index].plan == nullptr) {
    for (std::size_t word = 0; word < words; ++word) model[word] = rows_of(word, count);
    return;
  }
  auto const open = write_settled(index, answers, first, count);
  std::fill_n(model.begin(), words, 0);
  for (std::size_t word = 0; word < words; ++word) {
    for (auto left = open[word]; left != 0; left &= left - 1) {
      auto const row = word * rows_in_word + static_cast<std::size_t>(std::countr_zero(left));
      bool fresh = false;
      auto const ending = exact_[index].ending(ranks_, row, fresh);
      answers.shares.regions += fresh ? 1 : 0;
      if (ending == by_model) {
        model[word] |= left & (~left + 1);
        continue;
      }
      answers.planes.set(first + row, ending);
      ++answers.shares.exact;
    }
  }
}

/// Gives the facts of a row to the scalar engine.
bool BatchRunImpl::fill(std::size_t row)
{
  session_.clear();
  for (std::size_t i = 0; i < readers_.size(); ++i) {
    std::optional<ValueProblem> problem;
    auto value = readers_[i].value(row, problem);
    if (problem) {
      report(program_->columns[i], *std::move(problem));
      return false;
    }
    auto const nulls = program_->columns[i].rule.nulls;
    if (value)
      session_.set(slots_[i], *std::move(value));
    else if (nulls == NullMeaning::none)
      session_.set_none(slots_[i]);
    else if (nulls == NullMeaning::uncertain)
      session_.set_uncertain(slots_[i]);
  }
  return true;
}

/// The ending of the scalar engine for the facts of its session.
std::uint32_t BatchRunImpl::answer(std::size_t index)
{
  auto const bare = session_.decide(prepared_[index]);
  if (bare.outcome() == Outcome::known) return exact_[index].number_of(Outcome::known, bare.value(), {}, {});
  auto verdict = session_.verdict(prepared_[index]);
  return exact_[index].number_of(verdict.outcome, verdict.value, std::move(verdict.missing),
                                 std::move(verdict.uncertain));
}

/// Asks the scalar engine for the rows that are left. \param begin The row of the array that is the first of the content.
bool BatchRunImpl::ask_model(BatchContent& content, std::size_t begin, std::size_t first, std::size_t count)
{
  for (std::size_t word = 0; word * rows_in_word < count; ++word) {
    RowWord any = 0;
    for (auto const& each : model_) any |= each[word];
    for (; any != 0; any &= any - 1) {
      auto const place = static_cast<std::size_t>(std::countr_zero(any));
      auto const row = first + word * rows_in_word + place;
      if (!fill(begin + row)) return false;
      for (std::size_t i = 0; i < model_.size(); ++i) {
        if ((model_[i][word] >> place & 1U) == 0) continue;
        content.decisions[i].planes.set(row, answer(i));
        ++content.decisions[i].shares.by_model;
      }
    }
  }
  return true;
}

Result<BatchAnswers> BatchRunImpl::decide(ArrowArray const& rows, std::size_t begin, std::optional<std::size_t> count)
{
  if (rows.release == nullptr) throw ContractViolation("the array was released");
  auto content = std::make_shared<BatchContent>();
  content->program = program_;
  if (rows.length < 0)
    return Diagnostic{Code::malformed, Severity::error, {}, "the array has a length that cannot be", {}};
  auto const all = static_cast<std::size_t>(rows.length);
  content->rows = count.value_or(all);
  if (begin > all || content->rows > all - begin) throw ContractViolation("the array has no such rows");
  if (!open(rows)) return wrong_;
  for (auto const& decision : program_->decisions) {
    content->decisions.push_back({EndingPlanes(content->rows), nullptr, {}});
    if (decision.plan != nullptr) content->decisions.back().planes.reserve(decision.open_ending);
  }
  for (std::size_t first = 0; first < content->rows; first += batch_rows) {
    auto const in_batch = std::min(batch_rows, content->rows - first);
    if (!read(begin + first, in_batch)) return wrong_;
    for (std::size_t word = 0; word < batch_words; ++word)
      rows_[word] = word * rows_in_word < in_batch ? rows_of(word, in_batch) : 0;
    tables_.run(ranks_, words_for(in_batch));
    for (std::size_t i = 0; i < program_->decisions.size(); ++i) settle(i, *content, first, in_batch);
    if (!ask_model(*content, begin, first, in_batch)) return wrong_;
  }
  for (std::size_t i = 0; i < exact_.size(); ++i) content->decisions[i].endings = exact_[i].endings();
  readers_.clear();
  content->scores = scores_.score(rows, begin, content->rows, wrong_);
  if (!wrong_.empty()) return wrong_;
  return BatchAnswers(std::move(content));
}

}  // namespace tutela::detail

namespace tutela::inline v0 {

BatchRun::BatchRun(BatchProgram const& program) : impl_(std::make_unique<detail::BatchRunImpl>(program.impl())) {}
BatchRun::BatchRun(BatchRun&& other) noexcept = default;
BatchRun& BatchRun::operator=(BatchRun&& other) noexcept = default;
BatchRun::~BatchRun() = default;

Result<BatchAnswers> BatchRun::decide(ArrowArray const& rows) { return impl_->decide(rows, 0, std::nullopt); }

Result<Record> BatchProgram::facts(ArrowArray const& rows, std::size_t row) const
{
  if (rows.release == nullptr) throw ContractViolation("the array was released");
  if (rows.length < 0 || row >= static_cast<std::size_t>(rows.length)) throw ContractViolation("there is no such row");
  std::vector<Diagnostic> wrong;
  auto columns = impl_->columns;
  for (auto const& column : impl_->scores.columns())
    if (std::none_of(columns.begin(), columns.end(),
                     [&](detail::FactColumn const& other) { return other.rule.fact == column.rule.fact; }))
      columns.push_back(column);
  auto readers = detail::readers_of(columns, rows, wrong);
  RecordBuilder builder;
  for (std::size_t i = 0; wrong.empty() && i < readers.size(); ++i) {
    auto problem = readers[i].start();
    auto value = problem ? std::nullopt : readers[i].value(row, problem);
    if (problem)
      wrong.push_back(detail::unreadable(columns[i], *std::move(problem)));
    else
      detail::put_fact(builder, columns[i], std::move(value));
  }
  if (!wrong.empty()) return wrong;
  return std::move(builder).build();
}

Pack const& BatchProgram::pack() const& noexcept { return impl_->pack; }
std::optional<Date> BatchProgram::on() const noexcept { return impl_->on; }

DecideOptions BatchProgram::decide_options() const
{
  auto options = impl_->decide_options;
  options.reasons = true;
  return options;
}

Result<BatchAnswers> BatchRun::decide(ArrowArray const& rows, std::size_t first, std::size_t count)
{
  return impl_->decide(rows, first, count);
}

}  // namespace tutela::inline v0
