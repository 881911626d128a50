// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <tutela/referral/allocation.hpp>

namespace tutela::inline v0 {
namespace {

/// "because it ..." of a service that suits better by a criterion.
std::string_view advantage(Criterion criterion)
{
  switch (criterion) {
    case Criterion::admission: return "it is certain that it may take your child";
    case Criterion::care_form: return "care there is closer to life in a family";
    case Criterion::opinion: return "it is nearer to what your child said";
    case Criterion::siblings: return "a brother or sister lives there";
    case Criterion::family_contact: return "it is easier to stay in touch with the family";
    case Criterion::school: return "your child could stay at the same school";
    case Criterion::distance: return "it is nearer to your home";
    case Criterion::placed:
    case Criterion::waiting: break;
  }
  return "it suits better";
}

/// "... would have had to" of the child who was placed first.
std::string_view loss(Criterion criterion)
{
  switch (criterion) {
    case Criterion::placed: return "a child would have had no place at all";
    case Criterion::admission: return "a child would have had to go where it is not certain that they may be admitted";
    case Criterion::care_form: return "a child would have had to live further from family life";
    case Criterion::opinion: return "a child would have had to live where that child does not want to";
    case Criterion::siblings: return "a child would have been parted from a brother or sister";
    case Criterion::family_contact: return "a child would have been further out of touch with their family";
    case Criterion::school: return "a child would have had to change school";
    case Criterion::distance: return "the children together would live further from their homes";
    case Criterion::waiting: return "a child who has waited longer would have had to wait on";
  }
  return {};
}

std::string name(Network const& network, ServiceId const& id)
{
  Service const* service = network.find(id);
  return service == nullptr ? id.text() : service->name.in(Language::en);
}

/// What may be said of a service beside its name: nothing that tells where a protected one lies.
std::string_view advantage(Network const& network, ServiceId const& id, Criterion criterion, Date on)
{
  bool const tells_place =
      criterion == Criterion::family_contact || criterion == Criterion::school || criterion == Criterion::distance;
  Service const* service = network.find(id);
  if (tells_place && (service == nullptr || network.disclosure_of(*service, on) != LocationDisclosure::exact))
    return "it suits better";
  return advantage(criterion);
}

std::string reason_text(ChildProposal const& proposal, Network const& network, Date on)
{
  std::string because;
  if (proposal.better) {
    because = name(network, *proposal.better);
    because += proposal.better_by
                   ? " would be better: " + std::string(advantage(network, *proposal.better, *proposal.better_by, on)) +
                         ". But "
                   : " would do. But ";
  }
  switch (proposal.reason) {
    case PlacementReason::suits_best: return "By everything that counts here, no other service suits better.";
    case PlacementReason::another_first:
      because += "it is full. Another child was placed there first";
      if (proposal.decided_by) because += ", because otherwise " + std::string(loss(*proposal.decided_by));
      return because + ".";
    case PlacementReason::equal_claim:
      return because +
             "it is full. Another child with an equal claim was placed there; ask for a person to look at it.";
    case PlacementReason::no_room_together: return because + "it has no room for the children together.";
    case PlacementReason::rooms_do_not_suit: return because + "it has no free room with what is needed.";
    case PlacementReason::must_be_apart:
      return because + "somebody is placed there from whom your child must live apart.";
    case PlacementReason::family_care_first:
      return "An institution is not proposed while your child may be able to live in a family; that must be found out "
             "first.";
    case PlacementReason::places_unknown:
      return "There are services that would do; whether they have room is not known.";
    case PlacementReason::all_full: return "The services that would do are full.";
    case PlacementReason::no_service: return "No service of the kinds needed may take your child.";
  }
  return {};
}

}  // namespace

std::string explain(ChildProposal const& proposal, Network const& network, Date on)
{
  std::string text = "This is a proposal. A person decides, and you can say what you think of it.\n";
  text += proposal.service ? "Proposed: " + name(network, *proposal.service) + ".\n"
                           : std::string("No place can be proposed today.\n");
  text += reason_text(proposal, network, on) + "\n";
  if (proposal.service && proposal.state == HopState::possible)
    text += "It is not certain yet that it may take your child; some facts must be asked first.\n";
  if (proposal.service && proposal.runner_up && proposal.runner_up != proposal.better) {
    text += "Next best: " + name(network, *proposal.runner_up);
    if (proposal.behind_by)
      text += "; the one proposed comes first because " +
              std::string(advantage(network, *proposal.service, *proposal.behind_by, on));
    text += ".\n";
  }
  for (std::string const& fact : proposal.ask) text += "To ask: " + fact + "\n";
  return text;
}

std::string_view to_string(PlacementReason reason) noexcept
{
  switch (reason) {
    case PlacementReason::suits_best: return "suits_best";
    case PlacementReason::another_first: return "another_first";
    case PlacementReason::equal_claim: return "equal_claim";
    case PlacementReason::no_room_together: return "no_room_together";
    case PlacementReason::rooms_do_not_suit: return "rooms_do_not_suit";
    case PlacementReason::must_be_apart: return "must_be_apart";
    case PlacementReason::family_care_first: return "family_care_first";
    case PlacementReason::places_unknown: return "places_unknown";
    case PlacementReason::all_full: return "all_full";
    case PlacementReason::no_service: return "no_service";
  }
  return {};
}

std::string_view to_string(Criterion criterion) noexcept
{
  switch (criterion) {
    case Criterion::placed: return "placed";
    case Criterion::admission: return "admission";
    case Criterion::care_form: return "care_form";
    case Criterion::opinion: return "opinion";
    case Criterion::siblings: return "siblings";
    case Criterion::family_contact: return "family_contact";
    case Criterion::school: return "school";
    case Criterion::distance: return "distance";
    case Criterion::waiting: return "waiting";
  }
  return {};
}

std::vector<Criterion> usual_order()
{
  return {Criterion::opinion, Criterion::siblings, Criterion::family_contact,
          Criterion::school,  Criterion::distance, Criterion::waiting};
}

}  // namespace tutela::inline v0
