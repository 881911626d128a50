// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/monitoring.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <tutela/calendar/clock.hpp>

namespace tutela::inline v0 {
namespace {

constexpr std::array<std::string_view, 4> kind_words{"zone", "exclusion", "curfew", "no_approach"};
constexpr std::array<std::string_view, 3> severity_words{"notice", "warning", "alarm"};
constexpr std::array<std::string_view, 4> unsaid_words{"gap", "stale", "imprecise", "place_not_there"};
constexpr std::array<std::string_view, 3> task_words{"tell_childrens_service", "ask_about_children", "set_retention"};
constexpr std::array<std::string_view, 4> instruction_words{"return_to_zone", "leave_zone", "go_home",
                                                            "contact_the_centre"};
constexpr std::int64_t seconds_of_day = 86'400;
constexpr std::int64_t first_second = -62'135'596'800;  // year 1
constexpr std::int64_t last_second = 253'402'300'799;   // year 9999
constexpr auto always = std::numeric_limits<std::int64_t>::max();

template <class Enum, std::size_t count>
std::string_view word_of(std::array<std::string_view, count> const& words, Enum value) noexcept
{
  return words[static_cast<std::size_t>(value)];
}

/// Day since 1970 and minute of it on the clock on the wall.
struct LocalTime {
  std::int64_t day;
  int minute;
};

/// Walks along the offsets with a stream that never goes back.
class WallClock {
 public:
  explicit WallClock(std::span<UtcOffset const> offsets) : offsets_(offsets) {}

  LocalTime read(std::int64_t at)
  {
    while (next_ < offsets_.size() && offsets_[next_].from <= at) ++next_;
    auto const local = at + (next_ == 0 ? 0 : std::int64_t{offsets_[next_ - 1].minutes} * 60);
    auto const day = local >= 0 ? local / seconds_of_day : (local - seconds_of_day + 1) / seconds_of_day;
    return {day, static_cast<int>((local - day * seconds_of_day) / 60)};
  }

 private:
  std::span<UtcOffset const> offsets_;
  std::size_t next_ = 0;
};

/// True on a weekday of the hours; day 0 of 1970 was a Thursday.
bool begins_on(DailyHours const& hours, std::int64_t day) noexcept
{
  auto const weekday = static_cast<unsigned>(((day + 3) % 7 + 7) % 7);
  return ((static_cast<unsigned>(hours.weekdays) >> weekday) & 1U) != 0;
}

bool within(DailyHours const& hours, LocalTime now) noexcept
{
  if (hours.from < hours.until)
    return hours.from <= now.minute && now.minute < hours.until && begins_on(hours, now.day);
  return (hours.from <= now.minute && begins_on(hours, now.day)) ||
         (now.minute < hours.until && begins_on(hours, now.day - 1));
}

/// One condition on its way through the stream.
struct Watched {
  MonitoringCondition const* condition;
  std::vector<GroundPoint> keep_away_from;  ///< Protected places.
  std::int64_t first_day;                   ///< Days since 1970 on which it holds.
  std::int64_t last_day;
  std::optional<MonitoringAlert> alert = {};     ///< The violation in a row.
  std::optional<std::int64_t> unsaid_from = {};  ///< Begin of a stretch that is too imprecise.

  [[nodiscard]] bool holds(LocalTime now) const noexcept
  {
    if (now.day < first_day || now.day > last_day) return false;
    auto const& hours = condition->hours;
    return hours.empty() ||
           std::any_of(hours.begin(), hours.end(), [&](DailyHours const& each) { return within(each, now); });
  }

  /// Whether the condition is violated at a position.
  [[nodiscard]] Truth violated(PositionEvent const& event) const noexcept
  {
    if (event.accuracy == 0) return Truth::unknown;
    if (condition->kind == ConditionKind::no_approach) return near(event);
    auto const inside = condition->zone->contains(event.point, event.accuracy);
    return condition->kind == ConditionKind::exclusion ? inside : !inside;
  }

  [[nodiscard]] Truth near(PositionEvent const& event) const noexcept
  {
    auto found = Truth::no;
    for (auto const& place : keep_away_from) {
      double const metres = distance_between(place, event.point);
      double const doubt = event.accuracy + distance_margin(metres);
      if (metres + doubt < condition->distance) return Truth::yes;
      if (metres - doubt < condition->distance) found = Truth::unknown;
    }
    return found;
  }
};

std::vector<Diagnostic> check_order(MonitoringOrder const& order)
{
  Diagnostics found;
  auto const wrong = [&](Code code, std::string pointer, std::string what, std::string mend) {
    found.error(code, Place{{}, 0, 0, std::move(pointer)}, std::move(what), std::move(mend));
  };
  if (order.gap_after < 1 || order.stale_after < 1)
    wrong(Code::out_of_range, "", "a length of time is not positive",
          "give `gap_after` and `stale_after` of 1 second or more");
  if (!std::is_sorted(order.offsets.begin(), order.offsets.end(),
                      [](UtcOffset const& lhs, UtcOffset const& rhs) { return lhs.from < rhs.from; }))
    wrong(Code::invalid_interval, "/offsets", "the offsets go back in time", "write them in rising order");
  for (auto const& offset : order.offsets)
    if (offset.minutes < -840 || offset.minutes > 840)
      wrong(Code::out_of_range, "/offsets", "an offset is out of range", "use -840 to 840 minutes");
  for (std::size_t i = 0; i < order.conditions.size(); ++i) {
    auto const& condition = order.conditions[i];
    auto const pointer = "/conditions/" + std::to_string(i);
    for (std::size_t k = 0; k < i; ++k)
      if (order.conditions[k].id == condition.id)
        wrong(Code::duplicate_id, pointer + "/id", "two conditions have the same identifier", "rename one");
    bool const keeps_away = condition.kind == ConditionKind::no_approach;
    if (keeps_away == condition.zone.has_value())
      wrong(keeps_away ? Code::not_allowed : Code::missing_key, pointer + "/zone",
            keeps_away ? "to keep away from a person has no zone" : "the condition has no zone",
            keeps_away ? "name protected places" : "give a circle or a polygon");
    if (keeps_away && (condition.distance < 10 || condition.distance > 100'000))
      wrong(Code::out_of_range, pointer + "/distance", "the distance is out of range", "use 10 to 100000 metres");
    if (keeps_away && condition.protected_places.empty())
      wrong(Code::missing_key, pointer + "/protected_places", "no protected place is named", "name at least one");
    if (condition.kind == ConditionKind::curfew && condition.hours.empty())
      wrong(Code::missing_key, pointer + "/hours", "a curfew has hours", "give `hours`");
  }
  return std::move(found).take();
}

/// One run over a stream.
class Watch {
 public:
  Watch(MonitoringOrder const& order, ProtectedPlaces const& places, std::int64_t from, std::int64_t until)
      : order_(order), clock_(order.offsets)
  {
    review_.order = order.id;
    review_.from = from;
    review_.until = until;
    last_usable_ = from;
    for (auto const& condition : order.conditions) add(condition, places);
  }

  void take(PositionEvent const& event)
  {
    ++review_.events;
    if (event.fixed_at > event.at || event.fixed_at < event.at - order_.stale_after) {
      ++review_.stale;
      stale_since_usable_ = true;
      return;
    }
    close_gap(event.at);
    auto const now = clock_.read(event.at);
    for (auto& watched : watched_) judge(watched, event, now);
  }

  MonitoringReview finish() &&
  {
    close_gap(review_.until);
    for (auto& watched : watched_) {
      end_alert(watched);
      end_unsaid(watched, review_.until);
    }
    std::stable_sort(review_.alerts.begin(), review_.alerts.end(),
                     [](MonitoringAlert const& lhs, MonitoringAlert const& rhs) { return lhs.from < rhs.from; });
    std::stable_sort(review_.unsaid.begin(), review_.unsaid.end(),
                     [](UnsaidStretch const& lhs, UnsaidStretch const& rhs) { return lhs.from < rhs.from; });
    if (order_.child_in_household == Truth::yes) review_.tasks.push_back(MonitoringTask::tell_childrens_service);
    if (order_.child_in_household == Truth::unknown) review_.tasks.push_back(MonitoringTask::ask_about_children);
    if (!order_.retention) review_.tasks.push_back(MonitoringTask::set_retention);
    return std::move(review_);
  }

 private:
  void add(MonitoringCondition const& condition, ProtectedPlaces const& places)
  {
    Watched watched{&condition,
                    {},
                    condition.valid.from ? to_days(*condition.valid.from) : -always,
                    condition.valid.until ? to_days(*condition.valid.until) - 1 : always};
    bool missing = false;
    for (auto const& name : condition.protected_places) {
      auto const found = std::find_if(places.places.begin(), places.places.end(),
                                      [&](ProtectedPlace const& place) { return place.name == name; });
      if (found == places.places.end())
        missing = true;
      else
        watched.keep_away_from.push_back(found->point);
    }
    if (missing) review_.unsaid.push_back({condition.id, UnsaidReason::place_not_there, review_.from, review_.until});
    watched_.push_back(std::move(watched));
  }

  void close_gap(std::int64_t at)
  {
    if (at - last_usable_ > order_.gap_after) {
      review_.unsaid.push_back({{}, stale_since_usable_ ? UnsaidReason::stale : UnsaidReason::gap, last_usable_, at});
      for (auto& watched : watched_) {
        end_alert(watched);
        end_unsaid(watched, last_usable_);
      }
    }
    last_usable_ = at;
    stale_since_usable_ = false;
  }

  void judge(Watched& watched, PositionEvent const& event, LocalTime now)
  {
    auto const violated = watched.holds(now) ? watched.violated(event) : Truth::no;
    if (violated == Truth::unknown) {
      if (!watched.unsaid_from) watched.unsaid_from = event.at;
      return;
    }
    end_unsaid(watched, event.at);
    if (violated == Truth::no) return end_alert(watched);
    if (!watched.alert)
      watched.alert = MonitoringAlert{
          watched.condition->id, watched.condition->kind, watched.condition->severity, event.at, event.at, 0};
    watched.alert->until = event.at;
    ++watched.alert->reports;
  }

  void end_alert(Watched& watched)
  {
    if (watched.alert) review_.alerts.push_back(std::move(*watched.alert));
    watched.alert.reset();
  }

  void end_unsaid(Watched& watched, std::int64_t at)
  {
    if (watched.unsaid_from)
      review_.unsaid.push_back({watched.condition->id, UnsaidReason::imprecise, *watched.unsaid_from, at});
    watched.unsaid_from.reset();
  }

  MonitoringOrder const& order_;
  WallClock clock_;
  std::vector<Watched> watched_;
  MonitoringReview review_;
  std::int64_t last_usable_ = 0;
  bool stale_since_usable_ = false;
};

}  // namespace

std::string_view to_string(ConditionKind kind) noexcept { return word_of(kind_words, kind); }
std::string_view to_string(AlertSeverity severity) noexcept { return word_of(severity_words, severity); }
std::string_view to_string(UnsaidReason reason) noexcept { return word_of(unsaid_words, reason); }
std::string_view to_string(MonitoringTask task) noexcept { return word_of(task_words, task); }
std::string_view to_string(MonitoredInstruction instruction) noexcept
{
  return word_of(instruction_words, instruction);
}

Result<MonitoringReview> check_positions(MonitoringOrder const& order, ProtectedPlaces const& places,
                                         std::span<PositionEvent const> events, std::int64_t from, std::int64_t until,
                                         Limits const& limits)
{
  auto const wrong = [](Code code, std::string pointer, std::string what, std::string mend) {
    return Diagnostic{code, Severity::error, Place{{}, 0, 0, std::move(pointer)}, std::move(what), std::move(mend)};
  };
  if (auto found = check_order(order); !found.empty()) return found;
  if (events.size() > limits.elements)
    return wrong(Code::limit_reached, "/events", "there are more events than the limit \"elements\"", "");
  if (until < from || from < first_second || until > last_second)
    return wrong(Code::invalid_interval, "", "the stretch ends before it begins, or is out of range", "mend its ends");
  Watch watch(order, places, from, until);
  std::int64_t before = std::numeric_limits<std::int64_t>::min();
  for (std::size_t i = 0; i < events.size(); ++i) {
    auto const& event = events[i];
    if (event.at < before)
      return wrong(Code::invalid_interval, "/events/" + std::to_string(i),
                   "the report is earlier than the one before it", "sort the reports of a device by time");
    before = event.at;
    if (event.at >= from && event.at < until) watch.take(event);
  }
  return std::move(watch).finish();
}

std::vector<MonitoredNotice> notices_for(MonitoringOrder const& order, MonitoringReview const& review)
{
  std::vector<MonitoredNotice> notices;
  for (auto const& alert : review.alerts) {
    auto const condition = std::find_if(order.conditions.begin(), order.conditions.end(),
                                        [&](MonitoringCondition const& each) { return each.id == alert.condition; });
    if (condition == order.conditions.end() ||
        !condition->tell_monitored.value_or(condition->kind != ConditionKind::no_approach))
      continue;
    notices.push_back({alert.from, static_cast<MonitoredInstruction>(alert.kind)});
  }
  return notices;
}

std::optional<std::size_t> positions_to_erase(MonitoringOrder const& order, std::span<PositionEvent const> events,
                                              Date on)
{
  if (!order.retention) return std::nullopt;
  Clock clock;
  clock.due = DueWithin{*order.retention, {}};
  auto const kept = std::partition_point(events.begin(), events.end(), [&](PositionEvent const& event) {
    WallClock wall(order.offsets);
    ClockRecord record;
    auto const day = from_days(wall.read(std::clamp(event.at, first_second, last_second)).day);
    record.event = Moment{day.value_or(Date{}), {}};
    auto const reading = read(clock, record, WorkCalendar(), on);
    return reading.last && reading.last->day < on;
  });
  return static_cast<std::size_t>(kept - events.begin());
}

}  // namespace tutela::inline v0
