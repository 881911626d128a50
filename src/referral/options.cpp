// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "referral/hop_test.hpp"
#include "referral/options.hpp"
#include "referral/places.hpp"

namespace tutela::detail {
namespace {

/// How a service stands to children of one class.
enum class Standing : std::uint8_t { out, possible, certain, not_before_family, places_unknown };

/// How all services stand to children of one class.
struct Row {
  std::vector<Standing> standing;   ///< Of each candidate.
  std::vector<std::uint32_t> open;  ///< Candidates that are possible or certain, ascending.
};

/// What makes children alike for all services.
using ClassKey = std::tuple<std::vector<std::string>, std::int64_t, int, bool>;

class Builder {
 public:
  Builder(Network const& network, AllocationRequest const& request) : network_(network), request_(request)
  {
    table_.criteria = {Criterion::placed, Criterion::admission, Criterion::care_form};
    table_.criteria.insert(table_.criteria.end(), request.order.begin(), request.order.end());
    table_.problem.level.resize(table_.criteria.size());
  }

  OptionTable run()
  {
    find_candidates();
    find_groups();
    auto& options = table_.problem.options;
    std::size_t const people = request_.children.size();
    for (Candidate const& candidate : table_.candidates)
      options.capacity.push_back(static_cast<std::int32_t>(
          std::min<std::int64_t>(candidate.free.value_or(0), static_cast<std::int64_t>(people))));
    options.capacity.push_back(static_cast<std::int32_t>(people));
    options.first.push_back(0);
    for (auto const& members : table_.members) add_group(members);
    find_constraints();
    return std::move(table_);
  }

 private:
  void find_candidates()
  {
    std::set<ServiceKind> kinds;
    for (WaitingChild const& child : request_.children) kinds.insert(child.needs.begin(), child.needs.end());
    std::vector<Service const*> services;
    for (Service const& service : network_.content().services)
      if (kinds.count(service.kind) != 0 && network_.takes_people(service, request_.on)) services.push_back(&service);
    std::sort(services.begin(), services.end(), [](auto const* a, auto const* b) { return a->id < b->id; });
    for (Service const* service : services) {
      Candidate candidate;
      candidate.service = service;
      candidate.free = free_places(network_, service->id, request_.on, request_.fresh_days);
      for (LocationId const& id : service->locations) {
        Location const* location = network_.find(id);
        if (!candidate.at && location->position) candidate.at = to_vector(*location->position);
        if (candidate.area_codes == nullptr) candidate.area_codes = &location->area_codes;
      }
      kinds_.push_back(admission_number(*service));
      forms_.push_back(static_cast<std::int64_t>(service->form.value_or(ServiceForm::residential)));
      for (std::size_t axis = 0; axis < axes_.size(); ++axis)
        axes_[axis].push_back(candidate.at ? (*candidate.at)[axis] : 100);  // not known: further than any
      table_.candidates.push_back(candidate);
    }
    for (std::uint32_t place = 0; place < table_.candidates.size(); ++place)
      place_of_.emplace(table_.candidates[place].service->id.text(), place);
  }

  /// Services that publish the same about admission are looked at once for each class of children.
  std::uint32_t admission_number(Service const& service)
  {
    auto const alike = [&](Service const* other) {
      return other->kind == service.kind && other->admission == service.admission;
    };
    auto const found = std::find_if(admissions_.begin(), admissions_.end(), alike);
    if (found == admissions_.end()) admissions_.push_back(&service);
    return static_cast<std::uint32_t>(std::find_if(admissions_.begin(), admissions_.end(), alike) -
                                      admissions_.begin());
  }

  void find_groups()
  {
    std::map<std::string_view, std::size_t> known;
    for (std::uint32_t i = 0; i < request_.children.size(); ++i) {
      std::string const& group = request_.children[i].group;
      if (!group.empty()) {
        auto const [found, added] = known.emplace(group, table_.members.size());
        if (!added) {
          table_.members[found->second].push_back(i);
          continue;
        }
      }
      table_.members.push_back({i});
    }
  }

  bool is_family(Service const& service) const { return service.form == ServiceForm::family_based; }
  bool is_residential(Service const& service) const
  {
    return service.form.value_or(ServiceForm::residential) == ServiceForm::residential;
  }

  Row look(WaitingChild const& child) const
  {
    Row result;
    auto& row = result.standing;
    row.assign(table_.candidates.size(), Standing::out);
    std::vector<std::optional<HopState>> known(admissions_.size());
    bool family_open = child.family_care != Truth::no;
    for (std::size_t i = 0; i < row.size(); ++i) {
      Candidate const& candidate = table_.candidates[i];
      if (std::find(child.needs.begin(), child.needs.end(), candidate.service->kind) == child.needs.end()) continue;
      auto& state = known[kinds_[i]];
      if (!state || request_.admission) state = admit(network_, request_, child, *candidate.service).state;
      if (*state == HopState::blocked) continue;
      if (!candidate.free)
        row[i] = Standing::places_unknown;
      else
        row[i] = *state == HopState::certain ? Standing::certain : Standing::possible;
      family_open = family_open || (is_family(*candidate.service) && !candidate.free);
    }
    for (std::uint32_t i = 0; i < row.size(); ++i) {
      if (family_open && row[i] != Standing::out && is_residential(*table_.candidates[i].service))
        row[i] = Standing::not_before_family;
      if (row[i] == Standing::certain || row[i] == Standing::possible) result.open.push_back(i);
    }
    return result;
  }

  Row const& row_of(WaitingChild const& child)
  {
    if (request_.admission || !child.acts.empty()) {
      own_.push_back(look(child));
      return own_.back();
    }
    ClassKey key;
    for (ServiceKind const& kind : child.needs) std::get<0>(key).push_back(kind.text());
    std::get<1>(key) = child.birth_date ? months_between(*child.birth_date, request_.on).value_or(-1) : -2;
    std::get<2>(key) = child.sex ? static_cast<int>(*child.sex) : -1;
    std::get<3>(key) = child.family_care == Truth::no;
    auto found = rows_.find(key);
    if (found == rows_.end()) found = rows_.emplace(std::move(key), look(child)).first;
    return found->second;
  }

  /// What of a child is compared with every service.
  struct Person {
    WaitingChild const* child = nullptr;
    Row const* row = nullptr;
    std::optional<UnitVector> home;
    std::optional<UnitVector> school;
  };

  std::int64_t opinion(WaitingChild const& child, Service const& service) const
  {
    auto const holds = [&](std::vector<ServiceId> const& list) {
      return std::find(list.begin(), list.end(), service.id) != list.end();
    };
    if (child.wished.empty() && child.not_wished.empty()) return 0;
    return holds(child.not_wished) ? 2 : holds(child.wished) ? 0 : 1;
  }

  static std::int64_t contact(WaitingChild const& child, Candidate const& candidate)
  {
    auto const& mine = child.area_codes;
    if (mine.empty()) return 0;
    for (std::size_t i = 0; i < mine.size() && candidate.area_codes != nullptr; ++i)
      if (std::find(candidate.area_codes->begin(), candidate.area_codes->end(), mine[i]) != candidate.area_codes->end())
        return static_cast<std::int64_t>(i);
    return static_cast<std::int64_t>(mine.size());
  }

  /// Cost of a service for one child by one criterion. Not knowing where a service lies never speaks for it.
  std::int64_t cost(Criterion criterion, Person const& person, std::uint32_t place, double square) const
  {
    WaitingChild const& child = *person.child;
    Candidate const& candidate = table_.candidates[place];
    switch (criterion) {
      case Criterion::admission: return person.row->standing[place] == Standing::certain ? 0 : 1;
      case Criterion::care_form: return forms_[place];
      case Criterion::opinion: return opinion(child, *candidate.service);
      case Criterion::siblings:
        return child.siblings_at.empty() || std::find(child.siblings_at.begin(), child.siblings_at.end(),
                                                      candidate.service->id) != child.siblings_at.end()
                   ? 0
                   : 1;
      case Criterion::family_contact: return contact(child, candidate);
      case Criterion::school:
        if (!person.school) return 0;
        return candidate.at && metres(chord_square(*person.school, *candidate.at)) <=
                                   static_cast<double>(request_.school_metres)
                   ? 0
                   : 1;
      case Criterion::distance:
        if (!person.home) return 0;
        return std::llround((candidate.at ? metres(square) : metres(4)) / 100);
      case Criterion::placed:
      case Criterion::waiting: break;
    }
    return 0;
  }

  void add_group(std::vector<std::uint32_t> const& members)
  {
    people_.clear();
    for (std::uint32_t const member : members) {
      Person person;
      person.child = &request_.children[member];
      person.row = &row_of(*person.child);
      if (person.child->home) person.home = to_vector(*person.child->home);
      if (person.child->school) person.school = to_vector(*person.child->school);
      people_.push_back(person);
    }
    find_places();
    Shortage shortage = shortage_of_group();
    auto& options = table_.problem.options;
    for (std::uint32_t const place : places_) add_option(place);
    options.place.push_back(options.waiting_list());
    for (std::size_t i = 0; i < table_.criteria.size(); ++i) table_.problem.level[i].push_back(waiting_cost(i));
    options.size.push_back(static_cast<std::int32_t>(members.size()));
    options.first.push_back(static_cast<std::uint32_t>(options.place.size()));
    table_.shortage.push_back(std::move(shortage));
    own_.clear();
  }

  /// Fills `places_` with the services at which all members could be; at most as many as are asked for, best first.
  void find_places()
  {
    places_ = people_.front().row->open;
    for (std::size_t i = 1; i < people_.size(); ++i)
      std::erase_if(places_, [&](std::uint32_t place) {
        Standing const standing = people_[i].row->standing[place];
        return standing != Standing::certain && standing != Standing::possible;
      });
    std::size_t const most = request_.most_options;
    if (most == 0 || places_.size() <= most) return;
    rank_places();
    keep_best(most);
  }

  /// Distances of all candidates from the homes of the group, as mean squares of chords.
  void find_squares()
  {
    squares_.assign(table_.candidates.size(), 0);
    double const share = 1.0 / static_cast<double>(people_.size());
    for (Person const& person : people_) {
      if (!person.home) continue;
      for (std::size_t axis = 0; axis < axes_.size(); ++axis)
        std::transform(axes_[axis].begin(), axes_[axis].end(), squares_.begin(), squares_.begin(),
                       [&, here = (*person.home)[axis]](double there, double sum) {
                         return sum + (there - here) * (there - here) * share;
                       });
    }
  }

  /// The criteria, beside those of the law, by which services can differ for the group at hand.
  void look_for_active()
  {
    active_.clear();
    for (Criterion const criterion : table_.criteria) {
      bool const counts = std::any_of(people_.begin(), people_.end(), [&](Person const& person) {
        WaitingChild const& child = *person.child;
        switch (criterion) {
          case Criterion::opinion: return !child.wished.empty() || !child.not_wished.empty();
          case Criterion::siblings: return !child.siblings_at.empty();
          case Criterion::family_contact: return !child.area_codes.empty();
          case Criterion::school: return person.school.has_value();
          case Criterion::distance: return person.home.has_value();
          case Criterion::placed:
          case Criterion::admission:
          case Criterion::care_form:
          case Criterion::waiting: break;
        }
        return false;
      });
      if (counts) active_.push_back(criterion);
    }
  }

  /// The criteria in their order as one number for each of `places_`, coarsely: four bits each, the rest for the distance.
  void rank_places()
  {
    look_for_active();
    ranks_.assign(places_.size(), 0);
    rank_by([](Person const& person) {
      return [standing = person.row->standing.data()](std::uint32_t place) {
        return standing[place] == Standing::certain ? 0U : 1U;
      };
    });
    rank_by([&](Person const&) {
      return [form = forms_.data()](std::uint32_t place) { return static_cast<std::uint32_t>(form[place]); };
    });
    for (Criterion const criterion : active_) {
      if (criterion == Criterion::distance) {
        find_squares();
        std::transform(ranks_.begin(), ranks_.end(), places_.begin(), ranks_.begin(),
                       [square = squares_.data()](std::uint64_t rank, std::uint32_t place) {
                         return rank << 38U | static_cast<std::uint64_t>(
                                                  static_cast<std::int64_t>(std::min(square[place], 4.0) * 0x1p35));
                       });
      } else {
        rank_by([&](Person const& person) {
          return [&](std::uint32_t place) { return static_cast<std::uint32_t>(cost(criterion, person, place, 0)); };
        });
      }
    }
  }

  /// Puts four bits behind each of `ranks_`: what a place costs each member by one criterion, added up.
  template <class CostOf>
  void rank_by(CostOf const& cost_of)
  {
    sums_.assign(places_.size(), 0);
    for (Person const& person : people_)
      std::transform(places_.begin(), places_.end(), sums_.begin(), sums_.begin(),
                     [cost = cost_of(person)](std::uint32_t place, std::uint32_t sum) { return sum + cost(place); });
    std::transform(ranks_.begin(), ranks_.end(), sums_.begin(), ranks_.begin(),
                   [](std::uint64_t rank, std::uint32_t sum) { return rank << 4U | std::min(sum, 15U); });
  }

  /// Keeps the best of `places_`, in their order; of equal ones the first.
  void keep_best(std::size_t most)
  {
    best_.clear();
    std::uint64_t worst = UINT64_MAX;
    auto const shrink = [&] {
      auto const last = best_.begin() + static_cast<std::ptrdiff_t>(most) - 1;
      std::nth_element(best_.begin(), last, best_.end());
      worst = last->first;
      best_.resize(most);
    };
    auto next = places_.begin();
    for (std::uint64_t const rank : ranks_) {
      std::uint32_t const place = *next++;
      if (rank >= worst) continue;  // an equal one came before
      best_.emplace_back(rank, place);
      if (best_.size() == 2 * most) shrink();
    }
    if (best_.size() > most) shrink();
    places_.clear();
    for (auto const& [rank, kept] : best_) places_.push_back(kept);
    std::sort(places_.begin(), places_.end());
  }

  double square_to(Person const& person, std::uint32_t place) const
  {
    auto const& at = table_.candidates[place].at;
    return at ? chord_square(*person.home, *at) : 4;
  }

  void add_option(std::uint32_t place)
  {
    table_.problem.options.place.push_back(place);
    table_.problem.level[0].push_back(0);
    for (std::size_t i = 1; i < table_.criteria.size(); ++i) {
      std::int64_t sum = 0;
      for (Person const& person : people_)
        sum += cost(table_.criteria[i], person, place, person.home ? square_to(person, place) : 0);
      table_.problem.level[i].push_back(sum);
    }
  }

  std::int64_t waiting_cost(std::size_t level) const
  {
    if (table_.criteria[level] == Criterion::placed) return static_cast<std::int64_t>(people_.size());
    if (table_.criteria[level] != Criterion::waiting) return 0;
    std::int64_t days = 0;
    for (Person const& person : people_)
      if (person.child->waiting_since)
        days += std::max<std::int64_t>(0, to_days(request_.on) - to_days(*person.child->waiting_since));
    return days;
  }

  Shortage shortage_of_group() const
  {
    Shortage shortage;
    bool after_family = false;
    bool full = !places_.empty();
    for (std::uint32_t place = 0; place < table_.candidates.size(); ++place) {
      bool out = false;
      bool unknown = false;
      bool later = false;
      for (Person const& person : people_) {
        out = out || person.row->standing[place] == Standing::out;
        unknown = unknown || person.row->standing[place] == Standing::places_unknown;
        later = later || person.row->standing[place] == Standing::not_before_family;
      }
      if (out) continue;
      after_family = after_family || later;
      if (unknown && !later)
        shortage.ask.push_back("service." + table_.candidates[place].service->id.text() + ".free_places");
    }
    for (Person const& person : people_)
      if (after_family && person.child->family_care == Truth::unknown) shortage.ask.push_back("child.family_care");
    std::sort(shortage.ask.begin(), shortage.ask.end());
    shortage.ask.erase(std::unique(shortage.ask.begin(), shortage.ask.end()), shortage.ask.end());
    if (after_family)
      shortage.reason = PlacementReason::family_care_first;
    else if (!shortage.ask.empty())
      shortage.reason = PlacementReason::places_unknown;
    else if (full)
      shortage.reason = PlacementReason::all_full;
    return shortage;
  }

  void find_constraints();

  Network const& network_;
  AllocationRequest const& request_;
  OptionTable table_;
  std::vector<std::uint32_t> kinds_;        ///< Of each candidate: position in `admissions_`.
  std::vector<Service const*> admissions_;  ///< One service of each sort.
  std::map<std::string, std::uint32_t, std::less<>> place_of_;
  std::map<ClassKey, Row> rows_;
  std::deque<Row> own_;                      ///< Rows of the members of the group at hand that share with nobody.
  std::vector<Person> people_;               ///< Members of the group at hand.
  std::vector<std::int64_t> forms_;          ///< Of each candidate: how far from the law's first choice.
  std::array<std::vector<double>, 3> axes_;  ///< Of each candidate.
  std::vector<double> squares_;              ///< Of each candidate, for the group at hand.
  std::vector<Criterion> active_;            ///< Criteria that count for them.
  std::vector<std::uint32_t> places_;        ///< Where they could be.
  std::vector<std::uint32_t> sums_;          ///< Of each of `places_`: what all members cost there by a criterion.
  std::vector<std::uint64_t> ranks_;         ///< Of each of `places_`.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> best_;  ///< Rank and place.
};

void Builder::find_constraints()
{
  std::map<std::string_view, std::uint32_t> group_of;
  for (std::uint32_t group = 0; group < table_.members.size(); ++group)
    for (std::uint32_t const member : table_.members[group])
      group_of.emplace(request_.children[member].id.text(), group);
  std::set<std::pair<std::uint32_t, std::uint32_t>> apart;
  std::map<std::string, RoomTraits, std::less<>> bits;
  auto const bits_of = [&](std::vector<std::string> const& traits) {
    RoomTraits set = 0;
    for (std::string const& trait : traits) set |= bits.emplace(trait, RoomTraits{1} << bits.size()).first->second;
    return set;
  };
  auto& constraints = table_.constraints;
  constraints.needs.resize(table_.members.size());
  constraints.rooms.resize(table_.candidates.size() + 1);
  for (std::uint32_t group = 0; group < table_.members.size(); ++group)
    for (std::uint32_t const member : table_.members[group]) {
      WaitingChild const& child = request_.children[member];
      if (!child.room_traits.empty()) constraints.needs[group].push_back({bits_of(child.room_traits), 1});
      for (CaseId const& other : child.apart_from) apart.insert(std::minmax(group, group_of.at(other.text())));
    }
  constraints.apart.assign(apart.begin(), apart.end());
  bool const traits_matter = !bits.empty();
  for (ServiceRooms const& rooms : request_.rooms) {
    auto const place = place_of_.find(rooms.service.text());
    if (place == place_of_.end()) continue;
    std::int64_t places = 0;
    for (ServiceRoom const& room : rooms.rooms) {
      constraints.rooms[place->second].push_back({bits_of(room.traits), room.places});
      places += room.places;
    }
    auto& capacity = table_.problem.options.capacity[place->second];
    capacity = static_cast<std::int32_t>(std::min<std::int64_t>(capacity, places));
  }
  if (!traits_matter) return;
  for (std::size_t place = 0; place < table_.candidates.size(); ++place)
    if (constraints.rooms[place].empty())
      constraints.rooms[place].push_back({0, table_.problem.options.capacity[place]});
}

}  // namespace

ChildAdmission admit(Network const& network, AllocationRequest const& request, WaitingChild const& child,
                     Service const& service)
{
  RouteRequest question;
  question.goal = service.id;
  question.on = request.on;
  question.birth_date = child.birth_date;
  question.sex = child.sex;
  question.acts = child.acts;
  if (request.admission) question.admission = [&](Service const& one) { return request.admission(child, one); };
  auto const obstacles = look_at_admission(network, service, question);
  ChildAdmission result;
  result.state = state_of(obstacles);
  for (Obstacle const& obstacle : obstacles)
    result.ask.insert(result.ask.end(), obstacle.ask.begin(), obstacle.ask.end());
  std::sort(result.ask.begin(), result.ask.end());
  result.ask.erase(std::unique(result.ask.begin(), result.ask.end()), result.ask.end());
  return result;
}

Result<OptionTable> build_options(Network const& network, AllocationRequest const& request, Limits const& limits)
{
  Diagnostics diagnostics = check_allocation(network, request, limits);
  if (diagnostics.has_errors()) return std::move(diagnostics).take();
  return Builder(network, request).run();
}

}  // namespace tutela::detail
