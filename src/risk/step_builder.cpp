// SPDX-License-Identifier: Apache-2.0
#include "risk/step_builder.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace tutela::detail {

namespace {

using Operation = ScoreExpression::Operation;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t largest_number_of_cases = 200'000;

/// Sorted and joined; neighbouring whole numbers become one interval, so that "2 or 3" is seen to cover [2, 3].
std::vector<Interval> merged(std::vector<Interval> allowed, bool integral)
{
  std::sort(allowed.begin(), allowed.end(), [](Interval a, Interval b) { return a.low < b.low; });
  std::vector<Interval> result;
  for (auto const& next : allowed) {
    bool const joins =
        !result.empty() && (next.low <= result.back().high || (integral && next.low <= result.back().high + 1));
    if (joins)
      result.back().high = std::max(result.back().high, next.high);
    else
      result.push_back(next);
  }
  return result;
}

bool holds(StepRow const& row, std::vector<double> const& values)
{
  return std::all_of(row.when.begin(), row.when.end(), [&](StepCondition const& condition) {
    return std::any_of(condition.allowed.begin(), condition.allowed.end(), [&](Interval allowed) {
      return allowed.low <= values[condition.step] && values[condition.step] <= allowed.high;
    });
  });
}

/// Of a fact with decimals only its multiples exist: the nearest ones inside and outside decide.
void snap(std::vector<double>& list, FactDomain const& domain)
{
  std::vector<double> snapped;
  for (double const x : list) {
    if (!std::isfinite(x)) continue;
    auto const count = static_cast<std::int64_t>(std::floor(x * domain.scale));
    for (auto near = count - 1; near <= count + 1; ++near)
      if (near >= domain.first && near <= domain.last) snapped.push_back(domain.value(near));
  }
  list = std::move(snapped);
}

}  // namespace

void StepBuilder::error(std::string const& pointer, std::string what, std::string mend, Code code)
{
  diagnostics_.error(code, Place{file_, 0, 0, pointer}, std::move(what), std::move(mend));
}

bool StepBuilder::declare(std::string const& id, std::uint32_t step, std::string const& pointer)
{
  auto const is_name = [](std::string const& text) {
    return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
  };
  if (!is_name(id)) {
    error(pointer + "/id", "a name is made of small letters, digits and _, and begins with a letter");
    return false;
  }
  if (!names_.emplace(id, step).second) {
    error(pointer + "/id", "the name \"" + id + "\" is used twice", {}, Code::duplicate_id);
    return false;
  }
  return true;
}

std::uint32_t StepBuilder::push(Step step)
{
  auto const index = static_cast<std::uint32_t>(program_.steps.size());
  if (index >= limits_.rules) {
    if (index == limits_.rules)
      error("", "the instrument has more steps than the limit \"rules\"", {}, Code::limit_reached);
    return 0;
  }
  for (auto const argument : step.arguments) step.facts |= program_.steps[argument].facts;
  for (auto const& row : step.rows) {
    step.facts |= program_.steps[row.value].facts;
    for (auto const& condition : row.when) step.facts |= program_.steps[condition.step].facts;
  }
  if (!step.is_fact) {
    step.integral = is_integral(step);
    if (step.operation == Operation::linear && step.integral) find_pair(step);
    step.range = evaluate(program_, step, std::span<Interval const>(ranges_));
    if (step.operation == Operation::polynomial) fill_dense(step);
  }
  ranges_.push_back(step.range);
  program_.steps.push_back(std::move(step));
  return index;
}

bool StepBuilder::is_integral(Step const& step) const
{
  auto const whole = [](double x) { return std::nearbyint(x) == x; };
  auto const arguments_are = std::all_of(step.arguments.begin(), step.arguments.end(),
                                         [&](std::uint32_t k) { return program_.steps[k].integral; });
  auto const constants_are = std::all_of(step.constants.begin(), step.constants.end(), whole);
  switch (step.operation) {
    case Operation::constant: return constants_are;
    case Operation::years:
    case Operation::months: return true;
    case Operation::reference:
    case Operation::product:
    case Operation::maximum:
    case Operation::minimum: return arguments_are;
    case Operation::linear:
    case Operation::polynomial: return arguments_are && constants_are;
    case Operation::round: return step.places == 0;
    case Operation::log_ratio:
    case Operation::logistic: return false;
    case Operation::table:
      return std::all_of(step.rows.begin(), step.rows.end(),
                         [&](StepRow const& row) { return program_.steps[row.value].integral; });
  }
  return false;
}

void StepBuilder::find_pair(Step& step)
{
  for (std::size_t plus = 0; plus < step.arguments.size(); ++plus)
    for (std::size_t minus = 0; minus < step.arguments.size(); ++minus) {
      auto const& first = program_.steps[step.arguments[plus]];
      auto const& second = program_.steps[step.arguments[minus]];
      if (first.is_fact || second.is_fact || first.operation != Operation::years ||
          second.operation != Operation::years || first.arguments[0] != second.arguments[0])
        continue;
      if (!(step.constants[plus + 1] > 0) || step.constants[plus + 1] != -step.constants[minus + 1]) continue;
      step.pair = AnniversaryPair{plus, minus, second.arguments[1], first.arguments[1], false};
      return;
    }
}

void StepBuilder::fill_dense(Step& step)
{
  auto const& argument = program_.steps[step.arguments[0]];
  if (!argument.integral || !(argument.range.high - argument.range.low <= 1024)) return;
  std::vector<double> values(program_.steps.size());
  std::vector<double> dense;
  auto const arguments = argument.range.whole_numbers();
  dense.reserve(arguments);
  for (std::size_t k = 0; k < arguments; ++k) {
    values[step.arguments[0]] = argument.range.low + static_cast<double>(k);
    dense.push_back(evaluate(program_, step, std::span<double const>(values)));
  }
  step.dense = std::move(dense);
}

std::optional<double> StepBuilder::number(std::string const& text, std::string const& pointer)
{
  double value = 0;
  auto const* end = text.data() + text.size();
  auto const [stop, problem] = std::from_chars(text.data(), end, value, std::chars_format::general);
  if (text.empty() || problem != std::errc{} || stop != end || !std::isfinite(value)) {
    error(pointer, "not a decimal number", {}, Code::invalid_number);
    return std::nullopt;
  }
  return value;
}

std::optional<std::uint32_t> StepBuilder::find(std::string const& name, std::string const& pointer)
{
  auto const found = names_.find(name);
  if (found != names_.end()) return found->second;
  error(pointer, "the name \"" + name + "\" is not declared before it is used",
        "declare it among the facts, quantities or items above", Code::unknown_name);
  return std::nullopt;
}

std::vector<Interval> StepBuilder::allowed(ScoreCondition const& source, std::uint32_t subject,
                                           std::string const& pointer)
{
  std::vector<Interval> result;
  if (!source.words.empty()) {
    auto const* fact = program_.steps[subject].is_fact ? &description_.facts[subject] : nullptr;
    for (auto const& word : source.words) {
      std::optional<double> code;
      if (fact != nullptr && fact->declaration.type == Kind::boolean && (word == "true" || word == "false"))
        code = word == "true" ? 1.0 : 0.0;
      if (fact != nullptr && fact->declaration.type == Kind::string)
        for (std::size_t k = 0; k < fact->declaration.allowed.size(); ++k)
          if (fact->declaration.allowed[k] == Value(word)) code = static_cast<double>(k);
      if (code)
        result.push_back({*code, *code});
      else
        error(pointer, "\"" + word + "\" is no value of \"" + source.of + "\"", {}, Code::not_allowed);
    }
    return result;
  }
  if (!source.equals.empty()) {
    for (auto const& text : source.equals)
      if (auto const value = number(text, pointer)) result.push_back({*value, *value});
    return result;
  }
  Interval range{-infinity, infinity};
  if (source.from) range.low = number(*source.from, pointer).value_or(0);
  if (source.above)
    if (auto const value = number(*source.above, pointer)) range.low = std::nextafter(*value, infinity);
  if (source.to) range.high = number(*source.to, pointer).value_or(0);
  if (source.below)
    if (auto const value = number(*source.below, pointer)) range.high = std::nextafter(*value, -infinity);
  if ((!source.from && !source.above && !source.to && !source.below) || (source.from && source.above) ||
      (source.to && source.below) || !(range.low <= range.high))
    error(pointer, "a range needs a lower or an upper end, at most one of each, in order", {}, Code::invalid_interval);
  result.push_back(range);
  return result;
}

std::optional<StepCondition> StepBuilder::condition(ScoreCondition const& source, std::string const& pointer)
{
  auto const step = find(source.of, pointer);
  if (!step) return std::nullopt;
  return StepCondition{*step, merged(allowed(source, *step, pointer), program_.steps[*step].integral)};
}

std::vector<StepCondition> StepBuilder::conditions(ScoreConditions const& source, std::string const& pointer)
{
  std::vector<StepCondition> result;
  for (auto const& one : source)
    if (auto compiled = condition(one, pointer + "/" + one.of)) result.push_back(std::move(*compiled));
  return result;
}

std::uint32_t StepBuilder::constant(double value)
{
  Step step;
  step.constants = {value};
  return push(std::move(step));
}

std::uint32_t StepBuilder::indicator(ScoreConditions const& when, std::string const& pointer)
{
  Step step;
  step.operation = Operation::table;
  auto const yes = constant(1);
  auto const no = constant(0);
  step.rows.push_back({conditions(when, pointer), yes});
  step.rows.push_back({{}, no});
  return push(std::move(step));
}

std::uint32_t StepBuilder::expression(ScoreExpression const& source, std::string const& pointer, std::size_t depth)
{
  if (depth > limits_.nesting) {
    error(pointer, "the expression is nested deeper than the limit \"nesting\"", {}, Code::limit_reached);
    return constant(0);
  }
  if (source.operation == Operation::reference) {
    auto const found = find(source.name, pointer);
    return found ? *found : constant(0);
  }
  Step step;
  step.operation = source.operation;
  step.places = source.places;
  step.rounding = source.rounding;
  for (auto const& text : source.constants) step.constants.push_back(number(text, pointer).value_or(0));
  for (auto const& argument : source.arguments) step.arguments.push_back(expression(argument, pointer, depth + 1));
  for (std::size_t k = 0; k < source.rows.size(); ++k) {
    auto const place = pointer + "/table/" + std::to_string(k);
    auto when = conditions(source.rows[k].when, place + "/when");
    auto const value = expression(source.rows[k].value, place + "/value", depth + 1);
    step.rows.push_back({std::move(when), value});
  }
  if (!has_right_shape(step, pointer)) return constant(0);
  if (step.operation == Operation::table) refuse_rows(step, pointer + "/table");
  return push(std::move(step));
}

bool StepBuilder::has_right_shape(Step const& step, std::string const& pointer)
{
  auto const arguments = step.arguments.size();
  auto const constants = step.constants.size();
  bool fits = true;
  switch (step.operation) {
    case Operation::constant: fits = constants == 1; break;
    case Operation::reference: fits = arguments == 1; break;
    case Operation::years:
    case Operation::months: {
      fits = arguments == 2;
      for (auto const argument : step.arguments)
        if (!program_.steps[argument].is_fact || description_.facts[argument].declaration.type != Kind::date) {
          error(pointer, "years and months are counted between two facts that are dates", {}, Code::type_mismatch);
          return false;
        }
      break;
    }
    case Operation::linear: fits = arguments >= 1 && constants == arguments + 1; break;
    case Operation::product:
    case Operation::maximum:
    case Operation::minimum: fits = arguments >= 1; break;
    case Operation::polynomial: fits = arguments == 1 && constants >= 1; break;
    case Operation::log_ratio: fits = arguments == 2; break;
    case Operation::round: fits = arguments == 1 && step.places >= 0 && step.places <= 12; break;
    case Operation::logistic: fits = arguments == 1; break;
    case Operation::table: fits = !step.rows.empty(); break;
  }
  if (!fits) error(pointer, "the expression has the wrong number of arguments or constants");
  return fits;
}

/// The values that decide between rows, for each step that a row names: the ends of its range and of every interval,
/// and their neighbours.
std::map<std::uint32_t, std::vector<double>> StepBuilder::points_of(Step const& step)
{
  std::map<std::uint32_t, std::vector<double>> points;
  for (auto const& row : step.rows)
    for (auto const& condition : row.when) {
      auto const& subject = program_.steps[condition.step];
      auto& list = points[condition.step];
      for (double const end : {subject.range.low, subject.range.high}) list.push_back(end);
      for (auto const& [low, high] : condition.allowed) {
        list.insert(list.end(), {low, high});
        list.push_back(subject.integral ? std::ceil(low) - 1 : std::nextafter(low, -infinity));
        list.push_back(subject.integral ? std::floor(high) + 1 : std::nextafter(high, infinity));
      }
    }
  for (auto& [number, list] : points) {
    auto const& subject = program_.steps[number];
    if (subject.is_fact && program_.domains[number].scale != 1) snap(list, program_.domains[number]);
    if (subject.integral)
      for (auto& point : list) point = std::isfinite(point) ? std::nearbyint(point) : point;
    std::erase_if(list, [&](double x) { return !(subject.range.low <= x && x <= subject.range.high); });
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return points;
}

StepBuilder::RowCheck StepBuilder::check_rows(Step const& step, std::string const& pointer)
{
  auto const points = points_of(step);
  std::size_t combinations = 1;
  std::vector<std::uint32_t> subjects;
  for (auto const& [subject, list] : points) {
    subjects.push_back(subject);
    combinations *= std::max<std::size_t>(1, list.size());
    if (combinations > largest_number_of_cases) {
      diagnostics_.warning(Code::limit_reached, Place{file_, 0, 0, pointer},
                           "the table has too many combinations to prove that every case has a row");
      return {};
    }
  }
  std::vector<bool> reached(step.rows.size(), false);
  std::vector<double> values(program_.steps.size(), 0);
  for (std::size_t number = 0; number < combinations; ++number) {
    std::size_t rest = number;
    for (auto const subject : subjects) {
      auto const& list = points.at(subject);
      if (list.empty()) continue;
      values[subject] = list[rest % list.size()];
      rest /= list.size();
    }
    auto const row =
        std::find_if(step.rows.begin(), step.rows.end(), [&](auto const& one) { return holds(one, values); });
    if (row == step.rows.end()) return {case_text(subjects, values), {}};
    reached[static_cast<std::size_t>(row - step.rows.begin())] = true;
  }
  RowCheck result;
  for (std::size_t k = 0; k < reached.size(); ++k)
    if (!reached[k]) result.unused.push_back(k);
  return result;
}

void StepBuilder::refuse_rows(Step const& step, std::string const& pointer)
{
  auto const found = check_rows(step, pointer);
  if (!found.case_without_row.empty())
    error(pointer, "the table has no row for " + found.case_without_row, "add a row, or a last one without conditions");
  for (auto const row : found.unused)
    error(pointer + "/" + std::to_string(row), "the row can never be reached",
          "rows above it, or the range of the facts, cover all of its cases");
}

std::string StepBuilder::case_text(std::vector<std::uint32_t> const& subjects, std::vector<double> const& values)
{
  std::string text;
  for (auto const subject : subjects) {
    std::string name = "a step";
    for (auto const& [id, step] : names_)
      if (step == subject) name = id;
    std::string value = std::to_string(values[subject]);
    if (program_.steps[subject].integral) value = std::to_string(static_cast<long long>(values[subject]));
    if (program_.steps[subject].is_fact && description_.facts[subject].declaration.type == Kind::string)
      value = to_string(description_.facts[subject].declaration.allowed[static_cast<std::size_t>(values[subject])]);
    text += (text.empty() ? "" : ", ") + name + " = " + value;
  }
  return text;
}

}  // namespace tutela::detail
