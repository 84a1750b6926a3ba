"""The administrator's commands on an empty folder: made and migrated on first use, refused in one sentence."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from tests.environment import own_environment


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    with own_environment(tmp_path_factory.mktemp("office")) as found:
        yield found


_QUICKLY = """
from tests.schema import new_models_alone
from gongkai.cli import main
with new_models_alone(onward=True):
    raise SystemExit(main())
"""
"""The command with the quicker way to migrate: Django's own leads to the same tables (tests/web/test_settings.py)."""


def _gongkai(environment: dict[str, str], *words: str, quickly: bool = False) -> tuple[int, str]:
    start = ["-c", _QUICKLY] if quickly else ["-m", "gongkai.cli"]
    done = subprocess.run(
        [sys.executable, *start, *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def test_two_organs_are_added_at_once_to_a_folder_that_is_not_there_yet(environment):
    said: list[tuple[int, str]] = []

    def add(name: str) -> None:
        said.append(_gongkai(environment, "organ", "add", name, "--kind", "department", quickly=True))

    both = [threading.Thread(target=add, args=(name,)) for name in ("云岭县教育局", "云岭县财政局")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(said) == [(0, f"已登记“{name}”（县级部门）。\n") for name in ("云岭县教育局", "云岭县财政局")]


def test_an_organ_has_a_parent_and_one_is_competent(environment):
    assert _gongkai(environment, "organ", "add", "云岭县人民政府", "--kind", "county_government")[0] == 0
    words = [
        "organ",
        "add",
        "云岭县人民政府办公室",
        "--kind",
        "department",
        "--parent",
        "云岭县人民政府",
        "--competent",
    ]
    assert _gongkai(environment, *words) == (
        0,
        "已登记“云岭县人民政府办公室”（县级部门，上级云岭县人民政府，政府信息公开工作主管部门）。\n",
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("云岭县教育局", "--kind", "department"), "已经在机关设置中"),
        (("云岭县档案馆", "--kind", "department", "--parent", "没有的局"), "没有登记过上级机关"),
        (("云岭县档案馆", "--kind", "department", "--competent"), "已有政府信息公开工作主管部门"),
        (("云岭县档案馆", "--kind", "museum"), "可选范围"),
        (("云岭县档案馆",), "缺少参数"),
        (("局", "--kind", "department"), "机关全称"),
    ],
)
def test_an_organ_that_cannot_be_is_refused_in_one_sentence(environment, words, says):
    status, said = _gongkai(environment, "organ", "add", *words)
    assert (status, said.count("\n")) == (2, 1)
    assert says in said
    assert said.startswith("gongkai organ")


def test_a_database_that_is_away_is_said_in_one_sentence(tmp_path):
    with own_environment(tmp_path) as environment:
        away = {**environment, "GONGKAI_DATABASE_URL": "postgresql://desk@127.0.0.1:9/none"}
        status, said = _gongkai(away, "organ", "add", "云岭县教育局", "--kind", "department")
        assert (status, said.count("\n")) == (2, 1)
        assert "数据库" in said
        wrong = {**environment, "GONGKAI_DATABASE_URL": "mysql://x"}
        assert "postgresql://" in _gongkai(wrong, "organ", "add", "云岭县教育局", "--kind", "department")[1]
