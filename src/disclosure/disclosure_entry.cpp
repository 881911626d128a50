// SPDX-License-Identifier: Apache-2.0
#include <tutela/disclosure/disclosure_entry.hpp>

#include <algorithm>
#include <utility>

#include <tutela/disclosure/redacted_case.hpp>

namespace tutela::inline v0 {
namespace {

constexpr std::string_view digest_context = "tutela-disclosure/1";

}  // namespace

DisclosureEntry entry_for(Case const& told, DisclosureFinding const& finding, std::string by, std::string_view text,
                          SecretKey const& key)
{
  if (by.empty()) throw ContractViolation("an entry says in which role somebody told");
  DisclosureEntry entry{finding.on,
                        std::move(by),
                        finding.from,
                        finding.to,
                        finding.role,
                        finding.purpose,
                        told.id,
                        categories_told(told, finding),
                        {},
                        key.id(),
                        key.digest(digest_context, text)};
  for (auto const& fact : told.facts.facts()) {
    auto const* found = finding.find(fact.name);
    if (found == nullptr || found->grounds.empty()) continue;
    auto const& ground = found->grounds.front();
    EntryGround const one{ground.kind, ground.basis, ground.agreement, ground.citation};
    if (std::find(entry.grounds.begin(), entry.grounds.end(), one) == entry.grounds.end()) entry.grounds.push_back(one);
  }
  return entry;
}

Truth was_told(DisclosureEntry const& entry, std::string_view text, SecretKey const& key)
{
  if (entry.key != key.id()) return Truth::unknown;
  return to_truth(same_digest(entry.digest, key.digest(digest_context, text)));
}

}  // namespace tutela::inline v0
