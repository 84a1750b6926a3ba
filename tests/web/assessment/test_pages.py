"""The pages of assessment by role: an organ sees its own sheet and, once known, the ranking; nobody judges at home."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from gongkai.oversight.reading import texts
from gongkai.web.assessment.models import Deed, Mark, Mock, Proof, Round, SchemeVersion
from gongkai.web.assessment.services import marks
from gongkai.web.oversight.models import Notice
from tests.web.assessment.conftest import TODAY, YESTERDAY, round_of
from tests.web.assessment.test_flow import SMALL, through


@pytest.fixture
def known(audit, organs, acting):
    """A small round that was ranked."""
    other = acting("competent", organs[2])
    small = round_of(audit, organs[:2], SMALL)
    for one, daily in zip(small.assessed.all(), ("70", "30"), strict=True):
        through(audit, other, one, daily)
    return small


def test_an_organ_fills_its_sheet_and_hands_it_in(one, organs, asking, audit):
    clerk, url = asking("clerk", organs[0]), f"/assessment/of/{one.pk}"
    assert "自评阶段" in (page := clerk.get(url).content.decode())
    assert "看不到不等于没有" in page
    assert "填写自评" in clerk.get(f"{url}/indicators/training").content.decode()
    refused = clerk.post(f"{url}/mark", {"indicator": "training", "stage": "self", "points": "9"})
    assert refused.status_code == 409
    assert "应在0至3之间" in refused.content.decode()
    page = clerk.post(f"{url}/mark", {"indicator": "training", "stage": "self", "points": "2.5"}, follow=True)
    assert "评定2.5分" not in page.content.decode(), "the organ's word is not the score"
    assert "2.5分" in page.content.decode()
    file = SimpleUploadedFile("签到表.txt", "培训签到".encode())
    assert (
        "材料已收下"
        in clerk.post(f"{url}/prove", {"indicator": "training", "file": file}, follow=True).content.decode()
    )
    proof = Proof.objects.get()
    assert "培训签到" in clerk.get(f"/assessment/proofs/{proof.pk}").content.decode()
    assert clerk.post(f"{url}/handed_in").status_code == 409
    assert "已计算" in clerk.post(f"{url}/reckon", follow=True).content.decode()
    assert "没有填写公开指南" in clerk.get(f"{url}/indicators/guide").content.decode()
    with zipfile.ZipFile(io.BytesIO(b"".join(clerk.get(f"{url}/package").streaming_content))) as made:
        assert "5.2 组织培训/01 签到表.txt" in made.namelist()
    assert load_workbook(io.BytesIO(clerk.get(f"{url}/form").content)).active.title == "自评表"
    assert "已提交自评" in clerk.post(f"{url}/handed_in", {"seen": "0"}, follow=True).content.decode()
    assert clerk.post(f"{url}/mark", {"indicator": "training", "stage": "scoring", "points": "3"}).status_code == 403
    assert clerk.post(f"{url}/scored").status_code == 403


def test_an_organ_sees_nothing_of_another_but_the_ranking_once_it_is_known(known, organs, asking, desk):
    mine, theirs = known.assessed.get(organ=organs[0]), known.assessed.get(organ=organs[1])
    clerk = asking("clerk", organs[0])
    assert clerk.get(f"/assessment/of/{theirs.pk}").status_code == 403
    assert clerk.get(f"/assessment/of/{mine.pk}").status_code == 200
    for url in (f"/assessment/rounds/{known.pk}", "/assessment/mocks", "/assessment/new"):
        assert clerk.get(url).status_code == 403, url
    assert clerk.get(f"/assessment/ranking/{known.pk}").status_code == 404
    assert asking("onlooker", None).get("/assessment").status_code == 403
    office = asking("competent", organs[2])
    assert "公布排名" in office.get(f"/assessment/rounds/{known.pk}").content.decode()
    page = office.post(f"/assessment/rounds/{known.pk}/known", follow=True).content.decode()
    assert "排名已公布" in page
    assert office.post(f"/assessment/rounds/{known.pk}/known").status_code == 409
    clerk = asking("clerk", organs[0])
    page = clerk.get(f"/assessment/ranking/{known.pk}").content.decode()
    assert "88分" in page
    assert "48分" in page
    assert "云岭县教育局（本单位）" in page
    assert "已公布的排名" in clerk.get("/assessment").content.decode()
    assert clerk.get(f"/assessment/rounds/{known.pk}/notice").status_code == 403
    office, url = asking("competent", organs[2]), f"/assessment/rounds/{known.pk}/notice"
    text = office.get(url).content.decode()
    assert "第1名：云岭县教育局，88分，合格。" in text
    assert "云岭县水务局的结果为不合格" in text
    refused = office.post(url, {"kind": "rectify"})
    assert refused.status_code == 422
    assert "请选择有失分指标的单位" in refused.content.decode()
    office.post(url, {"kind": "circular"})
    office.post(url, {"kind": "rectify", "organ": [organs[1].pk]})
    circular, rectify = Notice.objects.order_by("id")
    assert (circular.state, rectify.state) == ("draft", "draft")
    assert "第1名：云岭县教育局，88分，合格。" in circular.texts.get().body
    assert set(circular.texts.get().organs) == {str(each.organ_id) for each in known.assessed.all()}
    assert rectify.texts.get().organs == [str(organs[1].pk)]
    assert f"{known.title}：" in rectify.texts.get().body
    assert "对照评分记录整改" in rectify.texts.get().body
    assert "已经起草" in office.get(url).content.decode()


def test_the_competent_department_judges_others_and_not_itself(audit, opened, one, organs, asking):
    marks.reckon(audit=audit, assessed=one)
    other = opened.assessed.get(organ=organs[1])
    for each in (one, other):
        marks.reckon(audit=audit, assessed=each)
        asking("clerk", each.organ).post(f"/assessment/of/{each.pk}/handed_in")
    office = asking("competent", organs[0])
    mine, theirs = f"/assessment/of/{one.pk}", f"/assessment/of/{other.pk}"
    assert "评分完毕" not in office.get(mine).content.decode()
    refused = office.post(f"{mine}/scored")
    assert refused.status_code == 403
    assert "自己所在的机关" in refused.content.decode()
    assert office.post(f"{mine}/mark", {"indicator": "staff", "stage": "scoring", "points": "3"}).status_code == 403
    said = {
        "indicator": "guide",
        "stage": "scoring",
        "met_complete": "yes",
        "met_public": "no",
        "words": "已核对原网站",
    }
    assert "已保存" in office.post(f"{theirs}/mark", said, follow=True).content.decode()
    said = {"indicator": "in_time", "stage": "scoring", "done": "5", "of": "4", "words": "按台账"}
    assert "应在0至总件数之间" in office.post(f"{theirs}/mark", said).content.decode()
    assert "请填整数" in office.post(f"{theirs}/mark", said | {"done": "9" * 5000}).content.decode()
    apart = {"indicator": "corrected", "stage": "scoring", "how": "apart", "words": ""}
    assert "请写明理由" in office.post(f"{theirs}/mark", apart).content.decode()
    assert office.post(f"{theirs}/mark", {"indicator": "nothing"}).status_code == 404
    assert "已评分完毕" in office.post(f"{theirs}/scored", follow=True).content.decode()
    assert office.post(f"{theirs}/burn").status_code == 404


@pytest.mark.parametrize("how", ["unknown", "apart"])
def test_a_reason_keeps_no_personal_data_wherever_it_stands(one, organs, asking, how):
    clerk, url = asking("clerk", organs[0]), f"/assessment/of/{one.pk}"
    said = {"indicator": "training", "stage": "self", "how": how, "words": "已问李四13800001234"}
    page = clerk.post(f"{url}/mark", said, follow=True).content.decode()
    row = Mark.objects.get(said_by="self")
    assert row.value["why"] == row.words == "已问李四138＊＊＊＊＊＊＊＊"
    assert "13800001234" not in page


def test_an_appeal_is_made_and_answered_on_the_pages(audit, organs, acting, asking):
    other = acting("competent", organs[2])
    one = round_of(audit, organs[:1], SMALL, appeal_due=TODAY).assessed.get()
    url = f"/assessment/of/{one.pk}"
    clerk = asking("clerk", organs[0])
    clerk.post(f"{url}/handed_in")
    office = asking("competent", organs[2])
    for said in (
        {"indicator": "leak", "happened": "no"},
        {"indicator": "daily", "points": "50"},
        {"indicator": "fault", "times_each": "1"},
    ):
        assert office.post(f"{url}/mark", {**said, "stage": "scoring"}).status_code == 302
    office.post(f"{url}/scored")
    asking("competent", organs[1]).post(f"{url}/reviewed")
    clerk = asking("clerk", organs[0])
    assert "提出申诉" in clerk.get(url).content.decode()
    clerk.post(f"{url}/appealed", {"indicator": "daily", "words": "漏计一项。"})
    asked = Deed.objects.get(kind="appealed")
    office = asking("competent", organs[2])
    page = office.get(url).content.decode()
    assert "漏计一项。" in page
    assert "或者直接评定得分" in page
    assert "申诉期到" in page or "还有申诉没有答复" in page
    said = {"about": str(asked.pk), "agreed": "yes", "points": "60", "words": "属实。"}
    assert "申诉已答复" in office.post(f"{url}/replied", said, follow=True).content.decode()
    assert office.post(f"{url}/replied", said).status_code == 409
    assert "78分" in asking("clerk", organs[0]).get(url).content.decode()
    assert other.actor


def test_schemes_are_shown_copied_changed_and_refused_with_sentences(desk, county):
    page = desk.get("/assessment/schemes").content.decode()
    assert "宝鸡市2020年（县区版）考核指标片段" in page
    assert "片段，要补齐" in page
    page = desk.get("/assessment/schemes/baoji_2020").content.decode()
    assert "这是片段" in page
    assert "0.84" in page
    assert "出处读到原文" in page
    bad = texts()["starting"].replace("points = 35", "points = 36")
    refused = desk.post("/assessment/schemes/starting", {"text": bad, "seen": "0"})
    assert refused.status_code == 422
    assert "一级指标合计101分，超过了100分。" in refused.content.decode()
    assert "points = 36" in refused.content.decode(), "what was typed stays"
    saved = desk.post("/assessment/schemes/starting", {"text": texts()["starting"], "seen": "0"}, follow=True)
    assert "第1版" in saved.content.decode()
    file = SimpleUploadedFile("方案.toml", "不是方案".encode())
    assert "写法不对" in desk.post("/assessment/schemes", {"file": file}).content.decode()
    file = SimpleUploadedFile("方案.toml", "不是方案".encode("gbk"))
    assert "UTF-8" in desk.post("/assessment/schemes", {"file": file}).content.decode()
    assert desk.get("/assessment/schemes/nothing").status_code == 404
    assert desk.get("/assessment/schemes/starting?version=x").status_code == 404
    assert SchemeVersion.objects.get().ready


def test_a_round_is_opened_and_a_test_application_recorded(desk, organs):
    assert "还没有可以使用的方案" in desk.get("/assessment/new").content.decode()
    desk.post("/assessment/schemes", {"text": SMALL})
    said = {
        "title": "年度考核",
        "scheme": str(SchemeVersion.objects.get().pk),
        "first": "2026-01-01",
        "last": YESTERDAY.isoformat(),
        "cutoff": "2026-99-01",
        "organ": [str(organs[0].pk)],
    }
    refused = desk.post("/assessment/new", said)
    assert refused.status_code == 422
    assert "数据截止日“2026-99-01”不是有效的日期" in refused.content.decode()
    made = {**said, "first": YESTERDAY.replace(day=1).isoformat(), "cutoff": YESTERDAY.isoformat()}
    page = desk.post("/assessment/new", made, follow=True).content.decode()
    assert "已发起考核" in page
    of = Round.objects.get()
    book = load_workbook(io.BytesIO(desk.get(f"/assessment/rounds/{of.pk}/export").content)).active
    assert [cell.value for cell in book[2]][:2] == ["云岭县教育局", "自评"]
    sent = {
        "organ": str(organs[0].pk),
        "round": str(of.pk),
        "channel": "web",
        "sent_on": TODAY.isoformat(),
        "asked": "某文件",
    }
    assert "不计入任何统计和年报" in desk.post("/assessment/mocks", sent, follow=True).content.decode()
    mock = Mock.objects.get()
    found = {"reached": "yes", "answered_on": TODAY.isoformat(), "met_organ": "yes", "case_number": "公开〔2026〕1号"}
    assert "将这件登记作废" in desk.post(f"/assessment/mocks/{mock.pk}", found, follow=True).content.decode()
    refused = desk.post(f"/assessment/mocks/{mock.pk}", {"answered_on": "2026-99-01"})
    assert refused.status_code == 422


def test_the_weight_in_the_whole_performance_is_set_by_the_county(desk, organs, asking):
    assert "按4%计" in desk.get("/assessment").content.decode()
    assert "请填0至100的整数" in desk.post("/assessment", {"weight": "101"}).content.decode()
    assert "按5%计" in desk.post("/assessment", {"weight": "5"}, follow=True).content.decode()
    clerk = asking("clerk", organs[0])
    assert clerk.post("/assessment", {"weight": "9"}).status_code == 403
    assert "比重" not in clerk.get("/assessment").content.decode()


def test_what_waits_stands_on_the_start_page_of_whose_turn_it_is(audit, one, organs, asking):
    marks.reckon(audit=audit, assessed=one)
    assert "填写并提交自评" in asking("clerk", organs[0]).get("/").content.decode()
    assert "考核：" not in asking("clerk", organs[2]).get("/").content.decode()
    assert "考核：" not in asking("competent", organs[2]).get("/").content.decode(), "it is not yet theirs to judge"
    asking("clerk", organs[0]).post(f"/assessment/of/{one.pk}/handed_in")
    assert "考核：年度考核" in asking("competent", organs[2]).get("/").content.decode()
    assert "考核：" not in asking("competent", organs[0]).get("/").content.decode(), "nobody judges at home"
