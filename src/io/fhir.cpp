// SPDX-License-Identifier: Apache-2.0
#include <tutela/io/fhir.hpp>

#include <algorithm>
#include <charconv>

#include "io/fhir_fields.hpp"
#include "io/json_writer.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonNode;
using NodeKind = JsonNode::Kind;

/// More elements than a list of R4 ever needs; a path that asks for more is a slip of the hand.
constexpr std::size_t most_elements = 10'000;

/// One step of a path.
struct Segment {
  std::string_view name;
  std::optional<std::size_t> element;  ///< A number in brackets.
  bool every = false;                  ///< Empty brackets.
};

/// Takes the first step off a path; no name when the brackets are not closed or hold no number.
Segment take_segment(std::string_view& path)
{
  auto const dot = path.find('.');
  std::string_view part = path.substr(0, dot);
  path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  auto const bracket = part.find('[');
  if (bracket == std::string_view::npos) return {part, std::nullopt, false};
  std::string_view const inside = part.substr(bracket + 1, part.size() - bracket - 2);
  if (part.back() != ']' || part.size() < bracket + 2) return {};
  if (inside.empty()) return {part.substr(0, bracket), std::nullopt, true};
  std::size_t number = 0;
  auto const [end, error] = std::from_chars(inside.data(), inside.data() + inside.size(), number);
  if (error != std::errc{} || end != inside.data() + inside.size()) return {};
  return {part.substr(0, bracket), number, false};
}

JsonNode& child_of(JsonNode& object, std::string_view key, NodeKind kind)
{
  auto const found = std::find(object.keys.begin(), object.keys.end(), key);
  if (found != object.keys.end()) return object.children[static_cast<std::size_t>(found - object.keys.begin())];
  object.keys.emplace_back(key);
  object.children.emplace_back().kind = kind;
  return object.children.back();
}

void take_away(JsonNode& object, std::string_view key)
{
  auto const found = std::find(object.keys.begin(), object.keys.end(), key);
  if (found == object.keys.end()) return;
  object.children.erase(object.children.begin() + (found - object.keys.begin()));
  object.keys.erase(found);
}

/// Reads the members of a view.
class ViewReader {
 public:
  ViewReader(JsonNode const& node, std::string pointer, Diagnostics& found)
      : node_(node), pointer_(std::move(pointer)), found_(found)
  {
  }

  void text(std::string_view path, std::string& into) { into = at(node_, pointer_, path).value_or(""); }

  void code(std::string_view path, std::string& into, std::span<std::string_view const> allowed)
  {
    text(path, into);
    if (into.empty() || std::find(allowed.begin(), allowed.end(), into) != allowed.end()) return;
    std::string words;
    for (std::string_view const word : allowed) (words += words.empty() ? "" : ", ") += word;
    error(Code::not_allowed, pointer_ + "/" + std::string(path), "this is not a code of R4", "use one of: " + words);
  }

  void flag(std::string_view path, std::optional<bool>& into)
  {
    JsonNode const* found = detail::member(node_, path);
    if (found == nullptr || found->kind == NodeKind::null) return;
    if (found->kind != NodeKind::boolean)
      return error(Code::wrong_type, pointer_ + "/" + std::string(path), "true or false is expected here");
    into = found->boolean;
  }

  void texts(std::string_view path, std::vector<std::string>& into)
  {
    std::string_view rest = path;
    Segment const segment = take_segment(rest);
    each(segment.name, [&](JsonNode const& element, std::string const& pointer) {
      into.push_back(at(element, pointer, rest).value_or(""));
    });
  }

  template <class View>
  void list(std::string_view key, std::vector<View>& into)
  {
    each(key, [&](JsonNode const& element, std::string const& pointer) {
      ViewReader reader(element, pointer, found_);
      detail::fields(reader, into.emplace_back());
    });
  }

  template <class View>
  void one(std::string_view key, std::vector<View>& into)
  {
    JsonNode const* found = detail::member(node_, key);
    if (found == nullptr) return;
    std::string const pointer = pointer_ + "/" + std::string(key);
    if (found->kind != NodeKind::object) return error(Code::wrong_type, pointer, "an object is expected here");
    ViewReader reader(*found, pointer, found_);
    detail::fields(reader, into.emplace_back());
  }

 private:
  template <class Use>
  void each(std::string_view key, Use const& use)
  {
    JsonNode const* found = detail::member(node_, key);
    if (found == nullptr || found->kind == NodeKind::null) return;
    std::string const pointer = pointer_ + "/" + std::string(key);
    if (found->kind != NodeKind::array) return error(Code::wrong_type, pointer, "a list is expected here");
    for (std::size_t k = 0; k < found->children.size(); ++k) {
      std::string const place = pointer + "/" + std::to_string(k);
      if (found->children[k].kind != NodeKind::object) error(Code::wrong_type, place, "an object is expected here");
      use(found->children[k], place);
    }
  }

  std::optional<std::string> at(JsonNode const& start, std::string pointer, std::string_view path)
  {
    JsonNode const* node = &start;
    while (!path.empty()) {
      Segment const segment = take_segment(path);
      if (node->kind != NodeKind::object) {
        error(Code::wrong_type, pointer, "an object is expected here");
        return std::nullopt;
      }
      node = detail::member(*node, segment.name);
      (pointer += "/") += segment.name;
      if (node == nullptr) return std::nullopt;
      if (!segment.element) continue;
      if (node->kind != NodeKind::array) {
        error(Code::wrong_type, pointer, "a list is expected here");
        return std::nullopt;
      }
      if (*segment.element >= node->children.size()) return std::nullopt;
      (pointer += "/") += std::to_string(*segment.element);
      node = &node->children[*segment.element];
    }
    if (node->kind == NodeKind::string) return node->text;
    if (node->kind != NodeKind::null) error(Code::wrong_type, pointer, "a text is expected here");
    return std::nullopt;
  }

  void error(Code code, std::string pointer, std::string what, std::string mend = {})
  {
    found_.error(code, Place{{}, 0, 0, std::move(pointer)}, std::move(what), std::move(mend));
  }

  JsonNode const& node_;
  std::string pointer_;
  Diagnostics& found_;
};

/// Writes the members of a view over what is there.
class ViewWriter {
 public:
  explicit ViewWriter(JsonNode& node) : node_(node) {}

  void text(std::string_view path, std::string const& value) { put(node_, path, value); }

  void code(std::string_view path, std::string const& value, std::span<std::string_view const> /*allowed*/)
  {
    text(path, value);
  }

  void flag(std::string_view path, std::optional<bool> const& value)
  {
    if (!value) return take_away(node_, path);
    JsonNode& child = child_of(node_, path, NodeKind::boolean);
    child = JsonNode{};
    child.kind = NodeKind::boolean;
    child.boolean = *value;
  }

  void texts(std::string_view path, std::vector<std::string> const& values)
  {
    Segment const segment = take_segment(path);
    if (JsonNode* list = sized(segment.name, values.size()))
      for (std::size_t k = 0; k < values.size(); ++k) put(list->children[k], path, values[k]);
  }

  template <class View>
  void list(std::string_view key, std::vector<View> const& views)
  {
    JsonNode* list = sized(key, views.size());
    for (std::size_t k = 0; list != nullptr && k < views.size(); ++k) {
      ViewWriter writer(list->children[k]);
      detail::fields(writer, views[k]);
    }
  }

  template <class View>
  void one(std::string_view key, std::vector<View> const& views)
  {
    if (views.empty()) return take_away(node_, key);
    ViewWriter writer(child_of(node_, key, NodeKind::object));
    detail::fields(writer, views.front());
  }

 private:
  /// The list of a key with so many objects; nothing, and no list, for none.
  JsonNode* sized(std::string_view key, std::size_t size)
  {
    JsonNode const* there = detail::member(node_, key);
    if (size == 0 && (there == nullptr || there->children.empty())) return nullptr;
    if (size == 0) {
      take_away(node_, key);
      return nullptr;
    }
    JsonNode& list = child_of(node_, key, NodeKind::array);
    while (list.children.size() > size) list.children.pop_back();
    while (list.children.size() < size) list.children.emplace_back().kind = NodeKind::object;
    return &list;
  }

  static void put(JsonNode& start, std::string_view path, std::string const& value)
  {
    JsonNode* node = &start;
    while (true) {
      Segment const segment = take_segment(path);
      if (value.empty() && detail::member(*node, segment.name) == nullptr) return;
      if (path.empty()) {
        if (value.empty()) return take_away(*node, segment.name);
        JsonNode& child = child_of(*node, segment.name, NodeKind::string);
        child = JsonNode{};
        child.kind = NodeKind::string;
        child.text = value;
        return;
      }
      JsonNode& child = child_of(*node, segment.name, segment.element ? NodeKind::array : NodeKind::object);
      node = &child;
      if (!segment.element) continue;
      if (value.empty() && child.children.size() <= *segment.element) return;
      while (child.children.size() <= *segment.element) child.children.emplace_back().kind = NodeKind::object;
      node = &child.children[*segment.element];
    }
  }

  JsonNode& node_;
};

JsonNode text_node(std::string_view text)
{
  JsonNode node;
  node.kind = NodeKind::string;
  node.text = text;
  return node;
}

}  // namespace

FhirResource::FhirResource(std::string_view type)
{
  auto node = std::make_shared<JsonNode>();
  node->kind = NodeKind::object;
  node->keys = {"resourceType"};
  node->children = {text_node(type)};
  node_ = std::move(node);
}

std::string FhirResource::type() const { return fhir_text(*this, "resourceType").value_or(""); }

std::string FhirResource::id() const { return fhir_text(*this, "id").value_or(""); }

std::string FhirResource::write() const { return detail::write_json(*node_); }

Result<FhirResource> parse_fhir(std::string_view text, std::string const& file, Limits const& limits)
{
  auto document = detail::parse_json(text, file, limits);
  if (!document) return std::move(document).diagnostics();
  auto node = std::make_shared<JsonNode const>(std::move(document).value());
  JsonNode const* const type = detail::member(*node, "resourceType");
  if (type == nullptr || type->kind != NodeKind::string || type->text.empty())
    return Diagnostic{Code::missing_key,
                      Severity::error,
                      Place{file, 0, 0, "/resourceType"},
                      "this is no resource of FHIR: it does not name its type",
                      {}};
  return FhirResource(std::move(node));
}

template <class View>
Result<View> read_fhir(FhirResource const& resource)
{
  if (resource.type() != View::type)
    return Diagnostic{Code::unsupported_format,
                      Severity::error,
                      Place{{}, 0, 0, "/resourceType"},
                      "the resource is not a " + std::string(View::type),
                      {}};
  Diagnostics found;
  View view;
  ViewReader reader(resource.node(), "", found);
  detail::fields(reader, view);
  if (found.has_errors()) return std::move(found).take();
  return view;
}

template <class View>
FhirResource write_fhir(View const& view, FhirResource const& over)
{
  if (over.type() != View::type) throw ContractViolation("write_fhir: the resource has another type than the view");
  auto node = std::make_shared<JsonNode>(over.node());
  ViewWriter writer(*node);
  detail::fields(writer, view);
  return FhirResource(std::shared_ptr<JsonNode const>(std::move(node)));
}

#define TUTELA_FHIR_VIEW(View)                                           \
  template TUTELA_API Result<View> read_fhir<View>(FhirResource const&); \
  template TUTELA_API FhirResource write_fhir<View>(View const&, FhirResource const&);
TUTELA_FHIR_VIEW(FhirServiceRequest)
TUTELA_FHIR_VIEW(FhirTask)
TUTELA_FHIR_VIEW(FhirConsent)
TUTELA_FHIR_VIEW(FhirOrganizationAffiliation)
TUTELA_FHIR_VIEW(FhirHealthcareService)
TUTELA_FHIR_VIEW(FhirGroup)
TUTELA_FHIR_VIEW(FhirRelatedPerson)
TUTELA_FHIR_VIEW(FhirCarePlan)
#undef TUTELA_FHIR_VIEW

std::optional<std::string> fhir_text(FhirResource const& resource, std::string_view path)
{
  JsonNode const* node = &resource.node();
  while (!path.empty()) {
    Segment const segment = take_segment(path);
    node = detail::member(*node, segment.name);
    if (node == nullptr || segment.every) return std::nullopt;
    if (!segment.element) continue;
    if (node->kind != NodeKind::array || *segment.element >= node->children.size()) return std::nullopt;
    node = &node->children[*segment.element];
  }
  return node->kind == NodeKind::string ? std::optional(node->text) : std::nullopt;
}

FhirResource with_fhir_text(FhirResource const& resource, std::string_view path, std::string const& text)
{
  for (auto rest = path; !rest.empty();)
    if (Segment const segment = take_segment(rest);
        segment.name.empty() || segment.every || segment.element.value_or(0) > most_elements)
      throw ContractViolation("with_fhir_text: this is no path to one element");
  auto node = std::make_shared<JsonNode>(resource.node());
  if (!path.empty()) ViewWriter(*node).text(path, text);
  FhirResource result(std::shared_ptr<JsonNode const>(std::move(node)));
  if (!text.empty() && fhir_text(result, path) != text)
    throw ContractViolation("with_fhir_text: what stands on the way has another type");
  return result;
}

}  // namespace tutela::inline v0
