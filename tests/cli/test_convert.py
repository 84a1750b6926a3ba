"""`gongkai convert`: by the ending, into a folder, whole or not at all, never over what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.cli.export import Refused, write_whole
from tests.cli.invented import RECEIVED, report, save


@pytest.mark.parametrize("ending", ["html", "htm", "docx", "xlsx", "json", "md", "HTML"])
def test_what_is_converted_reads_back_to_the_same_cells(run, tmp_path, ending):
    source = save(tmp_path, "报告.html", report(received=17, carried=2))
    target = tmp_path / f"出.{ending}"

    ran = run("convert", source, target)
    again = run("read", target, "--json").json

    assert (ran.status, ran.out) == (0, f"已写入 {target}\n")
    values = {a: c["value"] for a, c in run("read", source, "--json").json["cells"].items()}
    assert {a: c["value"] for a, c in again["cells"].items()} == values


def test_several_go_into_a_folder_each_under_its_own_name(run, tmp_path):
    save(tmp_path, "县/甲.html", report(received=1))
    save(tmp_path, "县/乡/甲.json", report(received=2))
    out = tmp_path / "出"
    out.mkdir()

    ran = run("convert", tmp_path / "县", out, "--to", "json")

    assert ran.status == 0
    assert sorted(p.name for p in out.iterdir()) == ["甲-2.json", "甲.json"]
    assert run("read", out / "甲-2.json", "--json").json["cells"][RECEIVED]["value"] == 2


def test_a_bad_file_among_several_leaves_the_others_converted(run, tmp_path):
    save(tmp_path, "县/甲.html")
    (tmp_path / "县/乙.html").write_bytes(b"")
    out = tmp_path / "出"
    out.mkdir()

    ran = run("convert", tmp_path / "县", out)

    assert ran.status == 2
    assert [p.name for p in out.iterdir()] == ["甲.docx"]
    assert "乙.html" in ran.err


def test_an_input_is_never_overwritten_under_any_name(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    save(tmp_path, "甲.json")
    before = Path("甲.json").read_bytes()
    Path("链接.json").symlink_to("甲.json")

    for target in ("甲.json", "./甲.json", "链接.json", "."):
        ran = run("convert", "甲.json", target, "--to", "json")
        assert ran.status == 2
        assert "不能覆盖" in ran.err

    assert Path("甲.json").read_bytes() == before


REFUSED = [
    # out                     | what is said
    ("没有的夹/甲.docx", "文件夹“没有的夹”不存在"),
    ("没有的夹/", "文件夹“没有的夹/”不存在"),
    ("甲.doc", "看不出要转成什么格式"),
    ("甲", "看不出要转成什么格式"),
]


@pytest.mark.parametrize(("out", "said"), REFUSED)
def test_a_target_that_cannot_be_is_refused_in_one_sentence(run, tmp_path, monkeypatch, out, said):
    monkeypatch.chdir(tmp_path)

    ran = run("convert", save(tmp_path, "报告.html"), out)

    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_several_cannot_go_into_one_file(run, tmp_path):
    one, other = save(tmp_path, "甲.html"), save(tmp_path, "乙.html")

    ran = run("convert", one, other, tmp_path / "出.docx")

    assert ran.status == 2
    assert "应当是一个文件夹" in ran.err


def test_what_is_no_report_is_not_converted(run, tmp_path):
    (tmp_path / "通知.txt").write_text("关于开会的通知。请各科室准时参加。")

    ran = run("convert", tmp_path / "通知.txt", tmp_path / "出.docx")

    assert ran.status == 2
    assert "没有找到年度报告" in ran.err
    assert not (tmp_path / "出.docx").exists()


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path):
    target = tmp_path / "出.txt"
    target.write_bytes(b"old")
    tmp_path.chmod(0o755)

    write_whole(str(target), b"new")

    assert target.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["出.txt"]
    with pytest.raises(Refused):
        write_whole(str(tmp_path / "没有" / "出.txt"), b"new")
