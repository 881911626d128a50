// SPDX-License-Identifier: Apache-2.0
/// \file
/// A file of records: what may stand in it, the records, and the figures that are computed from them.
#pragma once

#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>
#include <tutela/casework/indicator.hpp>
#include <tutela/model/publication.hpp>
#include <tutela/model/record_kind.hpp>

namespace tutela::inline v0 {

/// An agency, unit or service that records of a book concern.
struct BookParticipant {
  NodeId id;  ///< Identifier.
  Text name;  ///< Name for people.

  friend bool operator==(BookParticipant const&, BookParticipant const&) = default;
};

/// What a book of records holds, as it is written in its file.
struct RecordBookContent {
  std::string id;                             ///< Name of the book: `chisinau`.
  Text name;                                  ///< What it is, for people.
  std::string jurisdiction;                   ///< Country: `MD`; empty where it is none's.
  bool synthetic = false;                     ///< True when records without a source are made up.
  std::vector<std::string> uses;              ///< Books that ship, whose kinds are used: `casework`.
  std::vector<Publication> sources;           ///< Where records were published.
  std::vector<BookParticipant> participants;  ///< Whom records concern.
  std::vector<RecordKind> kinds;              ///< Kinds of its own.
  std::vector<std::string> complete;          ///< Kinds of which all records are there.
  std::vector<GenericRecord> records;         ///< The records.
  std::vector<Indicator> indicators;          ///< Figures to compute.
  std::vector<Identity> identities;           ///< Sums that must agree.
};

/// Records of one file, checked against the declarations of their kinds. Immutable.
class RecordBook {
 public:
  /// Checks everything and builds the book, or says all that is wrong.
  ///
  /// Refused: what `RecordKinds::build`, `check_records`, `check_indicator` and `check_identity` find; an identifier twice; a
  /// participant or source that is not there; a source without a day; a record without a source, unless the book is
  /// synthetic; figures whose computing would take more than a hundred times `Limits::search_steps` looks at records.
  /// \param content What the book says.
  /// \param used    Kinds of the books that it uses.
  /// \param file    Name for the diagnostics.
  /// \param limits  Bounds on the diagnostics and on nesting.
  [[nodiscard]] TUTELA_API static Result<RecordBook> build(RecordBookContent content, RecordKinds const& used = {},
                                                           std::string const& file = {}, Limits const& limits = {});

  /// What it says, in the order it was given.
  [[nodiscard]] RecordBookContent const& content() const& noexcept { return content_; }

  /// Its kinds and those it uses.
  [[nodiscard]] RecordKinds const& kinds() const& noexcept { return kinds_; }

  /// The book as it may leave the team: without the records that stay with it. Linear.
  [[nodiscard]] TUTELA_API RecordBook shareable() const;

  /// The records of one kind, in the order of the file. Linear.
  /// \throws ContractViolation for a kind that stays with its team: nobody makes a list of these people.
  [[nodiscard]] TUTELA_API std::vector<GenericRecord const*> records_of(std::string_view kind) const;

  /// The indicator of that identifier, or nothing. Linear.
  [[nodiscard]] TUTELA_API Indicator const* find_indicator(std::string_view id) const noexcept;

  /// The value of an indicator over the records of this book.
  [[nodiscard]] TUTELA_API IndicatorValue value(Indicator const& indicator, IndicatorOptions const& options = {}) const;

  /// The value of one of its own indicators. \throws ContractViolation when it has none of that identifier.
  [[nodiscard]] TUTELA_API IndicatorValue value(std::string_view indicator, IndicatorOptions const& options = {}) const;

  /// Its own indicators, in their order.
  [[nodiscard]] TUTELA_API std::vector<IndicatorValue> values(IndicatorOptions const& options = {}) const;

  /// Whether sums agree: see `check_identities`.
  [[nodiscard]] TUTELA_API std::vector<IdentityResult> identities() const;

 private:
  [[nodiscard]] RecordSet set() const noexcept { return {&kinds_, &content_.records, &content_.complete}; }

  RecordBookContent content_;
  RecordKinds kinds_;
};

}  // namespace tutela::inline v0
