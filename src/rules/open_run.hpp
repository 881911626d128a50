// SPDX-License-Identifier: Apache-2.0
/// \file
/// One evaluation of a decision whose parts can be looked at (internal).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include <tutela/rules/pack.hpp>

#include "rules/pack_impl.hpp"
#include "rules/run.hpp"

namespace tutela::detail {

/// Runs a decision of a pack for the facts of a case and keeps what every node came to.
class OpenRun {
 public:
  OpenRun(PackImpl const& pack, std::size_t decision, CaseFacts& facts, std::optional<Date> on,
          DecideOptions const& options);
  OpenRun(OpenRun const&) = delete;
  OpenRun& operator=(OpenRun const&) = delete;
  ~OpenRun();

  /// The value of a node.
  [[nodiscard]] Value const& value(std::size_t node) { return run_->value(node); }

  /// The text of a node in force, or nothing.
  [[nodiscard]] NodeText const* text(std::size_t node) const { return run_->text_in_force(node); }

  /// The values of a text's requirements, as its expressions read them.
  [[nodiscard]] std::vector<Value> frame(NodeText const& text);

  /// The rules that applied or may apply, as they were met.
  [[nodiscard]] std::vector<TraceRow> const& trace() const { return notes_->trace; }

  Evaluation evaluation;
  RunContext context;

 private:
  std::shared_ptr<RunNotes> notes_;
  std::optional<ModelRun> run_;
};

}  // namespace tutela::detail
