# SPDX-License-Identifier: Apache-2.0
"""A published scale and a sum of points in the columns of one run, beside the formula of the scale in NumPy.

    instruments.py    needs numpy, pyarrow and tutela in this Python

A line of JSON for each: peer (or ours), subject, nanoseconds of processor time, the least of several runs on one thread, over a
million drawn people. NumPy knows no bounds: it is asked where nothing is missing, and before anything is measured its probabilities, its
per cent and the bands that follow from them are compared with ours.
"""

import datetime
import json
import pathlib
import time

import numpy
import pyarrow
import tutela

ROWS = 1_000_000
SCALE = json.loads((pathlib.Path(__file__).resolve().parents[3] / "src/packs/uk/ogrs3/ogrs3.instrument.json").read_text(encoding="utf-8"))
GROUPS = next(fact["values"] for fact in SCALE["facts"] if fact["id"] == "offence_group")
LEVELS = ["none", "some", "significant"]
REPEATED = 3
PARTLY = 20_000  # people of whom something may be missing: bounds are found one by one
LAW = tutela.load_pack(pathlib.Path(__file__).resolve().with_name("country_template.dmn"))


def people():
    """Plain NumPy columns: days as days since 1970, words as numbers of their lists."""
    random = numpy.random.default_rng(3)
    birth = random.integers(-10_000, 12_000, ROWS)
    previous = random.integers(0, 40, ROWS) * (random.random(ROWS) < 0.8)
    first = birth + random.integers(10 * 366, 45 * 365, ROWS)
    conviction = first + numpy.where(previous > 0, random.integers(1, 6_000, ROWS), 0)
    risk = conviction + random.integers(0, 1_500, ROWS)
    child = conviction - birth < 18 * 366
    group = numpy.where(child, 0, random.integers(0, len(GROUPS), ROWS))  # no minor is scored for what marks an exploitation
    return {
        "person.sex": random.integers(0, 2, ROWS), "person.birth_date": birth, "probation.first_sanction_date": first,
        "probation.conviction_date": conviction, "probation.risk_start_date": risk, "probation.previous_sanctions": previous,
        "probation.offence_group": group,
        **{f"probation.{name}": random.integers(0, 2, ROWS) for name in ("no_fixed_abode", "reading_problem", "numeracy_problem", "no_qualifications")},
        **{f"probation.{name}": random.integers(0, 3, ROWS) for name in ("work_skills", "reading_writing_numeracy", "learning_difficulties")},
    }


def arrow(columns, missing):
    """The same as a table; of each column the share `missing` is null."""
    random = numpy.random.default_rng(4)
    words = {"person.sex": ["female", "male"], "probation.offence_group": GROUPS,
             **dict.fromkeys(("probation.work_skills", "probation.reading_writing_numeracy", "probation.learning_difficulties"), LEVELS)}
    made = {}
    for name, values in columns.items():
        absent = random.random(ROWS) < missing if missing else None
        if name in words:
            made[name] = pyarrow.DictionaryArray.from_arrays(pyarrow.array(values.astype(numpy.int8), mask=absent), pyarrow.array(words[name]))
        elif name.endswith("_date"):
            made[name] = pyarrow.array(values.astype(numpy.int32), mask=absent).cast(pyarrow.date32())
        elif name == "probation.previous_sanctions":
            made[name] = pyarrow.array(values.astype(numpy.int16), mask=absent)
        else:
            made[name] = pyarrow.array(values.astype(bool), mask=absent)
    return pyarrow.table(made | {"birth": made["person.birth_date"]})  # of the decision in the same run


def tables_of_scale():
    """The figures of the scale: the cuts of ages with a row for each sex, the values of the offences."""
    items = {item["id"]: item["value"] for item in SCALE["items"]}
    ages = {"male": {}, "female": {}}
    for row in items["age_and_sex"]["table"]:
        ages[row["when"]["sex"]][int(row["when"]["age_at_risk"].get("from", "0"))] = float(row["value"])
    assert ages["male"].keys() == ages["female"].keys()
    history = [float(row["value"]) for row in items["history"]["table"]]
    rate = float(items["rate_of_sanctions"]["linear"]["terms"]["copas_rate"])
    offences = {row["when"]["offence_group"]: float(row["value"]) for row in items["offence"]["table"]}
    constants = {output["id"]: float(output["value"]["logistic"]["linear"]["constant"]) for output in SCALE["outputs"][:2]}
    cuts = numpy.array(list(ages["male"]))
    assert (numpy.diff(cuts) > 0).all()
    return cuts, numpy.array([list(ages["female"].values()), list(ages["male"].values())]), history, rate, numpy.array([offences[each] for each in GROUPS]), constants


def parts_of_day(day):
    """Year, and a number that grows within it: the first of March is the birthday of a leapling."""
    date = day.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    return date.astype("datetime64[Y]").astype(numpy.int64), month.astype(numpy.int64) % 12 * 32 + (date - month).astype(numpy.int64)


def by_numpy(columns):
    cuts, ages, history, rate, offences, constants = tables_of_scale()

    def run():
        born_year, born_day = parts_of_day(columns["person.birth_date"])

        def years(name):
            year, day = parts_of_day(columns[name])
            return year - born_year - (day < born_day)

        sanctions = columns["probation.previous_sanctions"]
        copas = numpy.log((sanctions + 1) / (years("probation.conviction_date") - years("probation.first_sanction_date") + 10))
        total = ages[columns["person.sex"], numpy.searchsorted(cuts, years("probation.risk_start_date"), "right") - 1]
        total = total + numpy.where(sanctions == 0, *history) + rate * copas + offences[columns["probation.offence_group"]]
        one, two = (1 / (1 + numpy.exp(-(constants[name] + total))) for name in ("one_year", "two_years"))
        percent = numpy.clip(numpy.floor(100 * (numpy.floor(two * 1e5 + 0.5) / 1e5) + 0.5), 1, 99)  # rounded twice, as the scale is
        return one, two, percent, numpy.searchsorted([50, 75, 90], percent, "right")

    return run


def least(run):
    """Nanoseconds of processor time."""
    spent = []
    for _ in range(REPEATED):
        begin = time.process_time_ns()
        run()
        spent.append(time.process_time_ns() - begin)
    return min(spent)


def ours(table, instruments):
    return lambda: pyarrow.table(LAW.decide_batch(table, on=datetime.date(2026, 3, 2), decisions=["pension"], instruments=instruments,
                                                  jurisdiction="GB-EAW", purpose="research", threads=1))


def compared(found, expected):
    one, two, percent, band = expected
    state = found["uk/ogrs3.state"].combine_chunks()
    assert set(state.unique().to_pylist()) == {"known"}, state.value_counts()
    for name, values in (("one_year", one), ("two_years", two)):
        assert numpy.abs(found[f"uk/ogrs3.{name}"].to_numpy() - values).max() < 1e-12, name
    assert (found["uk/ogrs3.two_year_percent"].to_numpy() == percent).all()
    names = [each["id"] for each in SCALE["bands"]]
    assert found["uk/ogrs3.band"].to_pylist() == [names[each] for each in band.tolist()]


def report(**line):
    print(json.dumps(line), flush=True)


def main():
    columns = people()
    whole, partly = arrow(columns, 0), arrow(columns, 0.1)
    both = ["uk/ogrs3", "uk/lds"]
    run = by_numpy(columns)
    compared(ours(whole, both[:1])(), run())
    report(peer=f"NumPy {numpy.__version__}, its formula, one thread", subject="instruments/one scale", nanoseconds=least(run))
    report(ours="instruments/one scale", nanoseconds=least(ours(whole, both[:1])))
    report(ours="instruments/two scales", nanoseconds=least(ours(whole, both)))
    asked = ours(partly.slice(0, PARTLY), both)
    found = asked()
    states = {each["values"]: each["counts"] for each in found["uk/ogrs3.state"].combine_chunks().value_counts().to_pylist()}
    open_rows = states["open"]
    settled = numpy.array(found["uk/ogrs3.two_years.lowest"].is_valid().combine_chunks())
    assert 0.4 * PARTLY < open_rows and settled.sum() >= PARTLY - states.get("not_applicable", 0) - states.get("error", 0), states
    report(ours="instruments/two scales, a tenth missing", nanoseconds=least(asked) / PARTLY * ROWS, states=states)


main()
