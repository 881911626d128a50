// SPDX-License-Identifier: Apache-2.0
/// \file
/// The report of a validation as JSON.
#include <cmath>

#include <nlohmann/json.hpp>

#include <tutela/io/validation.hpp>

namespace tutela::inline v0 {

namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json pair(Interval95 const& ends) { return {number(ends.low), number(ends.high)}; }

Json to(Share const& one)
{
  return {{"count", one.count},
          {"of", one.of},
          {"value", number(one.value)},
          {"interval", {number(one.low), number(one.high)}}};
}

Json to(Estimate const& one)
{
  return {{"value", number(one.value)},
          {"standard_error", number(one.standard_error)},
          {"interval", {number(one.low), number(one.high)}}};
}

Json to(AreaUnderCurve const& one)
{
  auto result = to(one.area);
  result["positives"] = one.positives;
  result["negatives"] = one.negatives;
  return result;
}

Json to(Confusion const& counts)
{
  return {{"true_positive", counts.true_positive},
          {"false_positive", counts.false_positive},
          {"false_negative", counts.false_negative},
          {"true_negative", counts.true_negative}};
}

Json to(ValidatedFigure const& one)
{
  Json result{{"value", number(one.value)}, {"interval", pair(one.interval)}};
  if (one.resampled) result["resampled"] = pair(*one.resampled);
  return result;
}

Json to(GroupFigures const& figures)
{
  Json result = Json::object();
  for (std::size_t k = 0; k < group_figures; ++k)
    result[std::string(to_string(static_cast<GroupFigure>(k)))] = to(figures[k]);
  return result;
}

Json to(std::vector<SurvivalStep> const& steps)
{
  Json result = Json::array();
  for (auto const& step : steps)
    result.push_back({{"time", step.time},
                      {"at_risk", step.at_risk},
                      {"events", step.events},
                      {"survival", step.survival},
                      {"standard_error", number(step.standard_error)},
                      {"interval", {number(step.low), number(step.high)}}});
  return result;
}

Json to(ThresholdRates const& row)
{
  Json result{{"threshold", row.threshold},
              {"counts", to(row.counts)},
              {"selected", to(row.selected)},
              {"false_positive", to(row.false_positive)},
              {"false_negative", to(row.false_negative)},
              {"positive_predictive", to(row.positive_predictive)},
              {"negative_predictive", to(row.negative_predictive)}};
  if (row.net_benefit) result["net_benefit"] = number(*row.net_benefit);
  return result;
}

Json shares(std::vector<std::string> const& items, std::vector<Share> const& missing)
{
  Json result = Json::object();
  for (std::size_t k = 0; k < missing.size(); ++k) result[items[k]] = to(missing[k]);
  return result;
}

Json to(GroupingValidation const& grouping, std::vector<std::string> const& items)
{
  Json groups = Json::array();
  for (auto const& one : grouping.groups) {
    if (one.suppressed) {
      groups.push_back({{"group", one.group}, {"suppressed", true}});
      continue;
    }
    Json group{{"group", one.group},
               {"suppressed", false},
               {"counts", to(one.counts)},
               {"figures", to(one.figures)},
               {"differences", to(one.differences)},
               {"ratios", to(one.ratios)},
               {"implied_false_positive", number(one.implied_false_positive)}};
    if (!items.empty()) group["missing"] = shares(items, one.missing);
    groups.push_back(std::move(group));
  }
  Json result{{"name", grouping.name},
              {"groups", std::move(groups)},
              {"largest_difference", to(grouping.largest_difference)},
              {"smallest_ratio", to(grouping.smallest_ratio)}};
  bool const shown = grouping.reference < grouping.groups.size() && !grouping.groups[grouping.reference].suppressed;
  result["reference"] = shown ? Json(grouping.groups[grouping.reference].group) : Json(nullptr);
  result["same_intercept"] = grouping.same_intercept ? number(*grouping.same_intercept) : Json(nullptr);
  result["same_slope"] = grouping.same_slope ? number(*grouping.same_slope) : Json(nullptr);
  return result;
}

Json calibration_json(ValidationReport const& report)
{
  auto const& fits = *report.calibration;
  Json result{{"refitted", report.refitted},
              {"brier", fits.brier},
              {"reference_brier", fits.reference_brier},
              {"scaled_brier", fits.scaled_brier},
              {"expected", fits.expected},
              {"observed", fits.observed},
              {"expected_by_observed", fits.expected_by_observed},
              {"expected_by_observed_interval", pair(fits.expected_by_observed_interval)}};
  if (report.refitted) result["curve"] = {{"intercept", report.curve_intercept}, {"slope", report.curve_slope}};
  if (report.brier)
    result["brier_parts"] = {{"bins", report.brier->bins},
                             {"reliability", report.brier->reliability},
                             {"resolution", report.brier->resolution},
                             {"uncertainty", report.brier->uncertainty},
                             {"remainder", report.brier->remainder}};
  if (report.line)
    result["line"] = {{"in_the_large", to(report.line->in_the_large)},
                      {"intercept", to(report.line->intercept)},
                      {"slope", to(report.line->slope)}};
  return result;
}

Json bands_json(ValidationReport const& report)
{
  Json bands = Json::array();
  for (auto const& one : report.bands) {
    Json band{{"band", one.band},
              {"observed", to(one.observed)},
              {"exact_interval", pair(one.exact)},
              {"expected", number(one.expected)},
              {"relative_risk", to(one.relative_risk)}};
    if (!one.survival.empty()) band["survival"] = to(one.survival);
    bands.push_back(std::move(band));
  }
  return bands;
}

void add_rest(Json& json, ValidationReport const& report)
{
  if (report.concordance)
    json["concordance"] = {{"value", number(report.concordance->value)},
                           {"concordant", report.concordance->concordant},
                           {"tied", report.concordance->tied},
                           {"pairs", report.concordance->pairs}};
  if (!report.survival.empty()) json["survival"] = to(report.survival);
  if (report.agreement)
    json["agreement"] = {
        {"cases", report.agreement->cases}, {"exact", report.agreement->exact}, {"kappa", to(report.agreement->kappa)}};
  if (report.stability)
    json["stability"] = {
        {"index", report.stability->index}, {"before", report.stability->before}, {"now", report.stability->now}};
  for (auto const& one : report.periods)
    json["periods"].push_back(
        {{"period", one.period}, {"observed", to(one.observed)}, {"expected", number(one.expected)}});
  if (!report.items.empty()) json["missing"] = shares(report.items, report.missing);
  json["groupings"] = Json::array();
  for (auto const& one : report.groupings) json["groupings"].push_back(to(one, report.items));
  json["draws"] = {{"number", report.draws},
                   {"seed", report.seed},
                   {"clustered", report.clustered},
                   {"stratified", report.stratified}};
  json["minimum_cell"] = report.minimum_cell;
  json["findings"] = Json::array();
  for (auto const& one : report.findings)
    json["findings"].push_back(
        {{"kind", to_string(one.kind)}, {"severity", to_string(one.severity)}, {"what", to_text(one)}});
}

}  // namespace

std::string to_json(ValidationReport const& report)
{
  Json json{{"format", "tutela-validation/1"}, {"subject", report.subject}, {"outcome", report.outcome}};
  json["left_out"] = Json::array();
  for (auto const& step : report.left_out)
    json["left_out"].push_back({{"reason", step.reason}, {"people", step.people}});
  json["base"] = to(report.base);
  json["score_quantiles"] = report.score_quantiles;
  json["area"] = to(report.area);
  if (report.area_resampled) json["area"]["resampled"] = pair(*report.area_resampled);
  json["somers_d"] = report.somers_d;
  if (report.other_area) json["other_area"] = to(*report.other_area);
  if (report.comparison) {
    json["comparison"] = to(report.comparison->difference);
    json["comparison"]["p_value"] = report.comparison->p_value;
  }
  for (auto const& point : report.roc) json["roc"].push_back({point.false_positive, point.true_positive});
  if (report.calibration) json["calibration"] = calibration_json(report);
  json["bands"] = bands_json(report);
  json["trend"] = report.trend;
  json["threshold"] = report.threshold;
  for (auto const& row : report.thresholds) json["thresholds"].push_back(to(row));
  add_rest(json, report);
  return json.dump(2) + "\n";
}

}  // namespace tutela::inline v0
