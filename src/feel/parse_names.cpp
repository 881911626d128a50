// SPDX-License-Identifier: Apache-2.0
/// \file
/// The parser of FEEL: names, what they may mean and what they refer to.
#include <algorithm>

#include "feel/builtins.hpp"
#include "feel/parser.hpp"

namespace tutela::detail {
namespace {

bool is_name_symbol(char byte) noexcept
{
  return byte == '.' || byte == '/' || byte == '-' || byte == '\'' || byte == '+' || byte == '*';
}

// True when the type does not rule out that its values have entries.
bool may_have_entries(Type const& type)
{
  Type held;
  return entries_of(type, held) == nullptr && (held.is(Type::Kind::any) || held.is(Type::Kind::context));
}

/// What FEEL calls what somebody wrote as another language would: `True`, `yes`, `None`. Empty for all other names.
std::string_view constant_meant(std::string_view name)
{
  std::string small(name);
  for (char& letter : small)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  if (small == "true" || small == "yes") return "true";
  if (small == "false" || small == "no") return "false";
  return small == "null" || small == "none" ? "null" : "";
}

}  // namespace

Type const* entries_of(Type const& type, Type& held)
{
  held = type;
  for (int depth = 0; depth < 64 && held.is(Type::Kind::list); ++depth) held = held.element();
  return held.is(Type::Kind::context) && held.has_parts() ? &held : nullptr;
}

std::size_t Parser::name_before(std::size_t at, std::string_view stops) const noexcept
{
  if (!is_name_start(character_at(text_, at).code)) return no_position;
  while (at < text_.size()) {
    if (stops.find(text_[at]) != std::string_view::npos) return at;
    if (std::size_t const next = skip_blanks(text_, at); next > at) {
      at = next;
      continue;
    }
    auto const character = character_at(text_, at);
    if (!is_name_part(character.code) && !(character.length == 1 && is_name_symbol(text_[at]))) return no_position;
    at += character.length;
  }
  return no_position;
}

// The name that is written there; comments inside it count as blanks.
std::string Parser::name_between(std::size_t begin, std::size_t end) const
{
  std::string name;
  while (begin < end) {
    std::size_t const next = skip_blanks(text_, begin);
    name.push_back(next > begin ? ' ' : text_[begin]);
    begin = next > begin ? next : begin + 1;
  }
  return normal_name(name);
}

std::size_t Parser::bind(std::string name, Type type, std::string fact, bool is_item)
{
  remember_members(type);
  Binding binding;
  remember_shape(name);
  binding.name = std::move(name);
  binding.type = std::move(type);
  binding.fact = std::move(fact);
  binding.is_item = is_item;
  binding.index = new_local();
  binding.level = levels_.size() - 1;
  binding.identity = identities_++;
  scope_.push_back(std::move(binding));
  return scope_.size() - 1;
}

std::uint32_t Parser::new_local() { return levels_.back().next_local++; }

NodeId Parser::reference(std::size_t binding, std::size_t level, std::size_t offset)
{
  Binding const& bound = scope_[binding];
  if (level == bound.level) {
    NodeId const id = make(bound.is_slot ? Op::slot : Op::local, offset, {}, bound.type);
    node(id).index = bound.index;
    node(id).local = add_text(bound.name);
    add_text(scope_[binding].fact);
    return id;
  }
  // a function literal takes what it uses from outside along, so that it can be called anywhere
  auto const& known = levels_[level].captures;
  auto const found = std::find_if(known.begin(), known.end(),
                                  [&bound](auto const& capture) { return capture.first == bound.identity; });
  auto const place = static_cast<std::uint32_t>(found - known.begin());
  if (found == known.end()) {
    NodeId const outer = reference(binding, level - 1, offset);
    levels_[level].captures.emplace_back(scope_[binding].identity, outer);
  }
  NodeId const id = make(Op::capture, offset, {}, scope_[binding].type);
  node(id).index = place;
  node(id).local = add_text(scope_[binding].name);
  add_text(scope_[binding].fact);
  return id;
}

// The dotted name of the fact that a value comes from, empty for computed values.
std::string Parser::fact_of(NodeId id) const
{
  std::string path;
  while (true) {
    Node const& at = program_.nodes[id];
    switch (at.op) {
      case Op::slot:
      case Op::local:
      case Op::capture: {
        std::string const& fact = program_.texts[at.local + 1];
        return fact.empty() ? fact : fact + path;
      }
      case Op::path: path.insert(0, "." + program_.texts[at.index]); break;
      case Op::filter: break;
      default: return {};
    }
    id = program_.children[at.first];
  }
}

// Such a name is printed so that it cannot be taken for what it looks like.
void Parser::remember_shape(std::string_view name)
{
  program_.names_look_like_text = program_.names_look_like_text || looks_like_text(name);
}

void Parser::remember_members(Type const& type, int depth)
{
  if (depth > 16) return;
  if (type.is(Type::Kind::list)) {
    if (type.has_parts()) remember_members(type.element(), depth + 1);
  } else if (type.is(Type::Kind::function)) {
    if (type.has_parts()) remember_members(type.result(), depth + 1);
  } else if (type.is(Type::Kind::context)) {
    for (auto const& entry : type.entries()) {
      members_.insert(normal_name(entry.name));
      remember_shape(entry.name);
      remember_members(entry.type, depth + 1);
    }
  }
}

Parser::Meaning Parser::meaning_at(std::size_t at) const
{
  Meaning best;
  auto const longer = [&best](std::size_t end) {
    return end != no_position && (best.end == no_position || end > best.end);
  };
  for (std::size_t index = scope_.size(); index-- > 0;) {
    Binding const& binding = scope_[index];
    Type held;
    // entries come first: one that is called `item` hides the item
    if (Type const* const entries = binding.is_item ? entries_of(binding.type, held) : nullptr) {
      for (auto const& entry : entries->entries()) {
        if (std::size_t const end = match_name(text_, at, entry.name); longer(end)) {
          best.end = end;
          best.binding = index;
          best.is_entry = true;
          best.name = entry.name;
        }
      }
    }
    if (std::size_t const end = match_name(text_, at, binding.name); longer(end)) {
      best.end = end;
      best.binding = index;
      best.is_entry = false;
    }
  }
  std::size_t builtin_end = no_position;
  if (auto const* const builtin = longest_builtin(text_, at, builtin_end); builtin != nullptr && longer(builtin_end)) {
    best = Meaning{};
    best.end = builtin_end;
    best.builtin = builtin_value(*builtin);
  }
  return best;
}

NodeId Parser::name_at(Meaning const& meaning, std::size_t offset)
{
  std::size_t const word_end = identifier_end(text_, offset);
  // items whose entries are not known beforehand may have the name, too; the innermost first
  std::vector<std::size_t> items;
  for (std::size_t index = scope_.size(); index-- > 0;) {
    if (meaning.binding != no_position && index < meaning.binding) break;
    if (index == meaning.binding && (meaning.is_entry || members_.find(scope_[index].name) == members_.end())) break;
    if (scope_[index].is_item && may_have_entries(scope_[index].type)) items.push_back(index);
  }
  std::size_t end = meaning.end == no_position ? word_end : meaning.end;
  if (!items.empty()) {
    for (auto const& member : members_) {
      std::size_t const member_end = match_name(text_, offset, member);
      if (member_end != no_position && member_end > end) end = member_end;
    }
  }
  std::string const name = name_between(offset, end);
  NodeId result = no_node;
  if (meaning.end != no_position && end == meaning.end) {
    if (meaning.builtin) {
      result = constant(*meaning.builtin, offset);
    } else {
      result = reference(meaning.binding, levels_.size() - 1, offset);
      if (meaning.is_entry) {
        Type held;
        Type const* const entries = entries_of(scope_[meaning.binding].type, held);
        Type const* const type = entries == nullptr ? nullptr : entries->find(meaning.name);
        result = make(Op::path, offset, {result}, type == nullptr ? Type{} : *type);
        node(result).index = add_text(meaning.name);
      }
      read_names_.emplace_back(meaning.binding, name);
    }
  }
  for (std::size_t index = items.size(); index-- > 0;) {
    NodeId const item = reference(items[index], levels_.size() - 1, offset);
    read_names_.emplace_back(items[index], name);
    std::vector<NodeId> children{item};
    if (result != no_node) children.push_back(result);
    result = make(Op::item_entry, offset, children);
    node(result).index = add_text(name);
  }
  if (result == no_node) {
    result = make(Op::missing, offset, {});
    node(result).index = add_text(name);
    auto const place = program_.place(static_cast<std::uint32_t>(offset));
    std::string const what = "the name `" + name + "` is not in scope";
    auto const constant = constant_meant(name);
    std::string const mend = constant.empty() ? "declare it as a requirement of the decision, or check its spelling"
                                              : "write " + std::string(constant) + ", or in quotes where it is a text";
    if (mode_ == Mode::legal) {
      diagnostics_.error(Code::unknown_name, place, what, mend);
    } else {
      diagnostics_.warning(Code::unknown_name, place, what, mend);
    }
  }
  at_ = end;
  return result;
}

}  // namespace tutela::detail
