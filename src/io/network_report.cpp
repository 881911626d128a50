// SPDX-License-Identifier: Apache-2.0
/// \file
/// The report of a network as a page.
#include <tutela/io/network_report.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/referral/shown_places.hpp>

#include "io/document_page.hpp"
#include "io/map_svg.hpp"
#include "io/words.hpp"

namespace tutela::detail {

namespace report_files {
extern std::string_view const network_css;
}  // namespace report_files

namespace {

constexpr std::size_t most_rows = 60;
constexpr std::size_t most_kinds = 25;
constexpr std::size_t most_stops = 20;
constexpr std::size_t most_sources = 4;

/// What the sections read.
struct NetworkPage : Words {
  NetworkPage(Network const& the_network, NetworkReview const& the_review, NetworkReportOptions const& the_options)
      : Words(the_options.language), network(the_network), review(the_review), options(the_options)
  {
    for (Service const& service : network.content().services) {
      auto const [known, is_new] = described.try_emplace(service.kind.text(), service.description);
      if (!is_new && known->second != service.description) known->second.clear();
    }
  }

  /// A kind for people: the catalogue's word, what all its services say, or the code.
  [[nodiscard]] std::string kind_name(ServiceKind const& kind) const
  {
    if (auto word = catalogue.plain("need_" + kind.text())) return *word;
    auto const known = described.find(kind.text());
    return known == described.end() || known->second.empty() ? code_word("need", kind.text()) : known->second;
  }

  /// Kilometres with one decimal, or a dash.
  [[nodiscard]] std::string kilometres(std::optional<std::int64_t> const& metres) const
  {
    if (!metres) return "–";
    auto const tenths = (*metres + 50) / 100;
    return catalogue.number(std::to_string(tenths / 10) + "." + std::to_string(tenths % 10));
  }

  [[nodiscard]] std::string ages(CareDemand const& row) const
  {
    auto const years = [](std::int32_t months) {
      return std::to_string(months / 12) + (months % 12 == 0 ? "" : "+" + std::to_string(months % 12) + "/12");
    };
    return years(row.minimum_age_months) + "–" + years(row.maximum_age_months);
  }

  /// Keeps the first rows and says how many are left out.
  void cut(DocumentTable& table, DocumentSection& section, std::size_t most) const
  {
    if (table.rows.size() > most) {
      section.paragraphs.push_back(say("net_more", {{"count", table.rows.size() - most}}));
      table.rows.resize(most);
    }
    section.tables.push_back(std::move(table));
  }

  /// What the demand is, and that it is made up where it is.
  [[nodiscard]] std::string demand_line() const
  {
    struct Sum {
      std::int64_t people = 0;
      std::int64_t least = 0;
      std::int64_t most = 0;
      std::size_t rows = 0;
    };
    std::map<std::pair<std::string, std::string>, Sum> sums;
    for (CareDemand const& row : review.request.demand) {
      auto& sum = sums[{kind_name(row.need), ages(row)}];
      sum.least = sum.rows == 0 ? row.people : std::min(sum.least, row.people);
      sum.most = std::max(sum.most, row.people);
      sum.people += row.people;
      ++sum.rows;
    }
    std::string words = options.demand;
    for (auto const& [key, sum] : sums) {
      if (!words.empty()) words += ". ";
      words += say("net_demand_sum",
                   {{"need", key.first}, {"ages", key.second}, {"people", sum.people}, {"areas", sum.rows}});
      if (sum.rows > 1 && sum.most - sum.least <= 1) words += "; " + say("net_demand_equal");
    }
    return say(review.request.synthetic_demand ? "net_demand_synthetic" : "net_demand", {{"demand", words + "."}});
  }

  /// Name and code of an area; the code alone where no name was published.
  [[nodiscard]] std::string area_name(std::string const& code) const
  {
    Area const* area = network.find_area(code);
    return area == nullptr || area->name.empty() ? code : area->name.in(language) + " (" + code + ")";
  }

  Network const& network;
  NetworkReview const& review;
  NetworkReportOptions const& options;
  std::map<std::string, std::string> described;
};

std::string whole(std::int64_t number) { return std::to_string(number); }

DocumentSection holds(NetworkPage const& page)
{
  auto const& review = page.review;
  auto const& content = page.network.content();
  DocumentSection section{"holds", page.say("net_holds"), {page.say("net_holds_about")}, {}, {}};
  if (review.open_grounds == 0) section.paragraphs.push_back(page.say("net_no_grounds"));
  DocumentTable table{"", {page.say("net_what"), page.say("net_number")}, {}};
  auto const row = [&](std::string_view key, std::int64_t number) {
    table.rows.push_back({page.say(key), whole(number)});
  };
  row("net_agencies", static_cast<std::int64_t>(content.agencies.size()));
  row("net_units", static_cast<std::int64_t>(content.units.size()));
  row("net_services", review.offer.services);
  row("net_closed", review.closed_services);
  if (!review.resting.empty()) row("net_resting", static_cast<std::int64_t>(review.resting.size()));
  row("net_places", review.offer.places);
  row("net_unknown", review.offer.unknown_services);
  row("net_agreements", review.open_agreements);
  row("net_grounds", review.open_grounds);
  row("net_exact", review.shown_exactly);
  row("net_area_only", review.shown_as_area);
  row("net_hidden", review.not_shown);
  if (page.options.dirty_fields) row("net_dirty", static_cast<std::int64_t>(*page.options.dirty_fields));
  section.tables.push_back(std::move(table));
  return section;
}

DocumentSection by_kind(NetworkPage const& page)
{
  DocumentSection section{"kinds", page.say("net_kinds"), {}, {}, {}};
  DocumentTable kinds{"",
                      {page.say("net_kind"), page.say("net_services_short"), page.say("net_places"),
                       page.say("net_unknown_short"), page.say("net_areas"), page.say("net_alone")},
                      {}};
  for (KindOffer const& kind : page.review.kinds)
    kinds.rows.push_back({page.kind_name(kind.kind), whole(kind.offer.services), whole(kind.offer.places),
                          whole(kind.offer.unknown_services), whole(kind.areas), whole(kind.alone)});
  page.cut(kinds, section, most_kinds);
  return section;
}

/// Shades of areas with the words of the legend.
struct Shading {
  std::string title;
  std::vector<int> shade;                  ///< By area of the review.
  std::vector<std::string> detail;         ///< What stands under the name.
  std::array<std::string, 5> legend = {};  ///< Words of each shade; empty for one that does not occur.
};

/// By the share of people without a place.
Shading shade_missing(NetworkPage const& page)
{
  Shading shading{page.say("net_shade_missing"), {}, {}, {"0", "1–25", "26–50", "51–75", "76–100"}};
  for (AreaOffer const& area : page.review.areas) {
    std::int64_t people = 0;
    std::int64_t missing = 0;
    for (std::size_t row = 0; row < page.review.gaps.size(); ++row)
      if (page.review.request.demand[row].area == area.code) {
        people += page.review.request.demand[row].people;
        missing += page.review.gaps[row].missing;
      }
    auto const share = people == 0 ? 0.0 : 100.0 * static_cast<double>(missing) / static_cast<double>(people);
    shading.shade.push_back(people == 0    ? -1
                            : missing == 0 ? 0
                            : share < 25.5 ? 1
                            : share < 50.5 ? 2
                            : share < 75.5 ? 3
                                           : 4);
    shading.detail.push_back(people == 0 ? "" : missing == 0 ? "0" : "−" + whole(missing));
  }
  return shading;
}

/// By places, a fifth of the areas to each shade; the fewest are the darkest.
Shading shade_places(NetworkPage const& page)
{
  Shading shading{page.say("net_shade_places"), {}, {}, {}};
  std::vector<std::int64_t> sorted;
  for (AreaOffer const& area : page.review.areas) sorted.push_back(area.offer.places);
  std::sort(sorted.rbegin(), sorted.rend());
  std::array<std::pair<std::int64_t, std::int64_t>, 5> bounds{};
  bounds.fill({-1, -1});
  for (AreaOffer const& area : page.review.areas) {
    auto const rank = std::find(sorted.begin(), sorted.end(), area.offer.places) - sorted.begin();
    auto const shade = static_cast<std::size_t>(rank) * 5 / sorted.size();
    auto& [low, high] = bounds[shade];
    low = low < 0 ? area.offer.places : std::min(low, area.offer.places);
    high = std::max(high, area.offer.places);
    shading.shade.push_back(static_cast<int>(shade));
    shading.detail.push_back(whole(area.offer.places));
  }
  for (std::size_t shade = 0; shade < bounds.size(); ++shade)
    if (bounds[shade].first >= 0)
      shading.legend[shade] = bounds[shade].first == bounds[shade].second
                                  ? whole(bounds[shade].first)
                                  : whole(bounds[shade].first) + "–" + whole(bounds[shade].second);
  return shading;
}

/// The largest area of a place, as the review names it.
std::string area_name(Location const& location)
{
  return location.area_codes.empty() ? location.area.in(Language::en) : location.area_codes.back();
}

/// The places that may be shown exactly, and how many services of each area may not.
void collect(NetworkPage const& page, MapDrawing& drawing, std::map<std::string, std::int64_t>& by_area_only)
{
  auto const on = page.review.request.on;
  auto const shown = shown_places(page.network, on);
  std::map<ServiceId, bool> has_places;
  for (Capacity const& capacity : page.network.content().capacities)
    if (capacity.maximum) has_places[capacity.service] = true;
  auto const area_of = [&](Location const& location) {
    auto const& areas = page.review.areas;
    auto const code = area_name(location);
    auto const found =
        std::find_if(areas.begin(), areas.end(), [&](AreaOffer const& area) { return area.code == code; });
    return static_cast<std::size_t>(found - areas.begin());
  };
  for (Service const& service : page.network.content().services) {
    if (!page.network.takes_people(service, on)) continue;
    bool is_shown = false;
    std::string area;
    for (LocationId const& id : service.locations) {
      Location const& location = *page.network.find(id);
      auto const allowed = std::min(shown.at(id), page.network.disclosure_of(service, on));
      if (allowed == LocationDisclosure::none) continue;
      area = area_name(location);
      if (allowed != LocationDisclosure::exact || !location.position) continue;
      is_shown = true;
      drawing.dots.push_back({location.position->latitude.to_double(), location.position->longitude.to_double(),
                              area_of(location), has_places.count(service.id) == 0});
    }
    if (!is_shown && !area.empty()) ++by_area_only[area];
  }
}

Markup legend(NetworkPage const& page, Shading const& shading)
{
  auto const entry = [](std::string const& style, std::string const& words) {
    return element("span", element("i", {{"class", style}, {"aria-hidden", "true"}}) + text(words));
  };
  Markup keys = entry("round", page.say("net_dot")) + entry("hollow", page.say("net_ring"));
  Markup shades;
  for (std::size_t shade = 0; shade < shading.legend.size(); ++shade)
    if (!shading.legend[shade].empty() &&
        std::find(shading.shade.begin(), shading.shade.end(), static_cast<int>(shade)) != shading.shade.end())
      shades += entry("shade" + std::to_string(shade), shading.legend[shade]);
  if (!shades.empty()) shades = element("span", text(shading.title)) + shades;
  return styled("div", "key", keys) + (shades.empty() ? Markup() : styled("div", "key", shades));
}

DocumentSection map_section(NetworkPage const& page)
{
  DocumentSection section{"map", page.say("net_map"), {}, {}, {}};
  auto const& review = page.review;
  auto const shading = review.request.demand.empty() ? shade_places(page) : shade_missing(page);
  MapDrawing drawing;
  for (std::size_t area = 0; area < review.areas.size(); ++area)
    drawing.areas.push_back({review.areas[area].code, shading.detail[area], shading.shade[area]});
  std::map<std::string, std::int64_t> by_area_only;
  collect(page, drawing, by_area_only);
  drawing.title = page.say("net_map_alt", {{"places", drawing.dots.size()}, {"areas", review.areas.size()}});
  section.paragraphs.push_back(page.say(drawing.dots.empty() ? "net_map_none" : "net_map_about"));
  if (!review.request.demand.empty() && review.request.synthetic_demand && !drawing.dots.empty())
    section.paragraphs.push_back(page.say("net_demand_short"));
  if (!by_area_only.empty()) {
    std::vector<std::string> areas;
    for (auto const& [area, count] : by_area_only) areas.push_back(area + " " + whole(count));
    section.paragraphs.push_back(page.say("net_area_counts", {{"areas", page.listed(areas)}}));
  }
  if (review.not_shown > 0) section.paragraphs.push_back(page.say("net_hidden_note", {{"count", review.not_shown}}));
  if (!drawing.dots.empty())
    section.charts.push_back(styled("figure", "chart map", map_svg(drawing) + legend(page, shading)));
  return section;
}

DocumentSection gaps(NetworkPage const& page)
{
  auto const& request = page.review.request;
  DocumentSection section{"gaps", page.say("net_gaps"), {page.demand_line(), page.say("net_rows_alone")}, {}, {}};
  DocumentTable table{
      "",
      {page.say("net_area"), page.say("net_need"), page.say("net_ages"), page.say("net_people"), page.say("net_places"),
       page.say("net_in_part"), page.say("net_unknown_short"), page.say("net_missing")},
      {}};
  bool const has_centre = std::any_of(request.demand.begin(), request.demand.end(),
                                      [](CareDemand const& row) { return row.centre.has_value(); });
  if (has_centre) table.columns.push_back(page.say("net_nearest"));
  std::vector<std::size_t> order(request.demand.size());
  for (std::size_t row = 0; row < order.size(); ++row) order[row] = row;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t lhs, std::size_t rhs) {
    return page.review.gaps[lhs].missing > page.review.gaps[rhs].missing;
  });
  std::map<std::string, std::int64_t> hidden;  // by need and ages, since every area has the same number
  for (auto const at : order) {
    CareDemand const& row = request.demand[at];
    CoverageGap const& gap = page.review.gaps[at];
    auto& places = hidden[row.need.text()];
    places = std::max(places, gap.protected_places);
    table.rows.push_back({page.area_name(row.area), page.kind_name(row.need), page.ages(row), whole(row.people),
                          whole(gap.places), whole(gap.places_in_part), whole(gap.unknown_services),
                          whole(gap.missing)});
    if (has_centre) table.rows.back().push_back(page.kilometres(gap.nearest));
  }
  std::int64_t of_all = 0;
  for (auto const& [need, places] : hidden) of_all += places;
  if (of_all > 0) section.paragraphs.push_back(page.say("net_protected", {{"count", of_all}}));
  page.cut(table, section, most_rows);
  return section;
}

DocumentSection by_area(NetworkPage const& page)
{
  DocumentSection section{"areas", page.say("net_by_area"), {}, {}, {}};
  if (page.review.request.demand.empty()) section.paragraphs.push_back(page.say("net_demand_none"));
  DocumentTable table{"",
                      {page.say("net_area"), page.say("net_services_short"), page.say("net_places"),
                       page.say("net_unknown_short"), page.say("net_kinds_count"), page.say("net_kinds_alone")},
                      {}};
  for (AreaOffer const& area : page.review.areas)
    table.rows.push_back({page.area_name(area.code), whole(area.offer.services), whole(area.offer.places),
                          whole(area.offer.unknown_services), whole(area.kinds), whole(area.alone)});
  page.cut(table, section, most_rows);
  return section;
}

DocumentSection bottlenecks(NetworkPage const& page)
{
  auto const& review = page.review;
  DocumentSection section{"bottlenecks", page.say("net_bottlenecks"), {}, {}, {}};
  std::int64_t alone = 0;
  for (AreaOffer const& area : review.areas) alone += area.alone;
  section.paragraphs.push_back(page.say("net_alone_about", {{"count", alone}}));
  auto const name = [&](NodeId const& node) {
    auto const words = page.network.name_of(node);
    return words.empty() ? node.text() : words.in(page.language);
  };
  if (!review.agencies)
    section.paragraphs.push_back(page.say("net_depended_many"));
  else if (*review.agencies > 0)
    section.paragraphs.push_back(page.say("net_depended_about", {{"count", *review.agencies}}) +
                                 (review.depended.empty() ? " " + page.say("net_depended_none") : ""));
  for (NeedBottleneck const& one : review.bottlenecks) {
    std::vector<std::string> stops;
    for (NodeId const& node : one.cut.nodes) stops.push_back(name(node));
    if (stops.size() > most_stops) stops.resize(most_stops);
    if (auto const more = one.cut.nodes.size() - stops.size(); more > 0) stops.push_back("+ " + std::to_string(more));
    section.paragraphs.push_back(
        page.say("net_cut", {{"need", page.kind_name(one.need)},
                             {"wanted", whole(one.cut.wanted)},
                             {"served", whole(one.cut.served)},
                             {"stops", stops.empty() ? page.say("net_nothing") : page.listed(stops)}}));
  }
  if (review.bottlenecks.empty() && !review.request.demand.empty())
    section.paragraphs.push_back(page.say("net_cut_none"));
  if (review.depended.empty()) return section;
  DocumentTable table{
      page.say("net_depended"), {page.say("net_stop"), page.say("net_dependent"), page.say("net_lost")}, {}};
  for (DependedStop const& stop : review.depended)
    table.rows.push_back({name(stop.node), whole(stop.agencies), whole(stop.services)});
  page.cut(table, section, most_stops);
  return section;
}

DocumentSection closures(NetworkPage const& page)
{
  DocumentSection section{"closures", page.say("net_closures"), {page.say("net_closures_about")}, {}, {}};
  DocumentTable table{"",
                      {page.say("net_service"), page.say("net_area"), page.say("net_places"), page.say("net_left"),
                       page.say("net_next")},
                      {}};
  bool const has_demand = !page.review.request.demand.empty();
  if (has_demand) {
    if (page.review.request.synthetic_demand) section.paragraphs.push_back(page.say("net_demand_short"));
    table.columns.push_back(page.say("net_missing_more"));
  }
  for (ClosureReview const& one : page.review.closures) {
    table.rows.push_back({page.network.find(one.service)->name.in(page.language), page.area_name(one.area),
                          whole(one.places), whole(one.left), page.kilometres(one.nearest)});
    if (has_demand) table.rows.back().push_back(whole(one.missing.value_or(0)));
  }
  section.tables.push_back(std::move(table));
  return section;
}

DocumentSection repair(NetworkPage const& page)
{
  DocumentSection section{"repair", page.say("net_repair"), {}, {}, {}};
  if (page.review.request.synthetic_demand) section.paragraphs.push_back(page.say("net_demand_short"));
  DocumentTable table{"", {page.say("net_area"), page.say("net_need"), page.say("net_ages"), page.say("net_add")}, {}};
  std::int64_t added = 0;
  for (RowRepair const& one : page.review.repair) {
    CareDemand const& row = page.review.request.demand[one.row];
    added += one.places;
    table.rows.push_back({page.area_name(row.area), page.kind_name(row.need), page.ages(row), whole(one.places)});
  }
  section.paragraphs.push_back(page.say("net_repair_about", {{"count", added}}));
  if (!table.rows.empty()) page.cut(table, section, most_rows);
  return section;
}

}  // namespace

}  // namespace tutela::detail

namespace tutela::inline v0 {

std::string write_network_report(Network const& network, NetworkReview const& review,
                                 NetworkReportOptions const& options)
{
  using namespace detail;
  NetworkPage const page(network, review, options);
  std::vector<DocumentSection> sections{holds(page), map_section(page)};
  if (!review.request.demand.empty()) sections.push_back(gaps(page));
  sections.push_back(by_area(page));
  sections.push_back(by_kind(page));
  sections.push_back(bottlenecks(page));
  if (!review.closures.empty()) sections.push_back(closures(page));
  if (!review.request.demand.empty()) sections.push_back(repair(page));
  sections.push_back({"limits", page.say("net_limits"), {page.say("net_limits_about")}, {}, {}});

  DocumentPage document;
  document.language = std::string(to_string(options.language));
  auto const name = network.content().name.in(options.language);
  document.title = page.say("net_title", {{"name", name.empty() ? network.id() : name}});
  document.lede = {page.say("net_lede", {{"date", page.catalogue.date(review.request.on)},
                                         {"agencies", network.content().agencies.size()},
                                         {"services", review.offer.services}})};
  std::vector<std::string> titles;
  for (Publication const& source : network.content().sources)
    if (!source.title.empty() && titles.size() < most_sources) titles.push_back(source.title);
  if (!titles.empty()) document.lede.push_back(page.say("net_sources", {{"sources", page.listed(titles)}}));
  document.skip = page.say("skip");
  document.contents = page.say("sections");
  auto const mark = [&](std::string const& words) {
    document.mark += styled("p", "synthetic", styled("b", "", text(page.say("synthetic_mark"))) + text(" " + words));
  };
  if (network.synthetic()) mark(page.say("net_synthetic"));
  if (review.request.synthetic_demand && !review.request.demand.empty()) mark(page.demand_line());
  std::vector<std::pair<std::string, std::string>> entries;
  Markup body;
  for (auto const& section : sections) {
    entries.emplace_back(section.id, section.title);
    body += to_markup(section);
  }
  return document_page(document, entries, body, {report_files::network_css});
}

}  // namespace tutela::inline v0
