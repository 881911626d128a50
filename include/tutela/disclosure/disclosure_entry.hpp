// SPDX-License-Identifier: Apache-2.0
/// \file
/// An entry of the log of what was told: who, to whom, when, what for, on which ground; never a value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/disclosure/may_be_told.hpp>
#include <tutela/disclosure/secret_key.hpp>
#include <tutela/model/case.hpp>

namespace tutela::inline v0 {

/// A ground on which something was told.
struct EntryGround {
  BasisKind kind = BasisKind::same_agency;  ///< What it rests on.
  BasisId basis;                            ///< The ground; empty inside one agency.
  AgreementId agreement;                    ///< The agreement; empty unless it rests on one.
  std::optional<Citation> citation;         ///< The article, where the ground has one.

  friend bool operator==(EntryGround const&, EntryGround const&) = default;
};

/// One entry. It may be shown to the person, to an inspector and to a court without telling anything anew.
struct DisclosureEntry {
  Date on;                               ///< When it was told.
  std::string by;                        ///< Who told it, as a role: `case_manager`; never a name.
  AgencyId from;                         ///< Agency that told.
  NodeId to;                             ///< Who was told.
  std::string role;                      ///< Who reads it there, as a role; may be empty.
  Purpose purpose;                       ///< What for.
  CaseId person;                         ///< Pseudonym under which it was told.
  std::vector<DataCategory> categories;  ///< Categories of what was told, sorted, each once.
  std::vector<EntryGround> grounds;      ///< On which grounds, each once, in the order of the facts.
  std::string key;                       ///< Name of the key of the digest.
  std::string digest;  ///< Digest of what was told with that key: proves what it was to who holds both.

  friend bool operator==(DisclosureEntry const&, DisclosureEntry const&) = default;
};

/// The entry for something that was told.
/// \param told    What was told (`redact`).
/// \param finding Why it may be told.
/// \param by      Who told it, as a role. \throws ContractViolation when it is empty.
/// \param text    What was told, byte by byte as it was sent, for the digest.
/// \param key     Key of the digest.
[[nodiscard]] TUTELA_API DisclosureEntry entry_for(Case const& told, DisclosureFinding const& finding, std::string by,
                                                   std::string_view text, SecretKey const& key);

/// Whether a text is what was told under an entry, for who holds the key. `unknown` when the key is another one.
[[nodiscard]] TUTELA_API Truth was_told(DisclosureEntry const& entry, std::string_view text, SecretKey const& key);

}  // namespace tutela::inline v0
