// SPDX-License-Identifier: Apache-2.0
/// \file
/// The scale of decimal numbers, which texts show and arithmetic does not.
#pragma once

#include <tutela/base/decimal.hpp>

namespace tutela::detail {

/// Digits after the point with which the number was written or computed, also where they are zeros: 2 for `1.10`.
/// Negative where whole powers of ten are left out: -3 for `5e3`. Zero when it is not finite. Equal numbers may differ
/// in it.
[[nodiscard]] int scale_of(Decimal number) noexcept;

}  // namespace tutela::detail
