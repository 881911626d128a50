// SPDX-License-Identifier: Apache-2.0
/// \file
/// A joint input of tables: evaluated once for each combination of the values that it rests on.
#include "columns/joint_lane.hpp"

#include <algorithm>

#include "columns/region_bounds.hpp"
#include "feel/partial.hpp"

namespace tutela::detail {
namespace {

/// Steps of one operation on one element, at most.
constexpr std::size_t steps_of_node = 8;

/// Elements of a row, on average, up to which they are looked at in one go: lists may be far apart.
constexpr std::size_t most_elements_packed = 64;

/// Longer lists are rare, and worth an evaluation.
constexpr std::size_t longest_list = 1'000;

}  // namespace

JointLane::JointLane(ColumnProgram const& program, FactLane const& lane)
    : lane_(lane),
      joint_(program.day->joint[*lane.joint]),
      line_(program.line(lane.declaration)),
      columns_(program.joint_columns[*lane.joint]),
      form_(element_form(program.pack.impl(), program.day->joint[*lane.joint])),
      ranks_(program.options.limits.region_codes),
      elements_(program.options.limits.region_codes),
      packed_ranks_(program.options.limits.region_codes),
      packed_elements_(program.options.limits.region_codes)
{
  // The list must be all that is read, and a column of its own.
  if (form_ && (columns_.size() != 1 || program.columns[columns_.front()].declaration != form_->fact)) form_.reset();
  if (form_)
    longest_ = std::min<std::size_t>(program.options.limits.evaluation_steps / (steps_of_node * (form_->nodes + 1)),
                                     longest_list);
  start_formula(program);
}

/// Takes the formula of the input where its values have regions that are told apart by whole numbers.
void JointLane::start_formula(ColumnProgram const& program)
{
  auto const& formula = program.joint_formulas[*lane_.joint];
  auto const& cuts = line_.cuts;
  if (formula == nullptr || formula->kind != cuts.kind() || cuts.regions() > ranks_of_regions_.size()) return;
  std::vector<std::int64_t> bounds;
  for (std::size_t region = 1; region < cuts.regions(); ++region) {
    auto const first = first_of_region(cuts, region, formula->scale);
    if (!first) return;
    bounds.push_back(*first);
  }
  std::copy_n(lane_.rank_of_region.begin(), cuts.regions(), ranks_of_regions_.begin());
  bounds_ = std::move(bounds);
  formula_.emplace(*formula);
}

/// Fills the ranks of the rows that the formula answers.
void JointLane::run_formula(std::vector<ColumnReader> const& readers, std::size_t first, std::size_t count,
                            LaneRanks& out)
{
  formula_->run(readers, first, count, values_);
  if (formula_->formula().kind == Kind::boolean) {
    auto const no = lane_.rank_of_region[*line_.cuts.region(Value(false))];
    auto const yes = lane_.rank_of_region[*line_.cuts.region(Value(true))];
    for (std::size_t i = 0; i < count; ++i)
      out.ranks[i] = (values_.truths[i / rows_in_word] >> i % rows_in_word & 1U) != 0 ? yes : no;
  } else {
    kernels().rank_int64(values_.counts.data(), count, bounds_.data(), bounds_.size(), 0, out.ranks.data());
    for (std::size_t i = 0; i < count; ++i) out.ranks[i] = ranks_of_regions_[out.ranks[i]];
  }
  std::copy(values_.known.begin(), values_.known.end(), out.valid.begin());
}

bool JointLane::read(std::vector<ColumnReader> const& readers, std::size_t first, std::size_t count, LaneRanks& out,
                     Evaluation const& evaluation)
{
  out.all_valid = false;
  out.boolean = false;
  out.valid.fill(0);
  out.opened_as.assign(batch_rows, 0);
  out_ = &out;
  packed_.clear();
  if (formula_) run_formula(readers, first, count, out);
  RowWord any = 0;
  for (std::size_t word = 0; word * rows_in_word < count; ++word)
    any |= (*left_)[word] = low_bits(std::min(rows_in_word, count - word * rows_in_word)) & ~out.valid[word];
  if (any == 0) return true;
  if (form_)
    pack_elements(readers[columns_.front()], first, count);
  else
    find_packed_keys(readers, columns_, first, count, packed_);
  for (std::size_t i = 0; i < count; ++i) {
    if (out.is_valid(i)) continue;
    auto rank = form_ ? rank_by_elements(readers[columns_.front()], first + i, evaluation) : std::nullopt;
    if (!rank) rank = rank_by_row(readers, first + i, i, evaluation);
    if (!rank) return false;
    out.ranks[i] = rank->rank;
    out.opened_as[i] = rank->open;
    out.valid[i / rows_in_word] |= RowWord{rank->rank != lane_.null_rank()} << i % rows_in_word;
  }
  return true;
}

/// Packs what tells the elements of the lists of a batch apart, where it fits.
void JointLane::pack_elements(ColumnReader const& list, std::size_t first, std::size_t count)
{
  auto const bits = list.element_key_bits();
  if (!bits || *bits > PackedKey::bits) return;
  std::optional<std::pair<std::size_t, std::size_t>> all;
  for (std::size_t i = 0; i < count; ++i) {
    auto const here = list.elements(first + i);
    if (!here || here->first == here->second) continue;
    all = all ? std::pair(std::min(all->first, here->first), std::max(all->second, here->second)) : *here;
  }
  if (!all || all->second - all->first > count * most_elements_packed) return;
  first_packed_ = all->first;
  packed_.resize(all->second - all->first);
  list.add_element_keys(first_packed_, packed_.size(), packed_.data());
}

/// The rank of a row, evaluated unless that was done for another one with the same values. \param place Of the row in the
/// batch. \return Nothing where the row cannot be read.
std::optional<JointLane::RankOrOpen> JointLane::rank_by_row(std::vector<ColumnReader> const& readers, std::size_t row,
                                                            std::size_t place, Evaluation const& evaluation)
{
  if (!form_ && !packed_.empty()) {
    if (auto const* known = packed_ranks_.find(packed_[place])) return *known;
    auto const rank = evaluated(row, evaluation);
    if (rank) packed_ranks_.keep(packed_[place], *rank);
    return rank;
  }
  bool const readable = find_row_key(readers, columns_, row, key_);
  if (auto const* known = readable ? ranks_.find(key_) : nullptr) return *known;
  auto const rank = evaluated(row, evaluation);
  if (rank && readable) ranks_.keep(key_, *rank);
  return rank;
}

std::optional<JointLane::RankOrOpen> JointLane::evaluated(std::size_t row, Evaluation const& evaluation)
{
  auto const value = evaluation.of_row(row);
  if (!value) return std::nullopt;
  return rank_of(*value, [&](std::string const& fact) { return evaluation.is_absent(row, fact); });
}

JointLane::RankOrOpen JointLane::rank_of(Value const& value, IsAbsent const& is_absent)
{
  if (value.is_none()) return {lane_.rank_of_region[line_.none()]};
  if (auto open = open_input(joint_, line_, value, is_absent))
    return {lane_.null_rank(), out_->number_of(*std::move(open))};
  bool const is_open = value.is(Kind::unknown) || value.is(Kind::uncertain);
  auto const region = is_open ? std::nullopt : line_.cuts.region(value);
  return {lane_.rank_of_region[region ? *region : line_.irregular()]};
}

/// The rank of a row whose list has elements that settle it one by one.
std::optional<JointLane::RankOrOpen> JointLane::rank_by_elements(ColumnReader const& list, std::size_t row,
                                                                 Evaluation const& evaluation)
{
  auto const elements = list.elements(row);
  if (!elements || elements->second - elements->first > longest_) return std::nullopt;
  auto const count = elements->second - elements->first;
  if (count == 0) {
    if (!of_empty_list_) of_empty_list_ = evaluated(row, evaluation);
    return of_empty_list_;
  }
  std::size_t yes = 0;
  for (auto i = elements->first; i < elements->second; ++i) {
    auto const one = one_element(list, i, evaluation);
    if (one == One::other) return std::nullopt;
    yes += one == One::yes ? 1 : 0;
  }
  return rank_of_count(yes, count);
}

/// The rank of what the elements of a list come to.
JointLane::RankOrOpen JointLane::rank_of_count(std::size_t yes, std::size_t of)
{
  bool const counted = form_->joined == ElementForm::Joined::count;
  bool const holds = form_->joined == ElementForm::Joined::some ? yes > 0 : yes == of;
  auto const place = counted ? yes : std::size_t{holds};
  if (of_count_.size() <= place) of_count_.resize(place + 1);
  auto& rank = of_count_[place];
  if (!rank) rank = rank_of(counted ? Value(Decimal(static_cast<std::int64_t>(yes))) : Value(holds), {});
  return *rank;
}

JointLane::One JointLane::one_element(ColumnReader const& list, std::size_t element, Evaluation const& evaluation)
{
  if (!packed_.empty()) {
    auto const& key = packed_[element - first_packed_];
    if (auto const* known = packed_elements_.find(key)) return *known;
    auto const found = evaluated_element(list, element, evaluation);
    packed_elements_.keep(key, found);
    return found;
  }
  key_.clear();
  if (!list.append_element_key(element, key_)) return One::other;
  if (auto const* known = elements_.find(key_)) return *known;
  auto const found = evaluated_element(list, element, evaluation);
  elements_.keep(key_, found);
  return found;
}

JointLane::One JointLane::evaluated_element(ColumnReader const& list, std::size_t element,
                                            Evaluation const& evaluation) const
{
  auto alone = list.list_of_one(element);
  if (!alone) return One::other;  // whoever reads the row says what is wrong
  auto const value = evaluation.of_value(columns_.front(), *std::move(alone));
  auto const yes = form_->joined == ElementForm::Joined::count ? Value(Decimal(1)) : Value(true);
  auto const no = form_->joined == ElementForm::Joined::count ? Value(Decimal(0)) : Value(false);
  return value == yes ? One::yes : value == no ? One::no : One::other;
}

}  // namespace tutela::detail
