// SPDX-License-Identifier: Apache-2.0
/// \file
/// HTML that is well-formed and escaped by construction.
#include "io/markup.hpp"

#include <algorithm>
#include <array>

namespace tutela::detail {

namespace {

bool is_void(std::string_view tag)
{
  constexpr std::array<std::string_view, 5> tags{"meta", "link", "input", "br", "hr"};
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

}  // namespace

Markup text(std::string_view plain)
{
  std::string html;
  html.reserve(plain.size() + plain.size() / 8);
  for (char const sign : plain) {
    switch (sign) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      case '\'': html += "&#39;"; break;
      default:
        // Control characters other than white space have no place in HTML.
        if (static_cast<unsigned char>(sign) >= 0x20 || sign == '\n' || sign == '\t') html += sign;
    }
  }
  return Markup(std::move(html));
}

Markup trusted(std::string_view html) { return Markup(std::string(html)); }

Markup element(std::string_view tag, std::initializer_list<Attribute> attributes, Markup const& content)
{
  std::string html = "<";
  html += tag;
  for (auto const& [name, value] : attributes) ((((html += ' ') += name) += "=\"") += text(value).html()) += '"';
  html += '>';
  if (!is_void(tag)) (((html += content.html()) += "</") += tag) += '>';
  return trusted(html);
}

}  // namespace tutela::detail
