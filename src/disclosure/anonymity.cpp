// SPDX-License-Identifier: Apache-2.0
#include <tutela/disclosure/anonymity.hpp>

#include <algorithm>
#include <compare>
#include <numeric>
#include <set>
#include <string_view>

namespace tutela::inline v0 {
namespace {

std::vector<Diagnostic> check(AnonymityRequest const& request, Limits const& limits)
{
  Diagnostics found;
  auto const wrong = [&](Code code, std::string pointer, std::string what, std::string mend) {
    found.error(code, Place{{}, 0, 0, std::move(pointer)}, std::move(what), std::move(mend));
  };
  auto const& columns = request.quasi_identifiers;
  if (columns.empty()) {
    wrong(Code::missing_key, "/quasi_identifiers", "no column is named",
          "name those by which a person can be recognised");
    return std::move(found).take();
  }
  std::size_t const rows = columns.front().size();
  for (std::size_t i = 1; i < columns.size(); ++i)
    if (columns[i].size() != rows)
      wrong(Code::out_of_range, "/quasi_identifiers/" + std::to_string(i),
            "the column has another length than the first", "give a cell for each row");
  if (request.sensitive && request.sensitive->size() != rows)
    wrong(Code::out_of_range, "/sensitive", "the column has another length than the others",
          "give a cell for each row");
  if (request.people < 2) wrong(Code::out_of_range, "/people", "a group of one hides nobody", "use 2 or more");
  if (request.values < 2) wrong(Code::out_of_range, "/values", "one value hides nothing", "use 2 or more");
  if (rows > limits.elements / (columns.size() + 1))
    wrong(Code::limit_reached, "", "there are more cells than the limit elements allows", "check the export in parts");
  return std::move(found).take();
}

}  // namespace

Result<AnonymityReview> review_anonymity(AnonymityRequest const& request, Limits const& limits)
{
  if (auto wrong = check(request, limits); !wrong.empty()) return wrong;
  auto const& columns = request.quasi_identifiers;
  std::vector<std::size_t> order(columns.front().size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  auto const compare = [&](std::size_t one, std::size_t other) {
    for (auto const& column : columns)
      if (auto const found = column[one] <=> column[other]; found != 0) return found;
    return std::strong_ordering::equal;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t one, std::size_t other) { return compare(one, other) < 0; });

  AnonymityReview review;
  for (std::size_t begin = 0; begin < order.size();) {
    AnonymityClass group;
    std::set<std::string_view> values;
    std::size_t end = begin;
    for (; end < order.size() && compare(order[begin], order[end]) == 0; ++end) {
      group.rows.push_back(order[end]);
      if (request.sensitive) values.insert((*request.sensitive)[order[end]]);
    }
    group.values = values.size();
    group.too_small = group.rows.size() < request.people;
    group.too_uniform = request.sensitive && group.values < request.values;
    review.smallest = begin == 0 ? group.rows.size() : std::min(review.smallest, group.rows.size());
    if (request.sensitive) review.least_values = std::min(review.least_values.value_or(group.values), group.values);
    if (group.too_small || group.too_uniform)
      review.failing.insert(review.failing.end(), group.rows.begin(), group.rows.end());
    review.classes.push_back(std::move(group));
    begin = end;
  }
  std::sort(review.failing.begin(), review.failing.end());
  std::sort(review.classes.begin(), review.classes.end(), [](AnonymityClass const& one, AnonymityClass const& other) {
    return one.rows.front() < other.rows.front();
  });
  return review;
}

}  // namespace tutela::inline v0
