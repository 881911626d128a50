// SPDX-License-Identifier: Apache-2.0
/// \file
/// What rules mean, the slow and plain way: every completion of the missing facts is tried out one by one.
///
/// Nothing here knows the library: values, expressions, tables and the enumeration are written a second time, as short
/// as they can be, so that an error of the engine is not repeated by what judges it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "laws/language.hpp"

namespace tutela::laws {

/// Evaluates decisions for one complete case.
struct Reference {
  std::vector<Decision> const& decisions;
  std::vector<Plain> const& facts;
  long today;

  Plain decide(std::size_t index) const
  {
    return decisions[index].is_table ? table(decisions[index].table) : value(decisions[index].expression);
  }

  Plain value(Node const& node, Plain const* item = nullptr) const
  {
    using Op = Node::Op;
    auto const part = [&](std::size_t i) { return value(node.parts[i], item); };
    auto const is = [](Plain const& each, Plain::Kind kind) { return each.kind == kind; };
    // A loop or a function over what is no list is an error; a filter of nothing leaves nothing.
    if (node.op >= Op::some && !is(part(0), Plain::Kind::list))
      return is(part(0), Plain::Kind::none) && node.op == Op::filter ? Plain{Plain::Kind::list} : error();
    switch (node.op) {
      case Op::constant: return node.constant;
      case Op::fact: return facts[node.index];
      case Op::decision: return decide(node.index);
      case Op::item: return *item;
      case Op::component:
        if (is(part(0), Plain::Kind::structure)) return part(0).items[node.index];
        if (!is(part(0), Plain::Kind::list)) return error();
        return {Plain::Kind::list, 0, {}, each(part(0).items, [&](Plain const& one) { return one.items[node.index]; })};
      case Op::add:
      case Op::subtract:
      case Op::times: {
        auto const left = part(0), right = part(1);
        if (!is(left, Plain::Kind::number) || !is(right, Plain::Kind::number)) return error();
        if (node.op == Op::times) return quarters(left.number * right.number / 4);
        return quarters(node.op == Op::add ? left.number + right.number : left.number - right.number);
      }
      case Op::age:
        if (!is(part(0), Plain::Kind::date) || part(0).number > today) return error();
        return quarters((today - part(0).number) / 10'000 * 4);
      case Op::is_none: return is(part(0), Plain::Kind::error) ? error() : truth(is(part(0), Plain::Kind::none));
      case Op::equal: return compare('=', part(0), part(1));
      case Op::unequal: return opposite(compare('=', part(0), part(1)));
      case Op::less: return compare('<', part(0), part(1));
      case Op::less_equal: return opposite(compare('<', part(1), part(0)));
      case Op::conjunction:
      case Op::disjunction:
        return junction(node.op == Op::disjunction,
                        each(node.parts, [&](Node const& one) { return value(one, item); }));
      case Op::negation: return opposite(part(0));
      case Op::choose: return is(part(0), Plain::Kind::boolean) ? part(part(0) == truth(true) ? 1 : 2) : error();
      case Op::between: return inside(part(0), part(1), part(2));
      case Op::one_of:
        return junction(true, each(std::vector(node.parts.begin() + 1, node.parts.end()),
                                   [&](Node const& one) { return compare('=', part(0), value(one, item)); }));
      case Op::some:
      case Op::every:
      case Op::filter: {
        auto list = part(0);
        auto const tests = each(list.items, [&](Plain const& one) { return value(node.parts[1], &one); });
        if (node.op != Op::filter) return junction(node.op == Op::some, tests);
        if (!std::all_of(tests.begin(), tests.end(), [&](Plain const& one) { return is(one, Plain::Kind::boolean); }))
          return error();
        std::erase_if(list.items, [&](Plain const& one) { return value(node.parts[1], &one).number == 0; });
        return list;
      }
      case Op::count: return quarters(static_cast<long>(part(0).items.size()) * 4);
      case Op::sum: return part(0).items.empty() ? error() : total(part(0).items);
      case Op::contains:
        return junction(true, each(part(0).items, [&](Plain const& one) { return truth(one == part(1)); }));
    }
    return error();
  }

  static Plain opposite(Plain const& value)
  {
    return value.kind == Plain::Kind::boolean ? truth(value.number == 0) : error();
  }

  template <class T, class F>
  static std::vector<Plain> each(std::vector<T> const& items, F const& made)
  {
    std::vector<Plain> all;
    for (auto const& item : items) all.push_back(made(item));
    return all;
  }

  /// `and` (false decides alone) or `or` (true does); anything but a truth value is an error unless another one decides.
  static Plain junction(bool dominant, std::vector<Plain> const& all)
  {
    if (std::find(all.begin(), all.end(), truth(dominant)) != all.end()) return truth(dominant);
    return std::count(all.begin(), all.end(), truth(!dominant)) == std::ssize(all) ? truth(!dominant) : error();
  }

  static Plain inside(Plain const& value, Plain const& low, Plain const& high)
  {
    return junction(false, {opposite(compare('<', value, low)), opposite(compare('<', high, value))});
  }

  static Plain compare(char sign, Plain const& left, Plain const& right)
  {
    if (left.kind != right.kind || left.kind == Plain::Kind::none || left.kind == Plain::Kind::error) return error();
    if (sign == '=') return truth(left == right);
    return truth(left.kind == Plain::Kind::text ? left.text < right.text : left.number < right.number);
  }

  static Plain passes(Cell const& cell, Plain const& input)
  {
    if (cell.tests.empty()) return truth(true);
    if (input.kind == Plain::Kind::error) return input;
    bool const null_asked =
        std::any_of(cell.tests.begin(), cell.tests.end(), [](auto const& test) { return test.kind == 'n'; });
    if (input.kind == Plain::Kind::none) return truth(null_asked != cell.negated && null_asked);
    auto const any =
        junction(true, each(cell.tests, [&](Cell::Test const& test) {
                   if (test.kind == 'n') return truth(false);
                   if (test.kind == 'g') return opposite(compare('<', input, test.low));
                   return test.kind == 'i' ? inside(input, test.low, test.high) : compare(test.kind, input, test.low);
                 }));
    return cell.negated ? opposite(any) : any;
  }

  static Plain total(std::vector<Plain> const& all)
  {
    return quarters(
        std::accumulate(all.begin(), all.end(), 0L, [](long sum, auto const& one) { return sum + one.number; }));
  }

  Plain table(Table const& table) const
  {
    auto const inputs = each(table.inputs, [&](Node const& input) { return value(input); });
    std::vector<Plain> hits;
    for (auto const& rule : table.rules) {
      std::size_t column = 0;
      auto const match =
          junction(false, each(inputs, [&](Plain const& input) { return passes(rule.cells[column++], input); }));
      if (match != truth(false)) hits.push_back(match == truth(true) ? rule.output : match);
      if (table.policy == Policy::first && !hits.empty()) return hits.front();
    }
    if (hits.empty() && table.has_default) return table.otherwise;
    if (std::find(hits.begin(), hits.end(), error()) != hits.end()) return error();
    auto const rank = [&](Plain const& hit) { return std::find(table.ranking.begin(), table.ranking.end(), hit); };
    auto const by_rank = [&](Plain const& left, Plain const& right) { return rank(left) < rank(right); };
    auto const by_number = [](Plain const& left, Plain const& right) { return left.number < right.number; };
    Plain list{Plain::Kind::list, 0, {}, hits};
    if (table.policy == Policy::count) return quarters(static_cast<long>(hits.size()) * 4);
    if (hits.empty()) return table.policy == Policy::collect ? list : Plain{};
    switch (table.policy) {
      case Policy::unique: return hits.size() == 1 ? hits.front() : error();
      case Policy::any: return std::equal(hits.begin() + 1, hits.end(), hits.begin()) ? hits.front() : error();
      case Policy::priority: return *std::min_element(hits.begin(), hits.end(), by_rank);
      case Policy::output_order: std::stable_sort(list.items.begin(), list.items.end(), by_rank); return list;
      case Policy::minimum: return *std::min_element(hits.begin(), hits.end(), by_number);
      case Policy::maximum: return *std::max_element(hits.begin(), hits.end(), by_number);
      case Policy::sum: return total(hits);
      default: return list;
    }
  }
};

/// Everything that the completions of a case lead to, without repetition.
/// \param domains What each fact may be: one value where it is known.
/// \param allowed False for completions that the constraints rule out.
inline std::vector<Plain> possible_answers(std::vector<Decision> const& decisions, std::size_t asked,
                                           std::vector<std::vector<Plain>> const& domains, long on,
                                           std::function<bool(std::vector<Plain> const&)> const& allowed)
{
  std::vector<Plain> answers;
  std::vector<std::size_t> digits(domains.size(), 0);
  for (std::size_t place = 0; place < domains.size();) {
    std::vector<Plain> facts;
    for (std::size_t i = 0; i < domains.size(); ++i) facts.push_back(domains[i][digits[i]]);
    if (allowed(facts)) {
      auto answer = Reference{decisions, facts, on}.decide(asked);
      if (std::find(answers.begin(), answers.end(), answer) == answers.end()) answers.push_back(std::move(answer));
    }
    for (place = 0; place < domains.size() && ++digits[place] == domains[place].size(); ++place) digits[place] = 0;
  }
  return answers;
}

}  // namespace tutela::laws
