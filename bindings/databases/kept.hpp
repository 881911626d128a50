// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the bindings for databases keep from one call of a function to the next.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <tutela/base/diagnostic.hpp>
#include <tutela/rules/pack.hpp>

namespace tutela::databases {

/// Packs that are kept loaded.
inline constexpr std::size_t most_packs = 32;

/// How the pack of a call is to be named.
inline constexpr auto which_pack = "give the id of a shipped pack, as 'md/child-protection', or the path of a pack";

/// Values by key, as many as there is room for: the one that was not used for longest goes first.
template <class Key, class Value>
class Kept {
 public:
  explicit Kept(std::size_t most) : most_(most) {}

  /// The value of a key; nothing where it is not kept. It lives until the next call of `keep`.
  [[nodiscard]] Value* find(Key const& key)
  {
    auto const found = values_.find(key);
    if (found == values_.end()) return nullptr;
    found->second.used = ++now_;
    return &found->second.value;
  }

  /// Keeps a value whose key has none yet. It lives until the next call. Linear in what is kept, once there is no room.
  Value& keep(Key key, Value value)
  {
    if (values_.size() >= most_)
      values_.erase(std::min_element(values_.begin(), values_.end(),
                                     [](auto const& a, auto const& b) { return a.second.used < b.second.used; }));
    return values_.emplace(std::move(key), Entry{std::move(value), ++now_}).first->second.value;
  }

 private:
  struct Entry {
    Value value;
    std::uint64_t used;  ///< The later, the larger.
  };

  std::size_t most_;
  std::uint64_t now_ = 0;
  std::map<Key, Entry> values_;
};

/// What is wrong with the name of a decision; nothing where the pack has it.
[[nodiscard]] inline std::optional<Diagnostic> unknown_decision(Pack const& pack, std::string const& decision)
{
  if (pack.find(decision) != nullptr) return std::nullopt;
  std::string all;
  for (auto const& each : pack.decisions()) all += (all.empty() ? "" : ", ") + each.name;
  return Diagnostic{Code::unknown_reference,
                    Severity::error,
                    {},
                    "the pack '" + pack.info().id + "' has no decision '" + decision + "'",
                    "ask for one of: " + all};
}

}  // namespace tutela::databases
