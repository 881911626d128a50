// SPDX-License-Identifier: Apache-2.0
/// \file
/// A human decision that departs from a computed band, with its reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/result.hpp>
#include <tutela/risk/score.hpp>

namespace tutela::inline v0 {

/// Why a band may be set aside.
enum class OverrideKind : std::uint8_t {
  policy,        ///< A written rule of the agency says so for this kind of case.
  discretionary  ///< A professional judgement; a second person approves it.
};

/// One override. The computed band stays in the score; this stands beside it.
struct ScoreOverride {
  OverrideKind kind = OverrideKind::discretionary;  ///< Why it was possible.
  std::string reason_code;                          ///< Reason, as a word of the agency's list.
  std::string text;                                 ///< Reason, in the author's words.
  std::string author;                               ///< Who decided: an opaque identifier.
  std::string approver;                             ///< Who approved; somebody else where the kind is discretionary.
  Date on;                                          ///< Day of the decision.
  std::optional<Date> expires;  ///< First day on which it no longer counts; nothing when it does not expire.
  std::string before;           ///< The computed band.
  std::string after;            ///< The band that counts instead.

  friend bool operator==(ScoreOverride const&, ScoreOverride const&) = default;
};

/// Checks an override against the score it departs from.
///
/// Refused, all findings together: no reason code, text or author; a discretionary override without an approver other
/// than the author; an expiry not after the decision; a `before` that is not the settled band of the score; an `after`
/// that is the same or no band of the instrument.
[[nodiscard]] TUTELA_API std::vector<Diagnostic> check(ScoreOverride const& override_, Score const& score,
                                                       Instrument const& instrument);

/// The band that counts on a day: that of the latest override in force, else the computed one.
[[nodiscard]] TUTELA_API std::string const& effective_band(Score const& score, std::span<ScoreOverride const> overrides,
                                                           Date on);

/// How often, in which direction and for which reasons bands were set aside.
struct OverrideStatistics {
  std::size_t scores = 0;                        ///< Scores with a settled band.
  std::size_t raised = 0;                        ///< Overrides to a higher band.
  std::size_t lowered = 0;                       ///< Overrides to a lower band.
  std::map<std::string, std::size_t> by_reason;  ///< Overrides by reason code.
};

/// Counts overrides against the order of the instrument's bands. \param scores Number of scores with a settled band.
[[nodiscard]] TUTELA_API OverrideStatistics statistics(Instrument const& instrument, std::size_t scores,
                                                       std::span<ScoreOverride const> overrides);

}  // namespace tutela::inline v0
