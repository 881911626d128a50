// SPDX-License-Identifier: Apache-2.0
/// \file
/// Runs a fuzz target over files, and over torn and altered copies of them, without a fuzzer.
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace {

/// Larger files are cut to this, so that a replay stays a matter of seconds.
constexpr std::size_t most_bytes = 6'000;

constexpr int tears = 12;
constexpr int alterations = 40;

/// What is being run, so that an abort can show it.
std::string current;

void show_current(int /*signal*/)
{
  std::fwrite("aborted on:\n", 1, 12, stderr);
  std::fwrite(current.data(), 1, current.size(), stderr);
  std::fwrite("\n", 1, 1, stderr);
}

void run(std::string const& text)
{
  current = text;
  std::vector<std::uint8_t> const bytes(text.begin(), text.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

void replay(std::filesystem::path const& path, std::mt19937& random)
{
  std::ifstream file(path, std::ios::binary);
  std::string const whole{std::istreambuf_iterator<char>(file), {}};
  run(whole);
  std::string const seed = whole.substr(0, most_bytes);
  auto const at = [&](std::size_t size) { return std::uniform_int_distribution<std::size_t>(0, size - 1)(random); };
  if (seed.empty()) return;
  for (int i = 0; i < tears; ++i) run(seed.substr(0, at(seed.size())));
  for (int i = 0; i < alterations; ++i) {
    std::string altered = seed;
    switch (i % 4) {
      case 0: altered[at(altered.size())] = static_cast<char>(at(256)); break;
      case 1: altered.erase(at(altered.size()), 1 + at(8)); break;
      case 2: altered.insert(at(altered.size()), altered.substr(at(altered.size()), 1 + at(30))); break;
      default: std::swap(altered[at(altered.size())], altered[at(altered.size())]); break;
    }
    run(altered);
  }
}

}  // namespace

int main(int count, char** arguments)
{
  std::signal(SIGABRT, show_current);
  std::vector<std::filesystem::path> paths;
  for (int i = 1; i < count; ++i) {
    std::filesystem::path const path = arguments[i];
    if (!std::filesystem::is_directory(path)) {
      paths.push_back(path);
      continue;
    }
    for (auto const& entry : std::filesystem::recursive_directory_iterator(path))
      if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::mt19937 random(20'260'302);  // fixed, so that a failure comes again
  for (auto const& path : paths) replay(path, random);
  std::printf("%zu seeds replayed, each with %d torn and %d altered copies\n", paths.size(), tears, alterations);
  return paths.empty() ? 1 : 0;
}
