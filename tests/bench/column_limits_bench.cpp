// SPDX-License-Identifier: Apache-2.0
/// \file
/// What limits the columns: a loop written by hand, memory with two threads, memory that is taken, one case alone. Synthetic.
#include <benchmark/benchmark.h>

#include <malloc.h>

#include <atomic>
#include <new>
#include <string>
#include <variant>
#include <vector>

#include <tutela/columns/batch.hpp>
#include <tutela/rules/pack.hpp>
#include <tutela/rules/session.hpp>

#include "bench/column_runs.hpp"
#include "columns/kernels.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace {

/// Bytes that are allocated in this program, and the most that ever were.
std::atomic<std::int64_t> allocated{0};
std::atomic<std::int64_t> most_allocated{0};

}  // namespace

void* operator new(std::size_t size)
{
  auto* const made = std::malloc(size);
  if (made == nullptr) throw std::bad_alloc();
  auto const now = allocated += static_cast<std::int64_t>(malloc_usable_size(made));
  if (now > most_allocated) most_allocated = now;  // one thread allocates where it is asked for
  return made;
}

void operator delete(void* given) noexcept
{
  allocated -= static_cast<std::int64_t>(malloc_usable_size(given));
  std::free(given);
}

void operator delete(void* given, std::size_t) noexcept { operator delete(given); }

namespace tutela {
namespace {

using bench::table_of;
using bench::wall_seconds;

Pack const& forty_pack()
{
  static Pack const pack = parse_pack(bench::forty_model(), "forty.dmn").value();
  return pack;
}

BatchProgram answers_only(Pack const& pack, ArrowSchema const& schema)
{
  BatchOptions options;
  options.outcomes = false;
  return BatchProgram::compile(pack, schema, std::nullopt, options).value();
}

ArrowArray exported(BatchAnswers const& answers)
{
  ArrowArray out;
  answers.export_array(out);
  return out;
}

/// How much faster two threads are than one: at reading memory, and at the forty rules.
void two_threads(benchmark::State& state)
{
  std::vector<std::uint64_t> const data(std::size_t{1} << 25U, 1);
  auto const read = [&data](std::size_t threads) {
    auto const each = data.size() / threads;
    return wall_seconds(
        threads, [&](std::size_t i) { benchmark::DoNotOptimize(bench::read_all(data.data() + i * each, each)); });
  };
  auto const& table = table_of(10, bench::fill_forty);
  auto const program = answers_only(forty_pack(), table.schema);
  auto const decide = [&](std::size_t threads) {
    std::vector<BatchRun> runs;
    for (std::size_t i = 0; i < threads; ++i) runs.emplace_back(program);
    auto const each = table.rows() / threads;
    return wall_seconds(threads, [&](std::size_t i) {
      auto out = exported(runs[i].decide(table.array, i * each, each).value());
      out.release(&out);
    });
  };
  double memory = 0;
  double ours = 0;
  for (auto _ : state) {
    memory = read(1) / read(2);
    ours = decide(1) / decide(2);
  }
  state.counters["memory"] = memory;
  state.counters["ours"] = ours;
  state.counters["of memory's"] = ours / memory;
}
BENCHMARK(two_threads)->Name("40 rules x 6/two threads")->Iterations(1)->Unit(benchmark::kMillisecond);

/// Memory that 10 million rows take beyond themselves and their answers, in arrays of a million, as large tables come.
void memory_beyond(benchmark::State& state)
{
  constexpr int arrays = 10;
  bench::ColumnTable table(1'000'000, 10);
  bench::fill_forty(table);
  auto const program = answers_only(forty_pack(), table.schema);
  std::int64_t beyond = 0;
  for (auto _ : state) {
    most_allocated = allocated.load();
    auto const before = allocated.load();
    std::vector<ArrowArray> out(arrays);
    {
      BatchRun run(program);
      for (auto& each : out) each = exported(run.decide(table.array).value());
    }
    auto const answers = allocated.load() - before;
    beyond = most_allocated - before - answers;
    for (auto& each : out) each.release(&each);
  }
  state.counters["MiB"] = static_cast<double>(beyond) / (1 << 20U);
}
BENCHMARK(memory_beyond)
    ->Name("40 rules x 6/memory beyond input and output")
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

/// A fact as a host has it.
struct HostFact {
  Slot slot;
  std::variant<bool, std::int64_t, Date, Decimal, std::string> value;
};

HostFact host_fact(Slot slot, Value const& value)
{
  if (auto const* flag = value.as_boolean()) return {slot, *flag};
  if (auto const* date = value.as_date()) return {slot, *date};
  if (auto const* text = value.as_string()) return {slot, std::string(*text)};
  auto const& number = *value.as_number();
  if (auto const whole = number.to_int64()) return {slot, *whole};
  return {slot, number};
}

/// The facts of 1,024 people, one in ten missing.
std::vector<std::vector<HostFact>> host_cases(Session const& session)
{
  bench::ColumnTable table(1024, 10);
  bench::fill_forty(table);
  auto const program = answers_only(forty_pack(), table.schema);
  std::vector<std::vector<HostFact>> cases(table.rows());
  for (std::size_t row = 0; row < cases.size(); ++row) {
    auto const record = program.facts(table.array, row).value();
    for (auto const& fact : record.facts()) cases[row].push_back(host_fact(*session.slot(fact.name), fact.value));
  }
  return cases;
}

void set_all(Session& session, std::vector<HostFact> const& facts)
{
  session.clear();
  for (auto const& fact : facts) std::visit([&](auto const& value) { session.set(fact.slot, value); }, fact.value);
}

/// Forty rules about one person whose facts are set by slot, in one call.
void one_case(benchmark::State& state)
{
  Session session(forty_pack());
  PreparedDecisions const questions(forty_pack(), std::nullopt);
  auto const cases = host_cases(session);
  std::size_t i = 0;
  for (auto _ : state) {
    set_all(session, cases[i]);
    for (auto const& answer : session.decide(questions)) benchmark::DoNotOptimize(answer.outcome());
    i = (i + 1) % cases.size();
  }
}
BENCHMARK(one_case)->Name("40 rules x 6/one case by slot");

/// The same, each rule by itself.
void one_case_rule_by_rule(benchmark::State& state)
{
  Session session(forty_pack());
  std::vector<PreparedDecision> questions;
  for (int i = 0; i < 40; ++i) questions.emplace_back(forty_pack(), "rule" + std::to_string(i), std::nullopt);
  auto const cases = host_cases(session);
  std::size_t i = 0;
  for (auto _ : state) {
    set_all(session, cases[i]);
    for (auto const& question : questions) benchmark::DoNotOptimize(session.decide(question).outcome());
    i = (i + 1) % cases.size();
  }
}
BENCHMARK(one_case_rule_by_rule)->Name("40 rules x 6/one case, rule by rule");

/// Setting the facts alone.
void one_case_set(benchmark::State& state)
{
  Session session(forty_pack());
  auto const cases = host_cases(session);
  std::size_t i = 0;
  for (auto _ : state) {
    set_all(session, cases[i]);
    i = (i + 1) % cases.size();
  }
}
BENCHMARK(one_case_set)->Name("40 rules x 6/one case, its facts set alone");

/// Six conditions on six columns of the forty; the same below in C++.
constexpr auto one_rule = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="one" name="one" namespace="urn:one">
<itemDefinition name="tKind"><typeRef>string</typeRef><allowedValues><text>"a","b","c","d","e","f"</text></allowedValues></itemDefinition>
<inputData id="day0" name="day0"><variable name="day0" typeRef="date"/></inputData>
<inputData id="day1" name="day1"><variable name="day1" typeRef="date"/></inputData>
<inputData id="kind0" name="kind0"><variable name="kind0" typeRef="tKind"/></inputData>
<inputData id="size0" name="size0"><variable name="size0" typeRef="number"/></inputData>
<inputData id="money0" name="money0"><variable name="money0" typeRef="number"/></inputData>
<inputData id="flag0" name="flag0"><variable name="flag0" typeRef="boolean"/></inputData>
<decision id="rule" name="rule"><variable name="rule" typeRef="boolean"/>
<informationRequirement><requiredInput href="#day0"/></informationRequirement>
<informationRequirement><requiredInput href="#day1"/></informationRequirement>
<informationRequirement><requiredInput href="#kind0"/></informationRequirement>
<informationRequirement><requiredInput href="#size0"/></informationRequirement>
<informationRequirement><requiredInput href="#money0"/></informationRequirement>
<informationRequirement><requiredInput href="#flag0"/></informationRequirement>
<decisionTable hitPolicy="FIRST">
<input><inputExpression><text>day0</text></inputExpression></input><input><inputExpression><text>kind0</text></inputExpression></input>
<input><inputExpression><text>size0</text></inputExpression></input><input><inputExpression><text>day1</text></inputExpression></input>
<input><inputExpression><text>money0</text></inputExpression></input><input><inputExpression><text>flag0</text></inputExpression></input>
<output><defaultOutputEntry><text>false</text></defaultOutputEntry></output>
<rule><inputEntry><text>&lt; date("2010-05-15")</text></inputEntry><inputEntry><text>"a", "c"</text></inputEntry>
<inputEntry><text>[50..200)</text></inputEntry><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>
<inputEntry><text>-</text></inputEntry><outputEntry><text>true</text></outputEntry></rule>
<rule><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>
<inputEntry><text>&gt;= date("2008-03-15")</text></inputEntry><inputEntry><text>&lt; 5000.5</text></inputEntry>
<inputEntry><text>true</text></inputEntry><outputEntry><text>true</text></outputEntry></rule>
</decisionTable></decision></definitions>)";

void one_rule_in_columns(benchmark::State& state)
{
  static Pack const pack = parse_pack(one_rule, "one.dmn").value();
  auto const& table = table_of(10, bench::fill_forty);
  BatchRun run(answers_only(pack, table.schema));
  for (auto _ : state) {
    auto out = exported(run.decide(table.array).value());
    out.release(&out);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(table.rows()));
}
BENCHMARK(one_rule_in_columns)->Name("one rule/in columns")->Unit(benchmark::kMillisecond);

#if defined(__x86_64__)
/// The columns of the rule and where its answers go; one loop over all, nothing stored in between.
class ByHand {
 public:
  explicit ByHand(bench::ColumnTable const& table)
      : known_((table.rows() + 63) / 64), held_(known_.size()), rows_(table.rows())
  {
    char const* const names[] = {"day0", "kind0", "size0", "day1", "money0", "flag0"};
    for (std::size_t i = 0; i < 6; ++i)
      for (std::int64_t k = 0; k < table.schema.n_children; ++k)
        if (std::string_view(table.schema.children[k]->name) == names[i])
          for (std::size_t part = 0; part < 2; ++part) columns_[i][part] = table.array.children[k]->buffers[part];
  }

  [[nodiscard]] static bool possible()
  {
    return __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vl") != 0;
  }

  /// \pre The number of rows is a multiple of 64.
  __attribute__((target("avx512f,avx512bw,avx512vl"))) void run()
  {
    auto const before = _mm512_set1_epi32(14'744);  // 2010-05-15
    auto const from = _mm512_set1_epi32(13'953);    // 2008-03-15
    auto const amount = _mm512_set1_epi64(500'050);
    for (std::size_t row = 0; row < rows_; row += 64) {
      std::uint64_t early = 0;
      std::uint64_t late = 0;
      std::uint64_t among = 0;
      std::uint64_t inside = 0;
      std::uint64_t below = 0;
      for (unsigned k = 0; k < 4; ++k) {
        early |= std::uint64_t{_mm512_cmplt_epi32_mask(load<std::int32_t>(0, row + 16 * k), before)} << 16 * k;
        late |= std::uint64_t{_mm512_cmpge_epi32_mask(load<std::int32_t>(3, row + 16 * k), from)} << 16 * k;
      }
      auto const kinds = load<std::uint8_t>(1, row);
      among =
          _mm512_cmpeq_epi8_mask(kinds, _mm512_setzero_si512()) | _mm512_cmpeq_epi8_mask(kinds, _mm512_set1_epi8(2));
      for (unsigned k = 0; k < 2; ++k) {
        auto const sizes = _mm512_sub_epi16(load<std::int16_t>(2, row + 32 * k), _mm512_set1_epi16(50));
        inside |= std::uint64_t{_mm512_cmplt_epu16_mask(sizes, _mm512_set1_epi16(150))} << 32 * k;
      }
      for (unsigned k = 0; k < 8; ++k)
        below |= std::uint64_t{_mm512_cmplt_epi64_mask(load<std::int64_t>(4, row + 8 * k), amount)} << 8 * k;
      std::uint64_t const conditions[6] = {early, among, inside, late, below, bits(5, 1, row)};
      std::uint64_t certain[6];
      std::uint64_t possible[6];
      for (unsigned i = 0; i < 6; ++i) {
        auto const valid = bits(i, 0, row);
        certain[i] = conditions[i] & valid;
        possible[i] = conditions[i] | ~valid;
      }
      auto const yes = (certain[0] & certain[1] & certain[2]) | (certain[3] & certain[4] & certain[5]);
      auto const maybe = (possible[0] & possible[1] & possible[2]) | (possible[3] & possible[4] & possible[5]);
      held_[row / 64] = yes;
      known_[row / 64] = yes | ~maybe;
    }
  }

  [[nodiscard]] bool same(ArrowArray const& answers) const
  {
    auto const* known = static_cast<std::uint64_t const*>(answers.buffers[0]);
    auto const* held = static_cast<std::uint64_t const*>(answers.buffers[1]);
    for (std::size_t word = 0; word < known_.size(); ++word)
      if (known[word] != known_[word] || (held[word] & known[word]) != held_[word]) return false;
    return true;
  }

 private:
  template <class T>
  __attribute__((target("avx512f,avx512bw,avx512vl"))) __m512i load(std::size_t column, std::size_t row) const
  {
    return _mm512_loadu_si512(static_cast<T const*>(columns_[column][1]) + row);
  }

  [[nodiscard]] std::uint64_t bits(std::size_t column, std::size_t part, std::size_t row) const
  {
    return static_cast<std::uint64_t const*>(columns_[column][part])[row / 64];
  }

  void const* columns_[6][2] = {};
  std::vector<std::uint64_t> known_;
  std::vector<std::uint64_t> held_;
  std::size_t rows_;
};

void one_rule_by_hand(benchmark::State& state)
{
  if (!ByHand::possible()) return state.SkipWithError("this processor has no AVX-512");
  auto const& table = table_of(10, bench::fill_forty);
  if (table.rows() % 64 != 0) return state.SkipWithError("the number of rows is no multiple of 64");
  ByHand by_hand(table);
  by_hand.run();
  auto answers = exported(
      BatchRun(answers_only(parse_pack(one_rule, "one.dmn").value(), table.schema)).decide(table.array).value());
  bool const same = by_hand.same(*answers.children[0]);
  answers.release(&answers);
  if (!same) return state.SkipWithError("the loop by hand answers otherwise");
  for (auto _ : state) by_hand.run();
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(table.rows()));
}
BENCHMARK(one_rule_by_hand)->Name("one rule/a loop by hand")->Unit(benchmark::kMillisecond);
#endif

}  // namespace
}  // namespace tutela
