// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading and writing the lives of referrals: the format `tutela-referrals/1`.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/referral/lifecycle.hpp>

namespace tutela::inline v0 {

/// Reads referrals from JSON text and checks them (`check_referrals`). Strict: every unknown key, wrong type, wrong
/// step
/// and dangling parent is reported with its JSON pointer, all of them.
/// \param file Name for the diagnostics.
/// \complexity O(n log n) in the length of the text.
[[nodiscard]] TUTELA_API Result<std::vector<ReferralRecord>> parse_referrals(std::string_view text,
                                                                             std::string const& file = {},
                                                                             Limits const& limits = {});

/// Writes referrals as JSON that `parse_referrals` reads back to the same content.
[[nodiscard]] TUTELA_API std::string write_referrals(std::span<ReferralRecord const> referrals);

}  // namespace tutela::inline v0
