// SPDX-License-Identifier: Apache-2.0
/// \file
/// Random facts of nested kinds, and what is known of them.
#include "laws/random_shapes.hpp"

#include <utility>

#include "unit/rules/models.hpp"

namespace tutela::laws {
namespace {

constexpr std::size_t most_of_one_fact = 120;

using Rows = std::vector<std::vector<Value>>;

/// Every way to take one of each; nothing where there are too many.
std::optional<Rows> combined(Rows const& choices)
{
  Rows rows{{}};
  for (auto const& values : choices) {
    if (rows.size() * values.size() > most_of_one_fact) return std::nullopt;
    Rows next;
    for (auto const& row : rows)
      for (auto const& value : values) {
        next.push_back(row);
        next.back().push_back(value);
      }
    rows = std::move(next);
  }
  return rows;
}

/// Lists and how they may go on. \return False where not every longer list is among them.
bool prolong(Rows& lists, std::vector<Value> const& elements, std::size_t times)
{
  std::size_t first = 0;
  for (; times > 0; --times) {
    auto const end = lists.size();
    if ((end - first) * elements.size() + end > most_of_one_fact) return false;
    for (auto i = first; i < end; ++i)
      for (auto const& element : elements) {
        auto longer = lists[i];
        longer.push_back(element);
        lists.push_back(std::move(longer));
      }
    first = end;
  }
  return true;
}

Value structure(Shape const& shape, std::vector<Value> const& values)
{
  Context context;
  for (std::size_t i = 0; i < values.size(); ++i) context.entries.emplace_back(shape.parts[i].first, values[i]);
  return Value(std::move(context));
}

std::vector<Value> lists_of(Rows const& rows)
{
  std::vector<Value> lists;
  for (auto const& row : rows) lists.push_back(Value(List{row}));
  return lists;
}

std::optional<std::vector<Value>> all_values(Shape const& shape);

/// Every list of at most two elements where no maximum is declared; nothing where there are too many.
std::optional<std::vector<Value>> all_lists(Shape const& shape)
{
  auto const elements = all_values(shape.element());
  Rows rows{{}};
  if (!elements || !prolong(rows, *elements, shape.most.value_or(2))) return std::nullopt;
  return lists_of(rows);
}

std::optional<std::vector<Value>> all_structures(Shape const& shape)
{
  Rows choices;
  for (auto const& [name, part] : shape.parts) {
    auto values = all_values(part);
    if (!values) return std::nullopt;
    choices.push_back(*std::move(values));
  }
  auto const rows = combined(choices);
  if (!rows) return std::nullopt;
  std::vector<Value> values;
  for (auto const& row : *rows) values.push_back(structure(shape, row));
  return values;
}

/// Every value of a shape; nothing where there are too many.
std::optional<std::vector<Value>> all_values(Shape const& shape)
{
  std::optional<std::vector<Value>> values = shape.values;
  if (shape.kind == Shape::Kind::list) values = all_lists(shape);
  if (shape.kind == Shape::Kind::structure) values = all_structures(shape);
  if (values && shape.optional) values->push_back(Value());
  return values;
}

Value random_value(Dice& dice, Shape const& shape)
{
  if (shape.optional && dice.chance(15)) return {};
  if (shape.kind == Shape::Kind::list) {
    List list;
    for (auto count = dice.below(shape.most.value_or(2) + 1); count > 0; --count)
      list.items.push_back(random_value(dice, shape.element()));
    return Value(std::move(list));
  }
  if (shape.kind == Shape::Kind::structure) {
    std::vector<Value> values;
    for (auto const& [name, part] : shape.parts) values.push_back(random_value(dice, part));
    return structure(shape, values);
  }
  return dice.one_of(shape.values);
}

PartialFact settled(Value const& value) { return {value, {value}, true, {}}; }

/// Hides a value or parts of it. Where too much would be possible, the value is told.
class Curtain {
 public:
  explicit Curtain(Dice& dice) : dice_(dice) {}

  PartialFact hidden(Shape const& shape, Value const& value, std::string const& name, bool in_list = false)
  {
    bool const scalar = shape.kind == Shape::Kind::number || shape.kind == Shape::Kind::truth;
    if (value.is_none() ? dice_.chance(60) : scalar && dice_.chance(55)) return settled(value);
    if (value.is_none() || scalar || dice_.chance(15)) return whole(shape, value, name, in_list);
    auto parts = shape.kind == Shape::Kind::list ? list(shape, *value.as_list(), name)
                                                 : components(shape, *value.as_context(), name);
    return parts ? *std::move(parts) : settled(value);
  }

 private:
  /// Nothing is told but, perhaps, that it cannot be known or which values it may have.
  PartialFact whole(Shape const& shape, Value const& value, std::string const& name, bool in_list)
  {
    auto all = all_values(shape);
    if (!all) return settled(value);
    bool const of_parts = shape.kind == Shape::Kind::list || shape.kind == Shape::Kind::structure;
    PartialFact fact;
    fact.completions = *std::move(all);
    fact.all = complete(shape);
    auto const fate = dice_.below(10);
    if (fate < (of_parts ? 1 : 2)) {
      fact.told = Value(Uncertain{});
      fact.uncertain = {name};
    } else if (fate < 4 && !of_parts && !shape.optional && fact.completions.size() > 2) {
      narrow(fact, value);
    } else if (in_list) {
      fact.told = Value(Unknown{});
    }
    return fact;
  }

  /// Whether `all_values` leaves nothing out.
  static bool complete(Shape const& shape)
  {
    if (shape.kind == Shape::Kind::list && !shape.most) return false;
    for (auto const& [name, part] : shape.parts)
      if (!complete(part)) return false;
    return true;
  }

  /// One of some values.
  void narrow(PartialFact& fact, Value const& value)
  {
    std::vector<Value> values;
    for (auto const& each : fact.completions)
      if (each == value || dice_.chance(50)) values.push_back(each);
    Domain domain;
    domain.kind = Domain::Kind::set;
    domain.values = values;
    fact.told = values.size() == 1 ? values.front() : Value(Unknown{{}, {}, std::move(domain)});
    fact.completions = std::move(values);
  }

  /// A part, told within the whole.
  PartialFact part(PartialFact& whole, Rows& choices, Shape const& shape, Value const& value, std::string const& name,
                   bool in_list)
  {
    auto fact = hidden(shape, value, name, in_list);
    whole.all = whole.all && fact.all;
    whole.uncertain.insert(whole.uncertain.end(), fact.uncertain.begin(), fact.uncertain.end());
    choices.push_back(fact.completions);
    return fact;
  }

  std::optional<PartialFact> components(Shape const& shape, Context const& context, std::string const& name)
  {
    PartialFact whole;
    Context told;
    Rows choices;
    for (std::size_t i = 0; i < shape.parts.size(); ++i) {
      auto const& [part_name, part_shape] = shape.parts[i];
      auto const fact = part(whole, choices, part_shape, context.entries[i].second, name + "." + part_name, false);
      if (fact.told)
        told.entries.emplace_back(part_name, *fact.told);
      else if (dice_.chance(40))
        told.entries.emplace_back(part_name, Value(Unknown{}));
    }
    auto const rows = combined(choices);
    if (!rows) return std::nullopt;
    for (auto const& row : *rows) whole.completions.push_back(structure(shape, row));
    whole.told = Value(std::move(told));
    return whole;
  }

  std::optional<PartialFact> list(Shape const& shape, List const& list, std::string const& name)
  {
    PartialFact whole;
    List told;
    Rows choices;
    for (auto const& item : list.items) {
      auto const place = name + "[" + std::to_string(choices.size() + 1) + "]";
      told.items.push_back(part(whole, choices, shape.element(), item, place, true).told.value_or(Value(Unknown{})));
    }
    auto rows = combined(choices);
    if (!rows) return std::nullopt;
    if (dice_.chance(55) && !open(shape, told, *rows, whole)) return std::nullopt;
    whole.told = Value(std::move(told));
    whole.completions = lists_of(*rows);
    return whole;
  }

  /// The list may go on. \return False where not even one more element can be tried.
  static bool open(Shape const& shape, List& told, Rows& rows, PartialFact& whole)
  {
    told.complete = false;
    auto const elements = all_values(shape.element());
    if (!elements) return false;
    auto const before = rows.size();
    auto const times = shape.most ? *shape.most - told.items.size() : 2;
    bool const tried = prolong(rows, *elements, times);
    whole.all = whole.all && tried && shape.most && complete(shape.element());
    return tried || rows.size() > before;
  }

  Dice& dice_;
};

Shape number(std::vector<int> const& values, bool optional = false)
{
  Shape shape{Shape::Kind::number, optional};
  for (int const value : values) shape.values.push_back(test::number(value));
  return shape;
}

Shape truth_value(bool optional = false) { return {Shape::Kind::truth, optional, {}, {Value(false), Value(true)}}; }

Shape list_of(Shape element, std::optional<std::size_t> most, bool optional = false)
{
  return {Shape::Kind::list, optional, most, {}, {{"", std::move(element)}}};
}

std::optional<std::size_t> perhaps(Dice& dice, std::size_t percent, std::size_t most)
{
  return dice.chance(percent) ? std::optional(most) : std::nullopt;
}

std::string note(Shape const& shape)
{
  std::string text;
  if (shape.optional) text += " optional=\"true\"";
  if (shape.most) text += " maximumElements=\"" + std::to_string(*shape.most) + "\"";
  return text;
}

std::string collection(Shape const& shape) { return shape.kind == Shape::Kind::list ? " isCollection=\"true\"" : ""; }

std::string type(Shape const& shape)
{
  if (shape.kind == Shape::Kind::truth) return "<typeRef>boolean</typeRef>";
  if (shape.kind == Shape::Kind::list) return type(shape.element());
  std::string text;
  for (auto const& [name, part] : shape.parts) {
    text += "<itemComponent name=\"" + name + "\"" + collection(part) + ">";
    if (!note(part).empty()) text += "<extensionElements><tutela:fact" + note(part) + "/></extensionElements>";
    text += type(part) + "</itemComponent>";
  }
  if (shape.kind == Shape::Kind::structure) return text;
  for (auto const& value : shape.values) text += (text.empty() ? "" : ", ") + to_string(value);
  return "<typeRef>number</typeRef><allowedValues><text>" + text + "</text></allowedValues>";
}

}  // namespace

std::vector<ShapedFact> random_facts(Dice& dice)
{
  Shape person{Shape::Kind::structure};
  person.parts = {{"a", number({0, 1}, dice.chance(20))}, {"b", truth_value(dice.chance(30))}};
  if (dice.chance(60)) person.parts.emplace_back("c", list_of(number({0, 1}), perhaps(dice, 70, 1)));
  Shape household{Shape::Kind::structure};
  household.parts = {{"a", number({0, 1, 2}, dice.chance(20))},
                     {"b", truth_value()},
                     {"l", list_of(number({1, 2}), perhaps(dice, 80, 2), dice.chance(15))}};
  return {{"n", number({0, 1, 2})},
          {"m", number({1, 2}, true)},
          {"b", truth_value()},
          {"ob", truth_value(true)},
          {"xs", list_of(number({0, 1, 2}), perhaps(dice, 80, 2))},
          {"ys", list_of(number({1, 3}), 3, true)},
          {"us", list_of(number({1, 2}), std::nullopt)},
          {"vs", list_of(number({0, 2}), 2)},
          {"ps", list_of(person, perhaps(dice, 80, 2), dice.chance(10))},
          {"q", household}};
}

bool has_nested_list(std::vector<ShapedFact> const& facts)
{
  for (auto const& fact : facts)
    if (fact.name == "ps") return fact.shape.element().parts.size() == 3;
  return false;
}

std::string printed(std::vector<ShapedFact> const& facts)
{
  std::string text;
  for (auto const& [name, shape] : facts)
    text += "<itemDefinition name=\"t_" + name + "\"" + collection(shape) + ">" + type(shape) + "</itemDefinition>\n" +
            test::input(name, "t_" + name, note(shape));
  return text;
}

std::vector<PartialFact> random_case(Dice& dice, std::vector<ShapedFact> const& facts, std::size_t most)
{
  std::vector<PartialFact> states;
  std::size_t count = 1;
  for (auto const& [name, shape] : facts) {
    auto const value = random_value(dice, shape);
    auto state = Curtain(dice).hidden(shape, value, name);
    if (count * state.completions.size() > most) state = settled(value);
    count *= state.completions.size();
    states.push_back(std::move(state));
  }
  return states;
}

Record record_of(std::vector<ShapedFact> const& facts, std::vector<std::optional<Value>> const& told, bool apart)
{
  RecordBuilder builder;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (!told[i]) continue;
    auto const* const context = told[i]->as_context();
    if (apart && context != nullptr) {
      for (auto const& [name, value] : context->entries)
        if (!(value.is(Kind::unknown) && value.as_unknown()->domain.kind == Domain::Kind::any))
          builder.set(facts[i].name + "." + name, value);
    } else {
      builder.set(facts[i].name, *told[i]);
    }
  }
  return std::move(builder).build().value();
}

}  // namespace tutela::laws
