// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the C library adds to the C++ call that it wraps, side by side: one decision from five facts, and a table.
#include <benchmark/benchmark.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <tutela-c/tutela.h>
#include <tutela/columns/batch.hpp>
#include <tutela/io/assessment.hpp>
#include <tutela/io/case.hpp>
#include <tutela/rules/session.hpp>

#include "bench/support_table.hpp"

namespace tutela {
namespace {

void need(tutela_status status)
{
  if (status != TUTELA_OK) throw std::runtime_error("a call of the C library failed");
}

template <class T, void (*Free)(T*)>
struct Freed {
  void operator()(T* handle) const { Free(handle); }
};
template <class T, void (*Free)(T*)>
using Handle = std::unique_ptr<T, Freed<T, Free>>;

Pack const& cpp_pack()
{
  static Pack const pack = parse_pack(bench::support_model()).value();
  return pack;
}

tutela_pack const* c_pack()
{
  static Handle<tutela_pack, tutela_pack_free> const pack([] {
    auto const model = bench::support_model();
    tutela_pack* loaded = nullptr;
    need(tutela_pack_load(TUTELA_FROM_MEMORY, model.data(), model.size(), nullptr, &loaded, nullptr));
    return loaded;
  }());
  return pack.get();
}

std::array<tutela_slot, 5> c_slots()
{
  std::array<tutela_slot, 5> slots{};
  for (std::size_t i = 0; i < slots.size(); ++i) {
    std::string const name = bench::support_inputs[i];
    need(tutela_pack_slot(c_pack(), name.data(), name.size(), &slots[i], nullptr));
  }
  return slots;
}

void one_through_cpp(benchmark::State& state)
{
  auto const cases = bench::support_cases();
  Session session(cpp_pack());
  PreparedDecision const question(cpp_pack(), "support", std::nullopt);
  std::vector<Slot> slots;
  for (auto const* input : bench::support_inputs) slots.push_back(*session.slot(input));
  std::size_t next = 0;
  for (auto _ : state) {
    auto const& each = cases[next++ % cases.size()];
    session.set(slots[0], each.age);
    session.set(slots[1], each.income);
    session.set(slots[2], each.children);
    session.set(slots[3], each.status);
    session.set(slots[4], each.disability);
    benchmark::DoNotOptimize(session.decide(question));
  }
}
BENCHMARK(one_through_cpp)->Name("abi/one decision/Session::decide");

void one_by_slot(benchmark::State& state)
{
  auto const cases = bench::support_cases();
  tutela_session* made = nullptr;
  tutela_decision* prepared = nullptr;
  need(tutela_session_new(c_pack(), &made, nullptr));
  Handle<tutela_session, tutela_session_free> const session(made);
  need(tutela_decision_new(c_pack(), "support", 7, nullptr, &prepared, nullptr));
  Handle<tutela_decision, tutela_decision_free> const decision(prepared);
  auto const slots = c_slots();
  std::size_t next = 0;
  for (auto _ : state) {
    auto const& each = cases[next++ % cases.size()];
    tutela_answer answer = TUTELA_ANSWER_INIT;
    tutela_session_set_integer(made, slots[0], each.age, nullptr);
    tutela_session_set_integer(made, slots[1], each.income, nullptr);
    tutela_session_set_integer(made, slots[2], each.children, nullptr);
    tutela_session_set_string(made, slots[3], each.status.data(), each.status.size(), nullptr);
    tutela_session_set_boolean(made, slots[4], each.disability ? 1 : 0, nullptr);
    need(tutela_session_answer(made, prepared, &answer, nullptr));
    benchmark::DoNotOptimize(answer);
  }
}
BENCHMARK(one_by_slot)->Name("abi/one decision/tutela_session_answer");

/// The cases as JSON texts, one each.
std::vector<std::string> json_cases()
{
  std::vector<std::string> texts;
  for (auto const& each : bench::support_cases())
    texts.push_back(
        R"({"format":"tutela-case/1","id":"a","synthetic":true,"jurisdiction":"MD","kind":"child_protection",)"
        R"("facts":{"age":)" +
        std::to_string(each.age) + R"(,"income":)" + std::to_string(each.income) + R"(,"children":)" +
        std::to_string(each.children) + R"(,"status":")" + each.status + R"(","disability":)" +
        (each.disability ? "true" : "false") + "}}");
  return texts;
}

void json_through_cpp(benchmark::State& state)
{
  auto const texts = json_cases();
  DecideOptions options;
  options.decisions = {"support"};
  std::size_t next = 0;
  for (auto _ : state) {
    auto const cases = parse_cases(texts[next++ % texts.size()], "cases").value();
    auto const verdicts = cpp_pack().decide(cases.front().facts, std::nullopt, options);
    benchmark::DoNotOptimize(write_verdict_line(cases.front().id, cpp_pack().info(), verdicts.front()));
  }
}
BENCHMARK(json_through_cpp)->Name("abi/one decision as JSON/parse_cases, Pack::decide, write_verdict_line");

void one_by_json(benchmark::State& state)
{
  auto const texts = json_cases();
  std::size_t next = 0;
  for (auto _ : state) {
    auto const& text = texts[next++ % texts.size()];
    tutela_text verdicts = TUTELA_TEXT_INIT;
    need(tutela_pack_decide(c_pack(), text.data(), text.size(), "support", 7, nullptr, &verdicts, nullptr));
    benchmark::DoNotOptimize(verdicts);
    tutela_text_free(&verdicts);
  }
}
BENCHMARK(one_by_json)->Name("abi/one decision as JSON/tutela_pack_decide");

/// 131,072 rows of the table as plain arrays: the cases over and over.
struct Table {
  static constexpr std::size_t rows = 131'072;
  std::vector<std::int64_t> age, income, children;
  std::vector<std::int32_t> status;
  std::vector<std::uint8_t> disability = std::vector<std::uint8_t>(rows / 8);

  Table()
  {
    auto const cases = bench::support_cases();
    for (std::size_t row = 0; row < rows; ++row) {
      auto const& each = cases[row % cases.size()];
      age.push_back(each.age);
      income.push_back(each.income);
      children.push_back(each.children);
      std::int32_t code = 0;
      while (each.status != bench::support_status[static_cast<std::size_t>(code)]) ++code;
      status.push_back(code);
      if (each.disability) disability[row / 8] = static_cast<std::uint8_t>(disability[row / 8] | 1U << (row % 8));
    }
  }
};

/// The table as Arrow structs that point into it.
class ArrowTable {
 public:
  explicit ArrowTable(Table const& table)
      : words_("citizenresidentrefugeestatelessvisitor"), offsets_{0, 7, 15, 22, 31, 38}
  {
    std::array<void const*, 5> const values{table.age.data(), table.income.data(), table.children.data(),
                                            table.status.data(), table.disability.data()};
    word_buffers_ = {nullptr, offsets_.data(), words_.data()};
    word_schema_ = {"u", nullptr, nullptr, 0, 0, nullptr, nullptr, release_schema, nullptr};
    word_array_ = {5, 0, 0, 3, 0, word_buffers_.data(), nullptr, nullptr, release_array, nullptr};
    for (std::size_t i = 0; i < values.size(); ++i) {
      bool const coded = i == 3;
      buffers_[i] = {nullptr, values[i]};
      fields_[i] = {coded ? "i" : i == 4 ? "b" : "l", bench::support_inputs[i], nullptr, 0, 0, nullptr,
                    coded ? &word_schema_ : nullptr,  release_schema,           nullptr};
      columns_[i] = {Table::rows,   0,      0, 2, 0, buffers_[i].data(), nullptr, coded ? &word_array_ : nullptr,
                     release_array, nullptr};
      field_pointers_[i] = &fields_[i];
      column_pointers_[i] = &columns_[i];
    }
    schema = {"+s", nullptr, nullptr, 0, 5, field_pointers_.data(), nullptr, release_schema, nullptr};
    rows = {Table::rows, 0, 0, 1, 5, no_nulls_.data(), column_pointers_.data(), nullptr, release_array, nullptr};
  }
  ArrowTable(ArrowTable const&) = delete;
  ArrowTable& operator=(ArrowTable const&) = delete;

  ArrowSchema schema{};
  ArrowArray rows{};

 private:
  static void release_schema(ArrowSchema* schema) { schema->release = nullptr; }
  static void release_array(ArrowArray* array) { array->release = nullptr; }

  std::string words_;
  std::array<std::int32_t, 6> offsets_;
  std::array<void const*, 3> word_buffers_{};
  std::array<void const*, 1> no_nulls_{};
  ArrowSchema word_schema_{};
  ArrowArray word_array_{};
  std::array<std::array<void const*, 2>, 5> buffers_{};
  std::array<ArrowSchema, 5> fields_{};
  std::array<ArrowArray, 5> columns_{};
  std::array<ArrowSchema*, 5> field_pointers_{};
  std::array<ArrowArray*, 5> column_pointers_{};
};

/// Time for one row.
void count_rows(benchmark::State& state)
{
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(Table::rows));
}

void table_through_cpp(benchmark::State& state)
{
  Table const table;
  ArrowTable const arrow(table);
  BatchRun run(BatchProgram::compile(cpp_pack(), arrow.schema, std::nullopt).value());
  for (auto _ : state) {
    ArrowArray answers;
    run.decide(arrow.rows).value().export_array(answers);
    answers.release(&answers);
  }
  count_rows(state);
}
BENCHMARK(table_through_cpp)->Name("abi/table of 131,072 rows/BatchRun::decide")->Unit(benchmark::kMicrosecond);

void table_by_arrow(benchmark::State& state)
{
  Table const table;
  ArrowTable const arrow(table);
  tutela_batch* made = nullptr;
  need(tutela_batch_new(c_pack(), &arrow.schema, nullptr, &made, nullptr));
  Handle<tutela_batch, tutela_batch_free> const batch(made);
  for (auto _ : state) {
    ArrowArray answers;
    need(tutela_batch_decide(made, &arrow.rows, &answers, nullptr));
    answers.release(&answers);
  }
  count_rows(state);
}
BENCHMARK(table_by_arrow)->Name("abi/table of 131,072 rows/tutela_batch_decide")->Unit(benchmark::kMicrosecond);

void table_by_plain_arrays(benchmark::State& state)
{
  Table const table;
  auto const slots = c_slots();
  std::array<tutela_view, 5> words{};
  for (std::size_t i = 0; i < words.size(); ++i)
    words[i] = {bench::support_status[i], std::string_view(bench::support_status[i]).size()};
  std::array<void const*, 5> const values{table.age.data(), table.income.data(), table.children.data(),
                                          table.status.data(), table.disability.data()};
  std::array<tutela_column, 5> columns{};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i] = TUTELA_COLUMN_INIT;
    columns[i].slot = slots[i];
    columns[i].layout = i == 3 ? TUTELA_LAYOUT_CODES32 : i == 4 ? TUTELA_LAYOUT_BITS : TUTELA_LAYOUT_INT64;
    columns[i].values = values[i];
  }
  columns[3].words = words.data();
  columns[3].word_count = words.size();
  tutela_batch* made = nullptr;
  need(tutela_batch_new_columns(c_pack(), columns.data(), columns.size(), nullptr, &made, nullptr));
  Handle<tutela_batch, tutela_batch_free> const batch(made);
  for (auto _ : state) {
    ArrowArray answers;
    need(tutela_batch_decide_columns(made, columns.data(), columns.size(), Table::rows, &answers, nullptr));
    answers.release(&answers);
  }
  count_rows(state);
}
BENCHMARK(table_by_plain_arrays)
    ->Name("abi/table of 131,072 rows/tutela_batch_decide_columns")
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tutela
