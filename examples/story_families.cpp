// SPDX-License-Identifier: Apache-2.0
/// \file
/// SHOWS: families and children counted apart, a count that is said to be about so many and stays so, the six components of
/// a package, what became of proposals; and a programme of prevention whose participants nobody lists (Romania, a meeting of
/// 13 June 2019; the single families and all participants are synthetic).
/// EASIER FIRST: story_services.cpp.
/// RUN: story_families examples/data/bacau/records.json examples/data/bacau/prevention_records.json

#include <iostream>
#include <map>

#include <tutela/io/records.hpp>

using namespace tutela;

namespace {

void print_values(RecordBook const& book)
{
  for (auto const& value : book.values()) {
    std::cout << book.find_indicator(value.indicator)->name.in(Language::en) << ": ";
    std::cout << (value.approximate ? "about " : "");
    if (value.lowest && value.highest)
      std::cout << value.lowest->to_string() << " to " << value.highest->to_string() << '\n';
    else
      std::cout << (value.value ? value.value->to_string() : std::string(to_string(value.state))) << '\n';
  }
}

}  // namespace

int main(int argc, char** argv)
{
  if (argc != 3) return 2;
  auto const book = load_records(argv[1]).value();
  print_values(book);

  std::map<std::string, int> families;
  for (auto const* grant : book.records_of("package_grant"))
    for (auto const& one : grant->details.find("components")->as_list()->items) ++families[*one.as_string()];
  for (auto const& [component, count] : families) std::cout << "  " << component << ": " << count << '\n';

  for (auto const& sum : book.identities())
    std::cout << sum.identity << ": counted and published "
              << (sum.holds == Truth::yes ? "agree" : "cannot be compared exactly") << '\n';
  for (auto const* kind : {"law_proposal", "result_spread"})
    for (auto const* record : book.records_of(kind)) std::cout << kind << ": " << record->name.in(Language::en) << '\n';

  // Voluntary, and the team's alone: outcomes are told, people are not listed, small numbers are not shown.
  auto const programme = load_records(argv[2]).value();
  print_values(programme);
  std::cout << "records that may leave the team: " << programme.shareable().content().records.size() << '\n';
}
