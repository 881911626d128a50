// SPDX-License-Identifier: Apache-2.0
/// \file
/// XML through pugixml, with what pugixml does not check checked before.
#include "rules/xml_tree.hpp"

#include <algorithm>
#include <tuple>

#include <tutela/base/text.hpp>

namespace tutela::detail {
namespace {

constexpr std::size_t attributes_of_one_element = 256;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Line and column of byte offsets; offsets are asked for in any order.
class Lines {
 public:
  explicit Lines(std::string_view text)
  {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text[i] == '\n') starts_.push_back(i + 1);
  }

  std::pair<std::uint32_t, std::uint32_t> at(std::size_t offset) const
  {
    auto const next = std::upper_bound(starts_.begin(), starts_.end(), offset);
    auto const line = static_cast<std::size_t>(next - starts_.begin());
    return {static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(offset - starts_[line - 1] + 1)};
  }

  /// The same for offsets that come in rising order, without searching.
  std::pair<std::uint32_t, std::uint32_t> next(std::size_t offset)
  {
    while (line_ < starts_.size() && starts_[line_] <= offset) ++line_;
    return {static_cast<std::uint32_t>(line_), static_cast<std::uint32_t>(offset - starts_[line_ - 1] + 1)};
  }

 private:
  std::vector<std::size_t> starts_;
  std::size_t line_ = 1;
};

/// Walks over the raw text once and finds what must be refused before any tree is built.
class Scanner {
 public:
  Scanner(std::string_view text, std::string const& file, Limits const& limits, Lines const& lines)
      : text_(text), file_(file), limits_(limits), lines_(lines)
  {
  }

  /// Nothing, or the one finding that stops reading.
  std::vector<Diagnostic> run()
  {
    std::size_t at = 0;
    while (at < text_.size() && found_.empty()) {
      if (text_[at] == '&') {
        at = reference(at);
      } else if (text_[at] != '<') {
        ++at;
      } else if (starts(at, "<!--")) {
        at = skip(at, 4, "-->", "a comment");
      } else if (starts(at, "<![CDATA[")) {
        at = skip(at, 9, "]]>", "a CDATA section");
      } else if (starts(at, "<?")) {
        at = skip(at, 2, "?>", "a processing instruction");
      } else if (starts(at, "<!")) {
        error(Code::malformed, at, "a document type declaration is not read", "remove <!DOCTYPE ...>");
      } else {
        at = tag(at);
      }
    }
    return std::move(found_);
  }

 private:
  bool starts(std::size_t at, std::string_view prefix) const { return text_.compare(at, prefix.size(), prefix) == 0; }

  void error(Code code, std::size_t at, std::string what, std::string mend)
  {
    auto const [line, column] = lines_.at(at);
    found_.push_back({code, Severity::error, {file_, line, column, {}}, std::move(what), std::move(mend)});
  }

  std::size_t skip(std::size_t at, std::size_t opening, std::string_view end, std::string const& what)
  {
    auto const found = text_.find(end, at + opening);
    if (found == std::string_view::npos) {
      error(Code::malformed, at, what + " never ends", "close it with " + std::string(end));
      return text_.size();
    }
    return found + end.size();
  }

  std::size_t reference(std::size_t at)
  {
    auto const end = text_.find(';', at);
    auto const name =
        end == std::string_view::npos || end - at > 12 ? std::string_view{} : text_.substr(at + 1, end - at - 1);
    bool const known = name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos" ||
                       (name.size() > 1 && name[0] == '#');
    if (!known) {
      error(Code::malformed, at, "an entity that XML does not define by itself",
            "use &amp; &lt; &gt; &quot; &apos; or a character number");
    }
    return at + 1;
  }

  /// The name of the attribute whose value begins with the quote at this position.
  std::string_view attribute_name(std::size_t quote) const
  {
    auto end = quote;
    auto const skip_blanks = [&] {
      while (end > 0 && is_space(text_[end - 1])) --end;
    };
    skip_blanks();
    if (end == 0 || text_[end - 1] != '=') return {};
    --end;
    skip_blanks();
    auto begin = end;
    while (begin > 0 && !is_space(text_[begin - 1]) &&
           std::string_view("<\"'/").find(text_[begin - 1]) == std::string_view::npos)
      --begin;
    return text_.substr(begin, end - begin);
  }

  std::size_t tag(std::size_t at)
  {
    bool const closing = starts(at, "</");
    std::vector<std::string_view> names;
    std::size_t attributes = 0;
    std::size_t i = at + 1;
    for (; i < text_.size() && text_[i] != '>'; ++i) {
      if (text_[i] == '<') break;
      if (text_[i] != '"' && text_[i] != '\'') continue;
      char const quote = text_[i];
      if (++attributes <= attributes_of_one_element) {
        auto const name = attribute_name(i);
        if (!name.empty() && std::find(names.begin(), names.end(), name) != names.end())
          error(Code::duplicate_key, i, "the attribute \"" + std::string(name.substr(0, 64)) + "\" is there twice",
                "remove one");
        names.push_back(name);
      }
      for (++i; i < text_.size() && text_[i] != quote; ++i)
        if (text_[i] == '&') reference(i);
      if (i == text_.size()) break;
    }
    if (i >= text_.size() || text_[i] == '<') {
      error(Code::malformed, at, "a tag never ends", "close it with >; in a text, write less than as &lt;");
      return text_.size();
    }
    if (attributes > attributes_of_one_element)
      error(Code::limit_reached, at, "an element with more than 256 attributes", "");
    if (closing) {
      if (depth_ > 0) --depth_;
    } else if (text_[i - 1] != '/') {
      if (++depth_ > limits_.nesting) {
        error(Code::limit_reached, at,
              "elements nested deeper than the limit `nesting` of " + std::to_string(limits_.nesting),
              "flatten the model or raise the limit");
      }
    }
    return i + 1;
  }

  std::string_view text_;
  std::string const& file_;
  Limits const& limits_;
  Lines const& lines_;
  std::size_t depth_ = 0;
  std::vector<Diagnostic> found_;
};

/// Copies pugixml's tree into ours; depth is bounded by the scanner.
class Copier {
 public:
  explicit Copier(std::string_view text) : lines_(text) {}

  XmlElement copy(pugi::xml_node node)
  {
    auto const mark = prefixes_.size();
    XmlElement element;
    for (auto attribute = node.first_attribute(); attribute; attribute = attribute.next_attribute()) {
      std::string_view const name = attribute.name();
      if (name == "xmlns") {
        prefixes_.emplace_back("", SpaceName(attribute.value()));
      } else if (name.substr(0, 6) == "xmlns:") {
        prefixes_.emplace_back(name.substr(6), SpaceName(attribute.value()));
      } else {
        element.attributes.emplace_back(name, attribute.value());
      }
    }
    std::string_view const name = node.name();
    auto const colon = name.find(':');
    element.name = colon == std::string_view::npos ? name : name.substr(colon + 1);
    element.space = space(colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon));
    auto const offset = node.offset_debug();
    if (offset > 0) std::tie(element.line, element.column) = lines_.next(static_cast<std::size_t>(offset) - 1);
    std::size_t elements = 0;
    for (auto child = node.first_child(); child; child = child.next_sibling())
      if (child.type() == pugi::node_element) ++elements;
    element.children.reserve(elements);
    for (auto child = node.first_child(); child; child = child.next_sibling()) {
      if (child.type() == pugi::node_element) {
        element.children.push_back(copy(child));
      } else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
        if (element.text_line == 0 && child.offset_debug() >= 0) {
          auto const start = static_cast<std::size_t>(child.offset_debug());
          std::tie(element.text_line, element.text_column) = lines_.next(start);
        }
        element.text += child.value();
      }
    }
    prefixes_.resize(mark);
    return element;
  }

 private:
  SpaceName space(std::string_view prefix) const
  {
    for (auto found = prefixes_.rbegin(); found != prefixes_.rend(); ++found)
      if (found->first == prefix) return found->second;
    return {};
  }

  Lines lines_;
  std::vector<std::pair<std::string, SpaceName>> prefixes_;
};

/// The text behind a byte order mark.
std::string_view without_mark(std::string_view text)
{
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  return text;
}

}  // namespace

std::string const* XmlElement::attribute(std::string_view key) const noexcept
{
  for (auto const& [name_of, value] : attributes)
    if (name_of == key) return &value;
  return nullptr;
}

XmlElement const* XmlElement::child(std::string_view key) const noexcept
{
  for (auto const& element : children)
    if (element.name == key && element.space == space) return &element;
  return nullptr;
}

Result<XmlTree> load_xml(std::string_view text, std::string const& file, Limits const& limits)
{
  auto fail = [&](Code code, std::uint32_t line, std::uint32_t column, std::string what, std::string mend) {
    return Result<XmlTree>(
        Diagnostic{code, Severity::error, {file, line, column, {}}, std::move(what), std::move(mend)});
  };
  if (text.size() > limits.document_bytes) {
    return fail(Code::limit_reached, 0, 0,
                "the file is larger than the limit `document_bytes` of " + std::to_string(limits.document_bytes), "");
  }
  text = without_mark(text);
  if (!is_utf8(text)) {
    // No character crosses the end of a line, so the first line that is not UTF-8 by itself is the place.
    std::uint32_t line = 1;
    for (std::size_t start = 0; start < text.size(); ++line) {
      auto const end = std::min(text.find('\n', start), text.size());
      if (!is_utf8(text.substr(start, end - start))) break;
      start = end + 1;
    }
    return fail(Code::invalid_text, line, 1, "the file is not UTF-8", "save it as UTF-8");
  }
  Lines const lines(text);
  if (auto const zero = text.find('\0'); zero != std::string_view::npos) {
    auto const [line, column] = lines.at(zero);
    return fail(Code::invalid_text, line, column, "the file holds a zero byte", "");
  }
  if (auto found = Scanner(text, file, limits, lines).run(); !found.empty()) return found;

  auto tree = std::make_unique<pugi::xml_document>();
  auto const parsed = tree->load_buffer(text.data(), text.size(),
                                        pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
                                            pugi::parse_ws_pcdata | pugi::parse_wconv_attribute | pugi::parse_comments |
                                            pugi::parse_pi | pugi::parse_declaration,
                                        pugi::encoding_utf8);
  if (!parsed) {
    auto const [line, column] =
        lines.at(std::min(text.size(), static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, parsed.offset))));
    return fail(Code::malformed, line, column, "not well-formed XML: " + std::string(parsed.description()),
                "check the tags around this place");
  }
  auto const root = tree->document_element();
  if (!root) return fail(Code::malformed, 1, 1, "the file has no element", "");
  for (auto next = root.next_sibling(); next; next = next.next_sibling())
    if (next.type() == pugi::node_element)
      return fail(Code::malformed, 1, 1, "the file has more than one root element", "");
  return tree;
}

XmlElement copy_xml(pugi::xml_document const& tree, std::string_view text)
{
  return Copier(without_mark(text)).copy(tree.document_element());
}

Result<XmlElement> parse_xml(std::string_view text, std::string const& file, Limits const& limits)
{
  auto const tree = load_xml(text, file, limits);
  if (!tree) return tree.diagnostics();
  return copy_xml(**tree, text);
}

PlacedText trimmed_text(XmlElement const& element)
{
  PlacedText placed{{}, element.text_line, element.text_column};
  std::string_view rest = element.text;
  while (!rest.empty() && is_space(rest.front())) {
    if (rest.front() == '\n') {
      ++placed.line;
      placed.column = 1;
    } else {
      ++placed.column;
    }
    rest.remove_prefix(1);
  }
  while (!rest.empty() && is_space(rest.back())) rest.remove_suffix(1);
  placed.text = rest;
  return placed;
}

}  // namespace tutela::detail
