// SPDX-License-Identifier: Apache-2.0
/// \file
/// The days on which the law of a pack changes (internal).
#pragma once

#include <optional>
#include <set>
#include <vector>

#include <tutela/base/date.hpp>

#include "rules/model.hpp"
#include "rules/pack_impl.hpp"

namespace tutela::detail {

/// Days on which something below a decision changes: its texts, those that it rests on, and the rules of their tables.
std::set<Date> changes_of_law(Model const& model, DecisionCone const& cone);

/// One day of every stretch of days on which the same law is in force, within the days for which the pack claims to
/// hold: the first day of each stretch, and the last one before the first change.
/// \param changes Days on which something changes.
/// \param valid   Days for which the pack claims to hold.
/// \param anchor  The day taken where nothing changes.
std::vector<Date> days_of_law(std::set<Date> changes, Period const& valid, Date anchor);

/// A day for packs whose law never changes: the newest text that the pack was written from, else 1 January 2000.
Date anchor_day(PackImpl const& pack);

}  // namespace tutela::detail
