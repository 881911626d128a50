// SPDX-License-Identifier: Apache-2.0
/// \file
/// Built-in functions on lists.
#include <algorithm>
#include <array>

#include "feel/builtins.hpp"
#include "feel/function_value.hpp"
#include "feel/operations.hpp"

namespace tutela::detail {

namespace {

// An open argument of a lenient function, carried through the function by its possibilities.
template <class F>
std::optional<Value> carried(Site const& site, std::span<Value const> arguments, F const& function)
{
  if (!site.legal() || std::none_of(arguments.begin(), arguments.end(), is_open)) return std::nullopt;
  return lifted(site, arguments, function);
}

bool any_holes(List const& list)
{
  return !list.complete || std::any_of(list.items.begin(), list.items.end(), has_holes);
}

Value any_of_list(List const& list)
{
  Causes causes;
  causes.add(Value(list));
  return open_value(std::move(causes), any_domain(true));
}

// All arguments as one list: a list alone, or the arguments themselves.
List gathered(std::span<Value const> arguments)
{
  if (arguments.size() == 1 && arguments[0].is(Kind::list)) return list_in(arguments[0]);
  return List{{arguments.begin(), arguments.end()}};
}

Value list_contains(Site const& site, std::span<Value const> arguments)
{
  if (arguments[0].is(Kind::error) || is_open(arguments[0]))
    return lifted(site, arguments, [&](auto values) { return list_contains(site, values); });
  if (site.legal() && arguments[1].is(Kind::error)) return arguments[1];
  auto const& list = list_in(arguments[0]);
  Junction any(site, true);
  for (auto const& item : list.items) {
    if (!site.spend()) return site.fail_limit("evaluation_steps");
    Value const one = same_value(site, item, arguments[1]);
    if (any.add(one)) break;
  }
  if (!list.complete && site.legal())
    any.add(perhaps(site, list, same_value(site, further_of(list), arguments[1]), false));
  auto fault = site.legal() ? possible_fault(site, arguments[1]) : std::nullopt;
  if (!fault) return any.result();
  Causes causes;
  causes.add(arguments[1]);
  std::array<Value, 2> const both{any.result(), std::move(*fault)};
  return join(site, both, std::move(causes));
}

Value count(Site const& site, std::span<Value const> arguments)
{
  if (auto open = carried(site, arguments, [&](auto values) { return count(site, values); })) return *open;
  auto const& list = list_in(arguments[0]);
  Value const size(Decimal(static_cast<std::int64_t>(list.items.size())));
  if (list.complete || !site.legal()) return size;
  Causes causes;
  causes.facts = list.facts;
  Domain domain;
  domain.kind = Domain::Kind::range;
  domain.range.low = size;
  domain.approximate = true;
  return open_value(std::move(causes), std::move(domain));
}

// Minimum or maximum of elements of which some are not known: the extremes of their bounds.
Value extreme_open(Site const& site, List const& list, int sign)
{
  std::optional<Range> total;
  Causes causes;
  causes.add(Value(list));
  for (auto const& item : list.items) {
    if (item.is(Kind::error)) return item;
    auto const bounds = bounds_of(site, item);
    if (!bounds) return open_value(std::move(causes), any_domain(true));
    if (!total) {
      total = bounds;
      total->low_included = total->high_included = true;
      continue;
    }
    for (bool const low : {true, false}) {
      Value& end = low ? total->low : total->high;
      Value const& other = low ? bounds->low : bounds->high;
      // the minimum's lower end is unbounded as soon as one is, its upper end only when all are
      bool const unbounded_wins = low == (sign < 0);
      if (end.is_none() || other.is_none()) {
        end = unbounded_wins ? Value() : (end.is_none() ? other : end);
        continue;
      }
      auto const ordering = order(other, end);
      if (!ordering) return open_value(std::move(causes), any_domain(true));
      if (*ordering * sign > 0) end = other;
    }
  }
  if (!total) return open_value(std::move(causes), any_domain(true));
  if (!list.complete && list.further != nullptr && (may_fail(*list.further) || may_be_none(*list.further)))
    return open_value(std::move(causes), any_domain(true));
  if (!list.complete) (sign < 0 ? total->low : total->high) = Value();
  if (total->low.is_none() && total->high.is_none()) return open_value(std::move(causes), any_domain(true));
  if (!total->low.is_none() && !total->high.is_none() && order(total->low, total->high) == 0) return total->low;
  Domain domain;
  domain.kind = Domain::Kind::range;
  domain.range = std::move(*total);
  domain.approximate = true;
  return open_value(std::move(causes), std::move(domain));
}

template <int sign>
Value extreme(Site const& site, std::span<Value const> arguments)
{
  List const list = gathered(arguments);
  if (site.legal() && any_holes(list)) {
    if (arguments.size() == 1 && is_open(arguments[0])) {
      return lifted(site, arguments, [&](auto values) { return extreme<sign>(site, values); });
    }
    Value const held(list);
    Value result =
        list.complete ? lifted(site, {&held, 1}, [&](auto values) { return extreme<sign>(site, values); }) : Value();
    bool const settled =
        list.complete && (!result.is(Kind::unknown) || result.as_unknown()->domain.kind != Domain::Kind::any);
    return settled && !result.is(Kind::uncertain) ? result : extreme_open(site, list, sign);
  }
  if (list.items.empty()) return {};
  Value best = list.items.front();
  for (auto const& item : list.items) {
    if (site.legal() && item.is(Kind::error)) return item;
    auto const ordering = order(item, best);
    if (!ordering) return site.fail("the elements of the list have no order");
    if (*ordering * sign > 0) best = item;
  }
  return best;
}

template <Op op>
Value folded(Site const& site, std::span<Value const> arguments)
{
  if (auto open = carried(site, arguments.size() == 1 ? arguments : std::span<Value const>{},
                          [&](auto values) { return folded<op>(site, values); })) {
    return *open;
  }
  List const list = gathered(arguments);
  if (list.items.empty() && list.complete) return site.fail("the list is empty");
  if (!list.complete && site.legal()) return any_of_list(list);
  Value total = list.items.front();
  if (!total.is(Kind::number) && !is_open(total)) return site.fail("the elements of the list must be numbers");
  // the first number alone must be one, too
  if (site.legal() && may_be_none(total)) total = arithmetic(site, op, total, Value(Decimal(op == Op::add ? 0 : 1)));
  for (std::size_t index = 1; index < list.items.size(); ++index) {
    if (!list.items[index].is(Kind::number) && !is_open(list.items[index])) {
      return site.fail("the elements of the list must be numbers");
    }
    total = arithmetic(site, op, total, list.items[index]);
  }
  return !site.legal() && is_open(total) ? Value() : total;
}

Value mean(Site const& site, std::span<Value const> arguments)
{
  List const list = gathered(arguments);
  Value const total = folded<Op::add>(site, arguments);
  if (list.items.empty() || (total.is_none() && !site.legal())) return total;
  return arithmetic(site, Op::divide, total, Value(Decimal(static_cast<std::int64_t>(list.items.size()))));
}

// The numbers of the arguments, ascending; nothing when there is something else among them.
std::optional<std::vector<Decimal>> sorted_numbers(std::span<Value const> arguments)
{
  std::vector<Decimal> numbers;
  for (auto const& item : gathered(arguments).items) {
    if (!item.is(Kind::number)) return std::nullopt;
    numbers.push_back(*item.as_number());
  }
  std::sort(numbers.begin(), numbers.end(), [](Decimal lhs, Decimal rhs) { return lhs < rhs; });
  return numbers;
}

Value median(Site const& site, std::span<Value const> arguments)
{
  auto const numbers = sorted_numbers(arguments);
  if (!numbers) return site.fail("the elements of the list must be numbers");
  if (numbers->empty()) return {};
  std::size_t const middle = numbers->size() / 2;
  if (numbers->size() % 2 == 1) return Value((*numbers)[middle]);
  return finite(site, ((*numbers)[middle - 1] + (*numbers)[middle]) / Decimal(2));
}

Value stddev(Site const& site, std::span<Value const> arguments)
{
  auto const numbers = sorted_numbers(arguments);
  if (!numbers || numbers->size() < 2) return site.fail("the standard deviation needs at least two numbers");
  Decimal const size(static_cast<std::int64_t>(numbers->size()));
  Decimal total;
  for (Decimal const number : *numbers) total = total + number;
  Decimal const average = total / size;
  Decimal squares;
  for (Decimal const number : *numbers) squares = squares + (number - average) * (number - average);
  return finite(site, (squares / (size - Decimal(1))).sqrt());
}

Value mode(Site const& site, std::span<Value const> arguments)
{
  auto const numbers = sorted_numbers(arguments);
  if (!numbers) return site.fail("the elements of the list must be numbers");
  List result;
  std::size_t most = 0;
  for (std::size_t first = 0; first < numbers->size();) {
    std::size_t last = first;
    while (last < numbers->size() && (*numbers)[last] == (*numbers)[first]) ++last;
    if (last - first > most) {
      most = last - first;
      result.items.clear();
    }
    if (last - first == most) result.items.emplace_back((*numbers)[first]);
    first = last;
  }
  return Value(std::move(result));
}

template <bool dominant>
Value junction_of(Site const& site, std::span<Value const> arguments)
{
  if (arguments.size() == 1) {
    if (auto open = carried(site, arguments, [&](auto values) { return junction_of<dominant>(site, values); }))
      return *open;
  }
  List const list = gathered(arguments);
  // to the standard a list with anything but truth in it is no argument at all
  bool const fits = site.legal() || std::all_of(list.items.begin(), list.items.end(), [](Value const& item) {
                      return item.is_none() || item.is(Kind::boolean);
                    });
  if (!fits) return site.fail("the elements of the list must be true or false");
  Junction all(site, dominant);
  for (auto const& item : list.items) {
    if (all.add(item)) break;
  }
  if (!list.complete && site.legal()) {
    Junction further(site, dominant);
    further.add(further_of(list));
    all.add(perhaps(site, list, further.result(), !dominant));
  }
  return all.result();
}

// A position in a list as an index; nothing when it lies outside.
std::optional<std::size_t> index_in(Value const& position, std::size_t size)
{
  auto const number = number_in(position).rounded(0, Rounding::down).to_int64();
  auto const length = static_cast<std::int64_t>(size);
  if (!number || *number == 0 || *number > length || *number < -length) return std::nullopt;
  return static_cast<std::size_t>(*number > 0 ? *number - 1 : length + *number);
}

Value sublist(Site const& site, std::span<Value const> arguments)
{
  auto const& items = list_in(arguments[0]).items;
  auto const first = index_in(arguments[1], items.size());
  if (!first) return site.fail("the start lies outside the list");
  std::size_t last = items.size();
  if (arguments.size() > 2) {
    auto const length = number_in(arguments[2]).rounded(0, Rounding::down).to_int64();
    if (!length || *length < 1 || static_cast<std::uint64_t>(*length) > items.size() - *first) {
      return site.fail("the length lies outside the list");
    }
    last = *first + static_cast<std::size_t>(*length);
  }
  auto const at = [&](std::size_t index) { return items.begin() + static_cast<std::ptrdiff_t>(index); };
  return Value(List{{at(*first), at(last)}});
}

// Appends the elements of `list`; what makes the result open is kept.
void extend(Site const& site, List& into, List const& list)
{
  if (!list.complete) {
    auto const own = std::make_shared<Value const>(further_of(list));
    into.further = into.complete ? own : either_further(site, std::make_shared<Value const>(further_of(into)), own);
  }
  into.items.insert(into.items.end(), list.items.begin(), list.items.end());
  into.complete = into.complete && list.complete;
  for (auto const& fact : list.facts) {
    if (std::find(into.facts.begin(), into.facts.end(), fact) == into.facts.end()) into.facts.push_back(fact);
  }
}

Value append(Site const& site, std::span<Value const> arguments)
{
  if (is_open(arguments[0]) && site.legal()) {
    // what is appended may be anything, also what cannot be computed
    return lifted(site, arguments.first(1), [&](auto values) {
      std::vector<Value> completed(arguments.begin(), arguments.end());
      completed.front() = values[0];
      return append(site, completed);
    });
  }
  List result = list_in(arguments[0]);
  result.items.insert(result.items.end(), arguments.begin() + 1, arguments.end());
  return Value(std::move(result));
}

Value concatenate(Site const& site, std::span<Value const> arguments)
{
  if (auto open = carried(site, arguments, [&](auto values) { return concatenate(site, values); })) return *open;
  List result;
  for (auto const& argument : arguments) {
    extend(site, result, list_in(argument));
    if (result.items.size() > site.evaluation.limits.elements) return site.fail_limit("elements");
  }
  return Value(std::move(result));
}

Value insert_before(Site const& site, std::span<Value const> arguments)
{
  List result = list_in(arguments[0]);
  auto const index = index_in(arguments[1], result.items.size());
  if (!index) return site.fail("the position lies outside the list");
  result.items.insert(result.items.begin() + static_cast<std::ptrdiff_t>(*index), arguments[2]);
  return Value(std::move(result));
}

Value remove(Site const& site, std::span<Value const> arguments)
{
  List result = list_in(arguments[0]);
  auto const index = index_in(arguments[1], result.items.size());
  if (!index) return site.fail("the position lies outside the list");
  result.items.erase(result.items.begin() + static_cast<std::ptrdiff_t>(*index));
  return Value(std::move(result));
}

Value replace_at(Site const& site, std::span<Value const> arguments)
{
  List result = list_in(arguments[0]);
  auto const index = index_in(arguments[1], result.items.size());
  if (!index) return site.fail("the position lies outside the list");
  result.items[*index] = arguments[2];
  return Value(std::move(result));
}

Value replace_matching(Site const& site, std::span<Value const> arguments)
{
  List result = list_in(arguments[0]);
  for (auto& item : result.items) {
    std::array<Value, 2> const pair{item, arguments[2]};
    Value const match = call_value(site, arguments[1], pair);
    if (site.legal() && is_open(match)) return match.is(Kind::error) ? match : any_of_list(List{{match}});
    if (!match.is(Kind::boolean)) return site.fail("the match must be true or false");
    if (*match.as_boolean()) item = arguments[2];
  }
  return Value(std::move(result));
}

Value reverse(Site const& site, std::span<Value const> arguments)
{
  if (auto open = carried(site, arguments, [&](auto values) { return reverse(site, values); })) return *open;
  List result = list_in(arguments[0]);
  std::reverse(result.items.begin(), result.items.end());
  return Value(std::move(result));
}

bool is_same(Site const& site, Value const& lhs, Value const& rhs)
{
  return equal_values(site, lhs, rhs).value_or(false);
}

Value index_of(Site const& site, std::span<Value const> arguments)
{
  List result;
  auto const& items = list_in(arguments[0]).items;
  for (std::size_t index = 0; index < items.size(); ++index) {
    if (!site.spend()) return site.fail_limit("evaluation_steps");
    if (is_same(site, items[index], arguments[1]))
      result.items.emplace_back(Decimal(static_cast<std::int64_t>(index) + 1));
  }
  return site.within_steps() ? Value(std::move(result)) : site.fail_limit("evaluation_steps");
}

Value distinct(Site const& site, std::vector<Value> const& items)
{
  List result;
  for (auto const& item : items) {
    if (!site.spend(result.items.size() / 8 + 1)) return site.fail_limit("evaluation_steps");
    bool const known = std::any_of(result.items.begin(), result.items.end(),
                                   [&](Value const& other) { return is_same(site, item, other); });
    if (!known) result.items.push_back(item);
  }
  return site.within_steps() ? Value(std::move(result)) : site.fail_limit("evaluation_steps");
}

Value distinct_values(Site const& site, std::span<Value const> arguments)
{
  return distinct(site, list_in(arguments[0]).items);
}

Value unite(Site const& site, std::span<Value const> arguments)
{
  std::vector<Value> items;
  for (auto const& argument : arguments) {
    items.insert(items.end(), list_in(argument).items.begin(), list_in(argument).items.end());
  }
  return distinct(site, items);
}

Value flatten(Site const& site, std::span<Value const> arguments)
{
  List result;
  std::vector<Value> rest(list_in(arguments[0]).items.rbegin(), list_in(arguments[0]).items.rend());
  while (!rest.empty()) {
    if (!site.spend()) return site.fail_limit("evaluation_steps");
    Value const item = std::move(rest.back());
    rest.pop_back();
    if (auto const* list = item.as_list()) {
      rest.insert(rest.end(), list->items.rbegin(), list->items.rend());
    } else {
      result.items.push_back(item);
    }
  }
  return Value(std::move(result));
}

Value sort(Site const& site, std::span<Value const> arguments)
{
  // merge sort written out, because the order is the author's function and may be no order at all
  std::vector<Value> items = list_in(arguments[0]).items;
  std::vector<Value> merged(items.size());
  for (std::size_t width = 1; width < items.size(); width *= 2) {
    for (std::size_t start = 0; start < items.size(); start += 2 * width) {
      std::size_t left = start;
      std::size_t const middle = std::min(start + width, items.size());
      std::size_t right = middle;
      std::size_t const end = std::min(start + 2 * width, items.size());
      for (std::size_t place = start; place < end; ++place) {
        bool take_right = left == middle;
        if (left < middle && right < end) {
          std::array<Value, 2> const pair{items[right], items[left]};
          Value const before = call_value(site, arguments[1], pair);
          if (site.legal() && is_open(before)) return before.is(Kind::error) ? before : any_of_list(List{{before}});
          if (!before.is(Kind::boolean)) return site.fail("the order must be true or false");
          take_right = *before.as_boolean();
        }
        merged[place] = items[take_right ? right++ : left++];
      }
    }
    std::swap(items, merged);
  }
  return Value(List{std::move(items)});
}

constexpr auto lenient = Strictness::lenient;

constexpr std::array signatures{
    Signature{"list contains", "list: list, element: any", list_contains, lenient},
    Signature{"count", "list: list", count, lenient},
    Signature{"min", "list: list", extreme<-1>, lenient},
    Signature{"min", "list: any...", extreme<-1>, lenient},
    Signature{"max", "list: list", extreme<1>, lenient},
    Signature{"max", "list: any...", extreme<1>, lenient},
    Signature{"sum", "list: list", folded<Op::add>, lenient},
    Signature{"sum", "list: any...", folded<Op::add>, lenient},
    Signature{"product", "list: list", folded<Op::multiply>, lenient},
    Signature{"product", "list: any...", folded<Op::multiply>, lenient},
    Signature{"mean", "list: list", mean, lenient},
    Signature{"mean", "list: any...", mean, lenient},
    Signature{"median", "list: list", median},
    Signature{"median", "list: any...", median},
    Signature{"stddev", "list: list", stddev},
    Signature{"stddev", "list: any...", stddev},
    Signature{"mode", "list: list", mode},
    Signature{"mode", "list: any...", mode},
    Signature{"all", "list: list", junction_of<false>, lenient},
    Signature{"all", "list: any...", junction_of<false>, lenient},
    Signature{"any", "list: list", junction_of<true>, lenient},
    Signature{"any", "list: any...", junction_of<true>, lenient},
    Signature{"sublist", "list: list, start position: number, length: number?", sublist},
    Signature{"append", "list: list, item: any...", append, lenient},
    Signature{"concatenate", "list: list...", concatenate, lenient},
    Signature{"insert before", "list: list, position: number, newItem: any", insert_before},
    Signature{"remove", "list: list, position: number", remove},
    Signature{"list replace", "list: list, position: number, newItem: any", replace_at},
    Signature{"list replace", "list: list, match: function, newItem: any", replace_matching},
    Signature{"reverse", "list: list", reverse, lenient},
    Signature{"index of", "list: list, match: any", index_of},
    Signature{"union", "list: list...", unite},
    Signature{"distinct values", "list: list", distinct_values},
    Signature{"flatten", "list: list", flatten},
    Signature{"sort", "list: list, precedes: function", sort},
};

}  // namespace

std::span<Signature const> list_signatures() { return signatures; }

}  // namespace tutela::detail
