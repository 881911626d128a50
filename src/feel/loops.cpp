// SPDX-License-Identifier: Apache-2.0
/// \file
/// `for`, `some` and `every`.
#include <algorithm>
#include <array>

#include "feel/evaluator.hpp"

namespace tutela::detail {

bool Evaluator::fill_range(Site const& here, Range const& range, Run& run, Value& failure) const
{
  auto const both = [&](Kind kind) { return range.low.is(kind) && range.high.is(kind); };
  std::optional<std::int64_t> low;
  std::optional<std::int64_t> high;
  if (both(Kind::number)) {
    low = range.low.as_number()->to_int64();
    high = range.high.as_number()->to_int64();
    if (low && high &&
        (*low < -4'000'000'000'000'000'000 || *high > 4'000'000'000'000'000'000 || *high < -4'000'000'000'000'000'000 ||
         *low > 4'000'000'000'000'000'000)) {
      low.reset();
    }
  } else if (both(Kind::date)) {
    low = to_days(*range.low.as_date());
    high = to_days(*range.high.as_date());
  }
  if (!low || !high || range.test == Range::Test::unequal) {
    failure = here.fail("a loop runs over a list, or over a range of whole numbers or dates");
    return false;
  }
  run.descending = *low > *high;
  std::int64_t const step = run.descending ? -1 : 1;
  if (!range.low_included) *low += step;
  if (!range.high_included) *high -= step;
  std::int64_t const distance = run.descending ? *low - *high : *high - *low;
  run.count = distance < 0 ? 0 : static_cast<std::uint64_t>(distance) + 1;
  if (run.count > evaluation_.limits.elements) {
    failure = here.fail_limit("elements");
    return false;
  }
  if (range.low.is(Kind::number)) {
    run.first = Value(Decimal(*low));
  } else if (auto const date = from_days(*low)) {
    run.first = Value(*date);
  }
  return true;
}

// What a known value is iterated over as; false with the result of the loop when it cannot be.
bool Evaluator::fill_domain(Site const& here, Value const& value, Run& run, Value& failure) const
{
  if (auto const* list = value.as_list()) {
    if (!here.spend(list->items.size() / 256)) {
      failure = here.fail_limit("evaluation_steps");
      return false;
    }
    run.items = list->items;
    run.count = list->items.size();
    run.complete = list->complete || !here.legal();
    run.facts = list->facts;
    run.further = list->further;
    return true;
  }
  if (auto const* range = value.as_range()) {
    if (has_holes(value)) {
      Causes causes;
      causes.add(value);
      failure = open_value(std::move(causes), any_domain(true));
      return false;
    }
    return fill_range(here, *range, run, failure);
  }
  if (value.is_none()) {
    failure = here.fail("there is nothing to run over");
    return false;
  }
  run.items = {value};
  run.count = 1;
  return true;
}

Value Evaluator::element_of(Run const& run, std::uint64_t index) const
{
  if (!run.items.empty()) return run.items[index];
  std::int64_t const distance = run.descending ? -static_cast<std::int64_t>(index) : static_cast<std::int64_t>(index);
  if (auto const* number = run.first.as_number()) return Value(*number + Decimal(distance));
  if (auto const* date = run.first.as_date()) {
    if (auto const next = add_days(*date, distance)) return Value(*next);
  }
  return {};
}

// Runs the iterators from `iterator` on. False when `outcome` is the result of the whole loop.
bool Evaluator::iterate(Node const& node, std::size_t iterator, std::uint32_t child, Value const* given,
                        Results& results, Junction* truth, Value& outcome)
{
  Site const here = site(node);
  Loop const& loop = program_.loops[node.index];
  if (iterator == loop.iterators.size()) {
    NodeId const body = program_.children[node.first + node.count - 1];
    if (truth != nullptr) {
      Value const result = value(body);
      if (!truth->add(result)) return true;
      outcome = truth->result();
      return false;
    }
    if (loop.uses_partial) {
      // the body sees all results so far; each copy of them counts as that many steps
      if (!here.spend(results.items.size())) {
        outcome = here.fail_limit("evaluation_steps");
        return false;
      }
      frame_[loop.partial] = Value(List{results.items});
    }
    if (results.items.size() >= evaluation_.limits.elements) {
      outcome = here.fail_limit("elements");
      return false;
    }
    results.items.push_back(value(body));
    results.parts += results.items.back().extent().parts;
    if (results.parts > evaluation_.limits.value_parts) {
      outcome = here.fail_limit("value_parts");
      return false;
    }
    return true;
  }
  auto const& variable = loop.iterators[iterator];
  Run run;
  std::uint32_t next_child = child + 1;
  if (variable.bounds) {
    next_child = child + 2;
    Range range{value(program_.children[node.first + child]), value(program_.children[node.first + child + 1])};
    if (is_open(range.low) || is_open(range.high)) {
      Causes causes;
      causes.add(range.low);
      causes.add(range.high);
      outcome = range.low.is(Kind::error)
                    ? range.low
                    : (range.high.is(Kind::error) ? range.high : open_value(causes, any_domain(true)));
      return false;
    }
    if (!fill_range(here, range, run, outcome)) return false;
  } else {
    Value const domain = given != nullptr ? *given : value(program_.children[node.first + child]);
    if (is_open(domain)) {
      Causes causes;
      causes.add(domain);
      outcome = domain.is(Kind::error) ? domain : open_value(std::move(causes), any_domain(true));
      return false;
    }
    if (!fill_domain(here, domain, run, outcome)) return false;
  }
  for (std::uint64_t index = 0; index < run.count; ++index) {
    if (!here.spend()) {
      outcome = here.fail_limit("evaluation_steps");
      return false;
    }
    frame_[variable.local] = element_of(run, index);
    if (!iterate(node, iterator + 1, next_child, nullptr, results, truth, outcome)) return false;
  }
  if (!run.complete) {
    // there may be more elements than are known
    Causes causes;
    causes.facts = run.facts;
    frame_[variable.local] = further_of(List{{}, false, run.facts, run.further});
    if (truth != nullptr) {
      // a further element may say anything that the body says of an unknown one, or may not be there
      bool const dominant = node.op == Op::some;
      Junction further(here, dominant);
      Value stopped;
      bool const ran = iterate(node, iterator + 1, next_child, nullptr, results, &further, stopped);
      truth->add(perhaps(here, List{{}, false, run.facts}, ran ? further.result() : stopped, !dominant));
    } else {
      // what the body makes of it is what a further element of the result may be
      Results further;
      Value stopped;
      if (loop.uses_partial) {
        further.items.push_back(open_value(causes, any_domain(true)));  // it sees what other further ones made
      } else if (!iterate(node, iterator + 1, next_child, nullptr, further, nullptr, stopped)) {
        causes.add(stopped);
        outcome = open_value(std::move(causes), any_domain(true));
        return false;
      }
      // nothing comes of it where another variable has nothing to run over
      if (further.items.empty() && !stopped.is(Kind::list)) return true;
      List open{{}, false, run.facts};
      if (auto const* inner = stopped.as_list()) {
        open.further = inner->further;
        causes.add(stopped);
      }
      for (auto& item : further.items)
        open.further = either_further(here, open.further, std::make_shared<Value const>(std::move(item)));
      if (auto const* before = outcome.as_list()) {
        open.further = either_further(here, before->further, open.further);
        causes.add(outcome);
      }
      open.facts = std::move(causes.facts);
      outcome = Value(std::move(open));
    }
  }
  return true;
}

Value Evaluator::loop_over(Node const& node, Value const* first_domain)
{
  Site const here = site(node);
  Results results;
  Value outcome;
  if (node.op == Op::iterate) {
    if (!iterate(node, 0, 0, first_domain, results, nullptr, outcome)) return outcome;
    List list{std::move(results.items)};
    if (auto const* open = outcome.as_list()) {
      list.complete = false;
      list.facts = open->facts;
      list.further = open->further;
    }
    return Value(std::move(list));
  }
  Junction truth(here, node.op == Op::some);
  if (!iterate(node, 0, 0, first_domain, results, &truth, outcome)) return outcome;
  return truth.result();
}

Value Evaluator::loop(Node const& node)
{
  Loop const& loop = program_.loops[node.index];
  if (loop.iterators.front().bounds) return loop_over(node, nullptr);
  Value const domain = value(program_.children[node.first]);
  if (!is_open(domain)) return loop_over(node, &domain);
  Site const here = site(node);
  if (!here.legal()) return {};
  auto const values = possibilities_of(domain);
  if (!values || domain.is(Kind::error)) return loop_over(node, &domain);
  std::vector<Value> results;
  for (auto const& each : *values) results.push_back(loop_over(node, &each));
  Causes causes;
  causes.add(domain);
  return join(here, results, std::move(causes));
}

}  // namespace tutela::detail
