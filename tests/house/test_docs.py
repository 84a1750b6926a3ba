"""Rules of the house that a program can check: the words about the code are the code's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DECISIONS = sorted(p for p in (DOCS / "decisions").glob("*.md") if p.name != "README.md")
PAGES = [ROOT / "README.md", ROOT / "README.zh.md", *sorted(DOCS.rglob("*.md"))]
TERM = re.compile(r"^\|(.+?)\|(.+?)\|(.+?)\|", re.MULTILINE)


def test_reference_pages_are_what_the_code_says() -> None:
    from tools.reference import PAGES as MADE

    assert [str(path.relative_to(ROOT)) for path, page in MADE.items() if path.read_text("utf-8") != page()] == []


def test_every_finding_has_its_line_in_the_reference() -> None:
    from gongkai.annual.check import all_rules

    text = (DOCS / "reference" / "findings.md").read_text("utf-8")
    rules = all_rules()
    assert len(rules) > 10
    assert [rule for rule in rules if f"`{rule}`" not in text] == []


def test_every_finding_the_code_makes_is_a_registered_rule() -> None:
    from gongkai.annual.check import all_rules

    named = set()
    for path in (ROOT / "src" / "gongkai").rglob("*.py"):
        named |= set(re.findall(r"Finding\(\s*(?:id=)?\"([A-Z0-9]+-[A-Z0-9-]+)\"", path.read_text("utf-8")))
    assert named - set(all_rules()) == set()


def test_every_command_is_in_the_reference() -> None:
    from gongkai.cli.parser import build
    from tools.reference import commands_of

    text = (DOCS / "reference" / "cli.md").read_text("utf-8")
    commands = commands_of(build())
    assert {"read", "check", "convert", "serve"} <= set(commands)
    assert [name for name in commands if f"## gongkai {name}\n" not in text] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda p: p.stem)
def test_a_decision_is_short_dated_and_of_three_parts(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", path.stem)
    assert re.search(r"^Date: \d{4}-\d\d-\d\d$", text, flags=re.MULTILINE)
    assert re.search(r"^Status: (?:accepted|superseded by [a-z0-9-]+)$", text, flags=re.MULTILINE)
    assert re.findall("^## (.+)$", text, flags=re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= 40


def test_decisions_have_titles_of_their_own() -> None:
    titles = [p.read_text("utf-8").splitlines()[0] for p in DECISIONS]
    assert len(set(titles)) == len(titles) > 10


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    broken = [t for t in targets if "://" not in t and not t.startswith("mailto:") and not (path.parent / t).exists()]
    assert broken == []


def test_every_page_can_be_reached_from_the_index() -> None:
    reached, open_pages = set(), [DOCS / "README.md"]
    while open_pages:
        page = open_pages.pop().resolve()
        if page in reached or not page.exists():
            continue
        reached.add(page)
        open_pages += [page.parent / target for target in re.findall(r"\]\(([^)#\s]+\.md)", page.read_text("utf-8"))]
    assert [str(p.relative_to(ROOT)) for p in DOCS.rglob("*.md") if p.resolve() not in reached] == []


def test_the_glossary_has_each_word_once() -> None:
    rows = TERM.findall((ROOT / "GLOSSARY.md").read_text("utf-8"))
    words = [row[0].strip() for row in rows if row[0].strip() not in {"中文", "---"}]
    assert len(words) > 80
    assert sorted({w for w in words if words.count(w) > 1}) == []


def test_the_keys_of_the_form_are_words_of_the_glossary() -> None:
    from gongkai.annual.forms import EDITIONS, form

    text = (ROOT / "GLOSSARY.md").read_text("utf-8").lower()
    keys = {row.key.split(".")[-1] for edition in EDITIONS for row in form(edition).rows} - {"other"}
    assert [key for key in sorted(keys) if key not in text] == []


@pytest.mark.parametrize("path", sorted((ROOT / "changelog.d").glob("*.md")), ids=lambda p: p.name)
def test_a_changelog_fragment_is_named_for_its_subject_and_kind(path: Path) -> None:
    if path.name == "README.md":
        return
    assert re.fullmatch(r"[a-z0-9-]+\.(?:added|changed|fixed|removed)\.md", path.name)
    assert path.read_text("utf-8").strip()
