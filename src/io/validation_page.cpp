// SPDX-License-Identifier: Apache-2.0
/// \file
/// The report of a validation as Markdown and as a page.
#include <tutela/io/validation.hpp>

#include "io/document_page.hpp"
#include "io/validation_document.hpp"

namespace tutela::detail {

namespace {

std::string heading(ValidationReport const& report, FigureWords const& words)
{
  return report.subject.empty() ? words.say("title") : words.say("title_of", {{"subject", report.subject}});
}

std::string finding_text(ValidationFinding const& finding, FigureWords const& words)
{
  using Kind = ValidationFindingKind;
  std::vector<Argument> arguments;
  switch (finding.kind) {
    case Kind::falling_band: arguments = {{"band", finding.band}}; break;
    case Kind::group_too_high:
    case Kind::group_too_low: arguments = {{"grouping", finding.grouping}, {"group", finding.group}}; break;
    case Kind::hidden_groups:
      arguments = {
          {"grouping", finding.grouping}, {"hidden", std::to_string(finding.hidden)}, {"count", finding.groups}};
      break;
    default: break;
  }
  auto text = words.say("finding_" + std::string(to_string(finding.kind)), arguments);
  if (!finding.causes.empty()) text += ": " + to_string(finding.causes);
  return text;
}

/// Text that Markdown takes literally, in a cell of a table too.
std::string literal(std::string const& plain)
{
  std::string result;
  for (char const sign : plain) {
    if (sign == '|' || sign == '*' || sign == '_' || sign == '`' || sign == '<' || sign == '\\' || sign == '[')
      result += '\\';
    result += sign == '\n' ? ' ' : sign;
  }
  return result;
}

void add(std::string& text, DocumentTable const& table)
{
  if (!table.caption.empty()) text += "**" + literal(table.caption) + "**\n\n";
  auto const line = [&](std::vector<std::string> const& cells) {
    text += "|";
    for (auto const& cell : cells) text += " " + literal(cell) + " |";
    text += "\n";
  };
  line(table.columns);
  text += "|---|";
  for (std::size_t k = 1; k < table.columns.size(); ++k) text += "---:|";
  text += "\n";
  for (auto const& row : table.rows) line(row);
  text += "\n";
}

Markup findings(ValidationReport const& report, FigureWords const& words)
{
  Markup list;
  for (auto const& one : report.findings)
    list += one.severity == Severity::note ? styled("li", "note-only", text(finding_text(one, words)))
                                           : element("li", text(finding_text(one, words)));
  Markup const content =
      report.findings.empty() ? element("p", text(words.say("nothing_found"))) : styled("ul", "findings", list);
  return element("section", {{"id", "findings"}}, element("h2", text(words.say("findings"))) + content);
}

}  // namespace

}  // namespace tutela::detail

namespace tutela::inline v0 {

std::string to_text(ValidationFinding const& finding, Language language)
{
  return detail::finding_text(finding, detail::FigureWords(language));
}

Diagnostic to_diagnostic(ValidationFinding const& finding)
{
  return {Code::questionable_figure, finding.severity, {}, to_text(finding), {}};
}

std::string validation_markdown(ValidationReport const& report, Language language)
{
  detail::FigureWords const words(language);
  std::string text = "# " + detail::literal(detail::heading(report, words)) + "\n\n";
  text += "## " + words.say("findings") + "\n\n";
  for (auto const& one : report.findings) text += "- " + detail::literal(detail::finding_text(one, words)) + "\n";
  text += report.findings.empty() ? words.say("nothing_found") + "\n\n" : "\n";
  for (auto const& section : detail::validation_sections(report, words)) {
    text += "## " + detail::literal(section.title) + "\n\n";
    for (auto const& paragraph : section.paragraphs) text += detail::literal(paragraph) + "\n\n";
    for (auto const& table : section.tables) detail::add(text, table);
  }
  return text;
}

std::string validation_page(ValidationReport const& report, Language language)
{
  using namespace detail;
  FigureWords const words(language);
  auto const sections = validation_sections(report, words);
  std::vector<std::pair<std::string, std::string>> entries{{"findings", words.say("findings")}};
  Markup body = findings(report, words);
  for (auto const& section : sections) {
    entries.emplace_back(section.id, section.title);
    body += to_markup(section);
  }
  DocumentPage page;
  page.language = std::string(to_string(language));
  page.title = heading(report, words);
  page.lede = {words.say("lede", {{"count", report.base.of}, {"with", std::to_string(report.base.count)}})};
  page.skip = words.say("skip");
  page.contents = words.say("contents");
  return document_page(page, entries, body);
}

}  // namespace tutela::inline v0
