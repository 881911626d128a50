// SPDX-License-Identifier: Apache-2.0
/// \file
/// Referrals in FHIR R4 (4.0.1): eight resources, read and written without loss.
///
/// A resource is kept whole, as it was written: order, unknown elements, extensions, the digits of numbers. A view
/// holds
/// the elements that Tutela understands; writing it back changes these elements alone, and only where they differ.
/// Source: HL7 FHIR R4, https://hl7.org/fhir/R4/.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/model/agreement.hpp>
#include <tutela/referral/lifecycle.hpp>

namespace tutela::detail {
struct JsonNode;
}

namespace tutela::inline v0 {

/// One resource, immutable. Cheap to copy; safe to use from several threads at once.
class FhirResource {
 public:
  /// An empty resource of one type, for example `Task`.
  TUTELA_API explicit FhirResource(std::string_view type);

  /// Its type: `ServiceRequest`.
  [[nodiscard]] TUTELA_API std::string type() const;

  /// Its identifier within its server, or empty.
  [[nodiscard]] TUTELA_API std::string id() const;

  /// The whole resource as JSON on one line. Linear.
  [[nodiscard]] TUTELA_API std::string write() const;

  /// The document behind it (internal).
  [[nodiscard]] detail::JsonNode const& node() const noexcept { return *node_; }

  /// From a document (internal).
  explicit FhirResource(std::shared_ptr<detail::JsonNode const> node) noexcept : node_(std::move(node)) {}

 private:
  std::shared_ptr<detail::JsonNode const> node_;
};

/// Reads one resource of any type from JSON text.
/// \return A located diagnostic for text that is no JSON within the limits, repeats a key, or has no `resourceType`.
[[nodiscard]] TUTELA_API Result<FhirResource> parse_fhir(std::string_view text, std::string const& file = {},
                                                         Limits const& limits = {});

/// References to other resources are texts such as `Organization/1`; dates are as written, since FHIR allows parts.
struct FhirServiceRequest {
  static constexpr std::string_view type = "ServiceRequest";  ///< Name of the resource.
  std::string status;                                         ///< draft, active, on-hold, revoked, completed ...
  std::string intent;                                         ///< proposal, plan, order ...
  std::string priority;                                       ///< routine, urgent, asap, stat.
  std::string subject;                                        ///< Whom it is about.
  std::string requester;                                      ///< Who refers.
  std::vector<std::string> performers;                        ///< Who is asked.
  std::string authored_on;                                    ///< When it was written.
  std::vector<std::string> based_on;                          ///< What it carries out: the referral above.

  friend bool operator==(FhirServiceRequest const&, FhirServiceRequest const&) = default;
};

/// Where a referral stands.
struct FhirTask {
  static constexpr std::string_view type = "Task";  ///< Name of the resource.
  std::string status;                               ///< requested, received, accepted, rejected, in-progress ...
  std::string status_reason;                        ///< Why, in words.
  std::string business_status;       ///< The state in the words of the field; ours for states that FHIR lacks.
  std::string intent;                ///< order, plan ...
  std::string focus;                 ///< The ServiceRequest.
  std::string person;                ///< Whom it is for (`for`).
  std::string authored_on;           ///< When it was written.
  std::string last_modified;         ///< When the status last changed.
  std::string requester;             ///< Who refers.
  std::string owner;                 ///< Who is to do it.
  std::string due;                   ///< End of `restriction.period`: the deadline.
  std::vector<std::string> part_of;  ///< The task above, for a sub-referral.

  friend bool operator==(FhirTask const&, FhirTask const&) = default;
};

/// One rule of a consent, with the exceptions to it.
struct FhirProvision {
  std::string kind;                       ///< permit or deny (`type`).
  std::string start;                      ///< First day.
  std::string end;                        ///< Last day, included.
  std::vector<std::string> actors;        ///< Whom it is about; empty for everybody.
  std::vector<std::string> actions;       ///< What they do: access, correct; empty for everything.
  std::vector<std::string> purposes;      ///< What for; empty for everything.
  std::vector<std::string> classes;       ///< Categories of data; empty for all.
  std::vector<FhirProvision> exceptions;  ///< Rules inside this one that say otherwise.

  friend bool operator==(FhirProvision const&, FhirProvision const&) = default;
};

/// What a person agreed to.
struct FhirConsent {
  static constexpr std::string_view type = "Consent";  ///< Name of the resource.
  std::string status;                                  ///< active, inactive, rejected ...
  std::string patient;                                 ///< Whose consent.
  std::string given_on;                                ///< When (`dateTime`).
  std::vector<std::string> performers;                 ///< Who agreed, for example a parent.
  std::vector<std::string> organizations;              ///< Who keeps it.
  std::vector<FhirProvision> provision;                ///< The rule: one or none.

  friend bool operator==(FhirConsent const&, FhirConsent const&) = default;
};

/// An agency that works with another: an agreement.
struct FhirOrganizationAffiliation {
  static constexpr std::string_view type = "OrganizationAffiliation";  ///< Name of the resource.
  std::optional<bool> active;                                          ///< Whether it is in use.
  std::string start;                                                   ///< First day.
  std::string end;                                                     ///< Last day, included.
  std::string organization;                                            ///< One party.
  std::string participating;                                           ///< The other (`participatingOrganization`).
  std::vector<std::string> networks;                                   ///< Networks it belongs to.
  std::vector<std::string> services;                                   ///< Services it is about.

  friend bool operator==(FhirOrganizationAffiliation const&, FhirOrganizationAffiliation const&) = default;
};

/// A service.
struct FhirHealthcareService {
  static constexpr std::string_view type = "HealthcareService";  ///< Name of the resource.
  std::optional<bool> active;                                    ///< Whether it works.
  std::string provided_by;                                       ///< Its agency.
  std::string name;                                              ///< Its name.
  std::string comment;                                           ///< What it does.
  std::vector<std::string> locations;                            ///< Where it is given.
  std::vector<std::string> eligibility;                          ///< Whom it admits, in words.
  std::optional<bool> appointment_required;                      ///< Whether one must ask before.

  friend bool operator==(FhirHealthcareService const&, FhirHealthcareService const&) = default;
};

/// People who belong together, for example siblings.
struct FhirGroup {
  static constexpr std::string_view type = "Group";  ///< Name of the resource.
  std::string kind;                                  ///< person, animal ... (`type`).
  std::optional<bool> actual;                        ///< True for real members, false for a description.
  std::string name;                                  ///< Its name.
  std::vector<std::string> members;                  ///< Its members.

  friend bool operator==(FhirGroup const&, FhirGroup const&) = default;
};

/// Somebody who is related to a person.
struct FhirRelatedPerson {
  static constexpr std::string_view type = "RelatedPerson";  ///< Name of the resource.
  std::optional<bool> active;                                ///< Whether the record is in use.
  std::string patient;                                       ///< To whom.
  std::vector<std::string> relationships;                    ///< Codes of what they are to each other.
  std::string start;                                         ///< Since when.
  std::string end;                                           ///< Until when, included.

  friend bool operator==(FhirRelatedPerson const&, FhirRelatedPerson const&) = default;
};

/// A plan of help.
struct FhirCarePlan {
  static constexpr std::string_view type = "CarePlan";  ///< Name of the resource.
  std::string status;                                   ///< draft, active, completed ...
  std::string intent;                                   ///< proposal, plan, order.
  std::string subject;                                  ///< Whom it is about.
  std::string title;                                    ///< Its title.
  std::string start;                                    ///< Since when.
  std::string end;                                      ///< Until when, included.
  std::vector<std::string> part_of;                     ///< The plan above.
  std::vector<std::string> activities;                  ///< What is done, as references, for example to a referral.

  friend bool operator==(FhirCarePlan const&, FhirCarePlan const&) = default;
};

/// The view of a resource.
/// \tparam View One of the eight structures above.
/// \return A located diagnostic for a resource of another type, an element of another JSON type than R4 gives it, or a
///   code of `status`, `intent` or `priority` that R4 does not have, with those that it has.
template <class View>
[[nodiscard]] TUTELA_API Result<View> read_fhir(FhirResource const& resource);

/// The resource with the elements of a view. What the view does not know, and what is equal, stays as it was written;
/// an empty text takes its element away.
/// \throws ContractViolation for a resource of another type.
template <class View>
[[nodiscard]] TUTELA_API FhirResource write_fhir(View const& view, FhirResource const& over = FhirResource(View::type));

/// The text at a path such as `subject.reference` or `performer[0].reference`; nothing where there is none.
[[nodiscard]] TUTELA_API std::optional<std::string> fhir_text(FhirResource const& resource, std::string_view path);

/// The resource with another text at such a path; what is missing on the way is added, an empty text takes the last
/// member away. Nothing else changes. \throws ContractViolation for a path with `[]`, that is none, or that leads through a text.
[[nodiscard]] TUTELA_API FhirResource with_fhir_text(FhirResource const& resource, std::string_view path,
                                                     std::string const& text);

/// Where a task stands: `business_status` where it is one of our words, else the status. Nothing for a status that
/// has no
/// counterpart (`ready`).
[[nodiscard]] TUTELA_API std::optional<ReferralState> state_of(FhirTask const& task);

/// A referral as request and task, with the identifiers of agencies as references `Organization/<id>`. States that FHIR
/// lacks (`waitlisted`, `closed`) stand in `business_status`. Reasons are written as our words.
/// \param referral With at least one step. \param person Reference to whom it is about. \throws ContractViolation.
[[nodiscard]] TUTELA_API std::pair<FhirServiceRequest, FhirTask> to_fhir(ReferralRecord const& referral,
                                                                         std::string const& person);

/// An affiliation as an agreement: parties and window. Its state is in force where it is active, from the first day;
/// purposes and data stay not published, since R4 has no place for them.
/// \return A diagnostic for a missing party, a missing first day, or an end before it.
[[nodiscard]] TUTELA_API Result<Agreement> to_agreement(FhirOrganizationAffiliation const& affiliation,
                                                        std::string const& id);

/// Whether a consent lets an actor see a category of data for a purpose on a day, by its rule and the exceptions to it.
/// Unknown where the consent is not active, has no rule, or its rule is about other people, purposes, data or days.
[[nodiscard]] TUTELA_API Truth permits(FhirConsent const& consent, std::string_view actor, std::string_view purpose,
                                       std::string_view data, Date on);

}  // namespace tutela::inline v0
