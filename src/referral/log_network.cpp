// SPDX-License-Identifier: Apache-2.0
/// \file
/// The network that was used beside the one that was agreed.
#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include <tutela/referral/log.hpp>

#include "referral/log_check.hpp"

namespace tutela::inline v0 {
namespace {

std::int64_t day_of(std::int64_t seconds) noexcept
{
  return seconds >= 0 ? seconds / 86'400 : -((-seconds + 86'399) / 86'400);
}

/// One referral as it was sent.
struct Sent {
  detail::SentWay way;
  std::int64_t day = 0;
  std::int64_t time = 0;

  friend auto operator<=>(Sent const&, Sent const&) = default;
};

class Comparison {
 public:
  Comparison(ReferralLog const& log, Network const& network) : log_(log), network_(network)
  {
    auto const& bases = network.content().bases;
    for (std::uint32_t k = 0; k < bases.size(); ++k) {
      result_.bases.push_back({bases[k].id, bases[k].agreement, 0, false});
      positions_.emplace(bases[k].id.text(), k);
    }
    for (std::string const& stop : log.stops) stops_.push_back(network.node_number(NodeId(stop)));
    for (std::string const& basis : log.bases) {
      auto const found = positions_.find(basis);
      named_.push_back(found == positions_.end() ? std::nullopt : std::optional(found->second));
    }
  }

  NetworkComparison run()
  {
    auto sent = all_sent();
    result_.referrals = sent.size();
    std::sort(sent.begin(), sent.end());
    for (std::size_t k = 0; k < sent.size();) {
      std::size_t end = k + 1;
      while (end < sent.size() && sent[end].way == sent[k].way && sent[end].day == sent[k].day) ++end;
      judge(std::span(sent).subspan(k, end - k));
      k = end;
    }
    for (auto& [key, finding] : findings_) result_.unfounded.push_back(finding);
    std::stable_sort(result_.unfounded.begin(), result_.unfounded.end(),
                     [](auto const& a, auto const& b) { return a.hop.referrals > b.hop.referrals; });
    if (!sent.empty()) find_unused(sent);
    return std::move(result_);
  }

 private:
  std::vector<Sent> all_sent() const
  {
    std::vector<Sent> sent;
    auto const order = detail::rows_by_referral(log_);
    for (std::size_t k = 0; k + 1 < order.first.size(); ++k) {
      Sent one;
      bool found = false;
      for (std::size_t i = order.first[k]; i < order.first[k + 1]; ++i) {
        std::uint32_t const row = order.rows[i];
        detail::learn(one.way, log_, row);
        if (found || log_.state[row] != ReferralState::sent) continue;
        found = true;
        one.time = log_.time[row];
        one.day = day_of(one.time);
      }
      if (found) sent.push_back(one);
    }
    return sent;
  }

  std::optional<std::uint32_t> stop(std::uint32_t label) const
  {
    return label == no_label ? std::nullopt : stops_[label];
  }

  /// The agency or unit that a stop belongs to: of a service the one that gives it.
  std::optional<std::uint32_t> giver(std::optional<std::uint32_t> node) const
  {
    if (!node) return std::nullopt;
    Service const* service = network_.find(ServiceId(network_.nodes()[*node].text()));
    return service == nullptr ? node : network_.node_number(node_of(service->agency));
  }

  /// The agency behind a stop, units included.
  std::optional<std::uint32_t> agency(std::optional<std::uint32_t> node) const
  {
    node = giver(node);
    if (!node) return std::nullopt;
    Unit const* unit = network_.find_unit(AgencyId(network_.nodes()[*node].text()));
    return unit == nullptr ? node : network_.node_number(node_of(unit->agency));
  }

  Truth held(Basis const& basis, Date on) const
  {
    if (!basis.valid.contains(on)) return Truth::no;
    if (basis.kind != BasisKind::agreement) return Truth::yes;
    Agreement const* const agreement = network_.find(basis.agreement);
    return agreement == nullptr ? Truth::no : is_open_on(*agreement, on);
  }

  bool leads(NetworkHop const& hop, std::uint32_t to, std::optional<std::uint32_t> service) const
  {
    if (hop.to == to || (service && hop.to == *service)) return true;
    return giver(service ? service : to) == hop.to || agency(service ? service : to) == hop.to;
  }

  void judge(std::span<Sent const> group)
  {
    auto const& way = group.front().way;
    auto const from = stop(way.from);
    auto const to = way.to == no_label ? giver(stop(way.service)) : stop(way.to);
    auto const service = stop(way.service);
    bool const unknown_service = way.service != no_label && !service;
    if (!from || !to || unknown_service) return report(group, LogGap::unknown_stop);
    if (agency(from) == agency(to)) return found(group);
    if (way.basis != no_label && !named_[way.basis]) return report(group, LogGap::unknown_basis);
    Date const on = from_days(group.front().day).value();
    std::vector<std::uint32_t> good;
    LogGap gap = LogGap::no_ground;
    for (NetworkHop const& hop : network_.hops_from(*from)) {
      if (hop.kind == BasisKind::same_agency || !leads(hop, *to, service)) continue;
      if (way.basis != no_label && hop.basis != *named_[way.basis]) continue;
      Truth const answer = held(network_.content().bases[hop.basis], on);
      if (answer == Truth::yes) good.push_back(hop.basis);
      if (answer == Truth::unknown) gap = LogGap::not_certain;
      if (answer == Truth::no && gap == LogGap::no_ground) gap = LogGap::not_in_force;
    }
    if (good.empty()) return report(group, gap);
    std::sort(good.begin(), good.end());
    good.erase(std::unique(good.begin(), good.end()), good.end());
    for (std::uint32_t const basis : good) result_.bases[basis].referrals += group.size();
    found(group);
  }

  void found(std::span<Sent const> group) { result_.founded += group.size(); }

  void report(std::span<Sent const> group, LogGap gap)
  {
    auto const& way = group.front().way;
    auto const [entry, is_new] = findings_.try_emplace({way, gap});
    UnfoundedHop& finding = entry->second;
    if (is_new)
      finding = {{way.from, way.to, way.service, 0, 0, 0, 0}, way.basis, gap, group.front().time, group.back().time};
    finding.hop.referrals += group.size();
    finding.first = std::min(finding.first, group.front().time);
    finding.last = std::max(finding.last, group.back().time);
  }

  /// A ground begins to hold only on one of these days.
  std::vector<Date> beginnings(Basis const& basis, Date first) const
  {
    std::vector<Date> days{first};
    auto const add = [&](std::optional<Date> day) {
      if (day) days.push_back(*day);
    };
    add(basis.valid.from);
    if (Agreement const* const agreement = network_.find(basis.agreement)) {
      add(agreement->window.from);
      add(agreement->referral_window.from);
      for (AgreementStep const& step : agreement->steps) {
        add(step.from.earliest());
        add(step.from.latest());
      }
    }
    return days;
  }

  void find_unused(std::vector<Sent> const& sent)
  {
    auto const [low, high] =
        std::minmax_element(sent.begin(), sent.end(), [](Sent const& a, Sent const& b) { return a.day < b.day; });
    Date const first = from_days(low->day).value();
    Date const last = from_days(high->day).value();
    std::map<AgreementId, std::pair<bool, std::size_t>> agreements;  // held, used
    for (std::size_t k = 0; k < result_.bases.size(); ++k) {
      BasisUse& use = result_.bases[k];
      Basis const& basis = network_.content().bases[k];
      for (Date const day : beginnings(basis, first))
        use.held = use.held || (first <= day && day <= last && held(basis, day) != Truth::no);
      if (basis.agreement.empty()) continue;
      auto& [held_once, used] = agreements[basis.agreement];
      held_once = held_once || use.held;
      used += use.referrals;
    }
    for (Agreement const& agreement : network_.content().agreements)
      if (auto const known = agreements.find(agreement.id); known != agreements.end())
        if (known->second.first && known->second.second == 0) result_.agreements_never_used.push_back(agreement.id);
  }

  ReferralLog const& log_;
  Network const& network_;
  NetworkComparison result_;
  std::map<std::string, std::uint32_t, std::less<>> positions_;
  std::vector<std::optional<std::uint32_t>> stops_;
  std::vector<std::optional<std::uint32_t>> named_;
  std::map<std::pair<detail::SentWay, LogGap>, UnfoundedHop> findings_;
};

}  // namespace

std::string_view to_string(LogGap gap) noexcept
{
  switch (gap) {
    case LogGap::unknown_stop: return "unknown_stop";
    case LogGap::unknown_basis: return "unknown_basis";
    case LogGap::no_ground: return "no_ground";
    case LogGap::not_in_force: return "not_in_force";
    case LogGap::not_certain: return "not_certain";
  }
  return {};
}

Result<NetworkComparison> compare_with_network(ReferralLog const& log, Network const& network)
{
  if (auto found = detail::findings_of_log(log); !found.empty()) return found;
  return Comparison(log, network).run();
}

}  // namespace tutela::inline v0
