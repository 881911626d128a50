// SPDX-License-Identifier: Apache-2.0
/// \file
/// The parser of FEEL: literals, ranges, contexts, loops, functions and types.
#include <algorithm>
#include <unordered_set>

#include <tutela/base/text.hpp>

#include "feel/builtins.hpp"
#include "feel/parser.hpp"
#include "feel/temporal.hpp"

namespace tutela::detail {

NodeId Parser::primary()
{
  blanks();
  std::size_t const offset = at_;
  if (at_ == text_.size()) fail_expected("a value");
  char const byte = text_[at_];
  if (byte == '(') return parenthesised();
  if (byte == '[' || byte == ']') return bracketed();
  if (byte == '{') return context();
  if (byte == '@') return at_literal();
  if (auto const op = comparison_operator()) {
    // a test that stands for a value is the range of the values that pass it
    enter();
    NodeId const end = additive();
    --nesting_;
    NodeId const id = make(Op::range_test, offset, {end}, Type::range(node(end).type));
    node(id).comparison = *op;
    return id;
  }
  if (byte == '"') {
    auto literal = read_string(text_, at_);
    if (!literal) fail(at_, "the text is not closed or has a wrong escape", "close it with a double quote");
    at_ = literal->end;
    return constant(Value(std::move(literal->content)), offset);
  }
  if (std::size_t const end = number_end(text_, at_); end > at_) {
    auto const number = Decimal::parse(text_.substr(at_, end - at_));
    if (!number || !number->is_finite()) {
      diagnostics_.error(Code::invalid_number, program_.place(static_cast<std::uint32_t>(at_)),
                         "the number is out of range", "use at most 34 digits and an exponent up to 6144");
      throw SyntaxError{};
    }
    at_ = end;
    return constant(Value(*number), offset);
  }
  std::size_t const word_end = identifier_end(text_, at_);
  auto const meaning = meaning_at(at_);
  bool const longer_name = meaning.end != no_position && meaning.end > word_end;
  if (word_end == at_ && !longer_name) fail_expected("a value");
  if (!longer_name) {
    auto const word = text_.substr(at_, word_end - at_);
    if (word == "if") return conditional();
    if (word == "for") return loop(Op::iterate);
    if (word == "some") return loop(Op::some);
    if (word == "every") return loop(Op::every);
    if (word == "function") return function();
    if (word == "null" || word == "true" || word == "false") {
      at_ = word_end;
      return constant(word == "null" ? Value() : Value(word == "true"), offset);
    }
    if (is_keyword(word)) fail_expected("a value");
  }
  return name_at(meaning, offset);
}

NodeId Parser::parenthesised()
{
  std::size_t const offset = at_;
  ++at_;
  std::size_t const ranges = std::exchange(open_brackets_for_range_, 0);
  NodeId const inner = expression();
  open_brackets_for_range_ = ranges;
  blanks();
  if (at_text("..")) return range_rest(inner, false, offset);
  expect(")");
  return inner;
}

NodeId Parser::bracketed()
{
  std::size_t const offset = at_;
  bool const is_open = text_[at_] == ']';
  ++at_;
  blanks();
  std::vector<NodeId> elements;
  if (!is_open && take("]")) return make(Op::list, offset, {}, Type::Kind::list);
  std::size_t const ranges = std::exchange(open_brackets_for_range_, 0);
  NodeId const first = expression();
  open_brackets_for_range_ = ranges;
  blanks();
  if (at_text("..") || is_open) return range_rest(first, !is_open, offset);
  elements.push_back(first);
  open_brackets_for_range_ = 0;
  while (take(",")) elements.push_back(expression());
  open_brackets_for_range_ = ranges;
  expect("]");
  Type element = node(first).type;
  for (NodeId const item : elements) element = common_type(element, node(item).type);
  return make(Op::list, offset, elements, Type::list(element));
}

NodeId Parser::range_rest(NodeId low, bool low_is_included, std::size_t offset)
{
  expect("..");
  std::size_t const ranges = std::exchange(open_brackets_for_range_, 1);
  NodeId const high = expression();
  open_brackets_for_range_ = ranges;
  bool high_is_included = false;
  if (take("]")) {
    high_is_included = true;
  } else if (!take(")") && !take("[")) {
    fail_expected("the end of the range");
  }
  NodeId const id = make(Op::range, offset, {low, high}, Type::range(common_type(node(low).type, node(high).type)));
  node(id).flags =
      static_cast<std::uint8_t>((low_is_included ? low_included : 0) | (high_is_included ? high_included : 0));
  return id;
}

std::string Parser::read_key()
{
  blanks();
  if (at_text("\"")) {
    auto literal = read_string(text_, at_);
    if (!literal) fail(at_, "the text is not closed or has a wrong escape", "close it with a double quote");
    at_ = literal->end;
    blanks();
    return std::move(literal->content);
  }
  std::size_t const end = name_before(at_, ":");
  if (end == no_position) fail_expected("the name of an entry and a colon");
  std::string key = name_between(at_, end);
  at_ = end;
  return key;
}

NodeId Parser::context()
{
  std::size_t const offset = at_;
  ++at_;
  std::size_t const ranges = std::exchange(open_brackets_for_range_, 0);
  std::size_t const scope_size = scope_.size();
  std::vector<NodeId> values;
  std::vector<std::string> keys;
  std::vector<std::uint32_t> places;
  std::vector<Type::Entry> entries;
  std::unordered_set<std::string> known;
  blanks();
  if (!at_text("}")) {
    do {
      blanks();
      std::size_t const key_offset = at_;
      std::string key = read_key();
      expect(":");
      NodeId const value = expression();
      if (!known.insert(key).second) {
        fail(key_offset, "two entries of the context have the name `" + key + "`", "rename one of them");
      }
      members_.insert(key);
      values.push_back(value);
      entries.push_back({key, node(value).type});
      places.push_back(scope_[bind(key, node(value).type, fact_of(value))].index);
      keys.push_back(std::move(key));
    } while (take(","));
  }
  expect("}");
  scope_.resize(scope_size);
  open_brackets_for_range_ = ranges;
  NodeId const id = make(Op::context, offset, values, Type::context(std::move(entries)));
  node(id).index = static_cast<std::uint32_t>(program_.texts.size());
  node(id).local = static_cast<std::uint32_t>(program_.frame_places.size());
  for (auto& key : keys) add_text(std::move(key));
  program_.frame_places.insert(program_.frame_places.end(), places.begin(), places.end());
  return id;
}

NodeId Parser::loop(Op op)
{
  std::size_t const offset = at_;
  at_ = identifier_end(text_, at_);
  std::size_t const ranges = std::exchange(open_brackets_for_range_, 0);
  std::size_t const scope_size = scope_.size();
  Loop made;
  std::vector<NodeId> children;
  do {
    blanks();
    std::size_t const start = at_;
    std::size_t end = no_position;
    if (is_name_start(character_at(text_, at_).code)) {
      for (std::size_t at = start; at < text_.size();) {
        if (std::size_t const next = skip_blanks(text_, at); next > at) {
          at = next;
          continue;
        }
        auto const character = character_at(text_, at);
        if (at > start && is_word(text_, at, "in") && !is_name_part(character_at(text_, at - 1).code)) {
          end = at;
          break;
        }
        if (!is_name_part(character.code) && std::string_view("./-'+*").find(text_[at]) == std::string_view::npos) {
          break;
        }
        at += character.length;
      }
    }
    if (end == no_position) fail_expected("the name of a variable and `in`");
    Iterator iterator;
    iterator.name = name_between(start, end);
    at_ = end;
    expect_word("in");
    NodeId const domain = expression();
    children.push_back(domain);
    Type type = node(domain).type;
    type = type.is(Type::Kind::list) || type.is(Type::Kind::range) ? type.element() : Type{};
    blanks();
    if (take("..")) {
      iterator.bounds = true;
      children.push_back(expression());
      type = node(domain).type;
    }
    iterator.local = scope_[bind(iterator.name, type, iterator.bounds ? std::string() : fact_of(domain))].index;
    made.iterators.push_back(std::move(iterator));
  } while (take(","));
  std::size_t partial = no_position;
  if (op == Op::iterate) {
    partial = bind("partial", Type::Kind::list);
    made.partial = scope_[partial].index;
  }
  expect_word(op == Op::iterate ? "return" : "satisfies");
  std::size_t const reads_before = read_names_.size();
  NodeId const body = expression();
  made.uses_partial = std::any_of(read_names_.begin() + static_cast<std::ptrdiff_t>(reads_before), read_names_.end(),
                                  [partial](auto const& read) { return read.first == partial; });
  children.push_back(body);
  scope_.resize(scope_size);
  open_brackets_for_range_ = ranges;
  Type const type = op == Op::iterate ? Type::list(node(body).type) : Type(Type::Kind::boolean);
  NodeId const id = make(op, offset, children, type);
  node(id).index = static_cast<std::uint32_t>(program_.loops.size());
  program_.loops.push_back(std::move(made));
  return id;
}

NodeId Parser::conditional()
{
  std::size_t const offset = at_;
  at_ += 2;
  std::size_t const ranges = std::exchange(open_brackets_for_range_, 0);
  NodeId const condition = expression();
  expect_word("then");
  NodeId const yes = expression();
  expect_word("else");
  open_brackets_for_range_ = ranges;
  NodeId const no = expression();
  return make(Op::conditional, offset, {condition, yes, no}, common_type(node(yes).type, node(no).type));
}

NodeId Parser::function()
{
  std::size_t const offset = at_;
  at_ += 8;
  expect("(");
  std::size_t const ranges = std::exchange(open_brackets_for_range_, 0);
  std::size_t const scope_size = scope_.size();
  levels_.emplace_back();
  Body body;
  blanks();
  if (!at_text(")")) {
    do {
      blanks();
      std::size_t const end = name_before(at_, ":,)");
      if (end == no_position) fail_expected("the name of a parameter");
      Parameter parameter;
      parameter.name = name_between(at_, end);
      at_ = end;
      std::string type;
      if (take(":")) {
        auto const index = type_expression();
        parameter.type = program_.types[index];
        type = program_.type_names[index];
      }
      bind(parameter.name, parameter.type);
      body.parameters.push_back(std::move(parameter));
      body.types.push_back(std::move(type));
    } while (take(","));
  }
  expect(")");
  bool const is_external = take_word("external");
  NodeId const inner = expression();
  Type const result = is_external ? Type{} : node(inner).type;
  std::vector<NodeId> children;
  if (is_external)
    children.push_back(inner);
  else
    body.root = inner;
  for (auto const& capture : levels_.back().captures) children.push_back(capture.second);
  body.frame_size = levels_.back().next_local;
  levels_.pop_back();
  scope_.resize(scope_size);
  open_brackets_for_range_ = ranges;
  std::vector<Type> parameters;
  for (auto const& parameter : body.parameters) parameters.push_back(parameter.type);
  NodeId const id =
      make(is_external ? Op::external : Op::function, offset, children, Type::function(std::move(parameters), result));
  // a program is walked through its children; the height of the body counts, too
  if (body.root != no_node) depths_[id] = std::max(depths_[id], depths_[body.root] + 1);
  node(id).index = static_cast<std::uint32_t>(program_.bodies.size());
  program_.bodies.push_back(std::move(body));
  return id;
}

NodeId Parser::at_literal()
{
  std::size_t const offset = at_;
  ++at_;
  blanks();
  if (!at_text("\"")) fail_expected("a text after `@`");
  auto const literal = read_string(text_, at_);
  if (!literal) fail(at_, "the text is not closed or has a wrong escape", "close it with a double quote");
  at_ = literal->end;
  Value value = parse_temporal(literal->content);
  if (value.is_none()) {
    auto const place = program_.place(static_cast<std::uint32_t>(offset));
    std::string const mend = "write it as in ISO 8601, for example @\"2026-03-01\" or @\"P1Y\"";
    if (mode_ == Mode::legal) {
      diagnostics_.error(Code::invalid_date, place, "the text is no date, time or duration", mend);
    } else {
      diagnostics_.warning(Code::invalid_date, place, "the text is no date, time or duration", mend);
    }
  }
  return constant(std::move(value), offset);
}

std::uint32_t Parser::type_expression()
{
  auto term = type_term();
  program_.types.push_back(std::move(term.type));
  program_.type_names.push_back(std::move(term.text));
  program_.type_known.push_back(term.known);
  return static_cast<std::uint32_t>(program_.types.size() - 1);
}

std::size_t Parser::component_of_type(Type& type, std::size_t end) const
{
  while (end < text_.size() && text_[end] == '.') {
    std::size_t longest = no_position;
    Type component;
    for (auto const& entry : type.entries()) {
      std::size_t const entry_end = match_name(text_, end + 1, entry.name);
      if (entry_end == no_position || (longest != no_position && entry_end <= longest)) continue;
      longest = entry_end;
      component = entry.type;
    }
    if (longest == no_position) break;
    end = longest;
    type = component;
  }
  return end;
}

Parser::TypeTerm Parser::type_term()
{
  enter();
  blanks();
  std::size_t const offset = at_;
  TypeTerm result;
  bool known = true;
  auto const inner = [&] {
    auto term = type_term();
    known = known && term.known;
    return term;
  };
  auto const opens = [this](std::string_view word) {
    if (!is_word(text_, at_, word)) return false;
    std::size_t const next = skip_blanks(text_, at_ + word.size());
    if (next >= text_.size() || text_[next] != '<') return false;
    at_ = next + 1;
    return true;
  };
  if (opens("list")) {
    auto element = inner();
    expect(">");
    result = {Type::list(element.type), "list<" + element.text + ">"};
  } else if (opens("range")) {
    auto element = inner();
    expect(">");
    result = {Type::range(element.type), "range<" + element.text + ">"};
  } else if (opens("context")) {
    std::vector<Type::Entry> entries;
    std::string text = "context<";
    do {
      blanks();
      std::size_t const end = name_before(at_, ":");
      if (end == no_position) fail_expected("the name of an entry and a colon");
      std::string name = name_between(at_, end);
      at_ = end + 1;
      auto entry = inner();
      text += (entries.empty() ? "" : ", ") + name + ": " + entry.text;
      entries.push_back({std::move(name), entry.type});
    } while (take(","));
    expect(">");
    result = {Type::context(std::move(entries)), text + ">"};
  } else if (opens("function")) {
    std::vector<Type> parameters;
    std::string text = "function<";
    blanks();
    if (!at_text(">")) {
      do {
        auto parameter = inner();
        text += (parameters.empty() ? "" : ", ") + parameter.text;
        parameters.push_back(parameter.type);
      } while (take(","));
    }
    expect(">");
    expect("->");
    auto value = inner();
    result = {Type::function(std::move(parameters), value.type), text + ">->" + value.text};
  } else {
    std::size_t end = identifier_end(text_, at_);
    std::optional<Type> type;
    auto const consider = [&](std::string_view name, Type const& candidate) {
      std::size_t const candidate_end = match_name(text_, at_, name);
      if (candidate_end == no_position || candidate_end < end) return;
      end = candidate_end;
      type = candidate;
    };
    for (std::string_view const name : {"Any", "Null", "boolean", "number", "string", "date", "time", "date and time",
                                        "days and time duration", "years and months duration", "list", "context",
                                        "range", "function", "dateTime", "dayTimeDuration", "yearMonthDuration"}) {
      if (auto const candidate = named_type(name)) consider(name, *candidate);
    }
    for (auto const& [name, candidate] : names_.types()) consider(name, candidate);
    if (end == at_) fail_expected("the name of a type");
    if (type) end = component_of_type(*type, end);
    std::string const name = name_between(at_, end);
    at_ = end;
    if (!type) {
      auto const place = program_.place(static_cast<std::uint32_t>(offset));
      if (mode_ == Mode::legal) {
        diagnostics_.error(Code::unknown_name, place, "the type `" + name + "` is not known", "declare it");
      } else {
        diagnostics_.warning(Code::unknown_name, place, "the type `" + name + "` is not known", "declare it");
      }
    }
    known = type.has_value();
    result = {type.value_or(Type::Kind::null), name};
  }
  result.known = known;
  --nesting_;
  return result;
}

Program parse_program(std::string_view text, Names const& names, Type const* tests, Place const& origin, Mode mode,
                      Limits const& limits, Diagnostics& diagnostics)
{
  Program program;
  program.text = text;
  program.origin = origin;
  if (text.size() > limits.document_bytes) {
    diagnostics.error(
        Code::limit_reached, origin,
        "the expression is longer than " + std::to_string(limits.document_bytes) + " bytes (limit: document_bytes)",
        "split it into several decisions");
    return program;
  }
  if (!is_utf8(text)) {
    diagnostics.error(Code::invalid_text, origin, "the expression is not well-formed UTF-8", "save the file as UTF-8");
    return program;
  }
  Parser parser(program, names, mode, limits, diagnostics);
  if (tests != nullptr) {
    parser.parse_whole_tests(*tests);
  } else {
    parser.parse_whole_expression();
  }
  return program;
}

}  // namespace tutela::detail
