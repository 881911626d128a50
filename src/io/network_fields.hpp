// SPDX-License-Identifier: Apache-2.0
/// \file
/// The members of every noun of a network file, once for its reader and its writer (internal).
///
/// A visitor has `required`, `optional`, `flag`, `period`, `list`, `object` and a few members for what is written in a
/// way of its own. The order here is the order of written files and of findings.
#pragma once

#include <cstdint>
#include <type_traits>

#include <tutela/referral/network.hpp>

namespace tutela::detail {

/// `T`, constant for a writer.
template <class N, class T>
concept Noun = std::is_same_v<std::remove_const_t<N>, T>;

/// A number of people or things, or of a sample; more is a slip of the hand.
inline constexpr std::int64_t most_counted = 1'000'000'000'000;
inline constexpr std::int64_t hundred_years_in_days = 36'525;
inline constexpr std::int64_t hundred_years_in_hours = 876'600;
inline constexpr std::int64_t most_metres = 20'100'000;  // half around the earth
inline constexpr std::int64_t oldest_age_in_months = 1'800;

template <class V>
void fields(V& visit, Noun<SpecialRegime> auto& regime)
{
  visit.required("kind", regime.kind);
  visit.period("valid_from", "valid_until", regime.valid);
  visit.optional("source_id", regime.source);
}

template <class V>
void fields(V& visit, Noun<Publication> auto& publication)
{
  visit.required("id", publication.id);
  visit.required("title", publication.title);
  visit.optional("url", publication.address);
  visit.optional("published", publication.published);
  visit.optional("seen", publication.seen);
  visit.grade("grade", publication.grade);
  visit.optional("note", publication.note);
}

template <class V>
void fields(V& visit, Noun<FormerName> auto& former)
{
  visit.required("name", former.name);
  visit.period("valid_from", "valid_until", former.valid);
}

template <class V>
void fields(V& visit, Noun<Agency> auto& agency)
{
  visit.required("id", agency.id);
  visit.required("name", agency.name);
  visit.required("kind", agency.kind);
  visit.optional("level", agency.level, AgencyLevel::international);
  visit.optional("parent_organization_id", agency.parent);
  visit.optional("description", agency.description);
  visit.optional("website", agency.website);
  visit.list("former_names", agency.former_names);
  visit.optional("roles", agency.roles);
  visit.optional("source_id", agency.source);
}

template <class V>
void fields(V& visit, Noun<Unit> auto& unit)
{
  visit.required("id", unit.id);
  visit.required("organization_id", unit.agency);
  visit.required("name", unit.name);
  visit.optional("kind", unit.kind);
  visit.optional("case_kinds", unit.case_kinds);
  visit.optional("source_id", unit.source);
}

template <class V>
void fields(V& visit, Noun<Position> auto& position)
{
  visit.required("latitude", position.latitude);
  visit.required("longitude", position.longitude);
}

template <class V>
void fields(V& visit, Noun<Circle> auto& circle)
{
  fields(visit, circle.centre);
  visit.required("metres", circle.metres, most_metres);
}

template <class V>
void fields(V& visit, Noun<Area> auto& area)
{
  visit.required("code", area.code);
  visit.optional("name", area.name);
  visit.optional("parent_code", area.parent);
  visit.object("circle", area.circle);
  visit.list("polygon", area.polygon);
  visit.optional("source_id", area.source);
}

template <class V>
void fields(V& visit, Noun<Location> auto& location)
{
  visit.required("id", location.id);
  visit.required("name", location.name);
  visit.optional("area", location.area);
  visit.optional("area_codes", location.area_codes);
  visit.position(location.position);
  visit.optional("source_id", location.source);
}

template <class V>
void fields(V& visit, Noun<Admission> auto& admission)
{
  visit.optional("minimum_age_months", admission.minimum_age_months, oldest_age_in_months);
  visit.optional("maximum_age_months", admission.maximum_age_months, oldest_age_in_months);
  visit.sexes("sexes", admission.sexes);
  visit.optional("decision", admission.decision);
  visit.optional("required_acts", admission.required_acts);
  visit.optional("documents", admission.documents);
  visit.optional("target_groups", admission.target_groups);
  visit.optional("note", admission.note);
  visit.optional("source_id", admission.source);
}

template <class V>
void fields(V& visit, Noun<Service> auto& service)
{
  visit.required("id", service.id);
  visit.required("organization_id", service.agency);
  visit.required("name", service.name);
  visit.required("kind", service.kind);
  visit.optional("form", service.form, ServiceForm::residential);
  visit.optional("status", service.status, ServiceStatus::defunct);
  visit.optional("description", service.description);
  visit.optional("targets", service.targets);
  visit.truth("includes_refugees", service.includes_refugees);
  visit.flag("receives_victims_of_violence", service.receives_victims_of_violence);
  visit.optional("location_disclosure", service.disclosure, LocationDisclosure::exact);
  visit.optional("location_ids", service.locations);
  visit.object("admission", service.admission);
  visit.optional("source_id", service.source);
  visit.period("recorded", "withdrawn", service.known);
}

template <class V>
void fields(V& visit, Noun<AgreementScope> auto& scope)
{
  visit.optional("minimum_age_months", scope.minimum_age_months, oldest_age_in_months);
  visit.optional("maximum_age_months", scope.maximum_age_months, oldest_age_in_months);
  visit.sexes("sexes", scope.sexes);
  visit.optional("area_codes", scope.area_codes);
}

template <class V>
void fields(V& visit, Noun<AgreementStep> auto& step)
{
  visit.required("state", step.state, AgreementState::ended);
  visit.required("from", step.from);
  visit.optional("source_id", step.source);
  visit.period("recorded", "withdrawn", step.known);
}

template <class V>
void fields(V& visit, Noun<Agreement> auto& agreement)
{
  visit.required("id", agreement.id);
  visit.required("name", agreement.name);
  visit.required("kind", agreement.kind);
  visit.optional("party_ids", agreement.parties);
  visit.required_list("states", agreement.steps);
  visit.period("valid_from", "valid_until", agreement.window);
  visit.period("referrals_from", "referrals_until", agreement.referral_window);
  visit.optional("purposes", agreement.purposes);
  visit.optional("data_categories", agreement.categories);
  visit.object("covers", agreement.covers);
  visit.optional("goals", agreement.goals);
  visit.optional("note", agreement.note);
  visit.optional("source_id", agreement.source);
  visit.period("recorded", "withdrawn", agreement.known);
}

template <class V>
void fields(V& visit, Noun<Basis> auto& basis)
{
  visit.required("id", basis.id);
  visit.required("kind", basis.kind, BasisKind::agreement);
  visit.optional("from", basis.from);
  visit.optional("to", basis.to);
  visit.optional("agreement_id", basis.agreement);
  visit.optional("act", basis.act);
  visit.optional("citation", basis.citation);
  visit.period("valid_from", "valid_until", basis.valid);
  visit.optional("purposes", basis.purposes);
  visit.optional("data_categories", basis.categories);
  visit.optional("needs_consent", basis.needs_consent);
  visit.optional("days", basis.days, hundred_years_in_days);
  visit.optional("condition", basis.condition);
  visit.optional("source_id", basis.source);
  visit.period("recorded", "withdrawn", basis.known);
}

template <class V>
void fields(V& visit, Noun<DayPlaces> auto& entry)
{
  visit.period("from", "until", entry.days);
  visit.optional("maximum", entry.maximum, most_counted);
  visit.optional("available", entry.available, most_counted);
}

template <class V>
void fields(V& visit, Noun<OutOfService> auto& rest)
{
  visit.required("id", rest.id);
  visit.required("service_id", rest.service);
  visit.period("valid_from", "valid_until", rest.days);
  visit.required("reason", rest.reason);
  visit.optional("note", rest.note);
  visit.optional("source_id", rest.source);
  visit.period("recorded", "withdrawn", rest.known);
}

template <class V>
void fields(V& visit, Noun<Capacity> auto& capacity)
{
  visit.required("id", capacity.id);
  visit.required("service_id", capacity.service);
  visit.required("unit", capacity.unit, CapacityUnit::points);
  visit.optional("maximum", capacity.maximum, most_counted);
  visit.optional("available", capacity.available, most_counted);
  visit.optional("updated", capacity.updated);
  visit.list("days", capacity.days);
  visit.optional("fresh_days", capacity.fresh_days, hundred_years_in_days);
  visit.optional("per_person", capacity.per_person, 1'000'000, 1);
  visit.flag("approximate", capacity.approximate);
  visit.optional("note", capacity.note);
  visit.optional("source_id", capacity.source);
  visit.period("recorded", "withdrawn", capacity.known);
}

template <class V>
void fields(V& visit, Noun<Waiting> auto& waiting)
{
  visit.required("id", waiting.id);
  visit.required("service_id", waiting.service);
  visit.required("days", waiting.days, hundred_years_in_days);
  visit.required("statistic", waiting.statistic, WaitingStatistic::maximum);
  visit.required("definition", waiting.definition);
  visit.required("as_of", waiting.as_of);
  visit.optional("sample", waiting.sample, most_counted, 1);
  visit.optional("source_id", waiting.source);
  visit.period("recorded", "withdrawn", waiting.known);
}

template <class V>
void fields(V& visit, Noun<Subgroup> auto& part)
{
  visit.required("name", part.name);
  visit.required("value", part.value, most_counted);
}

template <class V>
void fields(V& visit, Noun<Figure> auto& figure)
{
  visit.required("id", figure.id);
  visit.required("about", figure.about);
  visit.required("measure", figure.measure, Measure::share);
  visit.required("unit", figure.unit);
  visit.required("value", figure.value);
  visit.flag("approximate", figure.approximate);
  visit.optional("from", figure.from);
  visit.optional("until", figure.until);
  visit.optional("period", figure.period_text);
  visit.list("subgroups", figure.subgroups);
  visit.optional("label", figure.label);
  visit.optional("source_id", figure.source);
}

template <class V>
void fields(V& visit, Noun<EquipmentPool> auto& pool)
{
  visit.required("id", pool.id);
  visit.required("organization_id", pool.agency);
  visit.required("name", pool.name);
  visit.optional("available", pool.available, most_counted);
  visit.optional("applied", pool.applied, most_counted);
  visit.optional("as_of", pool.as_of);
  visit.optional("source_id", pool.source);
}

template <class V>
void fields(V& visit, Noun<Hotline> auto& hotline)
{
  visit.required("id", hotline.id);
  visit.required("organization_id", hotline.agency);
  visit.required("purpose", hotline.purpose);
  visit.required("number", hotline.number);
  visit.optional("source_id", hotline.source);
}

template <class V>
void fields(V& visit, Noun<GenericRecord> auto& record)
{
  visit.required("id", record.id);
  visit.required("kind", record.kind);
  visit.required("name", record.name);
  visit.optional("from", record.from);
  visit.optional("until", record.until);
  visit.optional("participant_ids", record.participants);
  visit.context("details", record.details);
  visit.optional("source_id", record.source);
}

template <class V>
void fields(V& visit, Noun<DutyToReport> auto& duty)
{
  visit.required("id", duty.id);
  visit.required("jurisdiction", duty.jurisdiction);
  visit.required("who", duty.who);
  visit.required("when", duty.when);
  visit.required("to_whom", duty.to_whom);
  visit.optional("to_id", duty.to);
  visit.optional("hours", duty.hours, hundred_years_in_hours);
  visit.optional("citation", duty.citation);
  visit.period("valid_from", "valid_until", duty.valid);
}

template <class V>
void fields(V& visit, Noun<NetworkContent> auto& content)
{
  visit.required("id", content.id);
  visit.required("name", content.name);
  visit.required("jurisdiction", content.jurisdiction);
  visit.required("synthetic", content.synthetic);
  visit.list("regimes", content.regimes);
  visit.list("sources", content.sources);
  visit.list("organizations", content.agencies);
  visit.list("units", content.units);
  visit.list("areas", content.areas);
  visit.list("locations", content.locations);
  visit.list("services", content.services);
  visit.list("agreements", content.agreements);
  visit.list("bases", content.bases);
  visit.list("capacities", content.capacities);
  visit.list("out_of_service", content.out_of_service);
  visit.list("waiting", content.waiting);
  visit.list("figures", content.figures);
  visit.list("equipment_pools", content.equipment_pools);
  visit.list("hotlines", content.hotlines);
  visit.list("records", content.records);
  visit.list("duties_to_report", content.duties_to_report);
}

}  // namespace tutela::detail
