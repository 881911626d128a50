// SPDX-License-Identifier: Apache-2.0
/// \file
/// The life of one referral, from draft to the outcome that its sender hears: a closed loop.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/model/identity.hpp>
#include <tutela/referral/network.hpp>

namespace tutela::inline v0 {

struct ReferralRecord;

/// Identifier of a referral; never looked into.
using ReferralId = Id<ReferralRecord>;

/// Where a referral stands. The states follow Task of FHIR R4; `waitlisted` and `closed` are the field's.
enum class ReferralState : std::uint8_t {
  draft,       ///< Written, not sent.
  sent,        ///< Sent; `requested` in FHIR.
  received,    ///< The receiver has seen it.
  accepted,    ///< The receiver takes the person.
  waitlisted,  ///< The receiver would, but has no place yet.
  started,     ///< The service has begun; `in-progress` in FHIR.
  on_hold,     ///< The service rests.
  completed,   ///< The service has ended as planned.
  failed,      ///< The service broke off.
  declined,    ///< The receiver does not take the person; `rejected` in FHIR.
  cancelled,   ///< The sender or the person withdrew it.
  closed,      ///< The sender knows how it ended: the loop is closed.
  mistaken     ///< It was entered in error and says nothing.
};

/// Number of states.
inline constexpr std::size_t referral_states = 13;

/// The word used in files: `on_hold`.
[[nodiscard]] TUTELA_API std::string_view to_string(ReferralState state) noexcept;

/// The state that `word` writes, or nothing.
[[nodiscard]] TUTELA_API std::optional<ReferralState> parse_referral_state(std::string_view word) noexcept;

/// The states that may follow; none after `closed` and `mistaken`. Constant time.
[[nodiscard]] TUTELA_API std::span<ReferralState const> allowed_after(ReferralState state) noexcept;

/// True for a state that is never entered without a reason: declined, cancelled, on hold, failed.
[[nodiscard]] TUTELA_API bool needs_reason(ReferralState state) noexcept;

/// Why a referral was declined, cancelled, held or broken off.
enum class ReferralReason : std::uint8_t {
  no_capacity,       ///< No place; unmet need, counted apart from every other reason.
  not_admitted,      ///< The person is not whom the service is for.
  outside_area,      ///< The person lives outside the area.
  wrong_service,     ///< The need is another one.
  no_ground,         ///< There is no lawful ground.
  consent_refused,   ///< The person does not agree.
  person_withdrew,   ///< The person does not want it any more.
  no_contact,        ///< The person was not reached.
  assessment_first,  ///< An assessment must come first.
  safety,            ///< It would put somebody in danger.
  duplicate,         ///< The same referral was sent before.
  other              ///< Another one, told in the note.
};

/// The word used in files: `no_capacity`.
[[nodiscard]] TUTELA_API std::string_view to_string(ReferralReason reason) noexcept;

/// How the need was met in the end, as the sender heard it.
enum class ReferralOutcome : std::uint8_t {
  met,         ///< The need was met.
  partly_met,  ///< It was met in part.
  not_met,     ///< It was not met: the person still waits for help.
  not_known    ///< Nobody could say.
};

/// The word used in files: `partly_met`.
[[nodiscard]] TUTELA_API std::string_view to_string(ReferralOutcome outcome) noexcept;

/// One step in the life of a referral.
struct ReferralStep {
  ReferralState state = ReferralState::draft;  ///< The state that begins.
  Date on;                                     ///< The day it begins.
  AgencyId by;                                 ///< The agency that says so.
  std::optional<ReferralReason> reason;        ///< Required where `needs_reason`.
  std::optional<ReferralOutcome> outcome;      ///< Required for `closed`, never elsewhere.
  std::string note;                            ///< For people; required beside the reason `other`.

  friend bool operator==(ReferralStep const&, ReferralStep const&) = default;
};

/// Who answers for the person once the receiver has accepted.
enum class ReferralForm : std::uint8_t {
  referral,  ///< The owner stays; the receiver adds a service.
  transfer   ///< The receiver becomes the owner.
};

/// The word used in files: `transfer`.
[[nodiscard]] TUTELA_API std::string_view to_string(ReferralForm form) noexcept;

/// A state that must be reached by a day, whose duty that is, and why.
struct ReferralDeadline {
  ReferralState state = ReferralState::received;  ///< The state, or one that comes after it.
  Date due;                                       ///< The last day.
  AgencyId whose;                                 ///< The agency whose duty it is.
  std::string ground;                             ///< Identifier of the ground, agreement or duty it comes from.

  friend bool operator==(ReferralDeadline const&, ReferralDeadline const&) = default;
};

/// Data that travel without or against consent: a named person's decision, on an article, for a time.
struct ConsentOverride {
  std::vector<DataCategory> categories;  ///< The data it covers; at least one.
  std::string who;                       ///< Function of the person who decided, for example `head of the service`.
  std::string ground;                    ///< Why, in words.
  Citation article;                      ///< The article that allows it.
  Period valid;                          ///< Days on which it holds; both ends are required.

  friend bool operator==(ConsentOverride const&, ConsentOverride const&) = default;
};

/// One referral with everything that happened to it.
struct ReferralRecord {
  ReferralId id;                                   ///< Identifier.
  ReferralId parent;                               ///< The referral that this one carries out in part, or empty.
  ReferralForm form = ReferralForm::referral;      ///< Whether the owner changes.
  AgencyId from;                                   ///< The agency that refers; it owns the case at the beginning.
  AgencyId to;                                     ///< The agency that is asked.
  ServiceId service;                               ///< The service that is asked for, or empty.
  BasisId basis;                                   ///< The lawful ground, or empty where none was named.
  std::vector<ReferralStep> steps;                 ///< Its life, oldest first; the first one is `draft` or `sent`.
  std::vector<ReferralDeadline> deadlines;         ///< By when what must have happened.
  std::vector<ConsentOverride> consent_overrides;  ///< Data that travelled without consent.

  friend bool operator==(ReferralRecord const&, ReferralRecord const&) = default;
};

/// Everything that is wrong with referrals: a step that may not follow (with those that may), days that go back, a
/// missing reason or outcome, an override without person, ground, article or end, a parent that is not there, that is
/// its own ancestor, or whose receiver is not who refers on.
///
/// \param file Name for the diagnostics; pointers are `/<position>/steps/<position>/state` and alike.
/// \return Nothing when all is well; a diagnostic that names the limit for more than `limits.elements` referrals or
///   steps. O(n log n) in referrals and steps.
[[nodiscard]] TUTELA_API std::vector<Diagnostic> check_referrals(std::span<ReferralRecord const> referrals,
                                                                 std::string const& file = {},
                                                                 Limits const& limits = {});

/// The referral with one more step, or why that step may not follow. The given one does not change.
[[nodiscard]] TUTELA_API Result<ReferralRecord> advance(ReferralRecord referral, ReferralStep step);

/// Where it stood at the end of a day; nothing before its first step.
[[nodiscard]] TUTELA_API std::optional<ReferralState> state_on(ReferralRecord const& referral, Date on) noexcept;

/// Who answers for the person at the end of a day: the sender, or after an accepted transfer the receiver.
[[nodiscard]] TUTELA_API AgencyId owner_on(ReferralRecord const& referral, Date on);

/// The deadlines that the network sets: the days of its ground until the receiver has it (duty of the sender), and the
/// hours of each duty to report to the receiver, counted from the first step (duty of the sender to have sent it).
///
/// Hours without a time of day are rounded up to the last day on which they may end. Nothing is invented: where the
/// ground has no days and no duty names the receiver, the result is empty.
[[nodiscard]] TUTELA_API std::vector<ReferralDeadline> deadlines_of(ReferralRecord const& referral,
                                                                    Network const& network);

/// The deadlines that had passed at the end of a day and were not kept by then. A referral that ended meanwhile
/// (declined, cancelled, mistaken) keeps no deadline waiting.
[[nodiscard]] TUTELA_API std::vector<ReferralDeadline> overdue_on(ReferralRecord const& referral, Date on);

/// Whether a recorded override lets a category of data travel on a day.
[[nodiscard]] TUTELA_API bool overridden_on(ReferralRecord const& referral, DataCategory const& category,
                                            Date on) noexcept;

}  // namespace tutela::inline v0
