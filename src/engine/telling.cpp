// SPDX-License-Identifier: Apache-2.0
#include <tutela/engine/telling.hpp>

#include <map>
#include <set>
#include <utility>

#include <tutela/referral/disclosure_grounds.hpp>

#include "engine/person_in_case.hpp"

namespace tutela::inline v0 {
namespace {

/// The facts that decisions read; nothing when a decision is in no pack.
std::optional<std::set<std::string>> facts_of(std::vector<Pack const*> const& packs,
                                              std::vector<std::string> const& decisions)
{
  std::set<std::string> facts;
  for (auto const& name : decisions) {
    bool found = false;
    for (auto const* pack : packs)
      if (auto const* decision = pack->find(name)) {
        found = true;
        facts.insert(decision->facts.begin(), decision->facts.end());
      }
    if (!found) return std::nullopt;
  }
  return facts;
}

Diagnostic no_such(char const* pointer, char const* what, char const* mend)
{
  return {Code::dangling_reference, Severity::error, Place{{}, 0, 0, pointer}, what, mend};
}

}  // namespace

Schema joined_schema(std::vector<Schema const*> const& schemas)
{
  std::map<std::string, FactDeclaration> known;
  for (auto const* schema : schemas)
    for (auto const& declaration : schema->declarations()) {
      auto const [place, is_new] = known.try_emplace(declaration.name, declaration);
      if (is_new) continue;
      if (place->second.category != declaration.category) place->second.category.clear();
      if (place->second.about != declaration.about) place->second.about = Subject::unstated;
    }
  std::vector<FactDeclaration> declarations;
  for (auto& [name, declaration] : known) declarations.push_back(std::move(declaration));
  return Schema(std::move(declarations));
}

Result<DisclosureFinding> what_may_be_told(Knowledge const& knowledge, Case const& item, TellingRequest const& request,
                                           Date on, AssessOptions const& options)
{
  auto const* network = detail::network_of(knowledge, item.held_by);
  if (network == nullptr)
    return no_such("/held_by", "no network has the agency that holds the case", "load the network of that agency");
  auto const packs = detail::packs_of(knowledge, item.jurisdiction);
  auto needed = facts_of(packs, request.decisions);
  if (!needed)
    return no_such("/decisions", "no pack of the legal order has the decision", "correct its name, or load its pack");
  needed->insert(request.facts.begin(), request.facts.end());

  DisclosureRequest telling{item.held_by, request.to, request.role, request.purpose, on, {}, consents_of(item), {}};
  if (!needed->empty()) telling.needed.emplace(needed->begin(), needed->end());
  telling.consents.insert(telling.consents.end(), request.consents.begin(), request.consents.end());
  telling.places = places_told_by(*network, request.stays_in, on, request.place_facts);
  RouteRequest about;
  about.on = on;
  detail::put_person(about, item, packs, options);
  auto const grounds = grounds_between(*network, telling, std::move(about));
  if (!grounds) return grounds.diagnostics();
  std::vector<Schema const*> schemas;
  for (auto const* pack : packs) schemas.push_back(&pack->schema());
  for (auto const& scale : knowledge.instruments) schemas.push_back(&scale.schema());
  return what_may_be_told(joined_schema(schemas), telling, *grounds);
}

}  // namespace tutela::inline v0
