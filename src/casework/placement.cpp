// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/placement.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <tutela/base/result.hpp>

namespace tutela::inline v0 {
namespace {

constexpr std::array<std::string_view, 5> preference_words{"in_order", "earlier_option_open", "cannot_be_said",
                                                           "not_listed", "rule_not_available"};
constexpr std::array<std::string_view, 5> plan_words{"missing", "no_review_term", "reviewed_in_time", "review_overdue",
                                                     "ended"};

Truth possible(Placement const& placement, std::string const& option)
{
  for (auto const& each : placement.considered)
    if (each.option == option) return each.possible;
  return Truth::unknown;
}

/// The tier of the placement's own way; the number of tiers when it is not named.
std::size_t tier_of(PreferenceOrder const& order, std::string const& option)
{
  auto const found = std::find_if(order.tiers.begin(), order.tiers.end(), [&](auto const& tier) {
    return std::find(tier.begin(), tier.end(), option) != tier.end();
  });
  return static_cast<std::size_t>(found - order.tiers.begin());
}

void read_preference(PlacementReview& review, Placement const& placement, std::span<PreferenceOrder const> orders,
                     PlacementOptions const& options)
{
  auto const begins = *placement.period.from;
  PreferenceOrder const* order = nullptr;
  for (auto const& each : orders) {
    if (!each.text.law.contains(begins)) continue;
    if (!each.text.usable(begins, options.include_unverified))
      review.left_out.push_back(each.text.id);
    else if (order == nullptr || (!order->text.may_be_default() && each.text.may_be_default()))
      order = &each;
  }
  if (order == nullptr) return;
  review.preference_text = order->text.id;
  auto const own = tier_of(*order, placement.option);
  if (own == order->tiers.size()) {
    review.preference = PreferenceState::not_listed;
    return;
  }
  review.preference = PreferenceState::in_order;
  for (std::size_t tier = 0; tier < own; ++tier)
    for (auto const& option : order->tiers[tier]) {
      auto const was = possible(placement, option);
      if (was == Truth::no) continue;
      review.open_options.push_back(option);
      if (was == Truth::yes)
        review.preference = PreferenceState::earlier_option_open;
      else if (review.preference == PreferenceState::in_order)
        review.preference = PreferenceState::cannot_be_said;
    }
}

void read_plan(PlacementReview& review, Placement const& placement, WorkCalendar const& calendar,
               PlacementOptions const& options)
{
  if (placement.period.until && *placement.period.until <= options.on) {
    review.plan = PlanState::ended;
    return;
  }
  if (!placement.plan_made || options.on < *placement.plan_made) return;
  review.plan = PlanState::no_review_term;
  if (!placement.review_every) return;
  Clock clock;
  clock.due = DueEvery{*placement.review_every};
  ClockRecord record;
  record.event = Moment{*placement.plan_made, {}};
  record.done = placement.reviewed;
  review.next_review = read(clock, record, calendar, options.on);
  review.plan =
      review.next_review->state == ClockState::overdue ? PlanState::review_overdue : PlanState::reviewed_in_time;
}

void read_limits(PlacementReview& review, Placement const& placement, std::span<Clock const> clocks,
                 WorkCalendar const& calendar, PlacementOptions const& options)
{
  for (auto const& id : placement.limits) {
    StayLimit limit{id, {}, OnMiss::measure_ends};
    auto const clock = std::find_if(clocks.begin(), clocks.end(), [&](Clock const& each) { return each.id == id; });
    if (clock != clocks.end()) {
      limit.on_miss = clock->on_miss;
      if (clock->may_be_default() || options.include_unverified) {
        ClockRecord record;
        record.event = Moment{*placement.period.from, {}};
        record.prolongations = placement.prolongations;
        if (placement.period.until) record.done = {Moment{*add_days(*placement.period.until, -1), {}}};
        limit.reading = read(*clock, record, calendar, options.on, options.regime);
      } else {
        review.left_out.push_back(id);
      }
    }
    review.limits.push_back(std::move(limit));
  }
}

}  // namespace

std::string_view to_string(PreferenceState state) noexcept { return preference_words[static_cast<std::size_t>(state)]; }

std::string_view to_string(PlanState state) noexcept { return plan_words[static_cast<std::size_t>(state)]; }

PlacementReview review_placement(Placement const& placement, std::span<PreferenceOrder const> orders,
                                 std::span<Clock const> clocks, WorkCalendar const& calendar,
                                 PlacementOptions const& options)
{
  if (!placement.period.from) throw ContractViolation("a placement has a first day");
  PlacementReview review;
  review.placement = placement.id;
  review.current = placement.period.contains(options.on);
  read_preference(review, placement, orders, options);
  read_plan(review, placement, calendar, options);
  read_limits(review, placement, clocks, calendar, options);
  return review;
}

PlacementHistory history_of(std::span<Placement const> placements)
{
  std::vector<Period> periods;
  for (auto const& each : placements) {
    if (!each.period.from) throw ContractViolation("a placement has a first day");
    periods.push_back(each.period);
  }
  std::sort(periods.begin(), periods.end(), [](Period const& lhs, Period const& rhs) { return lhs.from < rhs.from; });
  PlacementHistory history;
  std::optional<Period> covered;  // from the first day on, without a break
  for (auto const& each : periods) {
    if (covered) {
      if (!covered->until || *each.from < *covered->until) {
        auto const until = !covered->until ? each.until
                           : each.until    ? std::min(each.until, covered->until)
                                           : covered->until;
        history.together.push_back({each.from, until});
      } else if (*covered->until < *each.from) {
        history.between.push_back({covered->until, each.from});
      }
    }
    if (!covered || (covered->until && (!each.until || *covered->until < *each.until))) covered = each;
  }
  return history;
}

}  // namespace tutela::inline v0
