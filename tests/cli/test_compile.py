"""`gongkai compile`, run as its users would: from a ledger alone, and from a data folder of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest

from gongkai.readers import read_file
from tests.environment import own_environment

LEDGER = """登记编号,申请人,申请人类型,收到日期,申请内容,答复日期,处理决定
1号,李青,自然人,2025-03-02,公路批复,2025-03-20,予以公开
2号,某公司,企业,2025-12-22,合同,,
3号,赵,自然人,2025-13-40,某事项,,
"""
OWN = ("--organ", "云岭县教育局", "--year", "2025")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    (folder / "台账.csv").write_text(LEDGER, "utf-8")
    with own_environment(folder, tables=True, PYTHONUTF8="1") as environment:

        def run(*words: str, python: tuple[str, ...] = ("-m", "gongkai.cli")) -> subprocess.CompletedProcess[str]:
            done = subprocess.run(
                [sys.executable, *python, *words],
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            assert "Traceback" not in done.stderr, done.stderr
            return done

        run.folder = folder
        yield run


def test_a_ledger_alone_gives_the_table_and_names_the_doubtful_row(office):
    done = office("compile", "--ledger", "台账.csv", *OWN, "--json", "年报.docx")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    cells = told["cells"]
    assert (told["schema"], told["edition"], told["scope"]) == ("gongkai.report/1", "2021", "own_body")
    assert (cells["applications.received.total"]["value"], cells["applications.received.total"]["records"]) == (
        2,
        ["1号", "2号"],
    )
    assert cells["applications.withheld.state_secret.total"]["records"] == []
    assert cells["applications.carried_forward.enterprise"]["records"] == ["2号"]
    assert "disputes.reconsideration.total" in told["blank"]
    assert [each["number"] for each in told["left_out"]] == ["第4行"]
    assert "第4行" in done.stderr
    report = read_file(office.folder / "年报.docx")
    assert (report.value("applications.received.total"), report.year) == (2, 2025)
    assert "disputes.reconsideration.total" in report.blank


def test_a_ledger_is_compiled_without_the_web_framework(office):
    asks = "import sys; from gongkai.cli.app import main; main(sys.argv[1:]); sys.exit('django' in sys.modules)"
    assert office("compile", "--ledger", "台账.csv", *OWN, "--json", python=("-c", asks)).returncode == 0


def test_the_office_compiles_what_it_registered_and_what_it_knew(office):
    assert office("organ", "add", "云岭县教育局", "--kind", "department").returncode == 0
    assert office("import-ledger", "台账.csv", "--organ", "云岭县教育局").returncode == 1
    done = office("compile", *OWN, "--json")
    assert done.returncode == 0, done.stderr
    cells = json.loads(done.stdout)["cells"]
    assert cells["applications.disclosed.natural_person"]["records"] == ["1号"]
    assert cells["proactive.government_rules.in_force"]["value"] == 0
    assert office("compile", *OWN, "--as-known-at", date.today().isoformat(), "--json").stdout == done.stdout  # noqa: DTZ011
    early = json.loads(office("compile", *OWN, "--as-known-at", "2020-01-01", "--json").stdout)
    assert "applications.received.total" in early["blank"]
    assert "不能当作0件" in early["why_blank"]["applications.received.total"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((*OWN,), "没有说明写到哪里"),
        ((*OWN, "年报.txt"), "看不出要写成什么格式"),
        (("--organ", "云岭县气象局", "--year", "2025", "--json"), "没有登记过“云岭县气象局”"),
        (("--organ", "云岭县教育局", "--year", "2018", "--json"), "没有2018年度的年度报告格式"),
        ((*OWN, "--ledger", "没有.xlsx", "--json"), "找不到该文件"),
        ((*OWN, "--ledger", "台账.csv", "--consolidated", "--json"), "不能与"),
        ((*OWN, "--as-known-at", "昨天", "--json"), "应为 2026-01-20 这样的日期"),
    ],
)
def test_what_cannot_be_compiled_is_refused_in_a_sentence(office, words, says):
    done = office("compile", *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""
