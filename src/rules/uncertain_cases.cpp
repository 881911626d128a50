// SPDX-License-Identifier: Apache-2.0
/// \file
/// Cases in which facts cannot be known, for rules that ask for that.
#include "rules/uncertain_cases.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "rules/possibilities.hpp"

namespace tutela::detail {
namespace {

/// Facts of which all sets are tried.
constexpr std::size_t most_facts = 6;

/// Adds what a text asks `is uncertain` of; nothing where that is no name.
void add_asked(std::string_view text, std::vector<std::string>& asked)
{
  constexpr std::string_view words = "is uncertain";
  for (auto at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    auto const open = text.find('(', at);
    auto const close = text.find(')', at);
    asked.push_back(open < close && close != std::string_view::npos
                        ? fact_name(std::string(text.substr(open + 1, close - open - 1)))
                        : std::string());
  }
}

void add_asked(Boxed const& boxed, std::vector<std::string>& asked)
{
  std::vector<Boxed const*> open{&boxed};
  while (!open.empty()) {
    auto const& each = *open.back();
    open.pop_back();
    add_asked(each.text, asked);
    for (auto const& child : each.children) open.push_back(&child);
    if (!each.table) continue;
    for (auto const& input : each.table->inputs) add_asked(input.text, asked);
    for (auto const& output : each.table->outputs)
      if (output.fallback) add_asked(output.fallback->to_string(), asked);
    for (auto const& rule : each.table->rules) {
      for (auto const& test : rule.test_texts) add_asked(test, asked);
      for (auto const& output : rule.outputs)
        if (output) add_asked(output->to_string(), asked);
    }
  }
}

}  // namespace

std::vector<std::string> facts_asked_uncertain(PackImpl const& pack, std::size_t decision)
{
  auto const& cone = pack.cones[decision];
  if (!cone.tests_uncertain) return {};
  std::vector<std::string> asked;
  auto const read = [&](std::vector<std::size_t> const& nodes) {
    for (auto const node : nodes)
      for (auto const& text : pack.model->nodes[node].texts) add_asked(text.body, asked);
  };
  read(cone.nodes);
  read(cone.constraints);
  auto const& all = pack.decisions[decision].facts;
  std::vector<std::string> facts;
  bool other = asked.empty();
  for (auto const& name : asked) {
    auto const before = facts.size();
    for (auto const& fact : all)
      if (!name.empty() && touches(name, fact)) facts.push_back(fact);
    other = other || facts.size() == before;
  }
  if (other) facts = all;
  sort_unique(facts);
  return facts;
}

UncertainSets uncertain_sets(std::vector<std::string> const& facts)
{
  UncertainSets found;
  found.sets.emplace_back();
  found.all = facts.size() <= most_facts;
  if (found.all) {
    for (std::size_t chosen = 1; chosen < (std::size_t{1} << facts.size()); ++chosen) {
      found.sets.emplace_back();
      for (std::size_t i = 0; i < facts.size(); ++i)
        if ((chosen >> i & 1U) != 0) found.sets.back().push_back(facts[i]);
    }
    std::stable_sort(found.sets.begin(), found.sets.end(),
                     [](auto const& lhs, auto const& rhs) { return lhs.size() < rhs.size(); });
    return found;
  }
  for (auto const& fact : facts) found.sets.push_back({fact});
  for (std::size_t i = 0; i < facts.size(); ++i)
    for (std::size_t j = i + 1; j < facts.size(); ++j) found.sets.push_back({facts[i], facts[j]});
  return found;
}

}  // namespace tutela::detail
