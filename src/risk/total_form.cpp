// SPDX-License-Identifier: Apache-2.0
#include "risk/total_form.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace tutela::detail {

namespace {

using Operation = ScoreExpression::Operation;

/// How a step moves as the total grows.
enum class Motion : std::uint8_t { constant, rising, falling, other };

Motion turned(Motion motion)
{
  if (motion == Motion::rising) return Motion::falling;
  return motion == Motion::falling ? Motion::rising : motion;
}

/// The motion of what never falls in any of two.
Motion joined(Motion one, Motion other)
{
  if (one == Motion::constant) return other;
  return other == Motion::constant || one == other ? one : Motion::other;
}

/// Each operation named here rounds to the nearest double, or not at all, so it keeps the order of its arguments.
Motion motion_of(InstrumentProgram const& program, Step const& step, std::vector<Motion> const& motions)
{
  auto motion = Motion::constant;
  switch (step.operation) {
    case Operation::reference:
    case Operation::logistic:
    case Operation::round: return motions[step.arguments[0]];
    case Operation::maximum:
    case Operation::minimum:
      for (auto const argument : step.arguments) motion = joined(motion, motions[argument]);
      return motion;
    case Operation::linear:
      for (std::size_t k = 0; k < step.arguments.size(); ++k) {
        auto const one = motions[step.arguments[k]];
        if (step.constants[k + 1] == 0) return Motion::other;  // nothing times an infinite total is no number
        motion = joined(motion, step.constants[k + 1] < 0 ? turned(one) : one);
      }
      return motion;
    case Operation::product: {
      double factor = 1;
      for (auto const argument : step.arguments) {
        if (motions[argument] == Motion::constant)
          factor *= program.constants[argument];
        else if (motion != Motion::constant)
          return Motion::other;
        else
          motion = motions[argument];
      }
      if (!std::isfinite(factor) || factor == 0) return Motion::other;
      return factor < 0 ? turned(motion) : motion;
    }
    default: return Motion::other;
  }
}

/// Doubles in their order as whole numbers.
std::int64_t place_of(double value)
{
  auto const bits = std::bit_cast<std::int64_t>(value + 0.0);
  return bits >= 0 ? bits : std::numeric_limits<std::int64_t>::min() - bits;
}

double double_at(std::int64_t place)
{
  return std::bit_cast<double>(place >= 0 ? place : std::numeric_limits<std::int64_t>::min() - place);
}

/// The first total of a range from which on `holds`, which never becomes false again; one above the range where it never
/// becomes true.
template <class Holds>
double first_total(Interval range, Holds const& holds)
{
  auto low = place_of(range.low);
  auto high = place_of(range.high);
  if (!holds(range.high)) return std::numeric_limits<double>::infinity();
  while (low < high) {
    auto const middle =
        low + static_cast<std::int64_t>((static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low)) / 2);
    if (holds(double_at(middle)))
      high = middle;
    else
      low = middle + 1;
  }
  return double_at(low);
}

std::vector<Interval> totals_of_bands(InstrumentProgram const& program, bool rising)
{
  constexpr double largest = std::numeric_limits<double>::max();
  auto const& total = program.steps[program.total].range;
  Interval const range{std::max(total.low, -largest), std::min(total.high, largest)};
  std::vector<double> values(program.constants);
  auto const value = [&](double at) {
    follow_total(program, at, values);
    return values[*program.band_of];
  };
  std::vector<Interval> result;
  for (auto const& band : program.bands) {
    // A band is entered at one total and left at another, in the order in which the total runs through the bands.
    auto const begin =
        first_total(range, [&](double at) { return rising ? value(at) >= band.low : value(at) <= band.high; });
    auto const end =
        first_total(range, [&](double at) { return rising ? value(at) > band.high : value(at) < band.low; });
    auto const last = std::isinf(end) ? range.high : double_at(place_of(end) - 1);
    result.push_back({begin, last});
  }
  return result;
}

}  // namespace

void follow_total(InstrumentProgram const& program, double total, std::span<double> values)
{
  values[program.total] = total;
  evaluate(program, program.of_total.steps, values);
}

void add_total_form(InstrumentProgram& program)
{
  program.constants.assign(program.steps.size(), 0);
  std::vector<Motion> motions(program.steps.size(), Motion::other);
  for (auto k = static_cast<std::uint32_t>(program.domains.size()); k < program.steps.size(); ++k) {
    auto const& step = program.steps[k];
    if (step.facts == 0) {
      program.constants[k] = evaluate(program, step, std::span<double const>(program.constants));
      if (!std::isnan(program.constants[k])) motions[k] = Motion::constant;
      continue;
    }
    program.computed.push_back(k);
    motions[k] = k == program.total ? Motion::rising : motion_of(program, step, motions);
    if (k != program.total && motions[k] != Motion::other) program.of_total.steps.push_back(k);
  }
  for (auto const output : program.outputs) {
    auto const motion = motions[output];
    program.of_total.outputs.push_back(motion == Motion::rising ? 1 : motion == Motion::falling ? -1 : 0);
  }
  if (!program.band_of || (motions[*program.band_of] != Motion::rising && motions[*program.band_of] != Motion::falling))
    return;
  program.of_total.band_totals = totals_of_bands(program, motions[*program.band_of] == Motion::rising);
}

}  // namespace tutela::detail
