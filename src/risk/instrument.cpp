// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/instrument.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>

#include "risk/additive.hpp"
#include "risk/program.hpp"

namespace tutela::inline v0 {

namespace {

using detail::FactDomain;
using detail::InstrumentProgram;
using detail::Interval;
using detail::Step;
using detail::StepCondition;
using detail::StepRow;
using Operation = ScoreExpression::Operation;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t largest_number_of_facts = 64;
constexpr std::size_t largest_number_of_cases = 200'000;

/// Turns a description into steps and collects everything that is wrong with it.
class Compiler {
 public:
  Compiler(InstrumentProgram& program, std::string const& file, Limits const& limits)
      : program_(program),
        description_(program.description),
        file_(file),
        limits_(limits),
        diagnostics_(limits.diagnostics)
  {
  }

  std::vector<Diagnostic> run() &&
  {
    check_head();
    add_facts();
    for (std::size_t k = 0; k < description_.quantities.size(); ++k)
      add_quantity(description_.quantities[k], "/quantities/" + std::to_string(k));
    for (std::size_t k = 0; k < description_.items.size(); ++k)
      program_.items.push_back(add_quantity(description_.items[k], "/items/" + std::to_string(k)));
    add_total();
    for (std::size_t k = 0; k < description_.outputs.size(); ++k) {
      auto const& output = description_.outputs[k];
      auto const pointer = "/outputs/" + std::to_string(k);
      check_unit(output.unit, pointer + "/unit");
      if (output.decimals < 0 || output.decimals > 12) error(pointer + "/decimals", "decimals must be 0 to 12");
      program_.outputs.push_back(add_quantity(output.quantity, pointer));
    }
    add_constraints();
    mark_ordered();
    add_applicability();
    add_bands();
    check_cases();
    return std::move(diagnostics_).take();
  }

 private:
  void error(std::string const& pointer, std::string what, std::string mend = {}, Code code = Code::invalid_instrument)
  {
    diagnostics_.error(code, Place{file_, 0, 0, pointer}, std::move(what), std::move(mend));
  }

  void check_head()
  {
    if (description_.id.empty()) error("/id", "the instrument has no identifier");
    if (description_.version.empty()) error("/version", "the instrument has no version");
    if (description_.title.empty()) error("/title", "the instrument has no title");
    if (description_.sources.empty())
      error("/sources", "the instrument names no source", "say where its figures were read", Code::invalid_citation);
    if (description_.rights.holder.empty() || description_.rights.licence.empty())
      error("/rights", "the instrument does not say who owns it and on which terms it may be used");
    check_unit(description_.total_unit, "/total_unit");
    if (description_.outcome == InstrumentOutcome::reoffending && description_.applicability.recorded_act.empty())
      error("/applicability/recorded_act",
            "an instrument on reoffending names no fact that records a sanction or charge",
            "it must never be used on a person without one");
    if (description_.applicability.jurisdictions.empty() && description_.status != InstrumentStatus::demo)
      error("/applicability/jurisdictions", "the instrument does not say for which jurisdiction it was normed");
    if (description_.items.empty() && !description_.total) error("/items", "the instrument has no items and no total");
  }

  void check_unit(std::string const& unit, std::string const& pointer)
  {
    for (auto const* known : {"points", "log odds", "probability", "percent", "level"})
      if (unit == known) return;
    error(pointer, "the unit is none of: points, log odds, probability, percent, level");
  }

  bool declare(std::string const& id, std::uint32_t step, std::string const& pointer)
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

  std::uint32_t push(Step step)
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
      step.range = detail::evaluate(program_, step, std::span<Interval const>(ranges_));
      if (step.operation == Operation::polynomial) fill_dense(step);
    }
    ranges_.push_back(step.range);
    program_.steps.push_back(std::move(step));
    return index;
  }

  [[nodiscard]] bool is_integral(Step const& step) const
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

  void find_pair(Step& step)
  {
    for (std::size_t plus = 0; plus < step.arguments.size(); ++plus)
      for (std::size_t minus = 0; minus < step.arguments.size(); ++minus) {
        auto const& first = program_.steps[step.arguments[plus]];
        auto const& second = program_.steps[step.arguments[minus]];
        if (first.is_fact || second.is_fact || first.operation != Operation::years ||
            second.operation != Operation::years || first.arguments[0] != second.arguments[0])
          continue;
        if (!(step.constants[plus + 1] > 0) || step.constants[plus + 1] != -step.constants[minus + 1]) continue;
        step.pair = detail::AnniversaryPair{plus, minus, second.arguments[1], first.arguments[1], false};
        return;
      }
  }

  void fill_dense(Step& step)
  {
    auto const& argument = program_.steps[step.arguments[0]];
    if (!argument.integral || !(argument.range.high - argument.range.low <= 1024)) return;
    std::vector<double> values(program_.steps.size());
    std::vector<double> dense;
    for (double x = argument.range.low; x <= argument.range.high; ++x) {
      values[step.arguments[0]] = x;
      dense.push_back(detail::evaluate(program_, step, std::span<double const>(values)));
    }
    step.dense = std::move(dense);
  }

  void add_facts()
  {
    if (description_.facts.size() > largest_number_of_facts)
      error("/facts", "an instrument reads at most 64 facts", {}, Code::limit_reached);
    std::vector<FactDeclaration> declarations;
    for (std::size_t k = 0; k < description_.facts.size(); ++k) {
      auto const& fact = description_.facts[k];
      auto const pointer = "/facts/" + std::to_string(k);
      auto const domain = domain_of(fact, pointer);
      program_.domains.push_back(domain);
      program_.assumed.push_back(count_of(fact, domain, fact.assumed, pointer + "/missing"));
      program_.when_none.push_back(count_of(fact, domain, fact.when_none, pointer + "/when_none"));
      if (fact.missing == MissingRule::assume && !fact.assumed)
        error(pointer + "/missing", "the rule for a missing fact says \"assume\" but not which value");
      if (fact.declaration.name.empty() && fact.feel.empty())
        error(pointer + "/fact", "the fact has no name in the record", {}, Code::missing_key);
      feed(fact, pointer + "/feel");
      declarations.push_back(fact.declaration);
      Step step;
      step.is_fact = true;
      step.operation = Operation::reference;
      step.integral = fact.decimals == 0;
      step.range = {domain.value(domain.first), domain.value(domain.last)};
      step.facts = std::uint64_t{1} << (k % largest_number_of_facts);
      auto const index = push(std::move(step));
      declare(fact.id, index, pointer);
    }
    program_.schema = Schema(std::move(declarations));
  }

  FactDomain domain_of(InstrumentFact const& fact, std::string const& pointer)
  {
    FactDomain domain;
    auto const& declaration = fact.declaration;
    switch (declaration.type) {
      case Kind::boolean: domain.last = 1; break;
      case Kind::string:
        if (declaration.allowed.empty()) error(pointer + "/values", "a choice needs its values");
        for (auto const& value : declaration.allowed)
          if (value.as_string() == nullptr) error(pointer + "/values", "a choice is made of texts");
        domain.last = std::max<std::int64_t>(0, static_cast<std::int64_t>(declaration.allowed.size()) - 1);
        break;
      case Kind::date: {
        auto const* low = declaration.range.low.as_date();
        auto const* high = declaration.range.high.as_date();
        if (low == nullptr || high == nullptr || *high < *low) {
          error(pointer, "a date needs its first and last possible day");
          break;
        }
        domain.first = to_days(*low);
        domain.last = to_days(*high);
        break;
      }
      case Kind::number: {
        if (fact.decimals < 0 || fact.decimals > 9) error(pointer + "/decimals", "decimals must be 0 to 9");
        Decimal scale(1);
        for (int k = 0; k < fact.decimals && k < 9; ++k) scale = scale * Decimal(10);
        auto const* low = declaration.range.low.as_number();
        auto const* high = declaration.range.high.as_number();
        auto const first = low == nullptr ? std::nullopt : (*low * scale).to_int64();
        auto const last = high == nullptr ? std::nullopt : (*high * scale).to_int64();
        if (!first || !last || *last < *first) {
          error(pointer, "a number needs a lowest and a highest value within its decimals");
          break;
        }
        domain.first = *first;
        domain.last = *last;
        domain.scale = scale.to_double();
        break;
      }
      default: error(pointer + "/type", "a fact is a date, a number, a choice or a flag"); break;
    }
    return domain;
  }

  void feed(InstrumentFact const& fact, std::string const& pointer)
  {
    program_.fed.emplace_back();
    if (fact.feel.empty()) return;
    auto parsed = detail::parse_fed_fact(fact.feel, Place{file_, 0, 0, pointer}, limits_);
    if (parsed)
      program_.fed.back() = std::move(parsed).value();
    else
      diagnostics_.append(parsed.diagnostics());
  }

  std::optional<std::int64_t> count_of(InstrumentFact const& fact, FactDomain const& domain,
                                       std::optional<Value> const& value, std::string const& pointer)
  {
    if (!value) return std::nullopt;
    auto const count = detail::to_count(fact, domain, *value);
    if (!count.count) error(pointer, "the value that stands in is no possible value of the fact", {}, count.code);
    return count.count;
  }

  std::optional<double> number(std::string const& text, std::string const& pointer)
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

  std::optional<std::uint32_t> find(std::string const& name, std::string const& pointer)
  {
    auto const found = names_.find(name);
    if (found != names_.end()) return found->second;
    error(pointer, "the name \"" + name + "\" is not declared before it is used",
          "declare it among the facts, quantities or items above", Code::unknown_name);
    return std::nullopt;
  }

  std::optional<StepCondition> condition(ScoreCondition const& source, std::string const& pointer)
  {
    auto const step = find(source.of, pointer);
    if (!step) return std::nullopt;
    StepCondition result{*step, {}};
    Step const& subject = program_.steps[*step];
    if (!source.words.empty()) {
      auto const* fact = subject.is_fact ? &description_.facts[*step] : nullptr;
      for (auto const& word : source.words) {
        std::optional<double> code;
        if (fact != nullptr && fact->declaration.type == Kind::boolean && (word == "true" || word == "false"))
          code = word == "true" ? 1.0 : 0.0;
        if (fact != nullptr && fact->declaration.type == Kind::string)
          for (std::size_t k = 0; k < fact->declaration.allowed.size(); ++k)
            if (fact->declaration.allowed[k] == Value(word)) code = static_cast<double>(k);
        if (code)
          result.allowed.push_back({*code, *code});
        else
          error(pointer, "\"" + word + "\" is no value of \"" + source.of + "\"", {}, Code::not_allowed);
      }
    } else if (!source.equals.empty()) {
      for (auto const& text : source.equals)
        if (auto const value = number(text, pointer)) result.allowed.push_back({*value, *value});
    } else {
      Interval range{-infinity, infinity};
      if (source.from) range.low = number(*source.from, pointer).value_or(0);
      if (source.above)
        if (auto const value = number(*source.above, pointer)) range.low = std::nextafter(*value, infinity);
      if (source.to) range.high = number(*source.to, pointer).value_or(0);
      if (source.below)
        if (auto const value = number(*source.below, pointer)) range.high = std::nextafter(*value, -infinity);
      if ((!source.from && !source.above && !source.to && !source.below) || (source.from && source.above) ||
          (source.to && source.below) || !(range.low <= range.high))
        error(pointer, "a range needs a lower or an upper end, at most one of each, in order", {},
              Code::invalid_interval);
      result.allowed.push_back(range);
    }
    std::sort(result.allowed.begin(), result.allowed.end(), [](Interval a, Interval b) { return a.low < b.low; });
    // Neighbouring whole numbers become one interval, so that "2 or 3" is seen to cover [2, 3].
    std::vector<Interval> merged;
    for (auto const& next : result.allowed) {
      bool const joins = !merged.empty() &&
                         (next.low <= merged.back().high || (subject.integral && next.low <= merged.back().high + 1));
      if (joins)
        merged.back().high = std::max(merged.back().high, next.high);
      else
        merged.push_back(next);
    }
    result.allowed = std::move(merged);
    return result;
  }

  std::vector<StepCondition> conditions(ScoreConditions const& source, std::string const& pointer)
  {
    std::vector<StepCondition> result;
    for (auto const& one : source)
      if (auto compiled = condition(one, pointer + "/" + one.of)) result.push_back(std::move(*compiled));
    return result;
  }

  std::uint32_t constant(double value)
  {
    Step step;
    step.constants = {value};
    return push(std::move(step));
  }

  /// A step that is 1 where all conditions hold and 0 elsewhere.
  std::uint32_t indicator(ScoreConditions const& when, std::string const& pointer)
  {
    Step step;
    step.operation = Operation::table;
    auto const yes = constant(1);
    auto const no = constant(0);
    step.rows.push_back({conditions(when, pointer), yes});
    step.rows.push_back({{}, no});
    return push(std::move(step));
  }

  std::uint32_t expression(ScoreExpression const& source, std::string const& pointer, std::size_t depth = 0)
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
    if (step.operation == Operation::table) check_rows(step, pointer + "/table");
    return push(std::move(step));
  }

  bool has_right_shape(Step const& step, std::string const& pointer)
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

  /// Every case needs a row, and every row a case. Tried at the ends of all ranges that the rows name.
  void check_rows(Step const& step, std::string const& pointer)
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
    for (auto& [step_number, list] : points) {
      auto const& subject = program_.steps[step_number];
      // Of a fact with decimals only its multiples exist: the nearest ones inside and outside decide.
      if (subject.is_fact && program_.domains[step_number].scale != 1) snap(list, program_.domains[step_number]);
      if (subject.integral)
        for (auto& point : list) point = std::isfinite(point) ? std::nearbyint(point) : point;
    }
    std::size_t combinations = 1;
    std::vector<std::uint32_t> subjects;
    for (auto& [subject, list] : points) {
      auto const range = program_.steps[subject].range;
      std::erase_if(list, [&](double x) { return !(range.low <= x && x <= range.high); });
      std::sort(list.begin(), list.end());
      list.erase(std::unique(list.begin(), list.end()), list.end());
      subjects.push_back(subject);
      combinations *= std::max<std::size_t>(1, list.size());
      if (combinations > largest_number_of_cases) {
        diagnostics_.warning(Code::limit_reached, Place{file_, 0, 0, pointer},
                             "the table has too many combinations to prove that every case has a row");
        return;
      }
    }
    std::vector<bool> reached(step.rows.size(), false);
    std::vector<double> values(program_.steps.size(), 0);
    for (std::size_t number = 0; number < combinations; ++number) {
      std::size_t rest = number;
      for (auto const subject : subjects) {
        auto const& list = points[subject];
        values[subject] = list[rest % list.size()];
        rest /= list.size();
      }
      bool found = false;
      for (std::size_t k = 0; k < step.rows.size() && !found; ++k) {
        found = std::all_of(step.rows[k].when.begin(), step.rows[k].when.end(), [&](StepCondition const& condition) {
          return std::any_of(condition.allowed.begin(), condition.allowed.end(), [&](Interval allowed) {
            return allowed.low <= values[condition.step] && values[condition.step] <= allowed.high;
          });
        });
        if (found) reached[k] = true;
      }
      if (!found) {
        error(pointer, "the table has no row for " + case_text(subjects, values),
              "add a row, or a last one without conditions");
        return;
      }
    }
    for (std::size_t k = 0; k < reached.size(); ++k)
      if (!reached[k])
        error(pointer + "/" + std::to_string(k), "the row can never be reached",
              "rows above it, or the range of the facts, cover all of its cases");
  }

  static void snap(std::vector<double>& list, FactDomain const& domain)
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

  std::string case_text(std::vector<std::uint32_t> const& subjects, std::vector<double> const& values)
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

  std::uint32_t add_quantity(ScoreQuantity const& quantity, std::string const& pointer)
  {
    auto step = expression(quantity.value, pointer + "/value");
    if (!quantity.when.empty()) {
      Step guard;
      guard.operation = Operation::table;
      auto const zero = constant(0);
      guard.rows.push_back({conditions(quantity.when, pointer + "/when"), step});
      guard.rows.push_back({{}, zero});
      step = push(std::move(guard));
    }
    declare(quantity.id, step, pointer);
    for (auto const& [along, direction] : quantity.direction) {
      auto const place = pointer + "/direction/" + along;
      if (direction != 1 && direction != -1) error(place, "a direction is \"up\" or \"down\"");
      claim({step, 0, direction, 0, place}, along);
    }
    for (auto const& [along, largest] : quantity.largest_step) {
      auto const place = pointer + "/largest_step/" + along;
      claim({step, 0, 0, number(largest, place).value_or(0), place}, along);
    }
    return step;
  }

  void claim(detail::Claim claim, std::string const& along)
  {
    auto const found = find(along, claim.pointer);
    if (!found) return;
    claim.along = *found;
    if (!program_.steps[*found].integral && !program_.steps[*found].is_fact)
      error(claim.pointer, "a declaration runs along a fact, or along whole numbers", {}, Code::type_mismatch);
    program_.claims.push_back(std::move(claim));
  }

  void add_total()
  {
    if (description_.total) {
      program_.total = expression(*description_.total, "/total");
    } else {
      Step sum;
      sum.operation = Operation::linear;
      sum.arguments = program_.items;
      sum.constants.assign(program_.items.size() + 1, 1.0);
      sum.constants[0] = 0;
      program_.total = push(std::move(sum));
    }
    declare("total", program_.total, "/total");
  }

  void add_constraints()
  {
    for (std::size_t k = 0; k < description_.constraints.size(); ++k) {
      auto const& constraint = description_.constraints[k];
      auto const pointer = "/constraints/" + std::to_string(k);
      if (constraint.order.empty() == constraint.never.empty())
        error(pointer, "a constraint says either \"order\" or \"never\"");
      if (!constraint.never.empty()) program_.violated.push_back(indicator(constraint.never, pointer + "/never"));
      for (std::size_t n = 0; n + 1 < constraint.order.size(); ++n) {
        auto const first = find(constraint.order[n], pointer + "/order");
        auto const second = find(constraint.order[n + 1], pointer + "/order");
        if (!first || !second) continue;
        Step difference;
        difference.operation = Operation::linear;
        difference.arguments = {*second, *first};
        difference.constants = {0, 1, -1};
        auto const step = push(std::move(difference));
        Step broken;
        broken.operation = Operation::table;
        auto const yes = constant(1);
        auto const no = constant(0);
        broken.rows.push_back({{StepCondition{step, {Interval{0, infinity}}}}, no});
        broken.rows.push_back({{}, yes});
        program_.violated.push_back(push(std::move(broken)));
        if (program_.steps[*first].is_fact && program_.steps[*second].is_fact)
          program_.order.emplace_back(*first, *second);
      }
    }
  }

  /// Years and months between dates that the constraints put in order are never negative.
  void mark_ordered()
  {
    auto const comes_before = [&](std::uint32_t first, std::uint32_t second) {
      std::vector<std::uint32_t> reached{first};
      for (std::size_t k = 0; k < reached.size(); ++k)
        for (auto const& [low, high] : program_.order)
          if (low == reached[k] && std::find(reached.begin(), reached.end(), high) == reached.end())
            reached.push_back(high);
      return std::find(reached.begin() + 1, reached.end(), second) != reached.end();
    };
    for (auto& step : program_.steps) {
      if (step.operation == Operation::years || step.operation == Operation::months)
        step.in_order = comes_before(step.arguments[0], step.arguments[1]);
      if (step.pair) step.pair->in_order = comes_before(step.pair->from, step.pair->to);
    }
  }

  void add_applicability()
  {
    auto const& rules = description_.applicability.rules;
    for (std::size_t k = 0; k < rules.size(); ++k) {
      auto const pointer = "/applicability/rules/" + std::to_string(k);
      if (rules[k].refuse.empty()) error(pointer + "/refuse", "the rule refuses everybody");
      if (rules[k].reason.empty()) error(pointer + "/reason", "the rule gives no reason");
      program_.refused.push_back(indicator(rules[k].refuse, pointer + "/refuse"));
    }
  }

  void add_bands()
  {
    auto const& bands = description_.bands;
    if (description_.band_of.empty() != bands.empty()) {
      error("/bands", "bands and the output that they divide come together");
      return;
    }
    if (bands.empty()) return;
    program_.band_of = find(description_.band_of, "/band_of");
    if (!program_.band_of) return;
    auto const range = program_.steps[*program_.band_of].range;
    double end = -infinity;
    for (std::size_t k = 0; k < bands.size(); ++k) {
      auto const pointer = "/bands/" + std::to_string(k);
      auto const from = bands[k].from ? number(*bands[k].from, pointer + "/from").value_or(0) : -infinity;
      auto const below = bands[k].below ? number(*bands[k].below, pointer + "/below").value_or(0) : infinity;
      for (std::size_t other = 0; other < k; ++other)
        if (bands[other].id == bands[k].id)
          error(pointer + "/id", "the band has the name of another", {}, Code::duplicate_id);
      if (k == 0 && from > range.low) error(pointer, "no band holds the lowest values");
      if (k + 1 == bands.size() && below <= range.high && below != infinity)
        error(pointer, "no band holds the highest values");
      if (k > 0 && from > end) error(pointer, "there is a gap between this band and the one before it");
      if (k > 0 && from < end) error(pointer, "this band overlaps the one before it");
      if (below <= from) error(pointer, "the band is empty", {}, Code::invalid_interval);
      program_.bands.push_back({from, below == infinity ? infinity : std::nextafter(below, -infinity)});
      end = below;
    }
  }

  void check_cases()
  {
    for (std::size_t k = 0; k < description_.cases.size(); ++k) {
      auto const& check = description_.cases[k];
      auto const pointer = "/cases/" + std::to_string(k);
      if (check.expected.empty() && !check.band) error(pointer, "the case expects nothing");
      number(check.tolerance, pointer + "/tolerance");
      for (auto const& [output, value] : check.expected) {
        bool const known = output == "total" || std::any_of(description_.outputs.begin(), description_.outputs.end(),
                                                            [&](auto const& one) { return one.quantity.id == output; });
        if (!known)
          error(pointer + "/expect/" + output, "the case expects an output that does not exist", {},
                Code::unknown_name);
        number(value, pointer + "/expect/" + output);
      }
      if (check.band && std::none_of(description_.bands.begin(), description_.bands.end(),
                                     [&](auto const& band) { return band.id == *check.band; }))
        error(pointer + "/band", "the case expects a band that does not exist", {}, Code::unknown_name);
    }
  }

  InstrumentProgram& program_;
  InstrumentDescription const& description_;
  std::string const& file_;
  Limits const& limits_;
  Diagnostics diagnostics_;
  std::map<std::string, std::uint32_t> names_;
  std::vector<Interval> ranges_;
};

}  // namespace

Result<Instrument> Instrument::build(InstrumentDescription description, std::string const& file, Limits const& limits)
{
  auto program = std::make_shared<InstrumentProgram>();
  program->description = std::move(description);
  for (auto& fact : program->description.facts)
    if (fact.declaration.name.empty() && !fact.feel.empty()) fact.declaration.name = fact.id;
  auto diagnostics = Compiler(*program, file, limits).run();
  for (auto const& diagnostic : diagnostics)
    if (diagnostic.severity == Severity::error) return diagnostics;
  program->additive = detail::additive_form(*program);
  return Result<Instrument>(Instrument(std::move(program)), std::move(diagnostics));
}

std::string const& Instrument::id() const& noexcept { return program_->description.id; }

InstrumentDescription const& Instrument::description() const& noexcept { return program_->description; }

Schema const& Instrument::schema() const& noexcept { return program_->schema; }

}  // namespace tutela::inline v0
