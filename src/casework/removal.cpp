// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/removal.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <tutela/model/state_machine.hpp>

namespace tutela::inline v0 {
namespace {

using Standing = RemovalState;

constexpr std::array<std::string_view, removal_states> state_words{
    "danger_found",       "not_removed",   "decided",       "prosecutor_informed",
    "court_action_filed", "court_decided", "child_returned"};
constexpr std::array<std::string_view, 3> outcome_words{"removed", "deprived", "refused"};
constexpr std::array beginnings{Standing::danger_found, Standing::decided};
constexpr std::array after_danger{Standing::not_removed, Standing::decided, Standing::court_action_filed};
constexpr std::array after_decided{Standing::prosecutor_informed, Standing::court_action_filed,
                                   Standing::child_returned};
constexpr std::array after_informed{Standing::court_action_filed, Standing::court_decided, Standing::child_returned};
constexpr std::array after_filed{Standing::prosecutor_informed, Standing::court_decided, Standing::child_returned};
constexpr std::array after_court{Standing::child_returned};
constexpr StateMachine<Standing> machine{"a removal", beginnings, allowed_after};
constexpr int end_of_day = 1'440;

std::pair<Date, int> key(Moment const& moment) noexcept { return {moment.day, moment.minute.value_or(end_of_day)}; }

template <class Enum, std::size_t count>
std::optional<Enum> find_word(std::array<std::string_view, count> const& words, std::string_view word) noexcept
{
  auto const found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<Enum>(found - words.begin());
}

RemovalStep const* step_of(Removal const& removal, Standing state, Date on)
{
  auto const found = std::find_if(removal.steps.begin(), removal.steps.end(),
                                  [&](RemovalStep const& step) { return step.state == state && step.at.day <= on; });
  return found == removal.steps.end() ? nullptr : &*found;
}

/// The step that meets a clock, or nothing for a clock of another kind.
std::optional<Standing> met_by(Clock const& clock)
{
  if (clock.event != "removal_decision") return std::nullopt;
  if (clock.receiver == "prosecutor") return Standing::prosecutor_informed;
  if (clock.receiver == "court") return Standing::court_action_filed;
  return std::nullopt;
}

void read_duties(RemovalReview& review, Removal const& removal, RemovalStep const& decided,
                 std::span<Clock const> clocks, WorkCalendar const& calendar, RemovalOptions const& options)
{
  auto const* const returned = step_of(removal, Standing::child_returned, options.on);
  for (auto const& clock : clocks) {
    auto const state = met_by(clock);
    if (!state) continue;
    if (!clock.may_be_default() && !options.include_unverified) {
      review.left_out.push_back(clock.id);
      continue;
    }
    ClockRecord record;
    record.event = decided.at;
    if (auto const* const step = step_of(removal, *state, options.on)) record.done = {step->at};
    auto const on = returned == nullptr ? options.on : std::min(options.on, returned->at.day);
    auto const reading = read(clock, record, calendar, on, options.regime);
    if (reading.state == ClockState::not_in_force) continue;
    bool const open = reading.state == ClockState::running || reading.state == ClockState::due;
    review.duties.push_back({clock.id, *state, reading, clock.on_miss, open && returned != nullptr});
  }
  review.rule_not_available = review.duties.empty();
}

void read_hearing(RemovalReview& review, RemovalStep const& court, std::span<HearingRule const> hearings,
                  RemovalOptions const& options)
{
  for (auto const& rule : hearings) {
    if (!rule.text.usable(court.at.day, options.include_unverified)) {
      if (rule.text.law.contains(court.at.day)) review.left_out.push_back(rule.text.id);
      continue;
    }
    review.hearing_text = rule.text.id;
    for (auto const& party : rule.parties)
      if (std::find(court.heard.begin(), court.heard.end(), party) == court.heard.end())
        review.not_heard.push_back(party);
  }
}

}  // namespace

std::string_view to_string(RemovalState state) noexcept { return state_words[static_cast<std::size_t>(state)]; }

std::optional<RemovalState> parse_removal_state(std::string_view word) noexcept
{
  return find_word<RemovalState>(state_words, word);
}

std::string_view to_string(CourtOutcome outcome) noexcept { return outcome_words[static_cast<std::size_t>(outcome)]; }

std::optional<CourtOutcome> parse_court_outcome(std::string_view word) noexcept
{
  return find_word<CourtOutcome>(outcome_words, word);
}

std::span<RemovalState const> allowed_after(RemovalState state) noexcept
{
  switch (state) {
    case Standing::danger_found: return after_danger;
    case Standing::decided: return after_decided;
    case Standing::prosecutor_informed: return after_informed;
    case Standing::court_action_filed: return after_filed;
    case Standing::court_decided: return after_court;
    case Standing::not_removed:
    case Standing::child_returned: return {};
  }
  return {};
}

std::vector<Diagnostic> check_removal(Removal const& removal, std::string const& pointer)
{
  Diagnostics found;
  auto const error = [&](Code code, std::string where, std::string what, std::string mend = {}) {
    found.error(code, Place{{}, 0, 0, std::move(where)}, std::move(what), std::move(mend));
  };
  if (removal.steps.empty())
    error(Code::missing_key, pointer + "/steps", "the removal has no step", "begin with danger_found or decided");
  bool filed = false;
  std::size_t told = 0;
  for (std::size_t i = 0; i < removal.steps.size(); ++i) {
    auto const& step = removal.steps[i];
    auto const place = pointer + "/steps/" + std::to_string(i);
    auto const* const last = i == 0 ? nullptr : &removal.steps[i - 1];
    auto const before = last == nullptr ? std::pair<Standing, Date>() : std::pair(last->state, last->at.day);
    check_step(machine, last == nullptr ? nullptr : &before, step.state, step.at.day, Place{{}, 0, 0, place}, found);
    if (last != nullptr && last->at.day == step.at.day && key(step.at) < key(last->at) && last->at.minute)
      error(Code::invalid_interval, place + "/at", "the step is earlier than the one before it",
            "write the steps in the order in which they happened");
    filed = filed || step.state == Standing::court_action_filed;
    if (step.state == Standing::prosecutor_informed && ++told == 2)
      error(Code::not_allowed, place + "/state", "the prosecutor was told before", "write the first time only");
    bool const court = step.state == Standing::court_decided;
    if (court && !filed)
      error(Code::not_allowed, place + "/state", "the court decides on an action that was not brought",
            "write `court_action_filed` before it");
    if (court != step.outcome.has_value())
      error(court ? Code::missing_key : Code::not_allowed, place + "/outcome",
            court ? "it is not said what the court decided" : "only the decision of a court has an outcome",
            court ? "use one of: removed, deprived, refused" : "");
  }
  return std::move(found).take();
}

std::optional<RemovalState> state_on(Removal const& removal, Date on) noexcept
{
  std::optional<RemovalState> state;
  for (auto const& step : removal.steps)
    if (step.at.day <= on) state = step.state;
  return state;
}

RemovalReview review_removal(Removal const& removal, std::span<Clock const> clocks,
                             std::span<HearingRule const> hearings, WorkCalendar const& calendar,
                             RemovalOptions const& options)
{
  RemovalReview review;
  review.removal = removal.id;
  review.state = state_on(removal, options.on);
  if (auto const* const decided = step_of(removal, Standing::decided, options.on))
    read_duties(review, removal, *decided, clocks, calendar, options);
  if (auto const* const court = step_of(removal, Standing::court_decided, options.on))
    read_hearing(review, *court, hearings, options);
  return review;
}

}  // namespace tutela::inline v0
