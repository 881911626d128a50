// SPDX-License-Identifier: Apache-2.0
/// \file
/// FEEL texts: an expression that is accepted prints to a text that parses to the same, evaluates in both modes with facts
/// in every state, answers for certain only what every completion of the facts gives, and answers what other engines would
/// where all facts are known.
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
  limits.value_parts = 20'000;
  limits.completions = 500;
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

/// Where nothing is missing and nothing is none, a plain answer of legal mode is that of the standard.
void check_modes(std::string_view text, Names const& names)
{
  // the first two are no part of the standard; a number written as text keeps its scale in conformance mode only
  for (std::string_view const word : {"is known", "is uncertain", "string"})
    if (text.find(word) != std::string_view::npos) return;
  Context context;
  context.entries = {{"a", Value(Decimal(7))}, {"b", Value("text")}};
  std::vector<Value> const slots{Value(Decimal(1)),
                                 Value(Decimal(3)),
                                 Value("a text"),
                                 Value(std::move(context)),
                                 Value(List{{Value(Decimal(1)), Value(Decimal(2)), Value(Decimal(2))}}),
                                 Value(Date{2024, 2, 29})};
  std::vector<Value> answers;
  for (Mode const mode : {Mode::legal, Mode::conformance}) {
    auto const expression = parse_expression(text, names, {}, mode, small_limits());
    if (!expression) return;
    Evaluation evaluation(mode, Date{2026, 3, 2}, AgeRule{}, small_limits());
    answers.push_back(expression->evaluate(slots, evaluation));
    if (evaluation.steps >= evaluation.limits.evaluation_steps) return;
  }
  // legal mode may know more: an open range reaches to infinity, to the standard its end is null
  if (is_plain(answers[0]) && !answers[1].is_none() && !(answers[0] == answers[1])) std::abort();
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
    Limits deeper = limits;
    deeper.nesting *= 3;  // a test inside a test is printed in parentheses, and is one level as well
    auto const again = parse_expression(printed, names, {}, mode, deeper);
    if (!again || again->to_string() != printed) std::abort();
    Evaluation evaluation(mode, Date{2026, 3, 2}, AgeRule{}, limits);
    auto const value = expression->evaluate(slots, evaluation);
    if (!exceeded_limit(value, limits).empty()) std::abort();
    if (to_string(value).empty() || !(value == value)) std::abort();
    if (mode == Mode::legal) check_soundness(*expression, slots);
  }
  check_modes(text, names);
  return 0;
}
