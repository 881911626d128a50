// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/settle.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "risk/program.hpp"
#include "risk/search.hpp"

namespace tutela::inline v0 {

namespace {

constexpr std::int64_t most_answers = 512;

/// A fact whose answers are tried.
struct Question {
  std::string name;
  std::vector<Value> answers;
};

Value value_of(InstrumentFact const& fact, detail::FactDomain const& domain, std::int64_t count)
{
  switch (fact.declaration.type) {
    case Kind::date: return Value(*from_days(count));
    case Kind::boolean: return Value(count == 1);
    case Kind::string: return fact.declaration.allowed[static_cast<std::size_t>(count)];
    default: return Value(Decimal(count) / *Decimal::parse(std::to_string(static_cast<std::int64_t>(domain.scale))));
  }
}

/// Every answer that a fact may have, within what is already known of it; nothing where they are too many.
std::optional<Question> question_of(Instrument const& instrument, std::string const& name, Value const& now)
{
  auto const& program = instrument.program();
  auto const& facts = program.description.facts;
  for (std::size_t k = 0; k < facts.size(); ++k) {
    if (facts[k].declaration.name != name || !facts[k].feel.empty()) continue;
    auto const& domain = program.domains[k];
    if (domain.last - domain.first >= most_answers) return std::nullopt;
    Question question{name, {}};
    auto const* unknown = now.as_unknown();
    for (auto count = domain.first; count <= domain.last; ++count) {
      auto const value = value_of(facts[k], domain, count);
      if (unknown != nullptr && unknown->domain.kind == Domain::Kind::set &&
          std::find(unknown->domain.values.begin(), unknown->domain.values.end(), value) ==
              unknown->domain.values.end())
        continue;
      if (unknown != nullptr && unknown->domain.kind == Domain::Kind::range) return std::nullopt;
      question.answers.push_back(value);
    }
    return question;
  }
  return std::nullopt;
}

/// The record with other answers in place of those of the same name.
Record with(Record const& record, std::vector<std::pair<std::string, Value>> const& answers)
{
  RecordBuilder builder;
  for (auto const& fact : record.facts()) {
    bool const replaced =
        std::any_of(answers.begin(), answers.end(), [&](auto const& one) { return one.first == fact.name; });
    if (!replaced) builder.set(fact.name, fact.value, fact.source);
  }
  for (auto const& [name, value] : answers) builder.set(name, value);
  return std::move(builder).build().value();
}

bool has_number(Score const& score) { return score.state == ScoreState::known || score.state == ScoreState::open; }

/// Scores under changed answers, within the limit of work.
class Trial {
 public:
  Trial(Instrument const& instrument, Record const& record, ScoreOptions const& options)
      : instrument_(instrument), record_(record), options_(options), left_(options.limits.completions)
  {
  }

  void refill() { left_ = options_.limits.completions; }
  [[nodiscard]] bool exhausted() const { return left_ == 0; }

  Score operator()(std::vector<std::pair<std::string, Value>> const& answers)
  {
    if (left_ > 0) --left_;
    return score(instrument_, with(record_, answers), options_);
  }

  /// True when every answer to the questions from `next` on leaves one band.
  bool decides(std::vector<Question const*> const& questions, std::size_t next,
               std::vector<std::pair<std::string, Value>>& answers)
  {
    if (exhausted()) return false;
    auto const got = (*this)(answers);
    if (!has_number(got)) return true;  // contradicts the other facts, or is for nobody: it cannot be the answer
    if (got.exact && got.possible_bands.size() <= 1) return true;
    if (next == questions.size()) return false;
    for (auto const& value : questions[next]->answers) {
      answers.emplace_back(questions[next]->name, value);
      bool const decided = decides(questions, next + 1, answers);
      answers.pop_back();
      if (!decided) return false;
    }
    return true;
  }

 private:
  Instrument const& instrument_;
  Record const& record_;
  ScoreOptions const& options_;
  std::size_t left_;
};

/// Calls `use` with every set of `size` of the positions below `count`, in order.
void each_set(std::size_t count, std::size_t size, std::function<void(std::vector<std::size_t> const&)> const& use)
{
  std::vector<std::size_t> chosen;
  std::function<void(std::size_t)> const from = [&](std::size_t next) {
    if (chosen.size() == size) {
      use(chosen);
      return;
    }
    for (auto k = next; k < count; ++k) {
      chosen.push_back(k);
      from(k + 1);
      chosen.pop_back();
    }
  };
  from(0);
}

std::size_t place_of(Instrument const& instrument, std::string const& band)
{
  auto const& bands = instrument.description().bands;
  return static_cast<std::size_t>(
      std::find_if(bands.begin(), bands.end(), [&](ScoreBand const& one) { return one.id == band; }) - bands.begin());
}

MissingEffect effect_of(Trial& trial, Instrument const& instrument, Question const& question)
{
  MissingEffect effect;
  effect.fact = question.name;
  effect.always_decides = true;
  bool first = true;
  for (auto const& value : question.answers) {
    auto const got = trial({{question.name, value}});
    if (!has_number(got)) continue;
    auto const width = [](ScoreRange const& range) { return range.highest - range.lowest; };
    if (first || width(got.total) < width(effect.narrowest)) effect.narrowest = got.total;
    if (first || width(got.total) > width(effect.widest)) effect.widest = got.total;
    first = false;
    if (got.band.empty()) {
      effect.always_decides = false;
    } else if (std::find(effect.deciding_bands.begin(), effect.deciding_bands.end(), got.band) ==
               effect.deciding_bands.end()) {
      effect.deciding_bands.push_back(got.band);
    }
  }
  effect.always_decides = effect.always_decides && !first;
  std::sort(effect.deciding_bands.begin(), effect.deciding_bands.end(),
            [&](auto const& a, auto const& b) { return place_of(instrument, a) < place_of(instrument, b); });
  return effect;
}

}  // namespace

Settling settle(Instrument const& scale, Record const& record, ScoreOptions const& options)
{
  auto const normed = scale.normed(options.jurisdiction, options.on);
  auto const& instrument = normed ? *normed : scale;
  Settling result;
  auto const now = score(instrument, record, options);
  if (now.state != ScoreState::open) return result;
  Trial trial(instrument, record, options);
  std::vector<Question> questions;
  for (auto const& name : now.missing) {
    auto question = question_of(instrument, name, record.value(name, options.on, options.known_on));
    if (question) {
      result.effects.push_back(effect_of(trial, instrument, *question));
      questions.push_back(*std::move(question));
    } else {
      result.effects.push_back({name, now.total, now.total, {}, false, false});
      result.exact = false;
    }
  }
  if (now.possible_bands.size() <= 1) return result;
  for (std::size_t size = 1; size <= questions.size() && result.smallest.empty(); ++size) {
    trial.refill();
    each_set(questions.size(), size, [&](std::vector<std::size_t> const& chosen) {
      std::vector<Question const*> asked;
      std::vector<std::string> names;
      for (auto const k : chosen) {
        asked.push_back(&questions[k]);
        names.push_back(questions[k].name);
      }
      std::vector<std::pair<std::string, Value>> answers;
      if (trial.decides(asked, 0, answers)) result.smallest.push_back(std::move(names));
    });
    if (trial.exhausted()) result.exact = false;
  }
  return result;
}

std::vector<BandChange> smallest_changes(Instrument const& scale, Record const& record, ScoreOptions const& options)
{
  auto const normed = scale.normed(options.jurisdiction, options.on);
  auto const& instrument = normed ? *normed : scale;
  std::vector<BandChange> result;
  auto const now = score(instrument, record, options);
  if (!has_number(now) || now.band.empty()) return result;
  auto const here = place_of(instrument, now.band);
  std::vector<Question> questions;
  for (auto const& fact : instrument.description().facts) {
    if (!fact.declaration.changeable) continue;
    auto const value = record.value(fact.declaration.name, options.on, options.known_on);
    if (value.state() != State::known) continue;
    auto question = question_of(instrument, fact.declaration.name, value);
    if (!question) continue;
    std::erase(question->answers, value);
    questions.push_back(*std::move(question));
  }
  Trial trial(instrument, record, options);
  for (std::size_t size = 1; size <= questions.size() && result.empty() && !trial.exhausted(); ++size) {
    trial.refill();
    each_set(questions.size(), size, [&](std::vector<std::size_t> const& chosen) {
      std::vector<std::pair<std::string, Value>> changes;
      std::function<void(std::size_t)> const from = [&](std::size_t k) {
        if (k < chosen.size()) {
          for (auto const& value : questions[chosen[k]].answers) {
            changes.emplace_back(questions[chosen[k]].name, value);
            from(k + 1);
            changes.pop_back();
          }
          return;
        }
        if (trial.exhausted()) return;
        auto const got = trial(changes);
        if (has_number(got) && !got.band.empty() && place_of(instrument, got.band) < here)
          result.push_back({changes, got.band, got.total});
      };
      from(0);
    });
  }
  std::stable_sort(result.begin(), result.end(), [&](BandChange const& a, BandChange const& b) {
    return place_of(instrument, a.band) < place_of(instrument, b.band);
  });
  return result;
}

namespace {

/// The lowest value that anybody can have in an item. The range of the step may lie below it, even without end where a
/// ratio of dates in the wrong order has no logarithm; then people whose facts break nothing are searched.
double lowest_of(detail::InstrumentProgram const& program, std::uint32_t item)
{
  double const outer = program.steps[item].range.low;
  if (std::isfinite(outer)) return outer;
  std::vector<detail::FactState> anybody;
  for (auto const& domain : program.domains) anybody.push_back({domain.first, domain.last, {}});
  constexpr std::uint64_t most_steps = 20'000;
  detail::Search search(program, std::move(anybody), program.violated, most_steps);
  auto const found = search.bounds(item);
  return found ? found->low : outer;
}

}  // namespace

std::vector<ReasonCode> reason_codes(Instrument const& instrument, Score const& score, std::size_t most)
{
  std::vector<ReasonCode> result;
  auto const& program = instrument.program();
  if (score.contributions.size() != program.items.size()) return result;
  for (std::size_t k = 0; k < program.items.size(); ++k) {
    auto const& one = score.contributions[k];
    double const above = one.value.lowest - lowest_of(program, program.items[k]);
    if (one.value.is_settled() && above > 0 && std::isfinite(above)) result.push_back({one.item, one.label, above});
  }
  std::stable_sort(result.begin(), result.end(),
                   [](ReasonCode const& a, ReasonCode const& b) { return a.above > b.above; });
  if (result.size() > most) result.resize(most);
  return result;
}

}  // namespace tutela::inline v0
