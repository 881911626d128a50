// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a generic record may hold: declarations of kinds of records, and the check of records against them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/model/generic_record.hpp>

namespace tutela::inline v0 {

/// What a field of a record holds, in the words of files.
enum class FieldType : std::uint8_t {
  boolean,  ///< True or false.
  number,   ///< A number of at most 15 digits.
  count,    ///< How many: a whole number of 0 or more, or `{"value": 180, "approximate": true}`.
  text,     ///< A text, or a code word where values are allowed.
  date,     ///< A day, written `2026-03-01`.
  list,     ///< A list of texts.
  object    ///< Anything that JSON can say; not looked into.
};

/// `boolean`, `count`.
[[nodiscard]] TUTELA_API std::string_view to_string(FieldType type) noexcept;

/// One field of a kind of record. A field that a record does not have is not recorded, which is neither zero nor no.
struct RecordField {
  FieldType type = FieldType::text;  ///< What it holds.
  /// Name, allowed values, range, unit, label, category and sensitivity, as for a fact; its own kind follows from `type`.
  FactDeclaration declaration;
  bool required = false;  ///< True when every record of the kind has it.
  std::string refers_to;  ///< Kind of the record that a text names, or each text of a list; empty when it names none.
};

/// Fields of one record that add up: the sum of `left` minus that of `less` equals the sum of `right`.
struct FieldIdentity {
  std::vector<std::string> left;   ///< Added: `start`, `entered`.
  std::vector<std::string> less;   ///< Taken away: `ended`.
  std::vector<std::string> right;  ///< Added on the other side: `end`.

  friend bool operator==(FieldIdentity const&, FieldIdentity const&) = default;
};

/// Whether records of a kind have days.
enum class RecordTime : std::uint8_t {
  none,      ///< They never do.
  optional,  ///< They may.
  required   ///< They have at least a first day, as far as it is known.
};

/// `none`, `optional`, `required`.
[[nodiscard]] TUTELA_API std::string_view to_string(RecordTime time) noexcept;

/// A kind of record.
struct RecordKind {
  std::string kind;                        ///< Code word: `meeting`.
  Text name;                               ///< Name for people.
  RecordTime time = RecordTime::optional;  ///< Whether its records have days.
  std::vector<RecordField> fields;         ///< What they may hold; anything else is an error.
  std::vector<FieldIdentity> identities;   ///< What adds up in each of them.
  bool never_computed = false;             ///< True for what others claim: no indicator counts or adds it up.
  bool team_only =
      false;  ///< True when they stay with the team that keeps them: small numbers of them are never shown.
};

/// Kinds of records, checked as a whole. Immutable; cheap to look up.
class RecordKinds {
 public:
  /// No kinds.
  RecordKinds() = default;

  /// Checks the kinds, or says all that is wrong: no code word, a kind or a field twice, a range or allowed values that
  /// do not fit the type, data that stay with a team in a kind that does not, a reference to a kind that is not there, an identity over what is no number, more than 200 fields.
  /// \param kinds   The kinds.
  /// \param known   Kinds that are there besides, for references; a kind may not stand in both.
  /// \param pointer JSON pointer of the list, for the places.
  [[nodiscard]] TUTELA_API static Result<RecordKinds> build(std::vector<RecordKind> kinds,
                                                            RecordKinds const& known = {},
                                                            std::string const& pointer = "/kinds");

  /// The kind of that code word, or nothing. Logarithmic.
  [[nodiscard]] TUTELA_API RecordKind const* find(std::string_view kind) const noexcept;

  /// All kinds by their code words.
  [[nodiscard]] std::map<std::string, RecordKind, std::less<>> const& all() const& noexcept { return kinds_; }

 private:
  std::map<std::string, RecordKind, std::less<>> kinds_;
};

/// The field of that name, or nothing. Linear.
[[nodiscard]] TUTELA_API RecordField const* find_field(RecordKind const& kind, std::string_view name) noexcept;

/// A number in a record, and whether it is about so many.
struct Counted {
  Decimal value;             ///< The number.
  bool approximate = false;  ///< True when the source says *about*.

  friend bool operator==(Counted const&, Counted const&) = default;
};

/// The number in a field of a record; nothing when it is not recorded or no number.
[[nodiscard]] TUTELA_API std::optional<Counted> number_in(GenericRecord const& record, std::string_view field) noexcept;

/// Checks records against their kinds: everything that is wrong, with its place.
///
/// Wrong are: a kind or field that nothing declares, an identifier twice, a name that is missing, a required field or day
/// that is missing, a value of another type, range or vocabulary than declared, a reference to a record that is not there or
/// is of another kind, an end before the begin, and what JSON cannot say. `null` is as if the field were not there.
/// \param kinds   The declarations.
/// \param records The records.
/// \param pointer JSON pointer of the list of records, for the places.
/// n log n in the records.
[[nodiscard]] TUTELA_API std::vector<Diagnostic> check_records(RecordKinds const& kinds,
                                                               std::span<GenericRecord const> records,
                                                               std::string const& pointer = "/records",
                                                               Limits const& limits = {});

}  // namespace tutela::inline v0
