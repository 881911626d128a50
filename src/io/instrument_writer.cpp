// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include <tutela/io/instrument.hpp>

#include "io/instrument_names.hpp"

namespace tutela::inline v0 {

namespace {

namespace names = detail::instrument_names;
using names::name_of;
using Operation = ScoreExpression::Operation;
using Json = nlohmann::ordered_json;

Json write(Text const& text)
{
  Json result = Json::object();
  for (auto const language : all_languages)
    if (!text.exactly(language).empty()) result[std::string(to_string(language))] = text.exactly(language);
  return result;
}

Json write(Citation const& citation)
{
  Json result{{"act", citation.act}};
  if (!citation.article.empty()) result["article"] = citation.article;
  result["source"] = citation.source;
  result["grade"] = std::string(to_string(citation.grade));
  if (!citation.status.empty()) result["status"] = citation.status;
  if (citation.text_date) result["text_date"] = to_string(*citation.text_date);
  return result;
}

Json write(Value const& value)
{
  if (auto const* flag = value.as_boolean()) return *flag;
  if (auto const* text = value.as_string()) return *text;
  if (auto const* date = value.as_date()) return to_string(*date);
  if (auto const* number = value.as_number()) return number->to_string();
  return nullptr;
}

Json write(ScoreConditions const& conditions)
{
  Json result = Json::object();
  for (auto const& condition : conditions) {
    Json one = Json::object();
    if (!condition.words.empty() || !condition.equals.empty()) {
      one = Json::array();
      for (auto const& word : condition.words) {
        if (word == "true" || word == "false")
          one.push_back(word == "true");
        else
          one.push_back(word);
      }
      for (auto const& number : condition.equals) one.push_back(number);
      if (one.size() == 1) {
        Json const only = one.front();
        one = only;
      }
    } else {
      if (condition.from) one["from"] = *condition.from;
      if (condition.above) one["above"] = *condition.above;
      if (condition.to) one["to"] = *condition.to;
      if (condition.below) one["below"] = *condition.below;
    }
    result[condition.of] = one;
  }
  return result;
}

Json write(ScoreExpression const& expression)
{
  Json content;
  switch (expression.operation) {
    case Operation::constant: return expression.constants.empty() ? std::string("0") : expression.constants.front();
    case Operation::reference: return expression.name;
    case Operation::logistic: content = write(expression.arguments.front()); break;
    case Operation::linear: {
      content = Json::object();
      if (expression.constants.front() != "0") content["constant"] = expression.constants.front();
      content["terms"] = Json::object();
      for (std::size_t k = 0; k < expression.arguments.size(); ++k)
        content["terms"][expression.arguments[k].name] = expression.constants[k + 1];
      break;
    }
    case Operation::polynomial:
      content = Json{{"of", write(expression.arguments.front())}, {"coefficients", expression.constants}};
      break;
    case Operation::round:
      content = Json{{"of", write(expression.arguments.front())},
                     {"places", expression.places},
                     {"rounding", name_of(names::roundings, expression.rounding)}};
      break;
    case Operation::table:
      content = Json::array();
      for (auto const& row : expression.rows) {
        Json one = Json::object();
        if (!row.when.empty()) one["when"] = write(row.when);
        one["value"] = write(row.value);
        content.push_back(one);
      }
      break;
    default:
      content = Json::array();
      for (auto const& argument : expression.arguments) content.push_back(write(argument));
      break;
  }
  Json result = Json::object();
  result[name_of(names::operations, expression.operation)] = content;
  return result;
}

Json write(ScoreQuantity const& quantity)
{
  Json result{{"id", quantity.id}};
  if (!quantity.label.empty()) result["label"] = write(quantity.label);
  if (!quantity.when.empty()) result["when"] = write(quantity.when);
  result["value"] = write(quantity.value);
  for (auto const& [along, direction] : quantity.direction)
    result["direction"][along] = name_of(names::directions, direction);
  for (auto const& [along, largest] : quantity.largest_step) result["largest_step"][along] = largest;
  return result;
}

Json write(InstrumentFact const& fact)
{
  auto const& declaration = fact.declaration;
  Json result{{"id", fact.id}};
  if (!declaration.name.empty()) result["fact"] = declaration.name;
  if (!fact.feel.empty()) result["feel"] = fact.feel;
  result["type"] = name_of(names::types, declaration.type);
  if (declaration.type == Kind::string)
    for (auto const& value : declaration.allowed) result["values"].push_back(write(value));
  if (declaration.type == Kind::date || declaration.type == Kind::number) {
    result["from"] = write(declaration.range.low);
    result["to"] = write(declaration.range.high);
  }
  if (fact.decimals != 0) result["decimals"] = fact.decimals;
  if (!declaration.unit.empty()) result["unit"] = declaration.unit;
  if (fact.missing == MissingRule::bounds)
    result["missing"] = "bounds";
  else
    result["missing"]["assume"] = fact.assumed ? write(*fact.assumed) : Json(nullptr);
  if (fact.when_none) result["when_none"] = write(*fact.when_none);
  result["label"] = write(declaration.label);
  if (!declaration.question.empty()) result["question"] = write(declaration.question);
  result["category"] = declaration.category;
  if (declaration.sensitivity != Sensitivity::personal)
    result["sensitivity"] = name_of(names::sensitivities, declaration.sensitivity);
  if (declaration.changeable) result["changeable"] = true;
  if (declaration.is_protected) result["protected"] = true;
  return result;
}

Json write(CheckCase const& check, std::vector<InstrumentFact> const& facts)
{
  Json result{{"id", check.id}, {"facts", Json::object()}};
  for (auto const& fact : facts)
    if (auto const* found = check.facts.find(fact.declaration.name)) result["facts"][fact.id] = write(found->value);
  for (auto const& [output, value] : check.expected) result["expect"][output] = value;
  if (check.band) result["band"] = *check.band;
  result["tolerance"] = check.tolerance;
  if (check.source) result["source"] = write(*check.source);
  if (!check.jurisdiction.empty()) result["jurisdiction"] = check.jurisdiction;
  if (check.on) result["on"] = to_string(*check.on);
  return result;
}

Json write(ScoreBand const& band)
{
  Json result{{"id", band.id}, {"label", write(band.label)}};
  if (band.from) result["from"] = *band.from;
  if (band.below) result["below"] = *band.below;
  return result;
}

Json write(ScoreNorm const& norm)
{
  Json result{{"id", norm.id}, {"label", write(norm.label)}};
  if (!norm.jurisdictions.empty()) result["jurisdictions"] = norm.jurisdictions;
  if (norm.from) result["from"] = to_string(*norm.from);
  if (norm.until) result["until"] = to_string(*norm.until);
  if (!norm.when.empty()) result["when"] = write(norm.when);
  for (auto const& band : norm.bands) result["bands"].push_back(write(band));
  for (auto const& source : norm.sources) result["sources"].push_back(write(source));
  return result;
}

Json write(Applicability const& applicability)
{
  Json result{{"population", write(applicability.population)},
              {"jurisdictions", applicability.jurisdictions},
              {"recorded_act", applicability.recorded_act}};
  for (auto const& rule : applicability.rules) {
    Json one{{"id", rule.id}, {"refuse", write(rule.refuse)}, {"reason", write(rule.reason)}};
    if (rule.even_for_research) one["even_for_research"] = true;
    result["rules"].push_back(one);
  }
  return result;
}

}  // namespace

std::string to_json(InstrumentDescription const& description)
{
  Json result{{"format", std::string(names::format)},
              {"id", description.id},
              {"version", description.version},
              {"title", write(description.title)},
              {"status", name_of(names::statuses, description.status)},
              {"outcome", name_of(names::outcomes, description.outcome)}};
  auto const& rights = description.rights;
  result["rights"] = Json{{"holder", rights.holder}, {"licence", rights.licence}};
  if (!rights.notice.empty()) result["rights"]["notice"] = rights.notice;
  result["rights"]["consent_needed"] = rights.consent_needed;
  for (auto const& source : description.sources) result["sources"].push_back(write(source));
  if (!description.verified.empty()) result["verified"] = description.verified;
  result["norm"] = write(description.norm);
  result["age_rule"] = Json{{"leapling", name_of(names::leaplings, description.age_rule.leapling)},
                            {"reached", name_of(names::moments, description.age_rule.reached)}};
  result["applicability"] = write(description.applicability);
  for (auto const& fact : description.facts) result["facts"].push_back(write(fact));
  for (auto const& constraint : description.constraints) {
    Json one = Json::object();
    if (!constraint.order.empty()) one["order"] = constraint.order;
    if (!constraint.never.empty()) one["never"] = write(constraint.never);
    one["reason"] = write(constraint.reason);
    result["constraints"].push_back(one);
  }
  for (auto const& quantity : description.quantities) result["quantities"].push_back(write(quantity));
  for (auto const& item : description.items) result["items"].push_back(write(item));
  if (description.total) result["total"] = write(*description.total);
  result["total_unit"] = description.total_unit;
  for (auto const& output : description.outputs) {
    Json one = write(output.quantity);
    one["unit"] = output.unit;
    if (!output.horizon.empty()) one["horizon"] = output.horizon;
    one["decimals"] = output.decimals;
    result["outputs"].push_back(one);
  }
  if (!description.band_of.empty()) result["band_of"] = description.band_of;
  for (auto const& band : description.bands) result["bands"].push_back(write(band));
  for (auto const& norm : description.norms) result["norms"].push_back(write(norm));
  if (description.printed_minimum) result["printed_minimum"] = *description.printed_minimum;
  if (description.printed_maximum) result["printed_maximum"] = *description.printed_maximum;
  for (auto const& check : description.cases) result["cases"].push_back(write(check, description.facts));
  return result.dump(2) + "\n";
}

}  // namespace tutela::inline v0
