// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/batch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "risk/columns.hpp"
#include "risk/program.hpp"

namespace tutela::inline v0 {

namespace {

using detail::ColumnBlock;
using detail::InstrumentProgram;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t block_size = detail::ColumnBlock::size;

/// The scores of one batch.
class Batch {
 public:
  Batch(Instrument const& instrument, std::span<ScoreColumn const> columns, std::size_t people, ScoreBatch& into,
        ScoreBatchOptions const& options)
      : result_(into),
        instrument_(instrument),
        program_(instrument.program()),
        columns_(program_.domains.size(), nullptr),
        people_(people),
        options_(options)
  {
    match(columns);
  }

  std::vector<Diagnostic> run() &&
  {
    result_.states.clear();
    result_.lowest_total.clear();
    result_.highest_total.clear();
    result_.bands.clear();
    for (auto* columns : {&result_.lowest, &result_.highest})
      for (auto& column : *columns) column.clear();
    if (found_.has_errors()) return std::move(found_).take();
    result_.states.reserve(people_);
    result_.lowest_total.reserve(people_);
    result_.highest_total.reserve(people_);
    result_.lowest.resize(program_.outputs.size());
    for (auto& column : result_.lowest) column.reserve(people_);
    result_.highest.resize(program_.outputs.size());
    for (auto& column : result_.highest) column.reserve(people_);
    result_.bands.reserve(people_);
    ColumnBlock block(program_);
    for (std::size_t start = 0; start < people_; start += block_size) run_block(block, start);
    return {};
  }

 private:
  void match(std::span<ScoreColumn const> columns)
  {
    auto const& facts = program_.description.facts;
    auto const error = [&](std::string const& fact, Code code, char const* what) {
      found_.error(code, Place{{}, 0, 0, "/" + fact}, what);
    };
    for (auto const& column : columns) {
      auto const fact =
          std::find_if(facts.begin(), facts.end(), [&](auto const& one) { return one.id == column.fact; });
      if (fact == facts.end()) {
        error(column.fact, Code::unknown_item, "the instrument has no such fact");
        continue;
      }
      bool const decimal = fact->decimals > 0;
      if (column.whole.empty() == column.numbers.empty() && people_ > 0)
        error(column.fact, Code::wrong_type, "a column has either whole values or numbers");
      else if (decimal != !column.numbers.empty() && people_ > 0)
        error(column.fact, Code::wrong_type, "numbers with decimals are doubles, everything else whole values");
      else if ((decimal ? column.numbers.size() : column.whole.size()) != people_ ||
               (!column.present.empty() && column.present.size() != people_))
        error(column.fact, Code::wrong_type, "the column has another length than the batch");
      auto& place = columns_[static_cast<std::size_t>(fact - facts.begin())];
      if (place != nullptr) error(column.fact, Code::duplicate_id, "two columns give the same fact");
      place = &column;
    }
    if (!options_.recorded_act.empty() && options_.recorded_act.size() != people_)
      error("recorded_act", Code::wrong_type, "the column has another length than the batch");
  }

  [[nodiscard]] bool is_present(std::size_t fact, std::size_t person) const
  {
    auto const* column = columns_[fact];
    return column != nullptr && (column->present.empty() || column->present[person] != 0);
  }

  /// The value of a fact as the steps read it; nothing when it is out of range or between two decimals.
  [[nodiscard]] std::optional<double> value(std::size_t fact, std::size_t person) const
  {
    auto const& domain = program_.domains[fact];
    auto const* column = columns_[fact];
    if (!column->whole.empty()) {
      std::int64_t const count = column->whole[person];
      if (count < domain.first || count > domain.last) return std::nullopt;
      return domain.value(count);
    }
    double const scaled = column->numbers[person] * domain.scale;
    if (!(std::fabs(scaled) <= 9e15)) return std::nullopt;
    auto const count = std::llround(scaled);
    if (count < domain.first || count > domain.last || domain.value(count) != column->numbers[person])
      return std::nullopt;
    return domain.value(count);
  }

  using Flags = std::array<std::int32_t, block_size>;

  void run_block(ColumnBlock& block, std::size_t start)
  {
    auto const people = std::min(block_size, people_ - start);
    Flags good;
    good.fill(may_be_scored() ? 1 : 0);
    for (std::size_t k = 0; k < program_.domains.size(); ++k) load(block, k, start, people, good);
    block.run(people);
    for (auto const* forbidden : {&program_.violated, &program_.refused})
      for (auto const step : *forbidden) detail::drop_equal(block.column(step).data(), 1, good.data(), people);
    detail::drop_equal(block.column(program_.total).data(), not_a_number, good.data(), people);
    for (auto const output : program_.outputs)
      detail::drop_equal(block.column(output).data(), not_a_number, good.data(), people);
    if (!is_recorded_for_all())
      for (std::size_t i = 0; i < people; ++i) good[i] &= has_recorded_act(start + i) ? 1 : 0;
    append(block, people);
    for (std::size_t i = 0; i < people; ++i)
      if (good[i] == 0) take_one(start + i);
  }

  void load(ColumnBlock& block, std::size_t fact, std::size_t start, std::size_t people, Flags& good)
  {
    auto const* given = columns_[fact];
    auto column = block.column(fact);
    if (given == nullptr) {
      std::fill_n(column.begin(), people, program_.domains[fact].value(program_.domains[fact].first));
      good.fill(0);
      return;
    }
    if (!given->whole.empty()) {
      block.load(fact, given->whole.data() + start, good.data(), people);
    } else {
      auto const stand_in = program_.domains[fact].value(program_.domains[fact].first);
      for (std::size_t i = 0; i < people; ++i) {
        auto const found = value(fact, start + i);
        column[i] = found.value_or(stand_in);
        good[i] &= found ? 1 : 0;
      }
    }
    if (!given->present.empty())
      for (std::size_t i = 0; i < people; ++i) good[i] &= given->present[start + i] != 0 ? 1 : 0;
  }

  /// Appends what the block says of everybody; who is not good is put right afterwards.
  void append(ColumnBlock& block, std::size_t people)
  {
    auto const add = [&](std::uint32_t step, std::vector<double>& into) {
      auto const column = block.column(step);
      into.insert(into.end(), column.begin(), column.begin() + static_cast<std::ptrdiff_t>(people));
    };
    result_.states.resize(result_.states.size() + people, ScoreState::known);
    add(program_.total, result_.lowest_total);
    add(program_.total, result_.highest_total);
    for (std::size_t k = 0; k < program_.outputs.size(); ++k) {
      add(program_.outputs[k], result_.lowest[k]);
      add(program_.outputs[k], result_.highest[k]);
    }
    std::array<std::int32_t, block_size> bands;
    bands.fill(-1);
    if (program_.band_of) detail::place(block.column(*program_.band_of).data(), program_.bands, bands.data(), people);
    result_.bands.insert(result_.bands.end(), bands.begin(), bands.begin() + static_cast<std::ptrdiff_t>(people));
  }

  /// True when the column of a recorded act is there for everybody and its presence says it.
  [[nodiscard]] bool is_recorded_for_all() const
  {
    auto const& acts = program_.description.applicability.recorded_act;
    if (acts.empty()) return true;
    if (!options_.recorded_act.empty()) return false;
    auto const& facts = program_.description.facts;
    for (std::size_t k = 0; k < facts.size(); ++k)
      if (std::find(acts.begin(), acts.end(), facts[k].declaration.name) != acts.end() && columns_[k] != nullptr &&
          columns_[k]->present.empty() && facts[k].declaration.type != Kind::boolean)
        return true;
    return false;
  }

  /// Whether place and day allow a number at all; if not, everybody goes the way of one score.
  [[nodiscard]] bool may_be_scored() const
  {
    if (!program_.cuts.empty()) return false;  // no norm holds here
    auto const& places = program_.description.applicability.jurisdictions;
    bool const inside =
        places.empty() || std::find(places.begin(), places.end(), options_.jurisdiction) != places.end();
    return inside || options_.purpose == ScorePurpose::research;
  }

  [[nodiscard]] bool has_recorded_act(std::size_t person) const
  {
    if (!options_.recorded_act.empty()) return options_.recorded_act[person] != 0;
    auto const& facts = program_.description.facts;
    for (auto const& act : program_.description.applicability.recorded_act)
      for (std::size_t k = 0; k < facts.size(); ++k)
        if (facts[k].declaration.name == act && is_present(k, person) &&
            (facts[k].declaration.type != Kind::boolean || columns_[k]->whole[person] != 0))
          return true;
    return false;
  }

  [[nodiscard]] Value fact_value(std::size_t fact, std::size_t person) const
  {
    auto const* column = columns_[fact];
    auto const& declaration = program_.description.facts[fact].declaration;
    if (!column->numbers.empty()) {
      // Out of range or between two decimals: a text, so that the fact is refused as it should be.
      auto const found = value(fact, person);
      if (!found) return Value("not a number of the declared range");
      auto const& domain = program_.domains[fact];
      Decimal const scale = *Decimal::parse(std::to_string(static_cast<std::int64_t>(domain.scale)));
      return Value(Decimal(std::llround(*found * domain.scale)) / scale);
    }
    std::int64_t const count = column->whole[person];
    switch (declaration.type) {
      case Kind::date: {
        auto const day = from_days(count);
        return day ? Value(*day) : Value("not a day of the calendar");
      }
      case Kind::boolean: return count == 0 || count == 1 ? Value(count == 1) : Value("not a flag");
      case Kind::string:
        if (count >= 0 && count < static_cast<std::int64_t>(declaration.allowed.size()))
          return declaration.allowed[static_cast<std::size_t>(count)];
        return Value("not a choice");
      default: return Value(Decimal(count));
    }
  }

  void take_one(std::size_t person)
  {
    result_.states[person] = ScoreState::error;
    result_.lowest_total[person] = result_.highest_total[person] = not_a_number;
    for (auto* columns : {&result_.lowest, &result_.highest})
      for (auto& column : *columns) column[person] = not_a_number;
    result_.bands[person] = -1;
    auto const one = options_.score_one ? std::optional(options_.score_one(person)) : score_columns(person);
    if (one) put(*one, person);
  }

  /// The score of one person by what the columns say; nothing where they make no record.
  [[nodiscard]] std::optional<Score> score_columns(std::size_t person) const
  {
    auto const& facts = program_.description.facts;
    RecordBuilder builder;
    bool all = true;
    for (std::size_t k = 0; k < facts.size(); ++k) {
      if (!is_present(k, person)) {
        all = false;
        continue;
      }
      builder.set(facts[k].declaration.name, fact_value(k, person));
    }
    auto const& acts = program_.description.applicability.recorded_act;
    if (!acts.empty() && instrument_.schema().find(acts.front()) == nullptr && has_recorded_act(person))
      builder.set(acts.front(), Value(true));
    auto const record = std::move(builder).build();
    if (!record) return std::nullopt;
    ScoreOptions options;
    options.purpose = options_.purpose;
    options.jurisdiction = options_.jurisdiction;
    options.on = options_.on;
    options.limits = options_.limits;
    if (!all && !options_.bounds) options.limits.evaluation_steps = 0;
    return score(instrument_, *record, options);
  }

  void put(Score const& one, std::size_t person)
  {
    result_.states[person] = one.state;
    bool const has_number = one.state == ScoreState::known || (one.state == ScoreState::open && options_.bounds);
    if (!has_number) return;
    result_.lowest_total[person] = one.total.lowest;
    result_.highest_total[person] = one.total.highest;
    for (std::size_t k = 0; k < one.outputs.size(); ++k) {
      result_.lowest[k][person] = one.outputs[k].value.lowest;
      result_.highest[k][person] = one.outputs[k].value.highest;
    }
    for (std::size_t k = 0; k < program_.description.bands.size(); ++k)
      if (program_.description.bands[k].id == one.band) result_.bands[person] = static_cast<std::int32_t>(k);
  }

  ScoreBatch& result_;
  Instrument const& instrument_;
  InstrumentProgram const& program_;
  std::vector<ScoreColumn const*> columns_;
  std::size_t people_;
  ScoreBatchOptions const& options_;
  Diagnostics found_;
};

}  // namespace

std::vector<Diagnostic> score_batch(Instrument const& instrument, std::span<ScoreColumn const> columns,
                                    std::size_t people, ScoreBatch& into, ScoreBatchOptions const& options)
{
  auto const normed = instrument.normed(options.jurisdiction, options.on);
  return Batch(normed ? *normed : instrument, columns, people, into, options).run();
}

Result<ScoreBatch> score_batch(Instrument const& instrument, std::span<ScoreColumn const> columns, std::size_t people,
                               ScoreBatchOptions const& options)
{
  ScoreBatch result;
  auto found = score_batch(instrument, columns, people, result, options);
  if (!found.empty()) return found;
  return result;
}

}  // namespace tutela::inline v0
