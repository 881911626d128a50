// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include <tutela/io/monitoring.hpp>

namespace tutela {
namespace {

constexpr std::int64_t monday = 1'767'571'200;  // 2026-01-05T00:00Z
constexpr GroundPoint home{470'100'000, 288'600'000};
constexpr GroundPoint hidden{470'500'000, 289'000'000};

std::int64_t at(int day, int hour, int minute = 0) { return monday + day * 86'400 + hour * 3'600 + minute * 60; }

GroundPoint moved(GroundPoint from, double north, double east)
{
  return {from.latitude + static_cast<std::int32_t>(std::lround(north * 89.9)),
          from.longitude + static_cast<std::int32_t>(std::lround(east * 131.7))};
}

PositionEvent event(std::int64_t when, GroundPoint point, std::uint32_t accuracy = 10)
{
  return {when, when, point, accuracy};
}

MonitoringOrder order_with(MonitoringCondition condition)
{
  MonitoringOrder order;
  order.id = "order";
  order.conditions = {std::move(condition)};
  order.retention = Term{30, TermUnit::days};
  order.child_in_household = Truth::no;
  return order;
}

MonitoringCondition curfew()
{
  MonitoringCondition condition;
  condition.id = "nights";
  condition.kind = ConditionKind::curfew;
  condition.zone = MonitoringZone::circle(home, 100).value();
  condition.hours = {{22 * 60, 6 * 60, 0x7F}};
  return condition;
}

MonitoringCondition no_approach(int distance = 500)
{
  MonitoringCondition condition;
  condition.id = "keep-away";
  condition.kind = ConditionKind::no_approach;
  condition.distance = distance;
  condition.protected_places = {"p1"};
  condition.severity = AlertSeverity::alarm;
  return condition;
}

MonitoringReview review(MonitoringOrder const& order, std::vector<PositionEvent> const& events,
                        GroundPoint place = hidden)
{
  return check_positions(order, {{{"p1", place}}}, events, events.front().at, events.back().at + 1).value();
}

TEST(Monitoring, ACurfewHoldsThroughMidnight)
{
  auto const order = order_with(curfew());
  auto const away = moved(home, 400, 0);
  std::vector const events{event(at(0, 21, 55), away), event(at(0, 22, 0), away),  event(at(0, 22, 5), away),
                           event(at(0, 22, 10), home), event(at(0, 22, 15), away), event(at(0, 22, 20), away)};
  auto const found = review(order, events);
  ASSERT_EQ(found.alerts.size(), 2U);
  EXPECT_EQ(found.alerts[0],
            (MonitoringAlert{"nights", ConditionKind::curfew, AlertSeverity::warning, at(0, 22), at(0, 22, 5), 2}));
  EXPECT_EQ(found.alerts[1].from, at(0, 22, 15));
  std::vector const morning{event(at(1, 5, 55), away), event(at(1, 6, 0), away)};
  EXPECT_EQ(review(order, morning).alerts.at(0).reports, 1U);
  auto weekdays = order;
  weekdays.conditions[0].hours[0].weekdays = 0x01;  // nights that begin on a Monday
  EXPECT_EQ(review(weekdays, morning).alerts.size(), 1U);
  weekdays.conditions[0].hours[0].weekdays = 0x02;
  EXPECT_TRUE(review(weekdays, morning).alerts.empty());
}

TEST(Monitoring, HoursAreReadOnTheClockOnTheWall)
{
  auto order = order_with(curfew());
  auto const away = moved(home, 400, 0);
  std::vector const events{event(at(0, 20), away)};
  EXPECT_TRUE(review(order, events).alerts.empty());
  order.offsets = {{0, 120}};
  EXPECT_EQ(review(order, events).alerts.size(), 1U) << "20:00 in UTC is 22:00 there";
}

TEST(Monitoring, GapsAndOldPositionsAreNeverAViolation)
{
  auto const order = order_with(curfew());
  auto const away = moved(home, 400, 0);
  auto stale = event(at(0, 23, 9), away);
  stale.fixed_at = at(0, 21, 0);
  std::vector const events{event(at(0, 23, 0), home), stale, event(at(0, 23, 20), home), event(at(0, 23, 50), away)};
  auto const found = check_positions(order, {}, events, at(0, 22), at(1, 0, 30)).value();
  EXPECT_EQ(found.stale, 1U);
  ASSERT_EQ(found.alerts.size(), 1U);
  EXPECT_EQ(found.alerts[0].from, at(0, 23, 50));
  ASSERT_EQ(found.unsaid.size(), 4U);
  EXPECT_EQ(found.unsaid[0], (UnsaidStretch{{}, UnsaidReason::gap, at(0, 22), at(0, 23)}));
  EXPECT_EQ(found.unsaid[1], (UnsaidStretch{{}, UnsaidReason::stale, at(0, 23), at(0, 23, 20)}));
  EXPECT_EQ(found.unsaid[2].reason, UnsaidReason::gap);
  EXPECT_EQ(found.unsaid[3], (UnsaidStretch{{}, UnsaidReason::gap, at(0, 23, 50), at(1, 0, 30)}));
  EXPECT_EQ(check_positions(order, {}, {}, at(0, 22), at(1, 0)).value().unsaid.size(), 1U);
}

TEST(Monitoring, AViolationBeforeAGapAndOneAfterItAreTwo)
{
  auto const away = moved(home, 400, 0);
  auto const found = review(order_with(curfew()), {event(at(0, 23), away), event(at(0, 23, 30), away)});
  ASSERT_EQ(found.alerts.size(), 2U) << "what was in between nobody can say";
  EXPECT_EQ(found.alerts[0].until, at(0, 23));
}

TEST(Monitoring, AnImprecisePositionIsNoViolation)
{
  auto const order = order_with(curfew());
  std::vector const events{event(at(0, 22, 0), moved(home, 120, 0), 50), event(at(0, 22, 5), moved(home, 5'000, 0), 0),
                           event(at(0, 22, 10), home, 20)};
  auto const found = review(order, events);
  EXPECT_TRUE(found.alerts.empty());
  ASSERT_EQ(found.unsaid.size(), 1U);
  EXPECT_EQ(found.unsaid[0], (UnsaidStretch{"nights", UnsaidReason::imprecise, at(0, 22), at(0, 22, 10)}));
}

TEST(Monitoring, HowNearAPersonCameIsDecidedOnlyWhenItIsCertain)
{
  auto const order = order_with(no_approach(500));
  auto const at_distance = [&](double metres) {
    return review(order, {event(at(0, 9), moved(hidden, metres, 0), 50)});
  };
  EXPECT_EQ(at_distance(440).alerts.size(), 1U);
  EXPECT_TRUE(at_distance(470).alerts.empty());
  EXPECT_EQ(at_distance(470).unsaid.size(), 1U);
  EXPECT_EQ(at_distance(530).unsaid.size(), 1U);
  EXPECT_TRUE(at_distance(560).unsaid.empty());
  EXPECT_TRUE(at_distance(560).alerts.empty());
}

TEST(Monitoring, ZonesToStayInAndToStayOutOf)
{
  MonitoringCondition stay;
  stay.id = "stay";
  stay.zone = MonitoringZone::polygon(
                  {moved(home, -500, -500), moved(home, -500, 500), moved(home, 500, 500), moved(home, 500, -500)})
                  .value();
  auto order = order_with(stay);
  std::vector const events{event(at(0, 9), home), event(at(0, 9, 5), moved(home, 0, 700))};
  EXPECT_EQ(review(order, events).alerts.at(0).from, at(0, 9, 5));
  order.conditions[0].kind = ConditionKind::exclusion;
  EXPECT_EQ(review(order, events).alerts.at(0).from, at(0, 9));
  order.conditions[0].valid = {Date{2026, 1, 6}, {}};
  EXPECT_TRUE(review(order, events).alerts.empty());
}

TEST(Monitoring, AProtectedPlaceThatIsNotThereIsSaid)
{
  auto const order = order_with(no_approach());
  std::vector const events{event(at(0, 9), hidden)};
  EXPECT_EQ(review(order, events).alerts.at(0).severity, AlertSeverity::alarm);
  auto const found = check_positions(order, {}, events, at(0, 9), at(0, 9, 1)).value();
  EXPECT_TRUE(found.alerts.empty());
  EXPECT_EQ(found.unsaid.at(0).reason, UnsaidReason::place_not_there);
}

TEST(Monitoring, AChildInTheHouseholdAndAMissingRetentionRaiseTasks)
{
  auto order = order_with(curfew());
  std::vector const events{event(at(0, 9), home)};
  EXPECT_TRUE(review(order, events).tasks.empty());
  order.child_in_household = Truth::yes;
  EXPECT_EQ(review(order, events).tasks, std::vector{MonitoringTask::tell_childrens_service});
  order.child_in_household = Truth::unknown;
  order.retention.reset();
  EXPECT_EQ(review(order, events).tasks,
            (std::vector{MonitoringTask::ask_about_children, MonitoringTask::set_retention}));
}

TEST(Monitoring, PositionsAreErasedWhenTheirRetentionIsOver)
{
  auto order = order_with(curfew());
  std::vector<PositionEvent> events;
  for (int day = 0; day < 60; ++day) events.push_back(event(at(day, 12), home));
  EXPECT_EQ(positions_to_erase(order, events, {2026, 2, 4}), 0U) << "30 days after 5 January still counts";
  EXPECT_EQ(positions_to_erase(order, events, {2026, 2, 5}), 1U);
  EXPECT_EQ(positions_to_erase(order, events, {2027, 1, 1}), 60U);
  order.retention.reset();
  EXPECT_FALSE(positions_to_erase(order, events, {2027, 1, 1}));
}

TEST(Monitoring, WhatIsWrongIsSaidWithItsPlace)
{
  auto order = order_with(no_approach(5));
  order.conditions.push_back(curfew());
  order.conditions[1].zone.reset();
  order.conditions[1].hours.clear();
  auto const wrong = check_positions(order, {}, {}, 0, 1);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.diagnostics().size(), 3U) << to_string(wrong.diagnostics());
  std::vector const back{event(at(0, 9), home), event(at(0, 8), home)};
  auto const found = check_positions(order_with(curfew()), {}, back, 0, at(1, 0));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.diagnostics().front().place.pointer, "/events/1");
  Limits limits;
  limits.elements = 1;
  EXPECT_EQ(check_positions(order_with(curfew()), {}, back, 0, 1, limits).diagnostics().front().code,
            Code::limit_reached);
  auto wild = event(std::numeric_limits<std::int64_t>::max(), home);
  wild.fixed_at = std::numeric_limits<std::int64_t>::min();
  std::vector const extremes{event(std::numeric_limits<std::int64_t>::min(), home), wild};
  EXPECT_EQ(check_positions(order_with(curfew()), {}, extremes, 0, at(1, 0)).value().events, 0U);
  EXPECT_EQ(positions_to_erase(order_with(curfew()), extremes, {2026, 1, 1}), 1U);
  wild.at = at(0, 9);
  EXPECT_EQ(check_positions(order_with(curfew()), {}, std::vector{wild}, 0, at(1, 0)).value().stale, 1U);
  EXPECT_FALSE(check_positions(order_with(curfew()), {}, {}, std::numeric_limits<std::int64_t>::min(), 0));
  auto far = order_with(curfew());
  far.offsets = {{0, 900}};
  EXPECT_FALSE(check_positions(far, {}, {}, 0, 1));
  EXPECT_FALSE(MonitoringZone::circle(home, 5));
  EXPECT_FALSE(MonitoringZone::circle({901'000'000, 0}, 50));
  EXPECT_FALSE(MonitoringZone::polygon({home, moved(home, 10, 10)}));
  EXPECT_FALSE(MonitoringZone::polygon({home, moved(home, 100, 0), moved(home, 200, 0)}));
}

// --- Against slow references ---

/// A point in space, in metres from the centre of the ellipsoid WGS 84.
std::array<double, 3> in_space(GroundPoint point)
{
  double const flat = 1 / 298.257223563;
  double const squared = flat * (2 - flat);
  double const latitude = point.latitude * 1e-7 * std::numbers::pi / 180;
  double const longitude = point.longitude * 1e-7 * std::numbers::pi / 180;
  double const radius = 6'378'137.0 / std::sqrt(1 - squared * std::sin(latitude) * std::sin(latitude));
  return {radius * std::cos(latitude) * std::cos(longitude), radius * std::cos(latitude) * std::sin(longitude),
          radius * (1 - squared) * std::sin(latitude)};
}

/// The straight line through the ground, bent over a sphere of its size.
double reference_distance(GroundPoint lhs, GroundPoint rhs)
{
  auto const from = in_space(lhs);
  auto const to = in_space(rhs);
  double const chord = std::hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2]);
  double const radius = 6'371'000.0;
  return 2 * radius * std::asin(chord / (2 * radius));
}

TEST(Monitoring, DistancesEqualTheLineThroughTheEllipsoid)
{
  std::mt19937 random(20'261'132);
  std::uniform_real_distribution<double> unit(-1, 1);
  double worst = 0;
  for (int round = 0; round < 200'000; ++round) {
    GroundPoint const from{static_cast<std::int32_t>(unit(random) * 700'000'000),
                           static_cast<std::int32_t>(unit(random) * 1'799'999'999)};
    double const reach = std::pow(10.0, 3 + 4.2 * std::abs(unit(random)));  // to about 150 km
    auto const to_latitude = from.latitude + static_cast<std::int32_t>(unit(random) * reach);
    auto to_longitude = std::int64_t{from.longitude} + static_cast<std::int64_t>(unit(random) * reach);
    if (to_longitude > 1'800'000'000) to_longitude -= 3'600'000'000;
    if (to_longitude < -1'800'000'000) to_longitude += 3'600'000'000;
    GroundPoint const to{to_latitude, static_cast<std::int32_t>(to_longitude)};
    double const expected = reference_distance(from, to);
    double const found = distance_between(from, to);
    worst = std::max(worst, std::abs(found - expected) / distance_margin(expected));
    ASSERT_LE(std::abs(found - expected), distance_margin(expected) / 10) << expected;
  }
  RecordProperty("worst_share_of_margin", std::to_string(worst));
}

/// Whether a point lies in a polygon, by the sum of the angles around it.
bool reference_inside(std::span<GroundPoint const> corners, GroundPoint point)
{
  double sum = 0;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    auto const angle = [&](GroundPoint corner) {
      return std::atan2(static_cast<double>(corner.latitude) - point.latitude,
                        static_cast<double>(corner.longitude) - point.longitude);
    };
    double turn = angle(corners[(i + 1) % corners.size()]) - angle(corners[i]);
    while (turn > std::numbers::pi) turn -= 2 * std::numbers::pi;
    while (turn < -std::numbers::pi) turn += 2 * std::numbers::pi;
    sum += turn;
  }
  return std::abs(sum) > 1;
}

TEST(Monitoring, WhatIsCertainHoldsWhereverThePersonMayBe)
{
  std::mt19937 random(20'261'133);
  std::uniform_real_distribution<double> unit(-1, 1);
  std::array<int, 3> seen{};
  for (int round = 0; round < 20'000; ++round) {
    std::vector<GroundPoint> corners;  // a star around the home: its edges do not cross
    int const count = 3 + static_cast<int>(random() % 9);
    for (int i = 0; i < count; ++i) {
      double const angle = 2 * std::numbers::pi * i / count;
      double const reach = 300 + 250 * unit(random);
      corners.push_back(moved(home, reach * std::sin(angle), reach * std::cos(angle)));
    }
    bool const round_zone = random() % 2 == 0;
    auto const zone = round_zone ? MonitoringZone::circle(home, 300).value() : MonitoringZone::polygon(corners).value();
    auto const point = moved(home, 700 * unit(random), 700 * unit(random));
    auto const accuracy = static_cast<std::uint32_t>(1 + random() % 80);
    auto const found = zone.contains(point, accuracy);
    ++seen[static_cast<std::size_t>(found)];
    auto const inside = [&](GroundPoint where) {
      return round_zone ? reference_distance(home, where) <= 300 : reference_inside(corners, where);
    };
    int in = 0;
    int const tries = 48;
    for (int i = 0; i < tries; ++i) {
      double const angle = 2 * std::numbers::pi * i / tries;
      in += inside(moved(point, accuracy * 0.999 * std::sin(angle), accuracy * 0.999 * std::cos(angle))) ? 1 : 0;
    }
    auto const allowed = in == tries ? Truth::yes : in == 0 ? Truth::no : Truth::unknown;
    ASSERT_TRUE(found == allowed || found == Truth::unknown) << in << " of " << tries;
  }
  for (int const each : seen) EXPECT_GT(each, 1'000);
}

/// A random walk around the home and the hidden place, with gaps, old and imprecise positions.
std::vector<PositionEvent> random_stream(std::mt19937& random, GroundPoint around)
{
  std::uniform_real_distribution<double> unit(-1, 1);
  std::vector<PositionEvent> events;
  auto when = at(0, 18);
  for (int i = 0; i < 200; ++i) {
    when += random() % 12 == 0 ? 900 : 60 + static_cast<int>(random() % 240);
    auto one = event(when, moved(around, 1'500 * unit(random), 1'500 * unit(random)),
                     random() % 10 == 0 ? 0U : static_cast<std::uint32_t>(5 + random() % 60));
    if (random() % 10 == 0) one.fixed_at -= 1'000;
    events.push_back(one);
  }
  return events;
}

MonitoringOrder every_condition(bool tell)
{
  auto order = order_with(curfew());
  MonitoringCondition stay;
  stay.id = "stay";
  stay.zone = MonitoringZone::circle(home, 1'000).value();
  order.conditions.push_back(stay);
  order.conditions.push_back(no_approach(700));
  if (tell) order.conditions.back().tell_monitored = true;
  return order;
}

TEST(Monitoring, NothingTheMonitoredSideIsToldDependsOnTheHiddenPlace)
{
  std::mt19937 random(20'261'134);
  auto const order = every_condition(false);
  std::size_t alarms = 0;
  std::size_t notices = 0;
  for (int round = 0; round < 400; ++round) {
    auto const events = random_stream(random, home);
    auto const near = review(order, events, moved(home, 800, 300));
    auto const far = review(order, events, moved(home, 90'000, 70'000));
    for (auto const& alert : near.alerts) alarms += alert.kind == ConditionKind::no_approach ? 1 : 0;
    auto const told = notices_for(order, near);
    notices += told.size();
    ASSERT_EQ(write_monitored_notices(told), write_monitored_notices(notices_for(order, far)));
  }
  EXPECT_GT(alarms, 400U) << "approaches must occur";
  EXPECT_GT(notices, 400U);
}

TEST(Monitoring, NoAlertOrNoticeContainsTheHiddenPlace)
{
  std::mt19937 random(20'261'135);
  auto order = every_condition(true);
  order.conditions.back().protected_places = {"name-of-the-hidden-place"};
  for (int round = 0; round < 400; ++round) {
    GroundPoint const place{static_cast<std::int32_t>(470'100'000 + random() % 100'000),
                            static_cast<std::int32_t>(288'600'000 + random() % 100'000)};
    auto const events = random_stream(random, place);
    auto const found =
        check_positions(order, {{{"name-of-the-hidden-place", place}}}, events, events.front().at, events.back().at + 1)
            .value();
    auto const told = notices_for(order, found);
    auto const text = write_monitored_notices(told) + write_monitoring_review(found);
    for (auto const& secret :
         {std::to_string(place.latitude), std::to_string(place.longitude), std::to_string(place.latitude).substr(0, 5),
          std::string("name-of-the-hidden"), std::string("700"), std::string("distance")})
      ASSERT_EQ(text.find(secret), std::string::npos) << secret;
    // All that a notice of an approach says is when, and to call.
    for (std::size_t i = 0; i < told.size(); ++i)
      if (found.alerts[i].kind == ConditionKind::no_approach) {
        ASSERT_EQ(told[i], (MonitoredNotice{found.alerts[i].from, MonitoredInstruction::contact_the_centre}));
      }
  }
}

TEST(Monitoring, LosingReportsNeverMakesAViolation)
{
  std::mt19937 random(20'261'136);
  auto const order = every_condition(false);
  auto const violations = [&](std::vector<PositionEvent> const& events) {
    std::size_t count = 0;
    for (auto const& alert : review(order, events, home).alerts) count += alert.reports;
    return count;
  };
  std::size_t seen = 0;
  for (int round = 0; round < 400; ++round) {
    auto const events = random_stream(random, home);
    std::vector<PositionEvent> kept;
    for (auto const& each : events)
      if (random() % 3 != 0) kept.push_back(each);
    auto blurred = events;
    for (auto& each : blurred) each.accuracy += each.accuracy == 0 ? 0U : static_cast<std::uint32_t>(random() % 100);
    auto const all = violations(events);
    ASSERT_LE(violations(kept), all);
    ASSERT_LE(violations(blurred), all);
    seen += all;
  }
  EXPECT_GT(seen, 1'000U);
}

}  // namespace
}  // namespace tutela
