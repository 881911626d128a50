// SPDX-License-Identifier: Apache-2.0
/// \file
/// SHOWS: the figures of seven services computed from records and held against those that were published; a figure that is
/// missing is not zero, a stock is not a flow (Moldova, a project that ended; the single records are synthetic).
/// EASIER FIRST: story_reports.cpp.
/// RUN: story_services examples/data/chisinau/records.json

#include <iostream>

#include <tutela/io/records.hpp>

using namespace tutela;

int main(int argc, char** argv)
{
  if (argc != 2) return 2;
  auto const book = load_records(argv[1]).value();

  for (auto const& value : book.values()) {
    auto const& indicator = *book.find_indicator(value.indicator);
    std::cout << indicator.name.in(Language::en) << ": ";
    if (value.value)
      std::cout << value.value->to_string() << ' ' << indicator.unit << '\n';
    else
      std::cout << to_string(value.state) << '\n';
  }

  for (auto const& sum : book.identities())
    std::cout << sum.identity << ": counted " << sum.left->to_string() << ", published " << sum.right->to_string()
              << (sum.holds == Truth::yes ? "" : ", they differ") << '\n';

  // What leaves the directorate shows no number that is so small that people could be recognised.
  IndicatorOptions shown;
  shown.smallest = 5;
  std::cout << "shown outside, refugees housed: " << to_string(book.value("refugees_housed", shown).state) << '\n';
}
