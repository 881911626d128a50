// SPDX-License-Identifier: Apache-2.0
/// \file
/// What counts when places are proposed, and in which order.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>

namespace tutela::inline v0 {

/// One thing that counts when places are proposed. An earlier one outweighs all later ones together.
///
/// There is no criterion for money and none for a risk score, so neither can decide where a child lives.
enum class Criterion : std::uint8_t {
  placed,          ///< How many children get no proposal. Always first.
  admission,       ///< For how many it is not certain that the service may admit them. Always second.
  care_form,       ///< The law's order of preference: in a family, in the community, in an institution. Always third.
  opinion,         ///< What the child said: 0 wished, 1 neither, 2 not wished; 0 where the child was not heard.
  siblings,        ///< For how many a brother or sister already lives elsewhere and not there.
  family_contact,  ///< How many levels of area (town, district, county) lie between the service and the family.
  school,          ///< How many would have to leave their school.
  distance,        ///< Great-circle distance from the family's home, in hectometres.
  waiting          ///< Days that those without a proposal have waited.
};

/// The word for programs: `family_contact`.
[[nodiscard]] TUTELA_API std::string_view to_string(Criterion criterion) noexcept;

/// The criteria whose order is a matter of practice, in the order proposed: the child's opinion, siblings, contact with
/// the family; school and distance; waiting.
[[nodiscard]] TUTELA_API std::vector<Criterion> usual_order();

}  // namespace tutela::inline v0
