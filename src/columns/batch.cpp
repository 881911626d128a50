// SPDX-License-Identifier: Apache-2.0
/// \file
/// The decisions of a pack for every row of a table.
#include <tutela/columns/batch.hpp>

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>
#include <string_view>
#include <utility>

#include <tutela/facts/misspelt.hpp>

#include "columns/batch_content.hpp"
#include "columns/column_match.hpp"
#include "columns/element_match.hpp"
#include "columns/program.hpp"

namespace tutela::detail {
namespace {

/// A table without facts: nobody gives one on purpose.
void add_no_facts(ColumnMatch& match, Schema const& schema)
{
  std::string const what = "no column of the table is a fact of the pack";
  std::string const mend = "name the columns as the facts";
  for (auto const& column : match.unread())
    if (auto const meant = nearest_fact(column, schema); !meant.empty())
      return match.add(Code::missing_key, column, what, mend + ": is " + meant + " meant?");
  match.add(Code::missing_key, {}, what, mend);
}

/// Finds the columns of the facts of pack and instruments. \return Everything that does not fit.
std::vector<Diagnostic> match_columns(ColumnProgram& program, ArrowSchema const& schema)
{
  ColumnMatch match(schema, program.options);
  std::vector<Schema const*> schemas{&program.pack.schema()};
  for (auto const& instrument : program.options.instruments) schemas.push_back(&instrument.schema());
  match.check_rules(schemas);
  auto const& declarations = program.pack.schema().declarations();
  for (std::size_t i = 0; i < declarations.size(); ++i)
    if (auto column = match.match(declarations[i], i, *program.pack.impl().model))
      program.columns.push_back(*std::move(column));
  if (!match.has_findings() && program.columns.empty()) add_no_facts(match, program.pack.schema());
  program.scores = ScorePart(match, program.on, program.options);
  program.unread_columns = match.unread();
  return std::move(match).take();
}

void name_decisions(ColumnProgram& program)
{
  auto asked = program.options.decisions;
  if (asked.empty())
    for (auto const& each : program.pack.decisions()) asked.push_back(each.name);
  auto const& pack = program.pack.impl();
  std::set<std::string> read;
  for (auto const& name : asked) {
    program.paths.push_back({name, false, {}});
    auto const place = pack.place_of(name);
    if (!place) continue;
    if (!pack.is_other_law(program.decide_options.jurisdiction)) pack.check_day(*place, program.on);
    read.insert(pack.decisions[*place].facts.begin(), pack.decisions[*place].facts.end());
  }
  std::set<std::string> without(program.scores.without_column().begin(), program.scores.without_column().end());
  std::copy_if(read.begin(), read.end(), std::inserter(without, without.end()), [&](std::string const& fact) {
    return std::none_of(program.columns.begin(), program.columns.end(), [&](FactColumn const& column) {
      return column.rule.fact == fact || holds_component(column, fact);
    });
  });
  program.without_column.assign(without.begin(), without.end());
  program.misspelt_columns = misspelt_names(program.unread_columns, program.without_column);
}

}  // namespace
}  // namespace tutela::detail

namespace tutela::inline v0 {

Result<BatchProgram> BatchProgram::compile(Pack const& pack, ArrowSchema const& schema, std::optional<Date> on,
                                           BatchOptions const& options)
{
  using namespace detail;
  if (schema.release == nullptr) throw ContractViolation("the schema was released");
  if (schema.format == nullptr || std::string_view(schema.format) != "+s")
    return Diagnostic{
        Code::wrong_type, Severity::error, {}, "the table is no struct of columns", "give a table or a record batch"};
  auto program = std::make_shared<ColumnProgram>(pack, on, options);
  program->decide_options.law_on = options.law_on;
  program->decide_options.jurisdiction = options.jurisdiction;
  program->decide_options.include_unverified = options.include_unverified;
  program->decide_options.limits = options.limits;
  program->decide_options.reasons = false;
  if (auto wrong = match_columns(*program, schema); !wrong.empty()) return wrong;
  name_decisions(*program);
  ColumnCompiler(*program).compile();
  return BatchProgram(std::shared_ptr<ColumnProgram const>(std::move(program)));
}

std::vector<DecisionPath> const& BatchProgram::decisions() const noexcept { return impl_->paths; }

std::vector<std::string> const& BatchProgram::facts_without_column() const noexcept { return impl_->without_column; }

std::vector<Diagnostic> const& BatchProgram::misspelt_columns() const noexcept { return impl_->misspelt_columns; }

namespace {

detail::Ending const& ending(detail::BatchContent const& content, std::size_t decision, std::size_t row)
{
  if (decision >= content.decisions.size() || row >= content.rows)
    throw ContractViolation("there is no such decision or row");
  auto const& answers = content.decisions[decision];
  return (*answers.endings)[answers.planes.number(row)];
}

}  // namespace

namespace {

detail::Ending const& detailed(detail::BatchContent const& content, std::size_t decision, std::size_t row)
{
  if (!content.program->options.missing) throw ContractViolation("the missing facts were not asked for");
  return ending(content, decision, row);
}

}  // namespace

std::size_t BatchAnswers::rows() const noexcept { return content_->rows; }
std::vector<DecisionPath> const& BatchAnswers::decisions() const noexcept { return content_->program->paths; }

Outcome BatchAnswers::outcome(std::size_t decision, std::size_t row) const
{
  return ending(*content_, decision, row).outcome;
}

Value BatchAnswers::value(std::size_t decision, std::size_t row) const
{
  auto const& found = ending(*content_, decision, row);
  return found.counted ? content_->decisions[decision].amounts->value(row) : found.value;
}

std::vector<std::string> const& BatchAnswers::missing(std::size_t decision, std::size_t row) const
{
  return detailed(*content_, decision, row).missing;
}

std::vector<std::string> const& BatchAnswers::uncertain(std::size_t decision, std::size_t row) const
{
  return detailed(*content_, decision, row).uncertain;
}

std::optional<std::size_t> BatchAnswers::rule(std::size_t decision, std::size_t row) const
{
  if (!content_->program->options.rules) throw ContractViolation("the rules were not asked for");
  return ending(*content_, decision, row).rule;
}

RowScore row_score(Score const& score)
{
  auto note = detail::note_of(remark_on(score));
  RowScore row;
  row.state = score.state;
  constexpr auto none = std::numeric_limits<double>::quiet_NaN();
  bool const has_number = score.state == ScoreState::known || score.state == ScoreState::open;
  row.total = has_number ? score.total : ScoreRange{none, none};
  for (auto const& output : score.outputs) row.outputs.push_back(output.value);
  row.band = score.band;
  row.possible_bands = std::move(note.possible_bands);
  row.missing = std::move(note.missing);
  row.uncertain = std::move(note.uncertain);
  row.reason = std::move(note.reason);
  return row;
}

RowScore BatchAnswers::score(std::size_t instrument, std::size_t row) const
{
  if (instrument >= content_->scores.size() || row >= content_->rows)
    throw ContractViolation("there is no such instrument or row");
  auto const& scores = content_->scores[instrument];
  auto const& numbers = scores.numbers;
  RowScore found;
  found.state = numbers.states[row];
  found.total = {numbers.lowest_total[row], numbers.highest_total[row]};
  for (std::size_t i = 0; i < numbers.lowest.size(); ++i)
    found.outputs.push_back({numbers.lowest[i][row], numbers.highest[i][row]});
  auto const& described = content_->program->scores.instruments()[instrument].instrument.description();
  if (numbers.bands[row] >= 0) found.band = described.bands[static_cast<std::size_t>(numbers.bands[row])].id;
  if (auto const place = scores.note_of_row[row]; place == 0) {
    if (!found.band.empty()) found.possible_bands = {found.band};
  } else {
    auto const& note = (*scores.notes)[place - 1];
    found.possible_bands = note.possible_bands;
    found.missing = note.missing;
    found.uncertain = note.uncertain;
    found.reason = note.reason;
  }
  return found;
}

BatchShares const& BatchAnswers::shares(std::size_t decision) const
{
  if (decision >= content_->decisions.size()) throw ContractViolation("there is no such decision");
  return content_->decisions[decision].shares;
}

}  // namespace tutela::inline v0
