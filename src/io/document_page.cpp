// SPDX-License-Identifier: Apache-2.0
/// \file
/// A report without a script as one page.
#include "io/document_page.hpp"

namespace tutela::detail {

namespace report_files {
extern std::string_view const report_css;
extern std::string_view const validation_css;
}  // namespace report_files

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

std::string document_page(DocumentPage const& page, std::vector<std::pair<std::string, std::string>> const& entries,
                          Markup const& body, std::vector<std::string_view> const& styles)
{
  // What a browser may load: nothing but what stands in the file itself.
  constexpr std::string_view content_policy =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  Markup contents;
  for (auto const& [id, name] : entries) contents += element("a", {{"href", "#" + id}}, text(name));
  Markup head = element("meta", {{"charset", "utf-8"}}) +
                element("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}) +
                element("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", std::string(content_policy)}}) +
                element("meta", {{"name", "robots"}, {"content", "noindex"}}) +
                element("meta", {{"name", "referrer"}, {"content", "no-referrer"}}) +
                element("title", text("Tutela · " + page.title)) + element("style", trusted(report_files::report_css)) +
                element("style", trusted(report_files::validation_css));
  for (auto const style : styles) head += element("style", trusted(style));
  Markup masthead = styled("p", "brand", text("Tutela")) + element("h1", text(page.title));
  for (auto const& line : page.lede) masthead += styled("p", "lede", text(line));
  masthead += page.mark;
  Markup const whole =
      element("a", {{"class", "skip"}, {"href", "#main"}}, text(page.skip)) +
      element("header", {{"class", "masthead"}}, styled("div", "wrap", masthead)) +
      element("main", {{"id", "main"}, {"class", "validation"}},
              styled("div", "wrap",
                     element("nav", {{"class", "contents"}, {"aria-label", page.contents}}, contents) + body));
  return (trusted("<!DOCTYPE html>\n") +
          element("html", {{"lang", page.language}}, element("head", head) + element("body", whole)) + trusted("\n"))
      .html();
}

}  // namespace tutela::detail
