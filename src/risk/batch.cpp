// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/batch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "risk/program.hpp"

namespace tutela::inline v0 {

namespace {

using detail::InstrumentProgram;
using detail::Step;
using Operation = ScoreExpression::Operation;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t block_size = 512;
constexpr double largest_lookup = 65'536;

/// A table over one or two steps of whole numbers whose rows are constants, written out: one read instead of a search.
struct Lookup {
  std::array<std::uint32_t, 2> steps{};
  std::array<double, 2> low{};
  std::size_t width = 1;  ///< Distance between neighbours of the second step.
  std::vector<double> values;
};

std::optional<Lookup> lookup_of(InstrumentProgram const& program, Step const& step)
{
  std::vector<std::uint32_t> subjects;
  for (auto const& row : step.rows) {
    if (program.steps[row.value].operation != Operation::constant || program.steps[row.value].is_fact)
      return std::nullopt;
    for (auto const& condition : row.when)
      if (std::find(subjects.begin(), subjects.end(), condition.step) == subjects.end())
        subjects.push_back(condition.step);
  }
  if (subjects.empty() || subjects.size() > 2) return std::nullopt;
  double size = 1;
  for (auto const subject : subjects) {
    auto const& one = program.steps[subject];
    if (!one.integral) return std::nullopt;
    size *= one.range.high - one.range.low + 1;
    if (!(size <= largest_lookup)) return std::nullopt;
  }
  Lookup result;
  std::vector<double> values(program.steps.size());
  for (auto const& row : step.rows) values[row.value] = program.steps[row.value].constants[0];
  auto const& first = program.steps[subjects[0]];
  auto const& second = program.steps[subjects.back()];
  result.steps = {subjects[0], subjects.back()};
  result.low = {first.range.low, second.range.low};
  result.width = static_cast<std::size_t>(first.range.high - first.range.low) + 1;
  double const last = subjects.size() == 2 ? second.range.high : second.range.low;
  for (double b = second.range.low; b <= last; ++b)
    for (double a = first.range.low; a <= first.range.high; ++a) {
      values[result.steps[1]] = b;
      values[result.steps[0]] = a;  // last: with one subject both are the same step
      result.values.push_back(detail::evaluate(program, step, std::span<double const>(values)));
    }
  if (subjects.size() == 1) result.low[1] = not_a_number;
  return result;
}

/// Runs the steps over blocks of people, one step after the other.
class Block {
 public:
  explicit Block(InstrumentProgram const& program) : program_(program), values_(program.steps.size() * block_size)
  {
    lookups_.resize(program.steps.size());
    for (std::size_t k = program.domains.size(); k < program.steps.size(); ++k)
      if (program.steps[k].operation == Operation::table) lookups_[k] = lookup_of(program, program.steps[k]);
    one_.resize(program.steps.size());
    for (std::size_t k = 0; k < program.domains.size(); ++k)
      if (program.description.facts[k].declaration.type == Kind::date)
        dates_.resize(program.domains.size() * block_size);
  }

  [[nodiscard]] std::span<double> column(std::size_t step) { return {values_.data() + step * block_size, block_size}; }

  void run(std::size_t people)
  {
    split_dates(people);
    for (std::size_t k = program_.domains.size(); k < program_.steps.size(); ++k) step(k, people);
  }

 private:
  void split_dates(std::size_t people)
  {
    if (dates_.empty()) return;
    for (std::size_t k = 0; k < program_.domains.size(); ++k) {
      if (program_.description.facts[k].declaration.type != Kind::date) continue;
      for (std::size_t i = 0; i < people; ++i)
        dates_[k * block_size + i] = *from_days(static_cast<std::int64_t>(values_[k * block_size + i]));
    }
  }

  void years(Step const& step, double* out, std::size_t people) const
  {
    Date const* from = dates_.data() + step.arguments[0] * block_size;
    Date const* to = dates_.data() + step.arguments[1] * block_size;
    bool const early = program_.description.age_rule.leapling == Leapling::on_28_february;
    for (std::size_t i = 0; i < people; ++i) {
      int start = from[i].month * 32 + from[i].day;
      if (early && start == 2 * 32 + 29 && !is_leap_year(to[i].year)) start = 2 * 32 + 28;
      int const end = to[i].month * 32 + to[i].day;
      out[i] = static_cast<double>(to[i].year - from[i].year - (start <= end ? 0 : 1));
    }
  }

  void step(std::size_t index, std::size_t people)
  {
    Step const& step = program_.steps[index];
    double* out = values_.data() + index * block_size;
    auto const argument = [&](std::size_t k) { return values_.data() + step.arguments[k] * block_size; };
    switch (step.operation) {
      case Operation::constant: std::fill(out, out + people, step.constants[0]); return;
      case Operation::years:
        if (program_.description.age_rule.reached == AgeReached::day_after_birthday) break;
        years(step, out, people);
        return;
      case Operation::linear:
        std::fill(out, out + people, step.constants[0]);
        for (std::size_t k = 0; k < step.arguments.size(); ++k) {
          double const* x = argument(k);
          double const weight = step.constants[k + 1];
          for (std::size_t i = 0; i < people; ++i) out[i] += weight * x[i];
        }
        return;
      case Operation::table:
        if (lookups_[index]) {
          auto const& lookup = *lookups_[index];
          double const* a = values_.data() + lookup.steps[0] * block_size;
          double const* b = values_.data() + lookup.steps[1] * block_size;
          if (std::isnan(lookup.low[1])) {
            for (std::size_t i = 0; i < people; ++i)
              out[i] = lookup.values[static_cast<std::size_t>(a[i] - lookup.low[0])];
          } else {
            for (std::size_t i = 0; i < people; ++i)
              out[i] = lookup.values[static_cast<std::size_t>(a[i] - lookup.low[0]) +
                                     lookup.width * static_cast<std::size_t>(b[i] - lookup.low[1])];
          }
          return;
        }
        break;
      default: break;
    }
    // The other operations take the very function that scores one person.
    for (std::size_t i = 0; i < people; ++i) {
      for (auto const k : step.arguments) one_[k] = values_[k * block_size + i];
      for (auto const& row : step.rows) {
        one_[row.value] = values_[row.value * block_size + i];
        for (auto const& condition : row.when) one_[condition.step] = values_[condition.step * block_size + i];
      }
      out[i] = detail::evaluate(program_, step, std::span<double const>(one_));
    }
  }

  InstrumentProgram const& program_;
  std::vector<double> values_;
  std::vector<std::optional<Lookup>> lookups_;
  std::vector<double> one_;
  std::vector<Date> dates_;
};

/// The scores of one batch.
class Batch {
 public:
  Batch(Instrument const& instrument, std::span<ScoreColumn const> columns, std::size_t people,
        ScoreBatchOptions const& options)
      : instrument_(instrument),
        program_(instrument.program()),
        columns_(program_.domains.size(), nullptr),
        people_(people),
        options_(options)
  {
    match(columns);
  }

  Result<ScoreBatch> run() &&
  {
    if (found_.has_errors()) return std::move(found_).take();
    result_.states.assign(people_, ScoreState::error);
    result_.lowest_total.assign(people_, not_a_number);
    result_.highest_total.assign(people_, not_a_number);
    result_.lowest.assign(program_.outputs.size(), std::vector<double>(people_, not_a_number));
    result_.highest = result_.lowest;
    result_.bands.assign(people_, -1);
    Block block(program_);
    for (std::size_t start = 0; start < people_; start += block_size) run_block(block, start);
    return std::move(result_);
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

  void run_block(Block& block, std::size_t start)
  {
    auto const people = std::min(block_size, people_ - start);
    std::array<bool, block_size> whole{};
    whole.fill(true);
    for (std::size_t k = 0; k < program_.domains.size(); ++k) {
      auto column = block.column(k);
      auto const stand_in = program_.domains[k].value(program_.domains[k].first);
      for (std::size_t i = 0; i < people; ++i) {
        auto const found = is_present(k, start + i) ? value(k, start + i) : std::nullopt;
        column[i] = found.value_or(stand_in);
        whole[i] = whole[i] && found.has_value();
      }
    }
    block.run(people);
    for (std::size_t i = 0; i < people; ++i) {
      if (whole[i] && may_be_scored(start + i) && take(block, i, start + i)) continue;
      take_one(start + i);
    }
  }

  /// Whether the person passes what is asked before any number: the others go the way of one score.
  [[nodiscard]] bool may_be_scored(std::size_t person) const
  {
    auto const& applicability = program_.description.applicability;
    auto const& places = applicability.jurisdictions;
    bool const inside =
        places.empty() || std::find(places.begin(), places.end(), options_.jurisdiction) != places.end();
    if (!inside && options_.purpose != ScorePurpose::research) return false;
    return applicability.recorded_act.empty() || has_recorded_act(person);
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

  /// Takes the score of one person out of the block; false when it needs the way of one score.
  bool take(Block& block, std::size_t i, std::size_t person)
  {
    for (auto const step : program_.violated)
      if (block.column(step)[i] == 1) return false;
    for (auto const step : program_.refused)
      if (block.column(step)[i] == 1) return false;
    double const total = block.column(program_.total)[i];
    if (std::isnan(total)) return false;
    for (auto const output : program_.outputs)
      if (std::isnan(block.column(output)[i])) return false;
    result_.states[person] = ScoreState::known;
    result_.lowest_total[person] = result_.highest_total[person] = total;
    for (std::size_t k = 0; k < program_.outputs.size(); ++k)
      result_.lowest[k][person] = result_.highest[k][person] = block.column(program_.outputs[k])[i];
    if (program_.band_of)
      if (auto const band = detail::band_at(program_, block.column(*program_.band_of)[i]))
        result_.bands[person] = static_cast<std::int32_t>(*band);
    return true;
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
      case Kind::date: return Value(*from_days(count));
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
    if (!record) return;
    ScoreOptions options;
    options.purpose = options_.purpose;
    options.jurisdiction = options_.jurisdiction;
    options.limits = options_.limits;
    if (!all && !options_.bounds) options.limits.evaluation_steps = 0;
    auto const one = score(instrument_, *record, options);
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

  Instrument const& instrument_;
  InstrumentProgram const& program_;
  std::vector<ScoreColumn const*> columns_;
  std::size_t people_;
  ScoreBatchOptions const& options_;
  Diagnostics found_;
  ScoreBatch result_;
};

}  // namespace

Result<ScoreBatch> score_batch(Instrument const& instrument, std::span<ScoreColumn const> columns, std::size_t people,
                               ScoreBatchOptions const& options)
{
  return Batch(instrument, columns, people, options).run();
}

}  // namespace tutela::inline v0
