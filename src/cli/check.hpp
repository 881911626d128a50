// SPDX-License-Identifier: Apache-2.0
/// \file
/// The two halves of `tutela check`.
#pragma once

#include <string_view>

#include "cli/verbs.hpp"

namespace tutela::cli {

/// Compares the two packs that are given; see `compare`. \return `findings` when they are not the same.
int run_compare(Arguments const& arguments, std::string_view usage);

/// `tutela check --instrument NAME`.
int run_check_instrument(Arguments const& arguments, std::string_view usage);

}  // namespace tutela::cli
