// SPDX-License-Identifier: Apache-2.0
/// \file
/// Names that look like a slip of the pen for another one.
#include <tutela/facts/misspelt.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace tutela::inline v0 {
namespace {

/// Longer names are not compared: no pack has them, and the work grows with the square.
constexpr std::size_t longest = 200;

/// The letters that count: small ones, and `_` for what stands between words.
std::string plain(std::string_view name)
{
  std::string letters(name);
  for (char& letter : letters) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    if (letter == '-' || letter == ' ') letter = '_';
  }
  return letters;
}

/// Letters to change, add, leave out or exchange with their neighbour until one is the other.
std::size_t slips(std::string_view one, std::string_view other)
{
  std::vector<std::size_t> before;
  std::vector<std::size_t> last(other.size() + 1);
  for (std::size_t i = 0; i <= other.size(); ++i) last[i] = i;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    std::vector<std::size_t> row(other.size() + 1);
    row[0] = i;
    for (std::size_t k = 1; k <= other.size(); ++k) {
      row[k] = std::min({last[k] + 1, row[k - 1] + 1, last[k - 1] + (one[i - 1] == other[k - 1] ? 0U : 1U)});
      if (i > 1 && k > 1 && one[i - 1] == other[k - 2] && one[i - 2] == other[k - 1])
        row[k] = std::min(row[k], before[k - 2] + 1);
    }
    before = std::exchange(last, std::move(row));
  }
  return last.back();
}

/// How far the names are from each other; nothing when one does not look like the other.
std::optional<std::size_t> distance(std::string_view written, std::string_view name)
{
  auto const [shorter, longer] = written.size() < name.size() ? std::pair(written, name) : std::pair(name, written);
  if (shorter.empty() || longer.size() > longest) return std::nullopt;
  std::size_t const most = shorter.size() <= 5 ? 1 : 2;
  if (longer.size() - shorter.size() <= most)
    if (std::size_t const found = slips(written, name); found <= most) return found;
  bool const goes_on = longer.starts_with(shorter) && longer.substr(shorter.size()).starts_with('_');
  bool const is_part = longer.ends_with(shorter) && longer.substr(0, longer.size() - shorter.size()).ends_with('.');
  return goes_on || is_part ? std::optional(most + 1) : std::nullopt;
}

/// The names under which a record gives something: those of facts, and of the components of one that is given as a whole.
void collect(std::string const& name, Value const& value, std::vector<std::string>& names)
{
  auto const* whole = value.as_context();
  if (whole == nullptr) {
    names.push_back(name);
    return;
  }
  for (auto const& [entry, part] : whole->entries) collect(name + "." + entry, part, names);
}

}  // namespace

std::string nearest_name(std::string_view written, std::span<std::string const> names)
{
  std::string const letters = plain(written);
  std::string const* nearest = nullptr;
  std::size_t least = 0;
  for (auto const& name : names) {
    auto const found = distance(letters, plain(name));
    if (!found || (nearest != nullptr && least <= *found)) continue;
    nearest = &name;
    least = *found;
  }
  return nearest == nullptr ? std::string() : *nearest;
}

std::string nearest_fact(std::string_view written, Schema const& schema)
{
  std::vector<std::string> names;
  for (auto const& declaration : schema.declarations()) names.push_back(declaration.name);
  return nearest_name(written, names);
}

std::vector<Diagnostic> misspelt_names(std::span<std::string const> written, std::span<std::string const> lacking)
{
  std::vector<Diagnostic> found;
  for (auto const& name : written)
    if (auto const meant = nearest_name(name, lacking); !meant.empty())
      found.push_back({Code::unknown_fact,
                       Severity::warning,
                       {"", 0, 0, name},
                       "nothing reads a fact of this name",
                       "is " + meant + " meant?"});
  return found;
}

std::vector<Diagnostic> misspelt_facts(Schema const& schema, Record const& record)
{
  std::vector<std::string> given;
  for (auto const& fact : record.facts())
    if (schema.find(fact.name) == nullptr) collect(fact.name, fact.value, given);
  std::sort(given.begin(), given.end());
  given.erase(std::unique(given.begin(), given.end()), given.end());
  std::vector<std::string> lacking;
  if (!given.empty())
    for (auto const& declaration : schema.declarations())
      if (record.find(declaration.name) == nullptr && !std::binary_search(given.begin(), given.end(), declaration.name))
        lacking.push_back(declaration.name);
  std::erase_if(given, [&](std::string const& name) {
    return schema.find(name) != nullptr || name.find('[') != std::string::npos;
  });
  return misspelt_names(given, lacking);
}

}  // namespace tutela::inline v0
