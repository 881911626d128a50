// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a fact may be, what it means, and how it may be asked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/diagnostic.hpp>
#include <tutela/base/text.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/facts/value.hpp>

namespace tutela::inline v0 {

/// How carefully a fact must be handled.
enum class Sensitivity : std::uint8_t {
  ordinary,   ///< Name of a street, date of an application.
  personal,   ///< Birth date, address, family.
  sensitive,  ///< Health, violence, offences, ethnicity, religion, sex life.
};

/// `ordinary`, `personal` or `sensitive`.
[[nodiscard]] TUTELA_API std::string_view to_string(Sensitivity sensitivity) noexcept;

/// Whom a fact is asked of; the child comes last, a victim of violence never.
enum class AskedOf : std::uint8_t {
  registry,            ///< A public register.
  file,                ///< The case file or another agency that may share it.
  adult,               ///< A parent, carer or professional.
  child,               ///< The child, in a conversation fit for the age.
  trained_interviewer  ///< Only a person trained for it; never in an intake interview.
};

/// `registry`, `file`, `adult`, `child` or `trained_interviewer`.
[[nodiscard]] TUTELA_API std::string_view to_string(AskedOf asked_of) noexcept;

/// Whose data a fact is; it decides who else may read it.
enum class Subject : std::uint8_t {
  unstated,  ///< Not said: handled as somebody else's.
  person,    ///< The person whom the case is about, and what is done for that person.
  family,    ///< The household as a whole: where it lives, what it has.
  others     ///< Anybody else: a parent, a relative, a carer, whoever made a report.
};

/// A ground on which no child may lose its family.
enum class Ground : std::uint8_t {
  none,        ///< None of them.
  unstated,    ///< One of them; the pack does not say which.
  poverty,     ///< Poverty.
  disability,  ///< Disability, of the child or of a parent.
  ethnicity    ///< Ethnicity, origin, language, belonging to a minority.
};

/// `none`, `unstated`, `poverty`, `disability` or `ethnicity`.
[[nodiscard]] TUTELA_API std::string_view to_string(Ground ground) noexcept;

/// How often a fact has certain values; used only to order questions, never for an answer.
struct ValueWeight {
  std::string test;    ///< FEEL unary tests that the values pass: `true`, `"city", "town"`, `< 3`.
  Decimal weight{1};   ///< Relative weight, 0 or more.
  std::string source;  ///< Where the figure comes from.

  friend bool operator==(ValueWeight const&, ValueWeight const&) = default;
};

/// `unstated`, `person`, `family` or `others`.
[[nodiscard]] TUTELA_API std::string_view to_string(Subject subject) noexcept;

/// Declaration of one fact.
struct FactDeclaration {
  std::string name;                                 ///< Dotted name: `child.birth_date`.
  Kind type = Kind::none;                           ///< Kind of its known values; `none` when not declared.
  std::vector<Value> allowed;                       ///< The only values it may have; empty when any.
  Range range;                                      ///< Bounds; an unbounded range when none are declared.
  std::optional<std::size_t> maximum_elements;      ///< Most elements of a list.
  Kind element_type = Kind::none;                   ///< Kind of the elements of a list; `none` when not declared.
  std::vector<Value> allowed_elements;              ///< The only values that an element may have; empty when any.
  Range element_range;                              ///< Bounds of each element.
  bool optional = false;                            ///< True when *there is none* is a possible answer.
  std::string unit;                                 ///< Unit: `MDL per month`, `days`; empty when it has none.
  Text label;                                       ///< Name for people: `date of birth`.
  Text question;                                    ///< The question that asks for it.
  Sensitivity sensitivity = Sensitivity::personal;  ///< How carefully it must be handled.
  AskedOf asked_of = AskedOf::adult;                ///< Whom it is asked of.
  Decimal cost{1};                                  ///< Cost of asking, in units of one plain question.
  Subject about = Subject::unstated;                ///< Whose data it is.
  std::string category;                             ///< Data category for disclosure: `identity`, `health`.
  bool changeable = false;                          ///< True when a service can change it or help to.
  Text help;                                        ///< What the agency can do to change it, when it is changeable.
  bool violence = false;                            ///< About violence: never asked of the child.
  std::vector<std::string> held_by;                 ///< Registers and agencies that may have it on record.
  std::vector<ValueWeight> weights;                 ///< How often it has which values; empty when nobody knows.
  bool is_protected = false;                        ///< Poverty, disability, ethnicity, or what stands for them.
  Ground ground = Ground::none;                     ///< Which of these, when it is protected.
  bool is_proxy = false;                            ///< True when it only stands for its ground.
  /// FEEL unary tests: the values that state neglect which material help can end (`true`, `"food", "clothing"`). Empty
  /// when the fact is not about that.
  std::string neglect;
  /// FEEL unary tests: the values that record that help was offered and refused, or failed. Empty when it records no help.
  std::string help_failed;
};

/// The facts that a pack or an instrument reads, by name.
class Schema {
 public:
  Schema() = default;

  /// \param declarations One for each fact; a later one of the same name replaces the earlier one.
  TUTELA_API explicit Schema(std::vector<FactDeclaration> declarations);

  /// The declaration of that name, or nothing. Logarithmic.
  [[nodiscard]] TUTELA_API FactDeclaration const* find(std::string_view name) const noexcept;

  /// All declarations, sorted by name.
  [[nodiscard]] std::vector<FactDeclaration> const& declarations() const& noexcept { return declarations_; }

  /// Checks each fact of a record that is declared here against its declaration, and each element of a list; all
  /// findings, not the first. The place of an element is `needs[2]`.
  ///
  /// Facts that are not declared are no error: other packs may read them.
  [[nodiscard]] TUTELA_API std::vector<Diagnostic> check(Record const& record) const;

 private:
  std::vector<FactDeclaration> declarations_;
};

/// What is wrong with a value under a declaration, as a diagnostic without place, or nothing. Of a list with several wrong
/// elements, the first.
[[nodiscard]] TUTELA_API std::optional<Diagnostic> check(FactDeclaration const& declaration, Value const& value);

/// The kind of which every value is allowed for a fact, so that a setter needs no check before it; `Kind::error` where the
/// declaration lists or bounds its values.
[[nodiscard]] TUTELA_API Kind unbounded_kind(FactDeclaration const& declaration) noexcept;

/// True for a text that the declaration lists and nothing else in it forbids: it needs no check either. Linear in the list.
[[nodiscard]] TUTELA_API bool lists_text(FactDeclaration const& declaration, std::string_view text) noexcept;

}  // namespace tutela::inline v0
