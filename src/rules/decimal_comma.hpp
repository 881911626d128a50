// SPDX-License-Identifier: Apache-2.0
/// \file
/// Numbers with a comma for the point (internal).
#pragma once

#include <string>
#include <vector>

#include <tutela/base/diagnostic.hpp>
#include <tutela/feel/expression.hpp>

namespace tutela::detail {

/// What reads like a number with a fraction, and is two tests: `3,5` in `>= 3,5`.
struct DecimalComma {
  std::string text;
  Place place;
};

/// The comparisons of a cell whose number runs into the next test, with a comma and no blank between the digits. `3,5` alone
/// is no such thing: that is how alternatives are written. Linear.
[[nodiscard]] std::vector<DecimalComma> decimal_commas(UnaryTests const& tests);

}  // namespace tutela::detail
