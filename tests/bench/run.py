# SPDX-License-Identifier: Apache-2.0
"""What ./dev bench runs after building: our benchmarks, the engines of other people beside them, one table.

    run.py BUILD_FOLDER [WORD...]    prints the table and writes BUILD_FOLDER/results.json

With words, only the lines in which one of them occurs, and only the engines beside those. The word `languages` asks for
the calls from C, Java, C#, JavaScript and Python.

Every figure is the least of several repetitions of thread CPU time. An engine that cannot be installed or run is skipped
with one line. Engines are installed below BUILD_FOLDER/peers, in the versions that peers/pom.xml, peers/package.json
and peers/python.txt name; our own Python module beside those for Python.
"""

from __future__ import annotations

import functools
import json
import pathlib
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
PEERS = HERE / "peers"
REPETITIONS = 9


class Skipped(Exception):
    """Why an engine is not measured."""


@dataclass(frozen=True)
class Row:
    """One line of the table: our benchmark, and what is asked of it."""

    what: str
    ours: str
    subject: str = ""  # of the engines beside it,
    way: str = ""  # and which of their figures, where one engine has several
    at_most: float = 0  # nanoseconds
    times: float = 0  # faster than the best engine
    counter: str = ""  # of our benchmark, where not its time is asked but a figure that it works out,
    at_least: float = 0  # and what that is asked to be
    no_more: float = 0
    limit: str = ""  # what bounds it, or why it is as it is


ROWS = [
    Row("table 12x5, by slot", "support 12x5/Session::decide/set 5 facts by slot", at_most=50),
    Row("table 12x5, by name", "support 12x5/Session::decide/set 5 facts by name", subject="support", way="64 calls",
        at_most=150, times=200),
    Row("table 12x5, by name, beside ZEN's own clock", "support 12x5/Session::decide/set 5 facts by name", subject="support",
        way="own clock"),
    Row("table 12x5, verdict with reasons", "support 12x5/Session::verdict/set 5 facts by slot", at_most=2e3),
    Row("table 12x5, verdict with reasons, from a record", "support 12x5/Pack::decide/record"),
    Row("table 12x5, proof of every rule", "support 12x5/Pack::prove/record"),
    Row("C library, table 12x5 by slot", "abi/one decision/tutela_session_answer"),
    Row("C library, table 12x5 by slot in C++", "abi/one decision/Session::decide"),
    Row("C library, one case as JSON", "abi/one decision as JSON/tutela_pack_decide"),
    Row("C library, the case as JSON in C++", "abi/one decision as JSON/parse_cases, Pack::decide, write_verdict_line"),
    Row("C library, 131,072 rows, Arrow", "abi/table of 131,072 rows/tutela_batch_decide"),
    Row("C library, 131,072 rows, plain arrays", "abi/table of 131,072 rows/tutela_batch_decide_columns"),
    Row("C library, 131,072 rows in C++", "abi/table of 131,072 rows/BatchRun::decide"),
    Row("lending model, 11 decisions by session", "lending/session, outcome and value", subject="lending", times=3),
    Row("lending model, 11 verdicts from a record", "lending/values", subject="lending", times=3),
    Row("lending model, with reasons", "lending/with reasons", subject="lending"),
    Row("10,000 children to 547 homes, end to end", "allocation/a2", subject="LEMON/a2", times=1 / 1.5),
    Row("10,000 children to 547 homes, beside NetworkX", "allocation/a2", subject="allocation", way="NetworkX", times=100),
    Row("10,000 children to 547 homes, beside OR-tools", "allocation/a2", subject="allocation", way="OR-tools"),
    Row("10,000 children to 547 homes, beside HiGHS", "allocation/a2", subject="allocation", way="HiGHS"),
    Row("with siblings together (a2), <= 0.6 % above the bound", "allocation/a2 with siblings", at_most=3e9),
    Row("with siblings together (a3), <= 0.6 % above the bound", "allocation/a3 with siblings", at_most=3e9),
    Row("each of 547 homes closed, all placed anew", "allocation/a2, each home closed", at_most=5e9),
    Row("reach of 10,000 clients, 60,000 agreements", "reach/10,000 clients", subject="reach", at_most=0.4e9),
    Row("reach of 10,000 clients, beside NetworkX", "reach/10,000 clients", subject="reach", way="NetworkX"),
    Row("best path and its proof, 200 clients, one thread", "route/best path, 200 clients", subject="route",
        at_most=200 * 0.15e6),
    Row("best path and its proof, beside NetworkX", "route/best path, 200 clients", subject="route", way="NetworkX"),
    Row("minimum cut with capacities of stops", "reach/minimum cut", subject="cut", at_most=3e6),
    Row("minimum cut, beside NetworkX", "reach/minimum cut", subject="cut", way="NetworkX"),
    Row("figures of 1M events of referrals", "log/1M events", subject="log", at_most=0.2e9,
        limit="the peer makes transitions and stages only"),
    Row("table of 1,000 rules, loading", "load/1,000 rules x 5 inputs", at_most=20e6),
    Row("OGRS3 in columns, one person", "ogrs3/columns, one person", at_most=50),
    *(
        Row(f"OGRS3 in columns, one person, {missing} missing", f"ogrs3/columns, one person, {missing} missing")
        for missing in ("sex", "birth date", "first sanction", "begin of follow-up", "sanctions", "offence", "a tenth of each fact")
    ),
    Row("OVP, bounds with 6 answers missing", "ovp/bounds, six answers missing", at_most=20e3),
    Row("OVP, bounds with 3 counts, 3 answers missing", "ovp/bounds, three counts and three answers missing", at_most=20e3),
    Row("area with DeLong's interval, 1M people", "validation/area with DeLong's interval, 1M people", at_most=1e9),
    Row("validation, 1M people, 10 groups, 1,000 draws", "validation/1M people, 10 groups, 1,000 draws/iterations:1/repeats:1",
        subject="validation", times=20, limit="the peer makes 3 draws, the others are taken to cost the same"),
    Row("a million clocks on one day", "clocks/a million", at_most=1e9),
    Row("timeline, one change point", "timeline/one change point of 52", at_most=1e3),
    Row("timeline, one change point where the answer is open", "timeline/one change point where the answer is open", at_most=1e3),
    Row("ten conditions, all known", "ten conditions/Session::decide/facts missing:/0", at_most=500),
    Row("ten conditions, three missing", "ten conditions/Session::decide/facts missing:/3", at_most=500),
    Row("ten conditions, all known, full proof", "ten conditions/Pack::prove/facts missing:/0", at_most=5e3),
    Row("ten conditions, three missing, full proof", "ten conditions/Pack::prove/facts missing:/3", at_most=5e3),
    Row("table 12x5 in columns, 4M rows, 10 % missing", "support 12x5/decide/missing %/10", at_most=40e6),
    Row("40 rules in columns, 4M rows, 10 % missing", "40 rules x 6/decide/missing %/10", at_most=66.7e6),
    Row("40 rules in columns, Arrow to Arrow", "40 rules x 6/decide and hand answers out/missing %/10", at_most=66.7e6),
    Row("40 rules in columns, beside Polars", "40 rules x 6/decide and hand answers out/missing %/10", subject="columns",
        way="tests shared by hand", times=25, limit="the peers answer 1M rows, times four"),
    Row("40 rules in columns, beside Polars, rules as they are written", "40 rules x 6/decide and hand answers out/missing %/10",
        subject="columns", way="rules as written", times=25),
    Row("40 rules in columns, beside DuckDB", "40 rules x 6/decide and hand answers out/missing %/10", subject="columns",
        way="DuckDB", times=100),
    Row("40 rules in columns, beside NumPy", "40 rules x 6/decide and hand answers out/missing %/10", subject="columns",
        way="NumPy"),
    Row("40 rules in columns, beside NumPy in OpenFisca's manner", "40 rules x 6/decide and hand answers out/missing %/10",
        subject="columns without unknown", times=30, limit="the peer keeps no unknown: less work than ours"),
    Row("40 rules in columns, with the outcomes in words", "40 rules x 6/decide and hand out/missing %/10"),
    Row("families with children in columns, 4M rows", "families with children/decide and hand answers out/missing %/0",
        subject="columns over lists", limit="the peers answer 0.5M rows, times eight"),
    Row("families with children in columns, 10 % missing", "families with children/decide and hand answers out/missing %/10"),
    Row("families with children beside columns, a row at a time", "families with children/Session::decide, a row at a time"),
    Row("40 rules in columns, beside ZEN", "40 rules x 6/decide and hand answers out/missing %/10", subject="columns by ZEN",
        times=500, limit="ZEN answers rows without anything missing, taken for all"),
    Row("40 rules in columns inside DuckDB, beside its SQL", "40 rules x 6/inside DuckDB", subject="columns inside DuckDB",
        times=25, limit="the answers stay inside; words are enumerations for both"),
    Row("40 rules in columns, called from Python", "40 rules x 6/from Python", subject="40 rules x 6/from Python",
        times=1 / 1.05),
    Row("40 rules in columns, unknowns kept, beside nothing missing", "40 rules x 6/decide/missing %/10",
        subject="40 rules x 6/decide/missing %/0", times=1 / 1.3),
    Row("40 rules in columns, two threads, of memory's own gain", "40 rules x 6/two threads", counter="of memory's", at_least=0.85),
    Row("40 rules in columns, MiB beyond input and output", "40 rules x 6/memory beyond input and output", counter="MiB", no_more=64),
    Row("40 rules on one case by slot, in one call", "40 rules x 6/one case by slot", at_most=800),
    Row("40 rules on one case by slot, rule by rule", "40 rules x 6/one case, rule by rule"),
    Row("40 rules on one case, its facts set alone", "40 rules x 6/one case, its facts set alone"),
    Row("one rule in columns, beside a loop by hand", "one rule/in columns", subject="one rule/a loop by hand", times=0.75),
    Row("columns of 1M people, OGRS3, nothing missing", "instruments/one scale", subject="instruments/one scale",
        limit="the peer is its formula in NumPy: no bounds, no reasons"),
    Row("columns of 1M people, OGRS3 and a sum of points", "instruments/two scales"),
    Row("columns of 1M people, the same two, a tenth of each fact missing: bounds", "instruments/two scales, a tenth missing",
        limit="20,000 people, times fifty; bounds are found one by one"),
    *(Row(f"columns of {what}, beside OpenFisca", f"country template/{name}", subject=f"country template/{name}",
          limit="OpenFisca calculates in 32 bits and has no unknown: nothing is missing")
      for what, name in (("1M people, basic income and pension", "two sums for each person"),
                         ("1M people, contribution of salaries in tens", "contributions, salaries in tens"),
                         ("1M people, contribution of salaries to the cent", "contributions, salaries to the cent"),
                         ("1M people, its reform by county, salaries in tens", "reform, salaries in tens"),
                         ("1M people, its reform by county, salaries to the cent", "reform, salaries to the cent"),
                         ("400,000 households, salaries in tens", "households, salaries in tens"),
                         ("400,000 households, salaries to the cent", "households, salaries to the cent"))),
    Row("ask, 200 facts, a third missing", "ask/200 facts, one decision/percent known:/67", at_most=1e6),
    Row("ask, 200 facts, none known", "ask/200 facts, one decision/percent known:/0", at_most=1e6),
    Row("ask, 200 facts, 20 decisions, a third missing", "ask/200 facts, 20 decisions at once/percent known:/67",
        at_most=1e6),
]


def run(*command: str | pathlib.Path, cwd: pathlib.Path | None = None, minutes: int = 15) -> str:
    """What a program prints; `Skipped` with its last line when it fails."""
    try:
        done = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True, timeout=60 * minutes)
    except subprocess.TimeoutExpired:
        raise Skipped(f"{command[0]} took more than {minutes} minutes") from None
    if done.returncode:
        lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        raise Skipped(lines[-1].strip() if lines else f"{command[0]} failed")
    return done.stdout


def need(program: str) -> None:
    if shutil.which(program) is None:
        raise Skipped(f"there is no {program} here")


def say(text: str) -> None:
    print(f"== {text}", file=sys.stderr, flush=True)


def install(folder: pathlib.Path, pins: pathlib.Path, registry: str, *command: str | pathlib.Path) -> None:
    """Installs what `pins` names, unless that was done before."""
    stamp = folder / "installed"
    if stamp.exists() and stamp.read_text() == pins.read_text():
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(pins, folder)
    try:
        run(*command, cwd=folder)
    except Skipped as why:
        raise Skipped(f"{registry} did not give it: {why}") from None
    stamp.write_text(pins.read_text())


def our_benchmarks(build: pathlib.Path, rows: list[Row]) -> dict[str, float]:
    """Nanoseconds by the name of the benchmark: those of the rows, and those that no row shows but a ratio needs."""
    found: dict[str, float] = {}
    wanted = [re.sub(r"[^\w /,]", ".", name) for row in rows for name in (row.ours, row.subject) if name]
    wanted += ["lending/its decimal power"] if any("lending" in row.ours for row in rows) else []
    only = "" if rows == ROWS else f"^({'|'.join(wanted)})"
    for program in sorted((build / "bench").iterdir()):
        say(f"measuring {program.name}")
        text = run(program, f"--benchmark_repetitions={REPETITIONS}", "--benchmark_min_time=0.2",
                   "--benchmark_format=json", f"--benchmark_filter={only or '.'}")
        for each in json.loads(text)["benchmarks"] if text.strip() else []:
            if each.get("error_occurred"):
                say(f"skipped {each['name']}: {each['error_message']}")
            elif each["run_type"] == "iteration":
                spent = each["cpu_time"] * {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}[each["time_unit"]]
                found[each["name"]] = min(found.get(each["name"], spent), spent)
                for counter in {row.counter for row in rows if row.counter and row.ours in each["name"]}:
                    found[f"{row_name(each['name'])}: {counter}"] = each[counter]
    return found


def row_name(benchmark: str) -> str:
    """The name of a benchmark without what Google Benchmark adds to it."""
    return re.sub(r"/iterations:\d+$", "", benchmark)


def zen(build: pathlib.Path, model: str) -> list[dict]:
    need("node")
    need("npm")
    folder = build / "peers" / "node"
    install(folder, PEERS / "package.json", "npm", "npm", "install", "--no-audit", "--no-fund", "--silent")
    version = json.loads((PEERS / "package.json").read_text())["dependencies"]["@gorules/zen-engine"]
    return results(run("node", PEERS / "zen.mjs", f"ZEN {version}", folder, build / "peers" / "support.json"))


def java(build: pathlib.Path) -> tuple[pathlib.Path, str]:
    """The folder of compiled classes, and the class path."""
    need("mvn")
    need("javac")
    folder = build / "peers" / "java"
    install(folder, PEERS / "pom.xml", "Maven Central", "mvn", "-q", "-B", "dependency:copy-dependencies",
            "-DoutputDirectory=" + str(folder / "lib"))
    classes = folder / "classes"
    return classes, f"{classes}:{folder}/lib/*"


def compile_java(classes: pathlib.Path, path: str, *sources: pathlib.Path) -> None:
    run("javac", "-nowarn", "-encoding", "UTF-8", "-cp", path, "-d", classes, *sources)


def pinned(name: str) -> str:
    found = re.search(rf"<{name}\.version>(.*?)<", (PEERS / "pom.xml").read_text())
    assert found is not None
    return found[1]


def drools(build: pathlib.Path, model: str) -> list[dict]:
    lending_or_skip(model)
    classes, path = java(build)
    compile_java(classes, path, PEERS / "java" / "Lending.java", PEERS / "java" / "Drools.java")
    return results(run("java", "-cp", path, "Drools", f"Drools {pinned('drools')}", model, build / "peers" / "lending.tsv"))


def jdmn(build: pathlib.Path, model: str) -> list[dict]:
    lending_or_skip(model)
    classes, path = java(build)
    compile_java(classes, path, PEERS / "java" / "Lending.java", PEERS / "java" / "JdmnTranslate.java")
    written = build / "peers" / "java" / "written"
    shutil.rmtree(written, ignore_errors=True)
    run("java", "-cp", path, "JdmnTranslate", model, written)
    compile_java(classes, path, PEERS / "java" / "Jdmn.java", *written.rglob("*.java"))
    name = f"jDMN {pinned('jdmn')}, written as Java"
    return results(run("java", "-cp", path, "Jdmn", name, build / "peers" / "lending.tsv"))


@functools.cache
def python(build: pathlib.Path) -> pathlib.Path:
    """The Python that has the engines written for it."""
    folder = build / "peers" / "python"
    install(folder, PEERS / "python.txt", "The Python package index", "sh", "-c",
            "python3 -m venv . && bin/pip install -q --disable-pip-version-check -r python.txt")
    return folder / "bin" / "python"


@functools.cache
def python_with_module(build: pathlib.Path) -> pathlib.Path:
    """The same Python with our module, as `pip install .` makes it; what did not change since the last time is not compiled anew."""
    made = python(build)
    say("building the Python module")
    # The names of the compilers are those that CMake takes by itself, so that the compiler cache knows the library.
    run("env", "CC=cc", "CXX=c++", made, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-build-isolation", "--no-deps",
        "--force-reinstall", f"--config-settings=build-dir={build.parent / 'bench-python'}", HERE.parent.parent, minutes=90)
    return made


def fairness(build: pathlib.Path, model: str) -> list[dict]:
    return results(run(python(build), PEERS / "fairness.py", "1000", "3"))


def referral(build: pathlib.Path, model: str) -> list[dict]:
    if not run(build / "peers" / "referral", build / "peers").strip():
        raise Skipped("the register of services is not beside the repository (TUTELA_SHARED)")
    return results(run(python(build), PEERS / "referral.py", build / "peers"))


def event_log(build: pathlib.Path, model: str) -> list[dict]:
    return results(run(python(build), PEERS / "log.py", build / "peers"))


def columns(build: pathlib.Path, model: str) -> list[dict]:
    run(build / "peers" / "columns_table", build / "peers")
    try:
        made = python_with_module(build)
    except Skipped as why:  # the other engines do not need it
        say(f"no Python module: {why}")
        made = python(build)
    return results(run(made, PEERS / "columns.py", build))


def instruments(build: pathlib.Path, model: str) -> list[dict]:
    return results(run(python_with_module(build), PEERS / "instruments.py"))


def openfisca(build: pathlib.Path, model: str) -> list[dict]:
    return results(run(python_with_module(build), PEERS / "openfisca.py"))


def families(build: pathlib.Path, model: str) -> list[dict]:
    run(build / "peers" / "columns_table", build / "peers")
    return results(run(python(build), PEERS / "families.py", build / "peers"))


def other_languages(build: pathlib.Path) -> list[str]:
    """What one decision from five facts costs through the C library, a line for each language."""
    source, folder = HERE.parent.parent, build / "peers" / "calls"
    folder.mkdir(parents=True, exist_ok=True)
    library = build / "src" / "capi" / "libtutela_c.so"
    lines = [run(build / "peers" / f"calls_{language}").strip() for language in ("cpp", "c", "c_table")]
    homes = [home for home in pathlib.Path("/usr/lib/jvm").glob("*")
             if (found := re.search(r'^JAVA_VERSION="(\d+)', read(home / "release"), re.M)) and int(found[1]) >= 22]
    if homes:
        java = source / "bindings" / "java" / "src"
        classes = [each for each in (java / "main" / "java").rglob("*.java") if not each.name.endswith("Calls.java")]
        run(homes[0] / "bin" / "javac", "-d", folder, *classes, *(java / "main" / "java22").rglob("*.java"),
            *(java / "test").rglob("*Bench.java"))
        for program in ("Bench", "TableBench"):
            lines.append(run(homes[0] / "bin" / "java", "--enable-native-access=ALL-UNNAMED", f"-Dtutela.library={library}",
                             "-cp", folder, f"org.tutela.{program}").strip())
    if shutil.which("mcs") and shutil.which("mono"):
        mono = ("env", f"LD_LIBRARY_PATH={library.parent}")
        for name in ("Bench", "TableBench"):
            program = folder / f"{name}.exe"
            run("mcs", "-optimize", f"-out:{program}", *sorted((source / "bindings" / "csharp" / "Tutela").glob("*.cs")),
                source / "tests" / "bindings" / f"{name}.cs")
            lines.append(run(*mono, "mono", "-O=all", program).strip())
        # Without the bookkeeping of each call for another way of stopping threads than by a signal.
        lines.append("signals, " + run(*mono, "MONO_THREADS_SUSPEND=preemptive", "mono", "-O=all", folder / "Bench.exe").strip())
    module = source / "build" / "wasm" / "tutela.wasm"
    if shutil.which("node") and module.is_file():  # as bindings/wasm/build made it
        lines.append(run("node", source / "bindings" / "wasm" / "bench.mjs", module).strip())
    if shutil.which("node") and (source / "build" / "node_modules" / "koffi").is_dir():  # as ./dev test brought it
        files = folder / "node"  # from here Node finds the packages
        shutil.copytree(source / "bindings" / "wasm", files, dirs_exist_ok=True)
        lines.append(run("node", files / "table_bench.mjs", library).strip())
    try:
        lines.append(python_calls(build, source))
    except Skipped as why:
        lines.append(f"Python skipped: {why}")
    return lines


def python_calls(build: pathlib.Path, source: pathlib.Path) -> str:
    """The same from Python, by the module as users get it: optimised, with the library inside."""
    return run(python_with_module(build), source / "tests" / "bindings" / "bench.py").strip()


def read(file: pathlib.Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def lending_or_skip(model: str) -> None:
    if not model:
        raise Skipped("the kit with the lending model is not beside the repository (TUTELA_SHARED)")


def results(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def peers(build: pathlib.Path, rows: list[Row]) -> tuple[list[dict], list[str]]:
    """What the engines of other people took, and the lines about those that were skipped."""
    measured: list[dict] = []
    skipped: list[str] = []
    model = run(build / "peers" / "cases", build / "peers").strip()
    subjects = {name for row in rows for name in (row.subject, row.ours)}
    for name, measure, about in (("@gorules/zen-engine", zen, {"support"}), ("jDMN", jdmn, {"lending"}),
                                 ("Drools", drools, {"lending"}), ("fairlearn", fairness, {"validation"}),
                                 ("pandas", event_log, {"log"}), ("Polars, DuckDB, NumPy, ZEN", columns,
                                  {"columns", "columns by ZEN", "columns inside DuckDB", "columns without unknown", "40 rules x 6/from Python"}),
                                 ("NumPy's formula of a scale", instruments, {name for name in subjects if name.startswith("instruments/")}),
                                 ("OpenFisca", openfisca, {name for name in subjects if name.startswith("country template/")}),
                                 ("Polars, DuckDB, over lists", families, {"columns over lists"}),
                                 ("NetworkX, igraph, OR-tools, HiGHS", referral, {"allocation", "reach", "cut"})):
        if not about & subjects:
            continue
        say(f"measuring {name}")
        try:
            measured += measure(build, model)
        except Skipped as why:
            skipped.append(f"{name} skipped: {why}")
    return measured, skipped


def readable(nanoseconds: float) -> str:
    for unit, size in (("ms", 1e6), ("us", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}" if nanoseconds < 1e3 * size else f"{nanoseconds / size:.0f} {unit}"
    return f"{nanoseconds:.3g} ns"


def table(rows: list[Row], ours: dict[str, float], measured: list[dict]) -> list[dict]:
    lines = []
    for row in rows:
        mine = ours.get(f"{row.ours}: {row.counter}" if row.counter else row.ours)
        beside = [each for each in measured if each["subject"] == row.subject and row.way in each["peer"]]
        best = min(beside, key=lambda each: each["nanoseconds"], default=None)
        ratio = best["nanoseconds"] / mine if best and mine else None
        asked = []
        if row.at_most:
            asked.append(f"<= {readable(row.at_most)}")
        if row.times:
            asked.append(f">= {row.times:.3g}x")
        if row.at_least:
            asked.append(f">= {row.at_least:g}")
        if row.no_more:
            asked.append(f"<= {row.no_more:g}")
        met = None
        if mine is not None:
            checks = [mine <= row.at_most] if row.at_most else []
            checks += [mine >= row.at_least] if row.at_least else []
            checks += [mine <= row.no_more] if row.no_more else []
            checks += [ratio >= row.times] if row.times and ratio is not None else []
            met = all(checks) if checks else None
        lines.append({"what": row.what, "ours": mine, "peer": best, "ratio": ratio, "asked": ", ".join(asked), "met": met,
                      "limit": row.limit, "figure": bool(row.counter)})
    return lines


def print_table(lines: list[dict]) -> None:
    cells = [("what", "ours", "best peer", "ratio", "asked", "met", "limit, reason")]
    for line in lines:
        peer = line["peer"]
        cells.append((
            line["what"],
            "not measured" if line["ours"] is None else f"{line['ours']:.3g}" if line["figure"] else readable(line["ours"]),
            f"{readable(peer['nanoseconds'])} ({peer['peer']})" if peer else "",
            f"{line['ratio']:.3g}x" if line["ratio"] else "",
            line["asked"],
            {True: "yes", False: "NO", None: ""}[line["met"]],
            line["limit"],
        ))
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    for row in cells:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip())


def main() -> None:
    build, words = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
    rows = [row for row in ROWS if not words or any(word in row.what for word in words)]
    if not rows and "languages" not in words:
        sys.exit(f"no line has one of these words: {' '.join(words)}")
    ours = our_benchmarks(build, rows) if rows else {}
    measured, skipped = peers(build, rows) if rows else ([], [])
    # What of ours runs inside others is measured by them, and what stands beside it may be a benchmark of ours.
    ours |= {each["ours"]: each["nanoseconds"] for each in measured if "ours" in each}
    measured = [each for each in measured if "peer" in each]
    # LEMON is a library for C++, so it is measured in our own program, as its network simplex alone.
    measured += [{"peer": "LEMON, its run alone" if name.startswith("LEMON/") else name, "subject": name, "nanoseconds": ours[name]}
                 for name in {row.subject for row in rows if row.subject != row.ours} & set(ours)]
    lines = table(rows, ours, measured)
    power = ours.get("lending/its decimal power")
    for line in lines:
        if power and line["ours"] and line["what"].startswith("lending model"):
            share = power / line["ours"]
            line["limit"] = f"its decimal power alone is {readable(power)}, {share:.0%}. {line['limit']}".strip()
    print()
    print_table(lines)
    for line in skipped:
        print(line)
    if not words or "languages" in words:
        print("\nOne decision of a law from five facts, through the C library:")
        try:
            print(*other_languages(build), sep="\n")
        except Skipped as why:
            print(f"not measured: {why}")
    machine = {"processor": platform.processor() or platform.machine(), "system": platform.platform()}
    text = {"machine": machine, "table": lines, "ours": ours, "peers": measured, "skipped": skipped}
    (build / "results.json").write_text(json.dumps(text, indent=2) + "\n")
    print(f"\nEverything measured: {build / 'results.json'}")


if __name__ == "__main__":
    main()
