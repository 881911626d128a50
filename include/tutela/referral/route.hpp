// SPDX-License-Identifier: Apache-2.0
/// \file
/// The best lawful path from an agency to a service, or why there is none.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tutela/base/citation.hpp>
#include <tutela/base/config.hpp>
#include <tutela/base/date.hpp>
#include <tutela/base/limits.hpp>
#include <tutela/base/result.hpp>
#include <tutela/base/truth.hpp>
#include <tutela/model/basis.hpp>
#include <tutela/model/case.hpp>
#include <tutela/model/identity.hpp>
#include <tutela/model/service.hpp>
#include <tutela/referral/network.hpp>

namespace tutela::inline v0 {

/// Whether a service may admit the person of the case.
struct AdmissionAnswer {
  Truth admitted = Truth::unknown;   ///< Whether it may.
  std::vector<std::string> missing;  ///< Facts to ask when it is unknown; also what cannot be known.
  std::string decision;              ///< Id of the decision that said so, or empty.
};

/// Whether a service may admit the person by the rules. Called once for each service asked for, unless the published
/// age range or sexes already rule it out; must not throw. The router combines it with `published_admission`.
using AdmissionTest = std::function<AdmissionAnswer(Service const&)>;

/// Where to: one service, any service of a kind, or an agency itself.
using RouteGoal = std::variant<ServiceId, ServiceKind, AgencyId>;

/// A category of data that must travel with the referral, and whether the person agrees to that.
struct DataNeed {
  DataCategory category;           ///< The category.
  Truth consent = Truth::unknown;  ///< Whether the person, or who speaks for them, agrees.

  friend bool operator==(DataNeed const&, DataNeed const&) = default;
};

/// A question to the router about one person. What is left out is unknown.
struct RouteRequest {
  AgencyId from;                   ///< Agency or unit that refers.
  RouteGoal goal;                  ///< Where to.
  Date on;                         ///< The day the question is asked for.
  std::vector<Purpose> purposes;   ///< What the referral is for; each must be allowed on each hop.
  std::vector<DataNeed> data;      ///< Data that must travel for it; keep to the least.
  Truth danger = Truth::unknown;   ///< Whether there is danger to life or health now.
  std::vector<HeldAct> acts;       ///< Acts of court, prosecutor or commission in the file; others are unknown.
  std::optional<Date> birth_date;  ///< Birth date, for the published age range.
  std::optional<Sex> sex;          ///< Sex, for services for one only.
  std::vector<std::string>
      area_codes;  ///< Codes of the areas the person lives in, of every level; empty when not known.
  std::string birth_date_fact = "person.birth_date";  ///< Name under which the birth date is asked for.
  std::string sex_fact = "person.sex";                ///< Name under which the sex is asked for.
  std::string area_fact = "person.area_codes";        ///< Name under which the area is asked for.
  AdmissionTest admission;               ///< The rules' view; left out where the network's own data must do.
  std::int32_t fresh_days = 7;           ///< Free places seen more days ago than this are unknown. 0 or more.
  std::int32_t waiting_fresh_days = 92;  ///< Waiting times of more days ago than this are unknown. 0 or more.
};

/// How sure a hop or a path is.
enum class HopState : std::uint8_t {
  blocked,   ///< It cannot be gone.
  possible,  ///< It may be possible; the questions to ask are named.
  certain    ///< It can be gone.
};

/// `certain`, `possible` or `blocked`.
[[nodiscard]] TUTELA_API std::string_view to_string(HopState state) noexcept;

/// Days something takes: at least `lower`, at most `upper`; nothing when no upper bound is known.
struct DayBounds {
  std::int64_t lower = 0;             ///< At least.
  std::optional<std::int64_t> upper;  ///< At most; nothing when not known.

  friend bool operator==(DayBounds const&, DayBounds const&) = default;
};

/// What keeps a hop from being certain.
enum class ObstacleKind : std::uint8_t {
  agreement_not_in_force,  ///< The agreement is in another state; `detail` names it, `since` its date.
  agreement_window,        ///< The day lies outside the agreement's window or its referral window.
  not_covered,             ///< The agreement does not cover the person, or it is not known; `detail`: age, sex, area.
  basis_not_valid,         ///< The ground is not valid on the day.
  purpose_not_allowed,     ///< A purpose is not among those allowed; `detail` names it.
  purpose_not_published,   ///< It was not published for which purposes the agreement is.
  category_not_allowed,    ///< A category of data is not among those allowed; `detail` names it.
  category_not_published,  ///< It was not published which data may travel.
  consent,                 ///< Consent is not given, or not known; `detail` names the category of data.
  act,                     ///< An act is not there, or not known; `detail` names it.
  danger,                  ///< There is no danger to life or health, or it is not known.
  not_admitted,            ///< The service may not admit the person, or that is not known; `detail`: the decision.
  service_closed,          ///< The service is closed.
  out_of_service,          ///< The service takes nobody on the day; `detail` names the reason, `since` the first day.
  capacity_full,           ///< No free place on the day, and no waiting time is known.
  places_unknown           ///< Free places and waiting time are not known, or what is known is too old.
};

/// The word for programs: `capacity_full`.
[[nodiscard]] TUTELA_API std::string_view to_string(ObstacleKind kind) noexcept;

/// One thing that keeps a hop from being certain.
struct Obstacle {
  ObstacleKind kind = ObstacleKind::places_unknown;  ///< What it is.
  Truth holds = Truth::yes;                          ///< `yes`: it blocks the hop. `unknown`: it may, ask.
  std::string subject;                               ///< Identifier of the agreement, ground or service it is about.
  std::string detail;            ///< State, category, act or decision, as a code word; may be empty.
  std::optional<Date> since;     ///< First day of that state as recorded, where there is one.
  std::vector<std::string> ask;  ///< Facts that would settle it.

  friend bool operator==(Obstacle const&, Obstacle const&) = default;
};

/// One hop of a path, or a hop that blocks all paths: the proof in one record.
struct Hop {
  NodeId from;                              ///< Who refers.
  NodeId to;                                ///< Who is referred to.
  HopState state = HopState::blocked;       ///< How sure it is.
  BasisKind kind = BasisKind::same_agency;  ///< What it rests on.
  BasisId basis;                            ///< The ground; empty for `same_agency`.
  AgreementId agreement;                    ///< The agreement; empty unless it rests on one.
  std::optional<Citation> citation;         ///< The article, where the ground has one.
  DayBounds days;                           ///< How long it takes.
  std::vector<DataCategory> categories;     ///< The data that travel on it.
  std::vector<Obstacle> obstacles;          ///< Why it is not certain; empty when it is.

  friend bool operator==(Hop const&, Hop const&) = default;
};

/// A lawful path.
struct Route {
  std::vector<Hop> hops;                 ///< The hops in order; empty when the start is the goal.
  HopState state = HopState::certain;    ///< The least sure of the hops.
  DayBounds days;                        ///< How long it takes.
  ServiceId service;                     ///< The service it ends at; empty when the goal is an agency.
  std::optional<Date> first_free_place;  ///< First day with a free place; nothing when not known.
  std::vector<std::string> ask;          ///< Facts that would settle what is open, sorted, without repetition.

  friend bool operator==(Route const&, Route const&) = default;
};

/// The answer: the best certain path; where one would be better, the best possible one; or why there is none.
struct RouteAnswer {
  std::optional<Route> certain;   ///< The best path of certain hops.
  std::optional<Route> possible;  ///< The best path that is merely possible, when better than `certain` or alone.
  std::vector<Hop> blocked;       ///< Without any path: every blocked hop from where one can get to, towards the goal.
  bool goal_exists = true;        ///< False when no service of the kind is in the network.
  std::vector<DutyToReport> duties;  ///< Duties to report on this day. They hold whatever the answer is.
  std::string jurisdiction;          ///< Whose law the duties are of.

  /// True when the data hold no duty to report for the jurisdiction; then a lawyer must be asked, nothing is implied.
  [[nodiscard]] bool duties_unknown() const noexcept { return duties.empty(); }

  /// How sure the best path is; `blocked` when there is none.
  [[nodiscard]] HopState state() const noexcept
  {
    return certain ? HopState::certain : possible ? HopState::possible : HopState::blocked;
  }

  /// The certain path, else the possible one, else nothing.
  [[nodiscard]] Route const* best() const noexcept { return certain ? &*certain : possible ? &*possible : nullptr; }
};

/// Finds the best lawful path for one person.
///
/// A path is better with fewer hops of unknown duration, then with fewer days, then with fewer hops; the rest is
/// decided by the order of identifiers, so equal questions have equal answers. Days count by their upper bound
/// where there is one, else by their lower.
/// \return The answer, or what is wrong with the request (a stop that the network lacks, a negative number of days).
/// \complexity O((S + H) log S) for S stops and H hops; admission is asked once for each service of the goal.
[[nodiscard]] TUTELA_API Result<RouteAnswer> find_route(Network const& network, RouteRequest const& request);

/// Whether a service's published age range and sexes admit the person; no rules are run. Required acts are a matter of
/// the case and are looked for by the router.
[[nodiscard]] TUTELA_API AdmissionAnswer published_admission(Service const& service, RouteRequest const& request);

/// The obstacle as an English sentence without a full stop.
[[nodiscard]] TUTELA_API std::string to_string(Obstacle const& obstacle);

/// The answer in English, one line for each hop, obstacle and duty.
[[nodiscard]] TUTELA_API std::string explain(RouteAnswer const& answer, Network const& network);

}  // namespace tutela::inline v0
