// SPDX-License-Identifier: Apache-2.0
/// \file
/// The best paths of every number of hops (internal).
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "referral/network_index.hpp"

namespace tutela::detail {

/// The best way to every stop with exactly one, two, three ... hops, as long as more hops make it better.
///
/// A label says how good a way is; a smaller one is better, and going on from a better one is never worse. Of ways with
/// the same label the one whose hops come first in order is kept.
template <class Label>
class Layers {
 public:
  struct Entry {
    Label label{};
    std::uint32_t hop = 0;  ///< The last hop.
  };

  /// \param extend Gives the label after a hop, or nothing where it is shut: `(label, hop) -> optional<Label>`.
  /// \param is_end Whether paths end at a stop.
  template <class Extend, class IsEnd>
  Layers(NetworkIndex const& index, std::uint32_t start, Label const& first, Extend&& extend, IsEnd&& is_end)
      : index_(index), start_(start)
  {
    std::vector<std::optional<Label>> best(index.nodes.size());
    best[start] = first;
    std::vector<std::uint32_t> open{start};
    std::vector<Label> at{first};
    while (!open.empty()) {
      auto& layer = layers_.emplace_back();
      std::vector<std::uint32_t> reached;
      for (std::size_t i = 0; i < open.size(); ++i) {
        if (is_end(open[i])) continue;
        for (std::uint32_t hop = index.first_from[open[i]]; hop < index.first_from[open[i] + 1]; ++hop) {
          std::optional<Label> const label = extend(at[i], hop);
          std::uint32_t const to = index.hops[hop].to;
          if (!label || (best[to] && !(*label < *best[to]))) continue;
          auto const [entry, added] = layer.try_emplace(to, Entry{*label, hop});
          if (added) {
            reached.push_back(to);
          } else if (*label < entry->second.label ||
                     (*label == entry->second.label && is_first(hop, entry->second.hop))) {
            entry->second = {*label, hop};
          }
        }
      }
      std::sort(reached.begin(), reached.end());
      open = std::move(reached);
      at.clear();
      for (std::uint32_t const stop : open) {
        at.push_back(layer.find(stop)->second.label);
        best[stop] = at.back();
      }
    }
  }

  /// How many hops the longest way that was kept has.
  [[nodiscard]] std::size_t most_hops() const noexcept { return layers_.size(); }

  /// The way to a stop with so many hops, 1 or more; null when none was kept.
  [[nodiscard]] Entry const* at(std::size_t hops, std::uint32_t stop) const
  {
    auto const found = layers_[hops - 1].find(stop);
    return found == layers_[hops - 1].end() ? nullptr : &found->second;
  }

  /// The hops of a way that was kept.
  [[nodiscard]] std::vector<std::uint32_t> path(std::size_t hops, std::uint32_t stop) const
  {
    std::vector<std::uint32_t> result(hops);
    for (; hops > 0; --hops) {
      result[hops - 1] = at(hops, stop)->hop;
      stop = index_.hops[result[hops - 1]].from;
    }
    return result;
  }

 private:
  /// Whether the way that ends with `hop` comes before the one that ends with `other`; both are in the last layer.
  [[nodiscard]] bool is_first(std::uint32_t hop, std::uint32_t other) const
  {
    std::size_t const before = layers_.size() - 1;
    std::uint32_t const from = index_.hops[hop].from;
    std::uint32_t const other_from = index_.hops[other].from;
    if (from == other_from) return hop < other;
    return path(before, from) < path(before, other_from);
  }

  NetworkIndex const& index_;
  std::uint32_t start_;
  std::vector<std::unordered_map<std::uint32_t, Entry>> layers_;
};

}  // namespace tutela::detail
