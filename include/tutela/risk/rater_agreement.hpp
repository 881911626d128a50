// SPDX-License-Identifier: Apache-2.0
/// \file
/// How far two people who rate the same cases agree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <tutela/base/config.hpp>
#include <tutela/base/result.hpp>
#include <tutela/risk/discrimination.hpp>

namespace tutela::inline v0 {

/// How much a difference of several levels counts.
enum class KappaWeights : std::uint8_t {
  none,      ///< Every difference alike: Cohen's kappa.
  linear,    ///< By the number of levels between the two ratings.
  quadratic  ///< By the square of that number.
};

/// RaterAgreement of two raters.
struct RaterAgreement {
  std::size_t cases = 0;  ///< Cases rated by both.
  double exact = 0;       ///< Share of cases rated the same.
  Estimate kappa;         ///< RaterAgreement beyond chance; not a number where both always give one and the same level.
};

/// Kappa of two ratings of the same cases.
/// \param first, second Levels from 0 to `levels` - 1, lowest first.
/// \param levels        Number of levels, 2 to 1000.
/// \return A diagnostic when the lengths differ, there is no case, or a level is out of range. O(n + levels²).
/// \source{Fleiss, Cohen and Everitt 1969 for the standard error}
[[nodiscard]] TUTELA_API Result<RaterAgreement> rater_agreement(std::span<std::uint32_t const> first,
                                                                std::span<std::uint32_t const> second,
                                                                std::size_t levels,
                                                                KappaWeights weights = KappaWeights::linear);

}  // namespace tutela::inline v0
