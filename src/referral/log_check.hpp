// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the readings of a log share (internal).
#pragma once

#include <cstdint>
#include <vector>

#include <tutela/referral/log.hpp>

namespace tutela::detail {

/// Everything that makes a log unusable.
std::vector<Diagnostic> findings_of_log(ReferralLog const& log);

/// The rows of each referral by time: those of referral `k` are `rows[first[k]]` to before `rows[first[k + 1]]`.
struct RowsByReferral {
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> rows;
};
RowsByReferral rows_by_referral(ReferralLog const& log);

/// Who refers to whom on what ground: the first thing that any row of the referral says about each.
struct SentWay {
  std::uint32_t from = no_label;
  std::uint32_t to = no_label;
  std::uint32_t service = no_label;
  std::uint32_t basis = no_label;

  friend auto operator<=>(SentWay const&, SentWay const&) = default;
};

/// Fills what is not known yet from one row.
inline void learn(SentWay& way, ReferralLog const& log, std::uint32_t row)
{
  if (way.from == no_label) way.from = log.from[row];
  if (way.to == no_label) way.to = log.to[row];
  if (way.service == no_label) way.service = log.service[row];
  if (way.basis == no_label) way.basis = log.basis[row];
}

}  // namespace tutela::detail
