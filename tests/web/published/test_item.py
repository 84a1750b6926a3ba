"""The page of an entry: what is told, what never is, how a document stands, what belongs to it, what is gone."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.proactive.validity import ChangeKind
from gongkai.web.portal.kept import SHELF
from gongkai.web.proactive.selectors.facts import newest_version
from gongkai.web.proactive.selectors.outside import TOLD
from gongkai.web.proactive.services import drafting, relations, release
from gongkai.web.proactive.services.drafting import content_of
from tests.web.proactive.conftest import CODE, NOTICE
from tests.web.published.conftest import PNG, POLICY, kept_file

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
ROW = re.compile(r'<th scope="row">(.*?)</th><td>(.*?)</td>')
SECRET = {
    "duty_unit": "水务局供水股甲",
    "no_interpretation": "由上级机关解读乙",
    "no_such_element": "不在册的项丙",
    "review_number": "保审〔2026〕丁号",
}


@pytest.fixture
def page(stranger):
    """The page of an entry as a stranger gets it."""

    def give(item, status=200, **query):
        answer = stranger.get(f"/items/{item.pk}", query)
        assert answer.status_code == status
        return answer.content.decode()

    return give


@pytest.fixture
def corrected(clock, hands, approve):
    """A public entry with a further version in the place of the first."""

    def give(item, **other):
        clock.on(hours=1)
        drafting.correct(audit=hands[0], item=item, reason="内部的更正理由")
        drafting.edit(audit=hands[0], item=item, content=replace(content_of(newest_version(item)), **other))
        approve(item)
        release.release(audit=hands[0], item=item)
        return item

    return give


# ── what is told ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_table_tells_the_metadata_in_words(page, published):
    table = dict(ROW.findall(page(published(**POLICY))))
    assert table == {
        "索引号": f"{CODE}/2026-00001",
        "内容概述": "规定农村供水的建设、管护和水价。",
        "主题分类": "农业、林业、水利/水利",
        "发布机构": "云岭县水务局",
        "发文字号": "云政规〔2026〕1号",
        "成文日期": "2026年2月26日",
        "发布日期": "2026年3月2日",
        "实施日期": "2026年4月1日",
        "有效性": "尚未施行",
        "有效期至": "2031年3月31日",
        "公开属性": "主动公开",
        "法定主动公开事项": "法规文件（条例第二十条第一项）",
        "关键词": "供水",
    }


def test_what_is_internal_is_told_nowhere(stranger, published, hands):
    item = published(**POLICY | {"metadata": POLICY["metadata"] | SECRET})
    seen = ""
    for url in (
        f"/items/{item.pk}",
        f"/items/{item.pk}/print",
        "/search?q=供水",
        "/policies",
        "/feeds/atom",
        "/feeds/rss",
    ):
        answer = stranger.get(url)
        assert answer.status_code == 200
        seen += answer.content.decode()
    for url in ("/data/catalogue.csv", "/data/catalogue.json", f"/api/v1/entries/{item.pk}", "/api/v1/entries"):
        answer = stranger.get(url)
        seen += (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
    people = [str(each.actor) for each in hands]
    assert seen.count("农村供水管理办法") > 10
    assert not [word for word in (*SECRET.values(), *people, "钱", "duty_unit", "hands") if word in seen]
    for word in SECRET.values():
        assert "没有找到" in stranger.get("/search", {"q": word}).content.decode()


def test_every_element_is_told_or_kept_by_name():
    from gongkai.proactive.catalogue import elements

    assert set(elements()) - set(TOLD) == {"columns", "duty_unit", "interpretation_form"}


def test_the_page_is_described_for_machines_and_nothing_ends_the_block(page, published):
    title = '供水办法</script><script>alert("1")</script><!-- & 终'
    words = page(published(**POLICY | {"title": title}))
    [block] = BLOCK.findall(words)
    told = json.loads(block)
    assert told["name"] == title
    assert told["@type"] == "Legislation"
    assert told["legislationIdentifier"] == "云政规〔2026〕1号"
    assert told["datePublished"].startswith("2026-03-02T09:0")
    assert told["legislationLegalForce"].endswith("NotInForce")
    assert words.count("<script") == 3  # two of the frame, one block of data
    assert "alert" not in words.replace(block, "").replace("&quot;", '"').replace(
        '&lt;script&gt;alert("1")&lt;/script&gt;', ""
    )


def test_a_policy_and_its_interpretation_lead_to_each_other(page, published, hands, clock):
    policy = published(**POLICY)
    said = published(kind="interpretation", title="一图读懂供水办法")
    assert "政策解读" not in page(policy).partition("<article")[2]
    relations.link(audit=hands[0], item=said, other=policy, kind="interprets")
    assert re.search(rf'政策解读.*/items/{said.pk}">一图读懂供水办法', page(policy), re.DOTALL)
    assert re.search(rf'解读的文件.*/items/{policy.pk}">云岭县农村供水管理办法', page(said), re.DOTALL)
    [link] = said.links.all()
    relations.unlink(audit=hands[0], link=link)
    assert "一图读懂" not in page(policy)


def test_an_interpretation_that_was_taken_back_is_named_no_more(page, published, hands):
    policy = published(**POLICY)
    said = published(kind="interpretation", title="一图读懂供水办法")
    relations.link(audit=hands[0], item=said, other=policy, kind="interprets")
    assert "一图读懂" in page(policy)
    release.withdraw(audit=hands[0], item=said, reason="有误")
    assert "一图读懂" not in page(policy)


def test_a_document_that_another_says_it_repeals_is_not_simply_called_in_force(page, published, hands, clock):
    old, new = published(**POLICY), published(**POLICY | {"title": "云岭县供水新办法"})
    clock.on(days=60)
    relations.link(audit=hands[0], item=new, other=old, kind="repeals")
    words = page(old)
    assert 'class="validity amended"' in words
    assert "请核对该文件" in words
    assert f"/items/{new.pk}" in words


def test_what_is_linked_but_not_public_is_not_named(page, published, entry, hands):
    policy = published(**POLICY)
    draft = entry(kind="interpretation", title="还没有发布的解读")
    relations.link(audit=hands[0], item=draft, other=policy, kind="interprets")
    other = published(title="与之重复的一条")
    relations.link(audit=hands[0], item=other, other=policy, kind="same")
    words = page(policy)
    assert "还没有发布" not in words
    assert "与之重复" not in words


# ── how a document stands ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_banner_says_how_a_document_stands_by_what_and_since_when(page, published, hands, clock):
    policy = published(**POLICY)
    assert 'class="validity waiting"' in page(policy)
    clock.on(days=40)
    assert re.search(r'class="validity "[^>]*><p><b>有效</b>', page(policy))
    newer = published(title="云岭县供水条例（新）", metadata=NOTICE.metadata | {"document_number": "云政发〔2026〕9号"})
    relations.change_validity(
        audit=hands[0], item=policy, kind=ChangeKind.AMENDED, on=date(2026, 5, 1), basis="云政发〔2026〕8号"
    )
    clock.on(days=30)
    assert "已修改（有效）" in page(policy)
    relations.change_validity(
        audit=hands[0],
        item=policy,
        kind=ChangeKind.REPEALED,
        on=date(2026, 6, 1),
        basis="云政发〔2026〕9号",
        by_item=newer,
    )
    clock.on(days=60)
    words = page(policy)
    assert 'class="validity over"' in words
    assert "自2026年6月1日起废止（云政发〔2026〕9号）。" in words
    assert f'/items/{newer.pk}">云岭县供水条例（新）' in words


@pytest.mark.parametrize(
    ("on", "says"),
    [("2026-03-31", "尚未施行"), ("2026-04-01", "有效"), ("2026-05-31", "有效"), ("2026-06-01", "废止"), ("2031-04-01", "废止")],
)  # fmt: skip
def test_how_it_stood_on_any_day_can_be_asked(page, published, hands, on, says):
    policy = published(**POLICY)
    relations.change_validity(
        audit=hands[0], item=policy, kind=ChangeKind.REPEALED, on=date(2026, 6, 1), basis="云政发〔2026〕9号"
    )
    day = date.fromisoformat(on)
    assert f"<b>{day.year}年{day.month}月{day.day}日</b>：{says}。" in page(policy, on=on)


@pytest.mark.parametrize("on", ["2026-02-30", "昨天", "<b>", "0000-00-00", "9" * 40])
def test_a_day_that_is_none_is_said(page, published, on):
    assert "填写日期" in page(published(**POLICY), on=on)


def test_what_is_no_document_has_no_banner(page, published):
    words = page(published())
    assert 'class="validity' not in words
    assert "查看某一天是否有效" not in words


# ── editions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_correction_says_what_it_changed_and_never_the_old_words_or_the_reason(page, published, corrected):
    item = published(body="<p>李某身份证号码印错的旧文</p>", title="供水旧题")
    corrected(item, body="<p>新文</p>", title="供水新题")
    words = page(item)
    assert "更正：名称、正文" in words
    assert "第2版" in words
    assert "第1版" in words
    assert not [word for word in ("旧文", "旧题", "内部的更正理由") if word in words]


def test_the_search_never_shows_the_words_of_an_earlier_edition(stranger, published, corrected):
    item = published(body="<p>石桥镇李某某的旧文</p>")
    corrected(item, body="<p>石桥镇的新文</p>")
    assert "没有找到" in stranger.get("/search", {"q": "李某某"}).content.decode()
    assert f"/items/{item.pk}" in stranger.get("/search", {"q": "石桥镇"}).content.decode()


# ── on paper, as a code, by number ───────────────────────────────────────────────────────────────────────────────────


def test_on_paper_it_has_its_mark_its_source_and_no_menu(stranger, published):
    item = published(**POLICY)
    words = stranger.get(f"/items/{item.pk}/print").content.decode()
    assert "（此件公开发布）" in words
    assert f"http://localhost/items/{item.pk}" in words
    assert "主导航" not in words
    assert "noindex" in words


def test_the_code_holds_the_address_and_nothing_that_runs(stranger, published):
    item = published()
    answer = stranger.get(f"/items/{item.pk}/code.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    drawn = answer.content.decode()
    assert drawn.startswith("<svg")
    assert "<script" not in drawn
    assert stranger.get(f"/items/{item.pk}/code.svg", headers={"host": "127.0.0.1"}).content.decode() != drawn


def test_by_its_index_number_it_is_found_while_it_is_public(stranger, published, hands):
    item = published()
    answer = stranger.get(f"/items/number/{CODE}/2026-00001")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/items/{item.pk}")
    assert stranger.get(f"/items/number/{CODE}/2026-00002").status_code == 404
    release.withdraw(audit=hands[0], item=item, reason="有误")
    assert stranger.get(f"/items/number/{CODE}/2026-00001").status_code == 404


# ── what is gone ─────────────────────────────────────────────────────────────────────────────────────────────────────

EVERY = ("", "/print", "/code.svg", "/files/{file}")


def test_what_is_not_public_is_answered_without_a_word_of_it(stranger, published, entry, approve, hands, clock):
    """Never public: 404. Public once: 410. Neither has a title, a number, an organ or a file in it."""
    files = (kept_file("名单.txt", "张三".encode()), kept_file("图.png", PNG, "picture", "供水图"))
    draft = entry(title="草稿里的题目", files=files)
    approved = approve(entry(title="批准了的题目", files=files))
    scheduled = approve(entry(title="定时的题目", files=files))
    release.release(audit=hands[0], item=scheduled, from_at=clock.now + timedelta(days=3))
    withdrawn = published(title="撤回的题目", files=files)
    expired = published(title="期满的题目", kind="notice", public_until=date(2026, 3, 3), files=files)
    never = approve(entry(title="没等到的题目", files=files))
    release.release(audit=hands[0], item=never, from_at=clock.now + timedelta(days=1))
    held = stranger.get(f"/items/{withdrawn.pk}")
    tag = held.headers["ETag"]
    clock.on(minutes=1)
    release.withdraw(audit=hands[0], item=withdrawn, reason="撤回的理由")
    release.withdraw(audit=hands[0], item=never, reason="撤回的理由")
    clock.on(days=2)
    for item, status in (
        (draft, 404),
        (approved, 404),
        (scheduled, 404),
        (never, 404),
        (withdrawn, 410),
        (expired, 410),
    ):
        version = newest_version(item)
        for file in version.attachments.all():
            for end in EVERY:
                answer = stranger.get(
                    f"/items/{item.pk}{end.format(file=file.file_id)}", headers={"if-none-match": tag}
                )
                words = answer.content.decode()
                assert answer.status_code == status, (version.title, end)
                assert "noindex" in answer.headers["X-Robots-Tag"]
                assert not [w for w in ("题目", "名单", "张三", "供水", "水务局", "理由", CODE) if w in words], end
    clock.on(days=2)
    assert stranger.get(f"/items/{scheduled.pk}").status_code == 200


# ── what it costs ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_page_asks_little_and_no_more_for_more_of_everything(stranger, published, hands):
    policy = published(**POLICY)
    url = f"/items/{policy.pk}"
    stranger.get(url)
    SHELF.clear()
    with CaptureQueriesContext(
        connection,
    ) as few:
        stranger.get(url)
    for n in range(3):
        other = published(kind="interpretation", title=f"解读{n}")
        relations.link(audit=hands[0], item=other, other=policy, kind="interprets")
    SHELF.clear()
    with CaptureQueriesContext(connection) as more:
        stranger.get(url)
    assert len(more) <= len(few) + 1
    assert len(more) <= 14, [q["sql"][:90] for q in more]
    with CaptureQueriesContext(connection) as kept:
        stranger.get(url)
    assert len(kept) <= 3
