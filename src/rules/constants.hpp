// SPDX-License-Identifier: Apache-2.0
/// \file
/// The constants that an expression mentions (internal).
#pragma once

#include <string_view>
#include <vector>

#include <tutela/facts/value.hpp>

namespace tutela::detail {

/// Numbers, texts, dates and durations written in an expression, in their order.
///
/// They only propose where the values of a missing fact may be split; splitting is sound wherever it happens, so a
/// constant that is found too much or too little costs time or precision, never truth.
std::vector<Value> constants_of(std::string_view expression);

/// Leaves the first of equal values, in their order. Linear.
void remove_repetitions(std::vector<Value>& values);

}  // namespace tutela::detail
