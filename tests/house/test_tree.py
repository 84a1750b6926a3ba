"""Rules of the house that a program can check: what the tree may hold."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

TEXT = {".py", ".md", ".toml", ".txt", ".in", ".html", ".css", ".js", ".sh", ".typ", ".tsv", ".json", ".svg", ""}
ADDRESSES = re.compile(r"py[p]i\.org|python[h]osted\.org|registry\.[n]pmjs|deb\.[d]ebian\.org|index[-]url|find[-]links")
MACHINE = re.compile("/(?:work)/(?:main|shared)|/(?:root)/|/home/[a-z]|/opt/(?:wheels|pypi)")
# Where a rule has to name what it forbids.
MAY_NAME = frozenset({"tools/pins.sh", "tests/house/test_tree.py"})


def tracked() -> list[Path]:
    try:
        listed = (
            subprocess.run(
                ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
                cwd=ROOT,
                capture_output=True,
                check=True,
            )
            .stdout.decode()
            .split("\0")
        )
    except (OSError, subprocess.CalledProcessError):
        # Without git (an archive unpacked): what a run makes beside the sources lies in hidden folders and these.
        made = {"build", "data", "data.keys", "__pycache__"}
        folders = {p: set(p.relative_to(ROOT).parts[:-1]) for p in ROOT.rglob("*") if p.is_file()}
        return [
            p for p, parts in folders.items() if not made & parts and not any(x[0] == "." and x != ".ci" for x in parts)
        ]
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


TREE = tracked()


def met_in(pattern: re.Pattern[str], *, but: frozenset[str] = frozenset()) -> list[str]:
    met = []
    for path in TREE:
        name = str(path.relative_to(ROOT))
        if path.suffix not in TEXT or name in but or path.stat().st_size > 2_000_000:
            continue
        for number, line in enumerate(path.read_text("utf-8", errors="ignore").splitlines(), start=1):
            if pattern.search(line):
                met.append(f"{name}:{number}: {line.strip()[:80]}")
    return met


def test_no_address_of_a_registry_stands_in_the_tree() -> None:
    assert met_in(ADDRESSES, but=MAY_NAME) == []


def test_no_path_of_a_machine_stands_in_the_tree() -> None:
    assert met_in(MACHINE, but=MAY_NAME) == []


def test_files_stay_small_enough_to_review() -> None:
    met = [str(p.relative_to(ROOT)) for p in TREE if p.stat().st_size > 1_000_000]
    assert met == []


# What every report says in nearly the same words: titles of the law's papers, the period, the headings.
FORMULAS = ("国务院", "1月1日", "政府信息公开条例", "政府信息公开申请情况")
SENTENCE = re.compile("[\u4e00-\u9fff0-9，、]{22,}")


@pytest.mark.needs("corpus")
def test_no_sentence_of_a_real_report_stands_in_the_tree(corpus: Path) -> None:
    """What one real report alone says and no law: words of the form and of the law stand in many."""
    seen: dict[str, int] = {}
    for path in sorted(corpus.glob("[0-9]*.*")):
        if path.suffix in {".txt", ".md", ".html"}:
            for sentence in set(SENTENCE.findall(path.read_text("utf-8", errors="ignore"))):
                seen[sentence] = seen.get(sentence, 0) + 1
    laws = "".join(
        p.read_text("utf-8", errors="ignore") for p in (corpus.parent / "data" / "laws").rglob("*") if p.is_file()
    )
    rare = {s for s, n in seen.items() if n == 1 and s not in laws and not any(word in s for word in FORMULAS)}
    assert len(rare) > 100
    met = []
    for path in TREE:
        if path.suffix in TEXT and path.stat().st_size < 2_000_000:
            here = set(SENTENCE.findall(path.read_text("utf-8", errors="ignore")))
            met += [f"{path.relative_to(ROOT)}: {sentence[:40]}" for sentence in here & rare]
    assert met == []
