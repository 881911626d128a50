// SPDX-License-Identifier: Apache-2.0
/// \file
/// Community work (ro: muncă neremunerată în folosul comunității): what was ordered, what counts, what remains.
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
#include <tutela/casework/law_text.hpp>

namespace tutela::inline v0 {

/// What a text of law sets for community work. One text often sets only some of it; the rest is not there.
struct WorkNorm {
  LawText text;                    ///< Where it is written.
  std::string matter;              ///< Code word: `criminal`, `contravention`.
  AgeBand ages;                    ///< Ages it is for.
  std::optional<int> order_least;  ///< Fewest hours that an order may set.
  std::optional<int> order_most;   ///< Most hours that an order may set.
  std::optional<int> day_least;    ///< Fewest hours of a day of work.
  std::optional<int> day_most;     ///< Most hours of a day of work.
  std::optional<int>
      day_most_long;               ///< Most hours a day for who neither works nor studies, and asked for it or agreed.
  std::optional<int> month_least;  ///< Fewest hours of a calendar month.

  friend bool operator==(WorkNorm const&, WorkNorm const&) = default;
};

/// An answer that holds on some days. Days without one are not known.
struct DatedAnswer {
  Period valid;                   ///< Days on which it holds.
  Truth answer = Truth::unknown;  ///< The answer.

  friend bool operator==(DatedAnswer const&, DatedAnswer const&) = default;
};

/// The answer of a day: the last one of the list that holds on it, else unknown. Linear.
[[nodiscard]] TUTELA_API Truth answer_on(std::span<DatedAnswer const> answers, Date on) noexcept;

/// Work done on a day. Several entries of one day are added.
struct WorkedDay {
  Date day;                  ///< The day.
  std::int32_t minutes = 0;  ///< Minutes of work, 1 to 1440.
  std::string reference;     ///< Where it is confirmed; opaque, may be empty.

  friend bool operator==(WorkedDay const&, WorkedDay const&) = default;
};

/// As what a court sentenced a person, where that is recorded.
enum class SentencedAs : std::uint8_t {
  not_recorded,  ///< Not recorded: the age on the day of the order is taken.
  minor,         ///< By the norms for minors.
  adult          ///< By the norms for adults.
};

/// `not_recorded`, `minor` or `adult`.
[[nodiscard]] TUTELA_API std::string_view to_string(SentencedAs sentenced) noexcept;

/// An order of community work.
struct WorkOrder {
  std::string id;                                     ///< Identifier, unique in a file.
  std::string matter;                                 ///< `criminal` or `contravention`.
  Date ordered;                                       ///< Day of the order.
  std::optional<Date> began;                          ///< Day on which the work began, for the months.
  std::int32_t hours = 0;                             ///< Hours ordered, 1 to 10,000.
  SentencedAs sentenced = SentencedAs::not_recorded;  ///< By which norms.
  std::vector<DatedAnswer> occupied;                  ///< Whether the person works or studies.
  std::vector<DatedAnswer> agrees_to_long_days;       ///< Whether the person asked for, or agreed to, long days.
  std::vector<WorkedDay> worked;                      ///< In any order.

  friend bool operator==(WorkOrder const&, WorkOrder const&) = default;
};

/// One day in the account.
struct AccountDay {
  Date day;                    ///< The day.
  std::int64_t done = 0;       ///< Minutes worked.
  std::int64_t counted = 0;    ///< Within the ceiling for certain.
  std::int64_t over = 0;       ///< Over the ceiling for certain; not counted.
  std::int64_t undecided = 0;  ///< Whether it is within the ceiling cannot be said.
  Truth below_floor =
      Truth::unknown;  ///< Whether the day was shorter than a day of work must be; unknown without a rule.
  std::vector<std::string>
      by;  ///< Identifiers of the texts that set the ceiling; several where the age is not settled.

  friend bool operator==(AccountDay const&, AccountDay const&) = default;
};

/// Where the floor of a month stands.
enum class MonthState : std::uint8_t {
  met,                ///< Enough hours, or the rest of the order was done.
  under,              ///< Fewer hours than the floor for certain.
  cannot_be_said,     ///< A month that was not whole, or hours of which it is not known whether they count.
  not_over,           ///< The month is not over.
  rule_not_available  ///< No text in force sets a floor.
};

/// `met`, `rule_not_available`.
[[nodiscard]] TUTELA_API std::string_view to_string(MonthState state) noexcept;

/// One calendar month in the account.
struct AccountMonth {
  std::int32_t year = 1970;                           ///< Year.
  std::uint8_t month = 1;                             ///< Month, 1 to 12.
  std::int64_t done = 0;                              ///< Minutes worked.
  std::int64_t counted = 0;                           ///< Minutes that count.
  MonthState state = MonthState::rule_not_available;  ///< Where its floor stands.

  friend bool operator==(AccountMonth const&, AccountMonth const&) = default;
};

/// The account of an order on a day. A finding: whether something follows from it is for people to decide.
struct WorkAccount {
  std::string order;                 ///< Identifier of the order.
  std::int64_t ordered = 0;          ///< Minutes ordered.
  std::int64_t done = 0;             ///< Minutes worked by that day.
  std::int64_t counted = 0;          ///< Minutes that count for certain.
  std::int64_t over = 0;             ///< Minutes over a ceiling for certain. They are kept apart, never lost silently.
  std::int64_t undecided = 0;        ///< Minutes of which it cannot be said.
  std::int64_t remaining_least = 0;  ///< Minutes that remain if all undecided ones count.
  std::int64_t remaining_most = 0;   ///< Minutes that remain if none does.
  Truth complete = Truth::unknown;   ///< Whether the order is carried out.
  Truth hours_lawful = Truth::unknown;  ///< Whether the order is within the hours that an order may set.
  bool day_rule_available = false;      ///< False when no text in force sets a ceiling for some worked day.
  std::vector<AccountDay> days;         ///< By day.
  std::vector<AccountMonth> months;     ///< By month, from the first day to the day of the account.
  std::vector<std::string> texts;       ///< Identifiers of the texts that it rests on, in the order of the norms.
  std::vector<std::string> left_out;    ///< Texts on the matter that are not known well enough to be used.

  friend bool operator==(WorkAccount const&, WorkAccount const&) = default;
};

/// What an account is asked for.
struct WorkAccountOptions {
  Date on;                          ///< The day; work after it is not known yet.
  std::optional<Date> born;         ///< Day of birth of the person, where it is known.
  bool include_unverified = false;  ///< True to use texts that may not be used without being asked for.
};

/// Makes the account of an order.
///
/// \param order   What was ordered and done.
/// \param norms   Texts of one country; see `ProbationLaw`. None is ever taken from another country.
/// \param options Day, birth and reach.
///
/// The ceiling of a day is the one for the ages that the person may have for it: on the day of the order and on the day of
/// work, under each of the usual ways to count ages. Where they lead to different ceilings, what lies between is `undecided`;
/// so is what lies between the ordinary day and the long one while it is not known whether the person works or studies, or
/// agreed. Where no text in force sets a ceiling, all of the day is undecided. A month counts for the floor when it was
/// whole: begun before, not ended with the order. Linear in norms times worked days, n log n in worked days.
[[nodiscard]] TUTELA_API WorkAccount account_of(WorkOrder const& order, std::span<WorkNorm const> norms,
                                                WorkAccountOptions const& options);

}  // namespace tutela::inline v0
