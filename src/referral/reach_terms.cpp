// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

#include "referral/hop_test.hpp"
#include "referral/reach_terms.hpp"

namespace tutela::detail {
namespace {

constexpr std::int64_t ever = std::numeric_limits<std::int64_t>::min();

class TermBuilder {
 public:
  TermBuilder(Network const& network, ReachRequest const& request) : network_(network), request_(request) {}

  ReachTerms run()
  {
    number_words();
    for (Basis const& basis : network_.content().bases)
      agreement_of_.push_back(basis.kind == BasisKind::agreement ? network_.find(basis.agreement) : nullptr);
    gather_days();
    (void)number_of(std::vector<Segment>{{0, Truth::yes}});
    (void)number_of(GroundTerms{});
    take_services();
    NetworkIndex const& index = network_.index();
    std::vector<std::pair<std::uint32_t, std::uint32_t>> of_basis(index.content.bases.size(), {no_arrival, 0});
    for (std::uint32_t i = 0; i < index.hops.size(); ++i) {
      NetworkHop const& hop = index.hops[i];
      HopTerms terms;
      terms.to = hop.to;
      if (hop.kind != BasisKind::same_agency) {
        auto& known = of_basis[hop.basis];
        if (known.first == no_arrival) {
          Basis const& basis = index.content.bases[hop.basis];
          known = {ground_number(basis, index.view.from[i]), number_of(day_terms(basis))};
        }
        terms.ground = known.first;
        terms.days = known.second;
        terms_.acts_matter = terms_.acts_matter || hop.kind == BasisKind::act;
      }
      if (!index.rests[hop.to].empty())
        terms.days = number_of(day_terms(hop.kind == BasisKind::same_agency ? nullptr : &index.content.bases[hop.basis],
                                         index.rests[hop.to]));
      terms.arrival = arrival_of_[hop.to];
      terms.waits = !never_waits(hop.kind);
      if (terms.arrival != no_arrival) terms_.to_services.push_back(static_cast<std::uint32_t>(terms_.hops.size()));
      terms_.hops.push_back(terms);
    }
    return std::move(terms_);
  }

 private:
  void number_words()
  {
    std::set<std::string> purposes;
    std::set<std::string> categories;
    for (ReachClient const& client : request_.clients) {
      for (Purpose const& purpose : client.purposes) purposes.insert(purpose.text());
      for (DataNeed const& need : client.data) categories.insert(need.category.text());
    }
    terms_.purposes.assign(purposes.begin(), purposes.end());
    terms_.categories.assign(categories.begin(), categories.end());
    HopView const& view = network_.index().view;
    for (std::string const& one : terms_.purposes) purpose_bits_ |= bit_of(view.purposes, one);
    for (std::string const& one : terms_.categories) category_bits_ |= bit_of(view.categories, one);
  }

  Agreement const* agreement_of(Basis const& basis) const
  {
    return agreement_of_[static_cast<std::size_t>(&basis - network_.content().bases.data())];
  }

  void add(std::vector<std::int64_t>& days, std::optional<Date> day) const
  {
    if (day) days.push_back(to_days(*day));
  }

  void add(std::vector<std::int64_t>& days, Period const& period) const
  {
    add(days, period.from);
    add(days, period.until);
  }

  std::vector<std::int64_t> changes(Basis const& basis) const
  {
    std::vector<std::int64_t> days{ever};
    add(days, basis.valid);
    if (basis.kind != BasisKind::agreement) return days;
    Agreement const& agreement = *agreement_of(basis);
    add(days, agreement.window);
    add(days, agreement.referral_window);
    for (AgreementStep const& step : agreement.steps) {
      add(days, step.from.earliest());
      add(days, step.from.latest());
    }
    return days;
  }

  std::vector<std::int64_t> changes(Service const& service) const
  {
    std::vector<std::int64_t> days{ever};
    for (Capacity const* capacity : network_.capacities_of(service.id)) {
      if (!capacity->updated) continue;
      days.push_back(to_days(*capacity->updated));
      add(days, stale_from(*capacity, request_.fresh_days));
      for (DayPlaces const& entry : capacity->days) add(days, entry.days);
    }
    for (Waiting const* waiting : network_.waiting_of(service.id)) {
      days.push_back(to_days(waiting->as_of));
      days.push_back(to_days(waiting->as_of) + request_.waiting_fresh_days + 1);
    }
    return days;
  }

  void gather_days()
  {
    auto& days = terms_.days;
    days.push_back(ever);
    auto const take = [&](auto const& more) { days.insert(days.end(), more.begin(), more.end()); };
    for (Basis const& basis : network_.content().bases) take(changes(basis));
    for (Service const& service : network_.content().services) take(changes(service));
    for (OutOfService const& rest : network_.content().out_of_service) {
      std::vector<std::int64_t> ends;
      add(ends, rest.days);
      take(ends);
    }
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
  }

  /// Asks `holds` once for each stretch of days between changes.
  template <class Holds>
  std::vector<Segment> segments(std::vector<std::int64_t> days, Holds const& holds) const
  {
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    std::vector<Segment> result;
    for (std::int64_t const day : days) {
      // Any day before the first change stands for all of them.
      auto const date = from_days(day == ever ? (days.size() > 1 ? days[1] - 1 : 0) : day);
      Truth const now = date ? holds(*date) : Truth::no;
      if (!result.empty() && result.back().holds == now) continue;
      auto const at = std::lower_bound(terms_.days.begin(), terms_.days.end(), day) - terms_.days.begin();
      result.push_back({static_cast<std::uint32_t>(at), now});
    }
    return result;
  }

  Truth counts(Basis const& basis, Date on) const
  {
    Agreement const* agreement = agreement_of(basis);
    return to_truth(basis.valid.contains(on)) & (agreement == nullptr ? Truth::yes : is_open_on(*agreement, on));
  }

  std::vector<Segment> day_terms(Basis const& basis) const
  {
    return segments(changes(basis), [&](Date on) { return counts(basis, on); });
  }

  /// The days of a hop to a service that is out of service on some of them. \param basis Null inside an agency.
  std::vector<Segment> day_terms(Basis const* basis, std::vector<std::uint32_t> const& rests) const
  {
    auto days = basis == nullptr ? std::vector<std::int64_t>{ever} : changes(*basis);
    auto const& all = network_.content().out_of_service;
    for (std::uint32_t const rest : rests) add(days, all[rest].days);
    return segments(std::move(days), [&](Date on) {
      bool const rests_now =
          std::any_of(rests.begin(), rests.end(), [&](std::uint32_t rest) { return all[rest].days.contains(on); });
      return rests_now ? Truth::no : basis == nullptr ? Truth::yes : counts(*basis, on);
    });
  }

  /// The number of the terms of a ground; grounds that are alike in bits are taken apart once.
  std::uint32_t ground_number(Basis const& basis, HopMask const& mask)
  {
    if ((mask.flags & HopMask::by_hand) != 0) return number_of(ground_terms(basis));
    constexpr auto place = static_cast<std::uint16_t>(HopMask::to_service | HopMask::by_date | HopMask::waits);
    auto const flags = static_cast<std::uint16_t>(mask.flags & ~place);
    auto const key = std::tuple(mask.purposes & purpose_bits_, mask.categories & category_bits_, flags);
    auto const [known, added] = masks_.try_emplace(key, 0);
    if (added) known->second = number_of(ground_terms(basis));
    return known->second;
  }

  GroundTerms ground_terms(Basis const& basis) const
  {
    GroundTerms terms;
    Agreement const* agreement = agreement_of(basis);
    auto const lacks = [](auto const& list, std::string const& word) {
      return list && std::none_of(list->begin(), list->end(), [&](auto const& one) { return one.text() == word; });
    };
    for (std::uint32_t i = 0; i < terms_.purposes.size(); ++i)
      if (lacks(basis.purposes, terms_.purposes[i]) ||
          (agreement != nullptr && lacks(agreement->purposes, terms_.purposes[i])))
        terms.refused_purposes.push_back(i);
    for (std::uint32_t i = 0; i < terms_.categories.size(); ++i)
      if (lacks(basis.categories, terms_.categories[i]) ||
          (agreement != nullptr && lacks(agreement->categories, terms_.categories[i])))
        terms.refused_categories.push_back(i);
    terms.purposes_hidden = agreement != nullptr && !agreement->purposes && !basis.purposes;
    terms.categories_hidden = agreement != nullptr && !agreement->categories && !basis.categories;
    terms.needs_consent = basis.needs_consent.value_or(basis.kind == BasisKind::agreement);
    if (basis.kind == BasisKind::emergency || basis.kind == BasisKind::act) terms.kind = basis.kind;
    if (basis.kind == BasisKind::act) terms.act = basis.act.text();
    if (agreement != nullptr) terms.covers = agreement->covers;
    return terms;
  }

  void take_services()
  {
    NetworkIndex const& index = network_.index();
    arrival_of_.assign(index.nodes.size(), no_arrival);
    std::vector<Service const*> first;  // of each number of admission
    for (std::uint32_t node = 0; node < index.nodes.size(); ++node) {
      if (index.stops[node].kind != Stop::Kind::service) continue;
      Service const& service = index.content.services[index.stops[node].position];
      arrival_of_[node] = static_cast<std::uint32_t>(terms_.arrivals.size());
      std::size_t number = 0;
      while (number < first.size() && !alike(*first[number], service)) ++number;
      if (number == first.size()) {
        first.push_back(&service);
        terms_.alike.emplace_back();
      }
      terms_.alike[number].push_back(arrival_of_[node]);
      RouteRequest question;
      question.goal = service.id;
      question.fresh_days = request_.fresh_days;
      question.waiting_fresh_days = request_.waiting_fresh_days;
      auto const places = segments(changes(service), [&](Date on) {
        question.on = on;
        HopState const state = state_of(look_at_places(network_, service, question).places);
        return state == HopState::certain ? Truth::yes : state == HopState::possible ? Truth::unknown : Truth::no;
      });
      terms_.arrivals.push_back({&service, static_cast<std::uint32_t>(number), number_of(places)});
    }
  }

  /// Whether two services publish the same about admission. Where acts are asked for the kind matters too.
  bool alike(Service const& a, Service const& b) const
  {
    if (request_.admission) return false;
    bool const acts = a.admission && !a.admission->required_acts.empty();
    return a.admission == b.admission && a.status == b.status && (!acts || a.kind == b.kind);
  }

  std::uint32_t number_of(std::vector<Segment> const& segments)
  {
    auto const [found, added] = segment_numbers_.emplace(segments, static_cast<std::uint32_t>(terms_.day_terms.size()));
    if (added) terms_.day_terms.push_back(segments);
    return found->second;
  }

  std::uint32_t number_of(GroundTerms const& ground)
  {
    auto const [found, added] = ground_numbers_.emplace(ground, static_cast<std::uint32_t>(terms_.grounds.size()));
    if (added) terms_.grounds.push_back(ground);
    return found->second;
  }

  Network const& network_;
  ReachRequest const& request_;
  ReachTerms terms_;
  std::map<std::vector<Segment>, std::uint32_t> segment_numbers_;
  std::map<GroundTerms, std::uint32_t> ground_numbers_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint16_t>, std::uint32_t> masks_;  ///< Numbers of grounds.
  std::uint32_t purpose_bits_ = 0;              ///< Bits of the purposes that somebody has.
  std::uint32_t category_bits_ = 0;             ///< Bits of the data categories that somebody has.
  std::vector<Agreement const*> agreement_of_;  ///< Of each ground; null where it rests on none.
  std::vector<std::uint32_t> arrival_of_;       ///< Of each stop.
};

}  // namespace

ReachTerms take_apart(Network const& network, ReachRequest const& request)
{
  return TermBuilder(network, request).run();
}

}  // namespace tutela::detail
