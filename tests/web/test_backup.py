"""Backup and its return: whole while others write, without keys, and refused when a bit of it is not as it was."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from gongkai.web.operate import manifest as manifests
from gongkai.web.operate.manifest import NoBackup
from tests.environment import own_environment

_FILL = """
import django; django.setup()
from gongkai.web.operate.prepare import prepare_store
prepare_store()
from django.db import transaction
from gongkai.web.annual.desk import open_desk
from gongkai.web.audit.services import Audit
from gongkai.web.files import services
from gongkai.web.people.selectors import local_operator
county = open_desk()
audit = Audit(actor=local_operator().pk, county=county.pk)
def put(n):
    with transaction.atomic():
        return services.store(audit=audit, name=f"{n}.txt", data=f"text {n}".encode())
"""
_FEW = (
    _FILL
    + """
from gongkai.web.audit.chain import seal_all
for n in range(5):
    put(n)
seal_all()
with transaction.atomic():
    services.store_report(audit=audit, data=b"a report")
services.isolate(audit=audit, key=put("secret").pk)
"""
)
_FOREVER = (
    _FILL
    + """
n = 100
while True:
    put(n); n += 1
    if n == 101: print("writing", flush=True)
"""
)
_COUNT = """
import django; django.setup()
from gongkai.web.files import services
from gongkai.web.files.models import StoredFile
kept = list(StoredFile.objects.filter(isolated=False))
assert all(services.read(row.pk) for row in kept)
print(len(kept), StoredFile.objects.filter(isolated=True).count())
"""


def _python(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _gongkai(environment: dict[str, str], *words: object) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.cli", *map(str, words)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office with a few files."""
    with own_environment(tmp_path_factory.mktemp("office"), tables=True) as environment:
        _python(_FEW, environment)
        yield environment


@pytest.fixture(scope="module")
def made(office, tmp_path_factory):
    """A backup of it, as a folder."""
    target = tmp_path_factory.mktemp("backups") / "first"
    status, said = _gongkai(office, "backup", target)
    assert (status, "已备份到" in said, "没有密钥" in said, "1个隔离文件" in said) == (0, True, True, True)
    return target


def _restored(office: dict[str, str], source: Path, folder: Path, into: str = "again") -> tuple[int, str, dict]:
    """Restore into a folder beside the keys of the office; what was said, and the environment of the copy."""
    with own_environment(folder) as environment:
        environment["GONGKAI_DATA"] = str(folder / into)
        environment["GONGKAI_KEYS"] = office["GONGKAI_DATA"] + ".keys"
        status, said = _gongkai(environment, "restore", source, "--into", folder / into)
        counted = _python(_COUNT, environment) if status == 0 else ""
        return status, said, {"counted": counted}


def test_what_was_backed_up_comes_back_and_can_be_read_with_the_keys(office, made, tmp_path):
    status, said, copy = _restored(office, made, tmp_path)
    assert (status, copy["counted"]) == (0, "6 1")
    assert "核对无误" in said
    assert "审计记录完整" in said
    assert not any((tmp_path / "again" / "isolated").glob("**/*"))


def test_without_the_keys_it_comes_back_and_says_what_was_not_looked_at(office, made, tmp_path):
    with own_environment(tmp_path) as environment:
        status, said = _gongkai(environment, "restore", made, "--into", tmp_path / "again")
    assert (status, "没有核对" in said) == (0, True)
    assert not (tmp_path / "again.keys").exists()


def test_a_tar_does_as_well(office, tmp_path):
    target = tmp_path / "all.tar"
    assert _gongkai(office, "backup", target)[0] == 0
    assert [p.name for p in tmp_path.iterdir()] == ["all.tar"]
    assert _restored(office, target, tmp_path)[2]["counted"] == "6 1"


def test_no_key_and_no_secret_file_is_in_a_backup(office, made):
    keys = [p.read_bytes().strip() for p in Path(office["GONGKAI_DATA"] + ".keys").glob("*.key")]
    assert len(keys) >= 3
    everything = b"".join(p.read_bytes() for p in made.rglob("*") if p.is_file())
    assert not any(key in everything for key in keys)
    assert not list(made.rglob("*.key"))
    assert not list(made.rglob("isolated"))
    assert b"text secret" not in everything


def test_a_backup_made_while_others_write_is_whole(office, tmp_path):
    with own_environment(tmp_path, tables=True) as environment:
        _python(_FEW, environment)
        writer = subprocess.Popen([sys.executable, "-c", _FOREVER], env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert writer.stdout.readline().strip() == "writing"
            for number in range(2):
                status, said = _gongkai(environment, "backup", tmp_path / f"copy{number}")
                assert status == 0, said
                again = tmp_path / f"place{number}"
                again.mkdir()
                status, said, copy = _restored(environment, tmp_path / f"copy{number}", again)
                assert status == 0, said
                assert int(copy["counted"].split()[0]) > 6
                time.sleep(0.1)
        finally:
            os.kill(writer.pid, signal.SIGKILL)
            writer.communicate()


def _cut(folder: Path) -> None:
    path = next(p for p in folder.iterdir() if p.name.startswith("database"))
    path.write_bytes(path.read_bytes()[:-100])


def _change(folder: Path) -> None:
    path = next(folder.glob("data/attachments/*/*"))
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])


def _lose(folder: Path) -> None:
    next(folder.glob("data/attachments/*/*")).unlink()


def _add(folder: Path) -> None:
    (folder / "data" / "more").write_text("x")


def _count_otherwise(folder: Path) -> None:
    told = manifests.read(folder)
    told.counts["audit_entry"] += 1
    told.write(folder)


def _edit(folder: Path) -> None:
    told = json.loads((folder / "manifest.json").read_text())
    told["counts"]["audit_entry"] = 1
    (folder / "manifest.json").write_text(json.dumps(told))


def _point_outside(folder: Path) -> None:
    told = manifests.read(folder)
    told.files["../outside"] = (0, "x")
    told.write(folder)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (_cut, "与清单不符"),
        (_change, "与清单不符"),
        (_lose, "缺少文件"),
        (_add, "多出文件"),
        (_count_otherwise, "audit_entry 的行数"),
        (_edit, "校验值不符"),
        (_point_outside, "不该有的路径"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "无法读取"),
        (lambda folder: (folder / "manifest.json").unlink(), "找不到清单"),
    ],
)
def test_a_damaged_backup_is_refused_in_one_sentence_and_nothing_is_left(office, made, tmp_path, damage, says):
    copy = tmp_path / "copy"
    shutil.copytree(made, copy)
    damage(copy)
    status, said, _ = _restored(office, copy, tmp_path)
    assert (status, said.count("\n")) == (2, 1)
    assert says in said
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "again.keys") == ["copy"]


def test_a_cut_off_tar_is_refused(office, made, tmp_path):
    whole = tmp_path / "whole.tar"
    with tarfile.open(whole, "w") as archive:
        for path in made.iterdir():
            archive.add(path, path.name)
    for share in (0.3, 0.9):
        cut = tmp_path / "cut.tar"
        cut.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * share)])
        status, said, _ = _restored(office, cut, tmp_path)
        assert (status, "备份已损坏" in said or "找不到清单" in said) == (2, True), said


def test_nothing_that_is_there_is_overwritten(office, made, tmp_path):
    (tmp_path / "kept").write_text("x")
    assert "已经存在" in _gongkai(office, "backup", tmp_path)[1]
    assert "已经有内容" in _gongkai(office, "restore", made, "--into", tmp_path)[1]
    assert "找不到备份" in _gongkai(office, "restore", tmp_path / "none", "--into", tmp_path / "x")[1]
    assert (tmp_path / "kept").read_text() == "x"


def test_a_file_that_the_data_folder_lost_does_not_keep_the_rest_from_being_saved(tmp_path):
    with own_environment(tmp_path, tables=True) as environment:
        _python(_FEW, environment)
        next(Path(environment["GONGKAI_DATA"]).glob("attachments/*/*")).unlink()
        status, said = _gongkai(environment, "backup", tmp_path / "copy")
        assert (status, "缺少1个文件" in said) == (1, True)
        assert _gongkai(
            {**environment, "GONGKAI_DATABASE_URL": ""}, "restore", tmp_path / "copy", "--into", tmp_path / "x"
        )[0] == (2 if environment.get("GONGKAI_DATABASE_URL") else 0)


def test_a_folder_without_data_has_no_backup(tmp_path):
    environment = {**os.environ, "GONGKAI_DATA": str(tmp_path / "empty"), "GONGKAI_DATABASE_URL": ""}
    status, said = _gongkai(environment, "backup", tmp_path / "copy")
    assert (status, "还没有数据" in said) == (2, True)


def test_a_manifest_of_another_format_is_said_to_be_one(tmp_path):
    (tmp_path / "manifest.json").write_text('{"format": 99, "sha256": ""}')
    with pytest.raises(NoBackup, match="另一个版本"):
        manifests.read(tmp_path)
