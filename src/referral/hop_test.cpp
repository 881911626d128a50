// SPDX-License-Identifier: Apache-2.0
#include "referral/hop_test.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace tutela::inline v0 {
namespace {

/// Truth of `minimum <= age in months < maximum`. \param limits Of an admission or of an agreement.
template <class Limits>
Truth age_fits(Limits const& limits, std::optional<Date> born, Date on)
{
  if (!limits.minimum_age_months && !limits.maximum_age_months) return Truth::yes;
  if (!born) return Truth::unknown;
  auto const months = months_between(*born, on);
  if (!months) return Truth::no;  // not born yet
  bool const old_enough = !limits.minimum_age_months || *months >= *limits.minimum_age_months;
  bool const young_enough = !limits.maximum_age_months || *months < *limits.maximum_age_months;
  return to_truth(old_enough && young_enough);
}

/// \param sexes Empty for both.
Truth sex_fits(std::vector<Sex> const& sexes, std::optional<Sex> sex)
{
  if (sexes.empty()) return Truth::yes;
  auto const takes = [&](Sex one) { return std::find(sexes.begin(), sexes.end(), one) != sexes.end(); };
  if (takes(Sex::female) && takes(Sex::male)) return Truth::yes;
  return sex ? to_truth(takes(*sex)) : Truth::unknown;
}

/// \param areas Empty for everywhere. \param home With all levels; empty when not known.
Truth area_fits(std::vector<std::string> const& areas, std::vector<std::string> const& home)
{
  if (areas.empty()) return Truth::yes;
  if (home.empty()) return Truth::unknown;
  return to_truth(std::find_first_of(areas.begin(), areas.end(), home.begin(), home.end()) != areas.end());
}

}  // namespace

AdmissionAnswer published_admission(Service const& service, RouteRequest const& request)
{
  AdmissionAnswer answer{Truth::yes, {}, {}};
  if (!service.admission) return answer;
  Truth const age = age_fits(*service.admission, request.birth_date, request.on);
  Truth const sex = sex_fits(service.admission->sexes, request.sex);
  answer.admitted = age & sex;
  if (answer.admitted == Truth::unknown) {
    if (age == Truth::unknown) answer.missing.push_back(request.birth_date_fact);
    if (sex == Truth::unknown) answer.missing.push_back(request.sex_fact);
  }
  return answer;
}

}  // namespace tutela::inline v0

namespace tutela::detail {
namespace {

Obstacle obstacle(ObstacleKind kind, Truth holds, std::string subject, std::string detail = {},
                  std::vector<std::string> ask = {})
{
  return {kind,
          holds,
          std::move(subject),
          std::move(detail),
          std::nullopt,
          holds == Truth::unknown ? std::move(ask) : std::vector<std::string>{}};
}

/// The kind of service that is asked for, or nothing when the goal is an agency.
ServiceKind const* wanted_kind(Network const& network, RouteGoal const& goal)
{
  if (auto const* kind = std::get_if<ServiceKind>(&goal)) return kind;
  auto const* id = std::get_if<ServiceId>(&goal);
  Service const* service = id == nullptr ? nullptr : network.find(*id);
  return service == nullptr ? nullptr : &service->kind;
}

/// Whether an act in the file opens the way to the kind of service that is asked for.
///
/// Acts that are not in the file may still exist, and one that names no service may mean this one, so what is not
/// held is open, never refused.
bool act_held(Network const& network, ActKind const& act, RouteRequest const& request)
{
  ServiceKind const* kind = wanted_kind(network, request.goal);
  return std::any_of(request.acts.begin(), request.acts.end(), [&](HeldAct const& held) {
    if (to_string(held.issuer) != act.text() || !held.valid.contains(request.on)) return false;
    return kind == nullptr || std::find(held.services.begin(), held.services.end(), *kind) != held.services.end();
  });
}

DayBounds bounds_of(Waiting const& waiting)
{
  switch (waiting.statistic) {
    case WaitingStatistic::fixed: return {waiting.days, waiting.days};
    case WaitingStatistic::minimum: return {waiting.days, std::nullopt};
    case WaitingStatistic::maximum: return {0, waiting.days};
    case WaitingStatistic::median:
    case WaitingStatistic::mean: break;
  }
  return {0, std::nullopt};
}

bool is_fresh(Date seen, Date on, std::int32_t days)
{
  std::int64_t const age = to_days(on) - to_days(seen);
  return age >= 0 && age <= days;
}

/// Everything recent that was published about waiting, or nothing; bounds that contradict each other bound nothing.
std::optional<DayBounds> published_waiting(Network const& network, Service const& service, RouteRequest const& request)
{
  std::optional<DayBounds> bounds;
  for (Waiting const* waiting : network.waiting_of(service.id)) {
    if (!is_fresh(waiting->as_of, request.on, request.waiting_fresh_days)) continue;
    DayBounds const one = bounds_of(*waiting);
    if (!bounds) bounds.emplace();
    bounds->lower = std::max(bounds->lower, one.lower);
    if (one.upper) bounds->upper = bounds->upper ? std::min(*bounds->upper, *one.upper) : *one.upper;
  }
  if (bounds && bounds->upper && *bounds->upper < bounds->lower) bounds = DayBounds{};
  return bounds;
}

void look_at_agreement(Network const& network, Basis const& basis, RouteRequest const& request, Hop& hop)
{
  Agreement const& agreement = *network.find(basis.agreement);
  std::string const& id = agreement.id.text();
  hop.agreement = agreement.id;
  if (agreement.covers) {
    auto found = not_covered(agreement, request);
    hop.obstacles.insert(hop.obstacles.end(), found.begin(), found.end());
  }
  if (!agreement.window.contains(request.on) || !agreement.referral_window.contains(request.on))
    hop.obstacles.push_back(obstacle(ObstacleKind::agreement_window, Truth::yes, id));
  Truth const in_force = in_force_on(agreement, request.on);
  if (in_force == Truth::yes) return;
  AgreementStep const* step = step_on(agreement, request.on);
  hop.obstacles.push_back(obstacle(ObstacleKind::agreement_not_in_force, !in_force, id,
                                   step == nullptr ? std::string{} : std::string(to_string(step->state)),
                                   {"agreement." + id + ".state"}));
  if (step != nullptr) hop.obstacles.back().since = step->from.earliest();
}

/// Purposes and data categories of the ground and of its agreement; both limit.
void look_at_limits(Network const& network, Basis const& basis, RouteRequest const& request, Hop& hop)
{
  Agreement const* agreement = basis.kind == BasisKind::agreement ? network.find(basis.agreement) : nullptr;
  std::string const& subject = agreement != nullptr ? agreement->id.text() : basis.id.text();
  auto const lacks = [](auto const& list, auto const& wanted) {
    return list && std::find(list->begin(), list->end(), wanted) == list->end();
  };
  // An agreement whose terms were not published may or may not allow something; a ground of law without a list of its
  // own does not limit.
  bool const purposes_hidden = agreement != nullptr && !agreement->purposes && !basis.purposes;
  bool const categories_hidden = agreement != nullptr && !agreement->categories && !basis.categories;
  for (Purpose const& purpose : request.purposes)
    if (lacks(basis.purposes, purpose) || (agreement != nullptr && lacks(agreement->purposes, purpose)))
      hop.obstacles.push_back(obstacle(ObstacleKind::purpose_not_allowed, Truth::yes, subject, purpose.text()));
  if (purposes_hidden && !request.purposes.empty())
    hop.obstacles.push_back(obstacle(ObstacleKind::purpose_not_published, Truth::unknown, subject, {},
                                     {"agreement." + subject + ".purposes"}));
  for (DataNeed const& need : request.data)
    if (lacks(basis.categories, need.category) || (agreement != nullptr && lacks(agreement->categories, need.category)))
      hop.obstacles.push_back(obstacle(ObstacleKind::category_not_allowed, Truth::yes, subject, need.category.text()));
  if (categories_hidden && !request.data.empty())
    hop.obstacles.push_back(obstacle(ObstacleKind::category_not_published, Truth::unknown, subject, {},
                                     {"agreement." + subject + ".data_categories"}));
}

void look_at_basis(Network const& network, Basis const& basis, RouteRequest const& request, Hop& hop)
{
  std::string const& id = basis.id.text();
  hop.basis = basis.id;
  hop.citation = basis.citation;
  if (basis.kind == BasisKind::emergency) {
    hop.days = {0, 0};  // in danger nobody waits, whatever was published
  } else if (basis.days) {
    hop.days = {0, *basis.days};
  } else {
    hop.days = {0, std::nullopt};
  }
  if (!basis.valid.contains(request.on))
    hop.obstacles.push_back(obstacle(ObstacleKind::basis_not_valid, Truth::yes, id));
  if (basis.kind == BasisKind::emergency && request.danger != Truth::yes)
    hop.obstacles.push_back(obstacle(ObstacleKind::danger, !request.danger, id, {}, {"emergency"}));
  if (basis.kind == BasisKind::act && !act_held(network, basis.act, request))
    hop.obstacles.push_back(
        obstacle(ObstacleKind::act, Truth::unknown, id, basis.act.text(), {"act." + basis.act.text()}));
  if (basis.kind == BasisKind::agreement) look_at_agreement(network, basis, request, hop);
  look_at_limits(network, basis, request, hop);
  if (basis.needs_consent.value_or(basis.kind == BasisKind::agreement))
    for (DataNeed const& need : request.data)
      if (need.consent != Truth::yes)
        hop.obstacles.push_back(obstacle(ObstacleKind::consent, !need.consent, id, need.category.text(),
                                         {"consent." + need.category.text()}));
}

}  // namespace

std::vector<Obstacle> not_covered(Agreement const& agreement, RouteRequest const& request)
{
  std::vector<Obstacle> found;
  AgreementScope const& scope = *agreement.covers;
  auto const test = [&](Truth fits, char const* detail, std::string const& fact) {
    if (fits != Truth::yes)
      found.push_back(obstacle(ObstacleKind::not_covered, !fits, agreement.id.text(), detail, {fact}));
  };
  test(age_fits(scope, request.birth_date, request.on), "age", request.birth_date_fact);
  test(sex_fits(scope.sexes, request.sex), "sex", request.sex_fact);
  test(area_fits(scope.area_codes, request.area_codes), "area", request.area_fact);
  return found;
}

std::vector<Obstacle> look_at_admission(Network const& network, Service const& service, RouteRequest const& request)
{
  std::vector<Obstacle> found;
  std::string const& id = service.id.text();
  if (service.status && *service.status != ServiceStatus::active)
    found.push_back(obstacle(ObstacleKind::service_closed, Truth::yes, id, std::string(to_string(*service.status))));
  AdmissionAnswer answer = published_admission(service, request);
  if (answer.admitted == Truth::no) {
    answer.decision = "published_range";  // settled; the rules need not be asked
  } else if (request.admission) {
    AdmissionAnswer ruled = request.admission(service);
    if (answer.admitted == Truth::unknown && ruled.admitted == Truth::yes) answer.decision = "published_range";
    if (ruled.admitted != Truth::yes) answer.decision = std::move(ruled.decision);
    answer.admitted = answer.admitted & ruled.admitted;
    answer.missing.insert(answer.missing.end(), ruled.missing.begin(), ruled.missing.end());
    std::sort(answer.missing.begin(), answer.missing.end());
    answer.missing.erase(std::unique(answer.missing.begin(), answer.missing.end()), answer.missing.end());
  } else if (service.admission && !service.admission->decision.empty()) {
    // A rule is named and nobody ran it: the network alone cannot say that the person is admitted.
    answer.admitted = Truth::unknown;
    answer.decision = service.admission->decision;
    answer.missing.push_back("decision." + answer.decision);
  } else if (answer.admitted == Truth::unknown) {
    answer.decision = "published_range";
  }
  if (answer.admitted != Truth::yes)
    found.push_back(obstacle(ObstacleKind::not_admitted, !answer.admitted, id, std::move(answer.decision),
                             std::move(answer.missing)));
  if (service.admission)
    for (ActKind const& act : service.admission->required_acts)
      if (!act_held(network, act, request))
        found.push_back(obstacle(ObstacleKind::act, Truth::unknown, id, act.text(), {"act." + act.text()}));
  return found;
}

ArrivalFinding look_at_places(Network const& network, Service const& service, RouteRequest const& request)
{
  ArrivalFinding finding;
  bool free = false;
  bool full = false;
  for (Capacity const* capacity : network.capacities_of(service.id)) {
    auto const available = available_on(*capacity, request.on, request.fresh_days);
    if (available) (*available >= capacity->per_person.value_or(1) ? free : full) = true;
  }
  if (free && !full) {
    finding.waiting = {0, 0};
    finding.first_free_place = request.on;
    return finding;
  }
  auto const waiting = published_waiting(network, service, request);
  finding.waiting = waiting.value_or(DayBounds{});
  if (finding.waiting.upper) return finding;
  std::string const& id = service.id.text();
  if (full && !waiting) {
    finding.places.push_back(obstacle(ObstacleKind::capacity_full, Truth::yes, id));
  } else {
    finding.places.push_back(
        obstacle(ObstacleKind::places_unknown, Truth::unknown, id, {}, {"service." + id + ".free_places"}));
  }
  return finding;
}

ArrivalFinding look_at_service(Network const& network, Service const& service, RouteRequest const& request)
{
  ArrivalFinding finding = look_at_places(network, service, request);
  finding.admission = look_at_admission(network, service, request);
  if (OutOfService const* rest = network.out_of_service(service.id, request.on)) {
    finding.admission.push_back(obstacle(ObstacleKind::out_of_service, Truth::yes, service.id.text(), rest->reason));
    finding.admission.back().since = rest->days.from;
  }
  return finding;
}

HopState state_of(std::vector<Obstacle> const& obstacles) noexcept
{
  HopState state = HopState::certain;
  for (Obstacle const& one : obstacles) {
    if (one.holds == Truth::yes) return HopState::blocked;
    state = HopState::possible;
  }
  return state;
}

Hop look_at_hop(Network const& network, NetworkHop const& edge, RouteRequest const& request,
                ArrivalFinding const* arrival)
{
  Hop hop;
  hop.from = network.nodes()[edge.from];
  hop.to = network.nodes()[edge.to];
  hop.kind = edge.kind;
  hop.days = {0, 0};  // inside one agency nothing is handed over
  for (DataNeed const& need : request.data) hop.categories.push_back(need.category);
  if (edge.kind != BasisKind::same_agency) look_at_basis(network, network.content().bases[edge.basis], request, hop);
  if (arrival != nullptr) {
    hop.obstacles.insert(hop.obstacles.end(), arrival->admission.begin(), arrival->admission.end());
    if (!never_waits(edge.kind)) {
      hop.obstacles.insert(hop.obstacles.end(), arrival->places.begin(), arrival->places.end());
      hop.days.lower += arrival->waiting.lower;
      hop.days.upper = hop.days.upper && arrival->waiting.upper
                           ? std::optional(*hop.days.upper + *arrival->waiting.upper)
                           : std::nullopt;
    }
  }
  hop.state = state_of(hop.obstacles);
  return hop;
}

}  // namespace tutela::detail
