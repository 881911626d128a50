// SPDX-License-Identifier: Apache-2.0
#include <tutela/io/comparison.hpp>

#include <nlohmann/json.hpp>

namespace tutela::inline v0 {
namespace {

using Json = nlohmann::ordered_json;

Json answer_json(ComparedAnswer const& answer)
{
  Json json{{"outcome", to_string(answer.outcome)}};
  if (answer.outcome == Outcome::known) json["value"] = to_string(answer.value);
  return json;
}

Json decision_json(DecisionComparison const& decision)
{
  Json line{{"decision", decision.decision}, {"change", to_string(decision.change)}};
  if (!decision.renamed_to.empty()) line["renamed_to"] = decision.renamed_to;
  if (!decision.notes.empty()) line["notes"] = decision.notes;
  line["exact"] = decision.exact;
  line["every_day"] = decision.every_day;
  if (decision.before == decision.after) return line;
  if (decision.on) line["on"] = to_string(*decision.on);
  line["facts"] = Json::object();
  for (auto const& [fact, value] : decision.facts) line["facts"][fact] = to_string(value);
  line["before"] = answer_json(decision.before);
  line["after"] = answer_json(decision.after);
  return line;
}

Json fact_json(FactComparison const& fact)
{
  Json line{{"fact", fact.fact}, {"change", to_string(fact.change)}};
  if (!fact.renamed_to.empty()) line["renamed_to"] = fact.renamed_to;
  if (!fact.notes.empty()) line["notes"] = fact.notes;
  return line;
}

}  // namespace

std::string write_comparison(PackComparison const& comparison)
{
  std::string lines;
  for (auto const& fact : comparison.facts) (lines += fact_json(fact).dump()) += '\n';
  for (auto const& decision : comparison.decisions) (lines += decision_json(decision).dump()) += '\n';
  return lines;
}

}  // namespace tutela::inline v0
