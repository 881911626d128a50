// SPDX-License-Identifier: Apache-2.0
/// \file
/// Values without repetition, in the order they came (internal).
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include <tutela/facts/value.hpp>

namespace tutela::detail {

/// Numbers values that are structurally equal alike. An addition takes constant time for scalars and for contexts and
/// lists of scalars.
class DistinctValues {
 public:
  /// The number of a value; that of the equal one when there is one already.
  std::size_t add(Value const& value)
  {
    auto const [first, last] = places_.equal_range(hash(value));
    for (auto place = first; place != last; ++place)
      if (values_[place->second] == value) return place->second;
    places_.emplace(hash(value), values_.size());
    values_.push_back(value);
    return values_.size() - 1;
  }

  /// True when no equal value was there.
  bool is_new(Value const& value)
  {
    auto const before = values_.size();
    return add(value) == before;
  }

  [[nodiscard]] std::vector<Value> const& values() const { return values_; }

 private:
  static std::size_t hash(Value const& value)
  {
    std::size_t sum = scalar_hash(value);
    if (auto const* list = value.as_list())
      for (auto const& item : list->items) sum = 31 * sum + scalar_hash(item);
    if (auto const* context = value.as_context())  // whose entries have no order
      for (auto const& [name, entry] : context->entries)
        sum += std::hash<std::string>{}(name) ^ (31 * scalar_hash(entry));
    return sum;
  }

  static std::size_t scalar_hash(Value const& value)
  {
    if (auto const* number = value.as_number()) {
      auto const whole = number->to_int64();
      return whole ? std::hash<std::int64_t>{}(*whole) : number->hash();
    }
    if (auto const* text = value.as_string()) return std::hash<std::string>{}(*text);
    if (auto const* date = value.as_date()) return std::hash<std::int64_t>{}(to_days(*date));
    if (auto const* truth = value.as_boolean()) return *truth ? 1 : 0;
    return static_cast<std::size_t>(value.kind());
  }

  std::vector<Value> values_;
  std::unordered_multimap<std::size_t, std::size_t> places_;
};

}  // namespace tutela::detail
