// SPDX-License-Identifier: Apache-2.0
/// \file
/// Days on which a service takes nobody.
#pragma once

#include <string>

#include <tutela/base/date.hpp>
#include <tutela/model/identity.hpp>

namespace tutela::inline v0 {

/// Days on which a service takes nobody, whatever places it has: repair, quarantine, evacuation.
///
/// It shuts every way to the service, that of a duty or an emergency too: nobody is there to receive the person.
struct OutOfService {
  std::string id;      ///< Identifier within the network.
  ServiceId service;   ///< The service.
  Period days;         ///< The days; without an end until further notice.
  std::string reason;  ///< Code word: `repair`, `quarantine`, `evacuation`, `staff`.
  std::string note;    ///< What the source says besides.
  SourceId source;     ///< Where this was published.
  Period known{};      ///< Days on which this was recorded and not withdrawn.

  friend bool operator==(OutOfService const&, OutOfService const&) = default;
};

}  // namespace tutela::inline v0
