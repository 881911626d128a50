// SPDX-License-Identifier: Apache-2.0
/// \file
/// Random networks of services whose places must not all be told.
#pragma once

#include <cstddef>
#include <random>
#include <string>

#include "unit/referral/small_network.hpp"

namespace tutela::test {

/// Words and numbers that occur nowhere else.
inline std::string word(std::string const& what, std::size_t number)
{
  return what + std::to_string(7'000 + number) + "x";
}
inline std::string degrees(std::size_t number) { return "41." + std::to_string(70'001 + number); }

/// A random network of services in houses that they share, some of which must not be told.
inline NetworkContent random_content(std::mt19937& random)
{
  auto content = small_content();
  content.services.clear();
  content.capacities.clear();
  std::size_t const places = 1 + random() % 5;
  for (std::size_t k = 0; k < places; ++k) {
    Location location;
    location.id = LocationId("place" + std::to_string(k));
    location.name = Text(word("house", k));
    location.area = Text(word("area", k));
    location.area_codes = {word("code", k)};
    if (random() % 4 != 0)
      location.position = Position{Decimal::parse(degrees(k)).value(), Decimal::parse(degrees(k)).value()};
    content.locations.push_back(location);
  }
  for (std::size_t k = 1 + random() % 6; k > 0; --k) {
    auto const id = "service" + std::to_string(k);
    auto made = service(id, "house");
    made.receives_victims_of_violence = random() % 3 == 0;
    if (random() % 3 == 0) made.disclosure = static_cast<LocationDisclosure>(random() % 3);
    for (std::size_t place = 0; place < places; ++place)
      if (random() % 2 == 0) made.locations.push_back(content.locations[place].id);
    auto capacity = free_places(id, 0, today);
    capacity.maximum = static_cast<std::int64_t>(random() % 20);
    content.capacities.push_back(capacity);
    content.services.push_back(made);
  }
  if (random() % 5 == 0) content.regimes = {{"martial_law", {Date{2026, 1, 1}, {}}, {}}};
  return content;
}

}  // namespace tutela::test
