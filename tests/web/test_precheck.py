"""The page that looks through a file before it goes out: nothing is stored, nothing personal is shown whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.web.audit.models import Entry
from gongkai.web.datafolder import data_folder
from gongkai.web.facts import Refused
from gongkai.web.files import prechecks
from gongkai.web.files.models import StoredFile
from tests.readers.precheck.books import book, hidden_sheet
from tests.readers.precheck.files import IDENTITY, in_comment

pytestmark = pytest.mark.django_db


def send(desk, name: str, data: bytes):
    return desk.post("/precheck", {"file": SimpleUploadedFile(name, data)})


@pytest.fixture
def own_list():
    folder = data_folder() / "precheck"
    folder.mkdir(exist_ok=True)
    path = folder / "本县.txt"
    path.write_text("[领导]\n县长 王晓虹\n", "utf-8")
    yield path
    path.unlink()


def test_a_file_is_looked_through_and_not_kept(desk, operator):
    stored, told = StoredFile.objects.count(), Entry.objects.count()
    answer = send(desk, "通知.docx", in_comment(f"身份证{IDENTITY}"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "第3段的批注" in page and "110＊＊＊" in page and "《个人信息保护法》第二十五条" in page
    assert IDENTITY not in page and "李复核" not in page
    assert answer["Cache-Control"] == "private, no-store"
    assert (StoredFile.objects.count(), Entry.objects.count()) == (stored, told)


def test_a_pasted_text_is_looked_through(desk, operator):
    page = desk.post("/precheck", {"text": f"惯彻落实\n身份证号{IDENTITY}"}).content.decode()
    assert "“惯彻”疑为“贯彻”之误" in page and "第2行" in page and IDENTITY not in page


def test_nothing_found_is_said_with_its_reserve(desk, operator):
    page = desk.post("/precheck", {"text": "各单位："}).content.decode()
    assert "没有发现需要提示的内容" in page and "不等于可以公开" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"file": SimpleUploadedFile("坏.pdf", b"%PDF-1.7 broken")}, "已损坏"),
        ({"file": SimpleUploadedFile("名单.zip", b"PK\x05\x06" + bytes(18))}, "请解压后逐个检查"),
        ({"file": SimpleUploadedFile("空.txt", b"")}, "文件是空的"),
        ({}, "请选择要检查的文件"),
        ({"text": "  "}, "请选择要检查的文件"),
    ],
)
def test_what_cannot_be_looked_at_comes_back_with_a_sentence(desk, operator, sent, said):
    answer = desk.post("/precheck", sent)
    assert answer.status_code == 422 and said in answer.content.decode()


def test_a_file_over_the_limit_is_refused(desk, operator, settings):
    settings.GONGKAI_FILE_LIMIT = 10
    assert "文件超过0MB" in send(desk, "a.txt", b"x" * 11).content.decode()


def test_the_offices_own_lists_are_used_and_named(desk, operator, own_list):
    assert "本县.txt" in desk.get("/precheck").content.decode()
    assert "与名单中的“王晓虹”只差一字" in desk.post("/precheck", {"text": "县长王小虹出席"}).content.decode()
    own_list.write_text("[职工]\n张三", "utf-8")
    assert "名单“本县.txt”没有用上" in desk.post("/precheck", {"text": "通知"}).content.decode()


def test_what_strangers_wrote_is_escaped(desk, operator):
    page = send(desk, "<b>x</b>.xlsx", book({"A1": "甲"}, hidden_sheet("hidden"))).content.decode()
    assert "<b>x</b>" not in page
    page = desk.post("/precheck", {"text": "<script>惯彻</script>"}).content.decode()
    assert "<script>惯彻" not in page and "&lt;script&gt;惯彻" in page


def test_who_may_only_look_may_not_check(onlooker_desk):
    assert onlooker_desk.get("/precheck").status_code == 403
    assert onlooker_desk.post("/precheck", {"text": "通知"}).status_code == 403


def test_values_for_whoever_keeps_drafts(operator):
    looked = prechecks.precheck_file("名单.xlsx", book({"A1": "甲"}, hidden_sheet("veryHidden")))
    assert {hit.kind for hit in looked.found.hits} == {"hidden_sheet", "identity"}
    assert all(len(hit.fingerprint) == 16 for hit in looked.found.hits)
    json.dumps(looked.found.to_json())


def test_a_reading_process_that_dies_is_a_sentence(operator, monkeypatch):
    from gongkai.web.files.bounded import WorkerFailed

    class Dying:
        def call(self, *_: object, **__: object) -> None:
            raise WorkerFailed("time")

    monkeypatch.setattr(prechecks, "pool", Dying)
    with pytest.raises(Refused, match="用时过长"):
        prechecks.precheck_words("通知")


def test_the_manual_tells_how_a_list_is_written():
    """The examples of the manual are lists that are understood."""
    import re

    from gongkai.readers.precheck.lists import parse_lists

    manual = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "precheck.md").read_text("utf-8")
    blocks = re.findall(r"```(text|toml)\n(.*?)```", manual, re.DOTALL)
    assert len(blocks) == 2
    for kind, text in blocks:
        lists = parse_lists(f"a.{'txt' if kind == 'text' else kind}", text.encode())
        assert lists.leaders and lists.places and lists.words
