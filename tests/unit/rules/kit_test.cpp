// SPDX-License-Identifier: Apache-2.0
/// \file
/// The official test cases of DMN, and those of our own packs.
#include <tutela/rules/test_cases.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <gtest/gtest.h>
#include <tutela/rules/pack.hpp>

#include "unit/rules/kit.hpp"

namespace tutela {
namespace {

using namespace test;

void expect_level(std::string const& level, std::size_t least)
{
  auto const folder = kit_folder() / level;
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "outside material is absent: " << folder.string();
  auto const report = run_test_cases(folder.string());
  ASSERT_TRUE(report.has_value()) << to_string(report.diagnostics());
  EXPECT_EQ(report->failed, 0u) << failures(*report);
  EXPECT_GE(report->passed, least);
}

TEST(Kit, LevelTwoPassesWhole) { expect_level("compliance-level-2", 65); }

TEST(Kit, LevelThreePassesWhole) { expect_level("compliance-level-3", 2'657); }

/// Rows `| folder | number |` of the page.
std::map<std::string, std::size_t> rows_of_the_page()
{
  std::map<std::string, std::size_t> rows;
  std::ifstream page(std::filesystem::path(TUTELA_SOURCE_DIR) / "docs" / "conformance.md");
  for (std::string line; std::getline(page, line);) {
    auto const middle = line.find(" | ");
    if (line.rfind("| ", 0) != 0 || middle == std::string::npos || line.size() < 4 || line[2] < '0' || line[2] > '9')
      continue;
    auto const name = line.substr(2, middle - 2);
    if (name.find('-') == std::string::npos) continue;  // a level as a whole
    rows[name] = std::stoul(line.substr(middle + 3));
  }
  return rows;
}

TEST(Kit, ThePageOnConformanceSaysWhatComesOut)
{
  auto const rows = rows_of_the_page();
  EXPECT_GT(rows.size(), 100u);
  if (!std::filesystem::is_directory(kit_folder())) GTEST_SKIP() << "outside material is absent: " << kit_folder();
  auto const report = run_test_cases(kit_folder().string()).value();
  std::map<std::string, std::size_t> passed;
  for (auto const& test : report.cases)
    if (test.passed()) ++passed[std::filesystem::path(test.file).parent_path().filename().string()];
  EXPECT_EQ(rows, passed);
}

TEST(Kit, CasesOfShippedPacksPass)
{
  auto const folder = std::filesystem::path(TUTELA_SOURCE_DIR) / "src" / "packs";
  auto const report = run_test_cases(folder.string());
  ASSERT_TRUE(report.has_value()) << to_string(report.diagnostics());
  EXPECT_EQ(report->failed, 0u) << failures(*report);
}

TEST(Kit, ShippedPacksLoadFromDataAndFromTheirFolder)
{
  for (auto const& id : shipped_packs()) {
    auto const shipped = load_pack(id);
    ASSERT_TRUE(shipped.has_value()) << to_string(shipped.diagnostics());
    EXPECT_EQ(shipped->info().id, id);
    auto const folder = load_pack((std::filesystem::path(TUTELA_SOURCE_DIR) / "src" / "packs" / id).string());
    ASSERT_TRUE(folder.has_value()) << to_string(folder.diagnostics());
    EXPECT_EQ(shipped->info().digest, folder->info().digest);
  }
}

TEST(Kit, AMissingFolderIsAnError)
{
  EXPECT_EQ(run_test_cases("/no/such/folder").diagnostics().front().code, Code::not_found);
}

}  // namespace
}  // namespace tutela
