// SPDX-License-Identifier: Apache-2.0
/// \file
/// The people of a validation in the order in which its parts read them.
#include <algorithm>
#include <utility>

#include "risk/validation_parts.hpp"

namespace tutela::detail {

OrderedSample::OrderedSample(ValidationSample const& given, std::vector<std::uint32_t> const& order)
{
  // Among people of one score those with the outcome come first.
  auto people = order;
  for (std::size_t start = 0; start < people.size();) {
    auto end = start + 1;
    while (end < people.size() && given.scores[people[end]] == given.scores[people[start]]) ++end;
    std::stable_partition(people.begin() + static_cast<std::ptrdiff_t>(start),
                          people.begin() + static_cast<std::ptrdiff_t>(end),
                          [&](std::uint32_t person) { return given.outcomes[person] != 0; });
    start = end;
  }
  auto const take = [&](auto column, auto& into) {
    if (column.empty()) return;
    into.reserve(people.size());
    for (auto const person : people) into.push_back(column[person]);
  };
  take(given.scores, scores);
  take(given.outcomes, outcomes);
  take(given.clusters, clusters);
  take(given.strata, strata);
  for (auto const& grouping : given.groupings) {
    names.push_back(grouping.name);
    labels.push_back(grouping.labels);
    take(grouping.codes, codes.emplace_back());
  }
  for (auto const& item : given.items) take(item.present, items.emplace_back());
}

void OrderedSample::add_intersections()
{
  auto const given = codes.size();
  for (std::size_t a = 0; a < given; ++a)
    for (std::size_t b = a + 1; b < given; ++b) {
      names.push_back(names[a] + " × " + names[b]);
      std::vector<std::string> both;
      for (auto const& first : labels[a])
        for (auto const& second : labels[b]) both.push_back(first + " × " + second);
      std::vector<std::uint32_t> pair(people());
      auto const width = static_cast<std::uint32_t>(labels[b].size());
      for (std::size_t k = 0; k < pair.size(); ++k) pair[k] = codes[a][k] * width + codes[b][k];
      labels.push_back(std::move(both));
      codes.push_back(std::move(pair));
    }
}

}  // namespace tutela::detail
