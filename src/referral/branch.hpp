// SPDX-License-Identifier: Apache-2.0
/// \file
/// The best arrangement of few groups, proven by branch and bound (internal).
#pragma once

#include <cstddef>

#include "referral/group_search.hpp"
#include "referral/transport.hpp"

namespace tutela::detail {

/// Betters `found` by branch and bound over the problem with split groups, and raises its bound to its cost when the
/// search comes to its end.
/// \param nodes Bound on the relaxations solved; when it is reached `found` keeps the best so far and its old bound.
template <class Cost>
void branch(Transport<Cost> const& problem, Constraints const& constraints, std::size_t nodes, Placement<Cost>& found);

extern template void branch(Transport<std::int64_t> const&, Constraints const&, std::size_t, Placement<std::int64_t>&);
extern template void branch(Transport<WideCost> const&, Constraints const&, std::size_t, Placement<WideCost>&);

}  // namespace tutela::detail
