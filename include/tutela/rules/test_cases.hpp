// SPDX-License-Identifier: Apache-2.0
/// \file
/// Running test cases in the format of the DMN Technology Compatibility Kit.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>

namespace tutela::inline v0 {

/// One result that a test case expects, and what came out.
struct TestResult {
  std::string node;      ///< Name of the decision or service asked.
  bool passed = false;   ///< True when the two agree.
  std::string expected;  ///< Expected value as FEEL writes it.
  std::string actual;    ///< Actual value as FEEL writes it; the reason where it could not be computed.
};

/// One test case.
struct TestCase {
  std::string file;                 ///< Path of the test file.
  std::string id;                   ///< Identifier inside the file.
  std::string description;          ///< What it tests; may be empty.
  std::vector<TestResult> results;  ///< One for each expected result.

  /// True when every result agrees.
  [[nodiscard]] TUTELA_API bool passed() const noexcept;
};

/// What a run over a folder brought.
struct TestReport {
  std::vector<TestCase> cases;          ///< In the order of paths, then of the files.
  std::vector<Diagnostic> diagnostics;  ///< Everything that is wrong with models and test files.
  std::size_t passed = 0;               ///< Cases whose results all agree.
  std::size_t failed = 0;               ///< The other cases.
};

/// Runs every test file (`*.xml` with `testCases` as root) under `path`.
///
/// A test file names its model, which is looked for beside it and in the folder above; other `.dmn` files there serve
/// its imports. A model that cannot be loaded fails all cases of its file. Where the folder of the model is a rule pack,
/// the cases run on the pack in legal mode: inputs that are left out are unknown, and `tutela:outcome` on a result names
/// the outcome that is expected in place of a known value. All other models run in conformance mode. `tutela:on` on a
/// case is the day asked about; `tutela:unverified="true"` also runs texts that are off by default. Numbers agree when they are equal or differ by less than 1e-8, as in the kit's own
/// runners.
///
/// \param path   A folder, searched with all folders below it, or one test file.
/// \param limits Bounds on each input and on each evaluation.
/// \param on     The day asked about, and what `today()` is, in cases that do not say it.
/// \return The report, or why the path cannot be read at all.
[[nodiscard]] TUTELA_API Result<TestReport> run_test_cases(std::string const& path, Limits const& limits = {},
                                                           Date on = {2026, 1, 1});

}  // namespace tutela::inline v0
