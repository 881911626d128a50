// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/supervision.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "calendar/last_day.hpp"

namespace tutela::inline v0 {
namespace {

using detail::last_day;

constexpr std::array<std::string_view, 4> kind_words{"presentence", "community", "penitentiary", "post_penitentiary"};
constexpr std::array<std::string_view, 4> bounds_words{"within", "outside", "cannot_be_said", "rule_not_available"};
constexpr std::array<std::string_view, 4> regime_words{"juvenile", "adult", "cannot_be_said", "rule_not_available"};

/// Ages that may matter for a measure.
std::set<int> ages_for(ProbationMeasure const& measure, std::optional<Date> born, std::span<MeasureBounds const> bounds)
{
  std::set<int> ages;
  if (born && measure.began) {
    for (auto const leapling : {Leapling::on_28_february, Leapling::on_1_march})
      for (auto const reached : {AgeReached::on_birthday, AgeReached::day_after_birthday})
        if (auto const age = age_on(*born, *measure.began, {leapling, reached})) ages.insert(*age);
  }
  if (ages.empty()) {
    ages.insert(0);
    for (auto const& each : bounds) {
      if (each.ages.from) ages.insert(*each.ages.from);
      if (each.ages.until) ages.insert(*each.ages.until);
    }
  }
  std::set<int> kept;
  for (auto const age : ages)
    kept.insert(measure.sentenced == SentencedAs::minor   ? std::min(age, 17)
                : measure.sentenced == SentencedAs::adult ? std::max(age, 18)
                                                          : age);
  return kept;
}

MeasureBounds const* bounds_for(std::span<MeasureBounds const> bounds, ProbationMeasure const& measure, int age,
                                Date on, bool include_unverified)
{
  MeasureBounds const* unverified = nullptr;
  for (auto const& each : bounds) {
    if (each.measure != measure.kind || !each.ages.contains(age)) continue;
    if (each.text.usable(on, false)) return &each;
    if (unverified == nullptr && each.text.usable(on, include_unverified)) unverified = &each;
  }
  return unverified;
}

/// Where the supervision of a person stands between the procedures for minors and for adults.
void read_regime(SupervisionReview& review, Supervision const& supervision, ProbationLaw const& law,
                 std::span<Clock const> clocks, SupervisionOptions const& options)
{
  review.regime = RegimeState::rule_not_available;
  auto const clock =
      std::find_if(clocks.begin(), clocks.end(), [&](Clock const& each) { return each.id == law.adult_regime; });
  if (law.adult_regime.empty() || clock == clocks.end()) return;
  if (!clock->law.contains(options.on) || (!clock->may_be_default() && !options.include_unverified)) return;
  review.regime_by = clock->id;
  review.regime = RegimeState::cannot_be_said;
  if (!supervision.born) return;
  ClockRecord record;
  record.event = Moment{*supervision.born, {}};
  auto const reading = read(*clock, record, WorkCalendar(), options.on);
  if (!reading.last) return;
  review.adult_from = reading.last->day;
  review.regime = options.on < reading.last->day ? RegimeState::juvenile : RegimeState::adult;
}

/// Obligations that running measures always have, and that do not hold on the day by the record.
std::vector<MissingObligation> missing_obligations(Supervision const& supervision, ProbationLaw const& law,
                                                   std::span<MeasureReading const> readings,
                                                   SupervisionOptions const& options)
{
  std::vector<MissingObligation> missing;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (readings[i].runs != Truth::yes) continue;
    for (auto const& rule : law.mandatory) {
      if (rule.measure != supervision.measures[i].kind || !rule.text.usable(options.on, options.include_unverified))
        continue;
      for (auto const& kind : rule.kinds) {
        bool const held =
            std::any_of(supervision.obligations.begin(), supervision.obligations.end(),
                        [&](Obligation const& each) { return each.kind == kind && each.holds.contains(options.on); });
        if (!held) missing.push_back({readings[i].measure, kind, rule.text.id});
      }
    }
  }
  return missing;
}

}  // namespace

std::string_view to_string(ProbationKind kind) noexcept { return kind_words[static_cast<std::size_t>(kind)]; }

std::optional<ProbationKind> parse_probation_kind(std::string_view word) noexcept
{
  auto const found = std::find(kind_words.begin(), kind_words.end(), word);
  if (found == kind_words.end()) return std::nullopt;
  return static_cast<ProbationKind>(found - kind_words.begin());
}

std::string_view to_string(BoundsState state) noexcept { return bounds_words[static_cast<std::size_t>(state)]; }

std::string_view to_string(RegimeState state) noexcept { return regime_words[static_cast<std::size_t>(state)]; }

ObligationReading read(Obligation const& obligation, WorkCalendar const& calendar, Date on)
{
  ObligationReading reading{obligation.id, obligation.holds.contains(on), {}};
  if (!obligation.holds.from || (!obligation.within && !obligation.every)) return reading;
  Clock clock;
  clock.id = obligation.id;
  if (obligation.every)
    clock.due = DueEvery{*obligation.every};
  else
    clock.due = DueWithin{*obligation.within, {}};
  ClockRecord record;
  record.event = Moment{*obligation.holds.from, {}};
  record.done = obligation.done;
  // What was not done while it held stays not done; no further term begins after its end.
  reading.clock =
      read(clock, record, calendar, obligation.holds.until ? std::min(on, *add_days(*obligation.holds.until, -1)) : on);
  return reading;
}

MeasureReading read(ProbationMeasure const& measure, std::span<MeasureBounds const> bounds, std::optional<Date> born,
                    SupervisionOptions const& options)
{
  MeasureReading reading{measure.id, {}, Truth::unknown, BoundsState::rule_not_available, {}, {}};
  if (measure.began && measure.length) reading.last = last_day(*measure.began, *measure.length);
  bool const lifted = measure.lifted && *measure.lifted <= options.on;
  if (lifted || (measure.began && options.on < *measure.began))
    reading.runs = Truth::no;
  else if (reading.last)
    reading.runs = to_truth(options.on <= *reading.last);
  auto const day = measure.began.value_or(options.on);
  std::set<BoundsState> states;
  for (auto const age : ages_for(measure, born, bounds)) {
    auto const* const text = bounds_for(bounds, measure, age, day, options.include_unverified);
    if (text == nullptr) {
      states.insert(BoundsState::rule_not_available);
      continue;
    }
    if (std::find(reading.by.begin(), reading.by.end(), text->text.id) == reading.by.end())
      reading.by.push_back(text->text.id);
    if (!reading.last) {
      states.insert(BoundsState::cannot_be_said);
      continue;
    }
    bool const short_of = text->least && *reading.last < last_day(*measure.began, *text->least);
    bool const beyond = text->longest && last_day(*measure.began, *text->longest) < *reading.last;
    states.insert(short_of || beyond ? BoundsState::outside : BoundsState::within);
  }
  for (auto const& each : bounds)
    if (each.measure == measure.kind && each.text.law.contains(day) &&
        !each.text.usable(day, options.include_unverified))
      reading.left_out.push_back(each.text.id);
  reading.bounds = states.size() == 1 ? *states.begin() : BoundsState::cannot_be_said;
  return reading;
}

SupervisionReview review_supervision(Supervision const& supervision, ProbationLaw const& law,
                                     std::span<Clock const> clocks, WorkCalendar const& calendar,
                                     SupervisionOptions const& options)
{
  SupervisionReview review;
  review.supervision = supervision.id;
  review.on = options.on;
  read_regime(review, supervision, law, clocks, options);
  for (auto const& each : supervision.obligations) review.obligations.push_back(read(each, calendar, options.on));
  for (auto const& each : supervision.measures)
    review.measures.push_back(read(each, law.measures, supervision.born, options));
  review.missing = missing_obligations(supervision, law, review.measures, options);
  for (auto const& each : supervision.work)
    review.work.push_back(account_of(each, law.work, {options.on, supervision.born, options.include_unverified}));
  for (auto const& each : supervision.programmes)
    review.programmes.push_back(
        progress_of(each, law.programmes, options.on, options.include_unverified, supervision.born));
  return review;
}

}  // namespace tutela::inline v0
