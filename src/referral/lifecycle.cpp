// SPDX-License-Identifier: Apache-2.0
#include <tutela/referral/lifecycle.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <tutela/model/state_machine.hpp>

namespace tutela::inline v0 {
namespace {

using Standing = ReferralState;

constexpr std::array<std::string_view, referral_states> state_words{
    "draft",     "sent",   "received", "accepted",  "waitlisted", "started", "on_hold",
    "completed", "failed", "declined", "cancelled", "closed",     "mistaken"};

constexpr std::array after_draft{Standing::sent, Standing::cancelled, Standing::mistaken};
constexpr std::array after_sent{Standing::received, Standing::accepted,  Standing::waitlisted,
                                Standing::declined, Standing::cancelled, Standing::mistaken};
constexpr std::array after_received{Standing::accepted, Standing::waitlisted, Standing::declined, Standing::cancelled,
                                    Standing::mistaken};
// A place that was promised and is then not there is a declining with that reason.
constexpr std::array after_accepted{Standing::waitlisted, Standing::started,   Standing::on_hold, Standing::failed,
                                    Standing::declined,   Standing::cancelled, Standing::mistaken};
constexpr std::array after_waitlisted{Standing::accepted, Standing::started, Standing::declined, Standing::cancelled,
                                      Standing::mistaken};
constexpr std::array after_started{Standing::on_hold, Standing::completed, Standing::failed, Standing::cancelled,
                                   Standing::mistaken};
constexpr std::array after_on_hold{Standing::started, Standing::failed, Standing::cancelled, Standing::mistaken};
constexpr std::array after_end{Standing::closed, Standing::mistaken};

constexpr std::array beginnings{Standing::draft, Standing::sent};
constexpr StateMachine<Standing> machine{"a referral", beginnings, allowed_after};

/// How far along the way a state is, for deadlines: reaching a later one keeps those before it.
int stage(Standing state) noexcept
{
  switch (state) {
    case Standing::draft: return 0;
    case Standing::sent: return 1;
    case Standing::received: return 2;
    case Standing::waitlisted: return 3;
    case Standing::accepted: return 4;
    case Standing::started:
    case Standing::on_hold: return 5;
    case Standing::completed:
    case Standing::failed: return 6;
    case Standing::closed: return 7;
    case Standing::declined:
    case Standing::cancelled:
    case Standing::mistaken: return 8;  // nothing is waited for any more
  }
  return 0;
}

/// Checks one list of referrals and collects what is wrong.
class Checker {
 public:
  Checker(std::span<ReferralRecord const> referrals, std::string const& file, Limits const& limits)
      : referrals_(referrals), file_(file), limits_(limits), found_(limits.diagnostics)
  {
  }

  std::vector<Diagnostic> run() &&
  {
    std::size_t steps = 0;
    for (ReferralRecord const& each : referrals_) steps += each.steps.size();
    if (referrals_.size() > limits_.elements || steps > limits_.elements) {
      error(Code::limit_reached, "", "there are more referrals or steps than the limit \"elements\"");
      return std::move(found_).take();
    }
    for (std::size_t k = 0; k < referrals_.size(); ++k) {
      std::string const place = "/" + std::to_string(k);
      ReferralRecord const& referral = referrals_[k];
      if (referral.id.empty()) error(Code::missing_key, place + "/id", "the referral has no identifier");
      if (referral.from.empty()) error(Code::missing_key, place + "/from", "it is not said who refers");
      if (referral.to.empty()) error(Code::missing_key, place + "/to", "it is not said who is asked");
      if (!referral.id.empty() && !positions_.emplace(referral.id, k).second)
        error(Code::duplicate_id, place + "/id", "another referral has the same identifier");
      check_steps(referral, place + "/steps");
      for (std::size_t i = 0; i < referral.consent_overrides.size(); ++i)
        check_override(referral.consent_overrides[i], place + "/consent_overrides/" + std::to_string(i));
    }
    check_parents();
    return std::move(found_).take();
  }

  void check_steps(ReferralRecord const& referral, std::string const& place)
  {
    if (referral.steps.empty()) error(Code::missing_key, place, "the referral has no step", "begin with draft or sent");
    for (std::size_t i = 0; i < referral.steps.size(); ++i)
      check_step(i == 0 ? nullptr : &referral.steps[i - 1], referral.steps[i], place + "/" + std::to_string(i));
  }

  void check_step(ReferralStep const* before, ReferralStep const& step, std::string const& place)
  {
    auto const last = before == nullptr ? std::pair<Standing, Date>() : std::pair(before->state, before->on);
    tutela::check_step(machine, before == nullptr ? nullptr : &last, step.state, step.on, Place{file_, 0, 0, place},
                       found_);
    if (needs_reason(step.state) && !step.reason)
      error(Code::missing_key, place + "/reason", "\"" + std::string(to_string(step.state)) + "\" needs a reason");
    if (step.reason == ReferralReason::other && step.note.empty())
      error(Code::missing_key, place + "/note", "the reason \"other\" is told in the note");
    if ((step.state == Standing::closed) != step.outcome.has_value())
      error(step.outcome ? Code::not_allowed : Code::missing_key, place + "/outcome",
            step.outcome ? "only a referral that is closed has an outcome"
                         : "a referral is closed with its outcome: the loop is closed by what the sender hears",
            step.outcome ? "" : "use one of: met, partly_met, not_met, not_known");
    if (step.by.empty()) error(Code::missing_key, place + "/by", "it is not said which agency says so");
  }

  void check_override(ConsentOverride const& override_, std::string const& place)
  {
    if (override_.categories.empty())
      error(Code::missing_key, place + "/categories", "an override names the categories of data it covers");
    if (override_.who.empty())
      error(Code::missing_key, place + "/who", "an override names the function of who decided");
    if (override_.ground.empty()) error(Code::missing_key, place + "/ground", "an override says why");
    if (override_.article.act.empty() || override_.article.article.empty())
      error(Code::invalid_citation, place + "/article", "an override rests on an article of an act");
    if (!override_.valid.from || !override_.valid.until)
      error(Code::missing_key, place + "/valid_until", "an override holds from a day until a day");
    else if (!(*override_.valid.from < *override_.valid.until))
      error(Code::invalid_interval, place + "/valid_until", "the override ends before it begins");
  }

 private:
  void check_parents()
  {
    // 0: not looked at, 1: on the way up from the one looked at, 2: known to end.
    std::vector<std::uint8_t> marks(referrals_.size());
    std::vector<std::size_t> way;
    for (std::size_t start = 0; start < referrals_.size(); ++start) {
      std::size_t at = start;
      way.clear();
      while (marks[at] == 0) {
        marks[at] = 1;
        way.push_back(at);
        auto const parent = check_parent(at);
        if (!parent) break;
        if (marks[*parent] == 1)
          error(Code::cyclic_reference, "/" + std::to_string(at) + "/parent", "the referral is its own ancestor");
        at = *parent;
      }
      for (std::size_t const each : way) marks[each] = 2;
    }
  }

  std::optional<std::size_t> check_parent(std::size_t at)
  {
    ReferralRecord const& referral = referrals_[at];
    if (referral.parent.empty()) return std::nullopt;
    std::string const place = "/" + std::to_string(at);
    auto const found = positions_.find(referral.parent);
    if (found == positions_.end()) {
      error(Code::dangling_reference, place + "/parent", "there is no referral of this identifier");
      return std::nullopt;
    }
    ReferralRecord const& parent = referrals_[found->second];
    if (parent.to != referral.from)
      error(Code::not_allowed, place + "/from", "only the receiver of a referral refers on under it",
            "a sub-referral comes from the agency that its parent went to");
    if (!parent.steps.empty() && !referral.steps.empty() && referral.steps.front().on < parent.steps.front().on)
      error(Code::invalid_interval, place + "/steps/0/on", "the sub-referral begins before its parent");
    return found->second;
  }

  void error(Code code, std::string pointer, std::string what, std::string mend = {})
  {
    found_.error(code, Place{file_, 0, 0, std::move(pointer)}, std::move(what), std::move(mend));
  }

  std::span<ReferralRecord const> referrals_;
  std::string const& file_;
  Limits const& limits_;
  Diagnostics found_;
  std::map<ReferralId, std::size_t> positions_;

 public:
  std::vector<Diagnostic> take() && { return std::move(found_).take(); }
};

}  // namespace

std::string_view to_string(ReferralState state) noexcept
{
  auto const number = static_cast<std::size_t>(state);
  return number < state_words.size() ? state_words[number] : std::string_view{};
}

std::optional<ReferralState> parse_referral_state(std::string_view word) noexcept
{
  auto const found = std::find(state_words.begin(), state_words.end(), word);
  if (found == state_words.end()) return std::nullopt;
  return static_cast<ReferralState>(found - state_words.begin());
}

std::span<ReferralState const> allowed_after(ReferralState state) noexcept
{
  switch (state) {
    case Standing::draft: return after_draft;
    case Standing::sent: return after_sent;
    case Standing::received: return after_received;
    case Standing::accepted: return after_accepted;
    case Standing::waitlisted: return after_waitlisted;
    case Standing::started: return after_started;
    case Standing::on_hold: return after_on_hold;
    case Standing::completed:
    case Standing::failed:
    case Standing::declined:
    case Standing::cancelled: return after_end;
    case Standing::closed:
    case Standing::mistaken: return {};
  }
  return {};
}

bool needs_reason(ReferralState state) noexcept
{
  return state == Standing::declined || state == Standing::cancelled || state == Standing::on_hold ||
         state == Standing::failed;
}

std::string_view to_string(ReferralReason reason) noexcept
{
  switch (reason) {
    case ReferralReason::no_capacity: return "no_capacity";
    case ReferralReason::not_admitted: return "not_admitted";
    case ReferralReason::outside_area: return "outside_area";
    case ReferralReason::wrong_service: return "wrong_service";
    case ReferralReason::no_ground: return "no_ground";
    case ReferralReason::consent_refused: return "consent_refused";
    case ReferralReason::person_withdrew: return "person_withdrew";
    case ReferralReason::no_contact: return "no_contact";
    case ReferralReason::assessment_first: return "assessment_first";
    case ReferralReason::safety: return "safety";
    case ReferralReason::duplicate: return "duplicate";
    case ReferralReason::other: return "other";
  }
  return {};
}

std::string_view to_string(ReferralOutcome outcome) noexcept
{
  switch (outcome) {
    case ReferralOutcome::met: return "met";
    case ReferralOutcome::partly_met: return "partly_met";
    case ReferralOutcome::not_met: return "not_met";
    case ReferralOutcome::not_known: return "not_known";
  }
  return {};
}

std::string_view to_string(ReferralForm form) noexcept
{
  return form == ReferralForm::transfer ? "transfer" : "referral";
}

std::vector<Diagnostic> check_referrals(std::span<ReferralRecord const> referrals, std::string const& file,
                                        Limits const& limits)
{
  return Checker(referrals, file, limits).run();
}

Result<ReferralRecord> advance(ReferralRecord referral, ReferralStep step)
{
  std::string const no_file;
  Limits const limits;
  Checker checker({}, no_file, limits);
  checker.check_step(referral.steps.empty() ? nullptr : &referral.steps.back(), step,
                     "/steps/" + std::to_string(referral.steps.size()));
  if (auto found = std::move(checker).take(); !found.empty()) return found;
  referral.steps.push_back(std::move(step));
  return referral;
}

std::optional<ReferralState> state_on(ReferralRecord const& referral, Date on) noexcept
{
  std::optional<ReferralState> state;
  for (ReferralStep const& step : referral.steps)
    if (step.on <= on) state = step.state;
  return state;
}

AgencyId owner_on(ReferralRecord const& referral, Date on)
{
  if (referral.form == ReferralForm::referral) return referral.from;
  bool accepted = false;
  for (ReferralStep const& step : referral.steps) {
    if (on < step.on) break;
    // Acceptance moves the case; a promise taken back, or a mistake, moves it back. A start needs an acceptance first.
    if (step.state == Standing::accepted || step.state == Standing::started) accepted = true;
    if (step.state == Standing::declined || step.state == Standing::mistaken) accepted = false;
  }
  return accepted ? referral.to : referral.from;
}

std::vector<ReferralDeadline> deadlines_of(ReferralRecord const& referral, Network const& network)
{
  std::vector<ReferralDeadline> deadlines;
  auto const later = [](Date from, std::int64_t days) { return from_days(to_days(from) + days); };
  auto const& content = network.content();
  auto const sent = std::find_if(referral.steps.begin(), referral.steps.end(),
                                 [](ReferralStep const& step) { return step.state == Standing::sent; });
  for (Basis const& basis : content.bases)
    if (!referral.basis.empty() && basis.id == referral.basis && basis.days && sent != referral.steps.end())
      if (auto const due = later(sent->on, *basis.days))
        deadlines.push_back({Standing::received, *due, referral.from, basis.id.text()});
  if (referral.steps.empty()) return deadlines;
  Date const begun = referral.steps.front().on;
  for (DutyToReport const& duty : network.duties_on(begun))
    if (!duty.to.empty() && duty.to == referral.to && duty.hours)
      if (auto const due = later(begun, (*duty.hours + 23) / 24))
        deadlines.push_back({Standing::sent, *due, referral.from, duty.id.text()});
  return deadlines;
}

std::vector<ReferralDeadline> overdue_on(ReferralRecord const& referral, Date on)
{
  int reached = -1;
  for (ReferralStep const& step : referral.steps)
    if (step.on <= on) reached = std::max(reached, stage(step.state));
  std::vector<ReferralDeadline> late;
  for (ReferralDeadline const& deadline : referral.deadlines)
    if (deadline.due < on && reached < stage(deadline.state)) late.push_back(deadline);
  return late;
}

bool overridden_on(ReferralRecord const& referral, DataCategory const& category, Date on) noexcept
{
  return std::any_of(referral.consent_overrides.begin(), referral.consent_overrides.end(), [&](auto const& each) {
    return each.valid.contains(on) &&
           std::find(each.categories.begin(), each.categories.end(), category) != each.categories.end();
  });
}

}  // namespace tutela::inline v0
