// SPDX-License-Identifier: Apache-2.0
/// \file
/// What makes times and outcomes unusable (internal).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <tutela/base/diagnostic.hpp>

namespace tutela::detail {

std::vector<Diagnostic> findings_of_times(std::span<double const> times, std::span<std::uint8_t const> events);

}  // namespace tutela::detail
