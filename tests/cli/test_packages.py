"""Two data folders as two networks: `gongkai import-applications` and `gongkai package`, run as their users would."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack

import pytest

from tests.environment import own_environment

LINE = {
    "id": "P-1",
    "received_on": "2026-03-02",
    "applicant": {"kind": "natural_person", "name": "李青", "identity": "110101199003074514"},
    "content": "申请公开农村公路中标合同",
}
SIDE = """
import sys, django
django.setup()
from gongkai.web.operate.exchange import _desk
from gongkai.web.exchange import sealing, services
county, audit = _desk()
if len(sys.argv) > 1:
    peer = services.add_peer(audit=audit, name="对端", side=sys.argv[1], card=sys.argv[2])
    services.confirm_peer(audit=audit, peer=peer)
print(sealing.own_keys().card)
"""
ONLINE = """
import django
django.setup()
from django.utils import timezone
from gongkai.web.operate.exchange import _desk
from gongkai.web.exchange.importing import organs_by_name
from gongkai.web.onrequest.services.intake import Incoming, Who, register
county, audit = _desk()
[organ] = organs_by_name(county.pk).values()
who = Who("natural_person", "李青", "identity_card", "110101199003074514", address="漱玉巷7号")
register(audit=audit, incoming=Incoming(organ=organ, channel="internet", who=who, content="合同",
    received_on=timezone.localdate(), origin="portal", once="form-1"))
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("two")
    held = ExitStack()
    sides = {}
    for side in ("intake", "office"):
        (folder / side).mkdir()
        sides[side] = held.enter_context(own_environment(folder / side, tables=True, PYTHONUTF8="1"))

    def give(side: str, *words: str, code: str = "") -> subprocess.CompletedProcess[str]:
        start = ["-c", code] if code else ["-m", "gongkai.cli"]
        return subprocess.run(
            [sys.executable, *start, *words],
            cwd=folder,
            env=sides[side],
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    give.folder = folder
    with held:
        yield give


def test_two_networks_from_the_command_line(run):
    for side in ("intake", "office"):
        assert run(side, "organ", "add", "云岭县教育局", "--kind", "department").returncode == 0
    cards = {side: run(side, code=SIDE).stdout.strip() for side in ("intake", "office")}
    assert run("intake", "office", cards["office"], code=SIDE).returncode == 0
    assert run("office", "intake", cards["intake"], code=SIDE).returncode == 0
    assert run("intake", code=ONLINE).returncode == 0

    made = run("intake", "package", "export", "--to", "对端", "包.gkp")
    assert "第1号数据包“包.gkp”：申请1件" in made.stdout, made.stderr
    taken = run("office", "package", "import", "包.gkp", "--from", "对端")
    assert "已导入“对端”的第1号数据包：申请1件" in taken.stdout, taken.stderr
    again = run("office", "package", "import", "包.gkp")
    assert again.returncode == 2
    assert "以前导入过，没有再次导入" in again.stderr
    assert "发给另一端的" in run("intake", "package", "import", "包.gkp").stderr
    assert "没有登记名为“别人”的对端" in run("intake", "package", "export", "--to", "别人", "x.gkp").stderr
    listed = run("office", "package", "list").stdout
    assert "导入第2号" in listed
    assert "李青" not in listed + made.stdout + taken.stdout


def test_a_platforms_file_from_the_command_line(run):
    run("office", "organ", "add", "云岭县教育局", "--kind", "department")
    path = run.folder / "申请.jsonl"
    path.write_text(json.dumps(LINE, ensure_ascii=False) + "\n" + "{\n", "utf-8")
    trial = run("office", "import-applications", path.name, "--organ", "云岭县教育局", "--dry-run")
    assert (trial.returncode, "可以登记1件" in trial.stdout) == (1, True), trial.stderr
    done = run("office", "import-applications", path.name, "--organ", "云岭县教育局", "--json")
    assert json.loads(done.stdout)["taken"] == 1
    again = json.loads(run("office", "import-applications", path.name, "--organ", "云岭县教育局", "--json").stdout)
    assert (again["taken"], again["known"]) == (0, 1)
    assert "第2行" in again["doubts"][0]
    assert "李青" not in done.stdout + trial.stdout + trial.stderr
    assert run("office", "import-applications", "没有.jsonl").returncode == 2
    assert "没有登记" in run("office", "import-applications", path.name, "--organ", "外星局").stderr
