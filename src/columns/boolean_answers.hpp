// SPDX-License-Identifier: Apache-2.0
/// \file
/// The Boolean answers of an array of rows as bits (internal).
#pragma once

#include <cstddef>

#include "columns/batch_content.hpp"

namespace tutela::detail {

/// Writes where the answer to a decision is known and a Boolean, and where it is true; nowhere else a bit is set.
/// \param known, held Room for `words_for(rows)` words each.
void boolean_answers(BatchContent const& content, std::size_t decision, RowWord* known, RowWord* held);

}  // namespace tutela::detail
