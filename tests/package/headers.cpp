// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a program can do with tutela::headers alone, without linking anything.

#include <tutela/base/date.hpp>
#include <tutela/base/truth.hpp>

static_assert((tutela::Truth::unknown & tutela::Truth::no) == tutela::Truth::no);
static_assert(tutela::days_in_month(2028, 2) == 29);

int main() {}
