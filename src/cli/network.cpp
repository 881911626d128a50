// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela network`: the report of a network as a whole.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <tutela/io/event_log.hpp>
#include <tutela/io/hsds.hpp>
#include <tutela/io/network.hpp>
#include <tutela/io/network_report.hpp>
#include <tutela/io/report.hpp>
#include <tutela/io/table.hpp>
#include <tutela/referral/review.hpp>

#include "cli/verbs.hpp"

namespace tutela::cli {

namespace {

struct Input {
  Network network;
  std::optional<std::size_t> dirty;
};

std::optional<Input> read_network(Arguments const& arguments)
{
  auto const& path = arguments.rest().front();
  auto const form = arguments.value("--form").value_or("network");
  if (form == "network" && arguments.has("--known-on")) {
    std::optional<Date> known_on;
    if (!arguments.date("--known-on", known_on)) return std::nullopt;
    auto const history = load_network_history(path);
    print(history.diagnostics());
    if (!history) return std::nullopt;
    auto read = history->known(*known_on);
    print(read.diagnostics());
    if (!read) return std::nullopt;
    return Input{std::move(read).value(), std::nullopt};
  }
  if (form == "network") {
    auto read = load_network(path);
    print(read.diagnostics());
    if (!read) return std::nullopt;
    return Input{std::move(read).value(), std::nullopt};
  }
  std::ifstream file(path, std::ios::binary);
  std::string const text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file) {
    print({{Code::unreadable, Severity::error, {path, 0, 0, {}}, "the file cannot be read", ""}});
    return std::nullopt;
  }
  Publication source;
  source.id = SourceId("source");
  source.title = arguments.value("--title").value_or(std::filesystem::path(path).filename().string());
  source.published = parse_partial_date(*arguments.value("--published"));
  if (!source.published) {
    refuse("--published is a date such as 2020, 2020-02 or 2020-02-29", "");
    return std::nullopt;
  }
  auto read = form == "hsds"      ? parse_hsds(text, source, path)
              : form == "romania" ? import_romanian_register(text, source, path)
                                  : import_florida_services(text, source, path);
  print(read.diagnostics());
  if (!read) return std::nullopt;
  return Input{read->network, read->dirty.size()};
}

std::optional<std::int64_t> whole(std::string const& text)
{
  std::int64_t number = 0;
  auto const* const end = text.data() + text.size();
  auto const read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return number;
}

bool wrong_cell(std::string const& path, std::size_t row, std::string const& what)
{
  print({{Code::wrong_type,
          Severity::error,
          {path, static_cast<std::uint32_t>(row + 2), 0, {}},
          what,
          "columns: area, need, people, minimum_age_months, maximum_age_months; and where wanted from, latitude, "
          "longitude"}});
  return false;
}

/// Reads a table of demand.
bool read_demand(std::string const& path, std::vector<CareDemand>& demand)
{
  auto const table = load_table(path);
  print(table.diagnostics());
  if (!table) return false;
  auto const cell = [&](char const* name, std::size_t row) {
    auto const* column = table->find(name);
    return column == nullptr ? std::string() : (*column)[row];
  };
  bool good = true;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    CareDemand one;
    one.area = cell("area", row);
    one.need = ServiceKind(cell("need", row));
    auto const people = whole(cell("people", row));
    auto const youngest = whole(cell("minimum_age_months", row));
    auto const too_old = whole(cell("maximum_age_months", row));
    constexpr std::int64_t most_months = 200 * 12;
    if (!people || !youngest || !too_old || one.need.empty() || *youngest > most_months || *too_old > most_months ||
        *youngest < 0 || *too_old < 0) {
      good = wrong_cell(path, row, "the row has no need or no whole numbers of people and ages in months");
      continue;
    }
    one.people = *people;
    one.minimum_age_months = static_cast<std::int32_t>(*youngest);
    one.maximum_age_months = static_cast<std::int32_t>(*too_old);
    if (auto const from = cell("from", row); !from.empty()) one.from = AgencyId(from);
    auto const latitude = Decimal::parse(cell("latitude", row));
    auto const longitude = Decimal::parse(cell("longitude", row));
    if (latitude && longitude) one.centre = Position{*latitude, *longitude};
    demand.push_back(std::move(one));
  }
  return good;
}

/// `NEED:PEOPLE` or `NEED:PEOPLE:YOUNGEST-OLDEST`: people divided equally among the areas of the network, in years.
bool make_demand(std::string const& rule, NetworkReview const& first, std::vector<CareDemand>& demand)
{
  auto const colon = rule.find(':');
  if (colon == std::string::npos || colon == 0 || first.areas.empty()) return false;
  auto const need = rule.substr(0, colon);
  auto const is_need = [&](KindOffer const& kind) { return kind.kind.text() == need; };
  if (std::none_of(first.kinds.begin(), first.kinds.end(), is_need)) return false;  // most likely misspelt
  auto const second = rule.find(':', colon + 1);
  auto const people = whole(rule.substr(colon + 1, second == std::string::npos ? second : second - colon - 1));
  std::int64_t youngest = 0;
  std::int64_t oldest = 18;
  if (second != std::string::npos) {
    auto const dash = rule.find('-', second);
    if (dash == std::string::npos) return false;
    auto const low = whole(rule.substr(second + 1, dash - second - 1));
    auto const high = whole(rule.substr(dash + 1));
    if (!low || !high || *low < 0 || *high > 150) return false;
    youngest = *low;
    oldest = *high;
  }
  if (!people || *people < 0) return false;
  auto const areas = static_cast<std::int64_t>(first.areas.size());
  for (std::int64_t at = 0; at < areas; ++at) {
    CareDemand row;
    row.area = first.areas[static_cast<std::size_t>(at)].code;
    row.need = ServiceKind(need);
    row.people = *people / areas + (at < *people % areas ? 1 : 0);
    row.minimum_age_months = static_cast<std::int32_t>(youngest * 12);
    row.maximum_age_months = static_cast<std::int32_t>(oldest * 12);
    demand.push_back(std::move(row));
  }
  return true;
}

int write_page(std::string const& path, std::string const& page)
{
  std::ofstream file(path, std::ios::binary);
  file << page;
  file.close();
  if (file) return success;
  print({{Code::unreadable, Severity::error, {path, 0, 0, {}}, "the file cannot be written", "check the folder"}});
  return bad_input;
}

/// Adds the demand that the options give. \return What is wrong, or nothing.
std::optional<std::string> take_demand(Arguments const& arguments, Network const& network, ReviewRequest& request,
                                       NetworkReportOptions& options)
{
  if (auto const path = arguments.value("--demand")) {
    if (arguments.has("--synthetic-demand")) return "give --demand or --synthetic-demand, not both";
    if (!read_demand(*path, request.demand)) return "the demand could not be read";
    options.demand = std::filesystem::path(*path).filename().string();
    return std::nullopt;
  }
  if (!arguments.has("--synthetic-demand")) return std::nullopt;
  ReviewRequest bare{request.on, {}, false, {}, 0, request.fresh_days};
  auto const first = review_network(network, bare);
  if (!first) return "the network cannot be looked at";
  request.synthetic_demand = true;
  for (auto const& rule : arguments.values("--synthetic-demand")) {
    if (!make_demand(rule, *first, request.demand))
      return "--synthetic-demand is NEED:PEOPLE or NEED:PEOPLE:YOUNGEST-OLDEST (years), of a kind that the network "
             "has, "
             "for a network with areas";
  }
  return std::nullopt;
}

/// Counts a log of referrals and lays it beside the agreed network.
int review_log(Arguments const& arguments, Network const& network, std::string_view usage)
{
  if (!arguments.has("--until")) return refuse("a log needs --until, the last day of observation", usage);
  std::optional<Date> until;
  if (!arguments.date("--until", until)) return bad_input;
  auto const log = load_event_log(*arguments.value("--log"));
  print(log.diagnostics());
  if (!log) return bad_input;
  constexpr std::int64_t of_day = 86'400;
  auto const summary = summarize(*log, (to_days(*until) + 1) * of_day - 1);
  print(summary.diagnostics());
  if (!summary) return bad_input;
  auto const comparison = compare_with_network(*log, network);
  print(comparison.diagnostics());
  if (!comparison) return bad_input;
  std::fputs(write_log_review(*log, *summary, *comparison).c_str(), stdout);
  return success;
}

}  // namespace

int run_network(std::span<char const* const> words, std::string_view usage)
{
  auto const arguments = Arguments::read(words, {{"--form"},
                                                 {"--title"},
                                                 {"--published"},
                                                 {"--on"},
                                                 {"--known-on"},
                                                 {"--demand"},
                                                 {"--log"},
                                                 {"--until"},
                                                 {"--synthetic-demand", true, true},
                                                 {"--agency", true, true},
                                                 {"--closures"},
                                                 {"--out"},
                                                 {"--lang"},
                                                 {"--json", false}});
  if (!arguments) return refuse("", usage);
  if (arguments->rest().size() != 1) return refuse("give one network", usage);
  bool const is_log = arguments->has("--log");
  if (is_log && (arguments->has("--on") || arguments->has("--out") || arguments->has("--demand")))
    return refuse("a log is counted by itself: --log with --until", usage);
  if (!is_log && !arguments->has("--on")) return refuse("no day given", usage);
  auto const out = arguments->value("--out");
  if (!is_log && !out && !arguments->has("--json")) return refuse("no page given to write to", usage);
  static std::set<std::string> const forms{"network", "hsds", "romania", "florida"};
  auto const form = arguments->value("--form").value_or("network");
  if (forms.count(form) == 0) return refuse("--form is one of network, hsds, romania, florida", usage);
  if (form != "network" && !arguments->has("--published"))
    return refuse("an imported file needs --published, the day it was published", usage);
  if (form != "network" && arguments->has("--known-on"))
    return refuse("only a network of ours says what was known when", usage);
  std::optional<Date> on;
  if (!is_log && !arguments->date("--on", on)) return bad_input;
  auto const input = read_network(*arguments);
  if (!input) return bad_input;
  if (is_log) return review_log(*arguments, input->network, usage);
  ReviewRequest request;
  request.on = *on;
  for (auto const& agency : arguments->values("--agency")) request.agencies.emplace_back(agency);
  if (auto const text = arguments->value("--closures")) {
    auto const number = whole(*text);
    if (!number || *number < 0 || *number > 1000) return refuse("--closures is a number from 0 to 1000", usage);
    request.closures = static_cast<std::int32_t>(*number);
  }
  NetworkReportOptions options;
  options.dirty_fields = input->dirty;
  options.language = report_language({input->network.content().jurisdiction});
  if (auto const code = arguments->value("--lang")) {
    auto const chosen = parse_language(*code);
    if (!chosen) return refuse("--lang is one of en, ro, uk, ru", usage);
    options.language = *chosen;
  }
  if (auto const wrong = take_demand(*arguments, input->network, request, options)) return refuse(*wrong, usage);
  auto const review = review_network(input->network, request);
  print(review.diagnostics());
  if (!review) return bad_input;
  if (out && write_page(*out, write_network_report(input->network, *review, options)) != success) return bad_input;
  if (arguments->has("--json"))
    std::fputs(write_network_review(input->network, *review).c_str(), stdout);
  else
    std::printf("report  %s\n", out->c_str());
  return success;
}

}  // namespace tutela::cli
