// SPDX-License-Identifier: Apache-2.0
#include "referral/hop_view.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "referral/network_index.hpp"

namespace tutela::detail {
namespace {

constexpr std::int32_t first_day = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t last_day = std::numeric_limits<std::int32_t>::max();
constexpr std::uint32_t other_words = std::uint32_t{1} << most_words;

/// A stretch of days in 64 bits; what is too far away for 32 is tested by date.
struct Days {
  std::int64_t from = first_day;
  std::int64_t until = last_day;

  void limit(Period const& period)
  {
    if (period.from) from = std::max(from, to_days(*period.from));
    if (period.until) until = std::min(until, to_days(*period.until));
  }

  [[nodiscard]] bool fits() const noexcept { return from <= last_day && until >= first_day; }
};

/// The one stretch of days on which an agreement is in force by its steps; false when one stretch does not say it.
bool limit_by_steps(Days& days, Agreement const& agreement)
{
  auto const& steps = agreement.steps;
  bool found = false;
  Days stretch{last_day, first_day};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].from.earliest() != steps[i].from.latest()) return false;
    if (steps[i].state != AgreementState::in_force) continue;
    auto const from = to_days(steps[i].from.earliest());
    std::int64_t const until = i + 1 < steps.size() ? to_days(steps[i + 1].from.earliest()) : last_day;
    if (from >= until) continue;
    if (found && stretch.until != from) return false;
    if (!found) stretch.from = from;
    stretch.until = until;
    found = true;
  }
  days.from = std::max(days.from, stretch.from);
  days.until = std::min(days.until, stretch.until);
  return true;
}

/// The words that occur, sorted; at most as many as have bits.
std::vector<std::string> words(std::set<std::string> const& all)
{
  std::vector<std::string> result(all.begin(), all.end());
  if (result.size() > most_words) result.resize(most_words);
  return result;
}

class ViewMaker {
 public:
  explicit ViewMaker(NetworkIndex const& index) : index_(index)
  {
    std::set<std::string> purposes;
    std::set<std::string> categories;
    auto const gather = [&](auto const& one) {
      if (one.purposes)
        for (auto const& word : *one.purposes) purposes.insert(word.text());
      if (one.categories)
        for (auto const& word : *one.categories) categories.insert(word.text());
    };
    for (Agreement const& agreement : index.content.agreements) gather(agreement);
    for (Basis const& basis : index.content.bases) gather(basis);
    view_.purposes = words(purposes);
    view_.categories = words(categories);
    crowded_ = purposes.size() > most_words || categories.size() > most_words;
  }

  HopView run()
  {
    std::vector<HopMask> grounds;
    grounds.reserve(index_.content.bases.size());
    for (Basis const& basis : index_.content.bases) grounds.push_back(mask_of(basis));
    HopMask inside;
    inside.open_from = first_day;
    inside.open_until = last_day;
    inside.purposes = inside.categories = std::numeric_limits<std::uint32_t>::max();
    inside.days = 0;
    inside.flags = HopMask::waits;
    view_.from.reserve(index_.hops.size());
    for (NetworkHop const& hop : index_.hops) {
      HopMask mask = hop.kind == BasisKind::same_agency ? inside : grounds[hop.basis];
      mask.other = hop.to;
      if (index_.stops[hop.to].kind == Stop::Kind::service) mask.flags |= HopMask::to_service;
      view_.from.push_back(mask);
    }
    view_.into.reserve(index_.into.size());
    for (std::uint32_t const hop : index_.into) {
      view_.into.push_back(view_.from[hop]);
      view_.into.back().other = index_.hops[hop].from;
    }
    return std::move(view_);
  }

 private:
  template <class Words>
  static std::uint32_t allowed(std::vector<std::string> const& known, Words const& list)
  {
    if (!list) return std::numeric_limits<std::uint32_t>::max();
    std::uint32_t bits = 0;
    for (auto const& word : *list) bits |= bit_of(known, word.text());
    return bits & ~other_words;
  }

  HopMask mask_of(Basis const& basis) const
  {
    HopMask mask;
    Agreement const* agreement = nullptr;
    if (basis.kind == BasisKind::agreement)
      agreement = &index_.content.agreements[index_.agreements.find(basis.agreement.text())->second];
    mask.purposes = allowed(view_.purposes, basis.purposes);
    mask.categories = allowed(view_.categories, basis.categories);
    Days days;
    days.limit(basis.valid);
    if (agreement != nullptr) {
      mask.purposes &= allowed(view_.purposes, agreement->purposes);
      mask.categories &= allowed(view_.categories, agreement->categories);
      days.limit(agreement->window);
      days.limit(agreement->referral_window);
      if (!limit_by_steps(days, *agreement)) mask.flags |= HopMask::by_date;
      if (!agreement->purposes && !basis.purposes) mask.flags |= HopMask::purposes_hidden;
      if (!agreement->categories && !basis.categories) mask.flags |= HopMask::categories_hidden;
    }
    if (!days.fits()) mask.flags |= HopMask::by_date;
    mask.open_from = static_cast<std::int32_t>(std::min<std::int64_t>(days.from, last_day));
    mask.open_until = static_cast<std::int32_t>(std::max<std::int64_t>(days.until, first_day));
    if (basis.kind == BasisKind::emergency)
      mask.days = 0;
    else if (basis.days)
      mask.days = *basis.days;
    if (basis.needs_consent.value_or(basis.kind == BasisKind::agreement)) mask.flags |= HopMask::consent;
    if (basis.kind == BasisKind::emergency) mask.flags |= HopMask::danger;
    if (!never_waits(basis.kind)) mask.flags |= HopMask::waits;
    bool const covers_some = agreement != nullptr && agreement->covers;
    if (basis.kind == BasisKind::act || covers_some || crowded_) mask.flags |= HopMask::by_hand;
    return mask;
  }

  NetworkIndex const& index_;
  HopView view_;
  bool crowded_ = false;  ///< More words than bits.
};

}  // namespace

std::uint32_t bit_of(std::vector<std::string> const& words, std::string const& word) noexcept
{
  auto const found = std::lower_bound(words.begin(), words.end(), word);
  if (found == words.end() || *found != word) return other_words;
  return std::uint32_t{1} << (found - words.begin());
}

HopView make_hop_view(NetworkIndex const& index) { return ViewMaker(index).run(); }

}  // namespace tutela::detail
