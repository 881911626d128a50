// SPDX-License-Identifier: Apache-2.0
/// \file
/// Indicators: figures that are computed from records, each with its definition, unit, numerator and denominator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/base/text.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/model/agreement.hpp>
#include <tutela/model/record_kind.hpp>

namespace tutela::inline v0 {

/// How records are made into a number.
enum class MeasureForm : std::uint8_t {
  count,    ///< How many records there are.
  sum,      ///< The sum of a field.
  distinct  ///< How many different texts a field has: different people by their pseudonyms, different families.
};

/// `count`, `sum`, `distinct`.
[[nodiscard]] TUTELA_API std::string_view to_string(MeasureForm form) noexcept;

/// Which records belong to a period, by their first and last day.
enum class PeriodRule : std::uint8_t {
  any,       ///< All, whenever they were.
  begins,    ///< Those that begin in it: a flow in.
  ends,      ///< Those whose last day lies in it: a flow out.
  overlaps,  ///< Those that share a day with it: whoever was served.
  at_start,  ///< Those that began before it and did not end before it: a stock.
  at_end     ///< Those that began before its end and did not end by its last day: a stock.
};

/// `any`, `at_end`.
[[nodiscard]] TUTELA_API std::string_view to_string(PeriodRule rule) noexcept;

/// What a record must hold to be counted.
struct RecordCondition {
  std::string field;                ///< Field of the kind; `participant_ids` for whom the record concerns.
  std::vector<Value> equals;        ///< It is one of these, or has one of these among its elements; empty: not asked.
  std::optional<Decimal> at_least;  ///< It is a number of at least this.
  std::optional<Decimal> below;     ///< It is a number below this.

  friend bool operator==(RecordCondition const&, RecordCondition const&) = default;
};

/// A number made from records.
struct RecordMeasure {
  MeasureForm form = MeasureForm::count;  ///< How.
  std::string kind;                       ///< Kind of record.
  std::string field;                      ///< What is added up or told apart; empty for a count.
  std::vector<RecordCondition> where;     ///< All of these must hold.
  PeriodRule when = PeriodRule::any;      ///< Which records belong to the period.

  friend bool operator==(RecordMeasure const&, RecordMeasure const&) = default;
};

/// What an indicator makes of its numerator and denominator.
enum class IndicatorForm : std::uint8_t {
  amount,  ///< The numerator.
  ratio,   ///< The numerator, divided by the denominator, times `per`.
  growth   ///< One less than the ratio, times `per`.
};

/// `amount`, `ratio`, `growth`.
[[nodiscard]] TUTELA_API std::string_view to_string(IndicatorForm form) noexcept;

/// A figure that is computed from records.
struct Indicator {
  std::string id;                              ///< Identifier.
  Text name;                                   ///< Name for people.
  Text definition;                             ///< What it says, in words.
  std::string unit;                            ///< What one is: `child`, `percent`, `child_per_carer`.
  IndicatorForm form = IndicatorForm::amount;  ///< What is made of numerator and denominator.
  RecordMeasure numerator;                     ///< What is counted.
  std::optional<RecordMeasure> denominator;    ///< What it is divided by; never for an amount.
  Decimal per{1};                              ///< Factor of a ratio: 100 for percent, 100,000 for a rate.
  std::optional<int> decimals;                 ///< Places it is rounded to, half to even; required for a ratio.
  std::optional<Period> period;                ///< Days that it covers, where the question names none.
  std::vector<std::string> goals;              ///< Goals of agreements that it stands for, as code words.
};

/// Sums over records that must be equal: what is added on the left, less what is taken away, is what is on the right.
struct Identity {
  std::string id;                    ///< Identifier.
  Text name;                         ///< What must add up, for people.
  std::vector<RecordMeasure> left;   ///< Added.
  std::vector<RecordMeasure> less;   ///< Taken away.
  std::vector<RecordMeasure> right;  ///< Added on the other side.
};

/// What records say about a number. Both bounds are equal where it is settled.
struct Measured {
  std::optional<Decimal> lowest;       ///< It is at least this; nothing where that cannot be said.
  std::optional<Decimal> highest;      ///< It is at most this; nothing where that cannot be said.
  bool approximate = false;            ///< True when a number in it is approximate.
  bool synthetic = false;              ///< True when a record in it has no source.
  std::size_t used = 0;                ///< How many records certainly belong to it.
  std::vector<std::string> unsettled;  ///< Records that leave it open because a field or day is not recorded.

  /// The number where it is settled.
  [[nodiscard]] std::optional<Decimal> value() const
  {
    return lowest && highest && *lowest == *highest ? lowest : std::nullopt;
  }
};

/// What can be said about an indicator.
enum class IndicatorState : std::uint8_t {
  known,       ///< It has one value.
  open,        ///< It lies between bounds, as far as they are known: something is not recorded.
  missing,     ///< Nothing of the kind was recorded. That is not zero.
  undefined,   ///< It would be divided by zero.
  no_period,   ///< It needs days to look at, and neither it nor the question names any.
  suppressed,  ///< It rests on so few that they could be recognised.
};

/// `known`, `suppressed`.
[[nodiscard]] TUTELA_API std::string_view to_string(IndicatorState state) noexcept;

/// An indicator as records give it.
struct IndicatorValue {
  std::string indicator;                         ///< Identifier.
  IndicatorState state = IndicatorState::known;  ///< What can be said.
  std::optional<Decimal> value;                  ///< The value when it is known.
  std::optional<Decimal> lowest;                 ///< Lower bound when it is open.
  std::optional<Decimal> highest;                ///< Upper bound when it is open.
  bool approximate = false;                      ///< True when a number in it is approximate.
  bool synthetic = false;                        ///< True when a record in it has no source.
  std::optional<Measured> numerator;             ///< Nothing when it is suppressed.
  std::optional<Measured> denominator;           ///< Nothing when it is suppressed, or where there is none.
};

/// What an indicator is asked for.
struct IndicatorOptions {
  std::optional<Period> period;  ///< Days to look at, with both ends; nothing: those of the indicator.
  int smallest = 0;              ///< Numbers from 1 to one less than this are suppressed.
};

/// Numbers of records that stay with their team are suppressed below this, whatever is asked for.
inline constexpr int smallest_of_team = 5;

/// The records of one file and what is declared about them, for computing.
struct RecordSet {
  RecordKinds const* kinds = nullptr;                   ///< Their kinds.
  std::vector<GenericRecord> const* records = nullptr;  ///< The records.
  std::vector<std::string> const* complete = nullptr;   ///< Kinds of which all records are there, so that none is zero.
};

/// What is wrong with an indicator, with the place: a kind that nothing declares or that is never computed, a field that it
/// does not have or of another type, a denominator too many or too few, no decimals for a ratio, an interval that ends
/// before it begins.
/// \param pointer JSON pointer of the indicator, for the places.
[[nodiscard]] TUTELA_API std::vector<Diagnostic> check_indicator(Indicator const& indicator, RecordKinds const& kinds,
                                                                 std::string const& pointer = {});

/// The same for the sums of an identity.
[[nodiscard]] TUTELA_API std::vector<Diagnostic> check_identity(Identity const& identity, RecordKinds const& kinds,
                                                                std::string const& pointer = {});

/// What records say about a number. Linear in the records; n log n where people are told apart.
///
/// A record of which it is not recorded whether it belongs leaves the number open between bounds; so does one that belongs
/// and lacks the field. The bounds are the least and the most that completing the records can give; they may be wider where a
/// condition is on the field that is counted. Where the kind has no records at all, or where not one record gives the number that is added up,
/// nothing is said: that is not zero. A kind of which the set says that all records are there gives zero.
/// \param period Days to look at, with both ends; only for rules other than `any`.
[[nodiscard]] TUTELA_API Measured measure(RecordMeasure const& measure, RecordSet const& set,
                                          std::optional<Period> const& period = {});

/// The value of an indicator that `check_indicator` finds nothing wrong with.
///
/// Bounds are carried through: a ratio is open between the lowest numerator by the highest denominator and the highest by
/// the lowest. Suppressed is what rests on a numerator, a denominator or a rest between them of 1 to `smallest - 1`, also
/// where that is only possible. Several indicators over the same people can still be set off against each other.
[[nodiscard]] TUTELA_API IndicatorValue evaluate(Indicator const& indicator, RecordSet const& set,
                                                 IndicatorOptions const& options = {});

/// Whether sums agree.
struct IdentityResult {
  std::string identity;          ///< Identifier of the identity, or the kind of record for one of its own.
  std::string record;            ///< The record, for an identity of a kind; else empty.
  Truth holds = Truth::unknown;  ///< Unknown where a number is not recorded or only approximate.
  std::optional<Decimal> left;   ///< Left side less what is taken away, where it is settled.
  std::optional<Decimal> right;  ///< Right side, where it is settled.
};

/// Checks the identities of a set: those that kinds declare, for each of their records, then those of the file. What does not
/// add up is a finding and not an error: publications contradict themselves. Linear in records and identities.
[[nodiscard]] TUTELA_API std::vector<IdentityResult> check_identities(RecordSet const& set,
                                                                      std::vector<Identity> const& identities);

/// A goal of an agreement and the indicators that stand for it.
struct GoalIndicators {
  std::string goal;                     ///< Code word.
  std::vector<std::string> indicators;  ///< Identifiers, in the order given; empty when nothing measures the goal.
};

/// For each goal of an agreement, in its order, the indicators that stand for it.
[[nodiscard]] TUTELA_API std::vector<GoalIndicators> indicators_of_goals(Agreement const& agreement,
                                                                         std::vector<Indicator> const& indicators);

}  // namespace tutela::inline v0
