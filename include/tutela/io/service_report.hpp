// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reports of services from JSON, and as JSON, Markdown and HTML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>
#include <tutela/casework/service_report.hpp>

namespace tutela::inline v0 {

/// Reads reports from JSON text in the format `tutela-service-report/1`. A report that lacks parts is read; what it lacks
/// is told by `check_service_report`. Stays that cannot be counted are refused.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<std::vector<ServiceReport>> parse_service_reports(std::string_view json,
                                                                                  std::string const& file = {},
                                                                                  Limits const& limits = {});

/// The same from a file; `-` is standard input.
[[nodiscard]] TUTELA_API Result<std::vector<ServiceReport>> load_service_reports(std::string const& path,
                                                                                 Limits const& limits = {});

/// Reports as JSON text in the format `tutela-service-report/1`; reading it again gives the same reports.
/// \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_service_reports(std::vector<ServiceReport> const& reports, int indent = 0);

/// One report as JSON text for readers: its members, the figures computed from stays (`computed`) and the names of the
/// missing parts (`missing`). Pseudonyms of the stays are left out.
[[nodiscard]] TUTELA_API std::string service_report_json(ServiceReport const& report, int indent = 0);

/// The report as Markdown: its seven parts in their order, and which are missing.
[[nodiscard]] TUTELA_API std::string service_report_markdown(ServiceReport const& report,
                                                             Language language = Language::en);

/// The same as a piece of HTML, escaped, that loads nothing.
[[nodiscard]] TUTELA_API std::string service_report_html(ServiceReport const& report, Language language = Language::en);

}  // namespace tutela::inline v0
