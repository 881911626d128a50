// SPDX-License-Identifier: Apache-2.0
/// \file
/// The sheet of one person on probation: obligations, hours, partners, score.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "io/report_parts.hpp"

namespace tutela::detail {

namespace {

// What the order says, as far as it is known: the facts about the offence and the order, with their values.
Markup obligations_part(ReportContext const& report, Assessment const& assessment, Case const& item)
{
  Markup list;
  for (auto const& fact : item.facts.facts()) {
    if (fact.value.state() != State::known || fact.value.is(Kind::boolean) || ends_with(fact.name, hours_suffix) ||
        ends_with(fact.name, done_suffix))
      continue;
    for (auto const& pack : report.knowledge.packs) {
      auto const* declaration = pack.info().jurisdiction == item.jurisdiction ? pack.schema().find(fact.name) : nullptr;
      if (declaration == nullptr || declaration->category != "offence") continue;
      list += element("li",
                      element("p", text(report.value(fact.value))) + element("p", text(report.fact_label(fact.name))));
    }
  }
  for (auto const& found : assessment.findings)
    if (found.verdict.effect == Effect::restrictive && answer_of(found.verdict) == Answer::yes && list.empty())
      list += element("li", element("p", text(report.decision_label(found.verdict.decision))));
  return element("section", element("h3", report.words("obligations_heading")) +
                                (list.empty() ? styled("p", "missing", report.words("obligations_unknown"))
                                              : styled("ul", "plainlist", list)));
}

Markup hours_part(ReportContext const& report, Case const& item, Date on)
{
  Markup content = element("h3", report.words("hours_heading"));
  bool any = false;
  for (auto const& fact : item.facts.facts()) {
    auto const* ordered = fact.value.as_number();
    if (ordered == nullptr || !ends_with(fact.name, hours_suffix)) continue;
    any = true;
    auto const done_value = item.facts.value(fact.name + "_done", on);
    auto const* done = done_value.as_number();
    auto const ordered_words = report.catalogue.number(ordered->to_string());
    if (done == nullptr) {
      content += element("p", report.words("hours_done_unknown", {{"ordered", ordered_words}}));
      continue;
    }
    content += element("p", report.words("hours_done", {{"done", report.catalogue.number(done->to_string())},
                                                        {"ordered", ordered_words}}));
    double const share = ordered->is_zero() ? 0 : std::clamp(done->to_double() / ordered->to_double(), 0.0, 1.0);
    content += element("div", {{"class", "meter"}, {"aria-hidden", "true"}},
                       element("i", {{"style", "width:" + std::to_string(static_cast<int>(share * 100)) + "%"}}));
  }
  if (!any) content += styled("p", "missing", report.words("hours_unknown"));
  return element("section", content);
}

// A number of a score with the decimals that people see.
std::string shown(ReportContext const& report, double value, ScoreOutput const& output)
{
  bool const percent = output.unit == "probability";
  std::array<char, 64> digits{};
  std::snprintf(digits.data(), digits.size(), "%.*f", percent ? 0 : std::clamp(output.decimals, 0, 12),
                percent ? value * 100 : value);
  auto const number = report.catalogue.number(digits.data());
  return percent ? report.say("percent", {{"number", number}}) : number;
}

Markup scale(ReportContext const& report, ScoreOutput const& output)
{
  auto const place = [](double share) {
    return std::to_string(static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * 100)));
  };
  auto const low = place(output.value.lowest);
  auto const width = std::to_string(std::max(1, std::stoi(place(output.value.highest)) - std::stoi(low)));
  Markup const bar = element("i", {{"style", "left:" + low + "%;width:" + width + "%"}});
  return element("div", {{"class", "scale"}, {"aria-hidden", "true"}}, bar) +
         element("div", {{"class", "ends"}, {"aria-hidden", "true"}},
                 element("span", report.words("percent", {{"number", std::string("0")}})) +
                     element("span", report.words("percent", {{"number", std::string("100")}})));
}

Markup score_part(ReportContext const& report, Score const& score)
{
  Instrument const* instrument = nullptr;
  for (auto const& candidate : report.knowledge.instruments)
    if (candidate.id() == score.instrument) instrument = &candidate;
  auto const title = instrument == nullptr || instrument->description().title.empty()
                         ? score.instrument
                         : instrument->description().title.in(report.language);
  Markup content = element("h4", text(title)) + styled("p", "note", text(report.score_norm(score)));
  bool const undecided = score.state == ScoreState::open && score.band.empty();
  if (score.state == ScoreState::not_applicable) {
    content +=
        styled("p", "big", report.words("score_not_applicable")) + element("p", text(score.reason.in(report.language)));
  } else if (score.state == ScoreState::error) {
    content += styled("p", "big", report.words("score_error"));
  } else if (undecided) {
    content += styled("p", "big missing", report.words("not_scored", {{"count", score.missing.size()}}));
  } else if (!score.band.empty()) {
    auto const band = score.band_label.empty() ? score.band : score.band_label.in(report.language);
    content += styled("p", "big", report.words("band", {{"band", band}}));
  }
  if (score.state == ScoreState::known || score.state == ScoreState::open) {
    auto const is_probability = [](ScoreOutput const& output) { return output.unit == "probability"; };
    bool const has_probability = std::any_of(score.outputs.begin(), score.outputs.end(), is_probability);
    for (auto const& output : score.outputs) {
      if (has_probability && !is_probability(output)) continue;  // the same in other units
      auto const name = output.label.empty() ? output.id : output.label.in(report.language);
      auto const low = shown(report, output.value.lowest, output);
      auto const high = shown(report, output.value.highest, output);
      content +=
          element("p", text(name + ": " + (low == high ? low : report.say("between", {{"low", low}, {"high", high}}))));
      if (output.unit == "probability") content += scale(report, output);
    }
    if (!score.missing.empty()) {
      std::vector<std::string> labels;
      for (auto const& fact : score.missing) labels.push_back(report.fact_label(fact));
      content += styled("p", "note", report.words("depends_on", {{"facts", report.listed(labels)}}));
    }
  }
  return styled("div", "research", content);
}

Markup scores_part(ReportContext const& report, Assessment const& assessment)
{
  Markup content = element("h3", report.words("score_heading"));
  for (auto const& score : assessment.scores) content += score_part(report, score);
  if (assessment.scores.empty()) content += styled("p", "note", report.words("no_instrument"));
  return element("section", content);
}

// The agency that holds the case with its units and the agencies above it.
std::set<AgencyId> house_of(Network const& network, AgencyId const& held_by)
{
  std::set<AgencyId> house{held_by};
  auto agency = held_by;
  if (auto const* unit = network.find_unit(agency)) agency = unit->agency;
  house.insert(agency);
  for (auto const& unit : network.content().units)
    if (unit.agency == agency) house.insert(unit.id);
  return house;
}

Markup partner(std::string const& name, Markup const& state, Markup const& why)
{
  return element("li", element("p", element("strong", text(name)) + text(" ") + state) + why);
}

Markup agreement_partner(ReportContext const& report, Network const& network, Agreement const& agreement,
                         std::set<AgencyId> const& house, Date on)
{
  std::vector<std::string> names;
  for (auto const& party : agreement.parties)
    if (house.count(party) == 0) names.push_back(report.name_of(&network, party.text()));
  auto const open = is_open_on(agreement, on);
  auto const* step = step_on(agreement, on);
  auto const state_word =
      step == nullptr ? report.say("state_not_begun") : report.code_word("state", to_string(step->state));
  Markup chips = open == Truth::yes  ? chip("is-yes", report.say("partner_open"))
                 : open == Truth::no ? chip("is-stop", report.say("partner_blocked"))
                                     : chip("is-open", report.say("partner_unknown"));
  auto words =
      report.say("agreement_state", {{"agreement", agreement.name.in(report.language)}, {"state", state_word}});
  if (step != nullptr) words += " " + report.say("as_recorded_on", {{"date", report.partial_date(step->from)}});
  Markup why = element("p", text(words));
  if (open == Truth::no) why += element("p", report.words("only_in_force"));
  return partner(report.listed(names), chips, why);
}

Markup partners_part(ReportContext const& report, Assessment const& assessment)
{
  auto const* network = report.network_of(assessment);
  Markup content = element("h3", report.words("partners_heading"));
  if (network == nullptr) return element("section", content + element("p", report.words("no_network")));
  auto const house = house_of(*network, assessment.held_by);
  auto const is_in_house = [&](AgencyId const& agency) { return house.count(agency) != 0; };
  Markup list;
  for (auto const& agreement : network->content().agreements)
    if (std::any_of(agreement.parties.begin(), agreement.parties.end(), is_in_house))
      list += agreement_partner(report, *network, agreement, house, assessment.on);
  for (auto const& basis : network->content().bases) {
    if (basis.kind == BasisKind::agreement || std::none_of(basis.from.begin(), basis.from.end(), is_in_house)) continue;
    std::vector<std::string> names;
    for (auto const& to : basis.to)
      if (house.count(AgencyId(to.text())) == 0) names.push_back(report.name_of(network, to.text()));
    if (names.empty()) continue;
    bool const valid = basis.valid.contains(assessment.on);
    Markup why = element("p", text(report.say("basis_" + std::string(to_string(basis.kind))) +
                                   (basis.condition.empty() ? "" : ": " + basis.condition)));
    if (basis.citation) why += citations_line(report, {*basis.citation});
    auto const state = !valid                               ? chip("is-stop", report.say("partner_blocked"))
                       : basis.kind == BasisKind::emergency ? chip("is-open", report.say("partner_in_danger"))
                       : basis.kind == BasisKind::act       ? chip("is-open", report.say("partner_with_act"))
                                                            : chip("is-yes", report.say("partner_open"));
    list += partner(report.listed(names), state, why);
  }
  content += list.empty() ? styled("p", "missing", report.words("partners_unknown")) : styled("ul", "plainlist", list);
  return element("section", content);
}

}  // namespace

Markup probation_sheet(ReportContext const& report, std::size_t index)
{
  auto const& assessment = report.assessments[index];
  auto const& item = report.cases[index];
  auto const left =
      partners_part(report, assessment) + routes_part(report, assessment) + findings_part(report, assessment);
  auto const right = hours_part(report, item, assessment.on) + obligations_part(report, assessment, item) +
                     dates_part(report, assessment) + questions_part(report, assessment) +
                     scores_part(report, assessment) + papers_part(report, assessment);
  return styled("article", "sheet",
                sheet_header(report, index) +
                    styled("div", "columns", styled("div", "column", left) + styled("div", "column", right)));
}

}  // namespace tutela::detail
