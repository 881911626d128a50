// SPDX-License-Identifier: Apache-2.0
#include <tutela/model/capacity.hpp>

namespace tutela::inline v0 {
namespace {

DayPlaces const* entry_on(Capacity const& capacity, Date on) noexcept
{
  for (DayPlaces const& entry : capacity.days)
    if (entry.days.contains(on)) return &entry;
  return nullptr;
}

}  // namespace

std::optional<std::int64_t> maximum_on(Capacity const& capacity, Date on) noexcept
{
  DayPlaces const* entry = entry_on(capacity, on);
  return entry != nullptr && entry->maximum ? entry->maximum : capacity.maximum;
}

std::optional<Date> stale_from(Capacity const& capacity, std::int32_t fresh_days) noexcept
{
  if (!capacity.updated) return std::nullopt;
  return add_days(*capacity.updated, std::int64_t{capacity.fresh_days.value_or(fresh_days)} + 1);
}

std::optional<std::int64_t> available_on(Capacity const& capacity, Date on, std::int32_t fresh_days) noexcept
{
  if (!capacity.updated || on < *capacity.updated) return std::nullopt;
  auto const stale = stale_from(capacity, fresh_days);
  if (stale && on >= *stale) return std::nullopt;
  DayPlaces const* entry = entry_on(capacity, on);
  return entry != nullptr ? entry->available : capacity.available;
}

std::optional<std::int64_t> people_in(Capacity const& capacity, std::int64_t units) noexcept
{
  if (capacity.per_person) return units / *capacity.per_person;
  switch (capacity.unit) {
    case CapacityUnit::child:
    case CapacityUnit::person:
    case CapacityUnit::place:
    case CapacityUnit::bed: return units;
    case CapacityUnit::pair:
    case CapacityUnit::family:
    case CapacityUnit::hours:
    case CapacityUnit::points: break;
  }
  return std::nullopt;
}

}  // namespace tutela::inline v0
