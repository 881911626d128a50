// SPDX-License-Identifier: Apache-2.0
/// \file
/// The report of a validation as Markdown and as a page.
#include <tutela/io/validation.hpp>

#include "io/document_page.hpp"
#include "io/validation_document.hpp"

namespace tutela::detail {

namespace {

std::string heading(ValidationReport const& report)
{
  return report.subject.empty() ? "Validation of a scale" : "Validation: " + report.subject;
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

Markup findings(ValidationReport const& report)
{
  Markup list;
  for (auto const& one : report.findings)
    list += one.severity == Severity::note ? styled("li", "note-only", text(one.what)) : element("li", text(one.what));
  Markup const content = report.findings.empty()
                             ? element("p", text("Nothing that needs a closer look was found by the fixed tests."))
                             : styled("ul", "findings", list);
  return element("section", {{"id", "findings"}}, element("h2", text("What to look at")) + content);
}

}  // namespace

}  // namespace tutela::detail

namespace tutela::inline v0 {

std::string validation_markdown(ValidationReport const& report)
{
  std::string text = "# " + detail::literal(detail::heading(report)) + "\n\n";
  text += "## What to look at\n\n";
  for (auto const& one : report.findings) text += "- " + detail::literal(one.what) + "\n";
  text += report.findings.empty() ? "Nothing that needs a closer look was found by the fixed tests.\n\n" : "\n";
  for (auto const& section : detail::validation_sections(report)) {
    text += "## " + detail::literal(section.title) + "\n\n";
    for (auto const& paragraph : section.paragraphs) text += detail::literal(paragraph) + "\n\n";
    for (auto const& table : section.tables) detail::add(text, table);
  }
  return text;
}

std::string validation_page(ValidationReport const& report)
{
  using namespace detail;
  auto const sections = validation_sections(report);
  std::vector<std::pair<std::string, std::string>> entries{{"findings", "What to look at"}};
  Markup body = findings(report);
  for (auto const& section : sections) {
    entries.emplace_back(section.id, section.title);
    body += to_markup(section);
  }
  DocumentPage page;
  page.title = heading(report);
  page.lede = {std::to_string(report.base.of) + " people, " + std::to_string(report.base.count) + " with the outcome"};
  page.skip = "Skip to the figures";
  page.contents = "Sections";
  return document_page(page, entries, body);
}

}  // namespace tutela::inline v0
