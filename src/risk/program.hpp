// SPDX-License-Identifier: Apache-2.0
/// \file
/// The compiled form of an instrument (internal): one list of steps over doubles, run on points or on intervals.
///
/// Every fact is a double: a date is its day number, a choice its position, a flag 0 or 1. A condition is a step that
/// gives 1 or 0, so guards, constraints and limits of use are tables like any other.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tutela/base/diagnostic.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/risk/description.hpp>

#include "risk/fed_facts.hpp"

namespace tutela::detail {

/// A closed interval of doubles.
struct Interval {
  double low = 0;
  double high = 0;

  [[nodiscard]] bool is_point() const { return low == high; }

  /// How many whole numbers are inside, where both ends are whole and not too far apart to be counted.
  [[nodiscard]] std::size_t whole_numbers() const { return low <= high ? static_cast<std::size_t>(high - low) + 1 : 0; }
};

/// Closed intervals, sorted and disjoint, one of which must hold the value of a step.
struct StepCondition {
  std::uint32_t step = 0;
  std::vector<Interval> allowed;
};

struct StepRow {
  std::vector<StepCondition> when;
  std::uint32_t value = 0;
};

/// Two terms of a linear step that count years from one date, with opposite weights: how often the anniversary of
/// that date falls between the two other dates. It is the whole years between them, or one more, whatever the date.
struct AnniversaryPair {
  std::size_t plus = 0;    ///< Position of the term with the positive weight among the arguments.
  std::size_t minus = 0;   ///< Position of the other one.
  std::uint32_t from = 0;  ///< The fact that ends the years of `minus`.
  std::uint32_t to = 0;    ///< The fact that ends the years of `plus`.
  bool in_order = false;   ///< True when a constraint puts `from` before `to`.
};

/// A table over one or two steps of whole numbers whose rows are constants, written out: one read instead of a search.
struct Lookup {
  std::array<std::uint32_t, 2> steps{};
  std::array<double, 2> low{};
  std::size_t width = 0;  ///< Distance between neighbours of the second step; 0 where there is one step only.
  std::vector<double> values;
  /// Lowest and highest of the 2, 4, 8 ... cells from each one on, along the first step; empty for a large table.
  std::vector<std::vector<Interval>> runs;
};

/// One step; its arguments are steps before it.
struct Step {
  /// A fact is a step too: its value is put in from outside.
  bool is_fact = false;
  ScoreExpression::Operation operation = ScoreExpression::Operation::constant;
  std::vector<std::uint32_t> arguments;
  std::vector<double> constants;
  std::vector<StepRow> rows;
  int places = 0;
  Rounding rounding = Rounding::half_up;
  bool integral = false;    ///< Only whole numbers come out.
  Interval range;           ///< What can come out at all.
  std::uint64_t facts = 0;  ///< Facts it depends on, one bit each.
  bool in_order = false;    ///< Years or months between dates that a constraint puts in order: never below zero.
  std::optional<AnniversaryPair> pair;  ///< Of a linear step over whole numbers.
  std::optional<Lookup> lookup;         ///< Of a table that can be written out.
  std::vector<double> dense;            ///< Values of a polynomial at the whole numbers of its argument's range.
};

/// Calls `use` with every step that a step is computed from directly.
template <class Use>
void each_source(Step const& step, Use const& use)
{
  for (auto const argument : step.arguments) use(argument);
  for (auto const& row : step.rows) {
    for (auto const& condition : row.when) use(condition.step);
    use(row.value);
  }
}

/// What one fact may be: whole numbers counted from `first`, in steps of `unit`.
struct FactDomain {
  std::int64_t first = 0;
  std::int64_t last = 0;
  double scale = 1;  ///< The double of a number is its count divided by this power of ten.

  [[nodiscard]] double value(std::int64_t count) const
  {
    return scale == 1 ? static_cast<double>(count) : static_cast<double>(count) / scale;
  }
};

/// A declared direction or largest step of a quantity, to be proven by `check`.
struct Claim {
  std::uint32_t step = 0;
  std::uint32_t along = 0;
  int direction = 0;  ///< 1 or -1; 0 for a largest step.
  double largest_step = 0;
  std::string pointer;
};

/// Groups of facts that act on the total each by itself; of a program whose total is a plain sum of whole points.
struct AdditiveForm {
  struct Group {
    std::uint64_t facts = 0;           ///< One bit each.
    std::vector<std::uint32_t> items;  ///< Positions of the items that they reach.
    std::vector<std::uint32_t> steps;  ///< Steps that lead from them to items, constraints and limits of use.
  };
  std::vector<Group> groups;
  /// For each fact that is only compared with constants, the first count of every stretch behind which no comparison
  /// comes out otherwise; empty for a fact that is computed with.
  std::vector<std::vector<std::int64_t>> stretches;
  double lowest = 0;  ///< Lowest total that the ranges of the items allow.
  /// For each output, and then for the step of the bands, its value at `lowest`, `lowest` + 1 ...
  std::vector<std::vector<double>> at_total;
};

/// What follows from the total alone, each value of it either never falling or never rising as the total grows: bounds of
/// the total are bounds of these.
struct TotalForm {
  std::vector<std::uint32_t> steps;  ///< Steps behind the total that follow so, in their order.
  std::vector<int> outputs;          ///< Beside the outputs: 1 never falls, -1 never rises, 0 is neither.
  /// Beside the bands, the totals that give each one; a band that no total gives has an empty interval. Nothing where the
  /// band does not follow so.
  std::optional<std::vector<Interval>> band_totals;
};

/// Norms that hold in the same places on the same days; facts choose between them.
struct NormGroup {
  std::vector<std::string> jurisdictions;
  std::optional<Date> from;
  std::optional<Date> until;
  std::vector<std::size_t> members;  ///< Positions among the norms of the description.
};

struct InstrumentProgram;

/// The program as one group of norms cuts it.
struct NormCut {
  NormGroup group;
  std::shared_ptr<InstrumentProgram const> program;
};

struct InstrumentProgram {
  InstrumentDescription description;
  Schema schema;
  std::vector<std::optional<FedFact>> fed;             ///< Facts that an expression gives, beside the facts.
  std::vector<FactDomain> domains;                     ///< Beside the description's facts, which are the first steps.
  std::vector<std::optional<std::int64_t>> assumed;    ///< Count of the assumed value, beside the facts.
  std::vector<std::optional<std::int64_t>> when_none;  ///< Count that stands for none, beside the facts.
  std::vector<Step> steps;
  std::vector<std::uint32_t> items;
  std::uint32_t total = 0;
  std::vector<std::uint32_t> outputs;
  std::optional<std::uint32_t> band_of;
  std::vector<Interval> bands;          ///< Closed: the upper end is the largest double below `below`.
  std::vector<std::uint32_t> violated;  ///< 1 where a constraint is broken.
  std::vector<std::uint32_t> refused;   ///< 1 where a limit of use refuses.
  std::vector<Claim> claims;
  std::vector<std::uint32_t> computed;  ///< Steps behind the facts that depend on facts.
  std::vector<double> constants;        ///< Values of the steps that depend on none; 0 elsewhere.
  TotalForm of_total;
  std::optional<AdditiveForm> additive;                        ///< Where the total is a plain sum of whole points.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> order;  ///< Pairs of facts of which the first is not above.
  std::vector<NormCut> cuts;  ///< One for each group of norms; empty without norms, and in a program that is cut.
};

/// Whole years between two day numbers; negative when `to` lies before `from`.
std::int64_t whole_years(std::int64_t from, std::int64_t to, AgeRule rule);

/// Whole months between two day numbers; negative when `to` lies before `from`.
std::int64_t whole_months(std::int64_t from, std::int64_t to);

/// 10 to the power of 0 to 12.
double power_of_ten(int places);

/// Rounds to decimals as the instrument says.
double rounded(double value, int places, Rounding rounding);

/// The value of one step; not a number where it cannot be computed.
double evaluate(InstrumentProgram const& program, Step const& step, std::span<double const> values);

/// Bounds of one step: every value that a point inside gives lies within them.
Interval evaluate(InstrumentProgram const& program, Step const& step, std::span<Interval const> values);

/// Fills the values of all steps behind the facts.
void evaluate(InstrumentProgram const& program, std::span<double> values);

/// Fills bounds of all steps behind the facts.
void evaluate(InstrumentProgram const& program, std::span<Interval> values);

/// The same for some steps only, in their order.
void evaluate(InstrumentProgram const& program, std::span<std::uint32_t const> steps, std::span<double> values);
void evaluate(InstrumentProgram const& program, std::span<std::uint32_t const> steps, std::span<Interval> values);

/// The count of a value of a fact, or what is wrong with it.
struct Count {
  std::optional<std::int64_t> count;
  Code code = Code::wrong_type;
  std::string what;
};
Count to_count(InstrumentFact const& fact, FactDomain const& domain, Value const& value);

/// The band that holds a value, or nothing.
std::optional<std::size_t> band_at(InstrumentProgram const& program, double value);

}  // namespace tutela::detail
