// SPDX-License-Identifier: Apache-2.0
/// \file
/// The loops over rows for every processor, and the choice between the sets.
#include "columns/kernels.hpp"

#include <vector>

#include "columns/kernel_loops.hpp"

namespace tutela::detail {

#if defined(TUTELA_KERNELS_X86)
extern Kernels const kernels_avx2;
extern Kernels const kernels_avx512;
#endif

namespace {

#if defined(__ARM_NEON)
// Every 64-bit Arm processor has NEON: there is nothing to choose.
constexpr Kernels baseline = kernels_named("neon");
#else
constexpr Kernels baseline = kernels_named("baseline");
#endif

std::vector<Kernels const*> found()
{
  std::vector<Kernels const*> sets{&baseline};
#if defined(TUTELA_KERNELS_X86)
  if (__builtin_cpu_supports("avx2") != 0) sets.push_back(&kernels_avx2);
  if (__builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vl") != 0)
    sets.push_back(&kernels_avx512);
#endif
  return sets;
}

}  // namespace

std::span<Kernels const* const> kernels_of_this_processor()
{
  static std::vector<Kernels const*> const sets = found();
  return sets;
}

Kernels const& kernels()
{
  static Kernels const& widest = *kernels_of_this_processor().back();
  return widest;
}

}  // namespace tutela::detail
