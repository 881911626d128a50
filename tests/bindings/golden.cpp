// SPDX-License-Identifier: Apache-2.0
/// \file
/// The answers of the golden corpus by the C++ library: what every other language must answer, byte for byte.
/// Usage: tutela_golden_cpp QUESTIONS SWIMMING_DMN
#include <charconv>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <tutela/engine/assess.hpp>
#include <tutela/facts/misspelt.hpp>
#include <tutela/io/assessment.hpp>
#include <tutela/io/case.hpp>
#include <tutela/io/comparison.hpp>
#include <tutela/io/explanation.hpp>
#include <tutela/io/instrument.hpp>
#include <tutela/io/interview.hpp>
#include <tutela/io/network.hpp>
#include <tutela/referral/route.hpp>
#include <tutela/risk/score.hpp>
#include <tutela/rules/compare.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/session.hpp>

namespace {

std::string swimming;  // the document that questions call by this name

std::vector<std::string> split(std::string const& text, char separator)
{
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

std::string file_text(char const* path)
{
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// FNV-1a with 64 bits: enough to see that a text changed, not meant against forgers.
std::string digest(std::string_view text)
{
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (char const byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
  return digits;
}

tutela::Diagnostic finding(tutela::Code code, std::string what, std::string mend = {})
{
  return {
      .code = code, .severity = tutela::Severity::error, .place = {}, .what = std::move(what), .mend = std::move(mend)};
}

tutela::Pack pack_named(std::string const& name)
{
  return (name == "swimming" ? tutela::parse_pack(swimming, "memory") : tutela::load_pack(name)).value();
}

tutela::Value value_of(std::string const& kind, std::string const& text, std::string const& fact)
{
  using tutela::Code;
  if (kind == "boolean") return tutela::Value(text == "true");
  if (kind == "string") return tutela::Value(text);
  if (kind == "date") {
    auto const parts = split(text, '-');
    auto const date = tutela::make_date(std::stoi(parts[0]), std::stoi(parts[1]), std::stoi(parts[2]));
    if (!date) throw tutela::Error({finding(Code::invalid_date, "the numbers are not a day of the calendar")});
    return tutela::Value(*date);
  }
  if (kind == "state") {
    if (text == "none") return {};
    return text == "uncertain" ? tutela::Value(tutela::Uncertain{{fact}}) : tutela::Value::unknown(fact);
  }
  auto const number = tutela::Decimal::parse(text);
  if (!number)
    throw tutela::Error({finding(Code::invalid_number, "the text is not a decimal number", "write it as 1250.50")});
  return tutela::Value(*number);
}

std::string mend_of(tutela::Schema const& schema, std::string const& wrong)
{
  auto const meant = tutela::nearest_fact(wrong, schema);
  return meant.empty() ? "tutela_pack_describe lists the facts of a pack" : "is " + meant + " meant?";
}

void set_slot(tutela::Session& session, tutela::FactDeclaration const& declared, std::string const& kind,
              std::string const& text)
try {
  auto const slot = *session.slot(declared.name);
  auto value = value_of(kind, text, declared.name);
  if (value.as_unknown() == nullptr)
    if (auto wrong = tutela::check(declared, value)) throw tutela::Error({*std::move(wrong)});
  session.set(slot, std::move(value));
} catch (tutela::Error const& error) {
  auto wrong = error.diagnostics();
  wrong.front().place.pointer = declared.name;
  throw tutela::Error(std::move(wrong));
}

void set_slots(tutela::Session& session, std::string const& facts)
{
  for (auto const& item : split(facts == "-" ? "" : facts, ';')) {
    auto const name = item.substr(0, item.find('='));
    auto const kind = item.substr(name.size() + 1, item.find(':') - name.size() - 1);
    tutela::FactDeclaration const* declared = session.pack().schema().find(name);
    if (declared == nullptr)
      throw tutela::Error(
          {finding(tutela::Code::unknown_fact, "the pack " + session.pack().info().id + " reads no fact named " + name,
                   mend_of(session.pack().schema(), name))});
    set_slot(session, *declared, kind, item.substr(item.find(':') + 1));
  }
}

void set_case(tutela::Session& session, std::string const& json)
{
  auto const cases = tutela::parse_cases(json, "case").value();
  tutela::Schema const& schema = session.pack().schema();
  tutela::RecordBuilder builder;
  for (auto const& fact : cases.front().facts.facts())
    if (schema.find(fact.name) != nullptr) builder.set(fact.name, fact.value, fact.source);
  auto record = std::move(builder).build().value();
  if (auto wrong = schema.check(record); !wrong.empty()) throw tutela::Error(std::move(wrong));
  session.load(std::move(record));
}

std::string line_of(std::string const& key, std::string const& value) { return ",\"" + key + "\":\"" + value + '"'; }

std::string verdict_line(std::vector<std::string> const& question, std::optional<tutela::Date> on)
{
  auto const pack = pack_named(question[2]);
  tutela::Session session(pack);
  question[1] == "case" ? set_case(session, question[6]) : set_slots(session, question[6]);
  auto const verdict = session.verdict(tutela::PreparedDecision(pack, question[3], on));
  bool const known = verdict.outcome == tutela::Outcome::known;
  std::string missing;
  for (auto const& fact : verdict.missing) missing += (missing.empty() ? "\"" : ",\"") + fact + '"';
  return line_of("outcome", std::string(to_string(verdict.outcome))) +
         ",\"value\":" + (known ? tutela::write_value(verdict.value) : "null") + ",\"missing\":[" + missing + "]" +
         line_of("explanation", digest(tutela::explain(verdict, *tutela::parse_language(question[5])))) +
         line_of("verdict", digest(tutela::write_verdict(verdict)));
}

std::string assess_line(std::vector<std::string> const& question, std::optional<tutela::Date> on)
{
  tutela::Knowledge knowledge;
  if (question[2].starts_with("uk/"))
    knowledge.instruments.push_back(tutela::load_instrument(question[2]).value());
  else
    knowledge.packs.push_back(pack_named(question[2]));
  auto const cases = tutela::parse_cases(question[6], "cases").value();
  return line_of("assessment", digest(tutela::write_assessments(tutela::assess(knowledge, cases, *on))));
}

/// The questions about the facts of one person that are not a decision: what to ask, how it runs, what could change it.
std::string interview_line(std::vector<std::string> const& question)
{
  auto const pack = pack_named(question[2]);
  tutela::Session session(pack);
  set_slots(session, question[6]);
  auto const& record = session.record();
  if (question[1] == "timeline") {
    auto const days = split(question[4], '/');
    auto const found =
        tutela::timeline(pack, record, question[3], *tutela::parse_date(days[0]), *tutela::parse_date(days[1]), {});
    return line_of("timeline", digest(tutela::write_timeline(found)));
  }
  auto const on = tutela::parse_date(question[4]);
  if (question[1] == "change")
    return line_of("change",
                   digest(tutela::write_counterfactuals(tutela::counterfactual(pack, record, question[3], on))));
  tutela::AskOptions how;
  if (question[3] != "-") how.decide.decisions = split(question[3], ',');
  return line_of("questions", digest(tutela::write_questions(tutela::ask(pack, record, on, how))));
}

/// What is wrong with a pack, or with another version of the document, in which one text stands in place of another.
std::string packs_line(std::vector<std::string> const& question, std::optional<tutela::Date> on)
{
  auto const before = pack_named(question[2]);
  auto after = before;
  if (auto const arrow = question[6].find("=>"); arrow != std::string::npos) {
    auto text = swimming;
    auto const old = question[6].substr(0, arrow);
    auto const put = question[6].substr(arrow + 2);
    for (auto at = text.find(old); at != std::string::npos; at = text.find(old, at + put.size()))
      text.replace(at, old.size(), put);
    after = tutela::parse_pack(text, "memory").value();
  }
  if (question[1] == "compare") {
    tutela::CompareOptions how;
    how.on = on;
    return line_of("compare", digest(tutela::write_comparison(tutela::compare(before, after, how))));
  }
  std::string lines;
  for (auto const& found : after.check().findings) lines += to_string(found.diagnostic) + '\n';
  return line_of("check", digest(lines));
}

std::string score_line(std::vector<std::string> const& question, std::optional<tutela::Date> on)
{
  auto const scale = tutela::load_instrument(question[2]).value();
  tutela::ScoreOptions how;
  how.on = on;
  if (question[3] != "-") how.jurisdiction = question[3];
  auto const answers = tutela::parse_facts(question[6], "facts").value();
  return line_of("score", digest(tutela::to_json(tutela::score(scale, answers, how))));
}

tutela::Truth truth_of(std::string const& word)
{
  return word == "yes" ? tutela::Truth::yes : word == "no" ? tutela::Truth::no : tutela::Truth::unknown;
}

tutela::RouteGoal goal_of(std::string const& text)
{
  auto const name = text.substr(text.find(':') + 1);
  if (text.starts_with("agency:")) return tutela::AgencyId(name);
  if (text.starts_with("service:")) return tutela::ServiceId(name);
  return tutela::ServiceKind(name);
}

tutela::HeldAct act_of(std::string const& text)
{
  auto const parts = split(text, ':');
  tutela::HeldAct act;
  act.issuer = parts[0] == "court"        ? tutela::ActIssuer::court
               : parts[0] == "prosecutor" ? tutela::ActIssuer::prosecutor
                                          : tutela::ActIssuer::commission;
  act.reference = parts[1];
  act.services.emplace_back(parts[2]);
  act.valid.from = tutela::parse_date(parts[3]);
  return act;
}

std::string route_line(std::vector<std::string> const& question, tutela::Date on)
{
  auto const network = tutela::load_network(question[2]).value();
  tutela::RouteRequest request;
  request.on = on;
  request.goal = goal_of(question[3]);
  for (auto const& item : split(question[6], ';')) {
    auto const key = item.substr(0, item.find('='));
    auto const value = item.substr(key.size() + 1);
    if (key == "from") request.from = tutela::AgencyId(value);
    if (key == "purpose") request.purposes.emplace_back(value);
    if (key == "danger") request.danger = truth_of(value);
    if (key == "birth_date") request.birth_date = tutela::parse_date(value);
    if (key == "sex") request.sex = value == "female" ? tutela::Sex::female : tutela::Sex::male;
    if (key == "act") request.acts.push_back(act_of(value));
    if (key == "area") request.area_codes.push_back(value);
    if (key == "data") {
      auto const parts = split(value, ':');
      request.data.push_back({tutela::DataCategory(parts[0]), truth_of(parts[1])});
    }
  }
  return line_of("route", digest(tutela::write_route(tutela::find_route(network, request).value())));
}

std::string refused_line(char const* status, std::vector<tutela::Diagnostic> const& diagnostics)
{
  std::string list;
  for (auto const& diagnostic : diagnostics)
    list += (list.empty() ? "{\"code\":" : ",{\"code\":") + std::to_string(static_cast<int>(diagnostic.code)) +
            line_of("pointer", diagnostic.place.pointer) + '}';
  return line_of("refused", status) + ",\"diagnostics\":[" + list + "]" +
         line_of("message", digest(tutela::to_string(diagnostics)));
}

std::string answer(std::vector<std::string> const& question)
try {
  auto const on = tutela::parse_date(question[4]);
  auto const& door = question[1];
  if (door == "assess") return assess_line(question, on);
  if (door == "check" || door == "compare") return packs_line(question, on);
  if (door == "score") return score_line(question, on);
  if (door == "route") return route_line(question, *on);
  if (door == "slots" || door == "case") return verdict_line(question, on);
  return interview_line(question);
} catch (tutela::Error const& error) {
  return refused_line("invalid_input", error.diagnostics());
} catch (tutela::ContractViolation const& misuse) {
  return refused_line("misuse", {finding(tutela::Code::invalid_request, misuse.what())});
}

}  // namespace

int main(int count, char** arguments)
{
  if (count != 3) return 2;
  swimming = file_text(arguments[2]);
  for (auto const& line : split(file_text(arguments[1]), '\n'))
    if (auto const question = split(line, '\t'); line.front() != '#')
      std::cout << "{\"id\":\"" << question[0] << '"' << answer(question) << "}\n";
}
