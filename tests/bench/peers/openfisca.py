# SPDX-License-Identifier: Apache-2.0
"""OpenFisca-core on its own country template and one of its reforms, beside the same law as a pack of ours.

    openfisca.py    needs openfisca-country-template and tutela in this Python

A line of JSON for each: peer (or ours), subject, nanoseconds of processor time, the least of several runs on one thread. The
people are drawn, the same ones in every run, and lie in the memory of each engine before anything is measured. OpenFisca
calculates with 32-bit floating point, so before anything is measured each of its answers is compared with our decimal one: equal
where the law has sums, within four roundings where it calculates. It keeps no unknown, so nothing is missing in these tables.
"""

import json
import pathlib
import time
from importlib.metadata import version

import numpy
import pyarrow
import tutela
from openfisca_core.simulations import SimulationBuilder
from openfisca_country_template import CountryTaxBenefitSystem
from openfisca_country_template.reforms.flat_social_security_contribution import flat_social_security_contribution

LAW = (pathlib.Path(__file__).resolve().parent / "country_template.dmn").read_text(encoding="utf-8")
MONTH, DAY = "2017-01", "2017-01-01"
HOUSEHOLDS, COUNTIES = 400_000, 40
NAME = f"OpenFisca-core {version('openfisca-core')}, country template {version('openfisca-country-template')}"
ROUNDING = 4 * 2.0**-24
REPEATED = 3


def reformed(text):
    """The law of the reform that OpenFisca's template ships: 3 per cent of each salary."""
    begin = text.index('<decision id="contribution_2017"')
    end = text.index("</decision>", begin) + len("</decision>")
    return text[:begin] + """<decision id="flat_contribution" name="social_security_contribution">
      <extensionElements><tutela:law validFrom="2017-01-01"/></extensionElements>
      <variable id="variable_flat_contribution" name="social_security_contribution" typeRef="number"/>
      <informationRequirement id="flat_contribution_salary"><requiredInput href="#input_salary"/></informationRequirement>
      <decisionTable id="table_flat_contribution" hitPolicy="UNIQUE">
        <input id="flat_salary"><inputExpression id="flat_salary_e"><text>salary</text></inputExpression></input>
        <output id="flat_out"/>
        <rule id="flat">
          <inputEntry id="flat_1"><text>-</text></inputEntry>
          <outputEntry id="flat_o"><text>salary * 0.03</text></outputEntry>
        </rule>
      </decisionTable>
    </decision>""" + text[end:]


class People:
    """Households of one or two adults and up to four children, person by person; money in hundredths."""

    def __init__(self, step):
        """`step`: of salaries, in hundredths."""
        random = numpy.random.default_rng(20_170_101)
        adults = random.integers(1, 3, HOUSEHOLDS)
        size = adults + random.integers(0, 5, HOUSEHOLDS) * (random.random(HOUSEHOLDS) < 0.5)
        self.household = numpy.repeat(numpy.arange(HOUSEHOLDS), size)
        self.first = numpy.concatenate([[0], numpy.cumsum(size)])
        self.count = len(self.household)
        self.adult = numpy.arange(self.count) - self.first[self.household] < adults[self.household]
        days = numpy.where(self.adult, random.integers(18 * 365 + 5, 90 * 365, self.count), random.integers(0, 18 * 365 + 4, self.count))
        self.birth = numpy.datetime64(DAY) - days
        drawn = numpy.exp(random.normal(8, 0.9, self.count)) * 100 // step * step
        self.salary = numpy.where(self.adult & (random.random(self.count) < 0.7), drawn, 0).astype(numpy.int64)
        self.county = random.integers(0, COUNTIES, HOUSEHOLDS)[self.household].astype(numpy.int16)

    def columns(self):
        money = pyarrow.Array.from_buffers(pyarrow.decimal64(18, 2), self.count, [None, pyarrow.py_buffer(self.salary)])
        return {"birth": pyarrow.array(self.birth.astype("datetime64[D]")), "salary": money, "county": pyarrow.array(self.county)}

    def households(self):
        held = self.columns()
        members = pyarrow.StructArray.from_arrays([held["birth"], held["salary"], pyarrow.array(self.adult)], ["birth", "salary", "adult"])
        return pyarrow.table({"members": pyarrow.ListArray.from_arrays(pyarrow.array(self.first.astype(numpy.int32)), members)})

    def simulation(self, system):
        """A simulation that has calculated nothing yet."""
        builder = SimulationBuilder()
        builder.create_entities(system)
        builder.declare_person_entity("person", numpy.arange(self.count))
        household = builder.declare_entity("household", numpy.arange(HOUSEHOLDS))
        builder.join_with_persons(household, self.household, numpy.where(self.adult, "adult", "child"))
        made = builder.build(system)
        made.set_input("birth", "ETERNITY", self.birth)
        made.set_input("salary", MONTH, self.salary / 100)
        return made


def exact_answers(answers, name):
    """Our decimals as the nearest doubles, which keep them apart; all of them are known."""
    column = pyarrow.table(answers)[name].combine_chunks()
    assert column.null_count == 0, name
    return numpy.array(column.cast(pyarrow.float64()))


def compared(name, exact, theirs, sums_only):
    """How far their answers are from the exact ones: not at all, or as far as numbers of 32 bits are."""
    assert exact.shape == theirs.shape and (exact != 0).sum() > 1000, name
    off = numpy.abs(exact - theirs)
    assert (off == 0).all() if sums_only else (off <= ROUNDING * numpy.maximum(1, exact) * 8).all(), f"OpenFisca answers {name} otherwise"
    return off.max()


def least(make, run):
    """Nanoseconds of processor time; each run has something new that `make` made before."""
    spent = []
    for _ in range(REPEATED):
        fresh = make()
        begin = time.process_time_ns()
        run(fresh)
        spent.append(time.process_time_ns() - begin)
    return min(spent)


def report(subject, theirs, ours, **further):
    print(json.dumps({"peer": NAME, "subject": subject, "nanoseconds": theirs} | further))
    print(json.dumps({"ours": subject, "nanoseconds": ours}), flush=True)


def measure_answers(subject, people, table, decisions, system, law):
    """Each decision for each row."""
    asked = lambda: law.decide_batch(table, on=DAY, decisions=decisions, outcomes=False, threads=1)
    calculated = lambda simulation: [simulation.calculate(name, MONTH) for name in decisions]
    farthest = 0.0
    answers = asked()
    for name, theirs in zip(decisions, calculated(people.simulation(system))):
        farthest = max(farthest, compared(name, exact_answers(answers, name), theirs, name != "social_security_contribution"))
    theirs = least(lambda: people.simulation(system), calculated)
    report(subject, theirs, least(lambda: None, lambda _: pyarrow.table(asked())), rows=table.num_rows, farthest=float(farthest))


def measure_reform(subject, people, table, systems, laws):
    """Who pays more and who pays less, and how much, county by county."""
    decision = "social_security_contribution"

    def theirs(simulations):
        before, after = (simulation.calculate(decision, MONTH) for simulation in simulations)
        change = numpy.sign(after - before).astype(numpy.int8)
        kinds = people.county * 3 + change + 1
        return change, numpy.bincount(kinds, minlength=3 * COUNTIES), numpy.bincount(kinds, weights=after - before, minlength=3 * COUNTIES)

    def ours():
        return tutela.compare_batch(table, *laws, on=DAY, decisions=decision, by="county", threads=1)

    before, after = (exact_answers(law.decide_batch(table, on=DAY, decisions=decision, outcomes=False, threads=1), decision) for law in laws)
    more = numpy.round((after - before) * 10_000).astype(numpy.int64)
    exact = numpy.sign(more).astype(numpy.int8)
    change, _, sums = theirs([people.simulation(system) for system in systems])
    otherwise = change != exact
    assert (numpy.abs(after - before)[otherwise] < 0.01).all(), "OpenFisca finds another change"
    found = {(int(line["county"]), {"loses": -1, "same": 0, "gains": 1}[line["change"]]): line for line in pyarrow.table(ours()).to_pylist()}
    for place, count in enumerate(numpy.bincount(people.county * 3 + exact + 1, minlength=3 * COUNTIES)):
        rows = (people.county == place // 3) & (exact == place % 3 - 1)
        line = found.get((place // 3, place % 3 - 1), {"rows": 0, "difference": 0})
        assert line["rows"] == count and line["difference"] * 10_000 == int(more[rows].sum()), "a county counts otherwise"
        assert abs(float(line["difference"]) - sums[place]) <= 0.005 * (1 + count), "a county adds up otherwise"
    spent = least(lambda: [people.simulation(system) for system in systems], theirs)
    report(subject, spent, least(lambda: None, lambda _: pyarrow.table(ours())), rows=table.num_rows, otherwise=int(otherwise.sum()))


def main():
    system = CountryTaxBenefitSystem()
    systems = system, flat_social_security_contribution(system)
    laws = tutela.parse_pack(LAW), tutela.parse_pack(reformed(LAW))
    for step, words in ((1000, "salaries in tens"), (1, "salaries to the cent")):
        people = People(step)
        table = pyarrow.table(people.columns())
        if step > 1:
            measure_answers("country template/two sums for each person", people, table, ["basic_income", "pension"], system, laws[0])
        measure_answers(f"country template/contributions, {words}", people, table, ["social_security_contribution"], system, laws[0])
        measure_reform(f"country template/reform, {words}", people, table, systems, laws)
        measure_answers(f"country template/households, {words}", people, people.households(), ["parenting_allowance"], system, laws[0])


main()
