// SPDX-License-Identifier: Apache-2.0
/// \file
/// The law of questions, on random packs, against every completion tried out one by one.
///
/// A fact is asked only if it can change something: two completions that differ in it, and in nothing else that is asked or
/// cannot be known, have different answers, or it changes what remains possible where some facts cannot be known. The
/// interview ends exactly when nothing can change any more.
///
/// `TUTELA_LAWS_INTERVIEWS` is the number of cases, `TUTELA_LAWS_SEED` the seed; both are printed.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <tutela/rules/ask.hpp>

#include "laws/random_packs.hpp"
#include "laws/reference.hpp"

namespace tutela::laws {
namespace {

constexpr std::size_t most_completions = 300;

/// One completion that the constraints allow, with the answers of all decisions.
struct Completion {
  std::vector<Plain> facts;
  std::vector<Plain> answers;
};

std::vector<Completion> allowed_completions(RandomPack const& pack, std::vector<RandomState> const& states)
{
  std::vector<std::vector<Plain>> domains;
  for (auto const& state : states) domains.push_back(state.completions);
  std::vector<Completion> all;
  // The enumeration of the reference; what it calls possible is of no interest here.
  static_cast<void>(possible_answers(pack.decisions, 0, domains, today, [&](std::vector<Plain> const& facts) {
    Reference const reference{pack.decisions, facts, today};
    for (auto const& constraint : pack.constraints)
      if (reference.value(constraint) == truth(false)) return false;
    Completion each{facts, {}};
    for (std::size_t i = 0; i < pack.decisions.size(); ++i) each.answers.push_back(reference.decide(i));
    all.push_back(std::move(each));
    return false;
  }));
  return all;
}

std::string key(Plain const& value)
{
  std::string text =
      std::to_string(static_cast<int>(value.kind)) + ":" + std::to_string(value.number) + value.text + "(";
  for (auto const& item : value.items) text += key(item);
  return text + ")";
}

/// The values of some facts of a completion.
std::string key(Completion const& completion, std::set<std::size_t> const& facts)
{
  std::string text;
  for (auto const fact : facts) text += key(completion.facts[fact]) + ";";
  return text;
}

class InterviewTrial {
 public:
  explicit InterviewTrial(unsigned long seed) : random_(seed) {}

  void run(unsigned long count)
  {
    while (cases < count && wrong < 3) {
      pack_ = random_.pack();
      pack_.as_structure = false;  // an answer is given to one fact
      auto const loaded = parse_pack(pack_.dmn);
      if (!pack_.exact || !loaded) continue;
      for (int i = 0; i < 10 && wrong < 3; ++i) interview(*loaded);
    }
  }

  unsigned long cases = 0, steps = 0, constrained = 0, inexact = 0, needless = 0, early = 0, wrong = 0;

 private:
  void interview(Pack const& pack)
  {
    states_ = random_.partial_case(pack_, most_completions);
    std::size_t combinations = 1;
    for (auto const& state : states_) combinations *= state.completions.size();
    for (std::size_t i = 0; i < states_.size(); ++i) {
      // most of what is known is forgotten again: an interview begins with little
      auto const& whole = pack_.facts[i].completions;
      if (states_[i].completions.size() == 1 && random_.chance(80) && combinations * whole.size() <= most_completions) {
        states_[i] = {Value(), whole, false, false, false};
        combinations *= whole.size();
      }
      // an answer replaces what is known of a fact, so a list that is known in part is answered as a whole elsewhere
      bool const open_list = states_[i].given && pack_.facts[i].is_list();
      if (open_list && states_[i].completions.size() > 1) return;
    }
    auto all = allowed_completions(pack_, states_);
    if (all.empty()) return;
    auto const truth = all[static_cast<std::size_t>(random_.below(static_cast<int>(all.size())))];
    ++cases;
    if (!pack_.constraints.empty()) ++constrained;
    Interview current(pack, record_of(pack_, states_), Date{2026, 3, 2});
    for (; wrong < 3; ++steps) {
      if (!current.questions().exact) {
        ++inexact;
        return;
      }
      judge(current.questions(), all);
      if (current.finished()) return;
      auto const fact = place_of(current.questions().ask.front().fact);
      auto& state = states_[fact];
      bool const uncertain = random_.chance(10);
      if (uncertain)
        state = {Value(Uncertain{}), pack_.facts[fact].completions, true, true, false};
      else
        state = {to_value(truth.facts[fact]), {truth.facts[fact]}, true, false, false};
      auto next = current.answer(pack_.facts[fact].name, state.value);
      ASSERT_TRUE(next) << to_string(next.diagnostics());
      current = *std::move(next);
      all = allowed_completions(pack_, states_);
    }
  }

  std::size_t place_of(std::string const& name) const
  {
    auto const plain = name.substr(0, name.find('['));
    auto const found = std::find_if(pack_.facts.begin(), pack_.facts.end(),
                                    [&](RandomFact const& fact) { return fact.name == plain; });
    return static_cast<std::size_t>(found - pack_.facts.begin());
  }

  void judge(Questions const& questions, std::vector<Completion> const& all)
  {
    std::set<std::size_t> asked;
    std::set<std::size_t> unknowable;
    for (auto const& question : questions.ask) asked.insert(place_of(question.fact));
    for (auto const& name : questions.uncertain) unknowable.insert(place_of(name));
    for (auto const fact : asked)
      if (!matters(all, fact, asked, unknowable)) report(++needless, "needless: " + pack_.facts[fact].name);
    if (!asked.empty()) return;
    unknowable.clear();
    for (std::size_t i = 0; i < states_.size(); ++i)
      if (states_[i].uncertain) unknowable.insert(i);
    // Nothing more is asked: what could be asked changes neither an answer nor what remains possible.
    for (std::size_t i = 0; i < states_.size(); ++i)
      if (!states_[i].uncertain) asked.insert(i);
    if (differs(all, unknowable) || changes_possible(all, {}, asked)) report(++early, "ends too early");
  }

  /// True when completions that agree in some facts have different answers.
  static bool differs(std::vector<Completion> const& all, std::set<std::size_t> const& agreeing)
  {
    std::map<std::string, std::vector<Plain>> found;
    for (auto const& each : all)
      if (found.try_emplace(key(each, agreeing), each.answers).first->second != each.answers) return true;
    return false;
  }

  /// True when states of the facts asked that agree in some of them leave different answers possible.
  static bool changes_possible(std::vector<Completion> const& all, std::set<std::size_t> const& agreeing,
                               std::set<std::size_t> const& asked)
  {
    std::map<std::string, std::map<std::string, std::vector<std::set<std::string>>>> found;
    for (auto const& each : all) {
      auto& sets = found[key(each, agreeing)][key(each, asked)];
      sets.resize(each.answers.size());
      for (std::size_t i = 0; i < each.answers.size(); ++i) sets[i].insert(key(each.answers[i]));
    }
    for (auto const& [agreed, states] : found)
      for (auto const& [state, sets] : states)
        if (sets != states.begin()->second) return true;
    return false;
  }

  static bool matters(std::vector<Completion> const& all, std::size_t fact, std::set<std::size_t> asked,
                      std::set<std::size_t> const& unknowable)
  {
    auto others = asked;
    others.erase(fact);
    if (changes_possible(all, others, asked)) return true;
    others.insert(unknowable.begin(), unknowable.end());
    return differs(all, others);
  }

  void report(unsigned long, std::string const& what)
  {
    if (++wrong > 3) return;
    std::printf("%s\n", what.c_str());
    for (std::size_t i = 0; i < states_.size(); ++i)
      std::printf("  %s: %s\n", pack_.facts[i].name.c_str(),
                  states_[i].given ? to_string(states_[i].value).c_str() : "missing");
    std::printf("%s\n", pack_.dmn.c_str());
  }

  Generator random_;
  RandomPack pack_;
  std::vector<RandomState> states_;
};

TEST(Laws, InterviewsAskOnlyWhatCanChangeSomething)
{
  auto const setting = [](char const* name, unsigned long otherwise) {
    auto const* const text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoul(text, nullptr, 10);
  };
  auto const seed = setting("TUTELA_LAWS_SEED", 20'261'123);
  InterviewTrial trial(seed);
  trial.run(setting("TUTELA_LAWS_INTERVIEWS", 5'000));
  std::printf(
      "seed %lu: %lu interviews with %lu questions, %lu under constraints, %lu could not all be told apart;\n"
      "  %lu facts asked needlessly, %lu ended too early\n",
      seed, trial.cases, trial.steps, trial.constrained, trial.inexact, trial.needless, trial.early);
  EXPECT_EQ(trial.needless, 0u);
  EXPECT_EQ(trial.early, 0u);
  EXPECT_LT(trial.inexact, trial.cases / 20);
}

}  // namespace
}  // namespace tutela::laws
