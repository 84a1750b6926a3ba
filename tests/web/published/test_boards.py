"""The boards as a stranger reads them: every list says what is public, of whom, and nothing else."""

from __future__ import annotations

import re
from datetime import date

import pytest

from gongkai.proactive.guide import FIELDS, missing, stale
from gongkai.web.facts import Refused
from gongkai.web.guide import services as guides
from gongkai.web.guide.selectors import states
from gongkai.web.organs.tree import change_organ, found_organ
from gongkai.web.proactive.selectors.facts import newest_version
from gongkai.web.proactive.services import release
from gongkai.web.proactive.services.settings import set_topics
from tests.web.proactive.conftest import NOTICE

FILLED = {
    "classification": "按机构职能、规划计划、政策文件等分类。",
    "arrangement": "按索引号、名称、内容概述、生成日期编排。",
    "access": "在本网站查阅；也可以到政府信息查阅点查阅。",
    "work_body": "云岭县水务局办公室",
    "address": "云岭县河滨路8号",
    "hours": "工作日8:30—12:00，14:30—18:00",
    "phone": "0000-1234567",
    "fax": "无",
    "internet": "水务局<信箱>",
}
SHELVES = (
    "/statutory/item/county.public_services",
    "/statutory/theme/06",
    "/statutory/theme/06/水利",
    "/statutory/column/item.county.public_services",
    "/statutory/kind/general",
    "/statutory/all",
)


def page_of(visitor, url, status=200):
    answer = visitor.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def test_each_list_holds_what_lies_on_it_and_loses_it_with_the_act(stranger, published, organ, hands, clock):
    item = published()
    name, key = NOTICE.title, str(organ.pk)
    of_it = ("/portal", f"/organs/{key}", f"/statutory/organ/{key}", *SHELVES)
    for url in of_it:
        assert name in page_of(stranger, url), url
    other = "/statutory/item/county.land_requisition"
    assert name not in page_of(stranger, other)
    assert name in page_of(stranger, f"{SHELVES[0]}?organ={key}")
    assert name not in page_of(stranger, f"{SHELVES[0]}?organ={item.pk}")
    assert "1条" in page_of(stranger, f"/organs/{key}/statutory")
    release.withdraw(audit=hands[0], item=item, reason="内容有误")
    for url in of_it:
        assert name not in page_of(stranger, url), url


@pytest.mark.parametrize(
    "url",
    [
        "/statutory/item/nothing",
        "/statutory/theme/99",
        "/statutory/theme/06/火星",
        "/statutory/kind/nothing",
        "/statutory/organ/nothing",
        "/statutory/nothing/general",
        "/statutory/all?after=x",
        "/statutory/all?after=99999999999999999999-00",
        "/statutory/kind/general?organ=x",
        "/topics/nothing",
        "/organs/01890000-0000-7000-8000-000000000000",
    ],
)
def test_what_there_is_not_is_said_on_a_page_of_this_side(stranger, county, url):
    assert "没有找到这一页" in page_of(stranger, url, 404)


def test_the_items_of_the_law_stand_with_their_words_by_what_binds_the_organ(stranger, published, county, audit, organ):
    published()
    town = found_organ(audit=audit, county=county.pk, name="石桥镇人民政府", form="township")
    whole, department = page_of(stranger, "/statutory"), page_of(stranger, f"/organs/{organ.pk}/statutory")
    for words in ("行政事业性收费项目及其依据、标准", "财政预算、决算信息"):
        assert words in whole
        assert words in department
    assert "宅基地使用情况审核" not in department
    township = page_of(stranger, f"/organs/{town.pk}/statutory")
    assert "宅基地使用情况审核" in township
    assert "房屋征收" in township
    assert "市政建设" not in township


def test_leafing_meets_every_entry_once_forwards_and_backwards(stranger, published, monkeypatch, clock):
    from gongkai.web.portal.views import shelves

    monkeypatch.setattr(shelves.leaf, "__kwdefaults__", {**shelves.leaf.__kwdefaults__, "size": 2})
    monkeypatch.setattr(shelves._page, "__defaults__", (2,))
    titles = [f"供水管网改造第{n}期" for n in range(5)]
    for title in titles:
        published(title=title)
    url, seen, walked = "/statutory/kind/general", [], []
    while url:
        text = page_of(stranger, url)
        walked.append(url)
        seen += re.findall("供水管网改造第\\d期", text)
        found = re.search('rel="next" href="([^"]+)"', text)
        url = "/statutory/kind/general" + found[1].replace("&amp;", "&") if found else ""
    assert seen == titles[::-1]
    back = []
    url = walked[-1]
    while url:
        text = page_of(stranger, url)
        back = re.findall("供水管网改造第\\d期", text) + back
        found = re.search('rel="prev" href="([^"]+)"', text)
        url = "/statutory/kind/general" + found[1].replace("&amp;", "&") if found else ""
    assert back == titles[::-1]
    assert len(walked) == 3


def test_a_guide_lacks_what_the_law_names_and_is_stale_where_the_organ_says_otherwise():
    assert missing(FILLED) == ()
    assert [f.zh for f in missing(FILLED | {"fax": " ", "phone": ""})] == ["联系电话", "传真号码"]
    assert stale(FILLED, {"phone": "0000-1234567", "address": "", "hours": ""}) == ()
    found = stale(FILLED, {"phone": "0000-7654321"})
    assert [each.says for each in found] == ["机关名录中的联系电话是“0000-7654321”，指南中仍是“0000-1234567”。"]
    assert stale(FILLED | {"phone": "0000 1234567（值班）"}, {"phone": "0000 1234567"}) == ()


def test_a_guide_reaches_the_public_only_through_every_stage(stranger, county, organ, hands, approve, clock):
    guides.keep_guide(audit=hands[0], organ=organ, values=FILLED | {"internet": ""}, channels={"counter": "到一楼"})
    with pytest.raises(Refused, match="还缺“互联网联系方式”"):
        guides.bring_in(audit=hands[0], organ=organ)
    with pytest.raises(Refused, match="写明怎样使用"):
        guides.keep_guide(audit=hands[0], organ=organ, values=FILLED, channels={"email": " "})
    with pytest.raises(Refused, match="最多200字"):
        guides.keep_guide(audit=hands[0], organ=organ, values=FILLED | {"fax": "1" * 201}, channels={})
    guides.keep_guide(audit=hands[0], organ=organ, values=FILLED, channels={"online": "本网站“申请公开”"})
    item = guides.bring_in(audit=hands[0], organ=organ)
    url = f"/organs/{organ.pk}/guide"
    assert FILLED["work_body"] not in page_of(stranger, url)
    assert [(s.number, s.public, s.wrong) for s in states([organ])] == [(2, False, 1)]
    approve(item)
    clock.on(minutes=1)
    release.release(audit=hands[0], item=item)
    text = page_of(stranger, url)
    for field in FIELDS:
        assert field.zh in text
    for words in (FILLED["work_body"], "本网站“申请公开”", "水务局&lt;信箱&gt;", "邮政寄送"):
        assert words in text
    assert "电子邮箱" not in text
    assert [(s.number, s.shown, s.wrong) for s in states([organ])] == [(2, 2, 0)]
    with pytest.raises(Refused, match="没有新的改动"):
        guides.bring_in(audit=hands[0], organ=organ)


def test_a_guide_written_anew_stays_as_it_was_outside_until_it_is_released(
    stranger, county, organ, hands, approve, clock, audit
):
    guides.keep_guide(audit=hands[0], organ=organ, values=FILLED, channels={})
    item = approve(guides.bring_in(audit=hands[0], organ=organ))
    clock.on(minutes=1)
    release.release(audit=hands[0], item=item)
    change_organ(audit=audit, organ=organ, phone="0000-7654321")
    assert [(s.stale[0].field.key, s.wrong) for s in states([organ])] == [("phone", 1)]
    url = f"/organs/{organ.pk}/guide"
    text = page_of(stranger, url)
    assert "0000-7654321" in text, "how to reach it is said as it is today"
    assert "0000-1234567" in text, "the guide is what was released"
    guides.keep_guide(audit=hands[0], organ=organ, values=FILLED | {"phone": "0000-7654321"}, channels={})
    again = guides.bring_in(audit=hands[0], organ=organ)
    assert again.pk == item.pk
    assert states([organ])[0].behind
    with pytest.raises(Refused, match="没有新的改动"):
        guides.bring_in(audit=hands[0], organ=organ)
    assert "0000-1234567" in page_of(stranger, url)
    approve(again)
    clock.on(minutes=1)
    release.release(audit=hands[0], item=again)
    assert "0000-1234567" not in page_of(stranger, url)
    assert newest_version(again).number == 3


def test_what_leads_a_topic_in_is_shown_while_it_is_public_itself(stranger, county, audit, published, hands):
    set_topics(audit=audit, topics={"water": "农村供水"}, valid_from=date(2026, 1, 1))
    with pytest.raises(Refused, match="没有这个专题"):
        guides.lead_topic(audit=audit, topic="air", item=None)
    item = published(metadata=NOTICE.metadata | {"topics": ["water"]})
    words = "惠及石桥镇860户"
    assert words not in page_of(stranger, "/topics/water")
    assert NOTICE.title in page_of(stranger, "/topics/water")
    assert "农村供水" in page_of(stranger, "/portal")
    guides.lead_topic(audit=audit, topic="water", item=item)
    assert words in page_of(stranger, "/topics/water")
    guides.lead_topic(audit=audit, topic="water", item=None)
    assert words not in page_of(stranger, "/topics/water")
    guides.lead_topic(audit=audit, topic="water", item=item)
    release.withdraw(audit=hands[0], item=item, reason="内容有误")
    assert words not in page_of(stranger, "/topics/water")
