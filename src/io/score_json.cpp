// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <nlohmann/json.hpp>

#include <tutela/io/instrument.hpp>

namespace tutela::inline v0 {

namespace {

using Json = nlohmann::ordered_json;

Json write(Text const& text)
{
  Json result = Json::object();
  for (auto const language : all_languages)
    if (!text.exactly(language).empty()) result[std::string(to_string(language))] = text.exactly(language);
  return result;
}

/// A double in JSON, which has no infinity: an end that is not bounded is null.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

void write(Json& object, ScoreRange const& range)
{
  if (range.is_settled()) {
    object["value"] = number(range.lowest);
  } else {
    object["lowest"] = number(range.lowest);
    object["highest"] = number(range.highest);
  }
}

}  // namespace

std::string to_json(Score const& score)
{
  Json result{
      {"instrument", score.instrument}, {"version", score.version}, {"state", std::string(to_string(score.state))}};
  if (score.research) result["research"] = true;
  bool const has_number = score.state == ScoreState::known || score.state == ScoreState::open;
  if (has_number) {
    result["total"] = Json{{"unit", score.total_unit}};
    write(result["total"], score.total);
    for (auto const& output : score.outputs) {
      Json one{{"unit", output.unit}, {"decimals", output.decimals}};
      if (!output.horizon.empty()) one["horizon"] = output.horizon;
      write(one, output.value);
      result["outputs"][output.id] = one;
    }
    if (!score.band.empty()) result["band"] = score.band;
    if (score.possible_bands.size() > 1) result["possible_bands"] = score.possible_bands;
    if (!score.exact) result["exact"] = false;
    for (auto const& contribution : score.contributions) {
      Json one = Json::object();
      write(one, contribution.value);
      result["contributions"][contribution.item] = one;
    }
  }
  if (!score.missing.empty()) result["missing"] = score.missing;
  if (!score.uncertain.empty()) result["uncertain"] = score.uncertain;
  if (!score.assumed.empty()) result["assumed"] = score.assumed;
  result["categories"] = score.categories;
  result["norm"] = write(score.norm);
  if (!score.reason.empty()) result["reason"] = write(score.reason);
  for (auto const& diagnostic : score.diagnostics)
    result["diagnostics"].push_back(
        Json{{"code", to_string(diagnostic.code)}, {"place", diagnostic.place.pointer}, {"what", diagnostic.what}});
  return result.dump(2) + "\n";
}

}  // namespace tutela::inline v0
