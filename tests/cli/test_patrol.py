"""`gongkai patrol`: a walk from the command line, its file, its words, its exit status."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.patrol import reading
from gongkai.patrol.fetch import Bounds
from gongkai.patrol.settings import Settings
from tests.patrol.little import DEFECTS, Server, page

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


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CARD = "张三的身份证号码是110101199003074514。"


def word(paragraph: str, padding: bytes = b"") -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w") as part:
            part.write(f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>{paragraph}'.encode())
            for _ in range(300):
                part.write(padding)
            part.write(b"</w:t></w:r></w:p></w:body></w:document>")
    return out.getvalue()


def silent(handler) -> None:
    """Says that there is a file, and then a byte whenever we give up."""
    handler.send_response(200)
    handler.send_header("Content-Type", WORD)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    if handler.command == "GET":
        with contextlib.suppress(OSError):
            for _ in range(40):
                handler.wfile.write(b"P")
                handler.wfile.flush()
                time.sleep(0.1)


def test_files_that_mean_harm_are_not_looked_through_and_stop_nothing(run, tmp_path, monkeypatch):
    monkeypatch.setattr("gongkai.patrol.settings.Settings.__init__", _short(Settings.__init__))
    files = {
        "broken": word(CARD)[:-200],
        "bomb": word(CARD, b"A" * (1 << 20)),
        "good": word(CARD),
    }
    links = "".join(f'<a href="/f/{name}.docx">{name}</a>' for name in ("hang", *files))
    pages = {"/": page(links), "/f/hang.docx": silent}
    pages |= {f"/f/{name}.docx": (200, {"Content-Type": WORD}, data) for name, data in files.items()}
    assert len(files["bomb"]) < 400_000
    with Server(pages).open() as server:
        ran = run("patrol", f"{server.root}/", "--out", tmp_path / "r.jsonl", "--files", "--json", *FAST)
    assert ran.json["summary"]["ended"] == "done" and ran.json["summary"]["counts"]["files_read"] == 1
    assert [(hit["kind"], hit["url"].rpartition("/")[2]) for hit in ran.json["hits"] if "/f/" in hit["url"]] == [
        ("personal", "good.docx")
    ]
    assert not ran.json["not_fetched"] and not [hit for hit in ran.json["hits"] if hit["kind"] == "broken_file"]


def _short(init):
    def shorter(self, *args, **more):
        init(self, *args, **{"bounds": Bounds(wait=1, whole=1.5), "retries": 0, **more})

    return shorter
