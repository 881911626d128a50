// SPDX-License-Identifier: Apache-2.0
// The words of the field: what ships, how it is found, and what a file may not say.
#include <algorithm>

#include <gtest/gtest.h>

#include <tutela/io/field_words.hpp>

namespace tutela {
namespace {

std::vector<FieldWord> const& shipped()
{
  static auto const words = load_field_words().value();
  return words;
}

TEST(FieldWords, NinetyFourThingsHaveAnEnglishWordAndMostHaveTheOthers)
{
  ASSERT_EQ(shipped().size(), 94U);
  std::size_t review = 0;
  for (auto const& word : shipped()) {
    EXPECT_FALSE(word.in(Language::en).empty()) << word.id;
    EXPECT_FALSE(word.in(Language::ru).empty()) << word.id;
    for (auto const language : all_languages)
      for (auto const& form : word.in(language)) {
        EXPECT_FALSE(form.text.empty()) << word.id;
        review += form.review ? 1 : 0;
      }
  }
  EXPECT_EQ(review, 99U) << "forms that were seen in no source";
  auto const* none = find_field_word(shipped(), "child patronage", Language::en);
  ASSERT_NE(none, nullptr);
  EXPECT_TRUE(none->in(Language::ro).empty()) << "Romanian law has no such thing";
}

TEST(FieldWords, OldSpellingsAreTheSameWord)
{
  auto const same = [](std::string_view text, Language language, std::string_view id) {
    auto const* found = find_field_word(shipped(), text, language);
    ASSERT_NE(found, nullptr) << text;
    EXPECT_EQ(found->id, id) << text;
  };
  same("PROBAŢIUNE", Language::ro, "probation");
  same("probațiune", Language::ro, "probation");
  same("Copil aflat în situaţie de risc", Language::ro, "child_at_risk");
  same("Fişă de sesizare", Language::ro, "notification_sheet");
  same("Служба  у справах дітей", Language::uk, "childrens_service");
  EXPECT_EQ(find_field_word(shipped(), "probațiune", Language::en), nullptr);
  EXPECT_EQ(find_field_word(shipped(), "probați", Language::ro), nullptr);
}

TEST(FieldWords, RespectTheChildAndSayWhoHasToLook)
{
  auto const* street = find_field_word(shipped(), "copil în situație de stradă", Language::ro);
  ASSERT_NE(street, nullptr);
  EXPECT_EQ(street->in(Language::en).front().text, "child in a street situation");
  EXPECT_FALSE(street->in(Language::ro).front().review);
  EXPECT_TRUE(street->in(Language::uk).front().review);
  auto const* carer = find_field_word(shipped(), "asistent maternal", Language::ro);
  ASSERT_NE(carer, nullptr);
  EXPECT_EQ(carer->id, "foster_carer");
  EXPECT_EQ(carer->in(Language::ro).front().country, "MD");
}

TEST(FieldWords, AFileIsRefusedWithAllThatIsWrong)
{
  auto const read = parse_field_words(R"({"format": "tutela-field-words/1", "words": [
    {"id": "a", "en": [{"text": "one"}, {"text": "One"}], "ro": [], "uk": [], "ru": []},
    {"id": "a", "en": [], "ro": [], "uk": [], "ru": [{"text": "x", "seen": true}]}]})");
  ASSERT_FALSE(read.has_value());
  auto const told = to_string(read.diagnostics());
  for (auto const* place : {"/words/0/en/1/text", "/words/1/id", "/words/1: ", "/words/1/ru/0"})
    EXPECT_NE(told.find(place), std::string::npos) << place << "\n" << told;
}

}  // namespace
}  // namespace tutela
