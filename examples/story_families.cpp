// SPDX-License-Identifier: Apache-2.0
/// \file
/// SHOWS: families and children counted apart, a count that is said to be about so many and stays so, the six components of
/// a package, and what became of proposals (Romania, a meeting of 13 June 2019; the single families are synthetic).
/// EASIER FIRST: story_services.cpp.
/// RUN: story_families examples/data/bacau/records.json

#include <iostream>
#include <map>

#include <tutela/io/records.hpp>

using namespace tutela;

int main(int argc, char** argv)
{
  if (argc != 2) return 2;
  auto const book = load_records(argv[1]).value();

  for (auto const& value : book.values()) {
    auto const& indicator = *book.find_indicator(value.indicator);
    std::cout << indicator.name.in(Language::en) << ": " << (value.approximate ? "about " : "")
              << (value.value ? value.value->to_string() : std::string(to_string(value.state))) << '\n';
  }

  std::map<std::string, int> components;
  for (auto const* grant : book.records_of("package_grant"))
    for (auto const& component : grant->details.find("components")->as_list()->items)
      ++components[*component.as_string()];
  for (auto const& [component, families] : components) std::cout << "  " << component << ": " << families << '\n';

  for (auto const& sum : book.identities()) {
    auto const* says = sum.holds == Truth::yes  ? "agree"
                       : sum.holds == Truth::no ? "differ"
                                                : "cannot be compared exactly";
    std::cout << sum.identity << ": counted and published " << says << '\n';
  }
  for (auto const* kind : {"law_proposal", "result_spread"})
    for (auto const* record : book.records_of(kind)) std::cout << kind << ": " << record->name.in(Language::en) << '\n';
}
