// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/agenda.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "casework/agenda_records.hpp"

namespace tutela::inline v0 {
namespace {

constexpr std::array<std::string_view, agenda_parts> part_words{"overdue",  "due_today", "coming",
                                                                "promised", "done",      "cannot_be_said"};
constexpr std::array<std::string_view, 3> kind_words{"clock", "commitment", "exchange"};
constexpr std::array<std::string_view, 10> mark_words{
    "event_not_recorded", "holidays_unknown",   "minute_unknown", "ends_on_rest_day", "paused",
    "prolonged_too_far",  "prolonged_too_late", "late",           "perhaps_late",     "not_by_default"};
constexpr std::array<std::string_view, 5> outcome_words{"done", "done_late", "not_done", "not_done_yet", "withdrawn"};

constexpr std::int64_t week = 7;

/// The last of what was done by `on`.
std::optional<Moment> last_done(std::vector<Moment> const& done, Date on)
{
  std::optional<Moment> last;
  for (auto const& each : done)
    if (each.day <= on) last = each;
  return last;
}

/// A later day on which the true end may lie, as far as the doubt has a bound.
Date latest_end(ClockReading const& reading, WorkCalendar const& calendar)
{
  auto last = reading.last->day;
  if (reading.minute_unknown) last = *add_days(last, (reading.last->minute.value_or(0) + 1439) / 1440);
  if (reading.ends_on_rest_day) last = std::max(last, calendar.add(reading.last->day, 1).day);
  return last;
}

class Maker {
 public:
  Maker(AgendaRecords const& records, WorkCalendar const& calendar, AgendaOptions const& options)
      : records_(records), calendar_(calendar), options_(options)
  {
    made_.on = options.on;
    made_.days = options.days;
    made_.name = records.name;
    made_.synthetic = records.synthetic;
    made_.agencies = records.agencies;
    made_.regime =
        records.martial_law && records.martial_law->contains(options.on) ? Regime::martial_law : Regime::normal;
  }

  Agenda run(std::map<std::string_view, Clock const*> const& by_id)
  {
    for (auto const& record : records_.clocks) clock(record, *by_id.at(record.clock));
    for (auto const& item : records_.commitments) commitment(item, {});
    for (auto const& plan : records_.plans)
      for (auto const& item : commitments_of(plan)) commitment(item, plan.subject);
    for (auto const& item : records_.exchanges) exchange(item);
    for (auto const& item : records_.priorities) {
      if (item.year != options_.on.year || item.month != options_.on.month) continue;
      made_.priorities.push_back(item);
      if (item.done && options_.on < *item.done) made_.priorities.back().done.reset();
    }
    sort();
    return std::move(made_);
  }

 private:
  [[nodiscard]] std::int64_t days_to(Date day) const { return to_days(day) - to_days(options_.on); }
  [[nodiscard]] bool in_past_week(Date day) const { return days_to(day) <= 0 && days_to(day) > -week; }

  void clock(CaseClock const& record, Clock const& clock)
  {
    if (!options_.include_unverified && !clock.may_be_default()) {
      made_.left_out.push_back({record.clock, record.subject, false});
      return;
    }
    auto const reading = read(clock, record.record, calendar_, options_.on, made_.regime);
    if (reading.state == ClockState::not_in_force) {
      made_.left_out.push_back({record.clock, record.subject, true});
      return;
    }
    AgendaItem item;
    item.kind = AgendaKind::clock;
    item.reference = clock.id;
    item.subject = record.subject;
    item.owner = record.owner;
    item.what = clock.name;
    item.on_miss = clock.on_miss;
    item.citation = clock.citation;
    item.due = reading.last;
    if (reading.last) item.days_left = reading.days_left;
    item.marks = marks(reading, clock);
    place(std::move(item), reading, record.record, clock);
  }

  static std::vector<AgendaMark> marks(ClockReading const& reading, Clock const& clock)
  {
    std::vector<AgendaMark> found;
    auto const mark = [&](bool holds, AgendaMark which) {
      if (holds) found.push_back(which);
    };
    bool const late = reading.state == ClockState::met_late;
    bool const doubt = reading.holidays_unknown || reading.minute_unknown || reading.ends_on_rest_day;
    mark(reading.state == ClockState::no_event, AgendaMark::event_not_recorded);
    mark(reading.holidays_unknown, AgendaMark::holidays_unknown);
    mark(reading.minute_unknown, AgendaMark::minute_unknown);
    mark(reading.ends_on_rest_day, AgendaMark::ends_on_rest_day);
    mark(reading.state == ClockState::paused, AgendaMark::paused);
    mark(reading.prolonged_too_far, AgendaMark::prolonged_too_far);
    mark(reading.prolonged_too_late, AgendaMark::prolonged_too_late);
    mark(late && !doubt, AgendaMark::late);
    mark((late && doubt) || (reading.state == ClockState::met && reading.minute_unknown && reading.last->minute),
         AgendaMark::perhaps_late);
    mark(!clock.may_be_default(), AgendaMark::not_by_default);
    return found;
  }

  void place(AgendaItem item, ClockReading const& reading, ClockRecord const& record, Clock const& clock)
  {
    switch (reading.state) {
      case ClockState::not_in_force: return;
      case ClockState::no_event: return add(std::move(item), AgendaPart::cannot_be_said);
      case ClockState::overdue: {
        bool const certain = !reading.holidays_unknown && latest_end(reading, calendar_) < options_.on;
        return add(std::move(item), certain ? AgendaPart::overdue : AgendaPart::cannot_be_said);
      }
      case ClockState::due:
      case ClockState::running:
      case ClockState::paused: return ahead(std::move(item), reading.last->day);
      case ClockState::not_open: return ahead(std::move(item), reading.last->day);
      case ClockState::met:
      case ClockState::met_late: {
        if (std::holds_alternative<DueAtAge>(clock.due)) {  // it happens by itself
          item.done = reading.last->day;
        } else if (auto const done = last_done(record.done, options_.on)) {
          item.done = done->day;
        }
        if (item.done && in_past_week(*item.done)) add(std::move(item), AgendaPart::done);
        return;
      }
    }
  }

  /// What has its last day today or later.
  void ahead(AgendaItem item, Date last)
  {
    auto const left = days_to(last);
    if (left > options_.days) {
      ++made_.later;
    } else {
      add(std::move(item), left == 0 ? AgendaPart::due_today : AgendaPart::coming);
    }
  }

  /// \param subject The case, for a measure of a plan.
  void commitment(Commitment const& promise, CaseId const& subject)
  {
    if (options_.on < promise.promised) return;  // not known yet
    review(promise);
    if (promise.withdrawn && *promise.withdrawn <= options_.on) return;
    AgendaItem item;
    item.kind = AgendaKind::commitment;
    item.reference = promise.id;
    item.subject = subject;
    item.owner = promise.owner;
    item.what = promise.what;
    item.promised = promise.promised;
    item.source = promise.source;
    if (promise.due) {
      item.due = Moment{*promise.due, {}};
      item.days_left = days_to(*promise.due);
    }
    if (promise.done && *promise.done <= options_.on) {
      item.done = promise.done;
      if (promise.due && *promise.due < *promise.done) item.marks.push_back(AgendaMark::late);
      if (in_past_week(*promise.done)) add(std::move(item), AgendaPart::done);
      return;
    }
    auto part = AgendaPart::promised;
    if (item.days_left && *item.days_left <= options_.days) {
      auto const left = *item.days_left;
      part = left < 0 ? AgendaPart::overdue : left == 0 ? AgendaPart::due_today : AgendaPart::coming;
    }
    add(std::move(item), part);
  }

  void review(Commitment const& promise)
  {
    bool const made = days_to(promise.promised) >= -week && promise.promised < options_.on;
    bool const fell_due = promise.due && days_to(*promise.due) >= -week && *promise.due <= options_.on;
    auto const settled = [&](std::optional<Date> const& day) { return day && *day <= options_.on; };
    auto const before = [&](std::optional<Date> const& day) { return day && days_to(*day) < -week; };
    if (!(made || fell_due) || before(promise.done) || before(promise.withdrawn)) return;
    auto outcome = ReviewOutcome::not_done;
    if (settled(promise.withdrawn)) {
      outcome = ReviewOutcome::withdrawn;
    } else if (settled(promise.done)) {
      outcome = promise.due && *promise.due < *promise.done ? ReviewOutcome::done_late : ReviewOutcome::done;
    } else if (promise.due && options_.on <= *promise.due) {
      outcome = ReviewOutcome::not_done_yet;
    }
    made_.review.push_back({promise.id, promise.owner, promise.what, outcome,
                            outcome == ReviewOutcome::withdrawn ? promise.reason : "", promise.source});
  }

  void exchange(Exchange const& exchange)
  {
    if (options_.on < exchange.agreed) return;
    AgendaItem item;
    item.kind = AgendaKind::exchange;
    item.reference = exchange.id;
    item.owner = exchange.owner;
    item.what = exchange.what;
    item.promised = exchange.agreed;
    item.source = exchange.source;
    auto from = exchange.agreed;
    for (auto const day : exchange.held)
      if (day <= options_.on) from = day;
    if (from != exchange.agreed && in_past_week(from)) {
      auto held = item;
      held.done = from;
      add(std::move(held), AgendaPart::done);
    }
    auto const months = exchange.every.unit == TermUnit::years ? 12 : 1;
    auto const next = exchange.every.unit == TermUnit::days
                          ? add_days(from, exchange.every.count)
                          : add_months(from, std::int64_t{exchange.every.count} * months, MonthRounding::down);
    item.due = Moment{*next, {}};
    item.days_left = days_to(*next);
    if (*item.days_left < 0) return add(std::move(item), AgendaPart::overdue);
    ahead(std::move(item), *next);
  }

  void add(AgendaItem item, AgendaPart part)
  {
    item.part = part;
    made_.items.push_back(std::move(item));
  }

  void sort()
  {
    auto const day = [](AgendaItem const& item) {
      auto const& due = item.due;
      return due ? to_days(due->day) * 1440 + due->minute.value_or(1439) : INT64_MAX;
    };
    std::stable_sort(made_.items.begin(), made_.items.end(), [&](AgendaItem const& left, AgendaItem const& right) {
      return std::tuple(left.owner, left.part, day(left), left.reference, left.subject) <
             std::tuple(right.owner, right.part, day(right), right.reference, right.subject);
    });
    std::sort(made_.review.begin(), made_.review.end(), [](auto const& left, auto const& right) {
      return std::tie(left.owner, left.commitment) < std::tie(right.owner, right.commitment);
    });
    std::sort(made_.priorities.begin(), made_.priorities.end(), [](auto const& left, auto const& right) {
      return std::tie(left.owner, left.id) < std::tie(right.owner, right.id);
    });
    for (auto const& item : made_.items) {
      if (made_.counts.empty() || made_.counts.back().owner != item.owner) made_.counts.push_back({item.owner, {}});
      ++made_.counts.back().lines[static_cast<std::size_t>(item.part)];
    }
  }

  AgendaRecords const& records_;
  WorkCalendar const& calendar_;
  AgendaOptions const& options_;
  Agenda made_;
};

}  // namespace

std::string_view to_string(AgendaPart part) noexcept { return part_words[static_cast<std::size_t>(part)]; }
std::string_view to_string(AgendaKind kind) noexcept { return kind_words[static_cast<std::size_t>(kind)]; }
std::string_view to_string(AgendaMark mark) noexcept { return mark_words[static_cast<std::size_t>(mark)]; }
std::string_view to_string(ReviewOutcome outcome) noexcept { return outcome_words[static_cast<std::size_t>(outcome)]; }

Result<Agenda> agenda(AgendaRecords const& records, std::span<Clock const> clocks, WorkCalendar const& calendar,
                      AgendaOptions const& options)
{
  std::map<std::string_view, Clock const*> by_id;
  for (auto const& clock : clocks) by_id.emplace(clock.id, &clock);
  auto wrong = detail::check_agenda_records(records, by_id);
  if (options.days < 0 || options.days > 366)
    wrong.push_back(
        {Code::out_of_range, Severity::error, {}, "an agenda looks 0 to 366 days ahead", "give fewer days"});
  if (options.on.year < 1 || options.on.year > 9000)
    wrong.push_back(
        {Code::out_of_range, Severity::error, {}, "the day of an agenda is between the years 1 and 9000", ""});
  if (!wrong.empty()) return wrong;
  return Maker(records, calendar, options).run(by_id);
}

}  // namespace tutela::inline v0
