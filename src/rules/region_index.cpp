// SPDX-License-Identifier: Apache-2.0
/// \file
/// A decision table compiled to masks of rules.
#include "rules/region_index.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "feel/partial.hpp"
#include "feel/program.hpp"
#include "rules/model.hpp"

namespace tutela::detail {
namespace {

/// Words of masks in one column: 8 MiB. A larger table stays with its cells.
constexpr std::size_t most_words = std::size_t{1} << 20U;

/// Adds the constants that decide a test against `constant`; false when they are not scalars.
bool add_constants(Value const& constant, std::vector<Value>& constants)
{
  if (constant.is_none()) return true;
  if (auto const* range = constant.as_range())
    return add_constants(range->low, constants) && add_constants(range->high, constants);
  if (auto const* list = constant.as_list()) {
    return list->complete && std::all_of(list->items.begin(), list->items.end(), [&](Value const& item) {
             return !item.is(Kind::list) && add_constants(item, constants);
           });
  }
  if (constant.state() != State::known || constant.is(Kind::context) || constant.is(Kind::function)) return false;
  constants.push_back(constant);
  return true;
}

/// What one cell says of the values of its own regions.
struct Cell {
  Cuts cuts;
  std::vector<bool> holds;  ///< For each region.
  bool none = false;
  bool none_errs = false;
  bool null = false;
};

class CellReader {
 public:
  /// The cell on its regions; nothing when it is not constant on them.
  std::optional<Cell> read(UnaryTests const& tests)
  {
    auto const& program = tests.program();
    std::vector<Value> constants;
    if (!program.reads.empty() || program.reads_today || !constants_of(program, constants)) return std::nullopt;
    auto cuts = Cuts::of(std::move(constants));
    if (!cuts || cuts->kind() == Kind::none) return std::nullopt;
    Cell cell;
    cell.cuts = *std::move(cuts);
    for (std::size_t region = 0; region < cell.cuts.regions(); ++region) {
      auto const& sample = cell.cuts.sample(region);
      if (!sample) {
        cell.holds.push_back(!cell.holds.empty() && cell.holds.back());  // nobody will ask
        continue;
      }
      auto const result = test(tests, *sample, Mode::legal);
      if (result.as_boolean() == nullptr) return std::nullopt;
      cell.holds.push_back(*result.as_boolean());
    }
    auto const none = test(tests, Value(), Mode::legal);
    if (none.as_boolean() == nullptr && !none.is(Kind::error)) return std::nullopt;
    cell.none_errs = none.is(Kind::error);
    cell.none = truth_of(none) == Truth::yes;
    cell.null = truth_of(test(tests, Value(), Mode::conformance)) == Truth::yes;
    return cell;
  }

 private:
  static Value test(UnaryTests const& tests, Value const& value, Mode mode)
  {
    Evaluation evaluation;
    evaluation.mode = mode;
    return tests.test(value, {}, evaluation);
  }

  /// Collects the constants that the input is compared with; false where it is used in any other way.
  static bool constants_of(Program const& program, std::vector<Value>& constants)
  {
    auto const& root = program.nodes[program.root];
    return std::all_of(program.children_of(root).begin(), program.children_of(root).end(), [&](NodeId child) {
      auto const& test = program.nodes[child];
      auto const& operand = program.child(test, 0);
      if (operand.folded >= 0)
        return add_constants(program.constants[static_cast<std::size_t>(operand.folded)], constants);
      return test.op == Op::test_value && condition_on_input(program, root.index, operand, constants);
    });
  }

  /// True for comparisons of the input (the local value `place`) with constants, joined by `and` and `or`.
  static bool condition_on_input(Program const& program, std::uint32_t place, Node const& condition,
                                 std::vector<Value>& constants)
  {
    std::vector<Node const*> open{&condition};
    while (!open.empty()) {
      Node const& node = *open.back();
      open.pop_back();
      switch (node.op) {
        case Op::conjunction:
        case Op::disjunction:
          for (NodeId const child : program.children_of(node)) open.push_back(&program.nodes[child]);
          break;
        case Op::equal:
        case Op::unequal:
        case Op::less:
        case Op::less_equal:
        case Op::greater:
        case Op::greater_equal:
        case Op::between: {
          for (NodeId const child : program.children_of(node)) {
            auto const& operand = program.nodes[child];
            if (operand.op == Op::local && operand.index == place) continue;
            if (operand.folded < 0 ||
                !add_constants(program.constants[static_cast<std::size_t>(operand.folded)], constants))
              return false;
          }
          break;
        }
        default: return false;
      }
    }
    return true;
  }
};

/// The cells of one column: each text is read once.
struct ColumnCells {
  std::vector<std::optional<std::size_t>> of_rule;  ///< Nothing for `-`.
  std::vector<Cell> cells;
};

std::optional<ColumnCells> read_column(DecisionTable const& table, std::size_t column)
{
  ColumnCells read;
  CellReader reader;
  std::unordered_map<std::string_view, std::size_t> known;
  for (auto const& rule : table.rules) {
    auto const& tests = rule.tests[column];
    if (!tests) return std::nullopt;
    if (tests->passes_all()) {
      read.of_rule.emplace_back();
      continue;
    }
    auto const [found, fresh] = known.try_emplace(rule.test_texts[column], read.cells.size());
    if (fresh) {
      auto cell = reader.read(*tests);
      if (!cell) return std::nullopt;
      read.cells.push_back(*std::move(cell));
    }
    read.of_rule.emplace_back(found->second);
  }
  return read;
}

void set(std::span<RuleWord> mask, std::size_t rule, bool value = true)
{
  if (value) mask[rule / rules_in_word] |= RuleWord{1} << rule % rules_in_word;
}

void flip(std::span<RuleWord> mask, std::size_t rule)
{
  mask[rule / rules_in_word] ^= RuleWord{1} << rule % rules_in_word;
}

/// Writes a cell into the masks of a column as changes from region to region.
void write(RegionIndex::Column& column, std::size_t words, std::size_t rule, Cell const* cell)
{
  auto const mask = [&](std::size_t region) { return std::span(column.masks).subspan(region * words, words); };
  set(column.none, rule, cell == nullptr || cell->none);
  set(column.none_errs, rule, cell != nullptr && cell->none_errs);
  set(column.null, rule, cell == nullptr || cell->null);
  if (cell == nullptr) return flip(mask(0), rule);
  bool before = false;
  for (std::size_t region = 0; region < cell->holds.size(); ++region) {
    if (cell->holds[region] == before) continue;
    before = cell->holds[region];
    // Where the cell's own region begins among the regions of the whole column.
    std::size_t first = 0;
    if (region > 0) {
      auto const& cut = cell->cuts.values()[(region - 1) / 2];
      first = *column.cuts.region(cut) + (region % 2 == 0 ? 1 : 0);
    }
    flip(mask(first), rule);
  }
}

bool fill(RegionIndex::Column& column, std::size_t words, ColumnCells const& cells)
{
  std::vector<Value> constants;
  for (auto const& cell : cells.cells)
    constants.insert(constants.end(), cell.cuts.values().begin(), cell.cuts.values().end());
  column.tested = !cells.cells.empty();
  if (!column.tested) return true;
  auto cuts = Cuts::of(std::move(constants));
  if (!cuts || cuts->regions() * words > most_words) return false;
  column.cuts = *std::move(cuts);
  column.masks.assign(column.cuts.regions() * words, 0);
  for (auto* mask : {&column.none, &column.none_errs, &column.null}) mask->assign(words, 0);
  for (std::size_t rule = 0; rule < cells.of_rule.size(); ++rule) {
    auto const& cell = cells.of_rule[rule];
    write(column, words, rule, cell ? &cells.cells[*cell] : nullptr);
  }
  for (std::size_t i = words; i < column.masks.size(); ++i) column.masks[i] ^= column.masks[i - words];
  column.always = column.none;
  column.sometimes = column.none;
  for (std::size_t region = 0; region < column.cuts.regions(); ++region) {
    if (!column.cuts.sample(region)) continue;
    for (std::size_t word = 0; word < words; ++word) {
      column.always[word] &= column.masks[region * words + word];
      column.sometimes[word] |= column.masks[region * words + word];
    }
  }
  return true;
}

void keep(std::span<RuleWord> masks, std::span<RuleWord const> kept)
{
  for (std::size_t word = 0; word < masks.size(); ++word) masks[word] &= kept[word];
}

}  // namespace

std::shared_ptr<RegionIndex const> RegionIndex::build(DecisionTable const& table)
{
  auto index = std::make_shared<RegionIndex>();
  index->words_ = (table.rules.size() + rules_in_word - 1) / rules_in_word;
  index->columns_.resize(table.inputs.size());
  for (std::size_t i = 0; i < table.inputs.size(); ++i) {
    auto const cells = read_column(table, i);
    if (!cells || !fill(index->columns_[i], index->words_, *cells)) return nullptr;
  }
  return index;
}

bool RegionIndex::narrow(std::size_t index, Value const& value, Mode mode, std::span<RuleWord> certain,
                         std::span<RuleWord> possible) const
{
  auto const& column = columns_[index];
  if (!column.tested) return true;
  if (value.is_none() || (mode == Mode::conformance && is_open(value))) {
    if (mode == Mode::legal && meets(possible, column.none_errs)) return false;
    auto const& none = mode == Mode::legal ? column.none : column.null;
    keep(certain, none);
    keep(possible, none);
    return true;
  }
  if (is_open(value)) return narrow_open(column, value, certain, possible);
  auto const region = column.cuts.region(value);
  if (!region) return false;
  keep(certain, mask(index, *region));
  keep(possible, mask(index, *region));
  return true;
}

std::optional<Truth> RegionIndex::holds(std::size_t column, std::size_t rule, Value const& value, Mode mode) const
{
  std::vector<RuleWord> certain(words_, 0);
  set(certain, rule);
  auto possible = certain;
  if (!narrow(column, value, mode, certain, possible)) return std::nullopt;
  auto const word = rule / rules_in_word;
  return certain[word] != 0 ? Truth::yes : possible[word] != 0 ? Truth::unknown : Truth::no;
}

bool RegionIndex::narrow_open(Column const& column, Value const& value, std::span<RuleWord> certain,
                              std::span<RuleWord> possible) const
{
  if (may_fail(value)) return false;
  auto const* unknown = value.as_unknown();
  if (unknown == nullptr || unknown->domain.kind == Domain::Kind::any) {
    keep(certain, column.always);
    keep(possible, column.sometimes);
    return true;
  }
  std::vector<RuleWord> all(words_, ~RuleWord{0});
  std::vector<RuleWord> some(words_, 0);
  auto const add = [&](std::span<RuleWord const> mask) {
    for (std::size_t word = 0; word < words_; ++word) {
      all[word] &= mask[word];
      some[word] |= mask[word];
    }
  };
  auto const region_mask = [&](std::size_t region) { return std::span(column.masks).subspan(region * words_, words_); };
  if (unknown->domain.kind == Domain::Kind::range) {
    auto const span = column.cuts.span(unknown->domain.range);
    if (!span || span->first == span->second) return false;
    for (auto region = span->first; region < span->second; ++region)
      if (column.cuts.sample(region)) add(region_mask(region));
  } else {
    if (unknown->domain.values.empty()) return false;
    for (auto const& member : unknown->domain.values) {
      if (member.is_none()) {
        if (meets(possible, column.none_errs)) return false;
        add(column.none);
        continue;
      }
      auto const region = column.cuts.region(member);
      if (!region) return false;
      add(region_mask(*region));
    }
  }
  keep(certain, all);
  keep(possible, some);
  return true;
}

}  // namespace tutela::detail
