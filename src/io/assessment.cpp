// SPDX-License-Identifier: Apache-2.0
/// \file
/// Assessments as JSON.
#include <tutela/io/assessment.hpp>

#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include <nlohmann/json.hpp>

#include <tutela/io/explanation.hpp>
#include <tutela/io/instrument.hpp>

namespace tutela::inline v0 {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(Date date) { return to_string(date); }
template <class Tag>
Json json_of(Id<Tag> const& id)
{
  return id.text();
}

// Declared before the templates for lists, which would not see them otherwise.
Json json_of(Value const& value);
Json json_of(Citation const& citation);
Json json_of(Duty const& duty);
Json json_of(Reason const& reason);
Json json_of(ProofFact const& fact);
Json json_of(ProofCondition const& condition);
Json json_of(ProofRule const& rule);
Json json_of(ProofStep const& step);
Json json_of(Shortfall const& set);
Json json_of(Finding const& finding);
Json json_of(Score const& score);
Json json_of(Obstacle const& obstacle);
Json json_of(Hop const& hop);
Json json_of(Route const& route);
Json json_of(NeedRoute const& route);
Json json_of(DutyToReport const& duty);
Json json_of(Question const& question);
Json json_of(Paper const& paper);
Json json_of(DutyToAct const& duty);
Json json_of(NextDate const& next);

template <class T>
Json json_of(std::optional<T> const& value)
{
  if (!value) return nullptr;
  if constexpr (std::is_arithmetic_v<T>) {
    return *value;
  } else {
    return json_of(*value);
  }
}

template <class T>
Json json_of(std::vector<T> const& items)
{
  auto list = Json::array();
  for (auto const& item : items) list.push_back(json_of(item));
  return list;
}

Json json_of(Text const& text)
{
  auto object = Json::object();
  for (auto const language : all_languages)
    if (!text.exactly(language).empty()) object[std::string(to_string(language))] = text.exactly(language);
  return object;
}

Json json_of(Truth truth) { return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown"; }

Json json_of(Period const& period) { return {{"from", json_of(period.from)}, {"until", json_of(period.until)}}; }

// A number where JSON readers get exactly this decimal back, otherwise its digits as text.
Json json_of(Decimal const& number)
{
  if (auto const integer = number.to_int64()) return *integer;
  auto const digits = number.to_string();
  double const nearest = number.to_double();
  std::array<char, 32> shortest{};
  auto const end = std::to_chars(shortest.data(), shortest.data() + shortest.size(), nearest, std::chars_format::fixed);
  if (end.ec == std::errc{} &&
      digits == std::string_view(shortest.data(), static_cast<std::size_t>(end.ptr - shortest.data())))
    return nearest;
  return digits;
}

// A known value as plain JSON; any other state as an object, as in case files.
Json json_of(Value const& value)
{
  if (value.is_none()) return {{"state", "none"}};
  if (auto const* boolean = value.as_boolean()) return *boolean;
  if (auto const* number = value.as_number()) return json_of(*number);
  if (auto const* text = value.as_string()) return *text;
  if (auto const* date = value.as_date()) return json_of(*date);
  if (auto const* list = value.as_list()) return json_of(list->items);
  if (auto const* context = value.as_context()) {
    auto entries = Json::object();
    for (auto const& [name, entry] : context->entries) entries[name] = json_of(entry);
    return {{"context", std::move(entries)}};
  }
  if (auto const* unknown = value.as_unknown()) return {{"state", "unknown"}, {"facts", unknown->facts}};
  if (auto const* uncertain = value.as_uncertain()) return {{"state", "uncertain"}, {"facts", uncertain->facts}};
  if (auto const* fault = value.as_fault()) return {{"state", "error"}, {"what", fault->what}, {"place", fault->place}};
  return {{"feel", to_string(value)}};
}

Json json_of(Citation const& citation)
{
  return {{"act", citation.act},       {"article", citation.article},
          {"source", citation.source}, {"grade", std::string(to_string(citation.grade))},
          {"status", citation.status}, {"text_date", json_of(citation.text_date)}};
}

Json json_of(Duty const& duty) { return {{"clock", duty.clock}, {"to", duty.to}}; }

Json json_of(Domain const& domain)
{
  Json json{{"approximate", domain.approximate}};
  if (domain.kind == Domain::Kind::set) json["values"] = json_of(domain.values);
  if (domain.kind == Domain::Kind::range)
    json["range"] = {{"low", json_of(domain.range.low)},
                     {"high", json_of(domain.range.high)},
                     {"low_included", domain.range.low_included},
                     {"high_included", domain.range.high_included}};
  return json;
}

Json json_of(Reason const& reason)
{
  return {{"decision", reason.decision},        {"rule", reason.rule},
          {"applies", json_of(reason.applies)}, {"conditions", reason.conditions},
          {"label", json_of(reason.label)},     {"output", json_of(reason.output)},
          {"law", json_of(reason.law)},         {"citations", json_of(reason.citations)},
          {"duties", json_of(reason.duties)}};
}

Json json_of(Verdict const& verdict)
{
  Json json{{"decision", verdict.decision},
            {"label", json_of(verdict.label)},
            {"answer", std::string(to_string(answer_of(verdict)))},
            {"outcome", std::string(to_string(verdict.outcome))},
            {"value", verdict.outcome == Outcome::known ? json_of(verdict.value) : Json(nullptr)},
            {"possible", json_of(verdict.possible)},
            {"missing", verdict.missing},
            {"uncertain", verdict.uncertain},
            {"effect", std::string(to_string(verdict.effect))},
            {"caution", std::string(to_string(verdict.caution))},
            {"safety_duties", json_of(verdict.safety_duties)},
            {"refusal", std::string(to_string(verdict.refusal))},
            {"rests_on", verdict.rests_on},
            {"jurisdiction", verdict.jurisdiction},
            {"reasons", json_of(verdict.reasons)},
            {"citations", json_of(verdict.citations)},
            {"categories", verdict.categories}};
  if (verdict.fault) json["fault"] = {{"what", verdict.fault->what}, {"place", verdict.fault->place}};
  return json;
}

Json json_of(ProofFact const& fact)
{
  return {{"name", fact.declaration->name},
          {"label", json_of(fact.declaration->label)},
          {"state", std::string(to_string(fact.value.state()))},
          {"value", json_of(fact.value)},
          {"source", fact.source.name},
          {"recorded", json_of(fact.source.recorded)},
          {"valid", json_of(fact.source.valid)},
          {"category", fact.declaration->category}};
}

Json json_of(ProofCondition const& condition)
{
  Json json{{"input", condition.written->input},
            {"test", condition.written->test},
            {"holds", json_of(condition.holds)},
            {"facts", condition.written->facts},
            {"decisions", condition.written->decisions}};
  if (condition.fault) json["fault"] = condition.fault->what;
  return json;
}

Json json_of(ProofRule const& rule)
{
  return {{"rule", rule.written->number},
          {"state", std::string(to_string(rule.state))},
          {"label", json_of(rule.written->label)},
          {"conditions", json_of(rule.conditions)},
          {"output", json_of(rule.output)},
          {"law", json_of(rule.written->law)},
          {"citations", json_of(rule.written->citations)},
          {"duties", json_of(rule.written->duties)}};
}

Json json_of(ProofStep const& step)
{
  return {{"decision", step.written->decision},
          {"label", json_of(step.written->label)},
          {"value", json_of(step.value)},
          {"expression", step.written->expression},
          {"policy", step.written->policy},
          {"law", json_of(step.written->law)},
          {"citations", json_of(step.written->citations)},
          {"rules", json_of(step.rules)},
          {"facts", step.written->facts},
          {"decisions", step.written->decisions},
          {"separation", step.written->separation}};
}

Json json_of(Shortfall const& set) { return {{"rule", set.rule}, {"conditions", json_of(set.conditions)}}; }

Json json_of(Proof const& proof)
{
  Json json{{"verdict", json_of(proof.verdict)},      {"pack", proof.pack},
            {"pack_digest", proof.pack_digest},       {"on", json_of(proof.on)},
            {"law_on", json_of(proof.law_on)},        {"known_on", json_of(proof.known_on)},
            {"by_completions", proof.by_completions}, {"steps", json_of(proof.steps)},
            {"facts", json_of(proof.facts)}};
  if (auto const& reasons = proof.minimal_reasons)
    json["minimal_reasons"] = {{"sets", reasons->sets}, {"truncated", reasons->truncated}};
  if (auto const& why_not = proof.why_not)
    json["why_not"] = {{"answer", json_of(why_not->answer)},
                       {"given", why_not->given},
                       {"sets", json_of(why_not->sets)},
                       {"certain", why_not->certain},
                       {"truncated", why_not->truncated}};
  return json;
}

Json json_of(Finding const& finding)
{
  Json json{{"pack", finding.pack}};
  json.update(json_of(finding.verdict));
  return json;
}

Json json_of(Score const& score) { return Json::parse(to_json(score)); }

Json json_of(DayBounds const& days) { return {{"lower", days.lower}, {"upper", json_of(days.upper)}}; }

Json json_of(Obstacle const& obstacle)
{
  return {{"kind", std::string(to_string(obstacle.kind))},
          {"holds", json_of(obstacle.holds)},
          {"subject", obstacle.subject},
          {"detail", obstacle.detail},
          {"since", json_of(obstacle.since)},
          {"ask", obstacle.ask}};
}

Json json_of(Hop const& hop)
{
  return {{"from", json_of(hop.from)},
          {"to", json_of(hop.to)},
          {"state", std::string(to_string(hop.state))},
          {"kind", std::string(to_string(hop.kind))},
          {"basis", json_of(hop.basis)},
          {"agreement", json_of(hop.agreement)},
          {"citation", json_of(hop.citation)},
          {"days", json_of(hop.days)},
          {"categories", json_of(hop.categories)},
          {"obstacles", json_of(hop.obstacles)}};
}

Json json_of(Route const& route)
{
  return {{"state", std::string(to_string(route.state))},
          {"hops", json_of(route.hops)},
          {"days", json_of(route.days)},
          {"service", json_of(route.service)},
          {"first_free_place", json_of(route.first_free_place)},
          {"ask", route.ask}};
}

Json json_of(RouteAnswer const& answer)
{
  return {{"state", std::string(to_string(answer.state()))},
          {"goal_exists", answer.goal_exists},
          {"certain", json_of(answer.certain)},
          {"possible", json_of(answer.possible)},
          {"blocked", json_of(answer.blocked)}};
}

Json json_of(NeedRoute const& route)
{
  Json json{{"need", json_of(route.need)}};
  json.update(json_of(route.answer));
  return json;
}

Json json_of(DutyToReport const& duty)
{
  return {{"id", json_of(duty.id)},       {"jurisdiction", duty.jurisdiction}, {"who", json_of(duty.who)},
          {"when", json_of(duty.when)},   {"to_whom", json_of(duty.to_whom)},  {"to", json_of(duty.to)},
          {"hours", json_of(duty.hours)}, {"citation", json_of(duty.citation)}};
}

Json json_of(Question const& question)
{
  return {{"fact", question.fact},
          {"label", json_of(question.label)},
          {"question", json_of(question.question)},
          {"asked_of", to_string(question.asked_of)},
          {"decisions", question.decisions},
          {"needs", json_of(question.needs)}};
}

Json json_of(Paper const& paper) { return {{"paper", paper.paper}, {"services", json_of(paper.services)}}; }

Json json_of(DutyToAct const& duty)
{
  return {{"decision", duty.decision},
          {"clock", duty.duty.clock},
          {"to", duty.duty.to},
          {"citations", json_of(duty.citations)}};
}

Json json_of(NextDate const& next)
{
  return {{"date", json_of(next.date)}, {"from", next.from}, {"is_act", next.is_act}};
}

Json json_of(Assessment const& assessment)
{
  auto counts = Json::object();
  for (auto const answer : {Answer::yes, Answer::no, Answer::value, Answer::no_rule, Answer::unknown,
                            Answer::undeterminable, Answer::refused, Answer::not_available, Answer::error})
    counts[std::string(to_string(answer))] = assessment.count(answer);
  return {{"schema", "urn:tutela:schema:assessment:1"},
          {"case", json_of(assessment.id)},
          {"on", json_of(assessment.on)},
          {"synthetic", assessment.synthetic},
          {"kind", std::string(to_string(assessment.kind))},
          {"jurisdiction", assessment.jurisdiction},
          {"group", assessment.group},
          {"held_by", json_of(assessment.held_by)},
          {"network", assessment.network},
          {"has_pack", assessment.has_pack},
          {"counts", std::move(counts)},
          {"findings", json_of(assessment.findings)},
          {"scores", json_of(assessment.scores)},
          {"routes", json_of(assessment.routes)},
          {"duties_to_report", json_of(assessment.duties_to_report)},
          {"questions", json_of(assessment.questions)},
          {"uncertain", assessment.uncertain},
          {"papers", json_of(assessment.papers)},
          {"duties", json_of(assessment.duties)},
          {"dates", json_of(assessment.dates)},
          {"categories", assessment.categories}};
}

std::string dump(Json const& json, int indent)
{
  // Texts that C++ callers set may be ill-formed; a replacement sign is better than no file.
  return json.dump(indent > 0 ? indent : -1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string write_value(Value const& value) { return dump(json_of(value), 0); }

std::string write_proof(Proof const& proof, int indent) { return dump(json_of(proof), indent); }

std::string write_verdict(Verdict const& verdict, int indent) { return dump(json_of(verdict), indent); }

std::string write_verdict_line(CaseId const& id, PackInfo const& pack, Verdict const& verdict)
{
  Json line{{"case", id.text()}, {"pack", pack.id}, {"pack_digest", pack.digest}};
  line.update(json_of(verdict));
  return dump(line, 0);
}

std::string write_route(RouteAnswer const& answer, int indent)
{
  Json json = json_of(answer);
  json["duties_to_report"] = json_of(answer.duties);
  return dump(json, indent);
}

std::string write_assessment(Assessment const& assessment, int indent) { return dump(json_of(assessment), indent); }

std::string write_assessments(std::vector<Assessment> const& assessments)
{
  std::string lines;
  for (auto const& assessment : assessments) (lines += write_assessment(assessment)) += '\n';
  return lines;
}

}  // namespace tutela::inline v0
