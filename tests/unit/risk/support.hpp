// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the tests of the risk room share.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <tutela/facts/record.hpp>
#include <tutela/io/instrument.hpp>
#include <tutela/risk/score.hpp>

namespace tutela::test {

/// The folder of outside material: `TUTELA_SHARED`, or `../shared` beside the repository.
inline std::filesystem::path shared_folder()
{
  if (char const* named = std::getenv("TUTELA_SHARED")) return named;
  return std::filesystem::path(TUTELA_SOURCE_DIR).parent_path() / "shared";
}

inline std::string read_text(std::filesystem::path const& path)
{
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

/// An instrument that ships, by the path of its file below src/packs.
inline Instrument shipped(std::string const& path)
{
  auto instrument = load_instrument(TUTELA_SOURCE_DIR "/src/packs/" + path);
  if (!instrument) throw std::runtime_error(to_string(instrument.diagnostics()));
  return *std::move(instrument);
}

using Facts = std::vector<std::pair<std::string, Value>>;

inline Record record(Facts const& facts)
{
  RecordBuilder builder;
  for (auto const& [name, value] : facts) builder.set(name, value);
  return std::move(builder).build().value();
}

inline Value day(std::string_view text) { return Value(*parse_date(text)); }

inline Value number(std::int64_t value) { return Value(Decimal(value)); }

/// True when some diagnostic has this code and this JSON pointer.
inline bool has(std::vector<Diagnostic> const& diagnostics, Code code, std::string_view pointer)
{
  for (auto const& one : diagnostics)
    if (one.code == code && one.place.pointer == pointer) return true;
  return false;
}

}  // namespace tutela::test
