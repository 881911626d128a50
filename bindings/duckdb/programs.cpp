// SPDX-License-Identifier: Apache-2.0
/// \file
/// Packs that were loaded and questions that were compiled, for all queries of one database.
#include "duckdb/programs.hpp"

#include <string_view>
#include <utility>

#include <tutela/base/result.hpp>

#include "rules/model.hpp"

namespace tutela::duckdb {
namespace {

/// A text that is the same for equal questions about rows of equal types, and for no others.
std::string key_of(Question const& question, Rows const& rows)
{
  std::string key = question.missing ? "m" : "a";
  key += question.on ? std::to_string(to_days(*question.on)) : "";
  auto const add = [&key](std::string const& text) { key += ';' + std::to_string(text.size()) + ':' + text; };
  add(question.pack);
  for (auto const& decision : question.decisions) add(decision);
  return key + rows.key();
}

/// True for a fact, and for a field inside of a fact that is a structure.
bool names_a_fact(Schema const& schema, std::string_view column)
{
  for (auto end = column.size(); end != std::string_view::npos; end = column.rfind('.', end - 1)) {
    if (schema.find(column.substr(0, end)) != nullptr) return true;
    if (end == 0) break;
  }
  return false;
}

/// All facts of a schema, for a message.
std::string facts_of(Schema const& schema)
{
  std::string all;
  for (auto const& each : schema.declarations()) all += (all.empty() ? "" : ", ") + each.name;
  return all;
}

/// What of a question no compiler would object to, although it cannot be meant.
std::vector<Diagnostic> objections(Pack const& pack, Question const& question, Rows const& rows)
{
  auto found = rows.refused();
  auto const& schema = pack.schema();
  auto const refuse = [&](std::string const& column) {
    found.push_back({Code::unknown_fact,
                     Severity::error,
                     {{}, 0, 0, "/" + column},
                     "the field '" + column + "' is no fact of the pack '" + question.pack + "'",
                     "give facts only; its facts are: " + facts_of(schema)});
  };
  for (auto const& decision : question.decisions)
    if (auto unknown = databases::unknown_decision(pack, decision)) found.push_back(*std::move(unknown));
  for (auto const& column : rows.columns())
    if (!names_a_fact(schema, column)) refuse(column);
  // A schema names the components of elements too. What is in a list that is no fact is told of by that list.
  for (auto const& field : rows.element_fields())
    if (names_a_fact(schema, field) && schema.find(detail::fact_name(field)) == nullptr) refuse(field);
  return found;
}

std::vector<bool> booleans_of(BatchProgram const& program)
{
  ArrowSchema schema;
  program.export_schema(schema);
  std::vector<bool> found;
  for (std::int64_t i = 0; i < schema.n_children; ++i)
    found.push_back(std::string_view(schema.children[i]->format) == "b" && schema.children[i]->dictionary == nullptr);
  schema.release(&schema);
  return found;
}

}  // namespace

Compiled::Compiled(BatchProgram compiled) : program(std::move(compiled)), boolean(booleans_of(program)) {}

BatchAnswers Compiled::decide(Rows const& rows, std::size_t first, std::size_t count)
{
  std::optional<BatchRun> run;
  {
    std::lock_guard const lock(guard_);
    if (!idle_.empty()) {
      run = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!run) run.emplace(program);
  auto answers = run->decide(rows.array(), first, count);
  {
    std::lock_guard const lock(guard_);
    idle_.push_back(*std::move(run));
  }
  return std::move(answers).value();
}

/// \pre The caller holds the lock.
Pack const& Programs::pack(std::string const& name)
{
  auto const* found = packs_.find(name);
  return found != nullptr ? *found : packs_.keep(name, load_pack(name).value());
}

std::shared_ptr<Compiled> Programs::find(Question const& question, Rows const& rows)
{
  auto const key = key_of(question, rows);
  std::lock_guard const lock(guard_);
  if (auto const* found = compiled_.find(key)) return *found;
  auto const& asked = pack(question.pack);
  if (asked.info().dated && !question.on)
    throw ContractViolation("the day is NULL: give the day asked about, for there is no clock");
  auto wrong = objections(asked, question, rows);
  BatchOptions options;
  options.decisions = question.decisions;
  options.outcomes = false;  // they are asked for row by row, not exported
  options.missing = question.missing;
  auto compiled = BatchProgram::compile(asked, rows.schema(), question.on, options);
  if (!compiled) wrong.insert(wrong.end(), compiled.diagnostics().begin(), compiled.diagnostics().end());
  if (!wrong.empty()) throw Error(std::move(wrong));
  return compiled_.keep(key, std::make_shared<Compiled>(std::move(compiled).value()));
}

}  // namespace tutela::duckdb
