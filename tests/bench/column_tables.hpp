// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tables and packs for the columns bench: the table of 12 rules by 5 inputs, and 40 rules of 6 conditions over 35 columns.
/// Synthetic: no law says this. Values are independent of each other, which is the worst case for whoever guesses branches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "bench/support_table.hpp"
#include "columns/owned_array.hpp"

namespace tutela::bench {

/// A table in Arrow's layout.
class ColumnTable {
 public:
  /// \param rows Rows. \param missing Percent of the values that are null.
  ColumnTable(std::size_t rows, unsigned missing) : rows_(rows), missing_(missing) {}
  ColumnTable(ColumnTable const&) = delete;
  ColumnTable& operator=(ColumnTable const&) = delete;
  ~ColumnTable()
  {
    if (schema.release != nullptr) schema.release(&schema);
    if (array.release != nullptr) array.release(&array);
  }

  /// A column of numbers or days, evenly from `low` to `high`.
  template <class T>
  void add(std::string const& name, std::string const& format, std::int64_t low, std::int64_t high)
  {
    auto column = begin(sizeof(T) * rows_);
    auto const span = static_cast<std::uint64_t>(high - low + 1);
    for (std::size_t i = 0; i < rows_; ++i)
      detail::put_value(column.buffers[1], i, static_cast<T>(low + static_cast<std::int64_t>(random_() % span)));
    end(name, format, std::move(column), {}, sizeof(T) * 8);
  }

  /// A column of Booleans, one in `of` true.
  void add_flags(std::string const& name, unsigned of)
  {
    auto column = begin((rows_ + 7) / 8);
    for (auto& word : column.buffers[1])
      for (unsigned bit = 0; bit < 64; ++bit) word |= std::uint64_t{random_() % of == 0} << bit;
    end(name, "b", std::move(column), {}, 1);
  }

  /// A column of texts in a dictionary, evenly.
  void add_texts(std::string const& name, std::vector<std::string> const& entries)
  {
    auto column = begin(rows_);
    for (std::size_t i = 0; i < rows_; ++i)
      detail::put_value(column.buffers[1], i, static_cast<std::uint8_t>(random_() % entries.size()));
    detail::OwnedArray texts;
    texts.length = static_cast<std::int64_t>(entries.size());
    texts.all_valid = true;
    texts.buffers = {detail::make_buffer(0), detail::make_buffer(4 * (entries.size() + 1)), detail::make_buffer(4096)};
    std::string all;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      all += entries[i];
      detail::put_value(texts.buffers[1], i + 1, static_cast<std::int32_t>(all.size()));
    }
    std::memcpy(texts.buffers[2].data(), all.data(), all.size());
    column.dictionary.push_back(std::move(texts));
    end(name, "C", std::move(column), {{"u", ""}}, 8);
  }

  /// A column of lists of up to four children: their birth dates, evenly over eighteen years, and one in ten disabled. Where
  /// something may be missing, their own values are there all the same: a list that is not known is missing as a whole.
  void add_children(std::string const& name)
  {
    auto column = begin(sizeof(std::int32_t) * (rows_ + 1));
    std::int32_t count = 0;
    for (std::size_t i = 0; i < rows_; ++i)
      detail::put_value(column.buffers[1], i + 1, count += static_cast<std::int32_t>(random_() % 5));
    auto const elements = static_cast<std::size_t>(count);
    auto const made = [&](std::size_t bytes) {
      detail::OwnedArray field;
      field.length = count;
      field.all_valid = true;
      field.buffers = {detail::make_buffer(0), detail::make_buffer(bytes)};
      return field;
    };
    auto born = made(sizeof(std::int32_t) * elements);
    for (std::size_t i = 0; i < elements; ++i)
      detail::put_value(born.buffers[1], i, static_cast<std::int32_t>(14'000 + random_() % 6'574));
    auto disabled = made((elements + 7) / 8);
    for (auto& word : disabled.buffers[1])
      for (unsigned bit = 0; bit < 64; ++bit) word |= std::uint64_t{random_() % 10 == 0} << bit;
    detail::OwnedArray child;
    child.length = count;
    child.all_valid = true;
    child.buffers.resize(1);
    child.children.push_back(std::move(born));
    child.children.push_back(std::move(disabled));
    column.children.push_back(std::move(child));
    columns_.push_back(std::move(column));
    types_.push_back({"+l", name, {{"+s", "item", {{"tdD", "birth_date"}, {"b", "disabled"}}}}});
    bits_ += 32 + 2 * 33 + (missing_ == 0 ? 0 : 1);  // two children on average
  }

  /// Ties the columns together.
  void finish()
  {
    detail::OwnedArray table;
    table.length = static_cast<std::int64_t>(rows_);
    table.all_valid = true;
    table.buffers.resize(1);
    table.children = std::move(columns_);
    std::move(table).hand_out(array);
    detail::OwnedSchema type{"+s", ""};
    type.children = std::move(types_);
    std::move(type).hand_out(schema);
  }

  [[nodiscard]] std::size_t rows() const { return rows_; }
  /// Bytes of values and bitmaps in a row.
  [[nodiscard]] double bytes_in_row() const { return static_cast<double>(bits_) / 8; }

  ArrowSchema schema{};
  ArrowArray array{};

 private:
  detail::OwnedArray begin(std::size_t bytes)
  {
    detail::OwnedArray column;
    column.length = static_cast<std::int64_t>(rows_);
    column.nulls = missing_ == 0 ? 0 : -1;
    column.all_valid = missing_ == 0;
    column.buffers = {detail::make_buffer((rows_ + 7) / 8), detail::make_buffer(bytes)};
    for (auto& word : column.buffers[0])
      for (unsigned bit = 0; bit < 64; ++bit) word |= std::uint64_t{random_() % 100 >= missing_} << bit;
    return column;
  }

  void end(std::string const& name, std::string const& format, detail::OwnedArray column,
           std::vector<detail::OwnedSchema> dictionary, std::size_t bits)
  {
    columns_.push_back(std::move(column));
    types_.push_back({format, name, {}, std::move(dictionary)});
    bits_ += bits + (missing_ == 0 ? 0 : 1);
  }

  std::size_t rows_;
  unsigned missing_;
  std::size_t bits_ = 0;
  std::mt19937_64 random_{20'261'123};
  std::vector<detail::OwnedArray> columns_;
  std::vector<detail::OwnedSchema> types_;
};

/// The people that the table of 12 rules by 5 inputs is asked about.
inline void fill_support(ColumnTable& table)
{
  table.add<std::int8_t>("age", "c", 0, 99);
  table.add<std::int32_t>("income", "i", 0, 19'999);
  table.add<std::int8_t>("children", "c", 0, 7);
  table.add_texts("status", {support_status.begin(), support_status.end()});
  table.add_flags("disability", 4);
  table.finish();
}

/// 8 dates, 10 enumerations, 6 small numbers, 3 amounts of money, 8 Booleans.
inline void fill_forty(ColumnTable& table)
{
  for (int i = 0; i < 8; ++i) table.add<std::int32_t>("day" + std::to_string(i), "tdD", 10'000, 20'000);
  for (int i = 0; i < 10; ++i) table.add_texts("kind" + std::to_string(i), {"a", "b", "c", "d", "e", "f"});
  for (int i = 0; i < 6; ++i) table.add<std::int16_t>("size" + std::to_string(i), "s", 0, 300);
  for (int i = 0; i < 3; ++i) table.add<std::int64_t>("money" + std::to_string(i), "d:18,2,64", 0, 2'000'000);
  for (int i = 0; i < 8; ++i) table.add_flags("flag" + std::to_string(i), 2);
  table.finish();
}

/// Families: children, income and rent in steps of ten.
inline void fill_families(ColumnTable& table)
{
  table.add_children("children");
  table.add<std::int16_t>("income", "s", 0, 300);
  table.add<std::int16_t>("rent", "s", 0, 120);
  table.finish();
}

/// A table over what is said of each child, and over two facts.
inline std::string families_model()
{
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="families" name="families" namespace="urn:families">
<itemDefinition name="tChildren" isCollection="true">
<itemComponent name="birth_date"><typeRef>date</typeRef></itemComponent>
<itemComponent name="disabled"><typeRef>boolean</typeRef></itemComponent></itemDefinition>
<inputData id="in_children" name="children"><variable name="children" typeRef="tChildren"/></inputData>
<inputData id="in_income" name="income"><variable name="income" typeRef="number"/></inputData>
<inputData id="in_rent" name="rent"><variable name="rent" typeRef="number"/></inputData>
<decision id="d_help" name="help"><variable name="help" typeRef="number"/>
<informationRequirement><requiredInput href="#in_children"/></informationRequirement>
<informationRequirement><requiredInput href="#in_income"/></informationRequirement>
<informationRequirement><requiredInput href="#in_rent"/></informationRequirement>
<decisionTable hitPolicy="FIRST">
<input><inputExpression><text>some child in children satisfies child.disabled</text></inputExpression></input>
<input><inputExpression><text>count(children[birth_date > date("2020-01-01")])</text></inputExpression></input>
<input><inputExpression><text>income - rent</text></inputExpression></input>
<output><defaultOutputEntry><text>0</text></defaultOutputEntry></output>
<rule><inputEntry><text>true</text></inputEntry><inputEntry><text>-</text></inputEntry>
<inputEntry><text>&lt; 100</text></inputEntry><outputEntry><text>3</text></outputEntry></rule>
<rule><inputEntry><text>-</text></inputEntry><inputEntry><text>&gt;= 2</text></inputEntry>
<inputEntry><text>&lt; 50</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>
<rule><inputEntry><text>true</text></inputEntry><inputEntry><text>-</text></inputEntry>
<inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
</decisionTable></decision>
</definitions>)";
}

/// A condition on one fact.
struct FortyCondition {
  std::string fact;
  std::string test;
};

/// Six conditions for each of forty rules; 240 of which 74 differ. A rule holds where its first three hold, or its last.
inline std::vector<std::vector<FortyCondition>> forty_rules()
{
  std::vector<FortyCondition> pool;
  std::mt19937 random(4'040);
  auto const below = [&](unsigned count) { return static_cast<int>(random() % count); };
  for (int i = 0; i < 8; ++i) {
    for (int k = 0; k < 2; ++k)
      pool.push_back({"day" + std::to_string(i), std::string(k == 0 ? "<" : ">=") + " date(\"" +
                                                     std::to_string(2000 + below(20)) + "-0" +
                                                     std::to_string(1 + below(9)) + "-15\")"});
    pool.push_back({"flag" + std::to_string(i), i % 2 == 0 ? "true" : "false"});
  }
  for (int i = 0; i < 10; ++i) {
    pool.push_back({"kind" + std::to_string(i), "\"a\", \"c\""});
    pool.push_back({"kind" + std::to_string(i), "not(\"b\")"});
  }
  for (int i = 0; i < 6; ++i)
    for (int k = 0; k < 3; ++k)
      pool.push_back({"size" + std::to_string(i),
                      "[" + std::to_string(below(100)) + ".." + std::to_string(150 + below(150)) + ")"});
  for (int i = 0; i < 3; ++i)
    for (int k = 0; k < 4; ++k)
      pool.push_back(
          {"money" + std::to_string(i), (k % 2 == 0 ? "< " : ">= ") + std::to_string(1'000 * (1 + below(19))) + ".5"});
  std::vector<std::vector<FortyCondition>> rules(40);
  for (auto& chosen : rules) {
    while (chosen.size() < 6) {
      auto const& one = pool[static_cast<std::size_t>(below(static_cast<unsigned>(pool.size())))];
      bool fresh = true;
      for (auto const& each : chosen) fresh = fresh && each.fact != one.fact;
      if (fresh) chosen.push_back(one);
    }
  }
  return rules;
}

/// Forty Boolean decisions over these columns, each a table of two rules with three conditions.
inline std::string forty_model()
{
  std::ostringstream text;
  text << R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="forty" name="forty" namespace="urn:forty">
<itemDefinition name="tKind"><typeRef>string</typeRef><allowedValues><text>"a","b","c","d","e","f"</text></allowedValues></itemDefinition>
)";
  auto const input = [&](std::string const& name, char const* type) {
    text << "<inputData id=\"in_" << name << "\" name=\"" << name << "\"><variable name=\"" << name << "\" typeRef=\""
         << type << "\"/></inputData>\n";
  };
  for (int i = 0; i < 8; ++i) input("day" + std::to_string(i), "date");
  for (int i = 0; i < 10; ++i) input("kind" + std::to_string(i), "tKind");
  for (int i = 0; i < 6; ++i) input("size" + std::to_string(i), "number");
  for (int i = 0; i < 3; ++i) input("money" + std::to_string(i), "number");
  for (int i = 0; i < 8; ++i) input("flag" + std::to_string(i), "boolean");
  int rule = 0;
  for (auto const& chosen : forty_rules()) {
    text << "<decision id=\"d" << rule << "\" name=\"rule" << rule << "\"><variable name=\"rule" << rule
         << "\" typeRef=\"boolean\"/>";
    for (auto const& each : chosen)
      text << "<informationRequirement><requiredInput href=\"#in_" << each.fact << "\"/></informationRequirement>";
    text << "<decisionTable hitPolicy=\"FIRST\">";
    for (auto const& each : chosen)
      text << "<input><inputExpression><text>" << each.fact << "</text></inputExpression></input>";
    text << "<output><defaultOutputEntry><text>false</text></defaultOutputEntry></output>";
    for (std::size_t half = 0; half < 2; ++half) {
      text << "<rule>";
      for (std::size_t i = 0; i < 6; ++i)
        text << "<inputEntry><text><![CDATA[" << (i / 3 == half ? chosen[i].test : "-") << "]]></text></inputEntry>";
      text << "<outputEntry><text>true</text></outputEntry></rule>";
    }
    text << "</decisionTable></decision>\n";
    ++rule;
  }
  text << "</definitions>\n";
  return text.str();
}

}  // namespace tutela::bench
