// SPDX-License-Identifier: Apache-2.0
#include <tutela/io/disclosure.hpp>

#include <optional>
#include <utility>

#include "io/csv_writer.hpp"
#include "io/json_fields.hpp"

namespace tutela::inline v0 {
namespace {

using Json = detail::fields::OrderedJson;
using detail::fields::json_of;
using detail::fields::put;
using detail::fields::written;

/// What a ground rests on: the same members in findings and entries.
template <class Ground>
Json ground_json(Ground const& ground)
{
  Json json{{"kind", to_string(ground.kind)}};
  put(json, "basis", ground.basis.text());
  put(json, "agreement", ground.agreement.text());
  if (ground.citation) json["citation"] = json_of(*ground.citation);
  return json;
}

Json json_of(GroundFinding const& ground)
{
  auto json = ground_json(ground);
  json["open"] = json_of(ground.open);
  json["reasons"] = Json::array();
  for (auto const& reason : ground.reasons)
    json["reasons"].push_back(
        {{"reason", reason.word}, {"holds", json_of(reason.holds)}, {"sentence", reason.sentence}});
  json["ask"] = ground.ask;
  return json;
}

Json words(std::vector<DataCategory> const& categories)
{
  auto json = Json::array();
  for (auto const& category : categories) json.push_back(category.text());
  return json;
}

std::string joined(std::vector<std::string> const& list)
{
  std::string text;
  for (auto const& word : list) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace

std::string write_disclosure(DisclosureFinding const& finding, int indent)
{
  Json json{{"format", "tutela-disclosure/1"}, {"from", finding.from.text()}, {"to", finding.to.text()}};
  put(json, "role", finding.role);
  json["purpose"] = finding.purpose.text();
  json["on"] = to_string(finding.on);
  json["minimum_known"] = finding.minimum_known;
  json["facts"] = Json::array();
  for (auto const& fact : finding.facts) {
    Json one{{"fact", fact.fact}};
    put(one, "category", fact.category.text());
    one["telling"] = to_string(fact.telling);
    one["reason"] = to_string(fact.reason);
    one["grounds"] = Json::array();
    for (auto const& ground : fact.grounds) one["grounds"].push_back(json_of(ground));
    json["facts"].push_back(std::move(one));
  }
  return written(json, indent);
}

std::string write_disclosure_entry(DisclosureEntry const& entry)
{
  Json json{{"format", "tutela-disclosure-entry/1"},
            {"on", to_string(entry.on)},
            {"by", entry.by},
            {"from", entry.from.text()},
            {"to", entry.to.text()}};
  put(json, "role", entry.role);
  json["purpose"] = entry.purpose.text();
  json["person"] = entry.person.text();
  json["categories"] = words(entry.categories);
  json["grounds"] = Json::array();
  for (auto const& ground : entry.grounds) json["grounds"].push_back(ground_json(ground));
  json["key"] = entry.key;
  json["digest"] = entry.digest;
  return json.dump();
}

std::string write_disclosure_log(std::vector<DisclosureEntry> const& entries)
{
  std::string text = "on,by,from,to,role,purpose,person,categories,grounds,key,digest\r\n";
  for (auto const& entry : entries) {
    std::vector<std::string> categories;
    for (auto const& category : entry.categories) categories.push_back(category.text());
    std::vector<std::string> grounds;
    for (auto const& ground : entry.grounds)
      grounds.push_back(ground.basis.empty() ? std::string(to_string(ground.kind)) : ground.basis.text());
    std::string const cells[] = {
        to_string(entry.on), entry.by,           entry.from.text(), entry.to.text(), entry.role,  entry.purpose.text(),
        entry.person.text(), joined(categories), joined(grounds),   entry.key,       entry.digest};
    bool first = true;
    for (auto const& cell : cells) {
      if (!std::exchange(first, false)) text += ',';
      detail::add_csv_cell(text, cell);
    }
    text += "\r\n";
  }
  return text;
}

std::string write_history(std::vector<HandlingEntry> const& history, int indent)
{
  auto json = Json::array();
  for (auto const& entry : history) {
    Json one{{"done", to_string(entry.kind)},
             {"fact", entry.fact},
             {"on", to_string(entry.handling.on)},
             {"by", entry.handling.by},
             {"reason", entry.handling.reason}};
    if (entry.handling.citation) one["citation"] = json_of(*entry.handling.citation);
    if (entry.kind == HandlingKind::rectified) one["old_value_erased"] = entry.old_value_erased;
    json.push_back(std::move(one));
  }
  return written(json, indent);
}

std::string write_retention(std::vector<RetentionReading> const& readings, int indent)
{
  auto json = Json::array();
  for (auto const& reading : readings) {
    Json one{{"fact", reading.fact}};
    put(one, "category", reading.category.text());
    one["state"] = to_string(reading.state);
    put(one, "erase_on", reading.erase_on);
    put(one, "hold", reading.hold);
    if (reading.citation) one["citation"] = json_of(*reading.citation);
    json.push_back(std::move(one));
  }
  return written(json, indent);
}

}  // namespace tutela::inline v0
