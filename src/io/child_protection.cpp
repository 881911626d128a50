// SPDX-License-Identifier: Apache-2.0
/// \file
/// The law of child protection and records of children from JSON.
#include <tutela/io/child_protection.hpp>

#include <utility>

#include "io/json_reader.hpp"
#include "io/law_fields.hpp"
#include "packs/shipped.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonObject;
using detail::optional_length;
using detail::read_day;
using detail::read_law_text;
using detail::read_moment;
using detail::read_moments;
using detail::read_optional_day;
using detail::refuse_twice;

Truth truth(JsonObject& object, std::string_view key)
{
  auto const found = object.optional_boolean(key);
  return found ? to_truth(*found) : Truth::unknown;
}

PreferenceOrder read_preference(JsonObject& object)
{
  PreferenceOrder order{read_law_text(object), {}};
  auto const* const tiers = object.find("tiers");
  if (tiers == nullptr) {
    object.missing("tiers");
    return order;
  }
  std::vector<std::string> seen;
  bool sound = tiers->kind == detail::JsonNode::Kind::array && !tiers->children.empty();
  for (auto const& tier : tiers->children) {
    order.tiers.emplace_back();
    sound = sound && tier.kind == detail::JsonNode::Kind::array && !tier.children.empty();
    for (auto const& option : tier.children) {
      sound = sound && option.kind == detail::JsonNode::Kind::string &&
              std::find(seen.begin(), seen.end(), option.text) == seen.end();
      seen.push_back(option.text);
      order.tiers.back().push_back(option.text);
    }
  }
  if (!sound)
    object.error(Code::wrong_type, "tiers", "the order of preference is no list of lists of different words",
                 "write [[\"person_or_family\"], [\"residential\"]]");
  return order;
}

HearingRule read_hearing(JsonObject& object)
{
  HearingRule rule{read_law_text(object), object.optional_texts("parties")};
  if (rule.parties.empty()) object.missing("parties");
  return rule;
}

LeavingCareRule read_leaving(JsonObject& object)
{
  LeavingCareRule rule;
  rule.text = read_law_text(object);
  rule.gives = object.text("gives");
  rule.all = object.optional_texts("all");
  rule.any = object.optional_texts("any");
  rule.none = object.optional_texts("none");
  if (auto const age = object.optional_integer("until_age", 0, 150)) rule.until_age = static_cast<std::uint8_t>(*age);
  rule.within = optional_length(object, "within");
  rule.amount = object.optional_text("amount").value_or("");
  return rule;
}

void read_law(JsonObject& root, ProtectionLaw& law)
{
  law.jurisdiction = root.text("jurisdiction");
  std::vector<LawText> texts;
  auto const all = [&](std::string_view key, auto& list, auto const& read_one) {
    root.optional_each(key, [&](JsonObject& inner) {
      auto one = read_one(inner);
      refuse_twice(inner, texts, one.text.id, "texts");
      texts.push_back(one.text);
      list.push_back(std::move(one));
    });
  };
  all("preference", law.preference, read_preference);
  all("hearings", law.hearings, read_hearing);
  all("leaving", law.leaving, read_leaving);
}

RemovalStep read_step(JsonObject& object)
{
  RemovalStep step;
  step.state = detail::word<RemovalState>(
      object, "state", parse_removal_state,
      "danger_found, not_removed, decided, prosecutor_informed, court_action_filed, court_decided, child_returned");
  step.at = read_moment(object, "at");
  step.by = {AgencyId(object.optional_text("agency").value_or("")), object.optional_text("role").value_or("")};
  step.reference = object.optional_text("reference").value_or("");
  if (object.has("outcome"))
    step.outcome = detail::word<CourtOutcome>(object, "outcome", parse_court_outcome, "removed, deprived, refused");
  step.heard = object.optional_texts("heard");
  return step;
}

Removal read_removal(JsonObject& object)
{
  Removal removal;
  removal.id = object.text("id");
  object.each("steps", [&](JsonObject& inner) { removal.steps.push_back(read_step(inner)); });
  auto found = check_removal(removal, object.pointer());
  for (auto& each : found) each.place.file = object.context().file;
  object.context().diagnostics.append(std::move(found));
  return removal;
}

Placement read_placement(JsonObject& object)
{
  Placement item;
  item.id = object.text("id");
  item.option = object.text("option");
  item.agency = AgencyId(object.optional_text("agency").value_or(""));
  item.reference = object.optional_text("reference").value_or("");
  item.period = {read_day(object, "valid_from"), read_optional_day(object, "valid_until")};
  if (item.period.until && *item.period.until <= *item.period.from)
    object.error(Code::invalid_interval, "valid_until", "the placement ends before it begins", "mend the days");
  object.optional_each("considered", [&](JsonObject& inner) {
    item.considered.push_back(
        {inner.text("option"), truth(inner, "possible"), inner.optional_text("reason").value_or("")});
    if (item.considered.back().possible == Truth::no && item.considered.back().reason.empty()) inner.missing("reason");
  });
  item.plan_made = read_optional_day(object, "plan_made");
  item.review_every = optional_length(object, "review_every");
  item.reviewed = read_moments(object, "reviewed");
  item.limits = object.optional_texts("limits");
  object.optional_each("prolongations", [&](JsonObject& inner) {
    auto const term = detail::optional_term(inner, "term");
    if (!term) inner.missing("term");
    item.prolongations.push_back({term.value_or(Term{1, TermUnit::days}), read_moment(inner, "granted")});
  });
  return item;
}

CareLeaver read_leaver(JsonObject& object)
{
  CareLeaver leaver;
  leaver.born = read_optional_day(object, "born");
  leaver.left = read_optional_day(object, "left");
  if (leaver.born && leaver.left && *leaver.left < *leaver.born)
    object.error(Code::contradictory_facts, "left", "the day of leaving is before the birth", "mend the days");
  object.optional_object("facts", [&](JsonObject& inner) {
    for (auto const& key : inner.all_keys()) leaver.facts.emplace_back(key, truth(inner, key));
  });
  return leaver;
}

ChildRecord read_child(JsonObject& object)
{
  ChildRecord child;
  child.subject = CaseId(object.text("case"));
  object.optional_each("removals", [&](JsonObject& inner) {
    auto one = read_removal(inner);
    refuse_twice(inner, child.removals, one.id, "removals");
    child.removals.push_back(std::move(one));
  });
  object.optional_each("placements", [&](JsonObject& inner) {
    auto one = read_placement(inner);
    refuse_twice(inner, child.placements, one.id, "placements");
    child.placements.push_back(std::move(one));
  });
  object.optional_object("leaving", [&](JsonObject& inner) { child.leaver = read_leaver(inner); });
  return child;
}

}  // namespace

Result<ProtectionLaw> parse_protection_law(std::string_view json, std::string const& file, Limits const& limits)
{
  return detail::read_document<ProtectionLaw>(json, file, limits, "tutela-protection-law/1", read_law);
}

Result<ProtectionLaw> load_protection_law(std::string const& path_or_id, Limits const& limits)
{
  auto const shipped = path_or_id + "/law.protection.json";
  if (auto const text = detail::shipped_file(shipped)) return parse_protection_law(*text, shipped, limits);
  auto text = detail::read_file(path_or_id, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_protection_law(*text, path_or_id, limits);
}

Result<ProtectionRecords> parse_protection_records(std::string_view json, std::string const& file, Limits const& limits)
{
  return detail::read_document<ProtectionRecords>(
      json, file, limits, "tutela-child-protection/1", [](JsonObject& root, ProtectionRecords& records) {
        records.jurisdiction = root.text("jurisdiction");
        records.synthetic = root.optional_boolean("synthetic").value_or(false);
        root.optional_object("martial_law", [&](JsonObject& inner) { records.martial_law = inner.period(); });
        root.each("children", [&](JsonObject& inner) {
          auto one = read_child(inner);
          for (auto const& each : records.children)
            if (each.subject == one.subject)
              inner.error(Code::duplicate_id, "case", "two children have the same pseudonym", "join their records");
          records.children.push_back(std::move(one));
        });
      });
}

Result<ProtectionRecords> load_protection_records(std::string const& path, Limits const& limits)
{
  auto text = detail::read_file(path, limits);
  if (!text) return std::move(text).diagnostics();
  return parse_protection_records(*text, path, limits);
}

}  // namespace tutela::inline v0
