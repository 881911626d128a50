// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the parts of the HTML report share.
#include "io/report_parts.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

namespace tutela::detail {

bool ends_with(std::string_view name, std::string_view suffix) noexcept
{
  return name.size() >= suffix.size() && name.substr(name.size() - suffix.size()) == suffix;
}

namespace {

// How much a case shows a reader who sees the report for the first time: a bit of everything, not too many questions.
int shows(Case const& item, Assessment const& assessment, Network const* network)
{
  int points = 0;
  for (auto const& found : assessment.findings)
    if (found.verdict.effect == Effect::protective && answer_of(found.verdict) == Answer::yes) points += 2;
  if (item.kind == CaseKind::probation) {
    for (auto const& fact : item.facts.facts())
      if (fact.value.as_number() != nullptr &&
          (ends_with(fact.name, hours_suffix) || ends_with(fact.name, done_suffix)))
        points += 7;
    // A published agreement that blocks is what a counsellor must see first.
    if (network != nullptr && !network->synthetic()) points += 10;
  }
  for (auto const answer : {Answer::yes, Answer::no, Answer::value, Answer::unknown, Answer::undeterminable})
    points += assessment.count(answer) > 0 ? 4 : 0;
  points += assessment.questions.empty() ? 0 : 4;
  points += assessment.questions.size() > 7 ? -3 : 0;
  points += assessment.papers.empty() ? 0 : 4;
  points += assessment.dates.empty() ? 0 : 6;
  points += assessment.duties.empty() ? 0 : 4;
  points += assessment.group.empty() ? 0 : 1;
  std::array<bool, 3> states{};
  for (auto const& route : assessment.routes) {
    states[static_cast<std::size_t>(route.answer.state())] = true;
    if (auto const* best = route.answer.best()) points += best->first_free_place ? 2 : 0;
  }
  for (bool const seen : states) points += seen ? 3 : 0;
  for (auto const& score : assessment.scores)
    points += score.state == ScoreState::known ? 4 : score.state == ScoreState::open ? 2 : 0;
  return points;
}

std::optional<std::size_t> most_telling(ReportContext const& report, CaseKind kind)
{
  auto const& assessments = report.assessments;
  auto const points = [&](std::size_t index) {
    return shows(report.cases[index], assessments[index], report.network_of(assessments[index]));
  };
  std::optional<std::size_t> best;
  for (std::size_t index = 0; index < assessments.size(); ++index) {
    if (assessments[index].kind != kind) continue;
    if (!best || points(index) > points(*best)) best = index;
  }
  return best;
}

}  // namespace

ReportContext::ReportContext(Knowledge const& the_knowledge, std::vector<Case> const& the_cases,
                             std::vector<Assessment> const& the_assessments, ReportOptions const& the_options)
    : Words(the_options.language),
      knowledge(the_knowledge),
      cases(the_cases),
      assessments(the_assessments),
      options(the_options),
      featured_child(most_telling(*this, CaseKind::child_protection)),
      featured_probation(most_telling(*this, CaseKind::probation))
{
}

std::string ReportContext::fact_label(std::string_view fact) const
{
  for (auto const& pack : knowledge.packs)
    if (auto const* declaration = pack.schema().find(fact); declaration != nullptr && !declaration->label.empty())
      return declaration->label.in(language);
  for (auto const& instrument : knowledge.instruments)
    if (auto const* declaration = instrument.schema().find(fact); declaration != nullptr && !declaration->label.empty())
      return declaration->label.in(language);
  return code_word("fact", fact);
}

std::string ReportContext::decision_label(std::string_view decision) const
{
  for (auto const& pack : knowledge.packs)
    if (auto const* found = pack.find(decision); found != nullptr && !found->label.empty())
      return found->label.in(language);
  return code_word("decision", decision);
}

Network const* ReportContext::network_of(Assessment const& assessment) const
{
  for (auto const& network : knowledge.networks)
    if (!assessment.network.empty() && network.id() == assessment.network) return &network;
  return nullptr;
}

std::string ReportContext::name_of(Network const* network, std::string const& node) const
{
  auto const name = network == nullptr ? Text() : network->name_of(NodeId(node));
  return name.empty() ? node : name.in(language);
}

std::string ReportContext::score_norm(Score const& score) const
{
  // Named after the place whose people the norm is of; the instrument's own words where the catalogue lacks the place.
  auto norm = score.norm.empty() ? score.instrument : score.norm.in(language);
  for (auto const& instrument : knowledge.instruments)
    if (instrument.id() == score.instrument)
      for (auto const& place : instrument.description().applicability.jurisdictions)
        if (auto const key = "norm_of_" + place; catalogue.has(key)) norm = say(key);
  return say("score_norm", {{"norm", norm}});
}

Markup citations_line(ReportContext const& report, std::vector<Citation> const& citations)
{
  if (citations.empty()) return {};
  Markup line;
  for (auto const& citation : citations) {
    if (!line.empty()) line += text("; ");
    std::string note = report.say("grade_" + std::string(to_string(citation.grade)));
    if (citation.text_date)
      note += ", " + report.say("text_of", {{"date", report.catalogue.date(*citation.text_date)}});
    auto const source = citation.source.empty()
                            ? citation.status
                            : citation.source + (citation.status.empty() ? "" : " (" + citation.status + ")");
    line += element("cite", {{"title", source}}, text(report.law(citation))) + text(" (" + note + ")");
  }
  return styled("p", "source", report.words("from_article") + text(" ") + line);
}

Markup chip(std::string_view style, std::string const& word)
{
  return styled("span", style.empty() ? "chip" : "chip " + std::string(style), text(word));
}

std::vector<std::vector<std::size_t>> families(std::vector<Assessment> const& assessments)
{
  std::vector<std::vector<std::size_t>> families;
  std::map<std::string, std::size_t> of_group;
  for (std::size_t index = 0; index < assessments.size(); ++index) {
    auto const& group = assessments[index].group;
    auto const known = group.empty() ? of_group.end() : of_group.find(group);
    if (known != of_group.end()) {
      families[known->second].push_back(index);
      continue;
    }
    if (!group.empty()) of_group.emplace(group, families.size());
    families.push_back({index});
  }
  return families;
}

std::size_t PieceStore::add(Markup const& sheet)
{
  // Cut before every element that may stand alone; the pieces joined again are the sheet.
  constexpr std::array<std::string_view, 6> cuts{"<article", "<section", "<li", "<details", "<p class=\"source\"",
                                                 "<header"};
  auto const& html = sheet.html();
  std::vector<std::size_t> numbers;
  std::size_t begin = 0;
  while (begin < html.size()) {
    auto end = html.find('<', begin + 1);
    auto const is_cut = [&](std::string_view cut) { return html.compare(end, cut.size(), cut) == 0; };
    while (end != std::string::npos && std::none_of(cuts.begin(), cuts.end(), is_cut)) end = html.find('<', end + 1);
    end = std::min(end, html.size());
    auto const piece = html.substr(begin, end - begin);
    auto const [known, fresh] = numbers_.emplace(piece, pieces_.size());
    if (fresh) pieces_.push_back(piece);
    numbers.push_back(known->second);
    begin = end;
  }
  sheets_.push_back(std::move(numbers));
  return sheets_.size() - 1;
}

std::string PieceStore::json() const
{
  nlohmann::ordered_json const store{{"pieces", pieces_}, {"cases", sheets_}};
  std::string safe;
  for (char const sign : store.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace))
    sign == '<' ? safe += "\\u003c" : safe += sign;
  return safe;
}

}  // namespace tutela::detail
