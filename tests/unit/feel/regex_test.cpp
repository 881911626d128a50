// SPDX-License-Identifier: Apache-2.0
/// \file
/// Tests of regular expressions as XQuery reads them.
#include <chrono>

#include "feel/regex.hpp"
#include "unit/feel/feel_testing.hpp"

namespace tutela::testing_feel {
namespace {

using detail::Pattern;

std::string matched(std::string_view text, std::string_view pattern, std::string_view flags = {})
{
  auto const compiled = Pattern::compile(pattern, flags);
  if (!compiled) return "invalid";
  auto const found = compiled->matches(text);
  return !found ? "limit" : (*found ? "yes" : "no");
}

TEST(feel_regex, matches_anywhere_unless_anchored)
{
  EXPECT_EQ(matched("abracadabra", "bra"), "yes");
  EXPECT_EQ(matched("abracadabra", "^a.*a$"), "yes");
  EXPECT_EQ(matched("abracadabra", "^bra"), "no");
  EXPECT_EQ(matched("a\n", "a$"), "no");
  EXPECT_EQ(matched("a\nb", "^b$", "m"), "yes");
  EXPECT_EQ(matched("a\nb", "a.b"), "no");
  EXPECT_EQ(matched("a\nb", "a.b", "s"), "yes");
  EXPECT_EQ(matched("a\rb", "a.b"), "no");
}

TEST(feel_regex, case_is_folded_as_in_unicode)
{
  EXPECT_EQ(matched("\xE2\x84\xAA", "k", "i"), "yes");  // the sign of Kelvin
  EXPECT_EQ(matched("x", "[A-Z-[OI]]", "i"), "yes");
  EXPECT_EQ(matched("o", "[A-Z-[OI]]", "i"), "no");
  EXPECT_EQ(matched("q", "[^Q]", "i"), "no");
  EXPECT_EQ(matched("aA", "(a)\\1", "i"), "yes");
}

TEST(feel_regex, classes_categories_and_blocks)
{
  EXPECT_EQ(matched("\xD0\x96", "\\p{Lu}"), "yes");
  EXPECT_EQ(matched("\xD0\x96", "\\p{IsCyrillic}"), "yes");
  EXPECT_EQ(matched("\xD0\x96", "\\P{IsCyrillic}"), "no");
  EXPECT_EQ(matched("\xD0\x96", "[\\P{IsBasicLatin}]"), "yes");
  EXPECT_EQ(matched("7", "\\d"), "yes");
  EXPECT_EQ(matched(" ", "\\w"), "no");
  EXPECT_EQ(matched("-", "[a-]"), "yes");
  EXPECT_EQ(matched("hello world", "he ll o[ ]worl d", "x"), "yes");
  EXPECT_EQ(matched("hello world", "\\p{ Is BasicLatin}+", "x"), "yes");
}

TEST(feel_regex, invalid_patterns_are_refused)
{
  for (std::string_view const pattern : {"(",
                                         ")",
                                         "[",
                                         "a**",
                                         "a{2",
                                         "a{3,2}",
                                         "\\3",
                                         "(.)\\2",
                                         "(asd)[\\1]",
                                         "[z-a]",
                                         "\\p{IsNowhere}",
                                         "\\p{Xx}",
                                         "\\b",
                                         "(?=a)",
                                         "(?<n>a)",
                                         "[[:alpha:]]",
                                         "a{99999}",
                                         "\\",
                                         "*",
                                         "[]",
                                         "{",
                                         "}"}) {
    EXPECT_EQ(matched("x", pattern), "invalid") << pattern;
  }
  EXPECT_EQ(matched("x", "x", "p"), "invalid");
}

TEST(feel_regex, no_pattern_takes_for_ever)
{
  std::string const text(30'000, 'a');
  auto const start = std::chrono::steady_clock::now();
  EXPECT_NE(matched(text, "(a+)+b"), "yes");
  EXPECT_NE(matched(text, "(a|a)*b"), "yes");
  EXPECT_NE(matched(text, "(.*)(.*)(.*)(.*)(.*)b"), "yes");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(feel_regex, replacing_and_splitting)
{
  expect_all({{"replace(\"abracadabra\", \"bra\", \"*\")", "\"a*cada*\""},
              {"replace(\"abc\", \"(b)(c)\", \"$2$1\")", "\"acb\""},
              {"replace(\"abc\", \"b\", \"\\$\")", "\"a$c\""},
              {"replace(\"abc\", \"b\", \"$\")", "null"},
              {"replace(\"abc\", \"x*\", \"-\")", "null"},
              {"replace(\"AbB\", \"b\", \"-\", \"i\")", "\"A--\""},
              {"split(\"a;b;;\", \";\")", "[\"a\", \"b\", \"\", \"\"]"},
              {"split(\"John Doe\", \"\\s\")", "[\"John\", \"Doe\"]"}});
}

}  // namespace
}  // namespace tutela::testing_feel
