// SPDX-License-Identifier: Apache-2.0
// The shipped packs of law together: their own cases, words and sources, what is off, and what no answer may be.
#include <algorithm>
#include <array>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include <tutela/calendar/clock.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/test_cases.hpp>

namespace tutela {
namespace {

struct Expected {
  std::string id;
  std::string jurisdiction;
  std::size_t decisions;
  std::size_t on;  ///< Decisions that run without being asked for.
  int separations;
  int partial;  ///< Decisions whose text was seen in part.
};

std::array<Expected, 3> const packs{{{"ua/child-protection", "UA", 37, 22, 5, 3},
                                     {"ro/child-protection", "RO", 13, 9, 1, 1},
                                     {"md/further-rules", "MD", 11, 4, 0, 0}}};

std::string folder(std::string const& id) { return TUTELA_SOURCE_DIR "/src/packs/" + id; }

/// The word that a status begins with, as docs/pack-format.md says.
LawStatus status_of(Citation const& citation)
{
  auto const status = parse_law_status(citation.status.substr(0, citation.status.find(':')));
  EXPECT_TRUE(status) << citation.status;
  return status.value_or(LawStatus::recheck);
}

Record facts(std::initializer_list<std::pair<std::string, Value>> values)
{
  RecordBuilder builder;
  for (auto const& [name, value] : values) builder.set(name, value);
  return std::move(builder).build().value();
}

class LawPack : public testing::TestWithParam<Expected> {
 protected:
  Pack const pack_ = load_pack(folder(GetParam().id)).value();
};

TEST_P(LawPack, LoadsWithoutAWarningAndIsShipped)
{
  auto const loaded = load_pack(folder(GetParam().id));
  EXPECT_TRUE(loaded.diagnostics().empty()) << to_string(loaded.diagnostics());
  EXPECT_EQ(loaded->info().jurisdiction, GetParam().jurisdiction);
  EXPECT_EQ(loaded->decisions().size(), GetParam().decisions);
  EXPECT_EQ(load_pack(GetParam().id).value().info().digest, loaded->info().digest);
}

TEST_P(LawPack, PassesItsOwnCases)
{
  auto const report = run_test_cases(folder(GetParam().id) + "/cases").value();
  EXPECT_TRUE(report.diagnostics.empty()) << to_string(report.diagnostics);
  std::map<std::string, int> asked;
  for (auto const& test : report.cases)
    for (auto const& result : test.results) {
      ++asked[result.node];
      EXPECT_TRUE(result.passed) << test.id << " " << test.description << ": expected " << result.expected << ", got "
                                 << result.actual;
    }
  for (auto const& decision : pack_.decisions()) EXPECT_GE(asked[decision.name], 3) << decision.name;
}

TEST_P(LawPack, NamesEverythingInFourLanguages)
{
  for (auto const language : all_languages) {
    EXPECT_FALSE(pack_.info().title.exactly(language).empty());
    for (auto const& decision : pack_.decisions())
      EXPECT_FALSE(decision.label.exactly(language).empty()) << decision.name;
    for (auto const& fact : pack_.schema().declarations()) {
      EXPECT_FALSE(fact.label.exactly(language).empty()) << fact.name;
      EXPECT_FALSE(fact.question.exactly(language).empty()) << fact.name;
      EXPECT_FALSE(fact.category.empty()) << fact.name;
    }
  }
}

TEST_P(LawPack, OnlyGradeAOrBInForceAsSeenRunsByDefault)
{
  std::size_t on = 0;
  for (auto const& decision : pack_.decisions()) {
    ASSERT_EQ(decision.texts.size(), 1U);
    auto const& text = decision.texts.front();
    ASSERT_EQ(text.citations.size(), 1U) << decision.name;
    auto const& citation = text.citations.front();
    EXPECT_FALSE(citation.source.empty()) << decision.name;
    bool const good = may_be_default(citation.grade) && status_of(citation) == LawStatus::in_force_as_seen;
    EXPECT_EQ(text.verified, good) << decision.name;
    auto const outcome = pack_.decide(decision.name, Record(), Date{2026, 3, 2}).outcome;
    EXPECT_EQ(outcome == Outcome::rule_not_available, !good) << decision.name;
    on += good ? 1 : 0;
  }
  EXPECT_EQ(on, GetParam().on);
}

// Of a list that was seen in part nobody can say that something is not on it.
TEST_P(LawPack, AListSeenInPartNeverGivesANo)
{
  int partial = 0;
  DecideOptions options;
  options.include_unverified = true;
  for (auto const& decision : pack_.decisions()) {
    if (status_of(decision.texts.front().citations.front()) != LawStatus::partial) continue;
    ++partial;
    auto const open = pack_.decide(decision.name, Record(), Date{2026, 3, 2}, options);
    EXPECT_EQ(open.outcome, Outcome::unknown) << decision.name;
    EXPECT_FALSE(open.possible.values.empty()) << decision.name;
    for (auto const& value : open.possible.values) EXPECT_NE(value, Value(false)) << decision.name;
  }
  EXPECT_EQ(partial, GetParam().partial);
}

TEST_P(LawPack, WhatSeparatesAChildReadsNoProtectedFact)
{
  int separating = 0;
  for (auto const& decision : pack_.decisions()) {
    if (!decision.separation) continue;
    ++separating;
    for (auto const& name : decision.facts) EXPECT_FALSE(pack_.schema().find(name)->is_protected) << decision.name;
  }
  EXPECT_EQ(separating, GetParam().separations);
  for (auto const& finding : pack_.check().findings)
    EXPECT_EQ(finding.diagnostic.code, Code::undated_law) << finding.decision;
}

INSTANTIATE_TEST_SUITE_P(Countries, LawPack, testing::ValuesIn(packs),
                         [](auto const& pack) { return pack.param.jurisdiction; });

TEST(LawPacks, ARuleThatOneCountryLacksIsNotAvailableThere)
{
  auto const asked = facts({{"need.imminent_danger", Value(true)}});
  Date const day{2026, 3, 2};
  auto const ukraine = load_pack(folder("ua/child-protection")).value();
  EXPECT_EQ(ukraine.decide("emergency_removal_possible", asked, day).value, Value(true));
  EXPECT_EQ(load_pack(folder("ro/child-protection")).value().decide("emergency_removal_possible", asked, day).outcome,
            Outcome::rule_not_available);
  DecideOptions options;
  options.jurisdiction = "RO";
  EXPECT_EQ(ukraine.decide("emergency_removal_possible", asked, day, options).outcome, Outcome::rule_not_available);
}

// UA-042: one source has an age reached on the birthday, another on the day after it.
TEST(LawPacks, WhereSourcesDisagreeOnAgesOnlyTheBirthdayIsOpen)
{
  auto const ukraine = load_pack(folder("ua/child-protection")).value();
  for (int day = 1; day <= 31; ++day) {
    Date const on{2026, 3, static_cast<std::uint8_t>(day)};
    auto const verdict =
        ukraine.decide("shelter_for_children", facts({{"person.birth_date", Value(Date{2023, 3, 10})}}), on);
    if (day == 10) {
      EXPECT_EQ(verdict.outcome, Outcome::unknown);
      EXPECT_EQ(verdict.missing, std::vector<std::string>{"counting.age_reached"});
    } else {
      EXPECT_EQ(verdict.value, Value(day > 10)) << day;
    }
  }
}

TEST(LawPacks, TheDateOfTheTextSeenComesWithTheAnswer)
{
  auto const verdict =
      load_pack(folder("ro/child-protection"))
          .value()
          .decide("carer_may_receive_placement", facts({{"carer.lives_in_romania", Value(false)}}), Date{2026, 3, 2});
  EXPECT_EQ(verdict.value, Value(false));
  ASSERT_FALSE(verdict.citations.empty());
  EXPECT_EQ(verdict.citations.front().text_date, (Date{2024, 12, 1}));
}

}  // namespace
}  // namespace tutela
