// SPDX-License-Identifier: Apache-2.0
#include "engine/person_in_case.hpp"

#include <utility>

namespace tutela::detail {
namespace {

/// A text, or the texts of a list that is known to be whole; nothing else.
std::vector<std::string> texts_of(Value const& value)
{
  std::vector<std::string> texts;
  if (auto const* one = value.as_string()) texts.push_back(*one);
  if (auto const* list = value.as_list(); list != nullptr && list->complete)
    for (Value const& part : list->items)
      if (auto const* one = part.as_string()) texts.push_back(*one);
  return texts;
}

bool serves(Network const& network, AgencyId const& agency)
{
  return !agency.empty() && (network.find(agency) != nullptr || network.find_unit(agency) != nullptr);
}

/// The first of several names under which the record holds a fact; else the first one that a pack declares.
std::pair<std::string, Value> first_fact(Case const& item, std::vector<Pack const*> const& packs,
                                         std::vector<std::string> const& names, std::string const& otherwise,
                                         RouteRequest const& request, AssessOptions const& options)
{
  for (auto const& name : names)
    if (auto const* fact = item.facts.find(name, request.on, options.known_on)) return {name, fact->value};
  for (auto const& name : names)
    for (auto const* pack : packs)
      if (pack->schema().find(name) != nullptr) return {name, Value::unknown(name)};
  auto const& name = names.empty() ? otherwise : names.front();
  return {name, Value::unknown(name)};
}

}  // namespace

Network const* network_of(Knowledge const& knowledge, AgencyId const& agency)
{
  for (auto const& network : knowledge.networks)
    if (serves(network, agency)) return &network;
  return nullptr;
}

std::vector<Pack const*> packs_of(Knowledge const& knowledge, std::string const& jurisdiction)
{
  std::vector<Pack const*> packs;
  for (auto const& pack : knowledge.packs)
    if (pack.info().jurisdiction == jurisdiction) packs.push_back(&pack);
  return packs;
}

void put_person(RouteRequest& request, Case const& item, std::vector<Pack const*> const& packs,
                AssessOptions const& options)
{
  request.danger = item.emergency;
  request.acts = item.acts;
  auto const first = [&](std::vector<std::string> const& names, std::string& name_asked) {
    auto [name, value] = first_fact(item, packs, names, name_asked, request, options);
    name_asked = std::move(name);
    return value;
  };
  auto const birth_date = first(options.birth_date_facts, request.birth_date_fact);
  if (auto const* date = birth_date.as_date()) request.birth_date = *date;
  auto const sex = first(options.sex_facts, request.sex_fact);
  if (auto const* word = sex.as_string()) {
    if (*word == "female") request.sex = Sex::female;
    if (*word == "male") request.sex = Sex::male;
  }
  request.area_codes = texts_of(first(options.area_facts, request.area_fact));
}

}  // namespace tutela::detail
