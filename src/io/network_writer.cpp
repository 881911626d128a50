// SPDX-License-Identifier: Apache-2.0
/// \file
/// Writing networks.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <tutela/io/network.hpp>

namespace tutela::inline v0 {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(Decimal number)
{
  if (auto const integer = number.to_int64()) return *integer;
  return number.to_double();  // exact, since a network holds only numbers of at most 15 digits
}

Json json_of(Value const& value)
{
  if (auto const* boolean = value.as_boolean()) return *boolean;
  if (auto const* number = value.as_number()) return json_of(*number);
  if (auto const* text = value.as_string()) return *text;
  Json json;
  if (auto const* list = value.as_list()) {
    json = Json::array();
    for (Value const& item : list->items) json.push_back(json_of(item));
  } else if (auto const* context = value.as_context()) {
    json = Json::object();
    for (auto const& [name, entry] : context->entries) json[name] = json_of(entry);
  }
  return json;
}

Json json_of(Text const& text)
{
  Json languages = Json::object();
  for (Language const language : all_languages)
    if (!text.exactly(language).empty()) languages[std::string(to_string(language))] = text.exactly(language);
  return languages.size() == 1 && languages.contains("en") ? languages["en"] : languages;
}

Json json_of(Citation const& citation)
{
  Json json{{"act", citation.act}};
  if (!citation.article.empty()) json["article"] = citation.article;
  if (!citation.source.empty()) json["source"] = citation.source;
  json["grade"] = to_string(citation.grade);
  if (!citation.status.empty()) json["status"] = citation.status;
  if (citation.text_date) json["text_date"] = to_string(*citation.text_date);
  return json;
}

/// An object that leaves out what is not known.
class Writer {
 public:
  Writer& put(char const* key, std::string_view text)
  {
    if (!text.empty()) json_[key] = text;
    return *this;
  }

  template <class Tag>
  Writer& put(char const* key, Id<Tag> const& id)
  {
    return put(key, std::string_view(id.text()));
  }

  Writer& put(char const* key, Text const& text)
  {
    if (!text.empty()) json_[key] = json_of(text);
    return *this;
  }

  Writer& json(char const* key, Json value)
  {
    json_[key] = std::move(value);
    return *this;
  }

  template <class T>
  Writer& put(char const* key, std::optional<T> const& value)
  {
    if (!value) return *this;
    if constexpr (std::is_arithmetic_v<T>) {
      json_[key] = *value;
    } else if constexpr (std::is_same_v<T, Date> || std::is_same_v<T, PartialDate> || std::is_enum_v<T>) {
      json_[key] = to_string(*value);
    } else if constexpr (std::is_same_v<T, Citation>) {
      json_[key] = json_of(*value);
    } else {
      json_[key] = texts(*value);
    }
    return *this;
  }

  /// A list, left out when it is empty.
  template <class T>
  Writer& list(char const* key, std::vector<T> const& values)
  {
    if (!values.empty()) json_[key] = texts(values);
    return *this;
  }

  Writer& flag(char const* key, bool value)
  {
    if (value) json_[key] = true;
    return *this;
  }

  Writer& interval(char const* from_key, char const* until_key, Period const& period)
  {
    return put(from_key, period.from).put(until_key, period.until);
  }

  Json take() { return std::move(json_); }

 private:
  template <class T>
  static Json texts(std::vector<T> const& values)
  {
    Json array = Json::array();
    for (T const& value : values) {
      if constexpr (std::is_enum_v<T>) {
        array.push_back(to_string(value));
      } else if constexpr (std::is_same_v<T, std::string>) {
        array.push_back(value);
      } else {
        array.push_back(value.text());
      }
    }
    return array;
  }

  Json json_ = Json::object();
};

Json json_of(Regime const& regime)
{
  Writer writer;
  writer.put("kind", regime.kind).interval("valid_from", "valid_until", regime.valid).put("source_id", regime.source);
  return writer.take();
}

Json json_of(Publication const& publication)
{
  Writer writer;
  writer.put("id", publication.id)
      .put("title", publication.title)
      .put("url", publication.address)
      .put("published", publication.published)
      .put("seen", publication.seen)
      .put("grade", to_string(publication.grade))
      .put("note", publication.note);
  return writer.take();
}

Json json_of(Agency const& agency)
{
  Writer writer;
  writer.put("id", agency.id)
      .put("name", agency.name)
      .put("kind", agency.kind)
      .put("level", agency.level)
      .put("parent_organization_id", agency.parent)
      .put("description", agency.description)
      .put("website", agency.website);
  if (!agency.former_names.empty()) {
    Json names = Json::array();
    for (FormerName const& former : agency.former_names) {
      Writer name;
      names.push_back(name.put("name", former.name).interval("valid_from", "valid_until", former.valid).take());
    }
    writer.json("former_names", std::move(names));
  }
  writer.list("roles", agency.roles).put("source_id", agency.source);
  return writer.take();
}

Json json_of(Unit const& unit)
{
  Writer writer;
  writer.put("id", unit.id)
      .put("organization_id", unit.agency)
      .put("name", unit.name)
      .put("kind", unit.kind)
      .list("case_kinds", unit.case_kinds)
      .put("source_id", unit.source);
  return writer.take();
}

Json json_of(Location const& location)
{
  Writer writer;
  writer.put("id", location.id)
      .put("name", location.name)
      .put("area", location.area)
      .list("area_codes", location.area_codes);
  if (location.position)
    writer.json("latitude", json_of(location.position->latitude))
        .json("longitude", json_of(location.position->longitude));
  writer.put("source_id", location.source);
  return writer.take();
}

Json json_of(Admission const& admission)
{
  Writer writer;
  writer.put("minimum_age_months", admission.minimum_age_months)
      .put("maximum_age_months", admission.maximum_age_months)
      .list("sexes", admission.sexes)
      .put("decision", admission.decision)
      .list("required_acts", admission.required_acts)
      .list("documents", admission.documents)
      .list("target_groups", admission.target_groups)
      .put("note", admission.note)
      .put("source_id", admission.source);
  return writer.take();
}

Json json_of(Service const& service)
{
  Writer writer;
  writer.put("id", service.id)
      .put("organization_id", service.agency)
      .put("name", service.name)
      .put("kind", service.kind)
      .put("form", service.form)
      .put("status", service.status)
      .put("description", service.description)
      .list("targets", service.targets);
  if (service.includes_refugees != Truth::unknown)
    writer.put("includes_refugees", service.includes_refugees == Truth::yes ? "yes" : "no");
  writer.flag("receives_victims_of_violence", service.receives_victims_of_violence)
      .put("location_disclosure", service.disclosure)
      .list("location_ids", service.locations);
  if (service.admission) writer.json("admission", json_of(*service.admission));
  writer.put("source_id", service.source);
  return writer.take();
}

Json json_of(Agreement const& agreement)
{
  Json states = Json::array();
  for (AgreementStep const& step : agreement.steps) {
    Writer state;
    states.push_back(state.put("state", to_string(step.state))
                         .put("from", std::string_view(to_string(step.from)))
                         .put("source_id", step.source)
                         .take());
  }
  Writer writer;
  writer.put("id", agreement.id)
      .put("name", agreement.name)
      .put("kind", agreement.kind)
      .list("party_ids", agreement.parties)
      .json("states", std::move(states))
      .interval("valid_from", "valid_until", agreement.window)
      .interval("referrals_from", "referrals_until", agreement.referral_window)
      .put("purposes", agreement.purposes)
      .put("data_categories", agreement.categories)
      .list("goals", agreement.goals)
      .put("note", agreement.note)
      .put("source_id", agreement.source);
  return writer.take();
}

Json json_of(Basis const& basis)
{
  Writer writer;
  writer.put("id", basis.id)
      .put("kind", to_string(basis.kind))
      .list("from", basis.from)
      .list("to", basis.to)
      .put("agreement_id", basis.agreement)
      .put("act", basis.act)
      .put("citation", basis.citation)
      .interval("valid_from", "valid_until", basis.valid)
      .put("purposes", basis.purposes)
      .put("data_categories", basis.categories)
      .put("needs_consent", basis.needs_consent)
      .put("days", basis.days)
      .put("condition", basis.condition)
      .put("source_id", basis.source);
  return writer.take();
}

Json json_of(Capacity const& capacity)
{
  Writer writer;
  writer.put("id", capacity.id)
      .put("service_id", capacity.service)
      .put("unit", to_string(capacity.unit))
      .put("maximum", capacity.maximum)
      .put("available", capacity.available)
      .put("updated", capacity.updated)
      .flag("approximate", capacity.approximate)
      .put("note", capacity.note)
      .put("source_id", capacity.source);
  return writer.take();
}

Json json_of(Waiting const& waiting)
{
  Writer writer;
  writer.put("id", waiting.id)
      .put("service_id", waiting.service)
      .json("days", Json(waiting.days))
      .put("statistic", to_string(waiting.statistic))
      .put("definition", waiting.definition)
      .put("as_of", std::optional(waiting.as_of))
      .put("sample", waiting.sample)
      .put("source_id", waiting.source);
  return writer.take();
}

Json json_of(Figure const& figure)
{
  Writer writer;
  writer.put("id", figure.id)
      .put("about", figure.about)
      .put("measure", to_string(figure.measure))
      .put("unit", figure.unit)
      .json("value", json_of(figure.value))
      .flag("approximate", figure.approximate)
      .put("from", figure.from)
      .put("until", figure.until)
      .put("period", figure.period_text);
  if (!figure.subgroups.empty()) {
    Json parts = Json::array();
    for (Subgroup const& part : figure.subgroups) parts.push_back({{"name", part.name}, {"value", part.value}});
    writer.json("subgroups", std::move(parts));
  }
  writer.put("label", figure.label).put("source_id", figure.source);
  return writer.take();
}

Json json_of(EquipmentPool const& pool)
{
  Writer writer;
  writer.put("id", pool.id)
      .put("organization_id", pool.agency)
      .put("name", pool.name)
      .put("available", pool.available)
      .put("applied", pool.applied)
      .put("as_of", pool.as_of)
      .put("source_id", pool.source);
  return writer.take();
}

Json json_of(Hotline const& hotline)
{
  Writer writer;
  writer.put("id", hotline.id)
      .put("organization_id", hotline.agency)
      .put("purpose", hotline.purpose)
      .put("number", hotline.number)
      .put("source_id", hotline.source);
  return writer.take();
}

Json json_of(NetworkRecord const& record)
{
  Writer writer;
  writer.put("id", record.id)
      .put("kind", record.kind)
      .put("name", record.name)
      .put("from", record.from)
      .put("until", record.until)
      .list("participant_ids", record.participants);
  if (!record.details.entries.empty()) writer.json("details", json_of(Value(record.details)));
  writer.put("source_id", record.source);
  return writer.take();
}

Json json_of(DutyToReport const& duty)
{
  Writer writer;
  writer.put("id", duty.id)
      .put("jurisdiction", duty.jurisdiction)
      .put("who", duty.who)
      .put("when", duty.when)
      .put("to_whom", duty.to_whom)
      .put("to_id", duty.to)
      .put("hours", duty.hours)
      .put("citation", duty.citation)
      .interval("valid_from", "valid_until", duty.valid);
  return writer.take();
}

template <class T>
void add_all(Json& document, char const* key, std::vector<T> const& elements)
{
  if (elements.empty()) return;
  Json array = Json::array();
  for (T const& element : elements) array.push_back(json_of(element));
  document[key] = std::move(array);
}

}  // namespace

std::string write_network(Network const& network)
{
  NetworkContent const& content = network.content();
  Writer writer;
  writer.put("format", std::string_view("tutela-network/1"))
      .put("id", content.id)
      .put("name", content.name)
      .put("jurisdiction", content.jurisdiction)
      .json("synthetic", Json(content.synthetic));
  Json document = writer.take();
  add_all(document, "regimes", content.regimes);
  add_all(document, "sources", content.sources);
  add_all(document, "organizations", content.agencies);
  add_all(document, "units", content.units);
  add_all(document, "locations", content.locations);
  add_all(document, "services", content.services);
  add_all(document, "agreements", content.agreements);
  add_all(document, "bases", content.bases);
  add_all(document, "capacities", content.capacities);
  add_all(document, "waiting", content.waiting);
  add_all(document, "figures", content.figures);
  add_all(document, "equipment_pools", content.equipment_pools);
  add_all(document, "hotlines", content.hotlines);
  add_all(document, "records", content.records);
  add_all(document, "duties_to_report", content.duties_to_report);
  return document.dump(2) + "\n";
}

}  // namespace tutela::inline v0
