"""The corpus of real reports as a judge: what was read right, what wrong, what was missed, what was found.

`python -m tests.corpus_score [NAMES…]` prints the table; names are the beginnings of file names.
The rules of counting are those of the corpus's own README: `cells` must be read, `optional` may be read and must then
be right, a value at an `absent` address is wrong, addresses in no list do not count.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongkai.annual.findings import Finding
from gongkai.annual.report import Report

CORPUS = Path(__file__).resolve().parents[1].parent / "shared" / "corpus"
ENDINGS = (".txt", ".html", ".pdf")
# The gold of three glued documents names two rows of table 二 by an older name.
OLD_NAMES = {"proactive.coercion": "proactive.compulsory_measures", "proactive.fees": "proactive.charges"}


@dataclass(frozen=True)
class Document:
    """A document of the corpus with what is known about it."""

    name: str
    path: Path
    gold: dict[str, Any]
    findings: dict[str, Any] | None

    @property
    def whole(self) -> bool:
        """Whether it is a whole report, on which a conflict that is not gold is a false alarm."""
        number = self.name[:3]
        return not number.isdigit() or number <= "004" or "101" <= number <= "134"


@dataclass
class CellScore:
    """How the cells of one document were read."""

    name: str
    gold: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unsure: int = 0
    optional_right: int = 0
    optional: int = 0

    @property
    def share(self) -> float:
        """Gold cells read right, from 0 to 1."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def enough(self) -> bool:
        """97 % of the gold cells; of fewer than 40, all but one."""
        return self.right >= self.gold - 1 if self.gold < 40 else self.share >= 0.97


@dataclass
class FindingScore:
    """How the findings on one document agree with the gold ones."""

    name: str
    gold: int = 0
    missed: list[str] = field(default_factory=list)
    flagged_clean: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    doubts: int = 0


def documents(prefixes: tuple[str, ...] = ()) -> Iterator[Document]:
    """Every document of the corpus that has gold, in the order of names."""
    for gold in sorted(CORPUS.glob("*.gold.json")):
        name = gold.name.removesuffix(".gold.json")
        if prefixes and not name.startswith(prefixes):
            continue
        path = next(CORPUS / (name + ending) for ending in ENDINGS if (CORPUS / (name + ending)).exists())
        found = CORPUS / f"{name}.findings.json"
        yield Document(
            name,
            path,
            json.loads(gold.read_text("utf-8")),
            json.loads(found.read_text("utf-8")) if found.exists() else None,
        )


def _same(value: Any, expected: Any) -> bool:
    return Decimal(str(value)) == Decimal(str(expected))


def _ambiguous(document: Document) -> tuple[str, ...]:
    return tuple(OLD_NAMES.get(row, row) + "." for row in document.gold.get("ambiguous") or {})


def score_cells(document: Document, report: Report) -> CellScore:
    """Compare the cells of a report with the gold."""
    gold = document.gold
    score = CellScore(
        document.name, gold=len(gold["cells"]), unsure=len(report.unsure), optional=len(gold.get("optional") or {})
    )
    for address, expected in gold["cells"].items():
        met = report.cells.get(address)
        if met is None:
            score.missing.append(address)
        elif _same(met.value, expected):
            score.right += 1
        else:
            score.wrong.append(f"{address}: read {met.value} ({met.text!r}), gold {expected}")
    for address, expected in (gold.get("optional") or {}).items():
        met = report.cells.get(address)
        if met is not None and _same(met.value, expected):
            score.optional_right += 1
        elif met is not None:
            score.wrong.append(f"{address}: read {met.value} ({met.text!r}), gold (optional) {expected}")
    for address in gold["absent"]:
        if address in report.cells:
            score.wrong.append(f"{address}: read {report.cells[address].value}, but it is not in the document")
    for address, unit in (gold.get("units") or {}).items():
        met = report.cells.get(address)
        if met is not None and met.unit != unit:
            score.wrong.append(f"{address}: unit {met.unit}, gold {unit}")
    score.wrong.extend(_guessed(document, report))
    return score


def _guessed(document: Document, report: Report) -> Iterator[str]:
    """Rows whose digits have several readings and no relation that leaves one: each value there is a guess."""
    listed = {*document.gold["cells"], *(document.gold.get("optional") or {}), *document.gold["absent"]}
    for address, cell in report.cells.items():
        if address.startswith(_ambiguous(document)) and address not in listed:
            yield f"{address}: read {cell.value}, but the digits of the row have several readings"


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


class Places:
    """Where a quote can stand in a text, white space left out; one quote may stand at several places."""

    def __init__(self, text: str) -> None:
        self._text = _bare(text)
        self._offsets = [0]
        for character in text:
            self._offsets.append(self._offsets[-1] + (not character.isspace()))

    def of_quote(self, quote: str) -> list[tuple[int, int]]:
        """Every place of the quote."""
        bare = _bare(quote)
        if not bare:
            return []
        return [(m.start(), m.start() + len(bare)) for m in re.finditer(f"(?={re.escape(bare)})", self._text)]

    def of_finding(self, finding: Finding) -> list[tuple[int, int]]:
        """The place the finding names when it quotes words, else every place of its quote."""
        if finding.quote and finding.at.chars and finding.at.chars[1] < len(self._offsets):
            start, end = finding.at.chars
            return [(self._offsets[start], self._offsets[end])]
        return self.of_quote(finding.quote or "")


def _quotes_meet(places: Places, finding: Finding, quote: str) -> bool:
    if not finding.quote or not quote:
        return False
    ours, theirs = _bare(finding.quote), _bare(quote)
    if theirs in ours or ours in theirs:
        return True
    return any(a < d and c < b for a, b in places.of_finding(finding) for c, d in places.of_quote(quote))


def _meets(places: Places, finding: Finding, gold: dict[str, Any]) -> bool:
    return bool(set(finding.cells) & set(gold["cells"])) or _quotes_meet(places, finding, gold["quote"])


def score_findings(document: Document, report: Report, findings: list[Finding]) -> FindingScore:
    """Compare findings with the gold: conflict meets conflict and quote or cells overlap."""
    known = document.findings or {"findings": [], "clean": []}
    gold = [entry for entry in known["findings"] if entry["grade"] == "conflict"]
    places = Places(report.text)
    conflicts = [finding for finding in findings if finding.grade == "conflict"]
    score = FindingScore(document.name, gold=len(gold), doubts=sum(f.grade == "doubt" for f in findings))
    for entry in gold:
        if not any(_meets(places, finding, entry) for finding in conflicts):
            score.missed.append(f"{entry['kind']}「{entry['quote']}」{entry['cells'][:3]}: {entry['explain']}")
    for finding in (f for f in findings if f.grade in ("conflict", "doubt")):
        if any(_quotes_meet(places, finding, entry["quote"]) for entry in known["findings"]):
            continue
        for clean in known["clean"]:
            if _quotes_meet(places, finding, clean["quote"]):
                score.flagged_clean.append(f"{_brief(finding)} on clean「{clean['quote']}」({clean['why']})")
    if document.whole:
        for finding in conflicts:
            if not any(_meets(places, finding, entry) for entry in gold):
                doubt = any(_meets(places, finding, entry) for entry in known["findings"])
                score.extra.append(_brief(finding) + (" (gold has a doubt there)" if doubt else ""))
    return score


def _brief(finding: Finding) -> str:
    return f"{finding.id} {finding.grade}「{finding.quote}」{list(finding.cells[:4])} {finding.message}"


def read(document: Document) -> Report:
    """Read a document of the corpus with the reader under test."""
    from gongkai.readers import read_file

    return read_file(document.path)


def check(report: Report) -> list[Finding]:
    """Check a report with the checker under test."""
    from gongkai.annual.check import check as run

    return list(run(report).findings)


def cells_table(scores: list[CellScore]) -> str:
    """The scores as a table, with every wrong and missing cell below its document."""
    lines = [
        f"{'document':<26}{'right':>6}{'gold':>6}{'share':>8}{'wrong':>7}{'missing':>9}{'unsure':>8}{'optional':>10}"
    ]
    for s in scores:
        lines.append(
            f"{s.name:<26}{s.right:>6}{s.gold:>6}{s.share:>8.1%}{len(s.wrong):>7}{len(s.missing):>9}"
            f"{s.unsure:>8}{f'{s.optional_right}/{s.optional}':>10}{'' if s.enough and not s.wrong else '  <<'}"
        )
        lines.extend(f"    WRONG {entry}" for entry in s.wrong[:12])
        lines.extend(f"    missing {entry}" for entry in s.missing[:8])
    gold, right = sum(s.gold for s in scores), sum(s.right for s in scores)
    lines.append(
        f"{'all':<26}{right:>6}{gold:>6}{right / gold if gold else 1:>8.2%}{sum(len(s.wrong) for s in scores):>7}"
    )
    return "\n".join(lines)


def findings_table(scores: list[FindingScore]) -> str:
    """The scores of the findings as a table, with every fault below its document."""
    lines = [f"{'document':<26}{'gold':>6}{'missed':>8}{'clean flagged':>15}{'extra':>7}{'doubts':>8}"]
    for s in scores:
        lines.append(
            f"{s.name:<26}{s.gold:>6}{len(s.missed):>8}{len(s.flagged_clean):>15}{len(s.extra):>7}{s.doubts:>8}"
        )
        lines.extend(f"    MISSED {entry}" for entry in s.missed)
        lines.extend(f"    CLEAN FLAGGED {entry}" for entry in s.flagged_clean)
        lines.extend(f"    EXTRA {entry}" for entry in s.extra)
    return "\n".join(lines)


def main(prefixes: tuple[str, ...]) -> None:
    """Print both tables for the documents whose names begin so."""
    cells, findings = [], []
    for document in documents(prefixes):
        report = read(document)
        cells.append(score_cells(document, report))
        findings.append(score_findings(document, report, check(report)))
    print(cells_table(cells))
    print(findings_table(findings))


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
