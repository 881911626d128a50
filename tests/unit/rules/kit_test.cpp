// SPDX-License-Identifier: Apache-2.0
/// \file
/// The official test cases of DMN, and those of our own packs.
#include <tutela/rules/test_cases.hpp>

#include <filesystem>
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
