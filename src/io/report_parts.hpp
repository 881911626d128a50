// SPDX-License-Identifier: Apache-2.0
/// \file
/// The parts of the HTML report and what they share (internal).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/io/report.hpp>

#include "io/markup.hpp"
#include "io/words.hpp"

namespace tutela::detail {

/// What every part of one report reads.
class ReportContext : public Words {
 public:
  ReportContext(Knowledge const& knowledge, std::vector<Case> const& cases, std::vector<Assessment> const& assessments,
                ReportOptions const& options);

  Knowledge const& knowledge;
  std::vector<Case> const& cases;
  std::vector<Assessment> const& assessments;
  ReportOptions const& options;

  /// Position of the case that shows most, for each of the two sheets; nothing where there is no such case.
  std::optional<std::size_t> featured_child;
  std::optional<std::size_t> featured_probation;

  /// A message of the catalogue as markup.
  [[nodiscard]] Markup words(std::string_view key, std::vector<Argument> const& arguments = {}) const
  {
    return text(say(key, arguments));
  }
  /// Name of a fact for people; the fact's own name where nothing declares it.
  [[nodiscard]] std::string fact_label(std::string_view fact) const;
  /// Name of a decision for people.
  [[nodiscard]] std::string decision_label(std::string_view decision) const;
  [[nodiscard]] Network const* network_of(Assessment const& assessment) const;
  [[nodiscard]] std::string name_of(Network const* network, std::string const& node) const;
  /// Whose norm a score is, and that it is for research only.
  [[nodiscard]] std::string score_norm(Score const& score) const;
};

/// Numbers of an order come in pairs: hours ordered, and under the same name with `_done` hours done.
inline constexpr std::string_view hours_suffix = "hours";
inline constexpr std::string_view done_suffix = "hours_done";

/// True when `name` ends with `suffix`.
bool ends_with(std::string_view name, std::string_view suffix) noexcept;

/// Citations as one line of small print, or nothing.
Markup citations_line(ReportContext const& report, std::vector<Citation> const& citations);

/// A chip with a word and the style of its meaning (`is-yes`, `is-open`, `is-human`, `is-stop` or nothing).
Markup chip(std::string_view style, std::string const& word);

/// Findings, questions, papers, dates and paths of one case.
Markup case_sheet(ReportContext const& report, std::size_t index);

/// Obligations, hours, partners and score of one person on probation, with what `case_sheet` shows.
Markup probation_sheet(ReportContext const& report, std::size_t index);

/// The findings of a case, sorted by answer; parts of both sheets.
Markup findings_part(ReportContext const& report, Assessment const& assessment);
Markup questions_part(ReportContext const& report, Assessment const& assessment);
Markup papers_part(ReportContext const& report, Assessment const& assessment);
Markup dates_part(ReportContext const& report, Assessment const& assessment);
Markup routes_part(ReportContext const& report, Assessment const& assessment);
Markup sheet_header(ReportContext const& report, std::size_t index);

/// One section of the page each.
Markup directorate_panel(ReportContext const& report);
Markup data_panel(ReportContext const& report);
Markup integrator_panel(ReportContext const& report);

/// The families of the batch: positions of cases that share a group (or one case alone), in the order of the cases.
std::vector<std::vector<std::size_t>> families(std::vector<Assessment> const& assessments);

/// Sheets split into pieces of which equal ones are kept once, as JSON for the script of the page.
class PieceStore {
 public:
  /// Adds a sheet and returns its number.
  std::size_t add(Markup const& sheet);
  /// `{"pieces": [...], "cases": [[...], ...]}` safe inside a script element.
  [[nodiscard]] std::string json() const;

 private:
  std::vector<std::string> pieces_;
  std::vector<std::vector<std::size_t>> sheets_;
  std::map<std::string, std::size_t> numbers_;
};

}  // namespace tutela::detail
