// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where other DMN engines answer otherwise.
#include "rules/mode_check.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "facts/list_around.hpp"
#include "rules/case_facts.hpp"
#include "rules/input_choices.hpp"
#include "rules/law_days.hpp"
#include "rules/region_index.hpp"

namespace tutela::detail {
namespace {

/// Cases that are tried of one decision.
constexpr std::size_t most_cases = 1'000;

/// True when the modes say something else that is more than their having other words for what is not known.
bool differ(Verdict const& legal, Verdict const& conformance, bool complete)
{
  if (conformance.outcome != Outcome::known) return false;
  bool const null = conformance.value.is_none();
  if (legal.outcome == Outcome::known) return (complete || !null) && !(legal.value == conformance.value);
  return legal.outcome == Outcome::error && complete && !null;
}

/// The day on which the newest law of a decision is in force; nothing where no day is needed.
std::optional<Date> day_for(PackImpl const& pack, std::size_t decision)
{
  auto const& cone = pack.cones[decision];
  if (!pack.needs_day(decision)) return std::nullopt;
  auto const days = days_of_law(changes_of_law(*pack.model, cone), pack.info.valid, anchor_day(pack));
  return days.empty() ? anchor_day(pack) : days.back();
}

/// A fact and values that it may have.
struct FactChoices {
  std::string name;
  std::vector<Value> values;
};

/// Elements of a list, so that each value of each component is in one of them; nothing where one has no type.
std::vector<Value> elements_of(FactTree const& list, std::vector<Value> const& constants)
{
  std::vector<FactDeclaration> parts;
  declare_facts("element", list.type.element(), element_of(list.item), nullptr, parts);
  std::vector<std::pair<std::string, std::vector<Piece>>> values;
  std::size_t most = 0;
  for (auto const& part : parts) {
    auto const inner = part.name.find('.');
    values.emplace_back(inner == std::string::npos ? std::string() : part.name.substr(inner + 1),
                        detail::values_of(part, constants));
    if (values.back().second.empty() || values.back().first.find('.') != std::string::npos) return {};
    most = std::max(most, values.back().second.size());
  }
  std::vector<Value> elements;
  for (std::size_t i = 0; i < most; ++i) {
    Context element;
    for (std::size_t k = 0; k < values.size(); ++k) {
      // shifted against each other, so that components do not always change together
      auto const& [name, pieces] = values[k];
      element.entries.emplace_back(name, pieces[(i + k * (i / pieces.size())) % pieces.size()].sample);
    }
    bool const plain = values.size() == 1 && values.front().first.empty();
    elements.push_back(plain ? element.entries.front().second : Value(std::move(element)));
  }
  return elements;
}

/// The empty list, lists of one element, of two that differ, and of all.
std::vector<Value> lists_of(FactTree const& list, std::vector<Value> const& constants)
{
  auto const elements = elements_of(list, constants);
  std::vector<Value> lists;
  if (elements.empty()) return lists;
  lists.emplace_back(List{});
  for (std::size_t i = 0; i < elements.size(); ++i) {
    lists.emplace_back(List{{elements[i]}});
    if (i > 0) lists.emplace_back(List{{elements[i], elements[i - 1]}});
  }
  if (elements.size() > 2) lists.emplace_back(List{elements});
  if (list.optional) lists.emplace_back();
  auto const wrong = [&](Value const& value) { return check(list.declaration, value).has_value(); };
  lists.erase(std::remove_if(lists.begin(), lists.end(), wrong), lists.end());
  return lists;
}

/// The facts of a decision with their values; nothing where one has no type.
std::optional<std::vector<FactChoices>> choices_of(PackImpl const& pack, std::size_t decision)
{
  auto const& constants = pack.cones[decision].constants;
  std::vector<FactChoices> choices;
  for (auto const& name : pack.decisions[decision].facts) {
    if (list_around(pack.schema, name) != nullptr) continue;  // the list has it
    auto const* fact = pack.schema.find(name);
    auto const leaf = pack.model->leaf(name);
    FactChoices made{name, {}};
    if (fact != nullptr && fact->type == Kind::list && leaf)
      made.values = lists_of(*pack.model->leaves[*leaf].tree, constants);
    else if (fact != nullptr)
      for (auto& piece : detail::values_of(*fact, constants)) made.values.push_back(std::move(piece.sample));
    if (made.values.empty()) return std::nullopt;
    choices.push_back(std::move(made));
  }
  return choices;
}

/// Cases from the choices of each fact: every combination where these are few, else some of them.
class CaseWalk {
 public:
  explicit CaseWalk(std::vector<FactChoices> const& choices) : choices_(choices)
  {
    for (auto const& each : choices) combinations_ = std::min(combinations_ * (each.values.size() + 1), most_cases + 1);
  }

  /// Goes to the next case; false after the last one.
  bool next()
  {
    if (number_ == std::min(combinations_, most_cases)) return false;
    facts_.clear();
    auto rest = number_++;
    for (auto const& each : choices_) {
      auto const options = each.values.size() + 1;
      auto const choice = combinations_ <= most_cases ? rest % options : drawn(each.values.size());
      rest /= options;
      if (choice < each.values.size()) facts_.emplace_back(each.name, each.values[choice]);
    }
    return true;
  }

  /// What is not named is missing.
  [[nodiscard]] std::vector<std::pair<std::string, Value>> const& facts() const { return facts_; }

 private:
  /// Every second case is complete, in the others each fact is missing with one chance in four.
  std::size_t drawn(std::size_t values)
  {
    if (number_ % 2 == 0 && random_() % 4 == 0) return values;
    return random_() % values;
  }

  std::vector<FactChoices> const& choices_;
  std::size_t combinations_ = 1;
  std::size_t number_ = 0;
  std::mt19937 random_{20'261'123};  // NOLINT: the same cases in every run
  std::vector<std::pair<std::string, Value>> facts_;
};

}  // namespace

std::vector<std::size_t> rules_that_read_none_otherwise(DecisionTable const& table, std::size_t column)
{
  auto const& read = table.index->columns()[column];
  std::vector<std::size_t> rules;
  for (std::size_t i = 0; read.tested && i < table.rules.size(); ++i) {
    auto const bit = [&](std::vector<RuleWord> const& mask) {
      return ((mask[i / rules_in_word] >> (i % rules_in_word)) & 1U) != 0;
    };
    if (bit(read.null) != bit(read.none) || bit(read.none_errs)) rules.push_back(i + 1);
  }
  return rules;
}

std::optional<ModeDifference> find_mode_difference(Pack const& pack, std::size_t decision, Limits const& limits)
{
  auto const& impl = pack.impl();
  auto const choices = choices_of(impl, decision);
  if (!choices) return std::nullopt;
  ModeDifference found;
  found.on = day_for(impl, decision);
  DecideOptions options;
  options.include_unverified = true;
  options.reasons = false;
  options.limits = limits;
  CaseWalk walk(*choices);
  while (walk.next()) {
    found.facts = walk.facts();
    RecordBuilder builder;
    for (auto const& [name, value] : found.facts) builder.set(name, value);
    auto const record = std::move(builder).build(limits);
    if (!record) continue;
    options.mode = Mode::legal;
    found.legal = pack.decide(impl.decisions[decision].name, *record, found.on, options);
    if (found.legal.outcome != Outcome::known && found.legal.outcome != Outcome::error) continue;
    if (!pack.check_facts(*record, found.on).empty()) continue;  // no case obeys the constraints with these facts
    options.mode = Mode::conformance;
    found.conformance = pack.decide(impl.decisions[decision].name, *record, found.on, options);
    if (differ(found.legal, found.conformance, found.facts.size() == choices->size())) return found;
  }
  return std::nullopt;
}

}  // namespace tutela::detail
