"""Files become reports; what cannot be read is said in one sentence with advice."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from gongkai.readers import Unreadable, border, read_bytes, read_file, read_text
from gongkai.readers.content import ContentBuilder
from tests.spec.readers.tables import SOUND, TITLE, lines_of, row, table_three
from tests.spec.readers.test_heads import TWO, TWO_HEADS, four

TEXT = lines_of(table_three())
GLUED = lines_of(table_three({"received": "123456"}))


def test_a_file_and_its_bytes_and_its_text_are_one_report(tmp_path: Path):
    path = tmp_path / "水务局.txt"
    path.write_text(TEXT, "utf-8")
    by_path, by_bytes, by_text = read_file(str(path)), read_bytes(TEXT.encode(), "水务局.txt"), read_text(TEXT)
    assert by_path.source == by_bytes.source
    assert (by_path.source.name, by_path.source.format, len(by_path.source.sha256)) == ("水务局.txt", "text", 64)
    assert row(by_path, "received") == row(by_bytes, "received") == row(by_text, "received") == SOUND["received"]
    assert by_text.source.name == "粘贴的文本"
    assert read_file(path, name="来文.txt").source.name == "来文.txt"


def test_our_own_json_reads_back(tmp_path: Path):
    report = read_text(TEXT, name="")
    again = read_bytes(json.dumps(report.to_json(), ensure_ascii=False).encode(), "年报.json")
    assert again.cells == {a: type(c)(c.value, c.text, c.unit, c.at, c.where) for a, c in report.cells.items()}
    assert again.source.name == "年报.json"


SCHEMA = '{"schema": "gongkai.report/1", '


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SCHEMA, "“年报.json”不是完整的年度报告数据。"),
        ('{"schema": "gongkai.report/2"}', "schema 应为 gongkai.report/1"),
        (SCHEMA + '"cells": {"applications.received.total": {"value": -1}}}', "不是本格允许的数：-1"),
        (SCHEMA + '"cells": {"applications.x.total": {"value": 1}}}', "没有这个单元格：applications.x.total"),
        (SCHEMA + '"cells": [1]}', "不是完整的年度报告数据"),
        (SCHEMA + '"cells": {"applications.received.total": 1}}', "不是完整的年度报告数据"),
        (SCHEMA + '"unsure": [{}]}', "不是完整的年度报告数据"),
    ],
)
def test_json_that_is_none_of_ours(text: str, says: str):
    with pytest.raises(Unreadable) as refused:
        read_bytes(text.encode(), "年报.json")
    assert says in refused.value.message
    assert (refused.value.code, refused.value.advice) == ("bad_json", "请用 gongkai read --json 或本系统导出的文件。")


def test_a_refusal_keeps_its_parts_wherever_it_goes():
    refusal = Unreadable("no_text", "没有文字层。", "请先识别。")
    assert str(refusal) == "没有文字层。请先识别。"
    assert refusal.to_json() == {"code": "no_text", "message": "没有文字层。", "advice": "请先识别。"}
    assert pickle.loads(pickle.dumps(refusal)).to_json() == refusal.to_json()


# ---- a PDF is read by its text layer first, by the geometry of its page only where that leaves something open ------


def as_pdf(text: str):
    """The lines of a text as the content of a PDF."""
    builder = ContentBuilder("pdf")
    for line in text.split("\n"):
        builder.line(line)
    return builder.build()


WHOLE = "\n".join(
    (TITLE, TWO.format(heads=TWO_HEADS, figures="3 | 1 | 27", licences="120", charges="0.35"), table_three(), four())
)


@pytest.mark.parametrize(
    ("layer", "geometry", "met", "asked"),
    [
        (GLUED, TEXT, SOUND["received"], True),
        (TEXT, GLUED, SOUND["received"], True),
        (GLUED, None, "? ? ? ? ? ? ?", True),
        # every table is whole and nothing is unsure: the page need not be looked at
        (WHOLE, None, SOUND["received"], False),
    ],
)
def test_the_better_of_two_ways_to_read_a_pdf(
    monkeypatch: pytest.MonkeyPatch, layer: str, geometry: str | None, met: str, asked: bool
):
    calls = []

    def by_lines(data: bytes, kind: str):
        calls.append(data)
        if geometry is None:
            raise Unreadable("bad_pdf", "页面损坏。", "请重新导出。")
        return as_pdf(geometry)

    monkeypatch.setattr(border, "open_content", lambda data, name: as_pdf(layer))
    monkeypatch.setattr(border, "open_geometry", by_lines)
    assert row(read_bytes(b"%PDF-1.7", "年报.pdf"), "received") == met
    assert bool(calls) is asked
