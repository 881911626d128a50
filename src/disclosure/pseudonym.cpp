// SPDX-License-Identifier: Apache-2.0
#include <tutela/disclosure/pseudonym.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace tutela::inline v0 {
namespace {

constexpr std::size_t pseudonym_bytes = 20;

std::string made_with(SecretKey const& key, Purpose const& purpose, std::string_view identifier)
{
  if (purpose.empty()) throw ContractViolation("a pseudonym is for a purpose");
  if (identifier.empty()) throw ContractViolation("an empty identifier has no pseudonym");
  return key.id() + '.' + key.digest("tutela-pseudonym/1 " + purpose.text(), identifier, pseudonym_bytes);
}

/// The name of the key in a pseudonym, or nothing when the text is none.
std::optional<std::string_view> key_name(std::string_view pseudonym) noexcept
{
  auto const dot = pseudonym.find('.');
  if (dot == 0 || dot == std::string_view::npos || pseudonym.size() - dot - 1 != 2 * pseudonym_bytes)
    return std::nullopt;
  auto const digits = pseudonym.substr(dot + 1);
  if (digits.find_first_not_of("0123456789abcdef") != std::string_view::npos) return std::nullopt;
  return pseudonym.substr(0, dot);
}

}  // namespace

Result<PseudonymKeys> PseudonymKeys::build(std::vector<SecretKey> keys)
{
  Diagnostics found;
  if (keys.empty()) found.error(Code::missing_key, {}, "there is no key", "give the key in use first");
  for (std::size_t i = 0; i < keys.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (keys[i].id() == keys[k].id())
        found.error(Code::duplicate_id, Place{{}, 0, 0, "/" + std::to_string(i)}, "two keys have the same name",
                    "rename one, or remove the copy");
  if (found.has_errors()) return std::move(found).take();
  return PseudonymKeys(std::move(keys));
}

std::string PseudonymKeys::pseudonym(Purpose const& purpose, std::string_view identifier) const
{
  return made_with(keys_.front(), purpose, identifier);
}

Truth PseudonymKeys::stands_for(std::string_view pseudonym, Purpose const& purpose, std::string_view identifier) const
{
  auto const name = key_name(pseudonym);
  if (!name) return Truth::no;
  auto const key = std::find_if(keys_.begin(), keys_.end(), [&](SecretKey const& each) { return each.id() == *name; });
  if (key == keys_.end()) return Truth::unknown;
  return to_truth(same_digest(made_with(*key, purpose, identifier), pseudonym));
}

bool PseudonymKeys::is_outdated(std::string_view pseudonym) const noexcept
{
  auto const name = key_name(pseudonym);
  return name && std::any_of(keys_.begin() + 1, keys_.end(), [&](SecretKey const& each) { return each.id() == *name; });
}

}  // namespace tutela::inline v0
