// SPDX-License-Identifier: Apache-2.0
#include <tutela/risk/batch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "risk/columns.hpp"
#include "risk/instrument_use.hpp"
#include "risk/open_score.hpp"
#include "risk/program.hpp"

namespace tutela::inline v0 {

namespace {

using detail::ColumnBlock;
using detail::InstrumentProgram;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t block_size = detail::ColumnBlock::size;

using Flags = std::array<std::int32_t, block_size>;
using FactSets = std::array<std::uint64_t, block_size>;  ///< Facts of each person, one bit each.

/// What the columns say of the people of one block.
struct BlockPeople {
  /// True where the columns say all of everybody, and nothing was assumed.
  [[nodiscard]] bool is_whole(std::size_t people) const
  {
    for (std::size_t i = 0; i < people; ++i)
      if (good[i] == 0 || assumed[i] != 0) return false;
    return true;
  }

  Flags good;   ///< 1 where every fact is there, or the instrument says what stands in its place.
  Flags plain;  ///< 1 where the columns say all that `score` would ask for, though facts may be missing.
  FactSets missing{};
  FactSets assumed{};  ///< Facts to which the published rule gives a value.
};

/// The remarks of a batch, each kept once.
class Remarks {
 public:
  explicit Remarks(std::vector<ScoreRemark>& kept) : kept_(kept) {}

  /// The place of a remark, from 1; 0 for one that says nothing.
  std::uint32_t place(ScoreRemark remark)
  {
    bool const says_nothing = remark.missing.empty() && remark.uncertain.empty() && remark.assumed.empty() &&
                              remark.reason.empty() && remark.diagnostics.empty() && remark.exact &&
                              remark.possible_bands.size() <= 1;
    if (says_nothing) return 0;
    auto& alike = places_[remark.missing];
    for (auto const place : alike)
      if (kept_[place - 1] == remark) return place;
    kept_.push_back(std::move(remark));
    alike.push_back(static_cast<std::uint32_t>(kept_.size()));
    return alike.back();
  }

 private:
  std::vector<ScoreRemark>& kept_;
  std::map<std::vector<std::string>, std::vector<std::uint32_t>> places_;  ///< By the missing facts.
};

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
        options_(options),
        remarks_(into.remarks),
        scorer_(program_, options.purpose == ScorePurpose::research, options.limits.evaluation_steps)
  {
    match(columns);
    for (bool const recorded : {false, true})
      uses_[recorded ? 1 : 0] = detail::use_of(program_, recorded, options.jurisdiction, options.on, options.purpose);
  }

  std::vector<Diagnostic> run() &&
  {
    result_.states.clear();
    result_.lowest_total.clear();
    result_.highest_total.clear();
    result_.bands.clear();
    result_.remark_of.clear();
    result_.remarks.clear();
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
    result_.remark_of.assign(people_, 0);
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

  /// True also where the column cannot hold the value.
  [[nodiscard]] bool is_told(std::size_t fact, std::size_t person) const
  {
    auto const* column = columns_[fact];
    return column != nullptr && (column->present.empty() || column->present[person] != 0);
  }

  [[nodiscard]] bool is_present(std::size_t fact, std::size_t person) const
  {
    auto const* column = columns_[fact];
    return column != nullptr && (column->present.empty() || column->present[person] == 1);
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

  void run_block(ColumnBlock& block, std::size_t start)
  {
    auto const people = std::min(block_size, people_ - start);
    BlockPeople who;
    who.good.fill(1);
    who.plain.fill(1);
    for (std::size_t k = 0; k < program_.domains.size(); ++k) load(block, k, start, people, who);
    block.run(people);
    auto const keep = [&](std::uint32_t step, double forbidden) {
      detail::drop_equal(block.column(step).data(), forbidden, who.good.data(), people);
    };
    for (auto const* forbidden : {&program_.violated, &program_.refused})
      for (auto const step : *forbidden) keep(step, 1);
    keep(program_.total, not_a_number);
    for (auto const output : program_.outputs) keep(output, not_a_number);
    append(block, people);
    bool const everybody = is_recorded_for_all();
    if (everybody && !uses_[1].refused && who.is_whole(people)) return;
    for (std::size_t i = 0; i < people; ++i) {
      auto const& use = uses_[everybody || has_recorded_act(start + i) ? 1 : 0];
      if (use.refused)
        put_refused(use, start + i);
      else if (who.good[i] == 0)
        put_open(who, i, start + i);
      else if (who.assumed[i] != 0)
        result_.remark_of[start + i] = place_of({0, who.assumed[i], {}, true, std::nullopt}, start + i);
    }
  }

  void load(ColumnBlock& block, std::size_t fact, std::size_t start, std::size_t people, BlockPeople& who)
  {
    auto const* given = columns_[fact];
    Flags inside;
    inside.fill(1);
    if (given != nullptr && !given->whole.empty())
      block.load(fact, given->whole.data() + start, inside.data(), people);
    else if (given != nullptr)
      load_numbers(block, fact, start, people, inside);
    if (given != nullptr && given->present.empty()) {
      for (std::size_t i = 0; i < people; ++i) {
        who.good[i] &= inside[i];
        who.plain[i] &= inside[i];
      }
      return;
    }
    auto const absence = absence_of(fact);
    auto const column = block.column(fact);
    for (std::size_t i = 0; i < people; ++i) {
      auto const state = given == nullptr ? 0 : given->present[start + i];
      std::int32_t const known = state == 1 ? inside[i] : 0;
      who.plain[i] &= state == 0 ? absence.is_plain : known;
      if (state != 0) {
        who.good[i] &= known;
        continue;
      }
      column[i] = program_.domains[fact].value(absence.stand_in.value_or(program_.domains[fact].first));
      if (absence.is_assumed) who.assumed[i] |= std::uint64_t{1} << fact;
      if (absence.stand_in) continue;
      who.good[i] = 0;
      who.missing[i] |= std::uint64_t{1} << fact;
    }
  }

  void load_numbers(ColumnBlock& block, std::size_t fact, std::size_t start, std::size_t people, Flags& inside)
  {
    auto const stand_in = program_.domains[fact].value(program_.domains[fact].first);
    auto const column = block.column(fact);
    for (std::size_t i = 0; i < people; ++i) {
      auto const found = value(fact, start + i);
      column[i] = found.value_or(stand_in);
      inside[i] = found ? 1 : 0;
    }
  }

  /// What becomes of a fact that is not there.
  struct Absence {
    std::optional<std::int64_t> stand_in;  ///< The count that is taken for it.
    bool is_assumed = false;               ///< The published rule says so.
    std::int32_t is_plain = 1;             ///< 0 where only `score` knows.
  };
  [[nodiscard]] Absence absence_of(std::size_t fact) const
  {
    auto const meaning = columns_[fact] == nullptr ? ScoreAbsence::unknown : columns_[fact]->absent;
    if (meaning == ScoreAbsence::none) return {program_.when_none[fact], false, program_.when_none[fact] ? 1 : 0};
    if (meaning == ScoreAbsence::unknown && program_.fed[fact]) return {std::nullopt, false, 0};
    if (program_.description.facts[fact].missing == MissingRule::assume) return {program_.assumed[fact], true, 1};
    return {};
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

  [[nodiscard]] bool has_recorded_act(std::size_t person) const
  {
    if (!options_.recorded_act.empty()) return options_.recorded_act[person] != 0;
    auto const& facts = program_.description.facts;
    for (auto const& act : program_.description.applicability.recorded_act)
      for (std::size_t k = 0; k < facts.size(); ++k)
        if (facts[k].declaration.name == act && is_told(k, person) &&
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

  /// What the record says of a fact that is not known; nothing where it says nothing.
  [[nodiscard]] std::optional<Value> absent_value(std::size_t fact, std::size_t person) const
  {
    auto const* column = columns_[fact];
    if (column == nullptr) return std::nullopt;
    if (column->present[person] != 0) return Value("not a value that the column can hold");
    if (column->absent == ScoreAbsence::none) return Value();
    if (column->absent == ScoreAbsence::unknown) return std::nullopt;
    return Value(Uncertain{{program_.description.facts[fact].declaration.name}});
  }

  /// Takes back what the block said of somebody.
  void clear(std::size_t person)
  {
    result_.states[person] = ScoreState::error;
    result_.lowest_total[person] = result_.highest_total[person] = not_a_number;
    for (auto* columns : {&result_.lowest, &result_.highest})
      for (auto& column : *columns) column[person] = not_a_number;
    result_.bands[person] = -1;
  }

  void put_refused(detail::InstrumentUse const& use, std::size_t person)
  {
    clear(person);
    result_.states[person] = use.state;
    auto& place = places_of_uses_[&use == &uses_[1] ? 1 : 0];
    if (place == 0) {
      ScoreRemark remark;
      remark.reason = use.reason;
      remark.diagnostics = use.diagnostics;
      place = remarks_.place(std::move(remark));
    }
    result_.remark_of[person] = place;
  }

  /// Bounds where facts are missing; the way of one score where the columns do not say all.
  void put_open(BlockPeople const& who, std::size_t place, std::size_t person)
  {
    clear(person);
    bool const may_be_open = who.plain[place] != 0 && who.missing[place] != 0 && options_.bounds;
    if (!may_be_open || !put_bounds(who, place, person)) take_one(person);
  }

  bool put_bounds(BlockPeople const& who, std::size_t place, std::size_t person)
  {
    states_.resize(program_.domains.size());
    bool some = false;
    for (std::size_t k = 0; k < states_.size(); ++k) {
      auto const& domain = program_.domains[k];
      bool const missing = (who.missing[place] >> k & 1U) != 0;
      auto const count = missing ? 0 : count_of(k, person);
      states_[k].first = missing ? domain.first : count;
      states_[k].last = missing ? domain.last : count;
      some = some || states_[k].is_open();
    }
    if (!some) return false;
    auto const& open = scorer_(states_);
    if (open.outcome != detail::OpenOutcome::numbers || open.failed) return false;
    bool const settled = open.is_settled();
    result_.states[person] = settled ? ScoreState::known : ScoreState::open;
    result_.lowest_total[person] = open.total.low;
    result_.highest_total[person] = open.total.high;
    for (std::size_t k = 0; k < open.outputs.size(); ++k) {
      result_.lowest[k][person] = open.outputs[k].low;
      result_.highest[k][person] = open.outputs[k].high;
    }
    if (std::count(open.bands.begin(), open.bands.end(), 1) == 1)
      result_.bands[person] =
          static_cast<std::int32_t>(std::find(open.bands.begin(), open.bands.end(), 1) - open.bands.begin());
    Words words{settled ? 0 : open.matter, who.assumed[place], open.bands, open.exact, open.may_be_refused};
    result_.remark_of[person] = place_of(std::move(words), person);
    return true;
  }

  /// The count of a fact that is there, or that the instrument puts in its place.
  [[nodiscard]] std::int64_t count_of(std::size_t fact, std::size_t person) const
  {
    if (!is_present(fact, person)) return *absence_of(fact).stand_in;
    auto const& column = *columns_[fact];
    if (!column.whole.empty()) return column.whole[person];
    return std::llround(column.numbers[person] * program_.domains[fact].scale);
  }

  /// From what a remark follows, but for the meaning of the columns: the same for many people.
  struct Words {
    std::uint64_t missing = 0;
    std::uint64_t assumed = 0;
    std::vector<char> bands;
    bool exact = true;
    std::optional<std::size_t> may_be_refused;
    auto operator<=>(Words const&) const = default;
  };

  std::uint32_t place_of(Words words, std::size_t person)
  {
    auto const& described = program_.description;
    if (words.bands.empty() && result_.bands[person] >= 0) {
      words.bands.assign(described.bands.size(), 0);
      words.bands[static_cast<std::size_t>(result_.bands[person])] = 1;
    }
    auto const found = places_.find(words);
    if (found != places_.end()) return found->second;
    ScoreRemark remark;
    for (std::size_t k = 0; k < described.facts.size(); ++k) {
      auto const& name = described.facts[k].declaration.name;
      bool const cannot_be_known = columns_[k] != nullptr && columns_[k]->absent == ScoreAbsence::uncertain;
      if ((words.missing >> k & 1U) != 0) (cannot_be_known ? remark.uncertain : remark.missing).push_back(name);
      if ((words.assumed >> k & 1U) != 0) remark.assumed.push_back(name);
    }
    for (auto* names : {&remark.missing, &remark.uncertain, &remark.assumed}) detail::keep_once(*names);
    for (std::size_t k = 0; k < words.bands.size(); ++k)
      if (words.bands[k] != 0) remark.possible_bands.push_back(described.bands[k].id);
    remark.exact = words.exact;
    if (words.may_be_refused) remark.reason = described.applicability.rules[*words.may_be_refused].reason;
    return places_.emplace(std::move(words), remarks_.place(std::move(remark))).first->second;
  }

  /// The score of somebody by all that is known of the person.
  void take_one(std::size_t person)
  {
    auto const one = options_.score_one ? std::optional(options_.score_one(person)) : score_columns(person);
    if (!one) return;
    put(*one, person);
    result_.remark_of[person] = remarks_.place(remark_on(*one));
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
        if (auto value = absent_value(k, person)) builder.set(facts[k].declaration.name, *std::move(value));
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
  Remarks remarks_;
  std::array<detail::InstrumentUse, 2> uses_;      ///< Without and with a recorded act.
  std::array<std::uint32_t, 2> places_of_uses_{};  ///< Of their remarks.
  detail::OpenScorer scorer_;
  std::vector<detail::FactState> states_;
  std::map<Words, std::uint32_t> places_;
  Diagnostics found_;
};

}  // namespace

ScoreRemark remark_on(Score const& score)
{
  return {score.missing, score.uncertain,   score.assumed, score.possible_bands,
          score.reason,  score.diagnostics, score.exact};
}

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
