// SPDX-License-Identifier: Apache-2.0
/// \file
/// A person's record with what was done to it: rectified, restricted, erased; and records that are spent, sealed or annulled.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/result.hpp>
#include <tutela/disclosure/retention.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/facts/schema.hpp>

namespace tutela::inline v0 {

/// What was done to a fact.
enum class HandlingKind : std::uint8_t {
  rectified,   ///< It was wrong; another value stands in its place.
  restricted,  ///< It is kept and nobody's rules read it: it is disputed, or kept for a court only.
  released,    ///< The restriction is over.
  erased,      ///< It is gone; the entry is all that is left.
  spent,  ///< What it rests on no longer counts against the person by lapse of time (ro: reabilitare; uk: погашення).
  sealed,   ///< What it rests on may be read by a court only.
  annulled  ///< What it rests on was set aside.
};

/// `rectified`, `spent`.
[[nodiscard]] TUTELA_API std::string_view to_string(HandlingKind kind) noexcept;

/// Who did it, when and why. Never a value.
struct Handling {
  Date on;                           ///< From this day on.
  std::string by;                    ///< Who decided it, as a role: `data_protection_officer`, `court`.
  std::string reason;                ///< Why, in words that tell no value.
  std::optional<Citation> citation;  ///< The article, where there is one.

  friend bool operator==(Handling const&, Handling const&) = default;
};

/// One entry of a record's history.
struct HandlingEntry {
  HandlingKind kind = HandlingKind::rectified;  ///< What was done.
  std::string fact;                             ///< Name of the fact; of each one there is an entry of its own.
  Handling handling;                            ///< Who, when, why.
  bool old_value_erased = false;                ///< For `rectified`: the old value is gone too.

  friend bool operator==(HandlingEntry const&, HandlingEntry const&) = default;
};

/// A conviction, measure or register entry that no longer counts, and the facts that rest on it.
struct LapsedRecord {
  HandlingKind kind = HandlingKind::spent;  ///< `spent`, `sealed` or `annulled`.
  std::vector<std::string> facts;           ///< Names of the facts that rest on it; at least one.
  /// Only facts of this source rest on it, so that one count of several registers can stay; empty: of any source.
  std::string source;
  Handling handling;  ///< `on` is the first day on which it no longer counts.
};

/// The facts of one person with their history. Immutable: each operation gives a new record.
///
/// Rules and scores are given `readable(today)` and nothing else: what is restricted, superseded or has lapsed is then not
/// there, exactly as if nobody had recorded it, so no verdict, score, question or explanation can show that it exists. The
/// history is for who keeps the record.
class KeptRecord {
 public:
  /// A record without history.
  TUTELA_API explicit KeptRecord(Record const& facts = {});

  /// Puts a right value in the place of a wrong one: from the day on all values of that name that were there are set aside.
  /// \param erase_old True when the old ones are erased; else they stay for the history and for readings of earlier days.
  /// \return The new record; or what is wrong: no such fact, nobody decided, no reason, an earlier day than the last entry
  ///         about the fact, a value that no record may hold.
  [[nodiscard]] TUTELA_API Result<KeptRecord> rectify(std::string const& fact, Value value, Source source,
                                                      Handling handling, bool erase_old) const;

  /// Keeps a fact from being read until it is released; errors as `rectify`, and when it is restricted already.
  [[nodiscard]] TUTELA_API Result<KeptRecord> restrict_reading(std::string const& fact, Handling handling) const;

  /// Ends a restriction; errors as `rectify`, and when it is not restricted.
  [[nodiscard]] TUTELA_API Result<KeptRecord> release(std::string const& fact, Handling handling) const;

  /// Erases all values of a fact at once, superseded ones too, for readings of every day; the entry stays. Records from
  /// before still hold them: who erases drops those.
  /// \param schema To know the category. \param holds Reasons to keep: refused while one keeps the category on the day.
  [[nodiscard]] TUTELA_API Result<KeptRecord> erase(std::string const& fact, Handling handling, Schema const& schema,
                                                    std::span<LegalHold const> holds) const;

  /// Takes the facts that rest on a spent, sealed or annulled record out of every reading from its day on. Names that are not
  /// on record are passed over; that none is, is an error like those of `rectify`.
  [[nodiscard]] TUTELA_API Result<KeptRecord> lapse(LapsedRecord const& lapsed) const;

  /// The facts that rules and scores may read.
  /// \param today The day on which they are read, which is not always the day that is asked about.
  /// n log n in the facts and the history.
  [[nodiscard]] TUTELA_API Record readable(Date today) const;

  /// Everything that was done, in the order in which it was done.
  [[nodiscard]] std::vector<HandlingEntry> const& history() const& noexcept { return history_; }

 private:
  [[nodiscard]] std::vector<Diagnostic> check(std::string const& fact, Handling const& handling) const;
  [[nodiscard]] bool is_restricted(std::string_view fact) const noexcept;
  [[nodiscard]] KeptRecord with(HandlingEntry entry) const;

  /// A fact with the days on which it may be read, restrictions apart.
  struct Kept {
    Fact fact;
    Period read;
  };

  std::vector<Kept> facts_;
  std::vector<HandlingEntry> history_;
};

}  // namespace tutela::inline v0
