// SPDX-License-Identifier: Apache-2.0
/// \file
/// Placements of a child: the order of preference, periods, limits, plans and their reviews.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/calendar/clock.hpp>
#include <tutela/calendar/work_calendar.hpp>
#include <tutela/casework/law_text.hpp>
#include <tutela/model/identity.hpp>

namespace tutela::inline v0 {

/// In which order a legal order wants the ways of placing a child to be tried.
struct PreferenceOrder {
  LawText text;  ///< Where it is written.
  std::vector<std::vector<std::string>>
      tiers;  ///< Code words, first what comes first; words of one tier are not ranked.

  friend bool operator==(PreferenceOrder const&, PreferenceOrder const&) = default;
};

/// A way of placing the child that was looked at before.
struct ConsideredOption {
  std::string option;               ///< Code word: `person_or_family`.
  Truth possible = Truth::unknown;  ///< Whether it was possible.
  std::string reason;               ///< Why not, in human words; required when it was not.

  friend bool operator==(ConsideredOption const&, ConsideredOption const&) = default;
};

/// One placement (ro: plasament; uk: влаштування).
struct Placement {
  std::string id;                            ///< Identifier, unique in a file.
  std::string option;                        ///< How: code word `foster_carer`, `residential`.
  AgencyId agency;                           ///< Who is in charge; may be empty.
  std::string reference;                     ///< Number of the act; opaque, may be empty.
  Period period;                             ///< Days of the placement; the first one is required.
  std::vector<ConsideredOption> considered;  ///< Other ways that were looked at.
  std::optional<Date> plan_made;             ///< When the individual plan was made.
  std::optional<Term> review_every;  ///< How often the plan is reviewed, as the plan says; days, months or years.
  std::vector<Moment> reviewed;      ///< When, in rising order.
  std::vector<std::string> limits;   ///< Clocks of the law that bound the stay: `UA-011`.
  std::vector<Prolongation> prolongations;  ///< In the order in which they were granted.

  friend bool operator==(Placement const&, Placement const&) = default;
};

/// How a placement stands to the order of preference.
enum class PreferenceState : std::uint8_t {
  in_order,             ///< Everything that comes before it was found not possible, or nothing does.
  earlier_option_open,  ///< Something that comes before it was possible.
  cannot_be_said,       ///< Of something that comes before it, it is not recorded whether it was possible.
  not_listed,           ///< The text does not name this way.
  rule_not_available    ///< No text in force that may be used gives an order.
};

/// `in_order`, `rule_not_available`.
[[nodiscard]] TUTELA_API std::string_view to_string(PreferenceState state) noexcept;

/// Where the plan of a placement stands.
enum class PlanState : std::uint8_t {
  missing,           ///< None was made by that day.
  no_review_term,    ///< Made, and it does not say how often it is reviewed.
  reviewed_in_time,  ///< Made, and no review is overdue.
  review_overdue,    ///< The term of a review is over.
  ended              ///< The placement is over.
};

/// `missing`, `review_overdue`.
[[nodiscard]] TUTELA_API std::string_view to_string(PlanState state) noexcept;

/// A clock of the law on a placement.
struct StayLimit {
  std::string clock;                      ///< Identifier.
  std::optional<ClockReading> reading;    ///< Nothing when the clock is not there or may not be used.
  OnMiss on_miss = OnMiss::measure_ends;  ///< What the act says about its end.

  friend bool operator==(StayLimit const&, StayLimit const&) = default;
};

/// What a placement looks like on a day. Findings: what follows from them is for people to decide.
struct PlacementReview {
  std::string placement;                                             ///< Identifier.
  bool current = false;                                              ///< Whether it runs on that day.
  PreferenceState preference = PreferenceState::rule_not_available;  ///< How it stands to the order of preference.
  std::string preference_text;                                       ///< The text that gives the order; may be empty.
  std::vector<std::string> open_options;    ///< What comes before it and was possible, or of which nothing is recorded.
  PlanState plan = PlanState::missing;      ///< Where its plan stands.
  std::optional<ClockReading> next_review;  ///< The review that is due, when the plan says how often.
  std::vector<StayLimit> limits;            ///< In the order of the placement.
  std::vector<std::string> left_out;        ///< Texts that are not known well enough to be used.

  friend bool operator==(PlacementReview const&, PlacementReview const&) = default;
};

/// What a review is asked for.
struct PlacementOptions {
  Date on;                          ///< The day; what happens after it is not known yet.
  Regime regime = Regime::normal;   ///< `normal` or `martial_law`.
  bool include_unverified = false;  ///< True to use texts that may not be used without being asked for.
};

/// Looks at a placement.
///
/// \param placement The placement.
/// \param orders    Orders of preference of its country; without one in force the answer is `rule_not_available`, never the
///                  order of another country.
/// \param clocks    Clocks of its country.
/// \param calendar  Working days of its country.
/// \param options   Day, regime, reach.
/// \throws ContractViolation for a placement without a first day.
/// Whether the child may be separated at all is not asked here: see the rules. Linear in the texts.
[[nodiscard]] TUTELA_API PlacementReview review_placement(Placement const& placement,
                                                          std::span<PreferenceOrder const> orders,
                                                          std::span<Clock const> clocks, WorkCalendar const& calendar,
                                                          PlacementOptions const& options);

/// Days on which a child is in two placements, or in none between two. A respite beside a placement is no mistake, so this is
/// shown and never refused.
struct PlacementHistory {
  std::vector<Period> together;  ///< Days in more than one placement.
  std::vector<Period> between;   ///< Days between two placements in none.

  friend bool operator==(PlacementHistory const&, PlacementHistory const&) = default;
};

/// See `PlacementHistory`. n log n in placements. \throws ContractViolation for a placement without a first day.
[[nodiscard]] TUTELA_API PlacementHistory history_of(std::span<Placement const> placements);

}  // namespace tutela::inline v0
