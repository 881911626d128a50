// SPDX-License-Identifier: Apache-2.0
/// \file
/// The cases of a file that may be larger than memory, block by block.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/io/mapping.hpp>
#include <tutela/model/case.hpp>

namespace tutela::detail {
class CaseBlocksImpl;
}

namespace tutela::inline v0 {

/// Gives the next bytes of a file: writes at most `most` of them and says how many; 0 is the end.
using ByteSource = std::function<std::size_t(char* into, std::size_t most)>;

/// Some cases of a file.
struct CaseBlock {
  std::vector<Case> cases;              ///< In the order of the file; none where something is wrong with the block.
  std::vector<Diagnostic> diagnostics;  ///< What is wrong, with its line in the file.
};

/// What the names of the columns of a table mean.
using TableMeaning = std::function<Mapping(std::vector<std::string> const& names)>;

/// Reads cases block by block: whole rows of about 256 KiB, whatever the size of the file. A row longer than
/// `Limits::document_bytes` ends the reading with a diagnostic. Identifiers are compared within a block.
class CaseBlocks {
 public:
  /// Cases as NDJSON, one a line; see `parse_cases`. \param file Name for the diagnostics.
  [[nodiscard]] TUTELA_API static CaseBlocks of_lines(ByteSource source, std::string file, Limits const& limits = {});

  /// Cases as CSV; see `parse_table` and `map_cases`. Where the mapping names the column `id` and the table has none, cases are
  /// numbered from 1. A column `jurisdiction` that the mapping ignores says whose law each case is under.
  /// \param separator Between cells. \param meaning Is called once, with the names of the first line.
  [[nodiscard]] TUTELA_API static CaseBlocks of_table(ByteSource source, std::string file, char separator,
                                                      TableMeaning meaning, Limits const& limits = {});

  /// Takes over what another reader has read.
  TUTELA_API CaseBlocks(CaseBlocks&& other) noexcept;
  /// As the constructor.
  TUTELA_API CaseBlocks& operator=(CaseBlocks&& other) noexcept;
  TUTELA_API ~CaseBlocks();

  /// The next cases; nothing at the end. Linear in their text.
  [[nodiscard]] TUTELA_API std::optional<CaseBlock> next();

 private:
  explicit CaseBlocks(std::unique_ptr<detail::CaseBlocksImpl> impl);
  std::unique_ptr<detail::CaseBlocksImpl> impl_;
};

/// The meaning of a table whose columns are named as facts: cells as the facts are declared, days as `2026-03-01`, flags as
/// `true` and `false`. `id` and `jurisdiction` are no facts.
/// \param schemas Of what is asked; the first that declares a fact says how it is read.
/// \param others  Names that are facts of none of them and yet are read, as texts: acts that instruments ask for.
/// \return The mapping; columns that name no fact stand under `ignored`.
[[nodiscard]] TUTELA_API Mapping mapping_by_names(std::vector<std::string> const& names,
                                                  std::vector<Schema const*> const& schemas,
                                                  std::vector<std::string> const& others = {});

}  // namespace tutela::inline v0
