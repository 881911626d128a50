// SPDX-License-Identifier: Apache-2.0
#include <tutela/disclosure/consent.hpp>

#include <algorithm>

namespace tutela::inline v0 {
namespace {

template <class T>
bool is_among(std::vector<T> const& list, T const& wanted)
{
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

/// Data of nobody known are somebody else's.
bool covers(ConsentRecord const& consent, ConsentNeed const& need)
{
  Subject const about = need.about == Subject::unstated ? Subject::others : need.about;
  return consent.category == need.category && is_among(consent.about, about) &&
         (consent.purposes.empty() || is_among(consent.purposes, need.purpose)) &&
         (consent.to.empty() || is_among(consent.to, need.to)) && consent.valid.contains(need.on);
}

}  // namespace

std::vector<ConsentRecord> consents_of(Case const& item)
{
  std::vector<ConsentRecord> consents;
  for (auto const& [category, answer] : item.consent) {
    consents.emplace_back();
    consents.back().category = category;
    consents.back().answer = answer;
  }
  return consents;
}

Truth consent_on(std::span<ConsentRecord const> consents, ConsentNeed const& need) noexcept
{
  Truth found = Truth::unknown;
  for (auto const& consent : consents) {
    if (!covers(consent, need)) continue;
    if (consent.answer == ConsentAnswer::refused) return Truth::no;
    if (consent.answer == ConsentAnswer::given) found = Truth::yes;
  }
  return found;
}

}  // namespace tutela::inline v0
