// SPDX-License-Identifier: Apache-2.0
#include "risk/resample.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace tutela::detail {

namespace {

/// Raises the count of `size` units drawn from `counts`. Each 64-bit number gives two places, without bias (Lemire).
void draw_from(std::span<Resampler::Weight> counts, SplitMix& random)
{
  auto const size = static_cast<std::uint64_t>(counts.size());
  auto const biased = static_cast<std::uint32_t>((std::uint64_t{1} << 32U) % size);
  std::uint64_t left = size;
  auto const take = [&](std::uint64_t bits) {
    std::uint64_t const scaled = (bits & 0xFFFFFFFFU) * size;
    if (static_cast<std::uint32_t>(scaled) < biased) return;
    ++counts[scaled >> 32U];
    --left;
  };
  while (left > 0) {
    auto const bits = random();
    take(bits);
    if (left > 0) take(bits >> 32U);
  }
}

}  // namespace

Resampler::Resampler(std::size_t people, std::span<std::uint32_t const> clusters, std::span<std::uint32_t const> strata,
                     std::uint64_t seed)
    : seed_(seed)
{
  if (clusters.empty() && strata.empty()) {
    units_.resize(people);
    stratum_ends_ = {people};
    return;
  }
  // Units are numbered stratum by stratum, so that each stratum is one piece.
  std::map<std::uint32_t, std::vector<std::uint32_t>> units_of_stratum;
  std::vector<std::uint32_t> number_of_unit;
  std::map<std::uint32_t, std::uint32_t> unit_of_cluster;
  for (std::size_t person = 0; person < people; ++person) {
    auto const next = static_cast<std::uint32_t>(number_of_unit.size());
    auto const unit = clusters.empty() ? next : unit_of_cluster.emplace(clusters[person], next).first->second;
    if (unit == next) {
      number_of_unit.push_back(0);
      units_of_stratum[strata.empty() ? 0 : strata[person]].push_back(unit);
    }
    unit_of_person_.push_back(unit);
  }
  std::uint32_t number = 0;
  for (auto const& [stratum, units] : units_of_stratum) {
    for (auto const unit : units) number_of_unit[unit] = number++;
    stratum_ends_.push_back(number);
  }
  for (auto& unit : unit_of_person_) unit = number_of_unit[unit];
  units_.resize(number_of_unit.size());
}

void Resampler::draw(std::size_t number, std::span<Weight> weights)
{
  // Each draw has a stream of its own, so that it does not depend on those before it.
  SplitMix random(SplitMix(seed_ ^ (static_cast<std::uint64_t>(number) * 0xD1342543DE82EF95U + 1))());
  bool const direct = unit_of_person_.empty();
  std::span<Weight> const units = direct ? weights : std::span<Weight>(units_);
  std::fill(units.begin(), units.end(), Weight{0});
  std::size_t start = 0;
  for (auto const end : stratum_ends_) {
    draw_from(units.subspan(start, end - start), random);
    start = end;
  }
  if (!direct)
    for (std::size_t person = 0; person < weights.size(); ++person) weights[person] = units[unit_of_person_[person]];
}

double quantile(std::span<double const> sorted, double share)
{
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  double const place = share * static_cast<double>(sorted.size() - 1);
  auto const below = static_cast<std::size_t>(place);
  auto const above = std::min(below + 1, sorted.size() - 1);
  double const rest = place - static_cast<double>(below);
  return rest == 0 ? sorted[below] : sorted[below] + rest * (sorted[above] - sorted[below]);
}

}  // namespace tutela::detail
