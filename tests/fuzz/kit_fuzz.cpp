// SPDX-License-Identifier: Apache-2.0
/// \file
/// Test cases in the format of the kit, with the model they run on: the model, a line `%%`, the test cases. Each case runs
/// to its end, passed or failed, and whatever is wrong has a reason.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <tutela/rules/test_cases.hpp>

namespace {

void write(std::filesystem::path const& path, std::string_view text)
{
  std::ofstream(path, std::ios::binary | std::ios::trunc).write(text.data(), static_cast<std::streamsize>(text.size()));
}

/// A folder of this process, removed at its end.
struct Folder {
  Folder() { std::filesystem::create_directories(path); }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  ~Folder()
  {
    std::error_code failed;
    std::filesystem::remove_all(path, failed);
  }

  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("tutela-kit-fuzz-" + std::to_string(::getpid()));
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
  static Folder const folder;
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const border = text.find("\n%%\n");
  if (border == std::string_view::npos) return 0;
  write(folder.path / "model.dmn", text.substr(0, border));
  write(folder.path / "cases.xml", text.substr(border + 4));
  tutela::Limits limits;
  limits.evaluation_steps = 5'000;
  limits.value_parts = 5'000;
  limits.completions = 20;
  auto const report = tutela::run_test_cases((folder.path / "cases.xml").string(), limits);
  if (!report) std::abort();  // the file is there
  if (report->passed + report->failed != report->cases.size()) std::abort();
  for (auto const& diagnostic : report->diagnostics)
    if (diagnostic.what.empty()) std::abort();  // a refusal without a reason
  return 0;
}
