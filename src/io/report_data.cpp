// SPDX-License-Identifier: Apache-2.0
/// \file
/// The sections for people who work with data and code: table of all cases, one case as JSON, the code behind it.
#include <string>
#include <utility>

#include <tutela/io/assessment.hpp>

#include "io/report_parts.hpp"

namespace tutela::detail {

namespace report_files {
extern std::string_view const excerpt_cpp;
extern std::string_view const notebook_py;
}  // namespace report_files

namespace {

std::string replaced(std::string text, std::string const& mark, std::string const& by)
{
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + by.size()))
    text.replace(at, mark.size(), by);
  return text;
}

// `"a", "b"` for the code that repeats the run.
std::string quoted(std::vector<std::string> const& names)
{
  std::string list;
  for (auto const& name : names)
    (list += list.empty() ? "" : ", ") += "\"" + replaced(replaced(name, "\\", "\\\\"), "\"", "\\\"") + "\"";
  return list;
}

// The example code with the names of this run in place of its sample names.
std::string with_names(ReportContext const& context, std::string_view code)
{
  auto const on = context.assessments.empty() ? std::string("2026-03-01") : to_string(context.assessments.front().on);
  auto const& options = context.options;
  auto text = std::string(code);
  if (!options.networks.empty()) text = replaced(text, "\"network.json\"", quoted(options.networks));
  if (!options.packs.empty()) text = replaced(text, "\"md/child-protection\"", quoted(options.packs));
  if (!options.instruments.empty()) text = replaced(text, "\"uk/ogrs3\"", quoted(options.instruments));
  if (!options.cases.empty()) text = replaced(text, "\"cases.ndjson\"", quoted({options.cases}));
  return replaced(text, "2026-03-01", on);
}

Markup number_cell(std::size_t count) { return styled("td", "number", text(count == 0 ? "·" : std::to_string(count))); }

Markup route_states(ReportContext const& report, Assessment const& assessment)
{
  Markup chips;
  for (auto const& route : assessment.routes) {
    auto const state = route.answer.state();
    auto const style = state == HopState::certain ? "is-yes" : state == HopState::possible ? "is-open" : "is-stop";
    if (!chips.empty()) chips += text(" ");
    chips += chip(style, report.code_word("need", route.need.text()));
  }
  return chips;
}

Markup score_words(ReportContext const& report, Assessment const& assessment)
{
  Markup words;
  for (auto const& score : assessment.scores) {
    if (!words.empty()) words += element("br", {});
    if (!score.band.empty())
      words += report.words("band_research", {{"band", report.code_word("band", score.band)}});
    else if (score.state == ScoreState::open)
      words += report.words("not_scored", {{"count", score.missing.size()}});
    else if (score.state == ScoreState::not_applicable)
      words += report.words("score_not_applicable");
    else if (score.state == ScoreState::error)
      words += report.words("score_error");
  }
  return words;
}

Markup option(std::string const& value, Markup const& label) { return element("option", {{"value", value}}, label); }

Markup filter(ReportContext const& report)
{
  auto const kinds = option("", report.words("all")) +
                     option("child_protection", report.words("kind_child_protection")) +
                     option("probation", report.words("kind_probation"));
  auto const states = option("", report.words("all")) + option("questions", report.words("filter_questions")) +
                      option("blocked", report.words("filter_blocked")) + option("human", report.words("filter_human"));
  return element(
      "form", {{"class", "filter"}, {"role", "search"}, {"onsubmit", "return false"}},
      element("label", report.words("filter_words") +
                           element("input", {{"id", "filter-words"}, {"type", "search"}, {"autocomplete", "off"}})) +
          element("label", report.words("filter_kind") + element("select", {{"id", "filter-kind"}}, kinds)) +
          element("label", report.words("filter_state") + element("select", {{"id", "filter-open"}}, states)) +
          element("output", {{"id", "filter-count"}, {"class", "note"}, {"aria-live", "polite"}}));
}

}  // namespace

Markup data_panel(ReportContext const& report)
{
  std::vector<std::size_t> family_of(report.assessments.size());
  auto const grouped = families(report.assessments);
  for (std::size_t family = 0; family < grouped.size(); ++family)
    for (auto const index : grouped[family]) family_of[index] = family;
  Markup rows;
  for (std::size_t index = 0; index < report.assessments.size(); ++index) {
    auto const& assessment = report.assessments[index];
    std::size_t blocked = 0;
    for (auto const& route : assessment.routes)
      if (route.answer.state() == HopState::blocked) ++blocked;
    auto const human =
        assessment.count(Answer::undeterminable) + assessment.count(Answer::refused) + assessment.count(Answer::error);
    auto const link =
        element("a", {{"href", "#cases"}, {"data-case", std::to_string(family_of[index])}}, text(assessment.id.text()));
    rows += element("tr",
                    {{"data-kind", std::string(to_string(assessment.kind))},
                     {"data-questions", std::to_string(assessment.questions.size())},
                     {"data-blocked", std::to_string(blocked)},
                     {"data-human", std::to_string(human)}},
                    element("th", {{"scope", "row"}}, link) +
                        element("td", report.words("kind_" + std::string(to_string(assessment.kind)))) +
                        number_cell(assessment.count(Answer::yes)) + number_cell(assessment.count(Answer::no)) +
                        number_cell(assessment.count(Answer::unknown)) + number_cell(human) +
                        number_cell(assessment.questions.size()) + element("td", route_states(report, assessment)) +
                        element("td", score_words(report, assessment)));
  }
  Markup heads =
      element("th", {{"scope", "col"}}, report.words("case")) + element("th", {{"scope", "col"}}, report.words("kind"));
  for (auto const key : {"column_yes", "column_no", "column_unknown", "column_human", "column_questions"})
    heads += element("th", {{"class", "number"}, {"scope", "col"}}, report.words(key));
  heads += element("th", {{"scope", "col"}}, report.words("column_paths")) +
           element("th", {{"scope", "col"}}, report.words("column_score"));
  auto const table =
      element("table", {{"class", "cases"}}, element("thead", element("tr", heads)) + element("tbody", rows));
  return element("h3", report.words("notebook_heading")) +
         element("pre", element("code", text(with_names(report, report_files::notebook_py)))) + filter(report) +
         styled("div", "scroll", table);
}

Markup integrator_panel(ReportContext const& report)
{
  auto const featured = report.featured_child ? report.featured_child : report.featured_probation;
  Markup content =
      element("h3", report.words("code_heading")) +
      element("pre", {{"tabindex", "0"}}, element("code", text(with_names(report, report_files::excerpt_cpp))));
  if (featured)
    content +=
        element("h3", report.words("json_heading", {{"case", report.assessments[*featured].id.text()}})) +
        element("pre", {{"tabindex", "0"}}, element("code", text(write_assessment(report.assessments[*featured], 2))));
  return content;
}

}  // namespace tutela::detail
