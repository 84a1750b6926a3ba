"""Rules of the house that a program can check: the code."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "gongkai"
CORE = ("text", "law", "calendar", "scope", "onrequest", "proactive", "annual")

LONGEST = {"src": 400, "tests": 600, "bench": 400, "tools": 400}
MODULES = sorted(p for top in LONGEST for p in (ROOT / top).rglob("*.py") if "migrations" not in p.parts)

CLOCK = re.compile(r"\b(?:date\.today|datetime\.now|datetime\.utcnow|datetime\.today|time\.time|timezone\.now)\b")
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
# Words the glossary rules out, as whole parts of an identifier.
RULED_OUT = {"agency", "authority", "carryover", "vexatious"}
UNFINISHED = re.compile(
    "|".join(f"[^A-Za-z]{a}{b}[^A-Za-z]" for a, b in (("TO", "DO"), ("FIX", "ME"), ("XX", "X"), ("HA", "CK")))
)


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def identifiers(path: Path) -> Iterator[str]:
    reader = StringIO(path.read_text("utf-8")).readline
    for token in tokenize.generate_tokens(reader):
        if token.type == tokenize.NAME:
            yield token.string


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_no_module_grows_past_what_one_can_read(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    limit = LONGEST[path.relative_to(ROOT).parts[0]]
    assert lines <= limit, f"{relative(path)} has {lines} lines, {limit} are allowed: split it by what it speaks of"


def test_there_is_code_to_check() -> None:
    assert len(MODULES) > 40


@pytest.mark.parametrize("package", CORE)
def test_the_core_never_asks_what_day_it_is(package: str) -> None:
    met = [relative(p) for p in (SRC / package).rglob("*.py") if CLOCK.search(p.read_text("utf-8"))]
    assert met == []


@pytest.mark.parametrize("package", CORE)
def test_the_core_opens_no_file_but_its_own_data(package: str) -> None:
    met = [
        f"{relative(path)}:{node.lineno}"
        for path in (SRC / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
    ]
    assert met == []


def test_identifiers_are_ascii_and_in_the_words_of_the_glossary() -> None:
    met = [
        f"{relative(path)}: {name}"
        for path in MODULES
        for name in sorted(set(identifiers(path)))
        if not name.isascii() or RULED_OUT & set(re.sub("([a-z])([A-Z])", r"\1_\2", name).lower().split("_"))
    ]
    assert met == []


def test_file_names_are_ascii() -> None:
    met = [relative(p) for top in LONGEST for p in (ROOT / top).rglob("*") if HAN.search(p.name)]
    assert met == []


def test_nothing_is_left_unfinished() -> None:
    met = [relative(p) for p in MODULES if UNFINISHED.search(p.read_text("utf-8"))]
    assert met == []


def public_without_docstring(path: Path) -> Iterator[str]:
    """Public functions and classes of a module, and public methods of its public classes, that say nothing."""
    tree = ast.parse(path.read_text("utf-8"))
    if not ast.get_docstring(tree) and tree.body:
        yield f"{relative(path)}:1 module"
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            yield f"{relative(path)}:{node.lineno} {node.name}"


@pytest.mark.parametrize("package", [*CORE, "readers", "documents", "cli"])
def test_what_is_public_says_what_it_means(package: str) -> None:
    met = [line for path in (SRC / package).rglob("*.py") for line in public_without_docstring(path)]
    assert met == []
