// SPDX-License-Identifier: Apache-2.0
/// \file
/// A value of a fact or an expression, in one of five states.
///
/// Everything that Tutela knows about a person, and everything that a rule computes, is a `Value`. Beside the kinds
/// of the FEEL language it keeps four things apart that other systems pour into one null: asked and there is none,
/// not asked yet, asked and cannot be known, and cannot be computed.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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

  /// Shares the content of a structured value. Constant time.
  Value(Value const& other) noexcept : kind_(other.kind_)
  {
    if (is_shared())
      new (&content_.shared) Shared(other.content_.shared);
    else
      copy_plain(other);
  }

  /// Leaves `other` without value. Constant time.
  Value(Value&& other) noexcept : kind_(other.kind_)
  {
    if (is_shared()) {
      new (&content_.shared) Shared(std::move(other.content_.shared));
      other.content_.shared.~Shared();
      other.kind_ = Kind::none;
    } else {
      copy_plain(other);
    }
  }

  /// As construction from `other`.
  Value& operator=(Value const& other) noexcept
  {
    if (this != &other) *this = Value(other);
    return *this;
  }

  /// As construction from `other`.
  Value& operator=(Value&& other) noexcept
  {
    if (this == &other) return *this;
    if (is_shared()) content_.shared.~Shared();
    new (this) Value(std::move(other));
    return *this;
  }

  ~Value()
  {
    if (is_shared()) content_.shared.~Shared();
  }

  /// A known Boolean.
  explicit Value(bool value) noexcept : kind_(Kind::boolean) { content_.boolean = value; }

  /// A known number. \param value A finite number.
  explicit Value(Decimal value) noexcept : kind_(Kind::number) { content_.number = value; }

  /// A known date.
  explicit Value(Date value) noexcept : kind_(Kind::date) { content_.date = value; }

  /// A known duration in days and time.
  explicit Value(DaysDuration value) noexcept : kind_(Kind::days_duration) { content_.days = value; }

  /// A known duration in years and months.
  explicit Value(MonthsDuration value) noexcept : kind_(Kind::months_duration) { content_.months = value; }

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
  [[nodiscard]] Kind kind() const noexcept { return kind_; }

  /// What is known about it. Constant time.
  [[nodiscard]] TUTELA_API State state() const noexcept;

  /// How large it is. Constant time: every value knows it since it was made.
  [[nodiscard]] TUTELA_API Extent extent() const noexcept;

  /// True for the one alternative.
  [[nodiscard]] bool is(Kind kind) const noexcept { return this->kind() == kind; }

  /// True when there is none.
  [[nodiscard]] bool is_none() const noexcept { return is(Kind::none); }

  /// The Boolean, or nothing when it is none.
  [[nodiscard]] bool const* as_boolean() const noexcept { return is(Kind::boolean) ? &content_.boolean : nullptr; }

  /// The number, or nothing when it is none.
  [[nodiscard]] Decimal const* as_number() const noexcept { return is(Kind::number) ? &content_.number : nullptr; }

  /// The date, or nothing when it is none.
  [[nodiscard]] Date const* as_date() const noexcept { return is(Kind::date) ? &content_.date : nullptr; }

  /// The duration, or nothing when it is none.
  [[nodiscard]] DaysDuration const* as_days_duration() const noexcept
  {
    return is(Kind::days_duration) ? &content_.days : nullptr;
  }

  /// The duration, or nothing when it is none.
  [[nodiscard]] MonthsDuration const* as_months_duration() const noexcept
  {
    return is(Kind::months_duration) ? &content_.months : nullptr;
  }

  /// The text, or nothing when it is none.
  [[nodiscard]] std::string const* as_string() const noexcept { return shared<std::string>(Kind::string); }

  /// The time of day, or nothing when it is none.
  [[nodiscard]] Time const* as_time() const noexcept { return shared<Time>(Kind::time); }

  /// The moment, or nothing when it is none.
  [[nodiscard]] DateTime const* as_date_time() const noexcept { return shared<DateTime>(Kind::date_time); }

  /// The list, or nothing when it is none.
  [[nodiscard]] List const* as_list() const noexcept { return shared<List>(Kind::list); }

  /// The context, or nothing when it is none.
  [[nodiscard]] Context const* as_context() const noexcept { return shared<Context>(Kind::context); }

  /// The range, or nothing when it is none.
  [[nodiscard]] Range const* as_range() const noexcept { return shared<Range>(Kind::range); }

  /// The function, or nothing when it is none.
  [[nodiscard]] Function const* as_function() const noexcept { return shared<Function>(Kind::function); }

  /// What is missing, or nothing when the value is not unknown.
  [[nodiscard]] Unknown const* as_unknown() const noexcept { return shared<Unknown>(Kind::unknown); }

  /// What cannot be known, or nothing when the value is not uncertain.
  [[nodiscard]] Uncertain const* as_uncertain() const noexcept { return shared<Uncertain>(Kind::uncertain); }

  /// Why it cannot be computed, or nothing when the value is no error.
  [[nodiscard]] Fault const* as_fault() const noexcept { return shared<Fault>(Kind::error); }

  /// Structural equality. Linear in the parts of the smaller value (see `Extent`).
  friend TUTELA_API bool operator==(Value const& lhs, Value const& rhs) noexcept;

 private:
  using Shared = std::shared_ptr<void const>;

  // What a value holds is told by its kind. A variant would do, but it copies and destroys through tables of functions,
  // and evaluation does little else than pass values on.
  struct Plain {
    std::uint64_t first;
    std::uint64_t second;
  };
  union Content {
    Content() noexcept : plain{0, 0} {}
    ~Content() {}

    Plain plain;
    bool boolean;
    Decimal number;
    Date date;
    DaysDuration days;
    MonthsDuration months;
    Shared shared;
  };

  Value(Kind kind, Shared shared) noexcept : kind_(kind) { new (&content_.shared) Shared(std::move(shared)); }

  [[nodiscard]] bool is_shared() const noexcept
  {
    constexpr auto bit = [](Kind kind) { return 1U << static_cast<unsigned>(kind); };
    constexpr unsigned plain = bit(Kind::none) | bit(Kind::boolean) | bit(Kind::number) | bit(Kind::date) |
                               bit(Kind::days_duration) | bit(Kind::months_duration);
    return ((plain >> static_cast<unsigned>(kind_)) & 1U) == 0;
  }

  void copy_plain(Value const& other) noexcept
  {
    std::memcpy(static_cast<void*>(&content_), static_cast<void const*>(&other.content_), sizeof(Plain));
  }

  template <class T>
  [[nodiscard]] T const* shared(Kind kind) const noexcept
  {
    return is(kind) ? static_cast<T const*>(content_.shared.get()) : nullptr;
  }

  Content content_;
  Kind kind_ = Kind::none;
};

/// A list of values in order.
struct List {
  std::vector<Value> items;  ///< The elements that are known to be there.
  bool complete = true;      ///< False when further elements may exist that nobody has recorded yet.
  /// Facts that would close an open list.
  std::vector<std::string> facts = {};
  /// Of an open list: what one further element may be, with everything that it may lack. Null: a value like any other, that
  /// lacks nothing. Not compared and not written.
  std::shared_ptr<Value const> further = {};
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
