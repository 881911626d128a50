// SPDX-License-Identifier: Apache-2.0
/// \file
/// SHOWS: an agreement that is debated and opens nothing yet, its goals with what measures them, and a claim that is kept
/// without being computed (Moldova, probation and an association; 2015 and 2022).
/// EASIER FIRST: route.cpp.
/// RUN: story_agreement examples/data/chisinau/network.json examples/data/chisinau/probation_records.json

#include <iostream>

#include <tutela/io/network.hpp>
#include <tutela/io/records.hpp>

using namespace tutela;

int main(int argc, char** argv)
{
  if (argc != 3) return 2;
  auto const network = load_network(argv[1]).value();
  auto const book = load_records(argv[2]).value();

  auto const& agreement = *network.find(AgreementId("probation-lumos-agreement"));
  Date const meeting{2015, 7, 10};
  auto const state = step_on(agreement, meeting)->state;
  std::cout << agreement.name.in(Language::en) << ": " << to_string(state)
            << ", open for referrals: " << (is_open_on(agreement, meeting) == Truth::yes ? "yes" : "no")
            << "\n  may follow:";
  for (auto const next : agreement_states)
    if (next != state && may_follow(state, next)) std::cout << ' ' << to_string(next);
  std::cout << '\n';

  for (auto const& [goal, indicators] : indicators_of_goals(agreement, book.content().indicators)) {
    std::cout << "goal " << goal << ": ";
    if (indicators.empty()) std::cout << "nothing measures it";
    for (auto const& id : indicators) {
      auto const value = book.value(id);
      std::cout << id << ' ' << to_string(value.state);
      if (value.value) std::cout << ' ' << value.value->to_string();
      if (value.lowest && value.highest)
        std::cout << " between " << value.lowest->to_string() << " and " << value.highest->to_string();
    }
    std::cout << '\n';
  }

  for (auto const* id : {"equipment_available", "equipment_applied", "equipment_use"})
    std::cout << book.find_indicator(id)->name.in(Language::en) << ": " << book.value(id).value->to_string() << '\n';

  for (auto const* claim : book.records_of("claim")) {
    std::cout << "claim, not computed: " << claim->name.in(Language::en) << "\n  to check it there would have to be:";
    for (auto const& item : claim->details.find("missing")->as_list()->items)
      std::cout << ' ' << *item.as_string() << ';';
    std::cout << '\n';
  }
}
