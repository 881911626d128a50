// SPDX-License-Identifier: Apache-2.0
/// \file
/// Who said a fact, and when.
#pragma once

#include <optional>
#include <string>

#include <tutela/base/date.hpp>

namespace tutela::inline v0 {

/// Where a fact comes from and when it holds.
///
/// A fact has two times: the days on which it is true (`valid`) and the day it became known (`recorded`). A decision
/// can be replayed as it would have been taken with what was known then.
struct Source {
  std::string name;              ///< Register, document or person's role: `birth certificate`, `school`.
  std::optional<Date> recorded;  ///< The day it was recorded; nothing when not said.
  Period valid;                  ///< Days on which the fact holds; open when not said.

  friend bool operator==(Source const&, Source const&) = default;
};

}  // namespace tutela::inline v0
