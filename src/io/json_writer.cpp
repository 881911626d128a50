// SPDX-License-Identifier: Apache-2.0
#include "io/json_writer.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace tutela::detail {
namespace {

void add_text(std::string& into, std::string const& text)
{
  into += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void add(std::string& into, JsonNode const& node)
{
  bool first = true;
  switch (node.kind) {
    case JsonNode::Kind::null: into += "null"; return;
    case JsonNode::Kind::boolean: into += node.boolean ? "true" : "false"; return;
    case JsonNode::Kind::number: into += node.text; return;
    case JsonNode::Kind::string: add_text(into, node.text); return;
    case JsonNode::Kind::array:
      into += '[';
      for (JsonNode const& child : node.children) {
        if (!std::exchange(first, false)) into += ',';
        add(into, child);
      }
      into += ']';
      return;
    case JsonNode::Kind::object:
      into += '{';
      for (std::size_t k = 0; k < node.children.size(); ++k) {
        if (k > 0) into += ',';
        add_text(into, node.keys[k]);
        into += ':';
        add(into, node.children[k]);
      }
      into += '}';
      return;
  }
}

}  // namespace

std::string write_json(JsonNode const& node)
{
  std::string text;
  add(text, node);
  return text;
}

JsonNode const* member(JsonNode const& object, std::string_view key)
{
  if (object.kind != JsonNode::Kind::object) return nullptr;
  auto const found = std::find(object.keys.begin(), object.keys.end(), key);
  return found == object.keys.end() ? nullptr : &object.children[static_cast<std::size_t>(found - object.keys.begin())];
}

}  // namespace tutela::detail
