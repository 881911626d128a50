// SPDX-License-Identifier: Apache-2.0
/// \file
/// The three laws of answers from partial facts, on random packs, against every completion tried out one by one.
///
/// 1. Soundness: an answer is definite only if every completion gives it, and no possible answer is left out.
/// 2. Monotony: knowing more never changes a definite answer.
/// 3. Completeness: where every completion gives the same answer, it is given.
///
/// `TUTELA_LAWS_CASES` is the number of cases, `TUTELA_LAWS_SEED` the seed; both are printed.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>
#include <tutela/rules/pack.hpp>

#include "laws/random_packs.hpp"
#include "laws/reference.hpp"

namespace tutela::laws {
namespace {

constexpr std::size_t most_completions = 800;

unsigned long setting(char const* name, unsigned long otherwise)
{
  auto const* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoul(text, nullptr, 10);
}

bool has(std::vector<Plain> const& all, Plain const& one)
{
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// What a verdict claims: an answer (an error is one too), or a set of them.
struct Claim {
  bool definite = false;
  bool listed = false;  ///< True when `possible` is all that is possible.
  bool exact = false;
  std::vector<Plain> possible;
};

Claim claim_of(Verdict const& verdict)
{
  Claim claim;
  if (verdict.outcome == Outcome::known) return {true, true, true, {to_plain(verdict.value)}};
  if (verdict.outcome == Outcome::error) return {true, true, true, {error()}};
  claim.listed = verdict.possible.kind == Domain::Kind::set;
  claim.exact = claim.listed && !verdict.possible.approximate;
  for (auto const& value : verdict.possible.values)
    if (!has(claim.possible, to_plain(value))) claim.possible.push_back(to_plain(value));
  return claim;
}

struct Counts {
  unsigned long cases = 0, unsound = 0, decidable = 0, decided = 0, open = 0, exact = 0, inexact = 0, refined = 0,
                changed = 0, asked_again = 0;
};

class Trial {
 public:
  Trial(unsigned long seed) : random_(seed) {}

  void run(unsigned long cases)
  {
    while (counts.cases < cases && wrong_ < 5) {
      pack_ = random_.pack();
      auto const loaded = parse_pack(pack_.dmn);
      if (!loaded) {
        ASSERT_NO_FATAL_FAILURE(judge_refusal(loaded.diagnostics()));
        continue;
      }
      for (int i = 0; i < 50 && wrong_ < 5; ++i) judge(*loaded, random_.partial_case(pack_, most_completions));
    }
  }

  Counts counts;

 private:
  Verdict decide(Pack const& pack, std::vector<RandomState> const& states) const
  {
    return pack.decide("d" + std::to_string(pack_.decisions.size() - 1), record_of(pack_, states), Date{2026, 3, 2});
  }

  /// What the reference finds possible; nothing where no completion obeys the constraints.
  std::vector<Plain> possible_of(std::vector<RandomState> const& states) const
  {
    std::vector<std::vector<Plain>> domains;
    for (auto const& state : states) domains.push_back(state.completions);
    auto const allowed = [&](std::vector<Plain> const& facts) {
      Reference const reference{pack_.decisions, facts, today};
      return std::none_of(pack_.constraints.begin(), pack_.constraints.end(),
                          [&](Node const& constraint) { return reference.value(constraint) == truth(false); });
    };
    return possible_answers(pack_.decisions, pack_.decisions.size() - 1, domains, today, allowed);
  }

  /// The one reason to refuse a random pack: no case obeys its constraints.
  void judge_refusal(std::vector<Diagnostic> const& found)
  {
    ASSERT_EQ(found.front().code, Code::contradictory_facts) << to_string(found) << pack_.dmn;
    for (int i = 0; i < 50; ++i)
      ASSERT_TRUE(possible_of(random_.partial_case(pack_, most_completions)).empty()) << to_string(found) << pack_.dmn;
  }

  void judge(Pack const& pack, std::vector<RandomState> const& states)
  {
    auto const possible = possible_of(states);
    if (possible.empty()) return;  // the facts contradict the constraints
    ++counts.cases;
    auto const verdict = decide(pack, states);
    auto const claim = claim_of(verdict);
    bool const sound = std::all_of(possible.begin(), possible.end(),
                                   [&](Plain const& each) { return !claim.listed || has(claim.possible, each); });
    if (!sound) report(++counts.unsound, "unsound", states, verdict, possible);
    for (auto const& name : verdict.missing)
      for (std::size_t i = 0; i < states.size(); ++i)
        if (states[i].uncertain && pack_.facts[i].name == name)
          report(++counts.asked_again, "asked again", states, verdict, possible);
    if (pack_.exact && possible.size() == 1) {
      ++counts.decidable;
      if (claim.definite) ++counts.decided;
      if (!claim.definite && shown_++ < setting("TUTELA_LAWS_SHOW", 0))
        describe("not decided", states, verdict, possible);
    }
    if (!claim.definite) {
      ++counts.open;
      bool const equal = claim.listed && claim.possible.size() == possible.size();
      if (claim.exact) ++counts.exact;
      if (claim.exact && pack_.exact && !equal) report(++counts.inexact, "inexact", states, verdict, possible);
    }
    auto const more = random_.refined(pack_, states);
    ++counts.refined;
    auto const next = claim_of(decide(pack, more));
    bool const kept = claim.definite ? next.definite && next.possible == claim.possible
                                     : !claim.exact || !next.exact ||
                                           std::all_of(next.possible.begin(), next.possible.end(),
                                                       [&](Plain const& each) { return has(claim.possible, each); });
    if (!kept && !possible_of(more).empty())
      report(++counts.changed, "changed by knowing more", more, decide(pack, more), possible);
  }

  void report(unsigned long, char const* what, std::vector<RandomState> const& states, Verdict const& verdict,
              std::vector<Plain> const& possible)
  {
    if (++wrong_ <= 3) describe(what, states, verdict, possible);
  }

  void describe(char const* what, std::vector<RandomState> const& states, Verdict const& verdict,
                std::vector<Plain> const& possible) const
  {
    std::printf("%s: %s, possible", what, std::string(to_string(verdict.outcome)).c_str());
    for (auto const& value : verdict.possible.values) std::printf(" %s", to_string(value).c_str());
    std::printf("%s; in truth", verdict.possible.approximate ? " (approximate)" : "");
    for (auto const& each : possible) std::printf(" %s", to_string(to_value(each)).c_str());
    std::printf("\n");
    for (std::size_t i = 0; i < states.size(); ++i)
      std::printf("  %s: %s\n", pack_.facts[i].name.c_str(),
                  states[i].given ? to_string(states[i].value).c_str() : "missing");
    if (verdict.fault) std::printf("  %s\n", verdict.fault->what.c_str());
    std::printf("%s\n", pack_.dmn.c_str());
  }

  Generator random_;
  RandomPack pack_;
  unsigned long wrong_ = 0;
  unsigned long shown_ = 0;
};

TEST(Laws, HoldOnRandomPartialCases)
{
  auto const seed = setting("TUTELA_LAWS_SEED", 20'261'122);
  Trial trial(seed);
  trial.run(setting("TUTELA_LAWS_CASES", 100'000));
  auto const& counts = trial.counts;
  std::printf(
      "seed %lu: %lu cases, %lu unsound, %lu of %lu decidable ones decided, %lu changed by knowing more of %lu,\n"
      "  %lu open, the possible answers of %lu exact, %lu wrongly called exact\n",
      seed, counts.cases, counts.unsound, counts.decided, counts.decidable, counts.changed, counts.refined, counts.open,
      counts.exact, counts.inexact);
  EXPECT_EQ(counts.unsound, 0u);
  EXPECT_EQ(counts.changed, 0u);
  EXPECT_EQ(counts.inexact, 0u);
  EXPECT_EQ(counts.asked_again, 0u);
  EXPECT_GE(static_cast<double>(counts.decided), 0.99 * static_cast<double>(counts.decidable));
}

}  // namespace
}  // namespace tutela::laws
