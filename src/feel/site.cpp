// SPDX-License-Identifier: Apache-2.0
/// \file
/// Places of operations, and what is returned where one cannot be computed.
#include "feel/site.hpp"

#include <algorithm>

#include "feel/program.hpp"

namespace tutela::inline v0 {

std::string_view exceeded_limit(Value const& value, Limits const& limits) noexcept
{
  auto const extent = value.extent();
  if (extent.parts > limits.value_parts) return "value_parts";
  if (extent.depth > limits.nesting * 16) return "nesting";
  return {};
}

}  // namespace tutela::inline v0

namespace tutela::detail {

Place Program::place(std::uint32_t offset) const
{
  Place place = origin;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  for (std::size_t at = 0; at < offset && at < text.size(); ++at) {
    ++column;
    if (text[at] == '\n') {
      ++line;
      column = 0;
    }
  }
  if (line == 0) {
    place.column = (origin.column == 0 ? 1 : origin.column) + column;
  } else {
    place.column = column + 1;
  }
  place.line = (origin.line == 0 ? 1 : origin.line) + line;
  return place;
}

Value Site::fail(std::string what) const
{
  if (!legal()) return {};
  Fault fault;
  fault.what = std::move(what);
  if (program == nullptr) {
    fault.place = caller;
  } else {
    Place const place = program->place(offset);
    if (!place.file.empty()) fault.place = place.file + ":";
    fault.place += std::to_string(place.line) + ":" + std::to_string(place.column);
    if (!place.pointer.empty()) fault.place += " " + place.pointer;
  }
  return Value(std::move(fault));
}

Value Site::bounded(Value value) const
{
  auto const limit = exceeded_limit(value, evaluation.limits);
  return limit.empty() ? value : fail_limit(limit);
}

Value Site::fail_limit(std::string_view limit) const
{
  // Null would be an answer that further operations take for one: nothing is computed any more.
  if (!legal()) evaluation.steps = std::max(evaluation.steps, evaluation.limits.evaluation_steps + 1);
  return fail("the limit `" + std::string(limit) + "` is reached");
}

}  // namespace tutela::detail
