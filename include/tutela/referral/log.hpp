// SPDX-License-Identifier: Apache-2.0
/// \file
/// A log of what happened to many referrals: who comes through, where they are lost, how long it takes, and which
/// network was used compared with the one that was agreed.
///
/// Small cells are not hidden here: what is published about groups of a few people is for the caller to decide.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/survival.hpp>
#include <tutela/referral/lifecycle.hpp>
#include <tutela/referral/network.hpp>

namespace tutela::inline v0 {

/// A cell of a log that says nothing.
inline constexpr std::uint32_t no_label = std::numeric_limits<std::uint32_t>::max();

/// A log in columns: one row is one event, all columns are of one length. Labels are given once and meant by number.
struct ReferralLog {
  std::vector<std::string> referral_ids;  ///< Identifiers of the referrals.
  std::vector<std::string> stops;         ///< Agencies, units and services, as the network calls them.
  std::vector<std::string> reasons;       ///< Reasons, for example `no_capacity`.
  std::vector<std::string> bases;         ///< Identifiers of the lawful grounds.

  std::vector<std::uint32_t> referral;  ///< Which referral, in `referral_ids`.
  std::vector<ReferralState> state;     ///< The state that begins.
  std::vector<std::int64_t> time;       ///< Seconds since 1970-01-01 00:00, local time of the agencies.
  std::vector<std::uint32_t> from;      ///< Who refers, in `stops`, or `no_label`.
  std::vector<std::uint32_t> to;        ///< Who is asked, in `stops`, or `no_label`.
  std::vector<std::uint32_t> service;   ///< What is asked for, in `stops`, or `no_label`.
  std::vector<std::uint32_t> reason;    ///< Why, in `reasons`, or `no_label`.
  std::vector<std::uint32_t> basis;     ///< On what ground, in `bases`, or `no_label`.

  /// Number of events.
  [[nodiscard]] std::size_t size() const noexcept { return referral.size(); }
};

/// How often one state came right after another, and how long that took.
struct LogTransition {
  ReferralState from = ReferralState::draft;  ///< The state before.
  ReferralState to = ReferralState::draft;    ///< The state after.
  std::size_t count = 0;                      ///< How often.
  double median_seconds = 0;                  ///< Median time between; of two middle ones the mean.
  bool allowed = false;                       ///< Whether `allowed_after` has it.
};

/// What became of those who reached one state.
struct LogStage {
  ReferralState state = ReferralState::sent;  ///< The state.
  std::size_t reached = 0;                    ///< Referrals that reached it at least once.
  std::size_t went_on = 0;                    ///< Of them, those that reached a later stage of the way to a service.
  std::size_t declined = 0;                   ///< Of the others, those that were last declined.
  std::size_t left = 0;                       ///< Of the others, those last cancelled, failed, closed or mistaken.
  std::size_t open = 0;                       ///< The others: nothing more is recorded.

  /// Share that went on; not a number where nobody reached it.
  [[nodiscard]] double conversion() const noexcept
  {
    return static_cast<double>(went_on) / static_cast<double>(reached);
  }

  /// Share that was lost on the way: declined or left.
  [[nodiscard]] double leakage() const noexcept
  {
    return static_cast<double>(declined + left) / static_cast<double>(reached);
  }
};

/// How often one receiver declined for one reason.
struct LogDecline {
  std::uint32_t reason = no_label;  ///< In `ReferralLog::reasons`; `no_label` where none was written.
  std::uint32_t to = no_label;      ///< In `ReferralLog::stops`.
  std::size_t count = 0;            ///< How often.
};

/// One way that was used: who referred to whom, for what.
struct LogHop {
  std::uint32_t from = no_label;     ///< In `ReferralLog::stops`.
  std::uint32_t to = no_label;       ///< In `ReferralLog::stops`.
  std::uint32_t service = no_label;  ///< In `ReferralLog::stops`.
  std::size_t referrals = 0;         ///< Referrals that were sent this way.
  std::size_t accepted = 0;          ///< Of them, those that were accepted at least once.
  std::size_t started = 0;           ///< Of them, those whose service began.
  std::size_t declined = 0;          ///< Of them, those that were declined at least once.
};

/// The figures of a log.
struct LogSummary {
  std::size_t events = 0;                  ///< Rows.
  std::size_t referrals = 0;               ///< Referrals with at least one row.
  std::vector<LogTransition> transitions;  ///< The graph of what follows what, in the order of the states.
  std::vector<LogStage> stages;            ///< sent, received, accepted, started, completed.
  std::vector<LogDecline> declines;        ///< Most frequent first.
  std::vector<LogHop> hops;                ///< Most used first.

  /// Days from the first `sent` to the first `started`, by Kaplan and Meier: a step is a day on which services began.
  /// Whoever still waits at the end is followed until then. Whoever was declined, cancelled or otherwise ended before
  /// a service is followed until that moment, so the curve is about people whose referral is still alive; how many
  /// ended so is `ended_without_service`.
  std::vector<SurvivalStep> time_to_service;
  std::size_t with_service = 0;           ///< Referrals that were sent and whose service began.
  std::size_t still_waiting = 0;          ///< Sent, not ended, not begun.
  std::size_t ended_without_service = 0;  ///< Sent and ended before a service began.
};

/// Counts a log. Rows may stand in any order; those of one referral are read by time, equal times as they stand.
///
/// \param until End of observation in seconds since 1970, not before the last event.
/// \return A diagnostic for columns of different lengths, a number that no label has, an event after `until`.
///   Linear in the events, beside sorting the ways and the times.
[[nodiscard]] TUTELA_API Result<LogSummary> summarize(ReferralLog const& log, std::int64_t until);

/// Why referrals of the log do not fit the agreed network.
enum class LogGap : std::uint8_t {
  unknown_stop,   ///< The network has no such agency, unit or service.
  unknown_basis,  ///< The network has no ground of the name that the log gives.
  no_ground,      ///< The network has no ground that leads this way.
  not_in_force,   ///< A ground leads this way, but none held on the day.
  not_certain     ///< Whether it held on the day is not known.
};

/// The word used in files: `no_ground`.
[[nodiscard]] TUTELA_API std::string_view to_string(LogGap gap) noexcept;

/// Referrals of one way that the agreed network does not carry.
struct UnfoundedHop {
  LogHop hop;                      ///< The way; only `referrals` is counted.
  std::uint32_t basis = no_label;  ///< The ground that the log names, in `ReferralLog::bases`.
  LogGap gap = LogGap::no_ground;  ///< What is missing.
  std::int64_t first = 0;          ///< When it was first sent so, in seconds since 1970.
  std::int64_t last = 0;           ///< When last.
};

/// How often a ground of the network was used.
struct BasisUse {
  BasisId basis;              ///< The ground.
  AgreementId agreement;      ///< Its agreement, or empty.
  std::size_t referrals = 0;  ///< Referrals of the log on it. One that names no ground counts for each that held.
  bool held = true;           ///< Whether it held, or may have held, on some day of the log.
};

/// The network that was used beside the one that was agreed.
struct NetworkComparison {
  std::size_t referrals = 0;            ///< Referrals that were sent.
  std::size_t founded = 0;              ///< Of them, those with a ground that held.
  std::vector<UnfoundedHop> unfounded;  ///< Most frequent first.
  std::vector<BasisUse> bases;          ///< Every ground of the network, in its order.

  /// Agreements none of whose grounds was used, although one of them held on some day of the log.
  std::vector<AgreementId> agreements_never_used;
};

/// Compares the ways of a log with the grounds of a network, on the day each referral was sent.
///
/// A ground carries a referral to its stop, to a service of that agency, and to the agency of that service. Inside one
/// agency no ground is needed. What is not in the data is not unlawful: a finding is a question to the agencies.
/// \return Errors as for `summarize`. O(r g) in the different ways and days and in the grounds from their sender.
[[nodiscard]] TUTELA_API Result<NetworkComparison> compare_with_network(ReferralLog const& log, Network const& network);

}  // namespace tutela::inline v0
