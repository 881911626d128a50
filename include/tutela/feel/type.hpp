// SPDX-License-Identifier: Apache-2.0
/// \file
/// The types of the FEEL language, and which values and types fit which.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/facts/value.hpp>

namespace tutela::inline v0 {

struct Evaluation;

/// A type of the FEEL language; a shared immutable tree, cheap to copy.
/// \source{DMN 1.5, 10.3.2.9}
class Type {
 public:
  /// The shape of a type.
  enum class Kind : std::uint8_t {
    any,              ///< Every value.
    null,             ///< Only null.
    boolean,          ///< `boolean`
    number,           ///< `number`
    string,           ///< `string`
    date,             ///< `date`
    time,             ///< `time`
    date_time,        ///< `date and time`
    days_duration,    ///< `days and time duration`
    months_duration,  ///< `years and months duration`
    list,             ///< `list<T>`
    context,          ///< `context<name: T, ...>`
    range,            ///< `range<T>`
    function          ///< `function<T, ...> -> T`
  };

  /// A member of a context type.
  struct Entry;

  /// Any value.
  Type() noexcept = default;

  /// A type without parts. A bare `list` or `range` has elements of any type, a bare `context` any entries, and a
  /// bare `function` any parameters.
  Type(Kind kind) noexcept : kind_(kind) {}  // NOLINT: a kind is a type

  /// Parts that a type may state, at any depth and each counted as often as it occurs in it. A type with more is kept
  /// without its parts; no model that people write comes near.
  static constexpr std::size_t most_parts = 10'000;

  /// A list whose elements have this type.
  [[nodiscard]] TUTELA_API static Type list(Type element);

  /// A range whose ends have this type.
  [[nodiscard]] TUTELA_API static Type range(Type element);

  /// A context that has at least these entries. The names must differ.
  [[nodiscard]] TUTELA_API static Type context(std::vector<Entry> entries);

  /// A function from these parameters to this result.
  [[nodiscard]] TUTELA_API static Type function(std::vector<Type> parameters, Type result);

  /// Whether a value that has the shape is allowed, too: `unknown` where some of what an unknown value may be is
  /// allowed and some is not. Null is never asked about.
  using Admits = std::function<Truth(Value const& value, Evaluation& evaluation)>;

  /// The type that item definitions of a model name: of the values of `type` only those that are admitted belong to it.
  ///
  /// \param name   What expressions call it; printed in place of its parts.
  /// \param admits Nothing for a type that is restricted only in its parts.
  /// \source{DMN 1.5, 7.3.3: allowedValues and typeConstraint}
  [[nodiscard]] TUTELA_API static Type restricted(Type type, std::string name, Admits admits);

  /// True when a value that has the shape need not belong to it: it, or a part of it, is restricted. Constant time.
  [[nodiscard]] TUTELA_API bool is_restricted() const noexcept;

  /// The shape.
  [[nodiscard]] Kind kind() const noexcept { return kind_; }

  /// True for the one shape.
  [[nodiscard]] bool is(Kind kind) const noexcept { return kind_ == kind; }

  /// True when the parts of a list, context, range or function type are stated.
  [[nodiscard]] TUTELA_API bool has_parts() const noexcept;

  /// Types in it, itself included, each counted as often as it occurs. Constant time.
  [[nodiscard]] TUTELA_API std::size_t parts() const noexcept;

  /// The type of the elements of a list or of the ends of a range; any type otherwise.
  [[nodiscard]] TUTELA_API Type element() const;

  /// The entries of a context type in the order given; empty when none are stated.
  [[nodiscard]] TUTELA_API std::vector<Entry> const& entries() const& noexcept;

  /// The type of the entry of that name, or nothing. Linear in the number of entries.
  [[nodiscard]] TUTELA_API Type const* find(std::string_view name) const noexcept;

  /// The parameter types of a function type; empty when none are stated.
  [[nodiscard]] TUTELA_API std::vector<Type> const& parameters() const& noexcept;

  /// The result type of a function type; any type when it is not stated.
  [[nodiscard]] TUTELA_API Type result() const;

  /// True when both are the same type; the order of the entries of a context type does not matter. Restrictions are the
  /// same when they stem from the same definition.
  /// \source{DMN 1.5, 10.3.2.9.1, type equivalence}
  friend TUTELA_API bool operator==(Type const& lhs, Type const& rhs) noexcept;

  /// Whether the value, which has the shape, passes the restrictions of the type itself (not those of its parts).
  [[nodiscard]] TUTELA_API Truth admits(Value const& value, Evaluation& evaluation) const;

  /// True when each restriction of `target` itself is one of this type, too.
  [[nodiscard]] TUTELA_API bool is_restricted_as(Type const& target) const noexcept;

  /// The name under which a restricted type was defined; empty for every other type.
  [[nodiscard]] TUTELA_API std::string_view name() const noexcept;

 private:
  struct Parts;

  static Type made(Kind kind, Parts parts);

  Kind kind_ = Kind::any;
  std::shared_ptr<Parts const> parts_;
};

/// A member of a context type.
struct Type::Entry {
  std::string name;  ///< Name of the entry; may contain blanks.
  Type type;         ///< Type of its value.
};

/// True when a value of `type` may stand where `target` is asked for.
/// \source{DMN 1.5, 10.3.2.9.2, type conformance}
[[nodiscard]] TUTELA_API bool conforms(Type const& type, Type const& target) noexcept;

/// True when the known value, or null, has the shape of the type. Linear in the size of the value.
///
/// Restrictions are not asked (`belongs` does). Null belongs to every type. An unknown or uncertain value belongs to
/// every type, an error to none.
[[nodiscard]] TUTELA_API bool value_conforms(Value const& value, Type const& type) noexcept;

/// Whether the value belongs to the type, its restrictions included; `unknown` where completions of the value differ.
///
/// For a type without restrictions the same as `value_conforms`, which does not ask what an unknown value may be.
[[nodiscard]] TUTELA_API Truth belongs(Value const& value, Type const& type, Evaluation& evaluation);

/// The most specific type of a value: the element type of a list is what its elements have in common.
[[nodiscard]] TUTELA_API Type type_of(Value const& value);

/// The type that both have in common: the type itself when equal, `Any` when nothing narrower holds both.
[[nodiscard]] TUTELA_API Type common_type(Type const& lhs, Type const& rhs);

/// The type as FEEL writes it: `date and time`, `list<number>`, `context<name: string>`.
[[nodiscard]] TUTELA_API std::string to_string(Type const& type);

/// The type without parts that `name` names, in the spelling of FEEL (`date and time`, `Any`) or in the older one of
/// DMN (`dateTime`, `dayTimeDuration`, `yearMonthDuration`); nothing for any other name.
[[nodiscard]] TUTELA_API std::optional<Type> named_type(std::string_view name) noexcept;

/// Fits a value to a type where an expression's result meets a declared type, with the conversions that FEEL makes
/// by itself: an element of type T for a list<T> and a list of one element for T, a date for a date and time.
///
/// \return The value, converted where needed; nothing when it does not fit. Unknown and uncertain values fit.
/// \source{DMN 1.5, 10.3.2.9.4, type conversions}
[[nodiscard]] TUTELA_API std::optional<Value> fitted(Value const& value, Type const& type);

}  // namespace tutela::inline v0
