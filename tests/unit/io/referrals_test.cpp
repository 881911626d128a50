// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include <tutela/io/referrals.hpp>

using namespace tutela;

namespace {

std::string const text = R"({
  "format": "tutela-referrals/1",
  "referrals": [
    {
      "id": "a",
      "form": "transfer",
      "from": "office",
      "to": "house",
      "service": "centre",
      "basis": "pact",
      "steps": [
        {
          "state": "sent",
          "on": "2026-03-02",
          "by": "office"
        },
        {
          "state": "declined",
          "on": "2026-03-04",
          "by": "house",
          "reason": "other",
          "note": "the roof leaks"
        },
        {
          "state": "closed",
          "on": "2026-03-05",
          "by": "office",
          "outcome": "not_met"
        }
      ],
      "deadlines": [
        {
          "state": "received",
          "due": "2026-03-04",
          "whose": "office",
          "ground": "pact"
        }
      ],
      "consent_overrides": [
        {
          "categories": [
            "health"
          ],
          "who": "head of the service",
          "ground": "danger to life",
          "article": {
            "act": "Act",
            "article": "art. 1",
            "source": "the gazette",
            "grade": "A"
          },
          "valid_from": "2026-03-02",
          "valid_until": "2026-03-09"
        }
      ]
    }
  ]
}
)";

TEST(Referrals, are_read_and_written_back)
{
  auto const referrals = parse_referrals(text, "r.json").value();
  ASSERT_EQ(referrals.size(), 1U);
  EXPECT_EQ(referrals[0].form, ReferralForm::transfer);
  EXPECT_EQ(referrals[0].steps[2].outcome, ReferralOutcome::not_met);
  EXPECT_TRUE(overridden_on(referrals[0], DataCategory("health"), Date{2026, 3, 8}));
  EXPECT_EQ(write_referrals(referrals), text);
}

TEST(Referrals, a_wrong_step_is_located_and_told_what_is_allowed)
{
  auto wrong = text;
  wrong.replace(wrong.find("\"declined\""), 10, "\"completed\"");
  auto const found = parse_referrals(wrong, "r.json");
  ASSERT_FALSE(found);
  auto const& first = found.diagnostics().front();
  EXPECT_EQ(first.place.file, "r.json");
  EXPECT_EQ(first.place.pointer, "/referrals/0/steps/1/state");
  EXPECT_NE(first.mend.find("accepted"), std::string::npos);
  EXPECT_FALSE(parse_referrals(R"({"format":"other"})"));
  EXPECT_FALSE(parse_referrals(R"({"format":"tutela-referrals/1","referrals":[{"colour":1}]})"));
}

TEST(Referrals, noise_never_crashes)
{
  std::mt19937 random(31);
  for (int round = 0; round < 5'000; ++round) {
    auto noisy = text;
    for (int k = 0; k < 2; ++k) noisy[random() % noisy.size()] = "{}[]\",:0a"[random() % 9];
    auto const found = parse_referrals(noisy);
    if (!found) continue;
    EXPECT_EQ(parse_referrals(write_referrals(*found)).value(), *found);
  }
}

}  // namespace
