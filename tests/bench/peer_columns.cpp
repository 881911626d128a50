// SPDX-License-Identifier: Apache-2.0
/// \file
/// Writes the tables of the columns bench, its forty rules and Tutela's answers, so that other engines answer the same rows.
///
///     columns_table FOLDER    writes FOLDER/columns/table.json, the rules as forty.dmn and, for each column, NAME.values and
///                       NAME.valid as they lie in memory; RULE.values and RULE.valid are the answers. The same of families
///                       with lists of children in FOLDER/families
#include <filesystem>
#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>

#include <tutela/columns/batch.hpp>
#include <tutela/rules/pack.hpp>

#include "bench/column_tables.hpp"

namespace tutela::bench {
namespace {

constexpr std::size_t rows = 1'000'000;
constexpr unsigned missing = 10;
constexpr std::size_t families = 500'000;

void write(std::filesystem::path const& file, void const* bytes, std::size_t count)
{
  std::ofstream(file, std::ios::binary).write(static_cast<char const*>(bytes), static_cast<std::streamsize>(count));
}

std::size_t bytes_of(std::string const& format)
{
  if (format == "b") return (rows + 7) / 8;
  std::size_t const width = format == "C" ? 1 : format == "s" ? 2 : format == "tdD" ? 4 : 8;
  return rows * width;
}

void write_columns(std::filesystem::path const& folder)
{
  std::filesystem::create_directories(folder);
  ColumnTable table(rows, missing);
  fill_forty(table);
  nlohmann::json all{{"rows", rows}, {"columns", nlohmann::json::array()}, {"rules", nlohmann::json::array()}};
  for (std::int64_t i = 0; i < table.schema.n_children; ++i) {
    auto const& type = *table.schema.children[i];
    auto const& column = *table.array.children[i];
    std::string const name = type.name;
    write(folder / (name + ".valid"), column.buffers[0], (rows + 7) / 8);
    write(folder / (name + ".values"), column.buffers[1], bytes_of(type.format));
    all["columns"].push_back({{"name", name}, {"format", type.format}});
  }
  for (auto const& rule : forty_rules()) {
    nlohmann::json conditions = nlohmann::json::array();
    for (auto const& each : rule) conditions.push_back({each.fact, each.test});
    all["rules"].push_back(conditions);
  }
  std::ofstream(folder / "table.json") << all.dump() << '\n';

  std::ofstream(folder / "forty.dmn") << forty_model();
  auto const pack = parse_pack(forty_model(), "forty.dmn").value();
  BatchOptions options;
  options.outcomes = false;
  for (std::size_t i = 0; i < 40; ++i) options.decisions.push_back("rule" + std::to_string(i));
  auto const program = BatchProgram::compile(pack, table.schema, std::nullopt, options).value();
  auto const answers = BatchRun(program).decide(table.array).value();
  ArrowArray out;
  answers.export_array(out);
  for (std::size_t i = 0; i < 40; ++i) {
    write(folder / (options.decisions[i] + ".valid"), out.children[i]->buffers[0], (rows + 7) / 8);
    write(folder / (options.decisions[i] + ".values"), out.children[i]->buffers[1], (rows + 7) / 8);
  }
  out.release(&out);
}

/// Families whose facts are all known, with our answers.
void write_families(std::filesystem::path const& folder)
{
  std::filesystem::create_directories(folder);
  ColumnTable table(families, 0);
  fill_families(table);
  std::ofstream(folder / "table.json") << nlohmann::json{{"rows", families}}.dump() << '\n';
  auto const& lists = *table.array.children[0];
  auto const& child = *lists.children[0];
  auto const elements = static_cast<std::size_t>(child.length);
  write(folder / "children.values", lists.buffers[1], sizeof(std::int32_t) * (families + 1));
  write(folder / "children.birth_date.values", child.children[0]->buffers[1], sizeof(std::int32_t) * elements);
  write(folder / "children.disabled.values", child.children[1]->buffers[1], (elements + 7) / 8);
  write(folder / "income.values", table.array.children[1]->buffers[1], sizeof(std::int16_t) * families);
  write(folder / "rent.values", table.array.children[2]->buffers[1], sizeof(std::int16_t) * families);
  BatchOptions options;
  options.outcomes = false;
  auto const pack = parse_pack(families_model(), "families.dmn").value();
  auto const program = BatchProgram::compile(pack, table.schema, std::nullopt, options).value();
  ArrowArray out;
  BatchRun(program).decide(table.array).value().export_array(out);
  write(folder / "help.values", out.children[0]->buffers[1], 2 * sizeof(std::int64_t) * families);
  out.release(&out);
}

}  // namespace
}  // namespace tutela::bench

int main(int count, char** arguments)
{
  if (count != 2) {
    std::cerr << "columns_table FOLDER\n";
    return 2;
  }
  std::filesystem::path const folder = arguments[1];
  tutela::bench::write_columns(folder / "columns");
  tutela::bench::write_families(folder / "families");
  return 0;
}
