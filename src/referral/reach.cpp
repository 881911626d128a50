// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <string>
#include <utility>

#include <tutela/facts/team_data.hpp>
#include <tutela/referral/reach.hpp>
#include "referral/hop_test.hpp"
#include "referral/reach_terms.hpp"

namespace tutela::inline v0 {
namespace {

using detail::Rails;
using detail::ReachTerms;

constexpr std::size_t word = 64;

/// Admission of people who are alike in what was published, by age in months and sex; kept for all blocks.
using AdmissionMemo = std::map<std::pair<std::int64_t, int>, std::vector<HopState>>;

/// Numbers of all clients; those who ask alike stand together, by day, so that most hops are shut for a whole block.
std::vector<std::uint32_t> in_classes(std::vector<ReachClient> const& clients)
{
  std::vector<std::pair<std::string, std::int64_t>> keys;
  keys.reserve(clients.size());
  for (ReachClient const& one : clients) {
    std::string key(1, static_cast<char>(one.danger));
    key += one.acts.empty() ? 'n' : 'a';
    for (Purpose const& purpose : one.purposes) key += purpose.text() + '\n';
    for (DataNeed const& need : one.data) key += '\t' + need.category.text() + static_cast<char>(need.consent);
    keys.emplace_back(std::move(key), to_days(one.on));
  }
  std::vector<std::uint32_t> order(clients.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
  return order;
}

/// 64 clients and what holds for each of them, and the walk for all of them.
class Block {
 public:
  Block(Network const& network, ReachRequest const& request, ReachTerms const& terms,
        std::span<std::uint32_t const> numbers, AdmissionMemo& memo)
      : network_(network),
        request_(request),
        terms_(terms),
        numbers_(numbers),
        memo_(memo),
        all_(numbers.size() == word ? ~std::uint64_t{0} : (std::uint64_t{1} << numbers.size()) - 1)
  {
    clients_.reserve(numbers.size());
    for (std::uint32_t const number : numbers) clients_.push_back(&request.clients[number]);
    look_at_clients();
    look_at_days();
    look_at_admission();
  }

  /// Fills the words of all stops.
  void run(std::uint64_t* certain, std::uint64_t* possible)
  {
    std::fill_n(certain, network_.nodes().size(), 0);
    std::fill_n(possible, network_.nodes().size(), 0);
    bool const acts = terms_.acts_matter &&
                      std::any_of(clients_.begin(), clients_.end(), [](auto const* one) { return !one->acts.empty(); });
    std::set<ServiceKind> kinds{ServiceKind()};
    if (acts)
      for (Service const& service : network_.content().services) kinds.insert(service.kind);
    for (ServiceKind const& kind : kinds) walk(acts ? &kind : nullptr, certain, possible);
  }

 private:
  void look_at_clients()
  {
    purposes_.resize(terms_.purposes.size());
    categories_.resize(terms_.categories.size());
    refused_.resize(terms_.categories.size());
    unasked_.resize(terms_.categories.size());
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      ReachClient const* const client = clients_[i];
      std::uint64_t const bit = std::uint64_t{1} << i;
      for (Purpose const& purpose : client->purposes) purposes_[number(terms_.purposes, purpose.text())] |= bit;
      for (DataNeed const& need : client->data) {
        std::size_t const category = number(terms_.categories, need.category.text());
        categories_[category] |= bit;
        if (need.consent == Truth::no) refused_[category] |= bit;
        if (need.consent == Truth::unknown) unasked_[category] |= bit;
      }
      if (!client->purposes.empty()) any_purpose_ |= bit;
      if (!client->data.empty()) any_data_ |= bit;
      if (client->danger == Truth::yes) danger_.certain |= bit;
      if (client->danger != Truth::no) danger_.possible |= bit;
    }
  }

  static std::size_t number(std::vector<std::string> const& words, std::string const& one)
  {
    return static_cast<std::size_t>(std::lower_bound(words.begin(), words.end(), one) - words.begin());
  }

  /// For each day on which something changes: the clients whose day is that one or later; then each term of days.
  void look_at_days()
  {
    std::vector<std::pair<std::int64_t, std::uint64_t>> days;
    for (std::size_t i = 0; i < clients_.size(); ++i)
      days.emplace_back(to_days(clients_[i]->on), std::uint64_t{1} << i);
    std::sort(days.begin(), days.end());
    std::vector<std::uint64_t> since(terms_.days.size() + 1, 0);
    std::uint64_t later = all_;
    std::size_t next = 0;
    for (std::size_t i = 0; i < terms_.days.size(); ++i) {
      while (next < days.size() && days[next].first < terms_.days[i]) later &= ~days[next++].second;
      since[i] = later;
    }
    days_.reserve(terms_.day_terms.size());
    for (auto const& segments : terms_.day_terms) {
      Rails rails;
      for (std::size_t i = 0; i < segments.size(); ++i) {
        std::uint64_t const until = i + 1 < segments.size() ? since[segments[i + 1].from] : 0;
        std::uint64_t const during = since[segments[i].from] & ~until;
        if (segments[i].holds == Truth::yes) rails.certain |= during;
        if (segments[i].holds != Truth::no) rails.possible |= during;
      }
      days_.push_back(rails);
    }
  }

  /// Admission of each sort of service, for one client after the other.
  void look_at_admission()
  {
    admission_.resize(terms_.alike.size());
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      auto const& states = admission_of(i);
      std::uint64_t const bit = std::uint64_t{1} << i;
      for (std::size_t sort = 0; sort < states.size(); ++sort) {
        if (states[sort] == HopState::certain) admission_[sort].certain |= bit;
        if (states[sort] != HopState::blocked) admission_[sort].possible |= bit;
      }
    }
  }

  /// Of one client, by sort of service. Without acts and rules, age and sex say it all.
  std::vector<HopState> const& admission_of(std::size_t position)
  {
    ReachClient const& one = *clients_[position];
    constexpr std::int64_t unborn = -1;
    constexpr std::int64_t unknown = -2;
    std::int64_t const months = one.birth_date ? months_between(*one.birth_date, one.on).value_or(unborn) : unknown;
    bool const alone = request_.admission || !one.acts.empty();
    auto [known, added] = memo_.try_emplace({months, one.sex ? static_cast<int>(*one.sex) : -1});
    std::vector<HopState>& states = alone ? own_ : known->second;
    if (!alone && !added) return states;
    if (alone && added) memo_.erase(known);
    RouteRequest question;
    question.on = one.on;
    question.birth_date = one.birth_date;
    question.sex = one.sex;
    question.acts = one.acts;
    if (request_.admission)
      question.admission = [&](Service const& service) { return request_.admission(numbers_[position], service); };
    states.clear();
    for (auto const& sort : terms_.alike) {
      Service const& service = *terms_.arrivals[sort.front()].service;
      question.goal = service.id;
      states.push_back(detail::state_of(detail::look_at_admission(network_, service, question)));
    }
    return states;
  }

  std::uint64_t holders(std::string const& act, ServiceKind const* kind) const
  {
    std::uint64_t held = 0;
    for (std::size_t i = 0; i < clients_.size(); ++i)
      for (HeldAct const& one : clients_[i]->acts)
        if (to_string(one.issuer) == act && one.valid.contains(clients_[i]->on) &&
            (kind == nullptr || kind->empty() ||
             std::find(one.services.begin(), one.services.end(), *kind) != one.services.end()))
          held |= std::uint64_t{1} << i;
    return held;
  }

  /// Whom of some clients an agreement covers.
  Rails covered(AgreementScope const& scope, std::uint64_t of) const
  {
    Rails rails;
    Agreement agreement;
    agreement.covers = scope;
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      std::uint64_t const bit = std::uint64_t{1} << i;
      if ((of & bit) == 0) continue;
      HopState const state = detail::state_of(detail::not_covered(agreement, question_of(*clients_[i])));
      if (state == HopState::certain) rails.certain |= bit;
      if (state != HopState::blocked) rails.possible |= bit;
    }
    return rails;
  }

  Rails rails_of(detail::GroundTerms const& ground, ServiceKind const* kind) const
  {
    Rails rails{all_, all_};
    std::uint64_t out = 0;
    std::uint64_t open = 0;
    for (std::uint32_t const purpose : ground.refused_purposes) out |= purposes_[purpose];
    if ((out & all_) == all_) return {};
    for (std::uint32_t const category : ground.refused_categories) out |= categories_[category];
    if (ground.purposes_hidden) open |= any_purpose_;
    if (ground.categories_hidden) open |= any_data_;
    if (ground.needs_consent)
      for (std::size_t i = 0; i < categories_.size(); ++i) {
        out |= refused_[i];
        open |= unasked_[i];
      }
    if (ground.covers) rails = covered(*ground.covers, all_ & ~out);
    if (ground.kind == BasisKind::emergency) rails = rails & danger_;
    if (ground.kind == BasisKind::act) rails.certain &= holders(ground.act, kind);
    return {rails.certain & ~out & ~open, rails.possible & ~out};
  }

  /// A hop between agencies and units that is open for somebody, and for whom.
  struct OpenHop {
    std::uint32_t to = 0;
    Rails rails;
  };

  /// The open hops of this block, one stop after the other.
  void gather_hops(std::vector<Rails> const& grounds)
  {
    auto const& first_from = network_.index().first_from;
    open_.clear();
    first_open_.assign(1, 0);
    for (std::size_t node = 0; node + 1 < first_from.size(); ++node) {
      for (std::uint32_t i = first_from[node]; i < first_from[node + 1]; ++i) {
        detail::HopTerms const& hop = terms_.hops[i];
        if (hop.arrival != detail::no_arrival) continue;
        Rails const rails = grounds[hop.ground] & days_[hop.days];
        if (rails.possible != 0) open_.push_back({hop.to, rails});
      }
      first_open_.push_back(static_cast<std::uint32_t>(open_.size()));
    }
  }

  /// What is reached of agencies and units, from all clients' stops until nothing new is.
  std::vector<Rails> spread() const
  {
    std::size_t const nodes = network_.nodes().size();
    std::vector<Rails> reached(nodes);
    std::vector<Rails> passed(nodes);  // what was walked on from a stop already
    std::vector<char> queued(nodes, 0);
    std::vector<std::uint32_t> queue;
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      std::uint32_t const start = *network_.node_number(node_of(clients_[i]->from));
      reached[start].certain |= std::uint64_t{1} << i;
      reached[start].possible |= std::uint64_t{1} << i;
      if (std::exchange(queued[start], 1) == 0) queue.push_back(start);
    }
    for (std::size_t next = 0; next < queue.size(); ++next) {
      std::uint32_t const here = queue[next];
      queued[here] = 0;
      Rails const from{reached[here].certain & ~passed[here].certain, reached[here].possible & ~passed[here].possible};
      passed[here] = reached[here];
      for (std::uint32_t i = first_open_[here]; i < first_open_[here + 1]; ++i) {
        Rails const rails = from & open_[i].rails;
        Rails& to = reached[open_[i].to];
        if (((rails.possible & ~to.possible) | (rails.certain & ~to.certain)) == 0) continue;
        to = {to.certain | rails.certain, to.possible | rails.possible};
        if (std::exchange(queued[open_[i].to], 1) == 0) queue.push_back(open_[i].to);
      }
    }
    return reached;
  }

  /// \param kind Only paths to services of this kind, or, when it is empty, to agencies; null: all paths.
  void walk(ServiceKind const* kind, std::uint64_t* certain, std::uint64_t* possible)
  {
    std::vector<Rails> grounds;
    grounds.reserve(terms_.grounds.size());
    for (auto const& ground : terms_.grounds) grounds.push_back(rails_of(ground, kind));
    gather_hops(grounds);
    std::vector<Rails> reached = spread();
    // Services are ends of paths: once their agencies are settled, one look at each hop to them is enough.
    for (std::uint32_t const i : terms_.to_services) {
      detail::HopTerms const& hop = terms_.hops[i];
      detail::ArrivalTerms const& arrival = terms_.arrivals[hop.arrival];
      if (kind != nullptr && arrival.service->kind != *kind) continue;
      Rails rails = reached[network_.index().hops[i].from] & grounds[hop.ground] & days_[hop.days];
      rails = rails & admission_[arrival.admission];
      if (hop.waits) rails = rails & days_[arrival.places];
      reached[hop.to].certain |= rails.certain;
      reached[hop.to].possible |= rails.possible;
    }
    for (std::size_t node = 0; node < reached.size(); ++node) {
      bool const service = network_.index().stops[node].kind == detail::Stop::Kind::service;
      if (kind != nullptr && kind->empty() == service) continue;
      certain[node] |= reached[node].certain;
      possible[node] |= reached[node].possible;
    }
  }

  Network const& network_;
  ReachRequest const& request_;
  ReachTerms const& terms_;
  std::span<std::uint32_t const> numbers_;   ///< Of the clients in the request.
  std::vector<ReachClient const*> clients_;  ///< Beside `numbers_`.
  AdmissionMemo& memo_;
  std::vector<HopState> own_;  ///< Admission of a client who is alike nobody.
  std::uint64_t all_;
  std::vector<OpenHop> open_;
  std::vector<std::uint32_t> first_open_;  ///< First open hop from each stop, and one past the last.
  std::vector<std::uint64_t> purposes_;    ///< Who needs each purpose.
  std::vector<std::uint64_t> categories_;  ///< Whose data of each category must travel.
  std::vector<std::uint64_t> refused_;     ///< Who refused consent to each category.
  std::vector<std::uint64_t> unasked_;     ///< Whose consent to each category is not known.
  std::uint64_t any_purpose_ = 0;
  std::uint64_t any_data_ = 0;
  Rails danger_;
  std::vector<Rails> days_;
  std::vector<Rails> admission_;
};

Diagnostics check(Network const& network, ReachRequest const& request, Limits const& limits)
{
  Diagnostics diagnostics(limits.diagnostics);
  auto const error = [&](std::string pointer, Code code, std::string what, std::string mend) {
    Place place;
    place.pointer = std::move(pointer);
    diagnostics.error(code, std::move(place), std::move(what), std::move(mend));
  };
  if (request.fresh_days < 0 || request.waiting_fresh_days < 0)
    error("/fresh_days", Code::out_of_range, "the number of days is negative", "0 means: this day only");
  if (request.clients.size() > limits.elements)
    error("/clients", Code::limit_reached, "the limit \"elements\" is reached", "ask for fewer clients at once");
  for (std::size_t i = 0; i < request.clients.size(); ++i) {
    AgencyId const& from = request.clients[i].from;
    if (network.find(from) == nullptr && network.find_unit(from) == nullptr)
      error("/clients/" + std::to_string(i) + "/from", Code::dangling_reference,
            "the network has no organization or unit \"" + from.text() + "\"", "correct the identifier");
    for (DataNeed const& need : request.clients[i].data)
      if (stays_with_team(need.category.text()))
        error("/clients/" + std::to_string(i) + "/data", Code::not_allowed,
              "data of this category stay with the team that keeps them", "ask for the path without them");
  }
  return diagnostics;
}

}  // namespace

RouteRequest question_of(ReachClient const& client)
{
  RouteRequest question;
  question.from = client.from;
  question.on = client.on;
  question.purposes = client.purposes;
  question.data = client.data;
  question.danger = client.danger;
  question.acts = client.acts;
  question.birth_date = client.birth_date;
  question.sex = client.sex;
  question.area_codes = client.area_codes;
  return question;
}

HopState ReachTable::state(std::size_t client, std::uint32_t node) const
{
  if (client >= clients_ || node >= nodes_) throw ContractViolation("there is no such client or stop");
  std::size_t const slot = slot_[client];
  std::size_t const at = slot / word * nodes_ + node;
  std::uint64_t const bit = std::uint64_t{1} << slot % word;
  if ((certain_[at] & bit) != 0) return HopState::certain;
  return (possible_[at] & bit) != 0 ? HopState::possible : HopState::blocked;
}

std::vector<std::uint32_t> ReachTable::reached(std::size_t client, HopState least) const
{
  if (client >= clients_) throw ContractViolation("there is no such client");
  std::vector<std::uint32_t> result;
  for (std::uint32_t node = 0; node < nodes_; ++node)
    if (state(client, node) >= least) result.push_back(node);
  return result;
}

std::vector<std::size_t> ReachTable::clients_at(HopState least) const
{
  std::vector<std::size_t> result(nodes_, least == HopState::blocked ? clients_ : 0);
  if (least == HopState::blocked) return result;
  auto const& words = least == HopState::certain ? certain_ : possible_;
  for (std::size_t i = 0; i < words.size(); ++i)
    result[i % nodes_] += static_cast<std::size_t>(std::popcount(words[i]));
  return result;
}

Result<ReachTable> reach(Network const& network, ReachRequest const& request, Limits const& limits)
{
  Diagnostics diagnostics = check(network, request, limits);
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  ReachTable table;
  table.clients_ = request.clients.size();
  table.nodes_ = network.nodes().size();
  std::size_t const blocks = (table.clients_ + word - 1) / word;
  table.certain_.resize(blocks * table.nodes_);
  table.possible_.resize(blocks * table.nodes_);
  ReachTerms const terms = detail::take_apart(network, request);
  auto const order = in_classes(request.clients);
  table.slot_.resize(order.size());
  for (std::uint32_t slot = 0; slot < order.size(); ++slot) table.slot_[order[slot]] = slot;
  AdmissionMemo memo;
  for (std::size_t block = 0; block < blocks; ++block)
    Block(network, request, terms, std::span(order).subspan(block * word, std::min(word, order.size() - block * word)),
          memo)
        .run(table.certain_.data() + block * table.nodes_, table.possible_.data() + block * table.nodes_);
  return table;
}

}  // namespace tutela::inline v0
