// SPDX-License-Identifier: Apache-2.0
/// \file
/// The loops over rows for x86-64 processors with AVX2; the only source that is compiled for them.
#include "columns/kernel_loops.hpp"

namespace tutela::detail {

extern Kernels const kernels_avx2;
Kernels const kernels_avx2 = kernels_named("avx2");

}  // namespace tutela::detail
