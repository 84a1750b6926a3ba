"""`gongkai patrol`: a walk from the command line, its file, its words, its exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.patrol import reading
from tests.patrol.little import DEFECTS, Server

FAST = ("--rate", "20", "--again", "0")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(dict(DEFECTS)).open() as opened:
        yield opened


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("gongkai.patrol.clock.SystemClock.wait", lambda self, seconds: None)


def test_a_walk_says_what_it_met_and_writes_it_down(run, server, tmp_path):
    columns = tmp_path / "栏目.toml"
    columns.write_text(
        f'"名称" = "凌川县人民政府网"\n[["栏目"]]\n"名称" = "动态要闻"\n"网址" = "{server.root}/news/"\n"类别" = "动态要闻"\n',
        "utf-8",
    )
    out = tmp_path / "十一月.jsonl"
    ran = run("patrol", f"{server.root}/", "--columns", columns, "--out", out, *FAST)

    assert ran.status == 1
    assert "网站巡查　凌川县人民政府网" in ran.out and "走完" in ran.out
    assert "死链　1 处" in ran.out and "/gone.html" in ran.out and "未注明发布时间视为不更新" in ran.out
    assert "没有取到（不算死链，也不算缺失）" in ran.out and "跳转到其他网站 1 个" in ran.out
    assert "110101199003074514" not in ran.out
    result = reading.read(out.read_bytes())
    assert result.summary is not None and result.header.site == "凌川县人民政府网"
    again = run("patrol", f"{server.root}/", "--out", out, *FAST)
    assert (again.status, "已经有完整的结果" in again.err) == (2, True)


def test_a_walk_that_stopped_is_taken_up_and_a_second_one_compares(run, server, tmp_path):
    out = tmp_path / "r.jsonl"
    run("patrol", f"{server.root}/", "--out", out, *FAST)
    whole = reading.read(out.read_bytes())
    out.write_bytes(out.read_bytes()[:1500])
    ran = run("patrol", f"{server.root}/", "--out", out, "--json", *FAST)
    assert "接着上次走" in ran.err and ran.json["summary"]["counts"] == whole.summary.counts
    assert list(reading.read(out.read_bytes()).pages) == list(whole.pages)
    second = run("patrol", f"{server.root}/", "--out", tmp_path / "s.jsonl", "--previous", out, "--json", *FAST)
    assert second.json["summary"]["counts"]["unchanged"] == 1


def test_nothing_met_is_status_zero(run, tmp_path):
    with Server({"/": (200, {}, "<title>通知</title><p>请准时参加。</p>".encode())}).open() as server:
        ran = run("patrol", f"{server.root}/", "--out", tmp_path / "r.jsonl", *FAST)
    assert ran.status == 0 and "没有发现问题" in ran.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["www.example.gov.cn"], "应以 http:// 或者 https:// 开头"),
        (["ftp://x/"], "应以 http"),
        (["http://127.0.0.1:9/", "--host", "a/b"], "主机“a/b”不对"),
        (["http://127.0.0.1:9/", "--columns", "没有.toml"], "打不开"),
        (["http://127.0.0.1:9/", "--previous", "没有.jsonl"], "打不开"),
        (["http://127.0.0.1:9/", "--rate", "1000"], "应为"),
        (["http://127.0.0.1:9/", "--out", "没有/这个/文件.jsonl"], "写不了"),
        (["http://127.0.0.1:9/", "--out", "r.jsonl"], "起始网址没有取到"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_status_two(run, tmp_path, monkeypatch, arguments, says):
    monkeypatch.chdir(tmp_path)
    ran = run("patrol", *arguments)
    assert ran.status == 2 and says in ran.err and "Traceback" not in ran.err


def test_another_file_is_never_written_over(run, server, tmp_path):
    out = tmp_path / "年报.docx"
    out.write_bytes(b"PK\x03\x04 important")
    ran = run("patrol", f"{server.root}/", "--out", out, *FAST)
    assert ran.status == 2 and out.read_bytes() == b"PK\x03\x04 important"


def test_a_walk_loads_no_web_framework(tmp_path):
    words = "'patrol', 'http://127.0.0.1:9/', '--again', '0', '--out', sys.argv[1]"
    code = f"import sys; from gongkai.cli import main; main([{words}]); print('django' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "r.jsonl")],
        capture_output=True, text=True, timeout=60, check=False, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    assert ran.stdout.strip().endswith("False"), ran.stderr
    assert json.loads((tmp_path / "r.jsonl").read_bytes().split(b"\n")[0])["schema"] == "gongkai.patrol/1"
