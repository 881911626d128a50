// SPDX-License-Identifier: Apache-2.0
/// \file
/// Files in Arrow's IPC format, read and written by nanoarrow where the program is built with it.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <tutela/columns/arrow.hpp>

namespace tutela::cli {

/// True when the program is built with nanoarrow. Otherwise nothing below may be called.
[[nodiscard]] bool has_arrow_files();

/// A stream of arrays from a file, in the stream or the file format.
class ArrowInput {
 public:
  /// \param file Stays open as long as this. \param problem Set where nothing is returned.
  static std::unique_ptr<ArrowInput> open(std::FILE* file, std::string& problem);
  ArrowInput() = default;
  ArrowInput(ArrowInput const&) = delete;
  ArrowInput& operator=(ArrowInput const&) = delete;
  virtual ~ArrowInput() = default;

  [[nodiscard]] virtual ArrowSchema const& schema() const = 0;

  /// The next array; `release` it. At the end its `release` is null. \return False when it cannot be read: `problem` says why.
  [[nodiscard]] virtual bool next(ArrowArray& array, std::string& problem) = 0;

  /// What the column `id` says of each row, or the number of the row from `first` on where there is none.
  [[nodiscard]] virtual std::vector<std::string> ids(ArrowArray const& array, std::uint64_t first) const = 0;
};

/// Writes arrays in the stream format, without dictionaries: every program reads them.
class ArrowOutput {
 public:
  /// \param file Stays open as long as this. \param problem Set where nothing is returned.
  static std::unique_ptr<ArrowOutput> open(std::FILE* file, ArrowSchema const& schema, std::string& problem);
  ArrowOutput() = default;
  ArrowOutput(ArrowOutput const&) = delete;
  ArrowOutput& operator=(ArrowOutput const&) = delete;
  virtual ~ArrowOutput() = default;

  /// \param array Is read, and changed: its columns may be taken out.
  [[nodiscard]] virtual bool write(ArrowArray& array, std::string& problem) = 0;
  [[nodiscard]] virtual bool finish(std::string& problem) = 0;
};

}  // namespace tutela::cli
