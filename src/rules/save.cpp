// SPDX-License-Identifier: Apache-2.0
/// \file
/// Packs as files again.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "rules/dmn_document.hpp"
#include "rules/pack_impl.hpp"

namespace tutela::inline v0 {
namespace {

bool is_model(PackFile const& file)
{
  constexpr std::string_view end = ".dmn";
  return file.name.size() > end.size() && file.name.compare(file.name.size() - end.size(), end.size(), end) == 0;
}

/// A lone model has no description.
bool is_folder(std::vector<PackFile> const& files)
{
  return std::any_of(files.begin(), files.end(), [](PackFile const& file) { return file.name == "pack.json"; });
}

bool write_file(std::filesystem::path const& path, std::string const& text)
{
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  return !file.fail();
}

}  // namespace

std::vector<PackFile> Pack::files() const
{
  auto files = impl_->files;
  for (auto& file : files)
    if (is_model(file)) file.text = detail::write_dmn(file.text, impl_->model->limits);
  if (is_folder(files)) {
    auto manifest = detail::manifest_text(files);
    files.push_back({"manifest.json", std::move(manifest)});
    std::sort(files.begin(), files.end(), [](PackFile const& lhs, PackFile const& rhs) { return lhs.name < rhs.name; });
  }
  return files;
}

Result<std::string> Pack::save(std::string const& folder) const
{
  auto const fail = [](Code code, std::filesystem::path const& path, std::string what, std::string mend) {
    return Diagnostic{code, Severity::error, {path.string(), 0, 0, {}}, std::move(what), std::move(mend)};
  };
  std::filesystem::path const root(folder);
  std::error_code failed;
  std::filesystem::create_directories(root, failed);
  bool const empty = !failed && std::filesystem::is_empty(root, failed);
  if (failed) return fail(Code::unreadable, root, "the folder cannot be made or read", "check the path and its rights");
  if (!empty) return fail(Code::not_allowed, root, "the folder is not empty", "give a new one: nothing is overwritten");

  auto const all = files();
  std::vector<std::filesystem::path> written;
  for (auto const& file : all) {
    written.push_back(root / file.name);
    if (write_file(written.back(), file.text)) continue;
    auto const path = written.back();
    for (auto const& part : written) std::filesystem::remove(part, failed);
    return fail(Code::unreadable, path, "the file cannot be written", "check the rights and the space left");
  }
  return is_folder(all) ? folder : written.front().string();
}

}  // namespace tutela::inline v0
