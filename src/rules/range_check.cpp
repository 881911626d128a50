// SPDX-License-Identifier: Apache-2.0
/// \file
/// Ranges that are written backwards.
#include "rules/range_check.hpp"

#include <algorithm>
#include <utility>

#include "feel/program.hpp"
#include "rules/joint_regions.hpp"

namespace tutela::detail {

std::vector<EmptyRange> empty_ranges(UnaryTests const& tests)
{
  std::vector<EmptyRange> found;
  auto const& program = tests.program();
  auto const constant = [&](Node const& node) {
    return node.folded < 0 ? Value() : program.constants[static_cast<std::size_t>(node.folded)];
  };
  for (auto const& node : program.nodes) {
    if (node.op != Op::range) continue;
    Range range;
    range.low = constant(program.child(node, 0));
    range.high = constant(program.child(node, 1));
    range.low_included = (node.flags & low_included) != 0;
    range.high_included = (node.flags & high_included) != 0;
    auto const order = compared(range.low, range.high);
    if (!order || *order < 0 || (*order == 0 && range.low_included && range.high_included)) continue;
    found.push_back({to_string(Value(std::move(range))), program.place(node.offset)});
  }
  return found;
}

std::vector<EmptyRange> empty_ranges(ItemType const& item)
{
  std::vector<EmptyRange> found;
  std::vector<ItemType const*> open{&item};
  std::vector<ItemType const*> seen;
  while (!open.empty()) {
    auto const* each = open.back();
    open.pop_back();
    if (std::find(seen.begin(), seen.end(), each) != seen.end()) continue;
    seen.push_back(each);
    for (auto const* tests : {&each->allowed, &each->constraint})
      if (*tests)
        for (auto& range : empty_ranges(**tests)) found.push_back(std::move(range));
    if (each->base) open.push_back(each->base.get());
    for (auto const& component : each->components) open.push_back(component.get());
  }
  return found;
}

}  // namespace tutela::detail
