// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tutela/facts/team_data.hpp>

#include "model/plain_value.hpp"
#include "referral/network_index.hpp"

namespace tutela::detail {
namespace {

constexpr std::int64_t longest_days = 36'525;  // a hundred years; sums over a path stay far from overflow

constexpr std::int64_t most_for_one = 1'000'000;

/// Walks through the content in the order of the file and reports what is wrong.
class Checker {
 public:
  Checker(NetworkContent const& content, std::string const& file, Limits const& limits, Diagnostics& diagnostics,
          ContentKind kind)
      : content_(content),
        file_(file),
        limits_(limits),
        diagnostics_(diagnostics),
        is_history_(kind == ContentKind::history)
  {
  }

  void run()
  {
    collect();
    if (content_.id.empty()) missing("", "id");
    name(content_.name);
    if (content_.jurisdiction.empty()) missing("", "jurisdiction");
    each("regimes", content_.regimes, [&](SpecialRegime const& regime) {
      word("kind", regime.kind);
      interval(regime.valid, "valid_until");
      source(regime.source);
    });
    each("sources", content_.sources, [&](Publication const& publication) { check(publication); });
    each("organizations", content_.agencies, [&](Agency const& agency) { check(agency); });
    check_parents();
    each("units", content_.units, [&](Unit const& unit) { check(unit); });
    each("areas", content_.areas, [&](Area const& area) { check(area); });
    check_areas();
    each("locations", content_.locations, [&](Location const& location) { check(location); });
    each("services", content_.services, [&](Service const& service) { check(service); });
    each("agreements", content_.agreements, [&](Agreement const& agreement) { check(agreement); });
    each("bases", content_.bases, [&](Basis const& basis) { check(basis); });
    each("capacities", content_.capacities, [&](Capacity const& capacity) { check(capacity); });
    each("out_of_service", content_.out_of_service, [&](OutOfService const& rest) { check(rest); });
    each("waiting", content_.waiting, [&](Waiting const& waiting) { check(waiting); });
    each("figures", content_.figures, [&](Figure const& figure) { check(figure); });
    each("equipment_pools", content_.equipment_pools, [&](EquipmentPool const& pool) { check(pool); });
    each("hotlines", content_.hotlines, [&](Hotline const& hotline) { check(hotline); });
    each("records", content_.records, [&](GenericRecord const& record) { check(record); });
    each("duties_to_report", content_.duties_to_report, [&](DutyToReport const& duty) { check(duty); });
    check_size();
  }

 private:
  template <class T, class Check>
  void each(std::string_view array, std::vector<T> const& elements, Check check_one)
  {
    for (std::size_t i = 0; i < elements.size(); ++i) {
      here_ = "/" + std::string(array) + "/" + std::to_string(i);
      check_one(elements[i]);
    }
    here_.clear();
  }

  void error(Code code, std::string_view key, std::string what, std::string mend = {})
  {
    Place place;
    place.file = file_;
    place.pointer = key.empty() ? here_ : here_ + "/" + std::string(key);
    diagnostics_.error(code, std::move(place), std::move(what), std::move(mend));
  }

  void missing(std::string_view where, std::string_view key)
  {
    error(Code::missing_key, where, "the key \"" + std::string(key) + "\" is missing or empty", "add it");
  }

  void once(std::set<std::string>& seen, std::string const& id)
  {
    if (id.empty()) return missing("", "id");
    if (!seen.insert(id).second)
      error(Code::duplicate_id, "id", "the identifier stands twice",
            "identifiers are unique; those of organizations, units and services share one space");
  }

  /// When each identifier was recorded and withdrawn.
  using Versions = std::map<std::string, std::vector<Period>>;

  void once(Versions& seen, std::string const& id, Period const& known)
  {
    if (id.empty()) return missing("", "id");
    recorded(known);
    auto& before = seen[id];
    if (std::any_of(before.begin(), before.end(), [&](Period const& other) { return overlap(known, other); }))
      error(Code::duplicate_id, "id", "the identifier stands twice",
            is_history_ ? "the one before must be withdrawn when the next one is recorded"
                        : "identifiers are unique; those of organizations, units and services share one space");
    before.push_back(known);
  }

  void recorded(Period const& known)
  {
    interval(known, "withdrawn");
    if (known.until && !is_history_)
      error(Code::invalid_network, "withdrawn", "a network holds what is known, and this was withdrawn",
            "read the file as a history and ask for the network as it was known on a day");
  }

  static bool overlap(Period const& one, Period const& other)
  {
    bool const before = one.until && other.from && *one.until <= *other.from;
    bool const after = other.until && one.from && *other.until <= *one.from;
    return !before && !after;
  }

  void dangling(std::string_view key, std::string_view kind, std::string const& id)
  {
    error(Code::dangling_reference, key, "there is no " + std::string(kind) + " \"" + id + "\"",
          "add it, or correct the identifier");
  }

  void name(Text const& text)
  {
    if (text.empty()) missing("", "name");
  }

  void word(std::string_view key, std::string const& text)
  {
    if (!is_code_word(text))
      error(Code::not_allowed, key, "a code word is expected here", "use lower-case letters, digits and underscores");
  }

  void words(std::string_view key, std::vector<std::string> const& texts)
  {
    for (std::size_t i = 0; i < texts.size(); ++i) word(item(key, i), texts[i]);
  }

  template <class Tag>
  void words(std::string_view key, std::vector<Id<Tag>> const& texts)
  {
    for (std::size_t i = 0; i < texts.size(); ++i) word(item(key, i), texts[i].text());
  }

  void team_data(std::optional<std::vector<DataCategory>> const& categories)
  {
    if (!categories) return;
    for (std::size_t i = 0; i < categories->size(); ++i)
      if (stays_with_team((*categories)[i].text()))
        error(Code::not_allowed, item("data_categories", i), "data of this category stay with the team that keeps them",
              "no agreement lets them travel; remove the word");
  }

  static std::string item(std::string_view key, std::size_t i) { return std::string(key) + "/" + std::to_string(i); }

  void source(SourceId const& id, std::string_view key = "source_id")
  {
    if (id.empty()) {
      if (!content_.synthetic)
        error(Code::missing_key, "", "it is not said where this was published",
              "add \"" + std::string(key) + "\"; only a network marked as synthetic does without");
    } else if (sources_.count(id.text()) == 0) {
      dangling(key, "source", id.text());
    }
  }

  void interval(Period const& period, std::string_view key)
  {
    if (period.from && period.until && *period.until <= *period.from)
      error(Code::invalid_interval, key, "the interval ends before it begins",
            "the end is the first day that no longer belongs to it");
  }

  void not_negative(std::string_view key, std::optional<std::int64_t> number)
  {
    if (number && *number < 0)
      error(Code::out_of_range, key, "the number is negative", "it counts something: 0 or more");
  }

  void days(std::int64_t number)
  {
    if (number < 0 || number > longest_days)
      error(Code::out_of_range, "days", "a number of days from 0 to " + std::to_string(longest_days) + " is expected");
  }

  void number(std::string_view key, Decimal value)
  {
    if (!is_short(value)) error(Code::out_of_range, key, "a number of at most 15 digits is expected");
  }

  /// The details of a record are what JSON can say and nothing else. Depth is bounded as in any file.
  void plain(std::string const& key, Value const& value)
  {
    if (auto const wrong = not_plain(value, limits_)) error(wrong->code, key + wrong->place.pointer, wrong->what);
  }

  void citation(std::optional<Citation> const& found, bool required)
  {
    if (!found) {
      if (required) error(Code::invalid_citation, "", "a duty or competence needs its article", "add \"citation\"");
    } else if (found->act.empty() || found->source.empty()) {
      error(Code::invalid_citation, "citation", "a citation names the act and where it was read");
    }
  }

  void agency(std::string_view key, AgencyId const& id)
  {
    if (id.empty()) return missing("", key);
    if (agencies_.count(id.text()) == 0) dangling(key, "organization", id.text());
  }

  void agency_or_unit(std::string_view key, AgencyId const& id)
  {
    if (id.empty()) return missing("", key);
    if (agencies_.count(id.text()) == 0 && units_.count(id.text()) == 0)
      dangling(key, "organization or unit", id.text());
  }

  void node(std::string_view key, NodeId const& id)
  {
    if (agencies_.count(id.text()) == 0 && units_.count(id.text()) == 0 && services_.count(id.text()) == 0)
      dangling(key, "organization, unit or service", id.text());
  }

  void service(ServiceId const& id)
  {
    if (id.empty()) return missing("", "service_id");
    if (services_.count(id.text()) == 0) dangling("service_id", "service", id.text());
  }

  void collect()
  {
    for (auto const& publication : content_.sources) sources_.insert(publication.id.text());
    for (auto const& one : content_.agencies) agencies_.insert(one.id.text());
    for (auto const& one : content_.units) {
      units_.insert(one.id.text());
      agency_of_[one.id.text()] = one.agency.text();
    }
    for (auto const& one : content_.services) {
      services_.insert(one.id.text());
      agency_of_[one.id.text()] = one.agency.text();
    }
    for (std::size_t i = 0; i < content_.areas.size(); ++i) areas_.emplace(content_.areas[i].code, i);
    for (auto const& one : content_.locations) locations_.insert(one.id.text());
    for (auto const& one : content_.agreements) agreements_.emplace(one.id.text(), &one);
  }

  /// The agency behind a stop: a service's unit's agency.
  std::string const& owner(std::string const& id) const
  {
    std::string const* current = &id;
    for (int step = 0; step < 2; ++step) {
      auto const found = agency_of_.find(*current);
      if (found == agency_of_.end()) break;
      current = &found->second;
    }
    return *current;
  }

  void check(Publication const& publication)
  {
    once(source_ids_, publication.id.text());
    if (publication.title.empty()) missing("", "title");
    if (!content_.synthetic && !publication.published && !publication.seen)
      error(Code::missing_key, "", "a source needs a date",
            "say when it was published, or when it was seen: \"published\", \"seen\"");
  }

  void check(Agency const& agency_)
  {
    once(node_ids_, agency_.id.text(), {});
    name(agency_.name);
    word("kind", agency_.kind.text());
    if (!agency_.parent.empty()) agency("parent_organization_id", agency_.parent);
    for (std::size_t i = 0; i < agency_.former_names.size(); ++i)
      interval(agency_.former_names[i].valid, item("former_names", i) + "/valid_until");
    words("roles", agency_.roles);
    source(agency_.source);
  }

  /// Follows the parents of every agency; each cycle is reported once, at its first member.
  void check_parents()
  {
    std::map<std::string, std::size_t> position;
    for (std::size_t i = 0; i < content_.agencies.size(); ++i) position.emplace(content_.agencies[i].id.text(), i);
    std::vector<std::size_t> mark(content_.agencies.size(), 0);  // number of the walk that came by, from 1
    for (std::size_t start = 0; start < content_.agencies.size(); ++start) {
      std::size_t current = start;
      while (mark[current] == 0) {
        mark[current] = start + 1;
        auto const parent = position.find(content_.agencies[current].parent.text());
        if (content_.agencies[current].parent.empty() || parent == position.end()) break;
        current = parent->second;
        if (mark[current] != start + 1) continue;
        here_ = "/organizations/" + std::to_string(current);
        error(Code::cyclic_reference, "parent_organization_id", "the organization is subordinate to itself",
              "remove one of the parents in the circle");
      }
    }
    here_.clear();
  }

  void check(Unit const& unit)
  {
    once(node_ids_, unit.id.text(), {});
    name(unit.name);
    agency("organization_id", unit.agency);
    if (!unit.kind.empty()) word("kind", unit.kind);
    words("case_kinds", unit.case_kinds);
    source(unit.source);
  }

  void check(Location const& location)
  {
    once(location_ids_, location.id.text());
    name(location.name);
    source(location.source);
    if (location.position) position(*location.position, "");
  }

  void position(Position const& position, std::string const& key)
  {
    std::string const before = key.empty() ? key : key + "/";
    number(before + "latitude", position.latitude);
    number(before + "longitude", position.longitude);
    if (position.latitude.abs() > Decimal(90))
      error(Code::out_of_range, before + "latitude", "a latitude lies between -90 and 90 degrees");
    if (position.longitude.abs() > Decimal(180))
      error(Code::out_of_range, before + "longitude", "a longitude lies between -180 and 180 degrees");
  }

  void check(Area const& area)
  {
    if (area.code.empty()) {
      missing("", "code");
    } else if (!area_codes_.insert(area.code).second) {
      error(Code::duplicate_id, "code", "the code stands twice", "an area has one entry");
    }
    if (!area.parent.empty() && areas_.count(area.parent) == 0) dangling("parent_code", "area", area.parent);
    if (area.circle) {
      position(area.circle->centre, "circle");
      not_negative("circle/metres", area.circle->metres);
    }
    if (area.circle && !area.polygon.empty())
      error(Code::not_allowed, "polygon", "the area has a circle already", "draw it in one way");
    if (!area.polygon.empty() && area.polygon.size() < 3)
      error(Code::invalid_network, "polygon", "a polygon has at least three corners");
    for (std::size_t i = 0; i < area.polygon.size(); ++i) position(area.polygon[i], item("polygon", i));
    source(area.source);
  }

  /// Each circle of areas is reported once, at its first member.
  void check_areas()
  {
    std::vector<std::size_t> mark(content_.areas.size(), 0);  // number of the walk that came by, from 1
    for (std::size_t start = 0; start < content_.areas.size(); ++start) {
      std::size_t current = start;
      while (mark[current] == 0) {
        mark[current] = start + 1;
        auto const parent = areas_.find(content_.areas[current].parent);
        if (content_.areas[current].parent.empty() || parent == areas_.end()) break;
        current = parent->second;
        if (mark[current] != start + 1) continue;
        here_ = "/areas/" + std::to_string(current);
        error(Code::cyclic_reference, "parent_code", "the area lies in itself",
              "remove one of the parents in the circle");
      }
    }
    here_.clear();
  }

  void check(Service const& service_)
  {
    once(node_ids_, service_.id.text(), service_.known);
    name(service_.name);
    agency_or_unit("organization_id", service_.agency);
    word("kind", service_.kind.text());
    words("targets", service_.targets);
    for (std::size_t i = 0; i < service_.locations.size(); ++i)
      if (locations_.count(service_.locations[i].text()) == 0)
        dangling(item("location_ids", i), "location", service_.locations[i].text());
    source(service_.source);
    if (!service_.admission) return;
    Admission const& admission = *service_.admission;
    std::string const outer = std::exchange(here_, here_ + "/admission");
    ages(admission);
    words("required_acts", admission.required_acts);
    words("documents", admission.documents);
    words("target_groups", admission.target_groups);
    source(admission.source);
    here_ = outer;
  }

  /// \param limits Of an admission or of an agreement.
  template <class AgeLimits>
  void ages(AgeLimits const& limits)
  {
    constexpr std::int32_t oldest = 150 * 12;
    for (auto const& [key, age] : {std::pair("minimum_age_months", limits.minimum_age_months),
                                   std::pair("maximum_age_months", limits.maximum_age_months)})
      if (age && (*age < 0 || *age > oldest))
        error(Code::out_of_range, key, "an age in months lies between 0 and " + std::to_string(oldest));
    if (limits.minimum_age_months && limits.maximum_age_months &&
        *limits.maximum_age_months <= *limits.minimum_age_months)
      error(Code::invalid_interval, "maximum_age_months", "the age range is empty",
            "the maximum is the first age that is too old");
  }

  void check(AgreementScope const& scope)
  {
    std::string const outer = std::exchange(here_, here_ + "/covers");
    ages(scope);
    for (std::size_t i = 0; i < scope.area_codes.size(); ++i)
      if (scope.area_codes[i].empty())
        error(Code::missing_key, item("area_codes", i), "the code of the area is empty", "write it, or leave it out");
    here_ = outer;
  }

  void check(Agreement const& agreement)
  {
    once(agreement_ids_, agreement.id.text(), agreement.known);
    name(agreement.name);
    word("kind", agreement.kind);
    std::set<std::string> parties;
    for (std::size_t i = 0; i < agreement.parties.size(); ++i) {
      agency(item("party_ids", i), agreement.parties[i]);
      if (!parties.insert(agreement.parties[i].text()).second)
        error(Code::duplicate_id, item("party_ids", i), "the party stands twice");
    }
    if (parties.size() < 2) error(Code::invalid_network, "party_ids", "an agreement has at least two parties");
    if (agreement.steps.empty())
      error(Code::invalid_network, "states", "the agreement has no state",
            "say at least one state and since when, for example proposed");
    for (std::size_t i = 0; i < agreement.steps.size(); ++i) {
      std::string const outer = std::exchange(here_, here_ + "/" + item("states", i));
      source(agreement.steps[i].source.empty() ? agreement.source : agreement.steps[i].source);
      recorded(agreement.steps[i].known);
      if (i > 0 && !is_history_ && agreement.steps[i].from.earliest() < agreement.steps[i - 1].from.earliest())
        error(Code::invalid_interval, "from", "the state begins before the one above it", "write the oldest first");
      here_ = outer;
    }
    interval(agreement.window, "valid_until");
    interval(agreement.referral_window, "referrals_until");
    if (agreement.purposes) words("purposes", *agreement.purposes);
    if (agreement.categories) words("data_categories", *agreement.categories);
    team_data(agreement.categories);
    if (agreement.covers) check(*agreement.covers);
    words("goals", agreement.goals);
    source(agreement.source);
  }

  void check(Basis const& basis)
  {
    once(basis_ids_, basis.id.text(), basis.known);
    if (basis.kind == BasisKind::same_agency)
      error(Code::not_allowed, "kind", "that an agency refers to its own units and services is never written down",
            "remove this ground");
    if (basis.from.empty()) missing("", "from");
    if (basis.to.empty()) missing("", "to");
    for (std::size_t i = 0; i < basis.from.size(); ++i) agency_or_unit(item("from", i), basis.from[i]);
    std::set<std::string_view> starts;  // the lists may be long
    for (AgencyId const& from : basis.from) starts.insert(from.text());
    for (std::size_t i = 0; i < basis.to.size(); ++i) {
      node(item("to", i), basis.to[i]);
      if (starts.count(basis.to[i].text()) > 0)
        error(Code::invalid_network, item("to", i), "a ground leads from a stop to itself");
    }
    check_agreement_of(basis);
    if (basis.kind == BasisKind::act) {
      word("act", basis.act.text());
    } else if (!basis.act.empty()) {
      error(Code::not_allowed, "act", "only a ground of kind \"act\" names an act");
    }
    citation(basis.citation, basis.kind == BasisKind::statutory_duty || basis.kind == BasisKind::competence);
    interval(basis.valid, "valid_until");
    if (basis.purposes) words("purposes", *basis.purposes);
    if (basis.categories) words("data_categories", *basis.categories);
    team_data(basis.categories);
    if (basis.needs_consent.value_or(false) && never_waits(basis.kind))
      error(Code::not_allowed, "needs_consent", "a duty or an emergency never waits for consent");
    if (basis.days) days(*basis.days);
    source(basis.source);
  }

  void check_agreement_of(Basis const& basis)
  {
    if (basis.kind != BasisKind::agreement) {
      if (!basis.agreement.empty())
        error(Code::not_allowed, "agreement_id", "only a ground of kind \"agreement\" names an agreement");
      return;
    }
    if (basis.agreement.empty()) return missing("", "agreement_id");
    auto const found = agreements_.find(basis.agreement.text());
    if (found == agreements_.end()) return dangling("agreement_id", "agreement", basis.agreement.text());
    if (is_history_) return;  // who the parties are depends on the day
    std::set<std::string_view> parties;
    for (AgencyId const& party : found->second->parties) parties.insert(party.text());
    auto const is_party = [&](std::string const& id) { return parties.count(id) > 0; };
    for (std::size_t i = 0; i < basis.from.size(); ++i)
      if (!is_party(owner(basis.from[i].text())))
        error(Code::invalid_network, item("from", i), "it is not a party of the agreement");
    for (std::size_t i = 0; i < basis.to.size(); ++i)
      if (!is_party(owner(basis.to[i].text())))
        error(Code::invalid_network, item("to", i), "it does not belong to a party of the agreement");
  }

  void check(Capacity const& capacity)
  {
    once(capacity_ids_, capacity.id, capacity.known);
    service(capacity.service);
    not_negative("maximum", capacity.maximum);
    not_negative("available", capacity.available);
    if (capacity.maximum && capacity.available && *capacity.available > *capacity.maximum)
      error(Code::out_of_range, "available", "more places are free than there are");
    if (capacity.available && !capacity.updated)
      error(Code::missing_key, "", "free places need the day on which they were seen", "add \"updated\"");
    bool const some_day = std::any_of(capacity.days.begin(), capacity.days.end(),
                                      [](DayPlaces const& entry) { return entry.available.has_value(); });
    if (!capacity.available && capacity.updated && !some_day)
      error(Code::missing_key, "", "\"updated\" is the day of the free places, which are missing",
            "add \"available\" or remove \"updated\"");
    if (capacity.fresh_days && (*capacity.fresh_days < 0 || *capacity.fresh_days > longest_days))
      error(Code::out_of_range, "fresh_days",
            "a number of days from 0 to " + std::to_string(longest_days) + " is expected");
    if (capacity.per_person && (*capacity.per_person < 1 || *capacity.per_person > most_for_one))
      error(Code::out_of_range, "per_person", "one person takes from 1 to " + std::to_string(most_for_one) + " units");
    check_days(capacity);
    source(capacity.source);
  }

  void check_days(Capacity const& capacity)
  {
    std::vector<std::pair<std::int64_t, std::size_t>> starts;
    for (std::size_t i = 0; i < capacity.days.size(); ++i) {
      DayPlaces const& entry = capacity.days[i];
      auto const here = item("days", i);
      interval(entry.days, here + "/until");
      not_negative(here + "/maximum", entry.maximum);
      not_negative(here + "/available", entry.available);
      auto const maximum = entry.maximum ? entry.maximum : capacity.maximum;
      if (maximum && entry.available && *entry.available > *maximum)
        error(Code::out_of_range, here + "/available", "more places are free than there are");
      if (entry.available && !capacity.updated)
        error(Code::missing_key, "", "free places need the day on which they were seen", "add \"updated\"");
      starts.emplace_back(entry.days.from ? to_days(*entry.days.from) : std::numeric_limits<std::int64_t>::min(), i);
    }
    std::sort(starts.begin(), starts.end());
    for (std::size_t i = 1; i < starts.size(); ++i)
      if (overlap(capacity.days[starts[i - 1].second].days, capacity.days[starts[i].second].days))
        error(Code::invalid_interval, item("days", starts[i].second) + "/from", "two entries speak of the same day",
              "let each begin where the one before ends");
  }

  void check(OutOfService const& rest)
  {
    once(rest_ids_, rest.id, rest.known);
    service(rest.service);
    interval(rest.days, "valid_until");
    word("reason", rest.reason);
    source(rest.source);
  }

  void check(Waiting const& waiting)
  {
    once(waiting_ids_, waiting.id, waiting.known);
    service(waiting.service);
    days(waiting.days);
    if (waiting.definition.empty()) missing("", "definition");
    if (waiting.sample && *waiting.sample < 1) error(Code::out_of_range, "sample", "a sample has at least one person");
    source(waiting.source);
  }

  void order(std::optional<PartialDate> const& from, std::optional<PartialDate> const& until)
  {
    if (from && until && until->latest() < from->earliest())
      error(Code::invalid_interval, "until", "the period ends before it begins");
  }

  void check(Figure const& figure)
  {
    once(figure_ids_, figure.id);
    node("about", figure.about);
    word("unit", figure.unit);
    number("value", figure.value);
    if (figure.value.is_negative()) error(Code::out_of_range, "value", "a figure is 0 or more");
    for (std::size_t i = 0; i < figure.subgroups.size(); ++i) {
      word(item("subgroups", i) + "/name", figure.subgroups[i].name);
      if (figure.subgroups[i].value < 0 || (!figure.approximate && Decimal(figure.subgroups[i].value) > figure.value))
        error(Code::out_of_range, item("subgroups", i) + "/value", "a part lies between 0 and the whole");
    }
    order(figure.from, figure.until);
    source(figure.source);
  }

  void check(EquipmentPool const& pool)
  {
    once(pool_ids_, pool.id);
    name(pool.name);
    agency_or_unit("organization_id", pool.agency);
    not_negative("available", pool.available);
    not_negative("applied", pool.applied);
    source(pool.source);
  }

  void check(Hotline const& hotline)
  {
    once(hotline_ids_, hotline.id);
    agency_or_unit("organization_id", hotline.agency);
    word("purpose", hotline.purpose);
    if (hotline.number.empty()) missing("", "number");
    source(hotline.source);
  }

  void check(GenericRecord const& record)
  {
    once(record_ids_, record.id);
    word("kind", record.kind);
    name(record.name);
    for (std::size_t i = 0; i < record.participants.size(); ++i)
      node(item("participant_ids", i), record.participants[i]);
    order(record.from, record.until);
    for (auto const& [entry, value] : record.details.entries) plain("details/" + escaped(entry), value);
    source(record.source);
  }

  void check(DutyToReport const& duty)
  {
    once(duty_ids_, duty.id.text());
    if (duty.jurisdiction.empty()) missing("", "jurisdiction");
    if (duty.who.empty()) missing("", "who");
    if (duty.when.empty()) missing("", "when");
    if (duty.to_whom.empty()) missing("", "to_whom");
    if (!duty.to.empty()) agency_or_unit("to_id", duty.to);
    if (duty.hours && *duty.hours < 0) error(Code::out_of_range, "hours", "the number is negative");
    citation(duty.citation, true);
    interval(duty.valid, "valid_until");
  }

  void check_size()
  {
    std::size_t hops = content_.services.size() * 2 + content_.units.size() * 2;
    for (Basis const& basis : content_.bases) {
      if (!basis.to.empty() && basis.from.size() > limits_.search_steps / basis.to.size()) hops = limits_.search_steps;
      hops += std::min(basis.from.size() * basis.to.size(), limits_.search_steps);
      if (hops > limits_.search_steps) break;
    }
    std::size_t const stops = content_.agencies.size() + content_.units.size() + content_.services.size();
    if (hops > limits_.search_steps || stops > limits_.search_steps)
      error(Code::limit_reached, "", "the limit \"search_steps\" is reached: the network has too many stops or hops",
            "split the network, or raise the limit");
  }

  NetworkContent const& content_;
  std::string const& file_;
  Limits const& limits_;
  Diagnostics& diagnostics_;
  std::string here_;
  std::set<std::string> sources_, agencies_, units_, services_, locations_;
  std::map<std::string, std::string> agency_of_;
  std::map<std::string, Agreement const*> agreements_;
  std::map<std::string, std::size_t> areas_;  ///< Position of each code.
  std::set<std::string> area_codes_;          ///< Codes that were seen.
  std::set<std::string> source_ids_, location_ids_, figure_ids_, pool_ids_, hotline_ids_, record_ids_, duty_ids_;
  Versions node_ids_, agreement_ids_, basis_ids_, capacity_ids_, rest_ids_, waiting_ids_;
  bool is_history_;
};

}  // namespace

void check_network(NetworkContent const& content, std::string const& file, Limits const& limits,
                   Diagnostics& diagnostics, ContentKind kind)
{
  Checker(content, file, limits, diagnostics, kind).run();
}

}  // namespace tutela::detail
