"""Rules of the house that a program can check: what is installed."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)", re.IGNORECASE)
GPL = re.compile(r"\bA?GPL|\bGNU (?:Affero )?General Public", re.IGNORECASE)
LGPL = re.compile(r"\bLGPL|\bLesser General Public", re.IGNORECASE)


def pins(name: str) -> dict[str, list[str]]:
    """The pinned packages of a file, each with the lines that belong to it."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (REQUIREMENTS / name).read_text("utf-8").splitlines():
        if match := PIN.match(line):
            lines = found.setdefault(match[1].lower(), [])
        lines.append(line)
    return found


def wanted(name: str) -> set[str]:
    """The packages that a person asked for."""
    lines = (REQUIREMENTS / name).read_text("utf-8").splitlines()
    return {re.split(r"[<>=!~\[ ]", line)[0].lower() for line in lines if line and line[0] not in "#-"}


@pytest.mark.parametrize(("name", "least"), [("base.txt", 21), ("search.txt", 1), ("dev.txt", 21)])
def test_every_pin_has_its_hashes_and_no_line_names_a_place(name: str, least: int) -> None:
    found = pins(name)
    assert len(found) >= least
    assert [p for p, lines in found.items() if not any("--hash=sha256:" in line for line in lines)] == []
    text = (REQUIREMENTS / name).read_text("utf-8")
    assert re.findall(r"://|^-", text, flags=re.MULTILINE) == []


def test_what_runs_is_tested_in_the_same_versions() -> None:
    version = re.compile(r"==([^\s;]+)")
    base, dev = pins("base.txt") | pins("search.txt"), pins("dev.txt")
    assert {p: version.findall(base[p][0]) for p in base} == {p: version.findall(dev[p][0]) for p in base}


@pytest.mark.parametrize("name", ["base", "search", "dev"])
def test_every_wish_is_pinned(name: str) -> None:
    assert wanted(f"{name}.in") - set(pins(f"{name}.txt")) == set()


def test_every_dependency_is_explained_and_every_explained_one_is_a_dependency() -> None:
    text = (ROOT / "docs" / "explanation" / "dependencies.md").read_text("utf-8")
    explained = {m.lower() for m in re.findall(r"^\| ([A-Za-z0-9._-]+) \|", text, flags=re.MULTILINE)} - {
        "package",
        "---",
    }
    assert explained == wanted("base.in") | wanted("search.in")


def licence(package: str) -> str | None:
    try:
        found = metadata(package)
    except PackageNotFoundError:
        return None
    classifiers = [c for c in found.get_all("Classifier") or [] if c.startswith("License")]
    return " / ".join([found["License-Expression"] or "", (found["License"] or "")[:200], *classifiers])


def test_nothing_we_run_is_under_gpl_or_agpl() -> None:
    met = {
        p: says
        for p in pins("base.txt") | pins("search.txt")
        if (says := licence(p)) and GPL.search(LGPL.sub("", says))
    }
    assert met == {}


def test_the_licence_of_what_we_run_is_known() -> None:
    silent = [
        p for p in pins("base.txt") | pins("search.txt") if (says := licence(p)) is not None and not says.strip(" /")
    ]
    assert silent == []
