// SPDX-License-Identifier: Apache-2.0
/// \file
/// A program over one array after the other.
#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <optional>
#include <utility>

#include <tutela/rules/session.hpp>

#include "columns/batch_content.hpp"
#include "columns/calculated_answers.hpp"
#include "columns/column_match.hpp"
#include "columns/exact_routine.hpp"
#include "columns/joint_lane.hpp"
#include "columns/row_memory.hpp"
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
    for (auto const& decision : program_->decisions) {
      exact_.emplace_back(*program_, decision);
      calculated_.emplace_back(decision);
    }
    for (std::size_t i = 0; i < ranks_.size(); ++i)
      if (program_->lanes[i].joint) joint_.emplace_back(i, JointLane(*program_, program_->lanes[i]));
    known_.resize(exact_.size(), RowMemory<RowAnswer>(program_->options.limits.region_codes));
    known_computed_ = known_;
    amount_memory_.resize(exact_.size());
    computed_rows_.resize(exact_.size());
    for (std::size_t i = 0; i < program_->columns.size(); ++i) all_columns_.push_back(i);
    for (std::size_t i = 0; i < program_->decisions.size(); ++i)
      prepared_.emplace_back(program_->pack, program_->paths[i].decision, program_->on, program_->decide_options);
    for (auto const& column : program_->columns) slots_.push_back(session_.slot(column.declaration));
    for (std::size_t i = 0; i < ranks_.size(); ++i) {
      ranks_[i].ranks.fill(program_->lanes[i].null_rank());
      ranks_[i].valid.fill(0);
      ranks_[i].values.fill(0);
    }
    model_.resize(program_->decisions.size());
    wired_.resize(program_->decisions.size());
    for (std::size_t i = 0; i < wired_.size(); ++i)
      if (program_->decisions[i].plan != nullptr) wire(i);
  }

  Result<BatchAnswers> decide(ArrowArray const& rows, std::size_t begin, std::optional<std::size_t> count);

 private:
  bool open(ArrowArray const& rows);
  bool read(std::size_t first, std::size_t count);
  bool read_joint(std::size_t first, std::size_t count);
  /// What the scalar engine answers: the number of an ending, and where that is counted the count.
  struct RowAnswer {
    std::uint32_t ending = 0;
    AmountCount amount = 0;
    bool beyond = false;  ///< There is an amount that has no count.
  };

  /// A decision with the addresses of all that its endings are written from, which stay the same from batch to batch.
  struct Wired {
    std::vector<RowWord const*> undecided;
    std::vector<RowWord const*> codes;
    std::vector<RowWord const*> numbers;
    std::vector<RowWord*> endings;
    std::vector<RowWord const*> evaluated;  ///< Rows whose joint inputs no formula has answered.
    SettledRails rails{};
  };

  void wire(std::size_t index);
  bool write_settled(std::size_t index, DecisionAnswers& answers, std::size_t first, std::size_t count);
  void rank(std::size_t index, std::size_t first, std::size_t count);
  void settle(std::size_t index, BatchContent& content, std::size_t first, std::size_t count);
  bool ask_model(BatchContent& content, std::size_t first, std::size_t count);
  void count_known(BatchContent& content, std::size_t first, std::size_t count) const;
  void finish_amounts(std::size_t index, DecisionAnswers& answers, std::size_t first, std::size_t count);
  void find_computed(std::size_t index, std::size_t words);
  [[nodiscard]] ColumnAnswer const& computed(std::size_t index, std::size_t place) const;
  bool find_computed_key(std::size_t index, std::size_t row, std::size_t place);
  bool ask_model(std::size_t index, DecisionAnswers& answers, std::size_t row, std::size_t place);
  bool fill(std::size_t row, std::vector<std::size_t> const& columns);
  RowAnswer answer(std::size_t index, std::optional<std::size_t> rule);
  [[nodiscard]] bool is_absent(std::size_t row, std::string const& fact) const;
  void report(FactColumn const& column, ValueProblem problem);

  std::shared_ptr<ColumnProgram const> program_;
  TableRun tables_;
  std::vector<LaneRanks> ranks_;
  std::vector<ExactRoutine> exact_;
  std::vector<CalculatedAnswers> calculated_;
  Session session_;
  std::vector<PreparedDecision> prepared_;
  std::vector<Slot> slots_;
  ScoreRun scores_;
  std::vector<ColumnReader> readers_;  ///< One for each column, for one array.
  BatchBits rows_{};                   ///< Those of the batch.
  BatchBits left_{};                   ///< Those that a decision has just left without an ending.
  std::vector<Wired> wired_;           ///< Of each decision.
  PlaneMemory memory_;
  bool has_model_ = false;        ///< Whether there are rows of the next ones.
  std::vector<BatchBits> model_;  ///< For each decision the rows that only the scalar engine can answer.
  std::vector<std::pair<std::size_t, JointLane>> joint_;  ///< With the places of the lanes.
  std::vector<std::size_t> all_columns_;
  std::size_t begin_ = 0;                    ///< The row of the array that is the first of the content.
  std::optional<std::size_t> filled_;        ///< The row whose facts the session has.
  std::vector<BatchBits> computed_rows_;     ///< For each decision those whose answer is computed.
  std::vector<PlaneMemory> amount_memory_;   ///< Of each decision, for its counts.
  std::vector<RowMemory<RowAnswer>> known_;  ///< For each decision what the scalar engine has answered, by all facts;
  std::vector<RowMemory<RowAnswer>> known_computed_;  ///< and computed answers, by the answer and its facts.
  std::string key_;
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
    if (auto problem = readers_[*lane.column].read(first, count, tables_.conditions(i), ranks_[i]))
      report(program_->columns[*lane.column], *std::move(problem));
  }
  return wrong_.empty();
}

/// Evaluates the joint inputs, each once for each combination of the values that it rests on.
bool BatchRunImpl::read_joint(std::size_t first, std::size_t count)
{
  filled_.reset();
  for (auto& [lane, joint] : joint_) {
    auto const place = *program_->lanes[lane].joint;
    auto const& asked = program_->day->joint[place];
    JointLane::Evaluation const evaluation{
        [&](std::size_t row) -> std::optional<Value> {
          if (!fill(row, program_->joint_columns[place])) return std::nullopt;
          return session_.tested(prepared_.front(), asked);
        },
        [&](std::size_t column, Value value) {
          session_.clear();
          session_.set(slots_[column], std::move(value));
          return session_.tested(prepared_.front(), asked);
        },
        [&](std::size_t row, std::string const& fact) { return is_absent(row, fact); }};
    if (!joint.read(readers_, first, count, ranks_[lane], evaluation)) return false;
  }
  return true;
}

void BatchRunImpl::wire(std::size_t index)
{
  auto const& decision = program_->decisions[index];
  auto const& table = tables_.table(decision.table);
  auto& wired = wired_[index];
  if (!program_->tables[decision.table].sources.empty()) wired.undecided.push_back(table.doubt.data());
  for (auto const atom : decision.irregular) wired.undecided.push_back(tables_.atom(atom).possible.data());
  if (!decision.computed.empty()) wired.undecided.push_back(computed_rows_[index].data());
  for (auto const& [lane, joint] : joint_)
    if (std::find(decision.lanes.begin(), decision.lanes.end(), lane) != decision.lanes.end())
      wired.evaluated.push_back(joint.left());
  wired.codes = addresses_of(table.answers);
  wired.numbers = addresses_of(table.rules);
  auto& rails = wired.rails;
  rails.rows = rows_.data();
  rails.undecided = wired.undecided.data();
  rails.undecided_count = wired.undecided.size();
  rails.settled = table.settled.data();
  // With rules the numbers of answers begin behind those of the rules, at a power of two.
  rails.single = program_->options.rules ? table.single.data() : nullptr;
  rails.other_ending = decision.as_bits ? known_bit : program_->options.rules ? decision.first_answer : 0;
  rails.other_answers = decision.as_bits && *decision.answers[0].as_boolean() ? value_bit : 0;
  rails.leave_open = decision.reads_once && !program_->options.missing;
  rails.open_ending = decision.open_ending;
  rails.answers = wired.codes.data();
  rails.answer_planes = wired.codes.size();
  rails.numbers = wired.numbers.data();
  rails.number_planes = wired.numbers.size();
  rails.left = left_.data();
}

/// Writes what the rails settle. \return Whether they leave rows to the exact routine.
bool BatchRunImpl::write_settled(std::size_t index, DecisionAnswers& answers, std::size_t first, std::size_t count)
{
  CalculatedAnswers::Rows const rows{begin_ + first, first, count};
  if (!program_->decisions[index].computed.empty()) {
    find_computed(index, words_for(count));
    calculated_[index].run(readers_, tables_.table(program_->decisions[index].table).answers, rows,
                           computed_rows_[index], answers);
  }
  auto& wired = wired_[index];
  wired.endings.clear();
  for (std::size_t plane = 0; plane < answers.planes.planes(); ++plane)
    wired.endings.push_back(answers.planes.plane(plane).get() + first / rows_in_word);
  wired.rails.endings = wired.endings.data();
  wired.rails.ending_planes = wired.endings.size();
  bool const any_left = kernels().settle(wired.rails, words_for(count));
  if (any_left) calculated_[index].write_truths(exact_[index], rows, left_, answers);
  return any_left;
}

/// Finds the ranks that the exact routine asks for and reading has passed over.
void BatchRunImpl::rank(std::size_t index, std::size_t first, std::size_t count)
{
  for (auto const lane : program_->decisions[index].lanes)
    if (!ranks_[lane].ranked) readers_[*program_->lanes[lane].column].rank(begin_ + first, count, ranks_[lane]);
}

/// Finds the rows in which a rule is certain whose answer is computed.
void BatchRunImpl::find_computed(std::size_t index, std::size_t words)
{
  auto const& decision = program_->decisions[index];
  auto const& table = tables_.table(decision.table);
  auto& rows = computed_rows_[index];
  auto const codes = addresses_of(table.answers);
  std::vector<std::uint32_t> numbers(decision.computed.size());
  std::iota(numbers.begin(), numbers.end(), decision.first_computed);
  kernels().among(codes.data(), codes.size(), numbers.data(), numbers.size(), words, rows.data());
  bool const doubtful = !program_->tables[decision.table].sources.empty();
  for (std::size_t word = 0; word < words; ++word) {
    rows[word] &= table.settled[word] & (doubtful ? ~table.doubt[word] : ~RowWord{0});
    for (auto const atom : decision.irregular) rows[word] &= ~tables_.atom(atom).possible[word];
  }
}

/// The answer of a row that is computed.
ColumnAnswer const& BatchRunImpl::computed(std::size_t index, std::size_t place) const
{
  auto const& decision = program_->decisions[index];
  auto const& planes = tables_.table(decision.table).answers;
  std::size_t code = 0;
  for (std::size_t plane = 0; plane < planes.size(); ++plane)
    code |= static_cast<std::size_t>(planes[plane][place / rows_in_word] >> place % rows_in_word & 1U) << plane;
  return decision.computed[code - decision.first_computed];
}

/// Finds the key of a computed answer: which one it is, and the values of its facts.
bool BatchRunImpl::find_computed_key(std::size_t index, std::size_t row, std::size_t place)
{
  auto const& answer = computed(index, place);
  if (!find_row_key(readers_, answer.columns, begin_ + row, key_)) return false;
  key_ += std::to_string(answer.rule);
  return true;
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
    has_model_ = true;
    return;
  }
  std::fill_n(model.begin(), words, 0);
  for (std::size_t word = 0; word < words && !wired_[index].evaluated.empty(); ++word) {
    RowWord any = 0;
    for (auto const* left : wired_[index].evaluated) any |= left[word];
    answers.shares.evaluated += static_cast<std::size_t>(std::popcount(any));
  }
  if (!write_settled(index, answers, first, count)) return;
  rank(index, first, count);
  bool const has_computed = !program_->decisions[index].computed.empty();
  for (std::size_t word = 0; word < words; ++word) {
    for (auto left = left_[word]; left != 0; left &= left - 1) {
      auto const row = word * rows_in_word + static_cast<std::size_t>(std::countr_zero(left));
      auto const bit = left & (~left + 1);
      if (has_computed && (computed_rows_[index][word] & bit) != 0) {
        model[word] |= bit;
        has_model_ = true;
        continue;
      }
      bool fresh = false;
      auto const ending = exact_[index].ending(ranks_, row, fresh);
      answers.shares.regions += fresh ? 1 : 0;
      if (ending == by_model) {
        model[word] |= bit;
        has_model_ = true;
        continue;
      }
      answers.planes.set(first + row, ending);
      ++answers.shares.exact;
    }
  }
}

/// Gives facts of a row to the scalar engine.
bool BatchRunImpl::fill(std::size_t row, std::vector<std::size_t> const& columns)
{
  session_.clear();
  for (auto const i : columns) {
    std::optional<ValueProblem> problem;
    auto value = readers_[i].value(row, problem);
    if (problem) {
      report(program_->columns[i], *std::move(problem));
      return false;
    }
    if (!value) value = readers_[i].null_value();
    if (value) session_.set(slots_[i], *std::move(value));
  }
  return true;
}

/// True where a row has nothing of a fact, but perhaps that it cannot be known.
bool BatchRunImpl::is_absent(std::size_t row, std::string const& fact) const
{
  auto const& declarations = program_->pack.impl().schema.declarations();
  for (std::size_t i = 0; i < readers_.size(); ++i) {
    if (declarations[program_->columns[i].declaration].name != fact) continue;
    std::optional<ValueProblem> problem;
    auto const value = readers_[i].value(row, problem);
    return !value && !problem && program_->columns[i].rule.nulls != NullMeaning::none;
  }
  return program_->pack.schema().find(fact) != nullptr;
}

/// What the scalar engine says for the facts of its session. \param rule Of a known answer.
BatchRunImpl::RowAnswer BatchRunImpl::answer(std::size_t index, std::optional<std::size_t> rule)
{
  auto& exact = exact_[index];
  auto const bare = session_.decide(prepared_[index]);
  auto const& decision = program_->decisions[index];
  if (decision.has_beyond(bare.outcome(), bare.value()))
    return {exact.number_of(Outcome::error, Value(), {}, {}), 0, true};
  if (bare.outcome() == Outcome::known) {
    auto const amount = decision.amounts ? decision.amounts->count(bare.value()) : std::nullopt;
    if (amount) return {exact.number_of_counted(rule), *amount};
    return {exact.number_of(Outcome::known, bare.value(), {}, {}, rule)};
  }
  auto verdict = session_.verdict(prepared_[index]);
  return {exact.number_of(verdict.outcome, verdict.value, std::move(verdict.missing), std::move(verdict.uncertain))};
}

/// Answers a row by the scalar engine, unless it has answered one with the same facts.
/// \param row Of the content. \param place Of the row in the batch.
bool BatchRunImpl::ask_model(std::size_t index, DecisionAnswers& answers, std::size_t row, std::size_t place)
{
  auto const& decision = program_->decisions[index];
  bool const is_computed =
      !decision.computed.empty() && (computed_rows_[index][place / rows_in_word] >> place % rows_in_word & 1U) != 0;
  // What is computed from all facts needs no memory of its own, which could keep only what is known.
  bool const by_answer = is_computed && computed(index, place).columns != decision.read;
  auto& memory = by_answer ? known_computed_[index] : known_[index];
  bool const has_key = memory.keeps() && (by_answer ? find_computed_key(index, row, place)
                                                    : find_row_key(readers_, decision.read, begin_ + row, key_));
  auto const put = [&](RowAnswer const& found) {
    answers.planes.set(row, found.ending);
    if (answers.amounts) answers.amounts->put(row, found.amount);
    answers.shares.beyond += found.beyond ? 1 : 0;
  };
  if (auto const* known = has_key ? memory.find(key_) : nullptr) {
    put(*known);
    ++answers.shares.repeated;
    return true;
  }
  if (filled_ != row && !fill(begin_ + row, all_columns_)) return false;
  filled_ = row;
  ++answers.shares.by_model;
  std::optional<std::size_t> rule;
  if (is_computed && program_->options.rules) rule = computed(index, place).rule;
  auto const found = answer(index, rule);
  put(found);
  // What is missing may rest on more than the facts that an answer is computed from.
  bool const known = exact_[index].ending(found.ending).outcome == Outcome::known;
  if (has_key && (!by_answer || known)) memory.keep(key_, found);
  return true;
}

/// Writes the counts of the answers that are not counted row by row, and says which rows have one.
void BatchRunImpl::finish_amounts(std::size_t index, DecisionAnswers& answers, std::size_t first, std::size_t count)
{
  if (!answers.amounts) return;
  auto const& exact = exact_[index];
  std::array<std::uint32_t, rows_in_word> numbers{};
  for (std::size_t word = 0; word < words_for(count); ++word) {
    RowWord known = 0;
    auto const begin = word * rows_in_word;
    auto const in_word = begin < count ? std::min(rows_in_word, count - begin) : 0;
    if (in_word != 0) answers.planes.numbers((first + begin) / rows_in_word, numbers.data());
    for (std::size_t i = 0; i < in_word; ++i) {
      auto const& ending = exact.ending(numbers[i]);
      known |= RowWord{ending.counted || ending.amount} << i;
      if (!ending.counted) answers.amounts->put(first + begin + i, ending.amount.value_or(0));
    }
    answers.amounts->know(first / rows_in_word + word, known);
  }
}

/// Counts the answers of a batch while they are in the cache.
void BatchRunImpl::count_known(BatchContent& content, std::size_t first, std::size_t count) const
{
  for (std::size_t i = 0; i < content.decisions.size(); ++i) {
    if (!program_->decisions[i].as_bits) continue;
    auto& answers = content.decisions[i];
    auto const* known = answers.planes.plane(std::countr_zero(known_bit)).get() + first / rows_in_word;
    answers.known += kernels().count_bits(known, words_for(count));
  }
}

/// Asks the scalar engine for the rows that are left.
bool BatchRunImpl::ask_model(BatchContent& content, std::size_t first, std::size_t count)
{
  if (!has_model_) return true;
  has_model_ = false;
  filled_.reset();
  for (std::size_t word = 0; word * rows_in_word < count; ++word) {
    RowWord any = 0;
    for (auto const& each : model_) any |= each[word];
    for (; any != 0; any &= any - 1) {
      auto const place = word * rows_in_word + static_cast<std::size_t>(std::countr_zero(any));
      for (std::size_t i = 0; i < model_.size(); ++i)
        if ((model_[i][word] >> place % rows_in_word & 1U) != 0 &&
            !ask_model(i, content.decisions[i], first + place, place))
          return false;
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
  begin_ = begin;
  if (!open(rows)) return wrong_;
  memory_.begin(words_for(content->rows));
  for (auto const& decision : program_->decisions) {
    auto& answers = content->decisions.emplace_back(EndingPlanes(content->rows, memory_));
    if (decision.plan != nullptr) answers.planes.reserve(decision.as_bits ? known_bit : decision.open_ending);
    if (!decision.amounts) continue;
    auto& counts = amount_memory_[content->decisions.size() - 1];
    counts.begin(AmountColumn::words_of(*decision.amounts, content->rows));
    answers.amounts.emplace(*decision.amounts, memory_.take(), counts.take());
  }
  for (std::size_t first = 0; first < content->rows; first += batch_rows) {
    auto const in_batch = std::min(batch_rows, content->rows - first);
    if (!read(begin + first, in_batch) || !read_joint(begin + first, in_batch)) return wrong_;
    for (std::size_t word = 0; word < batch_words; ++word)
      rows_[word] = word * rows_in_word < in_batch ? rows_of(word, in_batch) : 0;
    tables_.run(ranks_, words_for(in_batch));
    for (std::size_t i = 0; i < program_->decisions.size(); ++i) settle(i, *content, first, in_batch);
    if (!ask_model(*content, first, in_batch)) return wrong_;
    count_known(*content, first, in_batch);
    for (std::size_t i = 0; i < exact_.size(); ++i) finish_amounts(i, content->decisions[i], first, in_batch);
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
    if (!value && !problem) value = readers[i].null_value();
    if (problem)
      wrong.push_back(detail::unreadable(columns[i], *std::move(problem)));
    else if (value)
      builder.set(columns[i].rule.fact, *std::move(value));
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
