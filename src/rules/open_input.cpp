// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a joint input may still be where it is not known.
#include "rules/open_input.hpp"

#include <algorithm>
#include <utility>

#include "feel/partial.hpp"
#include "rules/pack_impl.hpp"
#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

using Says = OpenForm::Says;
using Places = std::vector<std::uint32_t>;

/// Whole numbers around the constants of a line, up to which a count is followed.
constexpr std::int64_t most_counted = std::int64_t{1} << 40U;

/// The regions of a span in which some value lies.
Places places_in(Cuts const& cuts, std::size_t first, std::size_t last)
{
  Places places;
  for (auto region = first; region < last; ++region)
    if (cuts.sample(region)) places.push_back(static_cast<std::uint32_t>(region));
  return places;
}

/// The regions that a value may lie in, by what the evaluation says of it; nothing where it may lie in none.
std::optional<Places> places_of(Cuts const& cuts, Unknown const* unknown)
{
  if (unknown == nullptr || unknown->domain.kind == Domain::Kind::any) return places_in(cuts, 0, cuts.regions());
  if (unknown->domain.kind == Domain::Kind::range) {
    auto const span = cuts.span(unknown->domain.range);
    return span ? std::optional(places_in(cuts, span->first, span->second)) : std::nullopt;
  }
  Places places;
  for (auto const& member : unknown->domain.values) {
    auto const region = cuts.region(member);
    if (!region) return std::nullopt;
    places.push_back(static_cast<std::uint32_t>(*region));
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

/// The regions of the whole numbers from 0 on. \param most The last one, if there is one.
std::optional<Places> places_of_counts(Cuts const& cuts, std::optional<std::size_t> most)
{
  Places places;
  auto const add = [&](std::int64_t count) {
    if (count < 0 || (most && static_cast<std::size_t>(count) > *most)) return;
    places.push_back(static_cast<std::uint32_t>(*cuts.region(Value(Decimal(count)))));
  };
  add(0);
  for (auto const& value : cuts.values()) {
    auto const* number = value.as_number();
    if (number == nullptr) return std::nullopt;
    auto const whole = number->rounded(0, Rounding::floor).to_int64();
    if (!whole || *whole > most_counted || *whole < -most_counted) return std::nullopt;
    for (std::int64_t const step : {-1, 0, 1}) add(*whole + step);
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

/// Whether every value that is left of a sum is one that some completion gives.
bool is_reached(OpenForm const& form, OpenInput const& open, Unknown const* unknown)
{
  if (unknown != nullptr && unknown->domain.kind != Domain::Kind::any)
    return unknown->domain.kind == Domain::Kind::range;
  auto const is_free = [&](std::string const& name) {
    return !std::binary_search(form.bounded.begin(), form.bounded.end(), name);
  };
  return std::any_of(open.missing.begin(), open.missing.end(), is_free) ||
         std::any_of(open.uncertain.begin(), open.uncertain.end(), is_free);
}

}  // namespace

std::optional<OpenInput> open_input(JointInput const& joint, FactLine const& line, Value const& value,
                                    IsAbsent const& is_absent)
{
  auto const* unknown = value.as_unknown();
  if (unknown == nullptr && !value.is(Kind::uncertain)) return std::nullopt;
  auto const& form = joint.form;
  OpenInput open;
  auto causes = open_facts(value);
  open.missing = std::move(causes.missing);
  open.uncertain = std::move(causes.uncertain);
  auto const all_absent = [&](std::vector<std::string> const& names) {
    return std::all_of(names.begin(), names.end(), is_absent);
  };
  bool const absent = all_absent(open.missing) && all_absent(open.uncertain);
  bool const told = form.says != Says::nothing && absent;
  // No sum of numbers fails, and no comparison of them.
  if (may_fail(value) && !told) return std::nullopt;
  if (told && form.says == Says::count) {
    auto counts = places_of_counts(line.cuts, form.most);
    if (!counts) return std::nullopt;
    open.places = *std::move(counts);
    open.reached = true;
    return open;
  }
  auto places = places_of(line.cuts, told && may_fail(value) ? nullptr : unknown);
  if (!places) return std::nullopt;
  open.places = *std::move(places);
  open.reached = told && (form.says != Says::number || is_reached(form, open, unknown));
  return open;
}

bool is_apart(OpenInput const& open, std::string const& fact)
{
  auto const touches_none = [&](std::vector<std::string> const& names) {
    return std::none_of(names.begin(), names.end(), [&](std::string const& name) { return touches(name, fact); });
  };
  return touches_none(open.missing) && touches_none(open.uncertain);
}

bool are_apart(JointInput const& one, OpenInput const& open, JointInput const& other, OpenInput const& other_open)
{
  if (one.form.is_apart_from(other.form)) return true;
  auto const apart_from_all = [&](std::vector<std::string> const& names) {
    return std::all_of(names.begin(), names.end(), [&](std::string const& name) { return is_apart(open, name); });
  };
  return apart_from_all(other_open.missing) && apart_from_all(other_open.uncertain);
}

}  // namespace tutela::detail
