// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/score.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include "risk/instrument_use.hpp"
#include "risk/open_score.hpp"
#include "risk/program.hpp"

namespace tutela::inline v0 {

namespace {

using detail::FactState;
using detail::InstrumentProgram;
using detail::Interval;
using detail::OpenOutcome;
using detail::OpenScorer;

Text contradiction()
{
  Text text("the facts contradict each other");
  text.set(Language::ro, "faptele se contrazic");
  text.set(Language::uk, "відомості суперечать одна одній");
  text.set(Language::ru, "сведения противоречат друг другу");
  return text;
}

/// What the record says about one fact of the instrument.
struct Reading {
  FactState state;
  std::vector<std::string> missing;
  std::vector<std::string> uncertain;
};

/// Scores one record; holds what the steps of the work share.
class Scorer {
 public:
  Scorer(Instrument const& instrument, Record const& record, ScoreOptions const& options)
      : program_(instrument.program()), description_(program_.description), record_(record), options_(options)
  {
    score_.instrument = description_.id;
    score_.version = description_.version;
    score_.total_unit = description_.total_unit;
    score_.norm = description_.norm;
    for (auto const& fact : description_.facts)
      if (!fact.declaration.category.empty()) score_.categories.push_back(fact.declaration.category);
    detail::keep_once(score_.categories);
  }

  Score run() &&
  {
    if (options_.answers_only) refuse_other_answers();
    if (!score_.diagnostics.empty() || !is_for_this_person()) return std::move(score_);
    for (std::size_t k = 0; k < description_.facts.size(); ++k) readings_.push_back(read(k));
    if (!score_.diagnostics.empty()) return std::move(score_);
    detail::keep_once(score_.assumed);
    bool const open =
        std::any_of(readings_.begin(), readings_.end(), [](Reading const& one) { return one.state.is_open(); });
    if (open)
      score_open();
    else
      score_point();
    return std::move(score_);
  }

 private:
  /// A misspelt answer would otherwise be a missing one.
  void refuse_other_answers()
  {
    auto const& acts = description_.applicability.recorded_act;
    for (auto const& given : record_.facts()) {
      bool known = std::find(acts.begin(), acts.end(), given.name) != acts.end();
      for (std::size_t k = 0; k < description_.facts.size() && !known; ++k) {
        known = description_.facts[k].declaration.name == given.name;
        if (!known && program_.fed[k]) {
          auto const& heads = program_.fed[k]->heads;
          known = std::find(heads.begin(), heads.end(), given.name.substr(0, given.name.find('.'))) != heads.end();
        }
      }
      if (!known) wrong(Code::unknown_item, given.name, "the instrument has no such item");
    }
  }

  bool is_for_this_person()
  {
    auto const& acts = description_.applicability.recorded_act;
    bool const recorded = std::any_of(acts.begin(), acts.end(), [&](std::string const& name) {
      auto const value = record_.value(name, options_.on, options_.known_on);
      auto const* flag = value.as_boolean();
      return value.state() == State::known && (flag == nullptr || *flag);
    });
    auto use = detail::use_of(program_, recorded, options_.jurisdiction, options_.on, options_.purpose);
    score_.research = use.research;
    if (!use.refused) return true;
    score_.state = use.state;
    score_.reason = std::move(use.reason);
    score_.diagnostics = std::move(use.diagnostics);
    return false;
  }

  bool refuse(Text reason)
  {
    score_.state = ScoreState::not_applicable;
    score_.reason = std::move(reason);
    return false;
  }

  void wrong(Code code, std::string const& name, std::string what)
  {
    score_.diagnostics.push_back({code, Severity::error, Place{{}, 0, 0, name}, std::move(what), {}});
    if (score_.reason.empty()) score_.reason = contradiction();
  }

  Reading read(std::size_t index)
  {
    auto const& fact = description_.facts[index];
    auto const& domain = program_.domains[index];
    auto const& name = fact.declaration.name;
    Value value = Value::unknown(name);
    value = record_.value(name, options_.on, options_.known_on);
    // An answer given by name goes before the expression that would find it.
    if (program_.fed[index] && value.state() == State::unknown)
      value = detail::value_of(*program_.fed[index], record_, options_.on, options_.known_on, description_.age_rule,
                               options_.limits);
    Reading reading;
    reading.state = {domain.first, domain.last, {}};
    switch (value.state()) {
      case State::known: {
        auto const count = detail::to_count(fact, domain, value);
        if (count.count)
          reading.state = {*count.count, *count.count, {}};
        else
          wrong(count.code, name, count.what);
        return reading;
      }
      case State::none:
        if (auto const count = program_.when_none[index])
          reading.state = {*count, *count, {}};
        else
          wrong(Code::not_allowed, name, "the instrument has no rule for \"there is none\" here");
        return reading;
      case State::error: wrong(Code::invalid_request, name, "the fact cannot be computed"); return reading;
      case State::uncertain:
        if (auto const* uncertain = value.as_uncertain()) reading.uncertain = uncertain->facts;
        break;
      case State::unknown:
        if (auto const* unknown = value.as_unknown()) {
          reading.missing = unknown->facts;
          reading.uncertain = unknown->uncertain;
        }
        break;
    }
    if (reading.missing.empty() && reading.uncertain.empty()) {
      auto& list = value.state() == State::uncertain ? reading.uncertain : reading.missing;
      list.push_back(name);
    }
    if (fact.missing == MissingRule::assume) {
      auto const count = *program_.assumed[index];
      score_.assumed.push_back(name);
      return {{count, count, {}}, {}, {}};
    }
    if (auto const* unknown = value.as_unknown()) narrow(reading.state, index, unknown->domain);
    return reading;
  }

  void narrow(FactState& state, std::size_t index, Domain const& remaining)
  {
    auto const& fact = description_.facts[index];
    auto const& domain = program_.domains[index];
    if (remaining.kind == Domain::Kind::set) {
      for (auto const& value : remaining.values)
        if (auto const count = detail::to_count(fact, domain, value).count) state.listed.push_back(*count);
      std::sort(state.listed.begin(), state.listed.end());
      state.listed.erase(std::unique(state.listed.begin(), state.listed.end()), state.listed.end());
      if (state.listed.empty()) {
        wrong(Code::out_of_range, fact.declaration.name, "none of the remaining values is possible");
        return;
      }
      state.first = 0;
      state.last = static_cast<std::int64_t>(state.listed.size()) - 1;
    } else if (remaining.kind == Domain::Kind::range && fact.declaration.type != Kind::string) {
      auto const end = [&](Value const& value, bool included, bool lower) -> std::optional<std::int64_t> {
        if (auto const* date = value.as_date()) return to_days(*date) + (included ? 0 : lower ? 1 : -1);
        auto const* number = value.as_number();
        if (number == nullptr) return std::nullopt;
        Decimal const scaled = *number * *Decimal::parse(std::to_string(static_cast<std::int64_t>(domain.scale)));
        auto const whole = scaled.rounded(0, lower ? Rounding::ceiling : Rounding::floor).to_int64();
        if (!whole || included || !scaled.is_integer()) return whole;
        return *whole + (lower ? 1 : -1);
      };
      auto const& range = remaining.range;
      if (auto const low = end(range.low, range.low_included, true)) state.first = std::max(state.first, *low);
      if (auto const high = end(range.high, range.high_included, false)) state.last = std::min(state.last, *high);
      if (state.first > state.last)
        wrong(Code::out_of_range, fact.declaration.name, "none of the remaining values is possible");
    }
  }

  /// True when a limit of use stops this score.
  [[nodiscard]] bool stops(ApplicabilityRule const& rule) const
  {
    return options_.purpose != ScorePurpose::research || rule.even_for_research;
  }

  void contradict(std::size_t constraint)
  {
    auto const& broken = description_.constraints;
    // One constraint may stand for several steps: an order of n names has n - 1.
    std::size_t step = 0;
    for (auto const& one : broken) {
      step += one.never.empty() ? one.order.size() - 1 : 1;
      if (constraint < step) {
        std::string names;
        for (auto const& name : one.order) names += (names.empty() ? "" : ", ") + name;
        for (auto const& condition : one.never) names += (names.empty() ? "" : ", ") + condition.of;
        wrong(Code::contradictory_facts, names, "these facts cannot hold together: " + one.reason.in(Language::en));
        score_.reason = one.reason.empty() ? contradiction() : one.reason;
        break;
      }
    }
    score_.state = ScoreState::error;
  }

  void score_point()
  {
    std::vector<double> values(program_.steps.size());
    for (std::size_t k = 0; k < readings_.size(); ++k)
      values[k] = program_.domains[k].value(readings_[k].state.count(readings_[k].state.first));
    detail::evaluate(program_, std::span<double>(values));
    for (std::size_t k = 0; k < program_.violated.size(); ++k)
      if (values[program_.violated[k]] == 1) return contradict(k);
    for (std::size_t k = 0; k < program_.refused.size(); ++k) {
      if (values[program_.refused[k]] != 1) continue;
      auto const& rule = description_.applicability.rules[k];
      if (stops(rule)) {
        refuse(rule.reason);
        return;
      }
      score_.research = true;
    }
    bool const computed = !std::isnan(values[program_.total]) &&
                          std::none_of(program_.outputs.begin(), program_.outputs.end(),
                                       [&](std::uint32_t step) { return std::isnan(values[step]); });
    if (!computed) {
      wrong(Code::contradictory_facts, {}, "the score cannot be computed for these facts");
      return;
    }
    score_.state = ScoreState::known;
    auto const at = [&](std::uint32_t step) { return ScoreRange{values[step], values[step]}; };
    report(
        at(program_.total), [&](std::size_t k) { return at(program_.outputs[k]); },
        [&](std::size_t k) {
          return Contribution{{}, {}, at(program_.items[k])};
        });
    if (program_.band_of) {
      if (auto const band = detail::band_at(program_, values[*program_.band_of])) {
        score_.possible_bands = {description_.bands[*band].id};
        settle_band();
      }
    }
  }

  /// The band, where only one is possible.
  void settle_band()
  {
    if (score_.possible_bands.size() != 1) return;
    score_.band = score_.possible_bands.front();
    for (auto const& band : description_.bands)
      if (band.id == score_.band) score_.band_label = band.label;
  }

  template <class Output, class Item>
  void report(ScoreRange total, Output const& output_of, Item const& item_of)
  {
    score_.total = total;
    for (std::size_t k = 0; k < description_.outputs.size(); ++k) {
      auto const& output = description_.outputs[k];
      score_.outputs.push_back(
          {output.quantity.id, output.quantity.label, output.unit, output.horizon, output.decimals, output_of(k)});
    }
    for (std::size_t k = 0; k < description_.items.size(); ++k) {
      score_.contributions.push_back(item_of(k));
      score_.contributions.back().item = description_.items[k].id;
      score_.contributions.back().label = description_.items[k].label;
    }
  }

  void score_open()
  {
    std::vector<FactState> states;
    states.reserve(readings_.size());
    for (auto const& reading : readings_) states.push_back(reading.state);
    OpenScorer scorer(program_, options_.purpose == ScorePurpose::research, options_.limits.evaluation_steps);
    auto const& open = scorer(states);
    score_.research = score_.research || open.research;
    auto const& rules = description_.applicability.rules;
    if (open.may_be_refused) score_.reason = rules[*open.may_be_refused].reason;
    switch (open.outcome) {
      case OpenOutcome::contradiction: return contradict(open.which);
      case OpenOutcome::refusal: static_cast<void>(refuse(rules[open.which].reason)); return;
      case OpenOutcome::nobody: score_.state = ScoreState::not_applicable; return;
      case OpenOutcome::impossible:
        wrong(Code::contradictory_facts, {}, "no value of the missing facts fits the known ones");
        score_.reason = contradiction();
        return;
      case OpenOutcome::numbers: break;
    }
    score_.state = open.is_settled() ? ScoreState::known : ScoreState::open;
    score_.exact = open.exact;
    report_open(open, scorer.items());
    if (open.failed) wrong(Code::contradictory_facts, {}, "the score cannot be computed for some of the missing facts");
    if (!open.is_settled()) name_missing(open.matter);
  }

  void report_open(detail::OpenScore const& open, std::vector<detail::OpenItem> const& items)
  {
    auto const range = [](Interval one) { return ScoreRange{one.low, one.high}; };
    report(
        range(open.total), [&](std::size_t k) { return range(open.outputs[k]); },
        [&](std::size_t k) {
          return Contribution{{}, {}, range(items[k].value), items[k].exact};
        });
    for (std::size_t k = 0; k < open.bands.size(); ++k)
      if (open.bands[k] != 0) score_.possible_bands.push_back(description_.bands[k].id);
    settle_band();
  }

  void name_missing(std::uint64_t matter)
  {
    for (std::size_t k = 0; k < readings_.size(); ++k) {
      if ((matter >> k & 1U) == 0) continue;
      score_.missing.insert(score_.missing.end(), readings_[k].missing.begin(), readings_[k].missing.end());
      score_.uncertain.insert(score_.uncertain.end(), readings_[k].uncertain.begin(), readings_[k].uncertain.end());
    }
    detail::keep_once(score_.missing);
    detail::keep_once(score_.uncertain);
  }

  InstrumentProgram const& program_;
  InstrumentDescription const& description_;
  Record const& record_;
  ScoreOptions const& options_;
  std::vector<Reading> readings_;
  Score score_;
};

}  // namespace

std::string_view to_string(ScoreState state) noexcept
{
  switch (state) {
    case ScoreState::known: return "known";
    case ScoreState::open: return "open";
    case ScoreState::not_applicable: return "not_applicable";
    case ScoreState::error: break;
  }
  return "error";
}

ScoreOutput const* Score::find(std::string_view output) const noexcept
{
  for (auto const& one : outputs)
    if (one.id == output) return &one;
  return nullptr;
}

Score score(Instrument const& instrument, Record const& record, ScoreOptions const& options)
{
  auto const normed = instrument.normed(options.jurisdiction, options.on);
  return Scorer(normed ? *normed : instrument, record, options).run();
}

}  // namespace tutela::inline v0
