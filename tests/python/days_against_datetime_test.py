# SPDX-License-Identifier: Apache-2.0
"""FEEL's days, moments and durations against Python's `datetime` and `calendar`, in the years 1 to 9999 that both have."""

import calendar
import datetime
import re

from hypothesis import given, seed, settings
from hypothesis import strategies as st

import tutela

SEED = 20260302  # printed with each failure, and fixed: the same days in every run
MANY = settings(max_examples=1000, deadline=None, database=None)

days = st.dates()
# The last days of months are where calendars differ.
month_ends = st.builds(lambda y, m, back: datetime.date(y, m, calendar.monthrange(y, m)[1]) - datetime.timedelta(back),
                       st.integers(1, 9999), st.integers(1, 12), st.integers(0, 3))
any_day = st.one_of(days, month_ends)
moments = st.datetimes()
lengths = st.timedeltas(min_value=datetime.timedelta(days=-4_000_000), max_value=datetime.timedelta(days=4_000_000))


def feel(text, **names):
    return tutela.feel(text, names)


def add_months(day, months):
    """The same day of another month, or its last day; nothing outside of Python's years."""
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    if not 1 <= year <= 9999:
        return None
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_text(months):
    years, rest = divmod(abs(months), 12)
    text = ("P" + (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")) if months else "P0M"
    return "-" + text if months < 0 else text


def iso(moment):
    """As FEEL writes it: no zeros at the end of a fraction."""
    text = moment.isoformat()
    return re.sub(r"(\.\d*?)0+$", r"\1", text) if moment.microsecond else text


@seed(SEED)
@MANY
@given(any_day, st.integers(-40_000, 40_000))
def test_a_day_plus_years_and_months(day, months):
    expected = add_months(day, months)
    if expected is not None:
        assert tutela.feel(f'day + duration("{months_text(months)}")', {"day": day}) == expected, (SEED, day, months)
        assert tutela.feel(f'day - duration("{months_text(-months)}")', {"day": day}) == expected, (SEED, day, months)


@seed(SEED)
@MANY
@given(moments, lengths)
def test_a_moment_plus_days_and_time(moment, length):
    try:
        expected = moment + length
    except OverflowError:
        return
    assert feel("moment + length", moment=moment, length=length) == iso(expected), (SEED, moment, length)
    assert feel("moment - length", moment=expected, length=length) == iso(moment), (SEED, moment, length)
    assert feel("a - b", a=expected, b=moment) == length, (SEED, moment, length)


@seed(SEED)
@MANY
@given(any_day, st.integers(-3_000_000, 3_000_000))
def test_a_day_plus_days(day, count):
    try:
        expected = day + datetime.timedelta(days=count)
    except OverflowError:
        return
    assert feel("day + length", day=day, length=datetime.timedelta(days=count)) == expected, (SEED, day, count)
    assert feel("a - b", a=expected, b=day) == datetime.timedelta(days=count), (SEED, day, count)


@seed(SEED)
@MANY
@given(any_day, any_day)
def test_whole_months_between_two_days(one, other):
    """The most months that fit: counted from the earlier day forward, and the same with the sign turned."""
    early, late = min(one, other), max(one, other)
    months = (late.year - early.year) * 12 + late.month - early.month
    if late.day < early.day:
        months -= 1
    text = months_text(months if one <= other else -months)
    assert feel("years and months duration(a, b)", a=one, b=other) == text, (SEED, one, other)


@seed(SEED)
@MANY
@given(any_day, any_day)
def test_order(one, other):
    assert feel("a < b", a=one, b=other) is (one < other)
    assert feel("a >= b", a=one, b=other) is (one >= other)
    assert feel("a = b", a=one, b=other) is (one == other)


@seed(SEED)
@MANY
@given(any_day)
def test_parts_of_a_day(day):
    assert (feel("day.year", day=day), feel("day.month", day=day), feel("day.day", day=day)) == (day.year, day.month, day.day)
    assert feel("day.weekday", day=day) == day.isoweekday()
    assert feel("day of week(day)", day=day) == calendar.day_name[day.weekday()]
    assert feel("month of year(day)", day=day) == calendar.month_name[day.month]
    assert feel("day of year(day)", day=day) == day.timetuple().tm_yday
    assert feel("week of year(day)", day=day) == day.isocalendar()[1]
    assert feel("string(day)", day=day) == day.isoformat()
    assert feel("date(y, m, d)", y=day.year, m=day.month, d=day.day) == day
    last = calendar.monthrange(day.year, day.month)[1]
    assert type(feel("date(y, m, d)", y=day.year, m=day.month, d=last + 1)).__name__ == "Fault"


@seed(SEED)
@MANY
@given(st.times(), st.timedeltas(min_value=datetime.timedelta(days=-5), max_value=datetime.timedelta(days=5)))
def test_a_time_goes_round_the_clock(time, length):
    expected = (datetime.datetime.combine(datetime.date(2000, 6, 15), time) + length).time()
    assert feel("time + length", time=time, length=length) == iso(expected), (SEED, time, length)


@seed(SEED)
@MANY
@given(lengths, lengths)
def test_durations(one, other):
    assert feel("a + b", a=one, b=other) == one + other, (SEED, one, other)
    assert feel("a - b", a=one, b=other) == one - other, (SEED, one, other)
    assert feel("a < b", a=one, b=other) is (one < other)
    assert tutela.feel("duration(string(a))", {"a": one}) == one, (SEED, one)
    seconds = abs(one) // datetime.timedelta(seconds=1)
    whole, rest = divmod(seconds, 86_400)
    sign = -1 if one < datetime.timedelta(0) else 1
    assert feel("a.days", a=one) == sign * whole
    assert feel("a.hours", a=one) == sign * (rest // 3600)
    assert feel("a.minutes", a=one) == sign * (rest % 3600 // 60)


@seed(SEED)
@MANY
@given(moments)
def test_parts_of_a_moment(moment):
    assert feel("string(m)", m=moment) == iso(moment)
    assert feel("date(m)", m=moment) == moment.date()
    assert (feel("m.hour", m=moment), feel("m.minute", m=moment)) == (moment.hour, moment.minute)
    text = moment.isoformat()
    assert tutela.feel(f'date and time("{text}")') == iso(moment)
