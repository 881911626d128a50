// SPDX-License-Identifier: Apache-2.0
/// \file
/// The files of a rule pack: `pack.json`, `*.dmn`, `manifest.json`.
#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include <sodium.h>

#include "io/json_reader.hpp"
#include "packs/shipped.hpp"
#include "rules/pack_impl.hpp"
#include "rules/possible_cases.hpp"

namespace tutela::detail {
namespace {

constexpr std::string_view manifest_name = "manifest.json";

bool ends_with(std::string_view text, std::string_view end)
{
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

using Files = std::vector<std::pair<std::string, std::string>>;  ///< Name and text, by name.

constexpr std::array<JsonName<Language>, 4> languages{
    {{"en", Language::en}, {"ro", Language::ro}, {"uk", Language::uk}, {"ru", Language::ru}}};
constexpr std::array<JsonName<Leapling>, 2> leaplings{
    {{"on_1_march", Leapling::on_1_march}, {"on_28_february", Leapling::on_28_february}}};
constexpr std::array<JsonName<AgeReached>, 2> reached{
    {{"on_birthday", AgeReached::on_birthday}, {"day_after_birthday", AgeReached::day_after_birthday}}};
constexpr std::array<JsonName<Grade>, 5> grades{
    {{"A", Grade::a}, {"B", Grade::b}, {"C", Grade::c}, {"D", Grade::d}, {"unverified", Grade::unverified}}};

PackInfo read_info(JsonNode const& root, JsonContext& context)
{
  PackInfo info;
  info.dated = true;
  JsonObject object(root, "", context);
  if (!object.expect_format("tutela-pack/1")) return info;
  info.id = object.text("id");
  info.version = object.text("version");
  info.title = object.localized("title");
  info.jurisdiction = object.text("jurisdiction");
  info.language = object.one_of<Language>("language", languages);
  object.object("age_rule", [&](JsonObject& rule) {
    info.age_rule.leapling = rule.one_of<Leapling>("leapling", leaplings);
    info.age_rule.reached = rule.one_of<AgeReached>("reached", reached);
  });
  info.valid = object.period();
  info.rights = object.text("rights");
  info.costs = object.optional_text("costs").value_or("");
  object.optional_each("sources", [&](JsonObject& source) {
    PackSource entry;
    entry.id = source.text("id");
    entry.title = source.text("title");
    entry.url = source.optional_text("url").value_or("");
    entry.grade = source.one_of<Grade>("grade", grades);
    entry.text_date = source.optional_date("text_date");
    for (auto const& earlier : info.sources)
      if (earlier.id == entry.id)
        source.error(Code::duplicate_id, "id", "two sources have this id", "rename one of them");
    info.sources.push_back(std::move(entry));
  });
  return info;
}

void check_manifest(Files const& files, std::string const& where, std::string const& text, Diagnostics& diagnostics,
                    Limits const& limits)
{
  auto const file = where + "/" + std::string(manifest_name);
  auto parsed = parse_json(text, file, limits);
  if (!parsed) return diagnostics.append(std::move(parsed).diagnostics());
  JsonContext context{file, diagnostics};
  JsonObject object(*parsed, "", context);
  if (!object.expect_format("tutela-manifest/1")) return;
  object.object("files", [&](JsonObject& entries) {
    auto const names = entries.all_keys();
    for (auto const& name : names) {
      auto const found =
          std::find_if(files.begin(), files.end(), [&](auto const& entry) { return entry.first == name; });
      if (found == files.end()) {
        entries.error(Code::not_found, name, "the manifest lists a file that the pack lacks",
                      "write the manifest again");
      } else if (entries.text(name) != sha256(found->second)) {
        entries.error(Code::not_allowed, name, "the file was changed after the manifest was written",
                      "review the change and write the manifest again");
      }
    }
    for (auto const& [name, content] : files) {
      if (std::find(names.begin(), names.end(), name) == names.end())
        entries.error(Code::not_found, "", "the manifest does not list the file " + name, "write the manifest again");
    }
  });
}

Result<PackSources> from_files(Files files, std::string const& where, Limits const& limits)
{
  Diagnostics diagnostics(limits.diagnostics);
  PackSources sources;
  std::optional<std::string> manifest;
  auto const listed =
      std::find_if(files.begin(), files.end(), [](auto const& entry) { return entry.first == manifest_name; });
  if (listed != files.end()) {
    manifest = std::move(listed->second);
    files.erase(listed);
  }
  if (manifest) check_manifest(files, where, *manifest, diagnostics, limits);
  bool described = false;
  for (auto const& [name, text] : files) {
    if (name == "pack.json") {
      described = true;
      auto const file = where + "/" + name;
      auto parsed = parse_json(text, file, limits);
      if (!parsed) {
        diagnostics.append(std::move(parsed).diagnostics());
        continue;
      }
      JsonContext context{file, diagnostics};
      sources.info = read_info(*parsed, context);
    } else if (ends_with(name, ".dmn")) {
      sources.models.push_back({where + "/" + name, text});
    }
  }
  if (!described)
    diagnostics.error(Code::not_found, {where, 0, 0, {}}, "the folder has no pack.json", "see docs/pack-format.md");
  if (sources.models.empty())
    diagnostics.error(Code::not_found, {where, 0, 0, {}}, "the pack has no .dmn file", "see docs/pack-format.md");
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  for (auto& [name, text] : files) sources.files.push_back({std::move(name), std::move(text)});
  sources.info.digest = sha256(manifest_text(sources.files));
  return Result<PackSources>(std::move(sources), std::move(diagnostics).take());
}

/// The files of a pack in one document: `{"format": "tutela-pack-files/1", "files": {"pack.json": "...", ...}}`.
Result<PackSources> from_one_document(std::string_view document, std::string const& where, Limits const& limits)
{
  auto bounds = limits;
  bounds.text_bytes = limits.document_bytes;  // each text is a document
  auto const parsed = parse_json(document, where, bounds);
  if (!parsed) return parsed.diagnostics();
  Diagnostics diagnostics(limits.diagnostics);
  Files files;
  {
    JsonContext context{where, diagnostics};
    JsonObject object(*parsed, "", context);
    if (object.expect_format("tutela-pack-files/1"))
      object.object("files", [&](JsonObject& entries) {
        for (auto const& name : std::vector<std::string>(entries.all_keys())) {
          if (name.find_first_of("/\\") != std::string::npos || !(ends_with(name, ".dmn") || ends_with(name, ".json")))
            entries.error(Code::not_allowed, name, "a pack has no file of this name",
                          "give the .dmn and .json files of one folder by their names");
          files.emplace_back(name, entries.text(name));
        }
      });
  }
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  std::sort(files.begin(), files.end());
  return from_files(std::move(files), where, limits);
}

Result<PackSources> from_folder(std::filesystem::path const& folder, Limits const& limits)
{
  Files files;
  std::vector<Diagnostic> found;
  std::error_code failed;
  for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    if (!entry->is_regular_file(failed)) continue;
    auto const name = entry->path().filename().string();
    if (!ends_with(name, ".dmn") && !ends_with(name, ".json")) continue;
    auto text = read_file(entry->path().string(), limits);
    if (text)
      files.emplace_back(name, *std::move(text));
    else
      for (auto& diagnostic : std::move(text).diagnostics()) found.push_back(std::move(diagnostic));
  }
  if (failed) {
    found.push_back({Code::unreadable, Severity::error, {folder.string(), 0, 0, {}}, "the folder cannot be read", ""});
  }
  if (!found.empty()) return found;
  std::sort(files.begin(), files.end());
  return from_files(std::move(files), folder.string(), limits);
}

/// A lone DMN document, or all files of a pack in one.
Result<PackSources> read_pack_document(std::string_view document, std::string const& file, Limits const& limits)
{
  auto const first = document.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && document[first] == '{') return from_one_document(document, file, limits);
  PackSources sources;
  sources.info.digest = sha256(document);
  sources.models.push_back({file, std::string(document)});
  return sources;
}

}  // namespace

std::string sha256(std::string_view bytes)
{
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  std::vector<unsigned char> copy(bytes.begin(), bytes.end());
  crypto_hash_sha256(hash.data(), copy.data(), copy.size());
  std::string digits;
  for (auto const byte : hash) {
    digits += "0123456789abcdef"[byte >> 4U];
    digits += "0123456789abcdef"[byte & 15U];
  }
  return digits;
}

std::string manifest_text(std::vector<PackFile> const& files)
{
  // The same text is written by src/packs/embed.cmake.
  std::string lines;
  for (auto const& [name, text] : files)
    lines += (lines.empty() ? "" : ",\n") + ("    \"" + name + "\": \"" + sha256(text) + "\"");
  return "{\n  \"format\": \"tutela-manifest/1\",\n  \"files\": {\n" + lines + "\n  }\n}\n";
}

Result<PackSources> read_pack_files(std::string const& name_or_path, Limits const& limits)
{
  std::error_code ignored;
  std::filesystem::path const path(name_or_path);
  if (std::filesystem::is_directory(path, ignored)) return from_folder(path, limits);
  if (std::filesystem::exists(path, ignored)) {
    auto text = read_file(name_or_path, limits);
    if (!text) return std::move(text).diagnostics();
    PackSources sources;
    sources.info.digest = sha256(*text);
    sources.models.push_back({name_or_path, *std::move(text)});
    // Models beside it serve its imports only.
    std::vector<std::filesystem::path> beside;
    auto const folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    for (std::filesystem::directory_iterator entry(folder, ignored), end; !ignored && entry != end;
         entry.increment(ignored))
      if (entry->path().extension() == ".dmn" && entry->path().filename() != path.filename())
        beside.push_back(entry->path());
    std::sort(beside.begin(), beside.end());
    if (sources.models.front().text.find("import") != std::string::npos) {
      for (auto const& other : beside)
        if (auto more = read_file(other.string(), limits)) sources.models.push_back({other.string(), *std::move(more)});
    }
    return sources;
  }
  auto const shipped = shipped_folder(name_or_path);
  if (shipped.empty() || !shipped_file(name_or_path + "/pack.json")) {
    std::string known;
    for (auto const& id : shipped_packs()) known += (known.empty() ? "" : ", ") + id;
    return Diagnostic{Code::not_found,
                      Severity::error,
                      {name_or_path, 0, 0, {}},
                      "there is no such file, folder or shipped pack",
                      "use a path, or a shipped pack: " + known};
  }
  Files files;
  for (auto const& file : shipped) files.emplace_back(file.path.substr(name_or_path.size() + 1), file.text);
  return from_files(std::move(files), name_or_path, limits);
}

}  // namespace tutela::detail

namespace tutela::inline v0 {

std::vector<std::string> shipped_packs()
{
  // A folder that ships risk instruments only has a description, but no rules.
  std::vector<std::string> ids;
  for (auto const& file : detail::shipped_files()) {
    if (!detail::ends_with(file.path, ".dmn")) continue;
    std::string folder(file.path.substr(0, file.path.rfind('/')));
    if (ids.empty() || ids.back() != folder) ids.push_back(std::move(folder));
  }
  return ids;
}

namespace {

/// The documents that a lone model is made of, by the names that they are saved under.
std::vector<PackFile> files_of(detail::Model const& model, std::vector<detail::SourceText> const& sources)
{
  std::vector<PackFile> files;
  for (auto const& used : model.files) {
    auto const source =
        std::find_if(sources.begin(), sources.end(), [&](auto const& entry) { return entry.file == used.file; });
    auto name = std::filesystem::path(used.file).filename().string();
    if (name.empty()) name = "model";
    if (!detail::ends_with(name, ".dmn")) name += ".dmn";
    files.push_back({std::move(name), source->text});
  }
  return files;
}

Result<Pack> pack_from(Result<detail::PackSources> sources, Limits const& limits)
{
  if (!sources) return std::move(sources).diagnostics();
  auto found = sources.diagnostics();
  auto content = *std::move(sources);
  auto model = detail::read_model(content.models, content.info.dated, Mode::legal, limits);
  found.insert(found.end(), model.diagnostics().begin(), model.diagnostics().end());
  if (!model) return found;
  auto const& read = *model;
  if (content.files.empty()) content.files = files_of(*read, content.models);
  auto pack = detail::make_pack(std::move(content.info), read, std::move(content.files));
  auto const impossible = detail::without_any_case(pack.impl(), limits);
  found.insert(found.end(), impossible.begin(), impossible.end());
  if (!impossible.empty()) return found;
  return Result<Pack>(std::move(pack), std::move(found));
}

}  // namespace

Result<Pack> load_pack(std::string const& name_or_path, Limits const& limits)
{
  return pack_from(detail::read_pack_files(name_or_path, limits), limits);
}

Result<Pack> parse_pack(std::string_view document, std::string const& file, Limits const& limits)
{
  return pack_from(detail::read_pack_document(document, file, limits), limits);
}

}  // namespace tutela::inline v0
