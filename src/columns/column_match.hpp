// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which column of a table each fact is read from, and everything that does not fit (internal).
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/diagnostic.hpp>
#include <tutela/columns/batch.hpp>
#include <tutela/facts/schema.hpp>

#include "columns/fact_lane.hpp"
#include "rules/model.hpp"

namespace tutela::detail {

/// Finds the column of each fact; tells everything that does not fit.
class ColumnMatch {
 public:
  /// \param options Its rules and limits; must outlive the match.
  ColumnMatch(ArrowSchema const& schema, BatchOptions const& options);

  /// Looks whether each rule names a column, and a fact of one of the schemas.
  void check_rules(std::vector<Schema const*> const& schemas);

  /// The column of a declared fact; nothing where the table has none, or it does not fit.
  [[nodiscard]] std::optional<FactColumn> match(FactDeclaration const& fact, std::size_t place);

  /// As above, of a fact of a pack, which may be a list.
  [[nodiscard]] std::optional<FactColumn> match(FactDeclaration const& fact, std::size_t place, Model const& model);

  /// The column of a fact that nothing declares, to be read as its type says.
  [[nodiscard]] std::optional<FactColumn> match_any(std::string const& fact);

  /// Names of the columns that are a fact's of the name `head`, or a part of it: `person.age` of `person`.
  [[nodiscard]] std::vector<std::string> facts_below(std::string_view head) const;

  /// Columns that no fact was matched with so far, in the order of the table.
  [[nodiscard]] std::vector<std::string> unread() const;

  /// Adds a finding about the table. \param column Empty where it is about all of it.
  void add(Code code, std::string const& column, std::string what, std::string mend);

  [[nodiscard]] bool has_findings() const { return !wrong_.empty(); }
  [[nodiscard]] std::vector<Diagnostic> take() && { return std::move(wrong_); }

 private:
  [[nodiscard]] TableColumn const* find(std::string_view name) const;
  void misfit(std::string const& column, std::string const& fact, std::string const& why);
  std::optional<FactColumn> refuse_lists(std::optional<FactColumn> column);
  std::optional<FactColumn> found(std::string const& fact, std::size_t place, std::optional<Kind> type);

  BatchOptions const& options_;
  std::vector<TableColumn> columns_;
  std::map<std::string, std::size_t, std::less<>> uses_;
  std::set<std::string, std::less<>> read_;
  std::map<std::string, ColumnRule const*, std::less<>> rules_;
  std::vector<Diagnostic> wrong_;
};

/// What is said of a column of an array that cannot be read.
[[nodiscard]] Diagnostic unreadable(FactColumn const& column, ValueProblem problem);

}  // namespace tutela::detail
