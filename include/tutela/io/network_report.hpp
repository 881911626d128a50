// SPDX-License-Identifier: Apache-2.0
/// \file
/// The report of a network as a whole: one page with a map, and JSON.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include <tutela/base/config.hpp>
#include <tutela/base/text.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/referral/review.hpp>

namespace tutela::inline v0 {

/// What the page says beside the figures.
struct NetworkReportOptions {
  Language language = Language::en;  ///< Language of the words; names stay as the network has them.
  std::string demand;                ///< What the demand is and where it is from, in words; may be empty.
  std::optional<std::size_t>
      dirty_fields;  ///< Fields of an imported source that could not be used; nothing: no import.
};

/// The report as one HTML page without a script that loads nothing: what the network holds, a map of the places that may
/// be shown (equirectangular, true at the middle latitude), gaps, bottlenecks, closures and the cheapest repair.
///
/// Places are shown as far as every service that is given there allows on the day of the review.
/// \param review Made by `review_network` of the same network.
/// \complexity O(S) for S services, and of the map 20,000 cells times the places that are shown.
[[nodiscard]] TUTELA_API std::string write_network_report(Network const& network, NetworkReview const& review,
                                                          NetworkReportOptions const& options = {});

/// The review as JSON, in the format `tutela-network-review/1`: every row, where the page prints the first ones. Holds no
/// position.
[[nodiscard]] TUTELA_API std::string write_network_review(Network const& network, NetworkReview const& review);

}  // namespace tutela::inline v0
