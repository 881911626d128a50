// SPDX-License-Identifier: Apache-2.0
/// \file
/// A million reports of a monitored person, checked against four conditions. The stream is synthetic.
#include <benchmark/benchmark.h>

#include <random>

#include <tutela/casework/monitoring.hpp>

namespace tutela {
namespace {

constexpr GroundPoint home{465'000'000, 275'000'000};

GroundPoint near_home(std::mt19937& random, std::int32_t reach)
{
  auto const step = [&] { return static_cast<std::int32_t>(random() % static_cast<unsigned>(2 * reach)) - reach; };
  return {home.latitude + step(), home.longitude + step()};
}

MonitoringCondition condition(char const* id, ConditionKind kind, std::optional<MonitoringZone> zone)
{
  MonitoringCondition made;
  made.id = id;
  made.kind = kind;
  made.zone = std::move(zone);
  return made;
}

MonitoringOrder order()
{
  MonitoringOrder made;
  made.id = "order";
  std::vector<GroundPoint> corners;
  for (std::int32_t i = 0; i < 20; ++i)
    corners.push_back({home.latitude + (i < 10 ? i : 19 - i) * 40'000, home.longitude + (i < 10 ? 0 : 400'000)});
  auto curfew = condition("nights", ConditionKind::curfew, MonitoringZone::circle(home, 100).value());
  curfew.hours = {{22 * 60, 6 * 60, 0x7F}};
  auto away = condition("keep-away", ConditionKind::no_approach, {});
  away.distance = 500;
  away.protected_places = {"place"};
  made.conditions = {
      curfew, condition("region", ConditionKind::zone, MonitoringZone::polygon(corners).value()),
      condition("stadium", ConditionKind::exclusion, MonitoringZone::circle({465'100'000, 275'100'000}, 300).value()),
      away};
  return made;
}

void million_reports(benchmark::State& state)
{
  std::mt19937 random(20'261'123);
  std::vector<PositionEvent> events(1'000'000);
  std::int64_t at = 1'767'571'200;
  for (auto& event : events) {
    at += 20 + static_cast<std::int64_t>(random() % 40);
    event = {at, at - static_cast<std::int64_t>(random() % 330), near_home(random, 300'000),
             5 + static_cast<std::uint32_t>(random() % 40)};
  }
  auto const watched = order();
  ProtectedPlaces const places{{{"place", {465'150'000, 275'150'000}}}};
  for (auto _ : state) {
    auto const review = check_positions(watched, places, events, events.front().at, at + 1);
    benchmark::DoNotOptimize(review->alerts.size());
  }
}
BENCHMARK(million_reports)->Name("monitoring/a million reports, four conditions")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tutela
