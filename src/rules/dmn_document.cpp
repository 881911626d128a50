// SPDX-License-Identifier: Apache-2.0
/// \file
/// The differences between the versions of DMN, in one place.
#include "rules/dmn_document.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "rules/xml_tree.hpp"

namespace tutela::detail {
namespace {

constexpr std::string_view white = " \t\r\n\f\v";
constexpr std::string_view feel_space = "https://www.omg.org/spec/DMN/20230324/FEEL/";
constexpr std::string_view diagram_space = "https://www.omg.org/spec/DMN/20230324/DMNDI/";
constexpr std::string_view dmn_1_1_space = "http://www.omg.org/spec/DMN/20151101/dmn.xsd";

/// Names that earlier versions gave to the languages and vocabularies of DMN. Those of shapes and points (DI and DC)
/// are the same in all versions.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> earlier_names{
    {{dmn_1_1_space, dmn_space},
     {"http://www.omg.org/spec/DMN/20180521/MODEL/", dmn_space},
     {"https://www.omg.org/spec/DMN/20191111/MODEL/", dmn_space},
     {"https://www.omg.org/spec/DMN/20211108/MODEL/", dmn_space},
     {"http://www.omg.org/spec/FEEL/20140401", feel_space},
     {"http://www.omg.org/spec/DMN/20180521/FEEL/", feel_space},
     {"https://www.omg.org/spec/DMN/20191111/FEEL/", feel_space},
     {"https://www.omg.org/spec/DMN/20211108/FEEL/", feel_space},
     {"http://www.omg.org/spec/DMN/20180521/DMNDI/", diagram_space},
     {"https://www.omg.org/spec/DMN/20191111/DMNDI/", diagram_space},
     {"https://www.omg.org/spec/DMN/20211108/DMNDI/", diagram_space}}};

/// The name in DMN 1.5; any other text as it is.
std::string_view current_name(std::string_view name)
{
  auto const* found =
      std::find_if(earlier_names.begin(), earlier_names.end(), [&](auto const& entry) { return entry.first == name; });
  return found == earlier_names.end() ? name : found->second;
}

std::string_view after_prefix(std::string_view name)
{
  auto const colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

/// Rewrites one document in place.
class Renewal {
 public:
  /// True when something was changed.
  bool run(pugi::xml_document& document)
  {
    auto const root = document.document_element();
    bind_prefixes(root);
    if (!of_dmn(root.name()) || after_prefix(root.name()) != "definitions") return false;
    version_1_1_ = space_of(root.name()) == dmn_1_1_space;
    for (auto const child : root.children())
      if (after_prefix(child.name()) == "import")
        imports_.emplace_back(child.attribute("namespace").value(), child.attribute("name").value());
    prefixes_.clear();
    declare_encoding(document);
    element(root);
    return changed_;
  }

 private:
  void set(pugi::xml_attribute attribute, std::string_view value)
  {
    if (attribute.value() == value) return;
    attribute.set_value(std::string(value).c_str());
    changed_ = true;
  }

  void bind_prefixes(pugi::xml_node node)
  {
    for (auto const attribute : node.attributes()) {
      std::string_view const name = attribute.name();
      if (name == "xmlns") bind("", attribute.value());
      if (name.substr(0, 6) == "xmlns:") bind(name.substr(6), attribute.value());
    }
  }

  void bind(std::string_view prefix, std::string_view space)
  {
    prefixes_.push_back({std::string(prefix), std::string(space), current_name(space) == dmn_space});
  }

  /// The namespace that a qualified name is bound to where we stand, as the document writes it.
  std::string_view space_of(std::string_view name) const
  {
    auto const* binding = binding_of(name);
    return binding == nullptr ? std::string_view{} : binding->space;
  }

  bool of_dmn(std::string_view name) const
  {
    auto const* binding = binding_of(name);
    return binding != nullptr && binding->of_dmn;
  }

  /// What a prefix stands for where we stand.
  struct Binding {
    std::string prefix;
    std::string space;  ///< As the document writes it.
    bool of_dmn;        ///< True when that is DMN, of any version.
  };

  Binding const* binding_of(std::string_view name) const
  {
    auto const colon = name.find(':');
    auto const prefix = colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon);
    for (auto found = prefixes_.rbegin(); found != prefixes_.rend(); ++found)
      if (found->prefix == prefix) return &*found;
    return nullptr;
  }

  /// What is printed is UTF-8, whatever the file said.
  void declare_encoding(pugi::xml_document& document)
  {
    auto const declared = document.first_child();
    if (declared.type() != pugi::node_declaration) return;
    auto const encoding = declared.attribute("encoding");
    if (encoding && std::string_view(encoding.value()) != "utf-8") set(encoding, "UTF-8");
  }

  /// Depth is bounded by the check of the text.
  void element(pugi::xml_node node)
  {
    auto const mark = prefixes_.size();
    bind_prefixes(node);
    auto const name = after_prefix(node.name());
    bool const of_dmn = this->of_dmn(node.name());
    for (auto const attribute : node.attributes()) {
      std::string_view const key = attribute.name();
      if (key == "xmlns" || key.substr(0, 6) == "xmlns:")
        set(attribute, current_name(attribute.value()));
      else if (after_prefix(key) == "schemaLocation")
        set(attribute, schema_locations(attribute.value()));
      else if (!of_dmn)
        continue;
      else if (key == "expressionLanguage" || key == "typeLanguage" || key == "importType")
        set(attribute, current_name(attribute.value()));
      else if (key == "typeRef" || key == "outputTypeRef")
        set(attribute, type_name(attribute.value()));
    }
    if (of_dmn && name == "typeRef") type_text(node);
    if (of_dmn && version_1_1_) renew_1_1(node, name);
    for (auto const child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      auto const inner = after_prefix(child.name());
      if (inner != "extensionElements" && inner != "extension") element(child);
    }
    prefixes_.resize(mark);
  }

  /// In 1.1 imports had no name, and the logic of a business knowledge model came before its variable.
  void renew_1_1(pugi::xml_node node, std::string_view name)
  {
    if ((name == "import" || name == "importedValues") && !node.attribute("name")) {
      node.append_attribute("name").set_value("");
      changed_ = true;
    }
    if (name != "businessKnowledgeModel") return;
    pugi::xml_node logic;
    for (auto const child : node.children()) {
      if (after_prefix(child.name()) == "encapsulatedLogic") logic = child;
      if (!logic || after_prefix(child.name()) != "variable") continue;
      auto const blank = child.previous_sibling();
      node.insert_move_before(child, logic);
      if (blank != logic && blank.type() == pugi::node_pcdata && is_blank(blank.value()))
        node.insert_move_before(blank, logic);
      changed_ = true;
      return;
    }
  }

  /// A reference to a type as a name: `feel:number` is `number`, a prefix that stands for an imported model is the
  /// name of the import. A text that is no qualified name stays for the reader to report.
  std::string type_name(std::string_view reference) const
  {
    auto const colon = reference.find(':');
    if (colon == std::string_view::npos || reference.find_first_of("<( \t\r\n") != std::string_view::npos)
      return std::string(reference);
    std::string const name(reference.substr(colon + 1));
    auto const space = space_of(reference);
    for (auto const& [imported, import] : imports_)
      if (imported == space && !space.empty() && !import.empty()) return import + "." + name;
    return name;
  }

  void type_text(pugi::xml_node node)
  {
    for (auto text : node.children()) {
      std::string_view const written = text.value();
      bool const is_text = text.type() == pugi::node_pcdata || text.type() == pugi::node_cdata;
      if (!is_text || is_blank(written)) continue;
      auto const begin = written.find_first_not_of(" \t\r\n");
      auto const end = written.find_last_not_of(" \t\r\n") + 1;
      auto const name = type_name(written.substr(begin, end - begin));
      if (name == written.substr(begin, end - begin)) continue;
      text.set_value((std::string(written.substr(0, begin)) + name + std::string(written.substr(end))).c_str());
      changed_ = true;
    }
  }

  /// Pairs of namespace and file; a pair of an earlier version would lead a validator astray.
  static std::string schema_locations(std::string_view pairs)
  {
    std::vector<std::string_view> words;
    for (auto rest = pairs;;) {
      rest.remove_prefix(std::min(rest.find_first_not_of(white), rest.size()));
      if (rest.empty()) break;
      words.push_back(rest.substr(0, rest.find_first_of(white)));
      rest.remove_prefix(words.back().size());
    }
    std::string kept;
    bool dropped = false;
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
      if (current_name(words[i]) == words[i])
        kept.append(kept.empty() ? "" : " ").append(words[i]).append(" ").append(words[i + 1]);
      else
        dropped = true;
    }
    return dropped ? kept : std::string(pairs);
  }

  bool changed_ = false;
  bool version_1_1_ = false;
  std::vector<Binding> prefixes_;
  std::vector<std::pair<std::string, std::string>> imports_;  ///< Namespace and name.
};

/// Appends to a text what pugixml prints.
class TextWriter final : public pugi::xml_writer {
 public:
  void write(void const* data, std::size_t size) override { text_.append(static_cast<char const*>(data), size); }
  std::string text_;
};

}  // namespace

Result<XmlElement> parse_dmn(std::string_view text, std::string const& file, Limits const& limits)
{
  auto const tree = load_xml(text, file, limits);
  if (!tree) return tree.diagnostics();
  Renewal().run(**tree);
  return copy_xml(**tree, text);
}

std::string write_dmn(std::string_view text, Limits const& limits)
{
  auto const tree = load_xml(text, {}, limits);
  if (!tree || !Renewal().run(**tree)) return std::string(text);
  TextWriter writer;
  for (auto const child : (*tree)->children()) {
    child.print(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    writer.text_ += '\n';
  }
  return std::move(writer.text_);
}

}  // namespace tutela::detail
