// SPDX-License-Identifier: Apache-2.0
/// \file
/// Random small networks and requests, for tests that compare two ways to an answer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "unit/referral/chance.hpp"
#include "unit/referral/small_network.hpp"

namespace tutela::test {

/// Up to five agencies, three services, ten grounds of every kind, some of them closed.
inline NetworkContent random_content(Chance& chance)
{
  NetworkContent content;
  content.id = "test/random";
  content.name = Text("random");
  content.jurisdiction = "XX";
  content.synthetic = true;
  std::size_t const agencies = 2 + chance.below(std::size_t{4});
  for (std::size_t i = 0; i < agencies; ++i) content.agencies.push_back(agency("a" + std::to_string(i)));
  auto const some_agency = [&] { return "a" + std::to_string(chance.below(agencies)); };
  if (chance.one_in(2)) {
    Unit unit;
    unit.id = AgencyId("unit");
    unit.agency = AgencyId(some_agency());
    unit.name = Text("unit");
    content.units = {unit};
  }
  std::size_t const services = 1 + chance.below(std::size_t{3});
  for (std::size_t i = 0; i < services; ++i) {
    auto one = service("s" + std::to_string(i), some_agency());
    if (chance.one_in(3)) {
      one.admission.emplace();
      one.admission->sexes = {chance.one_in(2) ? Sex::female : Sex::male};
    }
    if (chance.one_in(8)) one.status = ServiceStatus::inactive;
    if (!chance.one_in(3))
      content.capacities.push_back(free_places(one.id.text(), static_cast<std::int64_t>(chance.below(2)), today));
    if (chance.one_in(2)) {
      Waiting waiting;
      waiting.id = "w" + std::to_string(i);
      waiting.service = one.id;
      waiting.days = static_cast<std::int64_t>(chance.below(4));
      waiting.statistic = static_cast<WaitingStatistic>(chance.below(5));
      waiting.definition = "application to admission";
      waiting.as_of = today;
      content.waiting = content.waiting.empty() ? std::vector{waiting} : content.waiting;
    }
    content.services.push_back(one);
  }
  std::size_t const grounds = chance.below(std::size_t{11});
  for (std::size_t i = 0; i < grounds; ++i) {
    std::string const from = some_agency();
    std::string const to = chance.one_in(4) ? "s" + std::to_string(chance.below(services)) : some_agency();
    if (from == to) continue;
    std::string const owner = to[0] == 'a' ? to : content.services[static_cast<std::size_t>(to[1] - '0')].agency.text();
    auto kind = static_cast<BasisKind>(1 + chance.below(5));
    if (kind == BasisKind::agreement && owner == from) kind = BasisKind::competence;
    auto one = basis("b" + std::to_string(chance.below(100)) + "-" + std::to_string(i), kind, from, to);
    if (kind == BasisKind::agreement) {
      auto pact = agreement("pact" + std::to_string(i), from, owner);
      if (chance.one_in(4)) pact.purposes.reset();
      if (chance.one_in(4)) pact.steps[0].state = AgreementState::debated;
      if (chance.one_in(4)) {
        AgreementScope& covers = pact.covers.emplace();
        if (chance.one_in(2)) covers.sexes = {chance.one_in(2) ? Sex::female : Sex::male};
        if (chance.one_in(2)) covers.area_codes = {chance.one_in(2) ? "north" : "south"};
        if (chance.one_in(3)) covers.maximum_age_months = 134 + static_cast<std::int32_t>(chance.below(3));
      }
      one.agreement = pact.id;
      content.agreements.push_back(pact);
    }
    if (kind == BasisKind::act) one.act = ActKind(chance.one_in(2) ? "court" : "prosecutor");
    if (chance.one_in(2)) one.days = static_cast<std::int32_t>(chance.below(4));
    if (chance.one_in(8)) one.valid = {std::nullopt, today};
    content.bases.push_back(one);
  }
  return content;
}

/// The same with agreements that begin, rest and end in these days, with ages, and with places on the map.
inline NetworkContent random_dated_content(Chance& chance)
{
  NetworkContent content = random_content(chance);
  auto const near = [&](int least, int span) { return add_days(today, least + static_cast<int>(chance.below(span))); };
  auto const partial = [](std::optional<Date> day) { return PartialDate{day->year, day->month, day->day}; };
  for (Agreement& pact : content.agreements) {
    if (chance.one_in(3)) pact.window.until = near(1, 8);
    if (chance.one_in(4)) pact.window.from = pact.window.until ? near(-3, 3) : near(-3, 9);
    if (chance.one_in(5)) pact.referral_window.until = near(0, 8);
    if (chance.one_in(3)) pact.steps.push_back({AgreementState::suspended, partial(near(0, 5)), {}});
    if (chance.one_in(6)) pact.steps.push_back({AgreementState::in_force, partial(near(5, 5)), {}});
    if (pact.steps.size() == 1 && chance.one_in(8))
      pact.steps.push_back({AgreementState::ended, PartialDate{2026, 3, {}}, {}});
  }
  std::size_t const more = chance.below(std::size_t{6});  // so that there are many paths
  for (std::size_t i = 0; i < more; ++i) {
    auto const from = chance.below(content.agencies.size());
    auto const to = (from + 1 + chance.below(content.agencies.size() - 1)) % content.agencies.size();
    auto ground = basis("more" + std::to_string(i), BasisKind::competence, content.agencies[from].id.text(),
                        content.agencies[to].id.text());
    if (!chance.one_in(3)) ground.days = static_cast<std::int32_t>(chance.below(4));
    content.bases.push_back(std::move(ground));
  }
  for (Basis& ground : content.bases) {
    if (chance.one_in(6)) ground.valid.from = ground.valid.until ? near(-3, 3) : near(0, 6);
    if (chance.one_in(6) && !ground.valid.until) ground.valid.until = near(6, 4);
    if (chance.one_in(8)) ground.purposes = std::vector{Purpose(chance.one_in(2) ? "assistance" : "other")};
    if (chance.one_in(8)) ground.categories = std::vector{DataCategory(chance.one_in(2) ? "identity" : "health")};
    if (!never_waits(ground.kind) && chance.one_in(8)) ground.needs_consent = chance.one_in(2);
  }
  for (Service& one : content.services) {
    if (one.admission && chance.one_in(2)) one.admission->maximum_age_months = 24;
    Location place;
    place.id = LocationId("place-" + one.id.text());
    place.name = Text("place");
    place.position = Position{Decimal(47), Decimal(static_cast<std::int64_t>(26 + chance.below(3)))};
    if (chance.one_in(4)) one.disclosure = LocationDisclosure::none;
    one.locations = {place.id};
    if (!chance.one_in(5))
      content.locations.push_back(std::move(place));
    else
      one.locations.clear();
  }
  return content;
}

/// Adds days on which places differ, days out of service, declared ages and units of which one person takes several.
inline void add_days_of_places(Chance& chance, NetworkContent& content)
{
  auto const near = [&](int least, int span) { return add_days(today, least + static_cast<int>(chance.below(span))); };
  for (Capacity& capacity : content.capacities) {
    capacity.maximum = 6;
    capacity.available = static_cast<std::int64_t>(chance.below(4));
    capacity.updated = near(-4, 7);
    if (chance.one_in(3)) capacity.fresh_days = static_cast<std::int32_t>(chance.below(12));
    if (chance.one_in(3)) {
      capacity.unit = CapacityUnit::hours;
      if (chance.one_in(2)) capacity.per_person = 2;
    }
    std::optional<Date> from = near(-3, 6);
    for (std::size_t i = chance.below(std::size_t{4}); i > 0; --i) {
      DayPlaces entry;
      entry.days.from = from;
      from = add_days(*from, 1 + static_cast<int>(chance.below(4)));
      entry.days.until = from;
      from = add_days(*from, static_cast<int>(chance.below(2)));
      if (chance.one_in(2)) entry.maximum = 4;
      if (!chance.one_in(3)) entry.available = static_cast<std::int64_t>(chance.below(3));
      capacity.days.push_back(entry);
    }
    if (!capacity.days.empty() && chance.one_in(4)) capacity.days.back().days.until.reset();
    if (!capacity.days.empty() && capacity.days[0].available && chance.one_in(4)) capacity.available.reset();
  }
  for (Service const& one : content.services) {
    if (!chance.one_in(2)) continue;
    OutOfService rest;
    rest.id = "rest-" + one.id.text();
    rest.service = one.id;
    rest.reason = "repair";
    if (!chance.one_in(4)) rest.days.from = near(-3, 7);
    if (!chance.one_in(4)) rest.days.until = add_days(rest.days.from.value_or(today), 1 + chance.below(5));
    content.out_of_service.push_back(rest);
  }
}

inline RouteRequest random_request(Chance& chance, NetworkContent const& content)
{
  RouteRequest request = small_request();
  request.from = chance.one_in(4) && !content.units.empty() ? AgencyId("unit") : AgencyId("a0");
  if (chance.one_in(2)) {
    request.goal = ServiceKind("day_centre");
  } else if (chance.one_in(3)) {
    request.goal = AgencyId("a1");
  } else {
    request.goal = ServiceId("s0");
  }
  request.danger = static_cast<Truth>(chance.below(3));
  if (chance.one_in(2)) request.sex = Sex::female;
  if (chance.one_in(2)) request.birth_date = add_months(today, -135, MonthRounding::down);
  if (!chance.one_in(3)) request.area_codes = {chance.one_in(2) ? "north" : "east", "country"};
  if (chance.one_in(2)) request.acts = {{ActIssuer::court, {}, {ServiceKind("day_centre")}, {}}};
  request.data[0].consent = chance.one_in(4) ? Truth::unknown : Truth::yes;
  return request;
}

}  // namespace tutela::test
