// SPDX-License-Identifier: Apache-2.0
// The shipped synthetic cases: read whole, labelled, with the states and gaps that their README promises.
#include <map>

#include <gtest/gtest.h>

#include <tutela/io/case.hpp>

#include "io/json_reader.hpp"

namespace tutela {
namespace {

std::vector<Case> shipped_cases()
{
  std::string const path = TUTELA_SOURCE_DIR "/examples/data/cases/synthetic-300.ndjson";
  return load_cases(path).value();
}

TEST(SyntheticCases, AreThreeHundredAndAllLabelled)
{
  auto const cases = shipped_cases();
  ASSERT_EQ(cases.size(), 300U);
  std::map<CaseKind, int> kinds;
  int chisinau = 0;
  for (auto const& item : cases) {
    EXPECT_TRUE(item.synthetic) << item.id.text();
    EXPECT_TRUE(item.id.text().starts_with("synthetic-"));
    EXPECT_EQ(item.jurisdiction, "MD");
    EXPECT_FALSE(item.held_by.empty());
    EXPECT_FALSE(item.needs.empty());
    ++kinds[item.kind];
    if (!item.held_by.text().starts_with("demo-")) ++chisinau;
  }
  EXPECT_EQ(kinds[CaseKind::probation], 75);
  EXPECT_NEAR(chisinau, 100, 3);
}

TEST(SyntheticCases, HaveEveryStateAndGroupsOfSiblings)
{
  std::map<State, int> states;
  std::map<std::string, int> groups;
  for (auto const& item : shipped_cases()) {
    for (auto const& fact : item.facts.facts()) ++states[fact.value.state()];
    if (!item.group.empty()) ++groups[item.group];
  }
  EXPECT_GT(states[State::known], 8'000);
  EXPECT_GT(states[State::none], 100);
  EXPECT_GT(states[State::uncertain], 20);
  EXPECT_GT(states[State::unknown], 3);  // birth dates known to the year or month
  EXPECT_GT(groups.size(), 15U);
  for (auto const& [group, size] : groups) EXPECT_GE(size, 2) << group;
}

TEST(SyntheticCases, AreWrittenBackByteForByte)
{
  std::string const path = TUTELA_SOURCE_DIR "/examples/data/cases/synthetic-300.ndjson";
  auto const text = detail::read_file(path, {}).value();
  EXPECT_EQ(write_cases(parse_cases(text, path).value()), text);
}

TEST(SyntheticCases, LackAFifthOfTheirFacts)
{
  // Facts that every case of its kind had before some were taken away.
  std::map<CaseKind, std::vector<std::string>> const always{
      {CaseKind::child_protection,
       {"person.birth_date", "person.sex", "person.protection_status", "family.vulnerable", "need.imminent_danger"}},
      {CaseKind::probation, {"person.birth_date", "probation.measure", "probation.conviction_date", "person.sex"}}};
  int all = 0;
  int missing = 0;
  for (auto const& item : shipped_cases())
    for (auto const& name : always.at(item.kind)) {
      ++all;
      if (item.facts.find(name) == nullptr) ++missing;
    }
  EXPECT_GT(missing * 100, 15 * all);
  EXPECT_LT(missing * 100, 30 * all);
}

}  // namespace
}  // namespace tutela
