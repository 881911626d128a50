// SPDX-License-Identifier: Apache-2.0
/// \file
/// Counting calls of operator new in a test program.
#pragma once

#include <cstddef>

namespace tutela::test {

/// Calls of operator new so far, in all threads.
std::size_t allocations();

}  // namespace tutela::test
