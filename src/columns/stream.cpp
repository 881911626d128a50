// SPDX-License-Identifier: Apache-2.0
/// \file
/// Whole tables in and out.
#include <tutela/columns/stream.hpp>

#include <cerrno>
#include <memory>
#include <string>
#include <utility>

namespace tutela::detail {
namespace {

/// Releases what a stream gave, whatever happens.
template <class Struct>
struct Held {
  Struct content{};

  Held() = default;
  Held(Held const&) = delete;
  Held& operator=(Held const&) = delete;
  ~Held() { release(); }

  void release()
  {
    if (content.release != nullptr) content.release(&content);
    content = {};
  }
};

/// The same for a stream that somebody else holds.
struct Reading {
  ArrowArrayStream& stream;

  explicit Reading(ArrowArrayStream& read) : stream(read) {}
  Reading(Reading const&) = delete;
  Reading& operator=(Reading const&) = delete;
  ~Reading()
  {
    if (stream.release != nullptr) stream.release(&stream);
  }

  [[nodiscard]] Diagnostic broken() const
  {
    auto const* said = stream.get_last_error(&stream);
    return {Code::unreadable,
            Severity::error,
            {},
            "the table cannot be read" + (said == nullptr ? "" : ": " + std::string(said)),
            {}};
  }
};

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
  BatchRun run(*program);
  for (detail::Held<ArrowArray> rows;; rows.release()) {
    if (table.get_next(&table, &rows.content) != 0) return reading.broken();
    if (rows.content.release == nullptr) return answers;
    auto part = run.decide(rows.content);
    if (!part) return part.diagnostics();
    answers.parts.push_back(*std::move(part));
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
