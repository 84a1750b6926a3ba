"""Lists written otherwise than by the manual: what is meant is taken, what cannot be is said in one sentence."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest

from gongkai.readers.errors import Unreadable
from gongkai.readers.precheck import Lists
from gongkai.readers.precheck.lists import MOST_ENTRIES, Leader, Word, parse_lists
from tests.readers.precheck.files import saved


def sheet(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_leaders_copied_out_of_a_table_have_the_name_first() -> None:
    text = "[领导]\n李鸣\t县委书记\n王晓虹\t县委副书记、县长\n孙立人\t副县长\t离任"
    assert parse_lists("a.txt", text.encode()).leaders == (
        Leader("李鸣", ("县委书记",)),
        Leader("王晓虹", ("县委副书记", "县长")),
        Leader("孙立人", ("副县长",), former=True),
    )


@pytest.mark.parametrize("left", [" 离任", "　离任", "（离任）", " (离任)"])
def test_a_leader_who_left_is_marked_behind_the_name(left: str) -> None:
    expected = (Leader("赵建国", ("县委常委", "副县长"), former=True),)
    assert parse_lists("a.txt", f"[领导]\n县委常委 副县长 赵建国{left}".encode()).leaders == expected


def test_entries_without_a_first_word_are_passed_over() -> None:
    assert parse_lists("a.txt", "=> 云岭县\n云领县 => 云岭县".encode()).words == (Word("云领县", "云岭县"),)
    rows = (("姓名", "职务", "状态"), ("李鸣", "县委书记", None), (None, "县长", None), ("王晓虹", "副县长", None))
    assert [leader.name for leader in parse_lists("a.xlsx", sheet(*rows)).leaders] == ["李鸣", "王晓虹"]
    assert parse_lists("a.toml", '"敏感词" = [{note = "没有词"}, "维稳"]'.encode()).words == (Word("维稳"),)


def test_exceptions_are_one_string_or_a_list() -> None:
    expected = (Word("园满", "圆满", but=("校园满意", "公园满座")),)
    for written in ('"校园满意、公园满座"', '["校园满意", "公园满座"]'):
        text = f'"错别字" = [{{word = "园满", instead = "圆满", but = {written}}}]'
        assert parse_lists("a.toml", text.encode()).words == expected
    rows = (("错误", "正确", "例外"), ("园满", "圆满", "校园满意、公园满座"))
    assert parse_lists("a.xlsx", sheet(*rows)).words == expected


def test_blank_rows_a_title_and_columns_of_ones_own_do_not_spoil_a_sheet() -> None:
    long_entry = "一、关于进一步做好" + "某某" * 20
    rows = (
        ("云岭县敏感词表", None, None, None),
        (None, "序号", "词", "说明"),
        (None, 1, "维稳", "慎用"),
        (None, None, None, None),
        (None, None, long_entry, None),
        (None, 3, "某某地块", None),
    )
    expected = (Word("维稳", note="慎用"), Word(long_entry), Word("某某地块"))
    assert parse_lists("a.xlsx", sheet(*rows)).words == expected


def test_a_sheet_of_prose_beside_the_lists_is_left_out() -> None:
    book = openpyxl.Workbook()
    book.active.append(("本名单由办公室负责更新，每季度核对一次。",))
    places = book.create_sheet("地名")
    for place in ("地名", "石桥镇", "梨园新村社区"):
        places.append((place,))
    held = io.BytesIO()
    book.save(held)
    assert parse_lists("a.xlsx", held.getvalue()).places == ("石桥镇", "梨园新村社区")


def words_in_a_document() -> bytes:
    document = docx.Document()
    document.add_paragraph("维稳")
    return saved(document)


def table_in_a_document() -> bytes:
    document = docx.Document()
    document.add_paragraph("敏感词表")
    table = document.add_table(2, 2)
    for cell, text in zip((*table.rows[0].cells, *table.rows[1].cells), ("词", "说明", "维稳", "慎用"), strict=True):
        cell.text = text
    return saved(document)


WRONG = [
    ("a.toml", b"'\xe5\x9c\xb0\xe5\x90\x8d' = [3]", "写法不对"),
    ("a.toml", '"错别字" = [{word = "园满", instead = 5}]'.encode(), "写法不对"),
    ("a.toml", '"错别字" = [{word = "园满", instead = "圆满", but = 5}]'.encode(), "写法不对"),
    ("a.toml", '"地名" = '.encode() + b"[" * 100_000, "写法不对"),
    ("a.txt", "[领导]\n县长 王晓虹\n离任".encode(), "第3行没有写姓名"),
    ("a.txt", "[敏感词]\n".encode() + "词语\n".encode() * (MOST_ENTRIES + 1), f"超过{MOST_ENTRIES}条"),
    ("a.xlsx", words_in_a_document(), "没有写有内容的名单"),
    ("a.xlsx", sheet(("姓名", "职务", "状态")), "没有写有内容的名单"),
    ("a.xlsx", b"PK\x03\x04", "压缩包"),
]


@pytest.mark.parametrize(("name", "data", "said"), WRONG, ids=[said for _, _, said in WRONG])
def test_what_cannot_be_a_list_is_refused_in_one_sentence(name: str, data: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_lists(name, data)
    assert said in refused.value.message


def test_as_many_entries_as_are_allowed_are_taken() -> None:
    text = "\n".join(f"词{number}" for number in range(MOST_ENTRIES))
    assert len(parse_lists("a.txt", text.encode()).words) == MOST_ENTRIES


def test_a_table_in_a_document_is_a_list_with_what_stands_around_it_left_out() -> None:
    assert parse_lists("名单.docx", table_in_a_document()) == Lists(words=(Word("维稳", note="慎用"),))
