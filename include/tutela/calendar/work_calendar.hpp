// SPDX-License-Identifier: Apache-2.0
/// \file
/// On which days the offices of a country work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>

namespace tutela::inline v0 {

/// A day on which offices do not do what its day of the week says: a holiday, or a Saturday that is worked instead.
struct ExceptionalDay {
  Date day;              ///< The day.
  bool working = false;  ///< True when offices work on it although it is a Saturday or a Sunday.
  Text name;             ///< Name for people.

  friend bool operator==(ExceptionalDay const&, ExceptionalDay const&) = default;
};

/// What a calendar rests on.
struct WorkCalendarContent {
  std::string jurisdiction;                ///< ISO 3166 code: `MD`.
  Date first;                              ///< First day for which all exceptional days are known.
  Date last;                               ///< Last such day; at most 200 years later.
  std::vector<ExceptionalDay> exceptions;  ///< In any order; all between `first` and `last`.
  std::vector<Citation> citations;         ///< The acts that set them.
};

/// A day that was counted, and whether the calendar knew all days on the way.
struct CountedDay {
  Date day;           ///< The day.
  bool exact = true;  ///< False when holidays are not known for some of the days: the true day may be later.

  friend bool operator==(CountedDay const&, CountedDay const&) = default;
};

/// Working days of one country: Monday to Friday, but for the exceptional days of the years that are covered.
///
/// Outside those years no holiday is known. Days are counted there too, and every answer says that it is not exact.
/// Immutable: safe to share between threads.
class TUTELA_API WorkCalendar {
 public:
  /// A calendar that knows no holidays at all.
  WorkCalendar() = default;

  /// Checks the content and builds the calendar. Linear in the covered days.
  ///
  /// \return The calendar, or what is wrong: years in the wrong order, days outside of them, days given twice.
  [[nodiscard]] static Result<WorkCalendar> make(WorkCalendarContent content);

  /// What the calendar rests on.
  [[nodiscard]] WorkCalendarContent const& content() const& noexcept { return content_; }

  /// True when all exceptional days around `day` are known. Constant time.
  [[nodiscard]] bool covers(Date day) const noexcept;

  /// True when offices work on `day`, as far as the calendar knows. Constant time.
  [[nodiscard]] bool is_working(Date day) const noexcept;

  /// The working day that is the `count`-th after `from`, which itself is not counted; `from` when `count` is 0.
  ///
  /// \param from  A day between the years 1 and 9999.
  /// \param count 0 to `max_term` and the days of pauses, at most a million.
  /// Logarithmic in the covered days.
  [[nodiscard]] CountedDay add(Date from, std::int64_t count) const noexcept;

  /// How many working days lie in `(from, to]`, and whether they are all known; 0 when `to` is not after `from`.
  struct Count {
    std::int64_t days = 0;  ///< Working days.
    bool exact = true;      ///< False when holidays are not known for some of the days.
  };

  /// See `Count`. Constant time.
  [[nodiscard]] Count between(Date from, Date to) const noexcept;

 private:
  [[nodiscard]] std::int64_t rank(std::int64_t day) const noexcept;

  WorkCalendarContent content_;
  std::int64_t first_ = 0;           ///< Of the covered days, since 1970.
  std::int64_t end_ = 0;             ///< First day after them.
  std::int64_t shift_ = 0;           ///< Working days that the exceptions add in all; most often negative.
  std::vector<std::int64_t> ranks_;  ///< Working days before each covered day, since a day long ago.
};

}  // namespace tutela::inline v0
