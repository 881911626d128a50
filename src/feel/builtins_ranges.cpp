// SPDX-License-Identifier: Apache-2.0
/// \file
/// Built-in functions on ranges: the relations of Allen between points and ranges, and ranges from text.
#include <array>
#include <initializer_list>

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
  bool reaches = false;  // without a value: to infinity in legal mode; nowhere for the standard
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

// Thrown where two ends cannot be compared; caught where the relation is computed.
struct NoOrder {};

// In legal mode a missing end lies before or after everything. For the standard it is null, which equals null and
// compares with nothing else.
int compare(End const& lhs, End const& rhs)
{
  if (lhs.value->is_none() && rhs.value->is_none() && !lhs.reaches) return 0;
  if ((lhs.value->is_none() && !lhs.reaches) || (rhs.value->is_none() && !rhs.reaches)) throw NoOrder{};
  auto const infinite = [](End const& end) { return end.value->is_none() ? (end.is_low ? -1 : 1) : 0; };
  int const left = infinite(lhs);
  int const right = infinite(rhs);
  if (left != 0 || right != 0) return left < right ? -1 : (left > right ? 1 : 0);
  auto const result = order(*lhs.value, *rhs.value);
  if (!result) throw NoOrder{};
  return *result;
}

bool before(Span const& a, Span const& b)
{
  int const ordering = compare(a.high, b.low);
  return ordering < 0 || (ordering == 0 && (!a.high.included || !b.low.included));
}

bool meets(Span const& a, Span const& b) { return a.high.included && b.low.included && compare(a.high, b.low) == 0; }

bool overlaps(Span const& a, Span const& b) { return !before(a, b) && !before(b, a); }

bool overlaps_before(Span const& a, Span const& b)
{
  int const start = compare(a.low, b.low);
  int const touch = compare(a.high, b.low);
  int const end = compare(a.high, b.high);
  return (start < 0 || (start == 0 && a.low.included && !b.low.included)) &&
         (touch > 0 || (touch == 0 && a.high.included && b.low.included)) &&
         (end < 0 || (end == 0 && (!a.high.included || b.high.included)));
}

bool overlaps_after(Span const& a, Span const& b)
{
  int const start = compare(b.low, a.low);
  int const touch = compare(b.high, a.low);
  int const end = compare(b.high, a.high);
  return (start < 0 || (start == 0 && b.low.included && !a.low.included)) &&
         (touch > 0 || (touch == 0 && b.high.included && a.low.included)) &&
         (end < 0 || (end == 0 && (!b.high.included || a.high.included)));
}

bool finishes_point(Span const& point, Span const& range)
{
  return range.high.included && compare(range.high, point.high) == 0;
}

bool finishes(Span const& a, Span const& b)
{
  int const start = compare(a.low, b.low);
  return a.high.included == b.high.included && compare(a.high, b.high) == 0 &&
         (start > 0 || (start == 0 && (!a.low.included || b.low.included)));
}

bool includes(Span const& a, Span const& b)
{
  int const start = compare(a.low, b.low);
  int const end = compare(a.high, b.high);
  return (start < 0 || (start == 0 && (a.low.included || !b.low.included))) &&
         (end > 0 || (end == 0 && (a.high.included || !b.high.included)));
}

bool starts_point(Span const& point, Span const& range)
{
  return range.low.included && compare(range.low, point.low) == 0;
}

bool starts(Span const& a, Span const& b)
{
  int const end = compare(a.high, b.high);
  return a.low.included == b.low.included && compare(a.low, b.low) == 0 &&
         (end < 0 || (end == 0 && (!a.high.included || b.high.included)));
}

bool coincides(Span const& a, Span const& b)
{
  return a.low.included == b.low.included && a.high.included == b.high.included && compare(a.low, b.low) == 0 &&
         compare(a.high, b.high) == 0;
}

using Relation = bool (*)(Span const&, Span const&);

// The relation of the first argument to the second, or of the second to the first.
template <Relation relation, bool swapped = false>
Value related(Site const& site, std::span<Value const> arguments)
{
  for (auto const& argument : arguments) {
    auto const* range = argument.as_range();
    if (range != nullptr && range->test == Range::Test::unequal) return site.fail("the range has no ends");
  }
  try {
    Span const first = span_of(arguments[swapped ? 1 : 0], site.legal());
    Span const second = span_of(arguments[swapped ? 0 : 1], site.legal());
    return Value(relation(first, second));
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

Value range_of_text(Site const& site, std::span<Value const> arguments)
{
  auto const failed = [&site] { return site.fail("the text is no range"); };
  Diagnostics diagnostics(1);
  auto program = std::make_shared<Program>(
      parse_program(string_in(arguments[0]), {}, nullptr, {}, Mode::conformance, site.evaluation.limits, diagnostics));
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
  return ordering && *ordering <= 0 ? result : failed();
}

constexpr std::string_view points = "point1: point, point2: point";
constexpr std::string_view point_range = "point: point, range: range";
constexpr std::string_view range_point = "range: range, point: point";
constexpr std::string_view ranges = "range1: range, range2: range";

constexpr std::array signatures{
    Signature{"before", points, related<before>},
    Signature{"before", point_range, related<before>},
    Signature{"before", range_point, related<before>},
    Signature{"before", ranges, related<before>},
    Signature{"after", points, related<before, true>},
    Signature{"after", point_range, related<before, true>},
    Signature{"after", range_point, related<before, true>},
    Signature{"after", ranges, related<before, true>},
    Signature{"meets", ranges, related<meets>},
    Signature{"met by", ranges, related<meets, true>},
    Signature{"overlaps", ranges, related<overlaps>},
    Signature{"overlaps before", ranges, related<overlaps_before>},
    Signature{"overlaps after", ranges, related<overlaps_after>},
    Signature{"finishes", point_range, related<finishes_point>},
    Signature{"finishes", ranges, related<finishes>},
    Signature{"finished by", range_point, related<finishes_point, true>},
    Signature{"finished by", ranges, related<finishes, true>},
    Signature{"includes", range_point, related<includes>},
    Signature{"includes", ranges, related<includes>},
    Signature{"during", point_range, related<includes, true>},
    Signature{"during", ranges, related<includes, true>},
    Signature{"starts", point_range, related<starts_point>},
    Signature{"starts", ranges, related<starts>},
    Signature{"started by", range_point, related<starts_point, true>},
    Signature{"started by", ranges, related<starts, true>},
    Signature{"coincides", points, related<coincides>},
    Signature{"coincides", ranges, related<coincides>},
    Signature{"is", "value1: any, value2: any", is_same},
    Signature{"range", "from: string", range_of_text},
};

}  // namespace

std::span<Signature const> range_signatures() { return signatures; }

}  // namespace tutela::detail
