// SPDX-License-Identifier: Apache-2.0
/// \file
/// Writing the report of a validation: JSON for programs, Markdown and a page with plots for people.
#pragma once

#include <string>

#include <tutela/base/config.hpp>
#include <tutela/risk/validation.hpp>

namespace tutela::inline v0 {

/// All figures as JSON text, format `tutela-validation/1`. A figure that is not a number is null. Groups that are
/// not shown carry their name only.
[[nodiscard]] TUTELA_API std::string to_json(ValidationReport const& report);

/// The report as Markdown, without plots.
[[nodiscard]] TUTELA_API std::string validation_markdown(ValidationReport const& report);

/// The report as one self-contained HTML page with plots; it loads nothing and runs no script.
[[nodiscard]] TUTELA_API std::string validation_page(ValidationReport const& report);

}  // namespace tutela::inline v0
