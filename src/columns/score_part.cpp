// SPDX-License-Identifier: Apache-2.0
/// \file
/// The instruments of a program: which columns their facts are read from.
#include "columns/score_part.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "columns/column_match.hpp"
#include "risk/program.hpp"

namespace tutela::detail {

ScorePart::ScorePart(ColumnMatch& match, std::optional<Date> on, BatchOptions const& options)
{
  std::set<std::string> ids;
  for (auto const& instrument : options.instruments) {
    if (!ids.insert(instrument.id()).second) throw ContractViolation("an instrument is asked for twice");
    auto normed = instrument.normed(options.jurisdiction, on);
    // Where no norm holds nobody is scored, and each row says so.
    add(match, normed ? *std::move(normed) : instrument);
  }
  std::sort(without_column_.begin(), without_column_.end());
  without_column_.erase(std::unique(without_column_.begin(), without_column_.end()), without_column_.end());
}

/// The place of a column, which is kept once.
std::optional<std::size_t> ScorePart::add(std::optional<FactColumn> column)
{
  if (!column) return std::nullopt;
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (columns_[i].rule.fact == column->rule.fact) return i;
  columns_.push_back(*std::move(column));
  return columns_.size() - 1;
}

void ScorePart::add(ColumnMatch& match, Instrument instrument)
{
  ScoredInstrument made{std::move(instrument), {}, {}, {}};
  auto const& program = made.instrument.program();
  auto const& facts = program.description.facts;
  std::set<std::size_t> read;
  std::set<std::string> heads;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    auto const& declaration = facts[i].declaration;
    made.facts.push_back(add(match.match(declaration, i)));
    if (made.facts.back())
      read.insert(*made.facts.back());
    else if (!program.fed[i])
      without_column_.push_back(declaration.name);
    if (program.fed[i]) heads.insert(program.fed[i]->heads.begin(), program.fed[i]->heads.end());
  }
  auto const& acts = program.description.applicability.recorded_act;
  for (auto const& act : acts) {
    auto const* declared = made.instrument.schema().find(act);
    auto const column = add(declared != nullptr ? match.match(*declared, 0) : match.match_any(act));
    if (!column) continue;
    made.acts.push_back(*column);
    read.insert(*column);
  }
  if (made.acts.empty())
    for (auto const& act : acts) without_column_.push_back(act);
  for (auto const& head : heads)
    for (auto const& name : match.facts_below(head))
      if (made.instrument.schema().find(name) == nullptr)
        if (auto const column = add(match.match_any(name))) read.insert(*column);
  if (read.empty() && !match.has_findings())
    match.add(Code::missing_key, {},
              "no column of the table is a fact of the instrument '" + made.instrument.id() + "'",
              "name the columns as the facts");
  made.record.assign(read.begin(), read.end());
  instruments_.push_back(std::move(made));
}

}  // namespace tutela::detail
