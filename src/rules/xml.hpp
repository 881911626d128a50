// SPDX-License-Identifier: Apache-2.0
/// \file
/// Strict reading of XML (internal): no document type, no entities but the five, bounded size, depth and attributes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>

namespace tutela::detail {

/// The name of a namespace: one text for all elements that are in it.
class SpaceName {
 public:
  SpaceName() = default;
  explicit SpaceName(std::string_view name) : name_(std::make_shared<std::string const>(name)) {}

  operator std::string_view() const noexcept  // NOLINT: it is a text
  {
    return name_ == nullptr ? std::string_view{} : std::string_view(*name_);
  }

  friend bool operator==(SpaceName const& lhs, SpaceName const& rhs) noexcept
  {
    return lhs.name_ == rhs.name_ || std::string_view(lhs) == std::string_view(rhs);
  }
  friend bool operator==(SpaceName const& lhs, std::string_view rhs) noexcept { return std::string_view(lhs) == rhs; }

 private:
  std::shared_ptr<std::string const> name_;
};

/// One element of a document, with its namespace resolved and its place kept.
struct XmlElement {
  SpaceName space;                                              ///< Namespace name; empty for none.
  std::string name;                                             ///< Name without prefix.
  std::vector<std::pair<std::string, std::string>> attributes;  ///< As written, with prefixes, without `xmlns`.
  std::vector<XmlElement> children;
  std::string text;        ///< Text and CDATA directly inside, joined.
  std::uint32_t line = 0;  ///< Of the `<`.
  std::uint32_t column = 0;
  std::uint32_t text_line = 0;  ///< Of the first character of the text; 0 when there is none.
  std::uint32_t text_column = 0;

  /// The attribute of that name (prefix included), or nothing.
  [[nodiscard]] std::string const* attribute(std::string_view key) const noexcept;
  /// The first child of that name in the same namespace, or nothing.
  [[nodiscard]] XmlElement const* child(std::string_view key) const noexcept;
};

/// Parses a whole document.
/// \param file Name for the diagnostics.
Result<XmlElement> parse_xml(std::string_view text, std::string const& file, Limits const& limits);

/// The text without white space around it, with the line and column of its first character.
struct PlacedText {
  std::string text;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// The trimmed text of an element.
PlacedText trimmed_text(XmlElement const& element);

}  // namespace tutela::detail
