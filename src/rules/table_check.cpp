// SPDX-License-Identifier: Apache-2.0
/// \file
/// Every combination of regions of one decision table.
#include "rules/table_check.hpp"

#include <algorithm>
#include <bit>

#include "rules/pieces.hpp"

namespace tutela::detail {
namespace {

using Mask = std::vector<RuleWord>;

/// Regions of one column that leave the same rules, with one value for all of them.
struct Branch {
  Mask mask;
  std::optional<Value> value;
  std::optional<Value> whole;  ///< All values, where constraints may tell them apart.
};

class TableWalk {
 public:
  TableWalk(DecisionTable const& table, std::vector<InputDomain> const& domains, std::uint64_t most, std::size_t pairs,
            TableConstraints const* constraints)
      : table_(table), most_(most), pairs_(pairs), words_(table.index->words()), constraints_(constraints)
  {
    auto const& columns = table.index->columns();
    for (std::size_t i = 0; i < columns.size(); ++i) branches_.push_back(branches(i, columns[i], domains[i]));
    for (auto const& domain : domains) constrained_.push_back(constraints != nullptr && domain.constrained);
    walked_.resize(columns.size());
    example_.resize(columns.size());
    whole_.resize(columns.size());
  }

  TableCheck run(std::vector<std::size_t> const& in_force)
  {
    Mask mask(words_, 0);
    for (auto const rule : in_force) mask[rule / rules_in_word] |= RuleWord{1} << (rule % rules_in_word);
    walk(0, mask);
    return std::move(found_);
  }

 private:
  std::vector<Branch> branches(std::size_t column, RegionIndex::Column const& read, InputDomain const& domain) const
  {
    std::vector<Branch> result;
    if (!read.tested) {
      result.push_back({Mask(words_, ~RuleWord{0}), std::nullopt, std::nullopt});
      return result;
    }
    bool const apart = constraints_ != nullptr && domain.constrained;
    auto add = [&](Mask mask, Value value, Value whole) {
      bool const known =
          !apart && std::any_of(result.begin(), result.end(), [&](auto const& one) { return one.mask == mask; });
      if (!known) result.push_back({std::move(mask), std::move(value), std::move(whole)});
    };
    auto add_value = [&](Value const& value, Value whole) {
      auto const region = read.cuts.region(value);
      if (!region) return;
      auto const mask = table_.index->mask(column, *region);
      add(Mask(mask.begin(), mask.end()), value, std::move(whole));
    };
    auto cuts = read.cuts;
    if (apart) {
      auto all = cuts.values();
      for (auto const& constant : constraints_->constants)
        if (constant.is(cuts.kind())) all.push_back(constant);
      if (auto finer = Cuts::of(std::move(all))) cuts = *std::move(finer);
    }
    for (auto const& value : domain.allowed) add_value(value, value);
    for (std::size_t region = 0; domain.allowed.empty() && region < cuts.regions(); ++region)
      if (auto const piece = piece_of(cuts, region, domain.range)) add_value(piece->sample, piece->whole);
    if (domain.optional) add(Mask(read.none.begin(), read.none.end()), Value(), Value());
    return result;
  }

  void walk(std::size_t column, Mask const& mask)
  {
    if (found_.steps + words_ > most_) {
      found_.complete = false;
      return;
    }
    found_.steps += words_;
    if (column == branches_.size()) return note(mask);
    // Equal rules lead to the same where the constraints see the same.
    auto state = mask;
    state.insert(state.end(), chosen_.begin(), chosen_.end());
    if (!walked_[column].insert(std::move(state)).second) return;
    Mask left(words_);
    for (std::size_t number = 0; number < branches_[column].size(); ++number) {
      if (!found_.complete) return;
      auto const& branch = branches_[column][number];
      for (std::size_t i = 0; i < words_; ++i) left[i] = mask[i] & branch.mask[i];
      example_[column] = branch.value;
      whole_[column] = branch.whole;
      if (constrained_[column]) chosen_.push_back(number);
      walk(column + 1, left);
      if (constrained_[column]) chosen_.pop_back();
    }
  }

  /// What the rules that hold together say.
  void note(Mask const& mask)
  {
    std::vector<std::size_t> rules;
    for (std::size_t word = 0; word < words_; ++word)
      for (RuleWord rest = mask[word]; rest != 0; rest &= rest - 1)
        rules.push_back(word * rules_in_word + static_cast<std::size_t>(std::countr_zero(rest)));
    bool const only_first = table_.policy == HitPolicy::first;
    if (only_first && !rules.empty()) rules.resize(1);
    bool const pairwise = table_.policy == HitPolicy::unique || table_.policy == HitPolicy::any;
    bool const fresh = rules.empty() ? !found_.gap.has_value() : is_new(rules, pairwise);
    if (!fresh) return;
    auto const there = possible();
    if (there == Truth::no) return;
    found_.reached.insert(rules.begin(), rules.end());
    if (there == Truth::unknown) {
      found_.exact = false;
      return;
    }
    if (rules.empty()) found_.gap = example_;
    if (!pairwise) return;
    for (std::size_t i = 0; i + 1 < rules.size(); ++i)
      for (std::size_t j = i + 1; j < rules.size() && found_.pairs.size() < pairs_; ++j)
        found_.pairs.try_emplace({rules[i], rules[j]}, example_);
  }

  /// True when these rules show something that was not seen before.
  [[nodiscard]] bool is_new(std::vector<std::size_t> const& rules, bool pairwise) const
  {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (found_.reached.count(rules[i]) == 0) return true;
      for (std::size_t j = i + 1; pairwise && j < rules.size(); ++j)
        if (found_.pairs.size() < pairs_ && found_.pairs.count({rules[i], rules[j]}) == 0) return true;
    }
    return false;
  }

  /// Whether there is a case with the values of the example; unknown when there may be one with others of their regions.
  Truth possible()
  {
    if (constraints_ == nullptr) return Truth::yes;
    found_.steps += steps_for_constraints;
    if (constraints_->allow(example_)) return Truth::yes;
    return constraints_->allow(whole_) ? Truth::unknown : Truth::no;
  }

  /// What asking the constraints counts as.
  static constexpr std::uint64_t steps_for_constraints = 256;

  DecisionTable const& table_;
  std::uint64_t most_;
  std::size_t pairs_;
  std::size_t words_;
  std::vector<std::vector<Branch>> branches_;
  TableConstraints const* constraints_;
  std::vector<bool> constrained_;
  std::vector<RuleWord> chosen_;  ///< Branches of the constrained columns so far.
  std::vector<std::set<Mask>> walked_;
  Example example_;
  Example whole_;
  TableCheck found_;
};

}  // namespace

InputDomain domain_of(DecisionTable::Input const& input, InputOrigin const& origin)
{
  InputDomain domain;
  auto const take = [&](ItemType const* item) {
    if (item == nullptr) return;
    domain.allowed = item->allowed_values;
    domain.range = item->allowed_range;
  };
  take(input.type.item.get());
  if (origin.fact != nullptr)
    domain = {origin.fact->allowed, origin.fact->range, origin.fact->optional};
  else if (origin.required != nullptr && origin.whole)
    take(origin.required->texts.front().type.item.get());
  return domain;
}

bool needs_a_rule(DecisionTable const& table)
{
  bool const collects = table.policy == HitPolicy::collect || table.policy == HitPolicy::rule_order ||
                        table.policy == HitPolicy::output_order;
  return !collects && std::none_of(table.outputs.begin(), table.outputs.end(),
                                   [](auto const& output) { return output.fallback.has_value(); });
}

bool same_outputs(DecisionTable::Rule const& lhs, DecisionTable::Rule const& rhs)
{
  return std::equal(lhs.outputs.begin(), lhs.outputs.end(), rhs.outputs.begin(), rhs.outputs.end(),
                    [](auto const& one, auto const& other) {
                      if (!one || !other) return one.has_value() == other.has_value();
                      auto const* first = one->constant();
                      auto const* second = other->constant();
                      if (first != nullptr && second != nullptr) return *first == *second;
                      return one->to_string() == other->to_string();
                    });
}

TableCheck check_table(DecisionTable const& table, std::vector<InputDomain> const& domains,
                       std::vector<std::size_t> const& in_force, std::uint64_t most, std::size_t pairs,
                       TableConstraints const* constraints)
{
  return TableWalk(table, domains, most, pairs, constraints).run(in_force);
}

}  // namespace tutela::detail
