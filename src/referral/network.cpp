// SPDX-License-Identifier: Apache-2.0
#include <tutela/referral/network.hpp>

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

#include "referral/network_index.hpp"

namespace tutela::inline v0 {
namespace {

using detail::NetworkIndex;
using detail::Positions;
using detail::Stop;

std::uint32_t narrow(std::size_t value) { return static_cast<std::uint32_t>(value); }

template <class T>
Positions positions_of(std::vector<T> const& elements)
{
  Positions positions;
  for (std::size_t i = 0; i < elements.size(); ++i) positions.emplace(elements[i].id.text(), narrow(i));
  return positions;
}

template <class T>
T const* at(std::vector<T> const& elements, Positions const& positions, std::string const& id) noexcept
{
  auto const found = positions.find(id);
  return found == positions.end() ? nullptr : &elements[found->second];
}

std::optional<std::uint32_t> number_of(NetworkIndex const& index, std::string_view id) noexcept
{
  auto const found = std::lower_bound(index.nodes.begin(), index.nodes.end(), id,
                                      [](NodeId const& node, std::string_view text) { return node.text() < text; });
  if (found == index.nodes.end() || found->text() != id) return std::nullopt;
  return narrow(static_cast<std::size_t>(found - index.nodes.begin()));
}

/// Position of what stands at a stop when it is of this kind.
std::optional<std::uint32_t> position_of(NetworkIndex const& index, std::string_view id, Stop::Kind kind) noexcept
{
  auto const number = number_of(index, id);
  if (!number || index.stops[*number].kind != kind) return std::nullopt;
  return index.stops[*number].position;
}

void number_stops(NetworkIndex& index)
{
  std::vector<std::pair<std::string, Stop>> stops;
  auto const add = [&](auto const& elements, Stop::Kind kind) {
    for (std::size_t i = 0; i < elements.size(); ++i) stops.push_back({elements[i].id.text(), {kind, narrow(i)}});
  };
  add(index.content.agencies, Stop::Kind::agency);
  add(index.content.units, Stop::Kind::unit);
  add(index.content.services, Stop::Kind::service);
  std::sort(stops.begin(), stops.end(), [](auto const& lhs, auto const& rhs) { return lhs.first < rhs.first; });
  for (auto& [id, stop] : stops) {
    index.nodes.emplace_back(std::move(id));
    index.stops.push_back(stop);
  }
}

void number_hops(NetworkIndex& index)
{
  auto const& content = index.content;
  auto const number = [&](std::string const& id) { return *number_of(index, id); };  // checked before
  auto const join = [&](std::string const& from, std::string const& to, BasisKind kind, std::size_t basis) {
    index.hops.push_back({number(from), number(to), kind, narrow(basis)});
  };
  for (Unit const& unit : content.units) {
    join(unit.agency.text(), unit.id.text(), BasisKind::same_agency, 0);
    join(unit.id.text(), unit.agency.text(), BasisKind::same_agency, 0);
  }
  for (Service const& service : content.services)
    join(service.agency.text(), service.id.text(), BasisKind::same_agency, 0);
  for (std::size_t i = 0; i < content.bases.size(); ++i)
    for (AgencyId const& from : content.bases[i].from)
      for (NodeId const& to : content.bases[i].to) join(from.text(), to.text(), content.bases[i].kind, i);
  auto const order = [&](NetworkHop const& hop) {
    bool const implied = hop.kind == BasisKind::same_agency;
    return std::tuple(hop.from, hop.to, hop.kind,
                      implied ? std::string_view{} : std::string_view(content.bases[hop.basis].id.text()));
  };
  std::sort(index.hops.begin(), index.hops.end(),
            [&](NetworkHop const& lhs, NetworkHop const& rhs) { return order(lhs) < order(rhs); });
  index.hops.erase(std::unique(index.hops.begin(), index.hops.end()), index.hops.end());
}

void link_hops(NetworkIndex& index)
{
  std::size_t const stops = index.nodes.size();
  index.first_from.assign(stops + 1, 0);
  index.first_into.assign(stops + 1, 0);
  for (NetworkHop const& hop : index.hops) {
    ++index.first_from[hop.from + 1];
    ++index.first_into[hop.to + 1];
  }
  for (std::size_t i = 0; i < stops; ++i) {
    index.first_from[i + 1] += index.first_from[i];
    index.first_into[i + 1] += index.first_into[i];
  }
  index.into.resize(index.hops.size());
  std::vector<std::uint32_t> next(index.first_into.begin(), index.first_into.end() - 1);
  for (std::size_t i = 0; i < index.hops.size(); ++i) index.into[next[index.hops[i].to]++] = narrow(i);
}

void link_places(NetworkIndex& index)
{
  auto const& content = index.content;
  index.capacities.resize(index.nodes.size());
  index.rests.resize(index.nodes.size());
  index.waiting.resize(index.nodes.size());
  for (std::size_t i = 0; i < content.capacities.size(); ++i)
    index.capacities[*number_of(index, content.capacities[i].service.text())].push_back(narrow(i));
  for (std::size_t i = 0; i < content.out_of_service.size(); ++i)
    index.rests[*number_of(index, content.out_of_service[i].service.text())].push_back(narrow(i));
  for (std::size_t i = 0; i < content.waiting.size(); ++i)
    index.waiting[*number_of(index, content.waiting[i].service.text())].push_back(narrow(i));
  for (auto& list : index.waiting)
    std::stable_sort(list.begin(), list.end(), [&](std::uint32_t lhs, std::uint32_t rhs) {
      return content.waiting[lhs].as_of > content.waiting[rhs].as_of;
    });
}

}  // namespace

Network::Network() : index_(std::make_shared<NetworkIndex>()) {}

Result<Network> Network::build(NetworkContent content, std::string const& file, Limits const& limits)
{
  Diagnostics diagnostics(limits.diagnostics);
  detail::check_network(content, file, limits, diagnostics);
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  auto index = std::make_shared<NetworkIndex>();
  index->content = std::move(content);
  number_stops(*index);
  number_hops(*index);
  link_hops(*index);
  link_places(*index);
  for (std::size_t i = 0; i < index->content.areas.size(); ++i)
    index->areas.emplace(index->content.areas[i].code, narrow(i));
  index->locations = positions_of(index->content.locations);
  index->agreements = positions_of(index->content.agreements);
  index->sources = positions_of(index->content.sources);
  index->view = detail::make_hop_view(*index);
  return {Network(std::move(index)), std::move(diagnostics).take()};
}

NetworkContent const& Network::content() const& noexcept { return index_->content; }

Agency const* Network::find(AgencyId const& id) const noexcept
{
  auto const position = position_of(*index_, id.text(), Stop::Kind::agency);
  return position ? &content().agencies[*position] : nullptr;
}

Unit const* Network::find_unit(AgencyId const& id) const noexcept
{
  auto const position = position_of(*index_, id.text(), Stop::Kind::unit);
  return position ? &content().units[*position] : nullptr;
}

Service const* Network::find(ServiceId const& id) const noexcept
{
  auto const position = position_of(*index_, id.text(), Stop::Kind::service);
  return position ? &content().services[*position] : nullptr;
}

Location const* Network::find(LocationId const& id) const noexcept
{
  return at(content().locations, index_->locations, id.text());
}

Area const* Network::find_area(std::string const& code) const noexcept
{
  return at(content().areas, index_->areas, code);
}

std::vector<std::string> Network::areas_around(std::string const& code) const
{
  std::vector<std::string> codes{code};
  for (Area const* area = find_area(code); area != nullptr && !area->parent.empty(); area = find_area(area->parent))
    codes.push_back(area->parent);
  return codes;
}

Agreement const* Network::find(AgreementId const& id) const noexcept
{
  return at(content().agreements, index_->agreements, id.text());
}

Publication const* Network::find(SourceId const& id) const noexcept
{
  return at(content().sources, index_->sources, id.text());
}

std::vector<Service const*> Network::services_of(ServiceKind const& kind) const
{
  std::vector<Service const*> services;
  for (Service const& service : content().services)
    if (service.kind == kind) services.push_back(&service);
  return services;
}

std::vector<Capacity const*> Network::capacities_of(ServiceId const& service) const
{
  std::vector<Capacity const*> capacities;
  if (auto const number = number_of(*index_, service.text()))
    for (std::uint32_t const position : index_->capacities[*number])
      capacities.push_back(&content().capacities[position]);
  return capacities;
}

OutOfService const* Network::out_of_service(ServiceId const& service, Date on) const noexcept
{
  if (content().out_of_service.empty()) return nullptr;
  auto const number = number_of(*index_, service.text());
  if (!number) return nullptr;
  for (std::uint32_t const position : index_->rests[*number])
    if (content().out_of_service[position].days.contains(on)) return &content().out_of_service[position];
  return nullptr;
}

bool Network::takes_people(Service const& service, Date on) const noexcept
{
  return service.status.value_or(ServiceStatus::active) == ServiceStatus::active &&
         out_of_service(service.id, on) == nullptr;
}

std::vector<Waiting const*> Network::waiting_of(ServiceId const& service) const
{
  std::vector<Waiting const*> waiting;
  if (auto const number = number_of(*index_, service.text()))
    for (std::uint32_t const position : index_->waiting[*number]) waiting.push_back(&content().waiting[position]);
  return waiting;
}

std::vector<Figure const*> Network::figures_of(NodeId const& about) const
{
  std::vector<Figure const*> figures;
  for (Figure const& figure : content().figures)
    if (figure.about == about) figures.push_back(&figure);
  return figures;
}

LocationDisclosure Network::disclosure_of(Service const& service, Date on) const noexcept
{
  if (service.disclosure) return *service.disclosure;
  if (service.receives_victims_of_violence) return LocationDisclosure::none;
  for (SpecialRegime const& regime : content().regimes)
    if (regime.kind == "martial_law" && regime.valid.contains(on)) return LocationDisclosure::none;
  return LocationDisclosure::exact;
}

std::vector<DutyToReport> Network::duties_on(Date on) const
{
  std::vector<DutyToReport> duties;
  for (DutyToReport const& duty : content().duties_to_report)
    if (duty.jurisdiction == content().jurisdiction && duty.valid.contains(on)) duties.push_back(duty);
  return duties;
}

std::vector<NodeId> const& Network::nodes() const& noexcept { return index_->nodes; }

std::optional<std::uint32_t> Network::node_number(NodeId const& id) const noexcept
{
  return number_of(*index_, id.text());
}

Text Network::name_of(NodeId const& id) const
{
  auto const number = number_of(*index_, id.text());
  if (!number) return {};
  Stop const stop = index_->stops[*number];
  switch (stop.kind) {
    case Stop::Kind::agency: return content().agencies[stop.position].name;
    case Stop::Kind::unit: return content().units[stop.position].name;
    case Stop::Kind::service: break;
  }
  return content().services[stop.position].name;
}

std::vector<NetworkHop> const& Network::hops() const& noexcept { return index_->hops; }

std::span<NetworkHop const> Network::hops_from(std::uint32_t node) const&
{
  if (node >= index_->nodes.size()) throw ContractViolation("hops_from: the network has no such stop");
  auto const first = index_->first_from[node];
  return std::span(index_->hops).subspan(first, index_->first_from[node + 1] - first);
}

std::span<std::uint32_t const> Network::hops_into(std::uint32_t node) const&
{
  if (node >= index_->nodes.size()) throw ContractViolation("hops_into: the network has no such stop");
  auto const first = index_->first_into[node];
  return std::span(index_->into).subspan(first, index_->first_into[node + 1] - first);
}

}  // namespace tutela::inline v0
