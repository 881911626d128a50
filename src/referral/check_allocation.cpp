// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "referral/options.hpp"

namespace tutela::detail {
namespace {

constexpr std::size_t most_traits = 64;  // one bit each

class AllocationCheck {
 public:
  AllocationCheck(Network const& network, AllocationRequest const& request, Limits const& limits)
      : network_(network), request_(request), limits_(limits), diagnostics_(limits.diagnostics)
  {
  }

  Diagnostics run()
  {
    check_numbers();
    check_order();
    for (std::size_t i = 0; i < request_.children.size(); ++i)
      if (!position_.emplace(request_.children[i].id.text(), i).second)
        error("/children/" + std::to_string(i) + "/id", Code::duplicate_id, "the identifier stands twice",
              "each child is in the list once");
    for (std::size_t i = 0; i < request_.children.size(); ++i)
      check(request_.children[i], "/children/" + std::to_string(i));
    std::set<std::string> seen;
    for (std::size_t i = 0; i < request_.rooms.size(); ++i) {
      std::string const here = "/rooms/" + std::to_string(i);
      service(request_.rooms[i].service, here + "/service");
      if (!seen.insert(request_.rooms[i].service.text()).second)
        error(here + "/service", Code::duplicate_id, "the service stands twice");
      for (ServiceRoom const& room : request_.rooms[i].rooms) {
        if (room.places < 0) error(here + "/places", Code::out_of_range, "the number is negative");
        traits_.insert(room.traits.begin(), room.traits.end());
      }
    }
    if (traits_.size() > most_traits)
      error("/rooms", Code::limit_reached, "there are more than 64 traits of rooms", "use fewer words");
    check_size();
    return std::move(diagnostics_);
  }

 private:
  void check_numbers()
  {
    if (request_.fresh_days < 0)
      error("/fresh_days", Code::out_of_range, "the number of days is negative", "0 means: this day only");
    if (request_.school_metres < 0) error("/school_metres", Code::out_of_range, "the distance is negative");
  }

  void check_order()
  {
    std::set<Criterion> seen;
    for (std::size_t i = 0; i < request_.order.size(); ++i) {
      std::string const here = "/order/" + std::to_string(i);
      if (request_.order[i] <= Criterion::care_form)
        error(here, Code::not_allowed, "this criterion has its place already",
              "that places are found, that admission is lawful and the law's order of preference always come first");
      if (!seen.insert(request_.order[i]).second) error(here, Code::duplicate_id, "the criterion stands twice");
    }
  }

  void check(WaitingChild const& child, std::string const& here)
  {
    if (child.id.empty()) error(here + "/id", Code::missing_key, "the identifier is missing");
    if (child.needs.empty())
      error(here + "/needs", Code::missing_key, "it is not said which kinds of service would do");
    for (ServiceId const& id : child.wished) service(id, here + "/wished");
    for (ServiceId const& id : child.not_wished) {
      service(id, here + "/not_wished");
      if (std::find(child.wished.begin(), child.wished.end(), id) != child.wished.end())
        error(here + "/not_wished", Code::contradictory_facts, "a service is both wished and not wished");
    }
    for (ServiceId const& id : child.siblings_at) service(id, here + "/siblings_at");
    for (CaseId const& id : child.apart_from) check_apart(child, id, here + "/apart_from");
    if (child.waiting_since && *child.waiting_since > request_.on)
      error(here + "/waiting_since", Code::out_of_range, "the waiting begins after the day of the question");
    if (child.home) position(*child.home, here + "/home");
    if (child.school) position(*child.school, here + "/school");
    traits_.insert(child.room_traits.begin(), child.room_traits.end());
  }

  void check_apart(WaitingChild const& child, CaseId const& other, std::string const& here)
  {
    auto const found = position_.find(other.text());
    if (found == position_.end())
      return error(here, Code::dangling_reference, "a child to be kept apart is not in the list");
    std::string const& group = request_.children[found->second].group;
    if (other == child.id || (!group.empty() && group == child.group))
      error(here, Code::contradictory_facts, "children of one group are to be kept apart",
            "either they stay together or they live apart");
  }

  void position(Position const& at, std::string const& here)
  {
    if (at.latitude.abs() > Decimal(90) || at.longitude.abs() > Decimal(180))
      error(here, Code::out_of_range, "this is no position on the earth", "give degrees, north and east positive");
  }

  void service(ServiceId const& id, std::string const& here)
  {
    if (network_.find(id) == nullptr)
      error(here, Code::dangling_reference, "the network has no service \"" + id.text() + "\"");
  }

  void check_size()
  {
    std::size_t const services = network_.content().services.size();
    std::size_t const each = request_.most_options == 0 ? services : std::min(services, request_.most_options);
    if (request_.children.size() * (each + 1) > limits_.elements * 10)
      error("/children", Code::limit_reached, "the limit \"elements\" is reached (ten options for each element)",
            "set \"most_options\", or raise the limit");
  }

  void error(std::string pointer, Code code, std::string what, std::string mend = {})
  {
    Place place;
    place.pointer = std::move(pointer);
    diagnostics_.error(code, std::move(place), std::move(what), std::move(mend));
  }

  Network const& network_;
  AllocationRequest const& request_;
  Limits const& limits_;
  Diagnostics diagnostics_;
  std::map<std::string_view, std::size_t> position_;
  std::set<std::string> traits_;
};

}  // namespace

Diagnostics check_allocation(Network const& network, AllocationRequest const& request, Limits const& limits)
{
  return AllocationCheck(network, request, limits).run();
}

}  // namespace tutela::detail
