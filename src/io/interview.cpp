// SPDX-License-Identifier: Apache-2.0
/// \file
/// Questions, timelines and possible changes as JSON.
#include <tutela/io/interview.hpp>

#include <nlohmann/json.hpp>
#include <tutela/io/assessment.hpp>

#include "io/words.hpp"

namespace tutela::inline v0 {
namespace {

using Json = nlohmann::ordered_json;

std::string written(Json const& json, int indent) { return indent > 0 ? json.dump(indent) : json.dump(); }

Json plain(Value const& value) { return Json::parse(write_value(value)); }

Json json_of(Domain const& domain)
{
  Json json = Json::object();
  if (domain.kind == Domain::Kind::set) {
    json["values"] = Json::array();
    for (auto const& value : domain.values) json["values"].push_back(plain(value));
  } else if (domain.kind == Domain::Kind::range) {
    auto end = [](Value const& value) { return value.is_none() ? Json() : plain(value); };
    json["range"] = {{"low", end(domain.range.low)},
                     {"high", end(domain.range.high)},
                     {"low_included", domain.range.low_included},
                     {"high_included", domain.range.high_included}};
  } else {
    json["any"] = true;
  }
  json["approximate"] = domain.approximate;
  return json;
}

/// One value, or all values of a region.
Json region(Value const& value)
{
  auto const* unknown = value.as_unknown();
  if (unknown == nullptr) return plain(value);
  auto json = json_of(unknown->domain);
  json.erase("approximate");
  return json;
}

Json json_of(Text const& text)
{
  Json json = Json::object();
  for (auto const language : all_languages)
    if (!text.exactly(language).empty()) json[std::string(to_string(language))] = text.exactly(language);
  return json;
}

Json json_of(std::optional<double> const& number) { return number ? Json(*number) : Json(); }

Json json_of(FactQuestion const& question)
{
  Json prior = Json::array();
  for (auto const& share : question.prior) prior.push_back({{"region", region(share.region)}, {"share", share.share}});
  return {{"fact", question.fact},
          {"label", json_of(question.label)},
          {"text", json_of(question.text)},
          {"asked_of", to_string(question.asked_of)},
          {"holder", question.holder},
          {"may_be_held_by", question.may_be_held_by},
          {"sensitivity", to_string(question.sensitivity)},
          {"cost", plain(Value(question.cost))},
          {"decisions", question.decisions},
          {"expected_cost", json_of(question.expected_cost)},
          {"prior", std::move(prior)},
          {"weighted", question.weighted}};
}

Json json_of(std::vector<FactQuestion> const& questions)
{
  Json json = Json::array();
  for (auto const& question : questions) json.push_back(json_of(question));
  return json;
}

}  // namespace

std::string write_questions(Questions const& questions, int indent)
{
  Json cautions = Json::array();
  for (auto const& caution : questions.cautions) {
    Json duties = Json::array();
    for (auto const& duty : caution.safety_duties) duties.push_back({{"clock", duty.clock}, {"to", duty.to}});
    cautions.push_back({{"decision", caution.decision},
                        {"label", json_of(caution.label)},
                        {"caution", to_string(caution.caution)},
                        {"safety_duties", std::move(duties)}});
  }
  return written({{"cautions", std::move(cautions)},
                  {"ask", json_of(questions.ask)},
                  {"referred", json_of(questions.referred)},
                  {"settled", questions.settled},
                  {"open", questions.open},
                  {"not_available", questions.not_available},
                  {"jurisdiction", questions.jurisdiction},
                  {"uncertain", questions.uncertain},
                  {"expected_cost", json_of(questions.expected_cost)},
                  {"method", to_string(questions.method)},
                  {"exact", questions.exact},
                  {"costs", questions.costs}},
                 indent);
}

std::string explain(OpenCaution const& caution, Language language)
{
  auto text = (caution.label.empty() ? caution.decision : caution.label.in(language)) + ":";
  for (auto const& sentence : detail::Words(language).cautions(caution.caution, caution.safety_duties))
    text += " " + sentence;
  return text;
}

std::string write_timeline(Timeline const& timeline, int indent)
{
  Json spans = Json::array();
  for (auto const& span : timeline.spans) {
    Json turns = Json::array();
    for (auto const& turn : span.began_with)
      turns.push_back({{"kind", to_string(turn.kind)},
                       {"name", turn.name},
                       {"months", turn.months},
                       {"days", turn.days},
                       {"text", to_string(turn)}});
    Json citations = Json::array();
    for (auto const& citation : span.citations) citations.push_back(to_string(citation));
    spans.push_back({{"from", to_string(span.from)},
                     {"until", to_string(span.until)},
                     {"outcome", to_string(span.outcome)},
                     {"value", span.outcome == Outcome::known ? plain(span.value) : Json()},
                     {"possible", json_of(span.possible)},
                     {"missing", span.missing},
                     {"uncertain", span.uncertain},
                     {"began_with", std::move(turns)},
                     {"citations", std::move(citations)}});
  }
  return written({{"decision", timeline.decision},
                  {"spans", std::move(spans)},
                  {"day_by_day", timeline.day_by_day},
                  {"why_day_by_day", timeline.why_day_by_day},
                  {"evaluations", timeline.evaluations}},
                 indent);
}

std::string write_counterfactuals(Counterfactuals const& counterfactuals, int indent)
{
  Json ways = Json::array();
  for (auto const& way : counterfactuals.ways) {
    Json changes = Json::array();
    for (auto const& change : way.changes)
      changes.push_back({{"fact", change.fact},
                         {"label", json_of(change.label)},
                         {"to", region(change.to)},
                         {"agency_could", json_of(change.help)}});
    ways.push_back({{"changes", std::move(changes)}, {"answer", plain(way.answer)}});
  }
  bool const known = counterfactuals.outcome == Outcome::known;
  return written({{"decision", counterfactuals.decision},
                  {"outcome", to_string(counterfactuals.outcome)},
                  {"value", known ? plain(counterfactuals.value) : Json()},
                  {"ways", std::move(ways)},
                  {"changeable", counterfactuals.changeable},
                  {"complete", counterfactuals.complete}},
                 indent);
}

}  // namespace tutela::inline v0
