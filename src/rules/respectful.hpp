// SPDX-License-Identifier: Apache-2.0
/// \file
/// Words that stigmatise the people whom a case is about (internal).
#pragma once

#include <optional>
#include <string_view>

#include <tutela/base/text.hpp>

namespace tutela::detail {

/// A word, or the beginning of one, that no label should use.
struct StigmatisingWord {
  Language language;
  std::string_view start;   ///< As it is written; compared without case and old spellings.
  std::string_view better;  ///< What respects the person, in the same language.
};

/// The first such word in a text for people, or nothing. Articles of acts keep the words of the law; labels and
/// questions do not need them. Only whole words, or beginnings of words, are found. Linear in the text for each word.
[[nodiscard]] std::optional<StigmatisingWord> stigmatising_word(std::string_view text, Language language);

}  // namespace tutela::detail
