// SPDX-License-Identifier: Apache-2.0
/// \file
/// Networks as GeoJSON.
#include <string>

#include <nlohmann/json.hpp>

#include <tutela/io/geojson.hpp>

#include "io/network_parts.hpp"

namespace tutela::inline v0 {
namespace {

using Json = nlohmann::ordered_json;

Json geometry_of(detail::ShownPlace const& place)
{
  if (place.positions.empty()) return nullptr;
  Json points = Json::array();
  for (Position const& position : place.positions)
    points.push_back({position.longitude.to_double(), position.latitude.to_double()});  // RFC 7946: longitude first
  if (points.size() == 1) return {{"type", "Point"}, {"coordinates", points.front()}};
  return {{"type", "MultiPoint"}, {"coordinates", points}};
}

}  // namespace

std::string write_geojson(Network const& network, Date on, Language language)
{
  Json features = Json::array();
  for (Service const& service : network.content().services) {
    auto const place = detail::shown_place(network, service, on, language);
    Json properties{{"id", service.id.text()},
                    {"name", service.name.in(language)},
                    {"kind", service.kind.text()},
                    {"organization_id", service.agency.text()},
                    {"location_disclosure", to_string(place.disclosure)}};
    if (!place.words.empty()) properties["place"] = place.words;
    features.push_back({{"type", "Feature"},
                        {"id", service.id.text()},
                        {"geometry", geometry_of(place)},
                        {"properties", std::move(properties)}});
  }
  Json const collection{{"type", "FeatureCollection"}, {"features", std::move(features)}};
  return collection.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tutela::inline v0
