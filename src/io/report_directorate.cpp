// SPDX-License-Identifier: Apache-2.0
/// \file
/// The section of the directorate: services, published figures, what is missing, the network.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "io/layered_svg.hpp"
#include "io/report_parts.hpp"

namespace tutela::detail {

namespace {

// A source as `title (date)`, with the address to look at.
Markup source_of(ReportContext const& report, Network const& network, SourceId const& source)
{
  auto const* publication = network.find(source);
  if (publication == nullptr) return {};
  auto words = publication->title;
  if (publication->published)
    words += ", " + report.partial_date(*publication->published);
  else if (publication->seen)
    words += ", " + report.say("seen_in", {{"date", report.partial_date(*publication->seen)}});
  return element("cite", {{"title", publication->address}}, text(words));
}

// A figure with what it is and where it was published in small print below.
Markup with_source(ReportContext const& report, Network const& network, Markup const& what, std::string const& kind,
                   SourceId const& source)
{
  auto const from = source_of(report, network, source);
  Markup small = text(kind);
  if (!kind.empty() && !from.empty()) small += text(" · ");
  small += from;
  return styled("div", "figure", what + (small.empty() ? Markup() : styled("p", "source", small)));
}

// What is counted, in the form that belongs to the number: `pair`, `pairs`. A unit that the catalogue lacks stays as it is.
std::string unit_word(ReportContext const& report, std::string const& unit, std::int64_t count)
{
  auto const key = "unit_" + unit;
  return report.catalogue.has(key) ? report.say(key, {{"count", count}}) : report.code_word("unit", unit);
}

Markup figure(ReportContext const& report, Network const& network, Figure const& figure)
{
  std::string number = report.catalogue.number(figure.value.to_string());
  if (figure.approximate) number = report.say("about", {{"number", number}});
  auto const label = figure.label.empty() ? unit_word(report, figure.unit, figure.value.to_int64().value_or(0))
                                          : figure.label.in(report.language);
  std::string rest = report.say("measure_" + std::string(to_string(figure.measure)));
  if (!figure.period_text.empty()) {
    rest += ", " + report.say("in_period", {{"period", report.code_word("period", figure.period_text)}});
  } else if (figure.from && figure.until) {
    auto const from = report.partial_date(*figure.from);
    auto const until = report.partial_date(*figure.until);
    rest += ", " + (from == until ? from : from + " – " + until);
  } else if (figure.until || figure.from) {
    rest += ", " + report.partial_date(figure.until ? *figure.until : *figure.from);
  }
  for (auto const& part : figure.subgroups)
    rest += "; " + report.say("of_whom",
                              {{"count", std::int64_t{part.value}}, {"group", report.code_word("group", part.name)}});
  return with_source(report, network, element("b", text(number)) + text(" " + label), rest, figure.source);
}

Markup capacity(ReportContext const& report, Network const& network, Capacity const& capacity)
{
  auto const unit = std::string(to_string(capacity.unit));
  Markup what;
  if (capacity.maximum) {
    auto number = report.catalogue.number(std::to_string(*capacity.maximum));
    if (capacity.approximate) number = report.say("about", {{"number", number}});
    what = element("b", text(number)) + text(" " + unit_word(report, unit, *capacity.maximum));
  } else {
    what = report.words("capacity_unknown", {{"unit", unit_word(report, unit, 0)}});
  }
  return with_source(report, network, what, capacity.maximum ? report.say("measure_capacity") : std::string(),
                     capacity.source);
}

Markup free_places(ReportContext const& report, Network const& network, Service const& service)
{
  Markup content;
  for (auto const* item : network.capacities_of(service.id)) {
    if (!item->available) continue;
    auto words = " " + unit_word(report, std::string(to_string(item->unit)), *item->available);
    if (item->updated) words += " (" + report.catalogue.date(*item->updated) + ")";
    content += styled("div", "figure", element("b", text(std::to_string(*item->available))) + text(words));
  }
  for (auto const* item : network.waiting_of(service.id)) {
    content += styled(
        "div", "figure",
        report.words("waiting", {{"days", item->days},
                                 {"statistic", report.say("statistic_" + std::string(to_string(item->statistic)))},
                                 {"date", report.catalogue.date(item->as_of)}}));
  }
  return content.empty() ? styled("span", "missing", report.words("ask_the_service")) : content;
}

Markup services_table(ReportContext const& report, Network const& network)
{
  Markup rows;
  std::size_t without = 0;
  for (auto const& service : network.content().services) {
    Markup published;
    for (auto const* item : network.capacities_of(service.id)) published += capacity(report, network, *item);
    for (auto const* item : network.figures_of(node_of(service.id))) published += figure(report, network, *item);
    if (published.empty()) {
      published = styled("span", "missing", report.words("ask_the_service"));
      ++without;
    }
    auto const provider = report.name_of(&network, service.agency.text());
    rows += element("tr", element("th", {{"scope", "row"}},
                                  text(service.name.in(report.language)) + element("br", {}) +
                                      styled("span", "note", text(provider))) +
                              element("td", published) + element("td", free_places(report, network, service)));
  }
  auto const heads = element("th", {{"scope", "col"}}, report.words("service")) +
                     element("th", {{"scope", "col"}}, report.words("published")) +
                     element("th", {{"scope", "col"}}, report.words("free_places"));
  auto const caption =
      report.words("services_caption", {{"count", network.content().services.size()}, {"without", without}});
  return styled(
      "div", "scroll",
      element("table", element("caption", caption) + element("thead", element("tr", heads)) + element("tbody", rows)));
}

// Figures about agencies, stocks of equipment and telephone lines.
Markup agencies_list(ReportContext const& report, Network const& network)
{
  Markup list;
  for (auto const& item : network.content().figures)
    if (network.find(ServiceId(item.about.text())) == nullptr)
      list += element("li", element("p", element("strong", text(report.name_of(&network, item.about.text())))) +
                                figure(report, network, item));
  for (auto const& pool : network.content().equipment_pools) {
    auto const number = [&](std::optional<std::int64_t> const& count) {
      return count ? std::to_string(*count) : report.say("unknown_number");
    };
    auto const words = report.say("equipment", {{"name", pool.name.in(report.language)},
                                                {"available", number(pool.available)},
                                                {"applied", number(pool.applied)}});
    list += element("li", element("p", element("strong", text(report.name_of(&network, pool.agency.text())))) +
                              with_source(report, network, text(words), "", pool.source));
  }
  for (auto const& line : network.content().hotlines) {
    auto const words =
        report.say("hotline", {{"purpose", report.code_word("hotline", line.purpose)}, {"number", line.number}});
    list += element("li", element("p", element("strong", text(report.name_of(&network, line.agency.text())))) +
                              with_source(report, network, text(words), "", line.source));
  }
  return list.empty() ? Markup() : element("h4", report.words("agencies_heading")) + styled("ul", "plainlist", list);
}

// Agencies and units, each with the services it gives, and the grounds between them.
Markup drawing(ReportContext const& report, Network const& network, Date on)
{
  std::vector<DrawnNode> nodes;
  std::map<std::string, std::size_t> numbers;
  std::vector<DrawnEdge> edges;
  std::set<std::string> joined;
  auto const& content = network.content();
  for (auto const& basis : content.bases) {
    for (auto const& from : basis.from) joined.insert(from.text());
    for (auto const& to : basis.to) joined.insert(to.text());
  }
  for (auto const& agreement : content.agreements)
    for (auto const& party : agreement.parties) joined.insert(party.text());
  for (auto const& service : content.services) joined.insert(service.agency.text());
  for (auto const& agency : content.agencies) {
    if (joined.count(agency.id.text()) == 0) continue;
    numbers.emplace(agency.id.text(), nodes.size());
    nodes.push_back({agency.name.in(report.language), report.code_word("agency", agency.kind.text()), "agency", {}});
  }
  for (auto const& unit : content.units) {
    if (joined.count(unit.id.text()) == 0) continue;
    numbers.emplace(unit.id.text(), nodes.size());
    nodes.push_back({unit.name.in(report.language),
                     report.say("belongs_to", {{"agency", report.name_of(&network, unit.agency.text())}}),
                     "agency",
                     {}});
  }
  for (auto const& service : content.services) {
    auto const provider = numbers.find(service.agency.text());
    if (provider == numbers.end()) continue;
    nodes[provider->second].items.push_back(service.name.in(report.language));
    numbers.emplace(service.id.text(), provider->second);
  }
  std::set<std::pair<std::size_t, std::size_t>> drawn;
  auto const draw = [&](std::string const& from, std::string const& to, std::string const& style,
                        std::string const& title) {
    auto const start = numbers.find(from);
    auto const end = numbers.find(to);
    if (start == numbers.end() || end == numbers.end() || start->second == end->second) return;
    if (drawn.emplace(start->second, end->second).second) edges.push_back({start->second, end->second, style, title});
  };
  for (auto const& basis : content.bases) {
    auto style = std::string(never_waits(basis.kind) ? "duty" : "open");
    auto title = report.say("basis_" + std::string(to_string(basis.kind)));
    bool blocked = !basis.valid.contains(on);
    if (auto const* agreement = basis.agreement.empty() ? nullptr : network.find(basis.agreement)) {
      blocked = blocked || is_open_on(*agreement, on) != Truth::yes;
      if (auto const* step = step_on(*agreement, on))
        title = report.say("agreement_state", {{"agreement", agreement->name.in(report.language)},
                                               {"state", report.code_word("state", to_string(step->state))}});
    } else if (basis.citation) {
      title += ": " + to_string(*basis.citation);
    }
    for (auto const& from : basis.from)
      for (auto const& to : basis.to) draw(from.text(), to.text(), blocked ? "blocked" : style, title);
  }
  for (auto const& agreement : content.agreements) {
    auto const* step = step_on(agreement, on);
    auto const state =
        step == nullptr ? report.say("state_not_begun") : report.code_word("state", to_string(step->state));
    auto const title =
        report.say("agreement_state", {{"agreement", agreement.name.in(report.language)}, {"state", state}});
    for (std::size_t other = 1; other < agreement.parties.size(); ++other) {
      auto const& first = agreement.parties.front().text();
      auto const& second = agreement.parties[other].text();
      auto const from = numbers.find(first);
      auto const to = numbers.find(second);
      if (from != numbers.end() && to != numbers.end() && drawn.count({to->second, from->second}) != 0) continue;
      draw(first, second, is_open_on(agreement, on) == Truth::yes ? "open" : "blocked", title);
    }
  }
  for (auto const& unit : content.units)
    draw(unit.agency.text(), unit.id.text(), "holds", report.say("basis_same_agency"));
  auto const title = report.say("network_title", {{"network", content.name.in(report.language)}});
  Markup legend;
  for (auto const style : {"duty", "open", "blocked", "holds"})
    legend += styled("span", style, report.words("legend_" + std::string(style)));
  return element("figure", {{"class", "network"}},
                 layered_svg(nodes, edges, title) + element("figcaption", {{"class", "legend"}}, legend));
}

// What the cases of this run need, and how many have a way there.
Markup needs_table(ReportContext const& report, Network const& network)
{
  struct Row {
    std::size_t cases = 0;
    std::map<HopState, std::size_t> states;
  };
  std::map<ServiceKind, Row> needs;
  for (auto const& assessment : report.assessments) {
    if (assessment.network != network.id()) continue;
    for (auto const& route : assessment.routes) {
      auto& row = needs[route.need];
      ++row.cases;
      ++row.states[route.answer.state()];
    }
  }
  if (needs.empty()) return {};
  Markup rows;
  for (auto& [need, row] : needs) {
    Markup cells = element("th", {{"scope", "row"}}, text(report.code_word("need", need.text()))) +
                   styled("td", "number", text(std::to_string(row.cases)));
    for (auto const state : {HopState::certain, HopState::possible, HopState::blocked})
      cells += styled("td", "number", text(std::to_string(row.states[state])));
    rows += element("tr", cells);
  }
  Markup heads = element("th", {{"scope", "col"}}, report.words("need"));
  for (auto const key : {"cases_word", "route_certain", "route_possible", "route_blocked"})
    heads += element("th", {{"class", "number"}, {"scope", "col"}}, report.words(key));
  return styled("div", "scroll",
                element("table", element("caption", report.words("needs_caption")) +
                                     element("thead", element("tr", heads)) + element("tbody", rows)));
}

}  // namespace

Markup directorate_panel(ReportContext const& report)
{
  Markup content;
  for (auto const& network : report.knowledge.networks) {
    auto const on = report.assessments.empty() ? std::optional<Date>() : report.assessments.front().on;
    Markup heading = element("h3", text(network.content().name.in(report.language)));
    if (network.synthetic())
      heading += styled("p", "synthetic",
                        styled("b", "", report.words("synthetic_mark")) + text(" ") + report.words("invented"));
    Markup sheet = styled("header", "who", element("div", heading));
    if (auto const table = needs_table(report, network); !table.empty()) sheet += table;
    sheet += services_table(report, network) + agencies_list(report, network);
    if (on) sheet += drawing(report, network, *on);
    content += styled("article", "sheet", sheet);
  }
  return content;
}

}  // namespace tutela::detail
