"""One unseen report from a seed: invented, messed, printed, with its truth. `python -m tests.mess.run SEED` shows it."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from gongkai.annual.report import Report
from tests.mess.files import FILE_PRINTERS, FilePrinter
from tests.mess.invent import invent
from tests.mess.markup import html
from tests.mess.operators import apply, chosen, encode
from tests.mess.render import PRINTERS
from tests.mess.score import Verdict, judge
from tests.mess.sheet import Sheet, sheet

SEED = 20260302
"""Of a run that names none."""

TEXT_PRINTERS = {**PRINTERS, "html": html}
# Clean grids and the two orders in which PDF text comes most often are met more often than the ruinous ones.
WEIGHTS = {"scrambled": 1, "glued": 2, "html": 6, "layout": 3, "content_order": 3}


@dataclass
class Case:
    """A messed report as a file, and what is owed of it."""

    seed: str
    printer: str
    name: str
    data: bytes
    sheet: Sheet
    text: str | None = None

    def headline(self) -> str:
        """What was done, for a message."""
        return f"GONGKAI_SEED={self.seed} {self.printer} [{' + '.join(self.sheet.log)}] {self.sheet.report.edition}"

    def snippet(self, address: str) -> str:
        """The lines of the text round the row of an address, as far as they can be found."""
        if self.text is None:
            return ""
        digits = next((c.text for t in self.sheet.tables() for c in t.values() if c.address == address), "")
        row = next((r for t in self.sheet.tables() for r in t.rows if any(c.address == address for c in r)), [])
        label = next((c.text for c in row if c.role == "label" and c.text), digits)
        spot = self.text.find(label[:6]) if label else -1
        return self.text[max(0, spot - 80) : spot + 200] if spot >= 0 else ""


def base_seed() -> int:
    """The seed of this run: GONGKAI_SEED when it is set, else always the same.

    `make test` must not turn red by luck; `make unseen` draws a seed of its own each time, and names it.
    """
    given = os.environ.get("GONGKAI_SEED", "")
    return int(given.partition(":")[0]) if given else SEED


def one_number() -> int | None:
    """The one case asked for by GONGKAI_SEED=SEED:NUMBER."""
    number = os.environ.get("GONGKAI_SEED", "").partition(":")[2]
    return int(number) if number else None


def _messed(rng: Random, printer: str, depth: int) -> Sheet:
    edition = rng.choice(("2019", "2021"))
    clean = sheet(invent(rng, edition, faults=rng.random() < 0.5))
    return apply(rng, clean, chosen(rng, printer, depth))


def text_case(seed: int, number: int) -> Case:
    """The case of this number in the run of this seed, as text or HTML, messed one to four deep."""
    rng = Random(f"{seed}:{number}")
    names = list(TEXT_PRINTERS)
    printer = rng.choices(names, weights=[WEIGHTS.get(n, 4) for n in names])[0]
    messed = _messed(rng, printer, rng.randint(1, 4))
    if printer == "html" and rng.random() < 0.3:
        messed.log.append("gbk")
    text = TEXT_PRINTERS[printer](rng, messed)
    data, encoding = encode(rng, text, printer == "html")
    messed.log.append(encoding)
    ending = {"html": "html", "markdown": "md"}.get(printer, "txt")
    return Case(f"{seed}:{number}", printer, f"report.{ending}", data, messed, text)


def file_case(seed: int, number: int, printer: str, write: FilePrinter | None = None, ending: str = "") -> Case:
    """A case in a heavy format, messed none to three deep."""
    rng = Random(f"{seed}:{printer}:{number}")
    if write is None:
        ending, write = FILE_PRINTERS[printer]
    messed = _messed(rng, "html" if printer == "pdf" else printer, rng.randint(0, 3))
    return Case(f"{seed}:{number}", printer, f"report.{ending}", write(rng, messed), messed)


@dataclass
class Tally:
    """The outcome of many cases."""

    cases: int = 0
    owed: int = 0
    read: int = 0
    wrong: list[str] = field(default_factory=list)
    by_printer: dict[str, list[int]] = field(default_factory=dict)
    by_mess: dict[str, list[int]] = field(default_factory=dict)
    missed_in: Counter[str] = field(default_factory=Counter)

    def add(self, case: Case, verdict: Verdict) -> None:
        """Count a case."""
        self.cases += 1
        self.owed += verdict.owed
        self.read += verdict.read
        for key, table in [(case.printer, self.by_printer), *((step, self.by_mess) for step in case.sheet.log)]:
            entry = table.setdefault(key, [0, 0, 0, 0])
            for place, amount in enumerate((1, verdict.owed, verdict.read, len(verdict.wrong))):
                entry[place] += amount
        if verdict.missed:
            self.missed_in[f"{case.headline()}: {verdict.missed[:3]}"] += len(verdict.missed)
        for entry in verdict.wrong[:4]:
            address = entry.partition(":")[0]
            self.wrong.append(f"{case.headline()}\n  {entry}\n{case.snippet(address)}")

    @property
    def share(self) -> float:
        """Owed cells read, from 0 to 1."""
        return self.read / self.owed if self.owed else 1.0

    def table(self) -> str:
        """What was read, by printer and by mess."""
        lines = [f"{'':<24}{'cases':>7}{'owed':>9}{'read':>9}{'share':>8}{'wrong':>7}"]
        for table in (self.by_printer, self.by_mess):
            for key, (cases, owed, read, wrong) in sorted(table.items()):
                share = read / owed if owed else 1
                lines.append(f"{key:<24}{cases:>7}{owed:>9}{read:>9}{share:>8.1%}{wrong:>7}")
        lines.append(f"{'all':<24}{self.cases:>7}{self.owed:>9}{self.read:>9}{self.share:>8.2%}{len(self.wrong):>7}")
        return "\n".join(lines)


def run(cases: Iterable[Case], read: Callable[[bytes, str], Report]) -> Tally:
    """Read all cases and count."""
    tally = Tally()
    for case in cases:
        tally.add(case, judge(case.sheet.truth, read(case.data, case.name)))
    return tally


if __name__ == "__main__":
    shown = text_case(*(int(part) for part in sys.argv[1].split(":")))
    print(shown.headline())
    print(shown.text)
