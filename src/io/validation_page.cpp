// SPDX-License-Identifier: Apache-2.0
/// \file
/// The report of a validation as Markdown and as a page.
#include <tutela/io/validation.hpp>

#include "io/validation_document.hpp"

namespace tutela::detail {

namespace report_files {
extern std::string_view const report_css;
extern std::string_view const validation_css;
}  // namespace report_files

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

Markup to_markup(DocumentTable const& table)
{
  Markup head;
  for (auto const& column : table.columns) head += element("th", {{"scope", "col"}}, text(column));
  Markup body;
  for (auto const& row : table.rows) {
    Markup cells;
    for (std::size_t k = 0; k < row.size(); ++k)
      cells += k == 0 ? element("th", {{"scope", "row"}}, text(row[k])) : element("td", text(row[k]));
    body += element("tr", cells);
  }
  Markup content = table.caption.empty() ? Markup() : element("caption", text(table.caption));
  content += element("thead", element("tr", head)) + element("tbody", body);
  return styled("div", "scroll", element("table", content));
}

Markup to_markup(DocumentSection const& section)
{
  Markup content = element("h2", text(section.title));
  for (auto const& paragraph : section.paragraphs) content += element("p", text(paragraph));
  for (auto const& chart : section.charts) content += chart;
  for (auto const& table : section.tables) content += to_markup(table);
  return element("section", {{"id", section.id}}, content);
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

constexpr std::string_view content_policy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

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
  Markup contents = element("a", {{"href", "#findings"}}, text("What to look at"));
  Markup body = findings(report);
  for (auto const& section : sections) {
    contents += element("a", {{"href", "#" + section.id}}, text(section.title));
    body += to_markup(section);
  }
  Markup const head =
      element("meta", {{"charset", "utf-8"}}) +
      element("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}) +
      element("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", std::string(content_policy)}}) +
      element("meta", {{"name", "robots"}, {"content", "noindex"}}) +
      element("meta", {{"name", "referrer"}, {"content", "no-referrer"}}) +
      element("title", text("Tutela · " + heading(report))) + element("style", trusted(report_files::report_css)) +
      element("style", trusted(report_files::validation_css));
  auto const line =
      std::to_string(report.base.of) + " people, " + std::to_string(report.base.count) + " with the outcome";
  Markup const masthead =
      styled("p", "brand", text("Tutela")) + element("h1", text(heading(report))) + styled("p", "lede", text(line));
  Markup const page =
      element("a", {{"class", "skip"}, {"href", "#main"}}, text("Skip to the figures")) +
      element("header", {{"class", "masthead"}}, styled("div", "wrap", masthead)) +
      element(
          "main", {{"id", "main"}, {"class", "validation"}},
          styled("div", "wrap", element("nav", {{"class", "contents"}, {"aria-label", "Sections"}}, contents) + body));
  return (trusted("<!DOCTYPE html>\n") +
          element("html", {{"lang", "en"}}, element("head", head) + element("body", page)) + trusted("\n"))
      .html();
}

}  // namespace tutela::inline v0
