// SPDX-License-Identifier: Apache-2.0
/// \file
/// Orders of electronic monitoring, equipment and protected places from JSON; what was found as JSON.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/casework/equipment.hpp>
#include <tutela/casework/monitoring.hpp>

namespace tutela::inline v0 {

/// The records of a monitoring centre. Places of protected persons are not among them.
struct MonitoringRecords {
  bool synthetic = false;                 ///< True when no real person stands behind them.
  std::vector<MonitoringOrder> orders;    ///< Orders, each identifier once.
  std::vector<EquipmentPiece> equipment;  ///< Pieces, each identifier once.

  friend bool operator==(MonitoringRecords const&, MonitoringRecords const&) = default;
};

/// Reads records from JSON text in the format `tutela-monitoring/1`. Lives of equipment that cannot be are refused.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<MonitoringRecords> parse_monitoring_records(std::string_view json,
                                                                            std::string const& file = {},
                                                                            Limits const& limits = {});

/// The same from a file; `-` is standard input.
[[nodiscard]] TUTELA_API Result<MonitoringRecords> load_monitoring_records(std::string const& path,
                                                                           Limits const& limits = {});

/// The records as JSON text in the format `tutela-monitoring/1`; reading it again gives the same records.
/// \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_monitoring_records(MonitoringRecords const& records, int indent = 0);

/// Reads places from JSON text in the format `tutela-protected-places/1`: a file of its own, to be kept apart.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<ProtectedPlaces> parse_protected_places(std::string_view json,
                                                                        std::string const& file = {},
                                                                        Limits const& limits = {});

/// The same from a file.
[[nodiscard]] TUTELA_API Result<ProtectedPlaces> load_protected_places(std::string const& path,
                                                                       Limits const& limits = {});

/// A review as JSON text, for those who supervise. It names no place.
/// \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_monitoring_review(MonitoringReview const& review, int indent = 0);

/// Notices as JSON text, for the monitored side.
/// \param indent Blanks for each level; 0 writes one line.
[[nodiscard]] TUTELA_API std::string write_monitored_notices(std::span<MonitoredNotice const> notices, int indent = 0);

}  // namespace tutela::inline v0
