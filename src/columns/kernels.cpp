// SPDX-License-Identifier: Apache-2.0
/// \file
/// The loops over rows for every processor, and the choice between the sets.
#include "columns/kernels.hpp"

#include "columns/kernel_loops.hpp"

namespace tutela::detail {

#if defined(TUTELA_KERNELS_AVX2)
extern Kernels const kernels_avx2;
#endif

namespace {

constexpr Kernels baseline{
    "baseline", &rank<std::int8_t>, &rank<std::int16_t>, &rank<std::int32_t>, &rank<std::int64_t>, &between, &look_up};

Kernels const& chosen()
{
#if defined(TUTELA_KERNELS_AVX2)
  if (__builtin_cpu_supports("avx2") != 0) return kernels_avx2;
#endif
  return baseline;
}

}  // namespace

Kernels const& kernels()
{
  static Kernels const& found = chosen();
  return found;
}

Kernels const& baseline_kernels() { return baseline; }

}  // namespace tutela::detail
