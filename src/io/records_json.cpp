// SPDX-License-Identifier: Apache-2.0
/// \file
/// Books of records and indicators as JSON.
#include <tutela/io/records.hpp>

#include "io/noun_writer.hpp"

namespace tutela::inline v0 {
namespace {

using detail::Json;
using detail::json_of;

void put(Json& json, char const* key, std::string const& text)
{
  if (!text.empty()) json[key] = text;
}

void put(Json& json, char const* key, Text const& text)
{
  if (!text.empty()) json[key] = json_of(text);
}

void put(Json& json, char const* key, std::vector<std::string> const& texts)
{
  if (!texts.empty()) json[key] = texts;
}

void put(Json& json, char const* key, std::optional<Decimal> const& number)
{
  if (number) json[key] = json_of(*number);
}

void put(Json& json, char const* key, bool flag)
{
  if (flag) json[key] = true;
}

void put(Json& json, char const* key, std::optional<Date> const& day)
{
  if (day) json[key] = to_string(*day);
}

Json written(RecordField const& field)
{
  auto const& declared = field.declaration;
  Json json{{"name", declared.name}, {"type", to_string(field.type)}};
  put(json, "required", field.required);
  put(json, "refers_to", field.refers_to);
  put(json, "label", declared.label);
  put(json, "unit", declared.unit);
  for (auto const& value : declared.allowed) json["values"].push_back(json_of(value));
  for (auto const& [key, end] : {std::pair("from", &declared.range.low), std::pair("to", &declared.range.high)}) {
    if (auto const* day = end->as_date()) json[key] = to_string(*day);
    if (auto const* number = end->as_number()) json[key] = json_of(*number);
  }
  put(json, "category", declared.category);
  if (declared.sensitivity != Sensitivity::personal) json["sensitivity"] = to_string(declared.sensitivity);
  return json;
}

Json written(RecordKind const& kind)
{
  Json json{{"kind", kind.kind}, {"name", json_of(kind.name)}};
  if (kind.time != RecordTime::optional) json["time"] = to_string(kind.time);
  for (auto const& field : kind.fields) json["fields"].push_back(written(field));
  for (auto const& identity : kind.identities) {
    Json inner = Json::object();
    put(inner, "left", identity.left);
    put(inner, "less", identity.less);
    put(inner, "right", identity.right);
    json["identities"].push_back(std::move(inner));
  }
  put(json, "never_computed", kind.never_computed);
  put(json, "team_only", kind.team_only);
  return json;
}

Json written(RecordMeasure const& measure)
{
  Json json{{"form", to_string(measure.form)}, {"kind", measure.kind}};
  put(json, "field", measure.field);
  for (auto const& condition : measure.where) {
    Json inner{{"field", condition.field}};
    if (condition.equals.size() == 1) {
      inner["equals"] = json_of(condition.equals.front());
    } else {
      for (auto const& value : condition.equals) inner["equals"].push_back(json_of(value));
    }
    put(inner, "at_least", condition.at_least);
    put(inner, "below", condition.below);
    json["where"].push_back(std::move(inner));
  }
  if (measure.when != PeriodRule::any) json["when"] = to_string(measure.when);
  return json;
}

Json written(Indicator const& indicator)
{
  Json json{{"id", indicator.id}, {"name", json_of(indicator.name)}, {"definition", json_of(indicator.definition)}};
  json["unit"] = indicator.unit;
  if (indicator.form != IndicatorForm::amount) json["form"] = to_string(indicator.form);
  json["numerator"] = written(indicator.numerator);
  if (indicator.denominator) json["denominator"] = written(*indicator.denominator);
  if (!(indicator.per == Decimal(1))) json["per"] = json_of(indicator.per);
  if (indicator.decimals) json["decimals"] = *indicator.decimals;
  if (indicator.period) {
    put(json, "from", indicator.period->from);
    put(json, "until", indicator.period->until);
  }
  put(json, "goals", indicator.goals);
  return json;
}

Json written(Identity const& identity)
{
  Json json{{"id", identity.id}, {"name", json_of(identity.name)}};
  for (auto const& [key, side] :
       {std::pair("left", &identity.left), std::pair("less", &identity.less), std::pair("right", &identity.right)})
    for (auto const& measure : *side) json[key].push_back(written(measure));
  return json;
}

Json written(Measured const& measured)
{
  Json json = Json::object();
  put(json, "value", measured.value());
  if (!measured.value()) {
    put(json, "lowest", measured.lowest);
    put(json, "highest", measured.highest);
  }
  json["records"] = measured.used;
  put(json, "unsettled", measured.unsettled);
  return json;
}

template <class T>
Json array(std::vector<T> const& elements)
{
  Json json = Json::array();
  for (auto const& element : elements) json.push_back(written(element));
  return json;
}

template <class T>
void put_array(Json& json, char const* key, std::vector<T> const& elements)
{
  if (!elements.empty()) json[key] = array(elements);
}

std::string text_of(Json const& json, int indent) { return indent > 0 ? json.dump(indent) : json.dump(); }

}  // namespace

std::string write_records(RecordBook const& book, int indent)
{
  auto const& content = book.content();
  Json json{{"format", "tutela-records/1"}, {"id", content.id}, {"name", json_of(content.name)}};
  put(json, "jurisdiction", content.jurisdiction);
  json["synthetic"] = content.synthetic;
  put(json, "uses", content.uses);
  detail::NounWriter sources;
  sources.list("sources", content.sources);
  json = sources.take(std::move(json));
  for (auto const& participant : content.participants)
    json["participants"].push_back({{"id", participant.id.text()}, {"name", json_of(participant.name)}});
  put_array(json, "kinds", content.kinds);
  put(json, "complete", content.complete);
  detail::NounWriter records;
  records.list("records", content.records);
  json = records.take(std::move(json));
  put_array(json, "indicators", content.indicators);
  put_array(json, "identities", content.identities);
  return text_of(json, indent);
}

std::string write_indicators(RecordBook const& book, std::vector<IndicatorValue> const& values, int indent)
{
  Json json = Json::array();
  for (auto const& value : values) {
    Json one{{"indicator", value.indicator}};
    if (auto const* indicator = book.find_indicator(value.indicator)) {
      one["name"] = json_of(indicator->name);
      one["definition"] = json_of(indicator->definition);
      one["unit"] = indicator->unit;
    }
    one["state"] = to_string(value.state);
    put(one, "value", value.value);
    put(one, "lowest", value.lowest);
    put(one, "highest", value.highest);
    one["approximate"] = value.approximate;
    one["synthetic"] = value.synthetic;
    if (value.numerator) one["numerator"] = written(*value.numerator);
    if (value.denominator) one["denominator"] = written(*value.denominator);
    json.push_back(std::move(one));
  }
  return text_of(json, indent);
}

std::string write_identities(std::vector<IdentityResult> const& results, int indent)
{
  Json json = Json::array();
  for (auto const& result : results) {
    Json one{{"identity", result.identity}};
    put(one, "record", result.record);
    one["holds"] = result.holds == Truth::yes ? "yes" : result.holds == Truth::no ? "no" : "unknown";
    put(one, "left", result.left);
    put(one, "right", result.right);
    json.push_back(std::move(one));
  }
  return text_of(json, indent);
}

}  // namespace tutela::inline v0
