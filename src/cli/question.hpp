// SPDX-License-Identifier: Apache-2.0
/// \file
/// What verbs that ask a rule pack about cases have in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/model/case.hpp>
#include <tutela/rules/pack.hpp>

#include "cli/verbs.hpp"

namespace tutela::cli {

/// A pack, cases whose facts fit it, and how it is asked.
struct PackQuestion {
  Pack pack;
  std::vector<Case> cases;
  std::optional<Date> on;
  DecideOptions options;
  Language language = Language::en;
};

/// Loads what `--pack`, `--on`, `--law-on`, `--known-on`, `--decision`, `--unverified`, `--lang` and the one file name.
/// \param one_day False for a verb that has days of its own instead of `--on`.
/// \return Nothing when something is wrong; it was then said on standard error.
std::optional<PackQuestion> read_question(Arguments const& arguments, std::string_view usage, bool one_day = true);

/// Says that the pack has no such decision, and which one may be meant.
[[nodiscard]] std::string no_such_decision(Pack const& pack, std::string const& name);

/// Prints a JSON object on one line, with the case in front of its members.
void print_json(std::string const& id, std::string const& object);

}  // namespace tutela::cli
