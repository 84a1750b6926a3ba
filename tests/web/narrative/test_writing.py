"""Saving the words of a report: two people at once lose nothing, versions are joined, nothing is changed afterwards."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from gongkai.web.audit.models import Entry
from gongkai.web.facts import Refused
from gongkai.web.narrative.models import Text
from gongkai.web.narrative.selectors.settings import longest
from gongkai.web.narrative.selectors.texts import sections, unready
from gongkai.web.narrative.selectors.versions import line_of
from gongkai.web.narrative.services.settings import set_length
from gongkai.web.narrative.services.writing import MOST, join, save
from tests.web.narrative.conftest import YEAR

BASE = "主动公开方面，及时发布信息。\n依申请公开方面，依法办理。"


def numbers(rows):
    return [row.number for row in rows]


def test_each_save_is_a_version_over_the_one_before(organ, write):
    first = write(BASE)
    second = write(BASE + "\n新的一段。", first)
    line = line_of(organ, YEAR, "1")

    assert numbers(line.versions) == [1, 2]
    assert (line.current.pk, line.beside) == (second.pk, [])
    assert line.versions[0].words == BASE


def test_two_people_over_one_version_both_keep_their_words(organ, write, second):
    base = write(BASE)
    mine = write(BASE.replace("及时发布", "按时发布"), base)
    theirs = write(BASE + "\n平台建设方面，设专区。", base, by=second)
    line = line_of(organ, YEAR, "1")

    assert line.current.pk == mine.pk
    assert [row.pk for row in line.beside] == [theirs.pk]
    assert line.common(mine, theirs).pk == base.pk
    assert {row.words for row in line.heads} == {mine.words, theirs.words}


def test_two_people_who_both_begin_anew_lose_nothing_either(organ, write, second):
    mine, theirs = write("我写的。"), write("他写的。", by=second)
    line = line_of(organ, YEAR, "1")

    assert (line.current.pk, [row.pk for row in line.beside]) == (mine.pk, [theirs.pk])
    assert line.common(mine, theirs) is None


def test_joined_versions_are_one_again_and_both_stay_readable(audit, organ, write, second):
    base = write(BASE)
    mine, theirs = write(BASE + "甲。", base), write(BASE + "乙。", base, by=second)
    third = write(BASE + "丙。", base, by=second)
    told = {"audit": audit, "organ": organ, "year": YEAR, "section": "1"}
    done = join(**told, words=BASE + "甲。乙。", one=mine.pk, other=theirs.pk)
    line = line_of(organ, YEAR, "1")

    assert (line.current.pk, [row.pk for row in line.beside]) == (done.pk, [third.pk])
    last = join(**told, words=BASE + "甲。乙。丙。", one=done.pk, other=third.pk)
    assert [row.pk for row in line_of(organ, YEAR, "1").heads] == [last.pk]
    assert Text.objects.count() == 6
    assert join(**told, words=BASE + "甲。乙。丙。", one=done.pk, other=third.pk).pk == last.pk


def test_a_join_over_what_somebody_went_on_from_is_refused(audit, organ, write, second):
    base = write(BASE)
    mine, theirs = write(BASE + "甲。", base), write(BASE + "乙。", base, by=second)
    write(BASE + "甲。再改。", mine)

    with pytest.raises(Refused, match="已经有人接着改了"):
        join(audit=audit, organ=organ, year=YEAR, section="1", words="合。", one=mine.pk, other=theirs.pk)
    with pytest.raises(Refused, match="没有找到要合并的两稿"):
        join(audit=audit, organ=organ, year=YEAR, section="1", words="合。", one=mine.pk, other=mine.pk)


def test_the_same_words_once_more_are_no_new_version(write, second):
    base = write(BASE)
    mine = write(BASE + "甲。", base)

    assert write(BASE, base).pk == base.pk
    assert write(BASE + "甲。", base).pk == mine.pk
    assert write(BASE.replace("\n", "\r\n") + "甲。\r\n", base, by=second).pk == mine.pk
    assert Text.objects.count() == 2


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"section": "2"}, "没有这一部分"),
        ({"year": 2018}, "没有2018年度的年度报告格式"),
        ({"words": "字" * (MOST + 1)}, "最多20000字"),
        ({"words": "字\x00字"}, "控制字符"),
        ({"words": " \n"}, "还没有写内容"),
        ({"base": "0193d1c0-0000-7000-8000-000000000000"}, "底稿没有找到"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(audit, organ, told, says):
    words = told.get("words", "文字。").strip(" ")
    base = uuid.UUID(told["base"]) if "base" in told else None
    with pytest.raises(Refused, match=says):
        save(
            audit=audit, organ=organ, year=told.get("year", YEAR), section=told.get("section", "1"),
            words=words, base=base,
        )  # fmt: skip
    assert not Text.objects.exists()


def test_a_version_of_another_part_or_organ_is_no_base(audit, organ, other, write):
    elsewhere = [write("甲。", section="5"), write("乙。", of=other)]

    for base in elsewhere:
        with pytest.raises(Refused, match="底稿没有找到"):
            write("丙。", base)


def test_saving_leaves_its_name_and_no_words_in_the_audit(audit, organ, write, second):
    base = write("写了12件。")
    write("甲。", base)
    write("乙。", base, by=second)
    line = line_of(organ, YEAR, "1")
    join(audit=audit, organ=organ, year=YEAR, section="1", words="丙。", one=line.heads[0].pk, other=line.heads[1].pk)
    rows = list(Entry.objects.filter(act__startswith="narrative.").order_by("id"))

    assert [row.act for row in rows] == ["narrative.save"] * 3 + ["narrative.join"]
    assert rows[2].actor == second.actor
    assert not any("写了" in bytes(row.payload).decode() for row in rows)


def test_nobody_changes_what_was_saved(write):
    kept = write("甲。")

    for change in (lambda: Text.objects.filter(pk=kept.pk).update(words="乙。"), kept.delete):
        with pytest.raises(DatabaseError, match="只可追加"), transaction.atomic():
            change()


def test_a_figure_that_changes_changes_the_text_and_nothing_else(organ, write, trained):
    write("举办培训{培训次数}次，{培训人次}人次，比上年多。")
    assert "没有登记" in sections(organ, YEAR)["1"].broken[0].why

    trained(30)
    before = sections(organ, YEAR)["1"]
    trained(25, on="2025-09-01", subject="答复文书")
    trained(99, on="2024-12-31")
    after = sections(organ, YEAR)["1"]

    assert before.text == "举办培训1次，30人次，比上年多。"
    assert after.text == "举办培训2次，55人次，比上年多。"
    assert [(slot.fact, slot.value) for slot in after.slots] == [("trainings.total", 2), ("trainings.people", 55)]
    assert [after.text[slot.start : slot.end] for slot in after.slots] == ["2", "55"]
    assert after.version == before.version


def test_words_with_two_versions_or_a_broken_slot_do_not_go_for_signature(organ, write, second):
    write("引言。", section="preface")
    one = write("收到{新收信件数}件。")
    write("问题和改进。", section="5")
    write("乙。", by=second)

    said = unready(organ, YEAR)
    assert any("“一、总体情况”有2稿还没有合并" in each for each in said)
    assert any("没有叫“新收信件数”的数" in each for each in said)
    assert any("“六、其他需要报告的事项”还没有写" in each for each in said)
    assert sections(organ, YEAR)["1"].version == str(one.pk)


def test_how_long_a_part_may_be_is_set_from_a_day_on_and_for_one_organ(audit, organ, other):
    day = date(2025, 1, 1)
    set_length(audit=audit, section="1", characters=1000, valid_from=day)
    set_length(audit=audit, section="1", characters=1500, valid_from=day, organ=organ.pk)

    assert longest(organ.county, organ.pk, "1", day) == 1500
    assert longest(organ.county, other.pk, "1", day) == 1000
    assert longest(organ.county, other.pk, "5", day) is None
    assert longest(organ.county, other.pk, "1", date(2024, 12, 31)) is None
    set_length(audit=audit, section="1", characters=None, valid_from=day)
    assert longest(organ.county, other.pk, "1", day) is None
    for wrong in ({"characters": 50}, {"characters": 50_000}, {"characters": 1000, "section": "3"}):
        with pytest.raises(Refused):
            set_length(audit=audit, valid_from=day, **{"section": "1", **wrong})
