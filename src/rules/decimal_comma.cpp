// SPDX-License-Identifier: Apache-2.0
/// \file
/// Numbers with a comma for the point.
#include "rules/decimal_comma.hpp"

#include <cstddef>
#include <string_view>

#include "base/digits.hpp"
#include "feel/program.hpp"

namespace tutela::detail {

std::vector<DecimalComma> decimal_commas(UnaryTests const& tests)
{
  std::vector<DecimalComma> found;
  auto const& program = tests.program();
  std::string_view const text = program.text;
  for (auto const& node : program.nodes) {
    if (node.op != Op::tests) continue;
    for (std::uint32_t i = 1; i < node.count; ++i) {
      std::size_t const next = program.child(node, i).offset;
      if (program.child(node, i - 1).op != Op::test_compare || program.child(node, i).op != Op::test_value) continue;
      if (next < 2 || next >= text.size() || !is_digit(text[next]) || text[next - 1] != ',' ||
          !is_digit(text[next - 2]))
        continue;
      std::size_t start = next - 1;
      std::size_t end = next;
      while (start > 0 && is_digit(text[start - 1])) --start;
      while (end < text.size() && is_digit(text[end])) ++end;
      found.push_back({std::string(text.substr(start, end - start)), program.place(static_cast<std::uint32_t>(start))});
    }
  }
  return found;
}

}  // namespace tutela::detail
