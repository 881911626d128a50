// SPDX-License-Identifier: Apache-2.0
/// \file
/// Networks and waiting lists made from the register of licensed social services of Romania (2020), read from where it
/// lies. Services, capacities, ages and positions are the register's; families, agreements and clients are synthetic.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <tutela/referral/allocation.hpp>
#include <tutela/referral/network.hpp>

namespace tutela::bench {

inline constexpr Date register_day{2026, 3, 2};

/// One line of the register.
struct RegisterLine {
  std::string code;                    ///< Kind of service: `8790CR-C-I`.
  std::string county;                  ///< County.
  std::optional<std::int64_t> places;  ///< Capacity, where it is a plain number.
  std::string latitude, longitude;     ///< Degrees, as written.
  int youngest = 0, oldest = 18;       ///< Years; the second is no longer taken.
};

/// The register; empty where it is not beside the repository (TUTELA_SHARED).
inline std::vector<RegisterLine> const& register_lines()
{
  static std::vector<RegisterLine> const lines = [] {
    char const* const shared = std::getenv("TUTELA_SHARED");
    std::string const folder = shared != nullptr ? std::string(shared) : TUTELA_SOURCE_DIR "/../shared";
    std::vector<RegisterLine> result;
    std::ifstream file(folder + "/data/romania-services.json");
    if (!file) return result;
    auto const whole = nlohmann::json::parse(file);
    for (auto const& one : whole.at("providers")) {
      RegisterLine line;
      line.code = one.at("cod");
      line.county = one.at("jud");
      std::string const places = one.at("capacitate");
      std::int64_t number = 0;
      auto const [end, fault] = std::from_chars(places.data(), places.data() + places.size(), number);
      if (fault == std::errc() && end == places.data() + places.size()) line.places = number;
      line.latitude = one.at("lat");
      line.longitude = one.at("lng");
      int youngest = 99;
      int oldest = 0;
      for (std::string const code : one.at("categorie")) {
        auto const [from, until] = code == "B1"     ? std::pair(0, 18)
                                   : code == "B1.1" ? std::pair(3, 6)
                                   : code == "B1.3" ? std::pair(6, 16)
                                   : code == "B1.4" ? std::pair(16, 18)
                                   : code == "B2.1"
                                       ? std::pair(18, 26)
                                       : std::pair(0, 26);  // what the nomenclature does not say binds nobody
        youngest = std::min(youngest, from);
        oldest = std::max(oldest, until);
      }
      if (oldest > 0) line.youngest = youngest, line.oldest = oldest;
      result.push_back(std::move(line));
    }
    return result;
  }();
  return lines;
}

/// True for the residential services for children: placement, emergency, street, and children below criminal liability.
inline bool is_home(RegisterLine const& line)
{
  return line.code.rfind("8790CR-C-", 0) == 0 && line.places.has_value();
}

/// A network of the homes for children, each with all its places free: 547 homes, 11,320 places.
inline NetworkContent homes_content()
{
  NetworkContent content;
  content.id = "bench/homes";
  content.name = Text("homes");
  content.jurisdiction = "RO";
  content.synthetic = true;
  Agency agency;
  agency.id = AgencyId("office");
  agency.name = Text("office");
  agency.kind = AgencyKind("directorate");
  content.agencies = {agency};
  for (RegisterLine const& line : register_lines()) {
    if (!is_home(line)) continue;
    std::string number = std::to_string(content.services.size());
    number.insert(0, 4 - number.size(), '0');
    Location location;
    location.id = LocationId("at-" + number);
    location.name = Text("at " + number);
    location.area_codes = {line.county};
    location.position = Position{*Decimal::parse(line.latitude), *Decimal::parse(line.longitude)};
    Service service;
    service.id = ServiceId("home-" + number);
    service.name = Text("home " + number);
    service.agency = agency.id;
    service.kind = ServiceKind("home");
    service.form = ServiceForm::residential;
    service.status = ServiceStatus::active;
    service.locations = {location.id};
    service.admission.emplace();
    service.admission->minimum_age_months = line.youngest * 12;
    service.admission->maximum_age_months = line.oldest * 12;
    Capacity capacity;
    capacity.id = "places-" + number;
    capacity.service = service.id;
    capacity.available = *line.places;
    capacity.updated = register_day;
    content.locations.push_back(std::move(location));
    content.services.push_back(std::move(service));
    content.capacities.push_back(std::move(capacity));
  }
  return content;
}

/// Random numbers that are the same on every machine; those of the standard library's distributions are not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
  double unit() { return static_cast<double>(engine_() >> 11U) * 0x1p-53; }

  /// About normal: the sum of twelve even numbers, mean 0, deviation 1.
  double bell()
  {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += unit();
    return sum;
  }

 private:
  std::mt19937_64 engine_;
};

/// Synthetic families: they live around homes, as many as the homes have places, so that demand lies where the places are
/// but not exactly. Ages are within what the home nearest at first takes.
/// \param together Whether brothers and sisters (sizes 1 to 6: 60, 22, 10, 5, 2, 1 percent) must stay together.
inline AllocationRequest waiting_children(NetworkContent const& homes, std::size_t children, bool together)
{
  AllocationRequest request;
  request.on = register_day;
  request.order = {Criterion::distance};
  request.most_options = 20;
  std::vector<std::size_t> place_of;
  for (std::size_t i = 0; i < homes.capacities.size(); ++i)
    place_of.insert(place_of.end(), static_cast<std::size_t>(*homes.capacities[i].available), i);
  Dice dice(7);
  std::size_t family = 0;
  while (request.children.size() < children) {
    std::uint64_t const draw = dice.below(100);
    std::size_t const wanted = draw < 60 ? 1 : draw < 82 ? 2 : draw < 92 ? 3 : draw < 97 ? 4 : draw < 99 ? 5 : 6;
    std::size_t const size = std::min(wanted, children - request.children.size());
    std::size_t const home = place_of[dice.below(place_of.size())];
    Position const& at = *homes.locations[home].position;
    Position const lives{*Decimal::parse(std::to_string(at.latitude.to_double() + 0.35 * dice.bell())),
                         *Decimal::parse(std::to_string(at.longitude.to_double() + 0.5 * dice.bell()))};
    ++family;
    for (std::size_t i = 0; i < size; ++i) {
      WaitingChild child;
      child.id = CaseId("child-" + std::to_string(request.children.size()));
      if (together && size > 1) child.group = "family-" + std::to_string(family);
      child.needs = {ServiceKind("home")};
      child.family_care = Truth::no;
      child.home = lives;
      auto const& ages = *homes.services[home].admission;
      auto const span = static_cast<std::uint64_t>(*ages.maximum_age_months - *ages.minimum_age_months);
      auto const months = *ages.minimum_age_months + static_cast<std::int32_t>(dice.below(span));
      child.birth_date = add_months(Date{2026, 3, 1}, -months, MonthRounding::down);
      request.children.push_back(std::move(child));
    }
  }
  return request;
}

}  // namespace tutela::bench
