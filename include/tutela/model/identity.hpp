// SPDX-License-Identifier: Apache-2.0
/// \file
/// Identifiers and code words of the network of agencies; each is a type of its own.
#pragma once

#include <tutela/base/id.hpp>

namespace tutela::inline v0 {

struct Agency;
struct Service;
struct Location;
struct Agreement;
struct Basis;
struct Publication;
struct DutyToReport;
struct NodeTag;
struct AgencyKindTag;
struct ServiceKindTag;
struct PurposeTag;
struct DataCategoryTag;
struct ActTag;

/// An agency or a unit inside one.
using AgencyId = Id<Agency>;

/// A service that people are admitted to.
using ServiceId = Id<Service>;

/// A place on the ground.
using LocationId = Id<Location>;

/// An agreement between agencies.
using AgreementId = Id<Agreement>;

/// A lawful ground on which one agency may refer to another.
using BasisId = Id<Basis>;

/// A publication or document that a network was transcribed from.
using SourceId = Id<Publication>;

/// A duty to report.
using DutyId = Id<DutyToReport>;

/// A stop on a path: an agency, a unit or a service. The three share one space of identifiers.
using NodeId = Id<NodeTag>;

/// What kind of agency it is, as a code word: `probation`, `ngo`, `commission`, `municipal_directorate`.
using AgencyKind = Id<AgencyKindTag>;

/// What kind of service it is, as a code word: `day_centre`, `maternal_centre`, `family_type_home`.
using ServiceKind = Id<ServiceKindTag>;

/// What a referral is for, as a code word: `protection`, `reintegration`, `reoffending_prevention`.
using Purpose = Id<PurposeTag>;

/// A category of personal data that travels with a referral: `identity`, `health`, `offence`.
using DataCategory = Id<DataCategoryTag>;

/// An act that a case must hold, as a code word. `court`, `prosecutor` and `commission` are looked for among the acts
/// of the case; any other word, for example `placement_order`, is asked for.
using ActKind = Id<ActTag>;

/// The stop at an agency or unit.
[[nodiscard]] inline NodeId node_of(AgencyId const& agency) { return NodeId(agency.text()); }

/// The stop at a service.
[[nodiscard]] inline NodeId node_of(ServiceId const& service) { return NodeId(service.text()); }

}  // namespace tutela::inline v0
