// SPDX-License-Identifier: Apache-2.0
/// \file
/// The parser of FEEL: scope, tokens and the expression grammar down to primaries.
#include "feel/parser.hpp"

#include <algorithm>

#include "feel/builtins.hpp"
#include "feel/temporal.hpp"

namespace tutela::detail {

namespace {

bool is_name_symbol(char byte) noexcept
{
  return byte == '.' || byte == '/' || byte == '-' || byte == '\'' || byte == '+' || byte == '*';
}

// The type whose entries a path from a value of `type` may name: lists are looked through.
Type const* entries_of(Type const& type, Type& held)
{
  held = type;
  for (int depth = 0; depth < 64 && held.is(Type::Kind::list); ++depth) held = held.element();
  return held.is(Type::Kind::context) && held.has_parts() ? &held : nullptr;
}

// True when the type does not rule out that its values have entries.
bool may_have_entries(Type const& type)
{
  Type held;
  return entries_of(type, held) == nullptr && (held.is(Type::Kind::any) || held.is(Type::Kind::context));
}

}  // namespace

Parser::Parser(Program& program, Names const& names, Mode mode, Limits const& limits, Diagnostics& diagnostics)
    : text_(program.text), program_(program), names_(names), mode_(mode), limits_(limits), diagnostics_(diagnostics)
{
  levels_.emplace_back();
  scope_.reserve(names.list().size() + 8);
  for (std::size_t slot = 0; slot < names.list().size(); ++slot) {
    auto const& name = names.list()[slot];
    Binding binding;
    binding.name = name.text;
    binding.type = name.type;
    binding.fact = name.fact;
    binding.is_slot = true;
    binding.is_item = name.item;
    binding.index = static_cast<std::uint32_t>(slot);
    binding.identity = identities_++;
    remember_shape(binding.name);
    scope_.push_back(std::move(binding));
    remember_members(name.type);
  }
}

void Parser::parse_whole_expression()
{
  try {
    blanks();
    if (at_ == text_.size()) fail(at_, "the expression is empty", "write an expression, or `null`");
    program_.root = expression();
    blanks();
    if (at_ < text_.size()) {
      fail(at_, "the expression ends here, but more text follows", "add an operator, or check the names in scope");
    }
  } catch (SyntaxError const&) {
    program_.root = no_node;
  }
  program_.frame_size = levels_.front().next_local;
}

void Parser::parse_whole_tests(Type const& input)
{
  try {
    blanks();
    std::size_t const offset = at_;
    std::size_t const binding = bind("?", input);
    std::vector<NodeId> tests;
    bool is_negated = false;
    if (at_ == text_.size()) fail(at_, "the test is empty", "write `-` when every value passes");
    std::size_t const after_dash = text_[at_] == '-' ? skip_blanks(text_, at_ + 1) : at_;
    if (after_dash != text_.size()) {
      std::size_t const inner = is_word(text_, at_, "not") ? skip_blanks(text_, at_ + 3) : at_;
      if (inner != at_ && inner < text_.size() && text_[inner] == '(') {
        // not(...) negates the tests when nothing follows, else it begins an expression such as not(a) and b
        std::size_t depth = 0;
        std::size_t at = inner;
        while (at < text_.size()) {
          if (text_[at] == '"') {
            auto const literal = read_string(text_, at);
            if (!literal) break;
            at = literal->end;
            continue;
          }
          if (text_[at] == '(') ++depth;
          if (text_[at] == ')' && --depth == 0) break;
          ++at;
        }
        // a half-open range `(1..2]` makes the count of parentheses useless; then the last one decides
        is_negated = at < text_.size() && skip_blanks(text_, at + 1) == text_.size();
        if (!is_negated) {
          std::size_t last = text_.size();
          while (last > inner && is_white_space(static_cast<unsigned char>(text_[last - 1]))) --last;
          is_negated = depth != 0 && last > inner && text_[last - 1] == ')';
        }
        if (is_negated) at_ = inner + 1;
      }
      tests = positive_tests(binding);
      if (is_negated) expect(")");
      blanks();
      if (at_ < text_.size()) {
        fail(at_, "the test ends here, but more text follows", "separate tests by commas, or check the names in scope");
      }
    } else {
      at_ = after_dash;
    }
    program_.root = make(Op::tests, offset, tests, Type::Kind::boolean);
    node(program_.root).flags = is_negated ? static_cast<std::uint8_t>(negated) : std::uint8_t{0};
    node(program_.root).index = scope_[binding].index;
  } catch (SyntaxError const&) {
    program_.root = no_node;
  }
  program_.frame_size = levels_.front().next_local;
}

void Parser::fail(std::size_t at, std::string what, std::string mend)
{
  diagnostics_.error(Code::syntax, program_.place(static_cast<std::uint32_t>(at)), std::move(what), std::move(mend));
  throw SyntaxError{};
}

void Parser::fail_expected(std::string_view what)
{
  blanks();
  if (text_.compare(at_, 2, "/*") == 0) fail(at_, "a comment is not closed", "write `*/` where it ends");
  std::string found = "the end of the text";
  if (at_ < text_.size()) {
    auto const word = identifier_end(text_, at_);
    auto const character = character_at(text_, at_);
    found = "`" + std::string(text_.substr(at_, word > at_ ? word - at_ : character.length)) + "`";
  }
  fail(at_, "expected " + std::string(what) + " but found " + found);
}

void Parser::blanks() { at_ = skip_blanks(text_, at_); }

bool Parser::at_text(std::string_view symbol) const noexcept
{
  return text_.compare(std::min(at_, text_.size()), symbol.size(), symbol) == 0;
}

bool Parser::take(std::string_view symbol)
{
  blanks();
  if (!at_text(symbol)) return false;
  at_ += symbol.size();
  return true;
}

void Parser::expect(std::string_view symbol)
{
  if (!take(symbol)) fail_expected("`" + std::string(symbol) + "`");
}

bool Parser::take_word(std::string_view word)
{
  blanks();
  if (!is_word(text_, at_, word)) return false;
  at_ += word.size();
  return true;
}

void Parser::expect_word(std::string_view word)
{
  if (!take_word(word)) fail_expected("`" + std::string(word) + "`");
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

NodeId Parser::make(Op op, std::size_t offset, std::vector<NodeId> const& children, Type type)
{
  Node made;
  made.op = op;
  made.offset = static_cast<std::uint32_t>(offset);
  made.first = static_cast<std::uint32_t>(program_.children.size());
  made.count = static_cast<std::uint32_t>(children.size());
  made.type = std::move(type);
  std::uint32_t depth = 0;
  for (NodeId const child : children) depth = std::max(depth, depths_[child]);
  if (depth + 1 > limits_.nesting * 16) {
    diagnostics_.error(Code::limit_reached, program_.place(made.offset),
                       "the expression has more than " + std::to_string(limits_.nesting * 16) +
                           " operations one inside the other (limit: nesting)",
                       "split it into several decisions");
    throw SyntaxError{};
  }
  depths_.push_back(depth + 1);
  program_.children.insert(program_.children.end(), children.begin(), children.end());
  program_.nodes.push_back(std::move(made));
  return static_cast<NodeId>(program_.nodes.size() - 1);
}

NodeId Parser::constant(Value value, std::size_t offset)
{
  Type type = type_of(value);
  NodeId const id = make(Op::constant, offset, {}, std::move(type));
  node(id).index = static_cast<std::uint32_t>(program_.constants.size());
  node(id).folded = static_cast<std::int32_t>(program_.constants.size());
  program_.constants.push_back(std::move(value));
  return id;
}

std::uint32_t Parser::add_text(std::string text)
{
  program_.texts.push_back(std::move(text));
  return static_cast<std::uint32_t>(program_.texts.size() - 1);
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
    std::string const mend = "declare it as a requirement of the decision, or check its spelling";
    if (mode_ == Mode::legal) {
      diagnostics_.error(Code::unknown_name, place, what, mend);
    } else {
      diagnostics_.warning(Code::unknown_name, place, what, mend);
    }
  }
  at_ = end;
  return result;
}

// Counts one level of nesting, which its caller takes back.
void Parser::enter()
{
  if (++nesting_ <= limits_.nesting) return;
  diagnostics_.error(Code::limit_reached, program_.place(static_cast<std::uint32_t>(at_)),
                     "the expression is nested deeper than " + std::to_string(limits_.nesting) + " (limit: nesting)",
                     "split it into several decisions");
  throw SyntaxError{};
}

NodeId Parser::expression()
{
  enter();
  NodeId const result = disjunction();
  --nesting_;
  return result;
}

NodeId Parser::disjunction()
{
  blanks();
  std::size_t const offset = at_;
  std::vector<NodeId> operands{conjunction()};
  while (take_word("or")) operands.push_back(conjunction());
  return operands.size() == 1 ? operands.front() : make(Op::disjunction, offset, operands, Type::Kind::boolean);
}

NodeId Parser::conjunction()
{
  blanks();
  std::size_t const offset = at_;
  std::vector<NodeId> operands{comparison()};
  while (take_word("and")) operands.push_back(comparison());
  return operands.size() == 1 ? operands.front() : make(Op::conjunction, offset, operands, Type::Kind::boolean);
}

std::optional<Op> Parser::comparison_operator()
{
  blanks();
  if (take("!=")) return Op::unequal;
  if (take("<=")) return Op::less_equal;
  if (take(">=")) return Op::greater_equal;
  if (take("<")) return Op::less;
  if (take(">")) return Op::greater;
  if (take("=")) return Op::equal;
  return std::nullopt;
}

NodeId Parser::comparison()
{
  blanks();
  NodeId left = additive();
  while (true) {
    blanks();
    std::size_t const offset = at_;
    if (auto const op = comparison_operator()) {
      NodeId const right = additive();
      left = make(*op, offset, {left, right}, Type::Kind::boolean);
    } else if (take_word("between")) {
      NodeId const low = additive();
      expect_word("and");
      NodeId const high = additive();
      left = make(Op::between, offset, {left, low, high}, Type::Kind::boolean);
    } else if (take_word("in")) {
      left = in_rest(left, offset);
    } else {
      return left;
    }
  }
}

NodeId Parser::additive(NodeId left)
{
  left = multiplicative(left);
  while (true) {
    blanks();
    std::size_t const offset = at_;
    Op op = Op::add;
    if (take("+")) {
      op = Op::add;
    } else if (take("-")) {
      op = Op::subtract;
    } else {
      return left;
    }
    NodeId const right = multiplicative();
    Type const type = node(left).type == node(right).type &&
                              (node(left).type.is(Type::Kind::number) || node(left).type.is(Type::Kind::string))
                          ? node(left).type
                          : Type{};
    left = make(op, offset, {left, right}, type);
  }
}

NodeId Parser::multiplicative(NodeId left)
{
  left = power(left);
  while (true) {
    blanks();
    std::size_t const offset = at_;
    Op op = Op::multiply;
    if (at_text("**")) return left;
    if (take("*")) {
      op = Op::multiply;
    } else if (take("/")) {
      op = Op::divide;
    } else {
      return left;
    }
    NodeId const right = power();
    Type const type = node(left).type.is(Type::Kind::number) && node(right).type.is(Type::Kind::number)
                          ? Type(Type::Kind::number)
                          : Type{};
    left = make(op, offset, {left, right}, type);
  }
}

NodeId Parser::power(NodeId left)
{
  left = unary(left);
  while (true) {
    blanks();
    std::size_t const offset = at_;
    if (!take("**")) return left;
    NodeId const right = unary();
    left = make(Op::power, offset, {left, right}, Type::Kind::number);
  }
}

NodeId Parser::unary(NodeId left)
{
  if (left != no_node) return instance_test(left);
  blanks();
  std::size_t const offset = at_;
  if (!at_text("-")) return instance_test();
  std::vector<std::size_t> signs;
  while (take("-")) {
    signs.push_back(at_);
    blanks();
  }
  NodeId result = instance_test();
  for (std::size_t index = 0; index < signs.size(); ++index) {
    Type const type = node(result).type;
    result = make(Op::negate, offset, {result}, type);
  }
  return result;
}

NodeId Parser::instance_test(NodeId value)
{
  value = postfix(value);
  while (true) {
    blanks();
    std::size_t const offset = at_;
    if (!is_word(text_, at_, "instance")) return value;
    at_ += 8;
    expect_word("of");
    std::uint32_t const type = type_expression();
    value = make(Op::instance_of, offset, {value}, Type::Kind::boolean);
    node(value).index = type;
  }
}

NodeId Parser::postfix(NodeId value)
{
  if (value == no_node) value = primary();
  while (true) {
    blanks();
    std::size_t const offset = at_;
    if (at_text("[") && !closes_range()) {
      ++at_;
      value = filter_rest(value, offset);
    } else if (at_text("(")) {
      ++at_;
      value = call_rest(value, offset);
    } else if (at_text(".") && !at_text("..")) {
      ++at_;
      value = path_rest(value, offset);
    } else {
      return value;
    }
  }
}

// At a `[` after the upper end of a range: true when it closes the range instead of opening a filter.
bool Parser::closes_range() const noexcept
{
  if (open_brackets_for_range_ == 0) return false;
  std::size_t const next = skip_blanks(text_, at_ + 1);
  if (next == text_.size()) return true;
  if (std::string_view("),.]}=!<>*/+|").find(text_[next]) != std::string_view::npos) return true;
  for (std::string_view const word :
       {"and", "or", "in", "instance", "then", "else", "return", "satisfies", "between"}) {
    if (is_word(text_, next, word)) return true;
  }
  return false;
}

NodeId Parser::filter_rest(NodeId list, std::size_t offset)
{
  Type const type = node(list).type;
  Type const element = type.is(Type::Kind::list) ? type.element() : type;
  std::size_t const ranges = std::exchange(open_brackets_for_range_, 0);
  std::size_t const scope_size = scope_.size();
  std::size_t const binding = bind("item", element, fact_of(list), true);
  std::size_t const reads_before = read_names_.size();
  std::uint32_t const place = scope_[binding].index;
  NodeId const condition = expression();
  expect("]");
  open_brackets_for_range_ = ranges;
  bool const reads = std::any_of(read_names_.begin() + static_cast<std::ptrdiff_t>(reads_before), read_names_.end(),
                                 [binding](auto const& read) { return read.first == binding; });
  scope_.resize(scope_size);
  Type result = Type::list(element);
  if (node(condition).type.is(Type::Kind::number)) result = element;
  NodeId const id = make(Op::filter, offset, {list, condition}, result);
  node(id).index = place;
  if (reads) node(id).flags = reads_item;
  return id;
}

NodeId Parser::path_rest(NodeId value, std::size_t offset)
{
  blanks();
  Type held;
  Type const* const entries = entries_of(node(value).type, held);
  std::size_t end = identifier_end(text_, at_);
  std::string name;
  Type type;
  auto const consider = [&](std::string_view candidate, Type const& candidate_type) {
    std::size_t const candidate_end = match_name(text_, at_, candidate);
    if (candidate_end == no_position || (candidate_end <= end && !(candidate_end == end && name.empty()))) return;
    end = candidate_end;
    name = candidate;
    type = candidate_type;
  };
  if (entries != nullptr) {
    for (auto const& entry : entries->entries()) consider(entry.name, entry.type);
  }
  for (std::string_view const property : {"time offset", "start included", "end included"}) consider(property, {});
  if (entries == nullptr) {
    for (auto const& member : members_) consider(member, {});
  }
  if (end == at_) fail_expected("the name of an entry");
  if (name.empty()) name = name_between(at_, end);
  at_ = end;
  if (node(value).type.is(Type::Kind::list)) type = Type::list(type);
  NodeId const id = make(Op::path, offset, {value}, type);
  node(id).index = add_text(std::move(name));
  return id;
}

NodeId Parser::call_rest(NodeId function, std::size_t offset)
{
  std::size_t const ranges = std::exchange(open_brackets_for_range_, 0);
  std::vector<NodeId> children{function};
  std::vector<std::string> keys;
  blanks();
  if (!at_text(")")) {
    do {
      blanks();
      std::size_t const colon = name_before(at_, ":");
      if (colon != no_position) {
        keys.push_back(name_between(at_, colon));
        at_ = colon + 1;
        if (keys.size() != children.size()) fail(at_, "named and positional arguments are mixed", "name all or none");
      } else if (!keys.empty()) {
        fail(at_, "named and positional arguments are mixed", "name all or none");
      }
      children.push_back(expression());
    } while (take(","));
  }
  expect(")");
  open_brackets_for_range_ = ranges;
  Type const type = node(function).type;
  NodeId const id =
      make(Op::call, offset, children, type.is(Type::Kind::function) && type.has_parts() ? type.result() : Type{});
  if (!keys.empty()) {
    node(id).flags = named;
    node(id).index = static_cast<std::uint32_t>(program_.texts.size());
    for (auto& key : keys) add_text(std::move(key));
  }
  return id;
}

NodeId Parser::in_rest(NodeId value, std::size_t offset)
{
  std::size_t const scope_size = scope_.size();
  std::size_t const binding = bind("?", node(value).type);
  std::uint32_t const place = scope_[binding].index;
  std::vector<NodeId> children{value};
  blanks();
  std::size_t const start = at_;
  if (at_text("(")) {
    // several tests in parentheses, one, or the beginning of an ordinary operand such as (1..5) or (a).b
    std::size_t const ranges = std::exchange(open_brackets_for_range_, 0);
    ++at_;
    NodeId first = positive_test(binding, true);
    blanks();
    if (at_text("..") && node(first).op == Op::test_value) {
      NodeId const low = program_.children[node(first).first];
      NodeId const range = range_rest(low, false, start);
      open_brackets_for_range_ = ranges;
      children.push_back(value_test(additive(range), start, false));
    } else {
      children.push_back(first);
      if (take(",")) {
        for (NodeId const test : positive_tests(binding)) children.push_back(test);
      }
      expect(")");
      open_brackets_for_range_ = ranges;
      if (children.size() == 2 && node(first).op == Op::test_value) {
        Node const test = node(first);
        children.back() = value_test(additive(program_.children[test.first]), start, (test.flags & reads_input) != 0);
      }
    }
  } else {
    children.push_back(positive_test(binding, false));
  }
  scope_.resize(scope_size);
  NodeId const id = make(Op::in, offset, children, Type::Kind::boolean);
  node(id).index = place;
  return id;
}

std::vector<NodeId> Parser::positive_tests(std::size_t input_binding)
{
  std::vector<NodeId> tests;
  do {
    tests.push_back(positive_test(input_binding, true));
  } while (take(","));
  return tests;
}

NodeId Parser::positive_test(std::size_t input_binding, bool whole)
{
  blanks();
  std::size_t const offset = at_;
  if (auto const op = comparison_operator()) {
    NodeId const end = additive();
    NodeId const id = make(Op::test_compare, offset, {end}, Type::Kind::boolean);
    node(id).comparison = *op;
    return id;
  }
  std::size_t const reads_before = read_names_.size();
  NodeId const value = whole ? expression() : additive();
  bool const reads = std::any_of(read_names_.begin() + static_cast<std::ptrdiff_t>(reads_before), read_names_.end(),
                                 [input_binding](auto const& read) { return read.first == input_binding; });
  return value_test(value, offset, reads);
}

NodeId Parser::value_test(NodeId value, std::size_t offset, bool reads)
{
  NodeId const id = make(Op::test_value, offset, {value}, Type::Kind::boolean);
  if (reads) node(id).flags = reads_input;
  return id;
}

}  // namespace tutela::detail
