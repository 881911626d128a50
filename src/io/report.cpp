// SPDX-License-Identifier: Apache-2.0
/// \file
/// The page of the report: masthead, tabs, sections, footer.
#include <tutela/io/report.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>

#include "io/report_parts.hpp"

namespace tutela::detail {

namespace report_files {
extern std::string_view const report_css;
extern std::string_view const report_js;
}  // namespace report_files

namespace {

constexpr std::array<std::string_view, 5> panels{"cases", "probation", "directorate", "data", "integrator"};

Markup tabs(ReportContext const& report)
{
  Markup list;
  for (auto const panel : panels)
    list += element("li", element("a", {{"href", "#" + std::string(panel)}, {"id", "tab-" + std::string(panel)}},
                                  report.words("tab_" + std::string(panel))));
  return element("nav", {{"class", "tabs"}, {"aria-label", report.say("sections")}},
                 styled("div", "wrap", element("ul", list)));
}

Markup panel(ReportContext const& report, std::string_view id, Markup const& content)
{
  auto const name = std::string(id);
  return element(
      "section", {{"class", "panel"}, {"id", name}, {"aria-labelledby", "tab-" + name}},
      element("header", element("h2", report.words("tab_" + name)) + element("p", report.words("about_" + name))) +
          content);
}

// A list to choose a sheet from, and the sheet that shows without JavaScript.
Markup chooser(ReportContext const& report, std::string const& id,
               std::vector<std::pair<std::size_t, std::string>> const& sheets, std::size_t chosen, Markup const& first)
{
  Markup options;
  for (auto const& [number, name] : sheets) {
    auto const value = std::to_string(number);
    options += number == chosen ? element("option", {{"value", value}, {"selected", "selected"}}, text(name))
                                : element("option", {{"value", value}}, text(name));
  }
  auto const bar = element("label", {{"for", id + "-list"}}, report.words("choose_" + id)) +
                   element("select", {{"id", id + "-list"}}, options) +
                   element("button", {{"type", "button"}, {"data-step", "-1"}}, report.words("previous")) +
                   element("button", {{"type", "button"}, {"data-step", "1"}}, report.words("next"));
  return element("div", {{"class", "choose"}, {"data-target", id + "-sheet"}}, bar) +
         element("div", {{"id", id + "-sheet"}}, first);
}

Markup cases_panel(ReportContext const& report, PieceStore& store)
{
  std::vector<std::pair<std::size_t, std::string>> sheets;
  std::size_t chosen = 0;
  Markup first;
  for (auto const& family : families(report.assessments)) {
    Markup sheet;
    std::string name;
    for (auto const index : family) {
      sheet += case_sheet(report, index);
      (name += name.empty() ? "" : " + ") += report.assessments[index].id.text();
    }
    auto const number = store.add(sheet);
    bool const featured =
        report.featured_child && std::find(family.begin(), family.end(), *report.featured_child) != family.end();
    if (featured || first.empty()) {
      chosen = number;
      first = sheet;
    }
    sheets.emplace_back(number, std::move(name));
  }
  if (sheets.empty()) return element("p", report.words("no_cases"));
  return chooser(report, "cases", sheets, chosen, first);
}

Markup probation_panel(ReportContext const& report, PieceStore& store)
{
  std::vector<std::pair<std::size_t, std::string>> sheets;
  std::size_t chosen = 0;
  Markup first;
  for (std::size_t index = 0; index < report.assessments.size(); ++index) {
    if (report.assessments[index].kind != CaseKind::probation) continue;
    auto const sheet = probation_sheet(report, index);
    auto const number = store.add(sheet);
    if (report.featured_probation == index) {
      chosen = number;
      first = sheet;
    }
    sheets.emplace_back(number, report.assessments[index].id.text());
  }
  if (sheets.empty()) return element("p", report.words("no_probation_cases"));
  return chooser(report, "probation", sheets, chosen, first);
}

bool is_synthetic(ReportContext const& report)
{
  auto const made_up = [](auto const& item) { return item.synthetic; };
  return std::any_of(report.assessments.begin(), report.assessments.end(), made_up) ||
         std::any_of(report.cases.begin(), report.cases.end(), made_up);
}

Markup masthead(ReportContext const& report)
{
  auto const title = report.assessments.empty()
                         ? report.say("title_empty")
                         : report.say("title", {{"date", report.catalogue.date(report.assessments.front().on)}});
  std::vector<std::string> names;
  for (auto const& network : report.knowledge.networks) names.push_back(network.content().name.in(report.language));
  auto line = report.say("cases_count", {{"count", report.assessments.size()}});
  if (!names.empty()) line += " · " + report.listed(names);
  Markup content = styled("p", "brand", text("Tutela")) + element("h1", text(title)) + styled("p", "lede", text(line)) +
                   styled("p", "lede", report.words("findings_only"));
  if (is_synthetic(report))
    content +=
        styled("p", "synthetic",
               styled("b", "", report.words("synthetic_mark")) + text(" ") + report.words("synthetic_explained"));
  return element("header", {{"class", "masthead"}}, styled("div", "wrap", content));
}

Markup footer(ReportContext const& report)
{
  Markup lines = element("p", report.words("footer_purpose")) + element("p", report.words("footer_risk")) +
                 element("p", report.words("footer_grades"));
  std::vector<std::string> packs;
  for (auto const& pack : report.knowledge.packs)
    packs.push_back(pack.info().id + " " + pack.info().version + " (" + pack.info().digest.substr(0, 12) + ")");
  if (!packs.empty()) lines += element("p", report.words("footer_packs", {{"packs", report.listed(packs)}}));
  auto const version = std::to_string(TUTELA_VERSION_MAJOR) + "." + std::to_string(TUTELA_VERSION_MINOR) + "." +
                       std::to_string(TUTELA_VERSION_PATCH);
  lines += element("p", text("Tutela " + version));
  return element("footer", styled("div", "wrap", lines));
}

// What a browser may load: nothing but what stands in the file itself.
constexpr std::string_view content_policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'";

Markup page(ReportContext const& report)
{
  PieceStore store;
  Markup sections = panel(report, "cases", cases_panel(report, store));
  sections += panel(report, "probation", probation_panel(report, store));
  sections += panel(report, "directorate", directorate_panel(report));
  sections += panel(report, "data", data_panel(report));
  sections += panel(report, "integrator", integrator_panel(report));

  auto const title = report.assessments.empty()
                         ? report.say("title_empty")
                         : report.say("title", {{"date", report.catalogue.date(report.assessments.front().on)}});
  Markup head = element("meta", {{"charset", "utf-8"}}) +
                element("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}) +
                element("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", std::string(content_policy)}}) +
                element("meta", {{"name", "robots"}, {"content", "noindex"}}) +
                element("meta", {{"name", "referrer"}, {"content", "no-referrer"}}) +
                element("title", text("Tutela · " + title)) + element("style", trusted(report_files::report_css));
  Markup body = element("a", {{"class", "skip"}, {"href", "#main"}}, report.words("skip")) + masthead(report) +
                tabs(report) + element("main", {{"id", "main"}}, styled("div", "wrap", sections)) + footer(report);
  if (is_synthetic(report))
    body += element("div", {{"class", "watermark"}, {"aria-hidden", "true"}}, report.words("synthetic_mark"));
  body += element("script", {{"type", "application/json"}, {"id", "store"}}, trusted(store.json())) +
          element("script", trusted(report_files::report_js));
  return trusted("<!DOCTYPE html>\n") +
         element("html", {{"lang", std::string(to_string(report.language))}},
                 element("head", head) + element("body", body)) +
         trusted("\n");
}

}  // namespace

}  // namespace tutela::detail

namespace tutela::inline v0 {

std::string write_report(Knowledge const& knowledge, std::vector<Case> const& cases,
                         std::vector<Assessment> const& assessments, ReportOptions const& options)
{
  bool belong = cases.size() == assessments.size();
  for (std::size_t index = 0; belong && index < cases.size(); ++index)
    belong = cases[index].id == assessments[index].id;
  if (!belong) throw ContractViolation("a report needs the cases that the assessments are of, in the same order");
  return detail::page(detail::ReportContext(knowledge, cases, assessments, options)).html();
}

Language report_language(std::vector<std::string> const& jurisdictions) noexcept
{
  for (auto const& jurisdiction : jurisdictions) {
    if (jurisdiction == "MD" || jurisdiction == "RO") return Language::ro;
    if (jurisdiction == "UA") return Language::uk;
  }
  return Language::en;
}

}  // namespace tutela::inline v0
