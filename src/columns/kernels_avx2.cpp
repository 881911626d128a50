// SPDX-License-Identifier: Apache-2.0
/// \file
/// The loops over rows for x86-64 processors with AVX2; the only source that is compiled for them.
#include "columns/kernel_loops.hpp"

namespace tutela::detail {

extern Kernels const kernels_avx2;
Kernels const kernels_avx2{
    "avx2", &rank<std::int8_t>, &rank<std::int16_t>, &rank<std::int32_t>, &rank<std::int64_t>, &between, &look_up};

}  // namespace tutela::detail
