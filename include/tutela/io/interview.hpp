// SPDX-License-Identifier: Apache-2.0
/// \file
/// Questions, timelines and possible changes as JSON.
#pragma once

#include <string>

#include <tutela/base/config.hpp>
#include <tutela/base/text.hpp>
#include <tutela/rules/ask.hpp>
#include <tutela/rules/counterfactual.hpp>
#include <tutela/rules/timeline.hpp>

namespace tutela::inline v0 {

/// What to find out next, as JSON: `cautions` first, then `ask`, `referred`, `settled`, `open` and how the order was found.
/// \param indent Blanks an indentation step; 0 for one line.
[[nodiscard]] TUTELA_API std::string write_questions(Questions const& questions, int indent = 0);

/// What must be said about an open answer before anything is asked: label, sentence, and the clocks that may run.
[[nodiscard]] TUTELA_API std::string explain(OpenCaution const& caution, Language language = Language::en);

/// A timeline as JSON: `spans`, each with the days `[from, until)`. \param indent As for `write_questions`.
[[nodiscard]] TUTELA_API std::string write_timeline(Timeline const& timeline, int indent = 0);

/// What could change an answer, as JSON. \param indent As for `write_questions`.
[[nodiscard]] TUTELA_API std::string write_counterfactuals(Counterfactuals const& counterfactuals, int indent = 0);

}  // namespace tutela::inline v0
