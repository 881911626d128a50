#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How the decisions of a law scale with the workers of a local Spark. Usage: spark_workers.py [ROWS]

Needs Java and a Python with tutela, pyspark and pyarrow; `./dev bench` does not run it. Synthetic rows. One line for each number
of workers: seconds by the clock for making the rows alone, and for making and answering them, the least of three runs.
"""

import os
import sys
import time

import tutela.spark
from pyspark.sql import SparkSession
from pyspark.sql import functions as f

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000_000
DECISIONS = ["day_service", "guardianship_form", "is_child"]


def seconds(run):
    taken = []
    for _ in range(3):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return min(taken)


def measure(workers):
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master(f"local[{workers}]").config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "65536").getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    rows = session.range(ROWS, numPartitions=8).select(
        "id",
        f.date_sub(f.lit("2026-03-02").cast("date"), (f.col("id") * 7919 % 7000).cast("int")).alias("person.birth_date"),
        f.when(f.col("id") % 10 != 0, f.col("id") % 3 == 0).alias("family.vulnerable"),
    )
    answers = tutela.spark.decide(rows, "md/child-protection", on="2026-03-02", decisions=DECISIONS, outcomes=False)
    bare = seconds(lambda: rows.write.format("noop").mode("overwrite").save())
    whole = seconds(lambda: answers.write.format("noop").mode("overwrite").save())
    session.stop()
    print(f"local[{workers}]: {ROWS:,} rows made in {bare:.2f} s, made and answered in {whole:.2f} s", flush=True)


for number in (1, 2):
    measure(number)
