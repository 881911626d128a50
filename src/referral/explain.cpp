// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <tutela/referral/route.hpp>

namespace tutela::inline v0 {
namespace {

std::string quoted(std::string const& text) { return "\"" + text + "\""; }

std::string days_text(DayBounds const& days)
{
  std::string const lower = std::to_string(days.lower);
  if (!days.upper) return days.lower == 0 ? "duration not known" : "at least " + lower + " days";
  if (*days.upper == days.lower) return lower + (days.lower == 1 ? " day" : " days");
  return lower + " to " + std::to_string(*days.upper) + " days";
}

std::string hop_text(Hop const& hop, Network const& network, std::string const& indent)
{
  std::string text = indent + network.name_of(hop.from).in(Language::en) + " -> " +
                     network.name_of(hop.to).in(Language::en) + ": " + std::string(to_string(hop.state)) + ", " +
                     std::string(to_string(hop.kind));
  if (!hop.agreement.empty()) text += " " + quoted(hop.agreement.text());
  if (hop.citation) text += ", " + to_string(*hop.citation);
  if (hop.state != HopState::blocked) text += "; " + days_text(hop.days);
  text += "\n";
  for (Obstacle const& obstacle : hop.obstacles) text += indent + "  - " + to_string(obstacle) + "\n";
  return text;
}

std::string route_text(Route const& route, Network const& network)
{
  std::string text;
  for (Hop const& hop : route.hops) text += hop_text(hop, network, "  ");
  if (route.hops.empty()) text += "  the referring agency is itself the goal\n";
  text += "  in all: " + days_text(route.days) + "\n";
  if (!route.service.empty())
    text += "  first free place: " +
            (route.first_free_place ? to_string(*route.first_free_place) : std::string("not known, ask the service")) +
            "\n";
  for (std::string const& fact : route.ask) text += "  to ask: " + fact + "\n";
  return text;
}

}  // namespace

std::string_view to_string(HopState state) noexcept
{
  switch (state) {
    case HopState::blocked: return "blocked";
    case HopState::possible: return "possible";
    case HopState::certain: return "certain";
  }
  return {};
}

std::string_view to_string(ObstacleKind kind) noexcept
{
  switch (kind) {
    case ObstacleKind::agreement_not_in_force: return "agreement_not_in_force";
    case ObstacleKind::agreement_window: return "agreement_window";
    case ObstacleKind::not_covered: return "not_covered";
    case ObstacleKind::basis_not_valid: return "basis_not_valid";
    case ObstacleKind::purpose_not_allowed: return "purpose_not_allowed";
    case ObstacleKind::purpose_not_published: return "purpose_not_published";
    case ObstacleKind::category_not_allowed: return "category_not_allowed";
    case ObstacleKind::category_not_published: return "category_not_published";
    case ObstacleKind::consent: return "consent";
    case ObstacleKind::act: return "act";
    case ObstacleKind::danger: return "danger";
    case ObstacleKind::not_admitted: return "not_admitted";
    case ObstacleKind::service_closed: return "service_closed";
    case ObstacleKind::out_of_service: return "out_of_service";
    case ObstacleKind::capacity_full: return "capacity_full";
    case ObstacleKind::places_unknown: return "places_unknown";
  }
  return {};
}

std::string to_string(Obstacle const& obstacle)
{
  bool const sure = obstacle.holds == Truth::yes;
  std::string const subject = quoted(obstacle.subject);
  std::string const detail = quoted(obstacle.detail);
  switch (obstacle.kind) {
    case ObstacleKind::agreement_not_in_force: {
      if (obstacle.detail.empty()) return "the agreement " + subject + " has no recorded state on this day";
      std::string text = "the agreement " + subject + (sure ? " is" : " may still be") + " in state " + detail;
      if (obstacle.since) text += " since " + to_string(*obstacle.since);
      return text + "; only an agreement in force opens this hop";
    }
    case ObstacleKind::agreement_window: return "the day lies outside the window of the agreement " + subject;
    case ObstacleKind::not_covered:
      return (sure ? "the agreement " + subject + " does not cover the person"
                   : "it is not known whether the agreement " + subject + " covers the person") +
             " (" + obstacle.detail + ")";
    case ObstacleKind::basis_not_valid: return "the ground " + subject + " is not valid on this day";
    case ObstacleKind::purpose_not_allowed: return "the purpose " + detail + " is not allowed by " + subject;
    case ObstacleKind::purpose_not_published: return "the purposes of the agreement " + subject + " were not published";
    case ObstacleKind::category_not_allowed:
      return "data of the category " + detail + " may not travel under " + subject;
    case ObstacleKind::category_not_published:
      return "it was not published which data may travel under the agreement " + subject;
    case ObstacleKind::consent:
      return (sure ? "consent is refused" : "consent is not known") + std::string(" for data of the category ") +
             detail;
    case ObstacleKind::act: return "an act of the kind " + detail + " is needed and is not in the file";
    case ObstacleKind::danger:
      return sure ? "there is no danger to life or health"
                  : "it is not known whether there is danger to life or health";
    case ObstacleKind::not_admitted:
      return (sure ? "the service " + subject + " may not admit the person"
                   : "it is not known whether the service " + subject + " may admit the person") +
             (obstacle.detail.empty() ? std::string{} : " (" + obstacle.detail + ")");
    case ObstacleKind::service_closed: return "the service " + subject + " takes nobody now (" + obstacle.detail + ")";
    case ObstacleKind::out_of_service:
      return "the service " + subject + " is out of service on this day (" + obstacle.detail + ")";
    case ObstacleKind::capacity_full: return "the service " + subject + " is full and no waiting time is known";
    case ObstacleKind::places_unknown:
      return "free places and waiting time of the service " + subject + " are not known; ask the service";
  }
  return {};
}

std::string explain(RouteAnswer const& answer, Network const& network)
{
  std::string text;
  if (answer.certain) text += "Best certain path:\n" + route_text(*answer.certain, network);
  if (answer.possible)
    text += (answer.certain ? "A better path may be possible:\n" : "Best possible path, none is certain:\n") +
            route_text(*answer.possible, network);
  if (answer.best() == nullptr) {
    text += "No lawful path.\n";
    if (!answer.goal_exists) text += "  the network has no such service\n";
    if (answer.goal_exists && answer.blocked.empty())
      text += "  no ground for a referral is recorded that leads there\n";
    for (Hop const& hop : answer.blocked) text += hop_text(hop, network, "  ");
  }
  text += "Duty to report, whatever the path:\n";
  for (DutyToReport const& duty : answer.duties) {
    text +=
        "  " + duty.who.in(Language::en) + ": " + duty.when.in(Language::en) + ". To: " + duty.to_whom.in(Language::en);
    if (duty.hours) text += *duty.hours == 0 ? ", at once" : ", within " + std::to_string(*duty.hours) + " hours";
    if (duty.citation) text += " (" + to_string(*duty.citation) + ")";
    text += "\n";
  }
  if (answer.duties_unknown())
    text += "  the data hold no such rule for the jurisdiction " + answer.jurisdiction +
            "; that does not mean there is none\n";
  return text;
}

}  // namespace tutela::inline v0
