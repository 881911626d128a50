// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/leaving_care.hpp>

#include <algorithm>

#include <tutela/calendar/clock.hpp>

namespace tutela::inline v0 {
namespace {

class Asker {
 public:
  Asker(CareLeaver const& leaver, LeavingCareRule const& rule, Date on) : leaver_(leaver), rule_(rule), on_(on) {}

  LeavingCareFinding run()
  {
    finding_.text = rule_.text.id;
    finding_.gives = rule_.gives;
    finding_.amount = rule_.amount;
    auto holds = in_time();
    for (auto const& name : rule_.all) holds = holds & fact(name);
    if (!rule_.any.empty()) {
      auto one = Truth::no;
      for (auto const& name : rule_.any) one = one | fact(name);
      holds = holds & one;
    }
    for (auto const& name : rule_.none) holds = holds & (!fact(name));
    finding_.holds = holds;
    if (holds != Truth::unknown) finding_.missing.clear();
    return std::move(finding_);
  }

 private:
  Truth fact(std::string const& name)
  {
    for (auto const& [known, truth] : leaver_.facts)
      if (known == name && truth != Truth::unknown) return truth;
    finding_.missing.push_back(name);
    return Truth::unknown;
  }

  Truth in_time()
  {
    auto holds = Truth::yes;
    if (rule_.until_age) holds = holds & younger();
    if (rule_.within) holds = holds & soon_enough();
    return holds;
  }

  Truth younger()
  {
    if (!leaver_.born) {
      finding_.missing.emplace_back("born");
      return Truth::unknown;
    }
    auto const reached = [&](Leapling leapling, AgeReached when) {
      return age_reached_on(*leaver_.born, *rule_.until_age, {leapling, when});
    };
    auto const first = reached(Leapling::on_28_february, AgeReached::on_birthday);
    auto const last = reached(Leapling::on_1_march, AgeReached::day_after_birthday);
    if (!first || !last) return Truth::unknown;
    finding_.until = reached(Leapling::on_1_march, AgeReached::on_birthday);
    if (on_ < *first) return Truth::yes;
    return on_ < *last ? Truth::unknown : Truth::no;
  }

  Truth soon_enough()
  {
    if (!leaver_.left) {
      finding_.missing.emplace_back("left");
      return Truth::unknown;
    }
    Clock clock;
    clock.due = DueWithin{*rule_.within, {}};
    ClockRecord record;
    record.event = Moment{*leaver_.left, {}};
    auto const last = read(clock, record, WorkCalendar(), std::max(on_, *leaver_.left)).last;
    auto const after = last ? add_days(last->day, 1) : std::nullopt;
    if (!after) return Truth::unknown;
    finding_.until = finding_.until ? std::min(*finding_.until, *after) : *after;
    return to_truth(on_ < *after);
  }

  CareLeaver const& leaver_;
  LeavingCareRule const& rule_;
  Date on_;
  LeavingCareFinding finding_;
};

}  // namespace

LeavingCareReview leaving_care(CareLeaver const& leaver, std::span<LeavingCareRule const> rules, Date on,
                               bool include_unverified)
{
  LeavingCareReview review;
  for (auto const& rule : rules) {
    if (!rule.text.law.contains(on)) continue;
    if (rule.text.usable(on, include_unverified))
      review.findings.push_back(Asker(leaver, rule, on).run());
    else
      review.left_out.push_back(rule.text.id);
  }
  review.rule_not_available = review.findings.empty();
  return review;
}

}  // namespace tutela::inline v0
