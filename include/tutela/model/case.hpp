// SPDX-License-Identifier: Apache-2.0
/// \file
/// The case: one person whom agencies care for, and what is known about the matter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/id.hpp>
#include <tutela/base/text.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/model/identity.hpp>

namespace tutela::inline v0 {

struct Case;

/// Identifier of a case: whatever the embedding system uses; never looked into.
using CaseId = Id<Case>;

/// The kind of care that a case belongs to.
enum class CaseKind : std::uint8_t {
  child_protection,  ///< Protection of a child at risk or separated from the parents.
  probation          ///< Probation, of a minor or of an adult.
};

/// `child_protection` or `probation`.
[[nodiscard]] TUTELA_API std::string_view to_string(CaseKind kind) noexcept;

/// The answer of a person who was, or was not yet, asked to agree that data are shared.
enum class ConsentAnswer : std::uint8_t {
  unknown,  ///< Not asked, or not recorded.
  given,    ///< Agreed.
  refused   ///< Did not agree.
};

/// `unknown`, `given` or `refused`.
[[nodiscard]] TUTELA_API std::string_view to_string(ConsentAnswer answer) noexcept;

/// What a person answered for one category of data.
struct CategoryConsent {
  DataCategory category;                          ///< Data category as in the network: `health`, `housing`.
  ConsentAnswer answer = ConsentAnswer::unknown;  ///< The answer.

  friend bool operator==(CategoryConsent const&, CategoryConsent const&) = default;
};

/// Who issued an act that can open a service without an agreement between agencies.
enum class ActIssuer : std::uint8_t {
  court,       ///< A court: judgment, order, ruling.
  prosecutor,  ///< A prosecutor: ordinance.
  commission   ///< The commission for the protection of children in difficulty (ro: comisia pentru protecția copilului
               ///< aflat în dificultate): opinion or decision.
};

/// `court`, `prosecutor` or `commission`.
[[nodiscard]] TUTELA_API std::string_view to_string(ActIssuer issuer) noexcept;

/// An act that the holder of the case has in the file.
struct HeldAct {
  ActIssuer issuer = ActIssuer::court;  ///< Who issued it.
  std::string reference;                ///< Number or name of the act; opaque, may be empty.
  std::vector<ServiceKind> services;    ///< Kinds of service that it opens; empty when it does not name any.
  Period valid;                         ///< Days on which it can be relied on.

  friend bool operator==(HeldAct const&, HeldAct const&) = default;
};

/// One case as a request to the library: who holds it, what is needed, what is known.
///
/// A plain value: nothing here is checked against a network or a pack. The facts of the person are in `facts`; a fact
/// that is not there is unknown. Facts and the rest never name a person.
struct Case {
  CaseId id;                                   ///< Identifier, unique in a file.
  bool synthetic = false;                      ///< True when no real person stands behind it.
  std::string jurisdiction;                    ///< Legal order, ISO 3166-1 code of two capital letters: `MD`.
  std::optional<Language> language;            ///< Language of the person; nothing when it is not known.
  CaseKind kind = CaseKind::child_protection;  ///< Kind of care.
  AgencyId held_by;                            ///< Agency that holds the case; empty when none does.
  std::vector<ServiceKind> needs;              ///< Kinds of service that are needed: `day_service`.
  std::vector<Purpose> purposes;               ///< Purposes for which data may be shared: `protection`.
  std::vector<CategoryConsent> consent;        ///< Answers, one a category; a category that is not here was not asked.
  std::string group;                 ///< Siblings who must stay together share it; empty for one person alone.
  Truth emergency = Truth::unknown;  ///< Danger to life or health, as the holder judged it.
  std::vector<HeldAct> acts;         ///< Acts of court, prosecutor or commission in the file.
  Record facts;                      ///< What is known about the person and the family.

  /// The answer for a category; `unknown` when it was not asked. Linear in the number of answers.
  [[nodiscard]] TUTELA_API ConsentAnswer consent_for(DataCategory const& category) const noexcept;

  friend bool operator==(Case const&, Case const&) = default;
};

}  // namespace tutela::inline v0
