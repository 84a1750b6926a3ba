"""`gongkai import-ledger`, run as its users would, in a data folder of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import office_in

LEDGER = """登记编号,申请人,申请人类型,收到日期,申请内容,答复日期,处理决定
1号,李青,自然人,2026-03-02,公路批复,,
2号,某公司,企业,2026-03-02,合同,2026-03-10,予以公开
3号,赵,自然人,2026-13-40,某事项,,
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    (folder / "台账.csv").write_text(LEDGER, "utf-8")
    with office_in(folder) as run:
        assert run("organ", "add", "云岭县教育局", "--kind", "department").returncode == 0
        yield run


def test_a_trial_says_what_would_come_in_and_writes_nothing(office):
    for _ in range(2):
        done = office("import-ledger", "台账.csv", "--organ", "云岭县教育局", "--dry-run", "--json")
        told = json.loads(done.stdout)
        assert done.returncode == 1
        assert (told["read"], told["taken"], told["known"], told["doubtful"]) == (2, 2, 0, 1)
        assert [line["number"] for line in told["due"]] == ["1号"]
        assert "第4行" in told["doubts"][0]


def test_an_import_brings_each_row_in_once(office):
    first = office("import-ledger", "台账.csv", "--organ", "云岭县教育局")
    assert first.returncode == 1
    assert "已导入2件" in first.stdout
    assert "以答复日期作为送达日期" in first.stdout
    assert "第4行" in first.stderr
    again = office("import-ledger", "台账.csv", "--organ", "云岭县教育局")
    assert "已导入0件，2件以前导入过" in again.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("台账.csv", "--organ", "没有局"), "没有登记“没有局”这个机关"),
        (("没有.xlsx", "--organ", "云岭县教育局"), "打不开"),
        ((str(Path(__file__).name), "--organ", "云岭县教育局"), "打不开"),
    ],
)
def test_refusals_are_one_sentence(office, words, says):
    done = office("import-ledger", *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
