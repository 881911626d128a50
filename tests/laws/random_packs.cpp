// SPDX-License-Identifier: Apache-2.0
/// \file
/// Random rule packs, printed as DMN.
#include "laws/random_packs.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "unit/rules/models.hpp"

namespace tutela::laws {
namespace {

using Kind = RandomFact::Kind;
using Op = Node::Op;

std::string feel(Plain const& value)
{
  switch (value.kind) {
    case Plain::Kind::boolean: return value.number != 0 ? "true" : "false";
    case Plain::Kind::number: return std::to_string(value.number / 4);
    case Plain::Kind::text: return '"' + value.text + '"';
    case Plain::Kind::date: {
      auto const text = std::to_string(value.number);
      return "@\"" + text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6) + "\"";
    }
    default: return "null";
  }
}

/// The expression as FEEL. \param item How the element of the loop around it is called.
std::string feel(RandomPack const& pack, Node const& node, std::string const& item = "")
{
  auto const part = [&](std::size_t i) { return feel(pack, node.parts[i], item); };
  auto const infix = [&](char const* sign) { return "(" + part(0) + sign + part(1) + ")"; };
  auto const listed = [&](std::size_t from, char const* sign) {
    std::string text;
    for (std::size_t i = from; i < node.parts.size(); ++i) text += (i == from ? "" : sign) + part(i);
    return "(" + text + ")";
  };
  switch (node.op) {
    case Op::constant: return feel(node.constant);
    case Op::fact: return pack.facts[node.index].name;
    case Op::decision: return "d" + std::to_string(node.index);
    case Op::item: return item;
    case Op::component: return part(0) + (node.index == 0 ? ".a" : ".b");
    case Op::add: return infix(" + ");
    case Op::subtract: return infix(" - ");
    case Op::times: return infix(" * ");
    case Op::age: return "age in years(" + part(0) + ", today())";
    case Op::equal: return infix(" = ");
    case Op::unequal: return infix(" != ");
    case Op::less: return infix(" < ");
    case Op::less_equal: return infix(" <= ");
    case Op::is_none: return "(" + part(0) + " = null)";
    case Op::conjunction: return listed(0, " and ");
    case Op::disjunction: return listed(0, " or ");
    case Op::negation: return "not(" + part(0) + ")";
    case Op::choose: return "(if " + part(0) + " then " + part(1) + " else " + part(2) + ")";
    case Op::between: return "(" + part(0) + " in [" + part(1) + ".." + part(2) + "])";
    case Op::one_of: return "(" + part(0) + " in " + listed(1, ", ") + ")";
    case Op::some: return "(some e in " + part(0) + " satisfies " + feel(pack, node.parts[1], "e") + ")";
    case Op::every: return "(every e in " + part(0) + " satisfies " + feel(pack, node.parts[1], "e") + ")";
    case Op::count: return "count(" + part(0) + ")";
    case Op::sum: return "sum(" + part(0) + ")";
    case Op::filter: return part(0) + "[" + feel(pack, node.parts[1], "item") + "]";
    case Op::contains: return "list contains(" + part(0) + ", " + part(1) + ")";
  }
  return "null";
}

std::string feel(Cell const& cell)
{
  if (cell.tests.empty()) return "-";
  std::string text;
  for (auto const& test : cell.tests) {
    if (!text.empty()) text += ", ";
    if (test.kind == 'n') text += "null";
    if (test.kind == '=') text += feel(test.low);
    if (test.kind == '<') text += "< " + feel(test.low);
    if (test.kind == 'g') text += ">= " + feel(test.low);
    if (test.kind == 'i') text += "[" + feel(test.low) + ".." + feel(test.high) + "]";
  }
  return cell.negated ? "not(" + text + ")" : text;
}

std::string policy_text(Policy policy)
{
  switch (policy) {
    case Policy::unique: return "UNIQUE\"";
    case Policy::any: return "ANY\"";
    case Policy::first: return "FIRST\"";
    case Policy::priority: return "PRIORITY\"";
    case Policy::rule_order: return "RULE ORDER\"";
    case Policy::output_order: return "OUTPUT ORDER\"";
    case Policy::collect: return "COLLECT\"";
    case Policy::sum: return "COLLECT\" aggregation=\"SUM\"";
    case Policy::count: return "COLLECT\" aggregation=\"COUNT\"";
    case Policy::minimum: return "COLLECT\" aggregation=\"MIN\"";
    case Policy::maximum: return "COLLECT\" aggregation=\"MAX\"";
  }
  return "FIRST\"";
}

std::string print(RandomPack const& pack, Decision const& decision)
{
  if (!decision.is_table) return test::literal(feel(pack, decision.expression));
  auto const& table = decision.table;
  std::vector<std::string> inputs;
  for (auto const& input : table.inputs) inputs.push_back(test::escaped(feel(pack, input)));
  std::vector<std::pair<std::vector<std::string>, std::string>> rules;
  for (auto const& rule : table.rules) {
    std::vector<std::string> cells;
    for (auto const& cell : rule.cells) cells.push_back(feel(cell));
    rules.emplace_back(std::move(cells), feel(rule.output));
  }
  std::string ranking;
  for (auto const& value : table.ranking) ranking += (ranking.empty() ? "" : ", ") + feel(value);
  return test::table("hitPolicy=\"" + policy_text(table.policy), inputs, rules,
                     table.has_default ? feel(table.otherwise) : "", ranking);
}

/// The whole document. Facts named `p.x` are the components of one structured input.
std::string print(RandomPack const& pack)
{
  std::string text;
  std::string components;
  std::vector<std::string> required;
  static constexpr char const* optional_note =
      "<extensionElements><tutela:fact optional=\"true\"/></extensionElements>";
  auto const typed = [](RandomFact const& fact) -> std::string {
    switch (fact.kind) {
      case Kind::boolean: return "<typeRef>boolean</typeRef>";
      case Kind::choice:
        return "<typeRef>string</typeRef><allowedValues><text>\"a\", \"b\", \"c\"</text></allowedValues>";
      case Kind::number: return "<typeRef>number</typeRef><allowedValues><text>0, 1, 2, 3</text></allowedValues>";
      case Kind::range: return "<typeRef>number</typeRef><allowedValues><text>[0..5]</text></allowedValues>";
      case Kind::text: return "<typeRef>string</typeRef>";
      case Kind::date:
        return "<typeRef>date</typeRef><allowedValues><text>[@\"2000-01-01\"..@\"2026-03-02\"]</text></allowedValues>";
      case Kind::list: return "<typeRef>number</typeRef><allowedValues><text>0, 1, 2</text></allowedValues>";
      case Kind::people:
        return "<itemComponent name=\"a\"><typeRef>number</typeRef><allowedValues><text>0, 1</text></allowedValues>"
               "</itemComponent><itemComponent name=\"b\">" +
               std::string(fact.optional_part ? optional_note : "") + "<typeRef>boolean</typeRef></itemComponent>";
    }
    return "";
  };
  auto const note = [](RandomFact const& fact) -> std::string {
    std::string marks = fact.optional ? "optional=\"true\"" : "";
    if (fact.kind == Kind::list) marks += " maximumElements=\"3\"";
    if (fact.kind == Kind::people) marks += " maximumElements=\"2\"";
    return marks;
  };
  for (auto const& fact : pack.facts) {
    if (fact.name.rfind("p.", 0) == 0) {
      auto const extension =
          note(fact).empty() ? "" : "<extensionElements><tutela:fact " + note(fact) + "/></extensionElements>";
      components +=
          "<itemComponent name=\"" + fact.name.substr(2) + "\">" + extension + typed(fact) + "</itemComponent>";
      continue;
    }
    text += "<itemDefinition name=\"t_" + fact.name + "\"" + (fact.is_list() ? " isCollection=\"true\"" : "") + ">" +
            typed(fact) + "</itemDefinition>\n" + test::input(fact.name, "t_" + fact.name, note(fact));
    required.push_back(fact.name);
  }
  if (!components.empty()) {
    text += "<itemDefinition name=\"t_p\">" + components + "</itemDefinition>\n" + test::input("p", "t_p");
    required.push_back("p");
  }
  for (std::size_t i = 0; i < pack.constraints.size(); ++i)
    text += test::decision("c" + std::to_string(i), required, test::literal(feel(pack, pack.constraints[i])),
                           "<tutela:constraint/>");
  for (std::size_t i = 0; i < pack.decisions.size(); ++i) {
    text += test::decision("d" + std::to_string(i), required, print(pack, pack.decisions[i]));
    required.push_back("d_d" + std::to_string(i));
  }
  return test::dmn(text);
}

}  // namespace

std::vector<std::size_t> Generator::facts_of(std::vector<Kind> const& kinds) const
{
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < pack_.facts.size(); ++i)
    if (std::find(kinds.begin(), kinds.end(), pack_.facts[i].kind) != kinds.end()) found.push_back(i);
  return found;
}

RandomFact Generator::fact(std::string name)
{
  RandomFact fact{std::move(name), {}, false, false, {}};
  auto const roll = below(18);
  auto& all = fact.completions;
  if (roll < 4) {
    fact.kind = Kind::boolean;
    all = {truth(false), truth(true)};
  } else if (roll < 7) {
    fact.kind = Kind::choice;
    all = {word("a"), word("b"), word("c")};
  } else if (roll < 9) {
    fact.kind = Kind::number;
    for (long i = 0; i <= 3; ++i) all.push_back(quarters(i * 4));
  } else if (roll < 12) {
    fact.kind = Kind::range;
    for (long i = 0; i <= 20; ++i) all.push_back(quarters(i));
  } else if (roll < 13) {
    fact.kind = Kind::text;
    for (auto const* text : {"", "a", "aa", "ab", "abb", "b", "ba", "bb", "bbb", "c", "d"}) all.push_back(word(text));
  } else if (roll < 15 || fact.name[0] == 'p') {
    fact.kind = Kind::date;
    // the last day before an age is reached and the day it is, and the days around a date that rules name
    all = {day(20'000'101), day(20'091'231), day(20'100'101), day(20'100'102), day(20'260'302)};
    for (long years = 1; years <= 26; ++years)
      for (long const each : {302, 303}) all.push_back(day((2026 - years) * 10'000 + each));
    std::sort(all.begin(), all.end(), [](Plain const& lhs, Plain const& rhs) { return lhs.number < rhs.number; });
  } else {
    fact.kind = roll < 16 ? Kind::list : Kind::people;
    fact.optional_part = fact.kind == Kind::people && chance(30);
    std::vector<Plain> elements;
    for (long i = 0; i <= 2 && fact.kind == Kind::list; ++i) elements.push_back(quarters(i * 4));
    for (long i = 0; i <= 1 && fact.kind == Kind::people; ++i) {
      for (bool const each : {false, true})
        elements.push_back({Plain::Kind::structure, 0, {}, {quarters(i * 4), truth(each)}});
      if (fact.optional_part) elements.push_back({Plain::Kind::structure, 0, {}, {quarters(i * 4), {}}});
    }
    all.push_back({Plain::Kind::list});
    for (std::size_t begin = 0; begin < all.size(); ++begin) {
      auto const list = all[begin];
      if (list.items.size() == (fact.kind == Kind::list ? 3 : 2)) break;
      for (auto const& element : elements) {
        all.push_back(list);
        all.back().items.push_back(element);
      }
    }
  }
  fact.optional = chance(15);
  if (fact.optional) all.emplace_back();
  return fact;
}

Node Generator::constant(Type type)
{
  if (type == Type::boolean) return {Op::constant, truth(chance(50))};
  if (type == Type::number) return {Op::constant, quarters(below(5) * 4)};
  return {Op::constant, word(std::string(1, static_cast<char>('a' + below(3))))};
}

/// A test of the element of a list.
Node Generator::on_element(Kind kind)
{
  auto const item = [](std::size_t index) { return Node{Op::component, {}, index, {Node{Op::item}}}; };
  if (kind == Kind::list)
    return {below(2) == 0 ? Op::less : Op::equal, {}, 0, {Node{Op::item}, Node{Op::constant, quarters(below(3) * 4)}}};
  switch (below(4)) {
    case 0: return item(1);
    case 1: return {Op::is_none, {}, 0, {item(1)}};
    case 2: return {Op::conjunction, {}, 0, {Node{Op::equal, {}, 0, {item(0), constant(Type::number)}}, item(1)}};
    default: return {Op::less, {}, 0, {item(0), constant(Type::number)}};
  }
}

Node Generator::on_list(int depth)
{
  auto const chosen = one_of(facts_of({Kind::list, Kind::people}));
  auto const kind = pack_.facts[chosen].kind;
  Node const list{Op::fact, {}, chosen, {}};
  auto const test = on_element(kind);
  auto const numbers = kind == Kind::list ? list : Node{Op::component, {}, 0, {list}};
  switch (below(depth > 0 ? 4 : 3)) {
    case 0: return {Op::some, {}, 0, {list, test}};
    case 1: return {Op::every, {}, 0, {list, test}};
    case 2: return {Op::contains, {}, 0, {numbers, Node{Op::constant, quarters(below(3) * 4)}}};
    default:
      return {Op::less_equal,
              {},
              0,
              {Node{Op::count, {}, 0, {Node{Op::filter, {}, 0, {list, test}}}}, constant(Type::number)}};
  }
}

Node Generator::number(int depth)
{
  auto const numbers = facts_of({Kind::number});
  auto const ranges = facts_of({Kind::range});
  auto const dates = facts_of({Kind::date});
  auto const lists = facts_of({Kind::list, Kind::people});
  switch (below(depth > 0 ? 10 : 6)) {
    case 0:
    case 1:
      if (!numbers.empty()) return {Op::fact, {}, one_of(numbers), {}};
      break;
    case 2:
    case 3:
      if (!ranges.empty()) return {Op::fact, {}, one_of(ranges), {}};
      break;
    case 4:
      if (!lists.empty()) {
        Node list{Op::fact, {}, one_of(lists), {}};
        bool const counted = chance(70);
        if (!counted && pack_.facts[list.index].kind == Kind::people) list = {Op::component, {}, 0, {list}};
        return {counted ? Op::count : Op::sum, {}, 0, {std::move(list)}};
      }
      break;
    case 5: break;
    case 6:
    case 7: {
      // arithmetic on numbers that are listed one by one; on others only soundness can be judged
      bool const listed = !numbers.empty() && chance(90);
      Node left = listed ? Node{Op::fact, {}, one_of(numbers), {}} : number(depth - 1);
      Node right = chance(50) ? constant(Type::number)
                   : listed   ? Node{Op::fact, {}, one_of(numbers), {}}
                              : number(depth - 1);
      pack_.exact = pack_.exact && listed;
      auto const op = chance(60) ? Op::add : chance(60) ? Op::subtract : Op::times;
      return {op, {}, 0, {std::move(left), op == Op::times ? constant(Type::number) : std::move(right)}};
    }
    case 8: return {Op::choose, {}, 0, {condition(depth - 1), number(depth - 1), number(depth - 1)}};
    default:
      if (!dates.empty()) return {Op::age, {}, 0, {Node{Op::fact, {}, one_of(dates), {}}}};
  }
  return constant(Type::number);
}

Node Generator::condition(int depth)
{
  auto const booleans = facts_of({Kind::boolean});
  auto const choices = facts_of({Kind::choice});
  auto const texts = facts_of({Kind::text});
  auto const ranges = facts_of({Kind::range});
  auto const dates = facts_of({Kind::date});
  auto const fact_of = [&](std::vector<std::size_t> const& from) { return Node{Op::fact, {}, one_of(from), {}}; };
  auto const comparison = [&](Node left, Node right) {
    std::vector<Op> const signs{Op::equal, Op::unequal, Op::less, Op::less_equal, Op::less};
    return Node{one_of(signs), {}, 0, {std::move(left), std::move(right)}};
  };
  switch (below(depth > 0 ? 18 : 11)) {
    case 0:
    case 1:
    case 2:
      if (!booleans.empty()) return fact_of(booleans);
      break;
    case 3:
    case 4:
      if (!choices.empty())
        return {chance(50) ? Op::equal : Op::unequal, {}, 0, {fact_of(choices), constant(Type::text)}};
      break;
    case 5:
      if (!texts.empty()) return comparison(fact_of(texts), chance(80) ? constant(Type::text) : fact_of(texts));
      break;
    case 6: {
      if (dates.empty()) break;
      std::vector<int> const ages{1, 3, 7, 14, 18};
      if (chance(60))
        return comparison(Node{Op::age, {}, 0, {fact_of(dates)}}, {Op::constant, quarters(one_of(ages) * 4)});
      return comparison(fact_of(dates), chance(50) ? fact_of(dates) : Node{Op::constant, day(20'100'101)});
    }
    case 7: {
      if (ranges.empty()) break;
      if (chance(40)) return comparison(fact_of(ranges), fact_of(ranges));
      int const low = below(4);
      return {
          Op::between,
          {},
          0,
          {fact_of(ranges), Node{Op::constant, quarters(low * 4)}, Node{Op::constant, quarters((low + below(3)) * 4)}}};
    }
    case 8: {
      std::vector<std::size_t> optional;
      for (std::size_t i = 0; i < pack_.facts.size(); ++i)
        if (pack_.facts[i].optional) optional.push_back(i);
      if (!optional.empty()) return {Op::is_none, {}, 0, {Node{Op::fact, {}, one_of(optional), {}}}};
      break;
    }
    case 9:
      if (!facts_of({Kind::list, Kind::people}).empty()) return on_list(depth);
      break;
    case 10:
      if (!choices.empty()) return {Op::one_of, {}, 0, {fact_of(choices), constant(Type::text), constant(Type::text)}};
      break;
    case 11:
    case 12: return comparison(number(depth - 1), number(depth - 1));
    case 13: return {Op::conjunction, {}, 0, {condition(depth - 1), condition(depth - 1)}};
    case 14: return {Op::disjunction, {}, 0, {condition(depth - 1), condition(depth - 1)}};
    case 15: return {Op::negation, {}, 0, {condition(depth - 1)}};
    case 16: return {Op::choose, {}, 0, {condition(depth - 1), condition(depth - 1), condition(depth - 1)}};
    default: {
      auto repeated = condition(depth - 1);
      auto const other = condition(depth - 1);
      // the same condition twice: what is certain together although each part is open
      Node const not_repeated{Op::negation, {}, 0, {repeated}};
      return {Op::disjunction, {}, 0, {Node{Op::conjunction, {}, 0, {repeated, other}}, not_repeated}};
    }
  }
  return booleans.empty() ? comparison(number(0), number(0)) : fact_of(booleans);
}

Node Generator::expression(Type type, int depth)
{
  if (type == Type::boolean) return condition(depth);
  if (type == Type::number) return number(depth);
  auto const texts = facts_of({Kind::choice, Kind::text});
  if (depth > 0 && chance(40))
    return {Op::choose, {}, 0, {condition(depth - 1), expression(type, depth - 1), expression(type, depth - 1)}};
  return texts.empty() || chance(40) ? constant(type) : Node{Op::fact, {}, one_of(texts), {}};
}

Cell Generator::cell(Type type)
{
  Cell cell;
  if (chance(35)) return cell;
  cell.negated = type != Type::boolean && chance(20);
  if (chance(6)) {
    cell.tests.push_back({'n', {}, {}});
    return cell;
  }
  if (type == Type::number) {
    std::string const kinds = "=<<ggi";
    auto const low = below(5);
    cell.tests.push_back(
        {kinds[static_cast<std::size_t>(below(6))], quarters(low * 4), quarters((low + below(2)) * 4)});
  } else {
    cell.tests.push_back({'=', constant(type).constant, {}});
  }
  if (type != Type::boolean && chance(20)) cell.tests.push_back({'=', constant(type).constant, {}});
  return cell;
}

Decision Generator::table()
{
  Decision decision;
  decision.is_table = true;
  auto& table = decision.table;
  table.policy = static_cast<Policy>(below(11));
  std::vector<Type> types;
  int const width = 1 + below(4);
  for (int i = 0; i < width; ++i) {
    types.push_back(static_cast<Type>(below(3)));
    std::vector<std::size_t> decided;
    for (std::size_t k = 0; k < pack_.decisions.size(); ++k)
      if (!pack_.decisions[k].is_table && types.back() == Type::boolean) decided.push_back(k);
    table.inputs.push_back(!decided.empty() && chance(30) ? Node{Op::decision, {}, one_of(decided), {}}
                                                          : expression(types.back(), chance(30) ? 1 : 0));
  }
  int const height = 1 + below(5);
  for (int i = 0; i < height; ++i) {
    Table::Rule rule;
    for (auto const type : types) rule.cells.push_back(cell(type));
    rule.output = quarters((1 + below(3)) * 4);
    table.rules.push_back(std::move(rule));
  }
  table.has_default = chance(50);
  table.otherwise = quarters((1 + below(3)) * 4);
  table.ranking = {quarters(12), quarters(4), quarters(8)};
  return decision;
}

/// A chain: expressions that give a Boolean first, and at the end a table or an expression over them.
Decision Generator::decision()
{
  if (chance(60)) return table();
  Decision decision;
  decision.expression = expression(static_cast<Type>(below(3)), 2);
  return decision;
}

RandomPack Generator::pack()
{
  pack_ = {};
  pack_.as_structure = chance(50);
  int const count = 2 + below(4);
  for (int i = 0; i < count; ++i) pack_.facts.push_back(fact((chance(20) ? "p.x" : "x") + std::to_string(i)));
  if (chance(20)) {
    auto const ranges = facts_of({Kind::range});
    auto const dates = facts_of({Kind::date});
    auto const& ordered = dates.size() > 1 ? dates : ranges;
    if (ordered.size() > 1)
      pack_.constraints.push_back(
          {Op::less, {}, 0, {Node{Op::fact, {}, ordered[0], {}}, Node{Op::fact, {}, ordered[1], {}}}});
    else
      pack_.constraints.push_back(condition(1));
  }
  int const before = below(3);
  for (int i = 0; i < before; ++i) {
    Decision first;
    first.expression = condition(1);
    pack_.decisions.push_back(std::move(first));
  }
  pack_.decisions.push_back(decision());
  pack_.dmn = print(pack_);
  return pack_;
}

RandomState Generator::narrowed(RandomFact const& fact, std::vector<Plain> const& from)
{
  RandomState state;
  state.given = true;
  Domain domain;
  if (fact.kind == Kind::date && !fact.optional && chance(50) && from.size() > 3) {
    auto const first = static_cast<std::size_t>(below(static_cast<int>(from.size()) - 2));
    auto const last = first + 1 + static_cast<std::size_t>(below(static_cast<int>(from.size() - first) - 1));
    domain.kind = Domain::Kind::range;
    domain.range = {to_value(from[first]), to_value(from[last]), true, true};
    state.completions.assign(from.begin() + static_cast<std::ptrdiff_t>(first),
                             from.begin() + static_cast<std::ptrdiff_t>(last) + 1);
  } else if (fact.kind == Kind::range && from.size() == fact.completions.size()) {
    auto const low = below(5);
    auto const high = low + 1 + below(5 - low);
    domain.kind = Domain::Kind::range;
    domain.range = {to_value(quarters(low * 4)), to_value(quarters(high * 4)), true, true};
    for (auto const& each : from)
      if (each.kind == Plain::Kind::number && each.number >= low * 4 && each.number <= high * 4)
        state.completions.push_back(each);
    if (state.completions.size() < 2) return {to_value(from.front()), {from.front()}, true, false, false};
  } else {
    domain.kind = Domain::Kind::set;
    std::sample(from.begin(), from.end(), std::back_inserter(state.completions), 2, random_);
    for (auto const& each : state.completions) domain.values.push_back(to_value(each));
  }
  state.value = Value(Unknown{{}, {}, std::move(domain)});
  return state;
}

/// Some parts of the list are known, others are not; it is closed or open.
RandomState Generator::open_list(RandomFact const& fact, Plain const& known)
{
  RandomState state{to_value(known), {}, true, false, chance(50)};
  auto items = state.value.as_list()->items;
  std::vector<std::vector<bool>> missing;
  for (auto& item : items) {
    auto const* structure = item.as_context();
    if (structure == nullptr) {
      missing.push_back({chance(40)});
      if (missing.back().front()) item = Value(Unknown{});
      continue;
    }
    missing.push_back({chance(40), chance(40)});
    // a component that is missing is left out, or said to be unknown
    Context kept;
    for (std::size_t i = 0; i < 2; ++i) {
      if (!missing.back()[i])
        kept.entries.push_back(structure->entries[i]);
      else if (chance(50))
        kept.entries.emplace_back(structure->entries[i].first, Value(Unknown{}));
    }
    item = Value(std::move(kept));
  }
  auto const agrees = [](Plain const& one, Plain const& other, std::vector<bool> const& open) {
    if (one.kind != Plain::Kind::structure) return open.front() || one == other;
    return (open[0] || one.items[0] == other.items[0]) && (open[1] || one.items[1] == other.items[1]);
  };
  for (auto const& each : fact.completions) {
    if (each.kind != Plain::Kind::list) continue;
    bool fits = each.items.size() == items.size() || (state.open && each.items.size() > items.size());
    for (std::size_t i = 0; fits && i < items.size(); ++i) fits = agrees(each.items[i], known.items[i], missing[i]);
    if (fits) state.completions.push_back(each);
  }
  state.value = Value(List{std::move(items), !state.open});
  return state;
}

std::vector<RandomState> Generator::partial_case(RandomPack const& pack, std::size_t most)
{
  std::vector<RandomState> states;
  std::size_t combinations = 1;
  for (auto const& fact : pack.facts) {
    // known numbers are whole and known texts every second one, so that completions lie on both sides of each
    auto known = one_of(fact.completions);
    if (fact.kind == Kind::range && known.kind == Plain::Kind::number) known.number = known.number / 4 * 4;
    if (fact.kind == Kind::text && known.kind == Plain::Kind::text)
      known = word(one_of(std::vector<std::string>{"a", "ab", "b", "bb", "c"}));
    RandomState state{to_value(known), {known}, true, false, false};
    auto const roll = below(100);
    if (known.kind == Plain::Kind::list && roll < 30 && combinations * 43 <= most) {
      state = open_list(fact, known);
    } else if (roll < 40 && combinations * fact.completions.size() <= most) {
      state = {Value(), fact.completions, false, false, false};
      state.uncertain = chance(10);
      if (state.uncertain) state.value = Value(Uncertain{});
      state.given = state.uncertain;
    } else if (roll < 50 && !fact.is_list() && combinations * 2 <= most) {
      state = narrowed(fact, fact.completions);
      if (combinations * state.completions.size() > most) state = {to_value(known), {known}, true, false, false};
    }
    combinations *= state.completions.size();
    states.push_back(std::move(state));
  }
  return states;
}

std::vector<RandomState> Generator::refined(RandomPack const& pack, std::vector<RandomState> states)
{
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < states.size(); ++i)
    if (states[i].completions.size() > 1) open.push_back(i);
  if (open.empty()) return states;
  auto const chosen = one_of(open);
  auto& state = states[chosen];
  auto const& list = state.value;
  if (state.open && chance(50)) {
    // close the list
    auto const size = list.as_list()->items.size();
    auto longer = [&](Plain const& each) { return each.items.size() > size; };
    state.completions.erase(std::remove_if(state.completions.begin(), state.completions.end(), longer),
                            state.completions.end());
    state.value = Value(List{list.as_list()->items, true});
    state.open = false;
  } else if (!pack.facts[chosen].is_list() && state.completions.size() > 2 && chance(50)) {
    state = narrowed(pack.facts[chosen], state.completions);
  } else {
    auto const known = one_of(state.completions);
    state = {to_value(known), {known}, true, false, false};
  }
  return states;
}

Value to_value(Plain const& plain)
{
  switch (plain.kind) {
    case Plain::Kind::none: return Value();
    case Plain::Kind::error: return Value(Fault{});
    case Plain::Kind::boolean: return Value(plain.number != 0);
    case Plain::Kind::number: return Value(Decimal(plain.number) / Decimal(4));
    case Plain::Kind::text: return Value(plain.text);
    case Plain::Kind::date:
      return Value(Date{static_cast<std::int32_t>(plain.number / 10'000),
                        static_cast<std::uint8_t>(plain.number / 100 % 100),
                        static_cast<std::uint8_t>(plain.number % 100)});
    case Plain::Kind::structure:
      return Value(Context{{{"a", to_value(plain.items[0])}, {"b", to_value(plain.items[1])}}});
    case Plain::Kind::list: break;
  }
  List list;
  for (auto const& item : plain.items) list.items.push_back(to_value(item));
  return Value(std::move(list));
}

Plain to_plain(Value const& value)
{
  if (value.is_none()) return {};
  if (auto const* boolean = value.as_boolean()) return truth(*boolean);
  if (auto const* number = value.as_number()) {
    auto const scaled = (*number * Decimal(4)).to_int64();
    return scaled ? quarters(static_cast<long>(*scaled)) : error();
  }
  if (auto const* text = value.as_string()) return word(*text);
  if (auto const* date = value.as_date()) return day(date->year * 10'000L + date->month * 100L + date->day);
  if (auto const* list = value.as_list()) {
    Plain plain{Plain::Kind::list};
    for (auto const& item : list->items) plain.items.push_back(to_plain(item));
    return plain;
  }
  if (auto const* context = value.as_context()) {
    Plain plain{Plain::Kind::structure};
    for (auto const& [name, entry] : context->entries) plain.items.push_back(to_plain(entry));
    return plain;
  }
  return error();
}

Record record_of(RandomPack const& pack, std::vector<RandomState> const& states)
{
  RecordBuilder builder;
  Context structure;
  for (std::size_t i = 0; i < states.size(); ++i) {
    auto const& name = pack.facts[i].name;
    if (!states[i].given) continue;
    if (pack.as_structure && name.rfind("p.", 0) == 0)
      structure.entries.emplace_back(name.substr(2), states[i].value);
    else
      builder.set(name, states[i].value);
  }
  if (!structure.entries.empty()) builder.set("p", Value(std::move(structure)));
  return std::move(builder).build().value();
}

}  // namespace tutela::laws
