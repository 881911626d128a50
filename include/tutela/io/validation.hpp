// SPDX-License-Identifier: Apache-2.0
/// \file
/// Writing the report of a validation: JSON for programs, Markdown and a page with plots for people.
#pragma once

#include <string>

#include <tutela/base/config.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/text.hpp>
#include <tutela/risk/validation.hpp>

namespace tutela::inline v0 {

/// All figures as JSON text, format `tutela-validation/1`. A figure that is not a number is null. Groups that are
/// not shown carry their name only.
[[nodiscard]] TUTELA_API std::string to_json(ValidationReport const& report);

/// A finding in one sentence without a full stop, in the words of a language; causes follow in English, as diagnostics do.
[[nodiscard]] TUTELA_API std::string to_text(ValidationFinding const& finding, Language language = Language::en);

/// The finding as a diagnostic, in English.
[[nodiscard]] TUTELA_API Diagnostic to_diagnostic(ValidationFinding const& finding);

/// The report as Markdown, without plots. \param language Of its words and of its decimal mark; names of groups, bands
/// and items stay as the data have them.
[[nodiscard]] TUTELA_API std::string validation_markdown(ValidationReport const& report,
                                                         Language language = Language::en);

/// The report as one self-contained HTML page with plots; it loads nothing and runs no script.
/// \param language As above.
[[nodiscard]] TUTELA_API std::string validation_page(ValidationReport const& report, Language language = Language::en);

}  // namespace tutela::inline v0
