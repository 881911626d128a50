// SPDX-License-Identifier: Apache-2.0
/// \file
/// The regions of one input as values.
#include "rules/pieces.hpp"

#include <utility>

#include "rules/joint_regions.hpp"

namespace tutela::detail {
namespace {

Value whole_of(Value const& sample, Range const& range)
{
  if (range.low_included && range.high_included && range.low == range.high) return sample;
  Domain domain;
  bool const any = range.low.is_none() && range.high.is_none();
  domain.kind = any ? Domain::Kind::any : Domain::Kind::range;
  domain.range = range;
  return Value(Unknown{{}, {}, std::move(domain)});
}

}  // namespace

std::optional<Piece> piece_of(Cuts const& cuts, std::size_t region, Range const& bounds)
{
  Range range;
  auto const& values = cuts.values();
  if (region % 2 == 1)
    range = {values[region / 2], values[region / 2], true, true};
  else
    range = {region == 0 ? Value() : values[region / 2 - 1], region / 2 == values.size() ? Value() : values[region / 2],
             false, false};
  auto const tighter = [](Value const& own, bool own_included, Value const& bound, bool included, int sign) {
    if (bound.is_none()) return false;
    auto const order = compared(bound, own);
    return own.is_none() || (order && (*order * sign > 0 || (*order == 0 && own_included && !included)));
  };
  if (tighter(range.low, range.low_included, bounds.low, bounds.low_included, 1)) {
    range.low = bounds.low;
    range.low_included = bounds.low_included;
  }
  if (tighter(range.high, range.high_included, bounds.high, bounds.high_included, -1)) {
    range.high = bounds.high;
    range.high_included = bounds.high_included;
  }
  auto const order = compared(range.low, range.high);
  if (order && (*order > 0 || (*order == 0 && !(range.low_included && range.high_included)))) return std::nullopt;
  if (range.low_included) return Piece{range.low, whole_of(range.low, range)};
  if (range.high_included) return Piece{range.high, whole_of(range.high, range)};
  if (range.low.is_none() && range.high.is_none()) {
    auto const& any = cuts.sample(region);
    return any ? std::optional(Piece{*any, whole_of(*any, range)}) : std::nullopt;
  }
  // Both ends are open: what lies between them, or beyond the only one.
  std::vector<Value> ends;
  for (auto const* end : {&range.low, &range.high})
    if (!end->is_none()) ends.push_back(*end);
  auto const between = Cuts::of(ends);
  if (!between) return std::nullopt;
  auto const& found = between->sample(range.low.is_none() ? 0 : 2);
  return found ? std::optional(Piece{*found, whole_of(*found, range)}) : std::nullopt;
}

std::vector<Piece> pieces_of(Cuts const& cuts, Range const& bounds)
{
  std::vector<Piece> pieces;
  for (std::size_t region = 0; region < cuts.regions(); ++region)
    if (auto piece = piece_of(cuts, region, bounds)) pieces.push_back(*std::move(piece));
  return pieces;
}

}  // namespace tutela::detail
