// SPDX-License-Identifier: Apache-2.0
/// \file
/// Which regions of a fact the tables of a plan tell apart.
#include "rules/fact_classes.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace tutela::detail {
namespace {

using Signature = std::vector<RuleWord>;  ///< The masks of all columns that read a fact, for one of its places.

struct HashOfSignature {
  std::size_t operator()(Signature const& signature) const noexcept
  {
    auto const* bytes = reinterpret_cast<char const*>(signature.data());
    return std::hash<std::string_view>{}({bytes, signature.size() * sizeof(RuleWord)});
  }
};

/// Nothing where only the cells can say.
std::optional<Signature> signature(std::vector<FactUse> const& uses, FactLine const& line, std::uint32_t place)
{
  Signature signature;
  for (auto const& use : uses) {
    auto const words = use.in_force.size();
    std::optional<std::size_t> region;
    auto tested = place == line.none() ? Value() : *line.cuts.sample(place);
    if (use.computed != nullptr) tested = use.computed->value(tested);
    if (!tested.is_none()) {
      region = use.index->cuts.region(tested);
      if (!region) return std::nullopt;
    } else if (meets(use.index->none_errs, use.in_force)) {
      return std::nullopt;
    }
    for (std::size_t word = 0; word < words; ++word)
      signature.push_back(use.in_force[word] &
                          (region ? use.index->masks[*region * words + word] : use.index->none[word]));
  }
  return signature;
}

/// True for a region whose values the declaration of the fact admits.
bool admits(PlainSource const& source, FactLine const& line, std::uint32_t region)
{
  if (!line.cuts.sample(region)) return false;
  if (!source.item) return true;
  auto const& allowed = source.item->allowed_values;
  if (!allowed.empty())
    return region % 2 == 1 && std::any_of(allowed.begin(), allowed.end(),
                                          [&](Value const& value) { return line.cuts.region(value) == region; });
  auto const span = line.cuts.span(source.item->allowed_range);
  return span && span->first <= region && region < span->second;
}

/// What the masks are worth for a value that is not known.
struct OpenMasks {
  Signature certain;
  Signature possible;
};

/// What all classes of the domain agree on, and what one of them allows.
OpenMasks bounds_within(PlanFact const& fact, std::vector<Signature> const& classes)
{
  OpenMasks made{Signature(classes.front().size(), ~RuleWord{0}), Signature(classes.front().size(), 0)};
  for (auto const each : fact.domain) {
    for (std::size_t i = 0; i < made.certain.size(); ++i) {
      made.certain[i] &= classes[each][i];
      made.possible[i] |= classes[each][i];
    }
  }
  return made;
}

/// What an unknown value cannot change: rules that do not test it stay, and any may stay.
OpenMasks bounds_without(Plan const& plan, std::vector<FactUse> const& uses)
{
  OpenMasks made;
  for (auto const& use : uses) {
    auto const& table = *plan.steps[use.step].table;
    std::vector<RuleWord> untested(use.in_force.size(), 0);
    for (std::size_t rule = 0; rule < table.rules.size(); ++rule) {
      auto const& test = table.rules[rule].tests[static_cast<std::size_t>(use.index - table.index->columns().data())];
      if (test && test->passes_all()) untested[rule / rules_in_word] |= RuleWord{1} << rule % rules_in_word;
    }
    for (std::size_t word = 0; word < untested.size(); ++word) {
      made.certain.push_back(use.in_force[word] & untested[word]);
      made.possible.push_back(use.in_force[word]);
    }
  }
  return made;
}

/// The classes that completions of the fact have, in the order in which `explore_completions` takes them.
void add_domain(PlanFact& fact, PlainSource const& source, FactLine const& line)
{
  std::vector<std::uint32_t> places;
  bool const listed = source.item && !source.item->allowed_values.empty();
  bool const boolean = source.type.is(Type::Kind::boolean);
  if (!listed && source.type.is(Type::Kind::string)) return;  // any text: nothing that could be listed
  if (listed) {
    for (auto const& value : source.item->allowed_values)
      if (auto const region = line.cuts.region(value)) places.push_back(static_cast<std::uint32_t>(*region));
  } else {
    if (source.optional && !boolean) places.push_back(line.none());
    for (std::uint32_t region = 0; region < line.none(); ++region)
      if (admits(source, line, region)) places.push_back(region);
  }
  if (source.optional && (listed || boolean)) places.push_back(line.none());
  for (auto const place : places) {
    auto const each = fact.class_of[place];
    if (each == no_class) {
      fact.domain.clear();  // a completion that only the model can answer
      return;
    }
    if (std::find(fact.domain.begin(), fact.domain.end(), each) == fact.domain.end()) fact.domain.push_back(each);
  }
}

/// Gives each admitted place of a fact its class. \return What each class is worth; nothing where there are too many.
std::vector<Signature> find_classes(PlanFact& fact, PlainSource const& source, std::vector<FactUse> const& uses,
                                    FactLine const& line)
{
  fact.class_of.assign(line.irregular() + std::size_t{1}, no_class);
  std::vector<Signature> classes;
  std::unordered_map<Signature, FactClass, HashOfSignature> known;
  for (std::uint32_t place = 0; place <= line.none(); ++place) {
    if (place != line.none() && !admits(source, line, place)) continue;
    auto made = signature(uses, line, place);
    if (!made) continue;
    auto const [found, fresh] = known.emplace(*made, static_cast<FactClass>(classes.size()));
    if (fresh) classes.push_back(*std::move(made));
    if (classes.size() >= no_class - 1) return {};
    fact.class_of[place] = found->second;
  }
  return classes;
}

/// Hands what the classes are worth out to the columns that read the fact. \param open What the unknown value is worth.
void add_masks(Plan& plan, std::vector<FactUse> const& uses, std::vector<Signature> const& classes,
               OpenMasks const& open)
{
  std::size_t begin = 0;
  for (auto const& use : uses) {
    auto& column = plan.steps[use.step].columns[use.column];
    auto const words = use.in_force.size();
    auto const append = [&](std::vector<RuleWord>& masks, Signature const& from) {
      auto const first = from.begin() + static_cast<std::ptrdiff_t>(begin);
      masks.insert(masks.end(), first, first + static_cast<std::ptrdiff_t>(words));
    };
    for (auto const& each : classes) {
      append(column.certain, each);
      append(column.possible, each);
    }
    append(column.certain, open.certain);
    append(column.possible, open.possible);
    begin += words;
  }
}

}  // namespace

bool add_classes(Plan& plan, std::size_t index, PlainSource const& source, std::vector<FactUse> const& uses,
                 FactLine const& line)
{
  auto& fact = plan.facts[index];
  auto const classes = find_classes(fact, source, uses, line);
  if (classes.empty()) return false;
  if (!fact.bounded_only) add_domain(fact, source, line);
  if (fact.bounded_only || !fact.domain.empty()) fact.open_class = static_cast<FactClass>(classes.size());
  if (!fact.domain.empty()) fact.class_of[line.open()] = fact.open_class;
  add_masks(plan, uses, classes, fact.bounded_only ? bounds_without(plan, uses) : bounds_within(fact, classes));
  return true;
}

}  // namespace tutela::detail
