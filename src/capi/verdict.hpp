// SPDX-License-Identifier: Apache-2.0
/// \file
/// Making the handle of a verdict (internal).
#pragma once

#include <tutela-c/tutela.h>
#include <tutela/rules/verdict.hpp>

namespace tutela::detail {

/// A new handle; its answer is written as JSON once, so that reading it is only a view.
tutela_verdict* make_verdict(Verdict verdict);

}  // namespace tutela::detail
