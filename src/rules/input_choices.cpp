// SPDX-License-Identifier: Apache-2.0
/// \file
/// The inputs of a table, and the values that its cells tell apart.
#include "rules/input_choices.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <string_view>
#include <utility>

#include "rules/constants.hpp"
#include "rules/possibilities.hpp"
#include "rules/table_input.hpp"

namespace tutela::detail {
namespace {

/// True for cells that only compare with constants: their words are known, and they read nothing else.
bool compares_constants(std::string_view text, UnaryTests const& tests)
{
  if (!tests.paths().empty() || tests.reads_today()) return false;
  constexpr std::array<std::string_view, 8> known{"not", "null", "true", "false", "date", "duration", "time", "and"};
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i)
        if (text[i] == '\\') ++i;
      ++i;
      continue;
    }
    auto end = i;
    while (end < text.size() && (std::isalpha(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_')) ++end;
    auto const word = text.substr(i, end - i);
    if (text[i] == '?' || (!word.empty() && std::find(known.begin(), known.end(), word) == known.end())) return false;
    i = std::max(end, i + 1);
  }
  return true;
}

/// What the cells of an input, and the constraints that read it, compare with.
struct Tested {
  Type type;
  std::vector<Value> constants;
  bool null = false;

  [[nodiscard]] bool has(Kind kind) const
  {
    return std::any_of(constants.begin(), constants.end(), [&](Value const& value) { return value.is(kind); });
  }
};

/// A text that is none of the constants.
Value other_text(std::vector<Value> const& constants)
{
  std::string text = "other";
  while (std::find(constants.begin(), constants.end(), Value(text)) != constants.end()) text += '_';
  return Value(std::move(text));
}

void add_value(std::vector<Piece>& pieces, Value const& value)
{
  bool const known =
      std::any_of(pieces.begin(), pieces.end(), [&](Piece const& piece) { return piece.sample == value; });
  if (!known) pieces.push_back({value, value});
}

/// One value for each region of an input that nothing but these bounds restricts.
std::vector<Piece> regions_of(Tested const& tested, Range const& bounds)
{
  bool const any = tested.type.is(Type::Kind::any);
  std::vector<Piece> pieces;
  if (any || tested.type.is(Type::Kind::boolean))
    for (bool const each : {true, false}) add_value(pieces, Value(each));
  constexpr std::array<std::pair<Kind, Type::Kind>, 6> ordered{{{Kind::number, Type::Kind::number},
                                                                {Kind::date, Type::Kind::date},
                                                                {Kind::time, Type::Kind::time},
                                                                {Kind::date_time, Type::Kind::date_time},
                                                                {Kind::days_duration, Type::Kind::days_duration},
                                                                {Kind::months_duration, Type::Kind::months_duration}}};
  for (auto const& [kind, type] : ordered) {
    if (!tested.type.is(type) && !(any && tested.has(kind))) continue;
    std::vector<Value> constants;
    for (auto const& constant : tested.constants)
      if (constant.is(kind)) constants.push_back(constant);
    if (constants.empty() && kind == Kind::number) constants.emplace_back(Decimal(0));
    if (auto const cuts = Cuts::of(std::move(constants)))
      for (auto& piece : pieces_of(*cuts, bounds)) pieces.push_back(std::move(piece));
  }
  if (tested.type.is(Type::Kind::string) || (any && tested.has(Kind::string))) {
    for (auto const& constant : tested.constants)
      if (constant.is(Kind::string)) add_value(pieces, constant);
    add_value(pieces, other_text(tested.constants));
  }
  return pieces;
}

/// Everything that a fact may be: one value for each region.
std::vector<Piece> values_of(FactDeclaration const& fact, Tested const& tested)
{
  std::vector<Piece> values;
  if (fact.allowed.empty()) values = regions_of(tested, fact.range);
  for (auto const& value : fact.allowed) add_value(values, value);
  if (fact.optional) add_value(values, Value());
  auto const wrong = [&](Piece const& piece) { return check(fact, piece.sample).has_value(); };
  values.erase(std::remove_if(values.begin(), values.end(), wrong), values.end());
  return values;
}

/// What a missing input may still be.
std::vector<Piece> still_open(TableInput const& input, Tested const& tested)
{
  if (is_definite(input.now) || input.now.is(Kind::error)) return {{input.now, input.now}};
  auto const* unknown = input.now.as_unknown();
  if (unknown == nullptr || unknown->domain.kind == Domain::Kind::any) return input.changes;
  std::vector<Piece> pieces;
  if (unknown->domain.kind == Domain::Kind::set)
    for (auto const& value : unknown->domain.values) add_value(pieces, value);
  else
    pieces = regions_of(tested, unknown->domain.range);
  return pieces;
}

void fill(TableInput& input, PackImpl const& pack, Tested const& tested)
{
  auto const* fact = input.fact.empty() ? nullptr : pack.schema.find(input.fact);
  if (fact != nullptr) {
    input.changes = values_of(*fact, tested);
  } else {
    input.changes = regions_of(tested, {});
    if (tested.null) add_value(input.changes, Value());  // what an expression comes to may be null
  }
  input.open = still_open(input, tested);
  for (auto* pieces : {&input.changes, &input.open}) {
    for (auto& piece : *pieces)
      if (auto const* unknown = piece.whole.as_unknown(); unknown != nullptr && !input.fact.empty())
        piece.whole = Value(Unknown{{input.fact}, {}, unknown->domain});
  }
}

}  // namespace

std::vector<Piece> values_of(FactDeclaration const& fact, std::vector<Value> const& constants)
{
  auto const type = named_type(to_string(fact.type));
  if (!type) return {};
  return values_of(fact, Tested{*type, constants});
}

std::vector<TableInput> inputs_of(PackImpl const& pack, NodeText const& text, DecisionTable const& table,
                                  std::vector<Value> const& now, PossibleCases const& possible)
{
  std::vector<TableInput> inputs;
  std::vector<Tested> tested;
  std::map<std::string, std::size_t> places;
  for (std::size_t column = 0; column < table.inputs.size(); ++column) {
    auto const& read = table.inputs[column];
    auto const source = origin_of(pack, text, read);
    auto const key = source.name.empty() ? "= " + read.text : source.name;
    auto const [place, fresh] = places.emplace(key, inputs.size());
    if (fresh) {
      inputs.emplace_back();
      inputs.back().now = now[column];
      if (source.fact != nullptr) inputs.back().fact = source.name;
      tested.emplace_back();
      if (read.expression) tested.back().type = read.expression->type();
    }
    auto& input = inputs[place->second];
    auto& tests = tested[place->second];
    input.columns.push_back(column);
    for (auto const& rule : table.rules) {
      if (!rule.tests[column] || rule.tests[column]->passes_all()) continue;
      auto const& cell = rule.test_texts[column];
      input.exact = input.exact && compares_constants(cell, *rule.tests[column]);
      tests.null = tests.null || cell.find("null") != std::string::npos;
      for (auto& constant : constants_of(cell)) tests.constants.push_back(std::move(constant));
    }
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    auto& input = inputs[i];
    input.constrained = !input.fact.empty() && possible.reads(input.fact);
    auto& constants = tested[i].constants;
    if (input.constrained) constants.insert(constants.end(), possible.constants().begin(), possible.constants().end());
    fill(input, pack, tested[i]);
  }
  return inputs;
}

}  // namespace tutela::detail
