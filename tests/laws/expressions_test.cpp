// SPDX-License-Identifier: Apache-2.0
/// \file
/// The laws of answers from partial facts, on random FEEL expressions over open and nested lists, structures, none and
/// what cannot be known. The reference is the library itself on every completion: it shows what a partial case makes
/// wrong; that answers from complete facts are right is shown by the conformance tests.
///
/// `TUTELA_LAWS_EXPRESSIONS` is the number of cases (an expression and what is known), `TUTELA_LAWS_SEED` the seed; both
/// are printed. `TUTELA_LAWS_DEPTH` is how often functions are put into each other; 2, sometimes 3, when it is not given.
/// `TUTELA_LAWS_SHOW` is how many cases are shown that were not decided or asked about more than needed.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>
#include <tutela/rules/ask.hpp>
#include <tutela/rules/pack.hpp>

#include "laws/random_expressions.hpp"
#include "laws/random_shapes.hpp"
#include "unit/rules/models.hpp"

namespace tutela::laws {
namespace {

constexpr std::size_t most_completions = 400;
constexpr std::size_t expressions_of_a_pack = 16;
constexpr int cases_of_a_pack = 10;

using Told = std::vector<std::optional<Value>>;

unsigned long setting(char const* name, unsigned long otherwise)
{
  auto const* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoul(text, nullptr, 10);
}

bool has(std::vector<Value> const& all, Value const& one)
{
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// Errors are one answer, whatever went wrong.
Value plain(Value const& value) { return value.is(Kind::error) ? Value(Fault{}) : value; }

bool has_error(Value const& value)
{
  if (value.is(Kind::error)) return true;
  if (auto const* const list = value.as_list())
    return std::any_of(list->items.begin(), list->items.end(), [](Value const& item) { return has_error(item); });
  auto const* const context = value.as_context();
  return context != nullptr && std::any_of(context->entries.begin(), context->entries.end(),
                                           [](auto const& entry) { return has_error(entry.second); });
}

bool definite(Verdict const& verdict) { return verdict.outcome == Outcome::known || verdict.outcome == Outcome::error; }

Value answer_of(Verdict const& verdict)
{
  return verdict.outcome == Outcome::known ? plain(verdict.value) : Value(Fault{});
}

bool same_answer(Verdict const& one, Verdict const& other)
{
  return one.outcome == other.outcome && (one.outcome == Outcome::error || one.value == other.value);
}

/// Whether a listed value is meant by the answer: one that is itself open stands for more than one.
bool covers(Value const& listed, Value const& answer)
{
  return listed.extent().open || (has_error(answer) ? has_error(listed) : plain(listed) == answer);
}

bool inside(Range const& range, Value const& answer)
{
  auto const* const number = answer.as_number();
  if (number == nullptr) return false;
  auto const* const low = range.low.as_number();
  auto const* const high = range.high.as_number();
  if (low != nullptr && (*number < *low || (!range.low_included && *number == *low))) return false;
  return high == nullptr || !(*high < *number || (!range.high_included && *number == *high));
}

bool allows(Domain const& possible, Value const& answer)
{
  if (possible.kind == Domain::Kind::range) return inside(possible.range, answer);
  return possible.kind == Domain::Kind::any || std::any_of(possible.values.begin(), possible.values.end(),
                                                           [&](Value const& listed) { return covers(listed, answer); });
}

/// The answers of every completion that is tried.
class Completions {
 public:
  Completions(Pack const& pack, std::vector<ShapedFact> const& facts, std::vector<PartialFact> const& states,
              DecideOptions const& options)
  {
    for (auto const& state : states) sizes_.push_back(state.completions.size());
    std::size_t count = 1;
    for (auto const size : sizes_) count *= size;
    for (std::size_t number = 0; number < count; ++number) {
      Told told;
      auto rest = number;
      for (auto const& state : states) {
        told.emplace_back(state.completions[rest % state.completions.size()]);
        rest /= state.completions.size();
      }
      rows_.push_back(pack.decide(record_of(facts, told, false), std::nullopt, options));
    }
  }

  /// How many answers to a decision are left open although everything is known.
  [[nodiscard]] std::size_t open(std::size_t decision) const
  {
    return static_cast<std::size_t>(
        std::count_if(rows_.begin(), rows_.end(), [&](auto const& row) { return !definite(row[decision]); }));
  }

  /// The different answers to a decision.
  [[nodiscard]] std::vector<Value> answers(std::size_t decision) const
  {
    std::vector<Value> all;
    for (auto const& row : rows_)
      if (!has(all, answer_of(row[decision]))) all.push_back(answer_of(row[decision]));
    return all;
  }

  /// Whether two completions that differ in this fact alone have different answers to a decision.
  [[nodiscard]] bool matters(std::size_t fact, std::size_t decision) const
  {
    std::size_t step = 1;
    for (std::size_t i = 0; i < fact; ++i) step *= sizes_[i];
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      auto const place = i / step % sizes_[fact];
      if (place > 0 && answer_of(rows_[i][decision]) != answer_of(rows_[i - place * step][decision])) return true;
    }
    return false;
  }

 private:
  std::vector<std::size_t> sizes_;
  std::vector<std::vector<Verdict>> rows_;
};

struct Counts {
  unsigned long packs = 0, cases = 0, unsound = 0, decidable = 0, decided = 0, exact = 0, inexact = 0, changed = 0,
                asked_again = 0, needless = 0, open = 0;
};

/// A partial case and what is true of it.
struct Case {
  std::vector<PartialFact> states;
  Told told;
  bool apart = false;
  bool all = true;  ///< Whether every completion is tried.

  [[nodiscard]] bool uncertain(std::string const& name) const
  {
    return std::any_of(states.begin(), states.end(), [&](auto const& state) {
      return std::find(state.uncertain.begin(), state.uncertain.end(), name) != state.uncertain.end();
    });
  }
};

class Trial {
 public:
  explicit Trial(unsigned long seed) : dice_(seed) {}

  void run(unsigned long cases)
  {
    options_.reasons = false;
    while (counts.cases < cases && wrong_ < 5) {
      facts_ = random_facts(dice_);
      auto const pack = random_pack();
      ++counts.packs;
      for (int i = 0; i < cases_of_a_pack && wrong_ < 5; ++i) judge(pack);
    }
  }

  Counts counts;

 private:
  Pack pack_of(std::vector<std::string> const& expressions) const
  {
    std::vector<std::string> names;
    for (auto const& fact : facts_) names.push_back(fact.name);
    auto text = printed(facts_);
    for (std::size_t i = 0; i < expressions.size(); ++i)
      text += test::decision("d" + std::to_string(10 + i), names, test::literal(expressions[i]));
    return parse_pack(test::dmn(text)).value();
  }

  /// A pack of random expressions, each of which compiles.
  Pack random_pack()
  {
    ExpressionWriter writer(dice_, has_nested_list(facts_));
    expressions_.clear();
    while (expressions_.size() < expressions_of_a_pack) {
      auto const expression =
          writer.expression(static_cast<int>(setting("TUTELA_LAWS_DEPTH", dice_.chance(80) ? 2 : 3)));
      try {
        (void)pack_of({expression});
        expressions_.push_back(expression);
      } catch (Error const&) {
        continue;  // it can never be computed, and the legal mode says so
      }
    }
    return pack_of(expressions_);
  }

  Case partial_case()
  {
    Case known;
    known.states = random_case(dice_, facts_, most_completions);
    known.apart = dice_.chance(50);
    for (auto const& state : known.states) {
      known.told.push_back(state.told);
      known.all = known.all && state.all;
    }
    return known;
  }

  /// The same with one more fact known, or one list closed; nothing when everything is known.
  std::optional<Case> refined(Case known)
  {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < facts_.size(); ++i)
      if (known.states[i].completions.size() > 1) open.push_back(i);
    if (open.empty()) return std::nullopt;
    auto const fact = dice_.one_of(open);
    auto& told = known.told[fact];
    auto const* const list = told ? told->as_list() : nullptr;
    if (list != nullptr && !list->complete && dice_.chance(50))
      told = Value(List{list->items});
    else
      told = dice_.one_of(known.states[fact].completions);
    return known;
  }

  std::vector<Verdict> decide(Pack const& pack, Case const& known) const
  {
    return pack.decide(record_of(facts_, known.told, known.apart), std::nullopt, options_);
  }

  void judge(Pack const& pack)
  {
    auto const known = partial_case();
    auto const more = refined(known);
    if (!more) return;
    Completions const completions(pack, facts_, known.states, options_);
    auto const verdicts = decide(pack, known);
    auto const later = decide(pack, *more);
    for (std::size_t i = 0; i < expressions_.size(); ++i) {
      ++counts.cases;
      auto const answers = completions.answers(i);
      auto const tell = [&](unsigned long& count, char const* what) {
        ++count;
        if (++wrong_ <= 3) describe(what, i, known, verdicts[i], answers);
      };
      if (completions.open(i) > 0) tell(counts.open, "open although everything is known");
      judge_answer(i, known, verdicts[i], answers, tell);
      if (definite(verdicts[i]) && !same_answer(verdicts[i], later[i])) {
        tell(counts.changed, "changed by knowing more");
        if (wrong_ <= 3) describe("  to", i, *more, later[i], answers);
      }
      judge_questions(pack, i, known, verdicts[i], completions);
    }
  }

  template <class Tell>
  void judge_answer(std::size_t decision, Case const& known, Verdict const& verdict, std::vector<Value> const& answers,
                    Tell const& tell)
  {
    bool const sound = definite(verdict) ? answers.size() == 1 && answers.front() == answer_of(verdict)
                                         : std::all_of(answers.begin(), answers.end(), [&](Value const& answer) {
                                             return allows(verdict.possible, answer);
                                           });
    if (!sound) tell(counts.unsound, "unsound");
    for (auto const& name : verdict.missing)
      if (known.uncertain(name)) tell(counts.asked_again, "asked for what cannot be known");
    if (!known.all) return;
    if (answers.size() == 1) {
      ++counts.decidable;
      if (definite(verdict))
        ++counts.decided;
      else
        show("not decided", decision, known, verdict, answers);
    }
    auto const& possible = verdict.possible;
    if (definite(verdict) || possible.kind != Domain::Kind::set || possible.approximate) return;
    ++counts.exact;
    bool const exact = std::all_of(possible.values.begin(), possible.values.end(), [&](Value const& listed) {
      return std::any_of(answers.begin(), answers.end(), [&](Value const& answer) { return covers(listed, answer); });
    });
    if (!exact) tell(counts.inexact, "wrongly called exact");
  }

  /// Counts what is asked although no completion makes it matter.
  void judge_questions(Pack const& pack, std::size_t decision, Case const& known, Verdict const& verdict,
                       Completions const& completions)
  {
    if (definite(verdict)) return;
    AskOptions options;
    options.decide = options_;
    options.decide.decisions = {verdict.decision};
    auto const questions = ask(pack, record_of(facts_, known.told, known.apart), std::nullopt, options);
    std::vector<std::string> asked = verdict.missing;
    for (auto const& question : questions.ask) {
      if (known.uncertain(question.fact)) ++counts.asked_again, ++wrong_;
      if (questions.exact) asked.push_back(question.fact);
    }
    bool const needless = std::any_of(asked.begin(), asked.end(), [&](std::string const& name) {
      return !completions.matters(index_of(name.substr(0, name.find_first_of(".["))), decision);
    });
    if (!known.all || !needless) return;
    ++counts.needless;
    show("asked needlessly", decision, known, verdict, completions.answers(decision));
  }

  std::size_t index_of(std::string const& fact) const
  {
    std::size_t i = 0;
    while (facts_[i].name != fact) ++i;
    return i;
  }

  void show(char const* what, std::size_t decision, Case const& known, Verdict const& verdict,
            std::vector<Value> const& answers)
  {
    if (shown_++ < setting("TUTELA_LAWS_SHOW", 0)) describe(what, decision, known, verdict, answers);
  }

  void describe(char const* what, std::size_t decision, Case const& known, Verdict const& verdict,
                std::vector<Value> const& answers) const
  {
    std::printf("%s: %s\n  %s %s, possible", what, expressions_[decision].c_str(),
                std::string(to_string(verdict.outcome)).c_str(), to_string(verdict.value).c_str());
    for (auto const& value : verdict.possible.values) std::printf(" %s", to_string(value).c_str());
    if (verdict.possible.kind == Domain::Kind::range)
      std::printf(" %s", to_string(Value(verdict.possible.range)).c_str());
    std::printf("%s; missing", verdict.possible.approximate ? " (approximate)" : "");
    for (auto const& name : verdict.missing) std::printf(" %s", name.c_str());
    std::printf("; in truth");
    for (auto const& answer : answers) std::printf(" %s", to_string(answer).c_str());
    if (verdict.fault) std::printf("; %s", verdict.fault->what.c_str());
    std::printf("%s\n", known.all ? "" : " (and more)");
    for (std::size_t i = 0; i < facts_.size(); ++i)
      std::printf("  %s: %s\n", facts_[i].name.c_str(), known.told[i] ? to_string(*known.told[i]).c_str() : "missing");
  }

  Dice dice_;
  DecideOptions options_;
  std::vector<ShapedFact> facts_;
  std::vector<std::string> expressions_;
  unsigned long wrong_ = 0;
  unsigned long shown_ = 0;
};

TEST(Laws, HoldOnRandomExpressions)
{
  auto const seed = setting("TUTELA_LAWS_SEED", 20'261'124);
  Trial trial(seed);
  trial.run(setting("TUTELA_LAWS_EXPRESSIONS", 2'000));
  auto const& counts = trial.counts;
  std::printf(
      "seed %lu: %lu expressions on partial facts in %lu packs, %lu unsound, %lu changed by knowing more,\n"
      "  %lu of %lu decidable ones decided, %lu exact, %lu wrongly called exact, %lu asked needlessly\n",
      seed, counts.cases, counts.packs, counts.unsound, counts.changed, counts.decided, counts.decidable, counts.exact,
      counts.inexact, counts.needless);
  EXPECT_EQ(counts.unsound, 0u);
  EXPECT_EQ(counts.changed, 0u);
  EXPECT_EQ(counts.inexact, 0u);
  EXPECT_EQ(counts.asked_again, 0u);
  EXPECT_EQ(counts.open, 0u);
  EXPECT_GE(static_cast<double>(counts.decided), 0.99 * static_cast<double>(counts.decidable));
}

}  // namespace
}  // namespace tutela::laws
