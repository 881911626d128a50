// SPDX-License-Identifier: Apache-2.0
/// \file
/// The lines of an explanation as text, HTML and JSON.
#include "io/explanation_lines.hpp"

#include <nlohmann/json.hpp>

#include "io/markup.hpp"

namespace tutela::detail {
namespace {

using Json = nlohmann::ordered_json;

// Colours of the page around it: it must read on white and on black. Nothing is told by colour alone.
constexpr std::string_view style =
    ".tutela-why{max-width:50em;line-height:1.45}"
    ".tutela-why h4{margin:.3em 0;font-size:1.05em}"
    ".tutela-why ul{list-style:none;margin:.1em 0 .3em;padding-left:1.1em;border-left:1px solid rgba(127,127,127,.35)}"
    ".tutela-why>ul{border:0;padding-left:0}"
    ".tutela-why li{margin:.15em 0}"
    ".tutela-why summary{cursor:pointer}"
    ".tutela-why .heading>details>summary,.tutela-why .heading>span{font-weight:600}"
    ".tutela-why .law,.tutela-why .fact{font-size:.93em;opacity:.85}"
    ".tutela-why .no>span,.tutela-why .no>details>summary{text-decoration:underline dotted}"
    ".tutela-why .unknown>span,.tutela-why .unknown>details>summary{font-style:italic}";

void add_text(ExplanationLine const& line, std::size_t depth, std::string& out)
{
  out.append(2 * depth, ' ');
  if (depth > 0) out += "- ";
  out += line.text;
  if (line.kind == "heading") out += ':';
  out += '\n';
  for (auto const& part : line.parts) add_text(part, depth + 1, out);
}

Markup html_of(ExplanationLine const& line)
{
  auto const words = text(line.text);
  Markup content;
  if (line.parts.empty()) {
    content = element("span", words);
  } else {
    Markup parts;
    for (auto const& part : line.parts) parts += html_of(part);
    auto const inner = element("summary", words) + element("ul", parts);
    // What decides is open; what does not apply, and what was shown for completeness, is folded.
    bool const folded = line.state == "out" || line.state == "folded" || line.kind == "decision";
    content = folded ? element("details", inner) : element("details", {{"open", ""}}, inner);
  }
  auto names = std::string(line.kind);
  if (!line.state.empty()) (names += ' ') += line.state;
  return styled("li", names, content);
}

Json json_of(ExplanationLine const& line)
{
  Json json{{"kind", std::string(line.kind)}};
  if (!line.state.empty()) json["state"] = std::string(line.state);
  json["text"] = line.text;
  if (line.parts.empty()) return json;
  auto& parts = json["parts"] = Json::array();
  for (auto const& part : line.parts) parts.push_back(json_of(part));
  return json;
}

}  // namespace

std::string print_text(ExplanationPage const& page)
{
  std::string out = page.title.empty() ? "" : page.title + "\n";
  for (auto const& line : page.lines) add_text(line, 0, out);
  return out;
}

std::string print_html(ExplanationPage const& page, ExplanationOptions const& options)
{
  Markup lines;
  for (auto const& line : page.lines) lines += html_of(line);
  Markup content = element("style", trusted(style));
  if (!page.title.empty()) content += element("h4", text(page.title));
  content += element("ul", lines);
  return element("div",
                 {{"class", "tutela-why " + std::string(to_string(options.view))},
                  {"lang", std::string(to_string(options.language))}},
                 content)
      .html();
}

std::string print_json(ExplanationPage const& page, ExplanationOptions const& options, Proof const* proof)
{
  Json json{{"format", "tutela-explanation/1"},
            {"language", std::string(to_string(options.language))},
            {"view", std::string(to_string(options.view))}};
  if (!page.decision.empty()) json["decision"] = page.decision;
  json["title"] = page.title;
  auto& lines = json["lines"] = Json::array();
  for (auto const& line : page.lines) lines.push_back(json_of(line));
  if (proof != nullptr) json["proof"] = Json::parse(write_proof(*proof));
  return json.dump();
}

}  // namespace tutela::detail
