// SPDX-License-Identifier: Apache-2.0
#include <tutela/casework/child_protection.hpp>

#include <utility>

namespace tutela::inline v0 {

std::vector<ChildReview> review_child_protection(ProtectionRecords const& records, ProtectionLaw const& law,
                                                 std::span<Clock const> clocks, WorkCalendar const& calendar,
                                                 ProtectionOptions const& options)
{
  auto const regime =
      records.martial_law && records.martial_law->contains(options.on) ? Regime::martial_law : Regime::normal;
  std::vector<ChildReview> reviews;
  for (auto const& child : records.children) {
    ChildReview review{child.subject, {}, {}, history_of(child.placements), {}};
    for (auto const& removal : child.removals)
      review.removals.push_back(
          review_removal(removal, clocks, law.hearings, calendar, {options.on, regime, options.include_unverified}));
    for (auto const& placement : child.placements)
      review.placements.push_back(review_placement(placement, law.preference, clocks, calendar,
                                                   {options.on, regime, options.include_unverified}));
    if (child.leaver) review.leaving = leaving_care(*child.leaver, law.leaving, options.on, options.include_unverified);
    reviews.push_back(std::move(review));
  }
  return reviews;
}

}  // namespace tutela::inline v0
