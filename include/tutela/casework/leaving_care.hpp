// SPDX-License-Identifier: Apache-2.0
/// \file
/// Leaving care: what the law of a country still gives to a young person who leaves the system of protection.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/calendar/term.hpp>
#include <tutela/casework/law_text.hpp>

namespace tutela::inline v0 {

/// One thing that a text of law gives.
struct LeavingCareRule {
  LawText text;                           ///< Where it is written.
  std::string gives;                      ///< Code word: `stay_in_protection`, `lump_sum`.
  std::vector<std::string> all;           ///< Facts that must all hold: code words such as `requested`, `studying`.
  std::vector<std::string> any;           ///< Facts of which one must hold; nothing is asked when empty.
  std::vector<std::string> none;          ///< Facts of which none may hold: `lump_sum_received`.
  std::optional<std::uint8_t> until_age;  ///< Age at which it ends, in completed years.
  std::optional<Term> within;             ///< How long after the day of leaving it lasts: days, months or years.
  std::string amount;                     ///< How much, in the words of the text; empty where it is no money.

  friend bool operator==(LeavingCareRule const&, LeavingCareRule const&) = default;
};

/// What is known of a young person who leaves, or has left.
struct CareLeaver {
  std::optional<Date> born;                          ///< Day of birth.
  std::optional<Date> left;                          ///< Day of leaving.
  std::vector<std::pair<std::string, Truth>> facts;  ///< Code words of the rules; what is not here is not known.

  friend bool operator==(CareLeaver const&, CareLeaver const&) = default;
};

/// What one rule says on a day. A finding.
struct LeavingCareFinding {
  std::string text;                  ///< Identifier.
  std::string gives;                 ///< Code word.
  Truth holds = Truth::unknown;      ///< Whether its conditions hold.
  std::vector<std::string> missing;  ///< What is not known, in the order of the rule; `born` and `left` among them.
  std::optional<Date> until;         ///< First day on which it no longer holds, where that is known.
  std::string amount;                ///< How much, in the words of the text.

  friend bool operator==(LeavingCareFinding const&, LeavingCareFinding const&) = default;
};

/// What all rules of a country say.
struct LeavingCareReview {
  std::vector<LeavingCareFinding> findings;  ///< In the order of the rules.
  std::vector<std::string> left_out;         ///< Texts that are not known well enough to be used.
  bool rule_not_available = false;           ///< No text in force that may be used.

  friend bool operator==(LeavingCareReview const&, LeavingCareReview const&) = default;
};

/// Asks all rules of a country.
///
/// \param leaver             What is known.
/// \param rules              Rules of one country; none is ever taken from another.
/// \param on                 The day.
/// \param include_unverified True to use texts that may not be used without being asked for.
/// Facts that are not known leave a rule open unless another one settles it. On the day on which the usual ways to count ages
/// disagree, an age is not known. Linear in the rules.
[[nodiscard]] TUTELA_API LeavingCareReview leaving_care(CareLeaver const& leaver,
                                                        std::span<LeavingCareRule const> rules, Date on,
                                                        bool include_unverified = false);

}  // namespace tutela::inline v0
