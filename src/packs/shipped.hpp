// SPDX-License-Identifier: Apache-2.0
/// \file
/// The files of the packs that ship inside the library (internal).
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace tutela::detail {

/// One file of a shipped pack.
struct ShippedFile {
  std::string_view path;  ///< Path below `src/packs`: `md/child-protection/pack.json`.
  std::string_view text;  ///< The whole file.
};

/// All shipped files, sorted by path.
std::span<ShippedFile const> shipped_files() noexcept;

/// The text of the file of that path, or nothing. Logarithmic.
std::optional<std::string_view> shipped_file(std::string_view path) noexcept;

/// The files whose path begins with `folder` and a slash.
std::span<ShippedFile const> shipped_folder(std::string_view folder) noexcept;

}  // namespace tutela::detail
