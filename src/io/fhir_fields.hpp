// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where the members of each view stand in its resource, once for reader and writer (internal).
///
/// A path names members by dots; `[]` goes over the elements of a list, `[0]` takes the first one.
#pragma once

#include <span>
#include <string_view>
#include <type_traits>

#include <tutela/io/fhir.hpp>

namespace tutela::detail {

/// `T`, constant for a writer.
template <class N, class T>
concept FhirView = std::is_same_v<std::remove_const_t<N>, T>;

inline constexpr std::string_view request_status[] = {"draft",     "active",           "on-hold", "revoked",
                                                      "completed", "entered-in-error", "unknown"};
inline constexpr std::string_view task_status[] = {"draft",    "requested", "received",  "accepted",
                                                   "rejected", "ready",     "cancelled", "in-progress",
                                                   "on-hold",  "failed",    "completed", "entered-in-error"};
inline constexpr std::string_view consent_status[] = {"draft",    "proposed", "active",
                                                      "rejected", "inactive", "entered-in-error"};
inline constexpr std::string_view intent[] = {"unknown",        "proposal",       "plan",         "directive",
                                              "order",          "original-order", "reflex-order", "filler-order",
                                              "instance-order", "option"};
inline constexpr std::string_view priority[] = {"routine", "urgent", "asap", "stat"};
inline constexpr std::string_view provision_kind[] = {"deny", "permit"};

template <class V>
void fields(V& visit, FhirView<FhirServiceRequest> auto& view)
{
  visit.code("status", view.status, request_status);
  visit.code("intent", view.intent, intent);
  visit.code("priority", view.priority, priority);
  visit.text("subject.reference", view.subject);
  visit.text("requester.reference", view.requester);
  visit.texts("performer[].reference", view.performers);
  visit.text("authoredOn", view.authored_on);
  visit.texts("basedOn[].reference", view.based_on);
}

template <class V>
void fields(V& visit, FhirView<FhirTask> auto& view)
{
  visit.code("status", view.status, task_status);
  visit.text("statusReason.text", view.status_reason);
  visit.text("businessStatus.text", view.business_status);
  visit.code("intent", view.intent, intent);
  visit.text("focus.reference", view.focus);
  visit.text("for.reference", view.person);
  visit.text("authoredOn", view.authored_on);
  visit.text("lastModified", view.last_modified);
  visit.text("requester.reference", view.requester);
  visit.text("owner.reference", view.owner);
  visit.text("restriction.period.end", view.due);
  visit.texts("partOf[].reference", view.part_of);
}

template <class V>
void fields(V& visit, FhirView<FhirProvision> auto& view)
{
  visit.code("type", view.kind, provision_kind);
  visit.text("period.start", view.start);
  visit.text("period.end", view.end);
  visit.texts("actor[].reference.reference", view.actors);
  visit.texts("action[].coding[0].code", view.actions);
  visit.texts("purpose[].code", view.purposes);
  visit.texts("class[].code", view.classes);
  visit.list("provision", view.exceptions);
}

template <class V>
void fields(V& visit, FhirView<FhirConsent> auto& view)
{
  visit.code("status", view.status, consent_status);
  visit.text("patient.reference", view.patient);
  visit.text("dateTime", view.given_on);
  visit.texts("performer[].reference", view.performers);
  visit.texts("organization[].reference", view.organizations);
  visit.one("provision", view.provision);
}

template <class V>
void fields(V& visit, FhirView<FhirOrganizationAffiliation> auto& view)
{
  visit.flag("active", view.active);
  visit.text("period.start", view.start);
  visit.text("period.end", view.end);
  visit.text("organization.reference", view.organization);
  visit.text("participatingOrganization.reference", view.participating);
  visit.texts("network[].reference", view.networks);
  visit.texts("healthcareService[].reference", view.services);
}

template <class V>
void fields(V& visit, FhirView<FhirHealthcareService> auto& view)
{
  visit.flag("active", view.active);
  visit.text("providedBy.reference", view.provided_by);
  visit.text("name", view.name);
  visit.text("comment", view.comment);
  visit.texts("location[].reference", view.locations);
  visit.texts("eligibility[].comment", view.eligibility);
  visit.flag("appointmentRequired", view.appointment_required);
}

template <class V>
void fields(V& visit, FhirView<FhirGroup> auto& view)
{
  visit.text("type", view.kind);
  visit.flag("actual", view.actual);
  visit.text("name", view.name);
  visit.texts("member[].entity.reference", view.members);
}

template <class V>
void fields(V& visit, FhirView<FhirRelatedPerson> auto& view)
{
  visit.flag("active", view.active);
  visit.text("patient.reference", view.patient);
  visit.texts("relationship[].coding[0].code", view.relationships);
  visit.text("period.start", view.start);
  visit.text("period.end", view.end);
}

template <class V>
void fields(V& visit, FhirView<FhirCarePlan> auto& view)
{
  visit.code("status", view.status, request_status);
  visit.code("intent", view.intent, intent);
  visit.text("subject.reference", view.subject);
  visit.text("title", view.title);
  visit.text("period.start", view.start);
  visit.text("period.end", view.end);
  visit.texts("partOf[].reference", view.part_of);
  visit.texts("activity[].reference.reference", view.activities);
}

}  // namespace tutela::detail
