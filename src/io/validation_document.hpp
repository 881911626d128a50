// SPDX-License-Identifier: Apache-2.0
/// \file
/// The report of a validation as sections of words, tables and charts, before it is Markdown or HTML (internal).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tutela/risk/validation.hpp>

#include "io/markup.hpp"
#include "io/messages.hpp"

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

/// Words and numbers of a report in one language.
class FigureWords {
 public:
  explicit FigureWords(Language language) : catalogue_(language) {}

  [[nodiscard]] Language language() const noexcept { return catalogue_.language(); }

  /// The message `validation_KEY` of the catalogue.
  [[nodiscard]] std::string say(std::string_view key, std::vector<Argument> const& arguments = {}) const;

  /// With the decimal mark of the language.
  [[nodiscard]] std::string number(double value, int decimals) const;

  /// A number that may be whole: no decimals then.
  [[nodiscard]] std::string number_or_whole(double value, int decimals) const;

  /// `0.702 (0.690 to 0.714)`; a dash where there is no value.
  [[nodiscard]] std::string with_interval(double value, double low, double high, int decimals) const;
  [[nodiscard]] std::string with_interval(ValidatedFigure const& figure, int decimals) const;

  /// `0.690 to 0.714`
  [[nodiscard]] std::string range(double low, double high, int decimals) const;

  /// Per cent with one decimal, and its interval.
  [[nodiscard]] std::string per_cent(double share) const { return number(100 * share, 1); }
  [[nodiscard]] std::string per_cent(Share const& share) const;

  /// A probability of chance with four decimals, or that it is below them.
  [[nodiscard]] std::string p_value(double p) const;

  /// The decimal mark, for the axes of charts.
  [[nodiscard]] std::string decimal_mark() const { return catalogue_.say("decimal_mark"); }

 private:
  Catalogue catalogue_;
};

/// The sections for which the report has figures.
std::vector<DocumentSection> validation_sections(ValidationReport const& report, FigureWords const& words);

/// The sections about groups.
std::vector<DocumentSection> group_sections(ValidationReport const& report, FigureWords const& words);

}  // namespace tutela::detail
