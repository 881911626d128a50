// SPDX-License-Identifier: Apache-2.0
/// \file
/// Cases from the table of another system: which column is which fact, what its codes and dates mean (`tutela-mapping/1`).
///
/// A mapping is written once for an export of a vendor. It is strict both ways: a column that it does not speak of, and a code
/// or a date that it does not know, is a finding and never a guess. All findings come at once, one for each column
/// and kind of trouble, with the number of cells and the line of the first; none shows what is in a cell.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/facts/value.hpp>
#include <tutela/io/table.hpp>
#include <tutela/model/case.hpp>

namespace tutela::inline v0 {

/// How the cells of a column are read.
enum class CellType : std::uint8_t {
  text,    ///< As they are.
  number,  ///< A decimal number, with the marks of the column.
  date,    ///< A day, in the form of the column.
  code     ///< Only what `ColumnMapping::codes` lists.
};

/// `text`, `number`, `date` or `code`.
[[nodiscard]] TUTELA_API std::string_view to_string(CellType type) noexcept;

/// One column of the vendor and the fact that it gives. Blanks around a cell are not looked at.
struct ColumnMapping {
  std::string column;              ///< Name in the first line of the table.
  std::string fact;                ///< Dotted name of the fact.
  CellType type = CellType::text;  ///< How cells are read.
  /// Form of a date: `yyyy` with `m` or `mm` (month), `d` or `dd` (day), `mmm` (`Jan` to `Dec`), anything else as it stands:
  /// `dd.mm.yyyy`, `dd-mmm-yyyy`. Years have four digits.
  std::string date_form = "yyyy-mm-dd";
  char decimal_mark = '.';                           ///< What stands before the fraction of a number.
  std::string group_mark;                            ///< What may stand between groups of three digits; empty: nothing.
  std::vector<std::pair<std::string, Value>> codes;  ///< What a cell means, by its text; before anything else is tried.
  std::vector<std::string> unknown;                  ///< Cells that say *not asked*, beside the empty ones.
  std::vector<std::string> none;       ///< Cells that say *there is none*; the empty one may be among them.
  std::vector<std::string> uncertain;  ///< Cells that say *asked, cannot be known*; likewise.
  /// What stands between the values of a cell, whose fact is then a list that is known whole: `;`. Each value is read as the
  /// column says, its codes included. Empty: a cell is one value.
  std::string list_mark = {};
  std::vector<std::string> nothing =
      {};  ///< Cells that say *asked, the list is empty*; the empty one may be among them.
};

/// What one export of one system means.
struct Mapping {
  std::string name;                            ///< For people: system and version.
  char separator = ',';                        ///< Between cells: comma, semicolon or tab.
  std::string id_column;                       ///< Column with the identifiers of cases.
  std::string jurisdiction;                    ///< Legal order of all cases: `MD`.
  CaseKind kind = CaseKind::child_protection;  ///< Kind of care of all cases.
  bool synthetic = false;                      ///< True when no real person stands behind them.
  std::vector<ColumnMapping> columns;          ///< Columns that give facts; one fact never comes from two.
  std::vector<std::string> ignored;            ///< Columns that are there and give none.
};

/// Reads a mapping from JSON in the format `tutela-mapping/1` and checks all of it.
/// \param file Name for the diagnostics.
[[nodiscard]] TUTELA_API Result<Mapping> parse_mapping(std::string_view json, std::string const& file = {},
                                                       Limits const& limits = {});

/// Reads a mapping file; `-` is standard input. Errors as for `parse_mapping`.
[[nodiscard]] TUTELA_API Result<Mapping> load_mapping(std::string const& path, Limits const& limits = {});

/// What a mapping promises that a pack or an instrument cannot take: a fact that it does not read, a type that the fact has
/// not, a code whose value is not allowed.
/// \return All findings; the place is the column.
[[nodiscard]] TUTELA_API std::vector<Diagnostic> check_mapping(Mapping const& mapping, Schema const& schema);

/// The cases of a table. Linear in the cells.
///
/// An empty cell is a fact that is not there, so *unknown*, unless the column says otherwise.
/// \param table Its separator is not looked at again.
/// \param file  Name of the table for the diagnostics.
/// \return One case a row, in their order; or every mismatch: columns that are missing or that nothing speaks of, cells
///         that cannot be read, identifiers that are empty or come twice.
[[nodiscard]] TUTELA_API Result<std::vector<Case>> map_cases(Mapping const& mapping, TextTable const& table,
                                                             std::string const& file, Limits const& limits = {});

}  // namespace tutela::inline v0
