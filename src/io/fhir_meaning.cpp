// SPDX-License-Identifier: Apache-2.0
/// \file
/// What resources of FHIR mean for Tutela.
#include <algorithm>
#include <array>

#include <tutela/io/fhir.hpp>

namespace tutela::inline v0 {
namespace {

using Standing = ReferralState;

/// Status of a task for each state; where several states share one the first is read back.
constexpr std::array<std::pair<Standing, std::string_view>, referral_states> statuses{{
    {Standing::draft, "draft"},
    {Standing::sent, "requested"},
    {Standing::received, "received"},
    {Standing::accepted, "accepted"},
    {Standing::started, "in-progress"},
    {Standing::on_hold, "on-hold"},
    {Standing::completed, "completed"},
    {Standing::failed, "failed"},
    {Standing::declined, "rejected"},
    {Standing::cancelled, "cancelled"},
    {Standing::mistaken, "entered-in-error"},
    {Standing::waitlisted, "accepted"},
    {Standing::closed, "completed"},
}};

std::string_view status_of(Standing state)
{
  return std::find_if(statuses.begin(), statuses.end(), [&](auto const& each) { return each.first == state; })->second;
}

std::string request_status(Standing state)
{
  switch (state) {
    case Standing::draft: return "draft";
    case Standing::on_hold: return "on-hold";
    case Standing::completed:
    case Standing::closed: return "completed";
    case Standing::declined:
    case Standing::cancelled:
    case Standing::failed: return "revoked";
    case Standing::mistaken: return "entered-in-error";
    default: return "active";
  }
}

std::string organization(AgencyId const& agency) { return "Organization/" + agency.text(); }

/// The last part of a reference: `1` of `Organization/1`.
std::string last_part(std::string const& reference) { return reference.substr(reference.rfind('/') + 1); }

/// The days that a FHIR date or time may mean: `2026`, `2026-03`, `2026-03-01`, `2026-03-01T10:00:00Z`.
std::optional<PartialDate> day_of(std::string const& text)
{
  return parse_partial_date(text.substr(0, text.find('T')));
}

bool in(std::vector<std::string> const& named, std::string_view value)
{
  return named.empty() || std::find(named.begin(), named.end(), value) != named.end();
}

/// What a rule says of one question; nothing where it is about something else.
std::optional<Truth> answer(FhirProvision const& rule, std::string_view actor, std::string_view purpose,
                            std::string_view data, Date on)
{
  auto const start = day_of(rule.start);
  auto const end = day_of(rule.end);
  if ((start && on < start->earliest()) || (end && end->latest() < on)) return std::nullopt;
  if (!in(rule.actors, actor) || !in(rule.purposes, purpose) || !in(rule.classes, data)) return std::nullopt;
  // Where exceptions disagree the one that denies wins: what was refused is not opened by another line.
  std::optional<Truth> found;
  for (FhirProvision const& exception : rule.exceptions)
    if (auto const each = answer(exception, actor, purpose, data, on)) {
      if (!found || each == Truth::no || (each == Truth::unknown && found == Truth::yes)) found = each;
    }
  if (found) return found;
  if (rule.kind.empty()) return Truth::unknown;
  return rule.kind == "permit" ? Truth::yes : Truth::no;
}

}  // namespace

std::optional<ReferralState> state_of(FhirTask const& task)
{
  if (auto const state = parse_referral_state(task.business_status); state && status_of(*state) == task.status)
    return state;
  for (auto const& [state, status] : statuses)
    if (status == task.status) return state;
  return std::nullopt;
}

std::pair<FhirServiceRequest, FhirTask> to_fhir(ReferralRecord const& referral, std::string const& person)
{
  if (referral.steps.empty()) throw ContractViolation("to_fhir: the referral has no step");
  ReferralStep const& last = referral.steps.back();
  FhirServiceRequest request;
  request.status = request_status(last.state);
  request.intent = "order";
  request.subject = person;
  request.requester = organization(referral.from);
  request.performers = {organization(referral.to)};
  request.authored_on = to_string(referral.steps.front().on);
  if (!referral.parent.empty()) request.based_on = {"ServiceRequest/" + referral.parent.text()};
  FhirTask task;
  task.status = status_of(last.state);
  task.business_status = to_string(last.state);
  if (last.reason) task.status_reason = to_string(*last.reason);
  if (!last.note.empty()) task.status_reason += (task.status_reason.empty() ? "" : ": ") + last.note;
  task.intent = "order";
  task.focus = "ServiceRequest/" + referral.id.text();
  task.person = person;
  task.authored_on = request.authored_on;
  task.last_modified = to_string(last.on);
  task.requester = request.requester;
  task.owner = organization(referral.to);
  for (ReferralDeadline const& deadline : referral.deadlines)
    if (task.due.empty() || to_string(deadline.due) < task.due) task.due = to_string(deadline.due);
  if (!referral.parent.empty()) task.part_of = {"Task/" + referral.parent.text()};
  return {std::move(request), std::move(task)};
}

Result<Agreement> to_agreement(FhirOrganizationAffiliation const& affiliation, std::string const& id)
{
  Diagnostics found;
  auto const error = [&](Code code, char const* pointer, char const* what) {
    found.error(code, Place{{}, 0, 0, pointer}, what);
  };
  if (affiliation.organization.empty()) error(Code::missing_key, "/organization/reference", "one party is not named");
  if (affiliation.participating.empty())
    error(Code::missing_key, "/participatingOrganization/reference", "the other party is not named");
  auto const start = day_of(affiliation.start);
  auto const end = day_of(affiliation.end);
  if (!start) error(Code::missing_key, "/period/start", "it is not said since when it is in force");
  if (!end && !affiliation.end.empty()) error(Code::invalid_date, "/period/end", "this is not a date of the calendar");
  if (start && end && end->latest() < start->earliest())
    error(Code::invalid_interval, "/period/end", "it ends before it begins");
  if (found.has_errors()) return std::move(found).take();
  Agreement agreement;
  agreement.id = AgreementId(id);
  agreement.name = Text(id);
  agreement.kind = "affiliation";
  agreement.parties = {AgencyId(last_part(affiliation.organization)), AgencyId(last_part(affiliation.participating))};
  bool const in_force = affiliation.active.value_or(true);
  agreement.steps = {{in_force ? AgreementState::in_force : AgreementState::suspended, *start, {}}};
  agreement.window.from = start->earliest();
  if (end) agreement.window.until = from_days(to_days(end->latest()) + 1);
  return agreement;
}

Truth permits(FhirConsent const& consent, std::string_view actor, std::string_view purpose, std::string_view data,
              Date on)
{
  if (consent.status != "active" || consent.provision.empty()) return Truth::unknown;
  return answer(consent.provision.front(), actor, purpose, data, on).value_or(Truth::unknown);
}

}  // namespace tutela::inline v0
