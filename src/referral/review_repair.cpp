// SPDX-License-Identifier: Apache-2.0
/// \file
/// The fewest places to add so that every row of demand fits into its area.
#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

#include "referral/flow.hpp"
#include "referral/review_parts.hpp"

namespace tutela::detail {
namespace {

/// Rows and services that could share people, and who may go where.
struct Piece {
  std::vector<std::size_t> rows;
  std::vector<std::size_t> services;
};

bool takes(ReviewedService const& offer, CareDemand const& row)
{
  if (offer.service->kind != row.need || !offer.places) return false;
  if (auto const& admission = offer.service->admission) {
    if (admission->minimum_age_months.value_or(0) > row.minimum_age_months) return false;
    if (admission->maximum_age_months && *admission->maximum_age_months < row.maximum_age_months) return false;
  }
  return std::binary_search(offer.codes.begin(), offer.codes.end(), row.area);
}

/// Pieces that share no service, so that each is a small flow of its own.
std::vector<Piece> pieces_of(std::vector<std::vector<std::size_t>> const& options, std::size_t services)
{
  std::vector<std::size_t> parent(options.size() + services);
  std::iota(parent.begin(), parent.end(), 0);
  auto const root = [&](std::size_t at) {
    while (parent[at] != at) at = parent[at] = parent[parent[at]];
    return at;
  };
  for (std::size_t row = 0; row < options.size(); ++row)
    for (auto const service : options[row]) parent[root(options.size() + service)] = root(row);
  std::map<std::size_t, Piece> pieces;
  for (std::size_t row = 0; row < options.size(); ++row) pieces[root(row)].rows.push_back(row);
  for (std::size_t service = 0; service < services; ++service) {
    auto const found = pieces.find(root(options.size() + service));
    if (found != pieces.end()) found->second.services.push_back(service);
  }
  std::vector<Piece> result;
  for (auto& [at, piece] : pieces) result.push_back(std::move(piece));
  return result;
}

/// How many people of the first `count` rows of a piece find a place.
std::int64_t placed(Piece const& piece, std::size_t count, std::vector<CareDemand> const& demand,
                    std::vector<ReviewedService> const& services, std::vector<std::vector<std::size_t>> const& options)
{
  std::map<std::size_t, std::uint32_t> node_of;
  std::vector<FlowArc> arcs;
  auto next = static_cast<std::uint32_t>(2 + count);
  for (auto const service : piece.services) {
    node_of[service] = next;
    arcs.push_back({next++, 1, *services[service].places});
  }
  for (std::size_t k = 0; k < count; ++k) {
    auto const node = static_cast<std::uint32_t>(2 + k);
    auto const people = demand[piece.rows[k]].people;
    arcs.push_back({0, node, people});
    for (auto const service : options[piece.rows[k]]) arcs.push_back({node, node_of.at(service), people});
  }
  return maximum_flow(next, arcs, 0, 1).value;
}

}  // namespace

std::vector<RowRepair> repair_rows(std::vector<CareDemand> const& demand, std::vector<ReviewedService> const& services)
{
  std::vector<std::vector<std::size_t>> options(demand.size());
  for (std::size_t row = 0; row < demand.size(); ++row)
    for (std::size_t service = 0; service < services.size(); ++service)
      if (takes(services[service], demand[row])) options[row].push_back(service);
  std::vector<RowRepair> repair;
  for (auto const& piece : pieces_of(options, services.size())) {
    // What each row adds to the flow of those before it is a way to place as many as can be placed at all.
    std::int64_t before = 0;
    for (std::size_t count = 1; count <= piece.rows.size(); ++count) {
      auto const now = placed(piece, count, demand, services, options);
      auto const row = piece.rows[count - 1];
      if (auto const missing = demand[row].people - (now - before); missing > 0) repair.push_back({row, missing});
      before = now;
    }
  }
  std::sort(repair.begin(), repair.end(), [](auto const& lhs, auto const& rhs) { return lhs.row < rhs.row; });
  return repair;
}

}  // namespace tutela::detail
