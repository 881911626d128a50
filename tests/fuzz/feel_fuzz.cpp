// SPDX-License-Identifier: Apache-2.0
/// \file
/// FEEL texts: an expression that is accepted prints to a text that parses to the same, and evaluates in both modes.
#include <tutela/feel/expression.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  using namespace tutela;
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  Limits limits;
  limits.evaluation_steps = 5'000;
  Names names;
  names.add("x", {});
  names.add("some name", {});
  std::vector<Value> const slots{Value::unknown("x"), Value(Decimal(3))};
  for (Mode const mode : {Mode::legal, Mode::conformance}) {
    auto const tests = parse_unary_tests(text, names, {}, {}, mode, limits);
    if (tests) {
      Evaluation evaluation(mode, Date{2026, 3, 2}, AgeRule{}, limits);
      static_cast<void>(tests->test(Value::unknown("y"), slots, evaluation));
    }
    auto const expression = parse_expression(text, names, {}, mode, limits);
    if (!expression) {
      if (expression.diagnostics().empty()) std::abort();  // a refusal without a reason
      continue;
    }
    std::string const printed = expression->to_string();
    auto const again = parse_expression(printed, names, {}, mode, limits);
    if (!again || again->to_string() != printed) std::abort();
    Evaluation evaluation(mode, Date{2026, 3, 2}, AgeRule{}, limits);
    static_cast<void>(expression->evaluate(slots, evaluation));
  }
  return 0;
}
