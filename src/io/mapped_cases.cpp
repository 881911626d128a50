// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tables of other systems as cases.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <tutela/base/text.hpp>
#include "io/cell_reader.hpp"

namespace tutela::detail {
namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// The next run of one letter in a form, or one other character.
std::string_view next_part(std::string_view form)
{
  char const first = form.front();
  if (first != 'y' && first != 'm' && first != 'd') return form.substr(0, 1);
  return form.substr(0, std::min(form.find_first_not_of(first), form.size()));
}

/// Takes `least` to `most` digits from the front.
std::optional<int> take_digits(std::string_view& text, std::size_t least, std::size_t most)
{
  std::size_t count = 0;
  int number = 0;
  while (count < most && count < text.size() && text[count] >= '0' && text[count] <= '9')
    number = number * 10 + (text[count++] - '0');
  text.remove_prefix(count);
  return count < least ? std::nullopt : std::optional(number);
}

std::optional<int> take_month_name(std::string_view& text)
{
  auto const found = std::find(months.begin(), months.end(), text.substr(0, 3));
  if (found == months.end()) return std::nullopt;
  text.remove_prefix(3);
  return static_cast<int>(found - months.begin()) + 1;
}

}  // namespace

bool is_date_form(std::string_view form) noexcept
{
  int years = 0;
  int month_parts = 0;
  int days = 0;
  while (!form.empty()) {
    auto const part = next_part(form);
    form.remove_prefix(part.size());
    if (part.front() == 'y') years += part.size() == 4 ? 1 : 2;
    if (part.front() == 'm') month_parts += part.size() <= 3 ? 1 : 2;
    if (part.front() == 'd') days += part.size() <= 2 ? 1 : 2;
  }
  return years == 1 && month_parts == 1 && days == 1;
}

std::optional<Date> date_in_form(std::string_view cell, std::string_view form) noexcept
{
  std::array<int, 3> date{};  // year, month, day
  while (!form.empty()) {
    auto const part = next_part(form);
    form.remove_prefix(part.size());
    std::optional<int> number;
    switch (part.front()) {
      case 'y': number = take_digits(cell, 4, 4); break;
      case 'm': number = part.size() == 3 ? take_month_name(cell) : take_digits(cell, part.size(), 2); break;
      case 'd': number = take_digits(cell, part.size(), 2); break;
      default:
        if (cell.empty() || cell.front() != part.front()) return std::nullopt;
        cell.remove_prefix(1);
        continue;
    }
    if (!number) return std::nullopt;
    date[part.front() == 'y' ? 0U : part.front() == 'm' ? 1U : 2U] = *number;
  }
  return cell.empty() ? make_date(date[0], date[1], date[2]) : std::nullopt;
}

std::optional<Decimal> number_with_marks(std::string_view cell, ColumnMapping const& column)
{
  std::string plain;
  bool const negative = !cell.empty() && cell.front() == '-';
  if (negative) cell.remove_prefix(1);
  auto const point = std::min(cell.find(column.decimal_mark), cell.size());
  std::string_view whole = cell.substr(0, point);
  std::size_t in_group = 0;  // digits since the last mark
  bool grouped = false;
  while (!whole.empty()) {
    if (!column.group_mark.empty() && whole.substr(0, column.group_mark.size()) == column.group_mark) {
      if (in_group == 0 || in_group > 3 || (grouped && in_group != 3)) return std::nullopt;
      whole.remove_prefix(column.group_mark.size());
      grouped = true;
      in_group = 0;
      continue;
    }
    if (whole.front() < '0' || whole.front() > '9') return std::nullopt;
    plain += whole.front();
    whole.remove_prefix(1);
    ++in_group;
  }
  if (plain.empty() || (grouped && in_group != 3)) return std::nullopt;
  if (point < cell.size()) {
    std::string_view const fraction = cell.substr(point + 1);
    if (fraction.empty() || fraction.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    (plain += '.') += fraction;
  }
  auto const number = Decimal::parse(negative ? "-" + plain : plain);
  return number && number->is_finite() ? number : std::nullopt;
}

}  // namespace tutela::detail

namespace tutela::inline v0 {
namespace {

std::string_view trimmed(std::string_view text)
{
  auto const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool among(std::vector<std::string> const& words, std::string_view cell)
{
  return std::find(words.begin(), words.end(), cell) != words.end();
}

/// Mismatches of cells, one for each column and kind of trouble.
class CellFindings {
 public:
  void add(std::string const& column, Code code, std::string what, std::uint32_t line)
  {
    auto const [found, is_new] = places_.try_emplace({column, what}, troubles_.size());
    if (is_new) troubles_.push_back({column, code, std::move(what), line, 0});
    ++troubles_[found->second].cells;
  }

  void report(std::string const& file, Diagnostics& diagnostics) const
  {
    for (Trouble const& trouble : troubles_) {
      std::string const count = trouble.cells == 1 ? "1 cell" : std::to_string(trouble.cells) + " cells, first here";
      diagnostics.error(trouble.code, {file, trouble.line, 0, trouble.column}, trouble.what + " (" + count + ")",
                        "correct the export, or add the cell to the mapping of the column");
    }
  }

 private:
  struct Trouble {
    std::string column;
    Code code;
    std::string what;
    std::uint32_t line;
    std::size_t cells;
  };
  std::map<std::pair<std::string, std::string>, std::size_t> places_;
  std::vector<Trouble> troubles_;
};

/// Puts the cases of one table together.
class CaseMapper {
 public:
  CaseMapper(Mapping const& mapping, TextTable const& table, std::string const& file, Limits const& limits)
      : mapping_(mapping), table_(table), file_(file), limits_(limits), diagnostics_(limits.diagnostics)
  {
  }

  Result<std::vector<Case>> map() &&
  {
    check_columns();
    std::vector<RecordBuilder> builders(table_.rows());
    for (ColumnMapping const& column : mapping_.columns)
      if (auto const* cells = table_.find(column.column))
        for (std::size_t row = 0; row < cells->size(); ++row) read(column, (*cells)[row], row, builders[row]);
    auto cases = cases_of(std::move(builders));
    cells_.report(file_, diagnostics_);
    if (diagnostics_.has_errors()) return std::move(diagnostics_).take();
    return cases;
  }

 private:
  [[nodiscard]] std::uint32_t line_of(std::size_t row) const
  {
    return row < table_.lines.size() ? table_.lines[row] : 0;
  }

  void missing_column(std::string const& name)
  {
    diagnostics_.error(Code::missing_key, {file_, 1, 0, name}, "the table has no column \"" + name + "\"",
                       "the export has changed, or is another one");
  }

  void check_columns()
  {
    std::set<std::string_view> spoken_of{mapping_.id_column};
    for (ColumnMapping const& column : mapping_.columns) spoken_of.insert(column.column);
    for (std::string_view const name : spoken_of)
      if (table_.find(name) == nullptr) missing_column(std::string(name));
    spoken_of.insert(mapping_.ignored.begin(), mapping_.ignored.end());
    for (std::string const& name : table_.names)
      if (spoken_of.count(name) == 0)
        diagnostics_.error(Code::unknown_key, {file_, 1, 0, name},
                           "the mapping does not speak of the column \"" + name + "\"",
                           "map it to a fact, or list it under \"ignored\"");
  }

  void read(ColumnMapping const& column, std::string_view whole, std::size_t row, RecordBuilder& builder)
  {
    std::string_view const cell = trimmed(whole);
    if (!is_utf8(cell)) return cells_.add(column.column, Code::invalid_text, "this is not UTF-8", line_of(row));
    if (among(column.none, cell)) {
      builder.set(column.fact, Value());
    } else if (among(column.uncertain, cell)) {
      builder.set(column.fact, Value(Uncertain{{column.fact}}));
    } else if (among(column.nothing, cell)) {
      builder.set(column.fact, Value(List{}));
    } else if ((!cell.empty() || has_code(column, cell)) && !among(column.unknown, cell)) {
      auto value = column.list_mark.empty() ? one_value(column, cell, row) : list_value(column, cell, row);
      if (value) builder.set(column.fact, std::move(*value));
    }
  }

  static Value const* code_of(ColumnMapping const& column, std::string_view cell)
  {
    auto const found =
        std::find_if(column.codes.begin(), column.codes.end(), [&](auto const& code) { return code.first == cell; });
    return found == column.codes.end() ? nullptr : &found->second;
  }

  static bool has_code(ColumnMapping const& column, std::string_view cell) { return code_of(column, cell) != nullptr; }

  /// The values of a cell as a list that is known whole; nothing where one of them cannot be read.
  std::optional<Value> list_value(ColumnMapping const& column, std::string_view cell, std::size_t row)
  {
    List list;
    for (bool last = false; !last;) {
      auto const end = cell.find(column.list_mark);
      last = end == std::string_view::npos;
      auto const part = trimmed(cell.substr(0, end));
      if (!last) cell.remove_prefix(end + column.list_mark.size());
      bool const is_word = among(column.unknown, part) || among(column.none, part) || among(column.uncertain, part) ||
                           among(column.nothing, part);
      if (is_word || (part.empty() && !has_code(column, part))) {
        cells_.add(column.column, Code::not_allowed,
                   is_word ? "a word that speaks of a whole cell stands among values" : "a value of the list is empty",
                   line_of(row));
        return std::nullopt;
      }
      auto value = one_value(column, part, row);
      if (!value) return std::nullopt;
      list.items.push_back(std::move(*value));
      if (list.items.size() > limits_.elements) {
        cells_.add(column.column, Code::limit_reached, "the list is longer than the limit \"elements\"", line_of(row));
        return std::nullopt;
      }
    }
    return Value(std::move(list));
  }

  std::optional<Value> one_value(ColumnMapping const& column, std::string_view cell, std::size_t row)
  {
    if (auto const* coded = code_of(column, cell)) return *coded;
    switch (column.type) {
      case CellType::text:
        if (cell.size() <= limits_.text_bytes) return Value(std::string(cell));
        cells_.add(column.column, Code::limit_reached, "the text is longer than the limit \"text_bytes\"",
                   line_of(row));
        return std::nullopt;
      case CellType::number:
        if (auto const number = detail::number_with_marks(cell, column)) return Value(*number);
        cells_.add(column.column, Code::invalid_number, "this is no number with the marks of the column", line_of(row));
        return std::nullopt;
      case CellType::date:
        if (auto const date = detail::date_in_form(cell, column.date_form)) return Value(*date);
        cells_.add(column.column, Code::invalid_date, "this is no day in the form " + column.date_form, line_of(row));
        return std::nullopt;
      case CellType::code: break;
    }
    cells_.add(column.column, Code::not_allowed, "this code is none of the column's", line_of(row));
    return std::nullopt;
  }

  std::vector<Case> cases_of(std::vector<RecordBuilder> builders)
  {
    std::vector<Case> cases;
    auto const* ids = table_.find(mapping_.id_column);
    std::set<std::string> seen;
    for (std::size_t row = 0; ids != nullptr && row < builders.size(); ++row) {
      Case item;
      item.id = CaseId(std::string(trimmed((*ids)[row])));
      if (item.id.empty())
        cells_.add(mapping_.id_column, Code::missing_key, "the case has no identifier", line_of(row));
      else if (!is_utf8(item.id.text()))
        cells_.add(mapping_.id_column, Code::invalid_text, "this is not UTF-8", line_of(row));
      else if (!seen.insert(item.id.text()).second)
        cells_.add(mapping_.id_column, Code::duplicate_id, "another row has the same identifier", line_of(row));
      item.jurisdiction = mapping_.jurisdiction;
      item.kind = mapping_.kind;
      item.synthetic = mapping_.synthetic;
      auto facts = std::move(builders[row]).build(limits_);
      for (Diagnostic const& wrong : facts.diagnostics())
        cells_.add(wrong.place.pointer, wrong.code, wrong.what, line_of(row));
      if (facts) item.facts = std::move(facts).value();
      cases.push_back(std::move(item));
    }
    return cases;
  }

  Mapping const& mapping_;
  TextTable const& table_;
  std::string const& file_;
  Limits const& limits_;
  Diagnostics diagnostics_;
  CellFindings cells_;
};

}  // namespace

Result<std::vector<Case>> map_cases(Mapping const& mapping, TextTable const& table, std::string const& file,
                                    Limits const& limits)
{
  return CaseMapper(mapping, table, file, limits).map();
}

}  // namespace tutela::inline v0
