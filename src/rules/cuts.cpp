// SPDX-License-Identifier: Apache-2.0
/// \file
/// The line of values of one kind, cut where tests mention constants.
#include "rules/cuts.hpp"

#include <algorithm>
#include <functional>
#include <string>

#include "feel/operations.hpp"
#include "rules/fact_regions.hpp"

namespace tutela::detail {
namespace {

bool is_ordered_kind(Kind kind)
{
  return kind == Kind::boolean || kind == Kind::number || kind == Kind::string || kind == Kind::date ||
         kind == Kind::months_duration || kind == Kind::days_duration;
}

/// The order of two values of one kind; false before true.
int compare(Value const& lhs, Value const& rhs)
{
  if (auto const* left = lhs.as_boolean()) return static_cast<int>(*left) - static_cast<int>(*rhs.as_boolean());
  return order(lhs, rhs).value_or(0);
}

Value day(std::int64_t days)
{
  auto const date = from_days(days);
  return date ? Value(*date) : Value();
}

/// A value before `high`, after `low`, or between both, where an end may be missing; none where nothing can be said.
Value inside(Value const* low, Value const* high)
{
  Value const& end = low != nullptr ? *low : *high;
  switch (end.kind()) {
    case Kind::number: {
      if (low == nullptr) return Value(*high->as_number() - Decimal(1));
      if (high == nullptr) return Value(*low->as_number() + Decimal(1));
      return Value((*low->as_number() + *high->as_number()) / Decimal(2));
    }
    case Kind::date: return low == nullptr ? day(to_days(*high->as_date()) - 1) : day(to_days(*low->as_date()) + 1);
    case Kind::months_duration: {
      std::int64_t months = 0;
      bool const lost = low == nullptr ? __builtin_sub_overflow(high->as_months_duration()->months, 1, &months)
                                       : __builtin_add_overflow(low->as_months_duration()->months, 1, &months);
      return lost ? Value() : Value(MonthsDuration{months});
    }
    case Kind::days_duration: return (low == nullptr ? neighbour(*high, -1) : neighbour(*low, 1)).value_or(Value());
    case Kind::string: return low == nullptr ? Value(std::string()) : Value(*low->as_string() + '\0');
    default: return {};
  }
}

/// The region of a value among cuts in order.
template <class Cut, class Less>
std::size_t region_among(std::vector<Cut> const& cuts, Cut const& value, Less const& less)
{
  auto const found = std::lower_bound(cuts.begin(), cuts.end(), value, less);
  auto const index = static_cast<std::size_t>(found - cuts.begin());
  return 2 * index + (found != cuts.end() && !less(value, *found) ? 1 : 0);
}

/// So many texts are looked through one by one.
constexpr std::size_t few_texts = 16;

/// The length of a text, as far as a byte goes, and its first seven bytes: where these differ the texts do, and a text of at
/// most seven bytes is whole in them.
std::uint64_t start_of(std::string_view text)
{
  constexpr std::size_t whole = sizeof(std::uint64_t) - 1;
  std::uint64_t start = std::min<std::size_t>(text.size(), 0xFF);
  for (std::size_t i = 0; i < std::min(text.size(), whole); ++i)
    start = start << 8U | static_cast<unsigned char>(text[i]);
  return start;
}

}  // namespace

std::optional<std::int64_t> count_of(Value const& value)
{
  if (auto const* boolean = value.as_boolean()) return *boolean ? 1 : 0;
  if (auto const* number = value.as_number()) return number->to_int64();
  if (auto const* date = value.as_date()) return to_days(*date);
  return std::nullopt;
}

std::optional<Cuts> Cuts::of(std::vector<Value> constants)
{
  Cuts cuts;
  if (constants.empty()) return cuts;
  cuts.kind_ = constants.front().kind();
  if (!is_ordered_kind(cuts.kind_)) return std::nullopt;
  if (std::any_of(constants.begin(), constants.end(), [&](Value const& each) { return !each.is(cuts.kind_); }))
    return std::nullopt;
  if (cuts.kind_ == Kind::boolean) constants = {Value(false), Value(true)};
  auto const less = [](Value const& lhs, Value const& rhs) { return compare(lhs, rhs) < 0; };
  // Those of one column come sorted.
  if (!std::is_sorted(constants.begin(), constants.end(), less)) std::sort(constants.begin(), constants.end(), less);
  constants.erase(std::unique(constants.begin(), constants.end(),
                              [](Value const& lhs, Value const& rhs) { return compare(lhs, rhs) == 0; }),
                  constants.end());
  cuts.values_ = std::move(constants);
  cuts.fill_samples();
  // Between two numbers there always is a third; where rounding hides it, nothing can be said.
  if (cuts.kind_ == Kind::number) {
    for (auto const& sample : cuts.samples_)
      if (!sample) return std::nullopt;
  }
  cuts.fill_boundaries();
  for (auto const& value : cuts.values_) {
    if (auto const* text = value.as_string()) cuts.texts_.push_back(*text);
    if (auto const* number = value.as_number()) cuts.numbers_.push_back(*number);
  }
  if (cuts.texts_.size() <= few_texts)
    for (auto const text : cuts.texts_) cuts.starts_.push_back(start_of(text));
  return cuts;
}

void Cuts::fill_samples()
{
  samples_.clear();
  for (std::size_t i = 0; i <= values_.size(); ++i) {
    Value const* low = i == 0 ? nullptr : &values_[i - 1];
    Value const* high = i == values_.size() ? nullptr : &values_[i];
    auto value = inside(low, high);
    bool const fits = value.is(kind_) && (low == nullptr || compare(*low, value) < 0) &&
                      (high == nullptr || compare(value, *high) < 0);
    samples_.push_back(fits ? std::optional<Value>(std::move(value)) : std::nullopt);
    if (high != nullptr) samples_.emplace_back(*high);
  }
}

void Cuts::fill_boundaries()
{
  std::vector<std::int64_t> boundaries;
  for (auto const& value : values_) {
    std::optional<std::int64_t> first = count_of(value);
    std::optional<std::int64_t> after = first;
    if (auto const* number = value.as_number()) {
      first = number->rounded(0, Rounding::ceiling).to_int64();
      after = number->rounded(0, Rounding::floor).to_int64();
    }
    if (!first || !after || *after == std::numeric_limits<std::int64_t>::max()) return;
    boundaries.push_back(*first);
    boundaries.push_back(*after + 1);
  }
  boundaries_ = std::move(boundaries);
  counted_ = true;
  constexpr std::size_t few = 32;
  if (boundaries_.size() > few || boundaries_.front() <= lowest || boundaries_.back() >= highest) return;
  for (auto const boundary : boundaries_) near_.push_back(static_cast<std::int32_t>(boundary));
  near_.resize((near_.size() + 7) / 8 * 8, static_cast<std::int32_t>(highest));
}

std::size_t Cuts::region_of_text(std::string_view text) const
{
  auto const start = start_of(text);
  for (std::size_t i = 0; i < starts_.size(); ++i)
    if (starts_[i] == start && (text.size() < sizeof start || texts_[i] == text)) return 2 * i + 1;
  auto const found = std::lower_bound(texts_.begin(), texts_.end(), text);
  auto const index = static_cast<std::size_t>(found - texts_.begin());
  return 2 * index + (found != texts_.end() && *found == text ? 1 : 0);
}

std::optional<std::size_t> Cuts::region(Value const& value) const
{
  if (!value.is(kind_)) return std::nullopt;
  if (auto const* text = value.as_string()) return region_of_text(*text);
  if (counted_) {
    if (auto const count = count_of(value)) return region_of_count(*count);
  }
  if (auto const* number = value.as_number()) return region_among(numbers_, *number, std::less<>());
  return region_among(values_, value, [](Value const& lhs, Value const& rhs) { return compare(lhs, rhs) < 0; });
}

std::optional<std::pair<std::size_t, std::size_t>> Cuts::span(Range const& range) const
{
  if (range.test != Range::Test::none) return std::nullopt;
  std::size_t first = 0;
  std::size_t last = regions();
  if (!range.low.is_none()) {
    auto const low = region(range.low);
    if (!low) return std::nullopt;
    // An open end on a cut leaves the cut out; inside a region something of the region remains.
    first = *low + (!range.low_included && *low % 2 == 1 ? 1 : 0);
  }
  if (!range.high.is_none()) {
    auto const high = region(range.high);
    if (!high) return std::nullopt;
    last = *high + (!range.high_included && *high % 2 == 1 ? 0 : 1);
  }
  return std::pair(first, std::max(first, last));
}

}  // namespace tutela::detail
