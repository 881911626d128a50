#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The reference of the Python package as Markdown: signatures from the stubs, words from the docstrings of the installed module.

`pages()` gives the text of each file below docs/. A name of the package that stands in no part of PARTS is an error, so none is
forgotten. tests/python/reference_test.py compares the files with it.
"""

import ast
import importlib.util
import inspect
import pathlib
import re
import textwrap

import tutela
from tutela import _core

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ROOT / "bindings" / "python" / "tutela"

# Part of the reference -> what it is for, its names; None: all public names of these modules.
PARTS = {
    "rules": ("Law: packs, verdicts, what to ask, when an answer changes", [
        "load_pack", "parse_pack", "shipped_packs", "Pack", "Verdicts", "Verdict", "Row", "Decision", "Interview", "compare",
        "test_cases", "feel"]),
    "facts": ("Facts: what is known, what there is none of, what cannot be known", [
        "NONE", "UNCERTAIN", "Fact", "Range", "one_of", "between", "Case", "load_cases", "parse_cases"]),
    "tables": ("Many cases at once", ["BatchAnswers", "BatchComparison", "compare_batch", "spark"]),
    "risk": ("Risk: published scales, their bounds, how well they hold", [
        "load_instrument", "parse_instrument", "parse_pmml", "Instrument", "Score", "ScoreOverride", "effective_band", "override_statistics",
        "LocalNorm", "Recalibration", "recalibrate", "DriftMonitor", "population_stability", "rater_agreement", "validate", "ValidationReport"]),
    "referral": ("Referral: networks, lawful paths, places", [
        "load_network", "parse_network", "Network", "RouteAnswer", "ReachTable", "NetworkHistory", "load_network_history",
        "parse_network_history", "ReferralLog", "load_event_log", "parse_event_log", "parse_referrals", "allowed_after"]),
    "exchange": ("Other systems' formats", ["Mapping", "load_mapping", "parse_mapping", "FhirResource", "parse_fhir", "parse_hsds", "import_register"]),
    "casework": ("Casework: what is due, what was promised, who decided", [
        "agenda", "agenda_rows", "Agenda", "joint_plans", "clocks", "check_decisions", "may_follow", "ServiceReport", "parse_service_reports",
        "review_probation", "check_positions", "count_equipment", "household_child_task", "review_child_protection", "needed_papers", "draft"]),
    "records": ("Books of records, and what may be counted", [
        "load_records", "parse_records", "RecordBook", "KeptRecord", "review_anonymity", "suppress_small_cells"]),
    "disclosure": ("Disclosure: who may be told what", ["what_may_be_told", "DisclosureFinding", "PseudonymKeys"]),
    "engine": ("Everything for a file of cases", ["assess", "Assessment"]),
    "words": ("What things of the field are called, in four languages", ["load_field_words", "parse_field_words", "find_field_word"]),
    "errors": ("What can go wrong", ["InputError", "LimitError", "ContractViolation"]),
    "values": ("What answers are made of", None),
}


def stubs(folder=SOURCES):
    """The definitions of the stubs of the compiled part and of the Python sources, by name."""
    found = {}
    for path in [*sorted(folder.glob("*.py")), *sorted(folder.rglob("*.pyi"))]:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not (node.name.startswith("_") or path.stem == "display"):
                found[path.stem if path.suffix == ".py" else "_core", node.name] = node
    return found


STUBS = stubs()


def words(item):
    """The docstring without the line of the signature that a compiled function begins with."""
    text = inspect.cleandoc(getattr(item, "__doc__", None) or "")
    first, _, rest = text.partition("\n")
    if re.match(r"\w+\(.*\) -> ", first):
        text = inspect.cleandoc(rest)
    return markdown(text)


def markdown(text):
    """A docstring as Markdown: examples and indented lines are fenced, everything else stays as it is written."""
    lines, code = [], []

    def fence():
        while code and not code[-1].strip():
            code.pop()
        if code:
            lines.extend(["", "```python", *textwrap.dedent("\n".join(code)).splitlines(), "```", ""])
        code.clear()

    for line in text.splitlines():
        is_example = line.startswith((">>>", "...", "    ")) or (code and code[0].startswith(">>>") and line.strip())
        if is_example or (code and not line.strip() and not code[0].startswith(">>>")):
            code.append(line)
        else:
            fence()
            lines.append(line)
    fence()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def summary(item):
    """The first sentence."""
    paragraph = " ".join(words(item).split("\n\n")[0].split())
    return re.split(r"(?<=[.?!]) (?=[A-Z`*])", paragraph)[0]


def signature(node):
    """The signature as it is written, on as many lines as it needs."""
    arguments = re.sub(r"^self(, |$)", "", ast.unparse(node.args))
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(arguments):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            parts.append(arguments[start:place].strip())
            start = place + 1
    parts.append(arguments[start:].strip())
    parts = [part.replace("=", " = ", 1) if ":" in part else part for part in parts if part]
    result = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    line = f"{node.name}({', '.join(parts)}){result}"
    if len(line) > 100:
        line = f"{node.name}(\n    " + ",\n    ".join(parts) + f",\n){result}"
    return re.sub(r"\b_(?=(?:Day|Path|Limits|Outcome)\b)", "", line).replace("abc.Mapping", "Mapping")


def cell(text):
    return " ".join(text.split()).replace("|", "\\|")


def type_cell(node):
    return cell(ast.unparse(node).replace("_Outcome", "Outcome").replace("'", '"'))  # Doxygen takes ' for an end of code


def fields_of(node):
    """The fields of a tuple with names, each with the text below it."""
    body = node.body
    for place, item in enumerate(body):
        if isinstance(item, ast.AnnAssign):
            following = body[place + 1] if place + 1 < len(body) else None
            told = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant) and isinstance(following.value.value, str)
            yield item.target.id, type_cell(item.annotation), inspect.cleandoc(following.value.value) if told else ""


def shown_class(kind, node):
    parts = [words(kind)]
    fields = list(fields_of(node))
    if fields:
        parts.append("\n".join(["| field | type | is |", "|---|---|---|", *(f"| `{name}` | `{type}` | {cell(text)} |" for name, type, text in fields)]))
    functions = [item for item in node.body if isinstance(item, ast.FunctionDef) and not item.name.startswith("_")]
    properties = [item for item in functions if any(isinstance(mark, ast.Name) and mark.id == "property" for mark in item.decorator_list)]
    if properties:
        rows = []
        for item in properties:
            rows.append(f"| `{item.name}` | `{type_cell(item.returns)}` | {cell(words(vars(kind)[item.name]))} |")
        parts.append("\n".join(["| property | type | is |", "|---|---|---|", *rows]))
    for item in functions:
        if item not in properties:
            function = vars(kind).get(item.name) or getattr(kind, item.name)
            parts.append(f"### {kind.__name__}.{item.name}\n\n```python\n{signature(item)}\n```\n\n{words(function)}")
    return "\n\n".join(part for part in parts if part)


def found_in(name):
    """The object of the package, and its definition in a stub or source."""
    item = getattr(tutela, name)
    if inspect.ismodule(item):
        return item, None
    if inspect.isclass(item) or callable(item):
        stem = "_core" if item is getattr(_core, name, None) else item.__module__.split(".")[-1]
        return item, STUBS[stem, name]
    return item, None


def entry(name):
    if name == "spark":
        node = STUBS["spark", "decide"]
        told = markdown(ast.get_docstring(node))
        return f"## tutela.spark.decide\n\n```python\n{signature(node)}\n```\n\n{told}", told.split("\n")[0]
    item, node = found_in(name)
    if node is None:
        kind = type(item)
        return f"## tutela.{name}\n\n{words(kind)}", summary(kind)
    if isinstance(node, ast.ClassDef):
        return f"## class tutela.{name}\n\n{shown_class(item, node)}", summary(item)
    return f"## tutela.{name}\n\n```python\n{signature(node)}\n```\n\n{words(item)}", summary(item)


def value_entries(taken):
    """The tuples of tutela.values that are no names of the package itself: answers hold them."""
    module = importlib.import_module("tutela.values")
    for (stem, name), node in sorted(STUBS.items()):
        if stem == "values" and name not in taken and isinstance(node, ast.ClassDef):
            kind = getattr(module, name)
            yield name, f"## class tutela.values.{name}\n\n{shown_class(kind, node)}", summary(kind)


def slug(title):
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def pages():
    """File below docs/ -> text."""
    named = [name for _, names in PARTS.values() for name in names or ()]
    taken = set(named)
    missing = set(tutela.__all__) - taken - {"__version__"}
    wrong = taken - set(tutela.__all__) - {"spark"}
    if missing or wrong or len(named) != len(taken):
        raise SystemExit(f"docs/site/python_reference.py: in no part: {sorted(missing)}; not of the package: {sorted(wrong)}; twice: "
                         f"{sorted(name for name in taken if named.count(name) > 1)}")
    made, index = {}, []
    for part, (title, names) in PARTS.items():
        entries = [(name, *entry(name)) for name in names] if names else list(value_entries(taken))
        rows = [f"| [{text.splitlines()[0].removeprefix('## ')}](#{slug(text.splitlines()[0].removeprefix('## '))}) | {cell(first)} |" for _, text, first in entries]
        made[f"python/{part}.md"] = "\n".join([f"# Python: {part}", "", f"{title}.", "", "| | |", "|---|---|", *rows, "", "\n\n".join(text for _, text, _ in entries), ""])
        shown = ", ".join(f"`{name}`" for name, _, _ in entries[:20])
        shown += " and more" if len(entries) > 20 else ""
        index.append(f"- [Python: {part}](python/{part}.md): {title[0].lower()}{title[1:]}: {shown}")
    made["python.md"] = "\n".join(["# Python", "", "Made from the stubs and the docstrings of the module, so it says what `help()` says.", "", markdown(inspect.cleandoc(tutela.__doc__)), "",
                                   "In signatures `Day` is a `datetime.date` or a text such as `2026-03-02`, `Path` a text or an `os.PathLike`, `Limits` a mapping from the name of a",
                                   "bound to its value, or None.", "", "## Parts", "", *index, ""])
    return made
