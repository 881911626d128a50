// SPDX-License-Identifier: Apache-2.0
/// \file
/// The Boolean answers of an array of rows as bits.
#include "columns/boolean_answers.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

namespace tutela::detail {
namespace {

/// Row by row, for many endings.
void write_each(DecisionAnswers const& answers, std::size_t rows, RowWord* known, RowWord* held)
{
  std::vector<std::uint8_t> bits(answers.endings->size());
  for (std::size_t i = 0; i < bits.size(); ++i)
    if (auto const* value = (*answers.endings)[i].value.as_boolean()) bits[i] = *value ? 3 : 1;
  std::array<std::uint32_t, rows_in_word> numbers{};
  for (std::size_t word = 0; word * rows_in_word < rows; ++word) {
    answers.planes.numbers(word, numbers.data());
    known[word] = 0;
    held[word] = 0;
    for (std::size_t i = 0; i < rows_in_word; ++i) {
      known[word] |= RowWord{bits[numbers[i]] & 1U} << i;
      held[word] |= RowWord{bits[numbers[i]]} >> 1U << i;
    }
  }
}

/// By asking which rows have an ending, for few.
void write_together(DecisionAnswers const& answers, RowWord* known, RowWord* held)
{
  std::vector<std::uint32_t> both;
  std::vector<std::uint32_t> yes;
  for (std::size_t i = 0; i < answers.endings->size(); ++i) {
    auto const* value = (*answers.endings)[i].value.as_boolean();
    if (value != nullptr) both.push_back(static_cast<std::uint32_t>(i));
    if (value != nullptr && *value) yes.push_back(both.back());
  }
  answers.planes.among(std::move(both), known);
  answers.planes.among(std::move(yes), held);
}

/// Where they were decided into such bits.
void copy_planes(DecisionAnswers const& answers, RowWord* known, RowWord* held)
{
  auto const words = answers.planes.words();
  auto const* const from = answers.planes.plane(std::countr_zero(known_bit)).get();
  auto const* const value = answers.planes.plane(std::countr_zero(value_bit)).get();
  std::copy_n(from, words, known);
  for (std::size_t word = 0; word < words; ++word) held[word] = value[word] & from[word];
}

}  // namespace

void boolean_answers(BatchContent const& content, std::size_t decision, RowWord* known, RowWord* held)
{
  auto const& answers = content.decisions[decision];
  if (content.program->decisions[decision].as_bits)
    copy_planes(answers, known, held);
  else if (answers.planes.few(answers.endings->size()))
    write_together(answers, known, held);
  else
    write_each(answers, content.rows, known, held);
  for (auto word = content.rows / rows_in_word; word < answers.planes.words(); ++word) {
    auto const first = word * rows_in_word;
    auto const here = first < content.rows ? low_bits(content.rows - first) : 0;
    known[word] &= here;
    held[word] &= here;
  }
}

}  // namespace tutela::detail
