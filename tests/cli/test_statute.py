"""`due`, `workdays`, `fee`, `law`: dates, sums and provisions from the command line, and what is refused."""

from __future__ import annotations

import subprocess
import sys

import pytest

DUE = [
    (["--received", "2022-09-30"], "2022-11-02"),
    (["--received", "2026-02-13"], "2026-03-19"),
    (["--received", "2026-02-02", "--supplemented", "2026-02-13"], "2026-03-19"),
    (["--received", "2026-02-02", "--paid", "2026-02-13"], "2026-03-19"),
    (["--received", "2025-09-26", "--consulted", "2025-10-09..2025-10-20"], "2025-11-11"),
    (["--received", "2025-09-26", "--consulted", "2025-10-09..2025-10-20", "--extended", "10@2025-11-11"], "2025-11-25"),
    (["--received", "2025-09-26", "--consulted", "2025-10-09..2025-10-20", "--consulted", "2025-10-15..2025-10-21"], "2025-11-12"),
    (["--received", "2025-08-01", "--consulted", "2025-08-04..2025-09-30", "--extended", "20@2025-08-05", "--supplemented", "2025-09-26"], "2025-10-30"),
    (["--received", "2026-03-02", "--consulted", "2026-03-05.."], None),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "due"), DUE)
def test_the_due_day_and_its_steps(run, arguments, due):
    ran = run("due", *arguments, "--json")

    assert ran.status == 0
    assert ran.json["due_on"] == due
    assert ran.json["provisional"] is False
    assert all(set(step) == {"on", "says", "citation"} and step["citation"] for step in ran.json["steps"])
    assert ran.json["steps"][0]["on"] == arguments[1]
    assert run("due", *arguments).out.splitlines()[0] == (due or "征求意见中，暂无到期日")


def test_a_day_past_the_last_notice_is_provisional(run):
    assert run("due", "--received", "2026-12-18", "--json").json["provisional"] is True
    assert "暂按周末推算" in run("due", "--received", "2026-12-18").out
    assert run("workdays", "--after", "2026-12-18", "--days", "20").out.startswith("2027-01-15（暂定）")


REFUSED = [
    (["due", "--received", "2025-09-26", "--extended", "21@2025-10-10"], "第三十三条第二款"),
    (["due", "--received", "2025-09-26", "--extended", "11@2025-10-10", "--extended", "10@2025-10-11"], "第三十三条第二款"),
    (["due", "--received", "2025-09-26", "--extended", "10@2025-10-31"], "本系统规则"),
    (["due", "--received", "2025-09-26", "--extended", "0@2025-10-10"], "本系统规则"),
    (["due", "--received", "2019-05-14"], "第五十六条"),
    (["due", "--received", "2028-01-04"], "本系统规则"),
    (["due", "--received", "2027-12-20"], "本系统规则"),
    (["due", "--received", "2025-09-26", "--supplemented", "2025-09-25"], "本系统规则"),
    (["due", "--received", "2025-09-26", "--consulted", "2025-10-10..2025-10-09"], "本系统规则"),
    (["workdays", "--after", "2018-12-31", "--days", "1"], "本系统规则"),
    (["workdays", "--after", "2026-12-18", "--days", "300"], "本系统规则"),
    (["law", "99"], "本系统规则"),
    (["law", "什么"], "本系统规则"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "basis"), REFUSED)
def test_what_is_not_allowed_names_its_provision_or_says_that_the_rule_is_ours(run, arguments, basis):
    ran = run(*arguments)

    assert ran.status == 1
    assert ran.out == ""
    assert f"依据：{basis}" in ran.err.replace("《政府信息公开条例》", "")
    again = run(*arguments, "--json")
    assert again.status == 1
    assert basis in again.json["citation"]


MISUSED = [
    ["due"],
    ["due", "--received", "2025-02-30"],
    ["due", "--received", "20250926"],
    ["due", "--received", "2025-09-26", "--consulted", "2025-10-10"],
    ["due", "--received", "2025-09-26", "--extended", "10"],
    ["due", "--received", "2025-09-26", "--extended", "-1@2025-10-10"],
    ["workdays", "--after", "2026-01-01", "--days", "0"],
    ["fee"],
    ["fee", "--pages", "0"],
    ["fee", "--pages", "1", "--applications", "1"],
    ["law"],
]


@pytest.mark.parametrize("arguments", MISUSED, ids=" ".join)
def test_misuse_is_another_status(run, arguments):
    ran = run(*arguments)

    assert ran.status == 2
    assert ran.err.startswith("gongkai")


def test_a_working_day_with_the_holidays_before_it(run):
    ran = run("workdays", "--after", "2026-02-13", "--days", "20", "--json")

    assert ran.json["day"] == "2026-03-19"
    assert ran.json["steps"][0] == {"on": "2026-02-14", "says": "春节调休上班"}


@pytest.mark.parametrize(
    ("arguments", "yuan"),
    [(["--applications", 35], 3000), (["--applications", 10], 0), (["--pages", 1500], 54700), (["--pages", 30], 0)],
)
def test_a_fee_with_its_tiers(run, arguments, yuan):
    found = run("fee", *arguments, "--json").json

    assert found["yuan"] == yuan == sum(step["yuan"] for step in found["steps"])
    assert run("fee", *arguments).out.startswith(f"{yuan}元\n")


@pytest.mark.parametrize("words", ["33", "第三十三条", "条例33", "《政府信息公开条例》第33条"])
def test_an_article_shows_its_words_and_its_numbers(run, words):
    found = run("law", words, "--json").json

    assert (found["law"], found["number"]) == ("政府信息公开条例", 33)
    assert {each["key"] for each in found["parameters"]} >= {"reply", "extension"}
    assert any("20个工作日内予以答复" in each["quotation"] for each in found["quotations"])


def test_an_article_of_another_law(run):
    assert "申请行政复议：60日" in run("law", "行政复议法20").out
    assert "主动公开：20个工作日" in run("law", "26").out


def test_no_web_framework_is_loaded():
    code = (
        "import sys; from gongkai.cli import main; main(['due', '--received', '2026-03-02']);"
        "main(['law', '33']); main(['fee', '--pages', '31']);"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
