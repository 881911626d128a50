// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading networks.
#include <tutela/io/network.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "io/json_reader.hpp"

namespace tutela::inline v0 {
namespace {

using detail::JsonContext;
using detail::JsonName;
using detail::JsonNode;
using detail::JsonObject;

constexpr std::int64_t most = 1'000'000'000'000;  // a number of people, days or things; more is a slip of the hand

/// The words of an enumeration from its first enumerator to `last`.
template <class E>
std::vector<JsonName<E>> words_to(E last)
{
  std::vector<JsonName<E>> words;
  for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(last); ++i)
    words.emplace_back(to_string(static_cast<E>(i)), static_cast<E>(i));
  return words;
}

std::optional<PartialDate> optional_partial_date(JsonObject& object, std::string_view key)
{
  auto const text = object.optional_text(key);
  if (!text) return std::nullopt;
  auto const date = parse_partial_date(*text);
  if (!date)
    object.error(Code::invalid_date, key, "this is not a date of the calendar",
                 "write it as 2026, 2026-03 or 2026-03-01");
  return date;
}

/// Both ends; whether they fit together is checked with everything else.
Period interval(JsonObject& object, std::string_view from_key, std::string_view until_key)
{
  return {object.optional_date(from_key), object.optional_date(until_key)};
}

template <class T>
T optional_id(JsonObject& object, std::string_view key)
{
  return T(object.optional_text(key).value_or(std::string{}));
}

template <class T>
std::vector<T> ids(JsonObject& object, std::string_view key)
{
  std::vector<T> result;
  for (std::string& text : object.optional_texts(key)) result.emplace_back(std::move(text));
  return result;
}

template <class T>
std::optional<std::vector<T>> optional_ids(JsonObject& object, std::string_view key)
{
  if (object.find(key) == nullptr) return std::nullopt;
  return ids<T>(object, key);
}

SourceId source(JsonObject& object) { return optional_id<SourceId>(object, "source_id"); }

Regime read_regime(JsonObject& object)
{
  Regime regime;
  regime.kind = object.text("kind");
  regime.valid = interval(object, "valid_from", "valid_until");
  regime.source = source(object);
  return regime;
}

Publication read_publication(JsonObject& object)
{
  static constexpr JsonName<Grade> grades[] = {
      {"A", Grade::a}, {"B", Grade::b}, {"C", Grade::c}, {"D", Grade::d}, {"unverified", Grade::unverified}};
  Publication publication;
  publication.id = SourceId(object.text("id"));
  publication.title = object.text("title");
  publication.address = object.optional_text("url").value_or("");
  publication.published = optional_partial_date(object, "published");
  publication.seen = optional_partial_date(object, "seen");
  publication.grade = object.optional_one_of<Grade>("grade", grades).value_or(Grade::unverified);
  publication.note = object.optional_text("note").value_or("");
  return publication;
}

Agency read_agency(JsonObject& object)
{
  Agency agency;
  agency.id = AgencyId(object.text("id"));
  agency.name = object.localized("name");
  agency.kind = AgencyKind(object.text("kind"));
  agency.level = object.optional_one_of<AgencyLevel>("level", words_to(AgencyLevel::international));
  agency.parent = optional_id<AgencyId>(object, "parent_organization_id");
  agency.description = object.optional_text("description").value_or("");
  agency.website = object.optional_text("website").value_or("");
  object.optional_each("former_names", [&](JsonObject& former) {
    agency.former_names.push_back({former.localized("name"), interval(former, "valid_from", "valid_until")});
  });
  agency.roles = object.optional_texts("roles");
  agency.source = source(object);
  return agency;
}

Unit read_unit(JsonObject& object)
{
  Unit unit;
  unit.id = AgencyId(object.text("id"));
  unit.agency = AgencyId(object.text("organization_id"));
  unit.name = object.localized("name");
  unit.kind = object.optional_text("kind").value_or("");
  unit.case_kinds = object.optional_texts("case_kinds");
  unit.source = source(object);
  return unit;
}

Location read_location(JsonObject& object)
{
  Location location;
  location.id = LocationId(object.text("id"));
  location.name = object.localized("name");
  location.area = object.optional_localized("area");
  location.area_codes = object.optional_texts("area_codes");
  auto const latitude = object.optional_decimal("latitude");
  auto const longitude = object.optional_decimal("longitude");
  if (latitude && longitude) {
    location.position = Position{*latitude, *longitude};
  } else if (latitude || longitude) {
    object.missing(latitude ? "longitude" : "latitude");
  }
  location.source = source(object);
  return location;
}

Admission read_admission(JsonObject& object)
{
  auto const months = [&](std::string_view key) -> std::optional<std::int32_t> {
    auto const number = object.optional_integer(key, 0, 1'800);
    return number ? std::optional(static_cast<std::int32_t>(*number)) : std::nullopt;
  };
  Admission admission;
  admission.minimum_age_months = months("minimum_age_months");
  admission.maximum_age_months = months("maximum_age_months");
  std::size_t position = 0;
  for (std::string const& word : object.optional_texts("sexes")) {
    std::string const key = "sexes/" + std::to_string(position++);
    if (word == "female" || word == "male") {
      admission.sexes.push_back(word == "female" ? Sex::female : Sex::male);
    } else {
      Place place = object.place();
      place.pointer += "/" + key;
      object.context().diagnostics.error(Code::not_allowed, std::move(place), "this is not a sex of the format",
                                         "use one of: female, male");
    }
  }
  admission.decision = object.optional_text("decision").value_or("");
  admission.required_acts = ids<ActKind>(object, "required_acts");
  admission.documents = object.optional_texts("documents");
  admission.target_groups = object.optional_texts("target_groups");
  admission.note = object.optional_text("note").value_or("");
  admission.source = source(object);
  return admission;
}

Service read_service(JsonObject& object)
{
  static constexpr JsonName<Truth> answers[] = {{"yes", Truth::yes}, {"no", Truth::no}};
  Service service;
  service.id = ServiceId(object.text("id"));
  service.agency = AgencyId(object.text("organization_id"));
  service.name = object.localized("name");
  service.kind = ServiceKind(object.text("kind"));
  service.form = object.optional_one_of<ServiceForm>("form", words_to(ServiceForm::residential));
  service.status = object.optional_one_of<ServiceStatus>("status", words_to(ServiceStatus::defunct));
  service.description = object.optional_text("description").value_or("");
  service.targets = object.optional_texts("targets");
  service.includes_refugees = object.optional_one_of<Truth>("includes_refugees", answers).value_or(Truth::unknown);
  service.receives_victims_of_violence = object.optional_boolean("receives_victims_of_violence").value_or(false);
  service.disclosure =
      object.optional_one_of<LocationDisclosure>("location_disclosure", words_to(LocationDisclosure::exact));
  service.locations = ids<LocationId>(object, "location_ids");
  object.optional_object("admission", [&](JsonObject& admission) { service.admission = read_admission(admission); });
  service.source = source(object);
  return service;
}

Agreement read_agreement(JsonObject& object)
{
  Agreement agreement;
  agreement.id = AgreementId(object.text("id"));
  agreement.name = object.localized("name");
  agreement.kind = object.text("kind");
  agreement.parties = ids<AgencyId>(object, "party_ids");
  object.each("states", [&](JsonObject& state) {
    AgreementStep step;
    step.state = state.one_of<AgreementState>("state", words_to(AgreementState::ended));
    if (state.find("from") == nullptr) state.missing("from");
    step.from = optional_partial_date(state, "from").value_or(PartialDate{});
    step.source = source(state);
    agreement.steps.push_back(std::move(step));
  });
  agreement.window = interval(object, "valid_from", "valid_until");
  agreement.referral_window = interval(object, "referrals_from", "referrals_until");
  agreement.purposes = optional_ids<Purpose>(object, "purposes");
  agreement.categories = optional_ids<DataCategory>(object, "data_categories");
  agreement.goals = object.optional_texts("goals");
  agreement.note = object.optional_text("note").value_or("");
  agreement.source = source(object);
  return agreement;
}

Basis read_basis(JsonObject& object)
{
  Basis basis;
  basis.id = BasisId(object.text("id"));
  basis.kind = object.one_of<BasisKind>("kind", words_to(BasisKind::agreement));
  basis.from = ids<AgencyId>(object, "from");
  basis.to = ids<NodeId>(object, "to");
  basis.agreement = optional_id<AgreementId>(object, "agreement_id");
  basis.act = optional_id<ActKind>(object, "act");
  basis.citation = object.optional_citation("citation");
  basis.valid = interval(object, "valid_from", "valid_until");
  basis.purposes = optional_ids<Purpose>(object, "purposes");
  basis.categories = optional_ids<DataCategory>(object, "data_categories");
  basis.needs_consent = object.optional_boolean("needs_consent");
  if (auto const days = object.optional_integer("days", 0, 36'525)) basis.days = static_cast<std::int32_t>(*days);
  basis.condition = object.optional_text("condition").value_or("");
  basis.source = source(object);
  return basis;
}

Capacity read_capacity(JsonObject& object)
{
  Capacity capacity;
  capacity.id = object.text("id");
  capacity.service = ServiceId(object.text("service_id"));
  capacity.unit = object.one_of<CapacityUnit>("unit", words_to(CapacityUnit::points));
  capacity.maximum = object.optional_integer("maximum", 0, most);
  capacity.available = object.optional_integer("available", 0, most);
  capacity.updated = object.optional_date("updated");
  capacity.approximate = object.optional_boolean("approximate").value_or(false);
  capacity.note = object.optional_text("note").value_or("");
  capacity.source = source(object);
  return capacity;
}

Waiting read_waiting(JsonObject& object)
{
  Waiting waiting;
  waiting.id = object.text("id");
  waiting.service = ServiceId(object.text("service_id"));
  waiting.days = object.integer("days", 0, 36'525);
  waiting.statistic = object.one_of<WaitingStatistic>("statistic", words_to(WaitingStatistic::maximum));
  waiting.definition = object.text("definition");
  waiting.as_of = object.date("as_of");
  waiting.sample = object.optional_integer("sample", 1, most);
  waiting.source = source(object);
  return waiting;
}

Figure read_figure(JsonObject& object)
{
  Figure figure;
  figure.id = object.text("id");
  figure.about = NodeId(object.text("about"));
  figure.measure = object.one_of<Measure>("measure", words_to(Measure::share));
  figure.unit = object.text("unit");
  figure.value = object.decimal("value");
  figure.approximate = object.optional_boolean("approximate").value_or(false);
  figure.from = optional_partial_date(object, "from");
  figure.until = optional_partial_date(object, "until");
  figure.period_text = object.optional_text("period").value_or("");
  object.optional_each("subgroups", [&](JsonObject& part) {
    figure.subgroups.push_back({part.text("name"), part.integer("value", 0, most)});
  });
  figure.label = object.optional_localized("label");
  figure.source = source(object);
  return figure;
}

EquipmentPool read_pool(JsonObject& object)
{
  EquipmentPool pool;
  pool.id = object.text("id");
  pool.agency = AgencyId(object.text("organization_id"));
  pool.name = object.localized("name");
  pool.available = object.optional_integer("available", 0, most);
  pool.applied = object.optional_integer("applied", 0, most);
  pool.as_of = optional_partial_date(object, "as_of");
  pool.source = source(object);
  return pool;
}

Hotline read_hotline(JsonObject& object)
{
  Hotline hotline;
  hotline.id = object.text("id");
  hotline.agency = AgencyId(object.text("organization_id"));
  hotline.purpose = object.text("purpose");
  hotline.number = object.text("number");
  hotline.source = source(object);
  return hotline;
}

NetworkRecord read_record(JsonObject& object)
{
  NetworkRecord record;
  record.id = object.text("id");
  record.kind = object.text("kind");
  record.name = object.localized("name");
  record.from = optional_partial_date(object, "from");
  record.until = optional_partial_date(object, "until");
  record.participants = ids<NodeId>(object, "participant_ids");
  if (JsonNode const* details = object.find("details")) {
    if (details->kind == JsonNode::Kind::object) {
      Value const value = object.value("details");
      if (auto const* context = value.as_context()) record.details = *context;
    } else {
      object.error(Code::wrong_type, "details", "an object is expected here");
    }
  }
  record.source = source(object);
  return record;
}

DutyToReport read_duty(JsonObject& object)
{
  DutyToReport duty;
  duty.id = DutyId(object.text("id"));
  duty.jurisdiction = object.text("jurisdiction");
  duty.who = object.localized("who");
  duty.when = object.localized("when");
  duty.to_whom = object.localized("to_whom");
  duty.to = optional_id<AgencyId>(object, "to_id");
  if (auto const hours = object.optional_integer("hours", 0, 876'600)) duty.hours = static_cast<std::int32_t>(*hours);
  duty.citation = object.optional_citation("citation");
  duty.valid = interval(object, "valid_from", "valid_until");
  return duty;
}

template <class T>
void read_all(JsonObject& object, std::string_view key, std::vector<T>& into, T (*read)(JsonObject&))
{
  object.optional_each(key, [&](JsonObject& element) { into.push_back(read(element)); });
}

NetworkContent read_content(JsonObject& object)
{
  NetworkContent content;
  content.id = object.text("id");
  content.name = object.localized("name");
  content.jurisdiction = object.text("jurisdiction");
  content.synthetic = object.boolean("synthetic");
  read_all(object, "regimes", content.regimes, read_regime);
  read_all(object, "sources", content.sources, read_publication);
  read_all(object, "organizations", content.agencies, read_agency);
  read_all(object, "units", content.units, read_unit);
  read_all(object, "locations", content.locations, read_location);
  read_all(object, "services", content.services, read_service);
  read_all(object, "agreements", content.agreements, read_agreement);
  read_all(object, "bases", content.bases, read_basis);
  read_all(object, "capacities", content.capacities, read_capacity);
  read_all(object, "waiting", content.waiting, read_waiting);
  read_all(object, "figures", content.figures, read_figure);
  read_all(object, "equipment_pools", content.equipment_pools, read_pool);
  read_all(object, "hotlines", content.hotlines, read_hotline);
  read_all(object, "records", content.records, read_record);
  read_all(object, "duties_to_report", content.duties_to_report, read_duty);
  return content;
}

}  // namespace

Result<Network> parse_network(std::string_view text, std::string const& file, Limits const& limits)
{
  auto document = detail::parse_json(text, file, limits);
  if (!document) return std::move(document).diagnostics();
  Diagnostics diagnostics(limits.diagnostics);
  JsonContext context{file, diagnostics};
  NetworkContent content;
  bool known_format = false;
  {
    JsonObject object(*document, "", context);
    known_format = object.expect_format("tutela-network/1");
    if (known_format) {
      content = read_content(object);
    } else {
      object.all_keys();  // of a file of another format the keys say nothing
    }
  }
  if (!known_format) return std::move(diagnostics).take();
  auto network = Network::build(std::move(content), file, limits);
  if (!diagnostics.has_errors()) return network;
  // What the reader left out because it was of the wrong type would only be reported a second time as missing.
  for (Diagnostic const& finding : network.diagnostics())
    if (finding.code != Code::missing_key) diagnostics.add(finding);
  return std::move(diagnostics).take();
}

Result<Network> load_network(std::string const& path, Limits const& limits)
{
  auto const text = detail::read_file(path, limits);
  if (!text) return text.diagnostics();
  return parse_network(*text, path, limits);
}

}  // namespace tutela::inline v0
