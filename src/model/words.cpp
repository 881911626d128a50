// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include <tutela/model/agency.hpp>
#include <tutela/model/agreement.hpp>
#include <tutela/model/basis.hpp>
#include <tutela/model/capacity.hpp>
#include <tutela/model/figure.hpp>
#include <tutela/model/place.hpp>
#include <tutela/model/service.hpp>

namespace tutela::inline v0 {

std::string_view to_string(AgencyLevel level) noexcept
{
  switch (level) {
    case AgencyLevel::local: return "local";
    case AgencyLevel::municipal: return "municipal";
    case AgencyLevel::county: return "county";
    case AgencyLevel::regional: return "regional";
    case AgencyLevel::national: return "national";
    case AgencyLevel::international: return "international";
  }
  return {};
}

std::string_view to_string(LocationDisclosure disclosure) noexcept
{
  switch (disclosure) {
    case LocationDisclosure::none: return "none";
    case LocationDisclosure::area: return "area";
    case LocationDisclosure::exact: return "exact";
  }
  return {};
}

std::string_view to_string(ServiceForm form) noexcept
{
  switch (form) {
    case ServiceForm::family_based: return "family_based";
    case ServiceForm::community_based: return "community_based";
    case ServiceForm::residential: return "residential";
  }
  return {};
}

std::string_view to_string(ServiceStatus status) noexcept
{
  switch (status) {
    case ServiceStatus::active: return "active";
    case ServiceStatus::temporarily_closed: return "temporarily_closed";
    case ServiceStatus::inactive: return "inactive";
    case ServiceStatus::defunct: return "defunct";
  }
  return {};
}

std::string_view to_string(Sex sex) noexcept { return sex == Sex::female ? "female" : "male"; }

std::string_view to_string(AgreementState state) noexcept
{
  switch (state) {
    case AgreementState::proposed: return "proposed";
    case AgreementState::debated: return "debated";
    case AgreementState::agreed: return "agreed";
    case AgreementState::signed_by_all: return "signed";
    case AgreementState::in_force: return "in_force";
    case AgreementState::suspended: return "suspended";
    case AgreementState::ended: return "ended";
  }
  return {};
}

std::string_view to_string(BasisKind kind) noexcept
{
  switch (kind) {
    case BasisKind::same_agency: return "same_agency";
    case BasisKind::statutory_duty: return "statutory_duty";
    case BasisKind::emergency: return "emergency";
    case BasisKind::act: return "act";
    case BasisKind::competence: return "competence";
    case BasisKind::agreement: return "agreement";
  }
  return {};
}

std::string_view to_string(CapacityUnit unit) noexcept
{
  switch (unit) {
    case CapacityUnit::child: return "child";
    case CapacityUnit::pair: return "pair";
    case CapacityUnit::family: return "family";
    case CapacityUnit::person: return "person";
    case CapacityUnit::place: return "place";
    case CapacityUnit::bed: return "bed";
    case CapacityUnit::hours: return "hours";
    case CapacityUnit::points: return "points";
  }
  return {};
}

std::string_view to_string(WaitingStatistic statistic) noexcept
{
  switch (statistic) {
    case WaitingStatistic::fixed: return "fixed";
    case WaitingStatistic::minimum: return "minimum";
    case WaitingStatistic::median: return "median";
    case WaitingStatistic::mean: return "mean";
    case WaitingStatistic::maximum: return "maximum";
  }
  return {};
}

std::string_view to_string(Measure measure) noexcept
{
  switch (measure) {
    case Measure::flow: return "flow";
    case Measure::enrolment: return "enrolment";
    case Measure::annual_count: return "annual_count";
    case Measure::beneficiaries: return "beneficiaries";
    case Measure::recruited: return "recruited";
    case Measure::placed: return "placed";
    case Measure::posts: return "posts";
    case Measure::facilities: return "facilities";
    case Measure::share: return "share";
  }
  return {};
}

}  // namespace tutela::inline v0
