// SPDX-License-Identifier: Apache-2.0
/// \file
/// Canonical decision diagrams over facts cut into regions.
#include "rules/region_diagram.hpp"

#include <algorithm>
#include <utility>

namespace tutela::detail {
namespace {

std::uint64_t mixed(std::uint64_t value)
{
  value ^= value >> 30U;
  value *= 0xbf58476d1ce4e5b9U;
  value ^= value >> 27U;
  value *= 0x94d049bb133111ebU;
  return value ^ (value >> 31U);
}

std::uint64_t packed(std::uint32_t high, std::uint32_t low) { return std::uint64_t{high} << 32U | low; }

}  // namespace

RegionDiagrams::RegionDiagrams(std::vector<std::uint32_t> regions, std::size_t most)
    : regions_(std::move(regions)), words_(regions_.size() / 64 + 1), most_(most), unique_(64, none), done_(64)
{
}

RegionDiagrams::Id RegionDiagrams::answer(std::uint32_t number) { return add(facts(), number, {}); }

RegionDiagrams::Id RegionDiagrams::test(std::uint32_t fact, std::span<Id const> children)
{
  for (auto const child : children)
    if (child == none) return none;
  if (std::all_of(children.begin(), children.end(), [&](Id child) { return child == children.front(); }))
    return children.front();
  return add(fact, 0, children);
}

RegionDiagrams::Id RegionDiagrams::add(std::uint32_t fact, std::uint32_t first, std::span<Id const> children)
{
  std::uint64_t hash = mixed(packed(fact, first));
  for (auto const child : children) hash = mixed(hash ^ child);
  auto const mask = unique_.size() - 1;
  auto slot = static_cast<std::size_t>(hash) & mask;
  for (; unique_[slot] != none; slot = (slot + 1) & mask) {
    auto const& other = nodes_[unique_[slot]];
    if (other.fact != fact) continue;
    if (children.empty() ? other.first == first
                         : std::equal(children.begin(), children.end(), children_.begin() + other.first))
      return unique_[slot];
  }
  if (nodes_.size() >= most_) return none;
  auto const id = static_cast<Id>(nodes_.size());
  unique_[slot] = id;
  nodes_.push_back({fact, children.empty() ? first : static_cast<std::uint32_t>(children_.size())});
  support_.resize(support_.size() + words_, 0);
  auto* const own = &support_[id * words_];
  if (!children.empty()) own[fact / 64] |= Bits{1} << (fact % 64);
  for (auto const child : children) {
    children_.push_back(child);
    for (std::size_t i = 0; i < words_; ++i) own[i] |= support_[child * words_ + i];
  }
  if (nodes_.size() * 2 > unique_.size()) grow_unique();
  return id;
}

void RegionDiagrams::grow_unique()
{
  unique_.assign(unique_.size() * 2, none);
  auto const mask = unique_.size() - 1;
  for (Id id = 0; id < nodes_.size(); ++id) {
    auto const& node = nodes_[id];
    bool const leaf = node.fact == facts();
    std::uint64_t hash = mixed(packed(node.fact, leaf ? node.first : 0));
    for (std::uint32_t i = 0; !leaf && i < regions_[node.fact]; ++i) hash = mixed(hash ^ children_[node.first + i]);
    auto slot = static_cast<std::size_t>(hash) & mask;
    while (unique_[slot] != none) slot = (slot + 1) & mask;
    unique_[slot] = id;
  }
}

RegionDiagrams::Done* RegionDiagrams::find(std::uint64_t key, std::uint64_t second)
{
  auto const mask = done_.size() - 1;
  auto slot = static_cast<std::size_t>(mixed(key ^ mixed(second))) & mask;
  for (; done_[slot].result != none; slot = (slot + 1) & mask)
    if (done_[slot].key == key && done_[slot].second == second) return &done_[slot];
  return nullptr;
}

void RegionDiagrams::remember(std::uint64_t key, std::uint64_t second, Id result)
{
  if (result == none) return;
  if ((done_count_ + 1) * 2 > done_.size()) {
    std::vector<Done> before(done_.size() * 2);
    before.swap(done_);
    done_count_ = 0;
    for (auto const& entry : before) remember(entry.key, entry.second, entry.result);
  }
  auto const mask = done_.size() - 1;
  auto slot = static_cast<std::size_t>(mixed(key ^ mixed(second))) & mask;
  while (done_[slot].result != none) slot = (slot + 1) & mask;
  done_[slot] = {key, second, result};
  ++done_count_;
}

RegionDiagrams::Id RegionDiagrams::select(std::uint32_t fact, std::uint32_t cut, Id first, Id second)
{
  if (first == none || second == none) return none;
  if (first == second) return first;
  auto const key = packed(fact, cut);
  if (auto const* done = find(key, packed(first, second))) return done->result;
  auto const top = std::min({fact, nodes_[first].fact, nodes_[second].fact});
  std::vector<Id> children(regions_[top]);
  for (std::uint32_t region = 0; region < children.size(); ++region) {
    auto const one = nodes_[first].fact == top ? child(first, region) : first;
    auto const other = nodes_[second].fact == top ? child(second, region) : second;
    if (top == fact)
      children[region] = region < cut ? one : other;
    else
      children[region] = select(fact, cut, one, other);
  }
  auto const result = test(top, children);
  remember(key, packed(first, second), result);
  return result;
}

RegionDiagrams::Id RegionDiagrams::restricted(Id id, std::uint32_t fact, std::uint32_t region)
{
  if (id == none || !depends(id, fact)) return id;
  auto const own = nodes_[id].fact;
  if (own == fact) return child(id, region);
  // The highest bit keeps restrictions apart from selections.
  auto const key = packed(fact, region) | std::uint64_t{1} << 63U;
  if (auto const* done = find(key, id)) return done->result;
  std::vector<Id> children(regions_[own]);
  for (std::uint32_t i = 0; i < children.size(); ++i) children[i] = restricted(child(id, i), fact, region);
  auto const result = test(own, children);
  remember(key, id, result);
  return result;
}

/// Nodes have higher numbers than their children.
std::vector<bool> RegionDiagrams::reachable(std::span<Id const> roots) const
{
  std::vector<bool> seen(nodes_.size(), false);
  for (auto const root : roots)
    if (root != none) seen[root] = true;
  for (auto id = static_cast<Id>(nodes_.size()); id-- > 0;) {
    if (!seen[id] || is_answer(id)) continue;
    for (std::uint32_t region = 0; region < regions_[nodes_[id].fact]; ++region) seen[child(id, region)] = true;
  }
  return seen;
}

std::vector<std::vector<bool>> RegionDiagrams::told_apart(std::span<Id const> roots) const
{
  std::vector<std::vector<bool>> apart;
  for (auto const count : regions_) apart.emplace_back(count - 1, false);
  auto const seen = reachable(roots);
  for (Id id = 0; id < nodes_.size(); ++id) {
    if (!seen[id] || is_answer(id)) continue;
    auto& own = apart[nodes_[id].fact];
    for (std::uint32_t region = 0; region < own.size(); ++region)
      if (child(id, region) != child(id, region + 1)) own[region] = true;
  }
  return apart;
}

RegionDiagrams RegionDiagrams::joined(std::vector<std::vector<bool>> const& told_apart, std::span<Id> roots) const
{
  std::vector<std::uint32_t> sizes;
  for (auto const& apart : told_apart)
    sizes.push_back(1 + static_cast<std::uint32_t>(std::count(apart.begin(), apart.end(), true)));
  RegionDiagrams result(std::move(sizes), most_);
  auto const seen = reachable(roots);
  std::vector<Id> made(nodes_.size(), none);
  for (Id id = 0; id < nodes_.size(); ++id) {
    if (!seen[id]) continue;
    if (is_answer(id)) {
      made[id] = result.answer(number(id));
      continue;
    }
    auto const& apart = told_apart[nodes_[id].fact];
    std::vector<Id> children{made[child(id, 0)]};
    for (std::uint32_t region = 0; region < apart.size(); ++region)
      if (apart[region]) children.push_back(made[child(id, region + 1)]);
    made[id] = result.test(nodes_[id].fact, children);
  }
  for (auto& root : roots)
    if (root != none) root = made[root];
  return result;
}

}  // namespace tutela::detail
