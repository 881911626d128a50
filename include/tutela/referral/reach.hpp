// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which services each of many clients can be referred to, all at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/referral/network.hpp>
#include <tutela/referral/route.hpp>

namespace tutela::inline v0 {

/// Somebody whom an agency holds. Members mean what they mean in `RouteRequest`; what is left out is unknown.
struct ReachClient {
  AgencyId from;                   ///< Agency or unit that refers.
  Date on;                         ///< The day the question is asked for.
  std::vector<Purpose> purposes;   ///< What the referral is for; each must be allowed on each hop.
  std::vector<DataNeed> data;      ///< Data that must travel for it.
  Truth danger = Truth::unknown;   ///< Whether there is danger to life or health now.
  std::vector<HeldAct> acts;       ///< Acts of court, prosecutor or commission in the file.
  std::optional<Date> birth_date;  ///< Birth date, for the published age range.
  std::optional<Sex> sex;          ///< Sex, for services for one only.
  std::vector<std::string>
      area_codes;  ///< Codes of the areas the person lives in, of every level; empty when not known.
};

/// What a client asks of `find_route`, without the goal.
[[nodiscard]] TUTELA_API RouteRequest question_of(ReachClient const& client);

/// Whether a service may admit a client by the rules; the number is the position in `ReachRequest::clients`. Called for
/// each client and service; must not throw.
using ReachAdmissionTest = std::function<AdmissionAnswer(std::size_t client, Service const&)>;

/// A question about many clients.
struct ReachRequest {
  std::vector<ReachClient> clients;      ///< The clients.
  ReachAdmissionTest admission;          ///< The rules' view; left out where the network's own data must do.
  std::int32_t fresh_days = 7;           ///< Free places seen more days ago than this are unknown. 0 or more.
  std::int32_t waiting_fresh_days = 92;  ///< Waiting times of more days ago than this are unknown. 0 or more.
};

/// What each client can be referred to: for each stop of the network certain, possible or blocked.
///
/// For a service it is the state that `find_route` gives for it as the goal.
class ReachTable {
 public:
  /// Number of clients.
  [[nodiscard]] std::size_t clients() const noexcept { return clients_; }

  /// How sure the best path of a client to a stop is; the stop is a number of `Network::nodes`. Constant time.
  /// \throws ContractViolation when there is no such client or stop.
  [[nodiscard]] TUTELA_API HopState state(std::size_t client, std::uint32_t node) const;

  /// The stops a client gets to at least that surely, in order; their own stop is among them. Linear in the stops.
  /// \throws ContractViolation when there is no such client.
  [[nodiscard]] TUTELA_API std::vector<std::uint32_t> reached(std::size_t client,
                                                              HopState least = HopState::certain) const;

  /// How many clients get to each stop at least that surely, beside the numbers of the stops. Linear in the table.
  [[nodiscard]] TUTELA_API std::vector<std::size_t> clients_at(HopState least = HopState::certain) const;

 private:
  friend TUTELA_API Result<ReachTable> reach(Network const&, ReachRequest const&, Limits const&);

  std::size_t clients_ = 0;
  std::size_t nodes_ = 0;
  std::vector<std::uint32_t> slot_;      ///< Where each client stands; those who ask alike stand together.
  std::vector<std::uint64_t> certain_;   ///< One bit for a slot, 64 slots to a word, all stops of a word together.
  std::vector<std::uint64_t> possible_;  ///< Certain or possible.
};

/// Finds what each client can be referred to, 64 clients who ask alike in one walk.
///
/// \return The table, or what is wrong: a stop that the network lacks, a negative number of days, or the limit
///         `elements` (clients).
/// \complexity O(C / 64 (H + S)) for C clients, H hops and S stops when paths are short; H is visited again where a
///         later path brings new clients.
[[nodiscard]] TUTELA_API Result<ReachTable> reach(Network const& network, ReachRequest const& request,
                                                  Limits const& limits = {});

}  // namespace tutela::inline v0
