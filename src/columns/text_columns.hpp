// SPDX-License-Identifier: Apache-2.0
/// \file
/// Columns of texts that are handed out (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "columns/owned_array.hpp"

namespace tutela::detail {

/// Texts, each kept once.
class TextPlaces {
 public:
  /// The place of a text from 0, new or known.
  std::int32_t place(std::string const& text)
  {
    auto const [found, fresh] = places_.emplace(text, static_cast<std::int32_t>(texts_.size()));
    if (fresh) texts_.push_back(text);
    return found->second;
  }
  [[nodiscard]] std::vector<std::string> const& texts() const { return texts_; }

 private:
  std::map<std::string, std::int32_t> places_;
  std::vector<std::string> texts_;
};

/// Texts as an array.
OwnedArray texts_array(std::vector<std::string> const& texts);

/// The words of some enumerators, in their order, as the entries of a dictionary.
template <class Enumerators>
OwnedArray words_array(Enumerators const& enumerators)
{
  std::vector<std::string> words;
  words.reserve(enumerators.size());
  for (auto const enumerator : enumerators) words.emplace_back(to_string(enumerator));
  return texts_array(words);
}

/// The type of lists of texts.
OwnedSchema text_lists_schema(std::string name);

/// Lists of texts. \param texts_of The list of each row; it must live until the next call.
OwnedArray text_lists(std::size_t rows, std::function<std::vector<std::string> const&(std::size_t)> const& texts_of);

}  // namespace tutela::detail
