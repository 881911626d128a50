// SPDX-License-Identifier: Apache-2.0
#include <tutela/base/decimal.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <locale>
#include <random>
#include <string>
#include <vector>

namespace tutela {
namespace {

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }

TEST(Decimal, IsExactWhereBinaryIsNot)
{
  EXPECT_EQ(number("0.1") + number("0.2"), number("0.3"));
  EXPECT_EQ(number("0.3") * number("7000"), number("2100"));
  EXPECT_NE(0.1 + 0.2, 0.3);
}

TEST(Decimal, PrintsPlainly)
{
  for (auto const& [text, plain] : {std::pair{"1.0", "1"},
                                    {"-0", "0"},
                                    {"0.000", "0"},
                                    {"1e3", "1000"},
                                    {"1.50E-2", "0.015"},
                                    {"-12.340", "-12.34"},
                                    {"100", "100"},
                                    {"+5", "5"},
                                    {".5", "0.5"},
                                    {"5.", "5"},
                                    {"0012", "12"},
                                    {"1E-7", "0.0000001"}})
    EXPECT_EQ(number(text).to_string(), plain) << text;
}

TEST(Decimal, ReadsNothingElse)
{
  for (auto const* wrong : {"", "-", ".", "e5", "1e", "1e+", "nan", "inf", "Infinity", "0x10", "1 ", " 1", "1,5",
                            "1e9999999", "1e7000", "--1", "1.2.3"})
    EXPECT_FALSE(Decimal::parse(wrong)) << wrong;
}

TEST(Decimal, HasThirtyFourDigitsHalfEven)
{
  EXPECT_EQ((Decimal(1) / Decimal(3)).to_string(), "0.3333333333333333333333333333333333");
  EXPECT_EQ((Decimal(2) / Decimal(3)).to_string(), "0.6666666666666666666666666666666667");
  EXPECT_EQ(number("10000000000000000000000000000000005e-1").to_string(), "1000000000000000000000000000000000");
}

TEST(Decimal, RoundsInEveryDirection)
{
  struct Row {
    Rounding rounding;
    char const* positive;
    char const* negative;
  };
  for (auto const& [rounding, positive, negative] :
       {Row{Rounding::half_even, "2.2", "-2.2"}, Row{Rounding::half_up, "2.3", "-2.3"},
        Row{Rounding::half_down, "2.2", "-2.2"}, Row{Rounding::up, "2.3", "-2.3"}, Row{Rounding::down, "2.2", "-2.2"},
        Row{Rounding::ceiling, "2.3", "-2.2"}, Row{Rounding::floor, "2.2", "-2.3"}}) {
    EXPECT_EQ(number("2.25").rounded(1, rounding).to_string(), positive) << static_cast<int>(rounding);
    EXPECT_EQ(number("-2.25").rounded(1, rounding).to_string(), negative) << static_cast<int>(rounding);
  }
  EXPECT_EQ(number("2.2500001").rounded(1, Rounding::half_down).to_string(), "2.3");
  EXPECT_EQ(number("12345").rounded(-2, Rounding::half_even).to_string(), "12300");
  EXPECT_EQ(number("12345").rounded(7'000, Rounding::up), number("12345"));
  EXPECT_EQ(number("1e6000").rounded(300, Rounding::up), number("1e6000"));
}

TEST(Decimal, KnowsTheBoundsOfItsIntegers)
{
  EXPECT_EQ(number("9223372036854775807").to_int64(), INT64_MAX);
  EXPECT_EQ(number("9223372036854775808").to_int64(), std::nullopt);
  EXPECT_EQ(number("-9223372036854775808").to_int64(), INT64_MIN);
  EXPECT_EQ(number("1.5").to_int64(), std::nullopt);
  EXPECT_EQ(number("1.0").to_int64(), 1);
}

TEST(Decimal, WithoutFiniteResultIsNoNumber)
{
  Decimal const none = Decimal(1) / Decimal(0);
  EXPECT_FALSE(none.is_finite());
  EXPECT_FALSE(Decimal(-1).sqrt().is_finite());
  EXPECT_FALSE(Decimal(0).log().is_finite());
  EXPECT_FALSE(Decimal(7).modulo(Decimal(0)).is_finite());
  EXPECT_FALSE((number("9e6144") * Decimal(10)).is_finite());
  EXPECT_FALSE(none - none == none - none);
}

TEST(Decimal, ModuloTakesTheSignOfTheDivisor)
{
  EXPECT_EQ(Decimal(12).modulo(Decimal(5)), Decimal(2));
  EXPECT_EQ(Decimal(-12).modulo(Decimal(5)), Decimal(3));
  EXPECT_EQ(Decimal(12).modulo(Decimal(-5)), Decimal(-3));
  EXPECT_EQ(number("10.1").modulo(number("4.5")), number("1.1"));
  EXPECT_EQ(number("-10.1").modulo(number("4.5")), number("3.4"));
}

TEST(Decimal, EqualNumbersHashEqual)
{
  EXPECT_EQ(number("1.00").hash(), number("1").hash());
  EXPECT_EQ(number("1.00"), number("1"));
}

TEST(Decimal, EveryTextThatIsWrittenIsRead)
{
  for (char const* const text : {"1e6144", "9.999999999999999999999999999999999e6144", "-1e-6176", "-1.5e-6143",
                                 "1e4096", "1234567890123456789012345678901234e-6176"}) {
    auto const number = *Decimal::parse(text);
    auto const again = Decimal::parse(number.to_string());
    ASSERT_TRUE(again) << text;
    EXPECT_EQ(*again, number);
  }
  EXPECT_FALSE(Decimal::parse(std::string(10'000, '1')));
}

TEST(Decimal, LongTextsAreRoundedHalfToEven)
{
  std::string const even = "1111111111111111111111111111111112";
  for (auto const zeros : std::initializer_list<std::size_t>{0, 1, 30, 500, 4'000}) {
    auto const tail = std::string(zeros, '0');
    std::string const power = "e" + std::to_string(zeros + 1);
    EXPECT_EQ(Decimal::parse(even + "5" + tail), Decimal::parse(even + power)) << zeros;
    EXPECT_EQ(Decimal::parse("-" + even + ".5" + tail), Decimal::parse("-" + even)) << zeros;
    EXPECT_EQ(Decimal::parse("0." + tail + even + "5" + tail), Decimal::parse("0." + tail + even)) << zeros;
    EXPECT_EQ(Decimal::parse(even + ".5" + tail + "1"), Decimal::parse("1111111111111111111111111111111113")) << zeros;
    EXPECT_EQ(Decimal::parse(even + ".5" + tail + "e-10"), Decimal::parse(even + "e-10")) << zeros;
  }
}

TEST(Decimal, PowersAreTheNearestNumbers)
{
  struct Power {
    char const* base;
    char const* exponent;
    char const* expected;
  };
  // expected by Python's decimal at 1200 digits, rounded half to even
  for (auto const& [base, exponent, expected] : {
           Power{"1.1", "2", "1.21"},
           Power{"2", "-3", "0.125"},
           Power{"-2", "3", "-8"},
           Power{"4", "0.5", "2"},
           Power{"5", "-4", "0.0016"},
           Power{"1.5", "34", "970739.7373664756887592375278472900"},
           Power{"2", "0.5", "1.414213562373095048801688724209698"},
           Power{"0.5", "100", "0.0000000000000000000000000000007888609052210118054117285652827862"},
           // halves: to even where exact, by the digits beyond 60 where not
           Power{"1.000000000000000000000000000000003", "0.5", "1.000000000000000000000000000000001"},
           Power{"9.999999999999999999999999999999999e3000", "2", "9.999999999999999999999999999999998e6001"},
           Power{"1e-3088", "2", "1e-6176"},
           Power{"1.000000000000000000000000000000001", "1e30", "1.001000500166708341668055753993058"},
       }) {
    EXPECT_EQ(Decimal::parse(base)->power(*Decimal::parse(exponent)), *Decimal::parse(expected))
        << base << "**" << exponent;
  }
  EXPECT_EQ(Decimal(0).power(Decimal(0)), Decimal(1));
  EXPECT_FALSE(Decimal(0).power(Decimal(-1)).is_finite());
  EXPECT_FALSE(Decimal(-8).power(*Decimal::parse("0.5")).is_finite());
  EXPECT_FALSE(Decimal(10).power(Decimal(6'145)).is_finite());
  EXPECT_FALSE(Decimal(3).power(Decimal(1'000'000'000'000)).is_finite());
  EXPECT_TRUE(Decimal(3).power(Decimal(-1'000'000'000'000)).is_zero());
  EXPECT_EQ(Decimal(-1).power(*Decimal::parse("9999999999999999999999999999999999")), Decimal(-1));
  EXPECT_EQ(Decimal(-1).power(*Decimal::parse("1e6000")), Decimal(1));
}

TEST(Decimal, ExponentialsAndLogarithmsAreTheNearestNumbers)
{
  struct Row {
    char const* number;
    char const* expected;
  };
  // expected by Python's decimal at 200 digits, rounded half to even
  for (auto const& [power, expected] :
       {Row{"0", "1"}, Row{"1", "2.718281828459045235360287471352662"},
        Row{"2.5", "12.18249396070347343807017595116797"}, Row{"-1", "0.3678794411714423215955237701614609"},
        Row{"14149.3", "9.181482138384384923496523700235547e6144"}, Row{"-14200", "1.043174528e-6167"},
        Row{"1e-40", "1"}, Row{"-1e-40", "1"}, Row{"-1e6000", "0"},
        Row{"1.000000000000000000000000000000001", "2.718281828459045235360287471352665"},
        Row{"-0.333333333333333333", "0.7165313105737892506644478671166428"}})
    EXPECT_EQ(number(power).exp(), number(expected)) << power;
  for (auto const& [of, expected] :
       {Row{"1", "0"}, Row{"1.000", "0"}, Row{"2", "0.6931471805599453094172321214581766"},
        Row{"0.5", "-0.6931471805599453094172321214581766"},
        Row{"1.000000000000000000000000000000001", "9.999999999999999999999999999999995e-34"},
        Row{"0.9999999999999999999999999999999999", "-1e-34"}, Row{"1e-6000", "-13815.51055796427410410794872810619"},
        Row{"9.999e6000", "13817.81304305226781643363138606086"},
        Row{"2.718281828459045235360287471352662", "0.9999999999999999999999999999999998"}})
    EXPECT_EQ(number(of).log(), number(expected)) << of;
  EXPECT_FALSE(number("14150").exp().is_finite());
  EXPECT_FALSE(number("1e6000").exp().is_finite());
  EXPECT_FALSE(number("-1").log().is_finite());
}

/// Digits in groups of three, as a program may have them everywhere.
class Grouped : public std::numpunct<char> {
 protected:
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

TEST(Decimal, PowersDoNotHangOnTheLocaleOfTheProgram)
{
  auto const all = [] {
    return std::vector<Decimal>{number("5000").exp(), number("-12000").exp(), number("1e-6000").log(),
                                number("7").power(number("1234.5")), number("7e2000").power(number("0.5"))};
  };
  auto const before = all();
  auto const kept = std::locale::global(std::locale(std::locale::classic(), new Grouped));
  auto const grouped = all();
  std::locale::global(kept);
  EXPECT_EQ(grouped, before);
}

TEST(Decimal, DoublesAreTheNearestOnes)
{
  std::mt19937_64 random(20'260'302);
  for (int round = 0; round < 20'000; ++round) {
    auto const places = static_cast<int>(random() % 700) - 350;
    std::string text = (round % 2 == 0 ? "-" : "") + std::to_string(random() >> random() % 64);
    if (round % 3 == 0) text += std::to_string(random() >> 20U);
    text += "e" + std::to_string(round % 5 == 0 ? places : places / 15);
    EXPECT_EQ(number(text).to_double(), std::strtod(text.c_str(), nullptr)) << text;
  }
  EXPECT_EQ(number("1e400").to_double(), std::numeric_limits<double>::infinity());
  EXPECT_EQ(number("-1e-400").to_double(), 0);
  EXPECT_TRUE(std::signbit(number("-1e-400").to_double()));
  EXPECT_TRUE(std::isnan((Decimal(0) / Decimal(0)).to_double()));
  EXPECT_EQ((Decimal(-1) / Decimal(0)).to_double(), -std::numeric_limits<double>::infinity());
}

__extension__ using Wide = __int128;

std::string digits(Wide value)
{
  if (value < 0) return "-" + digits(-value);
  return (value < 10 ? std::string() : digits(value / 10)) + static_cast<char>('0' + static_cast<int>(value % 10));
}

/// A coefficient and an exponent as a number, and as it is written.
struct Written {
  Wide coefficient;
  int exponent;

  [[nodiscard]] std::string text() const { return digits(coefficient) + "e" + std::to_string(exponent); }
  [[nodiscard]] Decimal number() const { return Decimal::parse(text()).value(); }
};

TEST(Decimal, ShortNumbersAreExact)
{
  std::mt19937_64 random(20'261'122);
  auto const draw = [&] {
    auto const coefficient = static_cast<std::int64_t>(random() >> (4 + random() % 60));
    return Written{random() % 2 == 0 ? coefficient : -coefficient, static_cast<int>(random() % 9) - 4};
  };
  auto const power = [](int exponent) {
    Wide value = 1;
    for (int i = 0; i < exponent; ++i) value *= 10;
    return value;
  };
  for (int i = 0; i < 100'000; ++i) {
    auto const left = draw();
    auto const right = draw();
    auto const low = std::min(left.exponent, right.exponent);
    auto const lhs = left.coefficient * power(left.exponent - low);
    auto const rhs = right.coefficient * power(right.exponent - low);
    auto const where = left.text() + " and " + right.text();
    ASSERT_EQ((left.number() + right.number()).to_string(), (Written{lhs + rhs, low}.number().to_string())) << where;
    ASSERT_EQ((left.number() - right.number()).to_string(), (Written{lhs - rhs, low}.number().to_string())) << where;
    ASSERT_EQ(left.number() < right.number(), lhs < rhs) << where;
    ASSERT_EQ(left.number() == right.number(), lhs == rhs) << where;
    bool const fits = left.coefficient < (1LL << 55) && left.coefficient > -(1LL << 55) &&
                      right.coefficient < (1LL << 55) && right.coefficient > -(1LL << 55);
    if (!fits) continue;
    auto const product = left.number() * right.number();
    ASSERT_EQ(product.to_string(),
              (Written{left.coefficient * right.coefficient, left.exponent + right.exponent}.number().to_string()))
        << where;
    ASSERT_EQ(right.coefficient == 0 ? product : product / right.number(),
              right.coefficient == 0 ? Decimal(0) : left.number())
        << where;
  }
}

}  // namespace
}  // namespace tutela
