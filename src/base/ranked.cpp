// SPDX-License-Identifier: Apache-2.0
#include "base/ranked.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

namespace tutela::detail {

namespace {

constexpr std::size_t digit_bits = 11;
constexpr std::size_t digits = 6;
constexpr std::size_t digit_values = std::size_t{1} << digit_bits;
constexpr std::size_t few = 1024;

struct Keyed {
  std::uint64_t key;
  std::uint32_t person;
};

/// A whole number that rises with the score; both zeros have the same.
std::uint64_t key_of(double score)
{
  auto const bits = std::bit_cast<std::uint64_t>(score + 0.0);
  return (bits >> 63U) != 0 ? ~bits : bits | (std::uint64_t{1} << 63U);
}

std::size_t digit_of(std::uint64_t key, std::size_t digit)
{
  return (key >> (digit * digit_bits)) & (digit_values - 1);
}

}  // namespace

std::vector<std::uint32_t> ranked(std::span<double const> scores)
{
  std::vector<std::uint32_t> order(scores.size());
  if (scores.size() < few) {
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return scores[a] < scores[b]; });
    return order;
  }
  // Radix sort: the digits on which all agree, which is most of them for scores of few values, cost nothing.
  std::vector<Keyed> from(scores.size());
  std::vector<Keyed> into(scores.size());
  std::vector<std::array<std::size_t, digit_values>> counts(digits);
  for (std::size_t k = 0; k < scores.size(); ++k) {
    from[k] = {key_of(scores[k]), static_cast<std::uint32_t>(k)};
    for (std::size_t digit = 0; digit < digits; ++digit) ++counts[digit][digit_of(from[k].key, digit)];
  }
  for (std::size_t digit = 0; digit < digits; ++digit) {
    auto& places = counts[digit];
    if (places[digit_of(from.front().key, digit)] == from.size()) continue;
    std::exclusive_scan(places.begin(), places.end(), places.begin(), std::size_t{0});
    for (auto const& one : from) into[places[digit_of(one.key, digit)]++] = one;
    from.swap(into);
  }
  for (std::size_t k = 0; k < from.size(); ++k) order[k] = from[k].person;
  return order;
}

}  // namespace tutela::detail
