// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/score.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include "risk/additive.hpp"
#include "risk/norms.hpp"
#include "risk/program.hpp"
#include "risk/search.hpp"

namespace tutela::inline v0 {

namespace {

using detail::FactState;
using detail::InstrumentProgram;
using detail::Interval;
using detail::Search;
using detail::Step;

Text no_recorded_act()
{
  Text text("no sanction or charge is recorded for this person");
  text.set(Language::ro, "nu este înregistrată nicio sancțiune sau învinuire a acestei persoane");
  text.set(Language::uk, "щодо цієї особи не зафіксовано стягнення чи обвинувачення");
  text.set(Language::ru, "в отношении этого человека не зафиксировано наказание или обвинение");
  return text;
}

Text other_jurisdiction()
{
  Text text("the instrument was not normed for this person's jurisdiction");
  text.set(Language::ro, "instrumentul nu a fost etalonat pentru jurisdicția acestei persoane");
  text.set(Language::uk, "інструмент не нормовано для юрисдикції цієї особи");
  text.set(Language::ru, "инструмент не нормирован для юрисдикции этого человека");
  return text;
}

Text no_norm()
{
  Text text("the instrument has no norm for this person's jurisdiction on this day");
  text.set(Language::ro, "instrumentul nu are o etalonare pentru jurisdicția acestei persoane în această zi");
  text.set(Language::uk, "інструмент не має норм для юрисдикції цієї особи на цей день");
  text.set(Language::ru, "у инструмента нет норм для юрисдикции этого человека на этот день");
  return text;
}

Text contradiction()
{
  Text text("the facts contradict each other");
  text.set(Language::ro, "faptele se contrazic");
  text.set(Language::uk, "відомості суперечать одна одній");
  text.set(Language::ru, "сведения противоречат друг другу");
  return text;
}

void tidy(std::vector<std::string>& names)
{
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
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
    tidy(score_.categories);
  }

  Score run() &&
  {
    if (options_.answers_only) refuse_other_answers();
    if (!score_.diagnostics.empty() || !is_for_this_person()) return std::move(score_);
    for (std::size_t k = 0; k < description_.facts.size(); ++k) readings_.push_back(read(k));
    if (!score_.diagnostics.empty()) return std::move(score_);
    tidy(score_.assumed);
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
    auto const& applicability = description_.applicability;
    if (!applicability.recorded_act.empty()) {
      bool const recorded = std::any_of(applicability.recorded_act.begin(), applicability.recorded_act.end(),
                                        [&](std::string const& name) {
                                          auto const value = record_.value(name, options_.on, options_.known_on);
                                          auto const* flag = value.as_boolean();
                                          return value.state() == State::known && (flag == nullptr || *flag);
                                        });
      if (!recorded) return refuse(no_recorded_act());
    }
    auto const& places = applicability.jurisdictions;
    if (!places.empty() && std::find(places.begin(), places.end(), options_.jurisdiction) == places.end()) {
      if (options_.purpose != ScorePurpose::research) return refuse(other_jurisdiction());
      score_.research = true;
    }
    if (!program_.cuts.empty()) {  // no norm holds here: never that of another place or day
      if (!options_.on && detail::has_norm_in(program_.cuts, options_.jurisdiction)) {
        score_.reason = no_norm();
        score_.diagnostics = detail::choose_norm(program_.cuts, options_.jurisdiction, options_.on).diagnostics();
        return false;
      }
      if (options_.purpose != ScorePurpose::research) return refuse(no_norm());
      score_.research = true;
    }
    return true;
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
    report([&](std::uint32_t step) { return ScoreRange{values[step], values[step]}; });
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

  template <class Range>
  void report(Range const& range_of)
  {
    score_.total = range_of(program_.total);
    for (std::size_t k = 0; k < description_.outputs.size(); ++k) {
      auto const& output = description_.outputs[k];
      score_.outputs.push_back({output.quantity.id, output.quantity.label, output.unit, output.horizon, output.decimals,
                                range_of(program_.outputs[k])});
    }
    for (std::size_t k = 0; k < description_.items.size(); ++k)
      score_.contributions.push_back(
          {description_.items[k].id, description_.items[k].label, range_of(program_.items[k])});
  }

  void score_open()
  {
    std::vector<FactState> states;
    for (auto const& reading : readings_) states.push_back(reading.state);
    auto forbidden = program_.violated;
    for (std::size_t k = 0; k < program_.refused.size(); ++k)
      if (stops(description_.applicability.rules[k])) forbidden.push_back(program_.refused[k]);
    Search search(program_, states, forbidden, options_.limits.evaluation_steps);

    for (std::size_t k = 0; k < program_.violated.size(); ++k)
      if (search.root()[program_.violated[k]].low == 1) return contradict(k);
    for (std::size_t k = 0; k < program_.refused.size(); ++k) {
      auto const& rule = description_.applicability.rules[k];
      auto const refused = search.root()[program_.refused[k]];
      if (refused.low == 1 && stops(rule)) {
        refuse(rule.reason);
        return;
      }
      if (refused.high == 0) continue;
      Search limit_of_use(program_, states, program_.violated, options_.limits.evaluation_steps);
      if (!limit_of_use.any(program_.refused[k], {1, 1})) continue;
      if (stops(rule))
        score_.reason = rule.reason;
      else
        score_.research = true;
    }
    auto const possible = detail::possible_totals(program_, states, forbidden);
    auto const total = possible ? std::optional(Interval{possible->totals.front(), possible->totals.back()})
                                : search.bounds(program_.total);
    if (!total) return score_impossible(states);
    score_.state = ScoreState::open;
    if (possible)
      report_possible(*possible);
    else
      report_searched(search, *total);
    score_.exact = search.exact();
    if (search.failed())
      wrong(Code::contradictory_facts, {}, "the score cannot be computed for some of the missing facts");
    name_missing(search.root());
    bool const settled = score_.exact && !search.failed() && score_.reason.empty() && score_.total.is_settled() &&
                         std::all_of(score_.outputs.begin(), score_.outputs.end(),
                                     [](ScoreOutput const& output) { return output.value.is_settled(); });
    if (settled) {
      score_.state = ScoreState::known;
      score_.missing.clear();
      score_.uncertain.clear();
    }
  }

  /// Ranges and bands from every total that is possible.
  void report_possible(detail::PossibleTotals const& possible)
  {
    auto const& form = *program_.additive;
    auto const each = [&](std::size_t table, auto const& use) {
      for (double const total : possible.totals)
        use(form.at_total[table][static_cast<std::size_t>(total - form.lowest)]);
    };
    report([&](std::uint32_t step) {
      if (step == program_.total) return ScoreRange{possible.totals.front(), possible.totals.back()};
      for (std::size_t k = 0; k < program_.items.size(); ++k)
        if (program_.items[k] == step) return ScoreRange{possible.items[k].low, possible.items[k].high};
      auto const output = std::find(program_.outputs.begin(), program_.outputs.end(), step) - program_.outputs.begin();
      double low = std::numeric_limits<double>::infinity();
      double high = -low;
      each(static_cast<std::size_t>(output), [&](double value) {
        low = std::min(low, value);
        high = std::max(high, value);
      });
      return ScoreRange{low, high};
    });
    if (!program_.band_of) return;
    std::vector<char> met(program_.bands.size());
    each(program_.outputs.size(), [&](double value) {
      if (auto const band = detail::band_at(program_, value)) met[*band] = 1;
    });
    for (std::size_t k = 0; k < met.size(); ++k)
      if (met[k] != 0) score_.possible_bands.push_back(description_.bands[k].id);
    settle_band();
  }

  void report_searched(Search& search, Interval total)
  {
    report([&](std::uint32_t step) {
      if (step == program_.total) return ScoreRange{total.low, total.high};
      auto const range = search.root()[step];
      if (range.is_point()) return ScoreRange{range.low, range.high};
      auto const exact = search.bounds(step).value_or(range);
      return ScoreRange{exact.low, exact.high};
    });
    if (program_.band_of) find_bands(search);
  }

  void find_bands(Search& search)
  {
    for (std::size_t k = 0; k < program_.bands.size(); ++k)
      if (search.any(*program_.band_of, program_.bands[k])) score_.possible_bands.push_back(description_.bands[k].id);
    settle_band();
  }

  /// No completion is possible: either the facts contradict each other, or a limit of use refuses every one.
  void score_impossible(std::vector<FactState> const& states)
  {
    Search without_limits(program_, states, program_.violated, options_.limits.evaluation_steps);
    if (without_limits.bounds(program_.total)) {
      score_.state = ScoreState::not_applicable;
      return;
    }
    wrong(Code::contradictory_facts, {}, "no value of the missing facts fits the known ones");
    score_.reason = contradiction();
  }

  /// Missing facts that can still change something, seen from the known ones.
  void name_missing(std::vector<Interval> const& root)
  {
    std::vector<std::uint64_t> depends(program_.steps.size(), 0);
    for (std::size_t k = 0; k < program_.steps.size(); ++k) {
      if (root[k].is_point()) continue;
      Step const& step = program_.steps[k];
      if (step.is_fact) depends[k] = step.facts;
      for (auto const argument : step.arguments) depends[k] |= depends[argument];
      for (auto const& row : step.rows) {
        for (auto const& condition : row.when) depends[k] |= depends[condition.step];
        depends[k] |= depends[row.value];
      }
    }
    auto matter = depends[program_.total];
    for (auto const output : program_.outputs) matter |= depends[output];
    for (std::size_t k = 0; k < program_.refused.size(); ++k)
      if (stops(description_.applicability.rules[k])) matter |= depends[program_.refused[k]];
    for (std::size_t k = 0; k < readings_.size(); ++k) {
      if ((matter >> k & 1U) == 0 || !readings_[k].state.is_open()) continue;
      score_.missing.insert(score_.missing.end(), readings_[k].missing.begin(), readings_[k].missing.end());
      score_.uncertain.insert(score_.uncertain.end(), readings_[k].uncertain.begin(), readings_[k].uncertain.end());
    }
    tidy(score_.missing);
    tidy(score_.uncertain);
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
