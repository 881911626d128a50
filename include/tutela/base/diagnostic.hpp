// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is wrong with an input, where, why, and how to mend it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>

namespace tutela::inline v0 {

/// How much a diagnostic matters.
enum class Severity : std::uint8_t {
  error,    ///< The input is refused.
  warning,  ///< The input is used, but somebody should look.
  note      ///< Additional information about another diagnostic.
};

/// `error`, `warning` or `note`.
[[nodiscard]] TUTELA_API std::string_view to_string(Severity severity) noexcept;

/// Stable number of a diagnostic, printed as `TUT-312`.
///
/// Bands of a hundred per room: base 1xx, facts 2xx, rules and FEEL 3xx, risk 4xx, referral 5xx, engine 6xx,
/// files 7xx, casework 8xx; 9000 and above are free for embedding systems. A number never changes its meaning.
enum class Code : std::uint16_t {
  limit_reached = 100,                  ///< A bound of `Limits` was reached.
  invalid_text = 101,                   ///< Text that is not UTF-8, or holds a control character.
  invalid_date = 102,                   ///< Not a date of the calendar.
  invalid_number = 103,                 ///< Not a decimal number, or out of range.
  wrong_type = 200,                     ///< A value of another type than declared.
  out_of_range = 201,                   ///< A value outside its declared range.
  not_allowed = 202,                    ///< A value that is not among the allowed ones.
  unknown_fact = 203,                   ///< A fact that nothing declares.
  contradictory_facts = 204,            ///< Facts that cannot hold together.
  invalid_interval = 205,               ///< An interval that ends before it begins.
  syntax = 300,                         ///< A FEEL expression that cannot be parsed.
  unknown_name = 301,                   ///< A name that is not in scope.
  type_mismatch = 302,                  ///< An expression whose types do not fit.
  unknown_function = 303,               ///< A function that does not exist.
  invalid_model = 310,                  ///< A DMN model that breaks a rule of the standard.
  unknown_reference = 311,              ///< A reference to an element that does not exist.
  cyclic_reference = 312,               ///< Elements that require each other.
  overlapping_law = 313,                ///< Two texts of one rule in force on the same day.
  unsupported = 314,                    ///< A construct that Tutela does not run.
  invalid_citation = 315,               ///< A rule without a usable source.
  gap = 320,                            ///< Cases to which no rule of a table applies.
  overlapping_rules = 321,              ///< Rules that apply at once where only one may.
  contradicting_rules = 322,            ///< Rules that apply at once and answer differently.
  unreachable_rule = 323,               ///< A rule that no case reaches.
  mode_difference = 324,                ///< A cell that other DMN engines read otherwise.
  uncited_law = 325,                    ///< A decision that does not say where it is written.
  undated_law = 326,                    ///< A text that does not say since when it is in force.
  requirement_not_in_force = 327,       ///< A decision that rests on one without a text on the same day.
  no_rule_in_force = 328,               ///< A text in force on a day on which none of the rules of its table is.
  separation_on_protected_facts = 329,  ///< A separation that follows only from protected facts.
  separation_without_help = 330,        ///< A separation for material neglect without a record that help failed.
  invalid_instrument = 400,             ///< An instrument that breaks its own declarations.
  unknown_item = 401,                   ///< An answer to an item that the instrument lacks.
  failed_check_case = 402,              ///< A check case of the instrument that does not come out.
  questionable_figure = 403,            ///< A figure of a validation that somebody should look at.
  invalid_network = 500,                ///< A network that breaks a rule of its format.
  dangling_reference = 501,             ///< A network element that points to nothing.
  invalid_request = 600,                ///< A request to the engine that cannot be carried out.
  not_found = 700,                      ///< A file or shipped resource that does not exist.
  unreadable = 701,                     ///< A file that cannot be read or written.
  malformed = 702,                      ///< Not well-formed JSON, XML or CSV.
  duplicate_key = 703,                  ///< The same key twice in one object.
  unknown_key = 704,                    ///< A key that the format does not have.
  missing_key = 705,                    ///< A key that the format requires.
  unsupported_format = 706,             ///< A file of another format or version.
  duplicate_id = 707,                   ///< The same identifier twice in one file.
  internal = 999                        ///< A broken promise of the library itself; please report it.
};

/// `TUT-` and the number, for example `TUT-703`.
[[nodiscard]] TUTELA_API std::string to_string(Code code);

/// Where in an input something is. Every part may be missing.
struct Place {
  std::string file;          ///< Name of the file as the caller gave it.
  std::uint32_t line = 0;    ///< Line from 1; 0 when not known.
  std::uint32_t column = 0;  ///< Column in bytes from 1; 0 when not known.
  std::string pointer;       ///< JSON pointer (RFC 6901), or the path of a model element.

  friend bool operator==(Place const&, Place const&) = default;
};

/// One finding about an input: where, what, why, and how to mend it.
///
/// The texts name facts, keys and positions; they never repeat a person's data.
struct Diagnostic {
  Code code = Code::internal;           ///< Stable number.
  Severity severity = Severity::error;  ///< How much it matters.
  Place place;                          ///< Where.
  std::string what;                     ///< What is wrong, in one sentence without a full stop.
  std::string mend;                     ///< How to mend it, or empty.

  friend bool operator==(Diagnostic const&, Diagnostic const&) = default;
};

/// One line: `file:line:column /pointer: error TUT-703: what; mend`.
[[nodiscard]] TUTELA_API std::string to_string(Diagnostic const& diagnostic);

/// All diagnostics, one a line.
[[nodiscard]] TUTELA_API std::string to_string(std::vector<Diagnostic> const& diagnostics);

/// Collects diagnostics up to a limit, so that one run shows everything that is wrong.
class Diagnostics {
 public:
  /// \param keep How many are kept; of the others only the number is known. At least 1.
  explicit Diagnostics(std::size_t keep = 100) : keep_(keep == 0 ? 1 : keep) {}

  /// Adds a finding; beyond the limit it is only counted.
  TUTELA_API void add(Diagnostic diagnostic);

  /// Adds an error.
  TUTELA_API void error(Code code, Place place, std::string what, std::string mend = {});

  /// Adds a warning.
  TUTELA_API void warning(Code code, Place place, std::string what, std::string mend = {});

  /// Adds all of `others`.
  TUTELA_API void append(std::vector<Diagnostic> others);

  /// True when at least one error was added, kept or not.
  [[nodiscard]] bool has_errors() const noexcept { return errors_ > 0; }

  /// How many findings were added, kept or not.
  [[nodiscard]] std::size_t count() const noexcept { return count_; }

  /// The kept findings, in the order they were added.
  [[nodiscard]] std::vector<Diagnostic> const& list() const& noexcept { return list_; }

  /// Moves the kept findings out; a last note counts those that were not kept.
  [[nodiscard]] TUTELA_API std::vector<Diagnostic> take() &&;

 private:
  std::vector<Diagnostic> list_;
  std::size_t keep_;
  std::size_t count_ = 0;
  std::size_t errors_ = 0;
};

}  // namespace tutela::inline v0
