// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/indicator.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace tutela::inline v0 {
namespace {

constexpr std::array<std::string_view, 3> form_words{"count", "sum", "distinct"};
constexpr std::array<std::string_view, 6> rule_words{"any", "begins", "ends", "overlaps", "at_start", "at_end"};
constexpr std::array<std::string_view, 3> indicator_words{"amount", "ratio", "growth"};
constexpr std::array<std::string_view, 6> state_words{"known",     "open",      "missing",
                                                      "undefined", "no_period", "suppressed"};

constexpr std::string_view concerned = "participant_ids";

/// Whether a day known in part is before another day.
Truth is_before(PartialDate const& date, Date day)
{
  if (date.latest() < day) return Truth::yes;
  return date.earliest() < day ? Truth::unknown : Truth::no;
}

/// Whether a record lies to a period as a rule asks.
Truth lies(GenericRecord const& record, PeriodRule rule, Period const& period)
{
  auto const begun_before = [&](Date day) { return record.from ? is_before(*record.from, day) : Truth::unknown; };
  auto const ended_before = [&](Date day) { return record.until ? is_before(*record.until, day) : Truth::no; };
  auto const first = *period.from;
  auto const behind = *period.until;
  switch (rule) {
    case PeriodRule::any: return Truth::yes;
    case PeriodRule::begins: return begun_before(behind) & !begun_before(first);
    case PeriodRule::ends: return ended_before(behind) & !ended_before(first);
    case PeriodRule::overlaps: return begun_before(behind) & !ended_before(first);
    case PeriodRule::at_start: return begun_before(first) & !ended_before(first);
    case PeriodRule::at_end: return begun_before(behind) & !ended_before(behind);
  }
  return Truth::unknown;
}

bool among(std::vector<Value> const& values, Value const& value)
{
  return std::find(values.begin(), values.end(), value) != values.end();
}

Truth meets(GenericRecord const& record, RecordCondition const& condition)
{
  if (condition.field == concerned)
    return to_truth(std::any_of(record.participants.begin(), record.participants.end(),
                                [&](NodeId const& id) { return among(condition.equals, Value(id.text())); }));
  auto const* value = record.details.find(condition.field);
  if (value == nullptr || value->is_none()) return Truth::unknown;
  bool met = true;
  if (!condition.equals.empty()) {
    auto const* list = value->as_list();
    met = list == nullptr ? among(condition.equals, *value)
                          : std::any_of(list->items.begin(), list->items.end(),
                                        [&](Value const& item) { return among(condition.equals, item); });
  }
  if (!condition.at_least && !condition.below) return to_truth(met);
  auto const number = number_in(record, condition.field);
  if (!number) return Truth::unknown;
  met = met && (!condition.at_least || *condition.at_least <= number->value) &&
        (!condition.below || number->value < *condition.below);
  return met && number->approximate ? Truth::unknown : to_truth(met);
}

Truth belongs(GenericRecord const& record, RecordMeasure const& measure, std::optional<Period> const& period)
{
  Truth found = measure.when == PeriodRule::any ? Truth::yes : lies(record, measure.when, *period);
  for (auto const& condition : measure.where) found = found & meets(record, condition);
  return found;
}

/// Adds up what the records of one measure say.
class Tally {
 public:
  /// \param may_be_negative True for a field that is not a count: what is not recorded may then lower a sum.
  Tally(RecordMeasure const& measure, bool may_be_negative) : measure_(measure), may_be_negative_(may_be_negative) {}

  void add(GenericRecord const& record, Truth belongs)
  {
    bool const certain = belongs == Truth::yes;
    if (certain) ++made_.used;
    made_.synthetic = made_.synthetic || record.source.empty();
    if (!certain) made_.unsettled.push_back(record.id);
    switch (measure_.form) {
      case MeasureForm::count: return bounds(Decimal(certain ? 1 : 0), Decimal(1));
      case MeasureForm::sum: return sum(record, certain);
      case MeasureForm::distinct: return distinct(record, certain);
    }
  }

  Measured take() &&
  {
    if (measure_.form == MeasureForm::distinct) {
      auto const certain = static_cast<std::int64_t>(certain_.size());
      std::int64_t further = nameless_;
      for (auto const& name : possible_) further += certain_.count(name) == 0 ? 1 : 0;
      low_ = Decimal(certain == 0 && sure_nameless_ ? 1 : certain);
      high_ = Decimal(certain + further);
    }
    if (measure_.form == MeasureForm::sum && !any_number_ && !made_.unsettled.empty()) low_known_ = high_known_ = false;
    if (low_known_) made_.lowest = low_;
    if (high_known_) made_.highest = high_;
    return std::move(made_);
  }

 private:
  void bounds(Decimal low, Decimal high)
  {
    low_ = low_ + low;
    high_ = high_ + high;
  }

  void sum(GenericRecord const& record, bool certain)
  {
    auto const number = number_in(record, measure_.field);
    if (!number) {
      if (certain) made_.unsettled.push_back(record.id);
      high_known_ = false;
      low_known_ = low_known_ && !may_be_negative_;
      return;
    }
    any_number_ = true;
    made_.approximate = made_.approximate || number->approximate;
    Decimal const zero(0);
    if (certain) return bounds(number->value, number->value);
    bounds(std::min(zero, number->value), std::max(zero, number->value));
  }

  void distinct(GenericRecord const& record, bool certain)
  {
    auto const* value = record.details.find(measure_.field);
    auto const* name = value == nullptr ? nullptr : value->as_string();
    if (name == nullptr) {
      if (certain) made_.unsettled.push_back(record.id);
      sure_nameless_ = sure_nameless_ || certain;
      ++nameless_;
    } else {
      (certain ? certain_ : possible_).insert(*name);
    }
  }

  RecordMeasure const& measure_;
  Measured made_;
  Decimal low_{0};
  Decimal high_{0};
  bool low_known_ = true;
  bool high_known_ = true;
  bool any_number_ = false;
  bool may_be_negative_;
  bool sure_nameless_ = false;
  std::int64_t nameless_ = 0;
  std::set<std::string> certain_;
  std::set<std::string> possible_;
};

/// Whether a number of people between the bounds may be one of the suppressed ones.
bool may_be_small(Decimal low, std::optional<Decimal> const& high, int smallest)
{
  return low < Decimal(smallest) && !(high && *high < Decimal(1));
}

bool is_small(Measured const& numerator, std::optional<Measured> const& denominator, IndicatorForm form, int smallest)
{
  if (smallest <= 1) return false;
  auto const low = [](Measured const& one) { return one.lowest.value_or(Decimal(0)); };
  if (may_be_small(low(numerator), numerator.highest, smallest)) return true;
  if (!denominator) return false;
  if (may_be_small(low(*denominator), denominator->highest, smallest)) return true;
  if (form != IndicatorForm::ratio || !numerator.value() || !denominator->value()) return false;
  auto const rest = *denominator->value() - *numerator.value();
  return may_be_small(rest, rest, smallest);
}

/// Bounds of a ratio of two numbers, of which the lower is at least zero.
void divide(IndicatorValue& value, Indicator const& indicator)
{
  auto const& above = *value.numerator;
  auto const& below = *value.denominator;
  if (below.value() && below.value()->is_zero()) {
    value.state = IndicatorState::undefined;
    return;
  }
  auto const made = [&](Decimal numerator, Decimal denominator) {
    auto quotient = numerator / denominator;
    if (indicator.form == IndicatorForm::growth) quotient = quotient - Decimal(1);
    return (quotient * indicator.per).rounded(indicator.decimals.value_or(0), Rounding::half_even);
  };
  Decimal const zero(0);
  bool const sound = above.lowest && !above.lowest->is_negative() && below.lowest && !below.lowest->is_negative();
  if (above.value() && below.value()) {
    value.value = made(*above.value(), *below.value());
    return;
  }
  value.state = IndicatorState::open;
  if (sound && below.highest && zero < *below.highest) value.lowest = made(*above.lowest, *below.highest);
  if (sound && above.highest && zero < *below.lowest) value.highest = made(*above.highest, *below.lowest);
}

}  // namespace

std::string_view to_string(MeasureForm form) noexcept { return form_words[static_cast<std::size_t>(form)]; }
std::string_view to_string(PeriodRule rule) noexcept { return rule_words[static_cast<std::size_t>(rule)]; }
std::string_view to_string(IndicatorForm form) noexcept { return indicator_words[static_cast<std::size_t>(form)]; }
std::string_view to_string(IndicatorState state) noexcept { return state_words[static_cast<std::size_t>(state)]; }

Measured measure(RecordMeasure const& measure, RecordSet const& set, std::optional<Period> const& period)
{
  auto const* kind = set.kinds->find(measure.kind);
  auto const* field = kind == nullptr ? nullptr : find_field(*kind, measure.field);
  Tally tally(measure, field != nullptr && field->type != FieldType::count);
  bool any = std::find(set.complete->begin(), set.complete->end(), measure.kind) != set.complete->end();
  for (auto const& record : *set.records) {
    if (record.kind != measure.kind) continue;
    any = true;
    auto const found = belongs(record, measure, period);
    if (found != Truth::no) tally.add(record, found);
  }
  return any ? std::move(tally).take() : Measured{};
}

IndicatorValue evaluate(Indicator const& indicator, RecordSet const& set, IndicatorOptions const& options)
{
  IndicatorValue value;
  value.indicator = indicator.id;
  auto const& period = options.period ? options.period : indicator.period;
  bool const bounded = period && period->from && period->until;
  auto const needs = [](RecordMeasure const& one) { return one.when != PeriodRule::any; };
  if (!bounded && (needs(indicator.numerator) || (indicator.denominator && needs(*indicator.denominator)))) {
    value.state = IndicatorState::no_period;
    return value;
  }
  value.numerator = measure(indicator.numerator, set, period);
  if (indicator.denominator) value.denominator = measure(*indicator.denominator, set, period);
  auto smallest = options.smallest;
  for (auto* one : {&*value.numerator, value.denominator ? &*value.denominator : nullptr}) {
    if (one == nullptr) continue;
    auto const& of = one == &*value.numerator ? indicator.numerator : *indicator.denominator;
    auto const* kind = set.kinds->find(of.kind);
    if (kind == nullptr || !kind->team_only) continue;
    smallest = std::max(smallest, smallest_of_team);
    one->unsettled.clear();  // nobody learns whose record it is
  }
  auto const nothing = [](Measured const& one) { return !one.lowest && !one.highest; };
  value.approximate = value.numerator->approximate || (value.denominator && value.denominator->approximate);
  value.synthetic = value.numerator->synthetic || (value.denominator && value.denominator->synthetic);
  if (nothing(*value.numerator) || (value.denominator && nothing(*value.denominator))) {
    value.state = IndicatorState::missing;
  } else if (is_small(*value.numerator, value.denominator, indicator.form, smallest)) {
    value.numerator.reset();
    value.denominator.reset();
    value.state = IndicatorState::suppressed;
  } else if (value.denominator) {
    divide(value, indicator);
  } else if (auto const one = value.numerator->value()) {
    value.value = indicator.decimals ? one->rounded(*indicator.decimals, Rounding::half_even) : *one;
  } else {
    value.state = IndicatorState::open;
    value.lowest = value.numerator->lowest;
    value.highest = value.numerator->highest;
  }
  return value;
}

std::vector<GoalIndicators> indicators_of_goals(Agreement const& agreement, std::vector<Indicator> const& indicators)
{
  std::vector<GoalIndicators> found;
  for (auto const& goal : agreement.goals) {
    found.push_back({goal, {}});
    for (auto const& indicator : indicators)
      if (std::find(indicator.goals.begin(), indicator.goals.end(), goal) != indicator.goals.end())
        found.back().indicators.push_back(indicator.id);
  }
  return found;
}

}  // namespace tutela::inline v0
