// SPDX-License-Identifier: Apache-2.0
/// \file
/// Words for people in their language: a subset of ICU MessageFormat with the plural rules of CLDR (internal).
///
/// A catalogue is a JSON object of key and message (`src/io/messages/*.json`), built into the library. A message may
/// hold `{name}` and `{name, plural, =0 {...} one {...} few {...} many {...} other {...}}`; inside a plural `#` is the
/// number. An apostrophe is an ordinary sign. The English catalogue defines which keys and arguments exist.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>

namespace tutela::detail {

/// Plural category of CLDR.
enum class Plural : std::uint8_t { one, few, many, other };

/// The category of a whole number in one of the four languages (CLDR 42, cardinals).
Plural plural_of(Language language, std::int64_t number) noexcept;

/// One argument of a message.
struct Argument {
  std::string_view name;
  std::variant<std::string, std::int64_t> value;

  Argument(std::string_view argument_name, std::string text) : name(argument_name), value(std::move(text)) {}
  Argument(std::string_view argument_name, std::int64_t number) : name(argument_name), value(number) {}
  Argument(std::string_view argument_name, std::size_t number)
      : Argument(argument_name, static_cast<std::int64_t>(number))
  {
  }
};

/// One message, parsed.
struct Message {
  struct Part {
    enum class Kind : std::uint8_t { text, argument, number, plural };
    Kind kind = Kind::text;
    std::string text;                           ///< The words, or the name of the argument.
    std::map<std::string, Message> cases = {};  ///< Selector (`one`, `=0`) and message.
  };
  std::vector<Part> parts;
};

/// The catalogue of one language. Immutable; copies share their content.
class Catalogue {
 public:
  /// The built-in catalogue, which is read once in a program: a thousand messages take longer than what is said with them.
  /// \throws ContractViolation when it is broken, which a test rules out.
  explicit Catalogue(Language language);

  /// Reads a catalogue; every broken message is reported.
  static Result<Catalogue> parse(Language language, std::string_view json, std::string const& file);

  [[nodiscard]] Language language() const noexcept { return language_; }

  /// The message of a key with its arguments filled in. \throws ContractViolation for a key or argument that is not there.
  [[nodiscard]] std::string say(std::string_view key, std::vector<Argument> const& arguments = {}) const;

  /// A message without arguments, or nothing: for code words that files bring along.
  [[nodiscard]] std::optional<std::string> plain(std::string_view key) const;

  /// A message that was found by its words.
  struct Recognised {
    std::string key;
    std::vector<std::pair<std::string, std::string>> arguments;  ///< Names, and what stands in their places.
  };

  /// The message of a group (`fault_`) that gives these words; of several the one with most words of its own. Nothing when
  /// there is none. Linear in the messages of the group.
  [[nodiscard]] std::optional<Recognised> recognise(std::string_view group, std::string_view words) const;

  /// True when there is a message of that key.
  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }

  /// `1 March 2026` in the language.
  [[nodiscard]] std::string date(Date date) const;

  /// A number with the decimal mark of the language.
  [[nodiscard]] std::string number(std::string plain) const;

  /// Keys with the names of their arguments, for the test that compares the catalogues.
  [[nodiscard]] std::map<std::string, std::set<std::string>> keys() const;

  /// The plural selectors used for each key, for the test of the plural categories.
  [[nodiscard]] std::map<std::string, std::set<std::string>> selectors() const;

 private:
  using Messages = std::map<std::string, Message, std::less<>>;

  Catalogue(Language language, Messages messages)
      : language_(language), messages_(std::make_shared<Messages const>(std::move(messages)))
  {
  }
  template <Language language>
  static Catalogue const& built_in();
  [[nodiscard]] Message const* find(std::string_view key) const;

  Language language_ = Language::en;
  std::shared_ptr<Messages const> messages_;
};

}  // namespace tutela::detail
