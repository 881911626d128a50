// SPDX-License-Identifier: Apache-2.0
/// \file
/// Everything that was ever recorded of a network, and the network as it was known on a day.
#pragma once

#include <memory>
#include <string>

#include <tutela/base/config.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/referral/network.hpp>

namespace tutela::inline v0 {

/// The records of a network with the days on which each was recorded and withdrawn (`known` of services, agreements and
/// their steps, grounds, capacities, days out of service, waiting times). An identifier may stand several times, when each
/// record was withdrawn before the next one was made: that is how a mistake is corrected and both are kept.
///
/// So two days are told apart: the day a question is about, and the day whose knowledge it is answered with. A referral of
/// March can be judged by what the register said in March, although it was corrected in May.
///
/// Cheap to copy, immutable, safe to use from several threads at once.
class NetworkHistory {
 public:
  /// Checks what does not depend on the day; see `Network::build`.
  ///
  /// Refused beside that: two records of one identifier that were known on the same day, and a record that was withdrawn
  /// before it was recorded. Whether what was known on a day fits together is checked by `known` and `snapshot`.
  [[nodiscard]] TUTELA_API static Result<NetworkHistory> build(NetworkContent records, std::string const& file = {},
                                                               Limits const& limits = {});

  /// All records, in the order they were given.
  [[nodiscard]] TUTELA_API NetworkContent const& records() const& noexcept;

  /// The network as it was known at the end of a day. It can be asked about any day; whether what was recorded by then
  /// holds on that day is for the question.
  ///
  /// A record that leans on one which was not known is left out with it: a capacity with its service, a ground with its
  /// agreement, with the last of its ends or of its starts; an agreement of which no step was known.
  /// \return The network, or what of it did not fit together on that day; pointers count the records that were known.
  /// \complexity That of `Network::build`.
  [[nodiscard]] TUTELA_API Result<Network> known(Date known_on, Limits const& limits = {}) const;

  /// The network that holds on a day by what was known on another one: what `known` gives, without what certainly does not
  /// hold on `as_of`. Grounds that do not count on the day are left out, steps of agreements that had not begun, days out of
  /// service, regimes and duties of other days, what was seen later; places are those of the day.
  ///
  /// Ask it about `as_of` only. Paths and places are then those of `known(known_on)`; the reasons why there is no path
  /// name only what is left. \return As `known`.
  [[nodiscard]] TUTELA_API Result<Network> snapshot(Date as_of, Date known_on, Limits const& limits = {}) const;

 private:
  explicit NetworkHistory(std::shared_ptr<NetworkContent const> records) noexcept : records_(std::move(records)) {}

  std::shared_ptr<NetworkContent const> records_;
};

}  // namespace tutela::inline v0
