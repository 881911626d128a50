// SPDX-License-Identifier: Apache-2.0
/// \file
/// The lawful ground of a referral, and duties to report.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/model/identity.hpp>

namespace tutela::inline v0 {

/// On what ground one agency may refer a person to another. The order is the order of preference on a tie.
enum class BasisKind : std::uint8_t {
  same_agency,     ///< The agency's own unit or service; never written down, always implied.
  statutory_duty,  ///< The law obliges the agency. Waits for nothing.
  emergency,       ///< Danger to life or health. Waits for nothing.
  act,             ///< An act of a court, prosecutor or commission in this case.
  competence,      ///< The law makes the receiver competent for such cases.
  agreement        ///< An agreement in force between the agencies.
};

/// The word used in files: `statutory_duty`.
[[nodiscard]] TUTELA_API std::string_view to_string(BasisKind kind) noexcept;

/// True for grounds that never wait for agreement, consent, capacity or waiting time.
[[nodiscard]] constexpr bool never_waits(BasisKind kind) noexcept
{
  return kind == BasisKind::statutory_duty || kind == BasisKind::emergency;
}

/// One lawful ground: each agency of `from` may refer to each stop of `to`.
struct Basis {
  BasisId id;                                    ///< Identifier.
  BasisKind kind = BasisKind::competence;        ///< What it rests on; never `same_agency`.
  std::vector<AgencyId> from;                    ///< Agencies and units that may refer.
  std::vector<NodeId> to;                        ///< Agencies, units and services that may be referred to.
  AgreementId agreement;                         ///< The agreement, for `agreement` only.
  ActKind act;                                   ///< The act that the case must hold, for `act` only.
  std::optional<Citation> citation;              ///< The article; required for `statutory_duty` and `competence`.
  Period valid;                                  ///< Days on which it may be used.
  std::optional<std::vector<Purpose>> purposes;  ///< Purposes it serves; nothing when it names none.
  std::optional<std::vector<DataCategory>> categories;  ///< Data it lets travel; nothing when it names none.
  std::optional<bool> needs_consent;  ///< Nothing means: an agreement does, any other ground does not.
  std::optional<std::int32_t> days;   ///< Most days until the receiver has it, where published.
  std::string condition;              ///< When it applies, for people to read.
  SourceId source;                    ///< Where this was published.
  Period known{};                     ///< Days on which this was recorded and not withdrawn.

  friend bool operator==(Basis const&, Basis const&) = default;
};

/// A duty to report, of whom, to whom, and by when. Shown with every answer.
struct DutyToReport {
  DutyId id;                          ///< Identifier.
  std::string jurisdiction;           ///< Country or region: `MD`.
  Text who;                           ///< Whose duty it is.
  Text when;                          ///< On what occasion.
  Text to_whom;                       ///< Who must be told.
  AgencyId to;                        ///< The agency of the network that must be told, or empty.
  std::optional<std::int32_t> hours;  ///< By when, in hours; 0 is at once; nothing when not published.
  std::optional<Citation> citation;   ///< The article; required unless the network is synthetic.
  Period valid;                       ///< Days on which the duty holds.

  friend bool operator==(DutyToReport const&, DutyToReport const&) = default;
};

}  // namespace tutela::inline v0
