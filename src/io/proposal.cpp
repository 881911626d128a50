// SPDX-License-Identifier: Apache-2.0
#include <tutela/io/proposal.hpp>

#include <string_view>

#include "io/messages.hpp"

namespace tutela::inline v0 {
namespace {

using detail::Catalogue;

/// Writes the proposal for one child.
class ProposalWriter {
 public:
  ProposalWriter(ChildProposal const& proposal, Network const& network, Date on, Language language)
      : proposal_(proposal), network_(network), on_(on), catalogue_(language)
  {
  }

  std::string write() &&
  {
    line(say("intro"));
    line(proposal_.service ? say("proposed", *proposal_.service) : say("none"));
    write_better();
    write_reason();
    if (proposal_.service && proposal_.state == HopState::possible) line(say("uncertain"));
    if (proposal_.service && proposal_.runner_up && proposal_.runner_up != proposal_.better) write_next();
    for (std::string const& fact : proposal_.ask) line(catalogue_.say("alloc_ask", {{"fact", words_of(fact)}}));
    return std::move(text_);
  }

 private:
  void line(std::string const& words) { text_ += words + "\n"; }

  std::string say(std::string const& key) const { return catalogue_.say("alloc_" + key); }

  std::string say(std::string const& key, ServiceId const& service) const
  {
    return catalogue_.say("alloc_" + key, {{"service", name(service)}});
  }

  std::string name(ServiceId const& id) const
  {
    Service const* service = network_.find(id);
    return service == nullptr ? id.text() : service->name.in(catalogue_.language());
  }

  /// What speaks for a service by a criterion: nothing that tells where a protected one lies.
  std::string advantage(ServiceId const& id, Criterion criterion) const
  {
    bool const tells_place =
        criterion == Criterion::family_contact || criterion == Criterion::school || criterion == Criterion::distance;
    Service const* service = network_.find(id);
    if (tells_place && (service == nullptr || network_.disclosure_of(*service, on_) != LocationDisclosure::exact))
      return say("why_suits");
    auto const key = "why_" + std::string(to_string(criterion));
    return catalogue_.has("alloc_" + key) ? say(key) : say("why_suits");
  }

  void write_better()
  {
    if (!proposal_.better) return;
    if (!proposal_.better_by) return line(say("would_do", *proposal_.better));
    line(catalogue_.say("alloc_better", {{"service", name(*proposal_.better)},
                                         {"why", advantage(*proposal_.better, *proposal_.better_by)}}));
  }

  void write_reason()
  {
    auto const key = "reason_" + std::string(to_string(proposal_.reason));
    if (proposal_.reason == PlacementReason::another_first && proposal_.decided_by)
      return line(catalogue_.say("alloc_" + key + "_because",
                                 {{"loss", say("loss_" + std::string(to_string(*proposal_.decided_by)))}}));
    line(say(key));
  }

  void write_next()
  {
    if (!proposal_.behind_by) return line(say("next", *proposal_.runner_up));
    line(catalogue_.say("alloc_next_why", {{"service", name(*proposal_.runner_up)},
                                           {"why", advantage(*proposal_.service, *proposal_.behind_by)}}));
  }

  /// A fact in words, or its name where the catalogue has none.
  std::string words_of(std::string const& fact) const
  {
    constexpr std::string_view service = "service.";
    constexpr std::string_view places = ".free_places";
    if (fact.starts_with(service) && fact.ends_with(places) && fact.size() > service.size() + places.size())
      return say("fact_free_places",
                 ServiceId(fact.substr(service.size(), fact.size() - service.size() - places.size())));
    auto const key = "alloc_fact_" + fact.substr(fact.find('.') + 1);
    bool const of_child = fact.starts_with("child.") || fact.starts_with("person.");
    return of_child && catalogue_.has(key) ? catalogue_.say(key) : fact;
  }

  ChildProposal const& proposal_;
  Network const& network_;
  Date on_;
  Catalogue catalogue_;
  std::string text_;
};

}  // namespace

std::string explain(ChildProposal const& proposal, Network const& network, Date on, Language language)
{
  return ProposalWriter(proposal, network, on, language).write();
}

}  // namespace tutela::inline v0
