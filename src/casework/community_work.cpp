// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/community_work.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace tutela::inline v0 {
namespace {

constexpr std::array<std::string_view, 3> sentenced_words{"not_recorded", "minor", "adult"};
constexpr std::array<std::string_view, 5> month_words{"met", "under", "cannot_be_said", "not_over",
                                                      "rule_not_available"};
constexpr auto no_ceiling = std::numeric_limits<std::int64_t>::max();
constexpr int age_of_majority_norms = 18;  // what `SentencedAs` tells apart

using Parameter = std::optional<int> WorkNorm::*;

/// A bound that may be one of several, and the texts that set it.
struct Bound {
  std::int64_t least = no_ceiling;  ///< The lowest that it may be, in minutes.
  std::int64_t most = 0;            ///< The highest.
  bool missing = false;             ///< No text sets it for some possible age.
  std::set<std::string> by;         ///< Identifiers.

  void add(std::int64_t low, std::int64_t high, std::string const& text)
  {
    least = std::min(least, low);
    most = std::max(most, high);
    by.insert(text);
  }
};

class Bookkeeper {
 public:
  Bookkeeper(WorkOrder const& order, std::span<WorkNorm const> norms, WorkAccountOptions const& options)
      : order_(order), norms_(norms), options_(options)
  {
  }

  WorkAccount run()
  {
    account_.order = order_.id;
    account_.ordered = std::int64_t{order_.hours} * 60;
    check_order();
    add_days_worked();
    close();
    add_months();
    name_texts();
    return std::move(account_);
  }

 private:
  /// Ages that may matter on a day: then and when it was ordered, under each way to count; all that the texts tell apart
  /// where the birth is not known.
  [[nodiscard]] std::set<int> ages_on(Date day) const
  {
    std::set<int> ages;
    if (options_.born) {
      for (auto const leapling : {Leapling::on_28_february, Leapling::on_1_march})
        for (auto const reached : {AgeReached::on_birthday, AgeReached::day_after_birthday})
          for (auto const& when : {order_.ordered, day})
            if (auto const age = age_on(*options_.born, when, {leapling, reached})) ages.insert(*age);
    }
    if (ages.empty()) {
      ages.insert(0);
      for (auto const& norm : norms_) {
        if (norm.ages.from) ages.insert(*norm.ages.from);
        if (norm.ages.until) ages.insert(*norm.ages.until);
      }
    }
    return sentenced(ages);
  }

  [[nodiscard]] std::set<int> sentenced(std::set<int> const& ages) const
  {
    if (order_.sentenced == SentencedAs::not_recorded) return ages;
    std::set<int> kept;
    for (auto const age : ages) {
      if (order_.sentenced == SentencedAs::adult) kept.insert(std::max(age, age_of_majority_norms));
      if (order_.sentenced == SentencedAs::minor) kept.insert(std::min(age, age_of_majority_norms - 1));
      // How the work of a minor goes on at 18, the texts for minors do not say.
      if (order_.sentenced == SentencedAs::minor && age >= age_of_majority_norms) kept.insert(age);
    }
    return kept;
  }

  [[nodiscard]] WorkNorm const* norm_for(Parameter parameter, Date day, int age) const
  {
    WorkNorm const* unverified = nullptr;
    for (auto const& norm : norms_) {
      if (norm.matter != order_.matter || !(norm.*parameter) || !norm.ages.contains(age)) continue;
      if (norm.text.usable(day, false)) return &norm;
      if (unverified == nullptr && norm.text.usable(day, options_.include_unverified)) unverified = &norm;
    }
    return unverified;
  }

  Bound bound(Parameter parameter, Date day, bool long_days = false)
  {
    Bound bound;
    for (auto const age : ages_on(day)) {
      auto const* const norm = norm_for(parameter, day, age);
      if (norm == nullptr) {
        bound.missing = true;
        continue;
      }
      used_.insert(norm);
      auto low = std::int64_t{*(norm->*parameter)} * 60;
      auto high = low;
      if (long_days && norm->day_most_long) {
        auto const may = (!answer_on(order_.occupied, day)) & answer_on(order_.agrees_to_long_days, day);
        if (may != Truth::no) high = std::int64_t{*norm->day_most_long} * 60;
        if (may == Truth::yes) low = high;
      }
      bound.add(low, high, norm->text.id);
    }
    return bound;
  }

  void check_order()
  {
    auto const least = bound(&WorkNorm::order_least, order_.ordered);
    auto const most = bound(&WorkNorm::order_most, order_.ordered);
    auto const at_least = least.by.empty()                 ? Truth::unknown
                          : account_.ordered < least.least ? Truth::no
                          : account_.ordered >= least.most ? Truth::yes
                                                           : Truth::unknown;
    auto const at_most = most.by.empty()                  ? Truth::unknown
                         : account_.ordered > most.most   ? Truth::no
                         : account_.ordered <= most.least ? Truth::yes
                                                          : Truth::unknown;
    account_.hours_lawful = at_least & at_most;
    if (least.missing || most.missing) account_.hours_lawful = Truth::unknown;
  }

  void add_days_worked()
  {
    std::map<Date, std::int64_t> days;
    for (auto const& each : order_.worked)
      if (each.day <= options_.on) days[each.day] += each.minutes;
    account_.day_rule_available = true;
    for (auto const& [day, minutes] : days) account_.days.push_back(judge(day, minutes));
    if (days.empty()) account_.day_rule_available = !bound(&WorkNorm::day_most, order_.ordered).missing;
  }

  AccountDay judge(Date day, std::int64_t minutes)
  {
    AccountDay judged{day, minutes, 0, 0, 0, Truth::unknown, {}};
    auto ceiling = bound(&WorkNorm::day_most, day, true);
    if (ceiling.missing) {
      account_.day_rule_available = false;
      ceiling.least = 0;
      ceiling.most = no_ceiling;
    }
    judged.counted = std::min(minutes, ceiling.least);
    judged.over = std::max<std::int64_t>(0, minutes - ceiling.most);
    judged.undecided = minutes - judged.counted - judged.over;
    judged.by.assign(ceiling.by.begin(), ceiling.by.end());
    auto const floor = bound(&WorkNorm::day_least, day);
    if (!floor.missing && minutes >= floor.most) judged.below_floor = Truth::no;
    if (!floor.missing && minutes < floor.least) judged.below_floor = Truth::yes;
    return judged;
  }

  void close()
  {
    for (auto const& day : account_.days) {
      account_.done += day.done;
      account_.counted += day.counted;
      account_.over += day.over;
      account_.undecided += day.undecided;
    }
    account_.remaining_most = std::max<std::int64_t>(0, account_.ordered - account_.counted);
    account_.remaining_least = std::max<std::int64_t>(0, account_.remaining_most - account_.undecided);
    account_.complete = account_.remaining_most == 0   ? Truth::yes
                        : account_.remaining_least > 0 ? Truth::no
                                                       : Truth::unknown;
  }

  void add_months()
  {
    Date at = order_.began.value_or(account_.days.empty() ? order_.ordered : account_.days.front().day);
    if (!account_.days.empty()) at = std::min(at, account_.days.front().day);
    at.day = 1;
    auto day = account_.days.begin();
    std::int64_t counted = 0;
    std::int64_t undecided = 0;
    while (at <= options_.on && counted < account_.ordered) {
      AccountMonth month{at.year, at.month, 0, 0, MonthState::rule_not_available};
      auto const next =
          at.month == 12 ? Date{at.year + 1, 1, 1} : Date{at.year, static_cast<std::uint8_t>(at.month + 1), 1};
      for (; day != account_.days.end() && day->day < next; ++day) {
        month.done += day->done;
        month.counted += day->counted;
        undecided += day->undecided;
      }
      counted += month.counted;
      month.state = month_state(month, at, *add_days(next, -1), counted, undecided);
      account_.months.push_back(month);
      at = next;
    }
  }

  /// \param counted, undecided Minutes of the order by the end of the month.
  MonthState month_state(AccountMonth const& month, Date first, Date last, std::int64_t counted, std::int64_t undecided)
  {
    auto const floor = bound(&WorkNorm::month_least, last);
    if (floor.by.empty()) return MonthState::rule_not_available;
    if (!floor.missing && month.counted >= floor.most) return MonthState::met;
    if (counted >= account_.ordered) return MonthState::met;  // what is carried out owes no more hours
    if (options_.on < last) return MonthState::not_over;
    bool const whole = order_.began && *order_.began <= first;
    bool const perhaps_carried_out = counted + undecided >= account_.ordered;
    if (floor.missing || !whole || perhaps_carried_out || month.done >= floor.least) return MonthState::cannot_be_said;
    return MonthState::under;
  }

  void name_texts()
  {
    for (auto const& norm : norms_) {
      if (used_.count(&norm) != 0) account_.texts.push_back(norm.text.id);
      if (norm.matter == order_.matter && !norm.text.usable(options_.on, options_.include_unverified) &&
          norm.text.law.contains(options_.on))
        account_.left_out.push_back(norm.text.id);
    }
  }

  WorkOrder const& order_;
  std::span<WorkNorm const> norms_;
  WorkAccountOptions const& options_;
  WorkAccount account_;
  std::set<WorkNorm const*> used_;
};

}  // namespace

std::string_view to_string(SentencedAs sentenced) noexcept
{
  return sentenced_words[static_cast<std::size_t>(sentenced)];
}

std::string_view to_string(MonthState state) noexcept { return month_words[static_cast<std::size_t>(state)]; }

Truth answer_on(std::span<DatedAnswer const> answers, Date on) noexcept
{
  for (auto i = answers.size(); i > 0; --i)
    if (answers[i - 1].valid.contains(on)) return answers[i - 1].answer;
  return Truth::unknown;
}

WorkAccount account_of(WorkOrder const& order, std::span<WorkNorm const> norms, WorkAccountOptions const& options)
{
  return Bookkeeper(order, norms, options).run();
}

}  // namespace tutela::inline v0
