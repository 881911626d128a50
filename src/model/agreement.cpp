// SPDX-License-Identifier: Apache-2.0
#include <tutela/model/agreement.hpp>

namespace tutela::inline v0 {

bool may_follow(AgreementState earlier, AgreementState later) noexcept
{
  if (earlier == later) return true;
  switch (earlier) {
    case AgreementState::proposed:
    case AgreementState::debated: return later > earlier && later != AgreementState::suspended;
    case AgreementState::agreed:
      return later == AgreementState::debated || (later > earlier && later != AgreementState::suspended);
    case AgreementState::signed_by_all: return later == AgreementState::in_force || later == AgreementState::ended;
    case AgreementState::in_force: return later == AgreementState::suspended || later == AgreementState::ended;
    case AgreementState::suspended: return later == AgreementState::in_force || later == AgreementState::ended;
    case AgreementState::ended: break;
  }
  return false;
}

AgreementStep const* step_on(Agreement const& agreement, Date on) noexcept
{
  AgreementStep const* found = nullptr;
  for (AgreementStep const& step : agreement.steps)
    if (step.from.earliest() <= on) found = &step;
  return found;
}

Truth in_force_on(Agreement const& agreement, Date on) noexcept
{
  // Walk back from the newest step that may have begun: as long as a step is not certain to have begun, the one
  // before it may still hold.
  Truth result = Truth::no;
  bool first = true;
  for (auto step = agreement.steps.rbegin(); step != agreement.steps.rend(); ++step) {
    if (step->from.earliest() > on) continue;
    Truth const here = to_truth(step->state == AgreementState::in_force);
    if (first) {
      result = here;
    } else if (result != here) {
      result = Truth::unknown;
    }
    first = false;
    if (step->from.latest() <= on) return result;
  }
  // Before the oldest step nothing is recorded, so it may not have been open.
  return result == Truth::yes ? Truth::unknown : result;
}

Truth is_open_on(Agreement const& agreement, Date on) noexcept
{
  if (!agreement.window.contains(on) || !agreement.referral_window.contains(on)) return Truth::no;
  return in_force_on(agreement, on);
}

}  // namespace tutela::inline v0
