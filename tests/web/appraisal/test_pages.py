"""An appraisal through its pages: a questionnaire at the desk, a sheet on the portal without account or script, the result."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from gongkai.web.appraisal.models import Answer, Batch, Publication, Questionnaire, Sifting
from gongkai.web.appraisal.services import drafting, taking
from gongkai.web.audit.models import Entry
from gongkai.web.limits.models import Tally
from tests.web.appraisal.conftest import TEXT

TOKEN = re.compile(r'name="token" value="([^"]+)"')
ASKS = re.compile(r"“([^”<]+)”的第(\d+)个字是什么")


@pytest.fixture(autouse=True)
def _hasty(settings):
    settings.GONGKAI_PORTAL = {**settings.GONGKAI_PORTAL, "form_seconds": 0}


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def stranger() -> Client:
    return Client(REMOTE_ADDR="203.0.113.7", headers={"host": "localhost"})


@pytest.fixture
def running(audit, office, told):
    """A questionnaire that runs today, by the clock of the machine."""

    def give(**other):
        today = timezone.localdate()
        days = {"opens_on": today, "closes_on": today + timedelta(days=9)}
        row = drafting.keep(audit=audit, organ=office, told=told(**(days | other)))
        drafting.open_to_all(audit=audit, row=row)
        return row

    return give


def address(row, organ) -> str:
    return reverse("portal-appraisal-answer", args=[row.stem, organ.pk])


def filled(visitor, url, **other):
    told = {"token": TOKEN.search(text(visitor.get(url)))[1], "q1": "0", "q2": "1", "q3": ""} | other
    return {key: value for key, value in told.items() if value is not None}


def test_a_sheet_is_answered_without_an_account_and_without_a_script(running, education, county):
    row, visitor = running(), stranger()
    assert "还没有公布的结果" in text(visitor.get("/appraisals"))
    assert "参加社会评议" in text(visitor.get("/letters"))
    page = text(visitor.get(f"/appraisals/{row.stem}"))
    url = address(row, education)
    assert url in page and "云岭县水务局" in page
    form = text(visitor.get(url))
    assert "<legend>2．对信息公开是否满意？</legend>" in form and "不了解" in form and "onclick" not in form
    gaps = visitor.post(url, filled(visitor, url, q2=None, q3="多一些图"))
    assert "第2题：请回答这一题。" in text(gaps, 422) and "多一些图" in text(gaps, 422)
    assert "请在选项中选择" in text(visitor.post(url, filled(visitor, url, q2="9")), 422)
    assert "第1题：请回答" in text(visitor.post(url, filled(visitor, url, q1="")), 422)
    assert "最多1000字" in text(visitor.post(url, filled(visitor, url, q3="长" * 1001)), 422)
    sent = filled(visitor, url, q2="unknown", q3="<script>alert(1)</script>")
    answer = visitor.post(url, sent)
    assert answer.status_code == 302 and answer.headers["Cache-Control"] == "no-store"
    assert "问卷已经收到" in text(visitor.get(answer.headers["Location"]))
    assert visitor.post(url, sent | {"q2": "2"}).status_code == 302, "sent again with the same token"
    kept = Answer.objects.get()
    assert (kept.choices, kept.organ, kept.origin) == ({"q1": 0, "q2": "unknown"}, education, "portal")
    assert "sessionid" not in visitor.cookies


def test_a_form_under_no_token_or_an_old_one_keeps_what_was_filled_in(running, education):
    row, visitor = running(), stranger()
    url = address(row, education)
    for token in ("", "forged"):
        page = text(visitor.post(url, filled(visitor, url, token=token, q3="我的意见")), 422)
        assert "打开得太久" in page and "我的意见" in page
    assert not Answer.objects.exists()


def test_before_it_begins_and_after_it_ended_nothing_is_taken(running, education, audit, office, told):
    today = timezone.localdate()
    soon = running(opens_on=today + timedelta(days=1), closes_on=today + timedelta(days=3))
    over, visitor = running(), stranger()
    token = filled(visitor, address(over, education))
    drafting.stop(audit=audit, row=over, why="样本已够")
    for row, says in ((soon, "还没有开始"), (over, "已经结束")):
        url = address(row, education)
        assert says in text(visitor.get(url), 409)
        assert says in text(visitor.post(url, token), 409)
        assert url not in text(visitor.get(f"/appraisals/{row.stem}"))
    draft = drafting.keep(audit=audit, organ=office, told=told(opens_on=today, closes_on=today))
    assert visitor.get(f"/appraisals/{draft.stem}").status_code == 404, "nobody opened it"
    assert visitor.get(address(draft, education)).status_code == 404
    assert visitor.get(address(soon, office)).status_code == 404, "it is not about this organ"
    assert not Answer.objects.exists()


def test_ten_megabytes_are_refused_before_they_are_read(running, education):
    row, visitor = running(), stranger()
    assert "填写的内容过长" in text(visitor.post(address(row, education), {"q3": "长" * 3_500_000}), 413)
    assert not Answer.objects.exists()


def test_near_a_limit_a_question_is_asked_above_it_the_sheet_is_refused_and_no_address_is_kept(
    running, education, settings
):
    row, visitor = running(), stranger()
    settings.GONGKAI_PORTAL = {**settings.GONGKAI_PORTAL, "asks_after_address": 1, "most_address": 2}
    url = address(row, education)
    assert visitor.post(url, filled(visitor, url)).status_code == 302
    sent = filled(visitor, url)
    name, place = ASKS.search(text(visitor.post(url, sent), 422)).groups()
    assert "答得不对" in text(visitor.post(url, sent | {"reading": "错"}), 422)
    assert visitor.post(url, sent | {"reading": name[int(place) - 1]}).status_code == 302
    sent = filled(visitor, url)
    name, place = ASKS.search(text(visitor.post(url, sent), 422)).groups()
    page = text(visitor.post(url, sent | {"reading": name[int(place) - 1]}), 422)
    assert "从这个网络提交的问卷已经很多" in page and "纸质问卷" in page
    assert Answer.objects.count() == 2
    trapped = text(visitor.post(url, filled(visitor, url, website="x")), 422)
    assert ASKS.search(trapped)
    assert {"appraisal", "appraisal_from"} == {row.kind for row in Tally.objects.all()}
    assert all("203.0.113.7" not in str(vars(each)) for each in [*Tally.objects.all(), *Answer.objects.all()])


def test_a_code_is_given_out_once_and_lets_in_once(running, education, asking, office, settings):
    row, visitor = running(invited=True), stranger()
    desk = asking("competent", office)
    assert "一次生成1至2000个" in text(desk.post(f"/appraisal/{row.stem}/codes", {"count": "0", "words": "信"}), 409)
    table = desk.post(f"/appraisal/{row.stem}/codes", {"count": "2", "words": "企业代表"})
    lines = list(load_workbook(io.BytesIO(table.content)).active.values)
    code, where = lines[1][:2]
    assert len(lines) == 3 and where.endswith(f"/appraisals/{row.stem}")
    url = address(row, education)
    assert "请填写邀请码" in text(visitor.post(url, filled(visitor, url)), 422)
    assert "邀请码不对" in text(visitor.post(url, filled(visitor, url, code="AAAAAAAAAA")), 422)
    assert visitor.post(url, filled(visitor, url, code=code)).status_code == 302
    assert "已经用过" in text(visitor.post(url, filled(visitor, url, code=code)), 422)
    settings.GONGKAI_PORTAL = {
        **settings.GONGKAI_PORTAL,
        "code_most": 1,
        "code_most_address": 1,
        "asks_after_address": 99,
    }
    visitor.post(url, filled(visitor, url, code="AAAAAAAAAA"))
    assert "输错的次数较多" in text(visitor.post(url, filled(visitor, url, code="BBBBBBBBBB")), 422)
    assert Answer.objects.count() == 1


# ── the desk ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_is_drawn_up_opened_and_changed_by_a_next_version(asking, office, education, water):
    today = timezone.localdate().isoformat()
    desk = asking("competent", office)
    assert "还没有问卷" in text(desk.get("/appraisal"))
    form = text(desk.get("/appraisal/new"))
    assert "*基本满意" in form, "an example stands there"
    told = {"host": office.pk, "title": "满意度问卷", "opens_on": today, "closes_on": today, "text": TEXT}
    refused = text(desk.post("/appraisal/new", told), 422)
    assert "请选择评议哪些机关" in refused and "您从哪里了解政府信息" in refused
    told["organs"] = [education.pk, water.pk]
    assert "第1题的第一行应以" in text(desk.post("/appraisal/new", told | {"text": "好吗"}), 422)
    page = text(desk.post("/appraisal/new", told, follow=True))
    row = Questionnaire.objects.get()
    assert "还没有开放" in page and row.code in page
    edit = f"/appraisal/{row.stem}/edit"
    desk.post(edit, told | {"base": row.pk, "title": "第二稿"})
    lost = text(desk.post(edit, told | {"base": row.pk, "title": "另一人的稿"}), 422)
    assert "刚刚有人改过" in lost and "另一人的稿" in lost
    assert "刚刚有人改过" in text(desk.post(f"/appraisal/{row.stem}/open", {"base": row.pk}), 409)
    newest = Questionnaire.objects.get(revision=2)
    assert "已经开放" in text(desk.post(f"/appraisal/{row.stem}/open", {"base": newest.pk}, follow=True))
    for form in ("pdf", "docx"):
        paper = desk.get(f"/appraisal/{row.stem}/sheet.{form}")
        assert paper.status_code == 200 and paper.content[:4] in (b"%PDF", b"PK\x03\x04")
    assert desk.get(f"/appraisal/{row.stem}/sheet.exe").status_code == 404
    assert "请写明为什么要有新的一版" in text(desk.post(edit, told | {"base": newest.pk}), 422)
    page = text(desk.post(edit, told | {"base": newest.pk, "why": "选项写错"}, follow=True))
    assert "第2版" in page and "开放给公众填写" in page
    assert "第2版正在拟稿" in text(desk.get(f"/appraisal/{row.stem}"))
    assert "已经停止" in text(desk.post(f"/appraisal/{row.stem}/stop", {"why": "写错"}, follow=True))


def test_who_may_do_what_to_whose(asking, office, education, water, running, audit, told):
    own = drafting.keep(audit=audit, organ=education, told=told(subjects=(education.pk,)))
    county = running()
    head, stranger_clerk = asking("head", education), None
    assert head.get(f"/appraisal/{own.stem}/draft").status_code == 200
    assert head.get(f"/appraisal/{county.stem}").status_code == 403, "the county's own questionnaire"
    assert head.post(f"/appraisal/{county.stem}/stop", {"why": "我不喜欢"}).status_code == 403
    clerk = asking("clerk", education)
    assert clerk.post(f"/appraisal/{own.stem}/open", {"base": own.pk}).status_code == 403, "the head opens"
    assert clerk.get("/appraisal/settings").status_code == 403
    stranger_clerk = asking("clerk", water)
    for path in ("draft", "edit"):
        assert stranger_clerk.get(f"/appraisal/{own.stem}/{path}").status_code == 403
    assert own.title not in text(stranger_clerk.get("/appraisal"))
    refused = stranger_clerk.post("/appraisal/new", {"host": education.pk, "title": "评别人"})
    assert refused.status_code == 403


def test_nobody_sets_aside_what_is_said_of_their_own_organ(asking, audit, running, office, education, told):
    row = running(subjects=(education.pk, office.pk))
    made = {
        organ.pk: taking.take(audit=audit, row=row, sheet=taking.Sheet(organ.pk, {"q1": 0, "q2": 2}), once=organ.name)
        for organ in (education, office)
    }
    url = f"/appraisal/{row.stem}/sift"
    sent = {"kind": "aside", "reason": "same", "words": "雷同"}
    desk = asking("competent", office)
    assert desk.post(url, sent | {"answers": [made[office.pk].pk]}).status_code == 403
    assert "请先选择答卷" in text(desk.post(url, sent), 409)
    assert "已剔除1份" in text(desk.post(url, sent | {"answers": [made[education.pk].pk]}, follow=True))
    assert "已经剔除的" in text(desk.get(url)) and "答案雷同" in text(desk.get(url))
    assert asking("head", education).post(url, sent | {"answers": [made[education.pk].pk]}).status_code == 403
    assert Sifting.objects.count() == 1


def test_paper_is_entered_struck_and_published_and_read_by_everybody(asking, audit, running, office, education, water):
    row = running()
    taking.take(
        audit=audit, row=row, sheet=taking.Sheet(education.pk, {"q1": 0, "q2": 0}, {"q3": "路灯不亮"}), once="a"
    )
    today = timezone.localdate().isoformat()
    desk = asking("competent", office)
    paper = f"/appraisal/{row.stem}/paper"
    assert "一批应为1至2000份" in text(desk.post(paper, {"place": "大厅", "collected_on": today, "sheets": "0"}), 422)
    desk.post(paper, {"place": "大厅", "collected_on": today, "sheets": "2"})
    batch = f"/appraisal/batches/{Batch.objects.get().pk}"
    sheet = {"number": "1", "printed": row.code, "organ": education.pk, "q1": "1", "q2": "1"}
    wrong = text(desk.post(batch, sheet | {"printed": "PY-0", "q3": "意见"}), 422)
    assert "另一版问卷" in wrong and "意见" in wrong and 'value="1" checked' in wrong
    assert "不在选项之内" in text(desk.post(batch, sheet | {"q2": "一"}), 422)
    assert "第1份已录入" in text(desk.post(batch, sheet, follow=True))
    first = Answer.objects.get(sheet=1)
    assert asking("clerk", water).post(f"/appraisal/answers/{first.pk}/strike", {"why": "x"}).status_code == 403
    desk = asking("competent", office)
    assert "第1份已冲销" in text(desk.post(f"/appraisal/answers/{first.pk}/strike", {"why": "看错"}, follow=True))
    desk.post(batch, sheet | {"q2": "unknown"})
    desk.post(batch, {"number": "2", "printed": row.code, "organ": water.pk, "void": "空白"})
    assert "路灯不亮" in text(desk.get(f"/appraisal/{row.stem}/words"))
    assert Entry.objects.filter(act="appraisal.see_words").count() == 1
    result = f"/appraisal/{row.stem}/result"
    mark = re.search(r'name="seen" value="(\w+)"', text(desk.get(result)))
    assert mark is None, "it still runs"
    drafting.stop(audit=audit, row=row, why="样本已够")
    page = text(desk.get(result))
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert "又有变动" in text(desk.post(result, {"seen": "x", "remarks": "说明"}), 409)
    desk.post(result, {"seen": seen, "remarks": "谢谢大家。"})
    assert Publication.objects.count() == 1
    visitor = stranger()
    page = text(visitor.get(f"/appraisals/{row.stem}"))
    assert "收到3份，计入2份，剔除1份。" in page and "废卷（无法辨认、多选、空白）1份" in page and "谢谢大家" in page
    assert "路灯不亮" not in page and "1份答卷填写了文字意见" in page
    assert "各机关比较" in page and "<svg" in page and "只列份数，不列比例" in page
    assert "云岭县教育局的结果" in text(visitor.get(f"/appraisals/{row.stem}?organ={education.pk}"))
    for wrong in ("organ=x", "edition=9", "version=9"):
        assert visitor.get(f"/appraisals/{row.stem}?{wrong}").status_code == 404
    told = json.loads(visitor.get(f"/appraisals/{row.stem}/result.json").content)
    assert (told["received"], told["counted"], told["aside"]) == (3, 2, 1)
    table = visitor.get(f"/appraisals/{row.stem}/result.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert ["云岭县教育局", "2", "对信息公开是否满意？", "不了解", "1", "", ""] in rows
    assert visitor.get(f"/appraisals/{row.stem}/result.exe").status_code == 404
    assert "路灯" not in table + json.dumps(told, ensure_ascii=False)


def test_the_county_sets_its_numbers(asking, office):
    desk = asking("competent", office)
    assert 'value="30"' in text(desk.get("/appraisal/settings"))
    told = {"least": "20", "burst": "8", "minutes": "5", "same": "4"}
    assert "请填整数" in text(desk.post("/appraisal/settings", told | {"same": "很多"}), 409)
    assert 'value="20"' in text(desk.post("/appraisal/settings", told, follow=True))
