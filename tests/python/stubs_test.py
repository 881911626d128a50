# SPDX-License-Identifier: Apache-2.0
"""The stubs say what the compiled module has: every name, every parameter, and nothing else."""

import ast
import doctest
import inspect
import pathlib
import re

import pytest

import tutela
from tutela import _core

PARTS = sorted((pathlib.Path(__file__).resolve().parents[2] / "bindings/python/tutela/_core").glob("*.pyi"))
TREES = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in PARTS}
STUB = ast.Module([node for tree in TREES.values() for node in tree.body], [])
KEPT = {"_repr_html_", "__bool__", "__getitem__", "__contains__", "__len__", "__iter__"}


def public(name):
    return not name.startswith("_") or name in KEPT


def stubbed(body):
    return {node.name: node for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and public(node.name)}


def parameters_of_stub(node):
    arguments = node.args
    plain = [argument.arg for argument in arguments.posonlyargs + arguments.args if argument.arg != "self"]
    rest = f"*{arguments.vararg.arg}" if arguments.vararg else ""
    return plain, [argument.arg for argument in arguments.kwonlyargs], rest


def parameters_of_binding(function):
    """Names as pybind11 writes them into the first line of a docstring."""
    line = function.__doc__.splitlines()[0]
    inside = line[line.index("(") + 1 : line.rindex(") ->")]
    inside = re.sub(r"\[[^\[\]]*\]", "", re.sub(r"\[[^\[\]]*\]", "", inside))  # the commas of types
    names = [part.split(":")[0].split("=")[0].strip() for part in inside.split(",") if part.strip()]
    names = [name for name in names if name not in ("self", "arg0", "/")]
    rest = next((name for name in names if name.startswith("*") and name != "*"), "")
    names = [name for name in names if name != rest]
    if "*" in names:
        return names[: names.index("*")], names[names.index("*") + 1 :], rest
    return names, [], rest


CLASSES = {name: kind for name, kind in vars(_core).items() if inspect.isclass(kind)}
FUNCTIONS = {name: item for name, item in vars(_core).items() if inspect.isbuiltin(item) and public(name)}


def test_names_of_the_module():
    assert {name for name, node in stubbed(STUB.body).items() if isinstance(node, ast.ClassDef)} == set(CLASSES)
    assert {name for name, node in stubbed(STUB.body).items() if isinstance(node, ast.FunctionDef)} == set(FUNCTIONS)


def test_the_package_of_stubs_gives_out_what_its_parts_define():
    defined = {name: f"{part}" for part, tree in TREES.items() for name in (node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef)))}
    given = {name.asname: node.module for node in TREES["__init__"].body if isinstance(node, ast.ImportFrom) for name in node.names}
    assert given == defined
    assert all(len(path.read_text(encoding="utf-8").splitlines()) <= 500 for path in PARTS)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_members_of_each_class(name):
    kind = CLASSES[name]
    members = stubbed(stubbed(STUB.body)[name].body)
    own = {member for member in vars(kind) if public(member)}
    assert set(members) == own
    assert kind.__doc__
    for member, node in members.items():
        bound = vars(kind)[member]
        is_property = any(isinstance(decorator, ast.Name) and decorator.id == "property" for decorator in node.decorator_list)
        assert isinstance(bound, property) == is_property, member
        if is_property:
            assert bound.__doc__, member
        elif member not in KEPT:
            assert parameters_of_binding(bound) == parameters_of_stub(node), member
            assert len(bound.__doc__.strip().splitlines()) > 1, f"{member} says nothing about itself"


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_parameters_of_each_function(name):
    assert parameters_of_binding(FUNCTIONS[name]) == parameters_of_stub(stubbed(STUB.body)[name])
    assert len(FUNCTIONS[name].__doc__.strip().splitlines()) > 1


def documented():
    for name, item in vars(_core).items():
        members = vars(item).items() if inspect.isclass(item) else []
        for full, thing in [(name, item)] + [(f"{name}.{member}", kept) for member, kept in members]:
            if ">>>" in (getattr(thing, "__doc__", None) or ""):
                yield full, thing.__doc__


def test_examples_in_the_documentation_run():
    runner, found = doctest.DocTestRunner(), list(documented())
    for name, text in found:
        runner.run(doctest.DocTestParser().get_doctest(text, {"tutela": tutela}, name, None, 0))
    assert len(found) >= 6 and runner.summarize(verbose=False).failed == 0


def test_the_package_offers_what_it_says():
    assert sorted(tutela.__all__) == tutela.__all__
    for name in tutela.__all__:
        assert getattr(tutela, name) is not None
    assert (pathlib.Path(tutela.__file__).parent / "py.typed").exists()
    assert re.fullmatch(r"\d+\.\d+\.\d+", tutela.__version__)
