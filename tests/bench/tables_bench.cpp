// SPDX-License-Identifier: Apache-2.0
/// \file
/// Decision tables on one case at a time, one thread, everything warm. Synthetic tables and cases.
#include <benchmark/benchmark.h>

#include <random>
#include <sstream>

#include <tutela/rules/pack.hpp>
#include <tutela/rules/session.hpp>

#include "bench/support_table.hpp"
#include "bench/ten_conditions.hpp"

namespace tutela {
namespace {

/// Calls `body(i)` for case after case of 1,024.
template <class Body>
void for_each_case(benchmark::State& state, Body body)
{
  std::size_t i = 0;
  for (auto _ : state) {
    body(i);
    i = (i + 1) % 1'024;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

// The table of 12 rules by 5 inputs.

Pack const& support_pack()
{
  static Pack const pack = parse_pack(bench::support_model(), "support.dmn").value();
  return pack;
}

Record record_of(bench::SupportCase const& each)
{
  return RecordBuilder()
      .set("age", Value(Decimal(each.age)))
      .set("income", Value(Decimal(each.income)))
      .set("children", Value(Decimal(each.children)))
      .set("status", Value(each.status))
      .set("disability", Value(each.disability))
      .build()
      .value();
}

std::vector<Slot> support_slots(Session const& session)
{
  std::vector<Slot> slots;
  for (auto const* name : bench::support_inputs) slots.push_back(*session.slot(name));
  return slots;
}

void set_by_slot(Session& session, std::vector<Slot> const& slots, bench::SupportCase const& each)
{
  session.set(slots[0], each.age);
  session.set(slots[1], each.income);
  session.set(slots[2], each.children);
  session.set(slots[3], each.status);
  session.set(slots[4], each.disability);
}

void support_by_slot(benchmark::State& state)
{
  auto const cases = bench::support_cases();
  Session session(support_pack());
  PreparedDecision const question(support_pack(), "support", std::nullopt);
  auto const slots = support_slots(session);
  for_each_case(state, [&](std::size_t i) {
    set_by_slot(session, slots, cases[i]);
    benchmark::DoNotOptimize(session.decide(question));
  });
}
BENCHMARK(support_by_slot)->Name("support 12x5/Session::decide/set 5 facts by slot");

void support_by_name(benchmark::State& state)
{
  auto const cases = bench::support_cases();
  Session session(support_pack());
  PreparedDecision const question(support_pack(), "support", std::nullopt);
  for_each_case(state, [&](std::size_t i) {
    auto const& each = cases[i];
    session.set("age", each.age);
    session.set("income", each.income);
    session.set("children", each.children);
    session.set("status", each.status);
    session.set("disability", each.disability);
    benchmark::DoNotOptimize(session.decide(question));
  });
}
BENCHMARK(support_by_name)->Name("support 12x5/Session::decide/set 5 facts by name");

void support_verdict(benchmark::State& state)
{
  auto const cases = bench::support_cases();
  Session session(support_pack());
  PreparedDecision const question(support_pack(), "support", std::nullopt);
  auto const slots = support_slots(session);
  for_each_case(state, [&](std::size_t i) {
    set_by_slot(session, slots, cases[i]);
    benchmark::DoNotOptimize(session.verdict(question));
  });
}
BENCHMARK(support_verdict)->Name("support 12x5/Session::verdict/set 5 facts by slot");

void support_from_record(benchmark::State& state)
{
  std::vector<Record> records;
  for (auto const& each : bench::support_cases()) records.push_back(record_of(each));
  for_each_case(state, [&](std::size_t i) {
    benchmark::DoNotOptimize(support_pack().decide("support", records[i], std::nullopt));
  });
}
BENCHMARK(support_from_record)->Name("support 12x5/Pack::decide/record");

void support_proof(benchmark::State& state)
{
  std::vector<Record> records;
  for (auto const& each : bench::support_cases()) records.push_back(record_of(each));
  for_each_case(state, [&](std::size_t i) {
    benchmark::DoNotOptimize(support_pack().prove("support", records[i], std::nullopt));
  });
}
BENCHMARK(support_proof)->Name("support 12x5/Pack::prove/record");

// A decision of ten conditions, all facts known or a third of them missing.

/// The facts of one case; those that are missing are left out.
struct TenFacts {
  std::array<int, 10> values = {};
  std::array<bool, 10> missing = {};
};

/// Facts that mostly meet the conditions. \param missing Facts left out of each case.
std::vector<TenFacts> ten_cases(int missing)
{
  std::mt19937 random(10);
  std::vector<TenFacts> cases(1'024);
  for (auto& each : cases) {
    for (int left = missing; left > 0;) {
      auto& drawn = each.missing[random() % 10];
      if (!drawn) --left;
      drawn = true;
    }
    for (auto& value : each.values) value = static_cast<int>(random() % 100);
    // In one case of two every known condition holds, so that the missing ones decide.
    if (random() % 2 == 0) each.values.fill(50);
  }
  return cases;
}

/// Fills a session with the facts of one case after the other and asks.
template <class Ask>
void ten(benchmark::State& state, int missing, Ask ask)
{
  Pack const pack = parse_pack(bench::ten_conditions(1), "ten.dmn").value();
  Session session(pack);
  PreparedDecision const question(pack, "granted0", std::nullopt);
  std::vector<Slot> slots;
  for (int i = 0; i < 10; ++i) slots.push_back(*session.slot("x" + std::to_string(i)));
  auto const cases = ten_cases(missing);
  for_each_case(state, [&](std::size_t i) {
    auto const& each = cases[i];
    for (std::size_t k = 0; k < 10; ++k) {
      if (each.missing[k])
        session.unset(slots[k]);
      else if (k % 2 == 0)
        session.set(slots[k], each.values[k] >= 10);
      else
        session.set(slots[k], each.values[k]);
    }
    ask(session, question);
  });
}

void prove_ten(benchmark::State& state)
{
  Pack const pack = parse_pack(bench::ten_conditions(1), "ten.dmn").value();
  std::vector<Record> records;
  for (auto const& each : ten_cases(static_cast<int>(state.range(0)))) {
    RecordBuilder builder;
    for (std::size_t k = 0; k < 10; ++k) {
      if (each.missing[k]) continue;
      builder.set("x" + std::to_string(k), k % 2 == 0 ? Value(each.values[k] >= 10) : Value(Decimal(each.values[k])));
    }
    records.push_back(std::move(builder).build().value());
  }
  for_each_case(state,
                [&](std::size_t i) { benchmark::DoNotOptimize(pack.prove("granted0", records[i], std::nullopt)); });
}
BENCHMARK(prove_ten)->Name("ten conditions/Pack::prove/facts missing:")->Arg(0)->Arg(3);

void decide_ten(benchmark::State& state)
{
  ten(state, static_cast<int>(state.range(0)),
      [](Session& session, PreparedDecision const& question) { benchmark::DoNotOptimize(session.decide(question)); });
}
BENCHMARK(decide_ten)->Name("ten conditions/Session::decide/facts missing:")->Arg(0)->Arg(3);

void verdict_ten(benchmark::State& state)
{
  ten(state, static_cast<int>(state.range(0)),
      [](Session& session, PreparedDecision const& question) { benchmark::DoNotOptimize(session.verdict(question)); });
}
BENCHMARK(verdict_ten)->Name("ten conditions/Session::verdict/facts missing:")->Arg(0)->Arg(3);

// A table of 1,000 rules.

std::string thousand_rules()
{
  std::ostringstream text;
  text << R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="big" name="big" namespace="urn:big">
<inputData id="in_age" name="age"><variable name="age" typeRef="number"/></inputData>
<inputData id="in_income" name="income"><variable name="income" typeRef="number"/></inputData>
<inputData id="in_region" name="region"><variable name="region" typeRef="string"/></inputData>
<decision id="d" name="grant"><variable name="grant" typeRef="number"/>
<informationRequirement><requiredInput href="#in_age"/></informationRequirement>
<informationRequirement><requiredInput href="#in_income"/></informationRequirement>
<informationRequirement><requiredInput href="#in_region"/></informationRequirement>
<decisionTable hitPolicy="FIRST"><input><inputExpression><text>age</text></inputExpression></input>
<input><inputExpression><text>income</text></inputExpression></input>
<input><inputExpression><text>region</text></inputExpression></input><output/>
)";
  for (int i = 0; i < 1'000; ++i)
    text << "<rule><inputEntry><text>[" << i % 50 << ".." << i % 50 + 5
         << ")</text></inputEntry><inputEntry><text>&lt; " << 100 + i * 7 << "</text></inputEntry><inputEntry><text>\"r"
         << i % 20 << "\"</text></inputEntry><outputEntry><text>" << i << "</text></outputEntry></rule>\n";
  text << "</decisionTable></decision></definitions>\n";
  return text.str();
}

void decide_thousand(benchmark::State& state)
{
  Pack const pack = parse_pack(thousand_rules(), "big.dmn").value();
  Session session(pack);
  PreparedDecision const question(pack, "grant", std::nullopt);
  auto const age = *session.slot("age");
  auto const income = *session.slot("income");
  auto const region = *session.slot("region");
  std::vector<std::string> names;
  for (int i = 0; i < 20; ++i) names.push_back("r" + std::to_string(i));
  for_each_case(state, [&](std::size_t i) {
    session.set(age, static_cast<int>(i % 55));
    session.set(income, static_cast<int>(i * 7));
    session.set(region, names[i % 20]);
    benchmark::DoNotOptimize(session.decide(question));
  });
}
BENCHMARK(decide_thousand)->Name("thousand rules/Session::decide/set 3 facts by slot");

}  // namespace
}  // namespace tutela
