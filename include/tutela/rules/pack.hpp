// SPDX-License-Identifier: Apache-2.0
/// \file
/// Rule packs: the law of one jurisdiction as decisions that can be asked.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/diagnostic.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/feel/mode.hpp>
#include <tutela/rules/check.hpp>
#include <tutela/rules/proof.hpp>
#include <tutela/rules/verdict.hpp>

namespace tutela::detail {
class PackImpl;
}

namespace tutela::inline v0 {

/// A text that a pack was written from.
struct PackSource {
  std::string id;                   ///< Name inside the pack.
  std::string title;                ///< Title of the act or page.
  std::string url;                  ///< Where it was read; may be empty.
  Grade grade = Grade::unverified;  ///< How well it is known.
  std::optional<Date> text_date;    ///< Date of the version that was read.
};

/// What a pack says about itself.
struct PackInfo {
  std::string id;                    ///< `md/child-protection`; for a lone DMN file the name of its model.
  std::string version;               ///< Version of the pack, not of the law.
  Text title;                        ///< Name for people.
  std::string jurisdiction;          ///< ISO 3166 code of the legal order: `MD`; empty for a lone DMN file.
  Language language = Language::en;  ///< Language of the acts, and of reports by default.
  AgeRule age_rule;                  ///< How this legal order counts ages.
  Period valid;                      ///< Days for which the pack claims to hold.
  std::string rights;                ///< Licence of the pack and rights in the texts it was written from.
  std::vector<PackSource> sources;   ///< Texts it was written from.
  std::string costs;                 ///< Unit and origin of the costs of asking; empty when nothing is said.
  std::string digest;  ///< SHA-256 of the manifest in hexadecimal digits; of the file for a lone DMN file.
  bool dated = false;  ///< False for a lone DMN file without dates: `on` may be left out.
};

/// One file of a pack.
struct PackFile {
  std::string name;  ///< Name inside the folder of the pack: `pack.json`, `services.dmn`.
  std::string text;  ///< Content, UTF-8.
};

/// One text of a decision.
struct DecisionText {
  Period law;                       ///< Days on which this text is in force.
  std::vector<Citation> citations;  ///< Where it is written.
  bool verified = true;             ///< False when it is graded C, D or unverified: it runs only when asked for.
};

/// What can be asked of a pack.
struct DecisionInfo {
  std::string name;                     ///< Name, unique in the pack.
  Text label;                           ///< Name for people.
  std::vector<DecisionText> texts;      ///< One for each text of the law, by first day; never two on one day.
  std::vector<std::string> facts;       ///< Facts that it may read, directly or through other decisions; sorted.
  std::vector<std::string> categories;  ///< Data categories of these facts; sorted.
  Effect effect = Effect::none;         ///< What its answer does to a person.
  bool separation = false;              ///< True when it can separate a child from the family.
};

/// How to ask.
struct DecideOptions {
  /// Day whose text of the law is applied; the day asked about when left out.
  std::optional<Date> law_on;
  /// Only facts recorded by this day count; all when left out.
  std::optional<Date> known_on;
  /// Decisions to answer; all when empty.
  std::vector<std::string> decisions;
  /// ISO 3166 code of the legal order that the person is under. Where it is not the pack's own, every decision is
  /// `rule_not_available` and names it: the rule of one country never stands in for that of another. The pack's own
  /// when empty; a lone DMN file has none and answers for any.
  std::string jurisdiction;
  /// Also run texts that are graded C, D or unverified.
  bool include_unverified = false;
  /// `conformance` runs the model as other DMN engines would and reads a missing fact as null; never for people.
  Mode mode = Mode::legal;
  /// Whether verdicts have reasons. Without, they also have no citations but those of the decision itself; for
  /// callers that decide often and explain seldom.
  bool reasons = true;
  /// Bounds of the work on one decision.
  Limits limits;
};

/// The rules of one legal order (or of a lone DMN file): loaded once, checked whole, then immutable.
///
/// Copies share their content. All questions are `const` and may be asked from several threads at once.
class Pack {
 public:
  /// What the pack says about itself.
  [[nodiscard]] TUTELA_API PackInfo const& info() const& noexcept;

  /// All decisions, by name.
  [[nodiscard]] TUTELA_API std::vector<DecisionInfo> const& decisions() const& noexcept;

  /// The decision of that name, or nothing. Logarithmic.
  [[nodiscard]] TUTELA_API DecisionInfo const* find(std::string_view decision) const noexcept;

  /// All facts that the decisions read.
  [[nodiscard]] TUTELA_API Schema const& schema() const& noexcept;

  /// What is wrong with the facts of a case: each by its declaration, and together by the constraints of the pack.
  ///
  /// A constraint is a decision marked `tutela:constraint`: a statement about several facts that holds in every case
  /// (nobody dies before being born). A case that no completion of its facts can obey is reported with the facts that
  /// contradict each other; `decide` answers it with an error.
  /// \param on The day asked about; constraints that need it are left out without it.
  /// \return All findings; none when the facts are sound. The place is a fact, or the facts of a constraint.
  [[nodiscard]] TUTELA_API std::vector<Diagnostic> check_facts(Record const& record, std::optional<Date> on = {}) const;

  /// Answers the decisions for one case.
  ///
  /// \param record  The facts. One that is not there is unknown, never false.
  /// \param on      The day asked about; it is also what `today()` means. May be left out only for an undated pack
  ///                that uses neither `today()` nor `now()`.
  /// \param options How to ask.
  /// \return One verdict a decision, by name; an asked-for decision that the pack lacks is `rule_not_available`.
  /// \throws ContractViolation when `on` is missing where it is needed.
  [[nodiscard]] TUTELA_API std::vector<Verdict> decide(Record const& record, std::optional<Date> on,
                                                       DecideOptions const& options = {}) const;

  /// Answers one decision; one that the pack lacks is `rule_not_available`. Otherwise as above.
  [[nodiscard]] TUTELA_API Verdict decide(std::string_view decision, Record const& record, std::optional<Date> on,
                                          DecideOptions const& options = {}) const;

  /// The verdict of one decision with its proof: every rule, condition, fact and article below it.
  ///
  /// Answers the decision once more, so it is for the one case somebody looks at. Linear in the cells of the tables
  /// below the decision beside that and `parts`. A decision that the pack lacks has a proof without steps.
  /// \throws ContractViolation when `on` is missing where it is needed.
  [[nodiscard]] TUTELA_API Proof prove(std::string_view decision, Record const& record, std::optional<Date> on,
                                       DecideOptions const& options = {}, ProofParts const& parts = {}) const;

  /// Every minimal set of conditions of the decision's table that is in the way of an answer.
  ///
  /// A set is in the way when other values for its inputs alone, with all other inputs as they are now (open ones
  /// open), make the table give the answer in every case that obeys the constraints, and no smaller set does; `WhyNot`
  /// has the definition. A decision without a table has no conditions; its result is empty and `truncated`.
  /// \param answer The answer wanted.
  /// Exponential in the inputs of the table in the worst case; at most `Limits::completions` evaluations of it.
  [[nodiscard]] TUTELA_API WhyNot why_not(std::string_view decision, Value const& answer, Record const& record,
                                          std::optional<Date> on, DecideOptions const& options = {}) const;

  /// The same for one rule: what is in the way of its giving the answer of the table.
  /// \param rule Number from 1. \throws ContractViolation when the decision's table has no such rule.
  [[nodiscard]] TUTELA_API WhyNot why_not_rule(std::string_view decision, std::size_t rule, Record const& record,
                                               std::optional<Date> on, DecideOptions const& options = {}) const;

  /// The smallest sets of facts that decide the answer by themselves, whatever all other facts are.
  ///
  /// Facts are taken away one by one while the answer stays definite and the same, which gives a first minimal set
  /// with one evaluation for each fact. The others follow from leaving out each member of the sets found, with at most
  /// 256 further evaluations. A fact counts as the record holds it: a structured fact or a list as a whole.
  [[nodiscard]] TUTELA_API MinimalReasons minimal_reasons(std::string_view decision, Record const& record,
                                                          std::optional<Date> on,
                                                          DecideOptions const& options = {}) const;

  /// The files of the pack as they are saved, by name.
  ///
  /// Models are DMN 1.5, whatever version they were read from. Comments, labels, diagrams and the extension elements
  /// of other programs are kept; a model that is DMN 1.5 already is kept to the byte. All other files are as they were
  /// read; `manifest.json` is written anew. A lone DMN file gives itself and the models that it imports.
  [[nodiscard]] TUTELA_API std::vector<PackFile> files() const;

  /// Writes these files into a folder, which is made when it is not there. Nothing is overwritten.
  ///
  /// Test cases (`cases/`) are no part of a loaded pack and are not written.
  /// \param folder A folder that is empty or not there yet.
  /// \return What `load_pack` takes to read an equal pack: the folder, or the file in it for a lone DMN file. Otherwise
  ///         why it cannot be written; what was written until then is removed.
  [[nodiscard]] TUTELA_API Result<std::string> save(std::string const& folder) const;

  /// Looks for what a careful reader would object to although the pack loads.
  ///
  /// - `gap` (warning): no rule of a table applies, and it has no default output.
  /// - `overlapping_rules` (error): two rules of a UNIQUE table apply at once; `contradicting_rules` (error): rules of
  ///   an ANY table apply at once and answer differently. The table then has no answer.
  /// - `unreachable_rule` (warning): a rule that no case reaches; `invalid_interval` (warning): an empty range.
  /// - `mode_difference` (note): a test of *none*, or a decision in some case, that another DMN engine reads otherwise.
  /// - `uncited_law` (warning): a decision of a dated pack that has no citation, neither for itself nor for all its
  ///   rules; `undated_law` (warning): one of its texts has no first day.
  /// - `not_allowed` (warning): a word that stigmatises; `invalid_number` (warning): a comma for the point, `>= 3,5`.
  /// - `requirement_not_in_force` (warning): a decision rests on another one that has no text on some of its days;
  ///   `no_rule_in_force` (warning): none of the rules of a text is in force on some of its days.
  /// - `separation_on_protected_facts`, `separation_without_help` (error; a warning when only answers *no* are so): a
  ///   case in which a separation follows only from protected facts and their proxies, or only from material neglect
  ///   although no help was refused or failed. Tried in every case on one day of each state of the law.
  ///
  /// Tables are walked over all regions into which their constants cut the inputs, within what is declared about
  /// these, once for each set of rules that is in force at some time. A finding that is not `certain` is never an error.
  /// \param limits `evaluation_steps` bounds all walks of one table, `diagnostics` the pairs of rules told of one table,
  ///               `completions` the evaluations for one separation on one day.
  [[nodiscard]] TUTELA_API PackCheck check(Limits const& limits = {}) const;

  /// The parts; for the library itself.
  explicit Pack(std::shared_ptr<detail::PackImpl const> impl) : impl_(std::move(impl)) {}

  /// The parts; for the library itself.
  [[nodiscard]] detail::PackImpl const& impl() const& noexcept { return *impl_; }

 private:
  std::shared_ptr<detail::PackImpl const> impl_;
};

/// Loads a pack and checks all of it.
///
/// \param name_or_path Id of a shipped pack (`md/child-protection`), a pack folder, or a `.dmn` file. What exists as a
///                     file or folder is a path; otherwise it is an id.
/// \param limits       Bounds on the input.
/// \return The pack with warnings, or everything that is wrong with it, each with file, line and column.
[[nodiscard]] TUTELA_API Result<Pack> load_pack(std::string const& name_or_path, Limits const& limits = {});

/// Reads what is held in memory and checks all of it: a lone DMN document as an undated pack, or the files of a pack.
///
/// \param document DMN XML in UTF-8, which cannot import other documents, or JSON in the format `tutela-pack-files/1`.
/// \param file     Name for the diagnostics.
/// \param limits   Bounds on the input.
[[nodiscard]] TUTELA_API Result<Pack> parse_pack(std::string_view document, std::string const& file = {},
                                                 Limits const& limits = {});

/// Ids of the packs that ship with the library, sorted.
[[nodiscard]] TUTELA_API std::vector<std::string> shipped_packs();

}  // namespace tutela::inline v0
