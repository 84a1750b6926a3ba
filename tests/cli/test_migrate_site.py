"""`gongkai migrate-site`, run as its users would, in a data folder of its own."""

from __future__ import annotations

import json

import pytest

from tests.cli.running import office_in

TABLE = "<table><tr><td>发布机构</td><td>云岭县教育局</td></tr><tr><td>成文日期</td><td>2020年3月2日</td></tr></table>"


def page(title: str, table: str = TABLE) -> bytes:
    return f"<html><head><title>{title}</title></head><body>{table}<div id='zoom'><p>{title}的全文。</p></div></body></html>".encode("gbk")  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    (folder / "旧网站").mkdir()
    (folder / "旧网站" / "a.html").write_bytes(page("招生通知"))
    (folder / "旧网站" / "b.htm").write_bytes(page("没有日期的通知", ""))
    with office_in(folder) as run:
        assert run("organ", "add", "云岭县教育局", "--kind", "department").returncode == 0
        yield run, folder


def test_an_old_site_is_looked_at_first_and_brought_in_once(office):
    run, folder = office
    trial = run("migrate-site", "旧网站", "--dry-run", "--json", "--organ", "云岭县教育局", "--report", "报告.xlsx")
    told = json.loads(trial.stdout)
    assert trial.returncode == 1
    assert (told["pages"], told["brought"]) == (2, 0)
    assert {row["page"]: row["state"] for row in told["rows"]} == {"a.html": "可以迁入", "b.htm": "没有日期"}
    assert (folder / "报告.xlsx").read_bytes().startswith(b"PK")
    done = run("migrate-site", "旧网站", "--organ", "云岭县教育局", "--undated-on", "2019-12-31", "--mode", "proactive")
    assert "已迁入2条草稿" in done.stdout
    assert done.returncode == 0
    again = run("migrate-site", "旧网站", "--organ", "云岭县教育局")
    assert "以前已迁入2" in again.stdout
    assert again.returncode == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("没有",), "打不开"),
        (("旧网站", "--organ", "没有局"), "没有登记“没有局”这个机关"),
        (("旧网站", "--undated-on", "昨天"), "应写成"),
        (("旧网站/a.html",), "ZIP"),
    ],
)
def test_refusals_are_one_sentence(office, words, says):
    done = office[0]("migrate-site", *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
