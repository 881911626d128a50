// SPDX-License-Identifier: Apache-2.0
/// \file
/// The Boolean answers of an array of rows as bits.
#include "columns/boolean_answers.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace tutela::detail {
namespace {

/// Row by row, for many endings. \param given Of each ending: 0, known; 1, true.
void write_each(EndingPlanes const& planes, std::vector<std::array<bool, 2>> const& given, std::size_t rows,
                RowWord* known, RowWord* held)
{
  std::array<std::uint32_t, rows_in_word> numbers{};
  for (std::size_t word = 0; word * rows_in_word < rows; ++word) {
    planes.numbers(word, numbers.data());
    RowWord bits[2] = {};
    for (std::size_t i = 0; i < rows_in_word; ++i)
      for (std::size_t k = 0; k < 2; ++k) bits[k] |= RowWord{given[numbers[i]][k]} << i;
    known[word] = bits[0];
    held[word] = bits[1];
  }
}

}  // namespace

void boolean_answers(BatchContent const& content, std::size_t decision, RowWord* known, RowWord* held)
{
  auto const& [planes, endings, shares] = content.decisions[decision];
  std::vector<std::uint32_t> yes;
  std::vector<std::uint32_t> both;
  std::vector<std::array<bool, 2>> given(endings->size());
  for (std::size_t i = 0; i < endings->size(); ++i) {
    auto const* value = (*endings)[i].value.as_boolean();
    if (value == nullptr) continue;
    given[i] = {true, *value};
    both.push_back(static_cast<std::uint32_t>(i));
    if (*value) yes.push_back(both.back());
  }
  if (planes.few(endings->size())) {
    planes.among(std::move(both), known);
    planes.among(std::move(yes), held);
  } else {
    write_each(planes, given, content.rows, known, held);
  }
  for (auto word = content.rows / rows_in_word; word < planes.words(); ++word) {
    auto const first = word * rows_in_word;
    auto const here = first < content.rows ? low_bits(content.rows - first) : 0;
    known[word] &= here;
    held[word] &= here;
  }
}

}  // namespace tutela::detail
