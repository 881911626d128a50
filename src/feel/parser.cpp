// SPDX-License-Identifier: Apache-2.0
/// \file
/// The parser of FEEL: what is parsed as a whole, tokens, and the nodes that are made.
#include "feel/parser.hpp"

#include <algorithm>

namespace tutela::detail {

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

// Counts one level of nesting, which its caller takes back.
void Parser::enter()
{
  if (++nesting_ <= limits_.nesting) return;
  diagnostics_.error(Code::limit_reached, program_.place(static_cast<std::uint32_t>(at_)),
                     "the expression is nested deeper than " + std::to_string(limits_.nesting) + " (limit: nesting)",
                     "split it into several decisions");
  throw SyntaxError{};
}

}  // namespace tutela::detail
