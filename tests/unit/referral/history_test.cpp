// SPDX-License-Identifier: Apache-2.0
/// \file
/// The network as known on a day, against a slow reading of the raw records.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include <tutela/referral/history.hpp>
#include <tutela/referral/reach.hpp>
#include "unit/referral/random_network.hpp"
#include "unit/referral/small_network.hpp"

using namespace tutela;
using namespace tutela::test;

namespace {

/// Gives records days on which they were recorded and withdrawn, and corrects some of them.
NetworkContent random_records(Chance& chance)
{
  auto content = random_dated_content(chance);
  add_days_of_places(chance, content);
  auto const near = [&](int least, int span) { return add_days(today, least + static_cast<int>(chance.below(span))); };
  auto const date = [&](Period& known) {
    if (chance.one_in(3)) known.from = near(-4, 6);
    if (chance.one_in(3)) known.until = add_days(known.from.value_or(*near(-2, 3)), 1 + chance.below(5));
  };
  // What was withdrawn was sometimes recorded anew, with another meaning.
  auto const correct = [&](auto& records, auto mend) {
    std::size_t const count = records.size();
    for (std::size_t i = 0; i < count; ++i) {
      date(records[i].known);
      if (!records[i].known.until || chance.one_in(3)) continue;
      auto again = records[i];
      again.known = {records[i].known.until, {}};
      mend(again);
      records.push_back(again);
    }
  };
  correct(content.services, [&](Service& one) { one.status = ServiceStatus::inactive; });
  correct(content.capacities, [&](Capacity& one) { one.days.clear(), one.available = 3, one.maximum = 3; });
  correct(content.out_of_service, [&](OutOfService& one) { one.days = {near(0, 3), {}}; });
  correct(content.waiting, [&](Waiting& one) { one.days = 1; });
  correct(content.bases, [&](Basis& one) { one.days = 1; });
  for (Agreement& pact : content.agreements)
    for (AgreementStep& step : pact.steps) date(step.known);
  correct(content.agreements, [&](Agreement& one) { one.purposes.reset(); });
  return content;
}

bool stands(Period const& known, Date day)
{
  bool const made = !known.from || *known.from <= day;
  bool const gone = known.until && *known.until <= day;
  return made && !gone;
}

/// Reads the raw records one by one for a day, without looking at how the history does it.
NetworkContent slow_reading(NetworkContent const& raw, Date day)
{
  NetworkContent content = raw;
  content.services.clear();
  content.capacities.clear();
  content.out_of_service.clear();
  content.waiting.clear();
  content.agreements.clear();
  content.bases.clear();
  auto const has_service = [&](std::string const& id) {
    for (Service const& one : content.services)
      if (one.id.text() == id) return true;
    return false;
  };
  auto const take = [&](auto const& from, auto& into) {
    for (auto one : from) {
      if (!stands(one.known, day)) continue;
      if constexpr (requires { one.service; })
        if (!has_service(one.service.text())) continue;
      one.known.until = std::nullopt;
      into.push_back(one);
    }
  };
  take(raw.services, content.services);
  take(raw.capacities, content.capacities);
  take(raw.out_of_service, content.out_of_service);
  take(raw.waiting, content.waiting);
  for (Agreement one : raw.agreements) {
    if (!stands(one.known, day)) continue;
    auto const all = one.steps;
    one.steps.clear();
    for (AgreementStep step : all)
      if (stands(step.known, day)) {
        step.known.until = std::nullopt;
        one.steps.push_back(step);
      }
    one.known.until = std::nullopt;
    if (!one.steps.empty()) content.agreements.push_back(one);
  }
  for (Basis one : raw.bases) {
    bool good = stands(one.known, day);
    if (one.to[0].text()[0] == 's') good = good && has_service(one.to[0].text());
    if (one.kind == BasisKind::agreement) {
      bool found = false;
      for (Agreement const& pact : content.agreements) found = found || pact.id == one.agreement;
      good = good && found;
    }
    one.known.until = std::nullopt;
    if (good) content.bases.push_back(one);
  }
  return content;
}

}  // namespace

TEST(NetworkHistory, is_the_slow_reading_of_the_raw_records_on_every_day)
{
  int corrected = 0;
  int gone = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    Chance chance(seed);
    auto const records = random_records(chance);
    auto const history = NetworkHistory::build(records);
    ASSERT_TRUE(history) << "seed " << seed << "\n" << to_string(history.diagnostics());
    for (int ahead = -5; ahead <= 8; ++ahead) {
      Date const day = *add_days(today, ahead);
      auto const known = history->known(day);
      ASSERT_TRUE(known) << "seed " << seed << "\n" << to_string(known.diagnostics());
      auto const wanted = slow_reading(records, day);
      auto const& content = known->content();
      ASSERT_EQ(content.services, wanted.services) << "seed " << seed;
      ASSERT_EQ(content.capacities, wanted.capacities) << "seed " << seed;
      ASSERT_EQ(content.out_of_service, wanted.out_of_service) << "seed " << seed;
      ASSERT_EQ(content.waiting, wanted.waiting) << "seed " << seed;
      ASSERT_EQ(content.agreements, wanted.agreements) << "seed " << seed;
      ASSERT_EQ(content.bases, wanted.bases) << "seed " << seed;
      gone += content.services.size() < 1 ? 1 : 0;
      corrected += content.capacities != records.capacities ? 1 : 0;
    }
  }
  EXPECT_GT(corrected, 500);
  EXPECT_GT(gone, 50);
}

TEST(NetworkHistory, a_snapshot_has_the_paths_of_its_day)
{
  int open = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Chance chance(seed);
    auto const records = random_records(chance);
    auto const history = NetworkHistory::build(records).value();
    auto request = random_request(chance, records);
    request.fresh_days = 3;
    request.goal = ServiceKind("day_centre");
    for (int ahead = -3; ahead <= 6; ahead += 3)
      for (int as_of = -3; as_of <= 6; as_of += 3) {
        request.on = *add_days(today, as_of);
        auto const known = history.known(*add_days(today, ahead)).value();
        auto const day = history.snapshot(request.on, *add_days(today, ahead));
        ASSERT_TRUE(day) << "seed " << seed << "\n" << to_string(day.diagnostics());
        EXPECT_TRUE(day->content().capacities.empty() || day->content().capacities[0].days.empty());
        auto const wanted = find_route(known, request).value();
        auto const answer = find_route(*day, request).value();
        ASSERT_EQ(answer.certain, wanted.certain) << "seed " << seed;
        ASSERT_EQ(answer.possible, wanted.possible) << "seed " << seed;
        open += answer.best() != nullptr ? 1 : 0;
      }
  }
  EXPECT_GT(open, 500);
}

TEST(NetworkHistory, a_correction_does_not_change_what_was_known_before)
{
  auto content = small_content();
  content.agreements[0].known.until = add_days(today, 30);
  content.agreements.push_back(content.agreements[0]);
  content.agreements[1].known = {add_days(today, 30), {}};
  content.agreements[1].steps[0].state = AgreementState::debated;  // it had never been in force
  auto const history = NetworkHistory::build(content).value();
  auto const then = history.known(today).value();
  auto const now = history.known(*add_days(today, 30)).value();
  EXPECT_EQ(find_route(then, small_request())->state(), HopState::certain);
  EXPECT_EQ(find_route(now, small_request())->state(), HopState::blocked);
  EXPECT_FALSE(then.content().agreements[0].known.until);  // nobody knew then that it would be withdrawn
}

TEST(NetworkHistory, versions_that_overlap_and_withdrawn_records_of_a_network_are_located)
{
  auto content = small_content();
  content.services.push_back(content.services[0]);
  content.services[0].known = {{}, today};
  content.services[1].known = {add_days(today, -1), {}};
  auto const overlap = NetworkHistory::build(content, "h.json");
  ASSERT_EQ(overlap.diagnostics().size(), 1U) << to_string(overlap.diagnostics());
  EXPECT_EQ(overlap.diagnostics()[0].code, Code::duplicate_id);
  EXPECT_EQ(overlap.diagnostics()[0].place.pointer, "/services/1/id");
  content.services[1].known.from = today;
  EXPECT_TRUE(NetworkHistory::build(content));
  auto const network = Network::build(content);
  ASSERT_FALSE(network);
  EXPECT_EQ(network.diagnostics()[0].code, Code::invalid_network);
  EXPECT_EQ(network.diagnostics()[0].place.pointer, "/services/0/withdrawn");
  content.services[0].known = {today, today};
  auto const empty = NetworkHistory::build(content);
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.diagnostics()[0].code, Code::invalid_interval);
  content = small_content();
  content.bases[0].agreement = AgreementId("nothing");
  EXPECT_EQ(NetworkHistory::build(content).diagnostics().at(0).code, Code::dangling_reference);
}
