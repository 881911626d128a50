// SPDX-License-Identifier: Apache-2.0
/// \file
/// More rows than 32 bits count, and the memory that answers stand in.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <tutela/columns/stream.hpp>

#include "columns/plane_memory.hpp"
#include "unit/columns/tables.hpp"
#include "unit/rules/models.hpp"

namespace tutela {
namespace {

using namespace test;

Pack help()
{
  return pack(dmn(
      input("income", "number") +
      decision("help", {"income"}, table("hitPolicy=\"FIRST\"", {"income"}, {{{"< 500"}, "true"}, {{"-"}, "false"}}))));
}

/// Incomes from 0 on, of which each seventh is missing. \param last Of one more row.
std::unique_ptr<MadeArray> incomes(std::size_t rows, std::optional<std::int64_t> last = std::nullopt)
{
  GivenColumn column{"income", "s", {}};
  for (std::size_t row = 0; row < rows; ++row)
    column.values.push_back(row % 7 == 3 ? std::nullopt : std::optional(number(static_cast<int>(row % 1'000))));
  if (last) column.values.emplace_back(number(static_cast<int>(*last)));
  return make_table({std::move(column)});
}

/// One array again and again, and another one at the end.
struct Repeated {
  MadeArray* array;
  std::size_t times;
  MadeArray* last;

  ArrowArrayStream stream()
  {
    ArrowArrayStream made{};
    made.get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
      *out = static_cast<Repeated*>(self->private_data)->array->schema;
      return 0;
    };
    made.get_next = [](ArrowArrayStream* self, ArrowArray* out) {
      auto& content = *static_cast<Repeated*>(self->private_data);
      *out = {};
      if (content.times > 0)
        *out = content.array->array;
      else if (content.last != nullptr)
        *out = std::exchange(content.last, nullptr)->array;
      if (content.times > 0) --content.times;
      return 0;
    };
    made.get_last_error = [](ArrowArrayStream* /*self*/) -> char const* { return nullptr; };
    made.release = [](ArrowArrayStream* self) { self->release = nullptr; };
    made.private_data = this;
    return made;
  }
};

/// Rows, known answers, and those that are yes.
struct Counts {
  std::uint64_t rows = 0;
  std::uint64_t known = 0;
  std::uint64_t yes = 0;

  /// Counts an array of answers bit by bit. \param times It stands for so many.
  void add(ArrowArray const& answers, std::uint64_t times = 1)
  {
    auto const& column = *answers.children[0];
    auto const* known_bits = static_cast<std::uint64_t const*>(column.buffers[0]);
    auto const* yes_bits = static_cast<std::uint64_t const*>(column.buffers[1]);
    std::uint64_t known_here = 0;
    for (std::int64_t word = 0; word * 64 < column.length; ++word) {
      auto const left = column.length - word * 64;
      auto const rows_here = left >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
      known_here += static_cast<std::uint64_t>(std::popcount(known_bits[word] & rows_here));
      yes += times * static_cast<std::uint64_t>(std::popcount(known_bits[word] & yes_bits[word] & rows_here));
    }
    EXPECT_EQ(column.null_count, column.length - static_cast<std::int64_t>(known_here));
    rows += times * static_cast<std::uint64_t>(column.length);
    known += times * known_here;
  }
};

TEST(ManyRows, MoreThanThirtyTwoBitsCount)
{
  constexpr std::uint64_t limit = std::uint64_t{1} << 31U;
  constexpr std::size_t rows = 400'003;
  constexpr std::size_t times = limit / rows + 1;
  auto const array = incomes(rows);
  auto const last = incomes(4, 123);
  BatchOptions options;
  options.outcomes = false;
  Repeated table{array.get(), times, last.get()};
  auto stream = table.stream();
  auto answers = decide_batch(help(), stream, std::nullopt, options).value();
  ASSERT_GT(answers.rows(), limit);
  EXPECT_EQ(answers.rows(), std::uint64_t{rows} * times + 5);
  EXPECT_EQ(answers.shares(0).rows, answers.rows());

  std::uint64_t const known = rows - (rows + 3) / 7;
  std::uint64_t yes = 0;
  for (std::size_t row = 0; row < rows; ++row) yes += row % 7 != 3 && row % 1'000 < 500 ? 1 : 0;
  ArrowArrayStream out;
  export_stream(answers, out);
  Counts counts;
  for (ArrowArray each;;) {
    ASSERT_EQ(out.get_next(&out, &each), 0);
    if (each.release == nullptr) break;
    counts.add(each);
    each.release(&each);
  }
  out.release(&out);
  EXPECT_EQ(counts.rows, answers.rows());
  EXPECT_EQ(counts.known, known * times + 4);
  EXPECT_EQ(counts.yes, yes * times + 4);

  Repeated again{array.get(), times, last.get()};
  stream = again.stream();
  auto const facts = facts_of_row(answers, stream, answers.rows() - 1).value();
  EXPECT_EQ(facts.find("income")->value, number(123)) << "the last row of all";
}

TEST(HandedOut, AnswersStayWhenTheRunGoesOn)
{
  auto const first = incomes(20'000);
  auto const second = make_table({{"income", "s", std::vector<std::optional<Value>>(20'000, number(1))}});
  auto const program = BatchProgram::compile(help(), first->schema, std::nullopt).value();
  ArrowArray kept;
  Counts before;
  {
    BatchRun run(program);
    run.decide(first->array).value().export_array(kept);
    before.add(kept);
    for (int i = 0; i < 3; ++i) {
      ArrowArray other;
      run.decide(second->array).value().export_array(other);
      Counts all;
      all.add(other);
      EXPECT_EQ(all.yes, 20'000U) << "whatever an earlier array left in that memory";
      other.release(&other);
    }
  }
  Counts after;
  after.add(kept);
  EXPECT_EQ(after.rows, 20'000U);
  EXPECT_EQ(after.known, before.known);
  EXPECT_EQ(after.yes, before.yes);
  std::thread([&] { kept.release(&kept); }).join();
}

TEST(PlaneMemory, GivesAgainWhatWasLetGo)
{
  detail::PlaneMemory memory;
  std::set<detail::RowWord*> first;
  for (int array = 0; array < 3; ++array) {
    memory.begin(1'000);
    std::vector<detail::Plane> planes;
    std::set<detail::RowWord*> taken;
    for (int i = 0; i < 4; ++i) {
      planes.push_back(memory.take());
      planes.back().get()[999] = 1;
      taken.insert(planes.back().get());
    }
    EXPECT_EQ(taken.size(), 4U) << "no two have the same";
    if (array == 0) first = taken;
    EXPECT_EQ(taken, first);
    std::thread([&] { planes.clear(); }).join();
  }
}

TEST(PlaneMemory, LetsGoOfAnotherSize)
{
  std::optional<detail::PlaneMemory> memory(std::in_place);
  memory->begin(10);
  auto small = memory->take();
  memory->begin(100'000);
  auto large = memory->take();
  large.get()[99'999] = 1;
  small.reset();  // its size is not wanted any more
  auto other = memory->take();
  other.get()[99'999] = 2;
  EXPECT_NE(large.get(), other.get());
  memory.reset();
  EXPECT_EQ(large.get()[99'999], 1U) << "what was taken lives on";
}

}  // namespace
}  // namespace tutela
