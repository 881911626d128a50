// SPDX-License-Identifier: Apache-2.0
/// \file
/// Answers as canonical decision diagrams over facts cut into regions (internal).
///
/// A *region* is a set of values of one fact that no rule tells apart. A node tests one fact and has a child for each of
/// its regions; facts are tested in their order; equal nodes are one node and a test that changes nothing is none. So two
/// diagrams are equal exactly when they give the same answers, and a fact matters exactly when a node tests it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace tutela::detail {

/// A store of diagrams over the same facts. Copying it copies a few flat arrays.
class RegionDiagrams {
 public:
  using Id = std::uint32_t;
  using Bits = std::uint64_t;

  /// No diagram: the store may not grow further.
  static constexpr Id none = ~Id{0};

  /// \param regions Number of regions of each fact, in the order in which facts are tested.
  /// \param most    Nodes that the store may hold.
  explicit RegionDiagrams(std::vector<std::uint32_t> regions, std::size_t most = std::size_t{1} << 18U);

  /// An answer, by its number.
  Id answer(std::uint32_t number);

  /// "Which region is `fact` in?", with one child for each of its regions; a child tests later facts only.
  Id test(std::uint32_t fact, std::span<Id const> children);

  /// "Is the region of `fact` below `cut`? Then `first`, otherwise `second`."
  Id select(std::uint32_t fact, std::uint32_t cut, Id first, Id second);

  /// The diagram once the region of a fact is known. Cached.
  Id restricted(Id id, std::uint32_t fact, std::uint32_t region);

  /// For each fact and each two neighbouring regions, whether one of these diagrams tells them apart.
  [[nodiscard]] std::vector<std::vector<bool>> told_apart(std::span<Id const> roots) const;

  /// The same diagrams with neighbouring regions joined that are not told apart. \param roots Diagrams; replaced.
  [[nodiscard]] RegionDiagrams joined(std::vector<std::vector<bool>> const& told_apart, std::span<Id> roots) const;

  [[nodiscard]] bool is_answer(Id id) const { return nodes_[id].fact == facts(); }
  /// The fact that the node tests; the number of facts for an answer.
  [[nodiscard]] std::uint32_t fact(Id id) const { return nodes_[id].fact; }
  [[nodiscard]] Id child(Id id, std::uint32_t region) const { return children_[nodes_[id].first + region]; }
  /// Number of an answer.
  [[nodiscard]] std::uint32_t number(Id id) const { return nodes_[id].first; }
  [[nodiscard]] std::uint32_t facts() const { return static_cast<std::uint32_t>(regions_.size()); }
  [[nodiscard]] std::uint32_t regions(std::uint32_t fact) const { return regions_[fact]; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

  /// The facts that matter, one bit each, in `words()` words.
  [[nodiscard]] std::span<Bits const> support(Id id) const { return {&support_[id * words_], words_}; }
  [[nodiscard]] std::size_t words() const { return words_; }
  [[nodiscard]] bool depends(Id id, std::uint32_t fact) const
  {
    return (support_[id * words_ + fact / 64] >> (fact % 64) & 1U) != 0;
  }

 private:
  struct Node {
    std::uint32_t fact;
    std::uint32_t first;  ///< First child; for an answer its number.
  };
  /// Operations already done, by their arguments.
  struct Done {
    std::uint64_t key = ~std::uint64_t{0};
    std::uint64_t second = 0;
    Id result = none;
  };

  [[nodiscard]] std::vector<bool> reachable(std::span<Id const> roots) const;
  Id add(std::uint32_t fact, std::uint32_t first, std::span<Id const> children);
  void grow_unique();
  Done* find(std::uint64_t key, std::uint64_t second);
  void remember(std::uint64_t key, std::uint64_t second, Id result);

  std::vector<std::uint32_t> regions_;
  std::size_t words_;
  std::size_t most_;
  std::vector<Node> nodes_;
  std::vector<Id> children_;
  std::vector<Bits> support_;
  std::vector<Id> unique_;  ///< Open addressing over nodes.
  std::vector<Done> done_;  ///< Open addressing over operations.
  std::size_t done_count_ = 0;
};

}  // namespace tutela::detail
