// SPDX-License-Identifier: Apache-2.0
/// \file
/// Agencies, their units and how to reach them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/model/identity.hpp>

namespace tutela::inline v0 {

/// How far an agency's remit reaches.
enum class AgencyLevel : std::uint8_t {
  local,         ///< A village, town or community.
  municipal,     ///< A municipality.
  county,        ///< A county or district.
  regional,      ///< Several counties.
  national,      ///< The whole country.
  international  ///< Several countries.
};

/// The word used in files: `municipal`.
[[nodiscard]] TUTELA_API std::string_view to_string(AgencyLevel level) noexcept;

/// A name that an agency bore in a period; agencies are renamed while their cases go on.
struct FormerName {
  Text name;     ///< The name.
  Period valid;  ///< Days on which it was borne.

  friend bool operator==(FormerName const&, FormerName const&) = default;
};

/// An agency: an office, association, commission or authority that refers people or takes them.
struct Agency {
  AgencyId id;                           ///< Identifier.
  Text name;                             ///< Name today.
  AgencyKind kind;                       ///< What it is.
  std::optional<AgencyLevel> level;      ///< How far its remit reaches; nothing when not said.
  AgencyId parent;                       ///< Agency it is subordinate to, or empty. No basis for referrals by itself.
  std::string description;               ///< What it does, in its own words.
  std::string website;                   ///< Address of its page, or empty.
  std::vector<FormerName> former_names;  ///< Earlier names.
  std::vector<std::string> roles;        ///< Code words: `guardianship_authority_territorial`, `partner`, `host`.
  SourceId source;                       ///< Where this was published; empty in a synthetic network.

  friend bool operator==(Agency const&, Agency const&) = default;
};

/// A unit inside an agency. It refers in its own name and is reached through its agency.
struct Unit {
  AgencyId id;       ///< Identifier, in the same space as those of agencies and services.
  AgencyId agency;   ///< Agency it belongs to.
  Text name;         ///< Name.
  std::string kind;  ///< Code word: `probation_unit`, `sector_directorate`.
  std::vector<std::string>
      case_kinds;   ///< Code words of what it works on: `presentence_report`, `juvenile_supervision`.
  SourceId source;  ///< Where this was published.

  friend bool operator==(Unit const&, Unit const&) = default;
};

/// A telephone line that anybody may call.
struct Hotline {
  std::string id;       ///< Identifier within the network.
  AgencyId agency;      ///< Agency that answers it.
  std::string purpose;  ///< Code word: `anti_corruption`, `general`.
  std::string number;   ///< Number as published.
  SourceId source;      ///< Where this was published.

  friend bool operator==(Hotline const&, Hotline const&) = default;
};

}  // namespace tutela::inline v0
