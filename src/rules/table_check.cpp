// SPDX-License-Identifier: Apache-2.0
/// \file
/// Every combination of regions of one decision table.
#include "rules/table_check.hpp"

#include <algorithm>
#include <bit>

namespace tutela::detail {
namespace {

using Mask = std::vector<RuleWord>;

/// Regions of one column that leave the same rules, with one value for all of them.
struct Branch {
  Mask mask;
  std::optional<Value> value;
};

bool within(Range const& range, Value const& value)
{
  auto ordered = [](Value const& lhs, Value const& rhs) -> std::optional<std::partial_ordering> {
    if (auto const* number = lhs.as_number(); number != nullptr && rhs.as_number() != nullptr)
      return *number <=> *rhs.as_number();
    if (auto const* date = lhs.as_date(); date != nullptr && rhs.as_date() != nullptr) return *date <=> *rhs.as_date();
    return std::nullopt;
  };
  if (auto const low = ordered(value, range.low); low && !range.low.is_none())
    if (std::is_lt(*low) || (std::is_eq(*low) && !range.low_included)) return false;
  if (auto const high = ordered(value, range.high); high && !range.high.is_none())
    if (std::is_gt(*high) || (std::is_eq(*high) && !range.high_included)) return false;
  return true;
}

/// A value of a region that the input may have; nothing when there is none.
std::optional<Value> allowed_sample(Cuts const& cuts, std::size_t region, Range const& range)
{
  for (auto const& candidate : {cuts.sample(region), std::optional(range.low), std::optional(range.high)}) {
    if (!candidate || candidate->is_none()) continue;
    if (cuts.region(*candidate) == region && within(range, *candidate)) return candidate;
  }
  return std::nullopt;
}

class TableWalk {
 public:
  TableWalk(DecisionTable const& table, std::vector<InputDomain> const& domains, std::uint64_t most, std::size_t pairs)
      : table_(table), most_(most), pairs_(pairs), words_(table.index->words())
  {
    auto const& columns = table.index->columns();
    for (std::size_t i = 0; i < columns.size(); ++i) branches_.push_back(branches(i, columns[i], domains[i]));
    walked_.resize(columns.size());
    example_.resize(columns.size());
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
      result.push_back({Mask(words_, ~RuleWord{0}), std::nullopt});
      return result;
    }
    auto add = [&](Mask mask, Value value) {
      bool const known = std::any_of(result.begin(), result.end(), [&](auto const& one) { return one.mask == mask; });
      if (!known) result.push_back({std::move(mask), std::move(value)});
    };
    auto add_region = [&](std::size_t region, Value value) {
      auto const mask = table_.index->mask(column, region);
      add(Mask(mask.begin(), mask.end()), std::move(value));
    };
    for (auto const& value : domain.allowed)
      if (auto const region = read.cuts.region(value)) add_region(*region, value);
    for (std::size_t region = 0; domain.allowed.empty() && region < read.cuts.regions(); ++region)
      if (auto value = allowed_sample(read.cuts, region, domain.range)) add_region(region, *std::move(value));
    if (domain.optional) add(Mask(read.none.begin(), read.none.end()), Value());
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
    if (!walked_[column].insert(mask).second) return;
    Mask left(words_);
    for (auto const& branch : branches_[column]) {
      if (!found_.complete) return;
      for (std::size_t i = 0; i < words_; ++i) left[i] = mask[i] & branch.mask[i];
      example_[column] = branch.value;
      walk(column + 1, left);
    }
  }

  /// What the rules that hold together say.
  void note(Mask const& mask)
  {
    std::vector<std::size_t> rules;
    for (std::size_t word = 0; word < words_; ++word)
      for (RuleWord rest = mask[word]; rest != 0; rest &= rest - 1)
        rules.push_back(word * rules_in_word + static_cast<std::size_t>(std::countr_zero(rest)));
    if (rules.empty()) {
      if (!found_.gap) found_.gap = example_;
      return;
    }
    if (table_.policy == HitPolicy::first) {
      found_.reached.insert(rules.front());
      return;
    }
    found_.reached.insert(rules.begin(), rules.end());
    if (table_.policy != HitPolicy::unique && table_.policy != HitPolicy::any) return;
    for (std::size_t i = 0; i + 1 < rules.size(); ++i)
      for (std::size_t j = i + 1; j < rules.size() && found_.pairs.size() < pairs_; ++j)
        found_.pairs.try_emplace({rules[i], rules[j]}, example_);
  }

  DecisionTable const& table_;
  std::uint64_t most_;
  std::size_t pairs_;
  std::size_t words_;
  std::vector<std::vector<Branch>> branches_;
  std::vector<std::set<Mask>> walked_;
  Example example_;
  TableCheck found_;
};

}  // namespace

TableCheck check_table(DecisionTable const& table, std::vector<InputDomain> const& domains,
                       std::vector<std::size_t> const& in_force, std::uint64_t most, std::size_t pairs)
{
  return TableWalk(table, domains, most, pairs).run(in_force);
}

}  // namespace tutela::detail
