// SPDX-License-Identifier: Apache-2.0
#include <tutela/referral/allocation.hpp>

namespace tutela::inline v0 {
std::string_view to_string(PlacementReason reason) noexcept
{
  switch (reason) {
    case PlacementReason::suits_best: return "suits_best";
    case PlacementReason::another_first: return "another_first";
    case PlacementReason::equal_claim: return "equal_claim";
    case PlacementReason::no_room_together: return "no_room_together";
    case PlacementReason::rooms_do_not_suit: return "rooms_do_not_suit";
    case PlacementReason::must_be_apart: return "must_be_apart";
    case PlacementReason::family_care_first: return "family_care_first";
    case PlacementReason::places_unknown: return "places_unknown";
    case PlacementReason::all_full: return "all_full";
    case PlacementReason::no_service: return "no_service";
  }
  return {};
}

std::string_view to_string(Criterion criterion) noexcept
{
  switch (criterion) {
    case Criterion::placed: return "placed";
    case Criterion::admission: return "admission";
    case Criterion::care_form: return "care_form";
    case Criterion::opinion: return "opinion";
    case Criterion::siblings: return "siblings";
    case Criterion::family_contact: return "family_contact";
    case Criterion::school: return "school";
    case Criterion::distance: return "distance";
    case Criterion::waiting: return "waiting";
  }
  return {};
}

std::vector<Criterion> usual_order()
{
  return {Criterion::opinion, Criterion::siblings, Criterion::family_contact,
          Criterion::school,  Criterion::distance, Criterion::waiting};
}

}  // namespace tutela::inline v0
