// SPDX-License-Identifier: Apache-2.0
/// \file
/// The names that an expression may use.
#include <tutela/feel/names.hpp>

#include "feel/lexer.hpp"

namespace tutela::inline v0 {

std::string normal_name(std::string_view name)
{
  std::string result;
  bool blank = false;
  for (std::size_t at = 0; at < name.size();) {
    auto const character = detail::character_at(name, at);
    if (detail::is_white_space(character.code)) {
      blank = !result.empty();
    } else {
      if (blank) result.push_back(' ');
      blank = false;
      result.append(name.substr(at, character.length));
    }
    at += character.length;
  }
  return result;
}

std::size_t Names::add(std::string name, Type type, std::string fact)
{
  names_.push_back({normal_name(name), std::move(type), std::move(fact), false});
  return names_.size() - 1;
}

std::size_t Names::add_item(Type type)
{
  names_.push_back({"item", std::move(type), {}, true});
  return names_.size() - 1;
}

void Names::add_type(std::string name, Type type) { types_.emplace_back(normal_name(name), std::move(type)); }

std::optional<std::size_t> Names::find(std::string_view name) const noexcept
{
  for (std::size_t slot = names_.size(); slot-- > 0;) {
    if (names_[slot].text == name) return slot;
  }
  return std::nullopt;
}

}  // namespace tutela::inline v0
