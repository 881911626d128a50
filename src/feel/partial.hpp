// SPDX-License-Identifier: Apache-2.0
/// \file
/// Values that are not fully known: what they depend on, what they may be, and how operations carry them along.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tutela/base/truth.hpp>
#include <tutela/feel/type.hpp>

#include "feel/site.hpp"

namespace tutela::detail {

/// True for an unknown, an uncertain value or an error.
[[nodiscard]] inline bool is_open(Value const& value) noexcept
{
  auto const kind = value.kind();
  return kind == Kind::unknown || kind == Kind::uncertain || kind == Kind::error;
}

/// True when the value, or something inside it, is unknown or uncertain, or a list inside it is open.
[[nodiscard]] bool has_holes(Value const& value) noexcept;

/// The facts that an open value depends on.
struct Causes {
  std::vector<std::string> facts;
  std::vector<std::string> uncertain;

  /// Adds what `value` depends on, at any depth.
  void add(Value const& value);
};

/// True when some completion may give an error instead of a value.
///
/// A fact that may be any value of its type is no error. A computed unknown without bounds may be one; it is marked
/// `approximate`.
[[nodiscard]] bool may_fail(Value const& value) noexcept;

/// True for one of several values of which one is *none*.
[[nodiscard]] bool may_be_none(Value const& value) noexcept;

/// Any value; also an error where `failing`.
[[nodiscard]] Domain any_domain(bool failing);

/// An unknown value with that domain; an uncertain one when only uncertain facts are among the causes and it may be any
/// value of its type.
[[nodiscard]] Value open_value(Causes causes, Domain domain = {});

/// What one further element of an open list may be.
[[nodiscard]] Value further_of(List const& list);

/// An open list where one value is asked for: one that stays open, or an error.
[[nodiscard]] Value perhaps_one_element(Value const& list);

/// What an open list adds to a junction: what its further elements say, or the other truth where there are none.
[[nodiscard]] Value perhaps(Site const& site, List const& list, Value said, bool otherwise);

/// What is common to two further elements, of which either may be null.
[[nodiscard]] std::shared_ptr<Value const> either_further(Site const& site, std::shared_ptr<Value const> const& lhs,
                                                          std::shared_ptr<Value const> const& rhs);

/// An open Boolean: false or true, and also `fault` where one is given.
[[nodiscard]] Value open_boolean(Causes causes, std::optional<Value> fault = {});

/// The error that a value which may be one may be.
[[nodiscard]] std::optional<Value> possible_fault(Site const& site, Value const& value);

/// One of several possibilities, each of which may be open itself: their common value when all agree, else an
/// unknown with the union of the domains and causes.
[[nodiscard]] Value join(Site const& site, std::span<Value const> possibilities, Causes causes);

/// The values that an open value may be when they are finitely many; the value itself when it is not open.
[[nodiscard]] std::optional<std::vector<Value>> possibilities_of(Value const& value);

/// Lowest and highest value that a number, date, time or duration may have; nothing when it has no bounds of one
/// kind. A missing end is none.
[[nodiscard]] std::optional<Range> bounds_of(Site const& site, Value const& value);

/// Whether a value will be of a type, its restrictions aside, when all of it is known.
[[nodiscard]] Truth will_conform(Value const& value, Type const& type);

/// A strict function of known values applied to values with holes: every combination of finitely many possibilities
/// is tried, else the result is any value. An error among the arguments is the result.
/// \param total True when the function has a value for all arguments of the right types.
[[nodiscard]] Value lifted(Site const& site, std::span<Value const> arguments,
                           std::function<Value(std::span<Value const>)> const& function, bool total = false);

}  // namespace tutela::detail
