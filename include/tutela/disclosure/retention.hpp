// SPDX-License-Identifier: Apache-2.0
/// \file
/// How long data of each category are kept: what is due for erasure when, and by which article.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/result.hpp>
#include <tutela/calendar/term.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/model/identity.hpp>

namespace tutela::inline v0 {

/// How long data of one category are kept. Nothing is assumed: a category without a rule, or with one that sets no term, is
/// reported, and nothing of it is ever due.
struct RetentionRule {
  DataCategory category;          ///< The data.
  std::optional<Term> keep;       ///< Days, months or years; nothing while nobody has set it.
  std::string from = "recorded";  ///< Event from which it counts: `recorded` is each fact's own, others are the case's.
  std::optional<Citation> citation;  ///< The article or decision that sets it.

  friend bool operator==(RetentionRule const&, RetentionRule const&) = default;
};

/// A reason to keep data although their term is over: a court asked for the file, a complaint is open.
struct LegalHold {
  std::string reason;                    ///< Code word: `court_request`, `complaint`.
  std::vector<DataCategory> categories;  ///< The data it keeps; all when empty.
  Period valid;                          ///< Days on which it holds.
  std::optional<Citation> citation;      ///< What it rests on.

  friend bool operator==(LegalHold const&, LegalHold const&) = default;
};

/// The first hold that keeps a category on a day, or null. What has no known category is kept by every hold. Linear.
[[nodiscard]] TUTELA_API LegalHold const* held_by(std::span<LegalHold const> holds, DataCategory const& category,
                                                  Date on) noexcept;

/// Where a fact stands.
enum class RetentionState : std::uint8_t {
  due,              ///< Its term is over: erase it.
  held,             ///< Its term is over, and a hold keeps it.
  running,          ///< Its term runs.
  not_begun,        ///< The event from which it counts has no known day.
  not_set,          ///< Nobody has set a term for its category.
  category_unknown  ///< Nothing declares its category.
};

/// `due`, `not_set`.
[[nodiscard]] TUTELA_API std::string_view to_string(RetentionState state) noexcept;

/// The clock of one fact. It never holds the value.
struct RetentionReading {
  std::string fact;                                ///< Name.
  std::size_t position = 0;                        ///< Position in `Record::facts`.
  DataCategory category;                           ///< Category; empty when not known.
  RetentionState state = RetentionState::not_set;  ///< Where it stands.
  std::optional<Date> erase_on;                    ///< First day on which it is to be gone; nothing while not known.
  std::string hold;                                ///< Reason of the hold that keeps it, for `held`.
  std::optional<Citation> citation;                ///< Article of the rule; of the hold for `held`.

  friend bool operator==(RetentionReading const&, RetentionReading const&) = default;
};

/// Reads the clock of every fact of a record.
/// \param record The facts.
/// \param schema What they are.
/// \param rules  One for each category.
/// \param events Days of the events of the case that rules count from: `case_closed`, `majority`.
/// \param holds  Reasons to keep.
/// \param today  The day.
/// \return One reading for each fact, those that are due first, then by the day of erasure, then as in the record; or what is
///         wrong: two rules of one category, a term of hours or working days, a hold without reason, an event without a name.
/// A term that begins on a day is over at the end of its last day, counted as every clock counts. n log n in the facts.
[[nodiscard]] TUTELA_API Result<std::vector<RetentionReading>> read_retention(
    Record const& record, Schema const& schema, std::span<RetentionRule const> rules,
    std::map<std::string, Date> const& events, std::span<LegalHold const> holds, Date today);

}  // namespace tutela::inline v0
