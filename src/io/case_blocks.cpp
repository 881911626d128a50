// SPDX-License-Identifier: Apache-2.0
/// \file
/// The cases of a file that may be larger than memory, block by block.
#include <tutela/io/case_blocks.hpp>

#include <algorithm>
#include <limits>
#include <utility>

#include <tutela/io/case.hpp>
#include <tutela/io/table.hpp>
#include "io/case_lines.hpp"
#include "io/json_reader.hpp"
#include "io/row_blocks.hpp"

namespace tutela::detail {
namespace {

constexpr std::size_t bytes_of_block = std::size_t{1} << 18U;

}  // namespace

/// What both forms of files have in common.
class CaseBlocksImpl {
 public:
  CaseBlocksImpl(ByteSource source, std::string file, std::optional<char> separator, Limits const& limits)
      : rows_(std::move(source), separator, limits.document_bytes), file_(std::move(file)), limits_(limits)
  {
  }
  CaseBlocksImpl(CaseBlocksImpl const&) = delete;
  CaseBlocksImpl& operator=(CaseBlocksImpl const&) = delete;
  virtual ~CaseBlocksImpl() = default;

  std::optional<CaseBlock> next()
  {
    if (ended_) return std::nullopt;
    if (auto block = begin()) return block;
    if (auto rows = rows_.next(bytes_of_block)) return read(*std::move(rows));
    ended_ = true;
    if (!rows_.is_too_long()) return std::nullopt;
    return failed({Code::limit_reached,
                   Severity::error,
                   {file_, rows_.line(), 0, {}},
                   "a row is longer than the limit \"document_bytes\"",
                   "look for a quote that does not end"});
  }

 protected:
  /// What stands before the first case. \return A block where it is wrong.
  virtual std::optional<CaseBlock> begin() { return std::nullopt; }
  virtual CaseBlock read(RowBlock rows) = 0;

  CaseBlock failed(Diagnostic diagnostic)
  {
    ended_ = true;
    return {{}, {std::move(diagnostic)}};
  }

  RowBlocks rows_;
  std::string file_;
  Limits limits_;
  bool ended_ = false;
};

namespace {

class LineBlocks : public CaseBlocksImpl {
 public:
  LineBlocks(ByteSource source, std::string file, Limits const& limits)
      : CaseBlocksImpl(std::move(source), std::move(file), std::nullopt, limits)
  {
  }

 private:
  CaseBlock read(RowBlock rows) override
  {
    bool const is_first = std::exchange(is_first_, false);
    if (auto const first = rows.text.find_first_not_of(" \t\r\n");
        is_first && first != std::string::npos && rows.text[first] == '[')
      return failed({Code::unsupported_format,
                     Severity::error,
                     {file_, rows.line, 0, {}},
                     "this is one array of JSON",
                     "write one case a line"});
    // A file may be one case over many lines.
    bool const is_document = is_first && parse_json(rows.text, file_, limits_).has_value();
    auto found = is_document ? parse_cases(rows.text, file_, limits_) : parse_case_lines(rows.text, file_, limits_);
    CaseBlock block{{}, found.diagnostics()};
    // Where there is one line alone the reader names none.
    for (auto& one : block.diagnostics) one.place.line = rows.line + std::max(one.place.line, 1U) - 1;
    if (found) block.cases = *std::move(found);
    return block;
  }

  bool is_first_ = true;
};

class TableBlocks : public CaseBlocksImpl {
 public:
  TableBlocks(ByteSource source, std::string file, char separator, TableMeaning meaning, Limits const& limits)
      : CaseBlocksImpl(std::move(source), std::move(file), separator, limits),
        separator_(separator),
        meaning_(std::move(meaning)),
        unbounded_(limits)
  {
    unbounded_.document_bytes = std::numeric_limits<std::size_t>::max();
  }

 private:
  std::optional<CaseBlock> begin() override
  {
    if (!header_.text.empty()) return std::nullopt;
    if (auto rows = rows_.next(1)) header_ = *std::move(rows);
    auto const table = parse_table(header_.text, file_, unbounded_, separator_);
    if (!table) {
      ended_ = true;
      return CaseBlock{{}, table.diagnostics()};
    }
    if (header_.lines == 0) {
      header_.text += '\n';
      header_.lines = 1;
    }
    mapping_ = meaning_(table->names);
    if (mapping_.columns.empty()) {
      ended_ = true;
      return CaseBlock{{}, {no_facts(table->names)}};
    }
    numbered_ = mapping_.id_column == "id" && table->find("id") == nullptr;
    by_row_ = std::find(mapping_.ignored.begin(), mapping_.ignored.end(), "jurisdiction") != mapping_.ignored.end();
    return std::nullopt;
  }

  /// Without a fact every answer would rest on nothing.
  Diagnostic no_facts(std::vector<std::string> const& names) const
  {
    std::string mend = "name the columns as facts, or say by a mapping which column is which fact";
    for (char const other : {';', '\t', ','})
      if (other != separator_ && names.size() == 1 && names.front().find(other) != std::string::npos)
        mend = "its cells seem to stand between " +
               std::string(other == '\t'  ? "tabs"
                           : other == ';' ? "semicolons"
                                          : "commas") +
               ": write commas, or give a mapping with its \"separator\"";
    return {
        Code::unknown_fact, Severity::error, {file_, 1, 0, {}}, "no column of the table is a fact", std::move(mend)};
  }

  CaseBlock read(RowBlock rows) override
  {
    bool torn = false;
    auto block = read(rows, torn);
    if (!torn) return block;
    // A row that is none hides the cells of the others: they are looked at one by one.
    CaseBlock found;
    auto source = [&rows, at = std::size_t{0}](char* into, std::size_t most) mutable {
      auto const count = rows.text.copy(into, most, at);
      at += count;
      return count;
    };
    RowBlocks single(source, separator_, limits_.document_bytes);
    while (auto row = single.next(1)) {
      row->line += rows.line - 1;
      auto one = read(*row, torn);
      found.diagnostics.insert(found.diagnostics.end(), one.diagnostics.begin(), one.diagnostics.end());
    }
    return found;
  }

  /// \param torn Set where some text is no row of the table.
  CaseBlock read(RowBlock const& rows, bool& torn)
  {
    auto parsed = parse_table(header_.text + rows.text, file_, unbounded_, separator_);
    auto const shift = rows.line - header_.lines - 1;
    CaseBlock block{{}, parsed.diagnostics()};
    for (auto& one : block.diagnostics)
      if (one.place.line > header_.lines) one.place.line += shift;
    torn = !parsed;
    if (torn) return block;
    TextTable table = *std::move(parsed);
    for (auto& line : table.lines) line += shift;
    if (numbered_) number(table);
    auto found = map_cases(mapping_, table, file_, limits_);
    block.diagnostics.insert(block.diagnostics.end(), found.diagnostics().begin(), found.diagnostics().end());
    if (!found) return block;
    block.cases = *std::move(found);
    if (auto const* places = by_row_ ? table.find("jurisdiction") : nullptr)
      for (std::size_t i = 0; i < block.cases.size(); ++i) block.cases[i].jurisdiction = (*places)[i];
    return block;
  }

  void number(TextTable& table)
  {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < table.rows(); ++i) ids.push_back(std::to_string(++row_));
    table.names.emplace_back("id");
    table.columns.push_back(std::move(ids));
  }

  char separator_;
  TableMeaning meaning_;
  Limits unbounded_;
  RowBlock header_;
  Mapping mapping_;
  bool numbered_ = false;
  bool by_row_ = false;
  std::uint64_t row_ = 0;
};

}  // namespace
}  // namespace tutela::detail

namespace tutela::inline v0 {

CaseBlocks::CaseBlocks(std::unique_ptr<detail::CaseBlocksImpl> impl) : impl_(std::move(impl)) {}
CaseBlocks::CaseBlocks(CaseBlocks&& other) noexcept = default;
CaseBlocks& CaseBlocks::operator=(CaseBlocks&& other) noexcept = default;
CaseBlocks::~CaseBlocks() = default;

CaseBlocks CaseBlocks::of_lines(ByteSource source, std::string file, Limits const& limits)
{
  return CaseBlocks(std::make_unique<detail::LineBlocks>(std::move(source), std::move(file), limits));
}

CaseBlocks CaseBlocks::of_table(ByteSource source, std::string file, char separator, TableMeaning meaning,
                                Limits const& limits)
{
  return CaseBlocks(
      std::make_unique<detail::TableBlocks>(std::move(source), std::move(file), separator, std::move(meaning), limits));
}

std::optional<CaseBlock> CaseBlocks::next() { return impl_->next(); }

Mapping mapping_by_names(std::vector<std::string> const& names, std::vector<Schema const*> const& schemas,
                         std::vector<std::string> const& others)
{
  std::vector<std::pair<std::string, Value>> const flags{{"true", Value(true)}, {"false", Value(false)}};
  Mapping mapping;
  mapping.name = "columns named as facts";
  mapping.id_column = "id";
  for (auto const& name : names) {
    FactDeclaration const* fact = nullptr;
    for (auto const* schema : schemas)
      if (fact == nullptr) fact = schema->find(name);
    bool const is_other = std::find(others.begin(), others.end(), name) != others.end();
    if (name == "id") continue;
    if (fact == nullptr && !is_other) {
      mapping.ignored.push_back(name);
      continue;
    }
    ColumnMapping column;
    column.column = column.fact = name;
    auto const type = fact == nullptr ? Kind::none : fact->type;
    if (type == Kind::number) column.type = CellType::number;
    if (type == Kind::date) column.type = CellType::date;
    if (type == Kind::boolean) column.type = CellType::code;
    if (type == Kind::boolean || type == Kind::none) column.codes = flags;
    mapping.columns.push_back(std::move(column));
  }
  return mapping;
}

}  // namespace tutela::inline v0
