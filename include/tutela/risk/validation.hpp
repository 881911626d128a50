// SPDX-License-Identifier: Apache-2.0
/// \file
/// Everything that a validation of a scale must say about one sample: the question and the finished figures.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>
#include <tutela/risk/calibration.hpp>
#include <tutela/risk/discrimination.hpp>
#include <tutela/risk/fairness.hpp>
#include <tutela/risk/rater_agreement.hpp>
#include <tutela/risk/stability.hpp>
#include <tutela/risk/survival.hpp>

namespace tutela::inline v0 {

/// One way to sort all people into groups: sex, race, court.
struct Grouping {
  std::string name;                      ///< What it sorts by: `sex`.
  std::vector<std::string> labels;       ///< Names of the groups.
  std::span<std::uint32_t const> codes;  ///< Position in `labels`, for each person.
};

/// Whether one item of the scale was answered.
struct ItemPresence {
  std::string item;                       ///< Name of the item.
  std::span<std::uint8_t const> present;  ///< 1 where it was answered, for each person.
};

/// One step on the way from everybody to the sample.
struct DropOff {
  std::string reason;      ///< Why people were left out.
  std::size_t people = 0;  ///< How many were left out at this step.
};

/// The people of a validation, in columns of one length. Empty columns are left out of the report.
struct ValidationSample {
  std::span<double const> scores;                ///< Higher means more risk.
  std::span<std::uint8_t const> outcomes;        ///< 1 with the outcome.
  std::span<double const> other_scores;          ///< A second score of the same people, to be compared.
  std::vector<Grouping> groupings;               ///< Groups to be looked at each by itself.
  std::span<double const> times;                 ///< Time to the outcome, or to the end of following.
  std::span<std::uint8_t const> events;          ///< 1 where that time ends with the outcome; `outcomes` when empty.
  std::span<std::uint32_t const> periods;        ///< Number of the period of each person, rising with time.
  std::span<double const> earlier_scores;        ///< Scores of other people, before: any length.
  std::span<std::uint32_t const> first_rating;   ///< Level by a first rater, for people rated twice: any length.
  std::span<std::uint32_t const> second_rating;  ///< Level by a second rater, beside it.
  std::vector<ItemPresence> items;               ///< Answered items.
  std::span<std::uint32_t const> clusters;       ///< Number of the family, worker or site, drawn together.
  std::span<std::uint32_t const> strata;         ///< Number of the stratum, each drawn in its own size.
  std::vector<DropOff> left_out;                 ///< Who is not in these columns, step by step.
};

/// What is asked of a validation.
struct ValidationOptions {
  bool probabilities = false;       ///< True when the scores are probabilities.
  std::optional<double> threshold;  ///< People at or above it are selected; the median score when not said.
  std::vector<double> cuts;         ///< First score of each band above the lowest; chosen from the sample when empty.
  std::vector<std::string> bands;   ///< Names of the bands, one more than cuts; made from the cuts when empty.
  std::size_t minimum_cell = 5;     ///< Smaller groups, and groups with a smaller count that is not 0, are not shown.
  bool intersections = true;        ///< True to look at every pair of groupings too.
  std::size_t draws = 0;            ///< Bootstrap draws; 0 for none.
  std::uint64_t seed = 1;           ///< Seed of the draws; recorded in the report.
  std::string subject;              ///< What is validated: name and version of the scale.
  std::string outcome;              ///< What the outcome is and how long people were followed.
};

/// The figures of one group, in this order wherever they stand in an array.
enum class GroupFigure : std::uint8_t {
  base,                  ///< Share with the outcome.
  selected,              ///< Share at or above the threshold.
  false_positive,        ///< Share selected among those without the outcome.
  false_negative,        ///< Share not selected among those with the outcome.
  positive_predictive,   ///< Share with the outcome among the selected.
  negative_predictive,   ///< Share without the outcome among the others.
  false_omission,        ///< Share with the outcome among the others.
  expected_by_observed,  ///< Sum of probabilities by number of outcomes.
  area                   ///< Area under the curve inside the group.
};

/// How many figures a group has.
inline constexpr std::size_t group_figures = 9;

/// `base`, `selected`, `false_positive` ...
[[nodiscard]] TUTELA_API std::string_view to_string(GroupFigure figure) noexcept;

/// A figure with an interval in closed form, and one from the draws where there were draws. Not a number where nobody
/// stands below the line.
struct ValidatedFigure {
  double value = 0;                     ///< The figure.
  Interval95 interval;                  ///< Wilson, DeLong, exact Poisson; of two groups, from both (Newcombe).
  std::optional<Interval95> resampled;  ///< Percentiles 2.5 and 97.5 of the draws.
};

/// The figures of a group, in the order of `GroupFigure`.
using GroupFigures = std::array<ValidatedFigure, group_figures>;

/// One group, with its distance from the reference group.
struct GroupValidation {
  std::string group;         ///< Name; parts of an intersection joined by ` × `.
  bool suppressed = false;   ///< True where it is too small, or would give a smaller one away; nothing follows.
  Confusion counts;          ///< The four counts at the threshold.
  GroupFigures figures;      ///< Its figures.
  GroupFigures differences;  ///< Minus those of the reference group.
  GroupFigures ratios;       ///< By those of the reference group.
  double implied_false_positive = 0;  ///< As in `GroupRates`.
  std::vector<Share> missing;         ///< Share without an answer, for each item.
};

/// All groups of one grouping.
struct GroupingValidation {
  std::string name;                     ///< Name; two joined by ` × ` for an intersection.
  std::vector<GroupValidation> groups;  ///< In the order of the labels; groups without people are left out.
  std::size_t reference = 0;            ///< Position of the reference group: the largest that is shown.
  GroupFigures largest_difference;      ///< Between any two groups that are shown.
  GroupFigures smallest_ratio;          ///< Between any two groups that are shown.
  /// Probability of group intercepts, and of group slopes, as different when all groups share one curve of the score:
  /// a likelihood ratio test. Nothing where it cannot be fitted.
  std::optional<double> same_intercept;
  std::optional<double> same_slope;  ///< As above.
};

/// One band of the score.
struct BandValidation {
  std::string band;                    ///< Name.
  Share observed;                      ///< With the outcome among the people of the band.
  Interval95 exact;                    ///< Clopper and Pearson's interval of that share.
  double expected = 0;                 ///< Mean probability in the band.
  ValidatedFigure relative_risk;       ///< Observed share by that of the lowest band.
  std::vector<SurvivalStep> survival;  ///< Kaplan and Meier's estimate; empty without times.
};

/// One period.
struct PeriodValidation {
  std::uint32_t period = 0;  ///< Its number.
  Share observed;            ///< With the outcome.
  double expected = 0;       ///< Mean probability.
};

/// One point of the ROC curve.
struct RocPoint {
  double false_positive = 0;  ///< Share selected among those without the outcome.
  double true_positive = 0;   ///< Share selected among those with it.
};

/// What a finding of a validation is about; the words are written in `io/validation.hpp`.
enum class ValidationFindingKind : std::uint8_t {
  no_discrimination,       ///< The area is not clearly above one half.
  no_curve,                ///< No finite curve fits the score.
  probabilities_too_high,  ///< For the whole sample.
  probabilities_too_low,   ///< For the whole sample.
  falling_band,            ///< Fewer people have the outcome in `band` than in the band below it.
  drift,                   ///< The people differ from those of before.
  group_too_high,          ///< The probabilities are too high for `group` of `grouping`.
  group_too_low,           ///< The probabilities are too low for `group` of `grouping`.
  hidden_groups,           ///< `hidden` of `groups` groups of `grouping` are not shown.
  no_comparison,           ///< The other score could not be compared.
  times_unusable,          ///< The times could not be used.
  ratings_unusable,        ///< The two ratings could not be used.
  earlier_unusable,        ///< The earlier scores could not be used.
};

/// The word of a kind of finding, as in its name.
[[nodiscard]] TUTELA_API std::string_view to_string(ValidationFindingKind kind) noexcept;

/// Something that somebody should look at.
struct ValidationFinding {
  ValidationFindingKind kind = ValidationFindingKind::no_discrimination;  ///< What it is about.
  Severity severity = Severity::warning;                                  ///< Warning or note.
  std::string band;                                                       ///< Name of the band it is about, or empty.
  std::string grouping;            ///< Name of the grouping it is about, or empty.
  std::string group;               ///< Name of the group it is about, or empty.
  std::size_t hidden = 0;          ///< Groups that are not shown.
  std::size_t groups = 0;          ///< Of so many.
  std::vector<Diagnostic> causes;  ///< Why something could not be used.
};

/// The finished figures.
struct ValidationReport {
  std::string subject;                       ///< What was validated.
  std::string outcome;                       ///< What the outcome is.
  std::vector<DropOff> left_out;             ///< Who was left out, step by step.
  Share base;                                ///< People, those with the outcome, base rate.
  std::vector<double> score_quantiles;       ///< Lowest score, quartiles, highest score.
  AreaUnderCurve area;                       ///< Discrimination.
  double somers_d = 0;                       ///< 2 times the area minus 1.
  std::optional<AreaUnderCurve> other_area;  ///< Of the second score.
  std::optional<AreaComparison> comparison;  ///< First score against second.
  std::vector<RocPoint> roc;                 ///< The curve, from (1, 1) to (0, 0); at most 200 points.
  bool refitted = false;                     ///< True where the probabilities are a curve fitted to this very sample.
  double curve_intercept = 0;                ///< Of that curve.
  double curve_slope = 0;                    ///< Of that curve.
  std::optional<Calibration> calibration;    ///< Nothing where the curve cannot be fitted.
  std::optional<BrierParts> brier;           ///< As above.
  std::optional<CalibrationLine> line;       ///< As above.
  std::vector<BandValidation> bands;         ///< Lowest first.
  double trend = 1;      ///< Probability of a rise over the bands as steep by chance (Cochran-Armitage).
  double threshold = 0;  ///< The threshold that groups were looked at.
  std::vector<ThresholdRates> thresholds;        ///< Every cut; at most 100 where there are more scores.
  std::optional<Concordance> concordance;        ///< Over time.
  std::vector<SurvivalStep> survival;            ///< Over time, of everybody.
  std::optional<RaterAgreement> agreement;       ///< Of two raters, with linear weights.
  std::optional<PopulationStability> stability;  ///< Against earlier scores, over the bands.
  std::vector<PeriodValidation> periods;         ///< In their order.
  std::vector<Share> missing;                    ///< Share without an answer, for each item.
  std::vector<std::string> items;                ///< Names of the items.
  std::vector<GroupingValidation> groupings;     ///< As asked, then every pair.
  std::optional<Interval95> area_resampled;      ///< From the draws.
  std::size_t draws = 0;                         ///< Bootstrap draws.
  std::uint64_t seed = 0;                        ///< Their seed.
  bool clustered = false;                        ///< True where clusters were drawn.
  bool stratified = false;                       ///< True where strata were drawn each by itself.
  std::size_t minimum_cell = 0;                  ///< Smallest count that is shown.
  std::vector<ValidationFinding> findings;       ///< What somebody should look at; warnings and notes.
};

/// Validates a score on a sample.
///
/// Groups that are too small are not shown, nor those that would give them away: what is not shown cannot be computed
/// from the counts that are, which is checked by linear algebra over all groupings and pairs of this report, and no
/// more than that. Draws are made with a generator of our own, so a seed gives the same interval everywhere.
/// \return Diagnostics, all together, for columns of another length, codes without a label, numbers out of range, or
///   a sample in which nothing can be said. O(n) for each draw and grouping.
[[nodiscard]] TUTELA_API Result<ValidationReport> validate(ValidationSample const& sample,
                                                           ValidationOptions const& options = {});

}  // namespace tutela::inline v0
