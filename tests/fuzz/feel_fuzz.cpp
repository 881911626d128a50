// SPDX-License-Identifier: Apache-2.0
/// \file
/// FEEL texts: an expression that is accepted prints to a text that parses to the same, evaluates in both modes with facts
/// in every state, and answers for certain only what every completion of the facts gives.
#include <tutela/feel/expression.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace tutela;

Limits small_limits()
{
  Limits limits;
  limits.evaluation_steps = 5'000;
  return limits;
}

/// One of two numbers; which one is not known.
Value one_or_two()
{
  Unknown unknown;
  unknown.facts = {"x"};
  unknown.domain.kind = Domain::Kind::set;
  unknown.domain.values = {Value(Decimal(1)), Value(Decimal(2))};
  return Value(std::move(unknown));
}

bool is_plain(Value const& value)
{
  return value.is(Kind::boolean) || value.is(Kind::number) || value.is(Kind::string) || value.is(Kind::date);
}

/// A certain answer is the answer of each completion.
void check_soundness(Expression const& expression, std::vector<Value> slots)
{
  auto const evaluate = [&](bool& finished) {
    Evaluation evaluation(Mode::legal, Date{2026, 3, 2}, AgeRule{}, small_limits());
    auto value = expression.evaluate(slots, evaluation);
    finished = finished && evaluation.steps < evaluation.limits.evaluation_steps;
    return value;
  };
  bool finished = true;
  auto const answer = evaluate(finished);
  if (!finished || !is_plain(answer)) return;
  for (int const completion : {1, 2}) {
    slots.front() = Value(Decimal(completion));
    auto const definite = evaluate(finished);
    if (finished && !(definite == answer)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  Limits const limits = small_limits();
  Names names;
  for (auto const* name : {"x", "some name", "y", "c", "l", "u"}) names.add(name, {}, name);
  Context context;
  context.entries = {{"a", Value::unknown("c.a")}, {"b", Value("text")}};
  List list;
  list.items = {Value(Decimal(1)), one_or_two(), Value()};
  std::vector<Value> const slots{one_or_two(),           Value(Decimal(3)),
                                 Value::unknown("y"),    Value(std::move(context)),
                                 Value(std::move(list)), Value(Uncertain{{"u"}})};
  for (Mode const mode : {Mode::legal, Mode::conformance}) {
    auto const tests = parse_unary_tests(text, names, {}, {}, mode, limits);
    if (tests) {
      for (auto const& input : {Value::unknown("z"), one_or_two(), Value(Decimal(2)), Value("text"), Value()}) {
        Evaluation evaluation(mode, Date{2026, 3, 2}, AgeRule{}, limits);
        static_cast<void>(tests->test(input, slots, evaluation));
      }
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
    if (mode == Mode::legal) check_soundness(*expression, slots);
  }
  return 0;
}
