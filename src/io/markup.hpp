// SPDX-License-Identifier: Apache-2.0
/// \file
/// HTML that is well-formed and escaped by construction (internal).
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace tutela::detail {

/// A piece of finished HTML. Only the functions below make one, so a text cannot slip in without being escaped.
class Markup {
 public:
  Markup() = default;

  Markup& operator+=(Markup const& other)
  {
    html_ += other.html_;
    return *this;
  }

  friend Markup operator+(Markup lhs, Markup const& rhs) { return std::move(lhs += rhs); }

  [[nodiscard]] bool empty() const noexcept { return html_.empty(); }
  [[nodiscard]] std::string const& html() const& noexcept { return html_; }

 private:
  friend Markup text(std::string_view plain);
  friend Markup trusted(std::string_view html);
  explicit Markup(std::string html) : html_(std::move(html)) {}
  std::string html_;
};

/// Plain text, escaped for content and attribute values.
Markup text(std::string_view plain);

/// HTML from our own source files (style sheet, script, doctype); never anything from outside.
Markup trusted(std::string_view html);

/// One attribute; a value is escaped.
struct Attribute {
  std::string_view name;
  std::string value;
};

/// `<tag attributes>content</tag>`, or `<tag attributes>` for an element that has no content by definition.
Markup element(std::string_view tag, std::initializer_list<Attribute> attributes, Markup const& content = {});

/// `<tag>content</tag>`.
inline Markup element(std::string_view tag, Markup const& content) { return element(tag, {}, content); }

/// `<tag class="..">content</tag>`.
inline Markup styled(std::string_view tag, std::string_view style, Markup const& content)
{
  return element(tag, {{"class", std::string(style)}}, content);
}

}  // namespace tutela::detail
