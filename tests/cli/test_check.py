"""`gongkai check`: what is shown, what is written, and the exit status."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gongkai.cli.show import Screen, summary
from gongkai.cli.terminal import Paint, Progress, pad, plain, wants_colour, width_of, wrap
from gongkai.cli.work import Outcome
from tests.cli.invented import report, save, unsound

STATUS = [
    # files                                   | status
    (["好.html"], 0),
    (["错.html"], 1),
    (["好.html", "错.html"], 1),
    (["好.html", "没有.html"], 2),
    (["错.html", "没有.html"], 2),
    (["没有.html"], 2),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    save(tmp_path, "好.html")
    save(tmp_path, "错.html", unsound())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("form", [[], ["--json"], ["--summary"]])
@pytest.mark.parametrize(("files", "status"), STATUS)
def test_the_exit_status_tells_conflict_from_what_cannot_be_read(run, folder, files, status, form):
    assert run("check", *files, *form).status == status


def test_the_object_has_verdicts_and_findings(run, folder):
    found = run("check", "错.html", "--json").json

    assert found["verdicts"]["broken"] >= 1
    assert set(found["verdicts"]) == {"holds", "broken", "unknown"}
    conflict = next(f for f in found["findings"] if f["grade"] == "conflict")
    assert "applications.received.total" in conflict["cells"]
    assert {
        "id",
        "fingerprint",
        "rule_version",
        "kind",
        "quote",
        "at",
        "where",
        "met",
        "expected",
        "message",
        "citation",
        "advice",
    } <= set(conflict)


def test_the_same_findings_come_alone_and_among_many(run, folder):
    alone = run("check", "错.html", "--json").json
    among = run("check", "好.html", "错.html", "好.html", "--json").json

    assert among[1] == alone


def test_a_person_sees_the_sign_the_word_both_numbers_the_place_and_what_to_do(run, folder):
    out = run("check", "错.html").out
    lines = out.splitlines()

    assert lines[0] == "青禾县民政局2024年政府信息公开工作年度报告"
    assert any(line.startswith("✗ 不一致  勾稽关系") for line in lines)
    assert any(line.startswith("   文中") and "对照" in line and "3" in line and "4" in line for line in lines)
    assert any(line.startswith("   位置") and "一 本年新收政府信息公开申请数量" in line for line in lines)
    assert any(line.startswith("   建议") for line in lines)
    assert "处不一致" in lines[-1]
    assert "\x1b" not in out


def test_a_sound_report_is_said_to_be_sound(run, folder):
    ran = run("check", "好.html")

    assert "没有发现不一致" in ran.out
    assert "✗" not in ran.out


def test_among_many_only_what_is_wrong_is_shown_and_then_the_table(run, folder):
    Path("坏.pdf").write_bytes(b"%PDF-1.7 cut off")
    out = run("check", "好.html", "错.html", "坏.pdf").out
    table = out[out.rindex("\n文件") :].splitlines()

    assert out.count("✗ 不一致") == 1
    assert table[1].split() == ["文件", "机关", "年度", "版本", "读出", "不一致", "存疑", "读不准"]
    assert table[2].split()[:6] == ["好.html", "青禾县民政局", "2024", "2021", "200", "0"]
    assert table[3].split()[:6] == ["错.html", "青禾县民政局", "2024", "2021", "200", "1"]
    assert any(line.startswith("✗ 坏.pdf：") for line in table)
    assert "共 3 份，1 份有不一致（1 处）" in table[-1]
    assert table[-1].endswith("读不了 1 份。")


def test_a_file_that_is_no_report_is_said_not_to_look_like_one(run, folder):
    Path("通知.txt").write_text("关于开会的通知。请各科室准时参加。")

    assert "没有找到年度报告的表格和章节" in run("check", "通知.txt").out
    assert "1 份没有找到年度报告的表格和章节" in run("check", "好.html", "通知.txt").out


# ---- last year ------------------------------------------------------------------------------------------------------


def test_last_year_is_compared(run, tmp_path):
    now = save(tmp_path, "今.html", report(year=2024))
    before = save(tmp_path, "去年.html", report(year=2023, carried=2))

    found = run("check", now, "--previous", before, "--json").json

    assert found["previous"] == {"name": "去年.html", "used": True, "why": None}
    assert "X-CARRIED" in {f["id"] for f in found["findings"]}


UNFIT = [
    # last year's organ | its year | what is said
    ("望岫区财政局", 2023, "未作比较"),
    ("青禾县民政局", 2022, "未作比较"),
    ("青禾县民政局", 2024, "未作比较"),
]


@pytest.mark.parametrize(("organ", "year", "said"), UNFIT)
def test_a_report_that_is_not_last_years_is_said_not_to_be(run, tmp_path, organ, year, said):
    now = save(tmp_path, "今.html", report(year=2024))
    other = save(tmp_path, "别.html", report(organ, year))

    ran = run("check", now, "--previous", other, "--json")

    assert ran.json["previous"]["used"] is False
    assert said in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("previous", ["没有.html", ".", "*.html"])
def test_a_previous_that_cannot_be_read_stops_everything(run, folder, previous):
    ran = run("check", "好.html", "--previous", previous)

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1


# ---- files written --------------------------------------------------------------------------------------------------


def test_findings_are_written_as_tables(run, folder):
    ran = run("check", "好.html", "错.html", "没有.html", "--csv", "问题.csv", "--xlsx", "问题.xlsx")

    rows = list(csv.reader(io.StringIO(Path("问题.csv").read_text("utf-8-sig"))))
    sheet = load_workbook("问题.xlsx").active
    assert ran.status == 2
    assert ["错.html", "青禾县民政局", "2024", "不一致"] in [row[:4] for row in rows]
    assert sheet.max_row == len(rows)
    assert [p.name for p in Path().iterdir() if p.suffix == ".tmp"] == []


TARGETS = [
    # the option, and what is said of it
    (["--csv", "没有的夹/问题.csv"], "文件夹“没有的夹”不存在"),
    (["--csv", "错.html"], "不能覆盖"),
    (["--xlsx", "./错.html"], "不能覆盖"),
    (["--xlsx", "."], "是文件夹"),
    (["--csv", ""], "没有给出要写入的文件名"),
    (["--csv", "同.xlsx", "--xlsx", "同.xlsx"], "不能写到同一个文件"),
]


@pytest.mark.parametrize(("option", "said"), TARGETS)
def test_a_table_that_cannot_be_written_is_refused_before_anything_is_read(run, folder, option, said):
    before = Path("错.html").read_bytes()

    ran = run("check", "错.html", *option)

    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert Path("错.html").read_bytes() == before


# ---- the terminal ---------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self):
        return True


COLOURS = [
    # environment                               | terminal | colours
    ({}, True, True),
    ({}, False, False),
    ({"NO_COLOR": "1"}, True, False),
    ({"NO_COLOR": ""}, True, True),
    ({"FORCE_COLOR": "1"}, False, True),
    ({"FORCE_COLOR": "0"}, False, False),
    ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
    ({"TERM": "dumb"}, True, False),
]


@pytest.mark.parametrize(("environment", "terminal", "colours"), COLOURS)
def test_colours_are_only_for_terminals_that_want_them(monkeypatch, environment, terminal, colours):
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert wants_colour(Terminal() if terminal else io.StringIO()) is colours


def test_colours_say_nothing_that_words_do_not(run, folder, monkeypatch):
    without = run("check", "错.html").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = run("check", "错.html").out

    import re

    assert "\x1b[31m" in coloured
    assert re.sub(r"\x1b\[\d*m", "", coloured) == without


def test_progress_is_shown_on_a_terminal_and_leaves_no_trace(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    progress = Progress("核对", terminal)
    progress.show(1, 2)
    progress.show(2, 2)
    progress.clear()

    written = terminal.getvalue()
    assert "核对 ━━━━━━━━━━━━────────────  1/2".replace("  ", " ") in written
    assert written.endswith("\r")


def test_no_progress_is_shown_elsewhere():
    stream = io.StringIO()
    progress = Progress("核对", stream)
    progress.show(1, 2)
    progress.clear()

    assert stream.getvalue() == ""


@pytest.mark.parametrize("width", [20, 33, 80])
def test_lines_fit_break_no_number_and_begin_with_no_closing_mark(width):
    text = "三(一)全年收到申请 1234567 件，其中（自然人）提出 1,234 件；占 99.5%，见 https://example.invalid/a 。" * 3

    lines = wrap(text, width)

    assert all(width_of(line) <= width + 2 for line in lines)
    assert all(line[0] not in "，。；）" for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert sum("1234567" in line for line in lines) == sum("三(一)" in line for line in lines) == 3


def test_a_long_word_is_broken_and_not_lost():
    assert wrap("a" * 50, 20) == ["a" * 20, "a" * 20, "a" * 10]


def test_widths_count_chinese_twice_and_marks_over_letters_not_at_all():
    assert [width_of(t) for t in ("abc", "年报", "é", "e\u0301", "（一）")] == [3, 4, 1, 1, 6]
    assert pad("年", 4) == "年  "
    assert pad("3", 4, "right") == "   3"


def test_what_could_command_the_terminal_is_shown_and_not_obeyed():
    assert plain("甲\x1b[2J乙\n丙\t丁\u202e") == "甲\\x1b[2J乙\\n丙 丁\\u202e"


def test_the_table_is_cut_to_a_narrow_terminal_but_never_when_piped():
    outcomes = [
        Outcome("很长的文件夹名称/很长的文件名称第一份.html", organ="某某省某某市某某县人民政府办公室", year=2024)
    ]

    narrow = list(summary(outcomes, Screen(60, Paint(on=False), 60), checked=True))
    piped = list(summary(outcomes, Screen(60, Paint(on=False), None), checked=True))

    assert all(width_of(line) <= 60 for line in narrow)
    assert "…" in narrow[1]
    assert "某某省某某市某某县人民政府办公室" in piped[1]
