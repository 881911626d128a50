// SPDX-License-Identifier: Apache-2.0
/// \file
/// Cases as a table.
#include <tutela/columns/case_columns.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <tutela/base/date.hpp>

#include "columns/bits.hpp"
#include "columns/owned_array.hpp"
#include "columns/text_columns.hpp"
#include "risk/program.hpp"

namespace tutela::detail {

struct CaseColumnsContent {
  struct Column {
    std::string name;
    Kind type = Kind::string;
    bool says_yes = false;  ///< Any known value but false is true: an act that is recorded.
  };
  std::vector<Column> columns;
  std::map<std::string, std::size_t, std::less<>> places;
  std::set<std::string, std::less<>> others;  ///< Facts that are read and fit no column.
  bool reads_all = false;                     ///< Facts of other names may matter too.
  bool fits_all = true;  ///< The pack and each instrument has a fact in a column; else no table is theirs.
};

namespace {

using Column = CaseColumnsContent::Column;

constexpr int digits = 6;
constexpr std::int64_t factor = 1'000'000;

bool fits_a_column(Kind type)
{
  return type == Kind::boolean || type == Kind::number || type == Kind::string || type == Kind::date;
}

void add(CaseColumnsContent& content, Column column)
{
  auto const [found, fresh] = content.places.emplace(column.name, content.columns.size());
  if (fresh) content.columns.push_back(std::move(column));
}

std::string format_of(Kind type)
{
  switch (type) {
    case Kind::boolean: return "b";
    case Kind::date: return "tdD";
    case Kind::number: return "d:38," + std::to_string(digits);
    default: return "u";
  }
}

/// The number of a value in its column; nothing where it has none there.
std::optional<std::int64_t> number_in(Column const& column, Value const& value)
{
  if (column.says_yes) {
    auto const* flag = value.as_boolean();
    return flag == nullptr || *flag ? 1 : 0;
  }
  if (column.type == Kind::boolean)
    if (auto const* flag = value.as_boolean()) return *flag ? 1 : 0;
  if (column.type == Kind::date)
    if (auto const* day = value.as_date()) return to_days(*day);
  if (column.type == Kind::number)
    if (auto const* number = value.as_number()) {
      auto const scaled = *number * Decimal(factor);
      return scaled.is_integer() ? scaled.to_int64() : std::nullopt;
    }
  return std::nullopt;
}

/// Writes a number of 128 bits.
void put_decimal(OwnedArray::Buffer& buffer, std::size_t row, std::int64_t number)
{
  put_value(buffer, 2 * row, number);
  put_value(buffer, 2 * row + 1, std::int64_t{number < 0 ? -1 : 0});
}

/// The columns under construction.
class CaseTable {
 public:
  CaseTable(CaseColumnsContent const& content, std::span<Case const> cases)
      : content_(content), cases_(cases), found_(content.columns.size())
  {
    for (auto& column : found_) column.assign(cases.size(), nullptr);
  }

  /// Finds the facts of a case. \return False when the table cannot hold them; then its row is empty.
  bool take(std::size_t row)
  {
    bool good = content_.fits_all;
    for (auto const& fact : cases_[row].facts.facts()) good = good && take(row, fact);
    if (!good)
      for (auto& column : found_) column[row] = nullptr;
    return good;
  }

  OwnedArray write()
  {
    OwnedArray table;
    table.length = static_cast<std::int64_t>(cases_.size());
    table.all_valid = true;
    table.buffers.resize(1);
    for (std::size_t i = 0; i < found_.size(); ++i) table.children.push_back(write(i));
    return table;
  }

 private:
  bool take(std::size_t row, Fact const& fact)
  {
    auto const place = content_.places.find(fact.name);
    // A context may hold facts of other names as its parts.
    if (place == content_.places.end())
      return !content_.reads_all && fits_a_column(fact.value.kind()) && content_.others.count(fact.name) == 0;
    bool const dated = fact.source.recorded || fact.source.valid != Period{};
    auto& cell = found_[place->second][row];
    if (dated || cell != nullptr) return false;
    auto const& column = content_.columns[place->second];
    bool const fits = column.type == Kind::string && !column.says_yes ? fact.value.as_string() != nullptr
                                                                      : number_in(column, fact.value).has_value();
    if (!fits || fact.value.state() != State::known) return false;
    cell = &fact.value;
    return true;
  }

  OwnedArray write(std::size_t index)
  {
    auto const& column = content_.columns[index];
    auto const rows = found_[index].size();
    OwnedArray array;
    array.length = static_cast<std::int64_t>(rows);
    array.buffers.push_back(make_buffer((rows + 7) / 8));
    std::vector<std::string> texts(column.type == Kind::string ? rows : 0);
    array.buffers.push_back(make_buffer(rows * (column.type == Kind::number ? 16 : 4)));
    for (std::size_t row = 0; row < rows; ++row) {
      auto const* value = found_[index][row];
      if (value == nullptr) {
        ++array.nulls;
        continue;
      }
      array.buffers[0][row / rows_in_word] |= RowWord{1} << row % rows_in_word;
      if (column.type == Kind::string) {
        texts[row] = *value->as_string();
        continue;
      }
      auto const number = number_in(column, *value).value_or(0);
      if (column.type == Kind::boolean)
        array.buffers[1][row / rows_in_word] |= RowWord{number != 0} << row % rows_in_word;
      else if (column.type == Kind::date)
        put_value(array.buffers[1], row, static_cast<std::int32_t>(number));
      else
        put_decimal(array.buffers[1], row, number);
    }
    if (column.type != Kind::string) return array;
    auto written = texts_array(texts);
    written.all_valid = false;
    written.nulls = array.nulls;
    written.buffers[0] = std::move(array.buffers[0]);
    return written;
  }

  CaseColumnsContent const& content_;
  std::span<Case const> cases_;
  std::vector<std::vector<Value const*>> found_;  ///< For each column and case the value.
};

}  // namespace
}  // namespace tutela::detail

namespace tutela::inline v0 {

CaseColumns::CaseColumns(Pack const& pack, std::vector<Instrument> const& instruments)
{
  auto content = std::make_shared<detail::CaseColumnsContent>();
  auto const add_all = [&](Schema const& schema) {
    bool fits = false;
    for (auto const& fact : schema.declarations()) {
      bool const has_column = detail::fits_a_column(fact.type);
      fits = fits || has_column;
      if (has_column)
        detail::add(*content, {fact.name, fact.type, false});
      else
        content->others.insert(fact.name);
    }
    content->fits_all = content->fits_all && fits;
  };
  add_all(pack.schema());
  for (auto const& instrument : instruments) {
    add_all(instrument.schema());
    for (auto const& act : instrument.description().applicability.recorded_act)
      detail::add(*content, {act, Kind::boolean, true});
    auto const& fed = instrument.program().fed;
    content->reads_all =
        content->reads_all || std::any_of(fed.begin(), fed.end(), [](auto const& one) { return one.has_value(); });
  }
  content_ = std::move(content);
}

void CaseColumns::export_schema(ArrowSchema& out) const
{
  detail::OwnedSchema table{"+s", ""};
  for (auto const& column : content_->columns) table.children.push_back({detail::format_of(column.type), column.name});
  std::move(table).hand_out(out);
}

bool CaseColumns::holds(Case const& item) const { return detail::CaseTable(*content_, {&item, 1}).take(0); }

std::vector<bool> CaseColumns::export_array(std::span<Case const> cases, ArrowArray& out) const
{
  detail::CaseTable table(*content_, cases);
  std::vector<bool> held;
  for (std::size_t row = 0; row < cases.size(); ++row) held.push_back(table.take(row));
  table.write().hand_out(out);
  return held;
}

}  // namespace tutela::inline v0
