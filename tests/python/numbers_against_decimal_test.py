# SPDX-License-Identifier: Apache-2.0
"""FEEL's numbers against Python's `decimal` at 34 digits: another implementation of the same standard."""

import decimal
from decimal import Decimal

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

import tutela

SEED = 20260302  # printed with each failure, and fixed: the same numbers in every run
MANY = settings(max_examples=1000, deadline=None, database=None)
FEEL = decimal.Context(prec=34, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144, clamp=1, traps=[])
FINE = decimal.Context(prec=120, Emin=-999999, Emax=999999, traps=[])
EXACT = decimal.Context(prec=7000, Emin=-99999, Emax=99999, traps=[])

digits = st.integers(min_value=-(10**34 - 1), max_value=10**34 - 1)
# Near each other, so that sums and quotients have to round; and over the whole range of exponents.
near = st.builds(lambda number, exponent: Decimal(number).scaleb(exponent, FEEL), digits, st.integers(-40, 6))
far = st.builds(lambda number, exponent: Decimal(number).scaleb(exponent, FEEL), digits, st.integers(-6000, 6000))
short = st.builds(lambda number, exponent: Decimal(number).scaleb(exponent, FEEL), st.integers(-99999, 99999), st.integers(-5, 3))
numbers = st.one_of(near, far, short)


def feel(text, **names):
    return tutela.feel(text, names)


def agree(answer, expected):
    """The same number; what is not finite is an error in FEEL."""
    if not expected.is_finite():
        assert type(answer).__name__ == "Fault", (SEED, answer, expected)
    else:
        assert answer == expected, (SEED, answer, expected)


@seed(SEED)
@MANY
@given(numbers, numbers)
def test_sum_difference_product_quotient(a, b):
    agree(feel("a + b", a=a, b=b), FEEL.add(a, b))
    agree(feel("a - b", a=a, b=b), FEEL.subtract(a, b))
    agree(feel("a * b", a=a, b=b), FEEL.multiply(a, b))
    agree(feel("a / b", a=a, b=b), FEEL.divide(a, b) if b else Decimal("NaN"))


@seed(SEED)
@MANY
@given(short, st.integers(-30, 30))
def test_whole_powers(a, n):
    if a == 0 and n < 0:
        assert type(feel("a ** n", a=a, n=n)).__name__ == "Fault"
        return
    if a == 0 and n == 0:
        assert feel("a ** n", a=a, n=n) == 1  # Python gives no number here, IEEE 754 gives 1
        return
    answer = feel("a ** n", a=a, n=n)
    whole = EXACT.power(a, abs(n))
    expected = FEEL.plus(whole) if n >= 0 else FEEL.divide(Decimal(1), whole)
    agree(answer, expected)


@seed(SEED)
@MANY
@given(near, st.integers(-(10**6), 10**6))
def test_large_whole_powers(a, n):
    a = a.copy_abs()
    if a == 0 or n == 0:
        return
    agree(feel("a ** n", a=a, n=n), FEEL.plus(FINE.power(a, n)))


@seed(SEED)
@MANY
@given(st.integers(1, 10**12).map(lambda n: 1 + Decimal(n).scaleb(-14)), st.integers(-3600, 3600).filter(bool))
def test_compound_interest(a, n):
    agree(feel("a ** n", a=a, n=n), FEEL.plus(FINE.power(a, n)))


@seed(SEED)
@MANY
@given(st.one_of(near, short), st.one_of(short, st.builds(lambda n: Decimal(n) / 8, st.integers(-99, 99))))
def test_other_powers(a, b):
    a = a.copy_abs()
    if a == 0 or b == 0:
        return
    agree(feel("a ** b", a=a, b=b), FEEL.plus(FINE.power(a, b)))


@seed(SEED)
@MANY
@given(numbers, numbers)
def test_order_and_equality(a, b):
    for other in (b, a, FEEL.next_plus(a)):
        if not other.is_finite():
            continue
        assert feel("a < b", a=a, b=other) is (a < other)
        assert feel("a <= b", a=a, b=other) is (a <= other)
        assert feel("a = b", a=a, b=other) is (a == other)
        assert feel("a != b", a=a, b=other) is (a != other)
        assert feel("max(a, b)", a=a, b=other) == max(a, other)


ROUNDINGS = {
    "decimal": decimal.ROUND_HALF_EVEN,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
    "round up": decimal.ROUND_UP,
    "round down": decimal.ROUND_DOWN,
    "round half up": decimal.ROUND_HALF_UP,
    "round half down": decimal.ROUND_HALF_DOWN,
}


@pytest.mark.parametrize("function", ROUNDINGS)
@seed(SEED)
@settings(MANY, max_examples=400)
@given(st.one_of(near, short, st.builds(lambda n: Decimal(n) / 2, st.integers(-9999, 9999))), st.integers(-8, 12))
def test_rounding(function, a, scale):
    expected = a.quantize(Decimal(1).scaleb(-scale), rounding=ROUNDINGS[function], context=EXACT)
    agree(feel(f"{function}(a, scale)", a=a, scale=scale), FEEL.plus(expected))


@seed(SEED)
@MANY
@given(short, short)
def test_modulo_has_the_sign_of_the_divisor(a, b):
    answer = feel("modulo(a, b)", a=a, b=b)
    if b == 0:
        assert type(answer).__name__ == "Fault"
        return
    whole = EXACT.divide(a, b).to_integral_value(rounding=decimal.ROUND_FLOOR)
    if len(whole.as_tuple().digits) <= 34:
        agree(answer, FEEL.plus(EXACT.subtract(a, EXACT.multiply(b, whole))))


@seed(SEED)
@MANY
@given(near)
def test_roots_exponentials_logarithms_are_correct_to_the_last_digit_but_one(a):
    a = a.copy_abs()
    for function, peer in (("sqrt", FEEL.sqrt), ("log", FEEL.ln)):
        expected = peer(a)
        answer = feel(f"{function}(a)", a=a)
        if not expected.is_finite():
            assert type(answer).__name__ == "Fault"
        else:
            assert abs(EXACT.subtract(answer, expected)) <= Decimal(1).scaleb(expected.adjusted() - 33), (SEED, function, a)
    small = a if a < 50 else Decimal(50) / (1 + a.adjusted())
    expected = FEEL.exp(small)
    assert abs(EXACT.subtract(feel("exp(a)", a=small), expected)) <= Decimal(1).scaleb(expected.adjusted() - 33)


@seed(SEED)
@MANY
@given(numbers)
def test_text_of_a_number_and_back(a):
    text = feel("string(a)", a=a)
    assert Decimal(text) == a
    assert "E" not in text.upper() and not text.startswith("-0.0E")
    assert "." not in text or not text.endswith("0")
    assert feel(text) == a
    assert feel(f'number("{text}")') == a
    assert feel("abs(a)", a=a) == a.copy_abs()
