"""`gongkai precheck`: hints for a person, values for a program, one sentence where a file cannot be read."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

IDENTITY = "110101199003074514"
HEAVY = ("django", "multiprocessing", "docx", "openpyxl", "numpy", "typst", "pypdfium2", "PIL", "pdfplumber", "rich")


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path / "data"))


@pytest.fixture
def file(tmp_path):
    def write(text: str, name: str = "通知.txt"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


def test_each_hint_says_its_place_its_basis_and_what_to_do(run, file):
    ran = run("precheck", file(f"通知\n身份证号{IDENTITY}，惯彻落实"))

    assert ran.status == 1
    assert "重点核实 1 处，请核实 1 处" in ran.out
    assert "第2行　身份证号" in ran.out and "依据：《个人信息保护法》第二十五条" in ran.out
    assert "“惯彻”疑为“贯彻”之误" in ran.out and "只是提示" in ran.out
    assert IDENTITY not in ran.out


def test_the_data_is_one_object_with_one_list_of_hits(run, file):
    ran = run("precheck", file(f"身份证号{IDENTITY}"), "--json")

    assert (ran.status, ran.err) == (1, "")
    assert ran.json["schema"] == "gongkai.precheck/1" and ran.json["counts"] == {"warning": 1, "doubt": 0, "note": 0}
    (hit,) = ran.json["hits"]
    assert {"kind", "grade", "place", "text", "says", "basis", "what_to_do", "fingerprint"} <= set(hit)
    assert hit["place"]["says"] == "第1行" and IDENTITY not in ran.out


def test_several_files_are_a_list_and_a_bad_one_does_not_spoil_the_others(run, file, tmp_path):
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04broken")
    ran = run("precheck", file("通知"), bad, "--json")

    assert ran.status == 2
    assert [entry.get("error", {}).get("code") for entry in ran.json] == [None, "damaged"]
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("坏.pdf", b"%PDF-1.7 broken", "PDF 已损坏"),
        ("空.txt", b"", "文件是空的"),
        ("名单.zip", b"PK\x05\x06" + bytes(18), "压缩包不能直接检查。请解压后逐个检查"),
        ("坏.png", b"\x89PNG\r\n\x1a\n" + bytes(range(200)), "已损坏"),
    ],
)
def test_what_cannot_be_read_ends_in_one_sentence(run, tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    ran = run("precheck", tmp_path / name)

    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err and ran.err.count("\n") == 1 and "年度报告" not in ran.err


def test_a_file_that_is_not_there_is_one_sentence(run, tmp_path):
    for name in ("没有.docx", "没有.zip"):
        ran = run("precheck", tmp_path / name)
        assert ran.status == 2 and "找不到这个文件" in ran.err


def test_lists_come_from_the_data_folder_and_from_the_line(run, file, tmp_path):
    folder = tmp_path / "data" / "precheck"
    folder.mkdir(parents=True)
    (folder / "本县.txt").write_text("[领导]\n县长 王晓虹", "utf-8")
    (folder / "坏.toml").write_text("x", "utf-8")
    text = file("县长王小虹做好维稳工作")
    words = file("维稳", "词.txt")

    ran = run("precheck", text, "--lists", words, "--json")
    assert [hit["kind"] for hit in ran.json["hits"]] == ["leader", "sensitive"]
    assert "坏.toml" in ran.err

    ran = run("precheck", text, "--lists", tmp_path / "没有.txt")
    assert ran.status == 2 and "找不到该文件" in ran.err


def test_nothing_found_is_not_called_safe(run, file):
    ran = run("precheck", file("各单位："))
    assert ran.status == 0 and "没有提示，也不等于可以公开" in ran.out


def test_a_hostile_file_in_a_process_of_its_own_ends_in_status_two(tmp_path):
    bomb = tmp_path / "a.txt"
    bomb.write_bytes(b"1\n" * 5_000_000)
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.cli", "precheck", bomb], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "过大" in done.stderr


def test_a_text_loads_neither_the_framework_nor_what_other_formats_need(file):
    program = (
        "import sys; from gongkai.cli import main; "
        f"main(['precheck', {str(file('通知'))!r}, '--json']); "
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=plain)
    assert done.stderr.strip() == "[]"
