// SPDX-License-Identifier: Apache-2.0
/// \file
/// The official test cases of DMN, for the tests that run on them.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include <tutela/rules/test_cases.hpp>

namespace tutela::test {

/// The folder of the kit, beside the tree or where `TUTELA_SHARED` says.
inline std::filesystem::path kit_folder()
{
  if (auto const* folder = std::getenv("TUTELA_SHARED")) return std::filesystem::path(folder) / "tck";
  return std::filesystem::path(TUTELA_SOURCE_DIR) / ".." / "shared" / "tck";
}

/// What went wrong in a run, in words.
inline std::string failures(TestReport const& report)
{
  std::string text;
  for (auto const& test : report.cases)
    for (auto const& result : test.results)
      if (!result.passed)
        text += test.file + " " + test.id + " " + result.node + ": expected " + result.expected + ", actual " +
                result.actual + "\n";
  for (auto const& diagnostic : report.diagnostics) text += to_string(diagnostic) + "\n";
  return text;
}

}  // namespace tutela::test
