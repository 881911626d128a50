// SPDX-License-Identifier: Apache-2.0
/// \file
/// Services: what they are, whom they are for, and whom they may admit.
#pragma once

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
#include <tutela/model/place.hpp>

namespace tutela::inline v0 {

/// Where a child lives while the service is given; family life comes first.
enum class ServiceForm : std::uint8_t {
  family_based,     ///< In a family, the child's own or another.
  community_based,  ///< By day or at home, in the community.
  residential       ///< In an institution, however small.
};

/// The word used in files: `family_based`.
[[nodiscard]] TUTELA_API std::string_view to_string(ServiceForm form) noexcept;

/// Whether a service works now.
enum class ServiceStatus : std::uint8_t {
  active,              ///< It takes people.
  temporarily_closed,  ///< It takes nobody for the time being.
  inactive,            ///< It has not begun, or it rests.
  defunct              ///< It is no more.
};

/// The word used in files: `active`.
[[nodiscard]] TUTELA_API std::string_view to_string(ServiceStatus status) noexcept;

/// Sex of a person, where a service is for one only.
enum class Sex : std::uint8_t { female, male };

/// The word used in files: `female`.
[[nodiscard]] TUTELA_API std::string_view to_string(Sex sex) noexcept;

/// Whom a service may admit, as far as it was published. What is absent was not published and decides nothing.
struct Admission {
  std::optional<std::int32_t> minimum_age_months;  ///< Youngest age in completed months, included.
  std::optional<std::int32_t> maximum_age_months;  ///< Age in completed months from which it is too late.
  std::vector<Sex> sexes;                          ///< The sexes it takes; empty when it takes both or does not say.
  std::string decision;                    ///< Id of the decision of a rule pack that settles the rest, or empty.
  std::vector<ActKind> required_acts;      ///< Acts that must be there: `commission`, `placement_order`.
  std::vector<std::string> documents;      ///< Papers to bring, as code words.
  std::vector<std::string> target_groups;  ///< Whom it is for, as code words; for people and rules to read.
  std::string note;                        ///< What the source says besides, for example a conflict in itself.
  SourceId source;                         ///< Where this was published.

  friend bool operator==(Admission const&, Admission const&) = default;
};

/// A service that people are admitted to.
struct Service {
  ServiceId id;                                  ///< Identifier.
  AgencyId agency;                               ///< Agency or unit that gives it.
  Text name;                                     ///< Name.
  ServiceKind kind;                              ///< What it is.
  std::optional<ServiceForm> form;               ///< Where the child lives meanwhile; nothing when not said.
  std::optional<ServiceStatus> status;           ///< Whether it works now; nothing when not published.
  std::string description;                       ///< What it does.
  std::vector<std::string> targets;              ///< Code words: `prevention_of_separation`.
  Truth includes_refugees = Truth::unknown;      ///< Whether refugees are taken, as published.
  bool receives_victims_of_violence = false;     ///< True when its place must be protected.
  std::optional<LocationDisclosure> disclosure;  ///< Set by hand; `Network::disclosure_of` gives what applies.
  std::vector<LocationId> locations;             ///< Where it is given.
  std::optional<Admission> admission;            ///< Whom it may admit; nothing when nothing was published.
  SourceId source;                               ///< Where this was published.
  Period known{};                                ///< Days on which this was recorded and not withdrawn.

  friend bool operator==(Service const&, Service const&) = default;
};

}  // namespace tutela::inline v0
