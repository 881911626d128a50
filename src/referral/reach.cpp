// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <tutela/referral/reach.hpp>
#include "referral/hop_test.hpp"
#include "referral/reach_terms.hpp"

namespace tutela::inline v0 {
namespace {

using detail::Rails;
using detail::ReachTerms;

constexpr std::size_t word = 64;

/// 64 clients and what holds for each of them, and the walk for all of them.
class Block {
 public:
  Block(Network const& network, ReachRequest const& request, ReachTerms const& terms, std::size_t first)
      : network_(network),
        request_(request),
        terms_(terms),
        first_(first),
        count_(std::min(word, request.clients.size() - first)),
        all_(count_ == word ? ~std::uint64_t{0} : (std::uint64_t{1} << count_) - 1)
  {
    look_at_clients();
    look_at_days();
    look_at_admission();
  }

  /// Fills the words of all stops.
  void run(std::uint64_t* certain, std::uint64_t* possible)
  {
    std::fill_n(certain, network_.nodes().size(), 0);
    std::fill_n(possible, network_.nodes().size(), 0);
    bool const acts =
        terms_.acts_matter && std::any_of(begin(), end(), [](auto const& one) { return !one.acts.empty(); });
    std::set<ServiceKind> kinds{ServiceKind()};
    if (acts)
      for (Service const& service : network_.content().services) kinds.insert(service.kind);
    for (ServiceKind const& kind : kinds) walk(acts ? &kind : nullptr, certain, possible);
  }

 private:
  std::vector<ReachClient>::const_iterator begin() const
  {
    return request_.clients.begin() + static_cast<std::ptrdiff_t>(first_);
  }
  std::vector<ReachClient>::const_iterator end() const { return begin() + static_cast<std::ptrdiff_t>(count_); }

  void look_at_clients()
  {
    purposes_.resize(terms_.purposes.size());
    categories_.resize(terms_.categories.size());
    refused_.resize(terms_.categories.size());
    unasked_.resize(terms_.categories.size());
    std::uint64_t bit = 1;
    for (auto client = begin(); client != end(); ++client, bit <<= 1U) {
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
    std::uint64_t bit = 1;
    for (auto client = begin(); client != end(); ++client, bit <<= 1U) days.emplace_back(to_days(client->on), bit);
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
    RouteRequest question;
    std::size_t client = first_;
    std::uint64_t bit = 1;
    for (auto one = begin(); one != end(); ++one, ++client, bit <<= 1U) {
      question.on = one->on;
      question.birth_date = one->birth_date;
      question.sex = one->sex;
      question.acts = one->acts;
      if (request_.admission)
        question.admission = [&](Service const& service) { return request_.admission(client, service); };
      for (std::size_t i = 0; i < admission_.size(); ++i) {
        Service const& service = *terms_.arrivals[terms_.alike[i].front()].service;
        question.goal = service.id;
        HopState const state = detail::state_of(detail::look_at_admission(network_, service, question));
        if (state == HopState::certain) admission_[i].certain |= bit;
        if (state != HopState::blocked) admission_[i].possible |= bit;
      }
    }
  }

  std::uint64_t holders(std::string const& act, ServiceKind const* kind) const
  {
    std::uint64_t held = 0;
    std::uint64_t bit = 1;
    for (auto client = begin(); client != end(); ++client, bit <<= 1U)
      for (HeldAct const& one : client->acts)
        if (to_string(one.issuer) == act && one.valid.contains(client->on) &&
            (kind == nullptr || kind->empty() ||
             std::find(one.services.begin(), one.services.end(), *kind) != one.services.end()))
          held |= bit;
    return held;
  }

  Rails rails_of(detail::GroundTerms const& ground, ServiceKind const* kind) const
  {
    Rails rails{all_, all_};
    std::uint64_t out = 0;
    std::uint64_t open = 0;
    for (std::uint32_t const purpose : ground.refused_purposes) out |= purposes_[purpose];
    for (std::uint32_t const category : ground.refused_categories) out |= categories_[category];
    if (ground.purposes_hidden) open |= any_purpose_;
    if (ground.categories_hidden) open |= any_data_;
    if (ground.needs_consent)
      for (std::size_t i = 0; i < categories_.size(); ++i) {
        out |= refused_[i];
        open |= unasked_[i];
      }
    if (ground.kind == BasisKind::emergency) rails = rails & danger_;
    if (ground.kind == BasisKind::act) rails.certain &= holders(ground.act, kind);
    return {rails.certain & ~out & ~open, rails.possible & ~out};
  }

  /// One walk from all clients' stops until nothing new is reached.
  /// \param kind Only paths to services of this kind, or, when it is empty, to agencies; null: all paths.
  void walk(ServiceKind const* kind, std::uint64_t* certain, std::uint64_t* possible)
  {
    std::size_t const nodes = network_.nodes().size();
    std::vector<Rails> grounds;
    grounds.reserve(terms_.grounds.size());
    for (auto const& ground : terms_.grounds) grounds.push_back(rails_of(ground, kind));
    std::vector<Rails> reached(nodes);
    std::vector<Rails> passed(nodes);  // what was walked on from a stop already
    std::vector<char> queued(nodes, 0);
    std::vector<std::uint32_t> queue;
    std::uint64_t bit = 1;
    for (auto client = begin(); client != end(); ++client, bit <<= 1U) {
      std::uint32_t const start = *network_.node_number(node_of(client->from));
      reached[start].certain |= bit;
      reached[start].possible |= bit;
      if (std::exchange(queued[start], 1) == 0) queue.push_back(start);
    }
    auto const& first_from = network_.index().first_from;
    for (std::size_t next = 0; next < queue.size(); ++next) {
      std::uint32_t const here = queue[next];
      queued[here] = 0;
      Rails const from{reached[here].certain & ~passed[here].certain, reached[here].possible & ~passed[here].possible};
      passed[here] = reached[here];
      for (std::uint32_t i = first_from[here]; i < first_from[here + 1]; ++i) {
        Rails& to = reached[terms_.heads[i]];
        if (((from.possible & ~to.possible) | (from.certain & ~to.certain)) == 0) continue;
        detail::HopTerms const& hop = terms_.hops[i];
        Rails rails = from & grounds[hop.ground] & days_[hop.days];
        if (hop.arrival != detail::no_arrival) {
          detail::ArrivalTerms const& arrival = terms_.arrivals[hop.arrival];
          if (kind != nullptr && arrival.service->kind != *kind) continue;
          rails = rails & admission_[arrival.admission];
          if (hop.waits) rails = rails & days_[arrival.places];
        }
        if ((rails.possible & ~to.possible) == 0 && (rails.certain & ~to.certain) == 0) continue;
        to = {to.certain | rails.certain, to.possible | rails.possible};
        if (hop.arrival == detail::no_arrival && std::exchange(queued[hop.to], 1) == 0) queue.push_back(hop.to);
      }
    }
    for (std::size_t node = 0; node < nodes; ++node) {
      bool const service = network_.index().stops[node].kind == detail::Stop::Kind::service;
      if (kind != nullptr && kind->empty() == service) continue;
      certain[node] |= reached[node].certain;
      possible[node] |= reached[node].possible;
    }
  }

  Network const& network_;
  ReachRequest const& request_;
  ReachTerms const& terms_;
  std::size_t first_;
  std::size_t count_;
  std::uint64_t all_;
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
  }
  return diagnostics;
}

}  // namespace

HopState ReachTable::state(std::size_t client, std::uint32_t node) const
{
  if (client >= clients_ || node >= nodes_) throw ContractViolation("there is no such client or stop");
  std::size_t const at = client / word * nodes_ + node;
  std::uint64_t const bit = std::uint64_t{1} << client % word;
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
  for (std::size_t block = 0; block < blocks; ++block)
    Block(network, request, terms, block * word)
        .run(table.certain_.data() + block * table.nodes_, table.possible_.data() + block * table.nodes_);
  return table;
}

}  // namespace tutela::inline v0
