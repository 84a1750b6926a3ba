"""The head of the desk: the parts a person may open, and the pages of the part one is in."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from lxml.html import document_fromstring

from gongkai.web.people.permissions import ACTS
from gongkai.web.workbench.templatetags.desk_pages import PARTS

EVERY = [page for part in PARTS for page in part.pages]


def words(answer, path: str) -> list[str]:
    return [re.sub(r"\s+", "", each.text_content()) for each in document_fromstring(answer.content).xpath(path)]


def rows(answer) -> dict[str, list[str]]:
    """The second level as it is read: the words before a row, and its links."""
    found = document_fromstring(answer.content).xpath("//nav[contains(@class, 'parted')]/div")
    return {"".join(row.xpath("span/text()")): row.xpath(".//a/text()") for row in found}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.words)
def test_the_last_page_of_a_part_marks_the_part_and_itself(desk, part):
    name, said, _ = part.pages[-1]
    answer = desk.get(reverse(name))
    assert answer.status_code == 200
    assert words(answer, "//header//nav/a[@aria-current]") == [part.words]
    assert words(answer, "//nav[contains(@class, 'parted')]//a[@aria-current]") == [said]


def test_each_page_has_an_address_of_its_own():
    assert len({reverse(name) for name, _, _ in EVERY}) == len(EVERY)


def test_a_page_lies_in_one_part_only_and_its_act_is_known():
    assert len({name for name, _, _ in EVERY}) == len(EVERY)
    assert {act for _, _, act in EVERY} <= set(ACTS)


def test_many_pages_stand_in_groups_with_their_words_and_few_in_one_row(desk):
    assert rows(desk.get("/oversight"))["检查"] == ["检查", "检查清单", "问题清单"]
    assert list(rows(desk.get("/cases"))) == [""]


def test_a_group_without_a_page_for_this_person_is_not_shown(onlooker_desk):
    answer = onlooker_desk.get("/annual")
    [[said, pages]] = rows(answer).items()
    assert said == ""
    assert {"交来的报告", "导出"} <= set(pages)
    assert not {"年报数据", "汇总表"} & set(pages)
    assert {"申请", "监督考核"}.isdisjoint(words(answer, "//header//nav/a"))
    assert rows(onlooker_desk.get("/organs")) == {"": ["机关名录", "权限表"]}


def test_the_menu_of_a_phone_stands_before_what_it_unfolds(desk):
    page = document_fromstring(desk.get("/oversight").content)
    for summary in page.xpath("//details[contains(@class, 'unfold')]"):
        assert summary.getnext().tag == "nav"
    assert words(desk.get("/oversight"), "//details[contains(@class, 'unfold')]/summary") == ["菜单", "监督考核监督"]


@pytest.mark.parametrize("asked", ["20259", "202x", "2018", "9999", "", "２０２５１"])
@pytest.mark.parametrize("page", ["words", "year-issues"])
def test_a_year_that_there_is_not_gives_the_one_whose_report_is_on_its_way(desk, page, asked):
    usual = desk.get(reverse(page))
    assert desk.get(reverse(page), {"year": asked}).context["year"] == usual.context["year"]
    assert desk.get(reverse(page), {"year": "2024"}).context["year"] == 2024
