// SPDX-License-Identifier: Apache-2.0
/// \file
/// As what the answers to a decision are handed out (internal).
#pragma once

#include <cstddef>

#include <tutela/facts/value.hpp>

namespace tutela::detail {

class ColumnProgram;

/// How the answers of a decision are written.
struct AnswerType {
  Kind kind = Kind::string;  ///< Boolean, date, number, or anything else as text.
  int scale = 0;             ///< Of numbers.
};

/// The type of the answers to a decision, which holds for every table of the program: no row has a say in it.
[[nodiscard]] AnswerType answer_type(ColumnProgram const& program, std::size_t index);

}  // namespace tutela::detail
