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
#include <string>
#include <vector>

#include "laws/language.hpp"

namespace tutela::laws {

/// Evaluates decisions for one complete case.
class Reference {
 public:
  Reference(std::vector<Decision> const& decisions, std::vector<Plain> const& facts, long on)
      : decisions_(decisions), facts_(facts), today_(on)
  {
  }

  Plain decide(std::size_t index) const
  {
    return decisions_[index].is_table ? table(decisions_[index].table) : value(decisions_[index].expression);
  }

  Plain value(Node const& node, Plain const* item = nullptr) const
  {
    using Op = Node::Op;
    auto const part = [&](std::size_t i) { return value(node.parts[i], item); };
    auto const is = [](Plain const& each, Plain::Kind kind) { return each.kind == kind; };
    switch (node.op) {
      case Op::constant: return node.constant;
      case Op::fact: return facts_[node.index];
      case Op::decision: return decide(node.index);
      case Op::item: return *item;
      case Op::add:
      case Op::subtract:
      case Op::times: {
        auto const left = part(0), right = part(1);
        if (!is(left, Plain::Kind::number) || !is(right, Plain::Kind::number)) return error();
        if (node.op == Op::times) return quarters(left.number * right.number / 4);
        return quarters(node.op == Op::add ? left.number + right.number : left.number - right.number);
      }
      case Op::age: {
        auto const born = part(0);
        if (!is(born, Plain::Kind::date) || born.number > today_) return error();
        return quarters((today_ - born.number) / 10'000 * 4);
      }
      case Op::is_none: return is(part(0), Plain::Kind::error) ? error() : truth(is(part(0), Plain::Kind::none));
      case Op::equal: return compare('=', part(0), part(1));
      case Op::unequal: return opposite(compare('=', part(0), part(1)));
      case Op::less: return compare('<', part(0), part(1));
      case Op::less_equal: return opposite(compare('<', part(1), part(0)));
      case Op::conjunction: return junction(node.parts.size(), false, part);
      case Op::disjunction: return junction(node.parts.size(), true, part);
      case Op::negation: return opposite(part(0));
      case Op::choose: {
        auto const condition = part(0);
        return is(condition, Plain::Kind::boolean) ? part(condition.number != 0 ? 1 : 2) : error();
      }
      case Op::between: return both(opposite(compare('<', part(0), part(1))), opposite(compare('<', part(2), part(0))));
      case Op::one_of:
        return junction(node.parts.size() - 1, true, [&](std::size_t i) { return compare('=', part(0), part(i + 1)); });
      case Op::some:
      case Op::every: {
        auto const list = part(0);
        return junction(list.items.size(), node.op == Op::some,
                        [&](std::size_t i) { return value(node.parts[1], &list.items[i]); });
      }
      case Op::filter: {
        auto list = part(0);
        Plain kept{Plain::Kind::list};
        for (auto const& each : list.items)
          if (value(node.parts[1], &each).number != 0) kept.items.push_back(each);
        return kept;
      }
      case Op::count: return quarters(static_cast<long>(part(0).items.size()) * 4);
      case Op::sum: {
        auto const items = part(0).items;
        return items.empty() ? error() : total(items);
      }
      case Op::contains: {
        auto const items = part(0).items;
        return truth(std::find(items.begin(), items.end(), part(1)) != items.end());
      }
    }
    return error();
  }

 private:
  static Plain opposite(Plain const& value)
  {
    return value.kind == Plain::Kind::boolean ? truth(value.number == 0) : error();
  }

  static Plain both(Plain const& left, Plain const& right)
  {
    return junction(2, false, [&](std::size_t i) { return i == 0 ? left : right; });
  }

  /// `and` (false decides alone) or `or` (true does); anything but a truth value is an error unless another one decides.
  static Plain junction(std::size_t count, bool dominant, std::function<Plain(std::size_t)> const& part)
  {
    bool wrong = false;
    for (std::size_t i = 0; i < count; ++i) {
      auto const each = part(i);
      if (each.kind == Plain::Kind::boolean && (each.number != 0) == dominant) return truth(dominant);
      wrong = wrong || each.kind != Plain::Kind::boolean;
    }
    return wrong ? error() : truth(!dominant);
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
    auto const any = junction(cell.tests.size(), true, [&](std::size_t i) {
      auto const& test = cell.tests[i];
      if (test.kind == 'n') return truth(false);
      if (test.kind == 'g') return opposite(compare('<', input, test.low));
      if (test.kind == 'i')
        return both(opposite(compare('<', input, test.low)), opposite(compare('<', test.high, input)));
      return compare(test.kind, input, test.low);
    });
    return cell.negated ? opposite(any) : any;
  }

  static Plain total(std::vector<Plain> const& numbers)
  {
    long sum = 0;
    for (auto const& each : numbers) sum += each.number;
    return quarters(sum);
  }

  Plain table(Table const& table) const;

  std::vector<Decision> const& decisions_;
  std::vector<Plain> const& facts_;
  long today_;
};

inline Plain Reference::table(Table const& table) const
{
  std::vector<Plain> inputs;
  for (auto const& input : table.inputs) inputs.push_back(value(input));
  std::vector<Plain> hits;
  for (auto const& rule : table.rules) {
    auto const match = junction(inputs.size(), false, [&](std::size_t i) { return passes(rule.cells[i], inputs[i]); });
    if (match.kind == Plain::Kind::error) hits.push_back(match);
    if (match == truth(true)) hits.push_back(rule.output);
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

/// Everything that the completions of a case lead to, without repetition.
/// \param domains What each fact may be: one value where it is known.
/// \param allowed False for completions that the constraints rule out.
inline std::vector<Plain> possible_answers(std::vector<Decision> const& decisions, std::size_t asked,
                                           std::vector<std::vector<Plain>> const& domains, long on,
                                           std::function<bool(std::vector<Plain> const&)> const& allowed)
{
  std::vector<Plain> answers;
  std::vector<Plain> facts;
  for (auto const& domain : domains) facts.push_back(domain.front());
  std::vector<std::size_t> digits(domains.size(), 0);
  for (std::size_t place = 0; place < domains.size();) {
    if (allowed(facts)) {
      auto answer = Reference(decisions, facts, on).decide(asked);
      if (std::find(answers.begin(), answers.end(), answer) == answers.end()) answers.push_back(std::move(answer));
    }
    for (place = 0; place < domains.size(); ++place) {
      digits[place] = (digits[place] + 1) % domains[place].size();
      facts[place] = domains[place][digits[place]];
      if (digits[place] != 0) break;
    }
  }
  return answers;
}

}  // namespace tutela::laws
