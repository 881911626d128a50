# SPDX-License-Identifier: Apache-2.0
"""`tutela.spark.decide` on a local cluster of several workers: every row as `Pack.decide_batch` answers it."""

import datetime
import os
import random
import shutil
import sys

import pytest

import tutela

pa = pytest.importorskip("pyarrow")
pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def spark():
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none")
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "300")
        .getOrCreate()
    )
    yield session
    session.stop()


def people(rows):
    draw = random.Random(12)

    def maybe(value):
        return None if draw.random() < 0.2 else value

    return [
        (
            number,
            maybe(datetime.date(2005, 1, 1) + datetime.timedelta(days=draw.randrange(7_000))),
            maybe(draw.choice(["no_status", "at_risk", "without_parental_care"])),
        )
        for number in range(rows)
    ]


def test_every_worker_answers_by_the_same_law(spark, child_protection):
    import tutela.spark

    rows = people(2_000)
    schema = "case long, `person.birth_date` date, `person.protection_status` string"
    frame = spark.createDataFrame(rows, schema).repartition(7)
    names = ["is_child", "child_opinion_required", "quarterly_parent_visit"]
    asked = dict(on="2026-03-02", decisions=names, missing=True)
    answers = tutela.spark.decide(frame, child_protection, keep=["case"], **asked).toArrow().to_pylist()
    table = pa.table(
        {
            "person.birth_date": pa.array([row[1] for row in rows], pa.date32()),
            "person.protection_status": pa.array([row[2] for row in rows]),
        }
    )
    expected = pa.table(child_protection.decide_batch(table, **asked)).to_pylist()
    assert len(answers) == 2_000
    for answer in answers:
        assert {name: value for name, value in answer.items() if name != "case"} == expected[answer["case"]]


def test_what_does_not_fit_is_told_before_the_job(spark, child_protection):
    import tutela.spark

    frame = spark.createDataFrame([("2015-01-01",)], "`person.birth_date` string")
    with pytest.raises(tutela.InputError, match="person.birth_date"):
        tutela.spark.decide(frame, child_protection, on="2026-03-02")
    with pytest.raises(tutela.ContractViolation, match="threads"):
        tutela.spark.decide(frame, child_protection, on="2026-03-02", threads=2)


def test_a_struct_column_is_opened(spark, child_protection):
    import tutela.spark

    frame = spark.createDataFrame([((datetime.date(2015, 1, 1),),), ((datetime.date(1990, 1, 1),),)], "person struct<birth_date: date>")
    found = tutela.spark.decide(frame, "md/child-protection", on="2026-03-02", decisions="is_child", outcomes=False).collect()
    assert [row.is_child for row in found] == [True, False]
