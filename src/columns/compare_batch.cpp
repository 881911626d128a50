// SPDX-License-Identifier: Apache-2.0
/// \file
/// A reform over a table: what two packs, or one pack on two days, answer to the same rows.
#include <tutela/columns/compare_batch.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "columns/batch_content.hpp"
#include "columns/shared_run.hpp"
#include "columns/table_stream.hpp"

namespace tutela::detail {
namespace {

/// An answer that rows have.
struct SideAnswer {
  Outcome outcome = Outcome::known;
  Value value;
};

AnswerChange change_between(SideAnswer const& before, SideAnswer const& after)
{
  bool const knew = before.outcome == Outcome::known;
  bool const knows = after.outcome == Outcome::known;
  if (knew != knows) return knows ? AnswerChange::becomes_known : AnswerChange::becomes_unknown;
  if (before.outcome == after.outcome && (!knew || before.value == after.value)) return AnswerChange::same;
  if (!knew) return AnswerChange::differs;
  auto const amount = [](Value const& value) -> std::optional<Decimal> {
    if (auto const* boolean = value.as_boolean()) return Decimal(*boolean ? 1 : 0);
    if (auto const* number = value.as_number()) return *number;
    return std::nullopt;
  };
  auto const had = amount(before.value);
  auto const has = amount(after.value);
  // False and none both grant nothing, but they are not the same.
  if (had && has && before.value.kind() == after.value.kind())
    return *had < *has ? AnswerChange::gains : AnswerChange::loses;
  bool const granted = had && (before.value.is(Kind::number) || *had == Decimal(1));
  bool const grants = has && (after.value.is(Kind::number) || *has == Decimal(1));
  if (before.value.is_none() && grants) return AnswerChange::gains;
  if (after.value.is_none() && granted) return AnswerChange::loses;
  return AnswerChange::differs;
}

/// One side: its run, and its answers under numbers that stay the same over all arrays.
class Side {
 public:
  Side(BatchProgram const& program, std::size_t threads)
      : program_(program), run_(program, threads), ids_(program.decisions().size()), answers_(ids_.size())
  {
  }

  [[nodiscard]] Result<std::vector<BatchAnswers>> decide(ArrowArray const& rows) { return run_.decide(rows); }

  /// For each ending of a decision in some answers the number of its answer.
  std::vector<std::uint32_t> const& numbers(std::size_t decision, BatchContent const& content)
  {
    scratch_.clear();
    for (auto const& ending : *content.decisions[decision].endings) {
      auto key = std::pair(ending.outcome, to_string(ending.value));
      auto const next = static_cast<std::uint32_t>(answers_[decision].size());
      auto const [found, fresh] = ids_[decision].emplace(std::move(key), next);
      if (fresh) answers_[decision].push_back({ending.outcome, ending.value});
      scratch_.push_back(found->second);
    }
    return scratch_;
  }

  [[nodiscard]] SideAnswer const& answer(std::size_t decision, std::uint32_t number) const
  {
    return answers_[decision][number];
  }

 private:
  BatchProgram program_;
  SharedRun run_;
  std::vector<std::map<std::pair<Outcome, std::string>, std::uint32_t>> ids_;  ///< Of each decision.
  std::vector<std::vector<SideAnswer>> answers_;                               ///< Of each decision.
  std::vector<std::uint32_t> scratch_;
};

/// The groups that rows belong to.
class Groups {
 public:
  Groups(ArrowSchema const& schema, CompareBatchOptions const& options) : most_(options.groups)
  {
    auto const columns = columns_of(schema, options.batch.limits.nesting);
    for (auto const& name : options.by) {
      auto const found =
          std::find_if(columns.begin(), columns.end(), [&](TableColumn const& each) { return each.name == name; });
      std::string why;
      if (found == columns.end())
        why = "the table has no column '" + name + "' to make groups by";
      else if (!found->refused.empty())
        why = "the column '" + name + "' makes no groups: " + found->refused;
      else if (found->format->layout == Layout::float32 || found->format->layout == Layout::float64)
        why = "the column '" + name + "' makes no groups: it holds doubles";
      else if (is_list(found->format->layout))
        why = "the column '" + name + "' makes no groups: it holds lists";
      if (!why.empty())
        wrong_.push_back({found == columns.end() ? Code::missing_key : Code::wrong_type,
                          Severity::error,
                          {{}, 0, 0, "/" + name},
                          std::move(why),
                          {}});
      else
        columns_.push_back({*found, {}, 0});
    }
    if (columns_.empty()) names_.push_back({});
  }

  [[nodiscard]] std::vector<Diagnostic> const& wrong() const { return wrong_; }
  [[nodiscard]] std::vector<std::optional<std::string>> const& name(std::size_t group) const { return names_[group]; }

  /// The group of each row of an array; false when it cannot be told.
  bool read(ArrowArray const& rows)
  {
    of_row_.assign(static_cast<std::size_t>(rows.length), 0);
    if (columns_.empty()) return true;
    std::vector<ColumnReader> readers;
    for (auto const& column : columns_) {
      std::string problem;
      auto view = ColumnView::of(rows, column.column, problem);
      if (!view) return refuse(column, std::move(problem));
      readers.emplace_back(column, *std::move(view));
      if (auto broken = readers.back().start(nullptr, line_)) return refuse(column, broken->what);
    }
    std::string bytes;
    for (std::size_t row = 0; row < of_row_.size(); ++row) {
      bytes.clear();
      bool whole = true;
      for (auto const& reader : readers) whole = whole && reader.append_key(row, bytes);
      auto const seen = whole ? of_bytes_.find(bytes) : of_bytes_.end();
      if (seen != of_bytes_.end()) {
        of_row_[row] = seen->second;
        continue;
      }
      auto const group = group_of(readers, row);
      if (!group) return false;
      of_row_[row] = *group;
      if (whole) of_bytes_.emplace(bytes, *group);
    }
    return true;
  }

  [[nodiscard]] std::vector<std::uint32_t> const& of_row() const { return of_row_; }

 private:
  static std::string text_of(Value const& value)
  {
    auto const* text = value.as_string();
    return text != nullptr ? *text : to_string(value);
  }

  /// The group of a row by the texts of its values; nothing when it cannot be told.
  std::optional<std::uint32_t> group_of(std::vector<ColumnReader> const& readers, std::size_t row)
  {
    std::vector<std::optional<std::string>> key(columns_.size());
    for (std::size_t i = 0; i < readers.size(); ++i) {
      std::optional<ValueProblem> problem;
      auto const value = readers[i].value(row, problem);
      if (problem) {
        refuse(columns_[i], problem->what);
        return std::nullopt;
      }
      key[i] = value ? std::optional(text_of(*value)) : std::nullopt;
    }
    auto const [found, fresh] = ids_.emplace(key, static_cast<std::uint32_t>(names_.size()));
    if (fresh) names_.push_back(std::move(key));
    if (names_.size() <= most_) return found->second;
    refuse(columns_[0], "it makes more groups than asked for: the limit `groups`");
    return std::nullopt;
  }

  bool refuse(FactColumn const& column, std::string what)
  {
    wrong_.push_back({Code::wrong_type,
                      Severity::error,
                      {{}, 0, 0, "/" + column.column.name},
                      "the column '" + column.column.name + "' makes no groups: " + std::move(what),
                      {}});
    return false;
  }

  std::size_t most_;
  std::vector<FactColumn> columns_;
  std::map<std::vector<std::optional<std::string>>, std::uint32_t> ids_;
  std::unordered_map<std::string, std::uint32_t> of_bytes_;  ///< Of rows seen before, by the bytes of their columns.
  std::vector<std::vector<std::optional<std::string>>> names_;
  std::vector<std::uint32_t> of_row_;
  FactLine line_;  ///< Of no fact.
  std::vector<Diagnostic> wrong_;
};

/// Counts rows by decision, group and the two answers.
class Counter {
 public:
  Counter(std::size_t decisions, std::size_t examples) : examples_(examples), lines_(decisions), places_(decisions) {}

  /// \param first Number of the first row over all arrays. \param groups Of the rows of this part.
  void add(std::size_t decision, EndingPlanes const& before, std::vector<std::uint32_t> const& before_numbers,
           EndingPlanes const& after, std::vector<std::uint32_t> const& after_numbers, std::uint32_t const* groups,
           std::size_t rows, std::size_t first)
  {
    std::array<std::uint32_t, rows_in_word> left{};
    std::array<std::uint32_t, rows_in_word> right{};
    std::optional<Key> last;
    std::size_t place = 0;
    auto& lines = lines_[decision];
    for (std::size_t word = 0; word * rows_in_word < rows; ++word) {
      before.numbers(word, left.data());
      after.numbers(word, right.data());
      auto const count = std::min(rows_in_word, rows - word * rows_in_word);
      for (std::size_t i = 0; i < count; ++i) {
        auto const row = word * rows_in_word + i;
        Key const key{groups[row], before_numbers[left[i]], after_numbers[right[i]]};
        if (!last || !(key == *last)) {
          place = places_[decision].try_emplace(key, lines.size()).first->second;
          if (place == lines.size()) lines.push_back({key, 0, {}});
          last = key;
        }
        auto& line = lines[place];
        if (line.rows++ < examples_) line.examples.push_back(first + row);
      }
    }
  }

  struct Key {
    std::uint32_t group = 0;
    std::uint32_t before = 0;
    std::uint32_t after = 0;
    friend bool operator==(Key const&, Key const&) = default;
  };
  struct Line {
    Key key;
    std::size_t rows = 0;
    std::vector<std::size_t> examples;
  };

  /// The lines of a decision, each group's together, in the order in which rows first belonged to them.
  [[nodiscard]] std::vector<Line> lines(std::size_t decision) const
  {
    auto lines = lines_[decision];
    std::stable_sort(lines.begin(), lines.end(),
                     [](Line const& lhs, Line const& rhs) { return lhs.key.group < rhs.key.group; });
    return lines;
  }

 private:
  struct HashOfKey {
    std::size_t operator()(Key const& key) const noexcept
    {
      auto mixed =
          (std::uint64_t{key.group} << 32U ^ std::uint64_t{key.before} << 16U ^ key.after) * 0x9E37'79B9'7F4A'7C15U;
      return static_cast<std::size_t>(mixed ^ mixed >> 29U);
    }
  };

  std::size_t examples_;
  std::vector<std::vector<Line>> lines_;  ///< Of each decision.
  std::vector<std::unordered_map<Key, std::size_t, HashOfKey>> places_;
};

/// The decisions of both packs, or those asked for.
std::vector<std::string> decisions_of(BatchQuestion const& before, BatchQuestion const& after,
                                      std::vector<std::string> const& asked)
{
  if (!asked.empty()) return asked;
  std::set<std::string> names;
  for (auto const* side : {&before, &after})
    for (auto const& decision : side->pack.decisions()) names.insert(decision.name);
  return {names.begin(), names.end()};
}

/// What is asked of one side: `columns` speaks of the facts that its pack reads.
BatchOptions options_of(BatchQuestion const& side, BatchQuestion const& other, CompareBatchOptions const& options,
                        std::vector<std::string> const& decisions)
{
  auto made = options.batch;
  made.decisions = decisions;
  made.law_on = side.law_on;
  made.outcomes = made.rules = made.missing = false;
  std::erase_if(made.columns, [&](ColumnRule const& rule) {
    return side.pack.schema().find(rule.fact) == nullptr && other.pack.schema().find(rule.fact) != nullptr;
  });
  return made;
}

/// The rows of one array.
class ArrayComparison {
 public:
  ArrayComparison(Side& before, Side& after, Groups& groups, Counter& counter)
      : before_(before), after_(after), groups_(groups), counter_(counter)
  {
  }

  /// \return What is wrong with the array.
  std::vector<Diagnostic> run(ArrowArray const& rows, std::size_t first)
  {
    auto const left = before_.decide(rows);
    if (!left) return left.diagnostics();
    auto const right = after_.decide(rows);
    if (!right) return right.diagnostics();
    if (!groups_.read(rows)) return groups_.wrong();
    std::size_t row = 0;
    for (std::size_t part = 0; part < left->size(); ++part) {
      add((*left)[part], (*right)[part], row, first + row);
      row += (*left)[part].rows();
    }
    return {};
  }

 private:
  void add(BatchAnswers const& left, BatchAnswers const& right, std::size_t row, std::size_t first)
  {
    auto const& before = left.content();
    auto const& after = right.content();
    for (std::size_t i = 0; i < before.decisions.size(); ++i)
      counter_.add(i, before.decisions[i].planes, before_.numbers(i, before), after.decisions[i].planes,
                   after_.numbers(i, after), groups_.of_row().data() + row, left.rows(), first);
  }

  Side& before_;
  Side& after_;
  Groups& groups_;
  Counter& counter_;
};

}  // namespace
}  // namespace tutela::detail

namespace tutela::inline v0 {

std::string_view to_string(AnswerChange change) noexcept
{
  switch (change) {
    case AnswerChange::same: return "same";
    case AnswerChange::gains: return "gains";
    case AnswerChange::loses: return "loses";
    case AnswerChange::differs: return "differs";
    case AnswerChange::becomes_known: return "becomes_known";
    case AnswerChange::becomes_unknown: return "becomes_unknown";
  }
  return {};
}

Result<BatchComparison> compare_batch(BatchQuestion const& before, BatchQuestion const& after, ArrowArrayStream& table,
                                      CompareBatchOptions const& options)
{
  using namespace detail;
  if (table.release == nullptr) throw ContractViolation("the stream was released");
  if (!options.batch.instruments.empty())
    throw ContractViolation("decisions are compared: a comparison takes no instruments");
  Reading const reading(table);
  Held<ArrowSchema> schema;
  if (table.get_schema(&table, &schema.content) != 0) return reading.broken();
  BatchComparison made;
  made.by = options.by;
  made.decisions = decisions_of(before, after, options.batch.decisions);
  auto const old_program =
      BatchProgram::compile(before.pack, schema.content, before.on, options_of(before, after, options, made.decisions));
  if (!old_program) return old_program.diagnostics();
  auto const new_program =
      BatchProgram::compile(after.pack, schema.content, after.on, options_of(after, before, options, made.decisions));
  if (!new_program) return new_program.diagnostics();
  Groups groups(schema.content, options);
  if (!groups.wrong().empty()) return groups.wrong();
  Side left(*old_program, options.batch.threads);
  Side right(*new_program, options.batch.threads);
  Counter counter(made.decisions.size(), options.examples);
  ArrayComparison comparison(left, right, groups, counter);
  for (Held<ArrowArray> rows;; rows.release()) {
    if (table.get_next(&table, &rows.content) != 0) return reading.broken();
    if (rows.content.release == nullptr) break;
    if (auto wrong = comparison.run(rows.content, made.rows); !wrong.empty()) return wrong;
    made.rows += static_cast<std::size_t>(rows.content.length);
  }
  for (std::size_t decision = 0; decision < made.decisions.size(); ++decision) {
    for (auto& line : counter.lines(decision)) {
      auto const& was = left.answer(decision, line.key.before);
      auto const& is = right.answer(decision, line.key.after);
      made.lines.push_back({decision, groups.name(line.key.group), change_between(was, is), was.outcome, was.value,
                            is.outcome, is.value, line.rows, std::move(line.examples)});
    }
  }
  return made;
}

}  // namespace tutela::inline v0
