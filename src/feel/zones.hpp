// SPDX-License-Identifier: Apache-2.0
/// \file
/// Zones of the IANA database.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <tutela/base/date.hpp>
#include <tutela/base/time.hpp>

namespace tutela::detail {

/// True when the database has a zone of that name.
[[nodiscard]] bool is_zone(std::string_view name);

/// Seconds east of UTC at that local time in that zone; the earlier offset where the local time is ambiguous or
/// skipped. Nothing for a name that is no zone.
[[nodiscard]] std::optional<std::int32_t> offset_at_local(std::string_view zone, Date date, Time const& time);

/// Seconds east of UTC at that moment, counted in seconds since 1 January 1970 in UTC.
[[nodiscard]] std::optional<std::int32_t> offset_at(std::string_view zone, std::int64_t seconds);

}  // namespace tutela::detail
