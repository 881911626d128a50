// SPDX-License-Identifier: Apache-2.0
#include <random>
#include <string>

#include <gtest/gtest.h>

#include <tutela/io/event_log.hpp>

using namespace tutela;

TEST(EventLog, is_written_and_read_back)
{
  std::string const text =
      "case,activity,timestamp,resource,from,to,service,reason,basis\n"
      "\"a,\"\"1\"\"\",sent,2026-03-02T09:30:05,office,office,house,centre,,pact\n"
      "\"a,\"\"1\"\"\",declined,2026-03-03T00:00:00,house,office,house,centre,no_capacity,\n"
      "b,draft,1969-12-31T23:59:59,,,house,,,\n";
  auto const log = parse_event_log(text, "log.csv").value();
  ASSERT_EQ(log.size(), 3U);
  EXPECT_EQ(log.referral_ids, (std::vector<std::string>{"a,\"1\"", "b"}));
  EXPECT_EQ(log.time[2], -1);
  EXPECT_EQ(log.from[2], no_label);
  EXPECT_EQ(write_event_log(log).value(), text);
}

TEST(EventLog, reads_what_other_tools_write)
{
  auto const log = parse_event_log(
                       "activity,timestamp,case,colour\r\nsent,2026-03-02,a,red\r\nstarted,2026-03-02 09:30,a,\r\n"
                       "completed,2026-03-02T09:30:01.250Z,a,\r\n")
                       .value();
  EXPECT_EQ(log.time[1] - log.time[0], 9 * 3600 + 30 * 60);
  EXPECT_EQ(log.time[2] - log.time[1], 1);
  EXPECT_EQ(log.basis[0], no_label);
}

TEST(EventLog, every_bad_cell_is_told)
{
  auto const found = parse_event_log(
      "case,activity,timestamp\n,sent,2026-03-02\na,begun,2026-03-02\na,sent,2026-02-30\na,sent,2026-03-02T25:00:00\n"
      "a,sent,2026-03-02T10:00:00+02\n",
      "log.csv");
  ASSERT_FALSE(found);
  ASSERT_EQ(found.diagnostics().size(), 5U);
  char const* const pointers[] = {"/0/case", "/1/activity", "/2/timestamp", "/3/timestamp", "/4/timestamp"};
  for (std::size_t k = 0; k < 5; ++k) EXPECT_EQ(found.diagnostics()[k].place.pointer, pointers[k]);
  EXPECT_EQ(parse_event_log("a,b\n1,2\n").diagnostics().size(), 3U);
  EXPECT_FALSE(parse_event_log(""));
  EXPECT_FALSE(load_event_log("no such file"));
}

TEST(EventLog, a_log_that_is_broken_is_not_written)
{
  ReferralLog log;
  log.referral.push_back(0);
  EXPECT_FALSE(write_event_log(log));
}

TEST(EventLog, noise_never_crashes)
{
  std::mt19937 random(3);
  std::string const letters = "case,activity,timestamp\n\"sent2026-03-02T10:00:00Z.";
  for (int round = 0; round < 20'000; ++round) {
    std::string text = round % 2 == 0 ? "case,activity,timestamp\n" : "";
    for (std::size_t k = random() % 60; k > 0; --k) text += letters[random() % letters.size()];
    auto const log = parse_event_log(text);
    EXPECT_TRUE(!log || write_event_log(*log));
  }
}
