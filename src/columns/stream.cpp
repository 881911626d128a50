// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whole tables in and out.
#include <tutela/columns/stream.hpp>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "columns/program.hpp"
#include "columns/shared_run.hpp"
#include "columns/table_stream.hpp"

namespace tutela::detail {
namespace {

/// Answers on their way out.
struct Outgoing {
  BatchTable answers;
  std::size_t next = 0;
  std::string error;

  template <class Function>
  int guarded(Function function) noexcept
  {
    try {
      function();
      return 0;
    } catch (std::exception const& failure) {
      error = failure.what();
    } catch (...) {
      error = "the answers cannot be written";
    }
    return ENOMEM;
  }
};

/// True when the facts have the answers of a row.
bool has_answers(BatchTable const& answers, std::size_t row, Record const& facts)
{
  auto part = answers.parts.begin();
  for (; row >= part->rows(); ++part) row -= part->rows();
  auto options = answers.program.impl()->decide_options;
  auto const& decisions = answers.program.decisions();
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    auto verdict = answers.program.pack().decide(decisions[i].decision, facts, answers.program.on(), options);
    if (answers.program.impl()->decisions[i].has_beyond(verdict.outcome, verdict.value)) {
      verdict.outcome = Outcome::error;
      verdict.value = Value();
    }
    if (verdict.outcome != part->outcome(i, row) || verdict.value != part->value(i, row)) return false;
  }
  return true;
}

Outgoing& outgoing(ArrowArrayStream* stream) { return *static_cast<Outgoing*>(stream->private_data); }

}  // namespace
}  // namespace tutela::detail

namespace tutela::inline v0 {

std::size_t BatchTable::rows() const noexcept
{
  std::size_t rows = 0;
  for (auto const& part : parts) rows += part.rows();
  return rows;
}

BatchShares BatchTable::shares(std::size_t decision) const
{
  if (decision >= program.decisions().size()) throw ContractViolation("there is no such decision");
  BatchShares all;
  for (auto const& part : parts) {
    auto const& one = part.shares(decision);
    all.rows += one.rows;
    all.exact += one.exact;
    all.regions += one.regions;
    all.by_model += one.by_model;
    all.repeated += one.repeated;
    all.evaluated += one.evaluated;
    all.beyond += one.beyond;
  }
  return all;
}

Result<BatchTable> decide_batch(Pack const& pack, ArrowArrayStream& table, std::optional<Date> on,
                                BatchOptions const& options)
{
  if (table.release == nullptr) throw ContractViolation("the stream was released");
  detail::Reading const reading(table);
  detail::Held<ArrowSchema> schema;
  if (table.get_schema(&table, &schema.content) != 0) return reading.broken();
  auto program = BatchProgram::compile(pack, schema.content, on, options);
  if (!program) return program.diagnostics();
  BatchTable answers{*program, {}};
  detail::SharedRun run(*program, options.threads);
  for (detail::Held<ArrowArray> rows;; rows.release()) {
    if (table.get_next(&table, &rows.content) != 0) return reading.broken();
    if (rows.content.release == nullptr) return answers;
    auto parts = run.decide(rows.content);
    if (!parts) return parts.diagnostics();
    answers.parts.insert(answers.parts.end(), parts->begin(), parts->end());
  }
}

Result<Record> facts_of_row(BatchTable const& answers, ArrowArrayStream& table, std::size_t row)
{
  if (table.release == nullptr) throw ContractViolation("the stream was released");
  if (row >= answers.rows()) throw ContractViolation("there is no such row");
  detail::Reading const reading(table);
  detail::Held<ArrowSchema> schema;
  if (table.get_schema(&table, &schema.content) != 0) return reading.broken();
  auto const& asked = *answers.program.impl();
  auto const program = BatchProgram::compile(asked.pack, schema.content, asked.on, asked.options);
  if (!program) return program.diagnostics();
  auto left = row;
  for (detail::Held<ArrowArray> rows;; rows.release()) {
    if (table.get_next(&table, &rows.content) != 0) return reading.broken();
    bool const ended = rows.content.release == nullptr;
    if (!ended && static_cast<std::uint64_t>(std::max<std::int64_t>(rows.content.length, 0)) <= left) {
      left -= static_cast<std::size_t>(std::max<std::int64_t>(rows.content.length, 0));
      continue;
    }
    auto facts = ended ? Record() : program->facts(rows.content, left);
    if (!ended && (!facts || detail::has_answers(answers, row, *facts))) return facts;
    return Diagnostic{Code::malformed,
                      Severity::error,
                      {},
                      "the table is not the one that was answered: the row is not there, or has other answers",
                      "give the table as it was"};
  }
}

void export_stream(BatchTable answers, ArrowArrayStream& out)
{
  using detail::outgoing;
  out = {};
  out.get_schema = [](ArrowArrayStream* stream, ArrowSchema* schema) {
    auto& all = outgoing(stream);
    return all.guarded([&] { all.answers.program.export_schema(*schema); });
  };
  out.get_next = [](ArrowArrayStream* stream, ArrowArray* array) {
    auto& all = outgoing(stream);
    *array = {};
    if (all.next == all.answers.parts.size()) return 0;
    return all.guarded([&] { all.answers.parts[all.next++].export_array(*array); });
  };
  out.get_last_error = [](ArrowArrayStream* stream) -> char const* {
    auto const& all = outgoing(stream);
    return all.error.empty() ? nullptr : all.error.c_str();
  };
  out.release = [](ArrowArrayStream* stream) {
    delete &outgoing(stream);
    stream->release = nullptr;
  };
  out.private_data = std::make_unique<detail::Outgoing>(detail::Outgoing{std::move(answers), 0, {}}).release();
}

}  // namespace tutela::inline v0
