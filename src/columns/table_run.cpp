// SPDX-License-Identifier: Apache-2.0
/// \file
/// Atoms, cells and tables of a program on one batch of rows.
#include "columns/table_run.hpp"

#include <algorithm>
#include <bit>

namespace tutela::detail {
namespace {

/// Adds rows to those that have a number.
void put(std::vector<BatchBits>& planes, BatchBits const& rows, std::uint64_t number, std::size_t words)
{
  for (std::size_t plane = 0; plane < planes.size(); ++plane) {
    if ((number >> plane & 1U) == 0) continue;
    for (std::size_t word = 0; word < words; ++word) planes[plane][word] |= rows[word];
  }
}

/// Adds the rows whose Boolean makes a condition hold.
void add_booleans(ColumnAtom const& atom, LaneRanks const& ranks, BatchBits& held, std::size_t words)
{
  for (auto const& [first, span] : atom.spans) {
    auto const yes = static_cast<std::uint8_t>(ranks.yes - first) <= span ? ~RowWord{0} : 0;
    auto const no = static_cast<std::uint8_t>(ranks.no - first) <= span ? ~RowWord{0} : 0;
    for (std::size_t word = 0; word < words; ++word)
      held[word] |= (ranks.values[word] & yes) | (~ranks.values[word] & no);
  }
}

}  // namespace

TableRun::TableRun(ColumnProgram const& program)
    : program_(program), atoms_(program.atoms.size()), tables_(program.tables.size())
{
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    auto const& table = program.tables[i];
    tables_[i].answers.resize(static_cast<std::size_t>(std::bit_width(table.answer_count - 1)));
    if (program.options.rules) tables_[i].rules.resize(static_cast<std::size_t>(std::bit_width(table.rule_count)));
  }
}

void TableRun::run(std::vector<LaneRanks> const& ranks, std::size_t words)
{
  for (std::size_t i = 0; i < atoms_.size(); ++i) run_atom(i, ranks[program_.atoms[i].lane], words);
  for (std::size_t i = 0; i < tables_.size(); ++i) run_table(i, words);
}

void TableRun::run_atom(std::size_t index, LaneRanks const& ranks, std::size_t words)
{
  auto const& atom = program_.atoms[index];
  auto& rails = atoms_[index];
  auto const& found = kernels();
  if (atom.spans.empty() || ranks.boolean) std::fill_n(rails.certain.begin(), words, 0);
  if (ranks.boolean) add_booleans(atom, ranks, rails.certain, words);
  for (std::size_t i = 0; !ranks.boolean && i < atom.spans.size(); ++i) {
    auto& into = i == 0 ? rails.certain : rails.possible;
    found.between(ranks.ranks.data(), words, atom.spans[i].first, atom.spans[i].second, into.data());
    for (std::size_t word = 0; i > 0 && word < words; ++word) rails.certain[word] |= rails.possible[word];
  }
  if (ranks.all_valid) {
    std::copy_n(rails.certain.begin(), words, rails.possible.begin());
    return;
  }
  auto const certain = atom.null_certain ? ~RowWord{0} : 0;
  auto const possible = atom.null_possible ? ~RowWord{0} : 0;
  for (std::size_t word = 0; word < words; ++word) {
    auto const valid = ranks.valid[word];
    auto const known = rails.certain[word] & valid;
    rails.certain[word] = known | (~valid & certain);
    rails.possible[word] = known | (~valid & possible);
  }
}

/// Where the answers of an earlier table make a cell hold.
void TableRun::run_cell(ColumnCell const& cell, std::size_t words)
{
  auto const& source = tables_[cell.source];
  for (std::size_t word = 0; word < words; ++word) {
    RowWord held = 0;
    for (std::size_t code = 0; code < cell.codes.size(); ++code) {
      if (!cell.codes[code]) continue;
      RowWord rows = ~RowWord{0};
      for (std::size_t plane = 0; plane < source.answers.size(); ++plane)
        rows &= (code >> plane & 1U) != 0 ? source.answers[plane][word] : ~source.answers[plane][word];
      held |= rows;
    }
    cell_.certain[word] = held & source.settled[word];
    cell_.possible[word] = held | ~source.settled[word];
  }
}

/// Where all cells of a rule hold.
void TableRun::run_rule(ColumnTable::Rule const& rule, std::size_t words)
{
  if (rule.cells.empty()) {
    std::fill_n(rule_.certain.begin(), words, ~RowWord{0});
    std::fill_n(rule_.possible.begin(), words, ~RowWord{0});
    return;
  }
  bool first = true;
  for (auto const index : rule.cells) {
    auto const& cell = program_.cells[index];
    if (cell.from_table) run_cell(cell, words);
    auto const& from = cell.from_table ? cell_ : atoms_[cell.source];
    if (first) {
      std::copy_n(from.certain.begin(), words, rule_.certain.begin());
      std::copy_n(from.possible.begin(), words, rule_.possible.begin());
    }
    for (std::size_t word = 0; !first && word < words; ++word) {
      rule_.certain[word] &= from.certain[word];
      rule_.possible[word] &= from.possible[word];
    }
    first = false;
  }
}

void TableRun::run_table(std::size_t index, std::size_t words)
{
  auto const& table = program_.tables[index];
  auto& bits = tables_[index];
  for (auto* planes : {&bits.answers, &bits.rules})
    for (auto& plane : *planes) std::fill_n(plane.begin(), words, 0);
  std::fill_n(bits.doubt.begin(), words, 0);
  for (auto const source : table.sources) {
    auto const& below = tables_[source];
    bool const may_err = !program_.tables[source].in_order;
    for (std::size_t word = 0; word < words; ++word)
      bits.doubt[word] |= below.doubt[word] | (may_err ? ~below.settled[word] : 0);
  }
  if (table.in_order)
    run_in_order(table, bits, words);
  else
    run_together(table, bits, words);
}

/// The first rule that applies gives the answer.
void TableRun::run_in_order(ColumnTable const& table, TableBits& bits, std::size_t words)
{
  BatchBits left;     // rows that no rule has taken or may have taken
  BatchBits alive;    // rows that no rule has certainly taken
  BatchBits reached;  // rows that some rule has taken or may have taken
  std::fill_n(left.begin(), words, ~RowWord{0});
  std::fill_n(alive.begin(), words, ~RowWord{0});
  std::fill_n(reached.begin(), words, 0);
  std::fill_n(bits.single.begin(), words, 0);
  std::fill_n(bits.settled.begin(), words, ~RowWord{0});
  // Rows that come to an answer: the first one is noted, another one leaves the row open.
  auto const reach = [&](BatchBits const& rows, AnswerCode code) {
    for (std::size_t plane = 0; plane < bits.answers.size(); ++plane) {
      auto const bit = (code >> plane & 1U) != 0 ? ~RowWord{0} : 0;
      auto& noted = bits.answers[plane];
      for (std::size_t word = 0; word < words; ++word) {
        bits.settled[word] &= ~(reached[word] & rows[word] & (noted[word] ^ bit));
        noted[word] |= rows[word] & ~reached[word] & bit;
      }
    }
    for (std::size_t word = 0; word < words; ++word) reached[word] |= rows[word];
  };
  for (auto const& rule : table.rules) {
    run_rule(rule, words);
    RowWord any = 0;
    for (std::size_t word = 0; word < words; ++word) {
      auto const certain = rule_.certain[word];
      auto const possible = rule_.possible[word];
      rule_.possible[word] = alive[word] & possible;
      rule_.certain[word] = certain & left[word];
      bits.single[word] |= rule_.certain[word];
      left[word] &= ~possible;
      alive[word] &= ~certain;
      any |= alive[word];
    }
    reach(rule_.possible, rule.code);
    put(bits.rules, rule_.certain, rule.number, words);
    if (any == 0) return;
  }
  for (std::size_t word = 0; word < words; ++word) bits.single[word] |= left[word];
  reach(alive, table.fallback);
  put(bits.rules, left, table.rule_count, words);
}

/// All rules that apply must agree, or only one may apply.
void TableRun::run_together(ColumnTable const& table, TableBits& bits, std::size_t words)
{
  BatchBits taken;  // rows that a rule has
  std::fill_n(taken.begin(), words, 0);
  std::fill_n(bits.settled.begin(), words, ~RowWord{0});
  for (auto const& rule : table.rules) {
    run_rule(rule, words);
    for (std::size_t word = 0; word < words; ++word) {
      auto const certain = rule_.certain[word];
      auto const again = certain & taken[word];
      RowWord differs = table.may_agree ? 0 : again;
      for (std::size_t plane = 0; again != 0 && table.may_agree && plane < bits.answers.size(); ++plane)
        differs |= again & (bits.answers[plane][word] ^ ((rule.code >> plane & 1U) != 0 ? ~RowWord{0} : 0));
      // A rule that only may apply leaves the row open.
      bits.settled[word] &= ~(differs | (rule_.possible[word] & ~certain));
      rule_.certain[word] = certain & ~taken[word];
      taken[word] |= certain;
    }
    put(bits.answers, rule_.certain, rule.code, words);
    put(bits.rules, rule_.certain, rule.number, words);
  }
  for (std::size_t word = 0; word < words; ++word) taken[word] = ~taken[word];
  put(bits.answers, taken, table.fallback, words);
  put(bits.rules, taken, table.rule_count, words);
  std::copy_n(bits.settled.begin(), words, bits.single.begin());
}

}  // namespace tutela::detail
