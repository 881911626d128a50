// SPDX-License-Identifier: Apache-2.0
/// \file
/// Logs of referrals as CSV, in the columns that tools for process mining read.
#pragma once

#include <string>
#include <string_view>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/referral/log.hpp>

namespace tutela::inline v0 {

/// The log as CSV (RFC 4180) with the columns `case, activity, timestamp, resource, from, to, service, reason, basis`.
///
/// `activity` is the word of the state, `timestamp` is `2026-03-02T09:30:00` without zone, `resource` is who acts: the
/// sender for draft, sent, cancelled and closed, else the receiver. The log holds no place and no person beside the
/// identifier of the referral, which the caller may wish to replace first.
/// \return Errors as for `summarize`. Linear.
[[nodiscard]] TUTELA_API Result<std::string> write_event_log(ReferralLog const& log);

/// Reads such a CSV. `case`, `activity` and `timestamp` are needed, the other columns may be missing; `resource` and
/// columns of other names are not kept. A timestamp may be a day alone, its midnight, and may end with fractions of a
/// second or a `Z`, which are dropped.
/// \param file Name for the diagnostics; rows are located as `/<row from 0>/<column>`.
/// \return A diagnostic for every cell that cannot be read, and those of `parse_table`.
[[nodiscard]] TUTELA_API Result<ReferralLog> parse_event_log(std::string_view csv, std::string const& file = {},
                                                             Limits const& limits = {});

/// The figures of a log and of its comparison with the agreed network as JSON (`tutela-log-review/1`); the names are those
/// of `LogSummary` and `NetworkComparison`. Both must be of this log. It names no referral; small numbers are not hidden.
[[nodiscard]] TUTELA_API std::string write_log_review(ReferralLog const& log, LogSummary const& summary,
                                                      NetworkComparison const& comparison);

/// Reads such a CSV from a file; `-` is standard input. Errors as for `parse_event_log`.
[[nodiscard]] TUTELA_API Result<ReferralLog> load_event_log(std::string const& path, Limits const& limits = {});

}  // namespace tutela::inline v0
