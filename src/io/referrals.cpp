// SPDX-License-Identifier: Apache-2.0
#include <tutela/io/referrals.hpp>

#include <utility>

#include <nlohmann/json.hpp>

#include "io/json_reader.hpp"

namespace tutela::inline v0 {
namespace {

using Json = nlohmann::ordered_json;
using detail::JsonName;
using detail::JsonObject;

/// The words of an enumeration from its first enumerator to `last`.
template <class E>
std::vector<JsonName<E>> words_to(E last)
{
  std::vector<JsonName<E>> words;
  for (std::uint8_t k = 0; k <= static_cast<std::uint8_t>(last); ++k)
    words.emplace_back(to_string(static_cast<E>(k)), static_cast<E>(k));
  return words;
}

template <class Tag>
void read(JsonObject& object, char const* key, Id<Tag>& into)
{
  into = Id<Tag>(object.optional_text(key).value_or(""));
}

void read(JsonObject& object, ReferralStep& step)
{
  step.state = object.one_of<ReferralState>("state", words_to(ReferralState::mistaken));
  step.on = object.date("on");
  read(object, "by", step.by);
  step.reason = object.optional_one_of<ReferralReason>("reason", words_to(ReferralReason::other));
  step.outcome = object.optional_one_of<ReferralOutcome>("outcome", words_to(ReferralOutcome::not_known));
  step.note = object.optional_text("note").value_or("");
}

void read(JsonObject& object, ReferralDeadline& deadline)
{
  deadline.state = object.one_of<ReferralState>("state", words_to(ReferralState::mistaken));
  deadline.due = object.date("due");
  read(object, "whose", deadline.whose);
  deadline.ground = object.optional_text("ground").value_or("");
}

void read(JsonObject& object, ConsentOverride& one)
{
  for (std::string& category : object.optional_texts("categories")) one.categories.emplace_back(std::move(category));
  one.who = object.optional_text("who").value_or("");
  one.ground = object.optional_text("ground").value_or("");
  one.article = object.citation("article");
  one.valid = {object.optional_date("valid_from"), object.optional_date("valid_until")};
}

void read(JsonObject& object, ReferralRecord& referral)
{
  read(object, "id", referral.id);
  read(object, "parent", referral.parent);
  referral.form =
      object.optional_one_of<ReferralForm>("form", words_to(ReferralForm::transfer)).value_or(ReferralForm::referral);
  read(object, "from", referral.from);
  read(object, "to", referral.to);
  read(object, "service", referral.service);
  read(object, "basis", referral.basis);
  object.optional_each("steps", [&](JsonObject& each) { read(each, referral.steps.emplace_back()); });
  object.optional_each("deadlines", [&](JsonObject& each) { read(each, referral.deadlines.emplace_back()); });
  object.optional_each("consent_overrides",
                       [&](JsonObject& each) { read(each, referral.consent_overrides.emplace_back()); });
}

void put(Json& json, char const* key, std::string const& text)
{
  if (!text.empty()) json[key] = text;
}

Json json_of(ReferralStep const& step)
{
  Json json{{"state", to_string(step.state)}, {"on", to_string(step.on)}};
  put(json, "by", step.by.text());
  if (step.reason) json["reason"] = to_string(*step.reason);
  if (step.outcome) json["outcome"] = to_string(*step.outcome);
  put(json, "note", step.note);
  return json;
}

Json json_of(ReferralDeadline const& deadline)
{
  Json json{{"state", to_string(deadline.state)}, {"due", to_string(deadline.due)}};
  put(json, "whose", deadline.whose.text());
  put(json, "ground", deadline.ground);
  return json;
}

Json json_of(ConsentOverride const& one)
{
  Json json = Json::object();
  for (DataCategory const& category : one.categories) json["categories"].push_back(category.text());
  put(json, "who", one.who);
  put(json, "ground", one.ground);
  Json& article = json["article"] = {{"act", one.article.act}};
  put(article, "article", one.article.article);
  put(article, "source", one.article.source);
  article["grade"] = to_string(one.article.grade);
  put(article, "status", one.article.status);
  if (one.article.text_date) article["text_date"] = to_string(*one.article.text_date);
  if (one.valid.from) json["valid_from"] = to_string(*one.valid.from);
  if (one.valid.until) json["valid_until"] = to_string(*one.valid.until);
  return json;
}

Json json_of(ReferralRecord const& referral)
{
  Json json = Json::object();
  put(json, "id", referral.id.text());
  put(json, "parent", referral.parent.text());
  json["form"] = to_string(referral.form);
  put(json, "from", referral.from.text());
  put(json, "to", referral.to.text());
  put(json, "service", referral.service.text());
  put(json, "basis", referral.basis.text());
  auto const list = [&](char const* key, auto const& items) {
    for (auto const& item : items) json[key].push_back(json_of(item));
  };
  list("steps", referral.steps);
  list("deadlines", referral.deadlines);
  list("consent_overrides", referral.consent_overrides);
  return json;
}

}  // namespace

Result<std::vector<ReferralRecord>> parse_referrals(std::string_view text, std::string const& file,
                                                    Limits const& limits)
{
  auto made = detail::read_document<std::vector<ReferralRecord>>(
      text, file, limits, "tutela-referrals/1", [](JsonObject& root, std::vector<ReferralRecord>& referrals) {
        root.each("referrals", [&](JsonObject& each) { read(each, referrals.emplace_back()); });
      });
  if (!made) return made;
  auto found = check_referrals(*made, file, limits);
  for (Diagnostic& each : found) each.place.pointer.insert(0, "/referrals");
  if (!found.empty()) return found;
  return made;
}

std::string write_referrals(std::span<ReferralRecord const> referrals)
{
  Json json{{"format", "tutela-referrals/1"}, {"referrals", Json::array()}};
  for (ReferralRecord const& each : referrals) json["referrals"].push_back(json_of(each));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tutela::inline v0
