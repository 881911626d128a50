// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a program that links tutela::tutela can do, whichever way it found the library.

#include <iostream>

#include <tutela/base/date.hpp>
#include <tutela/base/decimal.hpp>
#include <tutela/base/result.hpp>

int main()
{
  auto const price = tutela::Decimal::parse("0.1");
  auto const born = tutela::make_date(2008, 2, 29);
  auto const on = tutela::make_date(2026, 3, 1);
  if (!price || !born || !on) return 1;
  auto const age = tutela::age_on(*born, *on, tutela::AgeRule{});
  tutela::Error const error({tutela::Diagnostic{}});  // thrown across the library's border, so its type must be visible
  std::cout << price->to_string() << ' ' << age.value_or(-1) << ' ' << error.what() << '\n';
  return age == 18 && price->to_string() == "0.1" ? 0 : 1;
}
