"""`gongkai compile`, run as its users would: from a ledger alone, and from a data folder of its own."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from gongkai.readers import read_file
from tests.cli.running import office_in

LEDGER = """登记编号,申请人,申请人类型,收到日期,申请内容,答复日期,处理决定
1号,李青,自然人,2025-03-02,公路批复,2025-03-20,予以公开
2号,某公司,企业,2025-12-22,合同,,
3号,赵,自然人,2025-13-40,某事项,,
"""
OWN = ("--organ", "云岭县教育局", "--year", "2025")
DESK = """
from gongkai.web.operate.prepare import prepare_store
prepare_store()
from gongkai.web.audit.services import Audit
from gongkai.web.facts import new_key
from gongkai.web.narrative.services.writing import save
from gongkai.web.organs.models import Organ
organ = Organ.objects.get(name="云岭县教育局")
for scope, section, words in (
    ("own_body", "1", "全年新收申请{新收申请件数}件。"), ("own_body", "5", "解读偏少。\\n下一步增加图解。"),
    ("consolidated", "1", "全县的情况。"),
):
    save(
        audit=Audit(actor=new_key(), county=organ.county), organ=organ, year=2025, section=section, words=words, base=None,
        scope=scope,
    )
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    (folder / "台账.csv").write_text(LEDGER, "utf-8")
    with office_in(folder) as run:
        yield run


@pytest.fixture(scope="module")
def filled(office):
    """The office with an organ and what its ledger holds; of its three rows one cannot be taken in."""
    assert office("organ", "add", "云岭县教育局", "--kind", "department").returncode == 0
    assert office("import-ledger", "台账.csv", "--organ", "云岭县教育局").returncode == 1
    return office


@pytest.fixture(scope="module")
def written(filled):
    """The same with words for two sections, as its desk saves them; a script stands for it here."""
    assert filled(python=("-c", DESK)).returncode == 0
    return filled


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


def test_the_office_compiles_what_it_registered_and_what_it_knew(filled):
    done = filled("compile", *OWN, "--json")
    assert done.returncode == 0, done.stderr
    cells = json.loads(done.stdout)["cells"]
    assert cells["applications.disclosed.natural_person"]["records"] == ["1号"]
    assert cells["proactive.government_rules.in_force"]["value"] == 0
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    assert filled("compile", *OWN, "--as-known-at", today.isoformat(), "--json").stdout == done.stdout
    assert filled("compile", *OWN, "--as-known-at", "9999-12-31", "--json").stdout == done.stdout
    early = json.loads(filled("compile", *OWN, "--as-known-at", "2020-01-01", "--json").stdout)
    assert "applications.received.total" in early["blank"]
    assert "不能当作0件" in early["why_blank"]["applications.received.total"]


def section(path, number):
    return read_file(path).sections[number].text.strip()


def test_without_words_the_file_says_what_is_still_to_be_written(filled):
    before = ("--organ", "云岭县教育局", "--year", "2024")
    done = filled("compile", *before, "没写.docx")
    report = read_file(filled.folder / "没写.docx")
    assert [section(filled.folder / "没写.docx", n) for n in (1, 5, 6)] == ["（这一部分还没有撰写。）"] * 3
    assert report.preface and "还没有撰写" in report.preface.text
    assert "“五、存在的主要问题及改进情况”还没有写。" in done.stdout
    assert json.loads(filled("compile", *before, "--json").stdout)["sections"] == {str(n): {} for n in range(1, 7)}


def test_the_words_of_the_desk_are_in_the_file_as_they_were_known(written):
    told = {}
    for name, options in {"本级": (), "汇总": ("--consolidated",), "那时": ("--as-known-at", "2025-12-31")}.items():
        done = written("compile", *OWN, *options, f"{name}.docx")
        told[name] = [section(written.folder / f"{name}.docx", n) for n in (1, 5, 6)]
        assert "“六、其他需要报告的事项”还没有写。" in done.stdout
    assert told["本级"] == ["全年新收申请2件。", "解读偏少。\n下一步增加图解。", "（这一部分还没有撰写。）"]
    assert told["汇总"] == ["全县的情况。", *["（这一部分还没有撰写。）"] * 2]
    opening = read_file(written.folder / "汇总.docx").preface.text
    assert opening.endswith("\n统计范围：本报告的数据为全县汇总，计入1个机关。\n")
    assert told["那时"] == ["（这一部分还没有撰写。）"] * 3
    data = json.loads(written("compile", *OWN, "--json").stdout)
    assert data["sections"]["1"]["text"] == "全年新收申请2件。" and data["preface"] == {}


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
def test_what_cannot_be_compiled_is_refused_in_a_sentence(filled, words, says):
    done = filled("compile", *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""
