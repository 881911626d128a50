// SPDX-License-Identifier: Apache-2.0
/// \file
/// Built-in functions on ranges: the relations of Allen between points and ranges, and ranges from text.
#include <array>
#include <initializer_list>
#include <optional>

#include <tutela/base/truth.hpp>

#include "feel/builtins.hpp"
#include "feel/operations.hpp"
#include "feel/program.hpp"

namespace tutela::detail {

namespace {

// One end of a range; a point is both ends of itself.
struct End {
  Value const* value = nullptr;
  bool included = true;
  bool is_low = true;
  bool reaches = false;              // without a value: to infinity in legal mode; nowhere for the standard
  std::optional<Range> bounds = {};  // of a value that is not known
};

struct Span {
  End low;
  End high;
};

Span span_of(Value const& value, bool reaches)
{
  if (auto const* range = value.as_range()) {
    return {{&range->low, range->low_included, true, reaches}, {&range->high, range->high_included, false, reaches}};
  }
  return {{&value, true, true}, {&value, true, false}};
}

// Thrown where two ends are of kinds that have no order; caught where the relation is computed.
struct NoOrder {};

// How two ends lie to each other. In legal mode a missing end lies before or after everything. To the standard it is
// null, which equals null alone and is neither before nor after anything.
struct Order {
  Truth before;
  Truth equal;
};

// The same where an end is known by its bounds only.
Order compare_bounds(Range const& lhs, Range const& rhs)
{
  // Whether all that the first may be lies before all that the second may be; `also` where both may be one value.
  auto const apart = [](Range const& left, Range const& right, bool also) {
    if (left.high.is_none() || right.low.is_none()) return false;
    auto const result = order(left.high, right.low);
    if (!result) throw NoOrder{};
    return *result < 0 || (*result == 0 && (also || !left.high_included || !right.low_included));
  };
  bool const one = apart(lhs, rhs, true) && apart(rhs, lhs, true);
  if (one) return {Truth::no, Truth::yes};
  bool const different = apart(lhs, rhs, false) || apart(rhs, lhs, false);
  return {apart(lhs, rhs, false)  ? Truth::yes
          : apart(rhs, lhs, true) ? Truth::no
                                  : Truth::unknown,
          different ? Truth::no : Truth::unknown};
}

Order compare(End const& lhs, End const& rhs)
{
  bool const open = lhs.bounds || rhs.bounds;
  auto const known = [](End const& end) { return end.bounds.value_or(Range{*end.value, *end.value, true, true}); };
  if (open && !lhs.value->is_none() && !rhs.value->is_none()) return compare_bounds(known(lhs), known(rhs));
  bool const left_missing = lhs.value->is_none();
  bool const right_missing = rhs.value->is_none();
  if ((left_missing && !lhs.reaches) || (right_missing && !rhs.reaches)) {
    return {Truth::unknown, to_truth(left_missing && right_missing)};
  }
  int const left = left_missing ? (lhs.is_low ? -1 : 1) : 0;
  int const right = right_missing ? (rhs.is_low ? -1 : 1) : 0;
  if (left_missing || right_missing) return {to_truth(left < right), to_truth(left == right)};
  auto const result = order(*lhs.value, *rhs.value);
  if (!result) throw NoOrder{};
  return {to_truth(*result < 0), to_truth(*result == 0)};
}

// `lhs` lies before `rhs`, or is the same and `also` holds.
Truth before_or(End const& lhs, End const& rhs, bool also)
{
  auto const order = compare(lhs, rhs);
  return order.before | (order.equal & to_truth(also));
}

Truth before(Span const& a, Span const& b) { return before_or(a.high, b.low, !a.high.included || !b.low.included); }

Truth meets(Span const& a, Span const& b)
{
  return to_truth(a.high.included && b.low.included) & compare(a.high, b.low).equal;
}

Truth overlaps(Span const& a, Span const& b) { return !(before(a, b) | before(b, a)); }

Truth overlaps_before(Span const& a, Span const& b)
{
  return before_or(a.low, b.low, a.low.included && !b.low.included) &
         before_or(b.low, a.high, a.high.included && b.low.included) &
         before_or(a.high, b.high, !a.high.included || b.high.included);
}

Truth overlaps_after(Span const& a, Span const& b)
{
  return before_or(b.low, a.low, b.low.included && !a.low.included) &
         before_or(a.low, b.high, b.high.included && a.low.included) &
         before_or(b.high, a.high, !b.high.included || a.high.included);
}

Truth finishes_point(Span const& point, Span const& range)
{
  return to_truth(range.high.included) & compare(range.high, point.high).equal;
}

Truth finishes(Span const& a, Span const& b)
{
  return to_truth(a.high.included == b.high.included) & compare(a.high, b.high).equal &
         before_or(b.low, a.low, !a.low.included || b.low.included);
}

Truth includes(Span const& a, Span const& b)
{
  return before_or(a.low, b.low, a.low.included || !b.low.included) &
         before_or(b.high, a.high, a.high.included || !b.high.included);
}

// The standard says this in a form of its own: a point that is an included end lies in the range, whatever the other
// end is.
Truth includes_point(Span const& range, Span const& point)
{
  auto const low = compare(range.low, point.low);
  auto const high = compare(point.high, range.high);
  return (low.before & high.before) | (to_truth(range.low.included) & low.equal) |
         (to_truth(range.high.included) & high.equal);
}

Truth starts_point(Span const& point, Span const& range)
{
  return to_truth(range.low.included) & compare(range.low, point.low).equal;
}

Truth starts(Span const& a, Span const& b)
{
  return to_truth(a.low.included == b.low.included) & compare(a.low, b.low).equal &
         before_or(a.high, b.high, !a.high.included || b.high.included);
}

Truth coincides(Span const& a, Span const& b)
{
  return to_truth(a.low.included == b.low.included && a.high.included == b.high.included) &
         compare(a.low, b.low).equal & compare(a.high, b.high).equal;
}

using Relation = Truth (*)(Span const&, Span const&);

// The bounds of an end that is not known; false where it has none.
bool take_bounds(Site const& site, End& end)
{
  if (!is_open(*end.value)) return true;
  end.bounds = bounds_of(site, *end.value);
  return end.bounds.has_value();
}

bool has_bounds(Span const& span) { return span.low.bounds || span.high.bounds; }

// Whether the ends are known well enough: each by its bounds, and of a range the first not behind the second. No where
// it certainly is.
Truth is_bounded(Site const& site, Value const& value, Span& span)
{
  if (!take_bounds(site, span.low) || !take_bounds(site, span.high)) return Truth::unknown;
  if (value.as_range() == nullptr || !has_bounds(span)) return Truth::yes;
  if (span.low.value->is_none() || span.high.value->is_none()) return Truth::yes;
  auto const ends = compare(span.low, span.high);
  return ends.before | ends.equal;
}

// The relation of the first argument to the second, or of the second to the first; none where arguments are open and
// their bounds do not settle it.
template <Relation relation, bool swapped = false>
Value related(Site const& site, std::span<Value const> arguments)
{
  for (auto const& argument : arguments) {
    auto const* range = argument.as_range();
    if (range != nullptr && range->test == Range::Test::unequal) return site.fail("the range has no ends");
  }
  try {
    auto const& left = arguments[swapped ? 1 : 0];
    auto const& right = arguments[swapped ? 0 : 1];
    Span first = span_of(left, site.legal());
    Span second = span_of(right, site.legal());
    auto const bounded = is_bounded(site, left, first) & is_bounded(site, right, second);
    if (bounded == Truth::no) return site.fail("the range ends before it begins");
    if (bounded == Truth::unknown) return {};
    Truth const truth = relation(first, second);
    if (!is_settled(truth) && (has_bounds(first) || has_bounds(second))) return {};
    return is_settled(truth) ? Value(truth == Truth::yes) : site.fail("an end of a range is open");
  } catch (NoOrder const&) {
    return site.fail("the arguments have no order");
  }
}

Value is_same(Site const&, std::span<Value const> arguments) { return Value(arguments[0] == arguments[1]); }

// A literal, a negative number, or a date, time or duration made of a literal.
bool is_literal_end(Program const& program, NodeId id)
{
  Node const& node = program.nodes[id];
  if (node.op == Op::constant)
    return !program.constants[node.index].is_none() && !program.constants[node.index].is(Kind::function);
  if (node.op == Op::negate) return program.child(node, 0).op == Op::constant;
  if (node.op != Op::call || node.count != 2) return false;
  Node const& callee = program.child(node, 0);
  Node const& argument = program.child(node, 1);
  if (callee.op != Op::constant || argument.op != Op::constant || !program.constants[argument.index].is(Kind::string)) {
    return false;
  }
  for (std::string_view const name : {"date", "time", "date and time", "duration"}) {
    if (program.constants[callee.index] == builtin_value(*find_builtin(name))) return true;
  }
  return false;
}

// A text with an end left out on an open side, with the other end written on both sides so that it can be read.
struct RangeText {
  std::string text;
  bool no_low = false;
  bool no_high = false;
};

RangeText completed(std::string const& text)
{
  constexpr std::string_view blanks = " \t\r\n";
  auto const first = text.find_first_not_of(blanks);
  auto const last = text.find_last_not_of(blanks);
  auto const dots = text.find("..");
  if (dots == std::string::npos || dots <= first || dots + 2 > last) return {text};
  auto const before = text.substr(first + 1, dots - first - 1);
  auto const behind = text.substr(dots + 2, last - dots - 2);
  bool const no_low = before.find_first_not_of(blanks) == std::string::npos && text[first] != '[';
  bool const no_high = behind.find_first_not_of(blanks) == std::string::npos && text[last] != ']';
  if (no_low == no_high) return {text};
  auto const& end = no_low ? behind : before;
  return {"[" + end + ".." + end + "]", no_low, no_high};
}

Value range_of_text(Site const& site, std::span<Value const> arguments)
{
  auto const failed = [&site] { return site.fail("the text is no range"); };
  auto const& text = string_in(arguments[0]);
  auto const read = completed(text);
  Diagnostics diagnostics(1);
  auto program = std::make_shared<Program>(
      parse_program(read.text, {}, nullptr, {}, Mode::conformance, site.evaluation.limits, diagnostics));
  if (diagnostics.has_errors() || program->root == no_node) return failed();
  Node const& root = program->nodes[program->root];
  if (root.op != Op::range || !is_literal_end(*program, program->children[root.first]) ||
      !is_literal_end(*program, program->children[root.first + 1])) {
    return failed();
  }
  finish(*program);
  Evaluation evaluation = site.evaluation;
  evaluation.mode = Mode::conformance;
  Value const result = Program::expression(program).evaluate({}, evaluation);
  auto const* range = result.as_range();
  if (range == nullptr) return failed();
  auto const ordering = order(range->low, range->high);
  if (!ordering || *ordering > 0) return failed();
  if (!read.no_low && !read.no_high) return result;
  Range open = *range;
  if (read.no_low) open.low = Value();
  if (read.no_high) open.high = Value();
  open.low_included = !read.no_low && text[text.find_first_not_of(" \t\r\n")] == '[';
  open.high_included = !read.no_high && text[text.find_last_not_of(" \t\r\n")] == ']';
  return Value(std::move(open));
}

constexpr auto bounded = Strictness::bounded;
constexpr std::string_view points = "point1: point, point2: point";
constexpr std::string_view point_range = "point: point, range: range";
constexpr std::string_view range_point = "range: range, point: point";
constexpr std::string_view ranges = "range1: range, range2: range";

constexpr std::array signatures{
    Signature{"before", points, related<before>, bounded},
    Signature{"before", point_range, related<before>, bounded},
    Signature{"before", range_point, related<before>, bounded},
    Signature{"before", ranges, related<before>, bounded},
    Signature{"after", points, related<before, true>, bounded},
    Signature{"after", point_range, related<before, true>, bounded},
    Signature{"after", range_point, related<before, true>, bounded},
    Signature{"after", ranges, related<before, true>, bounded},
    Signature{"meets", ranges, related<meets>, bounded},
    Signature{"met by", ranges, related<meets, true>, bounded},
    Signature{"overlaps", ranges, related<overlaps>, bounded},
    Signature{"overlaps before", ranges, related<overlaps_before>, bounded},
    Signature{"overlaps after", ranges, related<overlaps_after>, bounded},
    Signature{"finishes", point_range, related<finishes_point>, bounded},
    Signature{"finishes", ranges, related<finishes>, bounded},
    Signature{"finished by", range_point, related<finishes_point, true>, bounded},
    Signature{"finished by", ranges, related<finishes, true>, bounded},
    Signature{"includes", range_point, related<includes_point>, bounded},
    Signature{"includes", ranges, related<includes>, bounded},
    Signature{"during", point_range, related<includes_point, true>, bounded},
    Signature{"during", ranges, related<includes, true>, bounded},
    Signature{"starts", point_range, related<starts_point>, bounded},
    Signature{"starts", ranges, related<starts>, bounded},
    Signature{"started by", range_point, related<starts_point, true>, bounded},
    Signature{"started by", ranges, related<starts, true>, bounded},
    Signature{"coincides", points, related<coincides>, bounded},
    Signature{"coincides", ranges, related<coincides>, bounded},
    Signature{"is", "value1: any, value2: any", is_same},
    Signature{"range", "from: string", range_of_text},
};

}  // namespace

std::span<Signature const> range_signatures() { return signatures; }

}  // namespace tutela::detail
