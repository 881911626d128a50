// SPDX-License-Identifier: Apache-2.0
/// \file
/// Look-up in the table of shipped files, which the build writes.
#include "packs/shipped.hpp"

#include <algorithm>
#include <string>

namespace tutela::detail {

std::optional<std::string_view> shipped_file(std::string_view path) noexcept
{
  auto const files = shipped_files();
  auto const found = std::lower_bound(files.begin(), files.end(), path,
                                      [](ShippedFile const& file, std::string_view key) { return file.path < key; });
  if (found == files.end() || found->path != path) return std::nullopt;
  return found->text;
}

std::span<ShippedFile const> shipped_folder(std::string_view folder) noexcept
{
  auto const files = shipped_files();
  auto const inside = [&](ShippedFile const& file) {
    return file.path.size() > folder.size() && file.path.substr(0, folder.size()) == folder &&
           file.path[folder.size()] == '/';
  };
  auto const first = std::find_if(files.begin(), files.end(), inside);
  auto const last = std::find_if_not(first, files.end(), inside);
  return {first, last};
}

}  // namespace tutela::detail
