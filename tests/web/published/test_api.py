"""What is published, for other systems: whole, page by page, without a token, and gone with the act."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.proactive.validity import ChangeKind
from gongkai.web.api import outline
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.selectors.public import public
from gongkai.web.proactive.services import relations, release
from tests.web.api.test_everyone import OPERATIONS, assert_as_described
from tests.web.proactive.conftest import CODE, NOTICE
from tests.web.published.conftest import PNG, POLICY, kept_file

OPEN = {path: told for method, path, told in OPERATIONS if not told["x-scope"]}


@pytest.fixture
def read(stranger):
    """What an operation answers, judged by its own description."""

    def give(path, status=200, operation="", **query):
        answer = stranger.get(f"/api/v1/{path}", query)
        assert answer.status_code == status, answer.content.decode()
        assert_as_described(answer, OPEN[operation or path])
        return answer.json()

    return give


def whole(read, item, end="", **query):
    return read(f"entries/{item.pk}{end}", operation="entries/{key}" + end, **query)


def test_only_reading_what_is_public_asks_for_no_token():
    assert set(OPEN) == {"entries", "entries/{key}", "entries/{key}/files", "entries/{key}/validity"}
    assert {each.scope for each in outline.operations() if each.path.startswith("/api/v1/entries")} == {outline.FREE}


def test_an_entry_tells_everything_that_its_page_does(read, published, hands):
    policy = published(**POLICY)
    said = published(kind="interpretation", title="一图读懂供水办法")
    relations.link(audit=hands[0], item=said, other=policy, kind="interprets")
    told = whole(read, policy)
    assert told | {"published_at": "", "organ": ""} == {
        "id": str(policy.pk),
        "index_number": f"{CODE}/2026-00001",
        "title": "云岭县农村供水管理办法",
        "kind": "normative",
        "kind_words": "行政规范性文件",
        "organ": "",
        "issuer": "云岭县水务局",
        "number": "云政规〔2026〕1号",
        "written_on": "2026-02-26",
        "published_at": "",
        "effective_on": "2026-04-01",
        "expires_on": "2031-03-31",
        "public_until": None,
        "validity": "not_yet",
        "validity_words": "尚未施行",
        "theme": "农业、林业、水利/水利",
        "items": ["normative_documents"],
        "columns": ["policies"],
        "topics": [],
        "keywords": "供水",
        "summary": "规定农村供水的建设、管护和水价。",
        "url": f"http://localhost/items/{policy.pk}",
        "edition": 1,
        "body": POLICY["body"],
        "text": "第一章 总则\n为了保障农村供水安全，制定本办法。",
        "links": [
            {
                "kind": "interprets",
                "says": "政策解读",
                "id": str(said.pk),
                "title": "一图读懂供水办法",
                "url": f"http://localhost/items/{said.pk}",
            }
        ],
    }


def test_the_list_gives_every_entry_once_newest_first(read, published, clock, county):
    for n in range(7):
        published(title=f"第{n}条")
        clock.on(minutes=n % 3)
    seen, cursor = [], ""
    for _ in range(10):
        page = read("entries", cursor=cursor, limit=3)
        seen += [each["title"] for each in page["entries"]]
        cursor = page["cursor"]
        if not page["more"]:
            break
    assert seen == [r.title for r in sorted(public(county.pk), key=lambda r: (r.from_at, r.pk), reverse=True)]
    assert len(seen) == 7
    assert cursor == ""


FILTERS = [
    ({"kind": "normative"}, {"办法"}),
    ({"column": "policies"}, {"办法"}),
    ({"item": "county.public_services"}, {"情况", "名单"}),
    ({"theme": "06"}, {"办法", "情况"}),
    ({"theme": "11/教育"}, {"名单"}),
    ({"topic": "water"}, {"情况"}),
    ({"topic": "water", "kind": "normative"}, set()),
    ({"since": "2026-03-04"}, {"名单"}),
    ({"until": "2026-03-03"}, {"办法", "情况"}),
    ({"since": "2026-03-02", "until": "2026-03-02"}, {"办法"}),
    ({"organ": "01890000-0000-7000-8000-000000000000"}, set()),
    ({}, {"办法", "情况", "名单"}),
]


@pytest.fixture
def three(published, clock):
    """Three entries on three days."""
    published(**POLICY | {"title": "办法"})
    clock.on(days=1)
    published(title="情况", metadata=NOTICE.metadata | {"topics": ["water"]})
    clock.on(days=1)
    return published(title="名单", metadata=NOTICE.metadata | {"theme": "11/教育"})


def test_the_list_keeps_to_every_condition(read, three, organ):
    for asked, wanted in [*FILTERS, ({"organ": str(organ.pk)}, {"办法", "情况", "名单"})]:
        assert {each["title"] for each in read("entries", **asked)["entries"]} == wanted, asked


@pytest.mark.parametrize(
    "asked",
    [{"cursor": "x"}, {"cursor": "2026-03-02T09:00:00~x"}, {"limit": "0"}, {"limit": "101"}, {"organ": "x"}, {"since": "昨天"}],
)  # fmt: skip
def test_a_condition_that_is_none_is_refused_with_a_sentence(read, asked):
    assert read("entries", status=422, **asked)["message"].endswith("。")


def test_files_are_told_with_their_addresses(read, stranger, published):
    item = published(files=(kept_file("名单.txt", "张三".encode()), kept_file("图.png", PNG, "picture", "管网图")))
    text, picture = whole(read, item, "/files")
    assert (text["name"], text["media_type"], text["size"], text["role"]) == ("名单.txt", "text/plain", 6, "attachment")
    assert (picture["alt"], picture["role"]) == ("管网图", "picture")
    assert stranger.get(text["url"].removeprefix("http://localhost")).content == "张三".encode()


def test_how_a_document_stood_on_a_day(read, published, hands):
    policy = published(**POLICY)
    relations.change_validity(
        audit=hands[0], item=policy, kind=ChangeKind.REPEALED, on=date(2026, 6, 1), basis="云政发〔2026〕9号"
    )
    told = whole(read, policy, "/validity", on="2026-05-31")
    assert (told["validity"], told["words"], told["since"]) == ("in_force", "有效", "2026-04-01")
    told = whole(read, policy, "/validity", on="2026-06-01")
    assert (told["validity"], told["since"]) == ("repealed", "2026-06-01")
    assert told["changes"] == [{"on": "2026-06-01", "says": "废止", "basis": "云政发〔2026〕9号", "by": None}]
    assert whole(read, published(), "/validity")["validity"] is None


def test_what_is_not_public_is_in_no_answer(read, published, entry, approve, hands, clock):
    gone, draft = published(title="撤回的题目"), entry(title="草稿的题目")
    later = approve(entry(title="定时的题目"))
    release.release(audit=hands[0], item=later, from_at=clock.now + timedelta(days=1))
    stays = published(title="留下的题目")
    assert len(read("entries")["entries"]) == 2
    release.withdraw(audit=hands[0], item=gone, reason="有误")
    assert [each["id"] for each in read("entries")["entries"]] == [str(stays.pk)]
    for item in (gone, draft, later):
        for end in ("", "/files", "/validity"):
            told = read(f"entries/{item.pk}{end}", status=404, operation="entries/{key}" + end)
            assert told["code"] == "not_found"
            assert "题目" not in str(told)


def test_it_is_kept_under_the_mark_of_what_is_public(stranger, published, hands):
    item = published()
    first = stranger.get("/api/v1/entries")
    again = stranger.get("/api/v1/entries", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    release.withdraw(audit=hands[0], item=item, reason="有误")
    after = stranger.get("/api/v1/entries", headers={"if-none-match": first.headers["ETag"]})
    assert (after.status_code, after.json()["entries"]) == (200, [])


def test_another_organs_name_is_no_key(read, county):
    organ = Organ.objects.create(county=county.pk, name="云岭县教育局")
    assert read("entries", organ=str(organ.pk))["entries"] == []
