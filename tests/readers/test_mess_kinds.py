"""Each kind of mess alone, over each printer: nothing wrong, and of what is owed nearly all is read."""

from __future__ import annotations

from random import Random

import pytest

from gongkai.readers import read_bytes
from tests.mess.invent import invent
from tests.mess.operators import MESS, apply, encode
from tests.mess.run import TEXT_PRINTERS, Case, base_seed, run
from tests.mess.sheet import sheet

SEED = base_seed()
TIMES = 4


def _alone(operator, printer: str, number: int) -> Case:
    rng = Random(f"{SEED}:{operator and operator.name}:{printer}:{number}")
    edition = rng.choice(("2019", "2021"))
    messed = apply(rng, sheet(invent(rng, edition, faults=number % 2 == 0)), [operator] if operator else [])
    text = TEXT_PRINTERS[printer](rng, messed)
    html = printer == "html"
    return Case(str(SEED), printer, "report.html" if html else "report.txt", encode(rng, text, html)[0], messed, text)


@pytest.mark.parametrize("operator", [None, *MESS], ids=lambda o: o.name if o else "clean")
def test_one_kind_of_mess_alone(operator):
    printers = [
        p
        for p in TEXT_PRINTERS
        if operator is None or (p not in operator.avoid and (not operator.only or p in operator.only))
    ]
    tally = run((_alone(operator, p, n) for p in printers for n in range(TIMES)), read_bytes)
    assert not tally.wrong, "\n".join(tally.wrong[:6])
    assert tally.share >= 0.96, tally.table()
