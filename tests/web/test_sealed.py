"""Sealed words: opened only where they were written, with the key that sealed them."""

from __future__ import annotations

import os
import stat
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web import sealed
from gongkai.web.datafolder import keys_folder, secret, write_once
from gongkai.web.facts import new_key
from gongkai.web.sealed import KeysMissing, Tampered

ROW = new_key()
PLACE = {"table": "onrequest_applicant", "column": "identity", "row": ROW}


@pytest.fixture
def ring(tmp_path, settings):
    """An own folder of data and of keys."""
    for name in ("data", "data.keys"):
        (tmp_path / name).mkdir(mode=0o700)
    settings.GONGKAI_DATA, settings.GONGKAI_KEYS = tmp_path / "data", tmp_path / "data.keys"
    return tmp_path / "data.keys"


@given(st.text(), st.uuids())
def test_what_is_sealed_is_opened_in_its_own_place_only(text, row):
    blob = sealed.seal(text, table="t", column="c", row=row)
    assert sealed.unseal(blob, table="t", column="c", row=row) == text
    for other in ({"table": "u"}, {"column": "d"}, {"row": uuid.uuid4()}, {"table": "tc", "column": ""}):
        with pytest.raises(Tampered):
            sealed.unseal(blob, **{"table": "t", "column": "c", "row": row, **other})


@pytest.mark.parametrize("text", ["", "张三丰", "𠮷野㛃", "110101199003071233"])
def test_every_bit_and_every_cut_of_the_sealed_bytes_counts(text):
    blob = sealed.seal(text, **PLACE)
    for place in range(len(blob)):
        changed = bytearray(blob)
        changed[place] ^= 1
        with pytest.raises(Tampered):
            sealed.unseal(bytes(changed), **PLACE)
        with pytest.raises(Tampered):
            sealed.unseal(blob[:place], **PLACE)
    with pytest.raises(Tampered):
        sealed.unseal(blob + b"\0", **PLACE)


def test_the_same_words_are_never_sealed_alike_and_are_not_readable():
    blobs = {sealed.seal("云岭县石桥镇", **PLACE) for _ in range(50)}
    assert len(blobs) == 50
    assert not any("石桥".encode() in blob for blob in blobs)


def test_files_are_sealed_too():
    content = bytes(range(256)) * 4096
    blob = sealed.seal_bytes(content, **PLACE)
    assert sealed.unseal_bytes(memoryview(blob), **PLACE) == content


def test_after_a_rotation_old_words_open_and_new_words_have_the_new_key(ring):
    old = sealed.seal("旧", **PLACE)
    assert sealed.rotate() == 2
    new = sealed.seal("新", **PLACE)
    assert (old[1:5], new[1:5]) == (b"\0\0\0\1", b"\0\0\0\2")
    assert (sealed.unseal(old, **PLACE), sealed.unseal(new, **PLACE)) == ("旧", "新")
    (ring / "seal-1.key").unlink()
    with pytest.raises(KeysMissing, match="第1版密钥"):
        sealed.unseal(old, **PLACE)
    assert sealed.unseal(new, **PLACE) == "新"


def test_a_key_that_goes_within_one_tick_of_the_clock_is_missed(ring):
    old = sealed.seal("旧", **PLACE)
    sealed.rotate()
    stamp = ring.stat().st_mtime_ns
    (ring / "seal-1.key").unlink()
    os.utime(ring, ns=(stamp, stamp))
    with pytest.raises(KeysMissing, match="第1版密钥"):
        sealed.unseal(old, **PLACE)


def test_lost_keys_are_said_and_never_made_anew_beside_sealed_data(ring, tmp_path, settings):
    sealed.seal("一", **PLACE)
    for path in ring.glob("*.key"):
        path.rename(tmp_path / path.name)
    with pytest.raises(KeysMissing, match="请从备份中恢复密钥文件夹"):
        sealed.check_keys()
    assert list(ring.iterdir()) == []
    other = tmp_path / "other.keys"
    other.mkdir()
    for name in ("lookup.key", "seal-1.key"):
        write_once(other / name, sealed._new_key())
    settings.GONGKAI_KEYS = other
    with pytest.raises(KeysMissing, match="不是这份数据的密钥"):
        sealed.check_keys()


def test_a_broken_key_file_is_named(ring):
    sealed.check_keys()
    write_once(ring / "seal-2.key", b"broken")
    with pytest.raises(KeysMissing, match=r"seal-2\.key"):
        sealed.check_keys()


def test_keys_are_their_owners_alone_and_lie_outside_the_data(ring, tmp_path, monkeypatch):
    sealed.check_keys()
    for path in ring.glob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    monkeypatch.delenv("GONGKAI_KEYS", raising=False)
    found = keys_folder(tmp_path / "fresh")
    assert found == tmp_path / "fresh.keys"
    assert stat.S_IMODE(found.stat().st_mode) == 0o700
    for inside in (tmp_path / "fresh", tmp_path / "fresh" / "keys", tmp_path):
        monkeypatch.setenv("GONGKAI_KEYS", str(inside))
        with pytest.raises(ValueError, match="不得放在数据文件夹之内"):
            keys_folder(tmp_path / "fresh")


def test_secrets_of_older_data_folders_move_to_the_keys(tmp_path):
    data, keys = tmp_path / "data", tmp_path / "data.keys"
    data.mkdir()
    keys.mkdir()
    old = secret(data, "secret.key")
    assert secret(keys, "secret.key", formerly=data) == old
    assert not (data / "secret.key").exists()
    assert secret(keys, "secret.key", formerly=data) == old


SAME = [
    ("identity", "１１０１０１ 19900307 123x", "11010119900307123X"),
    ("name", "张 三　丰", "张三丰"),
    ("identity", "g1234 5678", "G12345678"),
]


@pytest.mark.parametrize(("kind", "one", "other"), SAME)
def test_a_look_up_finds_what_a_person_takes_for_the_same(kind, one, other):
    found = sealed.lookup(kind, one)
    assert found == sealed.lookup(kind, other)
    assert len(found) == 64
    assert found != sealed.lookup(kind + "2", one)
    assert found != sealed.lookup(kind, one + "1")


def test_no_key_lies_in_the_data_folder(settings):
    sealed.check_keys()
    assert list(Path(settings.GONGKAI_DATA).glob("*.key")) == []
