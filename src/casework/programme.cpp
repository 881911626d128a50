// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/programme.hpp>

#include <algorithm>
#include <array>

namespace tutela::inline v0 {
namespace {

constexpr std::array<std::string_view, 7> state_words{
    "enrolled", "running", "all_attended", "session_missed", "ended", "cannot_be_said", "rule_not_available"};

SessionProgress& progress_for(std::vector<SessionProgress>& sessions, std::string const& kind)
{
  auto const found =
      std::find_if(sessions.begin(), sessions.end(), [&](auto const& each) { return each.kind == kind; });
  if (found != sessions.end()) return *found;
  return sessions.emplace_back(SessionProgress{kind, 0, 0, 0, {}, {}});
}

/// Whether a person is of an age, under each of the usual ways to count.
Truth fits(AgeBand const& ages, std::optional<Date> born, Date on)
{
  if (!ages.from && !ages.until) return Truth::yes;
  if (!born) return Truth::unknown;
  bool some = false;
  bool all = true;
  for (auto const leapling : {Leapling::on_28_february, Leapling::on_1_march})
    for (auto const reached : {AgeReached::on_birthday, AgeReached::day_after_birthday}) {
      auto const age = age_on(*born, on, {leapling, reached});
      bool const inside = age && ages.contains(*age);
      some = some || inside;
      all = all && inside;
    }
  return all ? Truth::yes : some ? Truth::unknown : Truth::no;
}

ProgrammeState state_of(ProgrammeProgress const& progress, Enrolment const& enrolment, Date on)
{
  int held = 0;
  int missed = 0;
  int not_recorded = 0;
  int owed = 0;
  bool known = false;
  for (auto const& each : progress.sessions) {
    held += each.attended + each.missed + each.not_recorded;
    missed += each.missed;
    not_recorded += each.not_recorded;
    owed += each.still_owed.value_or(0);
    known = known || each.required.has_value();
  }
  if (known && owed == 0) return ProgrammeState::all_attended;
  if (enrolment.ended && *enrolment.ended <= on) return ProgrammeState::ended;
  if (!known) return ProgrammeState::rule_not_available;
  if (missed > 0) return ProgrammeState::session_missed;
  if (not_recorded > 0) return ProgrammeState::cannot_be_said;
  return held == 0 ? ProgrammeState::enrolled : ProgrammeState::running;
}

}  // namespace

std::string_view to_string(ProgrammeState state) noexcept { return state_words[static_cast<std::size_t>(state)]; }

ProgrammeProgress progress_of(Enrolment const& enrolment, std::span<Programme const> programmes, Date on,
                              bool include_unverified, std::optional<Date> born)
{
  ProgrammeProgress progress;
  progress.enrolment = enrolment.id;
  progress.programme = enrolment.programme;
  for (auto const& programme : programmes) {
    if (programme.code != enrolment.programme || !programme.text.law.contains(enrolment.enrolled)) continue;
    if (!programme.text.usable(enrolment.enrolled, include_unverified)) {
      progress.left_out = true;
      continue;
    }
    progress.text = programme.text.id;
    progress.age_fits = fits(programme.ages, born, enrolment.enrolled);
    for (auto const& session : programme.sessions)
      progress.sessions.push_back({session.kind, 0, 0, 0, session.count, session.count});
    break;
  }
  if (!progress.text.empty()) progress.left_out = false;
  for (auto const& session : enrolment.sessions) {
    if (on < session.day) continue;
    auto& counted = progress_for(progress.sessions, session.kind);
    if (session.attended == Truth::yes) ++counted.attended;
    if (session.attended == Truth::no) ++counted.missed;
    if (session.attended == Truth::unknown) ++counted.not_recorded;
    if (counted.required) counted.still_owed = std::max(0, *counted.required - counted.attended);
  }
  progress.state = state_of(progress, enrolment, on);
  return progress;
}

}  // namespace tutela::inline v0
