// SPDX-License-Identifier: Apache-2.0
/// \file
/// The figures of the whole sample, and the way through a validation.
#include <tutela/risk/validation.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "risk/distributions.hpp"
#include "risk/validation_parts.hpp"

namespace tutela::inline v0 {

namespace {

using detail::GroupQuestions;
using detail::GroupRuns;
using detail::OrderedSample;
using detail::ScoreCounts;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t bands_by_score = 12;
constexpr std::size_t most_bands = 10;
constexpr std::size_t most_thresholds = 100;
constexpr std::size_t most_roc_points = 200;
constexpr std::size_t most_groups = 400;
constexpr double loud_stability = 0.25;

std::string printed(double value)
{
  char text[32];
  auto const end = std::to_chars(text, text + sizeof text, value).ptr;
  return {text, end};
}

class Validation {
 public:
  Validation(ValidationSample const& sample, ValidationOptions const& options) : sample_(sample), options_(options) {}

  Result<ValidationReport> run() &&
  {
    check();
    if (found_.has_errors()) return std::move(found_).take();
    auto const order = detail::ranked(sample_.scores);
    counts_ = detail::counted(sample_.scores, sample_.outcomes, order);
    describe_sample();
    discriminate();
    fit_curve();
    calibrate();
    cut_bands(order);
    list_thresholds();
    follow();
    compare_raters_and_periods();
    look_at_groups(order);
    judge();
    return std::move(report_);
  }

 private:
  void wrong(Code code, std::string what) { found_.error(code, {}, std::move(what)); }

  template <class Column>
  void check_length(Column const& column, std::string const& name, bool may_be_empty = true)
  {
    if ((may_be_empty && column.empty()) || column.size() == sample_.scores.size()) return;
    wrong(Code::wrong_type, "the column of " + name + " has another length than the scores");
  }

  void check()
  {
    found_.append(detail::findings_of(sample_.scores, sample_.outcomes));
    check_length(sample_.other_scores, "the other score");
    check_length(sample_.times, "times");
    check_length(sample_.events, "events");
    check_length(sample_.periods, "periods");
    check_length(sample_.clusters, "clusters");
    check_length(sample_.strata, "strata");
    for (auto const& item : sample_.items) check_length(item.present, "item \"" + item.item + "\"", false);
    std::size_t groups = 1;
    for (auto const& grouping : sample_.groupings) {
      check_length(grouping.codes, "grouping \"" + grouping.name + "\"", false);
      if (std::any_of(grouping.codes.begin(), grouping.codes.end(),
                      [&](std::uint32_t code) { return code >= grouping.labels.size(); }))
        wrong(Code::out_of_range, "grouping \"" + grouping.name + "\" has a code without a label");
      groups += grouping.labels.size();
      for (auto const& other : sample_.groupings) {
        if (&other == &grouping) break;
        if (options_.intersections) groups += grouping.labels.size() * other.labels.size();
      }
    }
    if (groups > most_groups)
      wrong(Code::limit_reached, "a validation looks at no more than 400 groups and intersections");
    if (options_.probabilities &&
        !std::all_of(sample_.scores.begin(), sample_.scores.end(), [](double p) { return p >= 0 && p <= 1; }))
      wrong(Code::out_of_range, "a probability is outside 0 to 1");
    check_options();
  }

  void check_options()
  {
    auto const& cuts = options_.cuts;
    if (std::adjacent_find(cuts.begin(), cuts.end(), [](double a, double b) { return !(a < b); }) != cuts.end())
      wrong(Code::out_of_range, "the cuts do not rise");
    if (!options_.bands.empty() && options_.bands.size() != cuts.size() + 1)
      wrong(Code::wrong_type, "there is one more band than there are cuts");
    if (options_.threshold && !std::isfinite(*options_.threshold))
      wrong(Code::invalid_number, "the threshold is not a finite number");
    if (options_.minimum_cell == 0) wrong(Code::out_of_range, "the minimum cell is at least 1");
  }

  void describe_sample()
  {
    report_.subject = options_.subject;
    report_.outcome = options_.outcome;
    report_.left_out = sample_.left_out;
    report_.minimum_cell = options_.minimum_cell;
    report_.base = share(counts_.all_with, counts_.people());
    for (double const part : {0.0, 0.25, 0.5, 0.75, 1.0}) report_.score_quantiles.push_back(score_at(part));
    report_.threshold = options_.threshold.value_or(report_.score_quantiles[2]);
  }

  /// The lowest score that at least this share of the people do not exceed.
  [[nodiscard]] double score_at(double part) const
  {
    auto const wanted = part * static_cast<double>(counts_.people());
    double below = 0;
    for (std::size_t k = 0; k < counts_.scores.size(); ++k) {
      below += static_cast<double>(counts_.at(k));
      if (below >= wanted) return counts_.scores[k];
    }
    return counts_.scores.back();
  }

  void discriminate()
  {
    report_.area = detail::area_of(counts_);
    report_.somers_d = 2 * report_.area.area.value - 1;
    if (!sample_.other_scores.empty()) {
      auto other = area_under_curve(sample_.other_scores, sample_.outcomes);
      auto compared = compare_areas(sample_.scores, sample_.other_scores, sample_.outcomes);
      if (other && compared) {
        report_.other_area = *std::move(other);
        report_.comparison = *std::move(compared);
      } else {
        unusable(ValidationFindingKind::no_comparison, compared.diagnostics());
      }
    }
    auto const every = std::max<std::size_t>(1, counts_.scores.size() / most_roc_points);
    auto with = static_cast<double>(counts_.all_with);
    auto without = static_cast<double>(counts_.all_without);
    for (std::size_t k = 0; k < counts_.scores.size(); ++k) {
      if (k % every == 0)
        report_.roc.push_back(
            {without / static_cast<double>(counts_.all_without), with / static_cast<double>(counts_.all_with)});
      with -= static_cast<double>(counts_.with[k]);
      without -= static_cast<double>(counts_.without[k]);
    }
    report_.roc.push_back({0, 0});
  }

  void fit_curve()
  {
    if (options_.probabilities) {
      probability_ = [](double score) { return score; };
      return;
    }
    auto const curve = detail::fit_curves(std::span(&counts_, 1));
    if (!curve) {
      warn(ValidationFindingKind::no_curve);
      return;
    }
    report_.refitted = true;
    report_.curve_intercept = curve->intercepts[0];
    report_.curve_slope = curve->slope;
    probability_ = [a = curve->intercepts[0], b = curve->slope](double score) {
      return detail::probability_of(a + b * score);
    };
  }

  void calibrate()
  {
    if (!probability_) return;
    std::vector<double> probabilities(sample_.scores.begin(), sample_.scores.end());
    for (auto& one : probabilities) one = probability_(one);
    if (auto fits = calibration(probabilities, sample_.outcomes)) report_.calibration = *std::move(fits);
    if (auto parts = brier_parts(probabilities, sample_.outcomes)) report_.brier = *std::move(parts);
    if (auto line = calibration_line(probabilities, sample_.outcomes)) report_.line = *std::move(line);
  }

  void choose_cuts()
  {
    cuts_ = options_.cuts;
    names_ = options_.bands;
    auto const& scores = counts_.scores;
    bool const each = cuts_.empty() && options_.bands.empty() && scores.size() <= bands_by_score;
    if (each) {
      cuts_.assign(scores.begin() + 1, scores.end());
      for (double const score : scores) names_.push_back(printed(score));
    } else if (cuts_.empty() && options_.bands.empty()) {
      for (std::size_t k = 1; k < most_bands; ++k) {
        double const cut = score_at(static_cast<double>(k) / most_bands);
        if (cut > scores.front() && (cuts_.empty() || cut > cuts_.back())) cuts_.push_back(cut);
      }
    }
    if (!names_.empty()) return;
    if (cuts_.empty()) {
      names_ = {"≥ " + printed(scores.front())};
      return;
    }
    // Signs and no words, so that the names are read in every language.
    names_.push_back("< " + printed(cuts_.front()));
    for (std::size_t k = 0; k < cuts_.size(); ++k)
      names_.push_back(k + 1 < cuts_.size() ? "[" + printed(cuts_[k]) + ", " + printed(cuts_[k + 1]) + ")"
                                            : "≥ " + printed(cuts_[k]));
  }

  [[nodiscard]] std::size_t band_of(double score) const
  {
    return static_cast<std::size_t>(std::upper_bound(cuts_.begin(), cuts_.end(), score) - cuts_.begin());
  }

  void cut_bands(std::vector<std::uint32_t> const& order)
  {
    choose_cuts();
    std::vector<std::size_t> with(names_.size());
    std::vector<std::size_t> all(names_.size());
    std::vector<double> expected(names_.size());
    for (std::size_t k = 0; k < counts_.scores.size(); ++k) {
      auto const band = band_of(counts_.scores[k]);
      with[band] += counts_.with[k];
      all[band] += counts_.at(k);
      if (probability_) expected[band] += probability_(counts_.scores[k]) * static_cast<double>(counts_.at(k));
    }
    for (std::size_t b = 0; b < names_.size(); ++b) {
      BandValidation band;
      band.band = names_[b];
      band.observed = share(with[b], all[b]);
      band.exact = exact_interval(with[b], all[b]);
      band.expected = probability_ && all[b] > 0 ? expected[b] / static_cast<double>(all[b]) : nan;
      band.relative_risk = relative_risk(band.observed, b == 0 ? band.observed : report_.bands.front().observed);
      if (!sample_.times.empty()) band.survival = survival_of(order, b);
      report_.bands.push_back(std::move(band));
    }
    report_.trend = trend();
  }

  /// Quotient of two shares with its interval on the log scale (Katz).
  static ValidatedFigure relative_risk(Share const& one, Share const& lowest)
  {
    ValidatedFigure result;
    result.value = one.value / lowest.value;
    double const variance = 1 / static_cast<double>(one.count) - 1 / static_cast<double>(one.of) +
                            1 / static_cast<double>(lowest.count) - 1 / static_cast<double>(lowest.of);
    double const factor = std::exp(detail::half_width_95 * std::sqrt(variance));
    result.interval = {result.value / factor, result.value * factor};
    return result;
  }

  /// Cochran and Armitage's test over the bands, two-sided.
  [[nodiscard]] double trend() const
  {
    double const base = report_.base.value;
    double sum = 0;
    double weighted = 0;
    double squares = 0;
    double people = 0;
    for (std::size_t b = 0; b < report_.bands.size(); ++b) {
      auto const& one = report_.bands[b].observed;
      auto const n = static_cast<double>(one.of);
      auto const place = static_cast<double>(b);
      sum += place * (static_cast<double>(one.count) - n * base);
      weighted += place * n;
      squares += place * place * n;
      people += n;
    }
    double const variance = base * (1 - base) * (squares - weighted * weighted / people);
    return variance > 0 ? detail::normal_two_sided(sum / std::sqrt(variance)) : 1;
  }

  [[nodiscard]] std::span<std::uint8_t const> events() const
  {
    return sample_.events.empty() ? sample_.outcomes : sample_.events;
  }

  [[nodiscard]] std::vector<SurvivalStep> survival_of(std::vector<std::uint32_t> const& order, std::size_t band) const
  {
    std::vector<double> times;
    std::vector<std::uint8_t> had;
    for (auto const person : order)
      if (band_of(sample_.scores[person]) == band) {
        times.push_back(sample_.times[person]);
        had.push_back(events()[person]);
      }
    auto steps = kaplan_meier(times, had);
    return steps ? *std::move(steps) : std::vector<SurvivalStep>{};
  }

  void list_thresholds()
  {
    auto const every = std::max<std::size_t>(1, (counts_.scores.size() + most_thresholds - 1) / most_thresholds);
    Confusion at{counts_.all_with, counts_.all_without, 0, 0};
    for (std::size_t k = 0; k < counts_.scores.size(); ++k) {
      double const score = counts_.scores[k];
      if (k % every == 0) {
        auto row = rates(at, score);
        double const p = probability_ ? probability_(score) : nan;
        if (p < 1)
          row.net_benefit =
              (static_cast<double>(at.true_positive) - static_cast<double>(at.false_positive) * p / (1 - p)) /
              static_cast<double>(counts_.people());
        report_.thresholds.push_back(row);
      }
      at.true_positive -= counts_.with[k];
      at.false_negative += counts_.with[k];
      at.false_positive -= counts_.without[k];
      at.true_negative += counts_.without[k];
    }
  }

  void follow()
  {
    if (sample_.times.empty()) return;
    auto steps = kaplan_meier(sample_.times, events());
    auto together = concordance(sample_.scores, sample_.times, events());
    if (!steps || !together) {
      unusable(ValidationFindingKind::times_unusable, steps ? together.diagnostics() : steps.diagnostics());
      return;
    }
    report_.survival = *std::move(steps);
    report_.concordance = *together;
  }

  void compare_raters_and_periods()
  {
    if (!sample_.first_rating.empty() || !sample_.second_rating.empty()) {
      std::uint32_t highest = 1;
      for (auto const& ratings : {sample_.first_rating, sample_.second_rating})
        for (auto const level : ratings) highest = std::max(highest, level);
      auto agreed = rater_agreement(sample_.first_rating, sample_.second_rating, std::size_t{highest} + 1);
      if (agreed)
        report_.agreement = *agreed;
      else
        unusable(ValidationFindingKind::ratings_unusable, agreed.diagnostics());
    }
    if (!sample_.earlier_scores.empty()) {
      auto stability = population_stability(sample_.earlier_scores, sample_.scores, cuts_);
      if (stability)
        report_.stability = *std::move(stability);
      else
        unusable(ValidationFindingKind::earlier_unusable, stability.diagnostics());
    }
    std::map<std::uint32_t, std::array<double, 3>> periods;
    for (std::size_t k = 0; k < sample_.periods.size(); ++k) {
      auto& [all, with, expected] = periods[sample_.periods[k]];
      all += 1;
      with += sample_.outcomes[k] != 0 ? 1 : 0;
      if (probability_) expected += probability_(sample_.scores[k]);
    }
    for (auto const& [period, sums] : periods)
      report_.periods.push_back({period, share(static_cast<std::size_t>(sums[1]), static_cast<std::size_t>(sums[0])),
                                 probability_ ? sums[2] / sums[0] : nan});
  }

  void look_at_groups(std::vector<std::uint32_t> const& order)
  {
    for (auto const& item : sample_.items) {
      auto const present = static_cast<std::size_t>(
          std::count_if(item.present.begin(), item.present.end(), [](std::uint8_t one) { return one != 0; }));
      report_.items.push_back(item.item);
      report_.missing.push_back(share(item.present.size() - present, item.present.size()));
    }
    OrderedSample ordered(sample_, order);
    if (options_.intersections) ordered.add_intersections();
    GroupQuestions const questions{report_.threshold, options_.minimum_cell, probability_};
    std::vector<std::vector<GroupRuns>> groups_of;
    for (std::size_t g = 0; g < ordered.codes.size(); ++g)
      groups_of.push_back(detail::split(ordered, ordered.codes[g], ordered.labels[g].size(), questions));
    report_.groupings = detail::validate_groups(ordered, groups_of, questions);
    report_.draws = options_.draws;
    report_.seed = options_.seed;
    report_.clustered = !sample_.clusters.empty();
    report_.stratified = !sample_.strata.empty();
    if (options_.draws > 0) detail::add_draws(ordered, groups_of, questions, options_.draws, options_.seed, report_);
  }

  ValidationFinding& warn(ValidationFindingKind kind)
  {
    report_.findings.push_back({kind, Severity::warning, {}, {}, {}, 0, 0, {}});
    return report_.findings.back();
  }

  void unusable(ValidationFindingKind kind, std::vector<Diagnostic> const& causes) { warn(kind).causes = causes; }

  /// What somebody should look at.
  void judge()
  {
    if (report_.area.area.low <= 0.5) warn(ValidationFindingKind::no_discrimination);
    if (report_.calibration && !report_.refitted) {
      auto const& ends = report_.calibration->expected_by_observed_interval;
      if (ends.low > 1 || ends.high < 1)
        warn(ends.low > 1 ? ValidationFindingKind::probabilities_too_high
                          : ValidationFindingKind::probabilities_too_low);
    }
    for (std::size_t b = 1; b < report_.bands.size(); ++b)
      if (report_.bands[b].observed.value < report_.bands[b - 1].observed.value)
        warn(ValidationFindingKind::falling_band).band = report_.bands[b].band;
    if (report_.stability && report_.stability->index > loud_stability) warn(ValidationFindingKind::drift);
    for (auto const& grouping : report_.groupings) judge(grouping);
  }

  void judge(GroupingValidation const& grouping)
  {
    constexpr auto ratio = static_cast<std::size_t>(GroupFigure::expected_by_observed);
    std::size_t hidden = 0;
    for (auto const& group : grouping.groups) {
      hidden += group.suppressed ? 1 : 0;
      if (group.suppressed) continue;
      auto const& ends = group.figures[ratio].interval;
      if (ends.low <= 1 && ends.high >= 1) continue;
      auto& finding = warn(ends.low > 1 ? ValidationFindingKind::group_too_high : ValidationFindingKind::group_too_low);
      finding.grouping = grouping.name;
      finding.group = group.group;
    }
    if (hidden == 0) return;
    auto& finding = warn(ValidationFindingKind::hidden_groups);
    finding.severity = Severity::note;
    finding.grouping = grouping.name;
    finding.hidden = hidden;
    finding.groups = grouping.groups.size();
  }

  ValidationSample const& sample_;
  ValidationOptions const& options_;
  Diagnostics found_;
  ScoreCounts counts_;
  detail::ScoreProbability probability_;
  std::vector<double> cuts_;
  std::vector<std::string> names_;
  ValidationReport report_;
};

}  // namespace

std::string_view to_string(GroupFigure figure) noexcept
{
  switch (figure) {
    case GroupFigure::base: return "base";
    case GroupFigure::selected: return "selected";
    case GroupFigure::false_positive: return "false_positive";
    case GroupFigure::false_negative: return "false_negative";
    case GroupFigure::positive_predictive: return "positive_predictive";
    case GroupFigure::negative_predictive: return "negative_predictive";
    case GroupFigure::false_omission: return "false_omission";
    case GroupFigure::expected_by_observed: return "expected_by_observed";
    case GroupFigure::area: break;
  }
  return "area";
}

std::string_view to_string(ValidationFindingKind kind) noexcept
{
  switch (kind) {
    case ValidationFindingKind::no_discrimination: return "no_discrimination";
    case ValidationFindingKind::no_curve: return "no_curve";
    case ValidationFindingKind::probabilities_too_high: return "probabilities_too_high";
    case ValidationFindingKind::probabilities_too_low: return "probabilities_too_low";
    case ValidationFindingKind::falling_band: return "falling_band";
    case ValidationFindingKind::drift: return "drift";
    case ValidationFindingKind::group_too_high: return "group_too_high";
    case ValidationFindingKind::group_too_low: return "group_too_low";
    case ValidationFindingKind::hidden_groups: return "hidden_groups";
    case ValidationFindingKind::no_comparison: return "no_comparison";
    case ValidationFindingKind::times_unusable: return "times_unusable";
    case ValidationFindingKind::ratings_unusable: return "ratings_unusable";
    case ValidationFindingKind::earlier_unusable: break;
  }
  return "earlier_unusable";
}

Result<ValidationReport> validate(ValidationSample const& sample, ValidationOptions const& options)
{
  return Validation(sample, options).run();
}

}  // namespace tutela::inline v0
