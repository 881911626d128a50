// SPDX-License-Identifier: Apache-2.0
/// \file
/// Agreements between agencies, and the state they are in on a day.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/model/identity.hpp>
#include <tutela/model/publication.hpp>
#include <tutela/model/service.hpp>

namespace tutela::inline v0 {

/// The life of an agreement. Only one in force opens a path.
enum class AgreementState : std::uint8_t {
  proposed,       ///< One side has proposed it.
  debated,        ///< The sides talk about it.
  agreed,         ///< The sides agree on the text.
  signed_by_all,  ///< It is signed; written `signed` in files.
  in_force,       ///< It binds.
  suspended,      ///< It rests.
  ended           ///< It is over.
};

/// The word used in files: `in_force`.
[[nodiscard]] TUTELA_API std::string_view to_string(AgreementState state) noexcept;

/// All states, in the order of a life without detours.
inline constexpr std::array<AgreementState, 7> agreement_states{
    AgreementState::proposed, AgreementState::debated,   AgreementState::agreed, AgreementState::signed_by_all,
    AgreementState::in_force, AgreementState::suspended, AgreementState::ended};

/// Whether the record of one state may be followed by that of another. Constant time.
///
/// Up to the signing every later state may follow, because publications leave out states; talks may also be taken up again
/// after the sides had agreed. What is signed comes into force or ends. What is in force is suspended or ends; what is
/// suspended comes into force again or ends. Nothing follows the end. A state may be seen again.
[[nodiscard]] TUTELA_API bool may_follow(AgreementState earlier, AgreementState later) noexcept;

/// One step in the life of an agreement.
struct AgreementStep {
  AgreementState state = AgreementState::proposed;  ///< The state that begins.
  PartialDate from;                                 ///< When it began, or the day it was seen in this state.
  SourceId source;                                  ///< Where this was published.
  Period known{};                                   ///< Days on which this was recorded and not withdrawn.

  friend bool operator==(AgreementStep const&, AgreementStep const&) = default;
};

/// Whom an agreement covers. What is absent does not limit.
struct AgreementScope {
  std::optional<std::int32_t> minimum_age_months;  ///< Youngest age in completed months, included.
  std::optional<std::int32_t> maximum_age_months;  ///< Age in completed months from which it no longer covers.
  std::vector<Sex> sexes;                          ///< The sexes it covers; empty when it covers both.
  std::vector<std::string> area_codes;  ///< Codes of areas, of any level; it covers who lives in one of them.

  friend auto operator<=>(AgreementScope const&, AgreementScope const&) = default;
};

/// An agreement between agencies.
struct Agreement {
  AgreementId id;                    ///< Identifier.
  Text name;                         ///< Name.
  std::string kind;                  ///< Code word: `partnership_agreement`, `memorandum`, `joint_order`, `contract`.
  std::vector<AgencyId> parties;     ///< The agencies that conclude it; at least two.
  std::vector<AgreementStep> steps;  ///< Its recorded life, oldest first; at least one.
  Period window;                     ///< Days it is concluded for.
  Period referral_window;            ///< Days on which referrals may be made under it; may be shorter.
  std::optional<std::vector<Purpose>> purposes;         ///< Purposes it allows; nothing when not published.
  std::optional<std::vector<DataCategory>> categories;  ///< Data it lets travel; nothing when not published.
  std::optional<AgreementScope> covers;                 ///< Whom it covers; nothing when that was not limited.
  std::vector<std::string> goals;                       ///< What it is meant to reach, as code words.
  std::string note;                                     ///< What the source says besides.
  SourceId source;                                      ///< Where this was published.
  Period known{};                                       ///< Days on which this was recorded and not withdrawn.

  friend bool operator==(Agreement const&, Agreement const&) = default;
};

/// The last recorded step that may have begun by `on`, or nothing when none has. Linear in the steps.
///
/// The record counts: a state holds until a later one is recorded.
[[nodiscard]] TUTELA_API AgreementStep const* step_on(Agreement const& agreement, Date on) noexcept;

/// Whether the agreement is in force on a day, by its recorded steps alone. Linear in the steps.
///
/// \return `unknown` where a step's date is known to the month or year only and the day falls into that stretch.
[[nodiscard]] TUTELA_API Truth in_force_on(Agreement const& agreement, Date on) noexcept;

/// Whether referrals may be made under the agreement on a day: in force, and within both windows.
[[nodiscard]] TUTELA_API Truth is_open_on(Agreement const& agreement, Date on) noexcept;

}  // namespace tutela::inline v0
