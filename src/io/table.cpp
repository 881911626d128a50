// SPDX-License-Identifier: Apache-2.0
#include <tutela/io/table.hpp>

#include <algorithm>
#include <utility>

#include <tutela/base/decimal.hpp>
#include "io/csv_writer.hpp"
#include "io/json_reader.hpp"

namespace tutela::inline v0 {

namespace {

/// Reads the cells of CSV text row by row.
class CsvReader {
 public:
  CsvReader(std::string_view text, std::string const& file, Limits const& limits, char separator)
      : text_(text), file_(file), limits_(limits), found_(limits.diagnostics), ends_({separator, '\r', '\n'})
  {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
  }

  Result<TextTable> read() &&
  {
    if (text_.size() > limits_.document_bytes)
      error(0, Code::limit_reached, "the file is larger than the limit \"document_bytes\"");
    else if (at_ == text_.size())
      error(1, Code::malformed, "the file is empty: its first line names the columns");
    else
      read_rows();
    if (found_.has_errors()) return std::move(found_).take();
    return std::move(table_);
  }

 private:
  void error(std::uint32_t line, Code code, std::string what)
  {
    found_.error(code, Place{file_, line, 0, {}}, std::move(what));
  }

  void read_rows()
  {
    take_names(row());
    while (at_ < text_.size() && !broken_) {
      auto const line = line_;
      auto cells = row();
      if (cells.size() == 1 && cells.front().empty()) continue;  // an empty line
      if (cells.size() != table_.names.size()) {
        error(line, Code::malformed,
              "the row has " + std::to_string(cells.size()) + " cells, the first line has " +
                  std::to_string(table_.names.size()));
        continue;
      }
      if (table_.rows() == limits_.elements) {
        error(line, Code::limit_reached, "the file has more rows than the limit \"elements\"");
        return;
      }
      for (std::size_t k = 0; k < cells.size(); ++k) table_.columns[k].push_back(std::move(cells[k]));
      table_.lines.push_back(line);
    }
  }

  void take_names(std::vector<std::string> names)
  {
    for (std::size_t k = 0; k < names.size(); ++k) {
      if (!is_utf8(names[k]) || names[k].find('\0') != std::string::npos) {
        found_.error(Code::invalid_text, Place{file_, 1, 0, {}}, "the first line is not UTF-8",
                     "save the table as UTF-8");
        broken_ = true;
        return;
      }
      if (names[k].empty()) error(1, Code::missing_key, "column " + std::to_string(k + 1) + " has no name");
      if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(k), names[k]) !=
          names.begin() + static_cast<std::ptrdiff_t>(k))
        error(1, Code::duplicate_key, "two columns are called \"" + names[k] + "\"");
    }
    table_.columns.resize(names.size());
    table_.names = std::move(names);
  }

  std::vector<std::string> row()
  {
    std::vector<std::string> cells;
    for (;;) {
      cells.push_back(cell());
      if (at_ < text_.size() && text_[at_] == ends_.front()) {
        ++at_;
        continue;
      }
      if (at_ < text_.size() && text_[at_] == '\r') ++at_;
      if (at_ < text_.size() && text_[at_] == '\n') ++at_;
      ++line_;
      return cells;
    }
  }

  std::string cell()
  {
    if (at_ < text_.size() && text_[at_] == '"') return quoted();
    auto const end = std::min(text_.find_first_of(ends_, at_), text_.size());
    std::string result(text_.substr(at_, end - at_));
    at_ = end;
    return result;
  }

  std::string quoted()
  {
    auto const start = line_;
    std::string result;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        if (at_ + 1 == text_.size() || text_[at_ + 1] != '"') {
          ++at_;
          if (at_ < text_.size() && text_.find_first_of(ends_, at_) != at_)
            error(line_, Code::malformed, "a quoted cell goes on behind its quote");
          return result;
        }
        ++at_;
      }
      if (text_[at_] == '\n') ++line_;
      result += text_[at_];
    }
    error(start, Code::malformed, "a quote does not end");
    broken_ = true;
    return result;
  }

  std::string_view text_;
  std::string const& file_;
  Limits const& limits_;
  Diagnostics found_;
  std::string const ends_;  ///< What ends a cell: the separator first.
  TextTable table_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  bool broken_ = false;
};

}  // namespace

std::vector<std::string> const* TextTable::find(std::string_view name) const noexcept
{
  auto const place = std::find(names.begin(), names.end(), name);
  return place == names.end() ? nullptr : &columns[static_cast<std::size_t>(place - names.begin())];
}

Result<TextTable> parse_table(std::string_view csv, std::string const& file, Limits const& limits, char separator)
{
  return CsvReader(csv, file, limits, separator).read();
}

Result<TextTable> load_table(std::string const& path, Limits const& limits, char separator)
{
  auto const text = detail::read_file(path, limits);
  if (!text) return text.diagnostics();
  return parse_table(*text, path == "-" ? "standard input" : path, limits, separator);
}

namespace {

/// What a spreadsheet would run, made a text.
std::string harmless(std::string const& cell)
{
  bool const formula = !cell.empty() && std::string_view("=+-@\t\r\n").find(cell.front()) != std::string_view::npos;
  return formula && !Decimal::parse(cell) ? "'" + cell : cell;
}

}  // namespace

namespace {

/// One line of cells. \param cell_of The cell of a column.
template <class Function>
void add_row(std::string& text, TextTable const& table, char separator, Function const& cell_of)
{
  for (std::size_t column = 0; column < table.names.size(); ++column) {
    if (column != 0) text += separator;
    detail::add_csv_cell(text, harmless(cell_of(column)), separator);
  }
  text += "\r\n";
}

}  // namespace

std::string write_table(TextTable const& table, char separator)
{
  std::string text = "\xEF\xBB\xBF";
  add_row(text, table, separator, [&](std::size_t column) -> std::string const& { return table.names[column]; });
  return text + write_table_rows(table, separator);
}

std::string write_table_rows(TextTable const& table, char separator)
{
  std::string text;
  for (std::size_t at = 0; at < table.rows(); ++at)
    add_row(text, table, separator,
            [&](std::size_t column) -> std::string const& { return table.columns[column][at]; });
  return text;
}

}  // namespace tutela::inline v0
