// SPDX-License-Identifier: Apache-2.0
/// \file
/// The report of a validation as sections of words, tables and charts, before it is Markdown or HTML (internal).
#pragma once

#include <string>
#include <vector>

#include <tutela/risk/validation.hpp>

#include "io/markup.hpp"

namespace tutela::detail {

struct DocumentTable {
  std::string caption;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  ///< The first cell names the row.
};

struct DocumentSection {
  std::string id;
  std::string title;
  std::vector<std::string> paragraphs;
  std::vector<DocumentTable> tables;
  std::vector<Markup> charts;
};

/// The sections for which the report has figures.
std::vector<DocumentSection> validation_sections(ValidationReport const& report);

/// The sections about groups.
std::vector<DocumentSection> group_sections(ValidationReport const& report);

/// `0.702 (0.690 to 0.714)`.
std::string with_interval(double value, double low, double high, int decimals);
std::string with_interval(ValidatedFigure const& figure, int decimals);

/// Per cent with one decimal, and its interval.
std::string per_cent(double share);
std::string per_cent(Share const& share);

}  // namespace tutela::detail
