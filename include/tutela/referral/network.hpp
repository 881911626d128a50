// SPDX-License-Identifier: Apache-2.0
/// \file
/// The network of agencies: built once, checked whole, then immutable.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/text.hpp>
#include <tutela/model/agency.hpp>
#include <tutela/model/agreement.hpp>
#include <tutela/model/area.hpp>
#include <tutela/model/basis.hpp>
#include <tutela/model/capacity.hpp>
#include <tutela/model/figure.hpp>
#include <tutela/model/generic_record.hpp>
#include <tutela/model/out_of_service.hpp>
#include <tutela/model/place.hpp>
#include <tutela/model/publication.hpp>
#include <tutela/model/service.hpp>

namespace tutela::detail {
struct NetworkIndex;
}

namespace tutela::inline v0 {

/// A special legal regime over the whole network, for example martial law.
struct SpecialRegime {
  std::string kind;  ///< Code word: `martial_law`.
  Period valid;      ///< Days on which it holds.
  SourceId source;   ///< Where this was published.

  friend bool operator==(SpecialRegime const&, SpecialRegime const&) = default;
};

/// Everything a network says, as plain data. `Network::build` checks it.
struct NetworkContent {
  std::string id;                              ///< Name of the network: `md/chisinau`.
  Text name;                                   ///< Name for people.
  std::string jurisdiction;                    ///< Country or region whose law holds: `MD`.
  bool synthetic = false;                      ///< True when it is made up; then nothing in it needs a source.
  std::vector<SpecialRegime> regimes;          ///< Special legal regimes.
  std::vector<Publication> sources;            ///< What it was transcribed from.
  std::vector<Agency> agencies;                ///< Agencies.
  std::vector<Unit> units;                     ///< Units of agencies.
  std::vector<Area> areas;                     ///< Areas: which lies in which, and their shapes.
  std::vector<Location> locations;             ///< Places.
  std::vector<Service> services;               ///< Services.
  std::vector<Agreement> agreements;           ///< Agreements.
  std::vector<Basis> bases;                    ///< Lawful grounds for referrals.
  std::vector<Capacity> capacities;            ///< Capacities and free places.
  std::vector<OutOfService> out_of_service;    ///< Days on which services take nobody.
  std::vector<Waiting> waiting;                ///< Waiting times.
  std::vector<Figure> figures;                 ///< Published figures.
  std::vector<EquipmentPool> equipment_pools;  ///< Stocks of equipment.
  std::vector<Hotline> hotlines;               ///< Telephone lines.
  std::vector<GenericRecord> records;          ///< Meetings, projects, reports.
  std::vector<DutyToReport> duties_to_report;  ///< Duties to report.
};

/// One edge of the graph of referrals: one stop may refer to another on one ground.
///
/// Several hops may join the same two stops. Stops are numbered in the order of their identifiers, hops are sorted
/// by their ends, then by the kind and the identifier of the ground, so numbers do not depend on the file's order.
struct NetworkHop {
  std::uint32_t from = 0;                   ///< Number of the stop that refers.
  std::uint32_t to = 0;                     ///< Number of the stop that is referred to.
  BasisKind kind = BasisKind::same_agency;  ///< What it rests on.
  std::uint32_t basis = 0;                  ///< Position in `NetworkContent::bases`; meaningless for `same_agency`.

  friend bool operator==(NetworkHop const&, NetworkHop const&) = default;
};

/// The network of agencies: a directed multigraph of agencies, units and services.
///
/// Cheap to copy; copies share the content. Safe to use from several threads at once.
class Network {
 public:
  /// An empty network.
  TUTELA_API Network();

  /// Checks everything and builds the network, or says all that is wrong.
  ///
  /// Refused: a missing or repeated identifier, a reference to nothing, a cycle of parents, a negative number, an
  /// interval that ends before it begins, an agreement with fewer than two parties, a ground whose ends are not
  /// parties of its agreement, a duty or competence without article, what was withdrawn (see `NetworkHistory`), and,
  /// unless the network is synthetic, a value without source or a source without date.
  /// \param content What the network says.
  /// \param file    Name for the diagnostics, whose JSON pointers follow the file format.
  /// \param limits  Bounds on the number of elements and hops.
  [[nodiscard]] TUTELA_API static Result<Network> build(NetworkContent content, std::string const& file = {},
                                                        Limits const& limits = {});

  /// Everything the network says, in the order it was given.
  [[nodiscard]] TUTELA_API NetworkContent const& content() const& noexcept;

  /// Name of the network: `md/chisinau`.
  [[nodiscard]] std::string const& id() const& noexcept { return content().id; }

  /// True when it is made up.
  [[nodiscard]] bool synthetic() const noexcept { return content().synthetic; }

  /// The agency of that identifier, or nothing (units are not agencies). Logarithmic.
  [[nodiscard]] TUTELA_API Agency const* find(AgencyId const& id) const noexcept;

  /// The unit of that identifier, or nothing. Logarithmic.
  [[nodiscard]] TUTELA_API Unit const* find_unit(AgencyId const& id) const noexcept;

  /// The service of that identifier, or nothing. Logarithmic.
  [[nodiscard]] TUTELA_API Service const* find(ServiceId const& id) const noexcept;

  /// The place of that identifier, or nothing. Logarithmic.
  [[nodiscard]] TUTELA_API Location const* find(LocationId const& id) const noexcept;

  /// The area of that code, or nothing (codes may be used that no area is written down for). Logarithmic.
  [[nodiscard]] TUTELA_API Area const* find_area(std::string const& code) const noexcept;

  /// The area of that code and those it lies in, smallest first; the code alone when no area is written down for it.
  [[nodiscard]] TUTELA_API std::vector<std::string> areas_around(std::string const& code) const;

  /// The agreement of that identifier, or nothing. Logarithmic.
  [[nodiscard]] TUTELA_API Agreement const* find(AgreementId const& id) const noexcept;

  /// The publication of that identifier, or nothing. Logarithmic.
  [[nodiscard]] TUTELA_API Publication const* find(SourceId const& id) const noexcept;

  /// All services of one kind, in the order of the file. Linear.
  [[nodiscard]] TUTELA_API std::vector<Service const*> services_of(ServiceKind const& kind) const;

  /// The capacities of a service; empty when none was published. Linear in the capacities.
  [[nodiscard]] TUTELA_API std::vector<Capacity const*> capacities_of(ServiceId const& service) const;

  /// Why a service takes nobody on a day although it has not closed; null when nothing says so. Linear in what is
  /// recorded of the service.
  [[nodiscard]] TUTELA_API OutOfService const* out_of_service(ServiceId const& service, Date on) const noexcept;

  /// Whether a service takes people on a day, as far as is published: it has not closed and is not out of service.
  [[nodiscard]] TUTELA_API bool takes_people(Service const& service, Date on) const noexcept;

  /// The waiting times of a service, newest first. Linear in the waiting times.
  [[nodiscard]] TUTELA_API std::vector<Waiting const*> waiting_of(ServiceId const& service) const;

  /// The figures about a service, agency or unit, in the order of the file. Linear in the figures.
  [[nodiscard]] TUTELA_API std::vector<Figure const*> figures_of(NodeId const& about) const;

  /// How much of the place of a service may be shown on a day.
  ///
  /// What was set by hand counts. Otherwise nothing is shown of a service that receives victims of violence, nor of
  /// any service while martial law holds; all else is shown exactly.
  [[nodiscard]] TUTELA_API LocationDisclosure disclosure_of(Service const& service, Date on) const noexcept;

  /// The duties to report that hold on a day, in the order of the file.
  [[nodiscard]] TUTELA_API std::vector<DutyToReport> duties_on(Date on) const;

  /// Identifiers of all stops, sorted; the position is the number of the stop.
  [[nodiscard]] TUTELA_API std::vector<NodeId> const& nodes() const& noexcept;

  /// Number of a stop, or nothing. Logarithmic.
  [[nodiscard]] TUTELA_API std::optional<std::uint32_t> node_number(NodeId const& id) const noexcept;

  /// Name of a stop; empty for one that is not of this network. Logarithmic.
  [[nodiscard]] TUTELA_API Text name_of(NodeId const& id) const;

  /// All hops, sorted; the position is the number of the hop.
  [[nodiscard]] TUTELA_API std::vector<NetworkHop> const& hops() const& noexcept;

  /// The hops that start at one stop. Constant time. \throws ContractViolation when there is no such stop.
  [[nodiscard]] TUTELA_API std::span<NetworkHop const> hops_from(std::uint32_t node) const&;

  /// Numbers of the hops that end at one stop. Constant time. \throws ContractViolation when there is no such stop.
  [[nodiscard]] TUTELA_API std::span<std::uint32_t const> hops_into(std::uint32_t node) const&;

  /// What the router knows about the network beside its content (internal).
  [[nodiscard]] detail::NetworkIndex const& index() const noexcept { return *index_; }

 private:
  explicit Network(std::shared_ptr<detail::NetworkIndex const> index) noexcept : index_(std::move(index)) {}

  std::shared_ptr<detail::NetworkIndex const> index_;
};

}  // namespace tutela::inline v0
