// SPDX-License-Identifier: Apache-2.0
/// \file
/// SHOWS: one child with two statuses, two agencies, one coordinator, one plan; what is overdue and the next exchange
/// (Ukraine, a meeting of 18 June 2025; the case is synthetic).
/// EASIER FIRST: story_agreement.cpp.
/// RUN: story_joint_plan examples/data/pokrovsk/agenda.json

#include <iostream>

#include <tutela/io/agenda.hpp>
#include <tutela/io/clocks.hpp>

using namespace tutela;

int main(int argc, char** argv)
{
  if (argc != 2) return 2;
  Date const on{2025, 6, 18};
  auto const records = load_agenda_records(argv[1]).value();

  for (auto const& plan : records.plans) {
    std::cout << "case " << plan.subject.text() << ":\n";
    for (auto const& member : plan.members) {
      std::cout << "  " << member.relation << ':';
      for (auto const& status : statuses_on(plan.statuses, member.id, on)) std::cout << ' ' << status.status;
      std::cout << '\n';
    }
    auto const& coordinator = *coordinator_on(plan, on);
    std::cout << "  coordinated by " << coordinator.owner.agency.text() << ", " << coordinator.profile << "; team of "
              << plan.team.size() << '\n';
    for (auto const& [kind, count] : measures_by_kind(plan, on))
      std::cout << "  " << kind << ": " << count.done << " of " << count.all << " done\n";
  }

  auto const clocks = load_clocks("ua").value();
  auto const week = agenda(records, clocks.clocks, WorkCalendar(), {on, 7, false}).value();
  for (auto const& item : week.items) {
    if (item.part == AgendaPart::overdue)
      std::cout << "overdue since " << to_string(item.due->day) << ": " << item.what.in(Language::en) << '\n';
    if (item.kind == AgendaKind::exchange)
      std::cout << "next exchange on " << to_string(item.due->day) << ": " << item.what.in(Language::en) << '\n';
  }
}
