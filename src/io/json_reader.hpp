// SPDX-License-Identifier: Apache-2.0
/// \file
/// Strict reading of JSON: one mechanism for every file format of Tutela (internal).
///
/// The text is parsed through the event interface of nlohmann/json into a small tree of our own, because the
/// library's own tree keeps the last of two equal keys, turns long integers into doubles and is copied recursively.
/// Everything wrong is reported with a JSON pointer, and reading goes on, so that one run shows all of it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>
#include <tutela/facts/value.hpp>

namespace tutela::detail {

/// One node of a parsed document.
struct JsonNode {
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
  Kind kind = Kind::null;
  bool boolean = false;
  std::string text;                ///< Text of a string, or the digits of a number as written.
  std::vector<std::string> keys;   ///< Keys of an object, beside `children`.
  std::vector<JsonNode> children;  ///< Elements of an array or members of an object.
};

/// Parses a whole document: UTF-8, within the limits, without duplicate keys, nothing behind its end.
/// \param file Name for the diagnostics.
Result<JsonNode> parse_json(std::string_view text, std::string const& file, Limits const& limits);

/// The file a reader works on and where its findings go.
struct JsonContext {
  std::string file;
  Diagnostics& diagnostics;
};

/// `pointer` followed by one more reference token, escaped as RFC 6901 asks.
std::string json_pointer(std::string const& pointer, std::string_view token);

/// A named enumerator of a file format.
template <class E>
using JsonName = std::pair<std::string_view, E>;

/// Reads the members of one object by key; a key that nobody asked for is reported when the reader ends.
///
/// A getter without `optional_` reports a missing key; JSON `null` reads as missing. Where a value is missing or of
/// the wrong type the getter reports it and returns an empty value, so that reading goes on.
class JsonObject {
 public:
  JsonObject(JsonNode const& node, std::string pointer, JsonContext& context);
  JsonObject(JsonObject const&) = delete;
  JsonObject& operator=(JsonObject const&) = delete;
  ~JsonObject();

  /// The node of a key, or nothing; marks the key as read. JSON null counts as absent.
  JsonNode const* find(std::string_view key);
  /// True when the key is there at all, even as null; does not mark it.
  [[nodiscard]] bool has(std::string_view key) const;

  std::string text(std::string_view key);
  std::optional<std::string> optional_text(std::string_view key);
  bool boolean(std::string_view key);
  std::optional<bool> optional_boolean(std::string_view key);
  std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high);
  std::optional<std::int64_t> optional_integer(std::string_view key, std::int64_t low, std::int64_t high);
  Decimal decimal(std::string_view key);
  std::optional<Decimal> optional_decimal(std::string_view key);
  Date date(std::string_view key);
  std::optional<Date> optional_date(std::string_view key);
  /// `valid_from` and `valid_until`, both optional; reports an interval that ends before it begins.
  Period period(std::string_view from_key = "valid_from", std::string_view until_key = "valid_until");
  /// A text in one language (read as English) or an object of language codes.
  Text localized(std::string_view key);
  Text optional_localized(std::string_view key);
  std::vector<std::string> optional_texts(std::string_view key);
  /// An object with `act`, `article`, `source`, `grade`, `status`, `text_date`.
  Citation citation(std::string_view key);
  std::optional<Citation> optional_citation(std::string_view key);
  /// The members of this object itself as a citation.
  Citation as_citation();
  /// Any JSON value as a value without states: null becomes none, an object a context.
  Value value(std::string_view key);

  template <class E>
  E one_of(std::string_view key, std::span<JsonName<E> const> names)
  {
    auto found = optional_one_of<E>(key, names);
    if (!found && find(key) == nullptr) missing(key);
    return found.value_or(names.front().second);
  }

  template <class E>
  std::optional<E> optional_one_of(std::string_view key, std::span<JsonName<E> const> names)
  {
    auto const word = optional_text(key);
    if (!word) return std::nullopt;
    for (auto const& [name, enumerator] : names)
      if (name == *word) return enumerator;
    std::string allowed;
    for (auto const& [name, enumerator] : names) (allowed += allowed.empty() ? "" : ", ") += name;
    error(Code::not_allowed, key, "the value of \"" + std::string(key) + "\" is not one of the allowed words",
          "use one of: " + allowed);
    return std::nullopt;
  }

  /// Calls `read` for each object of an array.
  void each(std::string_view key, std::function<void(JsonObject&)> const& read);
  void optional_each(std::string_view key, std::function<void(JsonObject&)> const& read);
  /// Calls `read` for the object of a key.
  void object(std::string_view key, std::function<void(JsonObject&)> const& read);
  void optional_object(std::string_view key, std::function<void(JsonObject&)> const& read);

  /// All keys in the order of the file (for objects that are maps); marks them as read.
  std::vector<std::string> const& all_keys();
  /// Marks a key as read without reading it.
  void ignore(std::string_view key);
  /// Checks `format` against `expected` (for example `tutela-case/1`); false when the file is of another format.
  bool expect_format(std::string_view expected);

  void error(Code code, std::string_view key, std::string what, std::string mend = {});
  void missing(std::string_view key);
  [[nodiscard]] std::string const& pointer() const { return pointer_; }
  [[nodiscard]] JsonContext& context() const { return context_; }
  [[nodiscard]] Place place(std::string_view key = {}) const;

 private:
  JsonNode const* typed(std::string_view key, JsonNode::Kind kind, std::string_view expected);

  JsonNode const& node_;
  std::string pointer_;
  JsonContext& context_;
  std::vector<bool> read_;
};

/// A JSON node as a value without states: null becomes none, a number a decimal, an object a context.
/// Numbers out of the decimal range are reported.
Value json_to_value(JsonNode const& node, std::string const& pointer, JsonContext& context);

/// Reads a document of one format: `read(root, value)` fills the value. Of a document of another format the keys say nothing.
/// \return The value with what was noted, or all that is wrong.
template <class T, class Read>
Result<T> read_document(std::string_view text, std::string const& file, Limits const& limits, std::string_view format,
                        Read const& read)
{
  auto const root = parse_json(text, file, limits);
  if (!root) return root.diagnostics();
  Diagnostics diagnostics(limits.diagnostics);
  JsonContext context{file, diagnostics};
  T value;
  {
    JsonObject object(*root, "", context);
    if (object.expect_format(format))
      read(object, value);
    else
      object.all_keys();
  }
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  return {std::move(value), std::move(diagnostics).take()};
}

/// Reads a whole file, refusing more bytes than the limit before reading them. `-` is standard input.
Result<std::string> read_file(std::string const& path, Limits const& limits);

}  // namespace tutela::detail
