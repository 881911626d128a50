// SPDX-License-Identifier: Apache-2.0
/// \file
/// A synthetic log of referrals, the same in every run.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include <tutela/referral/log.hpp>

namespace tutela::bench {

/// A log of at least `events` events, some five for each referral, in the order of time, among 400 stops.
inline ReferralLog synthetic_log(std::size_t events)
{
  std::mt19937 random(8);
  auto const below = [&](std::uint32_t limit) { return static_cast<std::uint32_t>(random() % limit); };
  ReferralLog log;
  for (int k = 0; k < 400; ++k) log.stops.push_back("stop-" + std::to_string(k));
  log.reasons = {"no_capacity", "not_admitted", "outside_area", "no_contact"};
  log.bases = {"pact"};
  struct Alive {
    std::uint32_t referral, from, to, service;
    ReferralState state;
  };
  std::vector<Alive> alive;
  std::int64_t time = 1'700'000'000;
  while (log.size() < events || !alive.empty()) {
    time += below(60);
    bool const fresh = log.size() < events && (alive.size() < 2'000 || below(5) == 0);
    if (fresh) {
      auto const number = static_cast<std::uint32_t>(log.referral_ids.size());
      log.referral_ids.push_back("r" + std::to_string(number));
      alive.push_back({number, below(200), 200 + below(100), 300 + below(100), ReferralState::sent});
    }
    std::size_t const which = fresh ? alive.size() - 1 : below(static_cast<std::uint32_t>(alive.size()));
    Alive& one = alive[which];
    auto const next = allowed_after(one.state);
    if (!fresh) one.state = next[below(static_cast<std::uint32_t>(next.size()))];
    log.referral.push_back(one.referral);
    log.state.push_back(one.state);
    log.time.push_back(time);
    log.from.push_back(one.from);
    log.to.push_back(one.to);
    log.service.push_back(one.service);
    log.reason.push_back(needs_reason(one.state) ? below(4) : no_label);
    log.basis.push_back(0);
    if (allowed_after(one.state).empty()) {
      alive[which] = alive.back();
      alive.pop_back();
    }
  }
  return log;
}

}  // namespace tutela::bench
