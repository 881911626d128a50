// SPDX-License-Identifier: Apache-2.0
/// \file
/// What stands behind a batch of `tutela-c/columns.h` (internal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <tutela-c/arrow.h>
#include <tutela/columns/batch.hpp>
#include "capi/handles.hpp"

namespace tutela::detail {

/// What a batch was told about one plain array: its pointers may differ from call to call, this may not.
struct PlainColumn {
  tutela_slot slot = 0;
  tutela_layout layout = 0;
  std::int32_t scale = 0;
  tutela_null_meaning nulls = TUTELA_NULL_UNKNOWN;

  friend bool operator==(PlainColumn const&, PlainColumn const&) = default;
};

/// The options of a caller with the day. \throws as `sized`, `date_from`, `texts_from`.
struct BatchAsking {
  std::optional<Date> on;
  BatchOptions options;
};

BatchAsking batch_asking_from(tutela_batch_options const* given);

/// What a null says. \throws ContractViolation for a number that stands for nothing.
NullMeaning null_meaning_from(tutela_null_meaning given);

/// A new handle. \throws Error with every column that does not fit its fact.
tutela_batch* make_batch(Pack const& pack, ArrowSchema const& schema, BatchAsking const& asking,
                         std::vector<PlainColumn> plain);

}  // namespace tutela::detail

struct tutela_batch {
  tutela::detail::HandleTag tag = tutela::detail::HandleTag::batch;
  tutela::BatchProgram program;
  tutela::BatchRun run;
  std::vector<tutela::detail::PlainColumn> plain;  ///< Empty for a batch that was made for Arrow.
};
