// SPDX-License-Identifier: Apache-2.0
#include <tutela/base/text.hpp>

#include <gtest/gtest.h>

namespace tutela {
namespace {

TEST(Text, FallsBackToEnglishThenToWhatThereIs)
{
  Text text("child");
  text.set(Language::ro, "copil");
  EXPECT_EQ(text.in(Language::ro), "copil");
  EXPECT_EQ(text.in(Language::uk), "child");
  Text only_romanian;
  only_romanian.set(Language::ro, "copil");
  EXPECT_EQ(only_romanian.in(Language::ru), "copil");
  EXPECT_TRUE(Text{}.empty());
  EXPECT_EQ(Text{}.in(Language::en), "");
}

TEST(Text, IsComparedAcrossSpellings)
{
  EXPECT_EQ(folded("Hotărîre  de\tPROBAŢIUNE"), folded("hotărâre de probațiune"));
  EXPECT_EQ(folded("Şedinţă"), folded("ședință"));
  EXPECT_EQ(folded("ДИТИНА-Сирота Ґ Є Ї"), "дитина-сирота ґ є ї");
  EXPECT_EQ(folded("  a  "), "a");
}

TEST(Text, KnowsWellFormedUtf8)
{
  EXPECT_TRUE(is_utf8("copil, дитина, 👧"));
  for (std::string_view wrong : {"\xC3", "\x80", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "\xE2\x82"})
    EXPECT_FALSE(is_utf8(wrong));
}

TEST(Language, HasIsoCodes)
{
  for (Language language : all_languages) EXPECT_EQ(parse_language(to_string(language)), language);
  EXPECT_EQ(parse_language("RO"), std::nullopt);
}

}  // namespace
}  // namespace tutela
