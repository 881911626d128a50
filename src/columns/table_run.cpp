// SPDX-License-Identifier: Apache-2.0
/// \file
/// Atoms, cells and tables of a program on one batch of rows.
#include "columns/table_run.hpp"

#include <algorithm>
#include <bit>

namespace tutela::detail {

TableRun::TableRun(ColumnProgram const& program)
    : program_(program),
      atoms_(program.atoms.size()),
      conditions_(program.lanes.size()),
      cells_(program.cells.size()),
      cells_over_(program.tables.size()),
      tables_(program.tables.size()),
      wired_(program.tables.size())
{
  for (std::size_t i = 0; i < program.atoms.size(); ++i) {
    auto const& atom = program.atoms[i];
    conditions_[atom.lane].push_back({atom.spans.data(), atom.spans.size(), atom.null_certain, atom.null_possible,
                                      atoms_[i].certain.data(), atoms_[i].possible.data()});
  }
  for (std::size_t i = 0; i < program.cells.size(); ++i)
    if (program.cells[i].from_table) cells_over_[program.cells[i].source].push_back(i);
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    auto const& table = program.tables[i];
    tables_[i].answers.resize(static_cast<std::size_t>(std::bit_width(table.answer_count - 1)));
    if (program.options.rules) tables_[i].rules.resize(static_cast<std::size_t>(std::bit_width(table.rule_count)));
    wire(i);
  }
}

void TableRun::wire(std::size_t index)
{
  auto const& table = program_.tables[index];
  auto& bits = tables_[index];
  auto& wired = wired_[index];
  for (auto const& rule : table.rules) {
    auto& cells = wired.cells.emplace_back();
    for (auto const place : rule.cells) {
      auto const& cell = program_.cells[place];
      auto const& rails = cell.from_table ? cells_[place] : atoms_[cell.source];
      cells.push_back({rails.certain.data(), rails.possible.data()});
    }
  }
  for (std::size_t i = 0; i < table.rules.size(); ++i) {
    auto const number = static_cast<std::uint32_t>(table.rules[i].number);
    wired.rules.push_back({wired.cells[i].data(), wired.cells[i].size(), table.rules[i].code, number});
  }
  for (auto& plane : bits.answers) wired.answers.push_back(plane.data());
  for (auto& plane : bits.rules) wired.numbers.push_back(plane.data());
  wired.rails.rules = wired.rules.data();
  wired.rails.rule_count = wired.rules.size();
  wired.rails.fallback = table.fallback;
  wired.rails.fallback_number = static_cast<std::uint32_t>(table.rule_count);
  wired.rails.may_agree = table.may_agree;
  wired.rails.answers = wired.answers.data();
  wired.rails.answer_planes = wired.answers.size();
  wired.rails.numbers = wired.numbers.data();
  wired.rails.number_planes = wired.numbers.size();
  wired.rails.settled = bits.settled.data();
  wired.rails.single = bits.single.data();
}

void TableRun::run(std::vector<LaneRanks> const& ranks, std::size_t words)
{
  for (std::size_t i = 0; i < atoms_.size(); ++i)
    if (auto const& lane = ranks[program_.atoms[i].lane]; !lane.held) run_atom(i, lane, words);
  for (std::size_t i = 0; i < tables_.size(); ++i) run_table(i, words);
}

void TableRun::run_atom(std::size_t index, LaneRanks const& ranks, std::size_t words)
{
  auto const& atom = program_.atoms[index];
  auto& rails = atoms_[index];
  auto const& found = kernels();
  if (atom.spans.empty()) std::fill_n(rails.certain.begin(), words, 0);
  for (std::size_t i = 0; i < atom.spans.size(); ++i) {
    auto& into = i == 0 ? rails.certain : rails.possible;
    found.between(ranks.ranks.data(), words, atom.spans[i].first, atom.spans[i].second, into.data());
    for (std::size_t word = 0; i > 0 && word < words; ++word) rails.certain[word] |= rails.possible[word];
  }
  found.guard(ranks.all_valid ? nullptr : ranks.valid.data(), atom.null_certain, atom.null_possible, words,
              rails.certain.data(), rails.possible.data());
}

/// Where the answers of an earlier table make a cell hold.
void TableRun::run_cell(std::size_t index, std::size_t words)
{
  auto const& cell = program_.cells[index];
  auto const& source = tables_[cell.source];
  auto const planes = addresses_of(source.answers);
  std::vector<std::uint32_t> codes;
  for (std::size_t code = 0; code < cell.codes.size(); ++code)
    if (cell.codes[code]) codes.push_back(static_cast<std::uint32_t>(code));
  auto& rails = cells_[index];
  kernels().among(planes.data(), planes.size(), codes.data(), codes.size(), words, rails.possible.data());
  for (std::size_t word = 0; word < words; ++word) {
    rails.certain[word] = rails.possible[word] & source.settled[word];
    rails.possible[word] |= ~source.settled[word];
  }
}

void TableRun::run_table(std::size_t index, std::size_t words)
{
  auto const& table = program_.tables[index];
  auto& bits = tables_[index];
  std::fill_n(bits.doubt.begin(), table.sources.empty() ? 0 : words, 0);
  for (auto const source : table.sources) {
    auto const& below = tables_[source];
    bool const may_err = !program_.tables[source].in_order;
    for (std::size_t word = 0; word < words; ++word)
      bits.doubt[word] |= below.doubt[word] | (may_err ? ~below.settled[word] : 0);
  }
  auto const& rails = wired_[index].rails;
  if (table.in_order)
    kernels().run_in_order(rails, words);
  else
    kernels().run_together(rails, words);
  for (auto const cell : cells_over_[index]) run_cell(cell, words);
}

}  // namespace tutela::detail
