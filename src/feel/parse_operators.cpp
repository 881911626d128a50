// SPDX-License-Identifier: Apache-2.0
/// \file
/// The parser of FEEL: operators, paths, calls and tests.
#include <algorithm>

#include "feel/parser.hpp"

namespace tutela::detail {

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
