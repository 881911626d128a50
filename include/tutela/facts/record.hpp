// SPDX-License-Identifier: Apache-2.0
/// \file
/// The facts of one case.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/facts/source.hpp>
#include <tutela/facts/value.hpp>

namespace tutela::inline v0 {

/// One fact: a name, a value in one of five states, and where it comes from.
struct Fact {
  std::string name;  ///< Dotted name: `child.birth_date`.
  Value value;       ///< Value; never an error.
  Source source;     ///< Who said it, and when.

  friend bool operator==(Fact const&, Fact const&) = default;
};

/// The facts of one case: built once, checked whole, then immutable and shared between threads.
///
/// A fact that the record does not have is *unknown*, never false, zero or none. Several facts of one name may stand
/// beside each other when their valid times, recording days or sources differ.
class Record {
 public:
  /// A record without facts: everything is unknown.
  TUTELA_API Record();

  /// All facts, sorted by name, then in the order they were added.
  [[nodiscard]] TUTELA_API std::vector<Fact> const& facts() const& noexcept;

  /// The fact of that name that holds on `on` and was recorded by `known_on`; the latest recorded where several do.
  /// Whether other sources say something else is for `disputed` to tell.
  ///
  /// \param name     Dotted name.
  /// \param on       Day on which it must hold; nothing means any day.
  /// \param known_on Last day of recording that counts; nothing means all. A fact without a recording day counts.
  /// \return Nothing when there is none. Logarithmic in the number of facts.
  [[nodiscard]] TUTELA_API Fact const* find(std::string_view name, std::optional<Date> on = {},
                                            std::optional<Date> known_on = {}) const noexcept;

  /// What a fact may be on which sources disagree: *unknown*, naming the fact, with the values of the sources as its
  /// domain. Of one source the latest recording counts, so that a source can correct itself; sources without a name are
  /// one. A source that does not know says nothing against another one.
  ///
  /// \param name,on,known_on As for `find`.
  /// \return Nothing when all sources agree. Linear in the facts of that name.
  [[nodiscard]] TUTELA_API std::optional<Value> disputed(std::string_view name, std::optional<Date> on = {},
                                                         std::optional<Date> known_on = {}) const;

  /// The value of that fact; *unknown* naming the fact itself where there is none, or where sources disagree.
  [[nodiscard]] TUTELA_API Value value(std::string_view name, std::optional<Date> on = {},
                                       std::optional<Date> known_on = {}) const;

  friend TUTELA_API bool operator==(Record const& lhs, Record const& rhs) noexcept;

 private:
  friend class RecordBuilder;
  std::shared_ptr<std::vector<Fact> const> facts_;
};

/// Collects facts and checks them together.
class RecordBuilder {
 public:
  /// Adds a known value or a value in another state.
  ///
  /// \param name Dotted name; its parts may hold blanks and letters of any script, as names in FEEL do.
  TUTELA_API RecordBuilder& set(std::string name, Value value, Source source = {}) &;

  /// The same on a temporary, so that a record is built in one expression.
  TUTELA_API RecordBuilder&& set(std::string name, Value value, Source source = {}) &&;

  /// The record, or everything that is wrong with it.
  ///
  /// Wrong are: an empty or ill-formed name, an error as value, an interval that ends before it begins, more facts
  /// than `limits.facts`, and two facts of one name and one source with the same recording day that hold on a common day.
  [[nodiscard]] TUTELA_API Result<Record> build(Limits const& limits = {}) &&;

 private:
  std::vector<Fact> facts_;
};

}  // namespace tutela::inline v0
