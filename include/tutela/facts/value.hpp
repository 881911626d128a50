// SPDX-License-Identifier: Apache-2.0
/// \file
/// A value of a fact or an expression, in one of five states.
///
/// Everything that Tutela knows about a person, and everything that a rule computes, is a `Value`. Beside the kinds
/// of the FEEL language it keeps four things apart that other systems pour into one null: asked and there is none,
/// not asked yet, asked and cannot be known, and cannot be computed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/base/time.hpp>

namespace tutela::inline v0 {

/// What is known about a value.
enum class State : std::uint8_t {
  known,      ///< Asked and answered.
  none,       ///< Asked: there is none, or it does not apply.
  unknown,    ///< Not asked yet, or not fully known.
  uncertain,  ///< Asked, and cannot be known; never asked again.
  error       ///< Cannot be computed.
};

/// `known`, `none`, `unknown`, `uncertain` or `error`.
[[nodiscard]] TUTELA_API std::string_view to_string(State state) noexcept;

/// Which alternative a value holds.
enum class Kind : std::uint8_t {
  none,
  boolean,
  number,
  string,
  date,
  time,
  date_time,
  days_duration,
  months_duration,
  list,
  context,
  range,
  function,
  unknown,
  uncertain,
  error
};

/// The FEEL name of a kind: `boolean`, `number`, `days and time duration`.
[[nodiscard]] TUTELA_API std::string_view to_string(Kind kind) noexcept;

struct List;
struct Context;
struct Range;
struct Unknown;
struct Uncertain;
struct Fault;

/// How large a value is with everything inside it. Parts that it shares count as often as they occur, because whatever
/// prints, compares or copies the value meets them so often: little memory may hold a very large value.
struct Extent {
  /// Values in it, itself included; a text counts as one more for each 64 bytes. Stays at the largest number.
  std::uint64_t parts = 1;
  std::uint32_t depth = 1;  ///< Values one inside the other: 1 for a number, 2 for a list of numbers.
  bool open = false;        ///< True when some part is not known, or a list in it may have further elements.
};

/// A function value of the FEEL language; only the evaluator knows what is inside.
class Function {
 public:
  /// \param depth Functions and values one inside the other that it holds, itself included.
  explicit Function(std::uint32_t depth = 1) noexcept : depth_(depth) {}
  Function(Function const&) = delete;
  Function& operator=(Function const&) = delete;
  virtual ~Function() = default;

  /// See the constructor.
  [[nodiscard]] std::uint32_t depth() const noexcept { return depth_; }

 private:
  std::uint32_t depth_;
};

/// One value; 24 bytes, cheap to copy, immutable.
///
/// Structured kinds share their content between copies. Equality here is structural (1 and 1.0 are equal, contexts
/// ignore the order of entries, an unknown equals only an unknown of the same content); the three-valued equality
/// of rules belongs to the evaluator.
class Value {
 public:
  /// No value: asked, and there is none.
  Value() noexcept = default;

  /// A known Boolean.
  explicit Value(bool value) noexcept : content_(value) {}

  /// A known number. \param value A finite number.
  explicit Value(Decimal value) noexcept : content_(value) {}

  /// A known date.
  explicit Value(Date value) noexcept : content_(value) {}

  /// A known duration in days and time.
  explicit Value(DaysDuration value) noexcept : content_(value) {}

  /// A known duration in years and months.
  explicit Value(MonthsDuration value) noexcept : content_(value) {}

  /// A known text in UTF-8.
  TUTELA_API explicit Value(std::string value);

  /// A known text in UTF-8.
  explicit Value(char const* value) : Value(std::string(value)) {}

  /// A known time of day.
  TUTELA_API explicit Value(Time value);

  /// A known moment.
  TUTELA_API explicit Value(DateTime value);

  /// A list.
  TUTELA_API explicit Value(List value);

  /// A context: named entries.
  TUTELA_API explicit Value(Context value);

  /// A range.
  TUTELA_API explicit Value(Range value);

  /// A function.
  TUTELA_API explicit Value(std::shared_ptr<Function const> value);

  /// A value that is not known, with the facts that would settle it.
  TUTELA_API explicit Value(Unknown value);

  /// A value that cannot be known.
  TUTELA_API explicit Value(Uncertain value);

  /// A value that cannot be computed.
  TUTELA_API explicit Value(Fault value);

  /// An unknown that depends on one fact only.
  [[nodiscard]] TUTELA_API static Value unknown(std::string fact);

  /// Which alternative this is. Constant time.
  [[nodiscard]] Kind kind() const noexcept { return static_cast<Kind>(content_.index()); }

  /// What is known about it. Constant time.
  [[nodiscard]] TUTELA_API State state() const noexcept;

  /// How large it is. Constant time: every value knows it since it was made.
  [[nodiscard]] TUTELA_API Extent extent() const noexcept;

  /// True for the one alternative.
  [[nodiscard]] bool is(Kind kind) const noexcept { return this->kind() == kind; }

  /// True when there is none.
  [[nodiscard]] bool is_none() const noexcept { return is(Kind::none); }

  /// The Boolean, or nothing when it is none.
  [[nodiscard]] bool const* as_boolean() const noexcept { return std::get_if<bool>(&content_); }

  /// The number, or nothing when it is none.
  [[nodiscard]] Decimal const* as_number() const noexcept { return std::get_if<Decimal>(&content_); }

  /// The date, or nothing when it is none.
  [[nodiscard]] Date const* as_date() const noexcept { return std::get_if<Date>(&content_); }

  /// The duration, or nothing when it is none.
  [[nodiscard]] DaysDuration const* as_days_duration() const noexcept { return std::get_if<DaysDuration>(&content_); }

  /// The duration, or nothing when it is none.
  [[nodiscard]] MonthsDuration const* as_months_duration() const noexcept
  {
    return std::get_if<MonthsDuration>(&content_);
  }

  /// The text, or nothing when it is none.
  [[nodiscard]] std::string const* as_string() const noexcept { return shared<std::string>(); }

  /// The time of day, or nothing when it is none.
  [[nodiscard]] Time const* as_time() const noexcept { return shared<Time>(); }

  /// The moment, or nothing when it is none.
  [[nodiscard]] DateTime const* as_date_time() const noexcept { return shared<DateTime>(); }

  /// The list, or nothing when it is none.
  [[nodiscard]] List const* as_list() const noexcept { return shared<List>(); }

  /// The context, or nothing when it is none.
  [[nodiscard]] Context const* as_context() const noexcept { return shared<Context>(); }

  /// The range, or nothing when it is none.
  [[nodiscard]] Range const* as_range() const noexcept { return shared<Range>(); }

  /// The function, or nothing when it is none.
  [[nodiscard]] Function const* as_function() const noexcept { return shared<Function>(); }

  /// What is missing, or nothing when the value is not unknown.
  [[nodiscard]] Unknown const* as_unknown() const noexcept { return shared<Unknown>(); }

  /// What cannot be known, or nothing when the value is not uncertain.
  [[nodiscard]] Uncertain const* as_uncertain() const noexcept { return shared<Uncertain>(); }

  /// Why it cannot be computed, or nothing when the value is no error.
  [[nodiscard]] Fault const* as_fault() const noexcept { return shared<Fault>(); }

  /// Structural equality. Linear in the parts of the smaller value (see `Extent`).
  friend TUTELA_API bool operator==(Value const& lhs, Value const& rhs) noexcept;

 private:
  template <class T>
  [[nodiscard]] T const* shared() const noexcept
  {
    auto const* pointer = std::get_if<std::shared_ptr<T const>>(&content_);
    return pointer == nullptr ? nullptr : pointer->get();
  }

  // The order of the alternatives is the order of Kind.
  std::variant<std::monostate, bool, Decimal, std::shared_ptr<std::string const>, Date, std::shared_ptr<Time const>,
               std::shared_ptr<DateTime const>, DaysDuration, MonthsDuration, std::shared_ptr<List const>,
               std::shared_ptr<Context const>, std::shared_ptr<Range const>, std::shared_ptr<Function const>,
               std::shared_ptr<Unknown const>, std::shared_ptr<Uncertain const>, std::shared_ptr<Fault const>>
      content_;
};

/// A list of values in order.
struct List {
  std::vector<Value> items;  ///< The elements that are known to be there.
  bool complete = true;      ///< False when further elements may exist that nobody has recorded yet.
  /// Facts that would close an open list.
  std::vector<std::string> facts = {};
};

/// Named values in the order they were written; names are unique.
struct Context {
  std::vector<std::pair<std::string, Value>> entries;  ///< Name and value.

  /// The entry of that name, or nothing. Linear in the number of entries.
  [[nodiscard]] TUTELA_API Value const* find(std::string_view name) const noexcept;
};

/// An interval of numbers, texts, dates, times or durations.
struct Range {
  Value low;                  ///< Lower end; none when unbounded.
  Value high;                 ///< Upper end; none when unbounded.
  bool low_included = true;   ///< True for `[`.
  bool high_included = true;  ///< True for `]`.

  /// Which values of one end a range stands for that FEEL writes as a test: `(= 10)` holds 10 only, `(!= 10)` all
  /// others. Such a range has that value as both ends and equals no interval.
  enum class Test : std::uint8_t { none, equal, unequal };
  Test test = Test::none;  ///< `none` for an interval.
};

/// What a value that is not fully known may still turn out to be.
struct Domain {
  /// How the possibilities are described.
  enum class Kind : std::uint8_t {
    any,   ///< Any value of its type.
    set,   ///< One of `values`.
    range  ///< A value inside `range`.
  };
  Kind kind = Kind::any;      ///< How the possibilities are described.
  std::vector<Value> values;  ///< The possibilities of a `set`, without repetition.
  Range range;                ///< The bounds of a `range`.
  bool approximate = false;   ///< True when it holds possibilities that no completion of the facts produces.
};

/// A value that is not known (yet): the facts it depends on and what it may still be.
struct Unknown {
  std::vector<std::string> facts;      ///< Names of the missing facts, sorted, without repetition.
  std::vector<std::string> uncertain;  ///< Facts on which it depends too but which cannot be known; never asked.
  Domain domain;                       ///< What remains possible.
};

/// A value that was asked for and cannot be known.
struct Uncertain {
  std::vector<std::string> facts;  ///< Names of the facts that cannot be known, sorted, without repetition.
};

/// A value that cannot be computed.
struct Fault {
  std::string what;   ///< What went wrong, without personal data.
  std::string place;  ///< Element and position of the expression.
};

/// A value as FEEL would write it; an unknown as `unknown(fact, ...)`. For people and logs of synthetic data only.
[[nodiscard]] TUTELA_API std::string to_string(Value const& value);

}  // namespace tutela::inline v0
