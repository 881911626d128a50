// SPDX-License-Identifier: Apache-2.0
#include "io/hsds_import.hpp"

#include <algorithm>
#include <utility>

namespace tutela::detail {

NetworkImport::NetworkImport(std::string id, std::string jurisdiction, Publication publication) : source(publication.id)
{
  content.id = std::move(id);
  content.name = Text(content.id);
  content.jurisdiction = std::move(jurisdiction);
  content.sources.push_back(std::move(publication));
}

void NetworkImport::dirty(std::string pointer, std::string_view written, std::string why)
{
  dirty_.push_back({std::move(pointer), std::string(written), std::move(why)});
}

std::string NetworkImport::fresh(std::string const& wanted, std::string const& pointer)
{
  std::string const base = wanted.empty() ? "unnamed" : wanted;
  std::string id = base;
  while (!used_.try_emplace(id, 0).second) id = base + "-" + std::to_string(++used_[base] + 1);
  if (id != wanted) dirty(pointer, wanted, wanted.empty() ? "there is no identifier" : "the identifier is used twice");
  return id;
}

AgencyId NetworkImport::agency(std::string const& key, std::string const& name, std::string const& pointer)
{
  if (auto const known = agencies_.find(key); known != agencies_.end()) return known->second;
  if (name.empty()) dirty(pointer, name, "the agency has no name");
  Agency agency;
  agency.id = AgencyId(fresh(key.empty() ? "agency" : key, pointer));
  agency.name = Text(name.empty() ? "(no name)" : name);
  agency.kind = AgencyKind("provider");
  agency.source = source;
  agencies_.emplace(key, agency.id);
  content.agencies.push_back(agency);
  return agency.id;
}

std::optional<Position> NetworkImport::position(std::string_view latitude, std::string_view longitude,
                                                std::string const& latitude_pointer,
                                                std::string const& longitude_pointer)
{
  if (latitude.empty() && longitude.empty()) return std::nullopt;
  auto const degrees = [&](std::string_view text, int most, std::string const& pointer) {
    auto number = Decimal::parse(text);
    if (number && (number->to_double() < -most || number->to_double() > most)) number.reset();
    if (!number) dirty(pointer, text, "this is no number of degrees");
    return number;
  };
  auto const north = degrees(latitude, 90, latitude_pointer);
  auto const east = degrees(longitude, 180, longitude_pointer);
  if (!north || !east) return std::nullopt;
  return Position{*north, *east};
}

std::optional<std::int32_t> NetworkImport::months(std::string_view years, bool after_last, std::string const& pointer)
{
  if (years.empty()) return std::nullopt;
  auto const number = Decimal::parse(years);
  double const value = number ? number->to_double() : -1;
  if (!(value >= 0 && value <= 999)) {
    dirty(pointer, years, "this is no age in years");
    return std::nullopt;
  }
  // Nobody is older than 150 years: a higher bound says that there is none.
  if (value >= 149) {
    dirty(pointer, years, after_last ? "read as no highest age" : "this is no age in years");
    return std::nullopt;
  }
  double const exact = value * 12;
  auto const whole = static_cast<std::int32_t>(exact);
  bool const is_year = static_cast<double>(whole) == exact && whole % 12 == 0;
  if (!after_last) return static_cast<double>(whole) < exact - 1e-6 ? whole + 1 : whole;
  return is_year ? whole + 12 : whole + 1;
}

Result<ImportedNetwork> NetworkImport::build(std::size_t records, std::string const& file, Limits const& limits) &&
{
  auto network = Network::build(std::move(content), file, limits);
  if (!network) return std::move(network).diagnostics();
  return ImportedNetwork{*std::move(network), std::move(dirty_), records};
}

}  // namespace tutela::detail
