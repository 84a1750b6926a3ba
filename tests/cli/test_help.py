"""The help, the refusals of bad usage, and what they must not do: speak English, load the web framework, be slow."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys

import pytest

from gongkai.cli import importing, keeping, office
from gongkai.cli.chinese import Parser, speaking_chinese
from gongkai.cli.parser import COMMANDS
from tests.cli.invented import save

# What is typed as it stands: options, acts of a command, codes of roles and kinds, invented logins.
CODES = (
    *("kind", "competent", "role", "organ", "login", "wanggang", "lifang", "check", "rotate", "verify", "head"),
    *("dry-run", "applicant-kind", "year"),
    *keeping.ROLES,
    *office.KINDS,
    *importing.KINDS,
)

# Words that are names and not language: of programs, formats, files, options and addresses.
NAMES = {
    *("consolidated", "as", "known", "at"),
    "gongkai",
    "json",
    "JSON",
    "csv",
    "CSV",
    "ofd",
    "xlsx",
    "XLSX",
    "docx",
    "DOCX",
    "DOC",
    "WPS",
    "PDF",
    "pdf",
    "OFD",
    "html",
    "zip",
    "md",
    "txt",
    "Markdown",
    "GONGKAI",
    "DATA",
    "srv",
    "data",
    "cat",
    "applications",
    "mode",
    "proactive",
    "report",
    "undated",
    "on",
    "received",
    "total",
    "to",
    "help",
    "version",
    "explain",
    "summary",
    "jobs",
    "previous",
    "port",
    "host",
    "h",
    "after",
    "consulted",
    "days",
    "extended",
    "pages",
    "paid",
    "supplemented",
    "tar",
    "new",
    "into",
    "PostgreSQL",
    "DATABASE",
    "URL",
    "add",
    "parent",
    "HOSTS",
    "KEYS",
    "XLS",
    "person",
    "list",
    "export",
    "from",
    "U",
    "gkp",
    "ZIP",
    "jsonl",
    *("docs", "how", "integrate", "lists"),
    *("http", "https", "toml", "www", "example", "gov", "cn", "robots", "txt", "TOML", "previous", "host", "columns"),
    *("out", "limit", "depth", "rate", "minutes", "megabytes", "again", "site", "files"),
    *("repair", "rebuild"),
    *(word for name in (*COMMANDS, *CODES) for word in re.findall("[A-Za-z]+", name)),
}
HELPS = [["--help"], *([c, "--help"] for c in COMMANDS)]


@pytest.mark.parametrize("arguments", HELPS, ids=" ".join)
def test_help_is_wholly_in_chinese(run, arguments):
    ran = run(*arguments)

    assert ran.status == 0
    assert set(re.findall("[A-Za-z]+", ran.out)) - NAMES == set()
    assert "例：" in ran.out


@pytest.mark.parametrize("arguments", HELPS, ids=" ".join)
def test_help_fits_the_width_that_was_asked_for(run, arguments, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")

    for line in run(*arguments).out.splitlines():
        if not line.startswith(("  ", "用法")):
            assert sum(2 if ord(c) > 0x2E80 else 1 for c in line) <= 80


REFUSED = [
    # typed                              | what is said
    ([], "缺少命令"),
    (["check"], "缺少参数：文件"),
    (["check", "a.html", "--unknown"], "不认识的参数：--unknown"),
    (["check", "a.html", "--csv"], "后面应当有一个值"),
    (["check", "a.html", "--jobs", "0"], "应为 1 至 64 的整数"),
    (["check", "a.html", "--json=yes"], "不接受取值"),
    (["serve", "--port", "八千"], "应为 1 至 65535 的整数"),
    (["forms", "2020"], "不在可选范围内（可选：2019, 2021）"),
    (["convert", "a.html"], "缺少输出的文件名"),
    (["publish"], "本版本没有“publish”这个命令，现有命令："),
    (["chek", "a.html"], "是不是 check？"),
]


@pytest.mark.parametrize(("typed", "said"), REFUSED, ids=lambda v: v if isinstance(v, str) else None)
def test_bad_usage_ends_in_one_chinese_sentence(run, typed, said):
    ran = run(*typed)

    assert ran.status == 2
    assert ran.out == ""
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert set(re.findall("[A-Za-z]+", ran.err)) - NAMES - {"unknown", "publish", "chek", "a", "yes"} == set()


def test_a_file_without_a_command_is_told_the_command(run, tmp_path):
    ran = run(save(tmp_path, "报告.html"))

    assert ran.status == 2
    assert "请写 gongkai check" in ran.err


def test_every_word_of_argparse_that_a_person_can_meet_has_its_translation():
    import inspect

    from gongkai.cli.chinese import WORDS

    source = inspect.getsource(argparse.ArgumentParser) + inspect.getsource(argparse.ArgumentError)
    met = {word.replace("\\n", "\n") for word in re.findall(r"\b_\(\s*'([^']*)'\s*\)", source)}
    of_programmers = {w for w in met if "subparser" in w or "mutually" in w or "callable" in w}

    assert met
    assert met - of_programmers - set(WORDS) == set()


def test_argparse_is_left_as_it_was():
    before = argparse.ArgumentParser(prog="x").format_help()
    with speaking_chinese():
        assert "用法" in Parser(prog="x").format_help()

    assert argparse.ArgumentParser(prog="x").format_help() == before


def test_the_forms_and_the_relations_are_listed(run):
    assert "国办公开办函〔2021〕30号" in run("forms").out
    assert len(run("forms", "2021", "--json").json) == 200
    assert "applications.disclosed.total" in run("forms", "2021").out
    assert "T3-BALANCE" in run("relations").out
    assert "N-SUM" in run("rules").out
    assert {r["id"] for r in run("rules", "--json").json} > {"N-SUM", "N-TWICE"}
    assert {r["id"] for r in run("relations", "--json").json} >= {"T3-ROW", "T3-SUM", "T4-SUM", "X-CARRIED"}


def test_the_version_is_said(run):
    from gongkai import __version__

    assert run("--version").out == f"gongkai {__version__}\n"


def test_a_port_that_is_taken_is_said_to_be_taken(run):
    import socket

    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        ran = run("serve", "--port", held.getsockname()[1])

    assert ran.status == 2
    assert "已被占用" in ran.err
    assert ran.err.count("\n") == 1


def test_a_data_folder_that_cannot_be_is_one_sentence(run, tmp_path, monkeypatch):
    (tmp_path / "文件").write_text("")
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = f"from gongkai.cli import main; import sys; sys.exit(main(['serve', '--port', '{port}']))"

    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "GONGKAI_DATA": str(tmp_path / "文件" / "数据")},
    )

    assert done.returncode == 2
    assert "GONGKAI_DATA" in done.stderr
    assert "Traceback" not in done.stderr


# ---- what one file may load, and cost -------------------------------------------------------------------------------

HEAVY = (
    "django",
    "multiprocessing",
    "concurrent.futures",
    "docx",
    "openpyxl",
    "pandas",
    "numpy",
    "typst",
    "pypdfium2",
    "pdfplumber",
    "rich",
    "jinja2",
)


@pytest.mark.parametrize("command", ["read", "check"])
def test_reading_one_web_page_loads_neither_the_framework_nor_what_other_formats_need(tmp_path, command):
    path = save(tmp_path, "报告.txt")
    program = (
        "import sys; from gongkai.cli import main; "
        f"main([{command!r}, {str(path)!r}, '--json']); "
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stderr.strip() == "[]"
