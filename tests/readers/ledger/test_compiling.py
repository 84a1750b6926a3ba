"""只凭一份台账编制：样本的表三，台账没有说的空着，存疑的行逐行说明。"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from gongkai.annual.check import check
from gongkai.annual.forms import form
from gongkai.readers.ledger import read_ledger
from gongkai.readers.ledger.compiling import compile_ledger
from gongkai.readers.ledger.words import KINDS
from tests.year_samples import Application, applications, gold

ORGAN = "云岭县水务局"
HEAD = "登记编号,申请人,申请人类型,收到日期,申请内容,答复日期,处理决定,送达日期"


def ledger_of(found: list[Application]) -> bytes:
    lines = [
        f"{a.number},李清照,{KINDS[a.column]},{a.received},水费标准,{a.delivered or ''},{a.decision},{a.delivered or ''}"
        for a in found
    ]
    return "\n".join([HEAD, *lines]).encode()


@pytest.mark.needs("corpus")
@pytest.mark.parametrize(("name", "year"), [("000", 2021), ("003", 2019), ("004", 2021)])
def test_a_ledger_yields_every_cell_of_a_samples_table(name, year):
    cells, of = gold(name)
    made = compile_ledger(read_ledger(ledger_of(applications(cells, of, year)), "台账.csv"), ORGAN, year)
    assert made.edition == of.edition
    wanted = {a: v for a, v in cells.items() if a.startswith("applications.")}
    assert {a: made.value(a) for a in wanted} == wanted
    assert all(len(made.figures[a].records) == v for a, v in wanted.items())
    assert made.value("disputes.reconsideration.total") is None
    assert made.figures["proactive.licences.decisions"].why == "台账只记依申请公开，没有这一格的登记。"


def test_any_ledger_of_two_years_counts_each_application_once():
    chance = random.Random(20260113)
    codes = ["G2", "P1", "N4", "U1a", "R1", "O1", "O3b", "G1"]
    found = []
    for n in range(150):
        received = date(2024, 6, 1) + timedelta(chance.randrange(560))
        end = received + timedelta(chance.randrange(40)) if chance.random() < 0.9 else None
        column = chance.choice(list(KINDS))
        found.append(Application(f"{n}号", column, received, chance.choice(codes) if end else "", end))
    made = compile_ledger(read_ledger(ledger_of(found), "台账.csv"), ORGAN, 2025)
    assert [f for f in check(made.report()).findings if f.grade == "conflict"] == []
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    for column in KINDS:
        own = [a for a in found if a.column == column]
        came = sum(first <= a.received <= last for a in own)
        before = sum(a.received < first and (a.delivered is None or a.delivered >= first) for a in own)
        done = Counter(a.decision for a in own if a.delivered and first <= a.delivered <= last)
        left = sum(a.received <= last and (a.delivered is None or a.delivered > last) for a in own)
        of = {row: made.value(f"applications.{row}.{column}") for row in ("received", "brought_forward", "concluded")}
        assert of == {"received": came, "brought_forward": before, "concluded": done.total()}
        assert made.value(f"applications.disclosed.{column}") == done["G1"] + done["G2"]
        assert made.value(f"applications.disclosed_in_part.{column}") == done["P1"]
        assert made.value(f"applications.otherwise_closed.other.{column}") == done["O3b"]
        assert made.value(f"applications.carried_forward.{column}") == left


def test_what_the_ledger_does_not_say_is_named_and_counted_nowhere():
    rows = f"""{HEAD}
1号,李青,自然人,2025-03-02,公路批复,2025-03-09,G2,
2号,某公司,,2025-03-02,合同,,,
3号,赵,自然人,2025-13-40,某事项,,,
"""
    ledger = read_ledger(rows.encode(), "台账.csv")
    made = compile_ledger(ledger, ORGAN, 2025)
    assert [(each.number, each.do) for each in made.left_out] == [
        ("第4行", "请按提示改正台账的这一行，再编制一次。"),
        ("2号", "请补登申请人的类型。"),
    ]
    assert made.value("applications.received.total") == made.value("applications.carried_forward.total") == 1
    assert made.notes[-1] == "有1件写了答复日期而没有送达日期，按没有办结计：1号。"
    again = compile_ledger(ledger, ORGAN, 2025, kind="enterprise")
    assert again.value("applications.received.enterprise") == 1
    nothing = compile_ledger(ledger, ORGAN, 2024)
    assert set(nothing.figures) == set(form("2021").addresses)
    assert {figure.value for figure in nothing.figures.values()} == {None}
    with pytest.raises(KeyError, match="没有2018年度"):
        compile_ledger(ledger, ORGAN, 2018)


@pytest.mark.parametrize(
    ("column", "concluded", "says"),
    [("", 1, "以答复日期作为送达日期"), (",送达日期", 0, "有1件写了答复日期而没有送达日期")],
)
def test_without_a_column_for_delivery_the_answer_counts_and_an_empty_one_means_not_delivered(column, concluded, says):
    head = HEAD.removesuffix(",送达日期") + column
    row = "1号,李青,自然人,2025-03-02,公路批复,2025-03-09,G2" + "," * bool(column)
    made = compile_ledger(read_ledger(f"{head}\n{row}\n".encode(), "台账.csv"), ORGAN, 2025)
    assert made.value("applications.disclosed.total") == concluded
    assert made.value("applications.carried_forward.total") == 1 - concluded
    assert says in made.notes[-1]


def test_a_ledger_of_several_organs_gives_the_rows_of_the_one():
    rows = f"""{HEAD},承办单位
1号,李青,自然人,2025-03-02,公路批复,2025-03-09,G2,2025-03-09,云岭县水务局
2号,李青,自然人,2025-03-02,公路批复,2025-03-09,G2,2025-03-09,云岭县教育局
"""
    ledger = read_ledger(rows.encode(), "台账.csv")
    made = compile_ledger(ledger, ORGAN, 2025)
    assert made.figures["applications.disclosed.total"].records == ("1号",)
    assert "台账中另有1件属于其他单位或者没有写明单位，没有计入。" in made.notes
    sections = compile_ledger(ledger, "云岭县人民政府办公室", 2025)
    assert sections.value("applications.disclosed.total") == 2
