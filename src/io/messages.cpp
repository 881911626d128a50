// SPDX-License-Identifier: Apache-2.0
/// \file
/// Message catalogues: parsing, plural categories, filling in.
#include "io/messages.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "io/json_reader.hpp"

namespace tutela::detail {

namespace messages {
extern std::string_view const en_json;
extern std::string_view const ro_json;
extern std::string_view const uk_json;
extern std::string_view const ru_json;
}  // namespace messages

namespace {

// Nesting of plurals inside plurals; our messages use one level.
constexpr int deepest_message = 4;

bool is_selector(std::string_view word)
{
  if (word == "one" || word == "few" || word == "many" || word == "other") return true;
  return word.size() > 1 && word[0] == '=' &&
         std::all_of(word.begin() + 1, word.end(), [](unsigned char sign) { return std::isdigit(sign) != 0; });
}

class MessageParser {
 public:
  explicit MessageParser(std::string_view text) : text_(text) {}

  /// The whole message, or nothing when it is broken.
  std::optional<Message> parse()
  {
    auto message = parse_parts(0, false);
    return message && at_ == text_.size() ? std::move(message) : std::nullopt;
  }

 private:
  // Reads up to the closing brace of a plural case, or to the end of the text.
  std::optional<Message> parse_parts(int depth, bool in_plural)
  {
    if (depth > deepest_message) return std::nullopt;
    Message message;
    std::string words;
    auto const flush = [&] {
      if (!words.empty()) message.parts.push_back({Message::Part::Kind::text, std::move(words)});
      words.clear();
    };
    for (; at_ < text_.size() && text_[at_] != '}'; ++at_) {
      if (text_[at_] == '#' && in_plural) {
        flush();
        message.parts.push_back({Message::Part::Kind::number, {}});
      } else if (text_[at_] == '{') {
        flush();
        ++at_;
        auto part = parse_argument(depth);
        if (!part) return std::nullopt;
        message.parts.push_back(std::move(*part));
      } else {
        words += text_[at_];
      }
    }
    flush();
    return message;
  }

  // Reads `name}` or `name, plural, one {..} other {..}}`, leaving the position on the last brace.
  std::optional<Message::Part> parse_argument(int depth)
  {
    Message::Part part{Message::Part::Kind::argument, word()};
    if (part.text.empty()) return std::nullopt;
    if (peek() == '}') return part;
    if (!take(',') || word() != "plural" || !take(',')) return std::nullopt;
    part.kind = Message::Part::Kind::plural;
    while (peek() != '}') {
      auto const selector = word();
      if (!is_selector(selector) || !take('{')) return std::nullopt;
      auto message = parse_parts(depth + 1, true);
      if (!message || at_ >= text_.size()) return std::nullopt;
      ++at_;
      if (!part.cases.emplace(selector, std::move(*message)).second) return std::nullopt;
    }
    if (part.cases.find("other") == part.cases.end()) return std::nullopt;
    return part;
  }

  void skip_blanks()
  {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  char peek()
  {
    skip_blanks();
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  bool take(char sign)
  {
    if (peek() != sign) return false;
    ++at_;
    return true;
  }

  std::string word()
  {
    skip_blanks();
    std::string word;
    for (; at_ < text_.size(); ++at_) {
      auto const sign = static_cast<unsigned char>(text_[at_]);
      if (std::isalnum(sign) == 0 && sign != '_' && sign != '=') break;
      word += text_[at_];
    }
    return word;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string_view selector_of(Plural plural)
{
  constexpr std::array<std::string_view, 4> names{"one", "few", "many", "other"};
  return names[static_cast<std::size_t>(plural)];
}

Argument const& argument_of(std::string const& name, std::vector<Argument> const& arguments)
{
  for (auto const& argument : arguments)
    if (argument.name == name) return argument;
  throw ContractViolation("a message lacks its argument " + name);
}

std::string text_of(Argument const& argument)
{
  if (auto const* text = std::get_if<std::string>(&argument.value)) return *text;
  return std::to_string(std::get<std::int64_t>(argument.value));
}

void fill(Message const& message, Language language, std::vector<Argument> const& arguments, std::string const& number,
          std::string& out)
{
  for (auto const& part : message.parts) {
    switch (part.kind) {
      case Message::Part::Kind::text: out += part.text; break;
      case Message::Part::Kind::number: out += number; break;
      case Message::Part::Kind::argument: out += text_of(argument_of(part.text, arguments)); break;
      case Message::Part::Kind::plural: {
        auto const* count = std::get_if<std::int64_t>(&argument_of(part.text, arguments).value);
        if (count == nullptr) throw ContractViolation("the argument " + part.text + " must be a number");
        auto const digits = std::to_string(*count);
        auto chosen = part.cases.find("=" + digits);
        if (chosen == part.cases.end()) chosen = part.cases.find(std::string(selector_of(plural_of(language, *count))));
        if (chosen == part.cases.end()) chosen = part.cases.find("other");
        fill(chosen->second, language, arguments, digits, out);
        break;
      }
    }
  }
}

void collect(Message const& message, std::set<std::string>& arguments, std::set<std::string>& selectors)
{
  for (auto const& part : message.parts) {
    if (part.kind == Message::Part::Kind::argument || part.kind == Message::Part::Kind::plural)
      arguments.insert(part.text);
    for (auto const& [selector, inner] : part.cases) {
      selectors.insert(selector);
      collect(inner, arguments, selectors);
    }
  }
}

std::string_view text_of(Language language)
{
  switch (language) {
    case Language::en: return messages::en_json;
    case Language::ro: return messages::ro_json;
    case Language::uk: return messages::uk_json;
    case Language::ru: return messages::ru_json;
  }
  throw ContractViolation("no such language");
}

}  // namespace

Plural plural_of(Language language, std::int64_t number) noexcept
{
  std::uint64_t const n =
      number < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
  std::uint64_t const last = n % 10;
  std::uint64_t const last_two = n % 100;
  switch (language) {
    case Language::en: return n == 1 ? Plural::one : Plural::other;
    case Language::ro:
      if (n == 1) return Plural::one;
      return n == 0 || (last_two >= 1 && last_two <= 19) ? Plural::few : Plural::other;
    case Language::uk:
    case Language::ru:
      if (last == 1 && last_two != 11) return Plural::one;
      return last >= 2 && last <= 4 && (last_two < 12 || last_two > 14) ? Plural::few : Plural::many;
  }
  return Plural::other;
}

template <Language language>
Catalogue const& Catalogue::built_in()
{
  static Catalogue const catalogue = [] {
    auto read = parse(language, text_of(language), std::string(to_string(language)) + ".json");
    if (!read) throw ContractViolation("a built-in catalogue is broken: " + to_string(read.diagnostics()));
    return std::move(read).value();
  }();
  return catalogue;
}

Catalogue::Catalogue(Language language)
{
  switch (language) {
    case Language::en: *this = built_in<Language::en>(); return;
    case Language::ro: *this = built_in<Language::ro>(); return;
    case Language::uk: *this = built_in<Language::uk>(); return;
    case Language::ru: *this = built_in<Language::ru>(); return;
  }
  throw ContractViolation("no such language");
}

Result<Catalogue> Catalogue::parse(Language language, std::string_view json, std::string const& file)
{
  auto const tree = parse_json(json, file, Limits{});
  if (!tree) return tree.diagnostics();
  Diagnostics diagnostics;
  JsonContext context{file, diagnostics};
  Messages messages;
  {
    JsonObject object(*tree, "", context);
    auto const keys = object.all_keys();
    for (auto const& key : keys) {
      auto const text = object.text(key);
      auto message = MessageParser(text).parse();
      if (!message) {
        object.error(Code::malformed, key, "the message is not well-formed", "check its braces and plural selectors");
        continue;
      }
      messages.emplace(key, std::move(*message));
    }
  }
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  return Catalogue(language, std::move(messages));
}

Message const* Catalogue::find(std::string_view key) const
{
  auto const found = messages_->find(key);
  return found == messages_->end() ? nullptr : &found->second;
}

std::string Catalogue::say(std::string_view key, std::vector<Argument> const& arguments) const
{
  auto const* const found = find(key);
  if (found == nullptr) throw ContractViolation("no message " + std::string(key));
  std::string out;
  fill(*found, language_, arguments, {}, out);
  return out;
}

std::optional<std::string> Catalogue::plain(std::string_view key) const
{
  auto const* const found = find(key);
  if (found == nullptr) return std::nullopt;
  auto const& parts = found->parts;
  if (parts.size() != 1 || parts.front().kind != Message::Part::Kind::text) return std::nullopt;
  return parts.front().text;
}

namespace {

/// What stands in the places of the arguments where these words are the message; nothing where they are not.
std::optional<std::vector<std::pair<std::string, std::string>>> read_back(Message const& message,
                                                                          std::string_view words)
{
  std::vector<std::pair<std::string, std::string>> arguments;
  auto const& parts = message.parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].kind == Message::Part::Kind::text) {
      if (!words.starts_with(parts[i].text)) return std::nullopt;
      words.remove_prefix(parts[i].text.size());
      continue;
    }
    if (parts[i].kind != Message::Part::Kind::argument) return std::nullopt;
    // The last text stands at the end, any other one as early as it can.
    auto const end = i + 1 == parts.size()   ? words.size()
                     : i + 2 == parts.size() ? words.rfind(parts[i + 1].text)
                                             : words.find(parts[i + 1].text);
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    arguments.emplace_back(parts[i].text, std::string(words.substr(0, end)));
    words.remove_prefix(end);
  }
  return words.empty() ? std::optional(std::move(arguments)) : std::nullopt;
}

std::size_t words_of_its_own(Message const& message)
{
  std::size_t length = 0;
  for (auto const& part : message.parts)
    if (part.kind == Message::Part::Kind::text) length += part.text.size();
  return length;
}

}  // namespace

std::optional<Catalogue::Recognised> Catalogue::recognise(std::string_view group, std::string_view words) const
{
  std::optional<Recognised> best;
  std::size_t most = 0;
  for (auto each = messages_->lower_bound(group); each != messages_->end() && each->first.starts_with(group); ++each) {
    auto const own = words_of_its_own(each->second);
    if (best && own <= most) continue;
    if (auto arguments = read_back(each->second, words)) {
      best = Recognised{each->first, *std::move(arguments)};
      most = own;
    }
  }
  return best;
}

std::string Catalogue::date(Date date) const
{
  return say("date", {{"day", std::int64_t{date.day}},
                      {"month", say("month_" + std::to_string(static_cast<int>(date.month)))},
                      {"year", std::int64_t{date.year}}});
}

std::string Catalogue::number(std::string plain) const
{
  auto const point = plain.find('.');
  if (point != std::string::npos) plain.replace(point, 1, say("decimal_mark"));
  return plain;
}

std::map<std::string, std::set<std::string>> Catalogue::keys() const
{
  std::map<std::string, std::set<std::string>> keys;
  std::set<std::string> ignored;
  for (auto const& [key, message] : *messages_) collect(message, keys[key], ignored);
  return keys;
}

std::map<std::string, std::set<std::string>> Catalogue::selectors() const
{
  std::map<std::string, std::set<std::string>> selectors;
  std::set<std::string> ignored;
  for (auto const& [key, message] : *messages_) collect(message, ignored, selectors[key]);
  return selectors;
}

}  // namespace tutela::detail
