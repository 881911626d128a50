// SPDX-License-Identifier: Apache-2.0
/// \file
/// The loops over rows for x86-64 processors with AVX-512; the only source that is compiled for them.
#include "columns/kernel_loops.hpp"

namespace tutela::detail {

extern Kernels const kernels_avx512;
Kernels const kernels_avx512 = kernels_named("avx512");

}  // namespace tutela::detail
