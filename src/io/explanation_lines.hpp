// SPDX-License-Identifier: Apache-2.0
/// \file
/// An explanation as lines, and how the lines are printed (internal).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tutela/io/explanation.hpp>

namespace tutela::detail {

/// One line with the lines below it.
struct ExplanationLine {
  /// `heading`, `note`, `rule`, `condition`, `fact`, `decision`, `law`, `duty`, `ask` or `set`.
  std::string_view kind;
  /// What became of it: `applies`, `out`, `yes`, `no`, `unknown` ...; often empty.
  std::string_view state;
  std::string text;
  std::vector<ExplanationLine> parts = {};
};

/// A whole explanation.
struct ExplanationPage {
  std::string decision;  ///< Name of the decision; empty where the reader is not to see it.
  std::string title;
  std::vector<ExplanationLine> lines;
};

/// Plain text; lower lines are indented.
std::string print_text(ExplanationPage const& page);

/// A fragment of HTML with its own style; what lies below a heading or a rule can be folded.
std::string print_html(ExplanationPage const& page, ExplanationOptions const& options);

/// One JSON object. \param proof The typed proof; nothing for readers who are not shown everything.
std::string print_json(ExplanationPage const& page, ExplanationOptions const& options, Proof const* proof);

}  // namespace tutela::detail
