// SPDX-License-Identifier: Apache-2.0
/// \file
/// `tutela agenda`: what is due, overdue, promised and not done on a day, for each agency and person.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <string>

#include <tutela/io/agenda.hpp>
#include <tutela/io/clocks.hpp>

#include "cli/verbs.hpp"

namespace tutela::cli {
namespace {

/// The shipped clocks of a country: the folder is its code in small letters.
std::string folder_of(std::string jurisdiction)
{
  for (auto& sign : jurisdiction)
    if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign - 'A' + 'a');
  return jurisdiction;
}

}  // namespace

int run_agenda(std::span<char const* const> words, std::string_view usage)
{
  auto const arguments = Arguments::read(words, {{"--on"},
                                                 {"--days"},
                                                 {"--clocks"},
                                                 {"--work-calendar"},
                                                 {"--unverified", false},
                                                 {"--lang"},
                                                 {"--json", false}});
  if (!arguments) return refuse("", usage);
  if (arguments->rest().size() != 1) return refuse("give one file of records, or - for standard input", usage);
  std::optional<Date> on;
  if (!arguments->date("--on", on)) return bad_input;
  if (!on) return refuse("give the day with --on", usage);
  AgendaOptions options{*on, 7, arguments->has("--unverified")};
  if (auto const days = arguments->value("--days")) {
    auto const [end, error] = std::from_chars(days->data(), days->data() + days->size(), options.days);
    if (error != std::errc() || end != days->data() + days->size() || options.days < 0 || options.days > 366)
      return refuse("--days is a number from 0 to 366", usage);
  }
  auto const language = parse_language(arguments->value("--lang").value_or("en"));
  if (!language) return refuse("--lang is one of en, ro, uk, ru", usage);

  auto const records = load_agenda_records(arguments->rest().front());
  print(records.diagnostics());
  if (!records) return bad_input;
  auto const clocks = load_clocks(arguments->value("--clocks").value_or(folder_of(records->jurisdiction)));
  print(clocks.diagnostics());
  if (!clocks) return bad_input;
  WorkCalendar calendar;
  if (auto const path = arguments->value("--work-calendar")) {
    auto read = load_work_calendar(*path);
    print(read.diagnostics());
    if (!read) return bad_input;
    calendar = std::move(read).value();
  }
  if (clocks->jurisdiction != records->jurisdiction ||
      (arguments->has("--work-calendar") && calendar.content().jurisdiction != records->jurisdiction))
    return refuse("the clocks or the working days are of another country than the records", usage);
  auto const made = agenda(*records, clocks->clocks, calendar, options);
  auto found = made.diagnostics();
  for (auto& each : found) each.place.file = arguments->rest().front();
  print(found);
  if (!made) return bad_input;
  std::printf("%s",
              arguments->has("--json") ? (write_agenda(*made) + "\n").c_str() : agenda_text(*made, *language).c_str());
  return success;
}

}  // namespace tutela::cli
