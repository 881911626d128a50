// SPDX-License-Identifier: Apache-2.0
/// \file
/// What an instrument file says: plain data, not yet checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/text.hpp>
#include <tutela/facts/record.hpp>
#include <tutela/facts/schema.hpp>
#include <tutela/risk/expression.hpp>

namespace tutela::inline v0 {

/// How far the figures of an instrument can be trusted.
enum class InstrumentStatus : std::uint8_t {
  official,    ///< Published by the body that owns it, taken over as it stands.
  reproduced,  ///< Restated from published sources and re-computed against official cases.
  demo         ///< Invented, to show the form; never for a real person.
};

/// What a score speaks about.
enum class InstrumentOutcome : std::uint8_t {
  reoffending,    ///< A new sanction or charge; only for people who already have one.
  need,           ///< A need for support.
  service_level,  ///< How much of a service is set aside.
  maltreatment    ///< Harm to a child in the family.
};

/// Who owns an instrument and on which terms it may be used.
struct InstrumentRights {
  std::string holder;           ///< Owner.
  std::string licence;          ///< Licence of the figures.
  std::string notice;           ///< Notice that must be passed on; empty when there is none.
  bool consent_needed = false;  ///< True when the owner must be asked first; a deployment can refuse those.
};

/// What becomes of a fact that is missing. There is no default: every fact of an instrument says it.
enum class MissingRule : std::uint8_t {
  bounds,  ///< The score stays open between its lowest and highest value.
  assume   ///< The published rule puts a fixed value in its place; the score names every fact so assumed.
};

/// One fact that an instrument reads.
///
/// The declaration's type is date, number, string (with `allowed`, the choices) or boolean. Dates and numbers need
/// a bounded range: it is what a missing fact ranges over.
struct InstrumentFact {
  std::string id;               ///< Short name inside the instrument: `birth_date`.
  FactDeclaration declaration;  ///< Name in the record, type, range, label, question, category.
  int decimals = 0;             ///< Decimals of a number; it is one of the multiples of 10^-decimals in its range.
  MissingRule missing = MissingRule::bounds;  ///< What becomes of it when it is missing.
  std::optional<Value> assumed;               ///< The value that `assume` puts in its place.
  std::optional<Value> when_none;  ///< The value that stands for *there is none*; nothing when that is no answer.
  /// FEEL expression over the facts of the record that gives it where the record has no fact of its own name; empty
  /// when it is plain. `person.birth_date` is the entry `birth_date` of `person`, as in rule packs.
  std::string feel;
};

/// A named step of the computation, or an item whose value is added to the total.
struct ScoreQuantity {
  std::string id;         ///< Name, unique among facts and quantities.
  Text label;             ///< Name for people.
  ScoreConditions when;   ///< The quantity is zero where these do not hold.
  ScoreExpression value;  ///< How it is computed.
  /// Declared direction along one fact or quantity: +1 never falls, -1 never rises. Checked over the whole domain.
  std::vector<std::pair<std::string, int>> direction = {};
  /// Declared largest difference between neighbouring whole numbers of one fact or quantity, as decimal text. A sign
  /// or a digit that was lost on the way shows as a jump.
  std::vector<std::pair<std::string, std::string>> largest_step = {};
};

/// A number that the instrument reports.
struct ScoreOutputDescription {
  ScoreQuantity quantity;  ///< How it is computed.
  std::string unit;        ///< `points`, `log odds`, `probability`, `percent` or `level`.
  std::string horizon;     ///< ISO 8601 duration that a probability speaks about: `P2Y`; empty when none.
  int decimals = 0;        ///< Decimals that people and rules see.
};

/// A band of one output: `[from, below)`.
struct ScoreBand {
  std::string id;                    ///< Name: `medium`.
  Text label;                        ///< Name for people.
  std::optional<std::string> from;   ///< Lowest value, decimal text; nothing when open below.
  std::optional<std::string> below;  ///< First value above the band, decimal text; nothing when open above.
};

/// Where the output is cut into bands, and how they are called, apart from the items: the same scale is often cut
/// otherwise in another state, for the other sex, or from another day on.
struct ScoreNorm {
  std::string id;                          ///< Name of the norm: `texas_2020`.
  Text label;                              ///< Whose norm it is, for people; said with every score.
  std::vector<std::string> jurisdictions;  ///< Where it holds; empty is wherever the instrument does.
  std::optional<Date> from;                ///< First day on which it holds; nothing when always before `until`.
  std::optional<Date> until;               ///< First day on which it no longer holds; nothing when open.
  ScoreConditions when;           ///< Facts of the people whose norm it is, such as the sex; empty is everybody.
  std::vector<ScoreBand> bands;   ///< Bands from the lowest to the highest.
  std::vector<Citation> sources;  ///< Where the cuts were read.
};

/// A combination of facts on which the instrument must not be used.
struct ApplicabilityRule {
  std::string id;                  ///< Name of the rule.
  ScoreConditions refuse;          ///< Where all of these hold, it is not applicable.
  Text reason;                     ///< Why, for people.
  bool even_for_research = false;  ///< True when research is refused too.
};

/// For whom an instrument was made.
struct Applicability {
  Text population;                         ///< People it was developed and tested on.
  std::vector<std::string> jurisdictions;  ///< Where, as ISO 3166 codes: `GB-EAW`; empty for a demonstration only.
  /// Names of facts that record a sanction or a charge; at least one must be known (and not false), for whatever
  /// purpose. Needed for the outcome `reoffending`.
  std::vector<std::string> recorded_act;
  std::vector<ApplicabilityRule> rules;  ///< Further limits.
};

/// Something that the facts cannot be.
struct ScoreConstraint {
  std::vector<std::string> order;  ///< Facts or quantities that never fall from left to right.
  ScoreConditions never;           ///< Conditions that never hold together.
  Text reason;                     ///< Said when known facts break it.
};

/// One published result that the instrument must reproduce.
struct CheckCase {
  std::string id;                                             ///< Name of the case.
  Record facts;                                               ///< Input, by the names in the record.
  std::vector<std::pair<std::string, std::string>> expected;  ///< Output (or `total`) and value as decimal text.
  std::optional<std::string> band;                            ///< Expected band.
  std::string tolerance = "1e-12";                            ///< Largest absolute difference, decimal text.
  std::optional<Citation> source;                             ///< Where the result was published.
  std::string jurisdiction;  ///< Whose norm the case is judged by; empty is the first of the instrument.
  std::optional<Date> on;    ///< On which day; needed where norms change.
};

/// Everything an instrument file says.
struct InstrumentDescription {
  std::string id;                                              ///< `uk/ogrs3`.
  std::string version;                                         ///< Version of this description.
  Text title;                                                  ///< Name for people.
  InstrumentStatus status = InstrumentStatus::demo;            ///< How far it can be trusted.
  InstrumentOutcome outcome = InstrumentOutcome::reoffending;  ///< What it speaks about.
  InstrumentRights rights;                                     ///< Terms of use.
  std::vector<Citation> sources;                               ///< Where the figures were read; at least one.
  std::string verified;                                        ///< How the figures were verified, in one sentence.
  Text norm;                                                   ///< Said with every score: whose norm it is.
  AgeRule age_rule;                                            ///< How `years` counts a birthday.
  Applicability applicability;                                 ///< For whom it was made.
  std::vector<InstrumentFact> facts;                           ///< What it reads.
  std::vector<ScoreConstraint> constraints;                    ///< What the facts cannot be.
  std::vector<ScoreQuantity> quantities;                       ///< Steps before the items, in order.
  std::vector<ScoreQuantity> items;                            ///< What is added up, in order.
  std::optional<ScoreExpression> total;         ///< How the items make the total; their sum in order when not said.
  std::string total_unit;                       ///< `points`, `log odds`, `percent` or `level`.
  std::vector<ScoreOutputDescription> outputs;  ///< What is reported beside the total, in order.
  std::string band_of;                          ///< The output (or `total`) that the bands divide; empty without bands.
  std::vector<ScoreBand> bands;                 ///< Bands from the lowest to the highest; empty where norms have them.
  std::vector<ScoreNorm> norms;                 ///< Bands by place, day and facts; empty where one norm is for all.
  std::optional<std::string> printed_minimum;   ///< Lowest total that the source prints.
  std::optional<std::string> printed_maximum;   ///< Highest total that the source prints.
  std::vector<CheckCase> cases;                 ///< Results it must reproduce.
};

}  // namespace tutela::inline v0
