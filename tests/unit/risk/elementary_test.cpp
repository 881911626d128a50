// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "risk/elementary.hpp"

namespace tutela::detail {
namespace {

double units_apart(double a, double b)
{
  double const unit = std::nextafter(std::fabs(b), std::numeric_limits<double>::infinity()) - std::fabs(b);
  return std::fabs(a - b) / unit;
}

TEST(Elementary, within_units_of_the_last_place_and_never_falling)
{
  std::mt19937_64 random(1);
  auto const uniform = [&] { return static_cast<double>(random() >> 11U) * 0x1p-53; };
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (int k = 0; k < 300'000; ++k) {
    double const x = k % 3 == 0 ? 4 * uniform() - 2 : 1400 * uniform() - 700;
    EXPECT_LE(units_apart(exponential(x), std::exp(x)), 2) << x;
    EXPECT_LE(exponential(x), exponential(std::nextafter(x, infinity))) << x;
    double const z = k % 3 == 0 ? x : x / 10;
    EXPECT_LE(logistic(z), logistic(std::nextafter(z, infinity))) << z;
    EXPECT_LE(units_apart(logistic(z), static_cast<double>(1 / (1 + std::exp(-static_cast<long double>(z))))), 3) << z;
    double const y = k % 3 == 0 ? 0.5 + uniform() : std::exp2(2000 * uniform() - 1000);
    EXPECT_LE(units_apart(logarithm(y), std::log(y)), 2) << y;
    EXPECT_LE(logarithm(y), logarithm(std::nextafter(y, infinity))) << y;
  }
}

TEST(Elementary, ends)
{
  EXPECT_EQ(exponential(0), 1);
  EXPECT_EQ(logarithm(1), 0);
  EXPECT_EQ(logistic(0), 0.5);
  EXPECT_EQ(logistic(1000), 1);
  EXPECT_GT(logistic(-1000), 0);
  EXPECT_LT(logistic(-1000), 1e-300);
  EXPECT_TRUE(std::isnan(exponential(std::nan(""))));
  EXPECT_TRUE(std::isnan(logistic(std::nan(""))));
  EXPECT_NEAR(logarithm(std::numeric_limits<double>::denorm_min()), std::log(std::numeric_limits<double>::denorm_min()),
              1e-12);
}

}  // namespace
}  // namespace tutela::detail
