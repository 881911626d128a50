// SPDX-License-Identifier: Apache-2.0
/// \file
/// Published figures, each as what it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/base/text.hpp>
#include <tutela/model/capacity.hpp>
#include <tutela/model/identity.hpp>
#include <tutela/model/publication.hpp>

namespace tutela::inline v0 {

/// What a published figure counts. A capacity is a `Capacity`, never a figure.
enum class Measure : std::uint8_t {
  flow,           ///< How many passed through in the period.
  enrolment,      ///< How many are enrolled.
  annual_count,   ///< How many were served in the year.
  beneficiaries,  ///< How many benefited, without a stated period.
  recruited,      ///< How many carers were recruited.
  placed,         ///< How many children were placed.
  posts,          ///< How many posts there are.
  facilities,     ///< How many houses, centres or branches there are.
  share           ///< A share in percent.
};

/// The word used in files: `annual_count`.
[[nodiscard]] TUTELA_API std::string_view to_string(Measure measure) noexcept;

/// A part of a figure, for example the refugees among the beneficiaries.
struct Subgroup {
  std::string name;        ///< Code word: `refugee`.
  std::int64_t value = 0;  ///< How many of the whole.

  friend bool operator==(Subgroup const&, Subgroup const&) = default;
};

/// A published figure.
struct Figure {
  std::string id;                            ///< Identifier within the network.
  NodeId about;                              ///< The service, agency or unit it is about.
  Measure measure = Measure::beneficiaries;  ///< What it counts.
  std::string unit;                          ///< What one is: `child`, `pair`, `family`, `carer`, `percent`.
  Decimal value;                             ///< The figure, 0 or more.
  bool approximate = false;                  ///< True when the source says *about*.
  std::optional<PartialDate> from;           ///< Begin of the period, where it has one.
  std::optional<PartialDate> until;          ///< End of the period, included, where it has one.
  std::string period_text;          ///< The period in the words of the source, where no dates are given: `3 months`.
  std::vector<Subgroup> subgroups;  ///< Parts of it; they may overlap.
  Text label;                       ///< What it says, for people.
  SourceId source;                  ///< Where this was published.

  friend bool operator==(Figure const&, Figure const&) = default;
};

/// A stock of equipment, for example electronic monitoring bracelets.
struct EquipmentPool {
  std::string id;                         ///< Identifier within the network.
  AgencyId agency;                        ///< Whose it is.
  Text name;                              ///< What it is.
  std::optional<std::int64_t> available;  ///< How many are available; nothing when not published.
  std::optional<std::int64_t> applied;    ///< How many are in use; nothing when not published.
  std::optional<PartialDate> as_of;       ///< When it was counted, as far as it was published.
  SourceId source;                        ///< Where this was published.

  friend bool operator==(EquipmentPool const&, EquipmentPool const&) = default;
};

}  // namespace tutela::inline v0
