// SPDX-License-Identifier: Apache-2.0
#include "io/json_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <unordered_set>

#include <nlohmann/json.hpp>

namespace tutela::detail {
namespace {

Diagnostic finding(Code code, Place place, std::string what, std::string mend = {})
{
  return {code, Severity::error, std::move(place), std::move(what), std::move(mend)};
}

/// Line and column of a byte offset; both from 1.
Place place_at(std::string const& file, std::string_view text, std::size_t offset)
{
  std::string_view const before = text.substr(0, std::min(offset, text.size()));
  auto const line_start = before.rfind('\n');
  Place place;
  place.file = file;
  place.line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1);
  place.column =
      static_cast<std::uint32_t>(line_start == std::string_view::npos ? before.size() + 1 : before.size() - line_start);
  return place;
}

/// Builds the tree from parser events and stops at the first breach of a limit or of the grammar.
///
/// Duplicate keys are collected, all of them; a breach of a limit stops the parse, since going on would exceed it.
class TreeBuilder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  TreeBuilder(std::string_view text, std::string file, Limits const& limits, Diagnostics& diagnostics)
      : text_(text), file_(std::move(file)), limits_(limits), diagnostics_(diagnostics)
  {
  }

  bool null() override { return add({}); }

  bool boolean(bool value) override
  {
    JsonNode node;
    node.kind = JsonNode::Kind::boolean;
    node.boolean = value;
    return add(std::move(node));
  }

  bool number_integer(number_integer_t value) override { return number(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return number(std::to_string(value)); }
  bool number_float(number_float_t /*value*/, string_t const& digits) override { return number(digits); }

  bool string(string_t& value) override
  {
    if (!fits(value)) return false;
    JsonNode node;
    node.kind = JsonNode::Kind::string;
    node.text = std::move(value);
    return add(std::move(node));
  }

  bool binary(binary_t& /*value*/) override { return false; }  // cannot occur in JSON text

  bool start_object(std::size_t /*elements*/) override { return open(JsonNode::Kind::object); }
  bool start_array(std::size_t /*elements*/) override { return open(JsonNode::Kind::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& value) override
  {
    if (!fits(value)) return false;
    bool const first = seen_.back().insert(value).second;
    stack_.back()->keys.push_back(std::move(value));
    if (first) return true;
    Place place;
    place.file = file_;
    place.pointer = pointer();
    diagnostics_.error(Code::duplicate_key, std::move(place), "the key stands twice in one object",
                       "keep one of the two");
    return true;
  }

  bool parse_error(std::size_t position, std::string const& /*token*/, nlohmann::json::exception const& error) override
  {
    std::string_view const message = error.what();
    bool const utf8 = message.find("UTF-8") != std::string_view::npos;
    bool const range = error.id == 406;
    auto place = place_at(file_, text_, position == 0 ? 0 : position - 1);
    place.pointer = pointer();
    if (utf8) {
      diagnostics_.add(
          finding(Code::invalid_text, std::move(place), "the text is not UTF-8", "save the file as UTF-8"));
    } else if (range) {
      diagnostics_.add(finding(Code::invalid_number, std::move(place), "the number is out of range"));
    } else if (position > text_.size()) {
      diagnostics_.add(finding(Code::malformed, std::move(place), "the JSON text ends too early",
                               "the file may be cut off; close what is open"));
    } else {
      diagnostics_.add(finding(Code::malformed, std::move(place), "this is not well-formed JSON",
                               "look for a missing comma, quote or bracket just before"));
    }
    return false;
  }

  JsonNode take() && { return std::move(root_); }

 private:
  /// JSON pointer of what is being read.
  std::string pointer() const
  {
    std::string result;
    for (JsonNode const* node : stack_) {
      if (node->kind == JsonNode::Kind::object) {
        result = json_pointer(result, node->keys.empty() ? std::string_view{} : std::string_view(node->keys.back()));
      } else {
        // An element that is open itself is already among the children; one that is just being read is not.
        std::size_t const open = node == stack_.back() ? 0 : 1;
        result = json_pointer(result, std::to_string(node->children.size() - open));
      }
    }
    return result;
  }

  bool limit(std::string_view name)
  {
    Place place;
    place.file = file_;
    place.pointer = pointer();
    if (place.pointer.size() > 200) place.pointer = place.pointer.substr(0, 200) + "...";
    diagnostics_.add(finding(Code::limit_reached, std::move(place),
                             "the limit \"" + std::string(name) + "\" is reached",
                             "make the document smaller, or raise the limit"));
    return false;
  }

  bool fits(std::string const& value) { return value.size() <= limits_.text_bytes || limit("text_bytes"); }

  bool number(std::string digits)
  {
    if (!fits(digits)) return false;
    JsonNode node;
    node.kind = JsonNode::Kind::number;
    node.text = std::move(digits);
    return add(std::move(node));
  }

  bool open(JsonNode::Kind kind)
  {
    if (stack_.size() >= limits_.nesting) return limit("nesting");
    JsonNode node;
    node.kind = kind;
    if (!add(std::move(node))) return false;
    // Children of the parent may grow only after this one is closed, so the pointer stays good.
    stack_.push_back(stack_.empty() ? &root_ : &stack_.back()->children.back());
    seen_.emplace_back();
    return true;
  }

  bool close()
  {
    stack_.pop_back();
    seen_.pop_back();
    return true;
  }

  bool add(JsonNode node)
  {
    if (++count_ > limits_.elements) return limit("elements");
    if (stack_.empty()) {
      root_ = std::move(node);
    } else {
      stack_.back()->children.push_back(std::move(node));
    }
    return true;
  }

  std::string_view text_;
  std::string file_;
  Limits const& limits_;
  Diagnostics& diagnostics_;
  JsonNode root_;
  std::vector<JsonNode*> stack_;
  std::vector<std::unordered_set<std::string>> seen_;
  std::size_t count_ = 0;
};

std::string_view kind_name(JsonNode::Kind kind)
{
  switch (kind) {
    case JsonNode::Kind::null: return "null";
    case JsonNode::Kind::boolean: return "true or false";
    case JsonNode::Kind::number: return "a number";
    case JsonNode::Kind::string: return "a text";
    case JsonNode::Kind::array: return "an array";
    case JsonNode::Kind::object: return "an object";
  }
  return "";
}

}  // namespace

std::string json_pointer(std::string const& pointer, std::string_view token)
{
  std::string result = pointer + "/";
  for (char const character : token) {
    if (character == '~') {
      result += "~0";
    } else if (character == '/') {
      result += "~1";
    } else {
      result += character;
    }
  }
  return result;
}

Result<JsonNode> parse_json(std::string_view text, std::string const& file, Limits const& limits)
{
  Place place;
  place.file = file;
  if (text.size() > limits.document_bytes)
    return finding(Code::limit_reached, std::move(place), "the limit \"document_bytes\" is reached",
                   "split the document, or raise the limit");
  Diagnostics diagnostics(limits.diagnostics);
  TreeBuilder builder(text, file, limits, diagnostics);
  bool const parsed = nlohmann::json::sax_parse(text, &builder);
  if (!parsed || diagnostics.has_errors()) return std::move(diagnostics).take();
  return std::move(builder).take();
}

JsonObject::JsonObject(JsonNode const& node, std::string pointer, JsonContext& context)
    : node_(node), pointer_(std::move(pointer)), context_(context), read_(node.keys.size(), false)
{
  if (node.kind != JsonNode::Kind::object)
    context_.diagnostics.error(Code::wrong_type, place(), "an object is expected here",
                               "this is " + std::string(kind_name(node.kind)));
}

JsonObject::~JsonObject()
{
  for (std::size_t i = 0; i < read_.size(); ++i)
    if (!read_[i])
      context_.diagnostics.error(Code::unknown_key, place(node_.keys[i]), "the format has no such key here",
                                 "correct its spelling or remove it");
}

Place JsonObject::place(std::string_view key) const
{
  Place place;
  place.file = context_.file;
  place.pointer = key.empty() ? pointer_ : json_pointer(pointer_, key);
  return place;
}

JsonNode const* JsonObject::find(std::string_view key)
{
  for (std::size_t i = 0; i < node_.keys.size(); ++i)
    if (node_.keys[i] == key) {
      read_[i] = true;
      return node_.children[i].kind == JsonNode::Kind::null ? nullptr : &node_.children[i];
    }
  return nullptr;
}

bool JsonObject::has(std::string_view key) const
{
  return std::find(node_.keys.begin(), node_.keys.end(), key) != node_.keys.end();
}

JsonNode const* JsonObject::typed(std::string_view key, JsonNode::Kind kind, std::string_view expected)
{
  JsonNode const* node = find(key);
  if (node != nullptr && node->kind != kind) {
    error(Code::wrong_type, key, std::string(expected) + " is expected here",
          "this is " + std::string(kind_name(node->kind)));
    return nullptr;
  }
  return node;
}

void JsonObject::error(Code code, std::string_view key, std::string what, std::string mend)
{
  context_.diagnostics.error(code, place(key), std::move(what), std::move(mend));
}

void JsonObject::missing(std::string_view key)
{
  if (node_.kind != JsonNode::Kind::object) return;  // already reported
  error(Code::missing_key, {}, "the key \"" + std::string(key) + "\" is missing", "add it");
}

std::optional<std::string> JsonObject::optional_text(std::string_view key)
{
  JsonNode const* node = typed(key, JsonNode::Kind::string, "a text");
  return node == nullptr ? std::nullopt : std::optional(node->text);
}

std::string JsonObject::text(std::string_view key)
{
  if (find(key) == nullptr) missing(key);
  return optional_text(key).value_or(std::string{});
}

std::optional<bool> JsonObject::optional_boolean(std::string_view key)
{
  JsonNode const* node = typed(key, JsonNode::Kind::boolean, "true or false");
  return node == nullptr ? std::nullopt : std::optional(node->boolean);
}

bool JsonObject::boolean(std::string_view key)
{
  if (find(key) == nullptr) missing(key);
  return optional_boolean(key).value_or(false);
}

std::optional<Decimal> JsonObject::optional_decimal(std::string_view key)
{
  JsonNode const* node = typed(key, JsonNode::Kind::number, "a number");
  if (node == nullptr) return std::nullopt;
  auto const number = Decimal::parse(node->text);
  if (!number) error(Code::invalid_number, key, "the number is out of range");
  return number;
}

Decimal JsonObject::decimal(std::string_view key)
{
  if (find(key) == nullptr) missing(key);
  return optional_decimal(key).value_or(Decimal{});
}

std::optional<std::int64_t> JsonObject::optional_integer(std::string_view key, std::int64_t low, std::int64_t high)
{
  auto const number = optional_decimal(key);
  if (!number) return std::nullopt;
  auto const integer = number->to_int64();
  if (!integer || *integer < low || *integer > high) {
    error(Code::out_of_range, key,
          "a whole number from " + std::to_string(low) + " to " + std::to_string(high) + " is expected here");
    return std::nullopt;
  }
  return integer;
}

std::int64_t JsonObject::integer(std::string_view key, std::int64_t low, std::int64_t high)
{
  if (find(key) == nullptr) missing(key);
  return optional_integer(key, low, high).value_or(low);
}

std::optional<Date> JsonObject::optional_date(std::string_view key)
{
  JsonNode const* node = typed(key, JsonNode::Kind::string, "a date as text");
  if (node == nullptr) return std::nullopt;
  auto const date = parse_date(node->text);
  if (!date) error(Code::invalid_date, key, "this is not a date of the calendar", "write it as 2026-03-01");
  return date;
}

Date JsonObject::date(std::string_view key)
{
  if (find(key) == nullptr) missing(key);
  return optional_date(key).value_or(Date{});
}

Period JsonObject::period(std::string_view from_key, std::string_view until_key)
{
  Period period{optional_date(from_key), optional_date(until_key)};
  if (period.from && period.until && *period.until <= *period.from)
    error(Code::invalid_interval, until_key, "the interval ends before it begins",
          "the end is the first day that no longer belongs to it");
  return period;
}

Text JsonObject::optional_localized(std::string_view key)
{
  JsonNode const* node = find(key);
  Text text;
  if (node == nullptr) return text;
  if (node->kind == JsonNode::Kind::string) return Text(node->text);
  if (node->kind != JsonNode::Kind::object) {
    error(Code::wrong_type, key, "a text, or an object with a text for each language, is expected here",
          "this is " + std::string(kind_name(node->kind)));
    return text;
  }
  JsonObject languages(*node, json_pointer(pointer_, key), context_);
  for (Language const language : all_languages)
    if (auto found = languages.optional_text(to_string(language))) text.set(language, std::move(*found));
  return text;
}

Text JsonObject::localized(std::string_view key)
{
  if (find(key) == nullptr) missing(key);
  return optional_localized(key);
}

std::vector<std::string> JsonObject::optional_texts(std::string_view key)
{
  std::vector<std::string> texts;
  JsonNode const* node = typed(key, JsonNode::Kind::array, "an array of texts");
  if (node == nullptr) return texts;
  for (std::size_t i = 0; i < node->children.size(); ++i) {
    if (node->children[i].kind == JsonNode::Kind::string) {
      texts.push_back(node->children[i].text);
    } else {
      Place where = place(key);
      where.pointer = json_pointer(where.pointer, std::to_string(i));
      context_.diagnostics.error(Code::wrong_type, std::move(where), "a text is expected here",
                                 "this is " + std::string(kind_name(node->children[i].kind)));
    }
  }
  return texts;
}

Citation JsonObject::as_citation()
{
  Citation citation;
  citation.act = text("act");
  citation.article = optional_text("article").value_or("");
  citation.source = text("source");
  citation.status = optional_text("status").value_or("");
  citation.text_date = optional_date("text_date");
  auto const grade = parse_grade(text("grade"));
  if (!grade) error(Code::not_allowed, "grade", "this is not a grade of evidence", "use A, B, C, D or unverified");
  citation.grade = grade.value_or(Grade::unverified);
  return citation;
}

std::optional<Citation> JsonObject::optional_citation(std::string_view key)
{
  std::optional<Citation> citation;
  optional_object(key, [&](JsonObject& object) { citation = object.as_citation(); });
  return citation;
}

Citation JsonObject::citation(std::string_view key)
{
  if (find(key) == nullptr) missing(key);
  return optional_citation(key).value_or(Citation{});
}

Value JsonObject::value(std::string_view key)
{
  JsonNode const* node = find(key);
  return node == nullptr ? Value{} : json_to_value(*node, json_pointer(pointer_, key), context_);
}

void JsonObject::optional_each(std::string_view key, std::function<void(JsonObject&)> const& read)
{
  JsonNode const* node = typed(key, JsonNode::Kind::array, "an array");
  if (node == nullptr) return;
  std::string const pointer = json_pointer(pointer_, key);
  for (std::size_t i = 0; i < node->children.size(); ++i) {
    JsonObject object(node->children[i], json_pointer(pointer, std::to_string(i)), context_);
    if (node->children[i].kind == JsonNode::Kind::object) read(object);
  }
}

void JsonObject::each(std::string_view key, std::function<void(JsonObject&)> const& read)
{
  if (find(key) == nullptr) missing(key);
  optional_each(key, read);
}

void JsonObject::optional_object(std::string_view key, std::function<void(JsonObject&)> const& read)
{
  JsonNode const* node = find(key);
  if (node == nullptr) return;
  JsonObject object(*node, json_pointer(pointer_, key), context_);
  if (node->kind == JsonNode::Kind::object) read(object);
}

void JsonObject::object(std::string_view key, std::function<void(JsonObject&)> const& read)
{
  if (find(key) == nullptr) missing(key);
  optional_object(key, read);
}

std::vector<std::string> const& JsonObject::all_keys()
{
  read_.assign(read_.size(), true);
  return node_.keys;
}

void JsonObject::ignore(std::string_view key) { static_cast<void>(find(key)); }

bool JsonObject::expect_format(std::string_view expected)
{
  if (node_.kind != JsonNode::Kind::object) return false;
  auto const format = optional_text("format");
  if (format == expected) return true;
  if (format || find("format") == nullptr)
    error(Code::unsupported_format, "format", "this is not a file of the format " + std::string(expected),
          "its \"format\" must be \"" + std::string(expected) + "\"");
  return false;
}

Value json_to_value(JsonNode const& node, std::string const& pointer, JsonContext& context)
{
  switch (node.kind) {
    case JsonNode::Kind::null: return Value{};
    case JsonNode::Kind::boolean: return Value(node.boolean);
    case JsonNode::Kind::string: return Value(node.text);
    case JsonNode::Kind::number: {
      if (auto const number = Decimal::parse(node.text)) return Value(*number);
      Place place;
      place.file = context.file;
      place.pointer = pointer;
      context.diagnostics.error(Code::invalid_number, std::move(place), "the number is out of range");
      return Value{};
    }
    case JsonNode::Kind::array: {
      List list;
      for (std::size_t i = 0; i < node.children.size(); ++i)
        list.items.push_back(json_to_value(node.children[i], json_pointer(pointer, std::to_string(i)), context));
      return Value(std::move(list));
    }
    case JsonNode::Kind::object: {
      Context entries;
      for (std::size_t i = 0; i < node.children.size(); ++i)
        entries.entries.emplace_back(node.keys[i],
                                     json_to_value(node.children[i], json_pointer(pointer, node.keys[i]), context));
      return Value(std::move(entries));
    }
  }
  return Value{};
}

Result<std::string> read_file(std::string const& path, Limits const& limits)
{
  Place place;
  place.file = path;
  struct Closing {
    void operator()(std::FILE* file) const noexcept
    {
      if (file != stdin) std::fclose(file);
    }
  };
  errno = 0;
  std::unique_ptr<std::FILE, Closing> const file(path == "-" ? stdin : std::fopen(path.c_str(), "rb"));
  if (file == nullptr)
    return finding(errno == ENOENT ? Code::not_found : Code::unreadable, std::move(place),
                   errno == ENOENT ? "there is no such file" : "the file cannot be opened",
                   "check the path and the right to read it");
  std::string text;
  std::string block(std::size_t{1} << 16U, '\0');
  while (auto const count = std::fread(block.data(), 1, block.size(), file.get())) {
    text.append(block.data(), count);
    if (text.size() > limits.document_bytes)
      return finding(Code::limit_reached, std::move(place), "the limit \"document_bytes\" is reached",
                     "split the document, or raise the limit");
  }
  if (std::ferror(file.get()) != 0)
    return finding(Code::unreadable, std::move(place), "the file cannot be read", "is it a folder?");
  return text;
}

}  // namespace tutela::detail
