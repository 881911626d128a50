// SPDX-License-Identifier: Apache-2.0
/// \file
/// Words for children and families that a label should not use, and what to write.
#include "rules/respectful.hpp"

#include <array>
#include <string>

namespace tutela::detail {
namespace {

using enum Language;

/// A choice of the project, not a text of law: the words that reports of the field ask not to use.
constexpr std::array<StigmatisingWord, 40> words{{
    {en, "street child", "child in a street situation"},
    {en, "street kid", "child in a street situation"},
    {en, "delinquen", "child in conflict with the law"},
    {en, "young criminal", "child in conflict with the law"},
    {en, "young offender", "child in conflict with the law"},
    {en, "juvenile offender", "child in conflict with the law"},
    {en, "criminals", "persons on probation"},
    {en, "ex-convict", "person who was released"},
    {en, "handicap", "child with a disability"},
    {en, "disabled child", "child with a disability"},
    {en, "problem famil", "family that needs support"},
    {en, "vagrant", "child in a street situation"},
    {en, "beggar", "child who begs"},
    {en, "drug addict", "person who uses substances"},
    {ro, "copii ai străzii", "copii în situație de stradă"},
    {ro, "copiii străzii", "copii în situație de stradă"},
    {ro, "copil al străzii", "copil în situație de stradă"},
    {ro, "delincven", "copil în conflict cu legea"},
    {ro, "infractor", "persoană aflată în probațiune"},
    {ro, "handicap", "copil cu dizabilități"},
    {ro, "familie problem", "familie care are nevoie de sprijin"},
    {ro, "vagabon", "copil în situație de stradă"},
    {ro, "cerșetor", "copil care cerșește"},
    {uk, "безпритульн", "дитина в ситуації вулиці"},
    {uk, "бездоглядн", "дитина в ситуації вулиці"},
    {uk, "злочинець", "суб'єкт пробації"},
    {uk, "правопорушник", "дитина в конфлікті із законом"},
    {uk, "дитина-інвалід", "дитина з інвалідністю"},
    {uk, "діти-інваліди", "діти з інвалідністю"},
    {uk, "неблагополучн", "сім'я, яка потребує підтримки"},
    {uk, "волоцюг", "дитина в ситуації вулиці"},
    {uk, "наркоман", "особа, яка вживає психоактивні речовини"},
    {ru, "беспризорн", "ребёнок в уличной ситуации"},
    {ru, "безнадзорн", "ребёнок в уличной ситуации"},
    {ru, "преступник", "субъект пробации"},
    {ru, "правонарушител", "ребёнок в конфликте с законом"},
    {ru, "ребёнок-инвалид", "ребёнок с инвалидностью"},
    {ru, "дети-инвалиды", "дети с инвалидностью"},
    {ru, "неблагополучн", "семья, которой нужна поддержка"},
    {ru, "наркоман", "человек, употребляющий психоактивные вещества"},
}};

/// True when a word may begin behind this byte of a folded text.
bool ends_a_word(char byte) noexcept
{
  auto const code = static_cast<unsigned char>(byte);
  return code < 0x80U && !(code >= 'a' && code <= 'z') && !(code >= '0' && code <= '9');
}

}  // namespace

std::optional<StigmatisingWord> stigmatising_word(std::string_view text, Language language)
{
  auto const read = folded(text);
  for (auto const& word : words) {
    if (word.language != language) continue;
    auto const start = folded(word.start);
    for (auto at = read.find(start); at != std::string::npos; at = read.find(start, at + 1))
      if (at == 0 || ends_a_word(read[at - 1])) return word;
  }
  return std::nullopt;
}

}  // namespace tutela::detail
