// SPDX-License-Identifier: Apache-2.0
/// \file
/// Parts of the review of a network (internal).
#pragma once

#include <string>
#include <vector>

#include <tutela/referral/review.hpp>

namespace tutela::detail {

/// A service that takes people, as the review counts it.
struct ReviewedService {
  Service const* service = nullptr;
  std::optional<std::int64_t> places;  ///< Nothing when not known.
  std::vector<std::string> areas;      ///< The largest code of each place whose area may be told, each once.
  std::vector<std::string> codes;      ///< All codes of such places, sorted.
  std::vector<Position> positions;     ///< Where it may be shown exactly.
};

/// The fewest places to add, row by row.
std::vector<RowRepair> repair_rows(std::vector<CareDemand> const& demand, std::vector<ReviewedService> const& services);

}  // namespace tutela::detail
