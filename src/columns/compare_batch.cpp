// SPDX-License-Identifier: Apache-2.0
/// \file
/// A reform over a table: what two packs, or one pack on two days, answer to the same rows.
#include <tutela/columns/compare_batch.hpp>

#include <algorithm>
#include <deque>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "columns/answer_changes.hpp"
#include "columns/answer_type.hpp"
#include "columns/batch_content.hpp"
#include "columns/row_memory.hpp"
#include "columns/shared_run.hpp"
#include "columns/table_stream.hpp"

namespace tutela::detail {
namespace {

/// The groups that rows belong to.
class Groups {
 public:
  Groups(ArrowSchema const& schema, CompareBatchOptions const& options)
      : most_(options.groups), of_bytes_(options.groups), of_packed_(options.groups)
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
    for (std::size_t i = 0; i < columns_.size(); ++i) all_.push_back(i);
    if (columns_.empty()) names_.emplace_back();
  }

  [[nodiscard]] std::vector<Diagnostic> const& wrong() const { return wrong_; }
  [[nodiscard]] std::vector<std::vector<std::optional<std::string>>> const& names() const { return names_; }

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
    for (std::size_t first = 0; first < of_row_.size(); first += batch_rows)
      if (!read(readers, first, std::min(batch_rows, of_row_.size() - first))) return false;
    return true;
  }

  [[nodiscard]] std::vector<std::uint32_t> const& of_row() const { return of_row_; }

 private:
  bool read(std::vector<ColumnReader> const& readers, std::size_t first, std::size_t count)
  {
    find_packed_keys(readers, all_, first, count, packed_);
    for (std::size_t i = 0; i < count; ++i) {
      auto const row = first + i;
      bool const readable = packed_.empty() && find_row_key(readers, all_, row, bytes_);
      auto const* seen = readable ? of_bytes_.find(bytes_) : packed_.empty() ? nullptr : of_packed_.find(packed_[i]);
      auto const group = seen != nullptr ? std::optional(*seen) : group_of(readers, row);
      if (!group) return false;
      of_row_[row] = *group;
      if (seen == nullptr && readable) of_bytes_.keep(bytes_, *group);
      if (seen == nullptr && !packed_.empty()) of_packed_.keep(packed_[i], *group);
    }
    return true;
  }

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
  // The groups of rows seen before, by the bytes of their columns, or by numbers that tell those apart.
  RowMemory<std::uint32_t> of_bytes_;
  PackedMemory<std::uint32_t> of_packed_;
  std::string bytes_;
  std::vector<PackedKey> packed_;
  std::vector<std::size_t> all_;  ///< Places of the columns.
  std::vector<std::vector<std::optional<std::string>>> names_;
  std::vector<std::uint32_t> of_row_;
  FactLine line_;  ///< Of no fact.
  std::vector<Diagnostic> wrong_;
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

/// Adds findings that are not there yet: both sides read the same table.
void add_findings(std::vector<Diagnostic> const& more, std::vector<Diagnostic>& found)
{
  for (auto const& one : more)
    if (std::find(found.begin(), found.end(), one) == found.end()) found.push_back(one);
}

/// One decision: the answers of both sides and what becomes of the rows.
struct ComparedDecision {
  SideAnswers before;
  SideAnswers after;
  ChangeCounter counter;

  ComparedDecision(SideAnswers first, SideAnswers second, std::size_t examples)
      : before(std::move(first)), after(std::move(second)), counter(before, after, examples)
  {
  }
  ComparedDecision(ComparedDecision const&) = delete;  // the counter knows where the answers are
  ComparedDecision& operator=(ComparedDecision const&) = delete;
  ~ComparedDecision() = default;
};

/// How one side counts amounts, at the scale of both.
std::optional<AmountForm> form_of(AnswerType own, AnswerType other)
{
  if (own.kind == Kind::date) return AmountForm(Kind::date, 0);
  if (own.kind != Kind::number) return std::nullopt;
  return AmountForm(Kind::number, other.kind == Kind::number ? std::max(own.scale, other.scale) : own.scale);
}

/// Both sides over one array after the other.
class TableComparison {
 public:
  TableComparison(BatchProgram const& before, BatchProgram const& after, Groups& groups,
                  CompareBatchOptions const& options)
      : before_(before, options.batch.threads), after_(after, options.batch.threads), groups_(groups)
  {
    auto const& left = *before.impl();
    auto const& right = *after.impl();
    for (std::size_t i = 0; i < left.decisions.size(); ++i) {
      auto const was = answer_type(left, i);
      auto const is = answer_type(right, i);
      bool const merged = left.decisions[i].amounts || right.decisions[i].amounts;
      decisions_.emplace_back(SideAnswers(form_of(was, is), merged), SideAnswers(form_of(is, was), merged),
                              options.examples);
      for (auto const& type : {was, is})
        if (type.kind == Kind::number) scale_ = std::max(scale_, type.scale);
    }
  }

  /// Adds an array. \param first Number of its first row. \return What is wrong with it.
  std::vector<Diagnostic> add(ArrowArray const& rows, std::size_t first)
  {
    auto const left = before_.decide(rows);
    if (!left) return left.diagnostics();
    auto const right = after_.decide(rows);
    if (!right) return right.diagnostics();
    if (!groups_.read(rows)) return groups_.wrong();
    std::size_t row = 0;
    for (std::size_t part = 0; part < left->size(); ++part) {
      add((*left)[part].content(), (*right)[part].content(), row, first + row);
      row += (*left)[part].rows();
    }
    return {};
  }

  [[nodiscard]] int scale() const { return scale_; }

  [[nodiscard]] std::vector<ComparedRows> lines() const
  {
    std::vector<ComparedRows> all;
    std::size_t decision = 0;
    for (auto const& each : decisions_) {
      auto lines = each.counter.lines(decision++, groups_.names());
      std::move(lines.begin(), lines.end(), std::back_inserter(all));
    }
    return all;
  }

 private:
  void add(BatchContent const& left, BatchContent const& right, std::size_t row, std::size_t first)
  {
    std::size_t decision = 0;
    for (auto& each : decisions_) {
      SideRows before(left.decisions[decision], each.before);
      SideRows after(right.decisions[decision], each.after);
      each.counter.add(before, after, groups_.of_row().data() + row, left.rows, first);
      ++decision;
    }
  }

  SharedRun before_;
  SharedRun after_;
  Groups& groups_;
  std::deque<ComparedDecision> decisions_;
  int scale_ = 0;
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
  auto const new_program =
      BatchProgram::compile(after.pack, schema.content, after.on, options_of(after, before, options, made.decisions));
  Groups groups(schema.content, options);
  std::vector<Diagnostic> wrong;
  if (!old_program) add_findings(old_program.diagnostics(), wrong);
  if (!new_program) add_findings(new_program.diagnostics(), wrong);
  add_findings(groups.wrong(), wrong);
  if (!wrong.empty()) return wrong;
  add_findings(old_program->misspelt_columns(), made.misspelt_columns);
  add_findings(new_program->misspelt_columns(), made.misspelt_columns);
  TableComparison comparison(*old_program, *new_program, groups, options);
  for (Held<ArrowArray> rows;; rows.release()) {
    if (table.get_next(&table, &rows.content) != 0) return reading.broken();
    if (rows.content.release == nullptr) break;
    if (wrong = comparison.add(rows.content, made.rows); !wrong.empty()) return wrong;
    made.rows += static_cast<std::size_t>(rows.content.length);
  }
  made.scale = comparison.scale();
  made.lines = comparison.lines();
  return made;
}

}  // namespace tutela::inline v0
