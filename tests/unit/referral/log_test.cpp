// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include <tutela/referral/log.hpp>

#include "small_network.hpp"

namespace tutela {
namespace {

using Standing = ReferralState;

void add(ReferralLog& log, std::uint32_t referral, Standing state, std::int64_t time, std::uint32_t from = 0,
         std::uint32_t to = 1, std::uint32_t service = no_label, std::uint32_t reason = no_label,
         std::uint32_t basis = no_label)
{
  while (log.referral_ids.size() <= referral) log.referral_ids.push_back("r" + std::to_string(log.referral_ids.size()));
  log.referral.push_back(referral);
  log.state.push_back(state);
  log.time.push_back(time);
  log.from.push_back(from);
  log.to.push_back(to);
  log.service.push_back(service);
  log.reason.push_back(reason);
  log.basis.push_back(basis);
}

ReferralLog empty_log()
{
  ReferralLog log;
  log.stops = {"office", "house", "centre"};
  log.reasons = {"no_capacity", "not_admitted"};
  log.bases = {"pact-basis", "unheard-of"};
  return log;
}

constexpr std::int64_t day = 86'400;

TEST(Log, figures_of_a_log_counted_by_hand)
{
  auto log = empty_log();
  add(log, 0, Standing::started, 5 * day);  // rows stand in no order
  add(log, 0, Standing::sent, 0);
  add(log, 0, Standing::accepted, 2 * day);
  add(log, 1, Standing::sent, 0);
  add(log, 1, Standing::declined, 3 * day, 0, 1, no_label, 0);
  add(log, 2, Standing::sent, 4 * day);
  add(log, 3, Standing::sent, 6 * day, 1, 0);
  add(log, 3, Standing::cancelled, 7 * day, 1, 0);
  auto const found = summarize(log, 10 * day).value();
  EXPECT_EQ(found.events, 8U);
  EXPECT_EQ(found.referrals, 4U);
  ASSERT_EQ(found.stages.size(), 5U);
  LogStage const& sent = found.stages[0];
  EXPECT_EQ(sent.reached, 4U);
  EXPECT_EQ(sent.went_on, 1U);
  EXPECT_EQ(sent.declined, 1U);
  EXPECT_EQ(sent.left, 1U);
  EXPECT_EQ(sent.open, 1U);
  EXPECT_EQ(sent.conversion(), 0.25);
  EXPECT_EQ(sent.leakage(), 0.5);
  ASSERT_EQ(found.declines.size(), 1U);
  EXPECT_EQ(found.declines[0].reason, 0U);
  EXPECT_EQ(found.declines[0].to, 1U);
  ASSERT_EQ(found.hops.size(), 2U);
  EXPECT_EQ(found.hops[0].referrals, 3U);
  EXPECT_EQ(found.hops[0].started, 1U);
  EXPECT_EQ(found.hops[0].declined, 1U);
  // Followed for 5 days to a service, 3 and 1 days to another end, 6 days still waiting.
  EXPECT_EQ(found.with_service, 1U);
  EXPECT_EQ(found.still_waiting, 1U);
  EXPECT_EQ(found.ended_without_service, 2U);
  ASSERT_EQ(found.time_to_service.size(), 1U);
  EXPECT_EQ(found.time_to_service[0].time, 5);
  EXPECT_EQ(found.time_to_service[0].at_risk, 2U);
  EXPECT_EQ(found.time_to_service[0].survival, 0.5);
}

TEST(Log, what_is_wrong_is_located)
{
  auto log = empty_log();
  add(log, 0, Standing::sent, 5);
  EXPECT_EQ(summarize(log, 4).diagnostics().front().place.pointer, "/0/time");
  log.from[0] = 17;
  log.state[0] = static_cast<Standing>(200);
  log.time[0] = std::numeric_limits<std::int64_t>::max();
  auto const found = summarize(log, 4);
  ASSERT_FALSE(found);
  ASSERT_EQ(found.diagnostics().size(), 3U);
  EXPECT_EQ(found.diagnostics()[0].place.pointer, "/0/from");
  EXPECT_EQ(found.diagnostics()[1].place.pointer, "/0/state");
  EXPECT_EQ(found.diagnostics()[2].place.pointer, "/0/time");
  log.to.clear();
  EXPECT_EQ(summarize(log, 4).diagnostics().front().code, Code::wrong_type);
  EXPECT_FALSE(compare_with_network(log, Network()));
  EXPECT_EQ(summarize(ReferralLog{}, 0)->referrals, 0U);
}

/// The same figures by the slow way: one referral after another, one question at a time.
struct Reference {
  std::map<std::pair<Standing, Standing>, std::vector<double>> gaps;
  std::map<Standing, std::size_t> reached;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> declines;
  std::size_t with_service = 0;
  std::size_t waiting = 0;
  std::size_t ended = 0;
};

Reference reference(ReferralLog const& log)
{
  Reference result;
  for (std::uint32_t referral = 0; referral < log.referral_ids.size(); ++referral) {
    std::vector<std::pair<std::int64_t, std::size_t>> rows;
    for (std::size_t row = 0; row < log.size(); ++row)
      if (log.referral[row] == referral) rows.emplace_back(log.time[row], row);
    std::sort(rows.begin(), rows.end());
    for (std::size_t i = 1; i < rows.size(); ++i)
      result.gaps[{log.state[rows[i - 1].second], log.state[rows[i].second]}].push_back(
          static_cast<double>(rows[i].first - rows[i - 1].first));
    auto const first = [&](auto const& wanted, std::int64_t from) {
      for (auto const& [time, row] : rows)
        if (time >= from && wanted(log.state[row])) return time;
      return std::int64_t{-1};
    };
    for (Standing const state :
         {Standing::sent, Standing::received, Standing::accepted, Standing::started, Standing::completed})
      if (first([&](Standing each) { return each == state; }, 0) >= 0) ++result.reached[state];
    for (auto const& [time, row] : rows)
      if (log.state[row] == Standing::declined) ++result.declines[{log.reason[row], log.to[row]}];
  }
  return result;
}

TEST(Log, random_logs_count_as_the_slow_way_does)
{
  std::mt19937 engine(11);
  auto const random = [&] { return static_cast<std::uint32_t>(engine()); };
  for (int round = 0; round < 300; ++round) {
    auto log = empty_log();
    std::uint32_t const referrals = 1 + random() % 12;
    for (std::uint32_t k = 0; k < referrals; ++k) log.referral_ids.push_back("r" + std::to_string(k));
    for (std::size_t k = random() % 80; k > 0; --k)
      add(log, random() % referrals, static_cast<Standing>(random() % referral_states), random() % 30, 0, 1, no_label,
          random() % 2);
    auto const found = summarize(log, 100).value();
    auto const slow = reference(log);
    ASSERT_EQ(found.transitions.size(), slow.gaps.size());
    for (LogTransition const& each : found.transitions) {
      auto values = slow.gaps.at({each.from, each.to});
      std::sort(values.begin(), values.end());
      ASSERT_EQ(each.count, values.size());
      auto const n = values.size();
      EXPECT_EQ(each.median_seconds, (values[(n - 1) / 2] + values[n / 2]) / 2);
      auto const after = allowed_after(each.from);
      EXPECT_EQ(each.allowed, std::find(after.begin(), after.end(), each.to) != after.end());
    }
    std::size_t sent = 0;
    for (LogStage const& stage : found.stages) {
      auto const known = slow.reached.find(stage.state);
      EXPECT_EQ(stage.reached, known == slow.reached.end() ? 0 : known->second);
      EXPECT_EQ(stage.reached, stage.went_on + stage.declined + stage.left + stage.open);
      if (stage.state == Standing::sent) sent = stage.reached;
    }
    EXPECT_EQ(found.with_service + found.still_waiting + found.ended_without_service, sent);
    ASSERT_EQ(found.declines.size(), slow.declines.size());
    for (LogDecline const& each : found.declines) EXPECT_EQ(each.count, slow.declines.at({each.reason, each.to}));
    std::size_t by_hop = 0;
    for (LogHop const& hop : found.hops) by_hop += hop.referrals;
    EXPECT_EQ(by_hop, sent);
  }
}

std::int64_t at(int year, int month, int of_month) { return to_days(*make_date(year, month, of_month)) * day; }

TEST(Log, the_used_network_beside_the_agreed_one)
{
  auto content = test::small_content();
  content.agencies.push_back(test::agency("school"));
  content.agreements.push_back(test::agreement("idle", "school", "house"));
  Basis idle = test::basis("idle-basis", BasisKind::agreement, "school", "house");
  idle.agreement = AgreementId("idle");
  content.bases.push_back(idle);
  content.agreements.push_back(test::agreement("vague", "school", "office"));
  content.agreements.back().steps = {{AgreementState::in_force, PartialDate{2026, 0, 0}, {}}};
  Basis vague = test::basis("vague-basis", BasisKind::agreement, "school", "office");
  vague.agreement = AgreementId("vague");
  content.bases.push_back(vague);
  auto const network = Network::build(content).value();

  auto log = empty_log();
  log.stops.push_back("school");
  log.stops.push_back("nowhere");
  add(log, 0, Standing::sent, at(2026, 3, 2));                               // on the pact
  add(log, 1, Standing::sent, at(2026, 3, 2), 0, 1, 2);                      // to its service
  add(log, 2, Standing::sent, at(2026, 3, 3), 0, 1, 2, no_label, 0);         // and says so
  add(log, 3, Standing::sent, at(2024, 12, 31));                             // before the pact
  add(log, 4, Standing::sent, at(2026, 3, 2), 1, 0);                         // against its direction
  add(log, 5, Standing::sent, at(2026, 3, 2), 0, 4);                         // to a stop that is not there
  add(log, 6, Standing::sent, at(2026, 3, 2), 0, 1, no_label, no_label, 1);  // on a ground that is not there
  add(log, 7, Standing::sent, at(2026, 3, 2), 1, 1, 2);                      // inside the house
  add(log, 8, Standing::sent, at(2026, 3, 2), 3, 0);                         // perhaps not yet in force
  add(log, 9, Standing::draft, at(2026, 3, 2), 0, 4);                        // never sent
  auto const found = compare_with_network(log, network).value();
  EXPECT_EQ(found.referrals, 9U);
  EXPECT_EQ(found.founded, 4U);
  std::map<LogGap, std::size_t> gaps;
  for (UnfoundedHop const& each : found.unfounded) gaps[each.gap] += each.hop.referrals;
  EXPECT_EQ(gaps, (std::map<LogGap, std::size_t>{{LogGap::unknown_stop, 1},
                                                 {LogGap::unknown_basis, 1},
                                                 {LogGap::no_ground, 1},
                                                 {LogGap::not_in_force, 1},
                                                 {LogGap::not_certain, 1}}));
  ASSERT_EQ(found.bases.size(), 3U);
  EXPECT_EQ(found.bases[0].referrals, 3U);
  EXPECT_TRUE(found.bases[0].held);
  EXPECT_EQ(found.bases[1].referrals, 0U);
  EXPECT_EQ(found.agreements_never_used, (std::vector{AgreementId("idle"), AgreementId("vague")}));
}

TEST(Log, an_agreement_that_was_not_in_force_is_not_told_as_unused)
{
  auto content = test::small_content();
  content.agreements[0].steps.push_back({AgreementState::ended, PartialDate{2025, 6, 1}, {}});
  auto const network = Network::build(content).value();
  auto log = empty_log();
  add(log, 0, Standing::sent, at(2026, 3, 2), 1, 0);
  auto const found = compare_with_network(log, network).value();
  EXPECT_FALSE(found.bases[0].held);
  EXPECT_TRUE(found.agreements_never_used.empty());
}

}  // namespace
}  // namespace tutela
